//! Books: what a good one becomes, and that no bad one does harm.

#![allow(
    clippy::format_collect,
    clippy::format_push_string,
    reason = "what tests build is short"
)]

use crate::support::epub::{Epub, xhtml};
use jingdu::document::dump::dump;
use jingdu::document::{BlockKind, Document};
use jingdu::format::epub::{self, BookError};
use jingdu::{outline, source};

fn opened(bytes: &[u8]) -> Result<Document, BookError> {
    let found = epub::open(bytes, None).map(|book| book.document());
    if let Ok(document) = &found {
        assert!(
            !document
                .text()
                .chars()
                .any(|c| c != '\n' && source::sanitize::is_hostile(c))
        );
        assert!(
            !document
                .meta()
                .title
                .chars()
                .any(source::sanitize::is_hostile)
        );
    }
    found
}

fn text(bytes: &[u8]) -> String {
    opened(bytes).expect("a book").text().to_owned()
}

fn two() -> Vec<(&'static str, String)> {
    vec![
        ("第一章 开端", xhtml("第一章 开端", &["甲。", "乙。"])),
        ("第二章 转折", xhtml("第二章 转折", &["丙。"])),
    ]
}

/// A book of one chapter.
fn one(chapter: impl AsRef<[u8]>) -> Vec<u8> {
    Epub::new()
        .file("OEBPS/a.xhtml", chapter)
        .package(
            "<item id=\"a\" href=\"a.xhtml\"/>",
            "<itemref idref=\"a\"/>",
        )
        .bytes()
}

#[test]
fn both_kinds_of_book_read_the_same() {
    let mut seen = Vec::new();
    for (nav, ncx) in [(true, false), (false, true), (true, true), (false, false)] {
        let d = opened(&Epub::new().chapters(&two(), nav, ncx).bytes()).expect("a book");
        seen.push(dump(&d));
    }
    assert!(seen.iter().all(|d| *d == seen[0]), "{}", seen.join("\n"));
    assert_eq!(
        seen[0],
        "title: 某书\nauthor: 某甲、某乙\nsource: 某社\ndate: 2019-02-22\nformat: epub\nencoding: UTF-8\n\
         L3 heading1 | 第一章 开端\nL4 paragraph | 甲。\nL5 paragraph | 乙。\nL9 heading1 | 第二章 转折\nL10 paragraph | 丙。\n"
    );
}

#[test]
fn line_numbers_are_those_of_the_raw_source() {
    let bytes = Epub::new().chapters(&two(), true, false).bytes();
    let book = epub::open(&bytes, None).expect("a book");
    let document = book.document();
    let lines: Vec<&str> = book.source.text.lines().collect();
    let blocks = document.blocks();
    for block in blocks {
        assert!(lines[block.line as usize - 1].contains(document.slice(block.span)));
    }
}

#[test]
fn order_of_the_archive_and_missing_marks_do_not_matter() {
    let bare = || Epub::bare().chapters(&two(), true, false);
    for bytes in [
        bare().bytes(),
        bare().stored("mimetype", b"application/epub+zip").bytes(),
        bare().file("META-INF/container.xml", "<<&rubbish").bytes(),
    ] {
        assert_eq!(text(&bytes), "第一章 开端\n甲。\n乙。\n第二章 转折\n丙。");
    }
}

#[test]
fn holes_are_told_and_the_rest_is_read() {
    let manifest = "<item id=\"a\" href=\"a.xhtml\"/><item id=\"b\" href=\"../../../etc/passwd\"/><item id=\"c\" href=\"http://x/y\"/><item id=\"d\" href=\"file:///etc/passwd\"/>";
    let spine = "<itemref idref=\"a\"/><itemref idref=\"b\"/><itemref idref=\"c\"/><itemref idref=\"d\"/><itemref idref=\"e\x1b[2J\"/>";
    let d = opened(
        &Epub::new()
            .file("OEBPS/a.xhtml", xhtml("题", &["甲。"]))
            .package(manifest, spine)
            .bytes(),
    )
    .expect("a book");
    assert_eq!(d.text(), "题\n甲。");
    assert_eq!(
        d.diagnostics()
            .iter()
            .filter(|d| d.rule == "missing-chapter")
            .count(),
        4
    );
    assert!(!dump(&d).contains('\x1b'));
}

#[test]
fn names_of_every_kind_are_found() {
    for (name, href) in [
        ("OEBPS/第一章.xhtml", "%E7%AC%AC%E4%B8%80%E7%AB%A0.xhtml"),
        ("OEBPS\\a.xhtml", "a.xhtml"),
        ("/OEBPS/a.xhtml", "./x/../a.xhtml"),
        ("../OEBPS/A.XHTML", "a.xhtml"),
        ("OEBPS/a b.xhtml", "a b.xhtml"),
    ] {
        let package = format!("<item id=\"a\" href=\"{href}\"/>");
        let bytes = Epub::new()
            .file(name, xhtml("题", &["甲。"]))
            .package(&package, "<itemref idref=\"a\"/>")
            .bytes();
        assert_eq!(text(&bytes), "题\n甲。", "{name}");
    }
}

#[test]
fn chapters_in_any_encoding() {
    let body = "这是一篇关于城市与乡村的文章，说的是人们怎样一起把路修好。";
    let page = |encoding: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"{encoding}\"?><html><body><p>{body}</p></body></html>"
        )
    };
    let (gbk, ..) = encoding_rs::GB18030.encode(body);
    let gbk = [
        b"<?xml version='1.0' encoding='GB2312'?><p>".as_slice(),
        &gbk,
        b"</p>",
    ]
    .concat();
    let wide = |mark: bool| -> Vec<u8> {
        let units = page("utf-16")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<_>>();
        if mark {
            [b"\xff\xfe".as_slice(), &units].concat()
        } else {
            units
        }
    };
    let marked = [b"\xef\xbb\xbf".as_slice(), page("utf-8").as_bytes()].concat();
    for chapter in [
        gbk,
        wide(true),
        wide(false),
        marked,
        page("utf-16").into_bytes(),
    ] {
        assert_eq!(text(&one(chapter)), body);
    }
    // what HTML makes of 155 is a quotation mark
    let hostile = "<p>甲\0\u{1b}[2J\u{202e}乙&#27;&#x9b;丙</p>";
    assert_eq!(text(&one(hostile)), "甲乙›丙");
}

#[test]
fn what_is_no_book_is_refused_by_name() {
    let plain = Epub::bare().file("a.txt", "甲").bytes();
    let word = Epub::bare()
        .file("[Content_Types].xml", "<Types/>")
        .file("word/document.xml", "<w:document/>")
        .bytes();
    let good = Epub::new().chapters(&two(), true, true).bytes();
    for (bytes, refused) in [
        (plain, BookError::NotABook),
        (word, BookError::NotABook),
        (Epub::bare().bytes(), BookError::Damaged),
        (Epub::new().bytes(), BookError::NoText),
        (Epub::new().package("", "").bytes(), BookError::NoText),
        (one(""), BookError::NoText),
        (good[..40].to_vec(), BookError::Damaged),
        (b"PK\x03\x04".to_vec(), BookError::Damaged),
    ] {
        assert_eq!(opened(&bytes).err(), Some(refused));
    }
}

#[test]
fn encrypted_books_are_refused_and_veiled_fonts_are_none() {
    let list = |method: &str, file: &str| {
        format!(
            "<encryption><EncryptedData><EncryptionMethod Algorithm=\"{method}\"/><CipherData><CipherReference URI=\"{file}\"/></CipherData></EncryptedData></encryption>"
        )
    };
    let book = |list: String| {
        Epub::new()
            .file("META-INF/encryption.xml", list)
            .chapters(&two(), true, false)
            .bytes()
    };
    let aes = "http://www.w3.org/2001/04/xmlenc#aes128-cbc";
    assert_eq!(
        opened(&book(list(aes, "OEBPS/Text/c0.xhtml"))).err(),
        Some(BookError::Locked)
    );
    assert!(
        opened(&book(list(
            "http://www.idpf.org/2008/embedding",
            "OEBPS/f.otf"
        )))
        .is_ok()
    );
    // the flag of a password, in the entries of the text
    let mut locked = Epub::new().chapters(&two(), true, false).bytes();
    for (mark, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let places: Vec<usize> = locked
            .windows(4)
            .enumerate()
            .filter(|(_, w)| w == mark)
            .map(|(i, _)| i)
            .collect();
        for at in places {
            locked[at + flags] |= 1;
        }
    }
    assert_eq!(opened(&locked).err(), Some(BookError::Locked));
}

#[test]
fn damage_costs_what_is_damaged() {
    let long: Vec<String> = (0..2000)
        .map(|i| format!("第{i}段，{}。", i * 7919 % 1000))
        .collect();
    let paragraphs: Vec<&str> = long.iter().map(String::as_str).collect();
    let chapters = vec![
        ("甲", xhtml("甲", &["短。"])),
        ("乙", xhtml("乙", &paragraphs)),
    ];
    let good = Epub::new().chapters(&chapters, false, true).bytes();
    // any byte wrong, any length: never a panic, never a wrong title of the terminal
    for at in (0..good.len()).step_by(good.len() / 60) {
        let mut bad = good.clone();
        bad[at] ^= 0xff;
        drop(opened(&bad));
        drop(opened(&good[..at]));
    }
    // without its table the book is found from the front
    let table = good
        .windows(4)
        .position(|w| w == b"PK\x01\x02")
        .expect("table");
    assert!(text(&good[..table]).starts_with("甲\n短。\n乙\n第0段，0。\n第1段"));
}

#[test]
fn bombs_do_not_go_off() {
    let zeros = vec![0u8; 10 << 20];
    let mut bomb = Epub::new();
    let (mut manifest, mut spine) = (String::new(), String::new());
    for i in 0..40 {
        bomb = bomb.file(&format!("OEBPS/{i}.xhtml"), &zeros);
        manifest += &format!("<item id=\"c{i}\" href=\"{i}.xhtml\"/>");
        spine += &format!("<itemref idref=\"c{i}\"/>");
    }
    assert_eq!(
        opened(&bomb.package(&manifest, &spine).bytes()).err(),
        Some(BookError::TooLarge)
    );
    // thirty thousand entries are many, and no bomb
    let mut many = Epub::new().chapters(&two(), true, false);
    for i in 0..30_000 {
        many = many.stored(&format!("x/{i}"), b"");
    }
    assert!(opened(&many.bytes()).is_ok());
    // one file ten thousand times in the spine is read once
    let spine = "<itemref idref=\"a\"/><itemref idref=\"b\"/>".repeat(5000);
    let manifest = "<item id=\"a\" href=\"a.xhtml\"/><item id=\"b\" href=\"a.xhtml#x\"/>";
    let bytes = Epub::new()
        .file(
            "OEBPS/a.xhtml",
            xhtml("题", &["长。".repeat(200_000).as_str()]),
        )
        .package(manifest, &spine)
        .bytes();
    assert_eq!(text(&bytes).matches("题").count(), 1);
}

#[test]
fn entities_are_not_expanded() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"哈哈哈哈\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>";
    let package = format!(
        "{bomb}<package><metadata><dc:title>题&b;&c;&amp;</dc:title></metadata><manifest><item id=\"a\" href=\"a.xhtml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>"
    );
    let chapter = format!("{bomb}<html><body><p>正文&b;&c;&nbsp;&hellip;</p></body></html>");
    let d = opened(
        &Epub::new()
            .file("OEBPS/content.opf", package)
            .file("OEBPS/a.xhtml", chapter)
            .bytes(),
    )
    .expect("a book");
    assert!(
        d.meta().title.starts_with("题&b;&c;&"),
        "{}",
        d.meta().title
    );
    assert!(
        d.text().contains("正文&b;&c;") && d.text().ends_with('…') && d.text().len() < 80,
        "{}",
        d.text()
    );
}

#[test]
fn depth_is_flat_everywhere() {
    let deep = format!("{}<p>底。</p>", "<div>".repeat(100_000));
    assert_eq!(text(&one(deep)), "底。");
    let nav = format!(
        "<nav epub:type=\"toc\">{}",
        "<ol><li><a href=\"Text/c0.xhtml\">深</a>".repeat(30_000)
    );
    let bytes = Epub::new()
        .chapters(&two(), false, false)
        .file("OEBPS/nav.xhtml", nav)
        .bytes();
    assert!(opened(&bytes).is_ok());
}

#[test]
fn what_stands_beside_the_text_comes_last() {
    let manifest = "<item id=\"n\" href=\"n.xhtml\"/><item id=\"a\" href=\"a.xhtml\"/><item id=\"p\" href=\"p.png\" media-type=\"image/png\"/>";
    let spine = "<itemref idref=\"n\" linear=\"no\"/><itemref idref=\"p\"/><itemref idref=\"a\"/>";
    let notes = "<section epub:type=\"footnotes\"><p>[1] 注文。</p></section>";
    let text = "<p>正文<sup><a href=\"n.xhtml#n1\">[1]</a></sup>。</p>";
    let d = opened(
        &Epub::new()
            .file("OEBPS/n.xhtml", notes)
            .file("OEBPS/a.xhtml", text)
            .package(manifest, spine)
            .bytes(),
    )
    .expect("a book");
    let kinds: Vec<_> = d
        .blocks()
        .iter()
        .map(|b| (b.kind, d.slice(b.span)))
        .collect();
    assert_eq!(
        kinds,
        [
            (BlockKind::Paragraph, "正文[1]。"),
            (BlockKind::Rule, ""),
            (BlockKind::Note, "[1] 注文。")
        ]
    );
}

#[test]
fn a_real_sized_book_opens_at_once() {
    let sentence = "协同发展不是一件容易的事，要有耐心，也要有办法；一是规划，二是交通，三是产业。";
    let chapters: Vec<(String, String)> = (0..200)
        .map(|i| {
            let paragraphs: Vec<String> = (0..40)
                .map(|j| format!("{i}·{j} {}", sentence.repeat(5 + (i * 7 + j * 3) % 3)))
                .collect();
            (
                format!("第{i}章 题目{i}"),
                xhtml(
                    &format!("第{i}章 题目{i}"),
                    &paragraphs.iter().map(String::as_str).collect::<Vec<_>>(),
                ),
            )
        })
        .collect();
    let chapters: Vec<(&str, String)> = chapters
        .iter()
        .map(|(t, x)| (t.as_str(), x.clone()))
        .collect();
    let bytes = Epub::new().chapters(&chapters, true, true).bytes();
    let d = opened(&bytes).expect("a book");
    let outline = outline::outline(&d);
    assert_eq!(
        d.blocks()
            .iter()
            .filter(|b| b.kind == BlockKind::Heading(1))
            .count(),
        200
    );
    assert!(
        d.text().len() > 4_500_000 && outline.points.len() > 200,
        "{}",
        d.text().len()
    );
}

#[test]
fn the_program_reads_books() {
    let folder = std::env::temp_dir().join(format!("jingdu-books-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("folder");
    let (file, bad) = (folder.join("某书.epub"), folder.join("bad.epub"));
    std::fs::write(&file, Epub::new().chapters(&two(), true, false).bytes()).expect("book");
    std::fs::write(&bad, Epub::bare().file("a", "b").bytes()).expect("book");
    let run = |command: &str, file: &std::path::Path| {
        let out = std::process::Command::new(env!("CARGO_BIN_EXE_jingdu"))
            .args([command, "--lang", "zh"])
            .arg(file)
            .output()
            .expect("run");
        (
            out.status.code(),
            String::from_utf8(out.stdout).expect("text"),
            String::from_utf8(out.stderr).expect("text"),
        )
    };
    let (status, outline, _) = run("outline", &file);
    assert_eq!(
        (
            status,
            outline.contains("第一章 开端"),
            outline.contains("第二章 转折")
        ),
        (Some(0), true, true),
        "{outline}"
    );
    let (status, print, _) = run("print", &file);
    assert_eq!(status, Some(0));
    assert!(
        print.contains("某书") && print.contains("某甲、某乙") && print.contains("丙。"),
        "{print}"
    );
    let (status, _, error) = run("print", &bad);
    assert_eq!(
        (status, error.lines().count(), error.contains("不是 EPUB")),
        (Some(2), 1, true),
        "{error}"
    );
    let item = |path: &std::path::Path| {
        let item = jingdu::shell::open::item::Item::of(path);
        jingdu::shell::library::article_file::entry(
            &item,
            &jingdu::shell::open::item::DecodeOptions::default(),
            jingdu::text::Lang::Zh,
        )
    };
    assert_eq!(
        (
            item(&file).title.as_str(),
            item(&file).date.as_deref(),
            item(&bad).fault.is_some()
        ),
        ("某书", Some("2019-02-22"), true)
    );
    drop(std::fs::remove_dir_all(&folder));
}
