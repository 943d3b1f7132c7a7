//! Text to document, in every format: blocks in order, markup inside the text,
//! nothing hostile in anything that is shown. The first byte says the format.
#![no_main]

use jingdu::document::Document;
use jingdu::format::{ParseOptions, parse};
use jingdu::source::{self, sanitize};
use libfuzzer_sys::fuzz_target;

fn holds(d: &Document) {
    let mut end = 0;
    for block in d.blocks() {
        assert!(block.span.start.byte() >= end && !d.slice(block.span).contains('\n'));
        end = block.span.end.byte();
    }
    assert!(end <= d.text().len());
    for m in d.markup() {
        assert!(d.text().get(m.span.range()).is_some());
    }
    assert!(d.text().chars().all(|c| c == '\n' || !sanitize::is_hostile(c)));
    let meta = d.meta();
    let texts = [&meta.author, &meta.editor, &meta.source, &meta.date, &meta.title_as_written, &meta.date_as_written];
    let shown = texts.into_iter().flatten().chain([&meta.title]).chain(&meta.tags).chain(d.diagnostics().iter().map(|d| &d.excerpt));
    for text in shown {
        assert!(!text.chars().any(|c| c == '\n' || c == '\t' || sanitize::is_hostile(c)), "{text:?}");
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((which, text)) = data.split_first() else { return };
    let name = ["a.md", "a.html", "a.txt", ""][usize::from(which % 4)];
    let options = ParseOptions {
        name,
        verbatim: which % 32 == 31,
        head: which % 8 == 5,
        ..ParseOptions::default()
    };
    holds(&parse(&source::read(text, Some("utf-8")), options));
});
