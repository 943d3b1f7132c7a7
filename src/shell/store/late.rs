//! Keeps for the next time what a lock has kept out of the store when the program
//! ended: nothing is lost, and nobody waits for the lock.
//!
//! 1. The jobs go into a file of their own beside the store, whole or not at all.
//! 2. Whoever opens the store next does them, as at the time they were kept, but
//!    for what is known to be newer; then the file goes.
//!
//! A file that is no such thing is left where it lies.

use super::job::{Job, transaction};
use crate::shell::os::files;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// What such a file is called before and after what makes its name its own.
const NAME: (&str, &str) = ("state-late-", ".json");
/// No longer one is taken for ours.
const MOST: u64 = 64 << 20;

/// Keeps jobs beside the store at `path`.
///
/// # Errors
/// Where nothing can be written there.
pub fn keep<'a>(path: &Path, jobs: impl IntoIterator<Item = &'a Job>, now: i64) -> io::Result<()> {
    let jobs: Vec<Value> = jobs.into_iter().map(Job::json).collect();
    let text = json!({ "jingdu-late": 1, "at": now, "jobs": jobs }).to_string();
    let free =
        |n: u32| path.with_file_name(format!("{}{}-{n}{}", NAME.0, std::process::id(), NAME.1));
    let to = (0..1000)
        .map(free)
        .find(|p| !p.exists())
        .unwrap_or_else(|| free(1000));
    let new = to.with_extension("new");
    let mut file = files::create_private(&new)?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&new, &to))
        .inspect_err(|_| _ = fs::remove_file(&new))
}

/// Does what was kept beside the store at `path`.
///
/// # Errors
/// As the database does; then it is kept on.
pub fn take_up(path: &Path, db: &mut Connection) -> rusqlite::Result<()> {
    if waiting(path).is_empty() {
        return Ok(());
    }
    // several programs may find it: one at a time
    let Ok(lock) = File::options()
        .create(true)
        .append(true)
        .open(path.with_extension("lock"))
    else {
        return Ok(());
    };
    if lock.try_lock().is_err() {
        return Ok(());
    }
    for file in waiting(path) {
        let Some((at, jobs)) = read(&file) else {
            continue;
        };
        let mut fresh = Vec::new();
        for job in &jobs {
            if !job.is_stale(db, at)? {
                fresh.push(job);
            }
        }
        transaction(db, fresh, at)?;
        let _ = fs::remove_file(file);
    }
    Ok(())
}

/// The files that wait beside the store.
fn waiting(path: &Path) -> Vec<PathBuf> {
    let ours = |name: &str| name.starts_with(NAME.0) && name.ends_with(NAME.1);
    let entries = path.parent().and_then(|folder| fs::read_dir(folder).ok());
    let mut found: Vec<PathBuf> = entries
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .filter(|e| e.file_name().to_str().is_some_and(ours))
        .map(|e| e.path())
        .collect();
    found.sort();
    found
}

/// When a file was kept, and what stands in it; `None` where it is none of ours.
fn read(path: &Path) -> Option<(i64, Vec<Job>)> {
    let (file, stamp) = crate::shell::open::input::file(path).ok()?;
    let mut text = String::new();
    file.take(MOST)
        .read_to_string(&mut text)
        .ok()
        .filter(|_| stamp.len < MOST)?;
    let value: Value = serde_json::from_str(&text).ok()?;
    value.get("jingdu-late")?;
    let jobs = value
        .get("jobs")?
        .as_array()?
        .iter()
        .filter_map(Job::from_json)
        .collect();
    Some((value.get("at")?.as_i64()?, jobs))
}
