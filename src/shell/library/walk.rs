//! The files of articles below a folder: sub-folders too, by the usual ignore rules.

use crate::shell::open::shelf_files::is_article_name;
use crate::shell::os::files::Stamp;
use ignore::{DirEntry, WalkBuilder};
use std::path::{Path, PathBuf};

/// A file of an article, and its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FoundFile {
    pub(crate) path: PathBuf,
    pub(crate) stamp: Stamp,
}

/// Lists the files of articles below a folder, in the order of their paths. Hidden and ignored
/// files, those of other endings and empty ones are left out, pipes, sockets and links to folders
/// too. `depth` limits the levels of folders; 1 for no sub-folders.
pub(crate) fn files(folder: &Path, depth: Option<usize>) -> Vec<FoundFile> {
    let mut found: Vec<FoundFile> = paths(folder, depth)
        .filter_map(|path| {
            let stamp = Stamp::of(&path).filter(|stamp| stamp.len > 0)?;
            Some(FoundFile { path, stamp })
        })
        .collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Returns the paths of files that are articles by their names.
fn paths(folder: &Path, depth: Option<usize>) -> impl Iterator<Item = PathBuf> {
    let mut walk = WalkBuilder::new(folder);
    let entries = walk.max_depth(depth).build().filter_map(Result::ok);
    // a link to a file is a file; one to a folder may lead anywhere
    let is_file = |e: &DirEntry| e.file_type().is_some_and(|t| t.is_file() || t.is_symlink());
    let paths = entries.filter(is_file).map(DirEntry::into_path);
    paths.filter(|path| is_article_name(path))
}
