//! Opens articles: finds files, reads them, watches them.

pub(crate) mod encodings;
pub mod input;
pub mod item;
pub mod loaded;
pub(crate) mod loading;
pub(crate) mod newsboat;
pub mod open_article;
pub mod pipe;
pub mod shelf_files;
pub mod watch;
