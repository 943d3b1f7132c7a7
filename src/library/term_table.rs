//! Tables of terms: their hits by year, month, source, author or article.
//!
//! [`TermTable::of`] divides what was counted into the buckets of a
//! [`Division`]; every hit is in one cell of its term.

use super::copies::earlier;
use super::count::{TermCounts, TermHits};
use super::day::Day;
use super::division::{self, BucketKey, Division};
use super::entry::LibraryEntry;
use super::quantity;
use crate::text::Span;
use crate::text::natural;
use std::cmp::Reverse;
use std::collections::HashSet;

/// Characters to which rates refer: 万字.
const RATE_CHARS: f64 = 10_000.0;
/// A bucket of articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableBucket {
    /// The articles that are in it.
    pub key: BucketKey,
    /// Their number.
    pub articles: usize,
    /// 字数 of them together.
    pub chars: usize,
}

/// The hits of a term in a bucket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableCell {
    /// Their number.
    pub hits: usize,
    /// The number of articles that have one.
    pub articles: usize,
}

impl TableCell {
    fn add(&mut self, found: &TermHits) {
        self.hits += found.hits;
        self.articles += 1;
    }
}

/// The first use of a term, in an article with a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstUse {
    /// The index of the article.
    pub article: usize,
    /// The first hit in it.
    pub span: Span,
    /// Its date.
    pub day: Day,
    /// The number of articles with an earlier date.
    pub before: usize,
}

/// The time that the articles are of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableReach {
    /// The earliest date.
    pub since: Option<Day>,
    /// The number of articles.
    pub articles: usize,
    /// The number of those without a date.
    pub undated: usize,
    /// The number of further ones that are too long to be counted in.
    pub left_out: usize,
    /// 字数 of all.
    pub chars: usize,
}

/// A table of terms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermTable {
    /// The way in which it is divided.
    pub division: Division,
    /// Its buckets: in the order of time, or those with most hits first; behind them the articles
    /// without the fact, where there are any.
    pub buckets: Vec<TableBucket>,
    /// For each term, the hits in all buckets.
    pub totals: Vec<TableCell>,
    /// For each term, its first use.
    pub first: Vec<Option<FirstUse>>,
    /// The time that it is of.
    pub reach: TableReach,
    /// By buckets, then by terms.
    cells: Vec<TableCell>,
    /// For each article, the index of its bucket.
    bucket_of: Vec<u32>,
}

impl TermTable {
    /// Divides what was counted.
    pub fn of(counts: &TermCounts, division: Division) -> Self {
        let mut table = Self {
            division,
            totals: vec![TableCell::default(); counts.terms.len()],
            first: first_uses(counts),
            reach: reach(counts),
            ..Self::default()
        };
        table.divide(counts);
        let terms = counts.terms.len();
        table.cells = vec![TableCell::default(); terms * table.buckets.len()];
        for found in counts.found() {
            if let Some(total) = table.totals.get_mut(found.term) {
                total.add(&found);
            }
            let bucket = table.bucket_of.get(found.article).copied();
            let at = bucket.map(|bucket| bucket as usize * terms + found.term);
            if let Some(cell) = at.and_then(|at| table.cells.get_mut(at)) {
                cell.add(&found);
            }
        }
        table.sort(counts);
        table
    }

    /// Returns the hits of a term in a bucket.
    pub fn cell(&self, term: usize, bucket: usize) -> TableCell {
        let at = bucket * self.totals.len() + term;
        self.cells.get(at).copied().unwrap_or_default()
    }

    /// Returns the most hits of a cell.
    pub fn most(&self) -> usize {
        let hits = self.cells.iter().map(|cell| cell.hits);
        hits.max().unwrap_or_default()
    }

    /// Returns the indices of the articles that have a hit: of a term, or of any; in a bucket, or
    /// in any.
    ///
    /// ```
    /// use jingdu::library::count::{CountedTerm, TermCounter};
    /// use jingdu::library::{LibraryEntry, division::Division, term_table::TermTable};
    /// let terms = ["渡口", "灯"].map(|typed| CountedTerm::parse(typed).unwrap().unwrap());
    /// let mut counter = TermCounter::new(&terms);
    /// for text in ["渡口修好了。", "早市散了。", "渡口有灯了。"] {
    ///     counter.add(LibraryEntry::default().into(), text, &|_| true);
    /// }
    /// let counts = counter.finish();
    /// let table = TermTable::of(&counts, Division::Year);
    /// assert_eq!(table.articles(&counts, None, None), [0, 2]);
    /// assert_eq!(table.articles(&counts, Some(1), None), [2]);
    /// ```
    pub fn articles(
        &self,
        counts: &TermCounts,
        term: Option<usize>,
        bucket: Option<usize>,
    ) -> Vec<usize> {
        let is_in = |found: &TermHits| {
            let own = self.bucket_of.get(found.article);
            term.is_none_or(|term| term == found.term)
                && bucket.is_none_or(|bucket| own.is_some_and(|own| *own as usize == bucket))
        };
        let mut articles: Vec<usize> = counts.found().filter(is_in).map(|f| f.article).collect();
        articles.dedup();
        articles
    }

    /// Returns the index of the bucket of a key.
    pub fn bucket(&self, key: &BucketKey) -> Option<usize> {
        self.buckets.iter().position(|bucket| bucket.key == *key)
    }

    /// Returns the number of buckets that are in order: all but that of articles without the fact.
    pub fn in_order(&self) -> usize {
        let is_apart = |bucket: &TableBucket| bucket.key == BucketKey::Without;
        self.buckets.len() - usize::from(self.buckets.last().is_some_and(is_apart))
    }

    /// Puts every article into its bucket.
    fn divide(&mut self, counts: &TermCounts) {
        let (keys, bucket_of) = division::divided(counts, self.division);
        let bucket = |key: BucketKey| TableBucket {
            key,
            articles: 0,
            chars: 0,
        };
        self.buckets = keys.into_iter().map(bucket).collect();
        self.bucket_of = bucket_of;
        let articles = || counts.articles.iter().zip(&self.bucket_of).enumerate();
        let (later, originals): (Vec<_>, Vec<_>) =
            articles().partition(|(index, _)| counts.is_later(*index));
        let has_later = !later.is_empty();
        let mut known = HashSet::new();
        for (index, (entry, at)) in originals.into_iter().chain(later) {
            // copies that have different terms are one article of their bucket
            if has_later && !known.insert((entry.group(), *at)) && counts.is_later(index) {
                continue;
            }
            if let Some(bucket) = self.buckets.get_mut(*at as usize) {
                bucket.articles += 1;
                bucket.chars += entry.length;
            }
        }
    }

    /// Sorts buckets that are not in the order of time: those with most hits first.
    fn sort(&mut self, counts: &TermCounts) {
        if self.division.is_of_time() {
            return;
        }
        let terms = self.totals.len().max(1);
        let name = |bucket: &TableBucket| match &bucket.key {
            BucketKey::Name(name) => natural::key(name),
            BucketKey::Article(index) => {
                let entry = counts.article(*index as usize);
                natural::key(entry.map_or("", |entry| &entry.title))
            }
            _ => Vec::new(),
        };
        let mut order: Vec<usize> = (0..self.buckets.len()).collect();
        order.sort_by_cached_key(|at| {
            let cells = self.cells.get(at * terms..(at + 1) * terms);
            let hits: usize = cells.unwrap_or_default().iter().map(|cell| cell.hits).sum();
            let bucket = self.buckets.get(*at);
            let is_apart = bucket.is_some_and(|bucket| bucket.key == BucketKey::Without);
            (is_apart, Reverse(hits), bucket.map(name))
        });
        let buckets = order.iter().filter_map(|at| self.buckets.get(*at).cloned());
        self.buckets = buckets.collect();
        let rows = order.iter();
        let rows = rows.filter_map(|at| self.cells.get(at * terms..(at + 1) * terms));
        self.cells = rows.flatten().copied().collect();
        let mut moved = vec![division::NO_BUCKET; order.len()];
        for (to, from) in (0..).zip(order) {
            if let Some(place) = moved.get_mut(from) {
                *place = to;
            }
        }
        for bucket in &mut self.bucket_of {
            *bucket = moved
                .get(*bucket as usize)
                .copied()
                .unwrap_or(division::NO_BUCKET);
        }
    }
}

/// Returns hits per 万字; 0 without characters.
///
/// ```
/// use jingdu::library::term_table::rate;
/// assert_eq!((rate(3, 20_000), rate(0, 0)), (1.5, 0.0));
/// ```
pub fn rate(hits: usize, chars: usize) -> f64 {
    if chars == 0 {
        return 0.0;
    }
    quantity(hits) * RATE_CHARS / quantity(chars)
}

/// Returns a rate in few digits: with one decimal, a small one with two.
///
/// ```
/// use jingdu::library::term_table::rate_text;
/// let texts = [123.4, 9.96, 1.25, 0.04, 0.001, 0.0].map(rate_text);
/// assert_eq!(texts, ["123", "10.0", "1.2", "0.04", "<0.01", "0"]);
/// ```
pub fn rate_text(rate: f64) -> String {
    match rate {
        r if r <= 0.0 => "0".to_owned(),
        r if r < 0.005 => "<0.01".to_owned(),
        r if r < 0.095 => format!("{r:.2}"),
        r if r < 99.95 => format!("{r:.1}"),
        r => format!("{r:.0}"),
    }
}

/// Returns the first use of each term.
fn first_uses(counts: &TermCounts) -> Vec<Option<FirstUse>> {
    let mut first: Vec<Option<(TermHits, &LibraryEntry)>> = vec![None; counts.terms.len()];
    for found in counts.found() {
        let entry = counts.article(found.article).filter(|e| e.day.is_some());
        if let (Some(entry), Some(first)) = (entry, first.get_mut(found.term))
            && first.is_none_or(|(_, old)| earlier(entry, old).is_lt())
        {
            *first = Some((found, entry));
        }
    }
    let mut days: Vec<Day> = counts.originals().filter_map(|entry| entry.day).collect();
    days.sort_unstable();
    let use_of = |(found, entry): (TermHits, &LibraryEntry)| {
        let day = entry.day?;
        Some(FirstUse {
            article: found.article,
            span: found.first,
            day,
            before: days.partition_point(|other| *other < day),
        })
    };
    first
        .into_iter()
        .map(|first| first.and_then(use_of))
        .collect()
}

fn reach(counts: &TermCounts) -> TableReach {
    let days = || counts.originals().map(|entry| entry.day);
    TableReach {
        since: days().flatten().min(),
        articles: days().count(),
        undated: days().filter(Option::is_none).count(),
        left_out: counts.left_out,
        chars: counts.originals().map(|entry| entry.length).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::count::{CountedTerm, TermCounter};
    use crate::library::division::DIVISIONS;
    use proptest::prelude::*;
    use std::collections::HashMap;
    use std::sync::Arc;

    /// An article: its date, its source, its text.
    type Facts = (&'static str, &'static str, String);

    fn counts(terms: &[&str], articles: &[Facts]) -> TermCounts {
        let parse = |typed: &&str| CountedTerm::parse(typed).unwrap().unwrap();
        let terms: Vec<CountedTerm> = terms.iter().map(parse).collect();
        let mut counter = TermCounter::new(&terms);
        for (id, (date, source, text)) in (0..).zip(articles) {
            let entry = LibraryEntry {
                id,
                title: format!("第{id}篇"),
                path: format!("{id}").into(),
                day: Day::read(date),
                source: Some((*source).into()),
                length: text.chars().count(),
                ..LibraryEntry::default()
            };
            counter.add(Arc::new(entry), text, &|_| true);
        }
        counter.finish()
    }

    /// Returns a row for each bucket: its key, its articles, the hits of each term.
    fn rows(table: &TermTable) -> Vec<String> {
        let row = |(at, bucket): (usize, &TableBucket)| {
            let key = match &bucket.key {
                BucketKey::Period(day) => day.to_string(),
                BucketKey::Name(name) => name.clone(),
                BucketKey::Article(index) => index.to_string(),
                BucketKey::Without => "-".to_owned(),
            };
            let hits = (0..table.totals.len()).map(|term| table.cell(term, at).hits);
            let hits: Vec<String> = hits.map(|n| n.to_string()).collect();
            format!("{key} {}: {}", bucket.articles, hits.join(" "))
        };
        table.buckets.iter().enumerate().map(row).collect()
    }

    fn library() -> Vec<Facts> {
        [
            ("2019-11-05", "甲报", "灯笼、渡口"),
            ("2020-02", "甲報", "灯笼灯笼"),
            ("2020", "", "渡口"),
            ("", "乙刊", "灯笼"),
            ("2022-01-09", "乙刊", "没有"),
        ]
        .map(|(date, source, text)| (date, source, text.to_owned()))
        .to_vec()
    }

    #[test]
    fn every_way_to_divide_puts_each_hit_into_one_cell() {
        let counts = counts(&["灯笼", "渡口"], &library());
        let rows = |division| rows(&TermTable::of(&counts, division));
        assert_eq!(
            rows(Division::Year),
            [
                "2019 1: 1 1",
                "2020 2: 2 1",
                "2021 0: 0 0",
                "2022 1: 0 0",
                "- 1: 1 0"
            ]
        );
        let months = rows(Division::Month);
        assert_eq!(
            months[..5],
            [
                "2019-11 1: 1 1",
                "2019-12 0: 0 0",
                "2020 1: 0 1",
                "2020-01 0: 0 0",
                "2020-02 1: 2 0"
            ]
        );
        assert_eq!(months.len(), 3 + 25 + 1);
        assert_eq!(
            rows(Division::Source),
            ["甲报 2: 3 1", "乙刊 2: 1 0", "- 1: 0 1"]
        );
        assert_eq!(
            rows(Division::Article),
            ["0 1: 1 1", "1 1: 2 0", "2 1: 0 1", "3 1: 1 0"]
        );
    }

    #[test]
    fn addresses_are_counted_by_their_hosts() {
        let page = |source| ("2020", source, "灯笼".to_owned());
        let articles = [
            page("https://a.example/1"),
            page("https://a.example/2?x"),
            page("甲报"),
        ];
        let counts = counts(&["灯笼"], &articles);
        let rows = rows(&TermTable::of(&counts, Division::Source));
        assert_eq!(rows, ["a.example 2: 2", "甲报 1: 1"]);
    }

    #[test]
    fn the_first_use_counts_earlier_articles() {
        let counts = counts(&["灯笼", "没有", "哪里也没"], &library());
        let table = TermTable::of(&counts, Division::Year);
        let first: Vec<_> = table
            .first
            .iter()
            .map(|first| first.map(|f| (f.article, f.day.to_string(), f.before)))
            .collect();
        let day = |day: &str| day.to_owned();
        assert_eq!(
            first,
            [
                Some((0, day("2019-11-05"), 0)),
                Some((4, day("2022-01-09"), 3)),
                None
            ]
        );
        assert_eq!((table.reach.articles, table.reach.undated), (5, 1));
        assert_eq!(table.reach.since, Day::read("2019-11-05"));
    }

    #[test]
    fn a_date_that_is_far_off_makes_no_thousand_buckets() {
        let far = [
            ("0201-05-01", "", String::new()),
            ("2020-05-01", "", String::new()),
        ];
        let counts = counts(&[], &far);
        assert_eq!(TermTable::of(&counts, Division::Month).buckets.len(), 2);
    }

    #[test]
    fn a_later_copy_is_an_article_of_its_bucket_but_not_another_of_all() {
        let terms = ["灯", "桥"].map(|term| CountedTerm::parse(term).unwrap().unwrap());
        let mut counter = TermCounter::new(&terms);
        let copies = [
            (1, "2020", "灯"),
            (2, "2020-05", "桥"),
            (3, "2021", "桥"),
            (4, "2022", "渡"),
        ];
        for (id, day, text) in copies {
            let entry = LibraryEntry {
                id,
                day: Day::read(day),
                copy_of: (id == 2).then_some(1),
                length: 1,
                ..LibraryEntry::default()
            };
            counter.add(Arc::new(entry), text, &|_| true);
        }
        let mut counts = counter.finish();
        counts.leave_out_copies(&HashMap::from([(3, 4)]));
        let table = TermTable::of(&counts, Division::Year);
        assert_eq!(rows(&table), ["2020 1: 1 1", "2021 1: 0 1"]);
        let table = TermTable::of(&counts, Division::Month);
        assert_eq!(rows(&table)[..2], ["2020 1: 1 0", "2020-01 0: 0 0"]);
        assert_eq!((table.reach.articles, table.reach.chars), (2, 2));
    }

    proptest! {
        /// Sums add up, and each cell is what a slow count gives.
        #[test]
        fn cells_are_what_a_slow_count_gives(
            articles in prop::collection::vec((
                prop::sample::select(vec!["", "2019", "2019-03", "2019-03-05", "2021-12-31", "2022-01-01"]),
                prop::sample::select(vec!["", "甲", "乙", " 乙"]),
                "[甲乙丙，]{0,12}",
            ), 0..12),
        ) {
            let terms = ["甲", "乙丙", "丁"];
            let counts = counts(&terms, &articles);
            for (division, ..) in DIVISIONS {
                let table = TermTable::of(&counts, *division);
                let is_in = |bucket: &TableBucket, at: usize, (date, source, _): &Facts| match &bucket.key {
                    BucketKey::Period(day) if *division == Division::Year => date.get(..4) == Some(&day.to_string()),
                    BucketKey::Period(day) => date.get(..7).unwrap_or(date) == day.to_string(),
                    BucketKey::Name(name) => name == source.trim(),
                    BucketKey::Article(index) => *index as usize == at,
                    BucketKey::Without if division.is_of_time() => date.is_empty(),
                    BucketKey::Without => *division == Division::Author || source.is_empty(),
                };
                for (bucket, facts) in table.buckets.iter().enumerate() {
                    let own = articles.iter().enumerate().filter(|(at, article)| is_in(facts, *at, article));
                    let own: Vec<&str> = own.map(|(_, (.., text))| text.as_str()).collect();
                    prop_assert_eq!(own.len(), facts.articles);
                    prop_assert_eq!(own.iter().map(|text| text.chars().count()).sum::<usize>(), facts.chars);
                    for (term, word) in terms.iter().enumerate() {
                        let hits = own.iter().map(|text| text.matches(word).count());
                        let wanted = TableCell { hits: hits.clone().sum(), articles: hits.filter(|n| *n > 0).count() };
                        prop_assert_eq!(table.cell(term, bucket), wanted);
                        let opened = table.articles(&counts, Some(term), Some(bucket));
                        prop_assert_eq!(opened.len(), wanted.articles);
                    }
                }
                for (term, word) in terms.iter().enumerate() {
                    let all: usize = articles.iter().map(|(.., text)| text.matches(word).count()).sum();
                    prop_assert_eq!(table.totals[term].hits, all);
                    let cells = (0..table.buckets.len()).map(|bucket| table.cell(term, bucket));
                    prop_assert_eq!(cells.clone().map(|cell| cell.hits).sum::<usize>(), all);
                    prop_assert_eq!(cells.map(|cell| cell.articles).sum::<usize>(), table.totals[term].articles);
                }
            }
        }
    }
}
