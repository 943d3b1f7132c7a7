//! Lays out title and facts above the text.
//!
//! The masthead is not part of the document's text: it has no positions, is not
//! searched and not counted. Its rows are strings.

use super::{BlockStyle, Measure, lay_out};
use crate::document::Meta;
use crate::text::Pos;

/// A row of the masthead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MastRow {
    /// Its text; empty for a blank row.
    pub text: String,
    /// Empty cells before it.
    pub indent: usize,
    /// It belongs to the title.
    pub title: bool,
}

/// Returns the masthead's rows for this measure: the title, balanced and centred, the
/// facts (author, source, date) centred below, a blank row after each. Empty where the
/// article has neither.
pub fn masthead(meta: &Meta, measure: &Measure) -> Vec<MastRow> {
    // its rows are strings, drawn unchanged
    let measure = &Measure {
        face: super::Face::plain(measure.face.widths),
        ..*measure
    };
    let mut rows = Vec::new();
    let mut centred = BlockStyle::indented(0, 0);
    (centred.balanced, centred.centred) = (true, true);
    let mut push = |text: &str, title: bool| {
        let laid_out = lay_out(text, Pos(0), centred, measure, &[]);
        rows.extend(laid_out.iter().map(|row| MastRow {
            text: row.drawn().of(text).to_owned(),
            indent: usize::from(row.indent),
            title,
        }));
        if !text.is_empty() {
            rows.push(MastRow::default());
        }
    };
    push(&meta.title, true);
    push(&facts(meta), false);
    rows
}

/// Returns author, source and date on one line, two blanks between them, without addresses.
pub fn facts(meta: &Meta) -> String {
    let date = meta.shown_date().map(str::to_owned);
    let stated = [&meta.author, &meta.source, &date].into_iter().flatten();
    let texts = stated
        .map(String::as_str)
        .filter(|text| !text.contains("://"));
    texts.collect::<Vec<_>>().join("  ")
}
