//! Sets a damaged file aside under a dated name, never deleting it, and saves
//! what can still be read of it into a new one.
//!
//! Several programs may notice the damage at once: only one moves the file, the
//! others find the new one.

use crate::shell::os::files::FileId;
use rusqlite::{Connection, OpenFlags, params_from_iter, types::Value};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Moves the damaged file and its companions aside. Returns where it is now, or
/// `None` where another program did it meanwhile. `seen` is the file that was
/// found to be damaged; without one there is nothing to move.
///
/// # Errors
/// Where it cannot be moved.
pub fn set_aside(path: &Path, seen: Option<FileId>) -> io::Result<Option<PathBuf>> {
    let lock = File::options()
        .create(true)
        .append(true)
        .open(path.with_extension("lock"))?;
    lock.lock()?;
    // where none was seen, another program was just making a new one
    if seen.is_none() || FileId::of(path) != seen {
        return Ok(None);
    }
    let aside = free_name(path);
    let companion = |path: &Path, end: &str| PathBuf::from(format!("{}{end}", path.display()));
    fs::rename(path, &aside)?;
    for end in ["-wal", "-shm"] {
        let _ = fs::rename(companion(path, end), companion(&aside, end));
    }
    Ok(Some(aside))
}

/// `state-damaged-2026-11-23-143000.db`, with a number where that is taken.
fn free_name(path: &Path) -> PathBuf {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |d| d.as_secs());
    let day = crate::session::memory::day(seconds.cast_signed());
    let (h, m, s) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    let name = |n: u32| {
        let more = if n == 0 {
            String::new()
        } else {
            format!("-{n}")
        };
        path.with_file_name(format!("state-damaged-{day}-{h:02}{m:02}{s:02}{more}.db"))
    };
    (0..100)
        .map(name)
        .find(|p| !p.exists())
        .unwrap_or_else(|| name(100))
}

/// The tables, in the order in which their rows need each other.
const TABLES: &[&str] = &[
    "article", "version", "location", "mark", "reading", "choice", "keyword",
];

/// Copies what can be read of a damaged file into a new one; returns how many
/// rows. Fails never: what cannot be read stays in the old file.
pub fn salvage(aside: &Path, db: &mut Connection) -> usize {
    let mut saved = 0;
    let Ok(old) = Connection::open_with_flags(
        aside,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    ) else {
        return 0;
    };
    let Ok(transaction) = db.transaction() else {
        return 0;
    };
    for table in TABLES {
        saved += copy(&old, &transaction, table).unwrap_or_default();
    }
    if transaction.commit().is_ok() {
        saved
    } else {
        0
    }
}

/// Copies a table, row by row until one cannot be read; then from its end.
fn copy(old: &Connection, new: &Connection, table: &str) -> rusqlite::Result<usize> {
    let mut saved = 0;
    let columns = {
        let ask = new.prepare(&format!("SELECT * FROM {table}"))?;
        ask.column_names().collect::<Vec<_>>().join(", ")
    };
    let n = columns.split(", ").count();
    let marks: Vec<String> = (1..=n).map(|i| format!("?{i}")).collect();
    let mut put = new.prepare(&format!(
        "INSERT OR IGNORE INTO {table} ({columns}) VALUES ({})",
        marks.join(", ")
    ))?;
    for order in ["ASC", "DESC"] {
        let Ok(mut ask) = old.prepare(&format!("SELECT {columns} FROM {table} ORDER BY 1 {order}"))
        else {
            continue;
        };
        let Ok(mut rows) = ask.query([]) else {
            continue;
        };
        while let Ok(Some(row)) = rows.next() {
            let values: Result<Vec<Value>, _> = (0..n).map(|i| row.get::<_, Value>(i)).collect();
            if let Ok(values) = values {
                saved += put.execute(params_from_iter(values)).unwrap_or_default();
            }
        }
    }
    Ok(saved)
}
