//! The sources of text: pipes, files that grow and change, several at once,
//! with the real program in a real terminal; and what is refused.

use crate::memory::{Room, quit};
use crate::support::{self, press};
use crate::terminal::Terminal;
use jingdu::command::Keymap;
use jingdu::command::options::Config;
use jingdu::session::{Effect, Session, Settings};
use jingdu::shell::app::autosave::Autosave;
use jingdu::shell::app::inbox::Inbox;
use jingdu::shell::event::AppEvent;
use jingdu::shell::open::item::{DecodeOptions, Item};
use jingdu::shell::open::open_article::OpenArticle;
use jingdu::shell::store::Store;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_jingdu");

/// An article of so many paragraphs that are told apart.
fn long(paragraphs: usize) -> String {
    (1..=paragraphs).fold("长文的题目\n\n".to_owned(), |mut text, n| {
        let _ = writeln!(text, "　　第{n}段从这里说起，一是要读得进去，二是要记得下来，三是要用得出来，四是要讲得明白。\n");
        text
    })
}

/// A shell line in a terminal, with a store of its own; `jingdu` is the program.
fn line(room: &Room, line: &str, columns: u16, rows: u16) -> Terminal {
    let own = room.env();
    let env: Vec<(&str, &str)> = own.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let line = format!(
        "jingdu() {{ {PROGRAM} \"$@\"; }}; cd {}; {line}",
        room.path.display()
    );
    Terminal::run("bash", &["-c", &line], &env, columns, rows)
}

/// The program with something on its standard input.
fn piped(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(PROGRAM)
        .args(args)
        .env("LANG", "zh_CN.UTF-8")
        .env("LC_ALL", "")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// An error is one line, in the user's language, with status 2.
fn refused(output: &Output, words: &str) {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        output.stdout.is_empty() && said.lines().count() == 1 && said.contains(words),
        "{said:?}"
    );
}

#[test]
fn a_pipe_is_read_while_keys_come_from_the_terminal() {
    let room = Room::new();
    room.file("long.txt", &long(40));
    let mut t = line(&room, "cat long.txt | jingdu -", 60, 16);
    t.shows("长文的题目");
    t.keys("JJ");
    t.shows("第2点/160");
    t.keys("/第33段\r");
    t.shows("1/1");
    quit(t);
    // cat FILE | jingdu
    let mut t = line(&room, "cat long.txt | jingdu", 60, 16);
    t.shows("长文的题目");
    quit(t);
}

#[test]
fn a_slow_pipe_shows_what_has_come() {
    let room = Room::new();
    room.file("long.txt", &long(20));
    let mut t = line(
        &room,
        "{ head -n 12 long.txt; sleep 1.5; tail -n +13 long.txt; } | jingdu -",
        60,
        30,
    );
    t.shows("第1段从这里");
    t.shows("读入中");
    // keys work meanwhile, and the place stays when the rest has come
    t.keys("j");
    t.shows("四是");
    t.keys("F");
    t.shows("第20段");
    quit(t);
    // blank lines first are not all of it
    let mut t = line(&room, "{ echo; sleep 1; cat long.txt; } | jingdu -", 60, 16);
    t.shows("长文的题目");
    quit(t);
    // one of which nothing has come yet can be left
    let mut t = line(&room, "sleep 3 | jingdu -", 60, 16);
    t.shows("读入中");
    let begun = Instant::now();
    quit(t);
    assert!(begun.elapsed() < Duration::from_secs(6));
}

#[test]
fn pipes_have_many_names() {
    let room = Room::new();
    room.file(
        "a.txt",
        "甲文的题目\n\n　　甲文的第一段说的是甲。\n\n　　甲文的第二段说的是甲的事。\n",
    );
    for open in [
        "jingdu <(cat a.txt)",
        "jingdu /dev/stdin < a.txt",
        "cat a.txt | jingdu /dev/stdin",
        "mkfifo p; cat a.txt > p & jingdu p",
        "jingdu - < a.txt",
    ] {
        let mut t = line(&room, open, 60, 12);
        t.shows("甲文的第二段");
        quit(t);
        std::fs::remove_file(room.path.join("p")).unwrap_or_default();
    }
    // a pipe among several: it can be returned to
    room.file(
        "b.txt",
        "乙文的题目\n\n　　乙文的第一段说的是乙。\n\n　　乙文的第二段说的是乙的事。\n",
    );
    let mut t = line(&room, "jingdu <(cat a.txt) b.txt", 60, 12);
    t.shows("甲文的第一段");
    t.keys("ga");
    t.shows("乙文的第一段");
    t.keys("gA");
    t.shows("甲文的第一段");
    t.keys("q");
    t.shows("乙文的题目");
    t.keys("q");
    assert_eq!(t.ends(), 0);
}

#[test]
fn what_is_no_text_and_what_nobody_writes_is_refused_in_a_line() {
    let room = Room::new();
    let run = |args: &[&str]| room.run(args);
    let begun = Instant::now();
    assert!(
        Command::new("mkfifo")
            .arg(room.path.join("fifo"))
            .status()
            .unwrap()
            .success()
    );
    refused(
        &run(&["print", &room.path.join("fifo").display().to_string()]),
        "管道",
    );
    refused(&run(&["print", "/dev/zero"]), "设备");
    refused(&run(&["print", "/dev/null"]), "空的");
    refused(&run(&["print", &room.path.display().to_string()]), "目录");
    refused(&run(&["print", "nowhere.md"]), "没有这个文件");
    for bytes in [&b""[..], b"\xef\xbb\xbf", b"\xff\xfe"] {
        refused(&piped(&["print", "-"], bytes), "空的");
    }
    refused(&piped(&["print", "-"], &vec![0; 100_000]), "不是文本");
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_page_packed_into_one_file_is_refused_and_a_letter_is_not() {
    let packed = "From: <Saved by a browser>\r\nSubject: =?utf-8?B?5paH56ug?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\"\r\n\r\n--a\r\n";
    refused(&piped(&["print", "-"], packed.as_bytes()), "MHTML");
    let letter = "From: 甲\nMIME-Version: 1.0\n\nContent-Type: multipart/related 是什么？\n";
    assert!(piped(&["print", "-"], letter.as_bytes()).status.success());
}

#[test]
fn a_pipe_without_an_end_is_read_so_far() {
    let output = Command::new("bash")
        .args([
            "-c",
            &format!("yes 一 | {PROGRAM} print --width 0 - | tail -n 1"),
        ])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "一\n");
}

#[test]
fn a_pager_quits_where_one_screen_is_enough() {
    let short = "短文\n\n　　只有一段，说完就完。\n";
    let room = Room::new();
    room.file("short.txt", short);
    room.file("long.txt", &long(30));
    let mut t = line(&room, "cat short.txt | jingdu -F", 60, 20);
    assert_eq!(t.ends(), 0);
    assert!(t.screen().contains("只有一段") && !t.parser.screen().alternate_screen());
    let mut t = line(&room, "cat long.txt | jingdu -F", 60, 20);
    t.shows("长文的题目");
    assert!(t.parser.screen().alternate_screen());
    quit(t);
    // it is no matter where the reader stood last
    room.file("two.txt", &long(9));
    let mut t = line(&room, "jingdu two.txt", 60, 20);
    t.shows("长文的题目");
    t.keys("G");
    t.shows("第9段");
    quit(t);
    let mut t = line(&room, "jingdu -F two.txt", 60, 20);
    t.shows("第9段");
    assert!(t.parser.screen().alternate_screen());
    quit(t);
    // +N and +/pattern, also in what comes through a pipe
    let mut t = line(&room, "cat long.txt | jingdu +/第21段 -", 60, 20);
    t.shows("第21段");
    quit(t);
    let mut t = line(&room, "jingdu +17 long.txt", 60, 20);
    t.shows("第17段");
    quit(t);
    // what a manual sends: weights as overstrikes and as escapes
    let man = "N\u{8}NA\u{8}AM\u{8}ME\u{8}E\n       \u{1b}[1m精读\u{1b}[0m - \u{1b}[4m读\u{1b}[24m长文\n\n       这里说的是怎样读一篇长文，先读提纲，再读正文。\n";
    let output = piped(&["print", "-"], man.as_bytes());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.contains("NAME\n       精读 - 读长文\n\n       这里说的是")
            && !text.contains(['\u{1b}', '\u{8}'])
            && !text.contains("[1m"),
        "{text}"
    );
}

#[test]
fn names_in_any_encoding_and_several_files() {
    use std::os::unix::ffi::OsStrExt;
    let room = Room::new();
    let named = room.path.join(std::ffi::OsStr::from_bytes(
        &encoding_rs::GBK.encode("评论.txt").0,
    ));
    std::fs::write(&named, long(9)).unwrap();
    let run = |args: &[&std::ffi::OsStr]| {
        Command::new(PROGRAM)
            .args(args)
            .env("LANG", "zh_CN.UTF-8")
            .env("LC_ALL", "")
            .output()
            .unwrap()
    };
    let output = run(&[named.as_os_str()]);
    assert!(output.status.success() && String::from_utf8(output.stdout).unwrap().contains("第9段"));
    let checked = run(&["check".as_ref(), named.as_os_str()]);
    assert!(
        String::from_utf8(checked.stdout)
            .unwrap()
            .contains("评论.txt")
    );
    // one that cannot be read keeps nobody from the others
    let binary = room.file("a.bin", "\u{7f}ELF\0\0\0");
    let output = run(&[binary.as_ref(), named.as_os_str()]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        (output.status.code(), said.lines().count()),
        (Some(2), 1),
        "{said}"
    );
    assert!(String::from_utf8(output.stdout).unwrap().contains("第9段"));
}

#[test]
fn a_growing_file_is_followed() {
    let room = Room::new();
    let path = room.file("log.txt", &long(10));
    let add = |text: &str| {
        std::fs::File::options()
            .append(true)
            .open(&path)
            .unwrap()
            .write_all(text.as_bytes())
            .unwrap();
    };
    let mut t = room.open_in(&[&path], &[], 60, 20);
    t.shows("第1段");
    t.keys("F");
    t.shows("第10段");
    t.shows("跟着读");
    add("　　第11段是后来写的。\n\n");
    t.shows("第11段是后来写的");
    for n in 12..40 {
        add(&format!("　　第{n}段也是后来写的。\n\n"));
    }
    t.shows("第39段也是后来写的");
    // who has gone back is left where he is
    t.keys("gg");
    t.shows("长文的题目");
    add("　　第40段没有人看。\n\n");
    std::thread::sleep(Duration::from_millis(400));
    t.keys("j");
    t.shows("第1段");
    assert!(!t.screen().contains("第40段"));
    t.keys("G");
    t.shows("第40段");
    quit(t);
}

#[test]
fn a_changed_file_offers_to_be_read_again_and_keeps_the_place() {
    let room = Room::new();
    let path = room.file("a.txt", &long(60));
    let mut t = room.open_in(&[&path], &[], 60, 20);
    t.shows("第1段");
    t.keys("/第30段\r");
    t.shows("第30段");
    // another file takes its place, as editors and crawlers do
    let new = room.file(
        "a.new",
        &long(60).replacen("　　第1段", "　　新写的开头。\n\n　　第1段", 1),
    );
    std::fs::rename(&new, &path).unwrap();
    t.shows("文件已改动");
    t.keys("R");
    t.shows("已重新读入");
    t.shows("第30段");
    t.keys("gg");
    t.shows("新写的开头");
    // emptied, then deleted: what was read is kept
    std::fs::write(&path, "").unwrap();
    t.shows("文件已改");
    t.keys("R");
    t.shows("读过的还在");
    // what is shown is still not what the file says
    t.keys("gg");
    t.shows("文件已改");
    std::fs::remove_file(&path).unwrap();
    t.shows("文件不在了");
    t.keys("R");
    t.shows("读过的还在");
    t.keys("G");
    t.shows("第60段");
    quit(t);
}

/// A text in Japanese, whose encoding is not guessed.
fn japanese() -> Vec<u8> {
    let text = "日本語の題\n\nこれは日本語の文章です。\n\n漢字とカタカナもあります。\n";
    encoding_rs::EUC_JP.encode(text).0.into_owned()
}

#[test]
fn an_encoding_is_remembered_when_it_is_taken_and_can_be_taken_back() {
    let room = Room::new();
    let path = room.file("a.txt", "");
    std::fs::write(&path, japanese()).unwrap();
    let open = || room.open_in(&[&path], &[], 60, 12);
    let mut t = open();
    t.shows("Big5?");
    t.keys("E");
    t.shows("Big5 现用");
    t.shows("EUC-JP");
    t.keys("G");
    t.shows("3/3");
    // nothing is kept of a list that is left
    t.keys("\x1b");
    t.shows("Big5?");
    t.keys("EGq");
    quit(t);
    let mut t = open();
    t.shows("Big5?");
    t.keys("x");
    t.shows("已存");
    t.keys("EG\r");
    t.shows("按 EUC-JP 读；U 撤销");
    t.shows("日本語の文章");
    quit(t);
    let mut t = open();
    t.shows("日本語の文章");
    t.keys("U");
    t.shows("没有可撤销的");
    // the guessed one is guessed again, also next time
    t.keys("Egg");
    t.shows("EUC-JP 现用");
    t.keys("jk\r");
    t.shows("按 Big5 读；U 撤销");
    t.keys("\x1b");
    t.shows("Big5?");
    t.keys("U");
    t.shows("按 EUC-JP 读 ");
    t.keys("Egg\rgm");
    t.shows("1 条");
    t.keys("q");
    quit(t);
    let mut t = open();
    t.shows("Big5?");
    quit(t);
}

#[test]
fn a_pipe_can_be_read_in_another_encoding_and_a_book_cannot() {
    let room = Room::new();
    std::fs::write(room.file("a.txt", ""), japanese()).unwrap();
    room.file("b.txt", "乙文的题目\n\n　　乙文的第一段说的是乙。\n");
    let mut t = line(&room, "cat a.txt | jingdu - b.txt", 60, 12);
    t.shows("Big5?");
    t.keys("EG\r");
    t.shows("日本語の文章");
    // it keeps its encoding and its bytes while another article is read
    t.keys("ga");
    t.shows("乙文的第一段");
    t.keys("gA");
    t.shows("日本語の文章");
    t.keys("E");
    t.shows("EUC-JP 现用");
    t.keys("gg\r");
    t.shows("按 Big5 读");
    t.keys("qq");
    assert_eq!(t.ends(), 0);
    let book = support::epub::Epub::new();
    let chapters = [(
        "第一章",
        support::epub::xhtml("第一章", &["书里的一段话。"]),
    )];
    let book = book.chapters(&chapters, true, false).bytes();
    let path = room.file("book.epub", "");
    std::fs::write(&path, book).unwrap();
    let mut t = room.open_in(&[&path], &[], 60, 12);
    t.shows("书里的一段话");
    t.keys("E");
    t.shows("自己写明了编码");
    quit(t);
}

#[test]
fn encodings_of_a_long_file_are_listed_at_once_and_keep_the_place() {
    let room = Room::new();
    let path = room.file("long.txt", "");
    // in the other encoding no word is the same, and the length is another
    let text = "日本語の文章です。漢字とカタカナもあります。\n\n".repeat(60_000);
    std::fs::write(&path, encoding_rs::EUC_JP.encode(&text).0).unwrap();
    let mut t = room.open(&[&path]);
    t.keys("50%");
    t.shows("50%");
    let begun = Instant::now();
    t.keys("E");
    t.shows("EUC-JP");
    assert!(begun.elapsed() < Duration::from_secs(2));
    t.keys("G\r");
    t.shows("按 EUC-JP 读");
    let screen = t.screen();
    let percent = ["48%", "49%", "50%", "51%", "52%"];
    assert!(percent.iter().any(|p| screen.contains(p)), "{screen}");
    quit(t);
}

#[test]
fn a_long_file_opens_by_its_head_and_keeps_the_place() {
    let room = Room::new();
    let path = room.file("long.txt", &long(30_000));
    let mut t = room.open(&[&path]);
    t.shows("长文的题目");
    t.keys("/第29000段\r");
    t.shows("第29000段从");
    quit(t);
    let mut t = room.open(&[&path]);
    t.shows("第29000段从");
    quit(t);
}

/// Without a store, too, an article that is gone back to has its place and its keywords.
#[test]
fn without_a_store_articles_keep_their_state_for_the_time() {
    let room = Room::new();
    let files = ["a.txt", "b.txt"].map(|name| PathBuf::from(room.file(name, &long(90))));
    std::fs::write(&files[1], "另一篇的话写在这里。\n".repeat(90)).unwrap();
    let (_inbox, post) = Inbox::new().unwrap();
    let mut current = OpenArticle::new(DecodeOptions::default(), &post);
    let mut session = Session::new(Settings::default(), 60, 20);
    let store = Store::start(None, post);
    let asked = store.begin();
    let mut keeper = Autosave::begin(store, &asked, &mut session, &Config::default(), false);
    let [a, b] = files.map(Item::File);
    let keymap = Keymap::default();
    assert!(current.open(&mut session, &mut keeper, &a));
    press(&mut session, &keymap, "* 段 enter 5 0 %");
    let place = session.kept();
    assert!(current.open(&mut session, &mut keeper, &b));
    assert!(session.find.keywords.is_empty());
    assert!(current.open(&mut session, &mut keeper, &a));
    assert_eq!(session.find.keywords.len(), 1);
    assert_eq!(session.kept().unwrap().focus, place.unwrap().focus);
}

/// The raw source of a long file is read beside the reader, and so is another
/// encoding of it: no key waits for the file.
#[test]
fn no_key_reads_a_long_file() {
    let room = Room::new();
    let path = PathBuf::from(room.file("long.txt", &long(30_000)));
    let (mut inbox, post) = Inbox::new().unwrap();
    let mut current = OpenArticle::new(DecodeOptions::default(), &post);
    let mut session = Session::new(Settings::default(), 60, 20);
    let store = Store::start(None, post);
    let asked = store.begin();
    let mut keeper = Autosave::begin(store, &asked, &mut session, &Config::default(), false);
    assert!(current.open(&mut session, &mut keeper, &Item::File(path)));
    let mut wait = |current: &mut OpenArticle, session: &mut Session, keeper: &mut Autosave| {
        current.drawn();
        while !matches!(
            inbox.take_within(Duration::from_secs(20)).unwrap(),
            AppEvent::Loaded
        ) {}
        current.loaded(session, keeper).unwrap();
    };
    wait(&mut current, &mut session, &mut keeper);
    assert!(!session.article.file.is_head);
    current.read_source(&mut session);
    assert!(
        !session.article.is_raw()
            && session
                .notice
                .as_ref()
                .is_some_and(|n| n.text.contains("正在读原文件"))
    );
    // asked for twice it comes once
    current.read_source(&mut session);
    wait(&mut current, &mut session, &mut keeper);
    assert!(session.article.is_raw() && session.article.document().text().contains("第30000段"));
    // there and back; what is as large as the file is not kept
    let keymap = Keymap::default();
    assert_eq!(press(&mut session, &keymap, "g r"), Effect::None);
    assert!(!session.article.is_raw());
    assert_eq!(press(&mut session, &keymap, "g r"), Effect::ReadSource);
    // who does something else meanwhile is not taken away from it
    current.read_source(&mut session);
    let _ = press(&mut session, &keymap, "/");
    wait(&mut current, &mut session, &mut keeper);
    assert!(!session.article.is_raw() && session.article.has_source());
}
