//! The articles with cards that are due.

/// An article whose cards are asked again, as the list of those shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DueArticle {
    /// The paths at which the store saw it, the one to open first.
    pub paths: Vec<String>,
    /// Its title.
    pub title: String,
    /// The day since which its first card is due: `2026-11-23`.
    pub day: String,
    /// The number of cards that are due.
    pub cards: usize,
}

/// The cards that are due, and the next ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DueList {
    /// The articles with cards that are due.
    pub articles: Vec<DueArticle>,
    /// The next day on which others are, and the number of those.
    pub next: Option<(String, usize)>,
}

impl DueArticle {
    /// Returns the path to open.
    pub fn path(&self) -> &str {
        self.paths.first().map_or("", String::as_str)
    }
}
