//! Phrases without the fragments of longer ones.
//!
//! A phrase is a fragment where a longer one that contains it has most of its occurrences, or two
//! that have one Han more have nearly all. An empty
//! word at an edge (的, 是, 在) belongs to the phrase only where the rest hardly occurs without it,
//! or where a word of two Han is bound too closely for chance (社会, 可能). What repeats a shorter
//! phrase (加油加油) is none by itself. A phrase that is longer than a key goes where a shorter one
//! is more than half of it.

use super::index::Phrase;
use super::long::Stretches;
use super::{
    Counts, MAX_PHRASE_HAN, MIN_PHRASE_HAN, PhraseKey, han_count, head, key, key_units, tail,
};
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

/// Words that begin others; at the end of a phrase they are rarely part of it.
const EMPTY_LAST_HAN: &str = "第";

/// All phrases that occur often enough.
pub(super) struct RepeatedPhrases<'a> {
    counts: &'a Counts,
    by_length: Vec<Vec<(PhraseKey, usize)>>,
    /// Those of the full length and longer ones, as far as they go on.
    stretches: Stretches,
    sides: [LongerPhrases; 2],
    /// The number of Han.
    all: usize,
}

impl<'a> RepeatedPhrases<'a> {
    /// Returns the phrases in their order; `counts` has every single Han beside them.
    pub(super) fn new(counts: &'a Counts, stretches: Stretches) -> Self {
        let mut by_length: Vec<Vec<(PhraseKey, usize)>> = vec![Vec::new(); MAX_PHRASE_HAN + 1];
        for (key, count) in counts {
            if let Some(phrases) = by_length.get_mut(han_count(*key)) {
                phrases.push((*key, *count));
            }
        }
        let sides = [
            LongerPhrases::of(&by_length, |key| tail(key, 1)),
            LongerPhrases::of(&by_length, |key| head(key, han_count(key) - 1)),
        ];
        let single = by_length.get(1).into_iter().flatten();
        Self {
            counts,
            all: single.map(|(_, count)| count).sum(),
            by_length,
            stretches,
            sides,
        }
    }

    /// Returns the phrases that are no fragments, and none of `cut`.
    pub(super) fn whole(&self, cut: &HashSet<Phrase>) -> HashSet<Phrase> {
        let mut fragments = self.stretches.parts.clone();
        let mut long = Vec::new();
        let mut sums: HashMap<PhraseKey, usize> = HashMap::new();
        for stretch in &self.stretches.all {
            let units = &stretch.units;
            if cut.contains(&Phrase::of(units)) || !self.has_full_edges(units) {
                continue;
            }
            for key in keys(units) {
                self.add_parts(key, stretch.count, &mut fragments);
            }
            if units.len() > MAX_PHRASE_HAN {
                long.push(units);
                let parts: HashSet<PhraseKey> = all_parts(units).collect();
                for part in parts.into_iter().filter(|_| !stretch.is_within) {
                    *sums.entry(part).or_default() += stretch.count;
                }
            }
        }
        // what several that differ have in common
        fragments.extend(sums.iter().filter_map(|(part, sum)| {
            let of_part = self.counts.get(part)?;
            is_most(*sum, *of_part).then_some(*part)
        }));
        let mut whole = HashSet::new();
        let phrases = self.by_length.iter().skip(MIN_PHRASE_HAN).rev().flatten();
        for (key, count) in phrases.map(|(key, count)| (*key, *count)) {
            if let Some(period) = period(key) {
                let longest = period.max(MIN_PHRASE_HAN);
                fragments.extend(parts(key).filter(|part| han_count(*part) > longest));
            } else if !fragments.contains(&key)
                && !self.sides.iter().any(|side| side.hold(key, count))
                && self.is_full(key, Edge::First)
                && self.is_full(key, Edge::Last)
                && !cut.contains(&Phrase::from(key))
            {
                self.add_parts(key, count, &mut fragments);
                whole.insert(key);
            }
        }
        let long = long.into_iter().filter(|units| {
            let is_more_than_half =
                |part: PhraseKey| han_count(part) * 2 > units.len() && whole.contains(&part);
            !all_parts(units).any(is_more_than_half)
        });
        let mut phrases: HashSet<Phrase> = long.map(|units| Phrase::of(units)).collect();
        phrases.extend(whole.into_iter().map(Phrase::from));
        phrases
    }

    /// Adds the parts of a phrase that hardly occur without it.
    fn add_parts(&self, key: PhraseKey, count: usize, fragments: &mut HashSet<PhraseKey>) {
        fragments.extend(parts(key).filter(|part| {
            let of_part = self.counts.get(part);
            of_part.is_some_and(|of_part| is_most(count, *of_part))
        }));
    }

    /// Returns whether no empty word is at an edge of a stretch, or it belongs to it.
    fn has_full_edges(&self, units: &[u16]) -> bool {
        let first = keys(units).next();
        let last = keys(units).next_back();
        first.is_some_and(|key| self.is_full(key, Edge::First))
            && last.is_some_and(|key| self.is_full(key, Edge::Last))
    }

    /// Returns whether no empty word is at an edge of a phrase, or it belongs to the phrase.
    fn is_full(&self, key: PhraseKey, edge: Edge) -> bool {
        let last = han_count(key).saturating_sub(1);
        let (han, rest) = match edge {
            Edge::First => (head(key, 1), tail(key, 1)),
            Edge::Last => (head(tail(key, last), 1), head(key, last)),
        };
        let of = |key: PhraseKey| self.counts.get(&key).copied().unwrap_or_default();
        let is_joined = || {
            let by_chance = quantity(of(han)) * quantity(of(rest)) / quantity(self.all);
            quantity(of(key)) >= by_chance * MIN_LIFT
        };
        match han_count(rest) {
            _ if !is_empty_word(han, edge) => true,
            1 if is_joined() => true,
            _ => is_most(of(key), of(rest)),
        }
    }
}

/// Returns the parts of a stretch that are no longer than a key.
fn all_parts(units: &[u16]) -> impl Iterator<Item = PhraseKey> {
    keys(units).flat_map(|key| parts(key).chain([key]))
}

/// An end of a phrase.
#[derive(Clone, Copy, PartialEq)]
enum Edge {
    First,
    Last,
}

/// Returns the keys of the full length of a stretch.
fn keys(units: &[u16]) -> impl DoubleEndedIterator<Item = PhraseKey> {
    units.windows(MAX_PHRASE_HAN).map(key)
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
pub(super) fn is_most(count: usize, of: usize) -> bool {
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

/// Returns whether a Han is an empty word at an edge.
fn is_empty_word(han: PhraseKey, edge: Edge) -> bool {
    let unit = key_units(han).next().map(u32::from);
    unit.and_then(char::from_u32).is_some_and(|c| {
        EMPTY_HAN.contains(c) || (edge == Edge::Last && EMPTY_LAST_HAN.contains(c))
    })
}

/// Returns the number of Han after which a phrase repeats itself: 2 of 加油加油; `None` where it
/// does not, and of two Han.
pub(super) fn period(key: PhraseKey) -> Option<usize> {
    let han = han_count(key);
    let mut periods = 1..=han / 2;
    periods.find(|period| han > MIN_PHRASE_HAN && tail(key, *period) == head(key, han - *period))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{phrase, whole};
    use super::super::{UnitText, key};
    use super::*;

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
    fn a_very_long_phrase_is_listed_once_and_whole() {
        let text = "甲乙丙丁戊己庚辛壬癸子丑，".repeat(3);
        assert_eq!(whole(&text), ["甲乙丙丁戊己庚辛壬癸子丑"]);
        // also where most occurrences go on, and where two that differ have the same beginning
        let text = "推动山海湾协同发展，".repeat(4) + "推动山海湾协同办学";
        assert_eq!(whole(&text), ["推动山海湾协同发展"]);
        let text = "甲乙丙丁戊己庚辛壬癸，甲乙丙丁戊己庚辛子丑，".repeat(4);
        let both = ["甲乙丙丁戊己庚辛壬癸", "甲乙丙丁戊己庚辛子丑"];
        assert_eq!(whole(&text), both);
    }

    #[test]
    fn a_shorter_phrase_is_listed_in_place_of_a_long_one() {
        let text = "推动山海湾协同发展，".repeat(4) + &"山海湾协同发展，".repeat(3);
        assert_eq!(whole(&text), ["山海湾协同发展"]);
    }

    #[test]
    fn what_repeats_itself_is_the_shorter_phrase() {
        let found = whole(&"加油".repeat(30));
        assert!(
            found.iter().all(|phrase| phrase.chars().count() == 2),
            "{found:?}"
        );
        assert!(found.contains(&"加油".to_owned()), "{found:?}");
        assert_eq!(whole(&"哈".repeat(30)), ["哈哈"]);
    }

    #[test]
    fn parts_are_all_shorter_stretches() {
        let mut all: Vec<String> = parts(key(&UnitText::of("甲乙丙丁").folded))
            .map(phrase)
            .collect();
        all.sort();
        assert_eq!(all, ["丙丁", "乙丙", "乙丙丁", "甲乙", "甲乙丙"]);
    }
}
