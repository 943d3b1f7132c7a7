//! The article that is open, as a file: where it comes from, what is still to come of it, and
//! its changes on the disk.
//!
//! Only a whole article is known to the store: only then is it restored where it was left,
//! unless the reader has moved meanwhile. Files are read again on a thread.

use crate::command::{app, scroll, search};
use crate::document::Document;
use crate::format::rules;
use crate::outline;
use crate::session::position::ReadingPosition;
use crate::session::{Article, Mode, Session, Since, article};
use crate::shell::app::autosave::Autosave;
use crate::shell::cli::options::ReadOptions;
use crate::shell::error::Error;
use crate::shell::event::{AppEvent, EventSender};
use crate::shell::open::item::{DecodeOptions, Item};
use crate::shell::open::loaded::{Load, Loaded};
use crate::shell::open::loading::{self, Incoming, Opened};
use crate::shell::open::pipe::REST_FACTOR;
use crate::shell::open::watch::Watch;
use crate::shell::os::files::Stamp;
use crate::text::Say;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

/// Reading a longer file again is announced, since it takes a while.
const MAX_QUIET_BYTES: u64 = 512 << 10;
/// The time that `-F` waits for an article that may fit on the screen.
const FIT_TIMEOUT: Duration = Duration::from_hours(1);

const READ_AGAIN: Say = ("已重新读入", "Read again");
const READING_SOURCE: Say = ("正在读原文件", "Reading the raw source");
const READING_AGAIN: Say = ("正在重新读入", "Reading it again");

/// The article that is open.
pub struct OpenArticle {
    events: EventSender,
    watch: Watch,
    /// Its place; `None` before the first.
    pub item: Option<Item>,
    /// The encoding of files by the command line.
    pub defaults: DecodeOptions,
    /// The encoding of this one, which may be another.
    pub(super) options: DecodeOptions,
    /// The state of its file when it was read; `None` for a pipe.
    pub(super) stamp: Option<Stamp>,
    /// The bytes of a short pipe that has come whole.
    pub(super) piped: Option<Arc<[u8]>>,
    state: State,
    /// The time of the last load, and its cost.
    last_load: (Instant, Duration),
    /// Pipes that were left: they can be read only once.
    left_pipes: Vec<LeftPipe>,
}

/// A pipe that was left.
struct LeftPipe {
    item: Item,
    article: Article,
    rest: Option<Incoming>,
    bytes: Option<Arc<[u8]>>,
    options: DecodeOptions,
}

/// The part of the open article that is being read.
enum State {
    /// Nothing: it is whole.
    Whole,
    /// The rest: only the head is shown, or the part that has come through a pipe.
    Head(Head),
    /// The file, once more.
    Reloading(Reload),
    /// The raw source of a long article.
    ReadingSource(Receiver<Result<Document, Error>>),
}

/// An article of which the rest is being read.
struct Head {
    rest: Incoming,
    /// The place that was asked for on the command line.
    goal: Option<ReadOptions>,
    /// The position given to the reader, to see whether they have moved.
    spot: ReadingPosition,
    /// The raw source is to be shown when all has come.
    raw_wanted: bool,
}

/// An article that is being read once more.
struct Reload {
    new: Incoming,
    /// The message when it has come.
    said: String,
    /// The raw source is to be shown afterwards.
    raw_wanted: bool,
}

impl State {
    /// Returns the switch that shows the raw source after the load, while there is one.
    fn raw_wanted(&mut self) -> Option<&mut bool> {
        match self {
            Self::Head(head) => Some(&mut head.raw_wanted),
            Self::Reloading(reload) => Some(&mut reload.raw_wanted),
            Self::Whole | Self::ReadingSource(_) => None,
        }
    }
}

impl OpenArticle {
    /// Returns the state before the first article.
    pub fn new(defaults: DecodeOptions, events: &EventSender) -> Self {
        Self {
            events: events.clone(),
            watch: Watch::new(events.clone()),
            item: None,
            options: defaults.clone(),
            defaults,
            stamp: None,
            piped: None,
            state: State::Whole,
            last_load: (Instant::now(), Duration::ZERO),
            left_pipes: Vec::new(),
        }
    }

    /// Reads an article as far as the first frame needs it; in the encoding that is
    /// remembered for it, where none was asked for.
    pub fn read(&mut self, item: &Item, remembered: Option<String>) -> Result<Opened, Error> {
        if let Some(i) = self.left_pipes.iter().position(|pipe| pipe.item == *item) {
            let left = self.left_pipes.remove(i);
            self.options = left.options;
            let loaded = Loaded {
                bytes: left.bytes,
                ..Loaded::of(left.article)
            };
            let rest = left.rest;
            return Ok(Opened { loaded, rest });
        }
        let options = DecodeOptions {
            encoding: self.defaults.encoding.clone().or(remembered),
        };
        let opened = loading::open(item, &options, &self.events)?;
        self.options = options;
        Ok(opened)
    }

    /// Waits until all of an article has come, or enough for `enough`.
    pub fn wait(
        &self,
        mut opened: Opened,
        enough: impl Fn(&Article) -> bool,
    ) -> Result<Opened, Error> {
        while let Some(rest) = &mut opened.rest
            && !enough(&opened.loaded.article)
        {
            rest.begin();
            let Some(load) = rest.wait(FIT_TIMEOUT) else {
                break;
            };
            opened.loaded = load?;
            if !opened.loaded.article.file.is_head {
                opened.rest = None;
            }
        }
        Ok(opened)
    }

    /// Shows an article that was read, and restores it where it was left, or at the place
    /// that was asked for.
    pub(crate) fn show(
        &mut self,
        session: &mut Session,
        autosave: &mut Autosave,
        item: &Item,
        opened: Opened,
        goal: Option<ReadOptions>,
    ) {
        autosave.leave(session);
        self.leave_pipe(session);
        session.open(opened.loaded.article);
        self.item = Some(item.clone());
        self.stamp = opened.loaded.stamp;
        self.piped = opened.loaded.bytes;
        self.last_load = (Instant::now(), opened.loaded.cost);
        self.state = State::Whole;
        match opened.rest {
            None => {
                self.make_known(session, autosave, goal.as_ref(), true);
                warn_of_limits(session);
            }
            Some(rest) => {
                autosave.nothing();
                go_to(session, goal.as_ref());
                let (spot, raw_wanted) = (session.reading.position(), false);
                self.state = State::Head(Head {
                    rest,
                    goal,
                    spot,
                    raw_wanted,
                });
            }
        }
    }

    /// Opens an article, or says why it cannot be opened; returns whether it is open now.
    pub fn open(&mut self, session: &mut Session, autosave: &mut Autosave, item: &Item) -> bool {
        if self.is_pipe() && self.item.as_ref() == Some(item) {
            session.pages.go(Mode::Read);
            return true;
        }
        match self.read(item, autosave.encoding(item)) {
            Ok(opened) => {
                self.show(session, autosave, item, opened, None);
                self.watch();
                true
            }
            Err(error) => {
                session.warn(error.line(session.settings.lang));
                false
            }
        }
    }

    /// Returns whether the open article came through a pipe.
    fn is_pipe(&self) -> bool {
        self.stamp.is_none() && !matches!(self.item, None | Some(Item::Shipped(_)))
    }

    /// Keeps a pipe for when the reader returns to it.
    fn leave_pipe(&mut self, session: &mut Session) {
        let Some(item) = self.item.clone().filter(|_| self.is_pipe()) else {
            return;
        };
        if session.article.is_raw() {
            session.article.toggle_raw(session.reading.focus);
        }
        let rest = match std::mem::replace(&mut self.state, State::Whole) {
            State::Head(head) => Some(head.rest),
            _ => None,
        };
        self.left_pipes.push(LeftPipe {
            item,
            article: session.article.clone(),
            rest,
            bytes: self.piped.take(),
            options: self.options.clone(),
        });
    }

    /// Watches its file from now on. Not before the first frame: it costs a thread.
    pub fn watch(&mut self) {
        let path = match &self.item {
            Some(item) if self.stamp.is_some() => item.file(),
            _ => None,
        };
        self.watch.over(path);
    }

    /// Lets the threads begin to read, after a frame was drawn.
    pub fn drawn(&mut self) {
        match &mut self.state {
            State::Head(head) => head.rest.begin(),
            State::Reloading(reload) => reload.new.begin(),
            State::Whole | State::ReadingSource(_) => {}
        }
    }

    /// Makes a whole article known to the store, and restores its `place` or goes to the
    /// one that was asked for.
    fn make_known(
        &self,
        session: &mut Session,
        autosave: &mut Autosave,
        goal: Option<&ReadOptions>,
        place: bool,
    ) {
        let Some(item) = &self.item else { return };
        autosave.opened(session, item, place && goal.is_none());
        if place {
            go_to(session, goal);
        }
    }

    /// Takes the loads that have come.
    pub fn loaded(&mut self, session: &mut Session, autosave: &mut Autosave) -> Result<(), Error> {
        match std::mem::replace(&mut self.state, State::Whole) {
            State::Whole => {}
            State::Head(mut head) => match head.rest.latest() {
                None => self.state = State::Head(head),
                Some(load) => self.take_rest(session, autosave, head, load)?,
            },
            State::Reloading(mut reload) => match reload.new.latest() {
                Some(Ok(loaded)) => {
                    self.take_again(session, autosave, loaded, reload.said);
                    if reload.raw_wanted {
                        self.read_source(session);
                    }
                }
                Some(Err(error)) => self.failed(session, &error),
                None => self.state = State::Reloading(reload),
            },
            State::ReadingSource(source) => match source.try_recv() {
                Ok(read) => show_source(session, read),
                Err(TryRecvError::Empty) => self.state = State::ReadingSource(source),
                Err(TryRecvError::Disconnected) => {}
            },
        }
        Ok(())
    }

    /// Takes more of an article of which the head is shown, or the whole.
    fn take_rest(
        &mut self,
        session: &mut Session,
        autosave: &mut Autosave,
        mut head: Head,
        load: Load,
    ) -> Result<(), Error> {
        let loaded = match load {
            Ok(loaded) => loaded,
            Err(error) => {
                let is_empty = session.article.document().text().is_empty();
                if is_empty && session.shelf.entries.len() < 2 {
                    return Err(error);
                }
                self.failed(session, &error);
                return Ok(());
            }
        };
        let moved = session.reading.position() != head.spot || !session.pages.is_reading();
        self.last_load = (Instant::now(), loaded.cost);
        let is_head = loaded.article.file.is_head;
        session.grow(loaded.article);
        search::grown(session);
        if is_head {
            if !moved {
                head.spot = session.reading.position();
            }
            self.state = State::Head(head);
        } else {
            self.stamp = loaded.stamp.or(self.stamp);
            self.piped = loaded.bytes;
            self.make_known(session, autosave, head.goal.as_ref(), !moved);
            warn_of_limits(session);
            if head.raw_wanted {
                self.read_source(session);
            }
        }
        // the file may have changed while it was being read
        self.touched(session);
        Ok(())
    }

    /// Takes an article whose file was read again.
    fn take_again(
        &mut self,
        session: &mut Session,
        autosave: &mut Autosave,
        loaded: Loaded,
        said: String,
    ) {
        autosave.leave(session);
        self.last_load = (Instant::now(), loaded.cost);
        self.stamp = loaded.stamp.or(self.stamp);
        let grew = session.grow(loaded.article);
        search::grown(session);
        match &self.item {
            Some(item) if grew => autosave.grew(session, item),
            _ => self.make_known(session, autosave, None, false),
        }
        if !session.article.file.follows {
            session.tell(said);
        }
        warn_of_limits(session);
        self.touched(session);
    }

    /// Keeps the part that was read where the rest could not be.
    fn failed(&mut self, session: &mut Session, error: &Error) {
        session.article.file.is_head = false;
        // the text on the screen is still not that of the file
        session.article.file.since = self.since().unwrap_or(session.article.file.since);
        let lang = session.settings.lang;
        let kept = lang.say(("读过的还在；", "What was read is kept; "));
        session.warn(kept.to_owned() + &error.line(lang));
    }

    /// Returns the change of the file since it was read; `None` where that is not
    /// known, or it is being read.
    fn since(&self) -> Option<Since> {
        let path = self.item.as_ref()?.file()?;
        let reading = matches!(self.state, State::Head(_) | State::Reloading(_));
        let then = self.stamp.filter(|_| !reading)?;
        Some(match Stamp::of(path) {
            None => Since::Gone,
            Some(now) if now == then => Since::Same,
            Some(_) => Since::Changed,
        })
    }

    /// Looks at the file, which may have changed.
    pub(crate) fn touched(&mut self, session: &mut Session) {
        self.watch.looked();
        let Some(since) = self.since() else { return };
        let before = std::mem::replace(&mut session.article.file.since, since);
        match since {
            Since::Changed if session.article.file.follows => self.reload(session),
            Since::Gone if since != before => session.say((
                "文件不在了；读过的还在",
                "The file is gone; what was read is kept",
            )),
            Since::Changed if since != before => session.say((
                "文件已改动：R 重新读入，F 跟着读",
                "The file has changed: R reads it again, F follows it",
            )),
            _ => {}
        }
    }

    /// Reads the file again on a thread. The reader keeps the place and the marks as far as
    /// the text is the same.
    pub fn reload(&mut self, session: &mut Session) {
        let lang = session.settings.lang;
        match &self.item {
            Some(Item::File(_) | Item::Part(..)) if self.stamp.is_some() => {}
            Some(Item::Shipped(_)) | None => return session.say(READ_AGAIN),
            _ => {
                let said = lang.say((
                    "管道里的内容不能重读",
                    "What came through a pipe cannot be read again",
                ));
                return session.warn(said.to_owned());
            }
        }
        let follows = session.article.file.follows;
        let delay = if follows { self.rest() } else { Duration::ZERO };
        self.load_again(delay, lang.say(READ_AGAIN).to_owned());
        if !follows {
            self.announce(session);
        }
    }

    /// Says that the file is read again where that takes a while.
    pub(super) fn announce(&self, session: &mut Session) {
        let is_long = |stamp: Stamp| stamp.len > MAX_QUIET_BYTES;
        if self.stamp.is_some_and(is_long) {
            session.say(READING_AGAIN);
        }
    }

    /// Returns the time before a followed file is read again: one that grows line by line
    /// must not be read all the time.
    fn rest(&self) -> Duration {
        let (when, cost) = self.last_load;
        (REST_FACTOR * cost).saturating_sub(when.elapsed())
    }

    /// Loads the file once more, after `delay`, or the bytes of a pipe.
    pub(super) fn load_again(&mut self, delay: Duration, said: String) {
        let Some(item) = &self.item else { return };
        let raw_wanted = self.state.raw_wanted().is_some_and(|wanted| *wanted);
        let (options, events) = (&self.options, &self.events);
        let new = match self.piped.clone() {
            Some(bytes) => loading::of_bytes(item, bytes, options, events),
            None => loading::again(item, options, delay, events),
        };
        self.state = State::Reloading(Reload {
            new,
            said,
            raw_wanted,
        });
    }

    /// Reads the raw source of a long article, which was not kept, on a thread.
    pub fn read_source(&mut self, session: &mut Session) {
        let Some(item) = self.item.clone() else {
            return;
        };
        if let Some(wanted) = self.state.raw_wanted() {
            *wanted = true;
            return session.say((
                "还在读入，读完就看原文件",
                "Still reading; the raw source follows",
            ));
        }
        session.say(READING_SOURCE);
        if matches!(self.state, State::ReadingSource(_)) {
            return;
        }
        let (sender, source) = channel();
        let (options, events) = (self.options.clone(), self.events.clone());
        let work = move || {
            let read = item.source(&options).map(|source| article::raw(&source));
            if sender.send(read).is_ok() {
                let _ = events.send(AppEvent::Loaded);
            }
        };
        let thread = std::thread::Builder::new().name("source".to_owned());
        if thread.spawn(work).is_ok() {
            self.state = State::ReadingSource(source);
        }
    }

    /// Reads a changed file that the reader follows from now on.
    pub fn follow(&mut self, session: &mut Session) {
        if session.article.file.follows && session.article.file.since == Since::Changed {
            self.reload(session);
        }
    }
}

/// Goes to the place that was asked for.
fn go_to(session: &mut Session, goal: Option<&ReadOptions>) {
    let Some(goal) = goal else { return };
    if let Some(n) = goal.paragraph {
        scroll::to_paragraph(session, n);
    }
    if let Some(query) = &goal.query {
        session.find.origin = Some(session.search_origin());
        search::preview(session, query);
        search::accept(session, query);
    }
}

/// Shows the raw source that was asked for, unless the reader does something else by then.
fn show_source(session: &mut Session, read: Result<Document, Error>) {
    match read {
        Ok(raw) => {
            session.article.set_raw(raw);
            if session.pages.is_reading() {
                app::raw(session, None);
                session.notice = None;
            } else {
                session.say(("原文件已读好", "The raw source is ready"));
            }
        }
        Err(error) => session.warn(error.line(session.settings.lang)),
    }
}

/// Warns where an article was not read or outlined to its end.
fn warn_of_limits(session: &mut Session) {
    let lang = session.settings.lang;
    if session.article.outline.cut {
        session.warn(lang.say(outline::CUT).to_owned());
    }
    if let Some((zh, en)) = rules::warning(session.article.document().diagnostics()) {
        session.warn(lang.say_owned(zh, en));
    }
}
