//! The rows above the text: title and facts; where one is.

use super::Role;
use super::paint::Painter;
use crate::outline::{Entry, EntryKind, Index, STOPS};
use crate::session::{Mode, Session};
use crate::text::lang::duration;
use crate::text::{Lang, Pos};

/// Draws both rows, where the screen has them. A prompt takes the second one;
/// `status` draws that.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    if session.pages.base() == Mode::Shelf {
        return shelf_name(session, p);
    }
    title(session, p);
    // the heads of tables are in that row
    if [Mode::TermTable, Mode::ShelfHits].contains(&session.pages.mode()) {
        return;
    }
    // the trail would give an answer of the drill away
    if session.pages.prompt().is_none() && !session.pages.is_open(Mode::Drill) {
        crumbs(session, p);
    }
    super::legend::draw(session, p);
}

/// Draws the name of the shelf, for a page that is open over it.
fn shelf_name(session: &Session, p: &mut Painter<'_>) {
    let area = session.screen.header;
    let shelf = session.settings.lang.say(("书架", "Shelf"));
    let name = format!("{shelf}  {}", session.shelf.name);
    p.row((1, area.width.saturating_sub(1)), area.y)
        .left(&name, Role::Header);
}

/// Draws the title at the left; date, length and time at the right.
fn title(session: &Session, p: &mut Painter<'_>) {
    let (area, title) = (session.screen.header, session.article.title());
    if area.width == 0 {
        return;
    }
    let room = usize::from(area.width);
    // the title comes first; facts where both have room
    let wanted = p.widths.text(title).min(room / 2) + 4;
    let facts = facts(session);
    let mut facts = (0..facts.len()).map(|i| facts[i..].join("  "));
    let facts = facts.find(|text| p.widths.text(text) + wanted <= room);
    let mut row = p.row((0, area.width.saturating_sub(1)), area.y);
    if let Some(text) = facts {
        row.right(&text, Role::Header);
    }
    (row.x, row.end) = (1, row.end.saturating_sub(2));
    row.left(title, Role::Header);
}

/// Returns the date, the length and the minutes.
fn facts(session: &Session) -> Vec<String> {
    let length = session.article.length;
    let minutes = duration(length.div_ceil(session.settings.pace.max(1)) as u64);
    let mut facts: Vec<String> = session
        .article
        .facts()
        .shown_date()
        .iter()
        .map(ToString::to_string)
        .collect();
    match session.settings.lang {
        Lang::Zh => {
            let minutes = minutes.0.replace(' ', "");
            facts.extend([format!("{length}字"), format!("约{minutes}")]);
        }
        Lang::En => facts.extend([format!("{length} chars"), minutes.1]),
    }
    facts
}

/// Draws the trail of the reader's place: section, topic, point; at the right the paragraph.
fn crumbs(session: &Session, p: &mut Painter<'_>) {
    let area = session.screen.crumbs;
    if area.width == 0 {
        return;
    }
    let end = area.x + area.width.saturating_sub(1);
    let parts = trail(session, session.reading.focus);
    let wanted: Vec<usize> = parts.iter().map(|part| p.widths.text(part)).collect();
    let number = paragraph(session);
    let mut row = p.row((area.x + 1, end), area.y);
    if row.room() >= MIN_NUMBERED_CELLS {
        row.right(&number, Role::Crumbs);
        row.end = end.saturating_sub(row.p.widths.text(&number) as u16 + 2);
    }
    let end = row.end;
    let cells = share(&wanted, row.room());
    for (i, part) in parts.iter().enumerate().filter(|(i, _)| cells[*i] > 0) {
        if row.x > area.x + 1 {
            row.put(STEP, Role::Crumbs);
        }
        row.end = (row.x + cells[i] as u16).min(end);
        let is_last = i + 1 == parts.len();
        row.left(part, if is_last { Role::Crumb } else { Role::Crumbs });
        row.end = end;
    }
}

/// Returns the number of the paragraph that is read, empty where that is none.
fn paragraph(session: &Session) -> String {
    let (document, lang) = (session.article.document(), session.settings.lang);
    let block = document.block_at(session.reading.focus);
    let number = block.and_then(|block| document.paragraph_number(block));
    number.map_or(String::new(), |n| {
        let unit = if session.article.keeps_lines() {
            ("行", "line")
        } else {
            ("段", "paragraph")
        };
        lang.say_owned(format!("第{n}{}", unit.0), format!("{} {n}", unit.1))
    })
}

/// The row has the paragraph's number where it is no narrower than this.
const MIN_NUMBERED_CELLS: usize = 38;
/// The separator between two parts of the trail.
const STEP: &str = " › ";
/// A part of the trail with less room than this is left out.
const MIN_PART_CELLS: usize = 10;

/// Shares a row's cells among the parts of the trail: the innermost has what it
/// needs, then the ones around it, from the inside out.
fn share(wanted: &[usize], room: usize) -> Vec<usize> {
    let mut left = room;
    let mut given = vec![0; wanted.len()];
    for (i, cells) in wanted.iter().enumerate().rev() {
        let step = if i + 1 == wanted.len() { 0 } else { 3 };
        let outer = (i * (MIN_PART_CELLS + 3)).min(left / 3);
        let free = left.saturating_sub(step);
        let least = (*cells).min(free).min(MIN_PART_CELLS);
        let cells = (*cells).min(free.saturating_sub(outer).max(least));
        if cells < MIN_PART_CELLS.min(wanted[i]) {
            break;
        }
        given[i] = cells;
        left -= cells + step;
    }
    given
}

/// Returns whether a blank follows a marker: not behind a bracket.
pub(crate) fn has_gap(marker: &str) -> bool {
    !marker.ends_with(['）', '】', '〕'])
}

/// Returns the entries that hold a place, outermost first.
pub(crate) fn trail(session: &Session, at: Pos) -> Vec<String> {
    let outline = &session.article.outline;
    let mut at = outline.entry_holding(at);
    let mut parts = Vec::new();
    while let Some(entry) = at.and_then(|i| outline.entries.get(i)) {
        parts.push(name(session, entry));
        at = entry.parent.map(Index::get);
    }
    parts.reverse();
    parts
}

/// Returns an entry's name in the trail.
fn name(session: &Session, entry: &Entry) -> String {
    let (marker, label) = session.article.outline.name(entry);
    let text = |span| session.article.document().slice(span);
    let (head, label) = (text(marker).trim_end_matches(STOPS), text(label).trim());
    match entry.kind {
        EntryKind::Point(_) if !head.is_empty() => {
            let gap = if has_gap(head) { " " } else { "" };
            format!("{head}{gap}{}", label.trim_start_matches(STOPS))
        }
        _ => label.to_owned(),
    }
}
