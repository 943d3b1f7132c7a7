//! Finds counts by the word that repeats behind each number: 一怕火，二怕虫，三怕有人偷砍.
//!
//! Such a count is looked for from its 二, which is rare: behind a stop, before a letter that a 一
//! not far before it has, too. The numbers that follow are taken as far as they count on. Three
//! prove each other, two where a number announces them (有二).

use super::candidate::Candidate;
use super::context::{Confidence, Preceding};
use super::family::{Family, Ordinal};
use super::marker::Marker;
use super::number_rules::{UNITS, WORDS_WITH_ONE};
use super::reading::Reading;
use crate::document::Block;
use crate::text::{cluster, letter, numeral};
use memchr::memmem::{self, FindIter};
use std::iter::Peekable;

/// The numbers of such a count.
pub const NUMBERS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// Bytes from one number to the next.
const MAX_STEP_BYTES: usize = 100 * 3;

/// Letters that make words with a number, or families of their own, and are no verbs of a count.
const NO_VERBS: &str = "是要来则曰些样切般直旦边下起同等重方十百千万半第零〇两一二三四五六七八九";

/// Second numbers of counts that no row of the table describes.
const SECONDS: [&str; 5] = ["二", "2，", "2：", "２，", "２："];

/// The places of second numbers that are still to come.
pub struct Seconds<'a>(Vec<Peekable<FindIter<'a, 'static>>>);

impl<'a> Seconds<'a> {
    /// The places of a whole text.
    pub fn of(text: &'a str) -> Self {
        let places = |second| memmem::find_iter(text.as_bytes(), second).peekable();
        Self(SECONDS.into_iter().map(places).collect())
    }

    /// Passes over all places before byte `end`; returns whether there were any.
    pub fn any_before(&mut self, end: usize) -> bool {
        let mut any = false;
        for places in &mut self.0 {
            while places.next_if(|at| *at < end).is_some() {
                any = true;
            }
        }
        any
    }
}

/// Returns the candidates of a block, in text order.
pub fn find(document: &Reading<'_>, index: usize, block: &Block) -> Vec<Candidate> {
    let text = document.slice(block.span);
    let mut found: Vec<Candidate> = Vec::new();
    for (second, _) in text.match_indices('二') {
        let known = found
            .last()
            .map_or(0, |last| last.end() - block.span.start.byte());
        let mut run = if second < known {
            Vec::new()
        } else {
            run(text, second)
        };
        // 一产、二产在三季度反弹，三产…: names in a list
        if !says_something(text, &run) {
            run.clear();
        }
        let is_announced = || announces_two(text.get(..run[0]).unwrap_or_default());
        if run.len() >= 3 || (run.len() == 2 && is_announced()) {
            let len = number_and_word(text, &run);
            found.extend(run.iter().enumerate().filter_map(|(i, at)| {
                let marker = Marker {
                    family: Family::Count(text.get(*at..)?.chars().nth(1)?),
                    ordinal: Ordinal::Number(i as u32 + 1),
                    len,
                };
                Some(Candidate {
                    confidence: Confidence::Clear,
                    preceding: Preceding::of(text.get(..*at)?),
                    ..Candidate::new(marker, block.span.start.byte() + at, index, block)
                })
            }));
        }
    }
    found
}

/// Returns the places of the numbers of a count whose 二 is at byte `second`.
fn run(text: &str, second: usize) -> Vec<usize> {
    let verb = text.get(second..).and_then(|rest| rest.chars().nth(1));
    let is_verb = |c: &char| {
        letter::is_letter(*c)
            && c.len_utf8() == '一'.len_utf8()
            && !UNITS.contains(*c)
            && !NO_VERBS.contains(*c)
    };
    let is_behind_stop = |at: usize| {
        let before = text.get(..at).unwrap_or_default();
        before.ends_with(['，', '；', '。', '！', '？', ',', ';', '、'])
    };
    // 统一, 十一
    let makes_word = |c: char| WORDS_WITH_ONE.contains(c) || numeral::is_han_numeral(c);
    let Some(verb) = verb.filter(is_verb).filter(|_| is_behind_stop(second)) else {
        return Vec::new();
    };
    let from = cluster::floor(text, second.saturating_sub(MAX_STEP_BYTES));
    let before = text.get(from..second).unwrap_or_default();
    let Some(first) = before.rfind(&format!("一{verb}")).map(|at| from + at) else {
        return Vec::new();
    };
    if text
        .get(..first)
        .is_some_and(|head| head.ends_with(makes_word))
    {
        return Vec::new();
    }
    let mut places = vec![first, second];
    for number in NUMBERS.iter().skip(2) {
        let last = places.last().copied().unwrap_or(second);
        let word = format!("{number}{verb}");
        let end = cluster::floor(text, last + MAX_STEP_BYTES);
        let near = text.get(last..end).unwrap_or_default();
        let mut places_of = near.match_indices(&word).map(|(at, _)| last + at);
        match places_of.find(|at| is_behind_stop(*at)) {
            Some(next) => places.push(next),
            None => break,
        }
    }
    places
}

/// Returns the bytes of a number and the word behind it: two letters where all have both, 一坚持.
fn number_and_word(text: &str, run: &[usize]) -> usize {
    let second = |at: &usize| text.get(*at..).and_then(|rest| rest.chars().nth(2));
    let is_han = |c: &char| letter::is_letter(*c) && c.len_utf8() == '一'.len_utf8();
    let first = run.first().and_then(second).filter(is_han);
    let is_shared = first.is_some() && run.iter().all(|at| second(at) == first);
    '一'.len_utf8() * if is_shared { 3 } else { 2 }
}

/// Returns whether letters follow the word behind each number, before the next number.
fn says_something(text: &str, run: &[usize]) -> bool {
    let says = |pair: &[usize]| {
        let words = text.get(pair[0] + '一'.len_utf8() * 2..pair[1]);
        words.is_some_and(|words| words.contains(letter::is_letter))
    };
    run.windows(2).all(says)
}

/// Returns whether a text ends with the announcement of two: 来者有二，.
fn announces_two(before: &str) -> bool {
    let before = before.trim_end_matches(['，', '：', ',', ':', '。']);
    before.ends_with("有二") || before.ends_with("有两")
}
