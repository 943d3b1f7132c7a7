//! The loop: wait, take all that came in, update, draw.
//!
//! 1. Takes the terminal and draws the first frame of what [`start`](crate::shell::app::start) has opened.
//! 2. Only then asks the terminal for its background and for doubtful widths;
//!    the answers come in like keys, and make one frame when all have come.
//! 3. Sleeps until something comes; takes everything that waits; draws once.
//!
//! Never wakes by a clock. What is to be kept is handed over before a frame is
//! drawn; the store's thread writes it.

pub mod autosave;
pub mod clipboard;
pub mod editor;
pub mod inbox;
pub mod keyword_sets;
pub mod start;
pub mod worker;

use crate::command::{Input, Keymap, keywords, mark, marks, prompt, update};
use crate::session::{Effect, Session};
use crate::shell::Error;
use crate::shell::app::autosave::Keeper;
use crate::shell::app::inbox::Inbox;
use crate::shell::app::keyword_sets::Sets;
use crate::shell::app::worker::Workers;
use crate::shell::cli::export;
use crate::shell::environment;
use crate::shell::event::{AppEvent, EventSender};
use crate::shell::open::current::Current;
use crate::shell::open::library::{self, Item};
use crate::shell::os::process::{self, Signal, Signals};
use crate::shell::store::{Ask, Reply};
use crate::shell::terminal;
use crate::shell::terminal::console::Console;
use crate::shell::terminal::probe;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How long an orderly end may take before the process just ends.
const GRACE: Duration = Duration::from_millis(400);

/// What the loop knows beside the session.
pub struct Run {
    /// The articles of the shelf.
    pub items: Vec<Item>,
    /// What keys mean.
    pub keymap: Keymap,
    /// Whether the terminal's background is light, as far as that is known.
    pub light: Option<bool>,
    /// Where settings are written.
    pub config_file: Option<PathBuf>,
    /// What the shelf is called.
    pub name: String,
    /// Whether one file was asked for, whose shelf is its directory.
    pub single: bool,
    /// The files of keyword sets.
    pub sets: Sets,
    /// Whether the first item is the article that was read last.
    pub again: bool,
    /// The way to the store.
    pub keeper: Keeper,
    /// The article that is open.
    pub current: Current,
    /// What is needed for the reader's other programs.
    pub desk: Desk,
}

/// What is needed for the reader's other programs.
pub struct Desk {
    /// How to copy, by the settings.
    pub clipboard: Option<String>,
    /// Where notes are written.
    pub notes: Option<PathBuf>,
    /// The way into the loop.
    pub events: EventSender,
    /// The reader's editor has the terminal, and the signals typed there.
    pub editing: Arc<AtomicBool>,
}

impl Run {
    /// Puts the article that was read last at the head of the shelf.
    pub fn offer_last(&mut self) {
        if let Some((path, ..)) = &self.keeper.began.last {
            self.items.insert(0, autosave::item_of(path));
            self.again = true;
        }
    }

    /// Lists the articles; a single file's shelf is its directory.
    pub fn fill_shelf(&mut self, session: &mut Session) {
        if self.single {
            self.single = false;
            let alone = self.items.clone();
            if let Some(Item::File(path)) = alone.first() {
                let parent = path
                    .parent()
                    .filter(|p| !p.as_os_str().is_empty())
                    .unwrap_or(Path::new("."));
                self.name = parent.display().to_string();
                self.items = library::list(parent).unwrap_or_default();
                let here = |item: &Item| matches!(item, Item::File(p) if p.file_name() == path.file_name());
                if let Some(i) = self.items.iter().position(here) {
                    session.shelf.reading = Some(i);
                } else {
                    self.items.splice(0..0, alone);
                    session.shelf.reading = Some(0);
                }
                session.shelf.list.selected = session.shelf.reading.unwrap_or_default();
            }
        }
        session.shelf.name = crate::source::sanitize::line(&self.name);
        session.shelf.items = self
            .items
            .iter()
            .map(|item| library::shelf_item(item, &self.current.asked, session.settings.lang))
            .collect();
        if let Some(first) = session.shelf.items.first_mut().filter(|_| self.again) {
            first.again = true;
        }
        self.keeper.store.send(Ask::Progress(
            self.items.iter().map(autosave::path_of).collect(),
        ));
    }

    /// Takes the terminal and reads until the end.
    ///
    /// # Errors
    /// Where the terminal has gone, or nothing can be read after all.
    pub fn terminal(
        &mut self,
        session: &mut Session,
        inbox: &mut Inbox,
    ) -> Result<ExitCode, Error> {
        terminal::guard_panics();
        inbox.listen().map_err(|_| Error::NoTerminal)?;
        self.listen_to_signals()?;
        // the terminal may have changed its size before the handler was there
        self.resize(session);
        terminal::enter(session.settings.mouse).map_err(Error::Terminal)?;
        let _guard = terminal::Guard;
        let mut console = Console::new(self.light, session);
        console.draw(session, &self.keymap)?;
        console.ask(session.settings.asks_widths)?;
        // the questions were written into a corner: it is put right even where nobody answers
        console.mend()?;
        self.current.loader.go();
        self.current.watch();
        let mut workers = Workers::new(self.desk.events.clone());
        workers.serve(&mut session.find);
        let ended = self.turn(session, inbox, &mut console, &mut workers);
        self.keeper.flush(session);
        console.await_answers(inbox);
        ended
    }

    /// Waits, takes all that came, draws; until the end.
    fn turn(
        &mut self,
        session: &mut Session,
        inbox: &mut Inbox,
        console: &mut Console,
        workers: &mut Workers,
    ) -> Result<ExitCode, Error> {
        loop {
            let mut next = Some(inbox.take());
            let mut seen = false;
            while let Some(event) = next {
                seen |= self.shows(&event, console.waiting);
                if matches!(event, AppEvent::Input(_)) {
                    self.keeper.tick(session);
                }
                if let Some(code) = self.handle(session, event, console, workers)? {
                    return Ok(code);
                }
                next = inbox.try_take();
            }
            if !seen {
                self.current.loader.go();
                continue;
            }
            // what nobody waits for is stopped before the next key comes
            workers.serve(&mut session.find);
            session.refresh();
            self.keeper.keep(session);
            console.draw(session, &self.keymap)?;
            self.current.loader.go();
        }
    }

    /// Whether an event can change what is seen. What the terminal answers is shown
    /// when it has answered everything, in one frame.
    fn shows(&self, event: &AppEvent, waiting: bool) -> bool {
        match event {
            AppEvent::Mode(..) | AppEvent::Store(Reply::Offset(_)) => false,
            AppEvent::Background(_) | AppEvent::Column(_) => !waiting,
            AppEvent::Store(Reply::Late) => self.keeper.is_late(),
            _ => true,
        }
    }

    /// Carries out one event. `Some` ends the program.
    fn handle(
        &mut self,
        session: &mut Session,
        event: AppEvent,
        console: &mut Console,
        workers: &mut Workers,
    ) -> Result<Option<ExitCode>, Error> {
        let effect = match event {
            AppEvent::Input(input) => update(session, &self.keymap, input),
            AppEvent::Background(light) => {
                self.light = Some(light);
                console.choose_theme(session, self.light);
                Effect::None
            }
            AppEvent::Column(column) => {
                let widths = &mut session.settings.face.widths;
                let learned = probe::learn(*widths, console.answers, column);
                console.answers += 1;
                if learned != *widths {
                    // what was drawn by the wrong widths may stand anywhere
                    *widths = learned;
                    console.display.forget();
                }
                Effect::None
            }
            AppEvent::Mode(mode, known) => {
                let can = console.display.can();
                match mode {
                    69 => can.margins = known,
                    2026 => can.together = known,
                    _ => {}
                }
                Effect::None
            }
            AppEvent::Answered => {
                console.waiting = false;
                if self.light.is_none() {
                    // it knows its own background as little as we: take dark paper
                    console.choose_theme(session, None);
                }
                Effect::None
            }
            AppEvent::Signal(Signal::Resized) => {
                self.resize(session);
                Effect::None
            }
            AppEvent::Store(Reply::Bookmark(letter, found)) => {
                self.open_bookmark(session, letter, found);
                Effect::None
            }
            AppEvent::Store(reply) => {
                self.keeper.answer(session, reply);
                Effect::None
            }
            AppEvent::Copied(said, warns) => {
                if warns {
                    session.warn(said);
                } else {
                    session.tell(said);
                }
                Effect::None
            }
            AppEvent::Loaded => {
                self.current.loaded(session, &mut self.keeper)?;
                Effect::None
            }
            AppEvent::Touched => {
                self.current.touched(session);
                Effect::None
            }
            AppEvent::Signal(Signal::Suspend) => Effect::Suspend,
            AppEvent::Signal(Signal::Resumed) => Effect::Redraw,
            AppEvent::Signal(signal) => return Ok(Some(ExitCode::from(signal.exit_status()))),
            AppEvent::HangUp => return Ok(Some(ExitCode::from(Signal::HANG_UP.exit_status()))),
        };
        self.carry_out(session, effect, console, workers)
    }

    /// Does what an input asks of the world. `Some` ends the program.
    fn carry_out(
        &mut self,
        session: &mut Session,
        effect: Effect,
        console: &mut Console,
        workers: &mut Workers,
    ) -> Result<Option<ExitCode>, Error> {
        match effect {
            // searches that wait are begun once everything that came is taken
            Effect::None | Effect::Search => {}
            Effect::Propose => workers.propose(session.article.shared()),
            Effect::SaveSet(name) => self.save_set(session, &name),
            Effect::OpenSet(name) => {
                self.open_set(session, &name);
            }
            Effect::Quit => return Ok(Some(ExitCode::SUCCESS)),
            Effect::Redraw => {
                self.resize(session);
                console.choose_theme(session, self.light);
                console.display.forget();
            }
            Effect::Suspend => {
                self.keeper.flush(session);
                terminal::leave();
                // every way to stop ends here; the shell's fg wakes us
                process::suspend();
                terminal::enter(session.settings.mouse).map_err(Error::Terminal)?;
                self.resize(session);
                console.display.forget();
            }
            Effect::KeepSetting(name, value) => {
                self.keep_setting(session, console, name, &value)?
            }
            Effect::Open(item) => self.open(session, item),
            Effect::Copy { text, what } => {
                let (in_tmux, term) = environment::multiplexer();
                let way = clipboard::way(self.desk.clipboard.as_deref(), in_tmux, &term);
                clipboard::copy(
                    text,
                    what,
                    way,
                    self.desk.notes.clone(),
                    session.settings.lang,
                    self.desk.events.clone(),
                );
            }
            Effect::Edit(text) => self.edit(session, &text, console)?,
            Effect::AllMarks => self.keeper.store.send(Ask::AllMarks(self.keeper.hash())),
            Effect::OpenMark { path, uid } => self.open_mark(session, &path, &uid),
            Effect::Bookmark(letter) => self.keeper.store.send(Ask::Bookmark(letter)),
            Effect::Export => self.export(session),
            Effect::Reload => self.current.reload(session),
            Effect::ReadSource => self.current.read_source(session),
            Effect::Follow => self.current.follow(session),
            Effect::NextEncoding => self.current.next_encoding(session, &mut self.keeper),
            Effect::FillShelf => {
                self.fill_shelf(session);
            }
        }
        Ok(None)
    }

    /// Writes a setting into the file, and does what it asks of the terminal.
    fn keep_setting(
        &self,
        session: &mut Session,
        console: &mut Console,
        name: &str,
        value: &str,
    ) -> Result<(), Error> {
        match name {
            "theme" => {
                console.choose_theme(session, self.light);
                console.display.forget();
            }
            "ambiguous" => {
                console.display.forget();
                if session.settings.asks_widths {
                    console.ask(true)?;
                }
            }
            _ => {}
        }
        let Some(file) = &self.config_file else {
            return Ok(());
        };
        if let Err(why) = environment::keep_setting(file, name, value) {
            let error = Error::Keep {
                path: file.clone(),
                why,
            };
            session.warn(error.line(session.settings.lang));
        }
        Ok(())
    }

    fn save_set(&self, session: &mut Session, name: &str) {
        let lang = session.settings.lang;
        match self.sets.save(name, &session.find.keywords) {
            Ok(path) => session.tell(lang.say_owned(
                format!("已存：{}", path.display()),
                format!("Saved: {}", path.display()),
            )),
            Err(why) => session.warn(lang.say_owned(
                format!("存不了“{name}”：{why}"),
                format!("Cannot save {name}: {why}"),
            )),
        }
        session.find.choices.sets = self.sets.names();
    }

    /// Opens a set of keywords by its name.
    pub fn open_set(&self, session: &mut Session, name: &str) {
        let lang = session.settings.lang;
        match self.sets.open(name) {
            Ok(terms) => keywords::take_set(session, terms),
            Err(why) => session.warn(lang.say_owned(
                format!("打不开关键词组“{name}”：{why}"),
                format!("Cannot open the keyword set {name}: {why}"),
            )),
        }
    }

    fn open(&mut self, session: &mut Session, item: usize) {
        let Some(found) = self.items.get(item).cloned() else {
            return;
        };
        if self.current.open(session, &mut self.keeper, &found) {
            session.shelf.reading = Some(item);
            session.shelf.list.selected = item;
        }
    }

    /// Opens the article at a path of the store, at one of its marks.
    fn open_mark(&mut self, session: &mut Session, path: &str, uid: &str) {
        let item = autosave::item_of(path);
        if self.current.open(session, &mut self.keeper, &item) {
            session.shelf.reading = self.items.iter().position(|i| autosave::path_of(i) == path);
            marks::to(session, uid);
        }
    }

    /// Goes to a bookmark of a capital in another article.
    fn open_bookmark(
        &mut self,
        session: &mut Session,
        letter: char,
        found: Option<(String, String)>,
    ) {
        if let Some((path, uid)) = found {
            self.open_mark(session, &path, &uid);
        } else {
            let lang = session.settings.lang;
            session.tell(lang.say_owned(
                format!("没有记号 {letter}；m{letter} 记下一个"),
                format!("No bookmark {letter}; m{letter} sets it"),
            ));
        }
    }

    /// Writes the marks of the article to a file.
    fn export(&self, session: &mut Session) {
        let Some(folder) = &self.desk.notes else {
            return;
        };
        let item = self.current.item.clone().unwrap_or(Item::Stdin);
        let marked = export::of_session(&session.article, &item, &session.memory.marks.all);
        let lang = session.settings.lang;
        match export::to_file(&marked, folder) {
            Ok(path) => {
                let path = crate::source::sanitize::line(&path.display().to_string());
                session.tell(lang.say_owned(
                    format!("摘录写在 {path}"),
                    format!("Notes written to {path}"),
                ));
            }
            Err(why) => session.warn(lang.say_owned(
                format!("摘录写不出去：{why}"),
                format!("The notes cannot be written: {why}"),
            )),
        }
    }

    /// Lets the reader's editor change the note that is being typed.
    fn edit(
        &mut self,
        session: &mut Session,
        text: &str,
        console: &mut Console,
    ) -> Result<(), Error> {
        self.desk.editing.store(true, Ordering::SeqCst);
        terminal::leave();
        let edited = editor::edit(text);
        terminal::enter(session.settings.mouse).map_err(Error::Terminal)?;
        self.desk.editing.store(false, Ordering::SeqCst);
        self.resize(session);
        console.display.forget();
        match edited {
            Ok(Some(text)) => _ = prompt::edited(session, text.trim_end()),
            Ok(None) => _ = mark::cancel_note(session),
            Err(why) => {
                mark::cancel_note(session);
                let lang = session.settings.lang;
                session.warn(lang.say_owned(
                    format!("编辑器开不了：{why}"),
                    format!("the editor cannot be run: {why}"),
                ));
            }
        }
        Ok(())
    }

    /// Reads the terminal's size again.
    fn resize(&self, session: &mut Session) {
        let (columns, rows) = terminal::size();
        update(session, &self.keymap, Input::Resize(columns, rows));
    }

    /// Sends signals into the loop. One that ends the program does so even where the loop
    /// cannot: a terminal that takes no bytes stalls it.
    fn listen_to_signals(&self) -> Result<(), Error> {
        let mut signals = Signals::install().map_err(Error::Terminal)?;
        let (events, store) = (self.desk.events.clone(), self.keeper.store.clone());
        let editing = Arc::clone(&self.desk.editing);
        let listen = move || {
            for signal in signals.forever() {
                if editing.load(Ordering::SeqCst) && signal.is_typed() {
                    continue;
                }
                let ended = events.send(AppEvent::Signal(signal)).is_err();
                if let Signal::End(_) = signal {
                    std::thread::sleep(GRACE);
                    store.flush();
                    terminal::leave_within(GRACE);
                    std::process::exit(signal.exit_status().into());
                }
                if ended {
                    return;
                }
            }
        };
        let thread = std::thread::Builder::new().name("signals".to_owned());
        thread.spawn(listen).map(|_| ()).map_err(Error::Terminal)
    }
}
