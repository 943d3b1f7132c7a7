//! Names the paragraphs that carry a series (段旨).
//!
//! The clause before the first member names the paragraph; [`empty`] tells one that only
//! announces (为此，要从以下几方面着手), and [`lead`] then steps back to one that says something. Two
//! series in a paragraph have two topics.

mod empty;
pub(super) mod lead;

use super::index::Index;
use super::label::clauses;
use super::model::{MarkerPosition, Outline, Point, Topic};
use super::reading::Reading;
use crate::document::{Block, BlockKind};
use crate::text::Span;

/// Returns the topics of an outline whose points are known.
pub fn topics(document: &Reading<'_>, outline: &Outline) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    // the beginning of the last point that heads a line
    let mut headed = None;
    for (i, point) in outline.points.iter().enumerate() {
        let start = point.marker.start;
        if point.place != MarkerPosition::Inline {
            headed = Some(point.span.start);
            continue;
        }
        let last = topics.last_mut().filter(|t| t.span.contains(start));
        let mut from = None;
        if let Some(topic) = last {
            let first = outline.points.get(topic.first.get());
            if !first.is_some_and(|first| is_second(outline, first, point)) {
                topic.count += 1;
                continue;
            }
            let before = outline.points.get(i.saturating_sub(1));
            let before = before.map_or(start, |p| p.marker.end).byte();
            let text = document.text().get(before..start.byte());
            let at = before + text.map_or(0, lead::last_sentence);
            from = Some((at, topic.span.end.byte()));
            topic.span = Span::new(topic.span.start.byte(), at);
        }
        let index = document.block_at(start);
        let Some(block) = index.and_then(|index| document.blocks().get(index)) else {
            continue;
        };
        let is_text = matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::Quote | BlockKind::Item
        );
        // a paragraph that is a point has a name
        if is_text && !headed.is_some_and(|at| block.span.contains(at)) {
            let span = from.map_or(block.span, |(at, end)| Span::new(at, end));
            topics.push(Topic {
                label: name(document, outline, block, span, i),
                span,
                first: Index::new(i),
                count: 1,
            });
        }
    }
    topics
}

/// Returns whether a point begins a second series of the paragraph whose first point is `first`.
fn is_second(outline: &Outline, first: &Point, point: &Point) -> bool {
    let series = outline.series.get(point.series.get());
    let is_series = series.is_some_and(|members| members.len() > 1);
    is_series && point.series != first.series && point.parent == first.parent
}

/// Returns the label of a topic with `span` whose first point is `i`.
fn name(document: &Reading<'_>, outline: &Outline, block: &Block, span: Span, i: usize) -> Span {
    let text = document.text();
    let at = outline
        .points
        .get(i)
        .map_or(span.end, |p| p.marker.start)
        .byte();
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let whole = part(span.start.byte(), at);
    // a bullet is no part of it
    let is_bullet = |c: char| c.is_whitespace() || "-*+•·>".contains(c);
    let start = at - whole.trim_start_matches(is_bullet).len();
    let (from, found) = if let Some(found) = lead::name(part(start, at)) {
        (start, Some(found))
    } else {
        // what is said behind the last member concludes the paragraph
        let inside = outline.points.iter().skip(i);
        let inside = inside.take_while(|p| block.span.contains(p.marker.start));
        let end = inside.map(|p| p.span.end.byte()).max();
        let end = end.unwrap_or(at).min(block.span.end.byte());
        (end, lead::name(part(end, block.span.end.byte())))
    };
    if let Some(found) = found {
        return Span::new(from + found.start, from + found.end);
    }
    let lead = part(start, at);
    let lead = if lead.is_empty() {
        part(start, span.end.byte())
    } else {
        lead
    };
    Span::new(start, start + clauses(lead))
}
