//! The settings: names, ranges, documentation, and reading them from YAML.
//!
//! 1. [`OPTIONS`]: the table of settings; docs/config.md is made from it.
//! 2. [`read`]: `config.yaml` to [`Config`]. A wrong line is reported in one
//!    line each and does not undo the others.
//!
//! Where the file lies is `shell`'s affair.

use super::table;
use crate::layout::measure;
use crate::session::Settings;
use crate::text::key::Key;
use crate::text::{Ambiguous, Lang, Say, WidthPolicy};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// One setting: how it is called, what it takes, what it does.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its key in the file.
    pub name: &'static str,
    /// What may stand there.
    pub takes: Say,
    /// What stands there by default.
    pub default: &'static str,
    /// What it does.
    pub about: Say,
    /// Reads a value into the settings; `None` where it does not fit.
    apply: fn(&mut Config, &str) -> Option<()>,
}

/// Every setting.
pub const OPTIONS: &[Setting] = &[
    Setting {
        name: "lang",
        takes: ("auto、zh 或 en", "auto, zh or en"),
        default: "auto",
        about: ("界面的语言；auto 随系统区域设置。", "Language of the interface; auto follows the locale."),
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
    Setting {
        name: "theme",
        takes: ("auto、dark 或 light", "auto, dark or light"),
        default: "auto",
        about: ("颜色；auto 按终端的底色选。", "Colours; auto chooses by the terminal's background."),
        apply: |c, v| super::app::THEMES.contains(&v).then(|| v.clone_into(&mut c.settings.theme)),
    },
    Setting {
        name: "measure",
        takes: ("20 到 40 的整数", "a whole number from 20 to 40"),
        default: "36",
        about: ("行长：一行多少个汉字。", "The measure: Han on a row."),
        apply: |c, v| {
            let han = v.parse::<usize>().ok().filter(|n| (measure::SHORTEST / 2..=measure::LONGEST / 2).contains(n))?;
            c.settings.measure = han * 2;
            Some(())
        },
    },
    Setting {
        name: "paragraphs",
        takes: ("indent 或 gap", "indent or gap"),
        default: "indent",
        about: ("段落之间首行缩进，或空一行。", "Paragraphs are told apart by an indent, or by a blank row."),
        apply: |c, v| {
            c.settings.gap = match v {
                "indent" => false,
                "gap" => true,
                _ => return None,
            };
            Some(())
        },
    },
    Setting {
        name: "hanging",
        takes: ("true 或 false", "true or false"),
        default: "true",
        about: ("行末的逗号、句号可以悬挂在版心之外。", "A stop at the end of a row may hang outside the measure."),
        apply: |c, v| {
            c.settings.hang = v.parse().ok()?;
            Some(())
        },
    },
    Setting {
        name: "quotes",
        takes: ("wide 或 source", "wide or source"),
        default: "wide",
        about: ("弯引号占一格的终端上，让它占两格，汉字上下对齐。", "On terminals that draw curly quotes in one cell, give them two, so that Han line up."),
        apply: |c, v| {
            c.settings.wide_quotes = match v {
                "wide" => true,
                "source" => false,
                _ => return None,
            };
            Some(())
        },
    },
    Setting {
        name: "ambiguous",
        takes: ("auto、narrow 或 wide", "auto, narrow or wide"),
        default: "auto",
        about: ("“ ” — … 一类字符占几格；auto 问终端，不答算一格。", "Cells of “ ” — …; auto asks the terminal, one where it does not answer."),
        apply: |c, v| {
            let (ambiguous, ask) = match v {
                "auto" => (Ambiguous::Narrow, true),
                "narrow" => (Ambiguous::Narrow, false),
                "wide" => (Ambiguous::Wide, false),
                _ => return None,
            };
            c.settings.widths = WidthPolicy { ambiguous };
            c.ask_width = ask;
            Some(())
        },
    },
    Setting {
        name: "mouse",
        takes: ("true 或 false", "true or false"),
        default: "false",
        about: ("用鼠标点提纲、滚动；关着时终端自己的选择可用。", "Click in the outline, scroll by wheel; while off, the terminal's own selecting works."),
        apply: |c, v| {
            c.settings.mouse = v.parse().ok()?;
            Some(())
        },
    },
    Setting {
        name: "pace",
        takes: ("50 到 2000 的整数", "a whole number from 50 to 2000"),
        default: "400",
        about: ("每分钟读多少字，用来估计读完要多久。", "Characters read in a minute, to tell how long an article takes."),
        apply: |c, v| {
            c.settings.pace = v.parse().ok().filter(|n| (50..=2000).contains(n))?;
            Some(())
        },
    },
    Setting {
        name: "library",
        takes: ("目录", "a directory"),
        default: "",
        about: ("不带参数时打开的书架；空着用随程序带的文章。", "The shelf that opens without arguments; empty for the texts that come with the program."),
        apply: |c, v| {
            c.library = (!v.is_empty()).then(|| v.to_owned());
            Some(())
        },
    },
    Setting {
        name: "citation",
        takes: ("带 {text} 的文字", "text with {text} in it"),
        default: crate::session::quote::TEMPLATE,
        about: (
            "带出处摘录（Y）的写法；{text} {title} {source} {author} {date} {where} {file} 各是一项，没有的连同逗号略去。",
            "The form of a quotation with its source (Y), of {text} {title} {source} {author} {date} {where} {file}; what is not known is left out with its comma.",
        ),
        apply: |c, v| v.contains("{text}").then(|| v.clone_into(&mut c.citation)),
    },
    Setting {
        name: "clipboard",
        takes: ("命令", "a command"),
        default: "",
        about: (
            "摘录交给哪个命令（从标准输入读，如 wl-copy、pbcopy）；空着就用 tmux 或终端（OSC 52）。",
            "The command that copies are given to on its standard input (wl-copy, pbcopy); empty for tmux or the terminal (OSC 52).",
        ),
        apply: |c, v| {
            c.clipboard = (!v.is_empty()).then(|| v.to_owned());
            Some(())
        },
    },
    Setting {
        name: "notes",
        takes: ("目录", "a directory"),
        default: "",
        about: (
            "导出的摘录（ge）写到哪里；空着是 XDG 数据目录里的 jingdu/notes。",
            "Where exported notes (ge) are written; empty for jingdu/notes in the XDG data directory.",
        ),
        apply: |c, v| {
            c.notes = (!v.is_empty()).then(|| v.to_owned());
            Some(())
        },
    },
];

/// What the file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The reader's choices.
    pub settings: Settings,
    /// The language, where the file names one.
    pub lang: Option<Lang>,
    /// Whether to ask the terminal for its ambiguous width.
    pub ask_width: bool,
    /// The reader's library.
    pub library: Option<String>,
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
            ask_width: true,
            library: None,
            citation: crate::session::quote::TEMPLATE.to_owned(),
            clipboard: None,
            notes: None,
            keys: Vec::new(),
        }
    }
}

/// A value of the file: one, or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    One(Scalar),
    Many(Vec<Scalar>),
    Keys(BTreeMap<String, Box<Value>>),
}

/// A plain value, whatever YAML takes it for.
#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Bool(bool),
    Number(i64),
    Text(String),
    /// `name:` with nothing after it.
    Empty(()),
}

impl Scalar {
    fn text(&self) -> String {
        match self {
            Self::Bool(b) => b.to_string(),
            Self::Number(n) => n.to_string(),
            Self::Text(t) => t.clone(),
            Self::Empty(()) => String::new(),
        }
    }
}

/// Reads the text of a settings file. Returns what it says and, line by line,
/// what could not be understood, in `lang`.
#[must_use]
pub fn read(text: &str, lang: Lang) -> (Config, Vec<String>) {
    let (mut config, mut wrong) = (Config::default(), Vec::new());
    if text.trim().is_empty() {
        return (config, wrong);
    }
    let values: BTreeMap<String, Value> = match serde_yaml::from_str(text) {
        Ok(values) => values,
        Err(error) => {
            let first = error.to_string().lines().next().unwrap_or_default().to_owned();
            wrong.push(match lang {
                Lang::Zh => format!("不是 YAML：{first}"),
                Lang::En => format!("not YAML: {first}"),
            });
            return (config, wrong);
        }
    };
    for (name, value) in &values {
        match (name.as_str(), value) {
            ("keys", Value::Keys(keys)) => read_keys(&mut config, keys, lang, &mut wrong),
            (_, Value::One(scalar)) => match OPTIONS.iter().find(|o| o.name == name) {
                Some(option) if (option.apply)(&mut config, &scalar.text()).is_some() => {}
                Some(option) => wrong.push(match lang {
                    Lang::Zh => format!("{name} 不能是“{}”，要{}", scalar.text(), option.takes.0),
                    Lang::En => format!("{name} cannot be {:?}: it takes {}", scalar.text(), option.takes.1),
                }),
                None => wrong.push(unknown(name, OPTIONS.iter().map(|o| o.name), lang, ("设置", "setting"))),
            },
            _ => wrong.push(match lang {
                Lang::Zh => format!("看不懂 {name} 的写法"),
                Lang::En => format!("{name}: not understood"),
            }),
        }
    }
    (config, wrong)
}

fn read_keys(config: &mut Config, keys: &BTreeMap<String, Box<Value>>, lang: Lang, wrong: &mut Vec<String>) {
    for (name, value) in keys {
        if table::all().all(|c| c.name != name) {
            wrong.push(unknown(name, table::all().map(|c| c.name), lang, ("命令", "command")));
            continue;
        }
        let typed: Vec<String> = match &**value {
            Value::One(one) => vec![one.text()],
            Value::Many(many) => many.iter().map(Scalar::text).collect(),
            Value::Keys(_) => Vec::new(),
        };
        match typed.iter().find(|k| Key::parse_all(k).is_none_or(|k| k.is_empty())) {
            Some(bad) => wrong.push(match lang {
                Lang::Zh => format!("{name}：没有“{bad}”这样的键"),
                Lang::En => format!("{name}: no such key {bad:?}"),
            }),
            None => config.keys.push((name.clone(), typed)),
        }
    }
}

/// Says that a name is not known, and which known one is nearest.
fn unknown<'a>(name: &str, known: impl Iterator<Item = &'a str>, lang: Lang, what: Say) -> String {
    let nearest = known.min_by_key(|k| distance(k, name)).filter(|k| distance(k, name) <= 3);
    match (lang, nearest) {
        (Lang::Zh, Some(n)) => format!("没有叫 {name} 的{}，是不是 {n}？", what.0),
        (Lang::Zh, None) => format!("没有叫 {name} 的{}", what.0),
        (Lang::En, Some(n)) => format!("no {} called {name}; do you mean {n}?", what.1),
        (Lang::En, None) => format!("no {} called {name}", what.1),
    }
}

/// How many letters must be changed, added or removed to make `a` of `b`.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let next = (row[j] + 1).min(row[j + 1] + 1).min(corner + usize::from(x != *y));
            corner = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row.last().copied().unwrap_or_default()
}

/// docs/config.md, made from the table.
#[must_use]
pub fn documentation() -> String {
    let mut out = String::from(
        "# 设置 / Settings\n\n<!-- Made from `src/command/config.rs` by a test; do not edit. -->\n\n\
         文件是 XDG 配置目录里的 `jingdu/config.yaml`（通常是 `~/.config/jingdu/config.yaml`），`--config FILE` 指定别的。没有这个文件也能用。写错的一行只影响它自己，打开时会说。\n\n\
         The file is `jingdu/config.yaml` in the XDG configuration directory (usually `~/.config/jingdu/config.yaml`); `--config FILE` names another. It need not exist. A wrong line affects only itself, and is reported on opening.\n",
    );
    for option in OPTIONS {
        let default = if option.default.is_empty() { "–" } else { option.default };
        let _ = write!(
            out,
            "\n## `{}`\n\n{}（{}；默认 `{default}`）\n\n{} ({}; default `{default}`)\n",
            option.name, option.about.0, option.takes.0, option.about.1, option.takes.1
        );
    }
    out.push_str("\n## `keys`\n\n给命令换键，写法见 [keys.md](keys.md)。Other keys for a command; [keys.md](keys.md) has the names.\n\n```yaml\nkeys:\n  next-point: [\"J\", \"ctrl-n\"]\n  start: \"g g\"\n```\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_the_documented_ones() {
        let lines: Vec<String> = OPTIONS.iter().map(|o| format!("{}: {}", o.name, o.default)).collect();
        let text = lines.join("\n");
        assert_eq!(read(&text, Lang::En), (Config::default(), vec![]));
    }

    #[test]
    fn a_wrong_line_does_not_undo_the_others() {
        let (config, wrong) = read("measure: 30\nteme: dark\nhanging: perhaps\nkeys:\n  next-piont: x\n  quit: [Q, ctrl-x]\n", Lang::En);
        assert_eq!(config.settings.measure, 60);
        assert_eq!(config.keys, [("quit".to_owned(), vec!["Q".to_owned(), "ctrl-x".to_owned()])]);
        assert_eq!(wrong.len(), 3, "{wrong:?}");
        assert!(wrong.iter().any(|w| w.contains("do you mean theme")));
        assert!(wrong.iter().any(|w| w.contains("do you mean next-point")));
    }

    #[test]
    fn what_is_no_yaml_is_said_in_one_line() {
        let (config, wrong) = read("a: [", Lang::Zh);
        assert_eq!(config, Config::default());
        assert_eq!(wrong.len(), 1);
        assert!(!wrong[0].contains('\n'));
    }
}
