//! What the skeleton view (提纲) lets through: the whole argument, on as few rows
//! as it takes.
//!
//! 1. Of every entry its label, set in by its depth.
//! 2. Of the lead, and of a paragraph without points, its first and its last
//!    sentence, of long ones the first and the last clauses; the view dims them.
//! 3. Of what the reader has unfolded, everything.
//!
//! Only spans of the text: searching, jumping and the place work as ever.

use crate::document::Document;
use crate::layout::Flow;
use crate::layout::flow::Shown;
use crate::outline::{EntryKind, Outline};
use crate::session::motion;
use crate::text::{Pos, Span};
use std::collections::BTreeSet;

/// The flow of the skeleton. Linear in entries and blocks.
#[must_use]
pub fn skeleton(document: &Document, outline: &Outline, unfolded: &BTreeSet<Pos>) -> Flow {
    let mut only: Vec<Shown> = Vec::new();
    let mut entries = outline.entries.iter().enumerate().peekable();
    let mut depth = 0;
    for block in document.blocks() {
        let mut listed = false;
        while let Some((i, entry)) = entries.next_if(|(_, e)| e.label.start < block.span.end) {
            listed = true;
            depth = entry.depth;
            let open = unfolded.contains(&entry.label.start);
            let next = outline.entries.get(i + 1).map_or(block.span.end, |e| e.label.start.min(block.span.end));
            let whole = Span { start: entry.label.start, end: next.max(entry.label.end) };
            let prose = matches!(entry.kind, EntryKind::Lead | EntryKind::Introduction);
            let label = if prose { first_sentence(document, Span { start: entry.label.start, end: block.span.end }) } else { entry.label };
            push(&mut only, if open { whole } else { label }, depth);
            if prose && !open {
                push(&mut only, last_sentence(document, block.span), depth + 1);
            }
        }
        if listed || !block.kind.is_body() {
            continue;
        }
        let set_in = depth + u8::from(!outline.entries.is_empty());
        if unfolded.contains(&block.span.start) {
            push(&mut only, block.span, set_in);
        } else {
            push(&mut only, first_sentence(document, block.span), set_in);
            push(&mut only, last_sentence(document, block.span), set_in);
        }
    }
    Flow { only: Some(only), ..Flow::default() }
}

/// Where the stretch that holds `pos` begins: what is to be unfolded there.
#[must_use]
pub fn holder(flow: &Flow, document: &Document, outline: &Outline, pos: Pos) -> Option<Pos> {
    let shown = flow.only.as_ref()?;
    let at = shown.partition_point(|s| s.span.start <= pos).checked_sub(1)?;
    let start = shown.get(at)?.span.start;
    if is_entry(outline, start) {
        return Some(start);
    }
    // a sentence stands for its paragraph, or for the lead that it ends
    let block = document.blocks().get(document.block_at(start)?)?.span;
    let entry = outline.entries.get(outline.entries.partition_point(|e| e.label.start < block.start));
    Some(entry.filter(|e| block.contains(e.label.start)).map_or(block.start, |e| e.label.start))
}

/// What must be unfolded to show `pos`: the entry it belongs to in its paragraph,
/// or the paragraph.
#[must_use]
pub fn hider(document: &Document, outline: &Outline, pos: Pos) -> Option<Pos> {
    let block = document.blocks().get(document.block_at(pos)?)?.span;
    let before = outline.entries.partition_point(|e| e.label.start <= pos).checked_sub(1);
    let entry = before.and_then(|i| outline.entries.get(i)).filter(|e| block.contains(e.label.start));
    Some(entry.map_or(block.start, |e| e.label.start))
}

/// Whether an entry's label begins there.
#[must_use]
pub fn is_entry(outline: &Outline, start: Pos) -> bool {
    outline.entries.binary_search_by_key(&start, |e| e.label.start).is_ok()
}

/// Adds a stretch, or what of it is not shown yet.
fn push(only: &mut Vec<Shown>, span: Span, depth: u8) {
    let start = only.last().map_or(span.start, |s| s.span.end.max(span.start));
    if start < span.end {
        only.push(Shown { span: Span { start, end: span.end }, depth });
    }
}

fn first_sentence(document: &Document, block: Span) -> Span {
    let end = motion::sentence(document, block.start, true).filter(|end| *end < block.end).unwrap_or(block.end);
    let text = document.slice(Span { start: block.start, end });
    // of a long sentence the clauses that two rows hold
    let kept = clauses(text).take_while(|&at| chars(text.get(..at)) <= LONG).last();
    Span { start: block.start, end: kept.map_or(end, |at| Pos::new(block.start.byte() + at)) }
}

fn last_sentence(document: &Document, block: Span) -> Span {
    let inside = Pos(block.end.0.saturating_sub(1)).max(block.start);
    let start = motion::sentence_at(document, inside).max(block.start);
    let text = document.slice(Span { start, end: block.end });
    let from = if chars(Some(text)) <= LONG { 0 } else { clauses(text).find(|&at| at < text.len() && chars(text.get(at..)) <= LONG).unwrap_or(0) };
    Span { start: Pos::new(start.byte() + from), end: block.end }
}

/// A sentence longer than this, in characters, is shown in part.
const LONG: usize = 66;

fn chars(text: Option<&str>) -> usize {
    text.map_or(0, |t| t.chars().count())
}

/// Where the clauses of a text end.
fn clauses(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().filter(|(_, c)| matches!(c, '，' | '；' | '：' | '。' | '！' | '？')).map(|(i, c)| i + c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Builder};

    #[test]
    fn paragraphs_without_points_show_their_ends() {
        let mut b = Builder::new();
        b.block(BlockKind::Paragraph, 0, 1, "这里先说一句。中间还有一句。最后说一句。");
        b.block(BlockKind::Paragraph, 0, 2, "办法有两条：一是把路修好。细说一番。二是把灯点亮。再细说一番。");
        let d = b.finish();
        let o = crate::outline::outline(&d);
        let shown = |unfolded: &BTreeSet<Pos>| {
            let flow = skeleton(&d, &o, unfolded);
            flow.only.unwrap().iter().map(|s| d.slice(s.span).to_owned()).collect::<Vec<_>>()
        };
        let plain = shown(&BTreeSet::new());
        assert!(plain.iter().any(|s| s.starts_with("一是把路修好")), "{plain:?}");
        assert!(!plain.concat().contains("细说"), "{plain:?}");
        assert!(!plain.concat().contains("中间"), "{plain:?}");
        let point = o.points[0].span.start;
        let open = shown(&BTreeSet::from([point]));
        assert!(open.concat().contains("细说一番。") && !open.concat().contains("再细说"), "{open:?}");
    }
}
