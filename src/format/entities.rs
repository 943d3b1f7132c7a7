//! Reads entities (`&amp;`, `&#38;`, `&ldquo;`) where they stand in text that is no HTML.

use crate::source::{private_use, sanitize};
use html5gum::{Token, Tokenizer};
use std::borrow::Cow;

/// Limit of an entity, in bytes.
const MAX_ENTITY_BYTES: usize = 12;

/// Reads the entity at the head of a text; returns its bytes and the text that it encodes.
pub(crate) fn entity(text: &str) -> Option<(usize, String)> {
    let end = text
        .bytes()
        .take(MAX_ENTITY_BYTES)
        .position(|b| b == b';')?;
    let name = text.get(1..end).filter(|_| text.starts_with('&'))?;
    let is_of_name = |b: u8| b.is_ascii_alphanumeric() || b == b'#';
    if name.len() < 2 || !name.bytes().all(is_of_name) {
        return None;
    }
    let written = text.get(..=end)?;
    let mut read = String::new();
    for token in Tokenizer::new(written) {
        let Ok(token) = token;
        if let Token::String(text) = token {
            read.push_str(&String::from_utf8_lossy(&text));
        }
    }
    // of `&nothing;` HTML reads `&not`
    let is_part = read.ends_with(';') && read.len() > 1;
    if read == written || is_part {
        return None;
    }
    // the character of an entity has not been through `source`
    let read = private_use::replaced(Cow::Owned(read));
    let clean = sanitize::line(&read.replace(['\u{a0}', '\n'], "\u{20}"));
    Some((end + 1, clean))
}

/// Returns a text with its entities read.
pub(crate) fn decoded(text: &str) -> Cow<'_, str> {
    decoded_where(text, |_, _| true)
}

/// Returns a text of HTML with those entities read that a converter wrote twice: inside a word, or
/// between two Han: `R&amp;D`, `吉尔&#8226;布拉斯`.
pub(crate) fn twice_written(text: &str) -> Cow<'_, str> {
    decoded_where(text, |at, len| {
        let (before, behind) = (text.get(..at), text.get(at + len..));
        let name = text.get(at..at + len).unwrap_or_default();
        let is_word = |c: char| c.is_alphanumeric() || name == "&amp;" && c == '#';
        before.is_some_and(|text| text.ends_with(is_word))
            && behind.is_some_and(|text| text.starts_with(is_word))
            && (name.starts_with("&#") || name == "&amp;")
    })
}

/// Returns a text with those entities read that fit by their place and their length.
fn decoded_where(text: &str, fits: impl Fn(usize, usize) -> bool) -> Cow<'_, str> {
    let (mut out, mut from, mut at) = (String::new(), 0, 0);
    while let Some(next) = text.get(at..).and_then(|rest| rest.find('&')) {
        at += next;
        let found = text.get(at..).and_then(entity);
        let found = found.filter(|(len, _)| fits(at, *len));
        let Some((len, read)) = found else {
            at += 1;
            continue;
        };
        out += text.get(from..at).unwrap_or_default();
        out += &read;
        at += len;
        from = at;
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    out += text.get(from..).unwrap_or_default();
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_read_and_nothing_else() {
        for (written, read) in [
            ("李雷&#38;韩梅梅", "李雷&韩梅梅"),
            ("J. Smith &amp; Co", "J. Smith & Co"),
            ("沈&#8226;砚&ldquo;甲&rdquo;", "沈•砚“甲”"),
            (
                "AT&T; R&D, a&b;c &; &#; &nothing;",
                "AT&T; R&D, a&b;c &; &#; &nothing;",
            ),
            ("甲&#27;[2J乙&#x202e;丙", "甲 [2J乙 丙"),
            ("&amp;", "&"),
        ] {
            assert_eq!(decoded(written), read, "{written}");
        }
        for (written, read) in [
            ("吉尔&#8226;布拉斯与R&amp;D", "吉尔•布拉斯与R&D"),
            ("写作&nbsp;与 &#38; 两种", "写作&nbsp;与 &#38; 两种"),
        ] {
            assert_eq!(twice_written(written), read);
        }
    }
}
