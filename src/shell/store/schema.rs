//! Opens the file, and brings it up to date.
//!
//! The version stands in `user_version`; every step from one to the next is a
//! row of [`STEPS`], done in one transaction. A file of a newer version is left
//! alone.

use super::{Trouble, patience};
use crate::shell::os::files;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use std::fs;
use std::path::Path;
use std::time::Instant;

/// What makes the next version of the file before.
pub const STEPS: &[&str] = &["
CREATE TABLE article (
    id INTEGER PRIMARY KEY, hash BLOB NOT NULL, title TEXT NOT NULL, author TEXT NOT NULL, source TEXT NOT NULL, date TEXT NOT NULL,
    length INTEGER NOT NULL, per_cent INTEGER NOT NULL DEFAULT 0, opened INTEGER NOT NULL DEFAULT 0, kept TEXT
);
CREATE INDEX article_opened ON article (opened);
CREATE TABLE version (hash BLOB PRIMARY KEY, article INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE location (path TEXT PRIMARY KEY, article INTEGER NOT NULL, seen INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX location_article ON location (article, seen);
CREATE TABLE mark (
    uid TEXT PRIMARY KEY, article INTEGER NOT NULL, kind TEXT NOT NULL, letter TEXT NOT NULL, colour INTEGER NOT NULL,
    start INTEGER NOT NULL, exact TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, above TEXT NOT NULL, below TEXT NOT NULL,
    twins INTEGER NOT NULL, note TEXT NOT NULL, tags TEXT NOT NULL, cited TEXT NOT NULL, under TEXT NOT NULL,
    made INTEGER NOT NULL, changed INTEGER NOT NULL
);
CREATE INDEX mark_article ON mark (article);
CREATE INDEX mark_changed ON mark (changed);
CREATE INDEX mark_letter ON mark (letter) WHERE kind = 'bookmark';
CREATE TABLE reading (
    day TEXT NOT NULL, article INTEGER NOT NULL, ms INTEGER NOT NULL, chars INTEGER NOT NULL, paced_ms INTEGER NOT NULL, paced_chars INTEGER NOT NULL,
    PRIMARY KEY (day, article)
) WITHOUT ROWID;
CREATE INDEX reading_article ON reading (article);
CREATE TABLE choice (name TEXT PRIMARY KEY, value TEXT NOT NULL, base TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE keyword (term TEXT PRIMARY KEY, uses INTEGER NOT NULL, last INTEGER NOT NULL) WITHOUT ROWID;
"];

/// What says that a file is ours: `jgdu`.
const OURS: i32 = 0x6a67_6475;

/// Why the file could not be opened.
#[derive(Debug)]
pub enum Refused {
    /// By the database.
    Database(rusqlite::Error),
    /// A newer version wrote it.
    Newer,
    /// It is no file of ours.
    Foreign,
}

impl From<rusqlite::Error> for Refused {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

/// Opens the file at `path`, making it and its directory where there is none.
///
/// # Errors
/// Where it is damaged, locked, newer, or may not be written.
pub fn open(path: &Path) -> Result<Connection, Refused> {
    if let Some(parent) = path.parent() {
        // what cannot be made is said by opening the file
        let _ = files::create_private_folder(parent);
    }
    // a pipe could be waited for without end
    if fs::metadata(path).is_ok_and(|m| !m.is_file()) {
        return Err(cannot_open());
    }
    let fresh = !path.exists();
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut db = Connection::open_with_flags(path, flags)?;
    if fresh {
        let _ = files::make_private(path);
    }
    patience::of(&mut db)?;
    let began = Instant::now();
    // where another program makes the file at this moment, its locks may refuse at once
    while let Err(why) = prepare(&mut db) {
        let busy =
            matches!(&why, Refused::Database(error) if trouble(error) == Some(Trouble::Locked));
        if !busy || !patience::wait(began.elapsed()) {
            return Err(why);
        }
    }
    if db.pragma_query_value(None, "application_id", |row| row.get::<_, i32>(0))? != OURS {
        return Err(Refused::Foreign);
    }
    db.pragma_update(None, "synchronous", "full")?;
    Ok(db)
}

/// What lies there is no file.
fn cannot_open() -> Refused {
    let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CANTOPEN);
    Refused::Database(rusqlite::Error::SqliteFailure(
        code,
        Some("not a regular file".to_owned()),
    ))
}

/// Brings the file up to date where it is not.
fn prepare(db: &mut Connection) -> Result<(), Refused> {
    if version(db)? != STEPS.len() {
        db.pragma_update(None, "journal_mode", "wal")?;
        migrate(db)?;
    }
    Ok(())
}

/// Opens the file for reading alone, where it may not be written.
///
/// # Errors
/// Where it cannot be read.
pub fn open_read_only(path: &Path) -> Result<Connection, Refused> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let escaped: String = path
        .to_string_lossy()
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    let tries = [
        format!("file:{escaped}"),
        format!("file:{escaped}?immutable=1"),
    ];
    let mut last = Refused::Foreign;
    if fs::metadata(path).is_ok_and(|m| !m.is_file()) {
        return Err(cannot_open());
    }
    for uri in tries {
        match Connection::open_with_flags(uri, flags).and_then(|db| version(&db).map(|v| (db, v))) {
            Ok((db, v)) if v == STEPS.len() => return Ok(db),
            Ok((_, v)) if v > STEPS.len() => last = Refused::Newer,
            Ok(_) => last = Refused::Foreign,
            Err(error) => last = Refused::Database(error),
        }
    }
    Err(last)
}

fn version(db: &Connection) -> rusqlite::Result<usize> {
    db.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))
        .map(|v| usize::try_from(v).unwrap_or(usize::MAX))
}

/// Does the steps that the file has not seen, all or none.
fn migrate(db: &mut Connection) -> Result<(), Refused> {
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let from = version(&transaction)?;
    if from > STEPS.len() {
        return Err(Refused::Newer);
    }
    let foreign = from == 0
        && transaction.query_row("SELECT count(*) FROM sqlite_master", [], |row| {
            row.get::<_, i64>(0)
        })? > 0;
    if foreign {
        return Err(Refused::Foreign);
    }
    for step in STEPS.iter().skip(from) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", STEPS.len().cast_signed() as i64)?;
    transaction.pragma_update(None, "application_id", OURS)?;
    transaction.commit()?;
    Ok(())
}

/// What kind of trouble an error is; `None`: the file is damaged.
pub fn trouble(error: &rusqlite::Error) -> Option<Trouble> {
    let rusqlite::Error::SqliteFailure(code, message) = error else {
        let missing =
            matches!(error, rusqlite::Error::SqlInputError { msg, .. } if msg.contains("no such"));
        return (!missing).then(|| Trouble::Other(error.to_string()));
    };
    match code.code {
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => None,
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Some(Trouble::Locked),
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen => {
            Some(Trouble::ReadOnly)
        }
        // beside a full disk the shared memory of the log cannot grow
        ErrorCode::DiskFull => Some(Trouble::Full),
        ErrorCode::SystemIoFailure if matches!(code.extended_code, 778 | 4874 | 5386) => {
            Some(Trouble::Full)
        }
        ErrorCode::Unknown if message.as_deref().is_some_and(|m| m.contains("no such")) => None,
        _ => Some(Trouble::Other(
            message.clone().unwrap_or_else(|| code.to_string()),
        )),
    }
}
