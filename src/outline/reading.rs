//! A document as its rules read it: its text in one script, without what takes no room.
//!
//! 1. Each character becomes the simplified Han that it stands for, of the same bytes.
//! 2. Zero-width characters are left out, and the blanks of a scanner that set every Han apart.
//!    Such a text is shorter than its source: spans found in it are put back where they belong.

use super::model::Outline;
use crate::document::{Block, Document, Markup};
use crate::text::fold::{is_between_spaced_han, is_invisible};
use crate::text::han;
use crate::text::script::simplified;
use crate::text::{Pos, Span};
use std::borrow::Cow;

/// A document whose text is simplified.
///
/// The text is borrowed from the document where it is simplified, and else copied once, for as
/// long as the outline is made.
#[derive(Debug)]
pub struct Reading<'a> {
    document: &'a Document,
    text: Cow<'a, str>,
    blocks: Cow<'a, [Block]>,
    markup: Cow<'a, [Markup]>,
    gaps: Gaps,
}

impl<'a> Reading<'a> {
    /// Reads a document.
    pub fn new(document: &'a Document) -> Self {
        let gaps = Gaps::of(document.text());
        let text = simplified(document.text());
        let mut reading = Self {
            document,
            text,
            blocks: Cow::Borrowed(document.blocks()),
            markup: Cow::Borrowed(document.markup()),
            gaps,
        };
        if !reading.gaps.list.is_empty() {
            reading.close_gaps();
        }
        reading
    }

    /// Leaves out what the gaps hold, and moves blocks and markup accordingly.
    fn close_gaps(&mut self) {
        let (mut text, mut from) = (String::with_capacity(self.text.len()), 0);
        for gap in &self.gaps.list {
            text.push_str(self.text.get(from..gap.start).unwrap_or_default());
            from = gap.end;
        }
        text.push_str(self.text.get(from..).unwrap_or_default());
        let gaps = &self.gaps;
        for block in self.blocks.to_mut() {
            block.span = gaps.closed_span(block.span);
        }
        for markup in self.markup.to_mut() {
            markup.span = gaps.closed_span(markup.span);
        }
        self.text = Cow::Owned(text);
    }

    /// Puts the spans of an outline of this text where they are in the document's.
    pub fn put_back(&self, outline: &mut Outline) {
        if self.gaps.list.is_empty() {
            return;
        }
        let put = |span: &mut Span| *span = self.gaps.open_span(*span);
        for point in &mut outline.points {
            put(&mut point.marker);
            put(&mut point.label);
            put(&mut point.span);
        }
        for topic in &mut outline.topics {
            put(&mut topic.label);
            put(&mut topic.span);
        }
        for entry in &mut outline.entries {
            put(&mut entry.label);
            put(&mut entry.span);
        }
    }

    /// Returns the text, simplified.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text of a span, simplified.
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// Returns the title that the file states, simplified.
    pub fn title(&self) -> Cow<'a, str> {
        simplified(&self.document.meta().title)
    }

    /// Returns the blocks, in text order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Returns all markup, sorted by its start.
    pub fn markup(&self) -> &[Markup] {
        &self.markup
    }

    /// Returns the index of the block that holds `pos`.
    pub fn block_at(&self, pos: Pos) -> Option<usize> {
        let next = self.blocks.partition_point(|b| b.span.start <= pos);
        let first = (!self.blocks.is_empty()).then_some(0);
        next.checked_sub(1).or(first)
    }

    /// Returns the end of the text.
    pub fn end(&self) -> Pos {
        Pos::new(self.text.len())
    }
}

/// A stretch that is left out, in bytes of the source, and the bytes left out up to its end.
#[derive(Clone, Copy, Debug)]
struct Gap {
    start: usize,
    end: usize,
    closed: usize,
}

/// The stretches that are left out, in text order.
#[derive(Debug, Default)]
struct Gaps {
    list: Vec<Gap>,
}

impl Gaps {
    /// Finds what is left out of a text.
    fn of(text: &str) -> Self {
        let mut gaps = Self::default();
        let is_blank = |c: char| matches!(c, ' ' | '\u{3000}');
        for (at, c) in han::others(text) {
            let is_left_out = is_invisible(c) || is_blank(c) && is_between_spaced_han(text, at);
            if is_left_out {
                gaps.add(at, at + c.len_utf8());
            }
        }
        gaps
    }

    fn add(&mut self, start: usize, end: usize) {
        let len = end - start;
        if let Some(gap) = self.list.last_mut().filter(|gap| gap.end == start) {
            gap.end = end;
            gap.closed += len;
        } else {
            let before = self.list.last().map_or(0, |gap| gap.closed);
            let closed = before + len;
            self.list.push(Gap { start, end, closed });
        }
    }

    /// Returns the place of a byte of the source in the shorter text.
    fn closed(&self, at: usize) -> usize {
        let next = self.list.partition_point(|gap| gap.start < at);
        let last = next.checked_sub(1).and_then(|i| self.list.get(i));
        // a byte inside a gap is where the gap was
        last.map_or(at, |gap| at.max(gap.end) - gap.closed)
    }

    fn closed_span(&self, span: Span) -> Span {
        let (start, end) = (self.closed(span.start.byte()), self.closed(span.end.byte()));
        Span::new(start, end.max(start))
    }

    /// Returns the place of a byte of the shorter text in the source: of a start behind the gap
    /// that is there, of an end before it.
    fn open(&self, at: usize, is_start: bool) -> usize {
        let is_before = |gap: &Gap| {
            let place = gap.end - gap.closed;
            place < at || is_start && place == at
        };
        let next = self.list.partition_point(is_before);
        let last = next.checked_sub(1).and_then(|i| self.list.get(i));
        last.map_or(at, |gap| at + gap.closed)
    }

    fn open_span(&self, span: Span) -> Span {
        let start = self.open(span.start.byte(), true);
        let end = self.open(span.end.byte(), span.is_empty());
        Span::new(start, end.max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Builder};

    #[test]
    fn spans_are_put_back_where_they_belong() {
        let source = "甲\u{2060}，\u{200b}乙。 一 是 丙 丁";
        let mut builder = Builder::new();
        builder.block(BlockKind::Paragraph, 0, 1, source);
        let document = builder.finish();
        let reading = Reading::new(&document);
        assert_eq!(reading.text(), "甲，乙。 一是丙丁");
        for (at, c) in reading.text().char_indices() {
            let span = Span::new(at, at + c.len_utf8());
            let put = reading.gaps.open_span(span);
            assert_eq!(document.slice(put), c.to_string());
            assert_eq!(reading.gaps.closed_span(put), span);
        }
        assert_eq!(reading.blocks()[0].span.end, reading.end());
    }
}
