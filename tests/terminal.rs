//! The real program in a real pseudo-terminal: it opens, reads, survives what a
//! terminal does to it, and gives the terminal back as it found it.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Programs started: each has a store of its own, unless a test says otherwise.
static STARTED: AtomicUsize = AtomicUsize::new(0);

/// The time after which a test gives up on something.
pub const LONG: Duration = Duration::from_secs(20);

/// The program in a terminal.
pub struct Terminal {
    pub child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    // dropped before the writer, which then sends an end: what the program draws at that finds
    // nobody, so that the thread that reads lets go of the terminal, however quick the program is
    bytes: Receiver<Vec<u8>>,
    writer: Box<dyn Write + Send>,
    pub parser: vt100::Parser,
    pub raw: Vec<u8>,
}

pub fn article(name: &str) -> String {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("articles")
        .join(name)
        .display()
        .to_string()
}

impl Terminal {
    pub fn run(
        program: &str,
        args: &[&str],
        env: &[(&str, &str)],
        columns: u16,
        rows: u16,
    ) -> Self {
        let pair = native_pty_system()
            .openpty(PtySize {
                rows,
                cols: columns,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        for (name, value) in [
            ("TERM", "xterm-256color"),
            ("COLORTERM", "truecolor"),
            ("LANG", "zh_CN.UTF-8"),
            ("LC_ALL", ""),
        ]
        .iter()
        .chain(env)
        {
            command.env(name, value);
        }
        command.env_remove("NO_COLOR");
        command.env_remove("TMUX");
        // never the user's own places and notes
        for (name, folder) in [
            ("XDG_STATE_HOME", "state"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_CONFIG_HOME", "config"),
        ] {
            command.env(
                name,
                std::env::temp_dir()
                    .join(format!("jingdu-tests-{}", std::process::id()))
                    .join(format!(
                        "{folder}-{}",
                        STARTED.fetch_add(1, Ordering::SeqCst)
                    )),
            );
        }
        for (name, value) in env {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 65536];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..n].to_vec()).is_err() {
                    break;
                }
            }
        });
        let writer = pair.master.take_writer().unwrap();
        let parser = vt100::Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 0);
        Self {
            child,
            master: pair.master,
            writer,
            bytes,
            parser,
            raw: Vec::new(),
        }
    }

    fn open(args: &[&str], columns: u16, rows: u16) -> Self {
        Self::run(env!("CARGO_BIN_EXE_jingdu"), args, &[], columns, rows)
    }

    pub fn keys(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    fn resize(&mut self, columns: u16, rows: u16) {
        let size = PtySize {
            rows,
            cols: columns,
            ..PtySize::default()
        };
        self.master.resize(size).unwrap();
        let screen = self.parser.screen_mut();
        screen.set_size(rows.try_into().unwrap(), columns.try_into().unwrap());
    }

    pub fn take(&mut self, wait: Duration) -> bool {
        match self.bytes.recv_timeout(wait) {
            Ok(bytes) => {
                self.parser.process(&bytes);
                self.raw.extend(bytes);
                true
            }
            Err(_) => false,
        }
    }

    pub fn screen(&self) -> String {
        self.parser.screen().contents()
    }

    /// Waits until the screen shows `text`.
    pub fn shows(&mut self, text: &str) {
        let end = Instant::now() + LONG;
        while !self.screen().contains(text) {
            assert!(
                Instant::now() < end,
                "never showed {text:?}:\n{}",
                self.screen()
            );
            self.take(Duration::from_millis(50));
        }
    }

    /// Waits for the end; the exit code.
    pub fn ends(&mut self) -> u32 {
        let end = Instant::now() + LONG;
        loop {
            while self.take(Duration::from_millis(5)) {}
            if let Some(status) = self.child.try_wait().unwrap() {
                while self.take(Duration::from_millis(30)) {}
                return status.exit_code();
            }
            assert!(Instant::now() < end, "never ended:\n{}", self.screen());
        }
    }

    pub fn signal(&self, signal: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(
            std::process::Command::new("kill")
                .args([signal, &pid])
                .status()
                .unwrap()
                .success()
        );
    }

    /// The terminal as a shell wants to find it.
    pub fn is_clean(&self) {
        let screen = self.parser.screen();
        assert!(!screen.alternate_screen(), "alternate screen left on");
        assert!(!screen.hide_cursor(), "cursor left hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste left on");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    }
}

#[test]
fn a_session_of_reading() {
    let mut t = Terminal::open(&[&article("02-crawled-commentary.md")], 80, 24);
    t.shows("老旧小区改造要改到居民的日子里");
    t.shows("已折叠 6 行");
    assert!(t.parser.screen().alternate_screen());
    t.keys("JJJ");
    t.shows("第3点/18");
    t.keys("/老旧小区\r");
    t.shows("5/7");
    t.keys("nn");
    t.shows("7/7");
    t.keys("\u{1b}");
    t.keys(" ");
    t.resize(40, 12);
    t.keys("gg");
    t.shows(" 0%");
    t.keys("q");
    assert_eq!(t.ends(), 0);
    t.is_clean();
}

/// The size has been read when the pipe is opened; the handler for changes is installed only
/// after the first bytes have come out of it.
#[test]
fn a_resize_while_it_starts_is_not_lost() {
    let pipe = std::env::temp_dir().join(format!("jingdu-resize-{}", std::process::id()));
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let mut t = Terminal::open(&[&pipe.display().to_string()], 80, 24);
    let mut writer = std::fs::File::options().write(true).open(&pipe).unwrap();
    t.resize(40, 12);
    writer.write_all("雄安\n\n新区。\n".as_bytes()).unwrap();
    drop(writer);
    t.shows("? 帮助");
    let row = |n: usize| format!("\u{1b}[{n};");
    let raw = String::from_utf8_lossy(&t.raw).into_owned();
    assert!(raw.contains(&row(12)) && !raw.contains(&row(24)), "{raw:?}");
    t.keys("q");
    assert_eq!(t.ends(), 0);
    std::fs::remove_file(pipe).unwrap();
}

#[test]
fn an_input_method_commits_by_pasting() {
    let mut t = Terminal::open(&[&article("02-crawled-commentary.md")], 80, 24);
    t.shows("已折叠 6 行");
    // in reading, a paste is nothing: not even q
    t.keys("\u{1b}[200~qqq\u{1b}[201~");
    t.keys("／");
    t.shows("查找");
    t.keys("\u{1b}[200~老旧\u{1b}[201~\u{1b}[200~小区\u{1b}[201~");
    t.shows("/老旧小区");
    t.shows("1/7");
    let (row, column) = t.parser.screen().cursor_position();
    assert_eq!((row, column), (1, 10));
    assert!(!t.parser.screen().hide_cursor());
    t.keys("\r");
    t.keys("\u{3}");
    assert_eq!(t.ends(), 0);
    t.is_clean();
}

#[test]
fn every_way_out_gives_the_terminal_back() {
    for (signal, code) in [("-TERM", 143), ("-HUP", 129), ("-INT", 130), ("-QUIT", 131)] {
        let mut t = Terminal::open(&[&article("05-essay.txt")], 60, 20);
        t.shows("收音机里的雨");
        t.signal(signal);
        assert_eq!(t.ends(), code, "{signal}");
        t.is_clean();
    }
}

/// Runs only as a child of the test below: takes the terminal, then panics.
#[test]
fn child_that_panics() {
    if std::env::var_os("JINGDU_TEST_PANIC").is_some() {
        jingdu::shell::terminal::guard_panics();
        jingdu::shell::terminal::enter(true).unwrap();
        panic!("on purpose");
    }
}

#[test]
fn a_panic_gives_the_terminal_back_and_can_be_read() {
    let this = std::env::current_exe().unwrap();
    let mut t = Terminal::run(
        &this.display().to_string(),
        &["--exact", "terminal::child_that_panics", "--nocapture"],
        &[("JINGDU_TEST_PANIC", "1")],
        80,
        24,
    );
    assert_ne!(t.ends(), 0);
    t.is_clean();
    let text = String::from_utf8_lossy(&t.raw).into_owned();
    let left = text
        .find("\u{1b}[?1049l")
        .expect("left the alternate screen");
    assert!(text.find("\u{1b}[?1049h").is_some_and(|taken| taken < left));
    assert!(
        text.find("on purpose").is_some_and(|said| said > left),
        "{text:?}"
    );
}

#[test]
fn at_rest_it_sends_nothing() {
    let mut t = Terminal::open(&[&article("01-guide.md")], 120, 40);
    t.shows("跟着这篇文章学 jingdu");
    while t.take(Duration::from_millis(300)) {}
    let sent = t.raw.len();
    assert!(
        !t.take(Duration::from_millis(700)),
        "sent {} bytes at rest",
        t.raw.len() - sent
    );
    t.keys("q");
    assert_eq!(t.ends(), 0);
}

#[test]
fn answers_of_the_terminal_are_no_keys() {
    let mut t = Terminal::open(&[&article("05-essay.txt")], 60, 20);
    t.shows("收音机里的雨");
    t.keys("\u{1b}]11;rgb:fafa/f8f8/f2f2\u{1b}\\\u{1b}[1;3R\u{1b}[?62;22c");
    t.keys("?");
    t.shows("翻阅");
    t.keys("q");
    t.shows("老许");
    t.keys("q");
    assert_eq!(t.ends(), 0);
    t.is_clean();
}

#[test]
fn many_keys_at_once_are_taken_before_drawing() {
    let mut t = Terminal::open(&[&article("06-long-report.md")], 80, 24);
    t.shows("乡镇");
    let before = t.raw.len();
    t.keys(&"j".repeat(2000));
    t.keys("G");
    t.shows("100%");
    while t.take(Duration::from_millis(100)) {}
    assert!(
        t.raw.len() - before < 400_000,
        "{} bytes for 2000 keys",
        t.raw.len() - before
    );
    t.keys("q");
    assert_eq!(t.ends(), 0);
}

#[test]
fn frames_cost_little_more_than_their_text() {
    let mut t = Terminal::open(&[&article("06-long-report.md")], 80, 24);
    t.shows("乡镇");
    while t.take(Duration::from_millis(200)) {}
    for _ in 0..8 {
        let before = t.raw.len();
        t.keys(" ");
        while t.take(Duration::from_millis(120)) {}
        let (sent, shown) = (t.raw.len() - before, t.screen().len());
        assert!(
            sent <= shown * 3 / 2 + 1024,
            "{sent} bytes for a screen of {shown}"
        );
    }
    t.keys("q");
    assert_eq!(t.ends(), 0);
}

#[test]
fn without_colours_none_is_sent() {
    let mut t = Terminal::run(
        env!("CARGO_BIN_EXE_jingdu"),
        &[&article("05-essay.txt")],
        &[("NO_COLOR", "1")],
        60,
        20,
    );
    t.shows("收音机里的雨");
    t.keys("/老许\r");
    t.shows("1/");
    t.keys("q");
    assert_eq!(t.ends(), 0);
    let text = String::from_utf8_lossy(&t.raw).into_owned();
    assert!(!text.contains("[38;") && !text.contains("[48;"), "{text:?}");
}

/// Runs the program without a terminal: status, output, error.
fn piped(args: &[&str]) -> (i32, String, String) {
    let out = std::process::Command::new(env!("CARGO_BIN_EXE_jingdu"))
        .args(args)
        .env("LANG", "zh_CN.UTF-8")
        .env("LC_ALL", "")
        .output()
        .unwrap();
    (
        out.status.code().unwrap_or(-1),
        String::from_utf8(out.stdout).unwrap(),
        String::from_utf8(out.stderr).unwrap(),
    )
}

#[test]
fn without_a_terminal_it_prints() {
    let file = article("05-essay.txt");
    let (code, text, error) = piped(&[&file]);
    assert_eq!((code, error.as_str()), (0, ""));
    assert!(text.contains("收音机里的雨") && !text.contains('\u{1b}'));
    let (_, printed, _) = piped(&["print", &file]);
    assert_eq!(text, printed);
    let flat = |text: &str| text.split_whitespace().collect::<String>();
    for width in ["0", "7", "20", "33", "80", "200"] {
        let (code, other, _) = piped(&["print", &file, "--width", width]);
        assert_eq!(code, 0);
        assert_eq!(flat(&other), flat(&text), "--width {width}");
    }
}

#[test]
fn what_cannot_be_read_is_said_in_one_line() {
    let folder = std::env::temp_dir().join(format!("jingdu-test-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    let cases = [
        (file("empty.md", b""), "是空的"),
        (file("book.epub", b"PK\x03\x04\x14\0\0\0"), "压缩包"),
        (file("a.pdf", b"%PDF-1.4\n"), "PDF"),
        (
            file("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\0"),
            "图片",
        ),
        (folder.join("none.md").display().to_string(), "没有这个文件"),
        (
            folder.join("\u{1b}]0;x\u{7}.md").display().to_string(),
            "没有这个文件",
        ),
        (folder.display().to_string(), "是目录"),
    ];
    for (path, said) in &cases {
        for command in ["print", "outline", "check"] {
            let (code, out, error) = piped(&[command, path]);
            assert_eq!((code, out.as_str()), (2, ""), "{command} {path}");
            assert!(
                error.contains(said) && error.lines().count() == 1,
                "{error}"
            );
            assert!(!error.trim_end().chars().any(char::is_control), "{error:?}");
        }
    }
    let (code, _, error) = piped(&["print", &article("05-essay.txt"), "--encoding", "klingon"]);
    assert!(code == 2 && error.contains("klingon"));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn json_is_what_scripts_build_on() {
    let (code, text, _) = piped(&[
        "outline",
        &article("02-crawled-commentary.md"),
        "--format",
        "json",
    ]);
    assert_eq!(code, 0);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    for key in [
        "file", "title", "date", "author", "source", "points", "topics", "folded",
    ] {
        assert!(value.get(key).is_some(), "{key}");
    }
    for point in value["points"].as_array().unwrap() {
        for key in [
            "marker", "label", "text", "level", "parent", "series", "start", "end",
        ] {
            assert!(point.get(key).is_some(), "{key}");
        }
    }
}

/// Ctrl-z in the reader's editor stops both: the shell has the terminal, and `fg`
/// wakes them.
#[test]
fn the_editor_can_be_stopped() {
    let folder = std::env::temp_dir().join(format!("jingdu-editor-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let editor = folder.join("editor");
    std::fs::write(
        &editor,
        "#!/bin/sh\necho 这是编辑器\nread line\necho \"写了$line\" > \"$1\"\n",
    )
    .unwrap();
    let mut access = std::fs::metadata(&editor).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut access, 0o755);
    std::fs::set_permissions(&editor, access).unwrap();
    let name = editor.display().to_string();
    let mut t = Terminal::run(
        "/bin/sh",
        &["-i"],
        &[("EDITOR", &name), ("VISUAL", &name), ("PS1", "外壳> ")],
        80,
        24,
    );
    t.shows("外壳>");
    t.keys(&format!(
        "{} {}\r",
        env!("CARGO_BIN_EXE_jingdu"),
        article("05-essay.txt")
    ));
    t.shows("? 帮助");
    t.keys("a");
    t.shows("批注");
    t.keys("\x05");
    t.shows("这是编辑器");
    t.keys("\x1a");
    t.shows("[1]");
    t.keys("echo $((6 * 7))42\r");
    t.shows("4242");
    t.keys("fg\r");
    t.keys("好\r");
    t.shows("已存");
    t.keys("q");
    t.shows("外壳>");
    t.keys("exit\r");
    assert_eq!(t.ends(), 0);
    std::fs::remove_dir_all(&folder).unwrap();
}
