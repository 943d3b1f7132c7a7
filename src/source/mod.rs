//! Bytes to clean text, for every file and every chapter of a book.
//!
//! 1. [`decode`] finds the encoding and decodes; a bad byte costs one U+FFFD. [`detect`]
//!    ranks the encodings by how well they read ([`char_cost`]), [`best_path`] decodes
//!    with one [`codec`], [`per_line`] takes lines of several encodings, [`binary_check`]
//!    refuses files without text, by [`file_kinds`] where they have a name. [`private_use`]
//!    gives characters of old converters their own place.
//! 2. [`sanitize`] makes line ends `\n` and removes characters that must never reach a
//!    terminal: control characters, [`escape`] sequences, bidi characters, endless clusters
//!    ([`combining_limit`]).
//! 3. [`mojibake`] recognises what was decoded wrongly before it was saved; [`choices`] lists
//!    the encodings that a file can be read in, for a reader who sees that the guess is wrong.
//!
//! Knows nothing of documents, and cannot fail.

mod best_path;
mod binary_check;
mod char_cost;
pub mod choices;
mod codec;
pub mod combining_limit;
pub mod decode;
mod detect;
mod escape;
mod file_kinds;
pub mod mojibake;
mod per_line;
pub(crate) mod private_use;
pub mod sanitize;

pub use decode::Source;

/// Decodes and cleans a file. `encoding` overrules the guess; an unknown name counts as
/// not given (`shell` checks it before).
pub fn read(bytes: &[u8], encoding: Option<&str>) -> Source {
    read_owned(bytes.to_vec(), encoding)
}

/// Decodes and cleans owned bytes: clean UTF-8 is not copied.
pub fn read_owned(bytes: Vec<u8>, encoding: Option<&str>) -> Source {
    let mut source = decode::decode_owned(without_filling(bytes), encoding);
    source.typed = sanitize::is_typed(&source.text);
    (source.text, source.removed) = sanitize::sanitize(source.text);
    // what stands beside a character decides: it is clean by now
    source.text = private_use::replaced(source.text.into()).into_owned();
    source
}

/// Bytes of NUL at the end of a text in units of two or four bytes.
const MAX_NULS: usize = 8;

/// Takes off the NUL bytes that fill a file up behind its text.
fn without_filling(mut bytes: Vec<u8>) -> Vec<u8> {
    let text = bytes
        .iter()
        .rposition(|b| *b != 0)
        .map_or(0, |last| last + 1);
    if bytes.len() - text > MAX_NULS {
        // a unit of up to four bytes stays whole
        bytes.truncate(text.next_multiple_of(4));
    }
    bytes
}
