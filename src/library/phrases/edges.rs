//! Phrases that begin or end within a word.
//!
//! 分注重 is a part of 十分注重 and of 充分注重. Neither has most of its occurrences, but in both
//! the Han before it makes a word with its first one, and a closer one than that makes with what
//! follows. So it is with 气污染 in 大气污染 and 空气污染, though not as closely: there is hardly
//! an occurrence where no word is cut.

use super::index::{Phrase, PhraseIndex};
use super::units::{NUMBER, is_unit_of_han};
use super::{Counts, MAX_PHRASE_HAN, PhraseKey, han_count, head, key, key_units, tail};
use crate::library::quantity;
use std::collections::{HashMap, HashSet};

/// The least ratio of the occurrences of two Han beside each other to those by chance, for them to
/// be a word.
const MIN_LIFT_OF_WORD: f64 = 5.0;

/// Occurrences of a fragment, in per cent, that cut a word which is closer than the phrase.
const MIN_SHARE_OF_CLOSER: usize = 70;

/// Occurrences of a fragment, in per cent, that cut any word.
const MIN_SHARE_OF_CUT: usize = 95;

/// Units of a text at the most in which the edges of phrases are looked at: of a longer text, blocks
/// that are spread over it.
const MAX_LOOKED_AT_UNITS: usize = 4 << 20;
/// Units of a block.
const BLOCK_UNITS: usize = 1 << 13;

/// Returns those of some phrases that mostly begin or mostly end within a word in a text.
pub(super) fn with_cut_words(
    units: &[u16],
    phrases: Vec<Phrase>,
    counts: &Counts,
) -> HashSet<Phrase> {
    let bonds = Bonds::new(counts);
    let index = PhraseIndex::new(phrases);
    let phrases = index.phrases();
    let edges: Vec<[Bond; 2]> = phrases.map(|phrase| bonds.of_edges(&phrase)).collect();
    let mut cuts = vec![[CutWords::default(); 2]; edges.len()];
    let bond_at = |at: Option<usize>| {
        let pair = at.and_then(|at| Some((*units.get(at)?, *units.get(at + 1)?)));
        pair.map_or(Bond::default(), |(a, b)| bonds.of_word(a, b))
    };
    let blocks = units.len() / BLOCK_UNITS + 1;
    let step = units.len() / MAX_LOOKED_AT_UNITS + 1;
    let blocks = (0..blocks).step_by(step);
    for at in blocks.flat_map(|block| block * BLOCK_UNITS..(block + 1) * BLOCK_UNITS) {
        let mut before = None;
        let rest = units.get(at..).unwrap_or_default();
        index.each(rest, &mut |phrase, length| {
            let before = *before.get_or_insert_with(|| bond_at(at.checked_sub(1)));
            let after = bond_at(Some(at + length - 1));
            let sides = cuts.get_mut(phrase).into_iter().flatten();
            let own = edges.get(phrase).into_iter().flatten();
            for ((cut, own), bond) in sides.zip(own).zip([before, after]) {
                cut.add(bond, *own);
            }
        });
    }
    let phrases = index.phrases().zip(cuts);
    let cut = phrases.filter(|(_, sides)| sides.iter().any(CutWords::make_a_fragment));
    cut.map(|(phrase, _)| phrase).collect()
}

/// The occurrences of a phrase, by the words that an edge of it cuts.
#[derive(Clone, Copy, Debug, Default)]
struct CutWords {
    all: u32,
    cut: u32,
    closer: u32,
}

impl CutWords {
    /// Counts an occurrence, with the bond across the edge and that within the phrase.
    fn add(&mut self, across: Bond, own: Bond) {
        self.all += 1;
        self.cut += u32::from(across.lift > 0.0);
        self.closer += u32::from(across.is_closer(own));
    }

    /// Returns whether the phrase is a fragment.
    fn make_a_fragment(&self) -> bool {
        let share = |of: u32| of as usize * 100 / (self.all as usize).max(1);
        share(self.closer) >= MIN_SHARE_OF_CLOSER || share(self.cut) >= MIN_SHARE_OF_CUT
    }
}

/// The closeness of two Han, or of a Han to those beside it.
#[derive(Clone, Copy, Debug, Default)]
struct Bond {
    /// The ratio of their occurrences to those by chance.
    lift: f64,
    /// The same, weighted by the occurrences: what is rare has a high ratio by itself.
    weight: f64,
}

impl Bond {
    /// Returns whether the bond is closer than another.
    fn is_closer(self, than: Self) -> bool {
        self.lift > than.lift && self.weight > than.weight
    }

    /// Returns the bond, no closer than another by its ratio.
    fn at_most(self, other: Self) -> Self {
        Self {
            lift: self.lift.min(other.lift),
            ..self
        }
    }
}

/// The bonds of Han that make words.
struct Bonds<'a> {
    counts: &'a Counts,
    all: f64,
    words: HashMap<(u16, u16), Bond>,
}

impl<'a> Bonds<'a> {
    fn new(counts: &'a Counts) -> Self {
        let single = counts.iter().filter(|(key, _)| han_count(**key) == 1);
        let mut bonds = Self {
            counts,
            all: quantity(single.map(|(_, count)| count).sum()),
            words: HashMap::new(),
        };
        let pairs = counts.keys().filter(|key| han_count(**key) == 2);
        let words = pairs.filter_map(|pair| {
            let mut units = key_units(*pair);
            let han = (units.next()?, units.next()?);
            let bond = bonds.between(head(*pair, 1), tail(*pair, 1), *pair);
            (bond.lift >= MIN_LIFT_OF_WORD).then_some((han, bond))
        });
        bonds.words = words.collect();
        bonds
    }

    /// Returns the bond of the two parts of a phrase.
    fn between(&self, a: PhraseKey, b: PhraseKey, both: PhraseKey) -> Bond {
        let of = |key: PhraseKey| quantity(self.counts.get(&key).copied().unwrap_or(1));
        let lift = of(both) * self.all / (of(a) * of(b));
        Bond {
            lift,
            weight: lift * of(both),
        }
    }

    /// Returns the bond of two units that make a word, or of a number to what it counts.
    fn of_word(&self, a: u16, b: u16) -> Bond {
        if a == NUMBER && is_unit_of_han(b) {
            return Bond {
                lift: f64::INFINITY,
                weight: f64::INFINITY,
            };
        }
        self.words.get(&(a, b)).copied().unwrap_or_default()
    }

    /// Returns the bonds of the first Han of a phrase to the others, and of the last one.
    fn of_edges(&self, phrase: &Phrase) -> [Bond; 2] {
        let mut units: Vec<u16> = key_units(phrase.key).collect();
        units.extend(phrase.rest.iter());
        let last = units.len().saturating_sub(MAX_PHRASE_HAN);
        let (first, last) = (phrase.key, key(units.get(last..).unwrap_or_default()));
        let (before, pair) = (han_count(last) - 1, tail(last, han_count(last) - 2));
        [
            self.between(head(first, 1), head(tail(first, 1), 1), head(first, 2))
                .at_most(self.between(head(first, 1), tail(first, 1), first)),
            self.between(head(pair, 1), tail(pair, 1), pair)
                .at_most(self.between(head(last, before), tail(last, before), last)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::whole;

    /// Returns a text behind a longer one in which nothing repeats but single Han.
    fn among_others(text: &str) -> String {
        let han = |i: u32| char::from_u32(0x7000 + (i * i + i / 7) % 211);
        (0..2000).filter_map(han).collect::<String>() + "。" + text
    }

    #[test]
    fn what_cuts_a_word_is_a_fragment() {
        let text = "十分注重，充分注重，甚分注重，".repeat(3) + &"十分，充分，甚分，".repeat(4);
        let found = whole(&among_others(&text));
        assert!(!found.contains(&"分注重".to_owned()), "{found:?}");
        assert!(found.contains(&"十分".to_owned()), "{found:?}");
    }

    #[test]
    fn what_follows_a_number_is_a_fragment() {
        let text = "9月渡口开工，12月渡口开工，3月渡口开工，渡口开工。";
        assert!(!whole(&among_others(text)).contains(&"月渡口开工".to_owned()));
        assert!(whole(&among_others(text)).contains(&"渡口开工".to_owned()));
    }

    #[test]
    fn a_phrase_beside_words_that_it_does_not_cut_stays() {
        let text = "港口渡船，旧年渡船，今日渡船，渡船。".repeat(3);
        assert!(whole(&among_others(&text)).contains(&"渡船".to_owned()));
    }
}
