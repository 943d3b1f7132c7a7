//! Draws clusters in other cells than the text has: wide quotes, long dashes, blanks
//! between clusters.
//!
//! 1. [`Face`]: the reader's choices. They change the drawing only; what is
//!    copied, searched and counted is the text.
//! 2. [`Spacing`]: the blank cells of a text, for filling rows.
//! 3. [`glyphs`]: the clusters of one row as they are drawn, for view and print.
//!
//! Curly quotes get a blank at their outer side, so that Han keep to the grid
//! (Q-2). Beside other marks these blanks go in pairs, and an odd one goes behind
//! the closing marks of the run: 量”，把 is drawn ”， and the blank after
//! it, never ” ， (CLREQ adjacent marks). They are dropped at the end of a row
//! and before a quotation that opens a paragraph (P-3).

use super::Row;
use super::class::Class::{self, Apostrophe, AsciiClose, Close, Dash, Ellipsis, Open};
use super::class::{ClassSet, class};
use crate::text::cluster::{self, clusters};
use crate::text::width::is_wide_quote;
use crate::text::{Ambiguous, Pos, Span, WidthPolicy};

/// The reader's choices for drawing clusters.
///
/// ```
/// use jingdu::layout::{BlockStyle, Face, Measure, glyphs, lay_out};
/// use jingdu::text::{Pos, Span, WidthPolicy};
/// let drawn = |text: &'static str, face| -> String {
///     let measure = Measure { cells: 40, face, ..Measure::default() };
///     let rows = lay_out(text, Pos(0), BlockStyle::default(), &measure, &[]);
///     let glyphs = glyphs(text, Span::new(0, text.len()), &rows[0], face);
///     glyphs.map(|g| " ".repeat(g.blanks) + g.drawn).collect()
/// };
/// let plain = Face::plain(WidthPolicy::NARROW);
/// assert_eq!(drawn("用GIS画图——不画“圈”", plain), "用GIS画图——不画“圈”");
/// let face = Face { wide_quotes: true, long_marks: true, spaced: true, ..plain };
/// assert_eq!(drawn("用GIS画图——不画“圈”了", face), "用 GIS 画图────不画 “圈” 了");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Face {
    /// Cells of a cluster on this terminal.
    pub widths: WidthPolicy,
    /// Curly quotes take two cells where their glyph takes one (Q-2).
    pub wide_quotes: bool,
    /// —— is one unbroken line of four cells, …… takes four (Q-3).
    pub long_marks: bool,
    /// A blank cell between Han and letters or digits (M-1).
    pub spaced: bool,
}

/// Longer runs of marks are drawn without pairing their blanks.
const MAX_PAIRED_MARKS: usize = 8;
/// Classes of the marks that may be in one run of marks.
const RUN_MARKS: ClassSet = ClassSet::of(&[Apostrophe, Open, Close, AsciiClose, Dash, Ellipsis]);
/// Bytes around a row that decide about its blanks: more than the
/// longest run of marks that is paired.
const CONTEXT_BYTES: usize = 96;

impl Face {
    /// Returns a face that draws the text unchanged, on a terminal with these widths.
    pub fn plain(widths: WidthPolicy) -> Self {
        Self {
            widths,
            ..Self::default()
        }
    }

    /// Returns whether there may be blanks between clusters.
    fn has_blanks(self) -> bool {
        self.pads_quotes() || self.spaced
    }

    fn pads_quotes(self) -> bool {
        self.wide_quotes && self.widths.ambiguous == Ambiguous::Narrow
    }

    /// Returns whether cluster `i` is a closing quote that gives up its blank at the end
    /// of a row, and so fits there with one cell in the gutter.
    ///
    /// ```
    /// use jingdu::layout::Face;
    /// let face = Face { wide_quotes: true, ..Face::default() };
    /// assert!(face.sheds(&["“", "灯", "”"], 2));
    /// // an apostrophe is not a quote, and an opening quote keeps its blank
    /// assert!(!face.sheds(&["d", "o", "n", "’", "t"], 3) && !face.sheds(&["“", "灯"], 0));
    /// ```
    pub fn sheds(self, parts: &[&str], i: usize) -> bool {
        self.pads_quotes() && matches!(parts.get(i), Some(&("”" | "’"))) && pads(parts, i)
    }

    fn lengthens(self) -> bool {
        self.long_marks && self.widths.ambiguous == Ambiguous::Narrow
    }

    /// Returns the cells of cluster `i` without its blanks.
    pub fn cells(self, parts: &[&str], classes: &[Class], i: usize) -> usize {
        let part = parts.get(i).copied().unwrap_or_default();
        if self.lengthens() && is_paired(classes, i) {
            2
        } else {
            self.widths.cluster(part)
        }
    }

    /// Returns cluster `i` as it is drawn.
    fn drawn<'a>(self, parts: &[&'a str], classes: &[Class], i: usize) -> &'a str {
        let part = parts.get(i).copied().unwrap_or_default();
        if !self.lengthens() || !is_paired(classes, i) {
            return part;
        }
        match part {
            "—" | "―" => "──",
            "…" => "… ",
            "⋯" => "⋯ ",
            part => part,
        }
    }
}

/// Returns whether the dash or ellipsis at `i` is beside another one.
fn is_paired(classes: &[Class], i: usize) -> bool {
    let at = |i: usize| classes.get(i).copied();
    let class = at(i);
    matches!(class, Some(Dash | Ellipsis)) && (at(i + 1) == class || (i > 0 && at(i - 1) == class))
}

/// Blank cells before each cluster of a text.
#[derive(Clone, Debug, Default)]
pub struct Spacing {
    /// Inside a row. One more than there are clusters.
    pub before: Vec<u8>,
    /// At the start of a row.
    pub at_start: Vec<u8>,
}

impl Spacing {
    /// Returns the blanks of a text. Linear; zero where the face has none.
    pub fn new(parts: &[&str], classes: &[Class], face: Face) -> Self {
        let n = parts.len();
        let mut spacing = Self {
            before: vec![0; n + 1],
            at_start: vec![0; n + 1],
        };
        if face.pads_quotes() {
            let mut i = 0;
            while i < n {
                let start = i;
                while i < n && is_mark(parts, classes, i) {
                    i += 1;
                }
                spacing.run(parts, classes, start, i);
                i = i.max(start + 1);
            }
        }
        if face.spaced {
            let word = |i: usize| matches!(classes[i], Class::Letter | Class::Digit);
            let han =
                |i: usize| classes[i] == Class::Han && parts[i].chars().all(char::is_alphanumeric);
            for i in (1..n).filter(|&i| (word(i - 1) && han(i)) || (han(i - 1) && word(i))) {
                spacing.before[i] = 1;
            }
        }
        spacing
    }

    /// Returns the blanks before cluster `i` inside a row.
    pub fn inside(&self, i: usize) -> usize {
        usize::from(self.before.get(i).copied().unwrap_or_default())
    }

    /// Returns the blanks before cluster `i` where it begins a row.
    pub fn starting(&self, i: usize) -> usize {
        usize::from(self.at_start.get(i).copied().unwrap_or_default())
    }

    /// Sets the blanks of one run of marks.
    fn run(&mut self, parts: &[&str], classes: &[Class], start: usize, end: usize) {
        let padded = |i: usize| pads(parts, i);
        let count = (start..end).filter(|&i| padded(i)).count();
        if count == 0 {
            return;
        }
        let is_open = |i: &usize| classes[*i] == Open;
        let opens = end - (start..end).rev().take_while(is_open).count();
        let mut rest = 0;
        for i in (opens..end).rev() {
            rest ^= u8::from(padded(i));
            self.at_start[i] = rest;
        }
        if end - start > MAX_PAIRED_MARKS {
            for i in (start..end).filter(|&i| padded(i)) {
                self.before[i + usize::from(classes[i] != Open)] += 1;
            }
        } else if count % 2 == 1 {
            self.before[opens] += 1;
        }
    }
}

/// Returns whether cluster `i` is a quote that gets a blank.
fn pads(parts: &[&str], i: usize) -> bool {
    let side = |j: Option<usize>| j.and_then(|j| parts.get(j));
    let before = side(i.checked_sub(1)).and_then(|p| p.chars().next_back());
    let after = side(Some(i + 1)).and_then(|p| p.chars().next());
    is_wide_quote(before, parts[i], after)
}

/// Returns whether cluster `i` belongs to a run of marks.
fn is_mark(parts: &[&str], classes: &[Class], i: usize) -> bool {
    match classes[i] {
        Apostrophe => pads(parts, i),
        class => RUN_MARKS.has(class) && !parts[i].starts_with(char::is_alphanumeric),
    }
}

/// A cluster of a row as it is drawn.
///
/// ```
/// use jingdu::layout::{BlockStyle, Face, Measure, glyphs, lay_out};
/// use jingdu::text::{Pos, Span, WidthPolicy};
/// let text = "这叫“等船”。";
/// let cells = |widths| -> Vec<usize> {
///     let face = Face::plain(widths);
///     let measure = Measure { cells: 40, face, ..Measure::default() };
///     let rows = lay_out(text, Pos(0), BlockStyle::default(), &measure, &[]);
///     glyphs(text, Span::new(0, text.len()), &rows[0], face).map(|g| g.cells).collect()
/// };
/// assert_eq!(cells(WidthPolicy::NARROW), [2, 2, 1, 2, 2, 1, 2]);
/// assert_eq!(cells(WidthPolicy::WIDE), [2; 7]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph<'a> {
    /// Its span in the text.
    pub span: Span,
    /// The drawn text.
    pub drawn: &'a str,
    /// Empty cells before it.
    pub blanks: usize,
    /// Its cells, without those.
    pub cells: usize,
}

impl Glyph<'_> {
    /// Returns whether another sign is drawn in place of the cluster: one or two clusters.
    pub(crate) fn is_replaced(self) -> bool {
        self.drawn.len() != self.span.len()
    }
}

/// Returns the clusters of a row as they are drawn, from the left. `text` is the whole text and
/// `within` the span that the row was laid out from.
///
/// ```
/// use jingdu::layout::{BlockStyle, Face, Measure, glyphs, lay_out};
/// use jingdu::text::{Pos, Span};
/// let text = "点了“灯”，就走";
/// let face = Face { wide_quotes: true, ..Face::default() };
/// let measure = Measure { cells: 40, face, ..Measure::default() };
/// let rows = lay_out(text, Pos(0), BlockStyle::default(), &measure, &[]);
/// let all: Vec<_> = glyphs(text, Span::new(0, text.len()), &rows[0], face).collect();
/// // the blank of ” comes behind the comma
/// let blanks: Vec<&str> = all.iter().filter(|g| g.blanks > 0).map(|g| g.drawn).collect();
/// assert_eq!(blanks, ["“", "就"]);
/// let cells: usize = all.iter().map(|g| g.blanks + g.cells).sum();
/// assert_eq!(cells, usize::from(rows[0].cells));
/// ```
pub fn glyphs<'a>(
    text: &'a str,
    within: Span,
    row: &Row,
    face: Face,
) -> impl Iterator<Item = Glyph<'a>> {
    let drawn = row.drawn();
    let beside = if face.has_blanks() || face.long_marks {
        with_marks_beside(text, within, drawn)
    } else {
        drawn
    };
    let source = beside.of(text);
    let mut parts = Vec::with_capacity(source.len());
    let mut classes = Vec::with_capacity(source.len());
    for (_, part) in clusters(source) {
        parts.push(part);
        classes.push(class(part));
    }
    let (spacing, count) = (Spacing::new(&parts, &classes, face), parts.len());
    let lead = usize::from(row.lead);
    let mut next = beside.start;
    let glyph = move |i: usize| {
        let span = Span::new(next.byte(), next.byte() + parts[i].len());
        next = span.end;
        let is_first = span.start == drawn.start;
        Glyph {
            span,
            drawn: face.drawn(&parts, &classes, i),
            blanks: if is_first { lead } else { spacing.inside(i) },
            cells: face.cells(&parts, &classes, i),
        }
    };
    (0..count)
        .map(glyph)
        .filter(move |glyph| drawn.contains(glyph.span.start))
}

/// Returns `drawn` with the runs of marks at its edges and the clusters beside those.
fn with_marks_beside(text: &str, within: Span, drawn: Span) -> Span {
    let is_mark = |span: Span| RUN_MARKS.has(class(span.of(text)));
    let mut around = drawn;
    while around.start > within.start
        && Span::between(around.start, drawn.start).len() < CONTEXT_BYTES
    {
        let end = around.start;
        around.start = Pos::new(cluster::prev(text, end.byte())).max(within.start);
        if !is_mark(Span::between(around.start, end)) {
            break;
        }
    }
    while around.end < within.end && Span::between(drawn.end, around.end).len() < CONTEXT_BYTES {
        let start = around.end;
        around.end = Pos::new(cluster::next(text, start.byte())).min(within.end);
        if !is_mark(Span::between(start, around.end)) {
            break;
        }
    }
    around
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{BlockStyle, Measure, lay_out};

    const WIDE: Face = Face {
        widths: WidthPolicy::NARROW,
        wide_quotes: true,
        long_marks: false,
        spaced: false,
    };

    /// The rows of a text as they are drawn.
    fn page(text: &str, cells: usize, indent: usize, face: Face) -> Vec<String> {
        let measure = Measure {
            cells,
            indent,
            face,
            ..Measure::default()
        };
        let style = BlockStyle::indented(indent, 0);
        let rows = lay_out(text, Pos(0), style, &measure, &[]);
        let line = |row: &Row| {
            let glyphs: Vec<_> = glyphs(text, Span::new(0, text.len()), row, face).collect();
            let cells: usize = glyphs.iter().map(|g| g.blanks + g.cells).sum();
            assert_eq!(cells, usize::from(row.cells), "{text}");
            let drawn = glyphs.iter().map(|g| " ".repeat(g.blanks) + g.drawn);
            " ".repeat(row.indent.into()) + &drawn.collect::<String>()
        };
        rows.iter().map(line).collect()
    }

    #[test]
    fn quotes_get_a_blank_outside_and_in_pairs_beside_other_marks() {
        for (text, wanted) in [
            ("以“雄安”为", "以 “雄安” 为"),
            ("don’t ‘雄’了", "don’t  ‘雄’ 了"),
            ("的“雄”，把", "的 “雄”， 把"),
            ("的“雄”、“安”和", "的 “雄”、“安” 和"),
            ("说：“好。”他", "说： “好。” 他"),
            ("说“‘好’”他", "说“‘好’”他"),
            ("的“《论》”（“甲”）了", "的 “《论》”（“甲”） 了"),
        ] {
            assert_eq!(page(text, 80, 0, WIDE), [wanted]);
        }
    }

    #[test]
    fn edges_have_no_blanks_to_spare() {
        for (text, cells, indent, wanted) in [
            ("城市“雄安”质量体系", 12, 0, "城市 “雄安”|质量体系"),
            ("“雄安”质量体系", 18, 4, "    “雄安” 质量体|系"),
            ("甲乙“雄安”", 4, 0, "甲乙| “雄|安”"),
        ] {
            assert_eq!(page(text, cells, indent, WIDE).join("|"), wanted);
        }
    }

    #[test]
    fn dashes_become_a_line_and_dots_four_cells() {
        let face = Face {
            long_marks: true,
            ..WIDE
        };
        assert_eq!(page("看——这……燕—太", 80, 0, face), ["看────这… … 燕—太"]);
        assert_eq!(page("看——这", 6, 0, face), ["看────", "这"]);
    }

    #[test]
    fn han_and_words_can_be_separated() {
        let face = Face {
            spaced: true,
            ..Face::default()
        };
        let row = page("用Rust写5年，GDP", 80, 0, face);
        assert_eq!(row, ["用 Rust 写 5 年，GDP"]);
        assert_eq!(page("用Rust写", 7, 0, face), ["用 Rust", "写"]);
    }
}
