//! The settings panel: every choice, seen at once on the text beside it, and
//! kept in the settings file.

use super::entry::{Command, When, asking, command};
use super::list;
use super::options::{self, Config};
use crate::session::{Effect, Mode, Session};

pub(crate) const COMMANDS: &[&[Command]] = &[
    &When::Reading.section([
        command("settings", "g s", |s, _| s.mode = Mode::Settings(0))
            .zh("设置：看和改排版、颜色等设置，改了马上见效，并写进设置文件。")
            .en(
                "Settings: See and change the settings of page and colours; each shows at once \
                 and is kept in the settings file.",
            ),
    ]),
    &When::Settings.section([
        asking("setting-next", "l, right, space, enter", |s, _| {
            change(s, true)
        })
        .zh("改为下一个值：把选中的设置改为下一个值。")
        .en("Next value: Give the chosen setting its next value."),
        asking("setting-previous", "h, left", |s, _| change(s, false))
            .zh("改为上一个值：把选中的设置改为上一个值。")
            .en("Previous value: Give the chosen setting its previous value."),
        command("settings-close", "esc, q, ctrl-c, tab", list::close)
            .zh("关上设置：关上设置，回到正文。")
            .en("Close settings: Close the settings, back to the text."),
    ]),
];

/// Gives the chosen setting its next or previous value.
fn change(s: &mut Session, forward: bool) -> Effect {
    let Mode::Settings(chosen) = s.mode else {
        return Effect::None;
    };
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
