//! The shelf: choosing an article, going to the next one.

use super::table::{Command, Group, When};
use crate::session::{Effect, Mode, Session};

/// The commands of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "shelf",
        keys: &["g l"],
        group: Group::Shelf,
        brief: ("书架", "Shelf"),
        about: ("回到书架。", "Go to the shelf."),
        when: When::Reading,
        run: |s, _| {
            s.mode = Mode::Shelf;
            if s.shelf.items.is_empty() {
                Effect::FillShelf
            } else {
                Effect::None
            }
        },
    },
    Command {
        name: "next-article",
        keys: &["g a"],
        group: Group::Shelf,
        brief: ("下一篇", "Next article"),
        about: (
            "打开书架上的下一篇。",
            "Open the next article on the shelf.",
        ),
        when: When::Reading,
        run: |s, _| neighbour(s, true),
    },
    Command {
        name: "previous-article",
        keys: &["g A"],
        group: Group::Shelf,
        brief: ("上一篇", "Previous article"),
        about: (
            "打开书架上的上一篇。",
            "Open the previous article on the shelf.",
        ),
        when: When::Reading,
        run: |s, _| neighbour(s, false),
    },
    Command {
        name: "shelf-down",
        keys: &["j", "down"],
        group: Group::Shelf,
        brief: ("下一项", "Next item"),
        about: ("选书架上的下一项。", "Choose the next item."),
        when: When::Shelf,
        run: |s, n| step(s, n, 1),
    },
    Command {
        name: "shelf-up",
        keys: &["k", "up"],
        group: Group::Shelf,
        brief: ("上一项", "Previous item"),
        about: ("选书架上的上一项。", "Choose the previous item."),
        when: When::Shelf,
        run: |s, n| step(s, n, -1),
    },
    Command {
        name: "shelf-page-down",
        keys: &["space", "f", "pgdn", "d"],
        group: Group::Shelf,
        brief: ("书架下一页", "Page down"),
        about: ("向下一页。", "A page of items down."),
        when: When::Shelf,
        run: |s, _| step(s, Some(usize::from(s.screen.body.height).max(4) - 3), 1),
    },
    Command {
        name: "shelf-page-up",
        keys: &["b", "pgup", "u"],
        group: Group::Shelf,
        brief: ("书架上一页", "Page up"),
        about: ("向上一页。", "A page of items up."),
        when: When::Shelf,
        run: |s, _| step(s, Some(usize::from(s.screen.body.height).max(4) - 3), -1),
    },
    Command {
        name: "shelf-first",
        keys: &["g g", "home"],
        group: Group::Shelf,
        brief: ("第一项", "First item"),
        about: ("选第一项。", "Choose the first item."),
        when: When::Shelf,
        run: |s, _| step(s, Some(1_000_000), -1),
    },
    Command {
        name: "shelf-last",
        keys: &["G", "end"],
        group: Group::Shelf,
        brief: ("最后一项", "Last item"),
        about: ("选最后一项。", "Choose the last item."),
        when: When::Shelf,
        run: |s, _| step(s, Some(1_000_000), 1),
    },
    Command {
        name: "shelf-open",
        keys: &["enter", "l", "right"],
        group: Group::Shelf,
        brief: ("打开", "Open"),
        about: ("打开这一篇。", "Open this article."),
        when: When::Shelf,
        run: |s, _| open(s, s.shelf.selected),
    },
];

fn step(s: &mut Session, count: Option<usize>, sign: isize) -> Effect {
    s.shelf
        .step(sign * count.unwrap_or(1).min(1_000_000).cast_signed());
    Effect::None
}

fn open(s: &mut Session, item: usize) -> Effect {
    match s.shelf.items.get(item) {
        None => Effect::None,
        Some(found) => match found.fault.clone() {
            Some(fault) => {
                s.warn(fault);
                Effect::None
            }
            None => Effect::Open(item),
        },
    }
}

fn neighbour(s: &mut Session, forward: bool) -> Effect {
    if let Some(item) = s.shelf.neighbour(forward) {
        open(s, item)
    } else {
        s.say(if forward {
            ("书架上没有下一篇", "No next article on the shelf")
        } else {
            ("书架上没有上一篇", "No previous article on the shelf")
        });
        Effect::None
    }
}
