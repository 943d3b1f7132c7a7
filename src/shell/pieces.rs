//! Reads a long file piece by piece.
//!
//! 1. [`Pieces::begin`] reads the head and says whether the rest can come in pieces: an
//!    archive cannot, nor can a web page or a text of which no head is whole.
//! 2. [`Pieces::all`] reads a piece, decodes it, parses it as far as it is whole, and
//!    takes the rest of it to the next one.
//! 3. [`document`] does both, for who needs the whole at once.
//!
//! Starts no thread, and reads no pipe.

use super::library::{self, Item, Reading};
use super::{Error, feed};
use crate::document::Document;
use crate::format::{self, Ask, Parser, parser};
use crate::source::{self, Source, book, decode};
use feed::Stamp;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// So much of a long file is its head.
const HEAD: u64 = parser::HEAD as u64;
/// So many lines are read: short ones cost more than their bytes.
const LINES: usize = 20_000_000;
/// The encoding of a text that nobody had to guess.
const UTF_8: &str = "UTF-8";

/// How a long file begins.
pub enum Begun {
    /// It can be read piece by piece.
    Pieces(Box<Pieces>),
    /// It is an archive.
    Packed,
    /// It must be read as a whole; this is its head.
    Whole(Source),
}

/// A long file that is read piece by piece, so that it never stands in memory as a
/// whole beside its document.
pub struct Pieces {
    path: PathBuf,
    file: File,
    name: String,
    parser: Parser,
    /// The encoding of the head, where it was not plain UTF-8.
    encoding: Option<&'static str>,
    /// Bytes that are not yet text: less than a line.
    bytes: Vec<u8>,
    /// Text that is not yet parsed: less than a paragraph.
    text: String,
    /// How much text there must be before it is parsed: twice what was in vain.
    wanted: usize,
    /// What is known of the text so far.
    facts: Source,
}

impl Pieces {
    /// Reads the head of a long file, and how it is to be read on.
    ///
    /// # Errors
    /// Where it cannot be read, or is no text.
    pub fn begin(path: &Path, mut file: File, stamp: Stamp, reading: &Reading) -> Result<Begun, Error> {
        let mut head = Vec::new();
        (&mut file).take(HEAD).read_to_end(&mut head).map_err(|why| Error::Open { path: path.to_owned(), why })?;
        library::accept(path, &head, reading)?;
        if book::is_archive(&head) {
            return Ok(Begun::Packed);
        }
        let end = library::cut(&head, library::encoding(&head, reading));
        let bytes = head.split_off(if end > 0 { end } else { head.len() });
        let name = library::name_of(path);
        if decode::is_empty(&head) {
            // what follows decides
            return Ok(Begun::Whole(Source::default()));
        }
        let source = library::decode(path, head, false, reading)?;
        if end == 0 || !Parser::takes(&source, &name) {
            return Ok(Begun::Whole(source));
        }
        let mut parser = Parser::new(&name);
        parser.facts(&source);
        parser.reserve(stamp.len as usize);
        let stated = reading.encoding.is_some() || source.encoding != UTF_8;
        let encoding = stated.then_some(source.encoding);
        let facts = Source { text: String::new(), ..source.clone() };
        let mut pieces = Self { path: path.to_owned(), file, name, parser, encoding, bytes, text: String::new(), wanted: 0, facts };
        pieces.feed(source, false);
        Ok(Begun::Pieces(Box::new(pieces)))
    }

    /// The file's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What has been read so far, as a document.
    #[must_use]
    pub fn head(&self) -> Document {
        self.parser.preview(&self.text)
    }

    /// Parses what was decoded, as far as it is whole.
    fn feed(&mut self, source: Source, last: bool) {
        if self.text.is_empty() {
            self.text = source.text;
        } else {
            self.text.push_str(&source.text);
        }
        if self.text.len() < self.wanted && !last {
            return;
        }
        let taken = self.parser.feed(&self.text, last);
        self.wanted = if taken == 0 { 2 * self.text.len() } else { 0 };
        self.text.drain(..taken);
    }

    /// Reads and parses all that is left; gives the document and what is known of its
    /// text, or nothing where it is to `stop`.
    ///
    /// # Errors
    /// Where it cannot be read on, or is too large.
    pub fn all(mut self, stop: &AtomicBool) -> Result<Option<(Document, Source)>, Error> {
        let (mut seen, mut lines) = (HEAD, 0);
        loop {
            if stop.load(Ordering::Relaxed) {
                return Ok(None);
            }
            let mut piece = std::mem::take(&mut self.bytes);
            let wanted = parser::PIECE as u64;
            piece.reserve(parser::PIECE);
            let got = (&mut self.file).take(wanted).read_to_end(&mut piece).map_err(|why| Error::Open { path: self.path.clone(), why })?;
            seen += got as u64;
            if u32::try_from(seen).is_err() {
                return Err(Error::TooLarge(self.path));
            }
            lines += memchr::memchr_iter(b'\n', &piece).count();
            self.facts.cut = lines > LINES;
            let last = got == 0 || self.facts.cut;
            if got > 0 {
                self.bytes = piece.split_off(library::cut(&piece, self.encoding.unwrap_or(UTF_8)));
            }
            let source = source::read_owned(piece, self.encoding);
            self.facts.bad_bytes += source.bad_bytes;
            self.facts.foreign_lines += source.foreign_lines;
            self.facts.removed += source.removed;
            self.feed(source, last);
            if last {
                return Ok(Some((self.parser.finish(&self.facts), self.facts)));
            }
        }
    }
}

/// The document of an article, and what is known of its text: of a long file
/// without the text, which is nowhere as a whole.
///
/// # Errors
/// Where it cannot be read, or is no text.
pub fn document(item: &Item, reading: &Reading) -> Result<(Document, Source), Error> {
    if let Item::File(path) = item
        && std::fs::metadata(path).is_ok_and(|m| m.is_file() && m.len() > parser::SHORT as u64)
    {
        let (file, stamp) = feed::file(path)?;
        if let Begun::Pieces(pieces) = Pieces::begin(path, file, stamp, reading)?
            && let Some(all) = pieces.all(&AtomicBool::new(false))?
        {
            return Ok(all);
        }
    }
    let source = item.source(reading)?;
    Ok((format::parse(&source, Ask { name: &item.name(), ..Ask::default() }), source))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A long text in an encoding, by pieces and as a whole.
    fn both(name: &str, bytes: &[u8]) -> (String, String) {
        let folder = std::env::temp_dir().join(format!("jingdu-pieces-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        let item = Item::File(path.clone());
        let (pieces, _) = document(&item, &Reading::default()).unwrap();
        let whole = format::parse(&item.source(&Reading::default()).unwrap(), Ask { name, ..Ask::default() });
        std::fs::remove_file(&path).unwrap();
        (pieces.text().to_owned(), whole.text().to_owned())
    }

    #[test]
    fn a_blank_head_is_no_empty_file() {
        let text = format!("{}{}", "\n".repeat(600_000), "天上的事说来话长。\n".repeat(3));
        let (pieces, whole) = both("blank.txt", text.as_bytes());
        assert!(pieces == whole && whole.lines().count() == 3);
    }

    #[test]
    fn no_character_is_lost_between_pieces() {
        let line = "天上的事说来话长，一是要读，二是要写，三是要想。";
        let lines = |end: &str| format!("{line}{end}").repeat(24_000);
        let wide = |text: &str, order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let gb = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
        let nul = format!("甲{}\0{}", lines(""), lines("\n"));
        for (name, bytes) in [
            ("nul.txt", nul.into_bytes()),
            ("line.txt", lines("").into_bytes()),
            ("bad.txt", [lines("").as_bytes(), b"\xff", lines("").as_bytes()].concat()),
            ("gb.txt", gb(&lines("\r\n"))),
            ("gb-line.txt", gb(&lines(""))),
            ("le.txt", wide(&lines("\r\n"), u16::to_le_bytes)),
            ("be.txt", wide(&lines("\n"), u16::to_be_bytes)),
            ("le-line.txt", wide(&lines("𠮷"), u16::to_le_bytes)),
        ] {
            let (pieces, whole) = both(name, &bytes);
            assert!(whole.len() > 1 << 20, "{name}");
            let differ = pieces.bytes().zip(whole.bytes()).position(|(a, b)| a != b);
            assert!(pieces == whole, "{name}: {} and {} bytes, apart at {differ:?}", pieces.len(), whole.len());
        }
    }
}
