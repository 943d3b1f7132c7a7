//! Bytes to clean text: nothing fails, nothing hostile is left, and what was
//! clean UTF-8 comes through as it is.
#![no_main]

use jingdu::source::{self, sanitize};
use libfuzzer_sys::fuzz_target;

const NAMES: &[&str] = &["utf-8", "gb18030", "big5", "utf-16le", "utf-16be", "windows-1252"];

fuzz_target!(|data: &[u8]| {
    let asked = data.first().and_then(|b| NAMES.get(usize::from(*b) % 12)).copied();
    for encoding in [None, asked] {
        let source = source::read(data, encoding);
        assert!(!source.text.chars().any(sanitize::is_hostile));
        assert!(source.text.len() <= data.len() * 3 + 16);
        let again = source::read(source.text.as_bytes(), Some("utf-8"));
        assert_eq!(again.text, source.text, "reading twice changes nothing");
    }
});
