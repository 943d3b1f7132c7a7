//! A line without an end: it is written as it comes, so that it stands in memory once.
//!
//! 1. [`find`] tells whether a text that goes on ends with such a line: one so long that
//!    it is plain, whatever is in it. What its beginning is read as all of it is.
//! 2. [`settled`] is how much of a part of it can be written: up to what may go on in the
//!    next one and must be looked at as a whole. That is a blank, a note mark, or what
//!    a picture is made of that stands in the text.
//!
//! Writes nothing, and does not know what follows the line.

use crate::format::markdown::repair;
use crate::format::stream;

/// A line is without an end where so much of it has none.
const LINE: usize = stream::SHORT;

/// So near the end of a part a mark may go on, in bytes: none is longer.
const NEAR: usize = 32;

/// Where the last line of a text begins.
pub fn last_line(text: &str) -> usize {
    memchr::memrchr(b'\n', text.as_bytes()).map_or(0, |at| at + 1)
}

/// Where the beginning ends of the line without an end that a text ends with.
pub fn find(text: &str) -> Option<usize> {
    let from = last_line(text);
    let line = text.get(from..).filter(|line| line.len() > LINE)?;
    let line = line.get(..settled(line))?;
    // without its pictures it may be a line as any other
    let shown = repair::payloads(line).map_or(line.len(), |shorter| shorter.len());
    let begun = line.get(..line.floor_char_boundary(stream::HEAD))?;
    let begun = begun.split(repair::PAYLOAD).next().map_or(0, settled);
    (shown > LINE && 2 * begun > stream::HEAD).then_some(from + begun)
}

/// How much of a part of such a line can be written before the next one is there.
pub fn settled(part: &str) -> usize {
    let whole = picture(part).unwrap_or(part.len());
    let near = part.floor_char_boundary(whole.saturating_sub(NEAR));
    let mark = part
        .get(near..whole)
        .and_then(|tail| tail.rfind(['〔', ';']))
        .map_or(whole, |at| near + at);
    part.get(..mark).unwrap_or_default().trim_end().len()
}

/// Where a picture begins that a part ends with.
fn picture(part: &str) -> Option<usize> {
    let at = memchr::memmem::rfind(part.as_bytes(), repair::PAYLOAD.as_bytes())?;
    let inside = part.as_bytes().get(at + repair::PAYLOAD.len()..)?;
    inside.iter().all(|b| repair::is_payload(*b)).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_go_on_is_left() {
        for (part, left) in [
            ("甲乙。", ""),
            ("甲乙 \u{3000}", " \u{3000}"),
            ("甲〔１", "〔１"),
            ("甲 〔", " 〔"),
            ("甲〔１〕，乙，说来话长，说来话长。", ""),
            ("甲;bas", ";bas"),
            ("甲;base64,AAAA", ";base64,AAAA"),
            ("甲;base64,AAAA)，说来话长，说来话长。", ""),
            (" ", " "),
        ] {
            assert_eq!(part.get(settled(part)..), Some(left), "{part}");
        }
    }

    #[test]
    fn only_a_long_line_has_no_end() {
        let line = "说来话长，".repeat(LINE / 15 + 1);
        assert!(
            find(&format!("甲\n{line}"))
                .is_some_and(|end| (stream::HEAD - NEAR..=stream::HEAD + 4).contains(&end))
        );
        assert_eq!(
            (find(&format!("{line}\n")), find("甲"), find("")),
            (None, None, None)
        );
        assert_eq!(
            find(&format!(
                "甲![乙](data:image/png;base64,{})",
                "A".repeat(2 * LINE)
            )),
            None
        );
    }
}
