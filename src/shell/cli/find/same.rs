//! `jingdu same`: the articles that hold a text, the earliest first.
//!
//! The columns are file, date, title, the part of the text that the article holds, and the part of
//! the article that the text holds.

use super::articles::{Article, ArticlePart, SourcePaths, Sources};
use super::rows::{column, file};
use crate::library::LibraryEntry;
use crate::library::passage::{Passage, SharedParts};
use crate::shell::cli::options::{SameOptions, SourceOptions};
use crate::shell::cli::report;
use crate::shell::error::Error;
use crate::shell::open::item::{DecodeOptions, Item};
use crate::text::Lang;
use crate::text::han::is_han;
use serde_json::json;
use std::path::Path;
use std::process::ExitCode;

/// Han of a passage at the most: what is longer is an article with a title.
const MAX_PASSAGE_HAN: usize = 400;

/// Finds the articles that hold a text; 1 where none does, 2 where a file cannot be read.
pub(crate) fn same(
    options: &SameOptions,
    reading: &DecodeOptions,
    folders: &[String],
    lang: Lang,
) -> Result<ExitCode, Error> {
    let asked = asked(&options.file, reading)?;
    let Some(passage) = Passage::new(&asked) else {
        let short = (
            "至少要八个汉字（或外文单词）；更短的用 jingdu find",
            "it takes eight Chinese characters or words or more; jingdu find finds what is shorter",
        );
        return Err(Error::Query(lang.say(short).to_owned()));
    };
    let searched = SourcePaths {
        paths: &options.paths,
        options: SourceOptions {
            copies: false,
            stale: options.stale,
        },
        part: ArticlePart::Text,
    };
    let mut sources = Sources::new(searched, reading, folders, lang)?;
    sources.leave_out(&|sample| !passage.may_be_in(sample))?;
    let mut found = Vec::new();
    sources.each(&mut |article: Article| {
        let parts = passage.parts_in(&article.body.unfolded());
        found.extend(parts.map(|parts| (article.entry, parts)));
        true
    })?;
    found.sort_by(|(a, _), (b, _)| {
        let order = |e: &LibraryEntry| (e.day.is_none(), e.day);
        order(a).cmp(&order(b)).then_with(|| a.path.cmp(&b.path))
    });
    let row = |(entry, parts): &(LibraryEntry, SharedParts)| row(entry, parts, options.format.json);
    let rows: String = found.iter().map(row).collect();
    Ok(report::out(&rows, sources.status(!found.is_empty())))
}

/// Reads the text that is looked for: an article without its title and what is folded, or a
/// passage as it stands.
fn asked(path: &Path, reading: &DecodeOptions) -> Result<String, Error> {
    let item = Item::of(path);
    let (document, source) = item.document(reading)?;
    let body = document.body();
    let han = |text: &str| text.chars().filter(|c| is_han(*c)).count();
    let is_passage = item == Item::Stdin && han(&source.text) <= MAX_PASSAGE_HAN;
    // a file of one line may be a title by its looks
    if is_passage || Passage::new(&body).is_none() {
        return Ok(source.text);
    }
    Ok(body.into_owned())
}

fn row(entry: &LibraryEntry, parts: &SharedParts, json: bool) -> String {
    let SharedParts { share, of } = *parts;
    if json {
        let exact = |part: f64| (part * 10_000.0).round() / 10_000.0;
        return report::json(&json!({
            "file": entry.path.to_string_lossy(), "title": entry.title, "date": entry.date,
            "share": exact(share), "of": exact(of),
        })) + "\n";
    }
    // rounded down, so that 100 is all of it
    let percent = |part: f64| format!("{:.0}%", (part * 100.0).floor());
    let columns = [
        file(entry),
        column(entry.date.as_deref()),
        column(Some(&entry.title)),
        percent(share),
        percent(of),
    ];
    columns.join("\t") + "\n"
}
