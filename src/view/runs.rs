//! Which style each cluster of a row has.
//!
//! In this order, the later above the earlier: the kind of block, markup, the
//! marker of a point, the reader's marks, keywords (the longest wins), hits, the
//! hit gone to, what the last jump landed on, the selection.

use super::Role;
use super::paint::Painter;
use crate::document::{Block, BlockKind, MarkupKind};
use crate::outline::{EntryKind, MarkerPosition};
use crate::session::{Session, View};
use crate::text::{Pos, Span};
use ratatui::style::Style;

/// A stretch of one style, in text order.
pub type Run = (Span, Style);

/// The styles that lie over one row, lowest first; a later one is patched onto
/// the earlier where they overlap.
pub fn overlays(session: &Session, block: &Block, row: Span, p: &Painter<'_>) -> Vec<Run> {
    let document = session.article.document();
    let mut layers: Vec<Run> = vec![(row, p.style(base(session, block, row)))];
    let mut add = |span: Span, role: Role| {
        if let Some(part) = span.within(row).filter(|part| !part.is_empty()) {
            layers.push((part, p.style(role)));
        }
    };
    for markup in document.markup_in(row) {
        match markup.kind {
            MarkupKind::Strong => add(markup.span, Role::Strong),
            MarkupKind::Emphasis => add(markup.span, Role::Emphasis),
            MarkupKind::Struck => add(markup.span, Role::Struck),
            MarkupKind::Code => add(markup.span, Role::Code),
            MarkupKind::Link(_) => add(markup.span, Role::Link),
            MarkupKind::NoteMark => add(markup.span, Role::NoteMark),
            MarkupKind::ProperName => add(markup.span, Role::ProperName),
            MarkupKind::BookTitle => add(markup.span, Role::BookTitle),
            MarkupKind::Cell(_) => {}
        }
    }
    let points = &session.article.outline.points;
    let first = points.partition_point(|point| point.marker.end <= row.start);
    for point in points
        .iter()
        .skip(first)
        .take_while(|point| point.marker.start < row.end)
    {
        add(point.marker, Role::Marker);
    }
    if let Some(read) = session.reading.ruled {
        add(
            Span {
                start: row.start,
                end: read.start.clamp(row.start, row.end),
            },
            Role::Faded,
        );
        add(
            Span {
                start: read.end.clamp(row.start, row.end),
                end: row.end,
            },
            Role::Faded,
        );
    }
    layers.extend(super::marks::overlays(session, row, p));
    let mut add = |span: Span, role: Role| {
        if let Some(part) = span.within(row) {
            layers.push((part, p.style(role)));
        }
    };
    for (span, colour) in super::legend::longest(session, row) {
        add(span, Role::keyword(colour));
    }
    for span in session.find.matches.within(row) {
        add(*span, Role::Match);
    }
    if let Some(span) = session
        .find
        .current
        .and_then(|i| session.find.matches.spans.get(i))
    {
        add(*span, Role::MatchCurrent);
    } else if let Some(span) = session.reading.landed {
        let marker = points
            .binary_search_by_key(&span.start, |point| point.marker.start)
            .is_ok_and(|i| points.get(i).is_some_and(|p| p.marker == span));
        add(
            span,
            if marker {
                Role::MarkerLanded
            } else {
                Role::Landed
            },
        );
    }
    layers.extend(super::marks::selection(session, row, p));
    layers
}

/// The style at one position, and where the next one may begin.
pub fn style_from(layers: &[Run], at: Pos) -> (Style, Pos) {
    let style = layers
        .iter()
        .filter(|(span, _)| span.contains(at))
        .fold(Style::default(), |style, (_, over)| style.patch(*over));
    let edges = layers
        .iter()
        .flat_map(|(span, _)| [span.start, span.end])
        .filter(|edge| *edge > at);
    (style, edges.min().unwrap_or(Pos(u32::MAX)))
}

/// The role of a block as a whole. A short numbered line is a heading, also
/// where no markup says so.
fn base(session: &Session, block: &Block, row: Span) -> Role {
    if session.reading.view == View::Skeleton {
        return in_skeleton(session, row);
    }
    match block.kind {
        BlockKind::Heading(1) => Role::Heading1,
        BlockKind::Heading(2) => Role::Heading2,
        BlockKind::Heading(_) => Role::Heading3,
        BlockKind::Lead => Role::Lead,
        BlockKind::Quote => Role::Quote,
        BlockKind::Code => Role::Code,
        BlockKind::Note | BlockKind::Caption | BlockKind::Image => Role::Note,
        BlockKind::Rule => Role::Ornament,
        BlockKind::Row
            if session
                .article
                .document()
                .cells(block)
                .next()
                .is_some_and(|(_, cell)| cell.header) =>
        {
            Role::TableHead
        }
        _ if is_numbered_heading(session, block) => Role::Heading3,
        _ => Role::Text,
    }
}

/// The role of a row in the skeleton: outermost entries stand out, sentences of
/// paragraphs without points stand back.
fn in_skeleton(session: &Session, row: Span) -> Role {
    let outline = &session.article.outline;
    let piece = session
        .reading
        .flow
        .segment_at(session.article.document(), row.start);
    let start = piece.map_or(row.start, |p| p.span.start);
    let at = outline
        .entries
        .binary_search_by_key(&start, |e| e.label.start);
    match at.ok().and_then(|i| outline.entries.get(i)) {
        None => Role::Note,
        Some(entry)
            if matches!(
                entry.kind,
                EntryKind::Lead | EntryKind::Introduction | EntryKind::Subheading
            ) =>
        {
            Role::Note
        }
        Some(entry) if entry.depth == 0 => Role::Heading2,
        Some(_) => Role::Text,
    }
}

/// Whether the block is a line that a point heads and fills: its label is all
/// of it.
fn is_numbered_heading(session: &Session, block: &Block) -> bool {
    let points = &session.article.outline.points;
    let i = points.partition_point(|point| point.span.start < block.span.start);
    points.get(i).is_some_and(|p| {
        p.place == MarkerPosition::LineHead
            && p.span.start == block.span.start
            && p.label.end >= block.span.end
    })
}
