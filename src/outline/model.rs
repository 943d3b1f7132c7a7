//! The outline of a document: points, series, topics and the entries of the outline pane.

use super::index::Index;
use crate::text::sentence::LABEL_ENDS;
use crate::text::{Pos, Say, Span};
use std::num::NonZeroU16;
use std::ops::Range;

/// The structure of one document. Everything in it is a position in the document's text; nothing
/// is copied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The points, in text order.
    pub points: Vec<Point>,
    /// The points that are headings, in text order.
    pub(super) headings: Vec<Index>,
    /// The entries that are plain sub-headings, in text order.
    pub(super) subheadings: Vec<Index>,
    /// The points of each series (一组要点), in the order of their first members.
    pub series: Vec<Vec<Index>>,
    /// The paragraphs that carry a series (段旨) or begin with a claim (分论点), in text order.
    pub topics: Vec<Topic>,
    /// The lines of an outline pane, in text order, nested by `depth`.
    pub entries: Vec<Entry>,
    /// True if later points were dropped: the text is nothing but markers.
    pub cut: bool,
}

/// The warning about an outline that was cut.
pub const CUT: Say = (
    "要点太多，后面的没有列出",
    "Too many points; the later ones are not listed",
);

/// An item that its author numbers or orders (要点), or a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The marker: `一是`, `（二）`, `第三，` without the stop. Empty for a heading without a
    /// number, whose marker prints as `##`.
    pub marker: Span,
    /// Its name: the claim that it makes. Begins at the marker, or behind it where an opener or a
    /// circumstance is left out.
    pub label: Span,
    /// From the marker to its end; lies inside its parent's.
    pub span: Span,
    /// Depth in the tree of points, from 1. Topics are no level.
    pub level: u8,
    /// The point that encloses it.
    pub parent: Option<Index>,
    /// Its series.
    pub series: Index,
    /// The place of its marker.
    pub place: MarkerPosition,
    /// The number it shows: 3 for 三是, ③ and （三）. Clamped to what fits.
    pub number: Option<NonZeroU16>,
}

impl Point {
    /// Returns whether it is a heading by markup, with a number or without.
    pub fn is_heading(&self) -> bool {
        self.place == MarkerPosition::Heading
    }

    /// Returns the text from its marker to the end of its label, nothing left out.
    pub fn head(&self) -> Span {
        Span::between(self.span.start, self.label.end)
    }
}

/// Characters between a marker and its label that are not shown.
pub const STOPS: &[char] = &['，', '、', ',', '：', ':', '．', '.', ' ', '　'];

/// Returns the words of a label, without the mark at their end.
pub fn words_of(label: &str) -> &str {
    label.trim().trim_end_matches(LABEL_ENDS)
}

/// The place of a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkerPosition {
    /// In a heading by markup.
    Heading,
    /// At the beginning of a line.
    LineHead,
    /// Inside a paragraph.
    Inline,
}

/// A paragraph that carries a series (段旨), or begins with a claim beside others (分论点).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its name: its claim, the clause that announces the series, or its first clause.
    pub label: Span,
    /// The paragraph, or what of it the series is in; of a list, the line above it and its items.
    pub span: Span,
    pub(super) first: Index,
    pub(super) count: u32,
}

impl Topic {
    /// Returns the indices of the points that it carries; none of a claim alone.
    pub fn points(&self) -> Range<usize> {
        let first = self.first.get();
        first..first + self.count as usize
    }
}

/// A line of the outline pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The thing it lists.
    pub kind: EntryKind,
    /// Steps of indentation, from 0. A topic takes a step of its own here.
    pub depth: u8,
    /// The text to show in place: of a point, from its marker to the end of its label.
    pub label: Span,
    /// The text it covers, up to the next entry of the same depth or less.
    pub span: Span,
    /// The nearest entry before it of a lesser depth.
    pub parent: Option<Index>,
}

impl Entry {
    /// Makes an entry whose depth, end and parent are not known yet.
    pub(super) fn draft(kind: EntryKind, label: Span, start: Pos) -> Self {
        Self {
            kind,
            depth: 0,
            label,
            span: Span { start, end: start },
            parent: None,
        }
    }
}

/// The kinds of [`Entry`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// The point of that index.
    Point(Index),
    /// The topic of that index.
    Topic(Index),
    /// The abstract before the body (核心提示).
    Lead,
    /// The paragraphs before the first point, where they are an introduction.
    Introduction,
    /// The paragraphs of a part before its first point, where they are long.
    Opening,
    /// The paragraphs behind all that is listed (结语).
    Closing,
    /// A short line that heads what follows without a number.
    Subheading,
}

impl EntryKind {
    /// Returns whether it only tells how the article or a part of it begins or ends.
    pub fn is_quiet(self) -> bool {
        use EntryKind::{Closing, Introduction, Lead, Opening};
        matches!(self, Lead | Introduction | Opening | Closing)
    }
}

impl Outline {
    /// Returns what an entry is called: the marker of its point, empty where it is none, and the
    /// label behind it.
    pub fn name(&self, entry: &Entry) -> (Span, Span) {
        let point = match entry.kind {
            EntryKind::Point(point) => self.points.get(point.get()),
            _ => None,
        };
        point.map_or((Span::at(entry.label.start), entry.label), |p| {
            let start = p.label.start.max(p.marker.end).min(p.label.end);
            (p.marker, Span::between(start, p.label.end))
        })
    }

    /// Returns the innermost point that holds `pos`.
    pub fn point_at(&self, pos: Pos) -> Option<usize> {
        let after = self.points.partition_point(|p| p.span.start <= pos);
        let mut at = after.checked_sub(1);
        while let Some(i) = at {
            let point = self.points.get(i)?;
            if point.span.contains(pos) {
                return Some(i);
            }
            at = point.parent.map(Index::get);
        }
        None
    }

    /// Returns the innermost entry that holds `pos`, or the nearest before it.
    pub fn entry_at(&self, pos: Pos) -> Option<usize> {
        let after = self.entries.partition_point(|e| e.span.start <= pos);
        after.checked_sub(1)
    }

    /// Returns the innermost entry whose [own span](Self::own_span) holds `pos`. Takes time in
    /// proportion to the depth.
    pub fn entry_holding(&self, pos: Pos) -> Option<usize> {
        let mut at = self.entry_at(pos);
        while let Some(i) = at {
            if self.own_span(i)?.contains(pos) {
                return Some(i);
            }
            at = self.entries.get(i)?.parent.map(Index::get);
        }
        None
    }

    /// Returns the span of an entry's point or topic, or of the entry where it is neither.
    pub fn own_span(&self, entry: usize) -> Option<Span> {
        let entry = self.entries.get(entry)?;
        let own = match entry.kind {
            EntryKind::Point(point) => self.points.get(point.get()).map(|p| p.span),
            EntryKind::Topic(topic) => self.topics.get(topic.get()).map(|t| t.span),
            _ => None,
        };
        Some(own.unwrap_or(entry.span))
    }

    /// Returns the place that a jump to an entry goes to, and what it highlights: a point's
    /// marker, else the label.
    pub fn landing(&self, entry: usize) -> Option<(Pos, Span)> {
        let entry = self.entries.get(entry)?;
        let marker = match entry.kind {
            EntryKind::Point(point) => self.points.get(point.get()).map(|p| p.marker),
            _ => None,
        };
        let marker = marker.filter(|m| !m.is_empty());
        Some((entry.span.start, marker.unwrap_or(entry.label)))
    }

    /// Returns the place of a point among its like, from 1, and their number: headings and
    /// numbered points are counted apart. O(log n).
    pub fn ordinal(&self, point: usize) -> (usize, usize) {
        match self.headings.binary_search(&Index::new(point)) {
            Ok(heading) => (heading + 1, self.headings.len()),
            Err(headings) => (
                point + 1 - headings,
                self.points.len() - self.headings.len(),
            ),
        }
    }

    /// Returns the number of headings.
    pub fn headings(&self) -> usize {
        self.headings.len()
    }

    /// Returns whether there is a point or a plain sub-heading to go to.
    pub fn has_stops(&self) -> bool {
        !self.points.is_empty() || !self.subheadings.is_empty()
    }

    /// Returns the label of the plain sub-heading next after (or before) `pos`. O(log n).
    pub fn subheading_near(&self, pos: Pos, forward: bool) -> Option<Span> {
        let label = |i: &Index| self.entries.get(i.get()).map(|entry| entry.label);
        let start = |i: &Index| label(i).map(|label| label.start);
        let at = if forward {
            self.subheadings.partition_point(|i| start(i) <= Some(pos))
        } else {
            let before = |i: &Index| start(i) < Some(pos);
            self.subheadings.partition_point(before).checked_sub(1)?
        };
        self.subheadings.get(at).and_then(label)
    }

    pub(super) fn list_subheadings(&mut self) {
        let entries = self.entries.iter().enumerate();
        let plain = entries.filter(|(_, entry)| entry.kind == EntryKind::Subheading);
        self.subheadings = plain.map(|(i, _)| Index::new(i)).collect();
    }

    pub(super) fn count_headings(&mut self) {
        let points = self.points.iter().enumerate();
        let headings = points.filter(|(_, point)| point.is_heading());
        self.headings = headings.map(|(i, _)| Index::new(i)).collect();
    }

    /// Returns the place of a point in its series, from 1, and the length of the series.
    pub fn rank(&self, point: usize) -> Option<(usize, usize)> {
        let members = self.series.get(self.points.get(point)?.series.get())?;
        let place = members.binary_search(&Index::new(point)).ok()?;
        Some((place + 1, members.len()))
    }
}
