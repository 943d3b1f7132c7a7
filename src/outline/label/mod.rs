//! Cuts the label of a point out of its text: the claim that it makes, as an editor's side heading
//! made with scissors only.
//!
//! 1. [`clause`] splits the text; [`opener`] and [`circumstance`] say what stands in front of the
//!    claim, [`predicate`] and [`pair`] what a clause needs to be a whole.
//! 2. [`cut`] chooses the clauses, [`shorten`] cuts a long one, [`interview`] takes a question out
//!    of its courtesies.
//! 3. [`siblings`] makes the labels of a series differ.
//!
//! Labels are spans; nothing is copied.

pub(super) mod circumstance;
pub(super) mod clause;
mod cut;
mod interview;
pub(super) mod opener;
mod pair;
pub(super) mod predicate;
pub(super) mod shorten;
mod siblings;

use super::candidate::Candidate;
use crate::text::Span;
use crate::text::sentence::FULL_STOPS;
use crate::text::words::Words;
use clause::Clauses;
pub(super) use siblings::tell_apart;
use std::ops::Range;

/// Characters of a heading that is cut where it holds several sentences.
const MAX_HEADING_LINE_CHARS: usize = 48;

/// The end of the number of an article of law.
static ARTICLE: Words = Words::new("条");

/// Words that end no label.
const TRAILING_CONJUNCTIONS: [char; 7] = ['但', '而', '或', '和', '与', '及', '且'];

/// Returns the label of a point whose words end at byte `end`. The line of a title is taken as a
/// whole.
pub fn label(text: &str, point: &Candidate, end: usize) -> Span {
    let rest = text.get(point.end()..end).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    if !point.is_inline()
        && let Some(asked) = interview::question(line)
    {
        return Span::new(point.end() + asked.start, point.end() + asked.end);
    }
    if point.looks_like_title && line.chars().any(char::is_alphanumeric) && !is_paragraph(line) {
        let label = line.trim_end_matches(|c| is_end(c) || c == '.');
        return Span::new(point.start(), point.end() + label.len());
    }
    let marker = text.get(point.start()..point.end()).unwrap_or_default();
    let range = name(rest, ARTICLE.ends(marker));
    let skips = rest
        .get(..range.start)
        .is_some_and(|skipped| skipped.contains(|c: char| c.is_alphanumeric() || c == '\n'));
    let start = if skips {
        point.end() + range.start
    } else {
        point.start()
    };
    Span::new(start, point.end() + range.end)
}

/// Returns the bytes up to the end of the first claim of a text.
pub fn clauses(text: &str) -> usize {
    name(text, false).end
}

/// Returns the part of a text that names it, in bytes.
fn name(text: &str, is_law: bool) -> Range<usize> {
    // one more, which says that the text goes on
    let searched = text.char_indices().nth(clause::MAX_SPLIT_CHARS + 1);
    let head = searched.map_or(text, |(i, _)| text.split_at(i).0);
    let mut clauses = Clauses::new(head);
    clauses.is_law = is_law;
    let range = cut::cut(&clauses);
    let words = text.get(range.clone()).unwrap_or_default();
    let mut words = words.trim_end_matches(is_end);
    if text
        .get(range.start + words.len()..)
        .is_some_and(|rest| rest.trim().is_empty())
    {
        // the next marker stands behind it
        words = words
            .trim_end_matches(TRAILING_CONJUNCTIONS)
            .trim_end_matches(is_end);
    }
    range.start..range.start + words.len()
}

/// Returns whether a heading is a paragraph of several sentences.
fn is_paragraph(line: &str) -> bool {
    let inner = line.trim_end_matches(is_end);
    inner.contains(FULL_STOPS) && clause::chars(inner) > MAX_HEADING_LINE_CHARS
}

/// Returns whether `c` is no part of a label at its end.
fn is_end(c: char) -> bool {
    c.is_whitespace() || "，。；：！？,;:!?、—".contains(c)
}
