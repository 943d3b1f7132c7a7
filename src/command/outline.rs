//! The outline pane, and the views that show the skeleton.

use super::table::{Command, Group, When};
use crate::session::prompt::Prompt;
use crate::session::skeleton::{skeleton, unfold_target};
use crate::session::{Effect, Mode, Session, View};

/// The commands of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "toggle-outline",
        keys: &["t"],
        group: Group::Outline,
        brief: ("开关提纲栏", "Outline on or off"),
        about: (
            "打开或关上提纲栏；正文的位置不变。",
            "Open or close the outline pane; the text keeps its place.",
        ),
        when: When::Reading,
        run: toggle,
    },
    Command {
        name: "focus-outline",
        keys: &["tab"],
        group: Group::Outline,
        brief: ("进入提纲栏", "Into the outline"),
        about: (
            "让按键进入提纲栏（没开就打开）；再按回到正文。",
            "Give the keys to the outline, opening it; again gives them back.",
        ),
        when: When::Reading,
        run: focus,
    },
    Command {
        name: "outline-down",
        keys: &["j", "down"],
        group: Group::Outline,
        brief: ("提纲下一条", "Next entry"),
        about: ("选下一条。", "Choose the next entry."),
        when: When::Outline,
        run: |s, n| step(s, n, 1),
    },
    Command {
        name: "outline-up",
        keys: &["k", "up"],
        group: Group::Outline,
        brief: ("提纲上一条", "Previous entry"),
        about: ("选上一条。", "Choose the previous entry."),
        when: When::Outline,
        run: |s, n| step(s, n, -1),
    },
    Command {
        name: "outline-page-down",
        keys: &["space", "f", "pgdn"],
        group: Group::Outline,
        brief: ("提纲下一页", "Page of entries down"),
        about: ("向下一页。", "A page of entries down."),
        when: When::Outline,
        run: |s, _| step(s, Some(usize::from(s.screen.outline.height).max(2) - 1), 1),
    },
    Command {
        name: "outline-page-up",
        keys: &["b", "pgup"],
        group: Group::Outline,
        brief: ("提纲上一页", "Page of entries up"),
        about: ("向上一页。", "A page of entries up."),
        when: When::Outline,
        run: |s, _| step(s, Some(usize::from(s.screen.outline.height).max(2) - 1), -1),
    },
    Command {
        name: "outline-first",
        keys: &["g g", "home"],
        group: Group::Outline,
        brief: ("提纲第一条", "First entry"),
        about: ("选第一条。", "Choose the first entry."),
        when: When::Outline,
        run: |s, _| step(s, Some(1_000_000), -1),
    },
    Command {
        name: "outline-last",
        keys: &["G", "end"],
        group: Group::Outline,
        brief: ("提纲最后一条", "Last entry"),
        about: ("选最后一条。", "Choose the last entry."),
        when: When::Outline,
        run: |s, _| step(s, Some(1_000_000), 1),
    },
    Command {
        name: "outline-fold",
        keys: &["h", "left"],
        group: Group::Outline,
        brief: ("收起", "Fold"),
        about: (
            "收起这一条下面的；已收起时到上一级。",
            "Fold what stands under the entry; where it is folded, go up a level.",
        ),
        when: When::Outline,
        run: |s, _| {
            s.pane.fold(&s.article.outline);
            Effect::None
        },
    },
    Command {
        name: "outline-unfold",
        keys: &["l", "right"],
        group: Group::Outline,
        brief: ("展开", "Unfold"),
        about: (
            "展开这一条；已展开时到下一级。",
            "Unfold the entry; where it is open, go down a level.",
        ),
        when: When::Outline,
        run: |s, _| {
            s.pane.unfold(&s.article.outline);
            Effect::None
        },
    },
    Command {
        name: "outline-go",
        keys: &["enter"],
        group: Group::Outline,
        brief: ("到正文此处", "Go there in the text"),
        about: (
            "跳到正文里的这一处，按键回到正文。",
            "Go to the entry's place in the text, and give the keys back.",
        ),
        when: When::Outline,
        run: go,
    },
    Command {
        name: "outline-leave",
        keys: &["tab", "esc", "q", "shift-tab"],
        group: Group::Outline,
        brief: ("回到正文", "Back to the text"),
        about: (
            "按键回到正文，提纲栏仍开着；筛选过的先恢复全部。",
            "Give the keys back to the text; the pane stays. A filter is taken away first.",
        ),
        when: When::Outline,
        run: |s, _| {
            if s.pane.is_filtered() {
                filter(s, "");
                return Effect::None;
            }
            leave(s)
        },
    },
    Command {
        name: "outline-close",
        keys: &["t"],
        group: Group::Outline,
        brief: ("关上提纲栏", "Close the outline"),
        about: (
            "回到正文并关上提纲栏。",
            "Give the keys back and close the pane.",
        ),
        when: When::Outline,
        run: |s, n| {
            leave(s);
            s.pane.open = true;
            toggle(s, n)
        },
    },
    Command {
        name: "outline-filter",
        keys: &["/"],
        group: Group::Outline,
        brief: ("筛选提纲", "Filter the outline"),
        about: (
            "边输入边筛选提纲；Esc 恢复全部。",
            "Show only entries that hold what is typed; Esc shows all again.",
        ),
        when: When::Outline,
        run: |s, _| {
            s.mode = Mode::Filter(Prompt::default());
            Effect::None
        },
    },
    Command {
        name: "skeleton",
        keys: &["o"],
        group: Group::Outline,
        brief: ("只看提纲", "Skeleton"),
        about: (
            "正文只显示标题、段旨和要点；再按回到全文原处。",
            "Show headings, topics and points only; again returns to the same place.",
        ),
        when: When::Reading,
        run: |s, _| set_view(s, View::Skeleton),
    },
    Command {
        name: "open-here",
        keys: &["enter"],
        group: Group::Outline,
        brief: ("展开这一条", "Unfold this"),
        about: (
            "只看提纲时展开或收起这一条；平时下一行。",
            "In the skeleton, unfold or fold what is here; else scroll a row down.",
        ),
        when: When::Reading,
        run: open_here,
    },
    Command {
        name: "unfold-points",
        keys: &["O"],
        group: Group::Outline,
        brief: ("要点分行", "Points on own rows"),
        about: (
            "每个要点另起一行，悬挂缩进；再按回到原样。",
            "Set every point on rows of its own, hanging; again returns.",
        ),
        when: When::Reading,
        run: |s, _| set_view(s, View::Unfolded),
    },
];

fn toggle(s: &mut Session, _: Option<usize>) -> Effect {
    if s.article.outline.entries.is_empty() && !s.pane.open {
        s.say(("本文没有提纲", "This article has no outline"));
        return Effect::None;
    }
    s.pane.open = !s.pane.open;
    s.pane.decided = true;
    // too small to stand beside the text: opening it means going into it
    if s.pane.open && !s.screen.is_side_by_side() {
        s.mode = Mode::Outline;
    }
    Effect::None
}

fn focus(s: &mut Session, _: Option<usize>) -> Effect {
    if s.article.outline.entries.is_empty() {
        s.say(("本文没有提纲", "This article has no outline"));
        return Effect::None;
    }
    if !s.pane.open {
        s.pane.open = true;
        s.pane.decided = true;
    }
    s.mode = Mode::Outline;
    Effect::None
}

/// Gives the keys back; a pane that covers the text is closed with it.
fn leave(s: &mut Session) -> Effect {
    s.mode = Mode::Read;
    if !s.screen.is_side_by_side() {
        s.pane.open = false;
    }
    Effect::None
}

fn step(s: &mut Session, count: Option<usize>, sign: isize) -> Effect {
    s.pane
        .step(sign * count.unwrap_or(1).min(1_000_000).cast_signed());
    Effect::None
}

fn go(s: &mut Session, _: Option<usize>) -> Effect {
    let target = s.pane.entry().and_then(|i| s.article.outline.landing(i));
    // what was looked for is found: the pane follows the reading again
    filter(s, "");
    leave(s);
    s.arrange();
    if let Some((start, label)) = target {
        s.jump(start, label);
    }
    Effect::None
}

/// In the skeleton, unfolds what the focus is in, or folds it again.
fn open_here(s: &mut Session, count: Option<usize>) -> Effect {
    if s.reading.view != View::Skeleton {
        return super::scroll::by_rows(s, count, 1);
    }
    let (document, outline) = (s.article.document(), &s.article.outline);
    if let Some(start) = unfold_target(&s.reading.flow, document, outline, s.reading.focus) {
        if !s.reading.unfolded.remove(&start) {
            s.reading.unfolded.insert(start);
        }
        let flow = skeleton(outline, &s.reading.unfolded);
        s.reading.set_flow(flow);
        s.reading.focus = start;
    }
    Effect::None
}

/// Shows only the entries that hold what is typed, and those above them.
pub fn filter(s: &mut Session, typed: &str) {
    s.pane.filter(
        s.article.document(),
        &s.article.outline,
        crate::search::Query::new(typed),
    );
}

/// Changes to a view, or back to the text where it is on already. There and
/// back returns to the same place, unless the reader has gone elsewhere.
fn set_view(s: &mut Session, view: View) -> Effect {
    let outline = &s.article.outline;
    if outline.points.is_empty() && s.reading.view == View::Text {
        s.say(("本文没有要点", "This article has no numbered points"));
        return Effect::None;
    }
    let view = if s.reading.view == view {
        View::Text
    } else {
        view
    };
    let spot = s.reading.position();
    let came_from = s.reading.before_view.take();
    let flow = s.flow_of(view);
    s.reading.set_flow(flow);
    s.reading.view = view;
    let same = came_from.is_some_and(|before| before.focus == spot.focus);
    match came_from {
        Some(before) if view == View::Text && same => s.reading.restore(before),
        _ => {
            s.reading.before_view = Some(if same {
                came_from.unwrap_or(spot)
            } else {
                spot
            })
            .filter(|_| view != View::Text);
            let height = s.height();
            s.reading.place.lift = 0;
            s.reading.reveal(s.article.document(), spot.focus, height);
        }
    }
    Effect::None
}
