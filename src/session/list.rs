//! A list on the screen: the chosen row, and the first row that is in view.

/// The choice in a list and how far it is scrolled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The chosen row.
    pub selected: usize,
    /// The first row on the screen.
    pub top: usize,
}

impl List {
    /// Keeps the choice among `len` rows, and on a screen of `height` rows.
    pub fn follow(&mut self, len: usize, height: usize) {
        self.selected = self.selected.min(len.saturating_sub(1));
        let lowest = (self.selected + 1).saturating_sub(height.max(1));
        self.top = self.top.clamp(lowest, self.selected);
    }
}
