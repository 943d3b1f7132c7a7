//! The pages that can have the keys, the purposes of a typed line, messages, and effects on
//! the world.

use super::saved_views::NamedView;
use crate::library::entry::ArticleId;
use crate::library::sheet::{Sheet, SheetFormat};
use crate::text::Span;
use crate::text::key::Key;
use std::path::PathBuf;

/// Makes the enum of pages, and the list of all of them.
macro_rules! modes {
    ($($(#[$attribute:meta])* $mode:ident,)*) => {
        /// A page: what is on the screen and has the keys.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum Mode { $($(#[$attribute])* $mode,)* }

        impl Mode {
            /// Every page.
            pub const ALL: &'static [Self] = &[$(Self::$mode,)*];
        }
    };
}

modes! {
    /// The text.
    #[default]
    Read,
    /// The outline pane.
    Outline,
    /// The keyword panel.
    Keywords,
    /// The proposed terms.
    Terms,
    /// The settings panel.
    Settings,
    /// The list of hits.
    Hits,
    /// The encodings that the file can be read in.
    Encodings,
    /// The links on the screen.
    Links,
    /// The help.
    Help,
    /// The facts of the article.
    Facts,
    /// The notes whose marks are on the screen.
    Notes,
    /// The shelf.
    Shelf,
    /// All hits of the search in the shelf.
    ShelfHits,
    /// The articles that hold a text.
    Same,
    /// The table of terms.
    TermTable,
    /// The differences between two articles.
    Differences,
    /// The salient phrases of the articles of the shelf.
    Phrases,
    /// The points in like words.
    LikePoints,
    /// Two skeletons side by side.
    Twin,
    /// The list of marks and notes.
    Marks,
    /// The commands by name.
    Palette,
    /// The saved views of the shelf.
    Views,
    /// The articles that were read last.
    Recent,
    /// The points of the article, covered.
    Drill,
    /// The articles with points that are due.
    Due,
}

impl Mode {
    /// Returns whether it is a page about many articles.
    pub(super) fn is_of_library(self) -> bool {
        matches!(
            self,
            Self::ShelfHits
                | Self::Same
                | Self::Differences
                | Self::LikePoints
                | Self::TermTable
                | Self::Phrases
                | Self::Twin
        )
    }
}

/// The purpose of a typed line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A query for the text.
    Search,
    /// Keywords.
    Keyword,
    /// The filter of the list that is open.
    Filter,
    /// A command; it filters the palette.
    Command,
    /// The name of the chosen keyword.
    Rename,
    /// The name to save the keywords under.
    Save,
    /// The name of the set of keywords to open.
    Open,
    /// The name to save the view of the shelf under.
    SaveView,
    /// A note.
    Note,
}

/// A message on the status row until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The message.
    pub text: String,
    /// Something went wrong.
    pub warns: bool,
}

/// Keys of an unfinished sequence, and the count typed before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    /// The count, if digits were typed.
    pub count: Option<usize>,
    /// The keys so far.
    pub keys: Vec<Key>,
    /// The letter that ended a sequence with any letter.
    pub letter: Option<char>,
    /// The keys of the command just carried out, where longer sequences begin with them.
    pub done: Vec<Key>,
}

/// An action of the world after an input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Effect {
    /// Nothing but drawing.
    #[default]
    None,
    /// End.
    Quit,
    /// Stop until the shell continues the program.
    Suspend,
    /// Draw everything again.
    Redraw,
    /// Open the article of that number on the shelf.
    Open(ArticleId),
    /// Open the article at that path, at a stretch of its text where one is given.
    OpenAt(PathBuf, Option<Span>),
    /// Find the articles that hold the text that was asked about.
    FindSame,
    /// Find the points that are in like words.
    FindLike,
    /// Count the terms of the table that was opened.
    CountTerms,
    /// Read the two articles that are to be compared side by side.
    ReadTwin,
    /// Write the comparison of two articles to a file.
    ExportTwin,
    /// Read the article's file again.
    Reload,
    /// Read the raw source again and show it.
    ReadSource,
    /// Following the article's file has been switched on or off.
    Follow,
    /// List the encodings that the article's file can be read in.
    ListEncodings,
    /// Read the article's file again in that encoding.
    ReadAs(&'static str),
    /// Write a setting and its value into the settings file.
    KeepSetting(&'static str, String),
    /// Go back or forward to the article at that path.
    Cross(PathBuf),
    /// Open the article at that path, and over it the pages that the text returns to.
    ReturnOver(PathBuf),
    /// Keep that the article at that path was read, or that it is unread.
    MarkRead(Vec<PathBuf>, bool),
    /// List the articles that were read last.
    ListRecent,
    /// Open the article at that path of the store where it was left.
    OpenRecent(String),
    /// List the articles with cards that are due.
    ListDue,
    /// Open the article at that path, if it is not open, and begin its drill.
    OpenDrill(PathBuf),
    /// List the saved views of the shelf.
    ListViews,
    /// Keep a view of the shelf under its name, or none.
    KeepView(NamedView),
    /// Show the shelf, whatever it holds.
    FillShelf,
    /// Look for new articles of the shelf.
    RefreshShelf,
    /// Carry out the searches that wait.
    Search,
    /// Save the keywords under that name.
    SaveSet(String),
    /// Open the keywords of that name.
    OpenSet(String),
    /// Find the terms that characterise the article.
    Propose,
    /// Give a text to the clipboard.
    Copy {
        /// The text.
        text: String,
        /// Its name in the message.
        what: String,
    },
    /// Open the address of a link, or copy it where no page can be shown.
    OpenLink(String),
    /// Let the reader's editor change the note that is being typed.
    Edit(String),
    /// List the marks of all articles.
    AllMarks,
    /// Open the article at that path, at the mark of that name.
    OpenMark {
        /// The path of the article.
        path: String,
        /// The mark's name in the store.
        uid: String,
    },
    /// Go to the bookmark of that capital, which is in another article.
    Bookmark(char),
    /// Write the marks of the article to a file.
    Export,
    /// Write a list to a new file of that form.
    ExportSheet(Sheet, SheetFormat),
}
