//! How long the reader reads, and how fast: by what was scrolled past while he
//! was at it.
//!
//! 1. Time between two inputs counts as reading, unless it is longer than
//!    [`IDLE`]: then he was away.
//! 2. Text that leaves the screen at its top by scrolling was read. What was
//!    jumped over was not; leafing through and dozing are no pace.
//!
//! Knows no clock: the time is given in, in milliseconds.

use crate::text::Pos;

/// Longer than this without an input is no reading, in milliseconds.
pub const IDLE: u64 = 120_000;
/// A pace is told from stretches of at least so long, in milliseconds.
const STRETCH: u64 = 20_000;
/// Slower or faster than this is not reading, in characters a minute.
const READING: std::ops::RangeInclusive<u64> = 60..=1500;
/// The pace is told from so much reading on, in milliseconds.
const ENOUGH: u64 = 180_000;

/// What was read, to be added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// Milliseconds of reading.
    pub ms: u64,
    /// Characters that were scrolled past.
    pub chars: u64,
    /// Milliseconds of the stretches that tell a pace.
    pub paced_ms: u64,
    /// Characters of those stretches.
    pub paced_chars: u64,
}

impl Read {
    /// The two together.
    pub fn plus(self, other: Self) -> Self {
        Self {
            ms: self.ms + other.ms,
            chars: self.chars + other.chars,
            paced_ms: self.paced_ms + other.paced_ms,
            paced_chars: self.paced_chars + other.paced_chars,
        }
    }

    /// Characters a minute, where enough was read to tell.
    pub fn pace(self) -> Option<usize> {
        let enough = self.paced_ms >= ENOUGH && self.paced_chars > 0;
        enough.then(|| {
            usize::try_from(self.paced_chars * 60_000 / self.paced_ms)
                .unwrap_or(usize::MAX)
                .max(1)
        })
    }
}

/// The clock of one reading.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pace {
    /// When the last input came.
    last: Option<u64>,
    /// Where the screen stood then: its top and its bottom.
    seen: (Pos, Pos),
    /// What was read and not yet handed out.
    fresh: Read,
    /// The stretch that is being measured.
    stretch: (u64, u64),
    /// What was read since the program began.
    pub session: Read,
    /// What was read of this article since it was opened.
    pub here: Read,
}

impl Pace {
    /// Something came in at `now`, or is about to end; the screen shows from `top`
    /// to `bottom` now. `chars` counts the characters between two places.
    pub fn tick(
        &mut self,
        now: u64,
        (top, bottom): (Pos, Pos),
        reading: bool,
        chars: impl Fn(Pos, Pos) -> u64,
    ) {
        let gap = self.last.map_or(0, |last| now.saturating_sub(last));
        self.last = Some(now);
        let (old_top, old_bottom) = std::mem::replace(&mut self.seen, (top, bottom));
        if !reading || gap > IDLE {
            self.stretch = (0, 0);
            return;
        }
        let scrolled = top > old_top && top <= old_bottom;
        let passed = if scrolled { chars(old_top, top) } else { 0 };
        let mut read = Read {
            ms: gap,
            chars: passed,
            ..Read::default()
        };
        self.stretch = (self.stretch.0 + gap, self.stretch.1 + passed);
        let (ms, passed) = self.stretch;
        if ms >= STRETCH && scrolled {
            if READING.contains(&(passed * 60_000 / ms)) {
                (read.paced_ms, read.paced_chars) = (ms, passed);
            }
            self.stretch = (0, 0);
        }
        self.fresh = self.fresh.plus(read);
        self.session = self.session.plus(read);
        self.here = self.here.plus(read);
    }

    /// Another article is taken up.
    pub fn turn(&mut self) {
        self.stretch = (0, 0);
        self.seen = (Pos(0), Pos(0));
        self.here = Read::default();
    }

    /// Hands out what was read since the last time.
    pub fn take(&mut self) -> Read {
        std::mem::take(&mut self.fresh)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads pages of 300 characters, each in `ms`.
    fn read(pages: u32, ms: u64) -> Pace {
        let mut pace = Pace::default();
        for i in 0..pages {
            let top = Pos(i * 300);
            pace.tick(u64::from(i) * ms, (top, Pos(top.0 + 320)), true, |a, b| {
                u64::from(b.0 - a.0)
            });
        }
        pace
    }

    #[test]
    fn the_pace_is_what_was_scrolled_past() {
        let pace = read(11, 45_000);
        assert_eq!((pace.session.ms, pace.session.chars), (450_000, 3000));
        assert_eq!(pace.session.pace(), Some(400));
    }

    #[test]
    fn leafing_and_absence_are_no_pace() {
        assert_eq!(read(500, 1000).session.pace(), None);
        let away = read(5, IDLE + 1);
        assert_eq!((away.session.ms, away.session.pace()), (0, None));
        let mut jumped = Pace::default();
        jumped.tick(0, (Pos(0), Pos(300)), true, |_, _| 300);
        jumped.tick(60_000, (Pos(9000), Pos(9300)), true, |_, _| 9000);
        assert_eq!(jumped.session.chars, 0);
    }
}
