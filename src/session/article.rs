//! The document being read, its outline, and its raw source as another document.

use super::file_state::FileState;
use crate::document::{BlockKind, Builder, Document, MarkupKind, Meta};
use crate::format;
use crate::format::ParseOptions;
use crate::layout::Flow;
use crate::outline::{Outline, outline};
use crate::source::Source;
use crate::text::{Pos, Span};
use std::collections::HashMap;
use std::sync::Arc;

/// An article as opened.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// The file's name as shown: without characters that could harm a terminal.
    pub name: String,
    /// Its structure.
    pub outline: Arc<Outline>,
    /// 字数 of the body.
    pub length: usize,
    /// The number of lines that are folded away.
    pub folded: usize,
    /// The state of its file.
    pub file: FileState,
    /// The outline of the hidden one of document and raw source; the latter has none.
    aside: Arc<Outline>,
    /// Markers of points, which stay on a row with the text after them.
    markers: Arc<[Span]>,
    /// Blocks of notes, by their number.
    notes: HashMap<String, Vec<usize>>,
    document: Arc<Document>,
    source: Option<Source>,
    raw: Option<Arc<Document>>,
    /// The raw source of a long article until it is shown.
    spare: Option<Arc<Document>>,
}

impl Article {
    /// Parses a source and finds its structure.
    pub fn new(name: &str, source: Source) -> Self {
        let options = ParseOptions {
            name,
            ..ParseOptions::default()
        };
        let document = format::parse(&source, options);
        Self::of(name, document, Some(source))
    }

    /// Creates an article of a document that was parsed already; of a long one the source is
    /// not kept.
    pub fn of(name: &str, document: Document, source: Option<Source>) -> Self {
        let name = crate::source::sanitize::line(name);
        let outline = Arc::new(outline(&document));
        Self {
            markers: outline.points.iter().map(|p| p.marker).collect(),
            notes: notes(&document),
            outline,
            length: document.length(),
            folded: document.folded().count(),
            document: Arc::new(document),
            source,
            name,
            raw: None,
            spare: None,
            file: FileState::default(),
            aside: Arc::default(),
        }
    }

    /// Creates an article of which nothing has come yet.
    pub fn coming(name: &str) -> Self {
        let mut article = Self::of(name, Document::default(), None);
        article.file.is_head = true;
        article
    }

    /// Returns the shown text: the document, or the raw source while that is on.
    pub fn document(&self) -> &Document {
        self.raw.as_deref().unwrap_or(&self.document)
    }

    /// Returns the shown text, to be read from another thread.
    pub fn shared(&self) -> Arc<Document> {
        Arc::clone(self.raw.as_ref().unwrap_or(&self.document))
    }

    /// Returns the facts of the shown text; the raw source has none.
    pub fn meta(&self) -> &Meta {
        self.document().meta()
    }

    /// Returns the flow of the whole text: markers of points stay with the text after them.
    pub fn flow(&self) -> Flow {
        let mut flow = Flow::default();
        if !self.is_raw() {
            flow.bound = Arc::clone(&self.markers);
        }
        flow
    }

    /// Returns the document's own facts, also while the raw source is shown.
    pub fn facts(&self) -> &Meta {
        self.document.meta()
    }

    /// Returns whether the raw source is at hand.
    pub fn has_source(&self) -> bool {
        self.source.is_some() || self.spare.is_some()
    }

    /// Takes its raw source, which was not kept, as a document.
    pub(crate) fn set_raw(&mut self, raw: Document) {
        self.spare = Some(Arc::new(raw));
    }

    /// Returns whether the raw source is shown.
    pub fn is_raw(&self) -> bool {
        self.raw.is_some()
    }

    /// Returns whether its lines are shown as they are: the raw source, or text for a terminal.
    pub(crate) fn keeps_lines(&self) -> bool {
        let first = self.document().blocks().first();
        first.is_some_and(|b| b.kind == BlockKind::Source)
    }

    /// Returns the name to show: the title, or the file's name.
    pub fn title(&self) -> &str {
        let file = || self.name.rsplit('/').next().unwrap_or(&self.name);
        match self.document.meta().title.as_str() {
            "" => file(),
            title => title,
        }
    }

    /// Returns whether it has a title of its own.
    pub(crate) fn has_title(&self) -> bool {
        !self.document.meta().title.is_empty()
    }

    /// Changes between the document and its raw source; returns the position in the one that
    /// corresponds to `pos` in the other. O(log n) but for the first time.
    pub(crate) fn toggle_raw(&mut self, pos: Pos) -> Pos {
        let document = self.document();
        let block = document.block_at(pos).map(|i| &document.blocks()[i]);
        let line = block.map_or(1, |b| b.line);
        // the raw source of a long article is read again rather than kept
        self.raw = match (self.raw.take(), self.spare.take()) {
            (None, None) => self.source.as_ref().map(|source| Arc::new(raw(source))),
            (_, spare) => spare,
        };
        std::mem::swap(&mut self.outline, &mut self.aside);
        let (document, blocks) = (self.document(), self.document().blocks());
        let block = blocks.get(document.blocks_before_line(line));
        block.or(blocks.last()).map_or(Pos(0), |b| b.span.start)
    }

    /// Returns the notes whose marks are in `span`, each once, as block indexes: of several
    /// with one number, the next below its mark.
    pub(crate) fn notes_of(&self, span: Span) -> Vec<usize> {
        let document = self.document();
        let mut found = Vec::new();
        if self.is_raw() {
            return found;
        }
        let markup = document.markup_in(span);
        for mark in markup.filter(|m| m.kind == MarkupKind::NoteMark) {
            let at = document.block_at(mark.span.start).unwrap_or_default();
            let all = self.notes.get(number(document.slice(mark.span)));
            let below = |all: &Vec<usize>| all.get(all.partition_point(|b| *b <= at)).copied();
            let note = all.and_then(|all| below(all).or(all.last().copied()));
            found.extend(note.filter(|n| *n != at && !found.contains(n)));
        }
        found
    }
}

/// Returns the blocks of notes by their number: `[3]` and `③` are two numbers.
fn notes(document: &Document) -> HashMap<String, Vec<usize>> {
    let mut all: HashMap<String, Vec<usize>> = HashMap::new();
    let blocks = document.blocks().iter().enumerate();
    for (i, block) in blocks.filter(|(_, b)| b.kind == BlockKind::Note) {
        let text = document.slice(block.span);
        let end = match text.chars().next() {
            Some('[' | '〔' | '［' | '(' | '（') => {
                text.find([']', '〕', '］', ')', '）']).unwrap_or(0)
            }
            Some('①'..='⑳' | '⓪' | '㉑'..='㉟' | '㊱'..='㊿') => {
                text.chars().next().map_or(0, char::len_utf8)
            }
            _ => text.find(|c: char| !c.is_ascii_digit()).unwrap_or(0),
        };
        let key = number(text.get(..end).unwrap_or_default());
        if !key.is_empty() && key.len() <= 12 {
            all.entry(key.to_owned()).or_default().push(i);
        }
    }
    all
}

/// Returns the number of a note without its brackets.
fn number(mark: &str) -> &str {
    mark.trim_matches(|c: char| "[]〔〕［］()（）^ ".contains(c))
}

/// Returns the raw source as a document: every line unchanged, blank ones too.
pub fn raw(source: &Source) -> Document {
    let mut b = Builder::new();
    for (i, line) in source.text.lines().enumerate() {
        b.block(BlockKind::Source, 0, i + 1, line);
    }
    b.finish()
}
