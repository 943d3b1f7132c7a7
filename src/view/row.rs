//! One row of a page or list: parts from the left and from the right.

use super::Role;
use super::paint::Painter;
use crate::session::Area;
use crate::text::cluster::clusters;
use ratatui::style::Style;

/// Draws a row; its columns `x` and `end` close in on each other with every part.
pub(crate) struct RowPainter<'p, 'a> {
    pub(crate) p: &'p mut Painter<'a>,
    pub(crate) y: u16,
    /// The column where the next part at the left begins.
    pub(crate) x: u16,
    /// The column before which the next part ends.
    pub(crate) end: u16,
    /// The style of a row that is set off.
    pub(crate) over: Option<Style>,
    /// The parts of a chosen row keep what its style leaves open.
    blends: bool,
}

impl<'a> Painter<'a> {
    /// Returns a painter for a row between two columns.
    pub(crate) fn row(&mut self, (x, end): (u16, u16), y: u16) -> RowPainter<'_, 'a> {
        let (over, blends) = (None, false);
        RowPainter {
            p: self,
            y,
            x,
            end,
            over,
            blends,
        }
    }
}

impl RowPainter<'_, '_> {
    /// Sets the row off by its ground where it is the chosen one.
    pub(crate) fn set_off(self, chosen: bool, ground: Area) -> Self {
        self.set_off_as(chosen.then_some(Role::Chosen), ground)
    }

    /// Sets the row off by a ground in the style of a role.
    pub(crate) fn set_off_as(mut self, role: Option<Role>, ground: Area) -> Self {
        self.over = role.map(|role| self.p.style(role));
        if let Some(style) = self.over {
            self.p.fill(ground, style);
        }
        self
    }

    /// As [`set_off`](Self::set_off) by a ground of `height` rows, a cell wider at the left.
    pub(crate) fn set_off_rows(self, chosen: bool, height: u16) -> Self {
        let (x, y, width) = (self.x.saturating_sub(1), self.y, self.end - self.x + 1);
        let ground = Area {
            x,
            y,
            width,
            height,
        };
        self.set_off(chosen, ground)
    }

    /// Lets the parts of a chosen row keep what its style leaves open.
    pub(crate) fn blended(mut self) -> Self {
        self.blends = true;
        self
    }

    /// Returns the style of a role in this row.
    pub(crate) fn style(&self, role: Role) -> Style {
        let style = self.p.style(role);
        match self.over {
            Some(over) if self.blends => style.patch(over),
            over => over.unwrap_or(style),
        }
    }

    /// Writes a part from the left, cut with a mark where it has no room.
    pub(crate) fn left(&mut self, text: &str, role: Role) {
        self.left_styled(text, self.style(role));
    }

    /// As [`left`](Self::left), in a style of its own.
    pub(crate) fn left_styled(&mut self, text: &str, style: Style) {
        let (room, widths) = (self.room(), self.p.widths);
        if widths.head(text, room).0.len() == text.len() {
            self.put_styled(text, style);
            return;
        }
        let mark = self.p.sign("…", "..");
        if let Some(room) = room.checked_sub(widths.text(mark)) {
            self.put_styled(widths.head(text, room).0.trim_end(), style);
            self.put_styled(mark, style);
        }
    }

    /// Writes a part from the left, cut between clusters without a mark.
    pub(crate) fn put(&mut self, text: &str, role: Role) {
        self.put_styled(text, self.style(role));
    }

    /// As [`put`](Self::put), in a style of its own. Returns false where the text is cut.
    pub(crate) fn put_styled(&mut self, text: &str, style: Style) -> bool {
        let widths = self.p.widths;
        clusters(text).all(|(_, cluster)| self.put_cluster(cluster, widths.cluster(cluster), style))
    }

    /// Writes one cluster, whose cells are known. Returns false where it has no room.
    pub(crate) fn put_cluster(&mut self, cluster: &str, cells: usize, style: Style) -> bool {
        let columns = self.x..self.end;
        let next = self.p.sized(columns, self.y, (cluster, cells), style);
        self.x = next.unwrap_or(self.x);
        next.is_some()
    }

    /// Writes a part that ends at the right; leaves it out where it has no room.
    pub(crate) fn right(&mut self, text: &str, role: Role) {
        self.right_styled(text, self.style(role));
    }

    /// As [`right`](Self::right), in a style of its own.
    pub(crate) fn right_styled(&mut self, text: &str, style: Style) {
        let cells = self.p.widths.text(text);
        if cells <= self.room() {
            let (x, end) = (self.x, self.end - cells as u16);
            self.x = end;
            self.put_styled(text, style);
            (self.x, self.end) = (x, end);
        }
    }

    /// Returns the cells between the parts at the left and at the right.
    pub(crate) fn room(&self) -> usize {
        usize::from(self.end.saturating_sub(self.x))
    }
}
