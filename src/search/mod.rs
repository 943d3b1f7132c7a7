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
//!
//! One text, and the ways to ask for what is in it:
//!
//! ```
//! use jingdu::search::{MatchKind, Query};
//!
//! let text = "渡口重修以后，老人說：“這個渡口重要。”\n渡\n　　口还是那个渡口。";
//! let found = |typed| {
//!     let matches = Query::new(typed).unwrap().find(text);
//!     let hits: Vec<&str> = matches.spans.iter().map(|span| span.of(text)).collect();
//!     (matches.kind, hits)
//! };
//! // either script, and over a line break
//! assert_eq!(found("渡口").1, ["渡口", "渡口", "渡\n　　口", "渡口"]);
//! assert_eq!(found("老人说"), (MatchKind::Variant, vec!["老人說"]));
//! // by the first letters or the whole sound of Han, whichever reading is meant
//! assert_eq!(found("chongx"), (MatchKind::Sound, vec!["重修"]));
//! assert_eq!(found("zgdk"), (MatchKind::Sound, vec!["這個渡口"]));
//! // several words in one paragraph, and a pattern
//! assert_eq!(found("老人 重要").1, ["老人", "重要"]);
//! assert_eq!(found("/重./"), (MatchKind::Pattern, vec!["重修", "重要"]));
//! ```

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
