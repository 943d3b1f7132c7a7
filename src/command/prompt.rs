//! A line being typed: editing keys, and what typing, Enter and Esc mean in
//! each prompt.

use super::table::{Command, Group, When};
use super::{app, keywords, mark, marks, outline, search};
use crate::session::prompt::Prompt;
use crate::session::{Effect, Mode, Purpose, Session};
use crate::text::fold::half_width;

/// The commands of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "accept",
        keys: &["enter"],
        group: Group::Prompt,
        brief: ("确定", "Accept"),
        about: ("用输入的内容。", "Take what was typed."),
        when: When::Prompt,
        run: accept,
    },
    Command {
        name: "cancel",
        keys: &["esc", "ctrl-c", "ctrl-g"],
        group: Group::Prompt,
        brief: ("取消", "Cancel"),
        about: (
            "不用了，回到原处。",
            "Leave it, and return to where it began.",
        ),
        when: When::Prompt,
        run: cancel,
    },
    Command {
        name: "erase",
        keys: &["backspace", "ctrl-h"],
        group: Group::Prompt,
        brief: ("删前一字", "Erase"),
        about: (
            "删去光标前的一个字；已空时取消。",
            "Erase what is before the cursor; in an empty line, cancel.",
        ),
        when: When::Prompt,
        run: |s, n| {
            let empty = s.mode.prompt().is_some_and(|p| p.text.is_empty());
            if empty {
                cancel(s, n)
            } else {
                edit(s, |p| _ = p.erase())
            }
        },
    },
    Command {
        name: "erase-next",
        keys: &["delete", "ctrl-d"],
        group: Group::Prompt,
        brief: ("删后一字", "Delete"),
        about: ("删去光标处的一个字。", "Delete what is at the cursor."),
        when: When::Prompt,
        run: |s, _| edit(s, Prompt::delete),
    },
    Command {
        name: "erase-word",
        keys: &["ctrl-w"],
        group: Group::Prompt,
        brief: ("删前一词", "Erase a word"),
        about: ("删到前一个空白处。", "Erase back to the blank before."),
        when: When::Prompt,
        run: |s, _| edit(s, Prompt::erase_word),
    },
    Command {
        name: "erase-line",
        keys: &["ctrl-u"],
        group: Group::Prompt,
        brief: ("删到行首", "Erase the line"),
        about: ("删去光标前的全部。", "Erase everything before the cursor."),
        when: When::Prompt,
        run: |s, _| edit(s, Prompt::erase_all),
    },
    Command {
        name: "cursor-left",
        keys: &["left", "ctrl-b"],
        group: Group::Prompt,
        brief: ("左移", "Left"),
        about: ("光标左移一字。", "Move the cursor left."),
        when: When::Prompt,
        run: |s, _| edit(s, |p| p.step(false)),
    },
    Command {
        name: "cursor-right",
        keys: &["right", "ctrl-f"],
        group: Group::Prompt,
        brief: ("右移", "Right"),
        about: ("光标右移一字。", "Move the cursor right."),
        when: When::Prompt,
        run: |s, _| edit(s, |p| p.step(true)),
    },
    Command {
        name: "cursor-start",
        keys: &["home", "ctrl-a"],
        group: Group::Prompt,
        brief: ("到行首", "To the start"),
        about: ("光标到行首。", "Move the cursor to the start."),
        when: When::Prompt,
        run: |s, _| edit(s, |p| p.edge(false)),
    },
    Command {
        name: "cursor-end",
        keys: &["end", "ctrl-e"],
        group: Group::Prompt,
        brief: ("到行尾", "To the end"),
        about: ("光标到行尾。", "Move the cursor to the end."),
        when: When::Prompt,
        run: |s, _| edit(s, |p| p.edge(true)),
    },
    Command {
        name: "older",
        keys: &["up", "ctrl-p"],
        group: Group::Prompt,
        brief: ("更早的", "Older"),
        about: (
            "选上一个候选；没有候选时取更早输入过的。",
            "Choose the offer before; without offers, take what was typed earlier.",
        ),
        when: When::Prompt,
        run: |s, _| recall(s, true),
    },
    Command {
        name: "newer",
        keys: &["down", "ctrl-n"],
        group: Group::Prompt,
        brief: ("更晚的", "Newer"),
        about: (
            "选下一个候选；没有候选时取更晚输入过的。",
            "Choose the next offer; without offers, take what was typed later.",
        ),
        when: When::Prompt,
        run: |s, _| recall(s, false),
    },
];

/// Text was typed or pasted. A digit picks one of the offered words.
pub fn typed(s: &mut Session, text: &str) {
    let digit = text
        .chars()
        .next()
        .filter(|_| text.chars().count() == 1)
        .and_then(|c| half_width(c).to_digit(10));
    if matches!(s.mode, Mode::Search(_)) && digit.is_some_and(|n| search::pick(s, n as usize)) {
        return;
    }
    edit(s, |p| p.insert(text));
}

/// Changes the line, and lets a search follow it.
fn edit(s: &mut Session, change: impl FnOnce(&mut Prompt)) -> Effect {
    if let Some(prompt) = s.mode.prompt_mut() {
        let before = prompt.text.clone();
        change(prompt);
        if prompt.text != before {
            changed(s);
        }
    }
    Effect::None
}

/// What follows when the line is another one.
fn changed(s: &mut Session) {
    match &mut s.mode {
        Mode::Search(prompt) => {
            let text = prompt.text.clone();
            search::preview(s, &text);
        }
        Mode::Filter(prompt) => {
            let text = prompt.text.clone();
            outline::filter(s, &text);
        }
        Mode::Palette(_, chosen) => *chosen = 0,
        Mode::Line(Purpose::Filter, prompt) => {
            let text = prompt.text.clone();
            s.filter_list(&text);
        }
        Mode::MarkFilter(prompt) => {
            let text = prompt.text.clone();
            marks::filter(s, &text);
        }
        _ => {}
    }
}

fn recall(s: &mut Session, older: bool) -> Effect {
    if let Mode::Palette(prompt, chosen) = &mut s.mode {
        let last = app::offered(&prompt.text).len().saturating_sub(1);
        *chosen = if older {
            chosen.saturating_sub(1)
        } else {
            (*chosen + 1).min(last)
        };
        return Effect::None;
    }
    // the offered words first, then what was typed earlier
    if search::choose(s, !older) {
        return Effect::None;
    }
    let history = match s.mode {
        Mode::Line(Purpose::Open | Purpose::Save, _) => s.find.choices.sets.clone(),
        _ => s.find.history.clone(),
    };
    edit(s, |p| p.recall(&history, older))
}

fn accept(s: &mut Session, _: Option<usize>) -> Effect {
    match std::mem::take(&mut s.mode) {
        Mode::Search(prompt) => search::accept(s, &prompt.text),
        Mode::Keyword(prompt) => keywords::accept(s, &prompt.text),
        Mode::Line(Purpose::Filter, _) => {
            s.mode = Mode::Hits;
            Effect::None
        }
        Mode::Line(purpose, prompt) => keywords::named(s, purpose, prompt.text.trim()),
        Mode::Filter(_) => {
            s.mode = Mode::Outline;
            Effect::None
        }
        Mode::Palette(prompt, chosen) => app::run_typed(s, &prompt.text, chosen),
        Mode::MarkFilter(_) => {
            s.mode = Mode::Marks;
            Effect::None
        }
        Mode::Note(prompt) => mark::accept_note(s, &prompt.text),
        _ => Effect::None,
    }
}

fn cancel(s: &mut Session, _: Option<usize>) -> Effect {
    match s.mode {
        Mode::Search(_) => search::cancel(s),
        Mode::Filter(_) => {
            outline::filter(s, "");
            s.mode = Mode::Outline;
            Effect::None
        }
        Mode::Line(Purpose::Filter, _) => {
            s.filter_list("");
            s.mode = Mode::Hits;
            Effect::None
        }
        Mode::Line(..) => keywords::panel(s),
        Mode::MarkFilter(_) => {
            marks::filter(s, "");
            s.mode = Mode::Marks;
            Effect::None
        }
        Mode::Note(_) => mark::cancel_note(s),
        _ => {
            s.mode = Mode::Read;
            Effect::None
        }
    }
}
