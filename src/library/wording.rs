//! The wording of a point, of a sentence or of typed words: its pairs of neighbouring Han, in one
//! script, without marks and blanks.

use super::copies::placed_units;
use crate::text::Span;

/// Units of a label at the least for which the text behind it says no more.
const MIN_LABEL_UNITS: usize = 6;
/// Units of the text behind a short label that are looked at.
const MAX_TEXT_UNITS: usize = 12;
/// Units of a wording at the most: of a long selection the first.
const MAX_WORDING_UNITS: usize = 120;
/// The weight of a pair of the text behind a label, against one of the label.
pub(super) const TEXT_FACTOR: f64 = 0.125;
/// Pairs that two wordings share at the least.
pub(super) const MIN_SHARED_PAIRS: u32 = 3;

/// Letters beside a number of a page at the most for which a label is a reference: those of a title.
const MAX_LETTERS_OF_REFERENCE: usize = 6;

/// Two neighbouring units.
pub(super) type Pair = (u32, u32);

/// The pairs of a wording.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wording {
    /// Each once, sorted.
    pub(super) pairs: Vec<PlacedPair>,
    /// True where they were typed: all of them are meant, a name too.
    pub(super) is_typed: bool,
}

/// A pair in a wording.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PlacedPair {
    pub(super) pair: Pair,
    /// Its place among the pairs of the wording.
    pub(super) place: usize,
    /// True where it is of the text behind the label.
    pub(super) is_behind: bool,
}

impl PlacedPair {
    pub(super) fn factor(self) -> f64 {
        if self.is_behind { TEXT_FACTOR } else { 1.0 }
    }
}

impl Wording {
    /// Takes a sentence.
    pub fn of(text: &str) -> Self {
        Self::of_point("", text, "")
    }

    /// Takes the label of a point; of a short one the text behind the label too.
    ///
    /// ```
    /// use jingdu::library::wording::Wording;
    /// let of = |marker, label| Wording::of_point(marker, label, "");
    /// // the same claim behind another number
    /// assert_eq!(of("一是", "一是让船靠得了岸"), of("三、", "三、让船靠得了岸"));
    /// // a reference to a page says nothing to compare
    /// assert_eq!(of("1.", "1.第25页"), Wording::default());
    /// ```
    pub fn of_point(marker: &str, label: &str, behind: &str) -> Self {
        let label = label.strip_prefix(marker).unwrap_or(label);
        if !label.is_empty() && is_reference(label) {
            return Self::default();
        }
        let units: Vec<u32> = units(label).take(MAX_WORDING_UNITS).collect();
        let mut all = placed(&units, 0, false);
        if needs_text(label) {
            let behind: Vec<u32> = self::units(behind).take(MAX_TEXT_UNITS).collect();
            all.extend(placed(&behind, units.len(), true));
        }
        all.sort_by_key(|own| (own.pair, own.place));
        all.dedup_by_key(|own| own.pair);
        Self {
            pairs: all,
            is_typed: false,
        }
    }

    /// Takes words that were typed.
    pub fn typed(words: &str) -> Self {
        Self {
            is_typed: true,
            ..Self::of(words)
        }
    }

    /// Returns whether it is too short to be like another one, but for the same words.
    pub fn is_short(&self) -> bool {
        self.pairs.len() < MIN_SHARED_PAIRS as usize
    }

    /// Returns the stretches of a text that it shares.
    ///
    /// ```
    /// use jingdu::library::wording::Wording;
    /// let text = "要讓等船的人，心里有数。";
    /// let shared = Wording::of("让等船的人心里踏实").shared_in(text);
    /// let shared: Vec<&str> = shared.iter().map(|span| span.of(text)).collect();
    /// assert_eq!(shared, ["讓等船的人，心里"]);
    /// ```
    pub fn shared_in(&self, text: &str) -> Vec<Span> {
        let (units, places) = placed_units(text);
        let mut shared: Vec<Span> = Vec::new();
        for (pair, places) in pairs(&units).zip(places.windows(2)) {
            let [first, second] = places else { continue };
            if self
                .pairs
                .binary_search_by_key(&pair, |own| own.pair)
                .is_err()
            {
                continue;
            }
            match shared.last_mut() {
                Some(last) if last.end >= first.start => last.end = second.end,
                _ => shared.push(Span::between(first.start, second.end)),
            }
        }
        shared
    }
}

/// Returns whether a label does little but refer to pages and paragraphs (第25頁, 第3至5段): such ones
/// differ by their digits alone, which are not compared.
fn is_reference(label: &str) -> bool {
    let (mut references, mut letters) = (0, 0);
    let mut parts = label.split('第');
    letters += letters_of(parts.next().unwrap_or_default());
    for part in parts {
        let number = part.trim_start_matches(|c: char| c.is_ascii_digit() || " 至-–、".contains(c));
        let is_place = number.len() < part.len() && number.starts_with(['页', '頁', '段']);
        references += usize::from(is_place);
        letters += letters_of(number) - usize::from(is_place);
    }
    letters <= references * MAX_LETTERS_OF_REFERENCE
}

fn letters_of(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Returns whether a label is so short that the text behind it is looked at.
pub fn needs_text(label: &str) -> bool {
    units(label).take(MIN_LABEL_UNITS).count() < MIN_LABEL_UNITS
}

fn units(text: &str) -> impl Iterator<Item = u32> {
    placed_units(text).0.into_iter()
}

/// Returns the pairs of some units, the first of them at a place.
fn placed(units: &[u32], first: usize, is_behind: bool) -> Vec<PlacedPair> {
    let numbered = (first..).zip(pairs(units));
    let placed = numbered.map(|(place, pair)| PlacedPair {
        pair,
        place,
        is_behind,
    });
    placed.collect()
}

fn pairs(units: &[u32]) -> impl Iterator<Item = Pair> {
    units.windows(2).filter_map(|pair| match pair {
        [a, b] => Some((*a, *b)),
        _ => None,
    })
}
