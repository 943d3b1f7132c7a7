//! Paragraphs that end a count, and ends of sentences.

use super::reading::Reading;
use super::series::Member;
use crate::text::words::Words;

/// Openings of paragraphs that end a whole count, parts with titles too.
static SUMS_UP: Words = Words::new(
    "总之 综上 综合以上 总的来说 总的来看 总而言之 归根 一句话， 附录 附： 附件 附表 附图 结语 \
    结束语 余论",
);

/// Openings that look back on the sentences just before.
static LOOKS_BACK: Words =
    Words::new("以上 上述 总体而言 总体来看 由此可见 由此观之 面对这些 小结");

/// Breaks behind a point that are looked at for one that ends it.
const MAX_SEARCHED_BREAKS: usize = 50;

/// A block that ends a count.
#[derive(Clone, Copy, Debug)]
struct Break {
    block: usize,
    /// True if it ends parts with titles too.
    ends_titled: bool,
}

/// The blocks of a document that end a count.
#[derive(Debug)]
pub struct Breaks(Vec<Break>);

impl Breaks {
    /// Finds the breaks of a document.
    pub fn of(document: &Reading<'_>) -> Self {
        let blocks = document.blocks().iter().enumerate();
        let breaks = blocks.filter_map(|(block, b)| {
            let text = document.slice(b.span);
            let ends_titled = SUMS_UP.starts(text);
            (ends_titled || LOOKS_BACK.starts(text)).then_some(Break { block, ends_titled })
        });
        Self(breaks.collect())
    }

    /// Returns the first block after `block` that ends a count, or one of parts with titles.
    pub fn after(&self, block: usize, titled: bool) -> Option<usize> {
        let from = self.0.partition_point(|b| b.block <= block);
        let mut breaks = self.0.iter().skip(from).take(MAX_SEARCHED_BREAKS);
        breaks.find(|b| b.ends_titled || !titled).map(|b| b.block)
    }
}

/// Returns the number of sentences that end in a text behind its first character; ？！ ends one.
pub fn sentence_ends(text: &str) -> usize {
    let is_end = |c: char| matches!(c, '。' | '！' | '？' | '!' | '?');
    let mut is_inside = false;
    let ends = text.chars().filter(|c| {
        let was_inside = is_inside;
        is_inside = !is_end(*c);
        was_inside && !is_inside
    });
    ends.count()
}

/// Counts the ends of sentences between the members in one block at a time, no text twice: a
/// paragraph may have 100,000 members, and few are ever asked for.
#[derive(Debug, Default)]
pub struct SentenceCount {
    /// The first member in the block.
    first: usize,
    /// The number of ends before each member from there on, as far as it was asked for.
    before: Vec<usize>,
}

impl SentenceCount {
    /// Returns the number of sentences that end from one member to a later one in its block.
    pub fn between(&mut self, text: &str, members: &[Member], from: usize, to: usize) -> usize {
        let block = |i: usize| members.get(i).map(|m| m.candidate.block);
        if self.before.is_empty() || block(self.first) != block(from) {
            let first = members.partition_point(|m| Some(m.candidate.block) < block(from));
            (self.first, self.before) = (first, vec![0]);
        }
        let start = |i: usize| members.get(i).map_or(0, |m| m.candidate.start());
        for i in self.first + self.before.len()..=to {
            let more = text.get(start(i - 1)..start(i)).map_or(0, sentence_ends);
            self.before
                .push(self.before.last().copied().unwrap_or(0) + more);
        }
        let before = |i: usize| self.before.get(i - self.first).copied().unwrap_or(0);
        before(to).saturating_sub(before(from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_once() {
        for (text, wanted) in [
            ("一是甲。二是乙！？三是丙", 2),
            ("。甲。", 1),
            ("好!真的?!。是", 2),
            ("", 0),
        ] {
            assert_eq!(sentence_ends(text), wanted, "{text}");
        }
    }
}
