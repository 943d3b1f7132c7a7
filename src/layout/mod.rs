//! Breaks text into rows of cells, as a Chinese book would.
//!
//! 1. [`class`] says what each cluster is for line breaking.
//! 2. [`breaks`] says between which clusters a row may end, and how dear it is.
//! 3. [`fill`] chooses among these places, row by row.
//! 4. [`measure`] holds what the reader sets: length of a row, indent, gap.
//! 5. [`flow`] cuts a document into the pieces that are laid out one at a time,
//!    so that no work is larger than what is looked at.
//! 6. [`face`] says what is drawn otherwise than it stands: quotes of two cells.
//! 7. [`table`] sets the rows of tables.
//! 8. [`masthead`] sets title and facts above the text.
//!
//! Rows are spans of the document's text; laying out is a pure function of the
//! text and the measure. Nothing here knows about colour, points, searching or
//! the terminal.

pub mod breaks;
pub mod class;
pub mod face;
pub mod fill;
pub mod flow;
pub mod masthead;
pub mod measure;
pub mod table;

pub use face::{Face, Glyph, Glyphs, glyphs};
pub use flow::{Flow, Piece};
pub use measure::Measure;

use crate::text::{Pos, Span};
use breaks::Prepared;
use fill::{Cut, Fit};
use std::sync::Arc;

/// One row of laid-out text.
///
/// Rows of a piece are in text order and cover it without gap or overlap:
/// `rows[i].span.end == rows[i + 1].span.start`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What the row covers, white space at its end counted in.
    pub span: Span,
    /// Where what is drawn ends.
    pub shown: Pos,
    /// Empty cells before the text.
    pub indent: u16,
    /// Cells that the drawn text takes, a hanging mark and all blanks counted in.
    pub cells: u16,
    /// Blank cells before the first cluster, counted in.
    pub lead: u8,
    /// The cells of a table that stand on this row, from the left; where there
    /// are any they are drawn, and the span only says where the row stands.
    pub parts: Arc<[Part]>,
}

/// A table's cell, or a row of one that wraps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Empty cells left of it, from the start of the measure.
    pub left: usize,
    /// What of the text stands there.
    pub row: Row,
    /// The name of its column, which is drawn before it.
    pub name: Option<Span>,
}

impl Row {
    /// The part of the text that is drawn.
    pub fn drawn(&self) -> Span {
        Span {
            start: self.span.start,
            end: self.shown,
        }
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
/// `bound`: stretches of the document that stay on one row with what follows
/// them, where anything else fits; sorted.
pub fn lay_out(
    text: &str,
    origin: Pos,
    setting: Setting,
    measure: &Measure,
    bound: &[Span],
) -> Vec<Row> {
    let mut p = Prepared::new(text, measure.face);
    if setting.first_indent > setting.rest_indent {
        // P-3: a quotation that opens a paragraph stands at the indent
        p.spacing.at_start[0] = 0;
    }
    let bound = bound
        .iter()
        .filter(|s| s.len() <= LONGEST_BOUND && s.start >= origin);
    let bound: Vec<_> = bound
        .map(|s| (s.start.byte() - origin.byte(), s.end.byte() - origin.byte()))
        .collect();
    if !bound.is_empty() {
        p.bind(&bound);
    }
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
            let cells = p.used(cut.start, cut.shown);
            let indent = if i == 0 {
                setting.first_indent
            } else {
                setting.rest_indent
            };
            let centre = if setting.centred {
                measure.cells.saturating_sub(indent + cells) / 2
            } else {
                0
            };
            Row {
                span: Span {
                    start: at(cut.start),
                    end: at(cut.end),
                },
                shown: at(cut.shown),
                indent: (indent + centre).min(usize::from(u16::MAX)) as u16,
                cells: cells.min(usize::from(u16::MAX)) as u16,
                lead: p.spacing.starting(cut.start) as u8,
                parts: Arc::default(),
            }
        })
        .collect()
}

/// A marker longer than this many bytes is no marker that could be kept on a
/// row with what follows.
const LONGEST_BOUND: usize = 30;

/// Rows of text that is set as it stands: cut where the cells end.
fn verbatim(p: &Prepared, fit: Fit) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let mut start = 0;
    while start < p.len() {
        let width = if cuts.is_empty() { fit.first } else { fit.rest };
        let mut end = start + 1;
        while end < p.len() && p.used(start, end + 1) <= width {
            end += 1;
        }
        cuts.push(Cut {
            start,
            shown: end,
            end,
        });
        start = end;
    }
    cuts
}
