//! The store: positions, marks, notes and reading time, in one `SQLite` file.
//!
//! 1. [`schema`] opens the file and brings an older one up to date; [`repair`] puts a new one in
//!    the place of a damaged one, with the rows that [`salvage`] finds in its [`pages`].
//! 2. [`query`] asks and writes; [`rows`] and [`json`] are the forms of a mark, [`cards`] those
//!    of a drill's cards.
//! 3. [`thread`] has the file. It answers requests and does [`job`]s in transactions; no key
//!    ever waits for it. [`busy_timeout`]: how long a lock is waited for; [`spill`]: the jobs
//!    that a lock keeps out at the end.
//!
//! Reading goes on whatever happens here: a [`Trouble`](message::Trouble) is said once, and
//! what could not be written is kept and tried again.

pub(crate) mod busy_timeout;
pub(crate) mod cards;
pub(crate) mod identity;
pub mod job;
pub(crate) mod json;
pub mod message;
mod pages;
pub mod query;
pub(crate) mod repair;
pub(crate) mod rows;
pub(crate) mod salvage;
pub mod schema;
pub mod spill;
pub(crate) mod thread;

use crate::session::memory::SavedPosition;
use crate::session::pace::ReadingTime;
use crate::shell::event::EventSender;
use job::Job;
use message::{Identity, KnownArticle, StartupState};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;
use thread::{PendingPosition, Shared, StoreRequest, StoreThread};

/// The time that the store may hold up the first frame.
const ANSWER_TIMEOUT: Duration = Duration::from_millis(150);
/// The time that the end may wait for the last transaction.
const FLUSH_TIMEOUT: Duration = Duration::from_millis(350);

/// The way to the thread that has the file.
#[derive(Clone)]
pub struct Store {
    requests: Option<Sender<StoreRequest>>,
    has_file: bool,
    shared: Shared,
}

impl Store {
    /// Starts the thread; the file is opened at the first request. Without a path nothing is
    /// saved, and said so; the jobs wait to be given out at the end.
    pub fn start(path: Option<PathBuf>, events: EventSender) -> Self {
        let (requests, receiver) = channel();
        let shared = Shared::default();
        let has_file = path.is_some();
        let thread = StoreThread::new(path, events, shared.clone());
        let named = std::thread::Builder::new().name("store".to_owned());
        let started = named.spawn(move || thread.run(&receiver)).ok();
        Self {
            requests: started.map(|_| requests),
            has_file,
            shared,
        }
    }

    /// Returns whether anything is saved.
    pub(crate) fn has_file(&self) -> bool {
        self.has_file && self.requests.is_some()
    }

    fn send(&self, request: StoreRequest) {
        if let Some(requests) = &self.requests {
            let _ = requests.send(request);
        }
    }

    /// Hands a job over. Never waits.
    pub(crate) fn write(&self, job: Job) {
        self.send(StoreRequest::Write(job));
    }

    /// Hands over the reader's position. A key changes it where it waits, so that it wakes
    /// the thread once until it is written.
    pub(crate) fn write_position(
        &self,
        of: &Arc<Identity>,
        kept: Box<SavedPosition>,
        read: ReadingTime,
    ) {
        let Ok(mut pending) = self.shared.pending.lock() else {
            return;
        };
        let mut position = PendingPosition {
            of: Arc::clone(of),
            kept,
            read,
        };
        if let Some(waiting) = pending.as_mut().filter(|p| p.of.hash == of.hash) {
            position.read = waiting.read.plus(read);
            *waiting = position;
            return;
        }
        let left = pending.replace(position);
        drop(pending);
        let jobs = left.into_iter().flat_map(PendingPosition::jobs);
        jobs.for_each(|job| self.write(job));
        self.send(StoreRequest::PositionPending);
    }

    /// Asks for the state that is needed before an article is open.
    pub fn begin(&self) -> Receiver<StartupState> {
        let (sender, answer) = channel();
        self.send(StoreRequest::Begin(sender));
        answer
    }

    /// Waits for the answer to [`Self::begin`]; empty where it takes too long.
    pub(crate) fn startup_state(answer: &Receiver<StartupState>) -> StartupState {
        answer.recv_timeout(ANSWER_TIMEOUT).unwrap_or_default()
    }

    /// Asks for the saved state of an article. Where that takes too long, the answer can be
    /// taken from the channel after [`Reply::Opened`](message::Reply::Opened).
    pub(crate) fn open(
        &self,
        identity: &Arc<Identity>,
    ) -> Result<KnownArticle, Receiver<KnownArticle>> {
        let (sender, answer) = channel();
        self.send(StoreRequest::Open(Arc::clone(identity), sender));
        answer.recv_timeout(ANSWER_TIMEOUT).map_err(|_| answer)
    }

    /// Asks for the marks of all articles but one.
    pub(crate) fn list_marks(&self, but: [u8; 16]) {
        self.send(StoreRequest::AllMarks(but));
    }

    /// Asks for the article that has the bookmark of a capital.
    pub(crate) fn find_bookmark(&self, letter: char) {
        self.send(StoreRequest::Bookmark(letter));
    }

    /// Asks how far articles were read.
    pub(crate) fn load_progress(&self) {
        self.send(StoreRequest::Progress);
    }

    /// Asks for the articles that were read last.
    pub(crate) fn list_recent(&self) {
        self.send(StoreRequest::Recent);
    }

    /// Asks for the articles with cards that are due.
    pub(crate) fn list_due(&self) {
        self.send(StoreRequest::Due);
    }

    /// Asks for the saved views of the shelf.
    pub(crate) fn list_views(&self) {
        self.send(StoreRequest::Views);
    }

    /// Waits until everything is on the disk, or long enough; returns whether it is.
    pub(crate) fn flush(&self) -> bool {
        let (sender, done) = channel();
        self.shared.deadline.start();
        self.send(StoreRequest::Flush(sender));
        done.recv_timeout(FLUSH_TIMEOUT).is_ok()
    }

    /// Takes the jobs that could not be written, at the end.
    pub(crate) fn take_unwritten(&self) -> Vec<Job> {
        let (sender, jobs) = channel();
        self.send(StoreRequest::Unwritten(sender));
        jobs.recv_timeout(FLUSH_TIMEOUT).unwrap_or_default()
    }
}
