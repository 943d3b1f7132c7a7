//! What is to be written, one job each; and all of it in one transaction.
//!
//! Jobs are in the order in which the reader did them. As JSON they are what
//! [`late`](super::late) keeps for the next time.

use super::{Identity, query, rows};
use crate::session::marks::Save;
use crate::session::memory::Kept;
use crate::session::pace::Read;
use crate::shell::cli::export;
use crate::shell::cli::state;
use rusqlite::{Connection, OptionalExtension};
use serde_json::{Value, json};
use std::sync::Arc;

/// Something to be written.
pub enum Job {
    /// An article was opened.
    Opened(Arc<Identity>),
    /// The reader stands there.
    Place(Arc<Identity>, Box<Kept>),
    /// A mark has changed.
    Mark(Arc<Identity>, Save),
    /// It was read.
    Read(Arc<Identity>, Read),
    /// Something was chosen: name, value, what the settings say.
    Choice(String, String, String),
}

/// Does all the jobs or none, as at the time `now`.
///
/// # Errors
/// As the database does.
pub fn transaction<'a>(
    db: &mut Connection,
    jobs: impl IntoIterator<Item = &'a Job>,
    now: i64,
) -> rusqlite::Result<()> {
    let t = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    for job in jobs {
        job.write(&t, now)?;
    }
    t.commit()
}

impl Job {
    fn write(&self, t: &Connection, now: i64) -> rusqlite::Result<()> {
        match self {
            Self::Opened(of) => query::opened(t, query::article(t, of, now)?, now),
            Self::Place(of, kept) => query::place(t, query::article(t, of, now)?, kept, now),
            Self::Mark(of, Save::Put(mark)) => rows::put_mark(t, query::article(t, of, now)?, mark),
            Self::Mark(_, Save::Drop(uid)) => t
                .prepare_cached("DELETE FROM mark WHERE uid = ?1")?
                .execute([uid])
                .map(|_| ()),
            Self::Mark(_, Save::Keyword(term)) => query::keyword(t, term, 1, now),
            Self::Read(of, read) => query::read(t, query::article(t, of, now)?, *read, None),
            Self::Choice(name, value, base) => query::choose(t, name, value, base),
        }
    }

    /// Whether the store knows something newer than what was done at the time `at`.
    ///
    /// # Errors
    /// As the database does.
    pub fn is_stale(&self, db: &Connection, at: i64) -> rusqlite::Result<bool> {
        let newer = |sql: &str, key: &dyn rusqlite::ToSql| {
            db.query_row(sql, [key], |r| r.get::<_, i64>(0)).optional()
        };
        let known = match self {
            Self::Opened(of) | Self::Place(of, _) => match query::find(db, of)? {
                Some((id, _)) => newer("SELECT opened FROM article WHERE id = ?1", &id)?,
                None => None,
            },
            Self::Mark(_, Save::Put(mark)) => {
                return Ok(newer("SELECT changed FROM mark WHERE uid = ?1", &mark.uid)?
                    .is_some_and(|then| then > mark.changed));
            }
            _ => None,
        };
        Ok(known.is_some_and(|then| then > at))
    }

    /// As JSON.
    pub fn json(&self) -> Value {
        match self {
            Self::Opened(of) => json!({ "of": identity(of) }),
            Self::Place(of, kept) => json!({ "of": identity(of), "place": rows::kept_json(kept) }),
            Self::Mark(of, Save::Put(mark)) => {
                json!({ "of": identity(of), "mark": export::mark_json(mark) })
            }
            Self::Mark(of, Save::Drop(uid)) => json!({ "of": identity(of), "drop": uid }),
            Self::Mark(of, Save::Keyword(term)) => json!({ "of": identity(of), "keyword": term }),
            Self::Read(of, r) => {
                json!({ "of": identity(of), "read": [r.ms, r.chars, r.paced_ms, r.paced_chars] })
            }
            Self::Choice(name, value, base) => json!({ "choice": [name, value, base] }),
        }
    }

    /// From JSON; `None` where it is none.
    pub fn from_json(value: &Value) -> Option<Self> {
        let text = |v: &Value, i: usize| {
            v.get(i)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        if let Some(c) = value.get("choice") {
            return Some(Self::Choice(text(c, 0), text(c, 1), text(c, 2)));
        }
        let of = value.get("of")?;
        let other = of.get("other").and_then(Value::as_bool).unwrap_or_default();
        let of = Arc::new(Identity {
            other,
            ..state::identity(of)?
        });
        if let Some(place) = value.get("place") {
            return Some(Self::Place(of, Box::new(rows::kept(place))));
        }
        if let Some(mark) = value.get("mark") {
            return Some(Self::Mark(of, Save::Put(Box::new(state::mark(mark)?))));
        }
        for (name, save) in [
            ("drop", Save::Drop as fn(String) -> Save),
            ("keyword", Save::Keyword),
        ] {
            if let Some(text) = value.get(name).and_then(Value::as_str) {
                return Some(Self::Mark(of, save(text.to_owned())));
            }
        }
        let number = |r: &Value, i: usize| r.get(i).and_then(Value::as_u64).unwrap_or_default();
        let read = |r: &Value| Read {
            ms: number(r, 0),
            chars: number(r, 1),
            paced_ms: number(r, 2),
            paced_chars: number(r, 3),
        };
        Some(
            value
                .get("read")
                .map_or(Self::Opened(Arc::clone(&of)), |r| Self::Read(of, read(r))),
        )
    }
}

fn identity(i: &Identity) -> Value {
    json!({
        "hash": export::hex(&i.hash), "path": i.path, "title": i.title, "author": i.author, "source": i.source, "date": i.date,
        "length": i.length, "other": i.other,
    })
}
