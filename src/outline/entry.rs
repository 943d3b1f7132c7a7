//! Lists what an outline pane shows.
//!
//! 1. Points and topics in text order; a topic takes a step of its own, and the points of its
//!    series are below it.
//! 2. Plain sub-headings, which [`super::subheading`] finds.
//! 3. The quiet entries of [`super::quiet`]: how the article and its parts begin and end.
//!
//! Entries nest by depth as points nest by level; only here do topics and sub-headings count as
//! steps.

use super::index::Index;
use super::model::{Entry, EntryKind, MarkerPosition, Outline, Topic};
use super::quiet;
use super::reading::Reading;
use crate::text::{Pos, Span};
use std::ops::Range;

/// Returns the entries of an outline whose points and topics are known. `plain` are the blocks that
/// are sub-headings.
pub fn entries(document: &Reading<'_>, outline: &Outline, plain: &[usize]) -> Vec<Entry> {
    let mut entries = drafts(document, outline, plain);
    let mut depths = Depths {
        outline,
        of_points: vec![0; outline.points.len()],
        topics: Vec::new(),
        subheadings: Vec::new(),
    };
    for entry in &mut entries {
        entry.depth = match entry.kind {
            EntryKind::Lead | EntryKind::Introduction => 0,
            // openings have theirs from the start
            EntryKind::Opening => entry.depth,
            EntryKind::Closing => depths.of_text(entry.span.start),
            EntryKind::Subheading => depths.of_subheading(entry.span.start),
            EntryKind::Topic(topic) => depths.of_topic(topic),
            EntryKind::Point(point) => depths.of_point(point.get()),
        };
    }
    let mut entries = quiet::with_openings(document, entries);
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

    /// Returns the depth of a paragraph that is not a point.
    fn of_text(&mut self, at: Pos) -> u8 {
        let holder = self.outline.point_at(at).map(Index::new);
        self.under_subheading(holder)
    }

    fn of_topic(&mut self, topic: Index) -> u8 {
        let topic = self.outline.topics.get(topic.get());
        let points = topic.map(Topic::points).unwrap_or_default();
        if points.is_empty() {
            return topic.map_or(0, |topic| self.of_text(topic.span.start));
        }
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
fn drafts(document: &Reading<'_>, outline: &Outline, plain: &[usize]) -> Vec<Entry> {
    let topics = outline.topics.iter().enumerate();
    let topics =
        topics.map(|(i, t)| Entry::draft(EntryKind::Topic(Index::new(i)), t.label, t.span.start));
    let points = outline.points.iter().enumerate();
    let points =
        points.map(|(i, p)| Entry::draft(EntryKind::Point(Index::new(i)), p.head(), p.span.start));
    let mut drafts: Vec<Entry> = topics
        .chain(quiet::beside(document, outline, plain))
        .chain(points)
        .collect();
    // stable: what was listed first comes first
    drafts.sort_by_key(|draft| draft.span.start);
    drafts.extend(quiet::closing(document, outline, &drafts));
    drafts
}
