//! One row of a page or list: parts from the left and from the right.

use super::Role;
use super::paint::Painter;
use crate::session::Area;
use ratatui::style::Style;

/// Draws a row; its columns `x` and `end` close in on each other with every part.
pub(crate) struct RowPainter<'p, 'a> {
    pub(crate) p: &'p mut Painter<'a>,
    pub(crate) y: u16,
    /// The column where the next part at the left begins.
    pub(crate) x: u16,
    /// The column before which the next part ends.
    pub(crate) end: u16,
    /// The style of a chosen row.
    over: Option<Style>,
    /// True if the parts of a chosen row keep what its style leaves open.
    blends: bool,
}

impl<'a> Painter<'a> {
    /// Returns a painter for a row between two columns.
    pub(crate) fn row(&mut self, (x, end): (u16, u16), y: u16) -> RowPainter<'_, 'a> {
        RowPainter {
            p: self,
            y,
            x,
            end,
            over: None,
            blends: false,
        }
    }
}

impl RowPainter<'_, '_> {
    /// Sets the row off by its ground where it is the chosen one.
    pub(crate) fn set_off(mut self, chosen: bool, ground: Area) -> Self {
        if chosen {
            let style = self.p.style(Role::Chosen);
            self.p.fill(ground, style);
            self.over = Some(style);
        }
        self
    }

    /// As [`set_off`](Self::set_off) by a ground of `height` rows, a cell wider at the left.
    pub(crate) fn set_off_rows(self, chosen: bool, height: u16) -> Self {
        let ground = Area {
            x: self.x.saturating_sub(1),
            y: self.y,
            width: self.end - self.x + 1,
            height,
        };
        self.set_off(chosen, ground)
    }

    /// Lets the parts of a chosen row keep what its style leaves open.
    pub(crate) fn blended(mut self) -> Self {
        self.blends = true;
        self
    }

    /// The style of a role in this row.
    pub(crate) fn style(&self, role: Role) -> Style {
        let style = self.p.style(role);
        match self.over {
            Some(over) if self.blends => style.patch(over),
            over => over.unwrap_or(style),
        }
    }

    /// Writes a part from the left, cut where it has no room.
    pub(crate) fn left(&mut self, text: &str, role: Role) {
        self.left_styled(text, self.style(role));
    }

    /// As [`left`](Self::left), in a style of its own.
    pub(crate) fn left_styled(&mut self, text: &str, style: Style) {
        self.x = self.p.put_cut(self.x, self.y, self.end, text, style);
    }

    /// Writes a part from the left, cut between clusters without a mark.
    pub(crate) fn put(&mut self, text: &str, role: Role) {
        let style = self.style(role);
        self.x = self.p.put(self.x, self.y, self.end, text, style);
    }

    /// Writes a part that ends at the right; leaves it out where it has no room.
    pub(crate) fn right(&mut self, text: &str, role: Role) {
        let style = self.style(role);
        self.end = self.p.put_right(self.x, self.y, self.end, text, style);
    }
}
