//! Breaks text into rows of cells, as a Chinese book would.
//!
//! 1. [`class`] gives each cluster its line-breaking class.
//! 2. [`breaks`] says between which clusters a row may end, and the cost of each break.
//! 3. [`fill`] chooses among these breaks, row by row.
//! 4. [`measure`] has what the reader sets: length of a row, indent, gap.
//! 5. [`flow`] cuts a document into the segments that are laid out one at a time,
//!    so that no work is larger than what is looked at.
//! 6. [`face`] draws quotes of two cells and other changes of the drawn text.
//! 7. [`table`] lays out the rows of tables.
//! 8. [`masthead`] lays out title and facts above the text.
//! 9. [`pos_set`] says which folds and entries are open.
//!
//! Rows are spans of the document's text; laying out is a pure function of the
//! text and the measure. Nothing here knows about colour, points, searching or
//! the terminal.
//!
//! A paragraph at a measure of 12 Han, row by row:
//!
//! ```
//! use jingdu::layout::{BlockStyle, Face, Measure, glyphs, lay_out};
//! use jingdu::text::{Pos, Span, WidthPolicy};
//!
//! let text = "渡口的老人说：“水涨了就等，水落了再走。”我们等了三天，船才来。";
//! // quotes of two cells keep the Han on their grid, and one stop may hang
//! let face = Face { wide_quotes: true, ..Face::plain(WidthPolicy::NARROW) };
//! let measure = Measure::fitted(30, 24, false, true, face);
//! let style = BlockStyle::indented(measure.indent, 0);
//! let rows = lay_out(text, Pos(0), style, &measure, &[]);
//!
//! let within = Span::new(0, text.len());
//! let page = rows.iter().map(|row| {
//!     let drawn = glyphs(text, within, row, face).map(|g| " ".repeat(g.blanks) + g.drawn);
//!     " ".repeat(row.indent.into()) + &drawn.collect::<String>()
//! });
//! assert_eq!(
//!     page.collect::<Vec<_>>(),
//!     [
//!         "  渡口的老人说： “水涨了",
//!         "就等，水落了再走。” 我们",
//!         "等了三天，船才来。",
//!     ]
//! );
//! ```
//!
//! # Rules
//!
//! Comments name the rules by the codes of docs/typography.md, which has their sources, and
//! `tests/conformance` their cases.

pub(crate) mod breaks;
pub(crate) mod class;
pub(crate) mod face;
pub(crate) mod fill;
pub(crate) mod flow;
pub(crate) mod masthead;
pub mod measure;
pub(crate) mod pos_set;
pub(crate) mod table;

pub use face::{Face, Glyph, glyphs};
pub use flow::{Flow, Segment};
pub use measure::Measure;
pub use pos_set::PosSet;

use crate::text::{Pos, Span};
use breaks::Prepared;
use fill::{Fit, RowRange};
use std::sync::Arc;

/// One row of laid-out text.
///
/// Rows of a segment are in text order and cover it without gap or overlap:
/// `rows[i].span.end == rows[i + 1].span.start`.
///
/// ```
/// use jingdu::layout::{BlockStyle, Measure, lay_out};
/// use jingdu::text::Pos;
/// let text = "灯笼一盏一盏亮起来，河面也跟着亮了。";
/// let measure = Measure { cells: 12, ..Measure::default() };
/// let rows = lay_out(text, Pos(0), BlockStyle::default(), &measure, &[]);
/// assert!(rows.windows(2).all(|two| two[0].span.end == two[1].span.start));
/// let all: String = rows.iter().map(|row| row.span.of(text)).collect();
/// assert_eq!(all, text);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The text of the row, white space at its end included.
    pub span: Span,
    /// The end of the drawn text.
    pub shown: Pos,
    /// Empty cells before the text.
    pub indent: u16,
    /// Cells of the drawn text, a hanging mark and all blanks included.
    pub cells: u16,
    /// Blank cells before the first cluster, included in `cells`.
    pub lead: u8,
    /// The table cells on this row, from the left. A row that has any draws only them.
    pub parts: Arc<[CellPart]>,
}

/// The part of a table's cell on one row.
///
/// ```
/// # use jingdu::{format::{ParseOptions, parse}, layout::{Flow, Measure}, source, text::Pos};
/// let text = "# 渡口\n\n渡口的船期如下。\n\n| 渡口 | 船期 | 票价 |\n|---|---|---|\n| 上湾 | 每天两班 | 三元 |\n";
/// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
/// let last = Flow::default().segment_at(&document, document.end()).unwrap();
/// let parts = |cells| -> Vec<_> {
///     let measure = Measure { cells, ..Measure::default() };
///     let rows = Flow::default().rows(&document, &last, &measure);
///     let parts = rows.iter().flat_map(|row| row.parts.to_vec());
///     parts.map(|p| (p.left, p.name.map(|n| document.slice(n)), document.slice(p.row.drawn()))).collect()
/// };
/// // side by side where there is room, else each behind the name of its column
/// assert_eq!(parts(40), [(0, None, "上湾"), (6, None, "每天两班"), (16, None, "三元")]);
/// assert_eq!(
///     parts(14),
///     [(6, Some("渡口"), "上湾"), (6, Some("船期"), "每天两班"), (6, Some("票价"), "三元")]
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellPart {
    /// Empty cells left of it, from the start of the measure.
    pub left: usize,
    /// The text of the part.
    pub row: Row,
    /// The name of its column, drawn before it.
    pub name: Option<Span>,
}

impl Row {
    /// Returns the drawn part of the text.
    ///
    /// ```
    /// use jingdu::layout::{BlockStyle, Measure, lay_out};
    /// use jingdu::text::Pos;
    /// let text = "slow river";
    /// let measure = Measure { cells: 6, ..Measure::default() };
    /// let rows = lay_out(text, Pos(0), BlockStyle::default(), &measure, &[]);
    /// assert_eq!((rows[0].span.of(text), rows[0].drawn().of(text)), ("slow ", "slow"));
    /// assert_eq!(rows[1].drawn().of(text), "river");
    /// ```
    pub fn drawn(&self) -> Span {
        Span::between(self.span.start, self.shown)
    }
}

/// The indents and the alignment of a block.
///
/// ```
/// use jingdu::layout::{BlockStyle, Measure, lay_out};
/// use jingdu::text::Pos;
/// let heading = "让每一盏灯都亮在回家的路上";
/// let rows = |style| {
///     let measure = Measure { cells: 20, ..Measure::default() };
///     let rows = lay_out(heading, Pos(0), style, &measure, &[]);
///     rows.iter().map(|row| row.span.of(heading)).collect::<Vec<_>>()
/// };
/// assert_eq!(rows(BlockStyle::default()), ["让每一盏灯都亮在回家", "的路上"]);
/// let balanced = BlockStyle { balanced: true, ..BlockStyle::default() };
/// assert_eq!(rows(balanced), ["让每一盏灯都亮", "在回家的路上"]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BlockStyle {
    /// Cells before the first row.
    pub first_indent: usize,
    /// Cells before every other row.
    pub rest_indent: usize,
    /// Cells kept free at the right.
    pub right: usize,
    /// Rows of nearly equal length: headings, titles.
    pub balanced: bool,
    /// Each row in the middle of the measure.
    pub centred: bool,
    /// Cut at any cluster, white space kept: code.
    pub verbatim: bool,
}

/// Markers longer than this are not kept on one row with the text behind them.
const MAX_MARKER_BYTES: usize = 30;

impl BlockStyle {
    /// Returns a style with these indents of the first row and of the others.
    ///
    /// ```
    /// use jingdu::layout::{BlockStyle, Measure, lay_out};
    /// use jingdu::text::Pos;
    /// let measure = Measure { cells: 12, ..Measure::default() };
    /// let style = BlockStyle::indented(4, 0);
    /// let rows = lay_out("小镇醒得很早，卖菜的人更早。", Pos(0), style, &measure, &[]);
    /// let indents: Vec<u16> = rows.iter().map(|row| row.indent).collect();
    /// assert_eq!(indents, [4, 0, 0]);
    /// ```
    pub fn indented(first_indent: usize, rest_indent: usize) -> Self {
        Self {
            first_indent,
            rest_indent,
            ..Self::default()
        }
    }

    fn fit(&self, measure: &Measure) -> Fit {
        let room = |indent: usize| measure.cells.saturating_sub(indent + self.right).max(1);
        Fit {
            first: room(self.first_indent),
            rest: room(self.rest_indent),
            hang: measure.hang && !self.balanced,
            widow: measure.widow && !self.balanced && measure.cells >= measure::NARROW,
        }
    }
}

/// Lays out the text of a block, or a part of it, that begins at `origin` of its document.
/// `markers` are spans of the document, sorted: they are not cut, and move to the next row with
/// the text behind them where that hardly shortens the row above (I-8).
///
/// ```
/// use jingdu::layout::{BlockStyle, Measure, lay_out};
/// use jingdu::text::{Pos, Span};
/// let rows = |text: &'static str, cells, hang, markers: &[Span]| -> Vec<&str> {
///     let measure = Measure { cells, hang, ..Measure::default() };
///     let rows = lay_out(text, Pos(0), BlockStyle::default(), &measure, markers);
///     rows.iter().map(|row| row.span.of(text)).collect()
/// };
/// // a stop never begins a row: its character comes with it, or it hangs in the gutter
/// assert_eq!(rows("他等了三天，船才来。", 10, false, &[]), ["他等了三", "天，船才", "来。"]);
/// assert_eq!(rows("他等了三天，船才来。", 10, true, &[]), ["他等了三天，", "船才来。"]);
/// // a marker is not cut in two
/// let text = "渡口想要修得更好，一是清淤。";
/// let at = text.find("一是").unwrap();
/// let marker = Span::new(at, at + "一是".len());
/// assert_eq!(rows(text, 20, false, &[]), ["渡口想要修得更好，一", "是清淤。"]);
/// assert_eq!(rows(text, 20, false, &[marker]), ["渡口想要修得更好，", "一是清淤。"]);
/// ```
pub fn lay_out(
    text: &str,
    origin: Pos,
    style: BlockStyle,
    measure: &Measure,
    markers: &[Span],
) -> Vec<Row> {
    let mut p = Prepared::new(text, measure.face);
    if style.first_indent > style.rest_indent {
        p.spacing.at_start[0] = 0; // P-3
    }
    let is_bound = |s: &&Span| s.len() <= MAX_MARKER_BYTES && s.start >= origin;
    let bytes = |s: &Span| (s.start.byte() - origin.byte(), s.end.byte() - origin.byte());
    let markers: Vec<_> = markers.iter().filter(is_bound).map(bytes).collect();
    if !markers.is_empty() {
        p.bind(&markers);
    }
    let fit = style.fit(measure);
    let ranges = if style.verbatim {
        verbatim(&p, fit)
    } else if style.balanced {
        fill::balanced(&p, fit)
    } else {
        fill::fill(&p, fit)
    };
    let at = |cluster: usize| Pos::new(origin.byte() + p.offsets[cluster] as usize);
    let row = |(i, range): (usize, &RowRange)| {
        let cells = p.used(range.start, range.shown);
        let mut indent = [style.first_indent, style.rest_indent][i.min(1)];
        if style.centred {
            indent += measure.cells.saturating_sub(indent + cells) / 2;
        }
        Row {
            span: Span::between(at(range.start), at(range.end)),
            shown: at(range.shown),
            indent: u16::try_from(indent).unwrap_or(u16::MAX),
            cells: u16::try_from(cells).unwrap_or(u16::MAX),
            lead: p.spacing.starting(range.start) as u8,
            parts: Arc::default(),
        }
    };
    ranges.iter().enumerate().map(row).collect()
}

/// Cuts text into rows wherever the cells end.
fn verbatim(p: &Prepared, fit: Fit) -> Vec<RowRange> {
    let mut rows = Vec::new();
    let mut start = 0;
    while start < p.len() {
        let width = if rows.is_empty() { fit.first } else { fit.rest };
        let mut end = start + 1;
        while end < p.len() && p.used(start, end + 1) <= width {
            end += 1;
        }
        let shown = end;
        rows.push(RowRange { start, shown, end });
        start = end;
    }
    rows
}
