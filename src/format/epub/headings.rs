//! Puts the entries of a book's contents into its text, as headings.
//!
//! 1. [`Headings::place`]: an entry points at a block of a chapter. Where a heading
//!    (or a short line) of the same words stands there, that is it, with the level of
//!    the contents; where none does, one is put there.
//! 2. A place that is missing is looked for by the entry's words; else the entry
//!    stands at the chapter's head, if it is the first there.
//! 3. [`Headings::finish`]: headings that the contents do not have stand below
//!    the entry before them, or beside it where they head a file as it does.
//!
//! Without any contents, chapters keep their own headings; one without is headed
//! by its title.

use crate::document::BlockKind;
use crate::format::clean::notes;
use crate::format::draft::{DraftBlock, DraftDocument};
use crate::format::html::Chapter;
use crate::format::prose;
use crate::source::book::Book;
use crate::source::book::contents::Entry;
use std::collections::HashSet;

/// How far behind the place it points at the words of an entry may stand, in blocks.
const NEAR: usize = 5;
/// Longest line that may be a heading, in characters.
const SHORT: usize = 60;
/// Deepest level of a heading.
const DEEPEST: u8 = 6;

/// The headings of a book in the making.
pub struct Headings<'a> {
    book: &'a Book,
    /// The blocks that are entries, by their places in the chapter being placed.
    here: Vec<Placed>,
    /// The same in the whole book.
    all: Vec<Placed>,
    /// The blocks that chapters begin with.
    starts: HashSet<usize>,
    /// The title of the chapter before.
    title: String,
}

/// An entry that has its place.
#[derive(Clone, Copy)]
struct Placed {
    at: usize,
    level: u8,
    /// The level of the heading that stood there.
    own: Option<u8>,
}

/// What is to be done to a chapter's blocks.
enum Deed {
    /// A heading before a block.
    Put(usize, String, u8),
    /// This block, and so many after it, is the heading.
    Is(usize, usize, String, u8),
}

impl<'a> Headings<'a> {
    /// For a book.
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
        entries: &[(usize, &Entry)],
        chapter: &Chapter,
        line: usize,
    ) {
        self.here.clear();
        let stands = part.blocks.iter().any(DraftBlock::stands);
        if self.book.contents.is_empty() {
            self.own_title(part, chapter, line, stands);
            return;
        }
        let folded = !stands && !part.blocks.is_empty();
        let keys: Vec<String> = part.blocks.iter().map(line_key).collect();
        let (mut deeds, mut taken) = (Vec::new(), vec![false; part.blocks.len()]);
        let mut seen: Vec<(usize, String)> = Vec::new();
        for (i, entry) in entries {
            let parent = self
                .book
                .contents
                .get(i + 1)
                .is_some_and(|next| next.depth > entry.depth);
            if folded || (!stands && !parent) {
                continue;
            }
            let key = key(&entry.title);
            let level = (entry.depth + 1).min(DEEPEST);
            let place = if entry.anchor.is_empty() {
                Some(0)
            } else {
                chapter.places.get(&entry.anchor).copied()
            };
            let found = match place {
                Some(at) => find(part, &keys, &taken, at, &key),
                None => (0..keys.len())
                    .find(|at| keys.get(*at) == Some(&key) && !taken.get(*at).is_some_and(|t| *t))
                    .map(|at| (at, 1)),
            };
            let at = found
                .map(|(at, _)| at)
                .or(place)
                .or((!deeds.iter().any(|d| d_at(d) == 0)).then_some(0));
            let Some(at) = at.filter(|at| !seen.contains(&(*at, key.clone()))) else {
                if place.is_none() {
                    part.note("contents-entry", line, &entry.title);
                }
                continue;
            };
            seen.push((at, key));
            if seen.len() > 8 {
                seen.remove(0);
            }
            match found {
                Some((at, count)) => {
                    taken
                        .iter_mut()
                        .skip(at)
                        .take(count)
                        .for_each(|t| *t = true);
                    deeds.push(Deed::Is(at, count, entry.title.clone(), level));
                }
                None => deeds.push(Deed::Put(at, entry.title.clone(), level)),
            }
        }
        deeds.sort_by_key(d_at);
        self.carry_out(part, deeds, line);
    }

    /// Rewrites a chapter's blocks.
    fn carry_out(&mut self, part: &mut DraftDocument, deeds: Vec<Deed>, line: usize) {
        let mut deeds = deeds.into_iter().peekable();
        let old = std::mem::take(&mut part.blocks);
        let total = old.len();
        let mut joined = 0;
        for (i, mut draft) in old.into_iter().enumerate() {
            while let Some(deed) = deeds.next_if(|d| d_at(d) <= i) {
                match deed {
                    Deed::Put(_, title, level) => {
                        self.here.push(Placed {
                            at: part.blocks.len(),
                            level,
                            own: None,
                        });
                        part.blocks.push(heading(title, level, draft.line));
                    }
                    Deed::Is(_, count, title, level) => {
                        let own = if let BlockKind::Heading(own) = draft.kind {
                            Some(own)
                        } else {
                            None
                        };
                        self.here.push(Placed {
                            at: part.blocks.len(),
                            level,
                            own,
                        });
                        if count > 1
                            || (key(&title).chars().count() > key(&draft.text).chars().count())
                        {
                            (draft.text, draft.markup) = (title.into(), Vec::new());
                        }
                        (draft.kind, draft.depth) = (BlockKind::Heading(level), 0);
                        joined = count;
                    }
                }
            }
            match joined {
                0 => {}
                _ if matches!(draft.kind, BlockKind::Heading(_))
                    && self.here.last().is_some_and(|p| p.at == part.blocks.len()) =>
                {
                    joined -= 1
                }
                _ => {
                    joined -= 1;
                    draft.folded = draft.folded.or(Some("split-heading"));
                }
            }
            part.blocks.push(draft);
        }
        for deed in deeds {
            if let Deed::Put(at, title, level) = deed
                && at >= total
            {
                self.here.push(Placed {
                    at: part.blocks.len(),
                    level,
                    own: None,
                });
                let line = part.blocks.last().map_or(line, |d| d.line);
                part.blocks.push(heading(title, level, line));
            }
        }
    }

    /// The title of a chapter without a heading, in a book without contents.
    fn own_title(
        &mut self,
        part: &mut DraftDocument,
        chapter: &Chapter,
        line: usize,
        stands: bool,
    ) {
        let headed = part
            .blocks
            .iter()
            .any(|d| d.stands() && matches!(d.kind, BlockKind::Heading(_)));
        let title = chapter.title.as_str();
        let known = title == self.title
            || key(title) == key(&self.book.facts.title)
            || title.to_lowercase().ends_with("html");
        title.clone_into(&mut self.title);
        if !stands || headed || known || !prose::at_least(title, 1) || prose::at_least(title, SHORT)
        {
            return;
        }
        let says = part
            .blocks
            .iter()
            .position(DraftBlock::stands)
            .filter(|at| {
                part.blocks
                    .get(*at)
                    .is_some_and(|d| line_key(d) == key(title))
            });
        let at = says.unwrap_or(0);
        self.here.push(Placed {
            at,
            level: 1,
            own: None,
        });
        match says.and_then(|at| part.blocks.get_mut(at)) {
            Some(draft) => (draft.kind, draft.depth) = (BlockKind::Heading(1), 0),
            None => part.blocks.insert(0, heading(title.to_owned(), 1, line)),
        }
    }

    /// Takes the places of the chapter over into the book, where it begins at block `from`.
    pub fn keep(&mut self, part: &DraftDocument, from: usize) {
        self.starts.extend(
            part.blocks
                .iter()
                .position(DraftBlock::stands)
                .map(|at| at + from),
        );
        let stands = |p: &Placed| part.blocks.get(p.at).is_some_and(DraftBlock::stands);
        self.all
            .extend(self.here.iter().filter(|p| stands(p)).map(|p| Placed {
                at: p.at + from,
                ..*p
            }));
    }

    /// Gives headings that are no entries their levels.
    pub fn finish(&self, page: &mut DraftDocument) {
        let levels = |d: &DraftBlock| {
            if let BlockKind::Heading(level) = d.kind {
                Some(level).filter(|_| d.stands())
            } else {
                None
            }
        };
        if self.book.contents.is_empty() {
            let titles: HashSet<usize> = self.all.iter().map(|p| p.at).collect();
            let own = |(i, _): &(usize, &DraftBlock)| !titles.contains(i);
            let least = page
                .blocks
                .iter()
                .enumerate()
                .filter(own)
                .filter_map(|(_, d)| levels(d))
                .min()
                .unwrap_or(1);
            page.blocks
                .iter_mut()
                .enumerate()
                .filter(|(i, _)| !titles.contains(i))
                .for_each(|(_, d)| {
                    if let BlockKind::Heading(level) = d.kind {
                        d.kind = BlockKind::Heading(level.saturating_sub(least) + 1);
                    }
                });
            return;
        }
        let total = page.blocks.len();
        let begin = Placed {
            at: 0,
            level: 0,
            own: None,
        };
        let first = self.all.first().map_or(total, |p| p.at);
        let starts = std::iter::once((begin, 0)).chain(self.all.iter().map(|p| (*p, p.at + 1)));
        let ends: Vec<usize> = std::iter::once(first)
            .chain(self.all.iter().skip(1).map(|p| p.at))
            .chain([total])
            .collect();
        for ((entry, from), end) in starts.zip(ends) {
            let Some(section) = page.blocks.get_mut(from..end) else {
                continue;
            };
            let Some(least) = section.iter().filter_map(levels).min() else {
                continue;
            };
            for (i, draft) in section.iter_mut().enumerate() {
                if let BlockKind::Heading(level) = draft.kind {
                    // what heads a file as its neighbour does stands beside it
                    if self.starts.contains(&(from + i)) && entry.own == Some(level) {
                        draft.kind = BlockKind::Heading(entry.level);
                        continue;
                    }
                    draft.kind = BlockKind::Heading(
                        (entry.level + 1 + level.saturating_sub(least)).clamp(1, DEEPEST),
                    );
                }
            }
        }
    }
}

/// The block at which a deed is done.
fn d_at(deed: &Deed) -> usize {
    match deed {
        Deed::Put(at, ..) | Deed::Is(at, ..) => *at,
    }
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
        as_read: false,
    }
}

/// A title for comparing: letters and digits, half width, small.
fn key(text: &str) -> String {
    prose::key(&prose::half(text)).to_lowercase()
}

/// The same of a line that may be a heading; empty where it cannot.
fn line_key(draft: &DraftBlock) -> String {
    let may = matches!(
        draft.kind,
        BlockKind::Heading(_) | BlockKind::Paragraph | BlockKind::Quote | BlockKind::Item
    );
    if draft.stands() && may && !prose::at_least(&draft.text, SHORT) {
        key(&notes::without_marks(&draft.text))
    } else {
        String::new()
    }
}

/// The block, or the few blocks, near `at` that say what an entry says.
fn find(
    part: &DraftDocument,
    keys: &[String],
    taken: &[bool],
    at: usize,
    key: &str,
) -> Option<(usize, usize)> {
    if key.is_empty() {
        return None;
    }
    let free =
        |i: &usize| taken.get(*i) == Some(&false) && keys.get(*i).is_some_and(|k| !k.is_empty());
    let is_heading = |i: usize| {
        part.blocks
            .get(i)
            .is_some_and(|d| matches!(d.kind, BlockKind::Heading(_)))
    };
    // up to the first paragraph that is text; an anchor may stand behind its heading
    let end = (at..keys.len())
        .filter(|i| part.blocks.get(*i).is_some_and(DraftBlock::stands))
        .take(NEAR)
        .take_while(|i| keys.get(*i).is_some_and(|k| !k.is_empty()));
    let mut near: Vec<usize> = end.filter(free).collect();
    near.extend(at.checked_sub(1).filter(|i| is_heading(*i)).filter(free));
    for &i in &near {
        let mut words = String::new();
        for count in 1..=3 {
            let Some(next) = keys.get(i + count - 1).filter(|_| free(&(i + count - 1))) else {
                break;
            };
            words.push_str(next);
            if words == key {
                return Some((i, count));
            }
        }
    }
    // nearly the same: a heading that says more or less, or the line that stands there
    near.into_iter().find_map(|i| {
        let own = keys.get(i)?;
        let (short, long) = if own.len() < key.len() {
            (own.as_str(), key)
        } else {
            (key, own.as_str())
        };
        let part = long.starts_with(short) || (long.ends_with(short) && short.chars().count() >= 2);
        let half = short.len() * 2 >= long.len() && short.chars().count() >= 3;
        (if is_heading(i) {
            part
        } else {
            i == at && part && half
        })
        .then_some((i, 1))
    })
}
