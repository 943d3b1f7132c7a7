//! Merges into files that the reader has changed, case by case.

use super::merge::{Export, Merged, Piece};

const ARTICLE: &str = "0123456789abcdef0123456789abcdef";

/// Makes an export of marks: `1=note`, and sections: `#title`.
fn export(specs: &[&str]) -> Export {
    let piece = |spec: &&str| match spec.split_once('=') {
        Some((mark, note)) => Piece {
            key: format!("mark {mark}"),
            text: format!("“句{mark}。”\n\n{note}"),
            is_mark: true,
        },
        None => Piece {
            key: (*spec).to_owned(),
            text: format!("## {spec}"),
            is_mark: false,
        },
    };
    Export {
        article: ARTICLE.to_owned(),
        facts: "title: \"题\"\n".to_owned(),
        pieces: specs.iter().map(piece).collect(),
    }
}

/// Returns the body of a file without its seal, paragraphs parted by a bar.
fn shown(text: &str) -> String {
    let (body, _) = text.split_once("<!-- jingdu").unwrap();
    let body = body.rsplit_once("---\n").map_or(body, |(_, body)| body);
    body.trim().replace("\n\n", "|").replace('\n', "/")
}

fn merge(old: &str, new: &[&str]) -> Merged {
    let merged = export(new).merged(old).unwrap();
    // a second merge changes nothing
    let again = export(new).merged(&merged.text).unwrap();
    assert_eq!(again.text, merged.text);
    merged
}

#[test]
fn a_file_that_nobody_changed_becomes_the_new_export() {
    let all: [&[&str]; 7] = [
        &[],
        &["1=a"],
        &["A", "1=a", "2=b", "B", "3=c"],
        &["A", "1=x", "B", "3=c", "4=d"],
        &["B", "3=c", "A", "1=a"],
        &["1=a", "2=a", "3=a"],
        &["1=多段\n\n## 小标题\n\n\n尾", "2=b"],
    ];
    for old in all {
        for new in all {
            let (old, new) = (export(old), export(new));
            let merged = new.merged(&old.text()).unwrap();
            // in another order the pieces stay where they are
            let sorted = |text: &str| {
                let lines = text.lines().filter(|line| !line.is_empty());
                let mut lines: Vec<String> = lines.map(str::to_owned).collect();
                lines.sort();
                lines
            };
            assert_eq!(sorted(&merged.text), sorted(&new.text()));
            assert!(!merged.is_edited);
        }
    }
}

/// The export before each case.
const OLD: &[&str] = &["A", "1=a", "2=b", "B", "3=c"];

/// A change by the reader (before, after), the new export, and the merged file.
const CASES: &[(&str, &str, &[&str], &str)] = &[
    // a line added below a note, which is then changed, or whose mark is removed
    (
        "a\n",
        "a\n\n我。\n",
        &["A", "1=x", "2=b", "B", "3=c"],
        "## A|“句1。”|x|我。|“句2。”|b|## B|“句3。”|c",
    ),
    (
        "a\n",
        "a\n\n我。\n",
        &["A", "2=b", "B", "3=c"],
        "## A|“句1。”|a|我。|“句2。”|b|## B|“句3。”|c",
    ),
    (
        "c\n",
        "c\n\n我。\n",
        &["A", "1=a"],
        "## A|“句1。”|a|## B|“句3。”|c|我。",
    ),
    // a line added below what is removed with all above it
    ("c\n", "c\n\n我。\n", &[], "## B|“句3。”|c|我。"),
    // a note changed in the file, and then in the program
    (
        "b\n",
        "改\n",
        OLD,
        "## A|“句1。”|a|“句2。”|改|## B|“句3。”|c",
    ),
    (
        "b\n",
        "改\n",
        &["A", "1=a", "2=y", "B", "3=c"],
        "## A|“句1。”|a|“句2。”|改|“句2。”|y|## B|“句3。”|c",
    ),
    ("b\n", "改\n", &["A", "1=a"], "## A|“句1。”|a|“句2。”|改"),
    // a line glued to a note
    (
        "b\n",
        "b\n我。\n",
        OLD,
        "## A|“句1。”|a|“句2。”|b/我。|## B|“句3。”|c",
    ),
    // a mark taken out of the file, then changed
    ("“句2。”\n\nb\n\n", "", OLD, "## A|“句1。”|a|## B|“句3。”|c"),
    (
        "“句2。”\n\nb\n\n",
        "",
        &["A", "1=a", "2=y"],
        "## A|“句1。”|a|“句2。”|y",
    ),
    // new marks go behind what stands below the mark before them
    (
        "a\n",
        "a\n\n我。\n\n又。\n",
        &["A", "1=a", "4=d", "2=b", "B", "3=c"],
        "## A|“句1。”|a|我。|又。|“句4。”|d|“句2。”|b|## B|“句3。”|c",
    ),
    (
        "c\n",
        "c\n\n## 我的\n\n我。\n",
        &["A", "1=a", "2=b", "B", "3=c", "C", "5=e"],
        "## A|“句1。”|a|“句2。”|b|## B|“句3。”|c|## C|“句5。”|e|## 我的|我。",
    ),
    (
        "## A\n",
        "我的序。\n\n## A\n",
        &["Z", "9=z", "A", "1=a"],
        "## Z|“句9。”|z|我的序。|## A|“句1。”|a",
    ),
    // a mark moved within the file
    (
        "## A\n\n“句1。”\n\na\n",
        "“句1。”\n\na\n\n## A\n",
        &["A", "1=x", "2=b", "B", "3=c"],
        "“句1。”|x|## A|“句2。”|b|## B|“句3。”|c",
    ),
    // a copy of what is ours is the reader's: neither is removed
    (
        "a\n",
        "a\n\n“句2。”\n\nb\n",
        &["A", "1=a"],
        "## A|“句1。”|a|“句2。”|b|“句2。”|b",
    ),
    // blank lines, code and lists of the reader's
    (
        "a\n",
        "a\n\n\n\n```\n\n我\n\n```\n",
        &["A", "1=x", "2=b", "B", "3=c"],
        "## A|“句1。”|x|||```|我|```|“句2。”|b|## B|“句3。”|c",
    ),
];

#[test]
fn what_the_reader_did_in_the_file_stays() {
    // rows of blank lines count as one
    let squeezed = |text: &str| text.replace("||", "|").replace("||", "|");
    for (from, to, new, wanted) in CASES {
        let file = export(OLD).text();
        assert!(file.contains(from), "{from}");
        let merged = merge(&file.replacen(from, to, 1), new);
        let found = squeezed(&shown(&merged.text));
        assert_eq!(found, squeezed(wanted), "{from:?} {to:?} {new:?}");
    }
}

#[test]
fn front_matter_of_the_reader_stays() {
    let file = export(&["1=a"]).text();
    for (from, to, kept) in [
        (
            "title: \"题\"\n",
            "title: 题\naliases: [别名]\n",
            "title: 题\naliases: [别名]\n",
        ),
        ("title: \"题\"\n", "", "jingdu: "),
        (&format!("\"{ARTICLE}\""), ARTICLE, "title: \"题\"\n"),
        ("---\n", "\u{feff}---\n", "\u{feff}---\n"),
    ] {
        let mut new = export(&["1=a", "2=b"]);
        new.facts = "title: \"新题\"\n".to_owned();
        let merged = new.merged(&file.replacen(from, to, 1)).unwrap();
        assert!(
            merged.text.contains(kept) && !merged.text.contains("新题"),
            "{}",
            merged.text
        );
        assert!(merged.is_edited && merged.text.contains(ARTICLE));
    }
    // taken out altogether: the marks tell whose file it is
    let (_, body) = file.split_once("\n---\n").unwrap();
    let merged = merge(body, &["1=a", "2=b"]);
    assert!(!merged.text.contains("---\n") && merged.text.contains("“句2。”"));
    assert!(export(&["7=g"]).merged(body).is_none());
}

#[test]
fn a_seal_that_is_lost_or_changed_loses_nothing() {
    let file = export(&["A", "1=a", "2=b"]).text();
    let at = file.find("<!-- jingdu").unwrap();
    let (head, seal) = file.split_at(at);
    let half = seal.get(..seal.len() / 2).unwrap();
    let wrong = seal.replacen('\n', "\n我的一行\n", 1);
    for seal in [
        "",
        half,
        &wrong,
        &format!("{seal}{seal}"),
        "<!-- jingdu -->\n",
        "<!-- jingdu\n",
    ] {
        let file = head.replace("a\n", "a\n\n我。\n") + seal;
        let merged = merge(&file, &["A", "1=a", "2=b", "3=c"]);
        for own in ["我。", "“句1。”", "“句2。”", "“句3。”"] {
            assert_eq!(merged.text.matches(own).count(), 1, "{}", merged.text);
        }
        assert!(seal != wrong || merged.text.contains("我的一行"));
    }
}

#[test]
fn text_behind_the_seal_and_other_line_ends_stay() {
    let file = export(&["1=a", "2=b"]).text();
    let merged = merge(&(file.clone() + "我的结语，没有换行"), &["1=a", "3=c"]);
    assert!(merged.text.contains("“句1。”\n\na"));
    let (at, seal) = (merged.text.find("我的结语"), merged.text.find("<!--"));
    assert!(at < seal && merged.is_edited);
    let dos = file
        .replace('\n', "\r\n")
        .replace("a\r\n", "a\r\n\r\n我。\r\n");
    let merged = merge(&dos, &["1=x", "2=b"]);
    let ends = merged.text.matches("\r\n").count();
    assert_eq!(ends, merged.text.matches('\n').count());
    assert_eq!(
        shown(&merged.text.replace("\r\n", "\n")),
        "“句1。”|x|我。|“句2。”|b"
    );
    // line ends of both kinds are the reader's
    let mixed = file.replacen("a\n", "a\r\n", 1);
    assert!(merge(&mixed, &["1=a", "2=b"]).text.contains("a\r\n"));
}

#[test]
fn files_of_other_articles_are_none() {
    let own = export(&["1=a"]);
    let other = Export {
        article: "f".repeat(32),
        ..export(&["2=b"])
    };
    for text in [
        String::new(),
        "\n".to_owned(),
        "---\n---\n".to_owned(),
        "# 题\n\n“句1。”\n\na\n".to_owned(),
        other.text(),
        other.text() + &own.front(),
        format!("jingdu: {ARTICLE}\n"),
        own.text()
            .replace(ARTICLE, &"e".repeat(32))
            .replace("<!-- jingdu", "<!-- other"),
    ] {
        assert_eq!(own.merged(&text), None, "{text}");
    }
}

#[test]
fn many_marks_are_merged_in_time() {
    let specs: Vec<String> = (0..3000).map(|i| format!("{i}=注{i}")).collect();
    let specs: Vec<&str> = specs.iter().map(String::as_str).collect();
    let file = export(&specs)
        .text()
        .replace("注1500\n", "注1500\n\n我。\n");
    let merged = export(&specs[1000..]).merged(&file).unwrap();
    assert!(merged.text.contains("注1500\n\n我。\n") && !merged.text.contains("“句999。”"));
}
