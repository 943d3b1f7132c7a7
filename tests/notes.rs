//! Texts that a reader writes and takes out: tags, exports that are merged, quotations, numbers of
//! paragraphs; with the real program in a real terminal.

use crate::memory::{Room, quit};
use crate::support::{article, press, row, session};
use crate::terminal::Terminal;
use jingdu::command::Keymap;
use jingdu::shell::terminal::display;
use jingdu::text::{Pos, WidthPolicy};
use jingdu::view::theme::{Depth, Theme};
use ratatui::style::Modifier;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;

const FERRY: &str = "---\ntitle: 社论\nauthor: 林深\n---\n\n渡口的船有两个用处。他说“船”要紧。\n\n\
                     一是载人，载得稳。二是运豆腐，运得快。\n\n天黑了，就靠岸。\n";

impl Room {
    fn notes(&self) -> PathBuf {
        self.path.join("data/jingdu/notes")
    }

    fn note(&self, name: &str) -> String {
        let path = self.notes().join(name);
        let text = fs::read_to_string(&path);
        text.unwrap_or_else(|why| panic!("{}: {why}", path.display()))
    }

    /// Opens a file on a wide terminal, presses keys and waits for a message after each.
    fn does(&self, file: &str, steps: &[(&str, &str)]) -> Terminal {
        let mut t = self.open_in(&[file], &[("TERM", "linux")], 150, 24);
        t.shows("UTF-8");
        for (keys, said) in steps {
            t.keys(keys);
            t.shows(said);
        }
        t
    }
}

#[test]
fn what_the_reader_adds_to_an_export_stays() {
    let room = Room::new();
    let file = room.file("a.md", FERRY);
    quit(room.does(&file, &[(")x", "高亮：黄"), ("ge", "标注已导出到")]));
    let path = room.notes().join("社论.md");
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let text = room.note("社论.md");
    assert!(
        text.starts_with("---\ntitle: \"社论\"\n") && text.contains("\njingdu: \""),
        "{text}"
    );
    assert!(text.contains("“他说‘船’要紧。”（第1段）"), "{text}");
    fs::write(
        &path,
        text.replace("（第1段）\n", "（第1段）\n\n我的话。\n"),
    )
    .unwrap();
    quit(room.does(
        &file,
        &[("}ax\r", "批注"), ("ge", "标注已并入，你写的都留着")],
    ));
    quit(room.does(
        &file,
        &[("gg)xxxx", "去掉高亮"), ("ge", "标注已并入，你写的都留着")],
    ));
    let text = room.note("社论.md");
    // what was below the removed highlight stays with it
    let kept = [
        "“他说‘船’要紧。”（第1段）\n\n我的话。\n",
        "“一是载人，载得稳。”",
    ];
    assert!(kept.iter().all(|part| text.contains(part)), "{text}");
    assert_eq!(fs::read_dir(room.notes()).unwrap().count(), 1);
}

#[test]
fn two_articles_of_one_title_have_two_files() {
    let room = Room::new();
    let one = room.file("a.md", FERRY);
    let two = room.file(
        "b.md",
        &FERRY.replace("渡口", "码头").replace("林深", "江远"),
    );
    for _ in 0..2 {
        quit(room.does(&one, &[("gg)x", "高亮："), ("ge", "标注已导出到")]));
        quit(room.does(&two, &[("gg(x", "高亮："), ("ge", "标注已导出到")]));
    }
    assert!(room.note("社论.md").contains("他说") && !room.note("社论.md").contains("码头"));
    assert!(room.note("社论 江远.md").contains("码头的船"));
    assert_eq!(fs::read_dir(room.notes()).unwrap().count(), 2);
}

/// Another user of a shared folder plants links under the names that are written.
#[test]
fn nothing_is_written_through_a_link_that_was_planted() {
    let room = Room::new();
    let shared = room.path.join("shared");
    fs::create_dir_all(&shared).unwrap();
    room.file(
        "config/jingdu/config.yaml",
        &format!("notes: {}\n", shared.display()),
    );
    let victim = room.file("victim.txt", "不能动\n");
    let missing = room.path.join("missing");
    for (name, to) in [
        ("社论.md", victim.as_ref()),
        ("社论 林深.md", missing.as_path()),
        ("excerpts.md", victim.as_ref()),
        ("excerpts 2.md", missing.as_path()),
    ] {
        symlink(to, shared.join(name)).unwrap();
    }
    let file = room.file("a.md", FERRY);
    let steps = [
        (")x", "高亮："),
        ("ge", "社论 林深 2.md"),
        ("ys", "excerpts 3.md"),
    ];
    quit(room.does(&file, &steps));
    assert_eq!(fs::read_to_string(&victim).unwrap(), "不能动\n");
    assert!(!missing.exists());
    for name in ["社论 林深 2.md", "excerpts 3.md"] {
        let meta = fs::symlink_metadata(shared.join(name)).unwrap();
        assert!(
            meta.is_file() && meta.permissions().mode() & 0o777 == 0o600,
            "{name}"
        );
    }
}

/// An export that cannot be written whole leaves the file as it was, and nothing beside it.
#[test]
fn a_full_disk_leaves_the_export_as_it_was() {
    let room = Room::new();
    let file = room.file("a.md", FERRY);
    quit(room.does(&file, &[(")x", "高亮："), ("ge", "标注已导出到")]));
    let path = room.notes().join("社论.md");
    let text = room.note("社论.md") + &"我写的一行。\n\n".repeat(200_000);
    fs::write(&path, &text).unwrap();
    let own = room.env();
    let env: Vec<(&str, &str)> = own
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let limited = format!(
        "ulimit -f 4000; exec {} {file}",
        env!("CARGO_BIN_EXE_jingdu")
    );
    let mut t = Terminal::run("sh", &["-c", &limited], &env, 120, 24);
    t.shows("UTF-8");
    t.keys("}x");
    t.shows("高亮：");
    t.keys("ge");
    t.shows("无法写入标注");
    quit(t);
    assert!(fs::read_to_string(&path).unwrap() == text);
    assert_eq!(fs::read_dir(room.notes()).unwrap().count(), 1);
    quit(room.does(&file, &[("ge", "标注已并入")]));
    let merged = room.note("社论.md");
    assert!(merged.contains("“一是载人") && merged.matches("我写的一行。").count() == 200_000);
}

/// A text that does not fit whole is taken out of the file of excerpts again.
#[test]
fn a_full_disk_leaves_no_half_excerpt() {
    let room = Room::new();
    let file = room.file("a.md", FERRY);
    // ten bytes below the limit of a shell that counts in 512 bytes
    let before = "字。\n\n"
        .repeat(256_000)
        .split_at(2_048_000 - 10)
        .0
        .to_owned();
    room.file("data/jingdu/notes/excerpts.md", &before);
    let own = room.env();
    let mut env: Vec<(&str, &str)> = own
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    env.push(("TERM", "linux"));
    let limited = format!(
        "ulimit -f 4000; exec {} {file}",
        env!("CARGO_BIN_EXE_jingdu")
    );
    let mut t = Terminal::run("sh", &["-c", &limited], &env, 150, 24);
    t.shows("UTF-8");
    t.keys(")ys");
    t.shows("没有剪贴板可用");
    quit(t);
    let after = room.note("excerpts.md");
    let whole = before.clone() + "他说“船”要紧。\n\n";
    assert!(after == before || after == whole, "{} bytes", after.len());
}

/// A folder in which nobody can make a file, not even root.
#[test]
fn a_folder_that_takes_no_file_is_said() {
    let room = Room::new();
    room.file("config/jingdu/config.yaml", "notes: /proc/self\n");
    let file = room.file("a.md", FERRY);
    let steps = [
        (")x", "高亮："),
        ("ge", "无法写入标注"),
        ("ys", "也无法写入文件"),
        (")x", "高亮："),
    ];
    quit(room.does(&file, &steps));
}

/// Ends without a warning at any moment of exporting: the file is whole, old or new.
#[test]
fn a_sudden_end_leaves_a_whole_export() {
    let rounds = std::env::var("JINGDU_ROUNDS")
        .ok()
        .and_then(|n| n.parse().ok());
    let room = Room::new();
    let file = room.file("a.md", FERRY);
    quit(room.does(&file, &[(")ax\r", "批注"), ("ge", "标注已导出到")]));
    let path = room.notes().join("社论.md");
    let own = room
        .note("社论.md")
        .replace("\n\nx\n", "\n\nx\n\n我的话。\n");
    fs::write(&path, own).unwrap();
    for round in 0..rounds.unwrap_or(6) {
        let mut t = room.does(&file, &[]);
        t.keys("}xgexgexgexge");
        std::thread::sleep(std::time::Duration::from_micros(round * 1700 % 40_000));
        t.signal("-KILL");
        t.ends();
        let text = room.note("社论.md");
        assert!(
            text.contains("\n\nx\n\n我的话。\n") && text.ends_with("\n-->\n"),
            "{round}: {text}"
        );
        assert_eq!(text.matches("他说").count(), 1, "{round}: {text}");
    }
}

#[test]
fn a_note_is_kept_as_it_is_typed_and_its_tags_are_found() {
    let room = Room::new();
    let file = room.file("a.md", FERRY);
    let note = "与 #数据 口径不符，#存疑。见http://a.example/b#c，第 #1 条";
    let typed = format!("a{note}\r");
    let steps = [
        (typed.as_str(), "批注，标签 数据、存疑"),
        ("gm", note),
        ("/#存疑\r", "1 条"),
        ("a", note),
    ];
    let mut t = room.does(&file, &steps);
    // accepting it again changes nothing
    t.keys("\r");
    t.shows("没有改动");
    // Enter leads to the text
    t.keys("\r");
    quit(t);
    let mark = &room.marks()["articles"][0]["marks"][0];
    assert_eq!(mark["note"], note);
    assert_eq!(mark["tags"], serde_json::json!(["数据", "存疑"]));
    assert!(
        room.prints(&["export", &file])
            .contains(&format!("\n\n{note}\n"))
    );
    assert!(room.prints(&["export", "--tag", "#数据"]).contains(note));
    assert_eq!(room.run(&["export", "--tag", "c"]).status.code(), Some(1));
}

/// Notes of older versions, whose tags were cut out or not found.
#[test]
fn notes_of_older_versions_have_all_their_tags() {
    let room = Room::new();
    let file = room.file("a.md", FERRY);
    quit(room.does(&file, &[("a口径不一，#数据\r", "标签 数据")]));
    let mut store = room.marks();
    let marks = &mut store["articles"][0]["marks"][0];
    marks["tags"] = serde_json::json!(["提法"]);
    let other = Room::new();
    let json = other.file("marks.json", &store.to_string());
    other.prints(&["state", "import", &json]);
    let mark = &other.marks()["articles"][0]["marks"][0];
    assert_eq!(mark["tags"], serde_json::json!(["提法", "数据"]));
    let text = other.prints(&["export"]);
    assert!(text.contains("\n\n口径不一，#数据\n\n#提法\n"), "{text}");
    quit(other.does(
        &file,
        &[("a", "口径不一，#数据 #提法"), ("\u{1b}", "UTF-8")],
    ));
}

#[test]
fn a_file_without_a_title_is_cited_and_exported_by_its_name() {
    let room = Room::new();
    let body = "　　渡口的船有两个用处，一是载人，载得稳，二是运豆腐，运得快，人人都说好。\n\
                \u{3000}\u{3000}天黑了，船就靠岸，灯笼挂在桅杆上，走的人都看得见，也都说亮。\n";
    let file = room.file("shenlun-new-normal.txt", body);
    let steps = [
        ("}x", "高亮："),
        ("Y", "excerpts.md"),
        ("ge", "shenlun-new-normal.md"),
    ];
    quit(room.does(&file, &steps));
    // from the list of another article, too
    let other = room.file("b.md", FERRY);
    quit(room.does(
        &other,
        &[("gm\t", "shenlun"), ("y", "excerpts.md"), ("\r", "UTF-8")],
    ));
    let copied = room.note("excerpts.md");
    let cited = copied
        .matches("”（shenlun-new-normal.txt，第2段）\n")
        .count();
    assert_eq!(cited, 2, "{copied}");
    let text = room.note("shenlun-new-normal.md");
    assert!(text.contains("\n# shenlun-new-normal\n"), "{text}");
}

#[test]
fn sections_without_a_point_have_a_heading_with_words() {
    let room = Room::new();
    let file = room.file("a.md", FERRY);
    quit(room.does(&file, &[("Jx", "高亮："), ("Gx", "高亮：")]));
    let text = room.prints(&["export", &file]);
    assert!(!text.contains("## –"), "{text}");
    assert!(text.contains("\n## 其他段落\n\n“天黑了"), "{text}");
}

#[test]
fn a_bookmark_is_exported_with_its_sentence() {
    let room = Room::new();
    let long =
        "据知情人士透露，".to_owned() + &"渡口的船一条接一条地靠岸，".repeat(20) + "就停了。";
    let file = room.file(
        "a.md",
        &format!(
            "---\ntitle: 题\n---\n\n{long}\n\n{}\n",
            "后面的话。".repeat(200)
        ),
    );
    // in the middle of the sentence
    quit(room.does(&file, &[("jjjjjma", "书签 a"), ("ge", "标注已导出到")]));
    for text in [room.note("题.md"), room.prints(&["export"])] {
        assert!(text.contains(&format!("书签 a：“{long}”")), "{text}");
    }
}

#[test]
fn the_marks_inside_a_quotation_are_those_of_the_settings() {
    for (setting, wanted) in [
        ("", "“他说‘船’要紧。”"),
        ("inner-quotes: single\n", "“他说‘船’要紧。”"),
        ("inner-quotes: corner\n", "“他说「船」要紧。”"),
        ("inner-quotes: source\n", "“他说“船”要紧。”"),
    ] {
        let room = Room::new();
        room.file("config/jingdu/config.yaml", setting);
        let file = room.file("a.md", FERRY);
        let steps = [
            (")x", "高亮："),
            ("Ys", "「他说"),
            ("ge", "标注已导出到"),
            ("ys", "excerpts.md"),
        ];
        quit(room.does(&file, &steps));
        let copied = room.note("excerpts.md");
        assert!(
            copied.contains(wanted) && copied.contains("\n他说“船”要紧。\n"),
            "{copied}"
        );
        for text in [room.note("社论.md"), room.prints(&["export", &file])] {
            assert!(text.contains(wanted), "{setting}: {text}");
        }
    }
}

/// Every way to name a paragraph gives it one number: `12G`, the row above the text, the margin,
/// a quotation, an export, `find`.
#[test]
fn a_paragraph_has_one_number_everywhere() {
    let text = "---\ntitle: 题\n---\n\n> 核心提示：渡口的船要修好。\n\n第一段词语甲。\n\n## 一、标题词语\n\n\
                第二段词语乙。\n\n- 第三项词语丙\n- 第四项词语丁\n\n![图](a.png)\n\n```\n代码词语\n```\n\n\
                ### 二、再一个标题\n\n> 第五段引文词语戊。\n\n| 甲 | 乙 |\n|---|---|\n| 第六行词语己 | 格 |\n\n\
                第七段词语庚。[^1]\n\n[^1]: 注里的词语。\n\n第八段词语辛。\n";
    let room = Room::new();
    let file = room.file("a.md", text);
    let (keymap, theme) = (Keymap::default(), Theme::named("auto", None, Depth::True));
    let mut s = session(article("a.md", text.as_bytes()), 100, 60);
    let _ = press(&mut s, &keymap, "g N");
    let found = room.prints(&["find", "词语", &file, "--format", "json"]);
    let hits: Vec<serde_json::Value> = found
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let rows = room.prints(&["find", "词语", &file]);
    let document = s.article.shared();
    let mut seen = 0;
    for n in 1..=document.paragraphs() {
        let _ = press(&mut s, &keymap, &format!("{n} G"));
        let block = document.nth_paragraph(n).unwrap();
        let span = document.blocks()[block].span;
        assert_eq!(s.reading.focus, span.start, "{n}");
        let mut buffer = display::buffer(100, 60);
        let _ = jingdu::view::draw(&s, &keymap, &theme, &mut buffer);
        let trail = row(&buffer, WidthPolicy::NARROW, 1);
        assert!(trail.ends_with(&format!("第{n}段")), "{n}: {trail}");
        let jingdu::session::Effect::Copy { text: cited, .. } = press(&mut s, &keymap, "Y p")
        else {
            panic!("nothing is copied of {n}");
        };
        assert!(cited.contains(&format!("，第{n}段")), "{n}: {cited}");
        let word: String = document.slice(span).chars().take(1).collect();
        let margin = (0..60).map(|y| row(&buffer, WidthPolicy::NARROW, y));
        let margin = margin.filter(|row| row.trim_start().starts_with(&format!("{n}")));
        assert!(margin.clone().any(|row| row.contains(&word)), "{n} {word}");
        let here = |hit: &&serde_json::Value| {
            let start = hit["start"].as_u64().unwrap() as usize;
            span.contains(Pos::new(start))
        };
        for hit in hits.iter().filter(here) {
            assert_eq!(hit["paragraph"], n, "{hit}");
            assert!(rows.contains(&format!("a.md:{n}")), "{n}: {rows}");
            seen += 1;
        }
    }
    assert!(
        document.paragraphs() >= 8 && seen >= 7,
        "{seen} of {}",
        document.paragraphs()
    );
}

/// The sentence that a command would take has a line in every theme, and nothing else about the
/// page changes: no character, and no look of a mark, a hit or a keyword.
#[test]
fn the_sentence_at_the_place_is_underlined_in_every_theme() {
    let keymap = Keymap::default();
    for keys in [
        "2 G",
        "} )",
        ")",
        "J",
        "J J K",
        "/ 豆腐 enter",
        "x )",
        "* 船 enter } n",
        "a 注 enter }",
    ] {
        let mut s = session(article("a.md", FERRY.as_bytes()), 90, 24);
        let _ = press(&mut s, &keymap, keys);
        let pointed = s.reading.sentence.pointed;
        assert!(pointed.is_some_and(|span| !span.is_empty()), "{keys}");
        for (name, depth) in [
            ("dark", Depth::True),
            ("light", Depth::True),
            ("auto", Depth::Palette),
            ("auto", Depth::Sixteen),
            ("auto", Depth::None),
        ] {
            let theme = Theme::named(name, None, depth);
            let mut with = display::buffer(90, 24);
            let _ = jingdu::view::draw(&s, &keymap, &theme, &mut with);
            let mut plain = s.clone();
            plain.reading.sentence.pointed = None;
            let mut without = display::buffer(90, 24);
            let _ = jingdu::view::draw(&plain, &keymap, &theme, &mut without);
            let mut underlined = 0;
            for (a, b) in with.content.iter().zip(&without.content) {
                assert_eq!(
                    (a.symbol(), a.fg, a.bg),
                    (b.symbol(), b.fg, b.bg),
                    "{keys} {depth:?}"
                );
                if a.modifier != b.modifier {
                    let lines = Modifier::UNDERLINED | Modifier::SLOW_BLINK;
                    assert_eq!(a.modifier, b.modifier | lines, "{keys} {depth:?}");
                    assert!(
                        !b.modifier
                            .intersects(Modifier::UNDERLINED | Modifier::REVERSED)
                    );
                    underlined += 1;
                }
            }
            // a landing that takes the whole sentence is underlined already
            let (landed, pointed) = (s.reading.landed.unwrap_or_default(), pointed.unwrap());
            let is_landed = landed.within(pointed) == Some(pointed);
            assert!(underlined > 0 || is_landed, "{keys} {depth:?}");
        }
    }
}

#[test]
fn the_export_of_one_window_keeps_the_marks_of_the_other() {
    let room = Room::new();
    let file = room.file("a.md", FERRY);
    let (mut a, mut b) = (room.does(&file, &[]), room.does(&file, &[]));
    for (t, keys) in [(&mut a, ")a甲的话\r"), (&mut b, "))a乙的话\r")] {
        t.keys(keys);
        t.shows("已存");
        t.keys("ge");
        t.shows("标注已导出到");
    }
    quit(a);
    quit(b);
    let text = room.note("社论.md");
    assert!(text.contains("甲的话") && text.contains("乙的话"), "{text}");
}
