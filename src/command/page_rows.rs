//! Pages row by row, for the screen's size, so that scrolling knows where they end: the
//! help, made from the tables of commands and settings, and the notes. What the filter of the
//! page does not let through is left out.
//!
//! Keys are looked up and rows drawn by the view.

use super::entry::{Command, Group};
use super::{options, table};
use crate::layout::{BlockStyle, Face, Measure, lay_out};
use crate::search::Query;
use crate::session::{Mode, Session};
use crate::text::{Pos, Say};

/// Cells of the column of keys at the most.
const MAX_KEYS_WIDTH: u16 = 22;
/// Cells of a page at the most.
pub(crate) const MAX_PAGE_WIDTH: u16 = 84;

/// A row of the help.
#[derive(Clone, Debug)]
pub(crate) enum HelpRow {
    Blank,
    /// The heading of a group of commands.
    Title(Say),
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

/// Returns the rows of the help.
pub(crate) fn help_rows(session: &Session) -> Vec<HelpRow> {
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
    let set = |text: Say| {
        let text = session.settings.lang.say(text);
        let rows = lay_out(text, Pos(0), BlockStyle::default(), &measure, &[]);
        rows.into_iter().map(|row| row.drawn().of(text).to_owned())
    };
    let query = Query::new(&session.list(Mode::Help).filter);
    let passes = |text: &str| query.as_ref().is_none_or(|q| !q.find(text).is_empty());
    let mut rows = Vec::new();
    for group in table::groups() {
        let commands: Vec<_> = group
            .commands()
            .filter(|c| passes(&text_of(c, group)))
            .collect();
        if commands.is_empty() {
            continue;
        }
        rows.push(HelpRow::Title(group.title));
        // g1 … g9 do the same and are listed together
        for same in commands.chunk_by(|a, b| a.about() == b.about()) {
            let mut keys = same.to_vec();
            for row in same.iter().take(1).flat_map(|c| set(c.about())) {
                rows.push(HelpRow::Commands(std::mem::take(&mut keys), row));
            }
        }
        rows.push(HelpRow::Blank);
    }
    let text = |label: Say, about: Say| [label.0, label.1, about.0, about.1].join("  ");
    let offered = options::offered().into_iter();
    let offered = offered.filter(|o| passes(&text(o.label(), o.about())));
    let mut title = Some(HelpRow::Settings);
    for setting in offered {
        rows.extend(title.take());
        let mut label = Some(setting.label());
        rows.extend(set(setting.about()).map(|row| HelpRow::Setting(label.take(), row)));
    }
    rows
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
    texts.join("  ")
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
