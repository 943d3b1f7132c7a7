//! Salient phrases (突出词): the phrases of two to eight Han, or more, that some articles have more
//! often than others, found without a dictionary.
//!
//! 1. [`PhraseFinder`] takes the texts of the articles and sorts the beginnings of all phrases in
//!    them: phrases that occur often stand beside each other then.
//! 2. [`PhraseCounts`] counts the phrases that it found in these articles and in others, text by
//!    text, so that no text has to be kept.
//! 3. [`PhraseCounts::salient`] ranks them by log-likelihood (G², Dunning 1993), of their
//!    occurrences or of the articles that have them, whichever is less: a phrase that a few articles
//!    repeat is theirs alone. It gives the log ratio beside it (Hardie 2014): the first says how
//!    sure the difference is, the second how large.
//!
//! A part of a longer phrase that hardly occurs without it is left out, and so is a phrase that has
//! an empty word at an edge or cuts a word there. A phrase that goes on behind eight Han is shown as
//! far as it goes. Han outside of the basic plane part phrases.

mod counts;
mod edges;
mod fragments;
mod index;
mod long;
mod units;

pub use counts::{PhraseCounts, PhraseSide, PhraseUse, SalientPhrase};

use fragments::{RepeatedPhrases, is_most, period};
use index::Phrase;
use std::collections::{HashMap, HashSet};
use units::{PARTING, UnitText, is_unit_of_han};

/// Han of a phrase at the least.
pub const MIN_PHRASE_HAN: usize = 2;
/// Han of a phrase at the most.
pub const MAX_PHRASE_HAN: usize = 8;
/// Bits of a Han in a [`PhraseKey`].
const HAN_BITS: usize = 16;
/// Phrases that are sorted at once: 32 MB of keys.
const MAX_SORTED_AT_ONCE: usize = 2 << 20;

/// The Han of a phrase, in one script: the first one in the highest bits, zeros behind the last.
/// Keys are sorted as their phrases are, a phrase before the longer ones that begin with it.
pub(crate) type PhraseKey = u128;

/// Finds the phrases that occur often in some texts.
///
/// ```
/// use jingdu::library::phrases::{PhraseFinder, PhraseSide};
/// let texts = ["修渡口的事，青柚计划管。", "青柚計劃年年修渡口。", "听说青柚计划到期了。"];
/// let mut finder = PhraseFinder::default();
/// texts.iter().for_each(|text| finder.add(text));
/// let mut counts = finder.phrases(3);
/// for (id, text) in (1..).zip(texts) {
///     counts.count(text, id, None, PhraseSide::Asked);
/// }
/// counts.count("修路的事，没有计划。", 4, None, PhraseSide::Others);
/// let salient = counts.salient(10, 3);
/// assert_eq!(salient[0].text, "青柚计划");
/// assert_eq!((salient[0].count, salient[0].articles), (3, 3));
/// ```
#[derive(Clone, Debug, Default)]
pub struct PhraseFinder {
    /// The Han of all texts, in one script, parted where something else is between them.
    units: Vec<u16>,
}

impl PhraseFinder {
    /// Adds a text.
    pub fn add(&mut self, text: &str) {
        self.units.extend(UnitText::of(text).folded);
        self.units.push(PARTING);
    }

    /// Returns the number of Han that were added.
    pub fn han(&self) -> usize {
        self.units
            .iter()
            .filter(|unit| is_unit_of_han(**unit))
            .count()
    }

    /// Returns the phrases that occur `least` times or more, to be counted.
    pub fn phrases(self, least: usize) -> PhraseCounts {
        let parts = self.units.len() / MAX_SORTED_AT_ONCE + 1;
        let mut found = Vec::new();
        let mut keys: Vec<PhraseKey> = Vec::new();
        for part in 0..parts {
            keys.clear();
            let starts = self.units.iter().enumerate();
            let starts = starts.filter(|(_, unit)| usize::from(**unit) % parts == part);
            keys.extend(starts.map(|(at, _)| key(self.units.get(at..).unwrap_or_default())));
            keys.sort_unstable();
            repeated(&keys, least, &mut found);
        }
        drop(keys);
        let counts: Counts = found.into_iter().collect();
        PhraseCounts::new(self.whole(&counts))
    }

    /// Returns the phrases that are no fragments.
    fn whole(&self, counts: &Counts) -> Vec<Phrase> {
        let repeated = RepeatedPhrases::new(counts, long::stretches(&self.units, counts));
        let cut = |phrases: Vec<Phrase>| edges::with_cut_words(&self.units, phrases, counts);
        let mut whole = repeated.whole(&HashSet::new());
        let mut fragments = cut(whole.iter().cloned().collect());
        // phrases of which those were the longer ones
        let again = repeated.whole(&fragments);
        fragments.extend(cut(again.difference(&whole).cloned().collect()));
        whole = again;
        whole.retain(|phrase| !fragments.contains(phrase));
        whole.into_iter().collect()
    }
}

/// Returns the key of the phrase at the beginning of a text.
fn key(units: &[u16]) -> PhraseKey {
    let han = units.iter().take(MAX_PHRASE_HAN);
    let mut key = 0;
    let mut room = MAX_PHRASE_HAN * HAN_BITS;
    for unit in han.take_while(|unit| is_unit_of_han(**unit)) {
        room -= HAN_BITS;
        key |= PhraseKey::from(*unit) << room;
    }
    key
}

/// The counts of phrases and single Han.
type Counts = HashMap<PhraseKey, usize>;

/// Returns the Han of a key.
fn key_units(key: PhraseKey) -> impl Iterator<Item = u16> {
    let unit = move |i: usize| (key >> (HAN_BITS * (MAX_PHRASE_HAN - 1 - i))) as u16;
    (0..han_count(key)).map(unit)
}

/// Returns the number of Han of a phrase.
fn han_count(key: PhraseKey) -> usize {
    MAX_PHRASE_HAN - key.trailing_zeros() as usize / HAN_BITS
}

/// Returns the first Han of a phrase.
fn head(key: PhraseKey, han: usize) -> PhraseKey {
    let rest = MAX_PHRASE_HAN.saturating_sub(han) * HAN_BITS;
    key.checked_shr(rest as u32)
        .and_then(|key| key.checked_shl(rest as u32))
        .unwrap_or_default()
}

/// Returns a phrase without its first Han.
fn tail(key: PhraseKey, han: usize) -> PhraseKey {
    key.checked_shl((han * HAN_BITS) as u32).unwrap_or_default()
}

/// Adds the phrases and single Han that occur `least` times or more, each with its count; the keys
/// are sorted.
fn repeated(keys: &[PhraseKey], least: usize, found: &mut Vec<(PhraseKey, usize)>) {
    // for each length: the first of the keys that begin with the same Han
    let mut starts = [0; MAX_PHRASE_HAN + 1];
    for (at, pair) in keys.iter().enumerate() {
        let next = keys.get(at + 1);
        let same = next.map_or(0, |next| (next ^ pair).leading_zeros() as usize / HAN_BITS);
        let han = han_count(*pair);
        for (length, start) in starts.iter_mut().enumerate().skip(same + 1) {
            let count = at + 1 - *start;
            if (1..=han).contains(&length) && count >= least {
                found.push((head(*pair, length), count));
            }
            *start = at + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the phrase of a key.
    pub(super) fn phrase(key: PhraseKey) -> String {
        units::text_of(&key_units(key).collect::<Vec<_>>())
    }

    /// Returns the whole phrases of a text that occur three times or more.
    pub(super) fn whole(text: &str) -> Vec<String> {
        let mut finder = PhraseFinder::default();
        finder.add(text);
        let counts = finder.phrases(3);
        let mut found: Vec<String> = counts.phrases().map(|phrase| phrase.to_string()).collect();
        found.sort();
        found
    }

    #[test]
    fn repeated_phrases_of_every_length_are_found() {
        let mut finder = PhraseFinder::default();
        finder.add("甲乙丙，甲乙丙，甲乙丁。丙甲乙");
        let mut keys: Vec<PhraseKey> = (0..finder.units.len())
            .map(|at| key(&finder.units[at..]))
            .collect();
        keys.sort_unstable();
        let mut found = Vec::new();
        repeated(&keys, 2, &mut found);
        let mut found: Vec<_> = found
            .into_iter()
            .filter(|(key, _)| han_count(*key) > 1)
            .map(|(key, count)| (phrase(key), count))
            .collect();
        found.sort();
        let wanted = [("乙丙", 2), ("甲乙", 4), ("甲乙丙", 2)];
        assert_eq!(found, wanted.map(|(text, count)| (text.to_owned(), count)));
    }

    #[test]
    fn keys_keep_the_order_and_the_length() {
        let key_of = |text: &str| key(&UnitText::of(text).folded);
        let long = key_of("一二三四五六七八九");
        assert_eq!(
            (phrase(long).as_str(), han_count(long)),
            ("一二三四五六七八", 8)
        );
        assert_eq!(phrase(head(long, 3)), "一二三");
        assert_eq!(phrase(tail(long, 6)), "七八");
        assert_eq!((han_count(0), head(long, 8), tail(long, 8)), (0, long, 0));
        assert!(key_of("一二") < key_of("一二三") && key_of("一二三") < key_of("一五"));
    }
}
