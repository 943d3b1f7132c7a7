//! Finds the paragraphs that carry a series (段旨): each series of two members or more in a
//! paragraph that no point heads. [`lead_in`](super::lead_in) names them.

use super::index::Index;
use super::lead_in;
use super::model::{MarkerPosition, Outline, Point, Topic};
use crate::document::{Block, BlockKind, Document};
use crate::text::{Pos, Span};
use std::ops::Range;

/// Returns the topics of an outline whose points are known.
pub fn topics(document: &Document, outline: &Outline) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    // the beginning of the last point that heads a line
    let mut headed = None;
    for (i, point) in outline.points.iter().enumerate() {
        let start = point.marker.start;
        if point.place != MarkerPosition::Inline {
            headed = Some(point.span.start);
            topics.extend(announced(document, outline, i));
            continue;
        }
        let index = document.block_at(start);
        let Some((index, block)) = index.and_then(|i| Some((i, document.blocks().get(i)?))) else {
            continue;
        };
        let is_text = matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::Quote | BlockKind::Item
        );
        // a paragraph that is a point has a name
        if !is_text || headed.is_some_and(|at| block.span.contains(at)) {
            continue;
        }
        let before = topics.last().filter(|t| t.span.contains(start));
        let goes_on = before.is_some_and(|t| is_of(outline, t, point));
        let topic = || open(document, outline, (index, block), i);
        let opened = (!goes_on).then(topic).flatten();
        if let Some(before) = topics.last_mut().filter(|t| t.span.contains(start)) {
            match &opened {
                Some(topic) => before.span.end = topic.span.start,
                None => before.count += 1,
            }
        }
        topics.extend(opened);
    }
    topics
}

/// Returns whether a point is of the series of a topic, or inside one of its points.
fn is_of(outline: &Outline, topic: &Topic, point: &Point) -> bool {
    let first = outline.points.get(topic.first.get());
    first.is_none_or(|first| first.series == point.series || first.parent != point.parent)
}

/// Returns the topic of a series whose first member in a block is point `i`, if there are
/// words for it.
fn open(
    document: &Document,
    outline: &Outline,
    (index, block): (usize, &Block),
    i: usize,
) -> Option<Topic> {
    let point = outline.points.get(i)?;
    let members = outline.series.get(point.series.get())?;
    let at = |m: &Index| {
        outline
            .points
            .get(m.get())
            .map_or(Pos(0), |p| p.marker.start)
    };
    let here = members.partition_point(|m| at(m) < block.span.end)
        - members.partition_point(|m| at(m) < block.span.start);
    if here < 2 {
        return None;
    }
    // what the point before says is not about this series
    let before = i.checked_sub(1).and_then(|i| outline.points.get(i));
    let from = before.map_or(block.span.start, |p| p.label.end.max(block.span.start));
    let region = Span::between(from.min(point.marker.start), point.marker.start);
    let words = region.of(document.text());
    let span = |name: Range<usize>| {
        Span::new(
            region.start.byte() + name.start,
            region.start.byte() + name.end,
        )
    };
    let is_second = from > block.span.start;
    let named = lead_in::name(words).map(span);
    let label = named.or_else(|| match is_second {
        true => None,
        false => {
            heading(document, outline, index, point).or_else(|| lead_in::words(words).map(span))
        }
    })?;
    let start = if is_second {
        label.start
    } else {
        block.span.start
    };
    Some(Topic {
        label,
        span: Span::between(start, block.span.end),
        first: Index::new(i),
        count: 1,
    })
}

/// Returns the label of the heading above a block that is all that stands under it.
fn heading(document: &Document, outline: &Outline, index: usize, point: &Point) -> Option<Span> {
    let heading = outline.points.get(point.parent?.get())?;
    let above = document.blocks().get(index.checked_sub(1)?)?;
    let below = document.blocks().get(index + 1);
    let is_above =
        heading.place != MarkerPosition::Inline && above.span.contains(heading.span.start);
    let is_all = below.is_none_or(|below| below.span.start >= heading.span.end);
    let name = Span::between(
        heading.label.start.max(heading.marker.end),
        heading.label.end,
    );
    (is_above && is_all).then_some(name)
}

/// Returns the topic of a list whose first item is point `i` and whose items are a line each, where
/// the line above it announces it.
fn announced(document: &Document, outline: &Outline, i: usize) -> Option<Topic> {
    let first = outline.points.get(i)?;
    let members = outline.series.get(first.series.get())?;
    if first.place != MarkerPosition::LineHead || *members.first()? != Index::new(i) {
        return None;
    }
    let block_at = |pos| Some((document.block_at(pos)?, document.blocks()));
    let is_line = |m: &Index| {
        let point = outline.points.get(m.get())?;
        let (at, blocks) = block_at(point.span.start)?;
        Some(point.span.end <= blocks.get(at)?.span.end)
    };
    let last = outline.points.get(members.last()?.get())?;
    let (_, others) = members.split_last()?;
    if others.is_empty() || !others.iter().all(|m| is_line(m) == Some(true)) {
        return None;
    }
    // the last item ends where its list does
    let (last, _) = block_at(last.span.start)?;
    let end = document.blocks().get(last)?.span.end;
    let (at, blocks) = block_at(first.span.start)?;
    let above = blocks.get(at.checked_sub(1)?)?;
    let before = i.checked_sub(1).and_then(|i| outline.points.get(i));
    let is_point = before.is_some_and(|p| p.span.start >= above.span.start);
    if above.kind != BlockKind::Paragraph || is_point {
        return None;
    }
    let name = lead_in::announcement(document.slice(above.span))?;
    let start = above.span.start.byte();
    let after = outline.points.partition_point(|p| p.span.start < end);
    Some(Topic {
        label: Span::new(start + name.start, start + name.end),
        span: Span::between(above.span.start, end),
        first: Index::new(i),
        count: u32::try_from(after.saturating_sub(i)).ok()?,
    })
}
