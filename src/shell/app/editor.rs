//! Lets the reader's own editor change a text: `$VISUAL`, else `$EDITOR`, else vi.
//!
//! The terminal must have been given back. The text passes through a private file, which is
//! removed afterwards.

use crate::shell::environment;
use crate::shell::os::{files, process};
use crate::shell::store::thread::now;
use std::fs;
use std::io::{self, Write};
use std::process::{Command, Stdio};

/// Runs the editor on a text; returns the edited text, or `None` where the editor failed.
pub(crate) fn edit(text: &str) -> io::Result<Option<String>> {
    let words = environment::editor();
    let Some((name, rest)) = words.split_first() else {
        return Ok(None);
    };
    let file = format!("jingdu-note-{}-{}.md", std::process::id(), now());
    let path = std::env::temp_dir().join(file);
    files::create_new_private(&path)?.write_all(text.as_bytes())?;
    // where the article came through a pipe, standard input is not the terminal
    let input = files::open_terminal().map_or_else(|_| Stdio::inherit(), Stdio::from);
    let mut command = Command::new(name);
    command.args(rest).arg(&path).stdin(input);
    let saved = command.spawn().and_then(|child| process::wait_for(&child));
    let edited = fs::read(&path);
    let _ = fs::remove_file(&path);
    let saved = saved.map_err(|why| io::Error::new(why.kind(), format!("{name}: {why}")))?;
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    saved.then(|| edited.map(text)).transpose()
}
