//! The articles that were read last.

/// An article that was opened, as the list of those shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecentArticle {
    /// The paths at which the store saw it, the one to open first.
    pub paths: Vec<String>,
    /// Its title.
    pub title: String,
    /// The part of it that was read, 0 to 100.
    pub per_cent: usize,
    /// The time at which it was read last, in seconds since 1970.
    pub at: i64,
    /// True for the article that is open.
    pub is_open: bool,
    /// True where none of the paths leads to it any more.
    pub is_gone: bool,
}

impl RecentArticle {
    /// Returns the path to open.
    pub fn path(&self) -> &str {
        self.paths.first().map_or("", String::as_str)
    }
}
