//! Copying: the selection, or the sentence, point or paragraph at the place; as
//! it is in the source, one line; or with its source, ready to be quoted.
//!
//! `shell` gives the text to the clipboard.

use super::entry::{Command, READING, When, asking};
use super::select::without_folded;
use crate::session::selection::{self, Grain};
use crate::session::{Effect, Session, quote};
use crate::text::Span;
use crate::text::lang::counted;

pub(crate) const COMMANDS: &[&[Command]] = &[
    &READING.section([
        asking("copy-sentence", "y s", |s, _| {
            copy(s, Some(Grain::Sentence), false)
        })
        .zh("复制句子：复制所在的句子，一行，与原文一字不差。")
        .en(
            "Copy the sentence: Copy the sentence at the place: one line, exactly as it \
                 stands.",
        ),
        asking("copy-point", "y i", |s, _| copy_point(s, false))
            .zh("复制要点：复制所在的要点，从序号到它的末尾。")
            .en("Copy the point: Copy the point at the place, from its marker to its end."),
        asking("copy-paragraph", "y p", |s, _| {
            copy(s, Some(Grain::Paragraph), false)
        })
        .zh("复制段落：复制所在的段落。")
        .en("Copy the paragraph: Copy the paragraph at the place."),
        asking("copy", "y y", |s, _| copy(s, None, false))
            .zh("复制要点或段落：复制所在的要点，不在要点里就复制段落。")
            .en("Copy point or paragraph: Copy the innermost of point and paragraph."),
        asking("cite", "Y", |s, _| copy(s, None, true))
            .zh(
                "带出处复制：复制选取的文字，没有选取就同 yy，加上引号和出处（标题、来源、\
                 日期、第几段第几点）；接着按 s i p 改为句子、要点、段落。写法可在设置里改。",
            )
            .en(
                "Copy with its source: Copy the selection, or what yy would, with its source: \
                 title, publisher, date, paragraph and point; s, i or p after it takes the \
                 sentence, point or paragraph instead. The settings have its form.",
            ),
        asking("cite-sentence", "Y s", |s, _| {
            copy(s, Some(Grain::Sentence), true)
        })
        .zh("带出处复制句子：复制所在的句子，加上引号和出处。")
        .en("Sentence with source: Copy the sentence at the place with its source."),
        asking("cite-point", "Y i", |s, _| copy_point(s, true))
            .zh("带出处复制要点：复制所在的要点，加上引号和出处。")
            .en("Point with source: Copy the point at the place with its source."),
        asking("cite-paragraph", "Y p", |s, _| {
            copy(s, Some(Grain::Paragraph), true)
        })
        .zh("带出处复制段落：复制所在的段落，加上引号和出处。")
        .en("Paragraph with source: Copy the paragraph at the place with its source."),
    ]),
    &When::Select.section([
        asking("copy-selection", "y, enter", |s, _| copy(s, None, false))
            .zh("复制选取的：复制选取的文字。")
            .en("Copy the selection: Copy what is selected."),
    ]),
];

fn copy_point(s: &mut Session, with_source: bool) -> Effect {
    if selection::point(s.article.document(), &s.article.outline, s.reading.focus).is_some() {
        return copy(s, Some(Grain::Point), with_source);
    }
    s.say(if with_source {
        (
            "这里不在要点里；Yp 带出处复制整段",
            "No point here; Yp copies the paragraph with its source",
        )
    } else {
        (
            "这里不在要点里；yp 复制整段",
            "No point here; yp copies the paragraph",
        )
    });
    Effect::None
}

/// The span that a copy takes: the selection, else the unit asked for, else the innermost
/// of point and paragraph.
fn target(s: &Session, grain: Option<Grain>) -> Span {
    let (document, outline, focus) = (s.article.document(), &s.article.outline, s.reading.focus);
    let unit = |grain| selection::unit(document, outline, focus, grain);
    let innermost = || {
        // the span of a heading is its whole section: there the paragraph is meant
        let point = selection::point(document, outline, focus);
        let point = point.filter(|span| !document.slice(*span).contains('\n'));
        point.unwrap_or_else(|| unit(Grain::Paragraph))
    };
    let asked = || grain.map_or_else(innermost, unit);
    s.selected().unwrap_or_else(asked)
}

fn copy(s: &mut Session, grain: Option<Grain>, with_source: bool) -> Effect {
    let span = target(s, grain);
    let selected = s.selected().map(|span| s.seen_text(span).into_owned());
    let is_hidden = selected.as_ref().is_some_and(|text| text.trim().is_empty());
    if is_hidden || selected.is_none() && s.reading.is_closed(s.article.document(), span.start) {
        s.say((
            "这里是折叠的行：zo 展开后再复制",
            "Folded lines: zo opens them, then copy",
        ));
        return Effect::None;
    }
    let (document, outline) = (s.article.document(), &s.article.outline);
    let line = selected.map_or_else(|| quote::line(document, span), |text| quote::joined(&text));
    if line.is_empty() {
        s.say(("这里没有文字", "There is no text here"));
        return Effect::None;
    }
    let seen = s.selected().map_or(span, |span| s.seen_span(span));
    let place = quote::cited(document, outline, seen);
    let n = line.chars().count();
    let begins: String = line.chars().take(8).collect();
    let (more, dots) = if n > 8 { ("等 ", "..") } else { (" ", "") };
    let (text, sourced) = if with_source {
        let cited = quote::cite(&s.memory.citation, &s.article, &line, &place);
        (cited, ("，带出处", ", with its source"))
    } else {
        (line, ("", ""))
    };
    let without = match s.selected() {
        Some(span) => without_folded(s, span),
        None => Default::default(),
    };
    let what = s.settings.lang.say_owned(
        format!("{place}「{begins}」{more}{n} 字{}{}", sourced.0, without.0),
        format!(
            "{place} \"{begins}{dots}\" {}{}{}",
            counted(&n, "character"),
            sourced.1,
            without.1
        ),
    );
    s.memory.selection = None;
    s.reading.landed = Some(span);
    Effect::Copy { text, what }
}
