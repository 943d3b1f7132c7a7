//! A loaded article, as a thread hands it over.

use crate::session::Article;
use crate::shell::error::Error;
use crate::shell::os::files::Stamp;
use std::sync::Arc;
use std::time::Duration;

/// An article that was loaded.
pub struct Loaded {
    /// The article, or its head.
    pub article: Article,
    /// The state of its file when it was read.
    pub stamp: Option<Stamp>,
    /// The bytes of a short pipe that has come whole.
    pub bytes: Option<Arc<[u8]>>,
    /// The time that it took.
    pub cost: Duration,
}

/// The result of a load.
pub(crate) type Load = Result<Loaded, Error>;
