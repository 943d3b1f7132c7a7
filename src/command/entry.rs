//! A command: names, keys, help and function, and when its keys count.

use super::help;
use crate::session::{Effect, Mode, Purpose, Session};
use crate::text::Say;

/// Something that can be done, and everything about it.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// Its name, kebab-case: in settings, palette and docs.
    pub name: &'static str,
    /// Its keys, in the notation of `text::key`, with `, ` between two sequences.
    keys: &'static str,
    /// Its help: in brief, a colon, then a sentence or two.
    help: Say,
    /// The time at which its keys count.
    pub when: When,
    action: Action,
}

/// The function of a command; it takes the count that was typed before the keys.
#[derive(Clone, Copy, Debug)]
enum Action {
    Change(fn(&mut Session, Option<usize>)),
    Ask(fn(&mut Session, Option<usize>) -> Effect),
}

/// Makes a command that changes the session only. `zh`, `en` and `section` complete it.
pub(crate) const fn command(
    name: &'static str,
    keys: &'static str,
    change: fn(&mut Session, Option<usize>),
) -> Command {
    Command {
        name,
        keys,
        help: ("", ""),
        when: READING,
        action: Action::Change(change),
    }
}

/// Makes a command that may have an effect on the world.
pub(crate) const fn asking(
    name: &'static str,
    keys: &'static str,
    ask: fn(&mut Session, Option<usize>) -> Effect,
) -> Command {
    Command {
        action: Action::Ask(ask),
        ..command(name, keys, |_, _| ())
    }
}

impl Command {
    /// Adds its help in Chinese: in brief, a colon, then a sentence or two.
    pub(crate) const fn zh(mut self, help: &'static str) -> Self {
        self.help.0 = help;
        self
    }

    /// Adds the same in English.
    pub(crate) const fn en(mut self, help: &'static str) -> Self {
        self.help.1 = help;
        self
    }

    /// Returns its effect, in at most 24 cells.
    pub(crate) fn brief(&self) -> Say {
        help::split(self.help).0
    }

    /// Returns its effect, in a sentence or two.
    pub(crate) fn about(&self) -> Say {
        help::split(self.help).1
    }

    /// Returns its sequences of keys.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.keys.split(", ")
    }

    /// Carries it out; returns its effect on the world.
    pub(crate) fn run(&self, session: &mut Session, count: Option<usize>) -> Effect {
        match self.action {
            Action::Ask(ask) => ask(session, count),
            Action::Change(change) => {
                change(session, count);
                Effect::None
            }
        }
    }
}

/// A command whose key is shown on the status row, and what it does in Chinese and English.
pub(crate) type Hint = (&'static str, &'static str, &'static str);

/// A heading of the help and the commands under it.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// The heading.
    pub title: Say,
    /// The tables of its commands, in order.
    tables: &'static [&'static [&'static [Command]]],
}

impl Group {
    pub(crate) const fn new(title: Say, tables: &'static [&'static [&'static [Command]]]) -> Self {
        Self { title, tables }
    }

    /// Returns its commands, in order.
    pub fn commands(&self) -> impl Iterator<Item = &'static Command> + use<> {
        self.tables.iter().copied().flatten().copied().flatten()
    }
}

/// The time at which the keys of a command count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// On these pages.
    On(&'static [Mode]),
    /// In every list and page but the text; the keys of the page itself go before these.
    List,
    /// While a line is typed.
    Prompt,
    /// While text is selected; these keys go before those of reading.
    Select,
    /// While a note is typed; these keys go before those of every line.
    Note,
    /// Everywhere but while a line is typed.
    Always,
}

/// While reading.
pub(crate) const READING: When = When::On(&[Mode::Read]);

impl When {
    /// Makes the keys of these commands count then.
    pub(crate) const fn section<const N: usize>(self, mut commands: [Command; N]) -> [Command; N] {
        let mut i = 0;
        while i < N {
            commands[i].when = self;
            i += 1;
        }
        commands
    }

    /// Returns the precedence of such keys now: the lowest goes first; `None` where they do not
    /// count.
    pub fn rank(self, session: &Session) -> Option<usize> {
        let pages = &session.pages;
        let (mode, is_typing) = (pages.mode(), pages.prompt().is_some());
        let is_selecting = session.memory.selection.is_some();
        let (counts, rank) = match self {
            Self::Select => (pages.is_reading() && is_selecting, 0),
            Self::Note => (pages.purpose() == Some(Purpose::Note), 0),
            Self::On(modes) => (!is_typing && modes.contains(&mode), 1),
            Self::Prompt => (is_typing, 1),
            Self::List => (!is_typing && mode != Mode::Read, 2),
            Self::Always => (!is_typing, 3),
        };
        counts.then_some(rank)
    }
}
