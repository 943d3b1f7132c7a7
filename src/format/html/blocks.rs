//! Writes the blocks of an HTML text, by the tags that are open around them.
//!
//! Knows which headings, lists, quotes and table rows are open, and how white space
//! collapses; not which tags make parts of a page, and no page head.

use super::layout_table;
use super::tag_kinds::{self, Attribute, TagKind};
use crate::document::{BlockKind, Cell, MarkupKind};
use crate::format::draft::DraftDocument;
use crate::format::plain::wrap::{self, Wrap};
use crate::format::{entities, prose};

/// Limit of the depth that is shown.
const MAX_DEPTH: usize = 32;

/// The position in an annotation of characters (ruby).
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Ruby {
    #[default]
    Outside,
    /// The annotated characters.
    Base,
    /// The text that says how they are read.
    Reading,
}

/// The table row that is open.
#[derive(Default)]
struct RowContext {
    is_open: bool,
    cells: usize,
    cell: Cell,
    /// Bytes at which its cells and their paragraphs begin, with their containers.
    breaks: Vec<(usize, usize)>,
}

/// Writes blocks, and remembers the open tags that decide their kinds.
pub struct BlockWriter<'a, 'p> {
    pub page: &'a mut DraftDocument<'p>,
    pub ruby: Ruby,
    heading: Option<u8>,
    is_preformatted: bool,
    is_caption: bool,
    quotes: usize,
    /// Open lists, with the next number of numbered ones.
    lists: Vec<Option<u64>>,
    /// The number of the item that the next block begins.
    item: Option<String>,
    row: RowContext,
    /// White space before the next character; true where it held a line end.
    space: Option<bool>,
}

impl<'a, 'p> BlockWriter<'a, 'p> {
    pub fn new(page: &'a mut DraftDocument<'p>) -> Self {
        Self {
            page,
            ruby: Ruby::Outside,
            heading: None,
            is_preformatted: false,
            is_caption: false,
            quotes: 0,
            lists: Vec::new(),
            item: None,
            row: RowContext::default(),
            space: None,
        }
    }

    fn depth(&self) -> u8 {
        (self.lists.len() + self.quotes).min(MAX_DEPTH) as u8
    }

    fn is_row(&self) -> bool {
        self.page.kind() == Some(BlockKind::Row)
    }

    /// Adds text between tags, which begins on source line `line`.
    pub fn text(&mut self, text: &str, line: usize) {
        if self.is_preformatted {
            return self.preformatted(text, line);
        }
        if !self.page.is_open() {
            let body = text.trim_start();
            if body.is_empty() {
                return;
            }
            let before = text.get(..text.len() - body.len()).unwrap_or_default();
            self.open(line + before.matches('\n').count());
        }
        let mut rest = text;
        while !rest.is_empty() {
            let blank = rest.find(|c| !prose::is_markup_space(c));
            let (space, after) = rest.split_at(blank.unwrap_or(rest.len()));
            if !space.is_empty() {
                self.space = Some(self.space.unwrap_or(false) || space.contains('\n'));
            }
            let end = after.find(prose::is_markup_space);
            let (word, after) = after.split_at(end.unwrap_or(after.len()));
            if !word.is_empty() {
                self.flush_space(word.chars().next());
                let word = prose::and_then(entities::twice_written(word), entities::twice_written);
                self.page.push(&word.replace('\u{a0}', " "));
            }
            rest = after;
        }
    }

    /// Writes the white space that waits, if it separates two words.
    fn flush_space(&mut self, next: Option<char>) {
        let Some(has_line_end) = self.space.take().filter(|_| !self.page.is_blank()) else {
            return;
        };
        let last = self.page.last();
        if last.is_some_and(char::is_whitespace) {
            return;
        }
        // a line end between two Han is not a blank; anywhere else it is one
        let is_han = [last, next].into_iter().flatten().all(prose::is_wide);
        let is_joined = has_line_end && is_han;
        self.page.push(if is_joined { "" } else { " " });
    }

    /// Adds lines of `<pre>`: code, or prose that was set that way.
    fn preformatted(&mut self, text: &str, first: usize) {
        let wrapped = wrap::detect(text.lines());
        let mut before = None;
        for (i, line) in text.lines().enumerate() {
            let joins = before
                .zip(wrapped)
                .is_some_and(|(last, w): (_, Wrap)| w.joins(last, line));
            before = (!line.trim().is_empty()).then_some(line);
            let open = self
                .page
                .blocks
                .last_mut()
                .filter(|d| joins && d.kind == BlockKind::Paragraph);
            if let Some(block) = open {
                let rest = line.trim();
                let joint = prose::joint(block.text.chars().next_back(), rest.chars().next());
                let text = block.text.to_mut();
                text.push_str(joint);
                text.push_str(rest);
                continue;
            }
            let kind = if prose::is_prose(line) {
                BlockKind::Paragraph
            } else {
                BlockKind::Code
            };
            if !line.trim().is_empty() {
                self.page.block(kind, self.depth(), first + i, line);
            }
        }
    }

    /// Opens a block of the kind that the tags around it ask for.
    fn open(&mut self, line: usize) {
        self.space = None;
        let item = self.item.take();
        let kind = match self.heading {
            Some(level) => BlockKind::Heading(level),
            None if self.is_caption => BlockKind::Caption,
            None if self.row.is_open => BlockKind::Row,
            None if item.is_some() => BlockKind::Item,
            None if self.quotes > 0 && self.lists.is_empty() => BlockKind::Quote,
            None => BlockKind::Paragraph,
        };
        self.page.open(kind, self.depth(), line);
        self.page.push(&item.unwrap_or_default());
        if self.row.is_open {
            self.page.begin(MarkupKind::Cell(self.row.cell));
            self.row.breaks = vec![(0, self.page.containers.here())];
        }
    }

    /// Ends the open block.
    pub fn close(&mut self) {
        let is_cell = |k: &MarkupKind| matches!(k, MarkupKind::Cell(_));
        self.space = None;
        // no reading goes beyond its block
        self.ruby = Ruby::Outside;
        if self.is_row() {
            self.page.end(is_cell);
        }
        self.page.close();
        let breaks = std::mem::take(&mut self.row.breaks);
        let blocks = &mut self.page.blocks;
        if breaks.len() > 1
            && let Some(row) = blocks.pop_if(|d| d.kind == BlockKind::Row)
        {
            let found = layout_table::paragraphs(&row, &breaks);
            blocks.extend(found.unwrap_or_else(|| vec![layout_table::with_lines(row, &breaks)]));
        }
        let is_column = |k: &MarkupKind| matches!(k, MarkupKind::Cell(cell) if !cell.goes_on);
        // a row of one cell is a page laid out by a table
        if let Some(row) = blocks.last_mut().filter(|d| d.kind == BlockKind::Row)
            && row.markup.iter().filter(|(k, _)| is_column(k)).count() <= 1
        {
            row.kind = BlockKind::Paragraph;
            row.markup.retain(|(k, _)| !is_cell(k));
        }
    }

    /// Begins markup.
    pub fn begin(&mut self, kind: MarkupKind) {
        if self.page.is_open() && self.space == Some(false) {
            self.flush_space(None);
        }
        self.page.begin(kind);
    }

    /// Begins the markup of a tag; code is not marked in `<pre>`.
    pub fn begin_of(&mut self, kind: TagKind) {
        if let Some(markup) = kind.markup()
            && !(self.is_preformatted && kind == TagKind::Code)
        {
            self.begin(markup);
        }
    }

    /// Begins a block at a tag that is not inline.
    pub fn start(&mut self, kind: TagKind, line: usize, attribute: Attribute<'_>) {
        match kind {
            TagKind::Paragraph | TagKind::Division if self.row.is_open && self.page.is_open() => {
                return self.start_in_cell(line);
            }
            TagKind::Cell | TagKind::HeaderCell if self.row.is_open => {
                return self.start_cell(kind, attribute);
            }
            TagKind::Other => return,
            _ => self.close(),
        }
        match kind {
            TagKind::Rule => self.page.block(BlockKind::Rule, 0, line, ""),
            TagKind::Heading(level) => self.heading = Some(level),
            TagKind::Paragraph => self.heading = None,
            TagKind::Quote => self.quotes += 1,
            TagKind::List => self.lists.push(None),
            TagKind::NumberedList => {
                let start = attribute("start").and_then(|n| n.trim().parse().ok());
                self.lists.push(Some(start.unwrap_or(1)));
            }
            TagKind::Item => {
                let own = attribute("value").and_then(|n| n.trim().parse().ok());
                if let (Some(Some(number)), Some(own)) = (self.lists.last_mut(), own) {
                    *number = own;
                }
                let number = self.lists.last_mut().and_then(Option::as_mut);
                self.item = Some(number.map_or_else(String::new, |n| {
                    *n = n.saturating_add(1);
                    format!("{}. ", *n - 1)
                }));
            }
            TagKind::Preformatted => self.is_preformatted = true,
            TagKind::Caption => self.is_caption = true,
            TagKind::Table => self.row.is_open = false,
            TagKind::Row => (self.row.is_open, self.row.cells) = (true, 0),
            _ => {}
        }
    }

    /// Ends a block at an end tag that is not inline.
    pub fn end(&mut self, kind: TagKind) {
        match kind {
            TagKind::Preformatted => return self.is_preformatted = false,
            TagKind::Cell | TagKind::HeaderCell | TagKind::Rule | TagKind::Other => return,
            TagKind::Paragraph | TagKind::Division if self.row.is_open && self.is_row() => {
                return self.break_cell();
            }
            _ => self.close(),
        }
        match kind {
            TagKind::Heading(_) => self.heading = None,
            TagKind::Quote => self.quotes = self.quotes.saturating_sub(1),
            TagKind::List | TagKind::NumberedList => {
                self.lists.pop();
                self.item = None;
            }
            TagKind::Item => self.item = None,
            TagKind::Caption => self.is_caption = false,
            TagKind::Row | TagKind::Table => self.row.is_open = false,
            _ => {}
        }
    }

    /// Begins a cell: in the open block, or before the first text of its row.
    fn start_cell(&mut self, kind: TagKind, attribute: Attribute<'_>) {
        self.row.cells += 1;
        self.row.cell = Cell {
            header: kind == TagKind::HeaderCell,
            align: tag_kinds::align(attribute),
            goes_on: false,
        };
        if !self.is_row() {
            return self.close();
        }
        self.page.end(|k| matches!(k, MarkupKind::Cell(_)));
        self.space = None;
        self.page.push("  ");
        self.page.begin(MarkupKind::Cell(self.row.cell));
        let start = (self.page.len(), self.page.containers.here());
        self.row.breaks.push(start);
    }

    /// Begins a paragraph inside a cell: one of its own where the cell holds a page.
    fn start_in_cell(&mut self, line: usize) {
        let is_first_cell = self.is_row() && self.row.cells <= 1 && !self.page.is_blank();
        if self.page.kind() == Some(BlockKind::Paragraph) || is_first_cell {
            self.close();
            self.page.open(BlockKind::Paragraph, self.depth(), line);
        } else {
            self.break_cell();
        }
    }

    /// Separates two lines of a cell: by a blank, unless the table turns out to lay
    /// out a page.
    fn break_cell(&mut self) {
        self.space = Some(false);
        let at = (self.page.len(), self.page.containers.here());
        if self.row.breaks.last().is_some_and(|last| last.0 < at.0) {
            self.row.breaks.push(at);
        }
    }

    /// Breaks the line, as `<br>` does.
    pub fn line_break(&mut self, line: usize) {
        let kind = self.page.kind();
        if self.is_row() && self.row.cells > 1 {
            self.break_cell();
        } else if self.heading.is_some() {
            self.space = Some(false);
        } else if kind == Some(BlockKind::Item) {
            self.space = None;
            self.page.open(BlockKind::Paragraph, self.depth(), line);
        } else if kind == Some(BlockKind::Row) {
            self.close();
            self.page.open(BlockKind::Paragraph, self.depth(), line);
        } else if kind.is_some() {
            self.space = None;
            self.page.split(line);
        }
    }
}
