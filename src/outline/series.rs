//! Chains candidates into series: by family, number and scope.
//!
//! 1. A stack holds the series that are open, outermost first. A candidate
//!    joins the innermost that calls for it, which closes those inside;
//!    otherwise it opens a series of its own.
//! 2. A number that starts again replaces the series before it, unless one
//!    between the two goes on later: then it stands inside that one.
//! 3. What stays alone is dropped.
//!
//! The stack has a bound, and a candidate is looked at a bounded number of
//! times: time is linear in the candidates.

use super::candidate::Candidate;
use super::context::{Sign, Stop};
use super::style::{Family, Ordinal};
use super::{Index, PlaceOf};
use std::collections::BTreeMap;

/// More series than this are never open at once in a text that someone wrote.
const DEEPEST: usize = 24;

/// The largest gap in a series that still reads as one: 一、三、四、.
const GAP: u32 = 3;

/// 其次 follows 首先 within so many blocks.
const FAR: u32 = 40;

/// How many numbers of its style are looked at to tell whether a series that
/// another one interrupts goes on.
const AHEAD: usize = 40;

/// A series that may go on.
#[derive(Clone, Debug)]
struct Open {
    /// Its index among all series.
    series: usize,
    /// Its last member.
    last: usize,
    /// The number that its last member has.
    number: u32,
    /// Whether a member of it stands as markers stand.
    clear: bool,
    /// Whether its number counts for more than its style (最后 ends it).
    ended: bool,
}

/// Candidates with the series each belongs to; those without fellows are gone.
#[derive(Debug, Default)]
pub struct Chains {
    /// Candidates that are members, in text order.
    pub members: Vec<Candidate>,
    /// The number each shows or stands for.
    pub numbers: Vec<u32>,
    /// The series of each, from 0 without gaps.
    pub series: Vec<Index>,
}

/// Chains the candidates of one document.
pub fn chain(text: &str, mut found: Vec<Candidate>) -> Chains {
    heading_keys(&mut found);
    let next = next_of_family(&found);
    lone_ones(&mut found, &next);
    let mut stack: Vec<Open> = Vec::new();
    let mut series_of: Vec<Option<Index>> = vec![None; found.len()];
    let mut numbers = vec![0; found.len()];
    let mut sizes: Vec<u32> = Vec::new();
    for i in 0..found.len() {
        let Some(&c) = found.get(i) else { break };
        let fit = best(text, &stack, &found, &c);
        let (series, number) = if let Some((depth, number)) = fit {
            stack.truncate(depth + 1);
            let Some(top) = stack.last_mut() else {
                continue;
            };
            let heading = found.get(top.last).map_or(0, |m| m.key);
            if c.key == 0 && heading > 0 {
                // A line that counts on after headings is one of them.
                if let Some(c) = found.get_mut(i) {
                    c.key = heading;
                }
            }
            *top = Open {
                series: top.series,
                last: i,
                number,
                clear: top.clear || tells(&c),
                ended: c.ordinal == Ordinal::Last,
            };
            (top.series, number)
        } else {
            let Some(number) = opens(&c) else { continue };
            make_room(&mut stack, &found, &next, &c);
            sizes.push(0);
            stack.push(Open {
                series: sizes.len() - 1,
                last: i,
                number,
                clear: tells(&c),
                ended: false,
            });
            (sizes.len() - 1, number)
        };
        if let (Some(s), Some(n), Some(size)) = (
            series_of.get_mut(i),
            numbers.get_mut(i),
            sizes.get_mut(series),
        ) {
            (*s, *n) = (Some(Index::new(series)), number);
            *size += 1;
        }
    }
    drop(next);
    keep(found, series_of, numbers, &sizes)
}

/// Drops what stayed alone and renumbers the series.
fn keep(
    mut found: Vec<Candidate>,
    mut series_of: Vec<Option<Index>>,
    mut numbers: Vec<u32>,
    sizes: &[u32],
) -> Chains {
    let size = |series: Option<Index>| {
        series
            .and_then(|s| sizes.get(s.get()))
            .copied()
            .unwrap_or(0)
    };
    let counts_on = counts_on(&found, &series_of, size);
    // Read backwards: whether a lone title counts depends on what follows it.
    let mut follower: Option<&Candidate> = None;
    for ((c, series), goes_on) in found.iter().zip(&mut series_of).zip(&counts_on).rev() {
        let size = size(*series);
        if size >= 2 || (size == 1 && (c.key > 0 || *goes_on || heads_a_series(c, follower))) {
            follower = Some(c);
        } else {
            *series = None;
        }
    }
    let mut kept = series_of.iter();
    found.retain(|_| kept.next().is_some_and(Option::is_some));
    // the system takes back what is behind the end, without a copy
    found.shrink_to_fit();
    let mut kept = series_of.iter();
    numbers.retain(|_| kept.next().is_some_and(Option::is_some));
    let (mut names, mut fresh) = (vec![None; sizes.len()], 0..);
    let name = |old: Index| {
        let name = names.get_mut(old.get())?;
        *name = name.or_else(|| fresh.next().map(Index::new));
        *name
    };
    Chains {
        members: found,
        numbers,
        series: series_of.into_iter().flatten().filter_map(name).collect(),
    }
}

/// Which numbers at line heads count on from the last of their style, whatever
/// stands between: 第七条 in the chapter after that of 第六条.
fn counts_on(
    found: &[Candidate],
    series_of: &[Option<Index>],
    size: impl Fn(Option<Index>) -> u32,
) -> Vec<bool> {
    // of a few styles only: a tree is quicker than a hash
    let mut last: BTreeMap<Family, u32> = BTreeMap::new();
    let judge = |(c, series): (&Candidate, &Option<Index>)| {
        let counted = c.place == PlaceOf::LineHead
            && c.family.standard().is_some()
            && !matches!(c.family, Family::BareArabic | Family::BareHan);
        let (Ordinal::Number(n), true) = (c.ordinal, counted) else {
            return false;
        };
        let goes_on = last.get(&c.family).is_some_and(|l| l + 1 == n);
        if goes_on || size(*series) >= 2 {
            last.insert(c.family, n);
        }
        goes_on
    };
    found.iter().zip(series_of).map(judge).collect()
}

/// Whether a lone number heads a part all the same: 第一章　总则, with 第一条 after
/// it, in a text that gives one chapter only.
fn heads_a_series(c: &Candidate, follower: Option<&Candidate>) -> bool {
    let first = c.titled
        && c.ordinal == Ordinal::Number(1)
        && !matches!(c.family, Family::BareArabic | Family::BareHan);
    let Some((outer, next)) = c.family.standard().zip(follower) else {
        return false;
    };
    let opens = matches!(next.ordinal, Ordinal::Number(1))
        && next.key == 0
        && next.block > c.block
        && next.block <= c.block + 4;
    first
        && opens
        && next.place == PlaceOf::LineHead
        && next.family.standard().is_none_or(|inner| inner > outer)
}

/// Headings of one level may still be of two ranks: 一、 and （一）, both `##`.
/// The style that comes first is the outer one, the standard agreeing.
fn heading_keys(found: &mut [Candidate]) {
    let mut seen: [Vec<Family>; 8] = Default::default();
    for c in found.iter_mut().filter(|c| c.key > 0) {
        let Some(rank) = c.family.standard() else {
            continue;
        };
        let Some(order) = seen.get_mut(usize::from(c.key / 8)) else {
            continue;
        };
        let at = order
            .iter()
            .position(|f| *f == c.family)
            .unwrap_or_else(|| {
                let after = order
                    .last()
                    .and_then(|f| f.standard())
                    .is_none_or(|outer| outer < rank);
                if after && order.len() < 7 && (order.is_empty() || c.ordinal == Ordinal::Number(1))
                {
                    order.push(c.family);
                    order.len() - 1
                } else {
                    0
                }
            });
        c.key += u8::try_from(at).unwrap_or(0);
    }
}

/// For each candidate, the next of its family before the next heading.
fn next_of_family(found: &[Candidate]) -> Vec<Option<Index>> {
    let mut next = vec![None; found.len()];
    let mut latest: BTreeMap<Family, Index> = BTreeMap::new();
    for (i, (c, slot)) in found.iter().zip(&mut next).enumerate().rev() {
        *slot = latest.insert(c.family, Index::new(i));
        if c.key > 0 {
            latest.clear();
            latest.insert(c.family, Index::new(i));
        }
    }
    next
}

/// Lists that write `1.` for every item are one list: an item keeps its mark
/// only where no 2 follows it.
fn lone_ones(found: &mut [Candidate], next: &[Option<Index>]) {
    for i in 0..found.len() {
        let counts = |found: &[Candidate]| {
            next.get(i)
                .copied()
                .flatten()
                .and_then(|n| found.get(n.get()))
                .is_some_and(|f| f.ordinal == Ordinal::Number(2))
        };
        let item = found
            .get(i)
            .is_some_and(|c| c.item && c.family == Family::Arabic && c.place == PlaceOf::LineHead)
            && !counts(found);
        if let Some(c) = found.get_mut(i) {
            c.item = item;
        }
    }
}

/// The open series that calls for `c`, with the number that `c` has there:
/// the one whose next number it is, of its own style, set off alike; of
/// equals the innermost.
fn best(text: &str, stack: &[Open], found: &[Candidate], c: &Candidate) -> Option<(usize, u32)> {
    let mut best: Option<(u8, usize, u32)> = None;
    for (depth, open) in stack.iter().enumerate().rev() {
        let Some(last) = found.get(open.last) else {
            continue;
        };
        if open.ended || !(last.family.joins(c.family) || ends_acts(last, c)) {
            // A heading closes what stands before it; only its equals go on.
            if c.key == 0 && last.key > 0 && c.family.is_word() {
                break;
            }
            continue;
        }
        let Some(number) = follows(text, open, last, c) else {
            continue;
        };
        let worth = u8::from(number == open.number + 1) * 8
            + u8::from(last.family == c.family) * 4
            + u8::from((last.place == PlaceOf::Inline) == (c.place == PlaceOf::Inline)) * 2
            + u8::from(last.stop == c.stop || last.stop == Stop::Line);
        if best.is_none_or(|(most, ..)| worth > most) {
            best = Some((worth, depth, number));
        }
    }
    best.map(|(_, depth, number)| (depth, number))
}

/// 最后 may end what 一是 and 二是 began.
fn ends_acts(last: &Candidate, c: &Candidate) -> bool {
    matches!(last.family, Family::Is | Family::Want) && c.ordinal == Ordinal::Last
}

/// Whether a candidate tells by itself that it is a marker.
fn tells(c: &Candidate) -> bool {
    matches!(c.sign, Sign::Clear | Sign::Joined)
}

/// Whether `c` may be the member after `last`, and as which number.
fn follows(text: &str, open: &Open, last: &Candidate, c: &Candidate) -> Option<u32> {
    if c.key > 0 {
        // Headings go with headings of their own rank.
        let Ordinal::Number(n) = c.ordinal else {
            return (last.key == c.key).then_some(open.number + 1);
        };
        let near = n > open.number && n <= open.number + GAP;
        return (near && last.key == c.key).then_some(n);
    }
    let heads = last.place != PlaceOf::Inline && c.place != PlaceOf::Inline;
    if last.key > 0 && !(heads && c.ordinal == Ordinal::Number(open.number + 1)) {
        return None;
    }
    if heads && last.depth != c.depth && last.key == 0 {
        return None;
    }
    let distance = c.block.saturating_sub(last.block);
    let number = match c.ordinal {
        Ordinal::Number(n) if n > open.number && n <= open.number + GAP => n,
        Ordinal::Number(n) if n == open.number || n == 1 => return repeats(text, open, last, c),
        Ordinal::Number(_) => return None,
        Ordinal::Next | Ordinal::Then | Ordinal::Last => open.number + 1,
    };
    let next = number == open.number + 1;
    match c.sign {
        // （1）山路或（2）水路; not （1）或（2）.
        Sign::Joined => {
            let between = text.get(last.end()..c.start()).unwrap_or_default();
            return (next
                && last.family == c.family
                && one_sentence(text, last, c)
                && between.chars().nth(2).is_some())
            .then_some(number);
        }
        Sign::Bare if c.family == Family::First => {
            let first_word = |at: usize| {
                text.get(at..)
                    .and_then(|rest| rest.trim_start_matches(['，', ',', '、']).chars().next())
            };
            if last.family != c.family || first_word(last.end()) != first_word(c.end()) {
                return None;
            }
        }
        Sign::Bare | Sign::Weak if !next || !open.clear || distance > 0 => return None,
        // 第一，…。产量居第二，…
        Sign::Weak
            if matches!(
                c.family,
                Family::Order
                    | Family::HanComma
                    | Family::Stem
                    | Family::Arabic
                    | Family::ArabicHalf
            ) && !one_sentence(text, last, c) =>
        {
            return None;
        }
        // A first that stands badly, and no other yet.
        Sign::Clear
            if last.sign == Sign::Weak
                && open.number == 1
                && (!next || distance > 0 || c.ordinal == Ordinal::Last) =>
        {
            return None;
        }
        _ => {}
    }
    // 一是…，二是…，最后是…
    if ends_acts(last, c) {
        let tells = text
            .get(c.end()..)
            .unwrap_or_default()
            .starts_with(['是', '要']);
        return (tells && open.number > 1 && distance == 0).then_some(number);
    }
    // 首先 and 最后 without a member between them stand close, or alike.
    if c.ordinal == Ordinal::Last && number == 2 && distance > 0 && !heads {
        return None;
    }
    // A number without any sign goes on by one.
    if matches!(
        c.family,
        Family::BareArabic | Family::BareHan | Family::Count(_)
    ) && number != open.number + 1
    {
        return None;
    }
    let far = match (last.place, c.place) {
        (PlaceOf::Inline, PlaceOf::Inline) if c.family == Family::Side => 0,
        (PlaceOf::Inline, _) if c.family == Family::Side => 1,
        (PlaceOf::Inline, PlaceOf::Inline) => 2,
        (PlaceOf::Inline, _) | (_, PlaceOf::Inline) => 3,
        // 其次 says of no number that it follows.
        _ if matches!(c.ordinal, Ordinal::Number(_)) => u32::MAX,
        _ => FAR,
    };
    (distance <= far).then_some(number)
}

/// 一方面…，一方面…: the first member again, in the same sentence; or `1.` again
/// in a list.
fn repeats(text: &str, open: &Open, last: &Candidate, c: &Candidate) -> Option<u32> {
    let repeatable = matches!(
        c.family,
        Family::Side | Family::Is | Family::Then | Family::Come
    ) && last.family == c.family;
    if last.item
        && c.item
        && last.depth == c.depth
        && last.ordinal == Ordinal::Number(1)
        && c.ordinal == last.ordinal
    {
        return Some(open.number + 1);
    }
    let same_number = c.ordinal == Ordinal::Number(1) && last.ordinal == Ordinal::Number(1);
    // 一个是…，一个是… tells two apart and does not count.
    let plain = c.family == Family::Side || c.sign == Sign::Clear;
    (repeatable && same_number && plain && one_sentence(text, last, c)).then_some(open.number + 1)
}

/// Whether no sentence ends between two candidates.
fn one_sentence(text: &str, last: &Candidate, c: &Candidate) -> bool {
    let between = text.get(last.end()..c.start()).unwrap_or_default();
    c.block == last.block && between.len() < 1500 && !between.contains(['。', '！', '？'])
}

/// Whether `c` may be the first of its series, and with which number.
fn opens(c: &Candidate) -> Option<u32> {
    match c.ordinal {
        _ if c.key > 0 => Some(if let Ordinal::Number(n) = c.ordinal {
            n
        } else {
            1
        }),
        Ordinal::Number(1) => Some(1),
        // 合二为一，三为万物
        Ordinal::Number(_)
            if c.place == PlaceOf::Inline && matches!(c.family, Family::Count(_)) =>
        {
            None
        }
        Ordinal::Number(n) if c.sign == Sign::Clear && (c.place != PlaceOf::Inline || n <= 3) => {
            Some(n)
        }
        _ => None,
    }
}

/// Takes from the stack what a new series that begins with `c` ends.
fn make_room(stack: &mut Vec<Open>, found: &[Candidate], next: &[Option<Index>], c: &Candidate) {
    if c.key > 0 {
        while stack
            .last()
            .and_then(|o| found.get(o.last))
            .is_some_and(|m| m.key == 0 || m.key >= c.key)
        {
            stack.pop();
        }
    } else if c.place != PlaceOf::Inline {
        // The series of the same style that starts again here.
        let again = stack.iter().rposition(|o| {
            found
                .get(o.last)
                .is_some_and(|m| m.family == c.family && m.key == 0 && m.depth == c.depth)
        });
        if let Some(at) = again
            && !stack
                .iter()
                .skip(at)
                .enumerate()
                .any(|(above, o)| goes_on(o, above == 0, found, next))
        {
            stack.truncate(at);
        }
    }
    if stack.len() >= DEEPEST {
        stack.remove(0);
    }
}

/// Whether an open series has a member still to come, after another of the
/// same style has begun (`again`) or not.
fn goes_on(open: &Open, again: bool, found: &[Candidate], next: &[Option<Index>]) -> bool {
    let following = |i: usize| {
        next.get(i)
            .copied()
            .flatten()
            .and_then(|n| Some((n.get(), found.get(n.get())?)))
    };
    if !again {
        return following(open.last)
            .is_some_and(|(_, f)| f.ordinal == Ordinal::Number(open.number + 1));
    }
    // 1. (1. 2. 3.) 2.: the numbers fall back to the one that is missing.
    let (mut at, mut before) = (open.last, 0);
    for step in 0..AHEAD {
        let Some((i, f)) = following(at) else {
            return false;
        };
        let Ordinal::Number(n) = f.ordinal else {
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
