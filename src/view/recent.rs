//! The list of the articles that were read last: day, title, file, per cent.

use super::Role;
use super::paint::Painter;
use super::panel::{MAX_LIST_CELLS, column};
use super::row::RowPainter;
use crate::command::pages;
use crate::session::recent::RecentArticle;
use crate::session::{Mode, Session};

/// Cells of the column of days.
const DAY_CELLS: u16 = 12;
/// Width from which on there is one.
const MIN_WIDTH_WITH_DAY: u16 = 40;
/// Width from which on a file that is gone is said to be in full.
const MIN_WIDTH_OF_WORDS: u16 = 60;
/// Cells of the column of files.
const FILE_CELLS: u16 = 26;
/// Width from which on there is one.
const MIN_WIDTH_WITH_FILE: u16 = 96;

/// Draws the list.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let (area, lang) = (session.screen.body, session.settings.lang);
    let (x, end) = column(area, MAX_LIST_CELLS);
    let title = lang.say(("最近读过", "Recently read"));
    p.row((x, end), area.y).left(title, Role::Heading1);
    let free = pages::below_title(area);
    if session.pages.recent.is_empty() && free.height > 0 {
        let none = lang.say(("还没有读过的文章", "Nothing has been read yet"));
        p.row((x, end), free.y).left(none, Role::Facts);
    }
    for (y, i, is_chosen) in pages::shown(session, Mode::Recent) {
        if let Some(one) = session.pages.recent.get(i) {
            let row = p.row((x, end), y).set_off_rows(is_chosen, 1).blended();
            article(session, one, row);
        }
    }
}

/// Draws an article: its day and title at the left, its file and the per cent at the right.
fn article(session: &Session, one: &RecentArticle, mut row: RowPainter<'_, '_>) {
    let (width, lang) = (session.screen.columns, session.settings.lang);
    let (text, aside) = if one.is_gone {
        (Role::EntryDim, Role::EntryDim)
    } else {
        (Role::Text, Role::Facts)
    };
    row.end = row.end.saturating_sub(1);
    let is_wide = width >= MIN_WIDTH_WITH_FILE;
    let gone = match width {
        MIN_WIDTH_OF_WORDS.. => ("文件已不在", "file gone"),
        _ => ("不在", "gone"),
    };
    let (state, role) = if one.is_gone {
        (lang.say(gone).to_owned(), text)
    } else {
        (format!("{}%", one.per_cent), Role::Marker)
    };
    row.right(&state, role);
    let cells = row.p.widths.text(&state).max(if is_wide { 10 } else { 4 });
    row.end = row.end.saturating_sub(cells as u16 + 2).max(row.x);
    if width >= MIN_WIDTH_WITH_DAY {
        let title = row.x + DAY_CELLS;
        row.left(&session.memory.day(one.at), aside);
        row.x = title;
    }
    if is_wide {
        let (x, path) = (row.x, one.path());
        row.x = row.end.saturating_sub(FILE_CELLS);
        let file = path.rsplit(['/', ':']).next().unwrap_or(path);
        row.left(file, aside);
        (row.x, row.end) = (x, row.end.saturating_sub(FILE_CELLS + 2));
    }
    let open = if one.is_open && width >= MIN_WIDTH_WITH_DAY {
        lang.say((" 正在读", " open"))
    } else {
        ""
    };
    let end = row.end;
    row.end = end.saturating_sub(row.p.widths.text(open) as u16);
    row.left(&one.title, text);
    row.end = end;
    row.put(open, Role::Marker);
}
