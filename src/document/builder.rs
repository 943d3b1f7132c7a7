//! The only way to make a [`Document`].
//!
//! 1. A format opens a block, writes text and markup into it, closes it.
//! 2. White space at a block's edges goes (indents are the layout's), a block
//!    that stays empty is dropped, line ends become blanks, and what could
//!    harm a terminal is removed once more: entities and escapes are decoded
//!    after `source` has looked.
//! 3. [`Builder::finish`] gives the document.

use super::{BlockKind, Diagnostic, Document, Markup, MarkupKind, Meta, Table};
use crate::source::sanitize;
use crate::text::{Span, WidthPolicy};
use std::ops::Range;

/// Blocks are seldom shorter, in bytes.
const BLOCK: usize = 256;

/// Builds a document block by block.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    document: Document,
    open: Option<Open>,
}

/// The block being written.
#[derive(Clone, Debug)]
struct Open {
    kind: BlockKind,
    depth: u8,
    source_line: u32,
    start: usize,
    markup: Vec<(MarkupKind, usize, Option<usize>)>,
}

impl Builder {
    /// An empty document in the making.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes room for a text of so many bytes.
    pub fn reserve(&mut self, bytes: usize) {
        self.document.text.reserve_exact(bytes);
        // room that is not used costs nothing; to grow leaves holes in memory
        self.document.blocks.reserve(bytes / BLOCK);
    }

    /// What is known beside the text; formats fill it in.
    pub fn meta(&mut self) -> &mut Meta {
        &mut self.document.meta
    }

    /// Opens a block that begins on source line `line` (from 1), closing the
    /// one before.
    pub fn open(&mut self, kind: BlockKind, depth: u8, line: usize) {
        let start = self.start();
        self.open = Some(Open {
            kind,
            depth,
            source_line: number(line),
            start,
            markup: Vec::new(),
        });
    }

    /// Where the next block begins: behind the line end that parts it from the one before.
    fn start(&mut self) -> usize {
        self.close();
        if !self.document.blocks.is_empty() {
            self.document.text.push('\n');
        }
        self.document.text.len()
    }

    /// Opens the last block once more: it goes on. Its edges are what they were.
    pub fn reopen(&mut self) {
        self.close();
        if let Some((kind, depth, source_line, start)) = self.document.blocks.pop() {
            self.open = Some(Open {
                kind,
                depth,
                source_line,
                start,
                markup: Vec::new(),
            });
        }
    }

    /// The text of the last block that is closed.
    pub fn last(&self) -> &str {
        self.document
            .blocks()
            .last()
            .map_or("", |block| self.document.slice(block.span))
    }

    /// Gives markup to the last block that is closed, by byte ranges of its text.
    pub fn mark(&mut self, markup: Vec<(MarkupKind, Range<usize>)>) {
        let start = self
            .document
            .blocks()
            .last()
            .map_or(0, |block| block.span.start.byte());
        let span = |range: Range<usize>| Span::new(start + range.start, start + range.end);
        self.document
            .markup
            .extend(markup.into_iter().map(|(kind, range)| Markup {
                kind,
                span: span(range),
            }));
    }

    /// Adds text to the open block. White space at its edges goes, but in code.
    pub fn push(&mut self, text: &str) {
        let Some(open) = &self.open else { return };
        let code = is_verbatim(open.kind);
        let blank = self.document.text.len() == open.start;
        let text = if blank && !code {
            text.trim_start()
        } else {
            text
        };
        if sanitize::is_clean_line(text) {
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

    /// The same for text of which is known that nothing has to be removed from it: it
    /// stands so in the source.
    pub fn push_clean(&mut self, text: &str) {
        if memchr::memchr2(b'\n', b'\t', text.as_bytes()).is_some() {
            return self.push(text);
        }
        let Some(open) = &self.open else { return };
        let blank = self.document.text.len() == open.start && !is_verbatim(open.kind);
        let text = if blank { text.trim_start() } else { text };
        debug_assert!(sanitize::is_clean_line(text), "{text:?}");
        self.document.text.push_str(text);
    }

    /// Begins markup at the end of what was written.
    pub fn begin(&mut self, kind: MarkupKind) {
        let at = self.document.text.len();
        if let Some(open) = &mut self.open {
            open.markup.push((kind, at, None));
        }
    }

    /// Ends the innermost open markup of the same kind.
    pub fn end(&mut self, same: impl Fn(&MarkupKind) -> bool) {
        let at = self.document.text.len();
        if let Some(open) = &mut self.open
            && let Some(found) = open
                .markup
                .iter_mut()
                .rev()
                .find(|(kind, _, end)| end.is_none() && same(kind))
        {
            found.2 = Some(at);
        }
    }

    /// Closes the open block; one without text is dropped, but for a rule.
    pub fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let text = &mut self.document.text;
        if !is_verbatim(open.kind) {
            let kept = text.trim_end().len().max(open.start);
            text.truncate(kept);
        }
        if text.len() == open.start && open.kind != BlockKind::Rule && !is_verbatim(open.kind) {
            text.truncate(open.start.saturating_sub(1));
            return;
        }
        let end = text.len();
        self.document
            .blocks
            .push(open.kind, open.depth, open.source_line, open.start);
        for (kind, from, to) in open.markup {
            let span = Span::new(from.min(end), to.unwrap_or(end).min(end));
            if !span.is_empty() || matches!(kind, MarkupKind::Cell(_)) {
                self.document.markup.push(Markup { kind, span });
            }
        }
    }

    /// A whole block at once.
    pub fn block(&mut self, kind: BlockKind, depth: u8, line: usize, text: &str) {
        self.open(kind, depth, line);
        self.push(text);
        self.close();
    }

    /// The same for text of which is known that nothing has to be removed from it.
    pub fn line(&mut self, kind: BlockKind, depth: u8, line: usize, text: &str) {
        let plain = !is_verbatim(kind)
            && !text.is_empty()
            && !text.starts_with(char::is_whitespace)
            && !text.ends_with(char::is_whitespace);
        if !plain || memchr::memchr2(b'\n', b'\t', text.as_bytes()).is_some() {
            self.open(kind, depth, line);
            self.push_clean(text);
            return self.close();
        }
        debug_assert!(sanitize::is_clean_line(text), "{text:?}");
        let start = self.start();
        self.document.text.push_str(text);
        self.document.blocks.push(kind, depth, number(line), start);
    }

    /// Reports something odd that was dealt with.
    pub fn report(&mut self, rule: &'static str, line: usize, excerpt: &str, folded: bool) {
        let excerpt = sanitize::line(excerpt.trim()).chars().take(60).collect();
        self.document.diagnostics.push(Diagnostic {
            rule,
            source_line: number(line),
            excerpt,
            folded,
        });
    }

    /// The finished document.
    pub fn finish(mut self) -> Document {
        self.close();
        // an empty cell stands before the one that begins at the same place
        self.document.markup.sort_by_key(|m| {
            (
                m.span.start,
                !m.span.is_empty(),
                std::cmp::Reverse(m.span.end),
            )
        });
        self.document.tables = tables(&self.document);
        self.document.diagnostics.sort_by_key(|d| d.source_line);
        let meta = &mut self.document.meta;
        for text in [
            &mut meta.author,
            &mut meta.editor,
            &mut meta.source,
            &mut meta.date,
            &mut meta.date_as_written,
            &mut meta.title_as_written,
        ]
        .into_iter()
        .flatten()
        {
            *text = sanitize::line(text);
        }
        meta.title = sanitize::line(&meta.title);
        meta.tags
            .iter_mut()
            .for_each(|tag| *tag = sanitize::line(tag));
        self.document
    }
}

/// A source line as it is kept.
fn number(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

/// The tables of a document: runs of rows, each from its header on.
fn tables(document: &Document) -> Vec<Table> {
    let mut found: Vec<Table> = Vec::new();
    let mut widths: Vec<usize> = Vec::new();
    for (i, block) in document
        .blocks()
        .iter()
        .enumerate()
        .filter(|(_, b)| b.kind == BlockKind::Row)
    {
        let header = document
            .cells(&block)
            .next()
            .is_some_and(|(_, cell)| cell.header);
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
        for (column, (span, _)) in document.cells(&block).enumerate() {
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

/// Whether the white space at a block's edges, and a block without text, count.
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
}
