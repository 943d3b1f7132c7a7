//! The measure: the length of a row and the marks of a paragraph, as the reader sets them.
//!
//! The whole input of layout beside the text. All lengths are cells.

use super::face::Face;
#[cfg(test)]
use crate::text::WidthPolicy;

/// The typographer's measure (行长) and what goes with it.
///
/// ```
/// use jingdu::layout::{BlockStyle, Measure, lay_out};
/// use jingdu::text::Pos;
/// let text = "河水涨上来的那天夜里，全镇的人都没有睡。";
/// let last = |widow| {
///     let measure = Measure { cells: 20, widow, ..Measure::default() };
///     let style = BlockStyle::default();
///     lay_out(text, Pos(0), style, &measure, &[]).pop().unwrap().span.of(text)
/// };
/// assert_eq!((last(false), last(true)), ("睡。", "有睡。"));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "independent choices of the reader, each a switch"
)]
pub struct Measure {
    /// Length of a row. Han take two cells, so an even number leaves no rest.
    pub cells: usize,
    /// First-line indent of a paragraph.
    pub indent: usize,
    /// A blank row between paragraphs.
    pub gap: bool,
    /// One stop may hang in a gutter of two cells right of the measure.
    pub hang: bool,
    /// The last row of a paragraph holds two characters at least.
    pub widow: bool,
    /// An empty row between rows (open leading).
    pub leading: bool,
    /// Rows keep the order of the text, also in tables.
    pub linear: bool,
    /// Cells that are kept left of it for the numbers of paragraphs; 0 where none are shown.
    pub numbers: usize,
    /// The drawing of clusters.
    pub face: Face,
}

/// Default measure: 36 Han (F-8).
pub const DEFAULT: usize = 72;
/// The shortest measure a reader can choose.
pub const MIN_CELLS: usize = 40;
/// The longest measure a reader can choose.
pub const MAX_CELLS: usize = 80;
/// The gutter right of the measure for a hanging mark (F-2).
pub const GUTTER: usize = 2;
/// Rows shorter than this are set without indent, gutter and widow rule (F-10).
pub const NARROW: usize = 20;

impl Measure {
    /// Returns the measure for a pane of `pane` cells and a reader who wants rows of
    /// `wish` cells: with an indent of two Han (P-1) unless `gap` separates paragraphs.
    ///
    /// Even, so that a row of Han leaves no remainder (F-7); a pane too narrow
    /// for the wish gives four cells to its margins, a very narrow one none.
    ///
    /// ```
    /// use jingdu::layout::{Face, Measure, measure};
    /// let fitted = |pane, gap| Measure::fitted(pane, measure::DEFAULT, gap, true, Face::default());
    /// // a wide pane holds the 36 Han that were asked for, a narrow one fewer
    /// assert_eq!((fitted(120, false).cells, fitted(41, false).cells), (72, 36));
    /// // an indent or a blank row, never both
    /// assert_eq!((fitted(120, false).indent, fitted(120, true).indent), (4, 0));
    /// ```
    pub fn fitted(pane: usize, wish: usize, gap: bool, hang: bool, face: Face) -> Self {
        // a pane that just holds the wish and its gutter needs no margins
        let margins = if pane < NARROW + 4 || pane >= wish + GUTTER {
            0
        } else {
            4
        };
        let cells = (pane.saturating_sub(margins).min(wish).max(2)) & !1;
        let roomy = cells >= NARROW;
        let indent = match cells {
            _ if gap || !roomy => 0,
            0..30 => 2,
            _ => 4,
        };
        Self {
            cells,
            indent,
            gap,
            hang: hang && roomy && pane > cells + GUTTER,
            widow: roomy,
            leading: false,
            linear: false,
            numbers: 0,
            face,
        }
    }

    /// Returns the cells of a pane beside the measure and its gutter.
    ///
    /// ```
    /// use jingdu::layout::{Face, Measure};
    /// let measure = Measure::fitted(100, 72, false, true, Face::default());
    /// assert_eq!(measure.free(100), 100 - 72 - 2);
    /// assert_eq!(measure.free(60), 0);
    /// ```
    pub fn free(&self, pane: usize) -> usize {
        let gutter = if self.hang { GUTTER } else { 0 };
        pane.saturating_sub(self.cells + gutter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_pane_keeps_the_grid() {
        let at =
            |pane| Measure::fitted(pane, DEFAULT, false, true, Face::plain(WidthPolicy::NARROW));
        assert_eq!((at(120).cells, at(120).indent), (72, 4));
        assert_eq!((at(41).cells, at(41).indent), (36, 4));
        assert_eq!((at(20).cells, at(20).indent, at(20).hang), (20, 2, false));
        assert_eq!((at(11).cells, at(11).indent, at(11).hang), (10, 0, false));
        assert_eq!(at(0).cells, 2);
    }
}
