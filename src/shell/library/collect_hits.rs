//! Collects all hits of a search for the list of hits, in the thread that has the library.

use super::rows::{self, is_folded};
use crate::library::concordance::{Concordance, HitView};
use crate::library::entry::ArticleId;
use crate::library::order::{Order, SortValues, sort};
use crate::library::{Day, LibraryEntry, LibraryQuery};
use crate::session::library_pages::LibraryFound;
use rusqlite::Connection;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Hits that are listed at once, before all are.
const FIRST_HITS: usize = 200;
/// The time after which the first hits are handed over, and the time between two counts.
const REPORT_TIME: Duration = Duration::from_millis(60);

/// The articles of the library by their numbers.
pub(super) type Entries = HashMap<ArticleId, Arc<LibraryEntry>>;

/// The way back to who asked.
pub(super) struct Answering<'a> {
    /// Hands over a part of the answer; returns false where the reader has gone.
    pub(super) tell: &'a dyn Fn(LibraryFound) -> bool,
    /// Returns whether the answer is still wanted.
    pub(super) is_wanted: &'a dyn Fn() -> bool,
}

/// Collects the hits of a query in some articles, those of the newest ones first.
pub(super) fn collect(
    db: &Connection,
    entries: &Entries,
    (articles, query, view): (Vec<ArticleId>, &LibraryQuery, &HitView),
    answering: &Answering<'_>,
) -> rusqlite::Result<()> {
    let listed = articles.iter().filter_map(|id| entries.get(id));
    let mut listed: Vec<&LibraryEntry> = listed.map(AsRef::as_ref).collect();
    sort(&mut listed, Order::Date, |_| SortValues::default());
    let mut all = Concordance::default();
    let (mut last, mut is_first) = (Instant::now(), true);
    for entry in listed {
        rows::with_text(db, entry.id, &mut |text, folds| {
            let hits = query.search(entry, text, &|span| !is_folded(folds, span));
            all.add(entry.id, text, &hits.unwrap_or_default().spans);
        })?;
        if !(answering.is_wanted)() {
            return Ok(());
        }
        if last.elapsed() >= REPORT_TIME {
            last = Instant::now();
            let found = if std::mem::take(&mut is_first) {
                let head = Arc::new(all.head(FIRST_HITS));
                arranged(entries, &head, view, answering)
                    .map(|rows| LibraryFound::FirstHits(head, rows))
            } else {
                Some(LibraryFound::Count(all.count))
            };
            found.map(answering.tell);
        }
    }
    all.hits.shrink_to_fit();
    let all = Arc::new(all);
    if let Some(rows) = arranged(entries, &all, view, answering) {
        (answering.tell)(LibraryFound::Hits(all, rows));
    }
    Ok(())
}

/// Filters and sorts hits that were collected.
pub(super) fn arrange(
    entries: &Entries,
    all: &Concordance,
    view: &HitView,
    answering: &Answering<'_>,
) {
    if let Some(rows) = arranged(entries, all, view, answering) {
        (answering.tell)(LibraryFound::Shown(rows));
    }
}

fn arranged(
    entries: &Entries,
    all: &Concordance,
    view: &HitView,
    answering: &Answering<'_>,
) -> Option<Vec<u32>> {
    let facts = |id: ArticleId| -> (&str, Option<Day>) {
        let entry = entries.get(&id);
        entry.map_or(("", None), |entry| (&entry.title, entry.day))
    };
    all.arranged(view, &facts, answering.is_wanted)
}
