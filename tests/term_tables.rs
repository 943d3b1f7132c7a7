//! The table of terms, with the real program in a real terminal: copies, doors and the way back,
//! articles that come meanwhile, a file by itself and the library.

use crate::many_articles::{invented, open, quit};
use crate::memory::Room;

/// The number of a cell is the number of the lines that it opens, with copies and without.
#[test]
fn a_cell_opens_its_hits_and_esc_comes_back() {
    let room = Room::new();
    let mut t = open(&room, 120, 24);
    t.keys("gt");
    t.shows("先按 / 查找，再数");
    t.keys("/灯笼\rgt");
    t.shows("年表  /灯笼  次数 · 同文计一次");
    t.shows("库内 2020-01-02 起，2 篇");
    t.shows("14 处，2 / 2 篇");
    t.keys("$h");
    t.shows("2 处，1 / 1 篇");
    t.keys("\r");
    t.shows("灯笼  2022  2 处  1 篇");
    t.keys("\r");
    t.shows("灯笼 1/2");
    t.keys("\u{1b}\u{1b}");
    t.shows("1/1  2 处，1 / 1 篇");
    t.keys("c");
    t.shows("库内 2020-01-02 起，3 篇");
    t.keys("h");
    t.shows("12 处，1 / 1 篇");
    t.keys("\r");
    t.shows("灯笼  2021  12 处  1 篇");
    t.keys("c");
    t.shows("在表里按 c");
    t.keys("\u{1b}9h");
    t.shows("26 处，3 / 3 篇");
    t.keys("\r");
    t.shows("灯笼  26 处  3 篇  同文各计");
    t.keys("G");
    t.shows("26/26");
    t.keys("\u{1b}c");
    t.shows("14 处，2 / 2 篇");
    // the first use is opened at its hit
    t.keys("9l");
    t.shows("首见 2020-01-02，此前 0 篇（自 2020-01-02 起）");
    t.keys("\r");
    t.shows("灯笼 1/12");
    t.keys("gt");
    t.shows("首见 2020-01-02");
    t.keys("s");
    t.shows("月表");
    t.keys("$h");
    t.shows("2022-03");
    t.keys("\u{1b}\u{1b}");
    quit(t);
}

/// Keywords are counted behind the words of the search, which chooses the articles as well.
#[test]
fn keywords_are_counted_in_what_the_shelf_lists() {
    let room = Room::new();
    let mut t = open(&room, 120, 24);
    t.keys("G\r");
    t.shows("渡口");
    t.keys("#a街 灯笼\r");
    t.shows("灯笼");
    t.keys("qgl/新街\rgt");
    t.shows("年表  关键词  /新街");
    t.shows("所列 2022-03-04 起，1 篇");
    t.shows("1/3  2 处，1 / 1 篇");
    t.keys("\u{1b}\u{1b}gt");
    t.shows("库内 2020-01-02 起，2 篇");
    quit(t);
}

/// A table that was opened while articles are read in is counted again.
#[test]
fn the_table_follows_the_shelf() {
    let room = Room::new();
    let mut t = open(&room, 120, 24);
    t.keys("/灯笼\rgt");
    t.shows("起，2 篇");
    room.file(
        "lib/d.md",
        "---\ntitle: 江\ndate: 2023\n---\n\n江上有一盏灯笼，远远地亮着。\n",
    );
    t.keys("\u{1b}Rgt");
    t.shows("起，3 篇");
    t.shows("2023");
    quit(t);
}

/// From a file by itself the library is counted.
#[test]
fn a_file_by_itself_is_counted_in_the_library() {
    let room = Room::new();
    quit(open(&room, 80, 20));
    let file = room.file("alone.md", "# 一个人\n\n街上点着灯笼，没有人。\n");
    let mut t = room.open_in(&[&file], &[], 120, 24);
    t.keys("/灯笼\rgt");
    t.shows("还没有文库");
    t.keys("q");
    assert_eq!(t.ends(), 0);
    let folder = room.path.join("lib").display().to_string();
    assert!(room.run(&["library", "add", &folder]).status.success());
    let mut t = room.open_in(&[&file], &[], 120, 24);
    t.keys("/灯笼\rgt");
    t.shows("库内 2020-01-02 起，2 篇");
    t.keys("l\r");
    t.shows("灯笼  2020  12 处  1 篇  同文计一次");
    t.keys("\u{1b}h\r");
    t.shows("14 处  2 篇");
    t.shows("2022-03-04 街灯");
    t.keys("\r");
    t.shows("灯笼 1/2");
    t.keys("\u{1b}\u{1b}\u{1b}");
    quit(t);
}

/// Of copies the earliest that has the word is counted, on the shelf, in the table, by `count` and `find`.
#[test]
fn a_word_that_only_a_later_copy_has_is_counted() {
    let room = Room::new();
    let body: Vec<String> = (1..13)
        .map(|seed| format!("{}。", invented(seed, 40)))
        .collect();
    let body = body.join("\n\n");
    room.file(
        "lib/a.md",
        &format!("---\ndate: 2020-01-02\n---\n\n{body}\n"),
    );
    let copy = format!("---\ndate: 2021-05-06\n---\n\n{body}\n\n后来添了一句灯塔。\n");
    room.file("lib/b.md", &copy);
    let folder = room.path.join("lib").display().to_string();
    let mut t = room.open_in(&[&folder], &[], 120, 24);
    t.shows("1 篇（同文 1）");
    t.keys("/灯塔\r");
    t.shows("1 / 1 篇");
    t.keys("gt");
    t.shows("1 处，1 / 1 篇");
    t.shows("2021-05-06");
    quit(t);
    let printed = room.prints(&["count", "灯塔", &folder, "--format", "csv"]);
    let row = "\"灯塔\",\"1\",\"0\",\"1\",\"2021-05-06\"";
    assert!(printed.contains(row), "{printed}");
    assert!(room.run(&["library", "add", &folder]).status.success());
    for options in [["--by", "article"], ["--since", "2021"]] {
        let asked = [["find", "灯塔", "--copies"].as_slice(), &options].concat();
        assert!(room.prints(&asked).contains("2021-05-06"), "{options:?}");
    }
}
