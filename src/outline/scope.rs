//! Nests the points and finds where each ends.
//!
//! 1. A member belongs where the first of its series belongs: in the innermost point that is
//!    still open at that first member.
//! 2. A point at the head of a line stays open until the next of its series; the last one as
//!    long as its fellows and the text allow: up to a paragraph that sums up, or a plain
//!    sub-heading where no fellow holds one.
//! 3. The last point inside a paragraph holds no more sentences than its longest earlier
//!    fellow: what begins to count after that is beside it.
//! 4. Ends are taken from the leaves up, then cut to the parent's.

use super::breaks::{Breaks, SentenceCount, sentence_ends};
use super::candidate::Candidate;
use super::family::Family;
use super::index::Index;
use super::model::MarkerPosition;
use super::number_rules::MAX_TITLE_BYTES;
use super::reading::Reading;
use super::series::Member;
use crate::document::{Block, BlockKind};
use crate::text::letter;
use std::collections::{BTreeMap, BTreeSet};

/// Levels that a reader can follow.
const MAX_LEVELS: usize = 40;

/// Blocks of a titled point or an article of a law, whose fellows are shorter.
const MIN_TITLED_BLOCKS: usize = 4;

/// Characters of a line that only announces: 具体如下：.
const MAX_ANNOUNCING_CHARS: usize = 8;

/// Bytes of a line that may be a title of what follows a point: 20 Han.
const MAX_NEW_TITLE_BYTES: usize = 20 * 3;

/// Items of an announced list that are looked at.
const MAX_LIST_ITEMS: usize = 40;

/// Letters of a point and of a lead-in that are compared.
const MAX_COMPARED_CHARS: usize = 60;

/// The parent and the end of a member.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    /// The member that encloses it.
    pub parent: Option<Index>,
    /// The byte at which it ends.
    pub end: usize,
}

/// The neighbours of a member in its series.
#[derive(Clone, Copy, Debug, Default)]
struct Link {
    before: Option<Index>,
    after: Option<Index>,
    /// The most blocks that an earlier member takes.
    max_blocks: usize,
    /// The block of the first of its series.
    first_block: usize,
}

/// The members with what is known of each.
struct Nest<'a> {
    document: &'a Reading<'a>,
    members: &'a [Member],
    links: Vec<Link>,
    /// The last member of each series.
    last: Vec<usize>,
    breaks: Breaks,
    /// The blocks that are plain sub-headings, in text order.
    subheadings: Vec<usize>,
    sentences: SentenceCount,
    /// The most sentences of an earlier member of a series, by its last one.
    max_sentences: BTreeMap<usize, usize>,
    /// Pairs of styles of the standard of which the first was seen to enclose the second.
    seen: BTreeSet<(Family, Family)>,
}

/// Nests the members of all series. `plain` are the blocks that are sub-headings.
pub fn nest(document: &Reading<'_>, members: &[Member], plain: &[usize]) -> Vec<Scope> {
    let (links, last) = link(members);
    let mut nest = Nest {
        document,
        members,
        links,
        last,
        breaks: Breaks::of(document),
        subheadings: without_members(plain, members),
        sentences: SentenceCount::default(),
        max_sentences: BTreeMap::new(),
        seen: BTreeSet::new(),
    };
    let parents = nest.parents();
    let ends = nest.ends(&parents);
    let scopes = parents.into_iter().zip(ends);
    scopes.map(|(parent, end)| Scope { parent, end }).collect()
}

/// Returns the sub-headings that hold no member.
fn without_members(plain: &[usize], members: &[Member]) -> Vec<usize> {
    let mut found = plain.to_vec();
    let blocks: BTreeSet<_> = members.iter().map(|m| m.candidate.block as usize).collect();
    found.retain(|block| !blocks.contains(block));
    found
}

/// Links the members of each series; also returns the last one of each.
fn link(members: &[Member]) -> (Vec<Link>, Vec<usize>) {
    let first = |member: &Member| Link {
        first_block: member.candidate.block as usize,
        ..Link::default()
    };
    let mut links: Vec<Link> = members.iter().map(first).collect();
    let mut last: Vec<usize> = Vec::new();
    for (i, member) in members.iter().enumerate() {
        let Some(before) = last.get_mut(member.series.get()) else {
            last.push(i);
            continue;
        };
        let before = std::mem::replace(before, i);
        let (mut max_blocks, mut first_block) = (0, 0);
        if let (Some(link), Some(fellow)) = (links.get_mut(before), members.get(before)) {
            let blocks = member
                .candidate
                .block
                .saturating_sub(fellow.candidate.block);
            link.after = Some(Index::new(i));
            max_blocks = link.max_blocks.max(blocks as usize);
            first_block = link.first_block;
        }
        if let Some(link) = links.get_mut(i) {
            *link = Link {
                before: Some(Index::new(before)),
                after: None,
                max_blocks,
                first_block,
            };
        }
    }
    (links, last)
}

impl Nest<'_> {
    fn candidate(&self, i: usize) -> Option<&Candidate> {
        self.members.get(i).map(|m| &m.candidate)
    }

    fn link(&self, i: usize) -> Link {
        self.links.get(i).copied().unwrap_or_default()
    }

    /// The last member of the series of member `i`.
    fn last_of(&self, i: usize) -> usize {
        let series = self.members.get(i).map(|m| m.series.get());
        series
            .and_then(|s| self.last.get(s))
            .map_or(i, |last| *last)
    }

    /// The block of a member.
    fn block(&self, i: usize) -> usize {
        self.candidate(i).map_or(0, |c| c.block as usize)
    }

    fn block_at(&self, index: usize) -> Option<Block> {
        self.document.blocks().get(index).copied()
    }

    fn parents(&mut self) -> Vec<Option<Index>> {
        let mut parents: Vec<Option<Index>> = Vec::with_capacity(self.members.len());
        let mut open: Vec<usize> = Vec::new();
        // for each member the last member of the series that it encloses
        let mut last_inside = vec![0; self.members.len()];
        for (i, member) in self.members.iter().enumerate() {
            let candidate = &member.candidate;
            if candidate.is_heading() {
                let encloses = |outer: &Candidate| {
                    outer.is_heading() && outer.heading_rank < candidate.heading_rank
                };
                while open
                    .pop_if(|top| !self.candidate(*top).is_some_and(encloses))
                    .is_some()
                {}
            } else if let Some(before) = self.link(i).before {
                let depth = match parents.get(before.get()).copied().flatten() {
                    None => Some(0),
                    Some(up) => open.iter().rposition(|o| *o == up.get()).map(|d| d + 1),
                };
                open.truncate(depth.unwrap_or(open.len()));
            } else {
                // a point that holds a series to be continued stays open
                let goes_on = |top: usize| last_inside.get(top).is_some_and(|last| *last > i);
                while open
                    .pop_if(|top| !goes_on(*top) && !self.covers(*top, i))
                    .is_some()
                {}
                open.truncate(MAX_LEVELS);
            }
            let parent = open.last().copied();
            if let Some(outer) = parent.and_then(|p| self.members.get(p)) {
                self.seen.insert((outer.candidate.family, candidate.family));
            }
            if let Some(last) = parent.and_then(|p| last_inside.get_mut(p)) {
                *last = (*last).max(self.last_of(i));
            }
            parents.push(parent.map(Index::new));
            open.push(i);
        }
        parents
    }

    /// Returns whether point `t` is still open at `i`, the first of its series.
    fn covers(&mut self, t: usize, i: usize) -> bool {
        let (Some(outer), Some(inner)) = (self.members.get(t), self.members.get(i)) else {
            return false;
        };
        let (outer, inner) = (&outer.candidate, &inner.candidate);
        if outer.is_heading() {
            return true;
        }
        let goes_on = self.link(t).after.is_some();
        let is_same_block = outer.block == inner.block;
        if outer.is_inline() && is_same_block {
            return self.block(self.last_of(i)) == outer.block as usize
                && (goes_on
                    || (outer.family != inner.family && !self.has_ended(t, i))
                    || (outer.family == inner.family && self.speaks_of(outer, inner)));
        }
        if outer.is_inline() {
            return !goes_on && self.announces(outer, inner);
        }
        if goes_on {
            let end = self.breaks.after(outer.block as usize, false);
            return outer.looks_like_title || end.is_none_or(|end| end > inner.block as usize);
        }
        if is_same_block {
            return outer.family != inner.family;
        }
        let is_beside = outer.family == inner.family
            && outer.depth == inner.depth
            && !is_right_below_title(outer, inner);
        !is_beside
            && !self.is_outranked(outer, inner)
            && (inner.block as usize <= self.last_block_for(t, inner)
                || self.announces(outer, inner)
                || self.is_below_announcing_line(t, inner)
                || is_next_rank(outer, inner))
    }

    /// Returns whether `outer` cannot enclose `inner`: by the standard, unless the article did
    /// so before. A marker on a line of its own holds whatever follows.
    fn is_outranked(&self, outer: &Candidate, inner: &Candidate) -> bool {
        let (a, b) = (outer.family, inner.family);
        let (Some(outer_rank), Some(inner_rank)) = (a.standard(), b.standard()) else {
            return false;
        };
        !self.is_whole_line(outer)
            && !self.seen.contains(&(a, b))
            && (inner_rank < outer_rank || self.seen.contains(&(b, a)))
    }

    /// Returns whether a marker is all that its line has: 3, with its text below.
    fn is_whole_line(&self, point: &Candidate) -> bool {
        let block = self.block_at(point.block as usize);
        block.is_some_and(|block| block.span.end.byte() == point.end())
    }

    /// Returns whether point `t`, the last of its series, has had as many sentences before `i`
    /// as any of its fellows.
    fn has_ended(&mut self, t: usize, i: usize) -> bool {
        let text = self.document.text();
        let count = self.sentences.between(text, self.members, t, i);
        count >= 1 && count >= self.max_sentences(t)
    }

    /// The most sentences that a member of its series has before `last`, the last one.
    fn max_sentences(&mut self, last: usize) -> usize {
        if let Some(known) = self.max_sentences.get(&last) {
            return *known;
        }
        let (mut most, mut at) = (0, last);
        while let Some(before) = self.link(at).before.map(Index::get) {
            let start = |i: usize| self.candidate(i).map_or(0, Candidate::start);
            let text = self.document.text().get(start(before)..start(at));
            most = most.max(text.map_or(0, sentence_ends));
            at = before;
        }
        self.max_sentences.insert(last, most);
        most
    }

    /// Returns whether the paragraph of a point announces the list that follows, or a short line
    /// below it does: 分别是：. A list with bullets is held with all that its items hold.
    fn announces(&self, outer: &Candidate, inner: &Candidate) -> bool {
        let first = outer.block as usize;
        let is_line = self.text_of(first + 1).chars().count() <= MAX_ANNOUNCING_CHARS;
        let announcing = [Some(first), Some(first + 1).filter(|_| is_line)];
        announcing.into_iter().flatten().any(|block| {
            let text = self.text_of(block).trim_end();
            let list = block + 1..=inner.block as usize;
            let is_item = |block| {
                self.block_at(block)
                    .is_some_and(|b| b.kind == BlockKind::Item)
            };
            text.ends_with(['：', ':'])
                && !list.is_empty()
                && ((inner.heads_line() && list.clone().count() == 1)
                    || (list.clone().count() <= MAX_LIST_ITEMS && list.clone().all(is_item)))
        })
    }

    /// Returns whether a list begins right below a line that only announces it, the next after
    /// what point `t` holds: 包括：.
    fn is_below_announcing_line(&self, t: usize, inner: &Candidate) -> bool {
        let Some(line) = (inner.block as usize).checked_sub(1) else {
            return false;
        };
        let text = self.text_of(line);
        inner.heads_line()
            && text.chars().count() <= MAX_ANNOUNCING_CHARS
            && text.ends_with(['：', ':'])
            && line <= self.last_block(t) + 1
    }

    /// Returns whether the words before `inner`, a first one, speak of the point before it alone:
    /// they take up a word of it, or 后者 does.
    fn speaks_of(&self, outer: &Candidate, inner: &Candidate) -> bool {
        let text = self.document.text();
        let between = text.get(outer.end()..inner.start()).unwrap_or_default();
        let lead_in = between.trim_end_matches(['：', '，', ':', ',']);
        let at = lead_in.rfind(['。', '；', '！', '？']);
        let Some((point, lead_in)) = at.map(|at| between.split_at(at)) else {
            return false;
        };
        let letters = |text: &str| -> Vec<char> {
            let letters = text.chars().filter(|c| letter::is_letter(*c));
            letters.take(MAX_COMPARED_CHARS).collect()
        };
        // what the point says itself: 另有一种… in a later sentence opens a theme of its own
        let point = point.split(['。', '；', '！', '？']).next();
        let (point, lead_in) = (letters(point.unwrap_or_default()), letters(lead_in));
        let takes_up = lead_in
            .windows(2)
            .any(|pair| point.windows(2).any(|p| p == pair));
        let names_last = lead_in.windows(2).any(|pair| pair == ['后', '者']);
        takes_up || names_last
    }

    fn text_of(&self, block: usize) -> &str {
        let block = self.block_at(block);
        block.map_or("", |b| self.document.slice(b.span))
    }

    /// The last block of point `t` that may hold `inner`: a count inside a paragraph lies no
    /// farther than the longest fellow reaches.
    fn last_block_for(&self, t: usize, inner: &Candidate) -> usize {
        let longest = self.block(t) + self.link(t).max_blocks.max(1) - 1;
        let last = self.last_block(t);
        if inner.is_inline() {
            last.min(longest)
        } else {
            last
        }
    }

    /// The last block of a line-head point that no fellow follows.
    fn last_block(&self, t: usize) -> usize {
        let Some(point) = self.candidate(t) else {
            return 0;
        };
        let block = point.block as usize;
        let longest = self.link(t).max_blocks.max(1);
        // an article of a law has as many paragraphs as it needs
        let holds_more = point.looks_like_title
            || point.family == Family::Article
            || self.is_announcing_line(block);
        let limit = if holds_more {
            longest.max(MIN_TITLED_BLOCKS) * 2
        } else {
            longest
        };
        let blocks = self.document.blocks().len();
        let end = self.breaks.after(block, point.looks_like_title);
        let ends = [end, self.subheading_after(t), Some(block + limit)];
        let end = ends.into_iter().flatten().fold(blocks, usize::min);
        let end = if holds_more {
            end
        } else {
            let mut inside = block + 1..end;
            inside.find(|b| self.is_new_title(*b)).unwrap_or(end)
        };
        end.saturating_sub(1).max(block)
    }

    /// The first sub-heading after point `t`, the last of its series, if no fellow holds one: it is
    /// a part beside the series, then.
    fn subheading_after(&self, t: usize) -> Option<usize> {
        let (first, block) = (self.link(t).first_block, self.block(t));
        let from = self.subheadings.partition_point(|s| *s <= block);
        let is_inside = from
            .checked_sub(1)
            .and_then(|before| self.subheadings.get(before))
            .is_some_and(|s| *s > first);
        self.subheadings.get(from).copied().filter(|_| !is_inside)
    }

    /// Returns whether a block is a short line without a stop, over a longer paragraph: a title
    /// of what follows.
    fn is_new_title(&self, block: usize) -> bool {
        let (line, below) = (self.text_of(block), self.text_of(block + 1));
        let is_text = |block: usize| {
            self.block_at(block)
                .is_some_and(|b| b.kind == BlockKind::Paragraph)
        };
        is_text(block)
            && is_text(block + 1)
            && line.len() <= MAX_NEW_TITLE_BYTES
            && line.ends_with(char::is_alphabetic)
            && below.len() > line.len()
            && below.ends_with(['。', '！', '？', '：'])
    }

    /// Returns whether a short line ends with a colon: 四、其他几位的发言：.
    fn is_announcing_line(&self, block: usize) -> bool {
        let text = self.text_of(block);
        text.len() <= MAX_TITLE_BYTES && text.ends_with(['：', ':'])
    }

    fn ends(&self, parents: &[Option<Index>]) -> Vec<usize> {
        let past = self.first_past(parents);
        let mut ends = vec![0; self.members.len()];
        for (i, parent) in parents.iter().enumerate().rev() {
            let inside = ends.get(i).copied().unwrap_or(0);
            let past = past.get(i).copied().unwrap_or(0);
            let own = self.own_end(i).max(inside).min(past);
            if let Some(end) = ends.get_mut(i) {
                *end = own;
            }
            if let Some(outer) = parent.and_then(|p| ends.get_mut(p.get())) {
                *outer = (*outer).max(own);
            }
        }
        let text = self.document.text();
        for (end, member) in ends.iter_mut().zip(self.members) {
            let start = member.candidate.end();
            *end = start + text.get(start..*end).map_or(0, |t| t.trim_end().len());
        }
        ends
    }

    /// The beginning of the first point after each that is not inside it.
    fn first_past(&self, parents: &[Option<Index>]) -> Vec<usize> {
        let mut past = vec![self.document.end().byte(); self.members.len()];
        let mut open: Vec<Index> = Vec::new();
        for (i, (member, parent)) in self.members.iter().zip(parents).enumerate() {
            while let Some(top) = open.pop_if(|top| Some(*top) != *parent) {
                if let Some(past) = past.get_mut(top.get()) {
                    *past = member.candidate.start();
                }
            }
            open.push(Index::new(i));
        }
        past
    }

    /// The byte at which a point would end by itself.
    fn own_end(&self, i: usize) -> usize {
        let Some(point) = self.candidate(i) else {
            return 0;
        };
        let block_end = |block| {
            let block = self.block_at(block);
            block.map_or(point.end(), |b| b.span.end.byte())
        };
        let next = self
            .link(i)
            .after
            .and_then(|next| self.candidate(next.get()));
        match (point.position, next) {
            _ if point.is_heading() => self.document.end().byte(),
            (MarkerPosition::Inline, Some(next)) if next.block == point.block => next.start(),
            (MarkerPosition::Inline, _) => block_end(point.block as usize),
            (_, Some(next)) => next.start(),
            (_, None) => block_end(self.last_block(i)),
        }
    }
}

/// Returns whether a paragraph begins a count right below the title line of a point in the same
/// words: 第三个问题，难处在哪里？ over 第一，….
fn is_right_below_title(outer: &Candidate, inner: &Candidate) -> bool {
    outer.looks_like_title
        && !inner.looks_like_title
        && outer.family.is_word()
        && inner.block == outer.block + 1
}

/// Returns whether a list of an inner rank begins right below a line: 二、…。 and `1.`.
fn is_next_rank(outer: &Candidate, inner: &Candidate) -> bool {
    let ranks = outer.family.standard().zip(inner.family.standard());
    inner.heads_line()
        && inner.block == outer.block + 1
        && inner.ordinal.number() == 1
        && ranks.is_some_and(|(outer, inner)| outer < inner)
}
