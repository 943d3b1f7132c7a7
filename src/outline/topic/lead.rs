//! Cuts the name of a paragraph out of the text before its first marker.

use super::empty::{announces, counts, is_empty};
use crate::outline::label::circumstance::{is_circumstance, stands_in_front};
use crate::outline::label::clause::{Clauses, chars};
use crate::outline::label::opener::{introduces, is_opener};
use crate::outline::label::predicate;
use crate::outline::label::shorten::{MAX_CLAIM_CHARS, shorten};
use crate::text::numeral;
use crate::text::sentence::FULL_STOPS;
use crate::text::words::Words;
use std::ops::Range;

/// Characters of a clause that is joined to the one before it.
const MAX_JOINED_CHARS: usize = 8;

/// Characters of a main clause that its subordinate clause joins.
const MAX_LEFT_ALONE_CHARS: usize = 5;

/// Characters of a clause that says what a paragraph argues; shorter ones are names.
const MIN_ARGUED_CHARS: usize = 5;

/// Characters of such a clause; a longer one is a quotation.
const MAX_ARGUED_CHARS: usize = 48;

/// Words that begin a clause that denies something only to go on.
static DENIALS: Words = Words::new("不是说 并不是说 这不是说 倒不是 并非说");

/// Words in front of a clause that are no part of its name.
static LEADING_CONJUNCTIONS: Words =
    Words::new("但是 但 因此 因而 所以 于是 然而 不过 可是 此外 同时 而且 而 指出");

/// Words that begin an example of what is argued.
static EXAMPLES: Words = Words::new("例如 比如 譬如 诸如");

/// Words that begin what is said of the subject in the clause before.
static LACKING_SUBJECT: Words =
    Words::new("也 亦 还 更 都 均 已 已经 则 却 才 仍 甚至 往往 常常 就");

/// Words that only look like them.
static OWN_SUBJECT: Words =
    Words::new("还原 还款 还债 更新 更换 更多 均衡 已故 都市 就业 就地 就近 才能 才干 才华 则是");

/// Words of what goes wrong: a paragraph argues against it.
static DEFECTS: Words = Words::new("存在");

/// Words that begin what is said of the clause before.
static SAID_OF_SUBJECT: Words = Words::new("有 是 分 可 也 主要 在于 包括 表现 体现");

/// Returns the part of a simplified text that names what follows it, in bytes: the last clause that says
/// something, or that of a sentence before.
pub fn name(text: &str) -> Option<Range<usize>> {
    let from = open_quote(text);
    let text = text.get(from..)?;
    let found = find(text, argues).or_else(|| find(text, |_, _| true))?;
    Some(from + found.start..from + found.end)
}

/// Returns the byte behind the last quotation mark that is not closed in a text, else 0.
fn open_quote(text: &str) -> usize {
    let mut open = Vec::new();
    for (i, c) in text.char_indices() {
        match c {
            '“' | '「' | '『' => open.push(i + c.len_utf8()),
            '”' | '」' | '』' => _ = open.pop(),
            _ => {}
        }
    }
    open.pop().unwrap_or(0)
}

/// Returns whether clause `i` may say what a paragraph argues: no circumstance, no figure, no
/// denial, more than a name.
fn argues(clauses: &Clauses, i: usize) -> bool {
    let words = clauses.words(i);
    let is_figure = || {
        let number = words.trim_end_matches(is_unit).trim_end();
        let is_digit = |c: char| c.is_ascii_digit() || numeral::is_han_numeral(c);
        let has_unit = number.len() < words.len() && number.ends_with(is_digit);
        (has_unit || words.contains("百分之")) && !announces(words)
    };
    // a short clause goes with the one before it
    let is_joined = || i > 0 && !is_circumstance(clauses, i - 1) && !is_opener(clauses, i - 1);
    let length = chars(words);
    (length >= MIN_ARGUED_CHARS || is_joined())
        && length <= MAX_ARGUED_CHARS
        && !stands_in_front(words)
        && !is_figure()
        && !DENIALS.starts(words)
}

/// Returns whether `c` is part of the unit of a figure.
fn is_unit(c: char) -> bool {
    "%％亿万千元人次倍".contains(c)
}

/// Returns the last claim of a text among the clauses that `may` be one; that of what a sentence
/// before finds wrong only where no other says anything.
fn find(text: &str, may: impl Fn(&Clauses, usize) -> bool) -> Option<Range<usize>> {
    let mut defect = None;
    for sentence in sentences(text).into_iter().rev() {
        let words = text.get(sentence.clone()).unwrap_or_default();
        if EXAMPLES.starts(words.trim_start()) {
            continue;
        }
        let Some(found) = claim(&Clauses::new(words), &may) else {
            continue;
        };
        let found = sentence.start + found.start..sentence.start + found.end;
        if sentence.end == text.len() || !DEFECTS.occur_in(words) {
            return Some(found);
        }
        defect.get_or_insert(found);
    }
    defect
}

/// Returns the byte at which the last sentence of a text begins.
pub fn last_sentence(text: &str) -> usize {
    sentences(text).last().map_or(0, |sentence| sentence.start)
}

/// Returns the sentences of a text, in bytes; half sentences count. Stops in quotes end none.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let (mut list, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    let words = text.trim_end_matches(|c: char| !c.is_alphanumeric() && !is_closing(c));
    for (i, c) in words.char_indices() {
        if is_closing(c) {
            depth = depth.saturating_sub(1);
        } else if is_opening(c) {
            depth += 1;
        } else if depth == 0 && (FULL_STOPS.contains(&c) || matches!(c, '；' | ';' | '\n')) {
            list.push(start..i + c.len_utf8());
            start = i + c.len_utf8();
        }
    }
    list.push(start..text.len());
    list
}

fn is_opening(c: char) -> bool {
    "“‘「『《〈（(【〔[".contains(c)
}

fn is_closing(c: char) -> bool {
    "”’」』》〉）)】〕]".contains(c)
}

/// Returns the claim of a sentence, in bytes; none where it only announces.
fn claim(clauses: &Clauses, may: &impl Fn(&Clauses, usize) -> bool) -> Option<Range<usize>> {
    let says = |i: &usize| {
        let words = clauses.words(*i);
        let only_introduces = introduces(words) && !announces(words);
        !is_empty(words) && !only_introduces && may(clauses, *i)
    };
    let counts = |i: &usize| counts(clauses.words(*i)) && says(i);
    let last = (0..clauses.len()).rfind(says)?;
    let last = (0..=last).rfind(counts).unwrap_or(last);
    let (from, to) = whole(clauses, last);
    let (start, end) = (clauses.get(from)?.start, clauses.get(to)?.end);
    let words = clauses.text.get(start..end)?;
    let rest = LEADING_CONJUNCTIONS.strip_prefix(words).unwrap_or(words);
    let cut = if from == to {
        shorten(rest)
    } else {
        0..rest.len()
    };
    let start = end - rest.len();
    Some(start + cut.start..start + cut.end)
}

/// Returns the first and the last clause of the claim that clause `last` is in.
fn whole(clauses: &Clauses, last: usize) -> (usize, usize) {
    let fits = |from: usize, to: usize| clauses.chars(from, to) <= MAX_CLAIM_CHARS;
    // 所谓好好地读，有两重意思: the clause that only announces has its subject in front
    let next = last + 1;
    if next < clauses.len()
        && announces(clauses.words(next))
        && SAID_OF_SUBJECT.starts(clauses.words(next))
        && !predicate::has_sign(clauses.words(last))
        && fits(last, next)
    {
        return (last, next);
    }
    let joins = |i: usize| i > 0 && !is_circumstance(clauses, i - 1) && !is_opener(clauses, i - 1);
    let mut from = last;
    if announces(clauses.words(last)) {
        return (from, last);
    }
    if from > 0 && lacks_subject(clauses.words(from)) {
        let from = (0..from).rfind(|i| !lacks_subject(clauses.words(*i)));
        let from = from.filter(|from| clauses.chars(*from, last) <= MAX_ARGUED_CHARS);
        return (from.unwrap_or(last), last);
    }
    while joins(from) && is_part(clauses.words(from)) {
        from -= 1;
    }
    if from < last {
        return if fits(from, last) {
            (from, last)
        } else {
            (from, from)
        };
    }
    if from > 0 && clauses.chars(from, last) <= MAX_LEFT_ALONE_CHARS && fits(from - 1, last) {
        return (from - 1, last);
    }
    // a shorter claim of the same sentence
    let shorter =
        |i: &usize| fits(*i, *i) && !is_circumstance(clauses, *i) && !is_opener(clauses, *i);
    if fits(last, last) {
        return (last, last);
    }
    let from = (0..last).rfind(shorter).unwrap_or(last);
    (from, from)
}

/// Returns whether a clause says something of the subject in the clause before it.
fn lacks_subject(words: &str) -> bool {
    LACKING_SUBJECT.starts(words) && !OWN_SUBJECT.starts(words)
}

/// Returns whether a clause is part of the one before it: it is short, or the end of a list.
fn is_part(words: &str) -> bool {
    let is_noun = words.contains('的') && !words.ends_with('的') && !predicate::has_sign(words);
    chars(words) <= MAX_JOINED_CHARS && (is_noun || !announces(words))
}
