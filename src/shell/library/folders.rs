//! The folders of the library: those of the settings, by the paths that the system knows them by.

use crate::shell::environment;
use std::path::{Path, PathBuf};

/// Returns the folders that the settings name, without those inside another one. A folder that
/// is not there keeps the path that it is written with.
pub(crate) fn configured(names: &[String]) -> Vec<PathBuf> {
    let named = names.iter().map(|name| environment::path_of_setting(name));
    let mut folders: Vec<PathBuf> = named.map(|path| canonical(&path)).collect();
    folders.sort();
    folders.dedup();
    let all = folders.clone();
    let is_inside = |folder: &Path| all.iter().any(|o| o != folder && folder.starts_with(o));
    folders.retain(|folder| !is_inside(folder));
    folders
}

/// Returns a path as the system knows it: absolute, without links.
pub(crate) fn canonical(path: &Path) -> PathBuf {
    let absolute = || std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    std::fs::canonicalize(path).unwrap_or_else(|_| absolute())
}

/// Returns the folder of the library that holds a path.
pub(crate) fn holding<'a>(folders: &'a [PathBuf], path: &Path) -> Option<&'a PathBuf> {
    folders.iter().find(|folder| path.starts_with(folder))
}
