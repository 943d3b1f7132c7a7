//! Lets the reader's own editor change a text: `$VISUAL`, else `$EDITOR`, else vi.
//!
//! The terminal must have been given back. The text passes through a file that
//! only the user can read, which is gone afterwards.

use crate::shell::environment;
use crate::shell::os::{files, process};
use std::fs;
use std::io::{self, Write};
use std::process::{Command, Stdio};

/// Runs the editor on a text; returns what became of it, or `None` where the
/// editor gave it up.
///
/// # Errors
/// Where no file can be made, or the editor cannot be run.
pub fn edit(text: &str) -> io::Result<Option<String>> {
    let words = environment::editor();
    let Some((name, rest)) = words.split_first() else {
        return Ok(None);
    };
    let path = std::env::temp_dir().join(format!(
        "jingdu-note-{}-{}.md",
        std::process::id(),
        crate::shell::store::writer::now()
    ));
    let mut file = files::create_new_private(&path)?;
    file.write_all(text.as_bytes())?;
    drop(file);
    // where the article came through a pipe, standard input is no terminal
    let input = files::open_terminal().map_or_else(|_| Stdio::inherit(), Stdio::from);
    let content = Command::new(name)
        .args(rest)
        .arg(&path)
        .stdin(input)
        .spawn()
        .and_then(|editor| process::wait_for(&editor));
    let edited = fs::read(&path);
    let _ = fs::remove_file(&path);
    let content = content.map_err(|why| io::Error::new(why.kind(), format!("{name}: {why}")))?;
    content
        .then(|| edited.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
        .transpose()
}
