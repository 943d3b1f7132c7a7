//! An EPUB's bytes to text: unpacked in memory, its chapters one after the other.
//!
//! 1. [`archive`] opens the archive and bounds what comes out of it.
//! 2. [`package`] says which files are read in which order, and the facts;
//!    [`contents`] is the table of contents. [`xml`] reads these small files.
//! 3. [`read`] decodes the chapters as every other file and puts them into one text,
//!    so that the raw source and line numbers are those of any article.
//!
//! Knows nothing of documents: what a chapter is, `format` says. No name in the
//! archive ever becomes a path, no address is followed. What is no book, or
//! locked, or a trap, is [`Refused`]; a book with holes opens, and says so.

pub mod archive;
pub mod contents;
pub mod names;
pub mod package;
pub mod xml;

use super::{Source, decode};
use archive::{Archive, Entry};
pub use package::Facts;
use std::io::{Cursor, Read, Seek};
use std::ops::Range;
use std::sync::Arc;
use xml::Event;

/// Why a file was not opened as a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The archive cannot be read.
    Damaged,
    /// An archive, but no book: DOCX, ODT, a plain ZIP.
    NoBook,
    /// Its text is encrypted (DRM, or a password).
    Locked,
    /// It holds, or pretends to hold, more than can be read.
    TooLarge,
    /// No text stands in it.
    NoText,
}

/// A book beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    /// What its package says of it.
    pub facts: Facts,
    /// Its documents, in the order in which they stand in the text.
    pub chapters: Vec<Chapter>,
    /// Its table of contents.
    pub contents: Vec<contents::Entry>,
    /// What is missing or damaged.
    pub holes: Vec<Hole>,
}

/// One document of a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Its name in the archive.
    pub file: String,
    /// Where it stands in the source's text.
    pub range: Range<usize>,
    /// What it is for.
    pub role: Role,
}

/// What a document of a book is for, as the package says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// To be read.
    Text,
    /// It shows the cover.
    Cover,
    /// It is the table of contents.
    Contents,
    /// It stands beside the text (`linear="no"`).
    Aside,
}

/// Something that a book says it has, and has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hole {
    /// Which file.
    pub file: String,
    /// Whether a part of it was read.
    pub partly: bool,
}

/// Most bytes of a package file, a table of contents.
const SMALL: u64 = 8 << 20;
/// Tags of all chapters at the most, beside one for 16 bytes of the file.
const TAGS: usize = 600_000;
/// Most holes that are told one by one.
const HOLES: usize = 100;

/// Whether the bytes begin as an archive does.
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Unpacks and decodes a book. `encoding` overrules what its chapters say.
///
/// # Errors
/// Where it is no book, or none that can be read.
pub fn read(bytes: &[u8], encoding: Option<&str>) -> Result<Source, Refused> {
    let mut archive = Archive::open(Cursor::new(bytes), bytes.len() as u64)?;
    let (mut book, package) = open(&mut archive)?;
    book.contents = contents_of(&mut archive, &package)?;
    let mut source = Source {
        encoding: "UTF-8",
        ..Source::default()
    };
    let (main, beside): (Vec<_>, Vec<_>) = package.spine.iter().partition(|part| part.linear);
    for part in main.into_iter().chain(beside).filter(|p| p.text) {
        match archive.read(&part.file, u64::MAX)? {
            Entry::Locked => return Err(Refused::Locked),
            Entry::Missing => book.holes.push(Hole {
                file: part.file.clone(),
                partly: false,
            }),
            Entry::Whole(bytes) => add(&mut source, &mut book, &bytes, encoding, part, &package),
            Entry::Part(bytes) => {
                book.holes.push(Hole {
                    file: part.file.clone(),
                    partly: !bytes.is_empty(),
                });
                add(&mut source, &mut book, &bytes, encoding, part, &package);
            }
        }
    }
    book.holes.truncate(HOLES);
    let tags = source
        .text
        .as_bytes()
        .windows(2)
        .filter(|w| w.first() == Some(&b'<') && w.get(1) != Some(&b'/'))
        .count();
    if tags > TAGS + bytes.len() / 16 {
        return Err(Refused::TooLarge);
    }
    if source.text.trim().is_empty() {
        return Err(Refused::NoText);
    }
    source.book = Some(Arc::new(book));
    Ok(source)
}

/// The facts of a book, without its text: what a shelf shows.
///
/// # Errors
/// As [`read`].
pub fn facts<R: Read + Seek>(from: R, size: u64) -> Result<Facts, Refused> {
    open(&mut Archive::open(from, size)?).map(|(book, _)| book.facts)
}

/// The book without its text, and its package.
fn open<R: Read + Seek>(archive: &mut Archive<R>) -> Result<(Book, package::Package), Refused> {
    if locked(archive)? {
        return Err(Refused::Locked);
    }
    let opf = package_name(archive)?;
    let mut package = match opf {
        Some(opf) => match archive.read(&opf, SMALL)? {
            Entry::Locked => return Err(Refused::Locked),
            entry => package::read(
                &entry
                    .bytes()
                    .map(|b| text(&b, None).text)
                    .unwrap_or_default(),
                &opf,
            ),
        },
        None => package::Package::default(),
    };
    if !package
        .spine
        .iter()
        .any(|part| part.text && archive.has(&part.file))
    {
        // a package that names nothing which is there: what is there, in its order
        let pages = |name: &&str| {
            [".xhtml", ".html", ".htm"]
                .iter()
                .any(|end| name.to_lowercase().ends_with(end))
        };
        let found = archive
            .names()
            .into_iter()
            .filter(pages)
            .map(|file| package::Part {
                file: file.to_owned(),
                linear: true,
                text: true,
            });
        package.spine.extend(found.collect::<Vec<_>>());
    }
    if package.spine.is_empty() {
        return Err(Refused::NoText);
    }
    let book = Book {
        facts: std::mem::take(&mut package.facts),
        ..Book::default()
    };
    Ok((book, package))
}

/// The entry with the package file: as the container says, else one that is called so.
/// `None` where only the archive's type says that it is a book.
fn package_name<R: Read + Seek>(archive: &mut Archive<R>) -> Result<Option<String>, Refused> {
    let container = archive.read("META-INF/container.xml", SMALL)?.bytes();
    let stated = container.is_some();
    if let Some(bytes) = container {
        for event in xml::events(&text(&bytes, None).text) {
            if let Event::Start(e) = event
                && e.name == "rootfile"
                && let Some(name) = e
                    .get("full-path")
                    .and_then(|path| names::resolve("", &path))
                    .map(|(name, _)| name)
                && archive.has(&name)
            {
                return Ok(Some(name));
            }
        }
    }
    let mut named: Vec<&str> = archive
        .names()
        .into_iter()
        .filter(|n| n.to_lowercase().ends_with(".opf"))
        .collect();
    named.sort_by_key(|n| n.matches('/').count());
    if let Some(name) = named.first() {
        return Ok(Some((*name).to_owned()));
    }
    let typed = archive
        .read("mimetype", 100)?
        .bytes()
        .is_some_and(|b| b.starts_with(b"application/epub"));
    if stated || typed {
        return Ok(None);
    }
    Err(if archive.is_damaged() {
        Refused::Damaged
    } else {
        Refused::NoBook
    })
}

/// Whether the book's text is encrypted; fonts alone may be.
fn locked<R: Read + Seek>(archive: &mut Archive<R>) -> Result<bool, Refused> {
    let bytes = match archive.read("META-INF/encryption.xml", SMALL)? {
        Entry::Locked => return Ok(true),
        entry => entry.bytes().unwrap_or_default(),
    };
    // between its tags, an element of the list names a method and a file
    let (mut method, mut locked) = (None, false);
    for event in xml::events(&text(&bytes, None).text) {
        let Event::Start(e) = event else { continue };
        match e.name.as_str() {
            "encrypteddata" => method = None,
            "encryptionmethod" => method = method.or_else(|| e.get("algorithm")),
            "cipherreference" => {
                let file = e.get("uri").unwrap_or_default().to_lowercase();
                let font = [".ttf", ".otf", ".woff", ".woff2", ".ttc"]
                    .iter()
                    .any(|end| file.ends_with(end));
                let veiled = method.as_deref().is_some_and(|m| {
                    m.contains("idpf.org/2008/embedding") || m.contains("ns.adobe.com/pdf/enc")
                });
                locked |= !font && !veiled;
            }
            _ => {}
        }
    }
    Ok(locked)
}

/// The table of contents: that of EPUB 3, else that of EPUB 2.
fn contents_of<R: Read + Seek>(
    archive: &mut Archive<R>,
    package: &package::Package,
) -> Result<Vec<contents::Entry>, Refused> {
    for (file, parse) in [
        (&package.nav, contents::nav as fn(&str, &str) -> _),
        (&package.ncx, contents::ncx),
    ] {
        let Some(file) = file else { continue };
        let Some(bytes) = archive.read(file, SMALL)?.bytes() else {
            continue;
        };
        let found = parse(&text(&bytes, None).text, file);
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// Adds a chapter to the text.
fn add(
    source: &mut Source,
    book: &mut Book,
    bytes: &[u8],
    encoding: Option<&str>,
    part: &package::Part,
    package: &package::Package,
) {
    let chapter = text(bytes, encoding);
    let start = source.text.len();
    source.text.push_str(chapter.text.trim_end());
    source.text.push('\n');
    if chapter.encoding != "UTF-8" {
        (source.encoding, source.guessed) = (chapter.encoding, chapter.guessed);
    }
    source.bad_bytes += chapter.bad_bytes;
    source.removed += chapter.removed;
    let is = |name: &Option<String>| name.as_deref() == Some(part.file.as_str());
    let role = match () {
        () if is(&package.cover) => Role::Cover,
        () if is(&package.nav) || is(&package.contents) => Role::Contents,
        () if !part.linear => Role::Aside,
        () => Role::Text,
    };
    book.chapters.push(Chapter {
        file: part.file.clone(),
        range: start..source.text.len(),
        role,
    });
}

/// Decodes one file of a book: by the user's word, its mark, its own declaration
/// where the bytes are no UTF-8, else as every file.
fn text(bytes: &[u8], encoding: Option<&str>) -> Source {
    let wide = if bytes.starts_with(b"<\0") {
        Some("utf-16le")
    } else {
        bytes.starts_with(b"\0<").then_some("utf-16be")
    };
    let declared = || {
        let head = String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes)).to_lowercase();
        let (_, after) = head.split_once("encoding=")?;
        let name: String = after
            .trim_start_matches(['"', '\''])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
            .collect();
        // what can be read so far is no UTF-16
        (head.starts_with("<?xml") && !name.starts_with("utf")).then_some(name)
    };
    match encoding.or(wide) {
        Some(name) => super::read(bytes, Some(name)),
        None if std::str::from_utf8(bytes).is_ok() => super::read(bytes, None),
        None => super::read(
            bytes,
            declared()
                .filter(|name| decode::known(name).is_some())
                .as_deref(),
        ),
    }
}
