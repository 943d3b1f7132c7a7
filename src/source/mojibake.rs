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
/// assert!(!is_garbled("锟斤拷是怎么来的") && !is_garbled(&"À la façon de Molière. ".repeat(9)));
/// ```
pub fn is_garbled(text: &str) -> bool {
    let head = text.get(..crate::text::cluster::floor(text, LOOKED_AT_BYTES.min(text.len())));
    let head = head.unwrap_or_default();
    let marks: usize = MARKS.iter().map(|mark| head.matches(mark).count()).sum();
    if marks >= MIN_MARKS {
        return marks * 20 >= head.chars().count() / 10;
    }
    let han = western_han(head);
    han >= MIN_WESTERN_HAN && han * 6 >= head.chars().count()
}

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
