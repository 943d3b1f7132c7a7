//! Salient phrases: those that the listed articles have more often than the rest, or than those of a
//! saved view.

use super::entry::{Command, When, asking, command};
use super::list;
use crate::library::LibraryQuery;
use crate::library::copies::distinct;
use crate::library::entry::ArticleId;
use crate::library::phrases::SalientPhrase;
use crate::library::request::QueryTerm;
use crate::search::Query;
use crate::session::library_pages::HitSubject;
use crate::session::phrase_list::{PHRASE_ORDERS, PhraseOrder, PhrasesAsked};
use crate::session::term::{KeywordScope, Term};
use crate::session::{Effect, Mode, Session};
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

pub(crate) const COMMANDS: &[&[Command]] = &[
    &When::On(&[Mode::Shelf]).section([asking("phrases", "g k", open)
        .zh("突出词：书架上列出的这些文章比其余的用得多的词语；先按 / 筛选，如 >2024、来源:。")
        .en("Salient phrases: Those that the listed articles use more than the rest; first filter by /, as >2024, source:.")]),
    &When::On(&[Mode::Phrases]).section([
        command("phrase-hits", "enter, l, right", list_hits)
            .zh("看这些句子：列出这个词语在所列文章里的每一处，Esc 再回来。")
            .en("List its hits: List every hit of this phrase in the listed articles; Esc returns."),
        command("phrase-keyword", "*", take_keyword)
            .zh("作关键词：这个词语作各篇通用的关键词，再按取消。")
            .en("Take as a keyword: Make this phrase a keyword of every article; again takes it back."),
        command("phrases-order", "s", |s, n| next_order(s, n, true))
            .zh("换排法：按突出的程度、次数、倍数、首见排列。")
            .en("Next phrase order: By how salient they are, by count, by ratio, by first use."),
        command("phrases-order-back", "S", |s, n| next_order(s, n, false))
            .zh("换回排法：前一种排法。")
            .en("Previous phrase order: The order before."),
        command("phrases-against", "v", next_reference)
            .zh("换个参照：与其余的比，或依次与各个常用筛选里的比。")
            .en("Compare with others: With all the rest, or with the articles of each saved view in turn."),
        command("phrases-again", "R", |s, _| find(s))
            .zh("重新找：按书架现在的样子重新找。")
            .en("Find again: Find the phrases of what is on the shelf now."),
    ]),
];

fn open(s: &mut Session, _: Option<usize>) -> Effect {
    let listed = listed(s);
    if listed.is_empty() {
        s.say(("书架上没有文章", "No article is listed"));
        return Effect::None;
    }
    s.pages.open(Mode::Phrases);
    s.pages.library.phrases.asked = listed;
    s.pages.views.ask();
    find(s);
    Effect::ListViews
}

/// Returns the articles that the shelf lists.
fn listed(s: &Session) -> Vec<ArticleId> {
    let rows = 0..s.shelf.shown.len();
    let entries = rows.filter_map(|row| s.shelf.at(row));
    entries.map(|entry| entry.id).collect()
}

/// Asks for the phrases of the listed articles.
fn find(s: &mut Session) {
    let articles = listed(s);
    let asked: HashSet<ArticleId> = articles.iter().copied().collect();
    let against = s.pages.library.phrases.against.clone();
    let mut views = s.pages.views.all.iter();
    let view = against.and_then(|name| views.find(|view| view.name == name));
    let words = view.map(|view| LibraryQuery::parse(&view.typed).unwrap_or_default());
    let words = words.unwrap_or_default();
    let shelf = &s.shelf;
    let others = shelf
        .entries
        .iter()
        .filter(|entry| !asked.contains(&entry.id));
    let others = others.filter(|entry| words.admits(entry, shelf.read_state(entry)));
    let others = others.map(|entry| entry.id).collect();
    let asked = PhrasesAsked {
        articles,
        others,
        words,
    };
    s.pages.library.find_phrases(asked);
}

/// Compares with the articles of the next saved view, behind the last one with all the rest.
fn next_reference(s: &mut Session, _: Option<usize>) {
    let names: Vec<&str> = s
        .pages
        .views
        .all
        .iter()
        .map(|view| view.name.as_str())
        .collect();
    if names.is_empty() {
        return s.say((
            "还没有常用筛选：在书架上按 gv 存一个，就能与它比",
            "No saved view yet: gv on the shelf saves one to compare with",
        ));
    }
    let now = s.pages.library.phrases.against.as_deref();
    let next = match now.and_then(|now| names.iter().position(|name| *name == now)) {
        None if now.is_none() => names.first(),
        at => at.and_then(|at| names.get(at + 1)),
    };
    s.pages.library.phrases.against = next.map(|name| (*name).to_owned());
    find(s);
}

fn next_order(s: &mut Session, count: Option<usize>, forward: bool) {
    let phrases = &mut s.pages.library.phrases;
    let names: Vec<PhraseOrder> = PHRASE_ORDERS.iter().map(|(order, _)| *order).collect();
    phrases.order = list::next_of(&names, phrases.order, count, forward);
    phrases.sort();
}

/// Lists the hits of the chosen phrase in the articles that were asked for.
fn list_hits(s: &mut Session, _: Option<usize>) {
    let Some(text) = chosen(s).map(|phrase| phrase.text.clone()) else {
        return;
    };
    let Some(query) = Query::new(&text) else {
        return;
    };
    let term = QueryTerm {
        queries: vec![query],
        negated: false,
    };
    let query = LibraryQuery {
        terms: vec![term],
        filters: Vec::new(),
    };
    let asked: HashSet<ArticleId> = s.pages.library.phrases.asked.iter().copied().collect();
    let entries = s.shelf.entries.iter();
    let entries = entries.filter(|entry| asked.contains(&entry.id));
    let entries = distinct(entries.map(Arc::clone).collect(), &mut BTreeSet::new());
    let subject = HitSubject::of(text, query, false, entries.into_iter());
    s.pages.open(Mode::ShelfHits);
    s.pages.library.list_hits_of(subject);
}

/// Makes the chosen phrase a keyword of every article, or takes it back.
fn take_keyword(s: &mut Session, _: Option<usize>) {
    let Some(text) = chosen(s).map(|phrase| phrase.text.clone()) else {
        return;
    };
    let document = s.article.shared();
    let is_known = |s: &Session| s.find.keywords.iter().position(|k| k.query.typed() == text);
    let (zh, en) = if let Some(at) = is_known(s) {
        s.find.keywords.remove(at);
        (
            format!("已取消关键词“{text}”"),
            format!("Keyword {text} taken back"),
        )
    } else {
        s.find
            .add_term(&document, Term::plain(&text), KeywordScope::Everywhere);
        (
            format!("关键词“{text}”，各篇通用"),
            format!("Keyword {text}, in every article"),
        )
    };
    s.say_owned(zh, en);
}

/// Returns whether a phrase is a keyword.
pub(crate) fn is_keyword(s: &Session, text: &str) -> bool {
    s.find.keywords.iter().any(|k| k.query.typed() == text)
}

fn chosen(s: &Session) -> Option<&SalientPhrase> {
    s.pages.library.phrases.at(s.chosen(Mode::Phrases))
}

/// Returns the texts of the list's items for its filter.
pub(crate) fn texts(s: &Session) -> Vec<String> {
    let phrases = &s.pages.library.phrases;
    let items = 0..phrases.rows.len();
    items
        .filter_map(|item| phrases.at(item))
        .map(|phrase| phrase.text.clone())
        .collect()
}
