//! Reads text that is mostly in one encoding, with lines in another: a crawl that
//! appended, a quotation pasted from elsewhere.
//!
//! 1. [`utf8`] reads UTF-8; a line that is none is read as what it reads best in,
//!    UTF-8 with marks for its bad bytes unless something else is much likelier.
//! 2. [`other`] reads GB18030 or Big5; a line that is strict UTF-8 and reads better
//!    as such is read so.
//!
//! A line is judged by how much of it is UTF-8 all the same, else by its first
//! kilobytes: all is linear.

use super::best_path;
use super::codec::Codec;
use super::detect::Ranking;

/// What a line must save to be read in another encoding than the file, in bits.
const FAVOUR: u32 = 26;
/// What it need not save where the foreign line before was in that encoding.
const HABIT: u32 = 6;

/// So many Han for each bad byte make a line UTF-8 beyond doubt.
const SURE: usize = 4;

/// A text, the marks in it for bad bytes, and how many lines were in another
/// encoding.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct MixedText {
    /// The text.
    pub text: String,
    /// Marks for bad bytes.
    pub bad: usize,
    /// Lines in another encoding.
    pub foreign: usize,
}

/// Reads UTF-8 with whatever is in it.
pub fn utf8(bytes: &[u8]) -> MixedText {
    let mut out = MixedText {
        text: String::with_capacity(bytes.len() + 64),
        ..MixedText::default()
    };
    // the rest of a character that was cut off in front is one fault
    let cut = bytes
        .iter()
        .take(3)
        .take_while(|b| matches!(b, 0x80..=0xbf))
        .count();
    let whole = bytes.get(cut..).unwrap_or_default();
    let cut = if cut > 0 && begins_well(whole) {
        cut
    } else {
        0
    };
    if cut > 0 {
        out.text.push('\u{fffd}');
        out.bad += 1;
    }
    let mut habit = Codec::Utf8;
    for line in bytes
        .get(cut..)
        .unwrap_or_default()
        .split_inclusive(|b| *b == b'\n')
    {
        match std::str::from_utf8(line) {
            Ok(text) => out.text.push_str(text),
            Err(_) => foreign(line, &mut habit, &mut out),
        }
    }
    out
}

/// Returns whether a character of UTF-8 begins here, and it is none of ASCII.
fn begins_well(bytes: &[u8]) -> bool {
    Codec::Utf8.unit(bytes, 0).is_some()
}

/// Returns whether nearly all of a line is UTF-8: so many Han for each bad byte stand in no
/// other encoding by chance.
fn is_damaged(line: &[u8]) -> bool {
    let (mut han, mut bad) = (0, 0);
    for chunk in line.utf8_chunks() {
        han += chunk
            .valid()
            .bytes()
            .filter(|b| matches!(b, 0xe3..=0xe9))
            .count();
        bad += chunk.invalid().len();
    }
    han >= SURE * bad
}

/// Reads a line that is no UTF-8 as a whole.
fn foreign(line: &[u8], habit: &mut Codec, out: &mut MixedText) {
    let among = [Codec::Utf8, Codec::Gb, Codec::Big5, Codec::Latin];
    let first = if is_damaged(line) {
        Codec::Utf8
    } else {
        Ranking::among(&among, line, &[(Codec::Utf8, FAVOUR), (*habit, HABIT)]).first()
    };
    let (text, bad) = best_path::decode(first, line);
    out.text.push_str(&text);
    out.bad += bad;
    if first != Codec::Utf8 {
        *habit = first;
        out.foreign += 1;
    }
}

/// Reads GB18030 or Big5 with lines of UTF-8 in it.
pub fn other(codec: Codec, bytes: &[u8]) -> MixedText {
    let mut out = MixedText::default();
    let (mut from, mut at) = (0, 0);
    let read = |from: usize, to: usize, out: &mut MixedText| {
        let (text, bad) = best_path::decode(codec, bytes.get(from..to).unwrap_or_default());
        if out.text.is_empty() {
            out.text = text;
        } else {
            out.text.push_str(&text);
        }
        out.bad += bad;
    };
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        if let Some(text) = as_utf8(codec, line) {
            read(from, at, &mut out);
            out.text.push_str(text);
            out.foreign += 1;
            from = at + line.len();
        }
        at += line.len();
    }
    read(from, at, &mut out);
    out
}

/// A line as UTF-8, where it is that rather than `codec`.
fn as_utf8(codec: Codec, line: &[u8]) -> Option<&str> {
    if line.is_ascii() {
        return None;
    }
    let text = std::str::from_utf8(line).ok()?;
    let ranking = Ranking::among(&[codec, Codec::Utf8], line, &[(codec, HABIT)]);
    (ranking.first() == Codec::Utf8).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, GB18030};

    const A: &str = "协同发展是一个系统工程，不能急。\n";
    const B: &str = "人们怎样一起把路修好，是城市的事。\n";

    #[test]
    fn lines_of_another_encoding_are_read_as_what_they_are() {
        let gb = GB18030.encode(B).0.into_owned();
        let bytes = [A.as_bytes(), &gb, A.as_bytes(), &gb].concat();
        assert_eq!(
            utf8(&bytes),
            MixedText {
                text: format!("{A}{B}{A}{B}"),
                bad: 0,
                foreign: 2
            }
        );
        let bytes = [gb.as_slice(), A.as_bytes(), &gb].concat();
        assert_eq!(
            other(Codec::Gb, &bytes),
            MixedText {
                text: format!("{B}{A}{B}"),
                bad: 0,
                foreign: 1
            }
        );
        let big5 = BIG5
            .encode("這是一篇關於城市與鄉村的文章。\n")
            .0
            .into_owned();
        assert_eq!(
            utf8(&[A.as_bytes(), &big5].concat()).text,
            format!("{A}這是一篇關於城市與鄉村的文章。\n")
        );
    }

    #[test]
    fn a_bad_byte_makes_no_foreign_line() {
        for at in 0..A.len() {
            let mut bytes = A.as_bytes().to_vec();
            bytes.insert(at, 0xff);
            let read = utf8(&bytes);
            assert_eq!(read.foreign, 0);
            assert!(read.bad == 1, "{at}: {}", read.text);
        }
        // wherever in a long line the bad bytes stand: its first kilobytes may be ASCII
        let mut long = "data".repeat(3000) + &A.trim_end().repeat(40);
        long.push('\n');
        let mut bytes = long.into_bytes();
        for at in [9000, 6000, 3000] {
            bytes.insert(at, 0xc4);
        }
        assert_eq!((utf8(&bytes).foreign, utf8(&bytes).bad), (0, 3));
        for byte in 0x80..=0xff {
            let read = utf8(
                &[
                    b"one line of plain text",
                    [byte].as_slice(),
                    b"with a stray byte\n",
                    A.as_bytes(),
                ]
                .concat(),
            );
            assert_eq!((read.bad, read.foreign), (1, 0), "{byte:x}");
        }
    }

    #[test]
    fn a_cut_head_is_one_mark() {
        for cut in 1..3 {
            let read = utf8(&A.as_bytes()[cut..]);
            assert_eq!(
                (read.bad, read.text.chars().count()),
                (1, A.chars().count())
            );
        }
    }
}
