//! The strip at the right edge: where the screen stands in the article, and
//! where the hits of the search and of every keyword are.
//!
//! Positions, not rows: nothing is laid out for it. With room for two columns
//! the keywords have the first and the screen the second.

use super::Role;
use super::buffer::Wash;
use super::legend::mark;
use super::paint::Painter;
use crate::session::Session;
use crate::text::Span;

/// Draws the strip.
pub fn draw(session: &Session, p: &mut Painter<'_>) {
    let area = session.screen.strip;
    let total = session.article.document().end().byte();
    let (top, bottom) = (
        session.reading.place.top.byte(),
        session.reading.bottom().byte(),
    );
    if area.width == 0 || total == 0 || (top == 0 && bottom >= total) {
        return;
    }
    let height = usize::from(area.height).max(1);
    let narrow = p.is_narrow();
    let [marked, viewed, empty] =
        [Role::StripMark, Role::StripView, Role::Strip].map(|role| Wash::from(p.style(role)));
    // the rarest first: a frequent one would hide it everywhere
    let mut order: Vec<usize> = (0..session.find.keywords.len())
        .filter(|&i| session.find.keywords.get(i).is_some_and(|k| k.on))
        .collect();
    order.sort_by_key(|&i| session.find.keywords.get(i).map_or(0, |k| k.matches.len()));
    for i in 0..height {
        let part = Span::new(total * i / height, total * (i + 1) / height);
        let seen = part.start.byte() < bottom && part.end.byte() > top;
        let hit = session.find.matches.count_in(part) > 0;
        let keyword = order
            .iter()
            .filter_map(|&i| Some((i, session.find.keywords.get(i)?)))
            .find(|(_, k)| k.matches.count_in(part) > 0);
        let here = match (hit, seen) {
            (true, _) => (if narrow { "▐" } else { "*" }, marked),
            (_, true) => (if narrow { "▐" } else { "|" }, viewed),
            _ => (if narrow { "│" } else { " " }, empty),
        };
        let named = keyword.map(|(i, k)| (mark(i), Wash::from(p.style(Role::keyword(k.colour)))));
        let (y, end) = (area.y + i as u16, area.x + area.width);
        let (mut x, mut column) = (area.x, here);
        if area.width > 1 {
            if let Some((mark, wash)) = named {
                let _ = p.cell(x, y, end, mark, wash);
            }
            x += 1;
        } else if let Some(named) = named.filter(|_| !hit) {
            column = named;
        }
        let _ = p.cell(x, y, end, column.0, column.1);
    }
}
