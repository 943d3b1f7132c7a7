//! Breaks text into rows of cells, as a Chinese book would.
//!
//! 1. [`class`] says what each cluster is for line breaking.
//! 2. [`breaks`] says between which clusters a row may end, and how dear it is.
//! 3. [`fill`] chooses among these places, row by row.
//! 4. [`measure`] holds what the reader sets: length of a row, indent, gap.
//! 5. [`flow`] cuts a document into the pieces that are laid out one at a time,
//!    so that no work is larger than what is looked at.
//! 6. [`masthead`] sets title and facts above the text.
//!
//! Rows are spans of the document's text; laying out is a pure function of the
//! text and the measure. Nothing here knows about colour, points, searching or
//! the terminal.

pub mod breaks;
pub mod class;
pub mod fill;
pub mod flow;
pub mod masthead;
pub mod measure;

pub use flow::{Flow, Piece};
pub use measure::Measure;

use crate::text::{Pos, Span};
use breaks::Prepared;
use fill::{Cut, Fit};

/// One row of laid-out text.
///
/// Rows of a piece are in text order and cover it without gap or overlap:
/// `rows[i].span.end == rows[i + 1].span.start`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// What the row covers, white space at its end counted in.
    pub span: Span,
    /// Where what is drawn ends.
    pub shown: Pos,
    /// Empty cells before the text.
    pub indent: u16,
    /// Cells that the drawn text takes, a hanging mark counted in.
    pub cells: u16,
}

impl Row {
    /// The part of the text that is drawn.
    #[must_use]
    pub fn drawn(&self) -> Span {
        Span { start: self.span.start, end: self.shown }
    }
}

/// How one stretch of text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// Cells before the first row.
    pub first_indent: usize,
    /// Cells before every other row.
    pub rest_indent: usize,
    /// Cells kept free at the right.
    pub right: usize,
    /// Rows as equal as they can be: headings, titles.
    pub balanced: bool,
    /// Each row in the middle of the measure.
    pub centred: bool,
    /// Cut at any cluster, as it stands: code.
    pub verbatim: bool,
}

/// Lays out one stretch of text, which begins at `origin` of its document.
#[must_use]
pub fn lay_out(text: &str, origin: Pos, setting: Setting, measure: &Measure) -> Vec<Row> {
    let p = Prepared::new(text, measure.widths, measure.wide_quotes);
    let room = |indent: usize| measure.cells.saturating_sub(indent + setting.right).max(1);
    let fit = Fit {
        first: room(setting.first_indent),
        rest: room(setting.rest_indent),
        hang: measure.hang && !setting.balanced,
        widow: measure.widow && !setting.balanced && measure.cells >= measure::NARROW,
    };
    let cuts = match setting {
        Setting { verbatim: true, .. } => verbatim(&p, fit),
        Setting { balanced: true, .. } => fill::balanced(&p, fit),
        _ => fill::fill(&p, fit),
    };
    let at = |cluster: usize| Pos::new(origin.byte() + p.offsets[cluster] as usize);
    cuts.iter()
        .enumerate()
        .map(|(i, cut)| {
            let cells = p.cells[cut.shown] - p.cells[cut.start];
            let indent = if i == 0 { setting.first_indent } else { setting.rest_indent };
            let centre = if setting.centred { measure.cells.saturating_sub(indent + cells as usize) / 2 } else { 0 };
            Row {
                span: Span { start: at(cut.start), end: at(cut.end) },
                shown: at(cut.shown),
                indent: (indent + centre).min(usize::from(u16::MAX)) as u16,
                cells: cells.min(u32::from(u16::MAX)) as u16,
            }
        })
        .collect()
}

/// Rows of text that is set as it stands: cut where the cells end.
fn verbatim(p: &Prepared, fit: Fit) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let mut start = 0;
    while start < p.len() {
        let width = if cuts.is_empty() { fit.first } else { fit.rest };
        let mut end = start + 1;
        while end < p.len() && (p.cells[end + 1] - p.cells[start]) as usize <= width {
            end += 1;
        }
        cuts.push(Cut { start, shown: end, end });
        start = end;
    }
    cuts
}
