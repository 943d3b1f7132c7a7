//! Takes the rows of a damaged store out of its pages, in the order of their places in the file.
//!
//! 1. Every row is known by its shape: which table it is of needs no tree and no schema.
//! 2. Of two rows of one name the newer stays.
//! 3. Articles of which only marks or places are left get a row again.

use super::pages::{PageRow, Pages};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::collections::HashSet;
use std::io;
use std::path::Path;

/// The least length of a mark's name in the index of names; shorter ones are letters of bookmarks.
const MIN_NAME_BYTES: usize = 8;

/// The number of marks that were saved, and of those that there are traces of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// Articles that were saved.
    pub articles: usize,
    /// Marks that were saved.
    pub marks: usize,
    /// Marks that there were, as far as they can be counted.
    pub of: usize,
}

impl Salvaged {
    /// Says how many marks were saved of how many.
    pub(crate) fn said(self) -> (String, String) {
        let Self { marks, of, .. } = self;
        match of {
            0 => (
                "里面没有找到标注".to_owned(),
                "no marks were found in it".to_owned(),
            ),
            _ if marks == of => (
                format!("{of} 条标注都救回了"),
                format!("all {of} marks were saved"),
            ),
            _ => (
                format!("标注有 {of} 条以上，救回 {marks} 条"),
                format!("{marks} of at least {of} marks were saved"),
            ),
        }
    }
}

/// A table, and its rows as they are in a page.
struct Table {
    name: &'static str,
    /// The columns in the order of the page.
    columns: &'static str,
    /// A letter for each value: `n` none (the rowid), `i` a number, `t` a text, `b` bytes, `?` a
    /// text or none. Later versions may have more columns.
    shape: &'static str,
    /// The values behind these may be missing: an older version wrote the row.
    least: usize,
    /// The column that says which of two rows is newer.
    age: usize,
    fits: fn(&[Value]) -> bool,
}

const TABLES: [Table; 8] = [
    Table {
        name: "article",
        columns: "id, hash, title, author, source, date, length, per_cent, opened, kept, done",
        shape: "nbttttiii?i",
        least: 10,
        age: 8,
        fits: |row| is_hash(row, 1),
    },
    Table {
        name: "mark",
        columns: "uid, article, kind, letter, colour, start, exact, before, after, above, below, \
                  twins, note, tags, cited, under, made, changed",
        shape: "tittiitttttittttii",
        least: 18,
        age: 17,
        fits: |row| !text(row, 0).is_empty() && is_word(text(row, 2)),
    },
    Table {
        name: "version",
        columns: "hash, article",
        shape: "bi",
        least: 2,
        age: 1,
        fits: |row| is_hash(row, 0),
    },
    Table {
        name: "location",
        columns: "path, article, seen",
        shape: "tii",
        least: 3,
        age: 2,
        fits: |row| is_path(text(row, 0)),
    },
    Table {
        name: "keyword",
        columns: "term, uses, last",
        shape: "tii",
        least: 3,
        age: 2,
        fits: |row| !is_path(text(row, 0)),
    },
    Table {
        name: "reading",
        columns: "day, article, ms, chars, paced_ms, paced_chars",
        shape: "tiiiii",
        least: 6,
        age: 2,
        fits: |row| text(row, 0).len() == 10,
    },
    Table {
        name: "choice",
        columns: "name, value, base",
        shape: "ttt",
        least: 3,
        age: 0,
        fits: |row| !text(row, 0).is_empty(),
    },
    Table {
        name: "card",
        columns: "article, key, box, due, answered",
        shape: "ibiti",
        least: 5,
        age: 4,
        fits: |row| is_hash(row, 1),
    },
];

/// Rows for the articles of which only other rows are left, and the other way round.
const COMPLETE: &str = "
INSERT INTO article (id, hash, title, author, source, date, length)
    SELECT article, coalesce((SELECT hash FROM version WHERE version.article = lost.article), randomblob(16)),
        coalesce((SELECT path FROM location WHERE location.article = lost.article), ''), '', '', '', 0
    FROM (SELECT article FROM mark UNION SELECT article FROM version UNION SELECT article FROM location
        UNION SELECT article FROM reading UNION SELECT article FROM card) AS lost
    WHERE article NOT IN (SELECT id FROM article);
INSERT OR IGNORE INTO version (hash, article) SELECT hash, id FROM article;
";

/// Copies the rows that can be read of the file at `damaged` and of its log into an empty store.
pub(super) fn salvage(damaged: &Path, log: &Path, db: &mut Connection) -> io::Result<Salvaged> {
    let mut pages = Pages::open(damaged, log)?;
    let mut found: [Vec<Vec<Value>>; TABLES.len()] = Default::default();
    let mut names = HashSet::new();
    for page in pages.numbers() {
        for row in pages.rows(page) {
            names.extend(name_of_mark(&row).map(str::to_owned));
            let values = with_rowid(row);
            let table = TABLES.iter().position(|table| table.takes(&values));
            if let Some(rows) = table.and_then(|i| found.get_mut(i)) {
                rows.push(values);
            }
        }
    }
    put(db, found).map_err(io::Error::other)?;
    let count = |table| -> usize {
        let sql = format!("SELECT count(*) FROM {table}");
        db.query_row(&sql, [], |r| r.get(0)).unwrap_or_default()
    };
    let (articles, marks) = (count("article"), count("mark WHERE kind <> 'draft'"));
    Ok(Salvaged {
        articles,
        marks,
        of: names.len().max(marks),
    })
}

/// Writes the rows of each table.
fn put(db: &mut Connection, found: [Vec<Vec<Value>>; TABLES.len()]) -> rusqlite::Result<()> {
    let transaction = db.transaction()?;
    for (table, mut rows) in TABLES.iter().zip(found) {
        rows.sort_by_key(|row| integer(row, table.age));
        for row in rows {
            let columns: Vec<&str> = table.columns.split(", ").take(row.len()).collect();
            let places = vec!["?"; columns.len()].join(", ");
            let (name, columns) = (table.name, columns.join(", "));
            let sql = format!("INSERT OR REPLACE INTO {name} ({columns}) VALUES ({places})");
            transaction
                .prepare_cached(&sql)?
                .execute(params_from_iter(row))?;
        }
    }
    transaction.execute_batch(COMPLETE)?;
    transaction.commit()
}

/// Returns a row with its rowid where the table has it as a column.
fn with_rowid(mut row: PageRow) -> Vec<Value> {
    if let (Some(rowid), Some(first @ Value::Null)) = (row.rowid, row.values.first_mut()) {
        *first = Value::Integer(rowid);
    }
    row.values
}

/// Returns the name of a mark by a row of the table of marks, or of its index by names.
fn name_of_mark(row: &PageRow) -> Option<&str> {
    let name = match row.values.first()? {
        Value::Text(name) if name.len() >= MIN_NAME_BYTES && !name.starts_with("draft-") => name,
        _ => return None,
    };
    let is_index = row.rowid.is_none() && row.values.len() == 2;
    let is_entry = is_index && matches!(row.values.get(1), Some(Value::Integer(_)));
    (is_entry
        || TABLES
            .iter()
            .any(|t| t.name == "mark" && t.takes(&row.values)))
    .then_some(name)
}

impl Table {
    /// Returns whether a row is one of this table.
    fn takes(&self, row: &[Value]) -> bool {
        let of_kind = |(value, kind): (&Value, char)| match value {
            Value::Null => kind == '?',
            Value::Integer(_) => matches!(kind, 'i' | 'n'),
            Value::Text(_) => matches!(kind, 't' | '?'),
            Value::Blob(_) => kind == 'b',
            Value::Real(_) => false,
        };
        (self.least..=self.shape.len()).contains(&row.len())
            && row.iter().zip(self.shape.chars()).all(of_kind)
            && (self.fits)(row)
    }
}

fn text(row: &[Value], at: usize) -> &str {
    match row.get(at) {
        Some(Value::Text(text)) => text,
        _ => "",
    }
}

fn integer(row: &[Value], at: usize) -> i64 {
    match row.get(at) {
        Some(Value::Integer(number)) => *number,
        _ => 0,
    }
}

fn is_hash(row: &[Value], at: usize) -> bool {
    matches!(row.get(at), Some(Value::Blob(bytes)) if bytes.len() == 16)
}

/// Returns whether a text is the name of a kind of mark.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase())
}

/// Returns whether a text is the path of an article.
fn is_path(text: &str) -> bool {
    text.is_empty() || text.starts_with('/') || text.starts_with("shipped:")
}
