//! The hits of a query: sorted, disjoint, on cluster boundaries.

use crate::text::{Pos, Span};

/// The way in which hits were found.
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// The word as it is written in the text.
    pub text: String,
    /// The number of its hits.
    pub count: usize,
}

/// The hits of a query: sorted, disjoint, on cluster boundaries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// Their places.
    pub spans: Vec<Span>,
    /// The way in which they were found.
    pub kind: MatchKind,
    /// The words that are read as the letters, most frequent first; empty where
    /// none were typed.
    pub words: Vec<Word>,
}

impl Matches {
    /// Returns their number.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Returns whether there is none.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Returns the first hit that starts at or after `pos`.
    pub(crate) fn at_or_after(&self, pos: Pos) -> Option<usize> {
        let i = self.spans.partition_point(|s| s.start < pos);
        (i < self.spans.len()).then_some(i)
    }

    /// Returns the last hit that starts before `pos`.
    pub fn before(&self, pos: Pos) -> Option<usize> {
        self.spans.partition_point(|s| s.start < pos).checked_sub(1)
    }

    /// Returns the hits that overlap `span`. O(log n) and the answer's length.
    pub fn within(&self, span: Span) -> &[Span] {
        let from = self.spans.partition_point(|s| s.end <= span.start);
        let to = self.spans.partition_point(|s| s.start < span.end);
        self.spans.get(from..to.max(from)).unwrap_or_default()
    }

    /// Returns the number of hits that start in `span`. O(log n).
    pub(crate) fn count_in(&self, span: Span) -> usize {
        let from = self.spans.partition_point(|s| s.start < span.start);
        self.spans
            .partition_point(|s| s.start < span.end)
            .saturating_sub(from)
    }
}
