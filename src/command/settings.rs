//! The settings panel: every choice, seen at once on the text beside it, and
//! kept in the settings file.

use super::entry::{Command, READING, When, asking, command};
use super::list;
use super::options::{self, Config};
use crate::layout::{BlockStyle, Face, Measure, Row, lay_out};
use crate::session::{Area, Effect, Mode, Session};
use crate::text::Pos;

pub(crate) const COMMANDS: &[&[Command]] = &[
    &READING.section([
        command("settings", "g s", |s, _| s.pages.open(Mode::Settings))
            .zh("设置：看和改排版、颜色等设置，改了马上见效，并写进设置文件。")
            .en(
                "Settings: See and change the settings of page and colours; each shows at once \
                 and is kept in the settings file.",
            ),
    ]),
    &When::On(&[Mode::Settings]).section([
        asking("setting-next", "l, right, space, enter", |s, _| {
            change(s, true)
        })
        .zh("改为下一个值：把选中的设置改为下一个值。")
        .en("Next value: Give the chosen setting its next value."),
        asking("setting-previous", "h, left", |s, _| change(s, false))
            .zh("改为上一个值：把选中的设置改为上一个值。")
            .en("Previous value: Give the chosen setting its previous value."),
        command("settings-close", "tab", list::close)
            .zh("关闭设置：关闭设置，回到正文。")
            .en("Close settings: Close the settings, back to the text."),
    ]),
];

/// Gives the chosen setting its next or previous value.
fn change(s: &mut Session, forward: bool) -> Effect {
    let chosen = s.chosen(Mode::Settings);
    let Some(option) = options::offered().get(chosen).copied() else {
        return Effect::None;
    };
    let value = option.next(&s.settings, forward);
    let mut config = Config {
        settings: s.settings.clone(),
        ..Config::default()
    };
    if option.set(&mut config, &value).is_some() {
        s.settings = config.settings;
    }
    Effect::KeepSetting(option.name, value)
}

/// Cells of the panel at most.
const MAX_PANEL_CELLS: u16 = 36;

/// Returns the cells of the panel: in the place of the outline, with a blank at the left.
pub(crate) fn panel(s: &Session) -> Area {
    let area = s.screen.outline;
    let width = area.width.saturating_sub(1).min(MAX_PANEL_CELLS);
    Area {
        x: area.x + 1,
        width: width.saturating_sub(1),
        ..area.below(rule(s))
    }
}

/// Returns the rows of the line between the text and a panel below it.
pub(crate) fn rule(s: &Session) -> u16 {
    u16::from(s.screen.outline.y > s.screen.text.y)
}

/// Returns the rows of the settings: between the title and the description of the chosen one.
pub(crate) fn area(s: &Session) -> Area {
    let panel = panel(s);
    let title = u16::from(panel.height > 18) * 2;
    let below = (about(s).len() as u16 + 1).min(panel.height / 2);
    let height = panel.height.saturating_sub(title + below);
    Area {
        y: panel.y + title,
        height: height.max(panel.height.min(1)),
        ..panel
    }
}

/// Returns the description of the chosen setting, broken into rows.
pub(crate) fn about(s: &Session) -> Vec<String> {
    let chosen = s.chosen(Mode::Settings);
    let Some(option) = options::offered().get(chosen).copied() else {
        return Vec::new();
    };
    let text = s.settings.lang.say(option.about());
    // a gap between paragraphs goes with no indent
    let (cells, face) = (
        usize::from(panel(s).width),
        Face::plain(s.settings.face.widths),
    );
    let measure = Measure::fitted(cells, cells, true, false, face);
    let rows = lay_out(text, Pos(0), BlockStyle::default(), &measure, &[]);
    let line = |row: &Row| row.drawn().of(text).to_owned();
    rows.iter().map(line).collect()
}
