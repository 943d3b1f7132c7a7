//! The reader's marks: over the text, beside it, and as a list.
//!
//! 1. [`overlays`]: what of a row is highlighted or noted; [`selection`].
//! 2. [`margin`]: the letter of a bookmark, 注 beside a note.
//! 3. [`list`]: two rows a mark: its text and where that is; its note and tags.

use super::Role;
use super::paint::{Painter, StyledSpan};
use super::row::RowPainter;
use crate::layout::Row;
use crate::session::marks::MarkKind;
use crate::session::memory::ListedMark;
use crate::session::{Area, Session};
use crate::text::{Lang, Span};

/// The highlights and notes in a row, longer ones below shorter ones.
pub(crate) fn overlays(session: &Session, row: Span, p: &Painter<'_>) -> Vec<StyledSpan> {
    let mut found: Vec<(Span, StyledSpan)> = Vec::new();
    for (mark, span) in session
        .memory
        .marks
        .within(row)
        .filter(|(mark, _)| !matches!(mark.kind, MarkKind::Bookmark(_)))
    {
        let Some(part) = span.within(row) else {
            continue;
        };
        if let MarkKind::Highlight(colour) = mark.kind {
            found.push((span, (part, p.style(Role::highlight(colour)))));
        }
        if !mark.note.is_empty() || mark.kind == MarkKind::Annotation {
            found.push((span, (part, p.style(Role::Annotated))));
        }
    }
    found.sort_by_key(|(span, _)| std::cmp::Reverse(span.len()));
    found.into_iter().map(|(_, run)| run).collect()
}

/// Returns the selected part of a row.
pub(crate) fn selection(session: &Session, row: Span, p: &Painter<'_>) -> Option<StyledSpan> {
    Some((session.selected()?.within(row)?, p.style(Role::Selection)))
}

/// Draws beside a row what begins in it: a bookmark's letter, 注 for a note.
pub(crate) fn margin(
    session: &Session,
    row: &Row,
    area: Area,
    left: u16,
    y: u16,
    p: &mut Painter<'_>,
) {
    let (mut letter, mut noted) = (None, false);
    for (mark, _) in session
        .memory
        .marks
        .within(row.span)
        .filter(|(_, span)| row.span.contains(span.start))
    {
        noted |= !mark.note.is_empty();
        if let MarkKind::Bookmark(c) = mark.kind {
            letter = letter.or(Some(c));
        }
    }
    let style = p.style(Role::Bookmark);
    if let Some(letter) = letter.filter(|_| left > area.x) {
        p.put(left - 1, y, left, letter.encode_utf8(&mut [0; 4]), style);
    }
    if noted && left >= area.x + 5 {
        p.put(left - 5, y, left - 2, "注", style);
    }
}

/// Rows of a mark in the list.
const ROWS_PER_MARK: u16 = 2;

/// Draws the list of marks.
pub(crate) fn list(session: &Session, p: &mut Painter<'_>) {
    let (area, panel, lang) = (
        session.screen.body,
        &session.memory.panel,
        session.settings.lang,
    );
    let width = area.width.min(110);
    let x = area.x + (area.width - width) / 2 + u16::from(width > 24);
    let end = area.x + u16::midpoint(area.width, width);
    let (title, quiet) = (p.style(Role::Heading1), p.style(Role::Facts));
    let heading = if panel.everywhere {
        ("全部文章的标记", "Marks in all articles")
    } else {
        ("本文的标记", "Marks in this article")
    };
    let at = p.put_cut(x, area.y, end, lang.say(heading), title);
    let count = match lang {
        Lang::Zh => format!("{} 条", panel.rows.len()),
        Lang::En => format!("{} marks", panel.rows.len()),
    };
    let right = p.put_right(at, area.y, end.saturating_sub(1), &count, quiet);
    if !panel.filter.is_empty() {
        let style = p.style(Role::Notice);
        p.put_cut(
            at + 2,
            area.y,
            right.saturating_sub(2),
            &format!("/{}", panel.filter),
            style,
        );
    }
    let first = area.y + if area.height > 8 { 2 } else { 1 };
    let room = usize::from((area.height.saturating_sub(first - area.y)) / ROWS_PER_MARK).max(1);
    let top = (panel.selected + 1).saturating_sub(room);
    for (i, row) in panel.rows.iter().enumerate().skip(top).take(room) {
        let y = first + (i - top) as u16 * ROWS_PER_MARK;
        if y + 1 < area.y + area.height {
            let painter = p.row((x, end), y);
            let painter = painter
                .set_off_rows(i == panel.selected, ROWS_PER_MARK)
                .blended();
            item(session, row, painter);
        }
    }
    if panel.rows.is_empty() {
        let text = if panel.filter.is_empty() {
            (
                "还没有标记：x 高亮，a 批注，m 加字母记下位置",
                "No marks yet: x highlights, a notes, m and a letter bookmark",
            )
        } else {
            ("没有符合的标记", "No marks like that")
        };
        p.put_cut(x, first, end, lang.say(text), quiet);
    }
}

/// Draws a mark: its text and place, and below them what the reader said about it.
fn item(session: &Session, listed: &ListedMark, mut row: RowPainter<'_, '_>) {
    let lang = session.settings.lang;
    let mark = &listed.mark;
    let (x, end) = (row.x, row.end);
    // the bookmark's letter, or a patch of the colour
    let (sign, style) = match mark.kind {
        MarkKind::Bookmark(c) => (format!(" {c} "), row.style(Role::Bookmark)),
        MarkKind::Highlight(colour) => ("   ".to_owned(), row.p.style(Role::highlight(colour))),
        MarkKind::Annotation => (
            lang.say(("注 ", " * ")).to_owned(),
            row.style(Role::Bookmark),
        ),
    };
    row.p.put(x, row.y, end, &sign, style);
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
    let role = if mark.is_orphan() {
        Role::EntryDim
    } else {
        Role::Text
    };
    let excerpt: String = mark.anchor.exact.chars().take(120).collect();
    row.left(&excerpt.replace('\n', " "), role);
    // what the reader said about it
    (row.x, row.end, row.y) = (x + 4, end.saturating_sub(1), row.y + 1);
    if listed.path.is_some() {
        row.left(&format!("《{}》", listed.title), Role::Facts);
        row.x += 1;
    }
    for tag in &mark.tags {
        row.left(&format!("#{tag}"), Role::Key);
        row.x += 1;
    }
    if mark.note.is_empty() && row.x == x + 4 {
        // the point that it is in, unless its text says that
        let is_new = |label: &&String| !mark.anchor.exact.contains(label.as_str());
        let under = mark.under.iter().rev().find(is_new);
        row.left(under.map_or("", String::as_str), Role::Facts);
    } else {
        row.left(&mark.note.replace('\n', " "), Role::Lead);
    }
}
