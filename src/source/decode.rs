//! Decodes bytes to text, and says which encoding they were in and how sure that is.
//!
//! In this order: the user's word; a byte order mark; strict UTF-8, which is not copied;
//! else the encoding that [`detect`](super::detect) ranks first, decoded by [`best_path`]
//! and, where lines have several encodings, by [`per_line`]. A bad sequence becomes one
//! U+FFFD and never costs more.

use super::best_path;
pub use super::binary_check::{NotText, is_empty, not_text};
use super::codec::{Codec, mark};
use super::detect::Ranking;
pub use super::file_kinds::FileKind;
use super::per_line::{self, MixedText};
use encoding_rs::{Encoding, GB18030, REPLACEMENT, UTF_8, UTF_16LE};
use std::str::Utf8Error;
use std::string::FromUtf8Error;

/// The text of a file, and facts about its encoding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// From [`read`](super::read) on, line ends are `\n`, and no control or bidi character
    /// is left.
    pub text: String,
    /// The encoding's canonical name, as `--encoding` takes it: `UTF-8`, `GB18030`, …
    pub encoding: &'static str,
    /// The encoding was guessed: not stated by a mark or the user, not strict UTF-8.
    pub guessed: bool,
    /// The certainty of the encoding, per cent; 100 where it is not guessed.
    pub sure: u8,
    /// The encoding that reads best after it, where it is guessed.
    pub next: Option<&'static str>,
    /// The number of U+FFFD that stand for bad bytes.
    pub bad_bytes: usize,
    /// The number of lines in another encoding.
    pub foreign_lines: usize,
    /// The number of control, escape and bidi characters that were removed.
    pub removed: usize,
    /// The file is longer than the text.
    pub cut: bool,
    /// It was set for a terminal: colours, overstrikes.
    pub typed: bool,
}

impl Source {
    /// Returns a text whose encoding is not guessed.
    fn certain(text: String, encoding: &'static str, bad_bytes: usize) -> Self {
        Self {
            text,
            encoding,
            sure: 100,
            bad_bytes,
            ..Self::default()
        }
    }
}

/// Labels of the web's registry, with other names of the same encoding.
const ALIASES: &[(&str, &str)] = &[
    ("gbk", "cp936 ms936 windows-936 euc-cn euccn"),
    ("gb18030", "gb18030-2000 gb18030-2005 gb18030-2022"),
    ("big5", "cp950 ms950 windows-950 big5hkscs"),
    ("utf-8", "utf-8-sig utf_8"),
    ("utf-16", "utf16"),
    ("utf-16le", "utf16le"),
    ("utf-16be", "utf16be"),
    ("windows-1252", "cp1252"),
];

/// Returns the encoding of that name, but for those that a program must not decode (HZ,
/// ISO-2022-CN, `replacement`).
fn named(name: &str) -> Option<&'static Encoding> {
    let name = name.trim().to_ascii_lowercase();
    let is_known = |aliases: &str| aliases.split_whitespace().any(|alias| alias == name);
    let alias = ALIASES.iter().find(|(_, aliases)| is_known(aliases));
    let name = alias.map_or(name.as_str(), |(label, _)| label);
    Encoding::for_label(name.as_bytes()).filter(|e| *e != REPLACEMENT)
}

/// Returns the canonical name of an encoding, or `None` where it is unknown.
pub fn known(name: &str) -> Option<&'static str> {
    named(name).map(Encoding::name)
}

/// Decodes `bytes`; `asked` overrules everything else.
///
/// ```
/// use jingdu::source::decode::decode;
/// let gbk = decode(&[0xd6, 0xd0, 0xce, 0xc4], None);
/// assert_eq!((gbk.text.as_str(), gbk.encoding), ("中文", "GB18030"));
/// ```
pub fn decode(bytes: &[u8], asked: Option<&str>) -> Source {
    decode_owned(bytes.to_vec(), asked)
}

/// Decodes owned bytes: clean UTF-8 is not copied.
pub fn decode_owned(mut bytes: Vec<u8>, asked: Option<&str>) -> Source {
    if let Some(encoding) = asked.and_then(named) {
        return stated(encoding, &bytes);
    }
    if let Some(text) = utf32(&bytes) {
        let bad_bytes = text.matches('\u{fffd}').count();
        return Source::certain(text, "UTF-32", bad_bytes);
    }
    if let Some((codec, len)) = mark(&bytes) {
        if codec != Codec::Utf8 {
            return with(codec, bytes.get(len..).unwrap_or_default(), 100);
        }
        bytes.drain(..len);
        return match String::from_utf8(bytes) {
            Ok(text) => strict(text),
            Err(error) => with(Codec::Utf8, error.as_bytes(), 100),
        };
    }
    if bytes.len() <= MAX_COPIED_BYTES
        && let Some(text) = utf8(&bytes)
        && !is_doubtful(text)
    {
        // checked ten times faster than by the standard library, and copied
        return strict(text.to_owned());
    }
    match String::from_utf8(bytes) {
        Ok(text) if is_doubtful(&text) => doubtful(text),
        Ok(text) => strict(text),
        Err(error) if is_cut(error.as_bytes(), error.utf8_error()) => cut(error),
        Err(error) => guess(error.as_bytes()),
    }
}

/// Bits taken off the cost of GB18030: far more is written in it.
const BONUS: &[(Codec, u32)] = &[(Codec::Gb, 2)];
/// Bits taken off the cost of strict UTF-8 that is doubtful for its few bytes beyond ASCII.
const FEW_HIGH_BONUS: u32 = 10;
/// The same for its NUL bytes.
const NUL_BONUS: u32 = 26;

/// Decodes a text with the mark of UTF-32, which the web's registry does not have; `None`
/// for other texts, such as UTF-16 that begins with a NUL character.
fn utf32(bytes: &[u8]) -> Option<String> {
    let order = match bytes {
        [0xff, 0xfe, 0, 0, ..] => u32::from_le_bytes,
        [0, 0, 0xfe, 0xff, ..] => u32::from_be_bytes,
        _ => return None,
    };
    let (units, rest) = bytes.get(4..)?.as_chunks::<4>();
    let char_of = |unit: &[u8; 4]| char::from_u32(order(*unit)).unwrap_or('\u{fffd}');
    let text: String = units.iter().map(char_of).collect();
    let bad = text.chars().filter(|c| *c == '\u{fffd}').count();
    (bad * 4 <= units.len()).then(|| text + if rest.is_empty() { "" } else { "\u{fffd}" })
}

/// Bytes up to which a copy costs less than the slower check.
const MAX_COPIED_BYTES: usize = 4 << 20;

fn strict(text: String) -> Source {
    if let Some(read) = hz(&text) {
        return Source {
            text: read,
            encoding: "HZ-GB-2312",
            guessed: true,
            sure: 90,
            next: Some(UTF_8.name()),
            ..Source::default()
        };
    }
    Source::certain(text, UTF_8.name(), 0)
}

/// Bytes beyond ASCII that may be UTF-8 by chance.
const MAX_CHANCE_BYTES: usize = 12;

/// Recognises strict UTF-8 that may be something else by chance: it holds NUL bytes, as
/// UTF-16 does, or so few bytes beyond ASCII that GBK may look like it.
fn is_doubtful(text: &str) -> bool {
    let bytes = text.as_bytes();
    let few = || (1..=MAX_CHANCE_BYTES).contains(&high(bytes)) && bytes.iter().all(|b| *b < 0xe0);
    memchr::memchr(0, bytes).is_some() || (text.len() <= 4096 && few())
}

/// Recognises UTF-8 whose last character is cut off, as in the head of a long file.
fn is_cut(bytes: &[u8], error: Utf8Error) -> bool {
    let whole = bytes.get(..error.valid_up_to()).unwrap_or_default();
    error.error_len().is_none()
        && high(whole) > MAX_CHANCE_BYTES
        && memchr::memchr(0, whole).is_none()
}

/// Decodes UTF-8 whose last character is cut off: one U+FFFD stands for it.
fn cut(error: FromUtf8Error) -> Source {
    let whole = error.utf8_error().valid_up_to();
    let mut bytes = error.into_bytes();
    bytes.truncate(whole);
    let text = String::from_utf8(bytes).unwrap_or_default() + "\u{fffd}";
    Source::certain(text, UTF_8.name(), 1)
}

/// Counts bytes beyond ASCII, up to one more than [`MAX_CHANCE_BYTES`].
fn high(bytes: &[u8]) -> usize {
    let high = bytes.iter().filter(|b| **b >= 0x80);
    high.take(MAX_CHANCE_BYTES + 1).count()
}

/// Decodes strict UTF-8 that may be something else.
fn doubtful(text: String) -> Source {
    let has_nul = text.as_bytes().contains(&0);
    let bonus = if has_nul { NUL_BONUS } else { FEW_HIGH_BONUS };
    let ranking = Ranking::of(text.as_bytes(), &[(Codec::Utf8, bonus)]);
    match ranking.first() {
        Codec::Utf8 | Codec::Latin => Source {
            sure: ranking.sure(),
            ..strict(text)
        },
        _ => ranked(&ranking, text.as_bytes()),
    }
}

/// Decodes bytes in the encoding that reads best.
fn guess(bytes: &[u8]) -> Source {
    ranked(&Ranking::of(bytes, BONUS), bytes)
}

/// Decodes with the best of a ranking.
fn ranked(ranking: &Ranking, bytes: &[u8]) -> Source {
    let read = with(ranking.first(), bytes, ranking.sure());
    // a last character that is cut off leaves UTF-8 beyond doubt
    let tail =
        read.bad_bytes == 1 && std::str::from_utf8(bytes).is_err_and(|e| e.error_len().is_none());
    if ranking.first() == Codec::Utf8 && tail {
        return Source { sure: 100, ..read };
    }
    Source {
        guessed: true,
        next: ranking.all().nth(1).map(Codec::name),
        ..read
    }
}

/// Decodes with one codec, lines of another encoding with theirs.
fn with(codec: Codec, bytes: &[u8], sure: u8) -> Source {
    let MixedText {
        mut text,
        bad,
        foreign,
    } = match codec {
        Codec::Utf8 => per_line::utf8(bytes),
        Codec::Gb | Codec::Big5 => per_line::other(codec, bytes),
        _ => {
            let (text, bad) = best_path::decode(codec, bytes);
            let foreign = 0;
            MixedText { text, bad, foreign }
        }
    };
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Source {
        text,
        encoding: codec.name(),
        sure,
        bad_bytes: bad,
        foreign_lines: foreign,
        ..Source::default()
    }
}

/// Decodes with the encoding that the user states.
fn stated(encoding: &'static Encoding, bytes: &[u8]) -> Source {
    let own = mark(bytes);
    // UTF-16 without a word on its order is as its mark says
    let encoding = match own {
        Some((Codec::Utf16Be, _)) if encoding == UTF_16LE => Codec::Utf16Be.encoding(),
        _ => encoding,
    };
    let codec = Codec::of(encoding);
    let mark = own.filter(|(own, _)| Some(*own) == codec);
    let marked = mark.map_or(0, |(_, len)| len);
    let bytes = bytes.get(marked..).unwrap_or_default();
    let (text, bad_bytes) = match codec {
        Some(Codec::Utf8) | None => {
            let (text, is_bad) = encoding.decode_without_bom_handling(bytes);
            let marks = text.matches('\u{fffd}').filter(|_| is_bad).count();
            (text.into_owned(), marks)
        }
        Some(codec) => match encoding.decode_without_bom_handling(bytes) {
            // too short to say that what is stated is wrong
            (text, false) if bytes.len() <= MAX_TRUSTED_BYTES => (text.into_owned(), 0),
            _ => best_path::decode(codec, bytes),
        },
    };
    let name = codec.map_or(encoding.name(), Codec::name);
    Source::certain(text, name, bad_bytes)
}

/// Bytes up to which a text that decodes in the stated encoding is not doubted.
const MAX_TRUSTED_BYTES: usize = 400;

/// Decodes HZ: seven bits, with GB 2312 between `~{` and `~}`; `None` for other texts.
fn hz(text: &str) -> Option<String> {
    let head = text.as_bytes().get(..4096).unwrap_or(text.as_bytes());
    if !head.windows(2).any(|w| w == b"~{") || !text.is_ascii() {
        return None;
    }
    let mut out = String::new();
    for (i, part) in text.split("~{").enumerate() {
        let unclosed = if i > 0 { (part, "") } else { ("", part) };
        let (chinese, plain) = part.split_once("~}").unwrap_or(unclosed);
        let high = |b: u8| if b > b' ' { b | 0x80 } else { b };
        let bytes: Vec<u8> = chinese.bytes().map(high).collect();
        let (read, bad) = GB18030.decode_without_bom_handling(&bytes);
        if bad || (i == 0 && !chinese.is_empty()) {
            return None;
        }
        out.push_str(&read);
        // ~~ is ~, and ~ at a line's end joins two lines
        let plain: Vec<String> = plain.split("~~").map(|p| p.replace("~\n", "")).collect();
        out.push_str(&plain.join("~"));
    }
    out.contains(['的', '，', '。', '一', '是']).then_some(out)
}

/// Returns bytes as text where they are strict UTF-8: many bytes at a time, for a library has
/// gigabytes of them.
pub(crate) fn utf8(bytes: &[u8]) -> Option<&str> {
    simdutf8::basic::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::BIG5;

    #[test]
    fn a_cut_tail_costs_one_mark() {
        let cut = &"京津冀".as_bytes()[..8];
        let wanted = Source::certain("京津\u{fffd}".into(), "UTF-8", 1);
        assert_eq!(decode(cut, None), wanted);
    }

    #[test]
    fn utf_32_is_read_by_its_mark() {
        let text = "协同发展是一个系统工程。𠮷";
        for (order, mark) in [
            (u32::to_le_bytes as fn(u32) -> [u8; 4], [0xff, 0xfe, 0, 0]),
            (u32::to_be_bytes, [0, 0, 0xfe, 0xff]),
        ] {
            let units = text.chars().flat_map(|c| order(c as u32));
            let bytes: Vec<u8> = mark.into_iter().chain(units).collect();
            let found = decode(&bytes, None);
            assert_eq!((&*found.text, found.encoding), (text, "UTF-32"));
            assert!(!found.guessed);
            assert_eq!(not_text(&bytes), None);
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
        let guess = (found.encoding, found.guessed, found.sure);
        assert_eq!(guess, ("GB18030", true, 99));
        for (bytes, name) in [
            (u16::to_le_bytes as fn(u16) -> [u8; 2], "UTF-16LE"),
            (u16::to_be_bytes, "UTF-16BE"),
        ] {
            let units = "这是一篇关于城市的文章。".encode_utf16();
            let utf16: Vec<u8> = units.flat_map(bytes).collect();
            assert_eq!(decode(&utf16, None).encoding, name);
            assert_eq!(not_text(&utf16), None);
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
        assert_eq!(found.encoding, "HZ-GB-2312");
        assert_eq!(found.text, "From: a\n中文的文章，ok ~\n");
        assert_eq!(decode(b"a ~{b", None).text, "a ~{b");
    }
}
