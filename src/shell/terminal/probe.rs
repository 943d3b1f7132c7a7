//! Asks the terminal for widths that Unicode leaves open or on which terminals disagree.
//!
//! 1. [`questions`] writes each probe into the corner, unseen, and asks for the cursor's
//!    position after it. Nothing waits for the answers.
//! 2. [`learn`] takes the answers in the same order.
//!
//! Without answers widths stay as Unicode says and ambiguous characters take one
//! cell; the locale never decides.

use crate::text::width::Emoji;
use crate::text::{Ambiguous, WidthPolicy};

/// Cells of the corner that the probes may overwrite.
pub(crate) const PROBE_CELLS: u16 = 9;

/// Learns from the number of cells that a probe took.
type Lesson = fn(&mut WidthPolicy, u8);

const PROBES: &[(&str, Lesson)] = &[
    ("“", |w, cells| {
        w.ambiguous = match cells {
            2 => Ambiguous::Wide,
            _ => Ambiguous::Narrow,
        }
    }),
    ("❤\u{fe0f}", |w, cells| {
        w.emoji.selected = cells.clamp(1, 2);
    }),
    ("👍🏽", |w, cells| {
        w.emoji.toned = if cells >= 4 { 4 } else { 2 }
    }),
    ("👨\u{200d}👩\u{200d}👧", |w, cells| {
        w.emoji.joined = match cells {
            6.. => cells.min(8),
            _ => Emoji::default().joined,
        }
    }),
];

/// Returns the questions as bytes for the terminal. The cursor and its colours stay as they
/// were, the corner does not.
pub(crate) fn questions() -> Vec<u8> {
    let mut out = "\u{1b}7\u{1b}[8m".to_owned();
    for (probe, _) in PROBES {
        out.extend(["\u{1b}[H", probe, "\u{1b}[6n"]);
    }
    out.push_str("\u{1b}8");
    out.into_bytes()
}

/// Returns the widths known after the answer to question `nth`: the cursor's column after
/// the probe, from 1.
pub(crate) fn learn(mut widths: WidthPolicy, nth: usize, column: u16) -> WidthPolicy {
    if let (Some((_, lesson)), 2..=10) = (PROBES.get(nth), column) {
        lesson(&mut widths, (column - 1) as u8);
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learn_all(columns: [u16; 4]) -> WidthPolicy {
        let answers = columns.into_iter().enumerate();
        answers.fold(WidthPolicy::NARROW, |w, (i, c)| learn(w, i, c))
    }

    #[test]
    fn three_terminals_as_measured() {
        for (columns, ambiguous, (selected, toned, joined)) in [
            ([2, 2, 5, 3], Ambiguous::Narrow, (1, 4, 2)),
            ([2, 2, 5, 7], Ambiguous::Narrow, (1, 4, 6)),
            ([3, 2, 5, 9], Ambiguous::Wide, (1, 4, 8)),
        ] {
            let emoji = Emoji {
                selected,
                toned,
                joined,
            };
            let wanted = WidthPolicy { ambiguous, emoji };
            assert_eq!(learn_all(columns), wanted, "{columns:?}");
        }
        // a line edge, or nonsense
        assert_eq!(learn_all([1, 80, 0, 1]), WidthPolicy::NARROW);
    }
}
