//! Chooses the clauses that name a text: the claim, 8 to 24 characters, closed.

use super::circumstance::is_circumstance;
use super::clause::{ClauseMark, Clauses, chars};
use super::shorten::{MAX_CLAIM_CHARS, shorten};
use super::{opener, pair, predicate};
use crate::text::words::Words;
use std::ops::Range;

/// Characters of a claim that no other clause joins.
const MIN_CLAIM_CHARS: usize = 8;

/// Characters of a construction of two parts that stays whole.
const MAX_PAIR_CHARS: usize = 35;

/// Characters of a title before a colon that names its claim.
const MIN_TITLE_CHARS: usize = 8;

/// Characters of a claim that may stand alone where the next clause is too long to join.
const MIN_ALONE_CHARS: usize = 4;

/// Clauses that a claim takes along at the most.
const MAX_CLAUSES: usize = 6;

/// Words behind ； that continue the clause before it.
static JOINING: Words = Words::new("或者 或 以及 并且 并 和 及");

/// Words that take a question up again.
static TAKING_UP: Words = Words::new("这 那 此");

/// Endings that keep a clause before a colon from being a title.
static ANNOUNCING: Words = Words::new("是 为 有 如下 以下 包括 在于 即 如 指");

/// Prepositions behind which a clause must say more: 应当根据需要，….
static HANGING: Words = Words::new(
    "应根据 应当根据 要根据 应按照 应当按照 要按照 应依据 应依照 应当依照 应通过 应当通过 要通过 要以 应以 应当以 \
    必须以 可根据 可以根据 将根据 会同",
);

/// Returns the part of a text that names it, in bytes.
pub fn cut(clauses: &Clauses) -> Range<usize> {
    let first = skip_openers(clauses, 0);
    let (from, to) = choose(clauses, first);
    span(clauses, from, to)
}

/// Returns the part from clause `from` to clause `to`, shortened where it is too long.
pub fn span(clauses: &Clauses, from: usize, to: usize) -> Range<usize> {
    let Some(start) = clauses.get(from).map(|c| c.start) else {
        return 0..0;
    };
    let words = clauses.span(from, to);
    let range = if from == to {
        shorten(words)
    } else {
        0..words.len()
    };
    start + range.start..start + range.end
}

/// Returns the first clause from `from` on that says something: who speaks and what only
/// introduces are skipped, with the circumstances before them.
pub fn skip_openers(clauses: &Clauses, from: usize) -> usize {
    let (mut at, mut first) = (from, from);
    while at + 1 < clauses.len() {
        if opener::is_opener(clauses, at) {
            first = at + 1;
        } else if !is_circumstance(clauses, at) {
            break;
        }
        at += 1;
    }
    first
}

/// Returns the first and the last clause of the label of a text that begins with clause `first`.
pub fn choose(clauses: &Clauses, first: usize) -> (usize, usize) {
    let end = clauses.sentence_end(first);
    let fits = |from, to| clauses.chars(from, to) <= MAX_CLAIM_CHARS;
    let is_title = |i| {
        matches!(clauses.mark(i), ClauseMark::Colon | ClauseMark::Dash)
            && fits(i, i)
            && !ANNOUNCING.ends(clauses.words(i))
    };
    if clauses.mark(end) == ClauseMark::Question {
        return question(clauses, first, end);
    }
    if fits(first, end) && clauses.mark(end) != ClauseMark::Open {
        return joined(clauses, first, end);
    }
    if is_title(first) && clauses.chars(first, first) >= MIN_TITLE_CHARS {
        return (first, first);
    }
    let is_lead = |i: &usize| !is_circumstance(clauses, *i);
    let main = (first..=end).find(is_lead).unwrap_or(end);
    let to = complete(clauses, main, end);
    if is_title(first) {
        let to = complete(clauses, (first + 1).min(end), end);
        return if fits(first, to) {
            (first, to)
        } else {
            (first, first)
        };
    }
    let from = if fits(first, to) { first } else { main };
    shortest(clauses, from, to, end)
}

/// A question stands as it is. One that the next sentence takes up gets that sentence, or makes
/// way for it.
fn question(clauses: &Clauses, first: usize, end: usize) -> (usize, usize) {
    if end + 1 < clauses.len() && TAKING_UP.starts(clauses.words(end + 1)) {
        let answer = complete(clauses, end + 1, clauses.sentence_end(end + 1));
        let is_short = clauses.chars(first, answer) <= MAX_CLAIM_CHARS;
        return (if is_short { first } else { end + 1 }, answer);
    }
    let mut from = first;
    while from < end && clauses.chars(from, end) > MAX_CLAIM_CHARS && is_circumstance(clauses, from)
    {
        from += 1;
    }
    (from, end)
}

/// Joins to a short sentence the half sentence that goes on with it.
fn joined(clauses: &Clauses, first: usize, end: usize) -> (usize, usize) {
    let is_short = clauses.chars(first, end) < MIN_CLAIM_CHARS;
    let goes_on = JOINING.starts(clauses.words(end + 1));
    if is_short && clauses.mark(end) == ClauseMark::Semicolon && goes_on {
        let to = clauses.sentence_end(end + 1);
        if clauses.chars(first, to) <= MAX_CLAIM_CHARS {
            return (first, to);
        }
    }
    (first, end)
}

/// Fits a claim from clause `from` to clause `to` to the length of a label.
fn shortest(clauses: &Clauses, from: usize, to: usize, end: usize) -> (usize, usize) {
    let (mut from, mut to) = (from, to);
    if let Some((pair, closing)) = pair::open(clauses, from).filter(|(_, c)| *c <= to) {
        let is_long = clauses.chars(from, to) > MAX_CLAIM_CHARS;
        if is_long && (pair.stands_alone || clauses.chars(from, to) > MAX_PAIR_CHARS) {
            from = closing;
        }
    } else if let Some(condition) = condition(clauses, from, to)
        && clauses.chars(from, to) > MAX_PAIR_CHARS
    {
        from = condition;
    }
    while clauses.chars(from, to) < MIN_CLAIM_CHARS && to < end {
        let next = complete(clauses, to + 1, end);
        let is_too_long = clauses.chars(from, next) > MAX_CLAIM_CHARS;
        if is_too_long && clauses.chars(from, to) >= MIN_ALONE_CHARS {
            break;
        }
        to = next;
    }
    (from, to)
}

/// Returns the last clause that clause `i` needs to be a whole.
fn complete(clauses: &Clauses, i: usize, end: usize) -> usize {
    let mut to = i;
    for _ in 0..MAX_CLAUSES {
        match needed(clauses, to, end) {
            Some(next) if next > to => to = next,
            _ => break,
        }
    }
    // a condition in a later clause of the sentence holds for those before it
    let condition = (to + 1..=end).take(2).find(|j| is_condition(clauses, *j));
    condition.map_or(to, |j| (j + 1).min(end))
}

/// Returns the clause that clause `i` cannot stand without.
fn needed(clauses: &Clauses, i: usize, end: usize) -> Option<usize> {
    if i >= end {
        return None;
    }
    if is_condition(clauses, i) || is_circumstance(clauses, i) || hangs(clauses.words(i)) {
        return Some(i + 1);
    }
    if let Some((_, closing)) = pair::open(clauses, i) {
        return Some(closing).filter(|c| *c <= end);
    }
    let is_lead = |j: &usize| !is_circumstance(clauses, *j);
    let said = (i + 1..=end).find(is_lead)?;
    predicate::is_bare_subject(clauses, i, said).then_some(said)
}

/// Returns whether clause `i` is the condition of a law: 逾期不交租的，….
fn is_condition(clauses: &Clauses, i: usize) -> bool {
    let words = clauses.words(i);
    clauses.mark(i) == ClauseMark::Comma
        && words.ends_with('的')
        && !words.contains('是')
        && !words.ends_with("有的")
        && chars(words) > 2
}

/// Returns the last condition from clause `from` to clause `to`.
fn condition(clauses: &Clauses, from: usize, to: usize) -> Option<usize> {
    (from..to).rev().find(|i| is_condition(clauses, *i))
}

/// Returns whether a clause ends with what its verb still lacks: 应当根据需要.
fn hangs(words: &str) -> bool {
    let places = words.char_indices().map(|(i, _)| i);
    let mut rests = places.filter_map(|i| words.get(i..));
    rests.any(|rest| {
        HANGING.starts(rest)
            && !predicate::has_sign(
                rest.trim_start_matches(['应', '要', '当', '可', '将', '必', '须', '会']),
            )
    })
}
