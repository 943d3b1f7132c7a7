//! Parses a query of the shelf, as it is typed.
//!
//! 1. Words part at blanks; every one must occur, in whatever order. `"…"` is exact, `/…/` a
//!    regular expression, `a|b` either word; `-` before a word asks that it does not occur.
//! 2. [`FILTERS`]: words that ask for facts of the article: `来源:人民日报`, `>2019`, `#经济`, `未读`.

use super::day::Day;
use super::entry::{LibraryEntry, ReadState};
use crate::search::{Fault, How, Query};
use crate::text::fold::half_width;
use crate::text::script::simplify;

/// The signs between words of which either may occur.
const BARS: [char; 2] = ['|', '｜'];
/// Words of a request at the most.
const MAX_TERMS: usize = 16;

/// A parsed request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LibraryQuery {
    /// The words that must occur in the article, or must not.
    pub terms: Vec<QueryTerm>,
    /// The facts that it must have, or must not.
    pub filters: Vec<FactFilter>,
}

/// A word of a request.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryTerm {
    /// The queries of which one must have a hit.
    pub queries: Vec<Query>,
    /// True where none may have one.
    pub negated: bool,
}

/// A fact that a request asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct FactFilter {
    /// The fact.
    pub asked: Asked,
    /// True where the article must not have it.
    pub negated: bool,
}

/// A condition on the facts of an article.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// The title has a hit.
    Title(Query),
    /// The author has a hit.
    Author(Query),
    /// The source has a hit.
    Source(Query),
    /// The path of the file has a hit.
    Path(Query),
    /// A tag begins so.
    Tag(String),
    /// The date is in this period or later.
    Since(Day),
    /// The date is in this period or earlier.
    Until(Day),
    /// The article was read so far.
    Read(ReadState),
}

/// Makes a condition of the text that follows the name of a filter.
type Make = fn(&str) -> Option<Asked>;

/// The filters: the words that begin one, in both languages, and what they ask for.
const FILTERS: &[(&str, Make)] = &[
    ("标题: title:", |rest| Some(Asked::Title(any_of(rest)?))),
    ("作者: author:", |rest| Some(Asked::Author(any_of(rest)?))),
    ("来源: source:", |rest| Some(Asked::Source(any_of(rest)?))),
    ("文件: file:", |rest| Some(Asked::Path(any_of(rest)?))),
    ("#", |rest| Some(Asked::Tag(rest.to_lowercase()))),
    (">= ≥ >", |rest| Some(Asked::Since(Day::read(rest)?))),
    ("<= ≤ <", |rest| Some(Asked::Until(Day::read(rest)?))),
];

/// Words that ask how far the article was read.
const READ_STATES: &[(&str, ReadState)] = &[
    ("未读 is:unread", ReadState::Unread),
    ("在读 is:begun", ReadState::Begun),
    ("读完 is:read", ReadState::Done),
];

impl LibraryQuery {
    /// Parses what was typed. A regular expression that is wrong is an error.
    ///
    /// ```
    /// use jingdu::library::LibraryQuery;
    /// let request = LibraryQuery::parse("协同 发展|改革 -旧 来源:日报 >2019 未读").unwrap();
    /// assert_eq!((request.terms.len(), request.filters.len()), (3, 3));
    /// assert!(LibraryQuery::parse("/(/").is_err());
    /// ```
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        let mut request = Self::default();
        for word in words(typed).into_iter().take(MAX_TERMS) {
            let bare = word
                .strip_prefix(['-', '－'])
                .filter(|rest| !rest.is_empty());
            let (negated, word) = (bare.is_some(), bare.unwrap_or(word));
            if let Some(asked) = filter(word) {
                request.filters.push(FactFilter { asked, negated });
                continue;
            }
            let term = QueryTerm::any_of(word)?;
            request
                .terms
                .extend(term.map(|term| QueryTerm { negated, ..term }));
        }
        Ok(request)
    }

    /// Returns one query that matches any of the words that must occur; `None` without words.
    ///
    /// ```
    /// use jingdu::library::LibraryQuery;
    /// let request = LibraryQuery::parse("渡口 灯 -船 >2019").unwrap();
    /// let hits = request.in_text().unwrap().find("渡口有灯，没有船。");
    /// assert_eq!(hits.len(), 2);
    /// ```
    pub fn in_text(&self) -> Option<Query> {
        let wanted = self.terms.iter().filter(|term| !term.negated);
        Query::any(wanted.flat_map(|term| &term.queries))
    }

    /// Returns whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.filters.is_empty()
    }

    /// Returns whether an article has the facts that are asked for. `read`: how far it was read.
    ///
    /// ```
    /// use jingdu::library::{Day, LibraryEntry, LibraryQuery, entry::ReadState};
    /// let entry = LibraryEntry {
    ///     title: "修渡口".into(),
    ///     day: Day::read("2019-05-01"),
    ///     source: Some("渡口日報".into()),
    ///     ..LibraryEntry::default()
    /// };
    /// let admits = |typed| LibraryQuery::parse(typed).unwrap().admits(&entry, ReadState::Unread);
    /// assert!(admits("来源:日报 >2018 <=2019 未读"));
    /// assert!(!admits("-来源:日报") && !admits(">2019-06") && !admits("is:read"));
    /// ```
    pub fn admits(&self, entry: &LibraryEntry, read: ReadState) -> bool {
        let fits = |filter: &FactFilter| filter.asked.fits(entry, read) != filter.negated;
        self.filters.iter().all(fits)
    }
}

impl QueryTerm {
    /// Parses a word, or several with `|` between them of which any is meant. `None` where there is
    /// nothing to look for.
    pub(super) fn any_of(typed: &str) -> Result<Option<Self>, Fault> {
        let mut queries = Vec::new();
        for part in alternatives(typed.trim()) {
            queries.extend(Query::compile(part, How::Auto)?);
        }
        let negated = false;
        Ok((!queries.is_empty()).then_some(Self { queries, negated }))
    }
}

impl Asked {
    /// Returns whether an article has the fact.
    fn fits(&self, entry: &LibraryEntry, read: ReadState) -> bool {
        let found = |query: &Query, text: &str| !query.find(text).is_empty();
        let in_fact =
            |query: &Query, fact: Option<&str>| fact.is_some_and(|text| found(query, text));
        match self {
            Self::Title(query) => found(query, &entry.title),
            Self::Author(query) => in_fact(query, entry.author.as_deref()),
            Self::Source(query) => in_fact(query, entry.source.as_deref()),
            Self::Path(query) => found(query, &entry.path.to_string_lossy()),
            Self::Tag(start) => {
                let mut tags = entry.tags.iter();
                tags.any(|tag| tag.to_lowercase().starts_with(start))
            }
            Self::Since(first) => entry.day.is_some_and(|day| day.is_since(*first)),
            Self::Until(last) => entry.day.is_some_and(|day| day.is_until(*last)),
            Self::Read(state) => read == *state,
        }
    }
}

/// Returns the condition that a word asks for, if it is a filter.
fn filter(word: &str) -> Option<Asked> {
    let half: String = word.chars().map(|c| simplify(half_width(c))).collect();
    let is_state = |(names, _): &&(&str, _)| names.split(' ').any(|name| name == half);
    if let Some((_, state)) = READ_STATES.iter().find(is_state) {
        return Some(Asked::Read(*state));
    }
    let asked = |(names, make): &(&str, Make)| {
        let rest = names.split(' ').find_map(|name| half.strip_prefix(name))?;
        let rest = rest.trim_matches('"');
        make(rest).filter(|_| !rest.is_empty())
    };
    FILTERS.iter().find_map(asked)
}

/// Returns a query for any of the words that `|` parts.
fn any_of(words: &str) -> Option<Query> {
    let words = alternatives(words).into_iter();
    let queries: Vec<Query> = words.filter_map(Query::new).collect();
    match queries.as_slice() {
        [only] => Some(only.clone()),
        several => Query::any(several),
    }
}

/// Splits what was typed at blanks; `"…"` and `/…/` may hold some, and there may be some around
/// `|`.
fn words(typed: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        let mut end = word_end(rest);
        // words with a bar between them are one
        while let Some((word, behind)) = rest.split_at_checked(end) {
            let next = behind.trim_start();
            let has_bar = word.ends_with(BARS) || next.starts_with(BARS);
            if next.is_empty() || !has_bar {
                break;
            }
            end += behind.len() - next.len() + word_end(next);
        }
        let (word, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        words.push(word);
        rest = behind.trim_start();
    }
    words
}

/// Returns the bytes of the word that a text begins with.
fn word_end(text: &str) -> usize {
    let blank = text.find(char::is_whitespace).unwrap_or(text.len());
    closed(text).unwrap_or(blank)
}

/// Returns the bytes of a word that begins with a quote or a slash, perhaps behind a `-`, and
/// goes on to the same sign before a blank or the end.
fn closed(text: &str) -> Option<usize> {
    let bare = text.strip_prefix(['-', '－']).unwrap_or(text);
    let sign = bare.chars().next().filter(|c| matches!(c, '"' | '/'))?;
    let skipped = text.len() - bare.len() + 1;
    let inside = text.get(skipped..)?;
    let mut ends = inside.match_indices(sign).map(|(at, _)| at + 1);
    let is_end = |at: &usize| {
        let behind = inside.get(*at..).and_then(|rest| rest.chars().next());
        *at > 1 && behind.is_none_or(|c| c.is_whitespace() || c == '|' || c == '｜')
    };
    let end = ends.find(is_end)?;
    let behind = inside.get(end..)?;
    let more = behind.find(char::is_whitespace).unwrap_or(behind.len());
    Some(skipped + end + more)
}

/// Splits a word at `|`; a regular expression has its own.
fn alternatives(word: &str) -> Vec<&str> {
    if word.starts_with('/') && word.len() > 1 && word.ends_with('/') {
        return vec![word];
    }
    let parts = word.split(BARS).map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the words of a request, `-` before those that must not occur.
    fn terms(typed: &str) -> Vec<String> {
        let request = LibraryQuery::parse(typed).unwrap();
        let term = |term: &QueryTerm| {
            let queries: Vec<&str> = term.queries.iter().map(Query::typed).collect();
            format!(
                "{}{}",
                if term.negated { "-" } else { "" },
                queries.join("|")
            )
        };
        request.terms.iter().map(term).collect()
    }

    #[test]
    fn words_part_at_blanks_but_not_in_quotes_or_expressions() {
        for (typed, wanted) in [
            ("协同 发展", &["协同", "发展"][..]),
            ("协同　发展", &["协同", "发展"]),
            ("\"a b\" c", &["\"a b\"", "c"]),
            ("/一 是/ 二", &["/一 是/", "二"]),
            ("/a|b/", &["/a|b/"]),
            ("协同|改革 -旧", &["协同|改革", "-旧"]),
            ("协同 | 改革 旧", &["协同|改革", "旧"]),
            ("协同 |改革| 旧 新", &["协同|改革|旧", "新"]),
            ("\"a b\" | c", &["\"a b\"|c"]),
            ("-协同 | 改革", &["-协同|改革"]),
            ("协同 |", &["协同"]),
            ("| 协同", &["协同"]),
            ("-\"a b\"", &["-\"a b\""]),
            ("\"没有完", &["\"没有完"]),
            ("-", &["-"]),
            ("a/b", &["a/b"]),
        ] {
            assert_eq!(terms(typed), wanted, "{typed}");
        }
    }

    fn entry() -> LibraryEntry {
        LibraryEntry {
            title: "以高质量发展推进协同".into(),
            day: Day::read("2020-05-06"),
            source: Some("江城日报".into()),
            author: Some("林深".into()),
            tags: ["经济".into()].into(),
            path: "a/b.md".into(),
            ..LibraryEntry::default()
        }
    }

    #[test]
    fn filters_ask_for_facts() {
        let admits = |typed: &str| {
            let request = LibraryQuery::parse(typed).unwrap();
            assert!(request.terms.is_empty(), "{typed}");
            request.admits(&entry(), ReadState::Begun)
        };
        for typed in [
            "来源:日报",
            "来源：日報",
            "source:江城",
            "作者:ls|x",
            "作者:linshen",
            "标题:协同",
            "标题:渡口|协同",
            "作者:林深 | 无名",
            "#经",
            ">2020",
            ">2019",
            "<2020",
            "<2021-06",
            "<=2020-05-06",
            "＞２０２０",
            "在读",
            "-读完",
            "-来源:晚报",
            "文件:b.md",
        ] {
            let typed = typed.replace("|x", "");
            assert!(admits(&typed) || typed == "作者:ls", "{typed}");
        }
        for typed in [
            "来源:晚报",
            ">2021",
            "<2020-04",
            "未读",
            "-在读",
            "#体育",
            "-#经济",
        ] {
            assert!(!admits(typed), "{typed}");
        }
    }

    #[test]
    fn undated_articles_are_in_no_period() {
        let undated = LibraryEntry::default();
        for typed in [">2019", "<2019"] {
            let request = LibraryQuery::parse(typed).unwrap();
            assert!(!request.admits(&undated, ReadState::Unread), "{typed}");
        }
    }
}
