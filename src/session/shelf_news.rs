//! Messages from the library thread to the shelf.

use super::shelf_search::ShelfAnswer;
use crate::library::LibraryEntry;
use crate::library::entry::ArticleId;
use crate::library::order::Order;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The progress of the refresh, and the folders that are missing.
#[derive(Clone, Debug, Default)]
pub struct ShelfIntake {
    /// Files that were read in, and files that are to be.
    pub incoming: Option<(usize, usize)>,
    /// Folders that are not there; their articles are known from before.
    pub away: Vec<PathBuf>,
    /// The changes since the reader asked for what is new, until all are known.
    pub changes: Option<ShelfChanges>,
}

/// The changes of a shelf since its reader asked for what is new.
#[derive(Clone, Copy, Debug, Default)]
pub struct ShelfChanges {
    /// The number of articles before.
    pub before: usize,
    /// Articles that have come.
    pub new: usize,
    /// Articles that were read in again.
    pub changed: usize,
}

impl ShelfChanges {
    /// Counts an article that was read in.
    pub(super) fn note(&mut self, is_new: bool) {
        self.new += usize::from(is_new);
        self.changed += usize::from(!is_new);
    }

    /// Returns what has changed, in both languages; `after` is the number of articles now.
    pub fn line(self, after: usize) -> (String, String) {
        let gone = (self.before + self.new).saturating_sub(after);
        let counted = [
            (self.new, "新增", "new"),
            (self.changed, "改动", "changed"),
            (gone, "不在了", "gone"),
        ];
        let counted = || counted.iter().filter(|(n, ..)| *n > 0);
        let zh: Vec<_> = counted().map(|(n, zh, _)| format!("{zh} {n} 篇")).collect();
        let en: Vec<_> = counted().map(|(n, _, en)| format!("{n} {en}")).collect();
        if zh.is_empty() {
            return ("没有变化".to_owned(), "Nothing has changed".to_owned());
        }
        (zh.join("，"), en.join(", "))
    }
}

impl ShelfIntake {
    /// Returns the folder of an article that is not there, if one is.
    pub fn away_folder(&self, entry: &LibraryEntry) -> Option<&Path> {
        let is_of = |folder: &&PathBuf| {
            // the articles of a database are its items: `cache.db#12`
            let path = entry.path.to_str();
            let file = path.and_then(|path| path.rsplit_once('#'));
            entry.path.starts_with(folder)
                || file.is_some_and(|(file, _)| Path::new(file) == *folder)
        };
        self.away.iter().find(is_of).map(PathBuf::as_path)
    }
}

/// The progress in an article, and its time.
///
/// The one that was read further is greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReadProgress {
    /// True where it was read through, or marked as read.
    pub is_done: bool,
    /// The part of it that is before the reader's place, 0 to 100.
    pub per_cent: usize,
    /// The time at which it was opened last, in milliseconds since 1970.
    pub at: i64,
}

/// A part of what the world tells of the shelf.
#[derive(Clone, Debug, PartialEq)]
pub enum ShelfNews {
    /// All articles, or the newest of them, by date; and the number of all.
    Listed(Vec<Arc<LibraryEntry>>, usize),
    /// The numbers of all articles in an order that was asked for.
    Sorted(Order, Vec<ArticleId>),
    /// Articles that are new or have changed.
    Added(Vec<Arc<LibraryEntry>>),
    /// The number of files that were read in, and of all that will be; `None` at the end.
    Incoming(Option<(usize, usize)>),
    /// The progress in articles that were opened.
    Progress(Vec<(PathBuf, ReadProgress)>),
    /// Hits of a search.
    Found(ShelfAnswer),
    /// The folders that are not there, whose articles are known from before.
    Away(Vec<PathBuf>),
    /// Something is wrong with the cache, in both languages.
    Trouble(String, String),
}

impl Eq for ShelfNews {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_counted_by_kind() {
        let changes = ShelfChanges {
            before: 10,
            new: 2,
            changed: 1,
        };
        assert_eq!(changes.line(9).0, "新增 2 篇，改动 1 篇，不在了 3 篇");
        assert_eq!(changes.line(12).1, "2 new, 1 changed");
        assert_eq!(ShelfChanges::default().line(0).0, "没有变化");
    }

    #[test]
    fn articles_of_a_folder_that_is_not_there_are_known() {
        let intake = ShelfIntake {
            away: vec!["/m/usb".into(), "/n/cache.db".into()],
            ..ShelfIntake::default()
        };
        for (path, folder) in [
            ("/m/usb/a/b.md", Some("/m/usb")),
            ("/m/usb2/a.md", None),
            ("/n/cache.db#12", Some("/n/cache.db")),
            ("/n/cache.db.md", None),
        ] {
            let entry = LibraryEntry {
                path: path.into(),
                ..LibraryEntry::default()
            };
            assert_eq!(intake.away_folder(&entry), folder.map(Path::new), "{path}");
        }
    }
}
