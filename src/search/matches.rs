//! The hits of a query: sorted, disjoint, on cluster boundaries. Those in lines that clean-up
//! folded are gone to like others, but counted apart: they are none of the article's words.

use crate::document::Document;
use crate::text::{Pos, Span};
use std::cmp::Reverse;
use std::ops::Range;

/// The way in which hits were found.
///
/// ```
/// use jingdu::search::{MatchKind, Query};
/// let kind = |typed| Query::new(typed).unwrap().find("體育場在渡口東邊。").kind;
/// assert_eq!(kind("渡口"), MatchKind::Text);
/// assert_eq!(kind("体育场"), MatchKind::Variant);
/// assert_eq!(kind("\"渡口\""), MatchKind::Exact);
/// assert_eq!(kind("/渡./"), MatchKind::Pattern);
/// assert_eq!(kind("tyc"), MatchKind::Sound);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MatchKind {
    /// As typed, but for case, width and quotes.
    #[default]
    Text,
    /// Written with other forms of the same Han.
    Variant,
    /// Exactly as typed.
    Exact,
    /// By a regular expression.
    Pattern,
    /// By how Han are read.
    Sound,
}

/// A word that is read as some letters.
///
/// ```
/// use jingdu::search::Query;
/// let matches = Query::new("shishi").unwrap().find("实施要看时事，时事天天变。");
/// let words: Vec<_> = matches.words.iter().map(|w| (w.text.as_str(), w.count)).collect();
/// assert_eq!(words, [("时事", 2), ("实施", 1)]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// The word as it is written in the text.
    pub text: String,
    /// The number of its hits.
    pub count: usize,
}

/// The hits of a query: sorted, disjoint, on cluster boundaries.
///
/// ```
/// use jingdu::search::Query;
/// // hits are disjoint: of five characters in a row, two pairs
/// assert_eq!(Query::new("人人").unwrap().find("人人人人人").len(), 2);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// Their places.
    pub spans: Vec<Span>,
    /// The way in which they were found.
    pub kind: MatchKind,
    /// The words that are read as the letters, most frequent first; empty where
    /// none were typed.
    pub words: Vec<Word>,
    /// The indexes of hits in folds.
    folded: Vec<usize>,
}

/// Sorts spans and drops those that overlap an earlier one; of two with the same start the longer
/// one stays.
pub(crate) fn make_disjoint(spans: &mut Vec<Span>) {
    spans.sort_by_key(|span| (span.start, Reverse(span.end)));
    let mut free = Pos(0);
    spans.retain(|span| {
        let fits = span.start >= free;
        free = if fits { span.end } else { free };
        fits
    });
}

impl Matches {
    /// Creates hits of a document without folds.
    pub(super) fn of(spans: Vec<Span>, kind: MatchKind, words: Vec<Word>) -> Self {
        let folded = Vec::new();
        Self {
            spans,
            kind,
            words,
            folded,
        }
    }

    /// Returns the number of hits.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Returns whether there are no hits.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Returns the first hit that starts at or after `pos`.
    pub(crate) fn at_or_after(&self, pos: Pos) -> Option<usize> {
        let i = self.spans.partition_point(|s| s.start < pos);
        (i < self.spans.len()).then_some(i)
    }

    /// Returns the last hit that starts before `pos`.
    ///
    /// ```
    /// use jingdu::{search::Query, text::Pos};
    /// let text = "灯在船上，灯在岸上。";
    /// let matches = Query::new("灯").unwrap().find(text);
    /// let here = Pos::new(text.find("岸").unwrap());
    /// assert_eq!(matches.before(here), Some(1));
    /// assert_eq!(matches.before(matches.spans[0].start), None);
    /// ```
    pub fn before(&self, pos: Pos) -> Option<usize> {
        self.spans.partition_point(|s| s.start < pos).checked_sub(1)
    }

    /// Returns the hits that overlap `span`. O(log n) and the answer's length.
    ///
    /// ```
    /// use jingdu::{search::Query, text::Span};
    /// let text = "灯在船上。\n灯在岸上，灯在路上。";
    /// let matches = Query::new("灯").unwrap().find(text);
    /// let second = Span::new(text.find('\n').unwrap(), text.len());
    /// assert_eq!(matches.within(second).len(), 2);
    /// ```
    pub fn within(&self, span: Span) -> &[Span] {
        let from = self.spans.partition_point(|s| s.end <= span.start);
        let to = self.spans.partition_point(|s| s.start < span.end);
        self.spans.get(from..to.max(from)).unwrap_or_default()
    }

    /// Returns the indexes of the hits that start in `span`. O(log n).
    pub(crate) fn starting_in(&self, span: Span) -> Range<usize> {
        let from = self.spans.partition_point(|s| s.start < span.start);
        let to = self.spans.partition_point(|s| s.start < span.end);
        from..to.max(from)
    }

    /// Returns the number of hits of the article that start in `span`. O(log n).
    pub(crate) fn count_in(&self, span: Span) -> usize {
        let Range { start, end } = self.starting_in(span);
        self.before_index(end) - self.before_index(start)
    }

    /// Finds the hits in the folds of their document. O(log n) and the number of folds.
    ///
    /// ```
    /// # use jingdu::{document::{BlockKind, Builder}, search::Query};
    /// let mut builder = Builder::new();
    /// builder.block(BlockKind::Paragraph, 0, 1, "渡口修好了，人人都去看。");
    /// builder.fold("share-line", 2, "分享渡口到朋友圈");
    /// builder.block(BlockKind::Paragraph, 0, 3, "渡口又有船了。");
    /// let document = builder.finish();
    /// let mut matches = Query::new("渡口").unwrap().find(document.text());
    /// matches.set_folds(&document);
    ///
    /// assert_eq!((matches.len(), matches.in_body(), matches.folded()), (3, 2, 1));
    /// ```
    pub fn set_folds(&mut self, document: &Document) {
        let folds = document.folds().iter();
        let spans = folds.map(|fold| document.fold_span(fold));
        self.folded = spans.flat_map(|span| self.starting_in(span)).collect();
    }

    /// Returns the number of hits in folds.
    pub fn folded(&self) -> usize {
        self.folded.len()
    }

    /// Returns the number of hits of the article: of those outside of folds.
    pub fn in_body(&self) -> usize {
        self.spans.len() - self.folded.len()
    }

    /// Returns the hit of the article of that number, from 0. O(log n).
    pub(crate) fn nth_in_body(&self, number: usize) -> Option<Span> {
        // the folded ones before it, whose index less their own number is no greater
        let (mut least, mut most) = (0, self.folded.len());
        while least < most {
            let middle = least.midpoint(most);
            if self.folded.get(middle)? - middle <= number {
                least = middle + 1;
            } else {
                most = middle;
            }
        }
        self.spans.get(number + least).copied()
    }

    /// Returns the hits of the article, in text order.
    ///
    /// ```
    /// # use jingdu::{document::{BlockKind, Builder}, search::Query};
    /// let mut builder = Builder::new();
    /// builder.block(BlockKind::Paragraph, 0, 1, "渡口修好了，人人都去看。");
    /// builder.fold("share-line", 2, "分享渡口到朋友圈");
    /// builder.block(BlockKind::Paragraph, 0, 3, "渡口又有船了。");
    /// let document = builder.finish();
    /// let mut matches = Query::new("渡口").unwrap().find(document.text());
    /// matches.set_folds(&document);
    ///
    /// assert!(matches.body().eq([matches.spans[0], matches.spans[2]]));
    /// ```
    pub fn body(&self) -> impl Iterator<Item = Span> {
        let all = self.spans.iter().enumerate();
        let outside = all.filter(|(i, _)| self.number_in_folds(*i).is_none());
        outside.map(|(_, span)| *span)
    }

    /// Returns the number of a hit among those in folds, from 1; `None` outside of them.
    ///
    /// ```
    /// # use jingdu::{document::{BlockKind, Builder}, search::Query};
    /// let mut builder = Builder::new();
    /// builder.block(BlockKind::Paragraph, 0, 1, "渡口修好了，人人都去看。");
    /// builder.fold("share-line", 2, "分享渡口到朋友圈");
    /// builder.block(BlockKind::Paragraph, 0, 3, "渡口又有船了。");
    /// let document = builder.finish();
    /// let mut matches = Query::new("渡口").unwrap().find(document.text());
    /// matches.set_folds(&document);
    ///
    /// let numbers: Vec<_> = (0..3).map(|hit| matches.number_in_folds(hit)).collect();
    /// assert_eq!(numbers, [None, Some(1), None]);
    /// ```
    pub fn number_in_folds(&self, index: usize) -> Option<usize> {
        self.folded.binary_search(&index).ok().map(|i| i + 1)
    }

    /// Returns the number of hits of the article before the hit of that index.
    pub fn before_index(&self, index: usize) -> usize {
        index - self.folded.partition_point(|i| *i < index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Builder};

    #[test]
    fn hits_in_folds_are_counted_apart() {
        let mut b = Builder::new();
        for (i, line) in ["微信一", "-微信二", "-微信三", "微信四", "-微信五"]
            .iter()
            .enumerate()
        {
            match line.strip_prefix('-') {
                Some(line) => b.fold("share-line", i + 1, line),
                None => b.block(BlockKind::Paragraph, 0, i + 1, line),
            }
        }
        let d = b.finish();
        let starts = d.text().match_indices("微信").map(|(i, _)| i);
        let spans = starts.map(|i| Span::new(i, i + "微信".len())).collect();
        let mut m = Matches::of(spans, MatchKind::Text, Vec::new());
        assert_eq!((m.in_body(), m.folded()), (5, 0));
        m.set_folds(&d);
        assert_eq!((m.len(), m.in_body(), m.folded()), (5, 2, 3));
        let numbers = (0..5).map(|i| m.number_in_folds(i));
        assert!(numbers.eq([None, Some(1), Some(2), None, Some(3)]));
        assert!((0..=5).map(|i| m.before_index(i)).eq([0, 1, 1, 1, 2, 2]));
        assert!(m.body().eq([m.spans[0], m.spans[3]]));
        let numbered = (0..3).map(|i| m.nth_in_body(i));
        assert!(numbered.eq([Some(m.spans[0]), Some(m.spans[3]), None]));
        let all = Span::between(Pos(0), d.end());
        assert_eq!((m.count_in(all), m.starting_in(all)), (2, 0..5));
    }
}
