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
//!
//! Three articles, of which one is a copy, and a word counted in them by years:
//!
//! ```
//! use jingdu::library::copies::{FingerprintedArticle, fingerprint, group, title_number};
//! use jingdu::library::count::{CountedTerm, TermCounter};
//! use jingdu::library::division::Division;
//! use jingdu::library::term_table::TermTable;
//! use jingdu::library::{Day, LibraryEntry};
//!
//! let ferry = "渡口修好了，船多了，等船的人少了。老人们说，修渡口就是修人心，人心齐了，路就通了。".repeat(4);
//! let texts = [
//!     ("2019-05-01", ferry.as_str()),
//!     ("2019-05-03", ferry.as_str()),
//!     ("2021-03-08", "渡口要有人管。管渡口的人不能总换，换一次就要从头学起。"),
//! ];
//! // a copy is an article that shares its phrases with an earlier one
//! let articles: Vec<FingerprintedArticle> = (1..).zip(texts).map(|(id, (day, text))| {
//!     let (day, numbers) = (Day::read(day), fingerprint(text));
//!     FingerprintedArticle { id, day, title: title_number("渡口"), numbers }
//! }).collect();
//! let copies = group(&articles);
//! assert_eq!(copies.get(&2), Some(&1));
//! assert_eq!(copies.len(), 1);
//!
//! // the hits of a term, article by article, divided by years; those in a copy count once
//! let terms = [CountedTerm::parse("渡口").unwrap().unwrap()];
//! let mut counter = TermCounter::new(&terms);
//! for (article, (_, text)) in articles.iter().zip(texts) {
//!     let entry = LibraryEntry { id: article.id, day: article.day, ..LibraryEntry::default() };
//!     counter.add(entry.into(), text, &|_| true);
//! }
//! let mut counts = counter.finish();
//! counts.leave_out_copies(&copies);
//! let table = TermTable::of(&counts, Division::Year);
//! let hits: Vec<usize> = (0..table.buckets.len()).map(|year| table.cell(0, year).hits).collect();
//! assert_eq!(hits, [8, 0, 2]);
//! ```

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
