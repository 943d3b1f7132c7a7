//! The outline pane, and the views that show the skeleton.

use super::entry::{Command, READING, When, command};
use super::{fold, list, scroll};
use crate::search::Query;
use crate::session::position::{ReadingPosition, ScrollPosition};
use crate::session::{Mode, Session, View, skeleton};
use crate::text::Span;

pub(crate) const COMMANDS: &[&[Command]] = &[
    &READING.section([
        command("toggle-outline", "t", toggle)
            .zh("开关提纲栏：打开或关闭提纲栏；正文的位置不变。")
            .en("Outline on or off: Open or close the outline pane; the text keeps its place."),
        command("focus-outline", "tab", focus)
            .zh("进入提纲栏：让按键进入提纲栏（没开就打开）；再按回到正文。")
            .en(
                "Into the outline: Give the keys to the outline, opening it; again gives them \
                 back.",
            ),
    ]),
    &When::On(&[Mode::Outline]).section([
        command("outline-fold", "h, left", |s, _| {
            s.pane.fold(&s.article.outline);
        })
        .zh("折叠：折叠这一条下面的；已折叠时到上一级。")
        .en("Fold: Fold what stands under the entry; where it is folded, go up a level."),
        command("outline-unfold", "l, right", |s, _| {
            s.pane.unfold(&s.article.outline);
        })
        .zh("展开：展开这一条；已展开时到下一级。")
        .en("Unfold: Unfold the entry; where it is open, go down a level."),
        command("outline-go", "enter", go)
            .zh("到正文此处：跳到正文里的这一处，按键回到正文。")
            .en(
                "Go there in the text: Go to the entry's place in the text, and give the keys \
                 back.",
            ),
        command("outline-leave", "tab, esc, q, shift-tab", unfilter_or_leave)
            .zh("回到正文：按键回到正文，提纲栏仍开着；筛选过的先恢复全部。")
            .en(
                "Back to the text: Give the keys back to the text; the pane stays. A filter is \
                 taken away first.",
            ),
        command("outline-close", "t", close)
            .zh("关闭提纲栏：回到正文并关闭提纲栏。")
            .en("Close the outline: Give the keys back and close the pane."),
        command("outline-skeleton", "o", |s, _| {
            leave(s);
            set_view(s, View::Skeleton);
        })
        .zh("骨架：回到正文并看骨架。")
        .en("Skeleton: Back to the text, as its skeleton."),
    ]),
    &READING.section([
        command("skeleton", "o", |s, _| set_view(s, View::Skeleton))
            .zh("骨架：只显示标题，主旨句、要点的整句和各段首尾句，……代替省去的；再按回到全文原处。")
            .en(
                "Skeleton: Show only headings, whole sentences of topics and points, and how \
                 paragraphs begin and end, …… for what is cut; again returns to the same place.",
            ),
        command("go-here", "enter", go_here)
            .zh("到正文此处：在骨架里，回到正文里的这一处；在折叠行上，展开它；平时下一行。")
            .en(
                "Go there in the text: In the skeleton, back to the text at this place; on a fold, \
                 open it; else scroll down a row.",
            ),
        command("unfold-points", "O", |s, _| set_view(s, View::Unfolded))
            .zh("要点分行：每个要点另起一行，悬挂缩进；再按回到原样。")
            .en("Points on own rows: Set every point on rows of its own, hanging; again returns."),
    ]),
];

/// Returns whether the outline is empty; if so, reports it on the status row.
fn has_none(s: &mut Session) -> bool {
    let none = s.article.outline.entries.is_empty();
    if none {
        s.say(("本文没有提纲", "This article has no outline"));
    }
    none
}

fn toggle(s: &mut Session, _: Option<usize>) {
    if !s.pane.open && has_none(s) {
        return;
    }
    s.pane.open = !s.pane.open;
    s.pane.decided = true;
    // the pane covers the text here, so opening it also focuses it
    if s.pane.open && !s.screen.is_side_by_side() {
        s.pages.open(Mode::Outline);
    }
}

fn focus(s: &mut Session, _: Option<usize>) {
    if !has_none(s) {
        s.pane.decided |= !s.pane.open;
        s.pane.open = true;
        s.pages.open(Mode::Outline);
    }
}

/// Gives the keys back; a pane that covers the text is closed with it.
fn leave(s: &mut Session) {
    s.pages.go(Mode::Read);
    s.pane.open &= s.screen.is_side_by_side();
}

fn unfilter_or_leave(s: &mut Session, _: Option<usize>) {
    if !list::unfilter(s) {
        leave(s);
    }
}

fn close(s: &mut Session, count: Option<usize>) {
    leave(s);
    s.pane.open = true;
    toggle(s, count);
}

fn go(s: &mut Session, _: Option<usize>) {
    let target = s.pane.entry().and_then(|i| s.article.outline.landing(i));
    // the search for an entry is over: the pane follows the reading again
    s.pane.list.filter.clear();
    filter(s, "");
    leave(s);
    s.arrange();
    if let Some((start, label)) = target {
        s.jump(start, label);
    }
}

/// Goes from the skeleton to the same place in the text, and shows where it is. The jump began
/// where the skeleton was called.
fn go_here(s: &mut Session, count: Option<usize>) {
    if s.reading.view != View::Skeleton {
        if count.is_none() && fold::set_fold(s, true, true) {
            return;
        }
        return scroll::by_rows(s, count, 1);
    }
    let (document, outline) = (s.article.document(), &s.article.outline);
    let focus = s.reading.focus;
    let shown = skeleton::shown_at(&s.reading.flow, document, focus);
    let at = shown.map_or(focus, |shown| shown.start);
    let entry = shown.and_then(|shown| skeleton::entry_in(outline, shown));
    let landing = entry.and_then(|i| outline.landing(i));
    let (to, landed) = landing.unwrap_or((at, Span::at(at)));
    let before = s.reading.before_view.take();
    s.jumps
        .leave(before.unwrap_or_else(|| s.reading.position()));
    let flow = s.flow_of(View::Text);
    s.reading.set_flow(flow);
    s.reading.view = View::Text;
    s.show(to, landed);
}

/// Shows only the entries that hold the typed text, and those above them.
pub(crate) fn filter(s: &mut Session, typed: &str) {
    let (document, outline) = (s.article.document(), &s.article.outline);
    s.pane.filter(document, outline, Query::new(typed));
}

/// Changes to a view, or back to the text where it is on already. There and
/// back returns to the same place, unless the reader has gone elsewhere.
fn set_view(s: &mut Session, view: View) {
    if s.article.outline.points.is_empty() && s.reading.view == View::Text {
        return s.say((
            "本文没有标题和要点",
            "This article has no headings and no points",
        ));
    }
    let is_on = s.reading.view == view;
    let view = if is_on { View::Text } else { view };
    let spot = s.reading.position();
    let stayed = |before: &ReadingPosition| before.focus == spot.focus;
    let came_from = s.reading.before_view.take().filter(stayed);
    let flow = s.flow_of(view);
    s.reading.set_flow(flow);
    s.reading.view = view;
    match came_from {
        Some(before) if view == View::Text => s.reading.restore(before),
        _ => {
            let before = came_from.unwrap_or(spot);
            s.reading.before_view = (view != View::Text).then_some(before);
            let height = s.height();
            s.reading.place.lift = 0;
            if view == View::Skeleton {
                // from its title on, where the focus is on its first screen
                s.reading.place = ScrollPosition::START;
            }
            s.reading.reveal(s.article.document(), spot.focus, height);
        }
    }
}
