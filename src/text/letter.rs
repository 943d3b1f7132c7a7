//! Letters, and the length of a text.

use super::han;

/// Returns the same as [`char::is_alphanumeric`], quickly for Han and its marks: counting asks it
/// of every character (`c_length` in `benches/road.rs`).
///
/// ```
/// use jingdu::text::letter::is_alphanumeric;
/// assert!("雄é１3ア".chars().all(is_alphanumeric));
/// assert!(!"，。“—…　《℃".chars().any(is_alphanumeric));
/// ```
pub fn is_alphanumeric(c: char) -> bool {
    han::is_common(c) || !han::is_common_mark(c) && c.is_alphanumeric()
}

/// Returns the same as [`char::is_alphabetic`], quickly for Han.
///
/// ```
/// use jingdu::text::letter::is_letter;
/// assert!("雄éア".chars().all(is_letter));
/// assert!(!"1①，。“—…　《℃".chars().any(is_letter));
/// ```
pub fn is_letter(c: char) -> bool {
    han::is_common(c) || !han::is_common_mark(c) && c.is_alphabetic()
}

/// Counts the characters other than white space.
///
/// ```
/// assert_eq!(jingdu::text::letter::visible("　雄安 质量\t。\u{a0}"), 5);
/// ```
pub fn visible(text: &str) -> usize {
    // Han are no blanks, and most of a text: counted without a look at each
    let blanks = han::others(text).filter(|(_, c)| c.is_whitespace());
    text.chars().count() - blanks.count()
}

/// Counts 字数: Han characters and other letters, and each run of ASCII letters or digits as one,
/// as word processors count.
///
/// ```
/// assert_eq!(jingdu::text::letter::words("2019年，GDP 增长 6.1%。"), 7);
/// ```
pub fn words(text: &str) -> usize {
    let (mut count, mut end, mut in_latin) = (0, 0, false);
    for (at, c) in han::others(text) {
        count += (at - end) / han::LEN;
        let was_latin = in_latin && at == end;
        in_latin = c.is_ascii_alphanumeric();
        let begins_word = if c.is_ascii() {
            in_latin && !was_latin
        } else {
            is_alphanumeric(c)
        };
        count += usize::from(begins_word);
        end = at + c.len_utf8();
    }
    count + (text.len() - end) / han::LEN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_the_standard_library() {
        for c in (0..0x11_0000).filter_map(char::from_u32) {
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
        }
    }

    #[test]
    fn words_are_counted() {
        for (text, count) in [
            ("京津，a1 b“冀”。", 5),
            ("-a天b1 一、", 4),
            ("éa，𠮷々①ａ", 6),
            ("", 0),
        ] {
            assert_eq!(words(text), count, "{text}");
        }
    }
}
