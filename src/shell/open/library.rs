//! Finds and opens articles: files, directories, standard input, and the texts
//! that are shipped inside the program.
//!
//! What a path leads to is [`feed`]'s affair; what is no text is refused here, by
//! its head. Nothing is mapped into memory, nothing is fetched.

use crate::document::{Document, Meta};
use crate::format::epub::{self, Book};
use crate::format::{self, Ask};
use crate::session::{Article, ShelfItem};
use crate::shell::error::Error;
use crate::shell::open::input;
use crate::shell::os::files;
use crate::source::{self, Source, decode, sanitize};
use crate::text::Lang;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The texts that are shipped: name and content.
pub const SHIPPED: &[(&str, &str)] = &[
    ("01-guide.md", include_str!("../../../articles/01-guide.md")),
    (
        "02-crawled-commentary.md",
        include_str!("../../../articles/02-crawled-commentary.md"),
    ),
    (
        "03-markdown-headings.md",
        include_str!("../../../articles/03-markdown-headings.md"),
    ),
    (
        "04-indented.txt",
        include_str!("../../../articles/04-indented.txt"),
    ),
    (
        "05-essay.txt",
        include_str!("../../../articles/05-essay.txt"),
    ),
    (
        "06-long-report.md",
        include_str!("../../../articles/06-long-report.md"),
    ),
    (
        "07-traditional.txt",
        include_str!("../../../articles/07-traditional.txt"),
    ),
];

/// Endings of files that a shelf lists.
const ENDINGS: &[&str] = &[
    "md", "markdown", "txt", "text", "html", "htm", "xhtml", "epub",
];

/// A shelf lists at most so many files of a directory.
const MOST: usize = 5000;

/// How much of a file is read to tell its title on the shelf, in bytes.
const HEAD: u64 = 64 * 1024;

/// So much is enough to guess an encoding by, in bytes.
const GUESSED: usize = 4096;

/// How files are to be read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The encoding's name, where the user gave one.
    pub encoding: Option<String>,
    /// Plain text as it stands.
    pub verbatim: bool,
}

/// Where an article is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// One of the shipped texts.
    Shipped(usize),
}

impl Item {
    /// What a path on the command line means.
    pub fn of(path: &Path) -> Self {
        if path.as_os_str() == "-" {
            Self::Stdin
        } else {
            Self::File(path.to_owned())
        }
    }

    /// Its name, to be shown.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => name_of(path),
            Self::Stdin => "-".to_owned(),
            Self::Shipped(i) => SHIPPED
                .get(*i)
                .map_or(String::new(), |(name, _)| (*name).to_owned()),
        }
    }

    /// Where it lies, as the command line takes it.
    pub fn path(&self) -> PathBuf {
        match self {
            Self::File(path) => path.clone(),
            Self::Stdin | Self::Shipped(_) => self.name().into(),
        }
    }

    /// Its text, decoded and cleaned.
    pub fn source(&self, reading: &Reading) -> Result<Source, Error> {
        self.opened(reading).map(Opened::source)
    }

    /// Reads and decodes it.
    pub fn opened(&self, reading: &Reading) -> Result<Opened, Error> {
        reading.check()?;
        let path = match self {
            Self::Shipped(i) => {
                let text = SHIPPED.get(*i).map_or("", |(_, text)| text);
                return Ok(Opened::Text(source::read(text.as_bytes(), None)));
            }
            Self::Stdin => PathBuf::from("-"),
            Self::File(path) => path.clone(),
        };
        let (mut bytes, more) =
            input::open(&path)?.read_all(&path, |head| accept(&path, head, reading))?;
        if more {
            bytes.truncate(cut(&bytes, encoding(&bytes, reading)));
        }
        opened(&path, bytes, more, reading)
    }

    /// The article itself.
    ///
    /// # Errors
    /// As [`Item::source`].
    pub fn open(&self, reading: &Reading) -> Result<Article, Error> {
        let (document, source) = crate::shell::open::pieces::document(self, reading)?;
        Ok(Article::of(
            &self.name(),
            document,
            Some(source).filter(|s| !s.text.is_empty()),
        ))
    }
}

/// The bytes of a file, decoded: a text, or a book with its chapters.
pub enum Opened {
    /// A text.
    Text(Source),
    /// An EPUB.
    Book(Box<Book>),
}

impl Opened {
    /// Returns its text.
    pub fn source(self) -> Source {
        match self {
            Self::Text(source) => source,
            Self::Book(book) => book.source,
        }
    }

    /// Parses it as an article of that name.
    pub fn parse(self, name: &str) -> (Document, Source) {
        match self {
            Self::Text(source) => {
                let ask = Ask {
                    name,
                    ..Ask::default()
                };
                (format::parse(&source, ask), source)
            }
            Self::Book(book) => (book.document(), book.source),
        }
    }

    /// Parses it as an article of that name, and finds its structure.
    pub fn article(self, name: &str) -> Article {
        let (document, source) = self.parse(name);
        Article::of(name, document, Some(source))
    }
}

impl Reading {
    /// Whether the encoding that was asked for is known.
    ///
    /// # Errors
    /// Where it is not.
    pub fn check(&self) -> Result<(), Error> {
        match self
            .encoding
            .as_deref()
            .filter(|n| decode::known(n).is_none())
        {
            Some(name) => Err(Error::Encoding(name.to_owned())),
            None => Ok(()),
        }
    }
}

/// A path to be shown. Archives hold names in the encodings of their time, which no
/// locale knows any more: they are guessed as text is.
pub fn name_of(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes();
    path.to_str()
        .map_or_else(|| decode::decode(bytes, None).text, str::to_owned)
}

/// Refuses what is no text, by the head of it.
///
/// # Errors
/// Where it is none.
pub fn accept(path: &Path, head: &[u8], reading: &Reading) -> Result<(), Error> {
    match decode::not_text(head) {
        // a book, or what is said of an archive that is none
        Some(decode::NotText::Zip) => Ok(()),
        Some(kind) if reading.encoding.is_none() => Err(Error::NotText(path.to_owned(), kind)),
        _ => Ok(()),
    }
}

/// Decodes what was accepted, all of it or its head. `cut`: there was more.
pub fn opened(path: &Path, bytes: Vec<u8>, cut: bool, reading: &Reading) -> Result<Opened, Error> {
    if decode::is_empty(&bytes) {
        return Err(Error::Empty(path.to_owned()));
    }
    if u32::try_from(bytes.len()).is_err() {
        return Err(Error::TooLarge(path.to_owned()));
    }
    if epub::is_archive(&bytes) {
        let book = epub::open(&bytes, reading.encoding.as_deref());
        return book
            .map(|book| Opened::Book(Box::new(book)))
            .map_err(|why| Error::Book(path.to_owned(), why));
    }
    let source = source::read_owned(bytes, reading.encoding.as_deref());
    Ok(Opened::Text(Source { cut, ..source }))
}

/// The encodings that a file may be in, the likeliest first; by its head.
pub fn candidates(item: &Item) -> Vec<&'static str> {
    let Item::File(path) = item else {
        return Vec::new();
    };
    let Ok((mut file, _)) = input::file(path) else {
        return Vec::new();
    };
    let mut bytes = Vec::new();
    // what cannot be read is said when it is read
    let _ = (&mut file).take(HEAD).read_to_end(&mut bytes);
    decode::candidates(&bytes)
}

/// How much of the bytes, which are in that encoding, is whole: up to the last line
/// end; in UTF-8 all whole characters where there is none. 0 where nothing tells.
pub fn cut(bytes: &[u8], encoding: &str) -> usize {
    match lines(bytes, encoding) {
        0 if encoding == "UTF-8" => characters(bytes),
        end => end,
    }
}

/// How much of the bytes, which are UTF-8, is whole characters: looks at the last three.
fn characters(bytes: &[u8]) -> usize {
    let torn = |n: &usize| {
        let from_end = bytes
            .len()
            .checked_sub(*n)
            .and_then(|at| bytes.get(at))
            .copied()
            .unwrap_or(0);
        let length = match from_end {
            0xc0..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf7 => 4,
            _ => 0,
        };
        length > *n
    };
    bytes.len() - (1..=3).find(torn).unwrap_or(0)
}

/// Where the last line of the bytes ends that is whole; 0 where none is, or nothing tells.
pub fn lines(bytes: &[u8], encoding: &str) -> usize {
    // in UTF-16 half of 上 looks like a line end
    let unit = |end: [u8; 2]| {
        bytes
            .chunks_exact(2)
            .rposition(|pair| pair == end)
            .map_or(0, |at| 2 * at + 2)
    };
    match encoding {
        // always as a whole
        "UTF-32" => 0,
        "UTF-16LE" => unit([b'\n', 0]),
        "UTF-16BE" => unit([0, b'\n']),
        _ => memchr::memrchr(b'\n', bytes).map_or(0, |at| at + 1),
    }
}

/// The encoding of a text that begins so: as asked, or guessed.
pub fn encoding(head: &[u8], reading: &Reading) -> &'static str {
    let head = head.get(..GUESSED).unwrap_or(head);
    reading
        .encoding
        .as_deref()
        .and_then(decode::known)
        .unwrap_or_else(|| decode::decode(head, None).encoding)
}

/// Whether something is there to be read.
///
/// # Errors
/// Where nothing is.
pub fn exists(path: &Path) -> Result<(), Error> {
    if path.as_os_str() == "-" {
        return Ok(());
    }
    std::fs::metadata(path)
        .map(|_| ())
        .map_err(|why| Error::Open {
            path: path.to_owned(),
            why,
        })
}

/// The articles of a directory, by name; hidden files, read-me files and those
/// of other endings are left out.
///
/// # Errors
/// Where the directory cannot be read.
pub fn list(directory: &Path) -> Result<Vec<Item>, Error> {
    let entries = std::fs::read_dir(directory).map_err(|why| Error::Open {
        path: directory.to_owned(),
        why,
    })?;
    let mut paths: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|e| e.path())
        .filter(|p| is_article(p))
        .collect();
    paths.sort();
    paths.truncate(MOST);
    Ok(paths.into_iter().map(Item::File).collect())
}

/// Whether a shelf lists that file.
fn is_article(path: &Path) -> bool {
    is_article_name(path) && path.is_file()
}

/// Whether a shelf lists a file of that name.
pub fn is_article_name(path: &Path) -> bool {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let ending = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let aside = ["readme", "license", "changelog", "contributing"]
        .iter()
        .any(|n| name.starts_with(n));
    !name.starts_with('.') && !aside && ENDINGS.contains(&ending.as_str())
}

/// What the shelf says of an article: from the head of the file.
pub fn shelf_item(item: &Item, reading: &Reading, lang: Lang) -> ShelfItem {
    let name = item.name();
    let plain = |fault: Option<String>| {
        let title = name.rsplit('/').next().unwrap_or(&name);
        ShelfItem {
            title: sanitize::line(title),
            fault,
            ..ShelfItem::default()
        }
    };
    let with_facts = |meta: &Meta| {
        let site = || meta.source.clone().filter(|s| !s.contains("://"));
        let mut shown = plain(None);
        if !meta.title.is_empty() {
            shown.title.clone_from(&meta.title);
        }
        ShelfItem {
            date: meta.date.clone(),
            source: meta.author.clone().or_else(site),
            ..shown
        }
    };
    let head = match item {
        Item::File(path) if is_book(path) && !is_pipe(path) => {
            return match book_facts(path) {
                Ok(meta) => with_facts(&meta),
                Err(error) => plain(Some(error.line(lang))),
            };
        }
        Item::File(path) if !is_pipe(path) => head(path, reading),
        Item::Shipped(_) => item.opened(reading).map(|opened| (opened, true)),
        // what comes once is not looked at before it is read
        Item::File(_) | Item::Stdin => {
            let title = lang.say(("标准输入", "standard input")).to_owned();
            return if *item == Item::Stdin {
                ShelfItem {
                    title,
                    ..ShelfItem::default()
                }
            } else {
                plain(None)
            };
        }
    };
    match head {
        Err(error) => plain(Some(error.line(lang))),
        Ok((opened, whole)) => {
            let (document, _) = opened.parse(&name);
            ShelfItem {
                length: whole.then(|| document.length()),
                ..with_facts(document.meta())
            }
        }
    }
}

/// Whether a file is a book by its name: its facts stand anywhere in it.
fn is_book(path: &Path) -> bool {
    path.extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("epub"))
}

/// The facts of a book, without reading its text.
fn book_facts(path: &Path) -> Result<Meta, Error> {
    let (file, stamp) = input::file(path)?;
    epub::facts(std::io::BufReader::new(file), stamp.len)
        .map_err(|why| Error::Book(path.to_owned(), why))
}

/// The head of a file, and whether that is all of it.
fn head(path: &Path, reading: &Reading) -> Result<(Opened, bool), Error> {
    let (mut file, stamp) = input::file(path)?;
    let mut bytes = Vec::new();
    (&mut file)
        .take(HEAD)
        .read_to_end(&mut bytes)
        .map_err(|why| Error::Open {
            path: path.to_owned(),
            why,
        })?;
    accept(path, &bytes, reading)?;
    Ok((opened(path, bytes, false, reading)?, stamp.len <= HEAD))
}

/// Whether a path leads to a pipe.
fn is_pipe(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|m| files::is_pipe(&m))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_is_torn() {
        let text = "a甲é𠮷";
        for end in 0..=text.len() {
            assert_eq!(
                cut(text.as_bytes().get(..end).unwrap(), "UTF-8"),
                text.floor_char_boundary(end),
                "{end}"
            );
        }
        // bytes that are no characters are not waited for
        assert_eq!(
            (
                cut(b"\xff\xbf\xbf\xbf", "UTF-8"),
                cut(b"ab\ncd", "GB18030"),
                cut(b"\xd6", "GB18030")
            ),
            (4, 3, 0)
        );
    }
}
