//! Text into ratatui's cells, by our own widths.
//!
//! 1. [`Painter`] writes clusters: the symbol into the first cell, blanks into the other cells
//!    that it covers, as ratatui's own `Buffer::set_stringn` does. How many cells it covers is
//!    decided by the [`WidthPolicy`] alone, here and when the frame is sent.
//! 2. [`Painter::widget`] draws any ratatui widget into an area.
//! 3. Links are collected beside the cells.

use super::{Role, Theme};
use crate::session::Area;
use crate::source::sanitize;
use crate::text::{Ambiguous, Span, WidthPolicy};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};
use std::borrow::Cow;
use std::ops::Range;

/// Ambiguous characters of the interface, each with its replacement where they take two cells.
const REPLACEMENTS: &str = "“「|”」|‘『|’』|…..|—--|–- |·・|↑Up|↓Dn|←<-|→->";

/// Recognises a cluster that must not be drawn: it holds a control or bidi character.
fn is_unsafe(cluster: &str) -> bool {
    let is_control = |c| matches!(c, '\t' | '\n') || sanitize::is_hostile(c);
    cluster.chars().any(is_control)
}

impl From<Area> for Rect {
    fn from(area: Area) -> Self {
        Self::new(area.x, area.y, area.width, area.height)
    }
}

/// A stretch of text in one style.
pub(crate) type StyledSpan = (Span, Style);

/// Writes into a buffer.
pub(crate) struct Painter<'a> {
    buffer: &'a mut Buffer,
    theme: &'a Theme,
    /// Cells of a cluster on this terminal.
    pub(crate) widths: WidthPolicy,
    /// The links drawn so far.
    pub(crate) links: Vec<LinkCells>,
}

/// Neighbouring cells that link to an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkCells {
    /// The first column.
    pub x: u16,
    /// The row.
    pub y: u16,
    /// One past the last column.
    pub end: u16,
    /// The address.
    pub target: String,
}

impl<'a> Painter<'a> {
    pub(crate) fn new(buffer: &'a mut Buffer, theme: &'a Theme, widths: WidthPolicy) -> Self {
        let links = Vec::new();
        Self {
            buffer,
            theme,
            widths,
            links,
        }
    }

    pub(crate) fn style(&self, role: Role) -> Style {
        self.theme.style(role)
    }

    /// Returns whether the interface may draw characters of ambiguous width.
    pub(crate) fn is_narrow(&self) -> bool {
        self.widths.ambiguous == Ambiguous::Narrow
    }

    /// Returns one of two signs: the second where ambiguous characters take two cells.
    pub(crate) fn sign(&self, narrow: &'static str, wide: &'static str) -> &'static str {
        if self.is_narrow() { narrow } else { wide }
    }

    /// Returns a string of the interface as this terminal gets it: where ambiguous
    /// characters take two cells, others of as many cells replace them.
    pub(crate) fn own<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.is_narrow() {
            return Cow::Borrowed(text);
        }
        let mut own = text.to_owned();
        for pair in REPLACEMENTS.split('|') {
            let mut chars = pair.chars();
            let ambiguous = chars.next().unwrap_or_default();
            own = own.replace(ambiguous, chars.as_str());
        }
        Cow::Owned(own)
    }

    /// Empties the buffer.
    pub(crate) fn clear(&mut self) {
        let mut blank = Cell::EMPTY;
        blank.set_style(self.theme.base);
        self.buffer.content.fill(blank);
    }

    /// Empties an area.
    pub(crate) fn wipe(&mut self, area: Area) {
        self.widget(Clear, area);
        self.fill(area, self.theme.base);
    }

    /// Gives every cell of an area a style.
    pub(crate) fn fill(&mut self, area: Area, style: Style) {
        self.buffer.set_style(area.into(), style);
    }

    /// Draws a ratatui widget into an area. Where ambiguous characters take two cells
    /// ([`is_narrow`](Self::is_narrow) is false), it must not draw any.
    pub(crate) fn widget(&mut self, widget: impl Widget, area: Area) {
        let area = self.buffer.area.intersection(area.into());
        widget.render(area, self.buffer);
    }

    /// Writes one cluster, whose cells are known, at the first of the columns. Returns the
    /// column after it, or `None` where they are too few.
    pub(crate) fn sized(
        &mut self,
        columns: Range<u16>,
        y: u16,
        (cluster, cells): (&str, usize),
        style: Style,
    ) -> Option<u16> {
        let (x, width) = (columns.start, self.buffer.area.width);
        let next = x + cells as u16;
        if cells == 0 {
            return Some(x);
        }
        if next > columns.end.min(width) || is_unsafe(cluster) {
            return None;
        }
        let first = usize::from(y) * usize::from(width) + usize::from(x);
        let cells = self.buffer.content.get_mut(first..first + cells)?;
        for (i, cell) in cells.iter_mut().enumerate() {
            let symbol = if i == 0 { cluster } else { " " };
            if cell.symbol() != symbol {
                cell.set_symbol(symbol);
            }
            cell.set_style(style);
        }
        Some(next)
    }

    /// Records that cells of a row link to an address.
    pub(crate) fn link(&mut self, (x, end): (u16, u16), y: u16, target: &str) {
        match self.links.last_mut() {
            Some(last) if last.y == y && last.end == x && last.target == target => last.end = end,
            _ => self.links.push(LinkCells {
                x,
                y,
                end,
                target: target.to_owned(),
            }),
        }
    }
}
