//! The skeleton view (提纲): the whole argument on as few rows as possible.
//!
//! 1. Of every entry its label, indented by its depth.
//! 2. Of the lead, and of a paragraph without points, its first and its last
//!    sentence, of long ones the first and the last clauses; the view dims them.
//! 3. Of unfolded entries, everything.
//!
//! Only spans of the text, so that searching, jumping and the place work as ever. They are
//! computed from the entries near a position when they are asked for.

use super::entry_set::EntrySet;
use crate::document::{Block, Document};
use crate::layout::Flow;
use crate::layout::flow::{VisibleSpan, VisibleSpans};
use crate::outline::{EntryKind, Outline};
use crate::session::motion;
use crate::text::sentence::clause_ends;
use crate::text::{Pos, Span};
use std::sync::Arc;

/// The longest label: two hundred characters and a marker.
const MAX_LABEL_BYTES: u32 = 1024;

/// The longest sentence that is shown whole: two rows.
const MAX_SENTENCE_CHARS: usize = 66;

/// Returns the flow of the skeleton; `unfolded` are the starts of the unfolded entries.
pub fn skeleton(outline: &Arc<Outline>, unfolded: &EntrySet) -> Flow {
    Flow {
        visible: Some(Arc::new(Skeleton {
            outline: Arc::clone(outline),
            unfolded: unfolded.clone(),
        })),
        ..Flow::default()
    }
}

#[derive(Debug)]
struct Skeleton {
    outline: Arc<Outline>,
    unfolded: EntrySet,
}

impl VisibleSpans for Skeleton {
    fn after(&self, document: &Document, pos: Pos) -> Option<VisibleSpan> {
        let here = document.block_at(pos)?;
        let blocks = document.blocks().get(here..)?;
        blocks.iter().find_map(|block| {
            let mut near = Some(pos.max(block.span.start));
            // where an earlier entry covers all spans near the position: further on
            while let Some(at) = near.filter(|at| *at < block.span.end) {
                let (spans, more) = self.spans_near(document, block, at);
                let found = spans.into_iter().find(|s| s.span.end > pos);
                if found.is_some() {
                    return found;
                }
                near = more;
            }
            None
        })
    }

    fn before(&self, document: &Document, pos: Pos) -> Option<VisibleSpan> {
        let last = Pos(pos.min(document.end()).0.checked_sub(1)?);
        let last_of = |block: &Block| {
            let (spans, _) = self.spans_near(document, block, last.min(block.span.end));
            spans.into_iter().rfind(|s| s.span.start < pos)
        };
        let here = document.block_at(last)?;
        let blocks = document.blocks().get(..=here)?;
        blocks.iter().rev().find_map(last_of)
    }
}

impl Skeleton {
    /// Returns the spans of a block, and `None`. Of a block with many entries only those near
    /// `near`: the last that begins before it, and one that ends after it if there is one so
    /// near; and the start of the next entry behind them.
    fn spans_near(
        &self,
        document: &Document,
        block: &Block,
        near: Pos,
    ) -> (Vec<VisibleSpan>, Option<Pos>) {
        let entries = &self.outline.entries;
        let until = |at: Pos| entries.partition_point(|e| e.label.start < at);
        let (first, end) = (until(block.span.start), until(block.span.end));
        let mut shown = Vec::new();
        if first == end {
            self.push_paragraph(document, block, first, &mut shown);
            return (shown, None);
        }
        let here = until(Pos(near.0.saturating_add(1))).clamp(first + 1, end) - 1;
        // labels are not longer, so two of them bound the overlap
        let back = entries[here].label.start.0;
        let back = Pos(back.saturating_sub(2 * MAX_LABEL_BYTES));
        let from = until(back).clamp(first, here);
        let to = (here + 4).min(end);
        for i in (first..from.min(first + 1)).chain(from..to) {
            self.push_entry(document, block.span, i, &mut shown);
        }
        (shown, (to < end).then(|| entries[to].label.start))
    }

    /// Pushes the spans of the entry `i` in its block: its label, or all of it.
    fn push_entry(&self, document: &Document, block: Span, i: usize, shown: &mut Vec<VisibleSpan>) {
        let entries = &self.outline.entries;
        let entry = &entries[i];
        let start = entry.label.start;
        if self.unfolded.contains(start) {
            let next = entries.get(i + 1).map_or(block.end, |e| e.label.start);
            let end = next.min(block.end).max(entry.label.end);
            push(shown, Span::between(start, end), entry.depth);
        } else if matches!(entry.kind, EntryKind::Lead | EntryKind::Introduction) {
            push(shown, first_sentence(document, start), entry.depth);
            push(shown, last_sentence(document, block), entry.depth + 1);
        } else {
            push(shown, entry.label, entry.depth);
        }
    }

    /// Pushes the spans of a paragraph without points, before the entry `next`: its first and
    /// its last sentence, or all of it.
    fn push_paragraph(
        &self,
        document: &Document,
        block: &Block,
        next: usize,
        shown: &mut Vec<VisibleSpan>,
    ) {
        if !block.kind.is_body() {
            return;
        }
        let entries = &self.outline.entries;
        let above = next.checked_sub(1).and_then(|i| entries.get(i));
        let depth = above.map_or(0, |e| e.depth) + u8::from(!entries.is_empty());
        if self.unfolded.contains(block.span.start) {
            push(shown, block.span, depth);
        } else {
            push(shown, first_sentence(document, block.span.start), depth);
            push(shown, last_sentence(document, block.span), depth);
        }
    }
}

/// Returns the span that the skeleton shows at `pos`, or the last one before.
pub(crate) fn shown_at(flow: &Flow, document: &Document, pos: Pos) -> Option<Span> {
    let visible = flow.visible.as_ref()?;
    let shown = visible.before(document, Pos(pos.0.saturating_add(1)))?;
    Some(shown.span)
}

/// Returns the span shown at `pos`, from the start of the entry or paragraph to unfold for it.
pub(crate) fn unfold_target(
    flow: &Flow,
    document: &Document,
    outline: &Outline,
    pos: Pos,
) -> Option<Span> {
    let shown = shown_at(flow, document, pos)?;
    let start = shown.start;
    if outline.entry_labelled(start).is_some() {
        return Some(shown);
    }
    // a sentence represents its paragraph, or the lead that it ends
    let block = document.block_span_at(start)?;
    let entries = &outline.entries;
    let next = entries.partition_point(|e| e.label.start < block.start);
    let entry = entries.get(next).map(|e| e.label.start);
    let inside = entry.filter(|at| block.contains(*at));
    let start = inside.unwrap_or(block.start);
    Some(Span::between(start, shown.end))
}

/// Returns the start of the entry or paragraph that must be unfolded to show `pos`.
pub(crate) fn hidden_by(document: &Document, outline: &Outline, pos: Pos) -> Option<Pos> {
    let block = document.block_span_at(pos)?;
    let entries = &outline.entries;
    let next = entries.partition_point(|e| e.label.start <= pos);
    let entry = next.checked_sub(1).map(|i| entries[i].label.start);
    let inside = entry.filter(|at| block.contains(*at));
    Some(inside.unwrap_or(block.start))
}

/// Pushes a span, or the part of it that is not shown yet.
fn push(shown: &mut Vec<VisibleSpan>, span: Span, depth: u8) {
    let covered = shown.last().map_or(span.start, |s| s.span.end);
    let start = span.start.max(covered);
    if start < span.end {
        let span = Span::between(start, span.end);
        shown.push(VisibleSpan { span, depth });
    }
}

/// Returns the sentence that begins at `start`; of a long one its first clauses.
fn first_sentence(document: &Document, start: Pos) -> Span {
    let sentence = Span::between(start, motion::sentence_end(document, start));
    let text = document.slice(sentence);
    let fits = |end: &usize| text.split_at(*end).0.chars().count() <= MAX_SENTENCE_CHARS;
    match clause_ends(text).take_while(fits).last() {
        Some(end) => Span::new(start.byte(), start.byte() + end),
        None => sentence,
    }
}

/// Returns the last sentence of a block; of a long one its last clauses.
fn last_sentence(document: &Document, block: Span) -> Span {
    let inside = Pos(block.end.0.saturating_sub(1)).max(block.start);
    let start = motion::sentence_at(document, inside).max(block.start);
    let text = document.slice(Span::between(start, block.end));
    // the clause boundary nearest to the start of the part that fits
    let tail = |chars: usize| text.char_indices().rev().nth(chars).map_or(0, |(i, _)| i);
    let (least, before) = (tail(MAX_SENTENCE_CHARS - 1), tail(MAX_SENTENCE_CHARS));
    let mut ends = clause_ends(text.split_at(before).1).map(|at| before + at);
    let from = match least {
        0 => 0,
        _ => ends.find(|&at| at < text.len() && at >= least).unwrap_or(0),
    };
    Span::new(start.byte() + from, block.end.byte())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Builder};

    /// Returns a document of a lead and paragraphs, and its outline.
    fn document(lead: &str, paragraphs: &[&str]) -> (Document, Arc<Outline>) {
        let mut b = Builder::new();
        if !lead.is_empty() {
            b.block(BlockKind::Lead, 0, 1, lead);
        }
        for (i, text) in paragraphs.iter().enumerate() {
            b.block(BlockKind::Paragraph, 0, i + 2, text);
        }
        let d = b.finish();
        let o = Arc::new(crate::outline::outline(&d));
        (d, o)
    }

    /// Returns the visible spans one by one, and checks them backwards.
    fn walk(flow: &Flow, d: &Document) -> Vec<VisibleSpan> {
        let visible = flow.visible.as_ref().unwrap();
        let mut shown: Vec<VisibleSpan> = Vec::new();
        let mut end = Pos(0);
        while let Some(next) = visible.after(d, end) {
            assert!(end <= next.span.start && !next.span.is_empty(), "{next:?}");
            end = next.span.end;
            shown.push(next);
        }
        for pair in shown.windows(2) {
            let (first, next) = (Some(pair[0]), Some(pair[1]));
            let Span { start, end } = pair[1].span;
            assert_eq!(visible.before(d, start), first);
            assert_eq!(visible.after(d, Pos(end.0 - 1)), next);
            assert_eq!(visible.before(d, end), next);
        }
        assert_eq!(visible.before(d, Pos(u32::MAX)), shown.last().copied());
        shown
    }

    /// Returns the same spans, listed from the first entry to the last.
    fn listed(d: &Document, o: &Arc<Outline>, unfolded: &EntrySet) -> Vec<VisibleSpan> {
        let (outline, unfolded) = (Arc::clone(o), unfolded.clone());
        let skeleton = Skeleton { outline, unfolded };
        let mut shown: Vec<VisibleSpan> = Vec::new();
        let mut next = 0;
        for block in d.blocks() {
            let first = next;
            let is_inside =
                |i: usize| (o.entries.get(i)).is_some_and(|e| e.label.start < block.span.end);
            while is_inside(next) {
                skeleton.push_entry(d, block.span, next, &mut shown);
                next += 1;
            }
            if next == first {
                skeleton.push_paragraph(d, block, next, &mut shown);
            }
        }
        shown
    }

    /// Returns the set of these entries.
    fn some(starts: &mut dyn Iterator<Item = Pos>) -> EntrySet {
        let mut set = EntrySet::default();
        for start in starts {
            set.set(start, true);
        }
        set
    }

    #[test]
    fn dense_entries_are_all_shown() {
        let dense = "一是甲。二是乙。".repeat(700);
        let nested =
            "总的看：一是甲：（1）山路，（2）水路。二是乙，（1）桥，（2）渡口。".repeat(60);
        let lead = format!("核心提示：先说一句。再说一句。{dense}完。");
        let plain = "这里先说一句。中间一句。最后说一句。";
        let (d, o) = document(&lead, &[&dense, plain, &nested, "无标点", &dense]);
        assert!(o.entries.len() > 3000, "{}", o.entries.len());
        let starts = || o.entries.iter().map(|e| e.label.start);
        for unfolded in [
            EntrySet::default(),
            some(&mut starts().step_by(7)),
            EntrySet::full(true),
        ] {
            let shown = walk(&skeleton(&o, &unfolded), &d);
            assert_eq!(shown, listed(&d, &o, &unfolded));
            assert!(
                shown.len() > 3000 || unfolded == EntrySet::default(),
                "{}",
                shown.len()
            );
        }
    }

    #[test]
    fn paragraphs_without_points_show_their_ends() {
        let (d, o) = document(
            "",
            &[
                "这里先说一句。中间还有一句。最后说一句。",
                "办法有两条：一是把路修好。细说一番。二是把灯点亮。再细说一番。",
            ],
        );
        let shown = |unfolded: &EntrySet| {
            let shown = walk(&skeleton(&o, unfolded), &d).into_iter();
            shown
                .flat_map(|s| ["\n", d.slice(s.span)])
                .collect::<String>()
        };
        let plain = shown(&EntrySet::default());
        let open = shown(&some(&mut [o.points[0].span.start].into_iter()));
        for (text, part, wanted) in [
            (&plain, "\n一是把路修好", true),
            (&plain, "细说", false),
            (&plain, "中间", false),
            (&open, "细说一番。", true),
            (&open, "再细说", false),
        ] {
            assert_eq!(text.contains(part), wanted, "{part} in {text}");
        }
    }
}
