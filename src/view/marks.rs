//! The reader's marks: over the text, beside it, and as a list.
//!
//! 1. [`overlays`]: the highlights and notes of a row; [`selection`].
//! 2. [`margin`]: the letter of a bookmark, 注 beside a note.
//! 3. [`list`]: two rows a mark: its text and where that is; its note and tags.

use super::Role;
use super::paint::{Painter, StyledSpan};
use super::row::RowPainter;
use crate::command::pages;
use crate::layout::Row;
use crate::session::marks::MarkKind;
use crate::session::memory::ListedMark;
use crate::session::{Area, Mode, Session, tags};
use crate::text::Span;
use crate::text::lang::counted;

/// Returns the highlights and notes in a row, longer ones below shorter ones.
pub(crate) fn overlays(session: &Session, row: Span, p: &Painter<'_>) -> Vec<StyledSpan> {
    let mut found: Vec<(Span, StyledSpan)> = Vec::new();
    for (mark, span) in session.memory.marks.within(row) {
        let (colour, is_noted) = match mark.kind {
            MarkKind::Bookmark(_) => continue,
            MarkKind::Highlight(colour) => (Some(colour), !mark.note.is_empty()),
            MarkKind::Annotation => (None, true),
        };
        let roles = [
            colour.map(Role::highlight),
            is_noted.then_some(Role::Annotated),
        ];
        if let Some(part) = span.within(row) {
            let styles = roles.into_iter().flatten().map(|role| p.style(role));
            found.extend(styles.map(|style| (span, (part, style))));
        }
    }
    found.sort_by_key(|(span, _)| std::cmp::Reverse(span.len()));
    found.into_iter().map(|(_, run)| run).collect()
}

/// Returns the selected part of a row.
pub(crate) fn selection(session: &Session, row: Span, p: &Painter<'_>) -> Option<StyledSpan> {
    let selected = session.memory.selection?.seen?;
    Some((selected.within(row)?, p.style(Role::Selection)))
}

/// Draws the marks that begin in a row beside it: a bookmark's letter, 注 for a note. Returns
/// true if there is a note.
pub(crate) fn margin(
    session: &Session,
    row: &Row,
    area: Area,
    (left, y): (u16, u16),
    p: &mut Painter<'_>,
) -> bool {
    let (mut letter, mut noted) = (None, false);
    let marks = session.memory.marks.within(row.span);
    for (mark, _) in marks.filter(|(_, span)| row.span.contains(span.start)) {
        noted |= !mark.note.is_empty();
        if let MarkKind::Bookmark(c) = mark.kind {
            letter = letter.or(Some(c));
        }
    }
    if let Some(letter) = letter.filter(|_| left > area.x) {
        p.row((left - 1, left), y)
            .put(&letter.to_string(), Role::Bookmark);
    }
    if noted && left >= area.x + 5 {
        p.row((left - 5, left - 2), y).put("注", Role::Bookmark);
    }
    noted
}

/// Rows of a mark in the list.
const ROWS_PER_MARK: u16 = 2;

/// Draws the list of marks.
pub(crate) fn list(session: &Session, p: &mut Painter<'_>) {
    let (area, panel) = (session.screen.body, &session.memory.panel);
    let lang = session.settings.lang;
    let (x, end) = super::panel::column(area, 110);
    let heading = if panel.everywhere {
        ("全部文章的标注", "Marks in all articles")
    } else {
        ("本文的标注", "Marks in this article")
    };
    let mut head = p.row((x, end), area.y);
    head.left(lang.say(heading), Role::Heading1);
    let count = panel.rows.len();
    let count = lang.say_owned(format!("{count} 条"), counted(&count, "mark"));
    head.end = end.saturating_sub(1);
    head.right(&count, Role::Facts);
    for (y, i, is_chosen) in pages::shown(session, Mode::Marks) {
        if let Some(row) = panel.rows.get(i) {
            let painter = p.row((x, end), y).blended();
            let painter = painter.set_off_rows(is_chosen, ROWS_PER_MARK);
            item(session, row, painter);
        }
    }
    if panel.rows.is_empty() && panel.list.filter.is_empty() {
        let text = (
            "还没有标注：x 高亮，a 批注，m 加字母记下位置",
            "No marks yet: x highlights, a notes, m and a letter bookmark",
        );
        let first = pages::below_title(area).y;
        p.row((x, end), first).left(lang.say(text), Role::Facts);
    }
}

/// Draws a mark: its text and place, and below them its tags and note.
fn item(session: &Session, listed: &ListedMark, mut row: RowPainter<'_, '_>) {
    let lang = session.settings.lang;
    let mark = &listed.mark;
    let (x, end) = (row.x, row.end);
    // the bookmark's letter, or a patch of the colour
    match mark.kind {
        MarkKind::Bookmark(c) => row.put(&format!(" {c} "), Role::Bookmark),
        MarkKind::Highlight(colour) => {
            let style = row.p.style(Role::highlight(colour));
            row.put_styled("   ", style);
        }
        MarkKind::Annotation => row.put(lang.say(("注 ", " * ")), Role::Bookmark),
    }
    (row.x, row.end) = (x + 4, end.saturating_sub(1));
    let mut place = mark.cited.clone();
    if mark.is_orphan() {
        lang.say(("原文已不在", "text gone")).clone_into(&mut place);
    }
    if end - x >= 60 {
        place += &format!("  {}", session.memory.day(mark.made));
    }
    row.right(&place, Role::Facts);
    row.end = row.end.saturating_sub(2);
    let excerpt: String = mark.anchor.exact.chars().take(120).collect();
    let is_gone = mark.is_orphan();
    row.left(
        &excerpt.replace('\n', " "),
        if is_gone { Role::EntryDim } else { Role::Text },
    );
    // the note and the tags
    (row.x, row.end, row.y) = (x + 4, end.saturating_sub(1), row.y + 1);
    if listed.path.is_some() {
        row.left(&format!("《{}》", listed.title), Role::Facts);
        row.x += 1;
    }
    for tag in mark.tags_beside() {
        row.left(&format!("#{tag}"), Role::Key);
        row.x += 1;
    }
    if mark.note.is_empty() && row.x == x + 4 {
        // the point that it is in, unless its text says that
        let is_new = |label: &&String| !mark.anchor.exact.contains(label.as_str());
        let under = mark.under.iter().rev().find(is_new);
        row.left(under.map_or("", String::as_str), Role::Facts);
    } else {
        note(&mark.note.replace(['\n', '\t'], " "), &mut row);
    }
}

/// Draws a note with its tags set off.
fn note(note: &str, row: &mut RowPainter<'_, '_>) {
    // a note that has no room is cut with a mark
    if row.p.widths.text(note) > row.room() {
        return row.left(note, Role::Lead);
    }
    let mut from = 0;
    for tag in tags::ranges(note) {
        row.put(note.get(from..tag.start).unwrap_or_default(), Role::Lead);
        from = tag.end;
        row.put(note.get(tag).unwrap_or_default(), Role::Key);
    }
    row.put(note.get(from..).unwrap_or_default(), Role::Lead);
}
