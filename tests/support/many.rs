//! Answers what the session asks about the shipped articles, as the program's thread does about
//! those of the library.

use super::article;
use jingdu::library::LibraryEntry;
use jingdu::library::concordance::{Concordance, HitPlace};
use jingdu::library::count::TermCounter;
use jingdu::library::differences::compare;
use jingdu::library::entry::ArticleId;
use jingdu::library::likeness::{IndexDraft, LikenessIndex, NearPoint, PointKey};
use jingdu::library::passage::Passage;
use jingdu::library::phrases::{PhraseFinder, PhraseSide};
use jingdu::library::term_table::TermTable;
use jingdu::library::wording::Wording;
use jingdu::outline::words_of;
use jingdu::session::Shelf;
use jingdu::session::library_pages::{LibraryAsk, LibraryFound};
use jingdu::session::like_list::{LikeAsked, LikePoint, LikeSource};
use jingdu::session::phrase_list::PhrasesAsked;
use jingdu::session::same_list::{SameArticle, SameAsked};
use jingdu::session::term_table_page::CountAsk;
use jingdu::session::twin::{TwinArticles, TwinAsked, TwinSide, TwinSource, TwinTerm, TwinText};
use jingdu::shell::open::item::SHIPPED;
use jingdu::text::Span;
use std::collections::HashMap;
use std::sync::Arc;

/// Texts of the shelf of a script: the shipped ones without the guides behind them.
pub const ON_SHELF: usize = 7;

/// Returns the name and the source of an article by its number on the shelf: a shipped one, or
/// behind them all a repost of each.
pub fn source(id: ArticleId) -> (&'static str, String) {
    let id = usize::try_from(id).unwrap();
    match SHIPPED[..ON_SHELF].get(id) {
        Some((name, text)) => (name, (*text).to_owned()),
        None => ("repost.md", repost(&plain(SHIPPED[id - ON_SHELF].1))),
    }
}

/// Returns the text of an article by its number on the shelf.
pub fn text(id: ArticleId) -> String {
    plain(&source(id).1)
}

fn plain(source: &str) -> String {
    let article = article("a.md", source.as_bytes());
    article.document().text().to_owned()
}

/// Returns a text as another site has it: without its second paragraph, with a changed one and a
/// line of the site's own, in full-width letters.
fn repost(text: &str) -> String {
    let lines = text.lines().enumerate().filter(|(i, _)| *i != 1);
    let line = |(i, line): (usize, &str)| match i {
        3 | 12 => line.replace('的', "底").replace("jingdu", "ｊｉｎｇｄｕ"),
        5 => format!("{line}\n\n以上几段是转载时加的，原文没有。"),
        _ => line.to_owned(),
    };
    lines.map(line).collect::<Vec<_>>().join("\n\n")
}

/// Returns the text of the article that a text is from.
fn whole(asked: &SameAsked) -> String {
    match asked {
        SameAsked::Open(document) | SameAsked::Passage(_, document) => document.body().into_owned(),
        SameAsked::Listed(id) => text(*id),
    }
}

/// Returns the articles of the shelf that hold a text.
fn same(shelf: &Shelf, asked: &SameAsked) -> Vec<SameArticle> {
    let asked = match asked {
        SameAsked::Passage(passage, _) => passage.clone(),
        asked => whole(asked),
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

/// Returns the wordings of all points of the shelf, and these points as they are listed.
fn index(shelf: &Shelf) -> (LikenessIndex, Vec<(PointKey, LikePoint)>) {
    let (mut draft, mut all) = (IndexDraft::default(), Vec::new());
    for entry in &shelf.entries {
        let article = article("a.md", source(entry.id).1.as_bytes());
        for (n, point) in (0..).zip(&article.outline.points) {
            let slice = |span| article.document().slice(span);
            let label = words_of(slice(point.label)).to_owned();
            let behind = Span::between(point.label.end, point.span.end.max(point.label.end));
            let marker = slice(point.marker);
            let wording = Wording::of_point(marker, &label, slice(behind));
            let key = PointKey {
                article: entry.id,
                n,
            };
            draft.add(key, &wording);
            let has_marker = label.starts_with(marker);
            let row = LikePoint {
                entry: LibraryEntry::clone(entry),
                marker: if has_marker { "" } else { marker }.to_owned(),
                shared: Vec::new(),
                likeness: 0,
                copies: 0,
                place: Some(point.label),
                span: point.span,
                label,
            };
            all.push((key, row));
        }
    }
    (draft.finish(), all)
}

/// Returns the points of the shelf in like words.
fn like(shelf: &Shelf, asked: &LikeAsked) -> Vec<LikePoint> {
    let (index, all) = index(shelf);
    let is_own = |entry: &LibraryEntry| match &asked.from {
        LikeSource::Typed => false,
        LikeSource::Listed(id) => entry.id == *id,
        LikeSource::Open(_, path) => path.as_ref() == Some(&entry.path),
    };
    let row = |(key, likeness): (PointKey, f64)| {
        let (_, row) = all.iter().find(|(own, _)| *own == key)?;
        let near = NearPoint {
            key,
            likeness,
            group: key.article,
            copies: 0,
        };
        Some(LikePoint {
            likeness: near.per_cent(),
            shared: asked.wording.shared_in(&row.label),
            ..row.clone()
        })
    };
    let rows = index.nearest(&asked.wording).into_iter().filter_map(row);
    rows.filter(|row| !is_own(&row.entry)).collect()
}

/// Returns the salient phrases of some articles of the shelf.
fn phrases(asked: &PhrasesAsked) -> LibraryFound {
    let mut finder = PhraseFinder::default();
    asked.articles.iter().for_each(|id| finder.add(&text(*id)));
    let mut counts = finder.phrases(3);
    let sides = [
        (&asked.articles, PhraseSide::Asked),
        (&asked.others, PhraseSide::Others),
    ];
    for (articles, side) in sides {
        for id in articles {
            counts.count(&text(*id), *id, None, side);
        }
    }
    LibraryFound::Phrases(counts.salient(100, 1), 1)
}

/// Returns the table of what is counted in articles of the shelf.
fn counted(shelf: &Shelf, ask: &CountAsk) -> LibraryFound {
    let ids = ask.articles.clone().unwrap_or_default();
    let listed = shelf.entries.iter().filter(|entry| ids.contains(&entry.id));
    let articles: Vec<Arc<LibraryEntry>> = listed.cloned().collect();
    let mut counter = TermCounter::new(&ask.terms);
    for entry in articles {
        let text = text(entry.id);
        if ask.excluded.search(&entry, &text, &|_| true).is_some() {
            counter.add(entry, &text, &|_| true);
        }
    }
    let mut counts = counter.finish();
    if !ask.with_copies {
        counts.leave_out_copies(&HashMap::new());
    }
    let table = TermTable::of(&counts, ask.division);
    LibraryFound::Counted(Arc::new(counts), Arc::new(table))
}

/// Returns two articles of the shelf side by side.
fn twin(shelf: &Shelf, asked: &TwinAsked) -> TwinArticles {
    let side = |asked: &TwinSource, terms: &[TwinTerm]| match asked {
        TwinSource::Open(text, path) => TwinSide::of(text.clone(), path.clone(), terms),
        TwinSource::File(path) => {
            let entry = shelf.entries.iter().find(|entry| entry.path == *path);
            let article = article("a.md", source(entry.unwrap().id).1.as_bytes());
            TwinSide::of(TwinText::of(&article), Some(path.clone()), terms)
        }
    };
    let sides = asked.articles.each_ref().map(|one| side(one, &asked.terms));
    TwinArticles::of(sides, &asked.terms, &index(shelf).0)
}

/// Answers a request about the articles of the shelf.
pub fn answer(shelf: &Shelf, ask: LibraryAsk) -> Option<LibraryFound> {
    let facts = |id| {
        let entry = shelf.entry(id).unwrap();
        (entry.title.as_str(), entry.day)
    };
    Some(match ask {
        LibraryAsk::Nothing | LibraryAsk::Terms(..) => return None,
        LibraryAsk::Hits(mut articles, query, view) => {
            articles.sort_by_key(|id| std::cmp::Reverse(facts(*id).1));
            let mut all = Concordance::default();
            for id in articles {
                let (entry, text) = (shelf.entry(id).unwrap(), text(id));
                let hits = query.search(entry, &text, &|_| true).unwrap();
                all.add(id, &text, &hits.spans, &|_| HitPlace::default());
            }
            let rows = all.arranged(&view, &facts, &|| true).unwrap();
            LibraryFound::Hits(Arc::new(all), rows)
        }
        LibraryAsk::Compare(asked, other, view) => {
            let all = compare(&whole(&asked), &text(other));
            let rows = all.rows(&view);
            LibraryFound::Differences(Arc::new(all), rows)
        }
        LibraryAsk::Phrases(asked) => phrases(&asked),
        LibraryAsk::LayOut(all, view) => {
            let rows = all.rows(&view);
            LibraryFound::Differences(all, rows)
        }
        LibraryAsk::Like(asked) => LibraryFound::Like(like(shelf, &asked), 0),
        LibraryAsk::Count(ask) => counted(shelf, &ask),
        LibraryAsk::Divide(counts, division) => {
            LibraryFound::Divided(Arc::new(TermTable::of(&counts, division)))
        }
        LibraryAsk::Twin(asked) => LibraryFound::Twin(Ok(Arc::new(twin(shelf, &asked)))),
        LibraryAsk::Same(asked) => LibraryFound::Same(same(shelf, &asked)),
        LibraryAsk::ArrangeHits(all, view) => {
            LibraryFound::Shown(all.arranged(&view, &facts, &|| true).unwrap())
        }
    })
}
