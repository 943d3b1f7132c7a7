//! Where something stands in a text that may change: what it says, what stands
//! around it, and where it was.
//!
//! 1. [`Anchor::of`] keeps the text itself, what stands beside it in its
//!    paragraph, what stands beyond the paragraph, and how many others read the
//!    same.
//! 2. [`Anchor::find`] looks where it was; then among all that read the same. A
//!    paragraph that was moved is found by its own text; one of several alike
//!    only by its neighbours.
//! 3. What is gone, or left only in a look-alike, is not found: the caller has
//!    an orphan, and paints it nowhere.

use crate::text::{Pos, Span};

/// Characters that are kept on each side.
const AROUND: usize = 32;
/// Bytes that hold twice that many characters and the line ends between.
const NEAR: usize = 2 * AROUND * 4 + 16;
/// How much text on each side of a place is searched for it again, in bytes.
const FAR: usize = 8 << 20;
/// How much is searched for its like when it is made: a key waits for that.
const CLOSE: usize = 256 << 10;
/// Of less text than this, with what is beside it, there may be look-alikes.
const SHORT: usize = 12;
/// A shorter text is not looked for in a paragraph that was edited.
const ENOUGH: usize = 6;
/// Characters that must agree on the side where its paragraph was edited.
const AGREE: usize = 4;

/// A stretch of text that can be found again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// Where it began, in bytes.
    pub start: usize,
    /// What it says.
    pub exact: String,
    /// What stands before it in its paragraph, at most 32 characters.
    pub before: String,
    /// What stands after it in its paragraph, at most 32 characters.
    pub after: String,
    /// The end of the paragraph before, where `before` reaches its paragraph's start.
    pub above: String,
    /// The beginning of the paragraph after, likewise.
    pub below: String,
    /// How many stretches read the same, with what is beside them; 0 where not
    /// even the text alone stands anywhere else.
    pub twins: usize,
}

/// What stands around a stretch.
#[derive(PartialEq, Eq)]
struct Around<'a> {
    before: &'a str,
    after: &'a str,
    above: &'a str,
    below: &'a str,
}

impl Anchor {
    /// The anchor of a span of `text`. Takes the time of a search in it.
    pub fn of(text: &str, span: Span) -> Self {
        let a = around(text, span.start.byte(), span.end.byte());
        let mut anchor = Self {
            start: span.start.byte(),
            exact: span.of(text).to_owned(),
            before: a.before.to_owned(),
            after: a.after.to_owned(),
            above: a.above.to_owned(),
            below: a.below.to_owned(),
            twins: 0,
        };
        let whole =
            anchor.start <= CLOSE && text.len() <= anchor.start + anchor.exact.len() + CLOSE;
        let alone = whole && anchor.places(text, CLOSE).nth(1).is_none();
        anchor.twins = if alone {
            0
        } else {
            anchor.alike(text, CLOSE).len().max(1)
        };
        anchor
    }

    /// An anchor of a place: the text that follows it. Takes no search.
    pub fn at(text: &str, pos: Pos) -> Self {
        let from = pos.byte();
        let line = text
            .get(from..floor(text, from.saturating_add(NEAR)))
            .unwrap_or_default()
            .split('\n')
            .next()
            .unwrap_or_default();
        let end = from + head(line, AROUND).len();
        let a = around(text, from, end);
        let own = |part: &str| part.to_owned();
        Self {
            start: from,
            exact: own(text.get(from..end).unwrap_or_default()),
            before: own(a.before),
            after: own(a.after),
            above: own(a.above),
            below: own(a.below),
            twins: 1,
        }
    }

    /// Where it stands in `text`; `None` where it is gone, or cannot be told from
    /// others. At once where nothing changed before it, else a search.
    pub fn find(&self, text: &str) -> Option<Span> {
        if self.exact.is_empty() {
            return None;
        }
        let end = self.start + self.exact.len();
        let there = text.get(self.start..end) == Some(self.exact.as_str());
        if there && self.is(&around(text, self.start, end)) {
            return Some(Span::new(self.start, end));
        }
        let alike = self.alike(text, FAR);
        let found = match alike.as_slice() {
            [] => self.edited(text),
            [only] if self.twins <= 1 && (!self.is_short() || self.neighbours(text, *only) > 0) => {
                Some(*only)
            }
            [only] => (self.neighbours(text, *only) == 2).then_some(*only),
            many => {
                let mut sure = many.iter().filter(|at| self.neighbours(text, **at) == 2);
                sure.next().copied().filter(|_| sure.next().is_none())
            }
        };
        found.map(|at| Span::new(at, at + self.exact.len()))
    }

    fn is(&self, a: &Around<'_>) -> bool {
        *a == Around {
            before: &self.before,
            after: &self.after,
            above: &self.above,
            below: &self.below,
        }
    }

    fn is_short(&self) -> bool {
        self.before.chars().count() + self.exact.chars().count() + self.after.chars().count()
            < SHORT
    }

    /// On how many sides the neighbouring paragraphs are the old ones; a side
    /// that did not reach the paragraph's edge counts as the same.
    fn neighbours(&self, text: &str, at: usize) -> usize {
        let a = around(text, at, at + self.exact.len());
        usize::from(a.above == self.above) + usize::from(a.below == self.below)
    }

    /// Where the same text stands between the same neighbours in its paragraph.
    fn alike(&self, text: &str, far: usize) -> Vec<usize> {
        let same = |at: &usize| {
            let a = around(text, *at, *at + self.exact.len());
            a.before == self.before && a.after == self.after
        };
        self.places(text, far).filter(same).take(64).collect()
    }

    /// Where the same text stands, near where it was.
    fn places<'a>(&'a self, text: &'a str, far: usize) -> impl Iterator<Item = usize> + 'a {
        let from = floor(text, self.start.saturating_sub(far));
        let to = floor(text, self.start.saturating_add(self.exact.len() + far));
        text.get(from..to)
            .unwrap_or_default()
            .match_indices(self.exact.as_str())
            .map(move |(i, _)| from + i)
    }

    /// Where its paragraph was edited beside it: the only place that says the same,
    /// now and then, with one side whole and some of the other.
    fn edited(&self, text: &str) -> Option<usize> {
        if self.twins > 0 || self.exact.chars().count() < ENOUGH {
            return None;
        }
        let mut places = self.places(text, FAR);
        let (only, more) = (places.next()?, places.next());
        if more.is_some() {
            return None;
        }
        let a = around(text, only, only + self.exact.len());
        let before = self
            .before
            .chars()
            .rev()
            .zip(a.before.chars().rev())
            .take_while(|(x, y)| x == y)
            .count();
        let after = self
            .after
            .chars()
            .zip(a.after.chars())
            .take_while(|(x, y)| x == y)
            .count();
        let (left, right) = (a.before == self.before, a.after == self.after);
        ((left && after >= AGREE) || (right && before >= AGREE)).then_some(only)
    }
}

/// What stands around the bytes from `start` to `end`.
fn around(text: &str, start: usize, end: usize) -> Around<'_> {
    // no more than can matter, however long the paragraph is
    let (from, to) = (
        floor(text, start.saturating_sub(NEAR)),
        floor(text, end.saturating_add(NEAR)),
    );
    let (left, right) = (
        text.get(from..start).unwrap_or_default(),
        text.get(end..to).unwrap_or_default(),
    );
    let before = tail(
        left.get(left.rfind('\n').map_or(0, |i| i + 1)..)
            .unwrap_or_default(),
        AROUND,
    );
    let after = head(right.split('\n').next().unwrap_or_default(), AROUND);
    let beyond = |part: &str| part.chars().count() < AROUND;
    let above = left
        .strip_suffix(before)
        .filter(|_| beyond(before))
        .and_then(|rest| rest.trim_end_matches('\n').rsplit('\n').next());
    let below = right
        .strip_prefix(after)
        .filter(|_| beyond(after))
        .and_then(|rest| rest.trim_start_matches('\n').split('\n').next());
    let (above, below) = (
        tail(above.unwrap_or_default(), AROUND),
        head(below.unwrap_or_default(), AROUND),
    );
    Around {
        before,
        after,
        above,
        below,
    }
}

/// At most `n` characters from the beginning.
fn head(text: &str, n: usize) -> &str {
    text.char_indices()
        .nth(n)
        .and_then(|(i, _)| text.get(..i))
        .unwrap_or(text)
}

/// At most `n` characters from the end.
fn tail(text: &str, n: usize) -> &str {
    match n
        .checked_sub(1)
        .and_then(|n| text.char_indices().rev().nth(n))
    {
        Some((i, _)) => text.get(i..).unwrap_or_default(),
        None => text,
    }
}

/// The last character boundary at or before `byte`.
fn floor(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor(text: &str, what: &str) -> Anchor {
        let at = text.find(what).unwrap();
        Anchor::of(text, Span::new(at, at + what.len()))
    }

    const TEXT: &str = "开头一段先说情况。\n协同发展要破除壁垒，首先要有机制。\n协同发展要补齐短板，其次要有质量。";

    #[test]
    fn moves_with_its_paragraph() {
        let a = anchor(TEXT, "首先要有机制");
        let moved = format!("新插入的一段话。\n{TEXT}");
        assert_eq!(a.find(&moved).unwrap().of(&moved), "首先要有机制");
        let turned = "协同发展要补齐短板，其次要有质量。\n协同发展要破除壁垒，首先要有机制。\n开头一段先说情况。";
        assert_eq!(a.find(turned).unwrap().of(turned), "首先要有机制");
    }

    #[test]
    fn a_look_alike_is_not_taken() {
        let a = anchor(TEXT, "协同发展");
        let gone = TEXT.replace("协同发展要破除壁垒，首先要有机制。\n", "");
        assert_eq!(a.find(&gone), None);
    }

    #[test]
    fn an_edit_beside_it_does_not_lose_it() {
        let a = anchor(TEXT, "首先要有机制");
        let edited = TEXT.replace("协同发展要破除壁垒，首先", "协同发展就是要破除壁垒，首先");
        assert_eq!(a.find(&edited).unwrap().of(&edited), "首先要有机制");
    }

    #[test]
    fn of_two_alike_the_neighbours_tell() {
        let twice = "甲段在前面。\n结语就是这样。\n乙段在中间。\n结语就是这样。\n丙段在后面。";
        let first = Anchor::of(twice, Span::new(19, 19 + 21));
        assert_eq!((first.exact.as_str(), first.twins), ("结语就是这样。", 2));
        let longer = format!("新的一段。\n{twice}");
        assert_eq!(first.find(&longer), Some(Span::new(35, 56)));
        let gone = "甲段在前面。\n乙段在中间。\n结语就是这样。\n丙段在后面。";
        assert_eq!(first.find(gone), None);
    }
}
