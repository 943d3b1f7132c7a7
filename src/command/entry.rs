//! A command: names, keys, help and function, and when its keys count.

use super::help;
use crate::session::{Effect, Mode, Session};
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
        when: When::Reading,
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
    /// While reading.
    Reading,
    /// While the outline has the keys.
    Outline,
    /// In the keyword panel.
    Keywords,
    /// In the settings panel.
    Settings,
    /// In the list of hits.
    Hits,
    /// In the page of proposed terms.
    Terms,
    /// In the list of encodings.
    Encodings,
    /// In help, facts and notes: pages to look at.
    Page,
    /// In every list and page; the keys of the list or page itself go before these.
    List,
    /// On the shelf.
    Shelf,
    /// While a line is typed.
    Prompt,
    /// While text is selected; these keys go before those of reading.
    Select,
    /// In the list of marks.
    Marks,
    /// While a note is typed; these keys go before those of every line.
    Note,
    /// Everywhere but while a line is typed.
    Always,
}

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

    /// Returns its name in docs/keys.md.
    pub fn title(self) -> Say {
        match self {
            Self::Reading => ("正文", "text"),
            Self::Outline => ("提纲栏", "outline"),
            Self::Keywords => ("关键词一览", "keyword panel"),
            Self::Settings => ("设置", "settings"),
            Self::Hits => ("命中列表", "list of hits"),
            Self::Terms => ("推荐词", "proposed terms"),
            Self::Encodings => ("编码一览", "list of encodings"),
            Self::Page => ("帮助、信息", "help, facts"),
            Self::List => ("列表、页面", "lists, pages"),
            Self::Shelf => ("书架", "shelf"),
            Self::Prompt => ("输入行", "typing"),
            Self::Select => ("选取时", "selecting"),
            Self::Marks => ("标记一览", "list of marks"),
            Self::Note => ("写批注", "typing a note"),
            Self::Always => ("随时", "any time"),
        }
    }

    /// Returns the precedence of such keys now: the lowest goes first; `None` where they do not
    /// count.
    pub fn rank(self, session: &Session) -> Option<usize> {
        let mode = &session.mode;
        let (counts, rank) = match self {
            Self::Select => (*mode == Mode::Read && session.memory.selection.is_some(), 0),
            Self::Note => (matches!(mode, Mode::Note(_)), 0),
            Self::Reading => (*mode == Mode::Read, 1),
            Self::Outline => (*mode == Mode::Outline, 1),
            Self::Keywords => (matches!(mode, Mode::Keywords(_)), 1),
            Self::Settings => (matches!(mode, Mode::Settings(_)), 1),
            Self::Hits => (*mode == Mode::Hits, 1),
            Self::Terms => (matches!(mode, Mode::Terms(_)), 1),
            Self::Encodings => (matches!(mode, Mode::Encodings(..)), 1),
            Self::Page => (
                matches!(mode, Mode::Help(_) | Mode::Facts | Mode::Notes(..)),
                1,
            ),
            Self::Shelf => (*mode == Mode::Shelf, 1),
            Self::Marks => (*mode == Mode::Marks, 1),
            Self::Prompt => (mode.prompt().is_some(), 1),
            Self::List => (*mode != Mode::Read && mode.prompt().is_none(), 2),
            Self::Always => (mode.prompt().is_none(), 3),
        };
        counts.then_some(rank)
    }
}
