//! Hits alone: the list of all with the text around them, and the paragraphs or
//! sentences that have one.

use super::entry::{Command, READING, When, asking, command};
use super::list;
use super::search::beside;
use crate::search::Query;
use crate::session::{Effect, Hit, HitList, HitRows, HitScope, Mode, Session, View};
use crate::text::{Say, Span};

/// Said where there is nothing to list.
const NO_HITS: Say = (
    "没有可列出的结果：先按 / 查找，或按 * 添加关键词",
    "No hits: search with /, or add keywords with *",
);

/// Said where only folded lines have hits.
const ONLY_IN_FOLDS: Say = (
    "正文里没有，只在折叠的行里有",
    "Only in folded lines, none in the article",
);

pub(crate) const COMMANDS: &[&[Command]] = &[
    &READING.section([asking("list-hits", "L", open_or_return)
        .zh("查找结果：列出所有结果和前后文，对齐在结果处；折叠的行里的不列；没有在查找时列出各关键词的。从书架的全部结果打开的，回到那里。")
        .en(
            "List of hits: List all hits with what stands around them, aligned, but for those in \
                 folded lines; without a search, those of the keywords. An article that was opened \
                 from the hits of the shelf returns to them.",
        )]),
    &When::On(&[Mode::Keywords]).section([command("keyword-list", "L", open_of_keyword)
        .zh("此词的结果：列出这一个关键词的结果。")
        .en("List its hits: List the hits of this keyword alone.")]),
    &READING.section([command("only-hits", "&", only_hits)
        .zh(
            "只看匹配段落：只看有结果的段落；再按只看有结果的句子；再按恢复全文。\
                 没有在查找时按关键词。",
        )
        .en(
            "Only with hits: Show only paragraphs with hits; again, only sentences; again, \
                 everything. Without a search, hits of the keywords.",
        )]),
    &When::On(&[Mode::Keywords]).section([command("only-keyword", "&", only_keyword)
        .zh("只看此词的段：只看有这一个关键词的段落。")
        .en("Only with this one: Show only the paragraphs that have this keyword.")]),
    &When::On(&[Mode::Hits]).section([
        command("hits-go", "enter", go)
            .zh("到此处：跳到正文里的这一处。")
            .en("Go there: Go to the hit in the text."),
        command("hits-scope", "#, *", next_scope)
            .zh("换词：轮流列出：全部、每个关键词。")
            .en("Another keyword: List by turns: all, each keyword alone."),
        command("hits-close", "L", list::close)
            .zh("关闭列表：回到正文原处。")
            .en("Close the list: Back to the same place in the text."),
    ]),
];

/// Returns the number of hits in folds, and whose hits are listed.
pub(crate) fn aside(s: &Session) -> String {
    let (find, hits) = (&s.find, &s.find.hits);
    let lang = s.settings.lang;
    let all = lang.say(("全部关键词", "all keywords"));
    let whose = match hits.scope {
        HitScope::Keyword(i) => find.keywords.get(i).map_or("", |k| k.label()),
        HitScope::All => find.query.as_ref().map_or(all, |query| query.typed()),
    };
    let folded = beside(find.folded_of(hits.scope));
    format!("{}  {whose}", lang.say_owned(folded.0, folded.1))
}

/// Returns the keyword that is chosen in the panel; `None` where its filter shows none.
fn chosen_keyword(s: &Session) -> Option<HitScope> {
    let chosen = s.chosen(Mode::Keywords);
    (chosen < s.find.keywords.len()).then_some(HitScope::Keyword(chosen))
}

fn open_or_return(s: &mut Session, _: Option<usize>) -> Effect {
    if s.pages.returns_to(Mode::ShelfHits)
        && let Some(effect) = s.go_back()
    {
        return effect;
    }
    open(s, HitScope::All);
    Effect::None
}

fn open(s: &mut Session, scope: HitScope) {
    let hits = HitList::new(scope, s.find.hits_of(scope), s.reading.focus);
    if hits.rows.is_empty() && scope == HitScope::All {
        return s.say(none(s, scope));
    }
    s.find.hits = hits;
    s.pages.open(Mode::Hits);
}

/// Returns the message that there is nothing to list of a scope.
fn none(s: &Session, scope: HitScope) -> Say {
    match s.find.folded_of(scope) {
        0 => NO_HITS,
        _ => ONLY_IN_FOLDS,
    }
}

fn open_of_keyword(s: &mut Session, _: Option<usize>) {
    if let Some(scope) = chosen_keyword(s) {
        open(s, scope);
    }
}

fn next_scope(s: &mut Session, _: Option<usize>) {
    let n = s.find.keywords.len();
    let next = match s.find.hits.scope {
        HitScope::All if n > 0 => HitScope::Keyword(0),
        HitScope::Keyword(i) if i + 1 < n => HitScope::Keyword(i + 1),
        _ => HitScope::All,
    };
    open(s, next);
}

/// Lists only the hits whose paragraph holds `typed`.
pub(crate) fn filter(s: &mut Session, typed: &str) {
    let mut rows = s.find.hits_of(s.find.hits.scope);
    if let Some(query) = Query::new(typed) {
        let document = s.article.document();
        let matches = query.find(document.text());
        let holds = |span: Span| !matches.within(span).is_empty();
        let is_in = |(hit, _): &Hit| document.block_span_at(hit.start).is_some_and(holds);
        rows = HitRows::Some(rows.iter().filter(is_in).collect());
    }
    s.find.hits.relist(rows);
}

/// Goes to the chosen hit; `n` and `N` go on with the keyword that it is a hit of.
fn go(s: &mut Session, _: Option<usize>) {
    let hits = &s.find.hits;
    let Some((span, keyword)) = hits.rows.get(hits.list.selected) else {
        return;
    };
    s.pages.go(Mode::Read);
    s.arrange();
    if let Some(keyword) = keyword.and_then(|i| s.find.keywords.get(i)) {
        let query = keyword.query.clone();
        s.find.remember(query.typed());
        s.search(Some(query));
    }
    s.jump(span.start, span);
    s.find.current = s.find.matches.spans.binary_search(&span).ok();
}

fn only_hits(s: &mut Session, _: Option<usize>) {
    if !matches!(s.reading.view, View::Paragraphs | View::Sentences) {
        s.find.hits.scope = HitScope::All;
    }
    sift(s);
}

fn only_keyword(s: &mut Session, _: Option<usize>) {
    let Some(scope) = chosen_keyword(s) else {
        return;
    };
    s.find.hits.scope = scope;
    s.pages.go(Mode::Read);
    s.arrange();
    s.reading.view = View::Text;
    sift(s);
}

/// Goes on from the whole text to paragraphs with hits, to sentences, and back.
fn sift(s: &mut Session) {
    let spot = s.reading.position();
    s.reading.view = match s.reading.view {
        View::Paragraphs => View::Sentences,
        View::Sentences => View::Text,
        View::Text | View::Skeleton | View::Unfolded => View::Paragraphs,
    };
    if s.reading.view == View::Text {
        let flow = s.flow_of(View::Text);
        s.reading.set_flow(flow);
    } else {
        s.sift();
        if s.reading.view == View::Text {
            return s.say(none(s, s.find.hits.scope));
        }
    }
    // where the focus is hidden, the hit nearest to it
    let (document, focus) = (s.article.shared(), spot.focus);
    let segment = s.reading.flow.segment_at(&document, focus);
    let shown = segment.map_or(focus, |p| focus.clamp(p.span.start, p.span.end));
    let height = s.height();
    s.reading.place.lift = 0;
    s.reading.reveal(&document, shown, height);
}
