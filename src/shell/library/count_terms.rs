//! Counts terms in many articles for the table of terms, in the thread that has the library.

use super::collect_hits::{Answering, Entries};
use super::rows::{self, is_folded};
use crate::library::LibraryEntry;
use crate::library::copies::distinct;
use crate::library::count::TermCounter;
use crate::library::term_table::TermTable;
use crate::session::library_pages::LibraryFound;
use crate::session::term_table_page::CountAsk;
use crate::text::Span;
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The time between two reports of how far it is.
const REPORT_INTERVAL: Duration = Duration::from_millis(60);
/// The part of all articles (one in four) from which on all texts are read in a row, which is
/// quicker than to look each one up.
const MIN_PART_OF_SCAN: usize = 4;

/// Counts terms; stops where that is not wanted any more.
pub(super) fn count(
    db: &Connection,
    entries: &Entries,
    ask: &CountAsk,
    answering: &Answering<'_>,
) -> rusqlite::Result<()> {
    let articles = articles(entries, ask);
    let mut counter = TermCounter::new(&ask.terms);
    let (mut done, mut last) = (0, Instant::now());
    let mut add = |entry: &Arc<LibraryEntry>, text: &str, folds: &[Span]| {
        let counts = |span| !is_folded(folds, span);
        if ask.excluded.search(entry, text, &counts).is_some() {
            counter.add(Arc::clone(entry), text, &counts);
        }
        done += 1;
        if last.elapsed() >= REPORT_INTERVAL {
            last = Instant::now();
            (answering.tell)(LibraryFound::Counting(done, articles.len()));
        }
    };
    if articles.len() * MIN_PART_OF_SCAN < entries.len() {
        for entry in &articles {
            if !(answering.is_wanted)() {
                return Ok(());
            }
            rows::with_text(db, entry.id, &mut |text, folds| add(entry, text, folds))?;
        }
    } else {
        let mut left = articles.iter().peekable();
        rows::each_text(db, &mut |id, text, folds| {
            while left.next_if(|entry| entry.id < id).is_some() {}
            if let Some(entry) = left.next_if(|entry| entry.id == id) {
                add(entry, text, folds);
            }
            (answering.is_wanted)()
        })?;
    }
    if !(answering.is_wanted)() {
        return Ok(());
    }
    let counts = Arc::new(counter.finish());
    let table = Arc::new(TermTable::of(&counts, ask.division));
    (answering.tell)(LibraryFound::Counted(counts, table));
    Ok(())
}

/// Returns the articles to count in, as they lie on the disk.
fn articles(entries: &Entries, ask: &CountAsk) -> Vec<Arc<LibraryEntry>> {
    let mut articles: Vec<Arc<LibraryEntry>> = match &ask.articles {
        Some(ids) => ids
            .iter()
            .filter_map(|id| entries.get(id))
            .cloned()
            .collect(),
        None => entries.values().cloned().collect(),
    };
    articles.retain(|entry| entry.fault.is_none());
    if !ask.with_copies {
        articles = distinct(articles, &mut BTreeSet::new());
    }
    articles.sort_unstable_by_key(|entry| entry.id);
    articles
}
