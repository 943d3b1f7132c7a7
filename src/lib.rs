//! jingdu (精读): a terminal reader for long-form Chinese commentary.
//!
//! The road from bytes to screen, in the order of the folders:
//!
//! ```text
//! bytes → source → format → Document → outline → Outline
//!                              ├→ search  → Matches
//!                              └→ layout  → Rows
//! input → command → update(&mut Session) → Effect → shell
//!                   view: draw(&Session, &Theme, &mut Buffer)
//! ```
//!
//! A module uses modules of lower floors only; `tests/floors.rs` holds that.
//! ARCHITECTURE.md has the map and the invariants.

#![allow(
    rustdoc::private_intra_doc_links,
    reason = "a module's header names its files, the private ones too"
)]

pub mod command;
pub mod document;
pub mod format;
pub mod layout;
pub mod library;
pub mod outline;
pub mod search;
pub mod session;
pub mod shell;
pub mod source;
pub mod text;
pub mod view;
