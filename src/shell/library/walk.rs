//! The files of articles below a folder: sub-folders too, by the usual ignore rules. The items of a
//! database of newsboat are listed as if they were files in it.

use super::rows::KnownState;
use super::{article_file, folders};
use crate::shell::open::item::Item;
use crate::shell::open::newsboat;
use crate::shell::open::shelf_files::is_article_name;
use crate::shell::os::files::Stamp;
use ignore::{DirEntry, WalkBuilder};
use std::path::{Path, PathBuf};

/// A file of an article, and its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FoundFile {
    pub(crate) path: PathBuf,
    pub(crate) state: KnownState,
}

/// Lists the files of articles below a folder, in the order of their paths.
pub(crate) fn files(folder: &Path, depth: Option<usize>) -> Vec<FoundFile> {
    let mut found: Vec<FoundFile> = each(folder, depth).collect();
    found.sort_by(|a, b| folders::by_path(&a.path, &b.path));
    found
}

/// Finds the files of articles below a folder, as they come. Hidden and ignored files, those of
/// other endings and empty ones are left out, pipes, sockets and links to folders too. `depth`
/// limits the levels of folders; 1 for no sub-folders.
pub(crate) fn each(folder: &Path, depth: Option<usize>) -> Box<dyn Iterator<Item = FoundFile>> {
    let file = |path: PathBuf| {
        let stamp = Stamp::of(&path).filter(|stamp| stamp.len > 0)?;
        let state = KnownState::from(&stamp);
        Some(FoundFile { path, state })
    };
    if folder.is_file() {
        return Box::new(items(folder));
    }
    Box::new(paths(folder, depth).filter_map(file))
}

/// Lists the items of a database of newsboat; none where it cannot be read.
fn items(database: &Path) -> impl Iterator<Item = FoundFile> + use<> {
    let items = newsboat::items(database).unwrap_or_default();
    let database = database.to_owned();
    let found = move |item: newsboat::NewsItem| FoundFile {
        path: article_file::path_of(&Item::Part(database.clone(), item.id - 1)),
        state: KnownState::from(&item),
    };
    items.into_iter().map(found)
}

/// Returns the paths of files that are articles by their names.
fn paths(folder: &Path, depth: Option<usize>) -> impl Iterator<Item = PathBuf> + use<> {
    let mut walk = WalkBuilder::new(folder);
    let entries = walk.max_depth(depth).build().filter_map(Result::ok);
    // a link to a file is a file; one to a folder may lead anywhere
    let is_file = |e: &DirEntry| e.file_type().is_some_and(|t| t.is_file() || t.is_symlink());
    let paths = entries.filter(is_file).map(DirEntry::into_path);
    paths.filter(|path| is_article_name(path))
}
