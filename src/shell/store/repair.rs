//! Mends a store: sets a damaged file aside under a dated name, never deleting it, and puts a new
//! one with what could be read in its place.
//!
//! 1. [`examine`] says what is wrong with a file.
//! 2. [`replace`] makes the new file beside the damaged one, and changes their names. Several
//!    programs may notice the damage at once: only one of them does it, under a lock; the others
//!    find the new file.
//! 3. [`reindex`] is for a file of which only the indexes are wrong.
//!
//! [`salvage`](super::salvage) reads the rows.

use super::busy_timeout;
use super::message::Trouble;
use super::pages::FILE_HEADER_BYTES;
use super::salvage::{Salvaged, salvage};
use super::schema::{self, OpenError};
use crate::shell::os::files::{self, FileId};
use rusqlite::{Connection, TransactionBehavior};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// The names of damaged files begin with this.
const ASIDE: &str = "state-damaged-";
/// The length of a file is a multiple of this.
const MIN_PAGE_BYTES: u64 = 512;
/// Faults that a check lists.
const MAX_FAULTS: usize = 100;
/// Parts of the lines of a check that an index alone is the cause of.
const INDEX_FAULTS: [&str; 3] = [
    "missing from index",
    "entries in index",
    "non-unique entry in index",
];

/// The state of a file.
#[derive(Debug)]
pub enum Health {
    /// There is none.
    Missing,
    /// Nothing is wrong.
    Sound,
    /// Indexes are wrong; the rows are there. The number of faults.
    Index(usize),
    /// It cannot be read whole: why.
    Damaged(String),
    /// It is gone or shorter than its header, and its log is there.
    OnlyLog,
    /// It is empty, and was not: the last file that was set aside.
    Emptied(PathBuf),
}

/// A file that was set aside, and what was read of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// The new name of the damaged file.
    pub aside: PathBuf,
    /// The part of it that the new file has.
    pub saved: Salvaged,
}

/// Returns the path of a companion of a database: `-wal`, `-shm`.
fn companion(path: &Path, end: &str) -> PathBuf {
    PathBuf::from(format!("{}{end}", path.display()))
}

/// Returns whether the file at `path` has lost what it held, as far as `SQLite` does not see it: it
/// makes a new one of a file of no bytes or one, deleting its log, and takes the missing part of a
/// page for zeroes.
pub(crate) fn lost(path: &Path) -> Option<Health> {
    let bytes = |path: &Path| fs::metadata(path).map_or(0, |meta| meta.len());
    let has_log = bytes(&companion(path, "-wal")) > 0;
    if has_log && bytes(path) < FILE_HEADER_BYTES as u64 {
        return Some(Health::OnlyLog);
    }
    if bytes(path) > 0 {
        let is_torn = bytes(path) % MIN_PAGE_BYTES > 0 && !has_log;
        return is_torn.then(|| Health::Damaged("cut off".to_owned()));
    }
    let last = path.exists().then(|| last_aside(path)).flatten();
    last.map(Health::Emptied)
}

/// Returns the file that was set aside last.
pub(crate) fn last_aside(path: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(path.parent()?).ok()?.filter_map(Result::ok);
    let names = entries.filter(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with(ASIDE) && name.ends_with(".db")
    });
    names.map(|entry| entry.path()).max()
}

/// Checks every page and index of the file at `path`.
pub(crate) fn examine(path: &Path) -> Result<Health, OpenError> {
    if let Some(lost) = lost(path) {
        return Ok(lost);
    }
    if !path.exists() {
        return Ok(Health::Missing);
    }
    let opened = schema::open(path).or_else(|_| schema::open_read_only(path));
    let db = match opened {
        Ok(db) => db,
        Err(OpenError::Foreign) => {
            return Ok(Health::Damaged("not a database of jingdu".to_owned()));
        }
        Err(OpenError::Database(error)) if schema::trouble(&error).is_none() => {
            return Ok(Health::Damaged(error.to_string()));
        }
        Err(error) => return Err(error),
    };
    Ok(faults(&db))
}

/// Checks every page and index of an open file.
fn faults(db: &Connection) -> Health {
    let sql = format!("PRAGMA integrity_check({MAX_FAULTS})");
    let lines = db.prepare(&sql).and_then(|mut ask| {
        let rows = ask.query_map([], |r| r.get::<_, String>(0))?;
        rows.collect::<Result<Vec<_>, _>>()
    });
    let lines = lines.unwrap_or_else(|error| vec![error.to_string()]);
    let of_index = |line: &String| INDEX_FAULTS.iter().any(|fault| line.contains(fault));
    if lines == ["ok"] {
        Health::Sound
    } else if lines.iter().all(of_index) {
        Health::Index(lines.len())
    } else {
        Health::Damaged(lines.into_iter().next().unwrap_or_default())
    }
}

/// Takes the lock that one program at a time mends the store under; waits for it as long as for
/// other locks.
fn lock(path: &Path) -> io::Result<File> {
    let lock = files::open_private(&path.with_extension("lock"))?;
    let began = Instant::now();
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            Err(TryLockError::WouldBlock) if busy_timeout::wait(began.elapsed()) => {}
            Err(TryLockError::WouldBlock) => return Err(io::ErrorKind::WouldBlock.into()),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

/// Sets the damaged file and its companions aside, and puts a new one with its rows in its place.
/// Returns `None` where another program did so before. `seen` is the file that was found to be
/// damaged; without one there is nothing to replace.
pub(crate) fn replace(path: &Path, seen: Option<FileId>) -> Result<Option<Replaced>, Trouble> {
    let failed = |why: io::Error| match why.kind() {
        io::ErrorKind::WouldBlock => Trouble::Locked,
        io::ErrorKind::StorageFull => Trouble::Full,
        _ => Trouble::ReadOnly,
    };
    let _lock = lock(path).map_err(failed)?;
    // where none was seen, another program was making a new one
    if seen.is_none() || FileId::of(path) != seen {
        return Ok(None);
    }
    let new = path.with_file_name(format!("state-new-{}.db", std::process::id()));
    let saved = salvaged(path, &new).and_then(|saved| {
        let aside = free_name(path);
        // a log of the old file would be taken for one of the new
        for end in ["-wal", "-shm"] {
            let _ = fs::rename(companion(path, end), companion(&aside, end));
        }
        // there is a file at its path at every moment, where the disk knows links
        fs::hard_link(path, &aside).or_else(|_| fs::rename(path, &aside))?;
        fs::rename(&new, path)?;
        Ok(Replaced { aside, saved })
    });
    if saved.is_err() {
        remove(&new);
    }
    saved.map(Some).map_err(failed)
}

/// Makes a store at `new` with the rows of the file at `damaged`.
fn salvaged(damaged: &Path, new: &Path) -> io::Result<Salvaged> {
    remove(new);
    let opened = schema::open(new).map_err(|error| match error {
        OpenError::Database(error) if schema::trouble(&error) == Some(Trouble::Full) => {
            io::ErrorKind::StorageFull.into()
        }
        _ => io::Error::from(io::ErrorKind::PermissionDenied),
    });
    let mut db = opened?;
    let saved = salvage(damaged, &companion(damaged, "-wal"), &mut db)?;
    // the last to close it writes its log back
    db.close().map_err(|(_, error)| io::Error::other(error))?;
    Ok(saved)
}

/// Removes a database of ours and its companions.
fn remove(path: &Path) {
    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(companion(path, end));
    }
}

/// Returns the rows of a file that was set aside, as a store in a file that is gone afterwards.
pub(crate) fn read_aside<T>(
    path: &Path,
    aside: &Path,
    read: impl FnOnce(&Connection) -> T,
) -> io::Result<(T, Salvaged)> {
    let new = path.with_file_name(format!("state-read-{}.db", std::process::id()));
    let saved = salvaged(aside, &new).and_then(|saved| {
        let db = schema::open_read_only(&new);
        let db = db.map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
        Ok((read(&db), saved))
    });
    remove(&new);
    saved
}

/// Makes the indexes anew, after a copy of the file was set aside. Returns the copy's path;
/// `None` where that is not possible, or did not mend everything.
pub(crate) fn reindex(path: &Path) -> Result<Option<PathBuf>, OpenError> {
    let mut db = schema::open(path)?;
    let aside = free_name(path);
    // the log is written back, and others wait while the file is copied
    db.query_row("PRAGMA wal_checkpoint(truncate)", [], |_| Ok(()))?;
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if fs::copy(path, &aside).is_err() {
        return Ok(None);
    }
    let _ = files::make_private(&aside);
    transaction.execute_batch("REINDEX")?;
    transaction.commit()?;
    Ok(matches!(faults(&db), Health::Sound).then_some(aside))
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
        path.with_file_name(format!("{ASIDE}{day}-{h:02}{m:02}{s:02}{number}.db"))
    };
    let free = (0..100).map(name).find(|p| !p.exists());
    free.unwrap_or_else(|| name(100))
}
