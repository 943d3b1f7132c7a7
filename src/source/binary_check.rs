//! Detects files without text, by their first bytes: archives, pictures, programs, blanks.

use super::codec::{Codec, mark};
use super::detect::Ranking;
use super::file_kinds::{self, FileKind};
use super::{best_path, sanitize};

/// The kind of a file without text, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotText {
    /// A ZIP archive, which may be a book.
    Zip,
    /// A kind that has a name.
    Kind(&'static FileKind),
    /// Anything full of NUL bytes.
    Binary,
}

/// Bytes at the beginning that decide.
const HEAD_BYTES: usize = 8192;
/// Cost above which bytes are not text in any encoding.
const MAX_BITS_PER_BYTE: f64 = 7.0;

/// Returns the kind of a file without text.
pub fn not_text(bytes: &[u8]) -> Option<NotText> {
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    if let Some(kind) = file_kinds::kind(head) {
        return Some(NotText::Kind(kind));
    }
    if head.starts_with(b"PK\x03\x04") {
        return Some(NotText::Zip);
    }
    if head.starts_with(b"\0\0\xfe\xff") {
        // the mark of UTF-32
        return None;
    }
    #[allow(
        clippy::naive_bytecount,
        reason = "eight kilobytes, once: no need for a crate that counts faster"
    )]
    let nul = head.iter().filter(|&&b| b == 0).count();
    let wild = head.iter().filter(|&&b| is_wild(b)).count();
    let odd = nul * 20 > head.len() || wild * 50 > head.len();
    (mark(head).is_none() && odd && !reads(head)).then_some(NotText::Binary)
}

/// Recognises control bytes that are never in a text.
fn is_wild(b: u8) -> bool {
    b < 0x20 && !matches!(b, b'\n' | b'\r' | b'\t' | 0x08 | 0x0b | 0x0c | 0x1b)
}

/// Recognises text in any encoding, with or without the NUL bytes that fill a file up.
fn reads(head: &[u8]) -> bool {
    let readable = |bytes: &[u8]| {
        bytes.iter().any(|b| *b > 0x20) && Ranking::of(bytes, &[]).bits_a_byte() < MAX_BITS_PER_BYTE
    };
    let odd = head.iter().filter(|b| is_wild(**b) || **b == 0).count();
    if is_chinese_utf8(head, odd) {
        return true;
    }
    let text: Vec<u8> = head.iter().copied().filter(|b| *b != 0).collect();
    let wild = text.iter().filter(|&&b| is_wild(b)).count();
    readable(head) || (wild * 50 <= text.len() && readable(&text))
}

/// Recognises strict UTF-8 with more Han than `more_than`, which is never chance.
fn is_chinese_utf8(head: &[u8], more_than: usize) -> bool {
    let valid = match std::str::from_utf8(head) {
        Err(error) if error.error_len().is_none() => head.get(..error.valid_up_to()),
        whole => whole.is_ok().then_some(head),
    };
    let text = valid.and_then(|v| std::str::from_utf8(v).ok());
    text.unwrap_or_default()
        .chars()
        .filter(|c| *c >= '\u{2e80}')
        .count()
        > more_than
}

/// Recognises a file without text: no byte but a mark, white space, NUL.
pub fn is_empty(bytes: &[u8]) -> bool {
    let (codec, len) = mark(bytes).unwrap_or((Codec::Utf8, 0));
    let rest = bytes.get(len..).unwrap_or_default();
    if rest.iter().all(|b| matches!(b, 0 | 0x09..=0x0d | b' ')) {
        return true;
    }
    if rest.get(..HEAD_BYTES).is_some() {
        return false;
    }
    let is_blank = |c: char| {
        let has_no_width = matches!(c, '\0' | '\u{200b}'..='\u{200d}' | '\u{2060}');
        c.is_whitespace() || has_no_width || sanitize::is_hostile(c)
    };
    // nearly all files are UTF-8, and end this at their first character
    match simdutf8::basic::from_utf8(rest) {
        Ok(text) if codec == Codec::Utf8 => text.chars().all(is_blank),
        _ => best_path::decode(codec, rest).0.chars().all(is_blank),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_no_text() {
        let mut state = 1u32;
        let noise: Vec<u8> = (0..4000)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            })
            .collect();
        assert_eq!(not_text(&noise), Some(NotText::Binary));
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0";
        for (bytes, wanted) in [
            ("中文\n".as_bytes(), None),
            (b"PK\x03\x04zzz", Some(NotText::Zip)),
            (png, file_kinds::kind(png).map(NotText::Kind)),
        ] {
            assert_eq!(not_text(bytes), wanted);
        }
    }

    #[test]
    fn text_filled_up_with_nul_is_text() {
        let units = "Plain text in units of two bytes.\n".encode_utf16();
        let nul = "\0".repeat(3000);
        for filled in [
            format!("one line\nand another\n{nul}").into_bytes(),
            format!("协同发展，不能急。{nul}还有一句。").into_bytes(),
            units.flat_map(u16::to_be_bytes).collect(),
        ] {
            assert_eq!(not_text(&filled), None);
        }
    }

    #[test]
    fn text_with_every_control_character_is_text() {
        let controls: Vec<u8> = (1..32).filter(|b| *b != 10).collect();
        let text = "协同发展，不能急；先把路修好，再说别的事情。".repeat(4);
        let bytes = [text.as_bytes(), &controls].concat().repeat(2);
        assert_eq!(not_text(&bytes), None);
    }

    #[test]
    fn nothing_to_read() {
        let blanks = "|\u{202e}\u{200b}\u{200d}|\u{feff}| \n\t|\0\0\0|\u{3000}\n|\u{feff}\r\n";
        for nothing in blanks.split('|') {
            assert!(is_empty(nothing.as_bytes()), "{nothing:?}");
        }
        for nothing in [
            b"\xff\xfe".as_slice(),
            b"\xfe\xff",
            b"\xff\xfe\n\0",
            b"\xfe\xff\0 ",
            b"\x84\x31\x95\x33",
            b"\xff\xfe\x00\x30",
        ] {
            assert!(is_empty(nothing), "{nothing:?}");
        }
        for something in [b"0".as_slice(), b"\xff\xfe0\0", b"\xff", b"\0\x30"] {
            assert!(!is_empty(something), "{something:?}");
        }
    }
}
