//! Reads HTML tag by tag, without a tree: trees are quadratic in depth.
//!
//! 1. [`read`] takes a whole page: blocks out of its tags, the title and the date
//!    out of its head.
//! 2. [`chapter`] takes a chapter of a book, [`fragment`] a piece that stands in Markdown, [`inline`] one tag there.
//! 3. Parts of the page that are not the article (navigation, footer, forms, what
//!    is hidden) are folded when they end, and only if no long paragraph stands in
//!    them: many pages wrap the whole article in the wrong tag.
//!
//! 4. A page or a book that is [full](DraftDocument::is_full) is read no further, and that is said.
//!
//! Mis-nested and unclosed tags cost nothing: no tag has to match another.
//! What stands in scripts and styles ([`raw`](crate::format::html::raw_text)) never becomes text.

pub mod article;
pub mod containers;
pub mod layout_table;
pub mod page_head;
pub mod page_parts;
pub mod raw_text;
pub mod tag_kinds;

use crate::document::{BlockKind, Cell, MarkupKind};
use crate::format::draft::DraftDocument;
use crate::format::html::page_head::Head;
use crate::format::html::page_parts::Part;
use crate::format::prose;
use html5gum::{DefaultEmitter, EndTag, StartTag, Token, Tokenizer};
use std::collections::{HashMap, HashSet};

/// Deepest nesting that is shown.
const DEEPEST: usize = 32;

/// Reads a whole page whose first line stands on source line `first`.
pub fn read(text: &str, first: usize, page: &mut DraftDocument) {
    let from = page.blocks.len();
    let mut reader = Reader::new(page, text, first, Extent::Page);
    reader.run(text);
    let head = reader.head;
    page.end_all();
    head.choose_title(page, from);
    head.state(page);
}

/// The facts of a book's chapter beside its text.
pub(crate) struct ChapterFacts {
    /// The text of its `<title>`.
    pub title: String,
    /// The block at which each of the wanted anchors begins.
    pub places: HashMap<String, usize>,
}

/// Reads a chapter of a book; `wanted` are the anchors that its contents point at.
pub(crate) fn chapter(
    text: &str,
    first: usize,
    page: &mut DraftDocument,
    wanted: &HashSet<&str>,
) -> ChapterFacts {
    let mut reader = Reader::new(page, text, first, Extent::Chapter);
    reader.wanted = wanted.iter().map(|place| (*place).to_owned()).collect();
    reader.run(text);
    let (head, places) = (reader.head, reader.places);
    page.end_all();
    ChapterFacts {
        title: prose::one_line(&head.title),
        places,
    }
}

/// Reads HTML blocks that stand in another format. Comments are reported.
pub fn fragment(text: &str, first: usize, page: &mut DraftDocument) {
    Reader::new(page, text, first, Extent::Fragment).run(text);
    page.end_all();
}

/// Reads one tag or comment inside a paragraph of another format.
pub fn inline(text: &str, line: usize, page: &mut DraftDocument) {
    Reader::new(page, text, line, Extent::Inline).run(text);
}

/// Which source line a byte of a text stands on. Remembers the last answer, not
/// where every line begins: a page may be nothing but line ends.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str, first: usize) -> Self {
        Self {
            text: text.as_bytes(),
            at: 0,
            line: first,
        }
    }

    /// The source line of a byte position. Costs the way from the last one.
    fn at(&mut self, at: usize) -> usize {
        let ends =
            |range| memchr::memchr_iter(b'\n', self.text.get(range).unwrap_or_default()).count();
        let at = at.min(self.text.len());
        self.line = if at < self.at {
            self.line - ends(at..self.at)
        } else {
            self.line + ends(self.at..at)
        };
        self.at = at;
        self.line
    }
}

/// What is to be read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// A whole page, whose article is to be found.
    Page,
    /// A chapter of a book, where nothing is clutter.
    Chapter,
    /// Blocks that stand in another format.
    Fragment,
    /// One tag inside a paragraph of another format.
    Inline,
}

impl Extent {
    fn is_inline(self) -> bool {
        self == Self::Inline
    }

    /// Whether comments are the author's own.
    fn reports_comments(self) -> bool {
        matches!(self, Self::Fragment | Self::Inline)
    }
}

/// Where in an annotation of characters (ruby) the text stands.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Ruby {
    /// In none.
    #[default]
    Out,
    /// Among what is annotated.
    Base,
    /// In what says how it is read.
    Reading,
}

/// What a link leads to.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Leads {
    /// Anything.
    #[default]
    Anywhere,
    /// A note: the link is its mark.
    ToNote,
}

/// Which tags are open, as far as they say what kind a block is.
#[derive(Default)]
struct Around {
    heading: Option<u8>,
    pre: bool,
    caption: bool,
    quotes: usize,
    lists: Vec<Option<u64>>,
    item: Option<String>,
    row: bool,
    cells: usize,
    cell: Cell,
    /// Where the open row's cells and their paragraphs begin, with their containers.
    breaks: Vec<(usize, usize)>,
    ruby: Ruby,
    /// What the open link leads to; how many links to notes were pictures.
    link: Leads,
    marks: usize,
}

impl Around {
    fn depth(&self) -> u8 {
        (self.lists.len() + self.quotes).min(DEEPEST) as u8
    }
}

/// Reads tags and text into a page.
struct Reader<'a, 'p> {
    page: &'a mut DraftDocument<'p>,
    lines: Lines<'a>,
    head: Head,
    extent: Extent,
    around: Around,
    /// Where the piece that is being read begins in the whole.
    base: usize,
    /// White space that waits for the next character; whether it held a line end.
    space: Option<bool>,
    parts: Vec<Part>,
    /// Places that are asked for, and the blocks at which they were found.
    wanted: HashSet<String>,
    places: HashMap<String, usize>,
    /// How characters are read (ruby), as far as it is told.
    readings: String,
}

impl<'a, 'p> Reader<'a, 'p> {
    fn new(page: &'a mut DraftDocument<'p>, text: &'a str, first: usize, extent: Extent) -> Self {
        Self {
            page,
            lines: Lines::new(text, first),
            head: Head::default(),
            extent,
            around: Around::default(),
            base: 0,
            space: None,
            parts: Vec::new(),
            wanted: HashSet::new(),
            places: HashMap::new(),
            readings: String::new(),
        }
    }

    fn run(&mut self, text: &str) {
        let text = raw_text::without_open_comments(text);
        let mut ends = raw_text::Ends::new(&text);
        // each element whose content is no markup begins a new piece after its end
        while let Some(next) = self.piece(&text, &mut ends) {
            self.base = next;
        }
        if !self.extent.is_inline() {
            self.page.close();
            while let Some(part) = self.parts.pop() {
                // notes that never end are no notes
                if !part.is_notes() {
                    part.fold(&mut self.page.blocks);
                }
            }
        }
        if !self.readings.is_empty() {
            let line = self.lines.at(0);
            self.page.fold("reading", line, &self.readings);
        }
    }

    /// Reads on from `base`; gives the place where the next piece begins.
    fn piece(&mut self, text: &str, ends: &mut raw_text::Ends<'_>) -> Option<usize> {
        let rest = text.get(self.base..).filter(|rest| !rest.is_empty())?;
        for token in Tokenizer::new_with_emitter(rest, DefaultEmitter::<usize>::new_with_span()) {
            // a reader of a string cannot fail
            let Ok(token) = token;
            if self.page.is_full() {
                let line = self.lines.at(self.base);
                self.page.note_limit(line);
                return None;
            }
            match token {
                Token::StartTag(tag) => {
                    let from = self.base + tag.span.end;
                    if raw_text::is_raw(&tag.name) && !tag.self_closing {
                        let (content, next) = ends.of(&tag.name, from);
                        match tag.name.as_slice() {
                            b"title" if self.head.title.is_empty() => {
                                self.head.title = raw_text::plain(content)
                            }
                            b"script" if tag_kinds::is_data(&tag) => self.head.data(content),
                            _ => {}
                        }
                        return Some(next);
                    }
                    self.start(&tag);
                }
                Token::EndTag(tag) => self.end(&tag),
                Token::String(text) => {
                    let at = self.base + text.span.start;
                    self.string(&String::from_utf8_lossy(&text.value), at);
                }
                Token::Comment(text) => self.comment(
                    &String::from_utf8_lossy(&text.value),
                    self.base + text.span.start,
                ),
                Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        None
    }

    /// A comment, or what the tokenizer takes for one.
    fn comment(&mut self, comment: &str, at: usize) {
        if let Some(text) = comment.strip_prefix("[CDATA[") {
            return self.string(text.strip_suffix("]]").unwrap_or(text), at);
        }
        let more = comment.trim().eq_ignore_ascii_case("more");
        if more || self.extent.reports_comments() {
            let rule = if more { "more-mark" } else { "comment" };
            let line = self.lines.at(at);
            self.page
                .fold(rule, line, &format!("<!-- {} -->", comment.trim()));
        }
    }

    /// Text between tags.
    fn string(&mut self, text: &str, at: usize) {
        if self.around.ruby == Ruby::Reading {
            if self.readings.chars().count() < 80 {
                self.readings.push_str(text);
            }
            return;
        }
        if self.around.pre {
            return self.preformatted(text, at);
        }
        if !self.page.is_open() {
            let before: usize = text
                .chars()
                .take_while(|c| c.is_whitespace())
                .map(char::len_utf8)
                .sum();
            if before == text.len() {
                return;
            }
            let lines = text.get(..before).unwrap_or_default().matches('\n').count();
            let line = self.lines.at(at) + lines;
            self.open(line);
        }
        let mut rest = text;
        while !rest.is_empty() {
            let blank = rest
                .find(|c| !prose::is_markup_space(c))
                .unwrap_or(rest.len());
            let (space, after) = rest.split_at_checked(blank).unwrap_or((rest, ""));
            if !space.is_empty() {
                self.space = Some(self.space.unwrap_or(false) || space.contains('\n'));
            }
            let word = after.find(prose::is_markup_space).unwrap_or(after.len());
            let (word, after) = after.split_at_checked(word).unwrap_or((after, ""));
            if !word.is_empty() {
                self.flush(word.chars().next());
                self.page.push(&word.replace('\u{a0}', " "));
            }
            rest = after;
        }
    }

    /// Writes the white space that waits, if it separates two words.
    fn flush(&mut self, next: Option<char>) {
        if let Some(broke) = self.space.take()
            && !self.page.is_blank()
        {
            // a line end between two Han is no blank; anywhere else it is one
            let han = [self.page.last(), next]
                .into_iter()
                .flatten()
                .all(prose::is_wide);
            let blank = if broke && han { "" } else { " " };
            if !self.page.last().is_some_and(char::is_whitespace) {
                self.page.push(blank);
            }
        }
    }

    /// Lines of `<pre>`: code, or prose that somebody set that way.
    fn preformatted(&mut self, text: &str, at: usize) {
        let first = self.lines.at(at);
        for (i, line) in text
            .lines()
            .enumerate()
            .filter(|(_, l)| !l.trim().is_empty())
        {
            let kind = if prose::is_prose(line) {
                BlockKind::Paragraph
            } else {
                BlockKind::Code
            };
            self.page.block(kind, self.around.depth(), first + i, line);
        }
    }

    /// Opens a block of the kind that the tags around ask for.
    fn open(&mut self, line: usize) {
        self.space = None;
        let item = self.around.item.take();
        let kind = match (self.around.heading, &item) {
            (Some(level), _) => BlockKind::Heading(level),
            _ if self.around.caption => BlockKind::Caption,
            _ if self.around.row => BlockKind::Row,
            (None, Some(_)) => BlockKind::Item,
            _ if self.around.quotes > 0 && self.around.lists.is_empty() => BlockKind::Quote,
            _ => BlockKind::Paragraph,
        };
        self.page.open(kind, self.around.depth(), line);
        if let Some(number) = item {
            self.page.push(&number);
        }
        if self.around.row {
            self.page.begin(MarkupKind::Cell(self.around.cell));
            self.around.breaks = vec![(0, self.page.containers.here())];
        }
    }

    /// Ends the open block.
    fn close(&mut self) {
        self.space = None;
        // no reading goes beyond its block
        self.around.ruby = Ruby::Out;
        if self.page.kind() == Some(BlockKind::Row) {
            self.page.end(|k| matches!(k, MarkupKind::Cell(_)));
        }
        self.page.close();
        // a row of one cell is a page laid out by a table
        let breaks = std::mem::take(&mut self.around.breaks);
        if breaks.len() > 1
            && let Some(row) = self.page.blocks.pop_if(|d| d.kind == BlockKind::Row)
        {
            let found = layout_table::paragraphs(&row, &breaks);
            self.page.blocks.extend(found.unwrap_or_else(|| vec![row]));
        }
        if let Some(row) = self
            .page
            .blocks
            .last_mut()
            .filter(|d| d.kind == BlockKind::Row)
        {
            let cells = row
                .markup
                .iter()
                .filter(|(k, _)| matches!(k, MarkupKind::Cell(_)))
                .count();
            if cells <= 1 {
                row.kind = BlockKind::Paragraph;
                row.markup
                    .retain(|(k, _)| !matches!(k, MarkupKind::Cell(_)));
            }
        }
    }

    fn start(&mut self, tag: &StartTag<usize>) {
        let line = self.lines.at(self.base + tag.span.start);
        let attribute = |name: &str| {
            tag.attributes
                .get(name.as_bytes())
                .map(|v| String::from_utf8_lossy(&v.value).into_owned())
        };
        let name: &[u8] = &tag.name;
        if self.extent == Extent::Page && !tag.self_closing {
            self.page.containers.enter(name);
        }
        if !self.extent.is_inline() && !tag.self_closing {
            if name == b"li" {
                // an item ends where the next one begins
                self.leave(name);
            }
            page_parts::nest(&mut self.parts, name);
            let rule = if self.extent == Extent::Chapter {
                page_parts::of_book(name, &attribute)
            } else {
                page_parts::rule(name, &attribute)
            };
            if let Some(rule) = rule.filter(|_| self.parts.len() < page_parts::MAX_OPEN_PARTS) {
                if !matches!(name, b"span" | b"button" | b"option" | b"label") {
                    self.close();
                }
                self.parts
                    .push(Part::new(rule, name, self.page.blocks.len()));
            }
        }
        match name {
            b"meta" => self.head.meta(self.page, &attribute, line),
            b"time" => self.head.time(attribute("datetime")),
            b"br" => self.line_break(line),
            b"hr" if !self.extent.is_inline() => {
                self.close();
                self.page.block(BlockKind::Rule, 0, line, "");
            }
            b"img" => {
                let side = |name: &str| {
                    attribute(name)
                        .and_then(|v| v.trim_end_matches("px").trim().parse::<u32>().ok())
                };
                let tiny = side("width").is_some_and(|w| w <= 32)
                    || side("height").is_some_and(|h| h <= 32);
                let address = attribute("src")
                    .or_else(|| attribute("data-src"))
                    .unwrap_or_default();
                let alt = attribute("alt").unwrap_or_default();
                if self.around.link == Leads::ToNote {
                    // a picture stands for the mark of a note
                    self.around.marks += 1;
                    self.page.push(&format!("[{}]", self.around.marks));
                } else {
                    self.page.image(&alt, &address, tiny, line);
                }
            }
            b"ruby" => self.around.ruby = Ruby::Base,
            b"rt" | b"rp" | b"rtc" if !tag.self_closing && self.around.ruby == Ruby::Base => {
                self.around.ruby = Ruby::Reading
            }
            b"rb" if self.around.ruby == Ruby::Reading => self.around.ruby = Ruby::Base,
            b"b" | b"strong" => self.begin(MarkupKind::Strong),
            b"i" | b"em" => self.begin(MarkupKind::Emphasis),
            b"s" | b"del" | b"strike" => self.begin(MarkupKind::Struck),
            b"u" => {
                let wavy = attribute("style").is_some_and(|s| s.contains("wavy"));
                self.begin(if wavy {
                    MarkupKind::BookTitle
                } else {
                    MarkupKind::ProperName
                });
            }
            b"code" | b"tt" | b"kbd" if !self.around.pre => self.begin(MarkupKind::Code),
            b"sup" => self.begin(MarkupKind::NoteMark),
            b"a" => {
                if let Some(target) = attribute("href")
                    .filter(|h| !h.is_empty() && !h.to_ascii_lowercase().starts_with("javascript:"))
                {
                    self.page.end(|k| matches!(k, MarkupKind::Link(_)));
                    let named = ["epub:type", "role", "class"]
                        .iter()
                        .any(|name| attribute(name).is_some_and(|v| tag_kinds::is_note_mark(&v)));
                    if named
                        && !tag.self_closing
                        && !self.page.is_begun(|k| *k == MarkupKind::NoteMark)
                    {
                        self.around.link = Leads::ToNote;
                        self.begin(MarkupKind::NoteMark);
                    }
                    self.begin(MarkupKind::Link(target));
                }
            }
            _ if self.extent.is_inline() => {}
            _ => self.start_block(name, line, &attribute),
        }
        if !self.wanted.is_empty() {
            let named = attribute("id").or_else(|| attribute("name"));
            if let Some(place) = named.filter(|place| self.wanted.remove(place)) {
                self.places.insert(place, self.page.blocks.len());
            }
        }
    }

    /// A tag that ends the block before it and may open a context.
    fn start_block(
        &mut self,
        name: &[u8],
        line: usize,
        attribute: &dyn Fn(&str) -> Option<String>,
    ) {
        match name {
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => {
                self.close();
                self.around.heading = name.last().map(|d| d - b'0');
            }
            b"p" | b"div" if self.around.row && self.page.is_open() => {
                let kind = self.page.kind();
                let long = kind == Some(BlockKind::Paragraph)
                    || kind == Some(BlockKind::Row)
                        && self.around.cells <= 1
                        && !self.page.is_blank();
                if long {
                    self.paragraph_in_cell(line)
                } else {
                    self.break_cell()
                }
            }
            b"p" => {
                self.close();
                self.around.heading = None;
            }
            b"blockquote" => {
                self.close();
                self.around.quotes += 1;
            }
            b"ul" | b"menu" | b"dir" => {
                self.close();
                self.around.lists.push(None);
            }
            b"ol" => {
                self.close();
                self.around.lists.push(Some(
                    attribute("start")
                        .and_then(|n| n.trim().parse().ok())
                        .unwrap_or(1),
                ));
            }
            b"li" => {
                self.close();
                let number = self.around.lists.last_mut().and_then(Option::as_mut);
                self.around.item = Some(number.map_or_else(String::new, |n| {
                    *n = n.saturating_add(1);
                    format!("{}. ", *n - 1)
                }));
            }
            b"pre" | b"listing" | b"xmp" => {
                self.close();
                self.around.pre = true;
            }
            b"figcaption" | b"caption" => {
                self.close();
                self.around.caption = true;
            }
            b"table" => {
                self.close();
                self.around.row = false;
            }
            b"tr" => {
                self.close();
                (self.around.row, self.around.cells) = (true, 0);
            }
            b"td" | b"th" if self.around.row => {
                self.around.cells += 1;
                self.around.cell = Cell {
                    header: name == b"th",
                    align: tag_kinds::align(attribute),
                };
                if self.page.is_open() && self.page.kind() == Some(BlockKind::Row) {
                    self.page.end(|k| matches!(k, MarkupKind::Cell(_)));
                    self.space = None;
                    self.page.push("  ");
                    self.page.begin(MarkupKind::Cell(self.around.cell));
                    self.around
                        .breaks
                        .push((self.page.len(), self.page.containers.here()));
                } else {
                    self.close();
                }
            }
            _ if tag_kinds::is_block(name) => self.close(),
            _ => {}
        }
    }

    /// A new paragraph of a cell: a blank, unless the table turns out to lay out a page.
    fn break_cell(&mut self) {
        self.space = Some(false);
        let at = (self.page.len(), self.page.containers.here());
        if self.around.breaks.last().is_some_and(|last| last.0 < at.0) {
            self.around.breaks.push(at);
        }
    }

    /// A paragraph inside a table cell that holds a page, not a datum.
    fn paragraph_in_cell(&mut self, line: usize) {
        self.close();
        self.page
            .open(BlockKind::Paragraph, self.around.depth(), line);
    }

    fn end(&mut self, tag: &EndTag<usize>) {
        let name: &[u8] = &tag.name;
        let line = self.lines.at(self.base + tag.span.start);
        match name {
            b"b" | b"strong" => drop(self.page.end(|k| *k == MarkupKind::Strong)),
            b"i" | b"em" => drop(self.page.end(|k| *k == MarkupKind::Emphasis)),
            b"u" => drop(
                self.page
                    .end(|k| matches!(k, MarkupKind::ProperName | MarkupKind::BookTitle)),
            ),
            b"s" | b"del" | b"strike" => drop(self.page.end(|k| *k == MarkupKind::Struck)),
            b"code" | b"tt" | b"kbd" => drop(self.page.end(|k| *k == MarkupKind::Code)),
            b"sup" => self.page.end_mark(),
            b"a" => {
                self.page.end(|k| matches!(k, MarkupKind::Link(_)));
                if std::mem::take(&mut self.around.link) == Leads::ToNote {
                    self.page.end(|k| *k == MarkupKind::NoteMark);
                }
            }
            b"rt" | b"rp" | b"rtc" if self.around.ruby == Ruby::Reading => {
                self.around.ruby = Ruby::Base
            }
            b"ruby" => self.around.ruby = Ruby::Out,
            b"br" => self.line_break(line),
            _ if self.extent.is_inline() => {}
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => {
                self.close();
                self.around.heading = None;
            }
            b"blockquote" => {
                self.close();
                self.around.quotes = self.around.quotes.saturating_sub(1);
            }
            b"ul" | b"ol" | b"menu" | b"dir" => {
                self.close();
                self.around.lists.pop();
                self.around.item = None;
            }
            b"li" => {
                self.close();
                self.around.item = None;
            }
            b"pre" | b"listing" | b"xmp" => self.around.pre = false,
            b"figcaption" | b"caption" => {
                self.close();
                self.around.caption = false;
            }
            b"tr" | b"table" => {
                self.close();
                self.around.row = false;
            }
            b"td" | b"th" => {}
            b"p" | b"div" if self.around.row && self.page.kind() == Some(BlockKind::Row) => {
                self.break_cell()
            }
            _ if tag_kinds::is_block(name) => self.close(),
            _ => {}
        }
        if self.extent == Extent::Page {
            self.page.containers.leave(name);
        }
        if !self.extent.is_inline() {
            self.leave(name);
        }
    }

    /// Folds the parts of the page that end with a tag of this name.
    fn leave(&mut self, name: &[u8]) {
        while let Some(part) = page_parts::unnest(&mut self.parts, name) {
            self.close();
            part.fold(&mut self.page.blocks);
        }
    }

    fn begin(&mut self, kind: MarkupKind) {
        if self.page.is_open() && self.space == Some(false) {
            self.flush(None);
        }
        self.page.begin(kind);
    }

    fn line_break(&mut self, line: usize) {
        if self.page.kind() == Some(BlockKind::Row) && self.around.cells > 1 {
            self.break_cell();
        } else if self.around.heading.is_some() {
            self.space = Some(false);
        } else if self.page.is_open() {
            self.space = None;
            match self.page.kind() {
                Some(BlockKind::Item) => {
                    self.page
                        .open(BlockKind::Paragraph, self.around.depth(), line)
                }
                Some(BlockKind::Row) => self.paragraph_in_cell(line),
                _ => self.page.split(line),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::dump::dump;

    fn html(text: &str) -> String {
        let mut page = DraftDocument::default();
        read(text, 1, &mut page);
        dump(&page.build()).replace(" | ", "|")
    }

    #[test]
    fn unclosed_tags_cost_nothing() {
        assert_eq!(
            html("<p>甲<p><p>乙&nbsp;&ldquo;丙&rdquo;<br>丁"),
            "L1 paragraph|甲\nL1 paragraph|乙 “丙”\nL1 paragraph|丁\n"
        );
        assert_eq!(
            html("<script>var a = '<p>甲</p>'</script><style>p{}</style><!-- 乙 -->丙"),
            "L1 paragraph|丙\n"
        );
    }

    #[test]
    fn lists_and_headings() {
        assert_eq!(
            html("<h2>甲\n乙</h2>\n<ol><li>一</li><li><p>二</p><p>三</p></ol>"),
            "L1 heading2|甲乙\nL3 item depth 1|1. 一\nL3 item depth 1|2. 二\nL3 paragraph depth 1|三\n"
        );
        assert_eq!(
            html("<table><tr><td>甲</td><td>乙</td></tr></table>"),
            "L1 row|甲  乙\n    cell 甲\n    cell 乙\n"
        );
        assert_eq!(
            html("<table><tr><td><p>长段一。</p><p>长段二。</p></td></tr></table>"),
            "L1 paragraph|长段一。\nL1 paragraph|长段二。\n"
        );
    }

    #[test]
    fn titles_and_dates_of_the_head() {
        let d = html(
            "<head><title>甲乙_某网</title><meta property=\"article:published_time\" content=\"2019-02-22T07:31:00+08:00\"></head><h1>甲乙</h1><p>丙",
        );
        assert!(
            d.starts_with("title: 甲乙\ndate: 2019-02-22 07:31\n"),
            "{d}"
        );
    }

    #[test]
    fn parts_that_hold_no_article_are_folded() {
        assert_eq!(
            html("<nav><a href='/'>首页</a></nav><p>甲</p><footer>页脚</footer>"),
            "L1 paragraph|甲\n! L1 page-part folded 首页\n! L1 page-part folded 页脚\n"
        );
        let long = "这一段很长，".repeat(30);
        assert!(html(&format!("<footer><p>{long}</p></footer>")).contains("paragraph"));
    }

    #[test]
    fn depth_is_flat() {
        let d = html(&format!("{}甲", "<ul><li>".repeat(20_000)));
        assert!(d.contains("depth 32|甲"));
    }

    /// A page may be made of so much, whatever it is; what is beyond is said to be missing.
    #[test]
    fn a_page_has_limits() {
        for unit in [
            "<p>a",
            "<li>a",
            "<td>a",
            "<b>a</b>",
            "<a href=b>a</a>",
            "<img src=a>",
            "<ol><li>a</ol>",
            "<p>a<!--more-->",
        ] {
            let mut page = DraftDocument::default();
            read(
                &format!("<table><tr>{}\n", unit.repeat(600_000)),
                1,
                &mut page,
            );
            let markup: usize = page.blocks.iter().map(|d| d.markup.len()).sum();
            assert!(page.blocks.len() + markup <= 500_010, "{unit}");
            assert_eq!(page.line_of("input-limit"), Some(1), "{unit}");
        }
    }

    #[test]
    fn lines_are_found_in_any_order() {
        let mut lines = Lines::new("甲\n乙\n\n丙", 7);
        assert_eq!(
            [0, 4, 9, 99, 5, 3, 0].map(|at| lines.at(at)),
            [7, 8, 10, 10, 8, 7, 7]
        );
    }

    #[test]
    fn what_never_ends_costs_nothing() {
        for bomb in [
            "<svg>",
            "<script>",
            "<!--",
            "<textarea>",
            "<script><p>",
            "<",
            "<title>",
            "<svg></svg>",
            "<script></script>",
            "<!",
            "</",
            "&",
            "<a ",
            "<ruby><rt>",
            "<sup>",
            "<tr><td>",
        ] {
            let begun = std::time::Instant::now();
            html(&format!("<p>甲{}<p>乙", bomb.repeat(20_000)));
            assert!(
                begun.elapsed().as_secs() < 10,
                "{bomb} {:?}",
                begun.elapsed()
            );
        }
        assert!(html("<p>甲</p><!-- 乙 -><p>丙</p>").contains("丙"));
        assert!(html("<p>甲</p><script>var a = 1;\n<p>丙</p>").ends_with("paragraph|丙\n"));
        assert!(html("<title>题<p>丙</p>").contains("丙"));
    }

    #[test]
    fn readings_stand_aside() {
        let d = html(
            "<p>这是<ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby><ruby>字<rt>zì</ruby>。</p><p><ruby>开<rt>kāi</p><p>后文</p>",
        );
        assert_eq!(d, "L1 paragraph|这是汉字。\nL1 paragraph|开\nL1 paragraph|后文\n! L1 reading folded hàn)zìkāi\n".replace("hàn)", "(hàn)"));
    }
}
