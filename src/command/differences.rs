//! The differences between two articles: from the list of copies, and through the page.

use super::entry::{Command, When, asking, command};
use super::list;
use crate::library::LibraryEntry;
use crate::library::differences::DifferenceView;
use crate::session::differences_page::DifferencesPage;
use crate::session::{Area, Effect, Mode, Session};
use crate::text::Say;

/// Cells of a row of the page at the most.
pub(crate) const MAX_DIFFERENCES_WIDTH: u16 = 90;
/// Cells of the signs before each row.
pub(crate) const SIGN_CELLS: u16 = 3;

pub(crate) const COMMANDS: &[&[Command]] = &[
    &When::On(&[Mode::Same]).section([command("same-compare", "=", compare)
        .zh("比较异同：逐段比较本文和这一篇：只在一篇里的段、改动过的段和改动的字。")
        .en("Compare: Compare this article with the open one, paragraph by paragraph: what only one has, what was changed.")]),
    &When::On(&[Mode::Differences]).section([
        command("differences-same", "c", toggle_same)
            .zh("相同的段：把两篇相同的段也列出，或收为一行。")
            .en("Same paragraphs: Show the paragraphs that both have, or fold them into a row."),
        command("differences-next", "J, n", |s, _| step(s, true))
            .zh("下一处不同：到下一处不同。")
            .en("Next difference: Go to the next difference."),
        command("differences-previous", "K, N", |s, _| step(s, false))
            .zh("上一处不同：到上一处不同。")
            .en("Previous difference: Go to the previous difference."),
        asking("differences-open", "enter", open)
            .zh("打开那篇：打开比较的那一篇；Esc 或 q 再回到这里。")
            .en("Open the other: Open the article that is compared; Esc or q returns here."),
        command("differences-close", "=", list::close)
            .zh("返回：关闭比较，回到同文列表。")
            .en("Close the comparison: Back to the list of copies."),
    ]),
];

fn compare(s: &mut Session, _: Option<usize>) {
    let same = &s.pages.library.same;
    let Some(article) = same.rows.get(same.list.item()) else {
        return;
    };
    if same.is_own(article) {
        return s.say(("这就是本文", "This is the article itself"));
    }
    let own = same.rows.iter().find(|other| same.is_own(other));
    let title = if same.is_passage() {
        s.article.title()
    } else {
        &same.name
    };
    let own = own.map_or_else(|| title.to_owned(), |own| name(&own.entry));
    let (id, names) = (article.entry.id, [own, name(&article.entry)]);
    let path = article.entry.path.clone();
    let page = DifferencesPage::of(names, path);
    s.pages.open(Mode::Differences);
    s.pages.library.differences = page;
    let view = view(s);
    s.pages.library.compare(id, view);
}

/// Returns date, title and source of an article.
fn name(entry: &LibraryEntry) -> String {
    let day = entry.day.map(|day| day.to_string());
    let parts = [
        day,
        Some(entry.title.clone()),
        entry.source.as_deref().map(str::to_owned),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
}

/// Returns the way to show differences on the present screen.
fn view(s: &Session) -> DifferenceView {
    let page = &s.pages.library.differences;
    let width = s.screen.body.width.min(MAX_DIFFERENCES_WIDTH);
    let margin = u16::from(width > 24) + SIGN_CELLS;
    DifferenceView {
        cells: width.saturating_sub(margin).into(),
        widths: s.settings.face.widths,
        shows_same: page.shows_same,
        filter: page.list.filter.clone(),
    }
}

/// Lays the page out again if the screen or the filter has changed.
pub(crate) fn follow(s: &mut Session) {
    if s.pages.is_open(Mode::Differences) {
        let view = view(s);
        s.pages.library.lay_out_differences(view);
    }
}

/// Returns the rows of the page that say what is compared: the counts, and both articles.
pub(crate) fn head_rows(s: &Session) -> u16 {
    if s.screen.body.height > 8 { 3 } else { 1 }
}

/// Returns the rows of the differences.
pub(crate) fn area(s: &Session) -> Area {
    s.screen.body.below(head_rows(s))
}

fn toggle_same(s: &mut Session, _: Option<usize>) {
    let page = &mut s.pages.library.differences;
    page.shows_same = !page.shows_same;
}

fn step(s: &mut Session, forward: bool) {
    const NONE: Say = ("后面没有不同了", "No more differences");
    const NONE_BEFORE: Say = ("前面没有不同了", "No differences before");
    if !s.pages.library.differences.step(forward) {
        s.say(if forward { NONE } else { NONE_BEFORE });
    }
}

fn open(s: &mut Session, _: Option<usize>) -> Effect {
    let effect = Effect::OpenAt(s.pages.library.differences.path.clone(), None);
    s.leave_pages(None);
    effect
}
