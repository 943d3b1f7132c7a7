//! What clean-up and readers ask about a piece of text: is it prose, does it
//! end a sentence, what is it without its marks.
//!
//! Small questions with plain answers; no rule is decided here.

pub use crate::text::han::is_han;
use crate::text::letter;
pub(crate) use crate::text::sentence::is_ended as ends_sentence;
use crate::text::words::Words;
use std::borrow::Cow;

/// Whether `c` is as wide as a Han character and joins without a blank.
pub(crate) fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3000}'..='\u{33ff}' | '\u{ff01}'..='\u{ff60}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

/// How many lines end in a text.
pub(crate) fn line_ends(text: &str) -> usize {
    memchr::memchr_iter(b'\n', text.as_bytes()).count()
}

/// The lines of a text, as [`str::lines`] has them where nothing but `\n` ends one, as
/// in all decoded text.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> + Clone {
    let mut ends = memchr::memchr_iter(b'\n', text.as_bytes());
    let mut from = 0;
    std::iter::from_fn(move || {
        if from >= text.len() {
            return None;
        }
        let end = ends.next().unwrap_or(text.len());
        let line = text.get(from..end);
        from = end + 1;
        line
    })
}

/// Cells of a line, roughly: one for ASCII, two for the rest.
pub fn cells(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// How many characters that are not white space.
pub(crate) fn len(text: &str) -> usize {
    letter::visible(text)
}

/// Whether at least `n` characters are no white space; reads no further.
pub(crate) fn at_least(text: &str, n: usize) -> bool {
    // no character takes less than a byte; counted with the blanks they are counted quickly
    let short = text.len() < n || text.len() < 4 * n && text.chars().count() < n;
    !short
        && (n == 0
            || text
                .chars()
                .filter(|c| !c.is_whitespace())
                .nth(n - 1)
                .is_some())
}

/// Whether at most `n` characters are no white space.
pub(crate) fn at_most(text: &str, n: usize) -> bool {
    // no character takes less than a byte
    text.len() <= n || len(text) <= n
}

/// Whether any character is Han.
pub(crate) fn has_han(text: &str) -> bool {
    text.chars().any(is_han)
}

/// Whether the text reads as Chinese prose: a third of it is Han or its marks.
pub(crate) fn is_prose(text: &str) -> bool {
    let (mut all, mut wide) = (0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        all += 1;
        wide += usize::from(is_wide(c));
    }
    wide > 0 && wide * 3 >= all
}

/// Whether a mark inside or at the end shows that this is a sentence: 。！？；.
pub(crate) fn has_stop(text: &str) -> bool {
    text.contains(['。', '；']) || text.ends_with(['！', '？', '，', '：', ',', ':', ';'])
}

/// The text without white space and punctuation: for comparing two lines.
pub(crate) fn key(text: &str) -> String {
    text.chars()
        .filter(|c| letter::is_alphanumeric(*c))
        .collect()
}

/// A text of digits and signs in the characters that stand raised; `None` where it has
/// others.
pub(crate) fn raised(text: &str) -> Option<String> {
    const PLAIN_DIGITS: &str = "0123456789+-−=()ni";
    const RAISED_DIGITS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ";
    text.chars()
        .map(|c| {
            PLAIN_DIGITS
                .chars()
                .zip(RAISED_DIGITS.chars())
                .find_map(|(plain, raised)| (plain == c).then_some(raised))
        })
        .collect()
}

/// Line ends and runs of blanks become one blank, edges go.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// White space as HTML reads it: runs of blanks, tabs and line ends are one
/// blank; `U+3000` and `U+00A0` are not white space.
pub(crate) fn is_markup_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// How two lines of one paragraph are put together again: a blank stands only
/// between two words of a script that has them.
pub(crate) fn joint(before: Option<char>, after: Option<char>) -> &'static str {
    match (before, after) {
        (Some(b), Some(a))
            if !is_wide(b) && !is_wide(a) && !b.is_whitespace() && !a.is_whitespace() =>
        {
            " "
        }
        _ => "",
    }
}

/// Returns whether a picture's alternative text describes it: not empty, no file name,
/// no mere word for a picture.
pub(crate) fn is_description(alt: &str) -> bool {
    const EMPTY_WORDS: Words =
        Words::new("image img picture photo 图片 圖片 图像 插图 undefined null alt logo icon");
    const SIGNS: Words = Words::new("logo icon avatar 图标 圖標 头像 頭像");
    let lower = alt.to_ascii_lowercase();
    !SIGNS.ends(&lower)
        && !EMPTY_WORDS.has(&lower)
        && !is_file_name(alt)
        && alt.chars().any(char::is_alphabetic)
}

/// Returns whether the text is the name of a picture file.
pub(crate) fn is_file_name(text: &str) -> bool {
    const ENDINGS: Words = Words::new("jpg jpeg png gif webp bmp svg");
    text.trim().rsplit_once('.').is_some_and(|(name, ending)| {
        ENDINGS.has(&ending.to_ascii_lowercase()) && !name.contains(char::is_whitespace)
    })
}

/// Whether a picture's address gives a size of at most 32 pixels: `_w16_h16`.
pub(crate) fn is_tiny_by_name(address: &str) -> bool {
    let side = |mark: &str| {
        let at = address.rfind(mark)? + mark.len();
        let digits: String = address
            .get(at..)?
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        digits.parse::<u32>().ok()
    };
    matches!((side("_w"), side("_h")), (Some(w), Some(h)) if w <= 32 && h <= 32)
}

/// The text with full-width letters, digits and ASCII marks as half width.
pub(crate) fn half(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| matches!(c, '！'..='～' | '\u{3000}')) {
        Cow::Owned(text.chars().map(crate::text::fold::half_width).collect())
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_questions() {
        assert!(is_prose("这是一句话 with English。"));
        assert!(!is_prose("let x = 1; // 注"));
        assert_eq!(key("“甲”，乙 1"), "甲乙1");
        assert!(
            at_least("甲 乙", 2)
                && !at_least("甲 乙", 3)
                && at_least("", 0)
                && !at_least("甲", 2)
                && at_least("abc", 3)
        );
        assert!(at_most(" 甲 乙 ", 2) && !at_most("甲乙丙", 2));
        assert_eq!(
            (raised("−12").as_deref(), raised("th")),
            (Some("⁻¹²"), None)
        );
        assert_eq!(joint(Some('甲'), Some('乙')), "");
        assert_eq!(joint(Some('a'), Some('b')), " ");
        assert!(is_tiny_by_name("http://x/size1_w16_h16.png"));
        assert!(!is_description("a_b.jpg"));
        assert!(is_description("两地之间的铁路"));
    }
}
