//! The view of `&`: only the paragraphs, or the sentences, that have hits.
//!
//! Only spans of the text, as in the skeleton; hidden text between them is drawn as a thin
//! line.

use super::hit_list::Hit;
use super::motion;
use crate::document::Document;
use crate::layout::Flow;
use crate::layout::flow::VisibleSpan;
use crate::text::Span;
use std::sync::Arc;

/// Returns the flow of the paragraphs (or sentences) that have hits; `None` where none has.
pub fn sieve(document: &Document, hits: &[Hit], sentences: bool) -> Option<Flow> {
    let mut shown: Vec<VisibleSpan> = Vec::new();
    for (hit, _) in hits {
        if shown.last().is_some_and(|s| hit.end <= s.span.end) {
            continue;
        }
        let Some(mut span) = document.block_span_at(hit.start) else {
            continue;
        };
        if sentences {
            let start = motion::sentence_at(document, hit.start).max(span.start);
            let end = motion::sentence_end(document, hit.start);
            span = Span::between(start, end.max(hit.end.min(span.end)));
        }
        match shown.last_mut() {
            Some(last) if sentences && span.start <= last.span.end => {
                last.span.end = last.span.end.max(span.end);
            }
            Some(last) if span.start < last.span.end => {}
            _ => shown.push(VisibleSpan {
                span,
                depth: 0,
                cut: false,
            }),
        }
    }
    (!shown.is_empty()).then(|| Flow {
        visible: Some(Arc::new(shown)),
        gaps: true,
        ..Flow::default()
    })
}
