//! Anchors: spans that can be found again in a changed text.
//!
//! 1. [`Anchor::of`] keeps the text itself, the text beside it in its paragraph, the
//!    neighbouring paragraphs, and the number of places that read the same.
//! 2. [`Anchor::find`] looks at the old place; then among all places that read the same. A
//!    paragraph that was moved is found by its own text; one of several alike
//!    only by its neighbours.
//! 3. A text that is gone, or left only in a look-alike, is not found: its mark is an orphan
//!    and is drawn nowhere.

use crate::text::{Pos, Span};

/// Characters that are kept on each side.
const CONTEXT_CHARS: usize = 32;
/// Bytes that hold twice that many characters and the line ends between them.
const NEAR_BYTES: usize = 2 * CONTEXT_CHARS * 4 + 16;
/// Bytes on each side of the old place that are searched.
const FIND_BYTES: usize = 8 << 20;
/// Bytes on each side that are searched for look-alikes when a mark is made: a key waits for it.
const TWIN_BYTES: usize = 256 << 10;
/// A text with fewer characters, those beside it included, may have look-alikes.
const MIN_UNIQUE_CHARS: usize = 12;
/// A text with fewer characters is not looked for in an edited paragraph.
const MIN_EDITED_CHARS: usize = 6;
/// Characters that must agree on the edited side of a paragraph.
const MIN_AGREEING_CHARS: usize = 4;
/// The number of look-alikes that are looked at.
const MAX_TWINS: usize = 64;

/// A span of text that can be found again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// The byte at which it began.
    pub start: usize,
    /// Its text.
    pub exact: String,
    /// The text before it in its paragraph, at most 32 characters.
    pub before: String,
    /// The text after it in its paragraph, at most 32 characters.
    pub after: String,
    /// The end of the paragraph before, where `before` reaches its paragraph's start.
    pub above: String,
    /// The beginning of the paragraph after, likewise.
    pub below: String,
    /// The number of places that read the same, with the text beside them; 0 where not
    /// even the text alone occurs twice.
    pub twins: usize,
}

/// The text around a span.
#[derive(PartialEq, Eq)]
struct Around<'a> {
    before: &'a str,
    after: &'a str,
    above: &'a str,
    below: &'a str,
}

impl Anchor {
    /// Creates the anchor of a span of `text`. Takes the time of a search in it.
    pub fn of(text: &str, span: Span) -> Self {
        let mut anchor = Self::new(text, span.start.byte(), span.end.byte());
        let end = anchor.start + anchor.exact.len();
        let searched_whole = anchor.start <= TWIN_BYTES && text.len() <= end + TWIN_BYTES;
        let alone = searched_whole && anchor.places(text, TWIN_BYTES).nth(1).is_none();
        let twins = || anchor.alike(text, TWIN_BYTES).len().max(1);
        anchor.twins = if alone { 0 } else { twins() };
        anchor
    }

    /// Creates an anchor of a place: the text that follows it. Takes no search.
    pub fn at(text: &str, pos: Pos) -> Self {
        let start = pos.byte();
        let near = text.get(start..text.floor_char_boundary(start.saturating_add(NEAR_BYTES)));
        let line = near.and_then(|near| near.split('\n').next());
        let end = start + first_chars(line.unwrap_or_default()).len();
        Self::new(text, start, end)
    }

    fn new(text: &str, start: usize, end: usize) -> Self {
        let a = around(text, start, end);
        Self {
            start,
            exact: text.get(start..end).unwrap_or_default().to_owned(),
            before: a.before.to_owned(),
            after: a.after.to_owned(),
            above: a.above.to_owned(),
            below: a.below.to_owned(),
            twins: 1,
        }
    }

    /// Returns its span in `text`; `None` where it is gone, or cannot be distinguished from
    /// others. Immediate if nothing changed before it, else a search.
    pub fn find(&self, text: &str) -> Option<Span> {
        if self.exact.is_empty() {
            return None;
        }
        let end = self.start + self.exact.len();
        let unmoved = text.get(self.start..end) == Some(self.exact.as_str());
        if unmoved && around(text, self.start, end) == self.around() {
            return Some(Span::new(self.start, end));
        }
        let found = match self.alike(text, FIND_BYTES).as_slice() {
            [] => self.edited(text)?,
            [only] => {
                let wanted = match (self.twins, self.is_short()) {
                    (0 | 1, false) => 0,
                    (0 | 1, true) => 1,
                    _ => 2,
                };
                (self.neighbours(text, *only) >= wanted).then_some(*only)?
            }
            many => {
                let mut sure = many.iter().filter(|at| self.neighbours(text, **at) == 2);
                sure.next().copied().filter(|_| sure.next().is_none())?
            }
        };
        Some(Span::new(found, found + self.exact.len()))
    }

    fn around(&self) -> Around<'_> {
        Around {
            before: &self.before,
            after: &self.after,
            above: &self.above,
            below: &self.below,
        }
    }

    fn is_short(&self) -> bool {
        let chars = |s: &str| s.chars().count();
        chars(&self.before) + chars(&self.exact) + chars(&self.after) < MIN_UNIQUE_CHARS
    }

    /// Returns on how many sides the neighbouring paragraphs are the old ones; a side
    /// whose kept text ends inside the paragraph counts as the same.
    fn neighbours(&self, text: &str, at: usize) -> usize {
        let a = around(text, at, at + self.exact.len());
        usize::from(a.above == self.above) + usize::from(a.below == self.below)
    }

    /// Returns the places that read the same, with the text beside them in the paragraph.
    fn alike(&self, text: &str, far: usize) -> Vec<usize> {
        let same = |at: &usize| {
            let a = around(text, *at, *at + self.exact.len());
            a.before == self.before && a.after == self.after
        };
        self.places(text, far)
            .filter(same)
            .take(MAX_TWINS)
            .collect()
    }

    /// Returns the places of the text alone, within `far` bytes of the old one.
    fn places<'a>(&'a self, text: &'a str, far: usize) -> impl Iterator<Item = usize> + 'a {
        let from = text.floor_char_boundary(self.start.saturating_sub(far));
        let to = text.floor_char_boundary(self.start.saturating_add(self.exact.len() + far));
        text.get(from..to)
            .unwrap_or_default()
            .match_indices(self.exact.as_str())
            .map(move |(i, _)| from + i)
    }

    /// Returns its place in an edited paragraph: the only one with the text, then and now, with
    /// one side whole and some of the other.
    fn edited(&self, text: &str) -> Option<usize> {
        if self.twins > 0 || self.exact.chars().count() < MIN_EDITED_CHARS {
            return None;
        }
        let mut places = self.places(text, FIND_BYTES);
        let only = places.next().filter(|_| places.next().is_none())?;
        let a = around(text, only, only + self.exact.len());
        let before = agreeing(self.before.chars().rev(), a.before.chars().rev());
        let after = agreeing(self.after.chars(), a.after.chars());
        let (left, right) = (a.before == self.before, a.after == self.after);
        let agrees =
            (left && after >= MIN_AGREEING_CHARS) || (right && before >= MIN_AGREEING_CHARS);
        agrees.then_some(only)
    }
}

/// Returns the number of characters in which two texts agree from their start.
fn agreeing(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

/// Returns the text around the bytes from `start` to `end`.
fn around(text: &str, start: usize, end: usize) -> Around<'_> {
    // no more than can matter, however long the paragraph is
    let from = text.floor_char_boundary(start.saturating_sub(NEAR_BYTES));
    let to = text.floor_char_boundary(end.saturating_add(NEAR_BYTES));
    let left = text.get(from..start).unwrap_or_default();
    let right = text.get(end..to).unwrap_or_default();
    let before = last_chars(left.rsplit('\n').next().unwrap_or_default());
    let after = first_chars(right.split('\n').next().unwrap_or_default());
    let reaches_edge = |part: &str| part.chars().count() < CONTEXT_CHARS;
    let above = left.strip_suffix(before).filter(|_| reaches_edge(before));
    let above = above.and_then(|rest| rest.trim_end_matches('\n').rsplit('\n').next());
    let below = right.strip_prefix(after).filter(|_| reaches_edge(after));
    let below = below.and_then(|rest| rest.trim_start_matches('\n').split('\n').next());
    Around {
        before,
        after,
        above: last_chars(above.unwrap_or_default()),
        below: first_chars(below.unwrap_or_default()),
    }
}

/// Returns at most [`CONTEXT_CHARS`] characters from the beginning.
fn first_chars(text: &str) -> &str {
    let end = text.char_indices().nth(CONTEXT_CHARS);
    end.map_or(text, |(i, _)| text.split_at(i).0)
}

/// Returns at most [`CONTEXT_CHARS`] characters from the end.
fn last_chars(text: &str) -> &str {
    let start = text.char_indices().rev().nth(CONTEXT_CHARS - 1);
    start.map_or(text, |(i, _)| text.split_at(i).1)
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
    fn a_text_is_found_where_it_moved_and_a_look_alike_is_not_taken() {
        let paragraph = "协同发展要破除壁垒，首先要有机制。\n";
        let last_first = "协同发展要补齐短板，其次要有质量。\n协同发展要破除壁垒，首先要有机制。\n开头一段先说情况。";
        for (marked, changed, is_found) in [
            ("首先要有机制", format!("新插入的一段话。\n{TEXT}"), true),
            ("首先要有机制", last_first.to_owned(), true),
            (
                "首先要有机制",
                TEXT.replace("要破除壁垒", "就是要破除壁垒"),
                true,
            ),
            ("协同发展", TEXT.replace(paragraph, ""), false),
        ] {
            let found = anchor(TEXT, marked).find(&changed);
            assert_eq!(
                found.map(|s| s.of(&changed)),
                is_found.then_some(marked),
                "{changed}"
            );
        }
    }

    #[test]
    fn two_alike_are_distinguished_by_their_neighbours() {
        let twice = "甲段在前面。\n结语就是这样。\n乙段在中间。\n结语就是这样。\n丙段在后面。";
        let first = Anchor::of(twice, Span::new(19, 19 + 21));
        assert_eq!((first.exact.as_str(), first.twins), ("结语就是这样。", 2));
        let longer = format!("新的一段。\n{twice}");
        assert_eq!(first.find(&longer), Some(Span::new(35, 56)));
        let gone = "甲段在前面。\n乙段在中间。\n结语就是这样。\n丙段在后面。";
        assert_eq!(first.find(gone), None);
    }
}
