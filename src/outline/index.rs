//! Numbers what an outline holds, in four bytes: a long text has hundreds of thousands of points,
//! and each refers to others.

use std::fmt;
use std::num::NonZeroU32;

/// The index of a point, a topic, an entry or a series in its list. `Option<Index>` is as small.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Index(NonZeroU32);

impl Index {
    /// The index `at`; a larger one than fits is clamped.
    pub fn new(at: usize) -> Self {
        Self(NonZeroU32::MIN.saturating_add(u32::try_from(at).unwrap_or(u32::MAX)))
    }

    /// Returns the place in the list.
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
