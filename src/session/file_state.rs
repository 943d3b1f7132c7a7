//! The state of an article's file, as far as the session knows it.

use super::position::ReadingPosition;

/// The state of an article's file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileState {
    /// Only its head is here; more is being read.
    pub is_head: bool,
    /// The reader follows the file as it grows.
    pub follows: bool,
    /// The jump that was asked for while more was being read, and where it led by then.
    pub pending: Option<(Jump, ReadingPosition)>,
    /// The change of the file since it was read.
    pub since: Since,
}

/// A jump to a place that depends on the whole of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jump {
    /// To the end.
    End,
    /// To a per cent of it, below 100.
    PerCent(usize),
    /// To that paragraph, from 1; the last where there are fewer.
    Paragraph(usize),
}

/// The change of a file since it was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Since {
    /// Nothing.
    #[default]
    Same,
    /// It was changed.
    Changed,
    /// It was deleted; the text that was read stays.
    Gone,
}
