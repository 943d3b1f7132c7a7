//! The marks of articles as Markdown: the title and the facts, the sections that have marks, and
//! below each its marks with the reader's notes as they were typed.

use super::merge::{Export, Piece};
use super::names;
use crate::session::marks::{Mark, MarkKind};
use crate::session::quote::{self, InnerQuotes};
use crate::shell::store::json;
use crate::shell::store::message::MarkedArticle;
use serde_json::Value;
use std::collections::HashMap;
use std::fmt::Write as _;

/// The heading above marks that are in no section, behind those that are in one.
const NO_SECTION: &str = "其他段落";
/// The heading above marks whose text is gone.
const GONE: &str = "原文已不在";

/// Returns Markdown: one article with front matter, several one after the other.
pub(crate) fn of_articles(articles: &[MarkedArticle], inner: InnerQuotes) -> String {
    let exports = articles.iter().map(|article| export(article, inner));
    let exports: Vec<Export> = exports.collect();
    match &exports[..] {
        [one] => [one.front(), one.body()].join("\n"),
        all => {
            let bodies: Vec<String> = all.iter().map(Export::body).collect();
            bodies.join("\n")
        }
    }
}

/// Returns the export of the marks of an article.
pub(crate) fn export(article: &MarkedArticle, inner: InnerQuotes) -> Export {
    Export {
        article: json::hex(article.identity.hash),
        facts: facts(article),
        pieces: pieces(article, inner),
    }
}

/// Returns the front matter without its fences.
fn facts(article: &MarkedArticle) -> String {
    let i = &article.identity;
    let mut out = String::new();
    let names = ["title", "author", "source", "date"];
    let facts = names
        .into_iter()
        .zip([&*i.title, &i.author, &i.source, &i.date]);
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
    out
}

/// Returns a YAML string in quotes.
fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

/// Returns text in which no character is markup for Markdown.
pub(crate) fn plain(text: &str) -> String {
    let escaped = |c: char| "\\`*_[]<>".contains(c).then_some('\\');
    let text = text.replace('\n', " ");
    let chars = text.chars().flat_map(|c| escaped(c).into_iter().chain([c]));
    chars.collect()
}

fn pieces(article: &MarkedArticle, inner: InnerQuotes) -> Vec<Piece> {
    let i = &article.identity;
    let mut title = format!("# {}", plain(names::title(i)));
    let facts = [("作者", &i.author), ("来源", &i.source), ("日期", &i.date)];
    let facts = facts.iter().filter(|(_, value)| !value.is_empty());
    for (i, (name, value)) in facts.enumerate() {
        let gap = if i == 0 { "\n\n" } else { "\n" };
        let _ = write!(title, "{gap}- {name}：{}", plain(value));
    }
    let mut pieces = Pieces::default();
    pieces.add("title".to_owned(), title, false);
    let (gone, there): (Vec<&Mark>, Vec<&Mark>) = article.marks.iter().partition(|m| m.is_orphan());
    let mut under: Option<&[String]> = None;
    for mark in there {
        if under != Some(&mark.under) {
            if !mark.under.is_empty() {
                pieces.heading(&plain(&mark.under.join(" › ")));
            } else if under.is_some() {
                pieces.heading(NO_SECTION);
            }
            under = Some(&mark.under);
        }
        pieces.mark(mark, inner);
    }
    if !gone.is_empty() {
        pieces.heading(GONE);
        for mark in gone {
            pieces.mark(mark, inner);
        }
    }
    pieces.all
}

/// The pieces of an export in the making.
#[derive(Default)]
struct Pieces {
    all: Vec<Piece>,
    headings: HashMap<String, usize>,
}

impl Pieces {
    fn add(&mut self, key: String, text: String, is_mark: bool) {
        self.all.push(Piece { key, text, is_mark });
    }

    fn heading(&mut self, text: &str) {
        let before = self.headings.entry(text.to_owned()).or_default();
        let key = format!("heading {before} {text}");
        *before += 1;
        self.add(key, format!("## {text}"), false);
    }

    fn mark(&mut self, mark: &Mark, inner: InnerQuotes) {
        self.add(format!("mark {}", mark.uid), quotation(mark, inner), true);
    }
}

/// Returns a mark: its text and place, and below them the note and the tags that it lacks.
fn quotation(mark: &Mark, inner: InnerQuotes) -> String {
    let sign = match mark.kind {
        MarkKind::Bookmark(letter) => format!("书签 {letter}："),
        _ => String::new(),
    };
    let place = match mark.cited.as_str() {
        "" => String::new(),
        cited => format!("（{cited}）"),
    };
    let text = quote::nested(&mark.anchor.exact, inner);
    let mut out = format!("{sign}“{}”{place}", plain(&text));
    let note = mark.note.trim_matches('\n');
    if !note.trim().is_empty() {
        let _ = write!(out, "\n\n{note}");
    }
    let tags: Vec<String> = mark.tags_beside().map(|tag| format!("#{tag}")).collect();
    if !tags.is_empty() {
        let _ = write!(out, "\n\n{}", tags.join(" "));
    }
    out.truncate(out.trim_end().len());
    out
}
