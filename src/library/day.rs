//! Dates as numbers that can be compared: the year, the month and the day as far as they are known.

/// A date: `YYYYMMDD`. A month or a day that is not known is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(u32);

impl Day {
    /// Reads the date at the head of a text: `2019`, `2019-02`, `2019-02-22 07:31`.
    ///
    /// ```
    /// use jingdu::library::Day;
    /// assert_eq!(Day::read("2019-02-22 07:31").unwrap().to_string(), "2019-02-22");
    /// assert_eq!(Day::read("2019/2").unwrap().to_string(), "2019-02");
    /// assert!(Day::read("昨天").is_none() && Day::read("2019-13").is_none());
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        let date = text.trim().split([' ', 'T']).next()?;
        let mut numbers = date.splitn(3, ['-', '/', '.']);
        let year: u32 = numbers.next().filter(|y| y.len() == 4)?.parse().ok()?;
        let mut next = |limit: u32| match numbers.next() {
            None => Some(0),
            Some(number) => number.parse().ok().filter(|n| (1..=limit).contains(n)),
        };
        let (month, day) = (next(12)?, next(31)?);
        Some(Self(year * 10_000 + month * 100 + day))
    }

    /// Returns the date of a number that [`Self::number`] gave.
    pub fn of_number(number: u32) -> Self {
        Self(number)
    }

    /// Returns the date as a number, `YYYYMMDD`.
    pub fn number(self) -> u32 {
        self.0
    }

    /// Returns the year.
    pub fn year(self) -> u32 {
        self.0 / 10_000
    }

    /// Returns the month, from 1; 0 where it is not known.
    pub fn month(self) -> u32 {
        self.0 / 100 % 100
    }

    /// Returns the year alone.
    pub fn of_year(self) -> Self {
        Self(self.0 / 10_000 * 10_000)
    }

    /// Returns the year and the month alone.
    pub fn of_month(self) -> Self {
        Self(self.0 / 100 * 100)
    }

    /// Returns whether the date is in the given one, which may be a year or a month.
    ///
    /// ```
    /// use jingdu::library::Day;
    /// let day = |text| Day::read(text).unwrap();
    /// assert!(day("2019-02-22").is_in(day("2019")) && day("2019-02-22").is_in(day("2019-02")));
    /// assert!(!day("2019").is_in(day("2019-02")));
    /// ```
    pub fn is_in(self, period: Self) -> bool {
        let unit = match period.0 {
            p if p % 10_000 == 0 => 10_000,
            p if p % 100 == 0 => 100,
            _ => 1,
        };
        self.0 / unit == period.0 / unit
    }

    /// Returns whether the date is in the given one or later.
    ///
    /// ```
    /// use jingdu::library::Day;
    /// let day = |text| Day::read(text).unwrap();
    /// assert!(day("2019-02-22").is_since(day("2019-02")) && !day("2019-01-31").is_since(day("2019-02")));
    /// // a year without a month is earlier than its months
    /// assert!(!day("2019").is_since(day("2019-02")));
    /// ```
    pub fn is_since(self, first: Self) -> bool {
        self >= first || self.is_in(first)
    }

    /// Returns whether the date is in the given one or earlier.
    ///
    /// ```
    /// use jingdu::library::Day;
    /// let day = |text| Day::read(text).unwrap();
    /// // a year reaches to its last day
    /// assert!(day("2019-12-31").is_until(day("2019")) && !day("2020-01-01").is_until(day("2019")));
    /// ```
    pub fn is_until(self, last: Self) -> bool {
        self <= last || self.is_in(last)
    }
}

impl std::fmt::Display for Day {
    /// Writes `2019`, `2019-02` or `2019-02-22`.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:04}", self.year())?;
        match (self.month(), self.0 % 100) {
            (0, _) => Ok(()),
            (month, 0) => write!(out, "-{month:02}"),
            (month, day) => write!(out, "-{month:02}-{day:02}"),
        }
    }
}
