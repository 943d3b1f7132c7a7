//! Writes private files whole or not at all, and through no link.
//!
//! A text is written to a new file beside its place, under a name of its own, and moved there
//! once it is on the disk.

use super::names;
use crate::shell::os::files::{self, Stamp};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// Names that are tried for a file that is being written.
const MAX_NEW_FILES: usize = 100;
/// Bytes of a file that is read back.
const MAX_FILE_BYTES: u64 = 64 << 20;

/// Writes a new file of that name and extension, with a number where that is taken; returns its
/// path. A link counts as a file that exists, whatever its target.
pub(crate) fn write_new(
    folder: &Path,
    (name, extension): (&str, &str),
    contents: &str,
) -> io::Result<PathBuf> {
    files::create_private_folder(folder)?;
    for name in names::numbered(name) {
        let path = folder.join(format!("{name}.{extension}"));
        match create(&path, contents) {
            Err(why) if why.kind() == ErrorKind::AlreadyExists => {}
            written => return written.map(|()| path),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// Writes a new file; fails where the path is taken.
pub(crate) fn create(path: &Path, contents: &str) -> io::Result<()> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    let new = write_beside(path, contents)?;
    // unlike a move, a link replaces nothing
    let placed = match fs::hard_link(&new, path) {
        Err(why) if why.kind() != ErrorKind::AlreadyExists => files::move_to_new(&new, path),
        placed => placed,
    };
    let _ = fs::remove_file(&new);
    placed
}

/// Replaces a file that was read when it had that stamp. Fails where it has changed since, or
/// where the path is a link.
pub(crate) fn replace(path: &Path, contents: &str, read: Stamp) -> io::Result<()> {
    let new = write_beside(path, contents)?;
    let is_as_read = Stamp::of_own(path) == Some(read);
    let placed = if is_as_read {
        fs::rename(&new, path)
    } else {
        Err(ErrorKind::ResourceBusy.into())
    };
    if placed.is_err() {
        let _ = fs::remove_file(&new);
    }
    placed
}

/// Appends a text to the file of that name, or to one with a number where that is a link or no
/// file of the reader's own; returns its path.
pub(crate) fn append(
    folder: &Path,
    (name, extension): (&str, &str),
    text: &str,
) -> io::Result<PathBuf> {
    files::create_private_folder(folder)?;
    for name in names::numbered(name) {
        let path = folder.join(format!("{name}.{extension}"));
        let Some(mut file) = files::append_private(&path)? else {
            continue;
        };
        let before = file.metadata()?.len();
        let written = file.write_all(text.as_bytes());
        if written.is_err() {
            // half a text is none
            let _ = file.set_len(before);
        }
        return written.map(|()| path);
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// Reads a file of the reader's own, but no link: its text and its stamp; `None` where it is
/// another kind, not UTF-8 or too long.
pub(crate) fn read(path: &Path) -> Option<(String, Stamp)> {
    let stamp = Stamp::of_own(path).filter(|stamp| stamp.len <= MAX_FILE_BYTES)?;
    let file = files::open_nonblocking(path).ok()?;
    let is_same = file
        .metadata()
        .is_ok_and(|meta| Stamp::from(&meta) == stamp);
    let mut text = String::new();
    let read = file.take(MAX_FILE_BYTES + 1).read_to_string(&mut text);
    (is_same && read.is_ok()).then_some((text, stamp))
}

/// Writes a new file beside a path; returns its own path.
fn write_beside(path: &Path, contents: &str) -> io::Result<PathBuf> {
    let (mut file, new) = new_beside(path)?;
    let written = file.write_all(contents.as_bytes());
    let written = written.and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = fs::remove_file(&new);
    }
    written.map(|()| new)
}

fn new_beside(path: &Path) -> io::Result<(File, PathBuf)> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let process = std::process::id();
    for number in 0..MAX_NEW_FILES {
        let new = folder.join(format!(".jingdu-{process}-{number}.new"));
        match files::create_new_private(&new) {
            Err(why) if why.kind() == ErrorKind::AlreadyExists => {}
            file => return file.map(|file| (file, new)),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a new folder of the test.
    fn folder(name: &str) -> PathBuf {
        let name = format!("jingdu-written-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
        let mut names: Vec<String> = entries
            .map(|e| e.file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let folder = folder("names").join("new");
        let write = |extension, contents| write_new(&folder, ("表", extension), contents).unwrap();
        let paths = [("md", "一"), ("md", "二"), ("csv", "三"), ("md", "二")];
        let paths = paths.map(|(extension, contents)| write(extension, contents));
        let wanted = ["表.md", "表 2.md", "表.csv", "表 3.md"];
        assert_eq!(paths, wanted.map(|name| folder.join(name)));
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        assert_eq!(wanted.map(read), ["一", "二", "三", "二"]);
        assert_eq!(names(&folder).len(), wanted.len(), "nothing else is left");
        fs::remove_dir_all(folder.parent().unwrap()).unwrap();
    }

    #[test]
    fn links_and_folders_are_left_alone() {
        let folder = folder("links");
        fs::create_dir_all(folder.join("表 3.md")).unwrap();
        let (kept, missing) = (folder.join("kept.txt"), folder.join("missing.txt"));
        fs::write(&kept, "原文").unwrap();
        files::link(&kept, &folder.join("表.md")).unwrap();
        files::link(&missing, &folder.join("表 2.md")).unwrap();
        let path = write_new(&folder, ("表", "md"), "新").unwrap();
        assert_eq!(path, folder.join("表 4.md"));
        let path = append(&folder, ("表", "md"), "又").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "新又");
        assert_eq!(fs::read_to_string(&kept).unwrap(), "原文");
        assert!(!missing.exists(), "nothing is made behind a link");
        assert!(files::is_private(&path));
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn names_that_others_planted_are_stepped_over() {
        let folder = folder("planted");
        fs::create_dir_all(&folder).unwrap();
        let victim = folder.join("victim.txt");
        fs::write(&victim, "原文").unwrap();
        // the names under which files are written first
        for number in 0..3 {
            let name = format!(".jingdu-{}-{number}.new", std::process::id());
            files::link(&victim, &folder.join(name)).unwrap();
        }
        let path = folder.join("a.md");
        create(&path, "一").unwrap();
        let (_, stamp) = read(&path).unwrap();
        replace(&path, "二二", stamp).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "二二");
        assert_eq!(fs::read_to_string(&victim).unwrap(), "原文");
        assert_eq!(names(&folder).len(), 5);
        // a second name of a file of ours, through which it could be written
        fs::hard_link(&victim, folder.join("excerpts.md")).unwrap();
        let path = append(&folder, ("excerpts", "md"), "句").unwrap();
        assert_eq!(path, folder.join("excerpts 2.md"));
        assert_eq!(fs::read_to_string(&victim).unwrap(), "原文");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_file_that_changes_meanwhile_is_not_replaced() {
        let folder = folder("changed");
        let path = folder.join("a.md");
        fs::create_dir_all(&folder).unwrap();
        create(&path, "一").unwrap();
        let (_, stamp) = read(&path).unwrap();
        fs::write(&path, "我写的").unwrap();
        assert!(replace(&path, "二", stamp).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "我写的");
        let (_, stamp) = read(&path).unwrap();
        // a link in its place
        fs::rename(&path, folder.join("b.md")).unwrap();
        files::link(&folder.join("b.md"), &path).unwrap();
        assert!(read(&path).is_none() && replace(&path, "二", stamp).is_err());
        assert_eq!(names(&folder), ["a.md", "b.md"]);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn an_older_file_of_excerpts_becomes_private() {
        let folder = folder("older");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("excerpts.md"), "甲\n\n").unwrap();
        assert!(!files::is_private(&folder.join("excerpts.md")));
        let path = append(&folder, ("excerpts", "md"), "乙\n\n").unwrap();
        assert!(path.ends_with("excerpts.md") && files::is_private(&path));
        assert_eq!(fs::read_to_string(path).unwrap(), "甲\n\n乙\n\n");
        fs::remove_dir_all(&folder).unwrap();
    }
}
