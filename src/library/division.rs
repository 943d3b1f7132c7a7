//! Divides articles into buckets: by year, month, source or author, or each by itself.
//!
//! Articles without the fact by which is divided are a bucket of their own. Years and months
//! without an article are empty buckets.

use super::count::TermCounts;
use super::day::Day;
use super::entry::LibraryEntry;
use crate::text::Say;
use crate::text::fold::compared;
use std::collections::HashMap;
use std::ops::Range;

/// Empty buckets in a row at the most: a wrong date may be a thousand years off.
const MAX_EMPTY_BUCKETS: usize = 240;
/// The bucket of articles that have none.
pub(super) const NO_BUCKET: u32 = u32::MAX;

/// A way to divide articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Division {
    /// By year.
    #[default]
    Year,
    /// By month.
    Month,
    /// By source, of an address its host.
    Source,
    /// By author.
    Author,
    /// Each by itself; those without any hit are left out.
    Article,
}

/// The divisions in their order, each with its key on the command line, the name of its table, and
/// that of the bucket without the fact.
pub const DIVISIONS: &[(Division, &str, Say, Say)] = &[
    (Division::Year, "year", ("年表", "By year"), UNDATED),
    (Division::Month, "month", ("月表", "By month"), UNDATED),
    (
        Division::Source,
        "source",
        ("来源表", "By source"),
        ("无来源", "no source"),
    ),
    (
        Division::Author,
        "author",
        ("作者表", "By author"),
        ("无作者", "no author"),
    ),
    (
        Division::Article,
        "article",
        ("篇目表", "By article"),
        UNDATED,
    ),
];

/// The name of the bucket of articles without a date.
const UNDATED: Say = ("无日期", "undated");

impl Division {
    /// Returns the row of [`DIVISIONS`].
    fn row(self) -> Option<&'static (Self, &'static str, Say, Say)> {
        DIVISIONS.iter().find(|(division, ..)| *division == self)
    }

    /// Returns the division of a key.
    pub fn named(key: &str) -> Option<Self> {
        let row = DIVISIONS.iter().find(|(_, own, ..)| *own == key);
        row.map(|(division, ..)| *division)
    }

    /// Returns its key.
    pub fn key(self) -> &'static str {
        self.row().map_or("", |(_, key, ..)| key)
    }

    /// Returns the name of its table.
    pub fn name(self) -> Say {
        self.row().map_or(("", ""), |(_, _, name, _)| *name)
    }

    /// Returns the name of the bucket without the fact.
    pub fn without(self) -> Say {
        self.row().map_or(("", ""), |(.., name)| *name)
    }

    /// Returns whether its buckets follow each other in time.
    pub fn is_of_time(self) -> bool {
        matches!(self, Self::Year | Self::Month)
    }
}

/// The articles of a bucket.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BucketKey {
    /// Those of a year or a month.
    Period(Day),
    /// Those of a source or an author.
    Name(String),
    /// The one of this index.
    Article(u32),
    /// Those without the fact.
    Without,
}

/// Buckets, and the bucket of each article.
pub(super) type Divided = (Vec<BucketKey>, Vec<u32>);

/// Returns the buckets of articles; those of time in its order.
pub(super) fn divided(counts: &TermCounts, division: Division) -> Divided {
    match division {
        Division::Year | Division::Month => by_time(counts, division),
        Division::Source => by_name(counts, LibraryEntry::publisher),
        Division::Author => by_name(counts, |entry| entry.author.as_deref()),
        Division::Article => by_article(counts),
    }
}

/// Divides articles by the years or months of their dates.
fn by_time(counts: &TermCounts, division: Division) -> Divided {
    let key = |entry: &LibraryEntry| match entry.day {
        Some(day) if division == Division::Year => BucketKey::Period(day.of_year()),
        Some(day) => BucketKey::Period(day.of_month()),
        None => BucketKey::Without,
    };
    let keys: Vec<BucketKey> = counts.articles.iter().map(|entry| key(entry)).collect();
    let mut sorted: Vec<&BucketKey> = keys.iter().collect();
    sorted.sort_unstable();
    sorted.dedup();
    let mut all: Vec<BucketKey> = Vec::with_capacity(sorted.len());
    for key in sorted {
        if let (Some(BucketKey::Period(last)), BucketKey::Period(next)) = (all.last(), key) {
            all.extend(between(*last, *next, division));
        }
        all.push(key.clone());
    }
    let index: HashMap<&BucketKey, u32> = all.iter().zip(0..).collect();
    let bucket = |key| index.get(key).copied().unwrap_or(NO_BUCKET);
    let bucket_of = keys.iter().map(bucket).collect();
    (all, bucket_of)
}

/// Returns the years, or the months, between two.
fn between(last: Day, next: Day, division: Division) -> Vec<BucketKey> {
    if division == Division::Year {
        return empty(last.year() + 1..next.year(), |year| year * 10_000);
    }
    // an article whose month is not known is in a bucket before that of January
    let month = |day: Day| day.year() * 12 + day.month().saturating_sub(1);
    let first = month(last) + u32::from(last.month() > 0);
    empty(first..month(next), |month| {
        month / 12 * 10_000 + (month % 12 + 1) * 100
    })
}

/// Returns the buckets of some periods, unless there are too many of them.
fn empty(periods: Range<u32>, number: impl Fn(u32) -> u32) -> Vec<BucketKey> {
    let periods = periods.take(MAX_EMPTY_BUCKETS + 1);
    let periods: Vec<_> = periods
        .map(|period| BucketKey::Period(Day::of_number(number(period))))
        .collect();
    if periods.len() > MAX_EMPTY_BUCKETS {
        return Vec::new();
    }
    periods
}

/// Divides articles by a name, which is shown as the first of them writes it.
fn by_name(counts: &TermCounts, name: impl Fn(&LibraryEntry) -> Option<&str>) -> Divided {
    let (mut by_spelling, mut by_name) = (HashMap::new(), HashMap::new());
    let (mut keys, mut bucket_of) = (Vec::new(), Vec::new());
    for entry in &counts.articles {
        let name = name(entry).map(str::trim).filter(|name| !name.is_empty());
        // a name is folded once: there are few, of many articles
        let bucket = *by_name.entry(name).or_insert_with(|| {
            let spelled: String = compared(name.unwrap_or_default()).collect();
            *by_spelling.entry(spelled).or_insert_with(|| {
                let name = name.map(|name| BucketKey::Name(name.to_owned()));
                keys.push(name.unwrap_or(BucketKey::Without));
                keys.len() as u32 - 1
            })
        });
        bucket_of.push(bucket);
    }
    (keys, bucket_of)
}

/// Gives every article that has a hit a bucket of its own.
fn by_article(counts: &TermCounts) -> Divided {
    let mut bucket_of = vec![NO_BUCKET; counts.articles.len()];
    let mut keys = Vec::new();
    for found in counts.found() {
        if let Some(bucket) = bucket_of.get_mut(found.article)
            && *bucket == NO_BUCKET
        {
            *bucket = keys.len() as u32;
            keys.push(BucketKey::Article(found.article as u32));
        }
    }
    (keys, bucket_of)
}
