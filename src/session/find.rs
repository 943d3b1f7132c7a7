//! The search and the keywords of a reading.
//!
//! 1. A short text is searched at once. Of a long one only the screen is; a [`Request`] for
//!    the rest waits in [`Work`] until the world takes it.
//! 2. An [`Answer`] to a request that is no longer current is dropped.
//!
//! Moves nothing: the session and the commands go to hits.

use super::hit_list::{Hit, HitList, HitRows, HitScope};
use super::position::ReadingPosition;
use super::term::{KeywordScope, Term};
use super::viewport::{OpenParts, View};
use crate::document::Document;
use crate::search::near::near;
use crate::search::query::Found;
use crate::search::{Answer, Fault, How, MatchKind, Matches, Query, Request, Word};
use crate::text::{Pos, Span};
use std::cmp::Reverse;
use std::sync::Arc;

/// The number of keyword colours; the next keyword begins again.
pub const KEYWORD_COLOURS: usize = 8;
/// A text of this many bytes is searched within one key.
const SYNC_SEARCH_BYTES: usize = 1 << 20;
/// The square of the characters of a query that a text of [`SYNC_SEARCH_BYTES`] is searched for
/// within one key: a longer one takes longer to compare, and has as many parts to be tried where
/// it is not found.
const SYNC_QUERY_SQUARE: usize = 16;
/// Bytes that a text is taken for at the least.
const LEAST_BYTES: usize = 4096;

/// A term that stays highlighted in a colour of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyword {
    /// The query.
    pub query: Query,
    /// Its hits.
    pub matches: Arc<Matches>,
    /// Its colour, below [`KEYWORD_COLOURS`].
    pub colour: usize,
    /// The reader's name for it; its query for `None`.
    pub name: Option<String>,
    /// It is shown.
    pub on: bool,
    /// The articles that it belongs to.
    pub scope: KeywordScope,
    /// The request whose answer is still to come.
    awaited: Option<u64>,
}

impl Keyword {
    /// Returns its name.
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(self.query.typed())
    }

    /// Returns it without its hits.
    pub fn term(&self) -> Term {
        Term {
            text: self.query.typed().to_owned(),
            name: self.name.clone(),
            colour: Some(self.colour),
            on: self.on,
        }
    }

    /// Returns whether more hits may be found.
    pub(crate) fn is_counting(&self) -> bool {
        self.awaited.is_some()
    }

    /// Searches a document that begins with the one before: old hits stay until all are known.
    fn grow(&mut self, document: &Arc<Document>, work: &mut Work) {
        let known = std::mem::take(&mut self.matches);
        self.search(document, work);
        if self.is_counting() {
            self.matches = known;
        }
    }

    fn search(&mut self, document: &Arc<Document>, work: &mut Work) {
        if work.takes_long(&self.query, document) {
            self.matches = Arc::default();
            self.awaited = Some(work.ask(&self.query, document, 0));
        } else {
            let mut matches = self.query.find(document.text());
            matches.set_folds(document);
            (self.matches, self.awaited) = (Arc::new(matches), None);
        }
    }
}

/// The state before a query is typed, to which a query that is changed or given up returns.
#[derive(Clone, Debug)]
pub struct SearchOrigin {
    /// The position.
    pub position: ReadingPosition,
    /// The way the text was shown.
    pub view: View,
    /// The parts that were open.
    pub open: OpenParts,
    /// The query before.
    pub query: Option<Query>,
}

/// Words to choose from while a query is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestions {
    /// The words, the best one first.
    pub words: Vec<Word>,
    /// The index of the chosen one.
    pub chosen: Option<usize>,
    /// Nothing was found, and these are only near to the query.
    pub near: bool,
}

/// The keywords without their hits, as they were.
type KeptTerms = Vec<(Term, KeywordScope)>;

/// The words, sets and earlier keywords that are offered as keywords.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// The terms that characterise the article, once they were asked for.
    pub terms: Vec<Word>,
    /// The names of the sets that can be opened.
    pub sets: Vec<String>,
    /// The keywords before each change of the reader's in the article, oldest first.
    before: Vec<KeptTerms>,
}

/// Searches that are not done yet.
#[derive(Clone, Debug)]
pub struct Work {
    /// A text of this many bytes is searched within one key.
    pub sync_bytes: usize,
    /// The focus, while the reader waits for the first hit after Enter.
    pub waits_at: Option<Pos>,
    next: u64,
    search: Option<u64>,
    requests: Vec<Request>,
}

impl Default for Work {
    fn default() -> Self {
        Self {
            sync_bytes: SYNC_SEARCH_BYTES,
            waits_at: None,
            next: 1,
            search: None,
            requests: Vec::new(),
        }
    }
}

impl Work {
    /// Returns whether a document is too long to be searched within one key.
    pub(crate) fn is_long(&self, document: &Document) -> bool {
        document.text().len() > self.sync_bytes
    }

    /// Returns whether a document is too long to be searched for a query within one key.
    pub(crate) fn takes_long(&self, query: &Query, document: &Document) -> bool {
        let characters = query.typed().chars().count();
        // a long query has many parts to be read as sounds, in a short text as well
        let bytes = document.text().len().max(LEAST_BYTES);
        let work = bytes.saturating_mul(characters);
        let work = work.saturating_mul(characters) / SYNC_QUERY_SQUARE;
        self.is_long(document) || work > self.sync_bytes
    }

    /// Asks for a search of the whole text; returns its number.
    fn ask(&mut self, query: &Query, document: &Arc<Document>, from: usize) -> u64 {
        let id = self.next;
        self.next += 1;
        self.requests.push(Request {
            id,
            query: query.clone(),
            document: Arc::clone(document),
            from,
        });
        id
    }

    /// Asks for the search, from the block at the top of the screen.
    fn ask_search(&mut self, query: &Query, document: &Arc<Document>, seen: Span) {
        let block = document.block_span_at(seen.start);
        let from = block.map_or(0, |b| b.start.byte());
        self.search = Some(self.ask(query, document, from));
    }
}

/// The search and the keywords.
#[derive(Clone, Debug, Default)]
pub struct Find {
    /// The query of the search.
    pub query: Option<Query>,
    /// Its hits, as far as they are known.
    pub matches: Arc<Matches>,
    /// The index of the hit that was last gone to.
    pub current: Option<usize>,
    /// The keywords, in the order they were added.
    pub keywords: Vec<Keyword>,
    /// Earlier queries, oldest first.
    pub history: Vec<String>,
    /// The state when the search was typed.
    pub origin: Option<SearchOrigin>,
    /// The kind of query that is typed.
    pub how: How,
    /// The reason why it cannot be searched for.
    pub fault: Option<Fault>,
    /// Words to choose from.
    pub offers: Suggestions,
    /// Searches that are not done yet.
    pub work: Work,
    /// The list of hits.
    pub hits: HitList,
    /// The words, sets and earlier keywords that are offered as keywords.
    pub choices: Choices,
}

impl Find {
    /// Searches for a query, or for nothing. `seen` is the text on the screen.
    pub fn search(&mut self, document: &Arc<Document>, query: Option<Query>, seen: Span) {
        let search = self.work.search.take();
        self.work.requests.retain(|r| Some(r.id) != search);
        self.work.waits_at = None;
        (self.current, self.fault) = (None, None);
        (self.offers, self.matches) = (Suggestions::default(), Arc::default());
        if let Some(query) = &query {
            let mut matches;
            if self.work.takes_long(query, document) {
                // the hits on the screen at once, all others later
                let mut found = Found::default();
                query.search(document.text(), seen.range(), &mut found);
                matches = query.settle(document.text(), &found);
                self.work.ask_search(query, document, seen);
            } else {
                matches = query.find(document.text());
            }
            matches.set_folds(document);
            self.matches = Arc::new(matches);
            let near = || near(document.text(), query);
            self.offers = self.suggestions(near);
        }
        self.query = query;
    }

    /// Returns the words of the hits, or the near ones where there is certainly no hit.
    fn suggestions(&self, near: impl FnOnce() -> Vec<Word>) -> Suggestions {
        let nothing = !self.is_searching() && self.matches.is_empty();
        Suggestions {
            words: if nothing {
                near()
            } else {
                self.matches.words.clone()
            },
            chosen: None,
            near: nothing,
        }
    }

    /// Returns whether a digit picks an offered word. Where the text has the query, or nothing
    /// like it, a digit is a character.
    pub(crate) fn is_numbered(&self) -> bool {
        !self.offers.near
            && !self.offers.words.is_empty()
            && (self.matches.kind == MatchKind::Sound || self.offers.chosen.is_some())
    }

    /// Returns whether more hits may be found.
    pub fn is_searching(&self) -> bool {
        self.work.search.is_some()
    }

    /// Returns whether the answer to a request is still needed.
    pub fn is_awaited(&self, id: u64) -> bool {
        self.work.search == Some(id) || self.keywords.iter().any(|k| k.awaited == Some(id))
    }

    /// Returns whether there are searches to be carried out.
    pub(crate) fn has_requests(&self) -> bool {
        !self.work.requests.is_empty()
    }

    /// Takes the searches to be carried out.
    pub fn take_requests(&mut self) -> Vec<Request> {
        std::mem::take(&mut self.work.requests)
    }

    /// Takes an answer. Returns whether it was about the search.
    pub fn take(&mut self, answer: Answer) -> bool {
        let awaits = |k: &&mut Keyword| k.awaited == Some(answer.id);
        if let Some(keyword) = self.keywords.iter_mut().find(awaits) {
            keyword.matches = Arc::new(answer.matches);
            keyword.awaited = keyword.awaited.filter(|_| !answer.done);
            return false;
        }
        if self.work.search != Some(answer.id) {
            return false;
        }
        let here = self.current_span();
        self.matches = Arc::new(answer.matches);
        self.set_current(here);
        if answer.done {
            self.work.search = None;
        }
        if self.offers.chosen.is_none() {
            self.offers = self.suggestions(|| answer.near);
        }
        true
    }

    /// Returns the hit that was last gone to.
    fn current_span(&self) -> Option<Span> {
        self.matches.spans.get(self.current?).copied()
    }

    fn set_current(&mut self, hit: Option<Span>) {
        self.current = hit.and_then(|span| self.matches.spans.binary_search(&span).ok());
    }

    /// Returns the queries of a scope: the hits of each, and the index of its keyword.
    fn found_of(&self, scope: HitScope) -> Vec<(&Arc<Matches>, Option<usize>)> {
        let keywords = self.keywords.iter().enumerate();
        match scope {
            HitScope::All if self.query.is_some() => vec![(&self.matches, None)],
            HitScope::All => {
                let shown = keywords.filter(|(_, k)| k.on);
                shown.map(|(i, k)| (&k.matches, Some(i))).collect()
            }
            HitScope::Keyword(i) => {
                let keyword = self.keywords.get(i);
                keyword.map(|k| (&k.matches, Some(i))).into_iter().collect()
            }
        }
    }

    /// Returns the hits of each query of a scope.
    pub(crate) fn matches_of(&self, scope: HitScope) -> Vec<Arc<Matches>> {
        let found = self.found_of(scope).into_iter();
        found.map(|(matches, _)| Arc::clone(matches)).collect()
    }

    /// Returns the hits of a scope in the article, in text order. Linear in those of several
    /// keywords. Those in folds are left out; see [`folded_of`](Self::folded_of).
    pub(crate) fn hits_of(&self, scope: HitScope) -> HitRows {
        let found = self.found_of(scope);
        if let [(matches, keyword)] = found.as_slice() {
            return HitRows::Found(Arc::clone(matches), *keyword);
        }
        let of = |(matches, keyword): (&Arc<Matches>, Option<usize>)| -> Vec<Hit> {
            matches.body().map(|span| (span, keyword)).collect()
        };
        let mut all: Vec<Hit> = found.into_iter().flat_map(of).collect();
        all.sort_by_key(|(span, _)| (span.start, Reverse(span.end)));
        HitRows::Some(all)
    }

    /// Returns the number of hits of a scope in folds.
    pub(crate) fn folded_of(&self, scope: HitScope) -> usize {
        match scope {
            HitScope::Keyword(i) => self.keywords.get(i).map_or(0, |k| k.matches.folded()),
            HitScope::All if self.query.is_some() => self.matches.folded(),
            HitScope::All => self.shown().map(|k| k.matches.folded()).sum(),
        }
    }

    /// Adds a query to the history.
    pub(crate) fn remember(&mut self, typed: &str) {
        self.history.retain(|h| h != typed);
        self.history.push(typed.to_owned());
    }

    /// Returns the next or previous hit from `focus`, `count` further, and whether the
    /// search went past an end of the text.
    pub fn step(&self, focus: Pos, forward: bool, count: usize) -> Option<(usize, bool)> {
        let n = self.matches.len();
        if n == 0 {
            return None;
        }
        let spans = &self.matches.spans;
        let here = self
            .current
            .filter(|&i| spans.get(i).is_some_and(|s| s.start == focus));
        let next = match (here, forward) {
            (Some(i), true) => (i + 1 < n).then_some(i + 1),
            (Some(i), false) => i.checked_sub(1),
            (None, true) => self.matches.at_or_after(focus),
            (None, false) => self.matches.before(focus),
        };
        let first = next.unwrap_or(if forward { 0 } else { n - 1 });
        let more = (count - 1) % n;
        let (target, passed) = if forward {
            ((first + more) % n, first + more >= n)
        } else {
            ((first + n - more) % n, first < more)
        };
        Some((target, next.is_none() || passed))
    }

    /// Adds a keyword, or removes it where it is one already. Returns the added one.
    pub(crate) fn toggle_keyword(
        &mut self,
        document: &Arc<Document>,
        query: Query,
    ) -> Option<&Keyword> {
        if let Some(at) = self.keywords.iter().position(|k| k.query == query) {
            self.keywords.remove(at);
            return None;
        }
        let term = Term::plain(query.typed());
        self.add_keyword(document, query, term, KeywordScope::Article);
        self.keywords.last()
    }

    /// Adds a term as a keyword, unless it is one already.
    pub fn add_term(&mut self, document: &Arc<Document>, term: Term, scope: KeywordScope) {
        if let Some(query) = Query::new(&term.text) {
            self.add_keyword(document, query, term, scope);
        }
    }

    fn add_keyword(
        &mut self,
        document: &Arc<Document>,
        query: Query,
        term: Term,
        scope: KeywordScope,
    ) {
        if self.keywords.iter().any(|k| k.query == query) {
            return;
        }
        let free = (0..KEYWORD_COLOURS).find(|c| self.keywords.iter().all(|k| k.colour != *c));
        let colour = term.colour.or(free).unwrap_or(self.keywords.len());
        let mut keyword = Keyword {
            query,
            matches: Arc::default(),
            colour: colour % KEYWORD_COLOURS,
            name: term.name,
            on: term.on,
            scope,
            awaited: None,
        };
        keyword.search(document, &mut self.work);
        self.keywords.push(keyword);
    }

    /// Returns the keywords of a scope, in their order, without their hits.
    pub fn terms(&self, scope: KeywordScope) -> Vec<Term> {
        let own = self.keywords.iter().filter(|k| k.scope == scope);
        own.map(Keyword::term).collect()
    }

    /// Remembers the keywords as they are now, to be returned to.
    pub(crate) fn remember_keywords(&mut self) {
        let kept = |k: &Keyword| (k.term(), k.scope);
        let kept: KeptTerms = self.keywords.iter().map(kept).collect();
        if self.choices.before.last() != Some(&kept) {
            self.choices.before.push(kept);
        }
    }

    /// Takes the last change of the keywords back. Returns the index of the first one that is
    /// as it was, or that where one is gone; nothing where nothing was changed.
    pub(crate) fn undo_keywords(&mut self, document: &Arc<Document>) -> Option<usize> {
        let now: KeptTerms = self.keywords.iter().map(|k| (k.term(), k.scope)).collect();
        let mut before = self.choices.before.pop()?;
        while before == now {
            before = self.choices.before.pop()?;
        }
        let mut known = std::mem::take(&mut self.keywords);
        for (term, scope) in &before {
            match known.iter().position(|k| k.query.typed() == term.text) {
                Some(at) => {
                    let (name, on) = (term.name.clone(), term.on);
                    let known = known.swap_remove(at);
                    let colour = term.colour.unwrap_or(known.colour);
                    self.keywords.push(Keyword {
                        name,
                        on,
                        colour,
                        scope: *scope,
                        ..known
                    });
                }
                None => self.add_term(document, term.clone(), *scope),
            }
        }
        let same = before.iter().zip(&now).take_while(|(old, new)| old == new);
        Some(same.count())
    }

    /// Leaves the article: its own keywords go, the standing ones stay.
    pub(crate) fn leave_article(&mut self) {
        self.choices.before.clear();
        self.keywords
            .retain(|k| k.scope == KeywordScope::Everywhere);
    }

    /// Returns the keywords that are shown.
    pub fn shown(&self) -> impl DoubleEndedIterator<Item = &Keyword> {
        self.keywords.iter().filter(|k| k.on)
    }

    /// Searches for everything in another document.
    pub(crate) fn reopen(&mut self, document: &Arc<Document>) {
        let query = self.query.take();
        self.work.requests.clear();
        self.search(document, query, Span::default());
        self.origin = None;
        for keyword in &mut self.keywords {
            keyword.search(document, &mut self.work);
        }
    }

    /// Searches for everything in a document that begins with the one before: old hits stay
    /// until all are known.
    pub fn grow(&mut self, document: &Arc<Document>, seen: Span) {
        self.work.requests.clear();
        if let Some(query) = self.query.clone() {
            let here = self.current_span();
            if self.work.takes_long(&query, document) {
                self.work.ask_search(&query, document, seen);
            } else {
                let waits = self.work.waits_at;
                self.search(document, Some(query), seen);
                self.work.waits_at = waits;
            }
            self.set_current(here);
        }
        for keyword in &mut self.keywords {
            keyword.grow(document, &mut self.work);
        }
    }

    /// Returns how the hits were found, where there are any.
    pub fn kind(&self) -> Option<MatchKind> {
        (!self.matches.is_empty()).then_some(self.matches.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Builder};

    #[test]
    fn what_takes_long_to_compare_is_asked_of_the_world() {
        let of = |text: &str| {
            let mut b = Builder::new();
            b.block(BlockKind::Paragraph, 0, 1, text);
            Arc::new(b.finish())
        };
        let (long, short) = (of(&"的一是不了人".repeat(20_000)), of("字。"));
        let asked = |document: &Arc<Document>, typed: &str| {
            let mut find = Find::default();
            find.search(document, Query::new(typed), Span::default());
            assert_eq!(find.is_searching(), find.has_requests());
            find.is_searching()
        };
        assert!(
            ["不了人", "没有", "zhj"]
                .iter()
                .all(|typed| !asked(&long, typed))
        );
        assert!(asked(&long, &"的一是不了有".repeat(100)));
        let letters = "abcdefghij".repeat(10);
        assert!(asked(&long, &letters) && asked(&short, &letters) && !asked(&short, "abcdefghij"));
    }
}
