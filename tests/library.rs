//! The library as scripts use it: the cache of articles below the configured folders.

use std::collections::BTreeSet;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// A home with a library and folders of its own that is gone afterwards.
struct Home(PathBuf);

static HOMES: AtomicUsize = AtomicUsize::new(0);

impl Home {
    /// Makes a home whose library is its folder `lib`.
    fn new() -> Self {
        let number = HOMES.fetch_add(1, Ordering::Relaxed);
        let name = format!("jingdu-library-{}-{number}", std::process::id());
        let home = Self(std::env::temp_dir().join(name));
        std::fs::create_dir_all(home.path("lib")).unwrap();
        let added = home.run(&["library", "add", &home.name("lib")]);
        assert!(added.0 == 0 && added.1.contains("已加入文库"), "{added:?}");
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn name(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    fn cache(&self) -> PathBuf {
        self.path("cache/jingdu/library.db")
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path("lib").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jingdu"));
        command
            .args(args)
            .env("LC_ALL", "zh_CN.UTF-8")
            .env("TZ", "UTC");
        for folder in ["cache", "config", "state", "data"] {
            let variable = format!("XDG_{}_HOME", folder.to_uppercase());
            command.env(variable, self.path(folder));
        }
        command
    }

    /// Runs the program; returns its status, output and errors.
    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let Output {
            status,
            stdout,
            stderr,
        } = self.command(args).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (status.code().unwrap(), text(stdout), text(stderr))
    }

    fn find(&self, query: &str, options: &[&str]) -> Vec<String> {
        self.rows("find", query, options)
    }

    /// Searches the library: from the cache, and from the files by another configuration. Both
    /// must be the same.
    fn rows(&self, command: &str, query: &str, options: &[&str]) -> Vec<String> {
        let folder = self.name("lib");
        let mut args = vec![command, query, &folder];
        args.extend(options);
        let cached = self.run(&args);
        let other = self.name("empty.yaml");
        std::fs::write(&other, "").unwrap();
        args.extend(["--config", &other]);
        assert_eq!(cached, self.run(&args), "{query} {options:?}");
        let rows = cached
            .1
            .lines()
            .map(|row| row.replace(&format!("{folder}/"), ""));
        rows.collect()
    }

    fn refresh(&self) -> String {
        let (code, out, err) = self.run(&["library", "refresh"]);
        assert_eq!((code, err.as_str()), (0, ""));
        let (_, counts) = out.trim().split_once('：').unwrap();
        counts.to_owned()
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Returns an article with invented words.
fn article(title: &str, date: &str, author: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: {date}\nauthor: {author}\ntags: [河边]\n---\n\n{body}\n")
}

/// Writes three articles.
fn three(home: &Home) {
    let boats = "渡口的船有两个用处。一是载人，二是运豆腐。\n\n船上点着灯笼。";
    home.write("a.md", &article("论船", "2019-02-03", "林深", boats));
    let lanterns = "灯笼挂在渡口。\n\n> 分享到：微信 微博\n\n没有船的时候，灯笼也亮着，灯笼。";
    home.write(
        "下/b.md",
        &article("灯笼记", "2020-05-06", "江远", lanterns),
    );
    home.write(
        "下/更下/c.txt",
        "老路\n\n　　铁路是一条老路，走的人多。\n\n　　天黑了，就靠岸。\n",
    );
}

#[test]
fn what_is_found_is_the_same_from_the_cache_and_from_the_files() {
    let home = Home::new();
    three(&home);
    for (query, options, wanted) in [
        (
            "灯笼",
            &["--context", "2"][..],
            &[
                "a.md:2\t2019-02-03\t论船\t",
                "下/b.md:1\t",
                "下/b.md:2\t",
                "下/b.md:2\t",
            ][..],
        ),
        (
            "二是",
            &[],
            &["a.md:1\t2019-02-03\t论船\t渡口的船有两个用处\t二是运豆腐\t"],
        ),
        (
            "船 灯笼 -铁路",
            &["--by", "article"],
            &[
                "a.md\t2019-02-03\t论船\t-\t林深\t3\t1",
                "下/b.md\t2020-05-06\t灯笼记\t-\t江远\t4\t1",
            ],
        ),
        (
            "denglong",
            &["--by", "article", "--sort", "date"],
            &["下/b.md\t", "a.md\t"],
        ),
        (
            "灯笼",
            &["--by", "article", "--sort", "rank"],
            &["下/b.md\t", "a.md\t"],
        ),
        (
            "灯笼",
            &["--since", "2020", "--by", "article"],
            &["下/b.md\t"],
        ),
        (
            "灯笼",
            &["--until", "2019-02", "--by", "article"],
            &["a.md\t"],
        ),
        (
            "灯笼",
            &["--author", "linshen", "--by", "article"],
            &["a.md\t"],
        ),
        (
            "灯笼",
            &["--tag", "#河边", "--by", "article"],
            &["a.md\t", "下/b.md\t"],
        ),
        (
            "灯笼",
            &["--in", "title"],
            &["下/b.md:0\t2020-05-06\t灯笼记\t-\t-\t灯笼记"],
        ),
        ("豆腐", &["--in", "points"], &["a.md:1\t"]),
        (
            "老路",
            &["--in", "text"],
            &["下/更下/c.txt:1\t-\t老路\t-\t-\t铁路是一条老路"],
        ),
        ("江远", &[], &["下/b.md:0\t2020-05-06\t灯笼记\t-\t-\t江远"]),
        ("作者:林深", &[], &["a.md\t2019-02-03\t论船\t-\t林深\t0\t1"]),
        ("分享到", &[], &[]),
    ] {
        let found = home.find(query, options);
        assert_eq!(found.len(), wanted.len(), "{query} {options:?}: {found:#?}");
        for (row, start) in found.iter().zip(wanted) {
            assert!(row.starts_with(start), "{query} {options:?}: {row}");
            let columns = row.split('\t').count();
            assert!(matches!(columns, 6 | 7), "{row}");
        }
    }
    let json = home.find("灯笼", &["--by", "article", "--format", "json"]);
    let first: serde_json::Value = serde_json::from_str(&json[0]).unwrap();
    assert_eq!(
        (&first["hits"], &first["author"]),
        (&1.into(), &"林深".into())
    );
}

#[test]
fn points_are_found_by_their_labels() {
    let home = Home::new();
    three(&home);
    let roads = "修路有三条。第一，路要平；第二，路要宽，能过两辆车；第三，桥要能载人。";
    home.write("下/d.md", &article("修路", "2021", "林深", roads));
    for (query, options, wanted) in [
        (
            "豆腐",
            &[][..],
            &["a.md:1\t2019-02-03\t论船\t二是\t二是运豆腐"][..],
        ),
        ("載人", &[], &["a.md:1\t", "下/d.md:1\t2021\t修路\t第三\t"]),
        ("zairen", &["--sort", "date"], &["下/d.md:1\t", "a.md:1\t"]),
        ("载人 桥", &[], &["下/d.md:1\t"]),
        ("载人 -桥", &[], &["a.md:1\t"]),
        ("作者:林深 路", &[], &["下/d.md:1\t", "下/d.md:1\t"]),
        ("载人", &["--since", "2020"], &["下/d.md:1\t"]),
        ("载人", &["--author", "江远"], &[]),
        ("灯笼", &[], &[]),
        ("二是 -豆腐", &[], &[]),
    ] {
        let found = home.rows("points", query, options);
        assert_eq!(found.len(), wanted.len(), "{query} {options:?}: {found:#?}");
        for (row, start) in found.iter().zip(wanted) {
            assert!(row.starts_with(start), "{query} {options:?}: {row}");
            assert_eq!(row.split('\t').count(), 5, "{row}");
        }
    }
    let json = home.rows("points", "豆腐", &["--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&json[0]).unwrap();
    let file = home.name("lib/a.md");
    let outline = home.run(&["outline", &file, "--format", "json"]).1;
    let outline: serde_json::Value = serde_json::from_str(&outline).unwrap();
    for key in ["marker", "label", "start", "end"] {
        assert_eq!(found[key], outline["points"][1][key], "{key}");
    }
    assert_eq!(
        (&found["title"], &found["date"]),
        (&outline["title"], &outline["date"])
    );
}

#[test]
fn the_articles_that_hold_a_text_are_found() {
    let home = Home::new();
    three(&home);
    let passage = "渡口的船夫姓何，三十年里没有误过一班。";
    let next = "他说水认得人，人也要认得水。";
    home.write(
        "e.md",
        &article("水", "2018-05-01", "丙", &format!("{passage}{next}")),
    );
    let quoting = "天亮了。\n\n> 分享到：微信 微博\n\n渡口的船夫姓何，三十年裡沒有誤過一班。";
    home.write("下/f.md", &article("引文", "2017", "丁", quoting));
    home.write(
        "下/g.txt",
        &format!("没有日期的一篇\n\n　　{passage}\n\n　　{next}\n"),
    );
    home.write(
        "h.md",
        &article("半句", "2016", "戊", "渡口的船夫姓何，别的不知道。"),
    );
    std::fs::write(home.path("asked.txt"), passage).unwrap();
    let asked = home.name("asked.txt");
    let found = home.rows("same", &asked, &[]);
    let wanted = [
        "下/f.md\t2017\t引文\t100%\t",
        "e.md\t2018-05-01\t水\t100%\t",
        "下/g.txt\t-\t没有日期的一篇\t100%\t",
    ];
    assert_eq!(found.len(), wanted.len(), "{found:#?}");
    for (row, start) in found.iter().zip(wanted) {
        assert!(row.starts_with(start) && row.ends_with('%'), "{row}");
    }
    // the same from standard input, and of the whole library
    let from_input = |text: &str| {
        let mut command = home.command(&["same", "-", "--format", "json"]);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(text.as_bytes())
            .unwrap();
        let out = child.wait_with_output().unwrap();
        (
            out.status.code().unwrap(),
            String::from_utf8(out.stdout).unwrap(),
        )
    };
    let (code, json) = from_input(passage);
    let first: serde_json::Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!((code, json.lines().count()), (0, 3));
    assert_eq!(
        (&first["title"], &first["share"]),
        (&"引文".into(), &1.0.into())
    );
    assert_eq!(first["of"], 0.7692, "10 of 13 phrases: {json}");
    assert_eq!(
        from_input("一段谁也没有写过的话，长得很。"),
        (1, String::new())
    );
    assert_eq!(from_input("船夫姓何").0, 2);
    // an article is found with what it is from: without its title and what is folded
    let article = home.rows("same", &home.name("lib/下/f.md"), &[]);
    assert_eq!(article.len(), 3, "{article:#?}");
    assert!(article[0].ends_with("\t100%\t100%"), "{article:#?}");
}

#[test]
fn without_a_path_the_library_is_searched() {
    let home = Home::new();
    three(&home);
    let lib = home.name("lib");
    for command in ["find", "points"] {
        let whole = home.run(&[command, "豆腐"]);
        assert_eq!(whole, home.run(&[command, "豆腐", &lib]));
        assert_eq!((whole.0, whole.1.lines().count()), (0, 1), "{whole:?}");
        assert_eq!(home.run(&[command, "没有的"]).0, 1);
    }
    // what is known of a folder that is away is searched, too
    std::fs::rename(&lib, home.path("away")).unwrap();
    assert_eq!(home.run(&["points", "豆腐"]).1.lines().count(), 1);
    std::fs::write(home.path("config/jingdu/config.yaml"), "").unwrap();
    let (code, out, err) = home.run(&["points", "豆腐"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("还没有文库"), "{err}");
}

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
fn copies_are_known_and_can_be_left_out() {
    let home = Home::new();
    let (mut text, mut state) = ("左岸的人家种豆子。".to_owned(), 7_usize);
    for i in 1..600 {
        state = state * 1103 % 7919;
        let words = "东西买卖头尾门户马车鱼鸟风云电话书报长短轻重来去开关听说读写学问师生农工医护";
        text.extend(words.chars().nth(state % words.chars().count()));
        text.push_str(if i % 11 == 0 { "。" } else { "" });
    }
    text += "左岸的人家收豆子。";
    home.write("a.md", &article("豆子", "2020-01-02", "甲", &text));
    let start = text.char_indices().nth(200).unwrap().0;
    let copy = format!("转自别处的话。\n\n{}", hanconv::s2tw(&text[start..]));
    home.write("b.md", &article("今年的豆子", "2020-01-05", "乙", &copy));
    home.write(
        "c.md",
        &article("别的", "2020-01-01", "丙", "豆子不多，左岸也没有人家。"),
    );
    assert_eq!(home.refresh(), "读入 3 篇，移动 0 篇，移除 0 篇");
    let (_, status, _) = home.run(&["library"]);
    assert!(
        status.contains("3 篇，其中同文 1，无日期 0；另有 0 个文件"),
        "{status}"
    );
    assert_eq!(home.find("左岸", &["--by", "article"]).len(), 3);
    let lib = home.name("lib");
    let (_, once, _) = home.run(&["find", "左岸", &lib, "--by", "article", "--copies"]);
    let rows: Vec<&str> = once.lines().collect();
    assert_eq!(rows.len(), 2);
    assert!(
        rows[0].contains("豆子\t-\t甲\t") && rows[0].ends_with("\t2"),
        "{once}"
    );
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
