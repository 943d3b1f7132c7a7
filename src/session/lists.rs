//! The list of hits: which, of whom, which one is chosen.
//!
//! The list keeps spans only; what stands around a hit is read from the text as
//! it is drawn.

use super::sieve::{Hit, Scope, hits};
use super::{Find, Session};
use crate::search::Query;
use crate::text::Pos;

/// State of the list of hits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Whose hits they are.
    pub scope: Scope,
    /// The hits, in text order, filtered.
    pub rows: Vec<Hit>,
    /// The chosen one.
    pub selected: usize,
    /// The first one on the screen.
    pub top: usize,
    /// What the rows must hold.
    pub filter: String,
}

impl List {
    /// Lists the hits of a scope; the one at or after `focus` is chosen.
    pub fn of(find: &Find, scope: Scope, focus: Pos) -> Self {
        let rows = hits(find, scope);
        let selected = rows
            .partition_point(|(s, _)| s.start < focus)
            .min(rows.len().saturating_sub(1));
        Self {
            scope,
            rows,
            selected,
            ..Self::default()
        }
    }

    /// Chooses another row, `by` further down.
    pub fn step(&mut self, by: isize) {
        self.selected = self
            .selected
            .saturating_add_signed(by)
            .min(self.rows.len().saturating_sub(1));
    }

    /// Keeps the choice on the screen of `height` rows.
    pub fn follow(&mut self, height: usize) {
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
        self.top = self.top.clamp(
            (self.selected + 1).saturating_sub(height.max(1)),
            self.selected,
        );
    }
}

impl Session {
    /// Shows only the rows of the list whose paragraph holds what is typed.
    pub fn filter_list(&mut self, typed: &str) {
        let chosen = self
            .find
            .list
            .rows
            .get(self.find.list.selected)
            .map_or(Pos(0), |(s, _)| s.start);
        let scope = self.find.list.scope;
        self.find.list = List::of(&self.find, scope, chosen);
        typed.clone_into(&mut self.find.list.filter);
        let Some(query) = Query::new(typed) else {
            return;
        };
        let document = self.article.document();
        let matches = query.find(document.text());
        let block = |pos: Pos| {
            document
                .block_at(pos)
                .and_then(|i| document.blocks().get(i))
                .map(|b| b.span)
        };
        let list = &mut self.find.list;
        list.rows
            .retain(|(s, _)| block(s.start).is_some_and(|b| !matches.within(b).is_empty()));
        list.selected = list
            .rows
            .partition_point(|(s, _)| s.start < chosen)
            .min(list.rows.len().saturating_sub(1));
    }
}
