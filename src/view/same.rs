//! The articles that hold a text: date, title and source of each, and how much of the text it
//! holds and the text of it.

use super::Role;
use super::columns::{Column, Columns, across};
use super::paint::Painter;
use super::row::RowPainter;
use super::shelf::{date, source};
use crate::command::{pages, same};
use crate::session::same_list::{SameArticle, SameList};
use crate::session::{Mode, Session};
use crate::text::Say;

/// From this width on there is a column of dates.
const MIN_WIDTH_WITH_DATES: u16 = 34;
/// The columns.
const SAME_COLUMNS: Columns<SameArticle> = Columns {
    min_width_with_date: Some(MIN_WIDTH_WITH_DATES),
    name: ("标题", "title"),
    right: &[
        Column {
            heading: |_| ("占该文", "of that"),
            cells: [9, 9],
            min_width: 56,
            role: Role::Facts,
            text: |_, article| format!("{}%", article.of),
        },
        Column {
            heading: |session| {
                if session.pages.library.same.is_passage() {
                    ("占选文", "of this")
                } else {
                    ("占本文", "of this")
                }
            },
            cells: [9, 9],
            min_width: 28,
            role: Role::Facts,
            text: |_, article| format!("{}%", article.share),
        },
        Column {
            heading: |_| ("来源", "source"),
            cells: [18, 28],
            min_width: 90,
            role: Role::Facts,
            text: |session, article| source(session, &article.entry),
        },
    ],
};

/// Draws the list, its head and the headings of its columns.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let (body, same) = (session.screen.body, &session.pages.library.same);
    let columns = across(body);
    if body.height > 0 {
        head(session, p.row(columns, body.y));
    }
    if same::has_headings(session) {
        SAME_COLUMNS.headings(session, &mut p.row(columns, body.y + 1));
    }
    let area = same::area(session);
    for (y, item, is_chosen) in pages::shown(session, Mode::Same) {
        if let Some(article) = same.rows.get(item) {
            let row = p.row(columns, y).set_off(is_chosen, area.row(y));
            line(session, article, row.blended());
        }
    }
    if same.rows.is_empty() && area.height > 0 {
        let text = nothing(same);
        let text = p.own(session.settings.lang.say(text));
        p.row(columns, area.y).left(&text, Role::Facts);
    }
}

/// Returns why nothing is listed.
fn nothing(same: &SameList) -> Say {
    if same.is_running {
        ("正在比对…", "Comparing…")
    } else if same.is_passage() {
        ("没有文章含有这段文字", "No article holds this passage")
    } else {
        ("没有与本文大体相同的文章", "No article is mostly the same")
    }
}

/// Draws what is asked about, and how many articles were found.
fn head(session: &Session, mut row: RowPainter<'_, '_>) {
    let (lang, same) = (session.settings.lang, &session.pages.library.same);
    let (read, all) = same.progress;
    let count = if same.is_running && all > 0 {
        lang.say_owned(
            format!("已比对 {read} / {all}"),
            format!("compared {read} of {all}"),
        )
    } else if same.is_running {
        String::new()
    } else if same.is_passage() {
        let found = same.rows.len();
        let articles = if found == 1 { "article" } else { "articles" };
        lang.say_owned(format!("{found} 篇"), format!("{found} {articles}"))
    } else {
        match same.others() {
            0 => lang.say(("没有别的同文", "no copies")).to_owned(),
            1 => lang.say(("另有 1 篇", "1 other")).to_owned(),
            others => lang.say_owned(format!("另有 {others} 篇"), format!("{others} others")),
        }
    };
    let kind = if same.is_passage() {
        ("出处", "Passage")
    } else {
        ("同文", "Copies")
    };
    let cells = |row: &RowPainter<'_, '_>, text: &str| row.p.widths.text(text);
    let left = cells(&row, lang.say(kind)) + cells(&row, &same.name) + 2;
    // the order goes before the name where there is little room, the count last
    let order = lang.say(("，早的在前", ", earliest first"));
    let has_order = !same.is_running
        && same.rows.len() > 1
        && left + 2 + cells(&row, &count) + cells(&row, order) <= row.room();
    let count = count + if has_order { order } else { "" };
    row.right(&count, Role::Facts);
    row.end = row.end.saturating_sub(2);
    row.left(lang.say(kind), Role::Title);
    row.x += 2;
    row.left(&same.name, Role::Title);
}

/// Draws an article.
fn line(session: &Session, article: &SameArticle, mut row: RowPainter<'_, '_>) {
    SAME_COLUMNS.cells(session, article, &date(&article.entry), &mut row);
    let same = &session.pages.library.same;
    if same.is_own(article) {
        row.left(session.settings.lang.say(("本文", "this")), Role::Marker);
        row.x += 1;
    }
    row.left(&article.entry.title, Role::Text);
}
