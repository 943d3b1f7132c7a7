//! Chooses the clauses that name a text: the claim, 8 to 24 characters, closed.

use super::circumstance::{begins_otherwise, begins_relation, ends_place, is_circumstance};
use super::clause::{ClauseMark, Clauses, chars};
use super::shorten::{self, MAX_CLAIM_CHARS, shorten};
use super::{opener, pair, predicate};
use crate::text::words::Words;
use std::ops::Range;

/// Characters of a claim that no other clause joins.
const MIN_CLAIM_CHARS: usize = 8;

/// Characters of a construction of two parts that stays whole.
const MAX_PAIR_CHARS: usize = 35;

/// Characters of a question that stays whole.
const MAX_QUESTION_CHARS: usize = 40;

/// Characters of a title before a colon that names its claim.
const MIN_TITLE_CHARS: usize = 8;

/// Characters of a claim that may stand alone where the next clause is too long to join.
const MIN_ALONE_CHARS: usize = 4;

/// Characters of a claim that stands alone before a circumstance of the next.
const MIN_WHOLE_CHARS: usize = 6;

/// Clauses that a claim takes along at the most.
const MAX_CLAUSES: usize = 6;

/// Words behind ； that continue the clause before it.
static JOINING: Words = Words::new("或者 或 以及 并且 并 和 及");

/// Words that take a question up again.
static TAKING_UP: Words = Words::new("这 那 此");

/// Endings that keep a clause before a colon from being a title.
static ANNOUNCING: Words = Words::new("是 为 有 如下 以下 包括 在于 即 如 指");

/// Words of a question.
static ASKING: Words = Words::new(
    "谁 什么 甚么 为何 如何 怎 吗 呢 是否 能否 可否 会否 有没有 哪 何时 何以 何处 多少 几 是不是 要不要 该不该 \
    能不能 会不会 还是",
);

/// Words that demand, in front of those below.
static DEMANDING: Words =
    Words::new("应当 应该 应 必须 须 要 可以 可 将 有权 需要 需 会 能够 能 不得 只能 一律 均 都");

/// Prepositions behind which a clause must say more: 应当根据需要，….
static HANGING: Words = Words::new("根据 按照 依据 依照 按 以 会同 结合 凭");

/// The same behind a bare demand: one who can do it by these means says so.
static HANGING_MEANS: Words = Words::new("应通过 应当通过 要通过 必须通过");

/// The same, where a word of place or time ends the clause: 应在开工以前，….
static HANGING_PLACES: Words = Words::new("在 从 于 自 当");

/// Words with which a law says that it is made; its aims stand in front.
static ENACTING: Words = Words::new("制定本 特制定本");

/// Verbs that need the clause before them: 对水渠，进行检查.
static LIGHT_VERBS: Words = Words::new("进行 予以 加以 给予");

/// Words that point to what follows.
static FORWARD: Words = Words::new("下列 以下 如下");

/// Words that begin an example of what the clause before says.
static EXAMPLES: Words = Words::new("比如 例如 譬如 如 像 包括 其中");

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
        shorten::begin_at_pair(words)
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
    if clauses.mark(end) == ClauseMark::Question
        && let Some(found) = question(clauses, first, end)
    {
        return found;
    }
    // 老骥伏枥，志在千里；烈士暮年，壮心不已。 is one sentence
    let stop = clauses.stop(end);
    if clauses.mark(stop) == ClauseMark::Stop && fits(first, stop) {
        return (first, stop);
    }
    if fits(first, end) && clauses.mark(end) != ClauseMark::Open {
        return joined(clauses, first, end);
    }
    if clauses.is_law && first < end && ENACTING.starts(clauses.words(end)) {
        let is_short = clauses.chars(first, end) <= MAX_PAIR_CHARS;
        return (if is_short { first } else { end }, end);
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
/// way for it. None where a long sentence only ends like a question: …，难道他真的不管？
fn question(clauses: &Clauses, first: usize, end: usize) -> Option<(usize, usize)> {
    if end + 1 < clauses.len() && TAKING_UP.starts(clauses.words(end + 1)) {
        let answer = complete(clauses, end + 1, clauses.sentence_end(end + 1));
        let is_short = clauses.chars(first, answer) <= MAX_CLAIM_CHARS;
        return Some((if is_short { first } else { end + 1 }, answer));
    }
    // 人谁无过？过而能改，善莫大焉。 is one saying
    let stop = clauses.stop((end + 1).min(clauses.len().saturating_sub(1)));
    let is_answered = stop > end && stop + 1 == clauses.len();
    if is_answered && clauses.chars(first, stop) <= MAX_CLAIM_CHARS {
        return Some((first, stop));
    }
    let mut from = first;
    while from < end && clauses.chars(from, end) > MAX_CLAIM_CHARS && is_circumstance(clauses, from)
    {
        from += 1;
    }
    if clauses.chars(from, end) <= MAX_CLAIM_CHARS {
        return Some((from, end));
    }
    let is_whole = clauses.chars(from, end) <= MAX_QUESTION_CHARS;
    let asked = (from..=end).find(|i| ASKING.occur_in(clauses.words(*i)))?;
    let from = if says_enough(clauses, asked, end) {
        asked
    } else {
        from
    };
    is_whole.then_some((from, end))
}

/// Returns whether the clauses from `from` to `to` are as long as a label should be.
fn says_enough(clauses: &Clauses, from: usize, to: usize) -> bool {
    (MIN_CLAIM_CHARS..=MAX_CLAIM_CHARS).contains(&clauses.chars(from, to))
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
    let pair = pair::open(clauses, from).filter(|(_, c)| *c <= to);
    let is_pair = pair.is_some();
    if let Some((pair, closing)) = pair {
        let is_long = clauses.chars(from, to) > MAX_CLAIM_CHARS;
        if is_long && (pair.stands_alone || clauses.chars(from, to) > MAX_PAIR_CHARS) {
            from = closing;
        }
    } else if let Some(condition) = condition(clauses, from, to)
        && clauses.chars(from, to) > MAX_PAIR_CHARS
    {
        from = condition;
    }
    to = long_enough(clauses, from, to, end);
    if !is_pair && condition(clauses, from, to).is_none() {
        from = without_front(clauses, from, to);
        to = without_rest(clauses, from, to);
    }
    (from, to)
}

/// Returns the last clause of a claim that is as long as a label should be.
fn long_enough(clauses: &Clauses, from: usize, to: usize, end: usize) -> usize {
    let mut to = to;
    while clauses.chars(from, to) < MIN_CLAIM_CHARS && to < end {
        let length = clauses.chars(from, to);
        let is_example = EXAMPLES.starts(clauses.words(to + 1)) && length >= MIN_ALONE_CHARS;
        let is_other = is_circumstance(clauses, to + 1) && length >= MIN_WHOLE_CHARS;
        if is_example || is_other {
            break;
        }
        let next = complete(clauses, to + 1, end);
        let is_too_long = clauses.chars(from, next) > MAX_CLAIM_CHARS;
        if is_too_long && length >= MIN_ALONE_CHARS {
            break;
        }
        to = next;
    }
    to
}

/// Returns the last clause of a claim whose first clause may stand alone, where the whole is much
/// too long: no word shows for certain that it is a bare subject.
fn without_rest(clauses: &Clauses, from: usize, to: usize) -> usize {
    let is_long = clauses.chars(from, to) > MAX_PAIR_CHARS;
    let is_front = is_circumstance(clauses, from) || hangs(clauses.words(from));
    let is_sure = clauses.is_law || predicate::begins(clauses.words(from + 1));
    if is_long && !is_front && !is_sure && says_enough(clauses, from, from) {
        from
    } else {
        to
    }
}

/// Returns the first clause of a claim from clause `from` to clause `to` without the
/// circumstances in front of it, where the whole is too long.
fn without_front(clauses: &Clauses, from: usize, to: usize) -> usize {
    if clauses.chars(from, to) <= MAX_CLAIM_CHARS {
        return from;
    }
    let says = |i: &usize| {
        let words = clauses.words(*i);
        let is_claim = !is_circumstance(clauses, *i) && !JOINING.starts(words);
        is_claim && says_enough(clauses, *i, to) && !FORWARD.occur_in(words)
    };
    let has_subject = predicate::demand(clauses.words(from + 1), 0) != Some(0);
    let case = clauses.is_law && has_subject && is_case(clauses, from);
    let shorter = (from + 1..=to).find(says);
    shorter.unwrap_or(from + usize::from(case && from < to))
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
    let rules = |j: usize| predicate::demand(clauses.words(j + 1), 0).is_some();
    let mut later = (to + 1..=end).take(2);
    let condition = later.find(|j| is_condition(clauses, *j) && (clauses.is_law || rules(*j)));
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
    if clauses.is_law && is_case(clauses, i) {
        return Some(i + 1);
    }
    if let Some((_, closing)) = pair::open(clauses, i) {
        return Some(closing).filter(|c| *c <= end);
    }
    if LIGHT_VERBS.starts(clauses.words(i + 1)) {
        return Some(i + 1);
    }
    let is_lead = |j: &usize| !is_circumstance(clauses, *j);
    let said = (i + 1..=end).find(is_lead)?;
    // 摊位的划分，按照…执行: nothing follows what would be a circumstance
    let is_ruled = || {
        let relates = begins_relation(clauses.words(said)) && !is_circumstance(clauses, said);
        relates && predicate::is_bare_noun(clauses.words(i))
    };
    let is_subject = predicate::is_bare_subject(clauses, i, said) || is_ruled();
    is_subject.then_some(said)
}

/// Returns whether clause `i` is the condition of a law: 逾期不交租的，….
fn is_condition(clauses: &Clauses, i: usize) -> bool {
    let words = clauses.words(i);
    clauses.mark(i) == ClauseMark::Comma
        && words.ends_with('的')
        && !words.contains(['是', '很', '挺', '太'])
        && !words.ends_with("有的")
        && chars(words) > 2
}

/// Returns the last condition from clause `from` to clause `to`.
fn condition(clauses: &Clauses, from: usize, to: usize) -> Option<usize> {
    let begins = |i: &usize| is_condition(clauses, *i) && !JOINING.starts(clauses.words(*i));
    (from..to).rev().find(begins)
}

/// Returns whether clause `i` of a law says only what the next one is about: 订立合同，双方必须….
fn is_case(clauses: &Clauses, i: usize) -> bool {
    let words = clauses.words(i);
    clauses.mark(i) == ClauseMark::Comma
        && !predicate::has_sign(words)
        && !words.contains(['由', '为', '归', '属'])
}

/// Returns whether a clause ends with what its verb still lacks: 应当根据需要.
fn hangs(words: &str) -> bool {
    let mut places = words.char_indices().filter_map(|(i, _)| words.get(i..));
    places.any(|place| {
        let means = HANGING_MEANS.strip_prefix(place);
        let demanded = DEMANDING
            .strip_prefix(place)
            .filter(|rest| HANGING.starts(rest) || HANGING_PLACES.starts(rest) && ends_place(rest));
        let rest = means.or(demanded);
        rest.is_some_and(|rest| !begins_otherwise(rest) && !predicate::has_sign(rest))
    })
}
