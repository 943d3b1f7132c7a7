//! Bytes to clean text: the gate that every file passes once.
//!
//! 1. [`decode`] says which encoding the bytes are in and turns them into text;
//!    a bad byte costs one replacement mark.
//! 2. [`sanitize`] makes line ends `\n` and removes what must never reach a
//!    terminal: control, escape and bidi characters.
//! 3. [`book`] unpacks an EPUB, whose chapters pass the same gate one by one.
//!
//! Knows nothing of documents; nothing here fails, but that an archive may be no book.

pub mod book;
pub mod decode;
pub mod sanitize;

use std::sync::Arc;

/// A file's text, ready to be parsed, and what was found on the way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The text: line ends are `\n`, no control or bidi character is left.
    pub text: String,
    /// The encoding's name, as `--encoding` takes it: `UTF-8`, `GB18030`, …
    pub encoding: &'static str,
    /// Whether the encoding was guessed, not stated by a mark or the user.
    pub guessed: bool,
    /// Replacement marks that stand for bytes that could not be read.
    pub bad_bytes: usize,
    /// Control, escape and bidi characters that were removed.
    pub removed: usize,
    /// What is known of the text beside it, where it is that of a book.
    pub book: Option<Arc<book::Book>>,
}

/// Decodes and cleans a file. `encoding` overrules the guess; a name that is
/// not known counts as not given (`shell` checks it before).
#[must_use]
pub fn read(bytes: &[u8], encoding: Option<&str>) -> Source {
    let decoded = decode::decode(bytes, encoding);
    let (text, removed) = sanitize::sanitize(decoded.text);
    Source { text, encoding: decoded.encoding, guessed: decoded.guessed, bad_bytes: decoded.bad_bytes, removed, book: None }
}
