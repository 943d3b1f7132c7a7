//! All integration tests in one binary, so that linking happens once.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::too_many_lines,
    clippy::cognitive_complexity,
    reason = "a panic is the report, and a test is read from top to bottom"
)]

mod across;
mod books;
mod conformance;
mod corpus_documents;
mod counting;
mod derived;
mod drilling;
mod encodings;
mod faults;
mod field;
mod finding;
mod floors;
mod gate;
mod hostile;
mod hostile_kinds;
mod inputs;
mod job_control;
mod kept;
mod laws;
mod library;
mod library_find;
mod many_articles;
mod memory;
mod memory_faults;
mod notes;
mod outline_laws;
mod outline_points;
mod outline_rules;
mod pages;
mod screens;
mod scripts;
mod search_laws;
mod seed;
mod shelf;
mod shipped;
mod store;
mod structure_cases;
mod support;
mod term_tables;
mod terminal;
mod themes;
