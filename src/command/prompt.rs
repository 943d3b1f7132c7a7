//! A line being typed: the editing keys, and the table of lines: what typing, Enter and Esc
//! mean in each.

use super::entry::{Command, Hint, When, asking, command};
use super::{keywords, mark, palette, saved_views, search};
use crate::session::prompt::Prompt;
use crate::session::{Effect, Purpose, Session};
use crate::text::Say;
use crate::text::fold::half_width;

pub(crate) const COMMANDS: &[&[Command]] = &[&When::Prompt.section([
    command("toggle-regex", "ctrl-r", search::toggle_regex)
        .zh("正则开关：查找时把输入的当作正则表达式，再按恢复。")
        .en(
            "Regex on or off: While searching, take what is typed as a regular expression; \
                 again as text.",
        ),
    asking("accept", "enter", accept)
        .zh("确定：确认输入的内容。")
        .en("Accept: Take what was typed."),
    command("cancel", "esc, ctrl-c, ctrl-g", cancel)
        .zh("取消：放弃输入，回到原处。")
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
        .zh("更晚的：选下一个候选或下一项；没有候选时取更晚输入过的。")
        .en("Newer: Choose the next offer or item; without any, take what was typed later."),
])];

/// A typed line, and everything about it.
pub(crate) struct TypedLine {
    purpose: Purpose,
    /// The sign before the typed text.
    pub(crate) sign: Say,
    /// The words in an empty line, which say what to type; those of the page for a filter.
    pub(crate) placeholder: Option<Say>,
    /// The commands whose keys are shown.
    pub(crate) hints: &'static [Hint],
    /// Another text stands in it.
    changed: fn(&mut Session, &str),
    accept: fn(&mut Session, &str) -> Effect,
    cancel: fn(&mut Session),
}

/// The hints of most lines.
const HINTS: &[Hint] = &[("accept", "确定", "accept"), ("cancel", "取消", "cancel")];

/// Makes a line whose text is only taken at its end.
const fn line(purpose: Purpose, sign: Say, placeholder: Say) -> TypedLine {
    TypedLine {
        purpose,
        sign,
        placeholder: Some(placeholder),
        hints: HINTS,
        changed: |_, _| (),
        accept: |_, _| Effect::None,
        cancel: |_| (),
    }
}

/// Every typed line. One that is accepted or cancelled has ended, before its function is called.
const TYPED_LINES: &[TypedLine] = &[
    TypedLine {
        changed: search::preview,
        accept: |s, typed| {
            search::accept(s, typed);
            Effect::None
        },
        cancel: search::cancel,
        ..line(Purpose::Search, ("/", "/"), ("查找", "search"))
    },
    TypedLine {
        accept: |s, typed| {
            keywords::accept(s, typed);
            Effect::None
        },
        ..line(
            Purpose::Keyword,
            ("*", "*"),
            ("关键词（可输入多个，用空格或顿号隔开）", "keywords"),
        )
    },
    TypedLine {
        placeholder: None,
        changed: filter,
        cancel: |s| filter(s, ""),
        ..line(Purpose::Filter, ("/", "/"), ("", ""))
    },
    TypedLine {
        changed: filter,
        accept: palette::run,
        cancel: |s| s.pages.close(),
        ..line(
            Purpose::Command,
            (":", ":"),
            ("命令或段号", "command or paragraph"),
        )
    },
    TypedLine {
        accept: keywords::rename_to,
        ..line(Purpose::Rename, (":", ":"), ("新名字", "new name"))
    },
    TypedLine {
        accept: |_, name| named(name, Effect::SaveSet),
        ..line(Purpose::Save, (":", ":"), ("保存为关键词组", "save as"))
    },
    TypedLine {
        accept: |_, name| named(name, Effect::OpenSet),
        ..line(
            Purpose::Open,
            (":", ":"),
            ("打开关键词组", "open which set"),
        )
    },
    TypedLine {
        accept: saved_views::save,
        ..line(
            Purpose::SaveView,
            (":", ":"),
            ("现在的筛选存为", "save the present view as"),
        )
    },
    TypedLine {
        hints: &[
            ("note-in-editor", "编辑器", "editor"),
            ("accept", "确定", "accept"),
            ("cancel", "取消", "cancel"),
        ],
        accept: |s, typed| {
            mark::accept_note(s, typed);
            Effect::None
        },
        cancel: mark::cancel_note,
        ..line(
            Purpose::Note,
            ("批注 ", "note "),
            ("写下想法，#词 是标签", "a thought; #word is a tag"),
        )
    },
];

/// Returns the line that is being typed.
pub(crate) fn typed_line(s: &Session) -> Option<&'static TypedLine> {
    let purpose = s.pages.purpose()?;
    TYPED_LINES.iter().find(|line| line.purpose == purpose)
}

/// Makes the effect of a typed name; none of an empty one.
fn named(name: &str, effect: fn(String) -> Effect) -> Effect {
    match name.trim() {
        "" => Effect::None,
        name => effect(name.to_owned()),
    }
}

/// Filters the list of the page.
fn filter(s: &mut Session, typed: &str) {
    let mode = s.pages.mode();
    typed.clone_into(&mut s.list_mut(mode).filter);
}

/// Types text into the line. A digit picks one of the offered words.
pub(crate) fn typed(s: &mut Session, text: &str) {
    let mut chars = text.chars();
    if let (Some(Purpose::Search), Some(c), None) = (s.pages.purpose(), chars.next(), chars.next())
        && let Some(digit) = half_width(c).to_digit(10)
        && search::pick(s, digit as usize)
    {
        return;
    }
    let mut fits = true;
    edit(s, |p| fits = p.insert(text));
    if !fits {
        let said = ("太长了，只取放得下的部分", "Too long: what fits was taken");
        s.warn(s.settings.lang.say(said).to_owned());
    }
}

/// Takes the note that an editor was given.
pub fn edited(s: &mut Session, text: &str) {
    if s.pages.purpose() == Some(Purpose::Note) {
        s.pages.end_line();
        mark::accept_note(s, text);
    } else {
        typed(s, text);
    }
}

fn erase(s: &mut Session, count: Option<usize>) {
    if s.pages.prompt().is_some_and(|p| p.text.is_empty()) {
        cancel(s, count);
    } else {
        edit(s, |p| _ = p.erase());
    }
}

/// Changes the line, and applies another text in it.
fn edit(s: &mut Session, change: impl FnOnce(&mut Prompt)) {
    // nothing follows the typing of a note, which may be long
    let is_note = s.pages.purpose() == Some(Purpose::Note);
    let Some(prompt) = s.pages.prompt_mut() else {
        return;
    };
    if is_note {
        return change(prompt);
    }
    let before = prompt.text.clone();
    change(prompt);
    let text = prompt.text.clone();
    if text != before
        && let Some(line) = typed_line(s)
    {
        (line.changed)(s, &text);
    }
}

/// Chooses the previous offer, or the next; without offers, takes a line typed earlier, or
/// later.
fn recall(s: &mut Session, older: bool) {
    if let Some(Purpose::Filter | Purpose::Command) = s.pages.purpose() {
        let mode = s.pages.mode();
        return s.list_mut(mode).step(if older { -1 } else { 1 });
    }
    if search::choose(s, !older) {
        return;
    }
    let history = match s.pages.purpose() {
        Some(Purpose::Open | Purpose::Save) => s.find.choices.sets.clone(),
        Some(Purpose::SaveView) => saved_views::names(s),
        _ => s.find.history.clone(),
    };
    edit(s, |p| p.recall(&history, older));
}

fn accept(s: &mut Session, _: Option<usize>) -> Effect {
    match (typed_line(s), s.pages.end_line()) {
        (Some(line), Some(typed)) => (line.accept)(s, &typed),
        _ => Effect::None,
    }
}

fn cancel(s: &mut Session, _: Option<usize>) {
    if let Some(line) = typed_line(s) {
        s.pages.end_line();
        (line.cancel)(s);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::table;
    use crate::session::Settings;

    #[test]
    fn every_purpose_has_a_line_and_its_hints_have_keys() {
        use Purpose::{Command, Filter, Keyword, Note, Open, Rename, Save, SaveView, Search};
        for purpose in [
            Search, Keyword, Filter, Command, Rename, Save, Open, SaveView, Note,
        ] {
            let mut session = Session::new(Settings::default(), 80, 24);
            session.pages.ask(purpose, "");
            let line = typed_line(&session);
            let hints = line.map(|line| line.hints).unwrap_or_default();
            assert!(!hints.is_empty(), "{purpose:?}");
            for (name, ..) in hints {
                assert!(table::all().any(|c| c.name == *name), "{name}");
            }
        }
    }
}
