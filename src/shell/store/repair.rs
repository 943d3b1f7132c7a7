//! Sets a damaged file aside under a dated name, never deleting it, and copies what can still
//! be read into a new one.
//!
//! Several programs may notice the damage at once: only one moves the file, the others find
//! the new one.

use crate::shell::os::files::FileId;
use rusqlite::{Connection, OpenFlags, params_from_iter, types::Value};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Moves the damaged file and its companions aside. Returns its new path, or `None` where
/// another program moved it before. `seen` is the file that was found to be damaged;
/// without one there is nothing to move.
pub(crate) fn set_aside(path: &Path, seen: Option<FileId>) -> io::Result<Option<PathBuf>> {
    let lock = File::options()
        .create(true)
        .append(true)
        .open(path.with_extension("lock"))?;
    lock.lock()?;
    // where none was seen, another program was making a new one
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

/// Returns `state-damaged-2026-11-23-143000.db`, with a number where that is taken.
fn free_name(path: &Path) -> PathBuf {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = now.map_or(0, |d| d.as_secs());
    let day = crate::session::memory::day(seconds.cast_signed());
    let (h, m, s) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    let name = |n: u32| {
        let number = match n {
            0 => String::new(),
            n => format!("-{n}"),
        };
        path.with_file_name(format!("state-damaged-{day}-{h:02}{m:02}{s:02}{number}.db"))
    };
    let free = (0..100).map(name).find(|p| !p.exists());
    free.unwrap_or_else(|| name(100))
}

/// The tables, in the order in which their rows need each other.
const TABLES: [&str; 8] = [
    "article", "version", "location", "mark", "reading", "choice", "keyword", "card",
];

/// Copies the readable rows of a damaged file into a new one. Never fails: rows that cannot be
/// read stay in the old file.
pub(crate) fn salvage(aside: &Path, db: &mut Connection) {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let Ok(old) = Connection::open_with_flags(aside, flags) else {
        return;
    };
    let Ok(transaction) = db.transaction() else {
        return;
    };
    for table in TABLES {
        let _ = copy(&old, &transaction, table);
    }
    let _ = transaction.commit();
}

/// Copies a table, row by row until one cannot be read; then from its end.
fn copy(old: &Connection, new: &Connection, table: &str) -> rusqlite::Result<()> {
    let names = |db: &Connection| -> rusqlite::Result<Vec<String>> {
        let ask = db.prepare(&format!("SELECT * FROM {table}"))?;
        Ok(ask.column_names().map(str::to_owned).collect())
    };
    // an older file lacks some
    let known = names(new)?;
    let shared: Vec<String> = names(old)?
        .into_iter()
        .filter(|name| known.contains(name))
        .collect();
    let (columns, count) = (shared.join(", "), shared.len());
    let values: Vec<String> = (1..=count).map(|i| format!("?{i}")).collect();
    let values = values.join(", ");
    let put = format!("INSERT OR IGNORE INTO {table} ({columns}) VALUES ({values})");
    let mut put = new.prepare(&put)?;
    for order in ["ASC", "DESC"] {
        let sql = format!("SELECT {columns} FROM {table} ORDER BY 1 {order}");
        let mut ask = old.prepare(&sql);
        let Ok(Ok(mut rows)) = ask.as_mut().map(|ask| ask.query([])) else {
            continue;
        };
        while let Ok(Some(row)) = rows.next() {
            let row: Result<Vec<Value>, _> = (0..count).map(|i| row.get(i)).collect();
            if let Ok(row) = row {
                let _ = put.execute(params_from_iter(row));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_an_older_file_are_copied() {
        let [old, new] = [(), ()].map(|()| Connection::open_in_memory().unwrap());
        let columns = "id INTEGER PRIMARY KEY, title TEXT NOT NULL";
        old.execute_batch(&format!(
            "CREATE TABLE article ({columns}); INSERT INTO article VALUES (3, '渡口'), (5, '灯笼')"
        ))
        .unwrap();
        new.execute_batch(&format!(
            "CREATE TABLE article ({columns}, done INTEGER NOT NULL DEFAULT 0)"
        ))
        .unwrap();
        copy(&old, &new, "article").unwrap();
        let sql = "SELECT group_concat(id || title || done) FROM article";
        let copied: String = new.query_row(sql, [], |row| row.get(0)).unwrap();
        assert_eq!(copied, "3渡口0,5灯笼0");
    }
}
