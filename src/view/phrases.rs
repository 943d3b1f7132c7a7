//! Salient phrases: each with its counts, the ratio to the others and its first use.

use super::Role;
use super::columns::cell;
use super::paint::Painter;
use super::row::RowPainter;
use crate::command::{pages, phrases, same};
use crate::library::phrases::SalientPhrase;
use crate::session::phrase_list::PHRASE_ORDERS;
use crate::session::{Mode, Session};
use crate::text::{Lang, Say};

/// A column right of the phrase: its heading, its cells, and the width of the screen from which on
/// it is there.
struct PhraseColumn {
    heading: Say,
    cells: u16,
    min_width: u16,
    text: fn(&SalientPhrase, Lang) -> String,
}

/// The columns from the right.
const PHRASE_COLUMNS: &[PhraseColumn] = &[
    PhraseColumn {
        heading: ("首见", "first use"),
        cells: 13,
        min_width: 56,
        text: |phrase, _| {
            phrase
                .first
                .map_or(String::new(), |first| first.day.to_string())
        },
    },
    PhraseColumn {
        heading: ("G²", "G²"),
        cells: 10,
        min_width: 76,
        text: |phrase, _| format!("{:.0}", phrase.g2),
    },
    PhraseColumn {
        heading: ("其余", "others"),
        cells: 9,
        min_width: 64,
        text: |phrase, _| phrase.reference.to_string(),
    },
    PhraseColumn {
        heading: ("是其余的", "ratio"),
        cells: 11,
        min_width: 40,
        text: ratio,
    },
    PhraseColumn {
        heading: ("篇", "articles"),
        cells: 10,
        min_width: 48,
        text: |phrase, _| phrase.articles.to_string(),
    },
    PhraseColumn {
        heading: ("次", "count"),
        cells: 8,
        min_width: 0,
        text: |phrase, _| phrase.count.to_string(),
    },
];

/// Returns the ratio of a phrase's share of the articles to that of the others.
fn ratio(phrase: &SalientPhrase, lang: Lang) -> String {
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
    let inset = u16::from(body.width > 24);
    let columns = (body.x + inset, (body.x + body.width).saturating_sub(inset));
    if body.height > 0 {
        head(session, p.row(columns, body.y));
    }
    if same::has_headings(session) {
        headings(session, p.row(columns, body.y + 1));
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

/// Returns the columns right of the phrase that have room.
fn columns(session: &Session) -> impl Iterator<Item = &'static PhraseColumn> {
    let width = session.screen.columns;
    PHRASE_COLUMNS
        .iter()
        .filter(move |column| width >= column.min_width)
}

fn headings(session: &Session, mut row: RowPainter<'_, '_>) {
    let lang = session.settings.lang;
    for column in columns(session) {
        cell(
            &mut row,
            column.cells,
            lang.say(column.heading),
            Role::Crumbs,
        );
    }
    row.left(lang.say(("词语", "phrase")), Role::Crumbs);
}

/// Draws a phrase.
fn line(session: &Session, phrase: &SalientPhrase, mut row: RowPainter<'_, '_>) {
    for column in columns(session) {
        let text = (column.text)(phrase, session.settings.lang);
        cell(&mut row, column.cells, &text, Role::Facts);
    }
    row.left(&phrase.text, Role::Text);
    if phrases::is_keyword(session, &phrase.text) {
        row.x += 1;
        row.left("*", Role::Marker);
    }
}
