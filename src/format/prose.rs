//! Predicates about a piece of text, for clean-up and readers of formats: is it prose, does it
//! end a sentence, what is it without punctuation.
//!
//! Decides no rule.

pub use crate::text::han::is_han;
use crate::text::letter;
use crate::text::numeral::is_han_numeral;
use crate::text::script::simplify;
pub(crate) use crate::text::sentence::is_ended as ends_sentence;
use crate::text::words::Words;
use std::borrow::Cow;

/// Recognises characters as wide as Han, which join without a blank.
pub(crate) fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3000}'..='\u{33ff}' | '\u{ff01}'..='\u{ff60}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

/// Counts the line ends of a text.
pub(crate) fn line_ends(text: &str) -> usize {
    memchr::memchr_iter(b'\n', text.as_bytes()).count()
}

/// Returns the lines of decoded text, which only `\n` ends.
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

/// Estimates the cells of a line: one for ASCII, two for the rest.
pub fn cells(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// Counts the characters that are not white space.
pub(crate) fn len(text: &str) -> usize {
    letter::visible(text)
}

/// Returns whether at least `n` characters are not white space; reads no further.
pub(crate) fn at_least(text: &str, n: usize) -> bool {
    // no character takes less than a byte; counted with the blanks they are counted quickly
    let short = text.len() < n || text.len() < 4 * n && text.chars().count() < n;
    let mut chars = text.chars().filter(|c| !c.is_whitespace());
    !short && (n == 0 || chars.nth(n - 1).is_some())
}

/// Returns whether at most `n` characters are not white space.
pub(crate) fn at_most(text: &str, n: usize) -> bool {
    !at_least(text, n + 1)
}

/// Returns whether any character is Han.
pub(crate) fn has_han(text: &str) -> bool {
    text.chars().any(is_han)
}

/// Recognises Chinese prose: a third of it is Han or its marks.
pub(crate) fn is_prose(text: &str) -> bool {
    let (mut all, mut wide) = (0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        all += 1;
        wide += usize::from(is_wide(c));
    }
    wide > 0 && wide * 3 >= all
}

/// Recognises a sentence by a mark inside or at its end: 。！？；.
pub(crate) fn has_stop(text: &str) -> bool {
    text.contains(['。', '；']) || text.ends_with(['！', '？', '，', '：', ',', ':', ';'])
}

/// Returns a text without white space and punctuation, simplified: the key by which lines are
/// compared.
pub(crate) fn key(text: &str) -> String {
    let chars = text.chars();
    chars
        .filter(|c| letter::is_alphanumeric(*c))
        .map(simplify)
        .collect()
}

/// Returns digits and signs as superscript characters; `None` where any has none.
pub(crate) fn raised(text: &str) -> Option<String> {
    const PLAIN_DIGITS: &str = "0123456789+-−=()ni";
    const RAISED_DIGITS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ";
    let pairs = PLAIN_DIGITS.chars().zip(RAISED_DIGITS.chars());
    let raised = |c: char| Some(pairs.clone().find(|(plain, _)| *plain == c)?.1);
    text.chars().map(raised).collect()
}

/// Replaces white space by single blanks, and trims.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Changes a text that may have been changed before.
pub(crate) fn and_then<'a>(
    text: Cow<'a, str>,
    change: impl for<'b> Fn(&'b str) -> Cow<'b, str>,
) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => change(text),
        Cow::Owned(text) => Cow::Owned(change(&text).into_owned()),
    }
}

/// Recognises white space of HTML; `U+3000` and `U+00A0` are not.
pub(crate) fn is_markup_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// Returns the text between two joined lines of a paragraph: a blank only between words of a
/// script that separates them.
pub(crate) fn joint(before: Option<char>, after: Option<char>) -> &'static str {
    let in_word = |c: Option<char>| c.is_some_and(|c| !is_wide(c) && !c.is_whitespace());
    if in_word(before) && in_word(after) {
        " "
    } else {
        ""
    }
}

/// Recognises alternative text that describes its picture: neither empty, nor a file name, nor
/// a mere word for a picture.
pub(crate) fn is_description(alt: &str) -> bool {
    static EMPTY_WORDS: Words =
        Words::new("image img picture photo 图片 图像 插图 undefined null alt logo icon");
    static SIGNS: Words = Words::new("logo icon avatar 图标 头像");
    let lower = alt.to_ascii_lowercase();
    !SIGNS.ends(&lower)
        && !EMPTY_WORDS.has(&lower)
        && !is_file_name(alt)
        && alt.chars().any(char::is_alphabetic)
}

/// Recognises the name of a picture file.
pub(crate) fn is_file_name(text: &str) -> bool {
    static ENDINGS: Words = Words::new("jpg jpeg png gif webp bmp svg");
    text.trim().rsplit_once('.').is_some_and(|(name, ending)| {
        ENDINGS.has(&ending.to_ascii_lowercase()) && !name.contains(char::is_whitespace)
    })
}

/// Recognises the address of a picture of at most 32 pixels: `_w16_h16`.
pub(crate) fn is_tiny_by_name(address: &str) -> bool {
    let side = |mark: &str| {
        let (_, after) = address.rsplit_once(mark)?;
        let end = after
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(after.len());
        after.get(..end)?.parse::<u32>().ok()
    };
    matches!((side("_w"), side("_h")), (Some(w), Some(h)) if w <= 32 && h <= 32)
}

/// Returns a text with full-width letters, digits and ASCII marks as half width.
pub(crate) fn half(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| matches!(c, '！'..='～' | '\u{3000}')) {
        Cow::Owned(text.chars().map(crate::text::fold::half_width).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Recognises the first line of an enumeration: 一、 （一） 1. 第一，.
pub(crate) fn is_numbered(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit() || is_han_numeral(c));
    let numbered = rest.len() < line.len() && rest.starts_with(['、', '.', '．', '，', ')', '）']);
    numbered
        || line.starts_with(['（', '('])
        || line.starts_with("第一") && line.contains(['，', '、'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_and_compared() {
        assert!(is_prose("这是一句话 with English。") && !is_prose("let x = 1; // 注"));
        assert_eq!(key("“甲”，乙 1"), "甲乙1");
        for (text, n, wanted) in [
            ("甲 乙", 2, true),
            ("甲 乙", 3, false),
            ("", 0, true),
            ("甲", 2, false),
            ("abc", 3, true),
        ] {
            assert_eq!(at_least(text, n), wanted, "{text} {n}");
        }
        assert!(at_most(" 甲 乙 ", 2) && !at_most("甲乙丙", 2));
        assert_eq!(
            [raised("−12").as_deref(), raised("th").as_deref()],
            [Some("⁻¹²"), None]
        );
        assert_eq!(
            [joint(Some('甲'), Some('乙')), joint(Some('a'), Some('b'))],
            ["", " "]
        );
        assert!(is_tiny_by_name("http://x/size1_w16_h16.png"));
        assert!(!is_description("a_b.jpg") && is_description("两地之间的铁路"));
    }
}
