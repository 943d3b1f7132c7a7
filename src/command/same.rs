//! The articles that hold a text: copies of an article, and where a passage stands.

use super::entry::{Command, READING, When, asking};
use crate::library::passage::Passage;
use crate::session::same_list::{SameArticle, SameAsked, SameList};
use crate::session::{Area, Effect, Mode, Session};

/// Characters of a passage that name it.
const MAX_PASSAGE_NAME_CHARS: usize = 24;

pub(crate) const COMMANDS: &[&[Command]] = &[
    &READING.section([asking("same", "g c", of_text)
        .zh("同文与出处：列出文库里与本文大体相同的文章，早的在前；选取了文字时，列出含有这段文字的。")
        .en("Copies and sources: List the articles of the library that are mostly the same, the earliest first; with a selection, those that hold it.")]),
    &When::On(&[Mode::Shelf]).section([asking("shelf-same", "g c", of_chosen)
        .zh("这篇的同文：列出与这一篇大体相同的文章，早的在前。")
        .en("Copies of this one: List the articles that are mostly the same as this one, the earliest first.")]),
    &When::On(&[Mode::Same]).section([asking("same-go", "enter, l, right", go)
        .zh("打开这篇：打开这一篇，查选取的文字时停在那里；Esc 或 q 再回到列表。")
        .en("Open it: Open this article, at the passage that is looked for; Esc or q returns to the list.")]),
];

fn of_text(s: &mut Session, _: Option<usize>) -> Effect {
    let document = s.article.shared();
    let Some(span) = s.selected() else {
        let name = s.article.title().to_owned();
        return find(s, SameAsked::Open(document), name);
    };
    let passage = s.seen_text(span).into_owned();
    if Passage::new(&passage).is_none() {
        s.say((
            "至少选八个汉字（或外文单词）；更短的在书架上按 / 查找",
            "Select eight Chinese characters or words or more; search the shelf for what is shorter",
        ));
        return Effect::None;
    }
    s.memory.selection = None;
    let mut name: String = passage
        .chars()
        .filter(|c| *c != '\n')
        .take(MAX_PASSAGE_NAME_CHARS)
        .collect();
    if passage.chars().count() > MAX_PASSAGE_NAME_CHARS {
        name.push('…');
    }
    find(s, SameAsked::Passage(passage, document), name)
}

fn of_chosen(s: &mut Session, _: Option<usize>) -> Effect {
    let Some(entry) = s.shelf.at(s.shelf.list.selected) else {
        return Effect::None;
    };
    let (id, title) = (entry.id, entry.title.clone());
    find(s, SameAsked::Listed(id), title)
}

fn find(s: &mut Session, asked: SameAsked, name: String) -> Effect {
    s.pages.open(Mode::Same);
    s.pages.library.same = SameList::of(asked, name);
    Effect::FindSame
}

/// Reports that no library is configured.
pub fn without_library(s: &mut Session) {
    s.pages.close();
    s.say((
        "还没有文库：用 jingdu library add 目录 加一个，或打开整个目录",
        "No library yet: jingdu library add DIR makes one, or open a whole folder",
    ));
}

/// Opens the chosen article.
fn go(s: &mut Session, _: Option<usize>) -> Effect {
    let same = &s.pages.library.same;
    let Some(article) = same.rows.get(same.list.item()) else {
        return Effect::None;
    };
    if let Some(fault) = article.entry.fault.clone() {
        s.warn(fault.into());
        return Effect::None;
    }
    let place = article.place.filter(|_| same.is_passage());
    let effect = Effect::OpenAt(article.entry.path.clone(), place);
    s.leave_pages(None);
    effect
}

/// Returns the rows of a list of many articles: below its head and the headings of its columns.
pub(crate) fn area(s: &Session) -> Area {
    let body = s.screen.body;
    body.below(if has_headings(s) { 2 } else { 1 })
}

/// Returns whether there is room for the headings of the columns.
pub(crate) fn has_headings(s: &Session) -> bool {
    s.screen.body.height > 6
}

/// Returns the texts of the list's items for its filter.
pub(crate) fn texts(s: &Session) -> Vec<String> {
    let rows = s.pages.library.same.rows.iter();
    let text = |article: &SameArticle| {
        let entry = &article.entry;
        let facts = [&entry.source, &entry.author, &entry.date].map(|fact| fact.as_deref());
        let facts = facts.into_iter().flatten();
        [entry.title.as_str()]
            .into_iter()
            .chain(facts)
            .collect::<Vec<_>>()
            .join("  ")
    };
    rows.map(text).collect()
}
