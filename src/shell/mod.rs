//! The world: arguments, files, terminal, signals. The only floor that can fail.
//!
//! 1. [`cli`]: the command line, and what it prints without a reader.
//! 2. [`environment`]: locale, colours, folders, the settings file; [`multiplexer`]: tmux, GNU
//!    screen, and what a copied text has to pass.
//! 3. [`open`]: finds files and reads articles without blocking the reader.
//! 4. [`terminal`]: bytes to events, frames to bytes. [`event`]: the events of the loop.
//! 5. [`app`]: the event loop and the reader's other programs.
//! 6. [`store`]: positions, marks and notes on disk.
//! 7. [`library`]: what is known of all articles below some folders, in a cache.
//! 8. [`notes`]: files of marks and lists.
//! 9. [`os`]: the only door to the operating system.
//! 10. [`error`]: why the program gave up, in one line.

pub mod app;
pub mod cli;
pub(crate) mod environment;
pub mod error;
pub mod event;
pub mod library;
pub(crate) mod multiplexer;
pub(crate) mod notes;
pub mod open;
pub(crate) mod os;
pub mod store;
pub mod terminal;

use app::start;
use cli::find::{count, points, same, terms};
use cli::options::Task;
use cli::{
    args, drill, export, find, keywords, library as library_task, outline, print, report, state,
    stats,
};
use error::Error;
use open::item::DecodeOptions;
use std::process::ExitCode;

/// Runs the program on its arguments, the program's name first.
pub fn main(arguments: Vec<std::ffi::OsString>) -> ExitCode {
    let lang = environment::lang(&arguments);
    os::process::ignore_file_size_signal();
    match args::parse(arguments, lang) {
        Ok(args::Parsed::Text(text)) => report::out(&text, 0),
        Ok(args::Parsed::Invocation(invocation)) => {
            run(*invocation).unwrap_or_else(|error| report::fail(&error, lang))
        }
        Err(text) => report::wrong(&text),
    }
}

/// Carries out the command line.
fn run(invocation: cli::options::Invocation) -> Result<ExitCode, Error> {
    let mut loaded = environment::config(invocation.config, invocation.lang)?;
    let lang = invocation.lang_given.or(loaded.config.lang);
    let lang = lang.unwrap_or(invocation.lang);
    loaded.config.settings.lang = lang;
    let reading = DecodeOptions {
        encoding: invocation.encoding,
    };
    if !matches!(invocation.task, Task::Read(_)) {
        loaded.complaints.iter().for_each(|c| report::warn(c));
    }
    match invocation.task {
        Task::Read(options) => start::read(options, loaded, &reading),
        Task::Print(options) => print::print(&options, &reading, lang),
        Task::Outline { file, format } => outline::outline(&file, format, &reading, lang),
        Task::Find(options) => find::find(&options, &reading, &loaded.config.library, lang),
        Task::Points(options) => points::points(&options, &reading, &loaded.config.library, lang),
        Task::Same(options) => same::same(&options, &reading, &loaded.config.library, lang),
        Task::Count(options) => count::count(&options, &reading, &loaded, lang),
        Task::Terms(options) => terms::terms(&options, &reading, &loaded.config.library, lang),
        Task::Keywords { file, most, format } => {
            keywords::keywords(&file, most, format.json, &reading, lang)
        }
        Task::Check { file } => report::check(&file, &reading, lang),
        Task::Export(options) => export::export(&options, &reading, &loaded.config),
        Task::Drill(options) => drill::drill(&options, lang),
        Task::State(task) => state::state(&task, lang),
        Task::Library { task } => {
            library_task::library(&task.unwrap_or_default(), &loaded, &reading, lang)
        }
        Task::Stats(format) => stats::stats(format.json, lang),
        Task::Completions { shell } => Ok(report::out(&args::completions(shell, lang), 0)),
        Task::Man => Ok(report::out(&args::man(lang), 0)),
    }
}
