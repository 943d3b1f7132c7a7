//! Collects all hits of a search for the list of hits, in the thread that has the library.

use super::places;
use super::rows::{self, is_folded};
use crate::library::concordance::{Concordance, HitView};
use crate::library::entry::ArticleId;
use crate::library::order::{Order, SortValues, sort};
use crate::library::{Day, LibraryEntry, LibraryQuery};
use crate::session::library_pages::LibraryFound;
use crate::text::Span;
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
pub(crate) struct Answering<'a> {
    /// Hands over a part of the answer; returns false where the reader has gone.
    pub(crate) tell: &'a dyn Fn(LibraryFound) -> bool,
    /// Returns whether the answer is still wanted.
    pub(crate) is_wanted: &'a dyn Fn() -> bool,
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
        rows::with_places(db, entry.id, &mut |text, folds, packed| {
            let hits = query.search(entry, text, &|span| !is_folded(folds, span));
            let places = places::unpack(packed);
            let place = |span: Span| places::at(&places, span.start).of_hit();
            all.add(entry.id, text, &hits.unwrap_or_default().spans, &place);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::copies::fingerprint;
    use crate::session::same_list::SameAsked;
    use crate::shell::library::article_file::{PointRow, ReadArticle, ReadBody};
    use crate::shell::library::{compare_texts, schema};
    use std::cell::{Cell, RefCell};
    use std::path::Path;

    const TEXT: &str = "渡口的船有两个用处，一是载人，二是运豆腐，船夫三十年没有误过一班。";

    /// Returns a cache of so many articles of one text.
    fn library(articles: usize) -> (Connection, Entries) {
        let db = schema::open_private().unwrap();
        let root = rows::put_root(&db, Path::new("lib")).unwrap();
        for i in 0..articles {
            let path = Path::new("lib").join(format!("{i}.txt"));
            let text = TEXT.repeat(20);
            let read = ReadArticle {
                entry: LibraryEntry {
                    path: path.clone(),
                    title: format!("第{i}篇"),
                    ..LibraryEntry::default()
                },
                body: Some(ReadBody {
                    numbers: fingerprint(&text),
                    points: Vec::<PointRow>::new(),
                    text,
                    ..ReadBody::default()
                }),
            };
            rows::put_article(&db, root, (&path, rows::KnownState::default()), &read).unwrap();
        }
        let mut entries = Entries::new();
        rows::each_entry(&db, &mut |entry| {
            entries.insert(entry.id, Arc::new(entry));
        })
        .unwrap();
        (db, entries)
    }

    /// Carries out a request that is wanted for so many questions; returns the questions that were
    /// asked, and the answers.
    fn asked(wanted: usize, work: impl FnOnce(&Answering<'_>)) -> (usize, Vec<LibraryFound>) {
        let (asked, found) = (Cell::new(0), RefCell::new(Vec::new()));
        work(&Answering {
            tell: &|answer| {
                found.borrow_mut().push(answer);
                true
            },
            is_wanted: &|| {
                asked.set(asked.get() + 1);
                asked.get() <= wanted
            },
        });
        (asked.get(), found.into_inner())
    }

    #[test]
    fn hits_that_are_not_wanted_any_more_are_collected_no_further() {
        let (db, entries) = library(50);
        let query = LibraryQuery::parse("渡口").unwrap();
        let view = HitView::default();
        let ids: Vec<ArticleId> = entries.keys().copied().collect();
        let run = |wanted| {
            asked(wanted, |answering| {
                collect(&db, &entries, (ids.clone(), &query, &view), answering).unwrap();
            })
        };
        let is_whole = |found: &[LibraryFound]| {
            found
                .iter()
                .any(|f| matches!(f, LibraryFound::Hits(all, _) if all.count == 1000))
        };
        let (_, found) = run(usize::MAX);
        assert!(is_whole(&found));
        let (questions, found) = run(3);
        assert_eq!(
            questions, 4,
            "a question for each article, until it is not wanted"
        );
        assert!(!is_whole(&found), "{found:?}");
    }

    #[test]
    fn copies_that_are_not_wanted_any_more_are_looked_for_no_further() {
        let (db, _) = library(50);
        let first = rows::candidates(&db).unwrap()[0].id;
        let run = |wanted| {
            asked(wanted, |answering| {
                compare_texts::find(&db, &SameAsked::Listed(first), answering).unwrap();
            })
        };
        let count = |found: &[LibraryFound]| match found.last() {
            Some(LibraryFound::Same(rows)) => Some(rows.len()),
            _ => None,
        };
        assert_eq!(count(&run(usize::MAX).1), Some(50));
        let (questions, found) = run(3);
        assert_eq!((questions, count(&found)), (4, None));
    }
}
