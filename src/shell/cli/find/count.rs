//! `jingdu count`: the hits of terms by year, month, source, author or article.
//!
//! 1. The terms: arguments that are no files, a set of keywords, the lines of a file.
//! 2. They are counted in every article that passes the filters; then copies are left out.
//! 3. The table is printed, or in JSON its cells: one a line.

use super::articles::{Article, ArticlePart, SourcePaths, Sources};
use super::request;
use crate::library::LibraryQuery;
use crate::library::copies::{FingerprintedArticle, group, title_number};
use crate::library::count::{CountedTerm, TermCounts};
use crate::library::division::Division;
use crate::library::entry::{ArticleId, ReadState};
use crate::library::sheet::{Sheet, SheetFormat};
use crate::library::term_sheet::TableForm;
use crate::library::term_table::TermTable;
use crate::search::{Fault, Query};
use crate::session::term::Term;
use crate::shell::app::keyword_sets::KeywordSets;
use crate::shell::cli::options::{CountOptions, SourceOptions};
use crate::shell::cli::report;
use crate::shell::environment::LoadedConfig;
use crate::shell::error::Error;
use crate::shell::library::two_threads::{self, CountedTerms, CountedText};
use crate::shell::open::input;
use crate::shell::open::item::DecodeOptions;
use crate::source::sanitize;
use crate::text::Lang;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Terms of a table at the most.
const MAX_COUNTED_TERMS: usize = 1000;

/// Counts; 1 where nothing is found, 2 where files that were named cannot be read.
pub(crate) fn count(
    options: &CountOptions,
    reading: &DecodeOptions,
    loaded: &LoadedConfig,
    lang: Lang,
) -> Result<ExitCode, Error> {
    let is_path = |word: &&PathBuf| word.as_os_str() == "-" || word.exists();
    let (mut paths, words): (Vec<_>, Vec<_>) = options.words.iter().partition(is_path);
    paths.extend(&options.paths);
    let paths: Vec<PathBuf> = paths.into_iter().cloned().collect();
    let terms = terms(options, &words, loaded, lang)?;
    let searched = SourcePaths {
        paths: &paths,
        // copies are left out once the filters are applied
        options: SourceOptions {
            copies: false,
            ..options.sources
        },
        part: ArticlePart::Text,
    };
    let mut sources = Sources::new(searched, reading, &loaded.config.library, lang)?;
    let counts = counted(&mut sources, options, &terms)?;
    let division = Division::named(&options.by).unwrap_or_default();
    let table = TermTable::of(&counts, division);
    let form = TableForm {
        as_rates: options.rate,
        with_copies: options.sources.copies,
    };
    let text = match options.format.as_str() {
        "json" => table.cells(&counts, None).json(),
        format => printed(&table.sheet(&counts, form, None, lang), format),
    };
    let is_found = table.totals.iter().any(|total| total.hits > 0);
    Ok(report::out(&text, sources.status(is_found)))
}

/// Compiles the terms that are to be counted, each once.
fn terms(
    options: &CountOptions,
    words: &[&PathBuf],
    loaded: &LoadedConfig,
    lang: Lang,
) -> Result<Vec<CountedTerm>, Error> {
    let refused = |(zh, en): Fault| Error::Query(lang.say_owned(zh, en));
    // they are printed as they are typed, and no text of an article has what is taken out
    let parse = |typed: &str| CountedTerm::parse(&sanitize::line(typed)).map_err(refused);
    let mut terms = Vec::new();
    for word in words {
        terms.extend(parse(&word.to_string_lossy())?);
    }
    for line in options.terms.iter().flat_map(|file| lines(file)) {
        terms.extend(parse(&line?)?);
    }
    if let Some(name) = &options.set {
        let set = KeywordSets::beside(loaded.path.as_deref()).open(name, lang);
        let why = |why: String| {
            refused((
                format!("打不开关键词组“{name}”：{why}"),
                format!("cannot open the keyword set {name}: {why}"),
            ))
        };
        let named = |term: &Term| {
            let query = Query::new(&term.text)?;
            let name = term.name.as_ref().unwrap_or(&term.text);
            Some(CountedTerm::of(name, query))
        };
        terms.extend(set.map_err(why)?.iter().filter_map(named));
    }
    let mut known = HashSet::new();
    terms.retain(|term| known.insert(term.name.clone()));
    if terms.is_empty() {
        return Err(refused((
            "没有要数的词".to_owned(),
            "no terms to count".to_owned(),
        )));
    }
    if terms.len() > MAX_COUNTED_TERMS {
        return Err(refused((
            format!("最多 {MAX_COUNTED_TERMS} 个词"),
            format!("{MAX_COUNTED_TERMS} terms at the most"),
        )));
    }
    Ok(terms)
}

/// Returns the terms of a file, a line each; lines that begin with `#` are remarks.
fn lines(file: &Path) -> Vec<Result<String, Error>> {
    let path = file.to_owned();
    match input::text(file) {
        Ok(text) => {
            let lines = text.lines().filter(|line| !line.starts_with('#'));
            lines.map(|line| Ok(line.to_owned())).collect()
        }
        Err(why) => vec![Err(Error::Open { path, why })],
    }
}

/// Counts the terms in the articles that pass the filters.
fn counted(
    sources: &mut Sources,
    options: &CountOptions,
    terms: &[CountedTerm],
) -> Result<TermCounts, Error> {
    let filters = LibraryQuery {
        terms: Vec::new(),
        filters: request::filters(&options.filters),
    };
    let terms = CountedTerms {
        terms,
        excluded: &LibraryQuery::default(),
    };
    let (mut known, mut read) = (HashSet::new(), Vec::new());
    let mut each = |article: Article, take: &mut dyn FnMut(CountedText)| {
        let Article {
            mut entry,
            body,
            numbers,
            ..
        } = article;
        // a file may be below two of the paths
        if !filters.admits(&entry, ReadState::Unread) || !known.insert(entry.path.clone()) {
            return true;
        }
        if entry.id == 0 {
            // not of the library: a number of its own
            entry.id = -1 - ArticleId::try_from(read.len()).unwrap_or_default();
            read.push(FingerprintedArticle {
                id: entry.id,
                day: entry.day,
                title: title_number(&entry.title),
                numbers,
            });
        }
        take(CountedText {
            entry: Arc::new(entry),
            text: body.text,
            folds: body.folds,
        });
        true
    };
    let (counter, done) = two_threads::count(terms, |take| {
        sources.each(&mut |article| each(article, take))
    });
    done?;
    let mut counts = counter.finish();
    if !options.sources.copies {
        counts.leave_out_copies(&group(&read));
    }
    Ok(counts)
}

/// Returns a table as text, Markdown or CSV.
fn printed(sheet: &Sheet, format: &str) -> String {
    match format {
        "csv" => sheet.contents(SheetFormat::Csv),
        "md" => sheet.contents(SheetFormat::Markdown),
        _ => format!("{}\n{}", sheet.caption, sheet.text()),
    }
}
