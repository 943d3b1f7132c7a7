//! From hit to hit, through one article after the other where the shelf was searched.

use super::entry::{Command, READING, When, asking, command};
use super::search::by_hits;
use super::shelf;
use crate::session::{Effect, Mode, Session};
use crate::text::Say;

/// Said where the way led from the last article to the first.
const WRAPPED: Say = (
    "已到最后一篇，从第一篇继续",
    "Past the last article, on from the first",
);
/// Said where the way led from the first article to the last.
const WRAPPED_BACK: Say = (
    "已到第一篇，从最后一篇继续",
    "Past the first article, on from the last",
);

pub(crate) const COMMANDS: &[&[Command]] = &[&READING.section([
        asking("next-hit", "n", |s, n| along(s, n, true))
            .zh("下一处：到下一处结果（按结果而不是按行），到文末从头继续；从书架上查到的，接着到下一篇，最后一篇之后是第一篇。")
            .en("Next hit: Go to the next hit (by hit, not by row); wraps at the end, or goes on in the next article of what was found on the shelf, and after the last in the first."),
        asking("previous-hit", "N", |s, n| along(s, n, false))
            .zh("上一处：到上一处结果。")
            .en("Previous hit: Go to the previous hit."),
    ])];

/// Those of the shelf.
pub(crate) const OF_SHELF: &[&[Command]] = &[&When::On(&[Mode::Shelf]).section([
    command("shelf-next-found", "n", |s, n| choose(s, n, true))
        .zh("下一篇有结果的：选下一篇正文里有结果的；前面可加数字。")
        .en("Next article with hits: Choose the next article whose text has a hit; takes a count."),
    command("shelf-previous-found", "N", |s, n| choose(s, n, false))
        .zh("上一篇有结果的：选上一篇正文里有结果的；前面可加数字。")
        .en("Previous with hits: Choose the previous article whose text has a hit; takes a count."),
])];

/// Goes by hits; behind the last one to the next article, where the same was found on the shelf.
fn along(s: &mut Session, count: Option<usize>, forward: bool) -> Effect {
    let shelf = s.shelf.search.query.in_text();
    let is_of_shelf = shelf.is_some() && shelf == s.find.query;
    let next = s.find.step(s.reading.focus, forward, count.unwrap_or(1));
    let wraps = next.is_none_or(|(_, wraps)| wraps);
    if let Some(here) = s.shelf.row_of_reading().filter(|_| is_of_shelf && wraps) {
        let can_open = |entry: &_| s.shelf.can_open(entry);
        let next = s.shelf.row_with_hits(here, (1, forward), can_open);
        let (row, passed) = next.unwrap_or((here, false));
        if let Some(id) = s.shelf.at(row).filter(|_| row != here).map(|e| e.id) {
            s.shelf.place.enters_at_end = !forward;
            say_where(s, forward, passed);
            return shelf::open(s, id);
        }
    }
    by_hits(s, count, forward);
    Effect::None
}

/// Chooses the next or previous article of the shelf whose text has hits.
fn choose(s: &mut Session, count: Option<usize>, forward: bool) {
    if s.shelf.search.query.in_text().is_none() {
        return s.say(("先按 / 查找", "Search with / first"));
    }
    let count = count.unwrap_or(1).max(1);
    let here = s.shelf.list.selected;
    let found = s.shelf.row_with_hits(here, (count, forward), |_| true);
    match found {
        Some((row, passed)) => {
            s.shelf.list.selected = row;
            say_where(s, forward, passed);
        }
        None if s.shelf.search.is_running => s.say(("正在查找…", "Searching…")),
        None => s.say(("正文里都没有", "No hits in the texts")),
    }
}

/// Says where an end of the list was passed.
fn say_where(s: &mut Session, forward: bool, passed: bool) {
    if passed {
        s.say(if forward { WRAPPED } else { WRAPPED_BACK });
    }
}
