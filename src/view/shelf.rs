//! The shelf: titles, dates, lengths.

use super::Role;
use super::paint::Painter;
use crate::session::{Area, Session};
use crate::text::Lang;

/// Draws the list and its head.
pub fn draw(session: &Session, p: &mut Painter<'_>) {
    let screen = &session.screen;
    let area = Area {
        y: 0,
        height: screen.body.y + screen.body.height,
        ..screen.body
    };
    let shelf = &session.shelf;
    let (x, end) = (
        area.x + u16::from(area.width > 24),
        area.width.saturating_sub(u16::from(area.width > 24)),
    );
    let (title, quiet) = (p.style(Role::Title), p.style(Role::Facts));
    let count = match session.settings.lang {
        Lang::Zh => format!("{} 篇", shelf.items.len()),
        Lang::En => format!("{} articles", shelf.items.len()),
    };
    let right = p.put_right(x, area.y, end, &count, quiet);
    let name = match session.settings.lang {
        Lang::Zh => format!("书架  {}", shelf.name),
        Lang::En => format!("Shelf  {}", shelf.name),
    };
    p.put_cut(x, area.y, right.saturating_sub(2), &name, title);
    let first = area.y + if area.height > 6 { 2 } else { 1 };
    for (y, (i, item)) in
        (first..area.y + area.height).zip(shelf.items.iter().enumerate().skip(shelf.list.top))
    {
        let chosen = i == shelf.list.selected;
        let line = Area {
            x: area.x,
            y,
            width: area.width,
            height: 1,
        };
        let over = chosen.then(|| p.style(Role::Chosen));
        if let Some(style) = over {
            p.fill(line, style);
        }
        let style =
            |p: &Painter<'_>, role: Role| over.map_or(p.style(role), |o| p.style(role).patch(o));
        let mut right = end;
        if area.width >= 40 {
            let quiet = style(p, Role::Facts);
            let length = item
                .length
                .map_or(String::new(), |n| match session.settings.lang {
                    Lang::Zh => format!("{n}字"),
                    Lang::En => n.to_string(),
                });
            p.put_right(x, y, end, &length, quiet);
            right = end.saturating_sub(9);
            if let Some(per_cent) = item.progress {
                let style = style(p, Role::Marker);
                p.put_right(x, y, right, &format!("{per_cent}%"), style);
                right = right.saturating_sub(6);
            }
            if area.width >= 64 {
                let date = item
                    .date
                    .as_deref()
                    .map_or("", |d| d.get(..10).unwrap_or(d));
                p.put_right(x, y, right, date, quiet);
                right = right.saturating_sub(12);
            }
        }
        let role = if item.fault.is_some() {
            Role::EntryDim
        } else {
            Role::Text
        };
        let text = style(p, role);
        let mut from = x + 1;
        if item.again {
            let style = style(p, Role::Marker);
            from = p.put_cut(
                from,
                y,
                right,
                session.settings.lang.say(("继续读", "continue")),
                style,
            ) + 1;
        }
        let mut at = p.put_cut(from, y, right, &item.title, text);
        if shelf.reading == Some(i) {
            let style = style(p, Role::Marker);
            at = p.put(
                at + 1,
                y,
                right,
                session.settings.lang.say(("在读", "reading")),
                style,
            );
        }
        if let Some(source) = &item.source {
            let quiet = style(p, Role::Facts);
            p.put_cut((at + 2).min(right), y, right, source, quiet);
        }
    }
    if shelf.items.is_empty() {
        p.put_cut(
            x,
            first,
            end,
            session
                .settings
                .lang
                .say(("这里没有可读的文章", "No articles here")),
            quiet,
        );
    }
}
