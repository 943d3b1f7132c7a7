//! The one place where the loop waits: for the terminal's bytes, and for what the
//! threads have to say.
//!
//! 1. [`Post`]: the way into the loop for every thread. What it takes waits in a
//!    channel; a bell is rung, once until the loop has heard it.
//! 2. [`Inbox`]: waits for the terminal and the bell together and without a clock, on
//!    the loop's own thread, so that a key wakes nobody else. Bytes become events by
//!    [`Decoder`].
//!
//! Reads only when asked: while another program has the terminal, what comes is its own.

use crate::shell::terminal::decode::{Decoder, Event};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::os::fd::AsFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SendError, Sender, channel};
use std::time::{Duration, Instant};

/// So many bytes at once are not typed.
const DRIBBLE: usize = 16;

/// The way into the loop, for any thread.
#[derive(Clone, Debug)]
pub struct Post {
    events: Sender<Event>,
    bell: Arc<Bell>,
}

/// Wakes the loop.
#[derive(Debug)]
struct Bell {
    rope: PipeWriter,
    /// Whether it was rung and not yet heard: then one byte is in the pipe, which
    /// cannot be full.
    rung: AtomicBool,
}

impl Post {
    /// Hands something to the loop.
    ///
    /// # Errors
    /// Where the loop has ended.
    pub fn send(&self, event: Event) -> Result<(), SendError<Event>> {
        self.events.send(event)?;
        if !self.bell.rung.swap(true, Ordering::SeqCst) {
            // without a loop nobody hears it
            let _ = (&self.bell.rope).write_all(b"!");
        }
        Ok(())
    }
}

/// What reaches the loop.
#[derive(Debug)]
pub struct Inbox {
    /// What the threads said.
    events: Receiver<Event>,
    bell: Arc<Bell>,
    ring: PipeReader,
    terminal: Option<Terminal>,
}

/// The terminal's bytes.
#[derive(Debug)]
struct Terminal {
    tty: File,
    decoder: Decoder,
    /// Until when the rest of a sequence is waited for.
    until: Option<Instant>,
    /// What came and was not yet taken.
    ready: VecDeque<Event>,
}

/// What the waiting ended with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Woken {
    /// The terminal has bytes, or has gone.
    Terminal,
    /// A thread has something to say.
    Bell,
    /// The rest of a sequence did not come.
    Patience,
    /// Nothing is there.
    Nothing,
}

impl Inbox {
    /// An inbox that hears the threads, and the way into it.
    ///
    /// # Errors
    /// Where no pipe can be had.
    pub fn new() -> io::Result<(Self, Post)> {
        let (sender, events) = channel();
        let (ring, rope) = io::pipe()?;
        let bell = Arc::new(Bell {
            rope,
            rung: AtomicBool::new(false),
        });
        Ok((
            Self {
                events,
                bell: Arc::clone(&bell),
                ring,
                terminal: None,
            },
            Post {
                events: sender,
                bell,
            },
        ))
    }

    /// Hears the terminal, too, from now on.
    ///
    /// # Errors
    /// Where there is none.
    pub fn listen(&mut self) -> io::Result<()> {
        let tty = File::options().read(true).open("/dev/tty")?;
        self.terminal = Some(Terminal {
            tty,
            decoder: Decoder::default(),
            until: None,
            ready: VecDeque::new(),
        });
        Ok(())
    }

    /// Waits until something comes. A terminal that has gone says so again and again.
    pub fn take(&mut self) -> Event {
        loop {
            if let Some(event) = self.look(None) {
                return event;
            }
        }
    }

    /// What is there already.
    pub fn try_take(&mut self) -> Option<Event> {
        self.take_within(Duration::ZERO)
    }

    /// Waits for something, but no longer than so long.
    pub fn take_within(&mut self, patience: Duration) -> Option<Event> {
        let end = Instant::now() + patience;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let found = self.look(Some(left));
            if found.is_some() || left.is_zero() {
                return found;
            }
        }
    }

    /// Looks once, and waits for so long; as long as it takes for `None`. Nothing may
    /// be found although time is left.
    fn look(&mut self, patience: Option<Duration>) -> Option<Event> {
        if let Some(event) = self
            .terminal
            .as_mut()
            .and_then(|t| t.ready.pop_front())
            .or_else(|| self.events.try_recv().ok())
        {
            return Some(event);
        }
        match self.wait(patience) {
            Woken::Terminal => self.terminal.as_mut()?.read(),
            Woken::Patience => self.terminal.as_mut()?.give_up(),
            Woken::Bell => {
                let _ = self.ring.read(&mut [0]);
                // what is sent from here on rings again
                self.bell.rung.store(false, Ordering::SeqCst);
                self.events.try_recv().ok()
            }
            Woken::Nothing => None,
        }
    }

    /// Waits for the terminal and the bell.
    fn wait(&self, patience: Option<Duration>) -> Woken {
        let rest = self
            .terminal
            .as_ref()
            .and_then(|t| t.until)
            .map(|until| until.saturating_duration_since(Instant::now()));
        let sequence = rest.filter(|rest| patience.is_none_or(|patience| *rest <= patience));
        let patience = sequence
            .or(patience)
            .and_then(|wait| Timespec::try_from(wait).ok());
        let bell = self.ring.as_fd();
        let tty = self.terminal.as_ref().map_or(bell, |t| t.tty.as_fd());
        let mut waits = [tty, bell].map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN));
        match poll(&mut waits, patience.as_ref()) {
            Ok(0) if sequence.is_some() => Woken::Patience,
            // of a signal its own thread tells
            Ok(0) | Err(rustix::io::Errno::INTR) => Woken::Nothing,
            _ if !waits[1].revents().is_empty() => Woken::Bell,
            _ => Woken::Terminal,
        }
    }
}

impl Terminal {
    /// Takes the bytes that are there; the first of what they say.
    fn read(&mut self) -> Option<Event> {
        let mut bytes = [0; 4096];
        match self.tty.read(&mut bytes) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => None,
            Ok(0) | Err(_) => Some(Event::HangUp),
            Ok(n) => {
                let came = bytes.get(..n).unwrap_or_default();
                // what dribbles in is typed: it does not put off the end of a paste
                if n >= DRIBBLE {
                    self.until = None;
                } else if came == b"\x03" {
                    let found = self.decoder.give_up();
                    self.ready.extend(found);
                }
                let found = self.decoder.feed(came);
                self.came(found)
            }
        }
    }

    /// The rest of a sequence does not come.
    fn give_up(&mut self) -> Option<Event> {
        let found = self.decoder.give_up();
        self.came(found)
    }

    fn came(&mut self, found: Vec<Event>) -> Option<Event> {
        self.ready.extend(found);
        let until = self.until.filter(|_| self.decoder.pastes());
        self.until = self
            .decoder
            .patience()
            .map(|wait| until.unwrap_or_else(|| Instant::now() + wait));
        self.ready.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_threads_say_comes_in_its_order_and_wakes_the_loop() {
        let (mut inbox, post) = Inbox::new().unwrap();
        assert_eq!(inbox.try_take(), None);
        let threads: Vec<_> = (0..4)
            .map(|_| {
                let post = post.clone();
                std::thread::spawn(move || {
                    (0..500).for_each(|signal| post.send(Event::Signal(signal)).unwrap())
                })
            })
            .collect();
        let came: Vec<_> = (0..2000).map(|_| inbox.take()).collect();
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(came.iter().filter(|e| **e == Event::Signal(499)).count(), 4);
        assert_eq!(inbox.take_within(Duration::from_millis(5)), None);
        post.send(Event::Loaded).unwrap();
        assert_eq!(
            inbox.take_within(Duration::from_mins(1)),
            Some(Event::Loaded)
        );
    }

    #[test]
    fn a_loop_that_has_ended_takes_nothing() {
        let (inbox, post) = Inbox::new().unwrap();
        drop(inbox);
        assert!(post.send(Event::Loaded).is_err());
    }
}
