//! Brings the cache up to date with the files below a folder.
//!
//! 1. The files are listed and compared by time, size and inode: what is unchanged is not read,
//!    what was moved keeps its row.
//! 2. New and changed files are read on threads, the newest first, and written in batches.
//! 3. What is gone goes; a folder that is not there, or is empty because nothing is mounted on
//!    it, keeps its rows.
//! 4. Copies are grouped again where anything changed.

use super::article_file::{self, ReadArticle};
use super::folders;
use super::lease;
use super::page_fit::PageFit;
use super::rows::{self, KnownFiles, KnownState, path_hash};
use super::walk::{self, FoundFile};
use crate::library::entry::ArticleId;
use crate::library::{copies, original};
use crate::shell::open::item::DecodeOptions;
use crate::text::Lang;
use rusqlite::{Connection, TransactionBehavior};
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow::{self, Break};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// The time after which what was read is written.
const BATCH_TIME: Duration = Duration::from_millis(200);
/// The same of the first batch, which a reader may wait for.
const FIRST_BATCH_TIME: Duration = Duration::from_millis(40);
/// Articles that wait to be sorted, or to be written, at the most; their texts are in memory.
const MAX_WAITING: usize = 32;
/// Articles of a batch at the most.
const MAX_BATCH: usize = 2000;

/// The way to read files.
pub(crate) struct FileReading {
    pub(crate) options: DecodeOptions,
    /// The language of faults.
    pub(crate) lang: Lang,
    /// Threads that read.
    pub(crate) threads: usize,
    /// Levels of folders; `None` for all.
    pub(crate) depth: Option<usize>,
}

/// The progress of a refresh.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    /// Files that were read.
    pub(crate) read: usize,
    /// Files that are to be read.
    pub(crate) total: usize,
}

/// Hears of a refresh after each batch: how far it is, and which articles were written. May stop
/// it.
pub(crate) type OnBatch<'a> =
    &'a mut dyn FnMut(&Connection, Progress, &[ArticleId]) -> ControlFlow<()>;

/// The changes that a refresh has made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Summary {
    /// Files that were read.
    pub(crate) read: usize,
    /// Articles that went.
    pub(crate) gone: usize,
    /// Articles that lie at another path.
    pub(crate) moved: usize,
    /// True where the folder was not there.
    pub(crate) away: bool,
    /// True where it was stopped before the end.
    pub(crate) stopped: bool,
}

/// The differences between a folder and the cache.
struct Changes {
    /// Files to be read, the newest first.
    unread: Vec<FoundFile>,
    moved: Vec<(ArticleId, PathBuf)>,
    gone: Vec<ArticleId>,
}

/// Brings the cache up to date with a folder.
pub(crate) fn refresh(
    db: &mut Connection,
    folder: &Path,
    reading: &FileReading,
    on: OnBatch<'_>,
) -> rusqlite::Result<Summary> {
    let root = rows::put_root(db, folder)?;
    let known = rows::known_files(db, root)?;
    let knows_some = !known.is_empty();
    let mut files = walk::each(folder, reading.depth).peekable();
    let mut summary = Summary::default();
    if files.peek().is_none() && (!folder.is_dir() || knows_some && is_away(folder)) {
        rows::set_walked(db, root, lease::now(), true)?;
        return Ok(Summary {
            away: true,
            ..summary
        });
    }
    let changes = compare(files, known);
    (summary.moved, summary.gone) = (changes.moved.len(), changes.gone.len());
    let t = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    rows::drop_articles(&t, &changes.gone)?;
    for (id, path) in &changes.moved {
        rows::move_article(&t, *id, path)?;
    }
    t.commit()?;
    let total = changes.unread.len();
    let outcome = read_files(&changes.unread, reading, |receiver| {
        write(db, root, total, &receiver, on)
    });
    (summary.read, summary.stopped) = outcome?;
    if !summary.stopped {
        rows::set_walked(db, root, lease::now(), false)?;
    }
    if summary.read + summary.gone > 0 {
        group_copies(db)?;
    }
    Ok(summary)
}

/// Returns whether a folder is not there, or has nothing in it as one on which nothing is mounted.
pub(crate) fn is_away(folder: &Path) -> bool {
    match std::fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(_) => !folder.is_file(),
    }
}

/// Finds the differences between the files of a folder and those that the cache knows.
fn compare(files: impl Iterator<Item = FoundFile>, mut known: KnownFiles) -> Changes {
    let mut unread = Vec::new();
    for file in files {
        let path = path_hash(&file.path);
        match known.get(&path) {
            Some((_, before)) if *before == file.state => {
                known.remove(&path);
            }
            _ => unread.push(file),
        }
    }
    // what is left has changed, was moved, or is gone
    let here: HashSet<u64> = unread.iter().map(|file| path_hash(&file.path)).collect();
    let (changed, left): (KnownFiles, KnownFiles) =
        known.into_iter().partition(|(path, _)| here.contains(path));
    // hard links have one state
    let mut gone: HashMap<KnownState, Vec<ArticleId>> = HashMap::new();
    for (id, state) in left.into_values() {
        gone.entry(state).or_default().push(id);
    }
    let mut moved = Vec::new();
    unread.retain(|file| {
        let same = gone.get_mut(&file.state);
        let same = same.filter(|_| !changed.contains_key(&path_hash(&file.path)));
        let id = same.and_then(Vec::pop);
        moved.extend(id.map(|id| (id, file.path.clone())));
        id.is_none()
    });
    unread.sort_by(|a, b| {
        let newest = b.state.mtime.cmp(&a.state.mtime);
        newest.then_with(|| folders::by_path(&a.path, &b.path))
    });
    Changes {
        unread,
        moved,
        gone: gone.into_values().flatten().collect(),
    }
}

/// Reads files on threads; `take` gets them as they come.
fn read_files<T>(
    files: &[FoundFile],
    reading: &FileReading,
    take: impl FnOnce(Receiver<(&FoundFile, ReadArticle)>) -> T,
) -> T {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = sync_channel(MAX_WAITING);
    thread::scope(|scope| {
        for _ in 0..reading.threads.clamp(1, files.len().max(1)) {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let read = article_file::read(&file.path, &reading.options, reading.lang);
                    if sender.send((file, read)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        take(receiver)
    })
}

/// Writes articles as they come; returns their number, and whether it was stopped.
fn write(
    db: &mut Connection,
    root: i64,
    total: usize,
    receiver: &Receiver<(&FoundFile, ReadArticle)>,
    on: OnBatch<'_>,
) -> rusqlite::Result<(usize, bool)> {
    let (mut read, mut time, mut fit) = (0, FIRST_BATCH_TIME, PageFit::default());
    while let Ok(first) = receiver.recv() {
        if !lease::take(db)? {
            return Ok((read, true));
        }
        let (mut put, ends) = (Vec::new(), Instant::now() + time);
        let t = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut waiting = vec![first];
        let mut is_last = false;
        while !is_last {
            let left = ends.saturating_duration_since(Instant::now());
            let next = receiver.recv_timeout(left).ok();
            is_last = next.is_none() || put.len() >= MAX_BATCH;
            waiting.extend(next);
            if is_last || waiting.len() >= MAX_WAITING {
                let sorted = fit.sort(std::mem::take(&mut waiting), |(_, read)| read.text_bytes());
                for (file, article) in sorted {
                    let file = (&*file.path, file.state);
                    put.push(rows::put_article(&t, root, file, &article)?);
                }
            }
        }
        t.commit()?;
        read += put.len();
        time = BATCH_TIME;
        if let Break(()) = on(db, Progress { read, total }, &put) {
            return Ok((read, true));
        }
    }
    Ok((read, false))
}

/// Groups the copies among all articles of the cache.
fn group_copies(db: &mut Connection) -> rusqlite::Result<()> {
    let articles = rows::candidates(db)?;
    let mut copies = copies::group(&articles);
    let mut originals = HashMap::new();
    for group in original::tied(&copies, &articles) {
        let chosen = original::original(&rows::entries_of(db, &group)?);
        originals.extend(group.first().copied().zip(chosen));
    }
    original::replace(&mut copies, &originals);
    let t = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    rows::set_copies(&t, &copies)?;
    t.commit()
}
