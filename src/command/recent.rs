//! The list of the articles that were read last, and from it to where each was left.

use super::entry::{Command, When, asking};
use crate::session::recent::RecentArticle;
use crate::session::{Effect, Mode, Session};

pub(crate) const COMMANDS: &[&[Command]] = &[
    &When::On(&[Mode::Read, Mode::Shelf]).section([asking("recent", "g o", show)
        .zh("最近读过：列出最近读过的文章，新的在前；Enter 打开到读到的地方。")
        .en("Recently read: List the articles that were read last, newest first; Enter opens one where it was left.")]),
    &When::On(&[Mode::Recent]).section([asking("recent-open", "enter, l, right", open)
        .zh("接着读此篇：打开这一篇，回到读到的地方；Ctrl-o 回来。")
        .en("Go on with it: Open this article where it was left; Ctrl-o comes back.")]),
];

fn show(s: &mut Session, _: Option<usize>) -> Effect {
    s.pages.open(Mode::Recent);
    Effect::ListRecent
}

fn open(s: &mut Session, _: Option<usize>) -> Effect {
    let chosen = s.pages.recent.get(s.chosen(Mode::Recent));
    match chosen {
        Some(article) if article.is_open => s.pages.go(Mode::Read),
        Some(article) => return Effect::OpenRecent(article.path().to_owned()),
        None => {}
    }
    Effect::None
}

/// Returns what each article is found by.
pub(crate) fn texts(s: &Session) -> Vec<String> {
    let text = |article: &RecentArticle| {
        let day = s.memory.day(article.at);
        format!("{day}  {}  {}", article.title, article.path())
    };
    s.pages.recent.iter().map(text).collect()
}

/// Takes the articles that were read last; what is chosen stays chosen by its number.
pub(crate) fn take(s: &mut Session, articles: Vec<RecentArticle>) {
    s.pages.recent = articles;
}
