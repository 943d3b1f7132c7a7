//! The document being read, its outline, and its raw source as another
//! document.

use crate::document::{BlockKind, Builder, Document, Meta};
use crate::format::{self, Ask};
use crate::outline::{Outline, outline};
use crate::source::Source;
use crate::text::Pos;
use std::sync::Arc;

/// An article as opened.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// The file's name as shown: cleaned of what could harm a terminal.
    pub name: String,
    /// Its structure.
    pub outline: Outline,
    /// 字数 of the body.
    pub length: usize,
    /// How many lines are folded away.
    pub folded: usize,
    /// The outline of what is not shown: none for the raw source.
    aside: Outline,
    document: Arc<Document>,
    source: Source,
    raw: Option<Arc<Document>>,
}

impl Article {
    /// Parses a source and finds its structure.
    #[must_use]
    pub fn new(name: &str, source: Source) -> Self {
        let document = format::parse(&source, Ask { name, ..Ask::default() });
        let name = crate::source::sanitize::line(name);
        Self {
            outline: outline(&document),
            length: document.length(),
            folded: document.folded().count(),
            document: Arc::new(document),
            source,
            name,
            raw: None,
            aside: Outline::default(),
        }
    }

    /// What is shown: the document, or the raw source while that is on.
    #[must_use]
    pub fn document(&self) -> &Document {
        self.raw.as_deref().unwrap_or(&self.document)
    }

    /// What is shown, to be looked at from another thread.
    #[must_use]
    pub fn shared(&self) -> Arc<Document> {
        Arc::clone(self.raw.as_ref().unwrap_or(&self.document))
    }

    /// What the file says beside its text; nothing while the raw source is
    /// shown, since it stands there.
    #[must_use]
    pub fn meta(&self) -> &Meta {
        self.document().meta()
    }

    /// The document's own facts, also while the raw source is shown.
    #[must_use]
    pub fn facts(&self) -> &Meta {
        self.document.meta()
    }

    /// Whether the raw source is shown.
    #[must_use]
    pub fn is_raw(&self) -> bool {
        self.raw.is_some()
    }

    /// The name to show: the title, or the file's name.
    #[must_use]
    pub fn title(&self) -> &str {
        let file = self.name.rsplit('/').next().unwrap_or(&self.name);
        if self.document.meta().title.is_empty() { file } else { &self.document.meta().title }
    }

    /// Changes between the document and its raw source; returns where `pos` of
    /// the one stands in the other. O(log n) but for the first time.
    pub fn toggle_raw(&mut self, pos: Pos) -> Pos {
        let line = self.document().block_at(pos).and_then(|i| self.document().blocks().get(i)).map_or(1, |b| b.source_line);
        self.raw = match self.raw.take() {
            Some(_) => None,
            None => Some(Arc::new(raw(&self.source))),
        };
        std::mem::swap(&mut self.outline, &mut self.aside);
        let blocks = self.document().blocks();
        let i = blocks.partition_point(|b| b.source_line < line);
        blocks.get(i).or(blocks.last()).map_or(Pos(0), |b| b.span.start)
    }
}

/// The raw source as a document: line by line as it stands, blank ones too.
fn raw(source: &Source) -> Document {
    let mut b = Builder::new();
    for (i, line) in source.text.lines().enumerate() {
        b.block(BlockKind::Source, 0, i + 1, line);
    }
    b.finish()
}
