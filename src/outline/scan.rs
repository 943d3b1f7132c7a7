//! Finds all possible markers.
//!
//! 1. The head of each line is read by the table of styles.
//! 2. Inside paragraphs the places are judged at which an inline marker may begin.
//! 3. [`repeated`] and [`announced`] add the counts that no row can describe.
//!
//! Nothing here is final: `settle` looks at neighbours, and `series` drops a candidate without
//! fellows.

use super::announced;
use super::candidate::Candidate;
use super::context::{Confidence, Context, Preceding};
use super::excluded::{Title, part_without_points};
use super::family::{Family, Ordinal};
use super::marker::{self, Marker};
use super::model::MarkerPosition;
use super::number_rules::{self, MAX_TITLE_BYTES};
use super::reading::Reading;
use super::repeated::{self, Seconds};
use super::style::MAX_LABEL_LETTERS;
use crate::document::{Block, BlockKind, MarkupKind};
use crate::text::{letter, numeral};

/// Limit of the candidates of one document: each takes more memory than the text it refers to,
/// and no article has as many.
pub const MAX_CANDIDATES: usize = 500_000;

/// Characters of a label before an inline number: 好处一，.
const LABEL_CHARS: std::ops::RangeInclusive<usize> = 2..=MAX_LABEL_LETTERS;

/// Bytes of the digits before the last one of an inline number.
const MAX_EARLIER_DIGITS_BYTES: usize = 12;

/// Returns all candidates of a document, in text order.
pub fn find(document: &Reading<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut starts = marker::inline_starts(document.text()).peekable();
    let mut seconds = Seconds::of(document.text());
    let mut unnumbered = document
        .markup()
        .iter()
        .filter(|m| matches!(m.kind, MarkupKind::NoteMark | MarkupKind::Code))
        .peekable();
    let is_text =
        |block: &Block| block.kind.is_body() && !matches!(block.kind, BlockKind::Heading(_));
    let last_text = document.blocks().iter().rposition(is_text);
    let (mut part, title) = (None, Title::of(document));
    for (index, block) in document.blocks().iter().enumerate() {
        if found.len() >= MAX_CANDIDATES {
            break;
        }
        let range = block.span.range();
        part = part_without_points(part, document.slice(block.span), block);
        let has_points = block.kind.is_body() && block.kind != BlockKind::Row && part.is_none();
        let mut free = range.start;
        let head = has_points.then(|| head(document, index, block, &title));
        let head = head.flatten();
        // a title over nothing, at the end: 全文完, Related
        let is_over_text =
            |head: &Candidate| !head.family.is_title() || last_text.is_none_or(|last| index < last);
        if let Some(head) = head.filter(is_over_text) {
            free = head.end();
            found.push(head);
        }
        let has_inline_points = has_points && !matches!(block.kind, BlockKind::Heading(_));
        while let Some(at) = starts.next_if(|at| *at < range.end && found.len() < MAX_CANDIDATES) {
            if !has_inline_points || at < free {
                continue;
            }
            while unnumbered.next_if(|m| m.span.end.byte() <= at).is_some() {}
            if unnumbered.peek().is_some_and(|m| m.span.start.byte() <= at) {
                continue;
            }
            let inline = inline(document.text(), at, index, block);
            let last_end = found.last().map_or(0, Candidate::end);
            let is_free = |c: &Candidate| last_end <= c.start();
            if let Some(inline) = inline.filter(is_free) {
                found.push(inline);
            }
        }
        if seconds.any_before(range.end) && has_inline_points {
            add_repeated(&mut found, &repeated::find(document, index, block));
            add_repeated(&mut found, &announced::find(document, index, block));
        }
    }
    found
}

/// Adds the candidates of a block that a repeated word proves, in place of what they overlap.
fn add_repeated(found: &mut Vec<Candidate>, repeated: &[Candidate]) {
    let Some(first) = repeated.first() else {
        return;
    };
    let from = found.partition_point(|c| c.end() <= first.start());
    let overlaps = |c: &Candidate| {
        repeated
            .iter()
            .any(|r| c.start() < r.end() && r.start() < c.end())
    };
    let mut rest = found.split_off(from);
    rest.retain(|c| !overlaps(c));
    rest.extend(repeated.iter());
    rest.sort_by_key(Candidate::start);
    found.extend(rest);
}

/// Returns the candidate that a block begins with: a heading, or a number.
fn head(
    document: &Reading<'_>,
    index: usize,
    block: &Block,
    title: &Title<'_>,
) -> Option<Candidate> {
    let text = document.slice(block.span);
    let heading_rank = match block.kind {
        BlockKind::Heading(level) => level.clamp(1, 6) * 8,
        _ => 0,
    };
    let is_heading = heading_rank > 0;
    if is_heading && title.is_repeated(index, text) {
        return None;
    }
    let line = text.trim_start_matches(is_before_marker);
    let marked =
        head_marker(line).filter(|(_, confidence)| !is_heading || *confidence != Confidence::Plain);
    let (marker, confidence, start) = match marked {
        Some((marker, confidence)) => (marker, confidence, block.span.end.byte() - line.len()),
        None if is_heading => {
            let marker = Marker {
                family: Family::Title(heading_rank),
                ordinal: Ordinal::Next,
                len: 0,
            };
            (marker, Confidence::Clear, block.span.start.byte())
        }
        None => return None,
    };
    Some(Candidate {
        position: if is_heading {
            MarkerPosition::Heading
        } else {
            MarkerPosition::LineHead
        },
        heading_rank,
        looks_like_title: is_heading || reads_as_title(text),
        confidence,
        ..Candidate::new(marker, start, index, block)
    })
}

/// Returns whether `c` may come before the marker of a line: quotes, bullets, pictures, blanks.
fn is_before_marker(c: char) -> bool {
    let is_number = matches!(c, '\u{2460}'..='\u{24ff}' | '\u{2776}'..='\u{2793}');
    let is_picture = matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f300}'..='\u{1faff}');
    c.is_whitespace() || "“「『\"‘*·•—-".contains(c) || is_picture && !is_number
}

/// Reads the marker that a line begins with.
fn head_marker(line: &str) -> Option<(Marker, Confidence)> {
    let clear = |marker| (marker, Confidence::Clear);
    let read = marker::read(line, true);
    marker::bare(line)
        .map(clear)
        .or_else(|| number_rules::at_line_head(read?, line))
        .or_else(|| marker::label(line).map(clear))
        .or_else(|| {
            Some((
                read.filter(|m| is_plain_order(*m, line))?,
                Confidence::Plain,
            ))
        })
}

/// Returns whether 第一 comes before a word: no list of ranks (第一、第二产业).
fn is_plain_order(marker: Marker, line: &str) -> bool {
    let rest = line.get(marker.len..).unwrap_or_default();
    let number = line.trim_start_matches('第');
    marker.family == Family::Order
        && number.starts_with(numeral::is_han_numeral)
        && rest.starts_with(char::is_alphabetic)
}

/// Returns whether a line reads as a title: short, without a mark at its end.
pub fn reads_as_title(line: &str) -> bool {
    let end = line.trim_end_matches(['”', '」', '』', '）', ')', '"']);
    line.len() <= MAX_TITLE_BYTES
        && !end.ends_with(['。', '；', '！', '.', '…', '：', ':', '，', ';'])
}

/// Returns the candidate inside a paragraph whose beginning, or the last digit of its number,
/// is at byte `at`.
fn inline(text: &str, at: usize, index: usize, block: &Block) -> Option<Candidate> {
    let block_start = block.span.start.byte();
    let before = text.get(block_start..at)?;
    let digit = text.get(at..)?.chars().next()?;
    let earlier = before.trim_end_matches(|c| is_same_script(c, digit));
    let earlier = Some(before.len() - earlier.len()).filter(|n| *n <= MAX_EARLIER_DIGITS_BYTES);
    let start = at - earlier.unwrap_or(0);
    let before = text.get(block_start..start)?;
    let rest = text.get(start..block.span.end.byte())?;
    let read = || {
        let context = Context::new(marker::read(rest, false)?, before, rest);
        Some(Candidate {
            confidence: number_rules::inline(&context)?,
            preceding: context.preceding,
            ..Candidate::new(context.marker, start, index, block)
        })
    };
    read().or_else(|| labelled(text, start, index, block))
}

/// Returns the candidate whose number is at byte `at`, behind a word of two to four characters
/// and before a mark: 好处一，…好处二，….
fn labelled(text: &str, at: usize, index: usize, block: &Block) -> Option<Candidate> {
    let before = text.get(block.span.start.byte()..at)?;
    let in_word = |c: &char| letter::is_letter(*c) && !c.is_ascii() && !numeral::is_han_numeral(*c);
    let word = before.chars().rev().take(LABEL_CHARS.end() + 1);
    let word: Vec<usize> = word.take_while(in_word).map(char::len_utf8).collect();
    let start = at - word.iter().sum::<usize>();
    let preceding = Preceding::of(text.get(block.span.start.byte()..start)?);
    if !LABEL_CHARS.contains(&word.len()) || preceding == Preceding::Word {
        return None;
    }
    let rest = text.get(start..block.span.end.byte())?;
    let marker = marker::inline_label(rest)?;
    Some(Candidate {
        preceding,
        ..Candidate::new(marker, start, index, block)
    })
}

/// Returns whether two characters are digits of one script.
fn is_same_script(a: char, b: char) -> bool {
    (a.is_ascii_digit() && b.is_ascii_digit())
        || (numeral::is_han_numeral(a) && numeral::is_han_numeral(b))
}
