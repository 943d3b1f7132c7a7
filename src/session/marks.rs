//! The reader's marks in an article: bookmarks, highlights, annotations.
//!
//! 1. A [`Mark`] is an anchor with what the reader said to it.
//! 2. [`Marks`] holds those of one article, finds them again in its text, and
//!    takes back what was done to them.
//! 3. Every change is handed out as a [`Save`], for the world to keep.
//!
//! Knows no clock and no file: the time is given in.

use super::anchor::Anchor;
use crate::text::{Pos, Span};

/// How many colours highlights have.
pub const COLOURS: u8 = 4;
/// How many changes can be taken back.
const UNDONE: usize = 200;

/// What a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A letter to jump to; a capital counts in all articles.
    Bookmark(char),
    /// Text in a colour, below [`COLOURS`].
    Highlight(u8),
    /// Text with a note, in no colour.
    Annotation,
}

/// One mark of the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its name in the store, never used twice.
    pub uid: String,
    /// What it is.
    pub kind: Kind,
    /// The text it stands on.
    pub anchor: Anchor,
    /// Where that is now; `None` for an orphan.
    pub span: Option<Span>,
    /// What the reader wrote.
    pub note: String,
    /// The tags, without `#`.
    pub tags: Vec<String>,
    /// Paragraph and point as people cite them: 第3段第2点.
    pub cited: String,
    /// The labels of the points it stands in, outermost first.
    pub under: Vec<String>,
    /// When it was made, in seconds since 1970.
    pub made: i64,
    /// When it was last changed, likewise.
    pub changed: i64,
}

impl Mark {
    /// Whether the text it stood on is gone.
    pub fn is_orphan(&self) -> bool {
        self.span.is_none()
    }

    /// The note with its tags behind it, as it is typed.
    pub fn typed(&self) -> String {
        let mut text = self.note.clone();
        for tag in &self.tags {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push('#');
            text.push_str(tag);
        }
        text
    }
}

/// Parts what was typed into the note and its tags (`#提法`).
///
/// ```
/// use jingdu::session::marks::note_and_tags;
/// assert_eq!(note_and_tags("好提法 #提法 ＃数据"), ("好提法".to_owned(), vec!["提法".to_owned(), "数据".to_owned()]));
/// ```
pub fn note_and_tags(typed: &str) -> (String, Vec<String>) {
    let mut tags: Vec<String> = Vec::new();
    let mut lines = Vec::new();
    for line in typed.lines() {
        let mut words = Vec::new();
        for word in line.split([' ', '\u{3000}']) {
            match word
                .strip_prefix(['#', '＃'])
                .filter(|t| !t.is_empty() && !t.starts_with(['#', ' ']))
            {
                Some(tag) if tags.iter().any(|t| t == tag) => {}
                Some(tag) => tags.push(tag.to_owned()),
                None => words.push(word),
            }
        }
        lines.push(words.join(" ").trim_end().to_owned());
    }
    (lines.join("\n").trim().to_owned(), tags)
}

/// Something to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Save {
    /// A mark as it is now.
    Put(Box<Mark>),
    /// No mark of that name any more.
    Drop(String),
    /// A keyword was used.
    Keyword(String),
}

/// The marks of one article.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// In text order, orphans last.
    pub all: Vec<Mark>,
    /// What has changed and is not yet handed out.
    pub outbox: Vec<Save>,
    /// Where names of new marks begin: given in, so that no two readings share it.
    pub seed: u64,
    count: u64,
    /// The longest span, in bytes.
    longest: usize,
    /// What every change replaced, newest last: the mark's name, and the mark
    /// where there was one.
    undone: Vec<(String, Option<Mark>)>,
}

impl Marks {
    /// Takes up what was kept of an article, and finds it in its text.
    pub fn take_up(&mut self, marks: Vec<Mark>, text: &str) {
        let own = std::mem::take(&mut self.all);
        self.undone.clear();
        self.all = marks;
        for mark in &mut self.all {
            mark.span = mark.anchor.find(text);
        }
        // what was marked while the store was being read
        self.all.retain(|m| own.iter().all(|o| o.uid != m.uid));
        self.all.extend(own);
        self.sort();
    }

    /// Forgets the article's marks, without a trace in the store.
    pub fn clear(&mut self) {
        self.all.clear();
        self.undone.clear();
    }

    /// A name that no mark has had.
    pub fn name(&mut self) -> String {
        self.count += 1;
        format!("{:016x}{:04x}", self.seed, self.count)
    }

    /// The mark of that name.
    pub fn get(&self, uid: &str) -> Option<&Mark> {
        self.all.iter().find(|m| m.uid == uid)
    }

    /// Puts a mark in, or changes the one of its name.
    pub fn put(&mut self, mark: Mark) {
        let before = self
            .all
            .iter()
            .position(|m| m.uid == mark.uid)
            .map(|i| self.all.remove(i));
        self.remember(&mark.uid, before);
        self.outbox.push(Save::Put(Box::new(mark.clone())));
        self.all.push(mark);
        self.sort();
    }

    /// Takes a mark away.
    pub fn remove(&mut self, uid: &str) -> Option<Mark> {
        let at = self.all.iter().position(|m| m.uid == uid)?;
        let mark = self.all.remove(at);
        self.remember(uid, Some(mark.clone()));
        self.outbox.push(Save::Drop(uid.to_owned()));
        Some(mark)
    }

    /// Takes the last change back. Returns the mark it was done to, as it is
    /// again (`None`: it is gone again), or `None` where nothing was changed.
    pub fn undo(&mut self) -> Option<Option<Mark>> {
        let (uid, before) = self.undone.pop()?;
        self.all.retain(|m| m.uid != uid);
        match &before {
            Some(mark) => {
                self.all.push(mark.clone());
                self.outbox.push(Save::Put(Box::new(mark.clone())));
            }
            None => self.outbox.push(Save::Drop(uid)),
        }
        self.sort();
        Some(before)
    }

    fn remember(&mut self, uid: &str, before: Option<Mark>) {
        self.undone.push((uid.to_owned(), before));
        if self.undone.len() > UNDONE {
            self.undone.remove(0);
        }
    }

    /// Text order; orphans where they once stood, after all others.
    fn sort(&mut self) {
        self.all.sort_by_key(|m| {
            (
                m.is_orphan(),
                m.span.map_or(Pos::new(m.anchor.start), |s| s.start),
                m.made,
            )
        });
        self.longest = self
            .all
            .iter()
            .filter_map(|m| m.span)
            .map(Span::len)
            .max()
            .unwrap_or_default();
    }

    /// The marks whose text overlaps a row, or begins in it. O(log n) and how many
    /// begin near it.
    pub fn within(&self, row: Span) -> impl Iterator<Item = (&Mark, Span)> {
        let from = Pos::new(row.start.byte().saturating_sub(self.longest));
        let first = self
            .all
            .partition_point(|m| m.span.is_some_and(|s| s.start < from));
        let near = self
            .all
            .iter()
            .skip(first)
            .map_while(move |m| Some((m, m.span.filter(|s| s.start < row.end)?)));
        near.filter(move |(_, span)| span.overlaps(row) || row.contains(span.start))
    }

    /// The smallest highlight or annotation that holds `pos`.
    pub fn at(&self, pos: Pos) -> Option<&Mark> {
        let here = self.painted().filter(|(_, span)| span.contains(pos));
        here.min_by_key(|(_, span)| span.len())
            .map(|(mark, _)| mark)
    }

    /// The highlight or annotation of exactly that span.
    pub fn on(&self, span: Span) -> Option<&Mark> {
        self.painted()
            .find(|(_, s)| *s == span)
            .map(|(mark, _)| mark)
    }

    /// The bookmark of that letter.
    pub fn bookmark(&self, letter: char) -> Option<&Mark> {
        self.all.iter().find(|m| m.kind == Kind::Bookmark(letter))
    }

    /// What is drawn over text, with where.
    pub fn painted(&self) -> impl Iterator<Item = (&Mark, Span)> {
        self.all
            .iter()
            .filter(|m| !matches!(m.kind, Kind::Bookmark(_)))
            .filter_map(|m| Some((m, m.span?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(marks: &mut Marks, kind: Kind, text: &str, start: usize, end: usize) -> Mark {
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
    fn undoing_everything_comes_home() {
        let text = "先说一句。再说一句。";
        let mut marks = Marks::default();
        let a = mark(&mut marks, Kind::Highlight(0), text, 0, 15);
        marks.put(a.clone());
        marks.put(Mark {
            kind: Kind::Highlight(1),
            ..a.clone()
        });
        marks.remove(&a.uid);
        assert!(marks.all.is_empty());
        assert_eq!(marks.undo().unwrap().unwrap().kind, Kind::Highlight(1));
        assert_eq!(marks.undo().unwrap().unwrap().kind, Kind::Highlight(0));
        assert_eq!(marks.undo(), Some(None));
        assert_eq!(marks.undo(), None);
        assert!(marks.all.is_empty());
        assert_eq!(marks.outbox.len(), 6);
    }

    #[test]
    fn what_is_gone_is_an_orphan_at_the_end() {
        let text = "先说一句平常的话。\n再说一句要紧的话，这一段留着。";
        let mut marks = Marks::default();
        let a = mark(&mut marks, Kind::Highlight(0), text, 0, 27);
        let b = mark(&mut marks, Kind::Annotation, text, 28, 52);
        marks.take_up(vec![a, b], "再说一句要紧的话，这一段留着。");
        assert_eq!(
            marks.all.iter().map(Mark::is_orphan).collect::<Vec<_>>(),
            [false, true]
        );
    }
}
