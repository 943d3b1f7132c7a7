//! Constructions of two parts that stay whole: 既…又, 不仅…而且, 不是…而是, 只有…才.

use super::clause::{ClauseMark, Clauses};
use crate::text::words::Words;

/// A construction.
pub struct Construction {
    /// Words of its first part.
    first: Words,
    /// Words of its second part, near the beginning of a clause.
    second: Words,
    /// True if the second part says enough without the first.
    pub stands_alone: bool,
    /// Characters of a clause among which the second part begins.
    within: usize,
}

static CONSTRUCTIONS: [Construction; 14] = [
    Construction::new("既", "又 也 还 更", false),
    Construction::new(
        "不仅 不但 不光 不只 不单 非但",
        "而且 还 也 更 并且 甚至 反而 同时",
        true,
    ),
    Construction::new("不是 并非", "而是", false),
    Construction::within(1, "不是 并非", "是", false),
    Construction::new("与其", "不如 毋宁 还不如", true),
    Construction::new("越 愈", "越 愈", false),
    Construction::new("虽然 虽说 虽 尽管", "但 却 可 仍 还 也 然而", true),
    Construction::new("只有 唯有", "才 方", false),
    Construction::new("宁可 宁愿 宁肯", "也 不可 也不", false),
    Construction::new("一边", "一边", false),
    Construction::new("一面", "一面", false),
    Construction::new("或者", "或者", false),
    Construction::new("要么", "要么", false),
    Construction::new("无论 不论 不管", "都 也 总", true),
];

/// Constructions at the head of the list whose first part may stand behind a subject.
const CORRELATIVES: usize = 2;

/// Clauses behind the first part in which the second part is looked for.
const MAX_CLAUSES: usize = 3;

/// Characters of a clause among which the second part begins.
const MAX_BEFORE_SECOND: usize = 8;

impl Construction {
    const fn new(first: &'static str, second: &'static str, stands_alone: bool) -> Self {
        Self::within(MAX_BEFORE_SECOND, first, second, stands_alone)
    }

    /// Takes only clauses whose first `within` characters begin the second part.
    const fn within(
        within: usize,
        first: &'static str,
        second: &'static str,
        stands_alone: bool,
    ) -> Self {
        Self {
            first: Words::new(first),
            second: Words::new(second),
            stands_alone,
            within,
        }
    }

    /// Returns what follows the first part in a clause.
    fn open<'a>(&self, words: &'a str) -> Option<&'a str> {
        words
            .char_indices()
            .find_map(|(i, _)| self.first.strip_prefix(words.get(i..)?))
    }

    /// Returns whether the second part begins in a text.
    fn closes(&self, words: &str, within: usize) -> bool {
        let places = words.char_indices().take(within);
        places
            .map(|(i, _)| words.get(i..).unwrap_or_default())
            .any(|rest| self.second.starts(rest))
    }
}

/// Returns the byte behind the first of a text at which a construction begins that ends in it:
/// 对于修渠既要有耐心，又要有本钱.
pub fn inside(words: &str) -> Option<usize> {
    let begin = |(at, _): &(usize, char)| {
        let rest = words.get(*at..).unwrap_or_default();
        let mut pairs = CONSTRUCTIONS.iter().take(CORRELATIVES);
        pairs.any(|pair| {
            let after = pair.first.strip_prefix(rest);
            after.is_some_and(|after| pair.closes(after, usize::MAX))
        })
    };
    words.char_indices().skip(1).find(begin).map(|(at, _)| at)
}

/// Returns the construction that clause `i` opens and does not close, and the clause that closes
/// it.
pub fn open(clauses: &Clauses, i: usize) -> Option<(&'static Construction, usize)> {
    let words = clauses.words(i);
    CONSTRUCTIONS.iter().find_map(|pair| {
        let rest = pair.open(words)?;
        if pair.closes(rest, usize::MAX) {
            return None;
        }
        let mut after = (i + 1..clauses.len()).take(MAX_CLAUSES);
        let closing = after.find(|j| {
            matches!(
                clauses.mark(j - 1),
                ClauseMark::Comma | ClauseMark::Semicolon
            ) && pair.closes(clauses.words(*j), pair.within)
        });
        Some((pair, closing?))
    })
}
