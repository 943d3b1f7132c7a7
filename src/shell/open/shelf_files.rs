//! The files of a shelf: the articles of a directory, and a description of each.

use crate::document::Meta;
use crate::format::{self, epub};
use crate::session::ShelfItem;
use crate::shell::error::Error;
use crate::shell::open::input;
use crate::shell::open::item::{self, Content, DecodeOptions, Item, Parts};
use crate::shell::os::files;
use crate::source::sanitize;
use crate::text::{Lang, natural};
use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Endings of files that a shelf lists.
const ENDINGS: &str = "md markdown txt text html htm xhtml epub";
/// Beginnings of file names that it leaves out.
const ASIDE: &str = "readme license changelog contributing";
/// Most files of a directory on a shelf.
const MAX_FILES: usize = 5000;
/// Limit of a file whose articles are listed one by one, in bytes.
const MAX_CONTAINER_BYTES: u64 = 16 << 20;
/// Bytes of a file that are read for its title on the shelf.
const TITLE_BYTES: u64 = 64 << 10;

/// Checks that a path leads to a file or folder.
pub fn exists(path: &Path) -> Result<(), Error> {
    if path.as_os_str() == "-" {
        return Ok(());
    }
    let found = std::fs::metadata(path).map(|_| ());
    found.map_err(Error::open(path))
}

/// Lists the articles of a directory, by name in natural order; hidden files, read-me files and those
/// of other endings are left out.
pub fn list(directory: &Path) -> Result<Vec<Item>, Error> {
    let entries = std::fs::read_dir(directory).map_err(Error::open(directory))?;
    let paths = entries.filter_map(Result::ok).map(|e| e.path());
    let is_article = |p: &PathBuf| is_article_name(p) && p.is_file();
    let mut paths: Vec<PathBuf> = paths.filter(is_article).collect();
    paths.sort_by_cached_key(|path| {
        let name = path.file_stem().unwrap_or_default();
        (natural::key(&name.to_string_lossy()), path.clone())
    });
    paths.truncate(MAX_FILES);
    Ok(paths.into_iter().map(Item::File).collect())
}

/// Returns the articles of a file that holds several: a feed, exported notes, JSON. A file that
/// cannot be read has none; the reader reports it when it is opened.
pub fn parts(path: &Path, options: &DecodeOptions) -> Vec<Item> {
    let entries = parts_of(path, options).unwrap_or_default();
    let count = entries.len().min(MAX_FILES);
    let path = path.to_owned();
    let file = Arc::new(Parts { path, entries });
    (0..count)
        .map(|i| Item::Part(Arc::clone(&file), i))
        .collect()
}

/// Describes the articles of a file that holds several.
fn parts_of(path: &Path, options: &DecodeOptions) -> Option<Vec<ShelfItem>> {
    let (mut file, stamp) = input::file(path).ok()?;
    let mut head = [0; 1 << 10];
    let len = file.read(&mut head).ok()?;
    let head = head.get(..len)?;
    let may_hold = String::from_utf8_lossy(head)
        .trim_start_matches('\u{feff}')
        .trim_start()
        .to_owned();
    if stamp.len > MAX_CONTAINER_BYTES || !may_hold.starts_with(['{', '[', '<']) {
        return None;
    }
    let item = Item::File(path.to_owned());
    let source = item.source(options).ok()?;
    let articles = format::articles(&source);
    let shown = articles.iter().enumerate().map(|(i, meta)| {
        let named = with_facts(meta);
        let title = Some(sanitize::line(&named.title)).filter(|title| !title.is_empty());
        let title = title.unwrap_or_else(|| format!("#{}", i + 1));
        ShelfItem { title, ..named }
    });
    Some(shown.collect())
}

/// Returns whether a shelf lists a file of that name.
pub(crate) fn is_article_name(path: &Path) -> bool {
    let lower = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().to_lowercase();
    let (name, ending) = (lower(path.file_name()), lower(path.extension()));
    let aside = name.starts_with('.') || ASIDE.split(' ').any(|n| name.starts_with(n));
    !aside && ENDINGS.split(' ').any(|e| e == ending)
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
        Item::File(path) => head(path, options),
        Item::Part(file, i) => match file.entries.get(*i) {
            Some(entry) => return entry.clone(),
            // of the last reading, before the file itself was read
            None => item
                .document(options)
                .map(|(document, _)| with_facts(document.meta())),
        },
        Item::Shipped(_) => (item.content(options)).map(|content| of_text(&name, content, true)),
        // a pipe can be read only once
        Item::Stdin => {
            let title = lang.say(("标准输入", "standard input")).to_owned();
            return ShelfItem { title, ..named };
        }
    };
    match described {
        Ok(found) if !found.title.is_empty() => found,
        Ok(found) => ShelfItem {
            title: named.title,
            ..found
        },
        Err(error) => {
            let fault = Some(error.line(lang));
            ShelfItem { fault, ..named }
        }
    }
}

/// Describes a text, of which only the head may be there.
fn of_text(name: &str, content: Content, whole: bool) -> ShelfItem {
    let (document, _) = content.parse(name, None);
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

/// Returns whether a file is a book by its name: its facts may be anywhere in it.
fn is_book(path: &Path) -> bool {
    let end = path.extension();
    end.is_some_and(|end| end.eq_ignore_ascii_case("epub"))
}

/// Describes a book, without reading its text.
fn of_book(path: &Path) -> Result<ShelfItem, Error> {
    let (file, stamp) = input::file(path)?;
    let meta = epub::facts(std::io::BufReader::new(file), stamp.len);
    let meta = meta.map_err(|why| Error::Book(path.to_owned(), why))?;
    Ok(with_facts(&meta))
}

/// Describes a text by the head of its file.
fn head(path: &Path, options: &DecodeOptions) -> Result<ShelfItem, Error> {
    let (mut file, stamp) = input::file(path)?;
    let mut bytes = Vec::new();
    let read = (&mut file).take(TITLE_BYTES).read_to_end(&mut bytes);
    read.map_err(Error::open(path))?;
    item::accept(path, &bytes, options)?;
    let content = item::decode(path, bytes, false, options)?;
    let whole = stamp.len <= TITLE_BYTES;
    Ok(of_text(&item::name_of(path), content, whole))
}

fn is_pipe(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|m| files::is_pipe(&m))
}
