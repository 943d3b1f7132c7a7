//! Two skeletons side by side: of each its title and facts, how it begins, its outline with a
//! letter at what the other has in like words, and how it ends.

use super::Role;
use super::outline::{indented, put_counts, role};
use super::paint::Painter;
use super::row::RowPainter;
use crate::command::twin;
use crate::outline::Entry;
use crate::session::twin::{TwinArticles, TwinSide, pair_mark};
use crate::session::{Area, Session};
use crate::text::lang::counted;
use crate::text::{Say, Span};
use ratatui::widgets::{Block, Borders};

/// Cells of the column of letters.
const MARK_CELLS: u16 = 3;

/// Draws the page.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let page = &session.pages.library.twin;
    let Some(read) = &page.read else {
        return waiting(session, p);
    };
    for side in 0..2 {
        if side == page.side || twin::shows_both(session) {
            one_side(session, read, side, p);
        }
    }
    if twin::shows_both(session) && p.is_narrow() {
        let right = twin::side_area(session, 1);
        let (x, width) = (right.x.saturating_sub(2), 1);
        let line = Block::new().borders(Borders::LEFT);
        let line = line.border_style(p.style(Role::Border));
        p.widget(line, Area { x, width, ..right });
    }
}

/// Draws why nothing is shown.
fn waiting(session: &Session, p: &mut Painter<'_>) {
    let (body, page) = (session.screen.body, &session.pages.library.twin);
    let reading = || ("正在读两篇…".to_owned(), "Reading both…".to_owned());
    let (zh, en) = page.fault.clone().unwrap_or_else(reading);
    let text = session.settings.lang.say_owned(zh, en);
    let text = p.own(&text);
    if body.height > 0 {
        let columns = (body.x + u16::from(body.width > 24), body.x + body.width);
        p.row(columns, body.y).left(&text, Role::Facts);
    }
}

fn one_side(session: &Session, read: &TwinArticles, number: usize, p: &mut Painter<'_>) {
    let Some(side) = read.sides.get(number) else {
        return;
    };
    let [top, beginning, entries, end] = twin::parts(session, number);
    let columns = twin::columns(top);
    head(session, read, number, (columns, top), p);
    ends(
        session,
        ("开头", "Beginning"),
        (side, side.opening),
        (columns, beginning),
        p,
    );
    let closing = Area {
        y: end.y + 1,
        height: end.height.saturating_sub(1),
        ..end
    };
    ends(
        session,
        ("结尾", "End"),
        (side, side.closing),
        (columns, closing),
        p,
    );
    outline(session, (read, number), (columns, entries), p);
}

/// Draws the title, and below it date, source, length, number of points and hits of all words.
fn head(
    session: &Session,
    read: &TwinArticles,
    number: usize,
    (columns, area): ((u16, u16), Area),
    p: &mut Painter<'_>,
) {
    let (lang, page) = (session.settings.lang, &session.pages.library.twin);
    let Some(side) = read.sides.get(number).filter(|_| area.height > 0) else {
        return;
    };
    let mut title = p.row(columns, area.y);
    let is_here = number == page.side;
    if !twin::shows_both(session) {
        let place = format!("{}/2", number + 1);
        title.right(&place, Role::Facts);
        title.end = title.end.saturating_sub(4);
    }
    title.left(
        &side.text.title,
        if is_here { Role::Title } else { Role::Facts },
    );
    if area.height < 2 {
        return;
    }
    let mut facts = p.row(columns, area.y + 1);
    let hits = side.hits.all.iter().copied().zip(colours(read));
    put_counts(hits.collect(), Role::Facts, &mut facts);
    let (length, points) = (side.text.length, side.text.outline.points.len());
    let counts = lang.say_owned(
        format!("{length}字  {points}点"),
        format!("{length} chars  {}", counted(&points, "point")),
    );
    facts.left(&counts, Role::Facts);
    for fact in side.text.facts.iter().flatten() {
        facts.x += 2;
        facts.left(fact, Role::Facts);
    }
}

/// Returns the roles of the counts of hits.
fn colours(read: &TwinArticles) -> impl Iterator<Item = Role> {
    let colours = read.terms.iter().map(|(_, colour)| *colour);
    colours.map(|colour| colour.map_or(Role::Notice, Role::keyword))
}

/// Draws a heading, and below it a sentence over the rows that there are.
fn ends(
    session: &Session,
    heading: Say,
    (side, sentence): (&TwinSide, Span),
    (columns, area): ((u16, u16), Area),
    p: &mut Painter<'_>,
) {
    if area.height < 2 {
        return;
    }
    let heading = session.settings.lang.say(heading);
    p.row(columns, area.y).left(heading, Role::Heading3);
    let cells = columns.1.saturating_sub(columns.0);
    let sentence = side.text.slice(sentence);
    let rows = twin::laid_out(session, sentence, cells);
    for (y, row) in (area.y + 1..area.y + area.height).zip(rows) {
        p.row(columns, y).left(&row, Role::Text);
    }
}

/// Draws the entries of a side: those on the screen, the chosen one set off.
fn outline(
    session: &Session,
    (read, number): (&TwinArticles, usize),
    (columns, area): ((u16, u16), Area),
    p: &mut Painter<'_>,
) {
    let page = &session.pages.library.twin;
    let (Some(side), Some(list)) = (read.sides.get(number), page.lists.get(number)) else {
        return;
    };
    let entries = side.entries();
    if entries.is_empty() && area.height > 0 {
        let none = session
            .settings
            .lang
            .say(("（本文没有提纲）", "(no outline)"));
        p.row(columns, area.y).left(none, Role::EntryDim);
    }
    let is_here = number == page.side;
    let partner = page.partner().filter(|_| !is_here);
    for (y, row) in (area.y..area.y + area.height).zip(list.top..list.len(entries.len())) {
        let item = list.item_of(row);
        let Some(entry) = entries.get(item) else {
            break;
        };
        let chosen = (is_here && row == list.selected).then_some(Role::EntryChosen);
        let ground = chosen.or_else(|| (partner == Some(item)).then_some(Role::EntryHere));
        let painter = p.row(columns, y).set_off_as(ground, area.row(y));
        line(read, (number, item, entry), painter.blended());
    }
}

/// Draws an entry: the letter of its pair, its marker and label, the counts of hits in it.
fn line(
    read: &TwinArticles,
    (number, item, entry): (usize, usize, &Entry),
    mut row: RowPainter<'_, '_>,
) {
    let Some(side) = read.sides.get(number) else {
        return;
    };
    let x = row.x;
    if let Some(pair) = read.pair_of(number, item) {
        row.put(&pair_mark(pair), Role::Bookmark);
    }
    row.x = x + MARK_CELLS.min(row.end.saturating_sub(x));
    let counts = side.hits.by_entry.get(item).into_iter().flatten().copied();
    let counts = counts.zip(colours(read)).collect();
    let label = indented(
        (&side.text.document, &side.text.outline),
        (entry, false),
        &mut row,
    );
    let style = put_counts(counts, role(&side.text.outline, entry), &mut row);
    row.left_styled(label, style);
}
