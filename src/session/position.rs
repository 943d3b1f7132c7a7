//! Positions of the screen in the text.

use crate::text::Pos;

/// The position of the screen in the text. A resize does not change it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScrollPosition {
    /// The first cluster of the top row.
    pub top: Pos,
    /// Visible rows without text above it: blank rows, or the masthead above the first row
    /// of text. [`ALL_ABOVE`] for all of them, whatever their number at another size.
    pub lift: usize,
}

impl ScrollPosition {
    /// The very start, with the masthead.
    pub(crate) const START: Self = Self {
        top: Pos(0),
        lift: ALL_ABOVE,
    };
}

/// All rows without text above the top row are visible.
pub const ALL_ABOVE: usize = usize::MAX;

/// The position of the screen and of the reader's focus: enough to come back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadingPosition {
    /// The position of the screen.
    pub place: ScrollPosition,
    /// The target of the last jump, hit or motion.
    pub focus: Pos,
}
