//! Divides a long text into sections that are parsed one after the other.
//!
//! 1. The first section is the head: it can be parsed and shown before the rest is read.
//!    It depends on no byte behind it, so that its document is a prefix of the whole one.
//! 2. A draft takes as much memory as its text: of a long text there is only that of one
//!    section.
//! 3. A section ends where nothing goes on: before a paragraph at the margin, behind a
//!    blank line, outside of fences and comments. Where there is no such place within
//!    [`MAX_BYTES`] it ends before an item, a heading, or any other line at the margin.
//!
//! A text up to [`SHORT_TEXT_BYTES`] is one section.

use crate::format::markdown::plain_runs::{self, Open};
use std::ops::Range;

/// Bytes of the head.
pub const HEAD_BYTES: usize = 96 << 10;
/// Bytes of a further section: text, draft and document fit into the second cache.
const SECTION_BYTES: usize = 256 << 10;
/// Longest text that is one section, in bytes.
pub const SHORT_TEXT_BYTES: usize = 512 << 10;
/// The same where it defines links and notes, which may be used anywhere in it.
const DEFINING_TEXT_BYTES: usize = 2 << 20;
/// Bytes of a section from which on it may end inside a list or a quotation.
const MAX_BYTES: usize = 1 << 20;

/// Places where a section may end, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Break {
    /// Before a paragraph: nothing goes on.
    Paragraph,
    /// Before a heading, an item or a quotation: a list may go on.
    Block,
    /// Before any line at the margin.
    Line,
}

/// Returns the sections of a text, in order; together they are all of it.
pub fn sections(text: &str, markdown: bool) -> Vec<Range<usize>> {
    let defines = markdown && text.len() <= DEFINING_TEXT_BYTES && plain_runs::defines(text);
    let mut all = Vec::new();
    let mut at = 0;
    if text.len() > SHORT_TEXT_BYTES && !defines {
        let mut bytes = HEAD_BYTES;
        while let Some(len) = end(text.get(at..).unwrap_or_default(), bytes, markdown) {
            all.push(at..at + len);
            (at, bytes) = (at + len, SECTION_BYTES);
        }
    }
    all.push(at..text.len());
    all
}

/// Returns the head of a text of which more follows: its first section, or as much as
/// there is of it, up to a line end or inside of a line that has none.
pub fn head(text: &str, markdown: bool) -> &str {
    let start = first_bytes(text);
    let len = end(text, HEAD_BYTES, markdown).unwrap_or_else(|| {
        let lines = memchr::memrchr(b'\n', start.as_bytes()).map_or(0, |at| at + 1);
        if 2 * lines >= start.len() {
            return lines;
        }
        // the last letter may be torn, or one cluster with what follows
        let letter = start.char_indices().rfind(|(_, c)| c.is_alphanumeric());
        letter.map_or(lines, |(at, _)| at)
    });
    text.get(..len).unwrap_or_default()
}

/// Returns the first [`HEAD_BYTES`] of a text.
pub fn first_bytes(text: &str) -> &str {
    text.get(..text.floor_char_boundary(HEAD_BYTES))
        .unwrap_or(text)
}

/// Returns where the first section of about so many bytes ends; `None` where that is
/// not before the end of the text.
fn end(text: &str, mut bytes: usize, markdown: bool) -> Option<usize> {
    while bytes < text.len() {
        let part = text.get(..text.floor_char_boundary(bytes))?;
        // what is left must be more than a few lines: rules look at the last paragraphs
        if text.len() - part.len() < bytes / 4 && bytes > HEAD_BYTES {
            return None;
        }
        let accepted: &[Break] = if markdown && bytes < MAX_BYTES {
            &[Break::Paragraph]
        } else {
            &[Break::Paragraph, Break::Block, Break::Line]
        };
        let last = last_breaks(part, markdown);
        let late = |kind: &Break| last[*kind as usize].filter(|at| 2 * at >= part.len());
        if let Some(at) = accepted.iter().find_map(late) {
            return Some(at);
        }
        bytes *= 2;
    }
    None
}

/// Returns the last break of each kind, by its number.
fn last_breaks(text: &str, markdown: bool) -> [Option<usize>; 3] {
    let bytes = text.as_bytes();
    let mut last = [None; 3];
    let mut open: Option<Open> = None;
    let (mut start, mut blank_above) = (0, false);
    for end in memchr::memchr_iter(b'\n', bytes) {
        let line = bytes.get(start..end).unwrap_or_default();
        if open.is_none()
            && start > 0
            && let Some(kind) = break_before(line, blank_above, markdown)
        {
            last[kind as usize] = Some(start);
        }
        if markdown {
            open = Open::after(open, line);
        }
        blank_above = line.trim_ascii().is_empty();
        start = end + 1;
    }
    last
}

/// Returns how a section may end before a line.
fn break_before(line: &[u8], blank_above: bool, markdown: bool) -> Option<Break> {
    let indented = line.starts_with("\u{3000}".as_bytes());
    let first = *line.first()?;
    let item = plain_runs::is_item(line);
    if matches!(first, b' ' | b'\t') {
        return None;
    }
    if blank_above && !(markdown && (first == b'>' || item)) || indented && !markdown {
        return Some(Break::Paragraph);
    }
    let heads = blank_above || indented || item || matches!(first, b'#' | b'>');
    // a row of dashes belongs to the line above it, a row of a table to its head
    let belongs = line.contains(&b'|') || line.iter().all(|b| matches!(b, b'-' | b'=' | b' '));
    match (heads, belongs && markdown) {
        (_, true) => None,
        (true, false) => Some(Break::Block),
        (false, false) => Some(Break::Line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::document::dump::dump;
    use crate::format::{ParseOptions, parse};
    use crate::source;
    use std::fmt::Write as _;

    /// A long text of many kinds of block.
    fn long(markdown: bool) -> String {
        let mut text = "---\ntitle: 长文\n---\n".to_owned();
        for i in 0..9000 {
            let _ = match i % 11 {
                3 if markdown => writeln!(text, "## 第{i}节的标题\n"),
                5 if markdown => writeln!(text, "- 一项\n- 两项，第{i}处\n"),
                1 if markdown && i % 22 == 1 => writeln!(
                    text,
                    "# 甲{i}\n## 乙\n正文**紧**接着。\n### 丙\n\n> 引{i}\n> 用\n\n[链](b)，一段。\n"
                ),
                7 if markdown && i % 77 == 7 => {
                    writeln!(text, "```\nlet x = {i};\n\nlet y = 2;\n```\n")
                }
                _ => writeln!(
                    text,
                    "　　第{i}段，一是要读，二是要写，三是要想，{}完。\n",
                    "说来话长，".repeat(i % 17)
                ),
            };
        }
        text
    }

    fn read(name: &str, text: &str, head: bool) -> Document {
        let options = ParseOptions {
            name,
            head,
            ..ParseOptions::default()
        };
        parse(&source::read(text.as_bytes(), None), options)
    }

    #[test]
    fn a_head_is_the_beginning_of_the_whole() {
        for (name, text) in [
            ("a.md", long(true)),
            ("a.txt", long(false)),
            ("list.md", "- 甲\n".repeat(200_000)),
            ("lines.txt", "甲乙。\n".repeat(100_000)),
            (
                "lines.md",
                format!("# 题\n{}", "甲*乙*。\n".repeat(100_000)),
            ),
            ("line.md", "**甲**乙，丙丁。".repeat(60_000)),
            ("line.txt", "甲乙，丙丁。".repeat(60_000)),
            (
                "below.md",
                format!("# 题\n\n前。\n\n{}\n\n后。\n", "甲[乙](b)。".repeat(60_000)),
            ),
        ] {
            let whole = read(name, &text, false);
            let seen = text.get(..text.floor_char_boundary(HEAD_BYTES + 4096));
            for seen in [seen.unwrap(), &text] {
                let head = read(name, seen, true);
                assert!(
                    head.text().len() > HEAD_BYTES / 5,
                    "{name} {}",
                    head.text().len()
                );
                assert!(whole.text().starts_with(head.text()), "{name}");
                assert_eq!(head.meta(), whole.meta(), "{name}");
            }
        }
    }

    #[test]
    fn sections_end_where_nothing_goes_on() {
        for (unit, markdown) in [
            ("甲乙。\n\n", true),
            ("- 甲\n  乙\n\n丙。\n\n", true),
            ("```\n甲\n\n乙\n```\n\n丙。\n\n", true),
            ("<!--\n\n甲\n-->\n丙。\n\n丁。\n", true),
            ("　　甲乙。\n", false),
            ("甲乙。\n", false),
            ("# 甲\n", true),
            ("> 甲\n", true),
            ("- 甲\n", true),
        ] {
            let text = unit.repeat((5 << 20) / unit.len());
            let all = sections(&text, markdown);
            assert!(all.len() > 3, "{unit:?}");
            assert_eq!(all.last().map(|range| range.end), Some(text.len()));
            for pair in all.windows(2) {
                assert_eq!(pair[0].end, pair[1].start);
                assert!(pair[0].len() <= 2 * MAX_BYTES, "{unit:?}");
                let rest = text.get(pair[1].start..).unwrap();
                assert!(unit.contains(rest.split('\n').next().unwrap()), "{unit:?}");
            }
        }
        // a fence, a table, a line that nothing divides
        for text in [
            format!("```\n{}", "甲\n\n".repeat(1 << 19)),
            "|甲|乙|\n".repeat(1 << 17),
            "甲".repeat(1 << 19),
        ] {
            assert_eq!(sections(&text, true).len(), 1);
        }
    }

    #[test]
    fn sections_change_no_document() {
        for (name, markdown) in [("a.md", true), ("a.txt", false)] {
            let text = long(markdown);
            let ranges = sections(&text, markdown);
            assert!(ranges.len() > 3);
            let whole = read(name, &text, false);
            let short: Vec<String> = ranges
                .into_iter()
                .flat_map(|range| {
                    let body = text.get(range).unwrap();
                    let part = read(name, &format!("---\ntitle: 长文\n---\n{body}"), false);
                    part.text().lines().map(str::to_owned).collect::<Vec<_>>()
                })
                .filter(|line| line != "title: 长文")
                .collect();
            assert!(whole.text().lines().eq(short.iter()), "{name}");
        }
    }

    #[test]
    fn notes_and_links_are_found_far_below() {
        let text = |count: usize| {
            let mut text = "---\ntitle: 长\n---\n".to_owned();
            let filler = "，说来话长".repeat(20);
            (1..=count).for_each(|i| _ = writeln!(text, "第{i}段{filler}，有注。[^{i}]\n"));
            (1..=count).for_each(|i| _ = writeln!(text, "[^{i}]: 第{i}条注。\n"));
            text
        };
        for count in [2_000, 12_000] {
            let whole = read("a.md", &text(count), false);
            assert!(
                whole
                    .text()
                    .ends_with(&format!("[{count}] 第{count}条注。"))
            );
            assert!(!whole.text().contains("[^"));
        }
        // behind an open fence nothing is added
        let open = "说来话长，有注。[^7]\n\n".repeat(40_000) + "```\nlet a;\n";
        let whole = read("a.md", &open, false);
        assert!(whole.text().ends_with("\nlet a;") && !whole.text().contains("]: -"));
    }

    #[test]
    fn pictures_in_the_text_make_no_line_too_long() {
        let long = "A+/=".repeat(1 << 18);
        for line in [
            "**甲**![图一的样子](data:image/png;base64,#)乙",
            "甲<img src=\"data:image/png;base64,#\">乙",
            "- 甲![](data:image/png;base64,#)",
        ] {
            let text = format!("# 前\n\n{}\n\n## 后\n\n- 乙\n", line.replace('#', &long));
            let whole = read("a.md", &text, false);
            let shown = dump(&whole);
            assert!(
                whole.text().len() < 100 && !whole.text().contains(['*', '!', '<']),
                "{line}: {shown}"
            );
        }
    }
}
