//! The list of hits: its scope, its rows, the chosen one.
//!
//! The list has spans only; the text around a hit is read as it is drawn.

use super::list::List;
use crate::text::{Pos, Span};

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

/// State of the list of hits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HitList {
    /// The search or keywords of the hits.
    pub scope: HitScope,
    /// The hits, in text order, filtered.
    pub rows: Vec<Hit>,
    /// The choice.
    pub list: List,
}

impl HitList {
    /// Lists the hits of a scope; the one at or after `focus` is chosen.
    pub fn new(scope: HitScope, rows: Vec<Hit>, focus: Pos) -> Self {
        let list = List::default();
        let mut hits = Self { scope, rows, list };
        hits.choose(focus);
        hits
    }

    /// Lists these hits of the scope; the one at or after that which was chosen is chosen.
    pub(crate) fn relist(&mut self, rows: Vec<Hit>) {
        let chosen = self.rows.get(self.list.selected);
        let at = chosen.map_or(Pos(0), |(span, _)| span.start);
        self.rows = rows;
        self.choose(at);
    }

    fn choose(&mut self, at: Pos) {
        let next = self.rows.partition_point(|(s, _)| s.start < at);
        self.list.selected = next.min(self.rows.len().saturating_sub(1));
    }
}
