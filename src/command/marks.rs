//! The list of marks and notes: of this article or of all, filtered by tag, text
//! and date; from it to the text.

use super::entry::{Command, READING, When, asking, command};
use super::mark;
use crate::session::memory::ListedMark;
use crate::session::{Effect, List, Mode, Session, quote};
use crate::text::Span;
use crate::text::lang::counted;

pub(crate) const COMMANDS: &[&[Command]] = &[
    &READING.section([command("marks", "g m", show)
        .zh(
            "标注一览：列出本文的书签、高亮和批注；Tab 换到所有文章，/ 按文字、#标签、\
                 >日期 筛选。",
        )
        .en(
            "Marks and notes: List bookmarks, highlights and notes of this article; Tab: \
                 of all; / filters by text, #tag and >date.",
        )]),
    &When::On(&[Mode::Marks]).section([
        asking("marks-go", "enter, l, right", go)
            .zh("到此处：跳到这条标注，在别的文章里就打开那篇。")
            .en("Go there: Go to this mark, opening its article where it is another."),
        asking("marks-everywhere", "tab", everywhere)
            .zh("本文或全部：在本文的标注和所有文章的标注之间换。")
            .en("Here or everywhere: Change between the marks of this article and of all."),
        asking("marks-note", "a", note)
            .zh("改批注：改这一条的批注和标签。")
            .en("Change the note: Change the note and the tags of this mark."),
        command("marks-colour", "x", next_colour)
            .zh("换颜色：给这一条换下一种颜色。")
            .en("Next colour: Give this mark the next colour."),
        command("marks-remove", "d, delete", remove)
            .zh("删去标注：删去这一条；U 撤销。")
            .en("Remove the mark: Remove this mark; U takes that back."),
        command("marks-undo", "U", undo)
            .zh("撤销：撤销上一次的改动。")
            .en("Undo: Take the last change back."),
        asking("marks-copy", "y, Y", copy)
            .zh("复制此条：带出处复制这一条的文字。")
            .en("Copy this one: Copy the text of this mark with its source."),
        asking("marks-export", "g e", |_, _| Effect::Export)
            .zh("导出标注：把本文的标注并入它的 Markdown 文件。")
            .en("Export the notes: Merge the marks of this article into its Markdown file."),
    ]),
];

fn show(s: &mut Session, _: Option<usize>) {
    s.memory.panel.list = List::default();
    s.memory.panel.everywhere = false;
    s.list_marks();
    let (panel, focus) = (&mut s.memory.panel, s.reading.focus);
    let is_after = |row: &ListedMark| row.mark.span.is_some_and(|span| span.end > focus);
    panel.list.selected = panel.rows.iter().position(is_after).unwrap_or_default();
    s.memory.selection = None;
    s.pages.open(Mode::Marks);
}

fn everywhere(s: &mut Session, _: Option<usize>) -> Effect {
    s.memory.panel.everywhere ^= true;
    s.list_marks();
    if s.memory.panel.everywhere {
        return Effect::AllMarks;
    }
    Effect::None
}

fn note(s: &mut Session, _: Option<usize>) -> Effect {
    let Some(row) = chosen_here(s) else {
        return Effect::None;
    };
    let (uid, span) = (Some(row.mark.uid), row.mark.span.unwrap_or_default());
    mark::begin_note(s, uid, span)
}

fn next_colour(s: &mut Session, _: Option<usize>) {
    if let Some(row) = chosen_here(s) {
        mark::next_colour(s, &row.mark.uid);
        s.list_marks();
    }
}

fn remove(s: &mut Session, _: Option<usize>) {
    if let Some(row) = chosen_here(s) {
        s.memory.marks.remove(&row.mark.uid);
        s.list_marks();
        mark::done(s, ("删去了，U 撤销", "Removed; U takes it back"));
    }
}

fn undo(s: &mut Session, _: Option<usize>) {
    mark::undo(s, None);
    s.list_marks();
}

/// Returns the chosen mark.
fn chosen(s: &Session) -> Option<ListedMark> {
    s.memory.panel.rows.get(s.chosen(Mode::Marks)).cloned()
}

/// Returns the chosen mark, where it is one of this article; says so where it is not.
fn chosen_here(s: &mut Session) -> Option<ListedMark> {
    let row = chosen(s)?;
    if row.path.is_none() {
        return Some(row);
    }
    s.say((
        "这一条在别的文章里：先按 Enter 到那里",
        "This mark is in another article: Enter goes there first",
    ));
    None
}

fn go(s: &mut Session, _: Option<usize>) -> Effect {
    let Some(ListedMark { mark, path, .. }) = chosen(s) else {
        return Effect::None;
    };
    if let Some(path) = path {
        let uid = mark.uid;
        return Effect::OpenMark { path, uid };
    }
    to(s, &mark.uid);
    Effect::None
}

/// Goes to a mark of the article, and shows its note.
fn to(s: &mut Session, uid: &str) {
    s.pages.go(Mode::Read);
    if let Some(span) = s.tell_of_mark(uid) {
        s.jump(span.start, Span::at(span.start));
    }
}

fn copy(s: &mut Session, _: Option<usize>) -> Effect {
    let Some(row) = chosen(s) else {
        return Effect::None;
    };
    let (line, cited) = (row.mark.anchor.exact.replace('\n', " "), &row.mark.cited);
    let n = line.chars().count();
    let text = if let Some(path) = &row.path {
        let line = quote::nested(&line, s.memory.citation.inner);
        // the name of a file is no title
        let is_file = path.rsplit('/').next() == Some(&row.title);
        let marks = if is_file { ["", ""] } else { ["《", "》"] };
        format!("“{line}”（{}，{cited}）", marks.join(&row.title))
    } else {
        quote::cite(&s.memory.citation, &s.article, &line, cited)
    };
    let what = s.settings.lang.say_owned(
        format!("{cited} {n} 字，带出处"),
        format!("{cited} {}, with its source", counted(&n, "character")),
    );
    Effect::Copy { text, what }
}

/// Lists the marks that the filter lets through.
pub(crate) fn filter(s: &mut Session, _: &str) {
    s.memory.panel.list.selected = 0;
    s.list_marks();
}
