//! `jingdu find`, `points` and `same` over the library: the same from its cache and from the files.

use crate::support::home::{Home, article, three};
use std::io::Write;
use std::process::Stdio;

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
fn points_in_like_words_are_found_the_most_alike_first() {
    let home = Home::new();
    three(&home);
    let roads = "修路有三条。第一，路要平；第二，路面要修得宽，能过两辆车；第三，桥要能载人。";
    home.write("下/d.md", &article("修路", "2021", "林深", roads));
    let again = "再说修路。第一，路要平；第二，路面要修得宽，能过三辆大车；第三，灯要亮。";
    home.write("下/e.md", &article("再说修路", "2022", "江远", again));
    let asked = "路面要修得宽，能过两辆车";
    let first = "下/d.md:1\t2021\t修路\t第二\t";
    let second = "下/e.md:1\t2022\t再说修路\t第二\t";
    for (options, wanted) in [
        (&["--like"][..], &[first, second][..]),
        (&["--like", "--sort", "date"], &[second, first]),
        (&["--like", "--author", "江远"], &[second]),
        (&["--like", "--since", "2023"], &[]),
    ] {
        let found = home.rows("points", asked, options);
        assert_eq!(found.len(), wanted.len(), "{options:?}: {found:#?}");
        for (row, start) in found.iter().zip(wanted) {
            assert!(row.starts_with(start), "{options:?}: {row}");
            assert_eq!(row.split('\t').count(), 6, "{row}");
        }
    }
    let json = home.rows("points", asked, &["--like", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&json[0]).unwrap();
    assert_eq!(
        (&found["likeness"], &found["copies"], &found["marker"]),
        (&100.into(), &0.into(), &"第二".into())
    );
    // other words for the same thought are not like words
    let other = home.rows("points", "道路应当足够宽敞", &["--like"]);
    assert!(other.is_empty(), "{other:?}");
    let (code, _, err) = home.run(&["points", "路", "--like"]);
    assert!(code == 2 && err.contains("字太少"), "{err}");
    assert_eq!(home.run(&["points", "路面要宽", "--like", "--regex"]).0, 2);
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

/// Returns a text that is long enough to be known again.
fn long_text() -> String {
    let (mut text, mut state) = ("左岸的人家种豆子。".to_owned(), 7_usize);
    for i in 1..600 {
        state = state * 1103 % 7919;
        let words = "东西买卖头尾门户马车鱼鸟风云电话书报长短轻重来去开关听说读写学问师生农工医护";
        text.extend(words.chars().nth(state % words.chars().count()));
        text.push_str(if i % 11 == 0 { "。" } else { "" });
    }
    text + "左岸的人家收豆子。"
}

#[test]
fn copies_are_known_and_can_be_left_out() {
    let home = Home::new();
    let text = long_text();
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

/// Of one day the original stands for its copies, whatever the names of their files.
#[test]
fn a_repost_of_the_same_day_stands_for_nothing() {
    let home = Home::new();
    let text = long_text();
    let repost = format!("转自江报。\n\n{text}");
    home.write("a.md", &article("转载：豆子", "2020-01-02", "", &repost));
    let original = article("豆子", "2020-01-02", "甲", &text);
    home.write(
        "b.md",
        &original.replace("author:", "source: 江报\nauthor:"),
    );
    home.write("c.md", &article("豆子", "2020-03-02", "乙", &text));
    home.refresh();
    let (_, once, _) = home.run(&[
        "find",
        "左岸",
        &home.name("lib"),
        "--by",
        "article",
        "--copies",
    ]);
    assert!(
        once.lines().count() == 1 && once.contains("/b.md\t"),
        "{once}"
    );
    let asked = home.name("lib/c.md");
    let (_, rows, _) = home.run(&["same", &asked, &home.name("lib")]);
    let files: Vec<&str> = rows
        .lines()
        .map(|row| &row[row.find(".md").unwrap() - 1..])
        .collect();
    assert!(files.len() == 3 && files[2].starts_with("c.md"), "{rows}");
}
