//! Finds text in a document.
//!
//! 1. [`Query`]: what was typed, compiled; case, width and the forms of a quote
//!    are folded for matching only.
//! 2. [`Matches`]: the hits, sorted and disjoint, as spans of the text.
//!
//! Searches the text, never rows: a hit may lie across two of them. Knows
//! nothing of outline, layout or screens.

use crate::text::{Pos, Span, cluster, fold};
use regex::Regex;

/// A compiled query.
#[derive(Clone, Debug)]
pub struct Query {
    typed: String,
    pattern: Regex,
}

/// Longest query that is compiled, in characters: a pasted page is no query.
const LONGEST: usize = 200;

impl Query {
    /// Compiles what was typed. `None` where there is nothing to look for.
    ///
    /// ```
    /// use jingdu::search::Query;
    /// let q = Query::new("\"雄安\"").unwrap();
    /// assert_eq!(q.find("以“雄安”为").spans.len(), 1);
    /// ```
    #[must_use]
    pub fn new(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        if typed.is_empty() {
            return None;
        }
        let mut pattern = String::new();
        for c in typed.chars().take(LONGEST) {
            let forms = fold::variants(c);
            if let [only] = forms.as_slice() {
                pattern.push_str(&regex::escape(&only.to_string()));
            } else {
                pattern.push('[');
                for form in &forms {
                    pattern.push_str(&regex::escape(&form.to_string()));
                }
                pattern.push(']');
            }
        }
        Some(Self { typed: typed.to_owned(), pattern: Regex::new(&pattern).ok()? })
    }

    /// What was typed, without blanks at its ends.
    #[must_use]
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Every hit in `text`. Linear in the text.
    #[must_use]
    pub fn find(&self, text: &str) -> Matches {
        let whole = |m: &regex::Match<'_>| cluster::floor(text, m.start()) == m.start() && cluster::floor(text, m.end()) == m.end();
        Matches { spans: self.pattern.find_iter(text).filter(whole).map(|m| Span::new(m.start(), m.end())).collect() }
    }
}

impl PartialEq for Query {
    fn eq(&self, other: &Self) -> bool {
        self.typed == other.typed
    }
}

/// The hits of a query: sorted, disjoint, on cluster boundaries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// Where they stand.
    pub spans: Vec<Span>,
}

impl Matches {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The first hit that starts at or after `pos`.
    #[must_use]
    pub fn at_or_after(&self, pos: Pos) -> Option<usize> {
        let i = self.spans.partition_point(|s| s.start < pos);
        (i < self.spans.len()).then_some(i)
    }

    /// The last hit that starts before `pos`.
    #[must_use]
    pub fn before(&self, pos: Pos) -> Option<usize> {
        self.spans.partition_point(|s| s.start < pos).checked_sub(1)
    }

    /// The hits that overlap `span`. O(log n) and the answer's length.
    #[must_use]
    pub fn within(&self, span: Span) -> &[Span] {
        let from = self.spans.partition_point(|s| s.end <= span.start);
        let to = self.spans.partition_point(|s| s.start < span.end);
        self.spans.get(from..to.max(from)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(query: &str, text: &str) -> Vec<String> {
        Query::new(query).unwrap().find(text).spans.iter().map(|s| s.of(text).to_owned()).collect()
    }

    #[test]
    fn folding_is_for_matching_only() {
        assert_eq!(hits("gdp", "ＧＤＰ与GDP"), ["ＧＤＰ", "GDP"]);
        assert_eq!(hits("（一)", "(一）"), ["(一）"]);
        assert_eq!(hits("a.b", "axb a.b"), ["a.b"]);
    }

    #[test]
    fn hits_keep_to_clusters() {
        assert_eq!(hits("e", "e\u{301}e"), ["e"]);
    }

    #[test]
    fn neighbours_are_found_by_position() {
        let m = Query::new("甲").unwrap().find("甲乙甲乙甲");
        assert_eq!(m.at_or_after(Pos(1)), Some(1));
        assert_eq!(m.before(Pos(6)), Some(0));
        assert_eq!(m.within(Span::new(1, 7)).len(), 2);
    }
}
