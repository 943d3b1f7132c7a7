//! The articles of a file for programs, unpacked: facts and texts.
//!
//! 1. [`Records::unpack`] writes one article as facts and a text, several as parts with headings.
//!    The result is parsed as any file.
//! 2. [`Records::articles`] and [`Records::part`] take several apart, each with its own facts.
//!
//! Knows no JSON and no XML: [`records`](crate::format::records) and
//! [`feeds`](crate::format::feeds) find the articles.

use crate::document::{BlockKind, Meta};
use crate::format::date;
use crate::format::draft::DraftDocument;
use crate::format::facts::Fact;
use crate::format::prose;
use crate::format::sniff;
use crate::source;
use crate::text::script::simplified;
use crate::text::words::Words;
use serde_json::{Map, Value};
use std::fmt::Write as _;

/// Keys of the title and of the byline of an article among several.
pub(super) static TITLES: Words = Words::new("title headline heading subject 标题 题目 小标题");
/// Those of an article on its own: parts of one have headings.
static OWN_TITLES: Words = Words::new("title headline 标题 题目");
static AUTHOR_KEYS: Words = Words::new("author authors 作者");
static SOURCE_KEYS: Words = Words::new("source 来源");
static BYLINE_KEYS: Words = Words::new(
    "author authors 作者 source 来源 date 日期 publishdate pubdate datepublished 发布时间",
);
/// Those of them that hold a date.
static DATE_KEYS: Words = Words::new("date 日期 publishdate pubdate datepublished 发布时间");

/// Rules that fold such a byline.
static BYLINE_RULES: Words = Words::new("date-line author-line source-line");

/// Head of a text in HTML, by which the format is recognised.
const HTML_HEAD: &str = "<body>\n";

/// The text of articles in JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unpacked {
    /// The facts of a single article or of a feed, an entry each, as in a front matter.
    pub facts: Vec<String>,
    /// The text.
    pub text: String,
    /// Lines of the text with their source lines, both from 1.
    pub lines: Vec<(usize, usize)>,
    /// True for several articles without a name that heads them all.
    pub is_unnamed: bool,
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

/// The articles of a file, and the facts above them.
#[derive(Default)]
pub(super) struct Records {
    pub(super) found: Vec<Record>,
    /// The name of the feed above several.
    pub(super) name: String,
    /// True where more of them may follow.
    pub(super) more: bool,
}

impl Records {
    /// Returns one article as itself, unless more may follow, and several below their headings.
    pub(super) fn unpack(self) -> Option<Unpacked> {
        match self.found.as_slice() {
            [] => None,
            [only] if !self.more && self.name.is_empty() => Some(only.alone()),
            [only] if !self.more => Some(only.from(&self.name).alone()),
            several if self.name.is_empty() => {
                let is_headed = several.first().is_some_and(|record| record.body.is_empty());
                let is_unnamed = !is_headed && self.several().is_some();
                Some(Unpacked {
                    is_unnamed,
                    ..together(several)
                })
            }
            several => {
                let mut all = together(several);
                all.facts.push(format!("title: {}", Value::from(self.name)));
                // the name is the first of several lines, also above an only article
                all.lines.insert(0, (1, 1));
                Some(all)
            }
        }
    }

    /// Returns the articles, where there are several that are each on their own: all of them have
    /// a title. Parts of one article have headings, or stand below its abstract.
    fn several(&self) -> Option<impl Iterator<Item = &Record>> {
        let own = || self.found.iter().filter(|record| !record.body.is_empty());
        let is_titled = |record: &Record| OWN_TITLES.iter().any(|key| record.value(key).is_some());
        let count = own().count();
        (count >= 2 && own().all(is_titled)).then(own)
    }

    /// Returns the facts of several articles.
    pub(super) fn articles(&self) -> Vec<Meta> {
        let several = self.several().into_iter().flatten();
        let meta = |record: &Record| {
            let of = |keys: &Words| keys.iter().find_map(|key| record.value(key));
            Meta {
                title: of(&OWN_TITLES).unwrap_or_default(),
                date: of(&DATE_KEYS),
                author: of(&AUTHOR_KEYS),
                source: of(&SOURCE_KEYS)
                    .or_else(|| Some(self.name.clone()).filter(|n| !n.is_empty())),
                ..Meta::default()
            }
        };
        several.map(meta).collect()
    }

    /// Returns one of several articles, or the only one.
    pub(super) fn part(&self, index: usize) -> Option<Unpacked> {
        let record = match self.found.as_slice() {
            [only] => only,
            _ => self.several()?.nth(index)?,
        };
        Some(record.from(&self.name).alone())
    }
}

/// One article, with its source line.
#[derive(Clone)]
pub(super) struct Record {
    pub(super) facts: Map<String, Value>,
    pub(super) body: String,
    pub(super) line: usize,
}

/// Returns a key as it is compared: in lower case, without underlines and hyphens.
pub(super) fn plain(key: &str) -> String {
    let chars = key.chars().filter(|c| !matches!(c, '_' | '-'));
    chars.flat_map(char::to_lowercase).collect()
}

impl Record {
    /// Returns it with the name of its feed as the source, where it states none.
    fn from(&self, name: &str) -> Self {
        let mut record = self.clone();
        if !name.is_empty() {
            let source = record.facts.entry("source".to_owned());
            source.or_insert_with(|| name.into());
        }
        record
    }

    /// Returns the text under a key, on one line.
    fn value(&self, key: &str) -> Option<String> {
        let (_, value) = self
            .facts
            .iter()
            .find(|(k, _)| simplified(&plain(k)) == key)?;
        // an escape may be any character
        let names = value.as_array().into_iter().flatten();
        let names: Vec<&str> = names.filter_map(Value::as_str).collect();
        let text = source::sanitize::line(value.as_str().unwrap_or(&names.join("、")));
        let is_date = || DATE_KEYS.has(key);
        let date = date::read(&text).filter(|_| is_date());
        let text = date.unwrap_or_else(|| prose::one_line(&text));
        Some(text).filter(|text| !text.is_empty())
    }

    /// Returns whether its text is HTML.
    fn is_page(&self) -> bool {
        sniff::begins_with_tag(self.body.trim_start())
    }

    /// Returns the text and the facts of a single article.
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
            is_unnamed: false,
        }
    }
}

/// Unfolds the line of facts below the heading of each article but the first, which are not
/// those of the file.
pub(super) fn keep_bylines(page: &mut DraftDocument, is_unnamed: bool) {
    if is_unnamed {
        // the first of them heads itself only
        page.meta.title.clear();
        let heads = page
            .blocks
            .iter_mut()
            .filter(|d| d.kind == BlockKind::Heading(1));
        heads.for_each(|head| head.folded = None);
        for fact in [Fact::Author, Fact::Source] {
            page.facts.withdraw(fact);
        }
        (page.meta.author, page.meta.source) = (None, None);
    }
    for at in 1..page.blocks.len() {
        let Some([head, line]) = page.blocks.get_mut(at - 1..=at) else {
            continue;
        };
        let states = line.folded.is_some_and(|rule| BYLINE_RULES.has(rule));
        if head.kind == BlockKind::Heading(1) && head.folded.is_none() && states {
            line.folded = None;
            let meta = &mut page.meta;
            if meta.date.is_some() && meta.date == date::read(&line.text) {
                (meta.date, meta.date_as_written) = (None, None);
                page.facts.withdraw(Fact::Date);
            }
        }
    }
}

/// Joins several articles, each below its heading.
fn together(articles: &[Record]) -> Unpacked {
    let page = articles.iter().any(Record::is_page);
    let mut all = Unpacked {
        text: if page { HTML_HEAD } else { "" }.to_owned(),
        ..Unpacked::default()
    };
    let (mut line, mut from) = (1, 0);
    for article in articles {
        line += prose::line_ends(all.text.get(from..).unwrap_or_default());
        from = all.text.len();
        all.lines.push((line, article.line));
        let title = TITLES.iter().find_map(|key| article.value(key));
        let byline = BYLINE_KEYS.iter().filter_map(|key| article.value(key));
        let byline = byline.collect::<Vec<_>>().join("　");
        let heads = [("# ", "h1", title.unwrap_or_default()), ("", "p", byline)];
        for (mark, tag, head) in heads.into_iter().filter(|(.., head)| !head.is_empty()) {
            let _ = if page {
                write!(all.text, "<{tag}>{}</{tag}>\n\n", escape(&head))
            } else {
                write!(all.text, "{mark}{head}\n\n")
            };
        }
        if page && !article.is_page() {
            let paragraphs = article.body.split("\n\n");
            all.text
                .extend(paragraphs.map(|p| format!("<p>{}</p>\n", escape(p))));
        } else {
            all.text += &article.body;
        }
        all.text += "\n\n";
    }
    all
}

/// Escapes a text for HTML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
