//! What is typed to be found: any query on any text ends, and its hits are sorted,
//! disjoint, whole characters.
#![no_main]

use jingdu::search::Query;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let (typed, text) = text.split_once('\n').unwrap_or((&text, "京津冀协同发展，體制機制。"));
    if let Some(query) = Query::new(typed) {
        let found = query.find(text);
        let mut end = 0;
        for span in &found.spans {
            assert!(span.start.byte() >= end && text.get(span.range()).is_some());
            end = span.end.byte();
        }
    }
});
