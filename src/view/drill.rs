//! The drill: every card on a row, its hidden part as a bar of its length; the whole text of the
//! chosen one below them. And the list of the articles that are due.

use super::Role;
use super::header::has_gap;
use super::paint::Painter;
use super::panel::{MAX_LIST_CELLS, column};
use super::row::RowPainter;
use crate::command::{Keymap, drill, pages};
use crate::layout::{BlockStyle, Face, Measure, lay_out};
use crate::outline::STOPS;
use crate::session::drill::card::Card;
use crate::session::drill::due::DueArticle;
use crate::session::drill::rounds::{CardTurn, DrillStage};
use crate::session::drill::schedule::LocalTime;
use crate::session::drill::{Drill, DrillKind};
use crate::session::{Mode, Session};
use crate::text::cluster::clusters;
use crate::text::lang::counted;
use crate::text::{Lang, Pos, Span};
use std::ops::Range;

/// Width from which on a step of depth takes two cells.
const MIN_WIDTH_OF_STEPS: u16 = 30;
/// Steps of depth that are drawn at the most.
const MAX_STEPS: u8 = 5;
/// Cells of the column of days in the list of what is due.
const DUE_DAY_CELLS: u16 = 12;
/// Width from which on there is one.
const MIN_WIDTH_WITH_DUE_DAY: u16 = 36;
/// Width from which on there is a column of files.
const MIN_WIDTH_WITH_DUE_FILE: u16 = 96;
/// Cells of that.
const DUE_FILE_CELLS: u16 = 26;

/// Characters in place of hidden ones, of as many cells, so that rows break as with these.
const COVERS: [&str; 2] = ["_", "＿"];

/// Draws the drill.
pub(crate) fn draw(session: &Session, keymap: &Keymap, p: &mut Painter<'_>) {
    let (body, drill) = (session.screen.body, &session.pages.drill);
    let columns = column(body, MAX_LIST_CELLS);
    let has_guide = pages::below_title(body).y > body.y + 1;
    head(session, has_guide, p.row(columns, body.y));
    if has_guide {
        guide(session, keymap, p.row(columns, body.y + 1));
    }
    let shown = pages::shown(session, Mode::Drill);
    for (y, i, is_chosen) in &shown {
        if let Some(one) = drill.cards.get(*i) {
            let row = p.row(columns, *y).set_off_rows(*is_chosen, 1).blended();
            card(session, (one, *i), row);
        }
    }
    let chosen = shown.into_iter().find(|(_, _, is_chosen)| *is_chosen);
    if let Some((_, i, _)) = chosen
        && let Some(one) = drill.cards.get(i)
    {
        whole(session, (one, i), columns, p);
    }
}

/// Draws the kind, and how many cards were known; without a row for what to do next, that in
/// place of the kind.
fn head(session: &Session, has_guide: bool, mut row: RowPainter<'_, '_>) {
    let (lang, drill) = (session.settings.lang, &session.pages.drill);
    row.end = row.end.saturating_sub(1);
    let score = score(drill, lang);
    let kind = lang.say(match drill.kind {
        DrillKind::Points => ("默写提纲", "Drill"),
        DrillKind::Blanks => ("填空", "Blanks"),
    });
    if !has_guide && !drill.rounds.is_fresh() {
        return row.left(&score, Role::Heading1);
    }
    row.right(&score, Role::Facts);
    row.end = row.end.saturating_sub(row.p.widths.text(&score) as u16 + 2);
    row.end = row.end.max(row.x);
    if row.p.widths.text(kind) <= row.room() {
        row.left(kind, Role::Heading1);
    }
    // over the text its title is above
    if session.pages.base() == Mode::Shelf {
        row.x += 2;
        row.left(session.article.title(), Role::Facts);
    }
}

/// Returns the number of cards, and of those that were known and missed.
fn score(drill: &Drill, lang: Lang) -> String {
    let (known, seen) = drill.rounds.score();
    let all = drill.cards.len();
    let missed = seen - known;
    match drill.rounds.stage() {
        DrillStage::Asking(n) if seen == 0 && n < all => match drill.rounds.turn() {
            CardTurn::Due => lang.say_owned(
                format!("{n} 条该复习，共 {all} 条"),
                format!("{n} of {all} due"),
            ),
            _ => lang.say_owned(
                format!("{n} 条没默过，共 {all} 条"),
                format!("{n} of {all} new"),
            ),
        },
        DrillStage::Asking(_) if seen == 0 => {
            lang.say_owned(format!("共 {all} 条"), format!("{all} in all"))
        }
        DrillStage::Asking(n) if !drill.rounds.is_again() => {
            let of = seen + n;
            lang.say_owned(
                format!("已看 {seen} / {of}，漏 {missed}"),
                format!("{seen} / {of} seen, {missed} missed"),
            )
        }
        _ => lang.say_owned(
            format!("答对 {known} / {seen}，漏 {missed}"),
            format!("{known} / {seen} known, {missed} missed"),
        ),
    }
}

/// Draws what to do next, in few words where there is little room.
fn guide(session: &Session, keymap: &Keymap, mut row: RowPainter<'_, '_>) {
    let lang = session.settings.lang;
    let texts = [
        next_step(session, keymap),
        next_step_in_brief(session, keymap),
    ];
    let [whole, brief] = texts.map(|(zh, en)| row.p.own(&lang.say_owned(zh, en)).into_owned());
    let fits = row.p.widths.text(&whole) <= row.room();
    row.left(if fits { &whole } else { &brief }, Role::Notice);
}

/// Returns what to do next, in few words.
fn next_step_in_brief(session: &Session, keymap: &Keymap) -> (String, String) {
    let next = keymap.keys_of("drill-next").next().unwrap_or_default();
    match session.pages.drill.rounds.stage() {
        DrillStage::Asking(_) => (format!("{next} 看答案"), format!("{next} uncovers")),
        DrillStage::Missed(n) => (format!("{next} 再过 {n} 条"), format!("{next}: missed {n}")),
        DrillStage::Done(_) => match session.pages.drill.next_due() {
            Some((day, _)) => {
                let (zh, en) = named_day(session.memory.local_time(), day);
                (format!("{zh}再复习"), format!("due {en}"))
            }
            None => ("都过了".to_owned(), "Done".to_owned()),
        },
    }
}

/// Returns what to do next.
fn next_step(session: &Session, keymap: &Keymap) -> (String, String) {
    let drill = &session.pages.drill;
    let key = |name: &str| keymap.keys_of(name).next().unwrap_or_default();
    let (next, miss) = (key("drill-next"), key("drill-miss"));
    match drill.rounds.stage() {
        DrillStage::Asking(n) if drill.rounds.is_again() => (
            format!("没记住的再来：还有 {n} 条"),
            format!("Once more what was missed, {n} to go"),
        ),
        DrillStage::Asking(_) => (
            format!("先默想，再按 {next} 看答案；没记住的按 {miss}"),
            format!("Recall it, then {next} uncovers; {miss} if you had not known it"),
        ),
        DrillStage::Missed(n) => (
            format!("看完了：{next} 把没记住的 {n} 条再过一遍"),
            format!("All seen: {next} goes over what was missed ({n})"),
        ),
        DrillStage::Done(rest) => done(session, &next, rest),
    }
}

/// Returns a later day as it is said: tomorrow, or a date, with its year where that is another one.
fn named_day(time: LocalTime, day: &str) -> (String, String) {
    if day == time.day_in(1) {
        return ("明天".to_owned(), "tomorrow".to_owned());
    }
    let today = time.day_in(0);
    let mut parts = day.split('-').map(|part| part.trim_start_matches('0'));
    let zh = match (parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day)) if today.starts_with(year) => {
            format!("{month}月{day}日")
        }
        (Some(year), Some(month), Some(day)) => format!("{year}年{month}月{day}日"),
        _ => day.to_owned(),
    };
    (zh, day.to_owned())
}

/// Returns when the cards are due again, and what else there is to do.
fn done(session: &Session, next: &str, rest: Option<(CardTurn, usize)>) -> (String, String) {
    let (mut zh, mut en) = (String::from("都过了"), String::from("Done"));
    if let Some((day, cards)) = session.pages.drill.next_due() {
        let names = named_day(session.memory.local_time(), day);
        zh += &format!("，{}再复习 {cards} 条", names.0);
        en += &format!("; {cards} due {}", names.1);
    }
    match rest {
        None => (
            format!("{zh}；{next} 再来一遍"),
            format!("{en}; {next} begins again"),
        ),
        Some((CardTurn::Later, n)) => (
            format!("{zh}；{next} 把没到期的 {n} 条也过一遍"),
            format!("{en}; {next} goes on to the {n} not due"),
        ),
        Some((_, n)) => (
            format!("{zh}；{next} 接着默没默过的 {n} 条"),
            format!("{en}; {next} goes on to the {n} new"),
        ),
    }
}

/// Draws a card on its row.
fn card(session: &Session, (card, number): (&Card, usize), mut row: RowPainter<'_, '_>) {
    let (drill, lang) = (&session.pages.drill, session.settings.lang);
    let document = session.article.document();
    let rounds = &drill.rounds;
    row.end = row.end.saturating_sub(1);
    let sign = if rounds.is_missed(number) { "x " } else { "  " };
    row.put(sign, Role::Warning);
    let step = if session.screen.columns < MIN_WIDTH_OF_STEPS {
        1
    } else {
        2
    };
    row.x = (row.x + step * u16::from(card.depth.min(MAX_STEPS))).min(row.end);
    let is_covered = !rounds.is_open(number);
    if drill.kind == DrillKind::Blanks {
        let (masked, hidden) = masked(session, card, drill.uncovered(number));
        return segments(&masked, &hidden, &mut row);
    }
    marker(document.slice(card.marker), &mut row);
    let text = document.slice(card.text);
    if !is_covered {
        let role = if rounds.is_asked(number) {
            Role::Text
        } else {
            Role::EntryDim
        };
        return row.left(text, role);
    }
    let role = if rounds.is_asked(number) {
        Role::Facts
    } else {
        Role::Border
    };
    let count = text.chars().filter(|c| c.is_alphanumeric()).count();
    let count = lang.say_owned(format!(" {count} 字"), format!(" {count}"));
    let end = row.end;
    row.end = end
        .saturating_sub(row.p.widths.text(&count) as u16)
        .max(row.x);
    let cells = row.p.widths.text(text).min(row.room());
    let bar = row.p.sign("▁", "_").repeat(cells);
    row.put(&bar, role);
    row.end = end;
    row.put(&count, Role::Facts);
}

/// Draws a marker and the gap behind it.
fn marker(marker: &str, row: &mut RowPainter<'_, '_>) {
    let head = marker.trim_end_matches(STOPS);
    if !head.is_empty() {
        row.put(head, Role::EntryMarker);
        row.x += u16::from(has_gap(head) && row.x < row.end);
    }
}

/// Draws the whole text of a card below the cards, where these do not fit their rows.
fn whole(
    session: &Session,
    (card, number): (&Card, usize),
    columns: (u16, u16),
    p: &mut Painter<'_>,
) {
    let area = drill::panel(session);
    if area.height == 0 {
        return;
    }
    let drill = &session.pages.drill;
    let (x, end) = (columns.0, columns.1.saturating_sub(1));
    let width = usize::from(end.saturating_sub(x)).max(2);
    let face = Face::plain(session.settings.face.widths);
    let measure = Measure {
        cells: width,
        ..Measure::fitted(width, width, true, false, face)
    };
    let (text, hidden) = masked(session, card, drill.uncovered(number));
    let rows = lay_out(&text, Pos(0), BlockStyle::default(), &measure, &[]);
    let height = (rows.len() as u16).min(area.height);
    p.row((x, end), area.y).set_off_rows(true, height);
    for (y, row) in (area.y..area.y + height).zip(&rows) {
        let drawn = row.drawn();
        let within = |(part, is_covered): &HiddenPart| {
            let part = Span::new(part.start, part.end).within(drawn)?;
            let start = drawn.start.byte();
            let part = part.start.byte() - start..part.end.byte() - start;
            Some((part, *is_covered))
        };
        let parts: Vec<_> = hidden.iter().filter_map(within).collect();
        let mut painter = p.row((x + row.indent, end), y).blended();
        painter.over = Some(painter.p.style(Role::Chosen));
        segments(drawn.of(&text), &parts, &mut painter);
    }
}

/// A part of a text that was hidden, and whether it still is.
type HiddenPart = (Range<usize>, bool);

/// Returns the text of a card, with others in place of the characters of hidden parts behind the
/// `uncovered` first ones, and all of these parts. A point begins with its marker.
fn masked(session: &Session, card: &Card, uncovered: usize) -> (String, Vec<HiddenPart>) {
    let (document, widths) = (session.article.document(), session.settings.face.widths);
    let head = document.slice(card.marker).trim_end_matches(STOPS);
    let mut masked = head.to_owned();
    if !head.is_empty() && has_gap(head) {
        masked.push(' ');
    }
    let (mut hidden, mut at) = (Vec::new(), card.text.start);
    for (number, part) in card.hidden.iter().enumerate() {
        let is_covered = number >= uncovered;
        masked += document.slice(Span::between(at, part.start));
        let start = masked.len();
        for (_, cluster) in clusters(document.slice(*part)) {
            masked += match widths.cluster(cluster) {
                cells @ 1..=2 if is_covered => COVERS[cells - 1],
                _ => cluster,
            };
        }
        hidden.push((start..masked.len(), is_covered));
        at = part.end;
    }
    masked += document.slice(Span::between(at, card.text.end));
    (masked, hidden)
}

/// Draws a text whose hidden parts are bars, or set off where they are uncovered.
fn segments(text: &str, hidden: &[HiddenPart], row: &mut RowPainter<'_, '_>) {
    let (bar, widths) = (row.p.sign("▁", "_"), row.p.widths);
    for (at, cluster) in clusters(text) {
        let part = hidden.iter().find(|(part, _)| part.contains(&at));
        let cells = widths.cluster(cluster);
        if part.is_some_and(|(_, is_covered)| *is_covered) {
            row.put(&bar.repeat(cells), Role::Marker);
        } else if row.room() < cells {
            break;
        } else {
            let role = if part.is_some() {
                Role::Strong
            } else {
                Role::Text
            };
            row.put(cluster, role);
        }
    }
}

/// Draws the list of the articles that are due.
pub(crate) fn due(session: &Session, p: &mut Painter<'_>) {
    let (area, lang) = (session.screen.body, session.settings.lang);
    let columns = column(area, MAX_LIST_CELLS);
    let title = lang.say(("今天该复习", "Due today"));
    p.row(columns, area.y).left(title, Role::Heading1);
    let free = pages::below_title(area);
    if session.pages.due.articles.is_empty() && free.height > 0 {
        let next = session.pages.due.next.as_ref();
        let (zh, en) = next.map_or_else(Default::default, |(day, cards)| {
            let (zh, en) = named_day(session.memory.local_time(), day);
            (format!("，{zh} {cards} 条"), format!(", {cards} {en}"))
        });
        let none = lang.say_owned(
            format!("今天没有该复习的{zh}；读文章时按 gd 默写"),
            format!("Nothing is due today{en}; gd in an article drills it"),
        );
        p.row(columns, free.y).left(&none, Role::Facts);
    }
    for (y, i, is_chosen) in pages::shown(session, Mode::Due) {
        if let Some(article) = session.pages.due.articles.get(i) {
            let row = p.row(columns, y).set_off_rows(is_chosen, 1).blended();
            due_article(session, article, row);
        }
    }
}

/// Draws an article that is due: since when and its title at the left, its file and the number of
/// cards at the right.
fn due_article(session: &Session, article: &DueArticle, mut row: RowPainter<'_, '_>) {
    let (width, lang) = (session.screen.columns, session.settings.lang);
    row.end = row.end.saturating_sub(1);
    let cards = article.cards;
    let cards = lang.say_owned(format!("{cards} 条"), counted(&cards, "card"));
    row.right(&cards, Role::Marker);
    let cells = row.p.widths.text(&cards).max(6);
    row.end = row.end.saturating_sub(cells as u16 + 2).max(row.x);
    if width >= MIN_WIDTH_WITH_DUE_DAY {
        let title = row.x + DUE_DAY_CELLS;
        row.left(&article.day, Role::Facts);
        row.x = title;
    }
    if width >= MIN_WIDTH_WITH_DUE_FILE {
        let (x, path) = (row.x, article.path());
        row.x = row.end.saturating_sub(DUE_FILE_CELLS);
        row.left(path.rsplit(['/', ':']).next().unwrap_or(path), Role::Facts);
        (row.x, row.end) = (x, row.end.saturating_sub(DUE_FILE_CELLS + 2));
    }
    row.left(&article.title, Role::Text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_days_are_said_in_few_words() {
        let time = LocalTime::default();
        let days = ["1970-01-02", "1970-12-02", "1971-01-15"];
        let said = days.map(|day| named_day(time, day).0);
        assert_eq!(said, ["明天", "12月2日", "1971年1月15日"]);
    }
}
