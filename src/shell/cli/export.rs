//! `jingdu export`: marks and notes as text. Markdown to paste and to keep in a vault, JSON
//! for scripts and for `state import`, CSV for tables.
//!
//! The order is that of the document, and the time of exporting is not in it: a second
//! export differs only where the notes do.

use super::options::ExportOptions;
use super::sheet::{BYTE_ORDER_MARK, csv_row};
use super::{records, report};
use crate::command::mark::COLOUR_NAMES;
use crate::command::options::Config;
use crate::session::marks::{Mark, MarkKind, Marks};
use crate::session::memory::day;
use crate::session::selection::{Grain, unit};
use crate::session::{Article, quote};
use crate::shell::error::Error;
use crate::shell::notes::markdown;
use crate::shell::open::item::{DecodeOptions, Item};
use crate::shell::store::identity::identify;
use crate::shell::store::json;
use crate::shell::store::message::MarkedArticle;
use crate::shell::store::query;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;

/// Prints the marks that are asked for; 1 where there are none.
pub(crate) fn export(
    options: &ExportOptions,
    reading: &DecodeOptions,
    config: &Config,
) -> Result<ExitCode, Error> {
    let lang = config.settings.lang;
    let db = records::open()?;
    let mut found: Vec<MarkedArticle> = match (&db, &options.file) {
        (db, Some(file)) => of_file(db.as_ref(), file, reading)?.into_iter().collect(),
        (Some(db), None) => {
            let sql = "SELECT id FROM article WHERE id IN (SELECT article FROM mark WHERE kind <> 'draft') ORDER BY title, id";
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
        _ => markdown::of_articles(&found, config.citation.inner),
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

/// Returns the marks of an open article, with paragraph and points as they are now. A bookmark
/// has its whole sentence.
pub(crate) fn of_session(article: &Article, item: &Item, marks: &[Mark]) -> MarkedArticle {
    let placed = |mark: &Mark| {
        let mut mark = mark.clone();
        if let Some(span) = mark.span {
            let (document, outline) = (article.document(), &article.outline);
            mark.cited = quote::cited(document, outline, span);
            mark.under = quote::under(document, outline, span);
            if let MarkKind::Bookmark(_) = mark.kind {
                // older versions kept the rest of it only
                let sentence = unit(document, outline, span.start, Grain::Sentence);
                document.slice(sentence).clone_into(&mut mark.anchor.exact);
            }
        }
        mark
    };
    MarkedArticle {
        identity: identify(article, item),
        marks: marks.iter().map(placed).collect(),
    }
}

fn json_text(articles: &[MarkedArticle]) -> String {
    let articles: Value = articles.iter().map(json::article_value).collect();
    let value = json!({ "jingdu": 1, "articles": articles });
    report::escaped(format!("{value:#}\n"))
}

/// Returns CSV for spreadsheets, a row a mark.
fn csv(articles: &[MarkedArticle], offset: i64) -> String {
    let names = "title author source date where under kind text note tags made";
    let names: Vec<&str> = names.split(' ').collect();
    let mut out = BYTE_ORDER_MARK.to_owned() + &csv_row(&names);
    for a in articles {
        for m in &a.marks {
            let kind = match m.kind {
                MarkKind::Bookmark(c) => format!("bookmark {c}"),
                MarkKind::Highlight(c) => {
                    let (_, name) = COLOUR_NAMES.get(usize::from(c)).unwrap_or(&("", ""));
                    format!("highlight {name}")
                }
                MarkKind::Annotation => "annotation".to_owned(),
            };
            let i = &a.identity;
            out += &csv_row(&[
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
            ]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::store::message::Identity;

    #[test]
    fn a_table_of_marks_is_one_for_spreadsheets() {
        let anchor = json!({ "exact": "\u{200b}=1+1\u{200b}，甲\n乙" });
        let mark =
            json!({ "uid": "a", "kind": "annotation", "anchor": anchor, "note": "＝A1 #数据" });
        let article = MarkedArticle {
            identity: Identity {
                title: "\u{200b}=HYPERLINK(1)".to_owned(),
                author: "\u{2060}=cmd|' /C calc'!A0".to_owned(),
                ..Identity::default()
            },
            marks: json::mark(&mark).into_iter().collect(),
        };
        let table = csv(&[article], 0);
        // as it is printed
        let table = table.replace(report::INVISIBLE, "");
        let (head, row) = table.split_once("\r\n").unwrap();
        assert!(head.starts_with("\u{feff}\"title\",\"author\""), "{head}");
        let cells = "\"'=HYPERLINK(1)\",\"'=cmd|' /C calc'!A0\",\"\",\"\",\"\",\"\",\"annotation\",\
             \"'=1+1，甲\n乙\",\"'＝A1 #数据\",\"数据\",\"1970-01-01\"\r\n";
        assert_eq!(row, cells);
    }
}
