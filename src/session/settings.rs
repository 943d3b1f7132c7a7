//! The reader's choices, by file, by argument or by key.
//!
//! Values only; names, ranges and documentation of the settings are in
//! `command::config`.

use crate::layout::{Face, measure};
use crate::text::Lang;

/// The reader's choices.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "independent choices of the reader, each a switch"
)]
pub struct Settings {
    /// Language of the interface.
    pub lang: Lang,
    /// The preferred measure, in cells.
    pub measure: usize,
    /// Blank rows between paragraphs instead of an indent.
    pub gap: bool,
    /// Numbers of paragraphs in the margin.
    pub numbers: bool,
    /// Hanging marks.
    pub hang: bool,
    /// An empty row between rows.
    pub leading: bool,
    /// All but the sentence being read is dimmed.
    pub ruler: bool,
    /// The terminal is asked for the widths that Unicode leaves open.
    pub asks_widths: bool,
    /// The drawing of clusters: this terminal's widths, and the reader's choice of quotes,
    /// dashes, blanks.
    pub face: Face,
    /// The theme's name, or `auto`.
    pub theme: String,
    /// The program takes the mouse; else the terminal's own selection works.
    pub mouse: bool,
    /// Characters read in a minute, for the time an article takes.
    pub pace: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lang: Lang::Zh,
            measure: measure::DEFAULT,
            gap: false,
            numbers: false,
            hang: true,
            leading: false,
            ruler: false,
            asks_widths: true,
            face: Face {
                wide_quotes: true,
                ..Face::default()
            },
            theme: "auto".to_owned(),
            mouse: false,
            pace: 400,
        }
    }
}
