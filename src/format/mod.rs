//! Text to document: every format that an article comes in.
//!
//! 1. Articles in JSON ([`records`]) and in feeds ([`feeds`]) are [`unpacked`].
//! 2. The head of the text decides front matter and format ([`sniff`]).
//! 3. [`markdown`], [`html`] or [`plain`] write a [`draft::DraftDocument`]: blocks that can
//!    still be folded; of a long text section by section ([`sections`]).
//! 4. [`clean`] folds clutter by named rules and takes facts out of the text.
//! 5. A book's chapters go the same way one by one ([`epub`]), without clean-up.
//! 6. The draft becomes a [`Document`], with a diagnostic for each thing folded
//!    ([`finish`]).
//!
//! Every step is linear in the text, iterative, and cannot fail.

pub(crate) mod clean;
pub mod date;
pub(crate) mod draft;
pub(crate) mod entities;
pub mod epub;
pub(crate) mod facts;
mod feeds;
pub(crate) mod finish;
pub mod front_matter;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod pictures;
pub(crate) mod plain;
pub(crate) mod prose;
pub(crate) mod records;
pub(crate) mod rules;
pub(crate) mod sections;
pub(crate) mod sniff;
mod unpacked;

use crate::document::{BlockKind, Builder, Document, Meta};
use crate::format::clean::{notes, title};
use crate::format::draft::{DraftDocument, Section};
use crate::format::facts::titles;
use crate::format::front_matter::duplicate;
use crate::format::html::containers::Containers;
use crate::format::markdown::{dialects, org, plain_runs, repair, rst};
use crate::format::sniff::{Format, Sniffed};
use crate::format::unpacked::Unpacked;
use crate::source::sanitize::is_hostile;
use crate::source::{Source, mojibake};
use plain::{crawled, preformatted};
use std::borrow::Cow;

/// Limit of lines that are read: short ones cost more than their bytes.
const MAX_LINES: usize = 20_000_000;

/// Options of [`parse`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ParseOptions<'a> {
    /// The file's name, for a hint at its format. Content decides first.
    pub name: &'a str,
    /// Keeps every line as a paragraph: no front matter, no clean-up, no title.
    pub verbatim: bool,
    /// Of a text of several articles, parses only the one of that index.
    pub part: Option<usize>,
    /// Parses only the head of the text: more follows, which may not be there yet.
    pub head: bool,
}

/// Parses a text. Never fails: odd input leaves diagnostics in the document.
pub fn parse(source: &Source, options: ParseOptions<'_>) -> Document {
    if options.verbatim {
        return verbatim(source);
    }
    let unpacked = match options.part {
        Some(index) => part(&source.text, index),
        None => unpack(&source.text, options.head),
    };
    let text = unpacked.as_ref().map_or(source.text.as_str(), |u| &u.text);
    let facts = unpacked.as_ref().map_or(&[][..], |u| u.facts.as_slice());
    let seen = if options.head || text.len() > sections::SHORT_TEXT_BYTES {
        sections::first_bytes(text)
    } else {
        text
    };
    let sniffed = Sniffed::of(seen, options.name, !facts.is_empty());
    if is_laid_out(source, sniffed, options.name) {
        return preformatted::read(source);
    }
    let markdown = sniffed.format.is_markdown();
    let in_sections = sniffed.format != Format::Html;
    let text = if options.head && in_sections {
        sections::head(text, markdown)
    } else {
        text
    };
    let ranges = if in_sections && !options.head {
        sections::sections(text, markdown)
    } else {
        std::iter::once(0..text.len()).collect()
    };
    let parser = Parser {
        sniffed,
        name: options.name,
        facts,
        unpacked: unpacked.as_ref(),
        is_head: options.head,
    };
    let (mut builder, mut section) = (Builder::new(), Section::default());
    if ranges.len() > 1 {
        builder.reserve(text.len());
    }
    let (count, mut line) = (ranges.len(), 1);
    for (i, range) in ranges.into_iter().enumerate() {
        (section.first, section.last) = (i == 0, i + 1 == count && !options.head);
        let part = text.get(range).unwrap_or_default();
        section = parser.section(part, line, section, &mut builder);
        line += prose::line_ends(part);
        if line > MAX_LINES && !section.last {
            builder.report("input-limit", line, "", false);
            break;
        }
    }
    report_faults(source, &mut builder);
    let meta = builder.meta();
    (meta.encoding, meta.encoding_guessed) = (source.encoding, source.guessed);
    finish::finish(builder)
}

/// Reports what is wrong with a text as a whole.
fn report_faults(source: &Source, builder: &mut Builder) {
    if source.cut {
        builder.report("input-limit", 0, "", false);
    }
    if mojibake::is_garbled(&source.text) {
        builder.report("garbled", 0, "", false);
    }
}

/// Unpacks the articles of a file for programs: JSON, feeds, notes.
fn unpack(text: &str, cut: bool) -> Option<Unpacked> {
    let found = records::find(text, cut).or_else(|| feeds::find(text, cut))?;
    found.unpack().map(without_controls)
}

/// Unpacks one of several articles of a file for programs.
fn part(text: &str, index: usize) -> Option<Unpacked> {
    let found = records::find(text, false).or_else(|| feeds::find(text, false))?;
    found.part(index).map(without_controls)
}

/// Returns the facts of the articles of a text that holds several; none for any other.
pub fn articles(source: &Source) -> Vec<Meta> {
    let found = records::find(&source.text, false).or_else(|| feeds::find(&source.text, false));
    found.map_or(Vec::new(), |found| found.articles())
}

fn without_controls(mut unpacked: Unpacked) -> Unpacked {
    remove_controls(&mut unpacked.text);
    unpacked
}

/// Replaces what must never reach a terminal in a text whose escapes were read behind `source`.
fn remove_controls(text: &mut String) {
    let is_odd = |c: char| !matches!(c, '\n' | '\t') && (c.is_control() || is_hostile(c));
    if text.contains(is_odd) {
        *text = text.replace(is_odd, " ");
    }
}

/// Recognises text that was set for a terminal, whose layout must stay: nothing says that
/// it is an article.
fn is_laid_out(source: &Source, sniffed: Sniffed, name: &str) -> bool {
    preformatted::is_laid_out(&source.text, source.typed)
        && !sniff::is_markup_name(name)
        && sniffed.front_matter == 0
        && sniffed.format != Format::Html
}

/// The parser of the sections of one text.
struct Parser<'a> {
    sniffed: Sniffed,
    /// The name of the file.
    name: &'a str,
    /// Facts that were unpacked with the text, as a front matter has them.
    facts: &'a [String],
    unpacked: Option<&'a Unpacked>,
    /// True where more of the text follows.
    is_head: bool,
}

impl Parser<'_> {
    /// Parses a section that begins on source line `line`, and writes it; returns what the
    /// next one takes over.
    fn section(
        &self,
        text: &str,
        mut line: usize,
        section: Section,
        builder: &mut Builder,
    ) -> Section {
        let (first, in_notes) = (section.first, section.in_notes);
        let mut draft = DraftDocument::of(section);
        let mut at = 0;
        if first {
            let lines = self.front_matter(text, &mut draft);
            at = sniff::lines_len(text, lines);
            line += lines;
        }
        let body = text.get(at..).unwrap_or_default();
        let body = duplicate::fold(body, line, &mut draft);
        let body = self.rewritten(body, line, &mut draft);
        let crawled = (self.sniffed.format == Format::Plain).then(|| crawled::read(&body));
        let crawled = crawled.flatten();
        match &crawled {
            Some(crawled) => {
                let from = (draft.blocks.len(), draft.remarks.len());
                self.read(&crawled.text, 1, &mut draft);
                draft.end_all();
                draft.map_lines(from, |at| line + crawled.source_line(at - 1));
            }
            None => self.read(&body, line, &mut draft),
        }
        draft.end_all();
        if first && sniff::is_markup_name(self.name) {
            titles::offer_day_of_name(self.name, &mut draft.facts);
        }
        let has_several = self.unpacked.is_some_and(|u| u.lines.len() > 1);
        if has_several {
            // none of several articles is the page's only one
            draft.containers = Containers::default();
        }
        clean::clean(&mut draft);
        if has_several {
            let is_unnamed = first && self.unpacked.is_some_and(|u| u.is_unnamed);
            unpacked::keep_bylines(&mut draft, is_unnamed);
        }
        draft.section.in_notes = notes::mark(&mut draft, in_notes);
        if first {
            title::clean(&mut draft);
            draft.meta.format = self.sniffed.format.name();
        }
        if let Some(unpacked) = self.unpacked {
            draft.map_lines((0, 0), |line| unpacked.source_line(line));
        }
        draft.write(builder)
    }

    /// Reads the front matter of a text; returns the number of its lines.
    fn front_matter(&self, text: &str, draft: &mut DraftDocument) -> usize {
        if !self.facts.is_empty() {
            front_matter::read_entries(self.facts, draft);
            return 0;
        }
        let lines = text.lines().take(self.sniffed.front_matter);
        let plain = |line| match front_matter::bbs_entry(line) {
            Some(entry) => Cow::Owned(entry),
            None => dialects::property_of_page(line),
        };
        let read: Vec<Cow<'_, str>> = lines.map(plain).collect();
        let read: Vec<&str> = read.iter().map(|line| &**line).collect();
        front_matter::read(&read, draft);
        read.len()
    }

    /// Returns a text without what its format does not know: the bytes of pictures, the syntax
    /// of other programs.
    fn rewritten<'t>(
        &self,
        mut body: Cow<'t, str>,
        line: usize,
        draft: &mut DraftDocument,
    ) -> Cow<'t, str> {
        match self.sniffed.format {
            Format::Markdown => {}
            Format::Org => body = Cow::Owned(org::rewrite(&body, draft)),
            Format::Rst => body = Cow::Owned(rst::rewrite(&body, draft)),
            Format::Html | Format::Plain => return body,
        }
        if let Some(shorter) = repair::payloads(&body) {
            body = Cow::Owned(shorter);
        }
        match dialects::rewrite(&body, line, draft) {
            Cow::Borrowed(_) => body,
            Cow::Owned(changed) => Cow::Owned(changed),
        }
    }

    fn read<'t>(&self, body: &'t str, line: usize, draft: &mut DraftDocument<'t>) {
        match self.sniffed.format {
            Format::Html => html::read(body, line, draft),
            Format::Markdown | Format::Org | Format::Rst => {
                let runs = if self.is_head {
                    plain_runs::runs_of_head(body, sections::HEAD_BYTES / 2)
                } else {
                    plain_runs::runs(body)
                };
                markdown::read(body, runs, line, draft);
            }
            Format::Plain => plain::read(&prose::lines(body).collect::<Vec<_>>(), line, draft),
        }
    }
}

/// Returns a paragraph for each line that is not blank.
fn verbatim(source: &Source) -> Document {
    let mut b = Builder::new();
    for (i, line) in source.text.lines().enumerate() {
        b.block(BlockKind::Paragraph, 0, i + 1, line);
    }
    let meta = b.meta();
    (meta.format, meta.encoding, meta.encoding_guessed) =
        ("plain", source.encoding, source.guessed);
    b.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(400))]

        /// Reading ends whatever a file holds, and blocks are in order.
        #[test]
        fn any_text_is_read(parts in proptest::collection::vec(0..PIECES.split('¦').count(), 0..60), name in 0..3usize) {
            let text: String = parts.iter().filter_map(|i| PIECES.split('¦').nth(*i)).collect();
            let source = crate::source::read(text.as_bytes(), None);
            let d = parse(&source, ParseOptions { name: ["a.md", "a.html", "a.txt"][name], ..ParseOptions::default() });
            let mut end = 0;
            for block in d.blocks() {
                proptest::prop_assert!(block.span.start.byte() >= end && !d.slice(block.span).contains('\n'));
                end = block.span.end.byte();
            }
            for m in d.markup() {
                proptest::prop_assert!(!d.slice(m.span).is_empty() || matches!(m.kind, crate::document::MarkupKind::Cell(_)));
            }
        }
    }

    /// Pieces of odd files, between broken bars.
    const PIECES: &str = "\n¦\n\n¦---\n¦title: 甲\n¦文字。¦　　¦    ¦\t¦# ¦＃¦**¦*¦“¦”¦`¦```\n¦<p>¦</p>¦<br>¦<b>¦\
        </b>¦<li>¦<ol>¦</ol>¦<td>¦<tr>¦<table>¦</table>¦<nav>¦</nav>¦<script>¦<!--¦-->¦\
        <!-- more -->¦<sup>¦</sup>¦<a href=x>¦</a>¦<h1>¦</h1>¦<pre>¦</pre>¦<img alt=图 width=9>¦\
        ![图](a.png)¦[链](b)¦[^1]¦[^1]: 注\n¦〔１〕¦1. ¦2019. ¦> ¦- ¦|甲|乙|\n|-|-|\n¦原标题：¦\
        责任编辑：丙¦来源：¦相关阅读\n¦评论\n¦参考文献\n¦【1】¦{.x}¦&nbsp;¦\u{200b}¦e\u{301}¦\
        👨‍👩‍👧¦<div class=related>¦</div>¦{\"title\":\"甲\",¦\"content\":[¦\
        \"text\":\"文字。\\n\\ud83d\"}¦]}¦[{¦,";

    #[test]
    fn verbatim_takes_nothing_away() {
        let text = "---\ntitle: 甲\n---\n　　乙 \n\n<!-- more -->";
        let source = crate::source::read(text.as_bytes(), None);
        let verbatim = true;
        let options = ParseOptions {
            verbatim,
            ..ParseOptions::default()
        };
        let d = parse(&source, options);
        assert_eq!(d.text(), "---\ntitle: 甲\n---\n乙\n<!-- more -->");
        assert!(d.diagnostics().is_empty() && d.meta().title.is_empty());
    }
}
