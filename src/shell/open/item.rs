//! Articles by where they lie: files, standard input, and the texts that are shipped
//! inside the program; and how their bytes become text.
//!
//! An article of a file that holds several is named by its number: `feed.xml#3`, `cache.db#12`.
//! A file that is not a text is refused by its head. Nothing is mapped into memory,
//! nothing is fetched.

use crate::document::Document;
use crate::format::epub::{self, Book};
use crate::format::sections::SHORT_TEXT_BYTES;
use crate::format::{self, ParseOptions};
use crate::session::Article;
use crate::shell::error::Error;
use crate::shell::open::{input, newsboat};
use crate::source::{self, Source, decode};
use crate::text::Lang;
use std::path::{Path, PathBuf};

/// Includes a shipped text by its name.
macro_rules! shipped {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../articles/", $name)))
    };
}

/// The texts that are shipped: name and content.
pub const SHIPPED: &[(&str, &str)] = &[
    shipped!("01-guide.md"),
    shipped!("02-crawled-commentary.md"),
    shipped!("03-markdown-headings.md"),
    shipped!("04-indented.txt"),
    shipped!("05-essay.txt"),
    shipped!("06-long-report.md"),
    shipped!("07-traditional.txt"),
    shipped!("08-guide-quoting.md"),
    shipped!("09-guide-en.md"),
    shipped!("10-guide-quoting-en.md"),
];

/// The shipped texts that teach, in Chinese and in English.
const GUIDES: (&[&str], &[&str]) = (
    &["01-guide.md", "08-guide-quoting.md"],
    &["09-guide-en.md", "10-guide-quoting-en.md"],
);

/// Returns the shipped texts as a shelf lists them: the guides of this language first, those of
/// the other one last.
pub(crate) fn shipped(lang: Lang) -> Vec<Item> {
    let (own, other) = match lang {
        Lang::Zh => GUIDES,
        Lang::En => (GUIDES.1, GUIDES.0),
    };
    let rank = |i: &usize| {
        let name = SHIPPED.get(*i).map_or("", |(name, _)| name);
        match (own.contains(&name), other.contains(&name)) {
            (true, _) => 0,
            (_, true) => 2,
            _ => 1,
        }
    };
    let mut order: Vec<usize> = (0..SHIPPED.len()).collect();
    order.sort_by_key(rank);
    order.into_iter().map(Item::Shipped).collect()
}

/// The path of a shipped text begins with this.
pub(crate) const SHIPPED_PREFIX: &str = "shipped:";

/// Stands between the path of a file and the number of an article in it.
pub(crate) const PART_MARK: char = '#';

/// The options of decoding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DecodeOptions {
    /// The encoding's name, where the user gave one.
    pub encoding: Option<String>,
}

impl DecodeOptions {
    /// Checks that the encoding that was asked for is known.
    pub fn check(&self) -> Result<(), Error> {
        let unknown = self.encoding.iter().find(|n| decode::known(n).is_none());
        unknown.map_or(Ok(()), |name| Err(Error::Encoding(name.clone())))
    }
}

/// The place of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A file.
    File(PathBuf),
    /// One of several articles of a file, by its index.
    Part(PathBuf, usize),
    /// Standard input.
    Stdin,
    /// One of the shipped texts.
    Shipped(usize),
}

impl Item {
    /// Returns the item that a path on the command line means.
    pub fn of(path: &Path) -> Self {
        if path.as_os_str() == "-" {
            return Self::Stdin;
        }
        let item = Self::part_at(path).or_else(|| Self::shipped_at(path));
        item.unwrap_or_else(|| Self::File(path.to_owned()))
    }

    /// Returns the shipped text that a path of the store names.
    fn shipped_at(path: &Path) -> Option<Self> {
        let name = path.to_str()?.strip_prefix(SHIPPED_PREFIX)?;
        let index = SHIPPED.iter().position(|(own, _)| *own == name)?;
        (!path.exists()).then_some(Self::Shipped(index))
    }

    /// Returns the article that the number behind the path of a file means.
    fn part_at(path: &Path) -> Option<Self> {
        let (file, number) = path.to_str()?.rsplit_once(PART_MARK)?;
        let index = number.parse::<usize>().ok()?.checked_sub(1)?;
        let is_part = Path::new(file).is_file() && !path.exists();
        is_part.then(|| Self::Part(file.into(), index))
    }

    /// Returns its name, to be shown.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => name_of(path),
            Self::Part(path, i) => format!("{}#{}", name_of(path), i + 1),
            Self::Stdin => "-".to_owned(),
            Self::Shipped(i) => SHIPPED.get(*i).map_or("", |(name, _)| name).to_owned(),
        }
    }

    /// Returns its path, as the command line takes it.
    pub fn path(&self) -> PathBuf {
        match self {
            Self::File(path) | Self::Part(path, _) => path.clone(),
            Self::Stdin | Self::Shipped(_) => self.name().into(),
        }
    }

    /// Returns the file that it is in.
    pub(crate) fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) | Self::Part(path, _) => Some(path),
            Self::Stdin | Self::Shipped(_) => None,
        }
    }

    /// Returns its index among the articles of its file.
    fn part(&self) -> Option<usize> {
        match self {
            Self::Part(_, i) => Some(*i),
            _ => None,
        }
    }

    /// Reads its text, decoded and cleaned.
    pub fn source(&self, options: &DecodeOptions) -> Result<Source, Error> {
        Ok(match self.content(options)? {
            Content::Text(source) => source,
            Content::Book(book) => book.source,
        })
    }

    /// Reads and decodes it.
    pub(super) fn content(&self, options: &DecodeOptions) -> Result<Content, Error> {
        options.check()?;
        if let Self::Shipped(i) = self {
            let text = SHIPPED.get(*i).map_or("", |(_, text)| text);
            return Ok(Content::Text(source::read(text.as_bytes(), None)));
        }
        if let Self::Part(path, i) = self
            && newsboat::is_database(path)
        {
            return Ok(Content::Text(newsboat::source(path, i + 1)?));
        }
        let path = self.path();
        let is_text = |head: &[u8]| accept(&path, head, options);
        let (bytes, more) = input::open(&path)?.read_all(&path, is_text)?;
        decode(&path, bytes, more, options)
    }

    /// Reads it as a document. The source comes without its text where that is long.
    pub fn document(&self, options: &DecodeOptions) -> Result<(Document, Source), Error> {
        let content = self.content(options)?;
        let (document, mut source) = content.parse(&self.name(), self.part());
        if source.text.len() > SHORT_TEXT_BYTES && self.file().is_some() {
            source.text = String::new();
        }
        Ok((document, source))
    }

    /// Reads the article. The source of a long file is not kept: it can be read again.
    pub fn article(&self, options: &DecodeOptions) -> Result<Article, Error> {
        let (document, source) = self.document(options)?;
        let source = Some(source).filter(|s| !s.text.is_empty());
        Ok(Article::of(&self.name(), document, source))
    }
}

/// The decoded bytes of a file.
pub enum Content {
    /// A text.
    Text(Source),
    /// An EPUB with its chapters.
    Book(Box<Book>),
}

impl Content {
    /// Parses it as an article of that name; of a text of several articles only one `part`, if
    /// that is asked for.
    pub fn parse(self, name: &str, part: Option<usize>) -> (Document, Source) {
        match self {
            Self::Text(source) => {
                let options = ParseOptions {
                    name,
                    part,
                    ..ParseOptions::default()
                };
                (format::parse(&source, options), source)
            }
            Self::Book(book) => (book.document(), book.source),
        }
    }

    /// Parses it as an article of that name, and finds its structure.
    pub fn article(self, name: &str) -> Article {
        let (document, source) = self.parse(name, None);
        Article::of(name, document, Some(source))
    }
}

/// Returns a path to be shown. Archives hold names in the encodings of their time, which
/// no locale knows any more: they are guessed as text is.
pub(crate) fn name_of(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes();
    path.to_str()
        .map_or_else(|| decode::decode(bytes, None).text, str::to_owned)
}

/// Refuses by its head a file that is not a text.
pub fn accept(path: &Path, head: &[u8], options: &DecodeOptions) -> Result<(), Error> {
    match decode::not_text(head) {
        // a book, or an archive that is refused with a better reason
        Some(decode::NotText::Zip) => Ok(()),
        Some(kind) if options.encoding.is_none() => Err(Error::NotText(path.to_owned(), kind)),
        _ => Ok(()),
    }
}

/// Decodes a text or a book. `cut`: there was more, which is not read; the text then ends with
/// its last line.
pub fn decode(
    path: &Path,
    bytes: Vec<u8>,
    cut: bool,
    options: &DecodeOptions,
) -> Result<Content, Error> {
    if decode::is_empty(&bytes) {
        return Err(Error::Empty(path.to_owned()));
    }
    if u32::try_from(bytes.len()).is_err() {
        return Err(Error::TooLarge(path.to_owned()));
    }
    let encoding = options.encoding.as_deref();
    if epub::is_archive(&bytes) {
        let book = epub::open(&bytes, encoding);
        let book = book.map_err(|why| Error::Book(path.to_owned(), why))?;
        return Ok(Content::Book(Box::new(book)));
    }
    let mut source = source::read_owned(bytes, encoding);
    source.cut = cut;
    if cut && let Some(end) = memchr::memrchr(b'\n', source.text.as_bytes()) {
        source.text.truncate(end + 1);
    }
    Ok(Content::Text(source))
}
