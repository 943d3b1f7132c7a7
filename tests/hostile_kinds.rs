//! Hostile input by kind: characters that nobody sees, names of files, code without an end,
//! archives that are packed or put together oddly, what the system refuses.

use jingdu::format;
use jingdu::source;
use jingdu::source::sanitize::{self, is_hostile};
use regex::Regex;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A folder of one test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("jingdu-kinds-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.0.join(name);
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    /// Runs the program: status, output, error.
    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let out = Command::new(env!("CARGO_BIN_EXE_jingdu"))
            .args(args)
            .env("LANG", "zh_CN.UTF-8")
            .env("LC_ALL", "")
            .env("XDG_STATE_HOME", self.0.join("state"))
            .env("XDG_CACHE_HOME", self.0.join("cache"))
            .env("XDG_CONFIG_HOME", self.0.join("config"))
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (
            out.status.code().unwrap_or(-1),
            text(out.stdout),
            text(out.stderr),
        )
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn chars() -> impl Iterator<Item = char> {
    (0..0x11_0000).filter_map(char::from_u32)
}

/// The format characters and those that may be ignored, by another table of Unicode: each is
/// taken out, but for those that serve what is seen.
#[test]
fn every_format_character_is_taken_out() {
    let unseen = Regex::new(r"^[\p{Cf}\p{Default_Ignorable_Code_Point}]$").unwrap();
    let serves = |c: char| {
        matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180d}' | '\u{180f}')
            // drawn around a number
            || matches!(c, '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}' | '\u{110bd}' | '\u{110cd}')
    };
    let mut found = 0;
    for c in chars().filter(|c| unseen.is_match(c.encode_utf8(&mut [0; 4]))) {
        assert_eq!(is_hostile(c), !serves(c), "U+{:04X}", c as u32);
        found += usize::from(is_hostile(c));
    }
    assert!(found > 3000, "{found}");
    // and nothing that is seen
    let seen = Regex::new(r"^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]$").unwrap();
    let wrong: Vec<String> = chars()
        .filter(|c| seen.is_match(c.encode_utf8(&mut [0; 4])) && is_hostile(*c))
        .filter(|c| !unseen.is_match(c.encode_utf8(&mut [0; 4])))
        .map(|c| format!("U+{:04X}", c as u32))
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn no_text_carries_what_nobody_sees() {
    for c in [
        '\u{1d173}',
        '\u{1d17a}',
        '\u{1bca0}',
        '\u{1bca3}',
        '\u{13430}',
        '\u{1343f}',
        '\u{e0001}',
        '\u{e0041}',
        '\u{e01ff}',
        '\u{e0fff}',
        '\u{fff9}',
        '\u{fffb}',
        '\u{2065}',
        '\u{3164}',
        '\u{ffa0}',
        '\u{115f}',
        '\u{17b5}',
        '\u{fff3}',
        '\u{ad}',
        '\u{180e}',
    ] {
        let text =
            format!("# 题{c}目\n\n协{c}同发展**很重要**{c}，{c}这是一句话。\n\n{c}{c}尾。\n");
        let read = source::read(text.as_bytes(), None);
        assert_eq!(read.removed, 6, "U+{:04X}", c as u32);
        let document = format::parse(&read, format::ParseOptions::default());
        assert!(
            document.text().contains("协同发展很重要，这是一句话。"),
            "{:?}",
            document.text()
        );
        assert_eq!(sanitize::line(&format!("甲{c}.md")), "甲 .md");
    }
    // what is seen, or joins what is seen, stays
    for kept in [
        "👨\u{200d}👩\u{200d}👧",
        "می\u{200c}خواهم",
        "葛\u{e0100}",
        "❤\u{fe0f}",
        "\u{6dd}١",
    ] {
        let read = source::read(format!("{kept}字").as_bytes(), None);
        assert_eq!(
            (read.text.as_str(), read.removed),
            (&*format!("{kept}字"), 0)
        );
    }
}

#[test]
fn names_are_exact_in_json_and_clean_elsewhere() {
    let folder = Folder::new("names");
    let text = "# 题\n\n雄安新区的建设**很重要**。一是雄安好。二是雄安新。\n";
    for odd in [
        "a\u{9b}31m",
        "b\u{202e}txt",
        "c\u{1b}]0;x\u{7}",
        "d\u{200b}e",
        "f\u{2060}",
        "g\u{e0041}",
        "h\u{1d173}",
        "i\u{7f}",
        "j\u{feff}",
        "k\u{85}l",
        "m\u{2028}n",
        "o\u{90}x\u{9c}",
        "p\tq",
        "r\ns",
    ] {
        let name = format!("{odd}.md");
        let file = folder.file(&name, text.as_bytes());
        let inside = folder.0.display().to_string();
        let clean = |out: &str| {
            let odd = |c: char| is_hostile(c) && c != '\n' || matches!(c, '\u{200b}' | '\u{2060}');
            assert!(!out.contains(odd), "{out:?}");
        };
        for args in [
            &["outline", &file, "--format", "json"][..],
            &["keywords", &file, "--format", "json"],
            &["find", "雄安", &file, "--format", "json"],
            &["find", "雄安", &inside, "--format", "json"],
            &["points", "雄安", &inside, "--format", "json"],
            &[
                "count", "雄安", &inside, "--by", "article", "--format", "json",
            ],
            &["same", &file, &inside, "--format", "json"],
        ] {
            let (_, out, error) = folder.run(args);
            clean(&out);
            clean(&error);
            let named = out.lines().any(|line| {
                let value: serde_json::Value = serde_json::from_str(line).unwrap();
                let name_of = |key: &str| value[key].as_str().map(str::to_owned);
                [name_of("file"), name_of("key")]
                    .into_iter()
                    .flatten()
                    .any(|path| {
                        // a script can open it
                        path.ends_with(&name) && fs::read(path).is_ok()
                    })
            });
            assert!(named, "{args:?}\n{out}{error}");
        }
        for args in [
            &["print", &file][..],
            &["check", &file],
            &["find", "雄安", &inside],
            &[
                "count", "雄安", &inside, "--by", "article", "--format", "csv",
            ],
            &["print", &format!("{file}.none")],
            &["find", "雄安", &format!("{file}.none")],
        ] {
            let (_, out, error) = folder.run(args);
            for text in [&out, &error] {
                let odd = |c: char| is_hostile(c) && !matches!(c, '\n' | '\t' | '\r');
                // a table for a spreadsheet begins with the mark of its encoding
                let text = text.trim_start_matches('\u{feff}');
                assert!(!text.contains(odd), "{args:?} {text:?}");
            }
        }
        fs::remove_file(file).unwrap();
    }
}

#[test]
fn long_paths_are_short_in_messages() {
    let folder = Folder::new("long");
    let long = format!("/nonexistent/{}.md", "很长的目录/".repeat(500));
    for args in [
        &["print", &long][..],
        &["outline", &long],
        &["find", "甲", &long],
        &["check", &long],
    ] {
        let (code, _, error) = folder.run(args);
        assert_eq!(code, 2, "{args:?}");
        assert!(
            error.chars().count() < 250 && error.contains('…'),
            "{error}"
        );
    }
}

/// Code and declarations without an end are one line, folded and reported.
#[test]
fn code_without_an_end_takes_one_line() {
    for open in [
        "<?php echo 1;",
        "<?xml version=\"1.0\"",
        "<?",
        "  <?= $x",
        "<?php // 注释",
        "<?php $a --> $b",
        "<!DOCTYPE html",
        "<!doctype html PUBLIC \"x\"",
        "<!ELEMENT x (y",
        "<!X",
        "<!ENTITY a \"b\"",
        "<![CDATA[ x",
    ] {
        let text = format!(
            "# 大标题\n\n## 第一节\n\n前面**一段**文字，很长的一句话。\n\n{open}\n\n后面第一段，**有很多**话要说的。\n\n## 第二节\n\n后面第二段，还有很多话。\n"
        );
        let read = source::read(text.as_bytes(), None);
        let options = format::ParseOptions {
            name: "a.md",
            ..Default::default()
        };
        let document = format::parse(&read, options);
        let body = document.body();
        for kept in [
            "前面一段文字",
            "后面第一段，有很多话要说的。",
            "第二节",
            "后面第二段",
        ] {
            assert!(body.contains(kept), "{open}: {body}");
        }
        let told: Vec<_> = document
            .diagnostics()
            .iter()
            .filter(|d| d.source_line == 7)
            .collect();
        assert!(!told.is_empty(), "{open}: {:?}", document.diagnostics());
    }
    // what has its end stays as it is
    let text = "# 题\n\n## 节\n\n甲**乙**。\n\n<?php\necho 1;\n// 这是注释。\n?>\n\n丙。\n";
    let options = format::ParseOptions {
        name: "a.md",
        ..Default::default()
    };
    let document = format::parse(&source::read(text.as_bytes(), None), options);
    assert!(document.body().contains("丙。") && !document.body().contains("echo"));
}

/// An archive of one chapter, every entry but the first packed by a method.
fn book(method: u16, flags: u8) -> Vec<u8> {
    let chapter = format!(
        "<html><body><h1>第一章</h1>{}</body></html>",
        "<p>书里的一段文字。</p>".repeat(20)
    );
    let package = "<package version=\"3.0\"><manifest><item id=\"a\" href=\"a.xhtml\" media-type=\"application/xhtml+xml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>";
    let container = "<container><rootfiles><rootfile full-path=\"c.opf\"/></rootfiles></container>";
    let (mut out, mut table) = (Vec::new(), Vec::new());
    let entries = [
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
        ("c.opf", package),
        ("a.xhtml", &chapter),
    ];
    for (i, (name, text)) in entries.iter().enumerate() {
        let (method, flags) = if i == 0 { (0, 0) } else { (method, flags) };
        let start = u32::try_from(out.len()).unwrap();
        let len = u32::try_from(text.len()).unwrap().to_le_bytes();
        let mut fields = vec![20, 0, flags, 8];
        fields.extend(method.to_le_bytes());
        fields.extend([0; 8]);
        fields.extend([len, len].concat());
        fields.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        fields.extend([0; 2]);
        out.extend([b"PK\x03\x04", &fields[..], name.as_bytes(), text.as_bytes()].concat());
        let rest = [[0; 10].to_vec(), start.to_le_bytes().to_vec()].concat();
        table.extend([b"PK\x01\x02\x14\0", &fields[..], &rest, name.as_bytes()].concat());
    }
    let at = u32::try_from(out.len()).unwrap().to_le_bytes();
    let size = u32::try_from(table.len()).unwrap().to_le_bytes();
    out.extend(&table);
    out.extend([b"PK\x05\x06\0\0\0\0\x04\0\x04\0", &size[..], &at, b"\0\0"].concat());
    out
}

#[test]
fn odd_archives_are_named_or_read() {
    let folder = Folder::new("books");
    for (method, flags, said) in [
        (1, 0, "Shrink"),
        (6, 0, "Implode"),
        (9, 0, "Deflate64"),
        (12, 0, "Bzip2"),
        (14, 0, "Lzma"),
        (93, 0, "Zstd"),
        (95, 0, "Xz"),
        (98, 0, "Ppmd"),
        (77, 0, "不认识的方法"),
        (99, 1, "加密"),
        (8, 1, "加密"),
        (0, 1, "加密"),
    ] {
        let file = folder.file("a.epub", &book(method, flags));
        for command in ["print", "outline", "check"] {
            let (code, out, error) = folder.run(&[command, &file]);
            assert_eq!((code, out.as_str()), (2, ""), "{method}");
            assert!(
                error.contains(said) && error.lines().count() == 1,
                "{method}: {error}"
            );
        }
        // without its table, by the headers of its entries
        let whole = book(method, flags);
        let cut = whole.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
        if flags == 0 && method != 77 {
            let (code, _, error) = folder.run(&["print", &folder.file("b.epub", &whole[..cut])]);
            assert!(code == 2 && error.contains(said), "{method}: {error}");
        }
    }
    // a table that points beside its entries: they are found by their own headers
    for by in [-9i32, -5, -1, 1, 3, 7, 9, 1000, 60000] {
        for directory in [true, false] {
            let mut bytes = book(0, 0);
            let (sign, field) = if directory {
                (b"PK\x05\x06", 16)
            } else {
                (b"PK\x01\x02", 42)
            };
            let places: Vec<usize> = (0..bytes.len() - 4)
                .filter(|i| bytes[*i..].starts_with(sign))
                .collect();
            for place in places {
                let at = place + field;
                let value = i32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) + by;
                bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
            }
            let (code, out, error) = folder.run(&["print", &folder.file("c.epub", &bytes)]);
            assert!(
                code == 0 && out.contains("书里的一段文字"),
                "{by} {directory}: {error}"
            );
        }
    }
}

/// A page of more blocks than are read: every command that prints it says so.
#[test]
fn what_a_limit_cuts_off_is_said() {
    let folder = Folder::new("limit");
    let page = format!(
        "<!DOCTYPE html><html><body><h1>题</h1>{}</body></html>",
        "<p>甲乙丙。</p>".repeat(500_100)
    );
    let file = folder.file("a.html", page.as_bytes());
    for args in [&["print", "--width", "0", &file][..], &["keywords", &file]] {
        let (_, _, error) = folder.run(args);
        assert!(error.contains("输入太长"), "{args:?}: {error:?}");
    }
}

/// No message is left in the words of the system.
#[test]
fn the_system_speaks_the_readers_language() {
    let folder = Folder::new("errors");
    let loops = folder.0.join("loop.md");
    std::os::unix::fs::symlink(&loops, &loops).unwrap();
    let file = folder.file("a.md", "甲。\n".as_bytes());
    let cases = [
        (loops.display().to_string(), "符号链接"),
        (format!("{file}/b.md"), "不是目录"),
        (
            folder.0.join("字".repeat(200)).display().to_string(),
            "文件名太长",
        ),
        (
            folder.0.join("none.md").display().to_string(),
            "没有这个文件",
        ),
    ];
    for (path, said) in cases {
        let (code, _, error) = folder.run(&["print", &path]);
        assert!(code == 2 && error.contains(said), "{error}");
        assert!(!error.contains("os error"), "{error}");
    }
}

/// A term is printed beside its counts: what hides in it does not reach the terminal.
#[test]
fn terms_are_printed_clean() {
    let folder = Folder::new("terms");
    let file = folder.file("a.md", "# 题\n\n数据要配置，市场要数据。\n".as_bytes());
    let hidden = "数据\u{1b}[31m\n要\u{202e}素\n市\u{9b}5m场\n配\u{e0041}置\n\u{1}\n\u{200b}\n数\u{200b}据\n\
                  据\u{2066}\n要\u{feff}\n置\u{7f}\n";
    let terms = folder.file("terms.txt", hidden.as_bytes());
    for format in ["text", "md", "csv", "json"] {
        for args in [
            &["count", "--terms", &terms, &file, "--format", format][..],
            &[
                "count",
                "数据\u{1b}[31m",
                "配\u{e0041}置",
                &file,
                "--format",
                format,
            ],
        ] {
            let (_, out, error) = folder.run(args);
            let odd = |c: char| is_hostile(c) && c != '\n' && c != '\r';
            let out = out.trim_start_matches('\u{feff}');
            assert!(
                out.contains("数据") && !out.contains(odd),
                "{format}: {out:?}"
            );
            assert!(!error.contains(odd), "{format}: {error:?}");
        }
    }
}
