//! All hits of the search in the shelf (KWIC): a row each, aligned on the hit, with the date and
//! the title of its article where there is room.

use super::Role;
use super::columns::{across, left_cell};
use super::lists::aligned;
use super::paint::Painter;
use super::row::RowPainter;
use super::shelf::date;
use crate::command::shelf_hits::{MIN_WIDTH_OF_DATES, MIN_WIDTH_OF_TITLES};
use crate::command::{self, pages};
use crate::library::concordance::{HIT_ORDERS, LibraryHit};
use crate::session::{Mode, Session};
use crate::text::lang::counted;

/// Cells of the column of dates.
const DATE_CELLS: u16 = 11;
/// Cells of the column of titles at the least and at the most.
const TITLE_CELLS: [u16; 2] = [20, 36];

/// Draws the list and its head.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let area = command::shelf_hits::area(session);
    let hits = &session.pages.library.hits;
    let columns = across(area);
    let top = command::shelf_hits::head_area(session);
    let is_typed_over = session.pages.prompt().is_some() && top == session.screen.crumbs;
    if top.height > 0 && !is_typed_over {
        head(session, p.row(columns, top.y));
    }
    for (y, row, is_chosen) in pages::shown(session, Mode::ShelfHits) {
        if let Some(hit) = hits.at(row) {
            let painter = p.row(columns, y).set_off(is_chosen, area.row(y));
            line(session, hit, painter.blended());
        }
    }
    if hits.rows.is_empty() && hits.list.filter.is_empty() && area.height > 0 {
        let text = if hits.is_running || hits.is_outdated {
            ("正在列出…", "Listing…")
        } else if session.shelf.shown.is_empty() {
            ("没有找到", "Nothing found")
        } else {
            (
                "正文里没有，只在标题等处有",
                "None in the texts, only in titles and the like",
            )
        };
        let text = p.own(session.settings.lang.say(text));
        p.row(columns, area.y).left(&text, Role::Facts);
    }
}

/// Draws what was searched for, how many hits there are, and their order.
fn head(session: &Session, mut row: RowPainter<'_, '_>) {
    let lang = session.settings.lang;
    let hits = &session.pages.library.hits;
    let order = HIT_ORDERS.iter().find(|(order, _)| *order == hits.order);
    let order = order.map_or(("", ""), |(_, name)| *name);
    let by = lang.say_owned(format!("按{}", order.0), format!("by {}", order.1));
    let shelf = &session.shelf;
    let counts = counts(session);
    let typed = match &hits.subject {
        Some(subject) => subject.name.clone(),
        None => format!("/{}", shelf.search.typed),
    };
    // the counts go before the order where there is little room
    let wanted = row.p.widths.text(&counts) + row.p.widths.text(&typed) + 4;
    if wanted + row.p.widths.text(&by) <= row.room() {
        row.right(&by, Role::Crumbs);
    }
    row.left(&typed, Role::Notice);
    row.x += 2;
    row.left(&counts, Role::Facts);
}

/// Returns the number of hits and articles, of those that are not listed, and what is to come.
fn counts(session: &Session) -> String {
    let (lang, shelf) = (session.settings.lang, &session.shelf);
    let hits = &session.pages.library.hits;
    let more = if hits.is_running || shelf.search.is_running {
        "+"
    } else {
        ""
    };
    let (count, articles) = (hits.count, hits.all.articles);
    let mut text = lang.say_owned(
        format!("{count}{more} 处  {articles} 篇"),
        format!(
            "{} in {}",
            counted(&format!("{count}{more}"), "hit"),
            counted(&articles, "article")
        ),
    );
    let listed = hits.all.hits.len();
    if !hits.is_running && listed < count {
        text += &lang.say_owned(
            format!("  只列出较新的 {listed} 处"),
            format!("  the newest {listed} listed"),
        );
    }
    let subject = hits.subject.as_ref();
    if subject.is_some() || shelf.copies() > 0 {
        let is_counted = subject.map_or(shelf.shows_copies, |subject| subject.with_copies);
        text += lang.say(if is_counted {
            ("  同文各计", "  copies counted")
        } else {
            ("  同文计一次", "  copies counted once")
        });
    }
    if let Some((read, total)) = shelf.intake.incoming.filter(|(_, total)| *total > 0) {
        text += &lang.say_owned(
            format!("  读入 {read} / {total}"),
            format!("  reading in {read} of {total}"),
        );
    } else if hits.is_outdated {
        text += lang.say(("  书架有变，R 重新列出", "  shelf changed, R lists again"));
    }
    text
}

/// Draws a hit: the date and the title of its article, and the hit between the words around it.
fn line(session: &Session, hit: &LibraryHit, mut row: RowPainter<'_, '_>) {
    let width = session.screen.columns;
    let entry = session.pages.library.hits.entry(hit, &session.shelf);
    if width >= MIN_WIDTH_OF_DATES {
        let date = entry.map(date).unwrap_or_default();
        left_cell(&mut row, DATE_CELLS, &date, Role::Facts);
    }
    if width >= MIN_WIDTH_OF_TITLES {
        let title = entry.map_or("", |entry| entry.title.as_str());
        let cells = (width / 5).clamp(TITLE_CELLS[0], TITLE_CELLS[1]);
        left_cell(&mut row, cells, title, Role::Facts);
    }
    // also in the chosen row
    let style = row.p.style(Role::Match);
    aligned(row, hit.parts(), style);
}
