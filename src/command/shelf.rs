//! The shelf: choosing an article, searching and sorting, going to the next one.

use super::entry::{Command, READING, When, asking, command};
use super::{list, twin};
use crate::library::entry::ArticleId;
use crate::library::order::{ORDERS, Order};
use crate::search::Query;
use crate::session::shelf::Awaited;
use crate::session::shelf_news::ShelfChanges;
use crate::session::{Area, Effect, Mode, Session, ShelfNews};
use crate::source::sanitize;
use crate::text::Pos;

/// Width of the screen from which on the status row says how many articles are due.
const MIN_WIDTH_WITH_DUE: u16 = 60;

pub(crate) const COMMANDS: &[&[Command]] = &[
    &READING.section([
        asking("shelf", "g l", show)
            .zh("书架：回到书架。")
            .en("Shelf: Go to the shelf."),
        asking("next-article", "g a", |s, _| open_neighbour(s, true))
            .zh("下一篇：打开书架上的下一篇；书架上在查找时，是下一篇有的。")
            .en("Next article: Open the next article of the shelf, or of what is found on it."),
        asking("previous-article", "g A", |s, _| open_neighbour(s, false))
            .zh("上一篇：打开书架上的上一篇。")
            .en("Previous article: Open the previous article of the shelf."),
    ]),
    &When::On(&[Mode::Shelf]).section([
        asking("shelf-open", "enter, l, right", |s, _| match s.shelf.chosen() {
            Some(id) => open(s, id),
            None => Effect::None,
        })
        .zh("打开：打开这一篇；查找过的，停在第一处。")
        .en("Open: Open this article, at the first hit of what is searched for."),
        command("shelf-search", "/", list::ask_filter)
            .zh("在书架上查找：标题、作者、来源、正文一起查；词不分先后，a|b、-不要的、\"原样\"、/正则/，作者:、来源:、标题:、文件:（路径里的字）、>2019（2019 年起）、<2021-06（到 2021 年 6 月）、#标签、未读、在读、读完。")
            .en("Search the shelf: Titles, authors, sources and texts at once; words in any order, a|b, -not, \
                 \"exact\", /regex/, author:, source:, title:, file: (part of a path), >2019 (from then on), <2021-06 (until then), #tag, is:unread, is:begun, is:read."),
        command("shelf-order", "s", |s, n| next_order(s, n, true))
            .zh("换次序：日期、文件名、标题、作者、来源、字数、要点数、最近读过、结果数、相关度。")
            .en("Next order: Date, file name, title, author, source, length, points, read last, hits, relevance."),
        command("shelf-order-back", "S", |s, n| next_order(s, n, false))
            .zh("换回次序：前一种次序。")
            .en("Previous order: The order before."),
        command("shelf-copies", "c", copies)
            .zh("同文：同一篇的几个副本分开列出，或合为最早的一篇。")
            .en("Copies: List copies of an article by themselves, or folded into the earliest."),
        asking("shelf-read", "r", toggle_read)
            .zh("标为已读：把这一篇标为读完；读完的标为未读。")
            .en("Mark as read: Mark this article as read to its end, or as unread where it was."),
        asking("shelf-refresh", "R", refresh)
        .zh("更新：读入新的和改过的文章。")
        .en("Refresh: Read in what is new or has changed."),
        command("shelf-back", "esc", back)
            .zh("退一步：去掉查找；没有查找时回到正文。")
            .en("Back: Take the search away; without one, return to the text."),
    ]),
];

/// Asks for what is new; what has changed is said at the end.
fn refresh(s: &mut Session, _: Option<usize>) -> Effect {
    let before = s.shelf.entries.len();
    s.shelf.intake.changes = Some(ShelfChanges {
        before,
        ..ShelfChanges::default()
    });
    s.say(("正在看有没有新的", "Looking for what is new"));
    Effect::RefreshShelf
}

fn show(s: &mut Session, _: Option<usize>) -> Effect {
    s.pages.go(Mode::Shelf);
    if let Some(row) = s.shelf.row_of_reading() {
        s.shelf.list.selected = row;
    }
    if s.shelf.entries.is_empty() {
        return Effect::FillShelf;
    }
    Effect::ListDue
}

/// Opens an article, or says why it cannot be read.
pub(crate) fn open(s: &mut Session, id: ArticleId) -> Effect {
    match s.shelf.entry(id).map(|found| found.fault.clone()) {
        Some(None) => return Effect::Open(id),
        Some(Some(fault)) => s.warn(fault.into()),
        None => {}
    }
    Effect::None
}

/// Opens the next article of the list, or the previous one.
pub(crate) fn open_neighbour(s: &mut Session, forward: bool) -> Effect {
    if let Some(id) = s.shelf.neighbour(forward) {
        return open(s, id);
    }
    if s.shelf.entries.is_empty() {
        s.shelf.place.waits_for = Some(if forward {
            Awaited::Next
        } else {
            Awaited::Previous
        });
        return Effect::FillShelf;
    }
    s.say(if forward {
        ("书架上没有下一篇", "No next article on the shelf")
    } else {
        ("书架上没有上一篇", "No previous article on the shelf")
    });
    Effect::None
}

/// Takes news of the shelf; opens the article that was waited for once all are listed.
pub(crate) fn take(s: &mut Session, news: ShelfNews) -> Effect {
    if let ShelfNews::Trouble(zh, en) = news {
        s.warn(s.settings.lang.say_owned(zh, en));
        return Effect::None;
    }
    let is_end = matches!(news, ShelfNews::Incoming(None));
    s.shelf.take(news);
    if is_end && let Some(changes) = s.shelf.intake.changes.take() {
        let (mut zh, mut en) = changes.line(s.shelf.entries.len());
        if let Some(folder) = s.shelf.intake.away.first() {
            let folder = sanitize::line(&folder.display().to_string());
            zh += &format!("；目录不在或是空的：{folder}");
            en += &format!("; folder not there, or empty: {folder}");
        }
        s.say_owned(zh, en);
    }
    let waits_for = s
        .shelf
        .place
        .waits_for
        .take_if(|_| s.shelf.intake.incoming.is_none());
    match waits_for {
        Some(Awaited::Twin) => twin::of_text(s, None),
        Some(awaited) => open_neighbour(s, awaited == Awaited::Next),
        None => Effect::None,
    }
}

/// Searches the shelf for what is typed.
pub(crate) fn filter(s: &mut Session, typed: &str) {
    s.shelf.look_for(typed);
}

/// Returns the fault of what is searched for, else the folder of the chosen article where that is
/// not there.
pub(crate) fn aside(s: &Session) -> String {
    let away = || {
        let chosen = s.shelf.at(s.shelf.list.selected)?;
        let folder = s.shelf.intake.away_folder(chosen)?;
        let folder = sanitize::line(&folder.display().to_string());
        Some((
            format!("目录不在：{folder}"),
            format!("folder not there: {folder}"),
        ))
    };
    let due = || {
        let (count, is_searched) = (s.pages.due.articles.len(), !s.shelf.search.typed.is_empty());
        let has_room = s.screen.columns >= MIN_WIDTH_WITH_DUE && !is_searched;
        (count > 0 && has_room).then(|| {
            (
                format!("{count} 篇该复习（gD 查看）"),
                format!("{count} due (gD lists them)"),
            )
        })
    };
    let said = s.shelf.search.fault.clone().or_else(away).or_else(due);
    said.map_or(String::new(), |(zh, en)| {
        format!("  {}", s.settings.lang.say_owned(zh, en))
    })
}

/// Returns the rows of the shelf: below its two rows of head, from the top of the screen on.
pub(crate) fn area(s: &Session) -> Area {
    let body = s.screen.body;
    let height = body.y + body.height;
    let first = (1 + u16::from(height > 3)).min(height);
    Area {
        y: first,
        height: height - first,
        ..body
    }
}

/// Searches an article that was opened from the shelf for what is searched for there, and goes to
/// the first hit, or to the last one.
pub fn search_opened(s: &mut Session, last: bool) {
    let query = s.shelf.search.query.in_text();
    let is_searched = query.is_some();
    hand_over(s, query);
    if !is_searched {
        return;
    }
    let from = if last {
        s.article.document().end()
    } else {
        Pos(0)
    };
    match s.find.step(from, !last, 1) {
        Some((hit, _)) => super::search::to_hit(s, hit),
        // a long text is still being searched
        None => s.find.work.waits_at = Some(s.reading.focus),
    }
}

/// Searches an article that was opened from the shelf or a list for the query of that; for none,
/// takes the query of the one before away.
pub(crate) fn hand_over(s: &mut Session, query: Option<Query>) {
    let before = std::mem::replace(&mut s.shelf.place.handed, query.clone());
    if query.is_some() || before.is_some() && s.find.query == before {
        s.search(query);
    }
}

/// Goes to the next order, or the previous one; those that have no meaning now are left out.
fn next_order(s: &mut Session, count: Option<usize>, forward: bool) {
    let has_hits = !s.shelf.search.query.terms.is_empty();
    let is_given = s.shelf.is_given;
    let is_offered = |order: &Order| match order {
        Order::Hits | Order::Relevance => has_hits,
        Order::Given => is_given,
        _ => true,
    };
    let offered = ORDERS.iter().filter(|(order, ..)| is_offered(order));
    let offered: Vec<_> = offered.collect();
    let now = offered
        .iter()
        .position(|(order, ..)| *order == s.shelf.order);
    let steps = count.unwrap_or(1) % offered.len().max(1);
    let steps = if forward {
        steps
    } else {
        offered.len() - steps
    };
    let next = offered.get((now.unwrap_or(0) + steps) % offered.len().max(1));
    if let Some((order, _, name)) = next {
        s.shelf.set_order(*order);
        let (zh, en) = (format!("次序：{}", name.0), format!("Order: {}", name.1));
        s.say_owned(zh, en);
    }
}

/// Shows copies by themselves, or folds them into the earliest.
pub(crate) fn copies(s: &mut Session, _: Option<usize>) {
    let shows = !s.shelf.shows_copies;
    s.shelf.set_copies(shows);
    s.say(if shows {
        ("同文分开列出", "Copies by themselves")
    } else {
        ("同文合为最早的一篇", "Copies folded into the earliest")
    });
}

fn toggle_read(s: &mut Session, _: Option<usize>) -> Effect {
    let Some((paths, done)) = s.shelf.toggle_read(s.memory.now) else {
        return Effect::None;
    };
    s.say(if done {
        ("已标为读完", "Marked as read")
    } else {
        ("已标为未读", "Marked as unread")
    });
    Effect::MarkRead(paths, done)
}

/// Takes the search away, else goes back to the open article; never ends the program.
fn back(s: &mut Session, _: Option<usize>) {
    if list::unfilter(s) {
        return;
    }
    if s.has_article() {
        s.pages.go(Mode::Read);
    } else {
        s.say(("q 退出", "q quits"));
    }
}
