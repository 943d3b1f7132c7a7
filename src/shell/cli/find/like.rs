//! `jingdu points --like`: the points in words like those that are given, the most alike first.
//!
//! It is what `gw` lists: words are compared, not meanings, and of copies one is listed. The
//! columns are those of `jingdu points`, and the likeness in per cent.

use super::opened::opened;
use super::request;
use super::rows::{column, first_columns};
use crate::library::entry::ReadState;
use crate::library::wording::Wording;
use crate::library::{LibraryEntry, LibraryQuery};
use crate::session::like_list::{LikeAsked, LikePoint, LikeSource};
use crate::shell::cli::library::reading;
use crate::shell::cli::options::{FindSort, PointsOptions};
use crate::shell::cli::report;
use crate::shell::error::Error;
use crate::shell::library::cache::failed;
use crate::shell::library::collect_hits::Answering;
use crate::shell::library::{folders, like_points, places, rows};
use crate::shell::open::item::DecodeOptions;
use crate::shell::open::shelf_files;
use crate::text::{Lang, Say};
use rusqlite::Connection;
use serde_json::json;
use std::cmp::Reverse;
use std::path::PathBuf;
use std::process::ExitCode;

const TOO_SHORT: Say = (
    "字太少，比不出措辞相近的要点：至少四个字",
    "too few words to find points in like words: four characters at the least",
);

/// Finds points in like words; 1 where there are none.
pub(super) fn like(
    options: &PointsOptions,
    decoding: &DecodeOptions,
    names: &[String],
    lang: Lang,
) -> Result<ExitCode, Error> {
    let asked = LikeAsked {
        wording: Wording::typed(&options.request.query),
        from: LikeSource::Typed,
    };
    if asked.wording.is_short() {
        return Err(Error::Query(lang.say(TOO_SHORT).to_owned()));
    }
    let mut paths: Vec<&PathBuf> = options.request.paths.iter().collect();
    for path in &paths {
        shelf_files::exists(path)?;
    }
    let configured = folders::configured(names);
    if paths.is_empty() {
        if configured.is_empty() {
            return Err(Error::NoLibrary);
        }
        paths.extend(&configured);
    }
    let library = opened(
        &paths,
        &configured,
        &reading(decoding, lang),
        options.sources.stale,
    )?;
    let below: Vec<PathBuf> = paths.iter().map(|path| folders::canonical(path)).collect();
    let filters = LibraryQuery {
        terms: Vec::new(),
        filters: request::filters(&options.request.filters),
    };
    let admits = |entry: &LibraryEntry| {
        let mut below = below.iter();
        below.any(|path| folders::is_below(&entry.path, path))
            && filters.admits(entry, ReadState::Unread)
    };
    let mut found = found(&library.db, &asked, &admits).map_err(|why| failed(&why))?;
    if options.sort == FindSort::Date {
        found.sort_by_key(|point| Reverse(point.entry.day));
    }
    let row = |point: &LikePoint| row(&library.db, point, options.format.json);
    let text = found.iter().map(row).collect::<rusqlite::Result<String>>();
    let text = text.map_err(|why| failed(&why))?;
    Ok(report::out(&text, u8::from(text.is_empty())))
}

fn found(
    db: &Connection,
    asked: &LikeAsked,
    admits: &dyn Fn(&LibraryEntry) -> bool,
) -> rusqlite::Result<Vec<LikePoint>> {
    let answering = Answering {
        tell: &|_| true,
        is_wanted: &|| true,
    };
    let Some(index) = like_points::index(db, &answering)? else {
        return Ok(Vec::new());
    };
    let found = like_points::nearest(db, &index, asked, admits, &answering)?;
    Ok(found.map(|(points, _)| points).unwrap_or_default())
}

fn row(db: &Connection, point: &LikePoint, json: bool) -> rusqlite::Result<String> {
    let entry = &point.entry;
    // a list has the marker where the label does not begin with it; here it is in a column
    let mut points = rows::points(db, entry.id)?.into_iter();
    let marker = points.find(|own| own.span == point.span);
    let marker = marker.map_or_else(|| point.marker.clone(), |own| own.marker);
    if json {
        let (start, end) = (point.span.start.byte(), point.span.end.byte());
        return Ok(report::json(&json!({
            "file": entry.path.to_string_lossy(), "title": entry.title, "date": entry.date,
            "marker": marker, "label": point.label, "start": start, "end": end,
            "likeness": point.likeness, "copies": point.copies,
        })) + "\n");
    }
    let packed = rows::places(db, entry.id)?.unwrap_or_default();
    let paragraph = places::at(&places::unpack(&packed), point.span.start).paragraph;
    let [place, date, title] = first_columns(entry, paragraph);
    let (marker, label) = (column(Some(&marker)), column(Some(&point.label)));
    let likeness = format!("{}%", point.likeness);
    Ok([place, date, title, marker, label, likeness].join("\t") + "\n")
}
