//! The search and the keywords of a reading.
//!
//! 1. A short text is searched at once. Of a long one only what is on the screen
//!    is; a [`Request`] for the rest waits in [`Work`] until the world takes it.
//! 2. An [`Answer`] that nobody waits for any more is dropped.
//!
//! Moves nothing: going to hits is the session's and the commands' affair.

use super::hit_list::HitList;
use super::position::ReadingPosition;
use crate::document::Document;
use crate::search::near::near;
use crate::search::query::Found;
use crate::search::{Answer, Fault, How, Kind, Matches, Query, Request, Word};
use crate::text::{Pos, Span};
use std::sync::Arc;

/// How many colours keywords have; the ninth begins again.
pub const COLOURS: usize = 8;
/// A text of so many bytes is searched within one key.
const SHORT: usize = 1 << 20;

/// A term that stays highlighted in a colour of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyword {
    /// What is looked for.
    pub query: Query,
    /// Where it stands.
    pub matches: Matches,
    /// Its colour, below [`COLOURS`].
    pub colour: usize,
    /// What the reader calls it, where that is not what is looked for.
    pub name: Option<String>,
    /// Whether it is shown.
    pub on: bool,
    /// The request that its hits are still waited for from.
    awaited: Option<u64>,
}

impl Keyword {
    /// What it is called.
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(self.query.typed())
    }

    /// Whether more hits may be found.
    pub fn is_counting(&self) -> bool {
        self.awaited.is_some()
    }
}

/// Words to choose from while a query is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    /// The words, the best one first.
    pub words: Vec<Word>,
    /// The one that is chosen.
    pub chosen: Option<usize>,
    /// Whether nothing was found, and these are only near to what was typed.
    pub near: bool,
}

impl Find {
    /// Whether a digit picks an offered word. Where the text has what was typed,
    /// or nothing like it, a digit is a character.
    pub fn is_numbered(&self) -> bool {
        !self.offers.near
            && !self.offers.words.is_empty()
            && (self.matches.kind == Kind::Sound || self.offers.chosen.is_some())
    }
}

/// What is offered as keywords.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// The terms that characterise the article, once they were asked for.
    pub terms: Vec<Word>,
    /// The names of the sets that can be opened.
    pub sets: Vec<String>,
}

/// Searches that are not done yet.
#[derive(Clone, Debug)]
pub struct Work {
    /// A text of so many bytes is searched within one key.
    pub short: usize,
    /// Where the reader stands and waits for the first hit, after Enter.
    pub waits_at: Option<Pos>,
    next: u64,
    search: Option<u64>,
    requests: Vec<Request>,
}

impl Default for Work {
    fn default() -> Self {
        Self {
            short: SHORT,
            waits_at: None,
            next: 1,
            search: None,
            requests: Vec::new(),
        }
    }
}

impl Work {
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
}

/// The search and the keywords.
#[derive(Clone, Debug, Default)]
pub struct Find {
    /// What is searched, if anything.
    pub query: Option<Query>,
    /// Where it stands, as far as that is known.
    pub matches: Matches,
    /// The hit that was last gone to.
    pub current: Option<usize>,
    /// The keywords, in the order they were added.
    pub keywords: Vec<Keyword>,
    /// What was searched before, oldest first.
    pub history: Vec<String>,
    /// Where the search being typed began, and what was searched before it.
    pub origin: Option<(ReadingPosition, Option<Query>)>,
    /// How the line being typed is to be taken.
    pub how: How,
    /// Why it cannot be searched for.
    pub fault: Option<Fault>,
    /// Words to choose from.
    pub offers: Offers,
    /// What is not done yet.
    pub work: Work,
    /// The list of hits.
    pub hits: HitList,
    /// What is offered as keywords.
    pub choices: Choices,
}

impl Find {
    /// Searches for what was typed, or for nothing. `seen`: what is on the screen.
    pub fn search(&mut self, document: &Arc<Document>, query: Option<Query>, seen: Span) {
        self.work
            .requests
            .retain(|r| Some(r.id) != self.work.search);
        (self.work.search, self.work.waits_at) = (None, None);
        (self.current, self.fault) = (None, None);
        self.offers = Offers::default();
        self.matches = Matches::default();
        if let Some(query) = &query {
            if document.text().len() <= self.work.short {
                self.matches = query.find(document.text());
            } else {
                self.matches = glance(query, document, seen);
                self.work.search = Some(self.work.ask(
                    query,
                    document,
                    line_start(document, seen.start),
                ));
            }
            if self.work.search.is_none() && self.matches.is_empty() {
                self.offers = Offers {
                    words: near(document.text(), query),
                    chosen: None,
                    near: true,
                };
            } else {
                self.offers.words.clone_from(&self.matches.words);
            }
        }
        self.query = query;
    }

    /// Whether hits may still be added.
    pub fn is_searching(&self) -> bool {
        self.work.search.is_some()
    }

    /// Whether somebody waits for the answers of a request.
    pub fn is_awaited(&self, id: u64) -> bool {
        self.work.search == Some(id) || self.keywords.iter().any(|k| k.awaited == Some(id))
    }

    /// Whether there are searches to be carried out.
    pub fn has_requests(&self) -> bool {
        !self.work.requests.is_empty()
    }

    /// The searches to be carried out; they are not given out again.
    pub fn take_requests(&mut self) -> Vec<Request> {
        std::mem::take(&mut self.work.requests)
    }

    /// Takes an answer. True where it was about the search.
    pub fn take(&mut self, answer: Answer) -> bool {
        if let Some(keyword) = self
            .keywords
            .iter_mut()
            .find(|k| k.awaited == Some(answer.id))
        {
            keyword.matches = answer.matches;
            keyword.awaited = keyword.awaited.filter(|_| !answer.done);
            return false;
        }
        if self.work.search != Some(answer.id) {
            return false;
        }
        let here = self
            .current
            .and_then(|i| self.matches.spans.get(i))
            .copied();
        self.matches = answer.matches;
        self.current = here.and_then(|span| self.matches.spans.binary_search(&span).ok());
        if answer.done {
            self.work.search = None;
        }
        let near = answer.done && self.matches.is_empty();
        if self.offers.chosen.is_none() {
            self.offers = Offers {
                words: if near {
                    answer.near
                } else {
                    self.matches.words.clone()
                },
                chosen: None,
                near,
            };
        }
        true
    }

    /// Remembers what was searched.
    pub fn remember(&mut self, typed: &str) {
        self.history.retain(|h| h != typed);
        self.history.push(typed.to_owned());
    }

    /// The next or previous hit from `focus`, `count` further; and whether the
    /// search went past an end of the text.
    pub fn step(&self, focus: Pos, forward: bool, count: usize) -> Option<(usize, bool)> {
        let n = self.matches.len();
        if n == 0 {
            return None;
        }
        let here = self
            .current
            .filter(|&i| self.matches.spans.get(i).is_some_and(|s| s.start == focus));
        let (first, wrapped) = match (here, forward) {
            (Some(i), true) => ((i + 1) % n, i + 1 == n),
            (Some(i), false) => ((i + n - 1) % n, i == 0),
            (None, true) => self
                .matches
                .at_or_after(focus)
                .map_or((0, true), |i| (i, false)),
            (None, false) => self
                .matches
                .before(focus)
                .map_or((n - 1, true), |i| (i, false)),
        };
        let more = (count - 1) % n;
        let target = if forward {
            (first + more) % n
        } else {
            (first + n - more) % n
        };
        let passed = if forward {
            target < first
        } else {
            target > first
        };
        Some((target, wrapped || passed))
    }

    /// Adds a keyword, or takes it back where it is one already. Returns it,
    /// or `None` where it was taken back.
    pub fn toggle_keyword(&mut self, document: &Arc<Document>, query: Query) -> Option<&Keyword> {
        if let Some(at) = self.keywords.iter().position(|k| k.query == query) {
            self.keywords.remove(at);
            return None;
        }
        self.add_keyword(document, query, None, None, true);
        self.keywords.last()
    }

    /// Adds a keyword, unless it is one already. Without a colour it takes the
    /// first that is free.
    pub fn add_keyword(
        &mut self,
        document: &Arc<Document>,
        query: Query,
        colour: Option<usize>,
        name: Option<String>,
        on: bool,
    ) {
        if self.keywords.iter().any(|k| k.query == query) {
            return;
        }
        let free = (0..COLOURS).find(|c| self.keywords.iter().all(|k| k.colour != *c));
        let colour = colour.or(free).unwrap_or(self.keywords.len()) % COLOURS;
        let mut keyword = Keyword {
            query,
            matches: Matches::default(),
            colour,
            name,
            on,
            awaited: None,
        };
        keyword.look(document, &mut self.work);
        self.keywords.push(keyword);
    }

    /// The keywords that are shown.
    pub fn shown(&self) -> impl DoubleEndedIterator<Item = &Keyword> {
        self.keywords.iter().filter(|k| k.on)
    }

    /// Looks for everything again in another document.
    pub fn reopen(&mut self, document: &Arc<Document>) {
        let query = self.query.take();
        self.work.requests.clear();
        self.search(document, query, Span::default());
        self.origin = None;
        for keyword in &mut self.keywords {
            keyword.look(document, &mut self.work);
        }
    }

    /// Looks for everything in a document that begins with the one before: what
    /// was found stays until the rest is.
    pub fn grow(&mut self, document: &Arc<Document>, seen: Span) {
        self.work.requests.clear();
        let here = self
            .current
            .and_then(|i| self.matches.spans.get(i))
            .copied();
        if let Some(query) = self.query.clone() {
            if document.text().len() <= self.work.short {
                let waits = self.work.waits_at;
                self.search(document, Some(query), seen);
                self.work.waits_at = waits;
            } else {
                self.work.search = Some(self.work.ask(
                    &query,
                    document,
                    line_start(document, seen.start),
                ));
            }
            self.current = here.and_then(|span| self.matches.spans.binary_search(&span).ok());
        }
        for keyword in &mut self.keywords {
            keyword.grow(document, &mut self.work);
        }
    }

    /// How the hits were found, where there are any.
    pub fn kind(&self) -> Option<Kind> {
        (!self.matches.is_empty()).then_some(self.matches.kind)
    }
}

impl Keyword {
    fn grow(&mut self, document: &Arc<Document>, work: &mut Work) {
        let known = std::mem::take(&mut self.matches);
        self.look(document, work);
        if self.is_counting() {
            self.matches = known;
        }
    }

    fn look(&mut self, document: &Arc<Document>, work: &mut Work) {
        if document.text().len() <= work.short {
            self.matches = self.query.find(document.text());
            self.awaited = None;
        } else {
            self.matches = Matches::default();
            self.awaited = Some(work.ask(&self.query, document, 0));
        }
    }
}

/// The hits on the screen, before all others are known.
fn glance(query: &Query, document: &Document, seen: Span) -> Matches {
    let mut found = Found::default();
    query.search(document.text(), seen.range(), &mut found);
    query.settle(document.text(), &found)
}

/// Where the block that holds `pos` begins.
fn line_start(document: &Document, pos: Pos) -> usize {
    document
        .block_at(pos)
        .and_then(|i| document.blocks().get(i))
        .map_or(0, |b| b.span.start.byte())
}
