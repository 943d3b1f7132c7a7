//! Writes notes and lists to files. A list goes to a file of its own each time: its name is that
//! of the list and the day, with a number where it is taken. Marks are merged into the file of
//! their article.

use super::comparison;
use super::event_loop::App;
use crate::library::sheet::{Sheet, SheetFormat};
use crate::shell::cli::export;
use crate::shell::notes::{names, of_article, written};
use crate::shell::open::item::Item;
use crate::shell::os::reason::reason;
use crate::shell::store::thread::now;
use crate::source::sanitize;
use crate::text::lang::counted;
use std::io;

impl App {
    /// Merges the marks of the article into its file.
    pub(super) fn export(&mut self) {
        let Some(folder) = self.tools.notes.clone() else {
            return self.say_no_folder();
        };
        let marks = self.autosave.current_marks(&mut self.session);
        let item = self.current.item.clone().unwrap_or(Item::Stdin);
        let (article, memory) = (&self.session.article, &self.session.memory);
        let marked = export::of_session(article, &item, &marks);
        match of_article::write(&marked, &folder, memory.citation.inner) {
            Ok(file) => {
                let path = sanitize::path(&file.path);
                let (zh, en) = if file.is_edited {
                    ("已并入，你写的都留着：", "merged, what you wrote stays: ")
                } else {
                    ("已导出到 ", "written to ")
                };
                self.report(true, format!("标注{zh}{path}"), format!("Notes {en}{path}"));
            }
            Err(why) => {
                let why = self.reason(&why);
                self.report(
                    false,
                    format!("无法写入标注：{why}"),
                    format!("The notes cannot be written: {why}"),
                );
            }
        }
    }

    /// Returns the reason of a failure in the reader's language.
    fn reason(&self, why: &io::Error) -> String {
        reason(why, self.session.settings.lang)
    }

    fn say_no_folder(&mut self) {
        self.report(
            false,
            "没有可写的目录：在设置文件的 notes 里写一个".to_owned(),
            "No folder to write to: name one with notes in the settings file".to_owned(),
        );
    }

    /// Writes the comparison of two articles to a new file beside the notes.
    pub(super) fn export_twin(&mut self) {
        let read = self.session.pages.library.twin.read.clone();
        let (Some(folder), Some(read)) = (&self.tools.notes, read) else {
            return;
        };
        let text = comparison::markdown(&read, self.session.settings.lang);
        match written::write_new(folder, (&comparison::name(&read), "md"), &text) {
            Ok(path) => {
                let path = sanitize::path(&path);
                self.report(
                    true,
                    format!("对照已导出到 {path}"),
                    format!("Comparison written to {path}"),
                );
            }
            Err(why) => {
                let (folder, why) = (sanitize::path(folder), self.reason(&why));
                self.report(
                    false,
                    format!("无法写入 {folder}：{why}"),
                    format!("Cannot write to {folder}: {why}"),
                );
            }
        }
    }

    /// Writes a list to a new file beside the notes.
    pub(super) fn export_sheet(&mut self, sheet: &Sheet, format: SheetFormat) {
        let Some(folder) = &self.tools.notes else {
            return self.say_no_folder();
        };
        let name = names::file_name(&sanitize::line(&sheet.name)).unwrap_or_default();
        let name = format!("{name} {}", self.session.memory.day(now()));
        let contents = sheet.contents(format);
        match written::write_new(folder, (name.trim(), extension(format)), &contents) {
            Ok(path) => {
                let (path, rows) = (sanitize::path(&path), sheet.rows.len());
                self.report(
                    true,
                    format!("{rows} 行已导出到 {path}"),
                    format!("{} written to {path}", counted(&rows, "row")),
                );
            }
            Err(why) => {
                let (folder, why) = (sanitize::path(folder), self.reason(&why));
                self.report(
                    false,
                    format!("无法写入 {folder}：{why}"),
                    format!("Cannot write to {folder}: {why}"),
                );
            }
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
