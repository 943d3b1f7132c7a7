//! The reader's marks: over the text, beside it, and as a list.
//!
//! 1. [`overlays`]: what of a row is highlighted or noted; [`selection`].
//! 2. [`margin`]: the letter of a bookmark, 注 beside a note.
//! 3. [`list`]: two rows a mark: its text and where that is; its note and tags.

use super::Role;
use super::paint::Painter;
use super::runs::Run;
use crate::layout::Row;
use crate::session::marks::MarkKind;
use crate::session::memory::Listed;
use crate::session::{Area, Session};
use crate::text::{Lang, Span};

/// The highlights and notes in a row, longer ones below shorter ones.
pub fn overlays(session: &Session, row: Span, p: &Painter<'_>) -> Vec<Run> {
    let mut found: Vec<(Span, Run)> = Vec::new();
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

/// What of a row is selected.
pub fn selection(session: &Session, row: Span, p: &Painter<'_>) -> Option<Run> {
    Some((session.selected()?.within(row)?, p.style(Role::Selection)))
}

/// Draws beside a row what begins in it: a bookmark's letter, 注 for a note.
pub fn margin(session: &Session, row: &Row, area: Area, left: u16, y: u16, p: &mut Painter<'_>) {
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
const ROWS: u16 = 2;

/// Draws the list of marks.
pub fn list(session: &Session, p: &mut Painter<'_>) {
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
    let room = usize::from((area.height.saturating_sub(first - area.y)) / ROWS).max(1);
    let top = (panel.selected + 1).saturating_sub(room);
    for (i, row) in panel.rows.iter().enumerate().skip(top).take(room) {
        let y = first + (i - top) as u16 * ROWS;
        if y + 1 < area.y + area.height {
            item(session, row, i == panel.selected, (x, y, end), p);
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

fn item(
    session: &Session,
    row: &Listed,
    chosen: bool,
    (x, y, end): (u16, u16, u16),
    p: &mut Painter<'_>,
) {
    let lang = session.settings.lang;
    let mark = &row.mark;
    let over = chosen.then(|| p.style(Role::Chosen));
    if let Some(style) = over {
        p.fill(
            Area {
                x: x.saturating_sub(1),
                y,
                width: end - x + 1,
                height: ROWS,
            },
            style,
        );
    }
    let style =
        |p: &Painter<'_>, role: Role| over.map_or(p.style(role), |o| p.style(role).patch(o));
    // what it is: the bookmark's letter, or a patch of the colour
    let (sign, sign_style) = match mark.kind {
        MarkKind::Bookmark(c) => (format!(" {c} "), style(p, Role::Bookmark)),
        MarkKind::Highlight(colour) => ("   ".to_owned(), p.style(Role::highlight(colour))),
        MarkKind::Annotation => (
            lang.say(("注 ", " * ")).to_owned(),
            style(p, Role::Bookmark),
        ),
    };
    p.put(x, y, end, &sign, sign_style);
    let quiet = style(p, Role::Facts);
    let place = if mark.is_orphan() {
        lang.say(("原文已不在", "text gone")).to_owned()
    } else {
        mark.cited.clone()
    };
    let wide = end - x >= 60;
    let date = if wide {
        format!("  {}", session.memory.day(mark.made))
    } else {
        String::new()
    };
    let right = p.put_right(
        x + 4,
        y,
        end.saturating_sub(1),
        &format!("{place}{date}"),
        quiet,
    );
    let text = style(
        p,
        if mark.is_orphan() {
            Role::EntryDim
        } else {
            Role::Text
        },
    );
    let excerpt: String = mark
        .anchor
        .exact
        .chars()
        .take(120)
        .map(|c| if c == '\n' { ' ' } else { c })
        .collect();
    p.put_cut(x + 4, y, right.saturating_sub(2), &excerpt, text);
    // what was said to it
    let mut at = x + 4;
    if row.path.is_some() {
        at = p.put_cut(
            at,
            y + 1,
            end.saturating_sub(1),
            &format!("《{}》", row.title),
            quiet,
        ) + 1;
    }
    for tag in &mark.tags {
        let key = style(p, Role::Key);
        at = p.put_cut(at, y + 1, end.saturating_sub(1), &format!("#{tag}"), key) + 1;
    }
    let note = mark.note.replace('\n', " ");
    if note.is_empty() && at == x + 4 {
        // which point it stands in, unless it says that itself
        let under = mark
            .under
            .iter()
            .rev()
            .find(|label| !mark.anchor.exact.contains(label.as_str()));
        p.put_cut(
            at,
            y + 1,
            end.saturating_sub(1),
            under.map_or("", String::as_str),
            quiet,
        );
    } else {
        let style = style(p, Role::Lead);
        p.put_cut(at, y + 1, end.saturating_sub(1), &note, style);
    }
}
