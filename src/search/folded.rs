//! A word as typed, found in all its forms.
//!
//! 1. The rarest character of the word is the anchor; its forms are searched for in the bytes.
//! 2. Around each one the rest of the word is compared, character by character.
//! 3. Between two Han a line break may come, with the blanks around it: a word does not end
//!    where its line does. Nor does it end at what takes no room, or at the blank that a scanner
//!    puts behind every Han.
//!
//! Linear in the text. Hits are spans of the unfolded text, so folding never moves an offset.

use super::variants::forms;
use crate::text::fold::{is_between_spaced_han, is_invisible};
use crate::text::han::is_han;
use crate::text::{Span, cluster};
use memchr::memmem::Finder;
use std::ops::Range;

/// Characters of the longest word: a pasted page is not a query.
const MAX_WORD_CHARS: usize = 200;
/// Characters of a line break: blanks, the line end, an indent.
const MAX_BREAK_CHARS: usize = 12;
/// Bytes that are searched for all forms of the anchor before going on.
const CHUNK_BYTES: usize = 128 * 1024;
/// Bytes of the text that decide which character is the rarest.
const SAMPLE_BYTES: usize = 16 * 1024;
/// Cost of comparing around one anchor, in bytes searched.
const COMPARE_COST: usize = 250;

/// A word to find.
///
/// ```
/// use jingdu::search::folded::Folded;
/// let text = "国\n　　家的國家队，国 家";
/// let hits = |folds| {
///     let mut found = Vec::new();
///     Folded::new("国家", folds).unwrap().find(text, 0..text.len(), &mut found);
///     found.iter().map(|span| span.of(text)).collect::<Vec<_>>()
/// };
/// assert_eq!(hits(true), ["国\n　　家", "國家"]);
/// assert!(hits(false).is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct Folded {
    characters: Vec<Character>,
}

/// One character of it.
#[derive(Clone, Debug)]
struct Character {
    forms: Vec<char>,
    /// True if a line break may come beside it.
    breaks: bool,
    finders: Vec<Finder<'static>>,
}

impl Folded {
    /// Compiles a word; with `folds` in all its forms, else exactly as typed. `None` for an
    /// empty one.
    pub fn new(word: &str, folds: bool) -> Option<Self> {
        let character = |c: char| {
            let forms = if folds { forms(c) } else { vec![c] };
            let finders = forms
                .iter()
                .map(|form| Finder::new(form.encode_utf8(&mut [0; 4]).as_bytes()).into_owned())
                .collect();
            Character {
                breaks: folds && is_han(c),
                forms,
                finders,
            }
        };
        let characters: Vec<Character> = word.chars().take(MAX_WORD_CHARS).map(character).collect();
        (!characters.is_empty()).then_some(Self { characters })
    }

    /// Returns the forms of each of its characters.
    pub(super) fn forms(&self) -> Vec<&[char]> {
        let characters = self.characters.iter();
        characters.map(|c| c.forms.as_slice()).collect()
    }

    /// Adds every hit that begins in `range` to `found`: leftmost first, none
    /// overlapping another or the last one of `found`.
    pub fn find(&self, text: &str, range: Range<usize>, found: &mut Vec<Span>) {
        let anchor = self.anchor(text, &range);
        let Some(character) = self.characters.get(anchor) else {
            return;
        };
        let mut free = found.last().map_or(0, |s| s.end.byte());
        // the anchor of a word that begins in the range may be behind it
        let before = anchor * (4 + MAX_BREAK_CHARS * 3);
        let limit = cluster::floor(text, range.end.saturating_add(before).min(text.len()));
        let mut at = range.start;
        let mut anchors: Vec<usize> = Vec::new();
        while at < limit {
            let mut end = (at + CHUNK_BYTES).min(limit);
            while !text.is_char_boundary(end) {
                end += 1;
            }
            let chunk = text.as_bytes().get(at..end).unwrap_or_default();
            anchors.clear();
            for finder in &character.finders {
                anchors.extend(finder.find_iter(chunk).map(|i| at + i));
            }
            if character.finders.len() > 1 {
                anchors.sort_unstable();
            }
            for at in &anchors {
                // one inside the last hit begins there, too
                if *at < free {
                    continue;
                }
                let span = self.around(text, *at, anchor);
                let fits = |s: &Range<usize>| s.start >= free && range.contains(&s.start);
                if let Some(span) = span.filter(fits) {
                    free = span.end;
                    found.push(Span::new(span.start, span.end));
                }
            }
            at = end;
        }
    }

    /// Returns the index of the character to search for: the one that costs least in a sample of
    /// the text.
    fn anchor(&self, text: &str, range: &Range<usize>) -> usize {
        if self.characters.len() == 1 {
            return 0;
        }
        let end = range.end.min(range.start + SAMPLE_BYTES).min(text.len());
        let sample = text.as_bytes().get(range.start..end).unwrap_or_default();
        let cost = |c: &Character| {
            let count: usize = c.finders.iter().map(|f| f.find_iter(sample).count()).sum();
            count * COMPARE_COST + c.finders.len() * sample.len()
        };
        (0..self.characters.len())
            .min_by_key(|&i| self.characters.get(i).map_or(usize::MAX, cost))
            .unwrap_or(0)
    }

    /// Returns the word around its anchor at byte `at`, if it is there.
    fn around(&self, text: &str, at: usize, anchor: usize) -> Option<Range<usize>> {
        let start = self.start(text, at, anchor)?;
        let mut end = self.end(text, at, anchor)?;
        // a variation selector belongs to the character before it
        if !cluster::is_boundary(text, end) {
            end += invisible(text.get(end..)?.chars());
        }
        (cluster::is_boundary(text, start) && cluster::is_boundary(text, end)).then_some(start..end)
    }

    /// Returns where the word begins whose anchor is at byte `at`.
    fn start(&self, text: &str, at: usize, anchor: usize) -> Option<usize> {
        let mut start = at;
        for i in (0..anchor).rev() {
            let (own, next) = (self.characters.get(i)?, self.characters.get(i + 1)?);
            start -= invisible(text.get(..start)?.chars().rev());
            let mut c = text.get(..start)?.chars().next_back()?;
            let blank = start - c.len_utf8();
            if passes_blanks(own, next, c) && is_between_spaced_han(text, blank) {
                start = blank;
                c = text.get(..start)?.chars().next_back()?;
            } else if own.breaks && next.breaks && is_blank(c) {
                start -= line_break(text.get(..start)?.chars().rev())?;
                c = text.get(..start)?.chars().next_back()?;
            }
            if !own.forms.contains(&c) {
                return None;
            }
            start -= c.len_utf8();
        }
        Some(start)
    }

    /// Returns where it ends.
    fn end(&self, text: &str, at: usize, anchor: usize) -> Option<usize> {
        let mut end = at;
        for i in anchor..self.characters.len() {
            let own = self.characters.get(i)?;
            if i > anchor {
                end += invisible(text.get(end..)?.chars());
            }
            let mut c = text.get(end..)?.chars().next()?;
            let before = i.checked_sub(1).filter(|_| i > anchor);
            let before = before.and_then(|i| self.characters.get(i));
            let is_spaced = |before| passes_blanks(own, before, c);
            if before.is_some_and(is_spaced) && is_between_spaced_han(text, end) {
                end += c.len_utf8();
                c = text.get(end..)?.chars().next()?;
            } else if own.breaks && before.is_some_and(|b| b.breaks) && is_blank(c) {
                end += line_break(text.get(end..)?.chars())?;
                c = text.get(end..)?.chars().next()?;
            }
            if i > anchor && !own.forms.contains(&c) {
                return None;
            }
            end += c.len_utf8();
        }
        Some(end)
    }

    /// Returns whether a hit is written with other Han than were typed.
    ///
    /// ```
    /// use jingdu::search::folded::Folded;
    /// let word = Folded::new("头发", true).unwrap();
    /// assert!(word.differs("头发", "頭髮"));
    /// // a line break is not another writing
    /// assert!(!word.differs("头发", "头\n发"));
    /// ```
    pub fn differs(&self, typed: &str, hit: &str) -> bool {
        let han = |text: &str| text.chars().filter(|c| is_han(*c)).collect::<Vec<_>>();
        han(typed) != han(hit)
    }
}

/// Returns whether a blank may stand between two characters, one of them a Han, where a scanner
/// set them apart; a blank that was typed is one.
fn passes_blanks(own: &Character, other: &Character, c: char) -> bool {
    is_blank(c) && (own.breaks || other.breaks) && !own.forms.contains(&c)
}

/// Returns the bytes of the characters that come first and take no room.
fn invisible(characters: impl Iterator<Item = char>) -> usize {
    let invisible = characters.take_while(|c| is_invisible(*c));
    invisible.map(char::len_utf8).sum()
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{3000}')
}

/// Returns the bytes of the blanks that come first, where exactly one line ends in them.
fn line_break(characters: impl Iterator<Item = char>) -> Option<usize> {
    let (mut bytes, mut lines, mut count) = (0, 0, 0);
    for c in characters.take_while(|c| is_blank(*c)) {
        bytes += c.len_utf8();
        lines += usize::from(c == '\n');
        count += 1;
    }
    (lines == 1 && count <= MAX_BREAK_CHARS).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_goes_on_over_a_line_break_and_does_not_overlap() {
        let broken = "协同\n　　发展，协同\n\n发展，協\n同發展";
        for (word, text, wanted) in [
            ("协同发展", broken, &["协同\n　　发展", "協\n同發展"][..]),
            ("协同", "协 同", &[]),
            ("ab", "a\nb", &[]),
            ("人人", "人人人人人", &["人人", "人人"]),
            ("改革开放", "要 改 革 开 放 。", &["改 革 开 放"]),
            ("改革开放", "改革 开放", &[]),
            (
                "人民",
                "人\u{200b}民，人\u{fe00}民\u{fe01}群众",
                &["人\u{200b}民", "人\u{fe00}民\u{fe01}"],
            ),
            ("高质量", "⾼质量", &["⾼质量"]),
        ] {
            let mut found = Vec::new();
            let word = Folded::new(word, true).unwrap();
            word.find(text, 0..text.len(), &mut found);
            let hits: Vec<_> = found.iter().map(|s| s.of(text)).collect();
            assert_eq!(hits, wanted, "{text}");
        }
    }
}
