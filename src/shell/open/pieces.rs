//! Reads a long file piece by piece.
//!
//! 1. [`Pieces::begin`] reads the head and says whether the rest can come in pieces: an
//!    archive cannot, nor can a web page or a text of which no head is whole. Where a
//!    line fills the head, it reads on to see whether that ends soon ([`Line`]).
//! 2. [`Pieces::head`] is what there is to be shown at once, of a line without an end its beginning.
//! 3. [`Pieces::all`] reads a piece, decodes it, parses it as far as it is whole, and
//!    takes the rest of it to the next one.
//! 4. [`document`] does all of it, for who needs the whole at once.
//!
//! Starts no thread, and reads no pipe.

use crate::document::Document;
use crate::format::{self, epub, stream};
use crate::format::{Ask, Parser};
use crate::shell::error::Error;
use crate::shell::open::input;
use crate::shell::open::library::{self, Item, Reading};
use crate::shell::os::files::Stamp;
use crate::source::{self, Source, decode};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// So much of a long file is its head.
const HEAD: u64 = stream::HEAD as u64;
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
    Whole(Box<Document>),
}

/// The line that is not whole where the head of a file ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// It is left to the next piece.
    Short,
    /// It has no end where the longest line ends that is read as any other.
    Endless,
    /// Nobody knows where lines end.
    Whole,
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
    /// How much of the file was read, in bytes.
    seen: u64,
    /// How the head ends.
    line: Line,
    /// Whether what was read last ends inside a line of UTF-8.
    inside: bool,
}

impl Pieces {
    /// Reads the head of a long file, and how it is to be read on.
    ///
    /// # Errors
    /// Where it cannot be read, or is no text.
    pub fn begin(
        path: &Path,
        mut file: File,
        stamp: Stamp,
        reading: &Reading,
    ) -> Result<Begun, Error> {
        let mut head = Vec::with_capacity(HEAD as usize);
        (&mut file)
            .take(HEAD)
            .read_to_end(&mut head)
            .map_err(|why| Error::Open {
                path: path.to_owned(),
                why,
            })?;
        library::accept(path, &head, reading)?;
        if epub::is_archive(&head) {
            return Ok(Begun::Packed);
        }
        let guessed = library::encoding(&head, reading);
        let (end, line) = end_of(&mut head, &mut file, guessed).map_err(|why| Error::Open {
            path: path.to_owned(),
            why,
        })?;
        let seen = head.len() as u64;
        // what is left may be long, and is not copied
        let mut bytes = head;
        let head: Vec<u8> = bytes.drain(..end).collect();
        let name = library::name_of(path);
        if decode::is_empty(if end > 0 { &head } else { &bytes }) {
            // what follows decides
            return Ok(Begun::Whole(Box::default()));
        }
        let bare = end == 0;
        let mut source = library::opened(
            path,
            if bare {
                beginning(&bytes, guessed).to_vec()
            } else {
                head
            },
            false,
            reading,
        )?
        .source();
        if line == Line::Whole || !Parser::takes(&source, &name) {
            if line == Line::Endless && !bare {
                source.text +=
                    &source::read(beginning(&bytes, guessed), Some(source.encoding)).text;
            }
            return Ok(Begun::Whole(Box::new(format::parse(
                &source,
                Ask {
                    name: &name,
                    cut: true,
                    ..Ask::default()
                },
            ))));
        }
        let mut parser = Parser::new(&name);
        parser.facts(&source);
        parser.reserve(stamp.len as usize);
        let stated = reading.encoding.is_some() || source.encoding != UTF_8;
        let encoding = stated.then_some(source.encoding);
        if bare {
            // it is read again with what follows
            source = Source {
                text: String::new(),
                bad_bytes: 0,
                foreign_lines: 0,
                removed: 0,
                ..source
            };
        }
        let facts = Source {
            text: String::new(),
            ..source.clone()
        };
        let mut pieces = Self {
            path: path.to_owned(),
            file,
            name,
            parser,
            encoding,
            bytes,
            text: String::new(),
            wanted: 0,
            facts,
            seen,
            line,
            inside: false,
        };
        pieces.feed(source, false);
        Ok(Begun::Pieces(Box::new(pieces)))
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What has been read so far, as a document.
    pub fn head(&self) -> Document {
        if self.line != Line::Endless {
            return self.parser.preview(&self.text, "");
        }
        let begun = source::read(
            beginning(&self.bytes, self.encoding.unwrap_or(UTF_8)),
            self.encoding,
        );
        self.parser.preview(&self.text, whole(&begun.text))
    }

    /// Parses what was decoded, as far as it is whole.
    fn feed(&mut self, source: Source, last: bool) {
        // a line that could not be decoded before all of it was there
        let room = if source.text.len() > stream::LONG {
            stream::PIECE
        } else {
            usize::MAX
        };
        if self.text.is_empty() {
            self.text = source.text;
        } else {
            self.text.push_str(&source.text);
        }
        if self.text.len() < self.wanted && !last {
            return;
        }
        let taken = self.parser.pour(&self.text, room, last);
        self.wanted = if taken == 0 { 2 * self.text.len() } else { 0 };
        self.text.drain(..taken);
    }

    /// Reads and parses all that is left; gives the document and what is known of its
    /// text, or nothing where it is to `stop`.
    ///
    /// # Errors
    /// Where it cannot be read on, or is too large.
    pub fn all(mut self, stop: &AtomicBool) -> Result<Option<(Document, Source)>, Error> {
        let (mut seen, mut lines) = (self.seen, 0);
        loop {
            if stop.load(Ordering::Relaxed) {
                return Ok(None);
            }
            let mut piece = std::mem::take(&mut self.bytes);
            // what cannot be decoded yet is looked through once more with each piece
            let wanted = if self.encoding.unwrap_or(UTF_8) == UTF_8 {
                stream::PIECE
            } else {
                stream::PIECE.max(piece.len())
            };
            piece.reserve(wanted);
            let got = (&mut self.file)
                .take(wanted as u64)
                .read_to_end(&mut piece)
                .map_err(|why| Error::Open {
                    path: self.path.clone(),
                    why,
                })?;
            seen += got as u64;
            if u32::try_from(seen).is_err() {
                return Err(Error::TooLarge(self.path));
            }
            // a line is read to its end as it began, whatever its parts look like by themselves
            let inside = std::mem::take(&mut self.inside);
            match memchr::memchr(b'\n', &piece).filter(|_| inside) {
                Some(end) => self.bytes = piece.split_off(end + 1),
                None if got > 0 => {
                    self.bytes =
                        piece.split_off(library::cut(&piece, self.encoding.unwrap_or(UTF_8)))
                }
                None => {}
            }
            lines += memchr::memchr_iter(b'\n', &piece).count();
            self.facts.cut = lines > LINES;
            let last = (got == 0 && self.bytes.is_empty()) || self.facts.cut;
            let goes_on = self.encoding.unwrap_or(UTF_8) == UTF_8
                && piece.last().is_some_and(|b| *b != b'\n');
            let source =
                source::read_owned(piece, if inside { Some(UTF_8) } else { self.encoding });
            self.inside = goes_on && source.foreign_lines == 0;
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

/// Where the head ends: with its last line end. Where the line behind that fills more
/// than half of it, so much more is read as tells how that is to be read.
fn end_of(head: &mut Vec<u8>, file: &mut File, encoding: &str) -> std::io::Result<(usize, Line)> {
    let line = library::lines(head, encoding);
    if encoding == "UTF-32" {
        return Ok((head.len(), Line::Whole));
    }
    if 2 * (head.len() - line) <= HEAD as usize {
        return Ok((line, Line::Short));
    }
    head.reserve_exact(stream::SHORT);
    file.take(stream::SHORT as u64).read_to_end(head)?;
    let rest = head.get(line..).unwrap_or_default();
    Ok(match first_line(rest, encoding) {
        Some(len) => (line + len, Line::Short),
        None if rest.len() > stream::SHORT => (line, Line::Endless),
        // the file ends with it
        None => (head.len(), Line::Short),
    })
}

/// How long the first of several lines is, in bytes.
fn first_line(bytes: &[u8], encoding: &str) -> Option<usize> {
    let unit = |end: [u8; 2]| {
        bytes
            .chunks_exact(2)
            .position(|pair| pair == end)
            .map(|at| 2 * at + 2)
    };
    match encoding {
        "UTF-16LE" => unit([b'\n', 0]),
        "UTF-16BE" => unit([0, b'\n']),
        _ => memchr::memchr(b'\n', bytes).map(|at| at + 1),
    }
}

/// So much of a line without an end is shown at first.
fn beginning<'a>(line: &'a [u8], encoding: &str) -> &'a [u8] {
    let begun = line.get(..HEAD as usize).unwrap_or(line);
    // of other encodings a torn character is cut off as text
    let end = if encoding == UTF_8 {
        library::cut(begun, UTF_8)
    } else {
        0
    };
    begun
        .get(..end)
        .filter(|whole| !whole.is_empty())
        .unwrap_or(begun)
}

/// The text up to its last letter, which may be torn, or go on in what is not there yet.
fn whole(text: &str) -> &str {
    let end = text
        .char_indices()
        .rev()
        .find(|(_, c)| c.is_alphanumeric())
        .map_or(0, |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

/// The document of an article, and what is known of its text: of a long file
/// without the text, which is nowhere as a whole.
///
/// # Errors
/// Where it cannot be read, or is no text.
pub fn document(item: &Item, reading: &Reading) -> Result<(Document, Source), Error> {
    if let Item::File(path) = item
        && std::fs::metadata(path).is_ok_and(|m| m.is_file() && m.len() > stream::SHORT as u64)
    {
        let (file, stamp) = input::file(path)?;
        if let Begun::Pieces(pieces) = Pieces::begin(path, file, stamp, reading)?
            && let Some(all) = pieces.all(&AtomicBool::new(false))?
        {
            return Ok(all);
        }
    }
    Ok(item.opened(reading)?.parse(&item.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The head of a long text, and what it must be the head of.
    fn head(name: &str, bytes: &[u8]) -> (Document, Document) {
        let folder = std::env::temp_dir().join(format!("jingdu-heads-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        let (file, stamp) = input::file(&path).unwrap();
        let head = match Pieces::begin(&path, file, stamp, &Reading::default()).unwrap() {
            Begun::Pieces(pieces) => pieces.head(),
            Begun::Whole(head) => *head,
            Begun::Packed => Document::default(),
        };
        let (whole, _) = document(&Item::File(path.clone()), &Reading::default()).unwrap();
        std::fs::remove_file(&path).unwrap();
        (head, whole)
    }

    #[test]
    fn of_a_line_without_an_end_the_beginning_is_shown_first() {
        let line =
            "天上的事说来话长，**一是**要读，`二是`要写，[三是](b)要想。𠮷e\u{301}".repeat(20_000);
        let wide = |text: &str, order: fn(u16) -> [u8; 2]| {
            text.encode_utf16().flat_map(order).collect::<Vec<u8>>()
        };
        let gb = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
        let page = format!("<!DOCTYPE html><html><body><p>{line}</p></body></html>");
        let json = format!("[{{\"text\": \"{}\"}}]", line.replace('。', "。\\n"));
        let below = format!("# 题\n\n前一段。\n\n{line}\n\n后一段。\n");
        for (name, bytes) in [
            ("alone.md", line.clone().into_bytes()),
            ("alone.txt", line.clone().into_bytes()),
            ("below.md", below.clone().into_bytes()),
            ("below.txt", below.clone().into_bytes()),
            ("gb.md", gb(&line)),
            ("gb-below.txt", gb(&below)),
            ("le.md", wide(&line, u16::to_le_bytes)),
            ("be-below.md", wide(&below, u16::to_be_bytes)),
            ("one.json", json.into_bytes()),
            ("page.html", page.into_bytes()),
        ] {
            let (head, whole) = head(name, &bytes);
            assert!(whole.text().len() > stream::SHORT, "{name}");
            let shown = head.text().len();
            assert!(
                (HEAD as usize / 4..2 * HEAD as usize).contains(&shown),
                "{name} {shown}"
            );
            let differ = head
                .text()
                .bytes()
                .zip(whole.text().bytes())
                .position(|(a, b)| a != b);
            assert!(
                whole.text().starts_with(head.text()),
                "{name}: apart at {differ:?} of {shown}"
            );
            assert_eq!(
                (&head.meta().title, head.meta().encoding),
                (&whole.meta().title, whole.meta().encoding),
                "{name}"
            );
            if !name.ends_with("html") && !name.ends_with("json") {
                assert_eq!(
                    head.blocks().len(),
                    whole
                        .blocks()
                        .iter()
                        .take_while(|b| b.span.start.0 < shown as u32)
                        .count(),
                    "{name}"
                );
                assert_eq!(head.markup().len(), 0, "{name}");
            }
        }
        // a line that ends soon is shown whole, as what it is
        let (head, whole) = head(
            "long.md",
            format!(
                "# 题\n\n{}\n\n{}",
                "**甲**乙丙。".repeat(10_000),
                "后一段。\n\n".repeat(40_000)
            )
            .as_bytes(),
        );
        assert!(whole.text().starts_with(head.text()) && head.markup().len() == 10_000);
        assert_eq!(head.blocks().first(), whole.blocks().first());
    }

    /// A long text in an encoding, by pieces and as a whole.
    fn both(name: &str, bytes: &[u8]) -> (String, String) {
        let folder = std::env::temp_dir().join(format!("jingdu-pieces-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        let item = Item::File(path.clone());
        let (pieces, _) = document(&item, &Reading::default()).unwrap();
        let whole = format::parse(
            &item.source(&Reading::default()).unwrap(),
            Ask {
                name,
                ..Ask::default()
            },
        );
        std::fs::remove_file(&path).unwrap();
        (pieces.text().to_owned(), whole.text().to_owned())
    }

    #[test]
    fn a_blank_head_is_no_empty_file() {
        let text = format!(
            "{}{}",
            "\n".repeat(600_000),
            "天上的事说来话长。\n".repeat(3)
        );
        let (pieces, whole) = both("blank.txt", text.as_bytes());
        assert!(pieces == whole && whole.lines().count() == 3);
    }

    #[test]
    fn no_character_is_lost_between_pieces() {
        let line = "天上的事说来话长，一是要读，二是要写，三是要想。";
        let lines = |end: &str| format!("{line}{end}").repeat(24_000);
        let wide = |text: &str, order: fn(u16) -> [u8; 2]| {
            text.encode_utf16().flat_map(order).collect::<Vec<u8>>()
        };
        let gb = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
        let nul = format!("甲{}\0{}", lines(""), lines("\n"));
        for (name, bytes) in [
            ("nul.txt", nul.into_bytes()),
            ("line.txt", lines("").into_bytes()),
            (
                "bad.txt",
                [lines("").as_bytes(), b"\xff", lines("").as_bytes()].concat(),
            ),
            ("gb.txt", gb(&lines("\r\n"))),
            ("gb-line.txt", gb(&lines(""))),
            ("le.txt", wide(&lines("\r\n"), u16::to_le_bytes)),
            ("be.txt", wide(&lines("\n"), u16::to_be_bytes)),
            ("le-line.txt", wide(&lines("𠮷"), u16::to_le_bytes)),
        ] {
            let (pieces, whole) = both(name, &bytes);
            assert!(whole.len() > 1 << 20, "{name}");
            let differ = pieces.bytes().zip(whole.bytes()).position(|(a, b)| a != b);
            assert!(
                pieces == whole,
                "{name}: {} and {} bytes, apart at {differ:?}",
                pieces.len(),
                whole.len()
            );
        }
    }
}
