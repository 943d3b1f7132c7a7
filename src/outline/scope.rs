//! Nests the points and says where each ends.
//!
//! 1. A member stands where the first of its series stands. The first stands
//!    in the innermost point that is still open at it.
//! 2. A point at the head of a line stays open until the next of its series;
//!    the last one as long as its fellows and the text allow.
//! 3. The last point inside a paragraph holds no more sentences than its longest
//!    earlier fellow: what begins to count after that stands beside it.
//! 4. Ends are taken from the leaves up, then cut to the parent's.

use super::candidate::Candidate;
use super::series::Chains;
use super::style::Family;
use super::{Index, PlaceOf};
use crate::document::{Block, Document};
use crate::text::Pos;
use std::collections::{BTreeMap, BTreeSet};

/// Parents and ends of the members of chains.
#[derive(Debug, Default)]
pub struct Tree {
    /// The index of the parent of each.
    pub parent: Vec<Option<Index>>,
    /// Where each ends, in bytes.
    pub end: Vec<u32>,
}

/// What is known of each member beside its chain.
struct Nest<'a> {
    document: &'a Document,
    chains: &'a Chains,
    /// The member before it in its series.
    before: Vec<Option<Index>>,
    /// The member after it in its series.
    after: Vec<Option<Index>>,
    /// The last member of each series.
    last: Vec<Index>,
    /// The most blocks that an earlier member of its series takes.
    longest: Vec<u32>,
    /// How many sentences end before a member, counted in its block.
    sentences: Sentences,
    /// The most sentences that an earlier member of a series ends, by its last one.
    wordiest: BTreeMap<usize, usize>,
    /// Which styles of the standard were seen in which, outer first.
    learnt: BTreeSet<(Family, Family)>,
    /// Blocks that end a count: they sum up, or head a new part.
    breaks: Vec<(usize, bool)>,
}

/// Counts the sentences of one block at a time, no text twice: few are ever asked
/// for.
#[derive(Debug, Default)]
struct Sentences {
    /// The first member in the block.
    first: usize,
    /// How many end before each member from there on, as far as was asked for.
    before: Vec<usize>,
}

/// Nests the members of `chains`.
pub fn nest(document: &Document, chains: &Chains) -> Tree {
    let n = chains.members.len();
    let mut nest = Nest {
        document,
        chains,
        before: vec![None; n],
        after: vec![None; n],
        longest: vec![0; n],
        last: Vec::new(),
        sentences: Sentences::default(),
        wordiest: BTreeMap::new(),
        learnt: BTreeSet::new(),
        breaks: breaks(document),
    };
    nest.link();
    let parent = nest.parents();
    let end = nest.ends(&parent);
    Tree { parent, end }
}

/// More levels than this nobody follows.
const DEEPEST: usize = 40;

/// Openings of paragraphs that end a whole count, parts with titles too.
const SUMS_UP: &[&str] = &[
    "总之",
    "總之",
    "综上",
    "綜上",
    "综合以上",
    "綜合以上",
    "总的来说",
    "總的來說",
    "总的来看",
    "总而言之",
    "總而言之",
    "归根",
    "歸根",
    "一句话，",
    "附录",
    "附錄",
    "附：",
    "结语",
    "結語",
    "结束语",
    "余论",
    "餘論",
];

/// Openings that look back on the sentences just before.
const LOOKS_BACK: &[&str] = &[
    "以上",
    "上述",
    "总体而言",
    "总体来看",
    "由此可见",
    "由此可見",
    "由此观之",
    "面对这些",
    "小结",
];

/// Blocks that end a count, and whether they end parts with titles.
fn breaks(document: &Document) -> Vec<(usize, bool)> {
    let opens = |words: &[&str], text: &str| words.iter().any(|w| text.starts_with(w));
    let firsts: BTreeSet<char> = SUMS_UP
        .iter()
        .chain(LOOKS_BACK)
        .filter_map(|w| w.chars().next())
        .collect();
    let firsts: Vec<char> = firsts.into_iter().collect();
    let ends = |(i, b): (usize, Block)| {
        let text = document.slice(b.span);
        if !firsts.contains(&text.chars().next()?) {
            return None;
        }
        if opens(SUMS_UP, text) {
            Some((i, true))
        } else {
            opens(LOOKS_BACK, text).then_some((i, false))
        }
    };
    document
        .blocks()
        .iter()
        .enumerate()
        .filter_map(ends)
        .collect()
}

/// How many sentences end in a text; ？！ ends one. Looks at the first bytes of
/// full-width marks only, which Han do not share.
fn full_stops(text: &str) -> usize {
    let bytes = text.as_bytes();
    let len = |at: usize| match bytes.get(at..) {
        Some([0xe3, 0x80, 0x82, ..] | [0xef, 0xbc, 0x81 | 0x9f, ..]) => 3, // 。 ！ ？
        Some([b'!' | b'?', ..]) => 1,
        _ => 0,
    };
    let (mut count, mut after) = (0, 0);
    let wide = memchr::memchr2_iter(0xe3, 0xef, bytes);
    let narrow = memchr::memchr2_iter(b'!', b'?', bytes);
    let mut narrow = narrow.peekable();
    for at in wide {
        while let Some(early) = narrow.next_if(|n| *n < at) {
            count += usize::from(early > after);
            after = early + 1;
        }
        let stop = len(at);
        if stop > 0 {
            count += usize::from(at > after);
            after = at + stop;
        }
    }
    for at in narrow {
        count += usize::from(at > after);
        after = at + 1;
    }
    count
}

impl Nest<'_> {
    /// The first block after `from` that ends a count.
    fn break_after(&self, from: usize, titled: bool) -> usize {
        let after = self.breaks.partition_point(|(b, _)| *b <= from);
        self.breaks
            .iter()
            .skip(after)
            .take(50)
            .find(|(_, all)| *all || !titled)
            .map_or(usize::MAX, |(b, _)| *b)
    }

    fn link(&mut self) {
        let mut last: Vec<Option<Index>> = Vec::new();
        for (i, s) in self.chains.series.iter().enumerate() {
            if last.len() <= s.get() {
                last.resize(s.get() + 1, None);
            }
            let Some(slot) = last.get_mut(s.get()) else {
                continue;
            };
            if let Some(p) = slot.replace(Index::new(i)) {
                let blocks = self.block(i).saturating_sub(self.block(p.get()));
                let longest = self
                    .longest
                    .get(p.get())
                    .copied()
                    .unwrap_or(0)
                    .max(blocks as u32);
                if let (Some(b), Some(a), Some(l)) = (
                    self.before.get_mut(i),
                    self.after.get_mut(p.get()),
                    self.longest.get_mut(i),
                ) {
                    (*b, *a, *l) = (Some(p), Some(Index::new(i)), longest);
                }
            }
        }
        self.last = last.into_iter().flatten().collect();
    }

    /// The last member of the series that `i` belongs to.
    fn last_of(&self, i: usize) -> usize {
        self.chains
            .series
            .get(i)
            .and_then(|s| self.last.get(s.get()))
            .map_or(i, |last| last.get())
    }

    fn member(&self, i: Option<Index>) -> Option<&Candidate> {
        self.chains.members.get(i?.get())
    }

    fn block(&self, i: usize) -> usize {
        self.chains.members.get(i).map_or(0, |m| m.block as usize)
    }

    /// How many sentences end from one member to a later one in the same block.
    fn sentences_between(&mut self, from: usize, to: usize) -> usize {
        let members = &self.chains.members;
        let known = &mut self.sentences;
        let block = |i: usize| members.get(i).map(|m| m.block);
        if known.before.is_empty() || block(known.first) != block(from) {
            let first = members.partition_point(|m| Some(m.block) < block(from));
            *known = Sentences {
                first,
                before: vec![0],
            };
        }
        while known.first + known.before.len() <= to {
            let at = |i: usize| members.get(i).map_or(0, Candidate::start);
            let last = known.first + known.before.len();
            let more = self
                .document
                .text()
                .get(at(last - 1)..at(last))
                .map_or(0, full_stops);
            known
                .before
                .push(known.before.last().copied().unwrap_or(0) + more);
        }
        let at = |i: usize| known.before.get(i - known.first).copied().unwrap_or(0);
        at(to).saturating_sub(at(from))
    }

    /// The most sentences that a member of its series ends before `last`, the last one.
    fn wordiest(&mut self, last: usize) -> usize {
        if let Some(known) = self.wordiest.get(&last) {
            return *known;
        }
        let (mut most, mut at) = (0, last);
        while let Some(before) = self.before.get(at).copied().flatten().map(Index::get) {
            let start = |i: usize| self.chains.members.get(i).map_or(0, Candidate::start);
            most = most.max(
                self.document
                    .text()
                    .get(start(before)..start(at))
                    .map_or(0, full_stops),
            );
            at = before;
        }
        self.wordiest.insert(last, most);
        most
    }

    fn block_at(&self, index: usize) -> Option<Block> {
        self.document.blocks().get(index)
    }

    fn text_of(&self, index: usize) -> &str {
        self.block_at(index)
            .map_or("", |b| self.document.slice(b.span))
    }

    fn parents(&mut self) -> Vec<Option<Index>> {
        let mut parent: Vec<Option<Index>> = Vec::with_capacity(self.chains.members.len());
        let mut open: Vec<usize> = Vec::new();
        let chains = self.chains;
        // Where the series that stand in each end.
        let mut until = vec![0; chains.members.len()];
        for (i, c) in chains.members.iter().enumerate() {
            let up = if c.key > 0 {
                while let Some(&top) = open.last() {
                    if chains
                        .members
                        .get(top)
                        .is_some_and(|t| t.key > 0 && t.key < c.key)
                    {
                        break;
                    }
                    open.pop();
                }
                open.last().copied()
            } else if let Some(Some(before)) = self.before.get(i) {
                let up = parent.get(before.get()).copied().flatten();
                let depth = up.map_or(Some(0), |up| {
                    open.iter().rposition(|o| *o == up.get()).map(|d| d + 1)
                });
                open.truncate(depth.unwrap_or(open.len()));
                open.last().copied()
            } else {
                // A point that holds a series to be continued stays open.
                let goes_on = |t: usize| until.get(t).is_some_and(|last| *last as usize > i);
                while open
                    .last()
                    .is_some_and(|&top| !goes_on(top) && !self.covers(top, i))
                {
                    open.pop();
                }
                // Nothing is deeper than a reader can follow.
                open.truncate(DEEPEST);
                open.last().copied()
            };
            if let Some(outer) = up.and_then(|p| chains.members.get(p))
                && is_standard(outer.family, c.family)
            {
                self.learnt.insert((outer.family, c.family));
            }
            if let Some(slot) = up.and_then(|p| until.get_mut(p)) {
                *slot = (*slot).max(self.last_of(i) as u32);
            }
            parent.push(up.map(Index::new));
            open.push(i);
        }
        parent
    }

    /// Whether point `t` is still open at `i`, the first of its series.
    fn covers(&mut self, t: usize, i: usize) -> bool {
        let chains = self.chains;
        let (Some(outer), Some(inner)) = (chains.members.get(t), chains.members.get(i)) else {
            return false;
        };
        if outer.key > 0 {
            return true;
        }
        let goes_on = self.after.get(t).copied().flatten().is_some();
        let same_block = outer.block == inner.block;
        if outer.place == PlaceOf::Inline {
            if same_block {
                let whole = self.block(self.last_of(i)) == outer.block as usize;
                return whole
                    && (goes_on || (outer.family != inner.family && !self.has_ended(t, i)));
            }
            return !goes_on && self.announces(outer, inner);
        }
        if goes_on
            && !outer.titled
            && self.break_after(outer.block as usize, false) <= inner.block as usize
        {
            return false;
        }
        if goes_on || same_block {
            return goes_on || outer.family != inner.family;
        }
        if outer.family == inner.family && outer.depth == inner.depth {
            return false;
        }
        // What the article did before wins over the standard.
        let seen = |a: &Candidate, b: &Candidate| self.learnt.contains(&(a.family, b.family));
        if let (Some(a), Some(b)) = (outer.family.standard(), inner.family.standard())
            && !seen(outer, inner)
            && (b < a || seen(inner, outer))
        {
            return false;
        }
        inner.block as usize <= self.last_block(t) || self.announces(outer, inner)
    }

    /// Whether point `t`, the last of its series, has had as many sentences before `i` as
    /// any of its fellows.
    fn has_ended(&mut self, t: usize, i: usize) -> bool {
        let count = self.sentences_between(t, i);
        count >= 1 && count >= self.wordiest(t)
    }

    /// Whether the paragraph of a point announces the list that follows.
    fn announces(&self, outer: &Candidate, inner: &Candidate) -> bool {
        inner.place == PlaceOf::LineHead
            && inner.block == outer.block + 1
            && self
                .text_of(outer.block as usize)
                .trim_end()
                .ends_with(['：', ':'])
    }

    /// The last block of a line-head point that no fellow follows.
    fn last_block(&self, t: usize) -> usize {
        let Some(point) = self.chains.members.get(t) else {
            return 0;
        };
        let block = point.block as usize;
        let longest = self
            .longest
            .get(t)
            .map_or(1, |blocks| *blocks as usize)
            .max(1);
        // An article of a law has as many paragraphs as it needs.
        let limit = if point.titled || point.family == Family::Article {
            longest.max(4) * 2
        } else {
            longest
        };
        let end = self
            .break_after(block, point.titled)
            .min(self.document.blocks().len());
        (block + limit).min(end).saturating_sub(1).max(block)
    }

    fn ends(&self, parent: &[Option<Index>]) -> Vec<u32> {
        let n = self.chains.members.len();
        let mut end = vec![0; n];
        // The first point after each that does not stand in it.
        let mut past = vec![self.document.end().0; n];
        let mut open: Vec<Index> = Vec::new();
        for (i, (c, parent)) in self.chains.members.iter().zip(parent).enumerate() {
            while open.last() != parent.as_ref() {
                let Some(top) = open.pop() else { break };
                if let Some(p) = past.get_mut(top.get()) {
                    *p = c.span.start.0;
                }
            }
            open.push(Index::new(i));
        }
        for (i, parent) in parent.iter().enumerate().rev() {
            let own = self
                .own_end(i)
                .0
                .max(end.get(i).copied().unwrap_or(0))
                .min(past.get(i).copied().unwrap_or(0));
            if let Some(e) = end.get_mut(i) {
                *e = own;
            }
            if let Some(up) = parent.and_then(|p| end.get_mut(p.get())) {
                *up = (*up).max(own);
            }
        }
        let text = self.document.text();
        for (e, c) in end.iter_mut().zip(&self.chains.members) {
            let kept = text
                .get(c.end()..*e as usize)
                .map_or(0, |t| t.trim_end().len());
            *e = c.span.end.0 + kept as u32;
        }
        end
    }

    /// Where a point would end by itself.
    fn own_end(&self, i: usize) -> Pos {
        let Some(c) = self.chains.members.get(i) else {
            return Pos::default();
        };
        let block_end = |b: usize| self.block_at(b).map_or(c.span.end, |b| b.span.end);
        let next = self.member(self.after.get(i).copied().flatten());
        match (c.place, next) {
            _ if c.key > 0 => self.document.end(),
            (PlaceOf::Inline, Some(next)) if next.block == c.block => next.span.start,
            (PlaceOf::Inline, _) => block_end(c.block as usize),
            (_, Some(next)) => next.span.start,
            (_, None) => block_end(self.last_block(i)),
        }
    }
}

/// Whether the standard says which of two styles encloses the other.
fn is_standard(a: Family, b: Family) -> bool {
    a.standard().is_some() && b.standard().is_some()
}

/// Whether a family is a heading without a number.
pub fn is_title(family: Family) -> bool {
    matches!(family, Family::Title(_))
}
