//! Reads two articles to be compared side by side, in the thread that has the library.

use super::article_file::item_of;
use super::collect_hits::Answering;
use crate::library::likeness::LikenessIndex;
use crate::session::library_pages::LibraryFound;
use crate::session::twin::{TwinArticles, TwinAsked, TwinSide, TwinSource, TwinText};
use crate::shell::error::Error;
use crate::shell::open::item::DecodeOptions;
use crate::text::Lang;
use std::sync::Arc;

/// Reads both articles, and tells what they have in like words, or why one cannot be read.
pub(super) fn read(
    asked: &TwinAsked,
    index: &LikenessIndex,
    options: &DecodeOptions,
    answering: &Answering<'_>,
) {
    let [left, right] = &asked.articles;
    let read = side(left, asked, options).and_then(|left| Ok([left, side(right, asked, options)?]));
    let read = read.map(|sides| Arc::new(TwinArticles::of(sides, &asked.terms, index)));
    let read = read.map_err(|why| (why.line(Lang::Zh), why.line(Lang::En)));
    (answering.tell)(LibraryFound::Twin(read));
}

fn side(
    source: &TwinSource,
    asked: &TwinAsked,
    options: &DecodeOptions,
) -> Result<TwinSide, Error> {
    Ok(match source {
        TwinSource::Open(text, path) => TwinSide::of(text.clone(), path.clone(), &asked.terms),
        TwinSource::File(path) => {
            let article = item_of(path).article(options)?;
            TwinSide::of(TwinText::of(&article), Some(path.clone()), &asked.terms)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_gone_is_named() {
        let gone = || TwinSource::File("/没有/这篇.md".into());
        let asked = TwinAsked {
            articles: [gone(), gone()],
            terms: Vec::new(),
        };
        let told = std::cell::RefCell::new(Vec::new());
        let answering = Answering {
            tell: &|found| {
                told.borrow_mut().push(found);
                true
            },
            is_wanted: &|| true,
        };
        let index = LikenessIndex::default();
        read(&asked, &index, &DecodeOptions::default(), &answering);
        let told = told.into_inner();
        let [LibraryFound::Twin(Err((zh, en)))] = told.as_slice() else {
            panic!("{told:?}");
        };
        assert!(zh.contains("打开 /没有/这篇.md") && en.contains("cannot open /没有/这篇.md"));
    }
}
