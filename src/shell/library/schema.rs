//! Opens the cache of the library: derived from the files, and made anew where it is damaged, of
//! another version, or not ours.

use crate::shell::os::files;
use crate::shell::store::busy_timeout;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// The tables. A text is as [`Document::text`](crate::document::Document::text) has it, so that a
/// hit in it is a position of the article.
const TABLES: &str = "
CREATE TABLE root (id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, walked INTEGER NOT NULL DEFAULT 0, away INTEGER NOT NULL DEFAULT 0);
CREATE TABLE article (
    id INTEGER PRIMARY KEY, root INTEGER NOT NULL, path BLOB NOT NULL UNIQUE,
    mtime INTEGER NOT NULL, size INTEGER NOT NULL, inode INTEGER NOT NULL,
    title TEXT NOT NULL, day INTEGER, date TEXT, source TEXT, author TEXT, tags TEXT NOT NULL,
    length INTEGER NOT NULL, points INTEGER NOT NULL, fault TEXT, copy_of INTEGER
);
CREATE INDEX article_day ON article (day);
CREATE TABLE body (id INTEGER PRIMARY KEY, text TEXT NOT NULL, folds BLOB NOT NULL, places BLOB NOT NULL);
CREATE TABLE point (
    article INTEGER NOT NULL, n INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, level INTEGER NOT NULL,
    parent INTEGER, marker TEXT NOT NULL, label TEXT NOT NULL, PRIMARY KEY (article, n)
) WITHOUT ROWID;
CREATE TABLE fingerprint (article INTEGER PRIMARY KEY, numbers BLOB NOT NULL);
CREATE TABLE lease (holder INTEGER NOT NULL, until INTEGER NOT NULL);
";

/// The version of the tables, and of what reading makes of a file between two releases.
const REVISION: i32 = 7;

/// The `application_id` of the cache: `jglb`.
const APPLICATION_ID: i32 = 0x6a67_6c62;

/// Bytes of a page: large ones are scanned twice as fast.
pub(super) const PAGE_BYTES: usize = 64 << 10;

/// A cache that was opened.
pub(crate) struct OpenedCache {
    pub(crate) db: Connection,
    /// True where an older, damaged or foreign file was replaced.
    pub(crate) renewed: bool,
}

/// Opens the cache at a path, making it and its folder where there is none.
pub(crate) fn open(path: &Path) -> rusqlite::Result<OpenedCache> {
    if let Some(parent) = path.parent() {
        // where this fails, so does opening the file
        let _ = files::create_private_folder(parent);
    }
    let existed = path.exists();
    match connect(path) {
        Ok(db) => Ok(OpenedCache { db, renewed: false }),
        Err(why) if existed && is_unusable(&why) => {
            remove(path);
            let db = connect(path)?;
            Ok(OpenedCache { db, renewed: true })
        }
        Err(why) => Err(why),
    }
}

/// Opens a cache that no other program sees and that leaves nothing behind.
pub(crate) fn open_private() -> rusqlite::Result<Connection> {
    // an empty name is a file of its own that SQLite deletes at once
    let mut db = Connection::open("")?;
    prepare(&mut db)?;
    Ok(db)
}

/// Deletes the cache with its log.
pub(crate) fn remove(path: &Path) {
    for ending in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        // what cannot be deleted cannot be opened either, which is said
        let _ = std::fs::remove_file(name);
    }
}

/// An error that means that the file is of no use.
fn is_unusable(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    match error {
        rusqlite::Error::SqliteFailure(code, _) => {
            matches!(code.code, DatabaseCorrupt | NotADatabase)
        }
        rusqlite::Error::InvalidQuery => true,
        _ => false,
    }
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let fresh = !path.exists();
    if fresh {
        // its texts are the reader's; made before anything is in it
        let _ = files::create_new_private(path);
    }
    let mut db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    busy_timeout::set(&mut db)?;
    prepare(&mut db)?;
    Ok(db)
}

/// Returns the version of the cache: of its tables and of the program. Another one empties it, since
/// another program may read a file in another way.
fn version() -> i32 {
    let parts = env!("CARGO_PKG_VERSION").split('.');
    let release = parts.fold(0, |all, part| all * 100 + part.parse().unwrap_or(0));
    REVISION * 1_000_000 + release
}

/// Makes the tables where there are none. Fails with `InvalidQuery` where the file has others.
fn prepare(db: &mut Connection) -> rusqlite::Result<()> {
    let number = |db: &Connection, name: &str| -> rusqlite::Result<i32> {
        db.pragma_query_value(None, name, |row| row.get(0))
    };
    if number(db, "user_version")? != version() {
        let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_master", [], |r| r.get(0))?;
        if tables > 0 {
            return Err(rusqlite::Error::InvalidQuery);
        }
        db.pragma_update(None, "page_size", PAGE_BYTES)?;
        db.pragma_update(None, "journal_mode", "wal")?;
        let t = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        // another program may have made them meanwhile
        if number(&t, "user_version")? != version() {
            t.execute_batch(TABLES)?;
            t.pragma_update(None, "application_id", APPLICATION_ID)?;
            t.pragma_update(None, "user_version", version())?;
        }
        t.commit()?;
    }
    if number(db, "application_id")? != APPLICATION_ID {
        return Err(rusqlite::Error::InvalidQuery);
    }
    // a crash may lose the last rows: the files have them
    db.pragma_update(None, "synchronous", "normal")
}
