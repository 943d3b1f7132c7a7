//! The reader's marks, selection and reading time, and the saved position of an article.
//!
//! 1. [`SavedPosition`]: the position as anchors, so that an edited file opens at the same text.
//! 2. [`Panel`]: the list of marks, of this or of all articles.
//! 3. [`Memory`]: all of it, with the time and the totals that the shell passes in.

use super::anchor::Anchor;
use super::drill::CardRecords;
use super::drill::schedule::LocalTime;
use super::list::List;
use super::marks::{Draft, Mark, Marks};
use super::pace::{Pace, ReadingTime};
use super::quote::Citation;
use super::selection::Selection;
use super::term::Term;
pub use crate::format::date::day;
use crate::search::Query;
use crate::text::{Pos, Span};

/// The saved position in an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedPosition {
    /// The first cluster of the top row.
    pub top: Anchor,
    /// Visible rows without text above it; `None` for all.
    pub lift: Option<usize>,
    /// The focus.
    pub focus: Anchor,
    /// The part of it that is before the position, 0 to 100.
    pub per_cent: usize,
    /// The stretches that were on the screen. Valid only in the same text.
    pub shown: Vec<(u32, u32)>,
    /// True where it was read through.
    pub is_done: bool,
    /// The jump list: top, lift, focus. Valid only in the same text.
    pub jumps: Vec<(u32, Option<usize>, u32)>,
    /// The keywords of the article; the standing ones are not its own.
    pub keywords: Vec<Term>,
}

impl SavedPosition {
    /// Moves what is not found in `text` to the same part of it, where the text of the position
    /// ended at `end`: in another encoding no word is the same.
    pub(crate) fn stretch(&mut self, end: Pos, text: &str) {
        for anchor in [&mut self.top, &mut self.focus] {
            if anchor.find(text).is_none() {
                anchor.start = anchor.start * text.len() / end.byte().max(1);
            }
        }
    }
}

/// The saved state of an article.
#[derive(Clone, Debug, Default)]
pub struct Recalled {
    /// The position.
    pub kept: Option<SavedPosition>,
    /// True where the text has not changed since.
    pub same: bool,
    /// The marks.
    pub marks: Vec<Mark>,
    /// Its reading time.
    pub read: ReadingTime,
    /// The records of its cards.
    pub cards: CardRecords,
    /// Notes that were not typed to their end.
    pub drafts: Vec<Draft>,
}

/// Reading times before this session, to be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// The reading time of this article.
    pub article: ReadingTime,
    /// The reading time of the last seven days.
    pub week: ReadingTime,
    /// The reading time of the last 90 days, which gives the pace.
    pub lately: ReadingTime,
}

/// A mark in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedMark {
    /// The mark.
    pub mark: Mark,
    /// The title of its article.
    pub title: String,
    /// The path of that; `None` for the article that is open.
    pub path: Option<String>,
}

/// The list of marks.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    /// The marks of all articles are listed.
    pub everywhere: bool,
    /// The listed marks.
    pub rows: Vec<ListedMark>,
    /// The choice among them, and the filter.
    pub list: List,
    /// The marks of other articles, once they have been asked for.
    pub elsewhere: Vec<ListedMark>,
}

/// The text that the note being typed belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noting {
    /// The mark that has the note already.
    pub uid: Option<String>,
    /// The text.
    pub span: Span,
    /// The name of its draft.
    pub draft: String,
}

/// The reader's marks, selection and reading time.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// The marks of the article.
    pub marks: Marks,
    /// The encodings that the article was read in before others were taken, newest last.
    pub encodings: Vec<&'static str>,
    /// The selection, while there is one.
    pub selection: Option<Selection>,
    /// The reading time.
    pub pace: Pace,
    /// The list of marks.
    pub panel: Panel,
    /// The note that is being typed.
    pub noting: Option<Noting>,
    /// Reading times before this session.
    pub totals: Totals,
    /// The time, in seconds since 1970.
    pub now: i64,
    /// The reader's UTC offset, in seconds.
    pub offset: i64,
    /// The form of a quotation with its source.
    pub citation: Citation,
    /// The mark to go to once the marks of the article are known.
    pub(crate) awaited_mark: Option<String>,
    /// The message about a change that is not saved yet.
    pub said: Option<String>,
}

impl Memory {
    /// Returns the time as the reader's clock has it.
    pub(crate) fn local_time(&self) -> LocalTime {
        LocalTime {
            now: self.now,
            offset: self.offset,
        }
    }

    /// Returns the reader's day of a time: `2026-11-23`.
    pub fn day(&self, seconds: i64) -> String {
        day(seconds + self.offset)
    }
}

/// The words of a filter of marks.
#[derive(Clone, Debug, Default)]
pub struct MarkFilter {
    /// Parts of tags.
    tags: Vec<String>,
    /// Days that a mark is not older than.
    since: Vec<String>,
    /// Words of its texts.
    words: Vec<Query>,
}

impl MarkFilter {
    /// Parses a filter: `#tag`, `>2026-11-01`, or words of the text.
    pub fn parse(typed: &str) -> Self {
        let mut filter = Self::default();
        for word in typed.split_whitespace() {
            let after = |signs: &[char]| word.strip_prefix(signs).filter(|t| !t.is_empty());
            if let Some(tag) = after(&['#', '＃']) {
                filter.tags.push(tag.to_owned());
            } else if let Some(since) = after(&['>', '＞', '》']) {
                filter.since.push(since.to_owned());
            } else {
                filter.words.extend(Query::new(word));
            }
        }
        filter
    }

    /// Returns whether a mark made on `day` has all that is asked for.
    pub fn admits(&self, listed: &ListedMark, day: &str) -> bool {
        let m = &listed.mark;
        let texts = [
            m.anchor.exact.as_str(),
            &m.note,
            &listed.title,
            &m.cited,
            day,
        ];
        let names = m.tags.iter().chain(&m.under).map(String::as_str);
        let texts: Vec<&str> = texts.into_iter().chain(names).collect();
        let holds = |word: &Query| texts.iter().any(|text| !word.find(text).is_empty());
        let has_tag = |tag: &String| m.tags.iter().any(|own| own.contains(tag.as_str()));
        self.tags.iter().all(has_tag)
            && self.since.iter().all(|since| day >= since.as_str())
            && self.words.iter().all(holds)
    }
}
