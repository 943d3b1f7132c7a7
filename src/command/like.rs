//! The points of other articles in like words: asking about a point, a sentence, typed words;
//! the order of the list; opening one.

use super::entry::{Command, READING, When, asking, command};
use crate::library::wording::Wording;
use crate::outline::{Point, words_of};
use crate::search::Query;
use crate::session::like_list::{
    LIKE_ORDERS, LikeAsked, LikeList, LikeOrder, LikePoint, LikeSource, words, words_of_entry,
    words_of_point,
};
use crate::session::{Area, Effect, Mode, Session, motion, quote};

/// From this width on a point has one row, with its article right of it; else two.
const MIN_WIDTH_OF_ONE_ROW: u16 = 100;

pub(crate) const COMMANDS: &[&[Command]] = &[
    &READING.section([asking("like", "g w", of_text)
        .zh("谁也这么说：列出别的文章里与此处要点措辞相近的要点；选取了文字时用选取的，不在要点里用所在的句子。只看用词，不看意思。")
        .en("Who says so: List points of other articles in words like those of the point here; of the selection, or outside points of the sentence. Words are compared, not meanings.")]),
    &When::On(&[Mode::Outline]).section([asking("outline-like", "g w", of_entry)
        .zh("谁也说这条：列出别的文章里与这一条措辞相近的要点。")
        .en("Who says this entry: List points of other articles in words like those of this entry.")]),
    &When::On(&[Mode::Shelf]).section([asking("shelf-like", "g w", of_shelf)
        .zh("哪些要点这么说：列出与查找的词（四字以上）措辞相近的要点；没有在查找，用这一篇的标题。")
        .en("Points that say so: List points in words like those searched for (four characters or more); without a search, like the title of this article.")]),
    &When::On(&[Mode::LikePoints]).section([
        asking("like-go", "enter, l, right", go)
            .zh("打开此点：打开文章，停在这个要点；Esc 或 q 再回到列表。")
            .en("Open at the point: Open the article at this point; Esc or q returns to the list."),
        command("like-order", "s", next_order)
            .zh("要点的次序：按相近程度或日期排列。")
            .en("Order of points: By likeness or by date."),
    ]),
];

fn of_text(s: &mut Session, _: Option<usize>) -> Effect {
    let (document, focus) = (s.article.document(), s.reading.focus);
    let (name, wording) = if let Some(span) = s.selected() {
        words(&quote::joined(&s.seen_text(span)))
    } else if let Some(point) = point_here(s) {
        words_of_point(document, point)
    } else {
        words(document.slice(motion::sentence_span(document, focus)))
    };
    let from = LikeSource::Open(s.article.shared(), None);
    find(s, LikeAsked { wording, from }, name)
}

/// Returns the point at the place, where that is in its first paragraph.
fn point_here(s: &Session) -> Option<&Point> {
    let point = s.article.outline.points.get(s.current_point()?)?;
    let block = |at| s.article.document().block_at(at);
    (block(point.span.start) == block(s.reading.focus)).then_some(point)
}

fn of_entry(s: &mut Session, _: Option<usize>) -> Effect {
    let outline = &s.article.outline;
    let Some(entry) = s.pane.entry().and_then(|i| outline.entries.get(i)) else {
        return Effect::None;
    };
    let (name, wording) = words_of_entry(s.article.document(), outline, entry);
    let from = LikeSource::Open(s.article.shared(), None);
    find(s, LikeAsked { wording, from }, name)
}

fn of_shelf(s: &mut Session, _: Option<usize>) -> Effect {
    let terms = s.shelf.search.query.terms.iter();
    let wanted = terms.filter(|term| !term.negated);
    let typed: Vec<&str> = wanted
        .flat_map(|term| &term.queries)
        .map(Query::typed)
        .collect();
    let typed = typed.join("，");
    let (name, wording) = (words_of(&typed).to_owned(), Wording::typed(&typed));
    if !wording.is_short() {
        let from = LikeSource::Typed;
        return find(s, LikeAsked { wording, from }, name);
    }
    let Some(entry) = s.shelf.at(s.shelf.list.selected) else {
        return Effect::None;
    };
    let ((name, wording), from) = (words(&entry.title), LikeSource::Listed(entry.id));
    find(s, LikeAsked { wording, from }, name)
}

fn find(s: &mut Session, asked: LikeAsked, name: String) -> Effect {
    if asked.wording.is_short() {
        s.say((
            "字太少，比不出措辞相近的要点",
            "Too few words to find points in like words",
        ));
        return Effect::None;
    }
    s.memory.selection = None;
    s.pages.open(Mode::LikePoints);
    s.pages.library.like = LikeList::of(asked, name);
    Effect::FindLike
}

/// Opens the article of the chosen point.
fn go(s: &mut Session, _: Option<usize>) -> Effect {
    let like = &s.pages.library.like;
    let Some(point) = like.rows.get(like.list.item()) else {
        return Effect::None;
    };
    let effect = Effect::OpenAt(point.entry.path.clone(), point.place);
    s.leave_pages(None);
    effect
}

fn next_order(s: &mut Session, count: Option<usize>) {
    let like = &mut s.pages.library.like;
    let now = LIKE_ORDERS
        .iter()
        .position(|(order, _)| *order == like.order);
    let next = (now.unwrap_or(0) + count.unwrap_or(1)) % LIKE_ORDERS.len();
    let next = LIKE_ORDERS.get(next);
    like.set_order(next.map_or(LikeOrder::Likeness, |(order, _)| *order));
}

/// Returns the rows of the points: below the head.
pub(crate) fn area(s: &Session) -> Area {
    s.screen.body.below(1)
}

/// Returns the rows that a point takes.
pub(crate) fn rows_of_point(s: &Session) -> u16 {
    if s.screen.columns >= MIN_WIDTH_OF_ONE_ROW {
        1
    } else {
        2
    }
}

/// Returns the texts of the list's items for its filter.
pub(crate) fn texts(s: &Session) -> Vec<String> {
    let rows = s.pages.library.like.rows.iter();
    let text = |point: &LikePoint| {
        let entry = &point.entry;
        let facts = [&entry.source, &entry.author, &entry.date].map(|fact| fact.as_deref());
        let facts = facts.into_iter().flatten();
        let own = [&point.marker, &point.label, &entry.title].map(String::as_str);
        own.into_iter().chain(facts).collect::<Vec<_>>().join("  ")
    };
    rows.map(text).collect()
}
