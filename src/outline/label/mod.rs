//! Cuts the label of a point out of its text: the claim that an editor would put beside it.
//!
//! 1. [`clause`] divides the text; [`words`] are the facts about Chinese by which [`sense`] tells
//!    what each clause is.
//! 2. [`cut`] takes the claim: no opener, no circumstance alone, no half of a construction.
//!
//! Labels are spans; nothing is copied.

mod clause;
mod cut;
pub mod sense;
mod words;

use super::candidate::Candidate;
use super::model::{MarkerPosition, Point};
use crate::document::{Document, MarkupKind};
use crate::text::{Pos, Span};
use std::collections::HashSet;

pub use clause::{Clause, ClauseMark, MAX_SEARCHED_CHARS, split};
pub use cut::{MAX_LABEL_CHARS, claim};

/// Characters of a line that is its own label.
const MAX_TITLE_CHARS: usize = 48;

/// Characters of bold words that are a title.
const MAX_BOLD_CHARS: usize = 32;

/// Clauses that are added to a label to tell it from its fellow's.
const MAX_ADDED_CLAUSES: usize = 4;

/// Returns the label of a point whose own text ends at byte `end`, before the next point. It
/// begins at the marker, or behind it where an opener or a circumstance is left out.
pub fn label(document: &Document, point: &Candidate, end: usize) -> Span {
    let text = document.text();
    let rest = text.get(point.end()..end).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    let whole = |end: usize| Span::new(point.start(), point.end() + trimmed(rest, end).len());
    if let Some(title) = bold_title(document, point, line) {
        return whole(title);
    }
    let is_short = || line.chars().nth(MAX_TITLE_CHARS).is_none();
    if point.looks_like_title && (point.is_heading() || is_short()) && !has_sentences(line) {
        return whole(line.trim_end_matches('.').len());
    }
    let claim = claim(rest);
    let skipped = rest.get(..claim.start).unwrap_or_default();
    if skipped.chars().any(char::is_alphanumeric) {
        let end = claim.start + trimmed(rest, claim.end).len().saturating_sub(claim.start);
        Span::new(point.end() + claim.start, point.end() + end)
    } else {
        whole(claim.end)
    }
}

/// Returns the beginning of a text up to byte `end`, without the marks before that.
fn trimmed(text: &str, end: usize) -> &str {
    let is_stop = |c: char| c.is_whitespace() || "，。；：！？,;:!?、—…".contains(c);
    text.get(..end)
        .unwrap_or_default()
        .trim_end_matches(is_stop)
}

/// Returns whether a line has more than one sentence.
fn has_sentences(line: &str) -> bool {
    let line = line
        .trim_end()
        .trim_end_matches(['。', '！', '？', '”', '」']);
    line.contains('。')
}

/// Returns the bytes of the bold words behind a marker, where they are a title: a mark or the
/// end of the line is at their end.
fn bold_title(document: &Document, point: &Candidate, line: &str) -> Option<usize> {
    let start = point.end() + (line.len() - line.trim_start_matches(is_between).len());
    let markup = document.markup();
    let until = markup.partition_point(|m| m.span.start.byte() <= start);
    let mut near = markup.get(until.saturating_sub(4)..until)?.iter().rev();
    let bold = near.find(|m| m.kind == MarkupKind::Strong && m.span.end.byte() > start)?;
    let len = bold.span.end.byte().checked_sub(point.end())?;
    let (title, rest) = line.split_at_checked(len)?;
    let ends = title
        .trim_end()
        .ends_with(['。', '：', ':', '？', '！', '，', '；'])
        || rest.is_empty()
        || rest.starts_with(['。', '：', ':', '？', '！', '，', '；', '—', '（']);
    (ends && title.chars().nth(MAX_BOLD_CHARS).is_none() && !has_sentences(title)).then_some(len)
}

/// Returns whether `c` may stand between a marker and its words.
fn is_between(c: char) -> bool {
    c.is_whitespace() || "、，．.：:,".contains(c)
}

/// Makes the labels of fellows differ: a label that one of its series has already takes the
/// clauses that follow. Linear in the points.
pub fn tell_apart(text: &str, points: &mut [Point], series: &[Vec<super::Index>]) {
    for members in series {
        let mut seen = HashSet::new();
        for member in members {
            let next = points.get(member.get() + 1).map(|p| p.marker.start);
            let Some(point) = points.get_mut(member.get()) else {
                continue;
            };
            let end = next.map_or(point.span.end, |next| next.min(point.span.end));
            let name =
                |label: Span| Span::between(label.start.max(point.marker.end), label.end).of(text);
            for _ in 0..MAX_ADDED_CLAUSES {
                let longer = || longer(text, point.label, end);
                match (seen.contains(name(point.label)), point.place) {
                    (true, MarkerPosition::Inline | MarkerPosition::LineHead) => {}
                    _ => break,
                }
                let Some(label) = longer() else { break };
                point.label = label;
            }
            seen.insert(name(point.label));
        }
    }
}

/// Returns a label with the clause behind it, in its own line.
fn longer(text: &str, label: Span, end: Pos) -> Option<Span> {
    let rest = text.get(label.end.byte()..end.byte())?;
    let line = rest.split('\n').next()?;
    let next = split(line);
    let next = next.first()?;
    Some(Span::new(label.start.byte(), label.end.byte() + next.end()))
}
