//! Opening and closing: entries of the outline pane and of the skeleton, folds in the text.

use super::entry::{Command, READING, When, command};
use crate::layout::PosSet;
use crate::session::skeleton::unfold_target;
use crate::session::{Mode, Session, View};
use crate::text::Span;

pub(crate) const COMMANDS: &[&[Command]] = &[
    &READING.section([
        command("unfold-all", "z R", |s, _| set_all(s, true))
            .zh("全部展开：展开正文里折叠的行和提纲的全部条目；在骨架里展开全文。")
            .en(
                "Open all: Open every fold of the text and every entry of the outline; in the \
                 skeleton, the whole text.",
            ),
        command("fold-all", "z M", |s, _| set_all(s, false))
            .zh("全部折叠：把展开的行和提纲的全部条目折叠，只留最外一层；在骨架里是展开过的。")
            .en(
                "Close all: Close every fold of the text, and every entry of the outline but the \
                 outermost; in the skeleton, all that was opened.",
            ),
        command("unfold-here", "z o", |s, _| set_here(s, true))
            .zh("展开此处：展开折叠的行（所在处的，或屏幕上的第一处），没有就展开所在处的提纲条目；在骨架里展开这一条的全文。")
            .en(
                "Open here: Open the fold at the place, or the first on the screen, else the entry \
                 at the place; in the skeleton, its whole text.",
            ),
        command("fold-here", "z c", |s, _| set_here(s, false))
            .zh("折叠此处：折叠展开的行，没有就折叠所在处的提纲条目，或骨架里展开的这一条。")
            .en(
                "Close here: Close the fold at the place, or the first on the screen, else the entry \
                 at the place, in the outline or the skeleton.",
            ),
    ]),
    &When::On(&[Mode::Outline]).section([
        command("outline-unfold-all", "z R", |s, _| set_all(s, true))
            .zh("全部展开：展开提纲的全部条目。")
            .en("Open all: Open every entry."),
        command("outline-fold-all", "z M", |s, _| set_all(s, false))
            .zh("全部折叠：折叠提纲的全部条目，只留最外一层。")
            .en("Close all: Close every entry but the outermost."),
        command("outline-unfold-here", "z o", |s, _| set_here(s, true))
            .zh("展开这一条：展开选中的一条，选择不动。")
            .en("Open this: Open the chosen entry; the choice stays."),
        command("outline-fold-here", "z c", |s, _| set_here(s, false))
            .zh("折叠这一条：折叠选中的一条；没有下级的，折叠它的上一级。")
            .en("Close this: Close the chosen entry, or the one above it that holds it."),
    ]),
];

/// Returns whether the skeleton, not the pane, is opened and closed.
fn is_in_skeleton(s: &Session) -> bool {
    s.pages.is_reading() && s.reading.view == View::Skeleton
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
        s.reading.open.entries = PosSet::full(open);
        return show_skeleton(s);
    }
    let has_folds = s.pages.is_reading() && !s.article.document().folds().is_empty();
    if has_folds {
        let focus = s.reading.focus;
        s.reading.open.folds = PosSet::full(open);
        show_text(s, Span::at(focus));
    }
    let has_pane = s.pane.open && !s.article.outline.entries.is_empty();
    if has_pane || !has_folds && has_outline(s) {
        s.pane.fold_all(&s.article.outline, !open);
    }
}

/// Opens or closes the fold at the place, or the first on the screen that it can. Returns
/// whether there was one.
pub(super) fn set_fold(s: &mut Session, open: bool, at_place_only: bool) -> bool {
    let document = s.article.document();
    let is_shown = matches!(s.reading.view, View::Text | View::Unfolded);
    if !s.pages.is_reading() || !is_shown || document.folds().is_empty() {
        return false;
    }
    let seen = s.reading.seen();
    let is_seen = |span: &Span| span.overlaps(seen);
    let here = document.fold_at(s.reading.focus);
    let here = here.map(|fold| document.fold_span(fold)).filter(is_seen);
    let seen = document.folds_in(seen).filter(|_| !at_place_only);
    let changes = |span: &Span| s.reading.open.folds.contains(span.start) != open;
    let Some(fold) = here.into_iter().chain(seen).find(changes) else {
        return false;
    };
    s.reading.open.folds.set(fold.start, open);
    // what was opened is to be seen, not its first row alone
    let shown = if open { fold } else { Span::at(fold.start) };
    show_text(s, shown);
    s.reading.landed = Some(Span::at(fold.start));
    true
}

/// Lays the text out again with a span in view, or the start of a long one.
fn show_text(s: &mut Session, span: Span) {
    let height = s.height();
    s.lay_text();
    s.reading.refresh(s.article.document(), height);
    let (seen, pos) = (s.reading.seen(), span.start);
    if seen.contains(pos) && span.end <= seen.end {
        s.reading.focus = pos;
    } else {
        s.reading.reveal(s.article.document(), pos, height);
    }
}

fn set_here(s: &mut Session, open: bool) {
    if is_in_skeleton(s) {
        return set_in_skeleton(s, open);
    }
    if set_fold(s, open, false) {
        return;
    }
    if !has_outline(s) {
        return;
    }
    let done = s.pane.fold_at_choice(&s.article.outline, !open);
    if !done {
        s.say(if open {
            ("这一条没有折叠的", "Nothing is closed here")
        } else {
            ("这一条没有可折叠的", "Nothing to close here")
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
    if s.reading.open.entries.set(shown.start, open) {
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
