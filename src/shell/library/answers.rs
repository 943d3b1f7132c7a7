//! Answers to questions about many articles, in the thread that has the library: each goes to the
//! file that knows about it.

use super::collect_hits::{self, Answering, Entries};
use super::{compare_texts, count_terms, like_points, read_twin, salient_phrases};
use crate::command::Input;
use crate::library::likeness::LikenessIndex;
use crate::library::term_table::TermTable;
use crate::search::terms::MAX_TERMS;
use crate::session::library_pages::{LibraryAnswer, LibraryAsk, LibraryFound};
use crate::shell::event::{AppEvent, EventSender};
use crate::shell::open::item::DecodeOptions;
use rusqlite::Connection;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The library that is asked about.
pub(super) struct AskedLibrary<'a> {
    /// Its cache.
    pub(super) db: &'a Connection,
    /// Its articles.
    pub(super) entries: &'a Entries,
    /// True while articles are read in.
    pub(super) is_reading: bool,
}

/// Answers questions, and what is kept from one to the next.
pub(super) struct Answers {
    events: EventSender,
    /// The number of the last question; the answer to one of another number stops.
    asked: Arc<AtomicU64>,
    options: DecodeOptions,
    /// A question that was answered while articles were read in: it is answered again.
    pub(super) again: Option<(u64, LibraryAsk)>,
    /// The wordings of all points, where they were asked for since articles changed.
    likeness: Option<LikenessIndex>,
}

impl Answers {
    /// `asked` has the number of the last question.
    pub(super) fn new(events: EventSender, asked: Arc<AtomicU64>, options: DecodeOptions) -> Self {
        Self {
            events,
            asked,
            options,
            again: None,
            likeness: None,
        }
    }

    /// Forgets the wordings of points: articles are others than before.
    pub(super) fn forget_points(&mut self) {
        self.likeness = None;
    }

    /// Answers a question; stops where another one is asked.
    pub(super) fn answer(
        &mut self,
        of: &AskedLibrary<'_>,
        id: u64,
        ask: LibraryAsk,
    ) -> rusqlite::Result<()> {
        self.again = Some((id, ask.clone())).filter(|_| of.is_reading && ask.is_of_all());
        let tell = |found| {
            let answer = LibraryAnswer { id, found };
            let event = AppEvent::Input(Input::Library(answer));
            self.events.send(event).is_ok()
        };
        let answering = Answering {
            tell: &tell,
            is_wanted: &|| self.asked.load(Ordering::Relaxed) == id,
        };
        let AskedLibrary { db, entries, .. } = of;
        match ask {
            LibraryAsk::Nothing => {}
            LibraryAsk::Hits(articles, query, view) => {
                collect_hits::collect(db, entries, (articles, &query, &view), &answering)?;
            }
            LibraryAsk::ArrangeHits(all, view) => {
                collect_hits::arrange(entries, &all, &view, &answering);
            }
            LibraryAsk::Same(asked) => compare_texts::find(db, &asked, &answering)?,
            LibraryAsk::Like(asked) => {
                if let Some(index) = kept(&mut self.likeness, db, &answering)? {
                    like_points::find(db, index, &asked, &answering)?;
                }
            }
            LibraryAsk::Twin(asked) => {
                if let Some(index) = kept(&mut self.likeness, db, &answering)? {
                    read_twin::read(&asked, index, &self.options, &answering);
                }
            }
            LibraryAsk::Compare(asked, other, view) => {
                compare_texts::compare(db, (&asked, other, &view), &answering)?;
            }
            LibraryAsk::Count(ask) => count_terms::count(db, entries, &ask, &answering)?,
            LibraryAsk::Divide(counts, division) => {
                let table = TermTable::of(&counts, division);
                tell(LibraryFound::Divided(Arc::new(table)));
            }
            LibraryAsk::Phrases(asked) => salient_phrases::answer(db, entries, &asked, &answering)?,
            LibraryAsk::Terms(document, path) => {
                let article = (document.as_ref(), path.as_deref());
                let found = salient_phrases::terms(db, entries, article, MAX_TERMS)?;
                let _ = self.events.send(AppEvent::Input(Input::Terms(found)));
            }
            LibraryAsk::LayOut(all, view) => {
                let rows = all.rows(&view);
                tell(LibraryFound::Differences(all, rows));
            }
        }
        Ok(())
    }
}

/// Returns the wordings of all points, made where there are none; `None` where they are not wanted
/// any more.
fn kept<'a>(
    likeness: &'a mut Option<LikenessIndex>,
    db: &Connection,
    answering: &Answering<'_>,
) -> rusqlite::Result<Option<&'a LikenessIndex>> {
    if likeness.is_none() {
        *likeness = like_points::index(db, answering)?;
    }
    Ok(likeness.as_ref())
}
