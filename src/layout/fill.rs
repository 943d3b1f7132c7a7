//! Fills rows: greedy, with a look back to the last place where a row may end.
//!
//! 1. As many clusters as fit; one stop may hang in the gutter (CLREQ 悬挂).
//! 2. Back to the last free break; where there is none, the dearer ones in
//!    their order (F-9).
//! 3. The last row of a paragraph takes a character from the row above rather
//!    than stand with a single one (孤字).
//!
//! Greedy is enough: on Chinese text an optimal fit gains one cell on its worst
//! row. Headings are balanced by narrowing the measure while the number of rows
//! stays.

use super::breaks::{Cost, Prepared};
use super::class::Class;

/// A row of one stretch, in clusters: `start..end`, of which `start..shown`
/// is drawn (white space at the end is not).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// First cluster.
    pub start: usize,
    /// One past the last cluster that is drawn.
    pub shown: usize,
    /// Where the next row starts.
    pub end: usize,
}

/// How rows are to be filled. All widths are cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    /// What the first row holds.
    pub first: usize,
    /// What every other row holds.
    pub rest: usize,
    /// Whether one stop may stand right of the measure.
    pub hang: bool,
    /// Whether the last row must hold two characters.
    pub widow: bool,
}

/// Fills `p` into rows. Never returns an empty list, but for an empty stretch.
pub fn fill(p: &Prepared, fit: Fit) -> Vec<Cut> {
    let mut rows: Vec<Cut> = Vec::new();
    let mut start = 0;
    while start < p.len() {
        let width = if rows.is_empty() { fit.first } else { fit.rest };
        let end = row_end(p, start, width, fit.hang);
        rows.push(Cut {
            start,
            shown: trimmed(p, start, end),
            end,
        });
        start = end;
    }
    if fit.widow {
        mend_widow(p, &mut rows, fit);
    }
    rows
}

/// Fills `p` so that the rows are as equal as can be: the narrowest measure
/// that needs no more rows. O(n log width).
pub fn balanced(p: &Prepared, fit: Fit) -> Vec<Cut> {
    let plain = fill(p, fit);
    if plain.len() < 2 {
        return plain;
    }
    let (mut low, mut high) = (fit.rest / 2, fit.rest);
    while low < high {
        let middle = usize::midpoint(low, high);
        let narrower = Fit {
            first: middle.min(fit.first),
            rest: middle,
            hang: false,
            ..fit
        };
        if fill(p, narrower).len() <= plain.len() {
            high = middle
        } else {
            low = middle + 1
        }
    }
    let best = fill(
        p,
        Fit {
            first: high.min(fit.first),
            rest: high,
            hang: false,
            ..fit
        },
    );
    if best.len() <= plain.len() {
        best
    } else {
        plain
    }
}

/// A marker goes to the next row with what follows it only where the row above
/// is not shortened by more than this part of the measure (I-8).
const RAGGED: usize = 18;

/// Where the row that starts at `start` ends, for a row of `width` cells.
/// Always past `start`.
fn row_end(p: &Prepared, start: usize, width: usize, hang: bool) -> usize {
    let n = p.len();
    let used = |i: usize| p.used(start, i);
    let mut fits = (start + p.reach(start, width)).max(start + 1).min(n);
    // what has no width or is white space may follow the last that fits
    while fits < n && (p.is_space(fits) || used(fits + 1) <= width) {
        fits += 1;
    }
    if fits >= n {
        return n;
    }
    if hang && p.hangs[fits] && used(fits) <= width {
        let mut after = fits + 1;
        while after < n && p.is_space(after) {
            after += 1;
        }
        if after >= n || p.costs[after] == Cost::Free {
            return after;
        }
    }
    let free = p.last_free[fits] as usize;
    if free > start {
        let ragged = (width - used(free).min(width)) * RAGGED > width;
        return p
            .last_loose
            .get(fits)
            .map_or(free, |&loose| if ragged { loose as usize } else { free });
    }
    for cost in [Cost::Soft, Cost::Word, Cost::Glue] {
        if let Some(b) = (start + 1..=fits).rev().find(|&i| p.costs[i] <= cost) {
            return b;
        }
    }
    // against a prohibition, but still not inside —— and …… if it can be helped
    let pair = |i: usize| {
        matches!(
            (p.classes[i - 1], p.classes[i]),
            (Class::Dash, Class::Dash) | (Class::Ellipsis, Class::Ellipsis)
        )
    };
    (start + 1..=fits).rev().find(|&i| !pair(i)).unwrap_or(fits)
}

/// The end of what is drawn of the row `start..end`.
fn trimmed(p: &Prepared, start: usize, end: usize) -> usize {
    let mut shown = end;
    while shown > start && p.is_space(shown - 1) {
        shown -= 1;
    }
    shown
}

/// F-6: gives a last row of a single character one more, where the row above
/// stays at least half full.
fn mend_widow(p: &Prepared, rows: &mut [Cut], fit: Fit) {
    let count = rows.len();
    let [.., above, last] = rows else { return };
    let bodies = (last.start..last.shown)
        .filter(|&i| {
            !matches!(
                p.classes[i],
                Class::Close | Class::AsciiClose | Class::Open | Class::Apostrophe
            )
        })
        .count();
    let words =
        (last.start..last.shown).any(|i| matches!(p.classes[i], Class::Letter | Class::Digit));
    if bodies >= 2 || words || above.end <= above.start + 1 {
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
        *above = Cut {
            start: above.start,
            shown,
            end: from,
        };
        last.start = from;
    }
}
