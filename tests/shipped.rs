//! The shipped articles through the whole road: documents, outlines, facts.
//!
//! `tests/shipped/` holds the printed forms; `UPDATE_EXPECT=1` writes what the
//! program makes, to be read before it is committed.

use crate::support;
use expect_test::expect_file;
use jingdu::document::{BlockKind, dump};
use jingdu::outline::Index;
use jingdu::session::Article;
use jingdu::shell::cli::outline;
use jingdu::shell::open::item::SHIPPED;
use jingdu::text::key::Key;
use std::fmt::Write;

/// The outline as printed, and a line for each point: index, marker, level,
/// the point it stands under, its series.
fn outline(article: &Article) -> String {
    let document = article.document();
    let mut out = outline::text_outline(document, &article.outline);
    out.push('\n');
    for (i, p) in article.outline.points.iter().enumerate() {
        let marker = if p.marker.is_empty() {
            "##"
        } else {
            document.slice(p.marker)
        };
        let parent = p.parent.map_or("-".to_owned(), |p| p.to_string());
        let _ = writeln!(
            out,
            "{i:>3} {marker} level {} under {parent} series {}",
            p.level, p.series
        );
    }
    out
}

/// The markers from the outermost point down to this one.
fn path(article: &Article, point: usize) -> Vec<&str> {
    let mut path = Vec::new();
    let mut next = Some(point);
    while let Some(point) = next.and_then(|i| article.outline.points.get(i)) {
        path.push(article.document().slice(point.marker));
        next = point.parent.map(Index::get);
    }
    path.reverse();
    path
}

fn count(article: &Article, term: &str) -> usize {
    article.document().text().matches(term).count()
}

#[test]
fn documents_and_outlines_are_as_they_were_read() {
    for (name, _) in SHIPPED {
        let article = support::shipped(name);
        let stem = name.split('.').next().unwrap();
        expect_file![support::path(&format!("tests/shipped/{stem}.doc"))]
            .assert_eq(&dump::dump(article.document()));
        expect_file![support::path(&format!("tests/shipped/{stem}.outline"))]
            .assert_eq(&outline(&article));
    }
}

#[test]
fn the_guides_count_right() {
    let guide = support::shipped("08-guide-quoting.md");
    assert_eq!(count(&guide, "豆腐"), 10);
    assert_eq!(count(&guide, "一共 10 处"), 1);
    let guide = support::shipped("01-guide.md");
    for (term, times) in [("灯笼", 9), ("渡口", 4)] {
        assert_eq!(count(&guide, term), times);
        assert!(
            guide
                .document()
                .text()
                .contains(&format!("{term} {times} 次")),
            "the guide does not state {term} {times}"
        );
    }
}

#[test]
fn the_crawled_commentary_is_cleaned_and_outlined() {
    let article = support::shipped("02-crawled-commentary.md");
    let meta = article.meta();
    assert_eq!(meta.title, "老旧小区改造要改到居民的日子里");
    assert_eq!(
        (
            meta.author.as_deref(),
            meta.editor.as_deref(),
            meta.date.as_deref()
        ),
        (Some("fieldnote"), Some("卢小满"), Some("2021-09-14 08:05"))
    );
    let kinds: Vec<BlockKind> = article.document().blocks().iter().map(|b| b.kind).collect();
    assert_eq!(
        kinds,
        [&[BlockKind::Lead][..], &[BlockKind::Paragraph; 6]].concat()
    );
    let series: Vec<usize> = article.outline.series.iter().map(Vec::len).collect();
    assert_eq!(series, [4, 3, 4, 3, 4]);
    assert_eq!(article.outline.points.len(), 18);
    assert_eq!(
        (count(&article, "老旧小区"), count(&article, "居民")),
        (7, 19)
    );
}

#[test]
fn the_essay_has_no_points() {
    assert_eq!(support::shipped("05-essay.txt").outline.points, []);
}

#[test]
fn the_report_nests_five_ranks() {
    let report = support::shipped("06-long-report.md");
    let paths: Vec<Vec<&str>> = (0..report.outline.points.len())
        .map(|i| path(&report, i))
        .collect();
    assert!(
        paths.contains(&vec!["六、", "（一）", "2.", "（1）", "①"]),
        "{paths:?}"
    );
}

/// The guides and the key scripts that follow them.
const GUIDES: [(&str, &str); 4] = [
    ("01-guide.md", "guide"),
    ("08-guide-quoting.md", "guide_quoting"),
    ("09-guide-en.md", "guide_english"),
    ("10-guide-quoting-en.md", "guide_quoting_english"),
];

/// Returns the keys of a code span of a guide: named ones, `3J`, `''`.
fn keys_of_span(span: &str) -> Vec<Key> {
    let named = span.to_lowercase();
    let is_named = span.chars().count() > 1 && Key::parse(&named).is_some();
    support::keys(if is_named { &named } else { span })
}

#[test]
fn every_key_of_a_guide_is_in_its_key_script() {
    for (name, script) in GUIDES {
        let path = support::path(&format!("tests/screens/{script}.txt"));
        let script = std::fs::read_to_string(path).unwrap();
        let lines = script.lines().filter_map(|line| line.strip_prefix("keys "));
        let pressed: Vec<Key> = lines.flat_map(support::keys).collect();
        let (_, text) = SHIPPED.iter().find(|(own, _)| *own == name).unwrap();
        let spans: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
        assert!(spans.len() > 30, "{name}");
        let is_pressed = |span: &&str| {
            let keys = keys_of_span(span);
            pressed.windows(keys.len()).any(|at| at == keys)
        };
        let unpressed: Vec<&str> = spans.into_iter().filter(|span| !is_pressed(span)).collect();
        assert!(unpressed.is_empty(), "{name}: {unpressed:?}");
    }
}
