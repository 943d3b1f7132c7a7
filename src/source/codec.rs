//! The encodings that are ranked, and the characters that their bytes make.
//!
//! Pairs of bytes come from tables that are filled once; four bytes and odd pairs go
//! through `encoding_rs`. [`best_path`](super::best_path) cuts bytes into characters.

use super::char_cost::{NEVER, cost};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::sync::LazyLock;

/// An encoding of Chinese or Western text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    Utf8,
    /// GB18030, and GBK and GB 2312 as parts of it.
    Gb,
    /// Big5 with HKSCS.
    Big5,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// windows-1252, for Western text.
    Latin,
}

/// All codecs; of two of equal cost the earlier wins.
pub const ALL_CODECS: [Codec; 6] = [
    Codec::Utf8,
    Codec::Gb,
    Codec::Big5,
    Codec::Utf16Le,
    Codec::Utf16Be,
    Codec::Latin,
];

const BYTE_ORDER_MARKS: &[(&[u8], Codec)] = &[
    (b"\xef\xbb\xbf", Codec::Utf8),
    (b"\xff\xfe", Codec::Utf16Le),
    (b"\xfe\xff", Codec::Utf16Be),
    (b"\x84\x31\x95\x33", Codec::Gb),
];

/// Returns the codec of the byte order mark at the head, and the mark's length.
pub fn mark(bytes: &[u8]) -> Option<(Codec, usize)> {
    let mut marks = BYTE_ORDER_MARKS.iter();
    let (mark, codec) = marks.find(|(mark, _)| bytes.starts_with(mark))?;
    Some((*codec, mark.len()))
}

/// The length of a character in bytes, and its cost in quarters of a bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    pub len: usize,
    pub cost: u32,
}

impl Unit {
    fn of(c: char, len: usize) -> Self {
        let cost = u32::from(cost(c));
        Self { len, cost }
    }
}

/// The characters of a double-byte encoding by pairs of bytes, or [`NOTHING`], or [`TWO`]; with
/// their costs.
struct Pairs(Vec<(u32, u8)>);

/// A pair without a character.
const NOTHING: u32 = u32::MAX;
/// A pair that is two characters.
const TWO: u32 = u32::MAX - 1;

static GB_PAIRS: LazyLock<Pairs> = LazyLock::new(|| Pairs::of(GB18030));
static BIG5_PAIRS: LazyLock<Pairs> = LazyLock::new(|| Pairs::of(BIG5));

impl Pairs {
    fn of(encoding: &'static Encoding) -> Self {
        let mut pairs = vec![(NOTHING, NEVER); 0x1_0000];
        for lead in 0x81..=0xfe_u8 {
            for trail in 0x40..=0xfe_u8 {
                let bytes = [lead, trail];
                let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes);
                let text = text.unwrap_or_default();
                let mut chars = text.chars();
                let Some(mut first) = chars.next() else {
                    continue;
                };
                if encoding == BIG5 {
                    first = slash(first);
                }
                let meant = chars.next().map_or(first as u32, |_| TWO);
                pairs[usize::from(u16::from_be_bytes(bytes))] = (meant, cost(first));
            }
        }
        Self(pairs)
    }

    #[inline]
    fn at(&self, lead: u8, trail: u8) -> (u32, u8) {
        let at = usize::from(u16::from_be_bytes([lead, trail]));
        self.0.get(at).copied().unwrap_or((NOTHING, NEVER))
    }

    #[inline]
    fn unit(&self, lead: u8, trail: u8) -> Option<Unit> {
        let (meant, cost) = self.at(lead, trail);
        let cost = u32::from(cost);
        (meant != NOTHING).then_some(Unit { len: 2, cost })
    }
}

/// Big5 has two slashes each way, and its tables disagree on which is the full-width
/// one: who writes Chinese means that.
fn slash(c: char) -> char {
    match c {
        '\u{2215}' => '／',
        '\u{fe68}' => '＼',
        _ => c,
    }
}

impl Codec {
    /// Returns the encoding of `encoding_rs`.
    pub fn encoding(self) -> &'static Encoding {
        match self {
            Self::Utf8 => UTF_8,
            Self::Gb => GB18030,
            Self::Big5 => BIG5,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
            Self::Latin => WINDOWS_1252,
        }
    }

    /// Returns the codec of an encoding, or `None` where it is not ranked.
    pub fn of(encoding: &'static Encoding) -> Option<Self> {
        // GBK is GB18030's own subset: one codec for both
        let is_gbk = encoding == encoding_rs::GBK;
        let is_meant = |s: &Self| s.encoding() == encoding || is_gbk && *s == Self::Gb;
        ALL_CODECS.into_iter().find(is_meant)
    }

    /// Returns its name as people write it.
    pub fn name(self) -> &'static str {
        match self {
            // the registry writes gb18030; people write it as the standard does
            Self::Gb => "GB18030",
            _ => self.encoding().name(),
        }
    }

    /// Returns the character that begins at `at`, or `None` where none can.
    #[inline]
    pub fn unit(self, bytes: &[u8], at: usize) -> Option<Unit> {
        let first = *bytes.get(at)?;
        let next = |n: usize| bytes.get(at + n).copied();
        match self {
            Self::Utf16Le | Self::Utf16Be => {
                let unit = |at: usize| Some(self.sixteen(*bytes.get(at)?, *bytes.get(at + 1)?));
                let high = unit(at)?;
                match char::from_u32(u32::from(high)) {
                    Some(c) => Some(Unit::of(c, 2)),
                    None => pair(high, unit(at + 2)?).map(|c| Unit::of(c, 4)),
                }
            }
            Self::Latin => Some(Unit {
                len: 1,
                cost: latin(bytes, at, first),
            }),
            _ if first < 0x80 => Some(Unit::of(char::from(first), 1)),
            Self::Utf8 => utf8(bytes, at).map(|c| Unit::of(c, c.len_utf8())),
            Self::Gb if first == 0x80 => Some(Unit { len: 1, cost: 96 }),
            Self::Gb => match next(1)? {
                b'0'..=b'9' => {
                    let bytes = bytes.get(at..at + 4)?;
                    let text =
                        GB18030.decode_without_bom_handling_and_without_replacement(bytes)?;
                    let mut chars = text.chars();
                    // not a pair and two ASCII characters
                    let c = chars.next().filter(|_| chars.next().is_none())?;
                    Some(Unit::of(c, 4))
                }
                trail => GB_PAIRS.unit(first, trail),
            },
            Self::Big5 => BIG5_PAIRS.unit(first, next(1)?),
        }
    }

    /// Returns the number of bytes that are bad together where no character begins at
    /// `at`: the head of a UTF-8 character that breaks off, else one.
    pub fn broken(self, bytes: &[u8], at: usize) -> usize {
        let head = bytes.get(at..bytes.len().min(at + 4)).unwrap_or_default();
        match std::str::from_utf8(head) {
            Err(error) if self == Self::Utf8 && error.valid_up_to() == 0 => {
                error.error_len().unwrap_or(head.len()).max(1)
            }
            _ => 1,
        }
    }

    /// Writes the character of `len` bytes that begins at `at`.
    #[inline]
    pub fn push(self, bytes: &[u8], at: usize, len: usize, out: &mut String) {
        let byte = |at: usize| bytes.get(at).map_or(0, |b| *b);
        let (first, second) = (byte(at), byte(at + 1));
        let quick = match (self, len) {
            (Self::Utf16Le | Self::Utf16Be, 2) => u32::from(self.sixteen(first, second)),
            (Self::Gb | Self::Big5 | Self::Utf8 | Self::Latin, 1) if first < 0x80 => {
                u32::from(first)
            }
            (Self::Gb, 2) => GB_PAIRS.at(first, second).0,
            (Self::Big5, 2) => BIG5_PAIRS.at(first, second).0,
            _ => TWO,
        };
        if let Some(c) = char::from_u32(quick) {
            out.push(c);
        } else {
            let bytes = bytes.get(at..at + len).unwrap_or_default();
            let (text, _) = self.encoding().decode_without_bom_handling(bytes);
            out.push_str(&text);
        }
    }

    fn sixteen(self, first: u8, second: u8) -> u16 {
        match self {
            Self::Utf16Le => u16::from_le_bytes([first, second]),
            _ => u16::from_be_bytes([first, second]),
        }
    }
}

/// Decodes a surrogate pair.
fn pair(high: u16, low: u16) -> Option<char> {
    char::decode_utf16([high, low]).next()?.ok()
}

fn utf8(bytes: &[u8], at: usize) -> Option<char> {
    let len = match bytes.get(at)? {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let text = std::str::from_utf8(bytes.get(at..at + len)?).ok()?;
    text.chars().next()
}

/// Returns the cost of a byte in Western text: an accented letter is likely beside plain
/// letters and not beside another one; quotes and dashes are likely alone.
fn latin(bytes: &[u8], at: usize, byte: u8) -> u32 {
    if byte < 0x80 {
        return u32::from(cost(char::from(byte)));
    }
    let before = at.checked_sub(1).and_then(|i| bytes.get(i)).copied();
    let after = bytes.get(at + 1).copied();
    let high = |b: Option<u8>| b.is_some_and(|b| b >= 0x80);
    let letter = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_alphabetic());
    let crowded = high(before) || high(after);
    match byte {
        0x81 | 0x8d | 0x8f | 0x90 | 0x9d => 120,
        _ if crowded => 72,
        0x85 | 0x91..=0x97 | 0xa0 | 0xa9 | 0xab | 0xbb | 0xb0 | 0xb7 => 40,
        0xff | 0xfe | 0xf0 | 0xd7 | 0xf7 => 64,
        0xc0.. if letter(before) || letter(after) => 40,
        _ => 60,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_and_its_length() {
        let unit = |codec: Codec, bytes: &[u8]| codec.unit(bytes, 0).map(|u| u.len);
        for (codec, bytes, wanted) in [
            (Codec::Gb, b"\xd6\xd0".as_slice(), Some(2)),
            (Codec::Gb, b"\x81\x30\x81\x30", Some(4)),
            (Codec::Gb, b"\xd6 ", None),
            (Codec::Gb, b"\xd6", None),
            (Codec::Big5, b"\xa4\xa4", Some(2)),
            (Codec::Utf16Le, b"\x3d\xd8\x00\xde", Some(4)),
            (Codec::Utf16Be, b"\xd8\x3d\x00\x41", None),
            (Codec::Utf8, "中".as_bytes(), Some(3)),
        ] {
            assert_eq!(unit(codec, bytes), wanted, "{codec:?} {bytes:x?}");
        }
    }

    #[test]
    fn all_of_gb18030_and_of_big5_is_written() {
        let mut out = String::new();
        Codec::Gb.push(b"\x81\x30\x81\x30", 0, 4, &mut out);
        Codec::Big5.push(b"\x88\x62", 0, 2, &mut out);
        Codec::Gb.push(b"\x80", 0, 1, &mut out);
        Codec::Big5.push(b"\xa1\xfe", 0, 2, &mut out);
        Codec::Big5.push(b"\xa2\x41", 0, 2, &mut out);
        Codec::Utf16Le.push(b"\x3d\xd8\x00\xde", 0, 4, &mut out);
        assert_eq!(out, "\u{80}Ê\u{304}€／／😀");
    }
}
