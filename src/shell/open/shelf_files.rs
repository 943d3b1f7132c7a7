//! The files of a shelf: the articles of a directory, and what the shelf says of each.

use crate::document::Meta;
use crate::format::epub;
use crate::session::ShelfItem;
use crate::shell::error::Error;
use crate::shell::open::input;
use crate::shell::open::item::{self, Content, DecodeOptions, Item};
use crate::shell::os::files;
use crate::source::{decode, sanitize};
use crate::text::Lang;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Endings of files that a shelf lists.
const ENDINGS: &str = "md markdown txt text html htm xhtml epub";
/// Most files of a directory on a shelf.
const MAX_FILES: usize = 5000;
/// Bytes of a file that are read for its title on the shelf.
const HEAD_BYTES: u64 = 64 << 10;

/// Returns the encodings that a file may be in, the likeliest first; by its head.
pub fn candidates(item: &Item) -> Vec<&'static str> {
    let Item::File(path) = item else {
        return Vec::new();
    };
    let Ok((mut file, _)) = input::file(path) else {
        return Vec::new();
    };
    let mut bytes = Vec::new();
    // a fault is reported when the file is read
    let _ = (&mut file).take(HEAD_BYTES).read_to_end(&mut bytes);
    decode::candidates(&bytes)
}

/// Checks that a path leads to something.
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

/// Lists the articles of a directory, by name; hidden files, read-me files and those
/// of other endings are left out.
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
    paths.truncate(MAX_FILES);
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
    !name.starts_with('.') && !aside && ENDINGS.split(' ').any(|e| e == ending)
}

/// Describes an article for the shelf, by the head of its file.
pub fn shelf_item(item: &Item, options: &DecodeOptions, lang: Lang) -> ShelfItem {
    let name = item.name();
    let named = ShelfItem {
        title: sanitize::line(name.rsplit('/').next().unwrap_or(&name)),
        ..ShelfItem::default()
    };
    let described = match item {
        Item::File(path) if is_pipe(path) => return named,
        Item::File(path) if is_book(path) => of_book(path),
        Item::File(path) => {
            head(path, options).map(|(content, whole)| of_text(&name, content, whole))
        }
        Item::Shipped(_) => item
            .content(options)
            .map(|content| of_text(&name, content, true)),
        // a pipe can be read only once
        Item::Stdin => {
            return ShelfItem {
                title: lang.say(("标准输入", "standard input")).to_owned(),
                ..named
            };
        }
    };
    match described {
        Ok(found) if found.title.is_empty() => ShelfItem {
            title: named.title,
            ..found
        },
        Ok(found) => found,
        Err(error) => ShelfItem {
            fault: Some(error.line(lang)),
            ..named
        },
    }
}

/// Describes a text, of which only the head may be there.
fn of_text(name: &str, content: Content, whole: bool) -> ShelfItem {
    let (document, _) = content.parse(name);
    ShelfItem {
        length: whole.then(|| document.length()),
        ..with_facts(document.meta())
    }
}

/// Describes an article by its facts.
fn with_facts(meta: &Meta) -> ShelfItem {
    let site = meta.source.clone().filter(|s| !s.contains("://"));
    ShelfItem {
        title: meta.title.clone(),
        date: meta.date.clone(),
        source: meta.author.clone().or(site),
        ..ShelfItem::default()
    }
}

/// Whether a file is a book by its name: its facts may be anywhere in it.
fn is_book(path: &Path) -> bool {
    path.extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("epub"))
}

/// Describes a book, without reading its text.
fn of_book(path: &Path) -> Result<ShelfItem, Error> {
    let (file, stamp) = input::file(path)?;
    epub::facts(std::io::BufReader::new(file), stamp.len)
        .map(|meta| with_facts(&meta))
        .map_err(|why| Error::Book(path.to_owned(), why))
}

/// Reads the head of a file, and says whether that is all of it.
fn head(path: &Path, options: &DecodeOptions) -> Result<(Content, bool), Error> {
    let (mut file, stamp) = input::file(path)?;
    let mut bytes = Vec::new();
    (&mut file)
        .take(HEAD_BYTES)
        .read_to_end(&mut bytes)
        .map_err(|why| Error::Open {
            path: path.to_owned(),
            why,
        })?;
    item::accept(path, &bytes, options)?;
    let content = item::decode(path, bytes, false, options)?;
    Ok((content, stamp.len <= HEAD_BYTES))
}

/// Whether a path leads to a pipe.
fn is_pipe(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|m| files::is_pipe(&m))
}
