//! Jobs of writing, all of which are done in one transaction.
//!
//! Jobs keep the order in which the reader did them. As JSON they wait in a
//! [`spill`](super::spill) file for the next start.

use super::message::Identity;
use super::{cards, json, query, rows};
use crate::session::clash::Clash;
use crate::session::drill::CardSave;
use crate::session::marks::Save;
use crate::session::memory::SavedPosition;
use crate::session::pace::ReadingTime;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::sync::Arc;

/// Something to be written.
pub enum Job {
    /// An article was opened.
    Opened(Arc<Identity>),
    /// The reader's position in an article.
    Position(Arc<Identity>, Box<SavedPosition>),
    /// A mark has changed.
    Mark(Arc<Identity>, Save),
    /// A card of a drill was answered.
    Card(Arc<Identity>, CardSave),
    /// Reading time.
    Read(Arc<Identity>, ReadingTime),
    /// An article was marked as read, or as unread.
    MarkRead(Arc<Identity>, bool),
    /// A choice by key: name, value, and the setting at that time.
    Choice(String, String, String),
}

/// Does all the jobs or none, as at the time `now`. Returns the marks that another program had
/// changed as well.
pub fn transaction<'a>(
    db: &mut Connection,
    jobs: impl IntoIterator<Item = &'a Job>,
    now: i64,
) -> rusqlite::Result<Vec<Clash>> {
    let t = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let mut clashes = Vec::new();
    for job in jobs {
        match job {
            Job::Mark(of, save) => clashes.extend(write_mark(&t, of, save, now)?),
            job => job.write(&t, now)?,
        }
    }
    t.commit()?;
    Ok(clashes)
}

/// Writes the change of a mark.
fn write_mark(
    t: &Connection,
    of: &Identity,
    save: &Save,
    now: i64,
) -> rusqlite::Result<Option<Clash>> {
    match save {
        Save::Put(mark, before) => {
            let article = query::put_article(t, of, now)?;
            rows::change_mark(t, (of.hash, article), mark, before.as_deref())
        }
        Save::Draft(uid, draft) => {
            let article = query::put_article(t, of, now)?;
            rows::put_draft(t, article, uid, draft.as_deref()).map(|()| None)
        }
        Save::Drop(uid, before) => rows::drop_mark(t, of.hash, uid, before.as_deref()),
        Save::Keyword(term) => query::count_keyword(t, term, now).map(|()| None),
    }
}

impl Job {
    /// Returns the name of the draft that it writes.
    pub(crate) fn draft(&self) -> Option<&str> {
        match self {
            Self::Mark(_, Save::Draft(uid, Some(_))) => Some(uid),
            _ => None,
        }
    }

    fn write(&self, t: &Connection, now: i64) -> rusqlite::Result<()> {
        let article = |of: &Identity| query::put_article(t, of, now);
        match self {
            Self::Opened(of) => query::put_opened(t, article(of)?, now),
            Self::Position(of, kept) => query::put_position(t, article(of)?, kept, now),
            Self::Mark(of, save) => write_mark(t, of, save, now).map(|_| ()),
            Self::Card(of, card) => cards::put(t, article(of)?, card),
            Self::Read(of, read) => query::add_reading(t, article(of)?, *read, None),
            Self::MarkRead(of, done) => query::put_read(t, article(of)?, *done, now),
            Self::Choice(name, value, base) => query::put_choice(t, name, value, base),
        }
    }

    /// Returns whether the store has something newer than this job of the time `at`.
    pub(crate) fn is_stale(&self, db: &Connection, at: i64) -> rusqlite::Result<bool> {
        match self {
            Self::Opened(of) | Self::Position(of, _) => {
                let Some((id, _)) = query::find(db, of)? else {
                    return Ok(false);
                };
                Ok(query::opened(db, id)? > at)
            }
            Self::Card(of, card) => match query::find(db, of)? {
                Some((id, _)) => cards::is_older(db, id, card),
                None => Ok(false),
            },
            _ => Ok(false),
        }
    }

    /// Writes the job as JSON.
    pub(crate) fn value(&self) -> Value {
        let (of, name, value) = match self {
            Self::Choice(name, value, base) => return json!({ "choice": [name, value, base] }),
            Self::Opened(of) => (of, "opened", Value::Null),
            Self::Position(of, kept) => (of, "place", json::position_value(kept)),
            Self::Mark(of, Save::Put(mark, _)) => (of, "mark", json::mark_value(mark)),
            Self::Mark(of, Save::Drop(uid, _)) => (of, "drop", json!(uid)),
            Self::Mark(of, Save::Keyword(term)) => (of, "keyword", json!(term)),
            Self::Mark(of, Save::Draft(uid, draft)) => {
                let value = draft.as_deref().map(json::draft_value);
                (of, "draft", value.unwrap_or_else(|| json!({ "uid": uid })))
            }
            Self::Card(of, card) => (of, "card", cards::save_value(card)),
            Self::Read(of, read) => (of, "read", json!(read.numbers())),
            Self::MarkRead(of, done) => (of, "done", json!(done)),
        };
        let mut identity = json::identity_value(of);
        identity["other"] = of.other.into();
        let mut job = json!({ "of": identity, name: value });
        if let Self::Mark(_, Save::Put(_, Some(before)) | Save::Drop(_, Some(before))) = self {
            job["before"] = json::mark_value(before);
        }
        job
    }

    /// Reads a job from JSON; `None` where it is not one.
    pub(crate) fn from_value(value: &Value) -> Option<Self> {
        if let Some(choice) = value.get("choice") {
            let text = |i: usize| Some(choice.get(i)?.as_str()?.to_owned());
            return Some(Self::Choice(text(0)?, text(1)?, text(2)?));
        }
        let of = Arc::new(json::identity(value.get("of")?)?);
        let text = |name: &str| Some(value.get(name)?.as_str()?.to_owned());
        if let Some(place) = value.get("place") {
            return Some(Self::Position(of, Box::new(json::position(place))));
        }
        let before = value.get("before").and_then(json::mark).map(Box::new);
        if let Some(mark) = value.get("mark") {
            let mark = Box::new(json::mark(mark)?);
            return Some(Self::Mark(of, Save::Put(mark, before)));
        }
        if let Some(uid) = text("drop") {
            return Some(Self::Mark(of, Save::Drop(uid, before)));
        }
        if let Some(draft) = value.get("draft") {
            let uid = draft.get("uid")?.as_str()?.to_owned();
            let draft = json::draft(draft).map(Box::new);
            return Some(Self::Mark(of, Save::Draft(uid, draft)));
        }
        if let Some(term) = text("keyword") {
            return Some(Self::Mark(of, Save::Keyword(term)));
        }
        if let Some(card) = value.get("card") {
            return Some(Self::Card(of, cards::save(card)?));
        }
        if let Some(done) = value.get("done").and_then(Value::as_bool) {
            return Some(Self::MarkRead(of, done));
        }
        let Some(read) = value.get("read") else {
            return Some(Self::Opened(of));
        };
        let number = |i: usize| read.get(i).and_then(Value::as_u64).unwrap_or_default();
        Some(Self::Read(of, ReadingTime::of([0, 1, 2, 3].map(number))))
    }
}
