//! How a reading begins: what is to be read, on which shelf, from which place.
//!
//! 1. Without a terminal to draw on everything is printed.
//! 2. What cannot be opened is said before the terminal is taken.
//! 3. What was chosen and read before is asked of the store.
//!
//! From then on it is the loop's affair.

use crate::command::Keymap;
use crate::command::options::Config;
use crate::session::{Mode, Session};
use crate::shell::Error;
use crate::shell::app::autosave::Keeper;
use crate::shell::app::inbox::Inbox;
use crate::shell::app::keyword_sets::Sets;
use crate::shell::app::{Desk, Run};
use crate::shell::cli::args::ReadOptions;
use crate::shell::cli::print;
use crate::shell::cli::report;
use crate::shell::environment;
use crate::shell::open::current::Current;
use crate::shell::open::library::{self, Item, Reading};
use crate::shell::store::Store;
use crate::shell::terminal;
use crate::text::{Ambiguous, Lang, WidthPolicy};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

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
    let piped = ReadOptions {
        paths: vec!["-".into()],
        ..options.clone()
    };
    let options = if options.paths.is_empty() && !std::io::stdin().is_terminal() {
        &piped
    } else {
        options
    };
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
    let single = options.paths.len() == 1
        && matches!(shelf.as_slice(), [item] if *item == Item::of(&options.paths[0]));
    if !std::io::stdout().is_terminal() || environment::is_dumb() {
        return print_all(&shelf, options, reading, config.settings.lang);
    }
    let mut settings = config.settings.clone();
    if let Some(theme) = &options.theme {
        settings.theme.clone_from(theme);
    }
    if let Some(given) = options.ambiguous {
        settings.asks_widths = given.is_none();
        settings.face.widths = WidthPolicy::of(given.unwrap_or(Ambiguous::Narrow));
    }
    let (columns, rows) = terminal::size();
    let mut session = Session::new(settings, columns, rows);
    let (mut inbox, events) = Inbox::new().map_err(Error::Terminal)?;
    // the store is asked while the article is read
    let store = Store::start(environment::state(), events.clone());
    let asked = store.begin();
    let mut current = Current::new(reading.clone(), &events);
    let item = shelf
        .first()
        .filter(|_| single || options.paths.len() > 1 && !options.paths.iter().any(|p| p.is_dir()));
    let mut first = item.map(|item| current.read(item, None));
    let keeper = Keeper::begin(store, &asked, &mut session, config, options.theme.is_some());
    if let Some((item, encoding)) = item
        .filter(|_| reading.encoding.is_none())
        .and_then(|item| Some((item, keeper.encoding(item)?)))
    {
        first = Some(current.read(item, Some(encoding)));
    }
    // what cannot be opened is said before the terminal is taken
    let first = first.transpose()?;
    let desk = Desk {
        clipboard: config.clipboard.clone(),
        notes: environment::notes(config.notes.as_deref()),
        events,
        editing: Arc::default(),
    };
    let mut run = Run {
        items: shelf,
        keymap: Keymap::new(&config.keys),
        light: environment::light_background(),
        config_file,
        name,
        single,
        sets: sets.clone(),
        again: false,
        keeper,
        current,
        desk,
    };
    session.find.choices.sets = sets.names();
    if let Some(set) = &config.keyword_set {
        run.open_set(&mut session, set);
    }
    if options.paths.is_empty() {
        run.offer_last();
    }
    if let Some(mut article) = first {
        let item = run.items[0].clone();
        let at_once = options.quit_if_one_screen && single;
        if at_once {
            let screen = usize::from(columns) * usize::from(rows);
            article = run
                .current
                .loader
                .wait(article, |a| a.document().text().len() > 4 * screen)?;
        }
        let wanted = Some(options.clone()).filter(|o| o.paragraph.is_some() || o.query.is_some());
        run.current
            .show(&mut session, &mut run.keeper, &item, article, wanted);
        if at_once && session.fits_screen() {
            return Ok(report::out(
                &print::render(session.article.document(), &print::Options::default()),
                0,
            ));
        }
        if !single {
            run.fill_shelf(&mut session);
            session.shelf.reading = Some(0);
        }
    } else {
        run.fill_shelf(&mut session);
        session.mode = Mode::Shelf;
    }
    if let Some(complaint) = complaints.first() {
        let rest = complaints.len() - 1;
        let more = session
            .settings
            .lang
            .say_owned(format!("（另有 {rest} 处）"), format!(" (and {rest} more)"));
        session.warn(format!(
            "{complaint}{}",
            if rest > 0 { more } else { String::new() }
        ));
    }
    run.terminal(&mut session, &mut inbox)
}

/// The shelf without arguments: the reader's library, else the shipped texts.
fn library_shelf(config: &Config) -> Result<(String, Vec<Item>), Error> {
    match &config.library {
        Some(path) => Ok((path.clone(), library::list(Path::new(path))?)),
        None => Ok((
            config
                .settings
                .lang
                .say(("随程序带的文章", "shipped with the program"))
                .to_owned(),
            (0..library::SHIPPED.len()).map(Item::Shipped).collect(),
        )),
    }
}

/// Standard output is no terminal: prints everything.
fn print_all(
    items: &[Item],
    options: &ReadOptions,
    reading: &Reading,
    lang: Lang,
) -> Result<ExitCode, Error> {
    if options.paths.is_empty() {
        return Err(Error::NoTerminal);
    }
    let mut code = ExitCode::SUCCESS;
    for item in items {
        let file = item.path();
        match print::print(
            &print::Options {
                file,
                ..print::Options::default()
            },
            reading,
        ) {
            Ok(printed) if printed != ExitCode::SUCCESS => return Ok(printed),
            Ok(_) => {}
            Err(error) if items.len() == 1 => return Err(error),
            // the others can be read all the same
            Err(error) => code = report::fail(&error, lang),
        }
    }
    Ok(code)
}
