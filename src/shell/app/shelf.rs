//! The shelf of the reader's program: its source, and the thread that lists and searches it.
//!
//! A single file has no thread until the shelf, or the next article, is asked for.

use crate::session::library_pages::LibraryAsk;
use crate::session::shelf_news::{ReadProgress, ShelfNews};
use crate::session::term_table_page::TablePopulation;
use crate::session::{Mode, Session, Shelf};
use crate::shell::environment;
use crate::shell::event::EventSender;
use crate::shell::library::article_file::path_of;
use crate::shell::library::refresh::FileReading;
use crate::shell::library::shelf_thread::{ShelfSource, ShelfThread};
use crate::shell::library::{folders, walk};
use crate::shell::open::item::{DecodeOptions, Item};
use crate::shell::store::identity;
use crate::source::sanitize;
use crate::text::Lang;
use std::path::{Path, PathBuf};

/// The articles of the shelf, and the thread that has them.
pub(crate) struct AppShelf {
    /// The shelf's name.
    pub(crate) name: String,
    pub(crate) source: ShelfSource,
    /// One file was asked for, whose folder becomes the shelf when it is shown.
    pub(crate) single: bool,
    pub(crate) thread: ShelfThread,
    /// The folders of the library.
    pub(crate) library: Vec<PathBuf>,
    /// The thread that has the library, where the shelf is of other articles.
    aside: ShelfThread,
    /// True where questions go to that thread.
    asks_aside: bool,
    pub(crate) events: Option<EventSender>,
}

/// Returns the way to read files beside a reader.
fn reading(decoding: &DecodeOptions, lang: Lang, depth: Option<usize>) -> FileReading {
    FileReading {
        options: decoding.clone(),
        lang,
        threads: 1,
        depth,
    }
}

impl AppShelf {
    /// Returns a shelf that is not listed yet.
    pub(crate) fn new(name: String, source: ShelfSource, single: bool) -> Self {
        Self {
            name,
            source,
            single,
            thread: ShelfThread::default(),
            library: Vec::new(),
            aside: ShelfThread::default(),
            asks_aside: false,
            events: None,
        }
    }

    /// Returns the articles that are given by themselves, and those of folders; for printing.
    pub(crate) fn all_items(&self) -> Vec<Item> {
        let mut items = self.source.items.clone();
        for folder in &self.source.folders {
            let files = walk::files(folder, self.source.depth).into_iter();
            items.extend(files.map(|file| Item::of(&file.path)));
        }
        items
    }

    /// Begins to list the articles.
    pub(crate) fn fill(&mut self, session: &mut Session, decoding: &DecodeOptions) {
        let Some(events) = self.events.clone().filter(|_| !self.thread.is_running()) else {
            return;
        };
        if std::mem::take(&mut self.single) {
            self.list_siblings(session);
        }
        let is_given = !self.source.items.is_empty();
        let place = std::mem::take(&mut session.shelf.place);
        session.shelf = Shelf::coming(&sanitize::line(&self.name), is_given, place);
        let reading = reading(decoding, session.settings.lang, self.source.depth);
        self.thread = ShelfThread::start(self.source.clone(), reading, events);
    }

    /// Makes the folder of the only file the shelf; standard input stays alone.
    fn list_siblings(&mut self, session: &mut Session) {
        let Some(Item::File(path)) = self.source.items.first().cloned() else {
            return;
        };
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let listed = path
            .file_name()
            .map_or_else(|| path.clone(), |name| folder.join(name));
        let files = walk::files(folder, Some(1));
        self.name = folder.display().to_string();
        session.shelf.place.reading = Some(listed.clone());
        // a file of another ending, or a pipe, stands before the others
        if files.iter().any(|file| file.path == listed) {
            self.source = ShelfSource {
                folders: vec![folder.to_owned()],
                depth: Some(1),
                ..ShelfSource::default()
            };
        } else {
            let others = files.into_iter().map(|file| Item::File(file.path));
            session.shelf.place.reading = Some(path);
            self.source.items.extend(others);
        }
    }

    /// Offers the article that was read last, at a path of the store, to be continued. Where the
    /// shelf has articles of its own it comes before them.
    pub(crate) fn offer(&mut self, session: &mut Session, path: &str) {
        let item = identity::item_of(path);
        let is_listed = self.source.items.contains(&item);
        if self.source.folders.is_empty() && !is_listed && item.path().exists() {
            self.source.items.insert(0, item);
        }
        session.shelf.place.again = Some(self.as_listed(Path::new(path)));
    }

    /// Looks for new articles.
    pub(crate) fn refresh(&self) {
        self.thread.refresh();
    }

    /// Hands what is wanted to the thread.
    pub(crate) fn serve(&self, session: &mut Session) {
        if let Some((id, query)) = session.shelf.take_request() {
            self.thread.search(id, query);
        }
        if let Some(order) = session.shelf.take_order() {
            self.thread.sort(order);
        }
        if let Some((id, ask)) = session.pages.library.take_request() {
            // the other one stops
            self.thread.answer(id, LibraryAsk::Nothing);
            self.aside.answer(id, LibraryAsk::Nothing);
            // the pages of the shelf are about its own articles
            let is_aside = self.asks_aside && session.pages.base() != Mode::Shelf;
            let thread = if is_aside { &self.aside } else { &self.thread };
            thread.answer(id, ask);
        }
    }

    /// Chooses who counts terms: the thread of the shelf that one came from, else one that has the
    /// library. Returns false where there is none.
    pub(crate) fn choose_for_table(
        &mut self,
        session: &mut Session,
        decoding: &DecodeOptions,
    ) -> bool {
        if self.thread.is_running() {
            self.asks_aside = false;
            return true;
        }
        let has_one = self.choose_thread(session, decoding);
        if self.asks_aside {
            session.pages.library.table.asked.population = TablePopulation::Library;
        }
        has_one
    }

    /// Chooses who is asked about many articles: the thread of the shelf on the shelf, and where
    /// that is of the library; else one that has the library. Returns false where there is none.
    pub(crate) fn choose_thread(&mut self, session: &Session, decoding: &DecodeOptions) -> bool {
        let is_of_shelf = session.pages.base() == Mode::Shelf || self.source.cache.is_some();
        self.asks_aside = !is_of_shelf && !self.library.is_empty();
        if !self.asks_aside {
            return self.thread.is_running();
        }
        if let Some(events) = self.events.clone().filter(|_| !self.aside.is_running()) {
            let source = ShelfSource {
                cache: environment::library_cache(),
                folders: self.library.clone(),
                is_quiet: true,
                ..ShelfSource::default()
            };
            let reading = reading(decoding, session.settings.lang, None);
            self.aside = ShelfThread::start(source, reading, events);
        }
        true
    }

    /// Tells the session how far articles were read.
    pub(crate) fn progress(&self, session: &mut Session, read: Vec<(PathBuf, ReadProgress)>) {
        let listed = |(path, read): (PathBuf, ReadProgress)| (self.as_listed(&path), read);
        let read = read.into_iter().map(listed).collect();
        session.shelf.take(ShelfNews::Progress(read));
    }

    /// Returns a path of the store as the shelf lists it: as it was given.
    pub(crate) fn as_listed(&self, path: &Path) -> PathBuf {
        for folder in &self.source.folders {
            if let Some(listed) = folders::rebased(path, &folders::canonical(folder), folder) {
                return listed;
            }
        }
        let same = |item: &&Item| Path::new(&identity::path_of(item)) == path;
        let given = self.source.items.iter().find(same);
        given.map_or_else(|| path.to_owned(), path_of)
    }
}
