//! Reads the facts at the head of a file: YAML, TOML or JSON, also broken.
//!
//! 1. [`split`] says how many lines they take ([`fences`](crate::format::front_matter::fences)).
//! 2. [`read`] goes entry by entry, so that one odd entry costs no other. A plain
//!    scalar on one line is taken as the line stands: titles hold `：`, `: `, `#`, `@`
//!    and `[…]` unquoted. YAML reads what is structured: lists, quoted and block
//!    scalars. What is no YAML either is taken line by line.
//! 3. A line of prose that is no entry is the first of the body; sentences of an entry that
//!    is not read are reported.
//!
//! Nothing here fails, and nothing is required.

pub mod duplicate;
pub mod fences;
pub mod json_head;

use crate::document::BlockKind;
use crate::format::date;
use crate::format::draft::DraftDocument;
use crate::format::front_matter::fences::fence;
pub use crate::format::front_matter::fences::split;
use crate::format::prose;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Longest value that YAML gets to see, in bytes.
const LIMIT: usize = 16 * 1024;
/// Deepest nesting of brackets that YAML gets to see.
const DEPTH: usize = 32;

/// A fact that an entry may state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fact {
    Title,
    Author,
    Date,
    Source,
    Editor,
    Tags,
}

/// Keys that are read, lower case, in the order of trust: the first that is
/// filled wins.
const KEYS: &[(&str, Fact)] = &[
    ("title", Fact::Title),
    ("标题", Fact::Title),
    ("標題", Fact::Title),
    ("题目", Fact::Title),
    ("author", Fact::Author),
    ("authors", Fact::Author),
    ("作者", Fact::Author),
    ("date", Fact::Date),
    ("pubdate", Fact::Date),
    ("published", Fact::Date),
    ("publishdate", Fact::Date),
    ("publish_date", Fact::Date),
    ("created", Fact::Date),
    ("日期", Fact::Date),
    ("发布时间", Fact::Date),
    ("时间", Fact::Date),
    ("source", Fact::Source),
    ("来源", Fact::Source),
    ("來源", Fact::Source),
    ("from", Fact::Source),
    ("editor", Fact::Editor),
    ("编辑", Fact::Editor),
    ("責任編輯", Fact::Editor),
    ("责任编辑", Fact::Editor),
    ("tags", Fact::Tags),
    ("tag", Fact::Tags),
    ("keywords", Fact::Tags),
    ("标签", Fact::Tags),
    ("標籤", Fact::Tags),
    ("categories", Fact::Tags),
    ("category", Fact::Tags),
    ("分类", Fact::Tags),
];

/// `key: value`, `key：value` or TOML's `key = value`, key and value trimmed.
pub fn entry(line: &str) -> Option<(&str, &str)> {
    let at = line.find([':', '：', '='])?;
    let (key, rest) = line.split_at_checked(at)?;
    let mut chars = rest.chars();
    let mark = chars.next()?;
    let value = chars.as_str();
    let key = key.trim_end();
    let named = !key.is_empty()
        && key.chars().count() <= 30
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | '"' | '\''));
    // http://… is no entry
    (named && !key.starts_with('-') && !(mark == ':' && value.starts_with("//")))
        .then(|| (key.trim_matches(['"', '\'']), value.trim()))
}

/// Whether an entry's key is one that names a fact about the article.
pub fn is_known(key: &str) -> bool {
    let key = key.to_lowercase();
    KEYS.iter().any(|(name, _)| *name == key)
}

/// Whether an entry's key names the title.
pub fn is_title(key: &str) -> bool {
    let key = key.to_lowercase();
    KEYS.iter()
        .any(|(name, fact)| *fact == Fact::Title && *name == key)
}

/// Reads the lines of a front matter (fences among them) into the page's facts.
pub fn read(lines: &[&str], page: &mut DraftDocument) {
    let inner = lines
        .iter()
        .find(|l| !l.trim().is_empty() && fence(l).is_none());
    if inner.is_some_and(|l| l.trim_start().starts_with('{')) {
        let entries = json_head::entries(&lines.join("\n"));
        let at = |entry: &String| {
            let key: String = entry
                .chars()
                .take_while(|c| !matches!(c, ':' | '：'))
                .collect();
            lines
                .iter()
                .position(|l| l.contains(key.trim()))
                .unwrap_or(0)
        };
        let numbered: Vec<(usize, &str)> = entries.iter().map(|e| (at(e), e.as_str())).collect();
        return facts(&numbered, page);
    }
    // all of it may be indented
    let blank = [' ', '\t', '\u{3000}'];
    let entries = lines
        .iter()
        .filter(|l| !l.trim().is_empty() && fence(l).is_none());
    let indent = entries
        .map(|l| l.len() - l.trim_start_matches(blank).len())
        .min()
        .unwrap_or(0);
    let numbered: Vec<(usize, &str)> = lines
        .iter()
        .enumerate()
        .map(|(i, l)| (i, l.get(indent..).unwrap_or(l)))
        .collect();
    facts(&numbered, page);
}

/// Reads entries that stand nowhere in the text, into the page's facts.
pub fn read_entries(entries: &[String], page: &mut DraftDocument) {
    let numbered: Vec<(usize, &str)> = entries.iter().map(|entry| (0, entry.as_str())).collect();
    facts(&numbered, page);
}

/// Reads entries, each with the number of its line, into the page's facts.
fn facts(numbered: &[(usize, &str)], page: &mut DraftDocument) {
    let lines: Vec<&str> = numbered.iter().map(|(_, l)| *l).collect();
    let line = |i: usize| numbered.get(i).map_or(0, |(n, _)| n + 1);
    let mut facts: Vec<(usize, Vec<String>, usize)> = Vec::new();
    let mut i = 0;
    while let Some(&head) = lines.get(i) {
        let first = i;
        i += 1;
        let Some((key, rest)) = entry(head)
            .filter(|_| !head.starts_with([' ', '\t', '#']))
            .or_else(|| known_within(head))
        else {
            stray(head, line(first), page);
            continue;
        };
        let quote = ["\"\"\"", "'''"].into_iter().find(|q| rest.starts_with(q));
        if let Some(quote) = quote {
            let closed = rest.matches(quote).count() > 1;
            let inside = lines
                .get(i..)
                .unwrap_or_default()
                .iter()
                .position(|l| l.contains(quote))
                .map_or(0, |n| n + 1);
            i += if closed { 0 } else { inside };
        } else {
            while lines.get(i).is_some_and(|next| {
                is_continuation(next) && !(is_plain(rest) && known_within(next).is_some())
            }) {
                i += 1;
            }
        }
        let key = key.to_lowercase();
        let more: Vec<&str> = lines
            .get(first + 1..i)
            .unwrap_or_default()
            .iter()
            .copied()
            .filter(|l| !l.starts_with('#'))
            .collect();
        let Some(rank) = KEYS.iter().position(|(name, _)| *name == key) else {
            unread(rest, numbered.get(first..i).unwrap_or_default(), page);
            continue;
        };
        if quote.is_none() && !is_structured(rest, &more) {
            for (n, next) in numbered.get(first + 1..i).unwrap_or_default() {
                stray(next, n + 1, page);
            }
        }
        let values = match quote {
            Some(quote) => vec![
                std::iter::once(rest)
                    .chain(more)
                    .collect::<Vec<_>>()
                    .join(" ")
                    .replace(quote, ""),
            ],
            None => values(rest, &more).unwrap_or_else(|| {
                page.note("front-matter", line(first), head);
                by_line(rest, &more)
            }),
        };
        facts.push((rank, mended(rank, values), line(first)));
    }
    // stable: of two equal keys the first wins
    facts.sort_by_key(|(rank, ..)| *rank);
    for (rank, values, line) in facts {
        if let Some((_, fact)) = KEYS.get(rank) {
            state(page, *fact, &values, line);
        }
    }
}

/// The entry of an indented line, if its key is known.
fn known_within(line: &str) -> Option<(&str, &str)> {
    let bare = line.trim_start();
    entry(bare).filter(|(key, _)| bare.len() < line.len() && is_known(key))
}

/// Whether a value is a text on its line: nothing that is indented belongs to it.
fn is_plain(value: &str) -> bool {
    !value.is_empty() && !value.starts_with(['[', '{', '"', '\'', '|', '>', '&', '*', '!'])
}

/// Whether a line is what one would read, no sign of YAML and no comment.
fn is_prose(line: &str) -> bool {
    prose::has_han(line)
        && fence(line).is_none()
        && !line
            .trim_start()
            .starts_with(['#', '-', '[', ']', '{', '}', '/'])
}

/// A line that belongs to no entry: the first of the body if it is prose, reported if it is
/// an entry that is out of its place.
fn stray(line: &str, at: usize, page: &mut DraftDocument) {
    if !is_prose(line) {
        return;
    }
    if line.starts_with([' ', '\t']) && entry(line.trim_start()).is_some() {
        page.fold("front-matter-rest", at, line);
    } else {
        page.block(BlockKind::Paragraph, 0, at, line.trim());
    }
}

/// An entry whose key nobody knows: sentences in it are reported. Prose below it that
/// its value does not lead to is the body's.
fn unread(value: &str, lines: &[(usize, &str)], page: &mut DraftDocument) {
    let leads = value.is_empty()
        || prose::has_han(value) && !prose::ends_sentence(value)
        || !is_plain(value);
    for (i, (n, line)) in lines.iter().enumerate() {
        let below = i > 0 && !line.starts_with([' ', '\t', '\u{3000}']);
        if below && !leads {
            stray(line, n + 1, page);
        } else if is_prose(line) && prose::ends_sentence(line) {
            page.fold("front-matter-rest", n + 1, line);
        }
    }
}

/// The values of a list whose bracket was opened or closed only: `[某甲, 某乙`. A title may
/// hold such a bracket.
fn mended(rank: usize, values: Vec<String>) -> Vec<String> {
    if KEYS.get(rank).is_none_or(|(_, fact)| *fact == Fact::Title) {
        return values;
    }
    let broken =
        |v: &str| v.starts_with('[') != v.ends_with(']') && v.matches(['[', ']']).count() == 1;
    let trim = |part: &str| {
        part.trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '"' | '\''))
            .to_owned()
    };
    values
        .into_iter()
        .flat_map(|v| {
            if broken(&v) {
                v.split([',', '，', '、'])
                    .map(trim)
                    .filter(|p| !p.is_empty())
                    .collect()
            } else {
                vec![v]
            }
        })
        .collect()
}

/// Whether a line goes on with the entry above it.
fn is_continuation(line: &str) -> bool {
    let fence = fence(line).is_some() || line.trim() == "...";
    // [extra] begins a table of TOML
    let table = line.starts_with('[')
        && line.trim_end().ends_with(']')
        && !line.contains([',', '"', '，'])
        && line.is_ascii();
    !fence
        && !table
        && (line.trim().is_empty()
            || line.starts_with([' ', '\t', '-', '\u{3000}', ']', '}'])
            || entry(line).is_none())
}

/// Whether the value of an entry is a list, a map or a text in quotes or over several lines.
fn is_structured(rest: &str, more: &[&str]) -> bool {
    let more: Vec<&str> = more
        .iter()
        .copied()
        .filter(|l| !l.trim().is_empty())
        .collect();
    let last = rest.chars().next_back();
    let single = || {
        rest.strip_prefix('\'')
            .and_then(|r| r.strip_suffix('\''))
            .is_some_and(|inner| !inner.replace("''", "").contains('\''))
    };
    match rest.chars().next() {
        None => !more.is_empty(),
        Some('[') => last == Some(']') || !more.is_empty(),
        Some('{') => last == Some('}') || !more.is_empty(),
        Some('"') => rest.ends_with('"') && rest.len() > 1 && closes(rest),
        Some('\'') => single(),
        Some('|' | '>') => !more.is_empty() && rest.chars().count() <= 3,
        Some('&' | '*' | '!') => false,
        Some(_) => {
            !more.is_empty()
                && more
                    .iter()
                    .all(|l| l.starts_with([' ', '\t']) && entry(l.trim_start()).is_none())
        }
    }
}

/// The values of one entry, or `None` where it is structured but no YAML.
fn values(rest: &str, more: &[&str]) -> Option<Vec<String>> {
    let more: Vec<&str> = more
        .iter()
        .copied()
        .filter(|l| !l.trim().is_empty())
        .collect();
    if !is_structured(rest, &more) {
        // a quote that was opened and never closed
        let open = ['"', '\'']
            .into_iter()
            .find(|q| rest.starts_with(*q) && rest.matches(*q).count() == 1 && rest.len() > 1);
        let rest = open.and_then(|q| rest.strip_prefix(q)).unwrap_or(rest);
        // or closed and never opened
        let shut = ['"', '\'']
            .into_iter()
            .find(|q| rest.ends_with(*q) && rest.matches(*q).count() == 1 && rest.len() > 1);
        let rest = shut.and_then(|q| rest.strip_suffix(q)).unwrap_or(rest);
        return Some(if rest.is_empty() {
            Vec::new()
        } else {
            vec![rest.to_owned()]
        });
    }
    let yaml = std::iter::once(format!("v: {rest}"))
        .chain(more.iter().map(|l| l.replace('\t', "  ")))
        .collect::<Vec<_>>()
        .join("\n");
    // what refers to other values may stand for far more than it says
    let sign = |l: &&str| {
        l.trim_start()
            .trim_start_matches("- ")
            .starts_with(['*', '&'])
    };
    let refers =
        more.iter().any(sign) || (rest.starts_with(['[', '{']) && rest.contains(['*', '&']));
    if depth(&yaml) > DEPTH || yaml.len() > LIMIT || refers {
        return None;
    }
    serde_yaml::from_str::<Entry>(&yaml)
        .ok()
        .map(|entry| entry.v.0)
}

/// Whether the quote that opens the text is closed by its last character.
fn closes(text: &str) -> bool {
    let mut escaped = false;
    let mut quotes = 0;
    for c in text.chars() {
        quotes += usize::from(c == '"' && !escaped);
        escaped = c == '\\' && !escaped;
    }
    quotes == 2 && !escaped
}

/// How deep brackets nest.
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

/// The lines of an entry that is no YAML: list items without their dash, or the
/// text as it stands.
fn by_line(rest: &str, more: &[&str]) -> Vec<String> {
    let strip = |s: &str| {
        s.trim()
            .trim_start_matches("- ")
            .trim_matches(['[', ']', '"', '\'', ',', '{', '}'])
            .trim()
            .to_owned()
    };
    // what began as a list has its commas
    let list = rest.starts_with('[');
    let parts = |s: &str| {
        if list {
            s.split([',', '，', '、']).map(strip).collect()
        } else {
            vec![strip(s)]
        }
    };
    std::iter::once(rest)
        .chain(more.iter().copied())
        .flat_map(parts)
        .filter(|s| !s.is_empty())
        .collect()
}

/// Writes one fact down, unless an entry before has.
fn state(page: &mut DraftDocument, fact: Fact, values: &[String], line: usize) {
    let values: Vec<String> = values
        .iter()
        .map(|v| prose::one_line(v))
        .filter(|v| !is_nothing(v))
        .collect();
    let Some(first) = values.first() else { return };
    let meta = &mut page.meta;
    match fact {
        Fact::Title if meta.title.is_empty() => {
            meta.title.clone_from(first);
            page.title_line = line;
        }
        Fact::Author if meta.author.is_none() => meta.author = Some(values.join("、")),
        Fact::Source if meta.source.is_none() => meta.source = Some(first.clone()),
        Fact::Editor if meta.editor.is_none() => meta.editor = Some(values.join("、")),
        Fact::Tags => {
            // [评论，社论] is one YAML scalar and two tags
            for tag in values
                .iter()
                .flat_map(|v| v.split([',', '，', '、', ';', '；']))
                .map(|t| t.trim().trim_matches(['[', ']', '"', '\'']))
                .filter(|t| !t.is_empty())
            {
                if !meta.tags.iter().any(|t| t == tag) {
                    meta.tags.push(tag.to_owned());
                }
            }
        }
        Fact::Date if meta.date.is_none() => {
            let read = date::read(first);
            if read.as_deref() != Some(first.as_str()) {
                meta.date_as_written = Some(first.clone());
                page.note(
                    if read.is_some() {
                        "date"
                    } else {
                        "date-unread"
                    },
                    line,
                    first,
                );
            }
            page.meta.date = Some(read.unwrap_or_else(|| first.clone()));
        }
        _ => {}
    }
}

/// Whether a value says nothing: crawlers write `None` where they found none.
fn is_nothing(value: &str) -> bool {
    matches!(
        value,
        "" | "None"
            | "none"
            | "null"
            | "Null"
            | "nil"
            | "~"
            | "undefined"
            | "N/A"
            | "''"
            | "\"\""
            | "[]"
    )
}

/// One entry as YAML sees it.
#[derive(serde::Deserialize)]
struct Entry {
    v: Texts,
}

/// The scalars of a value, as text; what is nested deeper is passed over.
struct Texts(Vec<String>);

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_any(TextsVisitor).map(Texts)
    }
}

struct TextsVisitor;

impl<'de> Visitor<'de> for TextsVisitor {
    type Value = Vec<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a list of texts")
    }

    fn visit_str<E>(self, v: &str) -> Result<Self::Value, E> {
        Ok(vec![v.to_owned()])
    }

    fn visit_bool<E>(self, v: bool) -> Result<Self::Value, E> {
        Ok(vec![v.to_string()])
    }

    fn visit_i64<E>(self, v: i64) -> Result<Self::Value, E> {
        Ok(vec![v.to_string()])
    }

    fn visit_u64<E>(self, v: u64) -> Result<Self::Value, E> {
        Ok(vec![v.to_string()])
    }

    fn visit_f64<E>(self, v: f64) -> Result<Self::Value, E> {
        Ok(vec![v.to_string()])
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }

    fn visit_some<D: Deserializer<'de>>(self, d: D) -> Result<Self::Value, D::Error> {
        d.deserialize_any(TextsVisitor)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(Texts(mut texts)) = seq.next_element()? {
            all.append(&mut texts);
        }
        Ok(all)
    }

    /// Of a map its name: `author: {name: 某人, mail: …}`.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut named = Vec::new();
        while let Some(Texts(key)) = map.next_key()? {
            if key.first().is_some_and(|k| {
                matches!(
                    k.to_lowercase().as_str(),
                    "name" | "title" | "姓名" | "名称" | "label" | "date"
                )
            }) {
                let Texts(mut texts) = map.next_value()?;
                named.append(&mut texts);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(text: &str) -> DraftDocument<'static> {
        let mut page = DraftDocument::default();
        let lines: Vec<&str> = text.lines().collect();
        read(&lines, &mut page);
        page
    }

    #[test]
    fn titles_are_taken_as_they_stand() {
        for title in [
            "评论: 城市群",
            "评论：城市群",
            "@评论",
            "[评论]城市群",
            "评论 #1 城市群",
            "*评论*",
            "“高质量”是什么",
            "\"高质量\"是什么",
            "%甲",
            "`乙`",
            "- 丙",
            "yes",
            "2019",
            "甲 | 乙",
        ] {
            let page = facts(&format!("---\ntitle: {title}\nauthor: 某人\n---"));
            assert_eq!(page.meta.title, title);
            assert_eq!(page.meta.author.as_deref(), Some("某人"));
        }
        assert_eq!(facts("title：甲乙").meta.title, "甲乙");
        assert_eq!(facts("标题：甲乙\n作者：丙").meta.title, "甲乙");
        assert_eq!(facts("title = \"甲 # 乙\"").meta.title, "甲 # 乙");
        assert_eq!(facts("title: '甲''乙'").meta.title, "甲'乙");
        assert_eq!(
            facts("title: >\n  甲\n  乙\ndate: 2019").meta.title,
            "甲 乙"
        );
        assert_eq!(facts("title: \"甲\\u4e59\"").meta.title, "甲乙");
    }

    #[test]
    fn lists_are_read_and_broken_ones_too() {
        let tags = |text: &str| facts(text).meta.tags;
        assert_eq!(
            tags("tags: [甲, \"乙\"]\ncategories:\n  - 丙\n- 甲"),
            ["甲", "乙", "丙"]
        );
        assert_eq!(tags("tags: [甲，乙, 丙]"), ["甲", "乙", "丙"]);
        assert_eq!(tags("tags:\ncategories: "), [""; 0]);
        assert_eq!(
            tags("tags:\n  - 甲: [\n  - 乙"),
            ["甲: [", "乙"].map(|t| t.trim_matches('[').trim())
        );
    }

    #[test]
    fn what_is_broken_loses_its_brackets_only() {
        for author in [
            "[林深, 李雷",
            "[林深，李雷",
            "[\"林深\", '李雷'",
            "林深, 李雷]",
            "[林深, 李雷]",
        ] {
            assert_eq!(
                facts(&format!("title: 甲\nauthor: {author}\ndate: 2019"))
                    .meta
                    .author
                    .as_deref(),
                Some("林深、李雷"),
                "{author}"
            );
        }
        assert_eq!(facts("title: [甲").meta.title, "[甲");
        assert_eq!(
            facts("title: 甲\nauthor: 林深\"").meta.author.as_deref(),
            Some("林深")
        );
        assert_eq!(
            facts("title:\t城市更新\n\tauthor: 林深")
                .meta
                .author
                .as_deref(),
            Some("林深")
        );
        assert_eq!(
            facts("title: 甲\n  author: 林深\ndate: 2019")
                .meta
                .date
                .as_deref(),
            Some("2019")
        );
    }

    #[test]
    fn prose_between_fences_is_not_lost() {
        let kept = |text: &str| {
            facts(text)
                .blocks
                .iter()
                .map(|d| (d.line, d.text.to_string()))
                .collect::<Vec<_>>()
        };
        let texts = |lines: &[(usize, &str)]| {
            lines
                .iter()
                .map(|(n, t)| (*n, (*t).to_owned()))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            kept("---\ntitle: 甲\n本文是一篇评论\n作者是林深\n---"),
            texts(&[(3, "本文是一篇评论"), (4, "作者是林深")])
        );
        assert_eq!(
            kept("---\ntitle: 甲\nlayout: post\n一句话。\n---"),
            texts(&[(4, "一句话。")])
        );
        assert_eq!(kept("---\ntitle: 甲\ntags:\n- 乙\n  丙\n# 注\n---"), []);
        let page = facts(
            "---\ntitle: 甲\n摘要: 一段说明，长到换了行，\n第二行说完了。\n记者: 您怎么看？\n---",
        );
        assert!(page.blocks.is_empty());
        assert_eq!(page.line_of("front-matter-rest"), Some(4));
    }

    #[test]
    fn odd_entries_cost_nothing_but_themselves() {
        let page = facts(
            "title: 甲\ntitle: 乙\ndate: 前天\nauthor: None\n\tbad: [[[\nsource: http://a.b/c\n评论: x",
        );
        assert_eq!(
            (page.meta.title.as_str(), page.meta.date.as_deref()),
            ("甲", Some("前天"))
        );
        assert_eq!(
            (page.meta.author, page.meta.source.as_deref()),
            (None, Some("http://a.b/c"))
        );
        let deep = format!("tags: {}{}\ntitle: 甲", "[".repeat(5000), "]".repeat(5000));
        assert_eq!(facts(&deep).meta.title, "甲");
    }

    #[test]
    fn every_form_states_the_same_facts() {
        for text in [
            "---\ntitle: 甲\nauthor: 乙\ndate: 2019-02-22\ntags: [丙]\n---",
            "  ---\n  title: 甲\n  author: 乙\n  date: 2019/2/22\n  tags:\n    - 丙\n  ---",
            "+++\ntitle = \"甲\"\ndate = 2019-02-22\ntags = [\"丙\"]\n[extra]\nauthor = \"乙\"\n+++",
            "{\n  \"title\": \"甲\",\n  \"author\": {\"name\": \"乙\"},\n  // 注\n  \"date\": \"2019-02-22\",\n  \"tags\": [\"丙\"],\n}",
            "{\"title\": \"甲\", \"author\": \"乙\", \"date\": \"20190222\", \"tags\": [\"丙\"]}",
            "---json\n{\"title\": \"甲\", \"author\": [{\"name\": \"乙\"}], \"date\": \"2019.2.22\", \"tags\": \"丙\"}\n---",
            ";;;\n{\"title\": \"甲\",\n\"author\": \"乙\",\n\"date\": \"2019-02-22\",\n\"tags\": \"丙\"}\n;;;",
            "---\ntitle:\t甲\nauthor:\n  name: 乙\n  mail: a@b\ndate： 2019年2月22日\ntags: [丙\n---",
            "---\n# 注\ntitle: \"甲\nauthor: '乙\n# 又注\ndate: 2019-02-22 # 注\ntags: \"丙\"\n---",
            "title: 甲\nauthor:\n- name: 乙\ndate: 2019-02-22\ntags: 丙",
            "+++\ntitle = '''\n甲'''\nauthor = \"\"\"乙\"\"\"\ndate = 2019-02-22T00:00:00Z\ntags = ['丙']\n+++",
        ] {
            let meta = facts(text).meta;
            assert_eq!(
                (meta.title.as_str(), meta.author.as_deref()),
                ("甲", Some("乙")),
                "{text}"
            );
            assert!(
                meta.date
                    .as_deref()
                    .is_some_and(|d| d.starts_with("2019-02-22")),
                "{text}: {:?}",
                meta.date
            );
            assert_eq!(meta.tags, ["丙"], "{text}");
        }
    }

    #[test]
    fn a_bomb_is_read_as_it_stands() {
        let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a]\ntags: [*b,*b,*b]\ntitle: 甲";
        assert_eq!(facts(bomb).meta.title, "甲");
        assert_eq!(
            facts(&format!("tags: \"{}\"\ntitle: 甲", "长".repeat(100_000)))
                .meta
                .title,
            "甲"
        );
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        assert_eq!(split("---\ntitle: 甲\n---\n乙"), Some(3));
        assert_eq!(split("\n---\ntitle: 甲\n...\n乙"), Some(4));
        assert_eq!(split("---\n正文从这里开始。\n---\n"), None);
        assert_eq!(split("---\ntitle: 甲\n乙"), None);
        assert_eq!(
            split(&format!("---\ntitle: 甲\n{}\n---", "a: b\n".repeat(5000))),
            None
        );
    }
}
