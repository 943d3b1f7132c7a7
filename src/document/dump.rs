//! The printed form of a document: stable, one line a block, for gold tests
//! and bug reports. Not for reading.

use super::{BlockKind, Document, MarkupKind};
use std::fmt::Write;

/// Prints facts, blocks with their markup, and diagnostics.
pub fn dump(document: &Document) -> String {
    let mut out = String::new();
    let meta = document.meta();
    let mut fact = |name: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            let _ = writeln!(out, "{name}: {value}");
        }
    };
    fact("title", Some(&meta.title));
    fact("title as written", meta.title_as_written.as_deref());
    fact("author", meta.author.as_deref());
    fact("editor", meta.editor.as_deref());
    fact("source", meta.source.as_deref());
    fact("date", meta.date.as_deref());
    fact("date as written", meta.date_as_written.as_deref());
    fact("tags", Some(&meta.tags.join(", ")));
    fact("format", Some(meta.format));
    fact("encoding", Some(meta.encoding));
    for block in document.blocks() {
        let _ = write!(out, "L{} {}", block.line, name(block.kind));
        if block.depth > 0 {
            let _ = write!(out, " depth {}", block.depth);
        }
        let _ = writeln!(out, " | {}", document.slice(block.span));
        for markup in document.markup_in(block.span) {
            let (kind, text) = (markup_name(&markup.kind), document.slice(markup.span));
            let _ = writeln!(out, "    {kind} {text}");
        }
    }
    for d in document.diagnostics() {
        let folded = if d.folded { " folded" } else { "" };
        let _ = writeln!(out, "! L{} {}{folded} {}", d.source_line, d.rule, d.excerpt);
    }
    out
}

/// Returns the block kind in one word.
fn name(kind: BlockKind) -> String {
    match kind {
        BlockKind::Heading(level) => format!("heading{level}"),
        other => format!("{other:?}").to_lowercase(),
    }
}

/// Returns the markup kind in one word, with a link's target.
fn markup_name(kind: &MarkupKind) -> String {
    match kind {
        MarkupKind::Cell(cell) if cell.header => "header cell".to_owned(),
        MarkupKind::Cell(cell) if cell.goes_on => "line of a cell".to_owned(),
        MarkupKind::Cell(_) => "cell".to_owned(),
        MarkupKind::Link(target) => format!("link <{target}>"),
        other => format!("{other:?}").to_lowercase(),
    }
}
