//! Counts terms on two threads: texts that are read are counted on the other one, and on this one
//! while that is busy.

use super::rows::is_folded;
use crate::library::LibraryQuery;
use crate::library::count::{CountedTerm, TermCounter};
use crate::library::entry::LibraryEntry;
use crate::text::Span;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::thread::{self, ScopedJoinHandle};

/// Bytes of text that are handed over at once.
const MAX_BATCH_BYTES: usize = 256 << 10;

/// A text to count in.
pub(crate) struct CountedText {
    /// Its article.
    pub(crate) entry: Arc<LibraryEntry>,
    /// The text.
    pub(crate) text: String,
    /// Its folded lines.
    pub(crate) folds: Vec<Span>,
}

/// The terms, and words that no text may have.
#[derive(Clone, Copy)]
pub(crate) struct CountedTerms<'a> {
    pub(crate) terms: &'a [CountedTerm],
    pub(crate) excluded: &'a LibraryQuery,
}

impl CountedTerms<'_> {
    fn count(self, batch: Vec<CountedText>, counter: &mut TermCounter<'_>) {
        for CountedText { entry, text, folds } in batch {
            let counts = |span| !is_folded(&folds, span);
            if self.excluded.search(&entry, &text, &counts).is_some() {
                counter.add(entry, &text, &counts);
            }
        }
    }
}

/// Counts terms in the texts that `read` gives; returns what it returns as well.
pub(crate) fn count<R>(
    terms: CountedTerms<'_>,
    read: impl FnOnce(&mut dyn FnMut(CountedText)) -> R,
) -> (TermCounter<'_>, R) {
    thread::scope(|scope| {
        let (sender, batches) = sync_channel::<Vec<CountedText>>(1);
        let work = move || {
            let mut counter = TermCounter::new(terms.terms);
            for batch in batches {
                terms.count(batch, &mut counter);
            }
            counter
        };
        let other = thread::Builder::new().name("count".to_owned());
        let other = other.spawn_scoped(scope, work).ok();
        let mut own = Counting {
            terms,
            counter: TermCounter::new(terms.terms),
            batch: Vec::new(),
            bytes: 0,
            sender: Some(sender).filter(|_| other.is_some()),
        };
        let returned = read(&mut |text| own.add(text));
        let counted = own.finish();
        // the other one ends with the sender
        let other = other.map(ScopedJoinHandle::join);
        let counter = match other {
            Some(Ok(other)) => counted.join(other),
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => counted,
        };
        (counter, returned)
    })
}

/// The counting on this thread.
struct Counting<'a> {
    terms: CountedTerms<'a>,
    counter: TermCounter<'a>,
    batch: Vec<CountedText>,
    bytes: usize,
    sender: Option<SyncSender<Vec<CountedText>>>,
}

impl<'a> Counting<'a> {
    fn add(&mut self, text: CountedText) {
        self.bytes += text.text.len();
        self.batch.push(text);
        if self.bytes >= MAX_BATCH_BYTES {
            self.hand_over();
        }
    }

    /// Hands the batch over, or counts in it where the other thread is busy.
    fn hand_over(&mut self) {
        self.bytes = 0;
        let batch = std::mem::take(&mut self.batch);
        let left = match &self.sender {
            None => batch,
            Some(sender) => match sender.try_send(batch) {
                Ok(()) => return,
                Err(TrySendError::Full(batch) | TrySendError::Disconnected(batch)) => batch,
            },
        };
        self.terms.count(left, &mut self.counter);
    }

    fn finish(mut self) -> TermCounter<'a> {
        self.hand_over();
        self.counter
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::entry::ArticleId;

    #[test]
    fn two_threads_count_as_one_does() {
        let terms = ["灯笼", "渡口", "gdp"];
        let terms = terms.map(|typed| CountedTerm::parse(typed).unwrap().unwrap());
        let excluded = LibraryQuery::parse("-不要").unwrap();
        let texts = |id: ArticleId| {
            let filling = "路。".repeat(3000);
            let last = if id % 7 == 0 { "不要" } else { "GDP" };
            format!(
                "灯笼{}渡口{filling}{last}",
                "灯笼".repeat((id % 3).unsigned_abs() as usize)
            )
        };
        let entry = |id| {
            Arc::new(LibraryEntry {
                id,
                ..LibraryEntry::default()
            })
        };
        let all = 300;
        let (counter, returned) = count(
            CountedTerms {
                terms: &terms,
                excluded: &excluded,
            },
            |take| {
                for id in 1..=all {
                    take(CountedText {
                        entry: entry(id),
                        text: texts(id),
                        folds: vec![Span::new(0, 6)],
                    });
                }
                7
            },
        );
        let counts = counter.finish();
        let mut slow = TermCounter::new(&terms);
        for id in (1..=all).filter(|id| id % 7 != 0) {
            slow.add(entry(id), &texts(id), &|span| span.start.byte() >= 6);
        }
        assert_eq!(returned, 7);
        assert_eq!(counts, slow.finish());
    }
}
