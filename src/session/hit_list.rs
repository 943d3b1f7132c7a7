//! The list of hits: which hits, of whom, and which one is chosen.
//!
//! The list keeps spans only; the text around a hit is read as it is drawn.

use super::list::List;
use super::sieve::{Hit, Scope, hits};
use super::{Find, Session};
use crate::search::Query;
use crate::text::Pos;

/// State of the list of hits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HitList {
    /// Whose hits they are.
    pub scope: Scope,
    /// The hits, in text order, filtered.
    pub rows: Vec<Hit>,
    /// The choice.
    pub list: List,
    /// The text that the paragraph of every row must hold.
    pub filter: String,
}

impl HitList {
    /// Lists the hits of a scope; the one at or after `focus` is chosen.
    pub fn of(find: &Find, scope: Scope, focus: Pos) -> Self {
        let mut hit_list = Self {
            scope,
            rows: hits(find, scope),
            ..Self::default()
        };
        hit_list.select_from(focus);
        hit_list
    }

    /// Chooses the first hit at or after `focus`, else the last one.
    fn select_from(&mut self, focus: Pos) {
        let after = self.rows.partition_point(|(s, _)| s.start < focus);
        self.list.selected = after.min(self.rows.len().saturating_sub(1));
    }
}

impl Session {
    /// Shows only the hits whose paragraph holds the text that was typed.
    pub fn filter_hits(&mut self, typed: &str) {
        let before = &self.find.hits;
        let chosen = before.rows.get(before.list.selected);
        let chosen = chosen.map_or(Pos(0), |(s, _)| s.start);
        self.find.hits = HitList::of(&self.find, before.scope, chosen);
        typed.clone_into(&mut self.find.hits.filter);
        let Some(query) = Query::new(typed) else {
            return;
        };
        let document = self.article.document();
        let matches = query.find(document.text());
        let block = |pos: Pos| document.blocks().get(document.block_at(pos)?);
        let holds = |pos: Pos| block(pos).is_some_and(|b| !matches.within(b.span).is_empty());
        let hit_list = &mut self.find.hits;
        hit_list.rows.retain(|(s, _)| holds(s.start));
        hit_list.select_from(chosen);
    }
}
