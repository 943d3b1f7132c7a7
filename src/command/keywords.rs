//! Keywords: terms with a colour of their own, the panel that lists them, named
//! sets of them, and the terms that an article proposes itself.

use super::entry::{Command, READING, When, asking, command};
use super::search::{beside, by_hits, to_hit};
use super::{list, mark, settings};
use crate::search::{Query, Word};
use crate::session::find::KEYWORD_COLOURS;
use crate::session::term::{KeywordScope, Term};
use crate::session::{Area, Effect, Keyword, List, Mode, Purpose, Session};
use crate::text::lang::counted;

pub(crate) const COMMANDS: &[&[Command]] = &[
    &READING.section([
        command("add-keyword", "*", add)
            .zh(
                "留作关键词：把正在查找的词留作关键词，有自己的颜色和次数；已是关键词就取消；\
                 没有在查找时输入，一次可以几个。",
            )
            .en(
                "Keep as keyword: Keep what is searched as a keyword with a colour and a count \
                 of its own; again takes it back; without a search, type one or several.",
            ),
        command("keywords", "#", show_panel)
            .zh("关键词一览：列出关键词和次数：增删、改名、换色、开关、跳转、存成一组。")
            .en(
                "Keyword panel: List the keywords with their counts: add, remove, rename, \
                 colour, switch, go to, save as a set.",
            ),
    ]),
    &When::On(&[Mode::Keywords]).section([
        command("keyword-go", "enter, n", go)
            .zh("到此词下一处：跳到这个关键词的下一处，并用 n N 继续；先打数字，到那一处。")
            .en(
                "Next hit of it: Go to this keyword's next hit; n and N go on. With a count, \
                 to that hit of it.",
            ),
        command("keyword-remove", "d, x, delete, backspace", remove)
            .zh("删去此词：取消这个关键词；各篇通用的在各篇都取消。")
            .en("Remove it: Take this keyword back; a standing one in every article."),
        command("keyword-scope", "e", change_scope)
            .zh("各篇或本文：这个关键词各篇都标出，一直有效；再按，只归本文。")
            .en("Everywhere or here: Look for this keyword in every article from now on; again: in this one only."),
        command("keywords-scope", "E", change_scope_of_all)
            .zh("全部各篇或本文：全部关键词各篇通用；已都是的，全归本文。")
            .en("All everywhere or here: Make all keywords standing ones; where they are, this article's own."),
        command("keyword-add", "*, a", |s, _| {
            s.pages.ask(Purpose::Keyword, "");
        })
        .zh("再加词：输入新的关键词；几个词用空格、顿号或逗号隔开，也可以粘贴一列。")
        .en("Add more: Type more keywords, parted by blanks or commas; a pasted list will do."),
        command("keyword-rename", "r", rename)
            .zh("改名：给这个关键词起个名字；空着恢复原词。")
            .en("Rename: Give this keyword a name; an empty one takes it back."),
        command("keyword-colour", "c", next_colour)
            .zh("换颜色：给这个关键词换下一种颜色；先打数字，换成第几种。")
            .en("Next colour: Give this keyword the next colour; with a count, that one."),
        command("keyword-switch", "space", switch)
            .zh("开关：显示或不显示这个关键词，次数照算。")
            .en("On or off: Show this keyword or not; it is counted all the same."),
        command("keyword-undo", "U", undo)
            .zh("撤销：撤销对关键词的上一次增删和改动；可连按。")
            .en(
                "Undo: Take back the last addition, removal or change of a keyword; press again \
                 for the one before.",
            ),
        asking("keyword-propose", "p", propose)
            .zh("本文的词：找出最能代表本文的十几个词，挑作关键词。")
            .en(
                "Terms of the article: Propose the terms that characterise this article, to be \
                 taken as keywords.",
            ),
        command("keywords-save", "s", |s, _| ask_set_name(s, Purpose::Save))
            .zh("存成一组：给这些关键词起个名字存起来，别的文章也能用。")
            .en("Save as a set: Save these keywords under a name, for other articles as well."),
        command("keywords-open", "o", |s, _| ask_set_name(s, Purpose::Open))
            .zh("打开一组：打开存过的一组关键词，代替本文自己的；上下键选名字。")
            .en(
                "Open a set: Open a saved set in place of this article's own keywords; Up and Down \
                 go through the names.",
            ),
        command("keywords-close", "#, tab", list::close)
            .zh("返回：关闭关键词一览。")
            .en("Close the panel: Close the keyword panel."),
    ]),
    &When::On(&[Mode::Terms]).section([
        command("term-take", "enter, space, *", take_term)
            .zh("留作关键词：把这个词留作关键词，再按取消。")
            .en("Take it: Take this term as a keyword; again takes it back."),
        command("terms-take", "a", take_first_terms)
            .zh("前八个都留：把前八个词都留作关键词，每个一种颜色。")
            .en("Take the first eight: Take the first eight terms as keywords, a colour each."),
    ]),
];

/// Returns the area of the panel, in the place of the outline.
pub(crate) fn panel(s: &Session) -> Area {
    s.screen.outline.below(settings::rule(s))
}

/// Returns the rows of the panel: below its title and, where there is room, the owners of the
/// keywords.
pub(crate) fn area(s: &Session) -> Area {
    let panel = panel(s);
    panel.below(if panel.height > 4 { 2 } else { 1 })
}

/// Shows the panel, with the keyword chosen that is searched, else the one that was added or
/// chosen last.
pub(crate) fn show_panel(s: &mut Session, _: Option<usize>) {
    let is_searched = |k: &Keyword| s.find.query.as_ref() == Some(&k.query);
    let searched = s.find.keywords.iter().position(is_searched);
    let item = searched.or_else(|| chosen(s)).unwrap_or(0);
    s.pages.open(Mode::Keywords);
    choose(s, item);
}

fn add(s: &mut Session, _: Option<usize>) {
    // the selection goes before the search
    let selected = s.selected().map(|span| s.article.document().slice(span));
    if let Some(query) = selected.and_then(Query::new) {
        s.memory.selection = None;
        toggle(s, query);
    } else if let Some(query) = s.find.query.clone() {
        toggle(s, query);
        s.search(None);
    } else {
        s.pages.ask(Purpose::Keyword, "");
    }
}

fn remove(s: &mut Session, _: Option<usize>) {
    if let Some(i) = chosen(s) {
        s.find.remember_keywords();
        let removed = s.find.keywords.remove(i);
        s.sift();
        if removed.scope == KeywordScope::Everywhere {
            say_removed(s, &removed);
        }
    }
}

/// Says that a keyword was removed, and where.
fn say_removed(s: &mut Session, removed: &Keyword) {
    let typed = removed.query.typed();
    let (zh, en) = match removed.scope {
        KeywordScope::Article => ("", ""),
        KeywordScope::Everywhere => ("，各篇都取消了", " in every article"),
    };
    s.say_owned(
        format!("已取消关键词“{typed}”{zh}"),
        format!("Keyword {typed} taken back{en}"),
    );
}

/// Gives the chosen keyword to every article, or to this one alone.
fn change_scope(s: &mut Session, _: Option<usize>) {
    s.find.remember_keywords();
    let Some(keyword) = chosen(s).and_then(|i| s.find.keywords.get_mut(i)) else {
        return;
    };
    let typed = keyword.query.typed().to_owned();
    let (zh, en);
    (keyword.scope, zh, en) = match keyword.scope {
        KeywordScope::Article => (
            KeywordScope::Everywhere,
            format!("“{typed}”各篇通用"),
            format!("{typed}: in every article"),
        ),
        KeywordScope::Everywhere => (
            KeywordScope::Article,
            format!("“{typed}”只归本文"),
            format!("{typed}: in this article only"),
        ),
    };
    mark::done_owned(s, zh, en);
}

/// Gives all keywords to every article; where they are, to this one alone.
fn change_scope_of_all(s: &mut Session, _: Option<usize>) {
    s.find.remember_keywords();
    let keywords = &mut s.find.keywords;
    if keywords.is_empty() {
        return;
    }
    let is_own = |k: &Keyword| k.scope == KeywordScope::Article;
    let (scope, said) = if keywords.iter().any(is_own) {
        let said = ("全部关键词各篇通用", "All keywords: in every article");
        (KeywordScope::Everywhere, said)
    } else {
        let said = ("全部关键词只归本文", "All keywords: in this article only");
        (KeywordScope::Article, said)
    };
    for keyword in keywords {
        keyword.scope = scope;
    }
    mark::done(s, said);
}

fn rename(s: &mut Session, _: Option<usize>) {
    if let Some(i) = chosen(s) {
        let label = s.find.keywords[i].label().to_owned();
        s.pages.ask(Purpose::Rename, &label);
    }
}

fn next_colour(s: &mut Session, count: Option<usize>) {
    if let Some(i) = chosen(s) {
        s.find.remember_keywords();
        let colour = &mut s.find.keywords[i].colour;
        *colour = count.map_or(*colour + 1, |n| n.saturating_sub(1)) % KEYWORD_COLOURS;
    }
}

fn switch(s: &mut Session, _: Option<usize>) {
    if let Some(i) = chosen(s) {
        s.find.remember_keywords();
        s.find.keywords[i].on ^= true;
    }
    s.sift();
}

/// Takes the last change of the keywords back, and chooses the keyword that it was of.
fn undo(s: &mut Session, _: Option<usize>) {
    let document = s.article.shared();
    let Some(item) = s.find.undo_keywords(&document) else {
        return s.say(("没有可撤销的", "Nothing to undo"));
    };
    s.sift();
    choose(s, item);
    mark::done(
        s,
        (
            "已撤销对关键词的改动",
            "The change of the keywords is undone",
        ),
    );
}

fn propose(s: &mut Session, _: Option<usize>) -> Effect {
    if s.find.choices.terms.is_empty() {
        s.say(("正在找本文的词…", "Looking for the article's terms…"));
        return Effect::Propose;
    }
    s.pages.open(Mode::Terms);
    Effect::None
}

fn ask_set_name(s: &mut Session, purpose: Purpose) {
    s.pages.ask(purpose, "");
}

fn take_term(s: &mut Session, _: Option<usize>) {
    if let Some(word) = s.find.choices.terms.get(s.chosen(Mode::Terms))
        && let Some(query) = Query::new(&word.text)
    {
        toggle(s, query);
    }
    s.list_mut(Mode::Terms).step(1);
}

fn take_first_terms(s: &mut Session, _: Option<usize>) {
    let terms = s.find.choices.terms.iter().take(KEYWORD_COLOURS);
    let terms: Vec<String> = terms.map(|w| w.text.clone()).collect();
    add_all(s, &terms);
    s.pages.open(Mode::Keywords);
}

/// Returns the keyword that is chosen in the panel.
fn chosen(s: &Session) -> Option<usize> {
    Some(s.chosen(Mode::Keywords)).filter(|i| *i < s.find.keywords.len())
}

/// Chooses a keyword in the panel, also before it is opened.
fn choose(s: &mut Session, item: usize) {
    let is_open = s.pages.is_open(Mode::Keywords);
    let list = s.list_mut(Mode::Keywords);
    if !is_open {
        // of the filter that it was closed with, nothing is left
        *list = List::default();
    }
    list.choose(item);
}

/// Adds the typed keywords.
pub(crate) fn accept(s: &mut Session, typed: &str) {
    match split_terms(typed).as_slice() {
        [one] => {
            if let Some(query) = Query::new(one) {
                toggle(s, query);
            }
        }
        terms if !terms.is_empty() => add_all(s, terms),
        _ => {}
    }
}

/// Returns the text of each keyword that it is found by.
pub(crate) fn texts(s: &Session) -> Vec<String> {
    let text = |k: &Keyword| format!("{}  {}", k.label(), k.query.typed());
    s.find.keywords.iter().map(text).collect()
}

/// Splits a typed line into terms at blanks and commas, but for `"…"` and `/…/`.
fn split_terms(typed: &str) -> Vec<String> {
    let typed = typed.trim();
    let is_quoted =
        |sign: char| typed.starts_with(sign) && typed.ends_with(sign) && typed.chars().count() > 2;
    if is_quoted('/') || (is_quoted('"') && typed.matches('"').count() == 2) {
        return vec![typed.to_owned()];
    }
    let terms = typed.split(|c: char| c.is_whitespace() || "、，,；;".contains(c));
    let terms = terms.filter(|t| !t.is_empty());
    terms.map(str::to_owned).collect()
}

/// Adds a keyword or takes it back, and says which.
fn toggle(s: &mut Session, query: Query) {
    let typed = query.typed().to_owned();
    let document = s.article.shared();
    let known = s.find.keywords.iter().find(|k| k.query == query).cloned();
    s.find.remember_keywords();
    let (zh, en) = match s.find.toggle_keyword(&document, query) {
        Some(k) if k.is_counting() => (
            format!("关键词“{typed}”：正在数"),
            format!("Keyword {typed}: counting"),
        ),
        Some(k) => {
            let (n, more) = (k.matches.in_body(), beside(k.matches.folded()));
            (
                format!("关键词“{typed}”：{n} 处{}", more.0),
                format!("Keyword {typed}: {}{}", counted(&n, "hit"), more.1),
            )
        }
        None => {
            if let Some(known) = known {
                say_removed(s, &known);
            }
            return;
        }
    };
    choose(s, s.find.keywords.len() - 1);
    s.say_owned(zh, en);
}

/// Adds several keywords, and says how many there are. The first new one is chosen.
fn add_all(s: &mut Session, terms: &[String]) {
    let document = s.article.shared();
    let before = s.find.keywords.len();
    s.find.remember_keywords();
    for term in terms {
        let term = Term::plain(term);
        s.find.add_term(&document, term, KeywordScope::Article);
    }
    let n = s.find.keywords.len();
    if n > before {
        choose(s, before);
    }
    s.say_owned(format!("共 {n} 个关键词"), counted(&n, "keyword"));
}

fn go(s: &mut Session, count: Option<usize>) {
    let Some(i) = chosen(s) else { return };
    let query = s.find.keywords[i].query.clone();
    s.pages.go(Mode::Read);
    s.arrange();
    s.find.remember(query.typed());
    s.search(Some(query));
    match count {
        Some(n) if (1..=s.find.matches.in_body()).contains(&n) => {
            s.jumps.leave(s.reading.position());
            let matches = &s.find.matches;
            let nth = matches.nth_in_body(n - 1);
            let hit = nth.and_then(|span| matches.spans.binary_search(&span).ok());
            if let Some(hit) = hit {
                to_hit(s, hit);
            }
        }
        _ => by_hits(s, None, true),
    }
}

/// Gives the chosen keyword a name; an empty one takes the old one back.
pub(crate) fn rename_to(s: &mut Session, name: &str) -> Effect {
    let name = name.trim();
    s.find.remember_keywords();
    if let Some(keyword) = chosen(s).and_then(|i| s.find.keywords.get_mut(i)) {
        let is_new = !name.is_empty() && name != keyword.query.typed();
        keyword.name = is_new.then(|| name.to_owned());
    }
    Effect::None
}

/// Takes a set of keywords in place of those of its scope.
pub(crate) fn take_set(s: &mut Session, terms: Vec<Term>, scope: KeywordScope) {
    let document = s.article.shared();
    // the standing ones are taken as they are kept, not by the reader
    if scope == KeywordScope::Article {
        s.find.remember_keywords();
    }
    s.find.keywords.retain(|k| k.scope != scope);
    for term in terms {
        s.find.add_term(&document, term, scope);
    }
    s.sift();
}

/// Offers the terms that were asked for.
pub(crate) fn offer(s: &mut Session, terms: Vec<Word>) {
    s.notice = None;
    s.find.choices.terms = terms;
    if s.find.choices.terms.is_empty() {
        s.say((
            "这篇文章太短，没有可推荐的词",
            "The article is too short to propose terms",
        ));
    } else if s.pages.mode() == Mode::Keywords && s.pages.prompt().is_none() {
        s.pages.open(Mode::Terms);
    }
}
