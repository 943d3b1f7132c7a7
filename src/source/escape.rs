//! Measures escape sequences, so that each is removed as a whole.
//!
//! 1. `ESC [` with its parameters up to its last byte.
//! 2. `ESC ]`, `ESC P`, `ESC X`, `ESC ^`, `ESC _` up to BEL or `ESC \` on the same line.
//!    Only the introducer of an unterminated one is removed, not the text behind it.
//! 3. `ESC`, intermediate bytes, and one more character.
//!
//! The C1 forms are measured alike. A sequence ends with its line, or after 4 kB.

use std::ops::Range;

/// Limit of the parameters or the string of a sequence, in bytes.
const MAX_STRING_BYTES: usize = 4096;

/// Returns the length in bytes of the sequence that `text` begins with, or 0.
pub fn len(text: &str) -> usize {
    let mut chars = text.chars();
    match chars.next() {
        Some('\u{1b}') => {
            1 + match chars.next() {
                Some('[') => 1 + control(chars.as_str()),
                Some(']' | 'P' | 'X' | '^' | '_') => 1 + string(chars.as_str()),
                Some(' '..='~') => short(text.get(1..).unwrap_or_default()),
                _ => 0,
            }
        }
        Some('\u{9b}') => 2 + control(chars.as_str()),
        Some('\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}') => 2 + string(chars.as_str()),
        _ => 0,
    }
}

/// Measures a control sequence behind `ESC [`: parameters, intermediate bytes, a final byte.
fn control(text: &str) -> usize {
    run_and_last(text, MAX_STRING_BYTES, 0x20..0x40, 0x40..0x7f)
}

/// Counts up to `limit` bytes in `inner`, and one more if it is in `last`.
fn run_and_last(text: &str, limit: usize, inner: Range<u8>, last: Range<u8>) -> usize {
    let bytes = text.as_bytes();
    let inside = bytes.iter().take(limit).take_while(|b| inner.contains(b));
    let run = inside.count();
    run + usize::from(bytes.get(run).is_some_and(|b| last.contains(b)))
}

/// Measures a control string behind `ESC ]` and the like: all of it if it is terminated on its
/// line, else the numbers at its head.
fn string(text: &str) -> usize {
    let is_inside = |(i, c): &(usize, char)| *i < MAX_STRING_BYTES && !matches!(c, '\n' | '\r');
    for (i, c) in text.char_indices().take_while(is_inside) {
        match c {
            '\u{7}' => return i + 1,
            '\u{9c}' => return i + 2,
            '\u{1b}' => return i + 2 * usize::from(text.as_bytes().get(i + 1) == Some(&b'\\')),
            _ => {}
        }
    }
    let is_number = |b: &u8| b.is_ascii_digit() || *b == b';';
    text.bytes().take_while(is_number).count()
}

/// Measures `ESC ( B` and `ESC 7` behind the `ESC`.
fn short(text: &str) -> usize {
    run_and_last(text, 4, 0x20..0x30, 0x30..0x7f)
}

#[cfg(test)]
mod tests {
    use crate::source::sanitize::sanitize;

    #[test]
    fn sequences_go_as_wholes() {
        for (typed, plain) in [
            ("\u{1b}[1m粗\u{1b}[0m体", "粗体"),
            ("\u{1b}[38;5;12;48:2::1:2:3m色", "色"),
            ("\u{1b}[01;31m\u{1b}[K协同\u{1b}[m\u{1b}[K发展", "协同发展"),
            ("\u{9b}31m色", "色"),
            ("\u{1b}]0;题\u{7}文", "文"),
            ("\u{1b}]8;;http://a.b\u{1b}\\链\u{1b}]8;;\u{1b}\\接", "链接"),
            ("\u{1b}Pq#0;2\u{1b}\\文", "文"),
            ("\u{9d}52;c;aGk=\u{9c}文", "文"),
            ("\u{1b}(B文\u{1b}7\u{1b}c", "文"),
            ("\u{1b}[文", "文"),
            ("\u{1b}[1;", ""),
            ("\u{1b}文", "文"),
            ("\u{1b}", ""),
            ("\u{1b}]0;从不结束的文\n下一行", "从不结束的文\n下一行"),
            ("\u{1b}Xabc\u{1b}[1m文", "文"),
        ] {
            assert_eq!(sanitize(typed.into()).0, plain, "{typed:?}");
        }
        let endless = format!("\u{1b}P{}\u{7}", "文".repeat(5000));
        assert_eq!(sanitize(endless).0.chars().count(), 5000);
    }
}
