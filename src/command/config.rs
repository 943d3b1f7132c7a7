//! The settings file: reading it, changing a line of it, its documentation.
//!
//! 1. [`read`]: `config.yaml` to [`Config`]. A wrong line is reported in one
//!    line each and does not undo the others.
//! 2. [`with`]: the file's text with one setting changed, the rest as it stands.
//! 3. [`documentation`]: docs/config.md, from the table in `options`.
//!
//! Where the file lies is `shell`'s affair.

use super::options::{Config, OPTIONS};
use super::table;
use crate::text::key::Key;
use crate::text::{Lang, Say};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

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
pub fn read(text: &str, lang: Lang) -> (Config, Vec<String>) {
    let (mut config, mut wrong) = (Config::default(), Vec::new());
    if text.trim().is_empty() {
        return (config, wrong);
    }
    let values: BTreeMap<String, Value> = match serde_yaml::from_str(text) {
        Ok(values) => values,
        Err(error) => {
            let first = error
                .to_string()
                .lines()
                .next()
                .unwrap_or_default()
                .to_owned();
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
                    Lang::En => format!(
                        "{name} cannot be {:?}: it takes {}",
                        scalar.text(),
                        option.takes.1
                    ),
                }),
                None => wrong.push(unknown(
                    name,
                    OPTIONS.iter().map(|o| o.name),
                    lang,
                    ("设置", "setting"),
                )),
            },
            _ => wrong.push(match lang {
                Lang::Zh => format!("看不懂 {name} 的写法"),
                Lang::En => format!("{name}: not understood"),
            }),
        }
    }
    (config, wrong)
}

fn read_keys(
    config: &mut Config,
    keys: &BTreeMap<String, Box<Value>>,
    lang: Lang,
    wrong: &mut Vec<String>,
) {
    for (name, value) in keys {
        if table::all().all(|c| c.name != name) {
            wrong.push(unknown(
                name,
                table::all().map(|c| c.name),
                lang,
                ("命令", "command"),
            ));
            continue;
        }
        let typed: Vec<String> = match &**value {
            Value::One(one) => vec![one.text()],
            Value::Many(many) => many.iter().map(Scalar::text).collect(),
            Value::Keys(_) => Vec::new(),
        };
        match typed
            .iter()
            .find(|k| Key::parse_all(k).is_none_or(|k| k.is_empty()))
        {
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
    let nearest = known
        .min_by_key(|k| distance(k, name))
        .filter(|k| distance(k, name) <= 3);
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
            let next = (row[j] + 1)
                .min(row[j + 1] + 1)
                .min(corner + usize::from(x != *y));
            corner = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row.last().copied().unwrap_or_default()
}

/// The text of a settings file with one setting changed: its line where there
/// is one, a new line at the end where there is none.
pub fn with(text: &str, name: &str, value: &str) -> String {
    let line = format!("{name}: {value}");
    let is_it = |l: &&str| {
        l.strip_prefix(name)
            .is_some_and(|rest| rest.trim_start().starts_with(':'))
    };
    if text.lines().any(|l| is_it(&l)) {
        text.lines()
            .map(|l| if is_it(&l) { line.as_str() } else { l }.to_owned() + "\n")
            .collect()
    } else {
        let between = if text.is_empty() || text.ends_with('\n') {
            ""
        } else {
            "\n"
        };
        format!("{text}{between}{line}\n")
    }
}

/// docs/config.md, made from the table.
pub fn documentation() -> String {
    let mut out = String::from(
        "# 设置 / Settings\n\n<!-- Made from `src/command/config.rs` by a test; do not edit. -->\n\n\
         文件是 XDG 配置目录里的 `jingdu/config.yaml`（通常是 `~/.config/jingdu/config.yaml`），`--config FILE` 指定别的。没有这个文件也能用。写错的一行只影响它自己，打开时会说。\n\n\
         The file is `jingdu/config.yaml` in the XDG configuration directory (usually `~/.config/jingdu/config.yaml`); `--config FILE` names another. It need not exist. A wrong line affects only itself, and is reported on opening.\n",
    );
    for option in OPTIONS {
        let default = if option.default.is_empty() {
            "–"
        } else {
            option.default
        };
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
        let lines: Vec<String> = OPTIONS
            .iter()
            .map(|o| format!("{}: {}", o.name, o.default))
            .collect();
        let text = lines.join("\n");
        assert_eq!(read(&text, Lang::En), (Config::default(), vec![]));
    }

    #[test]
    fn a_wrong_line_does_not_undo_the_others() {
        let (config, wrong) = read(
            "measure: 30\nteme: dark\nhanging: perhaps\nkeys:\n  next-piont: x\n  quit: [Q, ctrl-x]\n",
            Lang::En,
        );
        assert_eq!(config.settings.measure, 60);
        assert_eq!(
            config.keys,
            [("quit".to_owned(), vec!["Q".to_owned(), "ctrl-x".to_owned()])]
        );
        assert_eq!(wrong.len(), 3, "{wrong:?}");
        assert!(wrong.iter().any(|w| w.contains("do you mean theme")));
        assert!(wrong.iter().any(|w| w.contains("do you mean next-point")));
    }

    #[test]
    fn one_line_changes_and_the_others_stay() {
        let text = "# mine\nmeasure: 30\nkeys:\n  quit: Q";
        assert_eq!(
            with(text, "measure", "28"),
            "# mine\nmeasure: 28\nkeys:\n  quit: Q\n"
        );
        assert_eq!(
            with(text, "theme", "dark"),
            "# mine\nmeasure: 30\nkeys:\n  quit: Q\ntheme: dark\n"
        );
        assert_eq!(with("", "theme", "dark"), "theme: dark\n");
    }

    #[test]
    fn what_is_no_yaml_is_said_in_one_line() {
        let (config, wrong) = read("a: [", Lang::Zh);
        assert_eq!(config, Config::default());
        assert_eq!(wrong.len(), 1);
        assert!(!wrong[0].contains('\n'));
    }
}
