//! Reads text that was set for a terminal: man pages, logs, differences, programs.
//!
//! 1. [`is_laid_out`] recognises such text by its layout: hardly any Han, and lines indented
//!    by several depths. Less is enough where it had colours.
//! 2. [`read`] keeps every line, blank ones too; a tab reaches to the next stop of eight cells.
//!
//! Folds nothing, takes no title, finds no facts: nothing here is an article.

use crate::document::{BlockKind, Builder, Document};
use crate::format::prose;
use crate::source::Source;
use crate::text::WidthPolicy;

/// Number of lines that decide.
const SAMPLE_LINES: usize = 500;
/// Least lines among them that are not blank.
const MIN_FILLED_LINES: usize = 8;
/// Distance of tab stops, in cells.
const TAB: usize = 8;

/// Name of the format.
const TERMINAL_FORMAT: &str = "terminal";

/// Recognises text whose layout must stay: its lines are indented by several depths, and it is
/// neither Chinese, whose paragraphs are, nor Markdown. Of a text that was `coloured`, either
/// is enough.
pub fn is_laid_out(text: &str, coloured: bool) -> bool {
    let (mut lines, mut han, mut signs) = (0usize, 0usize, 0usize);
    let mut depths: Vec<(usize, usize)> = Vec::new();
    let filled = text.lines().filter(|l| !l.trim().is_empty());
    for line in filled.take(SAMPLE_LINES) {
        lines += 1;
        han += usize::from(prose::has_han(line));
        let is_heading = line.starts_with('#') && line.trim_start_matches('#').starts_with(' ');
        signs += usize::from(is_heading || line.contains("]("));
        let blanks = line.chars().take_while(|c| matches!(c, ' ' | '\t'));
        let depth: usize = blanks.map(|c| if c == '\t' { TAB } else { 1 }).sum();
        if depth >= 2 {
            match depths.iter_mut().find(|(d, _)| *d == depth) {
                Some((_, count)) => *count += 1,
                None => depths.push((depth, 1)),
            }
        }
    }
    let indented: usize = depths.iter().map(|(_, count)| count).sum();
    let most = depths.iter().map(|(_, count)| *count).max().unwrap_or(0);
    // indents of one depth are those of paragraphs
    let stepped = (indented - most) * 10 >= indented;
    let set = indented * 4 >= lines;
    if coloured {
        set || han * 2 < lines
    } else {
        lines >= MIN_FILLED_LINES && han * 10 <= lines && signs < 2 && set && stepped
    }
}

/// Returns a document of the lines, unchanged.
pub fn read(source: &Source) -> Document {
    let mut b = Builder::new();
    for (i, line) in source.text.lines().enumerate() {
        let line = line.trim_end();
        if line.contains('\t') {
            b.block(BlockKind::Source, 0, i + 1, &expand(line));
        } else {
            b.block(BlockKind::Source, 0, i + 1, line);
        }
    }
    let meta = b.meta();
    (meta.format, meta.encoding, meta.encoding_guessed) =
        (TERMINAL_FORMAT, source.encoding, source.guessed);
    b.finish()
}

/// Replaces the tabs of a line by blanks.
fn expand(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + TAB);
    let mut cells = 0;
    for (i, part) in line.split('\t').enumerate() {
        if i > 0 {
            let blanks = TAB - cells % TAB;
            out.extend(std::iter::repeat_n(' ', blanks));
            cells += blanks;
        }
        out.push_str(part);
        cells += WidthPolicy::NARROW.text(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROGRAM: &str = "fn main() {\n    let a = 1;\n    if a > 0 {\n        say(a);\n    } else {\n        stop();\n    }\n\n    end();\n}\n";

    #[test]
    fn programs_and_manuals_are_not_prose() {
        let plain = |text: &str| is_laid_out(text, false);
        assert!(plain(PROGRAM));
        let manual = "NAME\n       ls - list\n\nOPTIONS\n       -a     all\n              also hidden\n       -l     long\n              as a table\n\nSEE\n       less\n";
        assert!(plain(manual));
        assert!(is_laid_out("-old\n+new\n", true));
        assert!(!is_laid_out("　　一段话。\n　　又一段话。\n", true));
        let list = "# Title\n\n## Part\n\n- a\n  - b\n    - c\n  - d\n    e\n";
        let essay = "    One paragraph of a letter.\nIt goes on here.\n    Another one.\nAnd on.\n";
        for text in [essay, "　　一段话。\n    又一段话。\n        诗一行\n"] {
            assert!(!plain(&text.repeat(5)));
        }
        assert!(!plain(&(list.to_owned() + &"  - d\n    e\n".repeat(4))));
    }

    #[test]
    fn lines_stay_as_they_stand() {
        let document = read(&crate::source::read("a\tb\n\n  精\tc\n".as_bytes(), None));
        assert_eq!(document.text(), "a       b\n\n  精    c");
        assert_eq!(document.meta().format, "terminal");
    }
}
