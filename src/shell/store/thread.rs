//! The thread that has the file: answers, and writes in transactions.
//!
//! 1. Waits for requests without a clock; only while a position or an opening is to be
//!    written, at most until that is due. A position that changes in that time is changed where
//!    it waits: a key wakes nothing.
//! 2. Takes all that waits, answers it, and writes the rest in one transaction.
//! 3. Jobs that cannot be written stay in the queue, and are tried again with the next ones
//!    and at the end; those that a lock keeps out even then are spilled. Damage is set aside,
//!    and the queue goes into a new file.

use super::busy_timeout::Deadline;
use super::job::{Job, transaction};
use super::message::{Identity, KnownArticle, Reply, StartupState, Trouble};
use super::repair::{self, Health};
use super::schema::{self, OpenError};
use super::{query, spill};
use crate::session::clash::Clash;
use crate::session::marks::Save;
use crate::session::memory::SavedPosition;
use crate::session::pace::ReadingTime;
use crate::shell::event::{AppEvent, EventSender};
use crate::shell::os::files::{self, FileId};
use rusqlite::Connection;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// A position or an opening is written this long after it came.
const WRITE_DELAY: Duration = Duration::from_secs(1);
/// A transaction that failed is tried again after this time.
const RETRY_DELAY: Duration = Duration::from_secs(5);
/// Tries by the clock before it waits for the next job.
const MAX_RETRIES: u8 = 5;
/// Jobs that are kept while they cannot be written.
const MAX_QUEUED_JOBS: usize = 20_000;

/// A request to the thread.
pub(crate) enum StoreRequest {
    /// The state that is needed before an article is open.
    Begin(Sender<StartupState>),
    /// The saved state of an article that is opened.
    Open(Arc<Identity>, Sender<KnownArticle>),
    /// A position waits in [`Shared`].
    PositionPending,
    /// A job to be done.
    Write(Job),
    /// The marks of all articles but this one.
    AllMarks([u8; 16]),
    /// The article that has the bookmark of that capital.
    Bookmark(char),
    /// The per cent read of the articles at these paths.
    Progress,
    /// The articles that were read last.
    Recent,
    /// The articles with cards that are due.
    Due,
    /// The saved views of the shelf.
    Views,
    /// To write everything now, and say so.
    Flush(Sender<()>),
    /// To give out the jobs that could not be written, at the end.
    Unwritten(Sender<Vec<Job>>),
}

/// The position in the open article and the reading time since it was written last.
#[derive(Clone, Debug)]
pub(crate) struct PendingPosition {
    pub of: Arc<Identity>,
    pub kept: Box<SavedPosition>,
    pub read: ReadingTime,
}

impl PendingPosition {
    /// Returns the jobs that write it.
    pub(crate) fn jobs(self) -> impl Iterator<Item = Job> {
        let read = (self.read.ms > 0).then(|| Job::Read(Arc::clone(&self.of), self.read));
        let position = Job::Position(self.of, self.kept);
        read.into_iter().chain([position])
    }
}

/// The state that the thread sees without being woken for it.
#[derive(Clone, Default)]
pub(crate) struct Shared {
    /// The position that waits to be written.
    pub pending: Arc<Mutex<Option<PendingPosition>>>,
    /// Running while the reader waits for the end.
    pub deadline: Deadline,
}

/// The thread's state.
pub(crate) struct StoreThread {
    /// The file; `None` where there is no home for it.
    path: Option<PathBuf>,
    events: EventSender,
    db: Option<Connection>,
    /// The file that `db` is.
    file: Option<FileId>,
    /// The reason why the file cannot be written, since it was opened last.
    barred: Option<Trouble>,
    queue: VecDeque<Job>,
    shared: Shared,
    /// The time at which a position or an opening is written.
    due: Option<Instant>,
    offset_is_known: bool,
    /// The troubles that have been said.
    said: Vec<Trouble>,
    /// The time at which a failed transaction is tried again.
    retry_at: Option<Instant>,
    retries_left: u8,
}

impl StoreThread {
    pub(crate) fn new(path: Option<PathBuf>, events: EventSender, shared: Shared) -> Self {
        Self {
            path,
            events,
            db: None,
            file: None,
            barred: None,
            queue: VecDeque::new(),
            shared,
            due: None,
            offset_is_known: false,
            said: Vec::new(),
            retry_at: None,
            retries_left: MAX_RETRIES,
        }
    }

    /// Works until every [`Store`](super::Store) has gone.
    pub(crate) fn run(mut self, requests: &Receiver<StoreRequest>) {
        self.shared.deadline.install();
        if self.path.is_none() {
            self.say(Trouble::NoHome);
        }
        loop {
            let first = match self.due.into_iter().chain(self.retry_at).min() {
                None => requests.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(at) => requests.recv_timeout(at.saturating_duration_since(Instant::now())),
            };
            let over = matches!(first, Err(RecvTimeoutError::Disconnected));
            let mut waiting = Vec::new();
            for request in first.into_iter().chain(requests.try_iter()) {
                match request {
                    StoreRequest::Flush(done) => waiting.push(done),
                    request => self.answer(request),
                }
            }
            self.work(over || !waiting.is_empty());
            if !waiting.is_empty() {
                self.spill();
                // the last program to close the file writes its log back
                self.db = None;
                self.shared.deadline.clear();
            }
            for done in waiting {
                let _ = done.send(());
            }
            if over {
                return;
            }
        }
    }

    /// Writes the jobs that are due; `all` of them at the end.
    fn work(&mut self, all: bool) {
        let is_due = all || self.due.is_some_and(|due| due <= Instant::now());
        if is_due {
            self.queue_pending();
        }
        let may_wait = |job: &Job| matches!(job, Job::Opened(_)) || job.draft().is_some();
        if is_due || self.retry_at.is_some() || !self.queue.iter().all(may_wait) {
            self.write();
        }
    }

    /// Answers a request; queues the job of writing.
    fn answer(&mut self, request: StoreRequest) {
        match request {
            StoreRequest::Begin(answer) => {
                let state = self.ask_known(query::begin);
                self.offset_is_known = state.is_some();
                let _ = answer.send(state.unwrap_or_default());
            }
            StoreRequest::Open(identity, answer) => {
                // jobs before it are part of the saved state
                self.queue_pending();
                self.write();
                let found = self.ask_known(|db| query::recall(db, &identity));
                let found = found.unwrap_or_default();
                let doubtful = found.doubtful;
                let _ = answer.send(found);
                self.reply(Reply::Opened);
                if !doubtful {
                    self.queue.push_back(Job::Opened(identity));
                    self.start_delay();
                }
            }
            StoreRequest::PositionPending => self.start_delay(),
            StoreRequest::Write(job) => self.push(job),
            StoreRequest::AllMarks(but) => {
                let marks = self.ask_written(|db| query::all_marks(db, but));
                self.reply(Reply::Marks(marks.unwrap_or_default()));
            }
            StoreRequest::Bookmark(letter) => {
                let found = self.ask_written(|db| query::bookmark(db, letter));
                self.reply(Reply::Bookmark(letter, found.flatten()));
            }
            StoreRequest::Progress => {
                let found = self.ask_written(query::progress);
                self.reply(Reply::Progress(found.unwrap_or_default()));
            }
            StoreRequest::Recent => {
                // what is read now is part of it
                self.queue_pending();
                self.write();
                let found = self.ask_known(query::recent);
                self.reply(Reply::Recent(found.unwrap_or_default()));
            }
            StoreRequest::Due => {
                self.write();
                let found = self.ask_known(query::due);
                self.reply(Reply::Due(found.unwrap_or_default()));
            }
            StoreRequest::Views => {
                self.write();
                let found = self.ask_known(query::views);
                self.reply(Reply::Views(found.unwrap_or_default()));
            }
            StoreRequest::Flush(_) => {}
            StoreRequest::Unwritten(answer) => {
                let _ = answer.send(std::mem::take(&mut self.queue).into());
            }
        }
    }

    /// Queues a job. Of positions in an article the last one counts.
    fn push(&mut self, job: Job) {
        if let Job::Mark(_, Save::Draft(uid, draft)) = &job {
            // it may change with every key
            self.queue.retain(|job| job.draft() != Some(uid.as_str()));
            if draft.is_some() {
                self.start_delay();
            }
        }
        if let Job::Position(of, _) = &job {
            let is_older =
                |job: &Job| matches!(job, Job::Position(other, _) if other.hash == of.hash);
            self.queue.retain(|job| !is_older(job));
        }
        self.queue.push_back(job);
        if self.queue.len() > MAX_QUEUED_JOBS {
            // what the reader wrote is kept, however much it is
            self.queue.retain(|job| matches!(job, Job::Mark(..)));
        }
    }

    fn reply(&self, reply: Reply) {
        let _ = self.events.send(AppEvent::Store(reply));
    }

    fn start_delay(&mut self) {
        self.due.get_or_insert(Instant::now() + WRITE_DELAY);
    }

    /// Queues the position that waits.
    fn queue_pending(&mut self) {
        self.due = None;
        let pending = self.shared.pending.lock();
        let pending = pending.ok().and_then(|mut pending| pending.take());
        let jobs = pending.into_iter().flat_map(PendingPosition::jobs);
        jobs.for_each(|job| self.push(job));
    }

    /// Asks the file, if there is one: none is made before something is to be saved.
    fn ask_known<T>(&mut self, ask: impl Fn(&Connection) -> rusqlite::Result<T>) -> Option<T> {
        let exists = |path: &PathBuf| path.exists();
        let exists = self.db.is_some() || self.path.as_ref().is_some_and(exists);
        exists.then(|| self.ask(ask)).flatten()
    }

    /// Writes the queue and asks the file.
    fn ask_written<T>(&mut self, ask: impl Fn(&Connection) -> rusqlite::Result<T>) -> Option<T> {
        self.write();
        self.ask(ask)
    }

    /// Asks the file; reports the fault where that fails.
    fn ask<T>(&mut self, ask: impl Fn(&Connection) -> rusqlite::Result<T>) -> Option<T> {
        for _ in 0..2 {
            match ask(self.db()?) {
                Ok(found) => return Some(found),
                Err(error) => self.fail(&error),
            }
        }
        None
    }

    /// Writes the queue in one transaction.
    fn write(&mut self) {
        self.retry_at = None;
        if self.queue.is_empty() {
            return;
        }
        if self.barred.take().is_some() {
            // perhaps it may be written now
            self.db = None;
        }
        for _ in 0..2 {
            if self.db().is_none() || self.barred.is_some() {
                break;
            }
            let Some(db) = self.db.as_mut() else { break };
            match transaction(db, &self.queue, now()) {
                Ok(clashes) => {
                    self.written();
                    return self.tell_clashes(clashes);
                }
                Err(error) => self.fail(&error),
            }
        }
        if self.retries_left > 0 && self.path.is_some() {
            self.retries_left -= 1;
            self.retry_at = Some(Instant::now() + RETRY_DELAY);
        }
    }

    fn tell_clashes(&self, clashes: Vec<Clash>) {
        for clash in clashes {
            self.reply(Reply::Clash(Box::new(clash)));
        }
    }

    /// Empties the queue, which is on the disk.
    fn written(&mut self) {
        let is_awaited = |job: &Job| match job {
            Job::Mark(_, save) => !matches!(save, Save::Draft(..)),
            job => matches!(job, Job::Choice(..)),
        };
        let is_told = self.queue.iter().any(is_awaited);
        self.queue.clear();
        self.retries_left = MAX_RETRIES;
        let of_start = |t: &Trouble| matches!(t, Trouble::Damaged(..) | Trouble::Emptied(_));
        self.said.retain(of_start);
        if is_told {
            self.reply(Reply::Saved);
        }
        if !self.offset_is_known
            && let Some(offset) = self.ask(query::utc_offset)
        {
            self.offset_is_known = true;
            self.reply(Reply::Offset(offset));
        }
    }

    /// Saves for the next start the jobs that could not be written, where that is possible.
    fn spill(&mut self) {
        if let Some(path) = &self.path
            && !self.queue.is_empty()
            && spill::save(path, &self.queue, now()).is_ok()
        {
            self.queue.clear();
            self.retry_at = None;
        }
    }

    /// Returns the file, opened where it is not, and again where another is at its path now.
    fn db(&mut self) -> Option<&Connection> {
        let path = self.path.clone()?;
        if self.db.is_some() && FileId::of(&path) != self.file {
            self.db = None;
        }
        if self.db.is_none() {
            self.barred = None;
            // a damaged file is set aside, and a new one tried
            for _ in 0..3 {
                if self.open(&path) {
                    break;
                }
            }
            self.file = FileId::of(&path);
        }
        self.db.as_ref()
    }

    /// Opens the file; returns false where it was damaged and another is in its place.
    fn open(&mut self, path: &Path) -> bool {
        match repair::lost(path) {
            Some(Health::OnlyLog) => {
                // the log is read like a file that was cut off
                let _ = files::open_private(path);
                return self.replace(path, FileId::of(path));
            }
            Some(Health::Damaged(_)) => return self.replace(path, FileId::of(path)),
            Some(Health::Emptied(last)) => self.say(Trouble::Emptied(name_of(&last))),
            _ => {}
        }
        let seen = FileId::of(path);
        match schema::open(path) {
            Ok(mut db) => {
                // a file that cannot be replayed now is tried at the next opening
                let clashes = spill::replay(path, &mut db);
                self.db = Some(db);
                self.tell_clashes(clashes.unwrap_or_default());
            }
            Err(OpenError::Newer) => self.say(Trouble::Newer),
            Err(OpenError::Foreign) => return self.replace(path, seen),
            Err(OpenError::Database(error)) => {
                let Some(trouble) = schema::trouble(&error) else {
                    return self.replace(path, seen);
                };
                if trouble != Trouble::Locked {
                    self.db = schema::open_read_only(path).ok();
                }
                self.barred = Some(trouble.clone());
                self.say(trouble);
            }
        }
        true
    }

    /// Deals with a failure: damage is set aside, everything else is said.
    fn fail(&mut self, error: &rusqlite::Error) {
        let Some(trouble) = schema::trouble(error) else {
            self.db = None;
            if let Some(path) = self.path.clone() {
                self.replace(&path, self.file);
            }
            return;
        };
        let bars = matches!(trouble, Trouble::ReadOnly | Trouble::Locked);
        self.barred = bars.then(|| trouble.clone());
        self.say(trouble);
    }

    /// Puts a new file with what could be read in the place of the one that was `seen` to be
    /// damaged. Returns true where that cannot be done now.
    fn replace(&mut self, path: &Path, seen: Option<FileId>) -> bool {
        match repair::replace(path, seen) {
            Ok(Some(done)) => {
                self.say(Trouble::Damaged(name_of(&done.aside), done.saved));
                false
            }
            Ok(None) => false,
            Err(trouble) => {
                self.barred = Some(trouble.clone());
                self.say(trouble);
                true
            }
        }
    }

    /// Reports a fault, once.
    fn say(&mut self, trouble: Trouble) {
        // on a full disk the companions of the file cannot be opened
        let path = self.path.as_ref();
        let full = trouble == Trouble::ReadOnly && path.is_some_and(|p| files::is_disk_full(p));
        let trouble = if full { Trouble::Full } else { trouble };
        if !self.said.contains(&trouble) {
            self.said.push(trouble.clone());
            self.reply(Reply::Trouble(trouble));
        }
    }
}

/// Returns the name of a file, to be shown.
fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// Returns the time in seconds since 1970.
pub(crate) fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |d| d.as_secs().cast_signed())
}
