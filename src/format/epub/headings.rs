//! Makes the entries of a book's table of contents the headings of its text.
//!
//! 1. [`Headings::place`]: an entry points at a block of a chapter. A heading (or a
//!    short line) with the same words there becomes the heading of the entry, at the
//!    level of the contents; else a heading is inserted.
//! 2. Where an anchor is missing, the entry's words are searched for; else the entry
//!    heads the chapter, if it is the first there.
//! 3. [`Headings::finish`]: headings that are not entries go below the entry before
//!    them, or beside it where they head a file as it does.
//!
//! Without any contents, chapters keep their own headings; one without gets its title.

use super::book::Book;
use super::contents::TocEntry;
use crate::document::BlockKind::{self, Heading, Item, Paragraph, Quote};
use crate::format::clean::notes;
use crate::format::draft::{DraftBlock, DraftDocument};
use crate::format::html::ChapterFacts;
use crate::format::prose;
use std::collections::HashSet;

/// Limit of the blocks behind the target of an entry in which its words are searched for.
const MAX_TARGET_DISTANCE: usize = 5;
/// Limit of a line that may be a heading, in characters.
const MAX_HEADING_CHARS: usize = 60;
/// Limit of the first line of a chapter that names it, in characters.
const MAX_UNNAMED_CHARS: usize = 30;
/// Blocks that one heading may be split into.
const MAX_SPLIT: usize = 3;
/// Entries at one place that are compared for repetition.
const MAX_RECENT: usize = 8;
const MAX_LEVEL: u8 = 6;

/// Places the headings of a book, chapter by chapter.
pub(super) struct Headings<'a> {
    book: &'a Book,
    /// The entries of the current chapter, by its blocks.
    here: Vec<PlacedEntry>,
    /// The same of all chapters, by the blocks of the book.
    all: Vec<PlacedEntry>,
    /// The first blocks of the chapters.
    starts: HashSet<usize>,
    /// The title of the previous chapter.
    title: String,
}

/// A block that is an entry of the contents.
#[derive(Clone, Copy)]
struct PlacedEntry {
    at: usize,
    level: u8,
    /// Its level in the chapter, where it was a heading there.
    own_level: Option<u8>,
}

/// A heading to be made in a chapter.
struct Placement {
    at: usize,
    /// The number of blocks that become the heading; 0 where it is inserted before `at`.
    blocks: usize,
    title: String,
    level: u8,
}

/// The blocks of a chapter as entries are compared with them.
struct Candidates<'a> {
    part: &'a DraftDocument<'a>,
    /// [`line_key`] of each block.
    keys: Vec<String>,
    /// For each block, true where it is an entry already.
    taken: Vec<bool>,
}

impl<'a> Headings<'a> {
    pub fn new(book: &'a Book) -> Self {
        Self {
            book,
            here: Vec::new(),
            all: Vec::new(),
            starts: HashSet::new(),
            title: String::new(),
        }
    }

    /// Places the entries of one chapter, which begins on source line `line`.
    pub fn place(
        &mut self,
        part: &mut DraftDocument,
        entries: &[(usize, &TocEntry)],
        chapter: &ChapterFacts,
        line: usize,
    ) {
        self.here.clear();
        let has_text = part.blocks.iter().any(DraftBlock::is_shown);
        if self.book.contents.is_empty() {
            if has_text {
                self.place_title(part, &chapter.title, line);
            }
            chapter.title.clone_into(&mut self.title);
            return;
        }
        let is_folded = !has_text && !part.blocks.is_empty();
        let mut placements: Vec<Placement> = Vec::new();
        let mut unplaced = Vec::new();
        let mut recent: Vec<(usize, String)> = Vec::new();
        let mut candidates = Candidates::of(part);
        for (i, entry) in entries {
            let next = self.book.contents.get(i + 1);
            let is_parent = next.is_some_and(|next| next.depth > entry.depth);
            if is_folded || (!has_text && !is_parent) {
                continue;
            }
            let Some(title) = candidates.title(entry, chapter) else {
                continue;
            };
            let key = key(&title);
            let target = entry.place(chapter);
            let anywhere = || candidates.find(&key).map(|at| (at, 1));
            let found = target.map_or_else(anywhere, |at| candidates.find_near(at, &key));
            let head = || (!placements.iter().any(|p| p.at == 0)).then_some(0);
            let at = found.map(|(at, _)| at).or(target).or_else(head);
            let Some(at) = at.filter(|at| !recent.contains(&(*at, key.clone()))) else {
                if target.is_none() {
                    unplaced.push(entry);
                }
                continue;
            };
            recent.insert(0, (at, key));
            recent.truncate(MAX_RECENT);
            let blocks = found.map_or(0, |(_, blocks)| blocks);
            candidates.take(at, blocks);
            placements.push(Placement {
                at,
                blocks,
                title,
                level: (entry.depth + 1).min(MAX_LEVEL),
            });
        }
        for entry in unplaced {
            part.note("contents-entry", line, &entry.title);
        }
        placements.sort_by_key(|p| p.at);
        self.rewrite(part, placements, line);
    }

    /// Makes the headings in a chapter's blocks.
    fn rewrite(&mut self, part: &mut DraftDocument, placements: Vec<Placement>, line: usize) {
        let mut placements = placements.into_iter().peekable();
        // blocks of the last heading that are still to come
        let mut rest = 0;
        for (i, mut draft) in std::mem::take(&mut part.blocks).into_iter().enumerate() {
            while let Some(placement) = placements.next_if(|p| p.at <= i) {
                if placement.blocks == 0 {
                    self.insert(part, placement, draft.line);
                } else {
                    rest = placement.blocks;
                    self.convert(part, &mut draft, placement);
                }
            }
            let is_entry = level_of(&draft).is_some()
                && self.here.last().is_some_and(|p| p.at == part.blocks.len());
            if rest > 0 && !is_entry {
                draft.folded = draft.folded.or(Some("split-heading"));
            }
            rest = rest.saturating_sub(1);
            part.blocks.push(draft);
        }
        for placement in placements.filter(|p| p.blocks == 0) {
            let line = part.blocks.last().map_or(line, |d| d.line);
            self.insert(part, placement, line);
        }
    }

    /// Appends a heading to the blocks of a chapter.
    fn insert(&mut self, part: &mut DraftDocument, placement: Placement, line: usize) {
        self.here.push(PlacedEntry {
            at: part.blocks.len(),
            level: placement.level,
            own_level: None,
        });
        part.blocks
            .push(heading(placement.title, placement.level, line));
    }

    /// Makes `draft`, which is the next block of a chapter, a heading.
    fn convert(&mut self, part: &DraftDocument, draft: &mut DraftBlock, placement: Placement) {
        let (blocks, title, level) = (placement.blocks, placement.title, placement.level);
        self.here.push(PlacedEntry {
            at: part.blocks.len(),
            level,
            own_level: level_of(draft),
        });
        let says_more = || key(&title).chars().count() > key(&draft.text).chars().count();
        if blocks > 1 || says_more() {
            (draft.text, draft.markup) = (title.into(), Vec::new());
        }
        (draft.kind, draft.depth) = (BlockKind::Heading(level), 0);
    }

    /// Heads a chapter with its title, in a book without contents.
    fn place_title(&mut self, part: &mut DraftDocument, title: &str, line: usize) {
        let is_headed = part.blocks.iter().any(|d| shown_level(d).is_some());
        let is_known = title == self.title
            || key(title) == key(&self.book.meta.title)
            || title.to_lowercase().ends_with("html");
        let fits = prose::at_least(title, 1) && !prose::at_least(title, MAX_HEADING_CHARS);
        if is_headed || is_known || !fits {
            return;
        }
        let first = part.blocks.iter().position(DraftBlock::is_shown);
        let key_of = |at: &usize| part.blocks.get(*at).map(line_key);
        let line_with_title = first.filter(|at| key_of(at) == Some(key(title)));
        self.here.push(PlacedEntry {
            at: line_with_title.unwrap_or(0),
            level: 1,
            own_level: None,
        });
        match line_with_title.and_then(|at| part.blocks.get_mut(at)) {
            Some(draft) => (draft.kind, draft.depth) = (BlockKind::Heading(1), 0),
            None => part.blocks.insert(0, heading(title.to_owned(), 1, line)),
        }
    }

    /// Adds the chapter's entries to those of the book, in which it begins at block `from`.
    pub fn keep(&mut self, part: &DraftDocument, from: usize) {
        let first = part.blocks.iter().position(DraftBlock::is_shown);
        self.starts.extend(first.map(|at| at + from));
        for entry in &self.here {
            if part.blocks.get(entry.at).is_some_and(DraftBlock::is_shown) {
                let at = entry.at + from;
                self.all.push(PlacedEntry { at, ..*entry });
            }
        }
    }

    /// Gives headings that are not entries their levels.
    pub fn finish(&self, page: &mut DraftDocument) {
        if self.book.contents.is_empty() {
            self.level_without_contents(page);
            return;
        }
        let none = PlacedEntry {
            at: 0,
            level: 0,
            own_level: None,
        };
        let total = page.blocks.len();
        let starts = std::iter::once((none, 0)).chain(self.all.iter().map(|p| (*p, p.at + 1)));
        let ends = self.all.iter().map(|p| p.at).chain([total]);
        for ((entry, from), end) in starts.zip(ends) {
            if let Some(section) = page.blocks.get_mut(from..end) {
                self.level_section(section, from, entry);
            }
        }
    }

    /// Shifts headings so that the highest of them is 1; titles of chapters stay.
    fn level_without_contents(&self, page: &mut DraftDocument) {
        let titles: HashSet<usize> = self.all.iter().map(|p| p.at).collect();
        let blocks = page.blocks.iter_mut().enumerate();
        let own = blocks.filter(|(i, _)| !titles.contains(i));
        let mut own: Vec<&mut DraftBlock> = own.map(|(_, draft)| draft).collect();
        let least = own.iter().filter_map(|d| shown_level(d)).min();
        for draft in &mut own {
            if let Some(level) = level_of(draft) {
                draft.kind = BlockKind::Heading(level.saturating_sub(least.unwrap_or(1)) + 1);
            }
        }
    }

    /// Puts the headings of a section, which begins at block `from`, below its entry.
    fn level_section(&self, section: &mut [DraftBlock], from: usize, entry: PlacedEntry) {
        let Some(least) = section.iter().filter_map(shown_level).min() else {
            return;
        };
        for (i, draft) in section.iter_mut().enumerate() {
            let Some(level) = level_of(draft) else {
                continue;
            };
            // a heading that begins a file as the entry does goes beside it
            let is_sibling = self.starts.contains(&(from + i)) && entry.own_level == Some(level);
            draft.kind = BlockKind::Heading(if is_sibling {
                entry.level
            } else {
                (entry.level + 1 + level.saturating_sub(least)).clamp(1, MAX_LEVEL)
            });
        }
    }
}

impl TocEntry {
    /// Returns the block of a chapter that it points at.
    fn place(&self, chapter: &ChapterFacts) -> Option<usize> {
        match &*self.anchor {
            "" => Some(0),
            anchor => chapter.places.get(anchor).copied(),
        }
    }
}

impl<'a> Candidates<'a> {
    fn of(part: &'a DraftDocument<'a>) -> Self {
        Self {
            part,
            keys: part.blocks.iter().map(line_key).collect(),
            taken: vec![false; part.blocks.len()],
        }
    }

    /// Marks blocks as an entry.
    fn take(&mut self, at: usize, blocks: usize) {
        let taken = self.taken.iter_mut().skip(at).take(blocks);
        taken.for_each(|taken| *taken = true);
    }

    /// Returns the title of an entry; of one without a name the first line at its place, where
    /// that may be a heading.
    fn title(&self, entry: &TocEntry, chapter: &ChapterFacts) -> Option<String> {
        if !entry.is_unnamed() {
            return Some(entry.title.clone());
        }
        let from = chapter.places.get(&entry.anchor).copied().unwrap_or(0);
        let mut blocks = self.part.blocks.iter().enumerate().skip(from);
        let (at, line) = blocks.find(|(_, d)| d.is_shown() && !d.text.is_empty())?;
        let is_short = prose::at_most(&line.text, MAX_UNNAMED_CHARS);
        let is_line = is_short && !prose::ends_sentence(&line.text) && !line_key(line).is_empty();
        (self.is_heading(at) || is_line).then(|| notes::without_marks(&line.text))
    }

    fn key(&self, at: usize) -> Option<&str> {
        self.keys.get(at).map(String::as_str)
    }

    fn is_free(&self, at: usize) -> bool {
        self.taken.get(at) == Some(&false) && self.key(at).is_some_and(|k| !k.is_empty())
    }

    fn is_heading(&self, at: usize) -> bool {
        self.part
            .blocks
            .get(at)
            .is_some_and(|d| level_of(d).is_some())
    }

    /// Returns the first free block with the words of an entry.
    fn find(&self, key: &str) -> Option<usize> {
        (0..self.keys.len())
            .find(|at| self.key(*at) == Some(key) && self.taken.get(*at) == Some(&false))
    }

    /// Returns the block near `at` with the words of an entry, and the number of blocks
    /// that they are split into.
    fn find_near(&self, at: usize, key: &str) -> Option<(usize, usize)> {
        if key.is_empty() {
            return None;
        }
        // up to the first paragraph of text; an anchor may stand behind its heading
        let mut near: Vec<usize> = (at..self.keys.len())
            .filter(|i| self.part.blocks.get(*i).is_some_and(DraftBlock::is_shown))
            .take(MAX_TARGET_DISTANCE)
            .take_while(|i| self.key(*i).is_some_and(|k| !k.is_empty()))
            .filter(|i| self.is_free(*i))
            .collect();
        let before = at.checked_sub(1);
        near.extend(before.filter(|i| self.is_heading(*i) && self.is_free(*i)));
        let same = near.iter().find_map(|i| Some((*i, self.split(*i, key)?)));
        let similar = || near.iter().find(|i| self.is_similar(**i, at, key));
        same.or_else(|| Some((*similar()?, 1)))
    }

    /// Returns the number of blocks from `at` on whose words together are those of an entry.
    fn split(&self, at: usize, key: &str) -> Option<usize> {
        let mut words = String::new();
        for blocks in 1..=MAX_SPLIT {
            let next = at + blocks - 1;
            words.push_str(self.key(next).filter(|_| self.is_free(next))?);
            if words == key {
                return Some(blocks);
            }
        }
        None
    }

    /// Recognises a heading, or the line at the target, with nearly the words of an entry: more
    /// at one end, or fewer.
    fn is_similar(&self, i: usize, target: usize, key: &str) -> bool {
        let Some(own) = self.key(i) else { return false };
        let [short, long] = if own.len() < key.len() {
            [own, key]
        } else {
            [key, own]
        };
        let chars = short.chars().count();
        let contains = long.starts_with(short) || (long.ends_with(short) && chars >= 2);
        let half = short.len() * 2 >= long.len() && chars >= 3;
        contains && (self.is_heading(i) || i == target && half)
    }
}

fn level_of(draft: &DraftBlock) -> Option<u8> {
    match draft.kind {
        BlockKind::Heading(level) => Some(level),
        _ => None,
    }
}

fn shown_level(draft: &DraftBlock) -> Option<u8> {
    level_of(draft).filter(|_| draft.is_shown())
}

fn heading(text: String, level: u8, line: usize) -> DraftBlock<'static> {
    DraftBlock {
        kind: BlockKind::Heading(level),
        depth: 0,
        line,
        text: text.into(),
        markup: Vec::new(),
        folded: None,
        container: 0,
    }
}

/// Returns the letters and digits of a title, half width, in small letters.
fn key(text: &str) -> String {
    prose::key(&prose::half(text)).to_lowercase()
}

/// Returns the [`key`] of a line that may be a heading; empty where it cannot.
fn line_key(draft: &DraftBlock) -> String {
    let may = matches!(draft.kind, Heading(_) | Paragraph | Quote | Item);
    if draft.is_shown() && may && !prose::at_least(&draft.text, MAX_HEADING_CHARS) {
        key(&notes::without_marks(&draft.text))
    } else {
        String::new()
    }
}
