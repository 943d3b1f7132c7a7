//! Finds the article in the state that the scripts of a page begin with.
//!
//! An object with a title and a text under one of [`BODIES`] is one; the longest counts. It must
//! read as a text: labels and code of the page are none.

use crate::format::date;
use crate::format::prose;
use crate::format::unpacked::plain;
use crate::text::words::Words;
use serde_json::{Map, Value};

/// Limit of the depth at which an article is found.
const MAX_STATE_DEPTH: usize = 24;
/// Least Han of a text.
const MIN_BODY_HAN: usize = 20;
/// Limit of a title, in characters.
const MAX_TITLE_CHARS: usize = 120;

/// Keys of texts, titles, dates and authors, in lower case and without underlines.
static BODIES: Words = Words::new(
    "content contents body text html articlebody articlecontent contenthtml fulltext maintext desc
    richcontent originalcontent",
);
static TITLES: Words = Words::new("title headline articletitle subject");
static DATES: Words = Words::new(
    "date publishedat publishtime publishdate pubtime pubdate datepublished createdat createtime
    time ctime",
);
static AUTHORS: Words = Words::new("author authorname nickname creator writer mediaauthor");

/// An article in the state of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct StateArticle {
    pub(super) title: String,
    pub(super) body: String,
    /// Its date and its author; empty where they are not stated.
    pub(super) date: String,
    pub(super) author: String,
}

/// Returns the longest article in a value.
pub(super) fn article(value: &Value) -> Option<StateArticle> {
    let found = objects(value).into_iter().rev().filter_map(of);
    found.max_by_key(|found| found.body.len())
}

/// Returns the objects in a value, each before those inside it.
pub(super) fn objects(value: &Value) -> Vec<&Map<String, Value>> {
    let (mut found, mut open) = (Vec::new(), vec![(value, 0)]);
    while let Some((value, depth)) = open.pop() {
        match value {
            _ if depth > MAX_STATE_DEPTH => {}
            Value::Array(items) => open.extend(items.iter().rev().map(|v| (v, depth + 1))),
            Value::Object(object) => {
                found.push(object);
                open.extend(object.values().rev().map(|v| (v, depth + 1)));
            }
            _ => {}
        }
    }
    found
}

/// Returns the article that an object is.
fn of(object: &Map<String, Value>) -> Option<StateArticle> {
    let title = text(object, &TITLES).filter(|t| prose::at_most(t, MAX_TITLE_CHARS))?;
    let bodies = object.iter().filter(|(key, _)| BODIES.has(&plain(key)));
    let bodies = bodies.filter_map(|(_, value)| value.as_str());
    let body = bodies.max_by_key(|body| body.len())?;
    let han = body.chars().filter(|c| prose::is_han(*c));
    if han.take(MIN_BODY_HAN).count() < MIN_BODY_HAN || !body.contains(['。', '！', '？', '，'])
    {
        return None;
    }
    let date = text(object, &DATES);
    let date = date.and_then(|written| date::of_program(&written).or_else(|| date::read(&written)));
    Some(StateArticle {
        title,
        body: body.to_owned(),
        date: date.unwrap_or_default(),
        author: text(object, &AUTHORS).unwrap_or_default(),
    })
}

/// Returns the string or the number under one of these keys, or the name of the object there.
fn text(object: &Map<String, Value>, keys: &Words) -> Option<String> {
    let mut values = object.iter().filter(|(key, _)| keys.has(&plain(key)));
    values.find_map(|(_, value)| {
        let named = || value.get("name").or_else(|| value.get("nickname"));
        let number = || Some(value.as_u64()?.to_string());
        let text = value.as_str().or_else(|| named()?.as_str());
        let text = text.map(prose::one_line).or_else(number);
        text.filter(|text| !text.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_text_with_a_title_is_the_article() {
        let body = "渡口只有一条船，船夫姓何，过河的人都叫他何伯。";
        let json = format!(
            r#"{{"site":{{"title":"某站","desc":"短。"}},"data":[{{"title":"渡口","content":"{body}又一句。",
            "publish_time":1648941300,"author":{{"name":"某甲"}}}},{{"title":"桥","content":"{body}"}}]}}"#
        );
        let found = article(&serde_json::from_str(&json).unwrap()).unwrap();
        let facts = [&*found.title, &found.date, &found.author];
        assert_eq!(facts, ["渡口", "2022-04-03 07:15", "某甲"]);
        for other in [
            format!(r#"{{"content":"{body}"}}"#),
            r#"{"title":"渡口","content":"var a = 1;"}"#.to_owned(),
        ] {
            assert_eq!(article(&serde_json::from_str(&other).unwrap()), None);
        }
    }
}
