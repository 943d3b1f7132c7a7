//! The only door to the operating system: no other file names `std::os`, rustix or signals.
//!
//! 1. [`files`]: which file a path leads to, its kind, private files, free space.
//! 2. [`process`]: signals, suspending, waiting for a child.
//! 3. [`reason`]: its errors in the user's language.
//! 4. [`wait`]: waits until the terminal or a pipe has bytes.
//!
//! Unix only: Linux is tested; macOS and the BSDs are built to.

pub(crate) mod files;
pub(crate) mod process;
pub(crate) mod reason;
pub(crate) mod wait;
