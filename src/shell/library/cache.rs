//! The cache as programs use it: opened, brought up to date, tidied.

use super::refresh::{self, FileReading, OnBatch, Summary};
use super::rows::{self, Root};
use super::{lease, schema};
use crate::shell::error::Error;
use crate::shell::os::files;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// The time between two tries to take the lease.
const LEASE_RETRY: Duration = Duration::from_millis(100);

/// The library: its folders, and the cache of their articles.
pub(crate) struct Library {
    pub(crate) db: Connection,
    pub(crate) folders: Vec<PathBuf>,
    /// True where the cache stays for the next time.
    pub(crate) is_kept: bool,
    /// A warning about the cache: it was made anew, or cannot be kept.
    pub(crate) notice: Option<CacheNotice>,
}

/// Something that a reader should know of the cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CacheNotice {
    /// An older, damaged or foreign file was replaced.
    Renewed,
    /// It cannot be written, and is made in memory for this time.
    NotKept(String),
}

impl CacheNotice {
    /// Returns what it says to a reader, in both languages.
    pub(crate) fn lines(&self) -> (String, String) {
        match self {
            Self::Renewed => (
                "文库缓存是旧的、坏的或别的程序的，已重建".to_owned(),
                "the cache of the library was old, damaged or foreign; it is made anew".to_owned(),
            ),
            Self::NotKept(why) => (
                format!("无法写入文库缓存，只在这次有效：{why}"),
                format!(
                    "the cache of the library cannot be written and holds for this time only: {why}"
                ),
            ),
        }
    }
}

impl Library {
    /// Opens the cache at a path for these folders. Where it cannot be written, one that leaves
    /// nothing behind takes its place.
    pub(crate) fn open(path: Option<&Path>, folders: Vec<PathBuf>) -> rusqlite::Result<Self> {
        let (db, notice) = match path.map(|path| (path, schema::open(path))) {
            Some((_, Ok(opened))) => {
                let renewed = opened.renewed.then_some(CacheNotice::Renewed);
                (opened.db, renewed)
            }
            Some((path, Err(why))) => {
                let why = why.to_string();
                let full = files::is_disk_full(path).then(|| "disk full".to_owned());
                let why = full.unwrap_or(why);
                (schema::open_private()?, Some(CacheNotice::NotKept(why)))
            }
            None => (schema::open_private()?, None),
        };
        Ok(Self {
            db,
            folders,
            is_kept: path.is_some() && !matches!(notice, Some(CacheNotice::NotKept(_))),
            notice,
        })
    }

    /// Replaces a cache whose disk is full by one that holds for this time, which is empty; false
    /// for any other failure.
    pub(crate) fn replace_full(&mut self, why: &rusqlite::Error) -> bool {
        let is_full = why.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull);
        if !is_full || !self.is_kept {
            return false;
        }
        self.give_lease_back();
        let Ok(db) = schema::open_private() else {
            return false;
        };
        self.db = db;
        self.is_kept = false;
        self.notice = Some(CacheNotice::NotKept("disk full".to_owned()));
        true
    }

    /// Waits until no other program brings the cache up to date.
    pub(crate) fn take_lease(&mut self, mut on_wait: impl FnMut()) -> rusqlite::Result<()> {
        while !lease::take(&mut self.db)? {
            on_wait();
            thread::sleep(LEASE_RETRY);
        }
        Ok(())
    }

    /// Brings one folder up to date.
    pub(crate) fn refresh(
        &mut self,
        folder: &Path,
        reading: &FileReading,
        on: OnBatch<'_>,
    ) -> rusqlite::Result<Summary> {
        refresh::refresh(&mut self.db, folder, reading, on)
    }

    /// Takes folders that are not the library's any more out of the cache.
    pub(crate) fn tidy(&mut self) -> rusqlite::Result<()> {
        for root in rows::roots(&self.db)? {
            if !self.folders.contains(&root.path) {
                rows::drop_root(&self.db, root.id)?;
            }
        }
        Ok(())
    }

    /// Returns the row of a folder.
    pub(crate) fn root(&self, folder: &Path) -> rusqlite::Result<Option<Root>> {
        let roots = rows::roots(&self.db)?;
        Ok(roots.into_iter().find(|root| root.path == folder))
    }

    /// Ends the program's turn.
    pub(crate) fn give_lease_back(&self) {
        // it ends by itself as well
        let _ = lease::give_back(&self.db);
    }
}

/// Returns the failure of the cache as an error of the program.
pub(crate) fn failed(why: &rusqlite::Error) -> Error {
    Error::Library(why.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::open::item::DecodeOptions;
    use crate::text::Lang;
    use std::ops::ControlFlow::Continue;

    #[test]
    fn a_full_disk_leaves_a_cache_for_this_time() {
        let name = format!("jingdu-full-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let articles = folder.join("lib");
        std::fs::create_dir_all(&articles).unwrap();
        for name in ["a.txt", "b.txt"] {
            std::fs::write(
                articles.join(name),
                format!("{}\n", "豆腐嫩。".repeat(500)).repeat(20),
            )
            .unwrap();
        }
        let cache = folder.join("library.db");
        let mut library = Library::open(Some(&cache), vec![articles.clone()]).unwrap();
        let pages: i64 = library
            .db
            .query_row("PRAGMA page_count", [], |row| row.get(0))
            .unwrap();
        library
            .db
            .pragma_update(None, "max_page_count", pages + 1)
            .unwrap();
        let reading = FileReading {
            options: DecodeOptions::default(),
            lang: Lang::Zh,
            threads: 1,
            depth: None,
        };
        let refresh = |library: &mut Library| {
            library.refresh(&articles, &reading, &mut |_, _, _| Continue(()))
        };
        let why = refresh(&mut library).unwrap_err();
        assert!(library.replace_full(&why) && !library.is_kept);
        assert_eq!(refresh(&mut library).unwrap().read, 2);
        assert!(!library.replace_full(&why), "once");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
