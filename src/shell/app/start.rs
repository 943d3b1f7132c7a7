//! Starts a reading: chooses the shelf, the article and the position. Without a terminal to draw
//! on everything is printed; a file that cannot be opened is reported before the terminal is
//! taken. From then on the [`event_loop`](super::event_loop) runs.

use super::autosave::Autosave;
use super::event_loop::{App, ExternalTools, ShelfItems};
use super::inbox::Inbox;
use super::keyword_sets::KeywordSets;
use super::worker::Workers;
use crate::command::Keymap;
use crate::command::options::Config;
use crate::session::{Article, Mode, Session};
use crate::shell::cli::options::{PrintOptions, ReadOptions};
use crate::shell::cli::{print, report};
use crate::shell::environment::{self, LoadedConfig};
use crate::shell::error::Error;
use crate::shell::open::item::{DecodeOptions, Item, SHIPPED, name_of};
use crate::shell::open::loading::Opened;
use crate::shell::open::open_article::OpenArticle;
use crate::shell::open::shelf_files;
use crate::shell::store::Store;
use crate::shell::terminal;
use crate::shell::terminal::console::Console;
use crate::text::{Ambiguous, Lang, WidthPolicy};
use std::io::IsTerminal;
use std::process::ExitCode;
use std::sync::Arc;

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
    let shelf = shelf(&options, &config)?;
    if !std::io::stdout().is_terminal() || environment::is_dumb() {
        return print_all(&shelf.items, &options, reading, config.settings.lang);
    }
    let shelf = with_parts(shelf, reading);
    let mut session = session(&options, &config);
    let (mut inbox, events) = Inbox::new().map_err(Error::Terminal)?;
    // the store is asked while the article is read
    let store = Store::start(environment::state(), events.clone());
    let answer = store.begin();
    let mut current = OpenArticle::new(reading.clone(), &events);
    let files_only = !options.paths.iter().any(|p| p.is_dir());
    let opens_first = shelf.single || options.paths.len() > 1 && files_only;
    let item = shelf.items.first().filter(|_| opens_first).cloned();
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
        tools: ExternalTools {
            clipboard: config.clipboard,
            notes: environment::notes(config.notes.as_deref()),
            events,
            editing: Arc::default(),
        },
        config_file: loaded.path,
        session,
        shelf,
        current,
        autosave,
        light,
    };
    if let Some(code) = app.prepare(article, &options, config.keyword_set.as_deref())? {
        return Ok(code);
    }
    app.complain(&loaded.complaints);
    app.run(&mut inbox)
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

/// Lists the articles at the paths; without any, the reader's library, else the shipped ones.
fn shelf(options: &ReadOptions, config: &Config) -> Result<ShelfItems, Error> {
    let mut shelf = ShelfItems::default();
    match (options.paths.as_slice(), config.library.as_slice()) {
        ([], folders @ [_, ..]) => {
            shelf.name = folders.join("、");
            for folder in folders {
                shelf
                    .items
                    .extend(shelf_files::list(&environment::path_of_setting(folder))?);
            }
        }
        ([], []) => {
            let name = ("随程序带的文章", "shipped with the program");
            config.settings.lang.say(name).clone_into(&mut shelf.name);
            shelf.items = (0..SHIPPED.len()).map(Item::Shipped).collect();
        }
        (paths, _) => {
            for path in paths {
                shelf_files::exists(path)?;
                if path.is_dir() {
                    shelf.name = path.display().to_string();
                    shelf.items.extend(shelf_files::list(path)?);
                } else {
                    shelf.items.push(Item::of(path));
                    shelf.single = paths.len() == 1;
                }
            }
        }
    }
    Ok(shelf)
}

/// Lists the articles of the only file, where it holds several.
fn with_parts(shelf: ShelfItems, reading: &DecodeOptions) -> ShelfItems {
    let path = shelf
        .items
        .first()
        .and_then(Item::file)
        .filter(|_| shelf.single);
    let items = path.map_or(Vec::new(), |path| shelf_files::parts(path, reading));
    if items.len() < 2 {
        return shelf;
    }
    ShelfItems {
        items,
        name: path.map_or(String::new(), name_of),
        single: false,
        offers_last: false,
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
            file: item.path(),
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
    ) -> Result<Option<ExitCode>, Error> {
        self.session.find.choices.sets = self.sets.names();
        if let Some(set) = keyword_set {
            self.open_set(set);
        }
        if options.paths.is_empty() {
            self.offer_last();
        }
        if let Some(article) = article {
            return self.show_first(article, options);
        }
        self.fill_shelf();
        self.session.mode = Mode::Shelf;
        Ok(None)
    }

    /// Shows the first article. `Some` ends the program: it fitted on the screen, and that
    /// was asked for.
    fn show_first(
        &mut self,
        mut opened: Opened,
        options: &ReadOptions,
    ) -> Result<Option<ExitCode>, Error> {
        let Some(item) = self.shelf.items.first().cloned() else {
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
        if at_once && session.fits_screen() {
            let text = print::render(session.article.document(), &PrintOptions::default());
            return Ok(Some(report::out(&text, 0)));
        }
        if !self.shelf.single {
            self.fill_shelf();
            self.session.shelf.reading = Some(0);
        }
        Ok(None)
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
