//! Phrases without the fragments of longer ones.
//!
//! A phrase is a fragment where a longer one that contains it has most of its occurrences, or two
//! that have one Han more have nearly all. An empty
//! word at an edge (的, 是, 在) belongs to the phrase only where the rest hardly occurs without it,
//! or where a word of two Han is bound too closely for chance (社会, 可能).

use super::{HAN_BITS, MAX_PHRASE_HAN, MIN_PHRASE_HAN, PhraseKey, han_count, head, tail};
use crate::library::quantity;
use std::collections::{HashMap, HashSet};

/// The part of its occurrences that a fragment has within a longer phrase, as a fraction.
const MIN_SHARE_OF_FRAGMENT: (usize, usize) = (3, 4);

/// The part that a fragment has within the two longest phrases of most occurrences, on one side:
/// 享经济 in 共享经济 and 分享经济, in per cent.
const MIN_SHARE_OF_TWO: usize = 90;

/// The least ratio of the occurrences of an empty word beside a Han to those by chance: 10 in
/// 社会, 2 in 在港.
const MIN_LIFT: f64 = 10.0;

/// Words that join others; at the edge of a phrase they are rarely part of it.
const EMPTY_HAN: &str = "的了是在和与及或而也都就又才并着过地得之其这那此我你他它她们吗呢吧啊把被让使对从到向由以为因所将会能可要不没有很更最个些";

/// Returns the phrases that are no fragments, sorted. `found` has every phrase that occurs often
/// enough, with its count, and every single Han that does.
pub(super) fn whole_phrases(found: Vec<(PhraseKey, usize)>) -> Vec<PhraseKey> {
    let counts: HashMap<PhraseKey, usize> = found.iter().copied().collect();
    let mut by_length: Vec<Vec<(PhraseKey, usize)>> = vec![Vec::new(); MAX_PHRASE_HAN + 1];
    for (key, count) in found {
        if let Some(phrases) = by_length.get_mut(han_count(key)) {
            phrases.push((key, count));
        }
    }
    let long = by_length.last().into_iter().flatten();
    let long: LongPhrases = long.map(|(key, count)| (tail(*key, 1), *count)).collect();
    let mut fragments: HashSet<PhraseKey> = HashSet::new();
    let mut whole = Vec::new();
    let sides = [
        LongerPhrases::of(&by_length, |key| tail(key, 1)),
        LongerPhrases::of(&by_length, |key| head(key, han_count(key) - 1)),
    ];
    let single = by_length.get(1).into_iter().flatten();
    let all = single.map(|(_, count)| count).sum();
    for (key, count) in by_length.into_iter().skip(MIN_PHRASE_HAN).rev().flatten() {
        let is_within = || sides.iter().any(|side| side.hold(key, count));
        if fragments.contains(&key) || is_within() || !has_full_edges(key, count, &counts, all) {
            continue;
        }
        for part in parts(key) {
            if counts
                .get(&part)
                .is_some_and(|of_part| is_most(count, *of_part))
            {
                fragments.insert(part);
            }
        }
        if !continues_another(key, count, &long) {
            whole.push(key);
        }
    }
    whole.sort_unstable();
    whole
}

/// The two largest counts of the phrases that have one Han more on one side.
struct LongerPhrases(HashMap<PhraseKey, [usize; 2]>);

impl LongerPhrases {
    /// Collects them; `cut` takes the Han off.
    fn of(by_length: &[Vec<(PhraseKey, usize)>], cut: impl Fn(PhraseKey) -> PhraseKey) -> Self {
        let mut counts: HashMap<PhraseKey, [usize; 2]> = HashMap::new();
        for (key, count) in by_length.iter().skip(MIN_PHRASE_HAN + 1).flatten() {
            let [first, second] = counts.entry(cut(*key)).or_default();
            *second = (*second).max(*count);
            if second > first {
                std::mem::swap(first, second);
            }
        }
        Self(counts)
    }

    /// Returns whether two of them have nearly all occurrences of a phrase.
    fn hold(&self, key: PhraseKey, count: usize) -> bool {
        let [first, second] = self.0.get(&key).copied().unwrap_or_default();
        second > 0 && (first + second) * 100 >= count * MIN_SHARE_OF_TWO
    }
}

/// Returns whether a count is most of another.
fn is_most(count: usize, of: usize) -> bool {
    count * MIN_SHARE_OF_FRAGMENT.1 >= of * MIN_SHARE_OF_FRAGMENT.0
}

/// Returns all phrases within a phrase, without itself.
fn parts(key: PhraseKey) -> impl Iterator<Item = PhraseKey> {
    let han = han_count(key);
    (0..han).flat_map(move |from| {
        let longest = if from == 0 { han - 1 } else { han - from };
        (MIN_PHRASE_HAN..=longest).map(move |length| head(tail(key, from), length))
    })
}

/// Returns whether no empty word is at an edge of a phrase, or it belongs to the phrase.
fn has_full_edges(
    key: PhraseKey,
    count: usize,
    counts: &HashMap<PhraseKey, usize>,
    all: usize,
) -> bool {
    let last = han_count(key).saturating_sub(1);
    let edges = [
        (head(key, 1), tail(key, 1)),
        (head(tail(key, last), 1), head(key, last)),
    ];
    let of = |key: PhraseKey| counts.get(&key).copied().unwrap_or_default();
    edges.into_iter().all(|(edge, rest)| {
        let is_joined = || {
            let by_chance = quantity(of(edge)) * quantity(of(rest)) / quantity(all);
            quantity(count) >= by_chance * MIN_LIFT
        };
        match han_count(rest) {
            _ if !is_empty_word(edge) => true,
            1 if is_joined() => true,
            _ => is_most(count, of(rest)),
        }
    })
}

fn is_empty_word(han: PhraseKey) -> bool {
    let unit = (han >> ((MAX_PHRASE_HAN - 1) * HAN_BITS)) as u16;
    char::from_u32(unit.into()).is_some_and(|c| EMPTY_HAN.contains(c))
}

/// The counts of the phrases of the full length, by all their Han but the first.
type LongPhrases = HashMap<PhraseKey, usize>;

/// Returns whether a phrase of the full length goes on with another one that begins a Han
/// earlier: both are stretches of one that is longer than a phrase can be.
fn continues_another(key: PhraseKey, count: usize, long: &LongPhrases) -> bool {
    if han_count(key) < MAX_PHRASE_HAN || is_periodic(key) {
        return false;
    }
    let earlier = long.get(&head(key, MAX_PHRASE_HAN - 1));
    earlier.is_some_and(|other| is_most(*other, count) && is_most(count, *other))
}

/// Returns whether a phrase repeats a shorter one: each of its stretches goes on with another.
fn is_periodic(key: PhraseKey) -> bool {
    let mut periods = 1..=MAX_PHRASE_HAN / 2;
    periods.any(|period| {
        head(tail(key, period), MAX_PHRASE_HAN - period) == head(key, MAX_PHRASE_HAN - period)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::phrase;
    use super::super::{PARTING, PhraseFinder, UnitText, key};
    use super::*;

    /// Returns the whole phrases of a text that occur three times or more.
    fn whole(text: &str) -> Vec<String> {
        let mut finder = PhraseFinder::default();
        finder.add(text);
        let keys = finder.phrases(3).keys().to_vec();
        keys.into_iter().map(phrase).collect()
    }

    #[test]
    fn a_fragment_goes_and_a_phrase_of_its_own_stays() {
        assert_eq!(whole(&"港口区条例，".repeat(4)), ["港口区条例"]);
        // 条例 occurs more often without the rest
        let text = "港口区条例，".repeat(4) + &"旧条例，新条例，".repeat(2);
        assert_eq!(whole(&text), ["条例", "港口区条例"]);
    }

    #[test]
    fn a_fragment_of_two_phrases_goes() {
        let text = "共享经济，分享经济，".repeat(3) + "旧经济，经济，新经济";
        assert_eq!(whole(&text), ["共享经济", "分享经济", "经济"]);
    }

    #[test]
    fn empty_words_are_cut_off_where_the_rest_is_a_phrase() {
        let text = "渡口的灯，渡口的船，渡口的人，渡口，渡口，";
        assert_eq!(whole(text), ["渡口"]);
        // here it belongs to the phrase
        assert_eq!(whole(&"以渔为本，".repeat(3)), ["以渔为本"]);
    }

    #[test]
    fn a_very_long_phrase_is_listed_once() {
        let text = "甲乙丙丁戊己庚辛壬癸子丑，".repeat(3);
        assert_eq!(whole(&text), ["甲乙丙丁戊己庚辛"]);
        assert!(!whole(&"加油".repeat(30)).is_empty());
    }

    #[test]
    fn parts_are_all_shorter_stretches() {
        let mut all: Vec<String> = parts(key(&UnitText::of("甲乙丙丁").folded))
            .map(phrase)
            .collect();
        all.sort();
        assert_eq!(all, ["丙丁", "乙丙", "乙丙丁", "甲乙", "甲乙丙"]);
        assert_eq!(key(&[PARTING]), 0);
    }
}
