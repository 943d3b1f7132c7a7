//! Measures reading time and pace.
//!
//! 1. Time between two inputs counts as reading, unless it is longer than two minutes: then
//!    the reader was away.
//! 2. Text that leaves the screen at its top by scrolling was read; text that was
//!    jumped over was not. Leafing through and dozing do not count for the pace.
//!
//! Knows no clock: the time is given in, in milliseconds.

use super::shown_text::ShownText;
use crate::text::Pos;

/// A longer time without an input is not reading, in milliseconds.
const IDLE_MS: u64 = 120_000;
/// The pace is measured over stretches of at least this length, in milliseconds.
const STRETCH_MS: u64 = 20_000;
/// Slower or faster than this is not reading, in characters a minute.
const CHARS_A_MINUTE: std::ops::RangeInclusive<u64> = 60..=1500;
/// Characters a minute that a text is skimmed with at the most; what is left sooner was not read.
const MAX_SKIMMED_A_MINUTE: u64 = 6000;
/// The pace is known after this much reading, in milliseconds.
const MIN_PACE_MS: u64 = 180_000;

/// Reading time and characters, to be added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadingTime {
    /// Milliseconds of reading.
    pub ms: u64,
    /// Characters that were scrolled past.
    pub chars: u64,
    /// Milliseconds of the stretches that count for the pace.
    pub paced_ms: u64,
    /// Characters of those stretches.
    pub paced_chars: u64,
}

impl ReadingTime {
    /// Creates it from its numbers, in the order of the fields.
    pub(crate) fn of([ms, chars, paced_ms, paced_chars]: [u64; 4]) -> Self {
        Self {
            ms,
            chars,
            paced_ms,
            paced_chars,
        }
    }

    /// Returns its numbers, in the order of the fields.
    pub(crate) fn numbers(self) -> [u64; 4] {
        [self.ms, self.chars, self.paced_ms, self.paced_chars]
    }

    /// Returns the sum.
    pub(crate) fn plus(self, other: Self) -> Self {
        let (own, others) = (self.numbers(), other.numbers());
        Self::of(std::array::from_fn(|i| own[i] + others[i]))
    }

    /// Returns whether it is enough to skim a text of `length` characters.
    pub(super) fn may_skim(self, length: usize) -> bool {
        self.ms * MAX_SKIMMED_A_MINUTE >= length as u64 * 60_000
    }

    /// Returns characters a minute, if enough was read to know.
    pub(crate) fn pace(self) -> Option<usize> {
        let enough = self.paced_ms >= MIN_PACE_MS && self.paced_chars > 0;
        enough.then(|| ((self.paced_chars * 60_000 / self.paced_ms) as usize).max(1))
    }
}

/// The clock of one reading.
#[derive(Clone, Debug, Default)]
pub struct Pace {
    /// The time of the last input.
    last: Option<u64>,
    /// The top and the bottom of the screen then.
    seen: (Pos, Pos),
    /// Reading that is not given out yet.
    fresh: ReadingTime,
    /// The stretch being measured: milliseconds and characters.
    stretch: (u64, u64),
    /// Reading since the program began.
    pub session: ReadingTime,
    /// Reading of this article since it was opened.
    pub here: ReadingTime,
    /// The parts of this article that were on the screen.
    pub(super) shown: ShownText,
}

impl Pace {
    /// Counts the time up to `now`; the screen shows the text from `top` to `bottom`. `chars`
    /// counts the characters between two positions.
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
        if !reading || gap > IDLE_MS {
            self.stretch = (0, 0);
            return;
        }
        let scrolled = top > old_top && top <= old_bottom;
        let passed = if scrolled { chars(old_top, top) } else { 0 };
        let mut read = ReadingTime {
            ms: gap,
            chars: passed,
            ..ReadingTime::default()
        };
        self.stretch = (self.stretch.0 + gap, self.stretch.1 + passed);
        let (ms, passed) = self.stretch;
        if ms >= STRETCH_MS && scrolled {
            if CHARS_A_MINUTE.contains(&(passed * 60_000 / ms)) {
                (read.paced_ms, read.paced_chars) = (ms, passed);
            }
            self.stretch = (0, 0);
        }
        self.fresh = self.fresh.plus(read);
        self.session = self.session.plus(read);
        self.here = self.here.plus(read);
    }

    /// Begins with another article.
    pub fn turn(&mut self) {
        self.stretch = (0, 0);
        self.seen = (Pos(0), Pos(0));
        self.here = ReadingTime::default();
        self.shown = ShownText::default();
    }

    /// Takes the reading since the last time.
    pub fn take(&mut self) -> ReadingTime {
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
    fn the_pace_is_measured_by_what_was_scrolled_past() {
        let pace = read(11, 45_000);
        assert_eq!((pace.session.ms, pace.session.chars), (450_000, 3000));
        assert_eq!(pace.session.pace(), Some(400));
    }

    #[test]
    fn leafing_and_absence_do_not_count_for_the_pace() {
        assert_eq!(read(500, 1000).session.pace(), None);
        let away = read(5, IDLE_MS + 1);
        assert_eq!((away.session.ms, away.session.pace()), (0, None));
        let mut jumped = Pace::default();
        jumped.tick(0, (Pos(0), Pos(300)), true, |_, _| 300);
        jumped.tick(60_000, (Pos(9000), Pos(9300)), true, |_, _| 9000);
        assert_eq!(jumped.session.chars, 0);
    }
}
