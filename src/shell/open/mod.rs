//! Opens articles: finds files, reads them, watches them.

pub mod current;
pub mod input;
pub mod library;
pub mod loader;
pub mod pieces;
pub mod watch;
