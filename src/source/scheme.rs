//! The encodings that are told apart, and how each makes characters out of bytes.
//!
//! 1. [`Scheme::unit`] reads the one character that can begin at a byte, with its
//!    price; or none does.
//! 2. [`Scheme::push`] writes that character.
//!
//! Pairs of bytes come from tables that are filled once; four bytes and odd pairs
//! go through `encoding_rs`. What a run of bytes means as a whole is
//! [`path`]'s business.

use super::common::{NEVER, price};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::sync::LazyLock;

/// An encoding that bytes may be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// UTF-8.
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

/// All of them; where two read alike, the earlier is meant.
pub const ALL: [Scheme; 6] = [
    Scheme::Utf8,
    Scheme::Gb,
    Scheme::Big5,
    Scheme::Utf16Le,
    Scheme::Utf16Be,
    Scheme::Latin,
];

/// A character at a place: how many bytes it takes and what it costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Bytes.
    pub len: usize,
    /// Quarters of a bit.
    pub price: u32,
}

/// What two bytes mean in a double-byte encoding: the character, or one of:
struct Pairs {
    chars: Vec<u32>,
    prices: Vec<u8>,
}

/// Two bytes that mean nothing.
const NOTHING: u32 = u32::MAX;
/// Two bytes that mean two characters.
const TWO: u32 = u32::MAX - 1;

static GB_PAIRS: LazyLock<Pairs> = LazyLock::new(|| Pairs::of(GB18030));
static BIG5_PAIRS: LazyLock<Pairs> = LazyLock::new(|| Pairs::of(BIG5));

impl Pairs {
    fn of(encoding: &'static Encoding) -> Self {
        let mut pairs = Self {
            chars: vec![NOTHING; 0x1_0000],
            prices: vec![NEVER; 0x1_0000],
        };
        for lead in 0x81..=0xfe_u8 {
            for trail in 0x40..=0xfe_u8 {
                let bytes = [lead, trail];
                let Some(text) =
                    encoding.decode_without_bom_handling_and_without_replacement(&bytes)
                else {
                    continue;
                };
                let mut chars = text.chars();
                let Some(first) = chars.next() else { continue };
                let at = usize::from(u16::from_be_bytes(bytes));
                let first = if encoding == BIG5 {
                    slash(first)
                } else {
                    first
                };
                let meant = if chars.next().is_some() {
                    TWO
                } else {
                    first as u32
                };
                if let (Some(c), Some(p)) = (pairs.chars.get_mut(at), pairs.prices.get_mut(at)) {
                    (*c, *p) = (meant, price(first));
                }
            }
        }
        pairs
    }

    #[inline]
    fn at(&self, lead: u8, trail: u8) -> u32 {
        self.chars
            .get(usize::from(u16::from_be_bytes([lead, trail])))
            .copied()
            .unwrap_or(NOTHING)
    }

    #[inline]
    fn unit(&self, lead: u8, trail: u8) -> Option<Unit> {
        let at = usize::from(u16::from_be_bytes([lead, trail]));
        let meant = self.chars.get(at).is_some_and(|c| *c != NOTHING);
        meant.then(|| Unit {
            len: 2,
            price: self.prices.get(at).map_or(0, |p| u32::from(*p)),
        })
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

impl Scheme {
    /// The encoding as the library has it.
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

    /// The scheme of an encoding, or `None` where it is none that is told apart.
    pub fn of(encoding: &'static Encoding) -> Option<Self> {
        // GBK is GB18030's own subset: one scheme for both
        if encoding == encoding_rs::GBK {
            Some(Self::Gb)
        } else {
            ALL.into_iter().find(|s| s.encoding() == encoding)
        }
    }

    /// Its name as people write it.
    pub fn name(self) -> &'static str {
        // the registry writes gb18030; people write it as the standard does
        if self == Self::Gb {
            "GB18030"
        } else {
            self.encoding().name()
        }
    }

    /// The character that begins at `at`, or `None` where none can.
    #[inline]
    pub fn unit(self, bytes: &[u8], at: usize) -> Option<Unit> {
        let first = *bytes.get(at)?;
        let next = |n: usize| bytes.get(at + n).copied();
        let one = |c: char| {
            Some(Unit {
                len: 1,
                price: u32::from(price(c)),
            })
        };
        match self {
            Self::Utf16Le | Self::Utf16Be => {
                let unit = |at: usize| Some(self.sixteen(*bytes.get(at)?, *bytes.get(at + 1)?));
                let high = unit(at)?;
                match char::from_u32(u32::from(high)) {
                    Some(c) => Some(Unit {
                        len: 2,
                        price: u32::from(price(c)),
                    }),
                    None => pair(high, unit(at + 2)?).map(|c| Unit {
                        len: 4,
                        price: u32::from(price(c)),
                    }),
                }
            }
            Self::Latin => Some(Unit {
                len: 1,
                price: latin(bytes, at, first),
            }),
            _ if first < 0x80 => one(char::from(first)),
            Self::Utf8 => utf8(bytes, at).map(|c| Unit {
                len: c.len_utf8(),
                price: u32::from(price(c)),
            }),
            Self::Gb if first == 0x80 => Some(Unit { len: 1, price: 96 }),
            Self::Gb => match next(1)? {
                b'0'..=b'9' => {
                    let text = GB18030.decode_without_bom_handling_and_without_replacement(
                        bytes.get(at..at + 4)?,
                    )?;
                    let mut chars = text.chars();
                    // a pair and two ASCII characters are no four bytes
                    let c = chars.next().filter(|_| chars.next().is_none())?;
                    Some(Unit {
                        len: 4,
                        price: u32::from(price(c)),
                    })
                }
                trail => GB_PAIRS.unit(first, trail),
            },
            Self::Big5 => BIG5_PAIRS.unit(first, next(1)?),
        }
    }

    /// How many bytes are bad together where no character begins at `at`: the head
    /// of a longer UTF-8 character that breaks off, else one.
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
        let (first, second) = (
            bytes.get(at).copied().unwrap_or(0),
            bytes.get(at + 1).copied().unwrap_or(0),
        );
        let quick = match (self, len) {
            (Self::Utf16Le | Self::Utf16Be, 2) => u32::from(self.sixteen(first, second)),
            (Self::Gb | Self::Big5 | Self::Utf8 | Self::Latin, 1) if first < 0x80 => {
                u32::from(first)
            }
            (Self::Gb, 2) => GB_PAIRS.at(first, second),
            (Self::Big5, 2) => BIG5_PAIRS.at(first, second),
            _ => TWO,
        };
        if let Some(c) = char::from_u32(quick) {
            out.push(c);
        } else {
            let (text, _) = self
                .encoding()
                .decode_without_bom_handling(bytes.get(at..at + len).unwrap_or_default());
            out.push_str(&text);
        }
    }

    /// Two bytes as a number.
    fn sixteen(self, first: u8, second: u8) -> u16 {
        if self == Self::Utf16Le {
            u16::from_le_bytes([first, second])
        } else {
            u16::from_be_bytes([first, second])
        }
    }
}

/// The character of a surrogate pair.
fn pair(high: u16, low: u16) -> Option<char> {
    char::decode_utf16([high, low]).next()?.ok()
}

/// The UTF-8 character at `at`.
fn utf8(bytes: &[u8], at: usize) -> Option<char> {
    let len = match bytes.get(at)? {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    std::str::from_utf8(bytes.get(at..at + len)?)
        .ok()?
        .chars()
        .next()
}

/// What a byte costs as Western text: an accented letter is likely beside plain
/// letters and not beside another one; quotes and dashes are likely alone.
fn latin(bytes: &[u8], at: usize, byte: u8) -> u32 {
    if byte < 0x80 {
        return u32::from(price(char::from(byte)));
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
        let unit = |scheme: Scheme, bytes: &[u8]| scheme.unit(bytes, 0).map(|u| u.len);
        assert_eq!(unit(Scheme::Gb, b"\xd6\xd0"), Some(2));
        assert_eq!(unit(Scheme::Gb, b"\x81\x30\x81\x30"), Some(4));
        assert_eq!(unit(Scheme::Gb, b"\xd6 "), None);
        assert_eq!(unit(Scheme::Gb, b"\xd6"), None);
        assert_eq!(unit(Scheme::Big5, b"\xa4\xa4"), Some(2));
        assert_eq!(unit(Scheme::Utf16Le, b"\x3d\xd8\x00\xde"), Some(4));
        assert_eq!(unit(Scheme::Utf16Be, b"\xd8\x3d\x00\x41"), None);
        assert_eq!(unit(Scheme::Utf8, "中".as_bytes()), Some(3));
    }

    #[test]
    fn all_of_gb18030_and_of_big5_is_written() {
        let mut out = String::new();
        Scheme::Gb.push(b"\x81\x30\x81\x30", 0, 4, &mut out);
        Scheme::Big5.push(b"\x88\x62", 0, 2, &mut out);
        Scheme::Gb.push(b"\x80", 0, 1, &mut out);
        Scheme::Big5.push(b"\xa1\xfe", 0, 2, &mut out);
        Scheme::Big5.push(b"\xa2\x41", 0, 2, &mut out);
        Scheme::Utf16Le.push(b"\x3d\xd8\x00\xde", 0, 4, &mut out);
        assert_eq!(out, "\u{80}Ê\u{304}€／／😀");
    }
}
