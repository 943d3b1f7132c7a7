//! Takes the terminal and gives it back, whatever happens.
//!
//! One way in ([`enter`]) and one way out ([`leave`]) for quitting, errors, panics, signals
//! and suspending. Leaving twice does no harm and fails silently: a terminal that has gone
//! cannot be tidied.

pub mod ansi_writer;
pub mod console;
pub mod decode;
pub mod display;
pub mod output_check;
pub mod probe;

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::ResetColor;
use crossterm::terminal::{self, Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, queue};
use std::io::{self, Write};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

/// The modes to undo when leaving: the one switch of the whole process, because a panic on
/// any thread gives the terminal back.
static TAKEN: AtomicU8 = AtomicU8::new(FREE);
const FREE: u8 = 0;
const SCREEN: u8 = 1;
const SCREEN_AND_MOUSE: u8 = 2;

/// Takes the terminal: raw mode, alternate screen, bracketed paste, hidden cursor; with
/// `mouse` its buttons and wheel.
pub fn enter(mouse: bool) -> io::Result<()> {
    terminal::enable_raw_mode()?;
    TAKEN.store(SCREEN, Ordering::SeqCst);
    let mut out = io::stdout().lock();
    queue!(
        out,
        EnterAlternateScreen,
        EnableBracketedPaste,
        cursor::Hide
    )?;
    if mouse {
        TAKEN.store(SCREEN_AND_MOUSE, Ordering::SeqCst);
        out.write_all(b"\x1b[?1002h\x1b[?1006h")?;
    }
    out.flush()
}

/// Gives the terminal back as it was found.
pub(crate) fn leave() {
    let taken = TAKEN.swap(FREE, Ordering::SeqCst);
    if taken == FREE {
        return;
    }
    // first the step that never waits: a terminal may take no bytes
    let _ = terminal::disable_raw_mode();
    let mut out = io::stdout();
    if taken == SCREEN_AND_MOUSE {
        let _ = out.write_all(b"\x1b[?1006l\x1b[?1002l");
    }
    // where there is no alternate screen (the Linux console, GNU screen), what was drawn stays:
    // the prompt comes on a row of its own, in the place of the status row
    let last_row = cursor::MoveTo(0, size().1.saturating_sub(1));
    let _ = queue!(
        out,
        ResetColor,
        last_row,
        Clear(ClearType::CurrentLine),
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = out.flush();
}

/// Leaves, but waits no longer than `timeout` for a terminal that takes no bytes.
pub(crate) fn leave_within(timeout: Duration) {
    let (sender, left) = channel();
    let done = move || {
        leave();
        let _ = sender.send(());
    };
    if std::thread::Builder::new().spawn(done).is_ok() {
        let _ = left.recv_timeout(timeout);
    }
}

/// Gives the terminal back when dropped.
pub(crate) struct Guard;

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

/// Returns columns and rows; 80 by 24 where the terminal does not say.
pub(crate) fn size() -> (u16, u16) {
    match terminal::size() {
        Ok((columns, rows)) if columns > 0 && rows > 0 => (columns, rows),
        _ => (80, 24),
    }
}
