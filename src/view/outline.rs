//! The outline pane: entries set in by depth, the one being read set off.

use super::Role;
use super::header::has_gap;
use super::paint::Painter;
use super::row::RowPainter;
use crate::command::pages;
use crate::document::Document;
use crate::outline::{Entry, EntryKind, MarkerPosition, Outline, STOPS};
use crate::session::{Area, Mode, Session};
use ratatui::style::Style;
use ratatui::widgets::{Block, Borders};

/// Draws the line beside the pane.
pub(crate) fn border(session: &Session, p: &mut Painter<'_>) {
    let area = session.screen.outline;
    if area.width > 0 && area.width < session.screen.columns && p.is_narrow() {
        let line = Block::new().borders(Borders::LEFT);
        let line = line.border_style(p.style(Role::Border));
        let (x, width) = (area.x + area.width, 1);
        p.widget(line, Area { x, width, ..area });
    }
    if area.y > session.screen.text.y && area.height > 0 {
        let line = p.sign("─", "-").repeat(area.width.into());
        p.row((area.x, area.x + area.width), area.y)
            .left(&line, Role::Border);
    }
}

/// Draws the pane.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let (area, pane) = (session.screen.outline, &session.pane);
    if area.width == 0 {
        return;
    }
    let columns = (area.x, area.x + area.width - u16::from(area.width > 4));
    for (y, at, is_chosen) in pages::shown(session, Mode::Outline) {
        let Some(index) = pane.shown.get(at) else {
            continue;
        };
        if let Some(found) = session.article.outline.entries.get(index.get()) {
            let ground = ground(session).filter(|_| is_chosen);
            let row = p.row(columns, y).set_off_as(ground, area.row(y));
            entry(session, found, index.get(), row.blended());
        }
    }
    if pane.shown.is_empty() && !pane.is_filtered() && area.height > 0 {
        let empty = ("（本文没有提纲）", "(no outline)");
        let columns = (area.x + 1, area.x + area.width);
        let text = session.settings.lang.say(empty);
        p.row(columns, area.y).left(text, Role::EntryDim);
    }
}

/// Returns the role that sets the selected entry off.
fn ground(session: &Session) -> Option<Role> {
    let here = || session.article.outline.entry_holding(session.reading.focus);
    match session.pages.mode() {
        Mode::Outline => Some(Role::EntryChosen),
        _ => here().map(|_| Role::EntryHere),
    }
}

/// Cells that a label keeps beside its counts.
const MIN_LABEL_CELLS: usize = 9;

/// Draws one entry: its marker and label at the left, the counts of hits in it at the right.
fn entry(session: &Session, entry: &Entry, index: usize, mut row: RowPainter<'_, '_>) {
    let (document, outline) = (session.article.document(), &session.article.outline);
    let is_folded = session.pane.is_folded(outline, index);
    let label = indented((document, outline), (entry, is_folded), &mut row);
    let counts = super::legend::counts(session, entry.span);
    let style = put_counts(counts, role(outline, entry), &mut row);
    let hidden = hidden_below(outline, index, entry);
    let hidden = Some(format!(" {hidden}")).filter(|_| is_folded && hidden > 0);
    let hidden = hidden.unwrap_or_default();
    let end = row.end;
    row.end = end.saturating_sub(row.p.widths.text(&hidden) as u16);
    row.left_styled(label, style);
    row.end = end;
    row.put(&hidden, Role::EntryDim);
}

/// Sets a row in by the depth of an entry, and draws its marker; returns the label to be drawn
/// behind.
pub(super) fn indented<'a>(
    (document, outline): (&'a Document, &Outline),
    (entry, is_folded): (&Entry, bool),
    row: &mut RowPainter<'_, '_>,
) -> &'a str {
    let (marker, label) = outline.name(entry);
    let [head, label] = [marker, label].map(|span| document.slice(span));
    row.x = (row.x + 1 + 2 * u16::from(entry.depth.min(5))).min(row.end);
    if is_folded {
        row.x = row.x.saturating_sub(1);
        row.put("+", Role::EntryMarker);
    }
    if !head.is_empty() {
        let head = head.trim_end_matches(STOPS);
        row.put(head, Role::EntryMarker);
        let is_gap = !label.trim_start().is_empty() && has_gap(head) && row.x < row.end;
        row.x += u16::from(is_gap);
    }
    label.trim_start_matches(STOPS)
}

/// Draws counts of hits at the right of a row: of the search, and of each keyword in its colour.
/// Returns the style of the label beside them.
pub(super) fn put_counts(
    counts: Vec<(usize, Role)>,
    label: Role,
    row: &mut RowPainter<'_, '_>,
) -> Style {
    let is_without_hits = !counts.is_empty() && counts.iter().all(|(n, _)| *n == 0);
    for (n, role) in counts.into_iter().rev().filter(|(n, _)| *n > 0) {
        let text = n.to_string();
        if row.room() < row.p.widths.text(&text) + MIN_LABEL_CELLS {
            break;
        }
        let style = row.p.style(role);
        let ground = row.over.filter(|_| role == Role::Notice);
        row.right_styled(&text, ground.map_or(style, |ground| ground.patch(style)));
        row.end = row.end.saturating_sub(1);
    }
    match row.over {
        None if is_without_hits => row.p.style(Role::Zero),
        _ => row.style(label),
    }
}

/// Returns the role of an entry.
pub(super) fn role(outline: &Outline, entry: &Entry) -> Role {
    let is_outer = match entry.kind {
        EntryKind::Point(i) => match outline.points.get(i.get()).map(|point| point.place) {
            Some(MarkerPosition::Heading) => true,
            place => place == Some(MarkerPosition::LineHead) && entry.depth == 0,
        },
        EntryKind::Topic(_) => entry.depth == 0,
        _ => return Role::EntryDim,
    };
    if is_outer {
        Role::EntryTopic
    } else {
        Role::Entry
    }
}

/// Returns the number of entries below a folded one. O(log n).
fn hidden_below(outline: &Outline, index: usize, entry: &Entry) -> usize {
    let entries = &outline.entries;
    let next = entries.partition_point(|e| e.span.start < entry.span.end);
    next.saturating_sub(index + 1)
}
