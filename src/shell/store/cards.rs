//! The records of the cards of drills: rows of the database, and JSON.

use super::json::{hex, number, text, unhex};
use crate::session::drill::schedule::CardRecord;
use crate::session::drill::{CardRecords, CardSave};
use crate::source::sanitize;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Value, json};

/// Reads the records of an article's cards.
pub(crate) fn records(db: &Connection, article: i64) -> rusqlite::Result<CardRecords> {
    let sql = "SELECT key, box, due, answered FROM card WHERE article = ?1";
    let mut ask = db.prepare_cached(sql)?;
    let rows = ask.query_map([article], |r| Ok(record(r)))?;
    rows.filter_map(Result::transpose).collect()
}

/// Reads a record; `None` where it is not as one was written.
fn record(row: &Row<'_>) -> Option<([u8; 16], CardRecord)> {
    let key: Vec<u8> = row.get(0).ok()?;
    let record = CardRecord {
        box_number: usize::try_from(row.get::<_, i64>(1).ok()?).ok()?,
        due: sanitize::line(&row.get::<_, String>(2).ok()?),
        answered: row.get(3).ok()?,
    };
    Some((key.try_into().ok()?, record)).filter(|(_, record)| is_day(&record.due))
}

/// Returns whether a text is a day, which days are compared with.
fn is_day(text: &str) -> bool {
    let shape = |(i, byte): (usize, u8)| match i {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    text.len() == 10 && text.bytes().enumerate().all(shape)
}

/// Writes the record of a card, or deletes it.
pub(crate) fn put(db: &Connection, article: i64, (key, record): &CardSave) -> rusqlite::Result<()> {
    let Some(record) = record else {
        let sql = "DELETE FROM card WHERE article = ?1 AND key = ?2";
        let mut delete = db.prepare_cached(sql)?;
        return delete.execute(params![article, &key[..]]).map(|_| ());
    };
    let number = record.box_number.cast_signed() as i64;
    let sql = "INSERT OR REPLACE INTO card (article, key, box, due, answered) VALUES (?1, ?2, ?3, ?4, ?5)";
    let values = params![article, &key[..], number, record.due, record.answered];
    db.prepare_cached(sql)?.execute(values).map(|_| ())
}

/// Returns whether the store has a later answer to a card.
pub(crate) fn is_older(
    db: &Connection,
    article: i64,
    (key, record): &CardSave,
) -> rusqlite::Result<bool> {
    let sql = "SELECT answered FROM card WHERE article = ?1 AND key = ?2";
    let mut ask = db.prepare_cached(sql)?;
    let answered = ask.query_row(params![article, &key[..]], |r| r.get::<_, i64>(0));
    let answered = answered.optional()?;
    let own = record.as_ref().map(|record| record.answered);
    Ok(own.is_some_and(|own| answered.is_some_and(|answered| answered > own)))
}

/// Writes a change of a card as JSON.
pub(crate) fn save_value((key, record): &CardSave) -> Value {
    let mut value = json!({ "key": hex(*key) });
    if let Some(record) = record {
        value["box"] = record.box_number.into();
        value["due"] = record.due.as_str().into();
        value["answered"] = record.answered.into();
    }
    value
}

/// Reads a change of a card from JSON; `None` where it is not one.
pub(crate) fn save(value: &Value) -> Option<CardSave> {
    let key = unhex(text(value, "key"))?;
    if value.get("box").is_none() {
        return Some((key, None));
    }
    let record = CardRecord {
        box_number: usize::try_from(number(value, "box")).ok()?,
        due: text(value, "due").to_owned(),
        answered: number(value, "answered"),
    };
    is_day(&record.due).then_some((key, Some(record)))
}
