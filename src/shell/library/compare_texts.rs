//! Finds the articles that hold a text, and compares two, in the thread that has the library.

use super::collect_hits::Answering;
use super::rows::{self, Body};
use crate::library::LibraryEntry;
use crate::library::differences::{self, DifferenceView};
use crate::library::entry::ArticleId;
use crate::library::passage::Passage;
use crate::session::library_pages::LibraryFound;
use crate::session::same_list::{SameArticle, SameAsked};
use rusqlite::Connection;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The time between two reports of how far it is.
const PROGRESS_TIME: Duration = Duration::from_millis(150);

/// Finds the articles that hold a text, the earliest first; stops where that is not wanted any more.
pub(super) fn find(
    db: &Connection,
    asked: &SameAsked,
    answering: &Answering<'_>,
) -> rusqlite::Result<()> {
    let text = match asked {
        SameAsked::Passage(passage, _) => passage.clone(),
        asked => whole(db, asked)?,
    };
    let mut found = Vec::new();
    if let Some(passage) = Passage::new(&text) {
        let ids = candidates(db, &passage)?;
        let mut last = Instant::now();
        for (looked_at, id) in ids.iter().enumerate() {
            if !(answering.is_wanted)() {
                return Ok(());
            }
            if last.elapsed() >= PROGRESS_TIME {
                last = Instant::now();
                (answering.tell)(LibraryFound::Compared(looked_at, ids.len()));
            }
            found.extend(article(db, &passage, *id)?);
        }
    }
    found.sort_by(|a, b| {
        // of one day first that which stands for its copies
        let order = |e: &LibraryEntry| (e.day.is_none(), e.day, e.copy_of.is_some());
        let (a, b) = (&a.entry, &b.entry);
        order(a).cmp(&order(b)).then_with(|| a.path.cmp(&b.path))
    });
    (answering.tell)(LibraryFound::Same(found));
    Ok(())
}

/// Compares the article that a text is from with another one.
pub(super) fn compare(
    db: &Connection,
    (asked, other, view): (&SameAsked, ArticleId, &DifferenceView),
    answering: &Answering<'_>,
) -> rusqlite::Result<()> {
    let other = body(db, other)?;
    let all = differences::compare(&whole(db, asked)?, &other.unfolded());
    let rows = all.rows(view);
    (answering.tell)(LibraryFound::Differences(Arc::new(all), rows));
    Ok(())
}

/// Returns the text of the article that a text is from, without what is folded.
fn whole(db: &Connection, asked: &SameAsked) -> rusqlite::Result<String> {
    Ok(match asked {
        SameAsked::Open(document) | SameAsked::Passage(_, document) => document.body().into_owned(),
        SameAsked::Listed(id) => body(db, *id)?.unfolded().into_owned(),
    })
}

/// Returns the articles that may hold a passage, by their samples.
fn candidates(db: &Connection, passage: &Passage) -> rusqlite::Result<Vec<ArticleId>> {
    let articles = rows::candidates(db)?.into_iter();
    let likely = articles.filter(|article| passage.may_be_in(&article.numbers));
    let mut ids: Vec<ArticleId> = likely.map(|article| article.id).collect();
    // as they lie on the disk
    ids.sort_unstable();
    Ok(ids)
}

/// Returns an article, where it holds the passage.
fn article(
    db: &Connection,
    passage: &Passage,
    id: ArticleId,
) -> rusqlite::Result<Option<SameArticle>> {
    let body = body(db, id)?;
    let Some(parts) = passage.parts_in(&body.unfolded()) else {
        return Ok(None);
    };
    let (share, of) = parts.per_cent();
    let entry = rows::entries_of(db, &[id])?.pop().unwrap_or_default();
    Ok(Some(SameArticle {
        entry,
        share,
        of,
        place: passage.place_in(&body.text),
    }))
}

/// Returns the text of an article; an empty one where the cache has none.
fn body(db: &Connection, id: ArticleId) -> rusqlite::Result<Body> {
    Ok(rows::body(db, id)?.unwrap_or_default())
}
