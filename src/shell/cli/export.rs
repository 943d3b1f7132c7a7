//! Marks and notes as text: Markdown to paste and to keep in a vault, JSON for
//! scripts and for `state import`, CSV for tables.
//!
//! The order is that of the document, and nothing of the time of exporting is in
//! it: a second export differs only where the notes do.

use crate::session::marks::{Mark, MarkKind};
use crate::session::memory::day;
use crate::session::{Article, quote};
use crate::shell::Error;
use crate::shell::app::autosave::identify;
use crate::shell::cli::report;
use crate::shell::environment;
use crate::shell::open::library::{Item, Reading};
use crate::shell::store::{Identity, query, rows, schema};
use crate::text::{Lang, Span};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What is to be exported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Of which article; `None` for all.
    pub file: Option<PathBuf>,
    /// Only marks with this tag.
    pub tag: Option<String>,
    /// Only marks made on this day or later.
    pub since: Option<String>,
    /// `md`, `json` or `csv`.
    pub format: String,
}

/// An article with its marks.
#[derive(Clone, Debug, Default)]
pub struct Marked {
    /// What it is known by.
    pub identity: Identity,
    /// The marks, in the order of the document, orphans last.
    pub marks: Vec<Mark>,
}

/// Prints the marks that are asked for; 1 where there are none.
///
/// # Errors
/// Where the file or the store cannot be read.
pub fn export(options: &Options, reading: &Reading, lang: Lang) -> Result<ExitCode, Error> {
    let db = open()?;
    let mut found = match &options.file {
        Some(file) => of_file(db.as_ref(), file, reading)?.into_iter().collect(),
        None => db
            .as_ref()
            .map(all)
            .transpose()
            .map_err(store)?
            .unwrap_or_default(),
    };
    let offset = offset();
    let tag = options
        .tag
        .as_deref()
        .map(|t| t.trim_start_matches(['#', '＃']));
    for article in &mut found {
        article.marks.retain(|m| {
            tag.is_none_or(|t| m.tags.iter().any(|own| own == t))
                && options
                    .since
                    .as_deref()
                    .is_none_or(|since| *day(m.made + offset) >= *since)
        });
    }
    found.retain(|a| !a.marks.is_empty());
    if found.is_empty() && options.format != "json" {
        report::warn(lang.say(("没有这样的标记", "no such marks")));
        return Ok(ExitCode::from(1));
    }
    let text = match options.format.as_str() {
        "json" => json_text(&found),
        "csv" => csv(&found, offset),
        _ => markdown(&found),
    };
    Ok(report::out(&text, 0))
}

/// Opens the store for reading; `None` where there is none yet.
///
/// # Errors
/// Where it cannot be read.
pub fn open() -> Result<Option<Connection>, Error> {
    let Some(path) = environment::state().filter(|p| p.exists()) else {
        return Ok(None);
    };
    // with the log of a running jingdu; where nothing may be written, as it lies there
    schema::open(&path)
        .or_else(|_| schema::open_read_only(&path))
        .map(Some)
        .map_err(|refused| Error::Store(why(&refused)))
}

/// A failure of the store as an error.
#[allow(clippy::needless_pass_by_value, reason = "the form that map_err takes")]
pub fn store(error: rusqlite::Error) -> Error {
    Error::Store(error.to_string())
}

fn why(refused: &schema::Refused) -> String {
    match refused {
        schema::Refused::Database(error) => error.to_string(),
        schema::Refused::Newer => "a newer version wrote it".to_owned(),
        schema::Refused::Foreign => "it is no store of jingdu".to_owned(),
    }
}

/// What the reader's clock adds to the world's, in seconds.
fn offset() -> i64 {
    let ask = "SELECT strftime('%s', 'now', 'localtime') - strftime('%s', 'now')";
    Connection::open_in_memory()
        .and_then(|db| db.query_row(ask, [], |r| r.get(0)))
        .unwrap_or_default()
}

/// The marks of one article, found anew in its file.
fn of_file(
    db: Option<&Connection>,
    file: &Path,
    reading: &Reading,
) -> Result<Option<Marked>, Error> {
    let item = Item::of(file);
    let article = item.open(reading)?;
    let identity = identify(&article, &item);
    let Some(db) = db else { return Ok(None) };
    let (recalled, _) = query::recall(db, &identity).map_err(store)?;
    let mut marks = crate::session::marks::Marks::default();
    marks.take_up(recalled.marks, article.document().text());
    Ok(Some(Marked {
        identity,
        marks: marks.all.into_iter().map(|m| placed(m, &article)).collect(),
    }))
}

/// A mark with paragraph and points as they are now.
fn placed(mut mark: Mark, article: &Article) -> Mark {
    if let Some(span) = mark.span {
        mark.cited = quote::cited(article.document(), &article.outline, span);
        mark.under = quote::under(article.document(), &article.outline, span);
    }
    mark
}

/// The marks of an open article, for the key that exports them.
pub fn of_session(article: &Article, item: &Item, marks: &[Mark]) -> Marked {
    Marked {
        identity: identify(article, item),
        marks: marks.iter().cloned().map(|m| placed(m, article)).collect(),
    }
}

/// All articles that have marks, by title.
fn all(db: &Connection) -> rusqlite::Result<Vec<Marked>> {
    let mut ask = db.prepare(
        "SELECT id FROM article WHERE id IN (SELECT article FROM mark) ORDER BY title, id",
    )?;
    let ids = ask
        .query_map([], |r| r.get::<_, i64>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    ids.into_iter().map(|id| stored(db, id)).collect()
}

/// An article as the store has it.
///
/// # Errors
/// As the database does.
pub fn stored(db: &Connection, id: i64) -> rusqlite::Result<Marked> {
    let clean = |text: String| crate::source::sanitize::line(&text);
    let identity = db
        .prepare_cached("SELECT hash, title, author, source, date, length, (SELECT path FROM location WHERE article = id ORDER BY seen DESC LIMIT 1) FROM article WHERE id = ?1")?
        .query_row([id], |r| {
            Ok(Identity {
                hash: r.get::<_, Vec<u8>>(0)?.try_into().unwrap_or_default(),
                title: clean(r.get(1)?),
                author: clean(r.get(2)?),
                source: clean(r.get(3)?),
                date: clean(r.get(4)?),
                length: r.get::<_, i64>(5)?.unsigned_abs() as usize,
                path: r.get::<_, Option<String>>(6)?.unwrap_or_default(),
                other: false,
            })
        })?;
    let marks = db
        .prepare_cached(&format!(
            "SELECT {} FROM mark WHERE article = ?1 ORDER BY start, made, uid",
            rows::MARK
        ))?
        .query_map([id], rows::mark)?
        .collect::<Result<Vec<_>, _>>()?;
    let mut marks: Vec<Mark> = marks.into_iter().flatten().collect();
    for m in &mut marks {
        // whether the text is still there is not known without the file
        m.span = Some(Span::new(
            m.anchor.start,
            m.anchor.start + m.anchor.exact.len(),
        ));
    }
    Ok(Marked { identity, marks })
}

/// Markdown: of one article with front matter, of several one after the other.
pub fn markdown(articles: &[Marked]) -> String {
    let mut out = String::new();
    for article in articles {
        if articles.len() == 1 {
            front_matter(article, &mut out);
        }
        one(article, &mut out);
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// A string that YAML takes for nothing else.
fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

fn front_matter(article: &Marked, out: &mut String) {
    let i = &article.identity;
    out.push_str("---\n");
    for (name, value) in [
        ("title", &i.title),
        ("author", &i.author),
        ("source", &i.source),
        ("date", &i.date),
    ] {
        if !value.is_empty() {
            let _ = writeln!(out, "{name}: {}", quoted(value));
        }
    }
    let mut tags: Vec<&String> = article.marks.iter().flat_map(|m| &m.tags).collect();
    tags.sort();
    tags.dedup();
    if !tags.is_empty() {
        out.push_str("tags:\n");
        for tag in tags {
            let _ = writeln!(out, "  - {}", quoted(tag));
        }
    }
    out.push_str("---\n\n");
}

/// Text that Markdown takes for text.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

fn one(article: &Marked, out: &mut String) {
    let i = &article.identity;
    let _ = writeln!(out, "# {}\n", plain(&i.title));
    let facts = [("作者", &i.author), ("来源", &i.source), ("日期", &i.date)];
    for (name, value) in facts.iter().filter(|(_, v)| !v.is_empty()) {
        let _ = writeln!(out, "- {name}：{}", plain(value));
    }
    if facts.iter().any(|(_, v)| !v.is_empty()) {
        out.push('\n');
    }
    let mut under: Option<&[String]> = None;
    let (gone, there): (Vec<&Mark>, Vec<&Mark>) = article.marks.iter().partition(|m| m.is_orphan());
    for mark in there {
        if under != Some(&mark.under) {
            if !mark.under.is_empty() {
                let _ = writeln!(out, "## {}\n", plain(&mark.under.join(" › ")));
            } else if under.is_some() {
                out.push_str("## –\n\n");
            }
            under = Some(&mark.under);
        }
        quotation(mark, out);
    }
    if !gone.is_empty() {
        out.push_str("## 原文已不在\n\n");
        for mark in gone {
            quotation(mark, out);
        }
    }
}

fn quotation(mark: &Mark, out: &mut String) {
    let sign = if let MarkKind::Bookmark(letter) = mark.kind {
        format!("记号 {letter}：")
    } else {
        String::new()
    };
    let place = if mark.cited.is_empty() {
        String::new()
    } else {
        format!("（{}）", mark.cited)
    };
    let _ = writeln!(out, "{sign}“{}”{place}\n", plain(&mark.anchor.exact));
    for line in mark.note.lines().filter(|l| !l.trim().is_empty()) {
        let _ = writeln!(out, "{line}\n");
    }
    if !mark.tags.is_empty() {
        let tags: Vec<String> = mark.tags.iter().map(|t| format!("#{t}")).collect();
        let _ = writeln!(out, "{}\n", tags.join(" "));
    }
}

/// The hash of a text in letters.
pub fn hex(hash: &[u8]) -> String {
    hash.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// A mark as JSON.
pub fn mark_json(m: &Mark) -> Value {
    let (kind, letter, colour) = match m.kind {
        MarkKind::Bookmark(c) => ("bookmark", Some(c), None),
        MarkKind::Highlight(c) => ("highlight", None, Some(c)),
        MarkKind::Annotation => ("annotation", None, None),
    };
    let mut anchor = m.anchor.clone();
    anchor.start = m.span.map_or(anchor.start, |s| s.start.byte());
    json!({
        "uid": m.uid, "kind": kind, "letter": letter, "colour": colour, "text": m.anchor.exact, "note": m.note, "tags": m.tags,
        "where": m.cited, "under": m.under, "made": m.made, "changed": m.changed, "orphan": m.is_orphan(), "anchor": rows::anchor_json(&anchor),
    })
}

/// An article as JSON.
pub fn article_json(a: &Marked) -> Value {
    let i = &a.identity;
    json!({
        "hash": hex(&i.hash), "path": i.path, "title": i.title, "author": i.author, "source": i.source, "date": i.date, "length": i.length,
        "marks": a.marks.iter().map(mark_json).collect::<Vec<_>>(),
    })
}

fn json_text(articles: &[Marked]) -> String {
    let value =
        json!({ "jingdu": 1, "articles": articles.iter().map(article_json).collect::<Vec<_>>() });
    report::escaped(format!("{value:#}\n"))
}

/// CSV: a row a mark. What a table would take for a formula gets a quote before it.
fn csv(articles: &[Marked], offset: i64) -> String {
    let cell = |text: &str| {
        let formula = text.starts_with(['=', '+', '-', '@']);
        format!(
            "\"{}{}\"",
            if formula { "'" } else { "" },
            text.replace('"', "\"\"")
        )
    };
    let mut out = String::from("title,author,source,date,where,under,kind,text,note,tags,made\n");
    for a in articles {
        for m in &a.marks {
            let kind = match m.kind {
                MarkKind::Bookmark(c) => format!("bookmark {c}"),
                MarkKind::Highlight(c) => format!("highlight {}", c + 1),
                MarkKind::Annotation => "annotation".to_owned(),
            };
            let i = &a.identity;
            let cells = [
                &i.title,
                &i.author,
                &i.source,
                &i.date,
                &m.cited,
                &m.under.join(" › "),
                &kind,
                &m.anchor.exact,
                &m.note,
                &m.tags.join(" "),
                &day(m.made + offset),
            ];
            let _ = writeln!(out, "{}", cells.map(|c| cell(c)).join(","));
        }
    }
    out
}

/// Writes the marks of an open article to a Markdown file in `folder`, named by
/// the title. Returns where.
///
/// # Errors
/// Where it cannot be written.
pub fn to_file(marked: &Marked, folder: &Path) -> std::io::Result<PathBuf> {
    let name: String = marked
        .identity
        .title
        .chars()
        .map(|c| {
            if "/\\:*?\"<>|#^[]".contains(c) {
                ' '
            } else {
                c
            }
        })
        .take(60)
        .collect();
    let name = name.trim().trim_start_matches('.');
    let path = folder.join(format!(
        "{}.md",
        if name.is_empty() { "notes" } else { name }
    ));
    std::fs::create_dir_all(folder)?;
    // the old file stays until the new one is whole
    let fresh = path.with_extension("md.new");
    std::fs::write(&fresh, markdown(std::slice::from_ref(marked)))?;
    std::fs::rename(&fresh, &path)?;
    Ok(path)
}
