//! Unpacks an EPUB in memory: its facts, its table of contents and its chapters,
//! which become one text, so that the raw source and line numbers are those of any
//! article.
//!
//! Each file is decoded and sanitised by `source` as every other file. No name in the
//! archive ever becomes a path, no address is followed. A file that is not a book, or
//! encrypted, or unpacks to too much is a [`BookError`]; a book with missing files
//! opens with [`Hole`]s.

use super::archive::{Archive, ArchiveEntry, BookError};
use super::contents::{self, TocEntry};
use super::names;
use super::package::{self, Package, SpineItem};
use super::xml::{self, Element};
use crate::document::Meta;
use crate::source::{self, Source, decode};
use crate::text::words::Words;
use std::io::{Cursor, Read, Seek};
use std::ops::Range;

/// An EPUB, unpacked.
pub struct Book {
    /// The text of its chapters, one after the other.
    pub source: Source,
    /// Its facts, by its package file.
    pub(super) meta: Meta,
    /// Its chapters, in the order of `source`.
    pub(super) chapters: Vec<Chapter>,
    pub(super) contents: Vec<TocEntry>,
    pub(super) holes: Vec<Hole>,
    /// True where its archive is damaged, as by a download that broke off.
    pub(super) is_damaged: bool,
}

/// One document of a book.
pub(super) struct Chapter {
    /// Its name in the archive.
    pub file: String,
    /// Its bytes in the text of the book.
    pub range: Range<usize>,
    pub role: ChapterRole,
}

/// The purpose of a chapter, by the package file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ChapterRole {
    Text,
    Cover,
    /// A printed table of contents.
    Contents,
    /// Outside the reading order (`linear="no"`).
    Aside,
}

/// A file that the package names and the archive lacks, or holds damaged.
pub(super) struct Hole {
    pub file: String,
    /// True where a part of it was read.
    pub partly: bool,
}

/// Limit of a package file or a table of contents, in bytes.
const MAX_PACKAGE_BYTES: u64 = 8 << 20;
/// Limit of tags in all chapters, beside one for 16 bytes of the file.
const MAX_TAGS: usize = 600_000;
/// Limit of holes that are reported one by one.
const MAX_HOLES: usize = 100;

/// Recognises a ZIP archive by its first bytes.
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Unpacks and decodes a book. `encoding` overrules what its files declare.
pub fn open(bytes: &[u8], encoding: Option<&str>) -> Result<Book, BookError> {
    let mut archive = Archive::open(Cursor::new(bytes), bytes.len() as u64)?;
    let mut package = package_of(&mut archive)?;
    let contents = contents_of(&mut archive, &package)?;
    let mut book = Book {
        source: Source {
            encoding: "UTF-8",
            ..Source::default()
        },
        meta: std::mem::take(&mut package.meta),
        chapters: Vec::new(),
        contents,
        holes: Vec::new(),
        is_damaged: archive.is_damaged(),
    };
    let (main, beside): (Vec<_>, Vec<_>) = package.spine.iter().partition(|item| item.linear);
    for item in main.into_iter().chain(beside).filter(|item| item.is_text) {
        let (bytes, whole) = match archive.read(&item.file, u64::MAX)? {
            ArchiveEntry::Locked => return Err(BookError::Locked),
            ArchiveEntry::Missing => (None, false),
            ArchiveEntry::Whole(bytes) => (Some(bytes), true),
            ArchiveEntry::Part(bytes) => (Some(bytes), false),
        };
        if !whole {
            book.holes.push(Hole {
                file: item.file.clone(),
                partly: bytes.as_ref().is_some_and(|b| !b.is_empty()),
            });
        }
        if let Some(bytes) = bytes {
            book.add(&text(&bytes, encoding), item, &package);
        }
    }
    book.holes.truncate(MAX_HOLES);
    let files = book.chapters.iter().map(|chapter| &*chapter.file);
    contents::settle(&mut book.contents, files);
    let pairs = book.source.text.as_bytes().windows(2);
    let is_tag = |pair: &&[u8]| matches!(pair, [b'<', next] if *next != b'/');
    let tags = pairs.filter(is_tag).count();
    if tags > MAX_TAGS + bytes.len() / 16 {
        return Err(BookError::TooLarge);
    }
    if book.source.text.trim().is_empty() {
        return Err(archive.without_text());
    }
    book.meta.encoding = book.source.encoding;
    book.meta.encoding_guessed = book.source.guessed;
    Ok(book)
}

impl Book {
    /// Appends the text of a chapter.
    fn add(&mut self, chapter: &Source, item: &SpineItem, package: &Package) {
        let source = &mut self.source;
        let start = source.text.len();
        source.text.push_str(chapter.text.trim_end());
        source.text.push('\n');
        if chapter.encoding != "UTF-8" {
            (source.encoding, source.guessed) = (chapter.encoding, chapter.guessed);
        }
        source.bad_bytes += chapter.bad_bytes;
        source.removed += chapter.removed;
        let is = |name: &Option<String>| name.as_ref() == Some(&item.file);
        let role = if is(&package.cover) {
            ChapterRole::Cover
        } else if is(&package.nav) || is(&package.contents) {
            ChapterRole::Contents
        } else if !item.linear {
            ChapterRole::Aside
        } else {
            ChapterRole::Text
        };
        self.chapters.push(Chapter {
            file: item.file.clone(),
            range: start..source.text.len(),
            role,
        });
    }
}

/// Reads the package file of a book.
fn package_of<R: Read + Seek>(archive: &mut Archive<R>) -> Result<Package, BookError> {
    if is_locked(archive)? {
        return Err(BookError::Locked);
    }
    let mut package = match package_name(archive)? {
        Some(name) => match archive.read(&name, MAX_PACKAGE_BYTES)? {
            ArchiveEntry::Locked => return Err(BookError::Locked),
            entry => package::read(&text(&entry.bytes().unwrap_or_default(), None).text, &name),
        },
        None => Package::default(),
    };
    let there = |item: &SpineItem| item.is_text && archive.has(&item.file);
    if !package.spine.iter().any(there) {
        // the package names no file that is there: take the pages in the archive's order
        static PAGES: Words = Words::new(".xhtml .html .htm");
        let is_page = |name: &&str| PAGES.ends(&name.to_lowercase());
        let pages = archive.names().into_iter().filter(is_page);
        package.spine.extend(pages.map(|file| SpineItem {
            file: file.to_owned(),
            linear: true,
            is_text: true,
        }));
    }
    if package.spine.is_empty() {
        return Err(archive.without_text());
    }
    Ok(package)
}

/// Returns the name of the package file: the one that the container names, else the
/// `.opf` nearest to the root; `None` where only the archive's type says that it is a
/// book.
fn package_name<R: Read + Seek>(archive: &mut Archive<R>) -> Result<Option<String>, BookError> {
    let container = archive.read("META-INF/container.xml", MAX_PACKAGE_BYTES)?;
    let container = container.bytes();
    let has_container = container.is_some();
    let container = text(&container.unwrap_or_default(), None).text;
    let root_file = |e: Element| {
        let path = e.get("full-path").filter(|_| e.name == "rootfile")?;
        let (name, _) = names::resolve("", &path)?;
        archive.has(&name).then_some(name)
    };
    if let Some(name) = xml::elements(&container).find_map(root_file) {
        return Ok(Some(name));
    }
    let mut opfs = archive.names();
    opfs.retain(|name| name.to_lowercase().ends_with(".opf"));
    if let Some(name) = opfs.iter().min_by_key(|n| n.matches('/').count()) {
        return Ok(Some((*name).to_owned()));
    }
    let mimetype = archive.read("mimetype", 100)?.bytes().unwrap_or_default();
    if has_container || mimetype.starts_with(b"application/epub") {
        return Ok(None);
    }
    Err(if archive.is_damaged() {
        BookError::Damaged
    } else {
        BookError::NotABook
    })
}

/// Ends of the names of fonts, and the methods by which only fonts are encrypted.
static FONTS: Words = Words::new(".ttf .otf .woff .woff2 .ttc");
static OBFUSCATIONS: Words = Words::new("idpf.org/2008/embedding ns.adobe.com/pdf/enc");

/// Returns true where the text of the book is encrypted; fonts alone may be.
fn is_locked<R: Read + Seek>(archive: &mut Archive<R>) -> Result<bool, BookError> {
    let bytes = match archive.read("META-INF/encryption.xml", MAX_PACKAGE_BYTES)? {
        ArchiveEntry::Locked => return Ok(true),
        entry => entry.bytes().unwrap_or_default(),
    };
    // each <EncryptedData> names a method and a file
    let mut method = None;
    let mut locked = false;
    for e in xml::elements(&text(&bytes, None).text) {
        match e.name.as_str() {
            "encrypteddata" => method = None,
            "encryptionmethod" => method = method.or_else(|| e.get("algorithm")),
            "cipherreference" => {
                let file = e.get("uri").unwrap_or_default().to_lowercase();
                let is_obfuscated = OBFUSCATIONS.occur_in(method.as_deref().unwrap_or_default());
                locked |= !FONTS.ends(&file) && !is_obfuscated;
            }
            _ => {}
        }
    }
    Ok(locked)
}

/// Reads the table of contents: that of EPUB 3, else that of EPUB 2.
fn contents_of<R: Read + Seek>(
    archive: &mut Archive<R>,
    package: &Package,
) -> Result<Vec<TocEntry>, BookError> {
    type Parse = fn(&str, &str) -> Vec<TocEntry>;
    let files: [(_, Parse); 2] = [(&package.nav, contents::nav), (&package.ncx, contents::ncx)];
    for (file, parse) in files {
        let Some(file) = file else { continue };
        let bytes = archive.read(file, MAX_PACKAGE_BYTES)?.bytes();
        let found = parse(&text(&bytes.unwrap_or_default(), None).text, file);
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// Decodes one file of a book: by `encoding`, as UTF-16 by its first bytes, by its own
/// declaration where the bytes are not UTF-8, else as every file.
fn text(bytes: &[u8], encoding: Option<&str>) -> Source {
    let wide = || match bytes {
        [b'<', 0, ..] => Some("utf-16le"),
        [0, b'<', ..] => Some("utf-16be"),
        _ => None,
    };
    if let Some(name) = encoding.or_else(wide) {
        return source::read(bytes, Some(name));
    }
    if std::str::from_utf8(bytes).is_ok() {
        return source::read(bytes, None);
    }
    let declared = xml::declared_encoding(bytes);
    let known = declared.filter(|name| decode::known(name).is_some());
    source::read(bytes, known.as_deref())
}
