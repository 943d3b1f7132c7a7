//! The groups of commands that act on what is read, in the order of the help.

use super::entry::Group;
use super::{
    along, app, copy, differences, drill, encodings, export, fold, hits, jump, keywords, like,
    links, list, mark, marks, outline, phrases, point, recent, same, saved_views, scroll, search,
    select, settings, shelf, shelf_hits, term_table, twin,
};

/// Every group but that of the keys of a line being typed.
pub(crate) const GROUPS: &[Group] = &[
    Group::new(("翻阅", "Reading"), &[scroll::COMMANDS]),
    Group::new(("要点", "Points"), &[point::COMMANDS]),
    Group::new(("提纲", "Outline"), &[outline::COMMANDS, fold::COMMANDS]),
    Group::new(
        ("查找与关键词", "Search and keywords"),
        &[
            search::COMMANDS,
            along::COMMANDS,
            keywords::COMMANDS,
            hits::COMMANDS,
        ],
    ),
    Group::new(
        ("来回", "Back and forward"),
        &[jump::COMMANDS, recent::COMMANDS],
    ),
    Group::new(
        ("选取与复制", "Selecting and copying"),
        &[select::COMMANDS, copy::COMMANDS, links::COMMANDS],
    ),
    Group::new(
        ("书签、高亮与批注", "Marks and notes"),
        &[mark::COMMANDS, marks::COMMANDS],
    ),
    Group::new(("默写", "Drill"), &[drill::COMMANDS]),
    Group::new(("列表", "Lists"), &[list::COMMANDS]),
    Group::new(
        ("书架", "Shelf"),
        &[
            shelf::COMMANDS,
            along::OF_SHELF,
            saved_views::COMMANDS,
            shelf_hits::COMMANDS,
            same::COMMANDS,
            term_table::COMMANDS,
            differences::COMMANDS,
            like::COMMANDS,
            phrases::COMMANDS,
            export::COMMANDS,
            twin::COMMANDS,
        ],
    ),
    Group::new(
        ("程序", "Program"),
        &[app::COMMANDS, encodings::COMMANDS, settings::COMMANDS],
    ),
];
