//! A possible marker, not yet proven.

use super::context::{Confidence, Preceding};
use super::family::{Family, Ordinal};
use super::marker::Marker;
use super::model::MarkerPosition;
use crate::document::{Block, BlockKind};
use crate::text::{Span, cluster};

/// Bytes of the words before a marker that opens a paragraph: 20 Han.
const MAX_OPENING_BYTES: usize = 20 * 3;

/// A possible marker.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// The marker, without a stop behind it.
    pub span: Span,
    /// Its style.
    pub family: Family,
    /// The place in its series that it claims.
    pub ordinal: Ordinal,
    /// The index of its block.
    pub block: u32,
    /// Its place in the block.
    pub position: MarkerPosition,
    /// Depth as a heading, in steps of eight; 0 for none.
    pub heading_rank: u8,
    /// Depth of its block in lists and quotations.
    pub depth: u8,
    /// True for an item of a list that markup declares.
    pub is_item: bool,
    /// True if its line reads as a title: short, without a full stop.
    pub looks_like_title: bool,
    /// Its confidence.
    pub confidence: Confidence,
    /// The mark before it.
    pub preceding: Preceding,
}

impl Candidate {
    /// The byte at which the marker begins.
    pub fn start(&self) -> usize {
        self.span.start.byte()
    }

    /// The byte at which it ends.
    pub fn end(&self) -> usize {
        self.span.end.byte()
    }

    /// Returns whether its marker is a word.
    pub fn is_word(&self, text: &str, word: &str) -> bool {
        text.get(self.start()..)
            .is_some_and(|rest| rest.starts_with(word))
    }

    /// Returns whether it is a heading by markup.
    pub fn is_heading(&self) -> bool {
        self.heading_rank > 0
    }

    /// Returns whether it lies inside a paragraph.
    pub fn is_inline(&self) -> bool {
        self.position == MarkerPosition::Inline
    }

    /// Returns whether it heads a line that is no heading by markup.
    pub fn heads_line(&self) -> bool {
        self.position == MarkerPosition::LineHead
    }

    /// Returns whether it is in the first sentence of its paragraph, near its beginning: 这就说到
    /// 第二件事，….
    pub fn opens_paragraph(&self, text: &str) -> bool {
        let from = cluster::floor(text, self.start().saturating_sub(MAX_OPENING_BYTES));
        let opening = text.get(from..self.start()).unwrap_or_default();
        let line = opening.rsplit_once('\n').map(|(_, line)| line);
        line.is_some_and(|line| !line.contains(['。', '！', '？', '；']))
    }

    /// A candidate for `marker` at byte `start` of a block.
    pub fn new(marker: Marker, start: usize, index: usize, block: &Block) -> Self {
        Self {
            span: Span::new(start, start + marker.len),
            family: marker.family,
            ordinal: marker.ordinal,
            block: index as u32,
            position: MarkerPosition::Inline,
            heading_rank: 0,
            depth: block.depth,
            is_item: block.kind == BlockKind::Item,
            looks_like_title: false,
            confidence: Confidence::Clear,
            preceding: Preceding::LineStart,
        }
    }
}

/// Returns the runs of the candidates of one kind, by their indices: each goes on from the one
/// before it.
pub fn runs(
    found: &[Candidate],
    is_kind: impl Fn(&Candidate) -> bool,
    goes_on: impl Fn(&Candidate, &Candidate) -> bool,
) -> Vec<Vec<usize>> {
    let of_kind = found.iter().enumerate().filter(|(_, c)| is_kind(c));
    let of_kind: Vec<(usize, &Candidate)> = of_kind.collect();
    let runs = of_kind.chunk_by(|(_, a), (_, b)| goes_on(a, b));
    runs.map(|run| run.iter().map(|(i, _)| *i).collect())
        .collect()
}
