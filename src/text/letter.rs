//! Asks of characters what the standard library's tables know, quickly for Han.
//!
//! A text of ours is nearly all Han and full-width marks, for which those tables
//! take a search each.

/// As [`char::is_alphanumeric`].
///
/// ```
/// use jingdu::text::letter::is_alphanumeric;
/// assert!("雄é１3ア".chars().all(is_alphanumeric));
/// assert!(!"，。“—…　《℃".chars().any(is_alphanumeric));
/// ```
#[must_use]
pub fn is_alphanumeric(c: char) -> bool {
    match c {
        '\u{4e00}'..='\u{9fff}' => true,
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// As [`char::is_alphabetic`].
///
/// ```
/// use jingdu::text::letter::is_letter;
/// assert!("雄éア".chars().all(is_letter));
/// assert!(!"1①，。“—…　《℃".chars().any(is_letter));
/// ```
#[must_use]
pub fn is_letter(c: char) -> bool {
    match c {
        '\u{4e00}'..='\u{9fff}' => true,
        '\0'..='\u{7f}' => c.is_ascii_alphabetic(),
        '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{ff01}'..='\u{ff20}' => false,
        _ => c.is_alphabetic(),
    }
}

/// As [`char::to_lowercase`].
pub fn lower(c: char) -> impl Iterator<Item = char> {
    let plain = matches!(c, '\u{2e80}'..='\u{9fff}') || c.is_ascii();
    let (one, more) = if plain { (Some(c.to_ascii_lowercase()), None) } else { (None, Some(c.to_lowercase())) };
    one.into_iter().chain(more.into_iter().flatten())
}

/// How many characters of a text are no white space.
///
/// ```
/// assert_eq!(jingdu::text::letter::visible("　雄安 质量\t。\u{a0}"), 5);
/// ```
#[must_use]
pub fn visible(text: &str) -> usize {
    let bytes = text.as_bytes();
    let starts = bytes.iter().filter(|b| b.cast_signed() >= -0x40).count();
    let narrow = bytes.iter().filter(|b| matches!(b, b' ' | 9..=13)).count();
    // the others are U+0085, U+00A0, those about U+2000, and U+3000
    let wide = memchr::memchr3_iter(0xc2, 0xe2, 0xe3, bytes).filter(|at| {
        matches!(
            bytes.get(*at..),
            Some([0xc2, 0x85 | 0xa0, ..] | [0xe2, 0x80, 0x80..=0x8a | 0xa8 | 0xa9 | 0xaf, ..] | [0xe2, 0x81, 0x9f, ..] | [0xe3, 0x80, 0x80, ..])
        )
    });
    starts - narrow - wide.count()
}

/// 字数: Han characters and other letters, and each run of ASCII letters or digits
/// as one, as word processors count.
///
/// ```
/// assert_eq!(jingdu::text::letter::words("2019年，GDP 增长 6.1%。"), 7);
/// ```
#[must_use]
pub fn words(text: &str) -> usize {
    let mut rest = text.as_bytes();
    let (mut count, mut before) = (0, false);
    loop {
        let latin = match rest {
            // nearly every character is Han, which its first byte tells
            [0xe5..=0xe9, _, _, tail @ ..] | [0xe4, 0xb8..=0xbf, _, tail @ ..] => {
                (count, rest) = (count + 1, tail);
                false
            }
            [a @ ..0x80, tail @ ..] => {
                rest = tail;
                let latin = a.is_ascii_alphanumeric();
                count += usize::from(latin && !before);
                latin
            }
            [] => return count,
            _ => {
                let Some(c) = text.get(text.len() - rest.len()..).and_then(|rest| rest.chars().next()) else { return count };
                count += usize::from(is_alphanumeric(c));
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
                false
            }
        };
        before = latin;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_told_as_the_library_tells_it() {
        let mut all = String::new();
        for c in (0..0x11_0000).filter_map(char::from_u32) {
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert!(lower(c).eq(c.to_lowercase()), "{c:?}");
            all.clear();
            all.push(c);
            assert_eq!(visible(&all), usize::from(!c.is_whitespace() || c == '\u{1680}'), "{c:?}");
            assert_eq!(words(&all), usize::from(c.is_alphanumeric()), "{c:?}");
        }
    }
}
