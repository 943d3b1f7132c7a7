//! Lists and pages: one set of commands to move in any, to filter it and to close it.
//!
//! They change the `List` of the page that has the keys without regard to its ends;
//! `pages::refresh` applies the filter and keeps the choice inside.

use super::entry::{Command, When, command};
use crate::session::{List, Purpose, Session};

pub(crate) const COMMANDS: &[&[Command]] = &[&When::List.section([
    command("list-down", "j, down", next)
        .zh("下一项：选下一项，帮助等页面向下一行；前面可加数字。")
        .en("Next item: Choose the next item, or scroll a page down a row; takes a count."),
    command("list-up", "k, up", previous)
        .zh("上一项：选上一项，帮助等页面向上一行；前面可加数字。")
        .en("Previous item: Choose the item before, or scroll a page up a row; takes a count."),
    command("list-page-down", "space, f, d, pgdn", |s, _| here(s).page(true))
        .zh("列表下一页：向下一页。")
        .en("Page of items down: A page down."),
    command("list-page-up", "b, u, pgup", |s, _| here(s).page(false))
        .zh("列表上一页：向上一页。")
        .en("Page of items up: A page up."),
    command("list-first", "g g, home", |s, n| select(s, n.unwrap_or(1)))
        .zh("第一项：到第一项；先打数字，到第几项。")
        .en("First item: Go to the first item; with a count, to that one."),
    command("list-last", "G, end", |s, n| select(s, n.unwrap_or(usize::MAX)))
        .zh("最后一项：到最后一项；先打数字，到第几项。")
        .en("Last item: Go to the last item; with a count, to that one."),
    command("list-filter", "/", ask_filter)
        .zh("筛选列表：边输入边筛选，按词、简繁或拼音；标注还可按 #标签、>日期；Esc 恢复全部。")
        .en(
            "Filter the list: Show only what holds the words that are typed, as text or pinyin; \
             marks by #tag and >date as well; Esc shows all again.",
        ),
    command("list-close", "esc, q, ctrl-c", unfilter_or_close)
        .zh("返回：关闭列表或页面，回到打开它的地方；筛选过的先恢复全部。")
        .en("Close: Close the list or page, back to where it was opened; takes a filter away first."),
])];

/// Returns the list of the page that has the keys.
fn here(s: &mut Session) -> &mut List {
    s.list_mut(s.pages.mode())
}

/// Moves by `count` rows, down where positive.
fn next(s: &mut Session, count: Option<usize>) {
    here(s).step(count.unwrap_or(1).cast_signed());
}

fn previous(s: &mut Session, count: Option<usize>) {
    here(s).step(-count.unwrap_or(1).cast_signed());
}

/// Chooses the n-th row, from 1.
fn select(s: &mut Session, n: usize) {
    here(s).selected = n.saturating_sub(1);
}

/// Types the filter: that which is on, to be changed or replaced.
pub(crate) fn ask_filter(s: &mut Session, _: Option<usize>) {
    let filter = here(s).filter.clone();
    s.pages.ask(Purpose::Filter, &filter);
}

/// Takes the filter away; closes the page where there is none.
pub(crate) fn unfilter_or_close(s: &mut Session, _: Option<usize>) {
    if !unfilter(s) {
        s.pages.close();
    }
}

/// Takes the filter away; returns whether there was one.
pub(crate) fn unfilter(s: &mut Session) -> bool {
    !std::mem::take(&mut here(s).filter).is_empty()
}

/// Closes the list or page: back to the one below it.
pub(crate) fn close(s: &mut Session, _: Option<usize>) {
    s.pages.close();
}

/// Returns the value that follows the present one in a list of all, or the one before it, `count`
/// steps on; the first one follows the last.
pub(crate) fn next_of<T: Copy + PartialEq + Default>(
    all: &[T],
    now: T,
    count: Option<usize>,
    forward: bool,
) -> T {
    let at = all.iter().position(|value| *value == now).unwrap_or(0);
    let steps = count.unwrap_or(1) % all.len().max(1);
    let steps = if forward { steps } else { all.len() - steps };
    let next = (at + steps) % all.len().max(1);
    all.get(next).copied().unwrap_or_default()
}
