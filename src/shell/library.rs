//! Finds and opens articles: files, directories, standard input, and the texts
//! that are shipped inside the program.
//!
//! A file is looked at before it is read: pipes, devices and what is no text
//! are refused by name. Nothing is mapped into memory, nothing is fetched.

use super::Error;
use crate::session::{Article, ShelfItem};
use crate::source::{self, Source, book, decode, sanitize};
use crate::text::Lang;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The texts that are shipped: name and content.
pub const SHIPPED: &[(&str, &str)] = &[
    ("01-guide.md", include_str!("../../articles/01-guide.md")),
    ("02-crawled-commentary.md", include_str!("../../articles/02-crawled-commentary.md")),
    ("03-markdown-headings.md", include_str!("../../articles/03-markdown-headings.md")),
    ("04-indented.txt", include_str!("../../articles/04-indented.txt")),
    ("05-essay.txt", include_str!("../../articles/05-essay.txt")),
    ("06-long-report.md", include_str!("../../articles/06-long-report.md")),
    ("07-traditional.txt", include_str!("../../articles/07-traditional.txt")),
];

/// Endings of files that a shelf lists.
const ENDINGS: &[&str] = &["md", "markdown", "txt", "text", "html", "htm", "xhtml", "epub"];

/// A shelf lists at most so many files of a directory.
const MOST: usize = 5000;

/// How much of a file is read to tell its title on the shelf, in bytes.
const HEAD: u64 = 64 * 1024;

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
    #[must_use]
    pub fn of(path: &Path) -> Self {
        if path.as_os_str() == "-" { Self::Stdin } else { Self::File(path.to_owned()) }
    }

    /// Its name, to be shown.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.to_string_lossy().into_owned(),
            Self::Stdin => "-".to_owned(),
            Self::Shipped(i) => SHIPPED.get(*i).map_or(String::new(), |(name, _)| (*name).to_owned()),
        }
    }

    /// Its text, decoded and cleaned.
    ///
    /// # Errors
    /// Where it cannot be read, or is no text.
    pub fn source(&self, reading: &Reading) -> Result<Source, Error> {
        if let Some(name) = reading.encoding.as_deref().filter(|n| decode::known(n).is_none()) {
            return Err(Error::Encoding(name.to_owned()));
        }
        let encoding = reading.encoding.as_deref();
        match self {
            Self::Shipped(i) => Ok(source::read(SHIPPED.get(*i).map_or("", |(_, text)| text).as_bytes(), None)),
            Self::Stdin => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes).map_err(|why| Error::Open { path: "-".into(), why })?;
                accept(&PathBuf::from("-"), &bytes, encoding)
            }
            Self::File(path) => accept(path, &read_file(path)?, encoding),
        }
    }

    /// The article itself.
    ///
    /// # Errors
    /// As [`Item::source`].
    pub fn open(&self, reading: &Reading) -> Result<Article, Error> {
        Ok(Article::new(&self.name(), self.source(reading)?))
    }
}

/// Refuses what is no text; decodes the rest, and unpacks books.
fn accept(path: &Path, bytes: &[u8], encoding: Option<&str>) -> Result<Source, Error> {
    if bytes.is_empty() || bytes == b"\xef\xbb\xbf" {
        return Err(Error::Empty(path.to_owned()));
    }
    if u32::try_from(bytes.len()).is_err() {
        return Err(Error::TooLarge(path.to_owned()));
    }
    if book::is_archive(bytes) {
        return book::read(bytes, encoding).map_err(|why| Error::Book(path.to_owned(), why));
    }
    match decode::not_text(bytes) {
        Some(kind) if encoding.is_none() => Err(Error::NotText(path.to_owned(), kind)),
        _ => Ok(source::read(bytes, encoding)),
    }
}

/// Opens a regular file; refuses everything else by name.
fn open_regular(path: &Path) -> Result<File, Error> {
    let open = |why| Error::Open { path: path.to_owned(), why };
    let kind = std::fs::metadata(path).map_err(open)?;
    if kind.is_dir() {
        return Err(Error::Directory(path.to_owned()));
    }
    if !kind.is_file() {
        return Err(Error::NotRegular(path.to_owned()));
    }
    File::open(path).map_err(open)
}

fn read_file(path: &Path) -> Result<Vec<u8>, Error> {
    let mut file = open_regular(path)?;
    let mut bytes = Vec::with_capacity(file.metadata().map_or(0, |m| m.len().min(1 << 32) as usize + 1));
    file.read_to_end(&mut bytes).map_err(|why| Error::Open { path: path.to_owned(), why })?;
    Ok(bytes)
}

/// Whether something is there to be read.
///
/// # Errors
/// Where nothing is.
pub fn exists(path: &Path) -> Result<(), Error> {
    if path.as_os_str() == "-" {
        return Ok(());
    }
    std::fs::metadata(path).map(|_| ()).map_err(|why| Error::Open { path: path.to_owned(), why })
}

/// The articles of a directory, by name; hidden files, read-me files and those
/// of other endings are left out.
///
/// # Errors
/// Where the directory cannot be read.
pub fn list(directory: &Path) -> Result<Vec<Item>, Error> {
    let entries = std::fs::read_dir(directory).map_err(|why| Error::Open { path: directory.to_owned(), why })?;
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|e| e.path()).filter(|p| is_article(p)).collect();
    paths.sort();
    paths.truncate(MOST);
    Ok(paths.into_iter().map(Item::File).collect())
}

/// Whether a shelf lists that file.
fn is_article(path: &Path) -> bool {
    is_article_name(path) && path.is_file()
}

/// Whether a shelf lists a file of that name.
#[must_use]
pub fn is_article_name(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let aside = ["readme", "license", "changelog", "contributing"].iter().any(|n| name.starts_with(n));
    !name.starts_with('.') && !aside && ENDINGS.contains(&ending.as_str())
}

/// What the shelf says of an article: from the head of the file.
#[must_use]
pub fn shelf_item(item: &Item, reading: &Reading, lang: Lang) -> ShelfItem {
    let name = item.name();
    let plain = |fault: Option<String>| {
        let title = Path::new(&name).file_name().map_or(name.clone(), |n| n.to_string_lossy().into_owned());
        ShelfItem { title: sanitize::line(&title), fault, ..ShelfItem::default() }
    };
    let head = match item {
        Item::File(path) if is_book(path) => {
            return match book_facts(path) {
                Ok(book) => {
                    let date = book.date.as_deref().map(|d| crate::format::date::read(d).unwrap_or_else(|| d.to_owned()));
                    let from = Some(book.authors.join("、")).filter(|a| !a.is_empty()).or(book.publisher);
                    let title = if book.title.is_empty() { plain(None).title } else { book.title };
                    ShelfItem { title, date, source: from, ..ShelfItem::default() }
                }
                Err(error) => plain(Some(error.line(lang))),
            };
        }
        Item::File(path) => head(path).and_then(|(bytes, whole)| Ok((accept(path, &bytes, reading.encoding.as_deref())?, whole))),
        Item::Shipped(_) => item.source(reading).map(|s| (s, true)),
        Item::Stdin => {
            let title = lang.say(("标准输入", "standard input")).to_owned();
            return ShelfItem { title, ..ShelfItem::default() };
        }
    };
    match head {
        Err(error) => plain(Some(error.line(lang))),
        Ok((source, whole)) => {
            let document = crate::format::parse(&source, crate::format::Ask { name: &name, ..Default::default() });
            let meta = document.meta();
            let title = if meta.title.is_empty() { plain(None).title } else { meta.title.clone() };
            let from = meta.author.clone().or_else(|| meta.source.clone().filter(|s| !s.contains("://")));
            ShelfItem { title, date: meta.date.clone(), source: from, length: whole.then(|| document.length()), ..ShelfItem::default() }
        }
    }
}

/// Whether a file is a book by its name: its facts stand anywhere in it.
fn is_book(path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case("epub"))
}

/// The facts of a book, without reading its text.
fn book_facts(path: &Path) -> Result<book::Book, Error> {
    let file = open_regular(path)?;
    let size = file.metadata().map_or(0, |m| m.len());
    book::facts(io::BufReader::new(file), size).map_err(|why| Error::Book(path.to_owned(), why))
}

/// The head of a file, and whether that is all of it.
fn head(path: &Path) -> Result<(Vec<u8>, bool), Error> {
    let file = open_regular(path)?;
    let whole = file.metadata().is_ok_and(|m| m.len() <= HEAD);
    let mut bytes = Vec::new();
    file.take(HEAD).read_to_end(&mut bytes).map_err(|why| Error::Open { path: path.to_owned(), why })?;
    Ok((bytes, whole))
}
