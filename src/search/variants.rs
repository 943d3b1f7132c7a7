//! The forms of a character that match each other: case, width and quotes, and for Han
//! simplified and traditional.
//!
//! Several traditional forms of one simplified one (發 and 髮 of 发) match each other.

use crate::text::{fold, script};

/// Returns every character that `c` matches, itself among them.
///
/// ```
/// use jingdu::search::variants::forms;
/// assert_eq!(forms('體'), ['体', '體']);
/// assert_eq!(forms('津'), ['津']);
/// ```
pub fn forms(c: char) -> Vec<char> {
    match script::forms(c) {
        Some(line) => line.chars().collect(),
        None => fold::variants(c),
    }
}
