//! Answers what the session asks about the shipped articles, as the program's thread does about
//! those of the library.

use super::article;
use jingdu::library::LibraryEntry;
use jingdu::library::concordance::Concordance;
use jingdu::library::entry::ArticleId;
use jingdu::library::passage::Passage;
use jingdu::session::Shelf;
use jingdu::session::library_pages::{LibraryAsk, LibraryFound};
use jingdu::session::same_list::{SameArticle, SameAsked};
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

/// Returns the articles of the shelf that hold a text.
fn same(shelf: &Shelf, asked: &SameAsked) -> Vec<SameArticle> {
    let asked = match asked {
        SameAsked::Open(document) => document.body().into_owned(),
        SameAsked::Passage(passage, _) => passage.clone(),
        SameAsked::Listed(id) => text(*id),
    };
    let passage = Passage::new(&asked).unwrap();
    let article = |entry: &Arc<LibraryEntry>| {
        let text = text(entry.id);
        let (share, of) = passage.parts_in(&text)?.per_cent();
        Some(SameArticle {
            entry: LibraryEntry::clone(entry),
            share,
            of,
            place: passage.place_in(&text),
        })
    };
    shelf.entries.iter().filter_map(article).collect()
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
        LibraryAsk::Same(asked) => LibraryFound::Same(same(shelf, &asked)),
        LibraryAsk::ArrangeHits(all, view) => {
            LibraryFound::Shown(all.arranged(&view, &facts, &|| true).unwrap())
        }
    })
}
