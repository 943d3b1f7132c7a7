//! `jingdu state`: the store as a whole: its path, a check, its mending, all of it as JSON, and back.
//!
//! Says in the reader's language what is wrong and what to do.

use super::options::StateTask;
use super::{exchange, records, report};
use crate::shell::error::Error;
use crate::shell::open::input;
use crate::shell::os::files::{self, FileId};
use crate::shell::store::message::Trouble;
use crate::shell::store::query;
use crate::shell::store::repair::{self, Health};
use crate::source::sanitize;
use crate::text::Lang;
use crate::text::lang::counted;
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;

/// The exit status where something is wrong with the store.
const WRONG: u8 = 1;

/// Carries out a task on the store.
pub(crate) fn state(task: &StateTask, lang: Lang) -> Result<ExitCode, Error> {
    match task {
        StateTask::Path => path(),
        StateTask::Check => check(lang),
        StateTask::Repair { file } => repair(file.as_deref(), lang),
        StateTask::Export => print(),
        StateTask::Import { file } => import(file, lang),
    }
}

fn path() -> Result<ExitCode, Error> {
    Ok(report::out(&format!("{}\n", records::path()?.display()), 0))
}

fn print() -> Result<ExitCode, Error> {
    let value = match records::open()? {
        Some(db) => exchange::whole(&db)?,
        None => json!({ "jingdu": 1, "articles": [] }),
    };
    Ok(report::out(&report::escaped(format!("{value:#}\n")), 0))
}

/// Imports the output of `export --format json` or `state export`. Newer rows of the store
/// stay.
fn import(file: &Path, lang: Lang) -> Result<ExitCode, Error> {
    let (bytes, _) = input::open(file)?.read_all(file, |_| Ok(()))?;
    let value: Value = serde_json::from_slice(&bytes)
        .map_err(|why| Error::Store(format!("{}: {why}", file.display())))?;
    let has_articles = value.get("articles").is_some_and(Value::is_array);
    if !has_articles || value.get("jingdu").is_none() {
        let file = file.display();
        return Err(Error::Store(lang.say_owned(
            format!("{file} 不是 jingdu 导出的"),
            format!("{file} is no export of jingdu"),
        )));
    }
    exchange::take(&value, lang).map(|said| report::out(&said, 0))
}

/// Checks every page of the store; 1 where something is wrong.
fn check(lang: Lang) -> Result<ExitCode, Error> {
    let health = repair::examine(&records::reached()?.0).map_err(records::refused)?;
    if let Some(said) = sound(&health, lang)? {
        return Ok(report::out(&said, 0));
    }
    let mut detail = String::new();
    let (zh, en) = match health {
        Health::Index(faults) => (
            format!("记录的索引坏了（{faults} 处），记录本身还在"),
            format!(
                "the indexes of the store are damaged ({faults} faults); what it holds is there"
            ),
        ),
        Health::OnlyLog => (
            "记录文件空了、残缺或不在了，它的日志还在".to_owned(),
            "the store is empty, cut short or gone; its log is still there".to_owned(),
        ),
        Health::Emptied(last) => {
            let last = last.display();
            (
                format!("记录文件是空的，旧的在 {last}"),
                format!("the store is empty; an older one is {last}"),
            )
        }
        Health::Damaged(why) => {
            detail = sanitize::line(&why) + "\n";
            (
                "记录文件坏了，有的页读不出".to_owned(),
                "the store is damaged; some of its pages cannot be read".to_owned(),
            )
        }
        Health::Missing | Health::Sound => Default::default(),
    };
    let said = lang.say_owned(
        format!("{zh}。jingdu state repair 修复，坏的文件原样另存"),
        format!("{en}. jingdu state repair mends it and keeps the damaged file"),
    );
    Ok(report::out(
        &format!("{}\n{detail}", sanitize::line(&said)),
        WRONG,
    ))
}

/// Says that nothing is wrong; `None` where something is.
fn sound(health: &Health, lang: Lang) -> Result<Option<String>, Error> {
    let none = lang.say(("还没有记录\n", "there is no store yet\n"));
    let db = match health {
        Health::Missing => return Ok(Some(none.to_owned())),
        Health::Sound => records::open()?,
        _ => return Ok(None),
    };
    let Some(db) = db else {
        return Ok(Some(none.to_owned()));
    };
    let articles: i64 = query::value(&db, "SELECT count(*) FROM article", [])?;
    let marks: i64 = query::value(&db, "SELECT count(*) FROM mark WHERE kind <> 'draft'", [])?;
    Ok(Some(lang.say_owned(
        format!("完好：{articles} 篇文章，{marks} 条标注\n"),
        format!(
            "sound: {}, {}\n",
            counted(&articles, "article"),
            counted(&marks, "mark")
        ),
    )))
}

/// Mends the store, or takes into it what a file holds that may be damaged.
fn repair(file: Option<&Path>, lang: Lang) -> Result<ExitCode, Error> {
    let (path, _) = records::reached()?;
    if let Some(file) = file {
        return take(&path, file, lang);
    }
    let health = repair::examine(&path).map_err(records::refused)?;
    if let Some(said) = sound(&health, lang)? {
        return Ok(report::out(&said, 0));
    }
    match health {
        Health::Emptied(last) => take(&path, &last, lang),
        Health::Index(_) => match repair::reindex(&path).map_err(records::refused)? {
            Some(aside) => Ok(say(
                (
                    "索引已重做，记录都在".to_owned(),
                    "the indexes were made anew; everything is there".to_owned(),
                ),
                &aside,
                lang,
            )),
            None => replace(&path, lang),
        },
        _ => replace(&path, lang),
    }
}

/// Puts a new store with what could be read in the place of the damaged one.
fn replace(path: &Path, lang: Lang) -> Result<ExitCode, Error> {
    if !path.exists() {
        // only its log is there, which is read like a file that was cut off
        let _ = files::open_private(path);
    }
    let failed = |trouble: Trouble| Error::Store(trouble.line(lang));
    match repair::replace(path, FileId::of(path)).map_err(failed)? {
        Some(done) => {
            let (articles, (zh, en)) = (done.saved.articles, done.saved.said());
            let zh = format!("已修复：{articles} 篇文章，{zh}");
            let en = format!("mended: {}, {en}", counted(&articles, "article"));
            Ok(say((zh, en), &done.aside, lang))
        }
        // another program did so at this moment
        None => check(lang),
    }
}

/// Says what was done, and where the damaged file is.
fn say((zh, en): (String, String), aside: &Path, lang: Lang) -> ExitCode {
    let aside = aside.display();
    let said = lang.say_owned(
        format!("{zh}；坏的留作 {aside}"),
        format!("{en}; the damaged file is kept as {aside}"),
    );
    report::out(&(sanitize::line(&said) + "\n"), 0)
}

/// Takes into the store what an older file holds.
fn take(path: &Path, file: &Path, lang: Lang) -> Result<ExitCode, Error> {
    let read = repair::read_aside(path, file, exchange::whole);
    let (value, saved) = read.map_err(Error::open(file))?;
    let said = exchange::take(&value?, lang)?;
    let (zh, en) = saved.said();
    let (file, end) = (file.display(), lang.say(("。", ".")));
    let from = lang.say_owned(format!("{file}：{zh}"), format!("{file}: {en}"));
    Ok(report::out(
        &format!("{}{end}\n{said}", sanitize::line(&from)),
        0,
    ))
}
