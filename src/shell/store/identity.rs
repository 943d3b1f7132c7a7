//! Says by which facts the store knows an article, and which article a path means.

use super::message::Identity;
use crate::session::Article;
use crate::shell::open::item::{Item, PART_MARK, SHIPPED_PREFIX};
use std::path::Path;

/// Returns the facts of an article.
pub(crate) fn identify(article: &Article, item: &Item) -> Identity {
    let facts = article.facts();
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let hash = twox_hash::XxHash3_128::oneshot(article.document().body().as_bytes());
    Identity {
        hash: hash.to_be_bytes(),
        path: path_of(item),
        title: article.title().to_owned(),
        author: text(&facts.author),
        source: text(&facts.source),
        date: text(&facts.date),
        length: article.length,
        other: false,
    }
}

/// Returns an article's absolute path; empty where it has none.
pub(crate) fn path_of(item: &Item) -> String {
    match item {
        Item::File(path) => absolute(path),
        Item::Part(path, i) => format!("{}{PART_MARK}{}", absolute(path), i + 1),
        Item::Stdin => String::new(),
        Item::Shipped(_) => SHIPPED_PREFIX.to_owned() + &item.name(),
    }
}

fn absolute(path: &Path) -> String {
    let absolute = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    absolute.to_string_lossy().into_owned()
}

/// Returns the article at a path of the store.
pub(crate) fn item_of(path: &str) -> Item {
    Item::of(Path::new(path))
}

/// Returns whether an article is where the store saw it.
pub(crate) fn is_there(path: &str) -> bool {
    match item_of(path) {
        Item::Shipped(_) => true,
        item => item.path().exists(),
    }
}
