//! Reads the numbers that announce a count: 两件事, 三个问题, 四点.
//!
//! A number before a measure word announces as many points. It says that a count follows, and
//! after which member it is complete.

use super::candidate::Candidate;
use crate::text::{cluster, numeral};

/// Bytes before a first point that may announce it: 60 Han.
const MAX_ANNOUNCING_BYTES: usize = 60 * 3;

/// Bytes of a lead-in, from its first word to the mark that ends it: 30 Han.
const MAX_LEAD_IN_BYTES: usize = 30 * 3;

/// Measure words of what may be a point.
const POINT_MEASURES: &str = "个件条点种类项层步方";

/// Returns the last number that a text announces.
pub fn last_number(text: &str) -> Option<u32> {
    let mut places = text.rmatch_indices(|c| POINT_MEASURES.contains(c));
    places.find_map(|(at, _)| {
        let mut before = text.get(..at)?.chars().rev();
        let number = numeral::han(before.next()?.encode_utf8(&mut [0; 4]))?;
        // 第二点, 十二条
        let is_other = |c: char| c == '第' || numeral::is_han_numeral(c);
        let is_whole = !before.next().is_some_and(is_other);
        (number > 1 && is_whole).then_some(number)
    })
}

/// Returns the number that is announced right before a first point, in its paragraph or at the
/// end of the one above.
pub fn before(text: &str, first: &Candidate) -> Option<u32> {
    let from = cluster::floor(text, first.start().saturating_sub(MAX_ANNOUNCING_BYTES));
    last_number(text.get(from..first.start())?)
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
