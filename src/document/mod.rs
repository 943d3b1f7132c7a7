//! The article, whatever file it came from.
//!
//! 1. [`Document`]: text, blocks, inline markup, facts about it. Immutable.
//! 2. [`builder`]: the only way to make one; keeps the invariants.
//! 3. `paragraphs`: their numbers; `folds`: what clean-up took out, where it stood.
//! 4. [`dump`]: its printed form, for tests and bug reports.
//! 5. [`parts`]: headings of what argues nothing: notes, sources, makers.
//!
//! The text is what one would read aloud: markup is gone from it. Blocks are in
//! text order, disjoint, and separated by one `\n`, so that a
//! block never holds a line end. Knows nothing of formats, screens or files.

pub mod builder;
pub mod dump;
mod folds;
mod paragraphs;
pub mod parts;
pub mod web_link;

use crate::text::{Pos, Span};
pub use builder::Builder;
pub use folds::Fold;

/// Stretches of markup that are passed over at once where all end before a place: a paragraph of
/// 10 MB has half a million.
const MARKUP_GROUP: usize = 64;

/// An article, built once and never changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    text: String,
    blocks: Vec<Block>,
    markup: Vec<Markup>,
    /// The furthest end of each [`MARKUP_GROUP`] of markup.
    markup_ends: Vec<Pos>,
    tables: Vec<Table>,
    folds: Vec<Fold>,
    /// The indices of the blocks that are not counted as paragraphs.
    unnumbered: Vec<u32>,
    meta: Meta,
    diagnostics: Vec<Diagnostic>,
}

/// One paragraph, heading, item or line of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The kind of block.
    pub kind: BlockKind,
    /// Its text, without the line end.
    pub span: Span,
    /// The depth in lists and quotes, from 0.
    pub depth: u8,
    /// The source line that it begins on, from 1.
    pub line: u32,
}

/// The kinds of block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A heading that markup declares, of level 1 to 6.
    Heading(u8),
    /// A paragraph of the body.
    Paragraph,
    /// An abstract before the body: 核心提示, 摘要, 内容提要.
    Lead,
    /// An item of a list without numbers; its bullet is drawn, not text. An
    /// item of a numbered list is one too, with its number in the text.
    Item,
    /// A paragraph of a quotation.
    Quote,
    /// One line of code, set unchanged.
    Code,
    /// One line of the raw source, set unchanged; blank lines, too.
    Source,
    /// One row of a table; its cells are markup.
    Row,
    /// A line of verse, or another line that the author broke himself.
    Verse,
    /// A note, a bibliography entry, or the heading of such a part: kept,
    /// dimmed, searchable, never a point.
    Note,
    /// The text under a picture.
    Caption,
    /// A picture: its description, if it has one.
    Image,
    /// A line between sections. Its text is empty.
    Rule,
    /// A line that clean-up folded: kept and found, but not counted; see [`Fold`].
    Folded,
}

impl BlockKind {
    /// Returns true if the block carries the article's argument, so that it may hold points.
    pub fn is_body(self) -> bool {
        !matches!(
            self,
            Self::Note
                | Self::Caption
                | Self::Image
                | Self::Rule
                | Self::Code
                | Self::Source
                | Self::Folded
        )
    }
}

/// A stretch of text with a meaning of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Markup {
    /// The kind of markup.
    pub kind: MarkupKind,
    /// Its text.
    pub span: Span,
}

/// The kinds of inline markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkupKind {
    /// Strong emphasis, `**…**`.
    Strong,
    /// Emphasis, `*…*`.
    Emphasis,
    /// Text struck out.
    Struck,
    /// Inline code.
    Code,
    /// A link and where it leads.
    Link(String),
    /// The mark of a note: `[1]`, `①` above the line.
    NoteMark,
    /// One cell of a table row; may be empty.
    Cell(Cell),
    /// A proper name, underlined (专名号).
    ProperName,
    /// A title with a wavy line below (书名号甲式).
    BookTitle,
}

/// The properties of a table's cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The cell names its column.
    pub header: bool,
    /// The alignment of its text in the column.
    pub align: Align,
    /// A further line of the cell before it.
    pub goes_on: bool,
}

/// The alignment of a cell's text in its column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right: numbers.
    Right,
}

/// The rows of one table: neighbouring blocks of kind `Row`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The index of its first block.
    pub first: usize,
    /// One past its last.
    pub end: usize,
    /// Of each column the cell that takes most cells on a terminal that draws
    /// ambiguous characters in one.
    pub widest: Vec<Span>,
}

/// The facts that the file states about the article, beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// The title, cleaned of column prefix and site suffix.
    pub title: String,
    /// The title as the file has it, where cleaning changed it.
    pub title_as_written: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// The editor (责任编辑).
    pub editor: Option<String>,
    /// The publisher (来源).
    pub source: Option<String>,
    /// The date, read as `YYYY-MM-DD` or `YYYY-MM-DD HH:MM` where it could be; `--MM-DD` where no
    /// year is stated.
    pub date: Option<String>,
    /// The date as the file has it, where reading changed it.
    pub date_as_written: Option<String>,
    /// Its tags and categories.
    pub tags: Vec<String>,
    /// The format it was read as: `markdown`, `plain`, `html`, `epub`.
    pub format: &'static str,
    /// The encoding it was read in.
    pub encoding: &'static str,
    /// That encoding was guessed.
    pub encoding_guessed: bool,
    /// The places that state the facts.
    pub origins: FactOrigins,
}

/// The places that state the facts of an article; `None` where a fact is missing, or none states it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FactOrigins {
    /// That of the title.
    pub title: Option<FactOrigin>,
    /// The source line of the title, from 1; 0 where none has it.
    pub title_line: usize,
    /// That of the author.
    pub author: Option<FactOrigin>,
    /// That of the editor.
    pub editor: Option<FactOrigin>,
    /// That of the source.
    pub source: Option<FactOrigin>,
    /// That of the date.
    pub date: Option<FactOrigin>,
}

/// A place that states a fact, the most trusted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactOrigin {
    /// Front matter, and other heads that only state facts.
    Head,
    /// A heading of the text.
    Heading,
    /// A line of the text.
    Line,
    /// The data that a page has for machines.
    Data,
    /// The `<meta>` of a page.
    Page,
    /// The last lines of the text, or the lines around the title: when it was written, where it
    /// was printed first.
    Closing,
    /// The site that a page is from.
    Site,
    /// The address of the article, or the name of its file.
    Address,
}

impl Meta {
    /// Returns the date as readers see it: `07-03` where no year is stated.
    pub fn shown_date(&self) -> Option<&str> {
        self.date.as_deref().map(without_year_mark)
    }
}

/// Returns a date without the dashes that stand for its year.
pub fn without_year_mark(date: &str) -> &str {
    date.strip_prefix("--").unwrap_or(date)
}

/// Something odd that reading found and dealt with. Never an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The name of the rule, kebab-case: `title-suffix`, `repeated-title`.
    pub rule: &'static str,
    /// The source line, from 1; 0 for the whole file.
    pub source_line: u32,
    /// An excerpt of the source.
    pub excerpt: String,
    /// The line was folded away.
    pub folded: bool,
    /// The text of the folded line, where it is in a [`Fold`].
    pub span: Option<Span>,
}

impl Document {
    /// Returns the text: blocks joined by `\n`.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the blocks, in text order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Returns all markup, sorted by its start.
    pub fn markup(&self) -> &[Markup] {
        &self.markup
    }

    /// Returns the cells of a block of kind `Row`, from the left; empty ones, too. Each line of
    /// a cell is one, but for the first it [goes on](Cell::goes_on).
    pub fn cells(&self, block: &Block) -> impl Iterator<Item = (Span, Cell)> {
        let (start, end) = (block.span.start, block.span.end);
        let first = self.markup.partition_point(|m| m.span.start < start);
        let here = self.markup.iter().skip(first);
        let here = here.take_while(move |m| m.span.start <= end);
        here.filter_map(|m| match m.kind {
            MarkupKind::Cell(cell) => Some((m.span, cell)),
            _ => None,
        })
    }

    /// Recognises the row of a table that names its columns.
    pub(crate) fn is_header(&self, block: &Block) -> bool {
        let mut cells = self.cells(block);
        cells.next().is_some_and(|(_, cell)| cell.header)
    }

    /// Returns the table that the block of that index is a row of. O(log n).
    pub fn table_of(&self, block: usize) -> Option<&Table> {
        let at = self.tables.partition_point(|t| t.end <= block);
        self.tables.get(at).filter(|t| t.first <= block)
    }

    /// Returns the facts about the article.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Returns the oddities that reading found, in source order.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Returns whether a rule reported something about the whole file.
    pub fn is_reported(&self, rule: &str) -> bool {
        let whole = self.diagnostics.iter().take_while(|d| d.source_line == 0);
        whole.into_iter().any(|d| d.rule == rule)
    }

    /// Returns the diagnostics of lines that were folded away.
    pub fn folded(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|d| d.folded)
    }

    /// Returns the text of a span.
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// Returns the end of the text.
    pub fn end(&self) -> Pos {
        Pos::new(self.text.len())
    }

    /// Returns the index of the block that holds `pos`; a position in the `\n` after a
    /// block belongs to it, one past the end to the last. `None` only for a
    /// document without blocks. O(log n).
    pub fn block_at(&self, pos: Pos) -> Option<usize> {
        let next = self.blocks.partition_point(|b| b.span.start <= pos);
        let last = next.checked_sub(1);
        last.or((!self.blocks.is_empty()).then_some(0))
    }

    /// Returns the span of the block that holds `pos`. O(log n).
    pub fn block_span_at(&self, pos: Pos) -> Option<Span> {
        Some(self.blocks().get(self.block_at(pos)?)?.span)
    }

    /// Returns the number of blocks that begin before a source line. O(log n).
    pub fn blocks_before_line(&self, line: u32) -> usize {
        self.blocks.partition_point(|b| b.line < line)
    }

    /// Returns the markup that overlaps `span`: markup is never longer than a block.
    pub fn markup_in(&self, span: Span) -> impl Iterator<Item = &Markup> {
        let here = self.markup_near(span).flatten();
        here.filter(move |m| m.span.overlaps(span))
    }

    /// Returns the groups of markup of which some may overlap `span`.
    fn markup_near(&self, span: Span) -> impl Iterator<Item = &[Markup]> {
        let block = self.block_span_at(span.start).unwrap_or(span);
        let first = self.markup.partition_point(|m| m.span.start < block.start);
        let end = self.markup.partition_point(|m| m.span.start < span.end);
        let begun = self.markup.get(..end).unwrap_or_default();
        let groups = begun.chunks(MARKUP_GROUP).zip(&self.markup_ends);
        let near = groups.skip(first / MARKUP_GROUP);
        let near = near.filter(move |(_, end)| **end > span.start);
        near.map(|(group, _)| group)
    }
}
