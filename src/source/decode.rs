//! Says which encoding bytes are in, and turns them into text.
//!
//! In this order: a byte order mark; strict UTF-8 (a last character that is cut
//! off is forgiven); else whichever of UTF-8 and GB18030 reads with fewer bad
//! sequences. A bad sequence becomes one U+FFFD and never costs more.

use encoding_rs::{Encoding, GB18030, UTF_8};

/// What [`decode`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, line ends and all as they stand in the file.
    pub text: String,
    /// The encoding's canonical name.
    pub encoding: &'static str,
    /// Whether nobody stated it: no mark, no user, not plain UTF-8.
    pub guessed: bool,
    /// Replacement marks in `text` that stand for bad bytes.
    pub bad_bytes: usize,
}

/// The canonical name of an encoding, or `None` where there is no such.
#[must_use]
pub fn known(name: &str) -> Option<&'static str> {
    Encoding::for_label(name.trim().as_bytes()).map(Encoding::name)
}

/// Decodes `bytes`; `asked` overrules everything else.
///
/// ```
/// use jingdu::source::decode::decode;
/// let gbk = decode(&[0xd6, 0xd0, 0xce, 0xc4], None);
/// assert_eq!((gbk.text.as_str(), gbk.encoding), ("中文", "GB18030"));
/// ```
#[must_use]
pub fn decode(bytes: &[u8], asked: Option<&str>) -> Decoded {
    if let Some(encoding) = asked.and_then(|name| Encoding::for_label(name.trim().as_bytes())) {
        return with(encoding, bytes, false);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, bytes.get(mark..).unwrap_or_default(), false);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: text.to_owned(), encoding: UTF_8.name(), guessed: false, bad_bytes: 0 },
        Err(error) if error.error_len().is_none() => with(UTF_8, bytes, false),
        Err(_) => {
            let (utf8, gb) = (with(UTF_8, bytes, true), with(GB18030, bytes, true));
            if gb.bad_bytes < utf8.bad_bytes { gb } else { utf8 }
        }
    }
}

/// Decodes with a given encoding, without looking for a mark.
fn with(encoding: &'static Encoding, bytes: &[u8], guessed: bool) -> Decoded {
    // GBK is GB18030's own subset: one name for both
    let encoding = if encoding.name() == "GBK" { GB18030 } else { encoding };
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    let bad_bytes = if bad { text.matches('\u{fffd}').count() } else { 0 };
    // the registry writes gb18030; people write it as the standard does
    let name = if encoding == GB18030 { "GB18030" } else { encoding.name() };
    Decoded { text: text.into_owned(), encoding: name, guessed, bad_bytes }
}

/// What a file is when it is no text at all, told by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotText {
    /// A ZIP archive: EPUB, DOCX, ODT.
    Zip,
    /// A PDF document.
    Pdf,
    /// A picture, a program, a compressed file: anything full of NUL bytes.
    Binary,
}

/// Whether `bytes` are of a kind that has no text to decode.
#[must_use]
pub fn not_text(bytes: &[u8]) -> Option<NotText> {
    let head = bytes.get(..8192).unwrap_or(bytes);
    if head.starts_with(b"PK\x03\x04") {
        return Some(NotText::Zip);
    }
    if head.starts_with(b"%PDF-") {
        return Some(NotText::Pdf);
    }
    let marked = Encoding::for_bom(head).is_some();
    // eight kilobytes, once: no need for a crate that counts faster
    #[allow(clippy::naive_bytecount)]
    let nul = head.iter().filter(|&&b| b == 0).count();
    let wild = head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\n' | b'\r' | b'\t' | 0x0c | 0x1b)).count();
    (!marked && (nul * 20 > head.len() || wild * 5 > head.len())).then_some(NotText::Binary)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_tail_costs_one_mark() {
        let cut = &"京津冀".as_bytes()[..8];
        let found = decode(cut, None);
        assert_eq!((found.text.as_str(), found.encoding, found.bad_bytes), ("京津\u{fffd}", "UTF-8", 1));
    }

    #[test]
    fn one_bad_byte_does_not_change_the_encoding() {
        let mut bytes = "协同发展是一个系统工程，不能急".as_bytes().to_vec();
        bytes.insert(6, 0xff);
        let found = decode(&bytes, None);
        assert_eq!((found.encoding, found.bad_bytes), ("UTF-8", 1));
    }

    #[test]
    fn marks_and_users_are_believed() {
        assert_eq!(decode(b"\xff\xfe\x2d\x4e", None).text, "中");
        assert_eq!(decode(b"\xa4\xa4", Some("big5")).text, "中");
        assert_eq!(known("gbk"), Some("GBK"));
        assert_eq!(known("klingon"), None);
    }

    #[test]
    fn pictures_are_no_text() {
        assert_eq!(not_text(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"), Some(NotText::Binary));
        assert_eq!(not_text("中文\n".as_bytes()), None);
        assert_eq!(not_text(b"PK\x03\x04zzz"), Some(NotText::Zip));
    }
}
