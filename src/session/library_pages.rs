//! The pages over the shelf and the text that are about many articles: all hits of a search, the
//! articles that hold a text, the differences between two, the table of terms.
//!
//! The world collects, filters and sorts what they list. A request replaces the one before it;
//! answers to others are dropped.

use super::differences_page::DifferencesPage;
use super::like_list::{LikeAsked, LikeList, LikePoint, LikeSource};
use super::list::List;
use super::mode::Mode;
use super::phrase_list::{PhraseList, PhrasesAsked};
use super::same_list::{SameArticle, SameAsked, SameList};
use super::shelf::Shelf;
use super::term_table_page::{CountAsk, TermTablePage};
use super::twin::{TwinArticles, TwinAsked, TwinPage, TwinSource};
use crate::document::Document;
use crate::library::concordance::{Concordance, HitOrder, HitView, LibraryHit};
use crate::library::count::TermCounts;
use crate::library::differences::{Comparison, DifferenceRow, DifferenceView};
use crate::library::division::Division;
use crate::library::entry::ArticleId;
use crate::library::phrases::SalientPhrase;
use crate::library::term_table::TermTable;
use crate::library::{LibraryEntry, LibraryQuery};
use crate::search::Query;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

/// The pages about many articles.
#[derive(Clone, Debug, Default)]
pub struct LibraryPages {
    /// All hits of the search in the shelf.
    pub hits: LibraryHits,
    /// The articles that hold a text.
    pub same: SameList,
    /// The differences between two articles.
    pub differences: DifferencesPage,
    /// The points in like words.
    pub like: LikeList,
    /// The table of terms.
    pub table: TermTablePage,
    /// The query that the article which is opened next is searched for.
    pub seeks: Option<Query>,
    /// The salient phrases of the articles of the shelf.
    pub phrases: PhraseList,
    /// Two skeletons side by side.
    pub twin: TwinPage,
    /// The pages that the text returns to, where it was opened from one of these; the last first.
    pub(super) returns: Vec<ReturnPoint>,
    /// The number of the last request.
    last: u64,
    /// The request that the world has not taken yet.
    wanted: Option<LibraryAsk>,
}

/// Pages from which an article was opened.
#[derive(Clone, Debug)]
pub(super) struct ReturnPoint {
    /// The pages, outermost first.
    pub(super) pages: Vec<Mode>,
    /// The file of the article below them.
    pub(super) article: Option<PathBuf>,
}

/// A request about many articles.
#[derive(Clone, Debug)]
pub enum LibraryAsk {
    /// Stop the request before.
    Nothing,
    /// Collect the hits of a query in these articles.
    Hits(Vec<ArticleId>, LibraryQuery, HitView),
    /// Filter and sort hits that were collected.
    ArrangeHits(Arc<Concordance>, HitView),
    /// Find the articles that hold a text.
    Same(SameAsked),
    /// Compare the article that a text is from with another one.
    Compare(SameAsked, ArticleId, DifferenceView),
    /// Find the points that are in like words.
    Like(LikeAsked),
    /// Count terms.
    Count(CountAsk),
    /// Divide what was counted in another way.
    Divide(Arc<TermCounts>, Division),
    /// Read two articles, and find what they have in like words.
    Twin(Box<TwinAsked>),
    /// Lay differences that are known out in another way.
    LayOut(Arc<Comparison>, DifferenceView),
    /// Find the phrases that some articles have more often than others.
    Phrases(PhrasesAsked),
    /// Find the terms of the open article, whose file is given: the phrases that it has more often
    /// than the others.
    Terms(Arc<Document>, Option<PathBuf>),
}

impl LibraryAsk {
    /// Returns whether articles that are read in later change the answer.
    pub(crate) fn is_of_all(&self) -> bool {
        match self {
            Self::Same(_) | Self::Like(_) => true,
            Self::Count(ask) => ask.articles.is_none(),
            _ => false,
        }
    }
}

/// A part of the answer to a request.
#[derive(Clone, Debug, PartialEq)]
pub struct LibraryAnswer {
    /// The number of the request.
    pub id: u64,
    /// The answer.
    pub found: LibraryFound,
}

/// An answer of the library thread, or a part of it.
#[derive(Clone, Debug, PartialEq)]
pub enum LibraryFound {
    /// The number of hits so far.
    Count(usize),
    /// The first hits, and those that are shown of them.
    FirstHits(Arc<Concordance>, Vec<u32>),
    /// All hits, and those that are shown of them.
    Hits(Arc<Concordance>, Vec<u32>),
    /// The hits that are shown, of those that are known.
    Shown(Vec<u32>),
    /// The number of articles that were looked at for a text, and of all.
    Compared(usize, usize),
    /// The articles that hold a text, the earliest first.
    Same(Vec<SameArticle>),
    /// The number of points that were read, and of all.
    ReadPoints(usize, usize),
    /// The points in like words, the most alike first, and the number of copies of the asked
    /// article that have some.
    Like(Vec<LikePoint>, usize),
    /// The number of articles in which terms were counted, and of all.
    Counting(usize, usize),
    /// The counts, and a table of them.
    Counted(Arc<TermCounts>, Arc<TermTable>),
    /// Another table of what is known.
    Divided(Arc<TermTable>),
    /// Two articles side by side, or why there are none.
    Twin(Result<Arc<TwinArticles>, (String, String)>),
    /// The differences between two articles, laid out.
    Differences(Arc<Comparison>, Vec<DifferenceRow>),
    /// The number of articles that were read for phrases, and of all.
    ReadForPhrases(usize, usize),
    /// The salient phrases, and the step of the sample that was searched.
    Phrases(Vec<SalientPhrase>, usize),
}

/// The list of all hits of a search in the shelf.
#[derive(Clone, Debug, Default)]
pub struct LibraryHits {
    /// The hits that are known.
    pub all: Arc<Concordance>,
    /// The number of hits that were found so far.
    pub count: usize,
    /// The hits that are shown, in their order.
    pub rows: Vec<u32>,
    /// The choice among these.
    pub list: List,
    /// The order.
    pub order: HitOrder,
    /// True while hits are collected.
    pub is_running: bool,
    /// True where the shelf has changed since.
    pub is_outdated: bool,
    /// The order and the filter that were asked for last.
    asked: HitView,
    /// The subject that they are hits of; `None` for the search of the shelf.
    pub subject: Option<HitSubject>,
}

/// Something whose hits are listed, which is not the search of the shelf.
#[derive(Clone, Debug)]
pub struct HitSubject {
    /// Its name.
    pub name: String,
    /// The query.
    pub query: LibraryQuery,
    /// Every copy is counted.
    pub with_copies: bool,
    /// The articles that have a hit.
    entries: HashMap<ArticleId, Arc<LibraryEntry>>,
}

impl HitSubject {
    /// Makes a subject of a query and the articles in which it has hits.
    pub(crate) fn of(
        name: String,
        query: LibraryQuery,
        with_copies: bool,
        entries: impl Iterator<Item = Arc<LibraryEntry>>,
    ) -> Self {
        Self {
            name,
            query,
            with_copies,
            entries: entries.map(|entry| (entry.id, entry)).collect(),
        }
    }
}

impl LibraryHits {
    /// Returns the hit at a row.
    pub fn at(&self, row: usize) -> Option<&LibraryHit> {
        self.all.hits.get(*self.rows.get(row)? as usize)
    }

    /// Returns the article of a hit.
    pub fn entry<'a>(&'a self, hit: &LibraryHit, shelf: &'a Shelf) -> Option<&'a LibraryEntry> {
        match &self.subject {
            Some(subject) => subject.entries.get(&hit.article).map(AsRef::as_ref),
            None => shelf.entry(hit.article),
        }
    }

    fn view(&self) -> HitView {
        HitView {
            order: self.order,
            filter: self.list.filter.clone(),
        }
    }

    /// Lists other rows; the chosen hit stays chosen, and a reader at the top stays there.
    fn show(&mut self, all: Arc<Concordance>, rows: Vec<u32>) {
        let place = |hit: &LibraryHit| (hit.article, hit.span);
        let chosen = self.at(self.list.selected).map(place);
        let chosen = chosen.filter(|_| self.list.selected > 0);
        (self.all, self.rows) = (all, rows);
        let is_chosen = |row: &usize| self.at(*row).map(place) == chosen;
        let row = chosen.and_then(|_| (0..self.rows.len()).find(is_chosen));
        self.list.selected = row.unwrap_or_default();
    }
}

impl LibraryPages {
    fn ask(&mut self, ask: LibraryAsk) {
        self.last += 1;
        self.wanted = Some(ask);
    }

    /// Stops the request that is being carried out.
    fn stop(&mut self) {
        self.ask(LibraryAsk::Nothing);
    }

    /// Takes the request that the world has to carry out, and its number.
    pub fn take_request(&mut self) -> Option<(u64, LibraryAsk)> {
        self.wanted.take().map(|ask| (self.last, ask))
    }

    /// Asks for the hits of a query in these articles.
    pub(crate) fn list_hits(&mut self, articles: Vec<ArticleId>, query: LibraryQuery) {
        let hits = &mut self.hits;
        hits.is_running = true;
        hits.asked = hits.view();
        let view = hits.asked.clone();
        self.ask(LibraryAsk::Hits(articles, query, view));
    }

    /// Asks for the hits of a subject.
    pub(crate) fn list_hits_of(&mut self, subject: HitSubject) {
        let articles = subject.entries.keys().copied().collect();
        let query = subject.query.clone();
        self.hits.subject = Some(subject);
        self.list_hits(articles, query);
    }

    /// Asks for terms to be counted.
    pub(crate) fn count_terms(&mut self, ask: CountAsk) {
        self.table.progress = Some((0, 0));
        self.ask(LibraryAsk::Count(ask));
    }

    /// Asks for a table that is divided as is wanted now.
    pub(crate) fn divide_table(&mut self) {
        // what is being counted is divided when it has come
        if self.table.progress.is_none() {
            let counts = Arc::clone(&self.table.counts);
            self.ask(LibraryAsk::Divide(counts, self.table.division));
        }
    }

    /// Asks for the known hits in the present order, through the present filter.
    pub(crate) fn arrange_hits(&mut self) {
        // what is being collected is arranged when it has come
        let hits = &mut self.hits;
        if !hits.is_running {
            hits.asked = hits.view();
            let ask = LibraryAsk::ArrangeHits(Arc::clone(&hits.all), hits.asked.clone());
            self.ask(ask);
        }
    }

    /// Takes an answer.
    pub(crate) fn take(&mut self, answer: LibraryAnswer) {
        if answer.id != self.last {
            return;
        }
        let hits = &mut self.hits;
        match answer.found {
            LibraryFound::Count(count) => hits.count = count,
            LibraryFound::FirstHits(all, rows) => {
                hits.count = all.count;
                hits.show(all, rows);
            }
            LibraryFound::Hits(all, rows) => {
                (hits.is_running, hits.count) = (false, all.count);
                hits.show(all, rows);
                if hits.asked != hits.view() {
                    self.arrange_hits();
                }
            }
            LibraryFound::Shown(rows) => {
                let all = Arc::clone(&hits.all);
                hits.show(all, rows);
            }
            LibraryFound::Counting(done, all) => self.table.progress = Some((done, all)),
            LibraryFound::Counted(counts, table) => {
                let is_wanted = table.division == self.table.division;
                self.table.progress = None;
                self.table.counts = counts;
                self.table.show(table);
                if !is_wanted {
                    self.divide_table();
                }
            }
            LibraryFound::Divided(table) => self.table.show(table),
            LibraryFound::Compared(read, all) => self.same.progress = (read, all),
            LibraryFound::Same(rows) => self.same.show(rows),
            LibraryFound::ReadPoints(read, all) => self.like.progress = (read, all),
            LibraryFound::Like(rows, copies) => self.like.show(rows, copies),
            LibraryFound::Twin(read) => self.twin.show(read),
            LibraryFound::Differences(all, rows) => {
                self.differences.is_running = false;
                self.differences.all = all;
                self.differences.show(rows);
            }
            LibraryFound::ReadForPhrases(read, all) => self.phrases.progress = (read, all),
            LibraryFound::Phrases(all, sampled) => self.phrases.show(all, sampled),
        }
    }

    /// Asks for the articles that hold a text, which the list has been told. `own`: the file of the
    /// open article.
    pub fn find_same(&mut self, own: Option<PathBuf>) {
        self.same.own = own;
        if let Some(asked) = self.same.asked.clone() {
            self.ask(LibraryAsk::Same(asked));
        }
    }

    /// Asks for the points in the words that the list is about. `own`: the file of the open
    /// article.
    pub fn find_like(&mut self, own: Option<PathBuf>) {
        if let Some(mut asked) = self.like.asked.clone() {
            if let LikeSource::Open(_, path) = &mut asked.from {
                *path = own;
            }
            self.ask(LibraryAsk::Like(asked));
        }
    }

    /// Asks for the two articles that are to be compared. `own`: the file of the open article.
    pub fn read_twin(&mut self, own: Option<PathBuf>) {
        if let Some(mut asked) = self.twin.asked.clone() {
            if let [TwinSource::Open(_, path), _] = &mut asked.articles {
                *path = own;
            }
            self.ask(LibraryAsk::Twin(Box::new(asked)));
        }
    }

    /// Asks for the differences between the article of the list's text and another one.
    pub(crate) fn compare(&mut self, id: ArticleId, view: DifferenceView) {
        if let Some(asked) = self.same.asked.clone() {
            self.differences.asked = Some(view.clone());
            self.ask(LibraryAsk::Compare(asked, id, view));
        }
    }

    /// Asks for the known differences in another layout, where it is another one.
    pub(crate) fn lay_out_differences(&mut self, view: DifferenceView) {
        let page = &mut self.differences;
        if !page.is_running && page.asked.as_ref() != Some(&view) {
            page.asked = Some(view.clone());
            let all = Arc::clone(&page.all);
            self.ask(LibraryAsk::LayOut(all, view));
        }
    }

    /// Asks for the terms of an article.
    pub fn find_terms(&mut self, document: Arc<Document>, path: Option<PathBuf>) {
        self.ask(LibraryAsk::Terms(document, path));
    }

    /// Asks for the salient phrases of some articles.
    pub(crate) fn find_phrases(&mut self, asked: PhrasesAsked) {
        self.phrases.asked.clone_from(&asked.articles);
        (self.phrases.is_running, self.phrases.progress) = (true, (0, 0));
        self.ask(LibraryAsk::Phrases(asked));
    }

    /// Forgets what the pages list that are not open any more and that nothing returns to; `open`
    /// are those that are.
    pub(super) fn close(&mut self, open: &[Mode]) {
        let returns = self.returns.iter().flat_map(|point| &point.pages);
        let open: Vec<Mode> = open.iter().chain(returns).copied().collect();
        let has_hits = self.hits.is_running || !self.hits.all.hits.is_empty();
        if has_hits && !open.contains(&Mode::ShelfHits) {
            self.hits = LibraryHits::default();
            self.stop();
        }
        if !self.differences.path.as_os_str().is_empty() && !open.contains(&Mode::Differences) {
            self.differences = DifferencesPage::default();
            self.stop();
        }
        if self.twin.asked.is_some() && !open.contains(&Mode::Twin) {
            self.twin = TwinPage::default();
            self.stop();
        }
        if self.like.asked.is_some() && !open.contains(&Mode::LikePoints) {
            self.like = LikeList::default();
            self.stop();
        }
        if !self.phrases.asked.is_empty() && !open.contains(&Mode::Phrases) {
            self.phrases = PhraseList::default();
            self.stop();
        }
        if self.table.is_open() && !open.contains(&Mode::TermTable) {
            self.table = TermTablePage::default();
            self.stop();
        }
        if self.same.asked.is_some() && !open.contains(&Mode::Same) {
            self.same = SameList::default();
            self.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_collected_for_a_page_stops_when_it_is_closed() {
        let mut hits = LibraryPages::default();
        hits.list_hits(vec![1], LibraryQuery::parse("渡口").unwrap());
        let (id, ask) = hits.take_request().unwrap();
        assert!(matches!(ask, LibraryAsk::Hits(..)));
        hits.close(&[Mode::Shelf]);
        let (stopped, ask) = hits.take_request().unwrap();
        assert!(stopped > id && matches!(ask, LibraryAsk::Nothing));
        // what still comes is of a request that is over
        hits.take(LibraryAnswer {
            id,
            found: LibraryFound::Count(9),
        });
        assert_eq!((hits.hits.count, hits.hits.is_running), (0, false));
        let mut same = LibraryPages {
            same: SameList::of(SameAsked::Listed(1), "渡口".to_owned()),
            ..LibraryPages::default()
        };
        same.find_same(None);
        let (id, _) = same.take_request().unwrap();
        same.close(&[Mode::Shelf, Mode::Same]);
        assert!(same.take_request().is_none(), "it is open still");
        same.close(&[Mode::Shelf]);
        let (stopped, ask) = same.take_request().unwrap();
        assert!(stopped > id && matches!(ask, LibraryAsk::Nothing));
    }
}
