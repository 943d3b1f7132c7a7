//! The page of the differences between two articles.

use super::list::List;
use crate::library::differences::{Comparison, DifferenceRow, DifferenceView};
use std::path::PathBuf;
use std::sync::Arc;

/// The page of the differences between two articles.
#[derive(Clone, Debug, Default)]
pub struct DifferencesPage {
    /// The differences.
    pub all: Arc<Comparison>,
    /// Date and title of both.
    pub names: [String; 2],
    /// The file of the second one.
    pub path: PathBuf,
    /// The rows, laid out.
    pub rows: Vec<DifferenceRow>,
    /// The scroll position.
    pub list: List,
    /// Paragraphs that are in both are shown.
    pub shows_same: bool,
    /// True while they are compared.
    pub is_running: bool,
    /// The rows at which differences begin.
    starts: Vec<usize>,
    /// The way to show them that was asked for last.
    pub(super) asked: Option<DifferenceView>,
}

impl DifferencesPage {
    /// Makes a page that is still to be filled; `path` is the file of the second article.
    pub(crate) fn of(names: [String; 2], path: PathBuf) -> Self {
        Self {
            names,
            path,
            is_running: true,
            ..Self::default()
        }
    }

    /// Shows other rows. A page that is laid out anew stays at its paragraph.
    pub(super) fn show(&mut self, rows: Vec<DifferenceRow>) {
        let top = self.rows.get(self.list.selected).map_or(0, |row| row.part);
        let is_same = |row: &DifferenceRow| row.folded > 0 || self.all.is_same(row.part);
        let begins = |(_, row): &(usize, &DifferenceRow)| row.is_first && !is_same(row);
        self.starts = rows
            .iter()
            .enumerate()
            .filter(begins)
            .map(|(i, _)| i)
            .collect();
        self.list.selected = rows.partition_point(|row| row.part < top);
        self.rows = rows;
    }

    /// Goes to the next difference, or the previous one; returns whether there is one.
    pub(crate) fn step(&mut self, forward: bool) -> bool {
        let here = self.list.selected;
        let next = if forward {
            let at = self.starts.partition_point(|start| *start <= here);
            self.starts.get(at)
        } else {
            let at = self.starts.partition_point(|start| *start < here);
            at.checked_sub(1).and_then(|at| self.starts.get(at))
        };
        if let Some(start) = next {
            self.list.selected = *start;
        }
        next.is_some()
    }
}
