//! All that a reader writes is kept: where two programs change one mark, in long pastes, and where the
//! world ends in the middle of a note.

use crate::memory::{Room, quit};
use crate::terminal::{LONG, Terminal, article};
use serde_json::Value;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

const COMMENTARY: &str = "02-crawled-commentary.md";

/// The marks of the only article.
fn marks(room: &Room) -> Vec<Value> {
    let json = room.marks();
    let marks = json["articles"][0]["marks"].as_array();
    marks.cloned().unwrap_or_default()
}

/// Two readers of one article, at the same sentence, which has a note.
fn two(room: &Room) -> [Terminal; 2] {
    let mut t = room.open(&[&article(COMMENTARY)]);
    t.shows("已折叠 6 行");
    t.keys("JJJa原来的\r");
    t.shows("已存");
    quit(t);
    [(), ()].map(|()| {
        let mut t = room.open(&[&article(COMMENTARY)]);
        t.shows("第3点");
        t
    })
}

#[test]
fn two_notes_on_one_sentence_are_both_kept() {
    let room = Room::new();
    let [mut a, mut b] = two(&room);
    a.keys("aAAA\r");
    a.shows("已存");
    b.keys("aBBB\r");
    b.shows("两边都留着");
    let note = marks(&room)[0]["note"].as_str().unwrap().to_owned();
    assert!(
        note.contains("原来的AAA") && note.contains("原来的BBB"),
        "{note}"
    );
    // undoing one's own leaves the other's
    b.keys("U");
    b.shows("已撤销");
    // that it is saved has no room on the row
    let end = Instant::now() + LONG;
    while marks(&room)[0]["note"] != "原来的AAA" {
        assert!(Instant::now() < end, "{:?}", marks(&room));
    }
    quit(a);
    quit(b);
}

#[test]
fn a_mark_that_was_changed_elsewhere_is_not_deleted() {
    let room = Room::new();
    let [mut a, mut b] = two(&room);
    a.keys("aAAA\r");
    a.shows("已存");
    b.keys("a\u{15}\r");
    b.shows("没有删");
    assert_eq!(marks(&room)[0]["note"], "原来的AAA");
    // deleted here, edited there: the edit is back, and said
    a.keys("a\u{15}\r");
    a.shows("批注已空  已存");
    assert!(marks(&room).is_empty());
    b.keys("aBBB\r");
    b.shows("这里改过，留着");
    assert_eq!(marks(&room)[0]["note"], "原来的AAABBB");
    quit(a);
    quit(b);
}

#[test]
fn a_colour_and_a_text_from_two_programs_go_together() {
    let room = Room::new();
    let [mut a, mut b] = two(&room);
    a.keys("x");
    a.shows("已存");
    b.keys("aBBB\r");
    b.shows("已合在一起");
    let mark = &marks(&room)[0];
    assert_eq!(
        (&mark["note"], &mark["kind"]),
        (&"原来的BBB".into(), &"highlight".into())
    );
    quit(a);
    quit(b);
}

#[test]
fn a_bookmark_that_was_set_elsewhere_is_named() {
    let room = Room::new();
    let [mut a, mut b] = two(&room);
    a.keys("Jmb");
    a.shows("已存");
    b.keys("JJmb");
    b.shows("把它记在第");
    let is_bookmark = |mark: &&Value| mark["kind"] == "bookmark";
    assert_eq!(marks(&room).iter().filter(is_bookmark).count(), 1);
    quit(a);
    quit(b);
}

/// Pastes a text in brackets, as terminals do.
fn paste(t: &mut Terminal, text: &str) {
    t.keys(&format!("\u{1b}[200~{text}\u{1b}[201~"));
}

#[test]
fn a_note_takes_a_paste_of_any_length() {
    let room = Room::new();
    let mut t = room.open(&[&article(COMMENTARY)]);
    t.shows("已折叠 6 行");
    t.keys("JJJa");
    paste(&mut t, &"长话".repeat(1000));
    paste(&mut t, &format!("{}尾", "又说".repeat(60_000)));
    t.shows("尾");
    t.keys("。\r");
    t.shows("已存");
    // a query takes what fits, and says so
    t.keys("/");
    paste(&mut t, &"查".repeat(3000));
    t.shows("只取放得下的部分");
    t.keys("\u{1b}");
    quit(t);
    let note = marks(&room)[0]["note"].as_str().unwrap().to_owned();
    let wanted = "长话".repeat(1000) + &"又说".repeat(60_000) + "尾。";
    assert!(note == wanted, "{} of {} bytes", note.len(), wanted.len());
}

/// Begins a note, which the program never sees the end of.
fn half_typed(room: &Room) -> Terminal {
    let mut t = room.open(&[&article(COMMENTARY)]);
    t.shows("已折叠 6 行");
    t.keys("JJJa写了一半");
    t.shows("批注 写了一半");
    t
}

#[test]
fn a_half_typed_note_survives_every_end() {
    for signal in ["-TERM", "-HUP", "-KILL"] {
        let room = Room::new();
        let mut t = half_typed(&room);
        if signal == "-KILL" {
            // it is written a second after it was typed
            t.take(Duration::from_millis(200));
            std::thread::sleep(Duration::from_millis(1600));
        }
        t.signal(signal);
        let _ = t.ends();
        assert!(marks(&room).is_empty(), "a draft is no mark");
        assert!(room.prints(&["state", "check"]).contains("0 条标注"));
        let mut t = room.open(&[&article(COMMENTARY)]);
        t.shows("有没写完的批注，按 a 接着写");
        t.keys("a");
        t.shows("批注 写了一半");
        t.shows("接着没写完的");
        t.keys("，写完。\r");
        t.shows("已存");
        quit(t);
        assert_eq!(marks(&room)[0]["note"], "写了一半，写完。");
        let mut t = room.open(&[&article(COMMENTARY)]);
        t.shows("第3点");
        assert!(!t.screen().contains("没写完"), "{}", t.screen());
        quit(t);
    }
}

/// A long one is not written with every key.
#[test]
fn a_long_note_survives_the_end_as_well() {
    let room = Room::new();
    let mut t = half_typed(&room);
    paste(&mut t, &"又说".repeat(60_000));
    t.keys("尾");
    t.shows("尾");
    t.signal("-TERM");
    let _ = t.ends();
    let mut t = room.open(&[&article(COMMENTARY)]);
    t.shows("有没写完的批注");
    t.keys("a");
    t.shows("尾");
    t.keys("\r");
    t.shows("已存");
    quit(t);
    let wanted = format!("写了一半{}尾", "又说".repeat(60_000));
    assert!(marks(&room)[0]["note"] == wanted.as_str());
}

#[test]
fn a_draft_that_is_given_up_is_gone() {
    let room = Room::new();
    let mut t = half_typed(&room);
    t.signal("-HUP");
    let _ = t.ends();
    let mut t = room.open(&[&article(COMMENTARY)]);
    t.shows("有没写完的批注");
    t.keys("a");
    t.shows("批注 写了一半");
    // given up by the reader
    t.keys("\u{1b}");
    t.shows("第3点");
    quit(t);
    let mut t = room.open(&[&article(COMMENTARY)]);
    t.shows("第3点");
    assert!(!t.screen().contains("没写完"), "{}", t.screen());
    quit(t);
}

#[test]
fn a_change_of_a_note_is_a_draft_beside_it() {
    let room = Room::new();
    let [mut a, b] = two(&room);
    a.keys("a，改到一半");
    a.shows("原来的，改到一半");
    a.signal("-TERM");
    let _ = a.ends();
    quit(b);
    assert_eq!(marks(&room)[0]["note"], "原来的");
    // it goes with the store
    let exported = room.prints(&["state", "export"]);
    let other = Room::new();
    let file = other.file("all.json", &exported);
    other.prints(&["state", "import", &file]);
    for room in [&room, &other] {
        let mut t = room.open(&[&article(COMMENTARY)]);
        t.shows("有没写完的批注");
        t.keys("a");
        t.shows("批注 原来的，改到一半");
        t.keys("\r");
        t.shows("已存");
        quit(t);
        assert_eq!(marks(room)[0]["note"], "原来的，改到一半");
    }
}

/// Makes a script that is run as the editor.
fn editor(room: &Room, script: &str) -> String {
    let path = room.file("editor", &format!("#!/bin/sh\n{script}\n"));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[test]
fn what_an_editor_wrote_survives_the_program() {
    let room = Room::new();
    let killing = editor(&room, "printf '编辑器里\\n写的' > \"$1\"; kill -KILL $PPID");
    let mut t = room.open_in(&[&article(COMMENTARY)], &[("EDITOR", &killing)], 80, 24);
    t.shows("已折叠 6 行");
    t.keys("JJJa\u{5}");
    let _ = t.ends();
    // it goes on in an editor, since it has lines
    let ending = editor(&room, "printf '。' >> \"$1\"");
    let mut t = room.open_in(&[&article(COMMENTARY)], &[("EDITOR", &ending)], 80, 24);
    t.shows("有没写完的批注");
    t.keys("a");
    t.shows("已存");
    quit(t);
    assert_eq!(marks(&room)[0]["note"], "编辑器里\n写的。");
}

#[test]
fn what_a_failed_editor_wrote_is_a_draft() {
    let room = Room::new();
    let failing = editor(&room, "printf '写到这里' > \"$1\"; exit 1");
    let mut t = room.open_in(&[&article(COMMENTARY)], &[("EDITOR", &failing)], 80, 24);
    t.shows("已折叠 6 行");
    t.keys("JJJa\u{5}");
    t.shows("写下的留作草稿");
    t.keys("a");
    t.shows("批注 写到这里");
    t.keys("\r");
    t.shows("已存");
    quit(t);
    assert_eq!(marks(&room)[0]["note"], "写到这里");
}

/// A text without a file beside which its marks could be kept.
#[test]
fn marks_that_can_be_kept_nowhere_are_printed() {
    let room = Room::new();
    room.file("state", "");
    let text = room.file("a.txt", "渡口\n\n船上点着灯笼。岸上没有。\n");
    let program = env!("CARGO_BIN_EXE_jingdu");
    let command = format!("{program} - < '{text}'; echo status $?");
    let own = room.env();
    let env: Vec<(&str, &str)> = own.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let mut t = Terminal::run("/bin/sh", &["-c", &command], &env, 80, 24);
    t.shows("记录不能写");
    t.keys("a记一笔\r");
    t.shows("没存下");
    t.keys("q");
    t.shows("status 1");
    let screen = t.screen();
    assert!(
        screen.contains("渡口") && screen.contains("记一笔"),
        "{screen}"
    );
}

/// A user whom the system does not know, without `HOME`.
#[test]
fn without_a_home_it_is_said_and_marks_are_kept_beside() {
    let room = Room::new();
    let folder = room.path.join("texts");
    let text = room.file("texts/a.txt", "渡口\n\n船上点着灯笼。岸上没有。\n");
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o777)).unwrap();
    let program = room.path.join("jingdu");
    std::fs::copy(env!("CARGO_BIN_EXE_jingdu"), &program).unwrap();
    let user = "setpriv --reuid 54321 --clear-groups env -u HOME -u XDG_STATE_HOME -u XDG_DATA_HOME -u XDG_CONFIG_HOME";
    let known = std::process::Command::new("sh")
        .args(["-c", &format!("{user} true")])
        .output();
    if !known.is_ok_and(|o| o.status.success()) {
        eprintln!("\n*** SKIPPED: no setpriv, or no right to use it ***\n");
        return;
    }
    let run = |args: &str| format!("{user} {} {args}; echo status $?", program.display());
    let shell = |command: &str| Terminal::run("/bin/sh", &["-c", command], &[], 80, 24);
    let mut t = shell(&run(&text));
    t.shows("没有主目录");
    t.keys("x");
    t.shows("没存下");
    t.keys("ge");
    t.shows("没有可写的目录");
    t.keys("q");
    t.shows("status 1");
    let kept = std::fs::read_to_string(folder.join("a.txt.jingdu.json")).unwrap();
    assert!(kept.contains("船上点着灯笼"), "{kept}");
    let mut t = shell(&run("state check"));
    t.shows("没有主目录，记录没有地方存");
    t.shows("status 2");
}
