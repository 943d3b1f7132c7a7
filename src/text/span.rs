//! Positions in a document's text, and stretches between two of them.
//!
//! Both count bytes of UTF-8. Whoever makes one keeps it on a grapheme cluster
//! boundary; slicing with one that is not gives an empty string, never a panic.

use std::ops::Range;

/// A byte position in a document's text, on a cluster boundary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pos(pub u32);

impl Pos {
    /// Returns the position `byte` bytes into the text. Texts end at 4 GiB; a larger
    /// number is clamped.
    pub fn new(byte: usize) -> Self {
        Self(u32::try_from(byte).unwrap_or(u32::MAX))
    }

    /// Returns the position as a byte index.
    pub fn byte(self) -> usize {
        self.0 as usize
    }
}

/// A stretch of text: from `start` up to, not including, `end`; `start <= end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: Pos,
    /// One past the last byte.
    pub end: Pos,
}

impl Span {
    /// Returns the span from byte `start` to byte `end`; the two are put in order.
    pub fn new(start: usize, end: usize) -> Self {
        Self::between(Pos::new(start.min(end)), Pos::new(start.max(end)))
    }

    /// Returns the span from `start` to `end`; `start <= end`.
    pub const fn between(start: Pos, end: Pos) -> Self {
        Self { start, end }
    }

    /// Returns the empty span at a position.
    pub fn at(pos: Pos) -> Self {
        Self::between(pos, pos)
    }

    /// Returns the length in bytes.
    pub fn len(self) -> usize {
        self.end.byte() - self.start.byte()
    }

    /// Returns true if the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Returns true if `pos` lies inside; the end does not.
    pub fn contains(self, pos: Pos) -> bool {
        self.start <= pos && pos < self.end
    }

    /// Returns true if the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns the part of `self` that lies in `other`, if any byte does.
    ///
    /// ```
    /// use jingdu::text::Span;
    /// let text = "河上有灯，岸上也有灯";
    /// let (head, tail) = (Span::new(0, 15), Span::new(9, text.len()));
    /// assert_eq!(head.within(tail).map(|both| both.of(text)), Some("灯，"));
    /// // spans that only touch share nothing
    /// assert_eq!(Span::new(0, 9).within(tail), None);
    /// ```
    pub fn within(self, other: Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Self { start, end })
    }

    /// Returns the range of byte indices.
    pub fn range(self) -> Range<usize> {
        self.start.byte()..self.end.byte()
    }

    /// Returns the text that it covers; empty where it does not fit `text`.
    ///
    /// ```
    /// use jingdu::text::Span;
    /// assert_eq!(Span::new(3, 6).of("京津冀"), "津");
    /// assert_eq!(Span::new(1, 6).of("京津冀"), "");
    /// ```
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_meet_only_where_they_share_a_byte() {
        let (a, b) = (Span::new(0, 6), Span::new(6, 9));
        assert!(!a.overlaps(b));
        assert_eq!(a.within(b), None);
        assert_eq!(a.within(Span::new(3, 9)), Some(Span::new(3, 6)));
    }
}
