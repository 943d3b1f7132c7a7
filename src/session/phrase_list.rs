//! The list of salient phrases: those that the articles of the shelf have more often than others.

use super::list::List;
use crate::library::LibraryQuery;
use crate::library::entry::ArticleId;
use crate::library::phrases::SalientPhrase;
use crate::text::Say;
use std::cmp::Reverse;
use std::sync::Arc;

/// The list of salient phrases.
#[derive(Clone, Debug, Default)]
pub struct PhraseList {
    /// The phrases, the surest first.
    pub all: Arc<Vec<SalientPhrase>>,
    /// The phrases that are shown, in their order.
    pub rows: Vec<usize>,
    /// The choice among these.
    pub list: List,
    /// The order.
    pub order: PhraseOrder,
    /// The saved view that the articles are compared with; all the rest for `None`.
    pub against: Option<String>,
    /// The articles whose phrases are asked for.
    pub asked: Vec<ArticleId>,
    /// The progress: articles that were read, and all that are to be.
    pub progress: (usize, usize),
    /// The step of the sample that was searched for phrases: 1 for all articles.
    pub sampled: usize,
    /// True while phrases are looked for.
    pub is_running: bool,
}

/// A request for salient phrases.
#[derive(Clone, Debug)]
pub struct PhrasesAsked {
    /// The articles whose phrases are asked for.
    pub articles: Vec<ArticleId>,
    /// The articles that they are compared with, without the former.
    pub others: Vec<ArticleId>,
    /// Words that the text of the others must have.
    pub words: LibraryQuery,
}

/// An order of phrases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PhraseOrder {
    /// The surest first.
    #[default]
    Likelihood,
    /// The most frequent ones first.
    Count,
    /// Those first that are more frequent than elsewhere by the largest factor.
    Ratio,
    /// Those that were used last for the first time.
    First,
}

/// The orders in which `s` offers them, with their names.
pub const PHRASE_ORDERS: &[(PhraseOrder, Say)] = &[
    (PhraseOrder::Likelihood, ("突出的程度", "how salient")),
    (PhraseOrder::Count, ("次数", "count")),
    (PhraseOrder::Ratio, ("倍数", "ratio")),
    (
        PhraseOrder::First,
        ("首见，新的在前", "first use, newest first"),
    ),
];

impl PhraseList {
    /// Returns the phrase of an item.
    pub fn at(&self, item: usize) -> Option<&SalientPhrase> {
        self.all.get(*self.rows.get(item)?)
    }

    /// Takes the phrases that were found.
    pub(super) fn show(&mut self, all: Vec<SalientPhrase>, sampled: usize) {
        (self.all, self.sampled) = (Arc::new(all), sampled);
        self.is_running = false;
        self.sort();
    }

    /// Sorts the phrases by the present order; the first one is chosen.
    pub(crate) fn sort(&mut self) {
        let all = &self.all;
        let mut rows: Vec<usize> = (0..all.len()).collect();
        let by = |key: &dyn Fn(&SalientPhrase) -> f64, rows: &mut Vec<usize>| {
            let of = |row: &usize| all.get(*row).map_or(0.0, key);
            rows.sort_by(|a, b| of(b).total_cmp(&of(a)));
        };
        match self.order {
            PhraseOrder::Likelihood => {}
            PhraseOrder::Count => {
                rows.sort_by_key(|row| Reverse(all.get(*row).map(|phrase| phrase.count)));
            }
            PhraseOrder::Ratio => by(&|phrase| phrase.log_ratio, &mut rows),
            PhraseOrder::First => {
                let day = |row: &usize| all.get(*row).and_then(|phrase| phrase.first);
                rows.sort_by_key(|row| Reverse(day(row).map(|first| first.day)));
            }
        }
        self.rows = rows;
        // the filter is applied to the rows as they are now
        self.list.renew();
        self.list.choose(0);
    }
}
