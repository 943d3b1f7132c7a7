//! Back to where a jump began, and forward again; the notes that the screen's
//! note marks lead to.

use super::entry::{Command, READING, asking, command};
use crate::session::position::ReadingPosition;
use crate::session::{Effect, Mode, Session};
use crate::text::{Say, Span};

pub(crate) const COMMANDS: &[&[Command]] = &[&READING.section([
    asking("back", "ctrl-o, backspace", back)
        .zh("返回：回到上一次跳转之前的地方，可连按；这一篇里没有了，就回到上一篇。")
        .en("Back: Go back to where the last jump began; press again to go further, also to the article that one came from."),
    asking("forward", "g ,", forward)
        .zh("前进：撤销一次返回。")
        .en("Forward: Go forward again after going back."),
    command("swap", "' '", swap)
        .zh("与上一处互换：在跳转前后的两处之间来回。")
        .en("Swap with last: Go to and fro between the last two places."),
    command("notes", "g n", show_notes)
        .zh("看注释：列出屏上注释号所指的注释。")
        .en("Show notes: List the notes whose marks are on the screen."),
])];

fn show_notes(s: &mut Session, _: Option<usize>) {
    let seen = Span {
        start: s.reading.place.top,
        end: s.reading.bottom(),
    };
    let notes = s.article.notes_of(seen);
    if notes.is_empty() {
        s.say(("屏上没有注释号", "No note marks on the screen"));
    } else {
        s.pages.open(Mode::Notes);
        s.pages.notes = notes;
    }
}

fn back(s: &mut Session, count: Option<usize>) -> Effect {
    if let Some(path) = s.jumps.cross_back() {
        return Effect::Cross(path);
    }
    let spot = s.jumps.back(s.reading.position(), count.unwrap_or(1));
    restore(s, spot, ("没有可以返回的位置", "No earlier jump"));
    Effect::None
}

fn forward(s: &mut Session, count: Option<usize>) -> Effect {
    let spot = s.jumps.forward(count.unwrap_or(1));
    if let Some(path) = spot.is_none().then(|| s.jumps.cross_forward()).flatten() {
        return Effect::Cross(path);
    }
    restore(s, spot, ("没有可以前进的位置", "No later jump"));
    Effect::None
}

fn swap(s: &mut Session, _: Option<usize>) {
    let spot = s.jumps.swap(s.reading.position());
    restore(s, spot, ("没有可以返回的位置", "No earlier jump"));
}

/// Returns to a place, or says that there is none.
fn restore(s: &mut Session, spot: Option<ReadingPosition>, none: Say) {
    match spot {
        Some(spot) => {
            s.reading.restore(spot);
            s.reading.sentence.moved_to = Some(spot.focus);
        }
        None => s.say(none),
    }
}
