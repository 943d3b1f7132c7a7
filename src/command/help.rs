//! The help, row by row: made from the table of commands, for the screen's
//! size, so that scrolling knows where it ends.
//!
//! Which keys a command has is the keymap's affair; drawing is the view's.

use super::options;
use super::table::{self, Command, Group};
use crate::layout::{BlockStyle, Face, Measure, lay_out};
use crate::session::Session;
use crate::text::{Pos, Say};

/// Cells of the column of keys at the most.
const KEYS: u16 = 22;
/// Cells of the whole page at the most.
pub const WIDEST: u16 = 84;

/// A row of the help.
#[derive(Clone, Debug)]
pub enum Row {
    /// Nothing.
    Blank,
    /// The heading of a group.
    Title(Group),
    /// A row of what a command does, with the commands whose keys stand before
    /// it; none before the second row of a text.
    About(Vec<&'static Command>, String),
    /// The heading of the settings.
    Settings,
    /// A row of what a setting does, after its name; none before the second row.
    Setting(Option<Say>, String),
}

/// Cells of the column of keys on a page of `width` cells.
pub fn keys_width(width: u16) -> u16 {
    KEYS.min(width / 3)
}

/// The whole help for the session's screen.
pub fn rows(session: &Session) -> Vec<Row> {
    let width = session.screen.body.width;
    let room = usize::from(width.min(WIDEST).saturating_sub(keys_width(width) + 2)).max(2);
    let widths = session.settings.face.widths;
    let measure = Measure {
        cells: room,
        indent: 0,
        gap: false,
        hang: false,
        widow: false,
        leading: false,
        linear: false,
        face: Face::plain(widths),
    };
    let mut rows = Vec::new();
    for group in Group::ALL {
        if !rows.is_empty() {
            rows.push(Row::Blank);
        }
        rows.push(Row::Title(group));
        // g1 … g9 do the same and are listed together
        let mut listed: Vec<Vec<&'static Command>> = Vec::new();
        for command in table::all().filter(|c| c.group == group) {
            match listed.last_mut() {
                Some(same) if same.first().is_some_and(|c| c.about == command.about) => {
                    same.push(command)
                }
                _ => listed.push(vec![command]),
            }
        }
        for commands in listed {
            let about = commands
                .first()
                .map_or("", |c| session.settings.lang.say(c.about));
            let mut keys = commands;
            for row in lay_out(about, Pos(0), BlockStyle::default(), &measure, &[]) {
                rows.push(Row::About(
                    std::mem::take(&mut keys),
                    row.drawn().of(about).to_owned(),
                ));
            }
        }
    }
    rows.extend([Row::Blank, Row::Settings]);
    for option in options::offered() {
        let about = session.settings.lang.say(option.about);
        let mut label = Some(option.label);
        for row in lay_out(about, Pos(0), BlockStyle::default(), &measure, &[]) {
            rows.push(Row::Setting(label.take(), row.drawn().of(about).to_owned()));
        }
    }
    rows
}

/// The last row that the help can be scrolled to.
pub fn last_top(session: &Session) -> usize {
    rows(session)
        .len()
        .saturating_sub(usize::from(session.screen.body.height))
}
