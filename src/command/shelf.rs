//! The shelf: choosing an article, going to the next one.

use super::entry::{Command, When, asking, command};
use super::list;
use crate::session::{Effect, Mode, Session};

/// The commands of this group.
pub(crate) const COMMANDS: &[&[Command]] = &[
    &When::Reading.section([
        asking("shelf", "g l", show).help(("书架", "Shelf"), "回到书架。", "Go to the shelf."),
        asking("next-article", "g a", |s, _| open_neighbour(s, true)).help(
            ("下一篇", "Next article"),
            "打开书架上的下一篇。",
            "Open the next article on the shelf.",
        ),
        asking("previous-article", "g A", |s, _| open_neighbour(s, false)).help(
            ("上一篇", "Previous article"),
            "打开书架上的上一篇。",
            "Open the previous article on the shelf.",
        ),
    ]),
    &When::Shelf.section([
        command("shelf-down", "j, down", list::next).help(
            ("下一项", "Next item"),
            "选书架上的下一项。",
            "Choose the next item.",
        ),
        command("shelf-up", "k, up", list::previous).help(
            ("上一项", "Previous item"),
            "选书架上的上一项。",
            "Choose the previous item.",
        ),
        command("shelf-page-down", "space, f, pgdn, d", list::page_down).help(
            ("书架下一页", "Page down"),
            "向下一页。",
            "A page of items down.",
        ),
        command("shelf-page-up", "b, pgup, u", list::page_up).help(
            ("书架上一页", "Page up"),
            "向上一页。",
            "A page of items up.",
        ),
        command("shelf-first", "g g, home", list::first).help(
            ("第一项", "First item"),
            "选第一项。",
            "Choose the first item.",
        ),
        command("shelf-last", "G, end", list::last).help(
            ("最后一项", "Last item"),
            "选最后一项。",
            "Choose the last item.",
        ),
        asking("shelf-open", "enter, l, right", |s, _| {
            open(s, s.shelf.list.selected)
        })
        .help(("打开", "Open"), "打开这一篇。", "Open this article."),
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
