//! The search in the shelf: what was typed, and the articles with hits as the world finds them.

use crate::library::LibraryQuery;
use crate::library::entry::ArticleId;
use crate::library::rank::ScanTotals;
use crate::library::scan::ArticleHits;
use crate::search::Fault;
use std::collections::HashMap;

/// A search in the shelf.
#[derive(Clone, Debug, Default)]
pub struct ShelfSearch {
    /// The text as typed.
    pub typed: String,
    /// The same, parsed.
    pub query: LibraryQuery,
    /// The fault of a regular expression in it.
    pub fault: Option<Fault>,
    /// The number of the search; answers to others are dropped.
    pub id: u64,
    /// The articles with hits that are known so far.
    pub found: HashMap<ArticleId, ArticleHits>,
    /// The counts of the search so far.
    pub totals: ScanTotals,
    /// True while texts are searched.
    pub is_running: bool,
    /// True where the world has to search the texts.
    pub is_wanted: bool,
    /// True where articles have come that were not searched.
    pub(super) is_behind: bool,
    /// The articles with hits of a search that is repeated, until all are known.
    renewed: Option<HashMap<ArticleId, ArticleHits>>,
}

/// A part of the answer to a search.
#[derive(Clone, Debug, PartialEq)]
pub struct ShelfAnswer {
    /// The number of the search.
    pub id: u64,
    /// Articles with their hits.
    pub found: Vec<(ArticleId, ArticleHits)>,
    /// The counts of the search so far.
    pub totals: ScanTotals,
    /// True where nothing more comes.
    pub done: bool,
}

impl ShelfSearch {
    /// Searches for another query; other filters keep what was found.
    pub(super) fn begin(&mut self, query: LibraryQuery, fault: Option<Fault>) {
        let same_words = query.terms == self.query.terms;
        (self.query, self.fault) = (query, fault);
        if !same_words {
            self.found.clear();
            self.renewed = None;
            self.totals = ScanTotals::default();
            self.ask();
        }
    }

    fn ask(&mut self) {
        self.id += 1;
        self.is_running = !self.query.terms.is_empty();
        self.is_behind = false;
        self.is_wanted = true;
    }

    /// Repeats the search where articles have come that it has not looked at; what was found is
    /// kept until the new answer is complete.
    pub(super) fn complete(&mut self) {
        if std::mem::take(&mut self.is_behind) && !self.query.terms.is_empty() {
            self.ask();
            self.renewed = Some(HashMap::new());
        }
    }

    /// Takes a part of the answer.
    pub(super) fn take(&mut self, answer: ShelfAnswer) {
        let found = self.renewed.as_mut().unwrap_or(&mut self.found);
        found.extend(answer.found);
        self.totals = answer.totals;
        self.is_running = !answer.done;
        if answer.done {
            self.found = self
                .renewed
                .take()
                .unwrap_or_else(|| std::mem::take(&mut self.found));
        }
    }
}
