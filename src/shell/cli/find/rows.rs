//! The rows of `jingdu find`: one for each hit, or one for each article.
//!
//! The columns are always the same: file and paragraph, date, title, section, point, text; with
//! `--by article` file, date, title, source, author, number of hits, number of copies. What is not known is `-`.

use super::articles::Article;
use crate::library::scan::ArticleHits;
use crate::library::{LibraryEntry, LibraryQuery};
use crate::outline::words_of;
use crate::shell::cli::options::{FindIn, FindOptions};
use crate::shell::cli::report;
use crate::shell::library::places::{self, TextPlace};
use crate::source::{combining_limit, sanitize};
use crate::text::cluster::{clusters, floor, prev};
use crate::text::{Pos, Span};
use memchr::{memchr, memrchr};
use serde_json::json;
use std::iter::once;

/// Characters of context at the most: a paragraph may be as long as a book and have a hundred
/// thousand hits.
pub(super) const MAX_CONTEXT_CHARS: usize = 1000;
/// The text of a column without a value.
const UNKNOWN: &str = "-";

/// Prints what is found.
pub(super) struct Printer<'a> {
    options: &'a FindOptions,
    request: &'a LibraryQuery,
    color: bool,
}

/// A hit with its context.
struct Hit<'a> {
    /// The part of the article: `text`, `title`, `author`, `source`.
    part: &'static str,
    span: Span,
    text: &'a str,
    before: &'a str,
    after: &'a str,
    topic: Option<String>,
    point: Option<String>,
    /// The number of its paragraph, from 1; `None` for a hit in a heading, say.
    paragraph: Option<usize>,
}

impl<'a> Printer<'a> {
    pub(super) fn new(options: &'a FindOptions, request: &'a LibraryQuery) -> Self {
        let color = report::colors(options.color.when);
        Self {
            options,
            request,
            color,
        }
    }

    /// Returns the hits in an article; `None` where it is not what is asked for.
    pub(super) fn hits(&self, article: &Article) -> Option<ArticleHits> {
        let (entry, body) = (&article.entry, &article.body);
        if !self
            .request
            .admits(entry, crate::library::entry::ReadState::Unread)
        {
            return None;
        }
        let mut unpacked = None;
        let hits = match self.options.part {
            FindIn::All => self
                .request
                .search(entry, &body.text, &|s| !body.is_folded(s))?,
            FindIn::Title => self.request.search(entry, "", &|_| true)?,
            FindIn::Text | FindIn::Points => {
                let places = &*unpacked.insert(places::unpack(&body.places));
                let is_label =
                    |span: Span| places::at(places, span.start).point.contains(span.start);
                let in_part = |s: Span| self.options.part == FindIn::Text || is_label(s);
                let counts = |s: Span| !body.is_folded(s) && in_part(s);
                let bare = LibraryEntry::default();
                self.request.search(&bare, &body.text, &counts)?
            }
        };
        let in_title = |hits: &ArticleHits| hits.by_term.iter().any(|(_, in_title)| *in_title);
        match self.options.part {
            FindIn::Title if !self.request.terms.is_empty() => Some(hits).filter(in_title),
            _ => Some(hits),
        }
    }

    /// Returns the rows of an article, one by one.
    pub(super) fn rows<'r>(
        &'r self,
        article: &'r Article,
        hits: &'r ArticleHits,
    ) -> Box<dyn Iterator<Item = String> + 'r> {
        if self.options.order.by_article || self.request.terms.is_empty() {
            return Box::new(once(self.article_row(article, hits)));
        }
        if hits.spans.is_empty() {
            let hits = self.hits_in_facts(article).into_iter();
            return Box::new(hits.map(|hit| self.hit_row(article, &hit)));
        }
        let places = places::unpack(&article.body.places);
        let context = self.options.context.min(MAX_CONTEXT_CHARS);
        Box::new(hits.spans.iter().map(move |span| {
            let hit = Hit::in_text(article, &places, *span, context);
            self.hit_row(article, &hit)
        }))
    }

    /// Returns the hits in the title, the author and the source.
    fn hits_in_facts<'b>(&self, article: &'b Article) -> Vec<Hit<'b>> {
        let entry = &article.entry;
        let facts = [
            ("title", Some(entry.title.as_str())),
            ("author", entry.author.as_deref()),
            ("source", entry.source.as_deref()),
        ];
        let mut hits = Vec::new();
        for (part, text) in facts {
            let Some(text) = text else { continue };
            let terms = self.request.terms.iter().filter(|term| !term.negated);
            let spans = terms.flat_map(|term| term.queries.iter().map(|q| q.find(text).spans));
            let mut spans: Vec<Span> = spans.flatten().collect();
            spans.sort();
            spans.dedup();
            hits.extend(spans.into_iter().map(|span| Hit::in_fact(part, text, span)));
        }
        hits
    }

    fn article_row(&self, article: &Article, hits: &ArticleHits) -> String {
        let (entry, count, copies) = (&article.entry, hits.count, article.copies);
        if self.options.format.json {
            return report::json(&json!({
                "file": entry.path.to_string_lossy(), "title": entry.title, "date": entry.date,
                "source": entry.source, "author": entry.author, "hits": count, "copies": copies,
            })) + "\n";
        }
        let columns = [
            file(entry),
            column(entry.date.as_deref()),
            column(Some(&entry.title)),
            column(entry.source.as_deref()),
            column(entry.author.as_deref()),
            count.to_string(),
            copies.to_string(),
        ];
        columns.join("\t") + "\n"
    }

    fn hit_row(&self, article: &Article, hit: &Hit<'_>) -> String {
        let entry = &article.entry;
        if self.options.format.json {
            return report::json(&json!({
                "file": entry.path.to_string_lossy(), "title": entry.title, "date": entry.date,
                "topic": hit.topic, "point": hit.point, "paragraph": hit.paragraph, "in": hit.part,
                "start": hit.span.start.byte(), "end": hit.span.end.byte(),
                "before": hit.before, "hit": hit.text, "after": hit.after,
            })) + "\n";
        }
        let [place, date, title] = first_columns(entry, hit.paragraph.unwrap_or_default());
        let columns = [
            place,
            date,
            title,
            column(hit.topic.as_deref()),
            column(hit.point.as_deref()),
        ];
        let (facts, text) = (columns.join("\t"), hit.text.replace('\n', ""));
        let (before, after) = (hit.before, hit.after);
        if self.color {
            format!("\u{1b}[2m{facts}\u{1b}[0m\t{before}\u{1b}[1;31m{text}\u{1b}[0m{after}\n")
        } else {
            format!("{facts}\t{before}{text}{after}\n")
        }
    }
}

/// Returns the file of an article as a column.
pub(super) fn file(entry: &LibraryEntry) -> String {
    sanitize::line(&entry.path.to_string_lossy())
}

/// Returns the columns that rows of places begin with: file and paragraph, date, title.
pub(super) fn first_columns(entry: &LibraryEntry, paragraph: usize) -> [String; 3] {
    [
        format!("{}:{paragraph}", file(entry)),
        column(entry.date.as_deref()),
        column(Some(&entry.title)),
    ]
}

/// Returns a fact as a column.
pub(super) fn column(fact: Option<&str>) -> String {
    let fact = fact.unwrap_or_default().replace(['\t', '\n'], " ");
    let fact = fact.trim();
    if fact.is_empty() { UNKNOWN } else { fact }.to_owned()
}

impl<'a> Hit<'a> {
    fn in_text(article: &'a Article, places: &[TextPlace], span: Span, context: usize) -> Self {
        let text = article.body.text.as_str();
        let (from, to) = around(text, span, context);
        let (before, after) = (slice(text, from, span.start), slice(text, span.end, to));
        let place = places::at(places, span.start);
        let label = |span: Span| {
            let words = words_of(span.of(text));
            Some(words.to_owned()).filter(|words| !words.is_empty())
        };
        Self {
            part: "text",
            span,
            text: span.of(text),
            before: last(before, context),
            after: first(after, context),
            topic: label(place.topic),
            point: label(place.point),
            paragraph: Some(place.paragraph).filter(|n| *n > 0),
        }
    }

    fn in_fact(part: &'static str, text: &'a str, span: Span) -> Self {
        Self {
            part,
            span,
            text: span.of(text),
            before: slice(text, Pos(0), span.start),
            after: slice(text, span.end, Pos::new(text.len())),
            topic: None,
            point: None,
            paragraph: None,
        }
    }
}

fn slice(text: &str, from: Pos, to: Pos) -> &str {
    text.get(from.byte()..to.byte()).unwrap_or_default()
}

/// Returns a stretch around a hit, within its lines, that holds `count` characters before and
/// after it: a paragraph may be as long as a book, and a hit in every line of it.
fn around(text: &str, hit: Span, count: usize) -> (Pos, Pos) {
    let room = count.saturating_mul(4 * combining_limit::MAX_CLUSTER_CHARS);
    let from = floor(text, hit.start.byte().saturating_sub(room));
    let to = floor(text, hit.end.byte().saturating_add(room)).max(hit.end.byte());
    let bytes = text.as_bytes();
    let line = bytes
        .get(from..hit.start.byte())
        .and_then(|b| memrchr(b'\n', b));
    let end = bytes.get(hit.end.byte()..to).and_then(|b| memchr(b'\n', b));
    (
        Pos::new(line.map_or(from, |at| from + at + 1)),
        Pos::new(end.map_or(to, |at| hit.end.byte() + at)),
    )
}

/// Returns the last `count` characters of a text.
fn last(text: &str, count: usize) -> &str {
    let mut from = text.len();
    for _ in 0..count {
        from = prev(text, from);
    }
    text.get(from..).unwrap_or_default()
}

/// Returns the first `count` characters of a text.
fn first(text: &str, count: usize) -> &str {
    let end = clusters(text).nth(count);
    end.and_then(|(i, _)| text.get(..i)).unwrap_or(text)
}
