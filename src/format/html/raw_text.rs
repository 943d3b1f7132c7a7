//! Finds the ends of comments and of elements whose content is not markup, even where the
//! end tag is missing.
//!
//! 1. [`ElementEnds`] finds the end of a script, a style, a title. A missing end costs as
//!    little of the page as possible.
//! 2. [`without_open_comments`] does the same for comments.
//!
//! Linear: every search goes forward only, or is made once.

use crate::source::private_use;
use crate::text::words::Words;
use html5gum::{Token, Tokenizer};
use memchr::memmem;
use std::borrow::Cow;
use std::collections::HashMap;

/// Elements whose content is skipped.
static RAW: Words = Words::new(
    "script style title noscript template svg iframe textarea noembed noframes annotation \
    annotation-xml",
);

/// Limit of an open comment, in bytes.
const MAX_COMMENT_BYTES: usize = 200;

/// Elements of tag libraries whose content is a value for the server, behind their prefix:
/// `<c:param name="last">true</c:param>`.
static VALUES: Words = Words::new("param attribute set variable property");

/// Recognises elements whose content is skipped.
pub fn is_raw(name: &[u8]) -> bool {
    std::str::from_utf8(name).is_ok_and(|name| {
        let local = name.split_once(':').map(|(_, local)| local);
        RAW.has(name) || local.is_some_and(|local| VALUES.has(local))
    })
}

/// Finds ends of elements in one text.
pub struct ElementEnds<'a> {
    text: &'a str,
    /// The position of each name's last end tag.
    last: HashMap<Vec<u8>, Option<usize>>,
    /// The position of the last line end before a tag.
    line: Option<usize>,
}

impl<'a> ElementEnds<'a> {
    /// Returns a finder for `text`.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            last: HashMap::new(),
            line: memmem::rfind(text.as_bytes(), b"\n<"),
        }
    }

    /// Returns the content of the element `name` that begins at `from`, and the byte behind its
    /// end tag. The same element inside it belongs to it.
    pub fn of(&mut self, name: &[u8], from: usize) -> (&'a str, usize) {
        let bytes = self.text.as_bytes();
        let last = self.last.entry(name.to_vec());
        let last = *last.or_insert_with(|| last_end(bytes, name));
        if last.is_none_or(|last| last < from) {
            return self.open(name, from);
        }
        let nests = matches!(name, b"svg" | b"template" | b"noscript");
        let (mut depth, mut end) = (1usize, from);
        let inside = bytes.get(from..).unwrap_or_default();
        for at in memchr::memchr_iter(b'<', inside).map(|at| at + from) {
            let rest = bytes.get(at + 1..).unwrap_or_default();
            if rest.first() == Some(&b'/') && is_tag(rest.get(1..).unwrap_or_default(), name) {
                (depth, end) = (depth - 1, at);
                if depth == 0 {
                    break;
                }
            } else if nests && is_tag(rest, name) {
                depth += 1;
            }
        }
        let next = memchr::memchr(b'>', bytes.get(end..).unwrap_or_default())
            .map_or(bytes.len(), |n| end + n + 1);
        (self.text.get(from..end).unwrap_or_default(), next)
    }

    /// Returns the content of an element without an end tag, and its end: code ends at the next
    /// line that begins with a tag, or else the next block; a title at the next tag; anything
    /// else is empty.
    fn open(&self, name: &[u8], from: usize) -> (&'a str, usize) {
        let rest = self.text.get(from..).unwrap_or_default();
        let len = match name {
            b"script" | b"style" if self.line.is_some_and(|last| last >= from) => {
                memmem::find(rest.as_bytes(), b"\n<").map_or(rest.len(), |n| n + 1)
            }
            b"script" | b"style" => block(rest.as_bytes()).unwrap_or(rest.len()),
            b"title" => memchr::memchr2(b'<', b'\n', rest.as_bytes()).unwrap_or(rest.len()),
            _ => 0,
        };
        (rest.get(..len).unwrap_or_default(), from + len)
    }
}

/// Returns the position of the first tag that begins a block.
fn block(bytes: &[u8]) -> Option<usize> {
    const BLOCKS: &str = "p div h1 h2 h3 table article section body /body /head ul";
    let begins = |rest: &[u8]| BLOCKS.split(' ').any(|name| is_tag(rest, name.as_bytes()));
    memchr::memchr_iter(b'<', bytes).find(|at| bytes.get(at + 1..).is_some_and(begins))
}

/// Recognises a tag of that name, behind its `<`.
fn is_tag(rest: &[u8], name: &[u8]) -> bool {
    let Some((head, after)) = rest.split_at_checked(name.len()) else {
        return false;
    };
    let ends = |c: &u8| c.is_ascii_whitespace() || matches!(c, b'>' | b'/');
    head.eq_ignore_ascii_case(name) && after.first().is_none_or(ends)
}

/// Returns the position of the last end tag of that name.
fn last_end(bytes: &[u8], name: &[u8]) -> Option<usize> {
    memchr::memrchr_iter(b'<', bytes).find(|at| {
        bytes.get(at + 1) == Some(&b'/')
            && bytes.get(at + 2..).is_some_and(|rest| is_tag(rest, name))
    })
}

/// Blanks out the openings of comments without an end, up to the next `>` or line end; every
/// byte keeps its position.
pub fn without_open_comments(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let Some(last) = memmem::rfind(bytes, b"<!--") else {
        return Cow::Borrowed(text);
    };
    let closed = memmem::rfind(bytes, b"-->").unwrap_or(0);
    if last < closed {
        return Cow::Borrowed(text);
    }
    let mut out = bytes.to_vec();
    let open = bytes.get(closed..).unwrap_or_default();
    for at in memmem::find_iter(open, b"<!--").map(|at| at + closed) {
        // its line may hold text: where no end is near, only the opening goes
        let end = bytes.len().min(at + MAX_COMMENT_BYTES);
        let near = bytes.get(at..end).unwrap_or_default();
        let end = match memchr::memchr2(b'>', b'\n', near) {
            Some(n) if near.get(n) == Some(&b'>') => at + n + 1,
            Some(n) => at + n,
            None => at + 4,
        };
        out.get_mut(at..end).unwrap_or_default().fill(b' ');
    }
    String::from_utf8(out).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Returns the text of a piece of HTML: without tags, entities decoded.
pub fn plain(piece: &str) -> String {
    let mut out = String::new();
    for token in Tokenizer::new(piece) {
        let Ok(token) = token;
        if let Token::String(text) = token {
            out.push_str(&String::from_utf8_lossy(&text));
        }
    }
    private_use::replaced(out.into()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_ends_even_without_its_end_tag() {
        let text = "<script>a</b></SCRIPT >甲<svg><svg>x</svg>y</svg>乙<script>z\n<p>丙";
        let mut ends = ElementEnds::new(text);
        assert_eq!(ends.of(b"script", 8), ("a</b>", 23));
        let svg = text.find("<svg>").unwrap() + 5;
        assert_eq!(ends.of(b"svg", svg).0, "<svg>x</svg>y");
        let open = text.rfind("<script>").unwrap() + 8;
        assert_eq!(ends.of(b"script", open), ("z\n", open + 2));
        let one_line = ElementEnds::new("var a = '<b>'; <p>甲").of(b"script", 0);
        assert_eq!(one_line.0, "var a = '<b>'; ");
        assert_eq!(plain("甲&amp;乙&lt;"), "甲&乙<");
    }

    #[test]
    fn comments_that_never_end_take_no_text() {
        assert_eq!(without_open_comments("<!-- a --><p>甲"), "<!-- a --><p>甲");
        let wanted = format!("<!-- a -->{}<p>甲", " ".repeat("<!-- 正文 ->".len()));
        let found = without_open_comments("<!-- a --><!-- 正文 -><p>甲");
        assert_eq!(found.trim_end(), wanted);
    }
}
