//! Selecting text: from the place on, extended by every motion, by whole
//! clauses, sentences, points and paragraphs.
//!
//! The selection is of text: a resize or a turned page changes nothing of it.

use super::entry::{Command, READING, When, command};
use crate::layout::Row;
use crate::session::selection::{Grain, Selection, unit};
use crate::session::{Line, Session};
use crate::text::lang::counted;
use crate::text::{Pos, Span, cluster};

/// The characters that one command moves by at the most.
const MAX_CHARACTERS: usize = 10_000;
/// The rows that one command moves by at the most.
const MAX_STEPS: usize = 1000;

pub(crate) const COMMANDS: &[&[Command]] = &[
    &READING.section([command("select", "v", begin)
        .zh(
            "选取：从所在的分句开始选取；移动的键都会把选取延长，y 复制，x 高亮，a 批注，\
                 Esc 取消选取。",
        )
        .en(
            "Select: Select from the clause at the place; every motion extends it; y \
                 copies, x highlights, a notes, Esc leaves.",
        )]),
    &When::Select.section([
        command("select-leave", "esc, v, q, ctrl-c", |s, _| {
            s.memory.selection = None;
        })
        .zh("取消选取：放弃选取，位置不变。")
        .en("Leave: Give the selection up; the place stays."),
        command("select-sentence", "s, )", |s, _| extend(s, Grain::Sentence))
            .zh("选整句：选整句；再按多选一句。")
            .en("Whole sentences: Select whole sentences; again takes the next one, too."),
        command("select-point", "i", |s, _| extend(s, Grain::Point))
            .zh("选要点：选整个要点；不在要点里就选整段；再按多选一个。")
            .en(
                "Whole points: Select the whole point, or the paragraph where there is none; \
                 again takes the next one, too.",
            ),
        command("select-paragraph", "p, }", |s, _| {
            extend(s, Grain::Paragraph);
        })
        .zh("选整段：选整段；再按多选一段。")
        .en("Whole paragraphs: Select whole paragraphs; again takes the next one, too."),
        command("select-clause", "c", |s, _| extend(s, Grain::Clause))
            .zh("选分句：选分句（逗号、分号、句号之间）；再按多选一个。")
            .en("Whole clauses: Select whole clauses; again takes the next one, too."),
        command("select-right", "l", |s, n| by_characters(s, n, true))
            .zh("多选一字：按字选取，末尾后移一字。")
            .en("A character more: Select by characters, one more at the end."),
        command("select-left", "h", |s, n| by_characters(s, n, false))
            .zh("少选一字：按字选取，末尾前移一字。")
            .en("A character less: Select by characters, one less at the end."),
        command("select-down", "j, down", |s, n| by_rows(s, n, true))
            .zh("选到下一行：把选取延长到下一行。")
            .en("To the next row: Extend the selection to the next row."),
        command("select-up", "k, up", |s, n| by_rows(s, n, false))
            .zh("选到上一行：把选取的末尾移到上一行。")
            .en("To the row above: Take the selection's end to the row above."),
        command("select-other-end", "o", swap_ends)
            .zh("换到另一头：从另一头延长选取。")
            .en("The other end: Extend the selection at its other end."),
    ]),
];

fn begin(s: &mut Session, _: Option<usize>) {
    s.memory.selection = Some(Selection {
        from: s.reading.focus,
        grain: Grain::Clause,
        seen: None,
    });
    say(s);
}

fn swap_ends(s: &mut Session, _: Option<usize>) {
    if let Some(selection) = &mut s.memory.selection {
        let to = std::mem::replace(&mut selection.from, s.reading.focus);
        look_at(s, to);
    }
    say(s);
}

/// Says how much is selected.
pub(crate) fn say(s: &mut Session) {
    let span = s.selected().unwrap_or_default();
    let text = s.seen_text(span);
    let n = text.chars().count() - text.matches('\n').count();
    let without = without_folded(s, span);
    s.say_owned(
        format!("选取 {n} 字{}：y 复制  x 高亮  a 批注", without.0),
        format!(
            "{} selected{}: y copies, x highlights, a notes",
            counted(&n, "character"),
            without.1
        ),
    );
}

/// Returns what is said of a selection over closed folds, whose lines are not in it.
pub(crate) fn without_folded(s: &Session, span: Span) -> (String, String) {
    match s.unseen_lines(span) {
        0 => Default::default(),
        1 => (
            "，不含折叠的 1 行".to_owned(),
            ", without 1 folded line".to_owned(),
        ),
        n => (
            format!("，不含折叠的 {n} 行"),
            format!(", without {n} folded lines"),
        ),
    }
}

/// Brings a place into view, as little as is needed.
fn look_at(s: &mut Session, to: Pos) {
    s.reading.focus = to;
    let shown = s.reading.place.top <= to && to < s.reading.bottom();
    if !shown {
        let height = s.height();
        s.reading.reveal(s.article.document(), to, height);
    }
}

/// Selects whole units; where that is so already, one more.
fn extend(s: &mut Session, grain: Grain) {
    let Some(selection) = s.memory.selection else {
        return;
    };
    if selection.grain == grain {
        let (document, outline) = (s.article.document(), &s.article.outline);
        let end = unit(document, outline, s.reading.focus, grain).end;
        let rest = document.text().get(end.byte()..).unwrap_or_default();
        let next = Pos::new(end.byte() + rest.len() - rest.trim_start().len());
        // the lines of a closed fold are not there to be selected
        let next = match s.beyond_fold(next, true) {
            Some(end) => Pos::new(cluster::next(document.text(), end.byte())),
            None => next,
        };
        if next < document.end() {
            look_at(s, next);
        }
    } else {
        s.memory.selection = Some(Selection { grain, ..selection });
    }
    say(s);
}

/// Moves the end by characters; the beginning of the selection stays.
fn by_characters(s: &mut Session, count: Option<usize>, forward: bool) {
    let (Some(mut selection), Some(span)) = (s.memory.selection, s.selected()) else {
        return;
    };
    let text = s.article.document().text();
    if selection.grain != Grain::Character {
        let last = Pos::new(cluster::prev(text, span.end.byte()));
        let ahead = s.reading.focus >= selection.from;
        selection.grain = Grain::Character;
        (selection.from, s.reading.focus) = if ahead {
            (span.start, last)
        } else {
            (last, span.start)
        };
    }
    let step = if forward {
        cluster::next
    } else {
        cluster::prev
    };
    let mut at = s.reading.focus.byte();
    for _ in 0..count.unwrap_or(1).min(MAX_CHARACTERS) {
        let mut next = step(text, at);
        // the end does not stop at a line end
        if text.get(next..).is_some_and(|rest| rest.starts_with('\n')) {
            next = step(text, next);
        }
        // nor in a fold that is closed: the line end beside it is passed as well
        if let Some(beyond) = s.beyond_fold(Pos::new(next), forward) {
            next = step(text, beyond.byte());
            next = if forward { next } else { step(text, next) };
        }
        if next >= text.len() {
            break;
        }
        at = next;
    }
    s.memory.selection = Some(selection);
    look_at(s, Pos::new(at));
    say(s);
}

/// Moves the end to another row, about the same column.
fn by_rows(s: &mut Session, count: Option<usize>, down: bool) {
    for _ in 0..count.unwrap_or(1).min(MAX_STEPS) {
        let (rows, focus) = (text_rows(s), s.reading.focus);
        let holds = |row: &Row| row.span.contains(focus) || row.span.start == focus;
        let Some(here) = rows.iter().position(holds) else {
            break;
        };
        let next = if down {
            Some(here + 1)
        } else {
            here.checked_sub(1)
        };
        if let Some(next) = next.and_then(|i| rows.get(i)) {
            s.reading.focus = below(s, &rows[here], next);
        } else if !scroll_a_row(s, down) {
            break;
        }
    }
    say(s);
}

/// Returns the rows of text on the screen.
fn text_rows(s: &Session) -> Vec<Row> {
    let rows = s.reading.window.iter().filter_map(|line| match line {
        Line::Text { row, .. } => Some(row.clone()),
        _ => None,
    });
    rows.collect()
}

/// Returns the place in row `next` that is below or above the focus in row `here`.
fn below(s: &Session, here: &Row, next: &Row) -> Pos {
    let (document, widths) = (s.article.document(), s.settings.face.widths);
    let before = Span {
        start: here.span.start,
        end: s.reading.focus,
    };
    let column = usize::from(here.indent) + widths.text(document.slice(before));
    let text = document.slice(next.drawn());
    let (head, _) = widths.head(text, column.saturating_sub(next.indent.into()));
    let start = next.span.start.byte();
    let inside = start + cluster::floor(text, head.len());
    let last = cluster::prev(document.text(), next.span.end.byte()).max(start);
    Pos::new(inside.min(last))
}

/// Scrolls by a row and takes the row that came into view. Returns whether it scrolled.
fn scroll_a_row(s: &mut Session, down: bool) -> bool {
    let (place, focus) = (s.reading.place, s.reading.focus);
    s.scroll(if down { 1 } else { -1 }, 1);
    let scrolled = s.reading.place != place;
    if scrolled {
        s.reading.focus = focus;
        let height = s.height();
        s.reading.refresh(s.article.document(), height);
        let rows = text_rows(s);
        let row = if down { rows.last() } else { rows.first() };
        if let Some(row) = row {
            s.reading.focus = row.span.start;
        }
    }
    scrolled
}
