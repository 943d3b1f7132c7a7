//! From keys to commands: sequences, counts, the reader's own keys, and the
//! aliases that make every key work with a Chinese input method on.
//!
//! No key is a prefix of another in the same mode, so nothing ever waits on a
//! clock. While a line is typed, a character is that character.

use super::entry::{Command, When};
use super::prompt;
use super::table;
use crate::session::{Effect, Mode, Session};
use crate::text::Lang;
use crate::text::fold::half_width;
use crate::text::key::{Code, Key};
use std::fmt::Write as _;

/// Chinese punctuation and the key that types it.
const PUNCTUATION: &[(&str, char)] = &[
    ("、", '/'),
    ("。", '.'),
    ("‘’", '\''),
    ("“”", '"'),
    ("《〈", '<'),
    ("》〉", '>'),
    ("【〔", '['),
    ("】〕", ']'),
    ("「『", '{'),
    ("」』", '}'),
    ("×", '*'),
    ("·", '`'),
    ("—", '-'),
    ("￥", '$'),
];

/// Which keys mean which command.
#[derive(Clone, Debug)]
pub struct Keymap {
    bound: Vec<Bound>,
}

/// A sequence of keys and what it means.
#[derive(Clone, Debug)]
struct Bound {
    /// The first key: most are told apart by it.
    first: Key,
    rest: Box<[Key]>,
    when: When,
    command: &'static Command,
}

impl Bound {
    /// How many of its keys are not among these; `None` where it begins otherwise.
    fn left(&self, keys: &[Key]) -> Option<usize> {
        let (first, more) = keys.split_first()?;
        let begins = self.first.takes(*first)
            && self.rest.len() >= more.len()
            && self.rest.iter().zip(more).all(|(b, k)| b.takes(*k));
        begins.then(|| self.rest.len() - more.len())
    }

    fn keys(&self) -> Vec<Key> {
        std::iter::once(self.first)
            .chain(self.rest.iter().copied())
            .collect()
    }
}

impl Default for Keymap {
    fn default() -> Self {
        Self::new(&[])
    }
}

impl Keymap {
    /// The keys of the table, with the reader's own (command name, its keys) in
    /// place of the table's. Names and keys have been checked by `config`.
    pub fn new(own: &[(String, Vec<String>)]) -> Self {
        let mut bound = Vec::new();
        for command in table::all() {
            let chosen = own
                .iter()
                .find(|(name, _)| name == command.name)
                .map(|(_, keys)| keys);
            let default: Vec<String> = command.keys().map(str::to_owned).collect();
            for keys in chosen.unwrap_or(&default) {
                if let Some((first, rest)) = Key::parse_all(keys)
                    .as_deref()
                    .and_then(<[Key]>::split_first)
                {
                    bound.push(Bound {
                        first: *first,
                        rest: rest.into(),
                        when: command.when,
                        command,
                    });
                }
            }
        }
        Self { bound }
    }

    /// The keys that mean a command.
    pub fn keys_of(&self, name: &str) -> impl Iterator<Item = String> {
        self.bound
            .iter()
            .filter(move |b| b.command.name == name)
            .map(|b| show(&b.keys()))
    }

    /// One key was pressed.
    pub fn press(&self, session: &mut Session, key: Key) -> Effect {
        session.notice = None;
        session.reading.landed = None;
        let prompting = session.mode.prompt().is_some();
        if prompting {
            return match (self.command(session, &[key]), key) {
                (Some(command), _) => command.run(session, None),
                (
                    None,
                    Key {
                        code: Code::Char(c),
                        ctrl: false,
                    },
                ) => {
                    prompt::typed(session, c.encode_utf8(&mut [0; 4]));
                    Effect::None
                }
                _ => Effect::None,
            };
        }
        let key = plain(key);
        if Self::counts(session, key) {
            return Effect::None;
        }
        session.pending.keys.push(key);
        let keys = session.pending.keys.clone();
        if let Some(command) = self.command(session, &keys) {
            let count = std::mem::take(&mut session.pending).count;
            session.pending.letter = if let Code::Char(c) = key.code {
                Some(c)
            } else {
                None
            };
            let effect = command.run(session, count);
            session.pending.letter = None;
            return effect;
        }
        if self.begins(session, &keys) {
            return Effect::None;
        }
        session.pending = crate::session::mode::Pending::default();
        if key.code != Code::Esc {
            let keys = show(&keys);
            let text = match session.settings.lang {
                Lang::Zh => format!("没有这个键：{keys}（按 ? 看帮助）"),
                Lang::En => format!("No such key: {keys} (? for help)"),
            };
            session.tell(text);
        }
        Effect::None
    }

    /// Takes a digit into the count, unless it ends a sequence.
    fn counts(session: &mut Session, key: Key) -> bool {
        let Key {
            code: Code::Char(c),
            ctrl: false,
        } = key
        else {
            return false;
        };
        let pending = &mut session.pending;
        let Some(digit) = c
            .to_digit(10)
            .filter(|d| pending.keys.is_empty() && (*d > 0 || pending.count.is_some()))
        else {
            return false;
        };
        if !matches!(
            session.mode,
            Mode::Read
                | Mode::Outline
                | Mode::Shelf
                | Mode::Keywords(_)
                | Mode::Hits
                | Mode::Terms(_)
                | Mode::Help(_)
                | Mode::Marks
        ) {
            return false;
        }
        pending.count = Some((pending.count.unwrap_or(0) * 10 + digit as usize).min(9_999_999));
        true
    }

    /// The command that the whole sequence means: one of this mode before one
    /// for all.
    fn command(&self, session: &Session, keys: &[Key]) -> Option<&'static Command> {
        let here = self.bound.iter().filter(|b| b.left(keys) == Some(0));
        here.filter_map(|b| Some((b.when.rank(session)?, b.command)))
            .min_by_key(|(rank, _)| *rank)
            .map(|(_, command)| command)
    }

    /// Whether some sequence begins with these keys.
    fn begins(&self, session: &Session, keys: &[Key]) -> bool {
        self.bound
            .iter()
            .any(|b| b.left(keys).is_some_and(|left| left > 0) && b.when.rank(session).is_some())
    }
}

/// The key that a Chinese input method's character stands for.
fn plain(key: Key) -> Key {
    let Code::Char(c) = key.code else { return key };
    let half = half_width(c);
    let found = PUNCTUATION
        .iter()
        .find(|(set, _)| set.contains(half))
        .map_or(half, |(_, c)| *c);
    Key {
        code: Code::Char(found),
        ..key
    }
}

/// The keys as a document: docs/keys.md.
pub fn documentation() -> String {
    let mut out = String::from(
        "# 按键 / Keys\n\n<!-- Made from `src/command/` by a test; do not edit. -->\n\n\
         命令前可以先打数字：`3J`、`50%`、`12gp`。开着输入法也一样能用，见文末。在 [config.md](config.md) 的 `keys` 里给命令换键，\
         一串键中间空一格，功能键用小写的名字：`g g`、`ctrl-o`、`pgdn`、`space`。\n\n\
         A count may go before a command: `3J`, `50%`, `12gp`. The keys work with an input method on, see the end. \
         `keys` in [config.md](config.md) gives a command other keys: the keys of a sequence are parted by a blank, \
         named keys are in lower case: `g g`, `ctrl-o`, `pgdn`, `space`.\n",
    );
    let keymap = Keymap::default();
    for group in table::groups() {
        let _ = write!(
            out,
            "\n## {} / {}\n\n| 键 Keys | 何时 When | 命令 Command | 做什么 | What it does |\n|---|---|---|---|---|\n",
            group.title.0, group.title.1
        );
        for command in group.commands() {
            let keys: Vec<String> = keymap
                .keys_of(command.name)
                .map(|k| format!("`{k}`"))
                .collect();
            let when = command.when.title();
            let _ = writeln!(
                out,
                "| {} | {} {} | {} | {} | {} |",
                keys.join(" "),
                when.0,
                when.1,
                command.name,
                command.about.0,
                command.about.1
            );
        }
    }
    out.push_str(
        "\n## 输入法开着的时候 / With an input method on\n\n\
         全角的字母、数字和标点（`ｊ` `３` `／` `？`）等于半角的。下面这些中文标点也各等于一个键。\n\n\
         Full-width letters, digits and marks (`ｊ` `３` `／` `？`) are the half-width ones. These Chinese marks are keys, too:\n\n\
         | 打的是 Typed | 等于 Is |\n|---|---|\n",
    );
    for (typed, key) in PUNCTUATION {
        let typed: Vec<String> = typed.chars().map(|c| format!("`{c}`")).collect();
        let key = if *key == '`' {
            "`` ` ``".to_owned()
        } else {
            format!("`{key}`")
        };
        let _ = writeln!(out, "| {} | {key} |", typed.join(" "));
    }
    out
}

/// A sequence as help and hints show it: `gg`, `Ctrl-o`, `Space`.
pub fn show(keys: &[Key]) -> String {
    keys.iter()
        .map(|key| {
            let name = key.to_string();
            match name.as_str() {
                "up" => "↑".to_owned(),
                "down" => "↓".to_owned(),
                "left" => "←".to_owned(),
                "right" => "→".to_owned(),
                "letter" => "[a-Z]".to_owned(),
                _ if name.chars().count() == 1 => name,
                _ => name.split('-').map(capital).collect::<Vec<_>>().join("-"),
            }
        })
        .collect()
}

/// `pgdn` as `PgDn`, `space` as `Space`, a single letter as it is.
fn capital(name: &str) -> String {
    match name {
        "pgdn" => return "PgDn".to_owned(),
        "pgup" => return "PgUp".to_owned(),
        _ if name.chars().count() == 1 => return name.to_owned(),
        _ => {}
    }
    let mut chars = name.chars();
    chars
        .next()
        .map(|c| c.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_method_types_the_same_keys() {
        for (typed, key) in [
            ('ｊ', 'j'),
            ('／', '/'),
            ('、', '/'),
            ('？', '?'),
            ('：', ':'),
            ('，', ','),
            ('《', '<'),
            ('】', ']'),
            ('｝', '}'),
            ('（', '('),
            ('＊', '*'),
            ('＃', '#'),
            ('－', '-'),
            ('＋', '+'),
            ('＝', '='),
            ('５', '5'),
            ('「', '{'),
            ('’', '\''),
            ('％', '%'),
            ('　', ' '),
        ] {
            assert_eq!(plain(Key::char(typed)), Key::char(key), "{typed}");
        }
    }

    #[test]
    fn sequences_are_shown_as_people_write_them() {
        for (keys, shown) in [
            ("g g", "gg"),
            ("ctrl-o", "Ctrl-o"),
            ("pgdn", "PgDn"),
            ("f1", "F1"),
            ("up", "↑"),
            ("space", "Space"),
        ] {
            assert_eq!(show(&Key::parse_all(keys).unwrap()), shown);
        }
    }
}
