//! Says by which facts the store knows an article, and which article a path means.

use super::message::Identity;
use crate::session::Article;
use crate::shell::open::item::{Item, PART_MARK, SHIPPED};
use std::path::Path;

/// Paths of shipped articles begin with this.
const SHIPPED_PREFIX: &str = "shipped:";

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
    let shipped = path
        .strip_prefix(SHIPPED_PREFIX)
        .and_then(|name| SHIPPED.iter().position(|(n, _)| *n == name));
    shipped.map_or_else(|| Item::of(Path::new(path)), Item::Shipped)
}
