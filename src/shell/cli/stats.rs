//! `jingdu stats`: what was read today, this week, in all; how fast; how much was marked.

use super::{records, report};
use crate::session::pace::ReadingTime;
use crate::shell::error::Error;
use crate::shell::store::query::{self, SUMS, sums};
use crate::text::lang::counted;
use crate::text::{Lang, Say, lang};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::process::ExitCode;

/// The periods: name in JSON, names for readers, condition on the rows of reading time.
const PERIODS: [(&str, Say, &str); 3] = [
    ("today", ("今天", "today"), "day = date('now', 'localtime')"),
    ("week", ("近七天", "last seven days"), LAST_WEEK),
    ("all", ("全部", "in all"), "true"),
];
const LAST_WEEK: &str = "day > date('now', 'localtime', '-7 days')";

/// Prints the reading statistics.
pub(crate) fn stats(as_json: bool, lang: Lang) -> Result<ExitCode, Error> {
    let text = match records::open()? {
        Some(db) if as_json => Stats::of(&db)?.json(),
        Some(db) => Stats::of(&db)?.text(lang),
        None if as_json => "{}\n".to_owned(),
        None => lang
            .say(("还没有读过什么\n", "nothing was read yet\n"))
            .to_owned(),
    };
    Ok(report::out(&text, 0))
}

/// Writes a time as people say it.
fn duration(ms: u64, lang: Lang) -> String {
    let (zh, en) = lang::duration(ms.div_ceil(60_000));
    lang.say_owned(zh, en)
}

struct Stats {
    /// Reading time and number of articles of each of [`PERIODS`].
    periods: Vec<(ReadingTime, i64)>,
    /// Milliseconds and characters of each of the last seven days.
    days: Vec<(String, i64, i64)>,
    /// Characters a minute in the last 90 days.
    pace: Option<usize>,
    finished: i64,
    highlights: i64,
    notes: i64,
    tagged: i64,
}

impl Stats {
    fn of(db: &Connection) -> rusqlite::Result<Self> {
        let sum = |condition: &str| {
            let sql =
                format!("SELECT {SUMS}, count(DISTINCT article) FROM reading WHERE {condition}");
            db.query_row(&sql, [], |r| Ok((sums(r)?, r.get::<_, i64>(4)?)))
        };
        let periods = PERIODS.iter().map(|(.., condition)| sum(condition));
        let (lately, _) = sum("day > date('now', 'localtime', '-90 days')")?;
        let days = format!(
            "SELECT day, sum(ms), sum(chars) FROM reading WHERE {LAST_WEEK} GROUP BY day ORDER BY day"
        );
        let count = |rows: &str| query::value(db, &format!("SELECT count(*) FROM {rows}"), []);
        Ok(Self {
            periods: periods.collect::<Result<_, _>>()?,
            days: query::all(db, &days, [], |r| r.try_into())?,
            pace: lately.pace(),
            finished: count("article WHERE done")?,
            highlights: count("mark WHERE kind = 'highlight'")?,
            notes: count("mark WHERE note <> ''")?,
            tagged: count("mark WHERE tags <> ''")?,
        })
    }

    fn json(&self) -> String {
        let day =
            |(day, ms, chars): &(String, i64, i64)| json!({ "day": day, "ms": ms, "chars": chars });
        let mut value = json!({
            "days": self.days.iter().map(day).collect::<Value>(), "pace": self.pace, "finished": self.finished,
            "highlights": self.highlights, "notes": self.notes, "tagged": self.tagged,
        });
        for ((name, ..), (r, articles)) in PERIODS.iter().zip(&self.periods) {
            value[name] = json!({ "minutes": r.ms / 60_000, "ms": r.ms, "chars": r.chars, "articles": articles });
        }
        format!("{value:#}\n")
    }

    fn text(&self, lang: Lang) -> String {
        let mut out = String::new();
        for ((_, name, _), (read, articles)) in PERIODS.iter().zip(&self.periods) {
            let (name, time, chars) = (lang.say(*name), duration(read.ms, lang), read.chars);
            out += &lang.say_owned(
                format!("{name}：{time}，读过 {chars} 字，{articles} 篇\n"),
                format!(
                    "{name}: {time}, {}, {}\n",
                    counted(&chars, "character"),
                    counted(&articles, "article")
                ),
            );
        }
        for (day, ms, chars) in &self.days {
            let time = duration(ms.unsigned_abs(), lang);
            out += &lang.say_owned(
                format!("  {day}  {time}，{chars} 字\n"),
                format!("  {day}  {time}, {}\n", counted(&chars, "character")),
            );
        }
        let pace = self.pace.map_or_else(
            || lang.say(("还测不出", "not known yet")).to_owned(),
            |p| lang.say_owned(format!("每分钟 {p} 字"), format!("{p} characters a minute")),
        );
        let (finished, highlights) = (self.finished, self.highlights);
        let (notes, tagged) = (self.notes, self.tagged);
        out + &lang.say_owned(
            format!("速度：{pace}\n读完：{finished} 篇\n标注：高亮 {highlights} 处，批注 {notes} 条，有标签的 {tagged} 条\n"),
            format!("pace: {pace}\nfinished: {}\nmarks: {}, {}, {tagged} with tags\n",
                counted(&finished, "article"),
                counted(&highlights, "highlight"),
                counted(&notes, "note")),
        )
    }
}
