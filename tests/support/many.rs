//! Answers what the session asks about the shipped articles, as the program's thread does about
//! those of the library.

use super::article;
use jingdu::library::concordance::Concordance;
use jingdu::library::entry::ArticleId;
use jingdu::session::Shelf;
use jingdu::session::library_pages::{LibraryAsk, LibraryFound};
use jingdu::shell::open::item::SHIPPED;
use std::sync::Arc;

/// Returns the text of a shipped article by its number on the shelf.
pub fn text(id: ArticleId) -> String {
    let text = SHIPPED[usize::try_from(id).unwrap()].1;
    article("a.md", text.as_bytes())
        .document()
        .text()
        .to_owned()
}

/// Answers a request about the articles of the shelf.
pub fn answer(shelf: &Shelf, ask: LibraryAsk) -> Option<LibraryFound> {
    let facts = |id| {
        let entry = shelf.entry(id).unwrap();
        (entry.title.as_str(), entry.day)
    };
    Some(match ask {
        LibraryAsk::Nothing => return None,
        LibraryAsk::Hits(mut articles, query, view) => {
            articles.sort_by_key(|id| std::cmp::Reverse(facts(*id).1));
            let mut all = Concordance::default();
            for id in articles {
                let (entry, text) = (shelf.entry(id).unwrap(), text(id));
                let hits = query.search(entry, &text, &|_| true).unwrap();
                all.add(id, &text, &hits.spans);
            }
            let rows = all.arranged(&view, &facts, &|| true).unwrap();
            LibraryFound::Hits(Arc::new(all), rows)
        }
        LibraryAsk::ArrangeHits(all, view) => {
            LibraryFound::Shown(all.arranged(&view, &facts, &|| true).unwrap())
        }
    })
}
