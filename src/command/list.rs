//! Moving in a list: the same six functions for every list and page.
//!
//! They move the choice without regard to the end of the list; `pages::keep_choice` and
//! `Session::refresh` then keep it inside.

use crate::session::{Mode, Session};

/// Moves the choice of the list that the mode shows by `rows`, down where positive.
pub(crate) fn step(s: &mut Session, rows: isize) {
    if let Some(selected) = s.selected_row() {
        *selected = selected.saturating_add_signed(rows);
    }
}

/// Chooses the next row, or the `count`-th after this one.
pub(crate) fn next(s: &mut Session, count: Option<usize>) {
    step(s, count.unwrap_or(1).cast_signed());
}

/// Chooses the previous row, or the `count`-th before this one.
pub(crate) fn previous(s: &mut Session, count: Option<usize>) {
    step(s, -count.unwrap_or(1).cast_signed());
}

pub(crate) fn page_down(s: &mut Session, _: Option<usize>) {
    step(s, page_rows(s).cast_signed());
}

pub(crate) fn page_up(s: &mut Session, _: Option<usize>) {
    step(s, -page_rows(s).cast_signed());
}

pub(crate) fn first(s: &mut Session, _: Option<usize>) {
    step(s, isize::MIN);
}

pub(crate) fn last(s: &mut Session, _: Option<usize>) {
    step(s, isize::MAX);
}

/// Closes the list or page: back to the text.
pub(crate) fn close(s: &mut Session, _: Option<usize>) {
    s.mode = Mode::Read;
}

/// Rows of the list that a page key moves by.
fn page_rows(s: &Session) -> usize {
    let body = usize::from(s.screen.body.height);
    let rows = match s.mode {
        Mode::Outline => usize::from(s.screen.outline.height).saturating_sub(1),
        Mode::Hits => body.saturating_sub(1),
        // a mark takes two rows
        Mode::Marks => (body / 2).saturating_sub(1),
        Mode::Shelf => body.saturating_sub(3),
        _ => body.saturating_sub(2),
    };
    rows.max(1)
}
