//! `jingdu state`: the store as a whole: checked, printed as JSON, taken up from
//! JSON, and where it lies.

use crate::session::anchor::Anchor;
use crate::session::marks::{Mark, MarkKind};
use crate::session::pace::Read;
use crate::shell::Error;
use crate::shell::cli::export::{self, article_json, hex, store};
use crate::shell::cli::report;
use crate::shell::environment;
use crate::shell::open::input;
use crate::shell::store::{Identity, query, rows, schema};
use crate::source::sanitize;
use crate::text::Lang;
use rusqlite::{Connection, TransactionBehavior, params};
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;

/// Prints where the store lies.
///
/// # Errors
/// Where the user has no home.
pub fn path() -> Result<ExitCode, Error> {
    let path = environment::state().ok_or_else(|| Error::Store("no home directory".to_owned()))?;
    Ok(report::out(&format!("{}\n", path.display()), 0))
}

/// Checks every page of the store; 1 where something is wrong.
///
/// # Errors
/// Where it cannot be opened.
pub fn check(lang: Lang) -> Result<ExitCode, Error> {
    let Some(db) = export::open()? else {
        return Ok(report::out(
            lang.say(("还没有记录\n", "there is no store yet\n")),
            0,
        ));
    };
    let found: Vec<String> = db
        .prepare("PRAGMA integrity_check(20)")
        .and_then(|mut ask| ask.query_map([], |r| r.get(0))?.collect())
        .unwrap_or_else(|error| vec![error.to_string()]);
    if found != ["ok"] {
        let lines: String = found
            .iter()
            .flat_map(|line| [sanitize::line(line), "\n".to_owned()])
            .collect();
        return Ok(report::out(&lines, 1));
    }
    let count = |table: &str| {
        db.query_row(&format!("SELECT count(*) FROM {table}"), [], |r| {
            r.get::<_, i64>(0)
        })
        .map_err(store)
    };
    let (articles, marks) = (count("article")?, count("mark")?);
    Ok(report::out(
        &lang.say_owned(
            format!("完好：{articles} 篇文章，{marks} 条标记\n"),
            format!("sound: {articles} articles, {marks} marks\n"),
        ),
        0,
    ))
}

/// Prints everything as JSON.
///
/// # Errors
/// Where the store cannot be read.
pub fn print() -> Result<ExitCode, Error> {
    let value = match export::open()? {
        Some(db) => whole(&db).map_err(store)?,
        None => json!({ "jingdu": 1, "articles": [] }),
    };
    Ok(report::out(&report::escaped(format!("{value:#}\n")), 0))
}

/// Everything that the store holds.
fn whole(db: &Connection) -> rusqlite::Result<Value> {
    let ids = db
        .prepare("SELECT id FROM article ORDER BY id")?
        .query_map([], |r| r.get::<_, i64>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    let mut articles = Vec::new();
    for id in ids {
        let mut value = article_json(&export::stored(db, id)?);
        let (opened, kept): (i64, Option<String>) = db
            .prepare_cached("SELECT opened, kept FROM article WHERE id = ?1")?
            .query_row([id], |r| Ok((r.get(0)?, r.get(1)?)))?;
        let list = |sql: &str| -> rusqlite::Result<Vec<String>> {
            db.prepare_cached(sql)?
                .query_map([id], |r| r.get(0))?
                .collect()
        };
        let hashes: Vec<Vec<u8>> = db
            .prepare_cached("SELECT hash FROM version WHERE article = ?1 ORDER BY hash")?
            .query_map([id], |r| r.get(0))?
            .collect::<Result<_, _>>()?;
        let read: Vec<Value> = db
            .prepare_cached("SELECT ms, chars, paced_ms, paced_chars, day FROM reading WHERE article = ?1 ORDER BY day")?
            .query_map([id], |r| Ok((query::sums(r)?, r.get::<_, String>(4)?)))?
            .map(|r| r.map(|(r, day)| json!({ "day": day, "ms": r.ms, "chars": r.chars, "paced_ms": r.paced_ms, "paced_chars": r.paced_chars })))
            .collect::<Result<_, _>>()?;
        value["opened"] = json!(opened);
        value["place"] = kept
            .and_then(|k| serde_json::from_str(&k).ok())
            .unwrap_or(Value::Null);
        value["hashes"] = json!(hashes.iter().map(|h| hex(h)).collect::<Vec<_>>());
        value["paths"] = json!(list(
            "SELECT path FROM location WHERE article = ?1 ORDER BY seen DESC, path"
        )?);
        value["read"] = json!(read);
        articles.push(value);
    }
    let choices: Vec<(String, String, String)> = db
        .prepare("SELECT name, value, base FROM choice ORDER BY name")?
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
        .collect::<Result<_, _>>()?;
    let keywords: Vec<(String, i64, i64)> = db
        .prepare("SELECT term, uses, last FROM keyword ORDER BY term")?
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
        .collect::<Result<_, _>>()?;
    Ok(json!({ "jingdu": 1, "articles": articles, "choices": choices, "keywords": keywords }))
}

/// Takes up what `export --format json` or `state export` printed. What is newer
/// in the store stays.
///
/// # Errors
/// Where the file cannot be read, or is none of these.
pub fn import(file: &Path, lang: Lang) -> Result<ExitCode, Error> {
    let (bytes, _) = input::open(file)?.read_all(file, |_| Ok(()))?;
    let value: Value = serde_json::from_slice(&bytes)
        .map_err(|why| Error::Store(format!("{}: {why}", file.display())))?;
    let Some(articles) = value
        .get("articles")
        .and_then(Value::as_array)
        .filter(|_| value.get("jingdu").is_some())
    else {
        return Err(Error::Store(lang.say_owned(
            format!("{} 不是 jingdu 导出的", file.display()),
            format!("{} is no export of jingdu", file.display()),
        )));
    };
    let path = environment::state().ok_or_else(|| Error::Store("no home directory".to_owned()))?;
    let mut db = schema::open(&path).map_err(|refused| match refused {
        schema::Refused::Database(error) => store(error),
        other => Error::Store(format!("{other:?}")),
    })?;
    let t = db
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(store)?;
    let mut marks = 0;
    for article in articles {
        marks += take(&t, article).map_err(store)?;
    }
    let list = |name: &str| {
        value
            .get(name)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let text = |v: &Value, i: usize| {
        v.get(i)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    for c in list("choices") {
        query::choose(&t, &text(&c, 0), &text(&c, 1), &text(&c, 2)).map_err(store)?;
    }
    for k in list("keywords") {
        let number = |i: usize| k.get(i).and_then(Value::as_i64).unwrap_or_default();
        t.execute(
            "INSERT INTO keyword (term, uses, last) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET uses = max(uses, ?2), last = max(last, ?3)",
            params![text(&k, 0), number(1), number(2)],
        )
        .map_err(store)?;
    }
    t.commit().map_err(store)?;
    let n = articles.len();
    Ok(report::out(
        &lang.say_owned(
            format!("收进 {n} 篇文章，{marks} 条标记\n"),
            format!("{n} articles and {marks} marks taken up\n"),
        ),
        0,
    ))
}

/// Takes up one article; returns how many marks.
fn take(db: &Connection, value: &Value) -> rusqlite::Result<usize> {
    let number = |name: &str| value.get(name).and_then(Value::as_i64).unwrap_or_default();
    let Some(identity) = identity(value) else {
        return Ok(0);
    };
    let id = query::article(db, &identity, number("opened"))?;
    for h in strings(value, "hashes").iter().filter_map(|h| unhex(h)) {
        db.execute(
            "INSERT OR IGNORE INTO version (hash, article) VALUES (?1, ?2)",
            params![&h[..], id],
        )?;
    }
    for path in strings(value, "paths") {
        db.execute(
            "INSERT OR IGNORE INTO location (path, article, seen) VALUES (?1, ?2, ?3)",
            params![path, id, number("opened")],
        )?;
    }
    let opened: i64 = db.query_row("SELECT opened FROM article WHERE id = ?1", [id], |r| {
        r.get(0)
    })?;
    if let Some(place) = value
        .get("place")
        .filter(|p| p.is_object() && number("opened") >= opened)
    {
        query::place(db, id, &rows::kept(place), number("opened"))?;
    }
    for r in value
        .get("read")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let n = |name: &str| r.get(name).and_then(Value::as_u64).unwrap_or_default();
        let read = Read {
            ms: n("ms"),
            chars: n("chars"),
            paced_ms: n("paced_ms"),
            paced_chars: n("paced_chars"),
        };
        let day = r.get("day").and_then(Value::as_str).unwrap_or_default();
        let known = db.query_row(
            "SELECT count(*) FROM reading WHERE day = ?1 AND article = ?2",
            params![day, id],
            |r| r.get::<_, i64>(0),
        )? > 0;
        if !known && !day.is_empty() {
            query::read(db, id, read, Some(day))?;
        }
    }
    let mut taken = 0;
    for mark in value
        .get("marks")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(mark)
    {
        let newer = db.query_row(
            "SELECT count(*) FROM mark WHERE uid = ?1 AND changed > ?2",
            params![mark.uid, mark.changed],
            |r| r.get::<_, i64>(0),
        )? > 0;
        if !newer {
            rows::put_mark(db, id, &mark)?;
            taken += 1;
        }
    }
    Ok(taken)
}

fn strings(value: &Value, name: &str) -> Vec<String> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// What an article is known by, from JSON; `None` where it has no hash.
pub fn identity(value: &Value) -> Option<Identity> {
    let text = |name: &str| {
        value
            .get(name)
            .and_then(Value::as_str)
            .map(sanitize::line)
            .unwrap_or_default()
    };
    Some(Identity {
        hash: unhex(&text("hash"))?,
        path: text("path"),
        title: text("title"),
        author: text("author"),
        source: text("source"),
        date: text("date"),
        length: value
            .get("length")
            .and_then(Value::as_u64)
            .unwrap_or_default() as usize,
        other: false,
    })
}

/// A mark from JSON; `None` where it is none.
pub fn mark(value: &Value) -> Option<Mark> {
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    let clean = |name: &str| sanitize::sanitize(text(name).to_owned()).0;
    let kind = match text("kind") {
        "bookmark" => MarkKind::Bookmark(
            text("letter")
                .chars()
                .next()
                .filter(char::is_ascii_alphabetic)?,
        ),
        "highlight" => MarkKind::Highlight(
            u8::try_from(value.get("colour")?.as_u64()?).ok()? % crate::session::marks::COLOURS,
        ),
        "annotation" => MarkKind::Annotation,
        _ => return None,
    };
    let anchor: Anchor = value.get("anchor").map(rows::anchor)?;
    if anchor.exact.is_empty() || text("uid").is_empty() {
        return None;
    }
    let lines = |name: &str| {
        strings(value, name)
            .iter()
            .map(|t| sanitize::line(t))
            .collect()
    };
    let number = |name: &str| value.get(name).and_then(Value::as_i64).unwrap_or_default();
    Some(Mark {
        uid: sanitize::line(text("uid")),
        kind,
        anchor,
        span: None,
        note: clean("note"),
        tags: lines("tags"),
        cited: sanitize::line(text("where")),
        under: lines("under"),
        made: number("made"),
        changed: number("changed"),
    })
}

fn unhex(text: &str) -> Option<[u8; 16]> {
    let number = u128::from_str_radix(text, 16)
        .ok()
        .filter(|_| text.len() == 32)?;
    Some(number.to_be_bytes())
}
