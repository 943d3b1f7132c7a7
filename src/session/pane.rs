//! What the outline pane shows: which entries, which is chosen, from where.
//!
//! The pane follows the reading until it has the keys. Entries are known by
//! where they start, so nothing breaks when two are called the same.

use super::List;
use crate::document::Document;
use crate::outline::{Index, Outline};
use crate::search::Query;
use crate::text::Pos;
use std::collections::BTreeSet;

/// State of the outline pane.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pane {
    /// Whether it is shown.
    pub open: bool,
    /// Whether the reader opened or closed it himself, so that a resize does
    /// not decide any more.
    pub decided: bool,
    /// Indices of the entries that are not folded away.
    pub shown: Vec<Index>,
    /// The choice among `shown`.
    pub list: List,
    folded: BTreeSet<Pos>,
    /// The entries that the filter lets through, where there is one.
    kept: Option<Vec<bool>>,
}

impl Pane {
    /// Begins anew for another article.
    pub fn reset(&mut self, outline: &Outline) {
        self.folded.clear();
        self.kept = None;
        self.list = List::default();
        self.show(outline);
    }

    /// More of the same article: folds and the choice stay.
    pub fn grow(&mut self, outline: &Outline) {
        let chosen = self.entry();
        self.kept = None;
        self.show(outline);
        self.list.selected =
            chosen.map_or(0, |entry| self.shown.partition_point(|e| e.get() < entry));
    }

    /// Finds the entries that are shown. Linear in the entries; called when
    /// they or the folds change.
    fn show(&mut self, outline: &Outline) {
        let mut hidden_below = None;
        self.shown.clear();
        // room that grows leaves holes in memory
        self.shown
            .reserve_exact(if self.kept.is_none() && self.folded.is_empty() {
                outline.entries.len()
            } else {
                0
            });
        for (i, entry) in outline.entries.iter().enumerate() {
            let filtered = self.kept.as_ref();
            if filtered.map_or(
                hidden_below.is_some_and(|depth| entry.depth > depth),
                |kept| !kept.get(i).copied().unwrap_or_default(),
            ) {
                continue;
            }
            self.shown.push(Index::new(i));
            hidden_below = self
                .folded
                .contains(&entry.span.start)
                .then_some(entry.depth);
        }
    }

    /// Shows only the entries whose label `query` finds something in, and those
    /// that they stand under; everything again for `None`. Linear in the entries.
    pub fn filter(&mut self, document: &Document, outline: &Outline, query: Option<Query>) {
        let chosen = self.entry();
        self.kept = query.map(|query| {
            let mut kept = vec![false; outline.entries.len()];
            // from below: an entry keeps the nearest one above it of each lesser depth
            let mut wanted = 0;
            for (i, entry) in outline.entries.iter().enumerate().rev() {
                let hit = !query.find(document.slice(entry.label)).is_empty();
                if hit || entry.depth < wanted {
                    kept[i] = true;
                    wanted = entry.depth;
                }
            }
            kept
        });
        self.show(outline);
        self.list.selected =
            chosen.map_or(0, |entry| self.shown.partition_point(|e| e.get() < entry));
    }

    /// Whether a filter is on.
    pub fn is_filtered(&self) -> bool {
        self.kept.is_some()
    }

    /// The chosen entry.
    pub fn entry(&self) -> Option<usize> {
        self.shown.get(self.list.selected).map(|e| e.get())
    }

    /// Whether an entry's children are folded away.
    pub fn is_folded(&self, outline: &Outline, entry: usize) -> bool {
        outline
            .entries
            .get(entry)
            .is_some_and(|e| self.folded.contains(&e.span.start))
    }

    /// Whether an entry has children.
    pub fn has_children(outline: &Outline, entry: usize) -> bool {
        matches!((outline.entries.get(entry), outline.entries.get(entry + 1)), (Some(a), Some(b)) if b.depth > a.depth)
    }

    /// Folds the chosen entry; where it is folded or has nothing to fold, goes
    /// to what it stands under.
    pub fn fold(&mut self, outline: &Outline) {
        let Some(entry) = self.entry() else { return };
        if Self::has_children(outline, entry) && !self.is_folded(outline, entry) {
            self.set_fold(outline, entry, true);
            return;
        }
        if let Some(parent) = outline.entries.get(entry).and_then(|e| e.parent) {
            self.list.selected = self.shown.partition_point(|&e| e < parent);
        }
    }

    /// Unfolds the chosen entry; where it is open, goes to its first child.
    pub fn unfold(&mut self, outline: &Outline) {
        let Some(entry) = self.entry() else { return };
        if self.is_folded(outline, entry) {
            self.set_fold(outline, entry, false);
        } else if Self::has_children(outline, entry) {
            self.list.selected += 1;
        }
    }

    fn set_fold(&mut self, outline: &Outline, entry: usize, fold: bool) {
        if let Some(start) = outline.entries.get(entry).map(|e| e.span.start) {
            if fold {
                self.folded.insert(start);
            } else {
                self.folded.remove(&start);
            }
            self.show(outline);
        }
    }

    /// Keeps the choice on the entry that is being read, unless the pane has
    /// the keys, and the choice in view. A pane that only follows stands until the
    /// entry has left it, so that it is not drawn anew with every page.
    pub fn follow(&mut self, outline: &Outline, focus: Pos, height: usize, focused: bool) {
        if !focused {
            self.list.selected = self.read_at(outline, focus);
        }
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

    /// The entry that is read where one looks at `focus`; before the first one that is to
    /// come.
    fn read_at(&self, outline: &Outline, focus: Pos) -> usize {
        let entry = outline
            .entry_holding(focus)
            .or_else(|| outline.entry_at(focus));
        entry.map_or(0, |entry| {
            self.shown
                .partition_point(|e| e.get() <= entry)
                .saturating_sub(1)
        })
    }
}
