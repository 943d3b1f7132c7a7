//! The library on disk: the cache of articles below the configured folders, what is read again, what
//! cannot be read, several programs.

use crate::support::home::{Home, three};
use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;
use std::time::Duration;

#[test]
fn only_what_has_changed_is_read_again() {
    let home = Home::new();
    three(&home);
    assert_eq!(home.refresh(), "读入 3 篇，移动 0 篇，移除 0 篇");
    assert_eq!(home.refresh(), "读入 0 篇，移动 0 篇，移除 0 篇");
    std::fs::rename(home.path("lib/a.md"), home.path("lib/下/d.md")).unwrap();
    assert_eq!(home.refresh(), "读入 0 篇，移动 1 篇，移除 0 篇");
    home.write("下/d.md", "另一篇，没有别的。\n");
    home.write("e.md", "新的一篇，有灯笼。\n");
    std::fs::remove_file(home.path("lib/下/b.md")).unwrap();
    assert_eq!(home.refresh(), "读入 2 篇，移动 0 篇，移除 1 篇");
    assert_eq!(home.find("灯笼", &[]).len(), 1);
    let (code, out, _) = home.run(&["library", "check"]);
    assert!(code == 0 && out.contains("查了 3 篇，0 篇不同"), "{out}");
    // with --stale the cache answers as it is
    home.write("f.md", "又是灯笼。\n");
    let rows = |args: &[&str]| home.run(args).1.lines().count();
    let lib = home.name("lib");
    assert_eq!(rows(&["find", "灯笼", &lib, "--stale"]), 1);
    assert_eq!(rows(&["find", "灯笼", &lib]), 2);
}

#[test]
fn the_database_of_newsboat_is_a_folder_like_another() {
    let home = Home::new();
    let (file, name) = (home.path("cache.db"), home.name("cache.db"));
    let db = rusqlite::Connection::open(&file).unwrap();
    db.execute_batch(
        "CREATE TABLE rss_feed (rssurl TEXT PRIMARY KEY, title TEXT);
         CREATE TABLE rss_item (id INTEGER PRIMARY KEY, title TEXT, author TEXT, url TEXT, feedurl TEXT,
             pubDate INTEGER, content TEXT, unread INTEGER, deleted INTEGER NOT NULL DEFAULT 0);
         INSERT INTO rss_feed VALUES ('http://a/', '渡口周报 & 别的');
         INSERT INTO rss_item VALUES
             (1, '渡口的船', '林深', 'http://a/1', 'http://a/', 1550836800,
              '<p>船夫姓何&hellip;</p><p>渡口有两个用处：一是载人，二是运豆腐。]]></p>', 1, 0),
             (2, '删去的', '', '', 'http://a/', 1550836800, '<p>豆腐。</p>', 1, 1),
             (12, '', '', '', 'http://b/', 0, '桥修好了。\n豆腐也有了。', 0, 0);",
    )
    .unwrap();
    let before = std::fs::read(&file).unwrap();
    let find = |args: &[&str]| {
        let found = home.run(&[&["find", "豆腐", &name], args].concat());
        assert_eq!((found.0, found.2.as_str()), (0, ""));
        found.1.replace(&format!("{name}#"), "#")
    };
    let rows = find(&["--context", "2"]);
    let wanted = [
        "#1:2\t2019-02-22 12:00\t渡口的船\t渡口有两个用处\t二是运豆腐\t是运豆腐。]",
        "#12:2\t-\tcache.db#12\t-\t-\t豆腐也有",
    ];
    assert_eq!(rows.lines().collect::<Vec<_>>(), wanted);
    assert_eq!(home.run(&["library", "add", &name]).0, 0);
    assert_eq!(find(&["--context", "2"]), rows, "from the cache");
    let articles = find(&["--by", "article"]);
    assert!(articles.starts_with("#1\t2019-02-22 12:00\t渡口的船\t渡口周报 & 别的\t林深\t1\t1\n"));
    // an item is opened by the name that its rows have
    let (code, text, _) = home.run(&["print", &format!("{name}#1"), "--width", "0"]);
    assert!(
        code == 0 && text.contains("\n船夫姓何…\n渡口有两个用处"),
        "{text}"
    );
    let (code, text, _) = home.run(&[&name]);
    assert!(
        code == 0 && text.contains("船夫姓何") && text.contains("桥修好了。"),
        "{text}"
    );
    assert!(!text.contains("删去的"), "{text}");
    assert_eq!(home.run(&["print", &format!("{name}#2")]).0, 2);
    assert_eq!(std::fs::read(&file).unwrap(), before, "nothing is written");
    // what was read there is not read in again; what is new or deleted there is
    db.execute("UPDATE rss_item SET unread = 0", []).unwrap();
    let refresh = || home.run(&["library", "refresh"]).1;
    assert!(refresh().contains("cache.db：读入 0 篇，移动 0 篇，移除 0 篇"));
    db.execute_batch(
        "UPDATE rss_item SET deleted = 1 WHERE id = 1;
         INSERT INTO rss_item VALUES (13, '路', '', '', 'http://a/', 1550836800, '<p>豆腐店</p>', 1, 0);",
    )
    .unwrap();
    assert!(refresh().contains("cache.db：读入 1 篇，移动 0 篇，移除 1 篇"));
    assert_eq!(find(&[]).lines().count(), 2);
    let (code, out, _) = home.run(&["library", "check"]);
    assert!(code == 0 && out.contains("查了 2 篇，0 篇不同"), "{out}");
    // another database is none of its kind
    assert_eq!(
        home.run(&["library", "add", &home.cache().display().to_string()])
            .0,
        2
    );
}

#[test]
fn several_folders_are_added_or_none() {
    let home = Home::new();
    let (one, two, none) = (home.name("one"), home.name("two"), home.name("none"));
    std::fs::create_dir(&one).unwrap();
    std::fs::create_dir(&two).unwrap();
    let status = || home.run(&["library", "status"]).1;
    assert_eq!(home.run(&["library", "add", &one, &none]).0, 2);
    assert!(!status().contains(&one));
    let (code, said, _) = home.run(&["library", "add", &one, &two]);
    assert_eq!((code, said.lines().count()), (0, 2), "{said}");
    assert!(status().contains(&one) && status().contains(&two));
}

#[test]
fn a_folder_that_is_away_keeps_its_articles() {
    let home = Home::new();
    three(&home);
    home.refresh();
    std::fs::rename(home.path("lib"), home.path("away")).unwrap();
    assert_eq!(home.refresh(), "不在，保留原有的");
    assert!(home.run(&["library"]).1.contains("（现在不在）：3 篇"));
    // nothing is mounted on it
    std::fs::create_dir(home.path("lib")).unwrap();
    assert_eq!(home.refresh(), "不在，保留原有的");
    std::fs::remove_dir(home.path("lib")).unwrap();
    std::fs::rename(home.path("away"), home.path("lib")).unwrap();
    assert_eq!(home.refresh(), "读入 0 篇，移动 0 篇，移除 0 篇");
    // a folder that is not configured any more leaves nothing
    std::fs::create_dir(home.path("other")).unwrap();
    std::fs::write(home.path("other/x.md"), "别的。\n").unwrap();
    let other = format!("library: [{}]\n", home.name("other"));
    std::fs::write(home.path("config/jingdu/config.yaml"), other).unwrap();
    assert_eq!(home.refresh(), "读入 1 篇，移动 0 篇，移除 0 篇");
    let (_, out, _) = home.run(&["library", "check"]);
    assert!(out.contains("查了 1 篇"), "{out}");
}

#[test]
fn a_damaged_or_foreign_cache_is_made_anew() {
    let home = Home::new();
    three(&home);
    home.refresh();
    let whole = std::fs::read(home.cache()).unwrap();
    let mut torn = whole.clone();
    torn[100..6000].fill(0x5a);
    for bytes in [b"not a database".to_vec(), torn] {
        std::fs::write(home.cache(), bytes).unwrap();
        let (code, out, err) = home.run(&["find", "灯笼", &home.name("lib")]);
        assert_eq!((code, out.lines().count()), (0, 4), "{err}");
        assert_eq!(err.lines().count(), 1, "{err}");
        assert!(err.contains("已重建"), "{err}");
    }
    assert_eq!(home.run(&["library", "clear"]).0, 0);
    assert!(!home.cache().exists());
    home.refresh();
    let mode = std::fs::metadata(home.cache())
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_cache_that_cannot_be_written_holds_for_the_time() {
    let home = Home::new();
    three(&home);
    std::fs::create_dir_all(home.path("cache")).unwrap();
    std::fs::write(home.path("cache/jingdu"), "a file in its place").unwrap();
    let (code, out, err) = home.run(&["find", "灯笼", &home.name("lib")]);
    assert_eq!(
        (code, out.lines().count(), err.lines().count()),
        (0, 4, 1),
        "{err}"
    );
    assert!(err.contains("只在这次有效"), "{err}");
}

#[test]
fn odd_things_in_a_folder_are_left_alone() {
    let home = Home::new();
    three(&home);
    let lib = home.path("lib");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        lib.join("pipe.md"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR,
        0,
    )
    .unwrap();
    std::os::unix::fs::symlink(&lib, lib.join("下/round")).unwrap();
    std::os::unix::fs::symlink(lib.join("nothing"), lib.join("lost.md")).unwrap();
    std::os::unix::fs::symlink(home.path("outside.md"), lib.join("link.md")).unwrap();
    std::fs::write(home.path("outside.md"), "外面的灯笼。\n").unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(lib.join("s.md")).unwrap();
    home.write("empty.md", "");
    home.write(".hidden.md", "灯笼。\n");
    home.write("README.md", "灯笼。\n");
    home.write("broken.epub", "not a book");
    home.write("下/.git/x.md", "灯笼。\n");
    home.write("下/.gitignore", "no.md\n");
    home.write("下/no.md", "灯笼。\n");
    home.write("long.txt", &"灯笼在一行很长很长的字里，".repeat(100_000));
    assert_eq!(home.refresh(), "读入 6 篇，移动 0 篇，移除 0 篇");
    let found = home.find("灯笼", &["--by", "article"]);
    let files: BTreeSet<&str> = found
        .iter()
        .map(|row| row.split('\t').next().unwrap())
        .collect();
    assert_eq!(
        files,
        BTreeSet::from(["a.md", "link.md", "long.txt", "下/b.md"])
    );
}

#[test]
fn several_programs_and_sudden_ends_leave_it_right() {
    let home = Home::new();
    for i in 0..300 {
        let text = format!("第{i}篇，渡口的灯笼亮了{i}夜。\n\n又一段。\n");
        home.write(&format!("{}/{i}.md", i % 7), &text);
    }
    for i in 0..12 {
        let mut child = home
            .command(&["library", "refresh"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(3 * i));
        child.kill().unwrap();
        child.wait().unwrap();
        // its lease is not waited for
        let mut lease = rusqlite::Connection::open(home.cache());
        if let Ok(db) = &mut lease {
            let _ = db.execute("DELETE FROM lease", []);
        }
    }
    let start = || {
        let mut command = home.command(&["find", "灯笼", &home.name("lib")]);
        let child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        child.unwrap()
    };
    let programs = [start(), start(), start()];
    for program in programs {
        let out = program.wait_with_output().unwrap();
        assert!(out.status.success());
        assert_eq!(String::from_utf8(out.stdout).unwrap().lines().count(), 300);
    }
    let (code, out, _) = home.run(&["library", "check"]);
    assert!(code == 0 && out.contains("0 篇不同"), "{out}");
}
