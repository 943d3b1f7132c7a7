//! Marks on the text: bookmarks by letter, highlights in four colours, notes
//! with tags; and taking the last one back.
//!
//! A new mark covers the selection, else the highlight or note at the place, else the
//! sentence there.

use super::entry::{Command, READING, When, asking, command};
use crate::session::anchor::Anchor;
use crate::session::marks::{COLOURS, Change, Mark, MarkKind};
use crate::session::memory::Noting;
use crate::session::selection::{Grain, unit};
use crate::session::{Effect, Mode, Purpose, Session, quote, tags};
use crate::source::sanitize::is_hostile;
use crate::text::{Say, Span};

/// Characters of a mark's text in a message.
const MAX_SAID_CHARS: usize = 8;

/// The names of the colours of highlights.
pub(crate) const COLOUR_NAMES: [Say; COLOURS as usize] = [
    ("黄", "yellow"),
    ("绿", "green"),
    ("蓝", "blue"),
    ("红", "red"),
];

pub(crate) const COMMANDS: &[&[Command]] = &[
    &READING.section([command("bookmark", "m letter", set_bookmark)
        .zh("记下位置：m 加字母记下位置；大写字母在所有文章里通用。")
        .en("Set a bookmark: m and a letter mark the place; a capital counts in all articles.")]),
    &When::On(&[Mode::Read, Mode::Shelf]).section([asking(
        "go-to-bookmark",
        "' letter",
        go_to_bookmark,
    )
    .zh("回到书签：' 加字母回到用 m 记下的位置；大写字母可到别的文章，也可从书架打开。")
    .en(
        "Go to a bookmark: ' and a letter go to the place that m marked; a capital, \
                 also in another article, and from the shelf.",
    )]),
    &READING.section([
        command("highlight", "x", highlight)
            .zh(
                "高亮、换色、去掉：高亮选取的文字或所在的句子；再按换四种颜色中的下一种，\
                 最后去掉。",
            )
            .en(
                "Highlight, recolour: Highlight the selection, or the sentence at the place; \
                 again: the next of four colours, then none.",
            ),
        asking("note", "a", note)
            .zh(
                "批注：给选取的文字、所在的高亮或句子写批注；任何位置的 #提法 都是标签，\
                 批注按原样保存；Ctrl-e 用 $EDITOR 写。",
            )
            .en(
                "Write a note: Write a note on the selection, or the highlight or sentence at \
                 the place; #term anywhere in it is a tag; Ctrl-e opens $EDITOR.",
            ),
    ]),
    &When::Note.section([asking("note-in-editor", "ctrl-e", edit_note)
        .zh("用编辑器写：用 $VISUAL 或 $EDITOR 写这条批注，可以有好几行。")
        .en("In the editor: Write this note in $VISUAL or $EDITOR; it may have several lines.")]),
    &READING.section([
        asking("undo", "U", undo_last)
            .zh("撤销：撤销上一次的书签、高亮、批注或换编码；可连按。")
            .en(
                "Undo: Take back the last bookmark, highlight, note or change of encoding; press \
                 again for the one before.",
            ),
        asking("export", "g e", export)
            .zh("导出标注：把本文的书签、高亮和批注并入它的 Markdown 文件，在设置 notes 的目录里；你在文件里写的、改的都留着。")
            .en(
                "Export the notes: Merge the bookmarks, highlights and notes of this article into \
                 its Markdown file in the directory of the setting notes; what you wrote or \
                 changed there stays.",
            ),
    ]),
];

fn edit_note(s: &mut Session, _: Option<usize>) -> Effect {
    let typed = s.pages.typed_for(Purpose::Note);
    typed.map_or(Effect::None, |typed| Effect::Edit(typed.to_owned()))
}

fn export(s: &mut Session, _: Option<usize>) -> Effect {
    if !s.memory.marks.all.is_empty() {
        return Effect::Export;
    }
    s.say(("本文还没有标注", "No marks in this article yet"));
    Effect::None
}

/// Returns whether no mark can be made here, and says why.
fn is_refused(s: &mut Session) -> bool {
    let raw = s.article.is_raw();
    if raw {
        s.say((
            "原文件里不做标注；gr 回到正文",
            "No marks in the raw source; gr returns to the text",
        ));
    }
    raw || s.article.document().text().is_empty()
}

/// Reports the change of a mark; the shell adds that it is saved once it is.
pub(crate) fn done(s: &mut Session, said: Say) {
    done_owned(s, said.0.to_owned(), said.1.to_owned());
}

/// Reports the change of something that is kept, with values in the message.
pub(crate) fn done_owned(s: &mut Session, zh: String, en: String) {
    let text = s.settings.lang.say_owned(zh, en);
    s.memory.said = Some(text.clone());
    s.tell(text);
}

/// Makes a new mark on a span.
fn new_mark(s: &mut Session, kind: MarkKind, span: Span) -> Mark {
    let (document, outline) = (s.article.document(), &s.article.outline);
    Mark {
        kind,
        anchor: Anchor::of(document.text(), span),
        span: Some(span),
        note: String::new(),
        tags: Vec::new(),
        cited: quote::cited(document, outline, span),
        under: quote::under(document, outline, span),
        made: s.memory.now,
        changed: s.memory.now,
        uid: s.memory.marks.name(),
    }
}

/// Stores a mark as it is now; one without colour, note and tags goes.
fn put(s: &mut Session, mark: Mark) {
    if mark.kind == MarkKind::Annotation && mark.note.is_empty() && mark.tags.is_empty() {
        s.memory.marks.remove(&mark.uid);
    } else {
        s.memory.marks.put(mark);
    }
}

/// Returns the sentence at the place.
fn sentence(s: &Session) -> Span {
    let (document, outline) = (s.article.document(), &s.article.outline);
    unit(document, outline, s.reading.focus, Grain::Sentence)
}

/// Returns the mark on the selection, or at the place where nothing is selected.
fn mark_here(s: &Session) -> Option<&Mark> {
    match s.selected() {
        Some(span) => s.memory.marks.on(span),
        None => s.memory.marks.at(s.reading.focus),
    }
}

/// Returns the letter that ended the keys; asks for one where it is not a letter.
fn letter(s: &mut Session, asks: Say) -> Option<char> {
    let letter = s.pending.letter.filter(char::is_ascii_alphabetic);
    if letter.is_none() {
        s.say(asks);
    }
    letter
}

fn set_bookmark(s: &mut Session, _: Option<usize>) {
    let Some(letter) = letter(s, ("按 m 再按一个字母", "Press m and a letter")) else {
        return;
    };
    if is_refused(s) {
        return;
    }
    let span = sentence(s);
    let mut mark = new_mark(s, MarkKind::Bookmark(letter), span);
    if let Some(old) = s.memory.marks.bookmark(letter) {
        mark.uid.clone_from(&old.uid);
        mark.made = old.made;
    }
    s.memory.marks.put(mark);
    s.memory.selection = None;
    done_owned(
        s,
        format!("书签 {letter}：按 '{letter} 回到这里"),
        format!("Bookmark {letter}: '{letter} comes back here"),
    );
}

fn go_to_bookmark(s: &mut Session, _: Option<usize>) -> Effect {
    let Some(letter) = letter(s, ("按 ' 再按一个字母", "Press ' and a letter")) else {
        return Effect::None;
    };
    if s.pages.mode() == Mode::Shelf {
        if letter.is_ascii_uppercase() {
            return Effect::Bookmark(letter);
        }
        s.say((
            "从书架只能到大写字母的书签",
            "From the shelf only bookmarks of capitals are gone to",
        ));
        return Effect::None;
    }
    let Some(mark) = s.memory.marks.bookmark(letter) else {
        if letter.is_ascii_uppercase() {
            return Effect::Bookmark(letter);
        }
        s.say_owned(
            format!("没有书签 {letter}；m{letter} 记下一个"),
            format!("No bookmark {letter}; m{letter} sets it"),
        );
        return Effect::None;
    };
    if let Some(span) = mark.span {
        s.jump(span.start, Span::at(span.start));
    } else {
        let text: String = mark.anchor.exact.chars().take(12).collect();
        let zh = format!("书签 {letter} 处的文字已不在：{text}");
        let en = format!("The text of bookmark {letter} is gone: {text}");
        s.warn(s.settings.lang.say_owned(zh, en));
    }
    Effect::None
}

fn highlight(s: &mut Session, _: Option<usize>) {
    if is_refused(s) {
        return;
    }
    let old = mark_here(s).cloned();
    let span = s.selected().or(old.as_ref().and_then(|m| m.span));
    let span = span.unwrap_or_else(|| sentence(s));
    s.memory.selection = None;
    if span.is_empty() {
        return;
    }
    // a selection may end just before the place: the next `x` is to find its mark again
    if !span.contains(s.reading.focus) {
        s.reading.focus = span.start;
    }
    let mark = match old {
        None => new_mark(s, MarkKind::Highlight(0), span),
        Some(mut old) => {
            let colour = match old.kind {
                MarkKind::Highlight(colour) => colour + 1,
                _ => 0,
            };
            let is_colour = colour < COLOURS;
            old.kind = if is_colour {
                MarkKind::Highlight(colour)
            } else {
                MarkKind::Annotation
            };
            old.changed = s.memory.now;
            old
        }
    };
    recolour(s, mark);
}

/// Stores a mark with another colour, and says which.
fn recolour(s: &mut Session, mark: Mark) {
    let name = colour_name(&mark);
    let bare = mark.note.is_empty() && mark.tags.is_empty();
    put(s, mark);
    match name {
        Some((zh, en)) => done_owned(s, format!("高亮：{zh}"), format!("Highlight: {en}")),
        None if bare => done(s, ("去掉高亮", "Highlight taken away")),
        None => done(
            s,
            ("去掉高亮，批注留着", "Highlight taken away, the note stays"),
        ),
    }
}

/// Gives a mark the next of the colours; a bookmark has none.
pub(crate) fn next_colour(s: &mut Session, uid: &str) {
    let Some(mut mark) = s.memory.marks.get(uid).cloned() else {
        return;
    };
    let colour = match mark.kind {
        MarkKind::Bookmark(_) => return,
        MarkKind::Highlight(colour) => (colour + 1) % COLOURS,
        MarkKind::Annotation => 0,
    };
    (mark.kind, mark.changed) = (MarkKind::Highlight(colour), s.memory.now);
    recolour(s, mark);
}

fn note(s: &mut Session, _: Option<usize>) -> Effect {
    if is_refused(s) {
        return Effect::None;
    }
    let (uid, span) = match mark_here(s) {
        Some(mark) => (Some(mark.uid.clone()), mark.span.unwrap_or_default()),
        None => (None, s.selected().unwrap_or_else(|| sentence(s))),
    };
    if uid.is_none() && span.is_empty() {
        return Effect::None;
    }
    begin_note(s, uid, span)
}

/// Begins to type the note of a mark, or on a span, where one was left unfinished: that one. A
/// note that is no single line goes to the editor.
pub(crate) fn begin_note(s: &mut Session, uid: Option<String>, span: Span) -> Effect {
    let document = s.article.shared();
    let marks = &mut s.memory.marks;
    let draft = marks.name_draft(uid.as_deref(), span, document.text());
    let unfinished = marks.draft(&draft).map(|draft| draft.text.clone());
    let goes_on = unfinished.is_some();
    let noting = Noting { uid, span, draft };
    let noted = || noted_mark(s, &noting).map(Mark::typed);
    let typed = unfinished.or_else(noted).unwrap_or_default();
    s.memory.selection = None;
    if s.pages.mode() == Mode::Read {
        s.reading.landed = Some(noting.span);
    }
    s.memory.noting = Some(noting);
    s.pages.ask(Purpose::Note, &typed);
    if goes_on {
        s.say(("接着没写完的", "Going on with the draft"));
    }
    if typed.contains(['\n', '\t']) {
        return Effect::Edit(typed);
    }
    Effect::None
}

/// Returns the mark that has the note, if there is one yet.
fn noted_mark<'a>(s: &'a Session, noting: &Noting) -> Option<&'a Mark> {
    s.memory.marks.get(noting.uid.as_deref()?)
}

/// Takes the note that was typed, here or in the editor. An empty one takes the
/// old note away.
pub(crate) fn accept_note(s: &mut Session, typed: &str) {
    let Some(noting) = leave_note(s) else { return };
    take_note(s, &noting, typed);
    // only once the note itself is handed over
    s.memory.marks.drop_draft(&noting.draft);
}

/// Stores the note that was typed.
fn take_note(s: &mut Session, noting: &Noting, typed: &str) {
    let visible = |c: &char| matches!(c, '\n' | '\t') || !is_hostile(*c);
    let typed: String = typed.chars().filter(visible).collect();
    // the reader's own words, as they are: only what is blank altogether is no note
    let note = Some(typed).filter(|typed| !typed.trim().is_empty());
    let note = note.unwrap_or_default();
    let tags = tags::of(&note);
    let (zh, en) = match (note.is_empty(), tags.is_empty()) {
        (true, _) => ("批注已空".to_owned(), "The note is empty".to_owned()),
        (false, true) => ("批注".to_owned(), "Note".to_owned()),
        (false, false) => (
            format!("批注，标签 {}", tags.join("、")),
            format!("Note, tagged {}", tags.join(", ")),
        ),
    };
    let same = |old: &Mark| old.note == note && old.tags == tags;
    let old = noted_mark(s, noting).cloned();
    let mark = match old {
        Some(old) if !same(&old) => old,
        None if !note.is_empty() => new_mark(s, MarkKind::Annotation, noting.span),
        _ => return s.say(("没有改动", "Nothing changed")),
    };
    let changed = s.memory.now;
    put(
        s,
        Mark {
            note,
            tags,
            changed,
            ..mark
        },
    );
    s.list_marks();
    done_owned(s, zh, en);
}

/// Leaves the note as it was.
pub(crate) fn cancel_note(s: &mut Session) {
    if let Some(noting) = leave_note(s) {
        s.memory.marks.drop_draft(&noting.draft);
    }
}

/// Leaves the note as it was, and what was written of it as a draft.
pub(crate) fn leave_draft(s: &mut Session, text: &str) {
    s.keep_draft(text.to_owned());
    leave_note(s);
}

/// Ends the typing of a note, back to where it began; returns its mark and span.
fn leave_note(s: &mut Session) -> Option<Noting> {
    s.pages.end_line();
    s.memory.noting.take()
}

/// Takes back the last change: that of a mark, else that of the encoding, which forgot the
/// changes of marks before it.
fn undo_last(s: &mut Session, _: Option<usize>) -> Effect {
    if !s.memory.marks.can_undo()
        && let Some(encoding) = s.memory.encodings.pop()
    {
        return Effect::ReadAs(encoding);
    }
    undo(s, None);
    Effect::None
}

/// Takes back the last change of a mark, and says which it was.
pub(crate) fn undo(s: &mut Session, _: Option<usize>) {
    let Some(change) = s.memory.marks.undo() else {
        return s.say(("没有可撤销的", "Nothing to undo"));
    };
    let span = change.before.as_ref().and_then(|m| m.span);
    if let Some(span) = span.filter(|_| s.pages.is_reading()) {
        s.reading.landed = Some(span);
    }
    let (zh, en) = taken_back(&change);
    let mark = change.before.as_ref().or(change.after.as_ref());
    let text = mark.map_or("", |mark| mark.anchor.exact.trim_start());
    let begins: String = text.chars().take(MAX_SAID_CHARS).collect();
    let dots = if begins.len() < text.len() { "…" } else { "" };
    done_owned(
        s,
        format!("已撤销：{zh}：{begins}{dots}"),
        format!("Undone: {en}: {begins}{dots}"),
    );
}

/// Says what undoing a change did.
fn taken_back(change: &Change) -> (String, String) {
    let (before, after) = match (&change.before, &change.after) {
        (Some(before), Some(after)) => (before, after),
        (None, Some(after)) => {
            let (zh, en) = name(after);
            return (format!("{zh}已删除"), format!("{en} is gone"));
        }
        (Some(before), None) => {
            let (zh, en) = name(before);
            return (format!("{zh}已复原"), format!("{en} is back"));
        }
        (None, None) => return Default::default(),
    };
    if before.note != after.note || before.tags != after.tags {
        let (zh, en) = match (before.note.is_empty(), after.note.is_empty()) {
            (true, _) => ("批注已删除", "the note is gone"),
            (_, true) => ("批注已复原", "the note is back"),
            _ => ("批注已改回", "the note is as before"),
        };
        return (zh.to_owned(), en.to_owned());
    }
    match before.kind {
        MarkKind::Bookmark(c) => (
            format!("书签 {c} 已回到原处"),
            format!("bookmark {c} is where it was"),
        ),
        MarkKind::Highlight(_) => {
            let (zh, en) = colour_name(before).unwrap_or_default();
            (
                format!("高亮已改回{zh}"),
                format!("the highlight is {en} again"),
            )
        }
        MarkKind::Annotation => (
            "高亮已删除，批注留着".to_owned(),
            "the highlight is gone, the note stays".to_owned(),
        ),
    }
}

/// Returns the name of a mark: a bookmark has its letter, a highlight its colour.
fn name(mark: &Mark) -> (String, String) {
    let (zh, en) = match mark.kind {
        MarkKind::Bookmark(c) => return (format!("书签 {c} "), format!("bookmark {c}")),
        MarkKind::Highlight(_) if mark.note.is_empty() => {
            let (zh, en) = colour_name(mark).unwrap_or_default();
            return (format!("高亮（{zh}）"), format!("the highlight ({en})"));
        }
        MarkKind::Highlight(_) => ("高亮和批注", "the highlight with its note"),
        MarkKind::Annotation => ("批注", "the note"),
    };
    (zh.to_owned(), en.to_owned())
}

/// Returns the name of a highlight's colour.
fn colour_name(mark: &Mark) -> Option<Say> {
    match mark.kind {
        MarkKind::Highlight(colour) => COLOUR_NAMES.get(usize::from(colour)).copied(),
        _ => None,
    }
}
