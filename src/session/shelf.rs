//! The articles to choose from: a list, a choice in it, what of it is shown.

use super::List;

/// One article on the shelf.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShelfItem {
    /// Its title, cleaned; the file's name where it has none.
    pub title: String,
    /// Its date, if it has one.
    pub date: Option<String>,
    /// Where it was published or who wrote it.
    pub source: Option<String>,
    /// 字数 of its body, where known.
    pub length: Option<usize>,
    /// Why it cannot be read, if it cannot.
    pub fault: Option<String>,
    /// How far it was read, 0 to 100, where it was.
    pub progress: Option<usize>,
    /// Whether it is the article that was read last, offered to be continued.
    pub again: bool,
}

/// The shelf.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// What it is called: a directory's name.
    pub name: String,
    /// The articles.
    pub items: Vec<ShelfItem>,
    /// The choice.
    pub list: List,
    /// The one that is being read.
    pub reading: Option<usize>,
}

impl Shelf {
    /// The next (or previous) article that can be read, after the one that is.
    pub fn neighbour(&self, forward: bool) -> Option<usize> {
        let here = self.reading?;
        let readable = |&i: &usize| self.items.get(i).is_some_and(|item| item.fault.is_none());
        if forward {
            (here + 1..self.items.len()).find(readable)
        } else {
            (0..here).rev().find(readable)
        }
    }
}
