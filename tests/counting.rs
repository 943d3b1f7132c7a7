//! `jingdu count` as scripts use it: its forms, its filters, where terms come from, what is counted.

use crate::many_articles::invented;
use crate::memory::Room;
use serde_json::Value;

/// Writes a folder of four articles, of which one is a copy and one has no date.
fn folder(room: &Room) -> String {
    let body: Vec<String> = (1..40)
        .map(|i| format!("灯笼{}桩。", invented(i, 20)))
        .collect();
    let body = body.concat();
    let article = |title: &str, facts: &str, body: &str| {
        format!("---\ntitle: {title}\n{facts}\n---\n\n{body}\n")
    };
    for (name, title, facts, body) in [
        ("a", "渡口", "date: 2019-03-05\nsource: 甲报", body.as_str()),
        (
            "b",
            "渡口又一篇",
            "date: 2019-05-06\nsource: 乙网",
            body.as_str(),
        ),
        (
            "c",
            "=街灯",
            "date: 2021-11-02\nsource: 乙网",
            "街上没有燈籠，也没有|竖线。",
        ),
        ("d", "无日期", "author: 佚名", "只有一盏灯笼。"),
    ] {
        room.file(&format!("lib/{name}.md"), &article(title, facts, body));
    }
    room.path.join("lib").display().to_string()
}

/// Runs the program; returns its status and what it printed.
fn run(room: &Room, args: &[&str]) -> (i32, String) {
    let out = room.run(args);
    let text = String::from_utf8(out.stdout).unwrap();
    (out.status.code().unwrap(), text)
}

#[test]
fn a_table_is_printed_in_four_forms() {
    let room = Room::new();
    let lib = folder(&room);
    let (code, text) = run(&room, &["count", "灯笼", "街|桩", &lib]);
    assert_eq!(code, 0);
    assert_eq!(
        text,
        "年表 · 次数 · 同文计一次 · 2019-03-05 起，3 篇，无日期 1 篇\n\
         词     合计  2019  2020  2021  无日期  首见        首见篇目  此前篇数\n\
         篇数      3     1     0     1       1\n\
         灯笼     41    39     0     1       1  2019-03-05  渡口             0\n\
         街|桩    40    39     0     1       0  2019-03-05  渡口             0\n"
    );
    let (_, text) = run(&room, &["count", "街", &lib, "--format", "md"]);
    assert!(
        text.ends_with("| 街 | 1 | 0 | 0 | 1 | 0 | 2021-11-02 | =街灯 | 1 |\n"),
        "{text}"
    );
    assert!(text.contains("\n| --- | ---: | ---: |"), "{text}");
    let (_, text) = run(&room, &["count", "街", &lib, "--format", "csv"]);
    assert!(
        text.starts_with("\u{feff}\"词\",\"合计\",\"2019\""),
        "{text}"
    );
    assert!(
        text.contains("\"2021-11-02\",\"'=街灯\",\"1\"\r\n"),
        "{text}"
    );
    let (_, text) = run(
        &room,
        &["count", "灯笼", &lib, "--format", "json", "--by", "month"],
    );
    let rows: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(rows.len(), 33 + 1, "{text}");
    let first = rows[0].as_object().unwrap();
    let keys: Vec<&String> = first.keys().collect();
    assert_eq!(
        keys,
        ["articles", "by", "count", "first", "key", "rate", "term"]
    );
    assert_eq!(
        (&first["key"], &first["count"], &first["by"]),
        (&"2019-03".into(), &39.into(), &"month".into())
    );
    assert_eq!(first["first"], "2019-03-05");
    assert_eq!(
        (&rows[33]["key"], &rows[33]["count"]),
        (&Value::Null, &1.into())
    );
    let sum: u64 = rows.iter().map(|row| row["count"].as_u64().unwrap()).sum();
    assert_eq!(sum, 41);
}

#[test]
fn what_is_counted_is_chosen() {
    let room = Room::new();
    let lib = folder(&room);
    let total = |args: &[&str]| -> u64 {
        let text = run(&room, &[&["count", "--format", "json"], args].concat()).1;
        let count = |line: &str| serde_json::from_str::<Value>(line).unwrap()["count"].as_u64();
        text.lines().map(|line| count(line).unwrap()).sum()
    };
    assert_eq!(total(&["灯笼", &lib]), 41);
    assert_eq!(total(&["灯笼", &lib, "--copies"]), 80);
    assert_eq!(
        total(&["灯笼", &lib, "--source", "乙网"]),
        40,
        "the copy alone"
    );
    assert_eq!(total(&["灯笼", &lib, "--since", "2020"]), 1);
    // a file is a place, behind -- everything is; the same file counts once
    let file = format!("{lib}/c.md");
    assert_eq!(total(&["燈籠", &file]), 1);
    assert_eq!(total(&["燈籠", "--", &file, &file]), 1);
    // a library answers the same
    assert!(room.run(&["library", "add", &lib]).status.success());
    assert_eq!((total(&["灯笼"]), total(&["灯笼", "--copies"])), (41, 80));
    assert_eq!(total(&["灯笼", "--by", "article"]), 41);
}

#[test]
fn terms_come_from_files_and_sets() {
    let room = Room::new();
    let lib = folder(&room);
    let file = room.file("terms.txt", "# 词\n灯笼\n\n街\n灯笼\n");
    let (_, text) = run(&room, &["count", "--terms", &file, &lib, "--by", "source"]);
    let lines: Vec<&str> = text.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "来源    篇数  字数        灯笼          街",
            "甲报       1   897          39           0",
            "乙网       1    11           1           1",
            "无来源     1     6           1           0",
            "合计       3   914          41           1",
            "首见                2019-03-05  2021-11-02",
        ],
        "{text}"
    );
    assert_eq!(run(&room, &["count", "没有的词", &lib]).0, 1);
    assert_eq!(run(&room, &["count", &lib]).0, 2);
    assert_eq!(run(&room, &["count", "/(/", &lib]).0, 2);
    assert_eq!(run(&room, &["count", "灯", "--set", "没有", &lib]).0, 2);
}
