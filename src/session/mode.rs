//! What keys mean now, what is to be said, and what the world must do.

use super::prompt::Prompt;
use crate::text::key::Key;

/// What keys mean now.
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
    /// What the outline's entries must hold is being typed.
    Filter(Prompt),
    /// A command is being typed; which of the offered ones is chosen.
    Palette(Prompt, usize),
    /// The keyword panel; which keyword is chosen.
    Keywords(usize),
    /// The settings panel; which setting is chosen.
    Settings(usize),
    /// A line is being typed for something else.
    Line(Purpose, Prompt),
    /// The list of hits.
    Hits,
    /// The terms that were proposed; which one is chosen.
    Terms(usize),
    /// The help; how many rows it is scrolled.
    Help(usize),
    /// The facts of the article.
    Facts,
    /// The notes whose marks are on the screen: their blocks, and how many rows
    /// it is scrolled.
    Notes(Vec<usize>, usize),
    /// The shelf.
    Shelf,
    /// The list of marks and notes.
    Marks,
    /// What the listed marks must hold is being typed.
    MarkFilter(Prompt),
    /// A note is being typed.
    Note(Prompt),
}

impl Mode {
    /// The line being typed, if one is.
    pub fn prompt(&self) -> Option<&Prompt> {
        match self {
            Self::Search(p)
            | Self::Keyword(p)
            | Self::Filter(p)
            | Self::Palette(p, _)
            | Self::Line(_, p)
            | Self::MarkFilter(p)
            | Self::Note(p) => Some(p),
            _ => None,
        }
    }

    /// The line being typed, to be changed.
    pub fn prompt_mut(&mut self) -> Option<&mut Prompt> {
        match self {
            Self::Search(p)
            | Self::Keyword(p)
            | Self::Filter(p)
            | Self::Palette(p, _)
            | Self::Line(_, p)
            | Self::MarkFilter(p)
            | Self::Note(p) => Some(p),
            _ => None,
        }
    }
}

/// What a line is typed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// What the rows of the list of hits must hold.
    Filter,
    /// The name of the keyword of that index.
    Rename(usize),
    /// The name to save the keywords under.
    Save,
    /// The name of the set of keywords to open.
    Open,
}

/// Something said on the status row until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What.
    pub text: String,
    /// Whether something went wrong.
    pub warns: bool,
}

/// Keys of an unfinished sequence, and the count typed before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    /// The count, if digits were typed.
    pub count: Option<usize>,
    /// The keys so far.
    pub keys: Vec<Key>,
    /// The letter that ended a sequence that takes any.
    pub letter: Option<char>,
}

/// What the world must do after an input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Effect {
    /// Nothing but drawing.
    #[default]
    None,
    /// End.
    Quit,
    /// Stop until the shell wakes us.
    Suspend,
    /// Draw everything anew.
    Redraw,
    /// Open the article of that number on the shelf.
    Open(usize),
    /// Read the article's file again.
    Reload,
    /// Read the raw source again, which was not kept, and show it.
    ReadSource,
    /// Following the article's file has been switched on or off.
    Follow,
    /// Read the article's file in the next encoding.
    NextEncoding,
    /// Write a setting and its value into the settings file.
    KeepSetting(&'static str, String),
    /// Show the shelf, whatever it holds.
    FillShelf,
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
        /// What is copied.
        text: String,
        /// How it is called.
        what: String,
    },
    /// Let the reader's editor change the note that is being typed.
    Edit(String),
    /// List the marks of all articles.
    AllMarks,
    /// Open the article at that path, at the mark of that name.
    OpenMark {
        /// Where the article lies.
        path: String,
        /// The mark's name in the store.
        uid: String,
    },
    /// Go to the bookmark of that capital, which is in another article.
    Bookmark(char),
    /// Write the marks of the article to a file.
    Export,
}
