//! Opening and closing entries: of the outline pane, of the skeleton.

use super::entry::{Command, When, command};
use crate::session::entry_set::EntrySet;
use crate::session::skeleton::unfold_target;
use crate::session::{Mode, Session, View};

pub(crate) const COMMANDS: &[&[Command]] = &[
    &When::Reading.section([
        command("unfold-all", "z R", |s, _| set_all(s, true))
            .zh("全部展开：展开提纲的全部条目；在骨架里展开全文。")
            .en("Open all: Open every entry of the outline; in the skeleton, the whole text."),
        command("fold-all", "z M", |s, _| set_all(s, false))
            .zh("全部收起：收起提纲的全部条目，只留最外一层；在骨架里收起展开过的。")
            .en(
                "Close all: Close every entry of the outline but the outermost; in the skeleton, \
                 all that was opened.",
            ),
        command("unfold-here", "z o", |s, _| set_here(s, true))
            .zh("展开此处：展开所在处的提纲条目；在骨架里展开这一条的全文。")
            .en("Open here: Open the entry at the place; in the skeleton, its whole text."),
        command("fold-here", "z c", |s, _| set_here(s, false))
            .zh("收起此处：收起所在处的提纲条目，或骨架里展开的这一条。")
            .en("Close here: Close the entry at the place, in the outline or the skeleton."),
    ]),
    &When::Outline.section([
        command("outline-unfold-all", "z R", |s, _| set_all(s, true))
            .zh("全部展开：展开提纲的全部条目。")
            .en("Open all: Open every entry."),
        command("outline-fold-all", "z M", |s, _| set_all(s, false))
            .zh("全部收起：收起提纲的全部条目，只留最外一层。")
            .en("Close all: Close every entry but the outermost."),
        command("outline-unfold-here", "z o", |s, _| set_here(s, true))
            .zh("展开这一条：展开选中的一条，选择不动。")
            .en("Open this: Open the chosen entry; the choice stays."),
        command("outline-fold-here", "z c", |s, _| set_here(s, false))
            .zh("收起这一条：收起选中的一条；没有下级的，收起它的上一级。")
            .en("Close this: Close the chosen entry, or the one above it that holds it."),
    ]),
];

/// Returns whether the skeleton, not the pane, is opened and closed.
fn is_in_skeleton(s: &Session) -> bool {
    s.mode == Mode::Read && s.reading.view == View::Skeleton
}

/// Returns whether there is an outline to open and close; if not, says so.
fn has_outline(s: &mut Session) -> bool {
    let is_there = !s.article.outline.entries.is_empty();
    if !is_there {
        s.say(("本文没有提纲", "This article has no outline"));
    } else if !s.pane.open {
        s.say(("提纲栏没有打开", "The outline is not open"));
    }
    is_there && s.pane.open
}

fn set_all(s: &mut Session, open: bool) {
    if is_in_skeleton(s) {
        s.reading.unfolded = EntrySet::full(open);
        show_skeleton(s);
    } else if has_outline(s) {
        s.pane.fold_all(&s.article.outline, !open);
    }
}

fn set_here(s: &mut Session, open: bool) {
    if is_in_skeleton(s) {
        return set_in_skeleton(s, open);
    }
    if !has_outline(s) {
        return;
    }
    let done = s.pane.fold_at_choice(&s.article.outline, !open);
    if !done {
        s.say(if open {
            ("这一条没有收起的", "Nothing is closed here")
        } else {
            ("这一条没有可收起的", "Nothing to close here")
        });
    }
}

/// Opens or closes the entry at the place in the skeleton, and shows where it is.
fn set_in_skeleton(s: &mut Session, open: bool) {
    let (document, outline) = (s.article.document(), &s.article.outline);
    let focus = s.reading.focus;
    let Some(shown) = unfold_target(&s.reading.flow, document, outline, focus) else {
        return;
    };
    if s.reading.unfolded.set(shown.start, open) {
        show_skeleton(s);
    }
    s.show(shown.start, shown);
}

/// Lays the skeleton out again at the same place.
fn show_skeleton(s: &mut Session) {
    let (focus, height) = (s.reading.focus, s.height());
    let flow = s.flow_of(View::Skeleton);
    s.reading.set_flow(flow);
    s.reading.reveal(s.article.document(), focus, height);
}
