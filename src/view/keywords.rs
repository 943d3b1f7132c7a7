//! The keyword panel, and the page of proposed terms.

use super::Role;
use super::legend::mark;
use super::paint::Painter;
use super::row::RowPainter;
use crate::command::keywords::{area, panel};
use crate::command::pages;
use crate::session::term::KeywordScope;
use crate::session::{Area, Keyword, Mode, Session};
use crate::text::lang::counted;
use crate::text::{Lang, Say};

/// Cells of the panel at most.
const MAX_WIDTH: u16 = 64;
/// Blocks up to which the paragraphs with a keyword are counted in every frame.
const MAX_COUNTED_BLOCKS: usize = 10_000;

/// Rows of an empty panel.
const NONE_YET: &[Say] = &[
    ("还没有关键词", "No keywords yet"),
    ("* 输入", "* types some"),
    ("p 由本文推荐", "p proposes the article's own"),
    ("o 打开存过的一组", "o opens a saved set"),
];

/// Draws the keywords with their counts, and the number of paragraphs that have them.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let (panel, area) = (panel(session), area(session));
    let columns = column(panel);
    let lang = session.settings.lang;
    let keywords = &session.find.keywords;
    let total: usize = keywords.iter().map(|k| k.matches.in_body()).sum();
    let (zh, en) = (
        format!("关键词  共 {total} 处"),
        format!("Keywords: {}", counted(&total, "hit")),
    );
    let head = lang.say_owned(zh, en);
    p.row(columns, panel.y).left(&head, Role::Heading1);
    if area.y > panel.y + 1 {
        p.row(columns, panel.y + 1)
            .left(&scopes(session), Role::Facts);
    }
    if keywords.is_empty() {
        let rows = (area.y..area.y + area.height).zip(NONE_YET);
        for (y, say) in rows {
            p.row(columns, y).left(lang.say(*say), Role::Facts);
        }
    }
    for (y, i, is_chosen) in pages::shown(session, Mode::Keywords) {
        let row = p.row(columns, y).set_off_rows(is_chosen, 1);
        keyword(session, i, row);
    }
}

/// Returns the columns of a panel: with a blank on both sides.
fn column(panel: Area) -> (u16, u16) {
    let width = panel.width.min(MAX_WIDTH);
    let blank = u16::from(width > 24);
    (panel.x + blank, panel.x + width.saturating_sub(blank))
}

/// Returns how many keywords are of this article, and how many of every one.
fn scopes(session: &Session) -> String {
    let all = session.find.keywords.len();
    let standing = |k: &&Keyword| k.scope == KeywordScope::Everywhere;
    let standing = session.find.keywords.iter().filter(standing).count();
    let own = all - standing;
    if all == 0 {
        return String::new();
    }
    session.settings.lang.say_owned(
        format!("本文 {own} 个，各篇通用 {standing} 个"),
        format!("{own} here, {standing} everywhere"),
    )
}

/// Draws one keyword: number, name and query at the left, counts at the right.
fn keyword(session: &Session, i: usize, mut row: RowPainter<'_, '_>) {
    let Some(keyword) = session.find.keywords.get(i) else {
        return;
    };
    let lang = session.settings.lang;
    let blocks = session.article.document().blocks();
    let mut paragraphs = 0;
    if blocks.len() <= MAX_COUNTED_BLOCKS {
        let has = |span| keyword.matches.count_in(span) > 0;
        paragraphs = blocks.iter().filter(|b| has(b.span)).count();
    }
    let mut spread = String::new();
    if paragraphs > 0 {
        spread = lang.say_owned(format!("{paragraphs} 段"), format!("in {paragraphs}"));
    }
    row.end = row.end.saturating_sub(1);
    row.right(&format!("{spread:>5}"), Role::Text);
    let counts = row.end.saturating_sub(6);
    row.end = row.end.saturating_sub(1);
    row.right(&keyword.matches.in_body().to_string(), Role::Text);
    row.end = row.end.min(counts);
    row.left(mark(i), Role::Text);
    row.x += 1;
    row.end = row.end.saturating_sub(1);
    let mut style = row.style(Role::Text);
    if keyword.on {
        style = row.p.style(Role::keyword(keyword.colour));
    }
    row.left_styled(&format!(" {} ", keyword.label()), style);
    let mut aside = String::new();
    if !keyword.on {
        aside.push_str(lang.say(("（关）", " (off)")));
    }
    if keyword.name.is_some() {
        aside += &format!(" {}", keyword.query.typed());
    }
    row.left(&aside, Role::Text);
    let mut standing = [" 各篇", ""];
    if lang == Lang::En {
        standing = [" everywhere", " all"];
    }
    let has_room = |said: &&&str| row.p.widths.text(said) <= row.room();
    let said = standing.iter().find(has_room).copied();
    if let Some(said) = said.filter(|_| keyword.scope == KeywordScope::Everywhere) {
        row.put(said, Role::Facts);
    }
}

/// Draws the terms that the article proposes; those that are keywords have
/// their colour.
pub(crate) fn terms(session: &Session, p: &mut Painter<'_>) {
    let panel = panel(session);
    let columns = column(panel);
    let lang = session.settings.lang;
    let title = lang.say(("本文的词", "Terms of this article"));
    p.row(columns, panel.y).left(title, Role::Heading1);
    let terms = &session.find.choices.terms;
    for (y, i, is_chosen) in pages::shown(session, Mode::Terms) {
        let Some(term) = terms.get(i) else { continue };
        let mut row = p.row(columns, y).set_off_rows(is_chosen, 1);
        row.end = row.end.saturating_sub(1);
        row.right(&term.count.to_string(), Role::Text);
        row.end = row.end.saturating_sub(1);
        row.x += 2;
        let mut keywords = session.find.keywords.iter();
        let taken = keywords.find(|k| k.query.typed() == term.text);
        let own = taken.map(|k| row.p.style(Role::keyword(k.colour)));
        let style = own.unwrap_or(row.style(Role::Text));
        row.left_styled(&format!(" {} ", term.text), style);
    }
}
