//! An archive that may be a book: it opens within bounds or is refused; what opens
//! is clean text.
#![no_main]

use jingdu::format::{Ask, parse};
use jingdu::source::{book, sanitize};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(source) = book::read(data, None) {
        assert!(!source.text.chars().any(sanitize::is_hostile));
        let d = parse(&source, Ask { name: "a.epub", verbatim: false });
        assert!(d.text().chars().all(|c| c == '\n' || !sanitize::is_hostile(c)));
    }
});
