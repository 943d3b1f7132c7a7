//! Recognises lines that look like headings or points but are neither: notes, bibliographies, the title.

use super::marker;
use super::reading::Reading;
use crate::document::parts::part;
use crate::document::{Block, BlockKind};
use crate::text::{han, letter};

/// Bytes of a paragraph with which the article goes on behind notes: 40 Han.
const MIN_PARAGRAPH_BYTES: usize = 40 * 3;

/// The level of a heading without markup: below those of all headings with markup.
const LINE_LEVEL: u8 = 7;

/// Blocks above the first heading that may be the title.
const MAX_TITLE_BLOCKS: usize = 6;

/// Blocks that are searched for a second heading of the first level.
const MAX_SEARCHED_BLOCKS: usize = 2000;

/// Returns the level of the part without points that is open behind the head of a block, where
/// the one of level `open` was open before it.
pub fn part_without_points(open: Option<u8>, text: &str, block: &Block) -> Option<u8> {
    match block.kind {
        BlockKind::Heading(level) if opens_part_without_points(text) => {
            Some(open.map_or(level, |open| open.min(level)))
        }
        BlockKind::Heading(level) => open.filter(|open| level > *open),
        BlockKind::Paragraph if opens_part_without_points(text) => open.or(Some(LINE_LEVEL)),
        BlockKind::Paragraph if block.span.len() >= MIN_PARAGRAPH_BYTES => {
            open.filter(|open| *open < LINE_LEVEL)
        }
        _ => open,
    }
}

/// Returns whether a heading, its number left out, opens a part without points.
fn opens_part_without_points(text: &str) -> bool {
    let text = text.trim();
    let unnumbered = || text.get(marker::read(text, true)?.len..);
    part(text).is_some() || unnumbered().is_some_and(|text| part(text).is_some())
}

/// The title of a document as its headings repeat it.
pub struct Title<'a> {
    document: &'a Reading<'a>,
    /// The letters of the title that the facts state.
    stated: String,
    /// The index of the heading that is the title where the facts state none, or state it in
    /// another language, and its letters.
    heading: Option<(usize, String)>,
    /// The index of the first heading of level 1: those behind it are chapters, also where
    /// their names hold the title.
    first: Option<usize>,
}

impl<'a> Title<'a> {
    /// Finds the title of a document.
    pub fn of(document: &'a Reading<'a>) -> Self {
        let stated = letters(&document.title());
        let blocks = document.blocks().iter().enumerate();
        let mut firsts = blocks
            .take(MAX_SEARCHED_BLOCKS)
            .filter(|(_, block)| block.kind == BlockKind::Heading(1));
        let top = firsts.next();
        let first = top.map(|(i, _)| i);
        let only = top.filter(|_| firsts.next().is_none());
        let heading = only.map(|(i, block)| (i, letters(document.slice(block.span))));
        let heading = heading.filter(|(i, heading)| {
            let is_translated = !stated.is_empty() && is_han(&stated) != is_han(heading);
            (*i == 0 && stated.is_empty()) || (is_translated && is_above_text(document, *i))
        });
        Self {
            document,
            stated,
            heading,
            first,
        }
    }

    /// Returns whether a heading repeats the title; shortened or extended where titles are.
    pub fn is_repeated(&self, index: usize, text: &str) -> bool {
        let heading = letters(text);
        let title = self.heading.as_ref();
        if heading.is_empty()
            || title.is_some_and(|(at, title)| *at == index || *title == heading)
            || (!self.stated.is_empty() && self.stated == heading)
        {
            return true;
        }
        // 慢 and 慢从哪里来 may both be headings
        let is_alike = !self.stated.is_empty()
            && heading.chars().nth(5).is_some()
            && (self.stated.contains(&heading) || heading.contains(&self.stated));
        is_alike && (self.first == Some(index) || is_above_text(self.document, index))
    }
}

/// Returns the letters and digits of a text.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| letter::is_alphanumeric(*c));
    letters.collect()
}

/// Returns whether any character is Han.
fn is_han(text: &str) -> bool {
    text.chars().any(han::is_han)
}

/// Returns whether no sentence comes before a block, which is among the first.
fn is_above_text(document: &Reading<'_>, index: usize) -> bool {
    let mut above = document.blocks().iter().take(index);
    index < MAX_TITLE_BLOCKS && above.all(|block| !document.slice(block.span).ends_with('。'))
}
