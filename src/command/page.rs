//! The type of a page: what is known of it besides its commands and its drawing.

use super::entry::Hint;
use crate::session::{Area, Mode, Session};
use crate::text::Say;

/// A page, and everything about it but its commands, which name it in their `When`, and its
/// drawing, which is in the table of the view.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    /// The page.
    pub(crate) mode: Mode,
    /// Its name in docs/keys.md.
    pub(crate) title: Say,
    /// Its rows; `None` where nothing moves.
    pub(crate) rows: Option<Rows>,
    /// The kind of its filter.
    pub(crate) filter: Filter,
    /// The words in an empty filter, which say what to type.
    pub(crate) placeholder: Say,
    /// The message for a filter without matches; `None` where the drawing function has its own.
    pub(crate) unmatched: Option<Say>,
    /// The commands whose keys are shown on the status row.
    pub(crate) hints: &'static [Hint],
    /// The text is seen beside it, and its place on the status row.
    pub(crate) is_over_text: bool,
    /// The text of the status row after the number of the chosen row.
    pub(crate) aside: fn(&Session) -> String,
}

/// The rows of a list or page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rows {
    /// Returns the number of items, or of rows of a page without a choice.
    pub(crate) count: fn(&Session) -> usize,
    /// Returns the area in which they are drawn.
    pub(crate) area: fn(&Session) -> Area,
    /// Returns the rows of the screen that an item takes.
    pub(crate) height: fn(&Session) -> u16,
    /// One of them is chosen; else the page scrolls.
    pub(crate) has_choice: bool,
}

/// The kind of filter of a page.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Filter {
    /// By what the text of an item holds: returns that of each.
    Texts(fn(&Session) -> Vec<String>),
    /// By a function of its own, called where another text was typed.
    Own(fn(&mut Session, &str)),
    /// As its rows are made.
    Drawn,
}

/// Returns an area without a title and, where there is room, an empty row.
pub(crate) fn below_title(area: Area) -> Area {
    area.below(if area.height > 8 { 2 } else { 1 })
}

impl Page {
    /// Makes a page without rows.
    pub(crate) const fn new(mode: Mode, title: Say) -> Self {
        Self {
            mode,
            title,
            rows: None,
            filter: Filter::Drawn,
            placeholder: ("筛选", "filter"),
            unmatched: Some(("没有符合的", "Nothing matches")),
            hints: &[],
            is_over_text: false,
            aside: |_| String::new(),
        }
    }

    /// Gives it items, one of which is chosen, a row each.
    pub(crate) const fn list(
        mut self,
        count: fn(&Session) -> usize,
        area: fn(&Session) -> Area,
    ) -> Self {
        self.rows = Some(Rows {
            count,
            area,
            height: |_| 1,
            has_choice: true,
        });
        self
    }

    /// Gives it rows that scroll.
    pub(crate) const fn scrolls(self, count: fn(&Session) -> usize) -> Self {
        let rows = Rows {
            count,
            area: |s| s.screen.body,
            height: |_| 1,
            has_choice: false,
        };
        Self {
            rows: Some(rows),
            ..self
        }
    }

    /// Gives it hints.
    pub(crate) const fn hints(self, hints: &'static [Hint]) -> Self {
        Self { hints, ..self }
    }

    /// Filters it by the texts of its items.
    pub(crate) const fn texts(self, texts: fn(&Session) -> Vec<String>) -> Self {
        let filter = Filter::Texts(texts);
        Self { filter, ..self }
    }

    /// Filters it by a function of its own.
    pub(crate) const fn filter(self, filter: fn(&mut Session, &str), placeholder: Say) -> Self {
        let filter = Filter::Own(filter);
        Self {
            filter,
            placeholder,
            ..self
        }
    }

    /// Shows the text beside it.
    pub(crate) const fn over_text(self) -> Self {
        Self {
            is_over_text: true,
            ..self
        }
    }
}
