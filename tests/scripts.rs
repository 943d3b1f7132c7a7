//! Both scripts are read alike: an article turned into traditional characters has the same
//! outline, and what is left of its text is the same.
//!
//! `OpenCC`'s rules for Taiwan turn the articles. The corpora are no part of this repository:
//! where `../shared` is missing, the test says so and reads the shipped articles alone.

use crate::support::{article, corpus_articles};
use jingdu::outline::MarkerPosition;
use jingdu::session::Article;
use jingdu::shell::open::item::SHIPPED;
use jingdu::source;
use jingdu::text::Span;
use jingdu::text::script::{simplified, simplify};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Characters that `OpenCC` writes for Taiwan and does not read back: some are words of
/// simplified texts, too (覆, 俱, 藉), the others are rare. They are left out of what is turned.
const UNREAD: &str = "俱彷瞭覆藉鍊伕揹甦痺簷";

/// Returns a text in traditional characters, each as long as the one that it is turned from.
fn traditional(text: &str) -> String {
    let turned = hanconv::s2tw(text);
    assert_eq!(turned.chars().count(), text.chars().count());
    let pairs = text.chars().zip(turned.chars());
    let kept = |(a, b)| if UNREAD.contains(b) { a } else { b };
    let turned: String = pairs.map(kept).collect();
    let read: BTreeSet<(char, char)> = text.chars().zip(turned.chars()).collect();
    let unread = read.iter().filter(|(a, b)| simplify(*a) != simplify(*b));
    assert_eq!(unread.collect::<Vec<_>>(), Vec::<&(char, char)>::new());
    turned
}

/// Returns all that a reader sees of an article, simplified: its facts, its blocks, the lines
/// that were folded away, and its outline.
fn printed(article: &Article) -> String {
    let document = article.document();
    let of = |span: Span| format!("{}+{}", span.start.byte(), span.len());
    let mut out = document.meta().title.clone();
    for block in document.blocks() {
        let _ = writeln!(out, "{:?} {}", block.kind, document.slice(block.span));
    }
    for line in document.folded() {
        let _ = writeln!(out, "folded {} {}", line.rule, line.source_line);
    }
    for point in &article.outline.points {
        let marker = if point.place == MarkerPosition::Heading && point.marker.is_empty() {
            "##"
        } else {
            document.slice(point.marker)
        };
        let (level, parent) = (point.level, point.parent);
        let (label, span) = (of(point.label), of(point.span));
        let _ = writeln!(out, "{marker} {level} {parent:?} {label} {span}");
    }
    for topic in &article.outline.topics {
        let _ = writeln!(out, "topic {} {}", of(topic.label), of(topic.span));
    }
    for entry in &article.outline.entries {
        let (kind, depth) = (entry.kind, entry.depth);
        let _ = writeln!(
            out,
            "{kind:?} {depth} {} {}",
            of(entry.label),
            of(entry.span)
        );
    }
    simplified(&out).into_owned()
}

#[test]
fn an_article_reads_alike_in_both_scripts() {
    let corpus = corpus_articles().into_iter().map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read(&path).unwrap())
    });
    let shipped = SHIPPED
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    let mut differing = Vec::new();
    for (name, bytes) in shipped.chain(corpus) {
        // a book is packed: its parts are read as the pages of other articles are
        if bytes.starts_with(b"PK") {
            continue;
        }
        let text = source::read(&bytes, None).text;
        let turned = traditional(&text);
        assert_ne!(turned, simplified(&text), "{name}");
        let read = printed(&article(&name, text.as_bytes()));
        let turned = printed(&article(&name, turned.as_bytes()));
        let mut lines = read.lines().zip(turned.lines());
        if let Some((a, b)) = lines.find(|(a, b)| a != b) {
            differing.push(format!("{name}\n  {a}\n  {b}"));
        } else if read.len() != turned.len() {
            differing.push(format!("{name}: one is longer"));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

/// The lines that pages put around an article go in both scripts.
#[test]
fn clutter_goes_in_both_scripts() {
    let paragraph =
        "　　修路的事要慢慢来，先问走路的人，再问种地的人，最后才问画图的人，这样才能修得好。\n\n";
    for line in [
        "请用微信二维码分享：",
        "分享到 微信 微博",
        "上一页 1 2 3 下一页",
        "版权声明：本文转载自某平台，转载请注明。",
        "责任编辑：某甲",
        "本章未完，点击下一页继续阅读",
        "更多精彩小说 请收藏本站",
    ] {
        let text = format!("修路\n\n{}{line}\n", paragraph.repeat(4));
        let read = |text: &str| {
            let article = article("a.txt", text.as_bytes());
            let folded = article.document().folded();
            folded.map(|d| d.rule).collect::<Vec<_>>()
        };
        let rules = read(&text);
        assert_eq!(read(&traditional(&text)), rules, "{line}");
        assert!(!rules.is_empty(), "{line}");
    }
}
