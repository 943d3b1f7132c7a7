//! The settings panel, beside the text.

use super::Role;
use super::paint::Painter;
use crate::command::{options, pages, settings};
use crate::session::{Mode, Session};

/// Cells of the widest name of a setting, and a blank.
const MAX_NAME_CELLS: u16 = 13;

/// Draws every setting with its value, and below them the description of the chosen one.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let (panel, area) = (settings::panel(session), settings::area(session));
    if panel.width == 0 || panel.height == 0 {
        return;
    }
    let lang = session.settings.lang;
    let (left, end) = (panel.x, panel.x + panel.width);
    if area.y > panel.y {
        let title = lang.say(("设置", "Settings"));
        p.row((left, end), panel.y).left(title, Role::Heading1);
    }
    let all = options::offered();
    let mut y = area.y;
    for (row, i, is_chosen) in pages::shown(session, Mode::Settings) {
        let Some(option) = all.get(i) else { continue };
        let mut value = format!("  {}", option.shown(&session.settings));
        if is_chosen {
            value = format!("< {} >", value.trim_start());
        }
        let label = p.own(lang.say(option.label()));
        let ground = session.screen.outline.row(row);
        let mut painter = p.row((left, end), row).set_off(is_chosen, ground);
        painter.left(&label, Role::Facts);
        painter.x = (left + MAX_NAME_CELLS).min(end);
        painter.left(&value, Role::Text);
        y = row + 1;
    }
    for (y, line) in (y + 1..panel.y + panel.height).zip(settings::about(session)) {
        let line = p.own(&line);
        p.row((left, end), y).put(&line, Role::Note);
    }
}
