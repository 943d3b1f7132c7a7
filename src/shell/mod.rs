//! The world: arguments, files, terminal, signals. The only floor that can fail.
//!
//! 1. [`cli`]: the command line, and what it prints without a reader.
//! 2. [`environment`]: locale, colours, directories, the settings file.
//! 3. [`open`]: finds files and reads articles without blocking the reader.
//! 4. [`terminal`]: bytes to inputs, frames to bytes.
//! 5. [`app`]: the event loop and the reader's other programs.
//! 6. [`store`]: places, marks and notes on disk.
//! 7. [`os`]: the only door to the operating system.
//! 8. [`error`]: why the program gave up, in one line.

pub mod app;
pub mod cli;
pub mod environment;
pub mod error;
pub mod event;
pub mod open;
pub mod os;
pub mod store;
pub mod terminal;

use app::{keyword_sets, start};
use cli::{args, export, find, print, report, state, stats};
pub use error::Error;
use open::library;
use std::process::ExitCode;

/// Runs the program on its arguments, the program's name first.
pub fn main(arguments: Vec<std::ffi::OsString>) -> ExitCode {
    let lang = environment::lang(&arguments);
    os::process::ignore_file_size_signal();
    match args::parse(arguments, lang) {
        Ok(args::Parsed::Text(text)) => report::out(&text, 0),
        Ok(args::Parsed::Asked(asked)) => match carry_out(*asked) {
            Ok(code) => code,
            Err(error) => report::fail(&error, lang),
        },
        Err(text) => report::wrong(&text),
    }
}

/// Does what was asked.
fn carry_out(asked: args::Asked) -> Result<ExitCode, Error> {
    use args::Task;
    let (mut config, complaints) = environment::config(asked.config.as_deref(), asked.lang)?;
    let lang = asked.lang_given.or(config.lang).unwrap_or(asked.lang);
    config.settings.lang = lang;
    let reading = library::Reading {
        encoding: asked.encoding.clone(),
        verbatim: false,
    };
    if !matches!(asked.task, Task::Read(_)) {
        for complaint in &complaints {
            report::warn(complaint);
        }
    }
    let config_file = environment::config_file(asked.config.clone());
    let sets = keyword_sets::Sets::beside(config_file.as_deref());
    match asked.task {
        Task::Read(options) => {
            start::read(&options, &config, config_file, &complaints, &reading, &sets)
        }
        Task::Print(options) => print::print(&options, &reading),
        Task::Outline { file, json } => report::outline(&file, json, &reading, lang),
        Task::Find(options) => find::find(&options, &reading, lang),
        Task::Keywords { file, most, json } => find::keywords(&file, most, json, &reading),
        Task::Check { file } => report::check(&file, &reading, lang),
        Task::Export(options) => export::export(&options, &reading, lang),
        Task::State(state) => match state {
            args::State::Path => state::path(),
            args::State::Check => state::check(lang),
            args::State::Export => state::print(),
            args::State::Import(file) => state::import(&file, lang),
        },
        Task::Stats { json } => stats::stats(json, lang),
        Task::Completions(shell) => Ok(report::out(&args::completions(shell, lang), 0)),
        Task::Man => Ok(report::out(&args::man(lang), 0)),
    }
}
