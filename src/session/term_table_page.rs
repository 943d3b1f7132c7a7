//! The page of the table of terms: what is counted, its table, and the chosen cell.
//!
//! Rows are terms where the buckets follow each other in time, else buckets. The columns are
//! numbered from the left: the row's name, the numbers, and over time the first use.

use super::list::List;
use crate::library::LibraryQuery;
use crate::library::count::{CountedTerm, TermCounts};
use crate::library::division::{BucketKey, Division};
use crate::library::entry::ArticleId;
use crate::library::term_sheet::TableForm;
use crate::library::term_table::TermTable;
use std::ops::Range;
use std::sync::Arc;

/// The page of the table of terms.
#[derive(Clone, Debug, Default)]
pub struct TermTablePage {
    /// The terms that are counted, and where.
    pub asked: TableSubject,
    /// The counts of the terms.
    pub counts: Arc<TermCounts>,
    /// The table of it.
    pub table: Arc<TermTable>,
    /// The choice among the rows.
    pub list: List,
    /// The chosen column.
    pub column: usize,
    /// The first number that is on the screen.
    pub left: usize,
    /// The way to divide that is asked for.
    pub division: Division,
    /// The form of the numbers.
    pub form: TableForm,
    /// Articles that were counted, and all that are to be, while it goes on.
    pub progress: Option<(usize, usize)>,
    /// True where the articles are others than those that were counted.
    pub is_outdated: bool,
    /// True while the first cell is still to be chosen.
    is_new: bool,
}

/// The terms of a table, and its articles.
#[derive(Clone, Debug, Default)]
pub struct TableSubject {
    /// The name of the terms: keywords, or what was searched for.
    pub name: String,
    /// The terms.
    pub terms: Arc<[CountedTerm]>,
    /// Words that no article may have.
    pub excluded: LibraryQuery,
    /// The articles.
    pub population: TablePopulation,
}

/// The articles of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TablePopulation {
    /// All of the library.
    Library,
    /// Those that the shelf lists.
    #[default]
    Listed,
    /// Those that pass the filters of the shelf, whether they have the words or not.
    Filtered,
}

/// Terms to be counted.
#[derive(Clone, Debug)]
pub struct CountAsk {
    /// The articles; `None` for all of the library.
    pub articles: Option<Vec<ArticleId>>,
    /// The terms.
    pub terms: Arc<[CountedTerm]>,
    /// Words that no article may have.
    pub excluded: LibraryQuery,
    /// Every copy counts.
    pub with_copies: bool,
    /// The way to divide.
    pub division: Division,
}

/// A column of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableColumn {
    /// The name of the row, and over time the sum.
    Name,
    /// A bucket, where rows are terms.
    Bucket(usize),
    /// A term, where rows are buckets.
    Term(usize),
    /// The first use, where rows are terms.
    First,
}

impl TermTablePage {
    /// Makes a page that is still to be counted.
    pub(crate) fn of(asked: TableSubject, form: TableForm) -> Self {
        Self {
            asked,
            form,
            progress: Some((0, 0)),
            ..Self::default()
        }
    }

    /// Returns whether it is open.
    pub(super) fn is_open(&self) -> bool {
        !self.asked.terms.is_empty()
    }

    /// Returns the number of rows.
    pub fn rows(&self) -> usize {
        if self.table.division.is_of_time() {
            self.counts.terms.len()
        } else {
            self.table.buckets.len()
        }
    }

    /// Returns the columns of numbers that scroll.
    pub fn numbers(&self) -> Range<usize> {
        let count = if self.table.division.is_of_time() {
            self.table.in_order()
        } else {
            self.counts.terms.len()
        };
        1..count + 1
    }

    /// Returns the column of the bucket without the fact, where rows are terms and it is there.
    pub fn apart(&self) -> Option<usize> {
        let has_one = self.table.in_order() < self.table.buckets.len();
        let is_apart = self.table.division.is_of_time() && has_one;
        is_apart.then_some(self.numbers().end)
    }

    /// Returns the last column.
    pub fn last(&self) -> usize {
        let numbers = self.numbers().end - 1;
        let first_use = usize::from(self.table.division.is_of_time());
        numbers + usize::from(self.apart().is_some()) + first_use
    }

    /// Returns what a column is.
    pub fn kind(&self, column: usize) -> TableColumn {
        let is_of_time = self.table.division.is_of_time();
        match column {
            0 => TableColumn::Name,
            column if !is_of_time => TableColumn::Term(column - 1),
            column if self.numbers().contains(&column) || self.apart() == Some(column) => {
                TableColumn::Bucket(column - 1)
            }
            _ => TableColumn::First,
        }
    }

    /// Returns the term and the bucket of a cell; `None` for all.
    pub fn place(&self, row: usize, column: usize) -> (Option<usize>, Option<usize>) {
        let is_of_time = self.table.division.is_of_time();
        match self.kind(column) {
            TableColumn::Bucket(bucket) => (Some(row), Some(bucket)),
            TableColumn::Term(term) => (Some(term), Some(row)),
            _ if is_of_time => (Some(row), None),
            _ => (None, Some(row)),
        }
    }

    /// Shows a table. The chosen cell stays chosen while the way to divide does; else another
    /// one is chosen, in a table by time the one that [`begin`](Self::begin) chooses.
    pub(super) fn show(&mut self, table: Arc<TermTable>) {
        let is_same = self.table.division == table.division && !self.table.buckets.is_empty();
        let old = std::mem::replace(&mut self.table, table);
        let filter = self.list.filter.clone();
        let (row, column) = (self.list.item(), self.column);
        if !is_same {
            self.list = List::default();
            self.left = 0;
            self.is_new = self.table.division.is_of_time();
            self.column = 1;
            return;
        }
        let moved = |bucket: usize| {
            let key: Option<&BucketKey> = old.buckets.get(bucket).map(|bucket| &bucket.key);
            self.table.bucket(key?)
        };
        let row = if self.table.division.is_of_time() {
            let was_first = column > old.buckets.len();
            let to = column.checked_sub(1).and_then(moved).map(|to| to + 1);
            self.column = if was_first {
                self.last()
            } else {
                to.unwrap_or(0)
            };
            row
        } else {
            moved(row).unwrap_or_default()
        };
        // the filter is applied to the rows as they are now
        let top = self.list.top;
        self.list = List::default();
        (self.list.selected, self.list.top, self.list.filter) = (row, top, filter);
    }

    /// Chooses the first cell of a new table: of the first term that has hits their sum, where it
    /// has a column, or else the number with most of them.
    pub(crate) fn begin(&mut self, has_total: bool) {
        if !std::mem::take(&mut self.is_new) {
            return;
        }
        let row = self.table.totals.iter().position(|total| total.hits > 0);
        let row = row.unwrap_or_default();
        let hits = |column: &usize| self.table.cell(row, column - 1).hits;
        let with_hits = self.numbers().filter(|column| hits(column) > 0);
        let left = with_hits.clone().next();
        let most = with_hits.max_by_key(hits).or(self.apart());
        self.column = most.filter(|_| !has_total).unwrap_or_default();
        self.left = left.unwrap_or_default();
        self.list.selected = row;
    }

    /// Chooses the leftmost column, and shows the first number.
    pub(crate) fn choose_first(&mut self) {
        (self.column, self.left) = (0, 0);
    }

    /// Keeps the chosen column among the columns, and its number among the `room` ones that are
    /// on the screen.
    pub(crate) fn follow(&mut self, room: usize) {
        let numbers = self.numbers();
        self.column = self.column.min(self.last());
        let last = numbers.end.saturating_sub(room).max(numbers.start);
        if numbers.contains(&self.column) {
            let lowest = (self.column + 1).saturating_sub(room);
            self.left = self.left.clamp(lowest, self.column);
        } else if self.column > 0 {
            // the columns behind the numbers follow the last of them
            self.left = last;
        }
        self.left = self.left.clamp(numbers.start, last);
    }
}
