//! Saves for the next start the jobs that a lock has kept out of the store when the program
//! ended: nothing is lost, and the reader does not wait for the lock.
//!
//! 1. [`save`] writes the jobs into a file of their own beside the store, whole or not at all.
//! 2. [`replay`] does them when the store is opened next, as at the time they were saved;
//!    jobs that are older than the store's rows are left out. Then the file goes.
//!
//! A file that is not such a one is left alone.

use super::job::{Job, transaction};
use crate::session::clash::Clash;
use crate::shell::open::input;
use crate::shell::os::files;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// The name of a file: this, the process, a number, and the ending.
const PREFIX: &str = "state-late-";
const ENDING: &str = ".json";
/// Longer files are not ours.
const MAX_SPILL_BYTES: u64 = 64 << 20;

/// Saves jobs beside the store at `path`.
pub fn save<'a>(path: &Path, jobs: impl IntoIterator<Item = &'a Job>, now: i64) -> io::Result<()> {
    let jobs: Vec<Value> = jobs.into_iter().map(Job::value).collect();
    let text = json!({ "jingdu-late": 1, "at": now, "jobs": jobs }).to_string();
    let process = std::process::id();
    let name = |n: u32| path.with_file_name(format!("{PREFIX}{process}-{n}{ENDING}"));
    let free = (0..1000).map(name).find(|p| !p.exists());
    let to = free.unwrap_or_else(|| name(1000));
    let new = to.with_extension("new");
    let mut file = files::create_private(&new)?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&new, &to))
        .inspect_err(|_| _ = fs::remove_file(&new))
}

/// Does the jobs that were saved beside the store at `path`. Returns the marks that another program
/// had changed as well.
pub fn replay(path: &Path, db: &mut Connection) -> rusqlite::Result<Vec<Clash>> {
    let mut clashes = Vec::new();
    if spilled(path).is_empty() {
        return Ok(clashes);
    }
    // several programs may find it: one at a time
    let lock = path.with_extension("lock");
    let Ok(lock) = files::open_private(&lock) else {
        return Ok(clashes);
    };
    if lock.try_lock().is_err() {
        return Ok(clashes);
    }
    for file in spilled(path) {
        let Some((at, jobs)) = read(&file) else {
            continue;
        };
        let mut fresh = Vec::new();
        for job in &jobs {
            if !job.is_stale(db, at)? {
                fresh.push(job);
            }
        }
        clashes.extend(transaction(db, fresh, at)?);
        let _ = fs::remove_file(file);
    }
    Ok(clashes)
}

/// Returns the files that wait beside the store.
fn spilled(path: &Path) -> Vec<PathBuf> {
    let ours = |name: &str| name.starts_with(PREFIX) && name.ends_with(ENDING);
    let entries = path.parent().and_then(|folder| fs::read_dir(folder).ok());
    let entries = entries.into_iter().flatten().filter_map(Result::ok);
    let entries = entries.filter(|e| e.file_name().to_str().is_some_and(ours));
    let mut found: Vec<PathBuf> = entries.map(|e| e.path()).collect();
    found.sort();
    found
}

/// Reads the time of saving and the jobs; `None` where the file is not ours.
fn read(path: &Path) -> Option<(i64, Vec<Job>)> {
    let (file, stamp) = input::file(path).ok()?;
    if stamp.len >= MAX_SPILL_BYTES {
        return None;
    }
    let mut text = String::new();
    file.take(MAX_SPILL_BYTES).read_to_string(&mut text).ok()?;
    let value: Value = serde_json::from_str(&text).ok()?;
    value.get("jingdu-late")?;
    let jobs = value.get("jobs")?.as_array()?;
    let jobs = jobs.iter().filter_map(Job::from_value).collect();
    Some((value.get("at")?.as_i64()?, jobs))
}
