//! The settings file: reading it, changing a line of it, its documentation.
//!
//! 1. [`read`]: `config.yaml` to [`Config`]. A wrong line is reported in one line and does not
//!    undo the others.
//! 2. [`with`]: the file's text with one setting changed, the rest unchanged.
//! 3. [`documentation`]: docs/config.md, from the table in `options`.
//!
//! `shell` knows where the file is.

use super::options::{Config, OPTIONS, SettingEntry};
use super::table;
use crate::text::key::Key;
use crate::text::{Lang, Say};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The distance up to which a known name is suggested for an unknown one.
const MAX_DISTANCE: usize = 3;

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

impl Value {
    /// Returns the texts of one or several keys.
    fn texts(&self) -> Vec<String> {
        match self {
            Self::One(one) => vec![one.text()],
            Self::Many(many) => many.iter().map(Scalar::text).collect(),
            Self::Keys(_) => Vec::new(),
        }
    }
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

/// Reads the text of a settings file. Returns its contents and its faults, each in one line of
/// `lang`.
pub fn read(text: &str, lang: Lang) -> (Config, Vec<String>) {
    let (mut config, mut wrong) = (Config::default(), Vec::new());
    if text.trim().is_empty() {
        return (config, wrong);
    }
    let values: BTreeMap<String, Value> = match serde_yaml::from_str(text) {
        Ok(values) => values,
        Err(error) => {
            let error = error.to_string();
            let first = error.lines().next().unwrap_or_default();
            let said = lang.say_owned(format!("不是 YAML：{first}"), format!("not YAML: {first}"));
            return (config, vec![said]);
        }
    };
    for (name, value) in &values {
        let fault = match value {
            Value::Keys(keys) if name == "keys" => {
                let faults = keys.iter().filter_map(|(command, value)| {
                    let keys = value.texts();
                    set_keys(&mut config, command, keys, lang).err()
                });
                wrong.extend(faults);
                None
            }
            Value::One(_) | Value::Many(_) if takes(name, value) => {
                let texts = value.texts();
                let mut faults = texts
                    .iter()
                    .map(|text| set(&mut config, name, text, lang).err());
                faults.find_map(|fault| fault)
            }
            _ => Some(lang.say_owned(
                format!("看不懂 {name} 的写法"),
                format!("{name}: not understood"),
            )),
        };
        wrong.extend(fault);
    }
    (config, wrong)
}

/// Returns whether a setting may have a value of that form: several only where it is a list.
fn takes(name: &str, value: &Value) -> bool {
    let is_list = |o: &SettingEntry| o.name == name && o.is_list();
    matches!(value, Value::One(_)) || OPTIONS.iter().any(is_list)
}

/// Takes one setting of the file, or says why not.
fn set(config: &mut Config, name: &str, text: &str, lang: Lang) -> Result<(), String> {
    let Some(option) = OPTIONS.iter().find(|o| o.name == name) else {
        let known = OPTIONS.iter().map(|o| o.name);
        return Err(unknown(name, known, lang, ("设置", "setting")));
    };
    option.set(config, text).ok_or_else(|| {
        let (zh, en) = option.takes();
        lang.say_owned(
            format!("{name} 不能是“{text}”，要{zh}"),
            format!("{name} cannot be {text:?}: it takes {en}"),
        )
    })
}

/// Takes the reader's own keys for a command, or says why not.
fn set_keys(
    config: &mut Config,
    command: &str,
    keys: Vec<String>,
    lang: Lang,
) -> Result<(), String> {
    if table::all().all(|c| c.name != command) {
        let known = table::all().map(|c| c.name);
        return Err(unknown(command, known, lang, ("命令", "command")));
    }
    let is_bad = |k: &&String| Key::parse_all(k).is_none_or(|k| k.is_empty());
    if let Some(bad) = keys.iter().find(is_bad) {
        return Err(lang.say_owned(
            format!("{command}：没有“{bad}”这样的键"),
            format!("{command}: no such key {bad:?}"),
        ));
    }
    config.keys.push((command.to_owned(), keys));
    Ok(())
}

/// Says that a name is not known, and which known one is nearest.
fn unknown<'a>(name: &str, known: impl Iterator<Item = &'a str>, lang: Lang, kind: Say) -> String {
    let (zh, en) = (
        format!("没有叫 {name} 的{}", kind.0),
        format!("no {} called {name}", kind.1),
    );
    let nearest = known.min_by_key(|k| distance(k, name));
    match nearest.filter(|k| distance(k, name) <= MAX_DISTANCE) {
        Some(n) => lang.say_owned(
            format!("{zh}，是不是 {n}？"),
            format!("{en}; do you mean {n}?"),
        ),
        None => lang.say_owned(zh, en),
    }
}

/// Returns the Levenshtein distance: letters to change, add or remove to make `a` of `b`.
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

/// Returns the text of a settings file with one setting changed: its line where there is one,
/// else a new line at the end.
pub fn with(text: &str, name: &str, value: &str) -> String {
    let new = format!("{name}: {value}");
    let is_old = |line: &str| {
        let rest = line.strip_prefix(name);
        rest.is_some_and(|rest| rest.trim_start().starts_with(':'))
    };
    let (mut lines, mut is_set, mut in_old) = (Vec::new(), false, false);
    for line in text.lines() {
        // the rows of a list go with their name
        in_old = is_old(line) || in_old && line.trim_start().starts_with("- ");
        if !in_old {
            lines.push(line);
        } else if !std::mem::replace(&mut is_set, true) {
            lines.push(&new);
        }
    }
    if !is_set {
        lines.push(&new);
    }
    lines.join("\n") + "\n"
}

/// Returns a list of texts as a value of the file.
pub fn list(texts: &[String]) -> String {
    let quoted = texts.iter().map(|text| format!("{text:?}"));
    format!("[{}]", quoted.collect::<Vec<_>>().join(", "))
}

/// Returns docs/config.md, made from the table.
pub fn documentation() -> String {
    let mut out = String::from(
        "# 设置 / Settings\n\n<!-- Made from `src/command/config.rs` by a test; do not edit. -->\n\n\
         文件是 XDG 配置目录里的 `jingdu/config.yaml`（通常是 `~/.config/jingdu/config.yaml`），`--config FILE` 指定别的。没有这个文件也能用。写错的一行只影响它自己，打开时会说。\n\n\
         The file is `jingdu/config.yaml` in the XDG configuration directory (usually `~/.config/jingdu/config.yaml`); `--config FILE` names another. It need not exist. A wrong line affects only itself, and is reported on opening.\n",
    );
    for option in OPTIONS {
        let (default, (zh, en)) = (option.default(), option.takes());
        let default = if default.is_empty() { "–" } else { &default };
        let (name, about) = (option.name, option.about());
        let _ = write!(
            out,
            "\n## `{name}`\n\n{}（{zh}；默认 `{default}`）\n\n{} ({en}; default `{default}`)\n",
            about.0, about.1
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
        let lines = OPTIONS
            .iter()
            .map(|o| format!("{}: {}\n", o.name, o.default()));
        let text: String = lines.collect();
        assert_eq!(read(&text, Lang::En), (Config::default(), vec![]));
    }

    #[test]
    fn a_wrong_line_does_not_undo_the_others() {
        let text = "measure: 30\nteme: dark\nhanging: perhaps\nkeys:\n  next-piont: x\n  quit: [Q, ctrl-x]\n";
        let (config, wrong) = read(text, Lang::En);
        assert_eq!(config.settings.measure, 60);
        let keys = ["Q", "ctrl-x"].map(str::to_owned).to_vec();
        assert_eq!(config.keys, [("quit".to_owned(), keys)]);
        assert_eq!(wrong.len(), 3, "{wrong:?}");
        for meant in ["do you mean theme", "do you mean next-point"] {
            assert!(wrong.iter().any(|w| w.contains(meant)), "{wrong:?}");
        }
    }

    #[test]
    fn one_line_changes_and_the_others_stay() {
        let (head, tail) = ("# mine\nmeasure: ", "\nkeys:\n  quit: Q");
        let text = format!("{head}30{tail}");
        for (text, name, value, wanted) in [
            (&*text, "measure", "28", format!("{head}28{tail}\n")),
            (&text, "theme", "dark", format!("{text}\ntheme: dark\n")),
            ("", "theme", "dark", "theme: dark\n".to_owned()),
            (
                "library:\n  - /a\n  - /b\nlang: zh",
                "library",
                "[\"/c\"]",
                "library: [\"/c\"]\nlang: zh\n".to_owned(),
            ),
        ] {
            assert_eq!(with(text, name, value), wanted);
        }
    }

    #[test]
    fn a_list_takes_one_value_or_several() {
        let folders = ["/甲 乙/\"c\"".to_owned(), "b: c".to_owned()];
        for (text, wanted) in [
            ("library: /a", vec!["/a".to_owned()]),
            ("library: [/a, b]", vec!["/a".to_owned(), "b".to_owned()]),
            ("library:\n- /a\n- b", vec!["/a".to_owned(), "b".to_owned()]),
            ("library:", vec![]),
            (&format!("library: {}", list(&folders)), folders.to_vec()),
        ] {
            assert_eq!(read(text, Lang::En).0.library, wanted, "{text}");
        }
        assert_eq!(read("theme: [dark, light]", Lang::En).1.len(), 1);
    }

    #[test]
    fn a_text_that_is_not_yaml_is_said_in_one_line() {
        let (config, wrong) = read("a: [", Lang::Zh);
        assert_eq!((config, wrong.len()), (Config::default(), 1));
        assert!(!wrong[0].contains('\n'));
    }
}
