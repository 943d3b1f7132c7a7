//! Reads HTML tag by tag: without a tree, since trees are quadratic in depth.
//!
//! 1. Tags inside a line become markup; the others go to [`BlockWriter`].
//! 2. Parts of the page that are not the article are folded when they end.
//! 3. The content of scripts and styles ([`raw_text`]) never becomes text, nor does the code of
//!    a server ([`without_page_code`]).
//!
//! Mis-nested and unclosed tags cost nothing: a tag does not have to match another.

use super::blocks::{BlockWriter, Ruby};
use super::hidden::{HiddenText, StyleSheet};
use super::note_pictures;
use super::page_code::without_page_code;
use super::page_head::Head;
use super::page_parts::{self, PagePart};
use super::raw_text::{self, ElementEnds};
use super::tag_kinds::{self, Attribute, TagKind};
use crate::document::MarkupKind;
use crate::format::draft::DraftDocument;
use crate::source::private_use;
use html5gum::{DefaultEmitter, EndTag, StartTag, Token, Tokenizer};
use std::collections::{HashMap, HashSet};

/// Size up to which an image is an icon, in pixels.
const MAX_ICON_PIXELS: u32 = 32;
/// Limit of the annotations of one text node, in characters.
const MAX_READING_CHARS: usize = 80;

/// The kind of text that is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// A whole page, whose article is to be found.
    Page,
    /// A chapter of a book, where nothing is clutter.
    Chapter,
    /// Blocks inside another format.
    Fragment,
    /// One tag inside a paragraph of another format.
    Inline,
}

/// Reads tags and text into a page.
pub struct TagReader<'a, 'p> {
    blocks: BlockWriter<'a, 'p>,
    lines: LineFinder<'a>,
    extent: Extent,
    /// The byte at which the piece that is being read begins.
    base: usize,
    parts: Vec<PagePart>,
    pub head: Head,
    /// Anchors that are asked for, and the blocks at which they were found.
    pub wanted: HashSet<String>,
    pub places: HashMap<String, usize>,
    /// The annotations of characters (ruby) so far.
    readings: String,
    notes: NoteMarks,
    hiding: Hiding,
}

/// The marks of notes.
#[derive(Default)]
struct NoteMarks {
    /// True where the open link is one.
    in_link: bool,
    /// True where that link began the mark.
    is_own: bool,
    /// Number of those that were pictures.
    pictures: usize,
}

/// The style sheets of the page, and the hidden text that is open.
#[derive(Default)]
struct Hiding {
    sheet: StyleSheet,
    open: Option<HiddenText>,
}

impl<'a, 'p> TagReader<'a, 'p> {
    /// Returns a reader of `text`, which begins on source line `first`.
    pub fn new(
        page: &'a mut DraftDocument<'p>,
        text: &'a str,
        first: usize,
        extent: Extent,
    ) -> Self {
        Self {
            blocks: BlockWriter::new(page),
            lines: LineFinder::new(text, first),
            extent,
            base: 0,
            parts: Vec::new(),
            head: Head::default(),
            wanted: HashSet::new(),
            places: HashMap::new(),
            readings: String::new(),
            notes: NoteMarks::default(),
            hiding: Hiding::default(),
        }
    }

    fn is_inline(&self) -> bool {
        self.extent == Extent::Inline
    }

    /// Reads the text.
    pub fn run(&mut self, text: &str) {
        let text = without_page_code(raw_text::without_open_comments(text));
        let mut ends = ElementEnds::new(&text);
        // each element whose content is not markup begins a new piece after its end
        while let Some(next) = self.piece(&text, &mut ends) {
            self.base = next;
        }
        self.fold_hidden();
        if !self.is_inline() {
            self.blocks.page.close();
            while let Some(part) = self.parts.pop() {
                // notes that never end are not notes
                if !part.is_notes() {
                    part.fold(&mut self.blocks.page.blocks);
                }
            }
        }
        if !self.readings.is_empty() {
            let line = self.lines.at(0);
            self.blocks.page.fold("reading", line, &self.readings);
        }
    }

    /// Reads on from `base`; returns the byte at which the next piece begins.
    fn piece(&mut self, text: &str, ends: &mut ElementEnds<'_>) -> Option<usize> {
        let rest = text.get(self.base..).filter(|rest| !rest.is_empty())?;
        let emitter = DefaultEmitter::<usize>::new_with_span();
        // the tokenizer of a string cannot fail
        for Ok(token) in Tokenizer::new_with_emitter(rest, emitter) {
            if self.blocks.page.is_full() {
                let line = self.lines.at(self.base);
                self.blocks.page.note_limit(line);
                return None;
            }
            match token {
                Token::StartTag(tag) if raw_text::is_raw(&tag.name) && !tag.self_closing => {
                    let (content, next) = ends.of(&tag.name, self.base + tag.span.end);
                    self.raw(&tag, content);
                    return Some(next);
                }
                Token::StartTag(tag) => self.start(&tag),
                Token::EndTag(tag) => self.end(&tag),
                Token::String(text) => {
                    let at = self.base + text.span.start;
                    self.text(&String::from_utf8_lossy(&text.value), at);
                }
                Token::Comment(text) => {
                    let at = self.base + text.span.start;
                    self.comment(&String::from_utf8_lossy(&text.value), at);
                }
                Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        None
    }

    /// Takes the title and the data of the page from elements that are not text.
    fn raw(&mut self, tag: &StartTag<usize>, content: &str) {
        match tag.name.as_slice() {
            b"title" if self.head.title.is_empty() => self.head.title = raw_text::plain(content),
            b"script" if tag_kinds::is_data(tag) => {
                let line = self.lines.at(self.base + tag.span.start);
                self.head.data(content, line);
            }
            b"script" => {
                let line = self.lines.at(self.base + tag.span.start);
                Head::script(self.blocks.page, content);
                self.head.scripted.has_scripts = true;
                self.head
                    .scripted
                    .state(content, tag_kinds::is_json(tag), line);
            }
            b"style" if self.extent == Extent::Page => self.hiding.sheet.read(content),
            _ => {}
        }
    }

    /// Reports a comment, or reads what the tokenizer takes for one.
    fn comment(&mut self, comment: &str, at: usize) {
        if let Some(text) = comment.strip_prefix("[CDATA[") {
            return self.text(text.strip_suffix("]]").unwrap_or(text), at);
        }
        let comment = comment.trim();
        let is_more = comment.eq_ignore_ascii_case("more");
        // in another format, comments are the author's own
        if is_more || matches!(self.extent, Extent::Fragment | Extent::Inline) {
            let rule = if is_more { "more-mark" } else { "comment" };
            let line = self.lines.at(at);
            let excerpt = format!("<!-- {comment} -->");
            self.blocks.page.fold(rule, line, &excerpt);
        }
    }

    /// Reads text between tags; entities may be any character.
    fn text(&mut self, text: &str, at: usize) {
        let text = &*private_use::replaced(text.into());
        if let Some(hidden) = &mut self.hiding.open {
            if hidden.push(text) {
                self.show_hidden();
            }
        } else if self.notes.in_link && note_pictures::is_name(text) {
            // every note has the same mark: 注
            self.picture_mark("");
        } else if self.blocks.ruby != Ruby::Reading {
            let line = self.lines.at(at);
            self.blocks.text(text, line);
        } else if self.readings.chars().count() < MAX_READING_CHARS {
            self.readings.push_str(text);
        }
    }

    fn start(&mut self, tag: &StartTag<usize>) {
        let line = self.lines.at(self.base + tag.span.start);
        let attribute = |name: &str| {
            let value = tag.attributes.get(name.as_bytes())?;
            Some(String::from_utf8_lossy(&value.value).into_owned())
        };
        let kind = TagKind::of(&tag.name);
        self.head.tag(self.blocks.page, kind, &attribute, line);
        if self.start_hidden(tag, &attribute, line) {
            return;
        }
        if !tag.self_closing {
            self.enter(&tag.name, &attribute);
        }
        match kind {
            TagKind::Meta => {}
            TagKind::Time => self.head.time(attribute("datetime")),
            TagKind::LineBreak => self.blocks.line_break(line),
            TagKind::Image => self.image(&attribute, line),
            TagKind::Link => self.link(tag.self_closing, &attribute),
            TagKind::Underlined => self.underlined(&attribute),
            TagKind::Ruby => self.blocks.ruby = Ruby::Base,
            TagKind::Other if tag.name.as_slice() == b"span" => self.note_in_span(&attribute, line),
            TagKind::RubyBase | TagKind::RubyReading => self.ruby(kind, tag.self_closing),
            _ if kind.markup().is_some() => self.blocks.begin_of(kind),
            _ if self.is_inline() => {}
            _ => self.blocks.start(kind, line, &attribute),
        }
        if !self.wanted.is_empty() {
            let anchor = attribute("id").or_else(|| attribute("name"));
            if let Some(anchor) = anchor.filter(|anchor| self.wanted.remove(anchor)) {
                self.places.insert(anchor, self.blocks.page.blocks.len());
            }
        }
    }

    /// Begins hidden text, or goes on in it; returns false where the tag is read.
    fn start_hidden(
        &mut self,
        tag: &StartTag<usize>,
        attribute: Attribute<'_>,
        line: usize,
    ) -> bool {
        if let Some(hidden) = &mut self.hiding.open {
            if hidden.enter(&tag.name, tag.self_closing, attribute) {
                self.fold_hidden();
                return false;
            }
            if self.extent == Extent::Page && !tag.self_closing {
                self.blocks.page.containers.enter(&tag.name);
            }
            return true;
        }
        if !tag.self_closing && matches!(self.extent, Extent::Page | Extent::Fragment) {
            self.hiding.open = self.hiding.sheet.hidden_text(&tag.name, attribute, line);
        }
        self.hiding.open.is_some()
    }

    /// Goes on in hidden text at an end tag; returns false where the tag is read.
    fn end_hidden(&mut self, name: &[u8]) -> bool {
        let Some(hidden) = &mut self.hiding.open else {
            return false;
        };
        let is_own = hidden.is_of(name);
        if hidden.leave(name) {
            self.fold_hidden();
        } else if self.extent == Extent::Page {
            self.blocks.page.containers.leave(name);
        }
        is_own || self.hiding.open.is_some()
    }

    /// Reports the hidden text.
    fn fold_hidden(&mut self) {
        if let Some(hidden) = self.hiding.open.take()
            && !hidden.text.trim().is_empty()
        {
            let page = &mut *self.blocks.page;
            page.fold(hidden.rule, hidden.line, &hidden.text);
        }
    }

    /// Writes what seemed to be hidden text.
    fn show_hidden(&mut self) {
        if let Some(hidden) = self.hiding.open.take() {
            self.blocks.text(&hidden.text, hidden.line);
        }
    }

    /// Begins the container and the part of the page that a tag opens.
    fn enter(&mut self, name: &[u8], attribute: Attribute<'_>) {
        let containers = &mut self.blocks.page.containers;
        if self.extent == Extent::Page && containers.enter(name) {
            containers.name(attribute);
        }
        if self.is_inline() {
            return;
        }
        if name == b"li" {
            // an item ends where the next one begins
            self.leave(name);
        } else if page_parts::is_paragraph(&self.parts) && TagKind::of(name).is_block() {
            self.leave(b"p");
        }
        page_parts::nest(&mut self.parts, name);
        let rule = if self.extent == Extent::Chapter {
            page_parts::of_book(name, attribute)
        } else if self.extent == Extent::Fragment && name == b"aside" {
            // a box that the author of another format set
            None
        } else {
            page_parts::rule(name, &self.hiding.sheet, attribute)
        };
        if let Some(rule) = rule.filter(|_| self.parts.len() < page_parts::MAX_PARTS) {
            if name != b"button" {
                self.blocks.close();
            }
            let from = self.blocks.page.blocks.len();
            self.parts.push(PagePart::new(rule, name, from));
        }
    }

    fn image(&mut self, attribute: Attribute<'_>, line: usize) {
        let is_small = |side: &str| {
            let value = attribute(side).unwrap_or_default();
            let pixels = value.trim_end_matches("px").trim().parse::<u32>();
            pixels.is_ok_and(|n| n <= MAX_ICON_PIXELS)
        };
        let address = attribute("src").or_else(|| attribute("data-src"));
        let alt = attribute("alt").unwrap_or_default();
        let address = address.unwrap_or_default();
        let is_icon = is_small("width") || is_small("height");
        let note = note_pictures::text_of_note(attribute, &alt);
        if note.is_some() || self.notes.in_link || self.leads_to_note(&alt, &address) {
            let mark = self.picture_mark(&alt);
            if let Some(note) = note {
                let note = format!("{mark} {note}");
                self.blocks.page.note_below(&note, line);
            }
            return;
        }
        let page = &mut *self.blocks.page;
        page.image(&alt, &address, is_icon, line);
    }

    /// Writes the mark of a note that a tag without text of its own holds.
    fn note_in_span(&mut self, attribute: Attribute<'_>, line: usize) {
        let Some(note) = note_pictures::text_of_note(attribute, "") else {
            return;
        };
        let mark = self.picture_mark("");
        let page = &mut *self.blocks.page;
        page.note_below(&format!("{mark} {note}"), line);
    }

    /// Returns whether the open link leads to a note, by the picture in it.
    fn leads_to_note(&self, alt: &str, address: &str) -> bool {
        let page = &*self.blocks.page;
        let in_link = page.is_begun(|k| matches!(k, MarkupKind::Link(to) if to.contains('#')));
        let is_raised = || page.is_begun(|k| *k == MarkupKind::NoteMark);
        in_link && (is_raised() || note_pictures::is_sign(alt, address))
    }

    /// Writes the mark of a note in place of its picture, with the number that it shows; returns it.
    fn picture_mark(&mut self, alt: &str) -> String {
        self.notes.pictures += 1;
        let number = note_pictures::number(alt).unwrap_or(self.notes.pictures);
        let mark = format!("[{number}]");
        let page = &mut *self.blocks.page;
        let is_mark = |k: &MarkupKind| *k == MarkupKind::NoteMark;
        let is_begun = page.is_begun(is_mark);
        if !is_begun {
            self.blocks.begin(MarkupKind::NoteMark);
        }
        self.blocks.page.push(&mark);
        if !is_begun {
            self.blocks.page.end(is_mark);
        }
        mark
    }

    fn link(&mut self, is_empty: bool, attribute: Attribute<'_>) {
        let is_script = |href: &str| href.to_ascii_lowercase().starts_with("javascript:");
        let href = attribute("href").filter(|href| !href.is_empty() && !is_script(href));
        let Some(target) = href else { return };
        let page = &mut *self.blocks.page;
        page.end(|k| matches!(k, MarkupKind::Link(_)));
        let is_mark = |name: &&str| attribute(name).is_some_and(|v| tag_kinds::is_note_mark(&v));
        let leads_to_note = ["epub:type", "role", "class"].iter().any(is_mark);
        if leads_to_note && !is_empty {
            self.notes.in_link = true;
            self.notes.is_own = !page.is_begun(|k| *k == MarkupKind::NoteMark);
            if self.notes.is_own {
                self.blocks.begin(MarkupKind::NoteMark);
            }
        }
        self.blocks.begin(MarkupKind::Link(target));
    }

    /// Begins a proper name, or the title of a book, which has a wavy line.
    fn underlined(&mut self, attribute: Attribute<'_>) {
        let is_wavy = attribute("style").is_some_and(|s| s.contains("wavy"));
        self.blocks.begin(if is_wavy {
            MarkupKind::BookTitle
        } else {
            MarkupKind::ProperName
        });
    }

    fn ruby(&mut self, kind: TagKind, is_empty: bool) {
        match (kind, self.blocks.ruby) {
            (TagKind::RubyReading, Ruby::Base) if !is_empty => self.blocks.ruby = Ruby::Reading,
            (TagKind::RubyBase, Ruby::Reading) => self.blocks.ruby = Ruby::Base,
            _ => {}
        }
    }

    fn end(&mut self, tag: &EndTag<usize>) {
        let name: &[u8] = &tag.name;
        if self.end_hidden(name) {
            return;
        }
        let line = self.lines.at(self.base + tag.span.start);
        let kind = TagKind::of(name);
        let page = &mut *self.blocks.page;
        match kind {
            TagKind::Meta | TagKind::Time | TagKind::Image | TagKind::RubyBase => {}
            TagKind::LineBreak => self.blocks.line_break(line),
            TagKind::Raised => page.end_mark(),
            TagKind::Link => {
                page.end_link();
                self.notes.in_link = false;
                if std::mem::take(&mut self.notes.is_own) {
                    page.end(|k| *k == MarkupKind::NoteMark);
                }
            }
            TagKind::Underlined => {
                page.end(|k| matches!(k, MarkupKind::ProperName | MarkupKind::BookTitle));
            }
            TagKind::Ruby => self.blocks.ruby = Ruby::Outside,
            TagKind::RubyReading => {
                if self.blocks.ruby == Ruby::Reading {
                    self.blocks.ruby = Ruby::Base;
                }
            }
            _ => match kind.markup() {
                Some(markup) => drop(page.end(|k| *k == markup)),
                None if self.is_inline() => {}
                None => self.blocks.end(kind),
            },
        }
        if self.extent == Extent::Page {
            self.blocks.page.containers.leave(name);
        }
        if !self.is_inline() {
            self.leave(name);
        }
    }

    /// Folds the parts of the page that end with a tag of this name.
    fn leave(&mut self, name: &[u8]) {
        while let Some(part) = page_parts::unnest(&mut self.parts, name) {
            self.blocks.close();
            part.fold(&mut self.blocks.page.blocks);
        }
    }
}

/// Finds the source line of a byte. Remembers the last answer, not where every line
/// begins: a page may be nothing but line ends.
struct LineFinder<'a> {
    text: &'a [u8],
    at: usize,
    line: usize,
}

impl<'a> LineFinder<'a> {
    fn new(text: &'a str, first: usize) -> Self {
        Self {
            text: text.as_bytes(),
            at: 0,
            line: first,
        }
    }

    /// Returns the source line of a byte, in time of its distance from the last one.
    fn at(&mut self, at: usize) -> usize {
        let text = self.text;
        let ends = |range| memchr::memchr_iter(b'\n', text.get(range).unwrap_or_default()).count();
        let at = at.min(text.len());
        self.line = if at < self.at {
            self.line - ends(at..self.at)
        } else {
            self.line + ends(self.at..at)
        };
        self.at = at;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_in_any_order() {
        let mut lines = LineFinder::new("甲\n乙\n\n丙", 7);
        let found = [0, 4, 9, 99, 5, 3, 0].map(|at| lines.at(at));
        assert_eq!(found, [7, 8, 10, 10, 8, 7, 7]);
    }
}
