//! The search and the keywords of a reading.

use super::reading::Spot;
use crate::document::Document;
use crate::search::{Matches, Query};
use crate::text::Pos;

/// How many colours keywords have; the ninth begins again.
pub const COLOURS: usize = 8;

/// A term that stays highlighted in a colour of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyword {
    /// What is looked for.
    pub query: Query,
    /// Where it stands.
    pub matches: Matches,
    /// Its colour, below [`COLOURS`].
    pub colour: usize,
}

/// The search and the keywords.
#[derive(Clone, Debug, Default)]
pub struct Find {
    /// What is searched, if anything.
    pub query: Option<Query>,
    /// Where it stands.
    pub matches: Matches,
    /// The hit that was last gone to.
    pub current: Option<usize>,
    /// The keywords, in the order they were added.
    pub keywords: Vec<Keyword>,
    /// What was searched before, oldest first.
    pub history: Vec<String>,
    /// Where the search being typed began, and what was searched before it.
    pub origin: Option<(Spot, Option<Query>)>,
}

impl Find {
    /// Searches for what was typed, or for nothing.
    pub fn search(&mut self, document: &Document, query: Option<Query>) {
        self.matches = query.as_ref().map(|q| q.find(document.text())).unwrap_or_default();
        self.query = query;
        self.current = None;
    }

    /// Remembers what was searched.
    pub fn remember(&mut self, typed: &str) {
        self.history.retain(|h| h != typed);
        self.history.push(typed.to_owned());
    }

    /// The next or previous hit from `focus`, `count` further; and whether the
    /// search went past an end of the text.
    #[must_use]
    pub fn step(&self, focus: Pos, forward: bool, count: usize) -> Option<(usize, bool)> {
        let n = self.matches.len();
        if n == 0 {
            return None;
        }
        let here = self.current.filter(|&i| self.matches.spans.get(i).is_some_and(|s| s.start == focus));
        let (first, wrapped) = match (here, forward) {
            (Some(i), true) => ((i + 1) % n, i + 1 == n),
            (Some(i), false) => ((i + n - 1) % n, i == 0),
            (None, true) => self.matches.at_or_after(focus).map_or((0, true), |i| (i, false)),
            (None, false) => self.matches.before(focus).map_or((n - 1, true), |i| (i, false)),
        };
        let more = (count - 1) % n;
        let target = if forward { (first + more) % n } else { (first + n - more) % n };
        let passed = if forward { target < first } else { target > first };
        Some((target, wrapped || passed))
    }

    /// Adds a keyword, or takes it back where it is one already. Returns it,
    /// or `None` where it was taken back.
    pub fn toggle_keyword(&mut self, document: &Document, query: Query) -> Option<&Keyword> {
        if let Some(at) = self.keywords.iter().position(|k| k.query == query) {
            self.keywords.remove(at);
            return None;
        }
        let free = (0..COLOURS).find(|c| self.keywords.iter().all(|k| k.colour != *c));
        let colour = free.unwrap_or(self.keywords.len() % COLOURS);
        let matches = query.find(document.text());
        self.keywords.push(Keyword { query, matches, colour });
        self.keywords.last()
    }

    /// Looks for everything again in another document.
    pub fn reopen(&mut self, document: &Document) {
        let query = self.query.take();
        self.search(document, query);
        self.origin = None;
        for keyword in &mut self.keywords {
            keyword.matches = keyword.query.find(document.text());
        }
    }
}
