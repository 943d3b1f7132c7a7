//! How long an escape sequence is, so that it goes as a whole and leaves no debris.
//!
//! 1. `ESC [` with its parameters up to its last byte.
//! 2. `ESC ]`, `ESC P`, `ESC X`, `ESC ^`, `ESC _` up to BEL or `ESC \` on the same line.
//!    One that never ends takes only its head with it: the text behind it stays.
//! 3. `ESC` and one more character, with what may stand between them.
//!
//! The eight-bit forms are the same. Nothing beyond a line, or 4 kB, is looked at.

/// Limit of a string inside a sequence, in bytes.
const MAX_STRING_BYTES: usize = 4096;

/// Returns how many bytes of `text` the sequence takes that begins it; 0 where it begins
/// with none.
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

/// Returns what follows `ESC [`: parameters, intermediate bytes, and a last one.
fn control(text: &str) -> usize {
    let bytes = text.as_bytes();
    let inner = bytes
        .iter()
        .take(MAX_STRING_BYTES)
        .take_while(|b| (0x20..0x40).contains(*b))
        .count();
    inner + usize::from(bytes.get(inner).is_some_and(|b| (0x40..0x7f).contains(b)))
}

/// Returns what follows `ESC ]` and its like: all of it where it ends on its line, else the
/// numbers at its head.
fn string(text: &str) -> usize {
    let line = text
        .char_indices()
        .take_while(|(i, c)| *i < MAX_STRING_BYTES && !matches!(c, '\n' | '\r'));
    for (i, c) in line {
        match c {
            '\u{7}' => return i + 1,
            '\u{9c}' => return i + 2,
            '\u{1b}' => {
                return if text.get(i + 1..).is_some_and(|t| t.starts_with('\\')) {
                    i + 2
                } else {
                    i
                };
            }
            _ => {}
        }
    }
    text.bytes()
        .take_while(|b| b.is_ascii_digit() || *b == b';')
        .count()
}

/// `ESC ( B` and `ESC 7`, without the `ESC`.
fn short(text: &str) -> usize {
    let bytes = text.as_bytes();
    let between = bytes
        .iter()
        .take(4)
        .take_while(|b| (0x20..0x30).contains(*b))
        .count();
    between + usize::from(bytes.get(between).is_some_and(|b| (0x30..0x7f).contains(b)))
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
