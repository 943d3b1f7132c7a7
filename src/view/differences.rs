//! The differences between two articles: each row after a sign, and in a colour, that say which
//! article has it.

use super::Role;
use super::paint::Painter;
use super::panel::column;
use super::row::RowPainter;
use crate::command::differences::{MAX_DIFFERENCES_WIDTH, SIGN_CELLS, area, head_rows};
use crate::library::differences::{DifferenceRow, PartKind};
use crate::session::Session;
use crate::text::Say;
use crate::text::lang::counted;

/// From this width on the head has words beside its signs.
const MIN_WIDTH_WITH_WORDS: u16 = 60;

/// The kinds of paragraphs with their signs and names, in the order of the head.
const KINDS_OF_PARTS: [(PartKind, &str, Role, Say); 4] = [
    (
        PartKind::First,
        "-",
        Role::OnlyHere,
        ("只在本文", "only in this"),
    ),
    (
        PartKind::Second,
        "+",
        Role::OnlyThere,
        ("只在那篇", "only in that"),
    ),
    (PartKind::Changed, "~", Role::Notice, ("改动", "changed")),
    (PartKind::Same, "=", Role::Facts, ("相同", "the same")),
];

/// Draws the page.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let (body, page) = (session.screen.body, &session.pages.library.differences);
    let lang = session.settings.lang;
    let (x, end) = column(body, MAX_DIFFERENCES_WIDTH);
    if body.height == 0 {
        return;
    }
    head(session, p.row((x, end), body.y));
    if head_rows(session) > 2 {
        let sides = [("-", Role::OnlyHere), ("+", Role::OnlyThere)];
        for (y, ((sign, role), name)) in (body.y + 1..).zip(sides.into_iter().zip(&page.names)) {
            let mut row = p.row((x, end), y);
            row.put(sign, role);
            row.x = x + SIGN_CELLS;
            row.left(name, Role::Strong);
        }
    }
    let rows = area(session);
    let shown = page.rows.iter().skip(page.list.top);
    for (y, row) in (rows.y..rows.y + rows.height).zip(shown) {
        line(session, row, p.row((x, end), y));
    }
    if page.rows.is_empty() && page.list.filter.is_empty() && rows.height > 0 {
        let text = if page.is_running {
            ("正在比较…", "Comparing…")
        } else {
            ("两篇都没有文字", "Neither has any text")
        };
        let text = p.own(lang.say(text));
        p.row((x, end), rows.y).left(&text, Role::Facts);
    }
}

/// Draws how many paragraphs there are of each kind.
fn head(session: &Session, mut row: RowPainter<'_, '_>) {
    let (lang, page) = (session.settings.lang, &session.pages.library.differences);
    let has_words = session.screen.columns >= MIN_WIDTH_WITH_WORDS;
    for (kind, sign, role, name) in KINDS_OF_PARTS {
        row.put(sign, role);
        if has_words {
            row.put(" ", Role::Facts);
            row.put(lang.say(name), Role::Facts);
            row.put(" ", Role::Facts);
        }
        row.put(&page.all.count(kind).to_string(), Role::Facts);
        row.x += 2;
    }
    if page.all.is_cut {
        let text = lang.say((
            "很长，只比较了前面的段",
            "long: only the beginning is compared",
        ));
        row.left(text, Role::Warning);
    }
}

/// Draws a row after its sign.
fn line(session: &Session, shown: &DifferenceRow, mut row: RowPainter<'_, '_>) {
    let lang = session.settings.lang;
    let Some(part) = session.pages.library.differences.all.parts.get(shown.part) else {
        return;
    };
    let x = row.x;
    if shown.folded > 0 {
        let n = shown.folded;
        row.x = x + SIGN_CELLS;
        let sign = row.p.sign("⋯", "..");
        let text = lang.say_owned(
            format!("{sign} 相同的 {n} 段"),
            format!("{sign} {} the same", counted(&n, "paragraph")),
        );
        return row.left(&text, Role::Fold);
    }
    let is_here = shown.side == 0;
    let (sign, role, changed) = match (part.kind, is_here) {
        (PartKind::Same, _) => ("", Role::EntryDim, Role::EntryDim),
        (PartKind::First, _) => ("-", Role::OnlyHere, Role::OnlyHere),
        (PartKind::Second, _) => ("+", Role::OnlyThere, Role::OnlyThere),
        (PartKind::Changed, true) => ("~-", Role::Text, Role::ChangedHere),
        (PartKind::Changed, false) => ("~+", Role::Text, Role::ChangedThere),
    };
    let of_sign = if is_here {
        Role::OnlyHere
    } else {
        Role::OnlyThere
    };
    row.put(sign, of_sign);
    row.x = x + SIGN_CELLS;
    for (piece, differs) in part.pieces(shown.side, shown.span) {
        row.put(piece, if differs { changed } else { role });
    }
}
