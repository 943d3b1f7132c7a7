//! Columns of the lists of articles: the date at the left, the title, and right of it those that
//! have room.

use super::Role;
use super::row::RowPainter;
use crate::session::{Area, Session};
use crate::text::Say;

/// A column right of the title: its heading, its cells on a screen as most are and on a wide one,
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

/// The columns of a list: the width of the screen from which on there are dates, and those right
/// of the title, from the right.
pub(crate) struct Columns<T: 'static> {
    pub(crate) min_width_with_date: u16,
    pub(crate) right: &'static [Column<T>],
}

impl<T> Columns<T> {
    /// Draws the headings; the row then begins behind that of the title.
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
        row.left(lang.say(("标题", "title")), Role::Crumbs);
    }

    /// Draws the cells of an article but for its title, for which the row has the room then.
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

    /// Returns the cells before the titles.
    pub(crate) fn before_title(&self, session: &Session) -> u16 {
        if self.has_date(session) {
            DATE_CELLS
        } else {
            0
        }
    }

    fn has_date(&self, session: &Session) -> bool {
        session.screen.columns >= self.min_width_with_date
    }

    /// Returns the columns right of the title that have room.
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
    let (next, end) = (row.x + cells, row.end);
    row.end = next.saturating_sub(1).min(end);
    row.left(text, role);
    (row.x, row.end) = (next, end);
}
