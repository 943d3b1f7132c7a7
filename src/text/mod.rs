//! Characters and positions: what every other floor counts in.
//!
//! 1. [`Pos`] and [`Span`]: the one coordinate, bytes in a document's text.
//! 2. [`cluster`]: grapheme clusters (UAX #29), the smallest thing ever cut.
//! 3. [`width`]: the terminal cells of a cluster.
//! 4. [`numeral`]: 一 十 廿, ①, （三） read as numbers; [`natural`]: names in their order.
//! 5. [`fold`]: what counts as equal when searching.
//! 6. [`script`]: traditional Han read as simplified ones.
//! 7. [`han`], [`letter`]: which characters are Han and letters, and how many there are.
//! 8. [`words`]: lists of words as data.
//! 9. [`sentence`]: where sentences and clauses end.
//! 10. [`key`]: a key press and its notation.
//! 11. [`lang`]: the user's language, and strings that exist in both.
//!
//! Knows nothing of documents, files or screens.

#[cfg(test)]
pub(crate) mod cases;
pub mod cluster;
pub mod fold;
pub mod han;
pub mod key;
pub mod lang;
pub mod letter;
pub mod natural;
pub mod numeral;
pub mod script;
pub mod sentence;
pub mod span;
pub mod width;
pub mod words;

pub use lang::{Lang, Say};
pub use span::{Pos, Span};
pub use width::{Ambiguous, WidthPolicy};
