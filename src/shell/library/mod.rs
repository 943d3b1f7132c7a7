//! The library on disk: what is known of all articles below some folders.
//!
//! 1. [`folders`]: those of the settings; [`walk`]: the files of articles below one.
//! 2. [`schema`]: the cache, one `SQLite` file that may be deleted at any time; [`rows`]: what it
//!    has of an article; [`places`]: the paragraph and the headings of every position of a text.
//! 3. [`article_file`]: reads a file for the cache. [`refresh`]: brings the cache up to date with
//!    the files of a folder; [`lease`]: one program at a time does. [`folder_watch`]: tells while
//!    one reads that files have changed.
//! 4. [`cache`]: all of that as programs use it; [`shelf_thread`]: the thread that has it while
//!    one reads; [`answers`]: its answers to the pages about many articles, by [`collect_hits`],
//!    [`compare_texts`], [`count_terms`] (on [`two_threads`]), [`like_points`], [`read_twin`], [`salient_phrases`].

mod answers;
pub mod article_file;
pub(crate) mod cache;
pub(crate) mod collect_hits;
mod compare_texts;
mod count_terms;
mod folder_watch;
pub(crate) mod folders;
pub(crate) mod lease;
pub(crate) mod like_points;
mod page_fit;
pub(crate) mod places;
mod read_twin;
pub(crate) mod refresh;
pub(crate) mod rows;
pub(crate) mod salient_phrases;
pub(crate) mod schema;
pub(crate) mod shelf_thread;
pub(crate) mod two_threads;
pub(crate) mod walk;
