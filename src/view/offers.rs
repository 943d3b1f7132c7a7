//! The words that are offered while a query is typed: right below the line, as an
//! input method offers its own.
//!
//! They take whole rows, so that nothing is drawn over half a character; the
//! cursor above them stays free.

use super::Role;
use super::paint::Painter;
use crate::session::{Area, Mode, Session};

/// Rows of words at the most.
const MAX_ROWS: u16 = 3;
/// Words with a digit to pick them.
const MAX_NUMBERED: usize = 9;

/// Draws the offers, where there are any.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let (Mode::Search(_), offers) = (&session.mode, &session.find.offers) else {
        return;
    };
    let area = session.screen.body;
    let rows = MAX_ROWS.min(area.height / 3);
    // a single word that is marked anyway says nothing
    let says_nothing = offers.words.len() == 1
        && offers.chosen.is_none()
        && !offers.near
        && session.find.matches.kind != crate::search::MatchKind::Sound;
    if offers.words.is_empty() || rows == 0 || says_nothing {
        return;
    }
    let (text, key, quiet, chosen) = (
        p.style(Role::Typed),
        p.style(Role::Key),
        p.style(Role::Facts),
        p.style(Role::Chosen),
    );
    let (left, end) = (area.x + 1, area.x + area.width.saturating_sub(1));
    let (mut x, mut y) = (left, area.y);
    p.wipe(Area {
        y,
        height: 1,
        ..area
    });
    if offers.near {
        x = p.put(
            x,
            y,
            end,
            session.settings.lang.say(("相近的：", "near: ")),
            quiet,
        ) + 1;
    }
    // the chosen one is always among those that are seen
    let first = offers
        .chosen
        .filter(|c| *c >= MAX_NUMBERED)
        .map_or(0, |c| c / MAX_NUMBERED * MAX_NUMBERED);
    for (i, word) in offers
        .words
        .iter()
        .enumerate()
        .skip(first)
        .take(MAX_NUMBERED)
    {
        let number = if session.find.is_numbered() {
            format!("{} ", i - first + 1)
        } else {
            String::new()
        };
        let count = format!(" {}", word.count);
        let cells = p.widths.text(&number) + p.widths.text(&word.text) + p.widths.text(&count);
        if usize::from(end.saturating_sub(x)) < cells && x > left {
            if y + 1 >= area.y + rows {
                break;
            }
            (x, y) = (left, y + 1);
            p.wipe(Area {
                y,
                height: 1,
                ..area
            });
        }
        let is_chosen = offers.chosen == Some(i);
        x = p.put(x, y, end, &number, if is_chosen { chosen } else { key });
        x = p.put_cut(x, y, end, &word.text, if is_chosen { chosen } else { text });
        x = p.put(x, y, end, &count, if is_chosen { chosen } else { quiet }) + 3;
    }
}
