//! The list of hits: its scope, its rows, the chosen one.
//!
//! The list has spans only; the text around a hit is read as it is drawn.

use super::list::List;
use crate::search::Matches;
use crate::text::{Pos, Span};
use std::ops::Range;
use std::sync::Arc;

/// The search or keywords whose hits are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HitScope {
    /// Those of the search, or of all keywords where nothing is searched.
    #[default]
    All,
    /// Those of the keyword of that index.
    Keyword(usize),
}

/// A hit, and the index of its keyword; `None` for the search.
pub(crate) type Hit = (Span, Option<usize>);

/// The rows of a list of hits, in text order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum HitRows {
    /// Those of one query outside of folds: as they were found, so that a million cost nothing.
    Found(Arc<Matches>, Option<usize>),
    /// Some, each by itself.
    Some(Vec<Hit>),
}

impl Default for HitRows {
    fn default() -> Self {
        Self::Some(Vec::new())
    }
}

impl HitRows {
    /// Returns their number.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Found(matches, _) => matches.in_body(),
            Self::Some(rows) => rows.len(),
        }
    }

    /// Returns whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the row of that number, from 0. O(log n).
    pub(crate) fn get(&self, row: usize) -> Option<Hit> {
        match self {
            Self::Found(matches, keyword) => Some((matches.nth_in_body(row)?, *keyword)),
            Self::Some(rows) => rows.get(row).copied(),
        }
    }

    /// Returns all rows.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Hit> + '_ {
        let rows: Range<usize> = 0..self.len();
        rows.filter_map(|row| self.get(row))
    }

    /// Returns the number of rows whose hit begins before `at`.
    fn before(&self, at: Pos) -> usize {
        match self {
            Self::Found(matches, _) => {
                let span = Span::between(Pos(0), at);
                matches.count_in(span)
            }
            Self::Some(rows) => rows.partition_point(|(span, _)| span.start < at),
        }
    }
}

/// State of the list of hits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HitList {
    /// The search or keywords of the hits.
    pub scope: HitScope,
    /// The hits, in text order, filtered.
    pub(crate) rows: HitRows,
    /// The choice.
    pub list: List,
}

impl HitList {
    /// Lists the hits of a scope; the one at or after `focus` is chosen.
    pub(crate) fn new(scope: HitScope, rows: HitRows, focus: Pos) -> Self {
        let list = List::default();
        let mut hits = Self { scope, rows, list };
        hits.choose(focus);
        hits
    }

    /// Lists these hits of the scope; the one at or after that which was chosen is chosen.
    pub(crate) fn relist(&mut self, rows: HitRows) {
        let chosen = self.rows.get(self.list.selected);
        let at = chosen.map_or(Pos(0), |(span, _)| span.start);
        self.rows = rows;
        self.choose(at);
    }

    fn choose(&mut self, at: Pos) {
        let next = self.rows.before(at);
        self.list.selected = next.min(self.rows.len().saturating_sub(1));
    }
}
