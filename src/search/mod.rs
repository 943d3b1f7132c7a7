//! Finds text in a document, however it is typed.
//!
//! 1. [`query`]: what was typed, compiled: words, letters, `"exact"`, `/pattern/`.
//! 2. [`folded`]: a word in all its forms ([`variants`]: 简繁, width, case,
//!    quotes), also over a line break. [`sound`]: Han by letters.
//! 3. [`mod@matches`]: the hits, sorted and disjoint, as spans of the text.
//! 4. [`slices`]: the same search bit by bit, for a text too long for one key.
//! 5. [`presence`]: which of many queries may be in a text at all.
//! 6. [`near`]: what to offer where nothing was found. [`terms`]: the words that
//!    are an article's own.
//!
//! Searches the text, never rows: a hit may lie across two of them. Everything
//! takes time in proportion to the text. Knows nothing of outline, layout or
//! screens.

pub mod folded;
pub mod matches;
pub mod near;
mod pattern;
pub mod presence;
pub mod query;
pub mod slices;
pub mod sound;
pub mod terms;
pub mod variants;

pub use matches::{MatchKind, Matches, Word};
pub use query::{Fault, How, Query};
pub use slices::{Answer, Request};
