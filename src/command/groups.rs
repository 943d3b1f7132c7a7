//! The groups of commands that act on what is read, in the order of the help.

use super::entry::Group;
use super::{
    app, copy, hits, jump, keywords, mark, marks, outline, point, scroll, search, select, settings,
    shelf,
};

/// Every group but that of the keys of a line being typed.
pub(crate) const GROUPS: &[Group] = &[
    Group {
        title: ("翻阅", "Reading"),
        tables: &[scroll::COMMANDS],
    },
    Group {
        title: ("要点", "Points"),
        tables: &[point::COMMANDS],
    },
    Group {
        title: ("提纲", "Outline"),
        tables: &[outline::COMMANDS],
    },
    Group {
        title: ("查找与关键词", "Search and keywords"),
        tables: &[search::COMMANDS, keywords::COMMANDS, hits::COMMANDS],
    },
    Group {
        title: ("来回", "Back and forward"),
        tables: &[jump::COMMANDS],
    },
    Group {
        title: ("选取与摘录", "Selecting and copying"),
        tables: &[select::COMMANDS, copy::COMMANDS],
    },
    Group {
        title: ("标记与批注", "Marks and notes"),
        tables: &[mark::COMMANDS, marks::COMMANDS],
    },
    Group {
        title: ("书架", "Shelf"),
        tables: &[shelf::COMMANDS],
    },
    Group {
        title: ("程序", "Program"),
        tables: &[app::COMMANDS, settings::COMMANDS],
    },
];
