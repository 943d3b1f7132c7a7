//! Marks on the text: bookmarks by letter, highlights in four colours, notes
//! with tags; and taking the last one back.
//!
//! What they stand on is the selection, else the highlight or note at the place,
//! else the sentence there.

use super::table::{Command, Group, When};
use crate::session::anchor::Anchor;
use crate::session::marks::{COLOURS, Kind, Mark, note_and_tags};
use crate::session::memory::Noting;
use crate::session::prompt::Prompt;
use crate::session::selection::{Grain, unit};
use crate::session::{Effect, Mode, Session, quote};
use crate::text::{Lang, Say, Span};

/// The names of the colours of highlights.
pub const NAMES: [Say; COLOURS as usize] = [
    ("黄", "yellow"),
    ("绿", "green"),
    ("蓝", "blue"),
    ("红", "red"),
];

/// The commands of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "bookmark",
        keys: &["m letter"],
        group: Group::Mark,
        brief: ("记下位置", "Set a bookmark"),
        about: (
            "m 加字母记下位置；大写字母在所有文章里通用。",
            "m and a letter mark the place; a capital counts in all articles.",
        ),
        when: When::Reading,
        run: |s, _| set_bookmark(s),
    },
    Command {
        name: "go-to-bookmark",
        keys: &["' letter"],
        group: Group::Mark,
        brief: ("回到记号", "Go to a bookmark"),
        about: (
            "' 加字母回到用 m 记下的位置；大写字母可到别的文章。",
            "' and a letter go to the place that m marked; a capital, also in another article.",
        ),
        when: When::Reading,
        run: |s, _| go_to_bookmark(s),
    },
    Command {
        name: "highlight",
        keys: &["x"],
        group: Group::Mark,
        brief: ("高亮、换色、去掉", "Highlight, recolour"),
        about: (
            "高亮选取的文字或所在的句子；再按换四种颜色中的下一种，最后去掉。",
            "Highlight the selection, or the sentence at the place; again: the next of four colours, then none.",
        ),
        when: When::Reading,
        run: |s, _| highlight(s),
    },
    Command {
        name: "note",
        keys: &["a"],
        group: Group::Mark,
        brief: ("批注", "Write a note"),
        about: (
            "给选取的文字、所在的高亮或句子写批注；#提法 这样的词是标签；Ctrl-e 用 $EDITOR 写。",
            "Write a note on the selection, or the highlight or sentence at the place; words like #term are tags; Ctrl-e opens $EDITOR.",
        ),
        when: When::Reading,
        run: |s, _| note(s),
    },
    Command {
        name: "note-in-editor",
        keys: &["ctrl-e"],
        group: Group::Mark,
        brief: ("用编辑器写", "In the editor"),
        about: (
            "用 $VISUAL 或 $EDITOR 写这条批注，可以有好几行。",
            "Write this note in $VISUAL or $EDITOR; it may have several lines.",
        ),
        when: When::Note,
        run: |s, _| match &s.mode {
            Mode::Note(prompt) => Effect::Edit(prompt.text.clone()),
            _ => Effect::None,
        },
    },
    Command {
        name: "undo",
        keys: &["U"],
        group: Group::Mark,
        brief: ("撤销标记", "Undo a mark"),
        about: (
            "撤销上一次的记号、高亮或批注；可连按。",
            "Take back the last bookmark, highlight or note; press again for the one before.",
        ),
        when: When::Reading,
        run: |s, _| undo(s),
    },
    Command {
        name: "export",
        keys: &["g e"],
        group: Group::Mark,
        brief: ("导出摘录", "Export the notes"),
        about: (
            "把本文的高亮和批注写成 Markdown 文件，写到设置 notes 的目录里。",
            "Write the highlights and notes of this article to a Markdown file, in the directory of the setting notes.",
        ),
        when: When::Reading,
        run: |s, _| {
            if s.memory.marks.painted().next().is_some()
                || s.memory.marks.all.iter().any(Mark::is_orphan)
            {
                return Effect::Export;
            }
            s.say((
                "本文还没有高亮和批注",
                "No highlights or notes in this article yet",
            ));
            Effect::None
        },
    },
];

/// Whether marks can be made here; says why not.
fn refused(s: &mut Session) -> bool {
    let raw = s.article.is_raw();
    if raw {
        s.say((
            "原文件里不做标记；gr 回到正文",
            "No marks in the raw source; gr returns to the text",
        ));
    }
    raw || s.article.document().text().is_empty()
}

/// Says what was done to a mark; the shell adds that it is kept once it is.
fn done(s: &mut Session, text: String) -> Effect {
    s.memory.said = Some(text.clone());
    s.tell(text);
    Effect::None
}

/// A new mark on a span.
fn make(s: &mut Session, kind: Kind, span: Span) -> Mark {
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

fn letter(s: &mut Session, asks: Say) -> Option<char> {
    let letter = s.pending.letter.filter(char::is_ascii_alphabetic);
    if letter.is_none() {
        s.say(asks);
    }
    letter
}

fn set_bookmark(s: &mut Session) -> Effect {
    let Some(letter) = letter(s, ("按 m 再按一个字母", "Press m and a letter")) else {
        return Effect::None;
    };
    if refused(s) {
        return Effect::None;
    }
    let (document, outline, focus) = (s.article.document(), &s.article.outline, s.reading.focus);
    let sentence = unit(document, outline, focus, Grain::Sentence);
    let span = Span {
        start: focus,
        end: sentence.end.max(focus),
    };
    let span = if span.is_empty() { sentence } else { span };
    let mut mark = make(s, Kind::Bookmark(letter), span);
    if let Some(old) = s.memory.marks.bookmark(letter) {
        mark.uid.clone_from(&old.uid);
        mark.made = old.made;
    }
    s.memory.marks.put(mark);
    s.memory.selection = None;
    let text = s.settings.lang.say_owned(
        format!("记号 {letter}：按 '{letter} 回到这里"),
        format!("Bookmark {letter}: '{letter} comes back here"),
    );
    done(s, text)
}

fn go_to_bookmark(s: &mut Session) -> Effect {
    let Some(letter) = letter(s, ("按 ' 再按一个字母", "Press ' and a letter")) else {
        return Effect::None;
    };
    let found = s
        .memory
        .marks
        .bookmark(letter)
        .map(|m| (m.span, m.anchor.exact.chars().take(12).collect::<String>()));
    match found {
        Some((Some(span), _)) => s.jump(
            span.start,
            Span {
                start: span.start,
                end: span.start,
            },
        ),
        Some((None, text)) => {
            let text = s.settings.lang.say_owned(
                format!("记号 {letter} 处的文字已不在：{text}"),
                format!("The text of bookmark {letter} is gone: {text}"),
            );
            s.warn(text);
        }
        None if letter.is_ascii_uppercase() => return Effect::Bookmark(letter),
        None => {
            let text = s.settings.lang.say_owned(
                format!("没有记号 {letter}；m{letter} 记下一个"),
                format!("No bookmark {letter}; m{letter} sets it"),
            );
            s.tell(text);
        }
    }
    Effect::None
}

fn highlight(s: &mut Session) -> Effect {
    if refused(s) {
        return Effect::None;
    }
    let selected = s.selected();
    let old = match selected {
        Some(span) => s.memory.marks.on(span),
        None => s.memory.marks.at(s.reading.focus),
    };
    let old = old.cloned();
    let span = selected.or(old.as_ref().and_then(|m| m.span));
    let span = span.unwrap_or_else(|| {
        unit(
            s.article.document(),
            &s.article.outline,
            s.reading.focus,
            Grain::Sentence,
        )
    });
    s.memory.selection = None;
    if span.is_empty() {
        return Effect::None;
    }
    s.reading.focus = span.start;
    let next = |mark: &Mark| match mark.kind {
        Kind::Highlight(colour) if colour + 1 < COLOURS => Kind::Highlight(colour + 1),
        Kind::Highlight(_) => Kind::Annotation,
        _ => Kind::Highlight(0),
    };
    let mark = match old {
        None => make(s, Kind::Highlight(0), span),
        Some(old) => Mark {
            kind: next(&old),
            changed: s.memory.now,
            ..old
        },
    };
    recolour(s, mark)
}

/// Puts a mark in with another colour; one without colour and note goes.
fn recolour(s: &mut Session, mark: Mark) -> Effect {
    let lang = s.settings.lang;
    let text = match mark.kind {
        Kind::Highlight(colour) => {
            let name = NAMES.get(usize::from(colour)).map_or("", |n| lang.say(*n));
            lang.say_owned(format!("高亮：{name}"), format!("Highlight: {name}"))
        }
        _ if mark.note.is_empty() && mark.tags.is_empty() => {
            lang.say(("去掉高亮", "Highlight taken away")).to_owned()
        }
        _ => lang
            .say(("去掉高亮，批注留着", "Highlight taken away, the note stays"))
            .to_owned(),
    };
    if mark.kind == Kind::Annotation && mark.note.is_empty() && mark.tags.is_empty() {
        s.memory.marks.remove(&mark.uid);
    } else {
        s.memory.marks.put(mark);
    }
    done(s, text)
}

/// The next colour for the mark of that name, as `x` gives it.
pub fn next_colour(s: &mut Session, uid: &str) -> Effect {
    let Some(mark) = s.memory.marks.get(uid).cloned() else {
        return Effect::None;
    };
    let kind = match mark.kind {
        Kind::Bookmark(_) => return Effect::None,
        Kind::Highlight(colour) => Kind::Highlight((colour + 1) % COLOURS),
        Kind::Annotation => Kind::Highlight(0),
    };
    recolour(
        s,
        Mark {
            kind,
            changed: s.memory.now,
            ..mark
        },
    )
}

fn note(s: &mut Session) -> Effect {
    if refused(s) {
        return Effect::None;
    }
    let old = match s.selected() {
        Some(span) => s.memory.marks.on(span),
        None => s.memory.marks.at(s.reading.focus),
    };
    let noting = if let Some(mark) = old {
        Noting {
            uid: Some(mark.uid.clone()),
            span: mark.span.unwrap_or_default(),
            from_panel: false,
        }
    } else {
        let sentence = || {
            unit(
                s.article.document(),
                &s.article.outline,
                s.reading.focus,
                Grain::Sentence,
            )
        };
        Noting {
            uid: None,
            span: s.selected().unwrap_or_else(sentence),
            from_panel: false,
        }
    };
    if noting.uid.is_none() && noting.span.is_empty() {
        return Effect::None;
    }
    begin_note(s, noting)
}

/// Begins to type a note; one of several lines goes to the editor.
pub fn begin_note(s: &mut Session, noting: Noting) -> Effect {
    let typed = noting
        .uid
        .as_deref()
        .and_then(|uid| s.memory.marks.get(uid))
        .map(Mark::typed)
        .unwrap_or_default();
    s.memory.selection = None;
    if !noting.from_panel {
        s.reading.landed = Some(noting.span);
    }
    s.memory.noting = Some(noting);
    let several = typed.contains('\n');
    s.mode = Mode::Note(Prompt::with(&typed));
    if several {
        Effect::Edit(typed)
    } else {
        Effect::None
    }
}

/// Takes the note that was typed, here or in the editor. An empty one takes the
/// old note away.
pub fn accept_note(s: &mut Session, typed: &str) -> Effect {
    let Some(noting) = s.memory.noting.take() else {
        return cancel_note(s);
    };
    s.mode = if noting.from_panel {
        Mode::Marks
    } else {
        Mode::Read
    };
    let clean: String = typed
        .chars()
        .map(|c| if c == '\t' { ' ' } else { c })
        .filter(|c| *c == '\n' || !crate::source::sanitize::is_hostile(*c))
        .collect();
    let (note, tags) = note_and_tags(&clean);
    let old = noting
        .uid
        .as_deref()
        .and_then(|uid| s.memory.marks.get(uid))
        .cloned();
    let lang = s.settings.lang;
    let empty = note.is_empty() && tags.is_empty();
    let text = match (empty, tags.is_empty()) {
        (true, _) => lang.say(("批注已空", "The note is empty")).to_owned(),
        (_, true) => lang.say(("批注", "Note")).to_owned(),
        (_, false) => lang.say_owned(
            format!("批注，标签 {}", tags.join("、")),
            format!("Note, tags {}", tags.join(", ")),
        ),
    };
    let mark = match old {
        None if empty => return cancelled(s),
        None => Mark {
            note,
            tags,
            ..make(s, Kind::Annotation, noting.span)
        },
        Some(old) if old.note == note && old.tags == tags => return cancelled(s),
        Some(old) => Mark {
            note,
            tags,
            changed: s.memory.now,
            ..old
        },
    };
    if empty && mark.kind == Kind::Annotation {
        s.memory.marks.remove(&mark.uid);
    } else {
        s.memory.marks.put(mark);
    }
    if noting.from_panel {
        s.list_marks();
    }
    done(s, text)
}

fn cancelled(s: &mut Session) -> Effect {
    s.say(("没有改动", "Nothing changed"));
    Effect::None
}

/// Leaves the note as it was.
pub fn cancel_note(s: &mut Session) -> Effect {
    let from_panel = s.memory.noting.take().is_some_and(|n| n.from_panel);
    s.mode = if from_panel { Mode::Marks } else { Mode::Read };
    Effect::None
}

/// Takes the last change of a mark back.
pub fn undo(s: &mut Session) -> Effect {
    let Some(mark) = s.memory.marks.undo() else {
        s.say(("没有可撤销的标记", "No mark to take back"));
        return Effect::None;
    };
    if let Some(span) = mark
        .as_ref()
        .and_then(|m| m.span)
        .filter(|_| s.mode == Mode::Read)
    {
        s.reading.landed = Some(span);
    }
    let what = match (mark.map(|m| m.kind), s.settings.lang) {
        (None, Lang::Zh) => "撤销：标记去掉了".to_owned(),
        (None, Lang::En) => "Undone: the mark is gone".to_owned(),
        (Some(Kind::Bookmark(c)), Lang::Zh) => format!("撤销：记号 {c} 复原"),
        (Some(Kind::Bookmark(c)), Lang::En) => format!("Undone: bookmark {c} is back"),
        (Some(_), Lang::Zh) => "撤销：标记复原".to_owned(),
        (Some(_), Lang::En) => "Undone: the mark is as before".to_owned(),
    };
    done(s, what)
}
