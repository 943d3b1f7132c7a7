//! The page in the making: what every reader of a format writes, and what
//! clean-up works on before it becomes a document.
//!
//! 1. A reader opens a block, pushes text and markup, closes it. Markup that is
//!    open when a block is split goes on in the next one.
//! 2. Clean-up looks at the [`DraftBlock`]s: it folds one away under a rule's name or
//!    gives it another kind. Nothing is removed from the list.
//! 3. A [`Writer`] hands what stays to the [`Builder`], and a diagnostic for what was
//!    folded; of a long text page by page. There is a limit to markup and
//!    diagnostics, never to text.
//!
//! Knows no syntax and no rule.

use crate::document::{BlockKind, Builder, Document, MarkupKind, Meta};
use crate::format::html::containers::Containers;
use crate::format::prose;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// The "rule" of a block that became the document's title: it is in the
/// masthead, not folded.
pub const TAKEN: &str = "title";

/// Of so much a page may be made: blocks, stretches of markup, what is reported.
/// No book has as many; a page of ten megabytes of bare tags has five times more.
const FULL: usize = 500_000;

/// So much is reported of a text at the most.
const REPORTS: usize = 100_000;
/// So much markup a document has at the most: twenty long books.
const MARKUP: usize = 1_000_000;

/// Most markup that is open at once; what begins deeper is not kept.
const MOST: usize = 64;

/// A block before clean-up.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftBlock<'a> {
    /// What it is.
    pub kind: BlockKind,
    /// How deep in lists and quotes.
    pub depth: u8,
    /// The source line it begins on, from 1.
    pub line: usize,
    /// Its text, edges trimmed: mostly a piece of what is read, which is not copied.
    pub text: Cow<'a, str>,
    /// Markup by byte ranges of `text`.
    pub markup: Vec<(MarkupKind, Range<usize>)>,
    /// The rule that folded it, once one has.
    pub folded: Option<&'static str>,
    /// The container of the page it stands in; 0 where there are none.
    pub container: usize,
    /// Whether all of its text stands so in the source, which is clean.
    pub as_read: bool,
}

impl DraftBlock<'_> {
    /// The same without markup, by itself.
    pub fn bare(&self) -> DraftBlock<'static> {
        let text = Cow::Owned(self.text.to_string());
        DraftBlock {
            text,
            markup: Vec::new(),
            kind: self.kind,
            depth: self.depth,
            line: self.line,
            folded: self.folded,
            container: self.container,
            as_read: self.as_read,
        }
    }

    /// Whether its whole text is one link or a row of links.
    pub fn is_link(&self) -> bool {
        let linked: usize = self
            .markup
            .iter()
            .filter(|(k, _)| matches!(k, MarkupKind::Link(_)))
            .map(|(_, r)| r.len())
            .sum();
        let all = self.text.len();
        all > 0 && linked * 10 >= all * 8
    }

    /// Whether it still stands and has text.
    pub fn stands(&self) -> bool {
        self.folded.is_none() && !self.text.is_empty()
    }
}

/// What was found odd, or folded without ever being a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    rule: &'static str,
    line: usize,
    excerpt: String,
    folded: bool,
}

/// A document in the making.
#[derive(Clone, Debug, Default)]
pub struct DraftDocument<'a> {
    /// Its blocks so far.
    pub blocks: Vec<DraftBlock<'a>>,
    /// What is known beside the text.
    pub meta: Meta,
    /// The source line that the title stands on, 0 where it is not known.
    pub title_line: usize,
    /// The site that a web page is from, for want of a source.
    pub site: Option<String>,
    remarks: Vec<Remark>,
    open: Option<DraftBlock<'a>>,
    begun: Vec<(MarkupKind, usize)>,
    /// The containers of a web page.
    pub containers: Containers,
    /// Which part of the text this is.
    pub section: Section,
    /// The number of each footnote so far, in the text and all its parts.
    pub footnotes: HashMap<String, usize>,
    deeper: usize,
    waiting: Vec<DraftBlock<'a>>,
    /// What it is made of, so far.
    item_count: usize,
}

/// Which part of a text a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// Whether the text begins with it.
    pub first: bool,
    /// Whether it ends with it.
    pub last: bool,
}

impl Default for Section {
    fn default() -> Self {
        Self {
            first: true,
            last: true,
        }
    }
}

impl<'a> DraftDocument<'a> {
    /// An empty page that is that part of a text.
    pub fn of(section: Section) -> Self {
        Self {
            section,
            ..Self::default()
        }
    }

    /// Whether so much was read that the rest has to be left out.
    pub fn is_full(&self) -> bool {
        self.item_count >= FULL
    }

    /// A page that goes on where this one is, as far as it is full.
    pub fn next(&self) -> Self {
        Self {
            item_count: self.item_count,
            ..Self::default()
        }
    }

    /// Opens a block, closing the one before. Markup that is open goes on.
    pub fn open(&mut self, kind: BlockKind, depth: u8, line: usize) {
        self.close();
        for (_, from) in &mut self.begun {
            *from = 0;
        }
        self.open = Some(self.draft(kind, depth, line, Cow::default()));
    }

    /// A block of that text, which stands so in the source.
    fn draft(&self, kind: BlockKind, depth: u8, line: usize, text: Cow<'a, str>) -> DraftBlock<'a> {
        DraftBlock {
            kind,
            depth,
            line,
            text,
            markup: Vec::new(),
            folded: None,
            container: self.containers.here(),
            as_read: true,
        }
    }

    /// Whether a block is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether no text stands in the open block, or none is open.
    pub fn is_blank(&self) -> bool {
        self.open.as_ref().is_none_or(|o| o.text.is_empty())
    }

    /// How much text stands in the open block, in bytes.
    pub fn len(&self) -> usize {
        self.open.as_ref().map_or(0, |o| o.text.len())
    }

    /// The last character of the open block.
    pub fn last(&self) -> Option<char> {
        self.open.as_ref().and_then(|o| o.text.chars().next_back())
    }

    /// The kind of the open block.
    pub fn kind(&self) -> Option<BlockKind> {
        self.open.as_ref().map(|o| o.kind)
    }

    /// The open block ends and a block of the same kind begins.
    pub fn split(&mut self, line: usize) {
        if let Some((kind, depth)) = self.open.as_ref().map(|o| (o.kind, o.depth)) {
            self.open(kind, depth, line);
        }
    }

    /// Adds text; white space at a block's head goes, but in code.
    pub fn push(&mut self, text: &str) {
        self.push_as_read(text);
        self.doubt();
    }

    /// The open block holds what does not stand so in the source.
    pub fn doubt(&mut self) {
        if let Some(open) = &mut self.open {
            open.as_read = false;
        }
    }

    /// Adds text as it stands in the source, where nothing harmful is left.
    pub fn push_as_read(&mut self, text: &str) {
        if let Some(open) = &mut self.open {
            let blank = open.text.is_empty() && open.kind != BlockKind::Code;
            open.text
                .to_mut()
                .push_str(if blank { text.trim_start() } else { text });
        }
    }

    /// The same, without a copy where it is all of its block.
    pub fn push_piece(&mut self, text: &'a str) {
        match &mut self.open {
            Some(open) if open.text.is_empty() && open.kind != BlockKind::Code => {
                open.text = Cow::Borrowed(text.trim_start())
            }
            _ => self.push_as_read(text),
        }
    }

    /// Begins markup here.
    pub fn begin(&mut self, kind: MarkupKind) {
        if self.begun.len() >= MOST {
            self.deeper += 1;
            return;
        }
        let at = self.open.as_ref().map_or(0, |o| o.text.len());
        self.begun.push((kind, at));
    }

    /// Ends the innermost open markup of the same kind; says whether there was.
    pub fn end(&mut self, same: impl Fn(&MarkupKind) -> bool) -> bool {
        if self.deeper > 0 {
            self.deeper -= 1;
            return true;
        }
        let Some(i) = self.begun.iter().rposition(|(kind, _)| same(kind)) else {
            return false;
        };
        self.item_count += 1;
        let (kind, from) = self.begun.remove(i);
        if let Some(open) = &mut self.open
            && (from < open.text.len() || matches!(kind, MarkupKind::Cell(_)))
        {
            open.markup.push((kind, from..open.text.len()));
        }
        true
    }

    /// Ends a raised stretch: the mark of a note where it is bracketed or a link, else
    /// an exponent, which must not become one number with what it stands on.
    pub fn end_mark(&mut self) {
        let Some(i) = self
            .begun
            .iter()
            .rposition(|(kind, _)| *kind == MarkupKind::NoteMark)
        else {
            return;
        };
        let (kind, from) = self.begun.remove(i);
        if let Some(open) = &mut self.open {
            // the link to a note stands inside, or around
            let around = self
                .begun
                .iter()
                .any(|(k, _)| matches!(k, MarkupKind::Link(target) if target.contains('#')));
            let linked = around
                || open
                    .markup
                    .iter()
                    .rev()
                    .take_while(|(_, r)| r.end > from)
                    .any(|(k, r)| matches!(k, MarkupKind::Link(_)) && r.start >= from);
            let bracketed = open.text.get(from..).is_some_and(|t| {
                t.starts_with([
                    '[', '〔', '［', '(', '（', '①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨', '⑩',
                ])
            });
            if from < open.text.len() && (bracketed || linked) {
                open.markup.push((kind, from..open.text.len()));
            } else if let Some(raised) = open.text.get(from..).and_then(prose::raised) {
                let text = open.text.to_mut();
                text.truncate(from);
                text.push_str(&raised);
                open.as_read = false;
                // what stood on it stands on all of it
                let end = open.text.len();
                for (_, range) in open.markup.iter_mut().filter(|(_, range)| range.end > from) {
                    *range = range.start.min(from)..end;
                }
                for (_, at) in self.begun.iter_mut().filter(|(_, at)| *at > from) {
                    *at = from;
                }
            }
        }
    }

    /// Whether markup of that sort is open.
    pub fn is_begun(&self, same: impl Fn(&MarkupKind) -> bool) -> bool {
        self.begun.iter().any(|(kind, _)| same(kind))
    }

    /// Adds the blocks and remarks of another page, its [`next`](Self::next), after its own.
    pub fn append(&mut self, mut other: Self) {
        self.end_all();
        other.end_all();
        self.item_count = self.item_count.max(other.item_count);
        self.blocks.append(&mut other.blocks);
        self.remarks.append(&mut other.remarks);
    }

    /// Closes the open block; one without text is dropped, but for a rule.
    pub fn close(&mut self) {
        if let Some(mut open) = self.open.take() {
            self.item_count += 1 + self.begun.len();
            let end = open.text.len();
            for (kind, from) in &self.begun {
                if *from < end {
                    open.markup.push((kind.clone(), *from..end));
                }
            }
            if open.kind != BlockKind::Code {
                match &mut open.text {
                    Cow::Borrowed(text) => *text = text.trim_end(),
                    Cow::Owned(text) => text.truncate(text.trim_end().len()),
                }
            }
            if !open.text.is_empty() || matches!(open.kind, BlockKind::Rule | BlockKind::Code) {
                self.blocks.push(open);
            }
        }
        self.blocks.append(&mut self.waiting);
    }

    /// Forgets markup that its format never closed.
    pub fn end_all(&mut self) {
        self.close();
        self.begun.clear();
        self.deeper = 0;
    }

    /// A whole paragraph or the like at once, which stands so in the source.
    pub fn line(&mut self, kind: BlockKind, depth: u8, line: usize, text: &'a str) {
        if self.open.is_some() || !self.waiting.is_empty() || !self.begun.is_empty() {
            self.end_all();
        }
        let text = text.trim();
        if !text.is_empty() {
            self.item_count += 1;
            self.blocks
                .push(self.draft(kind, depth, line, Cow::Borrowed(text)));
        }
    }

    /// A whole block at once.
    pub fn block(&mut self, kind: BlockKind, depth: u8, line: usize, text: &str) {
        self.open(kind, depth, line);
        self.push(text);
        self.close();
    }

    /// A picture: its description becomes a block after the one that is open; a
    /// picture without one, or a mere decoration, is folded.
    pub fn image(&mut self, alt: &str, address: &str, tiny: bool, line: usize) {
        let alt = alt.trim();
        self.item_count += 1;
        if tiny || prose::is_tiny_by_name(address) {
            self.fold("decoration", line, address);
        } else if prose::is_description(alt) {
            let text = prose::one_line(alt);
            let draft = DraftBlock {
                as_read: false,
                ..self.draft(BlockKind::Image, 0, line, Cow::Owned(text))
            };
            if self.open.is_some() {
                self.waiting.push(draft)
            } else {
                self.blocks.push(draft)
            }
        } else {
            self.fold(
                "image-without-text",
                line,
                if address.is_empty() { alt } else { address },
            );
        }
    }

    /// Reports something that never became a block.
    pub fn fold(&mut self, rule: &'static str, line: usize, excerpt: &str) {
        self.remark(rule, line, excerpt, true);
    }

    /// Reports something odd that was read all the same.
    pub fn note(&mut self, rule: &'static str, line: usize, excerpt: &str) {
        self.remark(rule, line, excerpt, false);
    }

    /// Reports that nothing was read from a line on, once.
    pub fn note_limit(&mut self, line: usize) {
        if self.line_of("input-limit").is_none() {
            self.note("input-limit", line, "");
        }
    }

    /// Says on which line of the source stands what was read from a line.
    pub fn stand(&mut self, source: impl Fn(usize) -> usize) {
        let lines = self
            .blocks
            .iter_mut()
            .map(|d| &mut d.line)
            .chain(self.remarks.iter_mut().map(|r| &mut r.line));
        lines
            .filter(|line| **line > 0)
            .for_each(|line| *line = source(*line));
    }

    /// The line of the first remark of a rule.
    pub fn line_of(&self, rule: &str) -> Option<usize> {
        self.remarks.iter().find(|r| r.rule == rule).map(|r| r.line)
    }

    fn remark(&mut self, rule: &'static str, line: usize, excerpt: &str, folded: bool) {
        self.item_count += 2;
        let excerpt = prose::one_line(excerpt).chars().take(80).collect();
        self.remarks.push(Remark {
            rule,
            line,
            excerpt,
            folded,
        });
    }

    /// The document: what stands, and a diagnostic for the rest.
    pub fn build(self) -> Document {
        let mut writer = Writer::default();
        writer.take(self);
        writer.finish()
    }
}

/// A line between sections: how deep it lies, and its source line.
#[derive(Clone, Copy, Debug)]
struct Rule {
    depth: u8,
    line: usize,
}

/// Makes a document of pages, one after the other.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    builder: Builder,
    /// A line between sections that waits for what it divides.
    rule: Option<Rule>,
    /// Whether anything stands before it.
    begun: bool,
    /// How much was reported, and how much markup there is.
    reports: usize,
    markup: usize,
}

impl Writer {
    /// Makes room for a text of so many bytes.
    pub fn reserve(&mut self, bytes: usize) {
        self.builder.reserve(bytes);
    }

    /// What is known beside the text.
    pub fn meta(&mut self) -> &mut Meta {
        self.builder.meta()
    }

    /// Reports something odd that was read all the same.
    pub fn note(&mut self, rule: &'static str, line: usize, excerpt: &str) {
        self.builder.report(rule, line, excerpt, false);
    }

    /// Writes what stands on a page, and a diagnostic for the rest. Of several pages
    /// the first has the facts.
    pub fn take(&mut self, mut page: DraftDocument) {
        page.end_all();
        for remark in &page.remarks {
            self.report(remark.rule, remark.line, &remark.excerpt, remark.folded);
        }
        for mut draft in page.blocks {
            // a rule at either end, or beside another, divides nothing
            if draft.kind == BlockKind::Rule && draft.folded.is_none() {
                self.rule = self.begun.then_some(Rule {
                    depth: draft.depth,
                    line: draft.line,
                });
                continue;
            }
            match draft.folded {
                Some(TAKEN) => {}
                Some(rule) => self.report(rule, draft.line, &draft.text, true),
                None => {
                    self.begun = true;
                    if let Some(rule) = self.rule.take() {
                        self.builder
                            .block(BlockKind::Rule, rule.depth, rule.line, "");
                    }
                    self.count(&mut draft.markup);
                    if draft.kind == BlockKind::Row && self.markup > MARKUP {
                        draft.kind = BlockKind::Paragraph;
                    }
                    write(&mut self.builder, &draft);
                }
            }
        }
        if page.section.first {
            let known = self.meta();
            // how the file was decoded is known before it is read
            if page.meta.encoding.is_empty() {
                (page.meta.encoding, page.meta.encoding_guessed) =
                    (known.encoding, known.encoding_guessed);
            }
            *known = page.meta;
        }
    }

    /// Adds to the last block what goes on of it: clean text as it stands in the source,
    /// and its markup.
    pub fn go_on(&mut self, text: &str, mut markup: Vec<(MarkupKind, Range<usize>)>) {
        self.count(&mut markup);
        self.builder.reopen();
        fill(&mut self.builder, text, &markup, Builder::push_clean);
        self.builder.close();
    }

    /// Gives the last block the markup that its text tells.
    pub fn mark(&mut self, tells: impl Fn(&str) -> Vec<(MarkupKind, Range<usize>)>) {
        let mut markup = tells(self.builder.last());
        self.count(&mut markup);
        self.builder.mark(markup);
    }

    /// Counts markup; where there is too much of it, it goes.
    fn count(&mut self, markup: &mut Vec<(MarkupKind, Range<usize>)>) {
        self.markup += markup.len();
        if self.markup > MARKUP {
            markup.clear();
        }
    }

    fn report(&mut self, rule: &'static str, line: usize, excerpt: &str, folded: bool) {
        self.reports += 1;
        if self.reports <= REPORTS || rule == "input-limit" {
            self.builder.report(rule, line, excerpt, folded);
        }
    }

    /// The finished document.
    pub fn finish(mut self) -> Document {
        if self.reports > REPORTS {
            self.note("not-listed", 0, "");
        }
        if self.markup > MARKUP {
            self.note("markup-limit", 0, "");
        }
        self.builder.finish()
    }
}

/// Writes one block with its markup.
fn write(b: &mut Builder, draft: &DraftBlock) {
    if draft.as_read && draft.markup.is_empty() {
        return b.line(draft.kind, draft.depth, draft.line, &draft.text);
    }
    b.open(draft.kind, draft.depth, draft.line);
    fill(
        b,
        &draft.text,
        &draft.markup,
        if draft.as_read {
            Builder::push_clean
        } else {
            Builder::push
        },
    );
    b.close();
}

/// Writes text with its markup into the open block.
fn fill(
    b: &mut Builder,
    text: &str,
    markup: &[(MarkupKind, Range<usize>)],
    push: fn(&mut Builder, &str),
) {
    if markup.is_empty() {
        return push(b, text);
    }
    let end = text.len();
    let mut edges: Vec<(usize, bool, usize)> = Vec::new();
    for (i, (_, range)) in markup.iter().enumerate() {
        edges.push((range.start.min(end), true, i));
        edges.push((range.end.min(end), false, i));
    }
    // at one place, what ends comes before what begins
    edges.sort_by_key(|&(at, begins, i)| {
        let (from, to) = markup
            .get(i)
            .map_or((0, 0), |(_, r)| (r.start.min(end), r.end.min(end)));
        // an empty stretch begins and ends before others begin
        let empty = from == to;
        (
            at,
            begins && !empty,
            if empty { i } else { 0 },
            empty && !begins,
            i,
        )
    });
    let mut from = 0;
    for (at, begins, i) in edges {
        push(b, text.get(from..at).unwrap_or_default());
        from = at.max(from);
        let Some((kind, range)) = markup.get(i) else {
            continue;
        };
        match begins {
            _ if range.start >= range.end.min(end) && !matches!(kind, MarkupKind::Cell(_)) => {}
            true => b.begin(kind.clone()),
            false => b.end(|k| k == kind),
        }
    }
    push(b, text.get(from..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_on_in_the_next_block() {
        let mut p = DraftDocument::default();
        p.open(BlockKind::Paragraph, 0, 1);
        p.push("甲");
        p.begin(MarkupKind::Strong);
        p.push("乙");
        p.split(2);
        p.push("丙");
        assert!(p.end(|k| *k == MarkupKind::Strong));
        p.push("丁");
        let d = p.build();
        let strong: Vec<_> = d.markup().iter().map(|m| d.slice(m.span)).collect();
        assert_eq!((d.text(), strong), ("甲乙\n丙丁", vec!["乙", "丙"]));
    }

    #[test]
    fn much_is_read_and_too_much_is_said() {
        let mut page = DraftDocument::default();
        for line in 1..=MARKUP / 2 + 2 {
            page.open(BlockKind::Row, 0, line);
            for _ in 0..2 {
                page.begin(MarkupKind::Cell(crate::document::Cell::default()));
                page.push("甲");
                page.end(|_| true);
            }
        }
        (0..=REPORTS).for_each(|line| page.fold("decoration", line, "a.png"));
        assert!(page.is_full());
        let d = page.build();
        assert_eq!(
            (d.blocks().len(), d.markup().len()),
            (MARKUP / 2 + 2, MARKUP)
        );
        assert!(
            d.blocks()
                .last()
                .is_some_and(|b| b.kind == BlockKind::Paragraph && d.slice(b.span) == "甲甲")
        );
        let said: Vec<&str> = d
            .diagnostics()
            .iter()
            .map(|d| d.rule)
            .filter(|rule| *rule != "decoration")
            .collect();
        assert_eq!(
            (d.diagnostics().len(), said),
            (REPORTS + 2, vec!["not-listed", "markup-limit"])
        );
    }

    #[test]
    fn pictures_wait_for_the_end_of_the_sentence() {
        let mut p = DraftDocument::default();
        p.open(BlockKind::Paragraph, 0, 1);
        p.push("前半");
        p.image("一张示意图", "a.png", false, 1);
        p.image("", "dot_w16_h16.png", false, 1);
        p.push("后半。");
        let d = p.build();
        assert_eq!(d.text(), "前半后半。\n一张示意图");
        assert_eq!(d.folded().count(), 1);
    }
}
