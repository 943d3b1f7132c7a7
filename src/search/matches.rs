//! The hits of a query: sorted, disjoint, on cluster boundaries.

use crate::text::{Pos, Span};

/// How hits were found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
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

/// A word that letters were found to stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// The word as it stands in the text.
    pub text: String,
    /// How often.
    pub count: usize,
}

/// The hits of a query: sorted, disjoint, on cluster boundaries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// Where they stand.
    pub spans: Vec<Span>,
    /// How they were found.
    pub kind: Kind,
    /// The words that letters may stand for, most frequent first; empty where
    /// none were typed.
    pub words: Vec<Word>,
}

impl Matches {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The first hit that starts at or after `pos`.
    pub fn at_or_after(&self, pos: Pos) -> Option<usize> {
        let i = self.spans.partition_point(|s| s.start < pos);
        (i < self.spans.len()).then_some(i)
    }

    /// The last hit that starts before `pos`.
    pub fn before(&self, pos: Pos) -> Option<usize> {
        self.spans.partition_point(|s| s.start < pos).checked_sub(1)
    }

    /// The hits that overlap `span`. O(log n) and the answer's length.
    pub fn within(&self, span: Span) -> &[Span] {
        let from = self.spans.partition_point(|s| s.end <= span.start);
        let to = self.spans.partition_point(|s| s.start < span.end);
        self.spans.get(from..to.max(from)).unwrap_or_default()
    }

    /// How many hits start in `span`. O(log n).
    pub fn count_in(&self, span: Span) -> usize {
        let from = self.spans.partition_point(|s| s.start < span.start);
        self.spans
            .partition_point(|s| s.start < span.end)
            .saturating_sub(from)
    }
}
