//! Saved web pages of invented sites: the article is found, what stands around
//! it is folded, and no sentence is lost.
//!
//! `pages/NAME.html` with its printed document beside it; `UPDATE_EXPECT=1` writes
//! these anew, and then they are read.

#![allow(
    clippy::format_collect,
    clippy::format_push_string,
    reason = "what tests build is short"
)]

use crate::support::path;
use expect_test::expect_file;
use jingdu::document::dump::dump;
use jingdu::{format, source};

#[test]
fn an_exponent_is_no_digit_of_its_number() {
    let page = "<article><p>约10<sup>6</sup>人，即 10<sup><b>-2</b></sup> 成，<b>见<sup>2<i>1</sup></i></b>后文，第5<sup>th</sup>次。</p></article>";
    for (text, name) in [
        (page.to_owned(), "a.html"),
        (
            page.replace("<article><p>", "---\ntitle: 甲\n---\n")
                .replace("</p></article>", ""),
            "a.md",
        ),
    ] {
        let document = format::parse(
            &source::read(text.as_bytes(), None),
            format::ParseOptions {
                name,
                ..format::ParseOptions::default()
            },
        );
        assert_eq!(
            document.text(),
            "约10⁶人，即 10⁻² 成，见²¹后文，第5th次。",
            "{name}"
        );
        assert!(
            document
                .markup()
                .iter()
                .all(|m| !document.slice(m.span).is_empty())
        );
    }
}

#[test]
fn pages_of_every_shape() {
    for name in [
        "portal",
        "gov_table",
        "wechat",
        "blog",
        "soup",
        "divs",
        "list",
        "broken",
    ] {
        let file = path(&format!("tests/pages/{name}.html"));
        let source = source::read(&std::fs::read(&file).expect("page"), None);
        let document = format::parse(
            &source,
            format::ParseOptions {
                name: "page.html",
                ..format::ParseOptions::default()
            },
        );
        expect_file![file.with_extension("txt")].assert_eq(&dump(&document));
    }
}

/// A page around any article: navigation before, links behind, a foot.
fn page(article: &str) -> String {
    let links: String = (0..300)
        .map(|i| format!("<li><a href='/{i}'>栏目里的第{i}条新闻</a></li>"))
        .collect();
    format!(
        "<html><body><div><ul>{links}</ul></div>{article}<div><ul>{links}</ul></div><div>某网版权所有</div></body></html>"
    )
}

#[test]
fn the_article_is_found_however_it_is_wrapped() {
    let sentences: Vec<String> = (1..=9)
        .map(|i| format!("这是第{i}段正文，说的是一件平常的事，说完就到下一段去。"))
        .collect();
    let with = |before: &str, after: &str| {
        sentences
            .iter()
            .map(|s| format!("{before}{s}{after}"))
            .collect::<String>()
    };
    for article in [
        format!("<article>{}</article>", with("<p>", "</p>")),
        format!(
            "<div><div><div>{}</div></div></div>",
            with("<div>", "</div>")
        ),
        format!("<table><tr><td>{}</td></tr></table>", with("<p>", "")),
        format!(
            "<table><tr><td><a href=/>左栏</a></td><td>{}</td></tr></table>",
            with("<p>", "</p>")
        ),
        format!(
            "<table><tr><td><a href=/>左栏</a></td><td>{}</td></tr></table>",
            with("　　", "<br>")
        ),
        format!("<font><span>{}</span></font>", with("　　", "<br><br>")),
        with("<p><span><font>", "</font></span>"),
        with("<section><div>", "</div></section>"),
    ] {
        let text = page(&article);
        let source = source::read(text.as_bytes(), None);
        let document = format::parse(
            &source,
            format::ParseOptions {
                name: "a.html",
                ..format::ParseOptions::default()
            },
        );
        for sentence in &sentences {
            let whole = document
                .blocks()
                .iter()
                .any(|b| document.slice(b.span) == sentence);
            assert!(whole, "{article}\n{}", dump(&document));
        }
        let shown = document.blocks().iter().filter(|b| !b.is_folded());
        let others = shown.count() - sentences.len();
        assert!(
            others <= 1,
            "{others} others\n{article}\n{}",
            document.text()
        );
    }
}

#[test]
fn large_and_hostile_pages_take_linear_time() {
    let big = |piece: &str, bytes: usize| piece.repeat(bytes / piece.len());
    for text in [
        big("<", 2 << 20),
        format!("<a {}>甲", big("b=c ", 400_000)),
        format!(
            "<div {}>甲",
            (0..50_000)
                .map(|i| format!("a{i}={i} "))
                .collect::<String>()
        ),
        format!("{}甲", big("<div>", 1 << 20)),
        format!("{}甲", big("<div><table><tr><td>", 1 << 20)),
        big("<div></span></section>", 1 << 20),
        big("<p>甲，乙。</p><div>", 1 << 20),
        big("<td><p>甲", 1 << 20),
        big("<ruby><rt><sup><b>", 1 << 20),
        format!("{}<p>甲", big("<!--", 2 << 20)),
        big("<sup>[1]</sup>", 1 << 20),
        page(&big("<p>这是一段正文，很平常。</p>", 1 << 20)),
    ] {
        let begun = std::time::Instant::now();
        let source = source::read(format!("<html>{text}").as_bytes(), None);
        let document = format::parse(&source, format::ParseOptions::default());
        assert!(
            begun.elapsed().as_secs() < 20,
            "{:?} {}",
            begun.elapsed(),
            text.chars().take(40).collect::<String>()
        );
        drop(document);
    }
}
