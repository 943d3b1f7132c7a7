//! The mouse, where the reader has switched it on: a click goes to an entry of
//! the outline or a place in the text, or chooses an item of a list, dragging selects, the wheel
//! scrolls.
//!
//! Off by default: then the terminal's own selecting works.

use super::input::Mouse;
use super::pages;
use crate::layout::measure::GUTTER;
use crate::session::selection::{Grain, Selection};
use crate::session::{Area, Line, Mode, Session};
use crate::text::{Pos, Span, cluster};

/// Rows that one notch of the wheel scrolls.
const NOTCH: isize = 3;

/// Carries out an action of the mouse at a column and row of the screen.
pub(crate) fn act(s: &mut Session, mouse: Mouse, column: u16, row: u16) {
    s.notice = None;
    let by = match mouse {
        Mouse::Click => return click(s, column, row),
        Mouse::Drag => return drag(s, column, row),
        Mouse::WheelDown => NOTCH,
        Mouse::WheelUp => -NOTCH,
    };
    let mode = s.pages.mode();
    if mode != Mode::Read {
        s.list_mut(mode).step(by);
    } else if s.pages.is_reading() {
        s.scroll(by, 1);
    }
}

fn holds(area: Area, column: u16, row: u16) -> bool {
    (area.x..area.x + area.width).contains(&column) && (area.y..area.y + area.height).contains(&row)
}

fn click(s: &mut Session, column: u16, row: u16) {
    let has_text = matches!(s.pages.mode(), Mode::Read | Mode::Outline);
    if !has_text {
        super::twin::click_side(s, column);
        return pages::click(s, row);
    }
    if s.pages.prompt().is_some() {
        return;
    }
    if holds(s.screen.outline, column, row) {
        let at = s.pane.list.top + usize::from(row - s.screen.outline.y);
        let entry = s.pane.shown.get(at);
        let target = entry.and_then(|i| s.article.outline.landing(i.get()));
        if let Some((start, label)) = target {
            s.pages.go(Mode::Read);
            s.pane.open &= s.screen.is_side_by_side();
            s.arrange();
            s.jump(start, label);
        }
    } else if holds(s.screen.strip, column, row) {
        to_part(s, usize::from(row - s.screen.strip.y));
    } else if holds(s.screen.text, column, row) {
        s.pages.go(Mode::Read);
        s.memory.selection = None;
        if let Some(pos) = pos_at(s, column, row) {
            s.reading.focus = pos;
            s.reading.landed = Some(Span::at(pos));
            super::fold::set_fold(s, true, true);
        }
    }
}

/// Goes to the part of the text that a row of the strip represents: to the first hit in
/// it, where there is one.
fn to_part(s: &mut Session, row: usize) {
    let document = s.article.document();
    let (height, total) = (
        usize::from(s.screen.strip.height).max(1),
        document.end().byte(),
    );
    let part = Span::new(total * row / height, total * (row + 1) / height);
    let start = Pos::new(cluster::floor(document.text(), part.start.byte()));
    let keywords = s.find.shown().map(|k| &k.matches);
    let first = keywords
        .chain([&s.find.matches])
        .filter_map(|m| m.within(part).first());
    let hit = first.filter(|h| part.contains(h.start)).min().copied();
    s.pages.go(Mode::Read);
    let target = hit.unwrap_or(Span::at(start));
    s.jump(target.start, target);
    s.find.current = hit.and_then(|h| s.find.matches.spans.binary_search(&h).ok());
}

/// Selects from where the button was pressed, by characters.
fn drag(s: &mut Session, column: u16, row: u16) {
    if !s.pages.is_reading() || !holds(s.screen.text, column, row) {
        return;
    }
    let Some(pos) = pos_at(s, column, row) else {
        return;
    };
    if s.memory.selection.is_none() && pos == s.reading.focus {
        return;
    }
    s.memory.selection.get_or_insert(Selection {
        from: s.reading.focus,
        grain: Grain::Character,
        seen: None,
    });
    s.reading.focus = pos;
    super::select::say(s);
}

/// Returns the place in the text that is drawn at a column and row.
fn pos_at(s: &Session, column: u16, row: u16) -> Option<Pos> {
    let Line::Text { row, segment, .. } =
        s.reading.window.get(usize::from(row - s.screen.text.y))?
    else {
        return None;
    };
    if segment.folded {
        return Some(segment.span.start);
    }
    let measure = s.reading.measure?;
    let free = usize::from(s.screen.text.width).saturating_sub(measure.cells);
    let left = usize::from(s.screen.text.x)
        + (free / 2).min(free.saturating_sub(if measure.hang { GUTTER } else { 0 }))
        + usize::from(row.indent);
    let mut end = left;
    let glyphs: Vec<_> =
        crate::layout::glyphs(s.article.document().text(), segment.span, row, measure.face)
            .collect();
    let under = glyphs.iter().find(|g| {
        end += g.blanks + g.cells;
        end > usize::from(column)
    });
    under.or(glyphs.last()).map(|g| g.span.start)
}
