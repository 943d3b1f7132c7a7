//! The list of encodings: the name of each, and a line of the file as it reads in it.

use super::Role;
use super::paint::Painter;
use super::panel::{MAX_LIST_CELLS, column};
use crate::command::pages;
use crate::session::{Mode, Session};
use crate::source::choices::EncodingChoice;
use crate::text::Say;

/// Behind the name of the present encoding.
const PRESENT: Say = ("现用", "now");

/// Draws the list; the present encoding is marked.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let choices = &session.pages.encodings;
    let (area, lang) = (session.screen.body, session.settings.lang);
    let (x, end) = column(area, MAX_LIST_CELLS);
    let title = match choices.len() {
        1 => ("只有这一种编码读得通", "Only this encoding fits"),
        _ => ("这个文件可以读作", "The file can be read as"),
    };
    p.row((x, end), area.y)
        .left(lang.say(title), Role::Heading1);
    let present = session.article.facts().encoding;
    let mark = lang.say(PRESENT);
    let cells = |choice: &EncodingChoice| {
        let mark = if choice.encoding == present { mark } else { "" };
        choice.encoding.len() + usize::from(!mark.is_empty()) + p.widths.text(mark)
    };
    let names = choices.iter().map(cells).max().unwrap_or_default() as u16;
    for (y, i, is_chosen) in pages::shown(session, Mode::Encodings) {
        let Some(choice) = choices.get(i) else {
            continue;
        };
        let mut row = p.row((x, end), y).set_off_rows(is_chosen, 1).blended();
        row.left(choice.encoding, Role::Key);
        if choice.encoding == present {
            row.x += 1;
            row.left(mark, Role::Marker);
        }
        row.x = (x + names + 2).min(end);
        row.left(&choice.line, Role::Text);
    }
}
