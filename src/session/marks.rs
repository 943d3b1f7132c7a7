//! The reader's marks in an article: bookmarks, highlights, annotations.
//!
//! 1. A [`Mark`] is an anchor with a colour, a letter or a note.
//! 2. [`Marks`] has those of one article, finds them again in its text, and undoes
//!    changes.
//! 3. Every change is given out as a [`Save`], for the world to store.
//!
//! Knows no clock and no file: the time is given in.

use super::anchor::Anchor;
use super::tags;
use crate::text::{Pos, Span};

/// The number of highlight colours.
pub const COLOURS: u8 = 4;
/// The number of changes that can be undone.
const MAX_UNDO: usize = 200;

/// The kind of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// A letter to jump to; a capital counts in all articles.
    Bookmark(char),
    /// Text in a colour, below [`COLOURS`].
    Highlight(u8),
    /// Text with a note, in no colour.
    Annotation,
}

impl MarkKind {
    /// Creates a kind from its parts in the store; `None` where they are not those of one.
    pub(crate) fn of_parts(name: &str, letter: Option<char>, colour: Option<u8>) -> Option<Self> {
        match name {
            "bookmark" => letter.filter(char::is_ascii_alphabetic).map(Self::Bookmark),
            "highlight" => Some(Self::Highlight(colour? % COLOURS)),
            "annotation" => Some(Self::Annotation),
            _ => None,
        }
    }

    /// Returns its parts in the store: its name, the letter, the colour.
    pub(crate) fn parts(self) -> (&'static str, Option<char>, Option<u8>) {
        match self {
            Self::Bookmark(letter) => ("bookmark", Some(letter), None),
            Self::Highlight(colour) => ("highlight", None, Some(colour)),
            Self::Annotation => ("annotation", None, None),
        }
    }
}

/// One mark of the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its name in the store, unique.
    pub uid: String,
    /// Its kind.
    pub kind: MarkKind,
    /// The text that it marks.
    pub anchor: Anchor,
    /// The present span of that; `None` for an orphan.
    pub span: Option<Span>,
    /// The reader's note.
    pub note: String,
    /// The tags, without `#`.
    pub tags: Vec<String>,
    /// Paragraph and point as people cite them: 第3段第2点.
    pub cited: String,
    /// The labels of the points around it, outermost first.
    pub under: Vec<String>,
    /// The time at which it was made, in seconds since 1970.
    pub made: i64,
    /// The time of its last change, in seconds since 1970.
    pub changed: i64,
}

impl Mark {
    /// Returns whether the text that it marks is gone.
    pub(crate) fn is_orphan(&self) -> bool {
        self.span.is_none()
    }

    /// Returns the tags that its note does not have: those of older versions and of imports.
    pub(crate) fn tags_beside(&self) -> impl Iterator<Item = &String> {
        let own = tags::of(&self.note);
        self.tags.iter().filter(move |tag| !own.contains(tag))
    }

    /// Returns the note as it was typed, with the tags behind it that it does not have.
    pub fn typed(&self) -> String {
        let note = Some(self.note.clone()).filter(|note| !note.is_empty());
        let tags = self.tags_beside().map(|tag| format!("#{tag}"));
        note.into_iter().chain(tags).collect::<Vec<_>>().join(" ")
    }

    /// Adds the tags that its note has to those that are stored.
    pub(crate) fn with_tags_of_note(mut self) -> Self {
        for tag in tags::of(&self.note) {
            if !self.tags.contains(&tag) {
                self.tags.push(tag);
            }
        }
        self
    }
}

/// A note that was being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its name in the store.
    pub uid: String,
    /// The text that the note is on.
    pub anchor: Anchor,
    /// The note as far as it was typed.
    pub text: String,
    /// The time at which it was begun, in seconds since 1970.
    pub made: i64,
}

/// A change to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Save {
    /// A mark as it is now, and as it was: another program may have changed it since.
    Put(Box<Mark>, Option<Box<Mark>>),
    /// The mark of this name was removed; as it was.
    Drop(String, Option<Box<Mark>>),
    /// The draft of that name as it is now; `None` where it goes.
    Draft(String, Option<Box<Draft>>),
    /// A keyword was used.
    Keyword(String),
}

/// A change of a mark: `None` where there was no mark before it, or is none after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The mark before it.
    pub before: Option<Mark>,
    /// The mark after it.
    pub after: Option<Mark>,
}

/// The marks of one article.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// In text order, orphans last.
    pub all: Vec<Mark>,
    /// Notes that were not typed to their end.
    pub drafts: Vec<Draft>,
    /// Changes that are not given out yet.
    pub outbox: Vec<Save>,
    /// The beginning of the names of new marks; given in, so that sessions differ.
    pub seed: u64,
    count: u64,
    /// Bytes of the longest mark.
    longest: usize,
    /// The state before each change, newest last: the mark's name, and the mark
    /// if there was one.
    pub(super) undone: Vec<(String, Option<Mark>)>,
}

impl Marks {
    /// Restores the marks of an article, and finds them in its text.
    pub(crate) fn take_up(&mut self, marks: Vec<Mark>, text: &str) {
        let own = std::mem::take(&mut self.all);
        self.undone.clear();
        self.all = marks;
        for mark in &mut self.all {
            mark.span = mark.anchor.find(text);
        }
        // marks made while the store was read
        self.all.retain(|m| own.iter().all(|o| o.uid != m.uid));
        self.all.extend(own);
        self.sort();
    }

    /// Forgets the marks; the store keeps them.
    pub fn clear(&mut self) {
        self.all.clear();
        self.drafts.clear();
        self.undone.clear();
    }

    /// Returns a new name.
    pub fn name(&mut self) -> String {
        self.count += 1;
        format!("{:016x}{:04x}", self.seed, self.count)
    }

    /// Returns the mark of that name.
    pub fn get(&self, uid: &str) -> Option<&Mark> {
        self.all.iter().find(|m| m.uid == uid)
    }

    /// Adds a mark, or replaces the one of its name.
    pub fn put(&mut self, mark: Mark) {
        let at = self.all.iter().position(|m| m.uid == mark.uid);
        let before = at.map(|i| self.all.remove(i));
        self.remember(&mark.uid, before.clone());
        let before = before.map(Box::new);
        self.outbox.push(Save::Put(Box::new(mark.clone()), before));
        self.all.push(mark);
        self.sort();
    }

    /// Removes a mark.
    pub fn remove(&mut self, uid: &str) -> Option<Mark> {
        let at = self.all.iter().position(|m| m.uid == uid)?;
        let mark = self.all.remove(at);
        self.remember(uid, Some(mark.clone()));
        let before = Some(Box::new(mark.clone()));
        self.outbox.push(Save::Drop(uid.to_owned(), before));
        Some(mark)
    }

    /// Returns whether there is a change to undo.
    pub(crate) fn can_undo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Undoes the last change; returns it, or `None` without a change.
    pub fn undo(&mut self) -> Option<Change> {
        let (uid, before) = self.undone.pop()?;
        let at = self.all.iter().position(|m| m.uid == uid);
        let after = at.map(|at| self.all.remove(at));
        self.outbox.push(match &before {
            Some(mark) => Save::Put(Box::new(mark.clone()), after.clone().map(Box::new)),
            None => Save::Drop(uid, after.clone().map(Box::new)),
        });
        self.all.extend(before.clone());
        self.sort();
        Some(Change { before, after })
    }

    fn remember(&mut self, uid: &str, before: Option<Mark>) {
        self.undone.push((uid.to_owned(), before));
        if self.undone.len() > MAX_UNDO {
            self.undone.remove(0);
        }
    }

    /// Sorts by text order; orphans by their old place, after all others.
    pub(super) fn sort(&mut self) {
        self.all.sort_by_key(|m| {
            let start = m.span.map_or(Pos::new(m.anchor.start), |s| s.start);
            (m.is_orphan(), start, m.made)
        });
        let lengths = self.all.iter().filter_map(|m| m.span).map(Span::len);
        self.longest = lengths.max().unwrap_or_default();
    }

    /// Returns the marks whose text overlaps a row, or begins in it. O(log n) and the number
    /// of marks near it.
    pub fn within(&self, row: Span) -> impl Iterator<Item = (&Mark, Span)> {
        let from = Pos::new(row.start.byte().saturating_sub(self.longest));
        let before = |m: &Mark| m.span.is_some_and(|s| s.start < from);
        let near = self.all[self.all.partition_point(before)..]
            .iter()
            .map_while(move |m| Some((m, m.span.filter(|s| s.start < row.end)?)));
        near.filter(move |(_, span)| span.overlaps(row) || row.contains(span.start))
    }

    /// Returns the smallest highlight or annotation that holds `pos`.
    pub fn at(&self, pos: Pos) -> Option<&Mark> {
        let here = self.painted().filter(|(_, span)| span.contains(pos));
        Some(here.min_by_key(|(_, span)| span.len())?.0)
    }

    /// Returns the highlight or annotation of exactly that span.
    pub fn on(&self, span: Span) -> Option<&Mark> {
        Some(self.painted().find(|(_, s)| *s == span)?.0)
    }

    /// Returns the bookmark of that letter.
    pub fn bookmark(&self, letter: char) -> Option<&Mark> {
        self.all
            .iter()
            .find(|m| m.kind == MarkKind::Bookmark(letter))
    }

    /// Returns the highlights and annotations with their spans.
    pub fn painted(&self) -> impl Iterator<Item = (&Mark, Span)> {
        self.all
            .iter()
            .filter(|m| !matches!(m.kind, MarkKind::Bookmark(_)))
            .filter_map(|m| Some((m, m.span?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(marks: &mut Marks, kind: MarkKind, text: &str, start: usize, end: usize) -> Mark {
        let span = Span::new(start, end);
        Mark {
            uid: marks.name(),
            kind,
            anchor: Anchor::of(text, span),
            span: Some(span),
            note: String::new(),
            tags: Vec::new(),
            cited: String::new(),
            under: Vec::new(),
            made: 0,
            changed: 0,
        }
    }

    #[test]
    fn undoing_everything_leaves_no_mark() {
        let text = "先说一句。再说一句。";
        let mut marks = Marks::default();
        let mut a = mark(&mut marks, MarkKind::Highlight(0), text, 0, 15);
        marks.put(a.clone());
        a.kind = MarkKind::Highlight(1);
        marks.put(a.clone());
        marks.remove(&a.uid);
        assert!(marks.all.is_empty());
        let [first, second] = [0, 1].map(|colour| Some(MarkKind::Highlight(colour)));
        let kind = |mark: Option<Mark>| mark.map(|m| m.kind);
        for wanted in [
            Some((second, None)),
            Some((first, second)),
            Some((None, first)),
            None,
        ] {
            let undone = marks.undo();
            assert_eq!(undone.map(|c| (kind(c.before), kind(c.after))), wanted);
        }
        assert!(marks.all.is_empty());
        assert_eq!(marks.outbox.len(), 6);
    }

    #[test]
    fn a_mark_whose_text_is_gone_is_an_orphan_at_the_end() {
        let text = "先说一句平常的话。\n再说一句要紧的话，这一段留着。";
        let mut marks = Marks::default();
        let a = mark(&mut marks, MarkKind::Highlight(0), text, 0, 27);
        let b = mark(&mut marks, MarkKind::Annotation, text, 28, 52);
        marks.take_up(vec![a, b], "再说一句要紧的话，这一段留着。");
        assert!(marks.all.iter().map(Mark::is_orphan).eq([false, true]));
    }
}
