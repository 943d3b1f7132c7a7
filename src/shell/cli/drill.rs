//! `jingdu drill`: the articles with points that are due, today's first.
//!
//! The columns are the day since which they are due, the number of cards, title and file. An
//! article whose file is gone is left out: it cannot be opened.

use super::options::DrillOptions;
use super::{records, report};
use crate::session::drill::due::{DueArticle, DueList};
use crate::shell::error::Error;
use crate::shell::library::folders;
use crate::shell::open::item::Item;
use crate::shell::store::identity::{is_there, path_of};
use crate::shell::store::query;
use crate::source::sanitize;
use crate::text::Lang;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Prints the articles that are due, of these paths or of all; 1 where there are none.
pub(crate) fn drill(options: &DrillOptions, lang: Lang) -> Result<ExitCode, Error> {
    let due = match records::open()? {
        Some(db) => query::due(&db)?,
        None => DueList::default(),
    };
    let stored = |path: &PathBuf| PathBuf::from(path_of(&Item::of(path)));
    let wanted: Vec<PathBuf> = options.paths.iter().map(stored).collect();
    let is_wanted = |path: &str| {
        let is_below = |folder: &PathBuf| folders::is_below(Path::new(path), folder);
        wanted.is_empty() || wanted.iter().any(is_below)
    };
    let row = |article: &DueArticle| {
        let paths = article.paths.iter();
        let path = paths
            .clone()
            .find(|path| is_wanted(path) && is_there(path))?;
        Some(row(article, path, options.format.json))
    };
    let rows: Vec<String> = due.articles.iter().filter_map(row).collect();
    if rows.is_empty() {
        report::warn(lang.say(("今天没有该复习的", "nothing is due today")));
        return Ok(ExitCode::from(1));
    }
    Ok(report::out(&rows.concat(), 0))
}

fn row(article: &DueArticle, path: &str, json: bool) -> String {
    let DueArticle {
        title, day, cards, ..
    } = article;
    if json {
        let value = json!({ "due": day, "cards": cards, "title": title, "file": path });
        return report::json(&value) + "\n";
    }
    let title = title.replace('\t', " ");
    format!("{day}\t{cards}\t{title}\t{}\n", sanitize::line(path))
}
