//! The day on which a card is asked again: the boxes of Leitner.
//!
//! Sebastian Leitner, *So lernt man lernen* (1972): a new card lies in the first box. One that
//! was known when it was due goes into the next box, one that was missed back into the first, and
//! each box waits longer than the one before. The boxes wait 1, 2, 4 … 64 days, doubled from box
//! to box as is usual since.
//!
//! Knows days only; nothing of cards, keys or the store.

use crate::format::date;

/// The days that a card waits in each box.
const BOX_DAYS: [i64; 7] = [1, 2, 4, 8, 16, 32, 64];

/// A time as the reader's clock has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LocalTime {
    /// Seconds since 1970.
    pub now: i64,
    /// The UTC offset in seconds.
    pub offset: i64,
}

impl LocalTime {
    /// Returns the day `days` days from now: `2026-11-23`.
    pub fn day_in(self, days: i64) -> String {
        date::day(self.now + self.offset + days * 86_400)
    }
}

/// The schedule of a card that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardRecord {
    /// The number of its box, from 1.
    pub box_number: usize,
    /// The reader's day from which on it is asked again: `2026-11-23`.
    pub due: String,
    /// The time of its last answer that counted, in seconds since 1970.
    pub answered: i64,
}

impl CardRecord {
    /// Returns the record of a card with that record, or of a new one, after an answer. One that
    /// was known before its day stays as it is: nothing was forgotten yet.
    pub fn after(before: Option<&Self>, known: bool, time: LocalTime) -> Self {
        let box_number = match before {
            Some(record) if known && !record.is_due(time) => return record.clone(),
            _ if !known => 1,
            Some(record) => record.box_number.saturating_add(1),
            None => 2,
        };
        let box_number = box_number.clamp(1, BOX_DAYS.len());
        Self {
            box_number,
            due: time.day_in(BOX_DAYS[box_number - 1]),
            answered: time.now,
        }
    }

    /// Returns whether its day has come.
    pub fn is_due(&self, time: LocalTime) -> bool {
        self.due <= time.day_in(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns noon of a day, from 1970-01-01 on.
    fn noon(day: i64) -> LocalTime {
        let now = day * 86_400 + 43_200;
        LocalTime { now, offset: 0 }
    }

    #[test]
    fn a_card_that_is_known_waits_twice_as_long_each_time() {
        let (mut day, mut record) = (0, None);
        for (wanted, box_number) in [2, 4, 8, 16, 32, 64, 64]
            .into_iter()
            .zip([2, 3, 4, 5, 6, 7, 7])
        {
            let next = CardRecord::after(record.as_ref(), true, noon(day));
            assert_eq!(next.due, noon(day + wanted).day_in(0));
            assert_eq!(next.box_number, box_number);
            assert!(!next.is_due(noon(day + wanted - 1)) && next.is_due(noon(day + wanted)));
            // late is as good as in time
            day += wanted + 3;
            record = Some(next);
        }
    }

    #[test]
    fn a_card_that_is_missed_begins_again() {
        let new = CardRecord::after(None, false, noon(0));
        assert_eq!((new.box_number, new.due.as_str()), (1, "1970-01-02"));
        let record = CardRecord {
            box_number: 6,
            due: "1970-02-01".to_owned(),
            answered: 0,
        };
        // also before its day
        let missed = CardRecord::after(Some(&record), false, noon(5));
        assert_eq!((missed.box_number, missed.due.as_str()), (1, "1970-01-07"));
        let known = CardRecord::after(Some(&missed), true, noon(6));
        assert_eq!((known.box_number, known.due.as_str()), (2, "1970-01-09"));
    }

    #[test]
    fn a_card_that_is_known_before_its_day_keeps_it() {
        let record = CardRecord::after(None, true, noon(0));
        assert_eq!(CardRecord::after(Some(&record), true, noon(1)), record);
    }

    #[test]
    fn the_day_is_the_readers() {
        // half past eleven in the evening of Greenwich is the next day in Beijing
        let time = LocalTime {
            now: 84_600,
            offset: 8 * 3600,
        };
        assert_eq!(CardRecord::after(None, false, time).due, "1970-01-03");
    }
}
