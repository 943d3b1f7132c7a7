//! The points in like words: marker and label of each with the shared words set off, and its
//! article, on the same row or on one below.

use super::Role;
use super::columns::{cell, left_cell};
use super::paint::Painter;
use super::row::RowPainter;
use super::shelf::{date, source};
use crate::command::{like, pages};
use crate::session::like_list::{LIKE_ORDERS, LikePoint};
use crate::session::{Mode, Session};
use crate::text::lang::counted;
use crate::text::{Pos, Span};

/// Cells of the column of dates.
const DATE_COLUMN_CELLS: u16 = 12;
/// Cells of the column of likeness.
const LIKENESS_CELLS: u16 = 12;
/// From this width on the likeness and the source are written.
const MIN_WIDTH_OF_FACTS: u16 = 60;

/// Draws the list and its head.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let (body, like) = (session.screen.body, &session.pages.library.like);
    let inset = u16::from(body.width > 24);
    let columns = (body.x + inset, (body.x + body.width).saturating_sub(inset));
    if body.height > 0 {
        head(session, p.row(columns, body.y));
    }
    let height = like::rows_of_point(session);
    for (y, item, is_chosen) in pages::shown(session, Mode::LikePoints) {
        let Some(point) = like.rows.get(item) else {
            continue;
        };
        let row = p.row(columns, y).set_off_rows(is_chosen, height).blended();
        if height == 1 {
            one_row(session, point, row);
        } else {
            two_rows(session, point, row);
        }
    }
    let area = like::area(session);
    if like.rows.is_empty() && area.height > 0 {
        let text = if like.is_running {
            ("正在比对…", "Comparing…")
        } else {
            (
                "文库里别的文章没有措辞相近的要点",
                "No point of another article in the library is in like words",
            )
        };
        let text = p.own(session.settings.lang.say(text));
        p.row(columns, area.y).left(&text, Role::Facts);
    }
}

/// Draws the words that are asked about, and how many points there are.
fn head(session: &Session, mut row: RowPainter<'_, '_>) {
    let (lang, like) = (session.settings.lang, &session.pages.library.like);
    let cells = |row: &RowPainter<'_, '_>, text: &str| row.p.widths.text(text);
    let kind = lang.say(("措辞相近", "In like words"));
    let taken = cells(&row, kind) + 2;
    let mut end = String::new();
    for part in counts(session) {
        let longer = format!("{end}{}{part}", if end.is_empty() { "" } else { "  " });
        // the words keep half of the row
        if end.is_empty() || taken + cells(&row, &longer) <= row.room() / 2 {
            end = longer;
        }
    }
    row.left(kind, Role::Title);
    row.x += 2;
    row.right(&end, Role::Facts);
    row.end = row.end.saturating_sub(cells(&row, &end) as u16 + 2);
    row.left(&like.name, Role::Text);
}

/// Returns what is known of the list, the most important first.
fn counts(session: &Session) -> Vec<String> {
    let (lang, like) = (session.settings.lang, &session.pages.library.like);
    let (read, all) = like.progress;
    if like.is_running {
        let progress = || {
            lang.say_owned(
                format!("已读 {read} / {all}"),
                format!("{read} of {all} read"),
            )
        };
        return Some(progress()).filter(|_| all > 0).into_iter().collect();
    }
    let count = like.rows.len();
    let mut parts = Vec::new();
    match count {
        // the list says so
        0 => {}
        _ => parts.push(lang.say_owned(format!("{count} 个要点"), counted(&count, "point"))),
    }
    let copies = like.copies;
    if copies > 0 {
        parts.push(lang.say_owned(
            format!("另有 {copies} 篇同文"),
            format!("and {}", counted(&copies, "copy")),
        ));
    }
    let order = LIKE_ORDERS.iter().find(|(order, _)| *order == like.order);
    let order = order.map_or(("", ""), |(_, name)| *name);
    if count > 1 {
        parts.push(lang.say_owned(format!("按{}", order.0), format!("by {}", order.1)));
    }
    parts
}

fn likeness(session: &Session, point: &LikePoint) -> String {
    let n = point.likeness;
    let lang = session.settings.lang;
    lang.say_owned(format!("相近 {n}%"), format!("{n}% alike"))
}

/// Returns the title of an article, and how many copies it has that say the same.
fn title(point: &LikePoint) -> String {
    let copies = point.copies;
    let more = if copies == 0 {
        String::new()
    } else {
        format!(" +{copies}")
    };
    format!("{}{more}", point.entry.title)
}

/// Draws a point and its article on one row.
fn one_row(session: &Session, point: &LikePoint, mut row: RowPainter<'_, '_>) {
    cell(
        &mut row,
        LIKENESS_CELLS,
        &likeness(session, point),
        Role::Facts,
    );
    let room = row.room() as u16;
    cell(
        &mut row,
        room / 7,
        &source(session, &point.entry),
        Role::Facts,
    );
    left_cell(
        &mut row,
        DATE_COLUMN_CELLS,
        &date(&point.entry),
        Role::Facts,
    );
    let end = row.end;
    row.end = row.x + (row.room() as u16) * 3 / 5;
    label(point, &mut row);
    (row.x, row.end) = (row.end + 2, end);
    row.left(&title(point), Role::Facts);
}

/// Draws a point, and its article on the row below.
fn two_rows(session: &Session, point: &LikePoint, mut row: RowPainter<'_, '_>) {
    let (x, end) = (row.x, row.end);
    label(point, &mut row);
    let inset = u16::from(end - x > 20) * 2;
    (row.x, row.end, row.y) = (x + inset, end, row.y + 1);
    if end - x >= MIN_WIDTH_OF_FACTS {
        row.right(&likeness(session, point), Role::Facts);
        row.end = row.end.saturating_sub(LIKENESS_CELLS + 1);
    }
    let date = date(&point.entry);
    if end - x > 24 && !date.is_empty() {
        row.left(&date, Role::Facts);
        row.x += 2;
    }
    row.left(&title(point), Role::Facts);
    let source = source(session, &point.entry);
    if end - x >= MIN_WIDTH_OF_FACTS && !source.is_empty() {
        row.x += 2;
        row.left(&source, Role::Facts);
    }
}

/// Draws marker and label of a point, and sets the shared words off.
fn label(point: &LikePoint, row: &mut RowPainter<'_, '_>) {
    if !point.marker.is_empty() {
        row.left(&point.marker, Role::Marker);
        row.x += 1;
    }
    let (widths, room, text) = (row.p.widths, row.room(), point.label.as_str());
    let is_cut = widths.head(text, room).0.len() < text.len();
    let mark = if is_cut { row.p.sign("…", "..") } else { "" };
    let room = room.saturating_sub(widths.text(mark));
    let shown = widths.head(text, room).0;
    // also in the chosen row
    let is_shared = row.p.style(Role::Match);
    let mut at = Pos(0);
    for span in &point.shared {
        row.put(within(Span::between(at, span.start), shown), Role::Text);
        row.put_styled(within(*span, shown), is_shared);
        at = span.end;
    }
    let rest = Span::between(at, Pos::new(shown.len()).max(at));
    row.put(within(rest, shown), Role::Text);
    row.put(mark, Role::Text);
}

/// Returns what a text has of a span.
fn within(span: Span, text: &str) -> &str {
    let all = Span::new(0, text.len());
    span.within(all).map_or("", |span| span.of(text))
}
