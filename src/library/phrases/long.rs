//! Phrases that are longer than a key: the stretches around keys of the full length that nearly
//! always stand in the same one.

use super::units::is_unit_of_han;
use super::{Counts, MAX_PHRASE_HAN, PhraseKey, han_count, is_most, key, key_units, period};
use std::collections::{BTreeMap, HashMap};

/// Han of a long phrase at the most: what goes on further is a text without marks.
const MAX_LONG_HAN: usize = 48;

/// Returns the whole stretches around keys of the full length, each once, with about its count: its
/// occurrences are counted later.
pub(super) fn stretches(units: &[u16], counts: &Counts) -> Vec<(Vec<u16>, usize)> {
    let full = counts.keys().copied();
    let full = full.filter(|key| han_count(*key) == MAX_PHRASE_HAN && period(*key).is_none());
    let places: HashMap<PhraseKey, usize> = full.zip(0..).collect();
    let mut starts: Vec<Vec<usize>> = vec![Vec::new(); places.len()];
    if starts.is_empty() {
        return Vec::new();
    }
    for at in 0..units.len() {
        let key = key(units.get(at..).unwrap_or_default());
        if let Some(of_key) = places.get(&key).and_then(|place| starts.get_mut(*place)) {
            of_key.push(at);
        }
    }
    let mut found: BTreeMap<Vec<u16>, usize> = BTreeMap::new();
    for (key, place) in &places {
        let starts = starts.get(*place).map_or(&[][..], Vec::as_slice);
        let before = |at: usize, by: usize| units.get(at.checked_sub(by)?).copied();
        let after = |at: usize, by: usize| units.get(at + MAX_PHRASE_HAN - 1 + by).copied();
        let mut phrase = common(starts, before);
        phrase.reverse();
        phrase.extend(key_units(*key));
        phrase.extend(common(starts, after));
        if phrase.len() < MAX_LONG_HAN {
            let count = found.entry(phrase).or_insert(starts.len());
            *count = starts.len().min(*count);
        }
    }
    found.into_iter().collect()
}

/// Returns the Han that most of some places have beside them; `beside` gives that in a distance.
fn common(places: &[usize], beside: impl Fn(usize, usize) -> Option<u16>) -> Vec<u16> {
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
    han
}
