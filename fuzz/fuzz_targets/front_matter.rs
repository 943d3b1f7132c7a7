//! The facts at the head, in all three forms and broken in every way: they are
//! one clean line each, and the body comes through.
#![no_main]

use jingdu::format::{ParseOptions, parse};
use jingdu::source::{self, sanitize};
use libfuzzer_sys::fuzz_target;

const BODY: &str = "正文的第一段说的是这件事。\n\n正文的第二段说的是那件事。\n";

fuzz_target!(|data: &[u8]| {
    let Some((form, entries)) = data.split_first() else { return };
    let entries = String::from_utf8_lossy(entries);
    let (open, close) = [("---\n", "\n---\n"), ("+++\n", "\n+++\n"), ("{", "}\n"), ("", "\n---\n")][usize::from(form % 4)];
    let text = format!("{open}{entries}{close}\n{BODY}");
    let d = parse(&source::read(text.as_bytes(), Some("utf-8")), ParseOptions { name: "a.md", ..ParseOptions::default() });
    let meta = d.meta();
    let texts = [&meta.author, &meta.editor, &meta.source, &meta.date, &meta.title_as_written, &meta.date_as_written];
    for text in texts.into_iter().flatten().chain([&meta.title]).chain(&meta.tags) {
        assert!(!text.chars().any(|c| c == '\n' || c == '\t' || sanitize::is_hostile(c)), "{text:?}");
    }
});
