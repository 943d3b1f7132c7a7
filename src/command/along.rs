//! From hit to hit, through one article after the other where the shelf was searched.

use super::entry::{Command, READING, asking};
use super::search::by_hits;
use super::shelf;
use crate::session::{Effect, Session};

pub(crate) const COMMANDS: &[&[Command]] = &[&READING.section([
    asking("next-hit", "n", |s, n| along(s, n, true))
        .zh("下一处：到下一个命中处（按命中而不是按行），到文末从头继续；从书架上查到的，接着到下一篇。")
        .en("Next hit: Go to the next hit (by hit, not by row); wraps at the end, or goes on in the next article of what was found on the shelf."),
    asking("previous-hit", "N", |s, n| along(s, n, false))
        .zh("上一处：到上一个命中处。")
        .en("Previous hit: Go to the previous hit."),
])];

/// Goes by hits; behind the last one to the next article, where the same was found on the shelf.
fn along(s: &mut Session, count: Option<usize>, forward: bool) -> Effect {
    let shelf = s.shelf.search.query.in_text();
    let is_of_shelf = shelf.is_some() && shelf == s.find.query;
    let next = s.find.step(s.reading.focus, forward, count.unwrap_or(1));
    let wraps = next.is_none_or(|(_, wraps)| wraps);
    if is_of_shelf && wraps && s.shelf.neighbour(forward).is_some() {
        s.shelf.place.enters_at_end = !forward;
        return shelf::open_neighbour(s, forward);
    }
    by_hits(s, count, forward);
    Effect::None
}
