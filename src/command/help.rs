//! Help texts of commands and settings: in each language a name in brief, a colon, then a
//! sentence or two.

use crate::text::Say;

/// Returns the brief, and the sentences.
pub(crate) fn split(help: Say) -> (Say, Say) {
    let zh = help.0.split_once('：').unwrap_or_default();
    let en = help.1.split_once(": ").unwrap_or_default();
    ((zh.0, en.0), (zh.1, en.1))
}
