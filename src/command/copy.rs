//! Copying: the selection, or the sentence, point or paragraph at the place; as
//! it stands in the source, one line; or with its source, ready to be quoted.
//!
//! Which way a text takes to the clipboard is the shell's affair.

use super::table::{Command, Group, When};
use crate::session::selection::{self, Grain};
use crate::session::{Effect, Session, quote};
use crate::text::Span;

/// The commands of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "copy-sentence",
        keys: &["y s"],
        group: Group::Copy,
        brief: ("摘录句子", "Copy the sentence"),
        about: (
            "摘录所在的句子，一行，与原文一字不差。",
            "Copy the sentence at the place: one line, exactly as it stands.",
        ),
        when: When::Reading,
        run: |s, _| copy(s, Some(Grain::Sentence), false),
    },
    Command {
        name: "copy-point",
        keys: &["y i"],
        group: Group::Copy,
        brief: ("摘录要点", "Copy the point"),
        about: (
            "摘录所在的要点，从序号到它的末尾。",
            "Copy the point at the place, from its marker to its end.",
        ),
        when: When::Reading,
        run: |s, _| {
            if selection::point(s.article.document(), &s.article.outline, s.reading.focus).is_none()
            {
                s.say((
                    "这里不在要点里；yp 摘录整段",
                    "No point here; yp copies the paragraph",
                ));
                return Effect::None;
            }
            copy(s, Some(Grain::Point), false)
        },
    },
    Command {
        name: "copy-paragraph",
        keys: &["y p"],
        group: Group::Copy,
        brief: ("摘录段落", "Copy the paragraph"),
        about: ("摘录所在的段落。", "Copy the paragraph at the place."),
        when: When::Reading,
        run: |s, _| copy(s, Some(Grain::Paragraph), false),
    },
    Command {
        name: "copy",
        keys: &["y y"],
        group: Group::Copy,
        brief: ("摘录要点或段落", "Copy point or paragraph"),
        about: (
            "摘录所在的要点，不在要点里就摘录段落。",
            "Copy the innermost of point and paragraph.",
        ),
        when: When::Reading,
        run: |s, _| copy(s, None, false),
    },
    Command {
        name: "cite",
        keys: &["Y"],
        group: Group::Copy,
        brief: ("带出处摘录", "Copy with its source"),
        about: (
            "摘录选取的文字，没有选取就同 yy，加上引号和出处（标题、来源、日期、第几段第几点）。写法可在设置里改。",
            "Copy the selection, or what yy would, with its source: title, publisher, date, paragraph and point. The settings have its form.",
        ),
        when: When::Reading,
        run: |s, _| copy(s, None, true),
    },
    Command {
        name: "copy-selection",
        keys: &["y", "enter"],
        group: Group::Copy,
        brief: ("摘录选取的", "Copy the selection"),
        about: ("摘录选取的文字。", "Copy what is selected."),
        when: When::Select,
        run: |s, _| copy(s, None, false),
    },
];

/// What a copy takes: the selection, else the unit asked for, else the innermost
/// of point and paragraph.
fn target(s: &Session, grain: Option<Grain>) -> Span {
    let (document, outline, focus) = (s.article.document(), &s.article.outline, s.reading.focus);
    match (s.selected(), grain) {
        (Some(span), _) => span,
        (None, Some(grain)) => selection::unit(document, outline, focus, grain),
        // a heading is a point whose span is all that stands under it: of such the paragraph
        (None, None) => {
            let point = selection::point(document, outline, focus)
                .filter(|span| !document.slice(*span).contains('\n'));
            point.unwrap_or_else(|| selection::unit(document, outline, focus, Grain::Paragraph))
        }
    }
}

fn copy(s: &mut Session, grain: Option<Grain>, with_source: bool) -> Effect {
    let span = target(s, grain);
    let (document, outline) = (s.article.document(), &s.article.outline);
    let line = quote::line(document, span);
    if line.is_empty() {
        s.say(("这里没有文字", "There is no text here"));
        return Effect::None;
    }
    let place = quote::cited(document, outline, span);
    let n = line.chars().count();
    let begins: String = line.chars().take(8).collect();
    let (more, dots) = if n > 8 { ("等 ", "..") } else { (" ", "") };
    let text = if with_source {
        quote::cite(s.memory.citation(), &s.article, &line, &place)
    } else {
        line
    };
    let lang = s.settings.lang;
    let sourced = if with_source {
        lang.say(("，带出处", ", with its source"))
    } else {
        ""
    };
    let what = lang.say_owned(
        format!("{place}「{begins}」{more}{n} 字{sourced}"),
        format!("{place} \"{begins}{dots}\" {n} characters{sourced}"),
    );
    s.memory.selection = None;
    s.reading.landed = Some(span);
    Effect::Copy { text, what }
}
