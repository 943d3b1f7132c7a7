//! Chains candidates into series: by family, number and scope.
//!
//! 1. A stack holds the series that are open, outermost first. A candidate joins the innermost
//!    that calls for it, which closes those inside; otherwise it opens a series of its own.
//! 2. A number that starts again replaces the series before it, unless one between the two goes
//!    on later: then it belongs inside that one.
//! 3. What stays alone is dropped.
//!
//! The stack has a bound, and a candidate is looked at a bounded number of times: time is
//! linear in the candidates.

use super::announced;
use super::candidate::Candidate;
use super::context::{Confidence, Preceding};
use super::family::{Family, Ordinal};
use super::follow::{End, ends_acts};
use super::index::Index;
use std::collections::{BTreeMap, BTreeSet};

/// Series that are open at once in a text that someone wrote.
const MAX_OPEN_SERIES: usize = 24;

/// Numbers of a style that are looked at to tell whether a series that another one interrupts
/// goes on.
const MAX_LOOKAHEAD: usize = 40;

/// Blocks from a line to the lone number below it.
const MAX_BLOCKS_TO_LONE: u32 = 4;

/// Ranks of numbered headings inside one level of markup.
const MAX_RANKS_PER_LEVEL: usize = 7;

/// A series that may go on.
#[derive(Clone, Debug)]
struct Open {
    /// Its index among all series.
    series: usize,
    /// Its last member.
    last: usize,
    /// The number of that member.
    number: u32,
    /// True if a member of it is clearly one.
    is_clear: bool,
    /// True if its last member ends it: 最后.
    is_ended: bool,
    /// The number of members that were announced before it.
    announced: Option<u32>,
}

/// A candidate that belongs to a series.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// The candidate.
    pub candidate: Candidate,
    /// The number that it shows or implies.
    pub number: u32,
    /// Its series.
    pub series: Index,
}

/// Chains the candidates of one document. Series are numbered from 0 without gaps, in the order
/// of their first members.
pub fn chain(text: &str, found: Vec<Candidate>) -> Vec<Member> {
    let mut chains = Chains::new(text, found);
    for i in 0..chains.found.len() {
        chains.add(i);
    }
    chains.into_members()
}

/// Returns the indices of the members of each series.
pub fn members_by_series(members: &[Member]) -> Vec<Vec<Index>> {
    let mut by_series: Vec<Vec<Index>> = Vec::new();
    for (i, member) in members.iter().enumerate() {
        match by_series.get_mut(member.series.get()) {
            Some(series) => series.push(Index::new(i)),
            None => by_series.push(vec![Index::new(i)]),
        }
    }
    by_series
}

/// Series in the making.
struct Chains<'a> {
    text: &'a str,
    found: Vec<Candidate>,
    /// For each candidate the next of its family, up to the next heading.
    next: Vec<Option<Index>>,
    /// The series that are open, outermost first.
    stack: Vec<Open>,
    /// The series and the number of each candidate so far.
    places: Vec<Option<(usize, u32)>>,
    /// The number of members of each series.
    sizes: Vec<u32>,
    /// The number of members that make each of them a series.
    least: Vec<u32>,
}

impl<'a> Chains<'a> {
    fn new(text: &'a str, mut found: Vec<Candidate>) -> Self {
        rank_headings(&mut found);
        let next = next_of_family(&found);
        keep_lone_items(&mut found, &next);
        Self {
            text,
            places: Vec::with_capacity(found.len()),
            found,
            next,
            stack: Vec::new(),
            sizes: Vec::new(),
            least: Vec::new(),
        }
    }

    fn following(&self, i: usize) -> Option<(usize, &Candidate)> {
        let next = self.next.get(i).copied().flatten()?.get();
        Some((next, self.found.get(next)?))
    }

    /// Finds the series of the candidate `i`.
    fn add(&mut self, i: usize) {
        let Some(&candidate) = self.found.get(i) else {
            return;
        };
        let place = match self.best(i, &candidate) {
            Some((depth, number)) => self.join(i, &candidate, depth, number),
            None => opening_number(&candidate).map(|number| self.open(i, &candidate, number)),
        };
        if let Some(size) = place.and_then(|(series, _)| self.sizes.get_mut(series)) {
            *size += 1;
        }
        self.places.push(place);
    }

    /// Adds a candidate to an open series, and closes those inside.
    fn join(
        &mut self,
        i: usize,
        candidate: &Candidate,
        depth: usize,
        number: u32,
    ) -> Option<(usize, u32)> {
        self.stack.truncate(depth + 1);
        let top = self.stack.last_mut()?;
        let rank = self.found.get(top.last).map_or(0, |m| m.heading_rank);
        // a line that counts on after headings is one of them
        if let Some(candidate) = self.found.get_mut(i).filter(|c| !c.is_heading()) {
            candidate.heading_rank = rank;
        }
        *top = Open {
            series: top.series,
            last: i,
            number,
            is_clear: top.is_clear || is_clear(candidate),
            is_ended: candidate.ordinal == Ordinal::Last,
            announced: top.announced,
        };
        Some((top.series, number))
    }

    /// Opens a series.
    fn open(&mut self, i: usize, candidate: &Candidate, number: u32) -> (usize, u32) {
        // what was announced before a point of another count is that count's
        let lasts = self
            .stack
            .iter()
            .filter_map(|open| self.found.get(open.last));
        let after = lasts.map(Candidate::end).max().unwrap_or(0);
        self.make_room(candidate);
        let series = self.sizes.len();
        self.sizes.push(0);
        // 一看就懂，二看再说 and no third: a verb repeated
        let is_doubtful = matches!(candidate.family, Family::Count(_))
            && candidate.confidence == Confidence::Weak;
        self.least.push(if is_doubtful { 3 } else { 2 });
        self.stack.push(Open {
            series,
            last: i,
            number,
            is_clear: is_clear(candidate),
            is_ended: false,
            announced: announced::before(self.text, candidate, after).filter(|_| number == 1),
        });
        (series, number)
    }

    /// Returns the depth of the open series that calls for `candidate`, and the number that it
    /// has there: the one whose next number it is, of its own style, set off alike; of equals
    /// the innermost.
    fn best(&self, i: usize, candidate: &Candidate) -> Option<(usize, u32)> {
        let is_second =
            |m: &Candidate| m.block == candidate.block && m.ordinal == Ordinal::Number(2);
        // a first with a second of its own repeats none: 一是…。一是…，二是…
        let opens = candidate.ordinal == Ordinal::Number(1)
            && candidate.is_inline()
            && self.following(i).is_some_and(|(_, m)| is_second(m));
        if opens {
            return None;
        }
        let mut best: Option<([bool; 5], usize, u32)> = None;
        for (depth, open) in self.stack.iter().enumerate().rev() {
            let Some(last) = self.found.get(open.last) else {
                continue;
            };
            if open.is_ended || !(last.family.joins(candidate.family) || ends_acts(last, candidate))
            {
                // a heading closes what is above it; only its equals go on
                if !candidate.is_heading() && last.is_heading() && candidate.family.is_word() {
                    break;
                }
                continue;
            }
            let end = End {
                last,
                number: open.number,
                is_clear: open.is_clear,
                announced: open.announced,
            };
            let Some(number) = end.followed_by(self.text, candidate) else {
                continue;
            };
            // a count that has all that was announced calls for no more
            let is_complete = open.announced == Some(open.number) && open.number > 1;
            let worth = [
                number == open.number + 1,
                !is_complete,
                last.family == candidate.family,
                last.is_inline() == candidate.is_inline(),
                last.preceding == candidate.preceding || last.preceding == Preceding::LineStart,
            ];
            if best.is_none_or(|(most, ..)| worth > most) {
                best = Some((worth, depth, number));
            }
        }
        best.map(|(_, depth, number)| (depth, number))
    }

    /// Closes the series that a new one beginning with `candidate` ends.
    fn make_room(&mut self, candidate: &Candidate) {
        let last = |open: &Open| self.found.get(open.last);
        let kept = if candidate.is_heading() {
            let encloses =
                |m: &Candidate| m.is_heading() && m.heading_rank < candidate.heading_rank;
            let inner = |open: &Open| last(open).is_some_and(|m| !encloses(m));
            self.stack
                .iter()
                .rposition(|open| !inner(open))
                .map_or(0, |at| at + 1)
        } else if candidate.is_inline() {
            self.stack.len()
        } else {
            // the series of the same style that starts again here
            let starts_again = |open: &Open| {
                last(open).is_some_and(|m| {
                    m.family == candidate.family && !m.is_heading() && m.depth == candidate.depth
                })
            };
            let again = self.stack.iter().rposition(starts_again);
            again
                .filter(|at| !self.goes_on_inside(*at))
                .unwrap_or(self.stack.len())
        };
        self.stack.truncate(kept);
        if self.stack.len() >= MAX_OPEN_SERIES {
            self.stack.remove(0);
        }
    }

    /// Returns whether the open series at `depth`, whose style starts again, or one inside it
    /// has a member still to come.
    fn goes_on_inside(&self, depth: usize) -> bool {
        let mut open = self.stack.iter().skip(depth);
        open.next().is_some_and(|open| self.is_resumed(open))
            || open.any(|open| {
                let next = Ordinal::Number(open.number + 1);
                self.following(open.last)
                    .is_some_and(|(_, m)| m.ordinal == next)
            })
    }

    /// 1. (1. 2. 3.) 2.: the numbers fall back to the one that is missing.
    fn is_resumed(&self, open: &Open) -> bool {
        let (mut at, mut before) = (open.last, 0);
        for step in 0..MAX_LOOKAHEAD {
            let Some((i, Ordinal::Number(n))) = self.following(at).map(|(i, m)| (i, m.ordinal))
            else {
                return false;
            };
            if step > 0 && n == 1 {
                return false;
            }
            if n <= before && n == open.number + 1 {
                return true;
            }
            (at, before) = (i, n);
        }
        false
    }

    /// Drops what stayed alone.
    fn into_members(self) -> Vec<Member> {
        let counts_on = self.counts_on();
        let of_known_rank = self.of_known_rank();
        let counts_alone = counts_on
            .into_iter()
            .zip(of_known_rank)
            .map(|(a, b)| a || b);
        let counts_alone: Vec<bool> = counts_alone.collect();
        let mut kept: Vec<(Candidate, usize, u32)> = Vec::new();
        // backwards: whether a lone title counts depends on what follows it
        for ((candidate, place), counts_alone) in
            self.found.iter().zip(&self.places).zip(counts_alone).rev()
        {
            let Some((series, number)) = *place else {
                continue;
            };
            let counts_alone = || {
                candidate.is_heading()
                    || counts_alone
                    || heads_a_series(candidate, kept.last().map(|(c, ..)| c))
            };
            if self.is_series(series) || counts_alone() {
                kept.push((*candidate, series, number));
            }
        }
        let mut names: Vec<Option<Index>> = vec![None; self.sizes.len()];
        let mut unused = 0..;
        let mut name = |series: usize| {
            let name = names.get_mut(series)?;
            *name = name.or_else(|| unused.next().map(Index::new));
            *name
        };
        let members = kept.iter().rev().filter_map(|(candidate, series, number)| {
            Some(Member {
                candidate: *candidate,
                number: *number,
                series: name(*series)?,
            })
        });
        members.collect()
    }

    /// Returns whether a series has enough members to be one.
    fn is_series(&self, series: usize) -> bool {
        self.sizes.get(series) >= self.least.get(series)
    }

    /// Returns which first numbers at line heads are of a style that counts elsewhere in the
    /// document, right below a line of an outer style: 第一条 alone in the first chapter.
    fn of_known_rank(&self) -> Vec<bool> {
        let is_ranked =
            |c: &Candidate| c.heads_line() && c.family.standard().is_some() && !c.family.is_bare();
        let placed = self.found.iter().zip(&self.places);
        let known: BTreeSet<Family> = placed
            .filter(|(c, place)| {
                is_ranked(c) && place.is_some_and(|(series, _)| self.is_series(series))
            })
            .map(|(c, _)| c.family)
            .collect();
        let is_inner = |above: &Candidate, candidate: &Candidate| {
            above.family.standard() < candidate.family.standard()
                && candidate.block <= above.block + MAX_BLOCKS_TO_LONE
        };
        let mut above: Option<&Candidate> = None;
        let mut of_known_rank = Vec::with_capacity(self.found.len());
        for candidate in &self.found {
            let counts = is_ranked(candidate)
                && candidate.ordinal == Ordinal::Number(1)
                && known.contains(&candidate.family)
                && above.is_some_and(|above| is_inner(above, candidate));
            of_known_rank.push(counts);
            if !candidate.is_inline() {
                above = Some(candidate);
            }
        }
        of_known_rank
    }

    /// Returns which numbers at line heads count on from the last of their style, whatever is
    /// between them: 第七条 in the chapter after that of 第六条.
    fn counts_on(&self) -> Vec<bool> {
        let mut last: BTreeMap<Family, u32> = BTreeMap::new();
        let judge = |(candidate, place): (&Candidate, &Option<(usize, u32)>)| {
            let family = candidate.family;
            let is_counted =
                candidate.heads_line() && family.standard().is_some() && !family.is_bare();
            let (Ordinal::Number(n), true) = (candidate.ordinal, is_counted) else {
                return false;
            };
            let counts_on = last.get(&family).is_some_and(|last| last + 1 == n);
            if counts_on || place.is_some_and(|(series, _)| self.is_series(series)) {
                last.insert(family, n);
            }
            counts_on
        };
        self.found.iter().zip(&self.places).map(judge).collect()
    }
}

/// Returns whether a candidate is clearly a marker by itself.
fn is_clear(candidate: &Candidate) -> bool {
    matches!(candidate.confidence, Confidence::Clear | Confidence::Joined)
}

/// Returns the number of a candidate that may be the first of its series.
fn opening_number(candidate: &Candidate) -> Option<u32> {
    let number = candidate.ordinal.number();
    let is_inline = candidate.is_inline();
    if candidate.is_heading() {
        return Some(number.max(1));
    }
    // 合二为一，三为万物
    let is_inline_count = is_inline && matches!(candidate.family, Family::Count(_));
    let may_open = number == 1
        || (number > 1
            && !is_inline_count
            && candidate.confidence == Confidence::Clear
            && (!is_inline || number <= 3));
    may_open.then_some(number)
}

/// Returns whether a lone number heads a part all the same: 第一章　总则, with 第一条 after it,
/// in a text that gives one chapter only.
fn heads_a_series(candidate: &Candidate, follower: Option<&Candidate>) -> bool {
    let Some((outer, next)) = candidate.family.standard().zip(follower) else {
        return false;
    };
    let is_first_title = candidate.looks_like_title
        && candidate.ordinal == Ordinal::Number(1)
        && !candidate.family.is_bare();
    let opens = next.ordinal == Ordinal::Number(1)
        && next.heads_line()
        && !next.is_heading()
        && (candidate.block + 1..=candidate.block + 4).contains(&next.block);
    is_first_title && opens && next.family.standard().is_none_or(|inner| inner > outer)
}

/// Tells headings of one level apart where their numbers are of two ranks: 一、 and （一）, both
/// `##`. The style that comes first is the outer one, the standard agreeing.
fn rank_headings(found: &mut [Candidate]) {
    let mut seen: [Vec<Family>; 8] = Default::default();
    for heading in found.iter_mut().filter(|c| c.is_heading()) {
        let Some(rank) = heading.family.standard() else {
            continue;
        };
        let Some(order) = seen.get_mut(usize::from(heading.heading_rank / 8)) else {
            continue;
        };
        let known = order.iter().position(|family| *family == heading.family);
        let is_inner = |outer: &Family| outer.standard().is_none_or(|outer| outer < rank);
        let is_new = order.len() < MAX_RANKS_PER_LEVEL
            && match order.last() {
                None => true,
                Some(outer) => is_inner(outer) && heading.ordinal == Ordinal::Number(1),
            };
        if known.is_none() && is_new {
            order.push(heading.family);
        }
        let at = known.unwrap_or(if is_new { order.len() - 1 } else { 0 });
        heading.heading_rank += u8::try_from(at).unwrap_or(0);
    }
}

/// Returns for each candidate the next of its family before the next heading.
fn next_of_family(found: &[Candidate]) -> Vec<Option<Index>> {
    let mut next = vec![None; found.len()];
    let mut latest: BTreeMap<Family, Index> = BTreeMap::new();
    for (i, (candidate, slot)) in found.iter().zip(&mut next).enumerate().rev() {
        *slot = latest.insert(candidate.family, Index::new(i));
        if candidate.is_heading() {
            latest.clear();
            latest.insert(candidate.family, Index::new(i));
        }
    }
    next
}

/// Keeps the mark of a list item only where no 2 follows it: a list that writes `1.` for every
/// item is one list.
fn keep_lone_items(found: &mut [Candidate], next: &[Option<Index>]) {
    for i in 0..found.len() {
        let following = next.get(i).copied().flatten();
        let following = following.and_then(|next| found.get(next.get()));
        let is_counted = following.is_some_and(|next| next.ordinal == Ordinal::Number(2));
        if let Some(candidate) = found.get_mut(i) {
            candidate.is_item &= !is_counted
                && matches!(candidate.family, Family::Arabic(_))
                && candidate.heads_line();
        }
    }
}
