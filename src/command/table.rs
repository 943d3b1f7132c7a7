//! What a command is, and the table of all of them.

use crate::session::{Effect, Mode, Session};
use crate::text::Say;

/// Something that can be done, and everything about it.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// Its name, kebab-case: in settings, palette and docs.
    pub name: &'static str,
    /// Its keys, in the notation of `text::key`.
    pub keys: &'static [&'static str],
    /// Where the help lists it.
    pub group: Group,
    /// What it does, in at most twenty cells.
    pub brief: Say,
    /// What it does, in a sentence or two.
    pub about: Say,
    /// When its keys mean it.
    pub when: When,
    /// Does it; the count is what was typed before the keys.
    pub run: fn(&mut Session, Option<usize>) -> Effect,
}

/// Groups of the help, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Moving through the text.
    Scroll,
    /// From point to point.
    Point,
    /// The outline pane and the views.
    Outline,
    /// Search and keywords.
    Search,
    /// Back and forward.
    Jump,
    /// Selecting and copying.
    Copy,
    /// Marks and notes.
    Mark,
    /// The shelf.
    Shelf,
    /// The program and its settings.
    App,
    /// A line being typed.
    Prompt,
}

impl Group {
    /// All groups, in order.
    pub const ALL: [Self; 10] = [
        Self::Scroll,
        Self::Point,
        Self::Outline,
        Self::Search,
        Self::Jump,
        Self::Copy,
        Self::Mark,
        Self::Shelf,
        Self::App,
        Self::Prompt,
    ];

    /// Its heading.
    pub fn title(self) -> Say {
        match self {
            Self::Scroll => ("翻阅", "Reading"),
            Self::Point => ("要点", "Points"),
            Self::Outline => ("提纲", "Outline"),
            Self::Search => ("查找与关键词", "Search and keywords"),
            Self::Jump => ("来回", "Back and forward"),
            Self::Copy => ("选取与摘录", "Selecting and copying"),
            Self::Mark => ("标记与批注", "Marks and notes"),
            Self::Shelf => ("书架", "Shelf"),
            Self::App => ("程序", "Program"),
            Self::Prompt => ("输入行", "Typing"),
        }
    }
}

/// When the keys of a command mean it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// While reading, and in the outline where it has no meaning of its own.
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
    /// In help and facts: pages to look at.
    Page,
    /// On the shelf.
    Shelf,
    /// While a line is typed.
    Prompt,
    /// While text is selected, before what the keys mean while reading.
    Select,
    /// In the list of marks.
    Marks,
    /// While a note is typed, before what the keys mean in every line.
    Note,
    /// Everywhere but while a line is typed.
    Always,
}

impl When {
    /// What it is called in docs/keys.md.
    pub fn title(self) -> Say {
        match self {
            Self::Reading => ("正文", "text"),
            Self::Outline => ("提纲栏", "outline"),
            Self::Keywords => ("关键词一览", "keyword panel"),
            Self::Settings => ("设置", "settings"),
            Self::Hits => ("命中列表", "list of hits"),
            Self::Terms => ("推荐词", "proposed terms"),
            Self::Page => ("帮助、信息", "help, facts"),
            Self::Shelf => ("书架", "shelf"),
            Self::Prompt => ("输入行", "typing"),
            Self::Select => ("选取时", "selecting"),
            Self::Marks => ("标记一览", "list of marks"),
            Self::Note => ("写批注", "typing a note"),
            Self::Always => ("随时", "any time"),
        }
    }

    /// Whether keys mean such a command in `mode`.
    pub fn is(self, mode: &Mode) -> bool {
        match self {
            Self::Reading => matches!(mode, Mode::Read),
            Self::Outline => matches!(mode, Mode::Outline),
            Self::Keywords => matches!(mode, Mode::Keywords(_)),
            Self::Settings => matches!(mode, Mode::Settings(_)),
            Self::Hits => matches!(mode, Mode::Hits),
            Self::Terms => matches!(mode, Mode::Terms(_)),
            Self::Page => matches!(mode, Mode::Help(_) | Mode::Facts | Mode::Notes(..)),
            Self::Shelf => matches!(mode, Mode::Shelf),
            Self::Prompt => mode.prompt().is_some(),
            Self::Select => false,
            Self::Marks => matches!(mode, Mode::Marks),
            Self::Note => matches!(mode, Mode::Note(_)),
            Self::Always => mode.prompt().is_none(),
        }
    }

    /// Whether keys mean such a command now, and which goes first where two are
    /// meant: the lesser.
    pub fn rank(self, session: &Session) -> Option<usize> {
        if self == Self::Select {
            return (session.memory.selection.is_some() && session.mode == Mode::Read).then_some(0);
        }
        self.is(&session.mode).then_some(match self {
            Self::Note => 0,
            Self::Always => 2,
            _ => 1,
        })
    }
}

/// Every command, group by group.
pub const COMMANDS: &[&[Command]] = &[
    super::scroll::COMMANDS,
    super::point::COMMANDS,
    super::outline::COMMANDS,
    super::search::COMMANDS,
    super::keywords::COMMANDS,
    super::lists::COMMANDS,
    super::jump::COMMANDS,
    super::select::COMMANDS,
    super::copy::COMMANDS,
    super::mark::COMMANDS,
    super::marks::COMMANDS,
    super::shelf::COMMANDS,
    super::app::COMMANDS,
    super::settings::COMMANDS,
    super::prompt::COMMANDS,
];

/// Every command, one after the other.
pub fn all() -> impl Iterator<Item = &'static Command> {
    COMMANDS.iter().flat_map(|group| group.iter())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::prompt::Prompt;
    use crate::text::WidthPolicy;
    use crate::text::key::Key;
    use std::collections::HashSet;

    #[test]
    fn names_are_unique_and_kebab_case() {
        let mut seen = HashSet::new();
        for c in all() {
            assert!(
                c.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'),
                "{}",
                c.name
            );
            assert!(seen.insert(c.name), "{} twice", c.name);
        }
    }

    #[test]
    fn every_key_is_in_notation() {
        for c in all() {
            for keys in c.keys {
                let parsed = Key::parse_all(keys).unwrap_or_else(|| panic!("{}: {keys}", c.name));
                let printed: Vec<_> = parsed.iter().map(ToString::to_string).collect();
                assert_eq!(printed.join(" "), *keys);
            }
        }
    }

    #[test]
    fn no_key_means_two_things_or_begins_another() {
        let prompt = Prompt::default;
        let modes = [
            Mode::Read,
            Mode::Outline,
            Mode::Keywords(0),
            Mode::Hits,
            Mode::Terms(0),
            Mode::Settings(0),
            Mode::Help(0),
            Mode::Facts,
            Mode::Shelf,
            Mode::Marks,
            Mode::Search(prompt()),
            Mode::Note(prompt()),
        ];
        let begins = |a: &[Key], b: &[Key]| {
            a.len() <= b.len() && a.iter().zip(b).all(|(a, b)| a.takes(*b) || b.takes(*a))
        };
        for (mode, selecting) in modes
            .into_iter()
            .map(|m| (m, false))
            .chain([(Mode::Read, true)])
        {
            let mut session = Session::new(crate::session::Settings::default(), 80, 24);
            session.mode = mode.clone();
            session.memory.selection = selecting.then(Default::default);
            let mut here: Vec<(Vec<Key>, &str, usize)> = Vec::new();
            for c in all() {
                let Some(rank) = c.when.rank(&session) else {
                    continue;
                };
                for keys in c.keys {
                    here.push((Key::parse_all(keys).unwrap(), c.name, rank));
                }
            }
            for (i, (a, name_a, rank_a)) in here.iter().enumerate() {
                for (b, name_b, rank_b) in here.iter().skip(i + 1) {
                    // one that goes first may hide another, but never wait for it
                    let clash = match rank_a.cmp(rank_b) {
                        std::cmp::Ordering::Equal => begins(a, b) || begins(b, a),
                        std::cmp::Ordering::Less => a.len() > b.len() && begins(b, a),
                        std::cmp::Ordering::Greater => b.len() > a.len() && begins(a, b),
                    };
                    assert!(!clash, "{mode:?}: {name_a} and {name_b}");
                }
            }
        }
    }

    #[test]
    fn briefs_fit_a_hint() {
        for c in all() {
            for text in [c.brief.0, c.brief.1] {
                let cells = WidthPolicy::NARROW.text(text);
                assert!(
                    (2..=24).contains(&cells),
                    "{}: {text} takes {cells}",
                    c.name
                );
            }
            assert!(!c.about.0.is_empty() && !c.about.1.is_empty(), "{}", c.name);
        }
    }
}
