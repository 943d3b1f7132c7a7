//! Recognises the headings of notes and bibliographies.

use crate::document::parts::{Part, part};
use crate::format::prose;

/// Recognises the heading of notes or a bibliography.
pub(crate) fn is_note_head(text: &str) -> bool {
    text.len() <= 80
        && matches!(part(text), Some(Part::Notes | Part::Sources))
        && prose::at_most(text, 12)
}
