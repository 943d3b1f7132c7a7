//! Numbers of paragraphs: the one count that the margin, `12G`, citations and the row above the
//! text share.
//!
//! Headings, the abstract, notes, pictures and code are not counted. Only the blocks without a
//! number are kept, so that a number is found in O(log n) and plain text keeps nothing.

use super::{Block, BlockKind, Document};

impl BlockKind {
    /// Returns whether the block counts as a paragraph. Of the raw source every line does.
    fn is_numbered(self) -> bool {
        matches!(
            self,
            Self::Paragraph | Self::Item | Self::Quote | Self::Row | Self::Verse | Self::Source
        )
    }
}

/// Returns the indices of the blocks that have no number.
pub(super) fn unnumbered(blocks: &[Block]) -> Vec<u32> {
    let blocks = (0..).zip(blocks);
    let unnumbered = blocks.filter(|(_, block)| !block.kind.is_numbered());
    unnumbered.map(|(i, _)| i).collect()
}

impl Document {
    /// Returns the number of paragraphs.
    pub fn paragraphs(&self) -> usize {
        self.blocks.len() - self.unnumbered.len()
    }

    /// Returns the number of the paragraph that is the block of that index, from 1; `None` for
    /// a block other than a paragraph. O(log n).
    pub fn paragraph_number(&self, block: usize) -> Option<usize> {
        let kind = self.blocks.get(block)?.kind;
        let before = self.unnumbered.partition_point(|&i| (i as usize) < block);
        kind.is_numbered().then_some(block + 1 - before)
    }

    /// Returns the index of the block that is the paragraph of that number, from 1. O(log n).
    pub fn nth_paragraph(&self, number: usize) -> Option<usize> {
        let before = number.checked_sub(1)?;
        let (mut low, mut high) = (0, self.unnumbered.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            // the paragraphs before this block
            if self.unnumbered[middle] as usize - middle <= before {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Some(before + low).filter(|block| *block < self.blocks.len())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Builder;
    use super::*;

    #[test]
    fn numbers_and_blocks_are_inverse() {
        use BlockKind::{Heading, Item, Lead, Note, Paragraph};
        for kinds in [
            &[][..],
            &[Paragraph, Paragraph],
            &[Heading(1)],
            &[
                Lead,
                Paragraph,
                Heading(2),
                Heading(3),
                Item,
                Paragraph,
                Note,
            ],
            &[Paragraph, Heading(1), Note, Paragraph, Heading(1)],
        ] {
            let mut b = Builder::new();
            for (i, kind) in kinds.iter().enumerate() {
                b.block(*kind, 0, i + 1, "字");
            }
            let d = b.finish();
            let numbers: Vec<_> = (0..kinds.len()).map(|i| d.paragraph_number(i)).collect();
            let counted: Vec<_> = numbers.iter().flatten().copied().collect();
            assert_eq!(counted, (1..=d.paragraphs()).collect::<Vec<_>>());
            for n in 1..=d.paragraphs() {
                let block = d.nth_paragraph(n).unwrap();
                assert_eq!(numbers[block], Some(n), "{kinds:?}");
            }
            assert_eq!(d.nth_paragraph(0), None);
            assert_eq!(d.nth_paragraph(d.paragraphs() + 1), None, "{kinds:?}");
        }
    }
}
