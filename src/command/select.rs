//! Selecting text: from the place on, extended by every motion, by whole
//! clauses, sentences, points and paragraphs.
//!
//! The selection is of text: a resize or a turned page changes nothing of it.

use super::table::{Command, Group, When};
use crate::session::selection::{Grain, Selection, unit};
use crate::session::{Effect, Line, Session};
use crate::text::{Pos, cluster};

/// The commands of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "select",
        keys: &["v"],
        group: Group::Copy,
        brief: ("选取", "Select"),
        about: (
            "从所在的分句开始选取；移动的键都会把选取延长，y 摘录，x 高亮，a 批注，Esc 不选了。",
            "Select from the clause at the place; every motion extends it; y copies, x highlights, a notes, Esc leaves.",
        ),
        when: When::Reading,
        run: |s, _| {
            s.memory.selection = Some(Selection {
                from: s.reading.focus,
                grain: Grain::Clause,
            });
            say(s)
        },
    },
    Command {
        name: "select-leave",
        keys: &["esc", "v", "q", "ctrl-c"],
        group: Group::Copy,
        brief: ("不选了", "Leave"),
        about: (
            "放弃选取，位置不变。",
            "Give the selection up; the place stays.",
        ),
        when: When::Select,
        run: |s, _| {
            s.memory.selection = None;
            Effect::None
        },
    },
    Command {
        name: "select-sentence",
        keys: &["s", ")"],
        group: Group::Copy,
        brief: ("选整句", "Whole sentences"),
        about: (
            "选整句；再按多选一句。",
            "Select whole sentences; again takes the next one, too.",
        ),
        when: When::Select,
        run: |s, _| grain(s, Grain::Sentence),
    },
    Command {
        name: "select-point",
        keys: &["i"],
        group: Group::Copy,
        brief: ("选要点", "Whole points"),
        about: (
            "选整个要点；不在要点里就选整段；再按多选一个。",
            "Select the whole point, or the paragraph where there is none; again takes the next one, too.",
        ),
        when: When::Select,
        run: |s, _| grain(s, Grain::Point),
    },
    Command {
        name: "select-paragraph",
        keys: &["p", "}"],
        group: Group::Copy,
        brief: ("选整段", "Whole paragraphs"),
        about: (
            "选整段；再按多选一段。",
            "Select whole paragraphs; again takes the next one, too.",
        ),
        when: When::Select,
        run: |s, _| grain(s, Grain::Paragraph),
    },
    Command {
        name: "select-clause",
        keys: &["c"],
        group: Group::Copy,
        brief: ("选分句", "Whole clauses"),
        about: (
            "选分句（逗号、分号、句号之间）；再按多选一个。",
            "Select whole clauses; again takes the next one, too.",
        ),
        when: When::Select,
        run: |s, _| grain(s, Grain::Clause),
    },
    Command {
        name: "select-right",
        keys: &["l"],
        group: Group::Copy,
        brief: ("多选一字", "A character more"),
        about: (
            "按字选取，末尾后移一字。",
            "Select by characters, one more at the end.",
        ),
        when: When::Select,
        run: |s, n| by_characters(s, n, true),
    },
    Command {
        name: "select-left",
        keys: &["h"],
        group: Group::Copy,
        brief: ("少选一字", "A character less"),
        about: (
            "按字选取，末尾前移一字。",
            "Select by characters, one less at the end.",
        ),
        when: When::Select,
        run: |s, n| by_characters(s, n, false),
    },
    Command {
        name: "select-down",
        keys: &["j", "down"],
        group: Group::Copy,
        brief: ("选到下一行", "To the next row"),
        about: (
            "把选取延长到下一行。",
            "Extend the selection to the next row.",
        ),
        when: When::Select,
        run: |s, n| by_rows(s, n, true),
    },
    Command {
        name: "select-up",
        keys: &["k", "up"],
        group: Group::Copy,
        brief: ("选到上一行", "To the row above"),
        about: (
            "把选取的末尾移到上一行。",
            "Take the selection's end to the row above.",
        ),
        when: When::Select,
        run: |s, n| by_rows(s, n, false),
    },
    Command {
        name: "select-other-end",
        keys: &["o"],
        group: Group::Copy,
        brief: ("换到另一头", "The other end"),
        about: (
            "从另一头延长选取。",
            "Extend the selection at its other end.",
        ),
        when: When::Select,
        run: |s, _| {
            if let Some(selection) = &mut s.memory.selection {
                let to = std::mem::replace(&mut selection.from, s.reading.focus);
                look_at(s, to);
            }
            say(s)
        },
    },
];

/// Says how much is selected.
pub fn say(s: &mut Session) -> Effect {
    let n = s.selected().map_or(0, |span| {
        s.article
            .document()
            .slice(span)
            .chars()
            .filter(|c| *c != '\n')
            .count()
    });
    let text = s.settings.lang.say_owned(
        format!("选取 {n} 字：y 摘录  x 高亮  a 批注"),
        format!("{n} characters selected: y copies, x highlights, a notes"),
    );
    s.tell(text);
    Effect::None
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

/// Takes whole units; where that is so already, one more.
fn grain(s: &mut Session, grain: Grain) -> Effect {
    let Some(selection) = s.memory.selection else {
        return Effect::None;
    };
    if selection.grain == grain {
        let (document, outline) = (s.article.document(), &s.article.outline);
        let end = unit(document, outline, s.reading.focus, grain).end;
        let rest = document.text().get(end.byte()..).unwrap_or_default();
        let next = Pos::new(end.byte() + rest.len() - rest.trim_start().len());
        if next < document.end() {
            look_at(s, next);
        }
    } else {
        s.memory.selection = Some(Selection { grain, ..selection });
    }
    say(s)
}

/// By characters: from what is selected now, which keeps its beginning.
fn by_characters(s: &mut Session, count: Option<usize>, forward: bool) -> Effect {
    let (Some(mut selection), Some(span)) = (s.memory.selection, s.selected()) else {
        return Effect::None;
    };
    let text = s.article.document().text();
    if selection.grain != Grain::Character {
        let ahead = s.reading.focus >= selection.from;
        let last = Pos::new(cluster::prev(text, span.end.byte()));
        let (from, focus) = if ahead {
            (span.start, last)
        } else {
            (last, span.start)
        };
        selection = Selection {
            from,
            grain: Grain::Character,
        };
        s.reading.focus = focus;
    }
    let mut at = s.reading.focus.byte();
    for _ in 0..count.unwrap_or(1).min(10_000) {
        let next = if forward {
            cluster::next(text, at)
        } else {
            cluster::prev(text, at)
        };
        // a line end is no character to stop at
        let over = text.get(next..).is_some_and(|rest| rest.starts_with('\n'));
        let next = if !over {
            next
        } else if forward {
            cluster::next(text, next)
        } else {
            cluster::prev(text, next)
        };
        if next >= text.len() {
            break;
        }
        at = next;
    }
    s.memory.selection = Some(selection);
    look_at(s, Pos::new(at));
    say(s)
}

/// To another row, about the same column.
fn by_rows(s: &mut Session, count: Option<usize>, down: bool) -> Effect {
    for _ in 0..count.unwrap_or(1).min(1000) {
        let focus = s.reading.focus;
        let rows: Vec<_> = s
            .reading
            .window
            .iter()
            .filter_map(|l| {
                if let Line::Text { row, .. } = l {
                    Some(row.clone())
                } else {
                    None
                }
            })
            .collect();
        let Some(here) = rows
            .iter()
            .position(|r| r.span.contains(focus) || r.span.start == focus)
        else {
            break;
        };
        let widths = s.settings.face.widths;
        let text = s.article.document();
        let column = rows.get(here).map_or(0, |r| {
            usize::from(r.indent)
                + widths.text(text.slice(crate::text::Span {
                    start: r.span.start,
                    end: focus,
                }))
        });
        let to = if down {
            rows.get(here + 1)
        } else {
            here.checked_sub(1).and_then(|i| rows.get(i))
        };
        let Some(row) = to else {
            let moved = s.reading.place;
            s.scroll(if down { 1 } else { -1 }, 1);
            if s.reading.place == moved {
                break;
            }
            s.reading.focus = focus;
            let height = s.height();
            s.reading.refresh(s.article.document(), height);
            // the row came into view: take it
            let mut rows = s.reading.window.iter().filter_map(|l| {
                if let Line::Text { row, .. } = l {
                    Some(row.clone())
                } else {
                    None
                }
            });
            let next = if down { rows.next_back() } else { rows.next() };
            if let Some(row) = next {
                s.reading.focus = row.span.start;
            }
            continue;
        };
        let (head, _) = widths.head(
            text.slice(row.drawn()),
            column.saturating_sub(usize::from(row.indent)),
        );
        let inside = row.span.start.byte() + cluster::floor(text.slice(row.drawn()), head.len());
        let last = cluster::prev(text.text(), row.span.end.byte()).max(row.span.start.byte());
        s.reading.focus = Pos::new(inside.min(last));
    }
    say(s)
}
