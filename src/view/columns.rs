//! Columns of lists and tables: the date at the left, the name of each item, and right of it those
//! that have room; and the cells of a table that is filled from the left.

use super::Role;
use super::row::RowPainter;
use crate::session::{Area, Session};
use crate::text::Say;
use ratatui::style::Style;

/// A column right of the names: its heading, its cells on a screen as most are and on a wide one,
/// the width from which on it is there, and its text.
pub(crate) struct Column<T> {
    pub(crate) heading: fn(&Session) -> Say,
    pub(crate) cells: [u16; 2],
    pub(crate) min_width: u16,
    pub(crate) role: Role,
    pub(crate) text: fn(&Session, &T) -> String,
}

/// Width of the screen from which on columns are wide.
const MIN_WIDE_WIDTH: u16 = 160;
/// Empty cells between two columns.
const COLUMN_GAP: u16 = 2;
/// Cells of the column of dates.
const DATE_CELLS: u16 = 12;

impl<T> Column<T> {
    fn cells_on(&self, session: &Session) -> u16 {
        let [usual, wide] = self.cells;
        if session.screen.columns >= MIN_WIDE_WIDTH {
            wide
        } else {
            usual
        }
    }
}

/// Returns the first column and the end of a list that takes the whole width.
pub(crate) fn across(area: Area) -> (u16, u16) {
    let inset = u16::from(area.width > 24);
    (area.x + inset, (area.x + area.width).saturating_sub(inset))
}

/// The columns of a list: the width of the screen from which on there are dates, if ever; the
/// heading of the names; and the columns right of these, from the right.
pub(crate) struct Columns<T: 'static> {
    pub(crate) min_width_with_date: Option<u16>,
    pub(crate) name: Say,
    pub(crate) right: &'static [Column<T>],
}

impl<T> Columns<T> {
    /// Draws the headings; the row then begins behind that of the names.
    pub(crate) fn headings(&self, session: &Session, row: &mut RowPainter<'_, '_>) {
        let lang = session.settings.lang;
        for column in self.shown(session) {
            cell(
                row,
                column.cells_on(session),
                lang.say((column.heading)(session)),
                Role::Crumbs,
            );
        }
        if self.has_date(session) {
            left_cell(row, DATE_CELLS, lang.say(("日期", "date")), Role::Crumbs);
        }
        row.left(lang.say(self.name), Role::Crumbs);
    }

    /// Draws the cells of an item but for its name, for which the row has the room then.
    pub(crate) fn cells(
        &self,
        session: &Session,
        item: &T,
        date: &str,
        row: &mut RowPainter<'_, '_>,
    ) {
        for column in self.shown(session) {
            cell(
                row,
                column.cells_on(session),
                &(column.text)(session, item),
                column.role,
            );
        }
        if self.has_date(session) {
            left_cell(row, DATE_CELLS, date, Role::Facts);
        }
    }

    /// Returns the cells before the names.
    pub(crate) fn before_title(&self, session: &Session) -> u16 {
        if self.has_date(session) {
            DATE_CELLS
        } else {
            0
        }
    }

    fn has_date(&self, session: &Session) -> bool {
        let from = self.min_width_with_date;
        from.is_some_and(|width| session.screen.columns >= width)
    }

    /// Returns the columns right of the names that have room.
    fn shown(&self, session: &Session) -> impl Iterator<Item = &'static Column<T>> + use<T> {
        let width = session.screen.columns;
        self.right
            .iter()
            .filter(move |column| width >= column.min_width)
    }
}

/// Draws a text at the right end of a row, in a column of `cells`.
pub(crate) fn cell(row: &mut RowPainter<'_, '_>, cells: u16, text: &str, role: Role) {
    let (x, end) = (row.x, row.end);
    let room = cells.saturating_sub(COLUMN_GAP);
    if row.p.widths.text(text) <= usize::from(room) {
        row.right(text, role);
    } else {
        row.x = end.saturating_sub(room).max(x);
        row.left(text, role);
    }
    (row.x, row.end) = (x, end.saturating_sub(cells));
}

/// Draws a text into the next `cells` of a row, of which the last stays empty.
pub(crate) fn left_cell(row: &mut RowPainter<'_, '_>, cells: u16, text: &str, role: Role) {
    left_cell_styled(row, cells, text, row.style(role));
}

/// As [`left_cell`], in a style of its own.
pub(crate) fn left_cell_styled(row: &mut RowPainter<'_, '_>, cells: u16, text: &str, style: Style) {
    let (next, end) = (row.x + cells, row.end);
    row.end = next.saturating_sub(1).min(end);
    row.left_styled(text, style);
    (row.x, row.end) = (next.min(end), end);
}

/// Draws a number, or the heading over one, at the end of the next `cells` of a row.
pub(crate) fn number_cell(row: &mut RowPainter<'_, '_>, cells: u16, text: &str, role: Role) {
    number_cell_styled(row, cells, text, row.style(role));
}

/// As [`number_cell`], in a style of its own.
pub(crate) fn number_cell_styled(
    row: &mut RowPainter<'_, '_>,
    cells: u16,
    text: &str,
    style: Style,
) {
    let (next, end) = ((row.x + cells).min(row.end), row.end);
    row.end = next;
    let room = row.room().saturating_sub(1);
    let own = row.p.widths.text(text).min(room);
    row.x = next.saturating_sub(own as u16);
    row.left_styled(text, style);
    (row.x, row.end) = (next, end);
}
