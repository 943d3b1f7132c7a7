//! Lists the encodings that a file can be read in, each with a line as it reads.
//!
//! 1. A sample begins at the first byte beyond ASCII, since what is before it reads alike.
//! 2. UTF-8 that cannot be chance is alone. Else an encoding goes where it leaves more bad
//!    bytes than a damaged file has, or reads as what nobody writes.
//! 3. Encodings of Japanese and Korean, which [`detect`](super::detect) does not rank, must
//!    read as kana or as Hangul.
//!
//! Knows nothing of files: the bytes are the head of one, or all of it.

use super::best_path;
use super::char_cost::cost;
use super::codec::{ALL_CODECS, Codec};
use super::decode::decode;
use super::read;
use encoding_rs::{EUC_JP, EUC_KR, Encoding, SHIFT_JIS};

/// An encoding that a file can be read in, and a line of the file in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodingChoice {
    /// Its canonical name.
    pub encoding: &'static str,
    /// A line as it reads in it, with Han if there is one; never long.
    pub line: String,
}

/// Bytes of a head that are worth reading: the first one beyond ASCII is among them.
pub const MAX_HEAD_BYTES: usize = 1 << 20;
/// Bytes that are decoded to judge an encoding.
const MAX_JUDGED_BYTES: usize = 8 << 10;
/// Bytes before the first one beyond ASCII in which its line may begin.
const MAX_LINE_HEAD_BYTES: usize = 256;
/// Characters of a line that is shown.
const MAX_SHOWN_CHARS: usize = 200;
/// Characters before the first Han of a line that are shown.
const MAX_LEAD_CHARS: usize = 12;

/// Characters beyond ASCII up to which no bad byte is forgiven.
const MAX_STRICT_CHARS: usize = 8;
/// Characters beyond ASCII for each bad byte that a damaged file may have.
const CHARS_PER_FAULT: usize = 200;
/// Characters beyond ASCII from which UTF-8 is no chance.
const MIN_SURE_CHARS: usize = 3;

/// Costs in bits a byte above which nobody writes such a text: in double-byte encodings, in
/// UTF-16 (which makes rare Han of any bytes), in windows-1252 (which makes letters of them).
const MAX_BITS: [f64; 3] = [12.0, 8.0, 7.5];

/// Encodings of other languages, the blocks of their own letters, and the least share of
/// these among characters beyond ASCII, in per cent.
const FOREIGN: &[(&Encoding, std::ops::RangeInclusive<char>, usize)] = &[
    (SHIFT_JIS, '\u{3040}'..='\u{30ff}', 25),
    (EUC_JP, '\u{3040}'..='\u{30ff}', 25),
    // of Chinese text read as EUC-KR about half is Hangul
    (EUC_KR, '\u{ac00}'..='\u{d7a3}', 85),
];

/// Returns the encodings that a file can be read in, the guessed one first, and never none.
/// `whole`: the bytes are all of it.
///
/// ```
/// use jingdu::source::choices::choices;
/// let found = choices(b"\xd6\xd0\xb9\xfa\xb5\xc4\xb3\xc7\xca\xd0", true);
/// assert_eq!((found[0].encoding, found[0].line.as_str()), ("GB18030", "中国的城市"));
/// ```
pub fn choices(bytes: &[u8], whole: bool) -> Vec<EncodingChoice> {
    let head = bytes.get(..MAX_HEAD_BYTES).unwrap_or(bytes);
    let whole = whole && head.len() == bytes.len();
    let sample = Sample::of(head, whole);
    let guessed = guessed(head);
    let mut found = sample.possible();
    match found.iter().position(|name| *name == guessed) {
        Some(at) => found[..=at].rotate_right(1),
        // a guess that nothing speaks against but bad bytes
        None if found.is_empty() => found.push(guessed),
        None => {}
    }
    let line = |encoding| choice(bytes, encoding);
    found.into_iter().map(line).collect()
}

/// Returns the encoding that is guessed by the head of a file.
pub fn guessed(bytes: &[u8]) -> &'static str {
    let head = bytes.get(..MAX_HEAD_BYTES).unwrap_or(bytes);
    decode(Sample::of(head, false).bytes, None).encoding
}

/// Returns an encoding with a line of the file in it, whether it can be or not.
pub fn choice(bytes: &[u8], encoding: &'static str) -> EncodingChoice {
    let head = bytes.get(..MAX_HEAD_BYTES).unwrap_or(bytes);
    let text = read(Sample::of(head, false).bytes, Some(encoding)).text;
    let line = best_line(&text);
    EncodingChoice { encoding, line }
}

/// Returns the first line with Han, else the first with anything, cut to what can be shown.
fn best_line(text: &str) -> String {
    let is_han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}');
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let with_han = lines.clone().find(|line| line.contains(is_han));
    let line = with_han.or_else(|| lines.next()).unwrap_or_default();
    let lead = line.chars().take_while(|c| !is_han(*c)).count();
    let skipped = match with_han {
        Some(_) if lead > MAX_LEAD_CHARS => lead - MAX_LEAD_CHARS / 2,
        _ => 0,
    };
    let shown = line.chars().skip(skipped).take(MAX_SHOWN_CHARS);
    let shown: String = shown.map(|c| if c == '\t' { ' ' } else { c }).collect();
    let more = if skipped > 0 { "…" } else { "" };
    more.to_owned() + shown.trim_start()
}

/// The part of a file by which its encoding is judged.
struct Sample<'a> {
    bytes: &'a [u8],
    /// The file ends with it.
    ends: bool,
    /// The file has an odd number of bytes.
    is_odd: bool,
}

impl<'a> Sample<'a> {
    fn of(head: &'a [u8], whole: bool) -> Self {
        let first = head.iter().position(|b| *b >= 0x80 || *b == 0);
        let near = first.unwrap_or(0).saturating_sub(MAX_LINE_HEAD_BYTES);
        let before = head.get(near..first.unwrap_or(0)).unwrap_or_default();
        let line = memchr::memrchr(b'\n', before).map_or(near, |i| near + i + 1);
        // units of two bytes stay whole
        let from = line & !1;
        let to = head.len().min(from + MAX_JUDGED_BYTES);
        Self {
            bytes: head.get(from..to).unwrap_or_default(),
            ends: whole && to == head.len(),
            is_odd: whole && !head.len().is_multiple_of(2),
        }
    }

    /// Returns the names of the encodings that can be.
    fn possible(&self) -> Vec<&'static str> {
        if !self.bytes.iter().any(|b| *b >= 0x80 || *b == 0) {
            return Vec::new();
        }
        if self.is_surely_utf8() {
            return vec![Codec::Utf8.name()];
        }
        let own = ALL_CODECS.into_iter().filter(|codec| self.can_be(*codec));
        let foreign = FOREIGN.iter().filter(|(encoding, block, share)| {
            let (text, faults) = self.strict(encoding);
            let beyond = || text.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}');
            let letters = beyond().filter(|c| block.contains(c)).count();
            let narrow = beyond().filter(|c| matches!(c, '\u{ff61}'..='\u{ff9f}'));
            let all = beyond().count();
            all >= MAX_STRICT_CHARS
                && self.forgives(faults, all)
                && letters * 100 >= share * all
                && narrow.count() * 20 <= all
        });
        let own = own.map(Codec::name);
        own.chain(foreign.map(|(encoding, ..)| encoding.name()))
            .collect()
    }

    /// Returns whether this is UTF-8 beyond doubt, which may be damaged.
    fn is_surely_utf8(&self) -> bool {
        let (text, faults) = best_path::decode(Codec::Utf8, self.bytes);
        let chars = text.chars().filter(|c| *c >= '\u{800}' && *c != '\u{fffd}');
        let count = chars.count();
        count >= MIN_SURE_CHARS && self.forgives(faults, count) && !self.bytes.contains(&0)
    }

    /// Returns whether a ranked encoding can be.
    fn can_be(&self, codec: Codec) -> bool {
        let is_wide = matches!(codec, Codec::Utf16Le | Codec::Utf16Be);
        if is_wide && self.is_odd {
            return false;
        }
        // in UTF-16 the best path would step over a byte, into the other order
        let (text, faults, bits) = if is_wide {
            let (text, faults) = self.strict(codec.encoding());
            let bits = text.chars().map(|c| u32::from(cost(c))).sum();
            (text, faults, bits)
        } else {
            let bits = best_path::best(codec, self.bytes, (true, self.ends)).cost;
            let (text, faults) = best_path::decode(codec, self.bytes);
            (text, faults, bits)
        };
        let wild = text.chars().filter(|c| is_wild(*c)).count();
        let beyond = text.chars().filter(|c| !c.is_ascii()).count();
        let bytes = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX).max(1);
        let limit = match codec {
            Codec::Utf16Le | Codec::Utf16Be => MAX_BITS[1],
            Codec::Latin => MAX_BITS[2],
            _ => MAX_BITS[0],
        };
        self.forgives(faults + wild, beyond) && f64::from(bits) / 4.0 / f64::from(bytes) <= limit
    }

    /// Decodes in step; returns the text, and the number of U+FFFD in it.
    fn strict(&self, encoding: &'static Encoding) -> (String, usize) {
        let (text, is_bad) = encoding.decode_without_bom_handling(self.bytes);
        let faults = text.matches('\u{fffd}').filter(|_| is_bad).count();
        (text.into_owned(), faults)
    }

    /// Returns whether a file with so many characters beyond ASCII may have so many faults. A
    /// character that the sample cuts in two is none.
    fn forgives(&self, faults: usize, chars: usize) -> bool {
        let cut = usize::from(!self.ends);
        let damage = match chars {
            ..MAX_STRICT_CHARS => 0,
            _ => 1 + chars / CHARS_PER_FAULT,
        };
        faults <= damage + cut
    }
}

/// Recognises control characters that no text has.
fn is_wild(c: char) -> bool {
    c.is_control()
        && !matches!(
            c,
            '\n' | '\r' | '\t' | '\u{8}' | '\u{b}' | '\u{c}' | '\u{1b}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, GB18030};

    const TEXT: &str = "　　协同发展是一个系统工程，不能急于求成。\n　　人们怎样一起把路修好，是\
        城市与乡村的事，也是走路的人、种地的人的事。\n";
    const TRADITIONAL: &str = "　　協同發展是一個系統工程，不能急於求成。\n　　人們怎樣一起把路\
        修好，是城市與鄉村的事，也是走路的人、種地的人的事。\n";
    const JAPANESE: &str = "これは日本語の文章です。東京へ行きました。漢字とカタカナもあります。\n";
    const KOREAN: &str = "이것은 한국어 문장입니다. 우리는 서울에 갔습니다.\n";

    fn names(bytes: &[u8]) -> Vec<&'static str> {
        let found = choices(bytes, true);
        found.into_iter().map(|c| c.encoding).collect()
    }

    fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes_of).collect()
    }

    #[test]
    fn nothing_impossible_is_offered() {
        let long = |text: &str| text.repeat(20);
        let gb = |text: &str| GB18030.encode(text).0.into_owned();
        let big5 = |text: &str| BIG5.encode(text).0.into_owned();
        for (bytes, wanted) in [
            (TEXT.as_bytes().to_vec(), ["UTF-8"].as_slice()),
            (long(TEXT).into_bytes(), &["UTF-8"]),
            ("中文的事\n".as_bytes().to_vec(), &["UTF-8"]),
            (b"plain text\n".to_vec(), &["UTF-8"]),
            (gb(&long(TEXT)), &["GB18030"]),
            (gb(TEXT), &["GB18030"]),
            (gb("这是一篇关于城市的文章"), &["GB18030", "Big5"]),
            (big5(&long(TRADITIONAL)), &["Big5"]),
            (utf16(TEXT, u16::to_le_bytes), &["UTF-16LE"]),
            (utf16(TEXT, u16::to_be_bytes), &["UTF-16BE"]),
            (
                SHIFT_JIS.encode(JAPANESE).0.into_owned(),
                &["GB18030", "Shift_JIS"],
            ),
            (
                EUC_JP.encode(JAPANESE).0.into_owned(),
                &["GB18030", "Big5", "EUC-JP"],
            ),
            (
                EUC_KR.encode(KOREAN).0.into_owned(),
                &["GB18030", "Big5", "EUC-KR"],
            ),
            (
                b"caf\xe9 na\xefve, d\xe9j\xe0 vu\n".to_vec(),
                &["windows-1252"],
            ),
        ] {
            assert_eq!(names(&bytes), wanted, "{bytes:x?}");
        }
    }
    #[test]
    fn a_damaged_file_keeps_its_encoding_and_gets_no_other() {
        let mut bytes = TEXT.repeat(20).into_bytes();
        for at in [200, 1300, 2700] {
            bytes.insert(at, 0xff);
        }
        assert_eq!(names(&bytes), ["UTF-8"]);
        let mut bytes = GB18030.encode(&TEXT.repeat(20)).0.into_owned();
        bytes.remove(1301);
        assert_eq!(names(&bytes), ["GB18030"]);
        // bytes of which nothing can be made are read as they were
        assert_eq!(names(&[0xff; 40]).len(), 1);
        assert_eq!(names(b"").len(), 1);
    }

    #[test]
    fn units_of_two_bytes_come_in_pairs() {
        let mut bytes = utf16("中文的文章", u16::to_le_bytes);
        assert!(names(&bytes).contains(&"UTF-16LE"));
        bytes.push(b'a');
        assert!(!names(&bytes).contains(&"UTF-16LE"));
        // the head of a file says nothing of its length
        let of_head = choices(&bytes, false);
        assert!(of_head.iter().any(|c| c.encoding == "UTF-16LE"));
    }

    #[test]
    fn the_line_has_han_and_comes_from_behind_a_long_head() {
        let head = "key: value\n".repeat(40_000);
        let bytes = [head.as_bytes(), &GB18030.encode(TEXT).0].concat();
        let found = choices(&bytes, true);
        assert_eq!(found[0].line, TEXT.lines().next().unwrap().trim());
        for (text, line) in [
            ("title: x\n\n\t中文\t的\n", "中文 的"),
            ("no Han\nat all\n", "no Han"),
            ("<p class=\"a long head of a page\">中文", "…page\">中文"),
            ("", ""),
        ] {
            assert_eq!(choice(text.as_bytes(), "UTF-8").line, line);
        }
        let long = "字".repeat(100_000);
        assert_eq!(
            choice(long.as_bytes(), "UTF-8").line.chars().count(),
            MAX_SHOWN_CHARS
        );
    }
}
