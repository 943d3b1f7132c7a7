//! `jingdu find`: searches files, and prints a row for each hit or each article.
//!
//! 1. [`request`]: the query and the options as one request, as the box of the shelf has it.
//! 2. [`articles`]: the articles, from the cache of the library or from their files.
//! 3. [`rows`]: what is printed of each.
//! 4. [`points`]: `jingdu points`, which searches the labels of points, and [`like`] those in like
//!    words; [`same`]: `jingdu same`, which looks for a text as a whole; [`count`]: `jingdu count`,
//!    which counts terms; [`terms`]: `jingdu terms`, which compares sets of articles: both of these
//!    sets are in the library that is [`opened`].
//!
//! Rows come out in the order of the paths, or sorted. A file that cannot be read is reported on
//! standard error and does not stop the others.

mod articles;
pub(crate) mod count;
mod like;
mod opened;
pub(crate) mod points;
mod request;
mod rows;
pub(crate) mod same;
pub(crate) mod terms;

use super::options::{FindOptions, FindSort};
use super::report;
use crate::library::LibraryEntry;
use crate::library::rank::ScanTotals;
use crate::library::scan::ArticleHits;
use crate::shell::error::Error;
use crate::shell::open::item::DecodeOptions;
use crate::text::Lang;
use articles::{Article, ArticlePart, SourcePaths, Sources};
use std::cmp::{Ordering, Reverse};
use std::process::ExitCode;

/// The hits in an article, and its rows.
struct Found {
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
    let request = request::of(&options.request, lang)?;
    let print = rows::Printer::new(options, &request);
    if options.context > rows::MAX_CONTEXT_CHARS {
        warn_of_context(lang);
    }
    let searched = SourcePaths {
        paths: &options.request.paths,
        options: options.order.sources,
        part: ArticlePart::Text,
    };
    let mut sources = Sources::new(searched, reading, folders, lang)?;
    let has_all = !options.order.sources.copies;
    let streams = options.order.sort == FindSort::Path && has_all;
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
            failed = report::write_all(rows).err();
        } else {
            let rows = rows.collect();
            waiting.push((article.entry, Found { hits, rows }));
        }
        failed.is_none()
    })?;
    if !has_all {
        articles::leave_out_copies(&mut waiting);
    }
    if !waiting.is_empty() {
        let sorted = sorted(waiting, options.order.sort, &totals);
        let rows = sorted.into_iter().map(|(_, found)| found.rows);
        failed = report::write_all(rows).err();
    }
    if let Some(why) = failed {
        return Ok(report::ended(Err(why), 0));
    }
    Ok(ExitCode::from(sources.status(is_found)))
}

/// Says that less context is printed than was asked for.
fn warn_of_context(lang: Lang) {
    let most = rows::MAX_CONTEXT_CHARS;
    report::warn(&lang.say_owned(
        format!("--context 最多 {most} 字，按 {most} 字打印"),
        format!("--context takes {most} characters at the most: printed with as many"),
    ));
}

/// Sorts what was found.
fn sorted(
    mut found: Vec<(LibraryEntry, Found)>,
    sort: FindSort,
    totals: &ScanTotals,
) -> Vec<(LibraryEntry, Found)> {
    match sort {
        FindSort::Path => {}
        FindSort::Date => found.sort_by_key(|(entry, _)| Reverse(entry.day)),
        FindSort::Rank => {
            found.sort_by(|a, b| {
                let [a, b] = [a, b].map(|(entry, f)| totals.score(entry.length, &f.hits));
                b.partial_cmp(&a).unwrap_or(Ordering::Equal)
            });
        }
    }
    found
}
