//! A document as its rules read it: its text in one script.

use crate::document::{Block, Document, Markup};
use crate::text::script::simplified;
use crate::text::{Pos, Span};
use std::borrow::Cow;

/// A document whose text is simplified. Each character takes the bytes that it takes in the
/// source, so that spans of the one are spans of the other.
///
/// The text is borrowed from the document where it is simplified, and else copied once, for as
/// long as the outline is made.
#[derive(Debug)]
pub struct Reading<'a> {
    document: &'a Document,
    text: Cow<'a, str>,
}

impl<'a> Reading<'a> {
    /// Reads a document.
    pub fn new(document: &'a Document) -> Self {
        let text = simplified(document.text());
        Self { document, text }
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
    pub fn blocks(&self) -> &'a [Block] {
        self.document.blocks()
    }

    /// Returns all markup, sorted by its start.
    pub fn markup(&self) -> &'a [Markup] {
        self.document.markup()
    }

    /// Returns the index of the block that holds `pos`.
    pub fn block_at(&self, pos: Pos) -> Option<usize> {
        self.document.block_at(pos)
    }

    /// Returns the end of the text.
    pub fn end(&self) -> Pos {
        self.document.end()
    }
}
