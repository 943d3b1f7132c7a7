//! Inputs as people really have them, with what is right of each.
//!
//! `field/cases.txt` has a line a check, `field/` the files. A check is a word and what it asks:
//!
//! ```text
//! FILE                 the file, or the folder, that the checks below are about
//! print TEXT           `jingdu print --width 0` has TEXT
//! block TEXT           one of its lines is TEXT
//! lacks TEXT           it does not have TEXT
//! title | date | author | source TEXT      the fact; `-` where there is none
//! outline A | B        the points, marker and label of each; `>` before one for each level down
//! row TEXT             one of the rows of a page of 60 cells is TEXT
//! fold-free            no line is folded
//! shelf A | B          the names of the articles of a folder, in the order of the shelf
//! part N TEXT          a block of the N-th article of a file of several, facts above, is TEXT
//! finds QUERY          `jingdu find` has hits
//! once QUERY           it has one
//! markup KIND TEXT     that text is marked so (strong, struck, notemark, …)
//! warned TEXT          a line of error has TEXT
//! refused TEXT         nothing is printed but one line of error with TEXT; exit status 2
//! ```

use crate::support;
use jingdu::document::dump::dump;
use jingdu::format::{self, ParseOptions};
use jingdu::library::LibraryEntry;
use jingdu::library::order::{Order, SortValues, sort};
use jingdu::shell::library::article_file;
use jingdu::shell::open::item::{DecodeOptions, Item};
use jingdu::shell::open::shelf_files;
use jingdu::source;
use jingdu::text::Lang;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

/// Runs the program on a file of `field/` there.
fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jingdu"))
        .args(args)
        .args(["--lang", "zh"])
        .current_dir(support::path("tests/field"))
        .env_remove("JINGDU_CONFIG")
        .output()
        .unwrap()
}

fn stdout(args: &[&str]) -> String {
    String::from_utf8(run(args).stdout).unwrap()
}

fn json(file: &str) -> Value {
    let text = stdout(&["outline", "--format", "json", file]);
    serde_json::from_str(&text).unwrap_or_default()
}

/// Returns the points of an outline, marker and label of each.
fn points(json: &Value) -> String {
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let mut names = Vec::new();
    for point in json["points"].as_array().into_iter().flatten() {
        let (marker, label) = (text(&point["marker"]), text(&point["label"]));
        let label = label.strip_prefix(&marker).unwrap_or(&label);
        let label = label.trim_start_matches(['、', '，', ',', '.', '．', '：', ':', ' ', '　']);
        let marker = if marker == "##" { "" } else { &marker };
        let level = point["level"].as_u64().unwrap_or(1) as usize;
        let name = [marker, label].join(" ");
        names.push(">".repeat(level.saturating_sub(1)) + name.trim());
    }
    names.join(" | ")
}

/// Returns why a check of a file fails; `None` where it holds.
fn fault(file: &str, check: &str) -> Option<String> {
    let (word, wanted) = check.split_once(' ').unwrap_or((check, ""));
    let print = || stdout(&["print", "--width", "0", file]);
    let fact = |name: &str| json(file)[name].as_str().unwrap_or("-").to_owned();
    let same = |found: String| (found != wanted).then_some(found);
    match word {
        "print" => Some(print()).filter(|text| !text.contains(wanted)),
        "lacks" => Some(print()).filter(|text| text.contains(wanted)),
        "block" => Some(print()).filter(|text| !text.lines().any(|line| line.trim() == wanted)),
        "title" | "date" | "author" | "source" => same(fact(word))
            .map(|f| if f.is_empty() { "-".to_owned() } else { f })
            .filter(|f| f != wanted),
        "row" => Some(stdout(&["print", "--width", "60", file]))
            .filter(|text| !text.lines().any(|line| line.trim() == wanted)),
        "fold-free" => same(
            json(file)["folded"]
                .as_array()
                .map_or(0, Vec::len)
                .to_string(),
        )
        .filter(|found| found != "0"),
        "shelf" => {
            let options = DecodeOptions::default();
            let path = support::path("tests/field").join(file);
            let entry = |item: &Item| article_file::entry(item, &options, Lang::Zh);
            if path.is_file() {
                let items = shelf_files::parts(&path, &options);
                let titles = items.iter().map(|item| entry(item).title);
                return same(titles.collect::<Vec<_>>().join(" | "));
            }
            let files = std::fs::read_dir(path).unwrap();
            let entry = |path| entry(&Item::File(path));
            let entries: Vec<_> = files.map(|e| entry(e.unwrap().path())).collect();
            let mut sorted: Vec<_> = entries.iter().collect();
            sort(&mut sorted, Order::Date, |_| SortValues::default());
            let stem =
                |e: &&LibraryEntry| e.path.file_stem().unwrap().to_string_lossy().into_owned();
            let names: Vec<_> = sorted.iter().map(stem).collect();
            same(names.join(" | "))
        }
        "warned" => {
            let error = String::from_utf8(run(&["print", file]).stderr).unwrap();
            Some(error).filter(|error| !error.contains(wanted))
        }
        "part" => {
            let (number, wanted) = wanted.split_once(' ').unwrap();
            let path = support::path("tests/field").join(file);
            let items = shelf_files::parts(&path, &DecodeOptions::default());
            let item = items.get(number.parse::<usize>().unwrap() - 1).unwrap();
            let (document, _) = item.document(&DecodeOptions::default()).unwrap();
            let dump = dump(&document);
            let has = dump
                .lines()
                .any(|line| line.ends_with(&format!(" | {wanted}")) || line == wanted);
            Some(dump.clone()).filter(|_| !has)
        }
        "outline" => same(points(&json(file))),
        "finds" => Some(stdout(&["find", wanted, file])).filter(String::is_empty),
        "once" => Some(stdout(&["find", wanted, file])).filter(|out| out.lines().count() != 1),
        "markup" => {
            let bytes = std::fs::read(support::path("tests/field").join(file)).unwrap();
            let source = source::read(&bytes, None);
            let options = ParseOptions {
                name: file,
                ..ParseOptions::default()
            };
            let dump = dump(&format::parse(&source, options));
            Some(dump.clone()).filter(|dump| !dump.lines().any(|line| line.trim() == wanted))
        }
        "refused" => {
            let out = run(&["print", file]);
            let error = String::from_utf8(out.stderr).unwrap();
            let is_refused = out.status.code() == Some(2) && out.stdout.is_empty();
            let says = error.lines().count() == 1 && error.contains(wanted);
            (!is_refused || !says).then_some(error)
        }
        _ => panic!("no check is called {word}"),
    }
}

#[test]
fn files_as_people_have_them_are_read_right() {
    let folder = support::path("tests/field");
    let cases = std::fs::read_to_string(folder.join("cases.txt")).unwrap();
    let (mut file, mut checks, mut faults) = ("", 0, Vec::new());
    for line in cases
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let Some(check) = line.strip_prefix("    ") else {
            assert!(Path::new(&folder).join(line).exists(), "{line}");
            file = line;
            continue;
        };
        checks += 1;
        if let Some(found) = fault(file, check) {
            faults.push(format!("{file}: {check}\n--- found:\n{found}\n"));
        }
    }
    assert!(checks > 0);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
