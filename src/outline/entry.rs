//! Lists what an outline pane shows.
//!
//! 1. Points and topics in text order; a topic takes a step of its own, and the points of its
//!    series are below it.
//! 2. The lead (核心提示), and the introduction: the paragraphs before the first point, from the
//!    first that is more than an address.
//! 3. Plain sub-headings, which [`super::subheading`] finds.
//!
//! Entries nest by depth as points nest by level; only here do topics and sub-headings count as
//! steps.

use super::index::Index;
use super::label::clauses;
use super::model::{Entry, EntryKind, MarkerPosition, Outline, Topic};
use super::reading::Reading;
use super::subheading;
use crate::document::{Block, BlockKind};
use crate::text::words::Words;
use crate::text::{Pos, Span};
use std::ops::Range;

/// Bytes of an introduction's first paragraph, which is more than an address: 15 Han.
const MIN_INTRODUCTION_BYTES: usize = 15 * 3;

/// Labels of abstracts.
static LEAD_LABELS: Words = Words::new("核心提示 内容提要 摘要 导读 编者按");

/// Returns the entries of an outline whose points and topics are known.
pub fn entries(document: &Reading<'_>, outline: &Outline) -> Vec<Entry> {
    let mut entries = drafts(document, outline);
    let mut depths = Depths {
        outline,
        of_points: vec![0; outline.points.len()],
        topics: Vec::new(),
        subheadings: Vec::new(),
    };
    for entry in &mut entries {
        entry.depth = match entry.kind {
            EntryKind::Lead | EntryKind::Introduction => 0,
            EntryKind::Subheading => depths.of_subheading(entry.span.start),
            EntryKind::Topic(topic) => depths.of_topic(topic),
            EntryKind::Point(point) => depths.of_point(point.get()),
        };
    }
    close(document, &mut entries);
    entries
}

/// Gives out depths in text order.
struct Depths<'a> {
    outline: &'a Outline,
    /// Those of the points so far.
    of_points: Vec<u8>,
    /// The points of the topics in force, and their depths, outermost first.
    topics: Vec<(Range<usize>, u8)>,
    /// The points that enclose the sub-headings in force, if a point does, outermost first.
    subheadings: Vec<Option<Index>>,
}

impl Depths<'_> {
    /// The depth of what is right under a point.
    fn under(&self, parent: Option<Index>) -> u8 {
        let parent = parent.and_then(|p| self.of_points.get(p.get()));
        parent.map_or(0, |depth| depth.saturating_add(1))
    }

    /// The same, a step deeper under a sub-heading.
    fn under_subheading(&mut self, parent: Option<Index>) -> u8 {
        self.leave_inner(parent);
        let step = u8::from(self.subheadings.last() == Some(&parent));
        self.under(parent).saturating_add(step)
    }

    /// Drops the sub-headings inside points that ended before one under `parent`.
    fn leave_inner(&mut self, parent: Option<Index>) {
        while self.subheadings.pop_if(|holder| *holder > parent).is_some() {}
    }

    fn of_subheading(&mut self, at: Pos) -> u8 {
        let points = &self.outline.points;
        let holder = self.outline.point_at(at).filter(|i| {
            let point = points.get(*i);
            point.is_some_and(|p| p.place != MarkerPosition::Inline)
        });
        let holder = holder.map(Index::new);
        self.leave_inner(holder);
        if self.subheadings.last() != Some(&holder) {
            self.subheadings.push(holder);
        }
        self.under(holder)
    }

    fn of_topic(&mut self, topic: Index) -> u8 {
        let topic = self.outline.topics.get(topic.get());
        let points = topic.map(Topic::points).unwrap_or_default();
        let first = self.outline.points.get(points.start);
        let depth = self.under_subheading(first.and_then(|p| p.parent));
        self.topics.push((points, depth));
        depth
    }

    fn of_point(&mut self, i: usize) -> u8 {
        let Some(point) = self.outline.points.get(i) else {
            return 0;
        };
        if point.place == MarkerPosition::Heading {
            self.subheadings.clear();
        }
        while self.topics.pop_if(|(points, _)| points.end <= i).is_some() {}
        // what is inside a point of the topic is under that point
        let is_inner = |first: usize| point.parent.is_some_and(|p| p.get() >= first);
        let topic = self.topics.last();
        let depth = match topic.filter(|(points, _)| !is_inner(points.start)) {
            Some((_, depth)) => depth.saturating_add(1),
            None => self.under_subheading(point.parent),
        };
        if let Some(slot) = self.of_points.get_mut(i) {
            *slot = depth;
        }
        depth
    }
}

/// Ends every entry where the next of its depth or less begins, and finds its parent.
fn close(document: &Reading<'_>, entries: &mut [Entry]) {
    let text = document.text();
    // the entries that are open, outermost first
    let mut open: Vec<(Index, u8)> = Vec::new();
    let end_at = |entries: &mut [Entry], i: Index, end: Pos| {
        if let Some(entry) = entries.get_mut(i.get()) {
            let start = entry.span.start.byte();
            let text = text.get(start..end.byte()).unwrap_or_default();
            entry.span = Span::new(start, start + text.trim_end().len());
        }
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

/// Returns everything that becomes an entry, in text order, without depth and end. At one place
/// a topic comes first and a point last.
fn drafts(document: &Reading<'_>, outline: &Outline) -> Vec<Entry> {
    let topics = outline.topics.iter().enumerate();
    let topics = topics.map(|(i, t)| draft(EntryKind::Topic(Index::new(i)), t.label, t.span.start));
    let points = outline.points.iter().enumerate();
    let points =
        points.map(|(i, p)| draft(EntryKind::Point(Index::new(i)), p.head(), p.span.start));
    let mut drafts: Vec<Entry> = topics
        .chain(beside(document, outline))
        .chain(points)
        .collect();
    // stable: what was listed first comes first
    drafts.sort_by_key(|draft| draft.span.start);
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

/// Returns the entries that are neither points nor topics, in text order.
fn beside(document: &Reading<'_>, outline: &Outline) -> Vec<Entry> {
    let mut drafts = Vec::new();
    let first_point = outline.points.first().map(|p| p.span.start);
    let first_topic = outline.topics.first().map(|t| t.span.start);
    let first = [first_point, first_topic].into_iter().flatten().min();
    let (mut has_lead, mut has_introduction) = (false, false);
    let mut subheadings = subheading::subheadings(document).into_iter().peekable();
    for (i, block) in document.blocks().iter().enumerate() {
        let start = block.span.start;
        let is_subheading = subheadings.next_if_eq(&i).is_some();
        if block.kind == BlockKind::Lead && !has_lead {
            has_lead = true;
            let label = first_clause(document, block);
            drafts.push(draft(EntryKind::Lead, label, start));
        } else if is_subheading && !holds_point(outline, block) {
            has_introduction = true;
            drafts.push(draft(EntryKind::Subheading, block.span, start));
        } else if matches!(block.kind, BlockKind::Paragraph | BlockKind::Quote)
            && !has_introduction
            && block.span.len() >= MIN_INTRODUCTION_BYTES
        {
            has_introduction = true;
            if first.is_some_and(|first| start < first) {
                let label = first_clause(document, block);
                drafts.push(draft(EntryKind::Introduction, label, start));
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

/// Returns the first clause of a paragraph, without 核心提示：.
fn first_clause(document: &Reading<'_>, block: &Block) -> Span {
    let text = document.slice(block.span);
    let body = LEAD_LABELS.strip_prefix(text).unwrap_or(text);
    let body = body.trim_start_matches(['：', ':', ' ', '　']);
    let from = block.span.end.byte() - body.len();
    Span::new(from, from + clauses(body))
}
