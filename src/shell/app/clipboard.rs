//! Gives a text to the clipboard, by the best way that works here, and says
//! which one that was.
//!
//! 1. A command that the user names gets the text on its standard input.
//! 2. Inside tmux, tmux takes it into its own buffer, and hands it to the terminal.
//! 3. A terminal that knows how is asked to take it (OSC 52). Whether it did
//!    cannot be known, and is not claimed.
//! 4. Else it is written to a file of excerpts.
//!
//! Programs are run on a thread, so that no key waits for them.

use crate::shell::event::AppEvent;
use crate::shell::event::EventSender;
use crate::shell::terminal::display;
use crate::text::Lang;
use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Some terminals take no longer text than this, in bytes.
const LONG: usize = 74_000;

/// Which way a text goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// Into the standard input of a command, by its words.
    Command(Vec<String>),
    /// To tmux.
    Tmux,
    /// To the terminal.
    Terminal,
    /// To a file.
    File,
}

/// The way to take, by what the user set and the environment says.
pub fn way(command: Option<&str>, in_tmux: bool, term: &str) -> Way {
    let words: Vec<String> = command
        .unwrap_or_default()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    if !words.is_empty() {
        return Way::Command(words);
    }
    if in_tmux {
        return Way::Tmux;
    }
    let bare = [
        "", "dumb", "linux", "cons25", "ansi", "vt52", "vt100", "vt102", "vt220",
    ];
    if bare.contains(&term) {
        Way::File
    } else {
        Way::Terminal
    }
}

/// Gives `text`, which is called `what`, to the clipboard. What is to be said of
/// it comes as an event, at once or when the program it was given to is done.
pub fn copy(
    text: String,
    what: String,
    way: Way,
    notes: Option<PathBuf>,
    lang: Lang,
    events: EventSender,
) {
    let done = move || {
        let (said, warns) = give(&text, &what, &way, notes.as_deref(), lang);
        let _ = events.send(AppEvent::Copied(said, warns));
    };
    let _ = std::thread::Builder::new()
        .name("clipboard".to_owned())
        .spawn(done);
}

/// Gives it; returns what is to be said, and whether that is a warning.
fn give(text: &str, what: &str, way: &Way, notes: Option<&Path>, lang: Lang) -> (String, bool) {
    let failed = match way {
        Way::Command(words) => match run(words, text) {
            Ok(()) => {
                let name = words.first().map_or("", String::as_str);
                return (
                    lang.say_owned(
                        format!("已交给 {name}：{what}"),
                        format!("given to {name}: {what}"),
                    ),
                    false,
                );
            }
            Err(why) => why,
        },
        Way::Tmux => match run(&["tmux", "load-buffer", "-w", "-"], text)
            .or_else(|_| run(&["tmux", "load-buffer", "-"], text))
        {
            Ok(()) => {
                return (
                    lang.say_owned(
                        format!("已放进 tmux 缓冲区：{what}"),
                        format!("in the tmux buffer: {what}"),
                    ),
                    false,
                );
            }
            Err(why) => why,
        },
        Way::Terminal => match to_terminal(text) {
            Ok(()) => {
                let warning = if text.len() * 4 / 3 > LONG {
                    lang.say((
                        "；文字很长，有的终端不收",
                        "; it is long, some terminals refuse that",
                    ))
                } else {
                    ""
                };
                return (
                    lang.say_owned(
                        format!("已发给终端（OSC 52）：{what}{warning}"),
                        format!("sent to the terminal (OSC 52): {what}{warning}"),
                    ),
                    false,
                );
            }
            Err(why) => why.to_string(),
        },
        Way::File => String::new(),
    };
    let because = if failed.is_empty() {
        String::new()
    } else {
        lang.say_owned(format!("（{failed}）"), format!(" ({failed})"))
    };
    let kept = notes
        .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
        .and_then(|folder| append(&folder.join("excerpts.md"), text));
    let (said, warns) = match kept {
        Ok(path) => {
            let path = path.display();
            (
                lang.say_owned(
                    format!("没有剪贴板可用{because}，已记入 {path}：{what}"),
                    format!("no clipboard{because}; written to {path}: {what}"),
                ),
                !failed.is_empty(),
            )
        }
        Err(why) => (
            lang.say_owned(
                format!("没有剪贴板可用{because}，也写不进文件：{why}"),
                format!("no clipboard{because}, and no file can be written: {why}"),
            ),
            true,
        ),
    };
    (crate::source::sanitize::line(&said), warns)
}

/// Runs a command with the text on its standard input.
fn run(words: &[impl AsRef<str>], text: &str) -> Result<(), String> {
    let Some((name, rest)) = words.split_first() else {
        return Err(String::new());
    };
    let name = name.as_ref();
    let failed = |why: &io::Error| format!("{name}: {why}");
    let mut command = Command::new(name);
    command
        .args(rest.iter().map(AsRef::as_ref))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = command.spawn().map_err(|e| failed(&e))?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(text.as_bytes()).map_err(|e| failed(&e))?;
    }
    let status = child.wait().map_err(|e| failed(&e))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{name}: {status}"))
    }
}

/// Asks the terminal to take it.
fn to_terminal(text: &str) -> io::Result<()> {
    let mut sequence = String::new();
    CopyToClipboard::to_clipboard_from(text)
        .write_ansi(&mut sequence)
        .map_err(io::Error::other)?;
    display::send(sequence.as_bytes())
}

/// Adds a text to a file of excerpts, a blank line after it.
fn append(path: &Path, text: &str) -> io::Result<PathBuf> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::options().create(true).append(true).open(path)?;
    file.write_all(format!("{text}\n\n").as_bytes())?;
    Ok(path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_way_is_taken() {
        assert_eq!(
            way(Some("wl-copy -n"), true, "xterm"),
            Way::Command(vec!["wl-copy".into(), "-n".into()])
        );
        assert_eq!(way(Some(" "), true, "xterm"), Way::Tmux);
        assert_eq!(way(None, false, "xterm-256color"), Way::Terminal);
        assert_eq!(way(None, false, "linux"), Way::File);
    }

    #[test]
    fn what_fails_is_never_called_copied() {
        let folder = std::env::temp_dir().join(format!("jingdu-clip-{}", std::process::id()));
        let (said, warns) = give(
            "甲",
            "一句",
            &Way::Command(vec!["/nonexistent/copy".into()]),
            Some(&folder),
            Lang::Zh,
        );
        assert!(
            warns && said.contains("没有剪贴板可用") && said.contains("excerpts.md"),
            "{said}"
        );
        assert_eq!(
            fs::read_to_string(folder.join("excerpts.md")).unwrap(),
            "甲\n\n"
        );
        fs::remove_dir_all(folder).unwrap();
    }
}
