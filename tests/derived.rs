//! What is made from the program is as the program makes it: the documents of
//! docs/ and the picture in the README. `UPDATE_EXPECT=1` writes them anew.

use crate::support::{self, picture};
use expect_test::expect_file;
use jingdu::command::{config, keymap, table};
use jingdu::shell::cli::args;
use jingdu::text::Lang;
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
