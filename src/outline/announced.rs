//! Reads the numbers that announce a count: 两件事, 三个问题, 四点.
//!
//! A number before a measure word announces as many points. It says that a count follows, and
//! after which member it is complete; a count of just as many, with any mark behind its numbers,
//! is proven by it.

use super::candidate::Candidate;
use super::context::Preceding;
use super::family::{Family, Ordinal};
use super::marker::Marker;
use super::number_rules::WORDS_WITH_ONE;
use super::reading::Reading;
use super::repeated::NUMBERS;
use crate::document::Block;
use crate::text::{cluster, letter, numeral};

/// Bytes before a first point that may announce it: 60 Han.
const MAX_ANNOUNCING_BYTES: usize = 60 * 3;

/// Bytes of a lead-in, from its first word to the mark that ends it: 50 Han.
const MAX_LEAD_IN_BYTES: usize = 50 * 3;

/// Measure words of what may be a point.
const POINT_MEASURES: &str = "个件条点种类项层步方";

/// Letters of what is counted: 三个阶段.
const MAX_COUNTED_CHARS: usize = 6;

/// Bytes from one number of an announced count to the next: 200 Han.
const MAX_BYTES_TO_NEXT: usize = 200 * 3;

/// The numbers of an announced count, in each script.
const SCRIPTS: [[char; 10]; 3] = [
    NUMBERS,
    ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'],
    ['１', '２', '３', '４', '５', '６', '７', '８', '９', '０'],
];

/// The marks that part such a number from its words.
const MARKS: [char; 2] = ['，', '：'];

/// Returns the last number that a text announces.
pub fn last_number(text: &str) -> Option<u32> {
    last_announcement(text).map(|(number, _)| number)
}

/// Returns the last number that a text announces, and the text behind its measure word.
fn last_announcement(text: &str) -> Option<(u32, &str)> {
    let mut places = text.rmatch_indices(|c| POINT_MEASURES.contains(c));
    places.find_map(|(at, measure)| {
        let mut before = text.get(..at)?.chars().rev();
        let number = numeral::han(before.next()?.encode_utf8(&mut [0; 4]))?;
        // 第二点, 十二条
        let is_other = |c: char| c == '第' || numeral::is_han_numeral(c);
        let is_whole = !before.next().is_some_and(is_other);
        let counted = text.get(at + measure.len()..)?;
        (number > 1 && is_whole).then_some((number, counted))
    })
}

/// Returns the number that is announced right before a first point, in its paragraph or at the
/// end of the one above, behind byte `after`.
pub fn before(text: &str, first: &Candidate, after: usize) -> Option<u32> {
    let from = cluster::floor(text, first.start().saturating_sub(MAX_ANNOUNCING_BYTES));
    last_number(text.get(from.max(after)..first.start())?)
}

/// Returns whether a point only leads in to a count of its own: 最后，还剩下两个问题——.
pub fn opens_count(text: &str, point: &Candidate) -> bool {
    let to = cluster::floor(text, point.end() + MAX_LEAD_IN_BYTES);
    let words = text.get(point.end()..to).unwrap_or_default();
    let end = words.find(['。', '；', '！', '？', '\n']);
    let sentence = words.get(..end.unwrap_or(words.len())).unwrap_or_default();
    let mark = sentence.find(['：', '—', ':']);
    mark.and_then(|mark| last_number(sentence.get(..mark)?))
        .is_some()
}

/// Returns the candidates of a block that an announcement right before the first proves, or the
/// same words behind each, in text order: 两个问题——1，…？2，…？, whether a mark stands before the first or not: 三个阶段一，….
pub fn find(document: &Reading<'_>, index: usize, block: &Block) -> Vec<Candidate> {
    let text = document.slice(block.span);
    let mut found: Vec<Candidate> = Vec::new();
    for numbers in &SCRIPTS {
        for mark in MARKS {
            for (second, _) in text.match_indices(&format!("{}{mark}", numbers[1])) {
                let places = run(text, second, numbers, mark);
                let members = places.into_iter().zip(1..);
                found.extend(members.filter_map(|(at, number)| {
                    let marker = marker(text.get(at..)?, number, mark)?;
                    let start = block.span.start.byte() + at;
                    Some(Candidate {
                        preceding: Preceding::of(text.get(..at)?),
                        ..Candidate::new(marker, start, index, block)
                    })
                }));
            }
        }
    }
    found.sort_by_key(Candidate::start);
    found
}

/// Returns the marker of a number that a text begins with, and the mark behind it.
fn marker(text: &str, number: u32, mark: char) -> Option<Marker> {
    let digit = text.chars().next()?;
    Some(Marker {
        family: if numeral::is_han_numeral(digit) {
            Family::HanComma
        } else {
            Family::Arabic(mark)
        },
        ordinal: Ordinal::Number(number),
        len: digit.len_utf8() + mark.len_utf8(),
    })
}

/// Returns the places of the numbers of a count whose second is at byte `second`: as many as are
/// announced, none where one of them is missing; those that the same words follow; three or more.
fn run(text: &str, second: usize, numbers: &[char; 10], mark: char) -> Vec<usize> {
    let is_behind_stop = |at: usize| {
        let before = text.get(..at).unwrap_or_default().trim_end();
        before.ends_with(['。', '！', '？', '；', '…', '”'])
    };
    let word = |number: &char| format!("{number}{mark}");
    let first = || {
        let from = cluster::floor(text, second.saturating_sub(MAX_BYTES_TO_NEXT));
        let near = text.get(from..second).filter(|_| is_behind_stop(second))?;
        let at = from + near.rfind(&word(&numbers[0]))?;
        let before = text.get(..at)?;
        let ends_word =
            before.ends_with(|c| WORDS_WITH_ONE.contains(c) || numeral::is_han_numeral(c));
        let count = announced_right_before(before);
        (count.is_some() || !ends_word).then_some((at, count))
    };
    let Some((first, count)) = first() else {
        return Vec::new();
    };
    let is_framed = shares_words(text, first, second);
    let mut places = vec![first, second];
    let most = count.unwrap_or(numbers.len() as u32) as usize;
    for number in numbers.iter().take(most).skip(2) {
        let last = places.last().copied().unwrap_or(second);
        let end = cluster::floor(text, last + MAX_BYTES_TO_NEXT);
        let near = text.get(last..end).unwrap_or_default();
        let word = word(number);
        let mut places_of = near.match_indices(&word).map(|(at, _)| last + at);
        let next = places_of.find(|at| is_behind_stop(*at));
        match next.filter(|next| count.is_some() || !is_framed || shares_words(text, last, *next)) {
            Some(next) => places.push(next),
            None => break,
        }
    }
    // without a word that announces or repeats three prove each other: 尚有一，…；二，…；三，…
    let is_proven = match count {
        Some(count) => places.len() == count as usize,
        None => is_framed || places.len() >= 3,
    };
    if !is_proven {
        places.clear();
    }
    places
}

/// Returns whether the same two letters follow the numbers at two places: 则一，就会…。二，就会….
fn shares_words(text: &str, first: usize, second: usize) -> bool {
    let words = |at: usize| {
        let letters = text.get(at..).unwrap_or_default().chars().skip(2).take(2);
        letters
            .filter(|c| letter::is_letter(*c))
            .collect::<String>()
    };
    let words = [words(first), words(second)];
    words[0].chars().nth(1).is_some() && words[0] == words[1]
}

/// Returns the number that the last words of a text announce.
fn announced_right_before(text: &str) -> Option<u32> {
    let from = cluster::floor(text, text.len().saturating_sub(MAX_ANNOUNCING_BYTES));
    let (number, counted) = last_announcement(text.get(from..)?)?;
    let counted = counted.trim_end_matches(['：', ':', '—', '，', '。']);
    let is_noun =
        counted.chars().all(letter::is_letter) && counted.chars().nth(MAX_COUNTED_CHARS).is_none();
    // 三个条件之一，
    (is_noun && !counted.ends_with(|c| WORDS_WITH_ONE.contains(c))).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn announced_numbers_are_read() {
        for (text, wanted) in [
            ("只有两件事。", Some(2)),
            ("我想说四点：", Some(4)),
            ("第二点", None),
            ("一个人", None),
            ("十二条", None),
            ("讲三点，又补两条", Some(2)),
        ] {
            assert_eq!(last_number(text), wanted, "{text}");
        }
    }
}
