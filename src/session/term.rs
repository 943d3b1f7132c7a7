//! A keyword as it is kept, and the articles that it belongs to.

/// The articles in which a keyword is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeywordScope {
    /// The one that it was added in.
    #[default]
    Article,
    /// Every one: it is part of the standing set.
    Everywhere,
}

/// A keyword without its hits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// The text to look for, as one types it.
    pub text: String,
    /// The reader's name for it.
    pub name: Option<String>,
    /// Its colour, from 0; the first free one for `None`.
    pub colour: Option<usize>,
    /// Shown, or only counted.
    pub on: bool,
}

impl Term {
    /// Makes a term that is shown, in the first free colour.
    pub fn plain(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            on: true,
            ..Self::default()
        }
    }
}
