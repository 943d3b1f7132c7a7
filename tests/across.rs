//! From article to article in a real terminal: saved views, what was read last, capital
//! bookmarks, keywords.

use crate::memory::{Room, essay, quit};

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

/// A settings file that cannot be read, and a library that is not there, are named.
#[test]
fn what_is_wrong_with_the_library_is_said() {
    let room = Room::new();
    let config = room.path.join("config/jingdu/config.yaml");
    std::fs::create_dir_all(&config).unwrap();
    let mut t = room.open_in(&[], &[], 120, 24);
    t.shows("无法读取设置文件");
    t.keys("q");
    assert_eq!(t.ends(), 0);
    std::fs::remove_dir(&config).unwrap();
    let away = room.path.join("none").display().to_string();
    room.file("config/jingdu/config.yaml", &format!("library: {away}\n"));
    let mut t = room.open_in(&[], &[], 120, 24);
    t.shows(&format!("目录不在：{away}；接上"));
    t.keys("R");
    t.shows(&format!("没有变化；目录不在或是空的：{away}"));
    t.keys("q");
    assert_eq!(t.ends(), 0);
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
    t.shows("常用筛选“近年”  已存");
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

/// An import replaces no choice that the store has otherwise: of a view both are kept, and what is
/// kept is said.
#[test]
fn an_import_keeps_the_choices_that_are_there() {
    let (room, other) = (Room::new(), Room::new());
    let folder = library(&room);
    let choose = |room: &Room, filter: &str, keyword: &str| {
        let mut t = room.open(&[&folder]);
        t.shows("3 篇");
        t.keys(&format!("/{filter}\rgvs近年\r"));
        t.shows("已存");
        t.keys("\u{1b}\u{1b}\r");
        t.shows("一段话");
        t.keys(&format!("*{keyword}\r#e"));
        t.shows("各篇通用  已存");
        t.keys("\u{1b}q");
        t.shows("3 篇");
        t.keys("q");
        assert_eq!(t.ends(), 0);
    };
    choose(&room, ">2020", "协同");
    choose(&other, "协同", "改革");
    let mut t = other.open(&[&folder]);
    t.shows("3 篇");
    t.keys("/改革\rgvs只在这里\r");
    t.shows("已存");
    t.keys("\u{1b}\u{1b}q");
    assert_eq!(t.ends(), 0);
    let exported = room.file("state.json", &room.prints(&["state", "export"]));
    let said = other.prints(&["state", "import", &exported]);
    assert!(
        said.contains("“近年”与本机的不同，另存为“近年（导入）”"),
        "{said}"
    );
    let state = other.prints(&["state", "export"]);
    for choice in [
        "view:近年\"",
        "view:近年（导入）",
        "view:只在这里",
        "keyword:改革",
        "keyword:协同",
    ] {
        assert!(state.contains(choice), "{choice}: {state}");
    }
    // once more changes nothing
    let said = other.prints(&["state", "import", &exported]);
    assert!(!said.contains("近年"), "{said}");
    assert_eq!(other.prints(&["state", "export"]), state);
    let mut t = other.open(&[&folder]);
    t.shows("3 篇");
    t.keys("gv");
    t.shows("近年（导入）");
    t.shows("/>2020");
    t.shows("/协同");
    t.keys("\u{1b}q");
    assert_eq!(t.ends(), 0);
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
    one.shows("常用筛选“一”  已存");
    two.keys("/改革\rgvs二\r");
    two.shows("常用筛选“二”  已存");
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

/// The articles that were read last are listed, from the text and from the shelf, and opens where it was left; a
/// file that is gone is said to be.
#[test]
fn what_was_read_last_is_listed() {
    let room = Room::new();
    let folder = library(&room);
    let text = |words: &str| essay(&[words; 60]);
    let one = room.file("one.txt", &text("第一份稿子的一段话。"));
    let two = room.file("two.txt", &text("第二份稿子的一段话。"));
    for file in [&one, &two] {
        let mut t = room.open(&[file]);
        t.shows("份稿子");
        t.keys("50%");
        quit(t);
    }
    let mut t = room.open(&[&two]);
    t.shows("第二份");
    t.keys("go");
    t.shows("最近读过");
    t.shows("正在读");
    let rows: Vec<String> = t
        .screen()
        .lines()
        .skip(4)
        .take(2)
        .map(str::to_owned)
        .collect();
    assert!(rows.iter().all(|row| row.contains('%')), "{rows:?}");
    t.keys("j\r");
    t.shows("第一份");
    t.shows("%");
    assert!(!t.screen().contains(" 0%"), "{}", t.screen());
    t.keys("\u{f}");
    t.shows("第二份");
    // the one that is open is gone back to
    t.keys("go\r");
    t.shows("第二份");
    t.keys("q");
    assert_eq!(t.ends(), 0);
    std::fs::remove_file(&one).unwrap();
    let mut t = room.open(&[&folder]);
    t.shows("3 篇");
    t.keys("go");
    t.shows("文件已不在");
    t.keys("/one\r\r");
    t.shows("文件已不在（移走或删去了）：");
    t.keys("\u{1b}\u{1b}");
    t.shows("3 篇");
    // a file that has moved is found by its text
    t.keys("q");
    assert_eq!(t.ends(), 0);
    let moved = room.file("moved/one.txt", &text("第一份稿子的一段话。"));
    quit(room.open(&[&moved]));
    let mut t = room.open(&[&folder]);
    t.shows("3 篇");
    t.keys("go");
    t.shows("再抓一遍的文章");
    t.keys("/moved\r\r");
    t.shows("第一份");
    t.keys("gl");
    t.shows("3 篇");
    t.keys("q");
    assert_eq!(t.ends(), 0);
}

/// A keyword belongs to the article that it was added in; one of every article comes along, and is
/// there at the next start, in the article that was read with it and in others.
#[test]
fn keywords_have_an_owner() {
    let room = Room::new();
    let folder = library(&room);
    let mut t = room.open(&[&folder]);
    t.shows("3 篇");
    t.keys("\r");
    t.shows("丙的一段话");
    t.keys("*丙的、协同\r");
    t.shows("1 丙的 4  2 协同 4");
    // a name, a colour
    t.keys("#r\u{15}丙字\r");
    t.keys("5cje");
    t.shows("“协同”各篇通用  已存");
    t.shows("本文 1 个，各篇通用 1 个");
    t.keys("\u{1b}ga");
    t.shows("乙的一段话");
    t.shows("1 协同 0");
    assert!(!t.screen().contains("丙字"), "{}", t.screen());
    t.keys("*改革\r");
    t.shows("2 改革 4");
    t.keys("\u{f}");
    t.shows("丙的一段话");
    t.shows("1 协同 4  2 丙字 4");
    assert!(!t.screen().contains("改革"), "{}", t.screen());
    t.keys("q");
    t.shows("3 篇");
    t.keys("q");
    assert_eq!(t.ends(), 0);
    // an article that was never read with it, and one that was
    for (name, legend) in [("a", "1 协同 4"), ("b", "1 协同 0  2 改革 4")] {
        let mut t = room.open(&[&format!("{folder}/{name}.md")]);
        t.shows(legend);
        quit(t);
    }
    let mut t = room.open(&[&format!("{folder}/c.md")]);
    t.shows("1 协同 4  2 丙字 4");
    t.keys("#d");
    t.shows("各篇都取消了");
    t.keys("\u{1b}");
    quit(t);
    let mut t = room.open(&[&format!("{folder}/a.md")]);
    t.shows("甲的一段话");
    assert!(!t.screen().contains("协同 4"), "{}", t.screen());
    quit(t);
}

/// The set of the settings is the standing one; what is taken out of it or added stays so until
/// the set itself changes.
#[test]
fn changes_of_the_standing_set_are_kept() {
    let room = Room::new();
    let folder = library(&room);
    room.file("config/jingdu/config.yaml", "keyword-set: 研究\n");
    room.file("config/jingdu/keywords/研究.yaml", "- 协同\n- 改革\n");
    let file = format!("{folder}/a.md");
    let mut t = room.open(&[&file]);
    t.shows("1 协同 4  2 改革 0");
    t.keys("#jd*一段\r");
    t.shows("2 一段");
    t.keys("jE");
    t.shows("各篇通用  已存");
    t.keys("\u{1b}");
    quit(t);
    let mut t = room.open(&[&format!("{folder}/c.md")]);
    t.shows("1 协同 4  2 一段 4");
    quit(t);
    room.file(
        "config/jingdu/keywords/研究.yaml",
        "- {term: 改革, colour: 2}\n- 协同\n",
    );
    let mut t = room.open(&[&file]);
    t.shows("1 改革 0  2 协同 4  3 一段 4");
    quit(t);
}

/// Returns a text of numbered paragraphs.
fn numbered(name: &str, paragraphs: usize) -> String {
    let paragraph = |n: usize| format!("{name}的第 {n} 句话写在这里。");
    let all: Vec<String> = (1..=paragraphs).map(paragraph).collect();
    essay(&all.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A capital bookmark leads to its article from any other, also one that is too long to be read at
/// once, and Ctrl-o leads straight back; what is missing is said in one line.
#[test]
fn capital_bookmarks_lead_there_and_back() {
    let room = Room::new();
    let one = room.file("dir/one.txt", &numbered("第一篇", 90));
    let two = room.file("two.txt", &numbered("第二篇", 90));
    let long = room.file("long.txt", &numbered("长篇", 30_000));
    let mark = |file: &str, keys: &str| {
        let mut t = room.open(&[file]);
        t.shows("句话写在这里");
        t.keys(keys);
        t.shows("已存");
        t.keys("gg");
        quit(t);
    };
    mark(&one, "40GmA");
    mark(&two, "30GmB");
    let mut t = room.open(&[&long]);
    t.shows("的第 1 句");
    t.keys("25000G");
    t.shows("的第 25000 句");
    t.keys("mC");
    t.shows("已存");
    t.keys("gg");
    quit(t);
    let mut t = room.open(&[&two]);
    t.shows("第二篇的第 1 句");
    t.keys("50G");
    t.shows("第二篇的第 50 句");
    t.keys("'A");
    t.shows("第一篇的第 40 句");
    t.keys("\u{f}");
    t.shows("第二篇的第 50 句");
    t.keys("g,");
    t.shows("第一篇的第 40 句");
    t.keys("'B");
    t.shows("第二篇的第 30 句");
    t.keys("'C");
    t.shows("长篇的第 25000 句");
    t.keys("\u{f}");
    t.shows("第二篇的第 30 句");
    t.keys("'Z");
    t.shows("没有书签 Z；mZ 记下一个");
    std::fs::remove_file(&one).unwrap();
    t.keys("'A");
    t.shows("文件已不在（移走或删去了）：");
    std::fs::remove_dir_all(room.path.join("dir")).unwrap();
    t.keys("'A");
    t.shows("目录不在，接上（挂载）后再打开：");
    t.shows("第二篇的第 30 句");
    quit(t);
    // the same text at another place has the bookmark
    let moved = room.file("moved.txt", &numbered("第一篇", 90));
    quit(room.open(&[&moved]));
    let mut t = room.open(&[&two]);
    t.shows("第二篇");
    t.keys("'A");
    t.shows("第一篇的第 40 句");
    quit(t);
    // the last one of a capital is the one that counts
    mark(&two, "60GmA");
    let mut t = room.open(&[&moved]);
    t.shows("第一篇");
    t.keys("'A");
    t.shows("第二篇的第 60 句");
    quit(t);
}

/// A capital bookmark leads from the shelf to its article, and the shelf goes on from there; of one
/// that it does not list it says so.
#[test]
fn capital_bookmarks_lead_from_the_shelf() {
    let room = Room::new();
    let folder = library(&room);
    let other = room.file("other.txt", &numbered("别处", 90));
    for (file, keys) in [(format!("{folder}/b.md"), "mA"), (other, "40GmB")] {
        let mut t = room.open(&[&file]);
        t.shows("话");
        t.keys(keys);
        t.shows("已存");
        t.keys("gg");
        quit(t);
    }
    let mut t = room.open(&[&folder]);
    t.shows("3 篇");
    t.keys("'A");
    t.shows("乙的一段话");
    t.keys("ga");
    t.shows("甲的一段话");
    t.keys("gl'B");
    t.shows("别处的第 40 句话");
    t.shows("这篇不在书架上");
    t.keys("gl'A");
    t.shows("乙的一段话");
    assert!(!t.screen().contains("不在书架上"), "{}", t.screen());
    t.keys("gl'a");
    t.shows("从书架只能到大写字母的书签");
    t.keys("'Z");
    t.shows("没有书签 Z；mZ 记下一个");
    t.keys("q");
    assert_eq!(t.ends(), 0);
}

/// A folder of the library that is not mounted keeps its rows; opening one says what is missing,
/// and once it is there again everything is as before.
#[test]
fn a_folder_that_is_not_mounted_keeps_its_rows() {
    let room = Room::new();
    let folder = library(&room);
    room.file(
        "other/d.md",
        &format!("---\ntitle: d篇\n---\n{}", essay(&["丁的一段话。"; 4])),
    );
    let other = room.path.join("other").display().to_string();
    // by a link, which leads nowhere while it is away
    let link = room.path.join("link");
    std::os::unix::fs::symlink(&folder, &link).unwrap();
    let setting = format!("library: [{}, {other}]\n", link.display());
    room.file("config/jingdu/config.yaml", &setting);
    let mut t = room.open_in(&[], &[], 120, 24);
    t.shows("4 篇");
    t.keys("q");
    assert_eq!(t.ends(), 0);
    let away = room.path.join("away");
    std::fs::rename(&folder, &away).unwrap();
    let mut t = room.open_in(&[], &[], 120, 24);
    t.shows("4 篇");
    t.shows(&format!("目录不在：{folder}"));
    t.keys("\r");
    t.shows(&format!("目录不在，接上（挂载）后再打开：{folder}"));
    // the texts are searched as before; what can be opened is gone on to
    t.keys("/一段话\r");
    t.shows("4 / 4 篇");
    t.keys("G\r");
    t.shows("丁的一段话");
    t.keys("gA");
    t.shows("书架上没有上一篇");
    // an empty folder is one on which nothing is mounted
    std::fs::create_dir(&folder).unwrap();
    t.keys("glR");
    t.shows("没有变化");
    t.keys("gg\r");
    t.shows("目录不在，接上（挂载）后再打开：");
    std::fs::remove_dir(&folder).unwrap();
    std::fs::rename(&away, &folder).unwrap();
    t.keys("\r");
    t.shows("丙的一段话");
    t.keys("glR");
    t.shows("4 / 4 篇");
    t.keys("q");
    assert_eq!(t.ends(), 0);
    let mut t = room.open_in(&[], &[], 120, 24);
    t.shows("4 篇");
    t.shows("1/4");
    assert!(!t.screen().contains("目录不在"), "{}", t.screen());
    // a file that went alone
    std::fs::remove_file(room.path.join("lib/c.md")).unwrap();
    t.keys("/丙的\r");
    t.shows("1 / 4 篇");
    t.keys("\r");
    t.shows("文件已不在（移走或删去了），按 R 更新书架：");
    t.keys("\u{1b}R");
    t.shows("3 篇");
    t.keys("q");
    assert_eq!(t.ends(), 0);
}
