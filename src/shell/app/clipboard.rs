//! Gives a text to the clipboard by the best way that works here, and says which it was.
//!
//! 1. A command that the user names gets the text on its standard input.
//! 2. Inside tmux, tmux takes it into its buffer and hands it to the terminal.
//! 3. A terminal that knows how is asked to take it (OSC 52). Its success cannot be known, and
//!    is not claimed.
//! 4. Otherwise it is appended to a file of excerpts.
//!
//! Programs are run on a thread, so that no key waits for them.

use crate::shell::event::{AppEvent, EventSender};
use crate::shell::notes::written;
use crate::shell::terminal::display;
use crate::source::sanitize;
use crate::text::{Lang, Say};
use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Some terminals refuse longer texts, in bytes of base 64.
const MAX_SURE_OSC52_BYTES: usize = 74_000;

const REFUSED_BY_SOME: Say = (
    "；文字很长，有的终端不收",
    "; it is long, some terminals refuse that",
);

/// Terminals that do not know OSC 52, by their `TERM`.
const BARE_TERMINALS: &str = "dumb linux cons25 ansi vt52 vt100 vt102 vt220";

/// The way that a text goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// To a command, by its words.
    Command(Vec<String>),
    Tmux,
    Terminal,
    File,
}

/// Chooses the way by the settings and the environment.
pub(crate) fn way(command: Option<&str>, in_tmux: bool, term: &str) -> Way {
    let words = command.unwrap_or_default().split_whitespace();
    let words: Vec<String> = words.map(str::to_owned).collect();
    if !words.is_empty() {
        Way::Command(words)
    } else if in_tmux {
        Way::Tmux
    } else if term.is_empty() || BARE_TERMINALS.split(' ').any(|bare| bare == term) {
        Way::File
    } else {
        Way::Terminal
    }
}

/// A text to be copied.
pub(crate) struct Copy {
    pub text: String,
    /// Its name in messages.
    pub name: String,
    pub way: Way,
    /// The folder of the file of excerpts.
    pub notes: Option<PathBuf>,
    pub lang: Lang,
}

impl Copy {
    /// Copies the text on a thread. The message comes as an event.
    pub(crate) fn start(self, events: EventSender) {
        let work = move || {
            let (said, warns) = self.copy();
            let _ = events.send(AppEvent::Copied(sanitize::line(&said), warns));
        };
        let thread = std::thread::Builder::new().name("clipboard".to_owned());
        let _ = thread.spawn(work);
    }

    /// Copies the text; returns the message, and whether it is a warning.
    fn copy(&self) -> (String, bool) {
        match self.to_clipboard() {
            Ok(said) => (said, false),
            Err(why) => self.to_file(&why),
        }
    }

    /// Copies the text by its way, but not to a file; fails with the reason, if there is one.
    fn to_clipboard(&self) -> Result<String, String> {
        let (text, name) = (&self.text, &self.name);
        let (zh, en) = match &self.way {
            Way::Command(words) => {
                run(words, text)?;
                let to = words.first().map_or("", String::as_str);
                (
                    format!("已交给 {to}：{name}"),
                    format!("given to {to}: {name}"),
                )
            }
            Way::Tmux => {
                run(&["tmux", "load-buffer", "-w", "-"], text)
                    .or_else(|_| run(&["tmux", "load-buffer", "-"], text))?;
                (
                    format!("已放进 tmux 缓冲区：{name}"),
                    format!("in the tmux buffer: {name}"),
                )
            }
            Way::Terminal => {
                to_terminal(text).map_err(|why| why.to_string())?;
                let is_long = text.len() * 4 / 3 > MAX_SURE_OSC52_BYTES;
                let (zh, en) = if is_long { REFUSED_BY_SOME } else { ("", "") };
                (
                    format!("已发给终端（OSC 52）：{name}{zh}"),
                    format!("sent to the terminal (OSC 52): {name}{en}"),
                )
            }
            Way::File => return Err(String::new()),
        };
        Ok(self.lang.say_owned(zh, en))
    }

    /// Appends the text to the file of excerpts, since `why` kept it out of the clipboard.
    fn to_file(&self, why: &str) -> (String, bool) {
        let name = &self.name;
        let (zh, en) = (format!("（{why}）"), format!(" ({why})"));
        let because = match why {
            "" => String::new(),
            _ => self.lang.say_owned(zh, en),
        };
        let written = match &self.notes {
            Some(folder) => {
                written::append(folder, ("excerpts", "md"), &format!("{}\n\n", self.text))
            }
            None => Err(io::ErrorKind::NotFound.into()),
        };
        let (zh, en) = match &written {
            Ok(path) => {
                let path = path.display();
                (
                    format!("没有剪贴板可用{because}，已记入 {path}：{name}"),
                    format!("no clipboard{because}; written to {path}: {name}"),
                )
            }
            Err(why) => (
                format!("没有剪贴板可用{because}，也无法写入文件：{why}"),
                format!("no clipboard{because}, and no file can be written: {why}"),
            ),
        };
        let warns = !why.is_empty() || written.is_err();
        (self.lang.say_owned(zh, en), warns)
    }
}

/// Runs a command with the text on its standard input.
fn run(words: &[impl AsRef<str>], text: &str) -> Result<(), String> {
    let Some((name, rest)) = words.split_first() else {
        return Err(String::new());
    };
    let name = name.as_ref();
    let failed = |why: io::Error| format!("{name}: {why}");
    let mut child = Command::new(name)
        .args(rest.iter().map(AsRef::as_ref))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(text.as_bytes()).map_err(failed)?;
    }
    let status = child.wait().map_err(failed)?;
    let refused = || format!("{name}: {status}");
    status.success().then_some(()).ok_or_else(refused)
}

/// Asks the terminal to take the text.
fn to_terminal(text: &str) -> io::Result<()> {
    let mut sequence = String::new();
    CopyToClipboard::to_clipboard_from(text)
        .write_ansi(&mut sequence)
        .map_err(io::Error::other)?;
    display::send(sequence.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_best_way_is_taken() {
        let command = Way::Command(vec!["wl-copy".into(), "-n".into()]);
        for (set, in_tmux, term, wanted) in [
            (Some("wl-copy -n"), true, "xterm", command),
            (Some(" "), true, "xterm", Way::Tmux),
            (None, false, "xterm-256color", Way::Terminal),
            (None, false, "linux", Way::File),
        ] {
            assert_eq!(way(set, in_tmux, term), wanted);
        }
    }

    #[test]
    fn a_failure_is_never_called_copied() {
        let folder = std::env::temp_dir().join(format!("jingdu-clip-{}", std::process::id()));
        let copy = Copy {
            text: "甲".to_owned(),
            name: "一句".to_owned(),
            way: Way::Command(vec!["/nonexistent/copy".into()]),
            notes: Some(folder.clone()),
            lang: Lang::Zh,
        };
        let (said, warns) = copy.copy();
        for part in ["没有剪贴板可用", "excerpts.md"] {
            assert!(warns && said.contains(part), "{said}");
        }
        let written = fs::read_to_string(folder.join("excerpts.md")).unwrap();
        assert_eq!(written, "甲\n\n");
        fs::remove_dir_all(folder).unwrap();
    }
}
