//! Moving in a list: one set of commands for every list and page.
//!
//! They move the choice without regard to the end of the list; `pages::keep_choice` and
//! `Session::refresh` then keep it inside.

use super::entry::{Command, When, command};
use crate::session::{Mode, Session};

pub(crate) const COMMANDS: &[&[Command]] = &[&When::List.section([
    command("list-down", "j, down", next)
        .zh("下一项：选下一项，帮助等页面向下一行；前面可加数字。")
        .en("Next item: Choose the next item, or scroll a page down a row; takes a count."),
    command("list-up", "k, up", previous)
        .zh("上一项：选上一项，帮助等页面向上一行；前面可加数字。")
        .en("Previous item: Choose the item before, or scroll a page up a row; takes a count."),
    command("list-page-down", "space, f, d, pgdn", page_down)
        .zh("列表下一页：向下一页。")
        .en("Page of items down: A page down."),
    command("list-page-up", "b, u, pgup", page_up)
        .zh("列表上一页：向上一页。")
        .en("Page of items up: A page up."),
    command("list-first", "g g, home", first)
        .zh("第一项：到第一项；先打数字，到第几项。")
        .en("First item: Go to the first item; with a count, to that one."),
    command("list-last", "G, end", last)
        .zh("最后一项：到最后一项；先打数字，到第几项。")
        .en("Last item: Go to the last item; with a count, to that one."),
])];

/// Moves the choice of the list that the mode shows by `rows`, down where positive.
pub(crate) fn step(s: &mut Session, rows: isize) {
    if let Some(selected) = s.selected_row() {
        *selected = selected.saturating_add_signed(rows);
    }
}

/// Chooses the next row, or the `count`-th after this one.
fn next(s: &mut Session, count: Option<usize>) {
    step(s, count.unwrap_or(1).cast_signed());
}

/// Chooses the previous row, or the `count`-th before this one.
fn previous(s: &mut Session, count: Option<usize>) {
    step(s, -count.unwrap_or(1).cast_signed());
}

fn page_down(s: &mut Session, _: Option<usize>) {
    step(s, page_rows(s).cast_signed());
}

fn page_up(s: &mut Session, _: Option<usize>) {
    step(s, -page_rows(s).cast_signed());
}

/// Chooses the first row, or the `count`-th.
fn first(s: &mut Session, count: Option<usize>) {
    select(s, count.unwrap_or(1));
}

/// Chooses the last row, or the `count`-th.
fn last(s: &mut Session, count: Option<usize>) {
    select(s, count.unwrap_or(usize::MAX));
}

/// Chooses the n-th row, from 1.
fn select(s: &mut Session, n: usize) {
    if let Some(selected) = s.selected_row() {
        *selected = n.saturating_sub(1);
    }
}

/// Closes the list or page: back to the text.
pub(crate) fn close(s: &mut Session, _: Option<usize>) {
    s.mode = Mode::Read;
}

/// Rows of the list that a page key moves by.
fn page_rows(s: &Session) -> usize {
    let body = usize::from(s.screen.body.height);
    let rows = match s.mode {
        Mode::Outline => usize::from(s.screen.outline.height).saturating_sub(1),
        Mode::Hits => body.saturating_sub(1),
        // a mark takes two rows
        Mode::Marks => (body / 2).saturating_sub(1),
        Mode::Shelf => (body / s.shelf.rows_of_article()).saturating_sub(3),
        _ => body.saturating_sub(2),
    };
    rows.max(1)
}
