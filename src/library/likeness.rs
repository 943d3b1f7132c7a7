//! Likeness of wordings: how many of their pairs of neighbouring Han two points share.
//!
//! 1. [`Wording`]: the pairs of a point, of a sentence or of typed words.
//! 2. [`LikenessIndex`]: the pairs of all points. A pair weighs what it is rare among these, so
//!    that common words and words without a meaning of their own count little, whatever they are.
//! 3. [`LikenessIndex::nearest`] and [`LikenessIndex::pairs`]: the points in like words.
//!
//! Like words are found, not like thoughts.

use super::entry::ArticleId;
use super::quantity;
use super::wording::{MIN_SHARED_PAIRS, Pair, PlacedPair, TEXT_FACTOR, Wording};
use std::collections::{HashMap, HashSet};

/// Points in an index at the most: some 60 MB.
pub const MAX_INDEXED_POINTS: usize = 500_000;
/// Points in like words that are returned at the most.
pub const MAX_LIKE_POINTS: usize = 200;
/// The likeness at the least of wordings that share two stretches or more.
const MIN_LIKENESS: f64 = 0.5;
/// The same where they share one short stretch: it may be a name that both speak of.
const MIN_LIKENESS_OF_ONE: f64 = 0.62;
/// Neighbouring pairs that are no name: seven Han or more, not each of them in many points as those
/// of the name of an office are.
const PAIRS_OF_NO_NAME: u32 = 6;
/// Points that have a pair at the least for which it may be of such a name.
const MIN_POINTS_OF_NAME: usize = 12;
/// The likeness from which on these may be fewer.
const SURE_LIKENESS: f64 = 0.7;
/// The part that a wording held by a longer one has in the likeness of the two.
const HELD_PART: f64 = 0.5;

/// A point by its article and its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PointKey {
    /// The article.
    pub article: ArticleId,
    /// Its number among the points of the article, from 0.
    pub n: u32,
}

/// A point in like words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearPoint {
    /// The point.
    pub key: PointKey,
    /// Its likeness, 0 to 1.
    pub likeness: f64,
    /// The article of its group of copies that is listed for all.
    pub group: ArticleId,
    /// The number of the other copies that have such a point.
    pub copies: usize,
}

impl NearPoint {
    /// Returns the likeness in per cent, rounded down.
    pub fn per_cent(&self) -> usize {
        let reached = |n: &usize| quantity(*n) <= self.likeness * 100.0;
        (0..=100).rev().find(reached).unwrap_or_default()
    }
}

/// Keeps of the points of articles that are copies those of one: of the most alike, else of the
/// one that is listed for them.
pub fn copies_once(mut found: Vec<NearPoint>) -> Vec<NearPoint> {
    let mut groups: HashMap<ArticleId, (NearPoint, HashSet<ArticleId>)> = HashMap::new();
    for point in &found {
        let (best, articles) = groups
            .entry(point.group)
            .or_insert((*point, HashSet::new()));
        let rank = |p: &NearPoint| (p.per_cent(), p.key.article == p.group);
        if rank(point) > rank(best) {
            *best = *point;
        }
        articles.insert(point.key.article);
    }
    found.retain_mut(|point| {
        let group = groups.get(&point.group);
        group.is_some_and(|(best, articles)| {
            point.copies = articles.len() - 1;
            best.key.article == point.key.article
        })
    });
    found
}

/// The pairs of the points of a library, and how rare each is.
///
/// ```
/// use jingdu::library::likeness::{IndexDraft, PointKey};
/// use jingdu::library::wording::Wording;
/// let points = ["一是要让等船的人心里有数", "二是要把码头的灯修亮", "三是要管好早市的摊位"];
/// let mut draft = IndexDraft::default();
/// for (n, point) in (0..).zip(points) {
///     draft.add(PointKey { article: 1, n }, &Wording::of(point));
/// }
/// let found = draft.finish().nearest(&Wording::of("讓等船的人心裡有數"));
/// assert_eq!(found.iter().map(|(key, _)| key.n).collect::<Vec<_>>(), [0]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct LikenessIndex {
    points: Vec<PointKey>,
    /// The weight of the pairs of each point.
    totals: Vec<f64>,
    /// The pairs, sorted, each with the index of its first occurrence.
    pairs: Vec<(Pair, u32)>,
    /// The occurrences, pair by pair.
    occurrences: Vec<Occurrence>,
    /// The units, sorted, each with the number of the points that have it.
    units: Vec<(u32, u32)>,
}

/// A pair in a point: the index of the point, doubled, and 1 more where it is of the text behind
/// the label.
#[derive(Clone, Copy, Debug)]
struct Occurrence(u32);

impl Occurrence {
    fn point(self) -> usize {
        (self.0 / 2) as usize
    }

    fn factor(self) -> f64 {
        if self.0.is_multiple_of(2) {
            1.0
        } else {
            TEXT_FACTOR
        }
    }
}

/// An index that is being made.
#[derive(Clone, Debug, Default)]
pub struct IndexDraft {
    points: Vec<PointKey>,
    found: Vec<(Pair, Occurrence)>,
    units: Vec<u32>,
}

impl IndexDraft {
    /// Adds a point. Returns false where the index is full.
    pub fn add(&mut self, key: PointKey, wording: &Wording) -> bool {
        if self.points.len() >= MAX_INDEXED_POINTS {
            return false;
        }
        let at = self.points.len() as u32 * 2;
        self.points.push(key);
        let pairs = wording.pairs.iter();
        let found = |own: &PlacedPair| (own.pair, Occurrence(at + u32::from(own.is_behind)));
        self.found.extend(pairs.clone().map(found));
        let mut units: Vec<u32> = pairs.flat_map(|own| [own.pair.0, own.pair.1]).collect();
        units.sort_unstable();
        units.dedup();
        self.units.append(&mut units);
        true
    }

    /// Returns the index.
    pub fn finish(self) -> LikenessIndex {
        let mut index = self.counted();
        let mut totals = vec![0.0; index.points.len()];
        for (number, (pair, _)) in index.pairs.iter().enumerate() {
            let weight = index.rarity(*pair);
            for at in index.occurrences_of(number) {
                if let Some(total) = totals.get_mut(at.point()) {
                    *total += weight * at.factor();
                }
            }
        }
        index.totals = totals;
        index
    }

    /// Returns the index without the weights of its points.
    fn counted(mut self) -> LikenessIndex {
        self.found.sort_unstable_by_key(|(pair, at)| (*pair, at.0));
        self.units.sort_unstable();
        let numbered = (0..).zip(&self.found);
        let mut pairs: Vec<(Pair, u32)> = numbered.map(|(at, (pair, _))| (*pair, at)).collect();
        pairs.dedup_by_key(|(pair, _)| *pair);
        pairs.shrink_to_fit();
        let of_unit = self.units.chunk_by(|a, b| a == b);
        let counted = |same: &[u32]| Some((*same.first()?, same.len() as u32));
        LikenessIndex {
            totals: Vec::new(),
            points: self.points,
            pairs,
            occurrences: self.found.into_iter().map(|(_, at)| at).collect(),
            units: of_unit.filter_map(counted).collect(),
        }
    }
}

/// The pairs that a point shares with a wording.
#[derive(Clone, Copy, Debug, Default)]
struct Shared {
    /// Their weight.
    weight: f64,
    /// A bit for the place of each in the wording.
    places: u128,
    /// The same of those that few points have.
    rare: u128,
}

impl Shared {
    fn add(&mut self, own: &PlacedPair, is_rare: bool, weight: f64) {
        let place = 1_u128.checked_shl(own.place as u32).unwrap_or_default();
        self.weight += weight;
        self.places |= place;
        self.rare |= if is_rare { place } else { 0 };
    }

    /// Returns whether so much is shared that a wording of this likeness is in like words.
    fn is_enough(self, likeness: f64, asked: &Wording) -> bool {
        let stretches = (self.places & !(self.places << 1)).count_ones();
        let with_next = |places: u128, _| places & (places << 1);
        let ends = (1..PAIRS_OF_NO_NAME).fold(self.places, with_next);
        let or_before = |places: u128, _| places | places << 1;
        let is_long = ends & (1..PAIRS_OF_NO_NAME).fold(self.rare, or_before) != 0;
        let is_meant = asked.is_typed && self.places.count_ones() as usize == asked.pairs.len();
        let least = if stretches > 1 || is_long || is_meant {
            MIN_LIKENESS
        } else {
            MIN_LIKENESS_OF_ONE
        };
        let has_pairs = self.places.count_ones() >= MIN_SHARED_PAIRS;
        likeness >= SURE_LIKENESS || has_pairs && likeness >= least
    }
}

impl LikenessIndex {
    /// Returns the occurrences of the pair of that number.
    fn occurrences_of(&self, number: usize) -> &[Occurrence] {
        let bound = |number| {
            self.pairs
                .get(number)
                .map(|(_, at): &(Pair, u32)| *at as usize)
        };
        let start = bound(number).unwrap_or(self.occurrences.len());
        let end = bound(number + 1).unwrap_or(self.occurrences.len());
        self.occurrences.get(start..end).unwrap_or_default()
    }

    /// Returns the occurrences of a pair.
    fn occurrences(&self, pair: Pair) -> &[Occurrence] {
        let number = self.pairs.binary_search_by_key(&pair, |(pair, _)| *pair);
        number.map_or(&[], |number| self.occurrences_of(number))
    }

    /// Returns the rarity of something that `count` points have.
    fn rarity_of(&self, count: usize) -> f64 {
        let points = quantity(self.points.len());
        ((points + 1.0) / (quantity(count) + 0.5)).ln().max(0.0)
    }

    /// Returns the weight of a pair: how rare it is, but no more than its units are by themselves,
    /// for a pair with 的 or 要 is rare by chance.
    fn rarity(&self, (a, b): Pair) -> f64 {
        let of_unit = |unit: u32| {
            let at = self.units.binary_search_by_key(&unit, |(unit, _)| *unit);
            let count = at.ok().and_then(|at| self.units.get(at));
            self.rarity_of(count.map_or(0, |(_, count)| *count as usize))
        };
        let own = self.rarity_of(self.occurrences((a, b)).len());
        own.min((of_unit(a) * of_unit(b)).sqrt())
    }

    fn weight(&self, wording: &Wording) -> f64 {
        let weights = wording.pairs.iter();
        weights
            .map(|own| self.rarity(own.pair) * own.factor())
            .sum()
    }

    /// Returns the likeness of two wordings, 0 to 1, by what each weighs and what they share.
    fn likeness(&self, shared: Shared, [a, b]: [f64; 2]) -> f64 {
        let weight = shared.weight;
        if weight <= 0.0 {
            return 0.0;
        }
        let both = 2.0 * weight / (a + b);
        let held = weight / a.min(b);
        // a pair or two that are held prove little
        let sure = weight / (weight + self.rarity_of(0));
        (both + (held - both) * HELD_PART * sure).min(1.0)
    }

    /// Returns the points in like words, the most alike first, with their likeness.
    pub fn nearest(&self, asked: &Wording) -> Vec<(PointKey, f64)> {
        let found = self.alike(asked, self, &self.totals).into_iter();
        let key = |at: usize| self.points.get(at).copied();
        found
            .filter_map(|(at, likeness)| Some((key(at)?, likeness)))
            .collect()
    }

    /// Returns the wordings of two lists that are like each other, by their indices: each at most
    /// once, the most alike first.
    ///
    /// ```
    /// use jingdu::library::likeness::{IndexDraft, PointKey};
    /// use jingdu::library::wording::Wording;
    /// let left = ["要让等船的人心里有数", "要把码头的灯修亮"].map(Wording::of);
    /// let right = ["早市的摊位归谁来管", "码头的灯要修亮", "让等船的人心里有个数"].map(Wording::of);
    /// let mut draft = IndexDraft::default();
    /// for (n, wording) in (0..).zip(left.iter().chain(&right)) {
    ///     draft.add(PointKey { article: 1, n }, wording);
    /// }
    /// let mut pairs = draft.finish().pairs(&left, &right);
    /// pairs.sort();
    /// assert_eq!(pairs, [(0, 2), (1, 1)]);
    /// ```
    pub fn pairs(&self, left: &[Wording], right: &[Wording]) -> Vec<(usize, usize)> {
        let mut draft = IndexDraft::default();
        for (n, wording) in (0..).zip(right) {
            draft.add(PointKey { article: 0, n }, wording);
        }
        let (among, totals) = (draft.counted(), right.iter().map(|w| self.weight(w)));
        let totals: Vec<f64> = totals.collect();
        let mut found = Vec::new();
        for (l, wording) in left.iter().enumerate() {
            let alike = self.alike(wording, &among, &totals).into_iter();
            found.extend(alike.map(|(r, likeness)| (likeness, l, r)));
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (mut in_left, mut in_right) = (vec![false; left.len()], vec![false; right.len()]);
        found.retain(|(_, l, r)| {
            let is_free = !in_left[*l] && !in_right[*r];
            if is_free {
                (in_left[*l], in_right[*r]) = (true, true);
            }
            is_free
        });
        found.into_iter().map(|(_, l, r)| (l, r)).collect()
    }

    /// Returns the points of an index that are like a wording, with their likeness, the most
    /// alike first. `totals`: the weight of each point of that index in this one.
    fn alike(&self, asked: &Wording, among: &Self, totals: &[f64]) -> Vec<(usize, f64)> {
        let mut shared = vec![Shared::default(); among.points.len()];
        for own in &asked.pairs {
            let weight = self.rarity(own.pair);
            let is_rare = self.occurrences(own.pair).len() < MIN_POINTS_OF_NAME;
            for at in among.occurrences(own.pair) {
                if let Some(shared) = shared.get_mut(at.point()) {
                    shared.add(own, is_rare, weight * own.factor().min(at.factor()));
                }
            }
        }
        let total = self.weight(asked);
        let points = shared.iter().zip(totals).enumerate();
        let likeness = |(at, (shared, own)): (usize, (&Shared, &f64))| {
            let likeness = self.likeness(*shared, [total, *own]);
            let is_enough = shared.is_enough(likeness, asked);
            is_enough.then_some((at, likeness))
        };
        let mut found: Vec<_> = points.filter_map(likeness).collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points of invented articles: label, and the text behind it.
    const POINTS: &[(&str, &str)] = &[
        ("首先，要发挥茶馆的主导作用", "。"),
        ("要重视灯会的发展", "，每年都办。"),
        ("要发展渡口", "，把码头修好，让船都停得下。"),
        ("镇口老茶馆", "，是街坊说话的地方。"),
        ("要发展集市", "，逢五逢十开市。"),
        ("二是要把旧戏台修好", "。"),
        ("三是把舊戲臺修得更好", "。"),
        ("要种树", "，要种在河边的坡上。"),
        ("要发展手艺", "。"),
        ("让从前在街上摆摊的人有一个新去处", "。"),
    ];

    fn index() -> LikenessIndex {
        let mut draft = IndexDraft::default();
        for (n, (label, behind)) in (0..).zip(POINTS) {
            let wording = Wording::of_point("", label, behind);
            assert!(draft.add(PointKey { article: 7, n }, &wording));
        }
        draft.finish()
    }

    fn nearest(text: &str) -> Vec<usize> {
        let found = index().nearest(&Wording::of(text));
        assert!(
            found
                .iter()
                .all(|(key, likeness)| key.article == 7 && *likeness <= 1.0)
        );
        found.iter().map(|(key, _)| key.n as usize).collect()
    }

    #[test]
    fn like_words_are_found_in_either_script() {
        assert_eq!(nearest("茶馆要发挥主导作用"), [0]);
        assert_eq!(nearest("把旧戏台修好"), [5, 6]);
        assert_eq!(nearest("舊戲臺要修好"), [5]);
        // like thoughts in other words are not
        assert!(nearest("老剧场应当修缮").is_empty());
    }

    #[test]
    fn common_words_and_single_names_prove_nothing() {
        assert!(nearest("要发展灯笼").is_empty());
        assert!(nearest("茶馆里有人喝茶，灯会上有人唱歌").is_empty());
        // but what is typed is meant
        let typed = index().nearest(&Wording::typed("街上摆摊"));
        let typed: Vec<u32> = typed.iter().map(|(key, _)| key.n).collect();
        assert_eq!((typed, nearest("街上摆摊")), (vec![9], vec![]));
        assert!(Wording::of("戏台").is_short() && !Wording::of("旧戏台好").is_short());
    }

    #[test]
    fn references_to_pages_and_names_of_offices_are_not_like_others() {
        for label in ["卷宗第25頁，裁决书第15段", "见第 12 页", "第13至15段"] {
            assert!(Wording::of(label).is_short(), "{label}");
        }
        for label in [
            "到2035年建成12条街",
            "第三段路要修得宽",
            "街规第48条第12款要改一改",
        ] {
            assert!(!Wording::of(label).is_short(), "{label}");
        }
        // a name that many points have, and a stretch as long that one has
        let mut draft = IndexDraft::default();
        for (n, street) in (0..).zip('剀'..='剨') {
            let label = format!("江城特别行政区第{street}街的判决");
            draft.add(PointKey { article: 1, n }, &Wording::of(&label));
        }
        let key = PointKey { article: 2, n: 0 };
        draft.add(key, &Wording::of("把镇口的旧戏台修好才有人来"));
        let index = draft.finish();
        assert_eq!(
            index.nearest(&Wording::of("江城特别行政区的老茶馆关门")),
            []
        );
        let found = index.nearest(&Wording::of("镇口的旧戏台修好了几处"));
        assert_eq!(found.first().map(|(found, _)| *found), Some(key));
    }

    #[test]
    fn a_short_label_is_found_by_what_follows_it() {
        assert_eq!(nearest("镇口老茶馆：街坊说话的地方"), [3]);
        assert_eq!(nearest("要种树在河边的坡上"), [7]);
        // but its own words are enough
        let asked = Wording::of_point("（一）", "（一）镇口老茶馆", "，早就关了门，没有人记得。");
        assert_eq!(
            index().nearest(&asked).first().map(|(key, _)| key.n),
            Some(3)
        );
    }

    #[test]
    fn the_same_words_are_wholly_alike() {
        let index = index();
        for (n, (label, behind)) in (0..).zip(POINTS) {
            let found = index.nearest(&Wording::of_point("", label, behind));
            assert!(
                found[0].0.n == n && found[0].1 > 0.999,
                "{label}: {found:?}"
            );
        }
    }

    #[test]
    fn shared_stretches_are_places_in_the_text() {
        let text = "三是把舊戲臺修得更好";
        let shared = Wording::of("把旧戏台修好").shared_in(text);
        let shared: Vec<&str> = shared.iter().map(|span| span.of(text)).collect();
        assert_eq!(shared, ["把舊戲臺修"]);
        assert!(Wording::of("把旧戏台修好").shared_in("渡口").is_empty());
    }

    #[test]
    fn of_copies_one_is_listed() {
        let point = |article, n, likeness, group| NearPoint {
            key: PointKey { article, n },
            likeness,
            group,
            copies: 0,
        };
        let found = copies_once(vec![
            point(5, 0, 0.9, 2),
            point(2, 3, 0.9, 2),
            point(7, 1, 0.8, 7),
            point(2, 4, 0.6, 2),
            point(8, 0, 0.5, 9),
            point(9, 0, 0.4, 9),
        ]);
        let found = found.iter().map(|p| (p.key.article, p.key.n, p.copies));
        let wanted = [(2, 3, 1), (7, 1, 0), (2, 4, 1), (8, 0, 1)];
        assert_eq!(found.collect::<Vec<_>>(), wanted);
        let near = [0.0, 0.999, 0.55, 1.0].map(|likeness| point(1, 1, likeness, 1).per_cent());
        assert_eq!(near, [0, 99, 55, 100]);
    }

    #[test]
    fn wordings_of_two_lists_are_paired_once() {
        let wordings = |labels: &[&str]| -> Vec<Wording> {
            labels.iter().map(|label| Wording::of(label)).collect()
        };
        let left = wordings(&["修好旧戏台", "多种树", "把旧戏台修好看"]);
        let right = wordings(&["把旧戏台修好", "渡口要有船", "河边没有树"]);
        assert_eq!(index().pairs(&left, &right), [(2, 0)]);
        assert_eq!(index().pairs(&left, &left), [(0, 0), (1, 1), (2, 2)]);
        assert!(index().pairs(&left, &[]).is_empty());
        assert_eq!(LikenessIndex::default().pairs(&left, &right), [(2, 0)]);
    }
}
