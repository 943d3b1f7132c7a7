//! The table of all commands.

use super::entry::{Command, Group};
use super::groups::GROUPS;
use super::prompt;

/// The keys of a line being typed. They are not in the palette, which is such a line.
const TYPING: Group = Group::new(("输入行", "Typing"), &[prompt::COMMANDS]);

/// Every group, in the order of the help.
pub fn groups() -> impl Iterator<Item = &'static Group> {
    GROUPS.iter().chain([&TYPING])
}

/// Every command, one after the other.
pub fn all() -> impl Iterator<Item = &'static Command> {
    groups().flat_map(Group::commands)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Mode, Purpose, Session};
    use crate::text::WidthPolicy;
    use crate::text::key::Key;
    use std::collections::HashSet;

    #[test]
    fn names_are_unique_and_kebab_case() {
        let mut seen = HashSet::new();
        for c in all() {
            let name = c.name;
            assert!(
                name.chars().all(|c| c.is_ascii_lowercase() || c == '-'),
                "{name}"
            );
            assert!(seen.insert(name), "{name} twice");
        }
    }

    #[test]
    fn every_key_is_in_notation() {
        for c in all() {
            for keys in c.keys() {
                let parsed = Key::parse_all(keys).unwrap_or_else(|| panic!("{}: {keys}", c.name));
                let printed: Vec<_> = parsed.iter().map(ToString::to_string).collect();
                assert_eq!(printed.join(" "), *keys);
            }
        }
    }

    #[test]
    fn no_key_means_two_things_or_begins_another() {
        let begins = |a: &[Key], b: &[Key]| {
            a.len() <= b.len() && a.iter().zip(b).all(|(a, b)| a.takes(*b) || b.takes(*a))
        };
        let pages = Mode::ALL.iter().map(|mode| (*mode, None, false));
        let lines = [Purpose::Search, Purpose::Note].map(|p| (Mode::Read, Some(p), false));
        for (mode, line, selecting) in pages.chain(lines).chain([(Mode::Read, None, true)]) {
            let mut session = Session::new(crate::session::Settings::default(), 80, 24);
            session.pages.open(mode);
            if let Some(purpose) = line {
                session.pages.ask(purpose, "");
            }
            session.memory.selection = selecting.then(Default::default);
            let mut here: Vec<(Vec<Key>, &str, usize)> = Vec::new();
            for c in all() {
                let Some(rank) = c.when.rank(&session) else {
                    continue;
                };
                for keys in c.keys() {
                    here.push((Key::parse_all(keys).unwrap(), c.name, rank));
                }
            }
            for (i, (a, name_a, rank_a)) in here.iter().enumerate() {
                for (b, name_b, rank_b) in here.iter().skip(i + 1) {
                    // one that goes first may hide another, but never wait for it
                    if (*name_a == "cite" || *name_b == "cite") && a.len() != b.len() {
                        // it acts at once, and those that it begins after it
                        continue;
                    }
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
            let (name, brief, about) = (c.name, c.brief(), c.about());
            for text in [brief.0, brief.1] {
                let cells = WidthPolicy::NARROW.text(text);
                assert!((2..=24).contains(&cells), "{name}: {text} takes {cells}");
            }
            assert!(!about.0.is_empty() && !about.1.is_empty(), "{name}");
        }
    }
}
