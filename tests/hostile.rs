//! Hostile files, class by class, down the whole road: bytes, document, outline,
//! rows, keys, frames, prints. Each is done in time, loses none of the text that a
//! reader wants, and passes the gate.

use crate::support;
use jingdu::command::{Input, Keymap, update};
use jingdu::session::{Mode, Session, Settings};
use jingdu::shell::cli::options::PrintOptions;
use jingdu::shell::cli::outline;
use jingdu::shell::cli::print;
use jingdu::shell::terminal::display::{Abilities, Display, buffer};
use jingdu::shell::terminal::output_check;
use jingdu::source::sanitize;
use jingdu::text::cluster::clusters;
use jingdu::view::{self, Theme, theme::Depth};
use std::time::{Duration, Instant};

/// A sentence of every file that has to come through.
const MARK: &str = "记号甲乙丙";
const BODY: &str = "　　这是一篇说明事情的文章，一是要看得清楚，二是要说得明白，三是要记得下来。记号甲乙丙在这里。\n\n　　第二段说的是别的事情。\n";
/// The limit of time for one: debug builds are slow, and other tests run beside.
const LIMIT: Duration = Duration::from_secs(20);

/// The keys of a reading: every page, the ends, a search, the raw source.
const KEYS: &str = "space / 记号甲 enter t t G g g g r G g r = esc J o o L esc O O";

/// Down the whole road; gives what is printed.
fn road(name: &str, bytes: &[u8]) -> String {
    let begun = Instant::now();
    let article = support::article(name, bytes);
    let mut options = PrintOptions::default();
    options.layout.width = Some(60);
    let printed = print::render(article.document(), &options);
    let outline = outline::json_outline(&article).collect::<String>()
        + &outline::text_outline(article.document(), &article.outline);
    let said = article
        .document()
        .diagnostics()
        .iter()
        .map(|d| d.excerpt.clone())
        .collect::<String>();
    for text in [&printed, &outline, &said] {
        assert!(
            !text
                .chars()
                .any(|c| c != '\n' && (c == '\t' || sanitize::is_hostile(c))),
            "{name}: a control is printed"
        );
    }
    let mut session = Session::new(Settings::default(), 60, 16);
    session.open(article);
    session.refresh();
    let (keymap, theme) = (Keymap::default(), Theme::named("dark", None, Depth::True));
    let mut display = Display::new(Abilities {
        underlines: true,
        links: true,
        margins: true,
        scrolls: true,
        together: true,
    });
    let mut draw = |session: &Session| {
        let mut cells = buffer(session.screen.columns, session.screen.rows);
        let drawn = view::draw(session, &keymap, &theme, &mut cells);
        let bytes = display.frame(&cells, &drawn);
        assert_eq!(
            output_check::first_unsafe_byte(bytes),
            None,
            "{name}: {:?}",
            String::from_utf8_lossy(bytes)
        );
    };
    draw(&session);
    for key in support::keys(KEYS) {
        update(&mut session, &keymap, Input::Key(key));
        draw(&session);
    }
    session.pages.go(Mode::Read);
    assert!(begun.elapsed() < LIMIT, "{name} took {:?}", begun.elapsed());
    printed
}

/// The same, and the text is there.
fn reads(name: &str, bytes: &[u8]) {
    let printed = road(name, bytes);
    let flat: String = printed.split_whitespace().collect();
    assert!(
        flat.contains(MARK),
        "{name}: the text is gone:\n{}",
        printed.chars().take(400).collect::<String>()
    );
}

/// Repeats a piece.
fn each(n: usize, piece: impl Fn(usize) -> String) -> String {
    (0..n).map(piece).collect::<Vec<_>>().concat()
}

/// A file of that kind with `odd` before, after and inside its text.
fn around(odd: &[u8], ending: &str) -> Vec<u8> {
    match ending {
        "html" => [
            b"<html><head><title>t",
            odd,
            b"</title></head><body><article><h1>h",
            odd,
            b"</h1><p>",
            BODY.as_bytes(),
            b"</p>",
            odd,
            b"<p>x</p></article>",
        ]
        .concat(),
        "md" => [
            b"---\ntitle: \"a",
            odd,
            b"\"\nauthor: b",
            odd,
            b"\n---\n\n# c",
            odd,
            b"\n\n",
            BODY.as_bytes(),
            b"\n",
            odd,
            b"\n\n[l](http://a/",
            odd,
            b")\n",
        ]
        .concat(),
        _ => [
            "长文的题目\n\n前面".as_bytes(),
            odd,
            b"\n\n",
            BODY.as_bytes(),
            b"\n",
            odd,
            "段中".as_bytes(),
            odd,
            b"\n",
        ]
        .concat(),
    }
}

#[test]
fn escapes_of_every_kind() {
    let many = [b"\x1b[".as_slice(), &b";1".repeat(5000), b"m"].concat();
    let kinds: [&[u8]; 22] = [
        b"\x1b[2J",
        b"\x1b]52;c;AA==\x07",
        b"\x1b]0;t\x1b\\",
        b"\x1bP+q544e\x1b\\",
        b"\x1b",
        b"\x9b31m",
        b"\xc2\x9b31m",
        b"\x1b]8;;http://a/\x1b\\l\x1b]8;;\x1b\\",
        b"\x1b_Gx\x1b\\",
        b"\x1b^x\x1b\\",
        b"\x1bXx\x1b\\",
        b"\x1b]52;c;AAAA",
        b"\x1bPq",
        b"\x1bc",
        b"\x1b#8",
        b"\x1b(0",
        b"\x1b[6n\x1b[c",
        b"\x1b[?1049l",
        b"\x1b[200~x\x1b[201~",
        b"\x1b[999999999b",
        &many,
        b"\x1b]0;\x1b]0;\x1b[\x1b\x07",
    ];
    for kind in kinds {
        for ending in ["txt", "md", "html"] {
            reads(&format!("a.{ending}"), &around(kind, ending));
        }
    }
}

#[test]
fn every_control_character() {
    for c in (0..32).chain([127]).filter(|c| !matches!(c, 10 | 13)) {
        reads("a.txt", &around(&[c], "txt"));
    }
    let all: Vec<u8> = (1..32).filter(|c| *c != 10).collect();
    reads("a.txt", &around(&all, "txt"));
    let second: String = ('\u{80}'..='\u{9f}').collect();
    reads("a.txt", &around(second.as_bytes(), "txt"));
}

#[test]
fn what_cannot_be_seen() {
    for odd in [
        "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{200e}\u{200f}\u{61c}",
        "\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}\u{ad}\u{34f}\u{180e}\u{2061}",
        "\u{e0041}\u{e0042}\u{e007f}",
        "\u{fff9}\u{fffa}\u{fffb}",
        "\u{206a}\u{206f}",
        "\u{fdd0}\u{fffe}\u{10ffff}",
    ] {
        for storm in [odd.to_owned(), odd.repeat(2000)] {
            for ending in ["txt", "md", "html"] {
                reads(&format!("a.{ending}"), &around(storm.as_bytes(), ending));
            }
        }
    }
    // joiners stay where they join
    let text = road("a.txt", "长文的题目\n\n　　前\u{200c}后\u{200d}，👨\u{200d}👩\u{200d}👧，می\u{200c}خواهم。\n\n　　第二段说的是别的事情。\n".as_bytes());
    assert!(
        text.contains("前后，👨\u{200d}👩\u{200d}👧，می\u{200c}خواهم"),
        "{text}"
    );
}

#[test]
fn characters_that_pile_up() {
    for unit in [
        "\u{301}",
        "\u{1100}",
        "\u{1161}",
        "\u{600}",
        "\u{915}\u{94d}",
        "👨\u{200d}",
        "🇨",
        "\u{200d}",
        "\u{fe0f}",
        "\u{1f3fb}",
        "\u{3000}",
        "\u{a0}",
        "\t",
        "﷽",
    ] {
        let bytes = [
            BODY.as_bytes(),
            "\n甲".as_bytes(),
            unit.repeat(20_000).as_bytes(),
            "乙\n".as_bytes(),
        ]
        .concat();
        reads("a.txt", &bytes);
        let article = support::article("a.txt", &bytes);
        assert!(
            clusters(article.document().text()).all(|(_, c)| c.len() <= 160),
            "{unit:?}"
        );
    }
}

#[test]
fn front_matter_that_bites() {
    let nest = |open: &str, n: usize| format!("tags: {}", open.repeat(n));
    let aliases = ('b'..='i').fold("a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned(), |y, c| {
        let before = (c as u8 - 1) as char;
        format!("{y}{c}: &{c} [{}]\n", format!("*{before},").repeat(8))
    });
    let deep = each(1500, |i| " ".repeat(i) + "a:\n");
    for yaml in [
        nest("[", 8000),
        nest("{a: ", 4000),
        nest("- ", 5000),
        aliases + "tags: *i",
        deep,
        "a: &a ".to_owned() + &"x".repeat(10_000) + "\ntags: [" + &"*a,".repeat(3000) + "]",
        "a: &a [*a]".to_owned(),
        "tags: *nope".to_owned(),
        "title: a\ntitle: b".to_owned(),
        "title: 甲: 乙".to_owned(),
        "title: @评论".to_owned(),
        "title:\ta\n\tb: c".to_owned(),
        "title: \"unended".to_owned(),
        "date: .nan".to_owned(),
        "date: !!binary zz".to_owned(),
        "title: !!python/object x".to_owned(),
        "title: a\0b".to_owned(),
        "<<: *x".to_owned(),
        "? a\n: b".to_owned(),
        "k".repeat(15_000) + ": v",
        "a: ".to_owned() + &"x".repeat(40_000),
        "date: ".to_owned() + &"9".repeat(5000),
        String::new(),
        "# c".to_owned(),
        "title: a\n...\n%YAML 9".to_owned(),
    ] {
        reads("a.md", format!("---\n{yaml}\n---\n\n{BODY}").as_bytes());
    }
    for toml in [
        "title = ".to_owned() + &"[".repeat(8000),
        "title = \"a\n[[[[x\n= =".to_owned(),
    ] {
        reads("a.md", format!("+++\n{toml}\n+++\n\n{BODY}").as_bytes());
    }
    road(
        "a.md",
        format!("{{\"title\":{}\n\n{BODY}", "[".repeat(9000)).as_bytes(),
    );
    reads(
        "a.md",
        format!("---\ntitle: a\n---\n\n{BODY}")
            .repeat(60)
            .as_bytes(),
    );
    road("a.md", "---\n".repeat(20_000).as_bytes());
}

#[test]
fn markdown_that_nests_and_never_ends() {
    let n = 6000;
    let units = [
        ">",
        "> ",
        "[",
        "[](",
        "[a](",
        "![",
        "*",
        "*a ",
        "**a*",
        "_",
        "_a _b",
        "`",
        "`a``b",
        "|",
        "#",
        "<!--",
        "&",
        "&#",
        "<",
        "<a ",
        "<?",
        "<![CDATA[",
        "<!A ",
        "[^",
        "[^a]",
        "[^a]: ",
        "- ",
        "1. ",
        "> - 1. ",
        "```\n",
        "~",
        "~~a~",
        "<http://",
        "$a$b",
        "a\n=\n",
        "- - -\n",
        "- [ ] \n",
        "a**",
        "*_",
        "[a](<b",
        "[a](b \"",
        "\\",
        "\t",
        "<div>\n\n",
        "a<b>",
        "x=\"",
        "^a^~b~",
        "[[",
        "> a\nb\n",
        "：",
        "｜",
        "“",
        "“”‘’",
        "（",
        "《",
        "—",
        "…",
        "|a",
        "|\n",
        "[a]: b\n",
        "[a]: /x \"",
    ];
    for unit in units {
        reads("a.md", format!("{BODY}\n{}\n", unit.repeat(n)).as_bytes());
    }
    let lists = each(600, |i| "  ".repeat(i) + "- a\n");
    let notes: String = (0..3000)
        .map(|i| format!("[^{i}] "))
        .chain((0..3000).map(|i| format!("\n\n[^{i}]: x")))
        .collect();
    let wide = format!(
        "|{}\n|{}\n|{}\n",
        "a|".repeat(3000),
        "-|".repeat(3000),
        "b|".repeat(3000)
    );
    let references = format!("[a]: {}\n\n{}", "x".repeat(20_000), "[a] ".repeat(3000));
    let nested = format!("{}a{}", "[".repeat(3000), "](b)".repeat(3000));
    for text in [lists, notes, wide, references, nested] {
        reads("a.md", format!("{BODY}\n{text}\n").as_bytes());
    }
}

#[test]
fn numbers_and_clutter_without_end() {
    let n = 3000;
    for unit in [
        "一是甲，",
        "第一，甲。第二，乙。",
        "（一）甲\n\n",
        "一、",
        "①",
        "首先，",
        "第一章",
        "第一章\n",
        "责任编辑：",
        "来源：",
        "2019-02-22 ",
        "<!-- more -->\n\n",
        "- 1 -\n",
        "· 甲乙丙\n",
        "注释\n",
        "[1] 甲\n",
        "本章未完，点击下一页\n",
    ] {
        reads("a.txt", format!("{BODY}\n{}\n", unit.repeat(n)).as_bytes());
    }
    let prefixes: String = (1..800).map(|i| "甲".repeat(i) + "\n").collect();
    let pages = each(n, |i| format!("{i}\n"));
    for text in [
        prefixes,
        pages,
        "第".to_owned() + &"一".repeat(20_000) + "章",
        "一".repeat(20_000) + "、",
        "1".repeat(20_000) + ". a",
    ] {
        reads("a.txt", format!("{BODY}\n{text}\n").as_bytes());
    }
}

#[test]
fn pages_that_nest_and_never_end() {
    let n = 6000;
    for unit in [
        "<div>",
        "<ul><li>",
        "<table><tr><td>",
        "<b>",
        "<a href=x>",
        "<p>",
        "<br>",
        "</div>",
        "<script>",
        "<style>",
        "<!--",
        "<!-",
        "<!---",
        "&lt",
        "&",
        "&#99999999;",
        "&#xd800;",
        "<a",
        "<svg><foreignObject>",
        "<template>",
        "<select><option>",
        "<td>a</td>",
        "<h1>a</h1>",
        "<h1><h2>",
        "<pre>",
        "<ol><li>a",
        "<font>",
        "<![CDATA[",
        "<!DOCTYPE ",
        "<?xml ",
        "\0<p>\0",
        "<title>",
        "<textarea>",
        "<noscript>",
        "<nav>",
        "<b><i></b></i>",
        "<blockquote>",
        "<dl><dt>a<dd>b",
        "<ruby>甲<rt>jia",
        "</p>",
        "<p hidden>",
        "<body>",
        "<article>",
        "<main><p>x</p>",
        "<meta name=author content=x>",
        "<td colspan=1000000000 rowspan=1000000000>",
    ] {
        let page = format!(
            "<html><head><title>T</title></head><body><article><h1>T</h1><p>{BODY}</p>{}</article></body></html>",
            unit.repeat(n)
        );
        reads("a.html", page.as_bytes());
    }
    reads(
        "a.html",
        format!("<html><body><p>{BODY}</p><p {}>x", "a=b ".repeat(n)).as_bytes(),
    );
    reads(
        "a.html",
        format!("<html><body><p>{BODY}</p><{}>", "a".repeat(100_000)).as_bytes(),
    );
}

#[test]
fn bytes_that_are_no_text_in_a_text() {
    for odd in [
        b"\xff".as_slice(),
        b"\xe4",
        b"\x80",
        b"\xc0\x80",
        b"\xed\xa0\x80\xed\xb0\x80",
        b"\xf4\x90\x80\x80",
        b"\0",
        b"\xef\xbb\xbf",
        b"\x81\x30\x81",
        b"\xff\xfe",
    ] {
        for n in [1, 3, 400] {
            let text = BODY.repeat(4).into_bytes();
            let (head, tail) = text.split_at(text.len() / 2 / 3 * 3);
            reads("a.txt", &[head, &odd.repeat(n), tail].concat());
            reads("a.txt", &[&text[..], &odd.repeat(n)].concat());
        }
    }
    for end in [
        "\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}", "\u{b}", "\u{c}", "\n\r\r\n",
    ] {
        reads("a.txt", BODY.replace('\n', end).as_bytes());
    }
    let units: Vec<u16> = BODY
        .encode_utf16()
        .chain([0xd800, 0xdc00, 0xdfff])
        .collect();
    let little: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(units.iter().flat_map(|u| u.to_le_bytes()))
        .chain([0x41])
        .collect();
    let big: Vec<u8> = units
        .iter()
        .flat_map(|u| u.to_be_bytes())
        .chain([0])
        .collect();
    for bytes in [little, big] {
        reads("a.txt", &bytes);
    }
}

#[test]
fn lines_without_end_and_ends_without_lines() {
    for unit in [
        "甲乙丙丁，戊己庚。",
        "a",
        "\n",
        "甲\n",
        "\r",
        " ",
        "　",
        "\u{200b}",
        "\u{1b}[1m",
        "。",
        "（",
        "——",
    ] {
        reads(
            "a.txt",
            [BODY, "\n", &unit.repeat(60_000 / unit.len())]
                .concat()
                .as_bytes(),
        );
    }
}
