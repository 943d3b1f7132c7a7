//! Checks that the bytes for the terminal are text and the program's own sequences alone: those
//! that [`display`](crate::shell::terminal::display) and [`terminal`](crate::shell::terminal)
//! write. The text must hold nothing hostile (see [`sanitize::is_hostile`]).
//!
//! Debug builds check every frame, the fuzzer every input. Nothing is removed here: a text is
//! cleaned where it is decoded.

use crate::source::sanitize;

/// Returns the place of the first byte that should not reach a terminal, if there is one.
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
        let next = rest.iter().skip(1).position(|b| *b == 0x1b);
        let end = next.map_or(rest.len(), |i| i + 1);
        let text = match std::str::from_utf8(rest.get(..end).unwrap_or_default()) {
            Ok(text) => text,
            Err(error) => return Some(at + error.valid_up_to()),
        };
        let is_unsafe = |c: char| matches!(c, '\n' | '\t') || sanitize::is_hostile(c);
        if let Some(i) = text.find(is_unsafe) {
            return Some(at + i);
        }
        at += end;
    }
    None
}

/// Final bytes of the control sequences that the program writes.
const FINAL_BYTES: &[u8] = b"mHABCDGKJLMSTXhlrs";

/// Returns the length of the program's own sequence at the head of the bytes.
fn sequence(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [0x1b, b'[', rest @ ..] => {
            let is_parameter = |b: &u8| b.is_ascii_digit() || b";:?".contains(b);
            let last = rest.iter().position(|b| !is_parameter(b))?;
            FINAL_BYTES.contains(rest.get(last)?).then_some(last + 3)
        }
        [0x1b, b']', b'8', b';', b';', rest @ ..] => {
            let address = rest.iter().take_while(|b| matches!(b, 0x21..=0x7e)).count();
            let ends = rest.get(address..)?.starts_with(b"\x1b\\");
            ends.then_some(address + 7)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_sequence_is_unsafe() {
        let hostile = "\u{7} \u{1b}[6n \u{1b}]52;c;eA==\u{7} \u{9b}2J \u{202e} \n \u{1b} \
                       \u{1b}]8;;a\u{0}b\u{1b}\\ \u{1b}P1$r\u{1b}\\ \u{7f}";
        for bad in hostile.split(' ').chain(["\u{1b}]8;;a b\u{1b}\\"]) {
            let found = first_unsafe_byte(format!("精读{bad}").as_bytes());
            assert_eq!(found, Some(6), "{bad:?}");
        }
        assert_eq!(first_unsafe_byte(b"\xff"), Some(0));
        let link = "\u{1b}]8;;https://a.cn/%E6\u{1b}\\链接\u{1b}]8;;\u{1b}\\\u{1b}[?25l";
        assert_eq!(first_unsafe_byte(link.as_bytes()), None);
    }
}
