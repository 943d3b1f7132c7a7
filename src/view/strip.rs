//! The strip at the right edge: the position of the screen in the article, and of the hits of
//! the search and of every keyword.
//!
//! Made from positions, not rows: nothing is laid out for it. With room for two columns
//! the keywords have the first and the screen the second.

use super::Role;
use super::legend::mark;
use super::paint::Painter;
use crate::session::Session;
use crate::text::Span;
use ratatui::text::{Line, Span as Cells, Text};

/// Draws the strip: a widget of ratatui, a line for each row.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let area = session.screen.strip;
    let total = session.article.document().end().byte();
    let top = session.reading.place.top.byte();
    let bottom = session.reading.bottom().byte();
    if area.width == 0 || total == 0 || (top == 0 && bottom >= total) {
        return;
    }
    let height = usize::from(area.height).max(1);
    let thumb = [p.sign("▐", "*"), p.sign("▐", "|"), p.sign("│", " ")];
    let [hit_sign, seen_sign, rest_sign] = thumb;
    // the rarest first: a frequent one would hide it everywhere
    let mut keywords: Vec<_> = session.find.keywords.iter().enumerate().collect();
    keywords.retain(|(_, keyword)| keyword.on);
    keywords.sort_by_key(|(_, keyword)| keyword.matches.len());
    let line = |i: usize| {
        let part = Span::new(total * i / height, total * (i + 1) / height);
        let hit = !session.find.matches.starting_in(part).is_empty();
        let seen = part.start.byte() < bottom && part.end.byte() > top;
        let (sign, role) = match (hit, seen) {
            (true, _) => (hit_sign, Role::StripMark),
            (_, true) => (seen_sign, Role::StripView),
            _ => (rest_sign, Role::Strip),
        };
        let here = Cells::styled(sign, p.style(role));
        let mut keywords = keywords.iter();
        let keyword = keywords.find(|(_, keyword)| !keyword.matches.starting_in(part).is_empty());
        let colour = |colour| p.style(Role::keyword(colour));
        let keyword = keyword.map(|(i, k)| Cells::styled(mark(*i), colour(k.colour)));
        if area.width > 1 {
            return Line::from(vec![keyword.unwrap_or(Cells::raw(" ")), here]);
        }
        Line::from(keyword.filter(|_| !hit).unwrap_or(here))
    };
    let lines: Vec<Line<'_>> = (0..height).map(line).collect();
    p.widget(Text::from(lines), area);
}
