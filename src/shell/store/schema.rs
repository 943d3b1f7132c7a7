//! Opens the database, and brings it up to date.
//!
//! The version is `user_version`; every step from one to the next is a row of
//! [`MIGRATIONS`], all done in one transaction. A file of a newer version is left alone.

use super::busy_timeout;
use super::message::Trouble;
use crate::shell::os::files;
use rusqlite::types::Value;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior, ffi, params_from_iter};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The steps from each version to the next:
///
/// 1. all tables but those of later steps;
/// 2. the cards of points that are recalled;
/// 3. articles that were read through: before, those whose end had been on the screen.
const MIGRATIONS: &[&str] = &["
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
", "
CREATE TABLE card (
    article INTEGER NOT NULL, key BLOB NOT NULL, box INTEGER NOT NULL, due TEXT NOT NULL, answered INTEGER NOT NULL,
    PRIMARY KEY (article, key)
) WITHOUT ROWID;
CREATE INDEX card_due ON card (due);
", "
ALTER TABLE article ADD COLUMN done INTEGER NOT NULL DEFAULT 0;
UPDATE article SET done = 1 WHERE per_cent >= 100;
"];

/// The `application_id` of our files: `jgdu`.
const APPLICATION_ID: i32 = 0x6a67_6475;

/// The reason why the file could not be opened.
#[derive(Debug)]
pub enum OpenError {
    /// The database failed.
    Database(rusqlite::Error),
    /// A newer version wrote it.
    Newer,
    /// Another program wrote it.
    Foreign,
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

/// Opens the file at `path`, making it and its folder where there is none.
pub fn open(path: &Path) -> Result<Connection, OpenError> {
    if let Some(parent) = path.parent() {
        // where this fails, so does opening the file
        let _ = files::create_private_folder(parent);
    }
    refuse_special(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    // also a file of a version that did not do so, and the companions of one
    for end in ["", "-wal", "-shm"] {
        let file = PathBuf::from(format!("{}{end}", path.display()));
        if files::is_shared(&file) {
            let _ = files::make_private(&file);
        }
    }
    busy_timeout::set(&mut db)?;
    let began = Instant::now();
    // where another program makes the file at this moment, its locks may refuse at once
    while let Err(why) = prepare(&mut db) {
        let busy =
            matches!(&why, OpenError::Database(error) if trouble(error) == Some(Trouble::Locked));
        if !busy || !busy_timeout::wait(began.elapsed()) {
            return Err(why);
        }
    }
    if !is_ours(&db)? {
        return Err(OpenError::Foreign);
    }
    db.pragma_update(None, "synchronous", "full")?;
    Ok(db)
}

/// Refuses a path to anything but a regular file: a pipe could be waited for without end.
fn refuse_special(path: &Path) -> Result<(), OpenError> {
    if fs::metadata(path).is_ok_and(|m| !m.is_file()) {
        let code = ffi::Error::new(ffi::SQLITE_CANTOPEN);
        let why = Some("not a regular file".to_owned());
        return Err(rusqlite::Error::SqliteFailure(code, why).into());
    }
    Ok(())
}

/// Brings the file up to date where it is not.
fn prepare(db: &mut Connection) -> Result<(), OpenError> {
    if version(db)? != MIGRATIONS.len() {
        db.pragma_update(None, "journal_mode", "wal")?;
        migrate(db)?;
    }
    Ok(())
}

/// Opens the file for reading alone, where it may not be written.
pub(crate) fn open_read_only(path: &Path) -> Result<Connection, OpenError> {
    refuse_special(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let text = path.to_string_lossy().replace('%', "%25");
    let escaped = text.replace('?', "%3f").replace('#', "%23");
    let mut last = OpenError::Foreign;
    for options in ["", "?immutable=1"] {
        let uri = format!("file:{escaped}{options}");
        let opened = Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI);
        match opened.and_then(|db| version(&db).map(|v| (db, v))) {
            Ok((db, v)) if v == MIGRATIONS.len() => return Ok(db),
            Ok((_, v)) if v > MIGRATIONS.len() => last = OpenError::Newer,
            Ok((db, v)) if v > 0 && is_ours(&db)? => return copied(&db),
            Ok(_) => last = OpenError::Foreign,
            Err(error) => last = OpenError::Database(error),
        }
    }
    Err(last)
}

fn is_ours(db: &Connection) -> rusqlite::Result<bool> {
    db.pragma_query_value(None, "application_id", |row| row.get::<_, i32>(0))
        .map(|id| id == APPLICATION_ID)
}

/// Returns what an older file holds, brought up to date in memory and not to be written.
fn copied(old: &Connection) -> Result<Connection, OpenError> {
    let mut new = Connection::open_in_memory()?;
    let sql = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC";
    let objects = old
        .prepare(sql)?
        .query_map([], |row| row.try_into())?
        .collect::<Result<Vec<(String, String, String)>, _>>()?;
    for (kind, name, sql) in objects {
        new.execute_batch(&sql)?;
        if kind == "table" {
            copy_rows(old, &new, &name)?;
        }
    }
    new.pragma_update(None, "user_version", version(old)?.cast_signed() as i64)?;
    migrate(&mut new)?;
    new.pragma_update(None, "query_only", true)?;
    Ok(new)
}

/// Copies the rows of a table.
fn copy_rows(old: &Connection, new: &Connection, table: &str) -> rusqlite::Result<()> {
    let mut query = old.prepare(&format!("SELECT * FROM {table}"))?;
    let columns = query.column_count();
    let places = vec!["?"; columns].join(", ");
    let mut insert = new.prepare(&format!("INSERT INTO {table} VALUES ({places})"))?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let values = (0..columns).map(|i| row.get::<_, Value>(i));
        let values = values.collect::<Result<Vec<_>, _>>()?;
        insert.execute(params_from_iter(values))?;
    }
    Ok(())
}

fn version(db: &Connection) -> rusqlite::Result<usize> {
    db.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))
        .map(|v| usize::try_from(v).unwrap_or(usize::MAX))
}

/// Does the steps that the file has not seen, all or none.
fn migrate(db: &mut Connection) -> Result<(), OpenError> {
    let t = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let from = version(&t)?;
    if from > MIGRATIONS.len() {
        return Err(OpenError::Newer);
    }
    let tables: i64 = t.query_row("SELECT count(*) FROM sqlite_master", [], |r| r.get(0))?;
    if from == 0 && tables > 0 {
        return Err(OpenError::Foreign);
    }
    for step in MIGRATIONS.iter().skip(from) {
        t.execute_batch(step)?;
    }
    t.pragma_update(None, "user_version", MIGRATIONS.len().cast_signed() as i64)?;
    t.pragma_update(None, "application_id", APPLICATION_ID)?;
    t.commit()?;
    Ok(())
}

/// Returns the fault behind an error; `None` where the file is damaged.
pub(crate) fn trouble(error: &rusqlite::Error) -> Option<Trouble> {
    let other = |text: String| Some(Trouble::Other(text));
    let (code, message) = match error {
        rusqlite::Error::SqliteFailure(code, message) => (code, message.as_deref()),
        rusqlite::Error::SqlInputError { msg, .. } if msg.contains("no such") => return None,
        _ => return other(error.to_string()),
    };
    match code.code {
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => None,
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Some(Trouble::Locked),
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen => {
            Some(Trouble::ReadOnly)
        }
        ErrorCode::DiskFull => Some(Trouble::Full),
        // writing, or growing the log's shared memory, on a full disk
        ErrorCode::SystemIoFailure if matches!(code.extended_code, 778 | 4874 | 5386) => {
            Some(Trouble::Full)
        }
        ErrorCode::Unknown if message.is_some_and(|m| m.contains("no such")) => None,
        _ => other(message.map_or_else(|| code.to_string(), str::to_owned)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::store::query;

    #[test]
    fn an_older_file_is_read_where_it_may_not_be_written() {
        let name = format!("jingdu-older-{}.db", std::process::id());
        let path = std::env::temp_dir().join(name);
        let db = Connection::open(&path).unwrap();
        db.execute_batch(MIGRATIONS[0]).unwrap();
        db.execute_batch(
            "INSERT INTO article (hash, title, author, source, date, length, per_cent) VALUES
                 (x'01', '渡口', '', '', '', 9, 100), (x'02', '灯笼', '', '', '', 9, 40);
             INSERT INTO choice VALUES ('theme', 'dark', 'auto');
             PRAGMA user_version = 1;",
        )
        .unwrap();
        db.pragma_update(None, "application_id", APPLICATION_ID)
            .unwrap();
        db.close().unwrap();
        let before = fs::read(&path).unwrap();
        let db = open_read_only(&path).unwrap();
        let rows = |sql: &str| -> Vec<String> {
            let mut query = db.prepare(sql).unwrap();
            let rows = query.query_map([], |row| row.get(0)).unwrap();
            rows.map(Result::unwrap).collect()
        };
        assert_eq!(rows("SELECT title FROM article WHERE done"), ["渡口"]);
        assert_eq!(rows("SELECT title FROM article WHERE NOT done"), ["灯笼"]);
        assert_eq!(rows("SELECT value FROM choice"), ["dark"]);
        let refused = db.execute("DELETE FROM choice", []).unwrap_err();
        assert_eq!(trouble(&refused), Some(Trouble::ReadOnly));
        assert_eq!(fs::read(&path).unwrap(), before);
        // where it may be written, it becomes one of this version
        drop(db);
        let db = open(&path).unwrap();
        let done: i64 = db
            .query_row("SELECT sum(done) FROM article", [], |r| r.get(0))
            .unwrap();
        assert_eq!((done, version(&db).unwrap()), (1, MIGRATIONS.len()));
        drop(db);
        for end in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{end}", path.display()));
        }
    }

    /// Returns the path of a store that the first version wrote, with something in each table.
    fn first_version(name: &str) -> PathBuf {
        let file = format!("jingdu-schema-{name}-{}.db", std::process::id());
        let path = std::env::temp_dir().join(file);
        let _ = fs::remove_file(&path);
        let db = Connection::open(&path).unwrap();
        db.execute_batch(MIGRATIONS[0]).unwrap();
        db.execute_batch(
            "INSERT INTO article (id, hash, title, author, source, date, length) VALUES (3, x'0102', '题', '', '', '', 7);
             INSERT INTO location (path, article, seen) VALUES ('/a.txt', 3, 1);
             INSERT INTO version (hash, article) VALUES (x'0102', 3);
             INSERT INTO reading VALUES ('2026-11-23', 3, 1, 2, 3, 4);
             INSERT INTO choice VALUES ('measure', '60', '72');
             INSERT INTO keyword VALUES ('协同', 2, 5);
             INSERT INTO mark VALUES ('u', 3, 'annotation', '', 0, 0, '字', '', '', '', '', 1, '好', '', '', '', 1, 1);",
        )
        .unwrap();
        db.pragma_update(None, "user_version", 1).unwrap();
        db.pragma_update(None, "application_id", APPLICATION_ID)
            .unwrap();
        path
    }

    /// Returns what the first version wrote.
    fn rows(db: &Connection) -> Vec<String> {
        let tables = [
            "SELECT id, hash, title, length FROM article",
            "SELECT * FROM version",
            "SELECT * FROM location",
            "SELECT * FROM mark",
            "SELECT * FROM reading",
            "SELECT * FROM choice",
            "SELECT * FROM keyword",
        ];
        let all = tables.iter().flat_map(|sql| {
            let mut ask = db.prepare(sql).unwrap();
            let count = ask.column_count();
            let row = |r: &rusqlite::Row<'_>| {
                let values = (0..count).map(|i| r.get::<_, rusqlite::types::Value>(i));
                values.collect::<Result<Vec<_>, _>>()
            };
            let rows: Vec<_> = ask
                .query_map([], row)
                .unwrap()
                .map(Result::unwrap)
                .collect();
            assert!(!rows.is_empty(), "{sql}");
            rows.into_iter().map(move |row| format!("{sql} {row:?}"))
        });
        all.collect()
    }

    #[test]
    fn a_store_of_the_first_version_is_brought_up_to_date() {
        let path = first_version("old");
        let before = rows(&Connection::open(&path).unwrap());
        let db = open(&path).unwrap();
        assert_eq!(version(&db).unwrap(), MIGRATIONS.len());
        assert_eq!(rows(&db), before);
        assert!(query::due(&db).unwrap().articles.is_empty());
        db.execute(
            "INSERT INTO card VALUES (3, x'00', 1, date('now', 'localtime'), 9)",
            [],
        )
        .unwrap();
        let due = query::due(&db).unwrap();
        let articles = &due.articles;
        let of_first = (articles[0].cards, articles[0].path());
        assert_eq!(
            (articles.len(), of_first, due.next),
            (1, (1, "/a.txt"), None)
        );
        let later = "INSERT INTO card VALUES (3, x'01', 1, '9999-01-02', 9)";
        db.execute(later, []).unwrap();
        let due = query::due(&db).unwrap();
        assert_eq!(
            (due.articles.len(), due.next),
            (1, Some(("9999-01-02".to_owned(), 1)))
        );
        drop(db);
        // again, and for reading alone
        assert_eq!(rows(&open(&path).unwrap()), before);
        assert_eq!(rows(&open_read_only(&path).unwrap()), before);
        fs::remove_file(&path).unwrap();
    }
}
