//! The inputs of a session: keys, text, the mouse, the terminal's size, answers from the world.

use crate::search::{Answer, Word};
use crate::session::ShelfNews;
use crate::session::drill::due::DueList;
use crate::session::library_pages::LibraryAnswer;
use crate::session::recent::RecentArticle;
use crate::session::shares::SharesAnswer;
use crate::text::key::Key;

/// An input.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted, or committed by an input method.
    Paste(String),
    /// The terminal has another size: columns and rows.
    Resize(u16, u16),
    /// The mouse did something at a column and row.
    Mouse(Mouse, u16, u16),
    /// A search that the world carries out has found something.
    Found(Answer),
    /// The terms of the article were found.
    Terms(Vec<Word>),
    /// The article was counted.
    Shares(SharesAnswer),
    /// The articles that were read last were listed.
    Recent(Vec<RecentArticle>),
    /// The cards that are due were listed.
    Due(DueList),
    /// News of the shelf.
    Shelf(ShelfNews),
    /// An answer about many articles.
    Library(LibraryAnswer),
}

/// An action of the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    /// The left button was pressed.
    Click,
    /// The mouse was moved with the left button held.
    Drag,
    /// The wheel was turned away.
    WheelUp,
    /// The wheel was turned towards the reader.
    WheelDown,
}
