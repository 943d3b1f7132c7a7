//! The keyword panel, and the page of proposed terms.

use super::Role;
use super::legend::mark;
use super::paint::Painter;
use super::panel::column;
use crate::session::{Area, Session};

/// Draws the keywords with their counts, and with the share of entries that
/// have them.
pub fn draw(session: &Session, chosen: usize, p: &mut Painter<'_>) {
    let area = session.screen.body;
    let (x, end) = column(area, 64);
    let lang = session.settings.lang;
    let total: usize = session.find.keywords.iter().map(|k| k.matches.len()).sum();
    let head = lang.say_owned(
        format!("关键词  共 {total} 处"),
        format!("Keywords: {total} hits"),
    );
    title(&head, area, (x, end), p);
    if session.find.keywords.is_empty() {
        let quiet = p.style(Role::Facts);
        let text = lang.say((
            "还没有：* 输入，p 由本文推荐，o 打开存过的一组",
            "None yet: * types some, p proposes the article's own, o opens a saved set",
        ));
        p.put_cut(x, area.y + 2, end, text, quiet);
        return;
    }
    let blocks = session.article.document().blocks();
    for (y, (i, keyword)) in rows(area, chosen).zip(
        session
            .find
            .keywords
            .iter()
            .enumerate()
            .skip(first(area, chosen)),
    ) {
        let text = ground(i == chosen, (x, end, y), p);
        let paragraphs = if blocks.len() <= 10_000 {
            blocks
                .iter()
                .filter(|b| keyword.matches.count_in(b.span) > 0)
                .count()
        } else {
            0
        };
        let spread = if paragraphs > 0 {
            lang.say_owned(format!("{paragraphs} 段"), format!("in {paragraphs}"))
        } else {
            String::new()
        };
        let right = p.put_right(x, y, end.saturating_sub(1), &format!("{spread:>5}"), text);
        let right = p
            .put_right(
                x,
                y,
                right.saturating_sub(1),
                &keyword.matches.len().to_string(),
                text,
            )
            .min(right.saturating_sub(6));
        let at = p.put(x, y, right, mark(i), text) + 1;
        let style = if keyword.on {
            p.style(Role::keyword(keyword.colour))
        } else {
            text
        };
        let at = p.put_cut(
            at,
            y,
            right.saturating_sub(1),
            &format!(" {} ", keyword.label()),
            style,
        );
        let mut aside = String::new();
        if keyword.name.is_some() {
            aside = format!(" {}", keyword.query.typed());
        }
        if !keyword.on {
            aside.push_str(lang.say(("（关）", " (off)")));
        }
        p.put_cut(at, y, right.saturating_sub(1), &aside, text);
    }
}

/// Draws the terms that the article proposes; those that are keywords have
/// their colour.
pub fn terms(session: &Session, chosen: usize, p: &mut Painter<'_>) {
    let area = session.screen.body;
    let (x, end) = column(area, 64);
    title(
        session
            .settings
            .lang
            .say(("本文的词", "Terms of this article")),
        area,
        (x, end),
        p,
    );
    for (y, (i, word)) in rows(area, chosen).zip(
        session
            .find
            .choices
            .terms
            .iter()
            .enumerate()
            .skip(first(area, chosen)),
    ) {
        let text = ground(i == chosen, (x, end, y), p);
        let right = p.put_right(x, y, end.saturating_sub(1), &word.count.to_string(), text);
        let taken = session
            .find
            .keywords
            .iter()
            .find(|k| k.query.typed() == word.text);
        let style = taken.map_or(text, |k| p.style(Role::keyword(k.colour)));
        p.put_cut(
            x + 2,
            y,
            right.saturating_sub(1),
            &format!(" {} ", word.text),
            style,
        );
    }
}

/// The rows of a page, below its title.
fn rows(area: Area, _chosen: usize) -> std::ops::Range<u16> {
    area.y + 2..area.y + area.height
}

/// The first row that is shown, so that the chosen one is.
fn first(area: Area, chosen: usize) -> usize {
    (chosen + 1).saturating_sub(usize::from(area.height.saturating_sub(2)).max(1))
}

fn title(text: &str, area: Area, (x, end): (u16, u16), p: &mut Painter<'_>) {
    let style = p.style(Role::Heading1);
    p.put_cut(x, area.y, end, text, style);
}

/// The style of a row's text; the chosen one has a ground of its own.
fn ground(
    chosen: bool,
    (x, end, y): (u16, u16, u16),
    p: &mut Painter<'_>,
) -> ratatui::style::Style {
    let style = p.style(if chosen { Role::Chosen } else { Role::Text });
    if chosen {
        p.fill(
            Area {
                x: x.saturating_sub(1),
                y,
                width: end - x + 1,
                height: 1,
            },
            style,
        );
    }
    style
}
