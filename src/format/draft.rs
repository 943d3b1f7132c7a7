//! The draft of a document: written by the reader of a format, cleaned up, and then
//! [finished](crate::format::finish) as a document.
//!
//! 1. A reader opens a block, pushes text and markup, closes it. Markup that is
//!    open when a block is split goes on in the next one.
//! 2. Clean-up looks at the [`DraftBlock`]s: it folds one away under a rule's name or
//!    gives it another kind. Nothing is removed from the list.
//!
//! Knows no syntax and no rule.

use crate::document::{BlockKind, MarkupKind, Meta};
use crate::format::facts::Facts;
use crate::format::html::containers::Containers;
use crate::format::pictures::{self, Picture, PictureMeaning};
use crate::format::prose;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// The "rule" of a block that became the document's title: it is in the
/// masthead, not folded.
pub const TAKEN: &str = "title";

/// Limit of the items of a draft: blocks, stretches of markup, remarks. No book has as many; a
/// page of ten megabytes of bare tags has five times more.
const MAX_ITEMS: usize = 500_000;

/// Limit of the excerpt of a remark, in characters.
const MAX_EXCERPT_CHARS: usize = 80;

/// Limit of stretches of markup that are open at once; deeper ones are dropped.
const MAX_OPEN_MARKUP: usize = 64;

/// A block before clean-up.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DraftBlock<'a> {
    pub kind: BlockKind,
    /// Nesting in lists and quotes.
    pub depth: u8,
    /// The source line it begins on, from 1.
    pub line: usize,
    /// Its text, edges trimmed: mostly a piece of what is read, which is not copied.
    pub text: Cow<'a, str>,
    /// Markup by byte ranges of `text`.
    pub markup: Vec<(MarkupKind, Range<usize>)>,
    /// The rule that folded it, once one has.
    pub folded: Option<&'static str>,
    /// The container of the page that it is in; 0 where there are none.
    pub container: usize,
}

impl DraftBlock<'_> {
    /// Returns whether its whole text is one link or a row of links.
    pub(crate) fn is_link(&self) -> bool {
        let markup = self.markup.iter();
        let links = markup.filter(|(kind, _)| matches!(kind, MarkupKind::Link(_)));
        let linked: usize = links.map(|(_, range)| range.len()).sum();
        let all = self.text.len();
        all > 0 && linked * 10 >= all * 8
    }

    /// Returns whether it has text and no rule folded it.
    pub(crate) fn is_shown(&self) -> bool {
        self.folded.is_none() && !self.text.is_empty()
    }
}

/// Folds the blocks that no rule folded before.
pub(crate) fn fold_all(rule: &'static str, drafts: &mut [DraftBlock]) {
    for draft in drafts.iter_mut().filter(|d| d.folded.is_none()) {
        draft.folded = Some(rule);
    }
}

/// Recognises the sign of a link from a note back to the text.
fn is_back_sign(text: &str) -> bool {
    let text = text.trim();
    let is_sign = |c: char| "◎↩↵⏎↑⇧⬆↖▲△※^⤴\u{fe0e}\u{fe0f}".contains(c);
    !text.is_empty() && text.chars().all(is_sign)
}

/// Something odd, or folded without ever being a block.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Remark {
    pub rule: &'static str,
    /// The source line, from 1; 0 for the whole file.
    pub line: usize,
    pub excerpt: String,
    pub folded: bool,
}

/// The draft of a document, or of a section of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct DraftDocument<'a> {
    pub blocks: Vec<DraftBlock<'a>>,
    /// Facts beside the text.
    pub meta: Meta,
    /// The source line of the title, 0 where it is not known.
    pub title_line: usize,
    /// The candidates for the facts beside the text.
    pub facts: Facts,
    /// Odd or folded parts.
    pub remarks: Vec<Remark>,
    /// The containers of a web page.
    pub containers: Containers,
    /// The part of the text that this is a draft of.
    pub section: Section,
    open: Option<DraftBlock<'a>>,
    begun: Vec<(MarkupKind, usize)>,
    /// Stretches of markup that began too deep.
    deeper: usize,
    waiting: Waiting<'a>,
    /// Items read so far, against [`MAX_ITEMS`].
    item_count: usize,
}

/// Pictures and notes that come after the open block.
#[derive(Clone, Debug, Default)]
struct Waiting<'a> {
    /// Pictures in it.
    pictures: Vec<Picture>,
    /// Blocks that come after it.
    blocks: Vec<DraftBlock<'a>>,
}

/// A part of a text, with the state that it takes over from the parts before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Section {
    pub first: bool,
    pub last: bool,
    /// True where it begins inside a part that holds notes.
    pub in_notes: bool,
    /// The number of each footnote so far.
    pub footnotes: HashMap<String, usize>,
}

impl Default for Section {
    fn default() -> Self {
        Self {
            first: true,
            last: true,
            in_notes: false,
            footnotes: HashMap::new(),
        }
    }
}

impl Section {
    pub(crate) fn is_whole(&self) -> bool {
        self.first && self.last
    }
}

impl<'a> DraftDocument<'a> {
    /// Returns an empty draft of a section.
    pub(crate) fn of(section: Section) -> Self {
        Self {
            section,
            ..Self::default()
        }
    }

    /// Returns true at the limit of items: the rest is left out.
    pub(crate) fn is_full(&self) -> bool {
        self.item_count >= MAX_ITEMS
    }

    /// Returns an empty draft that shares this one's count of items.
    pub(crate) fn next(&self) -> Self {
        Self {
            item_count: self.item_count,
            ..Self::default()
        }
    }

    /// Opens a block, closing the one before. Markup that is open goes on.
    pub(crate) fn open(&mut self, kind: BlockKind, depth: u8, line: usize) {
        self.close();
        for (_, from) in &mut self.begun {
            *from = 0;
        }
        self.open = Some(self.draft(kind, depth, line, Cow::default()));
    }

    /// Makes a block of `text`.
    fn draft(&self, kind: BlockKind, depth: u8, line: usize, text: Cow<'a, str>) -> DraftBlock<'a> {
        DraftBlock {
            kind,
            depth,
            line,
            text,
            markup: Vec::new(),
            folded: None,
            container: self.containers.here(),
        }
    }

    pub(crate) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Returns true where the open block is empty, or none is open.
    pub(crate) fn is_blank(&self) -> bool {
        self.open.as_ref().is_none_or(|o| o.text.is_empty())
    }

    /// Returns the bytes of the open block.
    pub(crate) fn len(&self) -> usize {
        self.open.as_ref().map_or(0, |o| o.text.len())
    }

    /// Returns the last character of the open block.
    pub(crate) fn last(&self) -> Option<char> {
        self.open.as_ref().and_then(|o| o.text.chars().next_back())
    }

    pub(crate) fn kind(&self) -> Option<BlockKind> {
        self.open.as_ref().map(|o| o.kind)
    }

    /// Ends the open block and begins one of the same kind.
    pub(crate) fn split(&mut self, line: usize) {
        if let Some((kind, depth)) = self.open.as_ref().map(|o| (o.kind, o.depth)) {
            self.open(kind, depth, line);
        }
    }

    /// Adds text; white space at a block's head goes, but in code.
    pub(crate) fn push(&mut self, text: &str) {
        if let Some(open) = &mut self.open {
            let blank = open.text.is_empty() && open.kind != BlockKind::Code;
            open.text
                .to_mut()
                .push_str(if blank { text.trim_start() } else { text });
        }
    }

    /// Adds text, without a copy where it is all of its block.
    pub(crate) fn push_borrowed(&mut self, text: &'a str) {
        match &mut self.open {
            Some(open) if open.text.is_empty() && open.kind != BlockKind::Code => {
                open.text = Cow::Borrowed(text.trim_start());
            }
            _ => self.push(text),
        }
    }

    /// Begins markup here.
    pub(crate) fn begin(&mut self, kind: MarkupKind) {
        if self.begun.len() >= MAX_OPEN_MARKUP {
            self.deeper += 1;
            return;
        }
        let at = self.open.as_ref().map_or(0, |o| o.text.len());
        self.begun.push((kind, at));
    }

    /// Ends the innermost open markup of the same kind; returns false where there is none.
    pub(crate) fn end(&mut self, same: impl Fn(&MarkupKind) -> bool) -> bool {
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

    /// Ends raised text: the mark of a note where it is bracketed or a link, else an
    /// exponent, whose digits must not run into the number before it.
    pub(crate) fn end_mark(&mut self) {
        let is_mark = |(kind, _): &(MarkupKind, usize)| *kind == MarkupKind::NoteMark;
        let Some(i) = self.begun.iter().rposition(is_mark) else {
            return;
        };
        let (kind, from) = self.begun.remove(i);
        let Some(open) = &mut self.open else { return };
        let raised = open.text.get(from..).unwrap_or_default();
        // the link to a note is inside, or around
        let mut around = self.begun.iter().map(|(kind, _)| kind);
        let around = around.any(|k| matches!(k, MarkupKind::Link(to) if to.contains('#')));
        let mut inside = open.markup.iter().rev().take_while(|(_, r)| r.end > from);
        let inside = inside.any(|(k, r)| matches!(k, MarkupKind::Link(_)) && r.start >= from);
        let bracketed = raised.starts_with(|c| "[〔［(（①②③④⑤⑥⑦⑧⑨⑩".contains(c));
        if !raised.is_empty() && (bracketed || around || inside) {
            open.markup.push((kind, from..open.text.len()));
        } else if let Some(raised) = prose::raised(raised) {
            let text = open.text.to_mut();
            text.truncate(from);
            text.push_str(&raised);
            // markup of the old text covers all of the new one
            let end = open.text.len();
            for (_, range) in open.markup.iter_mut().filter(|(_, range)| range.end > from) {
                *range = range.start.min(from)..end;
            }
            for (_, at) in self.begun.iter_mut().filter(|(_, at)| *at > from) {
                *at = from;
            }
        }
    }

    /// Returns true where such markup is open.
    pub(crate) fn is_begun(&self, same: impl Fn(&MarkupKind) -> bool) -> bool {
        self.begun.iter().any(|(kind, _)| same(kind))
    }

    /// Adds the blocks and remarks of another page, its [`next`](Self::next), after its own.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.end_all();
        other.end_all();
        self.item_count = self.item_count.max(other.item_count);
        self.blocks.append(&mut other.blocks);
        self.remarks.append(&mut other.remarks);
    }

    /// Closes the open block, or drops it where it has no text and is not a rule.
    pub(crate) fn close(&mut self) {
        if let Some(mut open) = self.open.take() {
            self.item_count += 1 + self.begun.len();
            let end = open.text.len();
            for (kind, from) in &self.begun {
                if *from < end {
                    open.markup.push((kind.clone(), *from..end));
                }
            }
            let found = std::mem::take(&mut self.waiting.pictures);
            let (text, markup) = (&mut open.text, &mut open.markup);
            for picture in pictures::place(found, open.kind, text, markup) {
                let draft = self.beside(&picture);
                self.waiting.blocks.extend(draft);
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
        self.blocks.append(&mut self.waiting.blocks);
    }

    /// Forgets markup that its format never closed.
    pub(crate) fn end_all(&mut self) {
        self.close();
        self.begun.clear();
        self.deeper = 0;
    }

    /// Adds a whole block that borrows its text.
    pub(crate) fn line(&mut self, kind: BlockKind, depth: u8, line: usize, text: &'a str) {
        if self.open.is_some() || !self.waiting.blocks.is_empty() || !self.begun.is_empty() {
            self.end_all();
        }
        let text = text.trim();
        if !text.is_empty() {
            self.item_count += 1;
            self.blocks
                .push(self.draft(kind, depth, line, Cow::Borrowed(text)));
        }
    }

    /// Adds a whole block.
    pub(crate) fn block(&mut self, kind: BlockKind, depth: u8, line: usize, text: &str) {
        self.open(kind, depth, line);
        self.push(text);
        self.close();
    }

    /// Adds a picture, which becomes a word of the open block or a block after it.
    pub(crate) fn image(&mut self, alt: &str, address: &str, is_tiny: bool, line: usize) {
        self.item_count += 1;
        let picture = Picture {
            alt: alt.trim().to_owned(),
            address: address.to_owned(),
            is_tiny,
            line,
            at: self.len(),
        };
        if self.is_blank() {
            let draft = self.beside(&picture);
            self.after(draft);
        } else {
            self.waiting.pictures.push(picture);
        }
    }

    /// Returns the description of a picture as a block; folds a picture without one, and a
    /// decoration.
    fn beside(&mut self, picture: &Picture) -> Option<DraftBlock<'a>> {
        let (line, address) = (picture.line, &*picture.address);
        match picture.meaning() {
            PictureMeaning::Decoration => self.fold("decoration", line, address),
            PictureMeaning::Undescribed => {
                let is_named = !address.is_empty();
                let excerpt = if is_named { address } else { &*picture.alt };
                self.fold("image-without-text", line, excerpt);
            }
            PictureMeaning::Described => {
                let text = Cow::Owned(prose::one_line(&picture.alt));
                return Some(self.draft(BlockKind::Image, 0, line, text));
            }
        }
        None
    }

    /// Adds a note as a block after the open one.
    pub(crate) fn note_below(&mut self, text: &str, line: usize) {
        self.item_count += 1;
        let text = Cow::Owned(prose::one_line(text));
        let draft = self.draft(BlockKind::Note, 0, line, text);
        self.after(Some(draft));
    }

    /// Adds a block after the open one.
    fn after(&mut self, draft: Option<DraftBlock<'a>>) {
        match self.open {
            Some(_) => self.waiting.blocks.extend(draft),
            None => self.blocks.extend(draft),
        }
    }

    /// Ends the link that is open. One that leads back from a note, and has no more than a sign
    /// for its text, goes.
    pub(crate) fn end_link(&mut self) -> bool {
        let is_link = |kind: &MarkupKind| matches!(kind, MarkupKind::Link(_));
        let link = self.begun.iter().rfind(|(kind, _)| is_link(kind));
        if self.deeper == 0
            && let Some((MarkupKind::Link(target), from)) = link
            && let Some(open) = &mut self.open
            && target.contains('#')
        {
            // the number of its item may stand before it
            let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' ');
            let sign = open.text.get(*from..).unwrap_or_default();
            let sign = sign.trim_start_matches(is_number);
            if is_back_sign(sign) {
                let end = open.text.len() - sign.len();
                open.text.to_mut().truncate(end);
            }
        }
        self.end(is_link)
    }

    /// Reports something that never became a block.
    pub(crate) fn fold(&mut self, rule: &'static str, line: usize, excerpt: &str) {
        self.remark(rule, line, excerpt, true);
    }

    /// Reports something odd that was read all the same.
    pub(crate) fn note(&mut self, rule: &'static str, line: usize, excerpt: &str) {
        self.remark(rule, line, excerpt, false);
    }

    /// Reports that nothing was read from a line on, once.
    pub(crate) fn note_limit(&mut self, line: usize) {
        if self.line_of("input-limit").is_none() {
            self.note("input-limit", line, "");
        }
    }

    /// Translates the lines of blocks and remarks by a map to lines of the source file, from
    /// some number of each on.
    pub(crate) fn map_lines(&mut self, from: (usize, usize), source: impl Fn(usize) -> usize) {
        let blocks = self.blocks.iter_mut().skip(from.0).map(|d| &mut d.line);
        let remarks = self.remarks.iter_mut().skip(from.1).map(|r| &mut r.line);
        let lines = blocks.chain(remarks).chain([&mut self.title_line]);
        for line in lines.filter(|line| **line > 0) {
            *line = source(*line);
        }
    }

    /// Returns the line of the first remark of a rule.
    pub(crate) fn line_of(&self, rule: &str) -> Option<usize> {
        self.remarks.iter().find(|r| r.rule == rule).map(|r| r.line)
    }

    /// Returns a draft of paragraphs; a line of `---` is a rule.
    #[cfg(test)]
    pub(crate) fn of_lines(lines: &[&str]) -> Self {
        let mut page = Self::default();
        for (i, line) in lines.iter().enumerate() {
            match *line {
                "---" => page.block(BlockKind::Rule, 0, i + 1, ""),
                line => page.block(BlockKind::Paragraph, 0, i + 1, line),
            }
        }
        page
    }

    /// Returns the texts of the blocks that are shown, a bar between two of them.
    #[cfg(test)]
    pub(crate) fn shown_texts(&self) -> String {
        let shown = self.blocks.iter().filter(|d| d.is_shown());
        let texts: Vec<&str> = shown.map(|d| &*d.text).collect();
        texts.join("|")
    }

    /// Returns for each block the rule that folded it.
    #[cfg(test)]
    pub(crate) fn folded(&self) -> Vec<Option<&'static str>> {
        self.blocks.iter().map(|d| d.folded).collect()
    }

    fn remark(&mut self, rule: &'static str, line: usize, excerpt: &str, folded: bool) {
        self.item_count += 2;
        let excerpt = prose::one_line(excerpt);
        let excerpt = excerpt.chars().take(MAX_EXCERPT_CHARS).collect();
        self.remarks.push(Remark {
            rule,
            line,
            excerpt,
            folded,
        });
    }
}
