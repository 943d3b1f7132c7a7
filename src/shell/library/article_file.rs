//! Reads a file for the cache: its facts, its text, its points.

use super::places;
use crate::document::Document;
use crate::library::copies::{Fingerprint, fingerprint};
use crate::library::{Day, LibraryEntry};
use crate::outline::{Index, Outline, Point, outline, words_of};
use crate::shell::error::Error;
use crate::shell::open::item::{DecodeOptions, Item, PART_MARK, name_of};
use crate::shell::store::identity;
use crate::source::sanitize;
use crate::text::{Lang, Span};
use std::path::{Path, PathBuf};

/// The parts of an article that the cache stores.
pub(crate) struct ReadArticle {
    /// Its facts; without a number yet.
    pub(crate) entry: LibraryEntry,
    /// Its text and structure; `None` where it cannot be read.
    pub(crate) body: Option<ReadBody>,
}

impl ReadArticle {
    /// Returns the bytes that its text and its places take.
    pub(crate) fn text_bytes(&self) -> usize {
        let body = self.body.as_ref();
        body.map_or(0, |body| body.text.len() + body.places.len())
    }
}

/// The text of an article and its structure.
#[derive(Default)]
pub(crate) struct ReadBody {
    pub(crate) text: String,
    /// The lines that are folded.
    pub(crate) folds: Vec<Span>,
    /// The packed [`places`].
    pub(crate) places: Vec<u8>,
    pub(crate) points: Vec<PointRow>,
    pub(crate) numbers: Fingerprint,
}

/// A point of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PointRow {
    pub(crate) span: Span,
    pub(crate) level: usize,
    pub(crate) parent: Option<usize>,
    pub(crate) marker: String,
    /// Its name in the outline, without the mark at its end.
    pub(crate) label: String,
}

/// Reads the article of a file. A file that cannot be read gives an entry with its fault.
pub(crate) fn read(path: &Path, options: &DecodeOptions, lang: Lang) -> ReadArticle {
    read_item(&Item::of(path), path, options, lang)
}

/// Reads an article that need not be a file; `path` stands for it.
pub(crate) fn read_item(
    item: &Item,
    path: &Path,
    options: &DecodeOptions,
    lang: Lang,
) -> ReadArticle {
    let name = match item {
        Item::Shipped(_) => item.path(),
        _ => path.to_owned(),
    };
    let name = sanitize::line(&name_of(name.file_name().map_or(&name, Path::new)));
    match item.document(options) {
        Ok((document, _)) => of_document(path, name, &document),
        Err(error) => {
            // an empty file is no article, but can be searched as one in which nothing is found
            let is_empty = matches!(error, Error::Empty(_));
            let entry = LibraryEntry {
                path: path.to_owned(),
                title: name,
                fault: Some(error.line(lang).into()),
                ..LibraryEntry::default()
            };
            let body = is_empty.then(ReadBody::default);
            ReadArticle { entry, body }
        }
    }
}

/// Describes an article for a list.
pub fn entry(item: &Item, options: &DecodeOptions, lang: Lang) -> LibraryEntry {
    read_item(item, &path_of(item), options, lang).entry
}

/// Returns the path that stands for an article.
pub(crate) fn path_of(item: &Item) -> PathBuf {
    match item {
        Item::File(path) => path.clone(),
        Item::Stdin => PathBuf::from("-"),
        Item::Part(path, i) => {
            let mut path = path.as_os_str().to_owned();
            path.push(format!("{PART_MARK}{}", i + 1));
            path.into()
        }
        Item::Shipped(_) => identity::path_of(item).into(),
    }
}

/// Returns the article that a path of the shelf stands for.
pub(crate) fn item_of(path: &Path) -> Item {
    if path.as_os_str() == "-" {
        return Item::Stdin;
    }
    let shipped = path.to_str().map(identity::item_of);
    shipped.unwrap_or_else(|| Item::File(path.to_owned()))
}

/// Describes standard input, or another pipe, which can be read only once.
pub(crate) fn unread(name: &str, lang: Lang) -> ReadArticle {
    let title = match name {
        "-" => lang.say(("标准输入", "standard input")).to_owned(),
        name => sanitize::line(name),
    };
    let entry = LibraryEntry {
        path: name.into(),
        title,
        ..LibraryEntry::default()
    };
    ReadArticle { entry, body: None }
}

fn of_document(path: &Path, name: String, document: &Document) -> ReadArticle {
    let (outline, meta) = (outline(document), document.meta());
    let title = match meta.title.as_str() {
        "" => name,
        title => title.to_owned(),
    };
    let entry = LibraryEntry {
        id: 0,
        path: path.to_owned(),
        title,
        day: meta.date.as_deref().and_then(Day::read),
        date: meta.date.as_deref().map(Into::into),
        source: meta.source.as_deref().map(Into::into),
        author: meta.author.as_deref().map(Into::into),
        tags: meta.tags.as_slice().into(),
        length: document.length(),
        points: outline.points.len(),
        fault: None,
        copy_of: None,
    };
    let body = Some(body(document, &outline));
    ReadArticle { entry, body }
}

fn body(document: &Document, outline: &Outline) -> ReadBody {
    let point = |p: &Point| PointRow {
        span: p.span,
        level: p.level.into(),
        parent: p.parent.map(Index::get),
        marker: document.slice(p.marker).trim().to_owned(),
        label: words_of(document.slice(p.label)).to_owned(),
    };
    ReadBody {
        text: document.text().to_owned(),
        folds: document
            .folds()
            .iter()
            .map(|f| document.fold_span(f))
            .collect(),
        places: places::pack(&places::places(document, outline)),
        points: outline.points.iter().map(point).collect(),
        numbers: fingerprint(&document.body()),
    }
}
