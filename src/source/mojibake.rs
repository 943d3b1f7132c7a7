//! Recognises text that was decoded wrongly before it was saved: its characters are valid, but
//! not what their author wrote. The text cannot be recovered, so the reader gets a warning.

use crate::text::han::{self, is_common};

/// Bytes at the beginning that are looked at.
const LOOKED_AT_BYTES: usize = 64 << 10;

/// Characters that replacement marks become when they are read as GBK: 锟斤拷; what fills
/// memory does likewise: 烫烫烫, 屯屯屯.
const MARKS: [&str; 3] = ["锟斤拷", "烫烫烫烫", "屯屯屯屯"];

/// Marks that make a text garbled.
const MIN_MARKS: usize = 2;

/// Han of UTF-8 read as a Western encoding that make a text garbled.
const MIN_WESTERN_HAN: usize = 8;

/// Returns whether a text is plainly garbled.
///
/// ```
/// use jingdu::source::mojibake::is_garbled;
/// assert!(is_garbled(&"å›½å®¶å’Œäººæ°‘".repeat(3)) && is_garbled("锟斤拷甲锟斤拷"));
/// assert!(is_garbled("娓″彛鍦ㄩ晣瀛愮殑鍖楀ご锛屾棭鍏堝彧鏈変竴鏉℃湪鑸�") && is_garbled(&"?".repeat(40)));
/// assert!(is_garbled(&"¶É¿ÚÔÚÕòµÄ".repeat(4)) && !is_garbled("渡口在镇子的北头，早先只有一条木船。"));
/// assert!(!is_garbled("锟斤拷是怎么来的") && !is_garbled(&"À la façon de Molière. ".repeat(9)));
/// ```
pub fn is_garbled(text: &str) -> bool {
    let head = text.get(..crate::text::cluster::floor(text, LOOKED_AT_BYTES.min(text.len())));
    let head = head.unwrap_or_default();
    let marks: usize = MARKS.iter().map(|mark| head.matches(mark).count()).sum();
    let seen = Counts::of(head);
    if marks >= MIN_MARKS {
        return marks * 20 >= seen.all / 10;
    }
    let is_mostly = |odd: usize| odd >= MIN_ODD_CHARS && odd * 10 >= seen.filled * 7;
    if is_mostly(seen.western) || is_mostly(seen.questions) {
        return true;
    }
    if seen.stops * MAX_CHARS_FOR_STOP < seen.han && is_utf8_as_gbk(head) {
        return true;
    }
    let han = if seen.western < MIN_WESTERN_HAN {
        0
    } else {
        western_han(head)
    };
    han >= MIN_WESTERN_HAN && han * 6 >= seen.all
}

/// Han for each comma and stop of a text, at the most, for which it reads as its author wrote it.
const MAX_CHARS_FOR_STOP: usize = 100;

/// The characters of a text, by what they tell.
#[derive(Default)]
struct Counts {
    all: usize,
    /// All but blanks.
    filled: usize,
    /// Those that Western encodings have for a byte from 0x80.
    western: usize,
    questions: usize,
    han: usize,
    /// `，` and `。`, which no text that was read in a wrong encoding keeps.
    stops: usize,
}

impl Counts {
    fn of(text: &str) -> Self {
        let all = text.chars().count();
        let mut seen = Self {
            all,
            filled: all,
            han: all,
            ..Self::default()
        };
        for (_, c) in han::others(text) {
            seen.han -= usize::from(!is_common(c));
            seen.filled -= usize::from(c.is_whitespace());
            match c {
                '\u{80}'..='\u{ff}' => seen.western += 1,
                '?' => seen.questions += 1,
                '，' | '。' => seen.stops += 1,
                _ => {}
            }
        }
        seen
    }
}

/// Recognises UTF-8 that was read as GBK: written as GBK again it is UTF-8 of Han.
fn is_utf8_as_gbk(text: &str) -> bool {
    let head = text.get(..crate::text::cluster::floor(text, LOOKED_AT_GBK.min(text.len())));
    let head = head.unwrap_or_default();
    let (bytes, ..) = encoding_rs::GBK.encode(head);
    let read = String::from_utf8_lossy(&bytes);
    let han = read.chars().filter(|c| is_common(*c)).count();
    let lost = read.chars().filter(|c| *c == '\u{fffd}').count();
    let before = head.chars().filter(|c| is_common(*c)).count();
    han >= MIN_WESTERN_HAN && han > 2 * lost && han * 4 >= before
}

/// Bytes at the beginning that are written as GBK again.
const LOOKED_AT_GBK: usize = 4 << 10;

/// Odd characters that make a text garbled.
const MIN_ODD_CHARS: usize = 20;

/// Counts Han of UTF-8 read as a Western encoding: å, ä, æ, ç, è or é, and two characters whose
/// bytes go on with it.
fn western_han(text: &str) -> usize {
    let (mut count, mut chars) = (0, text.chars().peekable());
    while let Some(c) = chars.next() {
        if matches!(c, 'ä'..='é') && chars.next_if(|c| goes_on(*c)).is_some() {
            count += usize::from(chars.next_if(|c| goes_on(*c)).is_some());
        }
    }
    count
}

/// Recognises a character that windows-1252 or Latin-1 has for a byte from 0x80 to 0xbf.
fn goes_on(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{bf}' | 'Œ' | 'œ' | 'Š' | 'š' | 'Ÿ' | 'Ž' | 'ž' | 'ƒ' | 'ˆ' | '˜' | '–'..='›' | '€' | '™')
}
