//! `jingdu stats`: what was read: today, this week, in all; how fast; how much was
//! marked.

use crate::session::pace::Read;
use crate::shell::Error;
use crate::shell::cli::export::{open, store};
use crate::shell::cli::report;
use crate::shell::store::query::sums;
use crate::text::Lang;
use rusqlite::Connection;
use serde_json::json;
use std::fmt::Write as _;
use std::process::ExitCode;

/// What a query of reading begins with.
const SUMS: &str = "SELECT coalesce(sum(ms), 0), coalesce(sum(chars), 0), coalesce(sum(paced_ms), 0), coalesce(sum(paced_chars), 0), count(DISTINCT article) FROM reading";

/// Prints what was read.
///
/// # Errors
/// Where the store cannot be read.
pub fn stats(as_json: bool, lang: Lang) -> Result<ExitCode, Error> {
    let Some(db) = open()? else {
        let text = if as_json {
            "{}\n"
        } else {
            lang.say(("还没有读过什么\n", "nothing was read yet\n"))
        };
        return Ok(report::out(text, 0));
    };
    let text = print(&db, as_json, lang).map_err(store)?;
    Ok(report::out(&text, 0))
}

/// A time as people say it.
pub fn duration(ms: u64, lang: Lang) -> String {
    let minutes = ms.div_ceil(60_000);
    match (minutes / 60, minutes % 60, lang) {
        (0, m, Lang::Zh) => format!("{m} 分钟"),
        (h, m, Lang::Zh) => format!("{h} 小时 {m} 分钟"),
        (0, m, Lang::En) => format!("{m} min"),
        (h, m, Lang::En) => format!("{h} h {m} min"),
    }
}

fn print(db: &Connection, as_json: bool, lang: Lang) -> rusqlite::Result<String> {
    let sum = |when: &str| {
        db.query_row(&format!("{SUMS} {when}"), [], |r| {
            Ok((sums(r)?, r.get::<_, i64>(4)?))
        })
    };
    let parts = [
        (
            ("今天", "today"),
            sum("WHERE day = date('now', 'localtime')")?,
        ),
        (
            ("近七天", "last seven days"),
            sum("WHERE day > date('now', 'localtime', '-7 days')")?,
        ),
        (("全部", "in all"), sum("")?),
    ];
    let lately: Read = sum("WHERE day > date('now', 'localtime', '-90 days')")?.0;
    let count = |sql: &str| db.query_row(sql, [], |r| r.get::<_, i64>(0));
    let (highlights, notes, tags) = (
        count("SELECT count(*) FROM mark WHERE kind = 'highlight'")?,
        count("SELECT count(*) FROM mark WHERE note <> ''")?,
        count("SELECT count(*) FROM mark WHERE tags <> ''")?,
    );
    let finished = count("SELECT count(*) FROM article WHERE per_cent >= 100")?;
    let days: Vec<(String, i64, i64)> = db
        .prepare("SELECT day, sum(ms), sum(chars) FROM reading WHERE day > date('now', 'localtime', '-7 days') GROUP BY day ORDER BY day")?
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
        .collect::<Result<_, _>>()?;
    if as_json {
        let of = |(r, n): &(Read, i64)| json!({ "minutes": r.ms / 60_000, "ms": r.ms, "chars": r.chars, "articles": n });
        let days: Vec<_> = days
            .iter()
            .map(|(day, ms, chars)| json!({ "day": day, "ms": ms, "chars": chars }))
            .collect();
        let value = json!({
            "today": of(&parts[0].1), "week": of(&parts[1].1), "all": of(&parts[2].1), "days": days, "pace": lately.pace(), "finished": finished,
            "highlights": highlights, "notes": notes, "tagged": tags,
        });
        return Ok(format!("{value:#}\n"));
    }
    let mut out = String::new();
    for (name, (read, articles)) in &parts {
        let time = duration(read.ms, lang);
        let _ = match lang {
            Lang::Zh => writeln!(
                out,
                "{}：{time}，读过 {} 字，{articles} 篇",
                name.0, read.chars
            ),
            Lang::En => writeln!(
                out,
                "{}: {time}, {} characters, {articles} articles",
                name.1, read.chars
            ),
        };
    }
    for (day, ms, chars) in &days {
        let time = duration(ms.unsigned_abs(), lang);
        let _ = match lang {
            Lang::Zh => writeln!(out, "  {day}  {time}，{chars} 字"),
            Lang::En => writeln!(out, "  {day}  {time}, {chars} characters"),
        };
    }
    let pace = lately.pace().map_or_else(
        || lang.say(("还测不出", "not known yet")).to_owned(),
        |p| lang.say_owned(format!("每分钟 {p} 字"), format!("{p} characters a minute")),
    );
    let _ = match lang {
        Lang::Zh => writeln!(
            out,
            "速度：{pace}\n读完：{finished} 篇\n标记：高亮 {highlights} 处，批注 {notes} 条，有标签的 {tags} 条"
        ),
        Lang::En => writeln!(
            out,
            "pace: {pace}\nfinished: {finished} articles\nmarks: {highlights} highlights, {notes} notes, {tags} with tags"
        ),
    };
    Ok(out)
}
