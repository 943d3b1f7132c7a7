//! Reads the facts at the head of a file: YAML, TOML or JSON, also broken.
//!
//! 1. [`split`] says how many lines they take ([`fences`]).
//! 2. [`read`] goes entry by entry, so that one odd entry costs no other. A plain
//!    scalar on one line is taken verbatim: titles hold `：`, `: `, `#`, `@`
//!    and `[…]` unquoted. YAML reads what is structured: lists, quoted and block
//!    scalars. An entry that is not YAML is taken line by line.
//! 3. A line of prose that is not an entry is the first of the body; sentences of an entry that
//!    is not read are reported.
//!
//! 4. [`read_head`] finds the head of a post in the text of a page.
//!
//! Nothing here fails, and nothing is required.

pub mod duplicate;
pub mod fences;
mod json_head;
mod keys;
mod posts;
mod values;

use crate::document::BlockKind;
use crate::format::date;
use crate::format::draft::DraftDocument;
use crate::format::facts::values::host;
use crate::format::facts::{Fact, Place};
use crate::format::prose;
use fences::fence;
pub use fences::split;
use keys::StatedFact;
pub use keys::{bbs_entry, entry, is_known, named_title};
pub(crate) use posts::read_head;

/// Reads the lines of a front matter (fences among them) into the page's facts.
pub(crate) fn read(lines: &[&str], page: &mut DraftDocument) {
    let is_inner = |l: &&&str| !l.trim().is_empty() && fence(l).is_none();
    let inner = lines.iter().filter(is_inner);
    if inner
        .clone()
        .next()
        .is_some_and(|l| l.trim_start().starts_with('{'))
    {
        let entries = json_head::entries(&lines.join("\n"));
        let at = |entry: &str| {
            let key = entry.split([':', '：']).next().unwrap_or_default();
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
    let indents = inner.map(|l| l.len() - l.trim_start_matches(blank).len());
    let indent = indents.min().unwrap_or(0);
    let lines = lines.iter().map(|l| l.get(indent..).unwrap_or(l));
    facts(&lines.enumerate().collect::<Vec<_>>(), page);
}

/// Reads entries that stand nowhere in the text, into the page's facts.
pub(crate) fn read_entries(entries: &[String], page: &mut DraftDocument) {
    let numbered: Vec<(usize, &str)> = entries.iter().map(|entry| (0, entry.as_str())).collect();
    facts(&numbered, page);
}

/// Reads entries, each with the number of its line, into the page's facts.
fn facts(numbered: &[(usize, &str)], page: &mut DraftDocument) {
    let mut facts = Vec::new();
    let mut rest = numbered;
    while let Some((&(line, head), below)) = rest.split_first() {
        let own = entry(head).filter(|_| !head.starts_with([' ', '\t', '#']));
        let Some((key, value)) = own.or_else(|| known_within(head)) else {
            stray(head, line + 1, page);
            rest = below;
            continue;
        };
        let quote = ["\"\"\"", "'''"].into_iter().find(|q| value.starts_with(q));
        let len = continuation_len(value, quote, below);
        let (lines, next) = rest.split_at(1 + len.min(below.len()));
        let more = lines.get(1..).unwrap_or_default();
        rest = next;
        let Some((rank, fact)) = keys::fact(key) else {
            unread(value, lines, page);
            continue;
        };
        let texts = more.iter().map(|(_, l)| *l);
        let texts: Vec<&str> = texts.filter(|l| !l.starts_with('#')).collect();
        if quote.is_none() && !values::is_structured(value, &texts) {
            for (n, next) in more {
                stray(next, n + 1, page);
            }
        }
        let values = match quote {
            Some(quote) => {
                let text = [&[value], texts.as_slice()].concat().join(" ");
                vec![text.replace(quote, "")]
            }
            None => values::values(value, &texts).unwrap_or_else(|| {
                page.note("front-matter", line + 1, head);
                values::by_line(value, &texts)
            }),
        };
        // a title may hold a bracket
        let values = if fact == StatedFact::Title {
            values
        } else {
            values::split_open_lists(values)
        };
        facts.push((rank, fact, values, line + 1));
    }
    // stable: of two equal keys the first wins
    facts.sort_by_key(|(rank, ..)| *rank);
    for (_, fact, values, line) in facts {
        state(page, fact, &values, line);
    }
    page.facts.settle(&mut page.meta);
}

/// Returns the number of lines below an entry that belong to its value.
fn continuation_len(value: &str, quote: Option<&str>, below: &[(usize, &str)]) -> usize {
    if let Some(quote) = quote {
        let is_open = value.matches(quote).count() <= 1;
        let end = below.iter().position(|(_, l)| l.contains(quote));
        return end.filter(|_| is_open).map_or(0, |n| n + 1);
    }
    let begins_entry = |l: &str| is_plain(value) && known_within(l).is_some();
    let ends = |(_, l): &(usize, &str)| !is_continuation(l) || begins_entry(l);
    below.iter().position(ends).unwrap_or(below.len())
}

/// Returns the entry of an indented line, if its key is known.
fn known_within(line: &str) -> Option<(&str, &str)> {
    let bare = line.trim_start();
    entry(bare).filter(|(key, _)| bare.len() < line.len() && is_known(key))
}

/// Recognises a value that ends on its line: no indented line belongs to it.
fn is_plain(value: &str) -> bool {
    !value.is_empty() && !value.starts_with(['[', '{', '"', '\'', '|', '>', '&', '*', '!'])
}

/// Recognises prose: not a sign of YAML, not a comment.
fn is_prose(line: &str) -> bool {
    let is_sign = |c: char| matches!(c, '#' | '-' | '[' | ']' | '{' | '}' | '/');
    prose::has_han(line) && fence(line).is_none() && !line.trim_start().starts_with(is_sign)
}

/// Adds a line of prose outside the entries to the body, or reports an entry that is out of its
/// place.
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

/// Reports sentences of an entry whose key is unknown. Prose below it that does not continue its
/// value belongs to the body.
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

/// Recognises a line that continues the entry above it.
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

/// Sets a fact, unless an earlier entry has set it.
fn state(page: &mut DraftDocument, fact: StatedFact, values: &[String], line: usize) {
    let values = values.iter().map(|v| prose::one_line(v));
    let values: Vec<String> = values.filter(|v| !values::is_nothing(v)).collect();
    let Some(first) = values.first() else { return };
    let meta = &mut page.meta;
    match fact {
        StatedFact::Title if meta.title.is_empty() => {
            meta.title.clone_from(first);
            meta.origins.title = Some(Place::Head);
            page.title_line = line;
        }
        StatedFact::Author => page
            .facts
            .offer(Fact::Author, Place::Head, &values.join("、")),
        // 林深 <shen@example.com>
        StatedFact::Sender if first.contains('@') => {
            let name = first.split('<').next().unwrap_or_default();
            let name = name.trim().trim_matches(['"', '“', '”']);
            if !name.is_empty() && !name.contains('@') {
                page.facts.offer(Fact::Author, Place::Head, name);
            }
        }
        StatedFact::Source | StatedFact::Sender => {
            page.facts.offer(Fact::Source, Place::Head, first);
        }
        StatedFact::Address => {
            if let Some(host) = host(first) {
                page.facts.offer(Fact::Source, Place::Address, host);
            }
        }
        StatedFact::Editor => page
            .facts
            .offer(Fact::Editor, Place::Head, &values.join("、")),
        StatedFact::Tags => {
            // [评论，社论] is one YAML scalar and two tags
            let is_between = |c: char| matches!(c, ',' | '，' | '、' | ';' | '；');
            let parts = values.iter().flat_map(|v| v.split(is_between));
            let parts = parts.map(|t| t.trim().trim_matches(['[', ']', '"', '\'']));
            for tag in parts.filter(|t| !t.is_empty()) {
                if !meta.tags.iter().any(|t| t == tag) {
                    meta.tags.push(tag.to_owned());
                }
            }
        }
        StatedFact::Date if !page.facts.has(Fact::Date) => {
            page.facts.offer(Fact::Date, Place::Head, first);
            let read = date::read(first);
            if !read
                .as_ref()
                .is_some_and(|read| date::is_plain(first, read))
            {
                let rule = read.map_or("date-unread", |_| "date");
                page.note(rule, line, first);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::cases::rows;

    fn facts(text: &str) -> DraftDocument<'static> {
        let mut page = DraftDocument::default();
        let lines: Vec<&str> = text.lines().collect();
        read(&lines, &mut page);
        page
    }

    #[test]
    fn titles_are_taken_verbatim() {
        let titles = "评论: 城市群|评论：城市群|@评论|[评论]城市群|评论 #1 城市群|*评论*|“高质量”是什么|\
                      \"高质量\"是什么|%甲|`乙`|- 丙|yes|2019|甲 / 乙";
        for title in titles.split('|').map(|t| t.replace('/', "|")) {
            let page = facts(&format!("---\ntitle: {title}\nauthor: 某人\n---"));
            assert_eq!(page.meta.title, title);
            assert_eq!(page.meta.author.as_deref(), Some("某人"));
        }
        for (text, title) in [
            ("title：甲乙", "甲乙"),
            ("标题：甲乙\n作者：丙", "甲乙"),
            ("title = \"甲 # 乙\"", "甲 # 乙"),
            ("title: '甲''乙'", "甲'乙"),
            ("title: >\n  甲\n  乙\ndate: 2019", "甲 乙"),
            ("title: \"甲\\u4e59\"", "甲乙"),
            ("title: [甲", "[甲"),
        ] {
            assert_eq!(facts(text).meta.title, title, "{text}");
        }
    }

    #[test]
    fn lists_are_read_and_broken_ones_too() {
        let tags = |text: &str| facts(text).meta.tags;
        for (text, wanted) in [
            (
                "tags: [甲, \"乙\"]\ncategories:\n  - 丙\n- 甲",
                &["甲", "乙", "丙"][..],
            ),
            ("tags: [甲，乙, 丙]", &["甲", "乙", "丙"]),
            ("tags:\ncategories: ", &[]),
            ("tags:\n  - 甲: [\n  - 乙", &["甲:", "乙"]),
        ] {
            assert_eq!(tags(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_broken_loses_its_brackets_only() {
        let author = |text: &str| facts(text).meta.author.unwrap_or_default();
        let list = "[林深, 李雷|[林深，李雷|[\"林深\", '李雷'|林深, 李雷]|[林深, 李雷]";
        for names in list.split('|') {
            let text = format!("title: 甲\nauthor: {names}\ndate: 2019");
            assert_eq!(author(&text), "林深、李雷", "{names}");
        }
        assert_eq!(author("title: 甲\nauthor: 林深\""), "林深");
        assert_eq!(author("title:\t城市更新\n\tauthor: 林深"), "林深");
        let date = facts("title: 甲\n  author: 林深\ndate: 2019").meta.date;
        assert_eq!(date.as_deref(), Some("2019"));
    }

    #[test]
    fn prose_between_fences_is_not_lost() {
        for [text, kept] in rows(
            "\
---⏎title: 甲⏎本文是一篇评论⏎作者是林深⏎--- ¦ 3本文是一篇评论 4作者是林深
---⏎title: 甲⏎layout: post⏎一句话。⏎--- ¦ 4一句话。
---⏎title: 甲⏎tags:⏎- 乙⏎  丙⏎# 注⏎--- ¦ -",
        ) {
            let page = facts(text);
            let found = page.blocks.iter().map(|d| format!("{}{}", d.line, d.text));
            assert_eq!(found.collect::<Vec<_>>().join(" "), kept, "{text}");
        }
        let text =
            "---\ntitle: 甲\n摘要: 一段说明，长到换了行，\n第二行说完了。\n记者: 您怎么看？\n---";
        let page = facts(text);
        assert!(page.blocks.is_empty());
        assert_eq!(page.line_of("front-matter-rest"), Some(4));
    }

    #[test]
    fn odd_entries_cost_nothing_but_themselves() {
        let text = "title: 甲\ntitle: 乙\ndate: 前天\nauthor: None\n\tbad: [[[\nsource: http://a.b/c\n评论: x";
        let meta = facts(text).meta;
        let found = [Some(meta.title), meta.date, meta.author, meta.source];
        let wanted = [Some("甲"), Some("前天"), None, Some("http://a.b/c")];
        assert_eq!(found.each_ref().map(Option::as_deref), wanted);
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
            let stated = (meta.title.as_str(), meta.author.as_deref());
            assert_eq!(stated, ("甲", Some("乙")), "{text}");
            let date = meta.date.unwrap_or_default();
            assert!(date.starts_with("2019-02-22"), "{text}: {date}");
            assert_eq!(meta.tags, ["丙"], "{text}");
        }
    }

    #[test]
    fn a_bomb_is_not_expanded() {
        let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a]\ntags: [*b,*b,*b]\ntitle: 甲";
        let long = format!("tags: \"{}\"\ntitle: 甲", "长".repeat(100_000));
        for text in [bomb, &long] {
            assert_eq!(facts(text).meta.title, "甲");
        }
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        let long = format!("---\ntitle: 甲\n{}\n---", "a: b\n".repeat(5000));
        for (text, wanted) in [
            ("---\ntitle: 甲\n---\n乙", Some(3)),
            ("\n---\ntitle: 甲\n...\n乙", Some(4)),
            ("---\n正文从这里开始。\n---\n", None),
            ("---\ntitle: 甲\n乙", None),
            (&long, None),
        ] {
            assert_eq!(split(text), wanted);
        }
    }
}
