//! The command line: arguments, and what is printed without a reader.

pub mod args;
pub mod export;
pub mod find;
pub mod print;
pub mod report;
pub mod state;
pub mod stats;
