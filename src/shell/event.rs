//! Events of the loop, and the way into it for every thread.
//!
//! An event waits in a channel. One byte in the wake pipe ends the loop's wait; it is written
//! once until the loop has taken it, so the pipe cannot be full.

use crate::command::Input;
use crate::shell::os::process::Signal;
use crate::shell::store::message::Reply;
use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SendError, Sender, channel};

/// Something that the loop acts on.
#[derive(Clone, Debug, PartialEq)]
pub enum AppEvent {
    /// A key, a paste, or the answer of a search.
    Input(Input),
    /// A paste was too long: the rest of it was left out.
    PasteCut,
    /// The terminal's background is light, or dark.
    Background(bool),
    /// The column of the terminal's cursor, from 1.
    Column(u16),
    /// A private mode of the terminal by its number, and whether it has it.
    Mode(u16, bool),
    /// The terminal has answered all that it will.
    Answered,
    /// More of an article has come; the loader has it.
    Loaded,
    /// The file that is read may have changed.
    Touched,
    /// A signal came.
    Signal(Signal),
    /// An answer of the store.
    Store(Reply),
    /// A text has gone to the clipboard: the message, and whether it is a warning.
    Copied(String, bool),
    /// The terminal has gone.
    HangUp,
}

/// Sends events into the loop, from any thread.
#[derive(Clone, Debug)]
pub struct EventSender {
    events: Sender<AppEvent>,
    waker: Arc<Waker>,
}

/// Ends the loop's wait.
#[derive(Debug)]
struct Waker {
    pipe: PipeWriter,
    /// A byte is in the pipe.
    signalled: AtomicBool,
}

/// The loop's end of the channel.
#[derive(Debug)]
pub(crate) struct EventReceiver {
    events: Receiver<AppEvent>,
    waker: Arc<Waker>,
    /// Becomes readable when an event has been sent.
    pub wake_pipe: PipeReader,
}

/// Makes a channel of events.
pub(crate) fn event_channel() -> io::Result<(EventSender, EventReceiver)> {
    let (sender, events) = channel();
    let (wake_pipe, pipe) = io::pipe()?;
    let waker = Arc::new(Waker {
        pipe,
        signalled: AtomicBool::new(false),
    });
    let sender = EventSender {
        events: sender,
        waker: Arc::clone(&waker),
    };
    let receiver = EventReceiver {
        events,
        waker,
        wake_pipe,
    };
    Ok((sender, receiver))
}

impl EventSender {
    /// Sends an event; fails where the loop has ended.
    pub fn send(&self, event: AppEvent) -> Result<(), SendError<AppEvent>> {
        self.events.send(event)?;
        if !self.waker.signalled.swap(true, Ordering::SeqCst) {
            // fails only where the loop has just ended
            let _ = (&self.waker.pipe).write_all(b"!");
        }
        Ok(())
    }
}

impl EventReceiver {
    /// Takes an event that has come.
    pub(crate) fn try_take(&self) -> Option<AppEvent> {
        self.events.try_recv().ok()
    }

    /// Empties the wake pipe, which was readable, and takes an event.
    pub(crate) fn woken(&mut self) -> Option<AppEvent> {
        let _ = self.wake_pipe.read(&mut [0]);
        // an event that is sent from here on wakes the loop again
        self.waker.signalled.store(false, Ordering::SeqCst);
        self.try_take()
    }
}
