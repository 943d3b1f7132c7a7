//! The shelf: titles, dates, lengths.

use super::Role;
use super::paint::Painter;
use super::row::RowPainter;
use crate::session::{Area, Session};

/// Draws the list and its head.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let (shelf, lang) = (&session.shelf, session.settings.lang);
    let body = session.screen.body;
    let (y, height) = (0, body.y + body.height);
    let area = Area { y, height, ..body };
    let inset = u16::from(area.width > 24);
    let columns = (area.x + inset, area.width.saturating_sub(inset));
    let mut head = p.row(columns, area.y);
    let count = shelf.items.len();
    let count = lang.say_owned(format!("{count} 篇"), format!("{count} articles"));
    head.right(&count, Role::Facts);
    head.end = head.end.saturating_sub(2);
    let name = format!("{}  {}", lang.say(("书架", "Shelf")), shelf.name);
    head.left(&name, Role::Title);
    let first = area.y + if area.height > 6 { 2 } else { 1 };
    let shown = shelf.items.iter().enumerate().skip(shelf.list.top);
    for (y, (i, _)) in (first..area.y + area.height).zip(shown) {
        let row = p.row(columns, y);
        let row = row.set_off(i == shelf.list.selected, area.row(y)).blended();
        article(session, i, area.width, row);
    }
    if shelf.items.is_empty() {
        let text = lang.say(("这里没有可读的文章", "No articles here"));
        p.row(columns, first).left(text, Role::Facts);
    }
}

/// Draws an article: title and source at the left; date, progress and length at the right.
fn article(session: &Session, i: usize, width: u16, mut row: RowPainter<'_, '_>) {
    let lang = session.settings.lang;
    let Some(item) = session.shelf.items.get(i) else {
        return;
    };
    if width >= 40 {
        let mut column = |text: &str, role: Role, cells: u16| {
            let end = row.end.saturating_sub(cells);
            row.right(text, role);
            row.end = end;
        };
        let say = |n: usize| lang.say_owned(format!("{n}字"), n.to_string());
        column(&item.length.map_or(String::new(), say), Role::Facts, 9);
        if let Some(per_cent) = item.progress {
            column(&format!("{per_cent}%"), Role::Marker, 6);
        }
        if width >= 64 {
            let date = item.date.as_deref().unwrap_or_default();
            column(date.get(..10).unwrap_or(date), Role::Facts, 12);
        }
    }
    row.x += 1;
    if item.again {
        row.left(lang.say(("继续读", "continue")), Role::Marker);
        row.x += 1;
    }
    let is_faulty = item.fault.is_some();
    row.left(
        &item.title,
        if is_faulty {
            Role::EntryDim
        } else {
            Role::Text
        },
    );
    if session.shelf.reading == Some(i) {
        row.x += 1;
        row.put(lang.say(("在读", "reading")), Role::Marker);
    }
    if let Some(source) = &item.source {
        row.x = (row.x + 2).min(row.end);
        row.left(source, Role::Facts);
    }
}
