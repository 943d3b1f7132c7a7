//! From keys to commands: sequences, counts, the reader's own keys, and the
//! aliases that make every key work with a Chinese input method on.
//!
//! Nothing ever waits on a clock: a key that begins others (`Y`, `Y s`) acts at once, and the
//! longer one acts after it. While a line is typed, a character is that character.

use super::entry::Command;
use super::input::Input;
use super::{pages, prompt, table};
use crate::session::mode::Pending;
use crate::session::{Effect, Mode, Session};
use crate::text::fold::half_width;
use crate::text::key::{Code, Key};
use std::fmt::Write as _;

/// Chinese punctuation: in each word marks, and the key that they type.
const PUNCTUATION: &str = "、/ 。. ‘’' “”\" 《〈< 》〉> 【〔[ 】〕] 「『{ 」』} ×* ·` —- ￥$";

/// The key that leads out of everything, as the table writes it.
const LEAVING: &str = "ctrl-c";

/// The count that digits are taken up to.
const MAX_COUNT: usize = 9_999_999;

/// The sequences of keys and the commands that they mean.
#[derive(Clone, Debug)]
pub struct Keymap {
    bound: Vec<(Vec<Key>, &'static Command)>,
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
            let chosen = own.iter().find(|(name, _)| name == command.name);
            let default = || command.keys().map(str::to_owned).collect();
            let sequences: Vec<String> = chosen.map_or_else(default, |(_, keys)| keys.clone());
            let sequences = sequences.iter().filter_map(|keys| Key::parse_all(keys));
            bound.extend(sequences.map(|keys| (keys, command)));
        }
        Self { bound }
    }

    /// Returns the keys that mean a command, as help and hints show them.
    pub fn keys_of(&self, name: &str) -> impl Iterator<Item = String> {
        let bound = self.bound.iter().filter(move |(_, c)| c.name == name);
        bound.map(|(keys, _)| show(keys))
    }

    /// Returns a typed key as the text that it is while a line is typed. Text leaves the
    /// landing mark, so that a note is typed beside the sentence that it is about. Digits stay
    /// keys: they choose among the offers.
    pub(crate) fn as_text(&self, session: &Session, input: Input) -> Input {
        match input {
            Input::Key(key) if session.pages.prompt().is_some() => match key.code {
                Code::Char(c)
                    if !key.ctrl
                        && !half_width(c).is_ascii_digit()
                        && self.command(session, &[key]).is_none() =>
                {
                    Input::Paste(c.to_string())
                }
                _ => Input::Key(key),
            },
            input => input,
        }
    }

    /// Carries out the command of a key; returns its effect on the world.
    pub(crate) fn press(&self, session: &mut Session, key: Key) -> Effect {
        session.notice = None;
        session.reading.landed = None;
        if session.pages.prompt().is_some() {
            return self.press_in_line(session, key);
        }
        let key = without_input_method(key);
        let mut longer = std::mem::take(&mut session.pending.done);
        longer.push(key);
        let goes_on = longer.len() > 1 && self.command(session, &longer).is_some();
        if !goes_on && counts(session, key) {
            return Effect::None;
        }
        session.pending.keys.push(key);
        let keys = if goes_on {
            longer
        } else {
            session.pending.keys.clone()
        };
        if let Some(command) = self.command(session, &keys) {
            let count = std::mem::take(&mut session.pending).count;
            if self.begins(session, &keys) {
                session.pending.done = keys;
            }
            session.pending.letter = match key.code {
                Code::Char(c) => Some(c),
                _ => None,
            };
            let effect = command.run(session, count);
            session.pending.letter = None;
            return effect;
        }
        if self.begins(session, &keys) {
            return Effect::None;
        }
        session.pending = Pending::default();
        if key.code != Code::Esc {
            let keys = show(&keys);
            session.say_owned(
                format!("未定义的按键：{keys}（? 查看帮助）"),
                format!("Unknown key: {keys} (? for help)"),
            );
        }
        Effect::None
    }

    /// While a line is typed, a key edits the line or is a character of it.
    fn press_in_line(&self, session: &mut Session, key: Key) -> Effect {
        if let Some(command) = self.command(session, &[key]) {
            return command.run(session, None);
        }
        if let (Code::Char(c), false) = (key.code, key.ctrl) {
            prompt::typed(session, c.encode_utf8(&mut [0; 4]));
        }
        Effect::None
    }

    /// Returns the command that the whole sequence means: one of this mode before one for all.
    /// Ctrl-c leads out whatever the reader's own keys are: where they have nothing for it, it is
    /// the table's.
    fn command(&self, session: &Session, keys: &[Key]) -> Option<&'static Command> {
        let is_whole = |bound: &[Key]| bound.len() == keys.len() && begins_with(bound, keys);
        let here = self.bound.iter().filter(|(bound, _)| is_whole(bound));
        let own = first_of(session, here.map(|(_, command)| *command));
        own.or_else(|| {
            let is_leaving = |c: &&Command| {
                Key::parse_all(LEAVING).as_deref() == Some(keys) && c.keys().any(|k| k == LEAVING)
            };
            first_of(session, table::all().filter(is_leaving))
        })
    }

    /// Returns whether a longer sequence begins with these keys.
    fn begins(&self, session: &Session, keys: &[Key]) -> bool {
        let is_longer = |bound: &[Key]| bound.len() > keys.len() && begins_with(bound, keys);
        let mut bound = self.bound.iter();
        bound.any(|(bound, command)| is_longer(bound) && command.when.rank(session).is_some())
    }
}

/// Returns the command that goes first of those that count now.
fn first_of(
    session: &Session,
    commands: impl Iterator<Item = &'static Command>,
) -> Option<&'static Command> {
    let ranked = commands.filter_map(|command| Some((command.when.rank(session)?, command)));
    Some(ranked.min_by_key(|(rank, _)| *rank)?.1)
}

fn begins_with(bound: &[Key], keys: &[Key]) -> bool {
    bound.iter().zip(keys).all(|(b, k)| b.takes(*k))
}

/// Takes a digit into the count, unless it ends a sequence. Returns whether it was taken.
fn counts(session: &mut Session, key: Key) -> bool {
    let mode = session.pages.mode();
    let takes_counts = mode == Mode::Read || pages::of(mode).rows.is_some();
    let pending = &mut session.pending;
    let (Code::Char(c), false) = (key.code, key.ctrl) else {
        return false;
    };
    let digit = c.to_digit(10).filter(|d| *d > 0 || pending.count.is_some());
    match digit {
        Some(digit) if takes_counts && pending.keys.is_empty() => {
            let count = pending.count.unwrap_or(0) * 10 + digit as usize;
            pending.count = Some(count.min(MAX_COUNT));
            true
        }
        _ => false,
    }
}

/// Returns the marks of [`PUNCTUATION`] with the key that they type.
fn punctuation() -> impl Iterator<Item = (&'static str, &'static str)> {
    let words = PUNCTUATION.split(' ');
    words.filter_map(|word| word.split_at_checked(word.len() - 1))
}

/// Returns the key that a Chinese input method's character means.
fn without_input_method(key: Key) -> Key {
    let Code::Char(c) = key.code else { return key };
    let half = half_width(c);
    let typed = punctuation().find(|(marks, _)| marks.contains(half));
    let typed = typed.and_then(|(_, key)| key.chars().next());
    let code = Code::Char(typed.unwrap_or(half));
    Key { code, ..key }
}

/// Returns the keys as a document: docs/keys.md.
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
            let keys = keymap.keys_of(command.name);
            // a bar parts the columns
            let keys = keys.map(|k| format!("`{}`", k.replace('|', "\\|")));
            let keys: Vec<String> = keys.collect();
            let (keys, when) = (keys.join(" "), pages::title(command.when));
            let (name, about) = (command.name, command.about());
            let _ = writeln!(
                out,
                "| {keys} | {} {} | {name} | {} | {} |",
                when.0, when.1, about.0, about.1
            );
        }
    }
    out.push_str(
        "\n## 输入法开着的时候 / With an input method on\n\n\
         全角的字母、数字和标点（`ｊ` `３` `／` `？`）等于半角的。下面这些中文标点也各等于一个键。\n\n\
         Full-width letters, digits and marks (`ｊ` `３` `／` `？`) are the half-width ones. These Chinese marks are keys, too:\n\n\
         | 打的是 Typed | 等于 Is |\n|---|---|\n",
    );
    for (marks, key) in punctuation() {
        let marks: Vec<String> = marks.chars().map(|c| format!("`{c}`")).collect();
        let key = if key == "`" { "` ` `" } else { key };
        let _ = writeln!(out, "| {} | `{key}` |", marks.join(" "));
    }
    out
}

/// Writes a sequence as help and hints show it: `gg`, `Ctrl-o`, `Space`.
pub(crate) fn show(keys: &[Key]) -> String {
    let shown = keys.iter().map(|key| match key.to_string().as_str() {
        "up" => "↑".to_owned(),
        "down" => "↓".to_owned(),
        "left" => "←".to_owned(),
        "right" => "→".to_owned(),
        "letter" => "[a-Z]".to_owned(),
        "-" => "-".to_owned(),
        name => name.split('-').map(capital).collect::<Vec<_>>().join("-"),
    });
    shown.collect()
}

/// Writes `pgdn` as `PgDn`, `space` as `Space`, a single letter as it is.
fn capital(name: &str) -> String {
    let mut chars = name.chars();
    match chars.next() {
        Some('p') if name == "pgdn" => "PgDn".to_owned(),
        Some('p') if name == "pgup" => "PgUp".to_owned(),
        Some(first) if !chars.as_str().is_empty() => first.to_uppercase().chain(chars).collect(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_a_line_are_text_and_digits_are_keys() {
        use crate::session::{Purpose, Settings};
        let (keymap, mut session) = (Keymap::default(), Session::new(Settings::default(), 80, 24));
        let is_text = |session: &Session, key: &str| {
            let input = Input::Key(Key::parse(key).unwrap());
            matches!(keymap.as_text(session, input), Input::Paste(_))
        };
        assert!(!is_text(&session, "j"));
        session.pages.ask(Purpose::Note, "");
        for (key, wanted) in [("j", true), ("好", true), ("1", false), ("enter", false)] {
            assert_eq!(is_text(&session, key), wanted, "{key}");
        }
    }

    #[test]
    fn an_input_method_types_the_same_keys() {
        let typed = "ｊ／、？：，《】｝（＊＃－＋＝５「’％　";
        let keys = "j//?:,<]}(*#-+=5{'% ";
        assert_eq!(typed.chars().count(), keys.chars().count());
        for (typed, key) in typed.chars().zip(keys.chars()) {
            let plain = without_input_method;
            assert_eq!(plain(Key::char(typed)), Key::char(key), "{typed}");
        }
    }

    #[test]
    fn sequences_are_shown_as_people_write_them() {
        let keys = ["g g", "ctrl-o", "pgdn", "f1", "up", "space"];
        let shown = keys.map(|keys| show(&Key::parse_all(keys).unwrap()));
        assert_eq!(shown, ["gg", "Ctrl-o", "PgDn", "F1", "↑", "Space"]);
    }
}
