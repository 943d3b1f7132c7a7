//! Tells a table that lays out a page from one that holds data.
//!
//! A row is layout where one of its cells holds a page: long, and of several
//! paragraphs. Then its paragraphs stand on their own again, each in the container
//! of its cell. Everything else stays a row.

use crate::document::{BlockKind, MarkupKind};
use crate::format::draft::DraftBlock;
use crate::format::prose;

/// Length from which a cell holds a page, in characters.
const MIN_PAGE_CHARS: usize = 160;

/// The paragraphs of a row that lays out a page; `breaks` are the places in its text
/// where a cell or a paragraph begins, with their containers. `None` for data.
pub fn paragraphs<'a>(
    row: &DraftBlock<'a>,
    breaks: &[(usize, usize)],
) -> Option<Vec<DraftBlock<'a>>> {
    let is_cell = |kind: &MarkupKind| matches!(kind, MarkupKind::Cell(_));
    let long = row
        .markup
        .iter()
        .filter(|(kind, _)| is_cell(kind))
        .any(|(_, cell)| {
            let inside = breaks
                .iter()
                .filter(|(at, _)| cell.start < *at && *at < cell.end)
                .count();
            inside >= 1
                && row.text.get(cell.clone()).is_some_and(|text| {
                    prose::at_least(text, MIN_PAGE_CHARS) && prose::has_stop(text)
                })
        });
    if !long {
        return None;
    }
    let mut found = Vec::new();
    for (i, (from, container)) in breaks.iter().enumerate() {
        let to = breaks.get(i + 1).map_or(row.text.len(), |(at, _)| *at);
        let Some(piece) = row.text.get(*from..to) else {
            continue;
        };
        let text = piece.trim();
        if text.is_empty() {
            continue;
        }
        let start = from + (piece.len() - piece.trim_start().len());
        let end = start + text.len();
        let clip = |at: usize| at.clamp(start, end) - start;
        let mine = row
            .markup
            .iter()
            .filter(|(kind, _)| !is_cell(kind))
            .map(|(kind, r)| (kind.clone(), clip(r.start)..clip(r.end)));
        let markup = mine.filter(|(_, r)| !r.is_empty()).collect();
        found.push(DraftBlock {
            kind: BlockKind::Paragraph,
            text: text.to_owned().into(),
            markup,
            container: *container,
            ..row.clone()
        });
    }
    Some(found)
}
