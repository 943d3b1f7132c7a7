//! Writes `CommonMark` events into a page: blocks, markup, tables, footnotes.
//!
//! A soft line break begins a new paragraph, unless the text was wrapped by a machine.
//! HTML goes to [`html`].

use crate::document::{Align, BlockKind, Cell, MarkupKind};
use crate::format::draft::DraftDocument;
use crate::format::html;
use crate::format::html::tag_kinds;
use crate::format::plain::wrap::{self, Wrap};
use crate::format::prose;
use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Tag, TagEnd};
use std::ops::Range;

/// Limit of the depth that is shown.
const MAX_DEPTH: usize = 32;
/// Limit of the lines of a list that tell whether it is counted.
const MAX_NUMBERED_LINES: usize = 1000;

/// The open elements.
#[derive(Default)]
struct State {
    lists: Vec<List>,
    quotes: usize,
    /// The number of an item that has no block yet; empty for a bullet.
    item: Option<String>,
    footnote: Option<String>,
    code: bool,
    html: Option<(usize, String)>,
    image: Option<(usize, String, String)>,
    cells: usize,
    columns: Vec<Align>,
    header: bool,
}

/// An open list.
#[derive(Default)]
struct List {
    /// Its last number, where its author wrote the same one for every item.
    counted: Option<u64>,
    is_numbered: bool,
}

/// Writes the events of a repaired text into a page.
pub struct EventReader<'a, 'p> {
    page: &'a mut DraftDocument<'p>,
    first: usize,
    text: &'a str,
    lines: Vec<&'a str>,
    /// The bytes at which the lines begin.
    starts: Vec<usize>,
    wrapped: Option<Wrap>,
    state: State,
}

impl<'a, 'p> EventReader<'a, 'p> {
    /// Returns a reader of `text`, which begins on source line `first`.
    pub fn new(
        page: &'a mut DraftDocument<'p>,
        text: &'a str,
        first: usize,
        wrapped: Option<Wrap>,
    ) -> Self {
        let line_ends = memchr::memchr_iter(b'\n', text.as_bytes());
        Self {
            page,
            first,
            text,
            lines: prose::lines(text).collect(),
            starts: [0].into_iter().chain(line_ends.map(|at| at + 1)).collect(),
            wrapped,
            state: State::default(),
        }
    }

    fn index(&self, at: usize) -> usize {
        let after = self.starts.partition_point(|start| *start <= at);
        after.saturating_sub(1)
    }

    /// Returns the source line of byte `at`.
    fn line(&self, at: usize) -> usize {
        self.first + self.index(at)
    }

    /// Returns how deep lists and quotes nest here.
    fn depth(&self) -> u8 {
        (self.state.lists.len() + self.state.quotes).min(MAX_DEPTH) as u8
    }

    /// Opens a block; the first of an item takes its number.
    fn open(&mut self, kind: BlockKind, at: usize) {
        let item = self.state.item.take();
        let kind = match kind {
            BlockKind::Paragraph if self.state.footnote.is_some() => BlockKind::Note,
            BlockKind::Paragraph if item.is_some() => BlockKind::Item,
            BlockKind::Paragraph if self.state.quotes > 0 && self.state.lists.is_empty() => {
                BlockKind::Quote
            }
            kind => kind,
        };
        self.page.open(kind, self.depth(), self.line(at));
        if let Some(number) = item {
            self.page.push(&number);
        }
        if let Some(label) = self.state.footnote.as_mut().filter(|l| !l.is_empty()) {
            let label = std::mem::take(label);
            self.page.push(&label);
        }
    }

    /// Adds text, in a block of its own where none is open.
    fn text(&mut self, text: &str, at: usize) {
        if let Some((_, alt, _)) = &mut self.state.image {
            alt.push_str(text);
            return;
        }
        if !self.page.is_open() {
            if text.trim().is_empty() {
                return;
            }
            self.open(BlockKind::Paragraph, at);
        }
        self.page.push(text);
    }

    /// Writes the event that these bytes became.
    pub fn event(&mut self, event: Event<'_>, bytes: Range<usize>) {
        let at = bytes.start;
        match event {
            Event::Start(Tag::List(number)) => {
                self.page.close();
                let list = number.map_or_else(List::default, |_| self.numbered(bytes));
                self.state.lists.push(list);
            }
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag, at),
            Event::Text(text) if self.state.code => self.code(&text, at),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text, at);
            }
            Event::Code(text) => {
                self.text("", at);
                if !self.page.is_open() {
                    self.open(BlockKind::Paragraph, at);
                }
                self.page.begin(MarkupKind::Code);
                self.text(&text, at);
                self.page.end(|k| *k == MarkupKind::Code);
            }
            Event::Html(text) => match &mut self.state.html {
                Some((_, all)) => all.push_str(&text),
                None => self.html(&text, at),
            },
            Event::InlineHtml(text) => self.inline_html(&text, at),
            Event::SoftBreak => self.soft_break(at),
            Event::HardBreak => self.line_break(at + 1),
            Event::Rule => {
                let line = self.line(at);
                self.page.block(BlockKind::Rule, 0, line, "");
            }
            Event::FootnoteReference(label) => {
                let number = self.footnote(&label);
                self.text("", at);
                self.page.begin(MarkupKind::NoteMark);
                self.text(&format!("[{number}]"), at);
                self.page.end(|k| *k == MarkupKind::NoteMark);
            }
            Event::TaskListMarker(done) => self.text(if done { "[x] " } else { "[ ] " }, at),
        }
    }

    fn start(&mut self, tag: Tag<'_>, at: usize) {
        match tag {
            Tag::Paragraph => self.open(BlockKind::Paragraph, at),
            Tag::Heading { level, .. } => self.open(BlockKind::Heading(level as u8), at),
            Tag::BlockQuote(_) => {
                self.page.close();
                self.state.quotes += 1;
            }
            Tag::Item => {
                self.page.close();
                self.state.item = Some(self.number(at));
            }
            Tag::CodeBlock(kind) => {
                self.page.close();
                self.state.code = true;
                // a fence takes a line of its own
                self.state.cells = usize::from(matches!(kind, CodeBlockKind::Fenced(_)));
            }
            Tag::HtmlBlock => self.state.html = Some((self.line(at), String::new())),
            Tag::FootnoteDefinition(label) => {
                self.page.close();
                self.state.footnote = Some(format!("[{}] ", self.footnote(&label)));
            }
            Tag::Table(columns) => {
                self.page.close();
                self.state.columns = columns.iter().map(|a| align(*a)).collect();
            }
            Tag::TableHead | Tag::TableRow => {
                self.state.header = matches!(tag, Tag::TableHead);
                self.state.cells = 0;
                self.open(BlockKind::Row, at);
            }
            Tag::TableCell => self.start_cell(),
            tag => self.start_inline(tag, at),
        }
    }

    /// Begins a numbered list: it is counted where each of its items has the same number.
    fn numbered(&self, bytes: Range<usize>) -> List {
        let start = self.starts.get(self.index(bytes.start)).copied();
        let start = start.unwrap_or(bytes.start);
        let indent = self.text.get(start..bytes.start).unwrap_or_default();
        let first = self.text.get(bytes.start..).and_then(number);
        let list = self.text.get(start..bytes.end).unwrap_or_default();
        // a list inside an item has its first number behind the item's mark
        let is_mark = |c: char| !c.is_whitespace() && c != '>';
        let indent: String = indent
            .chars()
            .map(|c| if is_mark(c) { ' ' } else { c })
            .collect();
        let below = prose::lines(list).skip(1).take(MAX_NUMBERED_LINES);
        let mut numbers = below.filter_map(|line| number(line.strip_prefix(&*indent)?));
        let second = numbers.next();
        let same = |n: &(u64, char)| Some(n.0) == first.map(|n| n.0);
        let is_counted = second.as_ref().is_some_and(same) && numbers.all(|n| same(&n));
        List {
            counted: first.map(|n| n.0.wrapping_sub(1)).filter(|_| is_counted),
            is_numbered: true,
        }
    }

    /// Returns the number of the item at a byte as its author wrote it; none of a bullet.
    fn number(&mut self, at: usize) -> String {
        let Some(list) = self.state.lists.last_mut().filter(|list| list.is_numbered) else {
            return String::new();
        };
        let Some((written, mark)) = self.text.get(at..).and_then(number) else {
            return String::new();
        };
        let counted = list.counted.as_mut().map(|n| {
            *n = n.wrapping_add(1);
            *n
        });
        format!("{}{mark} ", counted.unwrap_or(written))
    }

    fn start_cell(&mut self) {
        if self.state.cells > 0 {
            self.page.push("  ");
        }
        self.state.cells += 1;
        self.begin_cell(false);
    }

    /// Begins a cell, or a further line of one.
    fn begin_cell(&mut self, goes_on: bool) {
        let column = self.state.cells.saturating_sub(1);
        self.page.begin(MarkupKind::Cell(Cell {
            header: self.state.header,
            align: self.state.columns.get(column).copied().unwrap_or_default(),
            goes_on,
        }));
    }

    fn start_inline(&mut self, tag: Tag<'_>, at: usize) {
        match tag {
            Tag::Emphasis => self.begin(MarkupKind::Emphasis, at),
            Tag::Strong => self.begin(MarkupKind::Strong, at),
            Tag::Strikethrough => self.begin(MarkupKind::Struck, at),
            // defined elsewhere
            Tag::Link {
                link_type: LinkType::ReferenceUnknown,
                ..
            } => {}
            Tag::Link { dest_url, .. } => self.begin(MarkupKind::Link(dest_url.to_string()), at),
            Tag::Image { dest_url, .. } => match &mut self.state.image {
                Some((depth, ..)) => *depth += 1,
                None => self.state.image = Some((0, String::new(), dest_url.to_string())),
            },
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, at: usize) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableHead | TagEnd::TableRow => {
                self.page.close();
            }
            TagEnd::Item => {
                self.page.close();
                self.state.item = None;
            }
            TagEnd::BlockQuote(_) => {
                self.page.close();
                self.state.quotes = self.state.quotes.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.page.close();
                self.state.lists.pop();
            }
            TagEnd::CodeBlock => self.state.code = false,
            TagEnd::HtmlBlock => {
                if let Some((line, all)) = self.state.html.take() {
                    html::fragment(&all, line, self.page);
                }
            }
            TagEnd::FootnoteDefinition => {
                self.page.close();
                self.state.footnote = None;
            }
            TagEnd::TableCell => drop(self.page.end(|k| matches!(k, MarkupKind::Cell(_)))),
            TagEnd::Emphasis => drop(self.page.end(|k| *k == MarkupKind::Emphasis)),
            TagEnd::Strong => drop(self.page.end(|k| *k == MarkupKind::Strong)),
            TagEnd::Strikethrough => drop(self.page.end(|k| *k == MarkupKind::Struck)),
            TagEnd::Link => drop(self.page.end(|k| matches!(k, MarkupKind::Link(_)))),
            TagEnd::Image => match self.state.image.take() {
                Some((0, alt, address)) => {
                    let line = self.line(at);
                    self.page.image(&alt, &address, false, line);
                }
                Some((depth, alt, address)) => self.state.image = Some((depth - 1, alt, address)),
                None => {}
            },
            _ => {}
        }
    }

    /// Begins inline markup, in a block of its own where none is open.
    fn begin(&mut self, kind: MarkupKind, at: usize) {
        if !self.page.is_open() {
            self.open(BlockKind::Paragraph, at);
        }
        self.page.begin(kind);
    }

    /// Writes a piece of code, a block a line. Chinese sentences are prose even here.
    fn code(&mut self, text: &str, at: usize) {
        let first = self.line(at);
        for (i, line) in text.lines().enumerate() {
            let prose = self.state.cells == 0 && (prose::is_prose(line) || line.trim().is_empty());
            let (kind, line) = if prose {
                (BlockKind::Paragraph, line.trim())
            } else {
                (BlockKind::Code, line)
            };
            self.page.block(kind, self.depth(), first + i, line);
        }
    }

    /// Reads a line end inside a paragraph.
    fn soft_break(&mut self, at: usize) {
        let kind = self.page.kind();
        let is_one_line = matches!(kind, Some(BlockKind::Heading(_) | BlockKind::Row));
        if self.state.image.is_some() || is_one_line {
            return self.text(" ", at);
        }
        let i = self.index(at);
        let line = |i: usize| self.lines.get(i).copied().unwrap_or_default();
        let next = line(i + 1);
        let in_item = kind == Some(BlockKind::Item) && wrap::continues_item(line(i), next);
        let in_quote = kind == Some(BlockKind::Quote) && wrap::continues_quote(line(i), next);
        if in_item || in_quote || self.wrapped.is_some_and(|wrap| wrap.joins(line(i), next)) {
            let first = next.trim_start_matches(['>', ' ']).chars().next();
            self.page.push(prose::joint(self.page.last(), first));
        } else {
            self.line_break(at + 1);
        }
    }

    /// Begins a paragraph at byte `at`; after an item's first it has no bullet.
    fn line_break(&mut self, at: usize) {
        if self.state.image.is_some() || !self.page.is_open() {
            return;
        }
        match self.page.kind() {
            Some(BlockKind::Row) => {
                let is_cell = |k: &MarkupKind| matches!(k, MarkupKind::Cell(_));
                if self.page.end(is_cell) {
                    self.page.push(" ");
                    self.begin_cell(true);
                }
            }
            Some(BlockKind::Heading(_)) => self.page.push(" "),
            Some(BlockKind::Item) => {
                self.page
                    .open(BlockKind::Paragraph, self.depth(), self.line(at));
            }
            _ => {
                let line = self.line(at);
                self.page.split(line);
            }
        }
    }

    fn html(&mut self, text: &str, at: usize) {
        let line = self.line(at);
        html::fragment(text, line, self.page);
    }

    /// Reads a tag inside a paragraph.
    fn inline_html(&mut self, text: &str, at: usize) {
        if self.state.image.is_some() {
            return;
        }
        if tag_kinds::is_line_break(text) {
            return self.line_break(at);
        }
        if !self.page.is_open() && !text.starts_with("<!") && !text.starts_with("</") {
            self.open(BlockKind::Paragraph, at);
        }
        html::inline(text, self.line(at), self.page);
    }

    /// Returns the number of a footnote, in the order of first use.
    fn footnote(&mut self, label: &str) -> usize {
        let footnotes = &mut self.page.section.footnotes;
        let next = footnotes.len() + 1;
        *footnotes.entry(label.to_owned()).or_insert(next)
    }
}

/// Returns the number of an item at the head of a text, and the mark behind it.
fn number(text: &str) -> Option<(u64, char)> {
    let text = text.trim_start_matches([' ', '\t']);
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = text.get(..text.len() - rest.len())?.parse().ok()?;
    let mark = rest.chars().next().filter(|c| matches!(c, '.' | ')'))?;
    let after = rest.chars().nth(1);
    after
        .is_none_or(char::is_whitespace)
        .then_some((number, mark))
}

/// Returns the alignment of a column.
fn align(column: Alignment) -> Align {
    match column {
        Alignment::Right => Align::Right,
        Alignment::Center => Align::Centre,
        Alignment::Left | Alignment::None => Align::Left,
    }
}
