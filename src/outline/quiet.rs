//! Finds the quiet entries of an outline pane: how the article and its parts begin and end.
//!
//! 1. [`beside`]: the lead (核心提示); the introduction, the paragraphs before the first point from
//!    the first that is more than an address; with them plain sub-headings, which end an introduction.
//! 2. [`closing`]: the closing (结语), the few paragraphs behind all that is listed.
//! 3. [`with_openings`]: the opening (开头) of a part, what it says at some length before its
//!    first point.
//!
//! None of them is a point: they are drawn dim, and nothing counts them.

use super::breaks::Breaks;
use super::label::clauses;
use super::model::{Entry, EntryKind, MarkerPosition, Outline};
use super::reading::Reading;
use super::scan::reads_as_title;
use super::subheading::ends;
use crate::document::{Block, BlockKind};
use crate::text::Span;
use crate::text::words::Words;

/// Bytes of a paragraph that is more than an address: 15 Han.
const MIN_PARAGRAPH_BYTES: usize = 15 * 3;

/// Bytes of an opening: 150 Han, four rows. Less is read with the heading above it.
const MIN_OPENING_BYTES: usize = 150 * 3;

/// Characters of a label that needs no second clause.
const MIN_LABEL_CHARS: usize = 6;

/// Parts of the text of which a closing takes one at most: what is longer goes on.
const CLOSING_SHARE: usize = 4;

/// Labels of abstracts.
static LEAD_LABELS: Words = Words::new("核心提示 内容提要 摘要 导读 编者按");

/// Returns the entries that are neither points nor topics, in text order.
pub fn beside(document: &Reading<'_>, outline: &Outline, plain: &[usize]) -> Vec<Entry> {
    let mut drafts = Vec::new();
    let first_point = outline.points.first().map(|p| p.span.start);
    let first_topic = outline.topics.first().map(|t| t.span.start);
    let first = [first_point, first_topic].into_iter().flatten().min();
    let (mut has_lead, mut has_introduction) = (false, false);
    let mut subheadings = plain.iter().copied().peekable();
    for (i, block) in document.blocks().iter().enumerate() {
        let start = block.span.start;
        let is_subheading = subheadings.next_if_eq(&i).is_some();
        if block.kind == BlockKind::Lead && !has_lead {
            has_lead = true;
            let label = first_clause(document, block);
            drafts.push(Entry::draft(EntryKind::Lead, label, start));
        } else if is_subheading && !holds_point(outline, block) {
            has_introduction = true;
            drafts.push(Entry::draft(EntryKind::Subheading, block.span, start));
        } else if !has_introduction && is_paragraph(block) {
            has_introduction = true;
            if first.is_some_and(|first| start < first) {
                let label = first_clause(document, block);
                drafts.push(Entry::draft(EntryKind::Introduction, label, start));
            }
        }
    }
    drafts
}

/// Returns whether a point begins in a block.
fn holds_point(outline: &Outline, block: &Block) -> bool {
    let points = &outline.points;
    let after = points.partition_point(|p| p.span.start < block.span.end);
    let last = after.checked_sub(1).and_then(|last| points.get(last));
    last.is_some_and(|p| block.span.contains(p.span.start))
}

/// Returns the first clause of a paragraph, without 核心提示：, and the next one behind a short
/// one: 同志们！.
fn first_clause(document: &Reading<'_>, block: &Block) -> Span {
    let text = document.slice(block.span);
    let body = LEAD_LABELS.strip_prefix(text).unwrap_or(text);
    let body = body.trim_start_matches(['：', ':', ' ', '　']);
    let from = block.span.end.byte() - body.len();
    let end = clauses(body);
    let (first, rest) = body.split_at_checked(end).unwrap_or((body, ""));
    let next = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    if first.chars().count() >= MIN_LABEL_CHARS || next.is_empty() {
        return Span::new(from, from + end);
    }
    let end = body.len() - next.len() + clauses(next);
    Span::new(from, from + end)
}

/// Returns whether a block is a paragraph that is more than an address.
fn is_paragraph(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Quote)
        && block.span.len() >= MIN_PARAGRAPH_BYTES
}

/// Returns the bytes of the paragraphs among blocks.
fn bytes(blocks: &[Block]) -> usize {
    let paragraphs = blocks.iter().filter(|b| is_paragraph(b));
    paragraphs.map(|b| b.span.len()).sum()
}

/// Returns the closing of an article whose other entries are `drafts`: the paragraphs behind the
/// last of them, where that has an end of its own. A paragraph that sums up begins one wherever it
/// stands; any other does where no title holds it and the text does not go on for long.
pub fn closing(document: &Reading<'_>, outline: &Outline, drafts: &[Entry]) -> Option<Entry> {
    let last = drafts.last()?;
    let (end, is_title) = match last.kind {
        EntryKind::Point(point) => {
            let point = outline.points.get(point.get())?;
            let is_title = match point.place {
                MarkerPosition::Heading => return None,
                MarkerPosition::LineHead => is_title(document, last),
                MarkerPosition::Inline => false,
            };
            (point.span.end, is_title)
        }
        EntryKind::Topic(topic) => (outline.topics.get(topic.get())?.span.end, false),
        _ => return None,
    };
    let blocks = document.blocks();
    let from = blocks.partition_point(|b| b.span.start < end);
    let behind = blocks.get(from..)?;
    let says = |b: &Block| is_paragraph(b) && ends(document.slice(b.span));
    let at = from + behind.iter().position(says)?;
    let first = blocks.get(at)?;
    let is_last = || !blocks.iter().skip(at + 1).any(is_paragraph);
    let is_short = || bytes(behind) <= document.end().byte() / CLOSING_SHARE;
    let sums_up = || Breaks::of(document).after(at.saturating_sub(1), true) == Some(at);
    if (is_title || !(is_last() || is_short())) && !sums_up() {
        return None;
    }
    let label = first_clause(document, first);
    Some(Entry::draft(EntryKind::Closing, label, first.span.start))
}

/// Returns whether an entry is a heading, or a line that reads as one.
fn is_title(document: &Reading<'_>, entry: &Entry) -> bool {
    let block = document.block_at(entry.span.start);
    let block = block.and_then(|block| document.blocks().get(block));
    block.is_some_and(|block| {
        matches!(block.kind, BlockKind::Heading(_)) || reads_as_title(document.slice(block.span))
    })
}

/// Adds the openings of the parts among entries whose depth is known.
pub fn with_openings(document: &Reading<'_>, entries: Vec<Entry>) -> Vec<Entry> {
    let mut all = Vec::with_capacity(entries.len());
    let mut entries = entries.into_iter().peekable();
    while let Some(entry) = entries.next() {
        let inner = entries.peek().filter(|next| next.depth > entry.depth);
        let opening = inner.and_then(|inner| opening(document, &entry, inner));
        all.push(entry);
        all.extend(opening);
    }
    all
}

/// Returns the opening of a part whose first inner entry is `inner`.
fn opening(document: &Reading<'_>, part: &Entry, inner: &Entry) -> Option<Entry> {
    let is_part = matches!(part.kind, EntryKind::Point(_) | EntryKind::Subheading);
    if !is_part || !is_title(document, part) {
        return None;
    }
    let [above, below] = [part, inner].map(|entry| document.block_at(entry.span.start));
    let blocks = document.blocks().get(above? + 1..below?)?;
    let first = blocks.iter().find(|b| is_paragraph(b))?;
    let label = first_clause(document, first);
    let is_new = document.slice(label) != document.slice(part.label);
    let mut opening = Entry::draft(EntryKind::Opening, label, first.span.start);
    opening.depth = part.depth.saturating_add(1);
    (is_new && bytes(blocks) >= MIN_OPENING_BYTES).then_some(opening)
}
