//! Two articles as skeletons side by side: what is compared, the choice on each side.
//!
//! The world reads the articles and finds the points in like words; all else is decided here.

use super::article::Article;
use super::like_list::words_of_entry;
use super::list::List;
use super::motion;
use crate::document::Document;
use crate::library::likeness::LikenessIndex;
use crate::library::wording::Wording;
use crate::outline::{Entry, Outline};
use crate::search::{Matches, Query};
use crate::text::Span;
use std::path::PathBuf;
use std::sync::Arc;

/// The page of two skeletons.
#[derive(Clone, Debug, Default)]
pub struct TwinPage {
    /// The articles that are compared.
    pub asked: Option<TwinAsked>,
    /// Both, once they are read.
    pub read: Option<Arc<TwinArticles>>,
    /// The reason why they cannot be compared, in both languages.
    pub fault: Option<(String, String)>,
    /// The choice on each side.
    pub lists: [List; 2],
    /// The side that has the keys: 0 or 1.
    pub side: usize,
}

/// The articles to compare.
#[derive(Clone, Debug)]
pub struct TwinAsked {
    /// The left and the right one.
    pub articles: [TwinSource; 2],
    /// Words whose hits are counted.
    pub terms: Vec<TwinTerm>,
}

/// An article to compare.
#[derive(Clone, Debug)]
pub enum TwinSource {
    /// The open one, and its file where it has one.
    Open(TwinText, Option<PathBuf>),
    /// That of a file of the shelf.
    File(PathBuf),
}

/// An article as it is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TwinText {
    /// Its title.
    pub title: String,
    /// Its date and its source.
    pub facts: [Option<String>; 2],
    /// Its length in characters.
    pub length: usize,
    /// Its text.
    pub document: Arc<Document>,
    /// Its outline.
    pub outline: Arc<Outline>,
}

impl TwinText {
    /// Takes an article.
    pub fn of(article: &Article) -> Self {
        let facts = article.facts();
        Self {
            title: article.title().to_owned(),
            facts: [facts.date.clone(), facts.source.clone()],
            length: article.length,
            document: article.shared(),
            outline: Arc::clone(&article.outline),
        }
    }

    /// Returns the text of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.document.slice(span)
    }
}

/// A word whose hits are counted: of the search, or a keyword with its colour.
#[derive(Clone, Debug, PartialEq)]
pub struct TwinTerm {
    /// The query.
    pub query: Query,
    /// The colour; `None` for the search.
    pub colour: Option<usize>,
}

/// Two articles that were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TwinArticles {
    /// The left and the right one.
    pub sides: [TwinSide; 2],
    /// The entries of both outlines that are in like words, in the order of the left ones.
    pub pairs: Vec<(usize, usize)>,
    /// The words whose hits are counted, with their colours; none for what is searched for.
    pub terms: Vec<(String, Option<usize>)>,
}

/// One of two articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TwinSide {
    /// Its file, where it has one.
    pub path: Option<PathBuf>,
    /// Its text and its facts.
    pub text: TwinText,
    /// The hits of each term, in all of it and in each entry.
    pub hits: TwinHits,
    /// The first sentence of its first paragraph.
    pub opening: Span,
    /// The first sentence of its last paragraph, if that is another one.
    pub closing: Span,
}

/// The hits of some terms in an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TwinHits {
    /// Those in the whole text.
    pub all: Vec<usize>,
    /// Those in each entry of the outline.
    pub by_entry: Vec<Vec<usize>>,
}

impl TwinSide {
    /// Describes an article.
    pub fn of(text: TwinText, path: Option<PathBuf>, terms: &[TwinTerm]) -> Self {
        let document = Arc::clone(&text.document);
        let find = |term: &TwinTerm| term.query.find(document.text());
        let found: Vec<Matches> = terms.iter().map(find).collect();
        let of_entry = |entry: &Entry| found.iter().map(|m| m.count_in(entry.span)).collect();
        let sentence = |number| {
            let block = document.nth_paragraph(number);
            let block = block.and_then(|block| document.blocks().get(block));
            block.map_or(Span::default(), |block| {
                motion::sentence_span(&document, block.span.start)
            })
        };
        let last = document.paragraphs();
        Self {
            path,
            hits: TwinHits {
                all: found.iter().map(Matches::len).collect(),
                by_entry: text.outline.entries.iter().map(of_entry).collect(),
            },
            opening: sentence(1),
            closing: Some(last)
                .filter(|last| *last > 1)
                .map_or(Span::default(), sentence),
            text,
        }
    }

    /// Returns the entries of its outline.
    pub fn entries(&self) -> &[Entry] {
        &self.text.outline.entries
    }

    /// Returns the indices of the entries that say something, and their wordings.
    fn wordings(&self) -> (Vec<usize>, Vec<Wording>) {
        let entries = self.entries().iter().enumerate();
        let TwinText {
            document, outline, ..
        } = &self.text;
        let wording = |entry: &Entry| words_of_entry(document, outline, entry).1;
        entries
            .filter(|(_, entry)| !entry.kind.is_quiet())
            .map(|(at, entry)| (at, wording(entry)))
            .unzip()
    }
}

impl TwinArticles {
    /// Finds what two articles have in like words.
    pub fn of(sides: [TwinSide; 2], terms: &[TwinTerm], index: &LikenessIndex) -> Self {
        let [left, right] = sides.each_ref().map(TwinSide::wordings);
        let pairs = index.pairs(&left.1, &right.1).into_iter();
        let entries = |(l, r): (usize, usize)| Some((*left.0.get(l)?, *right.0.get(r)?));
        let mut pairs: Vec<(usize, usize)> = pairs.filter_map(entries).collect();
        pairs.sort_unstable();
        Self {
            sides,
            pairs,
            terms: terms
                .iter()
                .map(|term| (term.query.typed().to_owned(), term.colour))
                .collect(),
        }
    }

    /// Returns the number of the pair that an entry of a side belongs to.
    pub fn pair_of(&self, side: usize, entry: usize) -> Option<usize> {
        let own = |pair: &(usize, usize)| if side == 0 { pair.0 } else { pair.1 };
        self.pairs.iter().position(|pair| own(pair) == entry)
    }

    /// Returns the entry of the other side that is in like words.
    pub fn partner(&self, side: usize, entry: usize) -> Option<usize> {
        let (left, right) = self.pairs.get(self.pair_of(side, entry)?)?;
        Some(if side == 0 { *right } else { *left })
    }
}

/// Returns the mark of a pair: a letter, behind these a number.
pub fn pair_mark(number: usize) -> String {
    let letters = ('a'..='z').chain('A'..='Z');
    let letter = letters.clone().nth(number);
    letter.map_or_else(|| number.to_string(), |letter| letter.to_string())
}

impl TwinPage {
    /// Makes a page that is still to be filled.
    pub(crate) fn of(asked: TwinAsked) -> Self {
        Self {
            asked: Some(asked),
            ..Self::default()
        }
    }

    /// Takes the articles, or why they cannot be compared.
    pub(super) fn show(&mut self, read: Result<Arc<TwinArticles>, (String, String)>) {
        match read {
            Ok(articles) => self.read = Some(articles),
            Err(fault) => self.fault = Some(fault),
        }
    }

    /// Returns the list of the side that has the keys.
    pub(crate) fn list(&self) -> &List {
        let [left, right] = &self.lists;
        if self.side == 0 { left } else { right }
    }

    /// Returns the list of the side that has the keys, to be changed.
    pub(crate) fn list_mut(&mut self) -> &mut List {
        let [left, right] = &mut self.lists;
        if self.side == 0 { left } else { right }
    }

    /// Returns one of the two articles.
    pub fn side(&self, side: usize) -> Option<&TwinSide> {
        self.read.as_ref()?.sides.get(side)
    }

    /// Returns the number of entries of a side.
    pub fn len(&self, side: usize) -> usize {
        self.side(side).map_or(0, |side| side.entries().len())
    }

    /// Returns the chosen entry of the side that has the keys.
    pub(crate) fn chosen(&self) -> usize {
        self.list().item()
    }

    /// Returns the entry of the other side that is like the chosen one.
    pub fn partner(&self) -> Option<usize> {
        self.read.as_ref()?.partner(self.side, self.chosen())
    }

    /// Chooses on the other side the entry that is like the chosen one, where there is one, and
    /// keeps the choice of both on a screen of `height` rows.
    pub(crate) fn follow(&mut self, height: usize) {
        let (partner, other) = (self.partner(), 1 - self.side.min(1));
        let count = self.len(other);
        if let Some(list) = self.lists.get_mut(other) {
            if let Some(partner) = partner {
                list.choose(partner);
            }
            let len = list.len(count);
            list.follow(len, height);
        }
    }

    /// Goes to the next entry that has a like one on the other side, or the one before; returns
    /// whether there is one.
    pub(crate) fn step_pair(&mut self, forward: bool) -> bool {
        let Some(read) = &self.read else { return false };
        let (side, Some(list)) = (self.side, self.lists.get_mut(self.side)) else {
            return false;
        };
        let rows = list.len(read.sides.get(side).map_or(0, |s| s.entries().len()));
        let has_pair = |row: &usize| read.pair_of(side, list.item_of(*row)).is_some();
        let found = if forward {
            (list.selected + 1..rows).find(has_pair)
        } else {
            (0..list.selected).rev().find(has_pair)
        };
        if let Some(row) = found {
            list.selected = row;
        }
        found.is_some()
    }
}
