//! Back to where a jump began, and forward again; the notes that the screen's
//! note marks lead to.

use super::table::{Command, Group, When};
use crate::layout::{BlockStyle, Face, Measure, lay_out};
use crate::session::{Effect, Mode, Session};
use crate::text::{Pos, Span};

/// The commands of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "back",
        keys: &["ctrl-o", "backspace"],
        group: Group::Jump,
        brief: ("跳回", "Back"),
        about: (
            "回到上一次跳转之前的地方，可连按。",
            "Go back to where the last jump began; press again to go further.",
        ),
        when: When::Reading,
        run: |s, n| {
            match s.jumps.back(s.reading.position(), n.unwrap_or(1)) {
                Some(spot) => s.reading.restore(spot),
                None => s.say(("没有更早的跳转", "No earlier jump")),
            }
            Effect::None
        },
    },
    Command {
        name: "forward",
        keys: &["g ,"],
        group: Group::Jump,
        brief: ("再跳去", "Forward"),
        about: ("跳回之后再跳去。", "Go forward again after going back."),
        when: When::Reading,
        run: |s, n| {
            match s.jumps.forward(n.unwrap_or(1)) {
                Some(spot) => s.reading.restore(spot),
                None => s.say(("没有更晚的跳转", "No later jump")),
            }
            Effect::None
        },
    },
    Command {
        name: "swap",
        keys: &["' '"],
        group: Group::Jump,
        brief: ("与上一处互换", "Swap with last"),
        about: (
            "在跳转前后的两处之间来回。",
            "Go to and fro between the last two places.",
        ),
        when: When::Reading,
        run: swap,
    },
    Command {
        name: "notes",
        keys: &["g n"],
        group: Group::Jump,
        brief: ("看注释", "Show notes"),
        about: (
            "列出屏上注释号所指的注释。",
            "List the notes whose marks are on the screen.",
        ),
        when: When::Reading,
        run: show_notes,
    },
];

fn show_notes(s: &mut Session, _: Option<usize>) -> Effect {
    let seen = Span {
        start: s.reading.place.top,
        end: s.reading.bottom(),
    };
    let notes = s.article.notes_of(seen);
    if notes.is_empty() {
        s.say(("屏上没有注释号", "No note marks on the screen"));
    } else {
        s.mode = Mode::Notes(notes, 0);
    }
    Effect::None
}

/// The notes as rows of the page that shows them, an empty row between two.
pub fn note_rows(session: &Session, notes: &[usize]) -> Vec<String> {
    let width = usize::from(session.screen.body.width.min(super::help::WIDEST))
        .saturating_sub(2)
        .max(2);
    let measure = Measure {
        indent: 0,
        ..Measure::fitted(
            width,
            width,
            true,
            false,
            Face::plain(session.settings.face.widths),
        )
    };
    let document = session.article.document();
    let mut rows = Vec::new();
    for block in notes.iter().filter_map(|i| document.blocks().get(*i)) {
        if !rows.is_empty() {
            rows.push(String::new());
        }
        let text = document.slice(block.span);
        let setting = BlockStyle {
            rest_indent: 2.min(width / 8),
            ..BlockStyle::default()
        };
        rows.extend(
            lay_out(text, Pos(0), setting, &measure, &[])
                .iter()
                .map(|row| " ".repeat(row.indent.into()) + row.drawn().of(text)),
        );
    }
    rows
}

fn swap(s: &mut Session, _: Option<usize>) -> Effect {
    match s.jumps.swap(s.reading.position()) {
        Some(spot) => s.reading.restore(spot),
        None => s.say(("没有更早的跳转", "No earlier jump")),
    }
    Effect::None
}
