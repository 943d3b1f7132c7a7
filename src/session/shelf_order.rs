//! The order of the articles of the shelf.

use super::shelf::Shelf;
use crate::library::LibraryEntry;
use crate::library::entry::ArticleId;
use crate::library::order::{Order, SortValues, sort};
use std::cmp::Reverse;

/// Articles at the most that a key press sorts by their names.
const MAX_SORTED_AT_ONCE: usize = 2000;

impl Shelf {
    /// Sorts articles that came one by one by their dates; names are compared when all are there.
    pub(super) fn sort_by_day(&mut self) {
        let day = |i: &usize| Reverse(self.entries.get(*i).and_then(|entry| entry.day));
        if matches!(self.order, Order::Date) {
            self.index.sequence.sort_by_key(day);
        }
    }

    /// Sorts all articles. By their names the world sorts many of them.
    pub(super) fn sort(&mut self) {
        let is_by_name = Order::BY_NAME.contains(&self.order);
        self.index.is_order_wanted = is_by_name && self.entries.len() > MAX_SORTED_AT_ONCE;
        if self.index.is_order_wanted {
            return;
        }
        if matches!(self.order, Order::Date) {
            // they were listed so
            self.index.sequence = (0..self.entries.len()).collect();
            return self.sort_by_day();
        }
        let values = |id: ArticleId| self.sort_values(id);
        let mut entries: Vec<&LibraryEntry> = self.entries.iter().map(AsRef::as_ref).collect();
        sort(&mut entries, self.order, values);
        let index = |entry: &LibraryEntry| self.index.by_id.get(&entry.id).copied();
        let sequence = entries.into_iter().filter_map(index).collect();
        self.index.sequence = sequence;
    }

    /// Returns the order in which the world has to sort the articles, if there is one.
    pub fn take_order(&mut self) -> Option<Order> {
        std::mem::take(&mut self.index.is_order_wanted).then_some(self.order)
    }

    fn sort_values(&self, id: ArticleId) -> SortValues {
        let hits = self.search.found.get(&id);
        let entry = self.entry(id);
        let score = hits
            .zip(entry)
            .map(|(h, e)| self.search.totals.score(e.length, h));
        let read = entry.and_then(|entry| self.progress(entry));
        SortValues {
            hits: hits.map_or(0, |hits| hits.count),
            score: score.unwrap_or_default(),
            read_at: read.map_or(0, |read| read.at),
        }
    }

    /// Puts the articles into another order. The chosen article stays chosen; a reader at the top
    /// stays there.
    pub fn set_order(&mut self, order: Order) {
        let chosen = self.chosen().filter(|_| self.list.selected > 0);
        self.order = order;
        self.sort();
        self.show(chosen);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Day;
    use crate::session::shelf_news::ShelfNews;
    use std::sync::Arc;

    fn entry(id: ArticleId) -> LibraryEntry {
        LibraryEntry {
            id,
            path: format!("{id}.md").into(),
            title: "甲".into(),
            day: Day::read("2020"),
            ..LibraryEntry::default()
        }
    }

    fn ids(shelf: &Shelf) -> Vec<ArticleId> {
        let rows = 0..shelf.shown.len();
        rows.filter_map(|row| shelf.at(row)).map(|e| e.id).collect()
    }

    #[test]
    fn many_articles_are_sorted_by_the_world() {
        let articles = (1..).map(|id| Arc::new(entry(id)));
        let listed: Vec<_> = articles.take(MAX_SORTED_AT_ONCE + 1).collect();
        let mut shelf = Shelf::default();
        shelf.take(ShelfNews::Listed(listed.clone(), listed.len()));
        shelf.set_order(Order::Length);
        assert_eq!(shelf.take_order(), None, "numbers are sorted at once");
        shelf.set_order(Order::Title);
        assert_eq!(
            (shelf.take_order(), shelf.take_order()),
            (Some(Order::Title), None)
        );
        let backwards: Vec<ArticleId> = listed.iter().rev().map(|entry| entry.id).collect();
        shelf.take(ShelfNews::Sorted(Order::Author, vec![1]));
        assert_eq!(
            ids(&shelf)[..2],
            [1, 2],
            "another order was asked for since"
        );
        shelf.take(ShelfNews::Sorted(Order::Title, backwards.clone()));
        assert_eq!(ids(&shelf), backwards);
    }
}
