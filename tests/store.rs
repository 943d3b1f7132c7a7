//! The store as a file: of every version that there was, cut off, damaged, emptied, shared, locked.
//! It heals by itself when it is opened, and by `jingdu state repair`.

use crate::memory::{Room, quit};
use crate::terminal::{LONG, article};
use jingdu::shell::store::schema;
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Instant;

const COMMENTARY: &str = "02-crawled-commentary.md";
/// The notes of a store that is damaged.
const NOTES: usize = 300;
const VERSIONS: [&str; 3] = [
    include_str!("stores/v1.sql"),
    include_str!("stores/v2.sql"),
    include_str!("stores/v3.sql"),
];

/// A room with a store that has notes on one article, written one by one.
fn noted() -> Room {
    let room = Room::new();
    let db = schema::open(&room.store()).unwrap();
    db.execute_batch("PRAGMA synchronous = off").unwrap();
    db.execute_batch(
        "INSERT INTO article (id, hash, title, author, source, date, length)
             VALUES (1, x'00112233445566778899aabbccddeeff', '渡口', '', '', '', 9);
         INSERT INTO version VALUES (x'00112233445566778899aabbccddeeff', 1);
         INSERT INTO location VALUES ('/渡口.md', 1, 1);",
    )
    .unwrap();
    let sql = "INSERT INTO mark VALUES (?1, 1, 'annotation', '', 0, ?2, ?3, ?4, ?4, '', '', 0, ?5, '', '', '', ?2, ?2)";
    for i in 0..NOTES {
        let (exact, around) = (
            format!("第{i}句话说的是河上的船。"),
            "船上点着灯笼，".repeat(7),
        );
        let note = if i == 7 {
            "长".repeat(9000)
        } else {
            format!("想法{i}。")
        };
        db.execute(
            sql,
            params![format!("00000000000000aa{i:04x}"), i, exact, around, note],
        )
        .unwrap();
    }
    db.close().unwrap();
    room
}

/// The names of the files beside the store that were set aside.
fn aside(room: &Room) -> Vec<PathBuf> {
    let entries = fs::read_dir(room.store().parent().unwrap()).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let is_aside = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.starts_with("state-damaged-") && name.ends_with(".db")
    };
    paths.filter(is_aside).collect()
}

/// The number of notes that the store has and that are as they were written.
fn notes(room: &Room) -> usize {
    let exported = room.marks();
    let articles = exported["articles"].as_array().unwrap();
    let marks = articles.iter().flat_map(|a| a["marks"].as_array().unwrap());
    let is_whole = |mark: &&Value| {
        let i = mark["made"].as_u64().unwrap();
        let note = mark["note"].as_str().unwrap();
        note == format!("想法{i}。") || i == 7 && note == "长".repeat(9000)
    };
    marks.filter(is_whole).count()
}

/// Changes the bytes of the file of the store.
fn damage(room: &Room, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut bytes = fs::read(room.store()).unwrap();
    change(&mut bytes);
    fs::write(room.store(), &bytes).unwrap();
    bytes
}

/// The page at which the tree of a table begins, as an offset.
fn root(room: &Room, table: &str) -> usize {
    let db = Connection::open(room.store()).unwrap();
    let sql = "SELECT rootpage FROM sqlite_master WHERE name = ?1";
    let page: usize = db.query_row(sql, [table], |r| r.get(0)).unwrap();
    (page - 1) * 4096
}

/// Runs the repair; returns what it says.
fn repair(room: &Room) -> String {
    let checked = room.run(&["state", "check"]);
    let said = String::from_utf8(checked.stdout).unwrap();
    assert_eq!(checked.status.code(), Some(1), "{said}");
    assert!(said.contains("jingdu state repair"), "{said}");
    let done = room.run(&["state", "repair"]);
    let said = String::from_utf8(done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(0), "{said} {:?}", done.stderr);
    assert!(room.prints(&["state", "check"]).contains("完好"), "{said}");
    said
}

#[test]
fn a_store_of_every_version_is_brought_up_to_date() {
    let mut before = Value::Null;
    for (i, sql) in VERSIONS.iter().enumerate() {
        let room = Room::new();
        fs::create_dir_all(room.store().parent().unwrap()).unwrap();
        Connection::open(room.store())
            .unwrap()
            .execute_batch(sql)
            .unwrap();
        let all: Value = serde_json::from_str(&room.prints(&["state", "export"])).unwrap();
        let of = |n: usize| &all["articles"][n];
        assert_eq!(
            (&of(0)["title"], &of(0)["done"]),
            (&json!("渡口"), &json!(true))
        );
        assert_eq!(of(1)["done"], json!(false));
        assert_eq!(of(0)["marks"].as_array().unwrap().len(), 2);
        assert_eq!(of(0)["marks"][0]["note"], "看这一句");
        assert_eq!(of(1)["marks"][0]["colour"], 2);
        assert_eq!(of(0)["read"][0]["chars"], 2);
        assert_eq!(of(0)["cards"].as_array().unwrap().len(), usize::from(i > 0));
        assert_eq!(all["choices"], json!([["measure", "60", "72"]]));
        assert_eq!(all["keywords"], json!([["协同", 2, 5]]));
        // what later versions know as well is the same from each
        let mut all = all;
        all["articles"][0]["cards"] = Value::Null;
        assert!(before.is_null() || before == all, "version {}", i + 1);
        before = all;
        assert!(room.prints(&["state", "check"]).contains("完好"));
    }
}

/// Also a damaged file may be of an older version.
#[test]
fn a_damaged_store_of_every_version_heals() {
    for sql in VERSIONS {
        let room = Room::new();
        fs::create_dir_all(room.store().parent().unwrap()).unwrap();
        Connection::open(room.store())
            .unwrap()
            .execute_batch(sql)
            .unwrap();
        let before = room.prints(&["state", "export"]);
        Connection::open(room.store())
            .unwrap()
            .execute_batch("VACUUM")
            .unwrap();
        damage(&room, |bytes| bytes[..100].fill(0));
        let said = repair(&room);
        assert!(said.contains("2 篇文章，3 条标注都救回了"), "{said}");
        assert_eq!(room.prints(&["state", "export"]), before);
    }
}

#[test]
fn of_a_store_that_was_cut_off_every_row_before_the_cut_is_saved() {
    for part in [987, 750, 600, 500] {
        let room = noted();
        let cut = damage(&room, |bytes| {
            bytes.truncate(bytes.len() * part / 1000);
        });
        let text = String::from_utf8_lossy(&cut).into_owned();
        let is_there = |i: &usize| text.contains(&format!("想法{i}。"));
        let there = (0..NOTES).filter(is_there).count();
        let mut t = room.open(&[&article(COMMENTARY)]);
        t.shows("记录文件坏了");
        quit(t);
        let saved = notes(&room);
        println!("cut to {part} ‰: {saved} of {there} before the cut, of {NOTES} in all");
        assert!(
            there > 0 && saved * 10 >= there * 9,
            "cut to {part}: {saved} of {there}"
        );
        assert!(room.prints(&["state", "check"]).contains("完好"));
        assert_eq!(fs::read(&aside(&room)[0]).unwrap(), cut);
    }
}

#[test]
fn noise_in_the_root_of_a_tree_loses_no_row() {
    for table in ["mark", "article", "mark_article", "version"] {
        let room = noted();
        let at = root(&room, table);
        let noise = |(i, byte): (usize, &mut u8)| *byte = (i * 37 % 251) as u8;
        damage(&room, |bytes| {
            bytes[at..at + 4096].iter_mut().enumerate().for_each(noise);
        });
        let said = repair(&room);
        assert_eq!(notes(&room), NOTES, "{table}: {said}");
        assert!(said.contains("300 条标注都救回了"), "{table}: {said}");
        // a mark whose article is gone has one again
        let all: Value = serde_json::from_str(&room.prints(&["state", "export"])).unwrap();
        assert_eq!(all["articles"][0]["paths"], json!(["/渡口.md"]));
        assert_eq!(
            all["articles"][0]["hashes"],
            json!(["00112233445566778899aabbccddeeff"])
        );
    }
}

#[test]
fn flipped_bits_cost_the_rows_that_they_are_in() {
    let mut random: u64 = 88_172_645_463_325_252;
    for round in 0..12 {
        let room = noted();
        damage(&room, |bytes| {
            for _ in 0..20 {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                let bit = random as usize % (bytes.len() * 8);
                bytes[bit / 8] ^= 1 << (bit % 8);
            }
        });
        let _ = room.run(&["state", "repair"]);
        let saved = notes(&room);
        // a flip in the head of a page costs a page of rows
        assert!(saved >= NOTES - 40, "round {round}: {saved}");
    }
}

#[test]
fn an_index_that_is_wrong_is_made_anew() {
    let room = noted();
    let db = Connection::open(room.store()).unwrap();
    let sql: String = db
        .query_row(
            "SELECT sql FROM sqlite_master WHERE name = 'mark_article'",
            [],
            |r| r.get(0),
        )
        .unwrap();
    let root: i64 = db
        .query_row(
            "SELECT rootpage FROM sqlite_master WHERE name = 'mark_article'",
            [],
            |r| r.get(0),
        )
        .unwrap();
    db.execute_batch("PRAGMA writable_schema = on; DELETE FROM sqlite_master WHERE name = 'mark_article'; PRAGMA writable_schema = reset;")
        .unwrap();
    drop(db);
    let db = Connection::open(room.store()).unwrap();
    db.execute(
        "UPDATE mark SET article = 1, uid = 'x' || uid WHERE made = 260",
        [],
    )
    .unwrap();
    db.execute("DELETE FROM mark WHERE made = 261", []).unwrap();
    db.execute_batch("PRAGMA writable_schema = on").unwrap();
    db.execute(
        "INSERT INTO sqlite_master VALUES ('index', 'mark_article', 'mark', ?1, ?2)",
        params![root, sql],
    )
    .unwrap();
    drop(db);
    let said = repair(&room);
    assert!(said.contains("索引已重做"), "{said}");
    assert_eq!(notes(&room), NOTES - 1);
    assert_eq!(aside(&room).len(), 1);
}

/// A room with a store of which only these bytes are left, beside a log that has the last rows.
fn only_log(left: &[u8]) -> Room {
    let room = noted();
    let db = schema::open(&room.store()).unwrap();
    db.execute_batch("PRAGMA wal_autocheckpoint = 0; UPDATE mark SET changed = changed + 1000")
        .unwrap();
    let log = PathBuf::from(format!("{}-wal", room.store().display()));
    let held = fs::read(&log).unwrap();
    drop(db);
    fs::write(room.store(), left).unwrap();
    fs::write(&log, held).unwrap();
    room
}

#[test]
fn a_store_shorter_than_its_header_is_read_from_its_log() {
    for left in [&b"S"[..], b"SQLite format 3\0", &[0; 99]] {
        let room = only_log(left);
        let said = repair(&room);
        assert!(notes(&room) > NOTES / 2, "{}: {said}", notes(&room));
        // also by opening an article
        let room = only_log(left);
        let mut t = room.open(&[&article(COMMENTARY)]);
        t.shows("记录文件坏了");
        quit(t);
        assert!(notes(&room) > NOTES / 2, "{}", notes(&room));
        assert_eq!(fs::read(&aside(&room)[0]).unwrap(), left);
    }
}

/// What only reads or imports would make a new store of it, and delete the log.
#[test]
fn a_log_without_its_store_is_never_deleted() {
    for left in [&b""[..], b"S"] {
        let room = only_log(left);
        let log = PathBuf::from(format!("{}-wal", room.store().display()));
        let held = fs::read(&log).unwrap();
        let none = room.file("none.json", r#"{ "jingdu": 1, "articles": [] }"#);
        for args in [
            &["state", "export"][..],
            &["stats"],
            &["state", "import", &none],
        ] {
            let refused = room.run(args);
            let said = String::from_utf8(refused.stderr).unwrap();
            assert_eq!(refused.status.code(), Some(2), "{args:?}: {said}");
            assert!(said.contains("jingdu state repair"), "{args:?}: {said}");
            assert!(refused.stdout.is_empty());
            assert_eq!(fs::read(&log).unwrap(), held, "{args:?}");
        }
        repair(&room);
        assert!(notes(&room) > NOTES / 2, "{}", notes(&room));
    }
}

/// Also for a user whose rights bind: a folder that may not be entered fails in the same call.
#[test]
fn a_store_that_cannot_be_reached_is_not_taken_for_none() {
    type Hinder = fn(&Path);
    let hindered: [(Hinder, &str); 3] = [
        (
            |store| {
                let state = store.ancestors().nth(2).unwrap();
                fs::create_dir_all(state.parent().unwrap()).unwrap();
                fs::write(state, "字").unwrap();
            },
            "路径中有一段不是目录",
        ),
        (
            |store| {
                fs::create_dir_all(store.parent().unwrap()).unwrap();
                std::os::unix::fs::symlink(store, store).unwrap();
            },
            "符号链接绕成了圈",
        ),
        (
            |store| {
                let folder = store.parent().unwrap();
                fs::create_dir_all(folder.parent().unwrap()).unwrap();
                std::os::unix::fs::symlink("elsewhere", folder).unwrap();
            },
            "没有这个文件",
        ),
    ];
    for (hinder, why) in hindered {
        let room = Room::new();
        let text = article(COMMENTARY);
        hinder(&room.store());
        for args in [
            &["state", "check"][..],
            &["state", "export"],
            &["state", "repair"],
            &["stats"],
            &["export"],
            &["export", &text],
        ] {
            let refused = room.run(args);
            let said = String::from_utf8(refused.stderr).unwrap();
            assert_eq!(refused.status.code(), Some(2), "{args:?}: {said}");
            assert!(said.contains(why), "{args:?}: {said}");
            assert_eq!(said.lines().count(), 1, "{args:?}: {said}");
            assert!(refused.stdout.is_empty(), "{args:?}");
        }
    }
    // a folder that is not made yet
    let room = Room::new();
    assert!(room.prints(&["state", "check"]).contains("还没有记录"));
}

#[test]
fn a_store_of_no_bytes_is_not_taken_for_a_new_one() {
    // beside its log, which has the last rows
    let room = only_log(b"");
    let said = repair(&room);
    assert!(said.contains("条标注"), "{said}");
    assert!(notes(&room) > NOTES / 2, "{}: {said}", notes(&room));
    // beside an older one
    let room = noted();
    fs::rename(
        room.store(),
        room.store()
            .with_file_name("state-damaged-2026-01-02-030405.db"),
    )
    .unwrap();
    fs::write(room.store(), "").unwrap();
    assert!(repair(&room).contains("300 条标注"));
    assert_eq!(notes(&room), NOTES);
    fs::write(room.store(), "").unwrap();
    let mut t = room.open(&[&article(COMMENTARY)]);
    t.shows("记录文件是空的");
    quit(t);
}

#[test]
fn an_older_store_is_the_readers_alone_from_now_on() {
    let room = noted();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    fs::set_permissions(room.store(), fs::Permissions::from_mode(0o644)).unwrap();
    let mut t = room.open(&[&article(COMMENTARY)]);
    t.shows("居民");
    quit(t);
    assert_eq!(mode(&room.store()), 0o600);
}

/// Another program holds the lock of repairs and does not let go.
#[test]
fn a_repair_elsewhere_is_not_waited_for_without_end() {
    let room = noted();
    damage(&room, |bytes| bytes.truncate(9000));
    let lock = fs::File::create(room.store().with_extension("lock")).unwrap();
    lock.lock().unwrap();
    let mut t = room.open(&[&article(COMMENTARY)]);
    let began = Instant::now();
    t.shows("别的程序占着");
    t.keys("q");
    let _ = t.ends();
    assert!(began.elapsed() < LONG);
    assert!(aside(&room).is_empty());
}
