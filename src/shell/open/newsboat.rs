//! The database of newsboat, `cache.db`: its items are read as articles of a feed. Nothing is
//! ever written to it.

use crate::shell::error::Error;
use crate::source::{self, Source};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// The beginning of every `SQLite` file.
const HEAD: &[u8; 16] = b"SQLite format 3\0";

/// Reads an item: its feed, title, author, date, address and text. The date of a feed is in its
/// own zone, which newsboat does not keep.
const ITEM: &str = "SELECT rss_feed.title, rss_item.title, author, \
    strftime('%Y-%m-%d %H:%M', nullif(pubDate, 0), 'unixepoch', 'localtime'), rss_item.url, content \
    FROM rss_item LEFT JOIN rss_feed ON rssurl = feedurl WHERE id = ?1 AND deleted = 0";

/// An item of the database.
pub(crate) struct NewsItem {
    /// Its number, from 1.
    pub(crate) id: usize,
    /// Its date, in seconds since 1970.
    pub(crate) published: i64,
    /// Bytes of its title and text.
    pub(crate) len: i64,
}

/// Returns whether a file is a database of newsboat.
pub(crate) fn is_database(path: &Path) -> bool {
    // a pipe would be waited for
    if !fs::metadata(path).is_ok_and(|m| m.is_file()) {
        return false;
    }
    let mut head = [0; HEAD.len()];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && head == *HEAD && open(path).is_ok()
}

/// Opens the database; fails where it has other tables.
fn open(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    drop(db.prepare(ITEM)?);
    Ok(db)
}

/// Lists the items that are not deleted.
pub(crate) fn items(path: &Path) -> rusqlite::Result<Vec<NewsItem>> {
    let db = open(path)?;
    let sql = "SELECT id, pubDate, octet_length(title) + octet_length(content) \
               FROM rss_item WHERE deleted = 0 AND id > 0";
    let mut query = db.prepare(sql)?;
    let items = query.query_map([], |row| {
        Ok(NewsItem {
            id: row.get(0)?,
            published: row.get::<_, Option<i64>>(1)?.unwrap_or_default(),
            len: row.get::<_, Option<i64>>(2)?.unwrap_or_default(),
        })
    })?;
    items.collect()
}

/// Reads an item, as the feed that it is from would have it.
pub(crate) fn source(path: &Path, id: usize) -> Result<Source, Error> {
    let read = || open(path)?.query_row(ITEM, [id], feed).optional();
    let why = match read() {
        Ok(Some(feed)) => return Ok(source::read_owned(feed.into_bytes(), Some("utf-8"))),
        Ok(None) => io::ErrorKind::NotFound.into(),
        Err(why) => io::Error::other(why),
    };
    let path = path.to_owned();
    Err(Error::Open { path, why })
}

/// Returns an item as a feed.
fn feed(row: &Row<'_>) -> rusqlite::Result<String> {
    let element = |name: &str, column: usize| {
        let text = row.get_ref(column)?.as_bytes_or_null();
        let text = String::from_utf8_lossy(text.ok().flatten().unwrap_or_default());
        let text = text.trim().replace("]]>", "]]&gt;");
        Ok::<_, rusqlite::Error>(format!("<{name}><![CDATA[{text}]]></{name}>\n"))
    };
    let feed = element("title", 0)?;
    let mut item = String::new();
    for (column, name) in (1..).zip(["title", "author", "pubDate", "link", "description"]) {
        item += &element(name, column)?;
    }
    Ok(format!(
        "<rss><channel>\n{feed}<item>\n{item}</item>\n</channel></rss>\n"
    ))
}
