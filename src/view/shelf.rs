//! The shelf: a row for each article, in columns by the width; below it its first hit, where
//! something is searched for.

use super::Role;
use super::paint::Painter;
use super::row::RowPainter;
use crate::command::{self, pages};
use crate::document::without_year_mark;
use crate::library::LibraryEntry;
use crate::library::order::Order;
use crate::library::scan::HitLine;
use crate::session::{Area, Mode, Session};
use crate::text::Say;

/// A column right of the title: its heading, its cells, the width of the screen from which on it
/// is there, and its text.
struct Column {
    heading: Say,
    cells: u16,
    min_width: u16,
    role: Role,
    text: fn(&Session, &LibraryEntry) -> String,
}

/// The columns from the right.
const COLUMNS: &[Column] = &[
    Column {
        heading: ("结果", "hits"),
        cells: 6,
        min_width: 30,
        role: Role::Notice,
        text: hits,
    },
    Column {
        heading: ("已读", "read"),
        cells: 6,
        min_width: 40,
        role: Role::Marker,
        text: read,
    },
    Column {
        heading: ("要点", "pts"),
        cells: 7,
        min_width: 72,
        role: Role::Facts,
        text: |_, entry| number(entry.points),
    },
    Column {
        heading: ("字数", "length"),
        cells: 9,
        min_width: 40,
        role: Role::Facts,
        text: |_, entry| number(entry.length),
    },
    Column {
        heading: ("作者", "author"),
        cells: 12,
        min_width: 120,
        role: Role::Facts,
        text: |_, entry| entry.author.clone().unwrap_or_default(),
    },
    Column {
        heading: ("来源", "source"),
        cells: 16,
        min_width: 96,
        role: Role::Facts,
        text: |session, entry| source(session, entry),
    },
];

/// Empty cells between two columns.
const COLUMN_GAP: u16 = 2;
/// Cells of the column of dates, left of the title.
const DATE_CELLS: u16 = 12;
/// Width of the screen from which on there is one.
const MIN_WIDTH_WITH_DATE: u16 = 50;

fn number(n: usize) -> String {
    if n == 0 { String::new() } else { n.to_string() }
}

fn hits(session: &Session, entry: &LibraryEntry) -> String {
    let found = session.shelf.search.found.get(&entry.id);
    found.map_or_else(String::new, |hits| hits.count.to_string())
}

fn read(session: &Session, entry: &LibraryEntry) -> String {
    let read = session.shelf.progress(entry);
    read.map_or_else(String::new, |read| format!("{}%", read.per_cent))
}

/// Returns the date; as the file has it where it is none.
pub(crate) fn date(entry: &LibraryEntry) -> String {
    let written = entry.date.as_deref().unwrap_or_default();
    let day = entry.day.map(|day| day.to_string());
    day.unwrap_or_else(|| without_year_mark(written).to_owned())
}

/// Returns the source; the author where it has none and there is no column for authors.
pub(crate) fn source(session: &Session, entry: &LibraryEntry) -> String {
    let has_authors = session.screen.columns >= 120;
    let author = || entry.author.clone().filter(|_| !has_authors);
    // an address says where a crawler was
    let source = entry
        .source
        .clone()
        .filter(|source| !source.contains("://"));
    source.or_else(author).unwrap_or_default()
}

/// Draws the list and its head.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let shelf = &session.shelf;
    let body = session.screen.body;
    let (y, height) = (0, body.y + body.height);
    let area = Area { y, height, ..body };
    let inset = u16::from(area.width > 24);
    let columns = (area.x + inset, area.width.saturating_sub(inset));
    // on a low screen a typed line takes the row of the head
    let crumbs = session.screen.crumbs;
    let is_typed_over = session.pages.prompt().is_some() && crumbs.height > 0 && crumbs.y == area.y;
    if !is_typed_over {
        head(session, p.row(columns, area.y));
    }
    let has_second = area.height > 3;
    if has_second && session.pages.prompt().is_none() {
        second_row(session, p.row(columns, area.y + 1));
    }
    let each = shelf.rows_of_article();
    for (y, i, chosen) in pages::shown(session, Mode::Shelf) {
        let Some(entry) = shelf.at(i) else { break };
        let row = p.row(columns, y);
        let row = row.set_off(chosen, area.row(y)).blended();
        article(session, (i, entry), row);
        let hits = shelf.search.found.get(&entry.id).filter(|_| each > 1);
        if let Some(line) = hits.and_then(|hits| hits.lines.first()) {
            let row = p.row(columns, y + 1);
            hit_line(
                session,
                line,
                row.set_off(chosen, area.row(y + 1)).blended(),
            );
        }
    }
    if shelf.shown.is_empty() {
        let text = p.own(session.settings.lang.say(nothing(session)));
        let first = command::shelf::area(session).y;
        p.row(columns, first).left(&text, Role::Facts);
    }
}

/// Returns why nothing is listed.
fn nothing(session: &Session) -> Say {
    let shelf = &session.shelf;
    if shelf.search.is_running {
        ("正在查找…", "Searching…")
    } else if !shelf.search.typed.is_empty() {
        ("没有找到", "Nothing found")
    } else if shelf.intake.incoming.is_some() {
        ("正在读入…", "Reading in…")
    } else {
        ("这里没有可读的文章", "No articles here")
    }
}

/// Draws the name of the shelf, and how many articles there are.
fn head(session: &Session, mut row: RowPainter<'_, '_>) {
    let (shelf, lang) = (&session.shelf, session.settings.lang);
    row.right(&counts(session), Role::Facts);
    row.end = row.end.saturating_sub(2);
    row.left(lang.say(("书架", "Shelf")), Role::Title);
    row.x += 2;
    row.left(&shelf.name, Role::Title);
}

/// Returns how many articles there are, how many of them are shown, and how many are to be read
/// in.
fn counts(session: &Session) -> String {
    let (shelf, lang) = (&session.shelf, session.settings.lang);
    let (shown, all) = (shelf.shown.len(), shelf.counted());
    let copies = shelf.copies();
    let mut text = if !shelf.search.typed.is_empty() {
        let more = if shelf.search.is_running { "+" } else { "" };
        lang.say_owned(
            format!("{shown}{more} / {all} 篇"),
            format!("{shown}{more} of {all} articles"),
        )
    } else if copies > 0 && !shelf.shows_copies {
        lang.say_owned(
            format!("{all} 篇（同文 {copies}）"),
            format!("{all} articles ({copies} copies)"),
        )
    } else {
        let articles = if all == 1 { "article" } else { "articles" };
        lang.say_owned(format!("{all} 篇"), format!("{all} {articles}"))
    };
    if let Some((read, total)) = shelf.intake.incoming.filter(|(_, total)| *total > 0) {
        text += &lang.say_owned(
            format!("  读入 {read} / {total}"),
            format!("  reading in {read} of {total}"),
        );
    }
    text
}

/// Draws the headings of the columns, and behind that of the title what is searched for.
fn second_row(session: &Session, mut row: RowPainter<'_, '_>) {
    let (shelf, lang) = (&session.shelf, session.settings.lang);
    let width = session.screen.columns;
    for column in columns(session) {
        cell(
            &mut row,
            column.cells,
            lang.say(column.heading),
            Role::Crumbs,
        );
    }
    row.x += 1;
    if width >= MIN_WIDTH_WITH_DATE {
        let x = row.x + DATE_CELLS;
        row.left(lang.say(("日期", "date")), Role::Crumbs);
        row.x = x;
    }
    row.left(lang.say(("标题", "title")), Role::Crumbs);
    let is_search = !shelf.search.typed.is_empty();
    if is_search {
        row.x += 2;
        row.left(&format!("/{}", shelf.search.typed), Role::Notice);
    }
    if is_search || !matches!(shelf.order, Order::Date | Order::Given) {
        let name = shelf.order.name();
        row.x += 2;
        let by = lang.say_owned(format!("按{}", name.0), format!("by {}", name.1));
        row.left(&by, Role::Crumbs);
    }
}

/// Returns the columns right of the title that have room.
fn columns(session: &Session) -> impl Iterator<Item = &'static Column> {
    let width = session.screen.columns;
    let has_words = !session.shelf.search.query.terms.is_empty();
    let skipped = usize::from(!has_words);
    COLUMNS
        .iter()
        .skip(skipped)
        .filter(move |column| width >= column.min_width)
}

/// Draws a text at the right end of a row, in a column of `cells`.
pub(crate) fn cell(row: &mut RowPainter<'_, '_>, cells: u16, text: &str, role: Role) {
    let (x, end) = (row.x, row.end);
    let left = end.saturating_sub(cells.saturating_sub(COLUMN_GAP)).max(x);
    if row.p.widths.text(text) <= usize::from(cells.saturating_sub(COLUMN_GAP)) {
        row.right(text, role);
    } else {
        row.x = left;
        row.left(text, role);
    }
    (row.x, row.end) = (x, end.saturating_sub(cells));
}

/// Draws an article: date and title at the left, the columns at the right.
fn article(session: &Session, (i, entry): (usize, &LibraryEntry), mut row: RowPainter<'_, '_>) {
    let (shelf, lang) = (&session.shelf, session.settings.lang);
    for column in columns(session) {
        let text = (column.text)(session, entry);
        cell(&mut row, column.cells, &text, column.role);
    }
    row.x += 1;
    if session.screen.columns >= MIN_WIDTH_WITH_DATE {
        let x = row.x + DATE_CELLS;
        let date = date(entry);
        let end = row.end;
        row.end = x.saturating_sub(1).min(end);
        row.left(&date, Role::Facts);
        (row.x, row.end) = (x, end);
    }
    if shelf.is_again(i) {
        row.left(lang.say(("继续读", "continue")), Role::Marker);
        row.x += 1;
    }
    let is_away = shelf.intake.away_folder(entry).is_some();
    let role = if entry.fault.is_some() || is_away {
        Role::EntryDim
    } else {
        Role::Text
    };
    let copies = shelf.group_size(entry);
    let count = format!(" {}{copies}", row.p.sign("×", "x"));
    let shows_count = copies > 1 && !shelf.shows_copies;
    let end = row.end;
    if shows_count {
        row.end = end.saturating_sub(row.p.widths.text(&count) as u16);
    }
    row.left(&entry.title, role);
    row.end = end;
    if shows_count {
        row.put(&count, Role::Marker);
    }
    if shelf.place.reading.as_ref() == Some(&entry.path) {
        row.x += 1;
        row.put(lang.say(("正在读", "open")), Role::Marker);
    }
}

/// Draws a hit with the words around it, below its article.
fn hit_line(session: &Session, line: &HitLine, mut row: RowPainter<'_, '_>) {
    row.x += 1;
    if session.screen.columns >= MIN_WIDTH_WITH_DATE {
        row.x += DATE_CELLS;
    }
    row.end = row.end.saturating_sub(1);
    row.put(&line.before, Role::EntryDim);
    // also in the chosen row
    let style = row.p.style(Role::Match);
    row.put_styled(&line.hit, style);
    row.left(&line.after, Role::EntryDim);
}
