//! The archive that a book is packed in, unpacked in memory, entry by entry.
//!
//! 1. The table at its end is read; where that is damaged or cut off, the entries
//!    are looked for from the front, as far as they go.
//! 2. An entry is found by its [`names::key`]; nothing is ever written anywhere.
//! 3. What is unpacked is counted while it is: sizes that the archive declares
//!    are not believed. Too much in total, or too much out of too little, ends it.

use super::{Refused, names};
use crate::source::decode;
use std::collections::HashMap;
use std::io::{Read, Seek, SeekFrom};
use zip::ZipArchive;
use zip::read::{ZipFile, ZipReadOptions, read_zipfile_from_stream_with_options};
use zip::result::ZipError;

/// Most entries of an archive.
const ENTRIES: u64 = 65_535;

/// What is always allowed in unpacked size, in bytes, beside twice the file's.
const FREE: u64 = 32 << 20;
/// The most that is ever unpacked.
const MOST: u64 = 256 << 20;
/// An entry is thin where it is larger than this and than [`THIN`] times what it was packed in:
/// blank scans are, and repeated text; the sum of all is bounded.
const LARGE: u64 = 1 << 20;
const THIN: u64 = 200;
/// Most unpacked bytes of thin entries.
const AIR: u64 = 16 << 20;

/// An archive, open.
pub struct Archive<R> {
    kept: Kept<R>,
    /// Entries by the spelling of their names, and by that in small letters.
    exact: HashMap<String, usize>,
    folded: HashMap<String, usize>,
    left: u64,
    air: u64,
}

/// Where the entries are.
enum Kept<R> {
    /// The archive's own table.
    Table(Box<ZipArchive<R>>),
    /// What was found in a damaged file.
    Found(Vec<Vec<u8>>),
}

/// What an entry holds.
pub enum Entry {
    /// All of it.
    Whole(Vec<u8>),
    /// As much of it as could be read.
    Part(Vec<u8>),
    /// There is none of that name.
    Missing,
    /// It needs a password.
    Locked,
}

impl Entry {
    /// What could be read of it.
    pub fn bytes(self) -> Option<Vec<u8>> {
        match self {
            Self::Whole(bytes) | Self::Part(bytes) => Some(bytes),
            Self::Missing | Self::Locked => None,
        }
    }
}

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive of `size` bytes.
    ///
    /// # Errors
    /// Where it is none, or too large.
    pub fn open(mut from: R, size: u64) -> Result<Self, Refused> {
        if declared(&mut from, size).is_some_and(|entries| entries > ENTRIES) {
            return Err(Refused::TooLarge);
        }
        let mut archive = Self {
            kept: Kept::Found(Vec::new()),
            exact: HashMap::new(),
            folded: HashMap::new(),
            left: (FREE + size.saturating_mul(2)).min(MOST),
            air: AIR,
        };
        match ZipArchive::new(&mut from) {
            Ok(table) if !table.is_empty() => {}
            _ => {
                archive.salvage(&mut from)?;
                return Ok(archive);
            }
        }
        let table = ZipArchive::new(from).map_err(|_| Refused::Damaged)?;
        for (i, name) in table.file_names_raw().enumerate() {
            let name = names::key(&spelled(name));
            archive.exact.entry(name).or_insert(i);
        }
        archive.kept = Kept::Table(Box::new(table));
        archive.fold_names();
        Ok(archive)
    }

    /// Collects the entries of a file whose table is damaged, pictures aside.
    fn salvage(&mut self, from: &mut R) -> Result<(), Refused> {
        let mut found = Vec::new();
        from.seek(SeekFrom::Start(0))
            .map_err(|_| Refused::Damaged)?;
        while found.len() < ENTRIES as usize {
            let options = ZipReadOptions::new().ignore_crc32(true);
            let Ok(Some(mut file)) = read_zipfile_from_stream_with_options(from, options) else {
                break;
            };
            let name = names::key(&spelled(file.name_raw()));
            let lower = name.to_lowercase();
            let text = ["xhtml", "html", "htm", "xml", "opf", "ncx", "mimetype"]
                .iter()
                .any(|end| lower.ends_with(end));
            if text && !file.encrypted() {
                let (bytes, _) = unpack(&mut file, &mut self.left, &mut self.air, u64::MAX)?;
                self.exact.entry(name).or_insert(found.len());
                found.push(bytes);
            }
        }
        if found.is_empty() {
            return Err(Refused::Damaged);
        }
        self.kept = Kept::Found(found);
        self.fold_names();
        Ok(())
    }

    fn fold_names(&mut self) {
        for (name, i) in &self.exact {
            let at = self.folded.entry(name.to_lowercase()).or_insert(*i);
            // two that differ in case only: the first of the archive
            *at = (*at).min(*i);
        }
    }

    /// Whether its table was damaged.
    pub fn is_damaged(&self) -> bool {
        matches!(self.kept, Kept::Found(_))
    }

    /// The names of all entries, in the archive's order.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<(&str, usize)> = self
            .exact
            .iter()
            .map(|(name, i)| (name.as_str(), *i))
            .collect();
        names.sort_unstable_by_key(|(_, i)| *i);
        names.into_iter().map(|(name, _)| name).collect()
    }

    /// Whether there is an entry of that name.
    pub fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    fn index(&self, name: &str) -> Option<usize> {
        self.exact
            .get(name)
            .or_else(|| self.folded.get(&name.to_lowercase()))
            .copied()
    }

    /// Unpacks an entry, at most `most` bytes of it.
    ///
    /// # Errors
    /// Where more has been unpacked than a book may hold.
    pub fn read(&mut self, name: &str, most: u64) -> Result<Entry, Refused> {
        let Some(index) = self.index(name) else {
            return Ok(Entry::Missing);
        };
        let table = match &mut self.kept {
            Kept::Table(table) => table,
            Kept::Found(found) => {
                return Ok(found
                    .get_mut(index)
                    .map_or(Entry::Missing, |bytes| Entry::Whole(bytes.clone())));
            }
        };
        match table.by_index_with_options(index, ZipReadOptions::new().ignore_crc32(true)) {
            Ok(mut file) => {
                let (bytes, whole) = unpack(&mut file, &mut self.left, &mut self.air, most)?;
                Ok(if whole {
                    Entry::Whole(bytes)
                } else {
                    Entry::Part(bytes)
                })
            }
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => Ok(Entry::Locked),
            Err(_) => Ok(Entry::Part(Vec::new())),
        }
    }
}

/// Unpacks a file and pays for it; says whether it came to its end.
fn unpack<R: Read>(
    file: &mut ZipFile<'_, R>,
    left: &mut u64,
    air: &mut u64,
    most: u64,
) -> Result<(Vec<u8>, bool), Refused> {
    let packed = file.compressed_size();
    let (mut bytes, mut buffer) = (Vec::new(), [0u8; 16 * 1024]);
    let whole = loop {
        let read = match file.read(&mut buffer) {
            Ok(0) => break true,
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(_) => break false,
        };
        bytes.extend_from_slice(buffer.get(..read).unwrap_or_default());
        *left = left.checked_sub(read as u64).ok_or(Refused::TooLarge)?;
        let len = bytes.len() as u64;
        if len > LARGE && len > packed.saturating_mul(THIN) {
            *air = air.checked_sub(read as u64).ok_or(Refused::TooLarge)?;
        }
        if len >= most {
            break false;
        }
    };
    Ok((bytes, whole))
}

/// A name as text: UTF-8, or what it reads as.
fn spelled(name: &[u8]) -> String {
    match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => decode::decode(name, None).text,
    }
}

/// How many entries the end of the file says there are.
fn declared<R: Read + Seek>(from: &mut R, size: u64) -> Option<u64> {
    // the end record, a comment of at most 64 KiB, and the pointer of large archives before it
    let mut tail = Vec::new();
    from.seek(SeekFrom::Start(size.saturating_sub(66_000)))
        .ok()?;
    from.take(66_000).read_to_end(&mut tail).ok()?;
    let at = tail.windows(4).rposition(|w| w == b"PK\x05\x06")?;
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0u64, |n, b| n << 8 | u64::from(*b));
    let count = number(tail.get(at + 10..at + 12)?);
    let pointer = at
        .checked_sub(20)
        .and_then(|from| tail.get(from..at))
        .filter(|p| p.starts_with(b"PK\x06\x07"));
    let Some(pointer) = pointer else {
        return Some(count);
    };
    let mut record = [0u8; 40];
    from.seek(SeekFrom::Start(number(pointer.get(8..16)?)))
        .ok()?;
    from.read_exact(&mut record).ok()?;
    Some(number(record.get(32..40)?).max(count))
}
