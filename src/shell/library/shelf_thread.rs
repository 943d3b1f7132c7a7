//! The thread that has the library while one reads: it lists the articles, brings them up to
//! date, and searches their texts. What it finds comes as news of the shelf.

use super::answers::{Answers, AskedLibrary};
use super::article_file::{self, item_of, path_of};
use super::cache::{CacheNotice, Library};
use super::collect_hits::Entries;
use super::folder_watch::FolderWatch;
use super::refresh::{FileReading, Progress};
use super::rows::{self, KnownState, is_folded};
use super::{folders, lease};
use crate::command::Input;
use crate::library::entry::ArticleId;
use crate::library::order::{Order, SortValues, sort};
use crate::library::rank::ScanTotals;
use crate::library::{LibraryEntry, LibraryQuery};
use crate::session::library_pages::LibraryAsk;
use crate::session::{ShelfAnswer, ShelfNews};
use crate::shell::event::{AppEvent, EventSender};
use crate::shell::open::item::{DecodeOptions, Item};
use crate::shell::os::files;
use crate::shell::store::job::Job;
use crate::shell::store::{Store, identity};
use rusqlite::Connection;
use std::collections::HashMap;
use std::ops::ControlFlow::{self, Break, Continue};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

/// Articles that are listed at once, before all are.
const FIRST_PAGE_ARTICLES: usize = 200;
/// The time after which hits are handed over.
const ANSWER_TIME: Duration = Duration::from_millis(30);
/// The time between two looks at the lease of another program.
const LEASE_RETRY: Duration = Duration::from_secs(1);

/// The articles of a shelf.
#[derive(Clone, Debug, Default)]
pub(crate) struct ShelfSource {
    /// The file of the cache; `None` leaves nothing behind.
    pub(crate) cache: Option<PathBuf>,
    /// Folders.
    pub(crate) folders: Vec<PathBuf>,
    /// Levels of folders; `None` for all.
    pub(crate) depth: Option<usize>,
    /// The folders whose articles are listed; all where there are none.
    pub(crate) below: Vec<PathBuf>,
    /// Articles by themselves, in their order, before those of folders.
    pub(crate) items: Vec<Item>,
    /// Nothing of it is listed: only questions about many articles are answered.
    pub(crate) is_quiet: bool,
}

/// Something that the thread is asked for.
enum ShelfRequest {
    /// Search for words.
    Search(u64, LibraryQuery),
    /// Answer a request about many articles.
    Answer(u64, LibraryAsk),
    /// Sort the articles.
    Sort(Order),
    /// Bring the articles up to date.
    Refresh,
    /// Keep that an article was read, or that it is unread.
    MarkRead(PathBuf, bool, Store),
}

/// The way to the thread.
#[derive(Default)]
pub(crate) struct ShelfThread {
    requests: Option<Arc<Sender<ShelfRequest>>>,
    /// The number of the last search; one of another number stops.
    wanted: Arc<AtomicU64>,
    /// The number of the last request about many articles; one of another number stops.
    asked: Arc<AtomicU64>,
}

impl ShelfThread {
    /// Starts the thread.
    pub(crate) fn start(source: ShelfSource, reading: FileReading, events: EventSender) -> Self {
        let (requests, receiver) = channel();
        let requests = Arc::new(requests);
        let own = Arc::downgrade(&requests);
        let wanted = Arc::new(AtomicU64::new(0));
        let asked = Arc::new(AtomicU64::new(0));
        let worker = Worker {
            wanted: Arc::clone(&wanted),
            answers: Answers::new(events.clone(), Arc::clone(&asked), reading.options.clone()),
            events,
            receiver,
            entries: HashMap::new(),
            below: source.below.clone(),
            options: reading.options.clone(),
            refresh_again: false,
            is_quiet: source.is_quiet,
            is_reading: false,
            away: Vec::new(),
        };
        let work = move || {
            let events = worker.events.clone();
            if let Err(why) = worker.run(&source, &reading, own) {
                let zh = format!("文库缓存出错：{why}");
                let en = format!("the cache of the library failed: {why}");
                let news = AppEvent::Input(Input::Shelf(ShelfNews::Trouble(zh, en)));
                let _ = events.send(news);
            }
        };
        let started = thread::Builder::new()
            .name("library".to_owned())
            .spawn(work);
        Self {
            requests: started.ok().map(|_| requests),
            wanted,
            asked,
        }
    }

    /// Returns whether there is a thread.
    pub(crate) fn is_running(&self) -> bool {
        self.requests.is_some()
    }

    fn send(&self, request: ShelfRequest) {
        if let Some(requests) = &self.requests {
            let _ = requests.send(request);
        }
    }

    /// Searches for words, in place of the search before.
    pub(crate) fn search(&self, id: u64, query: LibraryQuery) {
        self.wanted.store(id, Ordering::Relaxed);
        self.send(ShelfRequest::Search(id, query));
    }

    /// Answers a request about many articles, in place of the one before.
    pub(crate) fn answer(&self, id: u64, ask: LibraryAsk) {
        self.asked.store(id, Ordering::Relaxed);
        self.send(ShelfRequest::Answer(id, ask));
    }

    /// Keeps that the article at a path was read, or that it is unread.
    pub(crate) fn mark_read(&self, path: PathBuf, done: bool, store: Store) {
        self.send(ShelfRequest::MarkRead(path, done, store));
    }

    /// Sorts the articles.
    pub(crate) fn sort(&self, order: Order) {
        self.send(ShelfRequest::Sort(order));
    }

    /// Brings the articles up to date.
    pub(crate) fn refresh(&self) {
        self.send(ShelfRequest::Refresh);
    }
}

/// The state of the thread, beside the library.
struct Worker {
    events: EventSender,
    wanted: Arc<AtomicU64>,
    receiver: Receiver<ShelfRequest>,
    entries: Entries,
    /// The folders whose articles are listed; all where there are none.
    below: Vec<PathBuf>,
    options: DecodeOptions,
    refresh_again: bool,
    /// Nothing is told of the articles.
    is_quiet: bool,
    /// True while articles are read in.
    is_reading: bool,
    answers: Answers,
    /// The folders that were said not to be there.
    away: Vec<PathBuf>,
}

impl Worker {
    /// `own`: the way of requests to this thread, which must not keep it alive.
    fn run(
        mut self,
        source: &ShelfSource,
        reading: &FileReading,
        own: Weak<Sender<ShelfRequest>>,
    ) -> rusqlite::Result<()> {
        let mut library = Library::open(source.cache.as_deref(), source.folders.clone())?;
        self.tell_notice(&library);
        self.tell_away(&library.db)?;
        self.list_first(&library.db)?;
        self.read_items(&mut library.db, &source.items, reading)?;
        let watch = FolderWatch::over(&library.folders, reading.depth, move || {
            if let Some(requests) = own.upgrade() {
                let _ = requests.send(ShelfRequest::Refresh);
            }
        });
        loop {
            watch.begins();
            let began = Instant::now();
            self.is_reading = true;
            let has_changed = self.refresh(&mut library, reading)?;
            watch.looked(began.elapsed());
            self.is_reading = false;
            self.refresh_again = false;
            if has_changed {
                self.list(&library.db)?;
            }
            self.tell(ShelfNews::Incoming(None));
            if let Some((id, ask)) = self.answers.again.take() {
                self.answer(&library.db, id, ask)?;
            }
            while !self.refresh_again {
                let Ok(request) = self.receiver.recv() else {
                    return Ok(());
                };
                self.serve(&library.db, request)?;
            }
        }
    }

    fn tell_notice(&self, library: &Library) {
        if let Some((zh, en)) = library.notice.as_ref().map(CacheNotice::lines) {
            self.tell(ShelfNews::Trouble(zh, en));
        }
    }

    /// Sends news; returns false where the reader has gone.
    fn tell(&self, news: ShelfNews) -> bool {
        let news = AppEvent::Input(Input::Shelf(news));
        self.is_quiet || self.events.send(news).is_ok()
    }

    /// Lists the newest articles of the cache at once, then all.
    fn list_first(&mut self, db: &Connection) -> rusqlite::Result<()> {
        let (mut first, all) = rows::newest(db, FIRST_PAGE_ARTICLES)?;
        first.retain(|entry| self.lists(entry));
        if all > FIRST_PAGE_ARTICLES {
            let first = first.into_iter().map(Arc::new).collect();
            self.tell(ShelfNews::Listed(first, all));
        }
        if all > 0 {
            self.list(db)?;
        }
        Ok(())
    }

    /// Lists all articles, by date.
    fn list(&mut self, db: &Connection) -> rusqlite::Result<()> {
        let mut entries = HashMap::new();
        rows::each_entry(db, &mut |entry| {
            if self.lists(&entry) {
                entries.insert(entry.id, Arc::new(entry));
            }
        })?;
        self.entries = entries;
        self.answers.forget_points();
        let entry = |entry: &LibraryEntry| self.entries.get(&entry.id).map(Arc::clone);
        let listed: Vec<_> = self.by_date().into_iter().filter_map(entry).collect();
        let all = listed.len();
        self.tell(ShelfNews::Listed(listed, all));
        Ok(())
    }

    /// Returns all articles by date.
    fn by_date(&self) -> Vec<&LibraryEntry> {
        let mut sorted: Vec<&LibraryEntry> = self.entries.values().map(AsRef::as_ref).collect();
        sort(&mut sorted, Order::Date, |_| SortValues::default());
        sorted
    }

    /// Returns whether the shelf lists an article.
    fn lists(&self, entry: &LibraryEntry) -> bool {
        let below = &self.below;
        below.is_empty()
            || below
                .iter()
                .any(|folder| folders::is_below(&entry.path, folder))
    }

    /// Reads articles that are given by themselves.
    fn read_items(
        &mut self,
        db: &mut Connection,
        items: &[Item],
        reading: &FileReading,
    ) -> rusqlite::Result<()> {
        if items.is_empty() {
            return Ok(());
        }
        let root = rows::put_root(db, Path::new(""))?;
        for item in items {
            let path = path_of(item);
            let read = match item {
                // a pipe can be read only once
                Item::Stdin => article_file::unread("-", reading.lang),
                Item::File(path) if is_pipe(path) => {
                    article_file::unread(&item.name(), reading.lang)
                }
                item => article_file::read_item(item, &path, &reading.options, reading.lang),
            };
            rows::put_article(db, root, (&path, KnownState::default()), &read)?;
        }
        self.list(db)
    }

    /// Brings all folders up to date; searches are answered meanwhile. Returns whether the articles
    /// are others than before.
    fn refresh(&mut self, library: &mut Library, reading: &FileReading) -> rusqlite::Result<bool> {
        let done = self.refresh_once(library, reading);
        if !done.as_ref().is_err_and(|why| library.replace_full(why)) {
            return done;
        }
        self.tell_notice(library);
        // the numbers of articles are others now
        self.list(&library.db)?;
        self.refresh_once(library, reading)
    }

    fn refresh_once(
        &mut self,
        library: &mut Library,
        reading: &FileReading,
    ) -> rusqlite::Result<bool> {
        if library.folders.is_empty() {
            return Ok(false);
        }
        let mut has_changed = self.entries.is_empty();
        while !lease::take(&mut library.db)? {
            // another program does it: its rows are listed when it has done
            has_changed = true;
            match self.receiver.recv_timeout(LEASE_RETRY) {
                Ok(request) => self.serve(&library.db, request)?,
                Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {}
                Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => return Ok(false),
            }
        }
        if library.is_kept {
            library.tidy()?;
        }
        for folder in library.folders.clone() {
            let mut on = |db: &Connection, progress: Progress, put: &[ArticleId]| {
                self.batch(db, progress, put)
            };
            let summary = library.refresh(&folder, reading, &mut on)?;
            has_changed |= summary.read + summary.gone + summary.moved > 0;
        }
        library.give_lease_back();
        self.tell_away(&library.db)?;
        Ok(has_changed)
    }

    /// Tells which folders are not there, where these are others than before.
    fn tell_away(&mut self, db: &Connection) -> rusqlite::Result<()> {
        let roots = rows::roots(db)?.into_iter();
        let away: Vec<PathBuf> = roots
            .filter(|root| root.away)
            .map(|root| root.path)
            .collect();
        if away != self.away {
            self.away.clone_from(&away);
            self.tell(ShelfNews::Away(away));
        }
        Ok(())
    }

    /// Tells of a batch of articles, and answers what was asked meanwhile.
    fn batch(&mut self, db: &Connection, progress: Progress, put: &[ArticleId]) -> ControlFlow<()> {
        let Progress { read, total } = progress;
        let entries = rows::entries_of(db, put).unwrap_or_default();
        let entries = entries.into_iter().filter(|entry| self.lists(entry));
        let entries: Vec<_> = entries.map(Arc::new).collect();
        let by_id = entries.iter().map(|entry| (entry.id, Arc::clone(entry)));
        self.entries.extend(by_id);
        self.answers.forget_points();
        let goes_on = self.tell(ShelfNews::Added(entries))
            && self.tell(ShelfNews::Incoming(Some((read, total))));
        loop {
            let served = match self.receiver.try_recv() {
                Ok(request) => self.serve(db, request).is_ok(),
                Err(TryRecvError::Empty) if goes_on => return Continue(()),
                Err(_) => false,
            };
            if !served {
                return Break(());
            }
        }
    }

    fn serve(&mut self, db: &Connection, request: ShelfRequest) -> rusqlite::Result<()> {
        match request {
            ShelfRequest::Refresh => self.refresh_again = true,
            ShelfRequest::Sort(order) => {
                let mut sorted = self.by_date();
                sort(&mut sorted, order, |_| SortValues::default());
                let ids = sorted.into_iter().map(|entry| entry.id).collect();
                self.tell(ShelfNews::Sorted(order, ids));
            }
            // the store knows an article by its text
            ShelfRequest::MarkRead(path, done, store) => {
                let item = item_of(&path);
                if let Ok(article) = item.article(&self.options) {
                    let identity = Arc::new(identity::identify(&article, &item));
                    store.write(Job::MarkRead(identity, done));
                }
            }
            ShelfRequest::Search(id, query) => self.search(db, id, &query)?,
            ShelfRequest::Answer(id, ask) => self.answer(db, id, ask)?,
        }
        Ok(())
    }

    /// Answers a request about many articles.
    fn answer(&mut self, db: &Connection, id: u64, ask: LibraryAsk) -> rusqlite::Result<()> {
        let of = AskedLibrary {
            db,
            entries: &self.entries,
            is_reading: self.is_reading,
        };
        self.answers.answer(&of, id, ask)
    }

    /// Searches all texts; stops where another search is wanted.
    fn search(&self, db: &Connection, id: u64, query: &LibraryQuery) -> rusqlite::Result<()> {
        if query.terms.is_empty() {
            return Ok(());
        }
        let (mut found, mut totals) = (Vec::new(), ScanTotals::default());
        let mut last = Instant::now();
        let is_wanted = || self.wanted.load(Ordering::Relaxed) == id;
        let answer = |found: Vec<_>, totals: &ScanTotals, done| {
            self.tell(ShelfNews::Found(ShelfAnswer {
                id,
                found,
                totals: totals.clone(),
                done,
            }))
        };
        rows::each_text(db, &mut |article, text, folds| {
            let Some(entry) = self.entries.get(&article) else {
                return is_wanted();
            };
            let hits = query.search(entry, text, &|span| !is_folded(folds, span));
            totals.count(entry.length, hits.as_ref());
            found.extend(hits.map(|hits| (article, hits.shortened(text))));
            if last.elapsed() >= ANSWER_TIME {
                last = Instant::now();
                return answer(std::mem::take(&mut found), &totals, false) && is_wanted();
            }
            is_wanted()
        })?;
        if is_wanted() {
            answer(found, &totals, true);
        }
        Ok(())
    }
}

fn is_pipe(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|m| files::is_pipe(&m))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Builder;
    use crate::session::library_pages::{LibraryAnswer, LibraryFound};
    use crate::session::same_list::SameAsked;
    use crate::shell::app::inbox::Inbox;
    use crate::text::Lang;

    #[test]
    fn a_question_is_answered_again_once_all_is_read_in() {
        let name = format!("jingdu-again-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let passage = "渡口的船夫姓何，三十年里没有误过一班。";
        for i in 0..300 {
            let text = format!("第{i}篇\n\n　　{passage}他说的第{i}句话写在这里。\n");
            std::fs::write(folder.join(format!("{i}.txt")), text).unwrap();
        }
        let (mut inbox, events) = Inbox::new().unwrap();
        let source = ShelfSource {
            folders: vec![folder.clone()],
            ..ShelfSource::default()
        };
        let reading = FileReading {
            options: DecodeOptions::default(),
            lang: Lang::Zh,
            threads: 1,
            depth: None,
        };
        let thread = ShelfThread::start(source, reading, events);
        // The question may come before the first file has been read: an answer
        // that was not given again at the end would leave the loop waiting.
        let asked = SameAsked::Passage(passage.to_owned(), Arc::new(Builder::new().finish()));
        thread.answer(7, LibraryAsk::Same(asked));
        let mut counts = Vec::new();
        let mut is_read = false;
        while !is_read || counts.last() != Some(&300) {
            let event = inbox
                .take_within(Duration::from_secs(20))
                .expect("an answer");
            match event {
                AppEvent::Input(Input::Shelf(ShelfNews::Incoming(None))) => is_read = true,
                AppEvent::Input(Input::Library(LibraryAnswer {
                    id: 7,
                    found: LibraryFound::Same(rows),
                })) => counts.push(rows.len()),
                _ => {}
            }
        }
        assert!(
            counts.is_sorted(),
            "an answer never loses a row: {counts:?}"
        );
        std::fs::remove_dir_all(folder).unwrap();
    }
}
