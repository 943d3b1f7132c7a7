//! Names the paragraphs that carry a series (段旨).
//!
//! The lead-in just before the first member names the paragraph, unless it only announces
//! (为此，要从以下几方面着手); then the paragraph's first clause does.

use super::index::Index;
use super::label::clauses;
use super::model::{MarkerPosition, Outline, Topic};
use super::reading::Reading;
use crate::document::BlockKind;
use crate::text::Span;
use crate::text::words::Words;

/// Words of lead-ins that announce and do not name.
static ANNOUNCING: Words =
    Words::new("以下 下列 下面 如下 这些 这种 为此 因此 上述 方面 几点 对此 具体 主要 一般");

/// Characters of a lead-in that names its paragraph.
const LEAD_IN_CHARS: std::ops::RangeInclusive<usize> = 4..=40;

/// Characters of a lead-in that is not cut to its first clause.
const MAX_LABEL_CHARS: usize = 24;

/// Returns the topics of an outline whose points are known.
pub fn topics(document: &Reading<'_>, outline: &Outline) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    // the beginning of the last point that heads a line
    let mut headed = None;
    for (i, point) in outline.points.iter().enumerate() {
        let start = point.marker.start;
        if point.place != MarkerPosition::Inline {
            headed = Some(point.span.start);
            continue;
        }
        if let Some(topic) = topics.last_mut().filter(|t| t.span.contains(start)) {
            topic.count += 1;
            continue;
        }
        let index = document.block_at(start);
        let Some(block) = index.and_then(|index| document.blocks().get(index)) else {
            continue;
        };
        let is_text = matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::Quote | BlockKind::Item
        );
        // a paragraph that is a point has a name
        if is_text && !headed.is_some_and(|at| block.span.contains(at)) {
            topics.push(Topic {
                label: name(document, block.span, start.byte()),
                span: block.span,
                first: Index::new(i),
                count: 1,
            });
        }
    }
    topics
}

/// Returns the label of a paragraph whose first point begins at byte `at`.
fn name(document: &Reading<'_>, block: Span, at: usize) -> Span {
    let text = document.text();
    let start = block.start.byte();
    let before = text.get(start..at).unwrap_or_default().trim_end();
    let closed = before.trim_end_matches(['。', '：', '，', ':', ',', '！', '？']);
    let sentence = closed
        .rfind(['。', '！', '？', '；'])
        .map_or(0, |i| i + '。'.len_utf8());
    let lead_in = closed.get(sentence..).unwrap_or_default();
    let named = lead_in.trim_start_matches(['”', '’', '」', '』', '）', '—', '…']);
    let names = named.chars().count() >= *LEAD_IN_CHARS.start()
        && lead_in.chars().count() <= *LEAD_IN_CHARS.end()
        && !ANNOUNCING.occur_in(lead_in);
    if !names {
        let whole = text.get(start..block.end.byte()).unwrap_or_default();
        return Span::new(start, start + clauses(whole));
    }
    // what closes the sentence before is not part of the label
    let closes = |c: char| c.is_whitespace() || "”’」』）》】—…，、".contains(c);
    let words = lead_in.trim_start_matches(closes);
    let start = start + closed.len() - words.len();
    let len = if words.chars().count() > MAX_LABEL_CHARS {
        clauses(words)
    } else {
        words.len()
    };
    Span::new(start, start + len)
}
