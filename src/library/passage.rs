//! The articles that hold a given text: how much of it, and how much of theirs is in it.
//!
//! All phrases of both texts are compared, one by one. The samples that
//! [`copies`](super::copies) keeps only choose which articles are worth it.

use super::copies::{Fingerprint, PHRASE_UNITS, number, placed_units, units};
use super::quantity;
use crate::text::Span;
use std::collections::HashSet;

/// Phrases of a text at least for which samples choose the candidates: of half of so many, a
/// sample has some.
const MIN_SAMPLED_PHRASES: usize = 1000;
/// Numbers that a sample has at least to be relied on.
const MIN_SURE_NUMBERS: usize = 24;
/// Phrases that an article shares with the text at the least, unless the text has fewer.
const MIN_SHARED_PHRASES: usize = 4;
/// The part of either text that is in the other at the least.
const MIN_SHARE: f64 = 0.5;
/// Bits of the table by which most phrases that are not asked for are passed over.
const TABLE_BITS: usize = 1 << 16;

/// A text that is looked for in articles.
#[derive(Clone, Debug)]
pub struct Passage {
    phrases: HashSet<[u32; PHRASE_UNITS]>,
    /// The numbers of the phrases.
    numbers: HashSet<u32>,
    /// A bit for the end of every number.
    table: Vec<bool>,
    /// The number of its Han and words.
    length: usize,
}

/// The parts of two texts that are in each other, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SharedParts {
    /// The part of the asked text that the article holds.
    pub share: f64,
    /// The part of the article that the asked text holds.
    pub of: f64,
}

impl SharedParts {
    /// Returns both in per cent, rounded down, so that 100 is all of it.
    pub fn per_cent(self) -> (usize, usize) {
        let rounded = |part: f64| (0..=100).rev().find(|n| quantity(*n) <= part * 100.0);
        let rounded = |part| rounded(part).unwrap_or_default();
        (rounded(self.share), rounded(self.of))
    }
}

impl Passage {
    /// Takes a text; `None` for one that is shorter than a phrase of eight Han or words.
    ///
    /// ```
    /// use jingdu::library::passage::Passage;
    /// let asked = Passage::new("豆腐要嫩，也要便宜。").unwrap();
    /// let parts = asked.parts_in("说豆腐要嫩也要便宜。").unwrap();
    /// assert_eq!((parts.share, parts.of), (1.0, 0.5));
    /// assert!(asked.parts_in("豆腐要嫩。").is_none() && Passage::new("豆腐要嫩").is_none());
    /// ```
    pub fn new(text: &str) -> Option<Self> {
        let units = units(text);
        let phrases: HashSet<_> = phrases(&units).copied().collect();
        let numbers: HashSet<u32> = phrases.iter().map(|phrase| number(phrase)).collect();
        let mut table = vec![false; TABLE_BITS];
        for number in &numbers {
            if let Some(bit) = table.get_mut(end(*number)) {
                *bit = true;
            }
        }
        (!phrases.is_empty()).then_some(Self {
            phrases,
            numbers,
            table,
            length: units.len(),
        })
    }

    /// Returns whether a phrase is one of the text.
    fn has(&self, phrase: &[u32; PHRASE_UNITS]) -> bool {
        let bit = self.table.get(end(number(phrase)));
        bit.copied().unwrap_or_default() && self.phrases.contains(phrase)
    }

    /// Returns the stretch of an article that holds most of the text: of those as long as the text
    /// the one that shares most phrases with it, from the first of these to the last.
    ///
    /// ```
    /// use jingdu::library::passage::Passage;
    /// let article = "有人说：豆腐要嫩，也要便宜。别的不说。";
    /// let place = Passage::new("豆腐要嫩也要便宜").unwrap().place_in(article).unwrap();
    /// assert_eq!(place.of(article), "豆腐要嫩，也要便宜");
    /// ```
    pub fn place_in(&self, article: &str) -> Option<Span> {
        let (units, places) = placed_units(article);
        let shared: Vec<bool> = phrases(&units).map(|phrase| self.has(phrase)).collect();
        let width = (self.length + 1)
            .saturating_sub(PHRASE_UNITS)
            .clamp(1, shared.len().max(1));
        let mut count = shared.iter().take(width).filter(|s| **s).count();
        let mut best = (count, 0);
        for (start, (gone, come)) in (1..).zip(shared.iter().zip(shared.iter().skip(width))) {
            count = count + usize::from(*come) - usize::from(*gone);
            if count > best.0 {
                best = (count, start);
            }
        }
        let stretch = shared.iter().enumerate().skip(best.1).take(width);
        let mut found = stretch.filter(|(_, shared)| **shared).map(|(at, _)| at);
        let first = found.next()?;
        let last = found.next_back().unwrap_or(first) + PHRASE_UNITS - 1;
        Some(Span::between(
            places.get(first)?.start,
            places.get(last)?.end,
        ))
    }

    /// Returns the part of the text that an article holds, and the reverse; `None` where it holds less
    /// than half of it, and is itself for less than half from it.
    ///
    /// ```
    /// use jingdu::library::passage::Passage;
    /// let quoted = "修渡口就是修人心，人心齐了，路就通了，船就来了，等船的人也就不慌了。";
    /// let passage = Passage::new(quoted).unwrap();
    /// let article = format!("老人们常说：{quoted}这话说了三十年，说的人换了三代，渡口还是那个渡口，石阶还是那些石阶，只有灯换过。");
    /// let (of_passage, of_article) = passage.parts_in(&article).unwrap().per_cent();
    /// assert_eq!(of_passage, 100);
    /// assert!(of_article < 50, "{of_article}");
    /// assert!(passage.parts_in("早市的摊位归谁来管，镇上议了三年。").is_none());
    /// ```
    pub fn parts_in(&self, article: &str) -> Option<SharedParts> {
        let units = units(article);
        let shared: HashSet<_> = phrases(&units).filter(|phrase| self.has(phrase)).collect();
        if shared.len() < MIN_SHARED_PHRASES.min(self.phrases.len()) {
            return None;
        }
        let all: HashSet<_> = phrases(&units).collect();
        let part = |whole: usize| quantity(shared.len()) / quantity(whole);
        let parts = SharedParts {
            share: part(self.phrases.len()),
            of: part(all.len()),
        };
        (parts.share >= MIN_SHARE || parts.of >= MIN_SHARE).then_some(parts)
    }

    /// Returns false where [`Self::parts_in`] an article of that sample is `None` all the same.
    pub fn may_be_in(&self, sample: &Fingerprint) -> bool {
        let is_unsure = self.phrases.len() < MIN_SAMPLED_PHRASES
            || sample.numbers().len() < MIN_SURE_NUMBERS
            || sample.is_cut();
        is_unsure || sample.numbers().iter().any(|n| self.numbers.contains(n))
    }
}

/// Returns the phrases of some units.
fn phrases(units: &[u32]) -> impl Iterator<Item = &[u32; PHRASE_UNITS]> {
    units
        .windows(PHRASE_UNITS)
        .filter_map(|phrase| phrase.try_into().ok())
}

/// Returns the place of a number in the table.
fn end(number: u32) -> usize {
    number as usize % TABLE_BITS
}

#[cfg(test)]
mod tests {
    use super::super::copies::fingerprint;
    use super::*;

    /// Returns so many invented Han; another seed gives other ones.
    fn text(seed: u32, count: usize) -> String {
        let mut state = seed;
        let mut next = |_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from_u32(0x4e00 + (state >> 8) % 3000).unwrap()
        };
        (0..count).map(&mut next).collect()
    }

    /// Returns Han of a text from one to another.
    fn part(text: &str, from: usize, to: usize) -> String {
        text.chars().skip(from).take(to - from).collect()
    }

    #[test]
    fn parts_are_counted_phrase_by_phrase() {
        let (whole, other) = (text(1, 107), text(2, 100));
        let asked = Passage::new(&whole).unwrap();
        // 100 phrases; a cut of 57 Han has 50 of them
        for (article, wanted) in [
            (whole.clone(), Some((1.0, 1.0))),
            (format!("{whole}。{whole}"), Some((1.0, 100.0 / 107.0))),
            (part(&whole, 20, 77), Some((0.5, 1.0))),
            (part(&whole, 20, 76), Some((0.49, 1.0))),
            (part(&whole, 20, 76) + &other, None),
            (part(&whole, 20, 77) + &other, Some((0.5, 50.0 / 150.0))),
            (part(&whole, 0, 10), None),
            (part(&whole, 0, 11), Some((0.04, 1.0))),
            (other, None),
        ] {
            let found = asked.parts_in(&article).map(|p| (p.share, p.of));
            assert_eq!(found, wanted, "{article}");
        }
    }

    #[test]
    fn the_place_is_where_most_of_it_is() {
        let (whole, other) = (text(1, 60), text(2, 300));
        let asked = Passage::new(&whole).unwrap();
        // a phrase by chance before the passage, whose middle was changed
        let chance = part(&whole, 3, 12) + &part(&other, 0, 200);
        let passage = part(&whole, 2, 30) + "啊啊" + &part(&whole, 32, 60);
        let article = format!("{chance}{passage}{}", part(&other, 200, 300));
        let place = asked.place_in(&article).unwrap();
        assert_eq!(place.of(&article), passage);
        assert_eq!(asked.place_in(&other), None);
        assert_eq!(asked.place_in("短"), None);
    }

    #[test]
    fn samples_leave_out_no_article_that_holds_it() {
        let whole = text(3, 3000);
        let asked = Passage::new(&whole).unwrap();
        let mut left_out = 0;
        for seed in 4..80 {
            let (from, other) = (seed as usize * 17, text(seed, 2000));
            for article in [
                part(&whole, from, from + 1600) + &other,
                part(&whole, from, from + 300),
                part(&whole, from, from + 90) + &part(&other, 0, 40),
                other.clone(),
            ] {
                let may = asked.may_be_in(&fingerprint(&article));
                assert!(may || asked.parts_in(&article).is_none(), "{seed}");
                left_out += usize::from(!may);
            }
        }
        assert_eq!(left_out, 76, "articles that share nothing");
        let short = Passage::new(&text(3, 60)).unwrap();
        assert!(short.may_be_in(&fingerprint(&text(9, 2000))));
    }
}
