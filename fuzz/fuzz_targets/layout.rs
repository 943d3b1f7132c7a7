//! Rows: they cover their piece without gap or overlap, and none is wider than
//! the measure and its gutter, whatever the text and the width.
#![no_main]

use jingdu::format::{ParseOptions, parse};
use jingdu::layout::{Face, Flow, Measure};
use jingdu::source;
use jingdu::text::{Pos, WidthPolicy};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let (&[a, b], text) = data.split_at_checked(2).and_then(|(h, t)| Some((<&[u8; 2]>::try_from(h).ok()?, t))).unwrap_or((&[40, 0], data));
    let widths = if b & 1 == 0 { WidthPolicy::NARROW } else { WidthPolicy::WIDE };
    let face = Face { wide_quotes: b & 2 != 0, ..Face::plain(widths) };
    let measure = Measure::fitted(usize::from(a).max(1), 72, b & 4 != 0, b & 8 != 0, face);
    let d = parse(&source::read(text, Some("utf-8")), ParseOptions { name: "a.md", verbatim: b & 16 != 0, ..ParseOptions::default() });
    let flow = Flow::default();
    let mut piece = flow.segment_at(&d, Pos(0));
    let mut from = 0;
    while let Some(p) = piece {
        assert!(p.span.start.byte() >= from);
        from = p.span.end.byte();
        let rows = flow.rows(&d, &p, &measure);
        assert!(!rows.is_empty());
        for pair in rows.windows(2) {
            assert!(pair[0].span.start <= pair[1].span.start);
        }
        piece = flow.next(&d, &p);
    }
});
