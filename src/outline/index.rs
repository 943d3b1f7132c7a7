//! Numbers what an outline holds, in four bytes: a long text has hundreds of thousands
//! of points, and each names others.
//!
//! 1. [`Index`]: which point, topic, entry or series; `Option<Index>` is no larger.
//! 2. [`Members`]: which points form which series, in two lists for all of them.
//!
//! Knows nothing of what it numbers.

use std::fmt;
use std::num::NonZeroU32;

/// The index of a point, a topic, an entry or a series: [`Index::get`] says where in
/// its list. Lists end before 4 G, as texts do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Index(NonZeroU32);

impl Index {
    /// The index `at`; a larger one than there can be is clamped.
    pub fn new(at: usize) -> Self {
        Self(NonZeroU32::MIN.saturating_add(u32::try_from(at).unwrap_or(u32::MAX)))
    }

    /// Where in its list.
    pub fn get(self) -> usize {
        self.0.get() as usize - 1
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

impl fmt::Display for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

/// The series of an outline with their points (一组要点), numbered from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Members {
    /// Where in `members` each series ends; it begins where the one before it ends.
    ends: Vec<u32>,
    /// The points of each series in text order, one series behind the other.
    members: Vec<Index>,
}

impl Members {
    /// Sorts points into series: the series of each point, of which there are `count`.
    pub(super) fn new(count: usize, series: impl Iterator<Item = Index> + Clone) -> Self {
        let mut ends = vec![0u32; count];
        let mut points = 0;
        for s in series.clone() {
            points += 1;
            if let Some(size) = ends.get_mut(s.get()) {
                *size += 1;
            }
        }
        // first where each begins, which filling moves on to where it ends
        let mut begin = 0;
        for end in &mut ends {
            begin += std::mem::replace(end, begin);
        }
        let mut members = vec![Index::new(0); points];
        for (point, s) in series.enumerate() {
            let Some(end) = ends.get_mut(s.get()) else {
                continue;
            };
            if let Some(slot) = members.get_mut(*end as usize) {
                *slot = Index::new(point);
            }
            *end += 1;
        }
        Self { ends, members }
    }

    /// How many series there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The points of a series, in text order.
    pub fn get(&self, series: usize) -> Option<&[Index]> {
        let end = *self.ends.get(series)? as usize;
        let begin = series
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .map_or(0, |end| *end as usize);
        self.members.get(begin..end)
    }

    /// The points of each series, in the order of their first members.
    pub fn iter(&self) -> impl Iterator<Item = &[Index]> {
        (0..self.len()).filter_map(|series| self.get(series))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_takes_four_bytes() {
        assert_eq!(size_of::<Option<Index>>(), 4);
        assert_eq!(
            [0, 7, 1 << 31].map(|at| Index::new(at).get()),
            [0, 7, 1 << 31]
        );
    }

    #[test]
    fn points_are_sorted_into_series() {
        let members = Members::new(3, [0, 1, 0, 2, 1, 0].map(Index::new).into_iter());
        let sorted: Vec<Vec<usize>> = members
            .iter()
            .map(|s| s.iter().map(|p| p.get()).collect())
            .collect();
        assert_eq!(sorted, [vec![0, 2, 5], vec![1, 4], vec![3]]);
        assert_eq!((members.len(), members.get(3)), (3, None));
    }
}
