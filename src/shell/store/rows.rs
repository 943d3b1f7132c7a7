//! What stands in a row, and what it is in the session.
//!
//! What is read is input like any other: it is cleaned, and what does not fit is
//! left out.

use crate::session::anchor::Anchor;
use crate::session::marks::{Mark, MarkKind};
use crate::session::memory::Kept;
use crate::source::sanitize;
use rusqlite::{Connection, Row, params};
use serde_json::{Value, json};

/// The columns of a mark, in the order of [`mark`].
pub const MARK: &str = "uid, kind, letter, colour, start, exact, before, after, above, below, twins, note, tags, cited, under, made, changed";

/// Reads a mark from a row that begins with [`MARK`]; `None` where it is not as
/// one was written.
///
/// # Errors
/// Never; the form is the one that queries take.
#[allow(clippy::unnecessary_wraps, reason = "the form of a row's reader")]
pub fn mark(row: &Row<'_>) -> rusqlite::Result<Option<Mark>> {
    Ok(whole(row).ok().flatten())
}

fn whole(row: &Row<'_>) -> rusqlite::Result<Option<Mark>> {
    let text = |i: usize| row.get::<_, String>(i).map(|t| sanitize::sanitize(t).0);
    let kind = match row.get_ref(1)?.as_str().unwrap_or_default() {
        "bookmark" => text(2)?
            .chars()
            .next()
            .filter(char::is_ascii_alphabetic)
            .map(MarkKind::Bookmark),
        "highlight" => Some(MarkKind::Highlight(
            row.get::<_, u8>(3)? % crate::session::marks::COLOURS,
        )),
        "annotation" => Some(MarkKind::Annotation),
        _ => None,
    };
    let Some(kind) = kind else { return Ok(None) };
    let lines = |text: String| {
        text.lines()
            .filter(|l| !l.is_empty())
            .map(sanitize::line)
            .collect()
    };
    Ok(Some(Mark {
        uid: row.get(0)?,
        kind,
        anchor: Anchor {
            start: usize::try_from(row.get::<_, i64>(4)?).unwrap_or_default(),
            exact: text(5)?,
            before: text(6)?,
            after: text(7)?,
            above: text(8)?,
            below: text(9)?,
            twins: usize::try_from(row.get::<_, i64>(10)?).unwrap_or(1),
        },
        span: None,
        note: text(11)?,
        tags: lines(text(12)?),
        cited: sanitize::line(&text(13)?),
        under: lines(text(14)?),
        made: row.get(15)?,
        changed: row.get(16)?,
    }))
}

/// Writes a mark of an article.
///
/// # Errors
/// As the database does.
pub fn put_mark(db: &Connection, article: i64, m: &Mark) -> rusqlite::Result<()> {
    let (kind, letter, colour) = match m.kind {
        MarkKind::Bookmark(letter) => ("bookmark", letter.to_string(), 0),
        MarkKind::Highlight(colour) => ("highlight", String::new(), colour),
        MarkKind::Annotation => ("annotation", String::new(), 0),
    };
    if let MarkKind::Bookmark(c) = m.kind {
        // one of each letter in an article, one of each capital in all
        let everywhere = c.is_ascii_uppercase();
        db.prepare_cached("DELETE FROM mark WHERE kind = 'bookmark' AND letter = ?1 AND uid <> ?2 AND (?3 OR article = ?4)")?
            .execute(params![letter, m.uid, everywhere, article])?;
    }
    let a = &m.anchor;
    // where an anchor was found last is where it is looked for first
    let start = m.span.map_or(a.start, |s| s.start.byte()).cast_signed() as i64;
    db.prepare_cached(
        "INSERT OR REPLACE INTO mark (article, uid, kind, letter, colour, start, exact, before, after, above, below, twins, note, tags, cited, under, made, changed) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
    )?
    .execute(params![
        article, m.uid, kind, letter, colour, start, a.exact, a.before, a.after, a.above, a.below, a.twins.cast_signed() as i64, m.note,
        m.tags.join("\n"), m.cited, m.under.join("\n"), m.made, m.changed
    ])?;
    Ok(())
}

/// An anchor as JSON.
pub fn anchor_json(a: &Anchor) -> Value {
    json!({ "start": a.start, "exact": a.exact, "before": a.before, "after": a.after, "above": a.above, "below": a.below, "twins": a.twins })
}

/// An anchor from JSON.
pub fn anchor(value: &Value) -> Anchor {
    let text = |name: &str| {
        value
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let number = |name: &str| value.get(name).and_then(Value::as_u64).unwrap_or_default() as usize;
    Anchor {
        start: number("start"),
        exact: text("exact"),
        before: text("before"),
        after: text("after"),
        above: text("above"),
        below: text("below"),
        twins: number("twins"),
    }
}

/// A place as JSON.
pub fn kept_json(k: &Kept) -> Value {
    json!({
        "top": anchor_json(&k.top), "lift": k.lift, "focus": anchor_json(&k.focus), "per_cent": k.per_cent, "jumps": k.jumps, "keywords": k.keywords,
    })
}

/// A place from JSON.
pub fn kept(value: &Value) -> Kept {
    let place = |n: &Value| n.as_u64().and_then(|n| u32::try_from(n).ok());
    let rows = |n: &Value| n.as_u64().map(|n| n as usize);
    let list = |name: &str| {
        value
            .get(name)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let part = |name: &str| value.get(name).map(anchor).unwrap_or_default();
    Kept {
        top: part("top"),
        lift: value.get("lift").and_then(rows),
        focus: part("focus"),
        per_cent: value
            .get("per_cent")
            .and_then(rows)
            .unwrap_or_default()
            .min(100),
        jumps: list("jumps")
            .iter()
            .filter_map(|j| Some((place(j.get(0)?)?, rows(j.get(1)?), place(j.get(2)?)?)))
            .collect(),
        keywords: list("keywords")
            .iter()
            .filter_map(Value::as_str)
            .map(sanitize::line)
            .collect(),
    }
}
