//! The list of encodings that the file can be read in, each with a line as it reads; the one
//! that is taken, and the way back from it.
//!
//! The world lists them and reads the file again; nothing changes and nothing is saved before
//! one is taken.

use super::entry::{Command, READING, When, asking, command};
use super::list;
use crate::session::{Effect, Mode, Session};
use crate::source::choices::EncodingChoice;

pub(crate) const COMMANDS: &[&[Command]] = &[
    &READING.section([asking("encoding", "E", |_, _| Effect::ListEncodings)
        .zh("换编码：列出这个文件读得通的编码，各附一行文字；选用的会记住，U 撤销。")
        .en(
            "Other encoding: List the encodings that the file can be read in, each with a line \
             of it; the one that is taken is remembered, U takes it back.",
        )]),
    &When::On(&[Mode::Encodings]).section([
        asking("encoding-take", "enter, l, right", take)
            .zh("选用：按这种编码重新读入，并记住；位置尽量不变。")
            .en("Take it: Read the file again in this encoding, and remember it."),
        command("encodings-close", "E", list::close)
            .zh("关闭编码一览：什么也不变。")
            .en("Close the list: Close the list of encodings; nothing changes."),
    ]),
];

/// Opens the list, with the present encoding chosen.
pub fn offer(s: &mut Session, choices: Vec<EncodingChoice>) {
    let present = s.article.facts().encoding;
    let at = choices.iter().position(|c| c.encoding == present);
    s.pages.open(Mode::Encodings);
    s.pages.encodings = choices;
    s.list_mut(Mode::Encodings).choose(at.unwrap_or_default());
}

fn take(s: &mut Session, _: Option<usize>) -> Effect {
    let present = s.article.facts().encoding;
    let chosen = s.chosen(Mode::Encodings);
    let taken = s.pages.encodings.get(chosen).map(|c| c.encoding);
    s.pages.close();
    match taken.filter(|taken| *taken != present) {
        Some(taken) => {
            s.memory.encodings.push(present);
            Effect::ReadAs(taken)
        }
        None => Effect::None,
    }
}

/// Returns the text of each encoding that it is found by.
pub(crate) fn texts(s: &Session) -> Vec<String> {
    let choices = s.pages.encodings.iter();
    choices
        .map(|c| format!("{}  {}", c.encoding, c.line))
        .collect()
}
