//! Knowledge about many articles at once. Pure: it opens no file and knows no database.
//!
//! 1. [`entry`]: an article as a list shows it; [`day`]: its date as a number.
//! 2. [`request`]: what is typed into the box of the shelf: words of the text and filters by
//!    facts. [`scan`]: its hits in one article; [`concordance`]: those of many, aligned.
//! 3. [`order`]: the orders of a list; [`rank`]: relevance, by BM25.
//! 4. [`copies`]: articles that are copies of each other, by the phrases that they share;
//!    [`original`]: the one that stands for them;
//!    [`passage`]: the articles that hold a given text; [`differences`]: those of two texts.
//! 5. [`likeness`]: points in like words; [`wording`]: the words that are compared.
//! 6. [`count`]: the hits of some terms in many articles; [`division`] divides the
//!    articles, [`term_table`]: tables of them,
//!    and [`term_sheet`] their rows as text; [`sheet`]: those of any list.
//! 7. [`phrases`]: the phrases that some articles have more often than others.

pub mod concordance;
pub mod copies;
pub mod count;
pub mod day;
pub mod differences;
pub mod division;
pub mod entry;
pub mod likeness;
pub mod order;
pub mod original;
pub mod passage;
pub mod phrases;
pub mod rank;
pub mod request;
pub mod scan;
pub mod sheet;
pub mod term_sheet;
pub mod term_table;
pub mod wording;

/// Returns a number of things as a number to calculate with.
pub(crate) fn quantity(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

pub use day::Day;
pub use entry::LibraryEntry;
pub use request::LibraryQuery;
