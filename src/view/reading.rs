//! The reading pane: masthead and rows of text, in the middle of their area.

use super::Role;
use super::paint::Painter;
use super::runs::{overlays, style_at};
use crate::document::BlockKind;
use crate::layout::measure::GUTTER;
use crate::layout::{Measure, Row};
use crate::session::{Area, Line, Session};
use crate::text::width::{is_wide_quote_at, padded_quote};
use crate::text::{Span, cluster::clusters};

/// Draws the rows that the session lists.
pub fn draw(session: &Session, p: &mut Painter<'_>) {
    let area = session.screen.text;
    let Some(measure) = session.reading.measure else { return };
    let left = margin(area, &measure);
    let mut ticked = false;
    for (y, line) in (area.y..area.y + area.height).zip(&session.reading.window) {
        match line {
            Line::Blank => {}
            Line::Mast(i) => {
                if let Some(row) = session.reading.masthead.get(*i) {
                    let role = if row.title { Role::Title } else { Role::Facts };
                    let style = p.style(role);
                    p.put(left + row.indent as u16, y, area.x + area.width, &row.text, style);
                }
            }
            Line::Text { row, piece, first } => {
                let focus = session.reading.landed.is_some() && row.span.contains(session.reading.focus);
                if focus && !ticked {
                    ticked = true;
                    tick(area, left, y, p);
                }
                super::marks::margin(session, row, area, left, y, p);
                if let Some(block) = session.article.document().blocks().get(piece.block) {
                    if *first || block.kind == BlockKind::Quote {
                        ornament(block.kind, area, left, y, row, &measure, session, p);
                    }
                    text(session, block, row, (left, y, area.x + area.width), p);
                }
            }
        }
    }
}

/// Cells left of the measure: equal margins, the odd cell and the gutter for a
/// hanging mark at the right.
fn margin(area: Area, measure: &Measure) -> u16 {
    let free = area.width.saturating_sub(measure.cells as u16);
    let gutter = if measure.hang { GUTTER as u16 } else { 0 };
    area.x + (free / 2).min(free.saturating_sub(gutter))
}

/// Draws one row of text, cluster by cluster.
fn text(session: &Session, block: &crate::document::Block, row: &Row, (left, y, end): (u16, u16, u16), p: &mut Painter<'_>) {
    let drawn = row.drawn();
    let layers = overlays(session, block, drawn, p);
    let base = ratatui::style::Style::default();
    let mut x = left + row.indent;
    let document = session.article.document();
    let wide_quotes = session.reading.measure.is_some_and(|m| m.wide_quotes);
    for (at, cluster) in clusters(document.slice(drawn)) {
        let from = drawn.start.byte() + at;
        let style = style_at(&layers, Span::new(from, from + cluster.len()), base);
        if wide_quotes && is_wide_quote_at(document.text(), from, cluster) {
            x = p.put(x, y, end, padded_quote(cluster), style);
            continue;
        }
        match p.cell(x, y, end, cluster, style) {
            Some(next) => x = next,
            None => break,
        }
    }
}

/// Shows beside the text where the last jump landed.
fn tick(area: Area, left: u16, y: u16, p: &mut Painter<'_>) {
    if left >= area.x + 2 {
        let style = p.style(Role::Tick);
        let mark = if p.is_narrow() { "▌" } else { ">" };
        p.put(left - 2, y, left, mark, style);
    }
}

/// What a kind of block has beside its text: bullets, bars, the line between
/// sections.
#[allow(clippy::too_many_arguments, reason = "the place of one row is many numbers")]
fn ornament(kind: BlockKind, area: Area, left: u16, y: u16, row: &Row, measure: &Measure, session: &Session, p: &mut Painter<'_>) {
    let style = p.style(Role::Ornament);
    let narrow = p.is_narrow();
    match kind {
        BlockKind::Item if row.indent >= 2 && !starts_with_number(session, row) => {
            let bullet = if narrow { "•" } else { "-" };
            p.put(left + row.indent - 2, y, left + row.indent, bullet, style);
        }
        BlockKind::Quote if row.indent >= 2 && narrow => {
            p.put(left + row.indent - 2, y, left + row.indent, "▎", style);
        }
        BlockKind::Rule => {
            let stars = "＊　＊　＊";
            let x = left + (measure.cells as u16).saturating_sub(10) / 2;
            p.put(x, y, area.x + area.width, stars, style);
        }
        _ => {}
    }
}

/// Whether the item's own text begins with its number, so that it needs no
/// bullet.
fn starts_with_number(session: &Session, row: &Row) -> bool {
    session.article.document().slice(row.span).starts_with(|c: char| c.is_ascii_digit())
}
