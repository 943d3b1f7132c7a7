//! The loop: wait, take all that came in, update, draw.
//!
//! 1. Opens what was asked and draws the first frame.
//! 2. Only then asks the terminal for its background and for doubtful widths;
//!    the answers come in like keys, and cost a frame only where they differ.
//! 3. Sleeps until something comes; takes everything that waits; draws once.
//!
//! Never wakes by a clock. What is to be kept is handed over before a frame is
//! drawn; the store's thread writes it.

use super::args::ReadOptions;
use super::console::Console;
use super::input::{self, Event, Pause};
use super::keeper::{self, Keeper};
use super::library::{self, Item, Reading};
use super::sets::Sets;
use super::store::{Ask, Reply, Store};
use super::worker::Workers;
use super::{Error, clipboard, editor, environment, export, print, probe, terminal};
use crate::command::config::Config;
use crate::command::{Input, Keymap, keywords, mark, marks, search, update};
use crate::session::memory::Recalled;
use crate::session::{Effect, Mode, Session};
use crate::text::{Ambiguous, WidthPolicy};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGSTOP, SIGTERM, SIGTSTP, SIGWINCH};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// Whether the reader's editor has the terminal.
static EDITING: AtomicBool = AtomicBool::new(false);

/// How long an orderly end may take before the process just ends.
const GRACE: Duration = Duration::from_millis(400);

/// Reads.
///
/// # Errors
/// Where a file cannot be read, or there is no terminal.
pub fn read(
    options: &ReadOptions,
    config: &Config,
    config_file: Option<PathBuf>,
    complaints: &[String],
    reading: &Reading,
    sets: &Sets,
) -> Result<ExitCode, Error> {
    let mut shelf = Vec::new();
    let mut name = String::new();
    // cat FILE | jingdu
    let piped = ReadOptions { paths: vec!["-".into()], ..options.clone() };
    let options = if options.paths.is_empty() && !std::io::stdin().is_terminal() { &piped } else { options };
    for path in &options.paths {
        library::exists(path)?;
        if path.is_dir() {
            name = path.display().to_string();
            shelf.extend(library::list(path)?);
        } else {
            shelf.push(Item::of(path));
        }
    }
    if options.paths.is_empty() {
        (name, shelf) = library_shelf(config)?;
    }
    let single = options.paths.len() == 1 && matches!(shelf.as_slice(), [item] if *item == Item::of(&options.paths[0]));
    if !std::io::stdout().is_terminal() || environment::is_dumb() {
        return print_all(&shelf, options, reading);
    }
    let mut settings = config.settings.clone();
    if let Some(theme) = &options.theme {
        settings.theme.clone_from(theme);
    }
    if let Some(given) = options.ambiguous {
        settings.asks_widths = given.is_none();
        settings.face.widths = WidthPolicy::of(given.unwrap_or(Ambiguous::Narrow));
    }
    // what cannot be opened is said before the terminal is taken
    let first = if single || options.paths.len() > 1 && !options.paths.iter().any(|p| p.is_dir()) { Some(shelf[0].open(reading)?) } else { None };
    let (columns, rows) = terminal::size();
    let mut session = Session::new(settings, columns, rows);
    let (events, incoming) = channel();
    let store = Store::start(environment::state(), events.clone());
    let keeper = Keeper::begin(store, &mut session, config, options.theme.is_some());
    let desk = Desk { clipboard: config.clipboard.clone(), notes: environment::notes(config.notes.as_deref()), events, pause: Pause::default() };
    let mut run = Run {
        items: shelf,
        reading: reading.clone(),
        keymap: Keymap::new(&config.keys),
        light: environment::light_background(),
        config_file,
        name,
        single,
        sets: sets.clone(),
        again: false,
        keeper,
        desk,
    };
    session.find.choices.sets = sets.names();
    if let Some(set) = &config.keyword_set {
        run.open_set(&mut session, set);
    }
    if options.paths.is_empty() {
        run.offer_last();
    }
    if let Some(article) = first {
        session.open(article);
        let item = run.items[0].clone();
        run.keeper.opened(&mut session, &item, options.paragraph.is_none() && options.query.is_none());
        if !single {
            run.fill_shelf(&mut session);
            session.shelf.reading = Some(0);
        }
    } else {
        run.fill_shelf(&mut session);
        session.mode = Mode::Shelf;
    }
    begin(&mut session, options);
    if let Some(complaint) = complaints.first() {
        let rest = complaints.len() - 1;
        let more = session.settings.lang.say_owned(format!("（另有 {rest} 处）"), format!(" (and {rest} more)"));
        session.warn(format!("{complaint}{}", if rest > 0 { more } else { String::new() }));
    }
    session.refresh();
    if options.quit_if_one_screen && single && fits(&session) {
        let options = print::Options { file: options.paths[0].clone(), ..print::Options::default() };
        return print::print(&options, reading);
    }
    run.terminal(&mut session, &incoming)
}

/// The shelf without arguments: the reader's library, else the shipped texts.
fn library_shelf(config: &Config) -> Result<(String, Vec<Item>), Error> {
    match &config.library {
        Some(path) => Ok((path.clone(), library::list(Path::new(path))?)),
        None => {
            Ok((config.settings.lang.say(("随程序带的文章", "shipped with the program")).to_owned(), (0..library::SHIPPED.len()).map(Item::Shipped).collect()))
        }
    }
}

/// Standard output is no terminal: prints everything.
fn print_all(items: &[Item], options: &ReadOptions, reading: &Reading) -> Result<ExitCode, Error> {
    if options.paths.is_empty() {
        return Err(Error::NoTerminal);
    }
    let mut code = ExitCode::SUCCESS;
    for item in items {
        let file = item.name().into();
        code = print::print(&print::Options { file, ..print::Options::default() }, reading)?;
    }
    Ok(code)
}

/// Where `+N` and `+/pattern` begin.
fn begin(session: &mut Session, options: &ReadOptions) {
    session.refresh();
    if let Some(n) = options.paragraph {
        crate::command::scroll::to_paragraph(session, n);
    }
    if let Some(query) = &options.query {
        session.find.origin = Some((session.reading.spot(), None));
        search::preview(session, query);
        search::accept(session, query);
    }
}

/// Whether the whole article is on the console.
fn fits(session: &Session) -> bool {
    session.reading.bottom() >= session.article.document().end()
}

/// What the loop knows beside the session.
struct Run {
    items: Vec<Item>,
    reading: Reading,
    keymap: Keymap,
    light: Option<bool>,
    config_file: Option<PathBuf>,
    name: String,
    single: bool,
    sets: Sets,
    /// Whether the first item is the article that was read last.
    again: bool,
    keeper: Keeper,
    desk: Desk,
}

/// What is needed for the reader's other programs.
struct Desk {
    clipboard: Option<String>,
    notes: Option<PathBuf>,
    events: Sender<Event>,
    pause: Pause,
}

impl Run {
    /// Puts the article that was read last at the head of the shelf.
    fn offer_last(&mut self) {
        if let Some((path, ..)) = &self.keeper.began.last {
            self.items.insert(0, keeper::item_of(path));
            self.again = true;
        }
    }

    /// Lists the articles; a single file's shelf is its directory.
    fn fill_shelf(&mut self, session: &mut Session) {
        if self.single {
            self.single = false;
            let alone = self.items.clone();
            if let Some(Item::File(path)) = alone.first() {
                let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
                self.name = parent.display().to_string();
                self.items = library::list(parent).unwrap_or_default();
                let here = |item: &Item| matches!(item, Item::File(p) if p.file_name() == path.file_name());
                if let Some(i) = self.items.iter().position(here) {
                    session.shelf.reading = Some(i);
                } else {
                    self.items.splice(0..0, alone);
                    session.shelf.reading = Some(0);
                }
                session.shelf.selected = session.shelf.reading.unwrap_or_default();
            }
        }
        session.shelf.name = crate::source::sanitize::line(&self.name);
        session.shelf.items = self.items.iter().map(|item| library::shelf_item(item, &self.reading, session.settings.lang)).collect();
        if let Some(first) = session.shelf.items.first_mut().filter(|_| self.again) {
            first.again = true;
        }
        self.keeper.store.send(Ask::Progress(self.items.iter().map(keeper::path_of).collect()));
    }

    /// Takes the terminal and reads until the end.
    fn terminal(&mut self, session: &mut Session, events: &Receiver<Event>) -> Result<ExitCode, Error> {
        terminal::guard_panics();
        input::listen(self.desk.events.clone(), self.desk.pause.clone()).map_err(|_| Error::NoTerminal)?;
        signals(self.desk.events.clone(), self.keeper.store.clone())?;
        terminal::enter(session.settings.mouse).map_err(Error::Terminal)?;
        let _guard = terminal::Guard;
        let mut console = Console::new(self.light, session);
        console.draw(session, &self.keymap)?;
        console.ask(session.settings.asks_widths)?;
        let mut workers = Workers::new(self.desk.events.clone());
        workers.serve(&mut session.find);
        let ended = self.turn(session, events, &mut console, &mut workers);
        self.keeper.flush(session);
        console.await_answers(events);
        ended
    }

    /// Waits, takes all that came, draws; until the end.
    fn turn(&mut self, session: &mut Session, events: &Receiver<Event>, console: &mut Console, workers: &mut Workers) -> Result<ExitCode, Error> {
        while let Ok(first) = events.recv() {
            let mut next = Some(first);
            while let Some(event) = next {
                if matches!(event, Event::Input(_)) {
                    self.keeper.tick(session);
                }
                if let Some(code) = self.handle(session, event, console, workers)? {
                    return Ok(code);
                }
                next = events.try_recv().ok();
            }
            // what nobody waits for is stopped before the next key comes
            workers.serve(&mut session.find);
            self.keeper.keep(session);
            console.draw(session, &self.keymap)?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Carries out one event. `Some` ends the program.
    fn handle(&mut self, session: &mut Session, event: Event, console: &mut Console, workers: &mut Workers) -> Result<Option<ExitCode>, Error> {
        let effect = match event {
            Event::Input(input) => update(session, &self.keymap, input),
            Event::Background(light) => {
                self.light = Some(light);
                console.choose_theme(session, self.light);
                Effect::None
            }
            Event::Column(column) => {
                let widths = &mut session.settings.face.widths;
                let learned = probe::learn(*widths, console.answers, column);
                console.answers += 1;
                console.display.forget_corner(probe::CELLS);
                if learned != *widths {
                    // what was drawn by the wrong widths may stand anywhere
                    *widths = learned;
                    console.display.forget();
                }
                session.refresh();
                Effect::None
            }
            Event::Answered => {
                console.waiting = false;
                if self.light.is_none() {
                    // it knows its own background as little as we: take dark paper
                    console.choose_theme(session, None);
                }
                Effect::None
            }
            Event::Signal(SIGWINCH) => {
                let (columns, rows) = terminal::size();
                update(session, &self.keymap, Input::Resize(columns, rows))
            }
            Event::Store(Reply::Bookmark(letter, found)) => {
                self.open_bookmark(session, letter, found);
                Effect::None
            }
            Event::Store(reply) => {
                self.keeper.answer(session, reply);
                Effect::None
            }
            Event::Copied((said, warns)) => {
                if warns {
                    session.warn(said);
                } else {
                    session.tell(said);
                }
                Effect::None
            }
            Event::Signal(SIGTSTP) => Effect::Suspend,
            Event::Signal(SIGCONT) => Effect::Redraw,
            Event::Signal(signal) => return Ok(Some(ExitCode::from(128u8.saturating_add(u8::try_from(signal).unwrap_or(0))))),
            Event::HangUp => return Ok(Some(ExitCode::from(128 + SIGHUP as u8))),
        };
        match effect {
            // searches that wait are begun once everything that came is taken
            Effect::None | Effect::Search => {}
            Effect::Propose => workers.propose(session.article.shared()),
            Effect::SaveSet(name) => self.save_set(session, &name),
            Effect::OpenSet(name) => {
                self.open_set(session, &name);
                session.refresh();
            }
            Effect::Quit => return Ok(Some(ExitCode::SUCCESS)),
            Effect::Redraw => {
                console.choose_theme(session, self.light);
                console.display.forget();
            }
            Effect::Suspend => {
                self.keeper.flush(session);
                terminal::leave();
                // every way to stop ends here; the shell's fg wakes us
                let _ = signal_hook::low_level::raise(SIGSTOP);
                terminal::enter(session.settings.mouse).map_err(Error::Terminal)?;
                let (columns, rows) = terminal::size();
                update(session, &self.keymap, Input::Resize(columns, rows));
                console.display.forget();
            }
            Effect::KeepSetting(name, value) => self.keep_setting(session, console, name, &value)?,
            Effect::Open(item) => self.open(session, item),
            Effect::Copy { text, what } => {
                let (in_tmux, term) = environment::multiplexer();
                let way = clipboard::way(self.desk.clipboard.as_deref(), in_tmux, &term);
                clipboard::copy(text, what, way, self.desk.notes.clone(), session.settings.lang, self.desk.events.clone());
            }
            Effect::Edit(text) => self.edit(session, &text, console)?,
            Effect::AllMarks => self.keeper.store.send(Ask::AllMarks(self.keeper.hash())),
            Effect::OpenMark { path, uid } => self.open_mark(session, &path, &uid),
            Effect::Bookmark(letter) => self.keeper.store.send(Ask::Bookmark(letter)),
            Effect::Export => self.export(session),
            Effect::Reload => self.reload(session),
            Effect::FillShelf => {
                self.fill_shelf(session);
                session.refresh();
            }
        }
        Ok(None)
    }

    /// Writes a setting into the file, and does what it asks of the terminal.
    fn keep_setting(&self, session: &mut Session, console: &mut Console, name: &str, value: &str) -> Result<(), Error> {
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
        let Some(file) = &self.config_file else { return Ok(()) };
        if let Err(why) = environment::keep_setting(file, name, value) {
            let error = Error::Keep { path: file.clone(), why };
            session.warn(error.line(session.settings.lang));
        }
        Ok(())
    }

    fn save_set(&self, session: &mut Session, name: &str) {
        let lang = session.settings.lang;
        match self.sets.save(name, &session.find.keywords) {
            Ok(path) => session.tell(lang.say_owned(format!("已存：{}", path.display()), format!("Saved: {}", path.display()))),
            Err(why) => session.warn(lang.say_owned(format!("存不了“{name}”：{why}"), format!("Cannot save {name}: {why}"))),
        }
        session.find.choices.sets = self.sets.names();
    }

    fn open_set(&self, session: &mut Session, name: &str) {
        let lang = session.settings.lang;
        match self.sets.open(name) {
            Ok(terms) => keywords::take_set(session, terms),
            Err(why) => session.warn(lang.say_owned(format!("打不开关键词组“{name}”：{why}"), format!("Cannot open the keyword set {name}: {why}"))),
        }
    }

    fn open(&mut self, session: &mut Session, item: usize) {
        let Some(found) = self.items.get(item).cloned() else { return };
        if self.open_item(session, &found) {
            session.shelf.reading = Some(item);
            session.shelf.selected = item;
        }
    }

    /// Opens an article and takes it up where it was left; says why it cannot be.
    fn open_item(&mut self, session: &mut Session, item: &Item) -> bool {
        let opened = item.open(&self.reading);
        match opened {
            Ok(article) => {
                self.keeper.left(session);
                session.open(article);
                self.keeper.opened(session, item, true);
                true
            }
            Err(error) => {
                session.warn(error.line(session.settings.lang));
                session.refresh();
                false
            }
        }
    }

    /// Opens the article at a path of the store, at one of its marks.
    fn open_mark(&mut self, session: &mut Session, path: &str, uid: &str) {
        let item = keeper::item_of(path);
        if self.open_item(session, &item) {
            session.shelf.reading = self.items.iter().position(|i| keeper::path_of(i) == path);
            marks::to(session, uid);
            session.refresh();
        }
    }

    /// Goes to a bookmark of a capital in another article.
    fn open_bookmark(&mut self, session: &mut Session, letter: char, found: Option<(String, String)>) {
        if let Some((path, uid)) = found {
            self.open_mark(session, &path, &uid);
        } else {
            let lang = session.settings.lang;
            session.tell(lang.say_owned(format!("没有记号 {letter}；m{letter} 记下一个"), format!("No bookmark {letter}; m{letter} sets it")));
        }
    }

    /// Writes the marks of the article to a file.
    fn export(&self, session: &mut Session) {
        let Some(folder) = &self.desk.notes else { return };
        let item = session.shelf.reading.and_then(|i| self.items.get(i)).or(self.items.first()).cloned().unwrap_or(Item::Stdin);
        let marked = export::of_session(&session.article, &item, &session.memory.marks.all);
        let lang = session.settings.lang;
        match export::to_file(&marked, folder) {
            Ok(path) => {
                let path = crate::source::sanitize::line(&path.display().to_string());
                session.tell(lang.say_owned(format!("摘录写在 {path}"), format!("Notes written to {path}")));
            }
            Err(why) => session.warn(lang.say_owned(format!("摘录写不出去：{why}"), format!("The notes cannot be written: {why}"))),
        }
    }

    /// Lets the reader's editor change the note that is being typed.
    fn edit(&mut self, session: &mut Session, text: &str, console: &mut Console) -> Result<(), Error> {
        self.desk.pause.set(true);
        EDITING.store(true, Ordering::SeqCst);
        terminal::leave();
        let edited = editor::edit(text);
        terminal::enter(session.settings.mouse).map_err(Error::Terminal)?;
        EDITING.store(false, Ordering::SeqCst);
        self.desk.pause.set(false);
        let (columns, rows) = terminal::size();
        update(session, &self.keymap, Input::Resize(columns, rows));
        console.display.forget();
        match edited {
            Ok(Some(text)) => _ = marks::edited(session, text.trim_end()),
            Ok(None) => _ = mark::cancel_note(session),
            Err(why) => {
                mark::cancel_note(session);
                let lang = session.settings.lang;
                session.warn(lang.say_owned(format!("编辑器开不了：{why}"), format!("the editor cannot be run: {why}")));
            }
        }
        session.refresh();
        Ok(())
    }

    /// Reads the file again and keeps the place and the marks, as far as the text
    /// is the same.
    fn reload(&mut self, session: &mut Session) {
        let at = session.shelf.reading.unwrap_or_default();
        let Some(item) = self.items.get(at).filter(|item| **item != Item::Stdin).cloned() else {
            session.warn(session.settings.lang.say(("标准输入不能重读", "Standard input cannot be read again")).to_owned());
            return;
        };
        match item.open(&self.reading) {
            Ok(article) => {
                self.keeper.left(session);
                let (kept, all) = (session.kept(), session.memory.marks.all.clone());
                let read = session.memory.totals.article;
                session.open(article);
                session.recall(Recalled { kept, same: false, marks: all, read }, true);
                self.keeper.opened(session, &item, false);
                session.say(("已重新读入", "Read again"));
            }
            Err(error) => session.warn(error.line(session.settings.lang)),
        }
        session.refresh();
    }
}

/// Sends signals into the loop. One that ends the program does so even where
/// the loop cannot: a terminal that takes no bytes stalls it.
fn signals(events: Sender<Event>, store: Store) -> Result<(), Error> {
    let mut signals = signal_hook::iterator::Signals::new([SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT]).map_err(Error::Terminal)?;
    let listen = move || {
        for signal in signals.forever() {
            // the editor's business, typed at its terminal
            if EDITING.load(Ordering::SeqCst) && matches!(signal, SIGINT | SIGQUIT | SIGTSTP) {
                continue;
            }
            let gone = events.send(Event::Signal(signal)).is_err();
            if matches!(signal, SIGTERM | SIGHUP | SIGINT | SIGQUIT) {
                std::thread::sleep(GRACE);
                store.flush();
                terminal::leave();
                std::process::exit(128 + signal);
            }
            if gone {
                return;
            }
        }
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(listen).map(|_| ()).map_err(Error::Terminal)
}
