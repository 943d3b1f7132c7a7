//! The outline pane: entries set in by depth, the one being read set off.

use super::Role;
use super::header::STOPS;
use super::paint::Painter;
use crate::outline::{Entry, EntryKind, MarkerPosition, Outline, Point};
use crate::session::{Area, Mode, Session};
use crate::text::Span;
use ratatui::style::Style;
use ratatui::widgets::{Block, Borders};

/// Draws the pane and the line beside it.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let area = session.screen.outline;
    if area.width == 0 {
        return;
    }
    if area.width < session.screen.columns && p.is_narrow() {
        let border = Block::new()
            .borders(Borders::LEFT)
            .border_style(p.style(Role::Border));
        p.widget(
            border,
            Area {
                x: area.x + area.width,
                width: 1,
                ..area
            },
        );
    }
    if let Mode::Settings(chosen) = session.mode {
        super::settings::draw(session, chosen, p);
        return;
    }
    let shown = session
        .pane
        .shown
        .iter()
        .enumerate()
        .skip(session.pane.list.top);
    for (y, (at, entry)) in
        (area.y..area.y + area.height).zip(shown.map(|(at, entry)| (at, entry.get())))
    {
        if let Some(found) = session.article.outline.entries.get(entry) {
            row(
                session,
                found,
                entry,
                Area {
                    y,
                    height: 1,
                    ..area
                },
                at == session.pane.list.selected,
                p,
            );
        }
    }
    if session.pane.shown.is_empty() && area.height > 0 {
        let style = p.style(Role::EntryDim);
        let empty = if session.pane.is_filtered() {
            ("（没有符合的）", "(nothing matches)")
        } else {
            ("（本文没有提纲）", "(no outline)")
        };
        let text = session.settings.lang.say(empty);
        p.put_cut(area.x + 1, area.y, area.x + area.width, text, style);
    }
}

/// Cells that a label keeps beside its counts.
const MIN_LABEL_CELLS: usize = 9;

/// Draws one entry into a row of the pane.
fn row(
    session: &Session,
    entry: &Entry,
    index: usize,
    area: Area,
    selected: bool,
    p: &mut Painter<'_>,
) {
    let focused = matches!(session.mode, Mode::Outline | Mode::Filter(_));
    let outline = &session.article.outline;
    let end = area.x + area.width - u16::from(area.width > 4);
    let folded = session.pane.is_folded(outline, index);
    let ground = match (selected, focused) {
        (true, true) => Some(p.style(Role::EntryChosen)),
        (true, false)
            if session
                .article
                .outline
                .entry_holding(session.reading.focus)
                .is_some() =>
        {
            Some(p.style(Role::EntryHere))
        }
        _ => None,
    };
    let text = |span: Span| session.article.document().slice(span);
    let (marker, label) = outline.name(entry);
    let role = role(outline, entry);
    let line = Line {
        depth: entry.depth,
        marker: text(marker),
        label: text(label),
        role,
        ground,
        hidden: folded.then(|| hidden_below(index, session)),
        counts: super::legend::counts(session, entry.span),
    };
    line.draw(area, end, p);
}

/// Returns the role of an entry.
fn role(outline: &Outline, entry: &Entry) -> Role {
    let is_outer = |point: &Point| {
        point.place == MarkerPosition::Heading
            || (point.place == MarkerPosition::LineHead && entry.depth == 0)
    };
    match entry.kind {
        EntryKind::Point(i) if outline.points.get(i.get()).is_some_and(is_outer) => {
            Role::EntryTopic
        }
        EntryKind::Topic(_) if entry.depth == 0 => Role::EntryTopic,
        EntryKind::Point(_) | EntryKind::Topic(_) => Role::Entry,
        EntryKind::Lead | EntryKind::Introduction | EntryKind::Subheading => Role::EntryDim,
    }
}

/// All that a row of the pane shows.
struct Line<'a> {
    depth: u8,
    /// The marker that it begins with.
    marker: &'a str,
    /// The label behind it.
    label: &'a str,
    role: Role,
    /// The background of the row, where it is set off.
    ground: Option<Style>,
    /// The number of entries below it, where it is folded.
    hidden: Option<usize>,
    /// Hits in what the entry covers: of the search, and of each keyword in its colour.
    counts: Vec<(usize, Role)>,
}

impl Line<'_> {
    /// Draws the row, its text up to the column `end`.
    fn draw(&self, area: Area, end: u16, p: &mut Painter<'_>) {
        if let Some(style) = self.ground {
            p.fill(area, style);
        }
        let over = |style: Style| self.ground.map_or(style, |g| style.patch(g));
        let step = 2 * u16::from(self.depth.min(5));
        let mut x = (area.x + 1 + step).min(end);
        if self.hidden.is_some() {
            let style = over(p.style(Role::EntryMarker));
            p.put(x.saturating_sub(1), area.y, end, "+", style);
        }
        if !self.marker.is_empty() {
            let style = over(p.style(Role::EntryMarker));
            let head = self.marker.trim_end_matches(STOPS);
            x = p.put(x, area.y, end, head, style);
            if !self.label.trim_start().is_empty() && x < end && !head.ends_with(['）', '】', '〕'])
            {
                x += 1;
            }
        }
        let mut style = over(p.style(self.role));
        let mut room = end;
        if self.counts.iter().any(|c| c.0 > 0) {
            for (n, role) in self.counts.iter().rev().filter(|c| c.0 > 0) {
                let text = n.to_string();
                if usize::from(room.saturating_sub(x)) < p.widths.text(&text) + MIN_LABEL_CELLS {
                    break;
                }
                let style = p.style(*role);
                let style = self
                    .ground
                    .filter(|_| *role == Role::Notice)
                    .map_or(style, |g| g.patch(style));
                room = p.put_right(x, area.y, room, &text, style).saturating_sub(1);
            }
        } else if !self.counts.is_empty() && self.ground.is_none() {
            style = p.style(Role::Zero);
        }
        let count = self
            .hidden
            .filter(|n| *n > 0)
            .map_or(String::new(), |n| format!(" {n}"));
        let before = room.saturating_sub(p.widths.text(&count) as u16);
        x = p.put_cut(
            x,
            area.y,
            before,
            self.label.trim_start_matches(STOPS),
            style,
        );
        if !count.is_empty() {
            let style = over(p.style(Role::EntryDim));
            p.put(x, area.y, room, &count, style);
        }
    }
}

/// Returns the number of entries below a folded one. O(log n).
fn hidden_below(index: usize, session: &Session) -> usize {
    let entries = &session.article.outline.entries;
    let end = entries
        .get(index)
        .map_or(crate::text::Pos(0), |e| e.span.end);
    entries
        .partition_point(|e| e.span.start < end)
        .saturating_sub(index + 1)
}
