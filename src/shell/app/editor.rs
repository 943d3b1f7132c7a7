//! Lets the reader's own editor change a text: `$VISUAL`, else `$EDITOR`, else vi.
//!
//! The terminal must have been given back. The text passes through a file that
//! only the user can read, which is gone afterwards.

use crate::shell::environment;
use rustix::process::{Pid, WaitOptions, waitpid};
use signal_hook::consts::SIGSTOP;
use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::process::{Child, Command, Stdio};

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
    let mut file = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)?;
    file.write_all(text.as_bytes())?;
    drop(file);
    // where the article came through a pipe, standard input is no terminal
    let input = File::open("/dev/tty").map_or_else(|_| Stdio::inherit(), Stdio::from);
    let content = Command::new(name)
        .args(rest)
        .arg(&path)
        .stdin(input)
        .spawn()
        .and_then(|editor| wait(&editor));
    let edited = fs::read(&path);
    let _ = fs::remove_file(&path);
    let content = content.map_err(|why| io::Error::new(why.kind(), format!("{name}: {why}")))?;
    content
        .then(|| edited.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
        .transpose()
}

/// Waits for the editor; whether it is content. Where the reader stops it (Ctrl-z) the
/// program stops, too: the shell has the terminal, and `fg` wakes both.
fn wait(editor: &Child) -> io::Result<bool> {
    let pid = Pid::from_raw(editor.id().cast_signed());
    loop {
        match waitpid(pid, WaitOptions::UNTRACED) {
            Ok(Some((_, status))) if status.stopped() => _ = signal_hook::low_level::raise(SIGSTOP),
            Ok(Some((_, status))) => return Ok(status.exit_status() == Some(0)),
            Ok(None) | Err(rustix::io::Errno::INTR) => {}
            Err(why) => return Err(why.into()),
        }
    }
}
