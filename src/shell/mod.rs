//! The world: arguments, files, terminal, signals. The only floor that can fail.
//!
//! 1. [`args`]: the command line, in the user's language.
//! 2. [`environment`]: locale, colours, directories, the settings file.
//! 3. [`feed`]: what a path leads to; [`library`]: finds articles, the texts that are
//!    shipped; [`loader`]: opens them without making the reader wait; [`watch`]: what
//!    becomes of the file.
//! 4. [`mod@print`], [`report`], [`find`]: what is printed without a reader.
//!    [`sets`]: the files of keyword sets.
//! 5. [`terminal`]: takes the terminal and gives it back, whatever happens.
//! 6. [`display`]: the fewest bytes for the next frame, by the [`pen`]; [`gate`]: that nothing else goes there. [`inbox`]: where the loop waits; [`input`]: bytes to inputs. [`probe`]: what the
//!    terminal is asked about widths; [`console`] has all three.
//! 7. [`start`]: how a reading begins. [`current`]: the article that is open. [`run`]: the loop: wait, take all that came in, update, draw. [`worker`]: what
//!    takes too long for it.
//! 8. [`store`]: what is kept; [`keeper`]: what goes to it and comes from it.
//!    [`export`], [`state`] and [`stats`] print it.
//! 9. [`clipboard`] and [`editor`]: the reader's other programs.
//! 10. [`error`]: why it gave up, in one line.

pub mod args;
pub mod clipboard;
pub mod console;
pub mod current;
pub mod display;
pub mod editor;
pub mod environment;
pub mod error;
pub mod export;
pub mod feed;
pub mod find;
pub mod gate;
pub mod inbox;
pub mod input;
pub mod keeper;
pub mod library;
pub mod loader;
pub mod pen;
pub mod pieces;
pub mod print;
pub mod probe;
pub mod report;
pub mod run;
pub mod sets;
pub mod start;
pub mod state;
pub mod stats;
pub mod store;
pub mod terminal;
pub mod watch;
pub mod worker;

pub use error::Error;
use signal_hook::consts::signal::SIGXFSZ;
use std::process::ExitCode;
use std::sync::Arc;

/// Runs the program on its arguments, the program's name first.
pub fn main(arguments: Vec<std::ffi::OsString>) -> ExitCode {
    let lang = environment::lang(&arguments);
    // a file that may not grow is an error like others, and no sudden end
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::default());
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
    let sets = sets::Sets::beside(config_file.as_deref());
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
