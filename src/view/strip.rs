//! The strip at the right edge: where the screen stands in the article, and
//! where the hits are.
//!
//! Positions, not rows: nothing is laid out for it.

use super::Role;
use super::paint::Painter;
use crate::session::Session;
use crate::text::Span;

/// Draws the strip.
pub fn draw(session: &Session, p: &mut Painter<'_>) {
    let area = session.screen.strip;
    let total = session.article.document().end().byte();
    let (top, bottom) = (session.reading.place.top.byte(), session.reading.bottom().byte());
    if area.width == 0 || total == 0 || (top == 0 && bottom >= total) {
        return;
    }
    let height = usize::from(area.height).max(1);
    let narrow = p.is_narrow();
    for i in 0..height {
        let part = Span::new(total * i / height, total * (i + 1) / height);
        let seen = part.start.byte() < bottom && part.end.byte() > top;
        let hit = !session.find.matches.within(part).is_empty();
        let keyword = session.find.keywords.iter().find(|k| !k.matches.within(part).is_empty());
        let (mark, style) = match (hit, keyword, seen) {
            (true, _, _) => (if narrow { "▐" } else { "*" }, p.style(Role::StripMark)),
            (_, Some(k), _) => (" ", p.style(Role::keyword(k.colour))),
            (_, _, true) => (if narrow { "▐" } else { "|" }, p.style(Role::StripView)),
            _ => (if narrow { "│" } else { " " }, p.style(Role::Strip)),
        };
        p.put(area.x, area.y + i as u16, area.x + area.width, mark, style);
    }
}
