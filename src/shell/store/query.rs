//! What is asked of the store, and what is written to it: one function each.
//!
//! Knows tables and rows; nothing of threads, files or what goes wrong.

use super::rows::{self, MARK};
use super::{Began, Identity};
use crate::session::memory::{Kept, Listed, Recalled, Totals};
use crate::session::pace::Read;
use crate::source::sanitize;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::path::Path;

/// So many marks of other articles are listed at the most.
const MOST: usize = 5000;

/// The sum of rows of reading.
const SUMS: &str = "coalesce(sum(ms), 0), coalesce(sum(chars), 0), coalesce(sum(paced_ms), 0), coalesce(sum(paced_chars), 0)";

/// Reads four sums.
///
/// # Errors
/// As the database does.
pub fn sums(row: &Row<'_>) -> rusqlite::Result<Read> {
    let number = |i: usize| row.get::<_, i64>(i).map(i64::unsigned_abs);
    Ok(Read {
        ms: number(0)?,
        chars: number(1)?,
        paced_ms: number(2)?,
        paced_chars: number(3)?,
    })
}

/// What is known before an article is open.
///
/// # Errors
/// As the database does.
pub fn begin(db: &Connection) -> rusqlite::Result<Began> {
    let choices = db
        .prepare("SELECT name, value, base FROM choice")?
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
        .collect::<Result<_, _>>()?;
    let since = |days: &str| {
        db.query_row(
            &format!("SELECT {SUMS} FROM reading WHERE day > date('now', 'localtime', ?1)"),
            [days],
            sums,
        )
    };
    let totals = Totals {
        article: Read::default(),
        week: since("-7 days")?,
        lately: since("-90 days")?,
    };
    let last = db
        .prepare("SELECT path, title, per_cent FROM article JOIN location ON article = id WHERE opened > 0 AND path NOT LIKE 'shipped:%' ORDER BY opened DESC, seen DESC LIMIT 5")?
        .query_map([], |r| Ok((r.get::<_, String>(0)?, sanitize::line(&r.get::<_, String>(1)?), r.get::<_, i64>(2)?.unsigned_abs() as usize)))?
        .filter_map(Result::ok)
        .find(|(path, ..)| Path::new(path).is_file());
    Ok(Began {
        choices,
        totals,
        last,
        offset: offset(db)?,
    })
}

/// What the reader's clock adds to the world's, in seconds.
///
/// # Errors
/// As the database does.
pub fn offset(db: &Connection) -> rusqlite::Result<i64> {
    db.query_row(
        "SELECT strftime('%s', 'now', 'localtime') - strftime('%s', 'now')",
        [],
        |r| r.get(0),
    )
}

/// The article's number in the store, and whether it is known by its path alone.
///
/// # Errors
/// As the database does.
pub fn find(db: &Connection, identity: &Identity) -> rusqlite::Result<Option<(i64, bool)>> {
    let by_hash = db
        .prepare_cached("SELECT article FROM version WHERE hash = ?1")?
        .query_row([&identity.hash[..]], |r| r.get(0))
        .optional()?;
    if by_hash.is_some() || identity.path.is_empty() || identity.other {
        return Ok(by_hash.map(|id| (id, false)));
    }
    let by_path = db
        .prepare_cached("SELECT article FROM location WHERE path = ?1")?
        .query_row([&identity.path], |r| r.get(0))
        .optional()?;
    Ok(by_path.map(|id| (id, true)))
}

/// What is known of an article; and whether it is only thought to be the same,
/// because it lies where the other lay and has another title.
///
/// # Errors
/// As the database does.
pub fn recall(db: &Connection, identity: &Identity) -> rusqlite::Result<(Recalled, bool)> {
    let Some((id, by_path)) = find(db, identity)? else {
        return Ok((Recalled::default(), false));
    };
    let (hash, kept, title): (Vec<u8>, Option<String>, String) = db
        .prepare_cached("SELECT hash, kept, title FROM article WHERE id = ?1")?
        .query_row([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    let marks = db
        .prepare_cached(&format!("SELECT {MARK} FROM mark WHERE article = ?1"))?
        .query_map([id], rows::mark)?
        .collect::<Result<Vec<_>, _>>()?;
    let read = db
        .prepare_cached(&format!("SELECT {SUMS} FROM reading WHERE article = ?1"))?
        .query_row([id], sums)?;
    let kept = kept
        .and_then(|text| serde_json::from_str(&text).ok())
        .map(|value| rows::kept(&value));
    let recalled = Recalled {
        kept,
        same: hash == identity.hash,
        marks: marks.into_iter().flatten().collect(),
        read,
    };
    Ok((recalled, by_path && title != identity.title))
}

/// The article's number, made where it has none; its facts as they are now.
///
/// # Errors
/// As the database does.
pub fn article(db: &Connection, i: &Identity, now: i64) -> rusqlite::Result<i64> {
    let found = find(db, i)?;
    let facts = "INSERT INTO article (id, hash, title, author, source, date, length) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, title = excluded.title, author = excluded.author, source = excluded.source,
        date = excluded.date, length = excluded.length RETURNING id";
    let known = found.map(|(id, _)| id);
    let id: i64 = db.prepare_cached(facts)?.query_row(
        params![
            known,
            &i.hash[..],
            i.title,
            i.author,
            i.source,
            i.date,
            i.length.cast_signed() as i64
        ],
        |row| row.get(0),
    )?;
    db.prepare_cached("INSERT OR REPLACE INTO version (hash, article) VALUES (?1, ?2)")?
        .execute(params![&i.hash[..], id])?;
    if !i.path.is_empty() {
        db.prepare_cached(
            "INSERT OR REPLACE INTO location (path, article, seen) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![i.path, id, now])?;
    }
    Ok(id)
}

/// Writes when an article was opened.
///
/// # Errors
/// As the database does.
pub fn opened(db: &Connection, article: i64, now: i64) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE article SET opened = ?2 WHERE id = ?1")?
        .execute(params![article, now])
        .map(|_| ())
}

/// Writes where the reader stands.
///
/// # Errors
/// As the database does.
pub fn place(db: &Connection, article: i64, kept: &Kept, now: i64) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE article SET kept = ?2, per_cent = ?3, opened = ?4 WHERE id = ?1")?
        .execute(params![
            article,
            rows::kept_json(kept).to_string(),
            kept.per_cent.cast_signed() as i64,
            now
        ])
        .map(|_| ())
}

/// Adds what was read on a day (`None`: today, by the reader's clock).
///
/// # Errors
/// As the database does.
pub fn read(db: &Connection, article: i64, read: Read, day: Option<&str>) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO reading (day, article, ms, chars, paced_ms, paced_chars) VALUES (coalesce(?1, date('now', 'localtime')), ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT DO UPDATE SET ms = ms + ?3, chars = chars + ?4, paced_ms = paced_ms + ?5, paced_chars = paced_chars + ?6",
    )?
    .execute(params![day, article, read.ms.cast_signed(), read.chars.cast_signed(), read.paced_ms.cast_signed(), read.paced_chars.cast_signed()])
    .map(|_| ())
}

/// Writes a choice.
///
/// # Errors
/// As the database does.
pub fn choose(db: &Connection, name: &str, value: &str, base: &str) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO choice (name, value, base) VALUES (?1, ?2, ?3)")?
        .execute(params![name, value, base])
        .map(|_| ())
}

/// Counts the use of a keyword.
///
/// # Errors
/// As the database does.
pub fn keyword(db: &Connection, term: &str, uses: i64, now: i64) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT INTO keyword (term, uses, last) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET uses = uses + ?2, last = max(last, ?3)")?
        .execute(params![term, uses, now])
        .map(|_| ())
}

/// The marks of all articles but one, the last changed first.
///
/// # Errors
/// As the database does.
pub fn all_marks(db: &Connection, but: &[u8]) -> rusqlite::Result<Vec<Listed>> {
    let sql = format!(
        "SELECT {MARK}, title, (SELECT path FROM location WHERE location.article = mark.article ORDER BY seen DESC LIMIT 1) \
         FROM mark JOIN article ON article.id = mark.article \
         WHERE mark.article <> coalesce((SELECT article FROM version WHERE hash = ?1), -1) ORDER BY changed DESC LIMIT {MOST}"
    );
    let listed = |r: &Row<'_>| -> rusqlite::Result<Option<Listed>> {
        let Some(mark) = rows::mark(r)? else {
            return Ok(None);
        };
        let title = sanitize::line(&r.get::<_, String>(17)?);
        Ok(Some(Listed {
            mark,
            title,
            path: Some(r.get::<_, Option<String>>(18)?.unwrap_or_default()),
        }))
    };
    let found = db
        .prepare(&sql)?
        .query_map([but], listed)?
        .collect::<Result<Vec<_>, _>>()?;
    let mut found: Vec<Listed> = found.into_iter().flatten().collect();
    // a place in the text is not known here: what is listed is no orphan
    for row in &mut found {
        let start = row.mark.anchor.start;
        row.mark.span = Some(crate::text::Span::new(
            start,
            start + row.mark.anchor.exact.len(),
        ));
    }
    Ok(found)
}

/// Where the bookmark of a capital is: the article's path and the mark's name.
///
/// # Errors
/// As the database does.
pub fn bookmark(db: &Connection, letter: char) -> rusqlite::Result<Option<(String, String)>> {
    db.prepare("SELECT path, uid FROM mark JOIN location ON location.article = mark.article WHERE kind = 'bookmark' AND letter = ?1 ORDER BY changed DESC, seen DESC LIMIT 1")?
        .query_row([letter.to_string()], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()
}

/// How far the articles at these paths were read.
///
/// # Errors
/// As the database does.
pub fn progress(db: &Connection, paths: &[String]) -> rusqlite::Result<Vec<Option<usize>>> {
    let mut ask = db.prepare(
        "SELECT per_cent FROM location JOIN article ON id = article WHERE path = ?1 AND opened > 0",
    )?;
    paths
        .iter()
        .map(|path| {
            ask.query_row([path], |r| r.get::<_, i64>(0))
                .optional()
                .map(|n| n.map(|n| n.unsigned_abs() as usize))
        })
        .collect()
}
