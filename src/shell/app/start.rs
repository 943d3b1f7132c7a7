//! Starts a reading: chooses the shelf, the article and the position. Without a terminal to draw
//! on everything is printed; a file that cannot be opened is reported before the terminal is
//! taken. From then on the [`event_loop`](super::event_loop) runs.

use super::autosave::Autosave;
use super::event_loop::{App, ExternalTools};
use super::inbox::Inbox;
use super::keyword_sets::KeywordSets;
use super::shelf::AppShelf;
use super::unwritten;
use super::worker::Workers;
use crate::command::Keymap;
use crate::command::options::Config;
use crate::session::{Article, Mode, Session};
use crate::shell::cli::options::{PrintOptions, ReadOptions};
use crate::shell::cli::{print, report};
use crate::shell::environment::{self, LoadedConfig};
use crate::shell::error::Error;
use crate::shell::event::EventSender;
use crate::shell::library::article_file::path_of;
use crate::shell::library::folders;
use crate::shell::library::shelf_thread::ShelfSource;
use crate::shell::open::item::{self, DecodeOptions, Item, name_of};
use crate::shell::open::loading::Opened;
use crate::shell::open::open_article::OpenArticle;
use crate::shell::open::shelf_files;
use crate::shell::store::Store;
use crate::shell::terminal;
use crate::shell::terminal::console::Console;
use crate::text::{Ambiguous, Lang, WidthPolicy};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The time that the first frame of the shelf waits for articles.
const SHELF_TIMEOUT: Duration = Duration::from_millis(80);
/// Articles that fill the first frame.
const FIRST_PAGE: usize = 100;

pub(crate) fn read(
    mut options: ReadOptions,
    loaded: LoadedConfig,
    reading: &DecodeOptions,
) -> Result<ExitCode, Error> {
    // cat FILE | jingdu
    if options.paths.is_empty() && !std::io::stdin().is_terminal() {
        options.paths.push("-".into());
    }
    let config = loaded.config;
    let mut shelf = shelf(&options, &config)?;
    if !std::io::stdout().is_terminal() || environment::is_dumb() {
        return print_all(&shelf.all_items(), &options, reading, config.settings.lang);
    }
    shelf.library = folders::configured(&config.library);
    list_parts(&mut shelf, reading);
    let mut session = session(&options, &config);
    let (mut inbox, events) = Inbox::new().map_err(Error::Terminal)?;
    // the store is asked while the article is read
    let store = Store::start(environment::state(), events.clone());
    let answer = store.begin();
    let mut current = OpenArticle::new(reading.clone(), &events);
    let files_only = !options.paths.iter().any(|p| p.is_dir());
    let opens_first = shelf.single || options.paths.len() > 1 && files_only;
    let item = shelf.source.items.first().filter(|_| opens_first).cloned();
    shelf.events = Some(events.clone());
    let mut article = item.as_ref().map(|item| current.read(item, None));
    let theme_given = options.theme.is_some();
    let autosave = Autosave::begin(store, &answer, &mut session, &config, theme_given);
    if let Some(item) = item.filter(|_| reading.encoding.is_none())
        && let Some(encoding) = autosave.encoding(&item)
    {
        article = Some(current.read(&item, Some(encoding)));
    }
    let article = article.transpose()?;
    let light = environment::light_background();
    let mut app = App {
        keymap: Keymap::new(&config.keys),
        console: Console::new(light, &session),
        workers: Workers::new(events.clone()),
        sets: KeywordSets::beside(loaded.path.as_deref()),
        tools: tools(&config, events),
        config_file: loaded.path,
        session,
        shelf,
        current,
        autosave,
        light,
    };
    if let Some(code) = app.prepare(article, &options, config.keyword_set.as_deref(), &mut inbox)? {
        return Ok(code);
    }
    app.complain(&loaded.complaints);
    app.run_and_save(&mut inbox)
}

/// Returns the session by the settings and the options over them.
fn session(options: &ReadOptions, config: &Config) -> Session {
    let mut settings = config.settings.clone();
    if let Some(theme) = &options.theme {
        settings.theme.clone_from(theme);
    }
    if let Some(given) = options.ambiguous {
        settings.asks_widths = given.is_none();
        settings.face.widths = WidthPolicy::of(given.unwrap_or(Ambiguous::Narrow));
    }
    let (columns, rows) = terminal::size();
    Session::new(settings, columns, rows)
}

/// Returns the reader's other programs, as the settings have them.
fn tools(config: &Config, events: EventSender) -> ExternalTools {
    ExternalTools {
        clipboard: config.clipboard.clone(),
        copying: None,
        notes: environment::notes(config.notes.as_deref()),
        events,
        editing: Arc::default(),
    }
}

/// Returns the shelf of the paths; without any, the reader's library, else the shipped articles.
fn shelf(options: &ReadOptions, config: &Config) -> Result<AppShelf, Error> {
    let library = folders::configured(&config.library);
    let lang = config.settings.lang;
    if options.paths.is_empty() && library.is_empty() {
        let name = ("随程序带的文章", "shipped with the program");
        let source = ShelfSource {
            items: item::shipped(lang),
            ..ShelfSource::default()
        };
        return Ok(AppShelf::new(lang.say(name).to_owned(), source, false));
    }
    let cached = |below| ShelfSource {
        cache: environment::library_cache(),
        folders: library.clone(),
        below,
        ..ShelfSource::default()
    };
    if options.paths.is_empty() {
        let name = ("文库", "library");
        return Ok(AppShelf::new(
            lang.say(name).to_owned(),
            cached(Vec::new()),
            false,
        ));
    }
    let mut source = ShelfSource::default();
    for path in &options.paths {
        shelf_files::exists(path)?;
        if shelf_files::is_folder(path) {
            source.folders.push(path.clone());
        } else {
            source.items.push(Item::of(path));
        }
    }
    let names = source
        .folders
        .iter()
        .map(|folder| folder.display().to_string());
    let name = names.collect::<Vec<_>>().join("、");
    let single = options.paths.len() == 1 && source.folders.is_empty();
    let below: Vec<PathBuf> = source
        .folders
        .iter()
        .map(|f| folders::canonical(f))
        .collect();
    let is_cached = |folder: &PathBuf| folders::holding(&library, folder).is_some();
    if source.items.is_empty() && below.iter().all(is_cached) {
        source = cached(below);
    }
    Ok(AppShelf::new(name, source, single))
}

/// Lists the articles of the only file, where it holds several.
fn list_parts(shelf: &mut AppShelf, reading: &DecodeOptions) {
    let item = shelf.source.items.first().filter(|_| shelf.single);
    let Some(Item::File(path)) = item else {
        return;
    };
    let items = shelf_files::parts(path, reading);
    if items.len() > 1 {
        shelf.name = name_of(path);
        shelf.source.items = items;
        shelf.single = false;
    }
}

/// Prints everything, since standard output is not a terminal.
fn print_all(
    items: &[Item],
    options: &ReadOptions,
    reading: &DecodeOptions,
    lang: Lang,
) -> Result<ExitCode, Error> {
    if options.paths.is_empty() {
        return Err(Error::NoTerminal);
    }
    let mut code = ExitCode::SUCCESS;
    for item in items {
        let options = PrintOptions {
            file: path_of(item),
            ..PrintOptions::default()
        };
        match print::print(&options, reading, lang) {
            Ok(printed) if printed != ExitCode::SUCCESS => return Ok(printed),
            Ok(_) => {}
            Err(error) if items.len() == 1 => return Err(error),
            // the others can be read all the same
            Err(error) => code = report::fail(&error, lang),
        }
    }
    Ok(code)
}

impl App {
    /// Opens the keywords, and the first article or else the shelf. `Some` ends the program.
    fn prepare(
        &mut self,
        article: Option<Opened>,
        options: &ReadOptions,
        keyword_set: Option<&str>,
        inbox: &mut Inbox,
    ) -> Result<Option<ExitCode>, Error> {
        self.session.find.choices.sets = self.sets.names();
        let configured = keyword_set.and_then(|set| self.read_set(set));
        let (session, configured) = (&mut self.session, configured.unwrap_or_default());
        self.autosave.begin_keywords(session, configured);
        if let Some((path, ..)) = self
            .autosave
            .startup
            .last
            .as_ref()
            .filter(|_| options.paths.is_empty())
        {
            self.shelf.offer(&mut self.session, path);
        }
        if let Some(article) = article {
            return self.show_first(article, options);
        }
        self.fill_shelf();
        self.session.pages.go(Mode::Shelf);
        self.await_shelf(inbox)?;
        Ok(None)
    }

    /// Reads until the end, however it comes, and saves what the store could not take.
    fn run_and_save(&mut self, inbox: &mut Inbox) -> Result<ExitCode, Error> {
        let ended = self.run(inbox);
        let code = self.save_unwritten(ended.as_ref().copied().unwrap_or_default());
        ended.map(|_| code)
    }

    /// Saves elsewhere the marks that the store could not take, and says where; 1 for the exit
    /// status if there are any. The terminal has been given back.
    fn save_unwritten(&self, code: ExitCode) -> ExitCode {
        let lang = self.session.settings.lang;
        let Some(said) = unwritten::save(self.autosave.store.take_unwritten(), lang) else {
            return code;
        };
        report::lines(&said);
        if code == ExitCode::SUCCESS {
            ExitCode::from(1)
        } else {
            code
        }
    }

    /// Shows the first article. `Some` ends the program: it fitted on the screen, and that
    /// was asked for.
    fn show_first(
        &mut self,
        mut opened: Opened,
        options: &ReadOptions,
    ) -> Result<Option<ExitCode>, Error> {
        let Some(item) = self.shelf.source.items.first().cloned() else {
            return Ok(None);
        };
        let at_once = options.quit_if_one_screen && self.shelf.single;
        if at_once {
            let screen = &self.session.screen;
            let cells = usize::from(screen.columns) * usize::from(screen.rows);
            let is_longer = |a: &Article| a.document().text().len() > 4 * cells;
            opened = self.current.wait(opened, is_longer)?;
        }
        let goes = options.paragraph.is_some() || options.query.is_some();
        let wanted = goes.then(|| options.clone());
        let session = &mut self.session;
        self.current
            .show(session, &mut self.autosave, &item, opened, wanted);
        session.jumps.arrive(path_of(&item));
        if at_once && session.fits_screen() {
            let text = print::render(session.article.document(), &PrintOptions::default());
            return Ok(Some(report::out(&text, 0)));
        }
        if !self.shelf.single {
            self.session.shelf.place.reading = Some(path_of(&item));
            self.fill_shelf();
        }
        Ok(None)
    }

    /// Takes what comes of the shelf before the first frame, which shall not be empty.
    fn await_shelf(&mut self, inbox: &mut Inbox) -> Result<(), Error> {
        let end = Instant::now() + SHELF_TIMEOUT;
        while self.session.shelf.intake.incoming.is_some()
            && self.session.shelf.shown.len() < FIRST_PAGE
        {
            let left = end.saturating_duration_since(Instant::now());
            match inbox.take_within(left) {
                Some(event) => _ = self.handle(event)?,
                None => break,
            }
        }
        self.session.refresh();
        Ok(())
    }

    /// Warns of faults of the settings file: the first complaint, and the number of the others.
    fn complain(&mut self, complaints: &[String]) {
        let Some((first, rest)) = complaints.split_first() else {
            return;
        };
        let (n, lang) = (rest.len(), self.session.settings.lang);
        let more = lang.say_owned(format!("（另有 {n} 处）"), format!(" (and {n} more)"));
        let more = if n == 0 { String::new() } else { more };
        self.session.warn(first.clone() + &more);
    }
}
