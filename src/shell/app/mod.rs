//! The reader's program: it opens what was asked for, and runs until the end.
//!
//! 1. [`start`]: what is read, on which shelf, from which place.
//! 2. [`event_loop`]: waits, takes all that came, updates, draws. [`effects`]: what an input
//!    asks of the world.
//! 3. [`inbox`]: the one place that waits. [`worker`]: long work on threads.
//! 4. [`autosave`]: between the session and the store.
//! 5. [`clipboard`], [`editor`], [`keyword_sets`]: other programs and files of the reader.

pub mod autosave;
pub(crate) mod clipboard;
pub(crate) mod editor;
pub(crate) mod effects;
pub(crate) mod event_loop;
pub mod inbox;
pub(crate) mod keyword_sets;
pub(crate) mod start;
pub(crate) mod worker;
