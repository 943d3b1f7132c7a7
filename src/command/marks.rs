//! The list of marks and notes: of this article or of all, filtered by tag, text
//! and date; from it to the text.

use super::table::{Command, Group, When};
use super::{mark, prompt};
use crate::session::memory::{Listed, Noting};
use crate::session::prompt::Prompt;
use crate::session::{Effect, Mode, Session, quote};
use crate::text::Span;

/// The commands of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "marks",
        keys: &["g m"],
        group: Group::Mark,
        brief: ("标记一览", "Marks and notes"),
        about: (
            "列出本文的记号、高亮和批注；Tab 换到所有文章，/ 按文字、#标签、>日期 筛选。",
            "List bookmarks, highlights and notes of this article; Tab: of all; / filters by text, #tag and >date.",
        ),
        when: When::Reading,
        run: |s, _| {
            s.memory.panel.filter.clear();
            s.memory.panel.everywhere = false;
            s.list_marks();
            let focus = s.reading.focus;
            let here = s
                .memory
                .panel
                .rows
                .iter()
                .position(|r| r.mark.span.is_some_and(|span| span.end > focus));
            s.memory.panel.selected = here.unwrap_or_default();
            s.memory.selection = None;
            s.mode = Mode::Marks;
            Effect::None
        },
    },
    Command {
        name: "marks-down",
        keys: &["j", "down"],
        group: Group::Mark,
        brief: ("下一条", "Next mark"),
        about: ("选下一条。", "Choose the next mark."),
        when: When::Marks,
        run: |s, n| step(s, n.unwrap_or(1).cast_signed()),
    },
    Command {
        name: "marks-up",
        keys: &["k", "up"],
        group: Group::Mark,
        brief: ("上一条", "Previous mark"),
        about: ("选上一条。", "Choose the mark before."),
        when: When::Marks,
        run: |s, n| step(s, -n.unwrap_or(1).cast_signed()),
    },
    Command {
        name: "marks-page-down",
        keys: &["space", "f", "pgdn"],
        group: Group::Mark,
        brief: ("下一页标记", "Page of marks down"),
        about: ("向下一页。", "A page of marks down."),
        when: When::Marks,
        run: |s, _| {
            step(
                s,
                usize::from(s.screen.body.height / 2).max(2).cast_signed() - 1,
            )
        },
    },
    Command {
        name: "marks-page-up",
        keys: &["b", "pgup"],
        group: Group::Mark,
        brief: ("上一页标记", "Page of marks up"),
        about: ("向上一页。", "A page of marks up."),
        when: When::Marks,
        run: |s, _| {
            step(
                s,
                1 - usize::from(s.screen.body.height / 2).max(2).cast_signed(),
            )
        },
    },
    Command {
        name: "marks-first",
        keys: &["g g", "home"],
        group: Group::Mark,
        brief: ("第一条", "First mark"),
        about: ("选第一条。", "Choose the first mark."),
        when: When::Marks,
        run: |s, _| step(s, isize::MIN / 2),
    },
    Command {
        name: "marks-last",
        keys: &["G", "end"],
        group: Group::Mark,
        brief: ("最后一条", "Last mark"),
        about: ("选最后一条。", "Choose the last mark."),
        when: When::Marks,
        run: |s, _| step(s, isize::MAX / 2),
    },
    Command {
        name: "marks-go",
        keys: &["enter", "l", "right"],
        group: Group::Mark,
        brief: ("到此处", "Go there"),
        about: (
            "跳到这条标记，在别的文章里就打开那篇。",
            "Go to this mark, opening its article where it is another.",
        ),
        when: When::Marks,
        run: |s, _| go(s),
    },
    Command {
        name: "marks-everywhere",
        keys: &["tab"],
        group: Group::Mark,
        brief: ("本文或全部", "Here or everywhere"),
        about: (
            "在本文的标记和所有文章的标记之间换。",
            "Change between the marks of this article and of all.",
        ),
        when: When::Marks,
        run: |s, _| {
            s.memory.panel.everywhere = !s.memory.panel.everywhere;
            s.list_marks();
            if s.memory.panel.everywhere {
                Effect::AllMarks
            } else {
                Effect::None
            }
        },
    },
    Command {
        name: "marks-filter",
        keys: &["/"],
        group: Group::Mark,
        brief: ("筛选标记", "Filter the marks"),
        about: (
            "只列含有所输入的词的：文字、批注、题目；#提法 按标签，>2026-11 按日期。",
            "List only marks that hold the words: text, note, title; #term by tag, >2026-11 by date.",
        ),
        when: When::Marks,
        run: |s, _| {
            s.mode = Mode::MarkFilter(Prompt::with(&s.memory.panel.filter));
            Effect::None
        },
    },
    Command {
        name: "marks-note",
        keys: &["a"],
        group: Group::Mark,
        brief: ("改批注", "Change the note"),
        about: (
            "改这一条的批注和标签。",
            "Change the note and the tags of this mark.",
        ),
        when: When::Marks,
        run: |s, _| match here(s) {
            Some(row) => mark::begin_note(
                s,
                Noting {
                    uid: Some(row.mark.uid),
                    span: row.mark.span.unwrap_or_default(),
                    from_panel: true,
                },
            ),
            None => Effect::None,
        },
    },
    Command {
        name: "marks-colour",
        keys: &["x"],
        group: Group::Mark,
        brief: ("换颜色", "Next colour"),
        about: ("给这一条换下一种颜色。", "Give this mark the next colour."),
        when: When::Marks,
        run: |s, _| {
            if let Some(row) = here(s) {
                mark::next_colour(s, &row.mark.uid);
                s.list_marks();
            }
            Effect::None
        },
    },
    Command {
        name: "marks-remove",
        keys: &["d", "delete"],
        group: Group::Mark,
        brief: ("删去标记", "Remove the mark"),
        about: (
            "删去这一条；U 撤销。",
            "Remove this mark; U takes that back.",
        ),
        when: When::Marks,
        run: |s, _| {
            if let Some(row) = here(s) {
                s.memory.marks.remove(&row.mark.uid);
                s.list_marks();
                let text = s
                    .settings
                    .lang
                    .say(("删去了，U 撤销", "Removed; U takes it back"))
                    .to_owned();
                s.memory.said = Some(text.clone());
                s.tell(text);
            }
            Effect::None
        },
    },
    Command {
        name: "marks-undo",
        keys: &["U"],
        group: Group::Mark,
        brief: ("撤销", "Undo"),
        about: ("撤销上一次的改动。", "Take the last change back."),
        when: When::Marks,
        run: |s, _| {
            mark::undo(s);
            s.list_marks();
            Effect::None
        },
    },
    Command {
        name: "marks-copy",
        keys: &["y", "Y"],
        group: Group::Mark,
        brief: ("摘录此条", "Copy this one"),
        about: (
            "带出处摘录这一条的文字。",
            "Copy the text of this mark with its source.",
        ),
        when: When::Marks,
        run: |s, _| copy(s),
    },
    Command {
        name: "marks-export",
        keys: &["g e"],
        group: Group::Mark,
        brief: ("导出摘录", "Export the notes"),
        about: (
            "把本文的高亮和批注写成 Markdown 文件。",
            "Write the highlights and notes of this article to a Markdown file.",
        ),
        when: When::Marks,
        run: |_, _| Effect::Export,
    },
    Command {
        name: "marks-close",
        keys: &["esc", "q", "ctrl-c"],
        group: Group::Mark,
        brief: ("关上标记一览", "Close the list"),
        about: ("回到正文。", "Return to the text."),
        when: When::Marks,
        run: |s, _| {
            s.mode = Mode::Read;
            Effect::None
        },
    },
];

fn step(s: &mut Session, by: isize) -> Effect {
    let panel = &mut s.memory.panel;
    panel.selected = panel
        .selected
        .saturating_add_signed(by)
        .min(panel.rows.len().saturating_sub(1));
    Effect::None
}

/// The chosen mark, where it is one of this article; says so where it is not.
fn here(s: &mut Session) -> Option<Listed> {
    let row = s.memory.panel.rows.get(s.memory.panel.selected)?.clone();
    if row.path.is_some() {
        s.say((
            "这一条在别的文章里：先按 Enter 到那里",
            "This mark is in another article: Enter goes there first",
        ));
        return None;
    }
    Some(row)
}

fn go(s: &mut Session) -> Effect {
    let Some(row) = s.memory.panel.rows.get(s.memory.panel.selected).cloned() else {
        return Effect::None;
    };
    if let Some(path) = row.path {
        return Effect::OpenMark {
            path,
            uid: row.mark.uid,
        };
    }
    to(s, &row.mark.uid);
    Effect::None
}

/// Goes to the mark of that name in the article, and shows its note.
pub fn to(s: &mut Session, uid: &str) {
    let Some(mark) = s.memory.marks.get(uid).cloned() else {
        return;
    };
    match mark.span {
        Some(span) => {
            s.mode = Mode::Read;
            s.jump(
                span.start,
                Span {
                    start: span.start,
                    end: span.start,
                },
            );
            let typed = mark.typed().replace('\n', " ");
            if !typed.is_empty() {
                s.tell(typed);
            }
        }
        None => s.say((
            "原文已不在，只留下摘录和批注",
            "The text is gone; only the quotation and the note are left",
        )),
    }
}

fn copy(s: &mut Session) -> Effect {
    let Some(row) = s.memory.panel.rows.get(s.memory.panel.selected).cloned() else {
        return Effect::None;
    };
    let line = row.mark.anchor.exact.replace('\n', " ");
    let n = line.chars().count();
    let text = match row.path {
        None => quote::cite(s.memory.citation(), &s.article, &line, &row.mark.cited),
        Some(_) => format!("“{line}”（《{}》，{}）", row.title, row.mark.cited),
    };
    let what = s.settings.lang.say_owned(
        format!("{} {n} 字，带出处", row.mark.cited),
        format!("{} {n} characters, with its source", row.mark.cited),
    );
    Effect::Copy { text, what }
}

/// Lists the marks that hold what was typed.
pub fn filter(s: &mut Session, typed: &str) {
    typed.clone_into(&mut s.memory.panel.filter);
    s.memory.panel.selected = 0;
    s.list_marks();
}

/// The note that an editor was given has come back.
pub fn edited(s: &mut Session, typed: &str) -> Effect {
    if matches!(s.mode, Mode::Note(_)) {
        return mark::accept_note(s, typed);
    }
    prompt::typed(s, typed);
    Effect::None
}
