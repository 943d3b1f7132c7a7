//! Files that the program makes are as it makes them: the documents of
//! docs/ and the picture in the README. `UPDATE_EXPECT=1` writes them anew.

use crate::support::{self, picture};
use expect_test::expect_file;
use jingdu::command::{config, keymap, table};
use jingdu::shell::cli::args;
use jingdu::text::Lang;
use std::collections::BTreeSet;
use std::fmt::Write;

/// The help of the program and of each of its commands, at a fixed width.
fn help(lang: Lang) -> String {
    let mut command = args::command(lang);
    command.build();
    let mut out = format!(
        "$ jingdu --help\n\n{}",
        command.clone().term_width(100).render_long_help()
    );
    for sub in command.get_subcommands() {
        let _ = write!(
            out,
            "\n$ jingdu {} --help\n\n{}",
            sub.get_name(),
            sub.clone().term_width(100).render_long_help()
        );
    }
    out
}

#[test]
fn the_keys_are_documented() {
    expect_file![support::path("docs/keys.md")].assert_eq(&keymap::documentation());
}

#[test]
fn the_settings_are_documented() {
    expect_file![support::path("docs/config.md")].assert_eq(&config::documentation());
}

#[test]
fn the_command_line_is_documented() {
    expect_file![support::path("docs/help-zh.txt")].assert_eq(&help(Lang::Zh));
    expect_file![support::path("docs/help-en.txt")].assert_eq(&help(Lang::En));
}

#[test]
fn the_pictures_are_screens_of_the_program() {
    expect_file![support::path("docs/screen.svg")].assert_eq(&picture::screen());
    expect_file![support::path("docs/table.svg")].assert_eq(&picture::table());
    expect_file![support::path("docs/tour.svg")].assert_eq(&picture::tour());
}

#[test]
fn the_keys_of_the_readme_exist() {
    let readme = std::fs::read_to_string(support::path("README.md")).unwrap();
    let keymap = keymap::Keymap::default();
    let known: Vec<String> = table::all().flat_map(|c| keymap.keys_of(c.name)).collect();
    // the first cell of a row of a table; every second piece of it between backticks is a key
    let cells = readme
        .lines()
        .filter(|l| l.starts_with("| `"))
        .filter_map(|l| l.split('|').nth(1));
    let keys: Vec<&str> = cells
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .collect();
    assert!(keys.len() >= 10, "{keys:?}");
    for key in keys {
        assert!(
            known.iter().any(|k| k == key),
            "README.md names {key}, which no command has"
        );
    }
}

#[test]
fn the_rules_of_layout_are_those_that_the_code_names() {
    let code = regex::Regex::new(r"\b[KIFPMQ]-[0-9]+\b").unwrap();
    let codes = |text: &str| -> BTreeSet<String> {
        code.find_iter(text)
            .map(|m| m.as_str().to_owned())
            .collect()
    };
    let text = std::fs::read_to_string(support::path("docs/typography.md")).unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("| "));
    let listed: BTreeSet<String> = rows
        .flat_map(|row| codes(row.split('|').next().unwrap()))
        .collect();
    let mut named = BTreeSet::new();
    for folder in ["src/layout", "src/text", "tests/conformance"] {
        for entry in std::fs::read_dir(support::path(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                named.extend(codes(&std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    let unlisted: Vec<&String> = named.difference(&listed).collect();
    assert!(
        unlisted.is_empty(),
        "not in docs/typography.md: {unlisted:?}"
    );
    assert!(listed.len() > 20);
}
