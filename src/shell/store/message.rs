//! The values that pass between the store and the rest of the program.

use crate::session::clash::Clash;
use crate::session::drill::due::DueList;
use crate::session::marks::Mark;
use crate::session::memory::{ListedMark, Recalled, Totals};
use crate::session::recent::RecentArticle;
use crate::session::saved_views::SavedView;
use crate::session::shelf_news::ReadProgress;
use crate::shell::store::salvage::Salvaged;
use crate::source::sanitize;
use crate::text::Lang;
use std::path::PathBuf;

/// The facts by which the store knows an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// A hash of its cleaned text.
    pub hash: [u8; 16],
    /// Its absolute path; empty for standard input.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its author.
    pub author: String,
    /// Its publisher.
    pub source: String,
    /// Its date.
    pub date: String,
    /// 字数
    pub length: usize,
    /// It is not the article that was at this path before.
    pub other: bool,
}

/// An article with its marks.
#[derive(Clone, Debug, Default)]
pub(crate) struct MarkedArticle {
    pub identity: Identity,
    /// In the order of the document, orphans last.
    pub marks: Vec<Mark>,
}

/// The answer about an article that is opened.
#[derive(Clone, Debug, Default)]
pub struct KnownArticle {
    /// Its saved state.
    pub recalled: Recalled,
    /// Only its path is known, and the title was another: it may be another article.
    pub doubtful: bool,
}

/// The state that is needed before an article is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StartupState {
    /// Choices made by key: name, value, and the setting at that time.
    pub choices: Vec<(String, String, String)>,
    /// Reading time of the last weeks.
    pub totals: Totals,
    /// The article that was read last: path, title, per cent.
    pub last: Option<(String, String, usize)>,
    /// The UTC offset in seconds.
    pub offset: i64,
}

/// An answer that comes as an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The answer about an article that was opened is there after all.
    Opened,
    /// Marks and choices are on the disk.
    Saved,
    /// A mark that another program had changed as well.
    Clash(Box<Clash>),
    /// The UTC offset in seconds, where [`StartupState`] had none.
    Offset(i64),
    /// Something is wrong.
    Trouble(Trouble),
    /// The marks of the other articles.
    Marks(Vec<ListedMark>),
    /// The paths of the article with the bookmark of that capital, and the mark's name.
    Bookmark(char, Option<(Vec<String>, String)>),
    /// The articles that were read last.
    Recent(Vec<RecentArticle>),
    /// The cards that are due.
    Due(DueList),
    /// The saved views of the shelf.
    Views(Vec<SavedView>),
    /// Per cent read of the articles that were asked for.
    Progress(Vec<(PathBuf, ReadProgress)>),
}

/// A fault of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The file was damaged; it is kept under that name, and the new one has what was saved of it.
    Damaged(String, Salvaged),
    /// The file is empty, and was not; the one that was set aside last has that name.
    Emptied(String),
    /// Another program holds it.
    Locked,
    /// It may not be written.
    ReadOnly,
    /// The disk is full.
    Full,
    /// The user has no home, so that there is no file.
    NoHome,
    /// A newer jingdu wrote it.
    Newer,
    /// Something else.
    Other(String),
}

impl Trouble {
    /// Returns one line about the fault and its effect.
    pub fn line(&self, lang: Lang) -> String {
        let pair = match self {
            Self::Damaged(name, saved) => {
                let (zh, en) = saved.said();
                let zh = format!("记录文件坏了，{zh}；坏的留作 {name}");
                let en = format!("the store was damaged, {en}; kept as {name}");
                return sanitize::line(&lang.say_owned(zh, en));
            }
            Self::Emptied(name) => {
                let zh =
                    format!("记录文件是空的，从头记起；旧的在 {name}，用 jingdu state repair 取回");
                let en = format!(
                    "the store is empty and begun anew; {name} has the old one: jingdu state repair"
                );
                return sanitize::line(&lang.say_owned(zh, en));
            }
            Self::Other(why) => {
                let said = lang.say(("记录存不下：", "the store failed: "));
                return sanitize::line(&format!("{said}{why}"));
            }
            Self::Locked => (
                "记录被别的程序占着，位置和标注先留在内存里",
                "the store is locked by another program; place and marks are kept in memory",
            ),
            Self::ReadOnly => (
                "记录不能写，位置和标注只留在内存里",
                "the store cannot be written; place and marks are kept in memory only",
            ),
            Self::Full => (
                "磁盘满了，位置和标注先留在内存里",
                "the disk is full; place and marks are kept in memory",
            ),
            Self::NoHome => (
                "没有主目录，位置和标注只留在内存里",
                "no home directory: place and marks are kept in memory only",
            ),
            Self::Newer => (
                "记录是新版 jingdu 写的，这一版不动它；位置和标注只留在内存里",
                "a newer jingdu wrote the store, so it is left alone; place and marks are kept in memory only",
            ),
        };
        lang.say(pair).to_owned()
    }
}
