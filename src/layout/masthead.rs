//! Sets title and facts above the text.
//!
//! The masthead is no part of the document's text: it has no positions, is not
//! searched and not counted. Its rows are strings.

use super::{Measure, Setting, lay_out};
use crate::document::Meta;
use crate::text::Pos;

/// A row of the masthead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MastRow {
    /// What it says; empty for a blank row.
    pub text: String,
    /// Empty cells before it.
    pub indent: usize,
    /// Whether it belongs to the title.
    pub title: bool,
}

/// The masthead's rows for this measure: the title, balanced and centred, the
/// facts (author, date, source) centred below, a blank row after each. Empty
/// where the article has neither.
pub fn masthead(meta: &Meta, measure: &Measure) -> Vec<MastRow> {
    // its rows are strings, drawn as they stand
    let measure = &Measure {
        face: super::Face::plain(measure.face.widths),
        ..*measure
    };
    let mut rows = Vec::new();
    let centred = Setting {
        balanced: true,
        centred: true,
        ..Setting::default()
    };
    let mut set = |text: &str, title: bool| {
        for row in lay_out(text, Pos(0), centred, measure, &[]) {
            rows.push(MastRow {
                text: row.drawn().of(text).to_owned(),
                indent: usize::from(row.indent),
                title,
            });
        }
        if !text.is_empty() {
            rows.push(MastRow {
                text: String::new(),
                indent: 0,
                title: false,
            });
        }
    };
    set(&meta.title, true);
    set(&facts(meta), false);
    rows
}

/// Author, source and date on one line, two blanks between them. An address is
/// no source that one reads.
pub fn facts(meta: &Meta) -> String {
    let said = [&meta.author, &meta.source, &meta.date]
        .into_iter()
        .flatten()
        .map(String::as_str);
    said.filter(|text| !text.contains("://"))
        .collect::<Vec<_>>()
        .join("  ")
}
