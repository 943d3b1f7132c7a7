//! The view of `&`: only the paragraphs, or the sentences, that have hits.
//!
//! The [`Scope`] says of which search or keywords. Only spans of the text, as in
//! the skeleton; hidden text between them is drawn as a thin line.

use super::Find;
use super::motion;
use crate::document::Document;
use crate::layout::Flow;
use crate::layout::flow::Shown;
use crate::search::Matches;
use crate::text::Span;
use std::sync::Arc;

/// The search or keywords whose hits are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Those of the search, or of all keywords where nothing is searched.
    #[default]
    All,
    /// Those of the keyword of that index.
    Keyword(usize),
}

/// A hit, and the index of its keyword; `None` for the search.
pub type Hit = (Span, Option<usize>);

/// Returns the hits of a scope, in text order. Linear in them.
pub fn hits(find: &Find, scope: Scope) -> Vec<Hit> {
    let of = |matches: &Matches, keyword: Option<usize>| -> Vec<Hit> {
        matches.spans.iter().map(|s| (*s, keyword)).collect()
    };
    match scope {
        Scope::Keyword(i) => {
            let keyword = find.keywords.get(i);
            keyword.map_or_else(Vec::new, |k| of(&k.matches, Some(i)))
        }
        Scope::All if find.query.is_some() => of(&find.matches, None),
        Scope::All => {
            let keywords = find.keywords.iter().enumerate().filter(|(_, k)| k.on);
            let mut all: Vec<Hit> = keywords
                .flat_map(|(i, k)| of(&k.matches, Some(i)))
                .collect();
            all.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
            all
        }
    }
}

/// Returns the flow of the paragraphs (or sentences) that have hits; `None` where none has.
pub fn sieve(document: &Document, hits: &[Hit], sentences: bool) -> Option<Flow> {
    let mut shown: Vec<Shown> = Vec::new();
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
            _ => shown.push(Shown { span, depth: 0 }),
        }
    }
    (!shown.is_empty()).then(|| Flow {
        visible: Some(Arc::new(shown)),
        gaps: true,
        ..Flow::default()
    })
}
