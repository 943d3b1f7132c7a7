//! The shelf: choosing an article, going to the next one.

use super::entry::{Command, When, asking};
use crate::session::{Effect, Mode, Session};

pub(crate) const COMMANDS: &[&[Command]] = &[
    &When::Reading.section([
        asking("shelf", "g l", show)
            .zh("书架：回到书架。")
            .en("Shelf: Go to the shelf."),
        asking("next-article", "g a", |s, _| open_neighbour(s, true))
            .zh("下一篇：打开书架上的下一篇。")
            .en("Next article: Open the next article on the shelf."),
        asking("previous-article", "g A", |s, _| open_neighbour(s, false))
            .zh("上一篇：打开书架上的上一篇。")
            .en("Previous article: Open the previous article on the shelf."),
    ]),
    &When::Shelf.section([asking("shelf-open", "enter, l, right", |s, _| {
        open(s, s.shelf.list.selected)
    })
    .zh("打开：打开这一篇。")
    .en("Open: Open this article.")]),
];

fn show(s: &mut Session, _: Option<usize>) -> Effect {
    s.mode = Mode::Shelf;
    if s.shelf.items.is_empty() {
        return Effect::FillShelf;
    }
    Effect::None
}

fn open(s: &mut Session, item: usize) -> Effect {
    match s.shelf.items.get(item).map(|found| found.fault.clone()) {
        Some(None) => return Effect::Open(item),
        Some(Some(fault)) => s.warn(fault),
        None => {}
    }
    Effect::None
}

fn open_neighbour(s: &mut Session, forward: bool) -> Effect {
    if let Some(item) = s.shelf.neighbour(forward) {
        return open(s, item);
    }
    s.say(if forward {
        ("书架上没有下一篇", "No next article on the shelf")
    } else {
        ("书架上没有上一篇", "No previous article on the shelf")
    });
    Effect::None
}
