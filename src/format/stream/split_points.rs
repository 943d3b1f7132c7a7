//! Finds where a long piece of Markdown is cut that has no place where it could be
//! divided unseen: a list, a quotation, a table or code of a megabyte.
//!
//! 1. Every line is ranked: best is one that begins a block at the margin, then any
//!    other at the margin, last one inside of what is still open.
//! 2. The last line of the best rank in the second half of the piece is taken.
//! 3. What is open there is closed, and opened again by the lines that [`Cut`]
//!    carries: code stays code, a table keeps its columns. A list becomes two.
//!
//! Only files of more than a piece are ever cut like this.

use crate::format::markdown::plain_runs::{self, Open};
use std::ops::Range;

/// Where a piece is cut.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// So many bytes stand before it.
    pub at: usize,
    /// What closes the part before it.
    pub close: String,
    /// What opens the part after it.
    pub carry: Carry,
}

/// Lines that stand before the next piece, although the file has them earlier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carry {
    /// The lines.
    pub text: String,
    /// Whether they head a table, and are no row of it a second time.
    pub table: bool,
}

/// How good a place is.
const BLOCK: usize = 3;
const MARGIN: usize = 2;
const LINE: usize = 1;
const INSIDE: usize = 0;

/// What is open at a line.
#[derive(Clone, Default)]
enum Around {
    #[default]
    Nothing,
    /// A fence that this line opens.
    Fence(Range<usize>),
    /// HTML that ends with this.
    Html(&'static str),
    /// A table with this head.
    Table(Range<usize>),
}

/// Where to cut a piece of more than a line; `carried` bytes at its head were
/// carried over.
pub fn cut(text: &str, carried: usize) -> Option<Cut> {
    let bytes = text.as_bytes();
    let mut best: [Option<(usize, Around)>; 4] = Default::default();
    let (mut open, mut around) = (None, Around::Nothing);
    let mut before = 0..0;
    for end in memchr::memchr_iter(b'\n', bytes) {
        let start = if before.is_empty() { 0 } else { before.end };
        let line = bytes.get(start..end).unwrap_or_default();
        let above = bytes
            .get(before.clone())
            .unwrap_or_default()
            .trim_ascii_end();
        if matches!(around, Around::Table(_)) && line.trim_ascii().is_empty() {
            around = Around::Nothing;
        }
        // a row of dashes belongs to the line above it, unless that is one, too
        if start > carried
            && (above.is_empty() || !is_row_of_dashes(line) || is_row_of_dashes(above))
        {
            let rank = match &around {
                Around::Nothing if open.is_some() => LINE,
                Around::Nothing => rank(line, above),
                _ => INSIDE,
            };
            if let Some(place) = best.get_mut(rank) {
                *place = Some((start, around.clone()));
            }
        }
        let begun = open.is_none();
        open = Open::after(open, line);
        match open {
            Some(Open::Fence(..)) if begun => around = Around::Fence(start..end + 1),
            Some(Open::Html(end)) if begun => around = Around::Html(end),
            None if !begun => around = Around::Nothing,
            None if is_table_rule(line) && above.contains(&b'|') => {
                around = Around::Table(before.start..end + 1)
            }
            _ => {}
        }
        before = start..end + 1;
    }
    let late = |place: &&(usize, Around)| 2 * place.0 >= text.len();
    let (at, around) = best
        .iter()
        .rev()
        .flatten()
        .find(late)
        .or_else(|| best.iter().flatten().max_by_key(|place| place.0))?
        .clone();
    let lines = |range: Range<usize>| text.get(range).unwrap_or_default().to_owned();
    let (close, carry) = match around {
        Around::Nothing => (String::new(), Carry::default()),
        Around::Fence(head) => (
            String::new(),
            Carry {
                text: lines(head),
                table: false,
            },
        ),
        Around::Table(head) => (
            String::new(),
            Carry {
                text: lines(head),
                table: true,
            },
        ),
        Around::Html(end) => (
            format!("{end}\n"),
            Carry {
                text: format!("{}\n", plain_runs::begins(end)),
                table: false,
            },
        ),
    };
    Some(Cut { at, close, carry })
}

/// How good a place before a line is where nothing is open.
fn rank(line: &[u8], above: &[u8]) -> usize {
    match line.first() {
        None | Some(b' ' | b'\t') => LINE,
        Some(b'#' | b'>') => BLOCK,
        _ if above.is_empty()
            || line.starts_with("\u{3000}".as_bytes())
            || plain_runs::is_item(line) =>
        {
            BLOCK
        }
        _ => MARGIN,
    }
}

/// Whether a line may make a heading of the one above it.
fn is_row_of_dashes(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    !line.is_empty() && line.iter().all(|b| matches!(b, b'-' | b'=')) || is_table_rule(line)
}

/// Whether a line divides the head of a table from its rows.
fn is_table_rule(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.contains(&b'-')
        && line.contains(&b'|')
        && line.iter().all(|b| matches!(b, b'-' | b'|' | b':' | b' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (String, String, String) {
        let cut = cut(text, 0).unwrap();
        (
            text.get(..cut.at).unwrap().to_owned() + &cut.close,
            cut.carry.text,
            text.get(cut.at..).unwrap().to_owned(),
        )
    }

    #[test]
    fn blocks_at_the_margin_are_best() {
        assert_eq!(
            parts("- 甲甲甲甲甲\n- 乙\n丙\n  丁\n"),
            (
                "- 甲甲甲甲甲\n".into(),
                String::new(),
                "- 乙\n丙\n  丁\n".into()
            )
        );
        assert_eq!(
            parts("甲\n乙\n---\n"),
            ("甲\n".into(), String::new(), "乙\n---\n".into())
        );
        assert_eq!(
            parts("---\n---\n---\n"),
            ("---\n---\n".into(), String::new(), "---\n".into())
        );
        assert_eq!(cut("没有行尾", 0), None);
        assert_eq!(cut("一行\n", 0), None);
    }

    #[test]
    fn what_is_open_is_opened_again() {
        assert_eq!(
            parts("```rust\na\nb\n"),
            ("```rust\na\n".into(), "```rust\n".into(), "b\n".into())
        );
        assert_eq!(
            parts("<!-- 甲\n乙\n"),
            ("<!-- 甲\n-->\n".into(), "<!--\n".into(), "乙\n".into())
        );
        assert_eq!(
            parts("|a|b|\n|-|-|\n|1|2|\n|3|4|\n"),
            (
                "|a|b|\n|-|-|\n|1|2|\n".into(),
                "|a|b|\n|-|-|\n".into(),
                "|3|4|\n".into()
            )
        );
        // nothing is cut off what was carried over
        assert_eq!(cut("```rust\na\n", 8), None);
    }
}
