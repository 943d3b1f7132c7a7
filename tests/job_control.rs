//! Suspending in a real shell: whatever waits for the program gives the prompt back, and `fg`
//! draws the screen again. Leaving a terminal without an alternate screen.

use crate::terminal::{LONG, Terminal, article};
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

const JINGDU: &str = env!("CARGO_BIN_EXE_jingdu");

/// A folder of one test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("jingdu-job-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn script(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        let mut access = fs::metadata(&path).unwrap().permissions();
        std::os::unix::fs::PermissionsExt::set_mode(&mut access, 0o755);
        fs::set_permissions(&path, access).unwrap();
        path.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn has(program: &str) -> bool {
    let found = std::process::Command::new("sh")
        .args(["-c", &format!("command -v {program}")])
        .output();
    found.is_ok_and(|out| out.status.success())
}

/// An interactive bash with a prompt of its own.
fn bash(env: &[(&str, &str)]) -> Terminal {
    let mut all = vec![("PS1", "外壳> "), ("HISTFILE", "")];
    all.extend(env);
    let mut t = Terminal::run("bash", &["--norc", "--noprofile", "-i"], &all, 100, 24);
    t.shows("外壳>");
    t
}

/// Waits until the text was sent after `mark`.
fn sent(t: &mut Terminal, mark: usize, text: &str) {
    let end = Instant::now() + LONG;
    while !String::from_utf8_lossy(&t.raw[mark..]).contains(text) {
        assert!(Instant::now() < end, "never sent {text:?}:\n{}", t.screen());
        t.take(Duration::from_millis(50));
    }
}

/// Waits for the prompt, at which commands are typed behind blanks: a shell that has just got the
/// terminal back may drop the first key. bash turns bracketed paste on by itself.
fn stopped(t: &mut Terminal, mark: usize) {
    sent(t, mark, "Stopped");
    sent(t, mark, "外壳>");
    let screen = t.parser.screen();
    assert!(!screen.alternate_screen() && !screen.hide_cursor());
}

/// Leaves the program; waits for the prompt.
fn quits(t: &mut Terminal) {
    let mark = t.raw.len();
    t.keys("q");
    sent(t, mark, "\u{1b}[?1049l");
    // whatever else the shell waits for
    t.keys("\u{3}");
    sent(t, mark, "外壳>");
}

/// Stops what the command has started, works in the shell, and comes back: twice.
fn stops_and_comes_back(command: &str, shown: &str, env: &[(&str, &str)]) {
    let mut t = bash(env);
    t.keys(&format!("{command}\r"));
    t.shows("? 帮助");
    t.shows(shown);
    for round in 0..2 {
        let mark = t.raw.len();
        t.keys("\u{1a}");
        stopped(&mut t, mark);
        let mark = t.raw.len();
        t.keys("  echo $((6 * 7))42; stty -a | grep -o ' [-]*icanon'\r");
        sent(&mut t, mark, "4242");
        sent(&mut t, mark, " icanon");
        let mark = t.raw.len();
        t.keys("  fg\r");
        sent(&mut t, mark, "\u{1b}[?1049h");
        t.shows("? 帮助");
        t.shows(shown);
        assert!(t.parser.screen().alternate_screen(), "{command} {round}");
        t.keys("j");
    }
    quits(&mut t);
    t.keys("  exit\r");
    t.ends();
}

#[test]
fn the_prompt_comes_back_wherever_it_was_started() {
    let folder = Folder::new("all");
    let file = article("05-essay.txt");
    let title = "收音机里的雨";
    let run = format!("{JINGDU} {file}");
    stops_and_comes_back(&run, title, &[]);
    stops_and_comes_back(&format!("sh -c '{run}; true'"), title, &[]);
    stops_and_comes_back(&format!("(cat {file}; sleep 77) | {JINGDU} -"), "老许", &[]);
    stops_and_comes_back(&format!("echo {file} | xargs -o {JINGDU}"), title, &[]);
    let name = "02-crawled-commentary.md";
    let parent = PathBuf::from(&file).parent().unwrap().display().to_string();
    let found = format!("find {parent} -name {name} -exec {JINGDU} {{}} \\;");
    stops_and_comes_back(&found, "老旧小区", &[]);
    // programs that start a pager, and wait for it
    let pager = format!("{JINGDU} -");
    let git = folder.script(
        "gitlike",
        &format!("trap '' TTOU; cat {file} | $GIT_PAGER; wait; exit 0"),
    );
    stops_and_comes_back(&git, "老许", &[("GIT_PAGER", &pager)]);
}

#[test]
fn the_prompt_comes_back_from_a_pager_of_git() {
    if !has("git") {
        eprintln!("\n*** SKIPPED: no git ***\n");
        return;
    }
    let folder = Folder::new("git");
    let git = format!(
        "git -C {} -c user.name=甲 -c user.email=a@b",
        folder.0.display()
    );
    let mut all = format!("{git} init -q");
    for message in ["第一次提交", "第二次提交"] {
        all += &format!("; {git} commit -q --allow-empty -m {message}");
    }
    let made = std::process::Command::new("sh").args(["-c", &all]).status();
    assert!(made.unwrap().success());
    let pager = format!("{JINGDU} -");
    let env = [
        ("GIT_PAGER", pager.as_str()),
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ];
    stops_and_comes_back(&format!("{git} --paginate log"), "第二次提交", &env);
}

#[test]
fn the_prompt_comes_back_from_a_pager_of_man() {
    if !has("man") {
        eprintln!("\n*** SKIPPED: no man ***\n");
        return;
    }
    let folder = Folder::new("man");
    let page = folder.0.join("jingdu-test.1");
    fs::write(&page, ".TH T 1\n.SH NAME\nwords of the page\n").unwrap();
    let pager = format!("{JINGDU} -");
    let run = format!("man -l {}", page.display());
    stops_and_comes_back(&run, "words of the page", &[("MANPAGER", &pager)]);
}

/// Also while the reader's own editor has the terminal, whether it stops its group or itself.
#[test]
fn the_prompt_comes_back_from_the_editor() {
    let folder = Folder::new("editor");
    let file = article("05-essay.txt");
    let typed = "echo 这是编辑器; read line; echo \"写了$line\" > \"$2\"";
    let itself = folder.script("itself", &format!("echo 先停; kill -STOP $$; {typed}"));
    let group = folder.script("group", typed);
    for (name, key) in [(&group, "\u{1a}"), (&itself, "")] {
        // a blank in an argument: split as a shell would
        let name = format!("{name} '一 个'");
        let mut t = bash(&[("EDITOR", &name), ("VISUAL", &name)]);
        t.keys(&format!(
            "(cat {file}; sleep 77) | sh -c '{JINGDU} -; true'\r"
        ));
        t.shows("? 帮助");
        t.keys("a");
        t.shows("批注");
        t.keys("\x05");
        if !key.is_empty() {
            t.shows("这是编辑器");
        }
        let mark = t.raw.len();
        t.keys(key);
        stopped(&mut t, mark);
        let mark = t.raw.len();
        t.keys("  echo $((6 * 7))42\r");
        sent(&mut t, mark, "4242");
        let mark = t.raw.len();
        t.keys("  fg\r");
        sent(&mut t, mark, "; true'");
        if key.is_empty() {
            sent(&mut t, mark, "这是编辑器");
        }
        std::thread::sleep(Duration::from_millis(200));
        t.keys("好\r");
        // the note is there, beside its sentence
        t.shows(" 注 ");
        quits(&mut t);
        t.keys("  exit\r");
        t.ends();
    }
}

#[test]
fn a_signal_suspends_it_too() {
    let mut t = bash(&[]);
    t.keys(&format!("{JINGDU} {}\r", article("05-essay.txt")));
    t.shows("? 帮助");
    let bash = t.child.process_id().unwrap();
    let mark = t.raw.len();
    let stop = format!("kill -TSTP $(pgrep -P {bash})");
    let done = std::process::Command::new("sh")
        .args(["-c", &stop])
        .status();
    assert!(done.unwrap().success());
    stopped(&mut t, mark);
    let mark = t.raw.len();
    t.keys("  fg\r");
    sent(&mut t, mark, "收音机里的雨");
    quits(&mut t);
    t.keys("  exit\r");
    t.ends();
}

/// In a terminal that was opened for the program alone, no shell could wake it.
#[test]
fn without_a_shell_it_goes_on() {
    let mut t = Terminal::run(JINGDU, &[&article("05-essay.txt")], &[], 80, 24);
    t.shows("? 帮助");
    t.keys("\u{1a}");
    t.shows("不能挂起");
    assert!(t.parser.screen().alternate_screen());
    t.keys("G");
    t.shows("100%");
    t.keys("q");
    assert_eq!(t.ends(), 0);
    t.is_clean();
}

/// GNU screen by default and the Linux console have no alternate screen: what was drawn stays,
/// and the prompt comes below it, on a row that holds nothing else.
#[test]
fn without_an_alternate_screen_the_prompt_has_its_own_row() {
    let mut t = bash(&[]);
    t.keys(&format!("{JINGDU} {}\r", article("05-essay.txt")));
    t.shows("? 帮助");
    t.keys("q");
    let end = Instant::now() + LONG;
    while t.parser.screen().alternate_screen() {
        assert!(Instant::now() < end);
        t.take(Duration::from_millis(50));
    }
    while t.take(Duration::from_millis(300)) {}
    // the same bytes to a terminal that knows no other screen
    let raw = String::from_utf8_lossy(&t.raw).into_owned();
    let raw = raw
        .replace("\u{1b}[?1049h", "")
        .replace("\u{1b}[?1049l", "");
    let mut parser = vt100::Parser::new(24.try_into().unwrap(), 100.try_into().unwrap(), 0);
    parser.process(raw.as_bytes());
    let rows: Vec<String> = parser.screen().rows(0, 100).collect();
    let prompt = rows.iter().rfind(|row| row.contains("外壳>")).unwrap();
    assert_eq!(prompt.trim_end(), "外壳>", "{rows:?}");
    assert!(!rows.iter().any(|row| row.contains("? 帮助")), "{rows:?}");
    assert!(rows.iter().any(|row| row.contains("收音机里的雨")));
    t.keys("  exit\r");
    t.ends();
}

/// A SIGWINCH without a change asks for the whole screen: dtach attaches like that.
#[test]
fn a_resize_to_the_same_size_draws_all() {
    let mut t = Terminal::run(JINGDU, &[&article("05-essay.txt")], &[], 80, 24);
    t.shows("? 帮助");
    while t.take(Duration::from_millis(300)) {}
    for _ in 0..2 {
        let mark = t.raw.len();
        t.signal("-WINCH");
        sent(&mut t, mark, "收音机里的雨");
        sent(&mut t, mark, "? 帮助");
        while t.take(Duration::from_millis(200)) {}
    }
    t.keys("q");
    assert_eq!(t.ends(), 0);
}
