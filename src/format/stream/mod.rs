//! Reads a text piece by piece, so that its head can be shown before the rest is
//! there, and a long text never stands in memory twice.
//!
//! 1. The first piece says which format it is and holds what stands at the head of
//!    a file: front matter, title, bylines. Rules that look for the end of an
//!    article act in the last one.
//! 2. A piece is read up to where its last group of lines begins, which may go on;
//!    [`Parser::feed`] tells how much of it that is. A piece of [`LONG`] without such
//!    a place is cut where it does least harm ([`cuts`]), and a line without an end is
//!    written as it comes ([`endless`]): memory must not grow with what a file never ends.
//! 3. What has been read never changes: the document of the first pieces is the
//!    head of that of all.
//!
//! A text of one piece is read with every rule. HTML and books are always one: of
//! these there is a limit to how much they may be made of ([`DraftDocument::is_full`]).

pub mod long_line;
pub mod split_points;

use crate::document::Document;
use crate::format::clean;
use crate::format::clean::notes;
use crate::format::clean::title;
use crate::format::draft::{DraftBlock, DraftDocument, Section, Writer};
use crate::format::front_matter;
use crate::format::front_matter::duplicate;
use crate::format::html;
use crate::format::markdown;
use crate::format::markdown::plain_runs::{self, Run};
use crate::format::markdown::repair;
use crate::format::plain;
use crate::format::prose;
use crate::format::records;
use crate::format::records::Unpacked;
use crate::format::stream::split_points::{Carry, Cut};
use crate::format::{Format, detect};
use crate::source::Source;
use std::borrow::Cow;
use std::collections::HashMap;

/// So much of a long text is its first piece, in bytes.
pub const HEAD: usize = 96 << 10;
/// So much is each further one: with what is made of it, it stands in the second cache,
/// and what is left of that in memory is little.
pub const PIECE: usize = 256 << 10;
/// A text up to here is one piece.
pub const SHORT: usize = 512 << 10;
/// So much is read although it goes on.
pub const LONG: usize = 960 << 10;
/// The same where it defines what links and notes mean: what uses them must be near.
const DEFINED: usize = 2 * LONG;

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
    /// What was open where the last piece was cut.
    carry: Carry,
    /// The number of each footnote so far.
    footnotes: HashMap<String, usize>,
    /// What is known of what is read, as a front matter has it.
    entries: Vec<String>,
    /// On which lines of the source the lines of what is read stand, where they are others.
    stands: Vec<(usize, usize)>,
    /// Whether the last block is a line that goes on.
    goes_on: bool,
    /// The beginning of the last block, where that is a line without an end: what stands
    /// below it is read as what stands below it.
    above: Option<DraftBlock<'static>>,
}

impl Parser {
    /// A parser of a file of that name.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            line: 1,
            ..Self::default()
        }
    }

    /// Whether a text that begins so can be read in pieces.
    pub fn takes(head: &Source, name: &str) -> bool {
        let text = head.text.as_str();
        let fence = front_matter::split(text).unwrap_or(0);
        let taken: usize = text.split_inclusive('\n').take(fence).map(str::len).sum();
        !records::may_hold(text)
            && !crate::format::is_typed(head, name)
            && detect(text.get(taken..).unwrap_or_default(), name, fence > 0) != Format::Html
    }

    /// Makes room for a text of so many bytes.
    pub fn reserve(&mut self, bytes: usize) {
        self.writer.reserve(bytes);
    }

    /// What is read was unpacked from something else: what that knows of it.
    pub fn unpacked(&mut self, unpacked: &Unpacked) {
        (self.entries, self.stands) = (unpacked.facts.clone(), unpacked.lines.clone());
    }

    /// What is known of the file beside its text.
    pub fn facts(&mut self, source: &Source) {
        let meta = self.writer.meta();
        (meta.encoding, meta.encoding_guessed) = (source.encoding, source.guessed);
    }

    /// Reads the next piece, and returns how many of its bytes: the rest must stand
    /// at the head of the next one. Of the `last` one all is read.
    pub fn feed(&mut self, text: &str, last: bool) -> usize {
        let upto = if last { Upto::End } else { Upto::Paragraph };
        let below = self.goes_on;
        let taken = if below {
            self.go_on(text, last)
        } else {
            self.read(text, upto)
        };
        let rest = text.get(taken..).unwrap_or_default();
        taken
            + match (below, self.goes_on) {
                (false, true) => self.go_on(rest, last),
                // whether what stands below the line is the end is known with the next piece
                (true, false) if last => self.read(rest, upto),
                _ => 0,
            }
    }

    /// The same for a text that stands as a whole in memory: piece by piece, the first of
    /// so many bytes.
    pub fn pour(&mut self, text: &str, mut room: usize, last: bool) -> usize {
        let mut at = 0_usize;
        loop {
            let end = text.floor_char_boundary(at.saturating_add(room));
            let whole = end == text.len();
            let taken = self.feed(text.get(at..end).unwrap_or_default(), last && whole);
            at += taken;
            if whole {
                return at;
            }
            room = if taken == 0 { room * 2 } else { PIECE };
        }
    }

    /// Writes what there is of a line without an end, and returns how much that is.
    fn go_on(&mut self, text: &str, last: bool) -> usize {
        let end = memchr::memchr(b'\n', text.as_bytes());
        self.goes_on = end.is_none() && !last;
        let taken = if self.goes_on {
            long_line::settled(text)
        } else {
            end.unwrap_or(text.len())
        };
        let part = text.get(..taken).unwrap_or_default();
        let shorter = if self.format == Some(Format::Markdown) {
            repair::payloads(part)
        } else {
            None
        };
        let part = shorter.as_deref().unwrap_or(part);
        self.writer.go_on(part, notes::marked(part, notes::SURE));
        self.line += usize::from(end.is_some());
        taken + usize::from(end.is_some())
    }

    /// What has been read so far and what there is of the next piece, as a document;
    /// and, behind that, of a `line` that is longer than one of which the parts are
    /// looked at. Copies it.
    pub fn preview(&self, next: &str, line: &str) -> Document {
        let mut shown = self.clone();
        // a line that a picture makes so long is read when all of it is there
        if line.is_empty() || line.contains(repair::PAYLOAD) {
            shown.read(next, Upto::Here);
        } else {
            shown.read(&format!("{next}{line}"), Upto::Line);
        }
        shown.writer.finish()
    }

    fn read(&mut self, text: &str, mut upto: Upto) -> usize {
        let last = upto == Upto::End;
        let first = self.format.is_none();
        let mut page = DraftDocument::of(Section { first, last });
        page.footnotes = std::mem::take(&mut self.footnotes);
        let (mut line, mut at) = (self.line, 0);
        let stated = !self.entries.is_empty();
        if first && stated {
            front_matter::read_entries(&self.entries, &mut page);
        } else if first {
            let head = front_matter::split(text).unwrap_or(0);
            let lines: Vec<&str> = text.lines().take(head).collect();
            front_matter::read(&lines, &mut page);
            at = text.split_inclusive('\n').take(head).map(str::len).sum();
            line += head;
        }
        let rest = text.get(at..).unwrap_or_default();
        let format = self
            .format
            .unwrap_or_else(|| detect(rest, &self.name, at > 0 || stated));
        // what is open from before stands before the text once more
        let carry = if rest.is_empty() {
            Carry::default()
        } else {
            self.carry.clone()
        };
        let rest = if carry.text.is_empty() {
            Cow::Borrowed(rest)
        } else {
            Cow::Owned(format!("{}{rest}", carry.text))
        };
        let carried = carry.text.len();
        line = line.saturating_sub(prose::line_ends(&carry.text));
        let mut runs = if format == Format::Markdown {
            runs_of(&rest, upto)
        } else {
            Vec::new()
        };
        let mut cut = match format {
            _ if upto != Upto::Paragraph => Cut {
                at: rest.len(),
                ..Cut::default()
            },
            Format::Markdown => divide(&rest, carried, &mut runs),
            _ => Cut {
                at: paragraphs(&rest),
                ..Cut::default()
            },
        };
        let goes_on = upto == Upto::Paragraph && cut.at <= carried;
        if goes_on {
            let Some(begun) = without_end(&rest, format) else {
                self.footnotes = page.footnotes;
                return 0;
            };
            (upto, cut.at) = (Upto::Line, begun);
            runs = runs_of(rest.get(..begun).unwrap_or_default(), upto);
        }
        let rest = rest.get(..cut.at).unwrap_or_default();
        let (mut body, again) = duplicate::fold(rest, line, &mut page);
        if format == Format::Markdown
            && let Some(shorter) = repair::payloads(&body)
        {
            body = Cow::Owned(shorter);
        }
        if !cut.close.is_empty() {
            body.to_mut().push_str(&cut.close);
        }
        if again.is_some() || runs.last().is_some_and(|run| run.bytes.end != body.len()) {
            runs = runs_of(&body, upto);
        }
        match format {
            Format::Html => html::read(&body, line, &mut page),
            Format::Markdown => markdown::read(&body, runs, line, &mut page),
            Format::Plain => plain::read(&prose::lines(&body).collect::<Vec<_>>(), line, &mut page),
        }
        page.end_all();
        if carry.table && !page.blocks.is_empty() {
            page.blocks.remove(0);
        }
        if let Some(line) = again {
            duplicate::copies(&mut page, line);
        }
        let above = self.above.clone();
        let below = above.is_some();
        page.blocks.splice(0..0, above);
        clean::clean(&mut page);
        let in_notes = notes::mark(&mut page, self.in_notes);
        let above = below.then(|| page.blocks.remove(0));
        // a line that is folded, or is no text, is looked at when all of it is there
        let begun = page
            .blocks
            .last()
            .filter(|draft| goes_on && draft.stands() && body.ends_with(draft.text.as_ref()));
        let begun = begun.map(DraftBlock::bare);
        if goes_on && begun.is_none() {
            self.footnotes = page.footnotes;
            return 0;
        }
        if let Some(open) = above
            .as_ref()
            .and_then(notes::style)
            .filter(|open| *open != notes::SURE)
        {
            self.writer.mark(|text| notes::marked(text, open));
        }
        (self.goes_on, self.above, self.in_notes) = (goes_on, begun, in_notes);
        if first {
            title::clean(&mut page);
            page.meta.format = format.name();
        }
        if !self.stands.is_empty() {
            page.stand(|line| {
                self.stands
                    .partition_point(|(from, _)| *from <= line)
                    .checked_sub(1)
                    .and_then(|at| self.stands.get(at))
                    .map_or(line, |(_, source)| *source)
            });
        }
        self.format = Some(format);
        self.line = line + prose::line_ends(rest);
        self.carry = cut.carry;
        self.footnotes = std::mem::take(&mut page.footnotes);
        self.writer.take(page);
        at + cut.at - carried
    }

    /// All of it.
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
    /// The same; and its last line is the beginning of one without an end.
    Line,
    /// All of it, which is the last.
    End,
}

/// Where a piece of Markdown ends that goes on: where it can be divided unseen, or
/// at all costs where it is long.
fn divide(text: &str, carried: usize, runs: &mut Vec<Run>) -> Cut {
    let at = plain_runs::whole(text, runs);
    let bound = plain_runs::defines(text) || plain_runs::refers(text);
    if bound && text.len() < DEFINED {
        return Cut::default();
    }
    if at > carried || text.len() < LONG {
        return Cut {
            at,
            ..Cut::default()
        };
    }
    let cut = split_points::cut(text, carried).unwrap_or_default();
    *runs = plain_runs::runs(text.get(..cut.at).unwrap_or_default());
    cut
}

/// Where the beginning ends of the line without an end that a text ends with. In a fence
/// or a comment of Markdown there is none.
fn without_end(text: &str, format: Format) -> Option<usize> {
    let plain = match format {
        Format::Markdown => |text: &str| plain_runs::runs(text).last().is_some_and(|run| run.plain),
        Format::Plain => |_: &str| true,
        Format::Html => |_: &str| false,
    };
    long_line::find(text).filter(|_| plain(text))
}

/// The runs of a text; the beginning of a line without an end is plain.
fn runs_of(text: &str, upto: Upto) -> Vec<Run> {
    if upto != Upto::Line {
        return plain_runs::runs(text);
    }
    let before = text.get(..long_line::last_line(text)).unwrap_or_default();
    let mut runs = plain_runs::runs(before);
    match runs.last_mut() {
        Some(last) if last.plain => last.bytes.end = text.len(),
        _ => runs.push(Run {
            bytes: before.len()..text.len(),
            line: prose::line_ends(before),
            plain: true,
            divides: before.len(),
        }),
    }
    runs
}

/// How much of a piece is whole paragraphs: up to where its last one begins.
fn paragraphs(text: &str) -> usize {
    let bytes = text.as_bytes();
    let line = memchr::memrchr(b'\n', bytes).map_or(0, |at| at + 1);
    let near = line.saturating_sub(NEAR);
    let after = |what: &str| {
        memchr::memmem::rfind(bytes.get(near..line).unwrap_or_default(), what.as_bytes())
            .map(|at| near + at + 1)
    };
    after("\n\u{3000}")
        .max(after("\n\n").map(|at| at + 1))
        .unwrap_or(line)
}

/// So far before the last line end the last paragraph of plain text is looked for.
const NEAR: usize = 8 << 10;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BlockKind;
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
                1 if markdown && i % 22 == 1 => writeln!(
                    text,
                    "# 甲{i}\n## 乙\n正文**紧**接着。\n### 丙\n\n> 引{i}\n> 用\n\n[链](b)，一段。\n"
                ),
                2 if markdown && i % 99 == 2 => writeln!(
                    text,
                    "{}\n    续的代码？是一句话。\n",
                    "- 长长的一项\n".repeat(40)
                ),
                9 if markdown && i % 99 == 9 => writeln!(
                    text,
                    "{}\n{}\n",
                    "1. 数着的一项\n".repeat(40),
                    "> 引一句。\n".repeat(30)
                ),
                10 if markdown => writeln!(text, "*强调*{i}。\n\n**甲**乙。\n"),
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

    /// The document of a text read at once, and read in pieces of that size; and the
    /// most that was read at once.
    fn both(name: &str, text: &str, size: usize) -> (Document, Document, usize) {
        let source = source::read(text.as_bytes(), None);
        let mut whole = Parser::new(name);
        whole.feed(text, true);
        let mut parser = Parser::new(name);
        let (mut at, mut room, mut most) = (0, size, 0);
        while at < text.len() {
            let end = text.floor_char_boundary(at + room);
            let taken = parser.feed(text.get(at..end).unwrap(), end == text.len());
            (room, most) = (if taken == 0 { room * 2 } else { size }, most.max(taken));
            at += taken;
        }
        (whole.finish(&source), parser.finish(&source), most)
    }

    /// No more is read at once, of whatever.
    const MOST: usize = 1 << 20;

    /// What a file may be full of, with the document that has to come out.
    #[test]
    fn nothing_is_read_at_once_however_long() {
        let head = "---\ntitle: 长\n---\n";
        for unit in [
            "# 甲\n",
            "甲乙\n",
            "- 甲\n",
            "> 甲\n",
            "> 甲\n\n",
            "[甲](b)\n",
            "[甲](b)\n\n",
            "|甲|乙|\n",
            "    甲\n",
            "**甲**乙\n",
            "- 甲\n\n  乙\n\n",
        ] {
            let text = head.to_owned() + &unit.repeat((17 << 16) / unit.len());
            let (whole, pieces, most) = both("a.md", &text, PIECE);
            assert!(most <= MOST, "{unit:?} {most}");
            assert!(
                pieces.text() == whole.text() && pieces.blocks().len() == whole.blocks().len(),
                "{unit:?}"
            );
        }
        // what goes on over the cut goes on
        for (begin, unit, end) in [
            ("```rust\n", "let a;\n\n", "```\n"),
            ("<!--\n", "甲。\n\n", "-->\n"),
            ("<pre>\n", "let a;\n\n", "</pre>\n"),
            ("|甲|乙|\n|-|-|\n", "|丙|丁|\n", ""),
        ] {
            let text = format!(
                "{head}前。\n\n{begin}{}{end}\n后。\n",
                unit.repeat((17 << 16) / unit.len())
            );
            let (whole, pieces, most) = both("a.md", &text, PIECE);
            assert!(most <= 2 * MOST, "{begin:?} {most}");
            assert!(
                pieces.text() == whole.text()
                    && pieces.blocks() == whole.blocks()
                    && pieces.markup() == whole.markup(),
                "{begin:?}"
            );
        }
        // numbers are what the file says; a list that does not count begins anew
        let mut text = head.to_owned();
        for i in 0..90_000 {
            let _ = writeln!(text, "{}. 甲乙丙丁", i % 90 + 1);
        }
        let (_, pieces, most) = both("a.md", &text, PIECE);
        assert!(most <= MOST && pieces.blocks().len() == 90_000);
    }

    #[test]
    fn notes_and_links_are_found_far_below() {
        let head = "---\ntitle: 长\n---\n";
        let text = |count: usize| {
            let mut text = head.to_owned();
            (1..=count).for_each(|i| {
                writeln!(
                    text,
                    "第{i}段，说来话长{}，有注。[^{i}]\n",
                    "，说来话长".repeat(20)
                )
                .unwrap()
            });
            (1..=count).for_each(|i| writeln!(text, "[^{i}]: 第{i}条注。\n").unwrap());
            text
        };
        for count in [2_000, 12_000] {
            let (whole, pieces, _) = both("a.md", &text(count), PIECE);
            let (text, notes) = (
                pieces.text(),
                pieces
                    .blocks()
                    .iter()
                    .filter(|b| b.kind == BlockKind::Note)
                    .count(),
            );
            assert_eq!((notes, text.matches("[^").count()), (count, 0));
            assert!(
                text == whole.text()
                    && pieces.markup() == whole.markup()
                    && text.ends_with(&format!("[{count}] 第{count}条注。"))
            );
        }
        let mut text = head.to_owned();
        (1..=4_000).for_each(|i| {
            writeln!(
                text,
                "第{i}段，[链接{i}][r{i}]，说来话长{}。\n",
                "，说来话长".repeat(20)
            )
            .unwrap()
        });
        (1..=4_000).for_each(|i| writeln!(text, "[r{i}]: https://example.org/{i}").unwrap());
        let (whole, pieces, _) = both("a.md", &text, PIECE);
        assert!(pieces.text() == whole.text() && pieces.markup().len() == 4_000);
        // behind what has no end nothing is added
        let open = head.to_owned() + &"说来话长，有注。[^7]\n\n".repeat(40_000) + "```\nlet a;\n";
        let (_, pieces, _) = both("a.md", &open, PIECE);
        assert!(pieces.text().ends_with("\nlet a;") && !pieces.text().contains("]: -"));
        // too far below nobody knows where a link leads; what it says stands there, and what is none
        let text = text.replacen("[r1]", "[r1]，也见[1][2]", 1).replace(
            "\n\n[r1]:",
            &("\n\n".to_owned() + &"说来话长。\n\n".repeat(200_000) + "[r1]:"),
        );
        let (_, pieces, _) = both("a.md", &text, PIECE);
        assert!(
            pieces.text().contains("第1段，链接1，也见[1][2]，说来话长")
                && !pieces.text().contains("][r")
                && pieces.markup().is_empty()
        );
    }

    #[test]
    fn pictures_in_the_text_make_no_line_too_long() {
        let long = "A+/=".repeat(1 << 18);
        for line in [
            "**甲**![图一的样子](data:image/png;base64,#)乙",
            "甲<img src=\"data:image/png;base64,#\">乙",
            "[甲][a]\n\n[a]: <data:image/png;base64,#>",
            "- 甲![](data:image/png;base64,#)",
        ] {
            let text = format!(
                "---\ntitle: 长\n---\n# 前\n\n{}\n\n## 后\n\n- 乙\n",
                line.replace('#', &long)
            );
            let (whole, pieces, _) = both("a.md", &text, PIECE);
            assert_eq!(dump(&whole), dump(&pieces));
            assert!(
                pieces.text().len() < 100 && !pieces.text().contains(['*', '!', '<']),
                "{line}: {}",
                pieces.text().len()
            );
        }
    }

    #[test]
    fn a_line_without_end_is_plain() {
        let line = "[甲](b) ".repeat(1 << 17);
        let text = format!("---\ntitle: 长\n---\n# 前\n{line}\n# 后\n\n- 乙\n");
        let (whole, pieces, _) = both("a.md", &text, PIECE);
        assert_eq!(dump(&whole), dump(&pieces));
        assert_eq!((whole.blocks().len(), whole.markup().len()), (4, 0));
        assert!(whole.text().contains("[甲](b) [甲](b)"));
    }

    #[test]
    fn a_line_without_end_is_written_as_it_comes() {
        let line = |unit: &str| unit.repeat((3 << 20) / unit.len());
        let marks = format!(
            "{}〔12〕，{}〔94〕第三号。",
            "说来话长".repeat(40),
            "话长".repeat(30)
        );
        let picture = format!(
            "{}![图](data:image/png;base64,{})",
            line("说来话长。"),
            "A".repeat(1 << 20)
        );
        // what is a picture, code, a comment, a rule or blank waits for its end
        for (limit, name, text) in [
            (MOST, "a.md", line("说来话长。 \u{3000}")),
            (
                MOST,
                "a.txt",
                format!("前一段。\n{}\n　　后一段。\n{}", line("甲\t"), line("乙 ")),
            ),
            (
                usize::MAX,
                "a.md",
                format!(
                    "# 题\n前一段。\n{}\n- 项\n\n{}\n\n责任编辑：某某\n",
                    line(&marks),
                    picture.repeat(2)
                ),
            ),
            (
                MOST,
                "a.md",
                format!(
                    "摘要：{}\n\n后[1]。\n\n参考文献\n\n[1] 某书。\n",
                    line("说来话长[1]，")
                ),
            ),
            (
                MOST,
                "a.txt",
                format!("> {}\n> 引。\n后〔1〕。\n", line("引文〔2〕。")),
            ),
            (
                usize::MAX,
                "a.md",
                format!("```\n{}\n```\n\n后。\n", line("let a; ")),
            ),
            (
                usize::MAX,
                "a.md",
                format!("<!--\n{}\n-->\n\n后。\n", line("甲。")),
            ),
            (usize::MAX, "a.txt", format!("前。\n{}\n后。\n", line("-"))),
            (
                usize::MAX,
                "a.txt",
                format!("前。\n{}{}\n后。\n", "-".repeat(1 << 20), line("甲")),
            ),
            (
                usize::MAX,
                "a.txt",
                format!("{0}{1}{0}\n后。\n", " ".repeat(1 << 20), line("甲")),
            ),
        ] {
            let (whole, pieces, most) = both(name, &text, PIECE);
            let begun: String = text.chars().take(12).collect();
            assert!(
                whole.text() == pieces.text()
                    && whole.blocks() == pieces.blocks()
                    && whole.markup() == pieces.markup(),
                "{begun}"
            );
            assert_eq!(whole.diagnostics(), pieces.diagnostics(), "{begun}");
            assert!(most <= limit, "{begun} {most}");
        }
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
                    heads.push(parser.preview("", "").text().len());
                }
                let pieces = parser.finish(&source);
                assert_eq!(dump(&pieces), dump(&whole), "{name} {size}");
                assert!(heads.iter().all(|len| whole.text().is_char_boundary(*len)));
            }
        }
    }
}
