//! `jingdu terms`: the phrases that some articles have more often than the others.
//!
//! The articles below the paths that pass the filters are compared with the rest: of the library,
//! where the paths are in it; else of the paths. Copies are counted once.

use super::opened::opened;
use super::request;
use super::rows::column;
use crate::library::entry::ReadState;
use crate::library::phrases::SalientPhrase;
use crate::library::{LibraryEntry, LibraryQuery};
use crate::shell::cli::library::reading;
use crate::shell::cli::options::TermsOptions;
use crate::shell::cli::report;
use crate::shell::error::Error;
use crate::shell::library::cache::failed;
use crate::shell::library::salient_phrases::{self, ComparedSets};
use crate::shell::library::{folders, rows};
use crate::shell::open::item::DecodeOptions;
use crate::shell::open::shelf_files;
use crate::text::Lang;
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;

/// Finds the phrases; 1 where there are none.
pub(crate) fn terms(
    options: &TermsOptions,
    decoding: &DecodeOptions,
    names: &[String],
    lang: Lang,
) -> Result<ExitCode, Error> {
    let mut paths: Vec<&PathBuf> = options.paths.iter().chain(&options.against).collect();
    for path in &paths {
        shelf_files::exists(path)?;
    }
    let configured = folders::configured(names);
    if options.paths.is_empty() {
        if configured.is_empty() {
            return Err(Error::NoLibrary);
        }
        paths.extend(&configured);
    }
    let reading = reading(decoding, lang);
    let library = opened(&paths, &configured, &reading, options.stale)?;
    let mut entries = Vec::new();
    let each = rows::each_entry(&library.db, &mut |entry| entries.push(entry));
    each.map_err(|why| failed(&why))?;
    let sets = sets(options, &entries);
    if sets.asked.is_empty() || sets.others.is_empty() {
        report::warn(lang.say(NOTHING_TO_COMPARE));
        return Ok(ExitCode::from(1));
    }
    let found = salient_phrases::find(&library.db, &sets, options.most, &mut |_, _| true);
    let found = found.map_err(|why| failed(&why))?.unwrap_or_default();
    if found.sampled > 1 {
        let (zh, en) = (
            format!(
                "文章太多，每 {} 篇取一篇来找，次数照全部的数",
                found.sampled
            ),
            format!(
                "many articles: one in {} was searched, all were counted",
                found.sampled
            ),
        );
        report::warn(&lang.say_owned(zh, en));
    }
    let row = |phrase| row(phrase, options.format.json);
    let text: String = found.phrases.iter().map(row).collect();
    Ok(report::out(&text, u8::from(text.is_empty())))
}

const NOTHING_TO_COMPARE: (&str, &str) = (
    "没有可比的：用 --since、--source 等选出一部分，或用 --against 给出另一些",
    "nothing to compare with: choose some by --since, --source and others, or name others by --against",
);

/// Returns the articles that are asked for and those that they are compared with; of copies one.
fn sets<'a>(options: &TermsOptions, entries: &'a [LibraryEntry]) -> ComparedSets<'a> {
    let canonical = |paths: &[PathBuf]| -> Vec<PathBuf> {
        paths.iter().map(|path| folders::canonical(path)).collect()
    };
    let (below, against) = (canonical(&options.paths), canonical(&options.against));
    let is_below = |entry: &LibraryEntry, paths: &[PathBuf]| {
        paths
            .iter()
            .any(|path| folders::is_below(&entry.path, path))
    };
    let filter = LibraryQuery {
        filters: request::filters(&options.filters),
        ..LibraryQuery::default()
    };
    let is_asked = |entry: &LibraryEntry| {
        (below.is_empty() || is_below(entry, &below)) && filter.admits(entry, ReadState::Unread)
    };
    let (asked, rest): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| is_asked(entry));
    let others = rest.into_iter();
    let others = others.filter(|entry| against.is_empty() || is_below(entry, &against));
    ComparedSets::once(asked, others.collect())
}

fn row(phrase: &SalientPhrase, json: bool) -> String {
    let first = phrase.first.map(|first| first.day.to_string());
    let rounded = |number: f64| (number * 100.0).round() / 100.0;
    if json {
        return report::json(&json!({
            "term": phrase.text, "count": phrase.count, "articles": phrase.articles,
            "reference": phrase.reference, "g2": rounded(phrase.g2),
            "log_ratio": rounded(phrase.log_ratio), "first": first,
        })) + "\n";
    }
    let columns = [
        phrase.text.clone(),
        phrase.count.to_string(),
        phrase.articles.to_string(),
        phrase.reference.to_string(),
        format!("{:.1}", phrase.g2),
        format!("{:.1}", phrase.log_ratio),
        column(first.as_deref()),
    ];
    columns.join("\t") + "\n"
}
