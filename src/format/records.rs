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

use crate::format::prose;
use crate::format::sniff;
use crate::source;
use crate::text::words::Words;
use regex::{Captures, Regex};
use serde_json::{Deserializer, Map, Value};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::LazyLock;

/// Keys of an article's text, in lower case and without underlines.
const BODIES: Words = Words::new(
    "content contents text body article articlebody articlecontent contenthtml \
    contenttext html fulltext maintext markdown 正文 内容 內容 全文 文章",
);

/// Keys of what heads an article among several, and of who and where.
const TITLES: Words = Words::new("title headline heading subject 标题 標題 题目 小标题");
const BYLINE_KEYS: Words =
    Words::new("author 作者 source 来源 來源 date 日期 publishdate pubdate 发布时间");

/// Beginning of HTML, by which it is recognised.
const HTML_HEAD: &str = "<body>\n";

/// Han from which a text is a sentence, and not a name, also without a full stop.
const MIN_SENTENCE_HAN: usize = 20;

/// Limit of the depth at which articles are searched for.
const MAX_JSON_DEPTH: usize = 32;

/// Limit of broken JSON that is tried as YAML, in bytes.
const MAX_LENIENT_BYTES: usize = 4 << 20;

/// The articles of JSON, as a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unpacked {
    /// The facts of the only article, an entry each, as in a front matter.
    pub facts: Vec<String>,
    /// The text.
    pub text: String,
    /// Lines of the text, from 1, with the source lines that they come from.
    pub lines: Vec<(usize, usize)>,
}

impl Unpacked {
    /// Returns the source line of a line of the text.
    pub fn source_line(&self, line: usize) -> usize {
        self.lines
            .partition_point(|(from, _)| *from <= line)
            .checked_sub(1)
            .and_then(|at| self.lines.get(at))
            .map_or(line, |(_, source)| *source)
    }
}

/// The articles of a text that is nothing but JSON, or the beginning of it where it is
/// `cut`; `None` where it holds none.
pub fn unpack(text: &str, cut: bool) -> Option<Unpacked> {
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let closed = if cut {
        Cow::Owned(close(text)?)
    } else {
        Cow::Borrowed(text)
    };
    let text = closed.as_ref();
    let (mut found, mut at, mut line) = (Vec::new(), 0, 1);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.trim_start().is_empty()) {
        // the value begins behind the blanks before it
        let blank = rest.len() - rest.trim_start().len();
        (at, line) = (at + blank, line + prose::line_ends(rest.get(..blank)?));
        let (value, len) = value(text.get(at..)?, found.is_empty())?;
        collect(value, 0, line, &mut found);
        line += prose::line_ends(text.get(at..at + len)?);
        at += len;
    }
    match found.as_slice() {
        [] => None,
        [only] => Some(only.alone()),
        several => Some(together(several)),
    }
}

/// The first value of a text, and its bytes. Of a line that is broken what can be read
/// of it: it may be one among many, but not the `first`.
fn value(text: &str, first: bool) -> Option<(Value, usize)> {
    let mut values = Deserializer::from_str(text).into_iter::<Value>();
    if let Some(Ok(value)) = values.next() {
        return Some((value, values.byte_offset()));
    }
    let line = text
        .lines()
        .next()
        .filter(|line| line.starts_with(['{', '[']))?;
    if first {
        let whole = Some(text).filter(|text| {
            text.len() <= MAX_LENIENT_BYTES && text.trim_end().ends_with(['}', ']'])
        })?;
        let read = serde_json::from_str(&paired(whole))
            .ok()
            .or_else(|| serde_yaml::from_str(whole).ok());
        return Some((read?, text.len()));
    }
    let read = serde_json::from_str(&paired(line)).ok();
    let read = read.or_else(|| close(line).and_then(|closed| serde_json::from_str(&closed).ok()));
    // unreadable lines are shown verbatim
    let value = read.unwrap_or_else(|| serde_json::json!({ "text": line }));
    Some((value, line.len()))
}

/// JSON without the halves of characters that a text was cut in.
fn paired(json: &str) -> Cow<'_, str> {
    static HALVES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\\u(?:d[89ab][\da-f]{2}(\\ud[c-f][\da-f]{2})?|d[c-f][\da-f]{2})").ok()
    });
    let mend = |found: &Captures<'_>| {
        let is_pair = found.get(1).is_some();
        if is_pair { &found[0] } else { "\\ufffd" }.to_owned()
    };
    HALVES
        .as_ref()
        .map_or(Cow::Borrowed(json), |halves| halves.replace_all(json, mend))
}

/// JSON of which only the beginning is there, closed: behind the text that is open,
/// else behind the last value that is whole. Behind the last of several values, where
/// they stand one a line.
fn close(text: &str) -> Option<String> {
    let (mut open, mut string, mut escaped) = (Vec::new(), false, false);
    // the end of the last whole value, and the number of brackets open there
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
    let end = |open: &u8| if *open == b'{' { '}' } else { ']' };
    let ends = |deep: usize| open.iter().take(deep).rev().map(end);
    // an escape may be torn, too
    let torn = text
        .rfind('\\')
        .filter(|at| text.len() - at < 12)
        .unwrap_or(text.len());
    let tries = [(torn, open.len(), "\""), (whole.0, whole.1, "")];
    let made = tries.into_iter().map(|(end, deep, quote)| {
        text.get(..end).unwrap_or_default().to_owned() + quote + &ends(deep).collect::<String>()
    });
    made.skip(usize::from(!string)).find(|json| {
        Deserializer::from_str(json)
            .into_iter::<serde::de::IgnoredAny>()
            .all(|value| value.is_ok())
    })
}

/// One article.
struct JsonArticle {
    facts: Map<String, Value>,
    body: String,
    line: usize,
}

/// Returns whether a text says something.
fn is_sentence(text: &str) -> bool {
    let han = text.chars().filter(|c| prose::is_han(*c)).count();
    han >= MIN_SENTENCE_HAN || (han > 1 && text.trim_end().ends_with(['。', '！', '？', '…', '”']))
}

/// A key as it is compared.
fn plain(key: &str) -> String {
    key.chars()
        .filter(|c| !matches!(c, '_' | '-'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The text that a value is: a string, or an array of them, a paragraph each; of an
/// object in such an array its own text.
fn value_text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(parts) => {
            let inner = |part: &Value| {
                if let Value::Object(object) = part {
                    body(object).map(|(_, text)| text)
                } else {
                    value_text(part)
                }
            };
            parts
                .iter()
                .filter_map(inner)
                .collect::<Vec<_>>()
                .join("\n\n")
        }
        _ => return None,
    };
    text.chars().any(char::is_alphabetic).then_some(text)
}

/// The longest text that an object has under one of [`BODIES`], and its key. An array of
/// articles of their own is none.
fn body(object: &Map<String, Value>) -> Option<(String, String)> {
    let own = |value: &Value| {
        !value.as_array().is_some_and(|parts| {
            parts
                .iter()
                .all(|part| part.as_object().is_some_and(is_titled))
        })
    };
    let texts = object
        .iter()
        .filter(|(key, value)| BODIES.has(&plain(key)) && own(value));
    texts
        .filter_map(|(key, value)| Some((key.clone(), value_text(value)?)))
        .max_by_key(|(_, text)| text.len())
}

/// Returns whether an object says what it is called.
fn is_titled(object: &Map<String, Value>) -> bool {
    object
        .iter()
        .any(|(key, value)| TITLES.has(&plain(key)) && value.is_string())
}

/// Finds the articles in a value that begins on that line, in their order.
fn collect(value: Value, depth: usize, line: usize, found: &mut Vec<JsonArticle>) {
    match value {
        _ if depth > MAX_JSON_DEPTH => {}
        Value::Array(items) => items
            .into_iter()
            .for_each(|item| collect(item, depth + 1, line, found)),
        Value::Object(mut facts) => {
            if let Some((key, body)) = body(&facts) {
                facts.remove(&key);
                return found.push(JsonArticle {
                    facts,
                    body: readable(&body),
                    line,
                });
            }
            let (inner, own): (Vec<_>, Vec<_>) = facts
                .into_iter()
                .partition(|(_, value)| value.is_object() || value.is_array());
            let before = found.len();
            for (_, value) in inner {
                collect(value, depth + 1, line, found);
            }
            around(own.into_iter().collect(), before, line, found);
        }
        _ => {}
    }
}

/// Returns what an object says about the articles in it, from `before` on: about the only one as
/// its own facts, about several above them.
fn around(own: Map<String, Value>, before: usize, line: usize, found: &mut Vec<JsonArticle>) {
    match found.get_mut(before..) {
        None | Some([]) => {}
        Some([only]) => own
            .into_iter()
            .for_each(|(key, value)| _ = only.facts.entry(key).or_insert(value)),
        Some(_) => {
            let said = own
                .values()
                .filter_map(Value::as_str)
                .filter(|text| is_sentence(text));
            let body = said.map(readable).collect::<Vec<_>>().join("\n\n");
            let head = JsonArticle {
                facts: own,
                body,
                line,
            };
            if !head.body.is_empty() || is_titled(&head.facts) {
                found.insert(before, head);
            }
        }
    }
}

/// A decoded string as text that may be shown: what it escapes may be anything.
fn readable(body: &str) -> String {
    let text = source::read(body.trim_matches(['\n', '\r']).as_bytes(), Some("UTF-8")).text;
    if text.contains("\n\n") || text.contains("\n```") || sniff::begins_with_tag(text.trim_start())
    {
        return text;
    }
    text.replace('\n', "\n\n")
}

impl JsonArticle {
    /// Returns the text under a key, on one line.
    fn value(&self, key: &str) -> Option<String> {
        let (_, value) = self.facts.iter().find(|(k, _)| plain(k) == key)?;
        // an escape may be any character
        let text = source::sanitize::line(value.as_str()?);
        Some(prose::one_line(&text)).filter(|text| !text.is_empty())
    }

    /// Returns whether its text is HTML.
    fn is_page(&self) -> bool {
        sniff::begins_with_tag(self.body.trim_start())
    }

    /// Its text, and what is known of it.
    fn alone(&self) -> Unpacked {
        let facts = self
            .facts
            .iter()
            .map(|(key, value)| format!("{}: {value}", Value::from(key.as_str())))
            .collect();
        let head = if self.is_page() { HTML_HEAD } else { "" };
        Unpacked {
            facts,
            text: format!("{head}{}", self.body),
            lines: vec![(1, self.line)],
        }
    }
}

/// Articles one below the other, each with its heading.
fn together(articles: &[JsonArticle]) -> Unpacked {
    let page = articles.iter().any(JsonArticle::is_page);
    let mut all = Unpacked {
        text: if page {
            HTML_HEAD.to_owned()
        } else {
            String::new()
        },
        ..Unpacked::default()
    };
    let (mut line, mut from) = (1, 0);
    for article in articles {
        line += prose::line_ends(all.text.get(from..).unwrap_or_default());
        from = all.text.len();
        all.lines.push((line, article.line));
        let beside: Vec<String> = BYLINE_KEYS
            .iter()
            .filter_map(|key| article.value(key))
            .collect();
        let heads = [
            TITLES.iter().find_map(|key| article.value(key)),
            Some(beside.join("　")).filter(|b| !b.is_empty()),
        ];
        for (head, (mark, tag)) in heads.into_iter().zip([("# ", "h1"), ("", "p")]) {
            let Some(head) = head else { continue };
            let _ = if page {
                write!(all.text, "<{tag}>{}</{tag}>\n\n", escape(&head))
            } else {
                write!(all.text, "{mark}{head}\n\n")
            };
        }
        if page && !article.is_page() {
            let paragraphs = article
                .body
                .split("\n\n")
                .map(|p| format!("<p>{}</p>\n", escape(p)));
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
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{ParseOptions, parse};

    fn read(text: &str, name: &str) -> crate::document::Document {
        let ask = ParseOptions {
            name,
            ..ParseOptions::default()
        };
        parse(&source::read(text.as_bytes(), None), ask)
    }

    #[test]
    fn an_article_in_json_is_an_article() {
        let json = r#"{"title": "让河流安静", "author": "某甲", "pub_id": 7,
            "content": "城里的河。\n治河要做三件事。\u001b[2J一是截污，二是清淤。"}"#;
        for text in [
            json.to_owned(),
            format!("\n{json}\n"),
            json.replace("content", "正文"),
            format!("{{\"code\": 0, \"data\": [{json}]}}"),
        ] {
            let d = read(&text, "a.json");
            assert_eq!(
                (d.meta().title.as_str(), d.meta().author.as_deref()),
                ("让河流安静", Some("某甲")),
                "{text}"
            );
            assert_eq!(d.text(), "城里的河。\n治河要做三件事。一是截污，二是清淤。");
        }
        assert_eq!(read(json, "a.json").blocks()[1].line, 1);
        let page = read(
            r#"{"title":"甲","html":"<p>一段。</p><p>又<b>一</b>段。</p>"}"#,
            "a.json",
        );
        assert_eq!(
            (page.text(), page.meta().format),
            ("一段。\n又一段。", "html")
        );
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
                assert!(
                    d.text().contains(part) || d.meta().title == part,
                    "{part} {}",
                    d.text()
                );
            }
        }
        let parts = read(lines, "a.jsonl");
        assert_eq!(parts.blocks().last().map(|b| b.line), Some(2));
        let mixed = read(
            r#"[{"title":"甲<","body":"<p>一段。</p>"},{"title":"乙","body":"二 < 三。\n四。"}]"#,
            "a.json",
        );
        assert!(
            mixed.text().contains("一段。") && mixed.text().contains("二 < 三。\n四。"),
            "{}",
            mixed.text()
        );
    }

    #[test]
    fn what_stands_around_articles_is_kept() {
        let parts = r#"[{"heading":"其一","text":"一段。"},{"heading":"其二","text":"二段。"}]"#;
        let report = read(
            &format!(
                r#"{{"title":"大题目","author":"某甲","abstract":"这里用二十个字以上的一句话说一说下面几节都要讲些什么。","sections":{parts}}}"#
            ),
            "a.json",
        );
        for part in "某甲 这里用二十个字以上 其一 一段。 其二 二段。".split(' ')
        {
            let author = report.meta().author.as_deref();
            assert!(
                report.text().contains(part) || author == Some(part),
                "{part}: {}",
                report.text()
            );
        }
        assert_eq!(report.meta().title, "大题目");
        let body = read(&format!(r#"{{"title":"题","content":{parts}}}"#), "a.json");
        assert!(body.text().contains("其二"), "{}", body.text());
        let mixed = read(
            r#"{"title":"题","content":["一段。",{"type":"p","text":"二段。"},["三段。"],4]}"#,
            "a.json",
        );
        assert_eq!(mixed.text(), "一段。\n二段。\n三段。");
        let answer = read(
            r#"{"code":0,"source":"某报","data":{"title":"题","content":"一段。"}}"#,
            "a.json",
        );
        assert_eq!(
            (answer.text(), answer.meta().source.as_deref()),
            ("一段。", Some("某报"))
        );
        let bare = read(r#"{"id":7,"raw":"乱","content":"一段。"}"#, "a.json");
        assert_eq!(bare.text(), "一段。");
    }

    #[test]
    fn broken_json_is_read_as_far_as_it_goes() {
        let line = r#"{"title":"甲文","text":"一段。"}"#;
        let cut = read(
            &format!("{line}\n{line}\n{{\"title\":\"乙文\",\"text\":\"又一"),
            "a.jsonl",
        );
        assert!(
            cut.text().ends_with("又一") && cut.text().contains("乙文"),
            "{}",
            cut.text()
        );
        let odd = read(&format!("{line}\n{{\"text\": 坏行}}\n{line}\n"), "a.jsonl");
        assert!(
            odd.text().contains("坏行") && odd.text().ends_with("一段。"),
            "{}",
            odd.text()
        );
        for text in [
            r#"{"title":"题","n":"\ud83d\uD83D\uDE00","text":"一段。"}"#,
            r#"{"title":"题","n":NaN,"text":"一段。"}"#,
            r#"{"title":"题","text":"一段。",}"#,
        ] {
            assert_eq!(read(text, "a.json").text(), "一段。", "{text}");
        }
    }

    #[test]
    fn nothing_escaped_gets_through() {
        let text = r#"{"title":"甲\u001b[31m\u009b2J\u0000","author":"\u001b]0;x\u0007乙","text":"丙\u001b[2J。"}"#;
        let (lines, array) = (format!("{text}\n{text}"), format!("[{text},{text}]"));
        for json in [text, &lines, &array] {
            let d = read(json, "a.json");
            let shown = [d.text(), &d.meta().title].concat()
                + d.meta().author.as_deref().unwrap_or_default();
            assert!(
                !shown.chars().any(|c| c != '\n' && c.is_control()),
                "{shown:?}"
            );
        }
    }

    #[test]
    fn the_beginning_of_json_holds_the_beginning_of_its_articles() {
        let text = r#"{"title": "甲\u4e59", "tags": ["一", "二"], "content": "第一段，\"一是\"要读。\n第二段。", "id": 7}"#;
        let several = format!("[{text},\n{text}]");
        let whole = unpack(&several, false).unwrap().text;
        for end in (0..several.len()).filter(|end| several.is_char_boundary(*end)) {
            let Some(begun) = unpack(several.get(..end).unwrap(), true) else {
                continue;
            };
            let body = begun.text.trim_end();
            assert!(whole.contains(body), "{end} {body}");
        }
        let at = several.find("第二").unwrap();
        let begun = unpack(several.get(..at).unwrap(), true).unwrap();
        assert!(begun.text.ends_with("\"一是\"要读。"));
        let lines = format!("{text}\n{text}\n{{\"title\": \"");
        assert_eq!(unpack(&lines, true).unwrap().lines.len(), 2);
    }

    #[test]
    fn other_json_stays_what_it_is() {
        let others = r#"{} [] [1,2] {"title":"甲"} {"content":7} {"content":"甲。" [链](b) {甲}"#;
        for text in others
            .split(' ')
            .chain(["{\"text\": \"甲。\"}\n正文。", "[1, 2]"])
        {
            assert_eq!(unpack(text, false), None, "{text}");
        }
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!((unpack(&deep, false), unpack(&deep, true)), (None, None));
    }
}
