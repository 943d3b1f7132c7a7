//! `jingdu points`: searches the labels of points, and prints a row for each that has what is asked.
//!
//! The columns are file and paragraph, date, title, marker, label.

use super::articles::{Article, ArticlePart, SourcePaths, Sources};
use super::rows::{column, first_columns};
use super::{articles, like, request};
use crate::library::entry::ReadState;
use crate::library::{LibraryEntry, LibraryQuery};
use crate::shell::cli::options::{FindSort, PointsOptions};
use crate::shell::cli::report;
use crate::shell::error::Error;
use crate::shell::library::article_file::PointRow;
use crate::shell::library::places;
use crate::shell::open::item::DecodeOptions;
use crate::text::Lang;
use serde_json::json;
use std::cmp::Reverse;
use std::process::ExitCode;

/// Finds points; 1 where there is none, 2 where files that were named cannot be read.
pub(crate) fn points(
    options: &PointsOptions,
    reading: &DecodeOptions,
    folders: &[String],
    lang: Lang,
) -> Result<ExitCode, Error> {
    if options.like {
        return like::like(options, reading, folders, lang);
    }
    let request = request::of(&options.request, lang)?;
    let searched = SourcePaths {
        paths: &options.request.paths,
        options: options.sources,
        part: ArticlePart::Points,
    };
    let mut sources = Sources::new(searched, reading, folders, lang)?;
    let has_all = !options.sources.copies;
    let streams = options.sort == FindSort::Path && has_all;
    let (mut waiting, mut is_found, mut written) = (Vec::new(), false, Ok(()));
    sources.each(&mut |article: Article| {
        let rows = rows(&request, &article, options.format.json);
        is_found |= !rows.is_empty();
        if streams && !rows.is_empty() {
            written = report::write(&rows);
        } else if !rows.is_empty() {
            waiting.push((article.entry, rows));
        }
        written.is_ok()
    })?;
    if !has_all {
        articles::leave_out_copies(&mut waiting);
    }
    if options.sort != FindSort::Path {
        waiting.sort_by_key(|(entry, _)| Reverse(entry.day));
    }
    for (_, rows) in waiting {
        written = written.and_then(|()| report::write(&rows));
    }
    Ok(report::ended(written, sources.status(is_found)))
}

/// Returns the rows of an article: of the points that have what is asked.
fn rows(request: &LibraryQuery, article: &Article, json: bool) -> String {
    let entry = &article.entry;
    if !request.admits(entry, ReadState::Unread) {
        return String::new();
    }
    let mut places = None;
    let mut rows = String::new();
    for point in article.points.iter().filter(|point| has(request, point)) {
        rows += &if json {
            json_row(entry, point)
        } else {
            let places = places.get_or_insert_with(|| places::unpack(&article.body.places));
            let paragraph = places::at(places, point.span.start).paragraph;
            let [place, date, title] = first_columns(entry, paragraph);
            let (marker, label) = (column(Some(&point.marker)), column(Some(&point.label)));
            [place, date, title, marker, label].join("\t") + "\n"
        };
    }
    rows
}

/// Returns whether the label of a point has all words that are asked for, and none of the others.
fn has(request: &LibraryQuery, point: &PointRow) -> bool {
    let mut terms = request.terms.iter();
    terms.all(|term| term.is_in(&point.label) != term.negated)
}

fn json_row(entry: &LibraryEntry, point: &PointRow) -> String {
    let (start, end) = (point.span.start.byte(), point.span.end.byte());
    report::json(&json!({
        "file": entry.path.to_string_lossy(), "title": entry.title, "date": entry.date,
        "marker": point.marker, "label": point.label, "start": start, "end": end,
    })) + "\n"
}
