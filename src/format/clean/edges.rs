//! The first and the last blocks of an article, where most rules of clean-up work.

use crate::format::draft::DraftDocument;

/// Number of blocks from either end that count as that end.
const EDGE_BLOCKS: usize = 12;

/// The part of an article in which a rule works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    /// Everywhere.
    Anywhere,
    /// Among the first or the last blocks.
    Edges,
    /// Among the first blocks.
    Head,
    /// Among the first blocks, above the first paragraph of sentences.
    UnderTitle,
}

/// The first and the last blocks of an article.
pub(crate) struct Edges {
    /// The number of the first block behind the head.
    pub(crate) head: usize,
    tail: usize,
}

impl Edges {
    /// Counts standing blocks from both ends of the text, as far as they are on the page.
    pub(crate) fn of(page: &DraftDocument) -> Self {
        let drafts = page.blocks.iter().enumerate();
        let standing = || drafts.clone().filter(|(_, d)| d.is_shown()).map(|(i, _)| i);
        let head = standing().nth(EDGE_BLOCKS).unwrap_or(usize::MAX);
        let tail = standing().rev().nth(EDGE_BLOCKS).map_or(0, |i| i + 1);
        Self {
            head: if page.section.first { head } else { 0 },
            tail: if page.section.last { tail } else { usize::MAX },
        }
    }

    /// Returns whether block `i` is among them.
    pub(crate) fn holds(&self, i: usize) -> bool {
        i < self.head || i >= self.tail
    }
}
