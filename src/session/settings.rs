//! What the reader has chosen, by file, by argument or by key.
//!
//! Values only; names, ranges and documentation of the settings are in
//! `command::config`.

use crate::layout::measure;
use crate::text::{Lang, WidthPolicy};

/// The reader's choices.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "independent choices of the reader, each a switch")]
pub struct Settings {
    /// Language of the interface.
    pub lang: Lang,
    /// The measure wished for, in cells.
    pub measure: usize,
    /// Blank rows between paragraphs instead of an indent.
    pub gap: bool,
    /// Hanging marks.
    pub hang: bool,
    /// Curly quotes two cells wide where the terminal draws them in one.
    pub wide_quotes: bool,
    /// What this terminal does with widths that Unicode leaves open.
    pub widths: WidthPolicy,
    /// The theme's name, or `auto`.
    pub theme: String,
    /// Whether the program takes the mouse; else the terminal's own selecting works.
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
            hang: true,
            wide_quotes: true,
            widths: WidthPolicy::NARROW,
            theme: "auto".to_owned(),
            mouse: false,
            pace: 400,
        }
    }
}
