//! The list of the points of other articles that are in like words.

use super::list::List;
use crate::document::Document;
use crate::library::LibraryEntry;
use crate::library::entry::ArticleId;
use crate::library::wording::Wording;
use crate::outline::{Entry, EntryKind, Outline, Point, words_of};
use crate::text::{Say, Span};
use std::cmp::Reverse;
use std::path::PathBuf;
use std::sync::Arc;

/// The list of the points that are in like words.
#[derive(Clone, Debug, Default)]
pub struct LikeList {
    /// The words that are asked about.
    pub asked: Option<LikeAsked>,
    /// These words, as a heading.
    pub name: String,
    /// The points, in their order.
    pub rows: Vec<LikePoint>,
    /// The number of copies of the article that say the same.
    pub copies: usize,
    /// The order.
    pub order: LikeOrder,
    /// The choice among the points.
    pub list: List,
    /// Points that were read, and all that are to be.
    pub progress: (usize, usize),
    /// True while points are looked for.
    pub is_running: bool,
}

/// Words that are asked about.
#[derive(Clone, Debug)]
pub struct LikeAsked {
    /// The words.
    pub wording: Wording,
    /// The article that they are from, which is not listed.
    pub from: LikeSource,
}

/// The article that words are from.
#[derive(Clone, Debug)]
pub enum LikeSource {
    /// The open one, and its file where it has one.
    Open(Arc<Document>, Option<PathBuf>),
    /// An article of the shelf.
    Listed(ArticleId),
    /// None: they were typed.
    Typed,
}

/// A point in like words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LikePoint {
    /// Its article.
    pub entry: LibraryEntry,
    /// Its marker, where the label does not begin with that.
    pub marker: String,
    /// Its label.
    pub label: String,
    /// The point in the text of the article.
    pub span: Span,
    /// The stretches of the label that have the words that are asked about.
    pub shared: Vec<Span>,
    /// The likeness, in per cent, rounded down.
    pub likeness: usize,
    /// The number of other articles that are copies of its own and have it.
    pub copies: usize,
    /// The place of the label in the text of the article.
    pub place: Option<Span>,
}

/// An order of points in like words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LikeOrder {
    /// The most alike first.
    #[default]
    Likeness,
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
}

/// The orders in which `s` offers them, with their names.
pub const LIKE_ORDERS: &[(LikeOrder, Say)] = &[
    (LikeOrder::Likeness, ("相近程度", "likeness")),
    (LikeOrder::Newest, ("日期，新的在前", "date, newest first")),
    (LikeOrder::Oldest, ("日期，旧的在前", "date, oldest first")),
];

impl LikeList {
    /// Makes a list that is still to be filled.
    pub(crate) fn of(asked: LikeAsked, name: String) -> Self {
        Self {
            asked: Some(asked),
            name,
            is_running: true,
            ..Self::default()
        }
    }

    /// Lists the points that were found.
    pub(super) fn show(&mut self, rows: Vec<LikePoint>, copies: usize) {
        (self.copies, self.is_running) = (copies, false);
        let chosen = self.rows.get(self.list.item()).cloned();
        self.arrange(rows, chosen);
    }

    /// Changes the order.
    pub(crate) fn set_order(&mut self, order: LikeOrder) {
        self.order = order;
        let rows = std::mem::take(&mut self.rows);
        let chosen = rows.get(self.list.item()).cloned();
        self.arrange(rows, chosen);
    }

    /// Lists points in the present order; the chosen one stays chosen where it is among them, and a
    /// reader at the top stays there.
    fn arrange(&mut self, mut rows: Vec<LikePoint>, chosen: Option<LikePoint>) {
        let day = |row: &LikePoint| row.entry.day;
        rows.sort_by_key(|row| Reverse(row.likeness));
        match self.order {
            LikeOrder::Likeness => {}
            LikeOrder::Newest => rows.sort_by_key(|row| Reverse(day(row))),
            LikeOrder::Oldest => rows.sort_by_key(|row| (day(row).is_none(), day(row))),
        }
        let chosen = chosen.filter(|_| self.list.selected > 0);
        let same = |row: &LikePoint| chosen.as_ref().is_some_and(|chosen| chosen.is_at(row));
        let at = rows.iter().position(same);
        self.rows = rows;
        self.list.renew();
        self.list.choose(at.unwrap_or_default());
    }
}

impl LikePoint {
    /// Returns whether another row is the same point.
    fn is_at(&self, other: &Self) -> bool {
        (self.entry.id, self.place, &self.label) == (other.entry.id, other.place, &other.label)
    }
}

/// Returns the words of an entry of an outline, and their wording.
pub(crate) fn words_of_entry(
    document: &Document,
    outline: &Outline,
    entry: &Entry,
) -> (String, Wording) {
    let point = match entry.kind {
        EntryKind::Point(point) => outline.points.get(point.get()),
        _ => None,
    };
    point.map_or_else(
        || words(document.slice(entry.label)),
        |point| words_of_point(document, point),
    )
}

/// Returns the words of a point, and their wording.
pub(crate) fn words_of_point(document: &Document, point: &Point) -> (String, Wording) {
    let [marker, label] = [point.marker, point.label].map(|span| document.slice(span));
    let behind = Span::between(point.label.end, point.span.end.max(point.label.end));
    let wording = Wording::of_point(marker, label, document.slice(behind));
    (words_of(label).to_owned(), wording)
}

/// Returns words without the mark at their end, and their wording.
pub(crate) fn words(text: &str) -> (String, Wording) {
    (words_of(text).to_owned(), Wording::of(text))
}
