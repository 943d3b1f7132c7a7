//! The differences between two texts, paragraph by paragraph.
//!
//! 1. [`compare`]: paragraphs are compared in one script and width, without their blanks. Of those
//!    that stand against each other, two that are alike are one that was changed.
//! 2. [`Comparison::rows`] lays them out; what is the same is folded.
//!
//! A paragraph that stands elsewhere is missing in one place and added in the other.

use crate::layout::{BlockStyle, Face, Measure, lay_out};
use crate::search::Query;
use crate::text::fold::{canonical, compared, is_invisible};
use crate::text::{Pos, Span, WidthPolicy};
use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};
use std::collections::HashSet;
use std::ops::Range;

/// Paragraphs of a text that are compared at the most.
const MAX_COMPARED_PARAGRAPHS: usize = 5000;
/// Paragraphs among which one that is alike is looked for.
const MAX_LOOK_AHEAD: usize = 12;
/// The part of the pairs of characters of two paragraphs that are in both, from which on the two are
/// alike.
const MIN_LIKENESS: f64 = 0.4;
/// Characters of a paragraph at the most whose changes are marked one by one.
const MAX_MARKED_CHARS: usize = 4000;
/// Characters between two changes, below which they are one.
const MIN_KEPT_CHARS: usize = 2;

/// The differences between two texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The paragraphs of both, in their order.
    pub parts: Vec<ComparedPart>,
    /// True where the texts go on behind them.
    pub is_cut: bool,
}

/// A paragraph of one of two texts, or of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedPart {
    /// The texts that it is in.
    pub kind: PartKind,
    /// Its text in the first and in the second one; empty where it is not there.
    texts: [String; 2],
    /// The stretches that are different, where it was changed.
    changes: [Vec<Span>; 2],
}

/// The texts that a paragraph is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// Both.
    Same,
    /// The first one.
    First,
    /// The second one.
    Second,
    /// Both, in different words.
    Changed,
}

/// The way to show differences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DifferenceView {
    /// Cells of a row.
    pub cells: usize,
    /// The widths of the terminal.
    pub widths: WidthPolicy,
    /// Paragraphs that are in both are shown.
    pub shows_same: bool,
    /// Words that paragraphs must have, as typed.
    pub filter: String,
}

/// A row of differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DifferenceRow {
    /// The index of its paragraph.
    pub part: usize,
    /// The text that it is of: 0 for the first, 1 for the second.
    pub side: usize,
    /// Its stretch of that text.
    pub span: Span,
    /// True for the first row of a paragraph.
    pub is_first: bool,
    /// The number of paragraphs in both that it replaces; 0 for a row of text.
    pub folded: usize,
}

impl ComparedPart {
    fn new(kind: PartKind, first: &str, second: &str) -> Self {
        Self {
            kind,
            texts: [first.to_owned(), second.to_owned()],
            changes: [Vec::new(), Vec::new()],
        }
    }

    /// Returns a stretch of one of its texts, cut where changes begin and end; `true` for those
    /// that are different.
    ///
    /// ```
    /// use jingdu::library::differences::compare;
    /// use jingdu::text::Span;
    /// let found = compare("渡口的船一天两班，人不多。", "渡口的船一天四班，人不多。");
    /// let part = &found.parts[0];
    /// let whole = Span::new(0, part.texts()[1].len());
    /// let pieces = [("渡口的船一天", false), ("四", true), ("班，人不多。", false)];
    /// assert_eq!(part.pieces(1, whole), pieces);
    /// ```
    pub fn pieces(&self, side: usize, span: Span) -> Vec<(&str, bool)> {
        let text = self.texts.get(side).map_or("", String::as_str);
        let changes = self.changes.get(side).map_or(&[][..], Vec::as_slice);
        let (mut pieces, mut from) = (Vec::new(), span.start);
        for change in changes.iter().filter_map(|change| change.within(span)) {
            pieces.push((Span::between(from, change.start).of(text), false));
            pieces.push((change.of(text), true));
            from = change.end;
        }
        pieces.push((Span::between(from, span.end).of(text), false));
        pieces.retain(|(piece, _)| !piece.is_empty());
        pieces
    }

    /// Returns its text in the first and in the second one.
    pub fn texts(&self) -> [&str; 2] {
        self.texts.each_ref().map(String::as_str)
    }

    /// Returns the texts that are shown: of what is in both the first one.
    fn sides(&self) -> &'static [usize] {
        match self.kind {
            PartKind::Same | PartKind::First => &[0],
            PartKind::Second => &[1],
            PartKind::Changed => &[0, 1],
        }
    }
}

/// Compares two texts, a paragraph a line.
///
/// ```
/// use jingdu::library::differences::{PartKind, compare};
/// let found = compare("灯笼亮了。\n渡口没有人。\n尾声。", "燈籠亮了。\n渡口没有船。\n又一段。\n尾声。");
/// let kinds: Vec<PartKind> = found.parts.iter().map(|part| part.kind).collect();
/// assert_eq!(kinds, [PartKind::Same, PartKind::Changed, PartKind::Second, PartKind::Same]);
/// ```
pub fn compare(first: &str, second: &str) -> Comparison {
    let texts = [first, second].map(paragraphs);
    let is_cut = texts.iter().any(|all| all.len() > MAX_COMPARED_PARAGRAPHS);
    let [first, second] = texts.map(|mut all| {
        all.truncate(MAX_COMPARED_PARAGRAPHS);
        all
    });
    let keys =
        |all: &[&str]| -> Vec<String> { all.iter().map(|p| compared(p).collect()).collect() };
    let mut parts = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &keys(&first), &keys(&second)) {
        let first = first.get(op.old_range()).unwrap_or_default();
        let second = second.get(op.new_range()).unwrap_or_default();
        if op.tag() == DiffTag::Equal {
            let both = first.iter().zip(second);
            parts.extend(both.map(|(a, b)| ComparedPart::new(PartKind::Same, a, b)));
        } else {
            add_different(first, second, &mut parts);
        }
    }
    Comparison { parts, is_cut }
}

/// Returns the paragraphs of a text that have any words.
fn paragraphs(text: &str) -> Vec<&str> {
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| compared(line).next().is_some())
        .collect()
}

/// Adds paragraphs that stand against each other.
fn add_different(first: &[&str], second: &[&str], parts: &mut Vec<ComparedPart>) {
    let pairs =
        |all: &[&str]| -> Vec<HashSet<(char, char)>> { all.iter().map(|p| pairs(p)).collect() };
    let (first_pairs, second_pairs) = (pairs(first), pairs(second));
    let only_second = |text: &&str| ComparedPart::new(PartKind::Second, "", text);
    let mut next = 0;
    for (text, own) in first.iter().zip(&first_pairs) {
        let ahead = second_pairs.iter().skip(next).take(MAX_LOOK_AHEAD);
        let alike = ahead
            .map(|other| likeness(own, other))
            .position(|l| l >= MIN_LIKENESS);
        let Some(found) = alike.map(|ahead| next + ahead) else {
            parts.push(ComparedPart::new(PartKind::First, text, ""));
            continue;
        };
        parts.extend(second.iter().take(found).skip(next).map(only_second));
        parts.extend(second.get(found).map(|other| changed(text, other)));
        next = found + 1;
    }
    parts.extend(second.iter().skip(next).map(only_second));
}

/// Returns the pairs of neighbouring characters of a paragraph.
fn pairs(paragraph: &str) -> HashSet<(char, char)> {
    compared(paragraph)
        .zip(compared(paragraph).skip(1))
        .collect()
}

/// Returns how many of the pairs of two paragraphs are in both, 0 to 1.
fn likeness(first: &HashSet<(char, char)>, second: &HashSet<(char, char)>) -> f64 {
    let shared = first.intersection(second).count();
    let all = first.len() + second.len();
    super::quantity(2 * shared) / super::quantity(all.max(1))
}

/// Returns a paragraph that was changed, with the stretches that are different.
fn changed(first: &str, second: &str) -> ComparedPart {
    let mut part = ComparedPart::new(PartKind::Changed, first, second);
    let chars = [first, second].map(characters);
    if chars.iter().any(|chars| chars.len() > MAX_MARKED_CHARS) {
        part.changes = [first, second].map(|text| vec![Span::new(0, text.len())]);
        return part;
    }
    let [a, b] = [0, 1].map(|i: usize| -> Vec<char> { chars[i].iter().map(|(c, _)| *c).collect() });
    let ops = capture_diff_slices(Algorithm::Myers, &a, &b);
    let ranges: [fn(&DiffOp) -> Range<usize>; 2] = [DiffOp::old_range, DiffOp::new_range];
    for ((changes, range), chars) in part.changes.iter_mut().zip(ranges).zip(&chars) {
        let differing = ops.iter().filter(|op| op.tag() != DiffTag::Equal);
        let mut last_end = None;
        for range in differing.map(range).filter(|range| !range.is_empty()) {
            let places = chars.get(range.clone()).unwrap_or_default();
            let span = places.first().zip(places.last());
            let Some(span) = span.map(|(a, b)| Span::between(a.1.start, b.1.end)) else {
                continue;
            };
            let is_near = last_end.is_some_and(|end| range.start - end < MIN_KEPT_CHARS);
            match changes.last_mut().filter(|_| is_near) {
                Some(last) => last.end = span.end,
                None => changes.push(span),
            }
            last_end = Some(range.end);
        }
    }
    part
}

/// Returns the characters of a paragraph as they are compared, with their places.
fn characters(paragraph: &str) -> Vec<(char, Span)> {
    let counts = |(_, c): &(usize, char)| !c.is_whitespace() && !is_invisible(*c);
    let all = paragraph.char_indices().filter(counts);
    all.map(|(at, c)| (canonical(c), Span::new(at, at + c.len_utf8())))
        .collect()
}

impl Comparison {
    /// Returns the number of paragraphs of a kind.
    pub fn count(&self, kind: PartKind) -> usize {
        self.parts.iter().filter(|part| part.kind == kind).count()
    }

    /// Returns whether a paragraph is in both texts.
    pub fn is_same(&self, part: usize) -> bool {
        let part = self.parts.get(part);
        part.is_some_and(|part| part.kind == PartKind::Same)
    }

    /// Lays the paragraphs out. Those in both are one row where they are not shown.
    ///
    /// ```
    /// use jingdu::library::differences::{DifferenceView, compare};
    /// let found = compare("灯亮了。\n船来了。\n人走了。", "灯亮了。\n船来了。\n人散了。");
    /// let view = DifferenceView { cells: 40, ..DifferenceView::default() };
    /// // two paragraphs that are the same in one row, then both sides of the third
    /// let rows: Vec<_> = found.rows(&view).iter().map(|row| (row.folded, row.side)).collect();
    /// assert_eq!(rows, [(2, 0), (0, 0), (0, 1)]);
    /// ```
    pub fn rows(&self, view: &DifferenceView) -> Vec<DifferenceRow> {
        let face = Face::plain(view.widths);
        let cells = view.cells.max(2);
        let measure = Measure {
            cells,
            widow: false,
            ..Measure::fitted(cells, cells, true, false, face)
        };
        let query = Query::new(&view.filter);
        let has = |text: &String| query.as_ref().is_some_and(|q| !q.find(text).is_empty());
        let mut rows: Vec<DifferenceRow> = Vec::new();
        for (index, part) in self.parts.iter().enumerate() {
            if query.is_some() && !part.texts.iter().any(has) {
                continue;
            }
            if part.kind == PartKind::Same && !view.shows_same && query.is_none() {
                match rows.last_mut().filter(|row| row.folded > 0) {
                    Some(row) => row.folded += 1,
                    None => rows.push(DifferenceRow::folded(index)),
                }
                continue;
            }
            for side in part.sides() {
                let text = part.texts.get(*side).map_or("", String::as_str);
                let laid = lay_out(text, Pos(0), BlockStyle::default(), &measure, &[]);
                rows.extend(laid.iter().enumerate().map(|(i, row)| DifferenceRow {
                    part: index,
                    side: *side,
                    span: row.drawn(),
                    is_first: i == 0 && *side == part.sides().first().copied().unwrap_or_default(),
                    folded: 0,
                }));
            }
        }
        rows
    }
}

impl DifferenceRow {
    fn folded(part: usize) -> Self {
        Self {
            part,
            side: 0,
            span: Span::default(),
            is_first: true,
            folded: 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the paragraphs of a comparison: a sign and the text, changes in brackets.
    fn shown(first: &str, second: &str) -> Vec<String> {
        let marked = |part: &ComparedPart, side: usize| -> String {
            let whole = Span::new(0, part.texts[side].len());
            let pieces = part.pieces(side, whole).into_iter();
            let pieces = pieces.map(|(text, differs)| {
                if differs {
                    format!("[{text}]")
                } else {
                    text.to_owned()
                }
            });
            pieces.collect()
        };
        let line = |part: &ComparedPart| match part.kind {
            PartKind::Same => format!("={}", marked(part, 0)),
            PartKind::First => format!("-{}", marked(part, 0)),
            PartKind::Second => format!("+{}", marked(part, 1)),
            PartKind::Changed => format!("~{}|{}", marked(part, 0), marked(part, 1)),
        };
        compare(first, second).parts.iter().map(line).collect()
    }

    #[test]
    fn paragraphs_are_the_same_missing_added_or_changed() {
        for (first, second, wanted) in [
            (
                "甲乙丙。\n丁戊己。",
                "甲乙丙。\n\n  丁戊己。",
                &["=甲乙丙。", "=丁戊己。"][..],
            ),
            // the scripts, widths and quotes are the same
            (
                "「體制」改革（一）",
                "“体制”改革(一)",
                &["=「體制」改革（一）"],
            ),
            (
                "甲乙丙。\n丁戊己。",
                "丁戊己。",
                &["-甲乙丙。", "=丁戊己。"],
            ),
            (
                "丁戊己。",
                "丁戊己。\n庚辛壬癸。",
                &["=丁戊己。", "+庚辛壬癸。"],
            ),
            (
                "改造了七十二户人家的旧房。",
                "改造了七十三户人家的舊屋。",
                &["~改造了七十[二]户人家的旧[房]。|改造了七十[三]户人家的舊[屋]。"],
            ),
            (
                "渡口没有人，只有灯笼。",
                "新的一段在前面。\n渡口没有人，只有一盏灯笼。",
                &[
                    "+新的一段在前面。",
                    "~渡口没有人，只有灯笼。|渡口没有人，只有[一盏]灯笼。",
                ],
            ),
            ("", "甲。", &["+甲。"]),
            ("", "", &[]),
        ] {
            assert_eq!(shown(first, second), wanted, "{first}");
        }
    }

    #[test]
    fn neighbouring_changes_are_one() {
        let wanted = ["~前面一样[甲，乙]后面一样的话|前面一样[丙，丁]后面一样的话"];
        assert_eq!(
            shown("前面一样甲，乙后面一样的话", "前面一样丙，丁后面一样的话"),
            wanted
        );
    }

    fn view(cells: usize, shows_same: bool, filter: &str) -> DifferenceView {
        DifferenceView {
            cells,
            shows_same,
            filter: filter.to_owned(),
            ..DifferenceView::default()
        }
    }

    #[test]
    fn what_is_the_same_is_one_row() {
        let found = compare(
            "甲乙丙丁戊己庚。\n二。\n三。\n四四四四。",
            "甲乙丙丁戊己庚。\n二。\n五五五五。\n三。",
        );
        let rows = |view: DifferenceView| -> Vec<(usize, usize, usize)> {
            let rows = found.rows(&view);
            rows.iter()
                .map(|row| (row.part, row.side, row.folded))
                .collect()
        };
        let folded = [(0, 0, 2), (2, 1, 0), (3, 0, 1), (4, 0, 0)];
        assert_eq!(rows(view(40, false, "")), folded);
        assert_eq!(rows(view(40, true, "")).len(), 5);
        assert_eq!(rows(view(8, true, "甲")), [(0, 0, 0), (0, 0, 0)]);
        assert_eq!(rows(view(1, true, "没有")), []);
        assert_eq!(
            [PartKind::Same, PartKind::First].map(|kind| found.count(kind)),
            [3, 1]
        );
    }

    #[test]
    fn the_work_is_bounded() {
        let long: Vec<String> = (0..MAX_COMPARED_PARAGRAPHS + 9)
            .map(|i| format!("第{i}段"))
            .collect();
        let found = compare(&long.join("\n"), "第1段");
        assert!(found.is_cut && found.parts.len() <= MAX_COMPARED_PARAGRAPHS + 1);
        let long = "一二三四五六七八九十".repeat(MAX_MARKED_CHARS / 9);
        let part = &compare(&long, &(long.clone() + "尾")).parts[0];
        let whole = Span::new(0, long.len());
        assert_eq!(part.pieces(0, whole), [(long.as_str(), true)]);
    }
}
