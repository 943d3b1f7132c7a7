//! The paths that a shelf may have: what is there, and what is an article by its name.

use crate::format;
use crate::shell::error::Error;
use crate::shell::open::item::{DecodeOptions, Item};
use crate::shell::open::{input, newsboat};
use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;

/// Endings of files that a shelf lists.
const ENDINGS: &str = "md markdown txt text html htm xhtml epub";
/// Beginnings of file names that it leaves out.
const ASIDE: &str = "readme license changelog contributing";

/// Articles of one file on a shelf at the most.
const MAX_LISTED_PARTS: usize = 5000;
/// Limit of a file whose articles are listed one by one, in bytes.
const MAX_CONTAINER_BYTES: u64 = 16 << 20;

/// Checks that a path leads to a file or folder.
pub fn exists(path: &Path) -> Result<(), Error> {
    if !matches!(Item::of(path), Item::File(_)) {
        return Ok(());
    }
    let found = std::fs::metadata(path).map(|_| ());
    found.map_err(Error::open(path))
}

/// Returns whether a path leads to many articles: a folder, or a database of newsboat.
pub(crate) fn is_folder(path: &Path) -> bool {
    path.is_dir() || newsboat::is_database(path)
}

/// Returns the articles of a file that holds several: a feed, exported notes, JSON. A file that
/// cannot be read has none; the reader reports it when it is opened.
pub fn parts(path: &Path, options: &DecodeOptions) -> Vec<Item> {
    let count = count_parts(path, options).unwrap_or_default();
    let numbers = 0..count.min(MAX_LISTED_PARTS);
    numbers.map(|i| Item::Part(path.to_owned(), i)).collect()
}

/// Counts the articles of a file that holds several.
fn count_parts(path: &Path, options: &DecodeOptions) -> Option<usize> {
    let (mut file, stamp) = input::file(path).ok()?;
    let mut head = [0; 1 << 10];
    let len = file.read(&mut head).ok()?;
    let head = String::from_utf8_lossy(head.get(..len)?);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    if stamp.len > MAX_CONTAINER_BYTES || !head.starts_with(['{', '[', '<']) {
        return None;
    }
    let source = Item::File(path.to_owned()).source(options).ok()?;
    Some(format::articles(&source).len())
}

/// Returns whether a shelf lists a file of that name.
pub(crate) fn is_article_name(path: &Path) -> bool {
    let lower = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().to_lowercase();
    let (name, ending) = (lower(path.file_name()), lower(path.extension()));
    let aside = name.starts_with('.') || ASIDE.split(' ').any(|n| name.starts_with(n));
    !aside && ENDINGS.split(' ').any(|e| e == ending)
}
