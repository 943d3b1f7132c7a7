//! Counts the instructions of the five paths that a reader waits for, and prints
//! them beside the last committed figures of `benches/hot_paths.txt`.
//!
//! `cargo run --release --example hot_paths` counts. It is a report, not a test: it never
//! fails because of a figure. `UPDATE_EXPECT=1` writes new figures. It needs valgrind and
//! says so where that is not installed.
//!
//! 1. Runs itself under valgrind, once for a path done a few times and once for
//!    the same without it: the difference is the path's.
//! 2. As `hot_paths PATH TIMES` it does the path: in one process, without a
//!    terminal, from the file's bytes or the key to the bytes of the frame.

use jingdu::command::{Input, Keymap, update};
use jingdu::session::{Article, Session, Settings};
use jingdu::shell::terminal::display::{self, Abilities, Display};
use jingdu::source;
use jingdu::text::key::Key;
use jingdu::view::theme::Depth;
use jingdu::view::{self, Theme};
use ratatui::buffer::Buffer;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The paths, and how often each is done.
const PATHS: &[(&str, usize)] = &[
    ("open", 4),
    ("line", 40),
    ("page", 20),
    ("search", 8),
    ("resize", 10),
];
const COMMENTARY: &str = include_str!("../articles/02-crawled-commentary.md");
const REPORT: &str = include_str!("../articles/06-long-report.md");

/// A reading on a terminal that can scroll, and what it takes to draw it.
struct Stage {
    session: Session,
    keymap: Keymap,
    theme: Theme,
    display: Display,
    buffer: Buffer,
    sent: usize,
}

impl Stage {
    fn open(text: &str) -> Self {
        let mut session = Session::new(Settings::default(), 120, 40);
        session.open(Article::new("a.md", source::read(text.as_bytes(), None)));
        session.refresh();
        let can = Abilities {
            scrolls: true,
            margins: true,
            ..Abilities::default()
        };
        let (theme, display) = (
            Theme::named("auto", None, Depth::Palette),
            Display::new(can),
        );
        let mut stage = Self {
            session,
            keymap: Keymap::default(),
            theme,
            display,
            buffer: display::buffer(120, 40),
            sent: 0,
        };
        stage.draw();
        stage
    }

    fn draw(&mut self) {
        let (columns, rows) = (self.session.screen.columns, self.session.screen.rows);
        if self.buffer.area.width != columns {
            self.buffer = display::buffer(columns, rows);
        }
        let drawn = view::draw(&self.session, &self.keymap, &self.theme, &mut self.buffer);
        self.sent += self.display.frame(&self.buffer, &drawn).len();
    }

    fn take(&mut self, input: Input) {
        let _ = update(&mut self.session, &self.keymap, input);
        self.draw();
    }

    fn keys(&mut self, keys: &str) {
        for key in keys.split(' ').filter_map(Key::parse) {
            self.take(Input::Key(key));
        }
    }
}

/// Does a path so often; returns the bytes that were sent, so that nothing is left out.
fn walk(path: &str, times: usize) -> usize {
    if path == "open" {
        return (0..times).map(|_| Stage::open(COMMENTARY).sent).sum();
    }
    let mut stage = Stage::open(&[COMMENTARY, &REPORT.repeat(8)].concat());
    stage.keys("5 0 %");
    for i in 0..times {
        match path {
            "line" => stage.keys(if i % 20 < 10 { "j" } else { "k" }),
            "page" => stage.keys(if i % 10 < 5 { "f" } else { "b" }),
            "search" => stage.keys("/ 居 民 enter esc"),
            _ => stage.take(Input::Resize(if i % 2 == 0 { 90 } else { 120 }, 40)),
        }
    }
    stage.sent
}

/// The instructions of a path done so often; `None` where they cannot be counted.
fn count(path: &str, times: usize) -> Option<u64> {
    let out = std::env::temp_dir().join(format!("hot_paths.{}", std::process::id()));
    let itself = std::env::current_exe().ok()?;
    let to = format!("--callgrind-out-file={}", out.display());
    Command::new("valgrind")
        .args(["-q", "--tool=callgrind", &to])
        .arg(itself)
        .args([path, &times.to_string()])
        .output()
        .ok()?;
    let text = std::fs::read_to_string(&out).ok()?;
    let _ = std::fs::remove_file(&out);
    text.lines().find_map(|line| {
        line.strip_prefix("summary: ")
            .or(line.strip_prefix("totals: "))?
            .trim()
            .parse()
            .ok()
    })
}

/// The committed figures: a path and its instructions a line.
fn committed(file: &Path) -> BTreeMap<String, u64> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let row = |line: &str| {
        line.split_once(' ')
            .and_then(|(path, n)| Some((path.to_owned(), n.trim().parse().ok()?)))
    };
    text.lines().filter_map(row).collect()
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [path, times] = arguments.as_slice() {
        println!("{}", walk(path, times.parse().unwrap_or(0)));
        return ExitCode::SUCCESS;
    }
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/hot_paths.txt");
    let (before, mut now) = (committed(&file), String::new());
    for (path, times) in PATHS {
        let (Some(none), Some(all)) = (count(path, 0), count(path, *times)) else {
            println!("valgrind is not installed: the hot paths are not counted");
            return ExitCode::SUCCESS;
        };
        let each = all.saturating_sub(none) / *times as u64;
        let _ = writeln!(now, "{path} {each}");
        match before.get(*path) {
            Some(was) => {
                println!(
                    "{path:>8} {each:>12} instructions, {was:>12} committed, {:>4} %",
                    each * 100 / was
                );
            }
            None => println!("{path:>8} {each:>12} instructions"),
        }
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        return if std::fs::write(&file, now).is_ok() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        };
    }
    ExitCode::SUCCESS
}
