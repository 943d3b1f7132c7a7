//! The progress in the articles of the shelf: copies that are folded as far as one of them.

use super::shelf::Shelf;
use super::shelf_news::ReadProgress;
use crate::library::LibraryEntry;
use crate::library::entry::{ArticleId, ReadState};
use std::collections::HashMap;
use std::path::PathBuf;

impl Shelf {
    /// Returns how far an article was read; of copies that are folded, the one that was read
    /// furthest.
    pub fn progress(&self, entry: &LibraryEntry) -> Option<ReadProgress> {
        let of_copies = self.index.read_copies.get(&entry.group());
        let of_copies = of_copies.filter(|_| !self.shows_copies);
        of_copies.or_else(|| self.read.get(&entry.path)).copied()
    }

    /// Notes how far the articles were read that have copies.
    pub(super) fn note_copies(&mut self) {
        let mut furthest: HashMap<ArticleId, ReadProgress> = HashMap::new();
        if !self.read.is_empty() {
            for entry in self.entries.iter().filter(|entry| self.has_copies(entry)) {
                if let Some(read) = self.read.get(&entry.path) {
                    let known = furthest.entry(entry.group()).or_default();
                    *known = (*known).max(*read);
                }
            }
        }
        self.index.read_copies = furthest;
    }

    fn has_copies(&self, entry: &LibraryEntry) -> bool {
        entry.copy_of.is_some() || self.index.groups.contains_key(&entry.id)
    }

    /// Returns how far an article was read, in words.
    pub fn read_state(&self, entry: &LibraryEntry) -> ReadState {
        match self.progress(entry) {
            None => ReadState::Unread,
            Some(read) if read.is_done => ReadState::Done,
            Some(_) => ReadState::Begun,
        }
    }

    /// Marks the chosen article as read, or as unread with its folded copies where it was read;
    /// returns the files that this changes, and whether they are read now.
    pub(crate) fn toggle_read(&mut self, now: i64) -> Option<(Vec<PathBuf>, bool)> {
        let id = self.chosen()?;
        let entry = self.entry(id)?.clone();
        let done = self.read_state(&entry) != ReadState::Done;
        let mut paths = vec![entry.path.clone()];
        if done {
            let read = ReadProgress {
                per_cent: 100,
                is_done: true,
                at: now,
            };
            self.read.insert(entry.path.clone(), read);
        } else {
            if !self.shows_copies && self.has_copies(&entry) {
                let group = self.entries.iter().filter(|e| e.group() == entry.group());
                let others = group.filter(|e| e.id != id && self.read.contains_key(&e.path));
                paths.extend(others.map(|e| e.path.clone()));
            }
            self.read.retain(|path, _| !paths.contains(path));
        }
        self.note_copies();
        // the next one is marked with the same key, also where this one leaves its row
        let (row, top) = (self.list.selected, self.list.top);
        self.show(None);
        (self.list.selected, self.list.top) = (row.min(self.shown.len().saturating_sub(1)), top);
        Some((paths, done))
    }

    /// Notes how far the open article was read. One that was read through once stays so.
    pub fn note_progress(&mut self, mut read: ReadProgress) {
        if let Some(path) = self.place.reading.clone() {
            read.is_done |= self.read.get(&path).is_some_and(|before| before.is_done);
            self.read.insert(path, read);
            self.note_copies();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::shelf_news::ShelfNews;
    use std::sync::Arc;

    fn entry(id: ArticleId, copy_of: Option<ArticleId>) -> Arc<LibraryEntry> {
        Arc::new(LibraryEntry {
            id,
            path: format!("{id}.md").into(),
            copy_of,
            ..LibraryEntry::default()
        })
    }

    #[test]
    fn folded_copies_were_read_as_far_as_one_of_them() {
        let mut shelf = Shelf::default();
        let entries = vec![entry(1, None), entry(2, None), entry(3, Some(1))];
        shelf.take(ShelfNews::Listed(entries, 3));
        let ids = |shelf: &Shelf| -> Vec<ArticleId> {
            let rows = 0..shelf.shown.len();
            rows.filter_map(|row| shelf.at(row)).map(|e| e.id).collect()
        };
        let read = ReadProgress::default();
        shelf.take(ShelfNews::Progress(vec![("3.md".into(), read)]));
        for (typed, wanted) in [("未读", &[2][..]), ("在读", &[1])] {
            shelf.look_for(typed);
            assert_eq!(ids(&shelf), wanted, "{typed}");
        }
        assert_eq!(shelf.toggle_read(0), Some((vec!["1.md".into()], true)));
        shelf.look_for("读完");
        let both = vec!["1.md".into(), "3.md".into()];
        assert_eq!(shelf.toggle_read(0), Some((both, false)));
        assert_eq!(ids(&shelf), [0; 0]);
    }
}
