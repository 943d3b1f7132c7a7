//! The settings panel, beside the text.

use super::Role;
use super::paint::Painter;
use crate::command::options;
use crate::layout::{BlockStyle, Face, Measure, Row, lay_out};
use crate::session::Session;
use crate::text::Pos;

/// Cells of the widest name of a setting, and a blank.
const MAX_NAME_CELLS: u16 = 13;

/// Draws every setting with its value, and below them the description of the chosen one.
pub(crate) fn draw(session: &Session, chosen: usize, p: &mut Painter<'_>) {
    let area = session.screen.outline;
    if area.width == 0 || area.height == 0 {
        return;
    }
    let lang = session.settings.lang;
    let (left, end) = (area.x + 1, area.x + (area.width - 1).min(36));
    let all = options::offered();
    let about = about(session, chosen, end.saturating_sub(left), p);
    let below = (about.len() as u16 + 1).min(area.height / 2);
    let title = u16::from(area.height > 18) * 2;
    if title > 0 {
        let title = lang.say(("设置", "Settings"));
        p.row((left, end), area.y).left(title, Role::Heading1);
    }
    let room = usize::from(area.height.saturating_sub(title + below)).max(1);
    let top = (chosen + 1).min(all.len()).saturating_sub(room);
    let mut y = area.y + title;
    for (i, option) in all.iter().enumerate().skip(top).take(room) {
        let mut value = format!("  {}", option.shown(&session.settings));
        if i == chosen {
            value = format!("< {} >", value.trim_start());
        }
        let label = p.own(lang.say(option.label()));
        let mut row = p.row((left, end), y).set_off(i == chosen, area.row(y));
        row.left(&label, Role::Facts);
        row.x = (left + MAX_NAME_CELLS).min(end);
        row.left(&value, Role::Text);
        y += 1;
    }
    for (y, line) in (y + 1..area.y + area.height).zip(about) {
        let line = p.own(&line);
        p.row((left, end), y).put(&line, Role::Note);
    }
}

/// Returns the description of the chosen setting, broken into rows.
fn about(session: &Session, chosen: usize, cells: u16, p: &Painter<'_>) -> Vec<String> {
    let Some(option) = options::offered().get(chosen).copied() else {
        return Vec::new();
    };
    let text = session.settings.lang.say(option.about());
    // a gap between paragraphs goes with no indent
    let cells = usize::from(cells);
    let measure = Measure::fitted(cells, cells, true, false, Face::plain(p.widths));
    let rows = lay_out(text, Pos(0), BlockStyle::default(), &measure, &[]);
    let line = |row: &Row| row.drawn().of(text).to_owned();
    rows.iter().map(line).collect()
}
