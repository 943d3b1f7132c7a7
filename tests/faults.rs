//! Readings in a hostile world: closed and full outputs, limits of the
//! system, pastes that never end, files that become something else.

use crate::memory::{Room, quit};
use crate::terminal::Terminal;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::io::Write as _;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_jingdu");
const TEXT: &str = "长文的题目\n\n　　第一段从这里说起，一是要读得进去，二是要记得下来。\n\n　　第二段说的是别的事情。\n";

/// A shell line in a room; `$0` is the program.
fn shell(room: &Room, line: &str) -> Output {
    let line = format!("cd {}; {line}", room.path.display());
    Command::new("bash")
        .args(["-c", &line, PROGRAM])
        .env("LANG", "zh_CN.UTF-8")
        .env("LC_ALL", "")
        .envs(room.env())
        .output()
        .unwrap()
}

/// The same in a terminal.
fn terminal(room: &Room, line: &str) -> Terminal {
    let own = room.env();
    let env: Vec<(&str, &str)> = own.iter().map(|(n, v)| (*n, v.as_str())).collect();
    Terminal::run(
        "bash",
        &[
            "-c",
            &format!("cd {}; {line}", room.path.display()),
            PROGRAM,
        ],
        &env,
        60,
        16,
    )
}

fn error(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn an_output_that_takes_nothing_is_said_or_quiet() {
    let room = Room::new();
    room.file("a.txt", &TEXT.repeat(50));
    for command in [
        "print a.txt",
        "outline a.txt",
        "outline --format json a.txt",
        "check a.txt",
        "find 段 a.txt",
        "--help",
        "man",
        "a.txt",
    ] {
        let full = shell(&room, &format!("\"$0\" {command} > /dev/full"));
        assert_eq!(
            (full.status.code(), error(&full).lines().count()),
            (Some(2), 1),
            "{command}: {}",
            error(&full)
        );
        let closed = shell(&room, &format!("\"$0\" {command} >&-"));
        assert!(
            !error(&closed).contains("panicked") && closed.status.code().is_some_and(|c| c <= 2),
            "{command}: {}",
            error(&closed)
        );
        let gone = shell(
            &room,
            &format!("\"$0\" {command} | true; echo ${{PIPESTATUS[0]}}"),
        );
        assert!(
            error(&gone).is_empty() && matches!(gone.stdout.as_slice(), b"141\n" | b"0\n"),
            "{command}: {gone:?}"
        );
        let silent = shell(
            &room,
            &format!("\"$0\" {command} 2>&- </dev/null >/dev/null"),
        );
        assert_eq!(silent.status.code(), Some(0), "{command}");
    }
    assert_eq!(
        shell(&room, "\"$0\" print nofile 2>&-").status.code(),
        Some(2)
    );
    // what is opened takes no number of an output that is closed
    for closed in ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"] {
        shell(&room, &format!("\"$0\" a.txt {closed}"));
        assert_eq!(
            std::fs::read_to_string(room.path.join("a.txt")).unwrap(),
            TEXT.repeat(50),
            "{closed}"
        );
    }
}

#[test]
fn limits_of_the_system_are_no_end() {
    let room = Room::new();
    room.file("a.txt", TEXT);
    // the limit, what is said of a bookmark, and the status at the end
    for (limit, said, status) in [
        ("ulimit -n 16", "已存", 0),
        ("ulimit -f 0", "没存下，退出时另存", 1),
        ("ulimit -c 0 -s 1024", "已存", 0),
        ("ulimit -t 60", "已存", 0),
    ] {
        let printed = shell(&room, &format!("{limit}; \"$0\" print a.txt"));
        assert!(
            printed.status.success() && printed.stderr.is_empty(),
            "{limit}: {}",
            error(&printed)
        );
        let mut t = terminal(&room, &format!("{limit}; \"$0\" a.txt"));
        t.shows("第一段从这里");
        t.keys("jma");
        t.shows(said);
        t.keys("/第二段\r");
        t.shows("1/1");
        t.keys("\u{3}");
        assert_eq!(t.ends(), status, "{limit}");
        t.is_clean();
    }
    // a file that may not grow: an error like others
    let stopped = shell(&room, "ulimit -f 0; \"$0\" print a.txt > out");
    assert_eq!(
        (stopped.status.code(), error(&stopped).lines().count()),
        (Some(2), 1),
        "{}",
        error(&stopped)
    );
}

#[test]
fn a_paste_that_never_ends_leaves_a_way_out() {
    let room = Room::new();
    let path = room.file("a.txt", TEXT);
    // someone presses q again and again: that does not put off the end
    let mut t = room.open_in(&[&path], &[], 60, 16);
    t.shows("第一段从这里");
    t.keys("\u{1b}[200~abc");
    let begun = Instant::now();
    while t.child.try_wait().unwrap().is_none() {
        assert!(begun.elapsed() < Duration::from_secs(10), "deaf");
        t.keys("q");
        t.take(Duration::from_millis(200));
    }
    assert_eq!(t.ends(), 0);
    t.is_clean();
    // Ctrl-c at once
    let mut t = room.open_in(&[&path], &[], 60, 16);
    t.shows("第一段从这里");
    t.keys("\u{1b}[200~abc");
    std::thread::sleep(Duration::from_millis(100));
    t.keys("\u{3}");
    assert_eq!(t.ends(), 0);
    t.is_clean();
}

#[test]
fn settings_are_a_file_or_none() {
    let room = Room::new();
    let path = room.file("a.txt", TEXT);
    let config = room.file("config/jingdu/config.yaml", "");
    for make in [
        "mkfifo",
        "mkdir",
        "ln -s /dev/zero",
        "ln -s /nowhere/at/all",
        "truncate -s 3G",
    ] {
        shell(&room, &format!("rm -rf {config}; {make} {config}"));
        let begun = Instant::now();
        let mut t = room.open_in(&[&path], &[], 60, 16);
        t.shows("第一段从这里");
        assert!(begun.elapsed() < Duration::from_secs(8), "{make}");
        quit(t);
    }
}

#[test]
fn a_file_may_become_anything_while_it_is_read() {
    let room = Room::new();
    for (n, make) in [
        "mkfifo",
        "mkdir",
        "ln -s /dev/zero",
        "ln -s loop",
        "head -c 3000 /dev/urandom >",
        "truncate -s 5G",
        "true",
    ]
    .into_iter()
    .enumerate()
    {
        // an encoding is remembered by the name
        let name = format!("{n}.txt");
        let path = room.file(&name, TEXT);
        let mut t = room.open_in(&[&path], &[], 60, 16);
        t.shows("第一段从这里");
        shell(&room, &format!("rm {name}; {make} {name}"));
        t.keys("R");
        t.shows("读过的还在");
        let begun = Instant::now();
        // the list of encodings opens where the file can be read, and closes again
        t.keys("RREEjG");
        t.shows("第二段说的是别的事情");
        quit(t);
        assert!(
            begun.elapsed() < Duration::from_secs(5),
            "{make}: {:?}",
            begun.elapsed()
        );
    }
}

#[test]
fn names_that_look_like_something_else() {
    let room = Room::new();
    for name in [
        "-x.txt",
        "--help.txt",
        "-",
        "+5",
        "+/a",
        "--",
        "$(id).txt",
        "a b.txt",
        "a\nb.txt",
        "a\u{1b}]0;x\u{7}.txt",
        "\u{202e}a.txt",
        "-F",
    ] {
        let here = room.path.join("here");
        std::fs::create_dir_all(&here).unwrap();
        if !name.contains('/') {
            std::fs::write(here.join(name), TEXT).unwrap();
        }
        let run = |args: &[&str]| {
            Command::new(PROGRAM)
                .args(args)
                .current_dir(&here)
                .env("LANG", "zh_CN.UTF-8")
                .env("LC_ALL", "")
                .envs(room.env())
                .output()
                .unwrap()
        };
        // - is standard input, +/a a query, and what is an option stays one
        if !matches!(name, "-" | "+/a" | "--") {
            let output = run(&["print", "--", name]);
            assert!(
                String::from_utf8_lossy(&output.stdout).contains("第一段从这里"),
                "{name:?}: {}",
                error(&output)
            );
        }
        if name.contains(".txt") {
            let output = run(&["print", name]);
            assert!(
                String::from_utf8_lossy(&output.stdout).contains("第一段从这里"),
                "{name:?}: {}",
                error(&output)
            );
        }
        std::fs::remove_dir_all(here).unwrap();
    }
}

#[test]
fn a_terminal_that_takes_no_bytes_holds_up_no_signal() {
    let room = Room::new();
    let path = room.file("a.txt", &TEXT.repeat(200));
    for signal in ["-TERM", "-HUP"] {
        let pair = native_pty_system()
            .openpty(PtySize {
                rows: 200,
                cols: 400,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        let mut command = CommandBuilder::new(PROGRAM);
        command.arg(&path);
        command.env("TERM", "xterm-256color");
        for (name, value) in room.env() {
            command.env(name, value);
        }
        let mut child = pair.slave.spawn_command(command).unwrap();
        let mut keys = pair.master.take_writer().unwrap();
        // nobody reads what it draws
        for _ in 0..20 {
            keys.write_all(b" \x0c").unwrap();
            std::thread::sleep(Duration::from_millis(50));
        }
        assert!(child.try_wait().unwrap().is_none());
        let begun = Instant::now();
        assert!(
            Command::new("kill")
                .args([signal, &child.process_id().unwrap().to_string()])
                .status()
                .unwrap()
                .success()
        );
        while child.try_wait().unwrap().is_none() {
            assert!(
                begun.elapsed() < Duration::from_secs(8),
                "{signal}: still there"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}
