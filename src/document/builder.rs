//! The only way to make a [`Document`].
//!
//! 1. A format opens a block, writes text and markup into it, closes it.
//! 2. White space at a block's edges goes (indents are the layout's), a block
//!    that stays empty is dropped, line ends become blanks, and what could
//!    harm a terminal is removed once more: entities and escapes are decoded
//!    after `source` has looked.
//! 3. A rule is written when a block follows it: at either end of a text, or beside
//!    another rule, it divides nothing.
//! 4. [`Builder::finish`] gives the document. Markup and diagnostics are limited,
//!    text never is.

use super::{
    Block, BlockKind, Diagnostic, Document, MARKUP_GROUP, Markup, MarkupKind, Meta, Table,
};
use crate::source::sanitize;
use crate::text::{Span, WidthPolicy};

/// Most diagnostics of a document.
pub const MAX_DIAGNOSTICS: usize = 100_000;
/// Most stretches of markup of a document: those of twenty long books.
pub const MAX_MARKUP: usize = 1_000_000;
/// Rules that speak of the whole file, and are reported beyond the limit as well.
const ALWAYS_REPORTED: [&str; 3] = ["input-limit", "not-listed", "markup-limit"];

/// Builds a document block by block.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    document: Document,
    /// The block being written, and its markup with where it begins and ends.
    open: Option<Block>,
    open_markup: Vec<(MarkupKind, usize, Option<usize>)>,
    /// Depth and source line of a rule that waits for the block behind it.
    rule: Option<(u8, usize)>,
    /// Stretches of markup that were asked for.
    markup: usize,
    /// Diagnostics that were reported, also those beyond the limit.
    reports: usize,
}

impl Builder {
    /// Returns a builder of an empty document.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reserves room for a text of that many bytes.
    pub fn reserve(&mut self, bytes: usize) {
        self.document.text.reserve_exact(bytes);
    }

    /// Returns the facts beside the text; formats fill them in.
    pub fn meta(&mut self) -> &mut Meta {
        &mut self.document.meta
    }

    /// Opens a block that begins on source line `line` (from 1), closing the
    /// one before.
    pub fn open(&mut self, kind: BlockKind, depth: u8, line: usize) {
        self.close();
        if kind == BlockKind::Rule {
            self.rule = (!self.document.blocks.is_empty()).then_some((depth, line));
            return;
        }
        if let Some((depth, line)) = self.rule.take() {
            self.begin_block(BlockKind::Rule, depth, line);
            self.close();
        }
        self.begin_block(kind, depth, line);
    }

    fn begin_block(&mut self, kind: BlockKind, depth: u8, line: usize) {
        if !self.document.blocks.is_empty() {
            self.document.text.push('\n');
        }
        self.open = Some(Block {
            kind,
            span: Span::at(self.document.end()),
            depth,
            line: line_number(line),
        });
    }

    /// Adds text to the open block. White space at its edges goes, but in code.
    pub fn push(&mut self, text: &str) {
        self.write(text, sanitize::is_clean_line(text));
    }

    /// Adds text of a [`Source`](crate::source::Source), which is clean.
    pub fn push_source(&mut self, text: &str) {
        self.write(text, sanitize::is_line(text));
    }

    fn write(&mut self, text: &str, is_clean: bool) {
        let Some(open) = &self.open else { return };
        let at_start = self.document.end() == open.span.start;
        let trims = at_start && !is_verbatim(open.kind);
        let text = if trims { text.trim_start() } else { text };
        if is_clean {
            self.document.text.push_str(text);
            return;
        }
        for c in text.chars() {
            match c {
                '\n' | '\r' => self.document.text.push(' '),
                '\t' => self.document.text.push_str("    "),
                _ if c.is_control() || sanitize::is_hostile(c) => {}
                _ => self.document.text.push(c),
            }
        }
    }

    /// Counts markup that is to be written; false where it goes beyond the limit.
    pub fn admits_markup(&mut self, count: usize) -> bool {
        self.markup += count;
        self.markup <= MAX_MARKUP
    }

    /// Begins markup at the end of what was written.
    pub fn begin(&mut self, kind: MarkupKind) {
        if self.open.is_some() {
            let at = self.document.text.len();
            self.open_markup.push((kind, at, None));
        }
    }

    /// Ends the innermost open markup of the same kind.
    pub fn end(&mut self, same: impl Fn(&MarkupKind) -> bool) {
        let at = self.document.text.len();
        let begun = self.open_markup.iter_mut().rev();
        let mut begun = begun.filter(|(kind, _, end)| end.is_none() && same(kind));
        if let Some((_, _, end)) = begun.next() {
            *end = Some(at);
        }
    }

    /// Closes the open block; one without text is dropped, but for a rule.
    pub fn close(&mut self) {
        let Some(mut block) = self.open.take() else {
            return;
        };
        let markup = std::mem::take(&mut self.open_markup);
        let (text, start) = (&mut self.document.text, block.span.start.byte());
        if !is_verbatim(block.kind) {
            let trimmed = text.trim_end().len().max(start);
            text.truncate(trimmed);
        }
        if text.len() == start && block.kind != BlockKind::Rule && !is_verbatim(block.kind) {
            text.truncate(start.saturating_sub(1));
            return;
        }
        let end = text.len();
        block.span = Span::new(start, end);
        self.document.blocks.push(block);
        for (kind, from, to) in markup {
            let span = Span::new(from.min(end), to.unwrap_or(end).min(end));
            if !span.is_empty() || matches!(kind, MarkupKind::Cell(_)) {
                self.document.markup.push(Markup { kind, span });
            }
        }
    }

    /// Adds a whole block at once.
    pub fn block(&mut self, kind: BlockKind, depth: u8, line: usize, text: &str) {
        self.open(kind, depth, line);
        self.push(text);
        self.close();
    }

    /// Adds a line that a rule of clean-up folded, and reports it.
    pub fn fold(&mut self, rule: &'static str, line: usize, text: &str) {
        self.close();
        let reported = self.document.diagnostics.len();
        self.report(rule, line, text, true);
        let before = self.document.blocks.len();
        // a rule that waits belongs to the text behind the fold
        self.begin_block(BlockKind::Folded, 0, line);
        self.push(text);
        self.close();
        if let Some(block) = self.document.blocks.get(before) {
            super::folds::add(&mut self.document.folds, before, rule);
            if let Some(diagnostic) = self.document.diagnostics.get_mut(reported) {
                diagnostic.span = Some(block.span);
            }
        }
    }

    /// Returns whether nothing was written yet.
    pub fn is_empty(&self) -> bool {
        self.document.blocks.is_empty() && self.open.is_none()
    }

    /// Reports something odd that was dealt with.
    pub fn report(&mut self, rule: &'static str, line: usize, excerpt: &str, folded: bool) {
        self.reports += 1;
        if self.reports > MAX_DIAGNOSTICS && !ALWAYS_REPORTED.contains(&rule) {
            return;
        }
        let excerpt = sanitize::line(excerpt.trim()).chars().take(60).collect();
        self.document.diagnostics.push(Diagnostic {
            rule,
            source_line: line_number(line),
            excerpt,
            folded,
            span: None,
        });
    }

    /// Names the rules that say which limits were passed.
    pub fn passed_limits(&self) -> impl Iterator<Item = &'static str> + use<> {
        let unlisted = self.reports > MAX_DIAGNOSTICS;
        let unmarked = self.markup > MAX_MARKUP;
        let limits = [(unlisted, "not-listed"), (unmarked, "markup-limit")].into_iter();
        limits.filter_map(|(passed, rule)| passed.then_some(rule))
    }

    /// Returns the finished document.
    pub fn finish(mut self) -> Document {
        self.close();
        // an empty cell comes before the one that begins at the same place
        self.document.markup.sort_by_key(|m| {
            let Span { start, end } = m.span;
            (start, start < end, std::cmp::Reverse(end))
        });
        let ends = |group: &[Markup]| group.iter().map(|m| m.span.end).max();
        let groups = self.document.markup.chunks(MARKUP_GROUP);
        self.document.markup_ends = groups.filter_map(ends).collect();
        self.document.tables = tables(&self.document);
        self.document.unnumbered = super::paragraphs::unnumbered(&self.document.blocks);
        self.document.diagnostics.sort_by_key(|d| d.source_line);
        let meta = &mut self.document.meta;
        let people = [&mut meta.author, &mut meta.editor, &mut meta.source];
        let dates = [&mut meta.date, &mut meta.date_as_written];
        let texts = people.into_iter().chain(dates).flatten();
        let titles = meta.title_as_written.iter_mut().chain([&mut meta.title]);
        for text in texts.chain(titles).chain(&mut meta.tags) {
            *text = sanitize::line(text);
        }
        self.document
    }
}

/// Returns a source line as a document keeps it.
fn line_number(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

/// Returns the tables of a document: runs of rows, each from its header on.
fn tables(document: &Document) -> Vec<Table> {
    let mut found: Vec<Table> = Vec::new();
    let mut widths: Vec<usize> = Vec::new();
    let blocks = document.blocks().iter().enumerate();
    for (i, block) in blocks.filter(|(_, b)| b.kind == BlockKind::Row) {
        let mut cells = document.cells(block);
        let header = cells.next().is_some_and(|(_, cell)| cell.header);
        let goes_on = !header && found.last().is_some_and(|t| t.end == i);
        if !goes_on {
            found.push(Table {
                first: i,
                end: i,
                widest: Vec::new(),
            });
            widths.clear();
        }
        let Some(table) = found.last_mut() else {
            continue;
        };
        table.end = i + 1;
        let mut columns = 0;
        for (span, cell) in document.cells(block) {
            columns += usize::from(!cell.goes_on || columns == 0);
            let column = columns - 1;
            let cells = WidthPolicy::NARROW.text(document.slice(span));
            match widths.get_mut(column) {
                Some(most) if *most >= cells => {}
                Some(most) => (*most, table.widest[column]) = (cells, span),
                None => {
                    widths.push(cells);
                    table.widest.push(span);
                }
            }
        }
    }
    found
}

/// Returns true for blocks whose white space at the edges is kept, and that may be empty.
fn is_verbatim(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Code | BlockKind::Source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_joined_by_one_line_end() {
        let mut b = Builder::new();
        b.block(BlockKind::Paragraph, 0, 1, "　　甲\n乙 ");
        b.block(BlockKind::Paragraph, 0, 2, "   ");
        b.block(BlockKind::Paragraph, 0, 3, "丙\u{1b}[2J");
        let d = b.finish();
        assert_eq!(d.text(), "甲 乙\n丙[2J");
        assert_eq!(d.blocks().len(), 2);
        for block in d.blocks() {
            assert!(!d.slice(block.span).contains('\n'));
        }
    }

    #[test]
    fn markup_covers_what_was_written_inside() {
        let mut b = Builder::new();
        b.open(BlockKind::Paragraph, 0, 1);
        b.push("这是");
        b.begin(MarkupKind::Strong);
        b.push("重点");
        b.end(|k| *k == MarkupKind::Strong);
        b.push("。");
        let d = b.finish();
        assert_eq!(d.slice(d.markup()[0].span), "重点");
    }

    #[test]
    fn markup_is_looked_for_near_a_place_alone() {
        let mut b = Builder::new();
        b.open(BlockKind::Paragraph, 0, 1);
        b.begin(MarkupKind::Emphasis);
        for i in 0..3000 {
            b.begin(MarkupKind::Strong);
            b.push("重");
            b.end(|k| *k == MarkupKind::Strong);
            b.push("点，");
            if i == 10 {
                b.end(|k| *k == MarkupKind::Emphasis);
            }
        }
        b.close();
        let d = b.finish();
        for start in (0..27_000).step_by(271) {
            let span = Span::new(start, start + 30);
            let all = d.markup().iter().filter(|m| m.span.overlaps(span));
            assert!(d.markup_in(span).eq(all), "{start}");
            assert!(d.markup_near(span).count() <= 3, "{start}");
        }
    }
}
