//! Stories of quoting, marking and coming back, with the real program in a real
//! terminal and a store of its own.

use crate::terminal::{LONG, Terminal, article};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

static ROOMS: AtomicUsize = AtomicUsize::new(0);

/// A folder with a store and files of its own.
pub struct Room {
    pub path: PathBuf,
}

impl Room {
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!(
            "jingdu-room-{}-{}",
            std::process::id(),
            ROOMS.fetch_add(1, Ordering::SeqCst)
        ));
        std::fs::create_dir_all(&path).unwrap();
        Self { path }
    }

    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.path.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    pub fn store(&self) -> PathBuf {
        self.path.join("state/jingdu/state.db")
    }

    pub fn env(&self) -> Vec<(&'static str, String)> {
        [
            ("XDG_STATE_HOME", "state"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_CACHE_HOME", "cache"),
        ]
        .map(|(name, folder)| (name, self.path.join(folder).display().to_string()))
        .to_vec()
    }

    pub fn open_in(
        &self,
        args: &[&str],
        more: &[(&str, &str)],
        columns: u16,
        rows: u16,
    ) -> Terminal {
        let own = self.env();
        let mut env: Vec<(&str, &str)> = own.iter().map(|(n, v)| (*n, v.as_str())).collect();
        env.extend(more);
        Terminal::run(env!("CARGO_BIN_EXE_jingdu"), args, &env, columns, rows)
    }

    pub fn open(&self, args: &[&str]) -> Terminal {
        self.open_in(args, &[], 80, 24)
    }

    /// Runs the program without a terminal.
    pub fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_jingdu"))
            .args(args)
            .env("LANG", "zh_CN.UTF-8")
            .env("LC_ALL", "")
            .envs(self.env())
            .output()
            .unwrap()
    }

    pub fn prints(&self, args: &[&str]) -> String {
        String::from_utf8(self.run(args).stdout).unwrap()
    }

    /// All marks, as `export` prints them.
    pub fn marks(&self) -> serde_json::Value {
        serde_json::from_str(&self.prints(&["export", "--format", "json"])).unwrap()
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

const COMMENTARY: &str = "02-crawled-commentary.md";

/// Quits and waits for the end.
pub fn quit(mut t: Terminal) {
    t.keys("q");
    assert_eq!(t.ends(), 0);
    t.is_clean();
}

/// The first two characters of the top row of text.
fn top(t: &Terminal) -> String {
    t.screen()
        .lines()
        .nth(2)
        .unwrap()
        .trim()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .take(2)
        .collect()
}

/// tmux with a server of its own; `None`, and said so, where there is none.
struct Tmux(String);

impl Tmux {
    fn start(room: &Room, command: &str) -> Option<Self> {
        let name = format!(
            "jingdu-{}-{}",
            std::process::id(),
            ROOMS.fetch_add(1, Ordering::SeqCst)
        );
        let mut tmux = Command::new("tmux");
        tmux.args(["-L", &name, "-f", "/dev/null", "-u", "new-session", "-d"])
            .args(["-x", "80", "-y", "24", command])
            .envs(room.env())
            .env("LANG", "C.UTF-8")
            .env_remove("TMUX");
        if !tmux.status().is_ok_and(|s| s.success()) {
            eprintln!("\n*** SKIPPED: no tmux ***\n");
            return None;
        }
        Some(Self(name))
    }

    fn run(&self, args: &[&str]) -> String {
        String::from_utf8(
            Command::new("tmux")
                .args(["-L", &self.0, "-u"])
                .args(args)
                .env_remove("TMUX")
                .env("LANG", "C.UTF-8")
                .output()
                .unwrap()
                .stdout,
        )
        .unwrap()
    }

    fn shows(&self, text: &str) -> String {
        let end = Instant::now() + LONG;
        loop {
            let screen = self.run(&["capture-pane", "-p"]);
            if screen.contains(text) {
                return screen;
            }
            assert!(Instant::now() < end, "never showed {text:?}:\n{screen}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        self.run(&["kill-server"]);
    }
}

/// C1, C2: a quotation and a point, inside tmux.
#[test]
fn quotations_reach_the_tmux_buffer() {
    let room = Room::new();
    let Some(tmux) = Tmux::start(
        &room,
        &format!("{} {}", env!("CARGO_BIN_EXE_jingdu"), article(COMMENTARY)),
    ) else {
        return;
    };
    tmux.shows("已折叠 6 行");
    tmux.run(&["send-keys", "J", "J", "J", "Y"]);
    let screen = tmux.shows("已放进 tmux 缓冲区");
    assert!(
        screen.contains("第2段第3点") && !screen.contains("已复制"),
        "{screen}"
    );
    let source = std::fs::read_to_string(article(COMMENTARY)).unwrap();
    let quoted = tmux.run(&["show-buffer"]);
    let body = quoted
        .strip_prefix('“')
        .unwrap()
        .split("”（")
        .next()
        .unwrap();
    assert!(
        source.contains(body) && body.starts_with("三是分清") && !body.contains('\n'),
        "{quoted}"
    );
    assert!(
        quoted
            .ends_with("（fieldnote：《老旧小区改造要改到居民的日子里》，2021-09-14，第2段第3点）"),
        "{quoted}"
    );
    tmux.run(&["send-keys", "K", "y", "i"]);
    tmux.shows("第2段第2点「二是");
    let point = tmux.run(&["show-buffer"]);
    assert!(
        point.starts_with("二是给房子") && point.ends_with("管子。") && source.contains(&point),
        "{point}"
    );
}

/// C3: no clipboard: the excerpt is in a file, and nothing else is claimed.
#[test]
fn without_a_clipboard_the_excerpt_is_in_a_file() {
    let room = Room::new();
    let mut t = room.open_in(&[&article(COMMENTARY)], &[("TERM", "linux")], 120, 24);
    t.shows("已折叠 6 行");
    t.keys("JJJys");
    t.shows("没有剪贴板可用");
    t.shows("excerpts.md");
    assert!(!t.screen().contains("已复制") && !t.screen().contains("已发给"));
    let kept = std::fs::read_to_string(room.path.join("data/jingdu/notes/excerpts.md")).unwrap();
    assert_eq!(kept, "三是分清必须改、应当改和可以改。\n\n");
    quit(t);
}

#[test]
fn a_terminal_is_asked_to_take_the_text() {
    let room = Room::new();
    let mut t = room.open(&[&article(COMMENTARY)]);
    t.shows("已折叠 6 行");
    t.keys("JJJys");
    t.shows("已发给终端（OSC 52）");
    let raw = String::from_utf8_lossy(&t.raw).into_owned();
    // 三是分 in base 64
    assert!(raw.contains("\u{1b}]52;c;5LiJ5piv5YiG"), "no OSC 52");
    quit(t);
}

#[test]
fn a_command_of_the_users_own_gets_the_text() {
    let room = Room::new();
    let to = room.path.join("copied");
    room.file(
        "config/jingdu/config.yaml",
        &format!("clipboard: tee {}\n", to.display()),
    );
    let mut t = room.open(&[&article(COMMENTARY)]);
    t.shows("已折叠 6 行");
    t.keys("JJJvsy");
    t.shows("已交给 tee");
    assert_eq!(
        std::fs::read_to_string(to).unwrap(),
        "三是分清必须改、应当改和可以改。"
    );
    quit(t);
}

/// C4: three marks with tags come out as Markdown in document order, and as JSON
/// that makes the same marks again.
#[test]
fn marks_are_exported_and_taken_up_again() {
    let room = Room::new();
    let file = article(COMMENTARY);
    let mut t = room.open(&[&file]);
    t.shows("已折叠 6 行");
    for (keys, said) in [
        ("JJJx", "高亮：黄"),
        ("a要点 #提法\r", "批注，标签 提法"),
        ("KKa#案例\r", "批注，标签 案例"),
        ("3Jxx", "高亮：绿"),
        ("a数字 #数据\r", "标签 数据"),
    ] {
        t.keys(keys);
        t.shows(said);
        t.shows("已存");
    }
    quit(t);
    let md = room.prints(&["export", &file]);
    let order: Vec<usize> = [
        "---\ntitle: ",
        "\n# 老旧小区改造要改到居民的日子里",
        "- 作者：fieldnote",
        "\n#案例",
        "“三是分清",
        "第2段第3点",
        "\n要点 #提法\n",
        "\n数字 #数据",
    ]
    .iter()
    .map(|part| {
        md.find(part)
            .unwrap_or_else(|| panic!("no {part} in\n{md}"))
    })
    .collect();
    assert!(order.is_sorted(), "{md}");
    assert!(!md.contains("\n> "), "{md}");
    assert_eq!(
        md,
        room.prints(&["export", &file]),
        "a second export is the same"
    );
    assert!(
        room.prints(&["export", "--tag", "提法"])
            .contains("三是分清")
    );
    assert!(!room.prints(&["export", "--tag", "提法"]).contains("数字"));
    assert_eq!(
        room.run(&["export", "--since", "2999"]).status.code(),
        Some(1)
    );
    assert!(room.prints(&["export", "--format", "csv"]).lines().count() == 4);
    let json = room.prints(&["export", "--format", "json"]);
    let other = Room::new();
    let path = other.file("marks.json", &json);
    assert!(
        other
            .prints(&["state", "import", &path])
            .contains("3 条标注")
    );
    assert_eq!(other.prints(&["export", "--format", "json"]), json);
    // and they are painted in the reader
    let mut t = other.open(&[&file]);
    t.shows("已折叠 6 行");
    t.keys("gm");
    t.shows("3 条");
    t.shows("第2段第3点");
    t.keys("q");
    quit(t);
    // the whole store, too
    let whole = room.prints(&["state", "export"]);
    let third = Room::new();
    let path = third.file("all.json", &whole);
    third.run(&["state", "import", &path]);
    assert_eq!(third.prints(&["state", "export"]), whole);
}

pub fn essay(paragraphs: &[&str]) -> String {
    let mut text = String::from("再抓一遍的文章\n\n");
    for p in paragraphs {
        text.push_str(p);
        text.push_str("\n\n");
    }
    text
}

/// C5: a mark moves with its text; where that is deleted, it is an orphan.
#[test]
fn a_mark_follows_its_text_and_is_never_painted_elsewhere() {
    let room = Room::new();
    let p = [
        "第一段说的是起因，事情从春天的一场会议说起，大家各有各的想法。",
        "第二段说的是经过，协同发展要破除壁垒，先要有一套管用的办法。要紧的一句话就写在这里。后面还有半句。",
        "第三段说的是结果，协同发展要破除壁垒，还要有一套长久的办法。要紧的事情还有很多。",
    ];
    let file = room.file("a.txt", &essay(&p));
    let mut t = room.open(&[&file]);
    t.shows("再抓一遍");
    t.keys("/要紧的一句\rx");
    t.shows("已存");
    quit(t);
    room.file(
        "a.txt",
        &essay(&["新来的一段话放在最前面，与别的都不相干。", p[2], p[0], p[1]]),
    );
    let mut t = room.open(&[&file]);
    t.shows("再抓一遍");
    t.keys("gm");
    t.shows("第4段");
    t.keys("\r");
    t.shows("100%");
    quit(t);
    room.file(
        "a.txt",
        &essay(&[
            p[0],
            "第二段说的是经过，协同发展要破除壁垒，先要有一套管用的办法。",
            p[2],
        ]),
    );
    let mut t = room.open(&[&file]);
    t.shows("再抓一遍");
    t.keys("gm");
    t.shows("原文已不在");
    t.keys("q");
    quit(t);
    assert!(
        room.prints(&["export", &file])
            .contains("## 原文已不在\n\n“要紧的一句话就写在这里。”")
    );
}

/// C6: the place is there again at another size, whatever ended the program.
#[test]
fn the_place_survives_every_end() {
    for way in ["q", "-TERM", "-HUP", "-KILL"] {
        let room = Room::new();
        let file = article("06-long-report.md");
        let mut t = room.open(&[&file]);
        t.shows("乡镇");
        t.keys("50%jj");
        while t.take(Duration::from_millis(200)) {}
        let there = top(&t);
        if way == "-KILL" {
            std::thread::sleep(Duration::from_millis(1800));
        }
        if way == "q" {
            t.keys("q");
        } else {
            t.signal(way);
        }
        t.ends();
        for (columns, rows) in [(80, 24), (47, 18), (132, 40)] {
            let mut t = room.open_in(&[&file], &[], columns, rows);
            t.shows("乡镇");
            while t.take(Duration::from_millis(200)) {}
            let screen = t.screen();
            let first = screen
                .lines()
                .nth(2)
                .unwrap()
                .chars()
                .filter(|c| c.is_alphanumeric())
                .collect::<String>();
            assert!(
                first.contains(&there)
                    || columns != 80 && screen.lines().take(4).collect::<String>().contains(&there),
                "{way} {columns}: {there} is not on top:\n{screen}"
            );
            quit(t);
        }
    }
}

/// C7: a reader whose terminal has gone is gone, too.
#[test]
fn a_hang_up_ends_it() {
    let room = Room::new();
    let mark = room.path.join("over");
    let script = format!(
        "trap '' HUP; {} {}; echo $? > {}",
        env!("CARGO_BIN_EXE_jingdu"),
        article(COMMENTARY),
        mark.display()
    );
    let env = room.env();
    let env: Vec<(&str, &str)> = env.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let mut t = Terminal::run("sh", &["-c", &script], &env, 80, 24);
    t.shows("已折叠 6 行");
    t.keys("JJ");
    t.shows("第2点");
    let began = Instant::now();
    drop(t);
    while !mark.exists() {
        assert!(began.elapsed() < Duration::from_secs(4), "still there");
        std::thread::sleep(Duration::from_millis(20));
    }
    // and it knows the place
    let mut t = room.open(&[&article(COMMENTARY)]);
    t.shows("第2点");
    quit(t);
}

/// C9: two windows with the same article: both marks are kept.
#[test]
fn two_windows_keep_both_marks() {
    let room = Room::new();
    let file = article(COMMENTARY);
    let (mut a, mut b) = (room.open(&[&file]), room.open(&[&file]));
    a.shows("已折叠 6 行");
    b.shows("已折叠 6 行");
    a.keys("Jx");
    b.keys("JJJJx");
    a.shows("已存");
    b.shows("已存");
    quit(a);
    quit(b);
    let json = room.marks();
    assert_eq!(json["articles"][0]["marks"].as_array().unwrap().len(), 2);
}

/// C10: the mouse is the terminal's, unless it is asked for; then it selects.
#[test]
fn the_mouse_is_taken_only_where_asked_for() {
    let room = Room::new();
    let mut t = room.open(&[&article(COMMENTARY)]);
    t.shows("已折叠 6 行");
    assert_eq!(
        t.parser.screen().mouse_protocol_mode(),
        vt100::MouseProtocolMode::None
    );
    quit(t);
    room.file("config/jingdu/config.yaml", "mouse: true\n");
    let mut t = room.open(&[&article(COMMENTARY)]);
    t.shows("已折叠 6 行");
    assert_eq!(
        t.parser.screen().mouse_protocol_mode(),
        vt100::MouseProtocolMode::ButtonMotion
    );
    t.keys("\u{1b}[<0;11;10M\u{1b}[<32;21;10M\u{1b}[<0;21;10m");
    t.shows("选取");
    t.keys("\u{1b}");
    quit(t);
}

/// A capital's bookmark opens its article; a note is written in an editor.
#[test]
fn bookmarks_cross_articles_and_notes_are_edited() {
    let room = Room::new();
    let (one, two) = (
        room.file(
            "one.txt",
            &essay(&[
                "第一篇的第一段话在这里，写得稍微长一点。",
                "第一篇的第二段话。",
            ]),
        ),
        room.file("two.txt", &essay(&["另外一篇的话，与前面那篇不一样。"])),
    );
    let mut t = room.open(&[&one]);
    t.shows("第一篇");
    t.keys("}mQ");
    t.shows("已存");
    quit(t);
    let editor = room.file(
        "editor.sh",
        "#!/bin/sh\nprintf '第一行\\n第二行 #案例\\n' > \"$1\"\n",
    );
    let editor = format!("sh {editor}");
    let mut t = room.open_in(&[&two], &[("VISUAL", &editor)], 80, 24);
    t.shows("另外一篇");
    t.keys("a\u{5}");
    t.shows("批注，标签 案例");
    t.shows("已存");
    t.keys("'Q");
    t.shows("第一篇的第二段话");
    quit(t);
    let exported = room.prints(&["export", &two]);
    assert!(exported.contains("第一行\n第二行 #案例"), "{exported}");
}

/// The same text at another place is the same article.
#[test]
fn a_moved_file_keeps_everything() {
    let room = Room::new();
    let file = room.file(
        "old.txt",
        &essay(&["要搬走的一段话在这里。", "另一段话在后面。"]),
    );
    let mut t = room.open(&[&file]);
    t.shows("再抓一遍");
    t.keys("x");
    t.shows("已存");
    quit(t);
    std::fs::create_dir(room.path.join("sub")).unwrap();
    let new = room.path.join("sub/new.txt");
    std::fs::rename(&file, &new).unwrap();
    assert!(
        room.prints(&["export", Path::new(&new).to_str().unwrap()])
            .contains("要搬走的一段话")
    );
    assert!(room.prints(&["state", "check"]).contains("完好"));
    assert!(room.prints(&["stats"]).contains("高亮 1 处"));
}
