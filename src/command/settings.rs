//! The settings panel: every choice, seen at once on the text beside it, and
//! kept in the settings file.

use super::config::Config;
use super::options;
use super::table::{Command, Group, When};
use crate::session::{Effect, Mode, Session};

/// The commands of this file.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "settings",
        keys: &["g s"],
        group: Group::App,
        brief: ("设置", "Settings"),
        about: (
            "看和改排版、颜色等设置，改了马上见效，并写进设置文件。",
            "See and change the settings of page and colours; each shows at once and is kept in the settings file.",
        ),
        when: When::Reading,
        run: |s, _| {
            s.mode = Mode::Settings(0);
            Effect::None
        },
    },
    Command {
        name: "setting-down",
        keys: &["j", "down"],
        group: Group::App,
        brief: ("下一项设置", "Next setting"),
        about: ("在设置里选下一项。", "Choose the next setting."),
        when: When::Settings,
        run: |s, n| choose(s, n.unwrap_or(1).cast_signed()),
    },
    Command {
        name: "setting-up",
        keys: &["k", "up"],
        group: Group::App,
        brief: ("上一项设置", "Previous setting"),
        about: ("在设置里选上一项。", "Choose the previous setting."),
        when: When::Settings,
        run: |s, n| choose(s, -n.unwrap_or(1).cast_signed()),
    },
    Command {
        name: "setting-next",
        keys: &["l", "right", "space", "enter"],
        group: Group::App,
        brief: ("改为下一个值", "Next value"),
        about: (
            "把选中的设置改为下一个值。",
            "Give the chosen setting its next value.",
        ),
        when: When::Settings,
        run: |s, _| change(s, true),
    },
    Command {
        name: "setting-previous",
        keys: &["h", "left"],
        group: Group::App,
        brief: ("改为上一个值", "Previous value"),
        about: (
            "把选中的设置改为上一个值。",
            "Give the chosen setting its previous value.",
        ),
        when: When::Settings,
        run: |s, _| change(s, false),
    },
    Command {
        name: "settings-close",
        keys: &["esc", "q", "ctrl-c", "tab"],
        group: Group::App,
        brief: ("关上设置", "Close settings"),
        about: (
            "关上设置，回到正文。",
            "Close the settings, back to the text.",
        ),
        when: When::Settings,
        run: |s, _| {
            s.mode = Mode::Read;
            Effect::None
        },
    },
];

fn choose(s: &mut Session, by: isize) -> Effect {
    if let Mode::Settings(chosen) = &mut s.mode {
        *chosen = chosen
            .saturating_add_signed(by)
            .min(options::offered().len().saturating_sub(1));
    }
    Effect::None
}

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
    if (option.apply)(&mut config, &value).is_some() {
        s.settings = config.settings;
    }
    Effect::KeepSetting(option.name, value)
}
