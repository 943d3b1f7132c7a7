//! Fills rows: greedy, with a look back to the last place where a row may end.
//!
//! 1. As many clusters as fit; one stop may hang in the gutter (F-2).
//! 2. Back to the last free break; where there is none, the costlier ones in
//!    their order (F-9).
//! 3. A last row of a single character takes one more from the row above (F-6).
//!
//! Greedy is enough: on Chinese text an optimal fit gains one cell on its worst
//! row. Headings are balanced by narrowing the measure while the number of rows
//! stays.

use super::breaks::{Cost, Prepared};
use super::class::Class::{Apostrophe, AsciiClose, Close, Dash, Digit, Ellipsis, Letter, Open};
use super::class::ClassSet;

/// The clusters of one row: `start..end`, of which `start..shown` is drawn (white space at
/// the end is not).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowRange {
    /// First cluster.
    pub start: usize,
    /// One past the last cluster that is drawn.
    pub shown: usize,
    /// First cluster of the next row.
    pub end: usize,
}

/// Widths of the rows in cells, and what may be done at their ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Cells of the first row.
    pub first: usize,
    /// Cells of every other row.
    pub rest: usize,
    /// One stop may hang right of the measure (F-2).
    pub hang: bool,
    /// The last row must hold two characters (F-6).
    pub widow: bool,
}

/// Fills `p` into rows. Returns an empty list for an empty text only.
pub fn fill(p: &Prepared, fit: Fit) -> Vec<RowRange> {
    let mut rows: Vec<RowRange> = Vec::new();
    let mut start = 0;
    while start < p.len() {
        let width = if rows.is_empty() { fit.first } else { fit.rest };
        let end = row_end(p, start, width, fit.hang);
        let shown = trimmed(p, start, end);
        rows.push(RowRange { start, shown, end });
        start = end;
    }
    if fit.widow {
        mend_widow(p, &mut rows, fit);
    }
    rows
}

/// Fills `p` so that the rows are as equal as can be: the narrowest measure
/// that needs no more rows. O(n log width).
pub fn balanced(p: &Prepared, fit: Fit) -> Vec<RowRange> {
    let plain = fill(p, fit);
    if plain.len() < 2 {
        return plain;
    }
    let narrowed = |cells: usize| {
        let mut fit = Fit { hang: false, ..fit };
        (fit.first, fit.rest) = (cells.min(fit.first), cells);
        fill(p, fit)
    };
    let (mut low, mut high) = (fit.rest / 2, fit.rest);
    while low < high {
        let middle = usize::midpoint(low, high);
        if narrowed(middle).len() <= plain.len() {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    let best = narrowed(high);
    if best.len() <= plain.len() {
        best
    } else {
        plain
    }
}

/// A marker moves to the next row with the text behind it unless that shortens the row above
/// by more than one part in this many (I-8).
const MAX_RAGGED_PART: usize = 18;

/// Returns the end of the row of `width` cells that begins at `start`; always past `start`.
fn row_end(p: &Prepared, start: usize, width: usize, hang: bool) -> usize {
    let n = p.len();
    let used = |i: usize| p.used(start, i);
    let mut fits = (start + p.reach(start, width)).max(start + 1).min(n);
    // a cluster without width and white space may follow the last that fits
    while fits < n && (p.is_space(fits) || used(fits + 1) <= width) {
        fits += 1;
    }
    if fits >= n {
        return n;
    }
    if hang && p.hangs[fits] && used(fits) <= width {
        let is_text = |i: &usize| !p.is_space(*i);
        let after = (fits + 1..n).find(is_text).unwrap_or(n);
        if after >= n || p.costs[after] == Cost::Free {
            return after;
        }
    }
    let free = p.last_free[fits] as usize;
    if free > start {
        let is_ragged = (width - used(free).min(width)) * MAX_RAGGED_PART > width;
        let loose = p.last_loose.get(fits).filter(|_| is_ragged);
        return loose.map_or(free, |&loose| loose as usize);
    }
    for cost in [Cost::Soft, Cost::Word, Cost::Glue] {
        if let Some(b) = (start + 1..=fits).rev().find(|&i| p.costs[i] <= cost) {
            return b;
        }
    }
    // against a prohibition, but still not inside —— and …… where possible
    let pair = |i: usize| {
        matches!(
            (p.classes[i - 1], p.classes[i]),
            (Dash, Dash) | (Ellipsis, Ellipsis)
        )
    };
    (start + 1..=fits).rev().find(|&i| !pair(i)).unwrap_or(fits)
}

/// Returns the end of the drawn part of the row `start..end`.
fn trimmed(p: &Prepared, start: usize, end: usize) -> usize {
    let spaces = (start..end).rev().take_while(|&i| p.is_space(i));
    end - spaces.count()
}

/// Marks that do not count as a character of a last row.
const LIGHT_MARKS: ClassSet = ClassSet::of(&[Close, AsciiClose, Open, Apostrophe]);

/// F-6: gives a last row of a single character one more if the row above stays at least half
/// full.
fn mend_widow(p: &Prepared, rows: &mut [RowRange], fit: Fit) {
    let count = rows.len();
    let [.., above, last] = rows else { return };
    let classes = &p.classes[last.start..last.shown];
    let bodies = classes.iter().filter(|c| !LIGHT_MARKS.has(**c)).count();
    let mut classes = classes.iter();
    let has_word = classes.any(|c| matches!(c, Letter | Digit));
    if bodies >= 2 || has_word || above.end <= above.start + 1 {
        return;
    }
    let from = p.last_free[above.end - 1] as usize;
    if from <= above.start {
        return;
    }
    let shown = trimmed(p, above.start, from);
    let width = if count == 2 { fit.first } else { fit.rest };
    let left = p.used(above.start, shown);
    let grown = p.used(from, last.shown);
    if left * 2 >= width && grown <= fit.rest {
        (above.shown, above.end, last.start) = (shown, from, from);
    }
}
