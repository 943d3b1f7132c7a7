//! Names the paragraphs that carry a series (段旨).
//!
//! The lead-in just before the first member names the paragraph, unless it
//! only announces (为此，要从以下几方面着手); then the paragraph's first clause
//! does.

use super::label::clauses;
use super::{Index, Outline, PlaceOf, Topic};
use crate::document::{BlockKind, Document};
use crate::text::Span;

/// Words of lead-ins that announce and do not name: two characters each.
const EMPTY: &[&str] = &[
    "以下", "下列", "下面", "如下", "这些", "這些", "这种", "這種", "为此", "為此", "因此", "上述",
    "方面", "几点", "幾點", "对此", "具体", "主要", "一般",
];

/// Bytes of such a word.
const WORD: usize = 2 * '下'.len_utf8();

/// A longer lead-in is cut to its first clause.
const LONG: usize = 24;

/// The topics of an outline whose points are known.
pub fn topics(document: &Document, outline: &Outline) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    // Where the last point that heads a line begins.
    let mut headed = None;
    for (i, point) in outline.points.iter().enumerate() {
        if point.place != PlaceOf::Inline {
            headed = Some(point.span.start);
        }
        if point.place != PlaceOf::Inline {
            continue;
        }
        if let Some(topic) = topics
            .last_mut()
            .filter(|t| t.span.contains(point.marker.start))
        {
            topic.count += 1;
            continue;
        }
        let Some(block) = document
            .block_at(point.marker.start)
            .and_then(|b| document.blocks().get(b))
        else {
            continue;
        };
        if !matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::Quote | BlockKind::Item
        ) {
            continue;
        }
        // A paragraph that is a point already needs no second name.
        if headed.is_some_and(|at| block.span.contains(at)) {
            continue;
        }
        topics.push(Topic {
            label: name(document, block.span, point.marker.start.byte()),
            span: block.span,
            first: Index::new(i),
            count: 1,
        });
    }
    topics
}

/// The label of a paragraph whose first point begins at `at`.
fn name(document: &Document, block: Span, at: usize) -> Span {
    let text = document.text();
    let start = block.start.byte();
    let before = text.get(start..at).unwrap_or_default().trim_end();
    let closed = before.trim_end_matches(['。', '：', '，', ':', ',', '！', '？']);
    let from = closed
        .rfind(['。', '！', '？', '；'])
        .map_or(0, |i| i + '。'.len_utf8());
    let lead = closed.get(from..).unwrap_or_default();
    let names = lead
        .trim_start_matches(['”', '’', '」', '』', '）', '—', '…'])
        .chars()
        .count()
        >= 4
        && lead.chars().count() <= 40
        && !is_empty(lead);
    if names {
        // what closes the sentence before is not the label's
        let words = lead
            .trim_start_matches(|c: char| c.is_whitespace() || "”’」』）》】—…，、".contains(c));
        let skip = lead.len() - words.len();
        let len = if words.chars().count() > LONG {
            clauses(words, 8)
        } else {
            words.len()
        };
        return Span::new(start + from + skip, start + from + skip + len);
    }
    let whole = text.get(start..block.end.byte()).unwrap_or_default();
    Span::new(start, start + clauses(whole, 8))
}

/// Which last bytes the characters of such words have, the first or the second: a bit
/// for each of the 64 there are. What has another is none of them.
const fn last_bytes(at: usize) -> u64 {
    let (mut bits, mut i) = (0, 0);
    while i < EMPTY.len() {
        bits |= 1 << (EMPTY[i].as_bytes()[at] & 63);
        i += 1;
    }
    bits
}

/// Whether a lead-in only announces. Compares bytes: where they are the same, so are
/// the characters.
fn is_empty(lead: &str) -> bool {
    const FIRST: u64 = last_bytes(WORD / 2 - 1);
    const SECOND: u64 = last_bytes(WORD - 1);
    let may = |two: &[u8]| matches!(two, [.., a, _, _, b] if FIRST >> (a & 63) & SECOND >> (b & 63) & 1 == 1);
    lead.as_bytes()
        .windows(WORD)
        .any(|two| may(two) && EMPTY.iter().any(|word| word.as_bytes() == two))
}
