//! The style of each cluster of a row.
//!
//! In this order, the later above the earlier: the kind of block, markup, the
//! marker of a point, the reader's marks, keywords (the longest wins), hits, the
//! hit gone to, what the last jump landed on, the selection. The sentence that a
//! command would take is underlined where none of these has a line or ground of its own.

use super::Role;
use super::paint::{Painter, StyledSpan};
use crate::document::{Block, BlockKind, MarkupKind};
use crate::outline::{Entry, EntryKind, MarkerPosition};
use crate::session::{Session, View, skeleton};
use crate::text::{Pos, Span};
use ratatui::style::{Modifier, Style};

/// Returns the styles that lie over one row, lowest first; a later one is patched onto
/// the earlier where they overlap.
pub(crate) fn overlays(
    session: &Session,
    block: &Block,
    row: Span,
    p: &Painter<'_>,
) -> Vec<StyledSpan> {
    let role = |(span, role): (Span, Role)| Some((span.within(row)?, p.style(role)));
    let visible = |(span, _): &StyledSpan| !span.is_empty();
    let mut layers = vec![(row, p.style(base(session, block, row)))];
    layers.extend(of_the_text(session, row).filter_map(role).filter(visible));
    layers.extend(super::marks::overlays(session, row, p));
    layers.extend(of_the_search(session, row).filter_map(role));
    layers.extend(super::marks::selection(session, row, p));
    let pointed = session.reading.sentence.pointed;
    let pointed = pointed.filter(|_| session.memory.selection.is_none());
    if let Some(part) = pointed.and_then(|span| span.within(row)) {
        let free = without_own_look(part, &layers[1..]);
        let style = p.style(Role::Pointed);
        layers.extend(free.into_iter().map(|span| (span, style)));
    }
    layers
}

/// Returns the parts of a span that no layer gives a line or a ground, which would become
/// another's with a line below.
fn without_own_look(span: Span, layers: &[StyledSpan]) -> Vec<Span> {
    let lines = Modifier::UNDERLINED | Modifier::REVERSED;
    let has_look = |style: &Style| style.bg.is_some() || style.add_modifier.intersects(lines);
    let own = layers.iter().filter(|(_, style)| has_look(style));
    let mut own: Vec<Span> = own.filter_map(|(own, _)| own.within(span)).collect();
    own.sort_by_key(|own| own.start);
    let (mut free, mut at) = (Vec::new(), span.start);
    for own in own {
        if at < own.start {
            free.push(Span::between(at, own.start));
        }
        at = at.max(own.end);
    }
    if at < span.end {
        free.push(Span::between(at, span.end));
    }
    free
}

/// Returns the roles of markup, markers of points, and of what the ruler leaves out.
fn of_the_text(session: &Session, row: Span) -> impl Iterator<Item = (Span, Role)> {
    let markup = session.article.document().markup_in(row);
    let markup = markup.filter_map(|markup| {
        let role = match markup.kind {
            MarkupKind::Strong => Role::Strong,
            MarkupKind::Emphasis => Role::Emphasis,
            MarkupKind::Struck => Role::Struck,
            MarkupKind::Code => Role::Code,
            MarkupKind::Link(_) => Role::Link,
            MarkupKind::NoteMark => Role::NoteMark,
            MarkupKind::ProperName => Role::ProperName,
            MarkupKind::BookTitle => Role::BookTitle,
            MarkupKind::Cell(_) => return None,
        };
        Some((markup.span, role))
    });
    let points = &session.article.outline.points;
    let first = points.partition_point(|point| point.marker.end <= row.start);
    let markers = points.iter().skip(first).map(|point| point.marker);
    let markers = markers.take_while(move |marker| marker.start < row.end);
    let markers = markers.map(|marker| (marker, Role::Marker));
    let faded = session
        .reading
        .sentence
        .ruled
        .into_iter()
        .flat_map(move |read| {
            let [start, end] = [read.start, read.end].map(|pos| pos.clamp(row.start, row.end));
            let beside = [Span::between(row.start, start), Span::between(end, row.end)];
            beside.map(|span| (span, Role::Faded))
        });
    markup.chain(markers).chain(faded)
}

/// Returns the roles of keywords and hits, and of what the last jump landed on.
fn of_the_search(session: &Session, row: Span) -> impl Iterator<Item = (Span, Role)> {
    let find = &session.find;
    let keywords = super::legend::longest(session, row).into_iter();
    let keywords = keywords.map(|(span, colour)| (span, Role::keyword(colour)));
    let hits = find.matches.within(row).iter();
    let hits = hits.map(|span| (*span, Role::Match));
    let current = find.current.and_then(|i| find.matches.spans.get(i));
    let current = current.map(|span| (*span, Role::MatchCurrent));
    let landed = || {
        let span = session.reading.landed?;
        let points = &session.article.outline.points;
        let marker = points.binary_search_by_key(&span.start, |point| point.marker.start);
        match marker.ok().and_then(|i| points.get(i)) {
            Some(point) if point.marker == span => Some((span, Role::MarkerLanded)),
            _ => Some((span, Role::Landed)),
        }
    };
    keywords.chain(hits).chain(current.or_else(landed))
}

/// Returns the style at one position, and the position where the next one may begin.
pub(crate) fn style_from(layers: &[StyledSpan], at: Pos) -> (Style, Pos) {
    let here = layers.iter().filter(|(span, _)| span.contains(at));
    let style = here.fold(Style::default(), |style, (_, over)| style.patch(*over));
    let edges = layers.iter().flat_map(|(span, _)| [span.start, span.end]);
    let next = edges.filter(|edge| *edge > at).min();
    (style, next.unwrap_or(Pos(u32::MAX)))
}

/// Returns the role of a block as a whole. A short numbered line is a heading, also
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
        BlockKind::Note | BlockKind::Caption | BlockKind::Image | BlockKind::Folded => Role::Note,
        BlockKind::Rule => Role::Ornament,
        BlockKind::Row if session.article.document().is_header(block) => Role::TableHead,
        _ if is_numbered_heading(session, block) => Role::Heading3,
        _ => Role::Text,
    }
}

/// Returns the role of a row in the skeleton: outermost entries stand out, sentences of
/// paragraphs without points stand back.
fn in_skeleton(session: &Session, row: Span) -> Role {
    let entries = &session.article.outline.entries;
    let (flow, document) = (&session.reading.flow, session.article.document());
    let segment = flow.segment_at(document, row.start);
    let shown = segment.map_or(Span::at(row.start), |s| s.span);
    let at = skeleton::entry_in(&session.article.outline, shown);
    let is_part = |e: &&Entry| matches!(e.kind, EntryKind::Point(_) | EntryKind::Topic(_));
    let part = at.and_then(|i| entries.get(i)).filter(is_part);
    match part.map(|entry| entry.depth) {
        Some(0) => Role::Heading2,
        Some(_) => Role::Text,
        None => Role::Note,
    }
}

/// Recognises a line that a point heads and fills: its label is all of it.
fn is_numbered_heading(session: &Session, block: &Block) -> bool {
    let points = &session.article.outline.points;
    let i = points.partition_point(|point| point.span.start < block.span.start);
    points.get(i).is_some_and(|p| {
        p.place == MarkerPosition::LineHead
            && p.span.start == block.span.start
            && p.label.end >= block.span.end
    })
}
