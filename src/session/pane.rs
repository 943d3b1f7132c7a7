//! The outline pane: its visible entries, the chosen one, the first row.
//!
//! The pane follows the reading until it has the keys. Entries are identified by
//! their start, so that two may have the same name.

use super::list::List;
use crate::document::Document;
use crate::layout::PosSet;
use crate::outline::{Index, Outline};
use crate::search::Query;
use crate::text::Pos;

/// State of the outline pane.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pane {
    /// It is shown.
    pub open: bool,
    /// The reader opened or closed it, so that a resize no longer does.
    pub decided: bool,
    /// Indices of the entries that are not folded away.
    pub shown: Vec<Index>,
    /// The choice among `shown`.
    pub list: List,
    /// The starts of the folded entries.
    folded: PosSet,
    /// The entries that pass the filter, if there is one.
    passes: Option<Vec<bool>>,
}

impl Pane {
    /// Lists the outline of another article.
    pub(crate) fn reset(&mut self, outline: &Outline) {
        self.folded = PosSet::default();
        self.passes = None;
        self.list = List::default();
        self.show(outline);
    }

    /// Lists the outline of more of the same article: folds and the choice stay.
    pub fn grow(&mut self, outline: &Outline) {
        self.passes = None;
        self.list.filter.clear();
        self.relist(outline);
    }

    /// Lists the entries again; the choice stays. Linear in the entries.
    fn relist(&mut self, outline: &Outline) {
        let chosen = self.entry().unwrap_or_default();
        self.show(outline);
        self.list.selected = self.shown.partition_point(|e| e.get() < chosen);
    }

    /// Lists the entries that pass the filter or are not folded away.
    fn show(&mut self, outline: &Outline) {
        let mut hidden_below = None;
        self.shown.clear();
        for (i, entry) in outline.entries.iter().enumerate() {
            let hides = match &self.passes {
                Some(passes) => !passes.get(i).is_some_and(|passes| *passes),
                None => hidden_below.is_some_and(|depth| entry.depth > depth),
            };
            if !hides {
                self.shown.push(Index::new(i));
                let folded = self.folded.contains(entry.span.start);
                hidden_below = folded.then_some(entry.depth);
            }
        }
        self.shown.shrink_to_fit();
    }

    /// Shows only the entries whose label `query` is found in, and those above
    /// them; all entries for `None`. Linear in the entries.
    pub fn filter(&mut self, document: &Document, outline: &Outline, query: Option<Query>) {
        self.passes = query.map(|query| {
            let mut passes = vec![false; outline.entries.len()];
            // from below: an entry keeps the nearest one above it of each lesser depth
            let mut wanted = 0;
            for (entry, passes) in outline.entries.iter().zip(&mut passes).rev() {
                let hit = !query.find(document.slice(entry.label)).is_empty();
                if hit || entry.depth < wanted {
                    *passes = true;
                    wanted = entry.depth;
                }
            }
            passes
        });
        self.relist(outline);
    }

    /// Returns whether a filter is on.
    pub(crate) fn is_filtered(&self) -> bool {
        self.passes.is_some()
    }

    /// Returns the chosen entry.
    pub fn entry(&self) -> Option<usize> {
        self.shown.get(self.list.selected).map(|e| e.get())
    }

    /// Returns whether an entry's children are folded away.
    pub(crate) fn is_folded(&self, outline: &Outline, entry: usize) -> bool {
        let start = outline.entries.get(entry).map(|e| e.span.start);
        start.is_some_and(|start| self.folded.contains(start)) && Self::has_children(outline, entry)
    }

    /// Returns whether an entry has children.
    pub(crate) fn has_children(outline: &Outline, entry: usize) -> bool {
        let depth = |i: usize| outline.entries.get(i).map(|e| e.depth);
        depth(entry + 1).is_some_and(|next| depth(entry) < Some(next))
    }

    /// Folds the chosen entry, or goes to its parent if there is nothing to fold.
    pub fn fold(&mut self, outline: &Outline) {
        let Some(entry) = self.entry() else { return };
        if self.set_fold(outline, entry, true) {
            return;
        }
        if let Some(parent) = outline.entries.get(entry).and_then(|e| e.parent) {
            self.list.selected = self.shown.partition_point(|&e| e < parent);
        }
    }

    /// Unfolds the chosen entry, or goes to its first child if it is open.
    pub fn unfold(&mut self, outline: &Outline) {
        let Some(entry) = self.entry() else { return };
        if !self.set_fold(outline, entry, false) && Self::has_children(outline, entry) {
            self.list.selected += 1;
        }
    }

    /// Folds or unfolds all entries; the choice goes to the visible entry that holds it.
    pub(crate) fn fold_all(&mut self, outline: &Outline, fold: bool) {
        self.folded = PosSet::full(fold);
        let chosen = self.entry().unwrap_or_default();
        self.show(outline);
        let after = self.shown.partition_point(|e| e.get() <= chosen);
        self.list.selected = after.saturating_sub(1);
    }

    /// Folds the chosen entry, or the nearest above it that can be folded, which is chosen then;
    /// or unfolds the chosen one. Returns whether anything changed.
    pub(crate) fn fold_at_choice(&mut self, outline: &Outline, fold: bool) -> bool {
        let mut at = self.entry();
        while let Some(entry) = at {
            if self.set_fold(outline, entry, fold) {
                self.list.selected = self.shown.partition_point(|e| e.get() < entry);
                return true;
            }
            let parent = outline.entries.get(entry).and_then(|e| e.parent);
            at = parent.filter(|_| fold).map(Index::get);
        }
        false
    }

    /// Folds or unfolds an entry; returns whether that changed anything.
    fn set_fold(&mut self, outline: &Outline, entry: usize, fold: bool) -> bool {
        let can = Self::has_children(outline, entry) && self.is_folded(outline, entry) != fold;
        if can {
            self.folded.set(outline.entries[entry].span.start, fold);
            self.show(outline);
        }
        can
    }

    /// Keeps the choice on the entry at the focus, unless the pane has the keys, and the choice
    /// in view. A pane without the keys moves only when the choice leaves it, so that it is
    /// not redrawn with every page.
    pub fn follow(&mut self, outline: &Outline, focus: Pos, height: usize, focused: bool) {
        if !focused {
            self.list.selected = self.read_at(outline, focus);
        }
        self.list.height = height;
        self.list.selected = self.list.selected.min(self.shown.len().saturating_sub(1));
        let margin = (height / 4).min(3);
        let last = self.shown.len().saturating_sub(height);
        if !focused {
            if !(self.list.top..self.list.top + height).contains(&self.list.selected) {
                self.list.top = self.list.selected.saturating_sub(height / 3);
            }
        } else if self.list.selected < self.list.top + margin {
            self.list.top = self.list.selected.saturating_sub(margin);
        } else if self.list.selected + margin >= self.list.top + height {
            self.list.top = (self.list.selected + margin + 1).saturating_sub(height);
        }
        self.list.top = self.list.top.min(last);
    }

    /// Returns the visible entry that holds `focus`, or the next one.
    fn read_at(&self, outline: &Outline, focus: Pos) -> usize {
        let holding = outline.entry_holding(focus);
        let entry = holding.or_else(|| outline.entry_at(focus));
        let next = entry.map_or(0, |entry| self.shown.partition_point(|e| e.get() <= entry));
        next.saturating_sub(1)
    }
}
