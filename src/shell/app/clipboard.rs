//! Gives a text to the clipboard by the best way that works here, and says which it was.
//!
//! 1. A command that the user names gets the text on its standard input.
//! 2. Inside tmux, tmux takes it into its buffer and hands it to the terminal.
//! 3. A terminal that knows how is asked to take it (OSC 52), through GNU screen where that is
//!    between. Its success cannot be known, and is not claimed; where it is doubtful, what would
//!    help is said, and the text is kept in the file of excerpts as well.
//! 4. Otherwise it is appended to that file.
//!
//! Programs are run on a thread, so that no key waits for them, and are given a limit of time.

use crate::shell::environment;
use crate::shell::event::{AppEvent, EventSender};
use crate::shell::multiplexer::{Multiplexer, WayToTerminal};
use crate::shell::notes::written;
use crate::shell::os::reason::reason;
use crate::shell::terminal::display;
use crate::source::sanitize;
use crate::text::{Lang, Say};
use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Some terminals refuse longer texts, in bytes of base 64.
const MAX_SURE_OSC52_BYTES: usize = 74_000;

/// GNU screen takes control strings of less than 768 bytes.
const MAX_SCREEN_STRING_BYTES: usize = 512;

/// The time that a clipboard command may take.
const COMMAND_TIMEOUT: Duration = Duration::from_secs(5);

const REFUSED_BY_SOME: Say = (
    "文字很长，有的终端不收",
    "it is long, and some terminals refuse that",
);

/// Terminals that do not know OSC 52, by their `TERM`.
const BARE_TERMINALS: &str = "dumb linux cons25 ansi vt52 vt100 vt102 vt220";

/// The way that a text goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// To a command, by its words.
    Command(Vec<String>),
    Tmux,
    Terminal(WayToTerminal),
    File,
}

/// Chooses the way by the settings and the environment.
pub(crate) fn way(command: Option<&str>, terminal: WayToTerminal) -> Way {
    let words = environment::words(command.unwrap_or_default());
    if !words.is_empty() {
        return Way::Command(words);
    }
    let term = terminal.term.as_str();
    let is_bare = term.is_empty() || BARE_TERMINALS.split(' ').any(|bare| bare == term);
    match terminal.around {
        Multiplexer::Tmux => Way::Tmux,
        _ if is_bare => Way::File,
        _ => Way::Terminal(terminal),
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
    /// Copies the text on a thread, after the copy `before` it: what was copied last is what the
    /// clipboard holds. The message comes as an event.
    pub(crate) fn start(
        self,
        events: EventSender,
        before: Option<JoinHandle<()>>,
    ) -> Option<JoinHandle<()>> {
        let work = move || {
            let _ = before.map(JoinHandle::join);
            let (said, warns) = self.copy();
            let _ = events.send(AppEvent::Copied(sanitize::line(&said), warns));
        };
        let thread = std::thread::Builder::new().name("clipboard".to_owned());
        thread.spawn(work).ok()
    }

    /// Copies the text; returns the message, and whether it is a warning.
    pub(super) fn copy(&self) -> (String, bool) {
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
                self.run(words)?;
                let to = words.first().map_or("", String::as_str);
                (
                    format!("已交给 {to}：{name}"),
                    format!("given to {to}: {name}"),
                )
            }
            Way::Tmux => {
                self.run(&["tmux", "load-buffer", "-w", "-"])
                    .or_else(|_| self.run(&["tmux", "load-buffer", "-"]))?;
                (
                    format!("已放进 tmux 缓冲区：{name}"),
                    format!("in the tmux buffer: {name}"),
                )
            }
            Way::Terminal(way) => {
                to_terminal(text, way.around).map_err(|why| self.reason(&why))?;
                self.sent(way.doubt)
            }
            Way::File => return Err(String::new()),
        };
        Ok(self.lang.say_owned(zh, en))
    }

    /// Returns the message that the terminal was asked; keeps the text in the file of excerpts
    /// where it may not arrive.
    fn sent(&self, doubt: Option<Say>) -> (String, String) {
        let name = &self.name;
        let is_long = self.text.len() * 4 / 3 > MAX_SURE_OSC52_BYTES;
        let doubt = doubt.or(is_long.then_some(REFUSED_BY_SOME));
        let Some((zh, en)) = doubt else {
            return (
                format!("已发给终端（OSC 52）：{name}"),
                format!("sent to the terminal (OSC 52): {name}"),
            );
        };
        match self.append().map(|path| sanitize::path(&path)) {
            Ok(path) => (
                format!("已发给终端，未必收到：{zh}；另存 {path}：{name}"),
                format!("sent, but may not arrive: {en}; also in {path}: {name}"),
            ),
            Err(_) => (
                format!("已发给终端，未必收到：{zh}：{name}"),
                format!("sent, but may not arrive: {en}: {name}"),
            ),
        }
    }

    /// Appends the text to the file of excerpts, since `why` kept it out of the clipboard.
    fn to_file(&self, why: &str) -> (String, bool) {
        let name = &self.name;
        let (zh, en) = (format!("（{why}）"), format!(" ({why})"));
        let because = match why {
            "" => String::new(),
            _ => self.lang.say_owned(zh, en),
        };
        let written = self.append();
        let (zh, en) = match &written {
            Ok(path) => {
                let path = sanitize::path(path);
                (
                    format!("没有剪贴板可用{because}，已记入 {path}：{name}"),
                    format!("no clipboard{because}; written to {path}: {name}"),
                )
            }
            Err(why) => {
                let why = self.reason(why);
                (
                    format!("没有剪贴板可用{because}，也无法写入文件：{why}"),
                    format!("no clipboard{because}, and no file can be written: {why}"),
                )
            }
        };
        let warns = !why.is_empty() || written.is_err();
        (self.lang.say_owned(zh, en), warns)
    }

    /// Returns the reason of a failure in the user's language.
    fn reason(&self, why: &io::Error) -> String {
        reason(why, self.lang)
    }

    /// Appends the text and a blank line to the file of excerpts; returns its path.
    fn append(&self) -> io::Result<PathBuf> {
        let folder = self.notes.as_ref().ok_or(io::ErrorKind::NotFound)?;
        written::append(folder, ("excerpts", "md"), &format!("{}\n\n", self.text))
    }

    /// Runs a command with the text on its standard input, and ends it where it takes too long.
    fn run(&self, words: &[impl AsRef<str>]) -> Result<(), String> {
        let Some((name, rest)) = words.split_first() else {
            return Err(String::new());
        };
        let name = name.as_ref();
        let failed = |why: io::Error| format!("{name}: {}", self.reason(&why));
        let mut child = Command::new(name)
            .args(rest.iter().map(AsRef::as_ref))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        if let Some(mut input) = child.stdin.take() {
            let text = self.text.clone();
            // a command that does not read stops at what a pipe holds; its end breaks the pipe
            let write = move || _ = input.write_all(text.as_bytes());
            let thread = std::thread::Builder::new().name("clipboard input".to_owned());
            thread.spawn(write).map_err(failed)?;
        }
        match wait(&mut child, COMMAND_TIMEOUT).map_err(failed)? {
            Some(status) if status.success() => Ok(()),
            Some(status) => {
                let zh = format!("{name}：失败，状态 {}", status.code().unwrap_or(-1));
                Err(self.lang.say_owned(zh, format!("{name}: {status}")))
            }
            None => {
                child.kill().and_then(|()| child.wait()).map_err(failed)?;
                let seconds = COMMAND_TIMEOUT.as_secs();
                let zh = format!("{name} 过了 {seconds} 秒还没有结束");
                let en = format!("{name} did not end within {seconds} s");
                Err(self.lang.say_owned(zh, en))
            }
        }
    }
}

/// Waits for a child, but no longer than `timeout`: then `None`.
pub(super) fn wait(child: &mut Child, timeout: Duration) -> io::Result<Option<ExitStatus>> {
    let (end, mut pause) = (Instant::now() + timeout, Duration::from_millis(1));
    loop {
        let status = child.try_wait()?;
        if status.is_some() {
            return Ok(status);
        }
        if Instant::now() > end {
            return Ok(None);
        }
        std::thread::sleep(pause);
        pause = (2 * pause).min(Duration::from_millis(100));
    }
}

/// Asks the terminal to take the text.
fn to_terminal(text: &str, around: Multiplexer) -> io::Result<()> {
    let mut sequence = String::new();
    CopyToClipboard::to_clipboard_from(text)
        .write_ansi(&mut sequence)
        .map_err(io::Error::other)?;
    if around != Multiplexer::Screen {
        display::send(sequence.as_bytes())?;
    }
    if around.is_screen() {
        display::send(through_screen(&sequence).as_bytes())?;
    }
    Ok(())
}

/// Wraps a sequence so that GNU screen hands it to the terminal: in strings as short as it
/// takes. The sequence is ASCII.
fn through_screen(sequence: &str) -> String {
    // ESC \ would end the string: BEL ends the sequence as well
    let sequence = sequence.replace("\u{1b}\\", "\u{7}");
    let chunks = sequence.as_bytes().chunks(MAX_SCREEN_STRING_BYTES);
    let wrap = |chunk| format!("\u{1b}P{}\u{1b}\\", String::from_utf8_lossy(chunk));
    chunks.map(wrap).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn terminal(around: Multiplexer, term: &str, doubt: Option<Say>) -> WayToTerminal {
        let term = term.to_owned();
        WayToTerminal {
            around,
            term,
            doubt,
        }
    }

    fn by_command(words: &[&str]) -> Way {
        Way::Command(words.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn the_best_way_is_taken() {
        use Multiplexer::{Direct, Tmux};
        let direct = terminal(Direct, "xterm-256color", None);
        for (set, around, term, wanted) in [
            (
                Some("wl-copy -n"),
                Tmux,
                "xterm",
                by_command(&["wl-copy", "-n"]),
            ),
            (
                Some("sh -c 'cat > \"$1\"' -- '/tmp/a b'"),
                Direct,
                "xterm",
                by_command(&["sh", "-c", "cat > \"$1\"", "--", "/tmp/a b"]),
            ),
            (Some(" "), Tmux, "xterm", Way::Tmux),
            (None, Direct, "xterm-256color", Way::Terminal(direct)),
            (None, Direct, "linux", Way::File),
        ] {
            assert_eq!(way(set, terminal(around, term, None)), wanted);
        }
    }

    /// Runs `copy` on a text; returns its result, and the file of excerpts.
    fn excerpt<T>(name: &str, way: Way, copy: fn(&Copy) -> T) -> (T, String) {
        let folder = std::env::temp_dir().join(format!("jingdu-{name}-{}", std::process::id()));
        let result = copy(&Copy {
            text: "甲".to_owned(),
            name: "一句".to_owned(),
            way,
            notes: Some(folder.clone()),
            lang: Lang::Zh,
        });
        let written = fs::read_to_string(folder.join("excerpts.md")).unwrap_or_default();
        let _ = fs::remove_dir_all(folder);
        (result, written)
    }

    #[test]
    fn a_failure_is_never_called_copied() {
        for (words, why) in [
            (&["/nonexistent/copy"][..], "没有这个"),
            (&["sh", "-c", "exit 3"], "状态 3"),
        ] {
            let ((said, warns), written) = excerpt("clip", by_command(words), Copy::copy);
            for part in ["没有剪贴板可用", "excerpts.md", why] {
                assert!(warns && said.contains(part), "{said}");
            }
            assert_eq!(written, "甲\n\n");
        }
    }

    #[test]
    fn a_command_that_hangs_is_ended_and_said() {
        let begun = Instant::now();
        let ((said, warns), written) = excerpt("hang", by_command(&["sleep", "60"]), Copy::copy);
        assert!(
            warns && said.contains("sleep 过了 5 秒还没有结束"),
            "{said}"
        );
        assert_eq!(written, "甲\n\n");
        assert!(begun.elapsed() < 2 * COMMAND_TIMEOUT);
    }

    #[test]
    fn what_may_not_arrive_is_kept_and_the_remedy_said() {
        let ((said, _), written) = excerpt("doubt", Way::Tmux, |copy| {
            copy.sent(Some(("先 set -g set-clipboard on", "set-clipboard")))
        });
        for part in [
            "已发给终端，未必收到",
            "先 set -g set-clipboard on",
            "excerpts.md",
        ] {
            assert!(said.contains(part), "{said}");
        }
        assert_eq!(written, "甲\n\n");
        let ((said, _), written) = excerpt("sure", Way::Tmux, |copy| copy.sent(None));
        assert_eq!(
            (said.as_str(), written.as_str()),
            ("已发给终端（OSC 52）：一句", "")
        );
    }

    #[test]
    fn screen_hands_a_sequence_on_in_short_strings() {
        let long = format!("\u{1b}]52;c;{}\u{1b}\\", "QUJD".repeat(500));
        let wrapped = through_screen(&long);
        let parts: Vec<&str> = wrapped.split_terminator("\u{1b}\\").collect();
        assert!(
            parts
                .iter()
                .all(|part| part.len() <= MAX_SCREEN_STRING_BYTES + 2)
        );
        let inside: String = parts
            .iter()
            .map(|part| part.strip_prefix("\u{1b}P").unwrap())
            .collect();
        assert_eq!(inside, long.replace("\u{1b}\\", "\u{7}"));
    }
}
