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
//!
//! Knows the document only; nothing of layout, searching or screens.

mod candidate;
mod context;
mod entry;
mod label;
mod scope;
mod series;
mod settle;
mod style;
mod topic;
mod trigger;

use crate::document::Document;
use crate::text::{Pos, Say, Span};

/// The structure of one document. Everything in it is a position in the
/// document's text; nothing is copied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The points, in text order.
    pub points: Vec<Point>,
    /// The series that the points form, in the order of their first members.
    pub series: Vec<Series>,
    /// The paragraphs that carry a series (段旨), in text order.
    pub topics: Vec<Topic>,
    /// What an outline pane lists, in text order, nested by `depth`.
    pub entries: Vec<Entry>,
    /// Whether there was more than is kept: a text that is nothing but markers.
    pub cut: bool,
}

/// What is said of an outline that was cut.
pub const CUT: Say = ("要点太多，后面的没有列出", "Too many points; the later ones are not listed");

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
    /// The index of the point it stands under.
    pub parent: Option<usize>,
    /// The index of its series.
    pub series: usize,
    /// Where it stands.
    pub place: PlaceOf,
    /// The number it shows, where it shows one: 3 for 三是, ③ and （三）.
    pub number: Option<u32>,
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

/// The items of one enumeration by its author's count (一组要点).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Series {
    /// Indices of its points, in text order.
    pub members: Vec<usize>,
}

/// A paragraph that carries a series (段旨).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its lead-in or first clause.
    pub label: Span,
    /// The paragraph.
    pub span: Span,
    /// Indices of the points of the series it carries.
    pub points: Vec<usize>,
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
    /// The index of the entry it stands under: the nearest before it of a lesser
    /// depth.
    pub parent: Option<usize>,
}

/// The kinds of [`Entry`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// The point of that index.
    Point(usize),
    /// The topic of that index.
    Topic(usize),
    /// The abstract before the body (核心提示).
    Lead,
    /// The paragraphs before the first point, where they are an introduction.
    Introduction,
    /// A short line that heads what follows without a number.
    Subheading,
}

impl Outline {
    /// The innermost point that holds `pos`.
    #[must_use]
    pub fn point_at(&self, pos: Pos) -> Option<usize> {
        let mut found = self.points.partition_point(|p| p.span.start <= pos).checked_sub(1);
        while let Some(i) = found {
            let point = self.points.get(i)?;
            if point.span.contains(pos) {
                return Some(i);
            }
            found = point.parent;
        }
        None
    }

    /// The innermost entry that holds `pos`, or the nearest before it.
    #[must_use]
    pub fn entry_at(&self, pos: Pos) -> Option<usize> {
        self.entries.partition_point(|e| e.span.start <= pos).checked_sub(1)
    }

    /// The innermost entry that holds `pos`: for a point its own span counts, not
    /// how far it is to the next entry. Takes the depth's time.
    #[must_use]
    pub fn entry_holding(&self, pos: Pos) -> Option<usize> {
        let mut at = self.entry_at(pos);
        while let Some(i) = at {
            let entry = self.entries.get(i)?;
            let span = match entry.kind {
                EntryKind::Point(p) => self.points.get(p).map_or(entry.span, |p| p.span),
                EntryKind::Topic(t) => self.topics.get(t).map_or(entry.span, |t| t.span),
                EntryKind::Lead | EntryKind::Introduction | EntryKind::Subheading => entry.span,
            };
            if span.contains(pos) {
                return Some(i);
            }
            at = entry.parent;
        }
        None
    }

    /// What a jump to an entry lands on: a point's marker, else the label.
    #[must_use]
    pub fn landing(&self, entry: usize) -> Option<(Pos, Span)> {
        let entry = self.entries.get(entry)?;
        let marker = match entry.kind {
            EntryKind::Point(i) => self.points.get(i).map(|p| p.marker).filter(|m| !m.is_empty()),
            _ => None,
        };
        Some((entry.span.start, marker.unwrap_or(entry.label)))
    }

    /// Which member of its series a point is, from 1, and of how many.
    #[must_use]
    pub fn rank(&self, point: usize) -> Option<(usize, usize)> {
        let members = &self.series.get(self.points.get(point)?.series)?.members;
        Some((members.binary_search(&point).ok()? + 1, members.len()))
    }
}

/// Finds the structure of a document. Takes time in proportion to its text.
#[must_use]
pub fn outline(document: &Document) -> Outline {
    let found = candidate::find(document);
    let cut = found.len() >= candidate::MOST;
    let chains = series::chain(document.text(), found);
    let tree = scope::nest(document, &chains);
    let count = chains.series.iter().max().map_or(0, |last| last + 1);
    let mut outline = Outline { points: Vec::with_capacity(chains.members.len()), series: vec![Series::default(); count], cut, ..Outline::default() };
    for (i, member) in chains.members.iter().enumerate() {
        let parent = tree.parent.get(i).copied().flatten();
        let series = chains.series.get(i).copied().unwrap_or(0);
        let end = tree.end.get(i).copied().unwrap_or(member.end);
        let level = parent.and_then(|p| outline.points.get(p)).map_or(1, |p: &Point| p.level.saturating_add(1));
        if let Some(series) = outline.series.get_mut(series) {
            series.members.push(i);
        }
        outline.points.push(Point {
            marker: Span::new(member.start, member.end),
            label: label::label(document.text(), member.start, member.end, end, member.titled),
            span: Span::new(member.start, end),
            level,
            parent,
            series,
            place: member.place,
            number: chains.numbers.get(i).copied().filter(|_| !scope::is_title(member.family)),
        });
    }
    // of a long text this is as much as the outline itself
    drop((chains, tree));
    outline.topics = topic::topics(document, &outline);
    outline.entries = entry::entries(document, &outline);
    outline
}
