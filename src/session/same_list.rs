//! The list of the articles that hold a text: copies of an article, or where a passage stands.

use super::list::List;
use crate::document::Document;
use crate::library::LibraryEntry;
use crate::library::entry::ArticleId;
use crate::text::Span;
use std::path::PathBuf;
use std::sync::Arc;

/// The list of the articles that hold a text.
#[derive(Clone, Debug, Default)]
pub struct SameList {
    /// The text that is asked about.
    pub asked: Option<SameAsked>,
    /// The title of its article, or its beginning.
    pub name: String,
    /// The file of the article that it is from, where that is open.
    pub own: Option<PathBuf>,
    /// The articles, the earliest first.
    pub rows: Vec<SameArticle>,
    /// The choice among these.
    pub list: List,
    /// Articles that were looked at, and all that are to be.
    pub progress: (usize, usize),
    /// True while articles are looked at.
    pub is_running: bool,
}

/// A text that is asked about.
#[derive(Clone, Debug)]
pub enum SameAsked {
    /// That of the open article.
    Open(Arc<Document>),
    /// That of an article of the shelf.
    Listed(ArticleId),
    /// A passage of the open article.
    Passage(String, Arc<Document>),
}

/// An article that holds a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameArticle {
    /// The article.
    pub entry: LibraryEntry,
    /// The part of the text that it holds, in per cent, rounded down.
    pub share: usize,
    /// The part of it that the text holds.
    pub of: usize,
    /// The stretch of its text that holds it.
    pub place: Option<Span>,
}

impl SameList {
    /// Makes a list that is still to be filled.
    pub(crate) fn of(asked: SameAsked, name: String) -> Self {
        Self {
            asked: Some(asked),
            name,
            is_running: true,
            ..Self::default()
        }
    }

    /// Returns whether a passage is asked about.
    pub fn is_passage(&self) -> bool {
        matches!(self.asked, Some(SameAsked::Passage(..)))
    }

    /// Returns whether a row is the article that the text is from.
    pub fn is_own(&self, article: &SameArticle) -> bool {
        match self.asked {
            Some(SameAsked::Listed(id)) => article.entry.id == id,
            _ => self.own.as_ref() == Some(&article.entry.path),
        }
    }

    /// Returns the number of the other articles.
    pub fn others(&self) -> usize {
        let others = self.rows.iter().filter(|article| !self.is_own(article));
        others.count()
    }

    /// Lists the articles that were found. The chosen one stays chosen; at first that is the first
    /// copy, which the article itself is not, or the first that holds a passage.
    pub(super) fn show(&mut self, rows: Vec<SameArticle>) {
        let chosen = self.rows.get(self.list.item()).map(|row| row.entry.id);
        self.rows = rows;
        self.is_running = false;
        let wanted = |row: &SameArticle| match chosen {
            Some(id) => row.entry.id == id,
            None => self.is_passage() || !self.is_own(row),
        };
        let at = self.rows.iter().position(wanted);
        self.list.choose(at.unwrap_or_default());
    }
}
