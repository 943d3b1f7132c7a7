//! Lets the reader's own editor change a text: `$VISUAL`, else `$EDITOR`, else vi.
//!
//! The terminal must have been given back. The text passes through a private file beside the
//! store, which is removed afterwards. Where the program ends before the editor does, the file
//! stays, and is found by the name of the draft when the article is opened again.

use crate::shell::environment;
use crate::shell::os::reason::reason;
use crate::shell::os::{files, process};
use crate::text::Lang;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Runs the editor on a text; returns whether it succeeded, and the text as it left it. Fails with
/// the reason in the reader's language.
pub(crate) fn edit(text: &str, draft: &str, lang: Lang) -> Result<(bool, String), String> {
    let words = environment::editor();
    let Some((name, rest)) = words.split_first() else {
        return Ok((false, text.to_owned()));
    };
    let failed = |why: io::Error| reason(&why, lang);
    let path = file_of(draft).ok_or_else(|| failed(io::ErrorKind::InvalidInput.into()))?;
    // what an earlier end left there is in the text
    let _ = fs::remove_file(&path);
    let written = files::create_new_private(&path).and_then(|mut f| f.write_all(text.as_bytes()));
    written.map_err(failed)?;
    // where the article came through a pipe, standard input is not the terminal
    let input = files::open_terminal().map_or_else(|_| Stdio::inherit(), Stdio::from);
    let mut command = Command::new(name);
    command.args(rest).arg(&path).stdin(input);
    let saved = command.spawn().and_then(|child| process::wait_for(&child));
    let edited = fs::read(&path);
    let _ = fs::remove_file(&path);
    let saved = saved.map_err(|why| format!("{name}{}{}", lang.say(("：", ": ")), failed(why)))?;
    let edited = edited.unwrap_or_else(|_| text.as_bytes().to_vec());
    Ok((saved, String::from_utf8_lossy(&edited).into_owned()))
}

/// Returns what an editor left of a draft when the program ended before it.
pub(crate) fn left(draft: &str) -> Option<String> {
    let text = fs::read(file_of(draft)?).ok()?;
    let text = String::from_utf8_lossy(&text).trim_end().to_owned();
    Some(text).filter(|text| !text.is_empty())
}

/// Forgets what an editor left of a draft.
pub(crate) fn forget(draft: &str) {
    if let Some(path) = file_of(draft) {
        let _ = fs::remove_file(path);
    }
}

/// Returns the file of a draft: beside the store, or where there is none among temporary files.
fn file_of(draft: &str) -> Option<PathBuf> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let name = Some(draft).filter(|name| !name.is_empty() && name.chars().all(is_plain))?;
    let store = environment::state();
    let folder = store.as_deref().and_then(std::path::Path::parent);
    let folder = folder.filter(|folder| folder.is_dir());
    let folder = folder.map_or_else(std::env::temp_dir, std::path::Path::to_owned);
    Some(folder.join(format!("note-{name}.md")))
}
