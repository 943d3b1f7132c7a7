//! What a reader writes is kept: where two programs change one mark, in long pastes, and where the
//! world ends in the middle of a note.

use crate::memory::{Room, quit};
use crate::terminal::{Terminal, article};
use serde_json::Value;

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
    // saved, as far as the row has room
    b.shows("  已");
    assert_eq!(marks(&room)[0]["note"], "原来的AAA");
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
