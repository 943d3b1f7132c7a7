//! Text to document: every format that an article comes in.

use crate::document::{BlockKind, Builder, Document};
use crate::source::Source;

/// What the reader of a file asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ask<'a> {
    /// The file's name, for a hint at its format. Content decides first.
    pub name: &'a str,
    /// Plain text as it stands: no front matter, no clean-up, no title taken.
    pub verbatim: bool,
}

/// Parses a text. Never fails: odd input leaves diagnostics in the document.
#[must_use]
pub fn parse(source: &Source, _ask: Ask<'_>) -> Document {
    let mut b = Builder::new();
    for (i, line) in source.text.lines().enumerate() {
        b.block(BlockKind::Paragraph, 0, i + 1, line);
    }
    b.finish()
}
