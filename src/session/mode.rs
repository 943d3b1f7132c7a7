//! The meaning of keys, messages, and effects on the world.

use super::prompt::Prompt;
use crate::library::entry::ArticleId;
use crate::source::choices::EncodingChoice;
use crate::text::key::Key;
use std::path::PathBuf;

/// The meaning of keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Reading.
    #[default]
    Read,
    /// The outline has the keys.
    Outline,
    /// A query is being typed.
    Search(Prompt),
    /// A keyword is being typed.
    Keyword(Prompt),
    /// The filter of the outline is being typed.
    Filter(Prompt),
    /// A command is being typed; the index of the chosen one.
    Palette(Prompt, usize),
    /// The keyword panel; the index of the chosen keyword.
    Keywords(usize),
    /// The settings panel; the index of the chosen setting.
    Settings(usize),
    /// A line is being typed for something else.
    Line(Purpose, Prompt),
    /// The list of hits.
    Hits,
    /// The proposed terms; the index of the chosen one.
    Terms(usize),
    /// The encodings that the file can be read in; the index of the chosen one.
    Encodings(Vec<EncodingChoice>, usize),
    /// The help; the rows it is scrolled.
    Help(usize),
    /// The facts of the article.
    Facts,
    /// The notes whose marks are on the screen: their blocks, and the rows it is scrolled.
    Notes(Vec<usize>, usize),
    /// The shelf.
    Shelf,
    /// What to search for on the shelf is being typed.
    ShelfSearch(Prompt),
    /// The list of marks and notes.
    Marks,
    /// The filter of the list of marks is being typed.
    MarkFilter(Prompt),
    /// A note is being typed.
    Note(Prompt),
}

impl Mode {
    /// Returns the line being typed.
    pub fn prompt(&self) -> Option<&Prompt> {
        match self {
            Self::Search(p)
            | Self::Keyword(p)
            | Self::Filter(p)
            | Self::Palette(p, _)
            | Self::Line(_, p)
            | Self::MarkFilter(p)
            | Self::ShelfSearch(p)
            | Self::Note(p) => Some(p),
            _ => None,
        }
    }

    /// Returns the line being typed, to be changed.
    pub(crate) fn prompt_mut(&mut self) -> Option<&mut Prompt> {
        match self {
            Self::Search(p)
            | Self::Keyword(p)
            | Self::Filter(p)
            | Self::Palette(p, _)
            | Self::Line(_, p)
            | Self::MarkFilter(p)
            | Self::ShelfSearch(p)
            | Self::Note(p) => Some(p),
            _ => None,
        }
    }

    /// Returns whether the shelf is on the screen.
    pub(crate) fn is_shelf(&self) -> bool {
        matches!(self, Self::Shelf | Self::ShelfSearch(_))
    }

    /// Returns whether the text, or the outline over it, is drawn in this mode.
    pub(crate) fn is_over_text(&self) -> bool {
        matches!(
            self,
            Self::Settings(_)
                | Self::Read
                | Self::Outline
                | Self::Search(_)
                | Self::Keyword(_)
                | Self::Filter(_)
                | Self::Note(_)
        )
    }
}

/// The purpose of a typed line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The filter of the list of hits.
    Filter,
    /// The name of the keyword of that index.
    Rename(usize),
    /// The name to save the keywords under.
    Save,
    /// The name of the set of keywords to open.
    Open,
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
    /// Keep that the article at that path was read, or that it is unread.
    MarkRead(PathBuf, bool),
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
}
