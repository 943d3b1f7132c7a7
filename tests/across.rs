//! From article to article in a real terminal: saved views, what was read last, capital
//! bookmarks, keywords.

use crate::memory::{Room, essay};

/// Returns the folder of a library of three articles of two years.
fn library(room: &Room) -> String {
    for (name, date, words) in [
        ("a", "2019-03-01", "甲的一段话，说协同。"),
        ("b", "2021-05-02", "乙的一段话，说改革。"),
        ("c", "2022-07-03", "丙的一段话，说协同。"),
    ] {
        let text = format!(
            "---\ntitle: {name}篇\ndate: {date}\n---\n{}",
            essay(&[words; 4])
        );
        room.file(&format!("lib/{name}.md"), &text);
    }
    room.path.join("lib").display().to_string()
}

/// A view that was saved is there at the next start, and after export and import.
#[test]
fn saved_views_are_kept() {
    let room = Room::new();
    let folder = library(&room);
    let mut t = room.open(&[&folder]);
    t.shows("3 篇");
    t.keys("/协同 >2020\r");
    t.shows("1 / 3 篇");
    t.keys("gvs");
    t.shows("现在的筛选存为");
    t.keys("近年\r");
    t.shows("已存为“近年”  已存");
    t.keys("\u{1b}q");
    assert_eq!(t.ends(), 0);
    let mut t = room.open(&[&folder]);
    t.shows("3 篇");
    t.keys("gv");
    t.shows("/协同 >2020");
    t.keys("\r");
    t.shows("1 / 3 篇");
    t.shows("c篇");
    t.keys("q");
    assert_eq!(t.ends(), 0);
    let other = Room::new();
    let exported = other.file("state.json", &room.prints(&["state", "export"]));
    assert_eq!(
        other.run(&["state", "import", &exported]).status.code(),
        Some(0)
    );
    let mut t = other.open(&[&folder]);
    t.shows("3 篇");
    t.keys("gv");
    t.shows("近年");
    t.keys("d");
    t.shows("U 撤销  已存");
    t.keys("\u{1b}q");
    assert_eq!(t.ends(), 0);
    assert!(!other.prints(&["state", "export"]).contains("view:"));
}

/// Two programs that save different views keep both, and each sees the other's.
#[test]
fn two_windows_keep_both_views() {
    let room = Room::new();
    let folder = library(&room);
    let (mut one, mut two) = (room.open(&[&folder]), room.open(&[&folder]));
    one.shows("3 篇");
    two.shows("3 篇");
    one.keys("/协同\rgvs一\r");
    one.shows("已存为“一”  已存");
    two.keys("/改革\rgvs二\r");
    two.shows("已存为“二”  已存");
    one.keys("\u{1b}gv");
    one.shows("/改革");
    one.shows("/协同");
    two.keys("s一\r");
    two.shows("“一”已换，原来是 /协同");
    two.keys("U");
    two.shows("“一”已恢复  已存");
    for mut t in [one, two] {
        t.keys("\u{1b}q");
        assert_eq!(t.ends(), 0);
    }
}
