//! The zones of an article: its head, its body, its tail.
//!
//! 1. The body goes from the first to the last block that holds a sentence of the author's: prose
//!    that no rule of clean-up claims.
//! 2. The blocks above it are the head, the blocks below it the tail. A text without a body has
//!    no tail, and only its first lines are a head.
//!
//! Found first, from the shape of the blocks; every rule names the zone in which it works.

use crate::document::BlockKind::{Item, Lead, Paragraph, Quote, Verse};
use crate::format::draft::{DraftBlock, DraftDocument};
use crate::format::prose;
use std::ops::Range;

/// Blocks that may be the head of a text without sentences.
const MAX_BARE_HEAD_BLOCKS: usize = 12;

/// Characters of the shortest sentence.
const MIN_SENTENCE_CHARS: usize = 8;

/// Characters of a line that is taken for prose without any stop.
const MIN_UNSTOPPED_CHARS: usize = 60;

/// The part of an article in which a rule works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    /// Everywhere: the rule takes nothing that an author would write.
    Anywhere,
    /// The head and the tail.
    Ends,
    /// The same, and beyond the first or the last sentence: an abstract may stand above the
    /// author, a last word below him.
    NearEnds,
    /// The head.
    Head,
    /// The head, up to the second sentence.
    NearHead,
    /// All but the head: a tail has a body above it.
    Behind,
}

/// The zones of an article, by the blocks of its body.
#[derive(Clone, Debug)]
pub(crate) struct Zones {
    /// From the first sentence of the body to the block behind its last one.
    body: Range<usize>,
    /// The same without the first and the last sentence.
    inner: Range<usize>,
}

impl Zones {
    /// Finds the zones. `is_claimed` says of a block whether a rule of the head or the tail takes
    /// it. Only the first part of a long text has a head, only the last one a tail.
    pub(crate) fn of(page: &DraftDocument, is_claimed: impl Fn(&DraftBlock) -> bool) -> Self {
        let blocks = &page.blocks;
        let is_body = |i: &usize| {
            let block = blocks.get(*i);
            block.is_some_and(|d| is_sentence(d) && !is_claimed(d))
        };
        let (mut down, mut up) = (0..blocks.len(), (0..blocks.len()).rev());
        let bare = blocks.len().min(MAX_BARE_HEAD_BLOCKS);
        let mut zones = match (down.find(is_body), up.find(is_body)) {
            (Some(first), Some(last)) => Self {
                body: first..last + 1,
                inner: down.find(is_body).unwrap_or(blocks.len())
                    ..up.find(is_body).map_or(0, |i| i + 1),
            },
            _ => Self {
                body: bare..blocks.len(),
                inner: bare..blocks.len(),
            },
        };
        if !page.section.first {
            (zones.body.start, zones.inner.start) = (0, 0);
        }
        if !page.section.last {
            (zones.body.end, zones.inner.end) = (blocks.len(), blocks.len());
        }
        zones
    }

    /// Returns whether block `i` is in a zone.
    pub(crate) fn holds(&self, zone: Zone, i: usize) -> bool {
        match zone {
            Zone::Anywhere => true,
            Zone::Ends => i < self.body.start || i >= self.body.end,
            Zone::NearEnds => i < self.inner.start || i >= self.inner.end,
            Zone::Head => i < self.body.start,
            Zone::NearHead => i < self.inner.start,
            Zone::Behind => i >= self.body.start,
        }
    }
}

/// Recognises a block that holds a sentence.
pub(crate) fn is_sentence(draft: &DraftBlock) -> bool {
    let text = &*draft.text;
    let is_prose = matches!(draft.kind, Paragraph | Item | Quote | Lead | Verse);
    if !is_prose || !draft.is_shown() || draft.is_link() {
        return false;
    }
    let has_stop = prose::ends_sentence(text) || text.contains(['。', '！', '？', '；']);
    has_stop && prose::at_least(text, MIN_SENTENCE_CHARS)
        || prose::at_least(text, MIN_UNSTOPPED_CHARS)
}

/// Returns whether the first block below block `i` that is shown holds a sentence.
pub(crate) fn heads_text(blocks: &[DraftBlock], i: usize) -> bool {
    let mut below = blocks.iter().skip(i + 1).filter(|d| d.is_shown());
    below.next().is_some_and(is_sentence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::cases::rows;

    /// Returns for each line the innermost zone of it: `h`ead, `t`ail, body.
    fn zones(lines: &str) -> String {
        let lines: Vec<&str> = lines.split('|').collect();
        let page = DraftDocument::of_lines(&lines);
        let zones = Zones::of(&page, |d| d.text.starts_with("版权"));
        let zone = |i| match () {
            () if zones.holds(Zone::Head, i) => 'h',
            () if zones.holds(Zone::Ends, i) => 't',
            () if zones.holds(Zone::NearEnds, i) => 'n',
            () => 'b',
        };
        (0..lines.len()).map(zone).collect()
    }

    #[test]
    fn the_body_goes_from_the_first_sentence_to_the_last() {
        for [lines, wanted] in rows(
            "\
首页|打印|买菜要赶早，好菜不等人。|分享 ¦ hhnt
甲|买菜要赶早，好菜不等人。|乙|买菜要赶早，好菜不等人。|丙|买菜要赶早，好菜不等人。|丁 ¦ hnnbnnt
买菜要赶早，好菜不等人。|版权所有，不得转载此文。 ¦ nt
版权所有，不得转载此文。|分享 ¦ hh
甲|乙 ¦ hh",
        ) {
            assert_eq!(zones(lines), wanted, "{lines}");
        }
    }
}
