//! The rows of the cache: an article's facts, its text, its points.

use super::article_file::{PointRow, ReadArticle, ReadBody};
use super::places;
use crate::library::copies::{Fingerprint, FingerprintedArticle, title_number};
use crate::library::entry::ArticleId;
use crate::library::{Day, LibraryEntry};
use crate::shell::open::newsboat::NewsItem;
use crate::shell::os::files::{Stamp, path_bytes, path_of_bytes};
use crate::source::decode::utf8;
use crate::text::Span;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Bytes of the longest text that the cache keeps.
const MAX_TEXT_BYTES: usize = 64 << 20;

/// The columns of an entry, in the order in which [`entry`] reads them.
const ENTRY_COLUMNS: &str =
    "id, path, title, day, date, source, author, tags, length, points, fault, copy_of";

/// A folder of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Root {
    pub(crate) id: i64,
    pub(crate) path: PathBuf,
    /// The time at which its files were listed last, in seconds since 1970; 0 for never.
    pub(crate) walked: i64,
    /// True where it was not there.
    pub(crate) away: bool,
}

/// The text of an article as the cache has it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Body {
    pub(crate) text: String,
    pub(crate) folds: Vec<Span>,
    /// The packed [`places`].
    pub(crate) places: Vec<u8>,
}

impl From<ReadBody> for Body {
    fn from(read: ReadBody) -> Self {
        let ReadBody {
            text,
            folds,
            places,
            ..
        } = read;
        Self {
            text,
            folds,
            places,
        }
    }
}

impl Body {
    /// Returns whether a span is in a folded line.
    pub(crate) fn is_folded(&self, span: Span) -> bool {
        is_folded(&self.folds, span)
    }

    /// Returns the text without the lines that are folded.
    pub(crate) fn unfolded(&self) -> Cow<'_, str> {
        unfolded(&self.text, &self.folds)
    }
}

/// Returns the folders of the library.
pub(crate) fn roots(db: &Connection) -> rusqlite::Result<Vec<Root>> {
    let mut query = db.prepare_cached("SELECT id, path, walked, away FROM root ORDER BY path")?;
    let rows = query.query_map([], |row| {
        Ok(Root {
            id: row.get(0)?,
            path: path_of_bytes(row.get(1)?),
            walked: row.get(2)?,
            away: row.get(3)?,
        })
    })?;
    rows.collect()
}

/// Returns the number of a folder, which is added where it is not there.
pub(crate) fn put_root(db: &Connection, path: &Path) -> rusqlite::Result<i64> {
    let sql = "INSERT INTO root (path) VALUES (?1) ON CONFLICT DO NOTHING";
    db.prepare_cached(sql)?.execute([path_bytes(path)])?;
    let mut query = db.prepare_cached("SELECT id FROM root WHERE path = ?1")?;
    query.query_row([path_bytes(path)], |row| row.get(0))
}

/// Notes when a folder was listed, and whether it was there.
pub(crate) fn set_walked(db: &Connection, root: i64, now: i64, away: bool) -> rusqlite::Result<()> {
    let sql =
        "UPDATE root SET away = ?3, walked = CASE WHEN ?3 THEN walked ELSE ?2 END WHERE id = ?1";
    db.prepare_cached(sql)?.execute(params![root, now, away])?;
    Ok(())
}

/// Takes a folder and its articles out of the cache.
pub(crate) fn drop_root(db: &Connection, root: i64) -> rusqlite::Result<()> {
    let mut query = db.prepare_cached("SELECT id FROM article WHERE root = ?1")?;
    let ids: Vec<ArticleId> = query
        .query_map([root], |r| r.get(0))?
        .collect::<Result<_, _>>()?;
    drop_articles(db, &ids)?;
    db.execute("DELETE FROM root WHERE id = ?1", [root])?;
    Ok(())
}

/// Takes articles out of the cache.
pub(crate) fn drop_articles(db: &Connection, ids: &[ArticleId]) -> rusqlite::Result<()> {
    for (table, column) in PARTS {
        let sql = format!("DELETE FROM {table} WHERE {column} = ?1");
        let mut delete = db.prepare_cached(&sql)?;
        for id in ids {
            delete.execute([id])?;
        }
    }
    Ok(())
}

/// The tables that have something of an article, and their column of its number.
const PARTS: [(&str, &str); 4] = [
    ("article", "id"),
    ("body", "id"),
    ("point", "article"),
    ("fingerprint", "article"),
];

/// The articles of a folder that the cache knows, by the [hashes](path_hash) of their paths: the
/// paths of a large library would take more memory than all else that a refresh needs.
pub(crate) type KnownFiles = HashMap<u64, (ArticleId, KnownState)>;

/// Returns the hash of a path; two paths of one library have the same by no chance that counts.
pub(crate) fn path_hash(path: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    path.as_os_str().hash(&mut hasher);
    hasher.finish()
}

/// Returns the files of a folder that the cache knows, with their states.
pub(crate) fn known_files(db: &Connection, root: i64) -> rusqlite::Result<KnownFiles> {
    let sql = "SELECT path, id, mtime, size, inode FROM article WHERE root = ?1";
    let mut query = db.prepare_cached(sql)?;
    let rows = query.query_map([root], |row| {
        let state = KnownState {
            mtime: row.get(2)?,
            size: row.get(3)?,
            inode: row.get(4)?,
        };
        let path = path_of_bytes(row.get(0)?);
        Ok((path_hash(&path), (row.get(1)?, state)))
    })?;
    rows.collect()
}

/// The state of a file: another one means other contents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct KnownState {
    /// The time of the last write, in nanoseconds since 1970.
    pub(crate) mtime: i64,
    size: i64,
    inode: i64,
}

impl From<&Stamp> for KnownState {
    fn from(stamp: &Stamp) -> Self {
        Self {
            mtime: stamp.mtime(),
            size: stamp.len.cast_signed(),
            inode: stamp.file.inode().cast_signed(),
        }
    }
}

impl From<&NewsItem> for KnownState {
    fn from(item: &NewsItem) -> Self {
        Self {
            mtime: item.published.saturating_mul(1_000_000_000),
            size: item.len,
            inode: i64::try_from(item.id).unwrap_or_default(),
        }
    }
}

/// Notes that an article lies at another path.
pub(crate) fn move_article(db: &Connection, id: ArticleId, path: &Path) -> rusqlite::Result<()> {
    let sql = "UPDATE OR REPLACE article SET path = ?2 WHERE id = ?1";
    db.prepare_cached(sql)?
        .execute(params![id, path_bytes(path)])?;
    Ok(())
}

/// Writes an article; one at the same path is replaced and keeps its number.
pub(crate) fn put_article(
    db: &Connection,
    root: i64,
    (path, state): (&Path, KnownState),
    read: &ReadArticle,
) -> rusqlite::Result<ArticleId> {
    let known = article_at(db, path)?;
    if let Some(id) = known {
        drop_articles(db, &[id])?;
    }
    let entry = &read.entry;
    let sql = "INSERT INTO article (id, root, path, mtime, size, inode, title, day, date, source, author, \
               tags, length, points, fault) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
    db.prepare_cached(sql)?.execute(params![
        known,
        root,
        path_bytes(path),
        state.mtime,
        state.size,
        state.inode,
        entry.title,
        entry.day.map(Day::number),
        entry.date,
        entry.source,
        entry.author,
        entry.tags.join("\n"),
        entry.length,
        entry.points,
        entry.fault,
    ])?;
    let id = db.last_insert_rowid();
    if let Some(body) = read
        .body
        .as_ref()
        .filter(|b| b.text.len() <= MAX_TEXT_BYTES)
    {
        put_body(db, id, body)?;
    }
    Ok(id)
}

fn put_body(db: &Connection, id: ArticleId, body: &ReadBody) -> rusqlite::Result<()> {
    let mut folds = Vec::new();
    for fold in &body.folds {
        places::put(&mut folds, fold.start.byte());
        places::put(&mut folds, fold.end.byte() - fold.start.byte());
    }
    let sql = "INSERT INTO body (id, text, folds, places) VALUES (?1, ?2, ?3, ?4)";
    db.prepare_cached(sql)?
        .execute(params![id, body.text, folds, body.places])?;
    let sql = "INSERT INTO point (article, n, start, end, level, parent, marker, label) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let mut insert = db.prepare_cached(sql)?;
    for (n, point) in body.points.iter().enumerate() {
        let (start, end) = (point.span.start.byte(), point.span.end.byte());
        let PointRow {
            level,
            parent,
            marker,
            label,
            ..
        } = point;
        insert.execute(params![id, n, start, end, level, parent, marker, label])?;
    }
    let numbers = body.numbers.numbers().iter();
    let numbers: Vec<u8> = numbers.flat_map(|n| n.to_le_bytes()).collect();
    let sql = "INSERT INTO fingerprint (article, numbers) VALUES (?1, ?2)";
    db.prepare_cached(sql)?.execute(params![id, numbers])?;
    Ok(())
}

/// Returns the articles of the folders; of all for none.
pub(crate) fn entries(db: &Connection, roots: &[i64]) -> rusqlite::Result<Vec<LibraryEntry>> {
    let (mut all, mut shared) = (Vec::new(), SharedTexts::default());
    if roots.is_empty() {
        each_entry(db, &mut |entry| all.push(entry))?;
    }
    for root in roots {
        let sql = format!("SELECT {ENTRY_COLUMNS} FROM article WHERE root = ?1");
        let mut query = db.prepare_cached(&sql)?;
        for found in query.query_map([root], |row| entry(row, &mut shared))? {
            all.push(found?);
        }
    }
    Ok(all)
}

/// Gives every article to `take`, one after the other.
pub(crate) fn each_entry(
    db: &Connection,
    take: &mut dyn FnMut(LibraryEntry),
) -> rusqlite::Result<()> {
    let mut query = db.prepare_cached(&format!("SELECT {ENTRY_COLUMNS} FROM article"))?;
    let mut shared = SharedTexts::default();
    for found in query.query_map([], |row| entry(row, &mut shared))? {
        take(found?);
    }
    Ok(())
}

/// Texts that many articles have in common, each kept once in memory.
#[derive(Default)]
struct SharedTexts(HashSet<Arc<str>>);

impl SharedTexts {
    /// Returns a column of a row, as the text that was equal to it before.
    fn get(&mut self, row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Arc<str>>> {
        let Some(text) = row.get_ref(column)?.as_str_or_null()? else {
            return Ok(None);
        };
        if let Some(known) = self.0.get(text) {
            return Ok(Some(Arc::clone(known)));
        }
        let text: Arc<str> = text.into();
        self.0.insert(Arc::clone(&text));
        Ok(Some(text))
    }
}

fn entry(row: &Row<'_>, shared: &mut SharedTexts) -> rusqlite::Result<LibraryEntry> {
    let tags: String = row.get(7)?;
    Ok(LibraryEntry {
        id: row.get(0)?,
        path: path_of_bytes(row.get(1)?),
        title: row.get(2)?,
        day: row.get::<_, Option<u32>>(3)?.map(Day::of_number),
        date: shared.get(row, 4)?,
        source: shared.get(row, 5)?,
        author: shared.get(row, 6)?,
        tags: tags.lines().map(str::to_owned).collect(),
        length: row.get(8)?,
        points: row.get(9)?,
        fault: row.get(10)?,
        copy_of: row.get(11)?,
    })
}

/// Returns the newest articles, and the number of all.
pub(crate) fn newest(
    db: &Connection,
    count: usize,
) -> rusqlite::Result<(Vec<LibraryEntry>, usize)> {
    let all = db.query_row("SELECT count(*) FROM article", [], |r| r.get(0))?;
    let sql = format!("SELECT {ENTRY_COLUMNS} FROM article ORDER BY day DESC LIMIT ?1");
    let mut query = db.prepare_cached(&sql)?;
    let mut shared = SharedTexts::default();
    let rows = query.query_map([count], |row| entry(row, &mut shared))?;
    Ok((rows.collect::<Result<_, _>>()?, all))
}

/// Returns articles by their numbers.
pub(crate) fn entries_of(
    db: &Connection,
    ids: &[ArticleId],
) -> rusqlite::Result<Vec<LibraryEntry>> {
    let sql = format!("SELECT {ENTRY_COLUMNS} FROM article WHERE id = ?1");
    let mut query = db.prepare_cached(&sql)?;
    let mut shared = SharedTexts::default();
    let mut read = |id| query.query_row([id], |row| entry(row, &mut shared));
    ids.iter().map(&mut read).collect()
}

/// Returns a text of the cache without copying it.
fn text_of(value: ValueRef<'_>) -> &str {
    utf8(value.as_bytes().unwrap_or_default()).unwrap_or_default()
}

/// Gives every text with its folded lines to `take`, by the numbers of the articles, until it
/// returns false.
pub(crate) fn each_text(
    db: &Connection,
    take: &mut dyn FnMut(ArticleId, &str, &[Span]) -> bool,
) -> rusqlite::Result<()> {
    let mut query = db.prepare_cached("SELECT id, text, folds FROM body ORDER BY id")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let folds = unpack_folds(row.get_ref(2)?.as_blob().unwrap_or_default());
        if !take(row.get(0)?, text_of(row.get_ref(1)?), &folds) {
            break;
        }
    }
    Ok(())
}

/// Gives the text of an article with its folded lines to `take`, where the cache keeps it.
pub(crate) fn with_text(
    db: &Connection,
    id: ArticleId,
    take: &mut dyn FnMut(&str, &[Span]),
) -> rusqlite::Result<()> {
    with_places(db, id, &mut |text, folds, _| take(text, folds))
}

/// Takes a text, its folded lines and its packed [`places`].
type TakePlaces<'a> = &'a mut dyn FnMut(&str, &[Span], &[u8]);

/// Gives the text of an article with its folded lines and its packed [`places`] to `take`, where the
/// cache keeps it.
pub(crate) fn with_places(
    db: &Connection,
    id: ArticleId,
    take: TakePlaces<'_>,
) -> rusqlite::Result<()> {
    let mut query = db.prepare_cached("SELECT text, folds, places FROM body WHERE id = ?1")?;
    let mut rows = query.query([id])?;
    if let Some(row) = rows.next()? {
        let bytes = |column| -> rusqlite::Result<&[u8]> {
            Ok(row.get_ref(column)?.as_blob().unwrap_or_default())
        };
        let folds = unpack_folds(bytes(1)?);
        take(text_of(row.get_ref(0)?), &folds, bytes(2)?);
    }
    Ok(())
}

/// Returns whether a span is in a folded line.
pub(crate) fn is_folded(folds: &[Span], span: Span) -> bool {
    let at = folds.partition_point(|fold| fold.end <= span.start);
    folds.get(at).is_some_and(|fold| fold.start <= span.start)
}

/// Returns a text without its folded lines.
pub(crate) fn unfolded<'a>(text: &'a str, folds: &[Span]) -> Cow<'a, str> {
    if folds.is_empty() {
        return Cow::Borrowed(text);
    }
    let (mut kept, mut from) = (String::new(), 0);
    for fold in folds {
        let (start, end) = (fold.start.byte(), fold.end.byte());
        kept.push_str(text.get(from..start).unwrap_or_default());
        from = end;
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(kept)
}

/// Returns the text of an article; `None` where the cache does not keep it.
pub(crate) fn body(db: &Connection, id: ArticleId) -> rusqlite::Result<Option<Body>> {
    let mut query = db.prepare_cached("SELECT text, folds, places FROM body WHERE id = ?1")?;
    let read = |row: &Row<'_>| {
        let packed: Vec<u8> = row.get(1)?;
        Ok(Body {
            text: text_of(row.get_ref(0)?).to_owned(),
            folds: unpack_folds(&packed),
            places: row.get(2)?,
        })
    };
    query.query_row([id], read).optional()
}

/// Returns the packed places of an article; `None` where the cache does not keep its text.
pub(crate) fn places(db: &Connection, id: ArticleId) -> rusqlite::Result<Option<Vec<u8>>> {
    let mut query = db.prepare_cached("SELECT places FROM body WHERE id = ?1")?;
    query.query_row([id], |row| row.get(0)).optional()
}

/// Returns the points of an article.
pub(crate) fn points(db: &Connection, id: ArticleId) -> rusqlite::Result<Vec<PointRow>> {
    let sql =
        "SELECT start, end, level, parent, marker, label FROM point WHERE article = ?1 ORDER BY n";
    let mut query = db.prepare_cached(sql)?;
    let rows = query.query_map([id], |row| {
        Ok(PointRow {
            span: Span::new(row.get(0)?, row.get(1)?),
            level: row.get(2)?,
            parent: row.get(3)?,
            marker: row.get(4)?,
            label: row.get(5)?,
        })
    })?;
    rows.collect()
}

/// A point as [`each_point`] gives it.
pub(crate) struct ListedPoint<'a> {
    pub(crate) span: Span,
    pub(crate) marker: &'a str,
    pub(crate) label: &'a str,
}

/// Gives every point with its article and its number there to `take` until it returns false.
pub(crate) fn each_point(
    db: &Connection,
    take: &mut dyn FnMut(ArticleId, u32, &ListedPoint<'_>) -> rusqlite::Result<bool>,
) -> rusqlite::Result<()> {
    let sql = "SELECT article, n, start, end, marker, label FROM point ORDER BY article, n";
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let point = ListedPoint {
            span: Span::new(row.get(2)?, row.get(3)?),
            marker: text_of(row.get_ref(4)?),
            label: text_of(row.get_ref(5)?),
        };
        if !take(row.get(0)?, row.get(1)?, &point)? {
            break;
        }
    }
    Ok(())
}

/// Returns the number of the article at a path.
pub(crate) fn article_at(db: &Connection, path: &Path) -> rusqlite::Result<Option<ArticleId>> {
    let mut query = db.prepare_cached("SELECT id FROM article WHERE path = ?1")?;
    query.query_row([path_bytes(path)], |r| r.get(0)).optional()
}

/// Returns the fingerprint of an article; an empty one where there is none.
pub(crate) fn fingerprint(db: &Connection, id: ArticleId) -> rusqlite::Result<Fingerprint> {
    let mut query = db.prepare_cached("SELECT numbers FROM fingerprint WHERE article = ?1")?;
    let bytes: Option<Vec<u8>> = query.query_row([id], |row| row.get(0)).optional()?;
    Ok(unpack_numbers(&bytes.unwrap_or_default()))
}

fn unpack_numbers(bytes: &[u8]) -> Fingerprint {
    let number = |four: &[u8]| Some(u32::from_le_bytes(four.try_into().ok()?));
    Fingerprint::of_numbers(bytes.chunks(4).filter_map(number).collect())
}

fn unpack_folds(mut packed: &[u8]) -> Vec<Span> {
    let mut folds = Vec::new();
    while let Some(start) = places::take(&mut packed) {
        let Some(len) = places::take(&mut packed) else {
            break;
        };
        folds.push(Span::new(start, start.saturating_add(len)));
    }
    folds
}

/// Returns all articles with their fingerprints, in the order of their paths.
pub(crate) fn candidates(db: &Connection) -> rusqlite::Result<Vec<FingerprintedArticle>> {
    let sql = "SELECT article.id, day, title, numbers FROM fingerprint \
               JOIN article ON article.id = fingerprint.article ORDER BY path";
    let mut query = db.prepare_cached(sql)?;
    let rows = query.query_map([], |row| {
        let bytes = row.get_ref(3)?.as_blob().unwrap_or_default();
        Ok(FingerprintedArticle {
            id: row.get(0)?,
            day: row.get::<_, Option<u32>>(1)?.map(Day::of_number),
            title: title_number(text_of(row.get_ref(2)?)),
            numbers: unpack_numbers(bytes),
        })
    })?;
    rows.collect()
}

/// Writes which articles are copies of which; all others are copies of none.
pub(crate) fn set_copies(
    db: &Connection,
    copies: &HashMap<ArticleId, ArticleId>,
) -> rusqlite::Result<()> {
    let known = "SELECT id, copy_of FROM article WHERE copy_of IS NOT NULL";
    let mut query = db.prepare_cached(known)?;
    let known = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let known: HashMap<ArticleId, ArticleId> = known.collect::<Result<_, _>>()?;
    let mut set = db.prepare_cached("UPDATE article SET copy_of = ?2 WHERE id = ?1")?;
    for id in known.keys().filter(|id| !copies.contains_key(id)) {
        set.execute(params![id, None::<ArticleId>])?;
    }
    for (id, first) in copies
        .iter()
        .filter(|(id, first)| known.get(id) != Some(first))
    {
        set.execute(params![id, first])?;
    }
    Ok(())
}
