//! Writes notes and lists to files. A list goes to a file of its own each time: its name is that
//! of the list and the day, with a number where it is taken. Nothing is written over but notes that
//! the program has written by itself.

use super::comparison;
use super::event_loop::App;
use crate::library::sheet::{Sheet, SheetFormat};
use crate::shell::cli::export::{self, MAX_FILES_OF_A_NAME};
use crate::shell::open::item::Item;
use crate::shell::os::files;
use crate::shell::store::thread::now;
use crate::source::sanitize;
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

impl App {
    /// Writes the marks of the article to a file.
    pub(super) fn export(&mut self) {
        let Some(folder) = &self.tools.notes else {
            return;
        };
        let item = self.current.item.clone().unwrap_or(Item::Stdin);
        let (article, marks) = (&self.session.article, &self.session.memory.marks.all);
        match export::to_file(&export::of_session(article, &item, marks), folder) {
            Ok(path) => {
                let path = path.display();
                self.report(
                    true,
                    format!("标注已导出到 {path}"),
                    format!("Notes written to {path}"),
                );
            }
            Err(why) => self.report(
                false,
                format!("无法写入标注：{why}"),
                format!("The notes cannot be written: {why}"),
            ),
        }
    }

    /// Writes the comparison of two articles to a new file beside the notes.
    pub(super) fn export_twin(&mut self) {
        let read = self.session.pages.library.twin.read.clone();
        let (Some(folder), Some(read)) = (&self.tools.notes, read) else {
            return;
        };
        let text = comparison::markdown(&read, self.session.settings.lang);
        match write_new(folder, (&comparison::name(&read), "md"), &text) {
            Ok(path) => {
                let path = path.display();
                self.report(
                    true,
                    format!("对照已导出到 {path}"),
                    format!("Comparison written to {path}"),
                );
            }
            Err(why) => self.report(
                false,
                format!("无法写入 {}：{why}", folder.display()),
                format!("Cannot write to {}: {why}", folder.display()),
            ),
        }
    }

    /// Writes a list to a new file beside the notes.
    pub(super) fn export_sheet(&mut self, sheet: &Sheet, format: SheetFormat) {
        let Some(folder) = &self.tools.notes else {
            return self.report(
                false,
                "没有可写的目录：在 gs 里设导出目录".to_owned(),
                "No folder to write to: set that of exports with gs".to_owned(),
            );
        };
        let name = export::file_name(&sanitize::line(&sheet.name)).unwrap_or_default();
        let name = format!("{name} {}", self.session.memory.day(now()));
        let contents = sheet.contents(format);
        match write_new(folder, (name.trim(), extension(format)), &contents) {
            Ok(path) => {
                let (path, rows) = (path.display(), sheet.rows.len());
                self.report(
                    true,
                    format!("{rows} 行已导出到 {path}"),
                    format!("{rows} rows written to {path}"),
                );
            }
            Err(why) => self.report(
                false,
                format!("无法写入 {}：{why}", folder.display()),
                format!("Cannot write to {}: {why}", folder.display()),
            ),
        }
    }
}

fn extension(format: SheetFormat) -> &'static str {
    match format {
        SheetFormat::Markdown => "md",
        SheetFormat::Csv => "csv",
        SheetFormat::Json => "json",
    }
}

/// Writes a new private file of that name and extension, with a number where that is taken;
/// returns its path. A link counts as a file that exists, whatever its target.
fn write_new(
    folder: &Path,
    (name, extension): (&str, &str),
    contents: &str,
) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    for number in 1..=MAX_FILES_OF_A_NAME {
        let path = folder.join(if number == 1 {
            format!("{name}.{extension}")
        } else {
            format!("{name} {number}.{extension}")
        });
        let mut file = match files::create_new_private(&path) {
            Err(why) if why.kind() == ErrorKind::AlreadyExists => continue,
            file => file?,
        };
        let written = file.write_all(contents.as_bytes());
        if written.is_err() {
            // half a list is none
            let _ = fs::remove_file(&path);
        }
        return written.map(|()| path);
    }
    Err(ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let name = format!("jingdu-exports-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let folder = folder("names").join("new");
        let write = |extension, contents| write_new(&folder, ("表", extension), contents).unwrap();
        let paths = [("md", "一"), ("md", "二"), ("csv", "三"), ("md", "二")];
        let paths = paths.map(|(extension, contents)| write(extension, contents));
        let names = ["表.md", "表 2.md", "表.csv", "表 3.md"];
        assert_eq!(paths, names.map(|name| folder.join(name)));
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        assert_eq!(names.map(read), ["一", "二", "三", "二"]);
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
        assert_eq!(fs::read_to_string(&kept).unwrap(), "原文");
        assert!(!missing.exists(), "nothing is made behind a link");
        assert!(files::is_private(&path));
        fs::remove_dir_all(&folder).unwrap();
    }
}
