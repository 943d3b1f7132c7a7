//! Turns bytes into text, and says which encoding they were in and how sure that
//! is.
//!
//! In this order: what the user says; a byte order mark; strict UTF-8, taken
//! without a copy; else what reads best, as [`detect`](super::detect) finds, read
//! by [`path`] and, where lines of several encodings stand together,
//! [`mixed`]. A bad sequence becomes one U+FFFD and never costs more.

use super::detect::Ranking;
pub use super::kind::{NotText, is_empty, not_text};
use super::mixed::{self, Mixed};
use super::path;
use super::scheme::{ALL, Scheme};
use encoding_rs::{Encoding, GB18030, REPLACEMENT, UTF_8, UTF_16LE};
use std::str::Utf8Error;
use std::string::FromUtf8Error;

/// What [`decode`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// The text, line ends and all as they stand in the file.
    pub text: String,
    /// The encoding's canonical name.
    pub encoding: &'static str,
    /// Whether nobody stated it: no mark, no user, not plain UTF-8.
    pub guessed: bool,
    /// How sure it is, per cent; 100 where it is stated or strict UTF-8.
    pub sure: u8,
    /// The encoding that reads best after it, where it is guessed.
    pub next: Option<&'static str>,
    /// Replacement marks in `text` that stand for bad bytes.
    pub bad_bytes: usize,
    /// Lines that were in another encoding than the rest.
    pub foreign_lines: usize,
}

/// Byte order marks.
const MARKS: &[(&[u8], Scheme)] = &[
    (b"\xef\xbb\xbf", Scheme::Utf8),
    (b"\xff\xfe", Scheme::Utf16Le),
    (b"\xfe\xff", Scheme::Utf16Be),
    (b"\x84\x31\x95\x33", Scheme::Gb),
];

/// Names that people use and the registry of the web does not have.
const ALIASES: &[(&str, &str)] = &[
    ("cp936", "gbk"),
    ("ms936", "gbk"),
    ("windows-936", "gbk"),
    ("euc-cn", "gbk"),
    ("euccn", "gbk"),
    ("gb18030-2000", "gb18030"),
    ("gb18030-2005", "gb18030"),
    ("gb18030-2022", "gb18030"),
    ("cp950", "big5"),
    ("ms950", "big5"),
    ("windows-950", "big5"),
    ("big5hkscs", "big5"),
    ("utf-8-sig", "utf-8"),
    ("utf_8", "utf-8"),
    ("utf16", "utf-16"),
    ("utf16le", "utf-16le"),
    ("utf16be", "utf-16be"),
    ("cp1252", "windows-1252"),
];

/// The encoding that a name means; none for those that hold no text of ours or
/// that a program must not decode (HZ, ISO-2022-CN, `replacement`).
fn named(name: &str) -> Option<&'static Encoding> {
    let name = name.trim().to_ascii_lowercase();
    let name = ALIASES
        .iter()
        .find(|(alias, _)| *alias == name)
        .map_or(name.as_str(), |(_, meant)| meant);
    Encoding::for_label(name.as_bytes()).filter(|e| *e != REPLACEMENT)
}

/// The canonical name of an encoding, or `None` where there is no such.
pub fn known(name: &str) -> Option<&'static str> {
    named(name).map(Encoding::name)
}

/// The scheme of the byte order mark at the head, and the mark's length.
pub(super) fn mark(bytes: &[u8]) -> Option<(Scheme, usize)> {
    MARKS
        .iter()
        .find(|(mark, _)| bytes.starts_with(mark))
        .map(|(mark, scheme)| (*scheme, mark.len()))
}

/// Decodes `bytes`; `asked` overrules everything else.
///
/// ```
/// use jingdu::source::decode::decode;
/// let gbk = decode(&[0xd6, 0xd0, 0xce, 0xc4], None);
/// assert_eq!((gbk.text.as_str(), gbk.encoding), ("中文", "GB18030"));
/// ```
pub fn decode(bytes: &[u8], asked: Option<&str>) -> Decoded {
    decode_owned(bytes.to_vec(), asked)
}

/// The same for bytes that are given away: clean UTF-8 is not copied.
pub fn decode_owned(mut bytes: Vec<u8>, asked: Option<&str>) -> Decoded {
    if let Some(encoding) = asked.and_then(named) {
        return stated(encoding, &bytes);
    }
    if let Some(text) = utf32(&bytes) {
        let bad_bytes = text.matches('\u{fffd}').count();
        return Decoded {
            text,
            encoding: "UTF-32",
            sure: 100,
            bad_bytes,
            ..Decoded::default()
        };
    }
    if let Some((scheme, len)) = mark(&bytes) {
        if scheme != Scheme::Utf8 {
            return with(scheme, bytes.get(len..).unwrap_or_default(), 100);
        }
        bytes.drain(..len);
        return match String::from_utf8(bytes) {
            Ok(text) => strict(text),
            Err(error) => Decoded {
                guessed: false,
                ..with(Scheme::Utf8, error.as_bytes(), 100)
            },
        };
    }
    if bytes.len() <= COPIED
        && let Ok(text) = simdutf8::basic::from_utf8(&bytes)
        && !is_doubtful(text)
    {
        // checked ten times faster than the library does, and copied
        return strict(text.to_owned());
    }
    match String::from_utf8(bytes) {
        Ok(text) if is_doubtful(&text) => doubtful(text),
        Ok(text) => strict(text),
        Err(error) if is_cut(error.as_bytes(), error.utf8_error()) => cut(error),
        Err(error) => guess(error.as_bytes()),
    }
}

/// The encodings that `bytes` may be in, the likeliest first.
///
/// ```
/// use jingdu::source::decode::candidates;
/// assert_eq!(candidates(b"\xd6\xd0\xce\xc4")[0], "GB18030");
/// ```
pub fn candidates(bytes: &[u8]) -> Vec<&'static str> {
    let mut out: Vec<&'static str> = Vec::new();
    out.extend(mark(bytes).map(|(scheme, _)| scheme.name()));
    if std::str::from_utf8(bytes).is_ok_and(|text| !is_doubtful(text)) {
        out.push(Scheme::Utf8.name());
    }
    out.extend(Ranking::of(bytes, FAVOUR).all().map(Scheme::name));
    out.extend(ALL.map(Scheme::name));
    let mut seen = Vec::new();
    out.retain(|name| !seen.contains(name) && (seen.push(*name), true).1);
    out
}

/// Of two that read alike, GB18030 is meant: far more is written in it.
const FAVOUR: &[(Scheme, u32)] = &[(Scheme::Gb, 2)];
/// What strict UTF-8 has in advance where it is doubtful, in bits: for its few
/// bytes beyond ASCII, and for its NUL bytes.
const STRICT: (u32, u32) = (10, 26);

/// Text with the mark of UTF-32, which the web's registry does not have; `None` where
/// it is none. A text of UTF-16 that begins with a NUL character is no such thing.
fn utf32(bytes: &[u8]) -> Option<String> {
    let order = match bytes {
        [0xff, 0xfe, 0, 0, ..] => u32::from_le_bytes,
        [0, 0, 0xfe, 0xff, ..] => u32::from_be_bytes,
        _ => return None,
    };
    let (units, rest) = bytes.get(4..)?.as_chunks::<4>();
    let text: String = units
        .iter()
        .map(|unit| char::from_u32(order(*unit)).unwrap_or('\u{fffd}'))
        .collect();
    let bad = text.chars().filter(|c| *c == '\u{fffd}').count();
    (bad * 4 <= units.len()).then(|| text + if rest.is_empty() { "" } else { "\u{fffd}" })
}

/// Up to so many bytes a copy costs less than the slower check.
const COPIED: usize = 4 << 20;

/// Text that is UTF-8 beyond doubt.
fn strict(text: String) -> Decoded {
    if let Some(read) = hz(&text) {
        return Decoded {
            text: read,
            encoding: "HZ-GB-2312",
            guessed: true,
            sure: 90,
            next: Some(UTF_8.name()),
            ..Decoded::default()
        };
    }
    Decoded {
        text,
        encoding: UTF_8.name(),
        sure: 100,
        ..Decoded::default()
    }
}

/// So few bytes beyond ASCII may look like UTF-8 by chance.
const FEW: usize = 12;

/// Whether strict UTF-8 may be something else by chance: it holds NUL bytes, as
/// UTF-16 does, or so few bytes beyond ASCII that two of GBK may look like it.
fn is_doubtful(text: &str) -> bool {
    let few = || (1..=FEW).contains(&high(text.as_bytes())) && !text.bytes().any(|b| b >= 0xe0);
    memchr::memchr(0, text.as_bytes()).is_some() || (text.len() <= 4096 && few())
}

/// Whether bytes are UTF-8 beyond doubt whose last character is cut off, as it is in
/// the head of every other long file: there is nothing to guess.
fn is_cut(bytes: &[u8], error: Utf8Error) -> bool {
    let whole = bytes.get(..error.valid_up_to()).unwrap_or_default();
    error.error_len().is_none() && high(whole) > FEW && memchr::memchr(0, whole).is_none()
}

/// Such bytes: one mark stands for the character.
fn cut(error: FromUtf8Error) -> Decoded {
    let whole = error.utf8_error().valid_up_to();
    let mut bytes = error.into_bytes();
    bytes.truncate(whole);
    let text = String::from_utf8(bytes).unwrap_or_default() + "\u{fffd}";
    Decoded {
        text,
        encoding: UTF_8.name(),
        sure: 100,
        bad_bytes: 1,
        ..Decoded::default()
    }
}

/// How many bytes are beyond ASCII; no more than one above [`FEW`] are counted.
fn high(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b >= 0x80).take(FEW + 1).count()
}

/// Text that is strict UTF-8 and may be something else.
fn doubtful(text: String) -> Decoded {
    let advance = if text.as_bytes().contains(&0) {
        STRICT.1
    } else {
        STRICT.0
    };
    let ranking = Ranking::of(text.as_bytes(), &[(Scheme::Utf8, advance)]);
    match ranking.first() {
        Scheme::Utf8 | Scheme::Latin => Decoded {
            sure: ranking.sure(),
            ..strict(text)
        },
        _ => ranked(&ranking, text.as_bytes()),
    }
}

/// Text in an encoding that nobody states.
fn guess(bytes: &[u8]) -> Decoded {
    ranked(&Ranking::of(bytes, FAVOUR), bytes)
}

/// Decodes with the best of a ranking.
fn ranked(ranking: &Ranking, bytes: &[u8]) -> Decoded {
    let read = with(ranking.first(), bytes, ranking.sure());
    // a last character that is cut off leaves UTF-8 beyond doubt
    let tail =
        read.bad_bytes == 1 && std::str::from_utf8(bytes).is_err_and(|e| e.error_len().is_none());
    if ranking.first() == Scheme::Utf8 && tail {
        return Decoded { sure: 100, ..read };
    }
    Decoded {
        guessed: true,
        next: ranking.second().map(Scheme::name),
        ..read
    }
}

/// Decodes with one of the schemes, lines of another encoding as what they are.
fn with(scheme: Scheme, bytes: &[u8], sure: u8) -> Decoded {
    let Mixed {
        mut text,
        bad,
        foreign,
    } = match scheme {
        Scheme::Utf8 => mixed::utf8(bytes),
        Scheme::Gb | Scheme::Big5 => mixed::other(scheme, bytes),
        _ => {
            let (text, bad) = path::decode(scheme, bytes);
            Mixed {
                text,
                bad,
                foreign: 0,
            }
        }
    };
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Decoded {
        text,
        encoding: scheme.name(),
        sure,
        bad_bytes: bad,
        foreign_lines: foreign,
        ..Decoded::default()
    }
}

/// Decodes with the encoding that the user says.
fn stated(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let own = mark(bytes);
    // UTF-16 without a word on its order is as its mark says
    let encoding = match own {
        Some((Scheme::Utf16Be, _)) if encoding == UTF_16LE => Scheme::Utf16Be.encoding(),
        _ => encoding,
    };
    let scheme = Scheme::of(encoding);
    let marked = own
        .filter(|(s, _)| Some(*s) == scheme)
        .map_or(0, |(_, len)| len);
    let bytes = bytes.get(marked..).unwrap_or_default();
    let (text, bad_bytes) = match scheme {
        Some(Scheme::Utf8) | None => {
            let (text, bad) = encoding.decode_without_bom_handling(bytes);
            let marks = if bad {
                text.matches('\u{fffd}').count()
            } else {
                0
            };
            (text.into_owned(), marks)
        }
        Some(scheme) => match encoding.decode_without_bom_handling(bytes) {
            // too short to say that what is stated is wrong
            (text, false) if bytes.len() <= LITTLE => (text.into_owned(), 0),
            _ => path::decode(scheme, bytes),
        },
    };
    Decoded {
        text,
        encoding: scheme.map_or(encoding.name(), Scheme::name),
        sure: 100,
        bad_bytes,
        ..Decoded::default()
    }
}

/// Bytes that read well in the stated encoding are believed where they are so few.
const LITTLE: usize = 400;

/// Text of seven bits in which GB 2312 stands between `~{` and `~}`, read as HZ;
/// `None` where it is none.
fn hz(text: &str) -> Option<String> {
    let head = text.as_bytes().get(..4096).unwrap_or(text.as_bytes());
    if !head.windows(2).any(|w| w == b"~{") || !text.is_ascii() {
        return None;
    }
    let mut out = String::new();
    for (i, part) in text.split("~{").enumerate() {
        let (chinese, plain) = part
            .split_once("~}")
            .unwrap_or((if i > 0 { part } else { "" }, if i > 0 { "" } else { part }));
        let bytes: Vec<u8> = chinese
            .bytes()
            .map(|b| if b > b' ' { b | 0x80 } else { b })
            .collect();
        let (read, bad) = GB18030.decode_without_bom_handling(&bytes);
        if bad || (i == 0 && !chinese.is_empty()) {
            return None;
        }
        out.push_str(&read);
        // ~~ is ~, and ~ at a line's end joins two lines
        out.push_str(
            &plain
                .split("~~")
                .map(|p| p.replace("~\n", ""))
                .collect::<Vec<_>>()
                .join("~"),
        );
    }
    out.contains(['的', '，', '。', '一', '是']).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::BIG5;

    #[test]
    fn a_cut_tail_costs_one_mark() {
        let cut = &"京津冀".as_bytes()[..8];
        let found = decode(cut, None);
        assert_eq!(
            (found.text.as_str(), found.encoding, found.bad_bytes),
            ("京津\u{fffd}", "UTF-8", 1)
        );
        assert!(!found.guessed && found.sure == 100);
    }

    #[test]
    fn utf_32_is_read_by_its_mark() {
        let text = "协同发展是一个系统工程。𠮷";
        for (order, mark) in [
            (u32::to_le_bytes as fn(u32) -> [u8; 4], [0xff, 0xfe, 0, 0]),
            (u32::to_be_bytes, [0, 0, 0xfe, 0xff]),
        ] {
            let bytes: Vec<u8> = mark
                .into_iter()
                .chain(text.chars().flat_map(|c| order(c as u32)))
                .collect();
            let found = decode(&bytes, None);
            assert_eq!(
                (
                    found.text.as_str(),
                    found.encoding,
                    found.guessed,
                    not_text(&bytes)
                ),
                (text, "UTF-32", false, None)
            );
        }
    }

    #[test]
    fn one_bad_byte_does_not_change_the_encoding() {
        let mut bytes = "协同发展是一个系统工程，不能急".as_bytes().to_vec();
        bytes.insert(6, 0xff);
        let found = decode(&bytes, None);
        assert_eq!((found.encoding, found.bad_bytes), ("UTF-8", 1));
    }

    #[test]
    fn what_reads_as_chinese_wins() {
        let (big5, ..) = BIG5.encode("這是一篇關於城市與鄉村的文章，說的是人們怎樣一起把路修好。");
        assert_eq!(decode(&big5, None).encoding, "Big5");
        let (gb, ..) = GB18030.encode("这是一篇关于城市与乡村的文章，说的是人们怎样一起把路修好。");
        let found = decode(&gb, None);
        assert_eq!(
            (found.encoding, found.guessed, found.sure),
            ("GB18030", true, 99)
        );
        for (bytes, name) in [
            (u16::to_le_bytes as fn(u16) -> [u8; 2], "UTF-16LE"),
            (u16::to_be_bytes, "UTF-16BE"),
        ] {
            let utf16: Vec<u8> = "这是一篇关于城市的文章。"
                .encode_utf16()
                .flat_map(bytes)
                .collect();
            assert_eq!(
                (decode(&utf16, None).encoding, not_text(&utf16)),
                (name, None)
            );
        }
    }

    #[test]
    fn what_is_not_chinese_is_not_made_chinese() {
        for (bytes, encoding, text) in [
            (b"caf\xe9 na\xefve".as_slice(), "windows-1252", "café naïve"),
            (b"He said \x93no\x94.", "windows-1252", "He said “no”."),
            (b"h\0e\0l\0l\0o\0", "UTF-16LE", "hello"),
            (b"\0h\0e\0l\0l\0o", "UTF-16BE", "hello"),
            ("é".as_bytes(), "UTF-8", "é"),
            ("Привет".as_bytes(), "UTF-8", "Привет"),
            (b"a\0b", "UTF-8", "a\0b"),
            (b"\xc1\xaa\xcd\xa8", "GB18030", "联通"),
        ] {
            let found = decode(bytes, None);
            assert_eq!((found.encoding, found.text.as_str()), (encoding, text));
        }
    }

    #[test]
    fn marks_and_users_are_believed() {
        assert_eq!(decode(b"\xff\xfe\x2d\x4e", None).text, "中");
        assert_eq!(decode(b"\x84\x31\x95\x33\xd6\xd0", None).text, "中");
        assert_eq!(decode(b"\xa4\xa4", Some("big5")).text, "中");
        assert_eq!(decode(b"\xfe\xff\x4e\x2d", Some("utf-16")).text, "中");
        assert_eq!(decode(b"\xef\xbb\xbf\xe4\xb8\xad", Some("utf8")).text, "中");
        assert_eq!(known("gbk"), Some("GBK"));
        assert_eq!(known("CP936"), Some("GBK"));
        for none in ["klingon", "hz", "hz-gb-2312", "replacement", "iso-2022-cn"] {
            assert_eq!(known(none), None, "{none}");
        }
    }

    #[test]
    fn seven_bit_text_of_old_mail_is_read() {
        let found = decode(b"From: a\n~{VPND5DNDUB#,~}ok ~~\n", None);
        assert_eq!(
            (found.encoding, found.text.as_str()),
            ("HZ-GB-2312", "From: a\n中文的文章，ok ~\n")
        );
        assert_eq!(decode(b"a ~{b", None).text, "a ~{b");
    }

    #[test]
    fn candidates_are_all_encodings_once() {
        for bytes in [
            b"".as_slice(),
            b"abc",
            b"\xd6\xd0",
            "中文".as_bytes(),
            b"\xff\xfe\x2d\x4e",
        ] {
            let found = candidates(bytes);
            assert_eq!(found.len(), 6, "{found:?}");
            assert!(found.contains(&decode(bytes, None).encoding), "{found:?}");
            assert_eq!(found[0], decode(bytes, None).encoding);
        }
    }
}
