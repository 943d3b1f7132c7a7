//! Reads a text piece by piece, so that its head can be shown before the rest is
//! there, and a long text never stands in memory twice.
//!
//! 1. The first piece says which format it is and holds what stands at the head of
//!    a file: front matter, title, bylines. Rules that look for the end of an
//!    article act in the last one.
//! 2. A piece is read up to where its last group of lines begins, which may go on;
//!    [`Parser::feed`] tells how much of it that is.
//! 3. What has been read never changes: the document of the first pieces is the
//!    head of that of all.
//!
//! A text of one piece is read with every rule. HTML and books are always one.

use super::draft::{Page, Part, Writer};
use super::{Format, clean, detect, front_matter, html, markdown, notes, plain, runs, second, title};
use crate::document::Document;
use crate::source::Source;

/// So much of a long text is its first piece, in bytes.
pub const HEAD: usize = 96 << 10;
/// So much is each further one.
pub const PIECE: usize = 1 << 20;
/// A text up to here is one piece.
pub const SHORT: usize = 512 << 10;
/// A group of lines of so many bytes is read although it may go on.
const GROUP: usize = 16 << 20;

/// Reads a text piece by piece.
#[derive(Clone, Debug, Default)]
pub struct Parser {
    name: String,
    writer: Writer,
    format: Option<Format>,
    /// The source line that the next piece begins on, from 1.
    line: usize,
    /// Whether notes are open at the end of what was read.
    in_notes: bool,
}

impl Parser {
    /// A parser of a file of that name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), line: 1, ..Self::default() }
    }

    /// Whether a text that begins so can be read in pieces.
    #[must_use]
    pub fn takes(head: &Source, name: &str) -> bool {
        let text = head.text.as_str();
        let fence = front_matter::split(text).unwrap_or(0);
        let taken: usize = text.split_inclusive('\n').take(fence).map(str::len).sum();
        head.book.is_none() && !super::is_typed(head, name) && detect(text.get(taken..).unwrap_or_default(), name, fence > 0) != Format::Html
    }

    /// Makes room for a text of so many bytes.
    pub fn reserve(&mut self, bytes: usize) {
        self.writer.reserve(bytes);
    }

    /// What is known of the file beside its text.
    pub fn facts(&mut self, source: &Source) {
        let meta = self.writer.meta();
        (meta.encoding, meta.encoding_guessed) = (source.encoding, source.guessed);
    }

    /// Reads the next piece, and returns how many of its bytes: the rest must stand
    /// at the head of the next one. Of the `last` one all is read.
    pub fn feed(&mut self, text: &str, last: bool) -> usize {
        self.read(text, if last { Upto::End } else { Upto::Paragraph })
    }

    /// What has been read so far and what there is of the next piece, as a document.
    /// Copies it.
    #[must_use]
    pub fn preview(&self, next: &str) -> Document {
        let mut shown = self.clone();
        shown.read(next, Upto::Here);
        shown.writer.finish()
    }

    fn read(&mut self, text: &str, upto: Upto) -> usize {
        let last = upto == Upto::End;
        let first = self.format.is_none();
        let mut page = Page::of(Part { first, last });
        let (mut line, mut at) = (self.line, 0);
        if first {
            let head = front_matter::split(text).unwrap_or(0);
            let lines: Vec<&str> = text.lines().take(head).collect();
            front_matter::read(&lines, &mut page);
            at = text.split_inclusive('\n').take(head).map(str::len).sum();
            line += head;
        }
        let rest = text.get(at..).unwrap_or_default();
        let format = self.format.unwrap_or_else(|| detect(rest, &self.name, at > 0));
        let mut runs = if format == Format::Markdown { runs::runs(rest) } else { Vec::new() };
        let taken = match format {
            _ if upto != Upto::Paragraph => rest.len(),
            Format::Markdown if rest.len() < GROUP => runs::whole(rest, &mut runs),
            _ => paragraphs(rest),
        };
        if taken == 0 && upto == Upto::Paragraph {
            return 0;
        }
        let rest = rest.get(..taken).unwrap_or_default();
        let (body, again) = second::fold(rest, line, &mut page);
        if again.is_some() || runs.last().is_some_and(|run| run.bytes.end != body.len()) {
            runs = runs::runs(&body);
        }
        match format {
            Format::Html => html::read(&body, line, &mut page),
            Format::Markdown => markdown::read(&body, runs, line, &mut page),
            Format::Plain => plain::read(&body.lines().collect::<Vec<_>>(), line, &mut page),
        }
        page.end_all();
        if let Some(line) = again {
            second::copies(&mut page, line);
        }
        clean::clean(&mut page);
        self.in_notes = notes::mark(&mut page, self.in_notes);
        if first {
            title::clean(&mut page);
            page.meta.format = format.name();
        }
        self.format = Some(format);
        self.line = line + memchr::memchr_iter(b'\n', rest.as_bytes()).count();
        self.writer.take(page);
        at + taken
    }

    /// All of it.
    #[must_use]
    pub fn finish(mut self, source: &Source) -> Document {
        if source.cut {
            self.writer.note("input-limit", 0, "");
        }
        self.facts(source);
        self.writer.finish()
    }
}

/// How far a piece is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Upto {
    /// To where its last paragraph begins.
    Paragraph,
    /// All of it, although it goes on.
    Here,
    /// All of it, which is the last.
    End,
}

/// How much of a piece is whole paragraphs: up to where its last one begins.
fn paragraphs(text: &str) -> usize {
    let bytes = text.as_bytes();
    let line = memchr::memrchr(b'\n', bytes).map_or(0, |at| at + 1);
    let near = line.saturating_sub(NEAR);
    let after = |what: &str| memchr::memmem::rfind(bytes.get(near..line).unwrap_or_default(), what.as_bytes()).map(|at| near + at + 1);
    after("\n\u{3000}").max(after("\n\n").map(|at| at + 1)).unwrap_or(line)
}

/// So far before the last line end the last paragraph of plain text is looked for.
const NEAR: usize = 8 << 10;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::dump::dump;
    use crate::source;
    use std::fmt::Write as _;

    /// A long text of all sorts.
    fn long(markdown: bool) -> String {
        let mut text = "---\ntitle: 长文\n---\n".to_owned();
        for i in 0..3000 {
            let _ = match i % 11 {
                3 if markdown => writeln!(text, "## 第{i}节的标题\n"),
                5 if markdown => writeln!(text, "- 一项\n- 两项，第{i}处\n"),
                7 if markdown && i % 77 == 7 => writeln!(text, "```\nlet x = {i};\n\nlet y = 2;\n```\n"),
                _ => writeln!(text, "　　第{i}段，一是要读，二是要写，三是要想，{}完。\n", "说来话长，".repeat(i % 17)),
            };
        }
        text
    }

    #[test]
    fn pieces_of_any_size_make_the_same_document() {
        for (name, markdown) in [("a.md", true), ("a.txt", false)] {
            let text = long(markdown);
            let source = source::read(text.as_bytes(), None);
            let mut whole = Parser::new(name);
            whole.feed(&text, true);
            let whole = whole.finish(&source);
            for size in [900, 5_000, 70_000] {
                let mut parser = Parser::new(name);
                let (mut at, mut room) = (0, size);
                let mut heads = Vec::new();
                while at < text.len() {
                    let end = text.floor_char_boundary(at + room);
                    let taken = parser.feed(text.get(at..end).unwrap(), end == text.len());
                    room = if taken == 0 { room * 2 } else { size };
                    at += taken;
                    heads.push(parser.preview("").text().len());
                }
                let pieces = parser.finish(&source);
                assert_eq!(dump(&pieces), dump(&whole), "{name} {size}");
                assert!(heads.iter().all(|len| whole.text().is_char_boundary(*len)));
            }
        }
    }
}
