//! All hits of the search in the shelf, aligned: opening the list, its order, going to a hit.

use super::entry::{Command, When, asking, command};
use super::list;
use crate::library::concordance::{HIT_ORDERS, HitOrder};
use crate::session::{Area, Effect, Mode, Session};
use crate::text::{Pos, Span};

/// From this width on there is a column of dates.
pub(crate) const MIN_WIDTH_OF_DATES: u16 = 56;
/// From this width on there is a column of titles.
pub(crate) const MIN_WIDTH_OF_TITLES: u16 = 100;

pub(crate) const COMMANDS: &[&[Command]] = &[
    &When::On(&[Mode::Shelf]).section([command("shelf-hits", "L", open)
        .zh("全部结果：列出书架上查到的每一处，带前后文，对齐在查到的词；一处一行。")
        .en("All hits: List every hit of the search, each on a row with what stands around it, aligned.")]),
    &When::On(&[Mode::ShelfHits]).section([
        asking("shelf-hits-go", "enter, l, right", go)
            .zh("打开此处：打开文章，停在这一处；Esc、q 或 L 再回到列表。")
            .en("Open at the hit: Open the article at this hit; Esc, q or L returns to the list."),
        command("shelf-hits-order", "s", |s, n| next_order(s, n, true))
            .zh("换排法：按日期、后文、前文排列；前后文按拼音。")
            .en("Next order of hits: By date, by what follows, by what precedes; words by their pinyin."),
        command("shelf-hits-order-back", "S", |s, n| next_order(s, n, false))
            .zh("换回排法：前一种排法。")
            .en("Previous order of hits: The order before."),
        command("shelf-hits-copies", "c", copies)
            .zh("同文的结果：同文各算各的，或只算一次。")
            .en("Hits of copies: Count the hits of copies as well, or once."),
        command("shelf-hits-again", "R", |s, _| collect(s))
            .zh("重新列出：按书架现在的样子重新列出。")
            .en("List again: List the hits of what is on the shelf now."),
        command("shelf-hits-close", "L", list::close)
            .zh("回到书架：关闭列表。")
            .en("Back to the shelf: Close the list."),
    ]),
];

/// Returns what the columns have no room for of the chosen hit: on a narrow screen its article;
/// its paragraph and heading, its publisher and author.
pub(crate) fn aside(s: &Session) -> String {
    let hits = &s.pages.library.hits;
    let Some(hit) = hits.at(s.chosen(Mode::ShelfHits)) else {
        return String::new();
    };
    let (lang, width, n) = (s.settings.lang, s.screen.columns, hit.paragraph);
    let number = lang.say_owned(format!("第{n}段"), format!("paragraph {n}"));
    let mut parts = vec![if n > 0 { number } else { String::new() }];
    if let Some(entry) = hits.entry(hit, &s.shelf) {
        if width < MIN_WIDTH_OF_TITLES {
            let day = entry.day.filter(|_| width < MIN_WIDTH_OF_DATES);
            let title = cut(s, &entry.title, 2, 5);
            parts.splice(
                0..0,
                day.map(|day| day.to_string()).into_iter().chain([title]),
            );
        } else {
            parts.push(cut(s, &hit.heading, 1, 3));
            let makers = [entry.publisher(), entry.author.as_deref()];
            let makers = makers.into_iter().flatten();
            parts.extend(makers.map(|name| cut(s, name, 1, 6)));
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.insert(0, String::new());
    parts.join("  ")
}

/// Cuts a text to a part of the status row: the keys keep their room.
fn cut(s: &Session, text: &str, part: usize, of: usize) -> String {
    let room = usize::from(s.screen.columns) * part / of;
    let head = s.settings.face.widths.head(text, room).0;
    let is_cut = head.len() < text.len();
    format!("{head}{}", if is_cut { "…" } else { "" })
}

/// Returns the row that says what is listed: above the page, or its first one on a small screen.
pub(crate) fn head_area(s: &Session) -> Area {
    let (crumbs, body) = (s.screen.crumbs, s.screen.body);
    let has_own = s.screen.header.width > 0;
    let first = Area {
        height: body.height.min(1),
        ..body
    };
    if has_own { crumbs } else { first }
}

/// Returns the rows of the hits.
pub(crate) fn area(s: &Session) -> Area {
    let has_own = s.screen.header.width > 0;
    s.screen.body.below(u16::from(!has_own))
}

fn open(s: &mut Session, _: Option<usize>) {
    if s.shelf.search.query.in_text().is_none() {
        return s.say((
            "先按 / 查找，再列出全部结果",
            "Search with / first, then list all hits",
        ));
    }
    s.pages.open(Mode::ShelfHits);
    collect(s);
}

/// Asks for the hits again: those of the articles that are listed, or of a subject of its own.
fn collect(s: &mut Session) {
    if let Some(subject) = s.pages.library.hits.subject.clone() {
        return s.pages.library.list_hits_of(subject);
    }
    let shelf = &s.shelf;
    let rows = 0..shelf.shown.len();
    let listed = rows.filter_map(|row| shelf.at(row)).map(|entry| entry.id);
    let has_hits = |id: &i64| {
        shelf
            .search
            .found
            .get(id)
            .is_some_and(|hits| hits.count > 0)
    };
    let articles = listed.filter(has_hits).collect();
    let query = shelf.search.query.clone();
    s.pages.library.list_hits(articles, query);
    s.pages.library.hits.is_outdated = !s.shelf.is_complete();
}

/// Marks the list of hits as stale, and requests it again once the shelf is complete.
pub(crate) fn follow(s: &mut Session) {
    let has_subject = s.pages.library.hits.subject.is_some();
    if has_subject || !s.pages.is_open(Mode::ShelfHits) {
        return;
    }
    let is_complete = s.shelf.is_complete();
    s.pages.library.hits.is_outdated |= !is_complete;
    if is_complete && s.pages.library.hits.is_outdated {
        collect(s);
    }
}

/// Filters the list.
pub(crate) fn filter(s: &mut Session, _: &str) {
    s.pages.library.arrange_hits();
}

fn next_order(s: &mut Session, count: Option<usize>, forward: bool) {
    let orders: Vec<HitOrder> = HIT_ORDERS.iter().map(|(order, _)| *order).collect();
    let hits = &mut s.pages.library.hits;
    hits.order = list::next_of(&orders, hits.order, count, forward);
    s.pages.library.arrange_hits();
}

fn copies(s: &mut Session, count: Option<usize>) {
    if s.pages.library.hits.subject.is_some() {
        return s.say((
            "这里是表中一格的结果；在表里按 c",
            "These are the hits of a cell; press c in its table",
        ));
    }
    super::shelf::copies(s, count);
    collect(s);
}

/// Opens the article of the chosen hit.
fn go(s: &mut Session, _: Option<usize>) -> Effect {
    let hits = &s.pages.library.hits;
    let Some(hit) = hits.at(hits.list.selected) else {
        return Effect::None;
    };
    let Some(entry) = hits.entry(hit, &s.shelf) else {
        s.say(("这篇已不在书架上", "This article has left the shelf"));
        return Effect::None;
    };
    let effect = Effect::OpenAt(entry.path.clone(), Some(hit.span));
    let query = match &hits.subject {
        Some(subject) => subject.query.in_text(),
        None => s.shelf.search.query.in_text(),
    };
    s.leave_pages(query);
    effect
}

/// Goes to a stretch of an article that was opened from a list of many articles.
pub fn arrive(s: &mut Session, span: Span) {
    let query = s.pages.library.seeks.take();
    let is_hit = query.is_some();
    super::shelf::hand_over(s, query);
    let is_known = |s: &Session| s.find.matches.spans.binary_search(&span).ok();
    // the file may have changed since it was read into the cache
    if is_hit && !s.find.is_searching() && is_known(s).is_none() {
        if let Some((hit, _)) = s.find.step(span.start, true, 1) {
            super::search::to_hit(s, hit);
        }
        return;
    }
    let is_there = !s.article.document().slice(span).is_empty();
    let to = if is_there { span } else { Span::at(Pos(0)) };
    s.open_fold(to.start);
    s.show(to.start, to);
    s.find.current = is_known(s);
}
