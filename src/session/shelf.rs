//! The shelf: the articles to choose from.

use super::list::List;

/// One article on the shelf.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShelfItem {
    /// Its title, cleaned; the file's name for an article without one.
    pub title: String,
    /// Its date, if it has one.
    pub date: Option<String>,
    /// Its source or author.
    pub source: Option<String>,
    /// 字数 of its body, where known.
    pub length: Option<usize>,
    /// The reason why it cannot be read.
    pub fault: Option<String>,
    /// The part of it that was read, 0 to 100.
    pub progress: Option<usize>,
    /// It is the article that was read last, offered to be continued.
    pub again: bool,
}

/// The shelf.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// Its name: a directory's.
    pub name: String,
    /// The articles.
    pub items: Vec<ShelfItem>,
    /// The choice.
    pub list: List,
    /// The index of the one that is open.
    pub reading: Option<usize>,
}

impl Shelf {
    /// Returns the next (or previous) readable article after the one that is open.
    pub(crate) fn neighbour(&self, forward: bool) -> Option<usize> {
        let here = self.reading?;
        let readable = |&i: &usize| self.items.get(i).is_some_and(|item| item.fault.is_none());
        if forward {
            (here + 1..self.items.len()).find(readable)
        } else {
            (0..here).rev().find(readable)
        }
    }
}
