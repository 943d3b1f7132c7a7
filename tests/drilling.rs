//! The drill with the real program: what is due after a sudden end, in the list and on the command
//! line; in another store; after a change of the file.

use crate::memory::{Room, quit};
use crate::terminal::LONG;
use rusqlite::Connection;
use serde_json::Value;
use std::time::{Duration, Instant};

const POINTS: &str = "# 三件小事\n\n把日子过好，要做三件事：一是把路修好。先修桥，再修路。二是把灯点亮。天黑以前点。三是把门打开。来的都是客。\n";

/// The records of all cards: box, day, and the number of days from today on.
fn cards(room: &Room) -> Vec<(i64, String, i64)> {
    let state: Value = serde_json::from_str(&room.prints(&["state", "export"])).unwrap();
    let articles = state["articles"].as_array().unwrap().iter();
    let cards = articles.flat_map(|article| article["cards"].as_array().unwrap());
    let clock = Connection::open_in_memory().unwrap();
    let days = "SELECT cast(julianday(?1) - julianday(date('now', 'localtime')) AS INTEGER)";
    let card = |card: &Value| {
        let due = card["due"].as_str().unwrap().to_owned();
        let days = clock.query_row(days, [&due], |r| r.get(0)).unwrap();
        (card["box"].as_i64().unwrap(), due, days)
    };
    let mut all: Vec<_> = cards.map(card).collect();
    all.sort();
    all
}

/// Waits until so many cards are on the disk.
fn wait_for_cards(room: &Room, count: usize) {
    let end = Instant::now() + LONG;
    while cards(room).len() != count {
        assert!(Instant::now() < end, "{:?}", cards(room));
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Lets some days go by: every card is due so much earlier.
fn days_later(room: &Room, days: usize) {
    let db = Connection::open(room.store()).unwrap();
    let sql = "UPDATE card SET due = date(due, ?1)";
    db.execute(sql, [format!("-{days} days")]).unwrap();
}

/// The exit status and the rows of `jingdu drill`, each in its columns.
fn due(room: &Room, args: &[&str]) -> (i32, Vec<Vec<String>>) {
    let out = room.run(&[&["drill"], args].concat());
    let text = String::from_utf8(out.stdout).unwrap();
    let columns = |row: &str| row.split('\t').map(str::to_owned).collect();
    (
        out.status.code().unwrap(),
        text.lines().map(columns).collect(),
    )
}

#[test]
fn what_is_due_survives_a_sudden_end() {
    let room = Room::new();
    let file = room.file("texts/a.md", POINTS);
    let other = room.file("others/b.md", "没有要点的短文。\n");
    assert_eq!(due(&room, &[]), (1, Vec::new()));
    let mut t = room.open(&[&file]);
    t.shows("三件小事");
    t.keys("gd");
    t.shows("共 4 条");
    t.keys("  x");
    t.shows("已看 2 / 4，漏 1");
    wait_for_cards(&room, 2);
    t.signal("-KILL");
    t.ends();
    // one was missed, one was known
    let days: Vec<_> = cards(&room)
        .into_iter()
        .map(|(b, _, days)| (b, days))
        .collect();
    assert_eq!(days, [(1, 1), (2, 2)]);
    assert_eq!(due(&room, &[]), (1, Vec::new()));
    days_later(&room, 1);
    let (status, rows) = due(&room, &[]);
    assert_eq!((status, rows.len()), (0, 1));
    let today = &cards(&room)[0].1;
    assert_eq!(rows[0][..3], [today.as_str(), "1", "三件小事"]);
    let folder = room.path.join("texts").display().to_string();
    assert_eq!(due(&room, &[&folder, &other]), (0, rows.clone()));
    assert_eq!(due(&room, &[&other]), (1, Vec::new()));
    let json: Value = serde_json::from_str(&room.prints(&["drill", "--format", "json"])).unwrap();
    assert_eq!(json["due"].as_str(), Some(today.as_str()));
    assert_eq!(
        (&json["cards"], &json["title"]),
        (&1.into(), &"三件小事".into())
    );
    assert_eq!(json["file"].as_str(), Some(rows[0][3].as_str()));
    // its row opens it: what is due comes first, then what was not asked yet
    let mut t = room.open(&[&rows[0][3]]);
    t.shows("三件小事");
    t.keys("gd");
    t.shows("1 条该复习，共 4 条");
    t.keys(" ");
    t.shows("接着默没默过的 2 条");
    let end = Instant::now() + LONG;
    while due(&room, &[]).0 == 0 {
        assert!(Instant::now() < end);
    }
    t.signal("-KILL");
    t.ends();
    assert_eq!(due(&room, &[]), (1, Vec::new()));
    assert!(room.prints(&["state", "check"]).contains("完好"));
}

#[test]
fn the_list_of_what_is_due_leads_to_the_drill_and_back() {
    let room = Room::new();
    let file = room.file("texts/a.md", POINTS);
    let other = room.file("texts/b.md", "# 短文\n\n没有要点的短文。\n");
    let mut t = room.open(&[&file]);
    t.shows("三件小事");
    t.keys("gd    \u{1b}");
    wait_for_cards(&room, 4);
    quit(t);
    days_later(&room, 2);
    let mut t = room.open(&[&other]);
    t.shows("没有要点的短文");
    t.keys("gD");
    t.shows("三件小事");
    t.keys("\r");
    t.shows("共 4 条");
    t.keys("    \u{1b}");
    t.shows("今天没有该复习的");
    t.keys("\u{1b}");
    t.shows("把日子过好");
    quit(t);
    let boxes: Vec<_> = cards(&room)
        .into_iter()
        .map(|(b, _, days)| (b, days))
        .collect();
    assert_eq!(boxes, [(3, 4); 4]);
    // a file that is gone cannot be gone over
    days_later(&room, 4);
    assert_eq!(due(&room, &[]).1.len(), 1);
    std::fs::remove_file(&file).unwrap();
    assert_eq!(due(&room, &[]), (1, Vec::new()));
}

#[test]
fn the_list_of_what_is_due_says_what_is_next() {
    let room = Room::new();
    let file = room.file("texts/a.md", POINTS);
    let mut t = room.open(&[&file]);
    t.shows("三件小事");
    t.keys("gd x   \u{1b}");
    wait_for_cards(&room, 4);
    t.keys("gD");
    t.shows("今天没有该复习的，明天 1 条");
    t.keys("\u{1b}");
    quit(t);
}

#[test]
fn the_shelf_says_how_many_articles_are_due() {
    let room = Room::new();
    let file = room.file("texts/a.md", POINTS);
    room.file("texts/b.md", "# 短文\n\n没有要点的短文。\n");
    let folder = room.path.join("texts").display().to_string();
    let mut t = room.open(&[&file]);
    t.shows("三件小事");
    t.keys("gd    \u{1b}");
    wait_for_cards(&room, 4);
    quit(t);
    let mut t = room.open(&[&folder]);
    t.shows("/2    ");
    quit(t);
    days_later(&room, 2);
    let mut t = room.open(&[&folder]);
    t.shows("/2  1 篇该复习（gD 查看）");
    t.keys("gD\r");
    t.shows("共 4 条");
    t.keys("    \u{1b}");
    t.shows("今天没有该复习的");
    t.keys("\u{1b}");
    t.shows("/2    ");
    quit(t);
}

#[test]
fn cards_are_exported_and_taken_up_again() {
    let room = Room::new();
    let file = room.file("a.md", POINTS);
    let mut t = room.open(&[&file]);
    t.shows("三件小事");
    t.keys("gd  x");
    wait_for_cards(&room, 2);
    t.keys("\u{1b}");
    quit(t);
    let known = cards(&room);
    let state = room.file("state.json", &room.prints(&["state", "export"]));
    let second = Room::new();
    second.prints(&["state", "import", &state]);
    assert_eq!(cards(&second), known);
    days_later(&second, 1);
    assert_eq!(due(&second, &[]).1.len(), 1);
    // what is newer stays
    let db = Connection::open(second.store()).unwrap();
    db.execute("UPDATE card SET answered = answered + 9, box = 7", [])
        .unwrap();
    drop(db);
    second.prints(&["state", "import", &state]);
    assert!(cards(&second).iter().all(|(b, ..)| *b == 7));
}

#[test]
fn a_card_is_found_again_where_the_file_was_changed_elsewhere() {
    let room = Room::new();
    let file = room.file("a.md", POINTS);
    let mut t = room.open(&[&file]);
    t.shows("三件小事");
    t.keys("gd    \u{1b}");
    wait_for_cards(&room, 4);
    quit(t);
    let changed = POINTS.replace("把灯点亮", "把灯拨亮一些");
    let changed = changed.replace("把日子过好", "这一段是后来加的，放在最前面。\n\n把日子过好");
    room.file("a.md", &changed);
    let mut t = room.open(&[&file]);
    t.shows("后来加的");
    t.keys("gd");
    // only the point of other words is new
    t.shows("1 条没默过，共 4 条");
    t.keys("\u{1b}");
    quit(t);
}
