//! How an article argues: its headings, its numbered points, its topics.
//!
//! 1. [`style`]: the table of numbering styles.
//! 2. [`candidate`]: everything that may be a marker; [`trigger`]: where to look for one.
//! 3. [`context`]: what stands before and behind a marker, and what it tells.
//! 4. [`settle`]: what only the neighbours of a candidate tell.
//! 5. [`series`]: candidates that count on from each other; the rest is gone.
//! 6. [`scope`]: which point stands in which, and where each ends.
//! 7. [`label`], [`topic`]: how points and paragraphs are called.
//! 8. [`entry`]: the lines of the outline pane.
//! 9. [`index`]: how they name each other.
//!
//! Knows the document only; nothing of layout, searching or screens.

mod candidate;
mod context;
mod entry;
mod index;
mod label;
mod scope;
mod series;
mod settle;
mod style;
mod topic;
mod trigger;

use crate::document::Document;
use crate::text::{Pos, Say, Span};
pub use index::{Index, Members};
use std::num::NonZeroU16;
use std::ops::Range;

/// The structure of one document. Everything in it is a position in the
/// document's text; nothing is copied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The points, in text order.
    pub points: Vec<Point>,
    /// The series that the points form, in the order of their first members.
    pub series: Members,
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
    pub place: PlaceOf,
    /// The number it shows, where it shows one: 3 for 三是, ③ and （三）. Nobody counts
    /// beyond what fits.
    pub number: Option<NonZeroU16>,
}

/// Where a point stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceOf {
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
    first: Index,
    count: u32,
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

/// Finds the structure of a document. Takes time in proportion to its text.
pub fn outline(document: &Document) -> Outline {
    let found = candidate::find(document);
    let cut = found.len() >= candidate::MOST;
    let points = points(document, &series::chain(document.text(), found));
    let count = points.iter().map(|p| p.series.get() + 1).max().unwrap_or(0);
    let series = Members::new(count, points.iter().map(|p| p.series));
    let mut outline = Outline {
        points,
        series,
        cut,
        ..Outline::default()
    };
    outline.topics = topic::topics(document, &outline);
    outline.entries = entry::entries(document, &outline);
    outline
}

/// The points that the members of chains are.
fn points(document: &Document, chains: &series::Chains) -> Vec<Point> {
    let tree = scope::nest(document, chains);
    let mut points: Vec<Point> = Vec::with_capacity(chains.members.len());
    let places = chains
        .series
        .iter()
        .zip(&chains.numbers)
        .zip(tree.parent.iter().zip(&tree.end));
    for (member, ((series, number), (parent, end))) in chains.members.iter().zip(places) {
        let (start, end) = (member.start(), *end as usize);
        let level = parent
            .and_then(|p| points.get(p.get()))
            .map_or(1, |p| p.level.saturating_add(1));
        let shown = NonZeroU16::new(u16::try_from(*number).unwrap_or(u16::MAX));
        points.push(Point {
            marker: member.span,
            label: label::label(document.text(), start, member.end(), end, member.titled),
            span: Span::new(start, end),
            level,
            parent: *parent,
            series: *series,
            place: member.place,
            number: shown.filter(|_| !scope::is_title(member.family)),
        });
    }
    points
}
