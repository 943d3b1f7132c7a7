//! All hits of a request in many articles, each with the words around it (KWIC).
//!
//! 1. [`Concordance::add`] collects them, article by article.
//! 2. [`Concordance::arranged`] filters and sorts them.
//!
//! A hit takes some 300 bytes, of which most are its words; [`MAX_LISTED_HITS`] bounds them.

use super::day::Day;
use super::entry::ArticleId;
use super::scan::around;
use crate::search::Query;
use crate::search::sound::dictionary_order;
use crate::text::fold::compared;
use crate::text::{Say, Span};
use std::collections::HashMap;

/// Hits that are listed at the most: 30 MB of them. All are counted.
pub const MAX_LISTED_HITS: usize = 100_000;
/// Characters before a hit that are kept: half of a very wide screen.
const MAX_CHARS_BEFORE: usize = 36;
/// Characters behind a hit that are kept.
const MAX_CHARS_BEHIND: usize = 52;
/// Characters of a hit that are kept: a regular expression may match a paragraph.
const MAX_HIT_CHARS: usize = 40;
/// Characters of a heading that are kept.
const MAX_HIT_HEADING_CHARS: usize = 40;
/// Characters by which two hits are compared.
const MAX_COMPARED_CHARS: usize = 24;
/// Hits that are filtered between two questions whether to go on.
const HITS_PER_STEP: usize = 1024;

/// The paragraph and the headings that a hit is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HitPlace {
    /// The number of the paragraph, from 1; 0 outside paragraphs.
    pub paragraph: usize,
    /// The label of the point, else of the section or topic; empty for none.
    pub heading: Span,
}

/// A hit of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryHit {
    /// The number of its article.
    pub article: ArticleId,
    /// The hit in the text of the article.
    pub span: Span,
    /// The number of its paragraph, from 1; 0 outside paragraphs.
    pub paragraph: u32,
    /// The label of the point, section or topic that it is in; empty for none.
    pub heading: Box<str>,
    /// The hit with the words around it, of its paragraph.
    line: Box<str>,
    /// Bytes of the words before it.
    before: u16,
    /// Bytes of the hit.
    hit: u16,
}

impl LibraryHit {
    fn new(article: ArticleId, text: &str, span: Span, place: HitPlace) -> Self {
        let (before, behind) = around(text, span, MAX_CHARS_BEFORE, MAX_CHARS_BEHIND);
        let hit = span.of(text).chars().filter(|c| *c != '\n');
        let hit: String = hit.take(MAX_HIT_CHARS).collect();
        let heading = place.heading.of(text).chars().filter(|c| *c != '\n');
        Self {
            article,
            span,
            paragraph: place.paragraph as u32,
            heading: heading.take(MAX_HIT_HEADING_CHARS).collect(),
            line: [before, &hit, behind].concat().into(),
            before: before.len() as u16,
            hit: hit.len() as u16,
        }
    }

    /// Returns the words before the hit, the hit, and the words behind it.
    pub fn parts(&self) -> [&str; 3] {
        let (start, end) = (self.before.into(), (self.before + self.hit).into());
        let part = |range| self.line.get(range).unwrap_or_default();
        [part(0..start), part(start..end), part(end..self.line.len())]
    }
}

/// An order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HitOrder {
    /// Those of the newest articles first.
    #[default]
    Newest,
    /// Those of the oldest articles first.
    Oldest,
    /// By the words behind them, as in a dictionary.
    Behind,
    /// By the words before them, read backwards from the hit.
    Before,
}

/// The orders in which `s` offers them, with their names.
pub const HIT_ORDERS: &[(HitOrder, Say)] = &[
    (HitOrder::Newest, ("日期，新的在前", "date, newest first")),
    (HitOrder::Oldest, ("日期，旧的在前", "date, oldest first")),
    (HitOrder::Behind, ("后文", "what follows")),
    (HitOrder::Before, ("前文", "what precedes")),
];

/// The hits that are wanted, and their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HitView {
    /// The order.
    pub order: HitOrder,
    /// Words that a line or the title of its article must have, as typed.
    pub filter: String,
}

/// The hits of a request, those of the newest articles first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concordance {
    /// The hits, [`MAX_LISTED_HITS`] at the most.
    pub hits: Vec<LibraryHit>,
    /// The number of all hits.
    pub count: usize,
    /// The number of articles that have one.
    pub articles: usize,
}

impl Concordance {
    /// Adds the hits of an article, of which `place` gives the places. Articles must be added from
    /// the newest to the oldest.
    pub fn add(
        &mut self,
        article: ArticleId,
        text: &str,
        spans: &[Span],
        place: &dyn Fn(Span) -> HitPlace,
    ) {
        self.count += spans.len();
        self.articles += usize::from(!spans.is_empty());
        let room = MAX_LISTED_HITS.saturating_sub(self.hits.len());
        let hit = |span: &Span| LibraryHit::new(article, text, *span, place(*span));
        self.hits.extend(spans.iter().take(room).map(hit));
    }

    /// Returns the first hits alone; the counts are those of all.
    pub fn head(&self, hits: usize) -> Self {
        Self {
            hits: self.hits.iter().take(hits).cloned().collect(),
            ..*self
        }
    }

    /// Returns the hits of a view in their order, as indices; `None` where `goes_on` said no.
    /// `facts` gives the title and the date of an article.
    ///
    /// ```
    /// use jingdu::library::Day;
    /// use jingdu::library::concordance::{Concordance, HitOrder, HitPlace, HitView};
    /// use jingdu::search::Query;
    /// let text = "渡口有灯。老渡口没有。修渡口的人来了。";
    /// let mut found = Concordance::default();
    /// let spans = Query::new("渡口").unwrap().find(text).spans;
    /// found.add(1, text, &spans, &|_| HitPlace::default());
    /// let view = HitView { order: HitOrder::Behind, ..HitView::default() };
    /// let rows = found.arranged(&view, &|_| ("渡口", Day::read("2019")), &|| true).unwrap();
    /// // by what follows, as in a dictionary: de, mei, you
    /// let behind: Vec<&str> = rows.iter().map(|row| found.hits[*row as usize].parts()[2]).collect();
    /// assert_eq!(behind, ["的人来了。", "没有。修渡口的人来了。", "有灯。老渡口没有。修渡口的人来了。"]);
    /// ```
    pub fn arranged<'a>(
        &self,
        view: &HitView,
        facts: &dyn Fn(ArticleId) -> (&'a str, Option<Day>),
        goes_on: &dyn Fn() -> bool,
    ) -> Option<Vec<u32>> {
        let mut rows = self.filtered(&view.filter, facts, goes_on)?;
        let hit = |row: u32| self.hits.get(row as usize);
        let key = |row: &u32| hit(*row).map(|hit| sort_key(hit, view.order));
        match view.order {
            HitOrder::Newest => {}
            HitOrder::Oldest => rows.sort_by_cached_key(|row| {
                let day = hit(*row).and_then(|hit| facts(hit.article).1);
                (day.is_none(), day)
            }),
            HitOrder::Behind | HitOrder::Before => rows.sort_by_cached_key(key),
        }
        Some(rows)
    }

    /// Returns the hits that a filter lets through.
    fn filtered<'a>(
        &self,
        filter: &str,
        facts: &dyn Fn(ArticleId) -> (&'a str, Option<Day>),
        goes_on: &dyn Fn() -> bool,
    ) -> Option<Vec<u32>> {
        let numbered = (0..).zip(&self.hits);
        let Some(query) = Query::new(filter) else {
            return Some(numbered.map(|(row, _)| row).collect());
        };
        let mut in_title: HashMap<ArticleId, bool> = HashMap::new();
        let mut rows = Vec::new();
        for (row, hit) in numbered {
            if (row as usize).is_multiple_of(HITS_PER_STEP) && !goes_on() {
                return None;
            }
            let of_article = in_title.entry(hit.article);
            let passes =
                *of_article.or_insert_with(|| !query.find(facts(hit.article).0).is_empty());
            if passes || !query.find(&hit.line).is_empty() {
                rows.push(row);
            }
        }
        Some(rows)
    }
}

/// Returns the key of a hit in an order by words.
fn sort_key(hit: &LibraryHit, order: HitOrder) -> Box<[u32]> {
    let [before, _, behind] = hit.parts();
    let key = |chars: &mut dyn Iterator<Item = char>| {
        let chars = chars.take(MAX_COMPARED_CHARS);
        chars.map(dictionary_order).collect()
    };
    match order {
        HitOrder::Before => key(&mut compared(before).rev()),
        _ => key(&mut compared(behind)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [(ArticleId, &str, &str); 3] = [
        (1, "2021", "老渡口的灯笼亮了。\n新渡口没有灯笼。"),
        (2, "2020", "旧渡口的燈籠灭了。"),
        (3, "", "渡口，灯笼"),
    ];

    fn concordance() -> Concordance {
        let query = Query::new("渡口").unwrap();
        let mut all = Concordance::default();
        for (id, _, text) in TEXTS {
            all.add(id, text, &query.find(text).spans, &|_| HitPlace::default());
        }
        all
    }

    fn facts(id: ArticleId) -> (&'static str, Option<Day>) {
        let found = TEXTS.iter().find(|(own, ..)| *own == id).unwrap();
        (if id == 3 { "甲" } else { "乙" }, Day::read(found.1))
    }

    /// Returns the words before and behind the hits of a view.
    fn lines(order: HitOrder, filter: &str) -> Vec<String> {
        let all = concordance();
        let filter = filter.to_owned();
        let rows = all.arranged(&HitView { order, filter }, &facts, &|| true);
        let line = |row: u32| {
            let [before, _, behind] = all.hits[row as usize].parts();
            format!("{before}|{behind}")
        };
        rows.unwrap().into_iter().map(line).collect()
    }

    #[test]
    fn hits_are_sorted_by_date_and_by_the_words_around_them() {
        let [old, new, older, last] = [
            "老|的灯笼亮了。",
            "新|没有灯笼。",
            "旧|的燈籠灭了。",
            "|，灯笼",
        ];
        for (order, wanted) in [
            (HitOrder::Newest, [old, new, older, last]),
            (HitOrder::Oldest, [older, old, new, last]),
            // 灯笼亮 before 灯笼灭, in whatever script; a stop before all
            (HitOrder::Behind, [last, old, older, new]),
            (HitOrder::Before, [last, older, old, new]),
        ] {
            assert_eq!(lines(order, ""), wanted, "{order:?}");
        }
    }

    #[test]
    fn a_filter_looks_at_lines_and_titles() {
        assert_eq!(lines(HitOrder::Newest, "灯笼灭"), ["旧|的燈籠灭了。"]);
        assert_eq!(lines(HitOrder::Newest, "甲"), ["|，灯笼"]);
        assert_eq!(lines(HitOrder::Newest, "没有的词"), [""; 0]);
        let all = concordance();
        let view = HitView {
            filter: "灯".into(),
            ..HitView::default()
        };
        assert_eq!(all.arranged(&view, &facts, &|| false), None);
    }

    #[test]
    fn all_are_counted_and_words_are_cut_at_the_paragraph() {
        let all = concordance();
        assert_eq!((all.count, all.articles, all.hits.len()), (4, 3, 4));
        assert_eq!(all.head(1).hits.len(), 1);
        let long = "一".repeat(200) + "渡口" + &"二".repeat(200);
        let place = HitPlace {
            paragraph: 3,
            heading: Span::new(0, 600),
        };
        let hit = LibraryHit::new(1, &long, Span::new(600, 606), place);
        assert_eq!(
            (hit.paragraph, hit.heading.len()),
            (3, MAX_HIT_HEADING_CHARS * 3)
        );
        let [before, found, behind] = hit.parts();
        assert_eq!(found, "渡口");
        assert_eq!(
            (before.len(), behind.len()),
            (MAX_CHARS_BEFORE * 3, MAX_CHARS_BEHIND * 3)
        );
        let over = LibraryHit::new(1, "渡\n口", Span::new(0, 7), HitPlace::default());
        assert_eq!(over.parts(), ["", "渡口", ""]);
        let mut many = Concordance::default();
        let spans = vec![Span::new(0, 3); MAX_LISTED_HITS + 5];
        many.add(1, "渡口", &spans, &|_| HitPlace::default());
        assert_eq!(
            (many.hits.len(), many.count),
            (MAX_LISTED_HITS, MAX_LISTED_HITS + 5)
        );
    }
}
