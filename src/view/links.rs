//! The list of links: the address of each, and the text that links to it.

use super::Role;
use super::paint::Painter;
use super::panel::{MAX_LIST_CELLS, column};
use crate::command::pages;
use crate::document::web_link;
use crate::session::{Mode, Session};
use crate::source::sanitize;

/// Draws the list; addresses that are not opened are dim.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let (area, lang) = (session.screen.body, session.settings.lang);
    let (x, end) = column(area, MAX_LIST_CELLS);
    let title = lang.say(("这一屏的链接", "Links on this screen"));
    p.row((x, end), area.y).left(title, Role::Heading1);
    for (y, i, is_chosen) in pages::shown(session, Mode::Links) {
        let Some(link) = session.pages.links.get(i) else {
            continue;
        };
        let mut row = p.row((x, end), y).set_off_rows(is_chosen, 1).blended();
        let (role, note) = if web_link::is_safe(&link.target) {
            (Role::Link, "")
        } else {
            (Role::EntryDim, lang.say(("不打开  ", "not opened  ")))
        };
        row.left(note, Role::Warning);
        // the address comes first: it is what decides
        row.left(&sanitize::line(&link.target), role);
        row.x = (row.x + 2).min(end);
        row.left(&link.text, Role::Text);
    }
}
