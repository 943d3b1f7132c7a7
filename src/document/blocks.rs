//! The blocks of a document, in eight bytes each: those of a million short lines would
//! else take as much memory as the lines.
//!
//! 1. One `\n` stands between neighbours, so that a block ends a byte before the next one
//!    begins: only where it begins is kept.
//! 2. Kind, depth and source line share a number. A line is kept as how far it is behind
//!    that of an [`Anchor`]; where it is too far, or before it, there is a new one.
//! 3. [`Blocks`] shows them as [`Block`]s, made when they are asked for.

use super::{Block, BlockKind};
use crate::text::{Pos, Span};
use std::ops::Range;

/// The kinds without a level, the commonest first.
const PLAIN: [BlockKind; 12] = [
    BlockKind::Paragraph,
    BlockKind::Source,
    BlockKind::Item,
    BlockKind::Quote,
    BlockKind::Row,
    BlockKind::Code,
    BlockKind::Verse,
    BlockKind::Note,
    BlockKind::Lead,
    BlockKind::Caption,
    BlockKind::Image,
    BlockKind::Rule,
];

/// So many bits tell the kind; what is beyond [`PLAIN`] is the level of a heading.
const KIND: u32 = 5;
/// So many tell the depth.
const DEPTH: u32 = u8::BITS;
/// The rest tells the line.
const LINE: u32 = u32::BITS - KIND - DEPTH;

/// What is kept of a block: where it begins; line, depth and kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kept {
    start: Pos,
    what: u32,
}

/// What lines are counted from, from a block on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Anchor {
    block: u32,
    line: u32,
}

/// The blocks of a document as they are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Store {
    kept: Vec<Kept>,
    anchors: Vec<Anchor>,
}

impl Store {
    /// Makes room for so many blocks.
    pub fn reserve(&mut self, count: usize) {
        self.kept.reserve_exact(count);
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Adds a block that begins at a byte, on a source line; the text of the one before
    /// ends a byte before it.
    pub fn push(&mut self, kind: BlockKind, depth: u8, line: u32, start: usize) {
        let behind = |anchor: &Anchor| {
            line.checked_sub(anchor.line)
                .filter(|behind| behind >> LINE == 0)
        };
        let behind = self.anchors.last().and_then(behind).unwrap_or_else(|| {
            self.anchors.push(Anchor {
                block: self.kept.len() as u32,
                line,
            });
            0
        });
        let code = match kind {
            BlockKind::Heading(level) => PLAIN.len() + usize::from(level),
            plain => PLAIN.iter().position(|k| *k == plain).unwrap_or_default(),
        };
        let what =
            (behind << DEPTH | u32::from(depth)) << KIND | (code as u32).min((1 << KIND) - 1);
        self.kept.push(Kept {
            start: Pos::new(start),
            what,
        });
    }

    /// Takes the last block away: its kind, depth, source line and where it begins.
    pub fn pop(&mut self) -> Option<(BlockKind, u8, u32, usize)> {
        let (at, all) = (self.kept.len().checked_sub(1)?, self.view(Pos(u32::MAX)));
        let (block, line) = (all.get(at)?, all.line(at)?);
        self.kept.pop();
        self.anchors.pop_if(|anchor| anchor.block as usize == at);
        Some((block.kind, block.depth, line, block.span.start.byte()))
    }

    /// All of them, of a text that ends there.
    pub fn view(&self, end: Pos) -> Blocks<'_> {
        Blocks { store: self, end }
    }
}

/// The blocks of a document, in text order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blocks<'a> {
    store: &'a Store,
    end: Pos,
}

impl<'a> Blocks<'a> {
    /// How many there are.
    pub fn len(self) -> usize {
        self.store.kept.len()
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.store.is_empty()
    }

    /// The block of that index.
    pub fn get(self, index: usize) -> Option<Block> {
        let kept = self.store.kept.get(index)?;
        let end = self
            .store
            .kept
            .get(index + 1)
            .map_or(self.end, |next| Pos(next.start.0.saturating_sub(1)));
        let code = (kept.what & ((1 << KIND) - 1)) as usize;
        let kind = PLAIN
            .get(code)
            .copied()
            .unwrap_or(BlockKind::Heading((code - PLAIN.len().min(code)) as u8));
        Some(Block {
            kind,
            span: Span {
                start: kept.start,
                end,
            },
            depth: (kept.what >> KIND) as u8,
        })
    }

    /// The first one.
    pub fn first(self) -> Option<Block> {
        self.get(0)
    }

    /// The last one.
    pub fn last(self) -> Option<Block> {
        self.get(self.len().checked_sub(1)?)
    }

    /// The source line that the block of that index begins on, from 1. O(log n).
    pub fn line(self, index: usize) -> Option<u32> {
        let behind = self.store.kept.get(index)?.what >> (KIND + DEPTH);
        let anchor = self
            .store
            .anchors
            .partition_point(|a| a.block as usize <= index)
            .checked_sub(1)?;
        Some(self.store.anchors.get(anchor)?.line.saturating_add(behind))
    }

    /// How many blocks begin before a source line: the index of the first one from there on.
    pub fn before_line(self, line: u32) -> usize {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = usize::midpoint(from, to);
            if self.line(middle).is_some_and(|l| l < line) {
                from = middle + 1
            } else {
                to = middle
            }
        }
        from
    }

    /// How many blocks begin at a position or before it.
    pub fn until(self, pos: Pos) -> usize {
        self.store.kept.partition_point(|kept| kept.start <= pos)
    }

    /// All of them.
    pub fn iter(self) -> Iter<'a> {
        self.range(0..self.len())
    }

    /// Some of them.
    pub fn range(self, range: Range<usize>) -> Iter<'a> {
        Iter {
            blocks: self,
            range,
        }
    }
}

impl<'a> IntoIterator for Blocks<'a> {
    type Item = Block;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// Blocks one by one.
#[derive(Clone, Debug)]
pub struct Iter<'a> {
    blocks: Blocks<'a>,
    range: Range<usize>,
}

impl Iterator for Iter<'_> {
    type Item = Block;

    fn next(&mut self) -> Option<Block> {
        self.blocks.get(self.range.next()?)
    }

    fn nth(&mut self, n: usize) -> Option<Block> {
        self.blocks.get(self.range.nth(n)?)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.range.size_hint()
    }
}

impl DoubleEndedIterator for Iter<'_> {
    fn next_back(&mut self) -> Option<Block> {
        self.blocks.get(self.range.next_back()?)
    }
}

impl ExactSizeIterator for Iter<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back() {
        let kinds: Vec<BlockKind> = PLAIN
            .into_iter()
            .chain((1..=6).map(BlockKind::Heading))
            .collect();
        // lines may go back, and far on
        let lines = [
            1,
            2,
            9,
            1 << LINE,
            (1 << LINE) + 1,
            3,
            u32::MAX,
            0,
            u32::MAX - 1,
            7,
            8,
        ];
        let put: Vec<(BlockKind, u8, u32, usize)> = (0..400)
            .map(|i| {
                (
                    kinds[i % kinds.len()],
                    (i * 7 % 256) as u8,
                    lines[i % lines.len()],
                    10 * i,
                )
            })
            .collect();
        let mut store = Store::default();
        for (kind, depth, line, start) in &put {
            store.push(*kind, *depth, *line, *start);
        }
        let blocks = store.view(Pos(4_005));
        let got: Vec<_> = blocks
            .iter()
            .enumerate()
            .map(|(i, b)| {
                (
                    b.kind,
                    b.depth,
                    blocks.line(i).unwrap(),
                    b.span.start.byte(),
                )
            })
            .collect();
        assert_eq!(got, put);
        assert_eq!(
            (blocks.get(7).map(|b| b.span), blocks.last().map(|b| b.span)),
            (Some(Span::new(70, 79)), Some(Span::new(3_990, 4_005)))
        );
        assert!(store.clone().pop().is_some_and(|last| last == put[399]));
        let mut shorter = store.clone();
        let popped: Vec<_> = std::iter::from_fn(|| shorter.pop()).collect();
        assert!(popped.iter().rev().eq(&put) && shorter == Store::default());
        assert!(
            blocks
                .iter()
                .rev()
                .eq(blocks.range(0..400).collect::<Vec<_>>().into_iter().rev())
                && blocks.get(400).is_none()
        );
        assert_eq!(
            (
                blocks.until(Pos(75)),
                blocks.until(Pos(80)),
                blocks.len(),
                size_of::<Kept>()
            ),
            (8, 9, 400, 8)
        );
    }

    #[test]
    fn a_line_leads_to_its_block() {
        let mut store = Store::default();
        (0..100).for_each(|i| store.push(BlockKind::Paragraph, 0, 3 * i + 1, i as usize));
        let blocks = store.view(Pos(100));
        assert_eq!(
            [0, 1, 2, 4, 299].map(|line| blocks.before_line(line)),
            [0, 0, 1, 1, 100]
        );
    }
}
