//! Files of the reader's marks and lists: what stands in them, their names, and how they are
//! written.
//!
//! 1. `markdown` makes the pieces of an export of the marks of articles.
//! 2. `merge` merges them into a file that the reader may have changed.
//! 3. `names` lists the names that the file of an article may have.
//! 4. `written` writes private files whole or not at all, through no link.
//! 5. `of_article` finds the file of an article and brings it up to date.

pub(crate) mod markdown;
pub(crate) mod merge;
#[cfg(test)]
mod merge_cases;
pub(crate) mod names;
pub(crate) mod of_article;
pub(crate) mod written;
