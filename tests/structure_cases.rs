//! Every kind of structure has its cases, in both scripts: what a reader finds in a text, and
//! what the outline must find.
//!
//! The cases are in `structure/*.txt`, all texts invented. A case is a header, its text, and
//! what is wanted of it:
//!
//! ```text
//! === A2 | wrong today | the mark is part of the style
//! 食堂改进的意见
//!
//! 1、菜品
//! 1.一周不重样。
//! 2.少油少盐。
//! 2、价格
//! => points 1、(1. 2.) 2、
//! ```
//!
//! * The header: its name, its flags, the rule of its kind. The flags: `markdown` or `html` where
//!   the text is read as such; `wrong today` where the outline is known to be wrong. Whoever mends
//!   a kind takes these words away. `wrong today in simplified` and `wrong today in traditional`
//!   say it of one script.
//! * `=> points`: all points, `-` for none; children in parentheses right behind their parent, `##`
//!   for a heading without a number, `␣` for a blank inside a marker.
//! * `=> label`, `=> topic`: a line for each point or topic, all of them; ` / ` between what is
//!   accepted. The marker, a copula behind it and the stop at the end are left out.
//! * `=> pane`: a line for each entry of the outline pane but the quiet ones, two blanks for each
//!   step of depth.
//! * `=> introduction`, `=> opening`, `=> closing`: the labels of these quiet entries, `-` for none.
//! * `=> without`: words that are markup and must not be in the text.
//! * `=> row NAME | flags | {1} | {2}`: makes the case once for each row, with what the row gives
//!   for `{1}` and `{2}` (`␣` for a blank, `⏎` for the end of a line).
//!
//! Lines above the first header are a comment. Traditional texts are made by `OpenCC`'s rules for
//! Taiwan, what is wanted of them likewise.

use crate::support::{article, path};
use jingdu::document::Document;
use jingdu::outline::{EntryKind, Outline};
use jingdu::session::Article;
use std::collections::{BTreeSet, HashSet};
use std::fmt::Write as _;

/// The stops behind a marker and at the end of a label, which are no part of it.
const STOPS: &str = "。．，、；：！？,.;:!?—–…·｜";

/// The scripts that a case is read in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Script {
    Simplified,
    Traditional,
}

impl Script {
    const ALL: [Self; 2] = [Self::Simplified, Self::Traditional];

    fn name(self) -> &'static str {
        match self {
            Self::Simplified => "simplified",
            Self::Traditional => "traditional",
        }
    }

    /// Returns a simplified text in this script.
    fn write(self, text: &str) -> String {
        match self {
            Self::Simplified => text.to_owned(),
            Self::Traditional => hanconv::s2tw(text),
        }
    }
}

/// A text and what is wanted of it.
#[derive(Clone, Debug, Default)]
struct Case {
    name: String,
    /// The file and the line of its header or row.
    place: String,
    /// The ending of the file's name that it is read as.
    ending: &'static str,
    text: String,
    /// Keywords and what is wanted of each, in order.
    wanted: Vec<(String, String)>,
    /// The scripts in which the outline is known to be wrong.
    wrong: BTreeSet<Script>,
}

impl Case {
    /// Takes a flag of a header or a row; returns whether it is one.
    fn flag(&mut self, word: &str) -> bool {
        let wrong: &[Script] = match word {
            "markdown" | "html" => {
                self.ending = if word == "html" { "html" } else { "md" };
                &[]
            }
            "wrong today" => &Script::ALL,
            "wrong today in simplified" => &[Script::Simplified],
            "wrong today in traditional" => &[Script::Traditional],
            _ => return false,
        };
        self.wrong.extend(wrong);
        true
    }

    /// Makes the case of a row.
    fn of_row(&self, row: &str, place: String) -> Self {
        let mut fields = row.split(" | ").map(str::trim_start);
        let mut case = self.clone();
        fields.next().unwrap_or_default().clone_into(&mut case.name);
        case.place = place;
        let values: Vec<&str> = fields.filter(|f| !case.flag(f)).collect();
        for (i, value) in values.iter().enumerate() {
            let mark = format!("{{{}}}", i + 1);
            let plain = value.replace('␣', " ").replace('⏎', "\n");
            case.text = case.text.replace(&mark, &plain);
            for (_, wanted) in &mut case.wanted {
                *wanted = wanted.replace(&mark, value);
            }
        }
        case
    }

    /// Returns the wanted lines of a keyword.
    fn lines(&self, keyword: &str) -> Vec<&str> {
        let lines = self.wanted.iter().filter(|(k, _)| k == keyword);
        lines.map(|(_, line)| line.as_str()).collect()
    }
}

/// Reads the cases of a file.
fn cases_of(file: &str, content: &str) -> Vec<Case> {
    let mut all = Vec::new();
    let mut case = Case::default();
    let mut rows = Vec::new();
    for (i, line) in content.lines().chain(["==="]).enumerate() {
        let place = format!("{file}:{}", i + 1);
        if let Some(header) = line.strip_prefix("===") {
            let done = std::mem::take(&mut case);
            let made: Vec<Case> = rows.drain(..).map(|(r, p)| done.of_row(r, p)).collect();
            match made.is_empty() {
                true if done.name.is_empty() => {}
                true => all.push(done),
                false => all.extend(made),
            }
            let mut fields = header.split(" | ").map(str::trim);
            fields.next().unwrap_or_default().clone_into(&mut case.name);
            (case.place, case.ending) = (place, "txt");
            let rules = fields.filter(|f| !case.flag(f)).count();
            assert!(rules <= 1, "{}: no flag and no rule", case.place);
        } else if let Some(row) = line.strip_prefix("=> row ") {
            rows.push((row, place));
        } else if let Some(wanted) = line.strip_prefix("=> ") {
            let (keyword, wanted) = wanted.split_once(' ').unwrap();
            case.wanted.push((keyword.to_owned(), wanted.to_owned()));
        } else if case.wanted.is_empty() && !case.name.is_empty() {
            case.text += line;
            case.text.push('\n');
        }
    }
    all
}

/// Reads all cases, in order of files.
fn cases() -> Vec<Case> {
    let mut files: Vec<_> = std::fs::read_dir(path("tests/structure"))
        .expect("tests/structure")
        .map(|e| e.expect("entry").path())
        .collect();
    files.sort();
    let read = |file: &std::path::PathBuf| {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        cases_of(&name, &std::fs::read_to_string(file).expect("UTF-8"))
    };
    files.iter().flat_map(read).collect()
}

/// A text as the program reads it.
struct Reading {
    article: Article,
}

impl Reading {
    fn new(name: &str, text: &str) -> Self {
        let article = article(name, text.as_bytes());
        Self { article }
    }

    fn document(&self) -> &Document {
        self.article.document()
    }

    fn outline(&self) -> &Outline {
        &self.article.outline
    }

    /// Returns what it has for a keyword of the notation.
    fn lines(&self, keyword: &str, wanted: &[&str]) -> Vec<String> {
        let (d, o) = (self.document(), self.outline());
        let entries = o.entries.iter();
        match keyword {
            "points" => vec![self.tree()],
            "label" => {
                let labels = o.points.iter();
                let bare = |marker, label| bare(d.slice(marker), d.slice(label));
                labels.map(|p| bare(p.marker, p.label)).collect()
            }
            "topic" => {
                let labels = o.topics.iter().map(|t| d.slice(t.label));
                labels.map(|label| bare("", label)).collect()
            }
            "pane" => {
                let listed = entries.filter(|e| !e.kind.is_quiet());
                let indent = |depth: u8| "  ".repeat(usize::from(depth));
                let ended = |label: &str| label.trim_end_matches(is_stop).to_owned();
                let line = |e: &jingdu::outline::Entry| indent(e.depth) + &ended(d.slice(e.label));
                listed.map(line).collect()
            }
            "introduction" | "opening" | "closing" => {
                let kind = match keyword {
                    "introduction" => EntryKind::Introduction,
                    "opening" => EntryKind::Opening,
                    _ => EntryKind::Closing,
                };
                let found = entries.filter(|e| e.kind == kind);
                let found: Vec<_> = found.map(|e| bare("", d.slice(e.label))).collect();
                if found.is_empty() {
                    vec!["-".into()]
                } else {
                    found
                }
            }
            "without" => {
                let say = |word: &&str| {
                    let is_in = d.text().contains(*word);
                    format!("{word}{}", if is_in { " is in the text" } else { "" })
                };
                wanted.iter().map(say).collect()
            }
            _ => panic!("no keyword: {keyword}"),
        }
    }

    /// Returns the tree of points in the notation of the cases.
    fn tree(&self) -> String {
        let (d, mut out, mut depth) = (self.document(), String::new(), 0);
        for point in &self.outline().points {
            let level = usize::from(point.level);
            match level.cmp(&depth) {
                std::cmp::Ordering::Greater if depth > 0 => out.push('('),
                std::cmp::Ordering::Greater => {}
                _ => {
                    out += &")".repeat(depth - level);
                    out.push(' ');
                }
            }
            let marker = d.slice(point.marker).trim_end().replace(' ', "␣");
            out += if marker.is_empty() { "##" } else { &marker };
            depth = level;
        }
        out += &")".repeat(depth.saturating_sub(1));
        if out.is_empty() { "-".into() } else { out }
    }
}

fn is_stop(c: char) -> bool {
    STOPS.contains(c) || c.is_whitespace()
}

/// Returns a label without its marker, the stop and the copula behind it, and the stop at its
/// end.
fn bare(marker: &str, label: &str) -> String {
    let label = label.strip_prefix(marker).unwrap_or(label);
    let label = label.trim_matches(is_stop);
    let copulas = ["就是", "则是", "則是", "是", "要", "则", "則"];
    let rest = copulas.iter().find_map(|c| label.strip_prefix(c));
    rest.unwrap_or(label).to_owned()
}

/// Reads a tree of points: the depth and the marker of each; `-` is an empty one. A marker may
/// begin with `(`: children begin right behind their parent.
fn parse_tree(line: &str) -> Vec<(usize, String)> {
    let (mut points, mut depth, mut chars) = (Vec::new(), 0, line.chars().peekable());
    while let Some(c) = chars.next() {
        if c == ')' {
            depth -= 1;
        } else if !" -".contains(c) {
            let mut marker = String::from(c);
            let is_bracketed = c == '(';
            let is_inside = |c: &char| is_bracketed || !" ()".contains(*c);
            while let Some(c) = chars.next_if(is_inside) {
                marker.push(c);
                if c == ')' {
                    break;
                }
            }
            points.push((depth, marker));
            depth += usize::from(chars.next_if_eq(&'(').is_some());
        }
    }
    points
}

/// Returns whether two markers are the same. Stops and blanks at their end do not matter; nor
/// does where a marker of words ends: 第一 for 第一个, 一不 for 一不许.
fn same_marker(a: &str, b: &str) -> bool {
    let end = |c: char| is_stop(c) || "␣/-".contains(c);
    let (a, b) = (a.trim_end_matches(end), b.trim_end_matches(end));
    let is_han = |text: &str| text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let is_head = !a.is_empty() && !b.is_empty() && (a.starts_with(b) || b.starts_with(a));
    a == b || (is_head && is_han(a) && is_han(b))
}

/// Returns whether two trees are the same.
fn same_tree(wanted: &str, found: &str) -> bool {
    let (wanted, found) = (parse_tree(wanted), parse_tree(found));
    let mut pairs = wanted.iter().zip(&found);
    wanted.len() == found.len() && pairs.all(|(a, b)| a.0 == b.0 && same_marker(&a.1, &b.1))
}

/// Returns the spans that a wanted line accepts, each with the blanks at its head.
fn accepted(line: &str) -> Vec<String> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let spans = line.split(" / ").map(str::trim_start);
    spans.map(|s| " ".repeat(indent) + s).collect()
}

/// Returns whether what was found for a keyword is what is wanted.
fn is_right(keyword: &str, wanted: &[&str], found: &[String]) -> bool {
    let is_accepted = |(wanted, found): (&&str, &String)| match keyword {
        "points" => same_tree(wanted, found),
        "label" | "topic" => accepted(wanted).iter().any(|w| bare("", w) == *found),
        _ => accepted(wanted).contains(found),
    };
    wanted.len() == found.len() && wanted.iter().zip(found).all(is_accepted)
}

/// The number of texts that were read, and of those that are right, by script.
#[derive(Default)]
struct Tally {
    right: [usize; 2],
    all: usize,
}

/// Reads a case in one script; returns what is wrong with it, by keyword.
fn faults(case: &Case, script: Script) -> Vec<String> {
    let mut case = case.clone();
    case.text = script.write(&case.text);
    for (keyword, wanted) in &mut case.wanted {
        *wanted = script.write(wanted);
        if matches!(&**keyword, "label" | "topic") {
            for span in accepted(wanted) {
                let is_there = case.text.contains(&span);
                assert!(is_there, "{}: {span} is not in the text", case.place);
            }
        }
    }
    let reading = Reading::new(&format!("case.{}", case.ending), &case.text);
    let mut keywords: Vec<&str> = case.wanted.iter().map(|(k, _)| k.as_str()).collect();
    keywords.dedup();
    let mut faults = Vec::new();
    for keyword in keywords {
        let wanted = case.lines(keyword);
        let found = reading.lines(keyword, &wanted);
        if !is_right(keyword, &wanted, &found) {
            let (found, wanted) = (found.join(" ⏎ "), wanted.join(" ⏎ "));
            faults.push(format!("{keyword}: {found} | wanted: {wanted}"));
        }
    }
    faults
}

#[test]
fn every_case_is_right_or_said_to_be_wrong_today() {
    let (mut tally, mut surprises) = (Tally::default(), String::new());
    for case in cases() {
        tally.all += 1;
        for script in Script::ALL {
            let faults = faults(&case, script);
            let is_right = faults.is_empty();
            tally.right[script as usize] += usize::from(is_right);
            let found = if is_right {
                "right".into()
            } else {
                faults.join("; ")
            };
            let (place, line) = (&case.place, format!("{} | {}", case.name, script.name()));
            eprintln!("{line} | {found}");
            if is_right == case.wrong.contains(&script) {
                let advice = if is_right {
                    " now: take `wrong today` away"
                } else {
                    ""
                };
                writeln!(surprises, "{place}: {line} | {found}{advice}").unwrap();
            }
        }
    }
    for script in Script::ALL {
        let (right, name) = (tally.right[script as usize], script.name());
        eprintln!("structure cases in {name}: {right} of {} right", tally.all);
    }
    assert!(surprises.is_empty(), "\n{surprises}");
}

#[test]
fn names_of_cases_are_unique_and_wanted_markers_are_in_the_text() {
    let mut names = HashSet::new();
    for case in cases() {
        assert!(names.insert(case.name.clone()), "{}: twice", case.place);
        assert!(!case.wanted.is_empty(), "{}: nothing wanted", case.place);
        for script in Script::ALL {
            let text = script.write(&case.text);
            let tree = script.write(case.lines("points").first().unwrap_or(&"-"));
            for (_, marker) in parse_tree(&tree) {
                let marker = marker.replace('␣', " ");
                let is_there = marker == "##" || text.contains(&marker);
                assert!(is_there, "{}: {marker} is not in the text", case.place);
            }
        }
    }
}

#[test]
fn a_tree_is_read_as_it_is_written() {
    let depths = |line: &str| -> String {
        let points = parse_tree(line);
        let print = |(depth, marker): &(usize, String)| format!("{depth}{marker} ");
        points.iter().map(print).collect()
    };
    for (line, wanted) in [
        ("一、(（一） （二）) 二、", "0一、 1（一） 1（二） 0二、 "),
        (
            "1．((1)(1. 2.) (2)) 2．((1))",
            "01． 1(1) 21. 22. 1(2) 02． 1(1) ",
        ),
        ("##(一是 二是) NO.␣2", "0## 1一是 1二是 0NO.␣2 "),
        ("-", ""),
    ] {
        assert_eq!(depths(line), wanted);
    }
    assert!(same_tree("第一个(1、 2、)", "第一(1. 2.)"));
    assert!(!same_tree("第一(1、) 第二", "第一(1、 第二)"));
    assert!(!same_tree("1.1", "1"));
}

#[test]
fn the_notation_holds_headers_flags_and_rows() {
    let file = "A comment.\n\n=== X | markdown | a rule\n# T\n\n{1}x\n{2}y\n\n=> points {1} {2}\n\
                => row X1 | 1␣ | 2␣\n=> row X2 | wrong today in traditional | 一⏎ | 二⏎\n\n\
                === Y | wrong today | a rule\nz\n=> points -\n";
    let all = cases_of("f", file);
    let print = |c: &Case| {
        format!(
            "{} {} {} {:?} {:?}",
            c.name,
            c.place,
            c.ending,
            c.text,
            c.lines("points")
        )
    };
    let printed: Vec<String> = all.iter().map(print).collect();
    assert_eq!(
        printed,
        [
            r##"X1 f:10 md "# T\n\n1 x\n2 y\n\n" ["1␣ 2␣"]"##,
            r##"X2 f:11 md "# T\n\n一\nx\n二\ny\n\n" ["一⏎ 二⏎"]"##,
            r#"Y f:13 txt "z\n" ["-"]"#,
        ]
    );
    let wrong: Vec<usize> = all.iter().map(|c| c.wrong.len()).collect();
    assert_eq!(wrong, [0, 1, 2]);
}
