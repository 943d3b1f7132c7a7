//! A book, as a damaged archive or as a good one with anything in its files: it
//! opens within bounds or is refused; what opens is clean text.
#![no_main]

use jingdu::format::epub;
use jingdu::source::sanitize;
use libfuzzer_sys::fuzz_target;

/// The files that the parts of the input become.
const NAMES: &[&str] = &["c.opf", "nav.xhtml", "toc.ncx", "a.xhtml", "b.xhtml"];
const CONTAINER: &[u8] = br#"<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>"#;

/// The sum by which an archive knows its files.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, b| (0..8).fold(sum ^ u32::from(*b), |s: u32, _| (s >> 1) ^ (0xedb8_8320 & 0u32.wrapping_sub(s & 1))))
}

/// An archive of files that are not compressed.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut index) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let at = (out.len() as u32).to_le_bytes();
        let len = (bytes.len() as u32).to_le_bytes();
        let name_len = (name.len() as u16).to_le_bytes();
        // version, flags, method, time, date; sum and lengths; the name
        let facts = [&[10, 0, 0, 0, 0, 0, 0, 0, 33, 0], &crc(bytes).to_le_bytes()[..], &len, &len, &name_len, &[0, 0]].concat();
        out.extend([b"PK\x03\x04", &facts[..], name.as_bytes(), bytes].concat());
        index.extend([b"PK\x01\x02\x14\0", &facts[..], &[0; 10], &at, name.as_bytes()].concat());
    }
    let count = (files.len() as u16).to_le_bytes();
    let (start, len) = ((out.len() as u32).to_le_bytes(), (index.len() as u32).to_le_bytes());
    [&out[..], &index, b"PK\x05\x06\0\0\0\0", &count, &count, &len, &start, &[0, 0]].concat()
}

fuzz_target!(|data: &[u8]| {
    let packed = if data.starts_with(b"PK") {
        data.to_vec()
    } else {
        let mut files: Vec<(&str, &[u8])> = vec![("META-INF/container.xml", CONTAINER)];
        files.extend(NAMES.iter().copied().zip(data.split(|b| *b == 0xff)));
        archive(&files)
    };
    if let Ok(book) = epub::open(&packed, None) {
        assert!(!book.source.text.chars().any(sanitize::is_hostile));
        let d = book.document();
        assert!(d.text().chars().all(|c| c == '\n' || !sanitize::is_hostile(c)));
    }
});
