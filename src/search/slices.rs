//! A search in slices, for a text too long to be searched within one key.
//!
//! 1. [`Request`]: what to find, in which document, from which byte on.
//! 2. [`Request::answer`] searches slice after slice, from the reader's place to the end and then
//!    from the beginning, and reports after each what is known.
//!
//! The caller chooses the thread, and ends the search when the answer is not wanted any more.

use super::matches::{Matches, Word};
use super::near;
use super::query::{Found, Query};
use crate::document::Document;
use memchr::memchr;
use std::ops::Range;
use std::sync::Arc;

/// Bytes of a slice at the least; it goes on to the end of its line.
const MIN_SLICE_BYTES: usize = 1 << 20;

/// A search to be carried out.
#[derive(Clone, Debug)]
pub struct Request {
    /// Its number; an answer has the same.
    pub id: u64,
    /// The query.
    pub query: Query,
    /// The document to search.
    pub document: Arc<Document>,
    /// The byte to begin at.
    pub from: usize,
}

impl PartialEq for Request {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Request {}

/// The result of a search so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The number of the request.
    pub id: u64,
    /// All hits that are known.
    pub matches: Matches,
    /// True if there are no more.
    pub done: bool,
    /// Words to offer where there is no hit at all.
    pub near: Vec<Word>,
}

impl Request {
    /// Carries it out; `report` takes each answer and returns whether to go on. An answer costs
    /// all hits so far, so there are only a few: after the first slice, and whenever as
    /// much again was searched.
    ///
    /// ```
    /// use jingdu::document::{BlockKind, Builder};
    /// use jingdu::search::{Query, Request};
    /// let mut builder = Builder::new();
    /// builder.block(BlockKind::Paragraph, 0, 1, "渡口有船，渡口有灯。");
    /// let document = builder.finish().into();
    /// let query = Query::new("渡口").unwrap();
    /// let (mut last, request) = (None, Request { id: 7, query, document, from: 0 });
    /// request.answer(|answer| {
    ///     last = answer.or(last.take());
    ///     true
    /// });
    /// let last = last.unwrap();
    /// assert_eq!((last.id, last.done, last.matches.len()), (7, true, 2));
    /// ```
    pub fn answer(&self, mut report: impl FnMut(Option<Answer>) -> bool) {
        let text = self.document.text();
        let (mut head, mut tail) = (Found::default(), Found::default());
        let answer = |head: &Found, tail: &Found, done| {
            let mut all = head.clone();
            all.append(tail);
            let mut matches = self.query.settle(text, &all);
            matches.set_folds(&self.document);
            Answer {
                id: self.id,
                matches,
                done,
                near: Vec::new(),
            }
        };
        let (mut searched, mut reported) = (0, 0);
        for slice in slices(text, self.from, self.query.is_divisible()) {
            searched += slice.len();
            let mut found = Found::default();
            self.query.search(text, slice.clone(), &mut found);
            if slice.start >= self.from {
                tail.append(&found);
            } else {
                head.append(&found);
            }
            let is_due = searched >= 2 * reported;
            if is_due {
                reported = searched;
            }
            if !report(is_due.then(|| answer(&head, &tail, false))) {
                return;
            }
        }
        let mut last = answer(&head, &tail, true);
        if last.matches.is_empty() {
            last.near = near::near(text, &self.query);
        }
        report(Some(last));
    }
}

/// Returns the slices of a text, those from `from` on first. They begin where lines do.
fn slices(text: &str, from: usize, divisible: bool) -> Vec<Range<usize>> {
    if !divisible {
        return vec![0..text.len(); usize::from(!text.is_empty())];
    }
    let mut all = Vec::new();
    for (mut at, to) in [(from, text.len()), (0, from)] {
        while at < to {
            let least = (at + MIN_SLICE_BYTES).min(to);
            let line_end = memchr(b'\n', text.as_bytes().get(least..to).unwrap_or_default());
            let end = line_end.map_or(to, |i| least + i + 1);
            all.push(at..end);
            at = end;
        }
    }
    all
}
