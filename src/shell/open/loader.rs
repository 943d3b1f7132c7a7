//! Opens articles without making the reader wait for them.
//!
//! 1. A short file is read and parsed at once.
//! 2. Of a long one the head is; a thread does the whole, which takes the head's
//!    place when it is there.
//! 3. A pipe is read by a thread to its end; what has come so far is handed over
//!    whenever it pauses or has doubled. It comes once, so that it is kept for
//!    when the reader returns to it.
//!
//! What is ready is announced to the loop as an event, and taken with
//! [`Loader::take`]. Nobody waits for what was left: its thread ends by itself.

use crate::format::{epub, stream};
use crate::session::Article;
use crate::shell::error::Error;
use crate::shell::event::AppEvent;
use crate::shell::event::EventSender;
use crate::shell::open::input::{self, Feed, LINES, STREAM};
use crate::shell::open::library::{self, Item, Reading};
use crate::shell::open::pieces::{Begun, Pieces};
use crate::shell::os::files::Stamp;
use crate::shell::os::wait::{PipeState, for_pipe};
use crate::source::decode;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// A file of so many bytes is opened at once.
const SHORT: u64 = stream::SHORT as u64;
/// How long the first frame waits for a pipe.
const PATIENCE: Duration = Duration::from_millis(150);
/// A pipe that has brought nothing for so long pauses.
const PAUSE: Duration = Duration::from_millis(80);

/// So long the terminal has the processor for itself to show the first frame.
const LEAD: Duration = Duration::from_millis(12);

/// What a thread has to hand over.
type Load = Result<Article, Error>;

/// What comes in, and from where.
pub struct Loader {
    events: EventSender,
    /// The article that is being read.
    current: Option<Item>,
    /// What is still to come of the file that is open.
    coming: Option<Receiver<Load>>,
    /// The pipes that were opened: what has come, and what is to come.
    streams: Vec<(Item, Option<Article>, Option<Receiver<Load>>)>,
    /// The state of the file that was read.
    stamp: Option<Stamp>,
    /// The state of the file that is being read again, until it has been.
    newer: Option<Stamp>,
    /// Tells the thread that nobody waits for it any more.
    stop: Arc<AtomicBool>,
    /// What a thread is to do, once the first frame is drawn.
    due: Option<Box<dyn FnOnce() + Send>>,
}

impl Loader {
    /// A loader of nothing yet; tells the loop when something is there.
    pub fn new(events: EventSender) -> Self {
        Self {
            events,
            current: None,
            coming: None,
            streams: Vec::new(),
            stamp: None,
            newer: None,
            stop: Arc::default(),
            due: None,
        }
    }

    /// Opens an article as far as the first frame needs it; the rest follows.
    ///
    /// # Errors
    /// Where it cannot be read, or is no text.
    pub fn open(&mut self, item: &Item, reading: &Reading) -> Result<Article, Error> {
        reading.check()?;
        if let Some(i) = self.streams.iter().position(|(of, ..)| of == item) {
            self.set(item, None, None);
            self.drain(i)?;
            let come = self.streams.get(i).and_then(|(_, come, _)| come.clone());
            return Ok(come.unwrap_or_else(|| Article::coming(&item.name())));
        }
        let path = match item {
            Item::Shipped(_) => {
                let article = item.open(reading)?;
                self.set(item, None, None);
                return Ok(article);
            }
            Item::Stdin => PathBuf::from("-"),
            Item::File(path) => path.clone(),
        };
        match input::open(&path)? {
            Feed::File(file, stamp) => self.file(item, path, file, stamp, reading),
            Feed::Stream(file, head) => self.stream(item, path, file, head, reading),
        }
    }

    /// Reads the file that is open again, all of it, on a thread.
    ///
    /// # Errors
    /// Where it cannot be opened.
    pub fn again(&mut self, reading: &Reading) -> Result<(), Error> {
        let Some(item @ Item::File(_)) = self.current.clone() else {
            return Ok(());
        };
        let path = item.path();
        let Feed::File(_, stamp) = input::open(&path)? else {
            return Err(Error::NotRegular(path));
        };
        let (reading, before) = (reading.clone(), self.stamp);
        self.begin(&item, stamp, move |stop| open_again(&path, &reading, stop));
        // what is shown stays what it is until the other has come
        (self.stamp, self.newer) = (before, Some(stamp));
        Ok(())
    }

    /// What came last of the article that is open, if anything has since.
    pub fn take(&mut self) -> Option<Load> {
        let item = self.current.clone()?;
        if let Some(i) = self.streams.iter().position(|(of, ..)| *of == item) {
            let before = self.streams.get(i).and_then(|(_, come, _)| {
                come.as_ref()
                    .map(|a| (a.document().end(), a.arrival.coming))
            });
            if let Err(error) = self.drain(i) {
                return Some(Err(error));
            }
            let come = self.streams.get(i).and_then(|(_, come, _)| come.as_ref())?;
            return (before != Some((come.document().end(), come.arrival.coming)))
                .then(|| Ok(come.clone()));
        }
        let load = self.coming.as_ref()?.try_recv().ok()?;
        self.coming = None;
        self.stamp = self.newer.take().filter(|_| load.is_ok()).or(self.stamp);
        Some(load)
    }

    /// Whether more of the article that is open is being read.
    pub fn is_coming(&self) -> bool {
        let stream = self
            .streams
            .iter()
            .any(|(of, _, coming)| Some(of) == self.current.as_ref() && coming.is_some());
        self.coming.is_some() || stream
    }

    /// The state of the file when it was read; `None` for what is no file.
    pub fn stamp(&self) -> Option<Stamp> {
        self.stamp
    }

    /// Whether the file that is open is read beside the reader, who may have to wait.
    pub fn is_long(&self) -> bool {
        self.stamp.is_some_and(|stamp| stamp.len > SHORT)
    }

    /// Waits until all of the article that is open has come, or enough for `enough`.
    ///
    /// # Errors
    /// Where it cannot be read, or is no text.
    pub fn wait(
        &mut self,
        mut article: Article,
        enough: impl Fn(&Article) -> bool,
    ) -> Result<Article, Error> {
        self.start(Duration::ZERO);
        while article.arrival.coming && !enough(&article) {
            let item = self.current.clone();
            let coming = self
                .streams
                .iter_mut()
                .find(|(of, ..)| Some(of) == item.as_ref())
                .map(|(_, come, coming)| (come, coming));
            let (come, coming) = match coming {
                Some((come, coming)) => (Some(come), coming),
                None => (None, &mut self.coming),
            };
            let Some(Ok(load)) = coming.as_ref().map(Receiver::recv) else {
                break;
            };
            article = load?;
            if !article.arrival.coming {
                *coming = None;
            }
            if let Some(come) = come {
                *come = Some(article.clone());
            }
        }
        Ok(article)
    }

    /// Another article is open: nobody waits for what was coming.
    fn set(&mut self, item: &Item, coming: Option<Receiver<Load>>, stamp: Option<Stamp>) {
        self.stop.store(true, Ordering::Relaxed);
        self.due = None;
        (self.current, self.coming, self.stamp, self.newer) =
            (Some(item.clone()), coming, stamp, None);
    }

    /// Takes everything that a pipe has brought.
    fn drain(&mut self, i: usize) -> Result<(), Error> {
        let Some((_, come, coming)) = self.streams.get_mut(i) else {
            return Ok(());
        };
        while let Some(load) = coming.as_ref().and_then(|c| c.try_recv().ok()) {
            match load {
                Ok(article) => {
                    if !article.arrival.coming {
                        *coming = None;
                    }
                    *come = Some(article);
                }
                Err(error) => {
                    *coming = None;
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    fn file(
        &mut self,
        item: &Item,
        path: PathBuf,
        file: File,
        stamp: Stamp,
        reading: &Reading,
    ) -> Result<Article, Error> {
        if stamp.len <= SHORT {
            let (bytes, _) = Feed::File(file, stamp)
                .read_all(&path, |head| library::accept(&path, head, reading))?;
            let article = library::opened(&path, bytes, false, reading)?.article(&item.name());
            self.set(item, None, Some(stamp));
            return Ok(article);
        }
        let mut article = match Pieces::begin(&path, file, stamp, reading)? {
            Begun::Pieces(pieces) => {
                let article = Article::of(pieces.name(), pieces.head(), None);
                self.begin(item, stamp, move |stop| rest(*pieces, stop));
                article
            }
            Begun::Packed => {
                // a book is unpacked whole
                let article = open_whole(&path, reading)?;
                self.set(item, None, Some(stamp));
                return Ok(article);
            }
            Begun::Whole(head) => {
                let reading = reading.clone();
                self.begin(item, stamp, move |_| open_whole(&path, &reading));
                Article::of(&item.name(), *head, None)
            }
        };
        article.arrival.coming = true;
        Ok(article)
    }

    /// Begins what is to be done on a thread: the first frame does not wait for it, nor
    /// share the processor with it.
    pub fn go(&mut self) {
        self.start(LEAD);
    }

    /// Begins what is due, after so long.
    fn start(&mut self, after: Duration) {
        if let Some(work) = self.due.take() {
            let work = move || {
                thread::sleep(after);
                work();
            };
            // without a thread the head is all there is
            let _ = thread::Builder::new().name("load".to_owned()).spawn(work);
        }
    }

    /// Has the rest of a file done on a thread, when it is time to [`Loader::go`].
    fn begin(
        &mut self,
        item: &Item,
        stamp: Stamp,
        work: impl FnOnce(&AtomicBool) -> Load + Send + 'static,
    ) {
        let (sender, coming) = channel();
        let (events, stop) = (self.events.clone(), Arc::new(AtomicBool::new(false)));
        let stopped = Arc::clone(&stop);
        let work = move || {
            if sender.send(work(&stopped)).is_ok() {
                let _ = events.send(AppEvent::Loaded);
            }
        };
        self.set(item, Some(coming), Some(stamp));
        self.due = Some(Box::new(work));
        self.stop = stop;
    }

    fn stream(
        &mut self,
        item: &Item,
        path: PathBuf,
        file: File,
        head: Vec<u8>,
        reading: &Reading,
    ) -> Result<Article, Error> {
        let (sender, coming) = channel();
        let (events, reading, name) = (self.events.clone(), reading.clone(), item.name());
        let work = move || {
            let send =
                |load: Load| sender.send(load).is_ok() && events.send(AppEvent::Loaded).is_ok();
            if let Err(error) = pour(&path, &name, file, head, &reading, &send) {
                send(Err(error));
            }
        };
        thread::Builder::new()
            .name("load".to_owned())
            .spawn(work)
            .map_err(Error::Terminal)?;
        let first = coming.recv_timeout(PATIENCE);
        self.set(item, None, None);
        let article = match first {
            Ok(load) => load?,
            Err(_) => Article::coming(&item.name()),
        };
        let more = article.arrival.coming.then_some(coming);
        self.streams
            .push((item.clone(), Some(article.clone()), more));
        Ok(article)
    }
}

/// An article whole and at once.
fn open_whole(path: &Path, reading: &Reading) -> Load {
    let (bytes, _) =
        input::open(path)?.read_all(path, |head| library::accept(path, head, reading))?;
    Ok(library::opened(path, bytes, false, reading)?.article(&library::name_of(path)))
}

/// The article of a file that is read piece by piece; an empty one where nobody
/// waits for it any more.
fn rest(pieces: Pieces, stop: &AtomicBool) -> Load {
    let name = pieces.name().to_owned();
    Ok(pieces
        .all(stop)?
        .map(|(document, _)| Article::of(&name, document, None))
        .unwrap_or_default())
}

/// A file from its start, on a thread: piece by piece where it is long.
fn open_again(path: &Path, reading: &Reading, stop: &AtomicBool) -> Load {
    let Feed::File(file, stamp) = input::open(path)? else {
        return Err(Error::NotRegular(path.to_owned()));
    };
    if stamp.len <= SHORT {
        return open_whole(path, reading);
    }
    match Pieces::begin(path, file, stamp, reading)? {
        Begun::Pieces(pieces) => rest(*pieces, stop),
        Begun::Packed | Begun::Whole(_) => open_whole(path, reading),
    }
}

/// Reads a pipe to its end, and hands over what has come when it pauses or has
/// doubled, and at the end.
fn pour(
    path: &Path,
    name: &str,
    mut file: File,
    head: Vec<u8>,
    reading: &Reading,
    send: &dyn Fn(Load) -> bool,
) -> Result<(), Error> {
    let mut bytes = head;
    let (mut told, mut at) = (0, Instant::now());
    let mut piece = vec![0; 64 << 10];
    let (mut accepted, mut lines) = (false, 0);
    let article = |bytes: Vec<u8>, coming: bool, cut: bool| -> Load {
        library::accept(path, &bytes, reading)?;
        let mut article = library::opened(path, bytes, cut, reading)?.article(name);
        article.arrival.coming = coming;
        Ok(article)
    };
    loop {
        let whole_lines = memchr::memrchr(b'\n', &bytes).map_or(0, |i| i + 1);
        let patience = (whole_lines > told).then_some(PAUSE);
        let paused = for_pipe(&file, patience) == PipeState::TimedOut;
        let doubled = bytes.len() >= 2 * told + (64 << 10) && at.elapsed() > PATIENCE;
        if whole_lines > told && (paused || doubled) && !epub::is_archive(&bytes) {
            let part = bytes
                .get(..library::cut(&bytes, library::encoding(&bytes, reading)))
                .unwrap_or_default()
                .to_vec();
            (told, at) = (whole_lines, Instant::now());
            // blank lines say nothing of what follows
            if !decode::is_empty(&part) && !send(article(part, true, false)) {
                return Ok(());
            }
        }
        if paused {
            continue;
        }
        match file.read(&mut piece) {
            Ok(0) => break,
            Ok(n) => {
                lines += memchr::memchr_iter(b'\n', piece.get(..n).unwrap_or_default()).count();
                bytes.extend_from_slice(piece.get(..n).unwrap_or_default());
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(why) => {
                return Err(Error::Open {
                    path: path.to_owned(),
                    why,
                });
            }
        }
        if !accepted && bytes.len() as u64 >= input::HEAD {
            library::accept(path, &bytes, reading)?;
            accepted = true;
        }
        if bytes.len() as u64 >= STREAM || lines > LINES {
            bytes.truncate(library::cut(&bytes, library::encoding(&bytes, reading)));
            send(article(bytes, false, true));
            return Ok(());
        }
    }
    send(article(bytes, false, false));
    Ok(())
}
