//! A search bit by bit, for a text too long to be searched within one key.
//!
//! 1. [`Request`]: what is to be found, where, and from where on.
//! 2. [`Request::answer`] searches slice after slice, from the reader's place to
//!    the end and then from the beginning, and says after each what is known.
//!
//! Who carries it out, and on which thread, is not known here; it ends as soon
//! as nobody wants the answer any more.

use super::near;
use super::query::{Found, Query};
use super::{Matches, Word};
use crate::document::Document;
use memchr::memchr;
use std::ops::Range;
use std::sync::Arc;

/// Bytes of a slice at the least; it goes on to the end of its line.
const SLICE: usize = 1 << 20;

/// A search to be carried out.
#[derive(Clone, Debug)]
pub struct Request {
    /// Its number; an answer has the same.
    pub id: u64,
    /// What is looked for.
    pub query: Query,
    /// Where.
    pub document: Arc<Document>,
    /// From which byte on.
    pub from: usize,
}

impl PartialEq for Request {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Request {}

/// What a search has found so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The number of the request.
    pub id: u64,
    /// All hits that are known.
    pub matches: Matches,
    /// Whether there are no more.
    pub done: bool,
    /// What to offer where there is none at all.
    pub near: Vec<Word>,
}

impl Request {
    /// Carries it out; `say` takes each answer and tells whether to go on. An
    /// answer costs what was found so far, so there are only a few: after the
    /// first slice, and whenever as much again was searched.
    pub fn answer(&self, mut say: impl FnMut(Option<Answer>) -> bool) {
        let text = self.document.text();
        let (mut head, mut tail) = (Found::default(), Found::default());
        let whole = |head: &Found, tail: &Found| {
            let mut all = head.clone();
            all.append(tail);
            self.query.settle(text, &all)
        };
        let (mut searched, mut told) = (0, 0);
        for slice in slices(text, self.from, self.query.is_divisible()) {
            searched += slice.len();
            let mut found = Found::default();
            self.query.search(text, slice.clone(), &mut found);
            let half = if slice.start >= self.from {
                &mut tail
            } else {
                &mut head
            };
            half.append(&found);
            let due = searched >= 2 * told;
            told = if due { searched } else { told };
            let answer = due.then(|| Answer {
                id: self.id,
                matches: whole(&head, &tail),
                done: false,
                near: Vec::new(),
            });
            if !say(answer) {
                return;
            }
        }
        let matches = whole(&head, &tail);
        let near = if matches.is_empty() {
            near::near(text, &self.query)
        } else {
            Vec::new()
        };
        say(Some(Answer {
            id: self.id,
            matches,
            done: true,
            near,
        }));
    }
}

/// The slices of a text, those from `from` on first. They begin where lines do.
fn slices(text: &str, from: usize, divisible: bool) -> Vec<Range<usize>> {
    if !divisible {
        return vec![0..text.len(); usize::from(!text.is_empty())];
    }
    let cut = |from: usize, to: usize| {
        let mut all = Vec::new();
        let mut at = from;
        while at < to {
            let least = (at + SLICE).min(to);
            let end = memchr(b'\n', text.as_bytes().get(least..to).unwrap_or_default())
                .map_or(to, |i| least + i + 1);
            all.push(at..end);
            at = end;
        }
        all
    };
    let mut all = cut(from, text.len());
    all.extend(cut(0, from));
    all
}
