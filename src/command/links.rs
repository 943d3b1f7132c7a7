//! The links on the screen with their addresses, which the text does not show; one is opened or
//! copied after it was seen.

use super::entry::{Command, READING, When, asking, command};
use crate::document::{MarkupKind, web_link};
use crate::session::open_pages::PageLink;
use crate::session::{Effect, Line, Mode, Session};
use crate::source::sanitize;

pub(crate) const COMMANDS: &[&[Command]] = &[
    &READING.section([command("links", "g x", list_links)
        .zh("链接：列出这一屏的链接和它们的网址；看清了再打开或复制。")
        .en(
            "Links: List the links on the screen with their addresses, to be opened or copied \
             once they are seen.",
        )]),
    &When::On(&[Mode::Links]).section([
        asking("link-open", "enter, l, right, g x", open)
            .zh("打开链接：用浏览器打开；这里没有浏览器可用就复制网址。只打开网页和邮箱。")
            .en(
                "Open the link: Open it in the browser, or copy the address where there is \
                 none. Only pages and mail are opened.",
            ),
        asking("link-copy", "y", copy)
            .zh("复制网址：复制链接的网址。")
            .en("Copy the address: Copy the address of the link."),
    ]),
];

/// Opens the list of the links on the screen; the one at the place, or the next, is chosen.
fn list_links(s: &mut Session, _: Option<usize>) {
    let document = s.article.document();
    let focus = s.reading.focus;
    let mut found = Vec::new();
    let rows = s.reading.window.iter().filter_map(Line::row);
    for row in rows.map(|row| row.span) {
        let links = document.markup_in(row).filter_map(|m| match &m.kind {
            MarkupKind::Link(target) => Some((m.span, target)),
            _ => None,
        });
        for (span, target) in links {
            // one that goes on in the next row is one
            if found.last().is_none_or(|(last, _)| *last != span) {
                let text = sanitize::line(document.slice(span));
                let target = target.clone();
                found.push((span, PageLink { text, target }));
            }
        }
    }
    if found.is_empty() {
        return s.say(("这一屏没有链接", "No link on this screen"));
    }
    let next = found.iter().position(|(span, _)| span.end > focus);
    s.pages.links = found.into_iter().map(|(_, link)| link).collect();
    s.pages.open(Mode::Links);
    s.list_mut(Mode::Links).choose(next.unwrap_or_default());
}

/// Returns the chosen link.
fn chosen(s: &Session) -> Option<PageLink> {
    s.pages.links.get(s.chosen(Mode::Links)).cloned()
}

fn open(s: &mut Session, _: Option<usize>) -> Effect {
    let Some(link) = chosen(s) else {
        return Effect::None;
    };
    if !web_link::is_safe(&link.target) {
        s.say((
            "不打开：只打开 http、https、mailto 的完整网址；y 复制",
            "Not opened: only whole addresses of http, https, mailto are; y copies it",
        ));
        return Effect::None;
    }
    s.pages.close();
    Effect::OpenLink(link.target)
}

fn copy(s: &mut Session, _: Option<usize>) -> Effect {
    let Some(link) = chosen(s) else {
        return Effect::None;
    };
    s.pages.close();
    let text = sanitize::line(&link.target);
    let what = s.settings.lang.say(("网址", "the address")).to_owned();
    Effect::Copy { text, what }
}

/// Returns the text of each link that it is found by.
pub(crate) fn texts(s: &Session) -> Vec<String> {
    let links = s.pages.links.iter();
    links
        .map(|link| format!("{}  {}", link.target, link.text))
        .collect()
}
