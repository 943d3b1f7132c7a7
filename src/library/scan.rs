//! The hits of a request in one article.

use super::entry::LibraryEntry;
use super::request::{LibraryQuery, QueryTerm};
use crate::search::matches::make_disjoint;
use crate::search::{MatchKind, Query};
use crate::text::Span;

/// Hits of an article that are kept where only their number counts.
const MAX_KEPT_SPANS: usize = 3;
/// Characters before a hit that are kept with it.
const MAX_BEFORE_CHARS: usize = 24;
/// Marks that no line begins with.
const CLOSING_MARKS: &str = "，。、；：！？）》”’」』】,.;:!?)";
/// Characters behind a hit that are kept with it.
const MAX_AFTER_CHARS: usize = 60;

/// The hits of a request in one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleHits {
    /// Their number in the text.
    pub count: usize,
    /// The hits in the text: sorted and disjoint; all of them, or the first.
    pub spans: Vec<Span>,
    /// The first hits with the words around them, where they are to be shown.
    pub lines: Vec<HitLine>,
    /// For each word that must occur: its hits in the text, and whether the title has one.
    pub by_term: Vec<(usize, bool)>,
}

impl ArticleHits {
    /// Keeps of all hits the first ones alone, with the words around them.
    pub fn shortened(mut self, text: &str) -> Self {
        self.spans.truncate(MAX_KEPT_SPANS);
        self.spans.shrink_to_fit();
        self.lines = self
            .spans
            .iter()
            .map(|span| HitLine::of(text, *span))
            .collect();
        self
    }
}

/// A hit with the words around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HitLine {
    /// The words before it, of its paragraph.
    pub before: String,
    /// The hit.
    pub hit: String,
    /// The words behind it, of its paragraph.
    pub after: String,
    /// True where the paragraph begins before these words; true where it goes on behind them.
    pub is_cut: (bool, bool),
}

impl HitLine {
    /// Returns a hit in a text with the words around it.
    fn of(text: &str, hit: Span) -> Self {
        let (before, after) = around(text, hit, MAX_BEFORE_CHARS, MAX_AFTER_CHARS);
        // what belongs to the words that are cut off
        let before = begun(before);
        let start = hit.start.byte() - before.len();
        let end = hit.end.byte() + after.len();
        let ahead = text.get(..start).unwrap_or_default();
        let ahead = ahead.trim_end_matches([' ', '\t', '\u{3000}']);
        let behind = text.get(end..).unwrap_or_default();
        let goes_on = |next: Option<char>| next.is_some_and(|c| c != '\n');
        Self {
            before: before.to_owned(),
            hit: hit.of(text).replace('\n', ""),
            after: after.to_owned(),
            is_cut: (
                goes_on(ahead.chars().next_back()),
                goes_on(behind.chars().next()),
            ),
        }
    }
}

/// Returns words that are cut off before them without the stop or blank that they begin with.
///
/// ```
/// use jingdu::library::scan::begun;
/// assert_eq!(begun("，岸上有灯"), "岸上有灯");
/// assert_eq!(begun("。”他说"), "他说");
/// ```
pub fn begun(words: &str) -> &str {
    words.trim_start_matches(|c: char| c.is_whitespace() || CLOSING_MARKS.contains(c))
}

/// Returns the words before a hit and behind it, of its paragraph: so many characters at the most.
/// Takes no longer in a long paragraph.
pub(super) fn around(text: &str, hit: Span, before: usize, after: usize) -> (&str, &str) {
    let (start, end) = (hit.start.byte(), hit.end.byte());
    let head = text.get(..start).unwrap_or_default();
    let from = head.char_indices().rev().take(before).last();
    let head = from.map_or("", |(at, _)| head.get(at..).unwrap_or_default());
    let tail = text.get(end..).unwrap_or_default();
    let to = tail
        .char_indices()
        .nth(after)
        .map_or(tail.len(), |(at, _)| at);
    let tail = tail.get(..to).unwrap_or_default();
    (
        head.rsplit('\n').next().unwrap_or_default(),
        tail.split('\n').next().unwrap_or_default(),
    )
}

impl LibraryQuery {
    /// Returns the hits in an article's text, of those that `counts` lets pass; `None` where a word
    /// that is asked for occurs neither in the text nor in the title, the author or the source,
    /// or where one occurs that must not.
    ///
    /// ```
    /// use jingdu::library::{LibraryEntry, LibraryQuery};
    /// let entry = LibraryEntry { title: "修渡口".into(), ..LibraryEntry::default() };
    /// let hits = |typed| {
    ///     let request = LibraryQuery::parse(typed).unwrap();
    ///     request.search(&entry, "河上有灯，岸上有燈。", &|_| true).map(|hits| hits.count)
    /// };
    /// assert_eq!(hits("灯"), Some(2));
    /// // a word of the title counts as found, though the text does not have it
    /// assert_eq!(hits("灯 渡口"), Some(2));
    /// assert_eq!((hits("灯 船"), hits("灯 -岸")), (None, None));
    /// ```
    pub fn search(
        &self,
        entry: &LibraryEntry,
        text: &str,
        counts: &dyn Fn(Span) -> bool,
    ) -> Option<ArticleHits> {
        let mut hits = ArticleHits::default();
        for term in &self.terms {
            let mut found = term.spans(text).0;
            found.retain(|span| counts(*span));
            let in_title = term.is_in(&entry.title);
            let occurs = !found.is_empty() || in_title || term.is_in_facts(entry);
            if occurs == term.negated {
                return None;
            }
            if !term.negated {
                hits.by_term.push((found.len(), in_title));
                hits.spans.extend(found);
            }
        }
        if hits.by_term.len() > 1 {
            make_disjoint(&mut hits.spans);
        }
        hits.count = hits.spans.len();
        Some(hits)
    }
}

impl LibraryQuery {
    /// Returns whether the title, the author and the source of an article have a word that must
    /// occur.
    pub fn facts_with_hits(&self, entry: &LibraryEntry) -> [bool; 3] {
        let facts = [
            Some(entry.title.as_str()),
            entry.author.as_deref(),
            entry.source.as_deref(),
        ];
        facts.map(|fact| {
            let mut wanted = self.terms.iter().filter(|term| !term.negated);
            fact.is_some_and(|fact| wanted.any(|term| term.is_in(fact)))
        })
    }
}

impl QueryTerm {
    /// Returns the hits of any of its queries, and whether all of them are sounds of letters.
    pub(super) fn spans(&self, text: &str) -> (Vec<Span>, bool) {
        let (mut found, mut by_sound): (Vec<Span>, bool) = (Vec::new(), true);
        for query in &self.queries {
            let matches = query.find(text);
            by_sound &= matches.is_empty() || matches.kind == MatchKind::Sound;
            found.extend(matches.spans);
        }
        if self.queries.len() > 1 {
            make_disjoint(&mut found);
        }
        (found, by_sound)
    }

    /// Returns whether one of its queries has a hit in a text.
    pub fn is_in(&self, text: &str) -> bool {
        let found = |query: &Query| !query.find(text).is_empty();
        self.queries.iter().any(found)
    }

    /// Returns whether the author or the source has a hit.
    fn is_in_facts(&self, entry: &LibraryEntry) -> bool {
        let mut facts = [&entry.author, &entry.source].into_iter().flatten();
        facts.any(|fact| self.is_in(fact))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(typed: &str) -> Option<usize> {
        let entry = LibraryEntry {
            title: "中国重回以铁路投资刺激经济的老路".into(),
            author: Some("曾梦龙".into()),
            ..LibraryEntry::default()
        };
        let text = "铁路是一条路。\n刺激之后，铁路还在。\n体制改革。这里的铁路不算。";
        let request = LibraryQuery::parse(typed).unwrap();
        let hits = request.search(&entry, text, &|span| span.start.byte() < 60)?;
        Some(hits.spans.len())
    }

    #[test]
    fn a_line_begins_with_no_stop() {
        let text = "甲。　我们要去渡口。";
        let start = text.find("渡口").unwrap();
        let line = HitLine::of(text.get(3..).unwrap(), Span::new(start - 3, start + 3));
        assert_eq!(
            (line.before.as_str(), line.hit.as_str()),
            ("我们要去", "渡口")
        );
        assert_eq!(line.is_cut, (true, false));
    }

    #[test]
    fn a_line_knows_where_it_is_cut() {
        let cut = |text: &str| {
            let start = text.find("渡口").unwrap();
            HitLine::of(text, Span::new(start, start + 6)).is_cut
        };
        let long = "长".repeat(MAX_AFTER_CHARS + 1);
        for (text, wanted) in [
            ("渡口".to_owned(), (false, false)),
            (
                "前一段。\n　　到渡口去。\n后一段。".to_owned(),
                (false, false),
            ),
            (format!("{long}渡口。"), (true, false)),
            (format!("渡口{long}\n后。"), (false, true)),
        ] {
            assert_eq!(cut(&text), wanted, "{text}");
        }
    }

    #[test]
    fn words_may_be_anywhere_in_the_article() {
        for (typed, wanted) in [
            ("铁路 刺激 老路", Some(3)),
            ("铁路 渡口", None),
            ("铁路|渡口", Some(2)),
            ("铁路 -渡口", Some(2)),
            ("铁路 -体制", None),
            ("-渡口", Some(0)),
            ("曾梦龙", Some(0)),
            ("zengmenglong 體制", Some(1)),
            ("铁路 铁", Some(2)),
            ("/铁.|刺./", Some(3)),
        ] {
            assert_eq!(hits(typed), wanted, "{typed}");
        }
    }
}
