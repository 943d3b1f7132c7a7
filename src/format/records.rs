//! Unpacks articles in JSON, as crawlers and web services store them: an object, an object a
//! line, an array, or either of them inside a response.
//!
//! 1. An object with a text under one of [`BODIES`] is an article; its other entries are facts
//!    about it, as those of a front matter.
//! 2. [`find`] gathers them as [`Records`].
//! 3. Every line of a text without blank lines is a paragraph: JSON is not wrapped.
//!
//! JSON without a text is not unpacked. The text may be Markdown, HTML or plain.

use crate::format::date;
use crate::format::html::raw_text;
use crate::format::prose;
use crate::format::sniff;
use crate::format::unpacked::{Record, Records, TITLES, plain};
use crate::source;
use crate::text::words::Words;
use regex::{Captures, Regex};
use serde_json::{Deserializer, Map, Value};
use std::borrow::Cow;
use std::sync::LazyLock;

/// Keys of an article's text, in lower case and without underlines.
static BODIES: Words = Words::new(
    "content contents text body article articlebody articlecontent contenthtml contenttext html \
    fulltext maintext markdown 正文 内容 全文 文章",
);

/// Least Han of a sentence without a full stop; less may be a name.
const MIN_SENTENCE_HAN: usize = 20;

/// Characters of a tag that are looked at.
const MAX_TAG_CHARS: usize = 20;

/// Limit of the depth at which articles are found.
const MAX_JSON_DEPTH: usize = 32;

/// Limit of broken JSON that is tried as YAML, in bytes.
const MAX_LENIENT_BYTES: usize = 4 << 20;

/// Returns the articles of JSON, or of the beginning of JSON where the text is `cut`; `None`
/// where the text holds anything else.
pub(super) fn find(text: &str, cut: bool) -> Option<Records> {
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let closed = if cut { Some(close(text)?) } else { None };
    let text = closed.as_deref().unwrap_or(text);
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
    Some(Records {
        found,
        ..Records::default()
    })
}

/// Returns the first value of a text and its length in bytes. A line that is broken is
/// repaired, or becomes a text, unless it is the `first`.
fn value(text: &str, first: bool) -> Option<(Value, usize)> {
    let mut values = Deserializer::from_str(text).into_iter::<Value>();
    if let Some(Ok(value)) = values.next() {
        return Some((value, values.byte_offset()));
    }
    let line = text.lines().next().filter(|l| l.starts_with(['{', '[']))?;
    if first {
        if text.len() > MAX_LENIENT_BYTES || !text.trim_end().ends_with(['}', ']']) {
            return None;
        }
        let read = serde_json::from_str(&paired(text)).ok();
        let read = read.or_else(|| serde_yaml::from_str(text).ok());
        return Some((read?, text.len()));
    }
    let read = serde_json::from_str(&paired(line)).ok();
    let read = read.or_else(|| close(line).and_then(|closed| serde_json::from_str(&closed).ok()));
    // unreadable lines are shown verbatim
    let value = read.unwrap_or_else(|| serde_json::json!({ "text": line }));
    Some((value, line.len()))
}

/// Replaces unpaired surrogates in JSON, which a cut text ends with, by U+FFFD.
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

/// Closes JSON of which only the beginning is there: behind the open string, else behind
/// the last value that is whole. One value a line is closed behind the last of them.
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
    let escape = text.rfind('\\').filter(|at| text.len() - at < 12);
    let torn = escape.unwrap_or(text.len());
    let tries = [(torn, open.len(), "\""), (whole.0, whole.1, "")];
    let made = tries.into_iter().map(|(end, deep, quote)| {
        text.get(..end).unwrap_or_default().to_owned() + quote + &ends(deep).collect::<String>()
    });
    made.skip(usize::from(!string)).find(|json| {
        let mut values = Deserializer::from_str(json).into_iter::<serde::de::IgnoredAny>();
        values.all(|value| value.is_ok())
    })
}

/// Recognises a sentence.
fn is_sentence(text: &str) -> bool {
    let han = text.chars().filter(|c| prose::is_han(*c)).count();
    han >= MIN_SENTENCE_HAN || (han > 1 && text.trim_end().ends_with(['。', '！', '？', '…', '”']))
}

/// Returns the text of a string, or of an array of strings and objects with a text, a
/// paragraph each.
fn value_text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(parts) => {
            let inner = |part: &Value| match part {
                Value::Object(object) => body(object).map(|(_, text)| text),
                part => value_text(part),
            };
            let texts: Vec<String> = parts.iter().filter_map(inner).collect();
            texts.join("\n\n")
        }
        _ => return None,
    };
    text.chars().any(char::is_alphabetic).then_some(text)
}

/// Returns the longest text under one of [`BODIES`], with its key. An array of titled
/// articles is not a text.
fn body(object: &Map<String, Value>) -> Option<(String, String)> {
    let is_article = |part: &Value| part.as_object().is_some_and(is_titled);
    let are_articles = |parts: &Vec<Value>| parts.iter().all(is_article);
    let own = |value: &Value| !value.as_array().is_some_and(are_articles);
    let texts = object
        .iter()
        .filter(|(key, value)| BODIES.has(&plain(key)) && own(value));
    let texts = texts.filter_map(|(key, value)| Some((key.clone(), value_text(value)?)));
    texts.max_by_key(|(_, text)| text.len())
}

/// Returns whether an object has a title.
fn is_titled(object: &Map<String, Value>) -> bool {
    let mut entries = object.iter();
    entries.any(|(key, value)| TITLES.has(&plain(key)) && value.is_string())
}

/// Collects the articles of a value that begins on source line `line`, in order.
fn collect(value: Value, depth: usize, line: usize, found: &mut Vec<Record>) {
    match value {
        _ if depth > MAX_JSON_DEPTH => {}
        Value::Array(items) => items
            .into_iter()
            .for_each(|item| collect(item, depth + 1, line, found)),
        Value::Object(mut facts) => {
            if let Some((key, body)) = body(&facts) {
                facts.remove(&key);
                let body = readable(&body);
                tidy(&mut facts);
                return found.push(Record { facts, body, line });
            }
            let holds_others = |(_, value): &(_, Value)| value.is_object() || value.is_array();
            let (inner, own): (Vec<_>, Vec<_>) = facts.into_iter().partition(holds_others);
            let before = found.len();
            for (_, value) in inner {
                collect(value, depth + 1, line, found);
            }
            around(own.into_iter().collect(), before, line, found);
        }
        _ => {}
    }
}

/// Writes dates as of mails in digits, and for people who are objects their names.
fn tidy(facts: &mut Map<String, Value>) {
    let name = |value: &Value| value.get("name").filter(|name| name.is_string()).cloned();
    for value in facts.values_mut() {
        let tidied = match value {
            Value::String(text) => date::of_mail(text).map(Value::from),
            Value::Object(_) => name(value),
            Value::Array(people) => people.iter().map(name).collect::<Option<_>>(),
            _ => None,
        };
        if let Some(tidied) = tidied {
            *value = tidied;
        }
    }
}

/// Adds the facts of an object to the articles in it, which are those from `before` on: to
/// the facts of a single one, or as a head above several.
fn around(own: Map<String, Value>, before: usize, line: usize, found: &mut Vec<Record>) {
    match found.get_mut(before..) {
        None | Some([]) => {}
        Some([only]) => own
            .into_iter()
            .for_each(|(key, value)| _ = only.facts.entry(key).or_insert(value)),
        Some(_) => {
            let texts = own.values().filter_map(Value::as_str);
            let sentences = texts.filter(|text| is_sentence(text)).map(readable);
            let body = sentences.collect::<Vec<_>>().join("\n\n");
            if !body.is_empty() || is_titled(&own) {
                let facts = own;
                found.insert(before, Record { facts, body, line });
            }
        }
    }
}

/// Returns a text whose tags were escaped once too often: `&lt;p&gt;` at its head.
fn unescaped(body: &str) -> Cow<'_, str> {
    let tag = body.trim_start().strip_prefix("&lt;");
    let is_tag = tag.is_some_and(|tag| sniff::begins_with_tag(&format!("<{}", head_of(tag))));
    if is_tag {
        return Cow::Owned(raw_text::plain(body));
    }
    Cow::Borrowed(body)
}

/// Returns the beginning of a tag behind its bracket, decoded.
fn head_of(tag: &str) -> String {
    let head: String = tag.chars().take(MAX_TAG_CHARS).collect();
    head.replace("&gt;", ">")
}

/// Sanitises a decoded string, whose escapes may be any character, and puts a blank line
/// between its paragraphs.
fn readable(body: &str) -> String {
    let body = unescaped(body);
    let text = source::read(body.trim_matches(['\n', '\r']).as_bytes(), Some("UTF-8")).text;
    let has_blank_lines = text.contains("\n\n") || text.contains("\n```");
    if has_blank_lines || sniff::begins_with_tag(text.trim_start()) {
        return text;
    }
    text.replace('\n', "\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::unpacked::Unpacked;

    fn unpack(text: &str, cut: bool) -> Option<Unpacked> {
        find(text, cut)?.unpack()
    }

    use crate::format::{ParseOptions, parse};

    fn read(text: &str) -> crate::document::Document {
        let options = ParseOptions {
            name: "a.json",
            ..ParseOptions::default()
        };
        parse(&source::read(text.as_bytes(), None), options)
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
            let d = read(&text);
            let facts = (d.meta().title.as_str(), d.meta().author.as_deref());
            assert_eq!(facts, ("让河流安静", Some("某甲")), "{text}");
            assert_eq!(d.text(), "城里的河。\n治河要做三件事。一是截污，二是清淤。");
        }
        assert_eq!(read(json).blocks()[1].line, 1);
        let page = read(r#"{"title":"甲","html":"<p>一段。</p><p>又<b>一</b>段。</p>"}"#);
        assert_eq!(
            (page.text(), page.meta().format),
            ("一段。\n又一段。", "html")
        );
        for (text, wanted) in [
            (
                r#"{"title":"甲","content":"&lt;p&gt;一段&amp;hellip;&lt;/p&gt;&lt;p&gt;又一段。&lt;/p&gt;"}"#,
                "一段…\n又一段。",
            ),
            (
                r#"{"title":"甲","content":["一段。","又一段。"]}"#,
                "一段。\n又一段。",
            ),
            (
                r#"{"title":"题","content":["一段。",{"type":"p","text":"二段。"},["三段。"],4]}"#,
                "一段。\n二段。\n三段。",
            ),
            (r#"{"id":7,"raw":"乱","content":"一段。"}"#, "一段。"),
            // broken, but readable
            (
                r#"{"title":"题","n":"\ud83d\uD83D\uDE00","text":"一段。"}"#,
                "一段。",
            ),
            (r#"{"title":"题","n":NaN,"text":"一段。"}"#, "一段。"),
            (r#"{"title":"题","text":"一段。",}"#, "一段。"),
        ] {
            assert_eq!(read(text).text(), wanted, "{text}");
        }
        let feed = r#"{"title":"周报","items":[{"title":"甲文","content_html":"<p>一段。</p>","authors":[{"name":"某甲"},{"name":"某乙"}],
            "date_published":"2019-02-22T07:31:00+08:00"},{"title":"乙文","pubDate":"Fri, 22 Feb 2019 07:31:00 +0800","content_text":"二段。"}]}"#;
        let wanted = "甲文\n某甲、某乙　2019-02-22 07:31\n一段。\n乙文\n2019-02-22 07:31\n二段。";
        assert_eq!(read(feed).text(), wanted);
        let answer = r#"{"code":0,"source":"某报","data":{"title":"题","content":"一段。"}}"#;
        let answer = read(answer);
        let found = (answer.text(), answer.meta().source.as_deref());
        assert_eq!(found, ("一段。", Some("某报")));
    }

    #[test]
    fn several_articles_keep_what_is_theirs_and_what_is_around_them() {
        let lines = "{\"title\":\"甲文\",\"author\":\"某甲\",\"text\":\"一段。\"}\n{\"title\":\"乙文\",\"text\":\"又一段。\\n三段。\"}\n";
        let array = format!("[{}]", lines.trim().replace('\n', ",\n"));
        let parts = r#"[{"heading":"其一","text":"一段。"},{"heading":"其二","text":"二段。"}]"#;
        let report = format!(
            r#"{{"title":"大题目","author":"某甲","abstract":"这里用二十个字以上的一句话说一说下面几节都要讲些什么。","sections":{parts}}}"#
        );
        let body = format!(r#"{{"title":"题","content":{parts}}}"#);
        let mixed =
            r#"[{"title":"甲<","body":"<p>一段。</p>"},{"title":"乙","body":"二 < 三。\n四。"}]"#;
        let line = r#"{"title":"甲文","text":"一段。"}"#;
        let cut = format!("{line}\n{line}\n{{\"title\":\"乙文\",\"text\":\"又一");
        let odd = format!("{line}\n{{\"text\": 坏行}}\n{line}\n");
        for (text, wanted, end) in [
            (lines, "甲文|一段。|乙文|又一段。|三段。", ""),
            (&array, "甲文|一段。|乙文|又一段。|三段。", ""),
            (mixed, "一段。|二 < 三。\n四。", ""),
            (
                &report,
                "大题目|某甲|这里用二十个字以上|其一|一段。|其二|二段。",
                "",
            ),
            (&body, "其二", ""),
            (&cut, "乙文", "又一"),
            (&odd, "坏行", "一段。"),
        ] {
            let d = read(text);
            let facts = [
                &d.meta().title,
                d.meta().author.as_deref().unwrap_or_default(),
            ];
            for part in wanted.split('|') {
                let is_there = d.text().contains(part) || facts.contains(&part);
                assert!(is_there, "{part}: {}", d.text());
            }
            assert!(d.text().ends_with(end), "{}", d.text());
        }
        assert_eq!(read(&report).meta().title, "大题目");
        assert_eq!(read(lines).blocks().last().map(|b| b.line), Some(2));
    }

    #[test]
    fn nothing_escaped_gets_through() {
        let text = r#"{"title":"甲\u001b[31m\u009b2J\u0000","author":"\u001b]0;x\u0007乙","text":"丙\u001b[2J。"}"#;
        let (lines, array) = (format!("{text}\n{text}"), format!("[{text},{text}]"));
        for json in [text, &lines, &array] {
            let d = read(json);
            let author = d.meta().author.as_deref().unwrap_or_default();
            let shown = [d.text(), &d.meta().title, author].concat();
            let is_hostile = |c: char| c != '\n' && c.is_control();
            assert!(!shown.contains(is_hostile), "{shown:?}");
        }
    }

    #[test]
    fn the_beginning_of_json_holds_the_beginning_of_its_articles() {
        let text = r#"{"title": "甲\u4e59", "tags": ["一", "二"], "content": "第一段，\"一是\"要读。\n第二段。", "id": 7}"#;
        let several = format!("[{text},\n{text}]");
        let whole = unpack(&several, false).unwrap().text;
        for head in (0..several.len()).filter_map(|end| several.get(..end)) {
            let begun = unpack(head, true).unwrap_or_default();
            assert!(
                whole.contains(begun.text.trim_end()),
                "{head} {}",
                begun.text
            );
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
        let spaced = ["{\"text\": \"甲。\"}\n正文。", "[1, 2]"];
        for text in others.split(' ').chain(spaced) {
            assert_eq!(unpack(text, false), None, "{text}");
        }
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!((unpack(&deep, false), unpack(&deep, true)), (None, None));
    }
}
