//! The article that is open, seen from the world: where it comes from, what is
//! still to come of it, what becomes of its file.
//!
//! 1. [`Current::open`] shows what is there for the first frame.
//! 2. [`Current::loaded`] takes the rest when it has come: only a whole article is
//!    known to the store, so only then is it taken up where it was left, unless
//!    the reader has moved meanwhile.
//! 3. [`Current::touched`] looks at the file after something has happened to it.
//! 4. Reading it again, or in another encoding, is done beside the reader, too.

use crate::command::{app, scroll, search};
use crate::document::Document;
use crate::format::rules;
use crate::outline;
use crate::session::position::ReadingPosition;
use crate::session::{Article, Mode, Session, Since, article};
use crate::shell::app::autosave::Autosave;
use crate::shell::cli::options::ReadOptions;
use crate::shell::error::Error;
use crate::shell::event::AppEvent;
use crate::shell::event::EventSender;
use crate::shell::open::input;
use crate::shell::open::library::{self, Item, Reading};
use crate::shell::open::loader::Loader;
use crate::shell::open::watch::Watch;
use crate::shell::os::files::Stamp;
use crate::text::Say;
use std::sync::mpsc::{Receiver, channel};

/// The article that is open.
pub struct Current {
    /// Reads it.
    pub loader: Loader,
    watch: Watch,
    /// What it is; `None` before the first.
    pub item: Option<Item>,
    /// How files are to be read, by the command line.
    pub asked: Reading,
    /// How this one is read: the encoding may be another.
    reading: Reading,
    /// Where the reader was put, to tell whether he has moved.
    spot: ReadingPosition,
    /// The place that was asked for on the command line, while it is still to be
    /// gone to.
    wanted: Option<ReadOptions>,
    /// What is said when a file that was read before comes again; nothing where
    /// what comes is the rest of it.
    again: Option<String>,
    /// Its raw source, while that is being read.
    source: Option<Receiver<Result<Document, Error>>>,
    /// Whether that was asked for before all of the article was there.
    source_due: bool,
    events: EventSender,
}

impl Current {
    /// Nothing yet; `asked`: how files are to be read.
    pub fn new(asked: Reading, events: &EventSender) -> Self {
        Self {
            loader: Loader::new(events.clone()),
            watch: Watch::new(events.clone()),
            item: None,
            reading: asked.clone(),
            asked,
            spot: ReadingPosition::default(),
            wanted: None,
            again: None,
            source: None,
            source_due: false,
            events: events.clone(),
        }
    }

    /// Reads an article as far as the first frame needs it; in the encoding that is
    /// remembered for it, where none was asked for.
    ///
    /// # Errors
    /// Where it cannot be read, or is no text.
    pub fn read(&mut self, item: &Item, remembered: Option<String>) -> Result<Article, Error> {
        let reading = Reading {
            encoding: self.asked.encoding.clone().or(remembered),
            ..self.asked.clone()
        };
        let article = self.loader.open(item, &reading)?;
        (self.reading, self.again) = (reading, None);
        Ok(article)
    }

    /// Shows an article that was read, and takes it up where it was left, or at
    /// the place that was asked for.
    pub(crate) fn show(
        &mut self,
        session: &mut Session,
        autosave: &mut Autosave,
        item: &Item,
        article: Article,
        wanted: Option<ReadOptions>,
    ) {
        autosave.leave(session);
        session.open(article);
        self.item = Some(item.clone());
        (self.wanted, self.source, self.source_due) = (wanted, None, false);
        if session.article.arrival.coming {
            autosave.nothing();
            self.go(session);
        } else {
            self.whole(session, autosave, true);
        }
        self.spot = session.reading.position();
    }

    /// Opens an article; says why it cannot be. Whether it is open now.
    pub fn open(&mut self, session: &mut Session, autosave: &mut Autosave, item: &Item) -> bool {
        match self.read(item, autosave.encoding(item)) {
            Ok(article) => {
                self.show(session, autosave, item, article, None);
                self.watch();
                true
            }
            Err(error) => {
                session.warn(error.line(session.settings.lang));
                false
            }
        }
    }

    /// Watches its file from now on. Not before the first frame: it costs a thread.
    pub fn watch(&mut self) {
        let path = match &self.item {
            Some(Item::File(path)) if self.loader.stamp().is_some() => Some(path.as_path()),
            _ => None,
        };
        self.watch.over(path);
    }

    /// All of it is there: it is made known, and taken up.
    fn whole(&mut self, session: &mut Session, autosave: &mut Autosave, place: bool) {
        let Some(item) = self.item.clone() else {
            return;
        };
        autosave.opened(session, &item, place && self.wanted.is_none());
        if place {
            self.go(session);
        }
        self.wanted = None;
    }

    /// Goes to the place that was asked for.
    fn go(&self, session: &mut Session) {
        let Some(wanted) = &self.wanted else { return };
        if let Some(n) = wanted.paragraph {
            scroll::to_paragraph(session, n);
        }
        if let Some(query) = &wanted.query {
            session.find.origin = Some((session.reading.position(), None));
            search::preview(session, query);
            search::accept(session, query);
        }
    }

    /// Takes what has come.
    ///
    /// # Errors
    /// Where nothing can be read, and nothing is there to be shown.
    pub fn loaded(&mut self, session: &mut Session, autosave: &mut Autosave) -> Result<(), Error> {
        self.show_source(session);
        let article = match self.loader.take() {
            None => return Ok(()),
            Some(Err(error))
                if session.article.document().text().is_empty()
                    && session.shelf.items.len() < 2 =>
            {
                return Err(error);
            }
            Some(Err(error)) => {
                self.failed(session, &error);
                return Ok(());
            }
            Some(Ok(article)) => article,
        };
        let (whole, cut) = (
            !article.arrival.coming,
            article
                .document()
                .diagnostics()
                .iter()
                .find(|d| d.rule == "input-limit")
                .map(|d| rules::said(d.rule)),
        );
        let moved = session.reading.position() != self.spot || session.mode != Mode::Read;
        if self.again.is_some() {
            autosave.leave(session);
        }
        self.source = None;
        let grew = session.grow(article) && self.again.is_some();
        search::grown(session);
        if let Some(item) = self.item.as_ref().filter(|_| whole && grew) {
            autosave.grew(session, item);
        }
        if whole {
            if !grew {
                self.whole(session, autosave, self.again.is_none() && !moved);
            }
            if let Some(said) = self
                .again
                .take()
                .filter(|_| !session.article.arrival.follows)
            {
                session.tell(said);
            }
        }
        if session.article.outline.cut {
            session.warn(session.settings.lang.say(outline::CUT).to_owned());
        }
        if let Some(says) = cut {
            session.warn(session.settings.lang.say(says).to_owned());
        }
        if !moved {
            self.spot = session.reading.position();
        }
        if whole && std::mem::take(&mut self.source_due) {
            self.read_source(session);
        }
        // what happened while it was being read
        self.touched(session);
        Ok(())
    }

    /// What could not be read leaves what is there.
    fn failed(&mut self, session: &mut Session, error: &Error) {
        (self.again, self.source_due) = (None, false);
        session.article.arrival.coming = false;
        // what is shown is still not what the file says
        session.article.arrival.since = self.since().unwrap_or(session.article.arrival.since);
        let lang = session.settings.lang;
        session.warn(
            lang.say(("读过的还在；", "What was read is kept; "))
                .to_owned()
                + &error.line(lang),
        );
    }

    /// Refuses at once what has become something else: opening a pipe may wait.
    fn still_file(&self) -> Result<(), Error> {
        match &self.item {
            Some(Item::File(path)) => input::file(path).map(|_| ()),
            _ => Ok(()),
        }
    }

    /// What has become of the file since it was read; `None` where nobody can say, or
    /// it is being read.
    fn since(&self) -> Option<Since> {
        let Some(Item::File(path)) = &self.item else {
            return None;
        };
        let then = self.loader.stamp().filter(|_| !self.loader.is_coming())?;
        Some(Stamp::of(path).map_or(Since::Gone, |now| {
            if now == then {
                Since::Same
            } else {
                Since::Changed
            }
        }))
    }

    /// Looks at the file, to which something has happened.
    pub fn touched(&mut self, session: &mut Session) {
        self.watch.looked();
        let Some(since) = self.since() else { return };
        let before = std::mem::replace(&mut session.article.arrival.since, since);
        let say: Option<Say> = match since {
            Since::Gone => Some((
                "文件不在了；读过的还在",
                "The file is gone; what was read is kept",
            )),
            Since::Changed if !session.article.arrival.follows => Some((
                "文件已改动：R 重新读入，F 跟着读",
                "The file has changed: R reads it again, F follows it",
            )),
            Since::Same | Since::Changed => None,
        };
        if since == Since::Changed && session.article.arrival.follows {
            self.reload(session);
        } else if let Some(say) = say.filter(|_| since != before) {
            session.say(say);
        }
    }

    /// Reads the file again beside the reader, who keeps the place and the marks as
    /// far as the text is the same.
    pub fn reload(&mut self, session: &mut Session) {
        match &self.item {
            Some(Item::File(_)) if self.loader.stamp().is_some() => {}
            Some(Item::Shipped(_)) | None => return session.say(("已重新读入", "Read again")),
            _ => {
                return session.warn(
                    session
                        .settings
                        .lang
                        .say((
                            "管道里的内容不能重读",
                            "What came through a pipe cannot be read again",
                        ))
                        .to_owned(),
                );
            }
        }
        match self
            .still_file()
            .and_then(|()| self.loader.again(&self.reading))
        {
            Ok(()) => {
                self.again = Some(
                    session
                        .settings
                        .lang
                        .say(("已重新读入", "Read again"))
                        .to_owned(),
                );
                if self.loader.is_long() && !session.article.arrival.follows {
                    session.say(("正在重新读入", "Reading it again"));
                }
            }
            Err(error) => self.failed(session, &error),
        }
    }

    /// Reads the raw source of a long article, which was not kept, beside the reader.
    pub fn read_source(&mut self, session: &mut Session) {
        let Some(item) = self
            .item
            .clone()
            .filter(|_| !session.article.arrival.coming)
        else {
            self.source_due = true;
            return session.say((
                "还在读入，读完就看原文件",
                "Still reading; the raw source follows",
            ));
        };
        session.say(("正在读原文件", "Reading the raw source"));
        if self.source.is_some() {
            return;
        }
        let (sender, source) = channel();
        let (reading, events) = (self.reading.clone(), self.events.clone());
        let work = move || {
            let read = item.source(&reading).map(|source| article::raw(&source));
            if sender.send(read).is_ok() {
                let _ = events.send(AppEvent::Loaded);
            }
        };
        if std::thread::Builder::new()
            .name("source".to_owned())
            .spawn(work)
            .is_ok()
        {
            self.source = Some(source);
        }
    }

    /// Shows the raw source that was asked for, where it has come and the reader does
    /// nothing else meanwhile.
    fn show_source(&mut self, session: &mut Session) {
        let Some(read) = self
            .source
            .as_ref()
            .and_then(|source| source.try_recv().ok())
        else {
            return;
        };
        self.source = None;
        match read {
            Ok(raw) => {
                session.article.set_raw(raw);
                if session.mode == Mode::Read {
                    app::raw(session, None);
                    session.notice = None;
                } else {
                    session.say(("原文件已读好", "The raw source is ready"));
                }
            }
            Err(error) => session.warn(error.line(session.settings.lang)),
        }
    }

    /// The reader follows the file from now on, or no longer.
    pub fn follow(&mut self, session: &mut Session) {
        if session.article.arrival.follows && session.article.arrival.since == Since::Changed {
            self.reload(session);
        }
    }

    /// Reads the file in the next encoding, and remembers that.
    pub fn next_encoding(&mut self, session: &mut Session, autosave: &mut Autosave) {
        let lang = session.settings.lang;
        let Some(item @ Item::File(_)) =
            self.item.clone().filter(|_| self.loader.stamp().is_some())
        else {
            session.warn(
                lang.say(("只有文件能换编码；管道用 --encoding 指明", "Only a file can be read in another encoding; for a pipe name it with --encoding"))
                    .to_owned(),
            );
            return;
        };
        // the guess comes first; after the last it is left to be guessed again
        let candidates = library::candidates(&item);
        let at = self
            .reading
            .encoding
            .as_ref()
            .map_or(Some(0), |now| candidates.iter().position(|e| e == now));
        let next = candidates.get(at.map_or(0, |i| i + 1));
        let before = std::mem::replace(&mut self.reading.encoding, next.map(|e| (*e).to_owned()));
        match self
            .still_file()
            .and_then(|()| self.loader.again(&self.reading))
        {
            Ok(()) => {
                if self.loader.is_long() {
                    session.say(("正在重新读入", "Reading it again"));
                }
                self.again = Some(match next {
                    Some(name) => lang.say_owned(
                        format!("按 {name} 读，已记住；再换一种按同一个键"),
                        format!("Read as {name}, remembered; the same key takes the next"),
                    ),
                    None => lang
                        .say(("编码重新自动判断", "The encoding is guessed again"))
                        .to_owned(),
                });
                autosave.keep_encoding(&item, next.copied());
            }
            Err(error) => {
                self.reading.encoding = before;
                session.warn(error.line(lang));
            }
        }
    }
}
