//! The article in numbers: the share of each part of it, of its opening and its closing; its
//! folded lines; the lines that state its facts.
//!
//! It goes over the whole text, so it is made as the page of facts is opened, and not as it is
//! drawn; that of a long text by the world, on a thread.

use super::article::Article;
use crate::document::{Diagnostic, Document, Meta};
use crate::format::rules;
use crate::outline::{Entry, EntryKind, Index, Outline};
use crate::text::{Pos, Say, Span, letter};
use std::sync::{Arc, Weak};

/// Steps into the outline that are looked at for parts.
const MAX_PART_DEPTH: u8 = 3;

/// The article in numbers.
#[derive(Clone, Debug, Default)]
pub struct Shares {
    /// The opening, the parts and the closing, in text order; those that are there.
    pub parts: Vec<Share>,
    /// The kinds of folded lines, each with its number of lines, in the order of the lines.
    pub folded: Vec<(Say, usize)>,
    /// The source lines that state the facts.
    pub lines: FactLines,
    /// The number of series of numbered points.
    pub series: usize,
    /// True while the world counts.
    pub is_counting: bool,
    /// The document that it is about.
    of: Weak<Document>,
    /// The request that the world has not yet taken.
    request: Option<SharesRequest>,
}

/// A request for an article in numbers.
#[derive(Clone, Debug)]
pub struct SharesRequest {
    document: Arc<Document>,
    outline: Arc<Outline>,
    is_raw: bool,
}

/// An article in numbers, as it was asked for.
#[derive(Clone, Debug)]
pub struct SharesAnswer(Box<Shares>);

impl PartialEq for SharesAnswer {
    fn eq(&self, other: &Self) -> bool {
        self.0.of.ptr_eq(&other.0.of) && self.0.parts == other.0.parts
    }
}

/// A part of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The kind of part.
    pub kind: ShareKind,
    /// Its marker and its label behind that.
    pub name: (Span, Span),
    /// Its 字数.
    pub length: usize,
}

/// The kind of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareKind {
    /// The text before the first section or point.
    Opening,
    /// A section, topic or point of the outline.
    Section,
    /// The text behind the last one, where that has an end.
    Closing,
}

/// The source lines that state the facts, from 1; `None` where that is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FactLines {
    /// That of the title.
    pub title: Option<u32>,
    /// That of the author.
    pub author: Option<u32>,
    /// That of the editor.
    pub editor: Option<u32>,
    /// That of the source.
    pub source: Option<u32>,
    /// That of the date.
    pub date: Option<u32>,
}

impl SharesRequest {
    /// Asks about the text that an article shows.
    pub(crate) fn of(article: &Article) -> Self {
        Self {
            document: article.shared(),
            outline: Arc::clone(&article.outline),
            is_raw: article.is_raw(),
        }
    }

    /// Counts; goes over the whole text.
    pub fn answer(&self) -> SharesAnswer {
        let document = &self.document;
        let (parts, lines) = if self.is_raw {
            Default::default()
        } else {
            (parts(document, &self.outline), FactLines::of(document))
        };
        SharesAnswer(Box::new(Shares {
            parts,
            folded: folded(document),
            lines,
            series: series(&self.outline),
            of: Arc::downgrade(document),
            ..Shares::default()
        }))
    }
}

impl Shares {
    /// Asks the world to count an article.
    pub(crate) fn ask(request: SharesRequest) -> Self {
        Self {
            is_counting: true,
            of: Arc::downgrade(&request.document),
            request: Some(request),
            ..Self::default()
        }
    }

    /// Takes an answer, if it is about the same text.
    pub(crate) fn take(&mut self, SharesAnswer(shares): SharesAnswer) {
        if self.of.ptr_eq(&shares.of) {
            *self = *shares;
        }
    }

    /// Gives the request that waits to the world.
    pub fn take_request(&mut self) -> Option<SharesRequest> {
        self.request.take()
    }

    /// Returns whether it is about the text that an article shows.
    pub(crate) fn is_of(&self, article: &Article) -> bool {
        self.of.ptr_eq(&Arc::downgrade(&article.shared()))
    }
}

/// Returns the number of series of numbered points.
fn series(outline: &Outline) -> usize {
    let is_numbered = |first: Option<&Index>| {
        let point = first.and_then(|i| outline.points.get(i.get()));
        point.is_some_and(|point| !point.is_heading())
    };
    let series = outline.series.iter();
    series.filter(|series| is_numbered(series.first())).count()
}

/// Returns the opening, the parts and the closing of an article.
fn parts(document: &Document, outline: &Outline) -> Vec<Share> {
    let entries = &outline.entries;
    let all = |depth: u8| -> Vec<&Entry> {
        let parts = entries.iter();
        let parts = parts.filter(|entry| entry.depth == depth && !entry.kind.is_quiet());
        parts.collect()
    };
    // a part that holds all others is the article, not a part of it
    let several = (0..MAX_PART_DEPTH).map(all).find(|parts| parts.len() > 1);
    let sections = several.unwrap_or_else(|| all(0));
    let (Some(first), Some(last)) = (sections.first(), sections.last()) else {
        return Vec::new();
    };
    let is_end =
        |entry: &&Entry| entry.kind == EntryKind::Closing && entry.span.start > last.span.start;
    let closing = entries.iter().find(is_end);
    let end = closing.map_or(document.end(), |closing| closing.span.start);
    let starts = sections.iter().skip(1).map(|section| section.span.start);
    let ends = starts.chain([end]);
    let length = |span: Span| letter::words(&document.unfolded(span));
    let none = (Span::default(), Span::default());
    let mut parts = vec![Share {
        kind: ShareKind::Opening,
        name: none,
        length: length(Span::between(Pos(0), first.span.start)),
    }];
    parts.extend(sections.iter().zip(ends).map(|(section, end)| Share {
        kind: ShareKind::Section,
        name: outline.name(section),
        length: length(Span::between(section.span.start, end)),
    }));
    parts.push(Share {
        kind: ShareKind::Closing,
        name: none,
        length: length(Span::between(end, document.end())),
    });
    parts.retain(|part| part.length > 0);
    parts
}

/// Returns the kinds of folded lines with their numbers.
fn folded(document: &Document) -> Vec<(Say, usize)> {
    let mut kinds: Vec<(Say, usize)> = Vec::new();
    for line in document.folded() {
        let kind = rules::folded_kind(line.rule);
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((kind, 1)),
        }
    }
    kinds
}

impl FactLines {
    /// Finds the lines that were folded because they state the facts.
    fn of(document: &Document) -> Self {
        let meta: &Meta = document.meta();
        let line = |values: [&Option<String>; 2]| {
            let values: Vec<&str> = values.into_iter().flatten().map(String::as_str).collect();
            let states = |line: &&Diagnostic| {
                line.source_line > 0 && values.iter().any(|value| line.excerpt.contains(value))
            };
            document.folded().find(states).map(|line| line.source_line)
        };
        let title = u32::try_from(meta.origins.title_line).ok();
        Self {
            title: title.filter(|line| *line > 0),
            author: line([&meta.author, &None]),
            editor: line([&meta.editor, &None]),
            source: line([&meta.source, &None]),
            date: line([&meta.date_as_written, &meta.date]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source;

    fn shares(text: &str) -> (Article, Shares) {
        let article = Article::new("a.md", source::read(text.as_bytes(), None));
        let mut shares = Shares::ask(SharesRequest::of(&article));
        let request = shares.take_request().unwrap();
        assert!(shares.is_counting && shares.take_request().is_none());
        shares.take(request.answer());
        (article, shares)
    }

    #[test]
    fn the_parts_are_the_whole() {
        let body = "修路的事要慢慢来，先问走路的人，再问种地的人，最后才问画图的人。".repeat(4);
        let text = format!(
            "# 修路\n\n来源：某报\n\n{body}\n\n## 一、问路\n\n{body}\n\n{body}\n\n## 二、修路\n\n{body}\n"
        );
        let (article, shares) = shares(&text);
        let kinds: Vec<ShareKind> = shares.parts.iter().map(|part| part.kind).collect();
        assert_eq!(
            kinds,
            [ShareKind::Opening, ShareKind::Section, ShareKind::Section]
        );
        let sum: usize = shares.parts.iter().map(|part| part.length).sum();
        assert_eq!(sum, article.length);
        assert!(shares.parts[1].length > shares.parts[2].length);
        assert_eq!(shares.lines.title, Some(1));
        assert_eq!(shares.lines.source, Some(3));
        assert_eq!(shares.folded.len(), 1);
        assert!(shares.is_of(&article) && !Shares::default().is_of(&article));
        assert!(!shares.is_counting);
    }

    #[test]
    fn an_answer_about_another_text_is_dropped() {
        let (article, _) = shares("# 修路\n\n问路的人。\n");
        let (other, _) = shares("# 架桥\n\n看水的人。\n");
        let mut waiting = Shares::ask(SharesRequest::of(&article));
        waiting.take(SharesRequest::of(&other).answer());
        assert!(waiting.is_counting && waiting.is_of(&article));
    }

    #[test]
    fn what_follows_the_last_point_is_the_closing() {
        let text = "修路要先问人。路是给人走的，问过才知道往哪里修。\n\n一是问走路的人，他们知道哪里难走。\n\n\
            二是问种地的人，他们知道哪里有水。\n\n三是问画图的人，他们知道哪里能架桥。\n\n总之，修路要慢慢来，问过了人再动工，路才修得好。\n";
        let (article, shares) = shares(text);
        let last = shares.parts.last().unwrap();
        assert_eq!(last.kind, ShareKind::Closing);
        let sum: usize = shares.parts.iter().map(|part| part.length).sum();
        assert_eq!(sum, article.length);
    }
}
