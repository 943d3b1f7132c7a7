//! A set of positions: some, or all but some.

use crate::text::Pos;
use std::collections::BTreeSet;

/// A set of the starts of things that are open, or closed: entries of the outline, folds. "All"
/// takes in those that are found later, and costs nothing however many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PosSet {
    /// All positions but the exceptions are in it; else the exceptions alone.
    all: bool,
    except: BTreeSet<Pos>,
}

impl PosSet {
    /// Returns the set of all positions, or of none.
    pub(crate) fn full(all: bool) -> Self {
        Self {
            all,
            except: BTreeSet::new(),
        }
    }

    /// Returns whether a position is in the set. O(log n).
    pub(crate) fn contains(&self, start: Pos) -> bool {
        self.all != self.except.contains(&start)
    }

    /// Puts a position in, or takes it out. Returns whether that changed anything.
    pub(crate) fn set(&mut self, start: Pos, within: bool) -> bool {
        if self.all == within {
            self.except.remove(&start)
        } else {
            self.except.insert(start)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_but_some_is_a_set_too() {
        for all in [false, true] {
            let mut set = PosSet::full(all);
            assert_eq!(set.contains(Pos(3)), all);
            assert!(set.set(Pos(3), !all));
            assert!(!set.set(Pos(3), !all));
            assert_eq!((set.contains(Pos(3)), set.contains(Pos(4))), (!all, all));
            assert!(set.set(Pos(3), all));
            assert_eq!(set, PosSet::full(all));
        }
    }
}
