//! Counts phrases in the texts that they are compared in, and ranks them.

use super::index::{Phrase, PhraseIndex};
use super::units::{UnitText, is_unit_of_han, text_of};
use crate::library::Day;
use crate::library::entry::ArticleId;
use crate::library::quantity;

/// Texts asked for from which on a phrase has to be spread over them.
const MIN_TEXTS_TO_SPREAD: f64 = 9.0;

/// The side that a text is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhraseSide {
    /// One of the articles whose phrases are asked for.
    Asked,
    /// One of the articles that they are compared with.
    Others,
}

/// The earliest dated article that has a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhraseUse {
    /// Its date.
    pub day: Day,
    /// Its number.
    pub article: ArticleId,
}

/// A phrase that the articles asked for have more often than the others.
#[derive(Clone, Debug, PartialEq)]
pub struct SalientPhrase {
    /// The phrase, as the first of these articles writes it.
    pub text: String,
    /// Its occurrences in them.
    pub count: usize,
    /// Those of them that have it.
    pub articles: usize,
    /// Its occurrences in the others.
    pub reference: usize,
    /// Its log-likelihood: how sure it is that the articles differ.
    pub g2: f64,
    /// The binary logarithm of the ratio of its shares of both texts: 1 is twice as often.
    pub log_ratio: f64,
    /// Its first use, of either side.
    pub first: Option<PhraseUse>,
}

/// The counts of a phrase.
#[derive(Clone, Debug, Default)]
struct Tally {
    /// Occurrences in the articles asked for.
    count: usize,
    /// Those of them that have it.
    articles: usize,
    /// Occurrences in the others.
    reference: usize,
    /// Those of them that have it.
    other_articles: usize,
    /// The number of the last text that has it, and where its occurrence ended there.
    last: (usize, usize),
    written: Box<[u16]>,
    first: Option<PhraseUse>,
}

/// Counts phrases, text by text.
#[derive(Clone, Debug)]
pub struct PhraseCounts {
    index: PhraseIndex,
    /// The counts, in the order of the phrases.
    tallies: Vec<Tally>,
    /// The Han of both sides.
    han: [usize; 2],
    /// The texts of both sides.
    texts: [usize; 2],
}

impl PhraseCounts {
    /// Returns counts of these phrases.
    pub(super) fn new(phrases: Vec<Phrase>) -> Self {
        Self {
            tallies: vec![Tally::default(); phrases.len()],
            index: PhraseIndex::new(phrases),
            han: [0; 2],
            texts: [0; 2],
        }
    }

    #[cfg(test)]
    pub(super) fn phrases(&self) -> impl Iterator<Item = Phrase> {
        self.index.phrases()
    }

    /// Counts the phrases in the text of an article.
    pub fn count(&mut self, text: &str, article: ArticleId, day: Option<Day>, side: PhraseSide) {
        let units = UnitText::of(text);
        let [asked_texts, other_texts] = &mut self.texts;
        match side {
            PhraseSide::Asked => *asked_texts += 1,
            PhraseSide::Others => *other_texts += 1,
        }
        let text = *asked_texts + *other_texts;
        let used = day.map(|day| PhraseUse { day, article });
        let tallies = &mut self.tallies;
        for at in 0..units.folded.len() {
            let rest = units.folded.get(at..).unwrap_or_default();
            self.index.each(rest, &mut |phrase, length| {
                let Some(tally) = tallies.get_mut(phrase) else {
                    return;
                };
                let is_new_here = tally.last.0 != text;
                if !is_new_here && tally.last.1 > at {
                    return;
                }
                tally.last = (text, at + length);
                let written = units.written.get(at..at + length).unwrap_or_default();
                tally.add(side, is_new_here, used, written);
            });
        }
        let units = units.folded.iter();
        let han = units.filter(|unit| is_unit_of_han(**unit)).count();
        let [asked, others] = &mut self.han;
        match side {
            PhraseSide::Asked => *asked += han,
            PhraseSide::Others => *others += han,
        }
    }

    /// Returns the phrases that the articles asked for have more often than the others and that
    /// occur in `least` of them, the surest first; `most` at the most.
    pub fn salient(&self, most: usize, least: usize) -> Vec<SalientPhrase> {
        let (han, texts) = (self.han.map(quantity), self.texts.map(quantity));
        let tallies = self.tallies.iter().filter(|tally| tally.articles >= least);
        let mut ranked: Vec<(f64, f64, &Tally)> = tallies
            .filter_map(|tally| {
                let (rank, g2) = tally.rank(han, texts)?;
                Some((rank, g2, tally))
            })
            .collect();
        ranked.sort_by(|(a, g2, one), (b, other_g2, other)| {
            let order = b.total_cmp(a).then_with(|| other_g2.total_cmp(g2));
            order.then_with(|| one.written.cmp(&other.written))
        });
        ranked.truncate(most);
        let phrase = |(_, g2, tally): (f64, f64, &Tally)| tally.phrase(g2, han);
        ranked.into_iter().map(phrase).collect()
    }
}

/// Returns the log-likelihood (G²) that the first of two sets has something more often: `of` are
/// the sizes of the sets. `None` where it does not.
fn log_likelihood(counts: [usize; 2], of: [f64; 2]) -> Option<f64> {
    let [a, b] = counts.map(quantity);
    let (both, all) = (a + b, of[0] + of[1]);
    if a * of[1] <= b * of[0] {
        return None;
    }
    let part = |count: f64, expected: f64| {
        if count > 0.0 {
            count * (count / expected).ln()
        } else {
            0.0
        }
    };
    let row = |count: f64, size: f64| {
        part(count, size * both / all) + part(size - count, size * (all - both) / all)
    };
    Some(2.0 * (row(a, of[0]) + row(b, of[1])))
}

impl Tally {
    /// Counts an occurrence.
    fn add(
        &mut self,
        side: PhraseSide,
        is_new_here: bool,
        used: Option<PhraseUse>,
        written: &[u16],
    ) {
        match side {
            PhraseSide::Asked => {
                self.count += 1;
                self.articles += usize::from(is_new_here);
                if self.written.is_empty() {
                    self.written = written.into();
                }
            }
            PhraseSide::Others => {
                self.reference += 1;
                self.other_articles += usize::from(is_new_here);
            }
        }
        if is_new_here
            && used.is_some_and(|used| self.first.is_none_or(|first| used.day < first.day))
        {
            self.first = used;
        }
    }

    /// Returns the rank of the phrase, higher for a surer one, and the log-likelihood of its
    /// occurrences; `None` where the articles asked for do not have it more often.
    fn rank(&self, han: [f64; 2], texts: [f64; 2]) -> Option<(f64, f64)> {
        let g2 = log_likelihood([self.count, self.reference], han)?;
        if texts[0] < MIN_TEXTS_TO_SPREAD {
            return Some((g2, g2));
        }
        // a phrase of a few articles that repeat it is theirs, not that of all
        let spread = log_likelihood([self.articles, self.other_articles], texts);
        Some((spread.unwrap_or_default().min(g2), g2))
    }

    fn phrase(&self, g2: f64, [asked, others]: [f64; 2]) -> SalientPhrase {
        // a phrase that the others lack counts as half a one there (Hardie 2014)
        let reference = quantity(self.reference).max(0.5);
        SalientPhrase {
            text: text_of(&self.written),
            count: self.count,
            articles: self.articles,
            reference: self.reference,
            g2,
            log_ratio: (quantity(self.count) / asked / (reference / others)).log2(),
            first: self.first,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::PhraseFinder;
    use super::*;

    /// Texts of which every third one is asked for; some phrases are written in traditional Han.
    const TEXTS: [&str; 6] = [
        "灯会办得好，灯会人多，港口區條例也贴在灯会。",
        "渡口的船不多，路也不好。",
        "渡口有一条路。灯会？没有人去。",
        "港口区条例说灯会要办，灯会要守港口区条例。",
        "路修好了，渡口没有修。",
        "路，路，修路，渡口。",
    ];

    fn salient() -> Vec<SalientPhrase> {
        let mut finder = PhraseFinder::default();
        let sides = [PhraseSide::Asked, PhraseSide::Others, PhraseSide::Others];
        let texts = || (1..).zip(TEXTS).zip(sides.into_iter().cycle());
        for ((_, text), side) in texts() {
            if side == PhraseSide::Asked {
                finder.add(text);
            }
        }
        let mut counts = finder.phrases(3);
        for ((id, text), side) in texts() {
            counts.count(text, id, Day::read(&format!("{}", 2026 - id)), side);
        }
        counts.salient(9, 2)
    }

    #[test]
    fn phrases_are_counted_on_both_sides() {
        let found = salient();
        let rows: Vec<_> = found
            .iter()
            .map(|p| (p.text.as_str(), p.count, p.articles, p.reference))
            .collect();
        assert_eq!(rows, [("港口區條例", 3, 2, 0), ("灯会", 5, 2, 1)]);
        let first = |at: usize| found[at].first.unwrap().article;
        assert_eq!((first(0), first(1)), (4, 4));
        assert!(found[1].g2 > 0.0 && found[0].log_ratio > found[1].log_ratio);
    }

    #[test]
    fn what_is_no_more_frequent_is_not_salient() {
        assert!(salient().iter().all(|phrase| phrase.text != "渡口"));
        let mut finder = PhraseFinder::default();
        finder.add("灯会");
        let mut counts = finder.phrases(1);
        counts.count("灯会", 1, None, PhraseSide::Asked);
        counts.count("灯会", 2, None, PhraseSide::Others);
        assert_eq!(counts.salient(9, 1), []);
    }

    #[test]
    fn a_phrase_of_all_comes_before_one_of_a_few() {
        let spread: Vec<String> = (0..12).map(|_| "渡口开了。".to_owned()).collect();
        let mut finder = PhraseFinder::default();
        let texts = || spread.iter().cloned().chain(["灯会。".repeat(14)]);
        texts().for_each(|text| finder.add(&text));
        let mut counts = finder.phrases(3);
        texts().for_each(|text| counts.count(&text, 1, None, PhraseSide::Asked));
        for _ in 0..40 {
            counts.count("路修好了。", 2, None, PhraseSide::Others);
        }
        let found = counts.salient(9, 1);
        let texts: Vec<&str> = found.iter().map(|phrase| phrase.text.as_str()).collect();
        assert_eq!(texts, ["渡口开了", "灯会"]);
        assert!(found[0].g2 < found[1].g2);
    }

    #[test]
    fn occurrences_do_not_overlap() {
        let mut finder = PhraseFinder::default();
        finder.add("哈哈哈哈哈");
        let mut counts = finder.phrases(2);
        counts.count("哈哈哈哈哈", 1, None, PhraseSide::Asked);
        let found = counts.salient(9, 1);
        assert!(
            found.iter().all(|p| p.text.chars().count() * p.count <= 5),
            "{found:?}"
        );
    }
}
