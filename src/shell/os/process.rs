//! The process among others: signals, suspending, waiting for a child.

use rustix::process::{
    Pid, Signal as Sent, WaitOptions, getpgrp, getsid, kill_current_process_group, kill_process,
    waitpid,
};
use signal_hook::consts::{
    SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGWINCH,
    SIGXFSZ,
};
use std::io;
use std::process::Child;
use std::sync::Arc;

/// Signals that end the program, also those it has no use for: none may leave the terminal
/// in raw mode.
const ENDING: [i32; 7] = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM];

/// A signal that the program acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// The terminal's size has changed.
    Resized,
    /// The program shall be suspended (Ctrl-z).
    Suspend,
    /// The program runs again.
    Resumed,
    /// The program shall end; its number.
    End(i32),
}

impl Signal {
    /// The terminal has gone.
    pub(crate) const HANG_UP: Self = Self::End(SIGHUP);

    /// Returns whether it may have been typed at the terminal.
    pub(crate) fn is_typed(self) -> bool {
        matches!(self, Self::Suspend | Self::End(SIGINT | SIGQUIT))
    }

    /// Returns the exit status of a program that this signal ended.
    pub(crate) fn exit_status(self) -> u8 {
        match self {
            Self::End(number) => 128u8.saturating_add(u8::try_from(number).unwrap_or(0)),
            _ => 128,
        }
    }
}

/// The signals that have come since the handlers were installed.
pub(crate) struct Signals(signal_hook::iterator::Signals);

impl Signals {
    /// Installs the handlers.
    pub(crate) fn install() -> io::Result<Self> {
        let all = ENDING.into_iter().chain([SIGWINCH, SIGTSTP, SIGCONT]);
        signal_hook::iterator::Signals::new(all).map(Self)
    }

    /// Waits for each signal in turn.
    pub(crate) fn forever(&mut self) -> impl Iterator<Item = Signal> {
        self.0.forever().map(|number| match number {
            SIGWINCH => Signal::Resized,
            SIGTSTP => Signal::Suspend,
            SIGCONT => Signal::Resumed,
            number => Signal::End(number),
        })
    }
}

/// Makes writing past the limit of a file's size an error like others.
pub(crate) fn ignore_file_size_signal() {
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::default());
}

/// Stops the program and all that the shell waits for together with it (the rest of its pipe,
/// the `man` or `git` that started it) until the shell wakes them (`fg`). A shell that waits for
/// several gives its prompt only when the last of them has stopped. Returns false, having
/// stopped nothing, where no shell could wake them: the group is the one that the terminal was
/// opened with (`xterm -e jingdu`).
pub(crate) fn suspend() -> bool {
    let group = getpgrp();
    if getsid(None).is_ok_and(|leader| leader == group) {
        return false;
    }
    // not SIGTSTP: our own handler for it stands in the place of the default action
    kill_current_process_group(Sent::STOP).is_ok()
}

/// Waits for a child; returns whether it succeeded. Where the child is stopped (Ctrl-z) the
/// program stops as well: the shell has the terminal, and `fg` wakes both.
pub(crate) fn wait_for(child: &Child) -> io::Result<bool> {
    let pid = Pid::from_raw(child.id().cast_signed());
    loop {
        match waitpid(pid, WaitOptions::UNTRACED) {
            Ok(Some((pid, status))) if status.stopped() => {
                if !suspend() {
                    // nobody else would wake it
                    kill_process(pid, Sent::CONT)?;
                }
            }
            Ok(Some((_, status))) => return Ok(status.exit_status() == Some(0)),
            Ok(None) | Err(rustix::io::Errno::INTR) => {}
            Err(why) => return Err(why.into()),
        }
    }
}
