//! The thread that has the file: answers, and writes in transactions.
//!
//! 1. Waits for what is asked, without a clock; only while a place or an opening is
//!    to be written, at most until that is due. A place that changes meanwhile is
//!    changed where it waits: a key wakes nobody.
//! 2. Takes all that waits, answers it, and writes the rest in one transaction.
//! 3. What cannot be written stays in the queue, and is tried again with what
//!    comes next and at the end; what a lock keeps out even then is kept for the
//!    next time. Damage is set aside, and the queue goes into a new file.

use super::job::{Job, transaction};
use super::repair;
use super::schema::{self, Refused};
use super::{Ask, Began, Reply, Resting, Shared, Trouble, late, query};
use crate::shell::event::AppEvent;
use crate::shell::event::EventSender;
use crate::shell::os::files::{self, FileId};
use rusqlite::Connection;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// A place is written so long after it changed, an opening so long after it was.
const REST: Duration = Duration::from_secs(1);
/// So long after it failed, writing is tried again.
const AGAIN: Duration = Duration::from_secs(5);
/// So often, before it waits for something to happen.
const TRIES: u8 = 5;
/// So much is kept that cannot be written.
const MOST: usize = 20_000;

/// The thread's state.
pub struct Writer {
    path: PathBuf,
    events: EventSender,
    db: Option<Connection>,
    /// The file that `db` is.
    file: Option<FileId>,
    /// What kept the file from being written when it was last wanted.
    barred: Option<Trouble>,
    queue: VecDeque<Job>,
    /// What others tell it without waking it.
    shared: Shared,
    /// When what may wait is to be written.
    due: Option<Instant>,
    /// Whether the reader's clock is known to him.
    told_offset: bool,
    /// What has been said.
    told: Vec<Trouble>,
    /// When a failed transaction is tried again, and how often that may still be.
    again: Option<Instant>,
    tries: u8,
}

impl Writer {
    /// A writer of the file at `path`, which it opens when it must.
    pub fn new(path: PathBuf, events: EventSender, shared: Shared) -> Self {
        Self {
            path,
            events,
            db: None,
            file: None,
            barred: None,
            queue: VecDeque::new(),
            shared,
            due: None,
            told_offset: false,
            told: Vec::new(),
            again: None,
            tries: TRIES,
        }
    }

    /// Works until nobody can ask any more.
    pub fn run(mut self, asks: &Receiver<Ask>) {
        self.shared.hurry.heed();
        loop {
            let due = self.due.into_iter().chain(self.again).min();
            let first = match due {
                None => asks.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(due) => asks.recv_timeout(due.saturating_duration_since(Instant::now())),
            };
            let mut waiting = Vec::new();
            let over = matches!(first, Err(RecvTimeoutError::Disconnected));
            let mut next = first.ok();
            while let Some(ask) = next {
                match ask {
                    Ask::Flush(done) => waiting.push(done),
                    ask => self.take(ask),
                }
                next = asks.try_recv().ok();
            }
            let rested =
                self.due.is_some_and(|due| due <= Instant::now()) || over || !waiting.is_empty();
            if rested {
                self.take_latest();
            }
            if rested
                || self.again.is_some()
                || self.queue.iter().any(|job| !matches!(job, Job::Opened(_)))
            {
                self.write();
            }
            if !waiting.is_empty() {
                self.keep_late();
                // the last to close the file writes its log back
                self.db = None;
                self.shared.hurry.set(false);
            }
            for done in waiting {
                let _ = done.send(());
            }
            if over {
                return;
            }
        }
    }

    /// Answers what is asked; puts what is to be written into the queue.
    fn take(&mut self, ask: Ask) {
        match ask {
            Ask::Begin(answer) => {
                // no file is made before something is to be kept
                let began: Option<Began> = if self.is_new() {
                    None
                } else {
                    self.read(query::begin)
                };
                self.told_offset = began.is_some();
                let _ = answer.send(began.unwrap_or_default());
            }
            Ask::Open(identity, answer) => {
                // what was done before is part of what is known
                self.take_latest();
                self.write();
                let found = if self.is_new() {
                    None
                } else {
                    self.read(|db| query::recall(db, &identity))
                }
                .unwrap_or_default();
                let doubtful = found.1;
                let _ = answer.send(found);
                let _ = self.events.send(AppEvent::Store(Reply::Late));
                if !doubtful {
                    self.queue.push_back(Job::Opened(identity));
                    self.due.get_or_insert(Instant::now() + REST);
                }
            }
            Ask::Rest => _ = self.due.get_or_insert(Instant::now() + REST),
            Ask::Left(resting) => self.place(resting),
            Ask::Mark(identity, save) => self.queue.push_back(Job::Mark(identity, save)),
            Ask::Read(identity, read) => self.queue.push_back(Job::Read(identity, read)),
            Ask::Choice(name, value, base) => self.queue.push_back(Job::Choice(name, value, base)),
            Ask::AllMarks(but) => {
                self.write();
                let marks = self
                    .read(|db| query::all_marks(db, &but))
                    .unwrap_or_default();
                let _ = self.events.send(AppEvent::Store(Reply::Marks(marks)));
            }
            Ask::Bookmark(letter) => {
                self.write();
                let found = self.read(|db| query::bookmark(db, letter)).flatten();
                let _ = self
                    .events
                    .send(AppEvent::Store(Reply::Bookmark(letter, found)));
            }
            Ask::Progress(paths) => {
                self.write();
                let found = self
                    .read(|db| query::progress(db, &paths))
                    .unwrap_or_default();
                let _ = self.events.send(AppEvent::Store(Reply::Progress(found)));
            }
            Ask::Flush(done) => drop(done),
        }
        while self.queue.len() > MOST {
            self.queue.pop_front();
        }
    }

    /// Whether nothing was ever kept.
    fn is_new(&self) -> bool {
        self.db.is_none() && !self.path.exists()
    }

    /// Puts the place that waits into the queue.
    fn take_latest(&mut self) {
        self.due = None;
        let latest = self
            .shared
            .latest
            .lock()
            .ok()
            .and_then(|mut latest| latest.take());
        if let Some(resting) = latest {
            self.place(resting);
        }
    }

    fn place(&mut self, Resting { of, kept, read }: Resting) {
        if read.ms > 0 {
            self.queue.push_back(Job::Read(Arc::clone(&of), read));
        }
        self.queue.push_back(Job::Place(of, kept));
    }

    /// Asks the file; says what is wrong where that fails.
    fn read<T>(&mut self, ask: impl Fn(&Connection) -> rusqlite::Result<T>) -> Option<T> {
        for _ in 0..2 {
            let db = self.db()?;
            match ask(db) {
                Ok(found) => return Some(found),
                Err(error) => self.fail(&error),
            }
        }
        None
    }

    /// Writes the queue in one transaction.
    fn write(&mut self) {
        self.again = None;
        if self.queue.is_empty() {
            return;
        }
        if self.barred.take().is_some() {
            // perhaps it may be written now
            self.db = None;
        }
        for _ in 0..2 {
            if self.db().is_none() {
                break;
            }
            if self.barred.is_some() {
                break;
            }
            let marks = self.queue.iter().any(|job| matches!(job, Job::Mark(..)));
            let Some(db) = self.db.as_mut() else { break };
            match transaction(db, &self.queue, now()) {
                Ok(()) => {
                    self.queue.clear();
                    self.tries = TRIES;
                    self.told.retain(|t| matches!(t, Trouble::Damaged(_)));
                    if marks {
                        let _ = self.events.send(AppEvent::Store(Reply::Saved));
                    }
                    self.tell_offset();
                    return;
                }
                Err(error) => self.fail(&error),
            }
        }
        if !self.queue.is_empty() && self.tries > 0 {
            self.tries -= 1;
            self.again = Some(Instant::now() + AGAIN);
        }
    }

    /// Keeps what another program's lock keeps out for the next time.
    fn keep_late(&mut self) {
        if self.barred == Some(Trouble::Locked)
            && !self.queue.is_empty()
            && late::keep(&self.path, &self.queue, now()).is_ok()
        {
            self.queue.clear();
            self.again = None;
        }
    }

    /// Tells the reader's clock, where that was not known at the start.
    fn tell_offset(&mut self) {
        if !self.told_offset
            && let Some(offset) = self.read(query::offset)
        {
            self.told_offset = true;
            let _ = self.events.send(AppEvent::Store(Reply::Offset(offset)));
        }
    }

    /// The file, opened where it is not, and anew where another lies there now.
    fn db(&mut self) -> Option<&Connection> {
        if self.db.is_some() && FileId::of(&self.path) != self.file {
            self.db = None;
        }
        if self.db.is_none() {
            self.barred = None;
            for _ in 0..3 {
                let seen = FileId::of(&self.path);
                match schema::open(&self.path) {
                    Ok(mut db) => {
                        // what cannot be done now is tried when it is opened again
                        let _ = late::take_up(&self.path, &mut db);
                        self.db = Some(db);
                        break;
                    }
                    Err(Refused::Newer) => {
                        self.say(Trouble::Newer);
                        break;
                    }
                    Err(Refused::Foreign) => self.set_aside(seen),
                    Err(Refused::Database(error)) => match schema::trouble(&error) {
                        None => self.set_aside(seen),
                        Some(trouble) => {
                            self.db = schema::open_read_only(&self.path)
                                .ok()
                                .filter(|_| trouble != Trouble::Locked);
                            self.barred = Some(trouble.clone());
                            self.say(trouble);
                            break;
                        }
                    },
                }
            }
            self.file = FileId::of(&self.path);
        }
        self.db.as_ref()
    }

    /// Deals with a failure: damage is set aside, everything else is said.
    fn fail(&mut self, error: &rusqlite::Error) {
        match schema::trouble(error) {
            None => {
                self.db = None;
                self.set_aside(self.file);
            }
            Some(trouble) => {
                self.barred = Some(trouble.clone())
                    .filter(|t| matches!(t, Trouble::ReadOnly | Trouble::Locked));
                self.say(trouble);
            }
        }
    }

    /// Sets the file that was `seen` to be damaged aside, and saves what can be read of it.
    fn set_aside(&mut self, seen: Option<FileId>) {
        match repair::set_aside(&self.path, seen) {
            Ok(Some(aside)) => {
                if let Ok(mut db) = schema::open(&self.path) {
                    repair::salvage(&aside, &mut db);
                }
                self.say(Trouble::Damaged(
                    aside
                        .file_name()
                        .unwrap_or_default()
                        .to_string_lossy()
                        .into_owned(),
                ));
            }
            Ok(None) => {}
            Err(_) => self.say(Trouble::ReadOnly),
        }
    }

    /// Says what is wrong, once.
    fn say(&mut self, trouble: Trouble) {
        let full = trouble == Trouble::ReadOnly && files::is_disk_full(&self.path);
        let trouble = if full { Trouble::Full } else { trouble };
        if !self.told.contains(&trouble) {
            self.told.push(trouble.clone());
            let _ = self.events.send(AppEvent::Store(Reply::Trouble(trouble)));
        }
    }
}

/// The time, in seconds since 1970.
pub fn now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |d| d.as_secs().cast_signed())
}
