//! The contents of lists and tables as sheets, to be exported: what the filter lets through, in
//! the present order, in all columns, also those that the screen has no room for.

use crate::library::LibraryEntry;
use crate::library::concordance::HIT_ORDERS;
use crate::library::sheet::{ColumnName, Sheet, SheetFormat};
use crate::session::like_list::LIKE_ORDERS;
use crate::session::phrase_list::PHRASE_ORDERS;
use crate::session::{Mode, Session};
use crate::text::lang::counted;
use crate::text::{Say, Span};

pub(super) const DATE: ColumnName = ("date", ("日期", "date"));
pub(super) const TITLE: ColumnName = ("title", ("标题", "title"));
const SOURCE: ColumnName = ("source", ("来源", "source"));
const AUTHOR: ColumnName = ("author", ("作者", "author"));
pub(super) const FILE: ColumnName = ("file", ("文件", "file"));
pub(super) const START: ColumnName = ("start", ("起", "start"));
pub(super) const END: ColumnName = ("end", ("止", "end"));

/// Returns the items of a list that are shown, in their order.
pub(super) fn shown(s: &Session, mode: Mode, items: usize) -> Vec<usize> {
    let list = s.list(mode);
    (0..list.len(items)).map(|row| list.item_of(row)).collect()
}

/// Makes a sheet of the list of a page: its name, its columns, and what its order is called.
pub(super) fn sheet(
    s: &Session,
    (mode, kind): (Mode, Say),
    about: &str,
    order: Option<Say>,
    [texts, numbers]: [&[ColumnName]; 2],
) -> Sheet {
    let lang = s.settings.lang;
    let kind = lang.say(kind);
    let order = order.map(|(zh, en)| lang.say_owned(format!("按{zh}"), format!("by {en}")));
    let parts = [
        kind.to_owned(),
        about.to_owned(),
        order.unwrap_or_default(),
        filter(s, mode),
    ];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    Sheet {
        caption: parts.collect::<Vec<_>>().join(" · "),
        ..Sheet::of(format!("{kind} {about}").trim(), texts, numbers, lang)
    }
}

/// Returns the filter of a list, as it is typed.
fn filter(s: &Session, mode: Mode) -> String {
    match s.list(mode).filter.as_str() {
        "" => String::new(),
        filter => format!("/{filter}"),
    }
}

/// Returns date, title, source, author and file of an article.
fn facts(entry: Option<&LibraryEntry>) -> Vec<String> {
    let Some(entry) = entry else {
        return vec![String::new(); 5];
    };
    vec![
        entry.dated(),
        entry.title.clone(),
        entry.publisher().unwrap_or_default().to_owned(),
        entry.author.as_deref().unwrap_or_default().to_owned(),
        entry.file(),
    ]
}

/// Returns the sheet of the table of terms; for scripts a row for each of its cells.
pub(super) fn table(s: &Session, format: SheetFormat) -> Sheet {
    let page = &s.pages.library.table;
    let rows = shown(s, Mode::TermTable, page.rows());
    let rows = Some(rows.as_slice()).filter(|rows| rows.len() < page.rows());
    let lang = s.settings.lang;
    let mut sheet = if format == SheetFormat::Json {
        page.table.cells(&page.counts, rows)
    } else {
        page.table.sheet(&page.counts, page.form, rows, lang)
    };
    let asked = &page.asked.name;
    sheet.name = format!("{} {asked}", lang.say(page.table.division.name()));
    sheet.caption = format!("{} · {asked}", sheet.caption);
    if rows.is_some() {
        sheet.caption += &format!(" · {}", filter(s, Mode::TermTable));
    }
    sheet
}

/// Returns the sheet of the salient phrases.
pub(super) fn phrases(s: &Session, _: SheetFormat) -> Sheet {
    let page = &s.pages.library.phrases;
    let order = PHRASE_ORDERS.iter().find(|(order, _)| *order == page.order);
    let (lang, asked) = (s.settings.lang, page.asked.len());
    let about = match &page.against {
        None => lang.say_owned(
            format!("{asked} 篇与其余的比"),
            format!("{} against the rest", counted(&asked, "article")),
        ),
        Some(view) => lang.say_owned(
            format!("{asked} 篇与“{view}”比"),
            format!("{} against {view}", counted(&asked, "article")),
        ),
    };
    let columns: [&[ColumnName]; 2] = [
        &[
            ("term", ("词语", "phrase")),
            ("first", ("首见", "first use")),
            ("first_title", ("首见篇目", "first article")),
        ],
        &[
            ("count", ("次", "count")),
            ("articles", ("篇", "articles")),
            ("reference", ("其余", "others")),
            ("g2", ("G²", "G²")),
            ("log_ratio", ("倍数的对数（底为 2）", "log2 of the ratio")),
        ],
    ];
    let kind = (Mode::Phrases, ("突出词", "Salient phrases"));
    let mut sheet = sheet(s, kind, &about, order.map(|(_, name)| *name), columns);
    let items = shown(s, Mode::Phrases, page.rows.len());
    let rows = items.into_iter().filter_map(|item| page.at(item));
    sheet.rows.extend(rows.map(|phrase| {
        let first = phrase.first.map(|first| first.day.to_string());
        let article = phrase.first.and_then(|first| s.shelf.entry(first.article));
        vec![
            phrase.text.clone(),
            first.unwrap_or_default(),
            article.map_or_else(String::new, |entry| entry.title.clone()),
            phrase.count.to_string(),
            phrase.articles.to_string(),
            phrase.reference.to_string(),
            format!("{:.2}", phrase.g2),
            format!("{:.2}", phrase.log_ratio),
        ]
    }));
    sheet
}

/// Returns the sheet of the points in like words.
pub(super) fn like(s: &Session, _: SheetFormat) -> Sheet {
    let page = &s.pages.library.like;
    let order = LIKE_ORDERS.iter().find(|(order, _)| *order == page.order);
    let columns: [&[ColumnName]; 2] = [
        &[
            ("marker", ("序号", "marker")),
            ("label", ("要点", "point")),
            DATE,
            TITLE,
            SOURCE,
            AUTHOR,
            FILE,
        ],
        &[
            ("likeness_percent", ("相近（%）", "alike (%)")),
            ("copies", ("同文", "copies")),
            START,
            END,
        ],
    ];
    let kind = (Mode::LikePoints, ("措辞相近", "In like words"));
    let mut sheet = sheet(s, kind, &page.name, order.map(|(_, name)| *name), columns);
    let items = shown(s, Mode::LikePoints, page.rows.len());
    let rows = items.into_iter().filter_map(|item| page.rows.get(item));
    sheet.rows.extend(rows.map(|point| {
        let mut row = vec![point.marker.clone(), point.label.clone()];
        row.extend(facts(Some(&point.entry)));
        row.extend([point.likeness.to_string(), point.copies.to_string()]);
        row.extend(ends(point.place));
        row
    }));
    sheet
}

/// Returns the number of a paragraph; empty for none.
fn number(paragraph: u32) -> String {
    Some(paragraph)
        .filter(|n| *n > 0)
        .map_or(String::new(), |n| n.to_string())
}

/// Returns the bytes at which a stretch of a text begins and ends.
pub(super) fn ends(span: Option<Span>) -> [String; 2] {
    span.map_or_else(Default::default, |span| {
        [span.start, span.end].map(|pos| pos.byte().to_string())
    })
}

/// Returns the sheet of the articles that hold a text.
pub(super) fn same(s: &Session, _: SheetFormat) -> Sheet {
    let page = &s.pages.library.same;
    let share: Say = if page.is_passage() {
        ("占选文（%）", "of the passage (%)")
    } else {
        ("占本文（%）", "of this (%)")
    };
    let columns: [&[ColumnName]; 2] = [
        &[DATE, TITLE, SOURCE, AUTHOR, FILE],
        &[
            ("share_percent", share),
            ("of_percent", ("占该文（%）", "of that (%)")),
        ],
    ];
    let kind: Say = if page.is_passage() {
        ("出处", "Passage")
    } else {
        ("同文", "Copies")
    };
    let order = Some(("日期，早的在前", "date, earliest first"));
    let mut sheet = sheet(s, (Mode::Same, kind), &page.name, order, columns);
    let items = shown(s, Mode::Same, page.rows.len());
    let rows = items.into_iter().filter_map(|item| page.rows.get(item));
    sheet.rows.extend(rows.map(|article| {
        let mut row = facts(Some(&article.entry));
        row.extend([article.share.to_string(), article.of.to_string()]);
        row
    }));
    sheet
}

/// Returns the sheet of all hits.
pub(super) fn hits(s: &Session, _: SheetFormat) -> Sheet {
    let (page, lang) = (&s.pages.library.hits, s.settings.lang);
    let order = HIT_ORDERS.iter().find(|(order, _)| *order == page.order);
    let columns: [&[ColumnName]; 2] = [
        &[
            DATE,
            TITLE,
            SOURCE,
            AUTHOR,
            FILE,
            ("before", ("前文", "before")),
            ("hit", ("结果", "hit")),
            ("after", ("后文", "after")),
            ("under", ("所在部分", "part")),
        ],
        &[("paragraph", ("段", "paragraph")), START, END],
    ];
    let about = match &page.subject {
        Some(subject) => subject.name.clone(),
        None => s.shelf.search.typed.clone(),
    };
    let kind = (Mode::ShelfHits, ("全部结果", "All hits"));
    let mut sheet = sheet(s, kind, &about, order.map(|(_, name)| *name), columns);
    let (all, listed) = (page.count, page.all.hits.len());
    if listed < all {
        sheet.caption += &lang.say_owned(
            format!(" · 共 {all} 处，只列出较新的 {listed} 处"),
            format!(" · the newest {listed} of {}", counted(&all, "hit")),
        );
    }
    let items = shown(s, Mode::ShelfHits, page.rows.len());
    let rows = items.into_iter().filter_map(|item| page.at(item));
    sheet.rows.extend(rows.map(|hit| {
        let mut row = facts(page.entry(hit, &s.shelf));
        row.extend(hit.parts().map(str::to_owned));
        row.extend([hit.heading.to_string(), number(hit.paragraph)]);
        row.extend(ends(Some(hit.span)));
        row
    }));
    sheet
}

/// Returns the sheet of the articles of the shelf.
pub(super) fn shelf(s: &Session, _: SheetFormat) -> Sheet {
    let shelf = &s.shelf;
    let columns: [&[ColumnName]; 2] = [
        &[DATE, TITLE, SOURCE, AUTHOR, FILE],
        &[
            ("length", ("字数", "length")),
            ("points", ("要点", "points")),
            ("hits", ("结果", "hits")),
        ],
    ];
    let typed = &shelf.search.typed;
    let order = Some(shelf.order.name());
    let mut sheet = sheet(s, (Mode::Shelf, ("书架", "Shelf")), typed, order, columns);
    let rows = (0..shelf.shown.len()).filter_map(|row| shelf.at(row));
    sheet.rows.extend(rows.map(|entry| {
        let found = shelf.search.found.get(&entry.id);
        let mut row = facts(Some(entry));
        row.extend([entry.length.to_string(), entry.points.to_string()]);
        row.push(found.map_or_else(String::new, |found| found.count.to_string()));
        row
    }));
    sheet
}
