//! Says whether what goes to the terminal is text and our own sequences alone.
//!
//! 1. A sequence is one of those that [`display`](crate::shell::terminal::display) and
//!    [`terminal`](crate::shell::terminal) write: moving, erasing, scrolling, colours, modes,
//!    links to printable addresses.
//! 2. Everything else is text, and nothing of it hostile: see
//!    [`sanitize::is_hostile`].
//!
//! Debug builds ask it of every frame, the fuzzer of every input. It removes
//! nothing: a text is cleaned where it is decoded.

use crate::source::sanitize;

/// Where the first byte stands that should not reach a terminal; `None` where
/// there is none.
///
/// ```
/// use jingdu::shell::terminal::output_check::first_unsafe_byte;
/// assert_eq!(first_unsafe_byte("\u{1b}[2;1H\u{1b}[1m精读\u{1b}[0m".as_bytes()), None);
/// assert_eq!(first_unsafe_byte("精\u{1b}]0;x\u{7}".as_bytes()), Some(3));
/// ```
pub fn first_unsafe_byte(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(len) = sequence(rest) {
            at += len;
            continue;
        }
        let end =
            memchr::memchr(0x1b, rest.get(1..).unwrap_or_default()).map_or(rest.len(), |i| i + 1);
        let text = std::str::from_utf8(rest.get(..end).unwrap_or_default());
        let text = match text {
            Ok(text) => text,
            Err(error) => return Some(at + error.valid_up_to()),
        };
        if let Some((i, _)) = text
            .char_indices()
            .find(|(_, c)| matches!(c, '\n' | '\t') || sanitize::is_hostile(*c))
        {
            return Some(at + i);
        }
        at += end;
    }
    None
}

/// The length of the sequence of ours at the head of the bytes.
fn sequence(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [0x1b, b'[', rest @ ..] => {
            let parameters = rest
                .iter()
                .take_while(|b| b.is_ascii_digit() || matches!(b, b';' | b':' | b'?'))
                .count();
            matches!(
                rest.get(parameters),
                Some(
                    b'm' | b'H' | b'A'
                        ..=b'D'
                            | b'G'
                            | b'K'
                            | b'J'
                            | b'L'
                            | b'M'
                            | b'S'
                            | b'T'
                            | b'X'
                            | b'h'
                            | b'l'
                            | b'r'
                            | b's'
                )
            )
            .then_some(parameters + 3)
        }
        [0x1b, b']', b'8', b';', b';', rest @ ..] => {
            let address = rest.iter().take_while(|b| matches!(b, 0x21..=0x7e)).count();
            rest.get(address..)?
                .starts_with(b"\x1b\\")
                .then_some(address + 7)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_sequence_is_unsafe() {
        for bad in [
            "\u{7}",
            "\u{1b}[6n",
            "\u{1b}]52;c;eA==\u{7}",
            "\u{9b}2J",
            "\u{202e}",
            "\n",
            "\u{1b}",
            "\u{1b}]8;;a b\u{1b}\\",
            "\u{1b}P1$r\u{1b}\\",
            "\u{7f}",
        ] {
            assert_eq!(
                first_unsafe_byte(format!("精读{bad}").as_bytes()),
                Some(6),
                "{bad:?}"
            );
        }
        assert_eq!(first_unsafe_byte(b"\xff"), Some(0));
        assert_eq!(
            first_unsafe_byte(
                "\u{1b}]8;;https://a.cn/%E6\u{1b}\\链接\u{1b}]8;;\u{1b}\\\u{1b}[?25l".as_bytes()
            ),
            None
        );
    }
}
