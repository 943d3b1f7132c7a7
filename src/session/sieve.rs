//! What `&` lets through: the paragraphs, or the sentences, that have hits.
//!
//! Of which search or keywords is the [`Scope`]. Only spans of the text, as in
//! the skeleton; what is left out between them is drawn as a thin line.

use super::Find;
use super::motion;
use crate::document::Document;
use crate::layout::Flow;
use crate::layout::flow::{Only, Shown};
use crate::search::Matches;
use crate::text::Span;

/// Whose hits are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Those of the search, or of all keywords where nothing is searched.
    #[default]
    All,
    /// Those of the keyword of that index.
    Keyword(usize),
}

/// A hit, and which keyword it is of; `None` for the search.
pub type Hit = (Span, Option<usize>);

/// The hits that a scope means, in text order. Linear in them.
pub fn hits(find: &Find, scope: Scope) -> Vec<Hit> {
    let of = |matches: &Matches, which: Option<usize>| {
        matches
            .spans
            .iter()
            .map(|s| (*s, which))
            .collect::<Vec<_>>()
    };
    match scope {
        Scope::Keyword(i) => find
            .keywords
            .get(i)
            .map(|k| of(&k.matches, Some(i)))
            .unwrap_or_default(),
        Scope::All if find.query.is_some() => of(&find.matches, None),
        Scope::All => {
            let mut all: Vec<Hit> = find
                .keywords
                .iter()
                .enumerate()
                .filter(|(_, k)| k.on)
                .flat_map(|(i, k)| of(&k.matches, Some(i)))
                .collect();
            all.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
            all
        }
    }
}

/// The flow of paragraphs (or sentences) that have hits; `None` where none has.
pub fn sieve(document: &Document, hits: &[Hit], sentences: bool) -> Option<Flow> {
    let mut only: Vec<Shown> = Vec::new();
    for (hit, _) in hits {
        if only.last().is_some_and(|s| hit.end <= s.span.end) {
            continue;
        }
        let Some(block) = document
            .block_at(hit.start)
            .and_then(|i| document.blocks().get(i))
        else {
            continue;
        };
        let mut span = block.span;
        if sentences {
            let start = motion::sentence_at(document, hit.start);
            let end = motion::sentence(document, hit.start, true)
                .filter(|e| *e < block.span.end)
                .unwrap_or(block.span.end);
            span = Span {
                start: start.max(block.span.start),
                end: end.max(hit.end.min(block.span.end)),
            };
        }
        match only.last_mut() {
            Some(last) if span.start <= last.span.end && sentences => {
                last.span.end = last.span.end.max(span.end)
            }
            Some(last) if span.start < last.span.end => {}
            _ => only.push(Shown { span, depth: 0 }),
        }
    }
    (!only.is_empty()).then(|| Flow {
        only: Some(Only::Listed(only)),
        gaps: true,
        ..Flow::default()
    })
}
