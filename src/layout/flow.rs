//! Cuts a document into segments that are laid out one at a time.
//!
//! 1. A segment is a block, or a part of one: a view may start new rows at given
//!    positions (every point on its own row) or show some spans only (提纲).
//! 2. A paragraph too long to lay out at once is divided into segments of about
//!    [`SEGMENT_BYTES`] that end behind a sentence, so that a paragraph of 10 MB
//!    costs no more than any other.
//! 3. Each kind of block has its style and its blank rows around it.
//! 4. A fold that is closed is one segment of one row, whatever it holds.
//!
//! A segment is found from any position in O(log n), without state.

use super::{BlockStyle, Measure, PosSet, Row, lay_out, measure, table};
use crate::document::{Block, BlockKind, Document};
use crate::text::sentence::first_break;
use crate::text::{Pos, Span, cluster};
use std::fmt::Debug;
use std::sync::Arc;

/// A paragraph much longer than this is divided into segments of this size.
const SEGMENT_BYTES: usize = 16 * 1024;
/// The end of a sentence is searched for within this distance of a segment's size.
const BORDER_BYTES: usize = 2048;
/// Paragraphs of a list item are looked for among this many blocks above.
const MAX_ITEM_BLOCKS: usize = 20;

/// The parts of a document that a view shows, and the positions that begin new rows.
///
/// ```
/// # use jingdu::{format::{ParseOptions, parse}, layout::{Flow, Measure}, source, text::Pos};
/// let text = "修渡口要做三件事：一是清淤，二是加灯，三是定船期。\n\n岸上的人都在等。\n";
/// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
/// let at = |words| Pos::new(document.text().find(words).unwrap());
/// let flow = Flow { cuts: vec![at("一是"), at("二是"), at("三是")], ..Flow::default() };
/// let measure = Measure { cells: 30, indent: 4, ..Measure::default() };
/// let mut page = Vec::new();
/// let mut segment = flow.segment_at(&document, Pos(0));
/// while let Some(own) = segment {
///     for row in flow.rows(&document, &own, &measure) {
///         page.push(" ".repeat(row.indent.into()) + document.slice(row.drawn()));
///     }
///     segment = flow.next(&document, &own);
/// }
/// assert_eq!(
///     page,
///     ["    修渡口要做三件事：", "    一是清淤，", "    二是加灯，", "    三是定船期。", "    岸上的人都在等。"]
/// );
/// ```
#[derive(Clone, Debug, Default)]
pub struct Flow {
    /// Positions that begin a row of their own, hanging; sorted.
    pub cuts: Vec<Pos>,
    /// The spans to show; everything for `None`.
    pub visible: Option<Arc<dyn VisibleSpans>>,
    /// Markers, which stay on a row with the text behind them (I-8); sorted.
    pub bound: Arc<[Span]>,
    /// Visible spans keep the style of their block, with a blank row where text between two
    /// of them is hidden.
    pub gaps: bool,
    /// The starts of the folds that are open.
    pub opened: PosSet,
}

/// A span that a view shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VisibleSpan {
    /// The text.
    pub span: Span,
    /// Indent of its rows, in steps.
    pub depth: u8,
    /// The ends at which text of its sentence or its paragraph is not shown.
    pub cut: Cut,
}

/// The ends of a span at which [`OMISSION`] is drawn, in place of text that is not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// Before it.
    pub before: bool,
    /// Behind it.
    pub behind: bool,
}

/// The marks drawn in place of text that a view leaves out of a paragraph.
pub const OMISSION: &str = "……";

/// The spans that a view shows: in text order, disjoint, not empty, each within one block.
/// They may be computed when they are asked for.
pub trait VisibleSpans: Debug + Send + Sync {
    /// Returns the first span that ends after `pos`.
    fn after(&self, document: &Document, pos: Pos) -> Option<VisibleSpan>;

    /// Returns the last span that begins before `pos`.
    fn before(&self, document: &Document, pos: Pos) -> Option<VisibleSpan>;
}

impl VisibleSpans for Vec<VisibleSpan> {
    fn after(&self, _: &Document, pos: Pos) -> Option<VisibleSpan> {
        self.get(self.partition_point(|s| s.span.end <= pos))
            .copied()
    }

    fn before(&self, _: &Document, pos: Pos) -> Option<VisibleSpan> {
        let next = self.partition_point(|s| s.span.start < pos);
        self.get(next.checked_sub(1)?).copied()
    }
}

/// A block or a part of one, laid out as a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Index of the block.
    pub block: usize,
    /// The text.
    pub span: Span,
    /// It begins at one of the flow's cuts.
    pub hanging: bool,
    /// Indent in a view, in steps.
    pub depth: u8,
    /// The ends at which [`OMISSION`] is drawn, on its first and its last row.
    pub cut: Cut,
    /// It is a closed fold: all of its blocks, on one row that has none of their text.
    pub folded: bool,
}

impl Flow {
    /// Returns the segment that holds `pos`, or the nearest visible one: after it where there
    /// is one, else before. `None` where nothing is visible.
    ///
    /// ```
    /// # use jingdu::{format::{ParseOptions, parse}, layout::Flow, source, text::Pos};
    /// let text = "渡口夜里没有灯。\n\n船夫靠声音认路。\n";
    /// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
    /// let here = Pos::new(document.text().find("认路").unwrap());
    /// let segment = Flow::default().segment_at(&document, here).unwrap();
    /// assert_eq!(document.slice(segment.span), "船夫靠声音认路。");
    /// ```
    pub fn segment_at(&self, document: &Document, pos: Pos) -> Option<Segment> {
        let Some(visible) = &self.visible else {
            let closed = self.closed_fold(document, pos);
            return closed.or_else(|| self.segment_in(document, None, pos));
        };
        let last = || visible.before(document, Pos(u32::MAX));
        let shown = visible.after(document, pos).or_else(last)?;
        self.segment_in(document, Some(shown), pos)
    }

    /// Returns the fold that holds `pos`, if it is closed.
    fn closed_fold(&self, document: &Document, pos: Pos) -> Option<Segment> {
        let fold = document.fold_at(pos)?;
        let span = document.fold_span(fold);
        (!self.opened.contains(span.start)).then_some(Segment {
            block: fold.first,
            span,
            hanging: false,
            depth: 0,
            cut: Cut::default(),
            folded: true,
        })
    }

    /// Returns the segment that holds `pos`, or the nearest part of the visible span.
    fn segment_in(
        &self,
        document: &Document,
        shown: Option<VisibleSpan>,
        pos: Pos,
    ) -> Option<Segment> {
        let pos = shown.map_or(pos, |s| clamp_into(pos, s.span));
        let block = document.block_at(pos)?;
        let whole = document.blocks().get(block)?.span;
        let pos = clamp_into(pos, whole);
        let mut span = part_at(document.text(), whole, pos);
        span = shown.and_then(|s| s.span.within(span)).unwrap_or(span);
        let next = self.cuts.partition_point(|&c| c <= pos);
        let (above, below) = self.cuts.split_at(next);
        let cut = above.last().copied();
        let cut = cut.filter(|&c| span.start <= c && whole.start < c);
        span.start = cut.unwrap_or(span.start);
        span.end = below.first().map_or(span.end, |&c| c.min(span.end));
        Some(Segment {
            block,
            span,
            hanging: cut.is_some(),
            depth: shown.map_or(0, |s| s.depth),
            cut: shown.map_or_else(Cut::default, |s| Cut {
                before: s.cut.before && s.span.start == span.start,
                behind: s.cut.behind && s.span.end == span.end,
            }),
            folded: false,
        })
    }

    /// Returns the segment after `segment`.
    pub fn next(&self, document: &Document, segment: &Segment) -> Option<Segment> {
        let last = document.block_at(segment.span.end)?;
        let whole = document.blocks().get(last)?.span;
        let from = if segment.span.end < whole.end {
            segment.span.end
        } else {
            document.blocks().get(last + 1)?.span.start
        };
        self.segment_at(document, from)
            .filter(|s| s.span.start >= from)
    }

    /// Returns the segment before `segment`.
    ///
    /// ```
    /// # use jingdu::{format::{ParseOptions, parse}, layout::Flow, source, text::Pos};
    /// let text = "第一天下雨。\n\n第二天还下。\n\n第三天放晴了。\n";
    /// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
    /// let flow = Flow::default();
    /// let last = flow.segment_at(&document, document.end()).unwrap();
    /// let above = flow.prev(&document, &last).unwrap();
    /// assert_eq!(document.slice(above.span), "第二天还下。");
    /// assert_eq!(flow.next(&document, &above), Some(last));
    /// ```
    pub fn prev(&self, document: &Document, segment: &Segment) -> Option<Segment> {
        let limit = segment.span.start;
        if let Some(visible) = &self.visible {
            let shown = visible.before(document, limit)?;
            let last = clamp_into(Pos(limit.0.saturating_sub(1)), shown.span);
            return self.segment_in(document, Some(shown), last);
        }
        let whole = document.blocks().get(segment.block)?.span;
        if whole.start < limit {
            return self.segment_at(document, Pos(limit.0 - 1));
        }
        let above = document.blocks().get(segment.block.checked_sub(1)?)?.span;
        self.segment_at(document, clamp_into(above.end, above))
    }

    /// Lays out one segment. A pure function; the caller may keep the rows.
    ///
    /// ```
    /// # use jingdu::{format::{ParseOptions, parse}, layout::{Flow, Measure}, source, text::Pos};
    /// let text = "河水涨上来的那天夜里，全镇的人都没有睡。\n";
    /// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
    /// let flow = Flow::default();
    /// let segment = flow.segment_at(&document, Pos(0)).unwrap();
    /// let measure = Measure { cells: 20, indent: 4, widow: true, ..Measure::default() };
    /// let rows = flow.rows(&document, &segment, &measure);
    /// let page: Vec<&str> = rows.iter().map(|row| document.slice(row.drawn())).collect();
    /// assert_eq!(page, ["河水涨上来的那天", "夜里，全镇的人都没", "有睡。"]);
    /// ```
    pub fn rows(&self, document: &Document, segment: &Segment, measure: &Measure) -> Vec<Row> {
        let Some(block) = document.blocks().get(segment.block) else {
            return Vec::new();
        };
        let span = segment.span;
        if segment.folded {
            return vec![Row {
                span,
                shown: span.start,
                ..Row::default()
            }];
        }
        if block.kind == BlockKind::Row && self.visible.is_none() && span == block.span {
            let rows = table::rows(document, segment.block, block, measure);
            if !rows.is_empty() {
                return rows;
            }
        }
        let mut style = self.style(document, segment, block, measure);
        if segment.cut.before {
            style.first_indent += measure.face.widths.text(OMISSION);
        }
        let bound = &self.bound[self.bound.partition_point(|b| b.start < span.start)..];
        let bound = &bound[..bound.partition_point(|b| b.end < span.end)];
        let text = document.slice(span);
        let rows = if segment.cut.behind {
            let mut rows = lay_out(
                &[text, OMISSION].concat(),
                span.start,
                style,
                measure,
                bound,
            );
            rows.retain_mut(|row| {
                row.span.end = row.span.end.min(span.end);
                row.shown = row.shown.min(span.end);
                row.span.start < span.end
            });
            rows
        } else {
            lay_out(text, span.start, style, measure, bound)
        };
        if rows.is_empty() {
            return vec![Row {
                span,
                shown: span.end,
                indent: style.first_indent as u16,
                ..Row::default()
            }];
        }
        rows
    }

    /// Returns the style of a segment: that of its block, changed by the view.
    fn style(
        &self,
        document: &Document,
        segment: &Segment,
        block: &Block,
        measure: &Measure,
    ) -> BlockStyle {
        let steps = measure.cells / 8;
        if self.visible.is_some() && !self.gaps {
            let indent = 2 * usize::from(segment.depth).min(steps);
            return BlockStyle::indented(indent, indent + steps.min(2));
        }
        let mut style = block_style(block, document.slice(block.span), measure);
        if block.kind == BlockKind::Paragraph && block.depth > 0 {
            style = item_paragraph_style(document, segment.block, measure).unwrap_or(style);
        }
        if segment.hanging {
            let step = measure.indent.max(2).min(steps * 2);
            style.first_indent = style.rest_indent + step;
            style.rest_indent += 2 * step;
        } else if segment.span.start > block.span.start {
            style.first_indent = style.rest_indent;
        }
        style
    }

    /// Returns the number of blank rows before a segment. The masthead has those before the
    /// first one.
    ///
    /// ```
    /// # use jingdu::{format::{ParseOptions, parse}, layout::{Flow, Measure}, source};
    /// let text = "河涨了三天，人等了三天。\n\n船夫说，再等一天就能走。\n";
    /// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
    /// let flow = Flow::default();
    /// let last = flow.segment_at(&document, document.end()).unwrap();
    /// // paragraphs are set apart by an indent, or by a blank row
    /// let blank = |gap| flow.blank_before(&document, &last, &Measure { gap, ..Measure::default() });
    /// assert_eq!((blank(false), blank(true)), (0, 1));
    /// ```
    pub fn blank_before(&self, document: &Document, segment: &Segment, measure: &Measure) -> usize {
        let Some(block) = document.blocks().get(segment.block) else {
            return 0;
        };
        let inside = segment.span.start > block.span.start && self.visible.is_none();
        let dense = self.visible.is_some() && !self.gaps;
        if inside || dense && !matches!(block.kind, BlockKind::Heading(_)) {
            return 0;
        }
        let Some(above) = self.prev(document, segment) else {
            return 0;
        };
        if self.gaps {
            return usize::from(above.span.end.byte() + 1 < segment.span.start.byte());
        }
        if dense {
            return 1;
        }
        let before = document.blocks().get(above.block);
        before.map_or(0, |before| blank_between(before, block, measure))
    }
}

/// Returns the position in `span` nearest to `pos`; its end is outside.
fn clamp_into(pos: Pos, span: Span) -> Pos {
    let last = Pos(span.end.0.saturating_sub(1));
    pos.clamp(span.start, last.max(span.start))
}

/// Returns the number of blank rows between two neighbouring blocks: at a heading, a change of
/// kind, or where the reader wants one (P-2: never together with an indent).
fn blank_between(above: &Block, below: &Block, measure: &Measure) -> usize {
    use BlockKind::{Caption, Heading, Image, Lead, Paragraph, Rule};
    let blank = match (above.kind, below.kind) {
        (_, Heading(_)) | (Heading(1 | 2) | Lead, _) => true,
        (Heading(_), _) | (Image, Caption) | (Caption, Image) => false,
        (Rule, _) | (_, Rule) => true,
        (Paragraph, Paragraph) => measure.gap,
        (a, b) => a != b,
    };
    usize::from(blank)
}

/// Returns the style of a block of this kind.
fn block_style(block: &Block, text: &str, measure: &Measure) -> BlockStyle {
    let room = measure.cells;
    let roomy = room >= measure::NARROW;
    let step = |cells: usize| if roomy { cells.min(room / 4) & !1 } else { 0 };
    let (depth, kind) = (usize::from(block.depth), block.kind);
    let mut right = 0;
    let (first, rest) = match kind {
        BlockKind::Paragraph | BlockKind::Lead | BlockKind::Note => {
            (measure.indent.min(room / 2), 0)
        }
        BlockKind::Item => {
            // a number ends where the text begins, so that 9. and 10. line up
            let marker = item_marker_cells(text, measure);
            let hang = step(marker.map_or(2, |cells| cells.next_multiple_of(2)));
            let nested = step(2 * depth);
            let first = nested + hang.saturating_sub(marker.unwrap_or(0));
            (first, nested + hang)
        }
        BlockKind::Quote => {
            right = step(4);
            [step(4 + 2 * depth.saturating_sub(1)); 2].into()
        }
        BlockKind::Code => (step(2), step(4)),
        BlockKind::Source | BlockKind::Row => (0, step(2)),
        BlockKind::Verse => (step(4), step(6)),
        // room for the brackets around it: 〔图：…〕
        BlockKind::Image if roomy => {
            right = 2;
            (6, 6)
        }
        _ => (0, 0),
    };
    let is_picture = kind == BlockKind::Image && !roomy;
    BlockStyle {
        right,
        balanced: matches!(kind, BlockKind::Heading(_)),
        centred: is_picture || matches!(kind, BlockKind::Caption | BlockKind::Rule),
        verbatim: kind == BlockKind::Code,
        ..BlockStyle::indented(first, rest)
    }
}

/// Returns the style of a further paragraph of a list item: below the item's text.
fn item_paragraph_style(
    document: &Document,
    block: usize,
    measure: &Measure,
) -> Option<BlockStyle> {
    let blocks = document.blocks();
    let depth = blocks.get(block)?.depth;
    let mut above = blocks.get(..block)?.iter().rev().take(MAX_ITEM_BLOCKS);
    let item = above.find(|b| b.kind == BlockKind::Item && b.depth == depth)?;
    let indent = block_style(item, document.slice(item.span), measure).rest_indent;
    Some(BlockStyle::indented(indent, indent))
}

/// Returns the cells of the number that begins an item (`3. ` has 3), if one does.
fn item_marker_cells(text: &str, measure: &Measure) -> Option<usize> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    if !(1..6).contains(&digits) {
        return None;
    }
    let rest = text.get(digits..)?.strip_prefix(['.', ')'])?;
    let marker = text.get(..digits + 1 + usize::from(rest.starts_with(' ')))?;
    Some(measure.face.widths.text(marker))
}

/// Returns the part of a block that holds `pos`: the whole block unless it is long.
pub(crate) fn part_at(text: &str, block: Span, pos: Pos) -> Span {
    const MAX_BYTES: usize = SEGMENT_BYTES + SEGMENT_BYTES / 2;
    if block.len() <= MAX_BYTES {
        return block;
    }
    let (start, end) = (block.start.byte(), block.end.byte());
    let border = |k: usize| match k {
        0 => start,
        _ => border_after(text, start + k * SEGMENT_BYTES, end),
    };
    let mut k = (pos.byte() - start) / SEGMENT_BYTES;
    if border(k) > pos.byte() {
        k -= 1;
    }
    // a short rest belongs to the part before it
    let last = |k: usize| Some(border(k)).filter(|start| end - start < MAX_BYTES);
    match k.checked_sub(1).and_then(last).or_else(|| last(k)) {
        Some(start) => Span::new(start, end),
        None => Span::new(border(k), border(k + 1).min(end)),
    }
}

/// Returns the place near `byte` at which a long paragraph that ends at `end` is divided: behind
/// the next sentence, or at the next cluster where no sentence ends nearby.
fn border_after(text: &str, byte: usize, end: usize) -> usize {
    if byte >= end {
        return end;
    }
    let mut from = cluster::floor(text, byte);
    if from < byte {
        from = cluster::next(text, from);
    }
    let to = cluster::floor(text, (from + BORDER_BYTES).min(end));
    let window = text.get(from..to).unwrap_or_default();
    first_break(window).map_or(from, |i| from + i)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Builder;
    use crate::layout::Face;
    use crate::text::WidthPolicy;

    fn document(paragraphs: &[&str]) -> Document {
        let mut b = Builder::new();
        for (i, p) in paragraphs.iter().enumerate() {
            b.block(BlockKind::Paragraph, 0, i + 1, p);
        }
        b.finish()
    }

    fn walk(flow: &Flow, d: &Document) -> Vec<String> {
        let mut out = Vec::new();
        let mut segment = flow.segment_at(d, Pos(0));
        while let Some(p) = segment {
            out.push(d.slice(p.span).to_owned());
            assert_eq!(flow.segment_at(d, p.span.start), Some(p));
            segment = flow.next(d, &p);
            if let Some(n) = segment {
                assert_eq!(flow.prev(d, &n), Some(p));
            }
        }
        out
    }

    #[test]
    fn cuts_begin_segments_of_their_own() {
        let d = document(&["为此，一是甲。二是乙。", "完。"]);
        let at = |s: &str| Pos::new(d.text().find(s).unwrap());
        let flow = Flow {
            cuts: vec![at("一是"), at("二是")],
            ..Flow::default()
        };
        assert_eq!(walk(&flow, &d), ["为此，", "一是甲。", "二是乙。", "完。"]);
    }

    #[test]
    fn a_view_shows_some_spans_only() {
        let d = document(&["甲乙丙丁", "戊己庚辛"]);
        let spans = [Span::new(3, 6), Span::new(16, 19)];
        let shown = spans.map(|span| VisibleSpan {
            span,
            depth: 0,
            cut: Cut::default(),
        });
        let shown = shown.to_vec();
        let flow = Flow {
            visible: Some(Arc::new(shown)),
            ..Flow::default()
        };
        assert_eq!(walk(&flow, &d), ["乙", "己"]);
    }

    #[test]
    fn an_omission_has_its_room_on_the_last_row() {
        let d = document(&["一二三四五六七八九十甲乙丙丁戊己庚辛壬癸"]);
        let measure = Measure::fitted(40, 72, false, true, Face::plain(WidthPolicy::NARROW));
        for end in 1..=20 {
            let shown = VisibleSpan {
                span: Span::new(0, 3 * end),
                depth: 0,
                cut: Cut {
                    before: true,
                    behind: true,
                },
            };
            let flow = Flow {
                visible: Some(Arc::new(vec![shown])),
                ..Flow::default()
            };
            let segment = flow.segment_at(&d, Pos(0)).unwrap();
            let rows = flow.rows(&d, &segment, &measure);
            let last = rows.last().unwrap();
            assert!(usize::from(last.indent + last.cells) <= measure.cells);
            let omission = measure.face.widths.text(OMISSION);
            assert_eq!(
                rows.first().map(|row| usize::from(row.indent)),
                Some(omission)
            );
            assert!(segment.cut.behind && last.span.end == shown.span.end && !last.span.is_empty());
        }
    }

    #[test]
    fn a_huge_paragraph_is_divided() {
        let long = "协同发展是一个系统工程。".repeat(3000);
        let d = document(&["前。", &long, "后。"]);
        let parts = walk(&Flow::default(), &d);
        assert!(parts.len() > 5, "{}", parts.len());
        assert_eq!(parts.concat(), format!("前。{long}后。"));
        let is_whole = |p: &String| p.ends_with('。') && p.len() < 2 * SEGMENT_BYTES;
        assert!(parts.iter().all(is_whole));
        let segment = Flow::default().segment_at(&d, Pos::new(50_000)).unwrap();
        let measure = Measure::fitted(100, 72, false, true, Face::plain(WidthPolicy::NARROW));
        assert!(!Flow::default().rows(&d, &segment, &measure).is_empty());
    }
}
