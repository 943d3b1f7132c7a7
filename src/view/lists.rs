//! The list of hits (KWIC): each on a row with its context and place, all aligned on the
//! hit; and the thin line in place of omitted text.

use super::Role;
use super::header::trail;
use super::paint::Painter;
use super::row::RowPainter;
use crate::command::pages;
use crate::library::scan::begun;
use crate::session::{Mode, Session, View};
use crate::text::{Span, cluster};
use ratatui::style::Style;

/// Cells of the column that says where a hit is: the innermost part alone.
const PLACE_CELLS: u16 = 20;
/// From this width on there is such a column.
const MIN_WIDTH_WITH_PLACE: u16 = 70;

/// Draws the list.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let area = session.screen.body;
    let hits = &session.find.hits;
    let place = match area.width {
        ..MIN_WIDTH_WITH_PLACE => 0,
        width => PLACE_CELLS + u16::from(width >= 110) * 14,
    };
    for (y, i, is_chosen) in pages::shown(session, Mode::Hits) {
        let Some((span, keyword)) = hits.rows.get(i) else {
            continue;
        };
        let keyword = keyword.and_then(|k| session.find.keywords.get(k));
        let role = keyword.map_or(Role::Match, |k| Role::keyword(k.colour));
        let end = area.x + area.width.saturating_sub(1);
        let row = p.row((area.x + 1, end), y);
        let row = row.set_off(is_chosen, area.row(y));
        hit(session, span, role, place, row);
    }
}

/// Draws one hit: its place in `place` cells, and the hit with the text around it.
fn hit(session: &Session, span: Span, role: Role, place: u16, mut row: RowPainter<'_, '_>) {
    let (left, end) = (row.x - 1, row.end);
    if place > 0 {
        let mut parts = trail(session, span.start);
        let inner = parts.pop().unwrap_or_default();
        let outer = parts.pop().unwrap_or_default();
        if !outer.is_empty() && place > PLACE_CELLS {
            row.end = left + place / 2;
            row.left(&outer, Role::Facts);
            row.end = left + place;
            let sign = row.p.sign("›", ">");
            row.left(sign, Role::Facts);
        }
        row.end = left + place;
        row.left(&inner, Role::Facts);
    }
    let document = session.article.document();
    let block = |at| document.block_span_at(at).unwrap_or(span);
    row.x = left + place + u16::from(place > 0) + 1;
    row.end = end;
    let before = document.slice(Span::between(block(span.start).start, span.start));
    let after = document.slice(Span::between(span.end, block(span.end).end.max(span.end)));
    let found = document.slice(span).replace('\n', "");
    let style = row.p.style(role);
    aligned(row, [before, &found, after], style);
}

/// Draws a hit between the words before and behind it into the rest of a row, which it begins in
/// the same column of every row of that width.
pub(crate) fn aligned(mut row: RowPainter<'_, '_>, [before, hit, after]: [&str; 3], style: Style) {
    let (from, end) = (row.x, row.end);
    // the hit begins in the middle of the remaining cells, however long its context is
    let middle = from + (end.saturating_sub(from)) * 2 / 5;
    let shown = tail(before, usize::from(middle.saturating_sub(from)), row.p);
    let is_cut = shown.len() < before.len();
    let before = if is_cut { begun(shown) } else { shown };
    (row.x, row.end) = (from, middle);
    row.right(before, Role::Text);
    (row.x, row.end) = (middle, end);
    row.left_styled(hit, style);
    row.put(after, Role::Text);
}

/// Returns the longest end of a text that fits into `cells`.
pub(crate) fn tail<'a>(text: &'a str, cells: usize, p: &Painter<'_>) -> &'a str {
    let (mut from, mut used) = (text.len(), 0);
    while from > 0 {
        let before = cluster::prev(text, from);
        used += p.widths.cluster(text.get(before..from).unwrap_or_default());
        if used > cells {
            break;
        }
        from = before;
    }
    text.get(from..).unwrap_or_default()
}

/// Draws the line in place of the text between two paragraphs or sentences with hits.
pub(crate) fn thin_line(session: &Session, (x, y): (u16, u16), cells: usize, p: &mut Painter<'_>) {
    if !matches!(session.reading.view, View::Paragraphs | View::Sentences) {
        return;
    }
    let shown = cells.min(usize::from(session.screen.text.width));
    let line = p.sign("┈", "-").repeat(shown);
    p.row((x, x + cells as u16), y).put(&line, Role::Fold);
}
