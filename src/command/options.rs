//! The table of settings: names, values, what each does.
//!
//! Reading the file, docs/config.md and the settings panel are made from it.

use crate::layout::measure;
use crate::session::Settings;
use crate::text::{Ambiguous, Lang, Say, WidthPolicy};

/// The themes that `T` goes through.
pub const THEMES: &[&str] = &["auto", "dark", "light"];

/// What the file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The reader's choices.
    pub settings: Settings,
    /// The language, where the file names one.
    pub lang: Option<Lang>,
    /// The reader's library.
    pub library: Option<String>,
    /// The keywords to begin with.
    pub keyword_set: Option<String>,
    /// The form of a quotation with its source.
    pub citation: String,
    /// The command that copies are given to.
    pub clipboard: Option<String>,
    /// Where exported notes are written.
    pub notes: Option<String>,
    /// The reader's own keys: command and its keys.
    pub keys: Vec<(String, Vec<String>)>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            settings: Settings::default(),
            lang: None,
            library: None,
            keyword_set: None,
            citation: crate::session::quote::TEMPLATE.to_owned(),
            clipboard: None,
            notes: None,
            keys: Vec::new(),
        }
    }
}

/// One setting: how it is called, what it takes, what it does.
#[derive(Clone, Copy, Debug)]
pub struct SettingEntry {
    /// Its key in the file.
    pub name: &'static str,
    /// What the panel calls it, in at most twelve cells.
    pub label: Say,
    /// What may stand there, in words.
    pub takes: Say,
    /// What stands there by default.
    pub default: &'static str,
    /// What it does.
    pub about: Say,
    /// What the panel offers.
    pub offers: Values,
    /// Reads a value into the settings; `None` where it does not fit.
    pub apply: fn(&mut Config, &str) -> Option<()>,
}

/// What the panel offers for a setting, and which of it is in force.
#[derive(Clone, Copy, Debug)]
pub enum Values {
    /// One of these words, with what the reader sees.
    Words(
        &'static [(&'static str, Say)],
        fn(&Settings) -> &'static str,
    ),
    /// A number: least, most, step.
    Number(usize, usize, usize, fn(&Settings) -> usize),
    /// Nothing: it is written in the file only.
    Nothing,
}

const SWITCH: &[(&str, Say)] = &[("true", ("开", "on")), ("false", ("关", "off"))];

fn switch(on: bool) -> &'static str {
    if on { "true" } else { "false" }
}

/// Reads one of two words.
fn either(value: &str, (yes, no): (&str, &str)) -> Option<bool> {
    if value == yes {
        Some(true)
    } else {
        (value == no).then_some(false)
    }
}

/// Every setting.
pub const OPTIONS: &[SettingEntry] = &[
    SettingEntry {
        name: "lang",
        label: ("语言", "Language"),
        takes: ("auto、zh 或 en", "auto, zh or en"),
        default: "auto",
        about: (
            "界面的语言；auto 随系统区域设置。",
            "Language of the interface; auto follows the locale.",
        ),
        offers: Values::Nothing,
        apply: |c, v| {
            c.lang = match v {
                "auto" => None,
                "zh" => Some(Lang::Zh),
                "en" => Some(Lang::En),
                _ => return None,
            };
            Some(())
        },
    },
    SettingEntry {
        name: "theme",
        label: ("主题", "Theme"),
        takes: ("auto、dark 或 light", "auto, dark or light"),
        default: "auto",
        about: (
            "颜色；auto 按终端的底色选。",
            "Colours; auto chooses by the terminal's background.",
        ),
        offers: Values::Words(
            &[
                ("auto", ("随终端", "terminal")),
                ("dark", ("深色", "dark")),
                ("light", ("浅色", "light")),
            ],
            |s| THEMES.iter().find(|t| **t == s.theme).unwrap_or(&"auto"),
        ),
        apply: |c, v| {
            THEMES
                .contains(&v)
                .then(|| v.clone_into(&mut c.settings.theme))
        },
    },
    SettingEntry {
        name: "measure",
        label: ("行长", "Measure"),
        takes: ("20 到 40 的整数", "a whole number from 20 to 40"),
        default: "36",
        about: ("行长：一行多少个汉字。", "The measure: Han on a row."),
        offers: Values::Number(measure::MIN_CELLS / 2, measure::MAX_CELLS / 2, 2, |s| {
            s.measure / 2
        }),
        apply: |c, v| {
            let han = v
                .parse::<usize>()
                .ok()
                .filter(|n| (measure::MIN_CELLS / 2..=measure::MAX_CELLS / 2).contains(n))?;
            c.settings.measure = han * 2;
            Some(())
        },
    },
    SettingEntry {
        name: "paragraphs",
        label: ("段落", "Paragraphs"),
        takes: ("indent 或 gap", "indent or gap"),
        default: "indent",
        about: (
            "段落之间首行缩进，或空一行。",
            "Paragraphs are told apart by an indent, or by a blank row.",
        ),
        offers: Values::Words(
            &[
                ("indent", ("首行缩进", "indent")),
                ("gap", ("空一行", "blank row")),
            ],
            |s| if s.gap { "gap" } else { "indent" },
        ),
        apply: |c, v| {
            c.settings.gap = either(v, ("gap", "indent"))?;
            Some(())
        },
    },
    SettingEntry {
        name: "hanging",
        label: ("悬挂标点", "Hanging"),
        takes: ("true 或 false", "true or false"),
        default: "true",
        about: (
            "行末的逗号、句号可以悬挂在版心之外。",
            "A stop at the end of a row may hang outside the measure.",
        ),
        offers: Values::Words(SWITCH, |s| switch(s.hang)),
        apply: |c, v| {
            c.settings.hang = v.parse().ok()?;
            Some(())
        },
    },
    SettingEntry {
        name: "quotes",
        label: ("弯引号", "Quotes"),
        takes: ("wide 或 source", "wide or source"),
        default: "wide",
        about: (
            "弯引号占一格的终端上，让它占两格，汉字上下对齐。",
            "On terminals that draw curly quotes in one cell, give them two, so that Han line up.",
        ),
        offers: Values::Words(
            &[
                ("wide", ("占两格", "two cells")),
                ("source", ("照原样", "as they are")),
            ],
            |s| {
                if s.face.wide_quotes { "wide" } else { "source" }
            },
        ),
        apply: |c, v| {
            c.settings.face.wide_quotes = either(v, ("wide", "source"))?;
            Some(())
        },
    },
    SettingEntry {
        name: "dashes",
        label: ("破折号", "Dashes"),
        takes: ("line 或 source", "line or source"),
        default: "source",
        about: (
            "破折号画成四格不断的线，省略号占四格；用鼠标复制时会带上画的线。",
            "Draw —— as one unbroken line of four cells, and …… in four; copying with the mouse then takes the line.",
        ),
        offers: Values::Words(
            &[
                ("line", ("四格连线", "a line")),
                ("source", ("照原样", "as they are")),
            ],
            |s| {
                if s.face.long_marks { "line" } else { "source" }
            },
        ),
        apply: |c, v| {
            c.settings.face.long_marks = either(v, ("line", "source"))?;
            Some(())
        },
    },
    SettingEntry {
        name: "spacing",
        label: ("中西间隔", "Han–Latin"),
        takes: ("true 或 false", "true or false"),
        default: "false",
        about: (
            "汉字与字母、数字之间空一格，只是显示，复制和查找不受影响。",
            "A blank cell between Han and letters or digits; only drawn, copying and searching do not see it.",
        ),
        offers: Values::Words(SWITCH, |s| switch(s.face.spaced)),
        apply: |c, v| {
            c.settings.face.spaced = v.parse().ok()?;
            Some(())
        },
    },
    SettingEntry {
        name: "leading",
        label: ("行距", "Leading"),
        takes: ("open 或 close", "open or close"),
        default: "close",
        about: (
            "行与行之间空一行，看得疏朗些。",
            "An empty row between rows: open leading.",
        ),
        offers: Values::Words(
            &[("open", ("隔行", "open")), ("close", ("紧凑", "close"))],
            |s| if s.leading { "open" } else { "close" },
        ),
        apply: |c, v| {
            c.settings.leading = either(v, ("open", "close"))?;
            Some(())
        },
    },
    SettingEntry {
        name: "ruler",
        label: ("读尺", "Ruler"),
        takes: ("true 或 false", "true or false"),
        default: "false",
        about: (
            "正在读的一句照常，其余淡一些；) ( 一句句往下读。",
            "The sentence being read in full colour, the rest a step dimmer; ) and ( go on by sentences.",
        ),
        offers: Values::Words(SWITCH, |s| switch(s.ruler)),
        apply: |c, v| {
            c.settings.ruler = v.parse().ok()?;
            Some(())
        },
    },
    SettingEntry {
        name: "ambiguous",
        label: ("宽窄不定", "Ambiguous"),
        takes: ("auto、narrow 或 wide", "auto, narrow or wide"),
        default: "auto",
        about: (
            "“ ” — … 一类字符占几格；auto 问终端，不答算一格。",
            "Cells of “ ” — …; auto asks the terminal, one where it does not answer.",
        ),
        offers: Values::Words(
            &[
                ("auto", ("问终端", "ask")),
                ("narrow", ("一格", "one cell")),
                ("wide", ("两格", "two cells")),
            ],
            |s| match (s.asks_widths, s.face.widths.ambiguous) {
                (true, _) => "auto",
                (false, Ambiguous::Narrow) => "narrow",
                (false, Ambiguous::Wide) => "wide",
            },
        ),
        apply: |c, v| {
            let (widths, ask) = match v {
                "auto" => (WidthPolicy::NARROW, true),
                "narrow" => (WidthPolicy::NARROW, false),
                "wide" => (WidthPolicy::WIDE, false),
                _ => return None,
            };
            c.settings.face.widths = widths;
            c.settings.asks_widths = ask;
            Some(())
        },
    },
    SettingEntry {
        name: "mouse",
        label: ("鼠标", "Mouse"),
        takes: ("true 或 false", "true or false"),
        default: "false",
        about: (
            "用鼠标点提纲、滚动；关着时终端自己的选择可用。",
            "Click in the outline, scroll by wheel; while off, the terminal's own selecting works.",
        ),
        offers: Values::Nothing,
        apply: |c, v| {
            c.settings.mouse = v.parse().ok()?;
            Some(())
        },
    },
    SettingEntry {
        name: "pace",
        label: ("每分钟字数", "Pace"),
        takes: ("50 到 2000 的整数", "a whole number from 50 to 2000"),
        default: "400",
        about: (
            "每分钟读多少字，用来估计读完要多久。",
            "Characters read in a minute, to tell how long an article takes.",
        ),
        offers: Values::Number(50, 2000, 50, |s| s.pace),
        apply: |c, v| {
            c.settings.pace = v.parse().ok().filter(|n| (50..=2000).contains(n))?;
            Some(())
        },
    },
    SettingEntry {
        name: "library",
        label: ("书架目录", "Library"),
        takes: ("目录", "a directory"),
        default: "",
        about: (
            "不带参数时打开的书架；空着用随程序带的文章。",
            "The shelf that opens without arguments; empty for the texts that come with the program.",
        ),
        offers: Values::Nothing,
        apply: |c, v| {
            c.library = (!v.is_empty()).then(|| v.to_owned());
            Some(())
        },
    },
    SettingEntry {
        name: "keyword-set",
        label: ("关键词组", "Keyword set"),
        takes: ("一组关键词的名字", "the name of a keyword set"),
        default: "",
        about: (
            "每篇文章一打开就标出的关键词：同一目录下 `keywords/名字.yaml`，在关键词一览里用 `s` 存。",
            "Keywords that are coloured in every article from the start: `keywords/NAME.yaml` in the same directory, saved with `s` in the keyword panel.",
        ),
        offers: Values::Nothing,
        apply: |c, v| {
            c.keyword_set = (!v.is_empty()).then(|| v.to_owned());
            Some(())
        },
    },
    SettingEntry {
        name: "citation",
        label: ("出处格式", "Citation"),
        takes: ("带 {text} 的文字", "text with {text} in it"),
        default: crate::session::quote::TEMPLATE,
        about: (
            "带出处摘录（Y）的写法；{text} {title} {source} {author} {date} {where} {file} 各是一项，没有的连同逗号略去。",
            "The form of a quotation with its source (Y), of {text} {title} {source} {author} {date} {where} {file}; what is not known is left out with its comma.",
        ),
        offers: Values::Nothing,
        apply: |c, v| v.contains("{text}").then(|| v.clone_into(&mut c.citation)),
    },
    SettingEntry {
        name: "clipboard",
        label: ("剪贴板", "Clipboard"),
        takes: ("命令", "a command"),
        default: "",
        about: (
            "摘录交给哪个命令（从标准输入读，如 wl-copy、pbcopy）；空着就用 tmux 或终端（OSC 52）。",
            "The command that copies are given to on its standard input (wl-copy, pbcopy); empty for tmux or the terminal (OSC 52).",
        ),
        offers: Values::Nothing,
        apply: |c, v| {
            c.clipboard = (!v.is_empty()).then(|| v.to_owned());
            Some(())
        },
    },
    SettingEntry {
        name: "notes",
        label: ("导出目录", "Notes"),
        takes: ("目录", "a directory"),
        default: "",
        about: (
            "导出的摘录（ge）写到哪里；空着是 XDG 数据目录里的 jingdu/notes。",
            "Where exported notes (ge) are written; empty for jingdu/notes in the XDG data directory.",
        ),
        offers: Values::Nothing,
        apply: |c, v| {
            c.notes = (!v.is_empty()).then(|| v.to_owned());
            Some(())
        },
    },
];

/// The settings that the panel shows, in its order.
pub fn offered() -> Vec<&'static SettingEntry> {
    OPTIONS
        .iter()
        .filter(|o| !matches!(o.offers, Values::Nothing))
        .collect()
}

impl SettingEntry {
    /// What is in force, as the file would say it.
    pub fn value(&self, settings: &Settings) -> String {
        match self.offers {
            Values::Words(_, get) => get(settings).to_owned(),
            Values::Number(.., get) => get(settings).to_string(),
            Values::Nothing => String::new(),
        }
    }

    /// What is in force, in the reader's words.
    pub fn shown(&self, settings: &Settings) -> String {
        let value = self.value(settings);
        match self.offers {
            Values::Words(words, _) => words
                .iter()
                .find(|(word, _)| *word == value)
                .map_or(value, |(_, say)| settings.lang.say(*say).to_owned()),
            _ => value,
        }
    }

    /// The value after the one in force, or before it; numbers stop at their
    /// ends, words begin again.
    pub fn next(&self, settings: &Settings, forward: bool) -> String {
        match self.offers {
            Values::Words(words, get) => {
                let at = words
                    .iter()
                    .position(|(word, _)| *word == get(settings))
                    .unwrap_or(0);
                let next = (at + if forward { 1 } else { words.len() - 1 }) % words.len();
                words
                    .get(next)
                    .map(|(word, _)| (*word).to_owned())
                    .unwrap_or_default()
            }
            Values::Number(least, most, step, get) => {
                let now = get(settings);
                let next = if forward {
                    now + step
                } else {
                    now.saturating_sub(step)
                };
                next.clamp(least, most).to_string()
            }
            Values::Nothing => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_panel_offers_can_be_set() {
        for option in offered() {
            let mut settings = Settings::default();
            assert_eq!(option.value(&settings), option.default, "{}", option.name);
            for forward in [true, true, false, false] {
                let value = option.next(&settings, forward);
                let mut config = Config {
                    settings: settings.clone(),
                    ..Config::default()
                };
                assert!(
                    (option.apply)(&mut config, &value).is_some(),
                    "{}: {value}",
                    option.name
                );
                settings = config.settings;
                assert_eq!(option.value(&settings), value);
            }
            assert_eq!(option.value(&settings), option.default, "{}", option.name);
        }
    }
}
