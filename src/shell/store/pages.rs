//! The pages of a database that is damaged, read without `SQLite`, which refuses such a file whole.
//!
//! 1. [`Pages`] reads a page by its number: from the log where that has a newer one, else from
//!    the file. What was cut off is missing or empty.
//! 2. [`Pages::rows`] reads the rows of a page, cell by cell; a cell that is not as one was
//!    written is left out.
//!
//! The form of the file is that of <https://www.sqlite.org/fileformat2.html>. Knows no table.

use rusqlite::types::Value;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// The size of a page where the header does not say it: `SQLite`'s own.
const USUAL_PAGE_BYTES: usize = 4096;
/// The bytes of the header of the file, at the start of its first page.
pub(super) const FILE_HEADER_BYTES: usize = 100;
/// The bytes of the header of the log, and of that of each page in it.
const LOG_HEADER_BYTES: u64 = 32;
const FRAME_HEADER_BYTES: u64 = 24;
/// The kinds of pages that hold rows: of a table, of one without rowids (inner pages as well).
const TABLE_LEAF: u8 = 0x0d;
const KEYED_LEAF: u8 = 0x0a;
const KEYED_INNER: u8 = 0x02;

/// A row: its rowid, in a table that has one, and its values.
pub(super) struct PageRow {
    pub rowid: Option<i64>,
    pub values: Vec<Value>,
}

/// The pages of a file and of the log beside it.
pub(super) struct Pages {
    file: File,
    bytes: u64,
    size: usize,
    log: Option<File>,
    /// The pages in the log, and where they begin there.
    newer: HashMap<u32, u64>,
    /// Pages that are not in use: what is in them was deleted.
    free: HashSet<u32>,
}

impl Pages {
    /// Opens the file at `path` and its log.
    pub(super) fn open(path: &Path, log: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let mut header = [0; FILE_HEADER_BYTES];
        let begins = file.read_exact(&mut header).is_ok();
        let is_sound = begins && header.starts_with(b"SQLite format 3\0");
        let mut pages = Self {
            bytes: file.metadata()?.len(),
            file,
            size: USUAL_PAGE_BYTES,
            log: File::open(log).ok(),
            newer: HashMap::new(),
            free: HashSet::new(),
        };
        if is_sound && let Some(size) = page_size(number(&header, 16, 2)) {
            pages.size = size;
        }
        pages.read_log();
        if is_sound {
            pages.find_free();
        }
        Ok(pages)
    }

    /// Returns the numbers of the pages that are in use, in the order of their places.
    pub(super) fn numbers(&self) -> Vec<u32> {
        let in_file = self.bytes.div_ceil(self.size as u64);
        let in_file = 1..=u32::try_from(in_file).unwrap_or(u32::MAX);
        let beyond = self.newer.keys().filter(|n| !in_file.contains(n));
        let mut beyond: Vec<u32> = beyond.copied().collect();
        beyond.sort_unstable();
        let all = in_file.clone().chain(beyond);
        all.filter(|n| !self.free.contains(n)).collect()
    }

    /// Returns the rows of a page; none of one that holds no rows.
    pub(super) fn rows(&mut self, page: u32) -> Vec<PageRow> {
        let Some(bytes) = self.page(page) else {
            return Vec::new();
        };
        let at = if page == 1 { FILE_HEADER_BYTES } else { 0 };
        let kind = bytes.get(at).copied().unwrap_or_default();
        let pointers = at + if kind == KEYED_INNER { 12 } else { 8 };
        if !matches!(kind, TABLE_LEAF | KEYED_LEAF | KEYED_INNER) {
            return Vec::new();
        }
        let count = number(&bytes, at + 3, 2) as usize;
        let cell = |i: usize| number(&bytes, pointers + 2 * i, 2) as usize;
        let cells = (0..count.min(bytes.len() / 4)).map(cell);
        cells.filter_map(|at| self.row(&bytes, at, kind)).collect()
    }

    /// Reads the row of the cell at a place in a page.
    fn row(&mut self, page: &[u8], mut at: usize, kind: u8) -> Option<PageRow> {
        if kind == KEYED_INNER {
            at += 4;
        }
        let length = usize::try_from(varint(page, &mut at)?).ok()?;
        let rowid = match kind {
            TABLE_LEAF => Some(varint(page, &mut at)?.cast_signed()),
            _ => None,
        };
        let payload = self.payload(page, at, length, kind)?;
        let values = record(&payload)?;
        Some(PageRow { rowid, values })
    }

    /// Reads the bytes of a row, of which a long one goes on in pages of its own.
    fn payload(&mut self, page: &[u8], at: usize, length: usize, kind: u8) -> Option<Vec<u8>> {
        let (size, known) = (
            self.size,
            self.bytes + self.newer.len() as u64 * self.size as u64,
        );
        if length as u64 > known {
            return None;
        }
        let most = match kind {
            TABLE_LEAF => size - 35,
            _ => (size - 12) * 64 / 255 - 23,
        };
        if length <= most {
            return page.get(at..at + length).map(<[u8]>::to_vec);
        }
        let least = (size - 12) * 32 / 255 - 23;
        let fitting = least + (length - least) % (size - 4);
        let here = if fitting <= most { fitting } else { least };
        let mut payload = page.get(at..at + here)?.to_vec();
        let mut next = number(page, at + here, 4) as u32;
        while payload.len() < length {
            let more = self.page(next)?;
            let part = more.get(4..)?;
            payload.extend(part.iter().take(length - payload.len()));
            next = number(&more, 0, 4) as u32;
        }
        Some(payload)
    }

    /// Reads a page; the part of it that was cut off is empty.
    fn page(&mut self, number: u32) -> Option<Vec<u8>> {
        let size = self.size as u64;
        let in_log = self.newer.get(&number).copied();
        let (file, at) = match (in_log, &mut self.log) {
            (Some(at), Some(log)) => (log, at),
            _ => (&mut self.file, u64::from(number.checked_sub(1)?) * size),
        };
        file.seek(SeekFrom::Start(at)).ok()?;
        let mut bytes = Vec::with_capacity(self.size);
        file.take(size).read_to_end(&mut bytes).ok()?;
        if bytes.is_empty() {
            return None;
        }
        bytes.resize(self.size, 0);
        Some(bytes)
    }

    /// Finds the pages of the log that were committed.
    fn read_log(&mut self) {
        let Some(log) = &mut self.log else { return };
        let mut header = [0; LOG_HEADER_BYTES as usize];
        if log.read_exact(&mut header).is_err() || number(&header, 0, 4) >> 1 != 0x377f_0682 >> 1 {
            return;
        }
        if let Some(size) = page_size(number(&header, 8, 4)) {
            self.size = size;
        }
        let (mut at, mut open) = (LOG_HEADER_BYTES, Vec::new());
        let mut frame = [0; FRAME_HEADER_BYTES as usize];
        while log.seek(SeekFrom::Start(at)).is_ok() && log.read_exact(&mut frame).is_ok() {
            // frames of an earlier round of the log have another salt
            if frame.get(8..16) != header.get(16..24) {
                break;
            }
            open.push((number(&frame, 0, 4) as u32, at + FRAME_HEADER_BYTES));
            if number(&frame, 4, 4) > 0 {
                self.newer.extend(open.drain(..));
            }
            at += FRAME_HEADER_BYTES + self.size as u64;
        }
    }

    /// Finds the pages that are not in use.
    fn find_free(&mut self) {
        let Some(first) = self.page(1) else { return };
        let mut trunk = number(&first, 32, 4) as u32;
        while trunk > 0
            && self.free.insert(trunk)
            && let Some(page) = self.page(trunk)
        {
            let count = (number(&page, 4, 4) as usize).min(self.size / 4);
            let leaf = |i: usize| number(&page, 8 + 4 * i, 4) as u32;
            self.free.extend((0..count).map(leaf));
            trunk = number(&page, 0, 4) as u32;
        }
    }
}

/// Returns the size of pages that a header says; `None` where there is no such size.
fn page_size(said: u64) -> Option<usize> {
    let size = if said == 1 { 65536 } else { said as usize };
    (size.is_power_of_two() && (512..=65536).contains(&size)).then_some(size)
}

/// Reads a number of some bytes; 0 where there are none.
fn number(bytes: &[u8], at: usize, length: usize) -> u64 {
    let digits = bytes.get(at..at + length).unwrap_or_default();
    digits.iter().fold(0, |n, digit| n << 8 | u64::from(*digit))
}

/// Reads a number of up to nine bytes, of which the last has all its bits, and moves behind it.
fn varint(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut found = 0;
    for i in 0..9 {
        let byte = u64::from(*bytes.get(*at)?);
        *at += 1;
        if i == 8 {
            return Some(found << 8 | byte);
        }
        found = found << 7 | byte & 0x7f;
        if byte < 0x80 {
            break;
        }
    }
    Some(found)
}

/// Reads the values of a row.
fn record(payload: &[u8]) -> Option<Vec<Value>> {
    let mut at = 0;
    let mut body = usize::try_from(varint(payload, &mut at)?).ok()?;
    let head = payload.get(..body)?;
    let mut values = Vec::new();
    while at < head.len() {
        let kind = varint(head, &mut at)?;
        let length = match kind {
            0 | 8 | 9 => 0,
            1..=4 => kind as usize,
            5 => 6,
            6 | 7 => 8,
            12.. => usize::try_from((kind - 12) / 2).ok()?,
            _ => return None,
        };
        let bytes = payload.get(body..body.checked_add(length)?)?;
        body += length;
        values.push(value(kind, bytes));
    }
    Some(values)
}

/// Reads a value of some kind. A text keeps what can be read of it.
fn value(kind: u64, bytes: &[u8]) -> Value {
    match kind {
        0 => Value::Null,
        7 => Value::Real(f64::from_bits(number(bytes, 0, 8))),
        8 | 9 => Value::Integer(kind.cast_signed() - 8),
        1..=6 => {
            let unused = 64 - 8 * bytes.len();
            let number = number(bytes, 0, bytes.len()).cast_signed();
            Value::Integer(number << unused >> unused)
        }
        _ if kind.is_multiple_of(2) => Value::Blob(bytes.to_vec()),
        _ => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
    }
}
