//! The outline of a document: points, series, topics and the entries of the outline pane.

use super::index::Index;
use crate::text::{Pos, Say, Span};
use std::num::NonZeroU16;
use std::ops::Range;

/// The structure of one document. Everything in it is a position in the
/// document's text; nothing is copied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The points, in text order.
    pub points: Vec<Point>,
    /// The series that the points form, in the order of their first members.
    pub series: Vec<Vec<Index>>,
    /// The paragraphs that carry a series (段旨), in text order.
    pub topics: Vec<Topic>,
    /// What an outline pane lists, in text order, nested by `depth`.
    pub entries: Vec<Entry>,
    /// Whether there was more than is kept: a text that is nothing but markers.
    pub cut: bool,
}

/// What is said of an outline that was cut.
pub const CUT: Say = (
    "要点太多，后面的没有列出",
    "Too many points; the later ones are not listed",
);

/// An item that its author numbers or orders (要点), or a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The marker: `一是`, `（二）`, `第三，` without the stop. Empty for a heading
    /// without a number, whose marker prints as `##`.
    pub marker: Span,
    /// What names it: its first clause or two, without the marker's stop. Begins
    /// at the marker.
    pub label: Span,
    /// From the marker to its end; lies inside its parent's.
    pub span: Span,
    /// Depth in the tree of points, from 1. Topics are no level.
    pub level: u8,
    /// The point it stands under.
    pub parent: Option<Index>,
    /// Its series.
    pub series: Index,
    /// Where it stands.
    pub place: MarkerPosition,
    /// The number it shows, where it shows one: 3 for 三是, ③ and （三）. Nobody counts
    /// beyond what fits.
    pub number: Option<NonZeroU16>,
}

/// Where a point stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkerPosition {
    /// It is a heading by markup.
    Heading,
    /// Its marker begins a line.
    LineHead,
    /// It stands inside a paragraph.
    Inline,
}

/// A paragraph that carries a series (段旨).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its lead-in or first clause.
    pub label: Span,
    /// The paragraph.
    pub span: Span,
    pub(super) first: Index,
    pub(super) count: u32,
}

impl Topic {
    /// The points of the series it carries: they stand in a row.
    pub fn points(&self) -> Range<usize> {
        let first = self.first.get();
        first..first + self.count as usize
    }
}

/// A line of the outline pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it stands for.
    pub kind: EntryKind,
    /// How far it is set in, from 0. A topic takes a step of its own here.
    pub depth: u8,
    /// What to show.
    pub label: Span,
    /// The text it covers, up to the next entry of the same depth or less.
    pub span: Span,
    /// The entry it stands under: the nearest before it of a lesser depth.
    pub parent: Option<Index>,
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
    /// A short line that heads what follows without a number.
    Subheading,
}

impl Outline {
    /// The innermost point that holds `pos`.
    pub fn point_at(&self, pos: Pos) -> Option<usize> {
        let mut found = self
            .points
            .partition_point(|p| p.span.start <= pos)
            .checked_sub(1);
        while let Some(i) = found {
            let point = self.points.get(i)?;
            if point.span.contains(pos) {
                return Some(i);
            }
            found = point.parent.map(Index::get);
        }
        None
    }

    /// The innermost entry that holds `pos`, or the nearest before it.
    pub fn entry_at(&self, pos: Pos) -> Option<usize> {
        self.entries
            .partition_point(|e| e.span.start <= pos)
            .checked_sub(1)
    }

    /// The innermost entry that holds `pos`: for a point its own span counts, not
    /// how far it is to the next entry. Takes the depth's time.
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

    /// What an entry's own point or topic covers; what the entry covers where it is none.
    pub fn own_span(&self, entry: usize) -> Option<Span> {
        let entry = self.entries.get(entry)?;
        Some(match entry.kind {
            EntryKind::Point(p) => self.points.get(p.get()).map_or(entry.span, |p| p.span),
            EntryKind::Topic(t) => self.topics.get(t.get()).map_or(entry.span, |t| t.span),
            EntryKind::Lead | EntryKind::Introduction | EntryKind::Subheading => entry.span,
        })
    }

    /// What a jump to an entry lands on: a point's marker, else the label.
    pub fn landing(&self, entry: usize) -> Option<(Pos, Span)> {
        let entry = self.entries.get(entry)?;
        let marker = match entry.kind {
            EntryKind::Point(i) => self
                .points
                .get(i.get())
                .map(|p| p.marker)
                .filter(|m| !m.is_empty()),
            _ => None,
        };
        Some((entry.span.start, marker.unwrap_or(entry.label)))
    }

    /// Which member of its series a point is, from 1, and of how many.
    pub fn rank(&self, point: usize) -> Option<(usize, usize)> {
        let members = self.series.get(self.points.get(point)?.series.get())?;
        Some((
            members.binary_search(&Index::new(point)).ok()? + 1,
            members.len(),
        ))
    }
}
