//! A key press and its notation: `j`, `g g`, `ctrl-d`, `space`, `f1`.
//!
//! The notation is the one of the command table, the settings, the help and
//! the key scripts among the tests. Which key does what is not known here.

use std::fmt;

/// A key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub(crate) code: Code,
    /// Control is held.
    pub(crate) ctrl: bool,
}

/// The keys that a terminal can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Code {
    /// A character, as typed.
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    /// F1 to F12.
    F(u8),
    /// In a command's keys: any letter.
    AnyLetter,
}

/// Names of keys that type no character.
const KEY_NAMES: &[(&str, Code)] = &[
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("shift-tab", Code::BackTab),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pgup", Code::PageUp),
    ("pgdn", Code::PageDown),
    ("space", Code::Char(' ')),
    ("letter", Code::AnyLetter),
];

impl Key {
    /// Returns the key of a character.
    pub fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// Returns a key without Control.
    pub(crate) fn plain(code: Code) -> Self {
        Self { code, ctrl: false }
    }

    /// Returns true if pressing `key` triggers a command with this key.
    ///
    /// ```
    /// use jingdu::text::key::Key;
    /// let any_letter = Key::parse("letter").unwrap();
    /// assert!(any_letter.takes(Key::char('a')) && !any_letter.takes(Key::char('1')));
    /// assert!(!any_letter.takes(Key::parse("ctrl-a").unwrap()));
    /// ```
    pub fn takes(self, key: Self) -> bool {
        let letter = matches!(key.code, Code::Char(c) if c.is_ascii_alphabetic()) && !key.ctrl;
        self == key || (self.code == Code::AnyLetter && letter)
    }

    /// Reads one key in notation.
    ///
    /// ```
    /// use jingdu::text::key::Key;
    /// assert_eq!(Key::parse("ctrl-d").unwrap().to_string(), "ctrl-d");
    /// assert_eq!(Key::parse("J").unwrap(), Key::char('J'));
    /// assert!(Key::parse("hyper-x").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("ctrl-") {
            return Self::parse(rest).map(|key| Self { ctrl: true, ..key });
        }
        if let Some((_, code)) = KEY_NAMES.iter().find(|(name, _)| *name == text) {
            return Some(Self::plain(*code));
        }
        let mut chars = text.chars();
        match (chars.next(), chars.as_str()) {
            (Some('f'), number) if !number.is_empty() => {
                let number = number.parse().ok().filter(|n| (1..=12).contains(n));
                number.map(|n| Self::plain(Code::F(n)))
            }
            (Some(c), "") => Some(Self::char(c)),
            _ => None,
        }
    }

    /// Reads a sequence of keys, parted by blanks: `g g`.
    ///
    /// ```
    /// use jingdu::text::key::Key;
    /// let keys = Key::parse_all("g g ctrl-d").unwrap();
    /// assert_eq!(keys[..2], [Key::char('g'), Key::char('g')]);
    /// // a name that no key has
    /// assert!(Key::parse_all("g hyper-g").is_none());
    /// ```
    pub fn parse_all(text: &str) -> Option<Vec<Self>> {
        text.split_whitespace().map(Self::parse).collect()
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("ctrl-")?;
        }
        if let Some((name, _)) = KEY_NAMES.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            Code::Char(c) => write!(f, "{c}"),
            Code::F(n) => write!(f, "f{n}"),
            _ => Ok(()),
        }
    }
}
