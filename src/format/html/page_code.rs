//! Blanks out the code of a server that was saved with its page: `<%@ … %>`, `<% … %>`,
//! `<?php … ?>`, `<?= … ?>`.
//!
//! Every byte keeps its position. Code without an end stays: it may be a sign of the author's.

use memchr::memmem;
use std::borrow::Cow;

/// Openings of code, and what closes each.
const CODE: [(&str, &str); 3] = [("<%", "%>"), ("<?php", "?>"), ("<?=", "?>")];

/// Returns a text with blanks in place of page code. Linear: every search goes forward only.
pub fn without_page_code(text: Cow<'_, str>) -> Cow<'_, str> {
    let ranges: Vec<_> = CODE
        .iter()
        .flat_map(|(open, close)| ranges(text.as_bytes(), open, close))
        .collect();
    if ranges.is_empty() {
        return text;
    }
    let mut out = text.clone().into_owned().into_bytes();
    for byte in ranges.into_iter().flat_map(|(from, to)| from..to) {
        if let Some(byte) = out.get_mut(byte).filter(|byte| **byte != b'\n') {
            *byte = b' ';
        }
    }
    String::from_utf8(out).map_or(text, Cow::Owned)
}

/// Returns the bytes of each stretch of code, its marks included.
fn ranges(bytes: &[u8], open: &str, close: &str) -> Vec<(usize, usize)> {
    let (mut found, mut from) = (Vec::new(), 0);
    let next = |from: usize, mark: &str| {
        let rest = bytes.get(from..).unwrap_or_default();
        memmem::find(rest, mark.as_bytes()).map(|at| from + at)
    };
    while let Some(start) = next(from, open) {
        let Some(end) = next(start + open.len(), close) else {
            break;
        };
        from = end + close.len();
        found.push((start, from));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_blanked_and_bytes_keep_their_place() {
        for (text, wanted) in [
            ("<%@ 甲\n乙 %><p>丙</p>", "<p>丙</p>"),
            ("甲<?php if ($a > 1) { ?>乙<?= $b ?>", "甲乙"),
            ("<a href=\"<%= link %>\">甲</a>", "<a href=\"\">甲</a>"),
            ("降了<% 五", "降了<%五"),
            ("<?xml version=\"1.0\"?>甲", "<?xmlversion=\"1.0\"?>甲"),
        ] {
            let found = without_page_code(Cow::Borrowed(text));
            assert_eq!(found.len(), text.len(), "{text}");
            let ends = |text: &str| text.matches('\n').count();
            assert_eq!(ends(&found), ends(text), "{text}");
            let bare: String = found.split([' ', '\n']).collect();
            assert_eq!(bare, wanted.replace(' ', ""), "{text}");
        }
    }
}
