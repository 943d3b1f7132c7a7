//! Relevance by BM25 (Robertson and Zaragoza, 2009): from the hits of a scan, without an index.

use super::quantity;
use super::scan::ArticleHits;

/// The weight of a word's further hits: 0 counts it once, larger ones count more of them.
const K1: f64 = 1.2;
/// The part of the length of an article that its score is measured against.
const B: f64 = 0.75;
/// Hits that one in the title is worth.
const TITLE_WEIGHT: f64 = 3.0;

/// The counts of a scan over all articles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScanTotals {
    /// The number of articles that were scanned.
    pub articles: usize,
    /// 字数 of all of them.
    pub length: usize,
    /// For each word: the number of articles that have it.
    pub with_term: Vec<usize>,
}

impl ScanTotals {
    /// Counts an article of that length, with its hits if it has any.
    pub fn count(&mut self, length: usize, hits: Option<&ArticleHits>) {
        self.articles += 1;
        self.length += length;
        let by_term = hits.map_or(&[][..], |hits| &hits.by_term);
        let terms = self.with_term.len().max(by_term.len());
        self.with_term.resize(terms, 0);
        for (with, (count, in_title)) in self.with_term.iter_mut().zip(by_term) {
            *with += usize::from(*count > 0 || *in_title);
        }
    }

    /// Returns the score of an article of that length with these hits; more is better.
    ///
    /// ```
    /// use jingdu::library::rank::ScanTotals;
    /// use jingdu::library::scan::ArticleHits;
    /// let hits = |by_term: [(usize, bool); 2]| ArticleHits { by_term: by_term.into(), ..Default::default() };
    /// let (common, rare) = (hits([(2, false), (0, false)]), hits([(0, false), (2, false)]));
    /// let mut totals = ScanTotals::default();
    /// (0..9).for_each(|_| totals.count(800, Some(&common)));
    /// totals.count(800, Some(&rare));
    /// // a rare word weighs more than a common one, a word of the title more than one of the text
    /// assert!(totals.score(800, &rare) > totals.score(800, &common));
    /// let titled = hits([(2, true), (0, false)]);
    /// assert!(totals.score(800, &titled) > totals.score(800, &common));
    /// ```
    pub fn score(&self, length: usize, hits: &ArticleHits) -> f64 {
        let (n, mean) = (quantity(self.articles.max(1)), quantity(self.length.max(1)));
        let relative = quantity(length) * n / mean;
        let score = |((count, in_title), with): (&(usize, bool), &usize)| {
            let with = quantity(*with);
            let rarity = (1.0 + (n - with + 0.5) / (with + 0.5)).ln();
            let hits = quantity(*count) + if *in_title { TITLE_WEIGHT } else { 0.0 };
            rarity * hits * (K1 + 1.0) / (hits + K1 * (1.0 - B + B * relative))
        };
        hits.by_term.iter().zip(&self.with_term).map(score).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(by_term: &[(usize, bool)]) -> ArticleHits {
        ArticleHits {
            by_term: by_term.to_vec(),
            ..ArticleHits::default()
        }
    }

    #[test]
    fn rare_words_titles_and_short_articles_count_more() {
        let mut totals = ScanTotals::default();
        for _ in 0..90 {
            totals.count(1000, Some(&hits(&[(1, false), (0, false)])));
        }
        for _ in 0..10 {
            totals.count(1000, Some(&hits(&[(0, false), (1, false)])));
        }
        let score = |length, by_term| totals.score(length, &hits(by_term));
        let [common, rare] = [&[(1, false), (0, false)], &[(0, false), (1, false)]];
        assert!(score(1000, rare) > score(1000, common));
        assert!(score(1000, &[(0, false), (1, true)]) > score(1000, rare));
        assert!(score(500, rare) > score(1000, rare));
        assert!(score(1000, &[(0, false), (3, false)]) > score(1000, rare));
    }
}
