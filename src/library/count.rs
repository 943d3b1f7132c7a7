//! Counts terms in many articles.
//!
//! 1. [`CountedTerm`]: a term, as it is typed into the box.
//! 2. [`TermCounter`] takes article after article and keeps what each has of each term.
//! 3. [`TermCounts`]: the result, of which [`term_table`](super::term_table) makes tables.
//!
//! A hit is counted for each term by itself: terms that overlap are not made disjoint.

use super::copies::{distinct, earlier};
use super::entry::{ArticleId, LibraryEntry};
use super::request::QueryTerm;
use crate::search::presence::Presence;
use crate::search::{Fault, Query};
use crate::text::Span;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// A term that is counted.
#[derive(Clone, Debug, PartialEq)]
pub struct CountedTerm {
    /// Its name in the table.
    pub name: String,
    /// The queries of which any is a hit.
    pub term: QueryTerm,
}

impl CountedTerm {
    /// Makes a term of a query.
    pub fn of(name: &str, query: Query) -> Self {
        Self {
            name: name.to_owned(),
            term: QueryTerm {
                queries: vec![query],
                negated: false,
            },
        }
    }

    /// Parses what was typed: a query, or several of which any is meant, with `|` between them.
    /// `None` where there is nothing to look for.
    ///
    /// ```
    /// use jingdu::library::count::CountedTerm;
    /// let term = CountedTerm::parse("协同|協作").unwrap().unwrap();
    /// assert_eq!(term.term.queries.len(), 2);
    /// assert!(CountedTerm::parse(" ").unwrap().is_none());
    /// assert!(CountedTerm::parse("/(/").is_err());
    /// ```
    pub fn parse(typed: &str) -> Result<Option<Self>, Fault> {
        let term = QueryTerm::any_of(typed)?;
        let name = typed.trim().to_owned();
        Ok(term.map(|term| Self { name, term }))
    }
}

/// The hits of a term in an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TermHits {
    /// The index of the article.
    pub article: usize,
    /// The index of the term.
    pub term: usize,
    /// The number of the hits.
    pub hits: usize,
    /// The first of them.
    pub first: Span,
}

/// [`TermHits`] in few bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct PackedHits {
    article: u32,
    term: u16,
    /// True where letters were found as the sounds of Han only.
    by_sound: bool,
    hits: u32,
    first: Span,
}

/// The hits of some terms in some articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermCounts {
    /// The names of the terms.
    pub terms: Vec<String>,
    /// The articles in which they were looked for.
    pub articles: Vec<Arc<LibraryEntry>>,
    /// The number of articles in which they could not be: too long to be kept.
    pub left_out: usize,
    /// By articles, then by terms; only where there is a hit.
    found: Vec<PackedHits>,
    /// The indices of articles whose earliest copy is there too, but has not all of their terms.
    later: HashSet<u32>,
}

impl TermCounts {
    /// Returns the hits of each term in each article that has one: by articles, then by terms.
    pub fn found(&self) -> impl Iterator<Item = TermHits> {
        self.found.iter().map(|packed| TermHits {
            article: packed.article as usize,
            term: packed.term.into(),
            hits: packed.hits as usize,
            first: packed.first,
        })
    }

    /// Leaves the hits in copies out: those of a term that an earlier copy has as well. `groups` are
    /// those of articles that do not know by themselves which they are copies of.
    ///
    /// ```
    /// use jingdu::library::{LibraryEntry, count::{CountedTerm, TermCounter}};
    /// let terms = ["渡口", "灯"].map(|typed| CountedTerm::parse(typed).unwrap().unwrap());
    /// let mut counter = TermCounter::new(&terms);
    /// for (id, text) in [(1, "渡口修好了。"), (2, "渡口修好了。岸上有灯。")] {
    ///     counter.add(LibraryEntry { id, ..LibraryEntry::default() }.into(), text, &|_| true);
    /// }
    /// let mut counts = counter.finish();
    /// counts.leave_out_copies(&[(2, 1)].into());
    /// // of the copy only the word that the earlier article does not have
    /// let left: Vec<_> = counts.found().map(|found| (found.article, found.term)).collect();
    /// assert_eq!(left, [(0, 0), (1, 1)]);
    /// ```
    pub fn leave_out_copies(&mut self, groups: &HashMap<ArticleId, ArticleId>) {
        for entry in &mut self.articles {
            if let Some(first) = groups.get(&entry.id) {
                Arc::make_mut(entry).copy_of = Some(*first);
            }
        }
        let articles = std::mem::take(&mut self.articles);
        let mut found = std::mem::take(&mut self.found);
        let entry_of = |packed: &PackedHits| articles.get(packed.article as usize);
        let mut earliest: HashMap<(ArticleId, u16), &LibraryEntry> = HashMap::new();
        for packed in &found {
            let Some(entry) = entry_of(packed) else {
                continue;
            };
            let first = earliest.entry((entry.group(), packed.term));
            let first = first.or_insert(entry);
            if earlier(entry, first).is_lt() {
                *first = entry;
            }
        }
        found.retain(|packed| {
            entry_of(packed).is_some_and(|entry| {
                let first = earliest.get(&(entry.group(), packed.term));
                first.is_some_and(|first| first.id == entry.id)
            })
        });
        let with_hits: HashSet<u32> = found.iter().map(|packed| packed.article).collect();
        let originals = distinct(articles.clone(), &mut BTreeSet::new());
        let originals: HashSet<ArticleId> = originals.iter().map(|entry| entry.id).collect();
        let mut places = HashMap::new();
        for (index, entry) in (0..).zip(articles) {
            let is_original = originals.contains(&entry.id);
            if is_original || with_hits.contains(&index) {
                let place = self.articles.len() as u32;
                places.insert(index, place);
                if !is_original {
                    self.later.insert(place);
                }
                self.articles.push(entry);
            }
        }
        for packed in &mut found {
            packed.article = places.get(&packed.article).copied().unwrap_or_default();
        }
        self.found = found;
    }

    /// Returns whether an article is a later copy, which has a term that the earliest has not.
    pub fn is_later(&self, index: usize) -> bool {
        !self.later.is_empty()
            && u32::try_from(index).is_ok_and(|index| self.later.contains(&index))
    }

    /// Returns the articles without such later copies.
    pub fn originals(&self) -> impl Iterator<Item = &LibraryEntry> {
        let articles = self.articles.iter().enumerate();
        let originals = articles.filter(|(index, _)| !self.is_later(*index));
        originals.map(|(_, entry)| entry.as_ref())
    }

    /// Returns the article of an index.
    pub fn article(&self, index: usize) -> Option<&LibraryEntry> {
        self.articles.get(index).map(AsRef::as_ref)
    }
}

/// Counts terms, article by article.
pub struct TermCounter<'a> {
    terms: &'a [CountedTerm],
    counts: TermCounts,
    /// Tells which of all queries may be in a text.
    presence: Presence,
}

impl<'a> TermCounter<'a> {
    /// Begins to count terms.
    pub fn new(terms: &'a [CountedTerm]) -> Self {
        let names = terms.iter().map(|term| term.name.clone()).collect();
        let counts = TermCounts {
            terms: names,
            ..TermCounts::default()
        };
        let queries = terms.iter().flat_map(|term| &term.term.queries);
        Self {
            terms,
            counts,
            presence: Presence::of(queries),
        }
    }

    /// Counts the terms in an article's text: the hits that `counts` lets pass.
    pub fn add(&mut self, entry: Arc<LibraryEntry>, text: &str, counts: &dyn Fn(Span) -> bool) {
        let article = self.counts.articles.len() as u32;
        self.counts.articles.push(entry);
        self.presence.look_at(text);
        let mut first_query = 0;
        for (index, counted) in (0..).zip(self.terms) {
            let queries = first_query..first_query + counted.term.queries.len();
            first_query = queries.end;
            if !queries
                .into_iter()
                .any(|query| self.presence.may_have(query))
            {
                continue;
            }
            let (mut spans, by_sound) = counted.term.spans(text);
            spans.retain(|span| counts(*span));
            if let Some(first) = spans.first() {
                self.counts.found.push(PackedHits {
                    article,
                    term: index,
                    by_sound,
                    hits: u32::try_from(spans.len()).unwrap_or(u32::MAX),
                    first: *first,
                });
            }
        }
    }

    /// Takes what another one counted of the same terms in other articles. The articles are in the
    /// order of their numbers then.
    #[must_use]
    pub fn join(mut self, other: Self) -> Self {
        let counts = &mut self.counts;
        let before = counts.articles.len() as u32;
        counts.articles.extend(other.counts.articles);
        let moved = |packed: PackedHits| PackedHits {
            article: packed.article + before,
            ..packed
        };
        counts
            .found
            .extend(other.counts.found.into_iter().map(moved));
        let mut order: Vec<(u32, Arc<LibraryEntry>)> =
            (0..).zip(counts.articles.drain(..)).collect();
        order.sort_by_key(|(_, entry)| entry.id);
        let mut places = vec![0; order.len()];
        for ((from, entry), to) in order.into_iter().zip(0..) {
            if let Some(place) = places.get_mut(from as usize) {
                *place = to;
            }
            counts.articles.push(entry);
        }
        for packed in &mut counts.found {
            packed.article = places
                .get(packed.article as usize)
                .copied()
                .unwrap_or_default();
        }
        counts
            .found
            .sort_by_key(|packed| (packed.article, packed.term));
        self
    }

    /// Returns what was counted. A term of letters that some article has as typed was meant so: what
    /// only sounds like it is left out.
    pub fn finish(mut self) -> TermCounts {
        let mut as_typed = vec![false; self.terms.len()];
        for packed in self.counts.found.iter().filter(|packed| !packed.by_sound) {
            if let Some(typed) = as_typed.get_mut(usize::from(packed.term)) {
                *typed = true;
            }
        }
        let is_typed = |term: u16| as_typed.get(usize::from(term)).copied().unwrap_or_default();
        let found = &mut self.counts.found;
        found.retain(|packed| !packed.by_sound || !is_typed(packed.term));
        self.counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Day;

    fn entry(id: ArticleId, day: &str, copy_of: Option<ArticleId>) -> Arc<LibraryEntry> {
        Arc::new(LibraryEntry {
            id,
            day: Day::read(day),
            copy_of,
            ..LibraryEntry::default()
        })
    }

    /// Returns the article, the term and the number of all hits.
    fn counted(terms: &[&str], texts: &[&str]) -> Vec<(usize, usize, usize)> {
        let parse = |typed: &&str| CountedTerm::parse(typed).unwrap().unwrap();
        let terms: Vec<CountedTerm> = terms.iter().map(parse).collect();
        let mut counter = TermCounter::new(&terms);
        for text in texts {
            counter.add(Arc::default(), text, &|span| span.start.byte() < 60);
        }
        let counts = counter.finish();
        counts
            .found()
            .map(|f| (f.article, f.term, f.hits))
            .collect()
    }

    #[test]
    fn each_term_is_counted_by_itself() {
        let texts = ["灯笼，燈籠。", "灯。笼", "点灯笼，点灯"];
        assert_eq!(
            counted(&["灯笼", "灯", "笼|点"], &texts),
            [
                (0, 0, 2),
                (0, 1, 2),
                (0, 2, 2),
                (1, 1, 1),
                (1, 2, 1),
                (2, 0, 1),
                (2, 1, 2),
                (2, 2, 3)
            ]
        );
        // what is folded does not count
        let long = "长".repeat(20) + "灯笼";
        assert_eq!(counted(&["灯笼"], &[&long]), []);
    }

    #[test]
    fn letters_mean_sounds_only_where_no_article_has_them() {
        assert_eq!(counted(&["gdp"], &["高低平", "GDP"]), [(1, 0, 1)]);
        assert_eq!(counted(&["dll"], &["点灯笼", "灯笼里"]), [(1, 0, 1)]);
    }

    #[test]
    fn the_earliest_copy_that_is_there_is_counted() {
        let all = [
            entry(1, "2020", None),
            entry(2, "2021", Some(1)),
            entry(3, "2019", None),
            entry(4, "", Some(5)),
            entry(6, "2022", Some(5)),
        ];
        let ids = |articles: &[Arc<LibraryEntry>]| -> Vec<ArticleId> {
            let articles = distinct(articles.to_vec(), &mut BTreeSet::new());
            articles.iter().map(|entry| entry.id).collect()
        };
        assert_eq!(ids(&all), [1, 3, 6]);
        assert_eq!(ids(&all[1..]), [2, 3, 6]);
    }

    #[test]
    fn what_was_counted_in_copies_is_left_out() {
        let terms = [CountedTerm::parse("灯").unwrap().unwrap()];
        let mut counter = TermCounter::new(&terms);
        for (id, text) in [(1, "灯"), (2, "灯灯"), (3, "灯灯灯")] {
            counter.add(entry(id, "", None), text, &|_| true);
        }
        let mut counts = counter.finish();
        counts.leave_out_copies(&HashMap::from([(2, 1)]));
        let found: Vec<_> = counts.found().map(|f| (f.article, f.hits)).collect();
        assert_eq!((found, counts.articles.len()), (vec![(0, 1), (1, 3)], 2));
    }

    #[test]
    fn each_term_is_counted_in_the_earliest_copy_that_has_it() {
        let terms = ["灯", "桥"].map(|term| CountedTerm::parse(term).unwrap().unwrap());
        let mut counter = TermCounter::new(&terms);
        let of_one = [
            (1, "2022", "桥桥桥灯"),
            (2, "2020", "灯"),
            (3, "2021", "桥灯"),
        ];
        for (id, day, text) in of_one {
            counter.add(entry(id, day, Some(2)), text, &|_| true);
        }
        counter.add(entry(4, "2021", None), "没有", &|_| true);
        let mut counts = counter.finish();
        counts.leave_out_copies(&HashMap::new());
        let found = counts.found().map(|f| {
            let article = counts.article(f.article).unwrap();
            (article.id, f.term, f.hits)
        });
        assert_eq!(found.collect::<Vec<_>>(), [(2, 0, 1), (3, 1, 1)]);
        let ids = |is_later| {
            let articles = counts.articles.iter().enumerate();
            let articles = articles.filter(|(at, _)| counts.is_later(*at) == is_later);
            articles.map(|(_, entry)| entry.id).collect::<Vec<_>>()
        };
        assert_eq!((ids(false), ids(true)), (vec![2, 4], vec![3]));
    }
}
