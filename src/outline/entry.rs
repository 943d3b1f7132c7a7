//! Lists what an outline pane shows.
//!
//! 1. Points and topics in text order; a topic takes a step of its own, and
//!    the points of its series stand below it.
//! 2. The lead (核心提示), and the introduction: the paragraphs before the
//!    first point, from the first that is more than an address.
//! 3. Plain sub-headings: short lines without a number between paragraphs.
//!
//! Entries nest by depth as points nest by level; only here do topics and
//! sub-headings count as steps.

use super::label::clauses;
use super::{Entry, EntryKind, Outline, PlaceOf};
use crate::document::{Block, BlockKind, Document};
use crate::text::{Pos, Span};

/// Longer lines are no sub-headings.
const SHORT: usize = 20;

/// The entries of an outline whose points and topics are known.
pub fn entries(document: &Document, outline: &Outline) -> Vec<Entry> {
    let mut entries = drafts(document, outline);
    // in place: a long text has hundreds of thousands
    entries.sort_unstable_by_key(|e| (e.span.start, rank(e.kind)));
    let topic_of = topic_of(outline);
    let mut depths: Vec<u8> = vec![0; outline.points.len()];
    let mut topics: Vec<u8> = vec![0; outline.topics.len()];
    // The sub-heading in force, and the point that it stands in.
    let mut sub: Option<Option<usize>> = None;
    for entry in &mut entries {
        let under = |parent: Option<usize>, depths: &[u8]| parent.and_then(|p| depths.get(p)).map_or(0, |d| d.saturating_add(1));
        let step = |parent: Option<usize>, sub: Option<Option<usize>>| u8::from(sub == Some(parent));
        entry.depth = match entry.kind {
            EntryKind::Lead | EntryKind::Introduction => 0,
            EntryKind::Subheading => {
                let inside = enclosing(outline, entry.span.start);
                sub = Some(inside);
                under(inside, &depths)
            }
            EntryKind::Topic(t) => {
                let first = outline.topics.get(t).and_then(|t| t.points.first()).and_then(|p| outline.points.get(*p));
                let parent = first.and_then(|p| p.parent);
                let depth = under(parent, &depths).saturating_add(step(parent, sub));
                if let Some(slot) = topics.get_mut(t) {
                    *slot = depth;
                }
                depth
            }
            EntryKind::Point(i) => {
                let Some(point) = outline.points.get(i) else { continue };
                if point.place == PlaceOf::Heading {
                    sub = None;
                }
                let topic = topic_of.get(i).copied().flatten().and_then(|t| topics.get(t));
                let depth = match topic {
                    Some(topic) => topic.saturating_add(1),
                    None => under(point.parent, &depths).saturating_add(step(point.parent, sub)),
                };
                if let Some(slot) = depths.get_mut(i) {
                    *slot = depth;
                }
                depth
            }
        };
    }
    close(document, &mut entries);
    entries
}

/// Ends every entry where the next of its depth or less begins.
fn close(document: &Document, entries: &mut [Entry]) {
    let text = document.text();
    // For each depth, where the nearest entry of that depth or less begins.
    let mut nearest = [document.end(); 256];
    for entry in entries.iter_mut().rev() {
        let start = entry.span.start;
        let end = nearest.get(usize::from(entry.depth)).copied().unwrap_or(start).max(start);
        let kept = text.get(start.byte()..end.byte()).map_or(0, |t| t.trim_end().len());
        entry.span = Span::new(start.byte(), start.byte() + kept);
        nearest.iter_mut().skip(usize::from(entry.depth)).for_each(|n| *n = start);
    }
    // The entries that are open, outermost first.
    let mut open: Vec<(usize, u8)> = Vec::new();
    for (i, entry) in entries.iter_mut().enumerate() {
        while open.last().is_some_and(|(_, depth)| *depth >= entry.depth) {
            open.pop();
        }
        entry.parent = open.last().map(|(above, _)| *above);
        open.push((i, entry.depth));
    }
}

/// The topic that each point belongs to.
fn topic_of(outline: &Outline) -> Vec<Option<usize>> {
    let mut of = vec![None; outline.points.len()];
    for (t, topic) in outline.topics.iter().enumerate() {
        for p in &topic.points {
            if let Some(slot) = of.get_mut(*p) {
                *slot = Some(t);
            }
        }
    }
    of
}

/// The innermost point that holds `at`, and is not inside a paragraph.
fn enclosing(outline: &Outline, at: Pos) -> Option<usize> {
    outline.point_at(at).filter(|i| outline.points.get(*i).is_some_and(|p| p.place != PlaceOf::Inline))
}

/// Which of two entries at one place comes first.
fn rank(kind: EntryKind) -> u8 {
    match kind {
        EntryKind::Topic(_) => 0,
        EntryKind::Lead | EntryKind::Introduction | EntryKind::Subheading => 1,
        EntryKind::Point(_) => 2,
    }
}

/// Everything that becomes an entry, without depth and end.
fn drafts(document: &Document, outline: &Outline) -> Vec<Entry> {
    let draft = |kind, label, start| Entry { kind, depth: 0, label, span: Span { start, end: start }, parent: None };
    let mut drafts = Vec::with_capacity(outline.points.len() + outline.topics.len() + 8);
    drafts.extend(outline.points.iter().enumerate().map(|(i, p)| draft(EntryKind::Point(i), p.label, p.span.start)));
    drafts.extend(outline.topics.iter().enumerate().map(|(i, t)| draft(EntryKind::Topic(i), t.label, t.span.start)));
    let first = [outline.points.first().map(|p| p.span.start), outline.topics.first().map(|t| t.span.start)].into_iter().flatten().min();
    let (mut lead, mut introduction) = (false, false);
    for (i, block) in document.blocks().iter().enumerate() {
        let start = block.span.start;
        if block.kind == BlockKind::Lead && !lead {
            lead = true;
            drafts.push(draft(EntryKind::Lead, first_clause(document, block), start));
        } else if subheads(document, i) && !outline.points.get(point_before(outline, block)).is_some_and(|p| block.span.contains(p.span.start)) {
            introduction = true;
            drafts.push(draft(EntryKind::Subheading, block.span, start));
        } else if matches!(block.kind, BlockKind::Paragraph | BlockKind::Quote) && !introduction && block.span.len() >= 15 * 3 {
            introduction = true;
            if first.is_some_and(|f| start < f) {
                drafts.push(draft(EntryKind::Introduction, first_clause(document, block), start));
            }
        }
    }
    drafts
}

/// The last point that begins before the end of a block.
fn point_before(outline: &Outline, block: &Block) -> usize {
    outline.points.partition_point(|p| p.span.start < block.span.end).wrapping_sub(1)
}

/// What a paragraph begins with, without 核心提示：.
fn first_clause(document: &Document, block: &Block) -> Span {
    let text = document.slice(block.span);
    let tag = ["核心提示", "内容提要", "內容提要", "摘要", "导读", "導讀", "编者按"].iter().find(|t| text.starts_with(**t));
    let skip = tag.map_or(0, |t| t.len());
    let rest = text.get(skip..).unwrap_or_default();
    let body = rest.trim_start_matches(['：', ':', ' ', '　']);
    let from = block.span.start.byte() + skip + rest.len() - body.len();
    Span::new(from, from + clauses(body, 8))
}

/// Whether a block is a plain sub-heading: a short line without any mark, a
/// full paragraph before or behind it and one after it.
pub fn subheads(document: &Document, index: usize) -> bool {
    let at = |i: usize| document.blocks().get(i);
    let Some(block) = at(index).filter(|b| b.kind == BlockKind::Paragraph && b.span.len() <= SHORT * 3) else { return false };
    let long = |b: &Block| b.span.len() >= 40 * 3;
    let Some(after) = at(index + 1).filter(|b| index > 0 && long(b)) else { return false };
    let text = document.slice(block.span);
    let plain = text.chars().count() >= 2 && text.chars().all(|c| c.is_alphanumeric() || "“”「」《》、？?·—　 ".contains(c)) && !text.ends_with('、');
    let full = document.slice(after.span).ends_with(['。', '！', '？', '”', '」', '：', '.', '）']);
    let letters = text.chars().next().is_some_and(|c| c.is_alphabetic() || "“「《".contains(c));
    // a line of dialogue is quoted whole; what trails off heads nothing
    let spoken = text.starts_with(['“', '「']) && text.ends_with(['”', '」']);
    let open = text.ends_with(['—', '…']);
    plain && letters && full && !spoken && !open && at(index - 1).is_some_and(|b| b.kind == BlockKind::Item || b.span.len() >= 30)
}
