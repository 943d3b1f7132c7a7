//! The way from article to article on the shelf: the open one, its neighbours, the next one with
//! hits.

use super::shelf::Shelf;
use crate::library::LibraryEntry;
use crate::library::entry::ArticleId;

impl Shelf {
    /// Returns the row of the article that is open.
    pub(crate) fn row_of_reading(&self) -> Option<usize> {
        let here = self.place.reading.as_ref()?;
        let is_here = |i: &usize| self.entries.get(*i).is_some_and(|e| e.path == *here);
        self.shown.iter().position(is_here)
    }

    /// Returns the next (or previous) readable article of the list after the one that is open; in
    /// a search only those with hits are there.
    pub(crate) fn neighbour(&self, forward: bool) -> Option<ArticleId> {
        let row = self.row_of_reading()?;
        let readable = |row: &usize| self.at(*row).is_some_and(|entry| self.can_open(entry));
        let found = if forward {
            (row + 1..self.shown.len()).find(readable)
        } else {
            (0..row).rev().find(readable)
        };
        self.at(found?).map(|entry| entry.id)
    }

    /// Returns whether an article can be opened, as far as that is known.
    pub(crate) fn can_open(&self, entry: &LibraryEntry) -> bool {
        entry.fault.is_none()
            && !self.place.refused.contains(&entry.id)
            && self.intake.away_folder(entry).is_none()
    }

    /// Returns whether the text of an article has hits.
    pub(crate) fn has_hits(&self, entry: &LibraryEntry) -> bool {
        let found = self.search.found.get(&entry.id);
        found.is_some_and(|hits| hits.count > 0)
    }

    /// Returns the row of the `count`-th article with hits in its text behind a row (or before
    /// it), of those that `counts` lets pass, and whether an end of the list was passed.
    pub(crate) fn row_with_hits(
        &self,
        row: usize,
        (count, forward): (usize, bool),
        counts: impl Fn(&LibraryEntry) -> bool,
    ) -> Option<(usize, bool)> {
        let all = self.shown.len();
        let steps = 1..=all;
        let at = |step| {
            if forward {
                row + step
            } else {
                row + all - step
            }
        };
        let fits = |at: &usize| {
            let entry = self.at(at % all);
            entry.is_some_and(|entry| self.has_hits(entry) && counts(entry))
        };
        // the whole list is looked at only where there are fewer than `count`
        let around: Vec<usize> = steps.map(at).filter(fits).take(count).collect();
        let last = count.checked_sub(1)?.checked_rem(around.len())?;
        let at = *around.get(last)?;
        let passed = count > around.len() || (at < all) != forward;
        Some((at % all, passed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::scan::ArticleHits;
    use crate::session::ShelfNews;
    use std::sync::Arc;

    fn shelf(ids: &[ArticleId]) -> Shelf {
        let entry = |id: &ArticleId| LibraryEntry {
            id: *id,
            path: format!("{id}.md").into(),
            title: if *id == 2 { "乙" } else { "甲" }.into(),
            ..LibraryEntry::default()
        };
        let listed: Vec<_> = ids.iter().map(entry).map(Arc::new).collect();
        let mut shelf = Shelf::default();
        shelf.take(ShelfNews::Listed(listed, ids.len()));
        shelf
    }

    #[test]
    fn the_next_article_is_one_that_can_be_opened() {
        let mut shelf = shelf(&[2, 1, 4]);
        shelf.place.reading = Some("2.md".into());
        assert_eq!(shelf.neighbour(true), Some(1));
        shelf.place.refused.insert(1);
        assert_eq!(shelf.neighbour(true), Some(4));
        shelf.place.reading = Some("4.md".into());
        assert_eq!(shelf.neighbour(false), Some(2));
    }

    #[test]
    fn neighbours_are_those_of_the_list() {
        let mut shelf = shelf(&[2, 1, 4]);
        shelf.place.reading = Some("2.md".into());
        assert_eq!(
            (shelf.neighbour(true), shelf.neighbour(false)),
            (Some(1), None)
        );
        shelf.look_for("标题:乙");
        assert_eq!(
            (shelf.neighbour(true), shelf.neighbour(false)),
            (None, None)
        );
    }

    #[test]
    fn articles_with_hits_are_gone_to_round_the_list() {
        let mut shelf = shelf(&[10, 11, 12, 13, 14]);
        for (id, count) in [(10, 0), (11, 2), (12, 0), (13, 1)] {
            let hits = ArticleHits {
                count,
                ..ArticleHits::default()
            };
            shelf.search.found.insert(id, hits);
        }
        let at = |row, count, forward| shelf.row_with_hits(row, (count, forward), |_| true);
        for (row, count, forward, wanted) in [
            (0, 1, true, (1, false)),
            (1, 1, true, (3, false)),
            (0, 2, true, (3, false)),
            (3, 1, true, (1, true)),
            (1, 3, true, (3, true)),
            (4, 1, false, (3, false)),
            (3, 1, false, (1, false)),
            (1, 1, false, (3, true)),
            (2, 9, false, (1, true)),
        ] {
            assert_eq!(
                at(row, count, forward),
                Some(wanted),
                "{row} {count} {forward}"
            );
        }
        let only = |row, forward| shelf.row_with_hits(row, (1, forward), |e| e.id == 13);
        assert_eq!(
            (only(3, true), only(0, false)),
            (Some((3, true)), Some((3, true)))
        );
        assert_eq!(shelf.row_with_hits(0, (1, true), |_| false), None);
        assert_eq!(Shelf::default().row_with_hits(0, (1, true), |_| true), None);
    }
}
