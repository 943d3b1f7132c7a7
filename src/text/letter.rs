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
pub fn is_alphanumeric(c: char) -> bool {
    match c {
        '\u{4e00}'..='\u{9fff}' => true,
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        '\u{2010}'..='\u{2027}'
        | '\u{3000}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{ff01}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff20}' => false,
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
pub fn is_letter(c: char) -> bool {
    match c {
        '\u{4e00}'..='\u{9fff}' => true,
        '\0'..='\u{7f}' => c.is_ascii_alphabetic(),
        '\u{2010}'..='\u{2027}'
        | '\u{3000}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{ff01}'..='\u{ff20}' => false,
        _ => c.is_alphabetic(),
    }
}

/// The first character of [`lower`].
pub fn lower_first(c: char) -> char {
    if matches!(c, '\u{2e80}'..='\u{9fff}') || c.is_ascii() {
        c.to_ascii_lowercase()
    } else {
        c.to_lowercase().next().unwrap_or(c)
    }
}

/// As [`char::to_lowercase`].
pub fn lower(c: char) -> impl Iterator<Item = char> {
    let plain = matches!(c, '\u{2e80}'..='\u{9fff}') || c.is_ascii();
    let (one, more) = if plain {
        (Some(c.to_ascii_lowercase()), None)
    } else {
        (None, Some(c.to_lowercase()))
    };
    one.into_iter().chain(more.into_iter().flatten())
}

/// Whether a text begins with white space. A byte tells it for nearly every text.
///
/// ```
/// use jingdu::text::letter::{begins_blank, ends_blank};
/// assert!(begins_blank("　雄安") && ends_blank("雄安\n") && !begins_blank("雄安") && !ends_blank("雄安。"));
/// ```
pub fn begins_blank(text: &str) -> bool {
    match text.as_bytes() {
        [b' ' | 9..=13, ..] => true,
        [0xc2 | 0xe1..=0xe3, ..] => text.starts_with(char::is_whitespace),
        _ => false,
    }
}

/// Whether a text ends with white space.
pub fn ends_blank(text: &str) -> bool {
    match text.as_bytes() {
        [.., b' ' | 9..=13] => true,
        [.., 0xc2, _] | [.., 0xe1..=0xe3, _, _] => text.ends_with(char::is_whitespace),
        _ => false,
    }
}

/// As [`str::trim`].
pub fn trim(text: &str) -> &str {
    if begins_blank(text) || ends_blank(text) {
        text.trim()
    } else {
        text
    }
}

/// As [`str::trim_end`].
pub fn trim_end(text: &str) -> &str {
    if ends_blank(text) {
        text.trim_end()
    } else {
        text
    }
}

/// How many characters of a text are no white space.
///
/// ```
/// assert_eq!(jingdu::text::letter::visible("　雄安 质量\t。\u{a0}"), 5);
/// ```
pub fn visible(text: &str) -> usize {
    let bytes = text.as_bytes();
    let starts = count(bytes, |b| b.cast_signed() >= -0x40);
    let narrow = count(bytes, |b| matches!(b, b' ' | 9..=13));
    // the others are U+0085, U+00A0, those about U+2000, and U+3000
    let wide = memchr::memchr3_iter(0xc2, 0xe2, 0xe3, bytes).filter(|at| {
        matches!(
            bytes.get(*at..),
            Some(
                [0xc2, 0x85 | 0xa0, ..]
                    | [0xe2, 0x80, 0x80..=0x8a | 0xa8 | 0xa9 | 0xaf, ..]
                    | [0xe2, 0x81, 0x9f, ..]
                    | [0xe3, 0x80, 0x80, ..]
            )
        )
    });
    starts - narrow - wide.count()
}

/// How many bytes are so, many of them at a time.
fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    sum(bytes, |b| u8::from(is(b)))
}

/// The sum of what bytes weigh, 2 at the most, many of them at a time: a byte sums up a few of them.
pub fn sum(bytes: &[u8], weight: impl Fn(u8) -> u8) -> usize {
    bytes
        .chunks(usize::from(u8::MAX) / 2)
        .map(|few| usize::from(few.iter().fold(0, |n: u8, b| n + weight(*b))))
        .sum()
}

/// 字数: Han characters and other letters, and each run of ASCII letters or digits
/// as one, as word processors count.
///
/// ```
/// assert_eq!(jingdu::text::letter::words("2019年，GDP 增长 6.1%。"), 7);
/// ```
pub fn words(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut count, mut at) = (0, 0);
    while at < bytes.len() {
        let end = (at + BLOCK).min(bytes.len());
        // the byte before, and two behind, tell what those at the edges are
        let plain = at
            .checked_sub(1)
            .and_then(|before| bytes.get(before..end + 2))
            .and_then(plain_words);
        count += plain.unwrap_or_else(|| (at..end).filter(|i| begins_word(text, *i)).count());
        at = end;
    }
    count
}

/// So many bytes are counted in one go; a byte can count them.
const BLOCK: usize = 240;

/// Whether a byte of a text begins what counts as a word.
fn begins_word(text: &str, at: usize) -> bool {
    let is_latin = |i: usize| {
        text.as_bytes()
            .get(i)
            .is_some_and(u8::is_ascii_alphanumeric)
    };
    match text.get(at..).and_then(|rest| rest.chars().next()) {
        Some(c) if c.is_ascii() => is_latin(at) && !at.checked_sub(1).is_some_and(is_latin),
        c => c.is_some_and(is_alphanumeric),
    }
}

/// The same of a block, its first and its last two bytes aside, where nothing is in it
/// but Han, ASCII and the commonest marks. Without branches, so that many bytes are
/// looked at at once: text changes between Han and marks too often to be foreseen.
#[allow(
    clippy::needless_bitwise_bool,
    reason = "branches cannot be vectorised"
)]
fn plain_words(block: &[u8]) -> Option<usize> {
    let is_latin = |b: u8| ((b | 0x20).wrapping_sub(b'a') < 26) | (b.wrapping_sub(b'0') < 10);
    let (mut count, mut others) = (0u8, false);
    for window in block.windows(4) {
        let &[before, a, b, c] = window else { continue };
        // U+4000 to U+9FFF, of which Han begin at U+4E00
        let han = a.wrapping_sub(0xe4) < 6;
        // U+3000 to U+3020 but 々〆〇; ！ to ／ and ： to ＠; U+2000 to U+203F
        let wide = (a == 0xe3) & (b == 0x80) & (c.wrapping_sub(0x85) > 2) & (c < 0xa1);
        let full = (a == 0xef) & (b == 0xbc) & ((c < 0x90) | (c.wrapping_sub(0x9a) < 7));
        let general = (a == 0xe2) & (b == 0x80);
        count += u8::from(han | (is_latin(a) & !is_latin(before)));
        others |= ((a == 0xe4) & (b < 0xb8)) | ((a > 0xc1) & !(han | wide | full | general));
    }
    (!others).then_some(usize::from(count))
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
            assert!(
                lower(c).eq(c.to_lowercase()) && lower(c).next() == Some(lower_first(c)),
                "{c:?}"
            );
            all.clear();
            all.push(c);
            assert_eq!(
                visible(&all),
                usize::from(!c.is_whitespace() || c == '\u{1680}'),
                "{c:?}"
            );
            assert_eq!(words(&all), usize::from(c.is_alphanumeric()), "{c:?}");
            assert_eq!(
                (begins_blank(&all), ends_blank(&all)),
                (c.is_whitespace(), c.is_whitespace()),
                "{c:?}"
            );
            // the quick look says the same, or nothing
            let block = format!(",{c}a，天b1 一、");
            let word = usize::from(c.is_alphanumeric() && !c.is_ascii());
            assert!(
                plain_words(block.as_bytes()).is_none_or(|found| found == word + 4),
                "{c:?}"
            );
        }
    }

    #[test]
    fn words_are_the_same_at_every_edge() {
        assert_eq!(plain_words(",京津，a1 b“冀”。".as_bytes()), Some(5));
        for c in ['a', '天', '，', '。', '“', 'é', '々', '①', 'ａ', '𠮷', '䷀'] {
            for before in 0..2 * BLOCK {
                let text = format!("{}{c}a，天b1 {}", "-".repeat(before), "天".repeat(BLOCK));
                let word = usize::from(c.is_alphanumeric() && !c.is_ascii());
                assert_eq!(words(&text), word + 3 + BLOCK, "{c:?} {before}");
            }
        }
    }
}
