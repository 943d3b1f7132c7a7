//! The folders of the library: those of the settings, by the paths that the system knows them by.

use crate::shell::environment;
use crate::shell::open::item::PART_MARK;
use std::cmp::Ordering;
use std::path::{Path, PathBuf};

/// Links that lead nowhere and are followed one after the other, at most.
const MAX_LINKS: usize = 20;

/// Returns the folders that the settings name, without those inside another one.
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

/// Returns a path as the system knows it: absolute, without links. Where it is not there, links
/// are followed all the same: what is not mounted keeps its name.
pub(crate) fn canonical(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    resolved(&absolute, MAX_LINKS)
}

/// Follows the links in an absolute path, at most so many of those that lead nowhere.
fn resolved(path: &Path, links: usize) -> PathBuf {
    if let Ok(there) = std::fs::canonicalize(path) {
        return there;
    }
    let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
        return path.to_owned();
    };
    if let (Ok(target), Some(left)) = (std::fs::read_link(path), links.checked_sub(1)) {
        return resolved(&parent.join(target), left);
    }
    resolved(parent, links).join(name)
}

/// Returns a path below a folder as one below another; `None` where it is not below it. Items are
/// below their database: `cache.db#12`.
pub(crate) fn rebased(path: &Path, folder: &Path, other: &Path) -> Option<PathBuf> {
    if let Ok(inside) = path.strip_prefix(folder) {
        return Some(other.join(inside));
    }
    let mut rebased = other.as_os_str().to_owned();
    rebased.push(item_number(path, folder)?);
    Some(rebased.into())
}

/// Returns whether a path is below a folder.
pub(crate) fn is_below(path: &Path, folder: &Path) -> bool {
    path.starts_with(folder) || item_number(path, folder).is_some()
}

/// Returns the number of an item of a database, with its mark.
fn item_number<'a>(path: &'a Path, database: &Path) -> Option<&'a str> {
    let behind = path.to_str()?.strip_prefix(database.to_str()?)?;
    let number = behind.strip_prefix(PART_MARK)?;
    let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    is_number.then_some(behind)
}

/// Compares two paths; articles of one file by their numbers.
pub(crate) fn by_path(a: &Path, b: &Path) -> Ordering {
    let mark = PART_MARK as u8;
    let has_mark = |path: &Path| path.as_os_str().as_encoded_bytes().contains(&mark);
    if !has_mark(a) && !has_mark(b) {
        return a.cmp(b);
    }
    let parts = |path: &Path| {
        let (file, number) = path.to_str()?.rsplit_once(PART_MARK)?;
        Some((PathBuf::from(file), number.parse::<u64>().ok()?))
    };
    let key = |path: &Path| parts(path).unwrap_or_else(|| (path.to_owned(), 0));
    key(a).cmp(&key(b)).then_with(|| a.cmp(b))
}

/// Returns the folder of the library that holds a path.
pub(crate) fn holding<'a>(folders: &'a [PathBuf], path: &Path) -> Option<&'a PathBuf> {
    folders.iter().find(|folder| path.starts_with(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_of_one_file_are_in_the_order_of_their_numbers() {
        let sorted = [
            "a/x.md",
            "a/y.xml",
            "a/y.xml#2",
            "a/y.xml#10",
            "a/z#1.md",
            "b",
        ];
        let mut paths: Vec<PathBuf> = sorted.iter().rev().map(PathBuf::from).collect();
        paths.sort_by(|a, b| by_path(a, b));
        assert_eq!(paths, sorted.map(PathBuf::from));
    }
}
