//! Takes the terminal and gives it back, whatever happens.
//!
//! One way in ([`enter`]) and one way out ([`leave`]) for quitting, errors,
//! panics, signals and suspending. Leaving twice does no harm and fails
//! silently: a terminal that has gone cannot be tidied.

pub mod ansi_writer;
pub mod console;
pub mod decode;
pub mod display;
pub mod output_check;
pub mod probe;

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::ResetColor;
use crossterm::terminal::{self, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, queue};
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

/// Whether the terminal is ours.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Whether the mouse is ours.
static MOUSE: AtomicBool = AtomicBool::new(false);

/// Takes the terminal: raw mode, alternate screen, pastes as text, no cursor;
/// buttons and wheel of the mouse where asked for.
///
/// # Errors
/// Where the terminal does not let itself be taken.
pub fn enter(mouse: bool) -> io::Result<()> {
    terminal::enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut out = io::stdout().lock();
    queue!(
        out,
        EnterAlternateScreen,
        EnableBracketedPaste,
        cursor::Hide
    )?;
    if mouse {
        MOUSE.store(true, Ordering::SeqCst);
        out.write_all(b"\x1b[?1002h\x1b[?1006h")?;
    }
    out.flush()
}

/// Gives the terminal back as it was found.
pub fn leave() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    // first what never waits: a terminal may take no bytes
    let _ = terminal::disable_raw_mode();
    let mut out = io::stdout();
    if MOUSE.swap(false, Ordering::SeqCst) {
        let _ = out.write_all(b"\x1b[?1006l\x1b[?1002l");
    }
    let _ = queue!(
        out,
        ResetColor,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = out.flush();
}

/// The same, for so long at the most: one that takes no bytes is left as it is.
pub fn leave_within(patience: Duration) {
    let (sender, left) = channel();
    let done = move || {
        leave();
        let _ = sender.send(());
    };
    if std::thread::Builder::new().spawn(done).is_ok() {
        let _ = left.recv_timeout(patience);
    }
}

/// Gives the terminal back when dropped.
pub struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {
        leave();
    }
}

/// Makes a panic give the terminal back before it is reported.
pub fn guard_panics() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        leave();
        report(panic);
    }));
}

/// Columns and rows; 80 by 24 where the terminal does not say.
pub fn size() -> (u16, u16) {
    match terminal::size() {
        Ok((columns, rows)) if columns > 0 && rows > 0 => (columns, rows),
        _ => (80, 24),
    }
}
