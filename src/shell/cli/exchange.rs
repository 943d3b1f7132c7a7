//! The store as JSON: all of it, and what another one holds taken in. Newer rows of the store stay.

use super::records;
use crate::session::pace::ReadingTime;
use crate::shell::error::Error;
use crate::shell::store::json::{self, list, number, text, texts};
use crate::shell::store::{cards, query, rows, schema};
use crate::source::sanitize;
use crate::text::Lang;
use crate::text::lang::counted;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde_json::{Value, json};
use std::collections::HashMap;

/// Returns everything that the store holds.
pub(super) fn whole(db: &Connection) -> rusqlite::Result<Value> {
    let ids: Vec<i64> = query::all(db, "SELECT id FROM article ORDER BY id", [], |r| r.get(0))?;
    // asked at once: no index has them by article
    let mut hashes: HashMap<i64, Vec<String>> = HashMap::new();
    let versions: Vec<(i64, Vec<u8>)> = query::all(
        db,
        "SELECT article, hash FROM version ORDER BY hash",
        [],
        |r| r.try_into(),
    )?;
    for (id, hash) in versions {
        let hash = hash.try_into().map(json::hex);
        hashes.entry(id).or_default().extend(hash);
    }
    let articles = ids
        .into_iter()
        .map(|id| article(db, id, hashes.remove(&id).unwrap_or_default()));
    let articles: Value = articles.collect::<Result<_, _>>()?;
    let sql = "SELECT name, value, base FROM choice ORDER BY name";
    let choices: Vec<(String, String, String)> = query::all(db, sql, [], |r| r.try_into())?;
    let sql = "SELECT term, uses, last FROM keyword ORDER BY term";
    let keywords: Vec<(String, i64, i64)> = query::all(db, sql, [], |r| r.try_into())?;
    Ok(json!({ "jingdu": 1, "articles": articles, "choices": choices, "keywords": keywords }))
}

/// Returns an article with all that the store has of it.
fn article(db: &Connection, id: i64, hashes: Vec<String>) -> rusqlite::Result<Value> {
    let mut value = json::article_value(&query::marked_article(db, id)?);
    let kept: Option<String> = query::value(db, "SELECT kept FROM article WHERE id = ?1", [id])?;
    let place = kept.and_then(|k| serde_json::from_str(&k).ok());
    let sql = "SELECT path FROM location WHERE article = ?1 ORDER BY seen DESC, path";
    let paths: Vec<String> = query::all(db, sql, [id], |r| r.get(0))?;
    let sql =
        "SELECT ms, chars, paced_ms, paced_chars, day FROM reading WHERE article = ?1 ORDER BY day";
    let read = query::all(db, sql, [id], |row| {
        let (r, day) = (query::sums(row)?, row.get::<_, String>(4)?);
        Ok(json!({
            "day": day, "ms": r.ms, "chars": r.chars, "paced_ms": r.paced_ms, "paced_chars": r.paced_chars,
        }))
    })?;
    let drafts = query::drafts(db, id)?;
    if !drafts.is_empty() {
        value["drafts"] = drafts.iter().map(json::draft_value).collect();
    }
    value["opened"] = query::opened(db, id)?.into();
    let done: bool = query::value(db, "SELECT done FROM article WHERE id = ?1", [id])?;
    value["done"] = done.into();
    value["place"] = place.unwrap_or(Value::Null);
    value["hashes"] = hashes.into();
    value["paths"] = paths.into();
    value["read"] = read.into();
    let cards = cards::records(db, id)?.into_iter();
    let card = |(key, record)| cards::save_value(&(key, Some(record)));
    value["cards"] = cards.map(card).collect();
    Ok(value)
}

/// Takes into the store what another one holds; returns the lines that say so.
pub(super) fn take(value: &Value, lang: Lang) -> Result<String, Error> {
    let articles = list(value, "articles");
    let mut db = schema::open(&records::whole()?.0).map_err(records::refused)?;
    let t = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut marks = 0;
    for article in articles {
        marks += put_article(&t, article)?;
    }
    let mut kept = Vec::new();
    for c in list(value, "choices") {
        let word = |i: usize| c.get(i).and_then(Value::as_str).unwrap_or_default();
        kept.extend(put_choice(&t, [word(0), word(1), word(2)], lang)?);
    }
    for k in list(value, "keywords") {
        let term = k.get(0).and_then(Value::as_str).unwrap_or_default();
        let number = |i: usize| k.get(i).and_then(Value::as_i64).unwrap_or_default();
        let sql = "INSERT INTO keyword (term, uses, last) VALUES (?1, ?2, ?3) \
                   ON CONFLICT DO UPDATE SET uses = max(uses, ?2), last = max(last, ?3)";
        t.execute(sql, params![term, number(1), number(2)])?;
    }
    t.commit()?;
    let n = articles.len();
    let said = lang.say_owned(
        format!("已导入 {n} 篇文章，{marks} 条标注；本机较新的记录保留\n"),
        format!(
            "imported {} and {}; newer records stay\n",
            counted(&n, "article"),
            counted(&marks, "mark")
        ),
    );
    Ok(said + &kept.concat())
}

/// Imports a choice. One that the store has otherwise stays: its time is not known. Of a saved
/// view both are kept. Returns the line that says so.
fn put_choice(
    db: &Connection,
    [name, value, base]: [&str; 3],
    lang: Lang,
) -> rusqlite::Result<Option<String>> {
    let sql = "SELECT value FROM choice WHERE name = ?1";
    let own = |name: &str| query::value::<String>(db, sql, [name]).optional();
    let Some(before) = own(name)? else {
        query::put_choice(db, name, value, base)?;
        return Ok(None);
    };
    if before == value {
        return Ok(None);
    }
    let shown = sanitize::line(name.split_once(':').map_or(name, |(_, rest)| rest));
    if json::view(name, value).is_none() {
        return Ok(Some(lang.say_owned(
            format!("“{shown}”的设置与本机的不同，保留本机的\n"),
            format!("{shown}: set otherwise here, which stays\n"),
        )));
    }
    // another name for the view, unless it was imported before
    let mark = lang.say(("导入", "imported"));
    for number in 1.. {
        let count = if number > 1 {
            format!(" {number}")
        } else {
            String::new()
        };
        let (zh, en) = (format!("（{mark}{count}）"), format!(" ({mark}{count})"));
        let mark = lang.say_owned(zh, en);
        let other = format!("{name}{mark}");
        match own(&other)? {
            Some(before) if before != value => {}
            Some(_) => break,
            None => {
                query::put_choice(db, &other, value, base)?;
                return Ok(Some(lang.say_owned(
                    format!("常用筛选“{shown}”与本机的不同，另存为“{shown}{mark}”\n"),
                    format!("saved view {shown}: another one is here; imported as {shown}{mark}\n"),
                )));
            }
        }
    }
    Ok(None)
}

/// Imports one article; returns the number of its marks that were written.
fn put_article(db: &Connection, value: &Value) -> rusqlite::Result<usize> {
    let Some(identity) = json::identity(value) else {
        return Ok(0);
    };
    let opened = number(value, "opened");
    let id = query::put_article(db, &identity, opened)?;
    for hash in texts(value, "hashes").filter_map(json::unhex) {
        let sql = "INSERT OR IGNORE INTO version (hash, article) VALUES (?1, ?2)";
        db.execute(sql, params![&hash[..], id])?;
    }
    for path in texts(value, "paths") {
        let sql = "INSERT OR IGNORE INTO location (path, article, seen) VALUES (?1, ?2, ?3)";
        db.execute(sql, params![path, id, opened])?;
    }
    let place = value.get("place").filter(|p| p.is_object());
    if let Some(place) = place
        && opened >= query::opened(db, id)?
    {
        query::put_position(db, id, &json::position(place), opened)?;
    }
    let is_done = value.get("done").and_then(Value::as_bool) == Some(true);
    if is_done && opened >= query::opened(db, id)? {
        query::put_done(db, id)?;
    }
    for day in list(value, "read") {
        put_day(db, id, day)?;
    }
    for card in list(value, "cards").iter().filter_map(cards::save) {
        if !cards::is_older(db, id, &card)? {
            cards::put(db, id, &card)?;
        }
    }
    for draft in list(value, "drafts").iter().filter_map(json::draft) {
        rows::put_draft(db, id, &draft.uid, Some(&draft))?;
    }
    let mut written = 0;
    for mark in list(value, "marks").iter().filter_map(json::mark) {
        let sql = "SELECT count(*) FROM mark WHERE uid = ?1 AND changed > ?2";
        if query::value::<i64>(db, sql, params![mark.uid, mark.changed])? == 0 {
            rows::put_mark(db, id, &mark)?;
            written += 1;
        }
    }
    Ok(written)
}

/// Imports the reading time of a day that the store has not.
fn put_day(db: &Connection, article: i64, value: &Value) -> rusqlite::Result<()> {
    let n = |name: &str| value.get(name).and_then(Value::as_u64).unwrap_or_default();
    let read = ReadingTime::of(["ms", "chars", "paced_ms", "paced_chars"].map(n));
    let day = text(value, "day");
    let sql = "SELECT count(*) FROM reading WHERE day = ?1 AND article = ?2";
    if day.is_empty() || query::value::<i64>(db, sql, params![day, article])? > 0 {
        return Ok(());
    }
    query::add_reading(db, article, read, Some(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Eight times the articles take about eight times as long.
    #[test]
    fn a_whole_store_is_read_in_linear_time() {
        let name = format!("jingdu-exchange-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let filled = |articles: i64| {
            let mut db = schema::open(&folder.join(format!("{articles}.db"))).unwrap();
            let t = db.transaction().unwrap();
            for i in 1..=articles {
                let hash = i128::from(i).to_be_bytes();
                let sql = "INSERT INTO article (id, hash, title, author, source, date, length) VALUES (?1, ?2, '', '', '', '', 1)";
                t.prepare_cached(sql)
                    .unwrap()
                    .execute(params![i, hash])
                    .unwrap();
                let sql = "INSERT INTO version VALUES (?1, ?2)";
                t.prepare_cached(sql)
                    .unwrap()
                    .execute(params![hash, i])
                    .unwrap();
            }
            t.commit().unwrap();
            db
        };
        // nanoseconds that this thread has run: other programs do not count
        let ran = || {
            let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
            stat.split(' ').next()?.parse::<u64>().ok()
        };
        let cost = |db: &Connection| {
            let began = ran()?;
            let value = whole(db).unwrap();
            let hashes = &list(&value, "articles")[5]["hashes"];
            assert_eq!(hashes[0], json::hex(6i128.to_be_bytes()));
            Some(ran()? - began)
        };
        let least = |db: &Connection| (0..3).filter_map(|_| cost(db)).min();
        let (small, large) = (filled(500), filled(4000));
        if let (Some(a), Some(b)) = (least(&small), least(&large)) {
            println!("500 articles: {a} ns, 4000: {b} ns");
            assert!(b < a * 20, "{a} {b}");
        }
        std::fs::remove_dir_all(folder).unwrap();
    }
}
