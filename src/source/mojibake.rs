//! Recognises text that was decoded wrongly before it was saved: its characters are valid, but
//! not what their author wrote. The text cannot be recovered, so the reader gets a warning.

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
    if marks >= MIN_MARKS {
        return marks * 20 >= head.chars().count() / 10;
    }
    if is_mostly(head, |c| matches!(c, '\u{80}'..='\u{ff}')) || is_mostly(head, |c| c == '?') {
        return true;
    }
    if is_utf8_as_gbk(head) {
        return true;
    }
    let han = western_han(head);
    han >= MIN_WESTERN_HAN && han * 6 >= head.chars().count()
}

/// Returns whether most of a text, blanks aside, are characters that no language has so many of.
fn is_mostly(text: &str, odd: fn(char) -> bool) -> bool {
    let filled = text.chars().filter(|c| !c.is_whitespace());
    let (mut all, mut count) = (0, 0);
    for c in filled {
        (all, count) = (all + 1, count + usize::from(odd(c)));
    }
    count >= MIN_ODD_CHARS && count * 10 >= all * 7
}

/// Recognises UTF-8 that was read as GBK: written as GBK again it is UTF-8 of Han.
fn is_utf8_as_gbk(text: &str) -> bool {
    let head = text.get(..crate::text::cluster::floor(text, LOOKED_AT_GBK.min(text.len())));
    let (bytes, ..) = encoding_rs::GBK.encode(head.unwrap_or_default());
    let read = String::from_utf8_lossy(&bytes);
    let is_han = |c: &char| matches!(c, '\u{4e00}'..='\u{9fff}');
    let han = read.chars().filter(is_han).count();
    let lost = read.chars().filter(|c| *c == '\u{fffd}').count();
    let before = text
        .chars()
        .take(head.map_or(0, str::len))
        .filter(is_han)
        .count();
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
