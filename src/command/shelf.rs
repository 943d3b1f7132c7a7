//! The shelf: choosing an article, going to the next one.

use super::entry::{Command, When, asking, command};
use super::list;
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
    &When::Shelf.section([
        command("shelf-down", "j, down", list::next)
            .zh("下一项：选书架上的下一项。")
            .en("Next item: Choose the next item."),
        command("shelf-up", "k, up", list::previous)
            .zh("上一项：选书架上的上一项。")
            .en("Previous item: Choose the previous item."),
        command("shelf-page-down", "space, f, pgdn, d", list::page_down)
            .zh("书架下一页：向下一页。")
            .en("Page down: A page of items down."),
        command("shelf-page-up", "b, pgup, u", list::page_up)
            .zh("书架上一页：向上一页。")
            .en("Page up: A page of items up."),
        command("shelf-first", "g g, home", list::first)
            .zh("第一项：选第一项。")
            .en("First item: Choose the first item."),
        command("shelf-last", "G, end", list::last)
            .zh("最后一项：选最后一项。")
            .en("Last item: Choose the last item."),
        asking("shelf-open", "enter, l, right", |s, _| {
            open(s, s.shelf.list.selected)
        })
        .zh("打开：打开这一篇。")
        .en("Open: Open this article."),
    ]),
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
