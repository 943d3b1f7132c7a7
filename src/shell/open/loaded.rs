//! An article as a thread hands it over.

use crate::session::Article;
use crate::shell::error::Error;
use crate::shell::os::files::Stamp;
use std::time::Duration;

/// An article that was loaded.
pub struct Loaded {
    /// The article, or its head.
    pub article: Article,
    /// The state of its file when it was read.
    pub stamp: Option<Stamp>,
    /// How long that took.
    pub cost: Duration,
}

/// What a thread hands over.
pub(crate) type Load = Result<Loaded, Error>;
