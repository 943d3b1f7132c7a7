//! `jingdu find`: searches files, and prints a row for each hit or each article.
//!
//! 1. The query and the options become one [`LibraryQuery`], as the box of the shelf has it.
//! 2. [`articles`]: the articles, from the cache of the library or from their files.
//! 3. [`rows`]: what is printed of each.
//!
//! Rows come out in the order of the paths, or sorted. A file that cannot be read is reported on
//! standard error and does not stop the others.

mod articles;
mod rows;

use super::options::{FindOptions, FindSort};
use super::report;
use crate::library::rank::ScanTotals;
use crate::library::request::{Asked, FactFilter, QueryTerm};
use crate::library::scan::ArticleHits;
use crate::library::{Day, LibraryQuery};
use crate::search::sound::Sound;
use crate::search::{How, Query};
use crate::shell::error::Error;
use crate::shell::open::item::DecodeOptions;
use crate::text::{Lang, Say};
use articles::{Article, Sources};
use std::cmp::{Ordering, Reverse};
use std::process::ExitCode;

/// An article with hits, and its rows.
struct Found {
    day: Option<Day>,
    length: usize,
    hits: ArticleHits,
    rows: String,
}

/// Finds; 1 where nothing is found, 2 where files that were named cannot be read.
pub(crate) fn find(
    options: &FindOptions,
    reading: &DecodeOptions,
    folders: &[String],
    lang: Lang,
) -> Result<ExitCode, Error> {
    let request = request(options, lang)?;
    let print = rows::Printer::new(options, &request);
    let mut sources = Sources::new(options, reading, folders, lang)?;
    let streams = options.order.sort == FindSort::Path;
    let (mut waiting, mut totals, mut failed) = (Vec::new(), ScanTotals::default(), None);
    let mut is_found = false;
    sources.each(&mut |article: Article| {
        let hits = print.hits(&article);
        totals.count(article.entry.length, hits.as_ref());
        let Some(hits) = hits else {
            return true;
        };
        is_found = true;
        let rows = print.rows(&article, &hits);
        if streams {
            failed = report::write(&rows).err();
        } else {
            let (day, length) = (article.entry.day, article.entry.length);
            waiting.push(Found {
                day,
                length,
                hits,
                rows,
            });
        }
        failed.is_none()
    })?;
    if !waiting.is_empty() {
        let sorted = sorted(waiting, options.order.sort, &totals);
        let text: String = sorted.into_iter().map(|found| found.rows).collect();
        failed = report::write(&text).err();
    }
    if let Some(why) = failed {
        return Ok(report::ended(Err(why), 0));
    }
    Ok(ExitCode::from(match is_found {
        true => 0,
        false if sources.has_faults && sources.files_only => 2,
        false => 1,
    }))
}

/// Compiles the query and the filters, or says why it cannot be searched for.
fn request(options: &FindOptions, lang: Lang) -> Result<LibraryQuery, Error> {
    let refused = |why: Say| Error::Query(lang.say(why).to_owned());
    let faulty = |(zh, en): (String, String)| Error::Query(lang.say_owned(zh, en));
    let how = options.mode.how();
    let mut request = if how == How::Auto {
        LibraryQuery::parse(&options.query).map_err(faulty)?
    } else {
        let query = Query::compile(&options.query, how).map_err(faulty)?;
        let query = query.ok_or_else(|| refused(NOTHING))?;
        let term = QueryTerm {
            queries: vec![query],
            negated: false,
        };
        LibraryQuery {
            terms: vec![term],
            filters: Vec::new(),
        }
    };
    if how == How::Sound && Sound::new(options.query.trim()).is_none() {
        let short = ("拼音要三个以上的字母", "pinyin takes three letters or more");
        return Err(refused(short));
    }
    request.filters.extend(filters(options));
    if request.is_empty() {
        return Err(refused(NOTHING));
    }
    Ok(request)
}

const NOTHING: Say = ("没有要找的", "nothing to look for");

/// Returns the filters that the options name.
fn filters(options: &FindOptions) -> Vec<FactFilter> {
    let filters = &options.filters;
    let query = |text: &Option<String>| text.as_deref().and_then(Query::new);
    let day = |text: &Option<String>| text.as_deref().and_then(Day::read);
    let asked = [
        day(&filters.since).map(Asked::Since),
        day(&filters.until).map(Asked::Until),
        query(&filters.source).map(Asked::Source),
        query(&filters.author).map(Asked::Author),
        filters
            .tag
            .as_deref()
            .map(|tag| Asked::Tag(tag.trim_start_matches('#').to_lowercase())),
    ];
    let filter = |asked| FactFilter {
        asked,
        negated: false,
    };
    asked.into_iter().flatten().map(filter).collect()
}

/// Sorts what was found.
fn sorted(mut found: Vec<Found>, sort: FindSort, totals: &ScanTotals) -> Vec<Found> {
    match sort {
        FindSort::Path => {}
        FindSort::Date => found.sort_by_key(|f| Reverse(f.day)),
        FindSort::Rank => {
            let score = |f: &Found| totals.score(f.length, &f.hits);
            let order = |a: &Found, b: &Found| score(b).partial_cmp(&score(a));
            found.sort_by(|a, b| order(a, b).unwrap_or(Ordering::Equal));
        }
    }
    found
}
