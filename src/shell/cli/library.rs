//! `jingdu library`: the cache of the articles below the configured folders.

use super::options::LibraryTask;
use super::report;
use crate::command::config;
use crate::library::LibraryEntry;
use crate::library::entry::ArticleId;
use crate::shell::environment::{self, LoadedConfig};
use crate::shell::error::Error;
use crate::shell::library::article_file;
use crate::shell::library::cache::{CacheNotice, Library, failed};
use crate::shell::library::refresh::{FileReading, Progress, Summary};
use crate::shell::library::{folders, rows, schema};
use crate::shell::open::item::DecodeOptions;
use crate::shell::open::newsboat;
use crate::source::sanitize;
use crate::text::Lang;
use crate::text::lang::counted;
use std::fmt::Write as _;
use std::io::{self, IsTerminal};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;

/// Articles that `check` reads again.
const CHECKED_ARTICLES: usize = 200;

/// Carries out a task of `jingdu library`.
pub(crate) fn library(
    task: &LibraryTask,
    loaded: &LoadedConfig,
    options: &DecodeOptions,
    lang: Lang,
) -> Result<ExitCode, Error> {
    let path = || environment::library_cache().ok_or_else(|| no_home(lang));
    let names = &loaded.config.library;
    if let LibraryTask::Add { folders } = task {
        return add(folders, loaded, lang);
    }
    if *task == LibraryTask::Clear {
        schema::remove(&path()?);
        let said = (
            "文库缓存已删去；下次打开时重新读入\n",
            "the cache is deleted; it is read in again when it is opened next\n",
        );
        return Ok(report::out(lang.say(said), 0));
    }
    let folders = folders::configured(names);
    if folders.is_empty() {
        let none = (
            "还没有文库；jingdu library add 目录 加进一个目录\n",
            "no library yet; jingdu library add DIR adds a folder\n",
        );
        return Ok(report::out(lang.say(none), 1));
    }
    let path = path()?;
    let mut library = Library::open(Some(&path), folders).map_err(|why| failed(&why))?;
    warn_of(library.notice.as_ref(), lang);
    let reading = reading(options, lang);
    match task {
        LibraryTask::Refresh => refresh(&mut library, &reading, lang),
        LibraryTask::Check => check(&library, &reading, lang),
        _ => status(&library, &path, lang),
    }
}

/// Says what is to be known of the cache.
pub(crate) fn warn_of(notice: Option<&CacheNotice>, lang: Lang) {
    if let Some((zh, en)) = notice.map(CacheNotice::lines) {
        report::warn(&lang.say_owned(zh, en));
    }
}

/// Returns the way to read files for a command of the command line.
pub(crate) fn reading(options: &DecodeOptions, lang: Lang) -> FileReading {
    FileReading {
        options: options.clone(),
        lang,
        threads: thread::available_parallelism().map_or(1, usize::from),
        depth: None,
    }
}

fn no_home(lang: Lang) -> Error {
    Error::Library(lang.say(("没有主目录", "no home directory")).to_owned())
}

/// Adds folders to the settings; none where one of them cannot be added.
fn add(given: &[PathBuf], loaded: &LoadedConfig, lang: Lang) -> Result<ExitCode, Error> {
    let mut names = loaded.config.library.clone();
    let mut text = String::new();
    for folder in given {
        let found = std::fs::metadata(folder).map_err(Error::open(folder))?;
        if !found.is_dir() && !newsboat::is_database(folder) {
            return Err(Error::NotADirectory(folder.clone()));
        }
        let folder = folders::canonical(folder);
        let shown = sanitize::line(&folder.display().to_string());
        if let Some(holder) = folders::holding(&folders::configured(&names), &folder) {
            let holder = sanitize::line(&holder.display().to_string());
            text += &lang.say_owned(
                format!("{shown} 已在文库里（{holder}）\n"),
                format!("{shown} is in the library already ({holder})\n"),
            );
            continue;
        }
        let Some(name) = folder.to_str() else {
            let why = io::Error::new(io::ErrorKind::InvalidInput, "the path is not UTF-8");
            return Err(Error::Open { path: folder, why });
        };
        names.push(name.to_owned());
        text += &lang.say_owned(
            format!("已加入文库：{shown}；jingdu library refresh 读入，或直接打开 jingdu\n"),
            format!(
                "added to the library: {shown}; jingdu library refresh reads it in, or open jingdu\n"
            ),
        );
    }
    if names.len() > loaded.config.library.len() {
        let path = loaded.path.clone().ok_or_else(|| no_home(lang))?;
        let kept = environment::keep_setting(&path, "library", &config::list(&names));
        kept.map_err(|why| Error::Keep { path, why })?;
    }
    Ok(report::out(&text, 0))
}

/// Brings every folder up to date, and says what was done.
fn refresh(library: &mut Library, reading: &FileReading, lang: Lang) -> Result<ExitCode, Error> {
    let mut text = String::new();
    for (folder, summary) in refresh_all(library, reading, lang)? {
        let folder = sanitize::line(&folder.display().to_string());
        let Summary {
            read, gone, moved, ..
        } = summary;
        let said = if summary.away {
            lang.say_owned(
                format!("{folder}：不在，保留原有的"),
                format!("{folder}: not there; what is known of it stays"),
            )
        } else {
            lang.say_owned(
                format!("{folder}：读入 {read} 篇，移动 {moved} 篇，移除 {gone} 篇"),
                format!("{folder}: {read} read, {moved} moved, {gone} gone"),
            )
        };
        let _ = writeln!(text, "{said}");
    }
    Ok(report::out(&text, 0))
}

/// Brings every folder up to date; returns what was done in each. Where the disk is full the
/// articles are read for this time.
pub(crate) fn refresh_all(
    library: &mut Library,
    reading: &FileReading,
    lang: Lang,
) -> Result<Vec<(PathBuf, Summary)>, Error> {
    let mut done = refresh_once(library, reading, lang);
    if done.as_ref().is_err_and(|why| library.replace_full(why)) {
        warn_of(library.notice.as_ref(), lang);
        done = refresh_once(library, reading, lang);
    }
    done.map_err(|why| failed(&why))
}

fn refresh_once(
    library: &mut Library,
    reading: &FileReading,
    lang: Lang,
) -> rusqlite::Result<Vec<(PathBuf, Summary)>> {
    let shows = io::stderr().is_terminal();
    let mut waits = false;
    let wait = || {
        if !std::mem::replace(&mut waits, true) {
            report::warn(lang.say((
                "另一个 jingdu 正在更新文库，等它做完",
                "another jingdu brings the library up to date; waiting for it",
            )));
        }
    };
    library.take_lease(wait)?;
    let mut on = |_: &rusqlite::Connection, progress: Progress, _: &[ArticleId]| {
        if shows {
            report::progress(&shown(progress, lang));
        }
        ControlFlow::Continue(())
    };
    let mut done = Vec::new();
    library.tidy()?;
    for folder in library.folders.clone() {
        let summary = library.refresh(&folder, reading, &mut on)?;
        done.push((folder, summary));
    }
    library.give_lease_back();
    if shows {
        report::progress("");
    }
    Ok(done)
}

/// Returns how far a refresh is, for the reader.
fn shown(progress: Progress, lang: Lang) -> String {
    let Progress { read, total } = progress;
    lang.say_owned(
        format!("读入 {read} / {total}"),
        format!("reading in {read} / {total}"),
    )
}

/// Prints the folders and what the cache has of them.
fn status(library: &Library, path: &Path, lang: Lang) -> Result<ExitCode, Error> {
    let bytes = std::fs::metadata(path).map_or(0, |m| m.len());
    let mut text = lang.say_owned(
        format!("缓存 {}（{} MB）\n", path.display(), bytes / 1_000_000),
        format!("cache {} ({} MB)\n", path.display(), bytes / 1_000_000),
    );
    for folder in &library.folders {
        let root = library.root(folder).map_err(|why| failed(&why))?;
        let name = sanitize::line(&folder.display().to_string());
        let Some(root) = root.filter(|root| root.walked > 0 || root.away) else {
            let said = lang.say_owned(
                format!("{name}：还没有读入"),
                format!("{name}: not read in yet"),
            );
            let _ = writeln!(text, "{said}");
            continue;
        };
        let entries = rows::entries(&library.db, &[root.id]).map_err(|why| failed(&why))?;
        let _ = writeln!(text, "{name}{}", counts(&entries, root.away, lang));
    }
    Ok(report::out(&text, 0))
}

/// Returns the numbers of articles of a folder.
fn counts(entries: &[LibraryEntry], away: bool, lang: Lang) -> String {
    let count = |is: fn(&LibraryEntry) -> bool| entries.iter().filter(|e| is(e)).count();
    let faulty = count(|e| e.fault.is_some());
    let all = entries.len() - faulty;
    let copies = count(|e| e.copy_of.is_some());
    let undated = count(|e| e.day.is_none() && e.fault.is_none());
    let away = lang.say(if away {
        ("（现在不在）", " (not there now)")
    } else {
        ("", "")
    });
    lang.say_owned(
        format!(
            "{away}：{all} 篇，其中同文 {copies}，无日期 {undated}；另有 {faulty} 个文件是空的或无法读取"
        ),
        format!(
            "{away}: {}, of these {}, {undated} undated; besides, files that are empty or unreadable: {faulty}",
            counted(&all, "article"),
            counted(&copies, "copy")
        ),
    )
}

/// Reads a sample of articles again and compares; 1 where something differs.
fn check(library: &Library, reading: &FileReading, lang: Lang) -> Result<ExitCode, Error> {
    let fails = |why: rusqlite::Error| failed(&why);
    let sound: String = library
        .db
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(fails)?;
    let entries = rows::entries(&library.db, &[]).map_err(fails)?;
    let step = entries.len().div_ceil(CHECKED_ARTICLES).max(1);
    let mut differing = Vec::new();
    let mut checked = 0;
    for entry in entries.iter().step_by(step) {
        let read = article_file::read(&entry.path, &reading.options, reading.lang);
        let kept = rows::body(&library.db, entry.id).map_err(fails)?;
        let same = read.body.as_ref().map(|b| &b.text) == kept.as_ref().map(|b| &b.text)
            && read.entry.title == entry.title
            && read.entry.date == entry.date;
        checked += 1;
        if !same {
            differing.push(sanitize::line(&entry.path.display().to_string()));
        }
    }
    let mut text = String::new();
    if sound != "ok" {
        let _ = writeln!(text, "{}", sanitize::line(&sound));
    }
    for path in &differing {
        let said = lang.say(("与文件不同：", "differs from its file: "));
        let _ = writeln!(text, "{said}{path}");
    }
    let n = differing.len();
    let said = lang.say_owned(
        format!("查了 {checked} 篇，{n} 篇不同；jingdu library refresh 更新，clear 重建"),
        format!(
            "{} checked, different: {n}; jingdu library refresh updates them, clear starts anew",
            counted(&checked, "article")
        ),
    );
    let _ = writeln!(text, "{said}");
    let wrong = n > 0 || sound != "ok";
    Ok(report::out(&text, u8::from(wrong)))
}
