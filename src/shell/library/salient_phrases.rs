//! Finds the phrases that some articles of the library have more often than others.

use super::collect_hits::{Answering, Entries};
use super::rows;
use crate::library::copies::distinct;
use crate::library::entry::ArticleId;
use crate::library::phrases::{PhraseFinder, PhraseSide, SalientPhrase};
use crate::library::{Day, LibraryEntry};
use crate::session::library_pages::LibraryFound;
use crate::session::phrase_list::PhrasesAsked;
use rusqlite::Connection;
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// Phrases that are listed at the most.
const MAX_LISTED_PHRASES: usize = 500;
/// The time between two reports of the progress.
const REPORT_TIME: Duration = Duration::from_millis(100);

/// Han that are searched for phrases at the most: 48 MB of text. Of more articles a sample is.
const MAX_SEARCHED_HAN: usize = 16 << 20;
/// Occurrences of a phrase at the least.
const MIN_OCCURRENCES: usize = 5;
/// Han to one more occurrence at the least: in a long text five are chance.
const HAN_PER_OCCURRENCE: usize = 1 << 19;
/// Articles that have the phrase at the least.
const MIN_ARTICLES: usize = 3;
/// Articles of a set that is small enough for phrases of one article.
const MAX_FEW_ARTICLES: usize = 8;
/// Occurrences at the least in so few articles.
const MIN_OCCURRENCES_IN_FEW: usize = 3;

/// The articles whose phrases are asked for, and those that they are compared with.
pub(crate) struct ComparedSets<'a> {
    /// The articles whose phrases are asked for.
    pub(crate) asked: Vec<&'a LibraryEntry>,
    /// The articles that they are compared with.
    pub(crate) others: Vec<&'a LibraryEntry>,
}

impl<'a> ComparedSets<'a> {
    /// Returns two sets with each article once: of copies the earliest, and of an article that both
    /// sets have a copy of, the one that is asked for.
    pub(crate) fn once(asked: Vec<&'a LibraryEntry>, others: Vec<&'a LibraryEntry>) -> Self {
        let mut known = HashSet::new();
        Self {
            asked: distinct(asked, &mut known),
            others: distinct(others, &mut known),
        }
    }
}

/// The phrases that were found.
#[derive(Debug, Default)]
pub(crate) struct FoundPhrases {
    /// The phrases, the surest first.
    pub(crate) phrases: Vec<SalientPhrase>,
    /// Of so many articles one was searched for phrases; they were counted in all.
    pub(crate) sampled: usize,
}

/// Finds phrases, `most` at the most; `None` where `goes_on`, which is given the number of articles
/// that were read and of all, says no.
pub(crate) fn find(
    db: &Connection,
    sets: &ComparedSets<'_>,
    most: usize,
    goes_on: &mut dyn FnMut(usize, usize) -> bool,
) -> rusqlite::Result<Option<FoundPhrases>> {
    let by_number = |entries: &[&LibraryEntry]| {
        // as they lie on the disk
        let mut entries: Vec<(i64, Option<Day>)> =
            entries.iter().map(|entry| (entry.id, entry.day)).collect();
        entries.sort_unstable();
        entries
    };
    let (asked, others) = (by_number(&sets.asked), by_number(&sets.others));
    let han: usize = sets.asked.iter().map(|entry| entry.length).sum();
    let sampled = han / MAX_SEARCHED_HAN + 1;
    let all = asked.len() / sampled + asked.len() + others.len();
    let mut read = 0;
    let mut step = || {
        read += 1;
        goes_on(read, all)
    };
    let mut finder = PhraseFinder::default();
    for (id, _) in asked.iter().step_by(sampled) {
        rows::with_text(db, *id, &mut |text, folds| {
            finder.add(&rows::unfolded(text, folds));
        })?;
        if !step() {
            return Ok(None);
        }
    }
    let (occurrences, articles) = least(asked.len(), finder.han());
    let mut counts = finder.phrases(occurrences);
    let sides = [(asked, PhraseSide::Asked), (others, PhraseSide::Others)];
    for (articles, side) in sides {
        for (id, day) in articles {
            rows::with_text(db, id, &mut |text, folds| {
                counts.count(&rows::unfolded(text, folds), id, day, side);
            })?;
            if !step() {
                return Ok(None);
            }
        }
    }
    let phrases = counts.salient(most, articles);
    Ok(Some(FoundPhrases { phrases, sampled }))
}

/// Finds the phrases that are asked for; stops where they are not wanted any more.
pub(super) fn answer(
    db: &Connection,
    entries: &Entries,
    asked: &PhrasesAsked,
    answering: &Answering<'_>,
) -> rusqlite::Result<()> {
    let of = |ids: &[ArticleId]| -> Vec<&LibraryEntry> {
        let known = ids.iter().filter_map(|id| entries.get(id));
        known.map(AsRef::as_ref).collect()
    };
    let mut others = of(&asked.others);
    if !asked.words.terms.is_empty() {
        let mut failed = Ok(());
        others.retain(|entry| {
            let mut has_words = false;
            let read = rows::with_text(db, entry.id, &mut |text, folds| {
                let counts = |span| !rows::is_folded(folds, span);
                has_words = asked.words.search(entry, text, &counts).is_some();
            });
            failed = std::mem::replace(&mut failed, Ok(())).and(read);
            has_words
        });
        failed?;
    }
    let sets = ComparedSets::once(of(&asked.articles), others);
    let mut last = Instant::now();
    let found = if sets.others.is_empty() {
        Some(FoundPhrases::default())
    } else {
        find(db, &sets, MAX_LISTED_PHRASES, &mut |read, all| {
            if last.elapsed() >= REPORT_TIME {
                last = Instant::now();
                (answering.tell)(LibraryFound::ReadForPhrases(read, all));
            }
            (answering.is_wanted)()
        })?
    };
    if let Some(found) = found {
        (answering.tell)(LibraryFound::Phrases(found.phrases, found.sampled));
    }
    Ok(())
}

/// Returns the occurrences of a phrase and the articles that have it, at the least.
fn least(articles: usize, han: usize) -> (usize, usize) {
    if articles <= MAX_FEW_ARTICLES {
        return (MIN_OCCURRENCES_IN_FEW, 1);
    }
    (MIN_OCCURRENCES + han / HAN_PER_OCCURRENCE, MIN_ARTICLES)
}
