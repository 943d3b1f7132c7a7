//! Separates tables that lay out a page from tables of data.
//!
//! A row is layout where one of its cells holds a page: long, and of several paragraphs. Its
//! paragraphs become blocks of their own, each in the container of its cell. Every other row
//! stays a row, and the paragraphs of its cells become lines of them.

use crate::document::{BlockKind, Cell, MarkupKind};
use crate::format::draft::DraftBlock;
use crate::format::prose;
use std::ops::Range;

/// Least characters of a cell that holds a page.
const MIN_PAGE_CHARS: usize = 160;

/// Returns the paragraphs of a row that lays out a page, or `None` for data; `breaks` are the
/// bytes at which a cell or a paragraph begins, with their containers.
pub fn paragraphs<'a>(
    row: &DraftBlock<'a>,
    breaks: &[(usize, usize)],
) -> Option<Vec<DraftBlock<'a>>> {
    let is_cell = |kind: &MarkupKind| matches!(kind, MarkupKind::Cell(_));
    let mut cells = row.markup.iter().filter(|(kind, _)| is_cell(kind));
    let holds_page = |(_, cell): &(MarkupKind, Range<usize>)| {
        let mut starts = breaks.iter().map(|(at, _)| *at);
        let text = row.text.get(cell.clone()).unwrap_or_default();
        starts.any(|at| cell.start < at && at < cell.end)
            && prose::at_least(text, MIN_PAGE_CHARS)
            && prose::has_stop(text)
    };
    if !cells.any(holds_page) {
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
        let inline = row.markup.iter().filter(|(kind, _)| !is_cell(kind));
        let markup = inline.map(|(kind, r)| (kind.clone(), clip(r.start)..clip(r.end)));
        let markup = markup.filter(|(_, r)| !r.is_empty()).collect();
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

/// Returns a row of data with each line of its cells as a stretch of its own.
pub fn with_lines<'a>(mut row: DraftBlock<'a>, breaks: &[(usize, usize)]) -> DraftBlock<'a> {
    let mut markup = Vec::with_capacity(row.markup.len());
    for (kind, range) in std::mem::take(&mut row.markup) {
        let MarkupKind::Cell(cell) = kind else {
            markup.push((kind, range));
            continue;
        };
        let inside = breaks.iter().map(|(at, _)| *at);
        let inside = inside.filter(|at| range.start < *at && *at < range.end);
        let starts: Vec<usize> = std::iter::once(range.start).chain(inside).collect();
        for (i, from) in starts.iter().enumerate() {
            let to = starts.get(i + 1).copied().unwrap_or(range.end);
            let line = row.text.get(*from..to).unwrap_or_default();
            let start = from + (line.len() - line.trim_start().len());
            let goes_on = i > 0;
            let end = start + line.trim().len();
            markup.push((MarkupKind::Cell(Cell { goes_on, ..cell }), start..end));
        }
    }
    row.markup = markup;
    row
}
