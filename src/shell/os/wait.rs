//! Waits without a clock until there are bytes to read.
//!
//! On macOS `poll` answers POLLNVAL for `/dev/tty`. The terminal is therefore waited for
//! through `filedescriptor`, which calls `select` on macOS and `poll` on other systems.

use filedescriptor::{Error, POLLIN, pollfd};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::fs::File;
use std::io::{self, PipeReader};
use std::os::fd::{AsRawFd, RawFd};
use std::time::Duration;

/// The result of waiting for the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ready {
    /// Another thread has woken the loop.
    WakePipe,
    /// The terminal has bytes, or has gone.
    Terminal,
    TimedOut,
    /// A signal came, which is handled elsewhere.
    Interrupted,
}

/// Waits for the wake pipe and the terminal, if there is one yet.
pub(crate) fn for_input(
    wake_pipe: &PipeReader,
    terminal: Option<&File>,
    timeout: Option<Duration>,
) -> Ready {
    let wait = |fd: RawFd| pollfd {
        fd,
        events: POLLIN,
        revents: 0,
    };
    let wake_pipe = wake_pipe.as_raw_fd();
    let mut waits = [
        wait(wake_pipe),
        wait(terminal.map_or(wake_pipe, File::as_raw_fd)),
    ];
    // whole milliseconds count: part of one would become none, and the loop would spin
    let timeout = timeout.map(|t| t.saturating_add(Duration::from_micros(999)));
    match filedescriptor::poll(&mut waits, timeout) {
        Ok(0) => Ready::TimedOut,
        Err(Error::Poll(why) | Error::Io(why)) if why.kind() == io::ErrorKind::Interrupted => {
            Ready::Interrupted
        }
        _ if waits[0].revents != 0 => Ready::WakePipe,
        _ => Ready::Terminal,
    }
}

/// The result of waiting for a pipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PipeState {
    /// Bytes can be read, or reading returns the error.
    Readable,
    /// Every writer has gone, and nothing is left.
    HungUp,
    TimedOut,
}

/// Waits for the bytes of a pipe.
pub(crate) fn for_pipe(pipe: &File, timeout: Option<Duration>) -> PipeState {
    let timeout = timeout.and_then(|t| Timespec::try_from(t).ok());
    let mut waits = [PollFd::new(pipe, PollFlags::IN)];
    let found = poll(&mut waits, timeout.as_ref());
    let events = waits[0].revents();
    if found == Ok(0) {
        PipeState::TimedOut
    } else if events.contains(PollFlags::HUP) && !events.contains(PollFlags::IN) {
        PipeState::HungUp
    } else {
        PipeState::Readable
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn the_first_to_have_bytes_ends_the_wait() {
        let pair = portable_pty::native_pty_system()
            .openpty(portable_pty::PtySize::default())
            .unwrap();
        let slave = File::options()
            .read(true)
            .open(pair.master.tty_name().unwrap())
            .unwrap();
        let (wake_pipe, mut waker) = io::pipe().unwrap();
        let soon = Some(Duration::from_millis(1));
        let wait = |timeout| for_input(&wake_pipe, Some(&slave), timeout);
        assert_eq!(wait(soon), Ready::TimedOut);
        let mut typist = pair.master.take_writer().unwrap();
        typist.write_all(b"q\n").unwrap();
        assert_eq!(wait(None), Ready::Terminal);
        waker.write_all(b"!").unwrap();
        assert_eq!(wait(None), Ready::WakePipe);
        assert_eq!(for_input(&wake_pipe, None, None), Ready::WakePipe);
    }

    #[test]
    fn a_pipe_without_writers_has_hung_up() {
        let (reader, mut writer) = io::pipe().unwrap();
        let pipe = File::from(std::os::fd::OwnedFd::from(reader));
        let soon = Some(Duration::from_millis(1));
        assert_eq!(for_pipe(&pipe, soon), PipeState::TimedOut);
        writer.write_all(b"!").unwrap();
        assert_eq!(for_pipe(&pipe, None), PipeState::Readable);
        let mut byte = [0];
        io::Read::read_exact(&mut &pipe, &mut byte).unwrap();
        drop(writer);
        assert_eq!(for_pipe(&pipe, None), PipeState::HungUp);
    }
}
