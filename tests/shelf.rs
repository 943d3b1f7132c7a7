//! The shelf in a real terminal: continuing, going from article to article, marking as read.

use crate::memory::{Room, essay, quit};

/// The row that was chosen by key is chosen again; the shelf says what to go on with.
#[test]
fn choices_and_the_last_article_are_remembered() {
    let room = Room::new();
    let file = room.file("here.txt", &essay(&["一段话。"; 60]));
    let mut t = room.open(&[&file]);
    t.shows("再抓一遍");
    t.keys("---gi");
    t.shows("段间空行");
    t.keys("20j");
    quit(t);
    let mut t = room.open(&[]);
    t.shows("继续读");
    t.shows("再抓一遍");
    t.shows("%");
    t.keys("\r");
    t.shows("一段话");
    t.keys("-");
    t.shows("每行 28 字");
    t.keys("=");
    t.shows("已读");
    t.keys("qq");
    t.shows("继续读");
    quit(t);
}

/// Back and forward lead from article to article, each where it was left.
#[test]
fn back_and_forward_cross_articles() {
    let room = Room::new();
    let first = room.file("a.txt", &essay(&["第一篇的一段话在这里。"; 40]));
    let second = room.file("b.txt", &essay(&["第二篇的一段话在那里。"; 40]));
    let mut t = room.open(&[&first, &second]);
    t.shows("第一篇的");
    t.keys("20Gga");
    t.shows("第二篇的");
    t.keys("12G\u{f}");
    t.shows("第二篇的");
    t.keys("\u{f}");
    t.shows("第一篇的");
    t.keys("g,");
    t.shows("第二篇的");
    t.keys("\u{f}\u{f}");
    t.shows("第一篇的");
    t.keys("\u{f}\u{f}");
    t.shows("没有可以返回的位置");
    t.keys("q");
    quit(t);
}

/// Articles that come, change and go while one reads are noticed without a key.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_changes_is_noticed() {
    let room = Room::new();
    let write =
        |name: &str, title: &str| room.file(name, &format!("---\ntitle: {title}\n---\n一段话。\n"));
    let first = write("lib/a.md", "头一篇文章");
    let folder = room.path.join("lib").display().to_string();
    let mut t = room.open(&[&folder]);
    t.shows("头一篇文章");
    t.shows("1 篇");
    write("lib/2024/b.md", "后来的一篇");
    t.shows("后来的一篇");
    t.shows("2 篇");
    write("lib/2024/b.md", "改过的一篇");
    t.shows("改过的一篇");
    std::fs::remove_file(first).unwrap();
    t.shows("1 篇");
    t.keys("q");
    quit(t);
}

/// A file without text is listed, but is no article, and is named where it is opened; the way from article to article then leads past it.
#[test]
fn what_cannot_be_opened_bars_no_way() {
    let room = Room::new();
    room.file("lib/a.txt", &essay(&["甲的一段话。"; 4]));
    room.file("lib/b.txt", "\n \n");
    room.file("lib/c.txt", &essay(&["丙的一段话。"; 4]));
    let folder = room.path.join("lib").display().to_string();
    let mut t = room.open(&[&folder]);
    t.shows("2 篇（读不了 1）");
    t.keys("j\r");
    t.shows("是空的");
    t.keys("k\r");
    t.shows("甲的一段话");
    t.keys("ga");
    t.shows("丙的一段话");
    t.keys("gA");
    t.shows("甲的一段话");
    t.keys("qq");
    assert_eq!(t.ends(), 0);
}

/// R says at its end what has changed.
#[test]
fn a_refresh_says_what_has_changed() {
    let room = Room::new();
    room.file("lib/a.txt", &essay(&["甲的一段话。"; 4]));
    let folder = room.path.join("lib").display().to_string();
    let mut t = room.open(&[&folder]);
    t.shows("1 篇");
    t.keys("R");
    t.shows("没有变化");
    t.keys("q");
    assert_eq!(t.ends(), 0);
}

/// An article that was never opened can be marked as read, and as unread again.
#[test]
fn articles_are_marked_as_read_on_the_shelf() {
    let room = Room::new();
    room.file("lib/a.txt", &essay(&["甲的一段话。"; 4]));
    room.file("lib/b.txt", &essay(&["乙的一段话。"; 4]));
    let folder = room.path.join("lib").display().to_string();
    let mut t = room.open(&[&folder]);
    t.shows("2 篇");
    t.keys("jr");
    t.shows("已标为读完");
    t.keys("q");
    assert_eq!(t.ends(), 0);
    let mut t = room.open(&[&folder]);
    t.shows("读完");
    t.keys("/未读\r");
    t.shows("1 / 2 篇");
    t.keys("\u{1b}jr");
    t.shows("已标为未读");
    t.keys("q");
    assert_eq!(t.ends(), 0);
    let mut t = room.open(&[&folder]);
    t.shows("2 篇");
    t.keys("/未读\r");
    t.shows("2 / 2 篇");
    t.keys("q");
    assert_eq!(t.ends(), 0);
}

/// A jump to the end is no reading; an article is read through once its end and most of its text
/// have been shown, also in two sessions.
#[test]
fn an_article_is_read_through_by_reading_it() {
    let room = Room::new();
    for (name, date, words, count) in [
        ("a", "2020", "渡口的一段话，说的是船。", 40),
        ("b", "2019", "街上的一段话，说的是灯。", 4),
    ] {
        let text = essay(&vec![words; count]);
        room.file(
            &format!("lib/{name}.txt"),
            &format!("---\ndate: {date}\n---\n{text}"),
        );
    }
    let folder = room.path.join("lib").display().to_string();
    let finished = || {
        let stats: serde_json::Value =
            serde_json::from_str(&room.prints(&["stats", "--format", "json"])).unwrap();
        stats["finished"].as_i64().unwrap()
    };
    let mut t = room.open(&[&folder]);
    t.shows("2 篇");
    t.keys("/船\r");
    t.shows("1 / 2 篇");
    // to the last hit, and to the end
    t.keys("\r");
    t.shows("1/40");
    t.keys("N");
    t.shows("40/40");
    t.keys("Gq");
    t.shows("100%");
    assert!(!t.screen().contains("读完"), "{}", t.screen());
    t.keys("\u{1b}/读完\r");
    t.shows("0 / 2 篇");
    // half of it
    t.keys("/\u{15}\r");
    t.shows("2 篇");
    t.keys("gg\r");
    t.shows("渡口的");
    t.keys("gg");
    t.keys("q");
    t.shows("2 篇");
    t.keys("q");
    assert_eq!(t.ends(), 0);
    assert_eq!(finished(), 0);
    // and the other half
    let mut t = room.open(&[&folder]);
    t.shows("2 篇");
    t.keys("gg\r");
    t.shows("渡口的");
    // a glance is not enough
    t.keys("          q");
    t.shows("100%");
    assert!(!t.screen().contains("读完"), "{}", t.screen());
    t.keys("\r");
    t.shows("渡口的");
    std::thread::sleep(std::time::Duration::from_secs(4));
    t.keys("q");
    t.shows("读完");
    t.keys("\r");
    t.shows("渡口的");
    t.keys("ggq");
    t.shows("读完");
    t.keys("q");
    assert_eq!(t.ends(), 0);
    assert_eq!(finished(), 1);
    // marked as unread it is no longer
    let mut t = room.open(&[&folder]);
    t.shows("读完");
    t.keys("/读完\r");
    t.shows("1 / 2 篇");
    t.keys("r");
    t.shows("已标为未读");
    t.shows("0 / 2 篇");
    t.keys("\u{1b}q");
    assert_eq!(t.ends(), 0);
    assert_eq!(finished(), 0);
}
