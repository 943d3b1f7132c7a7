//! Marks as rows of the database.
//!
//! A row is cleaned like any other input; a mark that is not as one was written is left out.

use crate::session::anchor::Anchor;
use crate::session::clash::{self, Clash, ClashKind};
use crate::session::marks::{Draft, Mark, MarkKind};
use crate::source::sanitize;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// The columns of a mark, in the order of [`mark`].
pub(crate) const MARK: &str = "uid, kind, letter, colour, start, exact, before, after, above, below, twins, note, tags, cited, under, made, changed";

/// Reads a mark from a row that begins with [`MARK`].
pub(crate) fn mark(row: &Row<'_>) -> Option<Mark> {
    let text = |i: usize| Some(sanitize::sanitize(row.get(i).ok()?).0);
    let number = |i: usize| row.get::<_, i64>(i).ok();
    let letter = text(2).and_then(|letter| letter.chars().next());
    let colour = number(3).and_then(|colour| u8::try_from(colour).ok());
    let kind = MarkKind::of_parts(&text(1)?, letter, colour)?;
    let lines = |text: String| {
        let lines = text.lines().filter(|l| !l.is_empty());
        lines.map(sanitize::line).collect()
    };
    let mark = Mark {
        uid: row.get(0).ok()?,
        kind,
        anchor: Anchor {
            start: usize::try_from(number(4)?).unwrap_or_default(),
            exact: text(5)?,
            before: text(6)?,
            after: text(7)?,
            above: text(8)?,
            below: text(9)?,
            twins: usize::try_from(number(10)?).unwrap_or(1),
        },
        span: None,
        note: text(11)?,
        tags: lines(text(12)?),
        cited: sanitize::line(&text(13)?),
        under: lines(text(14)?),
        made: number(15)?,
        changed: number(16)?,
    };
    Some(mark.with_tags_of_note())
}

/// The kind of a row that is a draft: no mark, and none to a version that knows no drafts.
const DRAFT: &str = "draft";

/// Reads a draft from a row that begins with [`MARK`]; `None` where it is a mark.
pub(crate) fn draft(row: &Row<'_>) -> Option<Draft> {
    let text = |i: usize| Some(sanitize::sanitize(row.get(i).ok()?).0);
    let size = |i: usize| Some(usize::try_from(row.get::<_, i64>(i).ok()?).unwrap_or_default());
    if text(1)? != DRAFT {
        return None;
    }
    Some(Draft {
        uid: row.get(0).ok()?,
        anchor: Anchor {
            start: size(4)?,
            exact: text(5)?,
            before: text(6)?,
            after: text(7)?,
            above: text(8)?,
            below: text(9)?,
            twins: size(10)?,
        },
        text: text(11)?,
        made: row.get(15).ok()?,
    })
}

/// Writes a draft of an article, or deletes it.
pub(crate) fn put_draft(
    db: &Connection,
    article: i64,
    uid: &str,
    draft: Option<&Draft>,
) -> rusqlite::Result<()> {
    let Some(d) = draft else {
        let sql = "DELETE FROM mark WHERE uid = ?1 AND kind = ?2";
        return db.prepare_cached(sql)?.execute([uid, DRAFT]).map(|_| ());
    };
    let a = &d.anchor;
    let (start, twins) = (a.start.cast_signed() as i64, a.twins.cast_signed() as i64);
    db.prepare_cached(&format!(
        "INSERT OR REPLACE INTO mark (article, {MARK}) \
         VALUES (?1, ?2, ?3, '', 0, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, '', '', '', ?12, ?12)"
    ))?
    .execute(params![
        article, uid, DRAFT, start, a.exact, a.before, a.after, a.above, a.below, twins, d.text,
        d.made
    ])?;
    Ok(())
}

/// Reads the mark of a name.
fn stored(db: &Connection, uid: &str) -> rusqlite::Result<Option<Mark>> {
    let sql = format!("SELECT {MARK} FROM mark WHERE uid = ?1");
    let mut ask = db.prepare_cached(&sql)?;
    let found = ask.query_row([uid], |r| Ok(mark(r))).optional()?;
    Ok(found.flatten())
}

/// Returns a mark as it is read once it was written: cleaned.
fn as_read(m: &Mark) -> Mark {
    let line = |text: &String| sanitize::line(text);
    Mark {
        note: sanitize::sanitize(m.note.clone()).0,
        tags: m.tags.iter().map(line).collect(),
        cited: line(&m.cited),
        ..m.clone()
    }
}

/// Reads the bookmark of a letter in an article that has another name.
fn same_letter(db: &Connection, article: i64, m: &Mark) -> rusqlite::Result<Option<Mark>> {
    let MarkKind::Bookmark(letter) = m.kind else {
        return Ok(None);
    };
    let sql = format!(
        "SELECT {MARK} FROM mark WHERE kind = 'bookmark' AND letter = ?1 AND article = ?2 AND uid <> ?3"
    );
    let mut ask = db.prepare_cached(&sql)?;
    let values = params![letter.to_string(), article, m.uid];
    let found = ask.query_row(values, |r| Ok(mark(r))).optional()?;
    Ok(found.flatten())
}

/// Writes a mark that was changed from `before`; returns what became of it where another program
/// had changed it as well.
pub(crate) fn change_mark(
    db: &Connection,
    (of, article): ([u8; 16], i64),
    ours: &Mark,
    before: Option<&Mark>,
) -> rusqlite::Result<Option<Clash>> {
    let theirs = match stored(db, &ours.uid)? {
        None if before.is_none() => same_letter(db, article, ours)?,
        found => found,
    };
    let before = before.map(as_read);
    let (mark, kind) = clash::decide_put(ours, before.as_ref(), theirs.as_ref());
    if let Some(mark) = &mark {
        put_mark(db, article, mark)?;
    }
    Ok(kind.map(|kind| Clash {
        of,
        uid: ours.uid.clone(),
        kind,
        stored: mark,
        theirs,
    }))
}

/// Deletes a mark that was as `before`, unless another program has changed it since.
pub(crate) fn drop_mark(
    db: &Connection,
    of: [u8; 16],
    uid: &str,
    before: Option<&Mark>,
) -> rusqlite::Result<Option<Clash>> {
    let (theirs, before) = (stored(db, uid)?, before.map(as_read));
    let before = before.as_ref();
    if let Some(theirs) = theirs.filter(|theirs| !clash::decide_drop(before, theirs)) {
        return Ok(Some(Clash {
            of,
            uid: uid.to_owned(),
            kind: ClashKind::Stays,
            stored: Some(theirs.clone()),
            theirs: Some(theirs),
        }));
    }
    let sql = "DELETE FROM mark WHERE uid = ?1";
    db.prepare_cached(sql)?.execute([uid])?;
    Ok(None)
}

/// Writes a mark of an article. An article has one bookmark of each letter; all articles
/// together have one of each capital.
pub(crate) fn put_mark(db: &Connection, article: i64, m: &Mark) -> rusqlite::Result<()> {
    let (kind, letter, colour) = m.kind.parts();
    let everywhere = letter.is_some_and(|c| c.is_ascii_uppercase());
    let letter = letter.map(String::from).unwrap_or_default();
    let colour = colour.unwrap_or_default();
    if kind == "bookmark" {
        let sql = "DELETE FROM mark WHERE kind = 'bookmark' AND letter = ?1 AND uid <> ?2 AND (?3 OR article = ?4)";
        db.prepare_cached(sql)?
            .execute(params![letter, m.uid, everywhere, article])?;
    }
    let a = &m.anchor;
    // an anchor is looked for first where it was found last
    let start = m.span.map_or(a.start, |s| s.start.byte()).cast_signed() as i64;
    let twins = a.twins.cast_signed() as i64;
    let (tags, under) = (m.tags.join("\n"), m.under.join("\n"));
    db.prepare_cached(&format!(
        "INSERT OR REPLACE INTO mark (article, {MARK}) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)"
    ))?
    .execute(params![
        article, m.uid, kind, letter, colour, start, a.exact, a.before, a.after, a.above, a.below,
        twins, m.note, tags, m.cited, under, m.made, m.changed
    ])?;
    Ok(())
}
