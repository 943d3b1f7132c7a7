//! Phrases that are looked for in texts.

use super::units::text_of;
use super::{HAN_BITS, MAX_PHRASE_HAN, MIN_PHRASE_HAN, PhraseKey, han_count, head, key, key_units};
use std::fmt;
use std::ops::Range;

/// A phrase: its first Han, and those behind them where it is longer than a key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Phrase {
    /// The first Han.
    pub(super) key: PhraseKey,
    /// The Han behind them.
    pub(super) rest: Box<[u16]>,
}

impl Phrase {
    /// Returns the phrase of these Han.
    pub(super) fn of(units: &[u16]) -> Self {
        Self {
            key: key(units),
            rest: units.get(MAX_PHRASE_HAN..).unwrap_or_default().into(),
        }
    }
}

impl From<PhraseKey> for Phrase {
    fn from(key: PhraseKey) -> Self {
        Self {
            key,
            rest: Box::default(),
        }
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units: Vec<u16> = key_units(self.key)
            .chain(self.rest.iter().copied())
            .collect();
        f.write_str(&text_of(&units))
    }
}

/// Phrases, to be found in a text.
#[derive(Clone, Debug)]
pub(super) struct PhraseIndex {
    /// The keys of the phrases, sorted.
    keys: Vec<PhraseKey>,
    /// Their Han behind those of the key.
    rests: Vec<Box<[u16]>>,
    /// For each first Han: the first of the phrases that begin with it or a later one.
    starts: Vec<usize>,
}

impl PhraseIndex {
    /// Returns an index of phrases; their numbers are those in their order.
    pub(super) fn new(mut phrases: Vec<Phrase>) -> Self {
        phrases.sort_unstable();
        let first = |key: PhraseKey| usize::from((key >> (HAN_BITS * (MAX_PHRASE_HAN - 1))) as u16);
        let mut starts = vec![0; usize::from(u16::MAX) + 2];
        for phrase in &phrases {
            if let Some(count) = starts.get_mut(first(phrase.key) + 1) {
                *count += 1;
            }
        }
        let mut before = 0;
        for start in &mut starts {
            before += *start;
            *start = before;
        }
        let parts = phrases.into_iter().map(|phrase| (phrase.key, phrase.rest));
        let (keys, rests) = parts.unzip();
        Self {
            keys,
            rests,
            starts,
        }
    }

    /// Returns the phrases in their order.
    pub(super) fn phrases(&self) -> impl ExactSizeIterator<Item = Phrase> {
        let parts = self.keys.iter().zip(&self.rests);
        parts.map(|(key, rest)| Phrase {
            key: *key,
            rest: rest.clone(),
        })
    }

    /// Gives the phrases that a text begins with: their numbers and their Han.
    pub(super) fn each(&self, units: &[u16], visit: &mut dyn FnMut(usize, usize)) {
        let Some(first) = units.first().map(|unit| usize::from(*unit)) else {
            return;
        };
        let at = |first: usize| self.starts.get(first).copied().unwrap_or_default();
        let mut range = at(first)..at(first + 1);
        if range.is_empty() {
            return;
        }
        let text = key(units);
        for length in MIN_PHRASE_HAN..=han_count(text) {
            let found = self.keys.get(range.clone()).unwrap_or_default();
            let (least, most) = bounds(text, length);
            let from = found.partition_point(|key| *key < least);
            let to = found.partition_point(|key| *key <= most);
            range = range.start + from..range.start + to;
            if range.is_empty() {
                return;
            }
            if length == MAX_PHRASE_HAN {
                self.each_long(range, units, visit);
                return;
            }
            if self.keys.get(range.start) == Some(&least) {
                visit(range.start, length);
            }
        }
    }

    /// Gives those of a range, which begin with the same key, that a text begins with.
    fn each_long(&self, range: Range<usize>, units: &[u16], visit: &mut dyn FnMut(usize, usize)) {
        let behind = units.get(MAX_PHRASE_HAN..).unwrap_or_default();
        for number in range {
            let rest = self.rests.get(number).map_or(&[][..], AsRef::as_ref);
            if behind.starts_with(rest) {
                visit(number, MAX_PHRASE_HAN + rest.len());
            }
        }
    }
}

/// Returns the first and the last key of phrases that begin with the first Han of another.
fn bounds(key: PhraseKey, han: usize) -> (PhraseKey, PhraseKey) {
    let least = head(key, han);
    let rest = (MAX_PHRASE_HAN - han) * HAN_BITS;
    (least, least | ((1 << rest) - 1))
}
