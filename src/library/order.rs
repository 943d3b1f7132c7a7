//! The orders of a list of articles.

use super::day::Day;
use super::entry::{ArticleId, LibraryEntry};
use crate::text::Say;
use crate::text::natural::{self, NamePart};
use std::cmp::{Ordering, Reverse};
use std::ffi::OsStr;
use std::path::Path;

/// An order of a list of articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The newest first; those without a date behind them, by their names.
    #[default]
    Date,
    /// The oldest first.
    Oldest,
    /// In the order in which they were given.
    Given,
    /// By the name of the file, in natural order.
    Name,
    /// By the title, in natural order.
    Title,
    /// By the author.
    Author,
    /// By the source.
    Source,
    /// The longest first.
    Length,
    /// Those with most points first.
    Points,
    /// Those that were read last first.
    ReadLast,
    /// Those with most hits first.
    Hits,
    /// The most relevant first.
    Relevance,
}

/// The orders in the order in which `s` offers them, with their names in the store and for a
/// reader.
pub const ORDERS: &[(Order, &str, Say)] = &[
    (
        Order::Date,
        "date",
        ("日期，新的在前", "date, newest first"),
    ),
    (
        Order::Oldest,
        "oldest",
        ("日期，旧的在前", "date, oldest first"),
    ),
    (Order::Given, "given", ("给出的次序", "as given")),
    (Order::Name, "name", ("文件名", "file name")),
    (Order::Title, "title", ("标题", "title")),
    (Order::Author, "author", ("作者", "author")),
    (Order::Source, "source", ("来源", "source")),
    (Order::Length, "length", ("字数", "length")),
    (Order::Points, "points", ("要点数", "points")),
    (Order::ReadLast, "read", ("最近读过", "read last")),
    (Order::Hits, "hits", ("结果数", "hits")),
    (Order::Relevance, "relevance", ("相关度", "relevance")),
];

impl Order {
    /// The orders by names, which take long to compare.
    pub const BY_NAME: [Self; 4] = [Self::Name, Self::Title, Self::Author, Self::Source];

    /// Returns the order of a name in the store.
    pub fn named(key: &str) -> Option<Self> {
        let row = ORDERS.iter().find(|(_, own, _)| *own == key)?;
        Some(row.0)
    }

    /// Returns its name in the store.
    pub fn key(self) -> &'static str {
        let row = ORDERS.iter().find(|(order, ..)| *order == self);
        row.map_or("", |(_, key, _)| key)
    }

    /// Returns its name for a reader.
    pub fn name(self) -> Say {
        let row = ORDERS.iter().find(|(order, ..)| *order == self);
        row.map_or(("", ""), |(.., name)| *name)
    }
}

/// Values of an article that are not in its entry, for sorting.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SortValues {
    /// The number of its hits.
    pub hits: usize,
    /// Its relevance.
    pub score: f64,
    /// The time at which it was read last.
    pub read_at: i64,
}

/// Sorts entries. Those of one day are sorted by the names of their files; in any other order those
/// that are equal stay as they are.
///
/// ```
/// use jingdu::library::order::{Order, SortValues, sort};
/// use jingdu::library::{Day, LibraryEntry};
/// let entry = |title: &str, day| LibraryEntry {
///     title: title.into(),
///     day: Day::read(day),
///     ..LibraryEntry::default()
/// };
/// let all = [entry("第十章", "2019"), entry("第九章", ""), entry("第2章", "2021")];
/// let sorted = |order| {
///     let mut list: Vec<&LibraryEntry> = all.iter().collect();
///     sort(&mut list, order, |_| SortValues::default());
///     list.iter().map(|entry| entry.title.as_str()).collect::<Vec<_>>()
/// };
/// // numbers count, in whatever numerals; an article without a date is behind the others
/// assert_eq!(sorted(Order::Title), ["第2章", "第九章", "第十章"]);
/// assert_eq!(sorted(Order::Date), ["第2章", "第十章", "第九章"]);
/// ```
pub fn sort(entries: &mut [&LibraryEntry], order: Order, values: impl Fn(ArticleId) -> SortValues) {
    // an empty value is behind all others
    let text = |value: Option<&str>| {
        let value = value.filter(|v| !v.is_empty());
        (value.is_none(), natural::key(value.unwrap_or_default()))
    };
    match order {
        Order::Date => sort_by_date(entries),
        Order::Oldest => {
            entries.sort_by_key(|e| e.day.map_or(u32::MAX, Day::number));
        }
        Order::Given => entries.sort_by_key(|e| e.id),
        Order::Name => entries.sort_by_cached_key(|e| name(e)),
        Order::Title => entries.sort_by_cached_key(|e| text(Some(&e.title))),
        Order::Author => entries.sort_by_cached_key(|e| text(e.author.as_deref())),
        Order::Source => entries.sort_by_cached_key(|e| text(e.source.as_deref())),
        Order::Length => entries.sort_by_key(|e| Reverse(e.length)),
        Order::Points => entries.sort_by_key(|e| Reverse(e.points)),
        Order::ReadLast => entries.sort_by_key(|e| Reverse(values(e.id).read_at)),
        Order::Hits => entries.sort_by_key(|e| Reverse(values(e.id).hits)),
        Order::Relevance => entries.sort_by(|a, b| {
            let scores = (values(b.id).score, values(a.id).score);
            scores.0.partial_cmp(&scores.1).unwrap_or(Ordering::Equal)
        }),
    }
}

fn sort_by_date(entries: &mut [&LibraryEntry]) {
    entries.sort_by_key(|e| Reverse(e.day));
    for of_one_day in entries.chunk_by_mut(|a, b| a.day == b.day) {
        of_one_day.sort_by_cached_key(|e| name(e));
    }
}

/// The key of a file's name: its stem, its folder, its ending.
type NameKey<'a> = (Vec<NamePart>, Option<&'a Path>, Vec<NamePart>, &'a Path);

fn name(entry: &LibraryEntry) -> NameKey<'_> {
    // the number of an article in its file counts as a part of the ending: `feed.xml#10`
    let part = |part: Option<&OsStr>| natural::key(&part.unwrap_or_default().to_string_lossy());
    let path = &entry.path;
    let (stem, ending) = (part(path.file_stem()), part(path.extension()));
    (stem, path.parent(), ending, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: ArticleId, name: &str, date: &str, author: &str, length: usize) -> LibraryEntry {
        LibraryEntry {
            id,
            path: format!("{name}.md").into(),
            title: name.into(),
            day: Day::read(date),
            author: Some(author).filter(|a| !a.is_empty()).map(Into::into),
            length,
            ..LibraryEntry::default()
        }
    }

    #[test]
    fn every_order_sorts() {
        let all = [
            entry(1, "第10篇", "2019-01-02", "乙", 10),
            entry(2, "第2篇", "2019-01-02", "", 30),
            entry(3, "第三篇", "", "甲", 20),
            entry(4, "尾声", "2020", "甲", 5),
        ];
        let values = |id: ArticleId| SortValues {
            hits: usize::from(id == 3),
            score: f64::from(u8::from(id == 2)),
            read_at: i64::from(id == 1),
        };
        for (order, wanted) in [
            (Order::Date, [4, 2, 1, 3]),
            (Order::Oldest, [2, 1, 4, 3]),
            (Order::Name, [4, 2, 3, 1]),
            (Order::Title, [4, 2, 3, 1]),
            (Order::Length, [2, 3, 1, 4]),
            (Order::ReadLast, [1, 4, 2, 3]),
            (Order::Hits, [3, 4, 2, 1]),
            (Order::Relevance, [2, 4, 1, 3]),
        ] {
            let mut entries: Vec<&LibraryEntry> = all.iter().collect();
            sort(&mut entries, Order::Date, values);
            sort(&mut entries, order, values);
            let ids: Vec<ArticleId> = entries.iter().map(|e| e.id).collect();
            assert_eq!(ids, wanted, "{order:?}");
        }
        let mut entries: Vec<&LibraryEntry> = all.iter().collect();
        sort(&mut entries, Order::Author, values);
        assert_eq!(entries.last().unwrap().id, 2, "without an author: behind");
        assert_eq!(ORDERS.len(), 12);
        for (order, key, name) in ORDERS {
            assert_eq!((Order::named(key), order.name()), (Some(*order), *name));
            assert_eq!(order.key(), *key);
        }
    }

    #[test]
    fn articles_of_one_file_are_in_the_order_of_their_numbers() {
        let paths = [
            "a/feed.xml#2",
            "a/feed.xml#10",
            "b/feed.xml#1",
            "a/第3篇.html",
            "a/第3篇.md",
            "a/第十篇.md",
        ];
        let all: Vec<LibraryEntry> = paths.iter().rev().map(|path| at(path)).collect();
        let mut entries: Vec<&LibraryEntry> = all.iter().collect();
        for order in [Order::Date, Order::Name, Order::Author] {
            sort(&mut entries, order, |_| SortValues::default());
            let sorted: Vec<_> = entries.iter().map(|e| e.path.to_str().unwrap()).collect();
            assert_eq!(sorted, paths, "{order:?}");
        }
    }

    fn at(path: &str) -> LibraryEntry {
        LibraryEntry {
            path: path.into(),
            ..LibraryEntry::default()
        }
    }
}
