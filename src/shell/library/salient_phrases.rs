//! Finds the phrases that some articles of the library have more often than others.

use super::collect_hits::{Answering, Entries};
use super::rows;
use crate::document::Document;
use crate::library::copies::distinct;
use crate::library::entry::ArticleId;
use crate::library::phrases::{PhraseFinder, PhraseSide, SalientPhrase};
use crate::library::{Day, LibraryEntry};
use crate::search::{Word, terms};
use crate::session::library_pages::LibraryFound;
use crate::session::phrase_list::PhrasesAsked;
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::path::Path;
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
/// Han of the articles that one article is compared with at the most: 0.3 s of counting.
const MAX_REFERENCE_HAN: usize = 8 << 20;
/// Han of the articles that one article is compared with at the least: fewer tell nothing.
const MIN_REFERENCE_HAN: usize = 100_000;
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
        let mut known = BTreeSet::new();
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
    /// The step of the sample that was searched for phrases, 1 for all articles; they were counted in
    /// all.
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

/// Finds the terms of an article, `most` at the most: the phrases that it has more often than a
/// sample of the library, without itself and its copies. Where it repeats none, or the library is
/// small, those that a dictionary knows.
pub(super) fn terms(
    db: &Connection,
    entries: &Entries,
    (document, path): (&Document, Option<&Path>),
    most: usize,
) -> rusqlite::Result<Vec<Word>> {
    let body = document.body();
    let group = |entry: &LibraryEntry| entry.copy_of.unwrap_or(entry.id);
    let own = entries
        .values()
        .find(|entry| Some(entry.path.as_path()) == path);
    let mut known: BTreeSet<ArticleId> = own.map(|entry| group(entry)).into_iter().collect();
    let others = distinct(entries.values().map(AsRef::as_ref).collect(), &mut known);
    let chars: usize = others
        .iter()
        .map(|entry: &&LibraryEntry| entry.length)
        .sum();
    if chars < MIN_REFERENCE_HAN {
        return Ok(terms::terms(&body, most));
    }
    let step = chars / MAX_REFERENCE_HAN + 1;
    let mut finder = PhraseFinder::default();
    finder.add(&body);
    let mut counts = finder.phrases(MIN_OCCURRENCES_IN_FEW);
    counts.count(&body, 0, None, PhraseSide::Asked);
    for entry in others.iter().step_by(step) {
        rows::with_text(db, entry.id, &mut |text, folds| {
            let text = rows::unfolded(text, folds);
            counts.count(&text, entry.id, None, PhraseSide::Others);
        })?;
    }
    let found = counts.salient(most, 1).into_iter();
    let found: Vec<Word> = found
        .map(|phrase| Word {
            text: phrase.text,
            count: phrase.count,
        })
        .collect();
    Ok(if found.is_empty() {
        terms::terms(&body, most)
    } else {
        found
    })
}

/// Returns the occurrences of a phrase and the articles that have it, at the least.
fn least(articles: usize, han: usize) -> (usize, usize) {
    if articles <= MAX_FEW_ARTICLES {
        return (MIN_OCCURRENCES_IN_FEW, 1);
    }
    (MIN_OCCURRENCES + han / HAN_PER_OCCURRENCE, MIN_ARTICLES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::library::cache::Library;
    use crate::shell::library::refresh::FileReading;
    use crate::shell::open::item::{DecodeOptions, Item};
    use crate::text::Lang;
    use std::ops::ControlFlow::Continue;
    use std::sync::Arc;

    #[test]
    fn the_terms_of_an_article_are_those_that_others_lack() {
        let name = format!("jingdu-terms-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let own = "渡口夜灯照常亮，居民说渡口夜灯好。渡口夜灯的钱从哪里来？居民不问。居民看灯。\n";
        std::fs::write(folder.join("own.md"), own).unwrap();
        let line = |i| format!("居民修路，居民开会，第{i}回说好了。\n");
        let other: String = (0..12_000).map(line).collect();
        std::fs::write(folder.join("other.md"), other).unwrap();
        let mut library = Library::open(None, vec![folder.clone()]).unwrap();
        let reading = FileReading {
            options: DecodeOptions::default(),
            lang: Lang::Zh,
            threads: 1,
            depth: None,
        };
        let read = library.refresh(&folder, &reading, &mut |_, _, _| Continue(()));
        assert_eq!(read.unwrap().read, 2);
        let mut entries = Entries::new();
        rows::each_entry(&library.db, &mut |entry| {
            entries.insert(entry.id, Arc::new(entry));
        })
        .unwrap();
        let path = folder.join("own.md");
        let (document, _) = Item::of(&path).document(&DecodeOptions::default()).unwrap();
        let of = (&document, Some(path.as_path()));
        let found = terms(&library.db, &entries, of, 9).unwrap();
        let found: Vec<&str> = found.iter().map(|word| word.text.as_str()).collect();
        // 居民 is more frequent, but everywhere
        assert_eq!(found, ["渡口夜灯"]);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
