//! Articles that are copies of each other: reposts with another title, a cut lead, in the other
//! script, with paragraphs gone.
//!
//! 1. [`fingerprint`]: numbers of an article: of all its phrases of eight Han or words of other
//!    scripts a sample, the same phrases in every article that has them. A short text keeps more
//!    of them.
//! 2. [`share`]: the part of one article that is in another, by their numbers.
//! 3. [`group`]: the earliest copy of every article.

use super::day::Day;
use super::entry::{ArticleId, LibraryEntry};
use super::quantity;
use crate::text::Span;
use crate::text::han::is_han;
use crate::text::script::simplify;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Deref;

/// Han, or words of other scripts, of a phrase.
pub(super) const PHRASE_UNITS: usize = 8;
/// The bit that tells the number of a word from a Han.
const WORD_BIT: u32 = 1 << 31;
/// The phrases of a long text of which one is kept.
const LONG_SAMPLE: u32 = 32;
/// The same of a short text.
const SHORT_SAMPLE: u32 = 8;
/// Phrases of the longest text of which the larger sample is kept.
const MAX_SHORT_PHRASES: usize = 1000;
/// Numbers of an article at the most: a long book has enough with these.
const MAX_NUMBERS: usize = 4096;
/// Numbers that two articles share at least if they are copies.
const MIN_SHARED: usize = 4;
/// The parts of the smaller and of the larger article in per cent, both of which two copies share:
/// those of an article and a changed one, and those of one that is cut.
const MIN_SHARES: [[usize; 2]; 2] = [[60, 45], [85, 33]];
/// Articles that have a phrase at the most: what more of them have is a notice of their site.
const MAX_HOLDERS: usize = 400;
/// Titles of the articles at least that have a phrase which is put around articles.
const MIN_FRAME_TITLES: usize = 8;
/// Months at least from the first to the last of them: a repost comes sooner, mostly.
const MIN_FRAME_MONTHS: u32 = 3;

/// The numbers of an article, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fingerprint(Vec<u32>);

/// An article to be compared.
#[derive(Clone, Debug)]
pub struct FingerprintedArticle {
    /// Its number in the library.
    pub id: ArticleId,
    /// Its date.
    pub day: Option<Day>,
    /// The number of its title: that of the same title in whatever script.
    pub title: u32,
    /// Its numbers.
    pub numbers: Fingerprint,
}

impl Fingerprint {
    /// Returns the fingerprint with these numbers, which [`Self::numbers`] gave.
    pub fn of_numbers(numbers: Vec<u32>) -> Self {
        Self(numbers)
    }

    /// Returns the numbers.
    pub fn numbers(&self) -> &[u32] {
        &self.0
    }

    /// Returns whether numbers of a long book are missing.
    pub(super) fn is_cut(&self) -> bool {
        self.0.len() >= MAX_NUMBERS
    }

    /// Returns those of the numbers that every text keeps, long or short.
    fn common(&self) -> impl Iterator<Item = u32> {
        self.0
            .iter()
            .copied()
            .filter(|n| n.is_multiple_of(LONG_SAMPLE))
    }

    /// Returns whether numbers of the larger sample are among them.
    fn is_short(&self) -> bool {
        self.0.iter().any(|n| !n.is_multiple_of(LONG_SAMPLE))
    }
}

/// Returns the fingerprint of a text: of its [`units`], without its marks and digits.
///
/// ```
/// use jingdu::library::copies::{fingerprint, share};
/// let text = "菜市场改造要让人进得来，也要让货卸得下，还要让价看得见，这样才算改好了。".repeat(3);
/// let traditional = text.replace('场', "場").replace('进', "進").replace('，', " ");
/// assert_eq!(fingerprint(&text), fingerprint(&traditional));
/// assert_eq!(share(&fingerprint(&text), &fingerprint("别的文章")), 0.0);
/// ```
pub fn fingerprint(text: &str) -> Fingerprint {
    let units = units(text);
    let phrases = || units.windows(PHRASE_UNITS).map(number);
    let sample = if units.len() <= MAX_SHORT_PHRASES {
        SHORT_SAMPLE
    } else {
        LONG_SAMPLE
    };
    let mut numbers: Vec<u32> = phrases().filter(|n| n.is_multiple_of(sample)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.truncate(MAX_NUMBERS);
    Fingerprint(numbers)
}

/// Returns the Han of a text, in one script, and a number for each word of other letters, in
/// lower case.
pub(super) fn units(text: &str) -> Vec<u32> {
    placed_units(text).0
}

/// Returns the [`units`] of a text, and where each is in it.
pub(super) fn placed_units(text: &str) -> (Vec<u32>, Vec<Span>) {
    let (mut units, mut places): (Vec<u32>, Vec<Span>) = Default::default();
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        let is_letter = !is_han(c) && c.is_alphabetic();
        let place = Span::new(at, at + c.len_utf8());
        if is_letter {
            if !in_word {
                units.push(0);
                places.push(place);
            }
            if let (Some(word), Some(spelled)) = (units.last_mut(), places.last_mut()) {
                let add = |n: u32, c| (n ^ u32::from(c)).wrapping_mul(0x0100_0193);
                *word = c.to_lowercase().fold(*word, add) | WORD_BIT;
                spelled.end = place.end;
            }
        } else if is_han(c) {
            units.push(u32::from(simplify(c)));
            places.push(place);
        }
        in_word = is_letter;
    }
    (units, places)
}

/// Returns the number of a phrase: FNV-1a over its characters, mixed so that any sample is even.
pub(super) fn number(phrase: &[u32]) -> u32 {
    let start = 0xcbf2_9ce4_8422_2325_u64;
    let step = |n: u64, c: &u32| (n ^ u64::from(*c)).wrapping_mul(0x0100_0000_01b3);
    let n = phrase.iter().fold(start, step);
    ((n ^ (n >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd) >> 32) as u32
}

/// Returns the number of a title.
///
/// ```
/// use jingdu::library::copies::title_number;
/// assert_eq!(title_number("“渡口”怎么修？"), title_number("渡口怎麼修"));
/// assert_ne!(title_number("渡口怎么修"), title_number("渡口谁来修"));
/// ```
pub fn title_number(title: &str) -> u32 {
    number(&units(title))
}

/// Returns the part of the first article that is in the second one, 0 to 1.
pub fn share(first: &Fingerprint, second: &Fingerprint) -> f64 {
    let (shared, own, _) = compared(first, second);
    if own == 0 {
        return 0.0;
    }
    quantity(shared) / quantity(own)
}

/// Returns the number of those that two articles share, and of those of each that could be shared:
/// of a short and a long one only the numbers that both would keep.
fn compared(first: &Fingerprint, second: &Fingerprint) -> (usize, usize, usize) {
    let shared = all_shared(first, second).len();
    if first.is_short() && second.is_short() {
        return (shared, first.0.len(), second.0.len());
    }
    (shared, first.common().count(), second.common().count())
}

/// Returns the numbers that two articles share.
fn all_shared(first: &Fingerprint, second: &Fingerprint) -> Vec<u32> {
    if first.is_short() && second.is_short() {
        return shared(first.0.iter().copied(), second.0.iter().copied()).collect();
    }
    shared(first.common(), second.common()).collect()
}

/// Returns the numbers that are in both of two sorted sequences.
fn shared(
    first: impl Iterator<Item = u32>,
    second: impl Iterator<Item = u32>,
) -> impl Iterator<Item = u32> {
    let (mut first, mut second) = (first.peekable(), second.peekable());
    std::iter::from_fn(move || {
        loop {
            match first.peek()?.cmp(second.peek()?) {
                Ordering::Less => drop(first.next()),
                Ordering::Greater => drop(second.next()),
                Ordering::Equal => return first.next().and(second.next()),
            }
        }
    })
}

/// The phrases that articles of many titles have, over a long time.
///
/// A notice of a site or a line about an author, around each article, makes most of a short one and
/// none of them a copy of another.
struct Frames(FxHashSet<u32>);

impl Frames {
    /// Finds them among the numbers of all articles, sorted, each with the rank of an article.
    fn find(holders: &[(u32, u32)], ranked: &[&FingerprintedArticle]) -> Self {
        let groups = holders.chunk_by(|a, b| a.0 == b.0);
        let is_frame = |of_one: &&[(u32, u32)]| {
            let articles = of_one
                .iter()
                .filter_map(|(_, rank)| ranked.get(*rank as usize));
            let titles: FxHashSet<u32> = articles.clone().map(|article| article.title).collect();
            let days = || articles.clone().filter_map(|article| article.day);
            let months = || days().map(|day| day.year() * 12 + day.month());
            let span = months().max().unwrap_or(0) - months().min().unwrap_or(0);
            titles.len() >= MIN_FRAME_TITLES && span >= MIN_FRAME_MONTHS
        };
        let frames = groups.filter(|of_one| of_one.len() >= MIN_FRAME_TITLES);
        let frames = frames.filter(is_frame).filter_map(<[_]>::first);
        Self(frames.map(|(number, _)| *number).collect())
    }

    /// Returns whether two articles are copies of each other by what is not around them.
    fn are_copies(&self, first: &FingerprintedArticle, second: &FingerprintedArticle) -> bool {
        if first.title == second.title {
            return are_copies(&first.numbers, &second.numbers);
        }
        let (first, second) = (&first.numbers, &second.numbers);
        let framed = |numbers: Vec<u32>| {
            let around = numbers.iter().filter(|number| self.0.contains(number));
            (around.count(), numbers.len())
        };
        let (mut around, shared_count) = framed(all_shared(first, second));
        // short texts have some of its numbers alone: that it is a frame is known of the others
        let (common, of) = framed(shared(first.common(), second.common()).collect());
        if of >= MIN_SHARED {
            around = around.max(shared_count * common / of);
        }
        let (shared, first, second) = compared(first, second);
        is_copy((shared - around, first - around, second - around))
    }
}

/// Returns whether two articles are copies of each other.
pub fn are_copies(first: &Fingerprint, second: &Fingerprint) -> bool {
    is_copy(compared(first, second))
}

fn is_copy((shared, first, second): (usize, usize, usize)) -> bool {
    let (smaller, larger) = (first.min(second), first.max(second));
    let is_enough = |[of_smaller, of_larger]: [usize; 2]| {
        shared * 100 >= smaller * of_smaller && shared * 100 >= larger * of_larger
    };
    shared >= MIN_SHARED && MIN_SHARES.into_iter().any(is_enough)
}

/// Returns for every article that is a copy the number of the earliest one of its group. Among
/// those of one day, and of those without a date, the first in the list counts as the earliest.
pub fn group(articles: &[FingerprintedArticle]) -> HashMap<ArticleId, ArticleId> {
    let mut order: Vec<usize> = (0..articles.len()).collect();
    let day = |i: usize| articles.get(i).and_then(|a| a.day);
    order.sort_by_key(|&i| (day(i).is_none(), day(i), i));
    let ranked = || order.iter().filter_map(|&i| articles.get(i)).zip(0_u32..);
    // who has which number, the earliest first
    let mut holders: Vec<(u32, u32)> = Vec::new();
    for (article, rank) in ranked() {
        holders.extend(article.numbers.0.iter().map(|number| (*number, rank)));
    }
    holders.sort_unstable();
    let frames = Frames::find(
        &holders,
        &ranked().map(|(article, _)| article).collect::<Vec<_>>(),
    );
    let mut first_of: HashMap<usize, usize> = HashMap::new();
    let mut votes: FxHashMap<u32, usize> = FxHashMap::default();
    for (article, rank) in ranked() {
        votes.clear();
        for number in article.numbers.0.iter().copied() {
            let from = holders.partition_point(|(other, _)| *other < number);
            let holding = holders.get(from..).unwrap_or_default().iter();
            let earlier = holding.take_while(|other| **other < (number, rank));
            for (_, other) in earlier.take(MAX_HOLDERS) {
                *votes.entry(*other).or_default() += 1;
            }
        }
        // each vote is a number that both have
        let enough = votes.iter().filter(|(_, n)| **n >= MIN_SHARED);
        let mut likely: Vec<(usize, u32)> = enough.map(|(j, n)| (*n, *j)).collect();
        likely.sort_by_key(|(n, j)| (std::cmp::Reverse(*n), *j));
        let is_copy = |j: &usize| {
            let other = articles.get(*j);
            other.is_some_and(|other| frames.are_copies(article, other))
        };
        let place = |rank: u32| order.get(rank as usize).copied();
        let mut earlier = likely.iter().filter_map(|(_, rank)| place(*rank));
        if let Some((earlier, i)) = earlier.find(is_copy).zip(place(rank)) {
            let first = first_of.get(&earlier).copied().unwrap_or(earlier);
            first_of.insert(i, first);
        }
    }
    let id = |i: usize| articles.get(i).map(|a| a.id);
    let pairs = first_of.into_iter();
    pairs
        .filter_map(|(copy, first)| Some((id(copy)?, id(first)?)))
        .collect()
}

/// Leaves copies out: of each group the earliest article stays, of those that are given. `known`
/// has the groups of which none stays, and takes those of which one does.
///
/// ```
/// use jingdu::library::{Day, LibraryEntry, copies::distinct};
/// use std::collections::BTreeSet;
/// let entry = |id, day, copy_of| LibraryEntry {
///     id,
///     day: Day::read(day),
///     copy_of,
///     ..LibraryEntry::default()
/// };
/// let all = [entry(2, "2020-02", Some(1)), entry(1, "2020-01", None), entry(3, "2020-03", None)];
/// let kept = distinct(all.iter().collect(), &mut BTreeSet::new());
/// assert_eq!(kept.iter().map(|entry| entry.id).collect::<Vec<_>>(), [1, 3]);
/// ```
pub fn distinct<E: Deref<Target = LibraryEntry>>(
    entries: Vec<E>,
    known: &mut BTreeSet<ArticleId>,
) -> Vec<E> {
    let group = |entry: &LibraryEntry| entry.copy_of.unwrap_or(entry.id);
    let mut earliest: HashMap<ArticleId, &LibraryEntry> = HashMap::new();
    for entry in entries.iter().map(Deref::deref) {
        let first = earliest.entry(group(entry)).or_insert(entry);
        if earlier(entry, first).is_lt() {
            *first = entry;
        }
    }
    let kept: HashSet<ArticleId> = earliest.values().map(|entry| entry.id).collect();
    let stays = |entry: &E| kept.contains(&entry.id) && known.insert(group(entry));
    entries.into_iter().filter(stays).collect()
}

/// Compares articles by their dates, those without one behind the others; then by their files.
pub(super) fn earlier(a: &LibraryEntry, b: &LibraryEntry) -> Ordering {
    let by_day = |entry: &LibraryEntry| (entry.day.is_none(), entry.day, entry.copy_of.is_some());
    let order = by_day(a).cmp(&by_day(b));
    order.then_with(|| a.path.cmp(&b.path))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a text of invented sentences; another seed gives other ones.
    fn text(seed: u32, paragraphs: usize) -> Vec<String> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from_u32(0x4e00 + (state >> 8) % 3000).unwrap()
        };
        let paragraph = |_| (0..90).map(|_| next()).collect();
        (0..paragraphs).map(paragraph).collect()
    }

    fn candidate(id: ArticleId, date: &str, paragraphs: &[String]) -> FingerprintedArticle {
        FingerprintedArticle {
            id,
            day: Day::read(date),
            title: title_number(&paragraphs.concat()),
            numbers: fingerprint(&paragraphs.join("\n")),
        }
    }

    #[test]
    fn reposts_are_grouped_under_the_earliest() {
        for length in [6, 40] {
            let whole = text(7, length);
            let cut = &whole[length / 6..];
            let changed = [&text(9, 1)[..], &whole[..length * 3 / 4]].concat();
            let articles = [
                candidate(1, "2020-03-01", cut),
                candidate(2, "2020-02-01", &whole),
                candidate(3, "", &changed),
                candidate(4, "2020-01-01", &text(8, length)),
            ];
            let found = group(&articles);
            assert_eq!(found, HashMap::from([(1, 2), (3, 2)]), "{length}");
        }
    }

    #[test]
    fn what_is_around_articles_makes_no_copies() {
        let notice = text(3, 4);
        let around = |seed, length| [&text(seed, length)[..], &notice].concat();
        let dates = [
            "2019", "2020-01", "2020-02", "2020-03", "2020-04", "2020-05", "2020-06",
        ];
        let mut articles: Vec<FingerprintedArticle> = (100..)
            .zip(dates)
            .map(|(seed, date)| candidate(seed.into(), date, &around(seed, 30)))
            .collect();
        let (short, other) = (around(200, 1), around(201, 1));
        articles.push(candidate(10, "2021", &short));
        articles.push(candidate(11, "2022", &other));
        assert!(are_copies(&articles[7].numbers, &articles[8].numbers));
        assert_eq!(group(&articles), HashMap::new());
        // what is its own makes a copy of it
        articles.push(candidate(12, "2023", &short));
        assert_eq!(group(&articles), HashMap::from([(12, 10)]));
    }

    #[test]
    fn short_texts_are_found_by_all_their_numbers() {
        let short = |seed| vec![text(seed, 1).concat().chars().take(45).collect::<String>()];
        for seed in 0..40 {
            let articles = [
                candidate(1, "2020", &short(seed)),
                candidate(2, "2021", &short(seed)),
                candidate(3, "2022", &short(seed + 1000)),
            ];
            let wanted = HashMap::from([(2, 1)]);
            let few = articles[0].numbers.numbers().len() < MIN_SHARED;
            assert!(few || group(&articles) == wanted, "{seed}");
        }
    }

    #[test]
    fn words_of_other_scripts_count_as_han_do() {
        let word = |c: char| format!("w{} ", char::from(b'a' + (u32::from(c) % 25) as u8));
        let words = |seed| {
            text(seed, 20)
                .concat()
                .chars()
                .map(word)
                .collect::<String>()
        };
        let heading = "「三權分立」不是不存在";
        let articles = [
            candidate(1, "2020", &[words(1), heading.to_owned()]),
            candidate(2, "2021", &[words(2), heading.to_owned()]),
            candidate(3, "2022", &[words(1).to_uppercase()]),
        ];
        assert_eq!(group(&articles), HashMap::from([(3, 1)]));
    }

    #[test]
    fn of_copies_the_earliest_is_kept() {
        let entry = |id, day, copy_of| LibraryEntry {
            id,
            day: Day::read(day),
            copy_of,
            ..LibraryEntry::default()
        };
        // the first of the group 4 is not among these
        let entries = [
            entry(1, "2020", None),
            entry(2, "2021", Some(1)),
            entry(3, "2022", Some(4)),
            entry(5, "2021", Some(4)),
            entry(6, "2018", Some(7)),
        ];
        let mut known = BTreeSet::from([7]);
        let kept = distinct(entries.iter().collect(), &mut known);
        let ids: Vec<ArticleId> = kept.iter().map(|entry| entry.id).collect();
        assert_eq!(ids, [1, 5]);
    }

    #[test]
    fn a_quotation_makes_no_copy() {
        let (whole, other) = (text(1, 20), text(2, 20));
        let quoting = [&other[..], &whole[..4]].concat();
        let articles = [candidate(1, "2020", &whole), candidate(2, "2021", &quoting)];
        assert!(group(&articles).is_empty());
        let share = share(&articles[1].numbers, &articles[0].numbers);
        assert!((0.08..0.3).contains(&share), "{share}");
    }
}
