//! Two skeletons side by side: choosing the articles, from side to side, from pair to pair,
//! opening one, exporting the comparison.

use super::entry::{Command, READING, When, asking, command};
use super::list;
use crate::layout::{BlockStyle, Face, Measure, Row, lay_out};
use crate::library::entry::ArticleId;
use crate::session::shelf::Awaited;
use crate::session::twin::{TwinAsked, TwinPage, TwinSide, TwinSource, TwinTerm, TwinText};
use crate::session::{Area, Effect, Mode, Session};
use crate::text::{Pos, Say, Span};
use std::sync::Arc;

/// From this width on both sides are seen.
const MIN_WIDTH_OF_BOTH: u16 = 108;
/// Cells between the two sides.
const GAP_CELLS: u16 = 3;
/// From this height on the beginnings and the ends are shown.
const MIN_HEIGHT_WITH_ENDS: u16 = 15;
/// From this height on these have three rows of text.
const MIN_HEIGHT_OF_LONG_ENDS: u16 = 32;

pub(crate) const COMMANDS: &[&[Command]] = &[
    &READING.section([asking("twin", "|", of_text)
        .zh("两篇对照：本文和另一篇的提纲并排，措辞相近的要点标同一个字母；另一篇是在书架上选定（x）的，没有就是下一篇。")
        .en("Side by side: Put the outlines of this article and another one beside each other, points in like words under one letter; the other is the one chosen on the shelf (x), else the next.")]),
    &When::On(&[Mode::Shelf]).section([
        command("shelf-choose", "x", choose)
            .zh("选定：选定这一篇，供两篇对照；再按取消。")
            .en("Choose: Choose this article for a comparison side by side; again takes that back."),
        asking("shelf-twin", "|", of_shelf)
            .zh("两篇并排：选定的一篇和这一篇的提纲并排；没有选定，就是这一篇和下一篇。")
            .en("Two side by side: Put the outlines of the chosen article and this one beside each other; without one, of this and the next."),
    ]),
    &When::On(&[Mode::Twin]).section([
        command("twin-side", "tab, shift-tab, ' '", |s, _| to_side(s, None))
            .zh("换边：到另一边。")
            .en("Other side: Go to the other side."),
        command("twin-left", "h, left", |s, _| to_side(s, Some(0)))
            .zh("左边：到左边一篇。")
            .en("Left side: Go to the left article."),
        command("twin-right", "l, right", |s, _| to_side(s, Some(1)))
            .zh("右边：到右边一篇。")
            .en("Right side: Go to the right article."),
        command("twin-next", "n, J", |s, _| step(s, true))
            .zh("下一对：到下一个两边措辞相近的要点。")
            .en("Next pair: Go to the next point that the other side has in like words."),
        command("twin-previous", "N, K", |s, _| step(s, false))
            .zh("上一对：到上一个两边措辞相近的要点。")
            .en("Previous pair: Go to the previous point that the other side has in like words."),
        asking("twin-go", "enter", go)
            .zh("打开对照的：打开这一边的文章，停在这个要点；Esc 或 q 再回到这里。")
            .en("Open this side: Open the article of this side at this point; Esc or q returns here."),
        asking("twin-export", "g e", export)
            .zh("导出对照：把两篇的对照写成 Markdown，一个新文件，不覆盖别的。")
            .en("Export the comparison: Write it as Markdown, to a new file, never over another one."),
        command("twin-close", "|", list::close)
            .zh("关上对照：回到打开它的地方。")
            .en("Close the comparison: Back to where it was opened."),
    ]),
];

/// Compares the open article with the chosen one, else with the next.
pub(super) fn of_text(s: &mut Session, _: Option<usize>) -> Effect {
    let reading = s.shelf.row_of_reading();
    let own = reading
        .and_then(|row| s.shelf.at(row))
        .map(|entry| entry.id);
    let chosen = s.shelf.place.chosen.filter(|id| Some(*id) != own);
    let Some(other) = chosen.or_else(|| s.shelf.neighbour(true)) else {
        if s.shelf.entries.is_empty() {
            s.shelf.place.waits_for = Some(Awaited::Twin);
            return Effect::FillShelf;
        }
        s.say((
            "没有下一篇可对照；在书架上按 x 选一篇",
            "No next article to compare; choose one on the shelf by x",
        ));
        return Effect::None;
    };
    let open = TwinSource::Open(TwinText::of(&s.article), None);
    compare(s, open, other)
}

/// Chooses the article of the shelf, or takes that back.
fn choose(s: &mut Session, _: Option<usize>) {
    let here = s.shelf.chosen();
    let chosen = here.filter(|_| s.shelf.place.chosen != here);
    s.shelf.place.chosen = chosen;
    s.say(if chosen.is_some() {
        (
            "已选定：到另一篇按 | 对照",
            "Chosen: | on another one compares",
        )
    } else {
        ("没有选定的了", "Nothing is chosen now")
    });
}

fn of_shelf(s: &mut Session, _: Option<usize>) -> Effect {
    let row = s.shelf.list.selected;
    let id = |row| s.shelf.at(row).map(|entry| entry.id);
    let here = id(row);
    let chosen = s.shelf.place.chosen.filter(|id| Some(*id) != here);
    let (first, second) = match chosen {
        Some(chosen) => (Some(chosen), here),
        None => (here, id(row + 1)),
    };
    let path = |id: ArticleId| s.shelf.entry(id).map(|entry| entry.path.clone());
    let source = first.and_then(path).map(TwinSource::File);
    let (Some(source), Some(second)) = (source, second) else {
        s.say((
            "没有下一篇可对照；先按 x 选一篇",
            "No next article to compare; choose one by x first",
        ));
        return Effect::None;
    };
    compare(s, source, second)
}

/// Compares an article with one of the shelf.
fn compare(s: &mut Session, first: TwinSource, other: ArticleId) -> Effect {
    let Some(entry) = s.shelf.entry(other) else {
        return Effect::None;
    };
    if let Some(fault) = entry.fault.clone() {
        s.warn(fault.into());
        return Effect::None;
    }
    let articles = [first, TwinSource::File(entry.path.clone())];
    let terms = terms(s);
    s.pages.open(Mode::Twin);
    s.pages.library.twin = TwinPage::of(TwinAsked { articles, terms });
    Effect::ReadTwin
}

/// Returns the words whose hits are counted: those searched for, and the keywords that are shown.
fn terms(s: &Session) -> Vec<TwinTerm> {
    let searched = if s.pages.base() == Mode::Shelf {
        s.shelf.search.query.in_text()
    } else {
        s.find.query.clone()
    };
    let searched = searched.map(|query| TwinTerm {
        query,
        colour: None,
    });
    let keywords = s.find.shown().map(|keyword| TwinTerm {
        query: keyword.query.clone(),
        colour: Some(keyword.colour),
    });
    searched.into_iter().chain(keywords).collect()
}

fn to_side(s: &mut Session, side: Option<usize>) {
    let twin = &mut s.pages.library.twin;
    twin.side = side.unwrap_or(1 - twin.side.min(1));
}

/// Goes to the side at a column, where both are seen.
pub(crate) fn click_side(s: &mut Session, column: u16) {
    if s.pages.mode() == Mode::Twin && shows_both(s) {
        let side = usize::from(column >= side_area(s, 1).x);
        to_side(s, Some(side));
    }
}

fn step(s: &mut Session, forward: bool) {
    const NONE: Say = ("后面没有措辞相近的了", "No more points in like words");
    const NONE_BEFORE: Say = ("前面没有措辞相近的", "No points in like words before");
    if !s.pages.library.twin.step_pair(forward) {
        s.say(if forward { NONE } else { NONE_BEFORE });
    }
}

/// Opens the article of the side that has the keys, at the chosen entry.
fn go(s: &mut Session, _: Option<usize>) -> Effect {
    let twin = &s.pages.library.twin;
    let Some(side) = twin.side(twin.side) else {
        return Effect::None;
    };
    let landing = side.text.outline.landing(twin.chosen());
    if Arc::ptr_eq(&side.text.document, &s.article.shared()) {
        s.leave_pages(None);
        s.pages.go(Mode::Read);
        if let Some((start, label)) = landing {
            s.arrange();
            s.jump(start, label);
        }
        return Effect::None;
    }
    let Some(path) = side.path.clone() else {
        s.say(("这一篇没有文件，打不开", "This article has no file to open"));
        return Effect::None;
    };
    s.leave_pages(None);
    Effect::OpenAt(path, landing.map(|(_, label)| label))
}

fn export(s: &mut Session, _: Option<usize>) -> Effect {
    if s.pages.library.twin.read.is_some() {
        Effect::ExportTwin
    } else {
        Effect::None
    }
}

/// Keeps the other side beside the choice.
pub(crate) fn follow(s: &mut Session) {
    if s.pages.is_open(Mode::Twin) {
        let height = area(s).height.into();
        s.pages.library.twin.follow(height);
    }
}

/// Returns whether both sides are seen.
pub(crate) fn shows_both(s: &Session) -> bool {
    s.screen.columns >= MIN_WIDTH_OF_BOTH
}

/// Returns the rows of text of a beginning or an end at the most; 0 where these are not shown.
fn max_rows_of_ends(s: &Session) -> usize {
    match s.screen.body.height {
        ..MIN_HEIGHT_WITH_ENDS => 0,
        MIN_HEIGHT_WITH_ENDS..MIN_HEIGHT_OF_LONG_ENDS => 2,
        _ => 3,
    }
}

/// Returns the rows of the sentences that one or both begin with, or end with, the heading above
/// and an empty row included.
fn rows_of_ends(s: &Session, cells: u16, sentence: fn(&TwinSide) -> Span) -> u16 {
    let twin = &s.pages.library.twin;
    let sides = (0..2).filter(|side| *side == twin.side || shows_both(s));
    let rows = sides.filter_map(|side| {
        let side = twin.side(side)?;
        Some(laid_out(s, side.text.slice(sentence(side)), cells).len())
    });
    let rows = rows.max().unwrap_or_default();
    if rows == 0 { 0 } else { rows as u16 + 2 }
}

/// Returns the columns in which a side is written.
pub(crate) fn columns(area: Area) -> (u16, u16) {
    let inset = u16::from(area.width > 24);
    (area.x + inset, (area.x + area.width).saturating_sub(inset))
}

/// Returns the rows of the head: titles and facts.
fn head_rows(s: &Session) -> u16 {
    if s.screen.body.height > 8 { 2 } else { 1 }
}

/// Returns the area of a side, head and ends included.
pub(crate) fn side_area(s: &Session, side: usize) -> Area {
    let body = s.screen.body;
    if !shows_both(s) {
        return body;
    }
    let width = (body.width - GAP_CELLS) / 2;
    let x = body.x + if side == 0 { 0 } else { body.width - width };
    Area { x, width, ..body }
}

/// Returns the parts of a side from above: head, beginning, entries, end.
pub(crate) fn parts(s: &Session, side: usize) -> [Area; 4] {
    let all = side_area(s, side);
    let head = head_rows(s).min(all.height);
    let (x, end) = columns(all);
    let cells = end.saturating_sub(x);
    let first = rows_of_ends(s, cells, |side| side.opening);
    let last = rows_of_ends(s, cells, |side| side.closing);
    let heights = [head, first, all.height - head - first - last, last];
    let mut y = all.y;
    heights.map(|height| {
        let part = Area { y, height, ..all };
        y += height;
        part
    })
}

/// Returns the rows of the entries of the side that has the keys.
pub(crate) fn area(s: &Session) -> Area {
    let [_, _, entries, _] = parts(s, s.pages.library.twin.side);
    entries
}

/// Returns the rows of a sentence in so many cells, as many as there is room for; the last one
/// goes on where the sentence does.
pub(crate) fn laid_out(s: &Session, sentence: &str, cells: u16) -> Vec<String> {
    let (sentence, cells) = (sentence.trim(), usize::from(cells));
    let face = Face::plain(s.settings.face.widths);
    let measure = Measure::fitted(cells.max(2), cells.max(2), true, false, face);
    let mut rows = lay_out(sentence, Pos(0), BlockStyle::default(), &measure, &[]);
    let room = max_rows_of_ends(s);
    if rows.len() > room {
        // the last one is cut with a mark
        let end = rows.last().map(|row| row.span.end);
        rows.truncate(room);
        if let (Some(row), Some(end)) = (rows.last_mut(), end) {
            row.span.end = end;
        }
    }
    let text = |row: &Row| row.span.of(sentence).trim().to_owned();
    rows.iter().map(text).collect()
}

/// Returns the number of entries of the side that has the keys.
pub(crate) fn count(s: &Session) -> usize {
    let twin = &s.pages.library.twin;
    twin.len(twin.side)
}

/// Returns the number of pairs.
pub(crate) fn aside(s: &Session) -> String {
    let Some(read) = &s.pages.library.twin.read else {
        return String::new();
    };
    let pairs = read.pairs.len();
    match pairs {
        0 => s
            .settings
            .lang
            .say(("  没有措辞相近的", "  none in like words"))
            .to_owned(),
        _ => s.settings.lang.say_owned(
            format!("  {pairs} 对措辞相近"),
            format!("  {pairs} in like words"),
        ),
    }
}

/// Returns the labels of that side for its filter.
pub(crate) fn texts(s: &Session) -> Vec<String> {
    let twin = &s.pages.library.twin;
    let Some(side) = twin.side(twin.side) else {
        return Vec::new();
    };
    let entries = side.entries().iter();
    let label = |label| side.text.slice(label).to_owned();
    entries.map(|entry| label(entry.label)).collect()
}
