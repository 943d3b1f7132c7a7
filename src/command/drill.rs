//! The drill (默写提纲): the points of the article covered, uncovered one by one; and the list of
//! the articles that are due.

use super::entry::{Command, When, asking, command};
use super::list;
use super::page::below_title;
use crate::session::drill::DrillKind;
use crate::session::drill::card::{Card, MAX_CARDS};
use crate::session::drill::due::DueArticle;
use crate::session::drill::rounds::DrillStage;
use crate::session::{Area, Effect, Mode, Session};
use crate::text::{Say, Span};
use std::path::PathBuf;

/// Cells at both sides of the list and of the text of a card.
const SIDE_CELLS: u16 = 4;
/// Cells of the number of characters behind a covered label.
const COUNT_CELLS: usize = 8;

/// Rows of the text of a card that have no empty row above them, at the most.
const MAX_ROWS_WITHOUT_GAP: u16 = 3;

pub(crate) const COMMANDS: &[&[Command]] = &[
    &When::On(&[Mode::Read, Mode::Outline]).section([command("drill", "g d", begin)
        .zh("默写提纲：盖住要点默写，逐条看答案；没做完的接着做，到期该复习的先来。")
        .en("Drill: Cover the points, recall them and uncover one by one; goes on where one was left, what is due comes first.")]),
    &When::On(&[Mode::Shelf]).section([asking("shelf-drill", "g d", begin_chosen)
        .zh("默写这一篇：打开这一篇，盖住要点默写；关上后回到书架。")
        .en("Drill this one: Open this article and cover its points; closing returns to the shelf.")]),
    &When::On(&[Mode::Read, Mode::Outline, Mode::Shelf, Mode::Drill]).section([asking("drill-due", "g D", show_due)
        .zh("今天该复习：列出有要点该复习的文章，今天到期的在前。")
        .en("Due today: List the articles with points to go over again, today's first.")]),
    &When::On(&[Mode::Due]).section([asking("due-drill", "enter, l, right", begin_due)
        .zh("复习这一篇：打开这一篇，盖住该复习的要点默写。")
        .en("Go over it: Open this article and cover the points that are due.")]),
    &When::On(&[Mode::Drill]).section([
        command("drill-next", "space", uncover)
            .zh("看答案：看所选一条的答案，填空的一空一空地看，已看过的到下一条；一轮看完，再过没记住的。")
            .en("Uncover: Uncover the chosen card, blanks one by one, or the next card; at the end go over what was missed."),
        command("drill-miss", "x", miss)
            .zh("没记住：记下这一条没记住，还盖着的同时看答案；再按取消。")
            .en("Missed: Mark the card as missed, uncovering it; again takes that back."),
        command("drill-cover", "u, b", cover)
            .zh("盖回去：盖上这一条，重新默；已盖着的，盖上最近看过的一条。")
            .en("Cover again: Cover the card, or the last one that was uncovered, and take its answer back."),
        command("drill-open", "enter, l, right", open)
            .zh("看原文：到正文里的这一处；Esc 回来接着默写。")
            .en("See the text: Go to its place in the text; Esc returns."),
        command("drill-kind", "tab, s", change_kind)
            .zh("换成填空：在默写提纲和填空之间换；填空是挖去标注过的句子里的关键词。")
            .en("Blanks: Change between the outline and blanks: the keywords in marked sentences."),
        asking("drill-close", "esc, q, ctrl-c", close)
            .zh("关上默写：回到打开它的地方，答过的都已存下；筛选过的先恢复全部。")
            .en("Close the drill: Back to where it was opened; answers are saved. A filter is taken away first."),
    ]),
];

/// Opens the drill over the text.
fn begin(s: &mut Session, _: Option<usize>) {
    if goes_on(s) || begin_any(s) {
        s.pages.open(Mode::Drill);
        choose_first(s);
        if s.pages.drill.cards.len() == MAX_CARDS {
            s.say(("只取前 10,000 条", "The first 10,000 only"));
        }
    }
}

/// Returns whether a drill was left that has not come to its end.
fn goes_on(s: &Session) -> bool {
    s.pages.drill.is_under_way(s.memory.local_time())
}

/// Begins a drill with the points, else with the blanks; says so where there is neither.
fn begin_any(s: &mut Session) -> bool {
    let begun = s.begin_drill(DrillKind::Points) || s.begin_drill(DrillKind::Blanks);
    if !begun {
        s.say((
            "本文没有要点，没有可以默写的",
            "This article has no points to be recalled",
        ));
    }
    begun
}

/// Opens the drill of an article that was opened from a list, over that list.
pub fn begin_over_list(s: &mut Session) {
    let begun = goes_on(s) || begin_any(s);
    s.pages.go_back();
    if begun {
        s.pages.open(Mode::Drill);
        choose_first(s);
    }
}

fn begin_chosen(s: &mut Session, _: Option<usize>) -> Effect {
    let Some(entry) = s.shelf.at(s.shelf.list.selected) else {
        return Effect::None;
    };
    if let Some(fault) = entry.fault.clone() {
        s.warn(fault.into());
        return Effect::None;
    }
    let path = entry.path.clone();
    s.leave_pages(None);
    Effect::OpenDrill(path)
}

fn begin_due(s: &mut Session, _: Option<usize>) -> Effect {
    let chosen = s.pages.due.articles.get(s.chosen(Mode::Due));
    let Some(path) = chosen.map(|article| PathBuf::from(article.path())) else {
        return Effect::None;
    };
    s.leave_pages(None);
    Effect::OpenDrill(path)
}

fn show_due(s: &mut Session, _: Option<usize>) -> Effect {
    s.pages.open(Mode::Due);
    Effect::ListDue
}

/// Returns what each article that is due is found by.
pub(crate) fn due_texts(s: &Session) -> Vec<String> {
    let text = |a: &DueArticle| format!("{}  {}  {}", a.day, a.title, a.path());
    s.pages.due.articles.iter().map(text).collect()
}

/// Returns the next of the cards that pass the filter which is to be uncovered, from a row of the
/// list on and round to it.
fn next_from(s: &Session, row: usize) -> Option<usize> {
    let (list, drill) = (s.list(Mode::Drill), &s.pages.drill);
    let len = list.len(drill.cards.len());
    let rows = (row..len).chain(0..row.min(len));
    drill.rounds.next(rows.map(|row| list.item_of(row)))
}

/// Chooses the first card that is to be uncovered, if there is one.
fn choose_first(s: &mut Session) {
    if let Some(next) = next_from(s, 0) {
        s.list_mut(Mode::Drill).choose(next);
    }
}

/// Uncovers the chosen card, or the next one; begins the next round where all are uncovered.
fn uncover(s: &mut Session, _: Option<usize>) {
    let time = s.memory.local_time();
    if let Some(next) = next_from(s, s.list(Mode::Drill).selected) {
        s.pages.drill.uncover(next, time);
        return s.list_mut(Mode::Drill).choose(next);
    }
    let drill = &mut s.pages.drill;
    if let DrillStage::Asking(_) = drill.rounds.stage() {
        return s.say((
            "筛选出的都看过了，Esc 恢复全部",
            "All that the filter shows were seen; Esc shows the others",
        ));
    }
    if !drill.rounds.begin_next() {
        let kind = drill.kind;
        s.begin_drill(kind);
    }
    choose_first(s);
}

fn miss(s: &mut Session, _: Option<usize>) {
    let (chosen, time) = (s.chosen(Mode::Drill), s.memory.local_time());
    s.pages.drill.toggle_missed(chosen, time);
}

fn cover(s: &mut Session, _: Option<usize>) {
    let (chosen, time) = (s.chosen(Mode::Drill), s.memory.local_time());
    match s.pages.drill.cover(chosen, time) {
        Some(covered) => s.list_mut(Mode::Drill).choose(covered),
        None => s.say(("这一轮还没看过答案", "Nothing was uncovered in this round")),
    }
}

/// Goes to the chosen card in the text, which returns to the drill.
fn open(s: &mut Session, _: Option<usize>) {
    let Some(card) = s.pages.drill.cards.get(s.chosen(Mode::Drill)) else {
        return;
    };
    let landed = match card.marker {
        marker if marker.is_empty() => card.text,
        marker => marker,
    };
    let (to, landed) = (landed.start, Span::between(landed.start, landed.end));
    s.leave_pages(None);
    s.pages.go(Mode::Read);
    s.arrange();
    s.jump(to, landed);
}

/// Begins the other kind; says what to do where there are no cards of it.
fn change_kind(s: &mut Session, _: Option<usize>) {
    let kind = s.pages.drill.kind.other();
    if s.begin_drill(kind) {
        s.list_mut(Mode::Drill).selected = 0;
        choose_first(s);
    } else {
        s.say(without_cards(s, kind));
    }
}

/// Returns why there are no cards of a kind, and what to do.
fn without_cards(s: &Session, kind: DrillKind) -> Say {
    if kind == DrillKind::Points {
        ("本文没有要点", "This article has no points")
    } else if s.memory.marks.painted().next().is_none() {
        (
            "填空先要标注句子：在正文里按 x 高亮，或按 a 批注",
            "Blanks take marked sentences: highlight with x or note with a in the text",
        )
    } else if s.find.keywords.is_empty() {
        (
            "填空还要关键词：在正文里按 * 加，标注过的句子里有的就挖去",
            "Blanks take keywords as well: * in the text adds one that marked sentences hold",
        )
    } else {
        (
            "标注过的句子里没有关键词，没有可填的",
            "The marked sentences hold no keyword",
        )
    }
}

/// Closes the drill; a list of what is due below it is made again.
fn close(s: &mut Session, count: Option<usize>) -> Effect {
    list::unfilter_or_close(s, count);
    match s.pages.mode() {
        // the shelf says how many are due
        Mode::Due | Mode::Shelf => Effect::ListDue,
        _ => Effect::None,
    }
}

/// Returns what each card is found by: of one that is covered its marker alone.
pub(crate) fn texts(s: &Session) -> Vec<String> {
    let (document, drill) = (s.article.document(), &s.pages.drill);
    let text = |(i, card): (usize, &Card)| {
        let marker = document.slice(card.marker);
        if drill.rounds.is_open(i) {
            format!("{marker} {}", document.slice(card.text))
        } else {
            marker.to_owned()
        }
    };
    drill.cards.iter().enumerate().map(text).collect()
}

/// Returns the rows of the cards.
pub(crate) fn area(s: &Session) -> Area {
    let free = below_title(s.screen.body);
    let height = free.height - panel_rows(s);
    Area { height, ..free }
}

/// Returns the rows of the chosen card's whole text, below the cards; none where every card fits
/// its row.
pub(crate) fn panel(s: &Session) -> Area {
    let free = below_title(s.screen.body);
    let rows = panel_rows(s);
    let gap = u16::from(rows > MAX_ROWS_WITHOUT_GAP);
    free.below(free.height - rows + gap)
}

fn panel_rows(s: &Session) -> u16 {
    let free = below_title(s.screen.body);
    let width = usize::from(free.width.saturating_sub(SIDE_CELLS).max(2));
    let drill = &s.pages.drill;
    let fits = drill.longest + COUNT_CELLS <= width;
    if fits {
        return 0;
    }
    let rows = drill.longest.div_ceil(width) + 2;
    u16::try_from(rows).unwrap_or(u16::MAX).min(free.height / 2)
}
