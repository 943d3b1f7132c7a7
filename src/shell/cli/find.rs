//! `jingdu find` and `jingdu keywords`: what is found in files, a row a hit.
//!
//! 1. Directories are walked as ripgrep does: what is ignored or hidden is left
//!    out, and so is what is no article; a file that is named is always searched.
//! 2. Files are read and searched in parallel; their rows come out in the order
//!    of the paths, as soon as all before them are done.
//! 3. A file that cannot be read is said on standard error and does not stop the
//!    others.

use crate::document::Document;
use crate::outline::{EntryKind, Index, Outline, outline};
use crate::search::{How, Query, terms};
use crate::shell::Error;
use crate::shell::cli::report;
use crate::shell::open::library::{Item, Reading, is_article_name};
use crate::shell::open::pieces;
use crate::source::combining_limit;
use crate::text::cluster::{clusters, floor};
use crate::text::sentence::LABEL_ENDS;
use crate::text::{Lang, Pos, Span};
use ignore::WalkBuilder;
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::thread;

/// What is to be found, where, and how it is printed.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What to find.
    pub query: String,
    /// Files and directories.
    pub paths: Vec<PathBuf>,
    /// How the query is to be taken.
    pub how: How,
    /// Characters before and after a hit.
    pub context: usize,
    /// As JSON, an object a line.
    pub json: bool,
    /// With colours.
    pub color: bool,
}

/// What a file gave: its rows, or why there are none.
type Rows = Result<String, Error>;

/// Finds.
///
/// # Errors
/// Where the query is wrong, or no path is there.
pub fn find(options: &Options, reading: &Reading, lang: Lang) -> Result<ExitCode, Error> {
    let query = match Query::compile(&options.query, options.how) {
        Ok(Some(query)) => query,
        Ok(None) => {
            return Err(Error::Query(
                lang.say(("没有要找的", "nothing to look for")).to_owned(),
            ));
        }
        Err((zh, en)) => return Err(Error::Query(lang.say_owned(zh, en))),
    };
    if options.how == How::Sound && crate::search::sound::Sound::new(options.query.trim()).is_none()
    {
        return Err(Error::Query(
            lang.say(("拼音要三个以上的字母", "pinyin takes three letters or more"))
                .to_owned(),
        ));
    }
    let items = walk(&options.paths)?;
    let (mut found, mut faults) = (false, items.is_empty());
    let mut code = None;
    in_order(
        &items,
        |item| {
            pieces::document(item, reading)
                .map(|(document, _)| rows(&item.name(), &document, &query, options))
        },
        |rows| match rows {
            Ok(text) if text.is_empty() => true,
            Ok(text) => {
                found = true;
                match report::write(&text) {
                    Ok(()) => true,
                    Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {
                        code = Some(ExitCode::from(141));
                        false
                    }
                    Err(error) => {
                        code = Some(report::fail(&Error::Output(error), lang));
                        false
                    }
                }
            }
            // an empty file holds nothing, which is no fault
            Err(Error::Empty(_)) => true,
            Err(error) => {
                faults = true;
                report::warn(&error.line(lang));
                true
            }
        },
    );
    let status = if found {
        0
    } else if faults && options.paths.iter().all(|p| !p.is_dir()) {
        2
    } else {
        1
    };
    Ok(code.unwrap_or(ExitCode::from(status)))
}

/// The files to search, in the order of their paths; those named first by name.
fn walk(paths: &[PathBuf]) -> Result<Vec<Item>, Error> {
    let mut items = Vec::new();
    for path in paths {
        crate::shell::open::library::exists(path)?;
        if !path.is_dir() {
            items.push(Item::of(path));
            continue;
        }
        let mut found: Vec<PathBuf> = WalkBuilder::new(path)
            .build()
            .filter_map(Result::ok)
            .filter(|e| e.file_type().is_some_and(|t| t.is_file()) && is_article_name(e.path()))
            .map(ignore::DirEntry::into_path)
            .collect();
        found.sort();
        items.extend(found.into_iter().map(Item::File));
    }
    Ok(items)
}

/// Does a job for every item, on as many threads as there are processors, and
/// takes what they give in the items' order until `take` has enough.
fn in_order(
    items: &[Item],
    job: impl Fn(&Item) -> Rows + Sync,
    mut take: impl FnMut(Rows) -> bool,
) {
    let threads = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(items.len());
    let next = AtomicUsize::new(0);
    let (sender, given) = channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, items, next, job) = (sender.clone(), items, &next, &job);
            scope.spawn(move || {
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(i) else { return };
                    if sender.send((i, job(item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let (mut waiting, mut due) = (BTreeMap::new(), 0);
        for (i, rows) in given {
            waiting.insert(i, rows);
            while let Some(rows) = waiting.remove(&due) {
                due += 1;
                if !take(rows) {
                    // no more is begun
                    next.store(usize::MAX / 2, Ordering::Relaxed);
                    return;
                }
            }
        }
    });
}

/// The rows of one article. Its structure is only looked for where there are any.
fn rows(name: &str, document: &Document, query: &Query, options: &Options) -> String {
    let found = query.find(document.text());
    if found.is_empty() {
        return String::new();
    }
    let outline = outline(document);
    let file = crate::source::sanitize::line(name);
    let (mut out, meta) = (String::new(), document.meta());
    let title = if meta.title.is_empty() {
        file.rsplit('/').next().unwrap_or(&file)
    } else {
        &meta.title
    };
    for span in found.spans {
        let block = |at| {
            document
                .block_at(at)
                .and_then(|i| document.blocks().get(i))
                .map_or(span, |b| b.span)
        };
        let (from, to) = around(document.text(), span, options.context);
        let before = last(
            document.slice(Span {
                start: block(span.start).start.max(from),
                end: span.start,
            }),
            options.context,
        );
        let after = first(
            document.slice(Span {
                start: span.end,
                end: block(span.end).end.max(span.end).min(to),
            }),
            options.context,
        );
        let hit = document.slice(span);
        let (topic, point) = place(document, &outline, span);
        if options.json {
            let row = json!({
                "file": file, "title": meta.title, "date": meta.date, "topic": topic, "point": point,
                "start": span.start.byte(), "end": span.end.byte(), "before": before, "hit": hit, "after": after,
            });
            let _ = writeln!(out, "{}", report::json(&row));
        } else {
            let (strong, quiet, off) = if options.color {
                ("\u{1b}[1;31m", "\u{1b}[2m", "\u{1b}[0m")
            } else {
                ("", "", "")
            };
            let part = |text: Option<&str>| text.map(|t| format!("{t}\t")).unwrap_or_default();
            let hit = hit.replace('\n', "");
            let facts = format!(
                "{}\t{}\t{}",
                meta.date.as_deref().unwrap_or("-"),
                title,
                part(topic.as_deref()) + &part(point.as_deref())
            );
            let _ = writeln!(
                out,
                "{quiet}{}{off}\t{before}{strong}{hit}{off}{after}",
                facts.trim_end_matches('\t')
            );
        }
    }
    out
}

/// The section or topic, and the point, that a hit stands in.
fn place(document: &Document, outline: &Outline, span: Span) -> (Option<String>, Option<String>) {
    let name = |s: Span| {
        document
            .slice(s)
            .trim()
            .trim_end_matches(LABEL_ENDS)
            .to_owned()
    };
    let point = outline
        .point_at(span.start)
        .and_then(|i| outline.points.get(i))
        .map(|p| name(p.label));
    let mut at = outline.entry_holding(span.start);
    let mut topic = None;
    while let Some(entry) = at.and_then(|i| outline.entries.get(i)) {
        let heads = match entry.kind {
            EntryKind::Topic(_) => true,
            EntryKind::Point(i) => outline.points.get(i.get()).is_some_and(|p| {
                p.place != crate::outline::MarkerPosition::Inline && Some(name(p.label)) != point
            }),
            _ => false,
        };
        if heads {
            topic = Some(name(entry.label));
            break;
        }
        at = entry.parent.map(Index::get);
    }
    (topic, point)
}

/// A stretch around a hit that holds so many characters before and after it: a
/// paragraph may be as long as a book, and a hit in every line of it.
fn around(text: &str, hit: Span, count: usize) -> (Pos, Pos) {
    let room = count.saturating_mul(4 * combining_limit::MAX_CLUSTER_CHARS);
    let from = floor(text, hit.start.byte().saturating_sub(room));
    let to = floor(text, hit.end.byte().saturating_add(room));
    (Pos::new(from), Pos::new(to).max(hit.end))
}

/// The last so many characters of a text.
fn last(text: &str, count: usize) -> &str {
    let starts: Vec<usize> = clusters(text).map(|(i, _)| i).collect();
    let from = starts.len().saturating_sub(count);
    starts
        .get(from)
        .and_then(|&i| text.get(i..))
        .unwrap_or_default()
}

/// The first so many characters of a text.
fn first(text: &str, count: usize) -> &str {
    clusters(text)
        .nth(count)
        .and_then(|(i, _)| text.get(..i))
        .unwrap_or(text)
}

/// Prints the terms that characterise a file.
///
/// # Errors
/// Where the file cannot be read.
pub fn keywords(
    file: &Path,
    most: usize,
    as_json: bool,
    reading: &Reading,
) -> Result<ExitCode, Error> {
    let article = Item::of(file).open(reading)?;
    let found = terms::terms(article.document().text(), most);
    let text = if as_json {
        let all: Vec<_> = found
            .iter()
            .map(|w| json!({ "term": w.text, "count": w.count }))
            .collect();
        report::json(
            &json!({ "file": article.name, "title": article.meta().title, "date": article.meta().date, "keywords": all }),
        ) + "\n"
    } else {
        found.iter().fold(String::new(), |out, w| {
            format!("{out}{}\t{}\n", w.count, w.text)
        })
    };
    Ok(report::out(&text, u8::from(found.is_empty())))
}
