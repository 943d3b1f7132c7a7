//! The pair rules of Chinese line breaking: between which clusters a row may end.
//!
//! 1. [`Prepared::new`] measures and classifies a text once.
//! 2. Between each two clusters it says how costly a break is ([`Cost`]): first the
//!    prohibitions that look through spaces, then [`PAIR_RULES`].
//!
//! Independent of the measure; knows nothing of rows, colour or screens. The codes (K-5, I-4)
//! are explained with their sources in docs/typography.md.

use super::class::Class::{
    self, Apostrophe, AsciiClose, Chance, Close, Connector, Dash, Digit, Ellipsis, Glue, Hyphen,
    Letter, Open, Prefix, Solidus, Space, Straight, Suffix, Superscript, Symbol, Times,
};
use super::class::{ClassSet, class, may_hang};
use super::face::{Face, Spacing};
use crate::text::cluster::clusters;
use Cost::{Free, Hard, Soft, Word};

/// The cost of beginning a row at a cluster, in the order in which the breaks are given up to
/// when nothing better fits (F-9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cost {
    /// A row may begin here.
    Free,
    /// Only where nothing free fits: number and unit, behind the connector of a
    /// range, inside a URL (E1).
    Soft,
    /// Inside a word or number that is wider than the row (E2).
    Word,
    /// Beside a no-break space (E3).
    Glue,
    /// Against a prohibition, or inside —— and ……: only when one unit is wider
    /// than the row (K, I-1).
    Hard,
}

/// A text, measured and classified, ready to be filled into rows.
#[derive(Clone, Debug, Default)]
pub struct Prepared {
    /// Byte offset of each cluster, and the length of the text at the end.
    pub offsets: Vec<u32>,
    /// Cells before each cluster, blanks of earlier ones included, and all cells
    /// at the end.
    pub cells: Vec<u32>,
    /// Blank cells between clusters.
    pub spacing: Spacing,
    /// Class of each cluster.
    pub classes: Vec<Class>,
    /// Cost of beginning a row at each cluster.
    pub costs: Vec<Cost>,
    /// For each cluster, the last one at or before it with a free break; 0 where
    /// there is none.
    pub last_free: Vec<u32>,
    /// The same with markers whole, but not bound to the text after them;
    /// empty where there are no markers.
    pub last_loose: Vec<u32>,
    /// The cluster may hang in the gutter (F-2).
    pub hangs: Vec<bool>,
}

impl Prepared {
    /// Measures and classifies `text`. Linear.
    pub fn new(text: &str, face: Face) -> Self {
        let mut p = Self::default();
        let mut parts: Vec<&str> = Vec::with_capacity(text.len() / 3 + 1);
        for (at, part) in clusters(text) {
            p.offsets.push(at as u32);
            p.classes.push(class(part));
            parts.push(part);
        }
        p.offsets.push(text.len() as u32);
        p.spacing = Spacing::new(&parts, &p.classes, face);
        let hangs = |i: usize| may_hang(parts[i]) || face.sheds(&parts, i);
        p.hangs = (0..parts.len()).map(hangs).collect();
        let mut total = 0u32;
        for i in 0..parts.len() {
            p.cells.push(total);
            total += (p.spacing.inside(i) + face.cells(&parts, &p.classes, i)) as u32;
        }
        p.cells.push(total);
        let urls = urls(&p.classes, &parts);
        let context = Context {
            classes: &p.classes,
            parts: &parts,
            urls: &urls,
        };
        p.costs = (0..parts.len()).map(|i| context.cost(i)).collect();
        p.last_free = vec![0; parts.len()];
        p.find_free(0, parts.len());
        p
    }

    /// Keeps markers whole where anything else fits, and each on a row with the
    /// cluster after it unless the row above becomes too short by it (I-8).
    /// `markers` are ranges of bytes.
    pub fn bind(&mut self, markers: &[(usize, usize)]) {
        let at = |p: &Self, byte: usize| p.offsets.partition_point(|&o| (o as usize) < byte);
        for &(from, to) in markers {
            let (from, to) = (at(self, from) + 1, at(self, to));
            self.soften(from, to);
        }
        self.last_loose.clone_from(&self.last_free);
        for &(_, to) in markers {
            let mut next = at(self, to);
            while self.is_space(next) {
                next += 1;
            }
            self.soften(next, next + 1);
        }
    }

    /// Makes breaks before these clusters costlier than free ones.
    fn soften(&mut self, from: usize, to: usize) {
        let n = self.costs.len();
        for i in from..to.min(n) {
            self.costs[i] = self.costs[i].max(Soft);
        }
        let mut free = (to.max(from)..n).filter(|&i| self.costs[i] == Free);
        let end = free.next().unwrap_or(n);
        self.find_free(from.min(n), end);
    }

    /// Fills in `last_free` from one cluster to another.
    fn find_free(&mut self, from: usize, to: usize) {
        let mut free = from.checked_sub(1).map_or(0, |i| self.last_free[i]);
        for i in from..to {
            if self.costs[i] == Free {
                free = i as u32;
            }
            self.last_free[i] = free;
        }
    }

    /// Returns the cells of a row that holds the clusters `start..end`: blanks before
    /// the first as at the start of a row, none after the last.
    pub fn used(&self, start: usize, end: usize) -> usize {
        if end <= start {
            return 0;
        }
        (self.cells[end] - self.cells[start]) as usize + self.spacing.starting(start)
            - self.spacing.inside(start)
    }

    /// Returns the number of clusters from `start` that fit on a row of `width` cells at
    /// least. A binary search, since cells only grow.
    pub fn reach(&self, start: usize, width: usize) -> usize {
        let limit = width + self.cells[start] as usize + self.spacing.inside(start);
        let lead = self.spacing.starting(start);
        self.cells[start..]
            .partition_point(|&c| c as usize + lead <= limit)
            .saturating_sub(1)
    }

    /// Returns the number of clusters.
    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// Returns whether cluster `i` is dropped at a row's edge.
    pub fn is_space(&self, i: usize) -> bool {
        matches!(self.classes.get(i), Some(Space | Chance))
    }
}

/// Characters that a number counts (I-4): with the number they stay on one row.
const NUMBER_UNITS: &str =
    "年月日号时点分秒周岁个项条次届名位家座元人种类级倍吨米號時點週歲個項條屆種類級噸";

/// Powers of ten between a number and its unit: 100万元.
const POWERS: &str = "十百千万亿萬億";

/// Classes that never begin a row (K-1, K-2).
const NEVER_FIRST: ClassSet = of(&[
    Close,
    AsciiClose,
    Connector,
    Ellipsis,
    Hyphen,
    Suffix,
    Superscript,
]);
const ANY: ClassSet = ClassSet::ANY;
const WORD: ClassSet = of(&[Letter, Digit]);
const SPACE: ClassSet = of(&[Space, Chance]);

/// The cost of a break between neighbours `a` and `b`; `None` where the rule does not apply.
type Verdict = fn(context: &Context<'_>, a: usize, b: usize) -> Option<Cost>;

/// The classes before and behind a break, and the verdict on it.
type PairRule = (ClassSet, ClassSet, Verdict);

/// Rules for two neighbours that no prohibition keeps together. The first rule with a verdict
/// decides; without one the break is free.
const PAIR_RULES: &[PairRule] = &[
    // I-1: —— is one mark
    (of(&[Dash]), of(&[Dash]), |_, _, _| Some(Hard)),
    // K-9: a straight quote binds to both sides
    (of(&[Straight]), ANY, |c, a, b| Some(c.straight_quote(a, b))),
    (ANY, of(&[Straight]), |c, a, b| Some(c.straight_quote(a, b))),
    // K-9: ’ between letters is an apostrophe
    (of(&[Apostrophe]), WORD, |c, a, _| {
        when(c.is_word_before(a), Word)
    }),
    (ANY, of(&[Apostrophe]), |_, _, _| Some(Word)),
    // K-5: a prefix stays with its number
    (of(&[Prefix]), of(&[Digit, Letter, Prefix]), |_, _, _| {
        Some(Hard)
    }),
    // K-6, I-2, I-6: a solidus ends a row in a URL only
    (of(&[Solidus]), ANY, |c, a, b| Some(c.solidus(a, b))),
    // I-2: a number with inner marks is whole
    (of(&[AsciiClose, Times, Hyphen]), of(&[Digit]), |c, a, _| {
        when(c.is_between_digits(a), Word)
    }),
    (of(&[Digit]), of(&[Times]), |c, _, b| {
        when(c.is_between_digits(b), Word)
    }),
    // I-5: a Latin word may break behind its hyphen
    (of(&[Hyphen]), of(&[Letter]), |c, a, _| {
        when(c.class_before(a) == Some(Letter) && !c.in_url(a), Free)
    }),
    // I-3: a range gives way behind its connector
    (of(&[Dash, Connector, Hyphen]), of(&[Digit]), |c, a, _| {
        when(matches!(c.class_before(a), Some(Digit | Suffix)), Soft)
    }),
    // I-2, I-5: words and numbers are whole
    (WORD, WORD, |_, _, _| Some(Word)),
    // I-7: [12] stays with the text before it
    (ANY, of(&[Open]), |c, _, b| when(c.is_note_mark(b), Hard)),
    (WORD, of(&[Open]), |c, _, b| when(c.is_ascii(b), Word)),
    // I-6: an ASCII run breaks behind some marks
    (of(&[AsciiClose, Hyphen, Symbol, Suffix]), ANY, |c, a, b| {
        when(c.are_ascii(a, b), c.after_url_mark(a, b))
    }),
    (ANY, of(&[Symbol, Prefix]), |c, a, b| {
        when(c.are_ascii(a, b), Word)
    }),
    // I-4: number and unit
    (ANY, ANY, |c, a, b| when(c.is_unit(a, b), Soft)),
];

const fn of(classes: &[Class]) -> ClassSet {
    ClassSet::of(classes)
}

fn when(applies: bool, cost: Cost) -> Option<Cost> {
    applies.then_some(cost)
}

/// The clusters around a place, for rules that look further than a pair.
struct Context<'a> {
    classes: &'a [Class],
    parts: &'a [&'a str],
    urls: &'a [bool],
}

impl Context<'_> {
    fn class(&self, i: usize) -> Class {
        self.classes.get(i).copied().unwrap_or(Space)
    }

    fn class_before(&self, i: usize) -> Option<Class> {
        i.checked_sub(1).map(|i| self.class(i))
    }

    fn part(&self, i: usize) -> &str {
        self.parts.get(i).copied().unwrap_or_default()
    }

    fn in_url(&self, i: usize) -> bool {
        self.urls.get(i).copied().unwrap_or_default()
    }

    fn is_word(&self, i: usize) -> bool {
        WORD.has(self.class(i))
    }

    fn is_word_before(&self, i: usize) -> bool {
        i > 0 && self.is_word(i - 1)
    }

    fn is_between_digits(&self, i: usize) -> bool {
        self.class_before(i) == Some(Digit) && self.class(i + 1) == Digit
    }

    /// Returns whether cluster `i` belongs to a run of ASCII text.
    fn is_ascii(&self, i: usize) -> bool {
        self.part(i).is_ascii() && !self.part(i).is_empty() && self.class(i) != Space
    }

    fn are_ascii(&self, a: usize, b: usize) -> bool {
        self.is_ascii(a) && self.is_ascii(b)
    }

    /// Returns the cost of beginning a row at cluster `i`.
    fn cost(&self, i: usize) -> Cost {
        let next = self.class(i);
        if SPACE.has(next) {
            return Hard; // spaces end a row, they never begin one
        }
        // K-7: the prohibitions look through spaces
        let Some(before) = (0..i).rev().find(|&b| !SPACE.has(self.class(b))) else {
            return Hard;
        };
        let spaced = before + 1 < i;
        let prev = self.class(before);
        if prev == Glue || next == Glue {
            Cost::Glue
        } else if prev == Open || self.never_first(i, before, spaced) {
            Hard // K-5
        } else if spaced {
            Free
        } else {
            let applies = |rule: &&PairRule| rule.0.has(prev) && rule.1.has(next);
            let mut rules = PAIR_RULES.iter().filter(applies);
            let cost = rules.find_map(|(_, _, verdict)| verdict(self, before, i));
            cost.unwrap_or(Free)
        }
    }

    /// Returns whether cluster `i`, behind `before`, may not begin a row (K-1, K-2, K-3, I-7).
    fn never_first(&self, i: usize, before: usize, spaced: bool) -> bool {
        match self.class(i) {
            Apostrophe => spaced || !self.is_word(before) || !self.is_word(i + 1),
            Solidus => !self.in_url(i) || !spaced,
            Dash => self.class(i + 1) != Dash || self.class(before) == Dash,
            class => NEVER_FIRST.has(class),
        }
    }

    /// K-9; inside a word (don't) the quote is part of it.
    fn straight_quote(&self, a: usize, b: usize) -> Cost {
        let quote = if self.class(a) == Straight { a } else { b };
        let in_word = self.is_word_before(quote) && self.is_word(quote + 1);
        if self.are_ascii(a, b) && in_word {
            Word
        } else {
            Hard
        }
    }

    /// Returns the cost of a break behind the solidus `a`.
    fn solidus(&self, a: usize, b: usize) -> Cost {
        if self.in_url(a) {
            self.after_url_mark(a, b) // I-6
        } else if self.is_between_digits(a) {
            Word // I-2
        } else if self.are_ascii(a, b) {
            self.after_url_mark(a, b)
        } else {
            Hard // K-6
        }
    }

    /// I-6: the marks behind which a URL or another ASCII run may break.
    fn after_url_mark(&self, a: usize, b: usize) -> Cost {
        let number = self.class_before(a) == Some(Digit) && self.class(b) == Digit;
        let mark = matches!(self.part(a), "/" | "?" | "&" | "=" | "." | "-" | "_" | "#");
        if mark && !number && !(self.part(a) == "/" && self.part(b) == "/") {
            Soft
        } else {
            Word
        }
    }

    /// Returns whether a note mark opens at `i`: `[12]`.
    fn is_note_mark(&self, i: usize) -> bool {
        let is_digit = |j: &usize| self.class(*j) == Digit;
        let digits = (i + 1..i + 5).take_while(is_digit).count();
        self.part(i) == "[" && digits > 0 && self.part(i + 1 + digits) == "]"
    }

    /// I-4: number and unit, number and power, power and unit, 第 and number.
    fn is_unit(&self, a: usize, b: usize) -> bool {
        let is_in = |set: &str, i: usize| !self.part(i).is_empty() && set.contains(self.part(i));
        let counted = is_in(NUMBER_UNITS, b) || is_in(POWERS, b);
        match self.class(a) {
            Digit => counted,
            _ if self.part(a) == "第" => self.class(b) == Digit,
            _ if counted && is_in(POWERS, a) => {
                let number = (0..a).rev().take(4).find(|&i| !is_in(POWERS, i));
                number.is_some_and(|i| self.class(i) == Digit)
            }
            _ => false,
        }
    }
}

/// Returns which clusters are part of a URL: an ASCII run with `://`, or one that begins
/// with `www.`.
fn urls(classes: &[Class], parts: &[&str]) -> Vec<bool> {
    let mut marks = vec![false; parts.len()];
    let is_run =
        |i: usize| parts.get(i).is_some_and(|p| p.is_ascii()) && classes.get(i) != Some(&Space);
    let mut i = 0;
    while i < parts.len() {
        let start = i;
        while is_run(i) {
            i += 1;
        }
        let run = &parts[start..i];
        let is_url = run.len() > 4
            && (run.windows(3).any(|w| w == [":", "/", "/"])
                || run.starts_with(&["w", "w", "w", "."]));
        marks[start..i].fill(is_url);
        i = i.max(start + 1);
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn free(text: &str) -> String {
        let p = Prepared::new(text, Face::default());
        let mut out = String::new();
        for ((_, cluster), cost) in clusters(text).zip(&p.costs) {
            out += if *cost == Free { "|" } else { "" };
            out += cluster;
        }
        out
    }

    #[test]
    fn quotes_and_pairs_stay_together() {
        for wanted in [
            "以|“雄”|为",
            "他|说|don’t|好",
            "看|——|这",
            "燕|山―|太",
            "等……|问",
            "约|2018—2035年|共",
        ] {
            assert_eq!(free(&wanted.replace('|', "")), wanted);
        }
    }
}
