//! Loads articles without making the reader wait: a short file at once, of a long one the head,
//! whose place the whole takes when a thread has loaded it. A [`pipe`] is read by a
//! thread, which hands over what has come so far.
//!
//! A thread whose result is not taken any more ends by itself.

use crate::format::sections::{HEAD_BYTES, SHORT_TEXT_BYTES};
use crate::format::{self, ParseOptions, epub};
use crate::session::Article;
use crate::shell::error::Error;
use crate::shell::event::{AppEvent, EventSender};
use crate::shell::open::input::{self, Feed};
use crate::shell::open::item::{self, Content, DecodeOptions, Item};
use crate::shell::open::loaded::{Load, Loaded};
use crate::shell::open::pipe;
use crate::source::decode;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// The time that the first frame waits for a pipe.
const PIPE_TIMEOUT: Duration = Duration::from_millis(150);
/// The time that a thread waits for the first frame, which it would share the processor with.
const FRAME_TIMEOUT: Duration = Duration::from_millis(500);
/// The delay after that frame: the terminal has the processor to show it.
const START_DELAY: Duration = Duration::from_millis(12);
/// Bytes that are read behind the head where that has no line end in its second half.
const LINE_BYTES: u64 = 512 << 10;

/// An article as far as the first frame needs it, and the rest of it.
pub struct Opened {
    /// The part that has come.
    pub loaded: Loaded,
    /// The part that is still to come.
    pub rest: Option<Incoming>,
}

/// Loads that are still to come from a thread.
pub struct Incoming {
    loads: Receiver<Load>,
    /// Lets the thread begin when it is dropped.
    gate: Option<Sender<()>>,
}

impl Incoming {
    /// Begins work on a thread once the frame is drawn, and `delay` is over.
    fn after(
        delay: Duration,
        events: &EventSender,
        work: impl FnOnce() -> Load + Send + 'static,
    ) -> Self {
        let (gate, opens) = channel::<()>();
        let incoming = Self::at_once(events, move |send| {
            let _ = opens.recv_timeout(FRAME_TIMEOUT);
            thread::sleep(delay);
            send(work());
        });
        Self {
            gate: Some(gate),
            ..incoming
        }
    }

    /// Begins work on a thread; `send` returns false where the load is not wanted any more.
    pub(crate) fn at_once(
        events: &EventSender,
        work: impl FnOnce(&dyn Fn(Load) -> bool) + Send + 'static,
    ) -> Self {
        let (sender, loads) = channel();
        let events = events.clone();
        let run = move || {
            work(&|load| sender.send(load).is_ok() && events.send(AppEvent::Loaded).is_ok());
        };
        // without a thread the head is all there is
        let _ = thread::Builder::new().name("load".to_owned()).spawn(run);
        Self { loads, gate: None }
    }

    /// Lets the thread begin, once the frame is drawn.
    pub fn begin(&mut self) {
        self.gate = None;
    }

    /// Takes the last load that has come.
    pub(crate) fn latest(&mut self) -> Option<Load> {
        self.loads.try_iter().last()
    }

    /// Waits for the next load; `None` where no more comes.
    pub fn wait(&mut self, timeout: Duration) -> Option<Load> {
        self.loads.recv_timeout(timeout).ok()
    }
}

/// Opens an article as far as the first frame needs it.
pub fn open(item: &Item, options: &DecodeOptions, events: &EventSender) -> Result<Opened, Error> {
    options.check()?;
    if matches!(item, Item::Shipped(_) | Item::Part(..)) {
        return whole(item, options);
    }
    let path = item.path();
    match input::open(&path)? {
        Feed::File(_, stamp) if stamp.len <= SHORT_TEXT_BYTES as u64 => whole(item, options),
        Feed::File(mut file, stamp) => {
            let begun = Instant::now();
            let Some(article) = head(&path, &mut file, options)? else {
                return whole(item, options);
            };
            let (item, options) = (item.clone(), options.clone());
            let rest = Incoming::after(START_DELAY, events, move || load(&item, &options));
            let loaded = Loaded {
                article,
                stamp: Some(stamp),
                bytes: None,
                cost: begun.elapsed(),
            };
            let rest = Some(rest);
            Ok(Opened { loaded, rest })
        }
        Feed::Stream(file, head) => {
            let (options, name) = (options.clone(), item.name());
            let mut rest = Incoming::at_once(events, move |send| {
                pipe::read(pipe::Pipe::new(path, name, file, head, options), send);
            });
            let loaded = match rest.wait(PIPE_TIMEOUT) {
                Some(load) => load?,
                None => Loaded::of(Article::coming(&item.name())),
            };
            let rest = Some(rest).filter(|_| loaded.article.file.is_head);
            Ok(Opened { loaded, rest })
        }
    }
}

/// Loads a file again on a thread, after `delay`.
pub fn again(
    item: &Item,
    options: &DecodeOptions,
    delay: Duration,
    events: &EventSender,
) -> Incoming {
    let (item, options) = (item.clone(), options.clone());
    Incoming::after(delay, events, move || load(&item, &options))
}

/// Decodes the bytes of a pipe again on a thread.
pub(crate) fn of_bytes(
    item: &Item,
    bytes: Arc<[u8]>,
    options: &DecodeOptions,
    events: &EventSender,
) -> Incoming {
    let (item, options) = (item.clone(), options.clone());
    Incoming::after(Duration::ZERO, events, move || {
        let content = item::decode(&item.path(), bytes.to_vec(), false, &options)?;
        Ok(Loaded::of(content.article(&item.name())))
    })
}

impl Loaded {
    /// Returns an article that has no file.
    pub fn of(article: Article) -> Self {
        Self {
            article,
            stamp: None,
            bytes: None,
            cost: Duration::ZERO,
        }
    }
}

fn whole(item: &Item, options: &DecodeOptions) -> Result<Opened, Error> {
    let (loaded, rest) = (load(item, options)?, None);
    Ok(Opened { loaded, rest })
}

/// Loads an article whole.
fn load(item: &Item, options: &DecodeOptions) -> Load {
    let begun = Instant::now();
    let stamp = match item {
        // a file that has become a pipe meanwhile is refused: to open it may wait
        Item::Stdin | Item::Shipped(_) => None,
        Item::File(path) | Item::Part(path, _) => Some(input::file(path)?.1),
    };
    let article = item.article(options)?;
    Ok(Loaded {
        article,
        stamp,
        bytes: None,
        cost: begun.elapsed(),
    })
}

/// Parses the head of a long file; `None` for an archive, which has none.
fn head(path: &Path, file: &mut File, options: &DecodeOptions) -> Result<Option<Article>, Error> {
    let mut bytes = Vec::new();
    let mut more = |len: u64, bytes: &mut Vec<u8>| {
        let read = file.take(len).read_to_end(bytes);
        read.map_err(Error::open(path))
    };
    // the text behind the head decides where it ends
    more(HEAD_BYTES as u64 + (4 << 10), &mut bytes)?;
    item::accept(path, &bytes, options)?;
    if epub::is_archive(&bytes) {
        return Ok(None);
    }
    let second_half = bytes.get(HEAD_BYTES / 2..).unwrap_or_default();
    if memchr::memchr(b'\n', second_half).is_none() {
        more(LINE_BYTES, &mut bytes)?;
    }
    let name = item::name_of(path);
    if decode::is_empty(&bytes) {
        // the rest decides
        return Ok(Some(Article::coming(&name)));
    }
    let Content::Text(source) = item::decode(path, bytes, false, options)? else {
        return Ok(None);
    };
    let options = ParseOptions {
        name: &name,
        head: true,
        ..ParseOptions::default()
    };
    let mut article = Article::of(&name, format::parse(&source, options), None);
    article.file.is_head = true;
    Ok(Some(article))
}
