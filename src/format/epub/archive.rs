//! Unpacks the archive of a book in memory, entry by entry.
//!
//! 1. The archive's table is read; where it is damaged or cut off, the entries are searched for
//!    by their own headers ([`LocalEntry`]), as far as they go.
//! 2. An entry is found by [`names::key`]; nothing is written to disk.
//! 3. Bytes are counted while they are unpacked: the sizes that the archive declares
//!    are not trusted. Too many in total, or too many out of too few, is an error.

use super::names;
use crate::source::decode;
use crate::text::words::Words;
use memchr::memmem;
use std::collections::HashMap;
use std::io::{Cursor, ErrorKind, Read, Seek, SeekFrom};
use std::ops::Range;
use zip::read::{ZipFile, ZipReadOptions, read_zipfile_from_stream_with_options};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

/// The reason why a file was not opened as a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BookError {
    /// The archive cannot be read.
    Damaged,
    /// An archive of something else: DOCX, ODT, a plain ZIP.
    NotABook,
    /// Its text is encrypted (DRM, or a password).
    Locked,
    /// It holds, or claims to hold, more than can be read.
    TooLarge,
    /// Its text is packed by a method that is not read; its name.
    Method(&'static str),
    /// It has no text.
    NoText,
}

const MAX_ENTRIES: u64 = 65_535;
/// Bytes that may be unpacked whatever the size of the file; twice its size is added.
const MIN_BUDGET: u64 = 32 << 20;
/// Bytes that may be unpacked at all.
const MAX_BUDGET: u64 = 256 << 20;
/// An entry is sparse above this size where it is also larger than [`SPARSE_RATIO`]
/// times its packed size. Blank scans and repeated text are; their sum is bounded.
const SPARSE_BYTES: u64 = 1 << 20;
const SPARSE_RATIO: u64 = 200;
/// Unpacked bytes of sparse entries.
const MAX_SPARSE: u64 = 16 << 20;
/// Bytes at the end of a file that hold its end record, with a comment of 64 KiB.
const END_RECORD_BYTES: u64 = 66_000;

/// Ends of the names of text entries.
static TEXT_ENDINGS: Words = Words::new("xhtml html htm xml opf ncx mimetype");

/// An open archive.
pub(super) struct Archive<R> {
    entries: Entries<R>,
    /// Entries by their names, and by their names in small letters.
    exact: HashMap<String, usize>,
    folded: HashMap<String, usize>,
    budget: Budget,
    /// The method of an entry that could not be unpacked for that.
    unread: Option<&'static str>,
}

enum Entries<R> {
    /// Those of the archive's own table.
    Table(Box<ZipArchive<R>>),
    /// Those that were found in a damaged file; true where an entry is whole.
    Salvaged(Vec<(Vec<u8>, bool)>),
}

/// Bytes that may still be unpacked.
struct Budget {
    total: u64,
    sparse: u64,
}

/// The content of an entry.
pub(super) enum ArchiveEntry {
    Whole(Vec<u8>),
    /// As much of it as could be read.
    Part(Vec<u8>),
    Missing,
    /// It needs a password.
    Locked,
}

impl ArchiveEntry {
    /// Returns the bytes that could be read.
    pub fn bytes(self) -> Option<Vec<u8>> {
        match self {
            Self::Whole(bytes) | Self::Part(bytes) => Some(bytes),
            Self::Missing | Self::Locked => None,
        }
    }
}

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive of `size` bytes.
    pub fn open(mut from: R, size: u64) -> Result<Self, BookError> {
        if declared_entries(&mut from, size).is_some_and(|entries| entries > MAX_ENTRIES) {
            return Err(BookError::TooLarge);
        }
        let mut archive = Self {
            entries: Entries::Salvaged(Vec::new()),
            exact: HashMap::new(),
            folded: HashMap::new(),
            budget: Budget {
                total: (MIN_BUDGET + size.saturating_mul(2)).min(MAX_BUDGET),
                sparse: MAX_SPARSE,
            },
            unread: None,
        };
        let readable = ZipArchive::new(&mut from).is_ok_and(|mut table| points_right(&mut table));
        if readable {
            let table = ZipArchive::new(from).map_err(|_| BookError::Damaged)?;
            for (i, name) in table.file_names_raw().enumerate() {
                archive.exact.entry(key(name)).or_insert(i);
            }
            archive.entries = Entries::Table(Box::new(table));
        } else {
            archive.salvage(from)?;
        }
        for (name, i) in &archive.exact {
            // of two that differ in case only, the first of the archive
            let first = archive.folded.entry(name.to_lowercase()).or_insert(*i);
            *first = (*first).min(*i);
        }
        Ok(archive)
    }

    /// Collects the text entries of a file whose table is damaged.
    fn salvage(&mut self, mut from: R) -> Result<(), BookError> {
        let (mut found, mut bytes) = (Vec::new(), Vec::new());
        let start = from.seek(SeekFrom::Start(0));
        let read = start.and_then(|_| from.take(MAX_BUDGET).read_to_end(&mut bytes));
        read.map_err(|_| BookError::Damaged)?;
        let mut at = 0;
        while found.len() < MAX_ENTRIES as usize
            && let Some(local) = LocalEntry::find(&bytes, at)
        {
            at = local.data.end.max(local.start + SIGNATURE_BYTES);
            self.unread = self.unread.or_else(|| local.unread_method(&bytes));
            let head = local.head(&bytes);
            let data = bytes.get(local.data.clone()).unwrap_or_default();
            let mut stream = Cursor::new(head).chain(data);
            let read = read_zipfile_from_stream_with_options(&mut stream, options());
            let Ok(Some(mut file)) = read else {
                at = local.start + SIGNATURE_BYTES;
                continue;
            };
            let name = key(file.name_raw());
            let lower = name.to_lowercase();
            if TEXT_ENDINGS.ends(&lower) && !file.encrypted() {
                let (bytes, ended) = self.budget.unpack(&mut file, u64::MAX)?;
                self.exact.entry(name).or_insert(found.len());
                found.push((bytes, ended && !local.is_cut));
            }
        }
        if found.is_empty() {
            return Err(self.unread.map_or(BookError::Damaged, BookError::Method));
        }
        self.entries = Entries::Salvaged(found);
        Ok(())
    }

    /// Returns whether its table was damaged.
    pub fn is_damaged(&self) -> bool {
        matches!(self.entries, Entries::Salvaged(_))
    }

    /// Returns the names of all entries, in the archive's order.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.exact.iter().map(|(name, i)| (*i, name)).collect();
        names.sort_unstable();
        names.into_iter().map(|(_, name)| name.as_str()).collect()
    }

    /// Returns whether there is an entry of that name.
    pub fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    fn index(&self, name: &str) -> Option<usize> {
        let folded = || self.folded.get(&name.to_lowercase());
        self.exact.get(name).or_else(folded).copied()
    }

    /// Unpacks an entry, at most `limit` bytes of it.
    pub fn read(&mut self, name: &str, limit: u64) -> Result<ArchiveEntry, BookError> {
        let Some(index) = self.index(name) else {
            return Ok(ArchiveEntry::Missing);
        };
        let table = match &mut self.entries {
            Entries::Table(table) => table,
            Entries::Salvaged(found) => {
                return Ok(match found.get(index).cloned() {
                    Some((bytes, true)) => ArchiveEntry::Whole(bytes),
                    Some((bytes, false)) => ArchiveEntry::Part(bytes),
                    None => ArchiveEntry::Missing,
                });
            }
        };
        let unpacked = match table.by_index_with_options(index, options()) {
            Ok(mut file) => Some(self.budget.unpack(&mut file, limit)?),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Ok(ArchiveEntry::Locked);
            }
            Err(_) => None,
        };
        let (bytes, is_whole) = unpacked.unwrap_or_default();
        if bytes.is_empty() && !is_whole {
            let method = table.by_index_raw(index).map(|file| file.compression());
            self.unread = self.unread.or(method.ok().and_then(unread_name));
        }
        Ok(if is_whole {
            ArchiveEntry::Whole(bytes)
        } else {
            ArchiveEntry::Part(bytes)
        })
    }

    /// Returns why there is no text: the method by which it is packed, or there is none.
    pub fn without_text(&self) -> BookError {
        self.unread.map_or(BookError::NoText, BookError::Method)
    }
}

/// Returns whether a table has entries, and the first is where the table says: else the entries
/// were moved, and are found by their own headers.
fn points_right<R: Read + Seek>(table: &mut ZipArchive<R>) -> bool {
    !table.is_empty() && table.by_index_raw(0).is_ok()
}

/// Returns the name of a method that is not read.
fn unread_name(method: CompressionMethod) -> Option<&'static str> {
    #[allow(
        deprecated,
        reason = "the variant that methods without a feature are read as"
    )]
    match method {
        CompressionMethod::Unsupported(number) => Some(CompressionMethod::name_from_u16(number)),
        _ => None,
    }
}

/// Bytes of the signature of a local header, and of its part of fixed length.
const SIGNATURE_BYTES: usize = 4;
const LOCAL_HEAD_BYTES: usize = 30;

/// An entry of a damaged archive, by its local header.
struct LocalEntry {
    start: usize,
    data: Range<usize>,
    /// True where its data goes on behind the end of the file.
    is_cut: bool,
}

impl LocalEntry {
    /// Finds the first local header at or behind a byte.
    fn find(bytes: &[u8], from: usize) -> Option<Self> {
        let next = |at: usize, sign: &[u8]| Some(at + memmem::find(bytes.get(at..)?, sign)?);
        let start = next(from, b"PK\x03\x04")?;
        let number = |at: usize, len: usize| {
            let field = bytes.get(start + at..start + at + len)?;
            Some(
                field
                    .iter()
                    .rev()
                    .fold(0usize, |n, b| n << 8 | usize::from(*b)),
            )
        };
        let data = start + LOCAL_HEAD_BYTES + number(26, 2)? + number(28, 2)?;
        // a size that follows the data is not known: the next signature ends it
        let end = match number(18, 4)? {
            0 if number(6, 2)? & 8 != 0 => {
                let signs: [&[u8]; 3] = [b"PK\x07\x08", b"PK\x03\x04", b"PK\x01\x02"];
                signs
                    .iter()
                    .filter_map(|sign| next(data, sign))
                    .min()
                    .unwrap_or(usize::MAX)
            }
            size => data.saturating_add(size),
        };
        Some(Self {
            start,
            data: data.min(bytes.len())..end.min(bytes.len()),
            is_cut: end > bytes.len(),
        })
    }

    /// Returns the name of its method, where that is not read.
    fn unread_method(&self, bytes: &[u8]) -> Option<&'static str> {
        let field = bytes.get(self.start + 8..self.start + 10)?;
        let number = u16::from_le_bytes(field.try_into().ok()?);
        let name = CompressionMethod::name_from_u16(number);
        // a signature by chance has any number
        let is_known = name != "Unknown" && !matches!(number, 0 | 8);
        is_known.then_some(name)
    }

    /// Returns its header, with the size of its data.
    fn head(&self, bytes: &[u8]) -> Vec<u8> {
        let mut head = bytes
            .get(self.start..self.data.start)
            .unwrap_or_default()
            .to_vec();
        let size = u32::try_from(self.data.len()).unwrap_or(u32::MAX);
        let is_streamed = head.get(6).is_some_and(|flags| flags & 8 != 0);
        if is_streamed && let Some(flags) = head.get_mut(6) {
            *flags &= !8;
        }
        if let Some(field) = head.get_mut(18..22).filter(|_| is_streamed) {
            field.copy_from_slice(&size.to_le_bytes());
        }
        head
    }
}

impl Budget {
    /// Unpacks at most `limit` bytes of a file; returns whether it came to its end.
    fn unpack<R: Read>(
        &mut self,
        file: &mut ZipFile<'_, R>,
        limit: u64,
    ) -> Result<(Vec<u8>, bool), BookError> {
        let packed = file.compressed_size();
        let (mut bytes, mut buffer) = (Vec::new(), [0u8; 16 * 1024]);
        loop {
            let read = match file.read(&mut buffer) {
                Ok(0) => return Ok((bytes, true)),
                Ok(read) => read,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(_) => return Ok((bytes, false)),
            };
            bytes.extend_from_slice(buffer.get(..read).unwrap_or_default());
            spend(&mut self.total, read)?;
            let len = bytes.len() as u64;
            if len > SPARSE_BYTES && len > packed.saturating_mul(SPARSE_RATIO) {
                spend(&mut self.sparse, read)?;
            }
            if len >= limit {
                return Ok((bytes, false));
            }
        }
    }
}

fn spend(left: &mut u64, bytes: usize) -> Result<(), BookError> {
    *left = left.checked_sub(bytes as u64).ok_or(BookError::TooLarge)?;
    Ok(())
}

/// Checksums are ignored: a book with a wrong one is still read.
fn options() -> ZipReadOptions<'static> {
    ZipReadOptions::new().ignore_crc32(true)
}

/// Returns the key of a name in any encoding.
fn key(name: &[u8]) -> String {
    match std::str::from_utf8(name) {
        Ok(name) => names::key(name),
        Err(_) => names::key(&decode::decode(name, None).text),
    }
}

/// Returns the number of entries that the end record claims.
fn declared_entries<R: Read + Seek>(from: &mut R, size: u64) -> Option<u64> {
    let mut tail = Vec::new();
    from.seek(SeekFrom::Start(size.saturating_sub(END_RECORD_BYTES)))
        .ok()?;
    from.take(END_RECORD_BYTES).read_to_end(&mut tail).ok()?;
    let at = tail.windows(4).rposition(|w| w == b"PK\x05\x06")?;
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0u64, |n, b| n << 8 | u64::from(*b));
    let count = number(tail.get(at + 10..at + 12)?);
    // large archives have a second end record, and a pointer to it before the first
    let pointer = at.checked_sub(20).and_then(|from| tail.get(from..at));
    let Some(pointer) = pointer.filter(|p| p.starts_with(b"PK\x06\x07")) else {
        return Some(count);
    };
    let mut record = [0u8; 40];
    from.seek(SeekFrom::Start(number(pointer.get(8..16)?)))
        .ok()?;
    from.read_exact(&mut record).ok()?;
    Some(number(record.get(32..40)?).max(count))
}
