//! The reader's program: [`start`] opens what was asked for, the [`event_loop`] runs until the end.

pub mod autosave;
mod browser;
pub(crate) mod clipboard;
mod comparison;
pub(crate) mod editor;
pub(crate) mod effects;
pub(crate) mod event_loop;
mod exports;
pub mod inbox;
pub(crate) mod keyword_sets;
pub(crate) mod recent;
pub(crate) mod shelf;
pub(crate) mod standing;
pub(crate) mod start;
pub(crate) mod unwritten;
pub(crate) mod worker;
