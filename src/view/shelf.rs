//! The shelf: a row for each article, in columns by the width; below it its first hit, where
//! something is searched for.

use super::Role;
use super::columns::{Column, Columns, across};
use super::lists::tail;
use super::paint::Painter;
use super::row::RowPainter;
use crate::command::{self, pages};
use crate::document::without_year_mark;
use crate::library::LibraryEntry;
use crate::library::order::Order;
use crate::library::scan::{self, HitLine};
use crate::session::{Area, Mode, Session};
use crate::source::sanitize;
use crate::text::lang::counted;
use std::borrow::Cow;

/// The columns from the right; the first one only where words are searched for.
const SHELF_COLUMNS: &[Column<LibraryEntry>] = &[
    Column {
        heading: |_| ("结果", "hits"),
        cells: [6, 6],
        min_width: 30,
        role: Role::Notice,
        text: hits,
    },
    Column {
        heading: |_| ("已读", "read"),
        cells: [6, 6],
        min_width: 40,
        role: Role::Marker,
        text: read,
    },
    Column {
        heading: |_| ("要点", "pts"),
        cells: [7, 7],
        min_width: 72,
        role: Role::Facts,
        text: |_, entry| number(entry.points),
    },
    Column {
        heading: |_| ("字数", "length"),
        cells: [9, 9],
        min_width: 40,
        role: Role::Facts,
        text: |_, entry| number(entry.length),
    },
    Column {
        heading: |_| ("作者", "author"),
        cells: [12, 20],
        min_width: MIN_WIDTH_WITH_AUTHOR,
        role: Role::Facts,
        text: |_, entry| entry.author.as_deref().unwrap_or_default().to_owned(),
    },
    Column {
        heading: |_| ("来源", "source"),
        cells: [16, 28],
        min_width: 96,
        role: Role::Facts,
        text: |session, entry| source(session, entry),
    },
];

/// Width of the screen from which on there is a column of dates, left of the title.
const MIN_WIDTH_WITH_DATE: u16 = 50;
/// Width of the screen from which on there is a column of authors.
const MIN_WIDTH_WITH_AUTHOR: u16 = 120;

fn number(n: usize) -> String {
    if n == 0 { String::new() } else { n.to_string() }
}

fn hits(session: &Session, entry: &LibraryEntry) -> String {
    let found = session.shelf.search.found.get(&entry.id);
    found.map_or_else(String::new, |hits| number(hits.count))
}

fn read(session: &Session, entry: &LibraryEntry) -> String {
    let lang = session.settings.lang;
    match session.shelf.progress(entry) {
        None => String::new(),
        Some(read) if read.is_done => lang.say(("读完", "done")).to_owned(),
        Some(read) => format!("{}%", read.per_cent),
    }
}

/// Returns the date; as the file has it where it is none.
pub(crate) fn date(entry: &LibraryEntry) -> String {
    let written = entry.date.as_deref().unwrap_or_default();
    let day = entry.day.map(|day| day.to_string());
    day.unwrap_or_else(|| without_year_mark(written).to_owned())
}

/// Returns the source, of an address its host; the author where there is none and no column for
/// authors.
pub(crate) fn source(session: &Session, entry: &LibraryEntry) -> String {
    let has_authors = session.screen.columns >= MIN_WIDTH_WITH_AUTHOR;
    let author = || entry.author.as_deref().filter(|_| !has_authors);
    let source = entry.publisher().or_else(author);
    source.unwrap_or_default().to_owned()
}

/// Draws the list and its head.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let shelf = &session.shelf;
    let body = session.screen.body;
    let (y, height) = (0, body.y + body.height);
    let area = Area { y, height, ..body };
    let columns = across(area);
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
    for (y, i, chosen) in pages::shown(session, Mode::Shelf) {
        let Some(entry) = shelf.at(i) else { break };
        let row = p.row(columns, y);
        let row = row.set_off(chosen, area.row(y)).blended();
        article(session, (i, entry), row);
        if shelf.rows_of_article() > 1 {
            let row = p.row(columns, y + 1);
            let row = row.set_off(chosen, area.row(y + 1)).blended();
            second_line(session, entry, row);
        }
    }
    if shelf.shown.is_empty() {
        let text = nothing(session);
        let text = p.own(&text);
        let first = command::shelf::area(session).y;
        p.row(columns, first).left(&text, Role::Facts);
    }
}

/// Returns why nothing is listed.
fn nothing(session: &Session) -> String {
    let (shelf, lang) = (&session.shelf, session.settings.lang);
    let said = if shelf.search.is_running {
        ("正在查找…", "Searching…")
    } else if !shelf.search.typed.is_empty() {
        ("没有找到", "Nothing found")
    } else if shelf.intake.incoming.is_some() {
        ("正在读入…", "Reading in…")
    } else if let Some(folder) = shelf.intake.away.first() {
        let folder = sanitize::line(&folder.display().to_string());
        return lang.say_owned(
            format!("目录不在：{folder}；接上（挂载）或在 config.yaml 里改正，再按 R"),
            format!("Folder not there: {folder}; mount it or mend config.yaml, then press R"),
        );
    } else {
        ("这里没有可读的文章", "No articles here")
    };
    lang.say(said).to_owned()
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
    let copies = if shelf.shows_copies {
        0
    } else {
        shelf.copies()
    };
    let is_search = !shelf.search.typed.is_empty();
    let mut text = if is_search {
        let more = if shelf.search.is_running { "+" } else { "" };
        lang.say_owned(
            format!("{shown}{more} / {all} 篇"),
            format!("{shown}{more} of {}", counted(&all, "article")),
        )
    } else {
        let articles = if all == 1 { "article" } else { "articles" };
        let (zh, en) = beside(&[
            (copies, "同文", "copies"),
            (shelf.faulty(), "读不了", "unreadable"),
        ]);
        lang.say_owned(format!("{all} 篇{zh}"), format!("{all} {articles}{en}"))
    };
    if let Some((read, total)) = shelf.intake.incoming.filter(|(_, total)| *total > 0) {
        text += &lang.say_owned(
            format!("  读入 {read} / {total}"),
            format!("  reading in {read} of {total}"),
        );
    }
    text
}

/// Returns what is counted beside the articles, in brackets.
fn beside(counts: &[(usize, &str, &str)]) -> (String, String) {
    let counts = counts.iter().filter(|(n, ..)| *n > 0);
    let (zh, en): (Vec<String>, Vec<String>) = counts
        .map(|(n, zh, en)| (format!("{zh} {n}"), format!("{n} {en}")))
        .unzip();
    if zh.is_empty() {
        return Default::default();
    }
    (
        format!("（{}）", zh.join("，")),
        format!(" ({})", en.join(", ")),
    )
}

/// Draws the headings of the columns, and behind that of the title what is searched for.
fn second_row(session: &Session, mut row: RowPainter<'_, '_>) {
    let (shelf, lang) = (&session.shelf, session.settings.lang);
    row.x += 1;
    columns(session).headings(session, &mut row);
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

/// Returns the columns of the shelf.
fn columns(session: &Session) -> Columns<LibraryEntry> {
    let has_words = !session.shelf.search.query.terms.is_empty();
    let right = SHELF_COLUMNS
        .get(usize::from(!has_words)..)
        .unwrap_or_default();
    Columns {
        min_width_with_date: Some(MIN_WIDTH_WITH_DATE),
        name: ("标题", "title"),
        right,
    }
}

/// Draws an article: date and title at the left, the columns at the right.
fn article(session: &Session, (i, entry): (usize, &LibraryEntry), mut row: RowPainter<'_, '_>) {
    let (shelf, lang) = (&session.shelf, session.settings.lang);
    row.x += 1;
    columns(session).cells(session, entry, &date(entry), &mut row);
    if shelf.place.chosen == Some(entry.id) {
        row.left(lang.say(("选定", "chosen")), Role::Marker);
        row.x += 1;
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

/// Draws below an article its first hit; for want of one, which of its facts have the words.
fn second_line(session: &Session, entry: &LibraryEntry, mut row: RowPainter<'_, '_>) {
    row.x += 1 + columns(session).before_title(session);
    row.end = row.end.saturating_sub(1);
    let found = session.shelf.search.found.get(&entry.id);
    match found.and_then(|hits| hits.lines.first()) {
        Some(line) => hit_line(line, row),
        None => row.left(&only_in_facts(session, entry), Role::EntryDim),
    }
}

/// Draws a hit between the words around it, which are marked where they are cut.
fn hit_line(line: &HitLine, mut row: RowPainter<'_, '_>) {
    let cut = row.p.sign("…", "..");
    let cut_cells = row.p.widths.text(cut);
    // the hit itself is to be seen
    let room = row.room() * 3 / 5;
    let mut before = line.before.as_str();
    let is_cut = line.is_cut.0 || row.p.widths.text(before) > room;
    if is_cut {
        before = scan::begun(tail(before, room.saturating_sub(cut_cells), row.p));
        row.put(cut, Role::EntryDim);
    }
    row.put(before, Role::EntryDim);
    // also in the chosen row
    let style = row.p.style(Role::Match);
    row.left_styled(&line.hit, style);
    let after = if line.is_cut.1 {
        Cow::Owned(line.after.clone() + cut)
    } else {
        Cow::Borrowed(line.after.as_str())
    };
    row.left(&after, Role::EntryDim);
}

/// Returns which facts of an article have the words that its text has not.
fn only_in_facts(session: &Session, entry: &LibraryEntry) -> String {
    let lang = session.settings.lang;
    let [title, author, source] = session.shelf.search.query.facts_with_hits(entry);
    let named = |zh: &str, en: &str, fact: Option<&str>| {
        let fact = fact.unwrap_or_default();
        lang.say_owned(format!("{zh}（{fact}）"), format!("the {en} ({fact})"))
    };
    let facts = [
        title.then(|| lang.say(("标题", "the title")).to_owned()),
        author.then(|| named("作者", "author", entry.author.as_deref())),
        source.then(|| named("来源", "source", entry.source.as_deref())),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    if facts.is_empty() {
        return String::new();
    }
    let facts = facts.join(lang.say(("、", ", ")));
    lang.say_owned(format!("只在{facts}里有"), format!("only in {facts}"))
}
