//! Articles in JSON, as crawlers and interfaces keep them: an object, objects one a
//! line, an array, or either of them inside an answer.
//!
//! 1. An object with a text under one of [`BODIES`] is an article; the rest of it says
//!    what is known of it, as a front matter does.
//! 2. [`unpack`] writes one article as a front matter and its text, several as parts
//!    with headings: what is read then as any file is.
//! 3. A text of paragraphs without blank lines gets them: nobody wraps lines in JSON.
//!
//! JSON that is broken, or holds no text, stays what it is. Decides nothing about
//! formats: the text may be Markdown, HTML or plain.

use crate::source;
use serde_json::{Deserializer, Map, Value};
use std::borrow::Cow;
use std::fmt::Write as _;

/// Keys of an article's text, in lower case and without underlines.
const BODIES: &[&str] = &[
    "content",
    "contents",
    "text",
    "body",
    "article",
    "articlebody",
    "articlecontent",
    "contenthtml",
    "contenttext",
    "html",
    "fulltext",
    "maintext",
    "markdown",
    "正文",
    "内容",
    "內容",
    "全文",
    "文章",
];

/// Keys of what heads an article among several, and of who and where.
const TITLES: &[&str] = &["title", "headline", "标题", "標題", "题目"];
const BESIDE: &[&str] = &["author", "作者", "source", "来源", "來源", "date", "日期", "publishdate", "pubdate", "发布时间"];

/// What HTML begins with, so that it is read as such.
const PAGE: &str = "<body>\n";

/// Objects are looked for so deep.
const DEEPEST: usize = 8;

/// Endings of files that are JSON.
const NAMES: &[&str] = &[".json", ".jsonl", ".ndjson"];

/// What was in JSON, as a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unpacked {
    /// The text.
    pub text: String,
    /// Its lines, from 1, from which on it stands on another line of the source.
    pub lines: Vec<(usize, usize)>,
}

/// Whether a long file of that name that begins so has to be read as a whole, for it
/// may hold articles.
pub fn may_hold(head: &str, name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    NAMES.iter().any(|end| name.ends_with(end)) && head.trim_start().starts_with(['{', '['])
}

/// The articles of a text that is nothing but JSON, or the beginning of it where it is
/// `cut`; `None` where it holds none.
pub fn unpack(text: &str, cut: bool) -> Option<Unpacked> {
    if !text.trim_start().starts_with(['{', '[']) || !(cut || text.trim_end().ends_with(['}', ']'])) {
        return None;
    }
    let closed = if cut { Cow::Owned(close(text)?) } else { Cow::Borrowed(text) };
    let text = closed.as_ref();
    let mut values = Deserializer::from_str(text).into_iter::<Value>();
    let (mut found, mut at, mut line) = (Vec::new(), 0, 1);
    while let Some(value) = values.next() {
        let end = values.byte_offset();
        let before = text.get(at..end)?;
        // the value begins behind the blanks before it
        let begins = line + lines(before.get(..before.len() - before.trim_start().len())?);
        (at, line) = (end, line + lines(before));
        collect(value.ok()?, 0, begins, &mut found);
    }
    match found.as_slice() {
        [] => None,
        [only] => Some(only.alone()),
        several => Some(together(several)),
    }
}

/// JSON of which only the beginning is there, closed: behind the text that is open,
/// else behind the last value that is whole. Behind the last of several values, where
/// they stand one a line.
fn close(text: &str) -> Option<String> {
    let (mut open, mut string, mut escaped) = (Vec::new(), false, false);
    // where something whole ends, and how much was open there
    let mut whole = (0, 0);
    for (at, byte) in text.bytes().enumerate() {
        match (string, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => string = !string,
            (false, b'{' | b'[') => open.push(byte),
            (false, b'}' | b']') => {
                open.pop();
                whole = (at + 1, open.len());
            }
            (false, b',') => whole = (at, open.len()),
            _ => {}
        }
    }
    let ends = |deep: usize| open.get(..deep).unwrap_or_default().iter().rev().map(|b| if *b == b'{' { '}' } else { ']' });
    // an escape may be torn, too
    let torn = text.rfind('\\').filter(|at| text.len() - at < 12).unwrap_or(text.len());
    let tries = [(torn, open.len(), "\""), (whole.0, whole.1, "")];
    let made = tries.into_iter().map(|(end, deep, quote)| text.get(..end).unwrap_or_default().to_owned() + quote + &ends(deep).collect::<String>());
    made.skip(usize::from(!string)).find(|json| Deserializer::from_str(json).into_iter::<serde::de::IgnoredAny>().all(|value| value.is_ok()))
}

/// How many lines end in a text.
fn lines(text: &str) -> usize {
    memchr::memchr_iter(b'\n', text.as_bytes()).count()
}

/// One article.
struct Article {
    facts: Map<String, Value>,
    body: String,
    line: usize,
}

/// A key as it is compared.
fn plain(key: &str) -> String {
    key.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect()
}

/// The text that a value is: a string, or an array of them, a paragraph each.
fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(parts) if !parts.is_empty() => parts.iter().map(Value::as_str).collect::<Option<Vec<_>>>()?.join("\n\n"),
        _ => return None,
    };
    text.chars().any(char::is_alphabetic).then_some(text)
}

/// Finds the articles in a value that begins on that line, in their order.
fn collect(value: Value, depth: usize, line: usize, found: &mut Vec<Article>) {
    match value {
        _ if depth > DEEPEST => {}
        Value::Array(items) => items.into_iter().for_each(|item| collect(item, depth + 1, line, found)),
        Value::Object(mut facts) => {
            let texts = facts.iter().filter(|(key, _)| BODIES.contains(&plain(key).as_str()));
            let longest = texts.filter_map(|(key, value)| Some((key.clone(), text_of(value)?))).max_by_key(|(_, text)| text.len());
            if let Some((key, body)) = longest {
                facts.remove(&key);
                found.push(Article { facts, body: readable(&body), line });
            } else {
                facts.into_iter().for_each(|(_, inner)| collect(inner, depth + 1, line, found));
            }
        }
        _ => {}
    }
}

/// A decoded string as text that may be shown: what it escapes may be anything.
fn readable(body: &str) -> String {
    let text = source::read(body.trim_matches(['\n', '\r']).as_bytes(), Some("UTF-8")).text;
    if text.contains("\n\n") || text.contains("\n```") || super::begins_with_tag(text.trim_start()) {
        return text;
    }
    text.replace('\n', "\n\n")
}

impl Article {
    /// What it is called by one of these keys.
    fn fact(&self, keys: &[&str]) -> Option<String> {
        let named = |key: &&str| self.facts.iter().find(|(k, _)| plain(k) == **key).and_then(|(_, v)| v.as_str());
        let fact = keys.iter().find_map(named)?;
        Some(fact.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|fact| !fact.is_empty())
    }

    /// Whether its text is HTML.
    fn is_page(&self) -> bool {
        super::begins_with_tag(self.body.trim_start())
    }

    /// Its text with what is known of it before it.
    fn alone(&self) -> Unpacked {
        let mut text = String::new();
        if !self.facts.is_empty() {
            let facts: Vec<String> = self.facts.iter().map(|(key, value)| format!("{}: {value}", Value::from(key.as_str()))).collect();
            let _ = write!(text, "{{\n{}\n}}\n\n", facts.join(",\n"));
        }
        if self.is_page() {
            text += PAGE;
        }
        text += &self.body;
        Unpacked { text, lines: vec![(1, self.line)] }
    }
}

/// Articles one below the other, each with its heading.
fn together(articles: &[Article]) -> Unpacked {
    let page = articles.iter().any(Article::is_page);
    let mut all = Unpacked { text: if page { PAGE.to_owned() } else { String::new() }, ..Unpacked::default() };
    for article in articles {
        all.lines.push((lines(&all.text) + 1, article.line));
        let beside: Vec<String> = BESIDE.iter().filter_map(|key| article.fact(&[key])).collect();
        let heads = [article.fact(TITLES), Some(beside.join("　")).filter(|b| !b.is_empty())];
        for (head, (mark, tag)) in heads.into_iter().zip([("# ", "h1"), ("", "p")]) {
            let Some(head) = head else { continue };
            let _ = if page { write!(all.text, "<{tag}>{}</{tag}>\n\n", escape(&head)) } else { write!(all.text, "{mark}{head}\n\n") };
        }
        if page && !article.is_page() {
            let paragraphs = article.body.split("\n\n").map(|p| format!("<p>{}</p>\n", escape(p)));
            all.text.extend(paragraphs);
        } else {
            all.text += &article.body;
        }
        all.text += "\n\n";
    }
    all
}

/// A text as HTML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Ask, parse};

    fn read(text: &str, name: &str) -> crate::document::Document {
        parse(&source::read(text.as_bytes(), None), Ask { name, ..Ask::default() })
    }

    #[test]
    fn an_article_in_json_is_an_article() {
        let json = r#"{"title": "让河流安静", "author": "某甲", "pub_id": 7,
            "content": "城里的河。\n治河要做三件事。\u001b[2J一是截污，二是清淤。"}"#;
        for text in [json.to_owned(), format!("\n{json}\n"), json.replace("content", "正文"), format!("{{\"code\": 0, \"data\": [{json}]}}")] {
            let d = read(&text, "a.json");
            assert_eq!((d.meta().title.as_str(), d.meta().author.as_deref()), ("让河流安静", Some("某甲")), "{text}");
            assert_eq!(d.text(), "城里的河。\n治河要做三件事。一是截污，二是清淤。");
        }
        assert_eq!(read(json, "a.json").blocks().line(1), Some(1));
        let page = read(r#"{"title":"甲","html":"<p>一段。</p><p>又<b>一</b>段。</p>"}"#, "a.json");
        assert_eq!((page.text(), page.meta().format), ("一段。\n又一段。", "html"));
        let parts = read(r#"{"title":"甲","content":["一段。","又一段。"]}"#, "");
        assert_eq!(parts.text(), "一段。\n又一段。");
    }

    #[test]
    fn several_have_their_headings_and_their_lines() {
        let lines = "{\"title\":\"甲文\",\"author\":\"某甲\",\"text\":\"一段。\"}\n{\"title\":\"乙文\",\"text\":\"又一段。\\n三段。\"}\n";
        let array = format!("[{}]", lines.trim().replace('\n', ",\n"));
        for text in [lines, &array] {
            let d = read(text, "a.jsonl");
            for part in ["甲文", "一段。", "乙文", "又一段。", "三段。"] {
                assert!(d.text().contains(part) || d.meta().title == part, "{part} {}", d.text());
            }
        }
        let parts = read(lines, "a.jsonl");
        assert_eq!(parts.blocks().line(parts.blocks().len() - 1), Some(2));
        let mixed = read(r#"[{"title":"甲<","body":"<p>一段。</p>"},{"title":"乙","body":"二 < 三。\n四。"}]"#, "a.json");
        assert!(mixed.text().contains("一段。") && mixed.text().contains("二 < 三。\n四。"), "{}", mixed.text());
    }

    #[test]
    fn the_beginning_of_json_holds_the_beginning_of_its_articles() {
        let text = r#"{"title": "甲\u4e59", "tags": ["一", "二"], "content": "第一段，\"一是\"要读。\n第二段。", "id": 7}"#;
        let several = format!("[{text},\n{text}]");
        let whole = unpack(&several, false).unwrap().text;
        for end in (0..several.len()).filter(|end| several.is_char_boundary(*end)) {
            let Some(begun) = unpack(several.get(..end).unwrap(), true) else { continue };
            let body = begun.text.rsplit("}\n\n").next().unwrap().trim_end();
            assert!(whole.contains(body), "{end} {body}");
        }
        let at = several.find("第二").unwrap();
        assert!(unpack(several.get(..at).unwrap(), true).unwrap().text.ends_with("“一是”要读。".replace(['“', '”'], "\"").as_str()));
        let lines = format!("{text}\n{text}\n{{\"title\": \"");
        assert_eq!(unpack(&lines, true).unwrap().lines.len(), 2);
    }

    #[test]
    fn other_json_stays_what_it_is() {
        for text in
            ["{}", "[]", "[1, 2]", r#"{"title": "甲"}"#, r#"{"content": 7}"#, r#"{"content": "甲。""#, "{\"text\": \"甲。\"}\n正文。", "[链](b)", "{甲}"]
        {
            assert_eq!(unpack(text, false), None, "{text}");
        }
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!((unpack(&deep, false), unpack(&deep, true)), (None, None));
    }
}
