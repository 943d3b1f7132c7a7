//! Motions: the next point, section, paragraph or sentence.
//!
//! Pure functions of document, outline and a position; they move nothing.

use crate::document::Document;
use crate::outline::{EntryKind, MarkerPosition, Outline, Point};
use crate::text::{Pos, Span, cluster, sentence};

/// Returns the point `count` points after (or before) `focus`, or the last (first) one. `None`
/// without a point that way.
pub fn point(outline: &Outline, focus: Pos, forward: bool, count: usize) -> Option<usize> {
    let starts = |i: usize| outline.points.get(i).map(|p| p.span.start);
    if forward {
        let first = outline.points.partition_point(|p| p.span.start <= focus);
        starts(first)?;
        Some((first + count - 1).min(outline.points.len() - 1))
    } else {
        let before = outline.points.partition_point(|p| p.span.start < focus);
        before.checked_sub(1)?;
        Some(before.saturating_sub(count))
    }
}

/// Returns the marker or the label of the point or plain sub-heading `count` of them after (or
/// before) `focus`, or of the last (first) one. `None` without any that way. Takes time in
/// proportion to `count`.
pub fn stop(outline: &Outline, focus: Pos, forward: bool, count: usize) -> Option<Span> {
    let (mut at, mut found) = (focus, None);
    for _ in 0..count.max(1) {
        let point = point(outline, at, forward, 1).and_then(|i| outline.points.get(i));
        let point = point.map(|p| {
            let landing = if p.marker.is_empty() {
                p.label
            } else {
                p.marker
            };
            (p.span.start, landing)
        });
        let plain = outline.subheading_near(at, forward);
        let stops = point
            .into_iter()
            .chain(plain.map(|label| (label.start, label)));
        let next = if forward {
            stops.min_by_key(|(start, _)| *start)
        } else {
            stops.max_by_key(|(start, _)| *start)
        };
        let Some((start, landing)) = next else { break };
        (at, found) = (start, Some(Span::between(start, landing.end.max(start))));
    }
    found
}

/// Returns the entries at which sections begin: headings, topics, and points that head a line
/// at one of the two outermost levels.
pub fn sections(outline: &Outline) -> Vec<usize> {
    let heads = |p: &Point| match p.place {
        MarkerPosition::Heading => true,
        place => place == MarkerPosition::LineHead && p.level <= 2,
    };
    let is_section = |kind: EntryKind| match kind {
        EntryKind::Point(i) => outline.points.get(i.get()).is_some_and(heads),
        // right below its heading, which is one
        EntryKind::Opening => false,
        _ => true,
    };
    let entries = outline.entries.iter().enumerate();
    let sections = entries.filter(|(_, e)| is_section(e.kind));
    sections.map(|(i, _)| i).collect()
}

/// Returns the start of the paragraph `count` paragraphs after (or before) `focus`. Going back
/// from inside a paragraph, its own start is the first.
pub fn paragraph(document: &Document, focus: Pos, forward: bool, count: usize) -> Option<Pos> {
    let blocks = document.blocks();
    // a fold is one paragraph
    let fold = document.fold_at(focus);
    let here = fold.map_or_else(|| document.block_at(focus), |fold| Some(fold.first))?;
    let after = |block: usize| document.fold_of(block).map_or(block + 1, |fold| fold.end);
    let before = |block: usize| {
        let above = block.checked_sub(1)?;
        Some(document.fold_of(above).map_or(above, |fold| fold.first))
    };
    let inside = blocks.get(here)?.span.start < focus;
    let (mut target, mut left) = (here, count);
    if !forward && inside {
        left -= 1;
    } else if forward && after(here) >= blocks.len() || !forward && here == 0 {
        return None;
    }
    while left > 0 {
        let next = if forward {
            Some(after(target)).filter(|next| *next < blocks.len())
        } else {
            before(target)
        };
        let Some(next) = next else { break };
        (target, left) = (next, left - 1);
    }
    blocks.get(target).map(|b| b.span.start)
}

/// Returns the start of the next sentence, or of the one before.
pub fn sentence(document: &Document, focus: Pos, forward: bool) -> Option<Pos> {
    let text = document.text();
    let block = document.block_span_at(focus)?;
    if forward {
        let from = focus.byte();
        let to = block.end.byte().min(from + sentence::MAX_SENTENCE_BYTES);
        let window = text.get(from..cluster::floor(text, to)).unwrap_or_default();
        let next = sentence::next_start(window).map(|i| Pos::new(from + i));
        let inside = next.filter(|p| *p < block.end);
        return inside.or_else(|| paragraph(document, focus, true, 1));
    }
    if focus > block.start {
        return Some(last_sentence(text, block.start, focus));
    }
    let above = document.block_at(focus)?.checked_sub(1)?;
    let above = document.blocks().get(above)?.span;
    Some(last_sentence(text, above.start, above.end))
}

/// Returns the start of the sentence that holds `pos`.
pub(crate) fn sentence_at(document: &Document, pos: Pos) -> Pos {
    let Some(block) = document.block_span_at(pos) else {
        return pos;
    };
    let next = Pos::new(cluster::next(document.text(), pos.byte()));
    let end = next.min(block.end).max(block.start);
    last_sentence(document.text(), block.start, end)
}

/// Returns the start of the last sentence between two positions.
fn last_sentence(text: &str, from: Pos, to: Pos) -> Pos {
    Pos::new(sentence::last_start(text, from.byte()..to.byte()))
}

/// Returns the end of the sentence at `pos`: the start of the next one, or the end of the block.
/// One without an end is cut where no reader takes it for a sentence any more.
pub(crate) fn sentence_end(document: &Document, pos: Pos) -> Pos {
    let (text, from) = (document.text(), pos.byte());
    let end = document.block_span_at(pos).map_or(pos, |block| block.end);
    // far enough for any place in a sentence that begins at `pos`
    let reach = end.byte().min(from + 2 * sentence::MAX_SENTENCE_BYTES);
    let reach = cluster::floor(text, reach).max(from);
    let window = text.get(from..reach).unwrap_or_default();
    Pos::new(sentence::next_start(window).map_or(reach, |next| from + next))
}

/// Returns the sentence that holds `pos`.
pub(crate) fn sentence_span(document: &Document, pos: Pos) -> Span {
    let start = sentence_at(document, pos);
    Span::between(start, sentence_end(document, start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Builder};

    fn document() -> Document {
        let mut b = Builder::new();
        b.block(BlockKind::Paragraph, 0, 1, "甲。“乙！”丙？");
        b.block(BlockKind::Paragraph, 0, 2, "丁……戊。");
        b.finish()
    }

    #[test]
    fn sentences_are_visited_both_ways_over_paragraphs() {
        let d = document();
        let visit = |from: Pos, forward: bool| {
            let (mut at, mut seen) = (from, String::new());
            let goes_on = |at: Pos, next: &Pos| if forward { *next > at } else { *next < at };
            while let Some(next) = sentence(&d, at, forward).filter(|next| goes_on(at, next)) {
                at = next;
                seen.extend(d.text().split_at(at.byte()).1.chars().next());
            }
            (at, seen)
        };
        let (end, seen) = visit(Pos(0), true);
        assert_eq!(seen, "“丙丁戊");
        assert_eq!(visit(end, false), (Pos(0), "丁丙“甲".to_owned()));
    }

    #[test]
    fn a_paragraph_without_stops_is_no_sentence_without_end() {
        let mut b = Builder::new();
        b.block(BlockKind::Paragraph, 0, 1, &"一是".repeat(100_000));
        let d = b.finish();
        for pos in [0, 3, 60_000, 300_000, 599_997] {
            let sentence = sentence_span(&d, Pos(pos));
            assert!(sentence.contains(Pos(pos)), "{sentence:?} {pos}");
            assert!(sentence.len() <= 2 * sentence::MAX_SENTENCE_BYTES);
        }
    }

    #[test]
    fn going_back_first_finds_ones_own_paragraph() {
        let d = document();
        let second = d.blocks().get(1).unwrap().span.start;
        assert_eq!(paragraph(&d, Pos(second.0 + 3), false, 1), Some(second));
        assert_eq!(paragraph(&d, second, false, 1), Some(Pos(0)));
        assert_eq!(paragraph(&d, Pos(0), false, 1), None);
        assert_eq!(paragraph(&d, Pos(0), true, 9), Some(second));
    }
}
