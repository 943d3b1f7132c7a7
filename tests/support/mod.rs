//! Helpers of several tests: the corpus, a session driven by keys, cells as text.

pub mod epub;
pub mod home;
pub mod many;
pub mod picture;
pub mod rust_source;

use jingdu::command::{Input, Keymap, update};
use jingdu::session::{Article, Effect, Session, Settings};
use jingdu::shell::open::item::SHIPPED;
use jingdu::source;
use jingdu::text::WidthPolicy;
use jingdu::text::key::Key;
use ratatui::buffer::{Buffer, Cell};
use std::path::{Path, PathBuf};

/// A file of this package.
pub fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Returns the folders of real articles with their golds. They are no part of this repository:
/// where `../shared` is missing (`JINGDU_CORPUS` names another first folder, the second one is
/// beside it), a test says so and passes.
fn corpora() -> Vec<PathBuf> {
    let first =
        std::env::var_os("JINGDU_CORPUS").map_or_else(|| path("../shared/corpus"), PathBuf::from);
    let second = first.with_file_name("corpus2");
    let mut found = vec![first, second];
    found.retain(|folder| {
        let is_there = folder.join("articles").is_dir();
        if !is_there {
            eprintln!("\n*** SKIPPED: no corpus at {} ***\n", folder.display());
        }
        is_there
    });
    found
}

/// Returns the first folder of real articles, if it is there.
pub fn corpus() -> Option<PathBuf> {
    corpora()
        .into_iter()
        .find(|folder| !folder.ends_with("corpus2"))
}

/// Returns the files of all real articles, in order of folder and name.
pub fn corpus_articles() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in corpora() {
        let entries = std::fs::read_dir(folder.join("articles")).expect("articles");
        let mut articles: Vec<_> = entries.map(|e| e.expect("entry").path()).collect();
        articles.retain(|path| path.is_file() && path.extension().is_some_and(|e| e != "tsv"));
        articles.sort();
        files.extend(articles);
    }
    files
}

/// A text as an article.
pub fn article(name: &str, bytes: &[u8]) -> Article {
    Article::new(name, source::read(bytes, None))
}

/// A shipped article.
pub fn shipped(name: &str) -> Article {
    article(
        name,
        SHIPPED
            .iter()
            .find(|(n, _)| *n == name)
            .unwrap_or_else(|| panic!("no {name} is shipped"))
            .1
            .as_bytes(),
    )
}

/// A session that has just opened an article.
pub fn session(article: Article, columns: u16, rows: u16) -> Session {
    let mut session = Session::new(Settings::default(), columns, rows);
    session.open(article);
    session.refresh();
    session
}

/// The keys of a line in the notation of the command table: `g g`, `ctrl-o`;
/// a word that is no key is typed character by character.
pub fn keys(line: &str) -> Vec<Key> {
    line.split_whitespace()
        .flat_map(|word| {
            Key::parse(word).map_or_else(|| word.chars().map(Key::char).collect(), |key| vec![key])
        })
        .collect()
}

/// Presses keys; returns the last one's effect.
pub fn press(session: &mut Session, keymap: &Keymap, line: &str) -> Effect {
    keys(line)
        .into_iter()
        .map(|key| update(session, keymap, Input::Key(key)))
        .last()
        .unwrap_or(Effect::None)
}

/// The cells that a symbol takes.
pub fn cells(buffer: &Buffer, widths: WidthPolicy, x: u16, y: u16) -> u16 {
    let cells = |cell: &Cell| widths.cluster(cell.symbol()).max(1) as u16;
    buffer.cell((x, y)).map_or(1, cells)
}

/// The text of one row, without the second halves of wide cells.
pub fn row(buffer: &Buffer, widths: WidthPolicy, y: u16) -> String {
    let mut out = String::new();
    let mut x = 0;
    while x < buffer.area.width {
        out.push_str(buffer.cell((x, y)).unwrap().symbol());
        x += cells(buffer, widths, x, y);
    }
    out.trim_end().to_owned()
}
