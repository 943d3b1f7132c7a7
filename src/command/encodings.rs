//! The list of encodings that the file can be read in, each with a line as it reads; the one
//! that is taken, and the way back from it.
//!
//! The world lists them and reads the file again; nothing changes and nothing is saved before
//! one is taken.

use super::entry::{Command, When, asking, command};
use super::list;
use crate::session::{Area, Effect, Mode, Session};
use crate::source::choices::EncodingChoice;

pub(crate) const COMMANDS: &[&[Command]] = &[
    &When::Reading.section([asking("encoding", "E", |_, _| Effect::ListEncodings)
        .zh("换编码：列出这个文件读得通的编码，各附一行文字；选用的会记住，U 撤销。")
        .en(
            "Other encoding: List the encodings that the file can be read in, each with a line \
             of it; the one that is taken is remembered, U takes it back.",
        )]),
    &When::Encodings.section([
        asking("encoding-take", "enter, l, right", take)
            .zh("选用：按这种编码重新读入，并记住；位置尽量不变。")
            .en("Take it: Read the file again in this encoding, and remember it."),
        command("encodings-close", "esc, q, ctrl-c, E", list::close)
            .zh("关上编码一览：什么也不变。")
            .en("Close the list: Close the list of encodings; nothing changes."),
    ]),
];

/// Opens the list, with the present encoding chosen.
pub fn offer(s: &mut Session, choices: Vec<EncodingChoice>) {
    let present = s.article.facts().encoding;
    let at = choices.iter().position(|c| c.encoding == present);
    s.mode = Mode::Encodings(choices, at.unwrap_or_default());
}

fn take(s: &mut Session, _: Option<usize>) -> Effect {
    let Mode::Encodings(choices, chosen) = std::mem::take(&mut s.mode) else {
        return Effect::None;
    };
    let present = s.article.facts().encoding;
    let taken = choices.get(chosen).map(|c| c.encoding);
    match taken.filter(|taken| *taken != present) {
        Some(taken) => {
            s.memory.encodings.push(present);
            Effect::ReadAs(taken)
        }
        None => Effect::None,
    }
}

/// Returns the rows of the list below its title, with the choices in them; the chosen one is
/// among them.
pub(crate) fn rows(
    area: Area,
    chosen: usize,
    count: usize,
) -> impl Iterator<Item = (u16, usize)> + use<> {
    let title = if area.height > 8 { 2 } else { 1 };
    let room = usize::from(area.height.saturating_sub(title)).max(1);
    let first = (chosen + 1).saturating_sub(room);
    (area.y + title..area.y + area.height).zip(first..count)
}

/// Chooses the encoding of a row of the screen.
pub(crate) fn click(s: &mut Session, row: u16) {
    let area = s.screen.body;
    if let Mode::Encodings(choices, chosen) = &mut s.mode {
        let mut rows = rows(area, *chosen, choices.len());
        if let Some((_, at)) = rows.find(|(y, _)| *y == row) {
            *chosen = at;
        }
    }
}
