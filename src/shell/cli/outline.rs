//! Prints the outline of a file: as text, as Markdown, as JSON.

use super::options::OutlineFormat;
use super::report::{self, ended, json, out, warn, write_all};
use crate::document::{Diagnostic, Document, Meta};
use crate::outline::{self, Entry, EntryKind, Index, MarkerPosition, Outline, Point, Topic};
use crate::session::Article;
use crate::shell::error::Error;
use crate::shell::open::item::{DecodeOptions, Item};
use crate::text::{Lang, Span};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::iter::once;
use std::path::Path;
use std::process::ExitCode;

/// Prints the outline of a file.
pub(crate) fn outline(
    file: &Path,
    format: OutlineFormat,
    reading: &DecodeOptions,
    lang: Lang,
) -> Result<ExitCode, Error> {
    let item = Item::of(file);
    let mut article = item.article(reading)?;
    // as it is, so that a script can open it: JSON has escapes of its own
    article.name = item.name();
    if article.outline.cut {
        warn(lang.say(outline::CUT));
    }
    report::warn_of_loss(article.document(), &item, lang);
    let text = match format {
        OutlineFormat::Text => text_outline(article.document(), &article.outline),
        OutlineFormat::Markdown => markdown_outline(article.document(), &article.outline),
        OutlineFormat::Json => return Ok(ended(write_all(json_outline(&article)), 0)),
    };
    Ok(out(&text, 0))
}

/// Returns the words of an entry: its marker, what stands between the two, its label.
fn name(document: &Document, outline: &Outline, entry: &Entry) -> String {
    let (marker, name) = outline.name(entry);
    let skipped = document.slice(Span::between(marker.end, name.start));
    let words = skipped.trim_start_matches(|c: char| !c.is_alphanumeric());
    match skipped.strip_suffix(words) {
        Some(stop) if !words.is_empty() => {
            format!(
                "{}{stop}{}",
                document.slice(marker),
                outline::words_of(document.slice(name))
            )
        }
        _ => outline::words_of(document.slice(entry.label)).to_owned(),
    }
}

/// Returns the outline as text: indented, for pasting.
pub fn text_outline(document: &Document, outline: &Outline) -> String {
    let mut out = String::new();
    if !document.meta().title.is_empty() {
        let _ = writeln!(out, "{}\n", document.meta().title);
    }
    for entry in &outline.entries {
        let indent = "  ".repeat(usize::from(entry.depth));
        let is_topic = matches!(entry.kind, EntryKind::Topic(_));
        let sign = if is_topic { "§ " } else { "" };
        let _ = writeln!(out, "{indent}{sign}{}", name(document, outline, entry));
    }
    out
}

/// Returns the outline as Markdown: the title, a line of facts, and nested lists in which
/// headings are strong. Every word reads as it stands in the article.
pub fn markdown_outline(document: &Document, outline: &Outline) -> String {
    let mut out = String::new();
    let meta = document.meta();
    if !meta.title.is_empty() {
        let _ = writeln!(out, "# {}\n", escape(&meta.title));
    }
    let facts = facts(meta);
    if !facts.is_empty() {
        let _ = writeln!(out, "{}\n", escape(&facts));
    }
    for entry in &outline.entries {
        let indent = "  ".repeat(usize::from(entry.depth));
        let name = escape(&name(document, outline, entry));
        let is_heading = is_heading(outline, entry);
        let strong = if is_heading { "**" } else { "" };
        let _ = writeln!(out, "{indent}- {strong}{name}{strong}");
    }
    out
}

/// Returns the date, the author and the source of an article, as far as they are known.
fn facts(meta: &Meta) -> String {
    let facts = [&meta.date, &meta.author, &meta.source];
    let known: Vec<&str> = facts.into_iter().flatten().map(String::as_str).collect();
    known.join(" · ")
}

/// Returns whether an entry is a heading of its article, with or without markup.
fn is_heading(outline: &Outline, entry: &Entry) -> bool {
    match entry.kind {
        EntryKind::Point(index) => outline
            .points
            .get(index.get())
            .is_some_and(|point| point.place == MarkerPosition::Heading),
        kind => kind == EntryKind::Subheading,
    }
}

/// Returns a line in which no sign of markup is left: each is escaped by a backslash, a number
/// that would open a list likewise.
fn escape(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    for (i, c) in line.chars().enumerate() {
        let opens_list = match c {
            '.' | ')' => digits > 0 && i == digits,
            '-' | '+' => i == 0,
            _ => false,
        };
        if opens_list || "\\`*_[]<>#~|&$".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Returns the outline as JSON, in the form that scripts build on: piece by piece, for each point
/// has its whole text, and those inside it have theirs.
pub fn json_outline(article: &Article) -> impl Iterator<Item = String> {
    let (document, outline) = (article.document(), &article.outline);
    let slice = |span: Span| document.slice(span);
    let point = move |p: &Point| {
        let marker = if p.marker.is_empty() {
            "##"
        } else {
            slice(p.marker)
        };
        json!({
            "marker": marker, "label": slice(p.label), "text": slice(p.span), "level": p.level, "parent": p.parent.map(Index::get),
            "series": p.series.get(), "start": p.span.start.byte(), "end": p.span.end.byte(),
        })
    };
    let topic = move |t: &Topic| json!({ "text": slice(t.label), "start": t.span.start.byte(), "end": t.span.end.byte(), "points": t.points().collect::<Vec<_>>() });
    let folded = |d: &Diagnostic| {
        let (start, end) = (d.span.map(|s| s.start.byte()), d.span.map(|s| s.end.byte()));
        json!({ "line": d.source_line, "rule": d.rule, "text": d.excerpt, "start": start, "end": end })
    };
    let meta = document.meta();
    let facts = json!({
        "file": article.name, "title": meta.title, "date": meta.date, "author": meta.author,
        "source": meta.source,
    });
    let facts = json(&facts);
    let open = facts.strip_suffix('}').unwrap_or(&facts).to_owned();
    once(open)
        .chain(list("points", outline.points.iter().map(point)))
        .chain(list("topics", outline.topics.iter().map(topic)))
        .chain(list("folded", document.folded().map(folded)))
        .chain(once("}\n".to_owned()))
}

/// Returns a list of an object, after another member of it: a piece for each item.
fn list(name: &str, items: impl Iterator<Item = Value>) -> impl Iterator<Item = String> {
    let item = |(i, value): (usize, Value)| match i {
        0 => json(&value),
        _ => format!(",{}", json(&value)),
    };
    let open = format!(",\"{name}\":[");
    let items = items.enumerate().map(item);
    once(open).chain(items).chain(once("]".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source;
    use pulldown_cmark::{Event, Options, Parser};

    const TEXT: &str = "---\ntitle: 甲*乙*与<丙>\ndate: 2031-05-02\nauthor: 某甲\n---\n\n\
        ## 一 [记号]\n\n夜市有三件事要办：一是灯*光*，要亮一点。二是a_b_c，要有水喝。三是 #3 路，要修。\n\n\
        ## 1. 列表\n\n1. 排档的油烟要管\n2. 摊位的租金要降\n";

    fn night_market() -> Article {
        Article::new("夜市.md", source::read(TEXT.as_bytes(), None))
    }

    #[test]
    fn markdown_reads_as_the_outline_does() {
        let article = night_market();
        let text = text_outline(article.document(), &article.outline);
        let markdown = markdown_outline(article.document(), &article.outline);
        let shown: String = Parser::new_ext(&markdown, Options::all())
            .filter_map(|event| match event {
                Event::Text(text) | Event::Code(text) => Some(text.into_string()),
                Event::Html(text) | Event::InlineHtml(text) => panic!("{text}"),
                _ => None,
            })
            .collect();
        let letters = |text: &str| -> String {
            let kept = text.chars().filter(|c| !c.is_whitespace() && *c != '§');
            kept.collect()
        };
        assert_eq!(
            letters(&shown.replace("2031-05-02 · 某甲", "")),
            letters(&text),
            "{markdown}"
        );
    }

    #[test]
    fn entries_are_nested_and_headings_strong() {
        let article = night_market();
        let markdown = markdown_outline(article.document(), &article.outline);
        let lines: Vec<&str> = markdown.lines().collect();
        assert_eq!(
            lines[..3],
            ["# 甲\\*乙\\*与\\<丙\\>", "", "2031-05-02 · 某甲"]
        );
        assert!(lines.contains(&"- **一 \\[记号\\]**"), "{markdown}");
        assert!(lines.contains(&"    - 1\\. 排档的油烟要管"), "{markdown}");
    }

    #[test]
    fn json_names_the_facts() {
        let text: String = json_outline(&night_market()).collect();
        let found: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(found["date"], "2031-05-02");
        assert_eq!(found["author"], "某甲");
        assert!(found["source"].is_null());
        let lists =
            ["points", "topics", "folded"].map(|list| found[list].as_array().unwrap().len());
        assert_eq!(lists, [7, 1, 0], "{text}");
    }

    #[test]
    fn no_piece_holds_all_points() {
        let text =
            "一是要有灯，夜里才走得稳。\n二是要有水，白天才坐得住。\n三是要修路。\n".repeat(300);
        let article = Article::new("夜市.md", source::read(text.as_bytes(), None));
        let longest = json_outline(&article).map(|piece| piece.len()).max();
        assert!(longest.unwrap() < 2000 && json_outline(&article).count() > 900);
    }
}
