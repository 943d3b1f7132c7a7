//! Finds the points in like words, in the thread that has the library.
//!
//! 1. [`index`] reads all points, once: the thread keeps the index until articles change.
//! 2. [`find`] asks it, leaves out the article that was asked from and its copies, and lists of
//!    other copies one.

use super::collect_hits::Answering;
use super::rows::{self, ListedPoint};
use crate::library::LibraryEntry;
use crate::library::copies::{Fingerprint, are_copies, fingerprint};
use crate::library::entry::ArticleId;
use crate::library::likeness::{
    IndexDraft, LikenessIndex, MAX_LIKE_POINTS, NearPoint, PointKey, copies_once,
};
use crate::library::wording::{Wording, needs_text};
use crate::session::library_pages::LibraryFound;
use crate::session::like_list::{LikeAsked, LikePoint, LikeSource};
use crate::text::Span;
use rusqlite::Connection;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

/// The time between two reports of how far it is.
const PROGRESS_TIME: Duration = Duration::from_millis(150);
/// Points that are read between two looks at the clock.
const POINTS_PER_STEP: usize = 1024;

/// Reads all points; `None` where they are not wanted any more.
pub(crate) fn index(
    db: &Connection,
    answering: &Answering<'_>,
) -> rusqlite::Result<Option<LikenessIndex>> {
    let all: usize = db.query_row("SELECT count(*) FROM point", [], |row| row.get(0))?;
    let (mut draft, mut read, mut last) = (IndexDraft::default(), 0, Instant::now());
    let mut is_wanted = true;
    let mut text = (0, String::new());
    rows::each_point(db, &mut |article, n, point| {
        read += 1;
        if read % POINTS_PER_STEP == 0 {
            is_wanted = (answering.is_wanted)();
            if last.elapsed() >= PROGRESS_TIME {
                last = Instant::now();
                (answering.tell)(LibraryFound::ReadPoints(read, all));
            }
        }
        if needs_text(point.label) && text.0 != article {
            let body = rows::body(db, article)?;
            text = (article, body.unwrap_or_default().text);
        }
        let behind = if text.0 == article {
            behind(&text.1, point)
        } else {
            ""
        };
        let wording = Wording::of_point(point.marker, point.label, behind);
        Ok(is_wanted && draft.add(PointKey { article, n }, &wording))
    })?;
    Ok(is_wanted.then(|| draft.finish()))
}

/// Returns the text of a point behind its label.
fn behind<'a>(text: &'a str, point: &ListedPoint<'_>) -> &'a str {
    let label = place(text, point.span, point.label);
    let behind = label.map(|label| Span::between(label.end, point.span.end.max(label.end)));
    behind.map_or("", |span| span.of(text))
}

/// Returns the place of a label in the text of its point.
fn place(text: &str, point: Span, label: &str) -> Option<Span> {
    let at = point.of(text).find(label)? + point.start.byte();
    Some(Span::new(at, at + label.len()))
}

/// Finds the points in like words.
pub(super) fn find(
    db: &Connection,
    index: &LikenessIndex,
    asked: &LikeAsked,
    answering: &Answering<'_>,
) -> rusqlite::Result<()> {
    if let Some((rows, copies)) = nearest(db, index, asked, &|_| true, answering)? {
        (answering.tell)(LibraryFound::Like(rows, copies));
    }
    Ok(())
}

/// Returns the points in like words of the articles that are admitted, the most alike first, and
/// the number of copies of the own article that were left out; `None` where they are not wanted
/// any more.
pub(crate) fn nearest(
    db: &Connection,
    index: &LikenessIndex,
    asked: &LikeAsked,
    admits: &dyn Fn(&LibraryEntry) -> bool,
    answering: &Answering<'_>,
) -> rusqlite::Result<Option<(Vec<LikePoint>, usize)>> {
    let mut own = OwnCopies::of(db, &asked.from)?;
    let mut entries: HashMap<ArticleId, LibraryEntry> = HashMap::new();
    let mut found = Vec::new();
    for (key, likeness) in index.nearest(&asked.wording) {
        if !(answering.is_wanted)() {
            return Ok(None);
        }
        if let Entry::Vacant(vacant) = entries.entry(key.article) {
            let entry = rows::entries_of(db, &[key.article])?.pop();
            vacant.insert(entry.unwrap_or_default());
        }
        let Some(entry) = entries.get(&key.article).filter(|entry| admits(entry)) else {
            continue;
        };
        let group = entry.copy_of.unwrap_or(key.article);
        if !own.has(db, key.article, group)? {
            found.push(NearPoint {
                key,
                likeness,
                group,
                copies: 0,
            });
        }
    }
    let mut rows = Vec::new();
    for point in copies_once(found).into_iter().take(MAX_LIKE_POINTS) {
        let entry = entries.get(&point.key.article);
        rows.extend(row(db, &asked.wording, point, entry)?);
    }
    Ok(Some((rows, own.found.len())))
}

/// Returns a point as it is listed.
fn row(
    db: &Connection,
    wording: &Wording,
    near: NearPoint,
    entry: Option<&LibraryEntry>,
) -> rusqlite::Result<Option<LikePoint>> {
    let article = near.key.article;
    let point = rows::points(db, article)?
        .into_iter()
        .nth(near.key.n as usize);
    let (Some(point), Some(entry)) = (point, entry) else {
        return Ok(None);
    };
    let mut in_text = None;
    rows::with_text(db, article, &mut |text, _| {
        in_text = place(text, point.span, &point.label);
    })?;
    let has_marker = point.label.starts_with(&point.marker);
    Ok(Some(LikePoint {
        entry: entry.clone(),
        marker: if has_marker {
            String::new()
        } else {
            point.marker
        },
        shared: wording.shared_in(&point.label),
        label: point.label,
        span: point.span,
        likeness: near.per_cent(),
        copies: near.copies,
        place: in_text,
    }))
}

/// The article that words are from, and its copies.
struct OwnCopies {
    id: Option<ArticleId>,
    group: Option<ArticleId>,
    /// The numbers of its text, where the library does not have it.
    sample: Option<Fingerprint>,
    /// The articles that were compared with these.
    compared: HashMap<ArticleId, bool>,
    /// The copies that have points in like words.
    found: HashSet<ArticleId>,
}

impl OwnCopies {
    fn of(db: &Connection, from: &LikeSource) -> rusqlite::Result<Self> {
        let (id, sample) = match from {
            LikeSource::Typed => (None, None),
            LikeSource::Listed(id) => (Some(*id), None),
            LikeSource::Open(document, path) => {
                let path = path.as_deref();
                let id = path.map(|path| rows::article_at(db, path)).transpose()?;
                let id = id.flatten();
                let sample = id.is_none().then(|| fingerprint(&document.body()));
                (id, sample)
            }
        };
        let entry = match id {
            Some(id) => rows::entries_of(db, &[id])?.pop(),
            None => None,
        };
        Ok(Self {
            id,
            group: entry.and_then(|entry| entry.copy_of).or(id),
            sample,
            compared: HashMap::new(),
            found: HashSet::new(),
        })
    }

    /// Returns whether an article is the own one or one of its copies, which are counted.
    fn has(&mut self, db: &Connection, id: ArticleId, group: ArticleId) -> rusqlite::Result<bool> {
        if self.id == Some(id) {
            return Ok(true);
        }
        let mut is_copy = self.group == Some(group);
        if let Some(sample) = &self.sample {
            is_copy = match self.compared.get(&id) {
                Some(known) => *known,
                None => are_copies(sample, &rows::fingerprint(db, id)?),
            };
            self.compared.insert(id, is_copy);
        }
        if is_copy {
            self.found.insert(id);
        }
        Ok(is_copy)
    }
}
