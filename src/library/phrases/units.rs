//! A text as its Han alone, as phrases are made of them.

use crate::text::fold::is_invisible;
use crate::text::han::is_han;
use crate::text::script::simplify;

/// The unit between two phrases: a mark, a blank, a letter, the end of a paragraph.
pub(super) const PARTING: u16 = 0;
/// The unit between two phrases where a number is.
pub(super) const NUMBER: u16 = 1;

/// Returns whether a unit is a Han.
pub(super) fn is_unit_of_han(unit: u16) -> bool {
    unit > NUMBER
}

/// The Han of a text, with [`PARTING`] or [`NUMBER`] where something else is between them.
#[derive(Debug, Default)]
pub(super) struct UnitText {
    /// The Han in one script.
    pub(super) folded: Vec<u16>,
    /// The Han as they are written.
    pub(super) written: Vec<u16>,
}

impl UnitText {
    /// Returns the Han of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut units = Self {
            folded: Vec::with_capacity(text.len() / 3),
            written: Vec::with_capacity(text.len() / 3),
        };
        for c in text.chars() {
            let unit = u16::try_from(u32::from(c)).ok().filter(|_| is_han(c));
            match unit {
                Some(unit) => {
                    let folded = u16::try_from(u32::from(simplify(c))).unwrap_or(unit);
                    units.folded.push(folded);
                    units.written.push(unit);
                }
                None if is_invisible(c) => {}
                None => units.part(if c.is_numeric() { NUMBER } else { PARTING }),
            }
        }
        units
    }

    /// Adds a character that is not Han; of several such the last one parts.
    fn part(&mut self, parting: u16) {
        match self.folded.last_mut() {
            Some(last) if !is_unit_of_han(*last) => *last = parting,
            _ => {
                self.folded.push(parting);
                self.written.push(PARTING);
            }
        }
    }
}

/// Returns the text that units were made of.
pub(super) fn text_of(units: &[u16]) -> String {
    let chars = units.iter().map(|unit| u32::from(*unit));
    chars.filter_map(char::from_u32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_han_are_kept_in_one_script() {
        let units = UnitText::of("國安\u{200b}法，——第5條\n甲");
        assert_eq!(text_of(&units.folded), "国安法\0第\u{1}条\0甲");
        assert_eq!(text_of(&units.written), "國安法\0第\0條\0甲");
    }
}
