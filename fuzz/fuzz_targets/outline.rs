//! How an article argues: points and entries stand in the text and in each other.
#![no_main]

use jingdu::format::{ParseOptions, parse};
use jingdu::outline::outline;
use jingdu::source;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let name = if data.len() % 2 == 0 { "a.md" } else { "a.txt" };
    let d = parse(&source::read(data, Some("utf-8")), ParseOptions { name, ..ParseOptions::default() });
    let found = outline(&d);
    let inside = |span: jingdu::text::Span| assert!(d.text().get(span.range()).is_some());
    for (i, p) in found.points.iter().enumerate() {
        for span in [p.span, p.label, p.marker] {
            inside(span);
        }
        assert!(p.level >= 1 && p.parent.is_none_or(|parent| parent.get() < i));
    }
    for e in &found.entries {
        inside(e.span);
        inside(e.label);
    }
});
