//! `jingdu export`: marks and notes as text. Markdown to paste and to keep in a vault, JSON
//! for scripts and for `state import`, CSV for tables.
//!
//! The order is that of the document, and the time of exporting is not in it: a second
//! export differs only where the notes do.

use super::options::ExportOptions;
use super::sheet::csv_cell;
use super::{records, report};
use crate::session::marks::{Mark, MarkKind, Marks};
use crate::session::memory::day;
use crate::session::{Article, quote};
use crate::shell::error::Error;
use crate::shell::open::item::{DecodeOptions, Item};
use crate::shell::os::files;
use crate::shell::store::identity::identify;
use crate::shell::store::json;
use crate::shell::store::message::MarkedArticle;
use crate::shell::store::query;
use crate::text::Lang;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use twox_hash::XxHash3_128;

/// Characters of a title in the name of a file.
const MAX_FILE_NAME_CHARS: usize = 60;
/// Files of one name that are tried.
pub(crate) const MAX_FILES_OF_A_NAME: usize = 1000;

/// Prints the marks that are asked for; 1 where there are none.
pub(crate) fn export(
    options: &ExportOptions,
    reading: &DecodeOptions,
    lang: Lang,
) -> Result<ExitCode, Error> {
    let db = records::open()?;
    let mut found: Vec<MarkedArticle> = match (&db, &options.file) {
        (db, Some(file)) => of_file(db.as_ref(), file, reading)?.into_iter().collect(),
        (Some(db), None) => {
            let sql =
                "SELECT id FROM article WHERE id IN (SELECT article FROM mark) ORDER BY title, id";
            let ids = query::all(db, sql, [], |r| r.get(0))?;
            let articles = ids.into_iter().map(|id| query::marked_article(db, id));
            articles.collect::<Result<_, _>>()?
        }
        (None, None) => Vec::new(),
    };
    let offset = Connection::open_in_memory().and_then(|db| query::utc_offset(&db));
    let offset = offset.unwrap_or_default();
    let tag = options.tag.as_deref();
    let tag = tag.map(|t| t.trim_start_matches(['#', '＃']));
    let has_tag = |m: &Mark| tag.is_none_or(|t| m.tags.iter().any(|own| own == t));
    let since = options.since.as_deref();
    let is_new = |m: &Mark| since.is_none_or(|since| *day(m.made + offset) >= *since);
    for article in &mut found {
        article.marks.retain(|m| has_tag(m) && is_new(m));
    }
    found.retain(|a| !a.marks.is_empty());
    if found.is_empty() && options.format != "json" {
        report::warn(lang.say(("没有符合条件的标注", "no such marks")));
        return Ok(ExitCode::from(1));
    }
    let text = match options.format.as_str() {
        "json" => json_text(&found),
        "csv" => csv(&found, offset),
        _ => markdown(&found),
    };
    Ok(report::out(&text, 0))
}

/// Returns the marks of one article, found again in its file.
fn of_file(
    db: Option<&Connection>,
    file: &Path,
    reading: &DecodeOptions,
) -> Result<Option<MarkedArticle>, Error> {
    let item = Item::of(file);
    let article = item.article(reading)?;
    let Some(db) = db else { return Ok(None) };
    let known = query::recall(db, &identify(&article, &item))?;
    let mut marks = Marks::default();
    marks.take_up(known.recalled.marks, article.document().text());
    Ok(Some(of_session(&article, &item, &marks.all)))
}

/// Returns the marks of an open article, with paragraph and points as they are now.
pub(crate) fn of_session(article: &Article, item: &Item, marks: &[Mark]) -> MarkedArticle {
    let placed = |mark: &Mark| {
        let mut mark = mark.clone();
        if let Some(span) = mark.span {
            mark.cited = quote::cited(article.document(), &article.outline, span);
            mark.under = quote::under(article.document(), &article.outline, span);
        }
        mark
    };
    MarkedArticle {
        identity: identify(article, item),
        marks: marks.iter().map(placed).collect(),
    }
}

/// Returns Markdown: one article with front matter, several one after the other.
fn markdown(articles: &[MarkedArticle]) -> String {
    let mut out = String::new();
    for article in articles {
        if articles.len() == 1 {
            front_matter(article, &mut out);
        }
        one(article, &mut out);
    }
    out.trim_end().to_owned() + "\n"
}

/// Returns a YAML string in quotes.
fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

fn front_matter(article: &MarkedArticle, out: &mut String) {
    let i = &article.identity;
    out.push_str("---\n");
    let names = ["title", "author", "source", "date"];
    let facts = names
        .into_iter()
        .zip([&i.title, &i.author, &i.source, &i.date]);
    for (name, value) in facts.filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(out, "{name}: {}", quoted(value));
    }
    let mut tags: Vec<&String> = article.marks.iter().flat_map(|m| &m.tags).collect();
    tags.sort();
    tags.dedup();
    if !tags.is_empty() {
        out.push_str("tags:\n");
        for tag in tags {
            let _ = writeln!(out, "  - {}", quoted(tag));
        }
    }
    out.push_str("---\n\n");
}

/// Returns text in which no character is markup for Markdown.
pub(crate) fn plain(text: &str) -> String {
    let escaped = |c: char| "\\`*_[]<>".contains(c).then_some('\\');
    let text = text.replace('\n', " ");
    let chars = text.chars().flat_map(|c| escaped(c).into_iter().chain([c]));
    chars.collect()
}

fn one(article: &MarkedArticle, out: &mut String) {
    let i = &article.identity;
    let _ = writeln!(out, "# {}\n", plain(&i.title));
    let facts = [("作者", &i.author), ("来源", &i.source), ("日期", &i.date)];
    for (name, value) in facts.iter().filter(|(_, v)| !v.is_empty()) {
        let _ = writeln!(out, "- {name}：{}", plain(value));
    }
    if facts.iter().any(|(_, v)| !v.is_empty()) {
        out.push('\n');
    }
    let mut under: Option<&[String]> = None;
    let (gone, there): (Vec<&Mark>, Vec<&Mark>) = article.marks.iter().partition(|m| m.is_orphan());
    for mark in there {
        if under != Some(&mark.under) {
            if !mark.under.is_empty() {
                let _ = writeln!(out, "## {}\n", plain(&mark.under.join(" › ")));
            } else if under.is_some() {
                out.push_str("## –\n\n");
            }
            under = Some(&mark.under);
        }
        quotation(mark, out);
    }
    if !gone.is_empty() {
        out.push_str("## 原文已不在\n\n");
        for mark in gone {
            quotation(mark, out);
        }
    }
}

fn quotation(mark: &Mark, out: &mut String) {
    let sign = match mark.kind {
        MarkKind::Bookmark(letter) => format!("书签 {letter}："),
        _ => String::new(),
    };
    let place = match mark.cited.as_str() {
        "" => String::new(),
        cited => format!("（{cited}）"),
    };
    let _ = writeln!(out, "{sign}“{}”{place}\n", plain(&mark.anchor.exact));
    for line in mark.note.lines().filter(|l| !l.trim().is_empty()) {
        let _ = writeln!(out, "{line}\n");
    }
    if !mark.tags.is_empty() {
        let tags: Vec<String> = mark.tags.iter().map(|t| format!("#{t}")).collect();
        let _ = writeln!(out, "{}\n", tags.join(" "));
    }
}

fn json_text(articles: &[MarkedArticle]) -> String {
    let articles: Value = articles.iter().map(json::article_value).collect();
    let value = json!({ "jingdu": 1, "articles": articles });
    report::escaped(format!("{value:#}\n"))
}

/// Returns CSV, a row a mark. A cell that a table would take for a formula gets a quote.
fn csv(articles: &[MarkedArticle], offset: i64) -> String {
    let mut out = String::from("title,author,source,date,where,under,kind,text,note,tags,made\n");
    for a in articles {
        for m in &a.marks {
            let kind = match m.kind {
                MarkKind::Bookmark(c) => format!("bookmark {c}"),
                MarkKind::Highlight(c) => format!("highlight {}", c + 1),
                MarkKind::Annotation => "annotation".to_owned(),
            };
            let i = &a.identity;
            let cells = [
                &i.title,
                &i.author,
                &i.source,
                &i.date,
                &m.cited,
                &m.under.join(" › "),
                &kind,
                &m.anchor.exact,
                &m.note,
                &m.tags.join(" "),
                &day(m.made + offset),
            ];
            let _ = writeln!(out, "{}", cells.map(|c| csv_cell(c)).join(","));
        }
    }
    out
}

/// Writes the marks of an open article to a Markdown file in `folder`, named by the title;
/// returns its path. A file of that name is replaced only where it has been written for the same
/// article and it has not been changed since; else the name gets a number.
pub(crate) fn to_file(marked: &MarkedArticle, folder: &Path) -> io::Result<PathBuf> {
    let name = file_name(&marked.identity.title).unwrap_or_else(|| "notes".to_owned());
    let contents = sealed(markdown(std::slice::from_ref(marked)), marked);
    fs::create_dir_all(folder)?;
    for number in 1..=MAX_FILES_OF_A_NAME {
        let path = folder.join(if number == 1 {
            format!("{name}.md")
        } else {
            format!("{name} {number}.md")
        });
        match fs::symlink_metadata(&path) {
            Err(why) if why.kind() == ErrorKind::NotFound => {}
            Ok(meta) if meta.is_file() && is_own(&path, marked) => {}
            _ => continue,
        }
        return replace(&path, &contents).map(|()| path);
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// Writes a file; the old one stays until the new one is whole.
fn replace(path: &Path, contents: &str) -> io::Result<()> {
    let new = path.with_extension(format!("md.{}", std::process::id()));
    let mut file = files::create_new_private(&new)?;
    let written = file.write_all(contents.as_bytes());
    let moved = written.and_then(|()| fs::rename(&new, path));
    if moved.is_err() {
        let _ = fs::remove_file(&new);
    }
    moved
}

/// Adds a last line by which the file is known again: hashes of the facts of the article, and of
/// all that is above the line.
fn sealed(contents: String, marked: &MarkedArticle) -> String {
    let seal = seal(&contents, marked);
    contents + &seal
}

fn seal(contents: &str, marked: &MarkedArticle) -> String {
    let i = &marked.identity;
    let facts = [&i.title, &i.author, &i.source, &i.date].map(String::as_str);
    let [article, contents] =
        [facts.join("\n").as_str(), contents].map(|text| XxHash3_128::oneshot(text.as_bytes()));
    format!("\n<!-- jingdu {article:032x} {contents:032x} -->\n")
}

/// Returns whether a file has been written for an article and is as it was then.
fn is_own(path: &Path, marked: &MarkedArticle) -> bool {
    let Ok(text) = fs::read_to_string(path) else {
        return false;
    };
    let line = text.trim_end_matches('\n').rfind("\n\n<!-- jingdu ");
    let parts = line.and_then(|at| text.split_at_checked(at + 1));
    parts.is_some_and(|(contents, own)| own == seal(contents, marked))
}

/// Returns the name of a file that is named by a title; `None` where nothing of that is left.
pub(crate) fn file_name(title: &str) -> Option<String> {
    let refused = |c: char| "/\\:*?\"<>|#^[]".contains(c);
    let title = title.replace(refused, " ");
    let name: String = title.chars().take(MAX_FILE_NAME_CHARS).collect();
    let name = name.trim().trim_start_matches('.');
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::store::message::Identity;

    fn marked(author: &str, note: &str) -> MarkedArticle {
        let anchor = json!({ "exact": "船" });
        let mark = json!({ "uid": "a", "kind": "annotation", "anchor": anchor, "note": note });
        MarkedArticle {
            identity: Identity {
                title: "渡口".to_owned(),
                author: author.to_owned(),
                ..Identity::default()
            },
            marks: json::mark(&mark).into_iter().collect(),
        }
    }

    #[test]
    fn only_what_was_written_and_not_changed_is_replaced() {
        let name = format!("jingdu-notes-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&folder);
        let write = |author: &str, note: &str| {
            let path = to_file(&marked(author, note), &folder).unwrap();
            path.strip_prefix(&folder).unwrap().display().to_string()
        };
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        assert_eq!(write("甲", "一"), "渡口.md");
        assert_eq!(write("甲", "二"), "渡口.md");
        assert!(read("渡口.md").contains("\n二\n"));
        // another article of that title
        assert_eq!(write("乙", "三"), "渡口 2.md");
        // a file that was changed, by a single byte
        let changed = read("渡口.md").replacen('二', "亖", 1);
        fs::write(folder.join("渡口.md"), &changed).unwrap();
        assert_eq!(write("甲", "四"), "渡口 3.md");
        assert_eq!(write("甲", "五"), "渡口 3.md");
        assert_eq!(write("乙", "六"), "渡口 2.md");
        assert_eq!(read("渡口.md"), changed);
        // a link, whatever is behind it, and a folder
        fs::remove_file(folder.join("渡口.md")).unwrap();
        files::link(&folder.join("渡口 3.md"), &folder.join("渡口.md")).unwrap();
        assert_eq!(write("甲", "七"), "渡口 3.md");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 3);
        fs::remove_dir_all(&folder).unwrap();
    }
}
