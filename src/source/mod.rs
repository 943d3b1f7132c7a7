//! Bytes to clean text: the gate that every file passes once.
//!
//! 1. [`decode`] says which encoding the bytes are in and turns them into text;
//!    a bad byte costs one replacement mark. [`detect`] ranks the encodings by what
//!    reads as text ([`common`]), [`path`] reads ([`scheme`]s), [`mixed`] takes lines of
//!    several encodings, [`kind`] knows what is no text.
//! 2. [`sanitize`] makes line ends `\n` and removes what must never reach a
//!    terminal: control characters, [`escape`] sequences, bidi characters, [`piles`] of
//!    characters that would be one.
//!
//! Knows nothing of documents; nothing here fails.

mod common;
pub mod decode;
mod detect;
mod escape;
mod kind;
mod mixed;
mod path;
pub mod piles;
pub mod sanitize;
mod scheme;

/// A file's text, ready to be parsed, and what was found on the way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The text: line ends are `\n`, no control or bidi character is left.
    pub text: String,
    /// The encoding's name, as `--encoding` takes it: `UTF-8`, `GB18030`, …
    pub encoding: &'static str,
    /// Whether the encoding was guessed, not stated by a mark or the user.
    pub guessed: bool,
    /// How sure the encoding is, per cent; 100 where it is stated.
    pub sure: u8,
    /// The encoding that reads best after it, where it is guessed.
    pub next: Option<&'static str>,
    /// Replacement marks that stand for bytes that could not be read.
    pub bad_bytes: usize,
    /// Lines that were in another encoding than the rest.
    pub foreign_lines: usize,
    /// Control, escape and bidi characters that were removed.
    pub removed: usize,
    /// Whether there was more than is read.
    pub cut: bool,
    /// Whether it was set for a terminal: colours, overstrikes.
    pub typed: bool,
}

/// Decodes and cleans a file. `encoding` overrules the guess; a name that is
/// not known counts as not given (`shell` checks it before).
pub fn read(bytes: &[u8], encoding: Option<&str>) -> Source {
    read_owned(bytes.to_vec(), encoding)
}

/// The same for bytes that are given away: clean UTF-8 is not copied.
pub fn read_owned(bytes: Vec<u8>, encoding: Option<&str>) -> Source {
    let decoded = decode::decode_owned(bytes, encoding);
    let typed = sanitize::is_typed(&decoded.text);
    let (text, removed) = sanitize::sanitize(decoded.text);
    Source {
        text,
        encoding: decoded.encoding,
        guessed: decoded.guessed,
        sure: decoded.sure,
        next: decoded.next,
        bad_bytes: decoded.bad_bytes,
        foreign_lines: decoded.foreign_lines,
        removed,
        cut: false,
        typed,
    }
}
