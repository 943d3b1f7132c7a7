//! Pages row by row, for the screen's size, so that scrolling knows where they end: the
//! help, made from the tables of commands and settings, and the notes. What the filter of the
//! page does not let through is left out. The help begins with the keys of the page that it was
//! opened on.
//!
//! Keys are looked up and rows drawn by the view.

use super::entry::{Command, Group, READING, When};
use super::{options, synonyms, table};
use crate::layout::{BlockStyle, Face, Measure, Row, lay_out};
use crate::search::Query;
use crate::session::{Mode, Session};
use crate::text::{Lang, Pos, Say};

/// Cells of the column of keys at the most.
const MAX_KEYS_WIDTH: u16 = 22;
/// Cells of a page at the most.
pub(crate) const MAX_PAGE_WIDTH: u16 = 84;

/// A row of the help.
#[derive(Clone, Debug)]
pub(crate) enum HelpRow {
    Blank,
    /// The heading of the commands of the page that the help was opened on.
    Here(Mode),
    /// The heading of a group of commands.
    Title(Say),
    /// The time at which the keys of the next commands count.
    When(When),
    /// A row about commands, after their keys; without keys from the second row on.
    Commands(Vec<&'static Command>, String),
    /// The heading of the settings.
    Settings,
    /// A row about a setting, after its name; without a name from the second row on.
    Setting(Option<Say>, String),
}

/// Returns the cells of the column of keys on a page of `width` cells.
pub(crate) fn keys_width(width: u16) -> u16 {
    MAX_KEYS_WIDTH.min(width / 3)
}

/// Returns the rows of the help: the keys of the page below it, then all others, then the
/// settings.
pub(crate) fn help_rows(session: &Session) -> Vec<HelpRow> {
    let help = HelpPage::of(session);
    let mut rows = Vec::new();
    let below = session.pages.below();
    let here = of_page(below);
    let passing = here
        .iter()
        .filter(|(c, group)| help.passes_command(c, group));
    let passing: Vec<_> = passing.map(|(c, _)| *c).collect();
    if !passing.is_empty() {
        rows.push(HelpRow::Here(below));
        help.list(&passing, &mut rows);
        rows.push(HelpRow::Blank);
    }
    for group in table::groups() {
        let is_here = |c: &&Command| here.iter().any(|(own, _)| own.name == c.name);
        let others = group.commands().filter(|c| !is_here(c));
        help.group(group, others, &mut rows);
    }
    let text = |label: Say, about: Say| [label.0, label.1, about.0, about.1].join("  ");
    let offered = options::offered().into_iter();
    let offered = offered.filter(|o| help.passes(&text(o.label(), o.about())));
    let mut title = Some(HelpRow::Settings);
    for setting in offered {
        rows.extend(title.take());
        let mut label = Some(setting.label());
        let about = help.set(setting.about()).into_iter();
        rows.extend(about.map(|row| HelpRow::Setting(label.take(), row)));
    }
    rows
}

/// The help while it is laid out.
struct HelpPage {
    lang: Lang,
    /// The room of the column of texts.
    measure: Measure,
    /// The filter of the page.
    query: Option<Query>,
}

impl HelpPage {
    fn of(session: &Session) -> Self {
        let width = session.screen.body.width;
        let room = width
            .min(MAX_PAGE_WIDTH)
            .saturating_sub(keys_width(width) + 2);
        let room = usize::from(room).max(2);
        let face = Face::plain(session.settings.face.widths);
        let measure = Measure {
            cells: room,
            widow: false,
            ..Measure::fitted(room, room, true, false, face)
        };
        Self {
            lang: session.settings.lang,
            measure,
            query: Query::new(&session.list(Mode::Help).filter),
        }
    }

    fn passes(&self, text: &str) -> bool {
        let query = self.query.as_ref();
        query.is_none_or(|query| !query.find(text).is_empty())
    }

    fn passes_command(&self, command: &Command, group: &Group) -> bool {
        self.passes(&text_of(command, group))
    }

    /// Returns the rows of a text.
    fn set(&self, text: Say) -> Vec<String> {
        let text = self.lang.say(text);
        let rows = lay_out(text, Pos(0), BlockStyle::default(), &self.measure, &[]);
        let row = |row: &Row| row.drawn().of(text).to_owned();
        rows.iter().map(row).collect()
    }

    /// Lists commands; those in a sequence that do the same, like g1 … g9, together.
    fn list(&self, commands: &[&'static Command], rows: &mut Vec<HelpRow>) {
        for same in commands.chunk_by(|a, b| a.about() == b.about()) {
            let mut keys = same.to_vec();
            for row in same.iter().take(1).flat_map(|c| self.set(c.about())) {
                rows.push(HelpRow::Commands(std::mem::take(&mut keys), row));
            }
        }
    }

    /// Lists commands of a group; where they count at several times, says when.
    fn group(
        &self,
        group: &Group,
        commands: impl Iterator<Item = &'static Command>,
        rows: &mut Vec<HelpRow>,
    ) {
        let commands: Vec<_> = commands.filter(|c| self.passes_command(c, group)).collect();
        let Some(first) = commands.first() else {
            return;
        };
        rows.push(HelpRow::Title(group.title));
        let is_of_one_time = commands.iter().all(|c| c.when == first.when);
        let mut last = if is_of_one_time { first.when } else { READING };
        for section in commands.chunk_by(|a, b| a.when == b.when) {
            let when = section.first().map_or(last, |c| c.when);
            if when != last {
                rows.push(HelpRow::When(when));
            }
            last = when;
            self.list(section, rows);
        }
        rows.push(HelpRow::Blank);
    }
}

/// Returns the commands of a page and of every list with the groups that they are in; none of the
/// text, whose commands are all that the groups begin with.
fn of_page(mode: Mode) -> Vec<(&'static Command, &'static Group)> {
    let counts = |when: When| match when {
        When::On(modes) => modes.contains(&mode),
        When::List => true,
        _ => false,
    };
    let all = table::groups().flat_map(|group| group.commands().map(move |c| (c, group)));
    let mut found: Vec<_> = all
        .filter(|(c, _)| mode != Mode::Read && counts(c.when))
        .collect();
    // what only this page has goes first, and its keys before those of every list
    found.sort_by_key(|(c, _)| c.when == When::List);
    let own = found.iter().filter(|(c, _)| c.when != When::List);
    let own: Vec<&str> = own.flat_map(|(c, _)| c.keys()).collect();
    found.retain(|(c, _)| c.when != When::List || c.keys().any(|keys| !own.contains(&keys)));
    found
}

/// Returns what a command is found by in the help.
fn text_of(command: &Command, group: &Group) -> String {
    let (brief, about, title) = (command.brief(), command.about(), group.title);
    let texts = [
        command.name,
        title.0,
        title.1,
        brief.0,
        brief.1,
        about.0,
        about.1,
    ];
    let texts = texts.into_iter().chain(synonyms::of(command.name));
    texts.collect::<Vec<_>>().join("  ")
}

/// Returns the rows of the page of notes, with an empty row between two notes.
pub(crate) fn note_rows(session: &Session) -> Vec<String> {
    let width = usize::from(session.screen.body.width.min(MAX_PAGE_WIDTH));
    let width = width.saturating_sub(2).max(2);
    let face = Face::plain(session.settings.face.widths);
    let measure = Measure::fitted(width, width, true, false, face);
    let setting = BlockStyle {
        rest_indent: 2.min(width / 8),
        ..BlockStyle::default()
    };
    let document = session.article.document();
    let mut rows = Vec::new();
    let query = Query::new(&session.list(Mode::Notes).filter);
    let passes = |text: &str| query.as_ref().is_none_or(|q| !q.find(text).is_empty());
    let notes = session.pages.notes.iter();
    let blocks = notes.filter_map(|i| document.blocks().get(*i));
    let texts = blocks.map(|block| document.slice(block.span));
    for text in texts.filter(|text| passes(text)) {
        if !rows.is_empty() {
            rows.push(String::new());
        }
        for row in lay_out(text, Pos(0), setting, &measure, &[]) {
            rows.push(" ".repeat(row.indent.into()) + row.drawn().of(text));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Settings;

    /// Returns the rows of the help over a page, and the names in its first section and in all.
    fn help_over(mode: Mode) -> (Vec<HelpRow>, Vec<&'static str>, Vec<&'static str>) {
        let mut s = Session::new(Settings::default(), 80, 24);
        s.pages.go(Mode::Read);
        s.pages.open(mode);
        s.pages.open(Mode::Help);
        let rows = help_rows(&s);
        let names = |rows: &[HelpRow]| {
            let commands = rows.iter().filter_map(|row| match row {
                HelpRow::Commands(commands, _) => Some(commands),
                _ => None,
            });
            commands.flatten().map(|c| c.name).collect()
        };
        let first = rows.iter().position(|row| matches!(row, HelpRow::Blank));
        let (first, all) = (names(rows.split_at(first.unwrap()).0), names(&rows));
        (rows, first, all)
    }

    #[test]
    fn the_help_begins_with_the_keys_of_the_page_below() {
        let (rows, first, all) = help_over(Mode::Shelf);
        assert!(matches!(rows.first(), Some(HelpRow::Here(Mode::Shelf))));
        assert!(first.contains(&"shelf-order") && first.contains(&"list-down"));
        // the shelf has keys of its own for these
        assert!(!first.contains(&"list-filter") && !first.contains(&"list-close"));
        assert_eq!(all.iter().filter(|name| **name == "shelf-order").count(), 1);
        assert_eq!(first.first(), Some(&"recent"));
        let (rows, ..) = help_over(Mode::Read);
        assert!(matches!(rows.first(), Some(HelpRow::Title(..))));
    }

    #[test]
    fn a_section_says_when_its_keys_count() {
        let (rows, ..) = help_over(Mode::Read);
        let outline = When::On(&[Mode::Outline]);
        let is_said = |row: &HelpRow| matches!(row, HelpRow::When(when) if *when == outline);
        assert!(rows.iter().any(is_said));
    }
}
