//! Cuts Markdown into runs of plain paragraphs and what is left, so that only the
//! rest needs a parser of Markdown.
//!
//! 1. [`Lines`] looks once at every byte: a line is plain where none of its bytes
//!    can mean markup, at its head or inside.
//! 2. A group of lines between blank ones is plain where all of them are, and it
//!    begins at the margin: then no list and no quotation goes on in it.
//! 3. What has no end yet (a fence, a comment, `<pre>`) keeps everything up to it.
//! 4. A line longer than [`MAX_MARKDOWN_LINE`] is a plain paragraph, whatever is in it:
//!    such lines are not Markdown, and to parse one would cost many times its size.
//!
//! A text with definitions of links or notes is one run: they may be used anywhere.
//! Without these runs 100 MB of Markdown would take more than a second
//! (`b_format_markdown` in `benches/road.rs`).

use std::ops::Range;

/// A stretch of whole lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its bytes.
    pub bytes: Range<usize>,
    /// The index of its first line.
    pub line: usize,
    /// True for plain paragraphs, a line each.
    pub plain: bool,
}

/// Longest line that is read as Markdown, in bytes.
pub const MAX_MARKDOWN_LINE: usize = 512 << 10;

/// Bytes that may mean something anywhere in a line, as they are searched for.
const ANYWHERE: [[u8; 3]; 4] = [*b"*<[", *b"_`]", *b"&|~", *b"\\\t\t"];

/// Bytes that may mean something at the head of a line.
const HEAD: &[u8] = b"#>-+=: 0123456789!\"'(";

/// Recognises a text that may define links or notes.
pub fn defines(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), b"]:").is_some()
}

/// Returns the runs of a text, in order; together they are all of it.
pub fn runs(text: &str) -> Vec<Run> {
    let bytes = text.as_bytes();
    let whole = defines(text);
    let mut found: Vec<Run> = Vec::new();
    let mut add = |group: Range<usize>, line: usize, plain: bool| match found.last_mut() {
        _ if group.is_empty() => {}
        Some(last) if last.plain == plain => last.bytes.end = group.end,
        _ => found.push(Run {
            bytes: group,
            line,
            plain,
        }),
    };
    let mut open: Option<Open> = None;
    let (mut at, mut line) = (0, 0);
    while at < bytes.len() {
        // a group, and the blank lines behind it
        let (mut start, mut first) = (at, line);
        let mut plain = !whole && open.is_none();
        let mut blank = false;
        while at < bytes.len() {
            let end = memchr::memchr(b'\n', bytes.get(at..).unwrap_or_default())
                .map_or(bytes.len(), |i| at + i);
            let text = bytes.get(at..end).unwrap_or_default();
            let next = (end + 1).min(bytes.len());
            if text.len() > MAX_MARKDOWN_LINE && !blank && matches!(open, None | Some(Open::Rest)) {
                add(start..at, first, plain && open.is_none());
                add(at..next, line, true);
                (at, line) = (next, line + 1);
                (start, first, plain) = (at, line, !whole && open.is_none());
                continue;
            }
            let empty = text.iter().all(|b| matches!(b, b' ' | b'\t'));
            if blank && !empty {
                break;
            }
            blank |= empty;
            plain &= empty || is_plain(text);
            if !plain || open.is_some() {
                open = Open::after(open, text);
            }
            at = next;
            line += 1;
        }
        add(start..at, first, plain && open.is_none());
    }
    found
}

/// Returns the runs of the head of a text that breaks off inside a line of more than
/// `max_bytes`: that line is plain, as it is in the whole text where it is too long.
pub fn runs_of_head(text: &str, max_bytes: usize) -> Vec<Run> {
    let start = memchr::memrchr(b'\n', text.as_bytes()).map_or(0, |at| at + 1);
    if text.len() - start <= max_bytes {
        return runs(text);
    }
    let above = text.get(..start).unwrap_or_default();
    let mut runs = runs(above);
    match runs.last_mut() {
        Some(last) if last.plain => last.bytes.end = text.len(),
        _ => runs.push(Run {
            bytes: start..text.len(),
            line: memchr::memchr_iter(b'\n', above.as_bytes()).count(),
            plain: true,
        }),
    }
    runs
}

/// Recognises a line in which no byte can be markup.
fn is_plain(line: &[u8]) -> bool {
    let head = line.first().copied().unwrap_or(b' ');
    // ＃ heads a heading, too; two blanks at the end break the line
    !HEAD.contains(&head)
        && !line.starts_with("＃".as_bytes())
        && !line.ends_with(b"  ")
        && ANYWHERE
            .iter()
            .all(|&[a, b, c]| memchr::memchr3(a, b, c, line).is_none())
}

/// Recognises a line that may be the item of a list.
pub fn is_item(line: &[u8]) -> bool {
    let digits = line.iter().take_while(|b| b.is_ascii_digit()).count();
    let mark = line.get(digits).copied().unwrap_or(b' ');
    let after = line.get(digits + 1).copied().unwrap_or(b' ');
    if digits > 0 {
        matches!(mark, b'.' | b')')
    } else {
        matches!(mark, b'-' | b'*' | b'+') && after.is_ascii_whitespace()
    }
}

/// A construct that goes on over blank lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// A fence of this byte and length.
    Fence(u8, usize),
    /// HTML that ends with this.
    Html(&'static str),
    /// A fence or a tag inside something else: its end is not known.
    Rest,
}

/// HTML that goes on over blank lines, and how it ends.
const HTML: &[(&str, &str)] = &[
    ("<!--", "-->"),
    ("<![CDATA[", "]]>"),
    ("<?", "?>"),
    ("<!", ">"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    ("<pre", "</pre>"),
    ("<textarea", "</textarea>"),
];

impl Open {
    /// Returns what is open after a line.
    pub fn after(before: Option<Self>, line: &[u8]) -> Option<Self> {
        if before.is_none() && memchr::memchr3(b'`', b'~', b'<', line).is_none() {
            return None;
        }
        let bare = line.trim_ascii_start();
        let fence = || {
            let mark = *bare.first().filter(|b| matches!(b, b'`' | b'~'))?;
            let width = bare.iter().take_while(|b| **b == mark).count();
            (width >= 3).then_some((mark, width))
        };
        match before {
            Some(Self::Fence(mark, width)) => {
                let closes = fence().is_some_and(|(m, w)| m == mark && w >= width)
                    && bare.trim_ascii_end().iter().all(|b| *b == mark);
                before.filter(|_| !closes)
            }
            Some(Self::Html(end)) => before.filter(|_| !contains(line, end.as_bytes())),
            Some(Self::Rest) => before,
            None => {
                if let Some((mark, width)) = fence() {
                    return Some(Self::Fence(mark, width));
                }
                if contains(line, b"```") || contains(line, b"~~~") {
                    return Some(Self::Rest);
                }
                // anywhere in the line: layout tags before it are taken away
                memchr::memchr_iter(b'<', line).find_map(|at| {
                    let rest = line.get(at..)?;
                    let begins = |begin: &str| {
                        let head = rest.get(..begin.len());
                        head.is_some_and(|head| head.eq_ignore_ascii_case(begin.as_bytes()))
                    };
                    let (begin, end) = HTML.iter().find(|(begin, _)| begins(begin))?;
                    // at the head of its line it is what it seems
                    let sure = at <= 3 && line.len() - bare.len() == at;
                    let open = if sure { Self::Html(end) } else { Self::Rest };
                    let ends = contains(rest.get(begin.len()..)?, end.as_bytes());
                    (!ends).then_some(open)
                })
            }
        }
    }
}

fn contains(line: &[u8], what: &[u8]) -> bool {
    line.windows(what.len())
        .any(|w| w.eq_ignore_ascii_case(what))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(&str, usize, bool)> {
        let runs = runs(text).into_iter();
        runs.map(|r| (text.get(r.bytes).unwrap(), r.line, r.plain))
            .collect()
    }

    #[test]
    fn plain_groups_are_separated_from_the_rest() {
        let plain = "甲。\n乙。\n\n　　丙。\n";
        assert_eq!(kinds(plain), [(plain, 0, true)]);
        let wanted = [
            ("甲。\n\n", 0, true),
            ("- 乙\n丙。\n\n", 2, false),
            ("丁。", 5, true),
        ];
        assert_eq!(kinds("甲。\n\n- 乙\n丙。\n\n丁。"), wanted);
        let rich =
            "甲*乙*。¦1. 甲¦> 甲¦# 甲¦＃ 甲¦甲\n---¦甲  \n乙¦    甲¦|甲|¦a&amp;b¦甲\\¦甲<br>乙";
        for rich in rich.split('¦') {
            assert_eq!(kinds(rich), [(rich, 0, false)], "{rich}");
        }
    }

    #[test]
    fn what_is_open_goes_on_over_blank_lines() {
        for rich in [
            "```\n甲。\n\n乙。\n```\n",
            "<!--\n甲。\n\n乙。\n-->\n",
            "~~~~\n甲。\n\n~~~\n乙。\n~~~~\n",
            "<pre>\n\n甲。\n</PRE>\n",
        ] {
            let text = format!("{rich}\n丙。");
            let first = (text.get(..=rich.len()).unwrap(), 0, false);
            let last = ("丙。", rich.lines().count() + 1, true);
            assert_eq!(kinds(&text), [first, last], "{rich}");
        }
        // never closed: to the end
        assert_eq!(kinds("```\n甲。\n\n乙。\n\n丙。").len(), 1);
    }
}
