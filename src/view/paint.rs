//! Text into cells, by our own widths.
//!
//! The only code that writes a cell. Every cluster says in its cell how wide it is,
//! so that the terminal's painter has not to guess what this terminal does with an
//! ambiguous character.

use super::buffer::{Buffer, Wash};
use super::{Role, Theme};
use crate::session::Area;
use crate::source::sanitize;
use crate::text::{Ambiguous, WidthPolicy, cluster::clusters};
use ratatui::style::Style;
use std::borrow::Cow;

/// Ambiguous characters that the interface uses, and what stands for them.
const OURS: &[(char, &str)] = &[
    ('“', "「"),
    ('”', "」"),
    ('‘', "『"),
    ('’', "』"),
    ('…', ".."),
    ('—', "--"),
    ('–', "- "),
    ('·', "・"),
    ('↑', "Up"),
    ('↓', "Dn"),
    ('←', "<-"),
    ('→', "->"),
];

/// Whether a cluster is not to be drawn. U+3000 to U+3FFF, U+5000 to U+9FFF, U+FF00 to
/// U+FF7F, dashes, quotes, dots and lines are told by their bytes.
fn is_unfit(cluster: &str) -> bool {
    let fit = |bytes: &[u8]| {
        matches!(
            bytes,
            [b' '..=b'~']
                | [0xe3 | 0xe5..=0xe9, _, _]
                | [0xef, 0xbc | 0xbd, _]
                | [0xe2, 0x80, 0x90..=0xa7]
                | [0xe2, 0x94..=0x96, _]
        )
    };
    !fit(cluster.as_bytes()) && has_unfit(cluster)
}

/// The same, character by character.
#[inline(never)]
fn has_unfit(cluster: &str) -> bool {
    cluster
        .chars()
        .any(|c| matches!(c, '\t' | '\n') || sanitize::is_hostile(c))
}

/// Writes into a buffer.
pub struct Painter<'a> {
    buffer: &'a mut Buffer,
    theme: &'a Theme,
    /// What every cell has that nothing is written into.
    base: Wash,
    /// Cells of a cluster on this terminal.
    pub widths: WidthPolicy,
    /// Where links were drawn.
    pub links: Vec<LinkCells>,
}

/// Neighbouring cells that lead somewhere.
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
    /// A painter for that buffer.
    pub fn new(buffer: &'a mut Buffer, theme: &'a Theme, widths: WidthPolicy) -> Self {
        Self {
            buffer,
            theme,
            base: theme.base.into(),
            widths,
            links: Vec::new(),
        }
    }

    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        self.theme.style(role)
    }

    /// Whether characters of ambiguous width may be drawn by the interface.
    pub fn is_narrow(&self) -> bool {
        self.widths.ambiguous == Ambiguous::Narrow
    }

    /// What stands where text was cut: one cell where the terminal allows it.
    pub fn cut_mark(&self) -> &'static str {
        if self.is_narrow() { "…" } else { ".." }
    }

    /// A string of the interface as this terminal gets it: where ambiguous
    /// characters take two cells, others of as many cells stand for ours.
    pub fn own<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let other = |c: char| {
            OURS.iter()
                .find(|(ours, _)| *ours == c)
                .map(|(_, other)| *other)
        };
        if self.is_narrow() || !text.contains(|c| other(c).is_some()) {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match other(c) {
                Some(other) => out.push_str(other),
                None => out.push(c),
            }
        }
        Cow::Owned(out)
    }

    /// Empties the buffer.
    pub fn clear(&mut self) {
        self.buffer.clear(self.base);
    }

    /// Empties an area of whole rows, whatever was drawn there.
    pub fn wipe(&mut self, area: Area) {
        self.buffer.wipe(area, self.base);
    }

    /// Gives every cell of an area a style.
    pub fn fill(&mut self, area: Area, style: Style) {
        self.buffer.wash(area, style.into());
    }

    /// Writes text from `x` on, up to `end` (a column, not written). Cuts between
    /// clusters, without a mark. Returns the column after it.
    pub fn put(&mut self, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
        let (mut at, wash) = (x, style.into());
        let mut ahead = clusters(text);
        loop {
            let (next, all) = self.han(at, y, end, ahead.han(text.len()), wash);
            at = next;
            let Some((_, cluster)) = ahead.next().filter(|_| all) else {
                return at;
            };
            let Some(next) = self.cell(at, y, end, cluster, wash) else {
                return at;
            };
            at = next;
        }
    }

    /// Writes Han of three bytes and two cells each, as many as fit before `end`. Returns
    /// the column after them, and whether that was all.
    pub fn han(&mut self, x: u16, y: u16, end: u16, han: &str, wash: Wash) -> (u16, bool) {
        let room = usize::from(end.min(self.buffer.area.width).saturating_sub(x)) / 2;
        let fits = han.get(..han.len().min(3 * room)).unwrap_or_default();
        match self.buffer.write_han(x, y, fits, wash, self.base) {
            Some(()) => (x + (fits.len() / 3 * 2) as u16, fits.len() == han.len()),
            None => (x, false),
        }
    }

    /// Writes all clusters of what is drawn for one. Returns the column after
    /// them, or `None` where they do not fit before `end`.
    pub fn glyph(&mut self, x: u16, y: u16, end: u16, drawn: &str, wash: Wash) -> Option<u16> {
        clusters(drawn).try_fold(x, |at, (_, cluster)| self.cell(at, y, end, cluster, wash))
    }

    /// Says that a cell leads to an address.
    pub fn link(&mut self, x: u16, y: u16, end: u16, target: &str) {
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

    /// Writes one cluster. Returns the column after it, or `None` where it does
    /// not fit before `end`.
    pub fn cell(&mut self, x: u16, y: u16, end: u16, cluster: &str, wash: Wash) -> Option<u16> {
        self.sized(x, y, end, cluster, self.widths.cluster(cluster), wash)
    }

    /// As [`cell`](Self::cell), where the cells that the cluster takes are known.
    pub fn sized(
        &mut self,
        x: u16,
        y: u16,
        end: u16,
        cluster: &str,
        cells: usize,
        wash: Wash,
    ) -> Option<u16> {
        let width = cells as u16;
        if width == 0 {
            return Some(x);
        }
        if x + width > end.min(self.buffer.area.width) || is_unfit(cluster) {
            return None;
        }
        self.buffer.write(x, y, cluster, cells, wash, self.base)?;
        Some(x + width)
    }

    /// Writes text into at most `end - x` cells; what does not fit is cut with a
    /// mark. Returns the column after it.
    pub fn put_cut(&mut self, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
        let room = usize::from(end.saturating_sub(x));
        if self.widths.head(text, room).0.len() == text.len() {
            return self.put(x, y, end, text, style);
        }
        let mark = self.cut_mark();
        let cells = self.widths.text(mark);
        if room < cells {
            return x;
        }
        let (head, _) = self.widths.head(text, room - cells);
        let head = head.trim_end();
        let at = self.put(x, y, end, head, style);
        self.put(at, y, end, mark, style)
    }

    /// Writes text so that it ends before `end`, not left of `from`. Returns the
    /// column where it begins.
    pub fn put_right(&mut self, from: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
        let cells = self.widths.text(text);
        let room = usize::from(end.saturating_sub(from));
        if cells > room {
            return end;
        }
        let x = end - cells as u16;
        self.put(x, y, end, text, style);
        x
    }
}

#[cfg(test)]
mod tests {
    use super::super::theme::Depth;
    use super::*;

    #[test]
    fn han_are_written_as_any_cluster() {
        let theme = Theme::named("dark", None, Depth::True);
        for text in [
            "京津冀协同发展",
            "京津冀，a协同",
            "京\u{301}津",
            "“京津”冀",
            "",
        ] {
            for end in 0..20 {
                let (mut some, mut others) = (Buffer::new(16, 2), Buffer::new(16, 2));
                let (mut p, mut q) = (
                    Painter::new(&mut some, &theme, WidthPolicy::NARROW),
                    Painter::new(&mut others, &theme, WidthPolicy::NARROW),
                );
                let style = p.style(Role::Title);
                let at = p.put(3, 1, end, text, style);
                assert!(
                    q.glyph(3, 1, end, text, style.into())
                        .is_none_or(|next| next == at)
                );
                assert_eq!(some, others, "{text} {end}");
            }
        }
    }
}
