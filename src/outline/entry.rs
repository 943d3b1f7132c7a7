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
use super::{Entry, EntryKind, Index, Outline, PlaceOf};
use crate::document::{Block, BlockKind, Document};
use crate::text::{Pos, Span};

/// Longer lines are no sub-headings.
const SHORT: usize = 20;

/// The entries of an outline whose points and topics are known.
pub fn entries(document: &Document, outline: &Outline) -> Vec<Entry> {
    let mut entries = drafts(document, outline);
    let mut depths: Vec<u8> = vec![0; outline.points.len()];
    // The topic before, and its depth: its points follow it.
    let mut topic = (0..0, 0);
    // The sub-heading in force, and the point that it stands in.
    let mut sub: Option<Option<Index>> = None;
    for entry in &mut entries {
        let under = |parent: Option<Index>, depths: &[u8]| {
            parent
                .and_then(|p| depths.get(p.get()))
                .map_or(0, |d| d.saturating_add(1))
        };
        let step =
            |parent: Option<Index>, sub: Option<Option<Index>>| u8::from(sub == Some(parent));
        entry.depth = match entry.kind {
            EntryKind::Lead | EntryKind::Introduction => 0,
            EntryKind::Subheading => {
                let inside = enclosing(outline, entry.span.start);
                sub = Some(inside);
                under(inside, &depths)
            }
            EntryKind::Topic(t) => {
                let points = outline
                    .topics
                    .get(t.get())
                    .map(super::Topic::points)
                    .unwrap_or_default();
                let parent = outline.points.get(points.start).and_then(|p| p.parent);
                let depth = under(parent, &depths).saturating_add(step(parent, sub));
                topic = (points, depth);
                depth
            }
            EntryKind::Point(i) => {
                let Some(point) = outline.points.get(i.get()) else {
                    continue;
                };
                if point.place == PlaceOf::Heading {
                    sub = None;
                }
                let depth = if topic.0.contains(&i.get()) {
                    topic.1.saturating_add(1)
                } else {
                    under(point.parent, &depths).saturating_add(step(point.parent, sub))
                };
                if let Some(slot) = depths.get_mut(i.get()) {
                    *slot = depth;
                }
                depth
            }
        };
    }
    close(document, &mut entries);
    entries
}

/// Ends every entry where the next of its depth or less begins, and says what it
/// stands under.
fn close(document: &Document, entries: &mut [Entry]) {
    let text = document.text();
    // The entries that are open, outermost first.
    let mut open: Vec<(Index, u8)> = Vec::new();
    let end_at = |entries: &mut [Entry], i: Index, end: Pos| {
        let Some(entry) = entries.get_mut(i.get()) else {
            return;
        };
        let kept = text
            .get(entry.span.start.byte()..end.byte())
            .map_or(0, |t| t.trim_end().len());
        entry.span.end = Pos::new(entry.span.start.byte() + kept);
    };
    for i in 0..entries.len() {
        let Some((start, depth)) = entries.get(i).map(|e| (e.span.start, e.depth)) else {
            continue;
        };
        while let Some((above, _)) = open.pop_if(|(_, above)| *above >= depth) {
            end_at(entries, above, start);
        }
        if let Some(entry) = entries.get_mut(i) {
            entry.parent = open.last().map(|(above, _)| *above);
        }
        open.push((Index::new(i), depth));
    }
    for (i, _) in open {
        end_at(entries, i, document.end());
    }
}

/// The innermost point that holds `at`, and is not inside a paragraph.
fn enclosing(outline: &Outline, at: Pos) -> Option<Index> {
    outline
        .point_at(at)
        .filter(|i| {
            outline
                .points
                .get(*i)
                .is_some_and(|p| p.place != PlaceOf::Inline)
        })
        .map(Index::new)
}

/// Everything that becomes an entry, in text order, without depth and end. At one place
/// a topic comes first and a point last.
fn drafts(document: &Document, outline: &Outline) -> Vec<Entry> {
    let mut drafts = Vec::with_capacity(outline.points.len() + outline.topics.len() + 8);
    let mut points = outline
        .points
        .iter()
        .enumerate()
        .map(|(i, p)| draft(EntryKind::Point(Index::new(i)), p.label, p.span.start))
        .peekable();
    let mut topics = outline
        .topics
        .iter()
        .enumerate()
        .map(|(i, t)| draft(EntryKind::Topic(Index::new(i)), t.label, t.span.start))
        .peekable();
    for between in beside(document, outline)
        .into_iter()
        .map(Some)
        .chain([None])
    {
        let before = |start: Pos, same: bool| {
            between
                .as_ref()
                .is_none_or(|b| start < b.span.start || (same && start == b.span.start))
        };
        loop {
            let topic = topics
                .peek()
                .map(|t| t.span.start)
                .filter(|start| before(*start, true));
            let point = points
                .peek()
                .map(|p| p.span.start)
                .filter(|start| before(*start, false));
            let next = match (topic, point) {
                (Some(topic), Some(point)) if point < topic => points.next(),
                (Some(_), _) => topics.next(),
                (None, _) if point.is_some() => points.next(),
                _ => break,
            };
            drafts.extend(next);
        }
        drafts.extend(between);
    }
    drafts
}

fn draft(kind: EntryKind, label: Span, start: Pos) -> Entry {
    Entry {
        kind,
        depth: 0,
        label,
        span: Span { start, end: start },
        parent: None,
    }
}

/// The entries that are neither points nor topics, in text order.
fn beside(document: &Document, outline: &Outline) -> Vec<Entry> {
    let mut drafts = Vec::new();
    let first = [
        outline.points.first().map(|p| p.span.start),
        outline.topics.first().map(|t| t.span.start),
    ]
    .into_iter()
    .flatten()
    .min();
    let (mut lead, mut introduction) = (false, false);
    for (i, block) in document.blocks().iter().enumerate() {
        let start = block.span.start;
        if block.kind == BlockKind::Lead && !lead {
            lead = true;
            drafts.push(draft(
                EntryKind::Lead,
                first_clause(document, &block),
                start,
            ));
        } else if subheads(document, i)
            && !outline
                .points
                .get(point_before(outline, &block))
                .is_some_and(|p| block.span.contains(p.span.start))
        {
            introduction = true;
            drafts.push(draft(EntryKind::Subheading, block.span, start));
        } else if matches!(block.kind, BlockKind::Paragraph | BlockKind::Quote)
            && !introduction
            && block.span.len() >= 15 * 3
        {
            introduction = true;
            if first.is_some_and(|f| start < f) {
                drafts.push(draft(
                    EntryKind::Introduction,
                    first_clause(document, &block),
                    start,
                ));
            }
        }
    }
    drafts
}

/// The last point that begins before the end of a block.
fn point_before(outline: &Outline, block: &Block) -> usize {
    outline
        .points
        .partition_point(|p| p.span.start < block.span.end)
        .wrapping_sub(1)
}

/// What a paragraph begins with, without 核心提示：.
fn first_clause(document: &Document, block: &Block) -> Span {
    let text = document.slice(block.span);
    let tag = [
        "核心提示",
        "内容提要",
        "內容提要",
        "摘要",
        "导读",
        "導讀",
        "编者按",
    ]
    .iter()
    .find(|t| text.starts_with(**t));
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
    let Some(block) =
        at(index).filter(|b| b.kind == BlockKind::Paragraph && b.span.len() <= SHORT * 3)
    else {
        return false;
    };
    let long = |b: &Block| b.span.len() >= 40 * 3;
    let Some(after) = at(index + 1).filter(|b| index > 0 && long(b)) else {
        return false;
    };
    let text = document.slice(block.span);
    let plain = text.chars().nth(1).is_some()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || "“”「」《》、？?·—　 ".contains(c))
        && !text.ends_with('、');
    let full = document
        .slice(after.span)
        .ends_with(['。', '！', '？', '”', '」', '：', '.', '）']);
    let letters = text
        .chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() || "“「《".contains(c));
    // a line of dialogue is quoted whole; what trails off heads nothing
    let spoken = text.starts_with(['“', '「']) && text.ends_with(['”', '」']);
    let open = text.ends_with(['—', '…']);
    plain
        && letters
        && full
        && !spoken
        && !open
        && at(index - 1).is_some_and(|b| b.kind == BlockKind::Item || b.span.len() >= 30)
}
