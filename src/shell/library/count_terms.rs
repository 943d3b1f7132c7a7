//! Counts terms in many articles for the table of terms, in the thread that has the library.

use super::collect_hits::{Answering, Entries};
use super::rows;
use super::two_threads::{self, CountedTerms, CountedText};
use crate::library::LibraryEntry;
use crate::library::term_table::TermTable;
use crate::session::library_pages::LibraryFound;
use crate::session::term_table_page::CountAsk;
use crate::text::Span;
use rusqlite::Connection;
use std::collections::HashMap;
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
    let terms = CountedTerms {
        terms: &ask.terms,
        excluded: &ask.excluded,
    };
    let is_of_most = articles.len() * MIN_PART_OF_SCAN >= entries.len();
    let (counter, read) = two_threads::count(terms, |take| {
        read(db, (&articles, is_of_most), answering, take)
    });
    let Some(done) = read?.filter(|_| (answering.is_wanted)()) else {
        return Ok(());
    };
    let mut counts = counter.finish();
    counts.left_out = articles.len() - done;
    if !ask.with_copies {
        counts.leave_out_copies(&HashMap::new());
    }
    let counts = Arc::new(counts);
    let table = Arc::new(TermTable::of(&counts, ask.division));
    (answering.tell)(LibraryFound::Counted(counts, table));
    Ok(())
}

/// Reads the texts of articles, in a row where they are most; returns the number of those that the
/// cache keeps, or `None` where they are not wanted any more.
fn read(
    db: &Connection,
    (articles, is_of_most): (&[Arc<LibraryEntry>], bool),
    answering: &Answering<'_>,
    take: &mut dyn FnMut(CountedText),
) -> rusqlite::Result<Option<usize>> {
    let (mut done, mut last) = (0, Instant::now());
    let mut add = |entry: &Arc<LibraryEntry>, text: &str, folds: &[Span]| {
        take(CountedText {
            entry: Arc::clone(entry),
            text: text.to_owned(),
            folds: folds.to_vec(),
        });
        done += 1;
        if last.elapsed() >= REPORT_INTERVAL {
            last = Instant::now();
            (answering.tell)(LibraryFound::Counting(done, articles.len()));
        }
    };
    if is_of_most {
        let mut left = articles.iter().peekable();
        rows::each_text(db, &mut |id, text, folds| {
            while left.next_if(|entry| entry.id < id).is_some() {}
            if let Some(entry) = left.next_if(|entry| entry.id == id) {
                add(entry, text, folds);
            }
            (answering.is_wanted)()
        })?;
    } else {
        for entry in articles {
            if !(answering.is_wanted)() {
                return Ok(None);
            }
            rows::with_text(db, entry.id, &mut |text, folds| add(entry, text, folds))?;
        }
    }
    Ok(Some(done))
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
    articles.sort_unstable_by_key(|entry| entry.id);
    articles
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::LibraryQuery;
    use crate::library::count::CountedTerm;
    use crate::library::division::Division;
    use crate::shell::library::article_file::{ReadArticle, ReadBody};
    use crate::shell::library::schema;
    use crate::text::Lang;
    use std::cell::RefCell;
    use std::path::Path;

    #[test]
    fn articles_without_a_text_are_said_to_be_left_out() {
        let db = schema::open_private().unwrap();
        let root = rows::put_root(&db, Path::new("lib")).unwrap();
        for i in 0..9 {
            let path = Path::new("lib").join(format!("{i}.txt"));
            let body = ReadBody {
                text: "渡口的灯笼，灯笼。".to_owned(),
                ..ReadBody::default()
            };
            let read = ReadArticle {
                entry: LibraryEntry {
                    path: path.clone(),
                    ..LibraryEntry::default()
                },
                // the text of a very long article is not kept
                body: (i != 4).then_some(body),
            };
            rows::put_article(&db, root, (&path, rows::KnownState::default()), &read).unwrap();
        }
        let mut entries = Entries::new();
        rows::each_entry(&db, &mut |entry| {
            entries.insert(entry.id, Arc::new(entry));
        })
        .unwrap();
        let mut all: Vec<_> = entries.keys().copied().collect();
        all.sort_unstable();
        // all texts in a row, and a few that are looked up
        for (articles, hits) in [(None, 16), (Some(all[3..5].to_vec()), 2)] {
            let found = RefCell::new(None);
            let answering = Answering {
                tell: &|answer| {
                    if let LibraryFound::Counted(counts, table) = answer {
                        *found.borrow_mut() = Some((counts, table));
                    }
                    true
                },
                is_wanted: &|| true,
            };
            let terms = [CountedTerm::parse("灯笼").unwrap().unwrap()];
            let ask = CountAsk {
                articles,
                terms: terms.into(),
                excluded: LibraryQuery::default(),
                with_copies: true,
                division: Division::Year,
            };
            count(&db, &entries, &ask, &answering).unwrap();
            let (counts, table) = found.into_inner().unwrap();
            let sum: usize = counts.found().map(|found| found.hits).sum();
            assert_eq!((sum, counts.left_out), (hits, 1));
            assert!(table.reach.line(Lang::Zh).ends_with("，1 篇太长没数"));
        }
    }
}
