//! Lists about many articles, with the real program in a real terminal: all hits of a search,
//! copies of an article, where a passage stands, what is different in a copy.

use crate::memory::{Room, essay};
use crate::terminal::{LONG, Terminal};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Returns so many invented Han; another seed gives other ones.
pub fn invented(seed: u32, count: usize) -> String {
    let mut state = seed;
    let mut next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from_u32(0x4e00 + (state >> 8) % 3000).unwrap()
    };
    (0..count).map(&mut next).collect()
}

/// Opens a folder of three articles, of which the third is a copy of the first in the other script.
pub fn open(room: &Room, columns: u16, rows: u16) -> Terminal {
    let body: Vec<String> = (1..13)
        .map(|seed| format!("灯笼{}。", invented(seed, 40)))
        .collect();
    let first = format!(
        "---\ntitle: 渡口\ndate: 2020-01-02\n---\n\n{}\n",
        body.join("\n\n")
    );
    room.file("lib/a.md", &first);
    let copy = first
        .replace("灯笼", "燈籠")
        .replace("渡口\n", "渡口又一篇\n");
    room.file("lib/c.md", &copy.replace("2020-01-02", "2021-05-06"));
    room.file(
        "lib/b.md",
        "---\ntitle: 街灯\ndate: 2022-03-04\n---\n\n新街没有灯笼，只有路灯；新街的人也不提灯笼的事。\n",
    );
    let folder = room.path.join("lib").display().to_string();
    let mut t = room.open_in(&[&folder], &[], columns, rows);
    t.shows("2 篇（同文 1）");
    t
}

/// Waits until this row of the screen, the first of the list, has these words.
fn begins_with(t: &mut Terminal, row: usize, words: &str) {
    let end = Instant::now() + LONG;
    while !t
        .screen()
        .lines()
        .nth(row)
        .is_some_and(|row| row.contains(words))
    {
        assert!(Instant::now() < end, "not first: {words}\n{}", t.screen());
        t.take(Duration::from_millis(50));
    }
}

pub fn quit(mut t: Terminal) {
    t.keys("qqqq");
    assert_eq!(t.ends(), 0);
}

#[test]
fn all_hits_of_the_shelf_are_listed_sorted_and_opened() {
    let room = Room::new();
    let mut t = open(&room, 110, 24);
    t.keys("L");
    t.shows("先按 / 查找");
    t.keys("/灯笼\rL");
    t.shows("14 处  2 篇  同文计一次");
    t.shows("按日期，新的在前");
    t.shows("2022-03-04 街灯");
    t.keys("c");
    t.shows("26 处  3 篇  同文各计");
    t.keys("c");
    t.shows("14 处  2 篇");
    // the hits of the other article are behind those of the newest one
    t.keys("s");
    t.shows("按日期，旧的在前");
    begins_with(&mut t, 2, "2020-01-02");
    t.keys("jjj");
    t.shows("4/14");
    t.keys("\r");
    t.shows("灯笼 4/12");
    t.keys("\u{1b}");
    t.shows("4/14");
    t.keys("\rL");
    t.shows("4/14");
    t.keys("s");
    t.shows("按后文");
    t.keys("/新街\r");
    t.shows("1/2  第1段  /新街");
    t.keys("\u{1b}L");
    t.shows("2 / 2 篇");
    quit(t);
}

/// An article that is read in while the list is open is listed, too.
#[test]
fn the_list_follows_the_shelf() {
    let room = Room::new();
    let mut t = open(&room, 100, 20);
    t.keys("/灯笼\rL");
    t.shows("14 处  2 篇");
    room.file(
        "lib/d.md",
        "---\ntitle: 江\ndate: 2023\n---\n\n江上有一盏灯笼，远远地亮着。\n",
    );
    t.keys("\u{1b}RL");
    t.shows("15 处  3 篇");
    t.shows("2023");
    quit(t);
}

/// Keys are answered while a list of many hits is made, and the list says what it leaves out.
#[test]
fn a_list_has_a_limit_and_says_so() {
    let room = Room::new();
    let line = "灯".repeat(400) + "。\n\n";
    for i in 0..26 {
        room.file(
            &format!("lib/{i}.md"),
            &(format!("第{i}篇开头。\n\n") + &line.repeat(10)),
        );
    }
    let folder = room.path.join("lib").display().to_string();
    let mut t = room.open_in(&[&folder], &[], 100, 20);
    t.shows("26 篇");
    t.keys("c/灯\rL");
    t.shows("104000 处");
    t.shows("只列出较新的 100000 处");
    t.keys("ss");
    t.shows("按后文");
    let began = Instant::now();
    t.keys("G");
    t.shows("100000/100000");
    assert!(began.elapsed() < Duration::from_secs(2));
    quit(t);
}

/// The essay of the other stories has no copy here; its hits are its own.
#[test]
fn a_search_in_titles_alone_has_no_line() {
    let room = Room::new();
    room.file("lib/a.txt", &essay(&["甲的一段话。"; 4]));
    room.file("lib/灯市.md", "甲乙丙丁，戊己庚辛。\n");
    let folder = room.path.join("lib").display().to_string();
    let mut t = room.open_in(&[&folder], &[], 80, 20);
    t.shows("2 篇");
    t.keys("/灯市\r");
    t.shows("1 / 2 篇");
    t.keys("L");
    t.shows("只在标题等处有");
    quit(t);
}

/// A file by itself is compared with the library, whose copies of it are listed, the earliest first.
#[test]
fn copies_of_a_file_are_found_in_the_library() {
    let room = Room::new();
    quit(open(&room, 80, 20));
    let cut: Vec<String> = (1..10).map(|seed| invented(seed, 40)).collect();
    let file = room.file("alone.md", &format!("# 一个人\n\n{}\n", cut.join("。\n\n")));
    let mut t = room.open(&[&file]);
    t.shows("一个人");
    t.keys("gc");
    t.shows("还没有文库");
    t.keys("q");
    assert_eq!(t.ends(), 0);
    let folder = room.path.join("lib").display().to_string();
    assert!(room.run(&["library", "add", &folder]).status.success());
    let mut t = room.open(&[&file]);
    t.keys("gc");
    t.shows("另有 2 篇，早的在前");
    let screen = t.screen();
    let rows: Vec<&str> = screen.lines().filter(|row| row.contains('%')).collect();
    assert!(
        rows[0].contains("2020-01-02  渡口 ") && rows[1].contains("2021-05-06"),
        "{screen}"
    );
    assert!(rows[0].trim_end().ends_with("84%      59%"), "{screen}");
    t.keys("j\r");
    t.shows("渡口又一篇");
    t.keys("\u{1b}");
    t.shows("2/2");
    quit(t);
}

/// Every article that holds a selected passage, in whatever script; it is opened at the passage.
#[test]
fn a_passage_is_found_in_every_article_that_holds_it() {
    let room = Room::new();
    let mut t = open(&room, 80, 20);
    t.keys("G\r");
    t.shows("渡口");
    t.keys("9Gvgc");
    t.shows("出处");
    t.shows("2 篇，早的在前");
    t.shows("2020-01-02  本文 渡口");
    t.keys("j\r");
    t.shows("渡口又一篇");
    t.shows("第9段");
    t.keys("q");
    t.shows("2/2");
    t.keys("\u{1b}");
    begins_with(&mut t, 0, "渡口 ");
    t.keys("vlhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhgc");
    t.shows("至少选八个汉字");
    t.keys("\u{1b}");
    quit(t);
}

/// On the shelf the chosen article is asked about.
#[test]
fn copies_are_listed_from_the_shelf() {
    let room = Room::new();
    let mut t = open(&room, 80, 20);
    t.keys("Ggc");
    t.shows("另有 1 篇");
    t.keys("/又一\r");
    t.shows("1/1  /又一");
    t.keys("\u{1b}\u{1b}");
    t.shows("2 篇（同文 1）");
    quit(t);
}

/// A copy is compared paragraph by paragraph, in whatever script; the page follows the width.
#[test]
fn the_differences_of_a_copy_are_shown() {
    let room = Room::new();
    let body: Vec<String> = (1..13)
        .map(|seed| format!("灯笼{}。", invented(seed, 40)))
        .collect();
    let article = |title: &str, date: &str, body: &[String]| {
        let body = body.join("\n\n");
        format!("---\ntitle: {title}\ndate: {date}\n---\n\n{body}\n")
    };
    room.file("lib/a.md", &article("渡口", "2020-01-02", &body));
    let mut other: Vec<String> = body.iter().map(|p| p.replace("灯笼", "燈籠")).collect();
    other.remove(2);
    other[5] = other[5].replace("燈籠", "街燈");
    other.insert(9, "这一段只有转载的才有。".to_owned());
    room.file("lib/b.md", &article("渡口又一篇", "2021-05-06", &other));
    let folder = room.path.join("lib").display().to_string();
    let mut t = room.open(&[&folder]);
    t.shows("1 篇（同文 1）");
    t.keys("gc");
    t.shows("另有 1 篇");
    t.keys("k=");
    t.shows("这就是本文");
    t.keys("j=");
    t.shows("- 只在本文 1  + 只在那篇 1  ~ 改动 1  = 相同 10");
    t.shows("-  2020-01-02  渡口");
    t.shows("+  2021-05-06  渡口又一篇");
    t.shows("⋯ 相同的 2 段");
    t.shows("~- 灯笼");
    t.shows("~+ 街燈");
    t.shows("+  这一段只有转载的才有。");
    t.keys("c");
    t.shows("   灯笼");
    t.keys("\r");
    t.shows("渡口又一篇");
    t.shows("第1段");
    t.keys("\u{1b}");
    t.shows("= 相同 10");
    t.keys("=");
    t.shows("2/2");
    quit(t);
}

/// Makes a folder of articles that say a thing in like words, one of them twice.
fn like_room() -> Room {
    let room = Room::new();
    let body = |seed: u32, points: &str| {
        let rest: Vec<String> = (seed..seed + 12).map(|n| invented(n, 40) + "。").collect();
        format!("{points}\n\n{}\n", rest.join("\n\n"))
    };
    let file = |name: &str, title: &str, date: &str, body: &str| {
        let head = format!("---\ntitle: {title}\ndate: {date}\n---\n\n");
        room.file(&format!("lib/{name}"), &(head + body));
    };
    let own = body(
        1,
        "办法有两条：一是把镇口的旧戏台修好，让人有戏看。二是把集市办起来。",
    );
    file("a.md", "渡口", "2020-01-02", &own);
    file("a2.md", "渡口转载", "2020-03-02", &own);
    let other = body(
        30,
        "先做两件事：第一，要尽早把鎮口的舊戲臺修好。第二，街上要种树。",
    );
    file("b.md", "街灯", "2022-03-04", &other);
    file("b2.md", "街灯转载", "2022-05-04", &other);
    let last = body(
        60,
        "镇上说过：其一，把镇口的旧戏台修好才有人来。其二，茶馆也要修。",
    );
    file("c.md", "茶馆", "2018-03-04", &last);
    let points: Vec<String> = (1..40)
        .map(|n| format!("{n}. {}。", invented(n + 300, 12)))
        .collect();
    file("d.md", "杂记", "2011", &points.join("\n\n"));
    room
}

#[test]
fn points_in_like_words_are_listed_and_opened() {
    let room = like_room();
    let folder = room.path.join("lib").display().to_string();
    let mut t = room.open_in(&[&folder], &[], 110, 24);
    t.shows("4 篇（同文 2）");
    t.keys("j\r");
    t.shows("渡口");
    t.keys("Jgw");
    t.shows("措辞相近  一是把镇口的旧戏台修好");
    // its own copy is left out, of the others one is listed
    t.shows("2 个要点  另有 1 篇同文  按相近程度");
    t.shows("街灯 +1");
    t.keys("sss");
    t.shows("按相近程度");
    t.keys("ss");
    t.shows("按日期，旧的在前");
    begins_with(&mut t, 3, "2018-03-04");
    t.keys("/街灯\r");
    t.shows("1/1  /街灯");
    t.keys("\r");
    t.shows("要尽早把鎮口的舊戲臺修好");
    t.shows("第1点/2");
    t.keys("\u{1b}");
    t.shows("1/1  /街灯");
    quit(t);
}

/// A list that was opened over an article is left to that article, from other articles too, and a
/// list below it stays; what was searched for before does not lead away from a point.
#[test]
fn lists_over_lists_lead_back_the_way_they_came() {
    let room = like_room();
    let folder = room.path.join("lib").display().to_string();
    let mut t = room.open_in(&[&folder], &[], 110, 24);
    t.shows("4 篇（同文 2）");
    t.keys("/渡口\rL");
    t.shows("渡口");
    t.keys("\u{1b}\u{1b}/办法有两条\rL");
    t.shows("1 处  1 篇");
    t.keys("\r");
    t.shows("办法有两条 1/1");
    t.keys("Jgw");
    t.shows("措辞相近  一是把镇口的旧戏台修好");
    t.shows("2 个要点");
    t.keys("j\r");
    t.shows("第1点/2");
    t.shows("其一");
    t.keys("\u{1b}");
    t.shows("2/2");
    t.keys("\u{1b}");
    t.shows("一是");
    t.shows("渡口");
    t.keys("\u{1b}");
    t.shows("1 处  1 篇");
    quit(t);
}

#[test]
fn the_shelf_asks_with_its_words_or_a_title() {
    let room = like_room();
    let folder = room.path.join("lib").display().to_string();
    let mut t = room.open_in(&[&folder], &[], 80, 20);
    t.shows("4 篇（同文 2）");
    t.keys("gw");
    t.shows("字太少");
    t.keys("/旧戏台修好 -没有的词\rgw");
    t.shows("措辞相近  旧戏台修好");
    t.shows("3 个要点");
    t.keys("\u{1b}");
    t.shows("3 / 4 篇");
    quit(t);
}

/// A list goes to a new file each time, whatever has its name.
#[test]
fn lists_are_exported_to_new_files() {
    let room = Room::new();
    let mut t = open(&room, 200, 24);
    let notes = room.path.join("data/jingdu/notes");
    t.keys("/灯笼\rL");
    t.shows("14 处  2 篇  同文计一次");
    t.keys("\u{1b}ge");
    t.shows("2 行已导出到");
    let files = |ending: &str| -> Vec<PathBuf> {
        let files = std::fs::read_dir(&notes).unwrap();
        let paths = files.map(|file| file.unwrap().path());
        paths
            .filter(|path| path.to_string_lossy().ends_with(ending))
            .collect()
    };
    let [first] = files(".md").try_into().unwrap();
    let shelf = std::fs::read_to_string(&first).unwrap();
    assert!(shelf.contains("| 2020-01-02 | 渡口 |"), "{shelf}");
    let mode = std::fs::metadata(&first).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // what was written is changed by hand, and a link has the next name
    std::fs::write(&first, "改过").unwrap();
    let name = first.to_string_lossy().into_owned();
    let lost = room.path.join("lost.md");
    std::os::unix::fs::symlink(&lost, name.replace(".md", " 2.md")).unwrap();
    t.keys("sge");
    t.shows(" 3.md");
    assert_eq!(std::fs::read_to_string(&first).unwrap(), "改过");
    assert!(!lost.exists());
    assert_eq!(files(".md").len(), 3);
    t.keys("L");
    t.shows("14 处  2 篇  同文计一次");
    t.keys("gE");
    t.shows("14 行已导出到");
    let [hits] = files(".csv").try_into().unwrap();
    let hits = std::fs::read_to_string(hits).unwrap();
    assert!(
        hits.starts_with('\u{feff}') && hits.lines().count() == 15,
        "{hits}"
    );
    t.keys("\u{1b}gt");
    t.shows("14 处，2 / 2 篇");
    t.keys("gJ");
    t.shows("3 行已导出到");
    let [table] = files(".json").try_into().unwrap();
    let table = std::fs::read_to_string(table).unwrap();
    let cells = table
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let cells: Vec<serde_json::Value> = cells.collect();
    let hits: i64 = cells.iter().filter_map(|cell| cell["count"].as_i64()).sum();
    assert_eq!(hits, 14, "{table}");
    t.keys("\u{1b}");
    quit(t);
}

#[test]
fn two_skeletons_are_compared_and_exported() {
    let room = like_room();
    let folder = room.path.join("lib").display().to_string();
    let mut t = room.open_in(&[&folder], &[], 110, 30);
    t.shows("4 篇（同文 2）");
    t.keys("xj|");
    t.shows("1 对措辞相近");
    t.shows("a     第一 要尽早把鎮口的舊戲臺修好");
    t.shows("a     一是 把镇口的旧戏台修好");
    t.keys("n\r");
    t.shows("第1点/2");
    t.keys("\u{1b}");
    t.shows("1 对措辞相近");
    t.keys("ge");
    t.shows("对照已导出到");
    let notes = room.path.join("data/jingdu/notes");
    let first = std::fs::read_to_string(notes.join("街灯 - 渡口.md")).unwrap();
    assert!(first.contains("| a | 第一，要尽早把鎮口的舊戲臺修好 | 一是把镇口的旧戏台修好"));
    // another one is another file
    t.keys("lge");
    t.shows("渡口 2.md");
    assert_eq!(
        first,
        std::fs::read_to_string(notes.join("街灯 - 渡口 2.md")).unwrap()
    );
    quit(t);
}

/// An article that was opened by itself is compared with the next one of its folder.
#[test]
fn a_single_file_is_compared_with_the_next_one() {
    let room = like_room();
    let file = room.path.join("lib/b.md").display().to_string();
    let mut t = room.open_in(&[&file], &[], 80, 24);
    t.shows("街灯");
    t.keys("|");
    t.shows("1 对措辞相近");
    t.shows("1/2");
    t.keys("\t");
    t.shows("2/2");
    quit(t);
}
