//! Pages row by row, for the screen's size, so that scrolling knows where they end: the
//! help, made from the tables of commands and settings, and the notes.
//!
//! Keys are looked up and rows drawn by the view.

use super::{entry::Command, options, palette, table};
use crate::layout::{BlockStyle, Face, Measure, lay_out};
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
    let mut rows = Vec::new();
    for group in table::groups() {
        rows.push(HelpRow::Title(group.title));
        let commands: Vec<_> = group.commands().collect();
        // g1 … g9 do the same and are listed together
        for same in commands.chunk_by(|a, b| a.about() == b.about()) {
            let mut keys = same.to_vec();
            for row in same.iter().take(1).flat_map(|c| set(c.about())) {
                rows.push(HelpRow::Commands(std::mem::take(&mut keys), row));
            }
        }
        rows.push(HelpRow::Blank);
    }
    rows.push(HelpRow::Settings);
    for setting in options::offered() {
        let mut label = Some(setting.label());
        rows.extend(set(setting.about()).map(|row| HelpRow::Setting(label.take(), row)));
    }
    rows
}

/// Returns the rows of the page of notes, with an empty row between two notes.
pub(crate) fn note_rows(session: &Session, notes: &[usize]) -> Vec<String> {
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
    for block in notes.iter().filter_map(|i| document.blocks().get(*i)) {
        if !rows.is_empty() {
            rows.push(String::new());
        }
        let text = document.slice(block.span);
        for row in lay_out(text, Pos(0), setting, &measure, &[]) {
            rows.push(" ".repeat(row.indent.into()) + row.drawn().of(text));
        }
    }
    rows
}

/// Keeps the choice inside the list that the mode shows, where its length is not known
/// before the input has been carried out.
pub(crate) fn keep_choice(session: &mut Session) {
    let body = usize::from(session.screen.body.height);
    let last_top = |rows: usize| rows.saturating_sub(body) + 1;
    let choices = match &session.mode {
        Mode::Keywords(_) => session.find.keywords.len(),
        Mode::Encodings(choices, _) => choices.len(),
        Mode::Terms(_) => session.find.choices.terms.len(),
        Mode::Settings(_) => options::offered().len(),
        Mode::Palette(prompt, _) => palette::offered(&prompt.text).len(),
        Mode::Help(_) => last_top(help_rows(session).len()),
        Mode::Notes(notes, _) => last_top(note_rows(session, notes).len()),
        Mode::Marks => session.memory.panel.rows.len(),
        _ => return,
    };
    if let Some(selected) = session.selected_row() {
        *selected = (*selected).min(choices.saturating_sub(1));
    }
}
