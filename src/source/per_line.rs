//! Decodes text in one encoding with lines in another: a crawl that appended, a quotation
//! pasted from elsewhere.
//!
//! 1. [`utf8`] decodes UTF-8. A line that is not UTF-8 is decoded with its most likely encoding,
//!    which is UTF-8 with bad bytes unless another one is much likelier.
//! 2. [`other`] decodes GB18030 or Big5, and lines of strict UTF-8 that read better as such.
//!
//! A line is ranked by its share of UTF-8, else by its first kilobytes: all is linear.

use super::best_path;
use super::codec::Codec;
use super::detect::Ranking;

/// Bits by which another encoding than UTF-8 must be likelier for a line.
const FAVOUR: u32 = 26;
/// Bits off for the encoding of the file, or of the foreign line before.
const HABIT: u32 = 6;

/// Least Han per bad byte of a line that is UTF-8 beyond doubt.
const SURE_HAN: usize = 4;

/// A text, its number of U+FFFD for bad bytes, and of lines in another encoding.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct MixedText {
    pub text: String,
    pub bad: usize,
    pub foreign: usize,
}

/// Decodes UTF-8 with lines in other encodings.
pub fn utf8(bytes: &[u8]) -> MixedText {
    let mut out = MixedText {
        text: String::with_capacity(bytes.len() + 64),
        ..MixedText::default()
    };
    // the rest of a character that was cut off in front is one fault
    let is_rest = |b: &&u8| matches!(b, 0x80..=0xbf);
    let cut = bytes.iter().take(3).take_while(is_rest).count();
    let mut whole = bytes;
    if cut > 0 && Codec::Utf8.unit(bytes, cut).is_some() {
        whole = bytes.get(cut..).unwrap_or_default();
        out.text.push('\u{fffd}');
        out.bad += 1;
    }
    let mut habit = Codec::Utf8;
    for line in whole.split_inclusive(|b| *b == b'\n') {
        match std::str::from_utf8(line) {
            Ok(text) => out.text.push_str(text),
            Err(_) => foreign(line, &mut habit, &mut out),
        }
    }
    out
}

/// Recognises damaged UTF-8: [`SURE_HAN`] Han per bad byte are never another encoding by
/// chance.
fn is_damaged(line: &[u8]) -> bool {
    let (mut han, mut bad) = (0, 0);
    for chunk in line.utf8_chunks() {
        let leads = chunk.valid().bytes().filter(|b| matches!(b, 0xe3..=0xe9));
        han += leads.count();
        bad += chunk.invalid().len();
    }
    han >= SURE_HAN * bad
}

/// Decodes a line that is not strict UTF-8.
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

/// Decodes GB18030 or Big5 with lines in UTF-8.
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

/// Returns a line as UTF-8, where that is likelier than `codec`.
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
        let all = |read: MixedText| (read.text, read.bad, read.foreign);
        assert_eq!(all(utf8(&bytes)), (format!("{A}{B}{A}{B}"), 0, 2));
        let bytes = [gb.as_slice(), A.as_bytes(), &gb].concat();
        assert_eq!(all(other(Codec::Gb, &bytes)), (format!("{B}{A}{B}"), 0, 1));
        let line = "這是一篇關於城市與鄉村的文章。\n";
        let bytes = [A.as_bytes(), &BIG5.encode(line).0].concat();
        assert_eq!(utf8(&bytes).text, format!("{A}{line}"));
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
        // bad bytes anywhere in a long line: its first kilobytes may be ASCII
        let mut long = "data".repeat(3000) + &A.trim_end().repeat(40);
        long.push('\n');
        let mut bytes = long.into_bytes();
        for at in [9000, 6000, 3000] {
            bytes.insert(at, 0xc4);
        }
        assert_eq!((utf8(&bytes).foreign, utf8(&bytes).bad), (0, 3));
        for byte in 0x80..=0xff {
            let mut bytes = format!("one line of plain text.with a stray byte\n{A}").into_bytes();
            bytes[22] = byte;
            let read = utf8(&bytes);
            assert_eq!((read.bad, read.foreign), (1, 0), "{byte:x}");
        }
    }

    #[test]
    fn a_cut_head_is_one_mark() {
        for cut in 1..3 {
            let read = utf8(&A.as_bytes()[cut..]);
            let chars = read.text.chars().count();
            assert_eq!((read.bad, chars), (1, A.chars().count()));
        }
    }
}
