//! The forms of a character that match each other: case, width and quotes, and for Han
//! simplified and traditional.
//!
//! The table is per character, read once when it is first needed. Several traditional forms
//! of one simplified one (發 and 髮 of 发) match each other.

use crate::text::fold;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A line for each character with other forms: the simplified one first.
const TABLE: &str = include_str!("variants.txt");

/// Returns the table from a character to the line of all its forms.
fn table() -> &'static HashMap<char, &'static str> {
    static READ: OnceLock<HashMap<char, &'static str>> = OnceLock::new();
    READ.get_or_init(|| {
        let lines = TABLE.lines().filter(|l| !l.starts_with('#'));
        let pairs = lines.flat_map(|line| line.chars().map(move |c| (c, line)));
        pairs.collect()
    })
}

/// Returns every character that `c` matches, itself among them.
///
/// ```
/// use jingdu::search::variants::forms;
/// assert_eq!(forms('體'), ['体', '體']);
/// assert_eq!(forms('冀'), ['冀']);
/// ```
pub fn forms(c: char) -> Vec<char> {
    match table().get(&c) {
        Some(line) => line.chars().collect(),
        None => fold::variants(c),
    }
}

/// Returns the simplified form of a character, itself where it has no other.
pub fn simplified(c: char) -> char {
    let first = table().get(&c).and_then(|line| line.chars().next());
    first.unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_mutual_and_each_in_one_line() {
        let mut lines = 0;
        for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
            lines += 1;
            for c in line.chars() {
                assert_eq!(forms(c).iter().collect::<String>(), line, "{c}");
                assert_eq!(Some(simplified(c)), line.chars().next());
            }
        }
        assert!(lines > 3000);
    }
}
