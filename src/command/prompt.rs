//! A line being typed: editing keys, and what typing, Enter and Esc mean in
//! each prompt.

use super::entry::{Command, When, asking, command};
use super::{keywords, list, mark, marks, outline, palette, search, shelf};
use crate::session::prompt::Prompt;
use crate::session::{Effect, Mode, Purpose, Session};
use crate::text::fold::half_width;

pub(crate) const COMMANDS: &[&[Command]] = &[&When::Prompt.section([
    command("toggle-regex", "ctrl-r", search::toggle_regex)
        .zh("正则开关：查找时把输入的当作正则表达式，再按恢复。")
        .en(
            "Regex on or off: While searching, take what is typed as a regular expression; \
                 again as text.",
        ),
    asking("accept", "enter", accept)
        .zh("确定：用输入的内容。")
        .en("Accept: Take what was typed."),
    command("cancel", "esc, ctrl-c, ctrl-g", cancel)
        .zh("取消：不用了，回到原处。")
        .en("Cancel: Leave it, and return to where it began."),
    command("erase", "backspace, ctrl-h", erase)
        .zh("删前一字：删去光标前的一个字；已空时取消。")
        .en("Erase: Erase what is before the cursor; in an empty line, cancel."),
    command("erase-next", "delete, ctrl-d", |s, _| {
        edit(s, Prompt::delete);
    })
    .zh("删后一字：删去光标处的一个字。")
    .en("Delete: Delete what is at the cursor."),
    command("erase-word", "ctrl-w", |s, _| edit(s, Prompt::erase_word))
        .zh("删前一词：删到前一个空白处。")
        .en("Erase a word: Erase back to the blank before."),
    command("erase-line", "ctrl-u", |s, _| edit(s, Prompt::erase_all))
        .zh("删到行首：删去光标前的全部。")
        .en("Erase the line: Erase everything before the cursor."),
    command("cursor-left", "left, ctrl-b", |s, _| {
        edit(s, |p| p.step(false));
    })
    .zh("左移：光标左移一字。")
    .en("Left: Move the cursor left."),
    command("cursor-right", "right, ctrl-f", |s, _| {
        edit(s, |p| p.step(true));
    })
    .zh("右移：光标右移一字。")
    .en("Right: Move the cursor right."),
    command("cursor-start", "home, ctrl-a", |s, _| {
        edit(s, |p| p.edge(false));
    })
    .zh("到行首：光标到行首。")
    .en("To the start: Move the cursor to the start."),
    command("cursor-end", "end, ctrl-e", |s, _| {
        edit(s, |p| p.edge(true));
    })
    .zh("到行尾：光标到行尾。")
    .en("To the end: Move the cursor to the end."),
    command("older", "up, ctrl-p", |s, _| recall(s, true))
        .zh("更早的：选上一个候选；没有候选时取更早输入过的。")
        .en("Older: Choose the offer before; without offers, take what was typed earlier."),
    command("newer", "down, ctrl-n", |s, _| recall(s, false))
        .zh("更晚的：选下一个候选；没有候选时取更晚输入过的。")
        .en("Newer: Choose the next offer; without offers, take what was typed later."),
])];

/// Types text into the line. A digit picks one of the offered words.
pub(crate) fn typed(s: &mut Session, text: &str) {
    let mut chars = text.chars();
    if let (Mode::Search(_), Some(c), None) = (&s.mode, chars.next(), chars.next())
        && let Some(digit) = half_width(c).to_digit(10)
        && search::pick(s, digit as usize)
    {
        return;
    }
    edit(s, |p| p.insert(text));
}

/// Takes the note that an editor was given.
pub fn edited(s: &mut Session, text: &str) {
    if matches!(s.mode, Mode::Note(_)) {
        mark::accept_note(s, text);
    } else {
        typed(s, text);
    }
}

fn erase(s: &mut Session, count: Option<usize>) {
    if s.mode.prompt().is_some_and(|p| p.text.is_empty()) {
        cancel(s, count);
    } else {
        edit(s, |p| _ = p.erase());
    }
}

/// Changes the line, and applies another text in it.
fn edit(s: &mut Session, change: impl FnOnce(&mut Prompt)) {
    let Some(prompt) = s.mode.prompt_mut() else {
        return;
    };
    let before = prompt.text.clone();
    change(prompt);
    let text = prompt.text.clone();
    if text == before {
        return;
    }
    match &mut s.mode {
        Mode::Search(_) => search::preview(s, &text),
        Mode::Filter(_) => outline::filter(s, &text),
        Mode::Palette(_, chosen) => *chosen = 0,
        Mode::Line(Purpose::Filter, _) => s.filter_hits(&text),
        Mode::MarkFilter(_) => marks::filter(s, &text),
        Mode::ShelfSearch(_) => shelf::typed(s, &text),
        _ => {}
    }
}

/// Chooses the previous offer, or the next; without offers, takes a line typed earlier, or
/// later.
fn recall(s: &mut Session, older: bool) {
    if matches!(s.mode, Mode::Palette(..)) {
        return list::step(s, if older { -1 } else { 1 });
    }
    if search::choose(s, !older) {
        return;
    }
    let history = match s.mode {
        Mode::Line(Purpose::Open | Purpose::Save, _) => s.find.choices.sets.clone(),
        _ => s.find.history.clone(),
    };
    edit(s, |p| p.recall(&history, older));
}

fn accept(s: &mut Session, _: Option<usize>) -> Effect {
    match std::mem::take(&mut s.mode) {
        Mode::Palette(prompt, chosen) => return palette::run(s, &prompt.text, chosen),
        Mode::Line(Purpose::Filter, _) => s.mode = Mode::Hits,
        Mode::Line(purpose, prompt) => return keywords::named(s, purpose, prompt.text.trim()),
        Mode::Search(prompt) => search::accept(s, &prompt.text),
        Mode::Keyword(prompt) => keywords::accept(s, &prompt.text),
        Mode::Filter(_) => s.mode = Mode::Outline,
        Mode::MarkFilter(_) => s.mode = Mode::Marks,
        Mode::ShelfSearch(_) => shelf::accept(s),
        Mode::Note(prompt) => mark::accept_note(s, &prompt.text),
        _ => {}
    }
    Effect::None
}

fn cancel(s: &mut Session, count: Option<usize>) {
    match s.mode {
        Mode::Search(_) => search::cancel(s),
        Mode::Filter(_) => {
            outline::filter(s, "");
            s.mode = Mode::Outline;
        }
        Mode::Line(Purpose::Filter, _) => {
            s.filter_hits("");
            s.mode = Mode::Hits;
        }
        Mode::Line(..) => keywords::show_panel(s, count),
        Mode::MarkFilter(_) => {
            marks::filter(s, "");
            s.mode = Mode::Marks;
        }
        Mode::ShelfSearch(_) => shelf::cancel(s),
        Mode::Note(_) => mark::cancel_note(s),
        _ => s.mode = Mode::Read,
    }
}
