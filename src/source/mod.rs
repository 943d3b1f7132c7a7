//! Bytes to clean text, for every file and every chapter of a book.
//!
//! 1. [`decode`] finds the encoding and decodes; a bad byte costs one U+FFFD. [`detect`]
//!    ranks the encodings by how well they read ([`char_cost`]), [`best_path`] decodes
//!    with one [`codec`], [`per_line`] takes lines of several encodings, [`binary_check`]
//!    refuses files without text. [`private_use`] gives characters of old converters their own
//!    place.
//! 2. [`sanitize`] makes line ends `\n` and removes characters that must never reach a
//!    terminal: control characters, [`escape`] sequences, bidi characters, endless clusters
//!    ([`combining_limit`]).
//!
//! Knows nothing of documents, and cannot fail.

mod best_path;
mod binary_check;
mod char_cost;
mod codec;
pub mod combining_limit;
pub mod decode;
mod detect;
mod escape;
mod per_line;
mod private_use;
pub mod sanitize;

pub use decode::Source;

/// Decodes and cleans a file. `encoding` overrules the guess; an unknown name counts as
/// not given (`shell` checks it before).
pub fn read(bytes: &[u8], encoding: Option<&str>) -> Source {
    read_owned(bytes.to_vec(), encoding)
}

/// Decodes and cleans owned bytes: clean UTF-8 is not copied.
pub fn read_owned(bytes: Vec<u8>, encoding: Option<&str>) -> Source {
    let mut source = decode::decode_owned(bytes, encoding);
    source.typed = sanitize::is_typed(&source.text);
    source.text = private_use::replaced(source.text);
    (source.text, source.removed) = sanitize::sanitize(source.text);
    source
}
