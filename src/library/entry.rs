//! An article as a list of the library shows it.

use super::day::Day;
use crate::format::facts::values;
use std::path::PathBuf;
use std::sync::Arc;

/// The number of an article in the library.
pub type ArticleId = i64;

/// An article of the library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LibraryEntry {
    /// Its number.
    pub id: ArticleId,
    /// Its file.
    pub path: PathBuf,
    /// Its title, cleaned; the file's name for an article without one.
    pub title: String,
    /// Its date.
    pub day: Option<Day>,
    /// The date as it is shown: with its time, or as the file has it.
    pub date: Option<Arc<str>>,
    /// Its publisher.
    pub source: Option<Arc<str>>,
    /// Its author.
    pub author: Option<Arc<str>>,
    /// Its tags.
    pub tags: Box<[String]>,
    /// 字数 of its body.
    pub length: usize,
    /// The number of its points.
    pub points: usize,
    /// The reason why it cannot be read.
    pub fault: Option<Box<str>>,
    /// The earliest article that it is a copy of.
    pub copy_of: Option<ArticleId>,
}

impl LibraryEntry {
    /// Returns the publisher of the article; of an address the host, as it is shown.
    ///
    /// ```
    /// use jingdu::library::LibraryEntry;
    /// let from = |source: &str| LibraryEntry { source: Some(source.into()), ..LibraryEntry::default() };
    /// assert_eq!(from("渡口日报").publisher(), Some("渡口日报"));
    /// assert_eq!(from("https://www.example.com/a/1.html").publisher(), Some("example.com"));
    /// ```
    pub fn publisher(&self) -> Option<&str> {
        let source = self.source.as_deref()?;
        Some(values::host(source).unwrap_or(source))
    }

    /// Returns the article under which it and its copies are listed.
    pub fn group(&self) -> ArticleId {
        self.copy_of.unwrap_or(self.id)
    }

    /// Returns its file as text.
    pub(crate) fn file(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }

    /// Returns the date that it is sorted by, or else the one that is written.
    pub(crate) fn dated(&self) -> String {
        let day = self.day.map(|day| day.to_string());
        day.or_else(|| self.date.as_deref().map(str::to_owned))
            .unwrap_or_default()
    }
}

/// The part of an article that was read, in three steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReadState {
    /// Not opened yet.
    #[default]
    Unread,
    /// Opened, and not read to the end.
    Begun,
    /// Read to the end, or marked as read.
    Done,
}
