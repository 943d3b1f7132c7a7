//! Salient phrases: each with its counts, the ratio to the others and its first use.

use super::Role;
use super::columns::{Column, Columns, across};
use super::paint::Painter;
use super::row::RowPainter;
use crate::command::{pages, phrases, same};
use crate::library::phrases::SalientPhrase;
use crate::session::phrase_list::PHRASE_ORDERS;
use crate::session::{Mode, Session};
use crate::text::Say;

/// The columns of the list.
const COLUMNS: Columns<SalientPhrase> = Columns {
    min_width_with_date: None,
    name: ("词语", "phrase"),
    right: &[
        column(
            |_| ("首见", "first use"),
            13,
            56,
            |_, phrase| {
                let first = phrase.first.map(|first| first.day.to_string());
                first.unwrap_or_default()
            },
        ),
        column(
            |_| ("G²", "G²"),
            10,
            76,
            |_, phrase| format!("{:.0}", phrase.g2),
        ),
        column(
            |_| ("其余", "others"),
            9,
            64,
            |_, phrase| phrase.reference.to_string(),
        ),
        column(|_| ("是其余的", "ratio"), 11, 40, ratio),
        column(
            |_| ("篇", "articles"),
            10,
            48,
            |_, phrase| phrase.articles.to_string(),
        ),
        column(
            |_| ("次", "count"),
            8,
            0,
            |_, phrase| phrase.count.to_string(),
        ),
    ],
};

/// Returns a column of a width in cells, from a width of the screen on.
const fn column(
    heading: fn(&Session) -> Say,
    cells: u16,
    min_width: u16,
    text: fn(&Session, &SalientPhrase) -> String,
) -> Column<SalientPhrase> {
    Column {
        heading,
        cells: [cells; 2],
        min_width,
        role: Role::Facts,
        text,
    }
}

/// Returns the ratio of a phrase's share of the articles to that of the others.
fn ratio(session: &Session, phrase: &SalientPhrase) -> String {
    let lang = session.settings.lang;
    if phrase.reference == 0 {
        return lang.say(("独有", "only here")).to_owned();
    }
    let ratio = phrase.log_ratio.exp2();
    let digits = usize::from(ratio < 10.0);
    lang.say_owned(format!("{ratio:.digits$} 倍"), format!("{ratio:.digits$}x"))
}

/// Draws the list, its head and the headings of its columns.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let (body, list) = (session.screen.body, &session.pages.library.phrases);
    let columns = across(body);
    if body.height > 0 {
        head(session, p.row(columns, body.y));
    }
    if same::has_headings(session) {
        COLUMNS.headings(session, &mut p.row(columns, body.y + 1));
    }
    let area = same::area(session);
    for (y, item, is_chosen) in pages::shown(session, Mode::Phrases) {
        if let Some(phrase) = list.at(item) {
            let row = p.row(columns, y).set_off(is_chosen, area.row(y));
            line(session, phrase, row.blended());
        }
    }
    if list.all.is_empty() && area.height > 0 {
        let text = p.own(session.settings.lang.say(nothing(session)));
        p.row(columns, area.y).left(&text, Role::Facts);
    }
}

/// Returns why nothing is listed.
fn nothing(session: &Session) -> Say {
    let list = &session.pages.library.phrases;
    if list.is_running {
        ("正在数词语…", "Counting phrases…")
    } else if list.asked.len() == session.shelf.entries.len() {
        (
            "书架上列的是全部文章，没有其余的可比：先回书架按 / 筛选，如 >2024",
            "All articles are listed, with no others to compare with: filter the shelf by / first, as >2024",
        )
    } else {
        ("没有突出的词语", "No phrase is salient")
    }
}

/// Draws what is compared with what, how many phrases there are, and their order.
fn head(session: &Session, mut row: RowPainter<'_, '_>) {
    let (lang, list) = (session.settings.lang, &session.pages.library.phrases);
    let (read, all) = list.progress;
    let order = PHRASE_ORDERS.iter().find(|(order, _)| *order == list.order);
    let order = order.map_or(("", ""), |(_, name)| *name);
    let state = if list.is_running && all > 0 {
        let per_cent = read * 100 / all;
        lang.say_owned(format!("已读 {per_cent}%"), format!("{per_cent}% read"))
    } else if list.is_running || list.all.is_empty() {
        String::new()
    } else {
        lang.say_owned(format!("按{}", order.0), format!("by {}", order.1))
    };
    row.right(&state, Role::Facts);
    row.end = row.end.saturating_sub(2);
    row.left(lang.say(("突出词", "Salient phrases")), Role::Title);
    row.x += 2;
    let asked = list.asked.len();
    let about = match &list.against {
        None => lang.say_owned(
            format!("所列 {asked} 篇与其余的比"),
            format!("{asked} listed articles against the rest"),
        ),
        Some(view) => lang.say_owned(
            format!("所列 {asked} 篇与“{view}”比"),
            format!("{asked} listed articles against {view}"),
        ),
    };
    row.left(&about, Role::Facts);
    row.left(lang.say(("，同文计一次", ", copies once")), Role::Facts);
    if list.sampled > 1 {
        let sampled = list.sampled;
        let text = lang.say_owned(
            format!("，每 {sampled} 篇取一篇来找"),
            format!(", one in {sampled} searched"),
        );
        row.left(&text, Role::Facts);
    }
}

/// Draws a phrase.
fn line(session: &Session, phrase: &SalientPhrase, mut row: RowPainter<'_, '_>) {
    COLUMNS.cells(session, phrase, "", &mut row);
    row.left(&phrase.text, Role::Text);
    if phrases::is_keyword(session, &phrase.text) {
        row.x += 1;
        row.left("*", Role::Marker);
    }
}
