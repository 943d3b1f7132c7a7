//! A list on the screen: its choice, its scrolling, its filter.
//!
//! Every list and every page that scrolls is one. The movements go beyond the ends; the list
//! is fitted to its rows and to the screen after each input: [`List::follow`], and
//! [`List::scroll`] for a page without a choice, whose chosen row is the first on the screen.

/// The choice in a list, how far it is scrolled, and what of it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The chosen row, among those that are shown.
    pub selected: usize,
    /// The first row on the screen.
    pub top: usize,
    /// The words that shown items must hold.
    pub filter: String,
    /// Rows that fit on the screen.
    pub(crate) height: usize,
    /// The filter that was applied last, and the number of items then.
    applied: (String, usize),
    /// The items that pass the filter; `None` for all.
    passing: Option<Vec<usize>>,
}

impl List {
    /// Moves the choice by `rows`, down where positive.
    pub(crate) fn step(&mut self, rows: isize) {
        self.selected = self.selected.saturating_add_signed(rows);
    }

    /// Moves the choice by a page, of which a row stays.
    pub(crate) fn page(&mut self, down: bool) {
        let rows = self.height.saturating_sub(1).max(1).cast_signed();
        self.step(if down { rows } else { -rows });
    }

    /// Keeps the choice among `len` rows, and on a screen of `height` rows.
    pub fn follow(&mut self, len: usize, height: usize) {
        self.height = height;
        self.selected = self.selected.min(len.saturating_sub(1));
        let lowest = (self.selected + 1).saturating_sub(height.max(1));
        let last = len.saturating_sub(height);
        self.top = self.top.clamp(lowest, self.selected).min(last.max(lowest));
    }

    /// Scrolls a page without a choice to the chosen row, at most to its end.
    pub(crate) fn scroll(&mut self, len: usize, height: usize) {
        self.height = height;
        self.selected = self.selected.min(len.saturating_sub(height));
        self.top = self.selected;
    }

    /// Returns whether the filter has to be applied to so many items; from then on it has been.
    pub(crate) fn is_due(&mut self, items: usize) -> bool {
        let due =
            self.applied.0 != self.filter || (self.passing.is_some() && self.applied.1 != items);
        if due {
            self.applied = (self.filter.clone(), items);
        }
        due
    }

    /// Shows only these items, or all; the chosen one stays chosen where it is among them.
    pub(crate) fn show(&mut self, passing: Option<Vec<usize>>) {
        let chosen = self.item();
        self.passing = passing;
        self.choose(chosen);
    }

    /// Shows only these items in their order, or all; the first one is chosen.
    pub(crate) fn show_from_top(&mut self, passing: Option<Vec<usize>>) {
        self.passing = passing;
        self.selected = 0;
    }

    /// Shows all items, which are others now, until the filter is applied to them.
    pub(crate) fn renew(&mut self) {
        self.applied.0.clear();
        self.passing = None;
    }

    /// Chooses an item, or the next one that is shown.
    pub(crate) fn choose(&mut self, item: usize) {
        let passing = self.passing.as_ref();
        self.selected = passing.map_or(item, |items| items.partition_point(|i| *i < item));
    }

    /// Returns the number of rows that are shown of so many items.
    pub fn len(&self, items: usize) -> usize {
        self.passing.as_ref().map_or(items, Vec::len)
    }

    /// Returns the chosen item; where none is shown, one behind the last.
    pub fn item(&self) -> usize {
        self.item_of(self.selected)
    }

    /// Returns the item of a row; where there is none, one behind the last.
    pub fn item_of(&self, row: usize) -> usize {
        let passing = self.passing.as_ref();
        passing.map_or(row, |items| items.get(row).copied().unwrap_or(usize::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_choice_stays_on_the_screen() {
        let mut list = List::default();
        for (step, selected, top) in [(3, 3, 0), (4, 7, 3), (-3, 4, 3), (-2, 2, 2), (90, 9, 5)] {
            list.step(step);
            list.follow(10, 5);
            assert_eq!((list.selected, list.top), (selected, top), "{step}");
        }
        list.page(false);
        list.follow(10, 5);
        assert_eq!((list.selected, list.top), (5, 5));
        list.scroll(10, 8);
        assert_eq!((list.selected, list.top), (2, 2));
    }

    #[test]
    fn a_filter_keeps_the_chosen_item() {
        let mut list = List {
            selected: 4,
            ..List::default()
        };
        list.show(Some(vec![1, 4, 6]));
        assert_eq!((list.selected, list.item(), list.len(9)), (1, 4, 3));
        list.show(Some(vec![5]));
        assert_eq!((list.selected, list.item()), (0, 5));
        list.show(Some(Vec::new()));
        assert_eq!(list.item(), usize::MAX);
        list.show(None);
        list.follow(9, 5);
        assert_eq!(list.len(9), 9);
    }
}
