//! `jingdu find`: searches files, and prints a row for each hit.
//!
//! Directories are walked as ripgrep does, for articles alone; a file that is named is always
//! searched. Files are searched in parallel; rows come out in the order of the paths. A file
//! that cannot be read is reported on standard error and does not stop the others.

use super::options::FindOptions;
use super::report;
use crate::document::Document;
use crate::outline::{Entry, EntryKind, Index, MarkerPosition, Outline, Point, outline};
use crate::search::sound::Sound;
use crate::search::{How, Query};
use crate::shell::error::Error;
use crate::shell::open::item::{DecodeOptions, Item};
use crate::shell::open::shelf_files::{self, is_article_name};
use crate::source::{combining_limit, sanitize};
use crate::text::cluster::{clusters, floor};
use crate::text::{Lang, Pos, Say, Span};
use ignore::WalkBuilder;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::thread;

/// The rows of a file, or why there are none.
type Rows = Result<String, Error>;

/// Finds; 1 where nothing is found, 2 where files that were named cannot be read.
pub(crate) fn find(
    options: &FindOptions,
    reading: &DecodeOptions,
    lang: Lang,
) -> Result<ExitCode, Error> {
    let query = query(options, lang)?;
    let items = walk(&options.paths)?;
    let color = report::colors(options.color.when);
    let (mut found, mut faults) = (false, items.is_empty());
    let mut code = None;
    let search = |item: &Item| {
        let (document, _) = item.document(reading)?;
        Ok(rows(&item.name(), &document, &query, options, color))
    };
    in_order(&items, search, |rows| match rows {
        Ok(text) if text.is_empty() => true,
        Ok(text) => {
            found = true;
            let failed = Some(report::write(&text)).filter(Result::is_err);
            code = failed.map(|failed| report::ended(failed, 0));
            code.is_none()
        }
        // an empty file holds nothing, which is not a fault
        Err(Error::Empty(_)) => true,
        Err(error) => {
            faults = true;
            report::warn(&error.line(lang));
            true
        }
    });
    let files_only = options.paths.iter().all(|p| !p.is_dir());
    let status = match found {
        true => 0,
        false if faults && files_only => 2,
        false => 1,
    };
    Ok(code.unwrap_or(ExitCode::from(status)))
}

/// Compiles the query, or says why it cannot be searched for.
fn query(options: &FindOptions, lang: Lang) -> Result<Query, Error> {
    let refused = |why: Say| Error::Query(lang.say(why).to_owned());
    let how = options.mode.how();
    let query = Query::compile(&options.query, how)
        .map_err(|(zh, en)| Error::Query(lang.say_owned(zh, en)))?
        .ok_or_else(|| refused(("没有要找的", "nothing to look for")))?;
    if how == How::Sound && Sound::new(options.query.trim()).is_none() {
        let short = ("拼音要三个以上的字母", "pinyin takes three letters or more");
        return Err(refused(short));
    }
    Ok(query)
}

/// Lists the files to search, in the order of their paths; those named in their order.
fn walk(paths: &[PathBuf]) -> Result<Vec<Item>, Error> {
    let mut items = Vec::new();
    for path in paths {
        shelf_files::exists(path)?;
        if !path.is_dir() {
            items.push(Item::of(path));
            continue;
        }
        let entries = WalkBuilder::new(path).build().filter_map(Result::ok);
        let files = entries.filter(|e| e.file_type().is_some_and(|t| t.is_file()));
        let files = files.map(ignore::DirEntry::into_path);
        let mut found: Vec<PathBuf> = files.filter(|path| is_article_name(path)).collect();
        found.sort();
        items.extend(found.into_iter().map(Item::File));
    }
    Ok(items)
}

/// Does a job for every item, on as many threads as there are processors, and takes the
/// results in the items' order until `take` has enough.
fn in_order(
    items: &[Item],
    job: impl Fn(&Item) -> Rows + Sync,
    mut take: impl FnMut(Rows) -> bool,
) {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let threads = processors.min(items.len());
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
                    // begin no more
                    next.store(usize::MAX / 2, Ordering::Relaxed);
                    return;
                }
            }
        }
    });
}

/// Returns the rows of one article. Its structure is only looked for where there are any.
fn rows(
    name: &str,
    document: &Document,
    query: &Query,
    options: &FindOptions,
    color: bool,
) -> String {
    let found = query.find(document.text());
    let spans = found.spans.into_iter();
    let spans: Vec<Span> = spans
        .filter(|span| document.fold_at(span.start).is_none())
        .collect();
    if spans.is_empty() {
        return String::new();
    }
    let (outline, file) = (outline(document), sanitize::line(name));
    let hit = |span| Hit::new(document, &outline, span, options.context);
    let hits = spans.into_iter().map(hit);
    if options.format.json {
        hits.map(|hit| hit.json(document, &file) + "\n").collect()
    } else {
        hits.map(|hit| hit.text(document, &file, color) + "\n")
            .collect()
    }
}

/// A hit with its context.
struct Hit<'a> {
    span: Span,
    text: &'a str,
    before: &'a str,
    after: &'a str,
    /// The section or topic that it is in.
    topic: Option<String>,
    point: Option<String>,
    /// The number of its paragraph, from 1; `None` for a hit in a heading, say.
    paragraph: Option<usize>,
}

impl<'a> Hit<'a> {
    fn new(document: &'a Document, outline: &Outline, span: Span, context: usize) -> Self {
        let block = |at| document.block_span_at(at).unwrap_or(span);
        let (from, to) = around(document.text(), span, context);
        let from = block(span.start).start.max(from);
        let to = block(span.end).end.max(span.end).min(to);
        let before = document.slice(Span::between(from, span.start));
        let after = document.slice(Span::between(span.end, to));
        let (topic, point) = headings(document, outline, span);
        let paragraph = document.block_at(span.start);
        Self {
            span,
            paragraph: paragraph.and_then(|block| document.paragraph_number(block)),
            text: document.slice(span),
            before: last(before, context),
            after: first(after, context),
            topic,
            point,
        }
    }

    /// Returns the hit as a JSON object.
    fn json(&self, document: &Document, file: &str) -> String {
        let meta = document.meta();
        report::json(&json!({
            "file": file, "title": meta.title, "date": meta.date, "topic": self.topic, "point": self.point,
            "paragraph": self.paragraph,
            "start": self.span.start.byte(), "end": self.span.end.byte(),
            "before": self.before, "hit": self.text, "after": self.after,
        }))
    }

    /// Returns the hit as a row: date, title, topic and point, then the text.
    fn text(&self, document: &Document, file: &str, color: bool) -> String {
        let meta = document.meta();
        let title = match meta.title.as_str() {
            "" => file.rsplit('/').next().unwrap_or(file),
            title => title,
        };
        let mut facts = vec![meta.date.as_deref().unwrap_or("-"), title];
        facts.extend(self.topic.as_deref());
        facts.extend(self.point.as_deref());
        let facts = facts.join("\t");
        let facts = facts.trim_end_matches('\t');
        let (before, after, hit) = (self.before, self.after, self.text.replace('\n', ""));
        if color {
            format!("\u{1b}[2m{facts}\u{1b}[0m\t{before}\u{1b}[1;31m{hit}\u{1b}[0m{after}")
        } else {
            format!("{facts}\t{before}{hit}{after}")
        }
    }
}

/// Returns the section or topic, and the point, that a hit is in.
fn headings(
    document: &Document,
    outline: &Outline,
    span: Span,
) -> (Option<String>, Option<String>) {
    let name = |label: Span| report::label(document, label).to_owned();
    let point = outline.point_at(span.start);
    let point = point.and_then(|i| outline.points.get(i));
    let point = point.map(|p| name(p.head()));
    let is_other = |p: &Point| p.place != MarkerPosition::Inline && Some(name(p.head())) != point;
    let is_heading = |entry: &Entry| match entry.kind {
        EntryKind::Topic(_) => true,
        EntryKind::Point(i) => outline.points.get(i.get()).is_some_and(is_other),
        _ => false,
    };
    let entry = |i: usize| outline.entries.get(i);
    let innermost = outline.entry_holding(span.start).and_then(entry);
    let mut holders =
        std::iter::successors(innermost, |e| e.parent.map(Index::get).and_then(entry));
    let heading = holders.find(|e| is_heading(e));
    let topic = heading.map(|e| name(e.label));
    (topic, point)
}

/// Returns a stretch around a hit that holds `count` characters before and after it: a
/// paragraph may be as long as a book, and a hit in every line of it.
fn around(text: &str, hit: Span, count: usize) -> (Pos, Pos) {
    let room = count.saturating_mul(4 * combining_limit::MAX_CLUSTER_CHARS);
    let from = floor(text, hit.start.byte().saturating_sub(room));
    let to = floor(text, hit.end.byte().saturating_add(room));
    (Pos::new(from), Pos::new(to).max(hit.end))
}

/// Returns the last `count` characters of a text.
fn last(text: &str, count: usize) -> &str {
    let starts: Vec<usize> = clusters(text).map(|(i, _)| i).collect();
    let from = starts.get(starts.len().saturating_sub(count));
    from.and_then(|&i| text.get(i..)).unwrap_or_default()
}

/// Returns the first `count` characters of a text.
fn first(text: &str, count: usize) -> &str {
    let end = clusters(text).nth(count);
    end.and_then(|(i, _)| text.get(..i)).unwrap_or(text)
}
