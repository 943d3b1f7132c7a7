//! The one place where the loop waits: for the terminal's bytes and for events of threads.
//!
//! Waits for both together, without a clock, on the loop's own thread. Bytes become events by
//! [`Decoder`]. Reads only when asked: while another program has the terminal, the bytes are
//! that program's.

use crate::shell::event::{AppEvent, EventReceiver, EventSender, event_channel};
use crate::shell::os::files;
use crate::shell::os::wait::{Ready, for_input};
use crate::shell::terminal::decode::Decoder;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::time::{Duration, Instant};

/// Bytes that come at once and are more than a key: part of a paste.
const MIN_PASTE_BYTES: usize = 16;

/// Receives the events of the loop.
#[derive(Debug)]
pub struct Inbox {
    events: EventReceiver,
    terminal: Option<TerminalInput>,
}

/// The terminal's bytes.
#[derive(Debug)]
struct TerminalInput {
    tty: File,
    decoder: Decoder,
    /// The time at which the rest of a sequence is given up.
    deadline: Option<Instant>,
    /// Events that were decoded and not yet taken.
    ready: VecDeque<AppEvent>,
}

impl Inbox {
    /// Makes an inbox for the events of threads, and the way into it.
    pub fn new() -> io::Result<(Self, EventSender)> {
        let (sender, events) = event_channel()?;
        let terminal = None;
        Ok((Self { events, terminal }, sender))
    }

    /// Reads the terminal as well from now on.
    pub(crate) fn listen(&mut self) -> io::Result<()> {
        self.terminal = Some(TerminalInput {
            tty: files::open_terminal()?,
            decoder: Decoder::default(),
            deadline: None,
            ready: VecDeque::new(),
        });
        Ok(())
    }

    /// Waits for an event. A terminal that has gone says so again and again.
    pub fn take(&mut self) -> AppEvent {
        loop {
            if let Some(event) = self.look(None) {
                return event;
            }
        }
    }

    /// Takes an event that has come.
    pub(crate) fn try_take(&mut self) -> Option<AppEvent> {
        self.take_within(Duration::ZERO)
    }

    /// Waits for an event, no longer than `timeout`.
    pub fn take_within(&mut self, timeout: Duration) -> Option<AppEvent> {
        let end = Instant::now() + timeout;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let found = self.look(Some(left));
            if found.is_some() || left.is_zero() {
                return found;
            }
        }
    }

    /// Looks once, and waits no longer than `timeout`, without a limit for `None`. May find
    /// nothing although time is left.
    fn look(&mut self, timeout: Option<Duration>) -> Option<AppEvent> {
        let decoded = self.terminal.as_mut().and_then(|t| t.ready.pop_front());
        if let Some(event) = decoded.or_else(|| self.events.try_take()) {
            return Some(event);
        }
        let deadline = self.terminal.as_ref().and_then(|t| t.deadline);
        let rest = deadline.map(|at| at.saturating_duration_since(Instant::now()));
        let sequence = rest.filter(|rest| timeout.is_none_or(|timeout| *rest <= timeout));
        let tty = self.terminal.as_ref().map(|t| &t.tty);
        match for_input(&self.events.wake_pipe, tty, sequence.or(timeout)) {
            Ready::WakePipe => self.events.woken(),
            Ready::Terminal => self.terminal.as_mut()?.read(),
            Ready::TimedOut if sequence.is_some() => self.terminal.as_mut()?.give_up(),
            Ready::TimedOut | Ready::Interrupted => None,
        }
    }
}

impl TerminalInput {
    /// Reads the bytes that have come; returns the first of their events.
    fn read(&mut self) -> Option<AppEvent> {
        let mut bytes = [0; 4096];
        match self.tty.read(&mut bytes) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => None,
            Ok(0) | Err(_) => Some(AppEvent::HangUp),
            Ok(n) => {
                let bytes = bytes.get(..n).unwrap_or_default();
                // single keys do not put off the end of a paste
                if n >= MIN_PASTE_BYTES {
                    self.deadline = None;
                } else if bytes == b"\x03" {
                    let events = self.decoder.give_up();
                    self.ready.extend(events);
                }
                let events = self.decoder.feed(bytes);
                self.decoded(events)
            }
        }
    }

    /// Gives up the rest of a sequence, which does not come.
    fn give_up(&mut self) -> Option<AppEvent> {
        let events = self.decoder.give_up();
        self.decoded(events)
    }

    fn decoded(&mut self, events: Vec<AppEvent>) -> Option<AppEvent> {
        self.ready.extend(events);
        let running = self.deadline.filter(|_| self.decoder.is_in_paste());
        let timeout = self.decoder.timeout();
        self.deadline = timeout.map(|wait| running.unwrap_or_else(|| Instant::now() + wait));
        self.ready.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::os::process::Signal;

    #[test]
    fn events_of_threads_come_in_order_and_wake_the_loop() {
        let (mut inbox, sender) = Inbox::new().unwrap();
        assert_eq!(inbox.try_take(), None);
        let signal = |n| AppEvent::Signal(Signal::End(n));
        let events: Vec<_> = std::thread::scope(|scope| {
            for _ in 0..4 {
                let sender = sender.clone();
                scope.spawn(move || (0..500).for_each(|n| sender.send(signal(n)).unwrap()));
            }
            (0..2000).map(|_| inbox.take()).collect()
        });
        assert_eq!(events.iter().filter(|e| **e == signal(499)).count(), 4);
        assert_eq!(inbox.take_within(Duration::from_millis(5)), None);
        sender.send(AppEvent::Loaded).unwrap();
        let minute = Duration::from_mins(1);
        assert_eq!(inbox.take_within(minute), Some(AppEvent::Loaded));
    }

    #[test]
    fn a_loop_that_has_ended_takes_nothing() {
        let (inbox, sender) = Inbox::new().unwrap();
        drop(inbox);
        assert!(sender.send(AppEvent::Loaded).is_err());
    }
}
