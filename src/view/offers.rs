//! The words offered while a query is typed, right below the prompt as an input method has
//! its candidates. They take whole rows, so that no wide character is half covered.

use super::Role;
use super::paint::Painter;
use crate::search::MatchKind;
use crate::session::{Purpose, Session};

/// Rows of words at most.
const MAX_OFFER_ROWS: u16 = 3;
/// Words with a digit to pick them.
const MAX_NUMBERED: usize = 9;

/// Recognises words to offer; a single one that is marked anyway is none.
fn has_offers(session: &Session) -> bool {
    let (find, offers) = (&session.find, &session.find.offers);
    match offers.words.len() {
        0 => false,
        1 => offers.chosen.is_some() || offers.near || find.matches.kind == MatchKind::Sound,
        _ => true,
    }
}

/// Draws the offers while a query is typed.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let (area, offers) = (session.screen.body, &session.find.offers);
    let rows = MAX_OFFER_ROWS.min(area.height / 3);
    if session.pages.purpose() != Some(Purpose::Search) || !has_offers(session) || rows == 0 {
        return;
    }
    let columns = (area.x + 1, area.x + area.width.saturating_sub(1));
    p.wipe(area.row(area.y));
    let mut row = p.row(columns, area.y);
    if offers.near {
        let text = session.settings.lang.say(("相近的：", "near: "));
        row.put(text, Role::Facts);
        row.x += 1;
    }
    // the chosen one is always among those that are seen
    let first = offers.chosen.unwrap_or(0) / MAX_NUMBERED * MAX_NUMBERED;
    let shown = offers.words.iter().enumerate().skip(first);
    for (i, word) in shown.take(MAX_NUMBERED) {
        let mut number = String::new();
        if session.find.is_numbered() {
            number = format!("{} ", i - first + 1);
        }
        let count = format!(" {}", word.count);
        let parts = [number.as_str(), &word.text, &count];
        let cells: usize = parts.iter().map(|part| row.p.widths.text(part)).sum();
        if row.room() < cells && row.x > columns.0 {
            let y = row.y + 1;
            if y >= area.y + rows {
                break;
            }
            p.wipe(area.row(y));
            row = p.row(columns, y);
        }
        let role = |role| match offers.chosen {
            Some(chosen) if chosen == i => Role::Chosen,
            _ => role,
        };
        row.put(&number, role(Role::Key));
        row.left(&word.text, role(Role::Typed));
        row.put(&count, role(Role::Facts));
        row.x += 3;
    }
}
