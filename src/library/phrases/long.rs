//! Phrases that are longer than a key: the stretches around keys of the full length that nearly
//! always stand in the same one.

use super::units::is_unit_of_han;
use super::{Counts, MAX_PHRASE_HAN, PhraseKey, han_count, is_most, key, key_units, period};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Han of a long phrase at the most: what goes on further is a text without marks.
const MAX_LONG_HAN: usize = 48;

/// A stretch of a text.
#[derive(Debug)]
pub(super) struct Stretch {
    /// Its Han.
    pub(super) units: Vec<u16>,
    /// The number of its occurrences.
    pub(super) count: usize,
    /// True where another one contains it.
    pub(super) is_within: bool,
}

/// The stretches around keys of the full length.
#[derive(Debug, Default)]
pub(super) struct Stretches {
    /// Each once, as long as a key or longer.
    pub(super) all: Vec<Stretch>,
    /// The keys that are mostly within longer ones.
    pub(super) parts: HashSet<PhraseKey>,
}

/// Returns the whole stretches around keys.
pub(super) fn stretches(units: &[u16], counts: &Counts) -> Stretches {
    let full = counts.keys().copied();
    let full = full.filter(|key| han_count(*key) == MAX_PHRASE_HAN && period(*key).is_none());
    let numbers: HashMap<PhraseKey, usize> = full.zip(0..).collect();
    let mut places: Vec<Vec<usize>> = vec![Vec::new(); numbers.len()];
    if places.is_empty() {
        return Stretches::default();
    }
    for at in 0..units.len() {
        let key = key(units.get(at..).unwrap_or_default());
        if let Some(of_key) = numbers.get(&key).and_then(|i| places.get_mut(*i)) {
            of_key.push(at);
        }
    }
    let mut found: BTreeMap<Vec<u16>, usize> = BTreeMap::new();
    let mut parts = HashSet::new();
    for (key, number) in &numbers {
        let places = places.get(*number).map_or(&[][..], Vec::as_slice);
        let before = |at: usize, by: usize| units.get(at.checked_sub(by)?).copied();
        let behind = |at: usize, by: usize| units.get(at + MAX_PHRASE_HAN - 1 + by).copied();
        let (mut phrase, first) = common(places, before);
        let (rest, last) = common(places, behind);
        phrase.reverse();
        phrase.extend(key_units(*key));
        phrase.extend(rest);
        if phrase.len() > MAX_PHRASE_HAN {
            parts.insert(*key);
        }
        if phrase.len() < MAX_LONG_HAN {
            let both = first.iter().filter(|at| last.binary_search(at).is_ok());
            found.insert(phrase, both.count());
        }
    }
    Stretches {
        all: without_parts(found),
        parts,
    }
}

/// Returns the Han that most of some places have beside them, and the places that have all of
/// these; `beside` gives what is in a distance.
fn common(
    places: &[usize],
    beside: impl Fn(usize, usize) -> Option<u16>,
) -> (Vec<u16>, Vec<usize>) {
    let mut han = Vec::new();
    let mut agreeing = places.to_vec();
    while han.len() < MAX_LONG_HAN {
        let mut counts: HashMap<u16, usize> = HashMap::new();
        for at in &agreeing {
            if let Some(unit) = beside(*at, han.len() + 1).filter(|unit| is_unit_of_han(*unit)) {
                *counts.entry(unit).or_default() += 1;
            }
        }
        let most = counts
            .into_iter()
            .max_by_key(|(unit, count)| (*count, *unit));
        let Some((unit, _)) = most.filter(|(_, count)| is_most(*count, places.len())) else {
            break;
        };
        agreeing.retain(|at| beside(*at, han.len() + 1) == Some(unit));
        han.push(unit);
    }
    (han, agreeing)
}

/// Leaves out the stretches that hardly occur without a longer one.
fn without_parts(found: BTreeMap<Vec<u16>, usize>) -> Vec<Stretch> {
    let found: Vec<(Vec<u16>, usize)> = found.into_iter().collect();
    let mut holders: HashMap<PhraseKey, Vec<usize>> = HashMap::new();
    for (number, (units, _)) in found.iter().enumerate() {
        for window in units.windows(MAX_PHRASE_HAN) {
            holders.entry(key(window)).or_default().push(number);
        }
    }
    let mut all = Vec::new();
    for (units, count) in &found {
        let longer = holders.get(&key(units)).into_iter().flatten();
        let longer = longer.filter_map(|number| found.get(*number));
        let mut longer = longer.filter(|(longer, _)| {
            longer.len() > units.len() && longer.windows(units.len()).any(|part| part == units)
        });
        let most = longer.by_ref().map(|(_, of_longer)| *of_longer).max();
        if most.is_none_or(|most| !is_most(most, *count)) {
            all.push(Stretch {
                units: units.clone(),
                count: *count,
                is_within: most.is_some(),
            });
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::tests::whole;

    #[test]
    fn of_two_stretches_within_each_other_the_longer_one_is_listed() {
        // the middle goes on to 癸 mostly, and what does that mostly to 丑
        let text = "甲乙丙丁戊己庚辛壬癸子丑，".repeat(5)
            + "甲乙丙丁戊己庚辛壬癸，"
            + &"乙丙丁戊己庚辛壬，".repeat(2);
        assert_eq!(whole(&text), ["甲乙丙丁戊己庚辛壬癸子丑"]);
    }

    #[test]
    fn a_phrase_of_the_full_length_stays_beside_a_longer_one_that_is_rarer() {
        let text = "甲乙丙丁戊己庚辛壬癸，".repeat(3) + &"乙丙丁戊己庚辛壬，".repeat(9);
        assert_eq!(whole(&text), ["乙丙丁戊己庚辛壬"]);
        let text =
            "甲甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳，".repeat(3) + &"乙丙丁戊己庚辛壬，".repeat(9);
        let both = ["乙丙丁戊己庚辛壬", "甲甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳"];
        assert_eq!(whole(&text), both);
    }
}
