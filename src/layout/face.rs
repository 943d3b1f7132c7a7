//! What the page shows otherwise than the text says: cells that a cluster gets,
//! and blank cells between clusters.
//!
//! 1. [`Face`]: which of it the reader wishes. All of it is drawn only; what is
//!    copied, searched and counted is the text.
//! 2. [`Spacing`]: the blank cells of one stretch, for the filling of rows.
//! 3. [`glyphs`]: one row as it is drawn, for view and print.
//!
//! Curly quotes get a blank at their outer side, so that Han keep to the grid
//! . Beside other marks these blanks go in pairs, and an odd one stands
//! where the closing marks of the run end: 量”，把 is set ”， and the blank after
//! it, never ” ， (CLREQ adjacent marks). At the end of a row they are dropped,
//! and before a quotation that opens a paragraph (P-3).

use super::Row;
use super::class::{Class, class};
use crate::text::cluster::{self, Clusters, clusters};
use crate::text::width::is_wide_quote;
use crate::text::{Ambiguous, Pos, Span, WidthPolicy};

/// How clusters are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Face {
    /// Cells of a cluster on this terminal.
    pub widths: WidthPolicy,
    /// Curly quotes take two cells where their glyph takes one.
    pub wide_quotes: bool,
    /// —— is one unbroken line of four cells, …… takes four.
    pub long_marks: bool,
    /// A blank cell between Han and letters or digits (M-1).
    pub spaced: bool,
}

/// Runs of more marks than this are set without trimming: nobody writes them.
const LONGEST_RUN: usize = 8;
/// The marks that may get a blank.
const QUOTES: [char; 4] = ['“', '”', '‘', '’'];
/// The byte that each of them begins with.
const QUOTE: u8 = 0xe2;
/// Bytes of context around a row that decide about its blanks: more than the
/// longest run of marks.
pub const CONTEXT: usize = 96;

impl Face {
    /// Text as it stands, on such a terminal.
    pub fn plain(widths: WidthPolicy) -> Self {
        Self {
            widths,
            ..Self::default()
        }
    }

    /// Whether blanks stand between clusters at all.
    fn has_blanks(self) -> bool {
        self.pads_quotes() || self.spaced
    }

    fn pads_quotes(self) -> bool {
        self.wide_quotes && self.widths.ambiguous == Ambiguous::Narrow
    }

    /// Whether cluster `i` is a closing quote that gives up its blank at the end
    /// of a row, and so can stand there with one cell in the gutter.
    pub fn sheds(self, parts: &[&str], i: usize) -> bool {
        self.pads_quotes() && matches!(parts.get(i), Some(&("”" | "’"))) && pads(parts, i)
    }

    fn lengthens(self) -> bool {
        self.long_marks && self.widths.ambiguous == Ambiguous::Narrow
    }

    /// Cells of cluster `i`, its blanks left out.
    pub fn cells(self, parts: &[&str], classes: &[Class], i: usize) -> usize {
        let part = parts.get(i).copied().unwrap_or_default();
        if self.lengthens() && is_paired(classes, i) {
            2
        } else {
            self.widths.cluster(part)
        }
    }

    /// Cluster `i` as it is drawn.
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

/// Whether the dash or ellipsis at `i` stands beside another one.
fn is_paired(classes: &[Class], i: usize) -> bool {
    let at = |i: usize| classes.get(i).copied();
    matches!(at(i), Some(c @ (Class::Dash | Class::Ellipsis)) if at(i + 1) == Some(c) || (i > 0 && at(i - 1) == Some(c)))
}

/// Blank cells before each cluster of a stretch.
#[derive(Clone, Debug, Default)]
pub struct Spacing {
    /// Inside a row. One more than there are clusters.
    pub before: Vec<u8>,
    /// Where the cluster begins a row.
    pub at_start: Vec<u8>,
}

impl Spacing {
    /// The blanks of a stretch. Linear; empty where the face has none.
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

    /// Blanks before cluster `i` inside a row.
    pub fn inside(&self, i: usize) -> usize {
        usize::from(self.before.get(i).copied().unwrap_or_default())
    }

    /// Blanks before cluster `i` where it begins a row.
    pub fn starting(&self, i: usize) -> usize {
        usize::from(self.at_start.get(i).copied().unwrap_or_default())
    }

    /// The blanks of one run of marks.
    fn run(&mut self, parts: &[&str], classes: &[Class], start: usize, end: usize) {
        let padded = |i: usize| pads(parts, i);
        let count = (start..end).filter(|&i| padded(i)).count();
        if count == 0 {
            return;
        }
        let opens = (start..end)
            .rev()
            .take_while(|&i| classes[i] == Class::Open)
            .last()
            .unwrap_or(end);
        let mut rest = 0;
        for i in (opens..end).rev() {
            rest ^= u8::from(padded(i));
            self.at_start[i] = rest;
        }
        if end - start > LONGEST_RUN {
            for i in (start..end).filter(|&i| padded(i)) {
                self.before[i + usize::from(classes[i] != Class::Open)] += 1;
            }
        } else if count % 2 == 1 {
            self.before[opens] += 1;
        }
    }
}

/// Whether cluster `i` is a quote that gets a blank.
fn pads(parts: &[&str], i: usize) -> bool {
    let side = |j: Option<usize>| j.and_then(|j| parts.get(j));
    let before = side(i.checked_sub(1)).and_then(|p| p.chars().next_back());
    let after = side(Some(i + 1)).and_then(|p| p.chars().next());
    is_wide_quote(before, parts[i], after)
}

/// Whether cluster `i` is a mark, as marks stand beside each other.
fn is_mark(parts: &[&str], classes: &[Class], i: usize) -> bool {
    match classes[i] {
        Class::Apostrophe => pads(parts, i),
        Class::Open | Class::Close | Class::AsciiClose | Class::Dash | Class::Ellipsis => {
            !parts[i].starts_with(char::is_alphanumeric)
        }
        _ => false,
    }
}

/// Whether a cluster of that class may stand in a run of marks.
fn may_run(class: Class) -> bool {
    matches!(
        class,
        Class::Apostrophe
            | Class::Open
            | Class::Close
            | Class::AsciiClose
            | Class::Dash
            | Class::Ellipsis
    )
}

/// A cluster of a row as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph<'a> {
    /// Where it stands in the text.
    pub span: Span,
    /// What is drawn.
    pub drawn: &'a str,
    /// Empty cells before it.
    pub blanks: usize,
    /// Cells that it takes, without those.
    pub cells: usize,
}

/// The clusters of a row as they are drawn, from the left; made by [`glyphs`].
#[derive(Clone, Debug)]
pub struct Glyphs<'a>(Kind<'a>);

#[derive(Clone, Debug)]
enum Kind<'a> {
    /// Nothing is drawn otherwise than it stands: most rows.
    Plain {
        clusters: Clusters<'a>,
        origin: usize,
        lead: u8,
        widths: WidthPolicy,
    },
    /// What is drawn was set cluster by cluster.
    Set(std::vec::IntoIter<Glyph<'a>>),
}

impl<'a> Glyphs<'a> {
    /// Takes the Han ahead at once, up to `until`, where they are drawn as they stand: two
    /// cells each, without blanks.
    pub fn han(&mut self, until: Pos) -> &'a str {
        match &mut self.0 {
            Kind::Plain {
                clusters,
                origin,
                lead: 0,
                ..
            } => clusters.han(until.byte().saturating_sub(*origin)),
            _ => "",
        }
    }
}

impl<'a> Iterator for Glyphs<'a> {
    type Item = Glyph<'a>;

    fn next(&mut self) -> Option<Glyph<'a>> {
        match &mut self.0 {
            Kind::Plain {
                clusters,
                origin,
                lead,
                widths,
            } => {
                let (i, drawn) = clusters.next()?;
                let (start, blanks) = (*origin + i, usize::from(std::mem::take(lead)));
                Some(Glyph {
                    span: Span::new(start, start + drawn.len()),
                    drawn,
                    blanks,
                    cells: widths.cluster(drawn),
                })
            }
            Kind::Set(glyphs) => glyphs.next(),
        }
    }
}

/// One row as it is drawn, cluster by cluster. `text` is the whole text and
/// `within` the stretch that the row was laid out from.
pub fn glyphs<'a>(text: &'a str, within: Span, row: &Row, face: Face) -> Glyphs<'a> {
    let drawn = row.drawn();
    let (mut from, mut to) = (drawn.start.byte(), drawn.end.byte());
    if face.has_blanks() || face.long_marks {
        // the marks beside the row, and what they stand beside
        let mark =
            |from: usize, to: usize| text.get(from..to).is_some_and(|part| may_run(class(part)));
        while from > within.start.byte() && drawn.start.byte() - from < CONTEXT {
            let end = from;
            from = cluster::prev(text, end);
            if !mark(from, end) {
                break;
            }
        }
        while to < within.end.byte() && to - drawn.end.byte() < CONTEXT {
            let start = to;
            to = cluster::next(text, start);
            if !mark(start, to) {
                break;
            }
        }
    }
    let (from, to) = (
        from.clamp(within.start.byte(), drawn.start.byte()),
        to.clamp(drawn.end.byte(), within.end.byte().max(drawn.end.byte())),
    );
    let beside = text.get(from..to).unwrap_or_default();
    let otherwise = face.spaced
        || face.lengthens()
        || (face.pads_quotes() && beside.as_bytes().contains(&QUOTE) && beside.contains(QUOTES));
    if !otherwise {
        let (clusters, origin) = (clusters(drawn.of(text)), drawn.start.byte());
        return Glyphs(Kind::Plain {
            clusters,
            origin,
            lead: row.lead,
            widths: face.widths,
        });
    }
    let room = (to - from) / 3 + 1;
    let (mut parts, mut at) = (Vec::with_capacity(room), Vec::with_capacity(room));
    for (i, part) in clusters(beside) {
        at.push(from + i);
        parts.push(part);
    }
    let classes: Vec<Class> = parts.iter().map(|p| class(p)).collect();
    let spacing = if face.has_blanks() {
        Spacing::new(&parts, &classes, face)
    } else {
        Spacing::default()
    };
    let first = at.partition_point(|at| *at < drawn.start.byte());
    let end = at.partition_point(|at| *at < drawn.end.byte());
    let glyph = |i: usize| Glyph {
        span: Span::new(at[i], at[i] + parts[i].len()),
        drawn: face.drawn(&parts, &classes, i),
        blanks: if i == first {
            usize::from(row.lead)
        } else {
            spacing.inside(i)
        },
        cells: face.cells(&parts, &classes, i),
    };
    Glyphs(Kind::Set(
        (first..end).map(glyph).collect::<Vec<_>>().into_iter(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Measure, Setting, lay_out};

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
            gap: false,
            hang: false,
            widow: false,
            leading: false,
            linear: false,
            face,
        };
        let rows = lay_out(
            text,
            Pos(0),
            Setting {
                first_indent: indent,
                ..Setting::default()
            },
            &measure,
            &[],
        );
        let line = |row: &Row| {
            let glyphs: Vec<_> = glyphs(text, Span::new(0, text.len()), row, face).collect();
            let cells: usize = glyphs.iter().map(|g| g.blanks + g.cells).sum();
            assert_eq!(cells, usize::from(row.cells), "{text}");
            " ".repeat(row.indent.into())
                + &glyphs
                    .iter()
                    .map(|g| " ".repeat(g.blanks) + g.drawn)
                    .collect::<String>()
        };
        rows.iter().map(line).collect()
    }

    fn set(text: &str) -> String {
        page(text, 80, 0, WIDE).concat()
    }

    #[test]
    fn quotes_get_a_blank_at_their_outer_side() {
        assert_eq!(set("以“雄安”为"), "以 “雄安” 为");
        assert_eq!(set("don’t ‘雄’了"), "don’t ‘雄’ 了".replace("t ‘", "t  ‘"));
    }

    #[test]
    fn beside_other_marks_blanks_go_in_pairs() {
        assert_eq!(set("的“雄”，把"), "的 “雄”， 把");
        assert_eq!(set("的“雄”、“安”和"), "的 “雄”、“安” 和");
        assert_eq!(set("说：“好。”他"), "说： “好。” 他");
        assert_eq!(set("说“‘好’”他"), "说“‘好’”他");
        assert_eq!(set("的“《论》”（“甲”）了"), "的 “《论》”（“甲”） 了");
    }

    #[test]
    fn edges_have_no_blanks_to_spare() {
        assert_eq!(
            page("城市“雄安”质量体系", 12, 0, WIDE),
            ["城市 “雄安”", "质量体系"]
        );
        assert_eq!(
            page("“雄安”质量体系", 18, 4, WIDE),
            ["    “雄安” 质量体", "系"]
        );
        assert_eq!(page("甲乙“雄安”", 4, 0, WIDE), ["甲乙", " “雄", "安”"]);
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
    fn han_and_words_can_be_parted() {
        let face = Face {
            spaced: true,
            ..Face::default()
        };
        assert_eq!(
            page("用Rust写5年，GDP", 80, 0, face),
            ["用 Rust 写 5 年，GDP"]
        );
        assert_eq!(page("用Rust写", 7, 0, face), ["用 Rust", "写"]);
    }
}
