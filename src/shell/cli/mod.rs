//! The command line: arguments, and what is printed without a reader.

pub mod args;
pub(crate) mod drill;
pub(crate) mod exchange;
pub(crate) mod export;
pub(crate) mod find;
#[cfg(test)]
mod gold;
pub(crate) mod keywords;
pub(crate) mod library;
pub mod options;
pub mod outline;
pub mod print;
pub(crate) mod records;
pub mod report;
pub(crate) mod sheet;
pub(crate) mod state;
pub(crate) mod stats;
