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
//!
//! One line of Chinese, and what the floors above ask of it:
//!
//! ```
//! use jingdu::text::cluster::clusters;
//! use jingdu::text::fold::compared;
//! use jingdu::text::{Span, WidthPolicy, letter, numeral, sentence};
//!
//! let text = "“第十二渡口”修好了！老人說：好事一件。";
//! // a place is a span of bytes on the boundaries of clusters
//! let start = text.find("十二").unwrap();
//! let number = Span::new(start, start + "十二".len());
//! assert_eq!(numeral::han(number.of(text)), Some(12));
//! // a terminal has cells, and terminals disagree about the width of “ ”
//! assert_eq!(clusters(text).count(), 20);
//! assert_eq!(WidthPolicy::NARROW.text(text), 38);
//! assert_eq!(WidthPolicy::WIDE.text(text), 40);
//! // its length is counted in 字数, and its marks end sentences
//! assert_eq!(letter::words(text), 15);
//! assert_eq!(sentence::next_start(text).map(|at| &text[at..]), Some("老人說：好事一件。"));
//! // texts are compared in one script, one width and one form of each mark
//! assert!(compared("老人說：「好事」").eq(compared("老人说:“好事”")));
//! ```

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
