//! Queries of the database and writes to it, one function each.
//!
//! Knows tables and rows; nothing of threads, files or failures.

use super::message::{Identity, KnownArticle, MarkedArticle, StartupState};
use super::rows::{self, MARK};
use super::{cards, json};
use crate::session::drill::due::{DueArticle, DueList};
use crate::session::marks::{Draft, Mark};
use crate::session::memory::{ListedMark, Recalled, SavedPosition, Totals};
use crate::session::pace::ReadingTime;
use crate::session::recent::RecentArticle;
use crate::session::saved_views::SavedView;
use crate::session::shelf_news::ReadProgress;
use crate::source::sanitize;
use crate::text::Span;
use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};
use std::path::{Path, PathBuf};

/// Marks of other articles that are listed.
const MAX_LISTED_MARKS: usize = 5000;
/// Articles that were read last and are listed.
const MAX_RECENT_ARTICLES: usize = 300;

/// Articles that are listed as due.
const MAX_DUE_ARTICLES: usize = 500;

/// The columns that [`sums`] reads.
pub(crate) const SUMS: &str = "coalesce(sum(ms), 0), coalesce(sum(chars), 0), coalesce(sum(paced_ms), 0), coalesce(sum(paced_chars), 0)";

/// Reads the sums of rows of reading time.
pub(crate) fn sums(row: &Row<'_>) -> rusqlite::Result<ReadingTime> {
    let number = |i: usize| row.get::<_, i64>(i).map(i64::unsigned_abs);
    let numbers = [number(0)?, number(1)?, number(2)?, number(3)?];
    Ok(ReadingTime::of(numbers))
}

/// Reads the rows of a query into a list.
pub(crate) fn all<T>(
    db: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    db.prepare_cached(sql)?.query_map(params, read)?.collect()
}

/// Reads the only row of a query.
fn one<T>(
    db: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    db.prepare_cached(sql)?.query_row(params, read)
}

/// Reads the first column of the only row of a query.
pub(crate) fn value<T: FromSql>(
    db: &Connection,
    sql: &str,
    params: impl Params,
) -> rusqlite::Result<T> {
    one(db, sql, params, |r| r.get(0))
}

fn write(db: &Connection, sql: &str, params: impl Params) -> rusqlite::Result<()> {
    db.prepare_cached(sql)?.execute(params).map(|_| ())
}

/// Returns the state that is needed before an article is open.
pub fn begin(db: &Connection) -> rusqlite::Result<StartupState> {
    let choices = "SELECT name, value, base FROM choice";
    let sql = format!("SELECT {SUMS} FROM reading WHERE day > date('now', 'localtime', ?1)");
    let since = |days: &str| one(db, &sql, [days], sums);
    let last = all(
        db,
        "SELECT path, title, per_cent FROM article JOIN location ON article = id \
         WHERE opened > 0 AND path NOT LIKE 'shipped:%' ORDER BY opened DESC, seen DESC LIMIT 5",
        [],
        |r| {
            let title = sanitize::line(&r.get::<_, String>(1)?);
            let per_cent = r.get::<_, i64>(2)?.unsigned_abs() as usize;
            Ok((r.get::<_, String>(0)?, title, per_cent))
        },
    )?;
    let is_file = |path: &str| Path::new(path).is_file();
    Ok(StartupState {
        choices: all(db, choices, [], |r| r.try_into())?,
        totals: Totals {
            article: ReadingTime::default(),
            week: since("-7 days")?,
            lately: since("-90 days")?,
        },
        last: last.into_iter().find(|(path, ..)| is_file(path)),
        offset: utc_offset(db)?,
    })
}

/// Returns the UTC offset in seconds.
pub(crate) fn utc_offset(db: &Connection) -> rusqlite::Result<i64> {
    let sql = "SELECT strftime('%s', 'now', 'localtime') - strftime('%s', 'now')";
    value(db, sql, [])
}

/// Returns the article's number, and whether it is known by its path alone.
pub(crate) fn find(db: &Connection, identity: &Identity) -> rusqlite::Result<Option<(i64, bool)>> {
    let sql = "SELECT article FROM version WHERE hash = ?1";
    let by_hash = value(db, sql, [&identity.hash[..]]).optional()?;
    if by_hash.is_some() || identity.path.is_empty() || identity.other {
        return Ok(by_hash.map(|id| (id, false)));
    }
    let sql = "SELECT article FROM location WHERE path = ?1";
    let by_path = value(db, sql, [&identity.path]).optional()?;
    Ok(by_path.map(|id| (id, true)))
}

/// Returns the saved state of an article.
pub fn recall(db: &Connection, identity: &Identity) -> rusqlite::Result<KnownArticle> {
    let Some((id, by_path)) = find(db, identity)? else {
        return Ok(KnownArticle::default());
    };
    let sql = "SELECT hash, kept, title FROM article WHERE id = ?1";
    let (hash, kept, title): (Vec<u8>, Option<String>, String) =
        one(db, sql, [id], |r| r.try_into())?;
    let sql = format!("SELECT {MARK} FROM mark WHERE article = ?1");
    let marks = all(db, &sql, [id], |r| Ok(rows::mark(r)))?;
    let sql = format!("SELECT {SUMS} FROM reading WHERE article = ?1");
    let read = one(db, &sql, [id], sums)?;
    let kept = kept.and_then(|text| serde_json::from_str(&text).ok());
    Ok(KnownArticle {
        recalled: Recalled {
            kept: kept.map(|value| json::position(&value)),
            same: hash == identity.hash,
            marks: marks.into_iter().flatten().collect(),
            read,
            cards: cards::records(db, id)?,
            drafts: drafts(db, id)?,
        },
        doubtful: by_path && title != identity.title,
    })
}

/// Returns the notes of an article that were not typed to their end.
pub(crate) fn drafts(db: &Connection, article: i64) -> rusqlite::Result<Vec<Draft>> {
    let sql = format!("SELECT {MARK} FROM mark WHERE article = ?1 AND kind = 'draft'");
    let drafts = all(db, &sql, [article], |r| Ok(rows::draft(r)))?;
    Ok(drafts.into_iter().flatten().collect())
}

/// Writes an article's facts; returns its number.
pub(crate) fn put_article(db: &Connection, i: &Identity, now: i64) -> rusqlite::Result<i64> {
    let known = find(db, i)?.map(|(id, _)| id);
    let (hash, length) = (&i.hash[..], i.length.cast_signed() as i64);
    let id = value(
        db,
        "INSERT INTO article (id, hash, title, author, source, date, length) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
         ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, title = excluded.title, author = excluded.author, \
         source = excluded.source, date = excluded.date, length = excluded.length RETURNING id",
        params![known, hash, i.title, i.author, i.source, i.date, length],
    )?;
    let version = "INSERT OR REPLACE INTO version (hash, article) VALUES (?1, ?2)";
    write(db, version, params![hash, id])?;
    if !i.path.is_empty() {
        let sql = "INSERT OR REPLACE INTO location (path, article, seen) VALUES (?1, ?2, ?3)";
        write(db, sql, params![i.path, id, now])?;
    }
    Ok(id)
}

/// Returns when an article was opened last.
pub(crate) fn opened(db: &Connection, article: i64) -> rusqlite::Result<i64> {
    value(db, "SELECT opened FROM article WHERE id = ?1", [article])
}

/// Writes when an article was opened.
pub(crate) fn put_opened(db: &Connection, article: i64, now: i64) -> rusqlite::Result<()> {
    let sql = "UPDATE article SET opened = ?2 WHERE id = ?1";
    write(db, sql, params![article, now])
}

/// Writes that an article was read to its end, or that it is unread; its place stays.
pub(crate) fn put_read(
    db: &Connection,
    article: i64,
    done: bool,
    now: i64,
) -> rusqlite::Result<()> {
    if done {
        let sql = "UPDATE article SET per_cent = 100, done = 1, opened = ?2 WHERE id = ?1";
        return write(db, sql, params![article, now]);
    }
    // what was on the screen before makes it no article that was read
    let sql = "UPDATE article SET per_cent = 0, done = 0, opened = 0, \
               kept = json_remove(kept, '$.shown', '$.done') WHERE id = ?1";
    write(db, sql, [article])
}

/// Writes that an article was read through; its place stays.
pub(crate) fn put_done(db: &Connection, article: i64) -> rusqlite::Result<()> {
    write(db, "UPDATE article SET done = 1 WHERE id = ?1", [article])
}

/// Writes the reader's position.
pub(crate) fn put_position(
    db: &Connection,
    article: i64,
    kept: &SavedPosition,
    now: i64,
) -> rusqlite::Result<()> {
    // an article that was read through once stays so
    let sql = "UPDATE article SET kept = ?2, per_cent = ?3, opened = ?4, done = max(done, ?5) \
               WHERE id = ?1";
    let (per_cent, done) = (kept.per_cent.cast_signed() as i64, kept.is_done);
    let kept = json::position_value(kept).to_string();
    write(db, sql, params![article, kept, per_cent, now, done])
}

/// Adds reading time on a day (`None`: today in local time).
pub(crate) fn add_reading(
    db: &Connection,
    article: i64,
    read: ReadingTime,
    day: Option<&str>,
) -> rusqlite::Result<()> {
    let [ms, chars, paced_ms, paced_chars] = read.numbers().map(u64::cast_signed);
    write(
        db,
        "INSERT INTO reading (day, article, ms, chars, paced_ms, paced_chars) \
         VALUES (coalesce(?1, date('now', 'localtime')), ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT DO UPDATE SET ms = ms + ?3, chars = chars + ?4, paced_ms = paced_ms + ?5, paced_chars = paced_chars + ?6",
        params![day, article, ms, chars, paced_ms, paced_chars],
    )
}

/// Returns the articles that were read last, newest first, whether their files are there or not.
pub(crate) fn recent(db: &Connection) -> rusqlite::Result<Vec<RecentArticle>> {
    let sql = format!(
        "SELECT id, title, per_cent, opened, path FROM \
         (SELECT * FROM article WHERE opened > 0 ORDER BY opened DESC, id DESC LIMIT {MAX_RECENT_ARTICLES}) \
         JOIN location ON article = id WHERE path <> '' ORDER BY opened DESC, id DESC, seen DESC"
    );
    let rows: Vec<(i64, String, i64, i64, String)> = all(db, &sql, [], |r| r.try_into())?;
    let paths_of = rows.chunk_by(|a, b| a.0 == b.0);
    let article = |rows: &[(i64, String, i64, i64, String)]| {
        let (_, title, per_cent, at, _) = rows.first()?;
        Some(RecentArticle {
            paths: rows.iter().map(|row| row.4.clone()).collect(),
            title: sanitize::line(title),
            per_cent: per_cent.unsigned_abs() as usize,
            at: *at,
            ..RecentArticle::default()
        })
    };
    Ok(paths_of.filter_map(article).collect())
}

/// Returns the articles with cards that are due by the local day, today's first, then those of
/// the days before; and how many cards are due next.
pub(crate) fn due(db: &Connection) -> rusqlite::Result<DueList> {
    let sql = format!(
        "SELECT id, title, day, cards, path FROM \
         (SELECT article AS id, min(due) AS day, count(*) AS cards FROM card \
          WHERE due <= date('now', 'localtime') GROUP BY article ORDER BY day DESC, id LIMIT {MAX_DUE_ARTICLES}) \
         JOIN article USING (id) JOIN location ON article = id WHERE path <> '' \
         ORDER BY day DESC, id, seen DESC, path"
    );
    let rows: Vec<(i64, String, String, i64, String)> = all(db, &sql, [], |r| r.try_into())?;
    let of_one = rows.chunk_by(|a, b| a.0 == b.0);
    let article = |rows: &[(i64, String, String, i64, String)]| {
        let (_, title, day, cards, _) = rows.first()?;
        Some(DueArticle {
            paths: rows.iter().map(|row| row.4.clone()).collect(),
            title: sanitize::line(title),
            day: sanitize::line(day),
            cards: cards.unsigned_abs() as usize,
        })
    };
    let sql = "SELECT due, count(*) FROM card WHERE due > date('now', 'localtime') \
               AND article IN (SELECT article FROM location WHERE path <> '') \
               GROUP BY due ORDER BY due LIMIT 1";
    let next: Vec<(String, i64)> = all(db, sql, [], |r| r.try_into())?;
    let next = next.into_iter().next();
    Ok(DueList {
        articles: of_one.filter_map(article).collect(),
        next: next.map(|(day, cards)| (sanitize::line(&day), cards.unsigned_abs() as usize)),
    })
}

/// Returns the saved views of the shelf.
pub(crate) fn views(db: &Connection) -> rusqlite::Result<Vec<SavedView>> {
    let sql = "SELECT name, value FROM choice WHERE name >= ?1 ORDER BY name";
    let choices: Vec<(String, String)> = all(db, sql, [json::VIEW_PREFIX], |r| r.try_into())?;
    let view = |(name, value): &(String, String)| json::view(name, value);
    Ok(choices.iter().filter_map(view).collect())
}

/// Writes a choice; one of an empty value over an empty setting is none.
pub(crate) fn put_choice(
    db: &Connection,
    name: &str,
    value: &str,
    base: &str,
) -> rusqlite::Result<()> {
    if value.is_empty() && base.is_empty() {
        return write(db, "DELETE FROM choice WHERE name = ?1", [name]);
    }
    let sql = "INSERT OR REPLACE INTO choice (name, value, base) VALUES (?1, ?2, ?3)";
    write(db, sql, params![name, value, base])
}

/// Counts a use of a keyword.
pub(crate) fn count_keyword(db: &Connection, term: &str, now: i64) -> rusqlite::Result<()> {
    let sql = "INSERT INTO keyword (term, uses, last) VALUES (?1, 1, ?2) \
               ON CONFLICT DO UPDATE SET uses = uses + 1, last = max(last, ?2)";
    write(db, sql, params![term, now])
}

/// Gives a mark the span that it had: whether the text is still there is not known without
/// the file.
fn presumed(mut mark: Mark) -> Mark {
    let (start, len) = (mark.anchor.start, mark.anchor.exact.len());
    mark.span = Some(Span::new(start, start + len));
    mark
}

/// Returns the marks of all articles but one, the last changed first.
pub(crate) fn all_marks(db: &Connection, but: [u8; 16]) -> rusqlite::Result<Vec<ListedMark>> {
    let sql = format!(
        "SELECT {MARK}, title, (SELECT path FROM location WHERE location.article = mark.article ORDER BY seen DESC LIMIT 1) \
         FROM mark JOIN article ON article.id = mark.article \
         WHERE mark.article <> coalesce((SELECT article FROM version WHERE hash = ?1), -1) \
         ORDER BY changed DESC LIMIT {MAX_LISTED_MARKS}"
    );
    let listed = |r: &Row<'_>| -> rusqlite::Result<Option<ListedMark>> {
        let title = sanitize::line(&r.get::<_, String>(17)?);
        let path = Some(r.get::<_, Option<String>>(18)?.unwrap_or_default());
        let mark = rows::mark(r).map(presumed);
        Ok(mark.map(|mark| ListedMark { mark, title, path }))
    };
    let found = all(db, &sql, [&but[..]], listed)?;
    Ok(found.into_iter().flatten().collect())
}

/// Returns an article with its marks.
pub(crate) fn marked_article(db: &Connection, id: i64) -> rusqlite::Result<MarkedArticle> {
    let sql = "SELECT hash, title, author, source, date, length, \
               (SELECT path FROM location WHERE article = id ORDER BY seen DESC LIMIT 1) FROM article WHERE id = ?1";
    let identity = one(db, sql, [id], |r| {
        let line = |i: usize| r.get::<_, String>(i).map(|text| sanitize::line(&text));
        Ok(Identity {
            hash: r.get::<_, Vec<u8>>(0)?.try_into().unwrap_or_default(),
            title: line(1)?,
            author: line(2)?,
            source: line(3)?,
            date: line(4)?,
            length: r.get::<_, i64>(5)?.unsigned_abs() as usize,
            path: r.get::<_, Option<String>>(6)?.unwrap_or_default(),
            other: false,
        })
    })?;
    let sql = format!("SELECT {MARK} FROM mark WHERE article = ?1 ORDER BY start, made, uid");
    let marks = all(db, &sql, [id], |r| Ok(rows::mark(r)))?;
    let marks = marks.into_iter().flatten().map(presumed).collect();
    Ok(MarkedArticle { identity, marks })
}

/// Returns the paths of the article with the bookmark of a capital, the one that was seen last
/// first, and the mark's name.
pub(crate) fn bookmark(
    db: &Connection,
    letter: char,
) -> rusqlite::Result<Option<(Vec<String>, String)>> {
    let sql = "SELECT article, uid FROM mark WHERE kind = 'bookmark' AND letter = ?1 \
               ORDER BY changed DESC LIMIT 1";
    let found = one(db, sql, [letter.to_string()], |r| r.try_into()).optional()?;
    let Some((article, uid)): Option<(i64, String)> = found else {
        return Ok(None);
    };
    let sql = "SELECT path FROM location WHERE article = ?1 AND path <> '' ORDER BY seen DESC";
    Ok(Some((all(db, sql, [article], |r| r.get(0))?, uid)))
}

/// Returns how far all articles that were opened were read, by their paths.
pub(crate) fn progress(db: &Connection) -> rusqlite::Result<Vec<(PathBuf, ReadProgress)>> {
    let sql = "SELECT path, per_cent, opened, done FROM location JOIN article ON id = article \
               WHERE opened > 0 AND path <> ''";
    all(db, sql, [], |r| {
        let per_cent = r.get::<_, i64>(1)?.unsigned_abs() as usize;
        let at = r.get(2)?;
        let path: String = r.get(0)?;
        let read = ReadProgress {
            per_cent,
            is_done: r.get(3)?,
            at,
        };
        Ok((path.into(), read))
    })
}
