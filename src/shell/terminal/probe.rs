//! What the terminal is asked about widths that Unicode leaves open, or on which
//! terminals disagree.
//!
//! 1. [`questions`] writes each probe into the corner, unseen, and asks where the
//!    cursor is then. Nothing waits for the answers.
//! 2. [`learn`] takes the answers in the same order.
//!
//! Where nothing answers, everything stays as Unicode says and ambiguous
//! characters take one cell; never does the locale decide.

use crate::text::width::Emoji;
use crate::text::{Ambiguous, WidthPolicy};

/// Cells of the corner that the probes may write on.
pub const CELLS: u16 = 9;

/// What the cells of a probe tell.
type Lesson = fn(&mut WidthPolicy, u8);

/// What is written, and what its cells tell.
const PROBES: &[(&str, Lesson)] = &[
    ("“", |w, cells| {
        w.ambiguous = if cells == 2 {
            Ambiguous::Wide
        } else {
            Ambiguous::Narrow
        }
    }),
    ("❤\u{fe0f}", |w, cells| {
        w.emoji.selected = cells.clamp(1, 2)
    }),
    ("👍🏽", |w, cells| {
        w.emoji.toned = if cells >= 4 { 4 } else { 2 }
    }),
    ("👨\u{200d}👩\u{200d}👧", |w, cells| {
        w.emoji.joined = if cells >= 6 {
            cells.min(8)
        } else {
            Emoji::default().joined
        }
    }),
];

/// The questions, as bytes for the terminal: the cursor and its colours are as
/// before, the corner is not.
pub fn questions() -> Vec<u8> {
    let mut out = "\u{1b}7\u{1b}[8m".to_owned();
    for (probe, _) in PROBES {
        out.extend(["\u{1b}[H", probe, "\u{1b}[6n"]);
    }
    out.push_str("\u{1b}8");
    out.into_bytes()
}

/// What is known after the answer to question `nth`: the column, from 1, in
/// which the cursor stood after the probe.
pub fn learn(mut widths: WidthPolicy, nth: usize, column: u16) -> WidthPolicy {
    if let (Some((_, learned)), 2..=10) = (PROBES.get(nth), column) {
        learned(&mut widths, (column - 1) as u8);
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_terminals_as_measured() {
        let of = |columns: [u16; 4]| {
            columns
                .iter()
                .enumerate()
                .fold(WidthPolicy::NARROW, |w, (i, c)| learn(w, i, *c))
        };
        assert_eq!(
            of([2, 2, 5, 3]),
            WidthPolicy {
                ambiguous: Ambiguous::Narrow,
                emoji: Emoji {
                    selected: 1,
                    toned: 4,
                    joined: 2
                }
            }
        );
        assert_eq!(of([2, 2, 5, 7]).emoji.joined, 6);
        assert_eq!(
            of([3, 2, 5, 9]),
            WidthPolicy {
                ambiguous: Ambiguous::Wide,
                emoji: Emoji {
                    selected: 1,
                    toned: 4,
                    joined: 8
                }
            }
        );
        // a line edge, or nonsense
        assert_eq!(of([1, 80, 0, 1]), WidthPolicy::NARROW);
    }
}
