//! The values of an entry: plain text on its line, or YAML.

use crate::text::words::Words;
use serde_json::Value;
use std::collections::BTreeMap;

use super::keys::entry;

/// Limit of a value that is parsed as YAML, in bytes.
const MAX_YAML_BYTES: usize = 16 * 1024;
/// Limit of the depth of brackets in such a value.
const MAX_YAML_DEPTH: usize = 32;

/// Returns the lines that are not blank.
fn filled<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let filled = |l: &&'a str| !l.trim().is_empty();
    lines.iter().copied().filter(filled).collect()
}

/// Recognises a list, a map, and a text in quotes or over several lines.
pub fn is_structured(rest: &str, more: &[&str]) -> bool {
    let more = filled(more);
    let last = rest.chars().next_back();
    let quoted = rest.strip_prefix('\'').and_then(|r| r.strip_suffix('\''));
    let single = |inner: &str| !inner.replace("''", "").contains('\'');
    match rest.chars().next() {
        None => !more.is_empty(),
        Some('[') => last == Some(']') || !more.is_empty(),
        Some('{') => last == Some('}') || !more.is_empty(),
        Some('"') => rest.ends_with('"') && rest.len() > 1 && closes(rest),
        Some('\'') => quoted.is_some_and(single),
        Some('|' | '>') => !more.is_empty() && rest.chars().count() <= 3,
        Some('&' | '*' | '!') => false,
        Some(_) => {
            let goes_on = |l: &&str| l.starts_with([' ', '\t']) && entry(l.trim_start()).is_none();
            !more.is_empty() && more.iter().all(goes_on)
        }
    }
}

/// Returns the values of one entry, or `None` where it is structured but not YAML.
pub fn values(rest: &str, more: &[&str]) -> Option<Vec<String>> {
    let more = filled(more);
    if !is_structured(rest, &more) {
        let text = Some(without_open_quote(rest)).filter(|text| !text.is_empty());
        return Some(text.map(str::to_owned).into_iter().collect());
    }
    let below = more
        .iter()
        .map(|l| "\n".to_owned() + &l.replace('\t', "  "));
    let yaml = format!("v: {rest}") + &below.collect::<String>();
    // a reference to other values may expand to far more than its own bytes
    let item = |l: &&str| {
        l.trim_start()
            .trim_start_matches("- ")
            .starts_with(['*', '&'])
    };
    let refers =
        more.iter().any(item) || (rest.starts_with(['[', '{']) && rest.contains(['*', '&']));
    if depth(&yaml) > MAX_YAML_DEPTH || yaml.len() > MAX_YAML_BYTES || refers {
        return None;
    }
    let entry: BTreeMap<String, Value> = serde_yaml::from_str(&yaml).ok()?;
    Some(entry.into_values().flat_map(texts).collect())
}

/// Returns true where the last character closes the quote that opens the text.
fn closes(text: &str) -> bool {
    let mut escaped = false;
    let mut quotes = 0;
    for c in text.chars() {
        quotes += usize::from(c == '"' && !escaped);
        escaped = c == '\\' && !escaped;
    }
    quotes == 2 && !escaped
}

/// Returns the depth of brackets.
fn depth(yaml: &str) -> usize {
    let (mut now, mut most) = (0usize, 0);
    for b in yaml.bytes() {
        match b {
            b'[' | b'{' => now += 1,
            b']' | b'}' => now = now.saturating_sub(1),
            _ => {}
        }
        most = most.max(now);
    }
    most
}

/// Returns the lines of an entry that is not YAML: list items without their dash, or the
/// text as it is.
pub fn by_line(rest: &str, more: &[&str]) -> Vec<String> {
    let marks = ['[', ']', '"', '\'', ',', '{', '}'];
    let strip = |s: &str| {
        s.trim()
            .trim_start_matches("- ")
            .trim_matches(marks)
            .trim()
            .to_owned()
    };
    // a list has commas
    let is_list = rest.starts_with('[');
    let is_comma = |c: char| is_list && matches!(c, ',' | '，' | '、');
    let lines = std::iter::once(rest).chain(more.iter().copied());
    let parts = lines.flat_map(|line| line.split(is_comma)).map(strip);
    parts.filter(|s| !s.is_empty()).collect()
}

/// Drops a quote that is only opened, or only closed.
fn without_open_quote(text: &str) -> &str {
    let is_single = |text: &str, q: char| text.matches(q).count() == 1 && text.len() > 1;
    let mut quotes = ['"', '\''].into_iter().filter(|q| is_single(text, *q));
    let text = quotes.find_map(|q| text.strip_prefix(q)).unwrap_or(text);
    let mut quotes = ['"', '\''].into_iter().filter(|q| is_single(text, *q));
    quotes.find_map(|q| text.strip_suffix(q)).unwrap_or(text)
}

/// Splits lists whose bracket was opened or closed only: `[某甲, 某乙`.
pub fn split_open_lists(values: Vec<String>) -> Vec<String> {
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '"' | '\'');
    let split = |value: String| {
        let is_open = value.starts_with('[') != value.ends_with(']');
        if !is_open || value.matches(['[', ']']).count() != 1 {
            return vec![value];
        }
        let parts = value
            .split([',', '，', '、'])
            .map(|part| part.trim_matches(is_mark));
        parts.filter(|p| !p.is_empty()).map(str::to_owned).collect()
    };
    values.into_iter().flat_map(split).collect()
}

/// Recognises an empty value: crawlers write `None` where they found none.
pub fn is_nothing(value: &str) -> bool {
    static EMPTY_VALUES: Words = Words::new("None none null Null nil ~ undefined N/A '' \"\" []");
    value.is_empty() || EMPTY_VALUES.has(value)
}

/// Returns the scalars of a value, as text; of a map its name: `author: {name: 某人, mail: …}`.
fn texts(value: Value) -> Vec<String> {
    static NAME_KEYS: Words = Words::new("name title 姓名 名称 label date");
    match value {
        Value::Null => Vec::new(),
        Value::String(text) => vec![text],
        Value::Bool(_) | Value::Number(_) => vec![value.to_string()],
        Value::Array(values) => values.into_iter().flat_map(texts).collect(),
        Value::Object(map) => {
            let named = map.into_iter();
            let named = named.filter(|(key, _)| NAME_KEYS.has(&key.to_lowercase()));
            named.flat_map(|(_, value)| texts(value)).collect()
        }
    }
}
