//! Where a row may begin: the pair rules of Chinese line breaking.
//!
//! 1. [`Prepared::new`] looks at a stretch of text once: clusters, their cells
//!    and classes.
//! 2. Between each two clusters it says how dear a break is ([`Cost`]): rules
//!    K-1…K-9 (line edges), I-1…I-9 (what stays together), F-9 (what gives way
//!    first when nothing fits) of CLREQ, GB/T 15834 and UAX #14.
//!
//! Independent of the measure; knows nothing of rows, colour or screens.

use super::class::{Class, class, may_hang};
use super::face::{Face, Spacing};
use crate::text::cluster::clusters;

/// How dear it is to begin a row at a cluster. In this order they give way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cost {
    /// A row may begin here.
    Free,
    /// Only where nothing free fits: number and unit, after the connector of a
    /// range, inside a URL (E1).
    Soft,
    /// Inside a word or number that is wider than the row (E2).
    Word,
    /// Beside a no-break space (E3).
    Glue,
    /// Against a prohibition, or inside —— and …… : when one unit is wider
    /// than the row, and never before (K, I-1).
    Hard,
}

/// A stretch of text, measured and classed, ready to be filled into rows.
#[derive(Clone, Debug, Default)]
pub struct Prepared {
    /// Byte offset of each cluster in the stretch, and its length at the end.
    pub offsets: Vec<u32>,
    /// Cells before each cluster, blanks of earlier ones counted in, and of all
    /// at the end.
    pub cells: Vec<u32>,
    /// Blank cells between clusters.
    pub spacing: Spacing,
    /// Class of each cluster.
    pub classes: Vec<Class>,
    /// Cost of beginning a row at each cluster.
    pub costs: Vec<Cost>,
    /// For each cluster, the last one at or before it where a row may begin
    /// freely; 0 where there is none.
    pub last_free: Vec<u32>,
    /// The same where stretches are whole, but not bound to what follows;
    /// empty where nothing is bound.
    pub last_loose: Vec<u32>,
    /// Whether the cluster may hang in the gutter.
    pub hangs: Vec<bool>,
}

impl Prepared {
    /// Measures and classes `text`. Linear.
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
        p.hangs = (0..parts.len())
            .map(|i| may_hang(parts[i]) || face.sheds(&parts, i))
            .collect();
        let mut total = 0u32;
        for i in 0..parts.len() {
            p.cells.push(total);
            total += (p.spacing.inside(i) + face.cells(&parts, &p.classes, i)) as u32;
        }
        p.cells.push(total);
        let urls = urls(&p.classes, &parts);
        let look = Look {
            classes: &p.classes,
            parts: &parts,
            urls: &urls,
        };
        p.costs = (0..parts.len())
            .map(|i| if i == 0 { Cost::Hard } else { look.cost(i) })
            .collect();
        p.last_free = vec![0; parts.len()];
        p.find_free(0, parts.len());
        p
    }

    /// Keeps these stretches whole where anything else fits, and each on a row
    /// with the cluster after it where the row above does not become too short
    /// by it (I-8). Bytes of the stretch.
    pub fn bind(&mut self, stretches: &[(usize, usize)]) {
        let at = |p: &Self, byte: usize| p.offsets.partition_point(|&o| (o as usize) < byte);
        for &(from, to) in stretches {
            let (from, to) = (at(self, from) + 1, at(self, to));
            self.soften(from, to);
        }
        self.last_loose.clone_from(&self.last_free);
        for &(_, to) in stretches {
            let mut next = at(self, to);
            while self.is_space(next) {
                next += 1;
            }
            self.soften(next, next + 1);
        }
    }

    /// Makes breaks before these clusters dearer than free ones.
    fn soften(&mut self, from: usize, to: usize) {
        let n = self.costs.len();
        for i in from..to.min(n) {
            self.costs[i] = self.costs[i].max(Cost::Soft);
        }
        let end = (to.max(from)..n)
            .find(|&i| self.costs[i] == Cost::Free)
            .unwrap_or(n);
        self.find_free(from.min(n), end);
    }

    /// Fills in `last_free` of a stretch.
    fn find_free(&mut self, from: usize, to: usize) {
        let mut free = from.checked_sub(1).map_or(0, |i| self.last_free[i]);
        for i in from..to {
            if self.costs[i] == Cost::Free {
                free = i as u32;
            }
            self.last_free[i] = free;
        }
    }

    /// Cells of a row that holds the clusters `start..end`: blanks before the
    /// first as at the start of a row, none after the last.
    pub fn used(&self, start: usize, end: usize) -> usize {
        if end <= start {
            return 0;
        }
        (self.cells[end] - self.cells[start]) as usize + self.spacing.starting(start)
            - self.spacing.inside(start)
    }

    /// How many clusters of a row of `width` cells fit from `start` on, at the
    /// least: found by halving, since cells only grow.
    pub fn reach(&self, start: usize, width: usize) -> usize {
        let limit = width + self.cells[start] as usize + self.spacing.inside(start);
        let lead = self.spacing.starting(start);
        self.cells[start..]
            .partition_point(|&c| c as usize + lead <= limit)
            .saturating_sub(1)
    }

    /// How many clusters there are.
    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.classes.is_empty()
    }

    /// Whether cluster `i` is dropped at a row's edge.
    pub fn is_space(&self, i: usize) -> bool {
        matches!(self.classes.get(i), Some(Class::Space | Class::Chance))
    }
}

/// Characters that count what a number says (I-4): with the number they stay
/// on one row where they can.
const UNITS: &str =
    "年月日号时点分秒周岁个项条次届名位家座元人种类级倍吨米號時點週歲個項條屆種類級噸";

/// Powers of ten between a number and its unit: 100万元.
const POWERS: &str = "十百千万亿萬億";

/// The clusters around a place, for rules that look further than a pair.
struct Look<'a> {
    classes: &'a [Class],
    parts: &'a [&'a str],
    urls: &'a [bool],
}

impl Look<'_> {
    fn class(&self, i: usize) -> Class {
        self.classes.get(i).copied().unwrap_or(Class::Space)
    }

    fn part(&self, i: usize) -> &str {
        self.parts.get(i).copied().unwrap_or_default()
    }

    fn in_url(&self, i: usize) -> bool {
        self.urls.get(i).copied().unwrap_or_default()
    }

    /// The cost of beginning a row at cluster `i` (`i > 0`).
    fn cost(&self, i: usize) -> Cost {
        use Class::{Chance, Glue, Open, Space};
        let next = self.class(i);
        if matches!(next, Space | Chance) {
            return Cost::Hard; // spaces end a row, they never begin one
        }
        let mut before = i - 1;
        let mut spaced = false;
        while matches!(self.class(before), Space | Chance) {
            spaced = true;
            match before.checked_sub(1) {
                Some(b) => before = b,
                None => return Cost::Hard,
            }
        }
        let prev = self.class(before);
        if prev == Glue || next == Glue {
            return Cost::Glue;
        }
        if prev == Open || self.never_first(i, before, spaced) {
            return Cost::Hard; // K-7: the prohibitions look through spaces
        }
        if spaced {
            Cost::Free
        } else {
            self.pair(before, i)
        }
    }

    /// K-1, K-2, K-3, I-7: whether cluster `i`, after `before`, may not begin a row.
    fn never_first(&self, i: usize, before: usize, spaced: bool) -> bool {
        let between_words = !spaced && self.is_word(before) && self.is_word(i + 1);
        match self.class(i) {
            Class::Close
            | Class::AsciiClose
            | Class::Connector
            | Class::Ellipsis
            | Class::Hyphen
            | Class::Suffix
            | Class::Superscript => true,
            Class::Apostrophe => !between_words,
            Class::Solidus => !self.in_url(i) || !spaced,
            Class::Dash => self.class(i + 1) != Class::Dash || self.class(before) == Class::Dash,
            _ => false,
        }
    }

    fn is_word(&self, i: usize) -> bool {
        matches!(self.class(i), Class::Letter | Class::Digit)
    }

    /// Whether cluster `i` belongs to a run of ASCII text.
    fn is_ascii(&self, i: usize) -> bool {
        self.part(i).is_ascii() && !self.part(i).is_empty() && self.class(i) != Class::Space
    }

    /// The cost between two neighbours that no prohibition parts.
    #[allow(
        clippy::match_same_arms,
        reason = "one arm for each rule, in the order in which they hold"
    )]
    fn pair(&self, a: usize, b: usize) -> Cost {
        use Class::{
            Apostrophe, AsciiClose, Connector, Dash, Digit, Hyphen, Letter, Open, Prefix, Solidus,
            Straight, Suffix, Symbol, Times,
        };
        let (prev, next) = (self.class(a), self.class(b));
        let digits_around = |middle: usize| {
            middle > 0 && self.class(middle - 1) == Digit && self.class(middle + 1) == Digit
        };
        match (prev, next) {
            (Dash, Dash) => Cost::Hard, // I-1
            (Straight, _) | (_, Straight)
                if self.is_ascii(a) && self.is_ascii(b) && self.in_word(a, b) =>
            {
                Cost::Word
            }
            (Straight, _) | (_, Straight) => Cost::Hard, // K-9
            (Apostrophe, Letter | Digit) if a > 0 && self.is_word(a - 1) => Cost::Word,
            (_, Apostrophe) => Cost::Word,
            (Prefix, Digit | Letter | Prefix) => Cost::Hard, // K-5
            (Solidus, _) if self.in_url(a) => self.after_url_mark(a, b), // I-6
            (Solidus, Digit) if digits_around(a) => Cost::Word, // I-2
            (Solidus, _) if self.is_ascii(a) && self.is_ascii(b) => self.after_url_mark(a, b),
            (Solidus, _) => Cost::Hard, // K-6
            (AsciiClose | Times, Digit) if digits_around(a) => Cost::Word, // I-2
            (Digit, Times) if digits_around(b) => Cost::Word,
            (Hyphen, Digit) if digits_around(a) => Cost::Word,
            (Hyphen, Letter) if a > 0 && self.class(a - 1) == Letter && !self.in_url(a) => {
                Cost::Free
            } // I-5
            (Dash | Connector | Hyphen, Digit) if self.ends_number(a) => Cost::Soft, // I-3
            (Letter | Digit, Letter | Digit) => Cost::Word,                          // I-2, I-5
            (_, Open) if self.part(b) == "[" && self.is_note_mark(b) => Cost::Hard,  // I-7
            (Letter | Digit, Open) if self.is_ascii(b) => Cost::Word,
            (AsciiClose | Hyphen | Symbol | Suffix, _) if self.is_ascii(a) && self.is_ascii(b) => {
                self.after_url_mark(a, b)
            }
            (_, Symbol | Prefix) if self.is_ascii(a) && self.is_ascii(b) => Cost::Word,
            _ if self.is_unit(a, b) => Cost::Soft, // I-4
            _ => Cost::Free,
        }
    }

    /// Whether a straight quote between the two stands inside a word: don't.
    fn in_word(&self, a: usize, b: usize) -> bool {
        let middle = if self.class(a) == Class::Straight {
            a
        } else {
            b
        };
        middle > 0 && self.is_word(middle - 1) && self.is_word(middle + 1)
    }

    /// I-6: after which marks a URL or another ASCII run may be broken.
    fn after_url_mark(&self, a: usize, b: usize) -> Cost {
        let number = matches!(
            (a.checked_sub(1).map(|i| self.class(i)), self.class(b)),
            (Some(Class::Digit), Class::Digit)
        );
        let mark = matches!(self.part(a), "/" | "?" | "&" | "=" | "." | "-" | "_" | "#");
        if mark && !number && !(self.part(a) == "/" && self.part(b) == "/") {
            Cost::Soft
        } else {
            Cost::Word
        }
    }

    /// Whether the connector at `i` follows a number, its sign counted in.
    fn ends_number(&self, i: usize) -> bool {
        i > 0 && matches!(self.class(i - 1), Class::Digit | Class::Suffix)
    }

    /// Whether `[` at `i` opens a note mark: `[12]`.
    fn is_note_mark(&self, i: usize) -> bool {
        let digits = (i + 1..i + 5)
            .take_while(|&j| self.class(j) == Class::Digit)
            .count();
        digits > 0 && self.part(i + 1 + digits) == "]"
    }

    /// I-4: number and unit, number and power, power and unit, 第 and number.
    fn is_unit(&self, a: usize, b: usize) -> bool {
        let (prev, next) = (self.part(a), self.part(b));
        if self.class(a) == Class::Digit {
            return !next.is_empty() && (UNITS.contains(next) || POWERS.contains(next));
        }
        if prev == "第" && self.class(b) == Class::Digit {
            return true;
        }
        if POWERS.contains(prev)
            && !prev.is_empty()
            && !next.is_empty()
            && (UNITS.contains(next) || POWERS.contains(next))
        {
            let number = (0..a)
                .rev()
                .take(4)
                .find(|&i| !POWERS.contains(self.part(i)));
            return number.is_some_and(|i| self.class(i) == Class::Digit);
        }
        false
    }
}

/// Which clusters stand in a URL: an ASCII run with `://`, or one that begins
/// with `www.`.
fn urls(classes: &[Class], parts: &[&str]) -> Vec<bool> {
    let mut marks = vec![false; parts.len()];
    let is_run = |i: usize| {
        parts.get(i).is_some_and(|p| p.is_ascii()) && classes.get(i) != Some(&Class::Space)
    };
    let mut i = 0;
    while i < parts.len() {
        let start = i;
        while is_run(i) {
            i += 1;
        }
        let run = parts.get(start..i).unwrap_or_default();
        if run.len() > 4
            && (run.windows(3).any(|w| w == [":", "/", "/"])
                || run.starts_with(&["w", "w", "w", "."]))
        {
            marks.iter_mut().take(i).skip(start).for_each(|m| *m = true);
        }
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
        for i in 0..p.len() {
            if p.costs[i] == Cost::Free {
                out.push('|');
            }
            out.push_str(
                text.get(p.offsets[i] as usize..p.offsets[i + 1] as usize)
                    .unwrap(),
            );
        }
        out
    }

    #[test]
    fn quotes_open_and_close() {
        assert_eq!(free("以“雄”为"), "以|“雄”|为");
        assert_eq!(free("他说don’t好"), "他|说|don’t|好");
    }

    #[test]
    fn pairs_stay_together() {
        assert_eq!(free("看——这"), "看|——|这");
        assert_eq!(free("燕山―太"), "燕|山―|太");
        assert_eq!(free("等……问"), "等……|问");
        assert_eq!(free("约2018—2035年共"), "约|2018—2035年|共");
    }
}
