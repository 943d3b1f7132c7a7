//! Dates as people and crawlers write them, read as `YYYY-MM-DD` with
//! ` HH:MM` where a time is given.
//!
//! Reads 2019年2月22日, 2019/2/22, 2019.02.22, `2019-02-22- 07:31`, ISO 8601 with a
//! zone (as local time), 20190222, `03/19/2014` and 二〇一九年二月二十二日; a day without its year
//! as `--MM-DD`. Knows no calendar: 31 February is kept as written.

use crate::document::Meta;
use crate::format::prose;
use crate::text::numeral;
use crate::text::script::simplified;
use std::borrow::Cow;

/// Limit of the text that is searched for a date, in characters.
const MAX_DATE_CHARS: usize = 80;

/// Returns the date in `text`, whatever is around it.
pub fn read(text: &str) -> Option<String> {
    let half = prose::half(text);
    let half = western(&half);
    let half = english(&half);
    let numbers = numbers(&half);
    let (at, year, month, day) = find(&numbers)?;
    let time = numbers.get(at..).and_then(time);
    Some(match (day, time) {
        (Some(day), Some((hour, minute))) => {
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
        }
        (Some(day), None) => format!("{year:04}-{month:02}-{day:02}"),
        (None, _) => format!("{year:04}-{month:02}"),
    })
}

/// Returns whether a date is written as programs write it: as it is `read`, or by ISO 8601 with
/// seconds, parts of them and a zone.
pub(crate) fn is_plain(written: &str, read: &str) -> bool {
    let spaced = written.trim().replacen('T', " ", 1);
    let rest = spaced.strip_prefix(read);
    rest.is_some_and(|rest| {
        rest.chars()
            .all(|c| c.is_ascii_digit() || ":.+-Z".contains(c))
    })
}

/// Returns the date that is all of `text`: with its year, or as `--MM-DD` where it has none, as
/// ISO 8601 writes a day of any year.
pub(crate) fn stated(text: &str) -> Option<String> {
    read(text)
        .or_else(|| of_short_year(text))
        .or_else(|| without_year(text))
}

/// Returns the date of a text that is nothing but a day of this century with its time,
/// `21-03-05 10:20`, as portals write it.
fn of_short_year(text: &str) -> Option<String> {
    let (year, rest) = text.trim().split_once('-')?;
    let is_short = year.len() == 2 && year.bytes().all(|b| b.is_ascii_digit());
    let is_timed = is_short && rest.contains(':') && without_year(rest).is_some();
    is_timed.then(|| read(&format!("20{year}-{rest}")))?
}

/// Returns the day of a text that is nothing but a day without its year, `7月3日`, `07-03 10:20`.
fn without_year(text: &str) -> Option<String> {
    let half = prose::half(text.trim());
    let half = western(&half);
    let marked = half.strip_prefix("--");
    let half = marked.unwrap_or(&half);
    let in_date = |c: char| c.is_ascii_digit() || "月日-: ".contains(c);
    let numbers = numbers(half);
    let (month, day) = (numbers.first()?, numbers.get(1)?);
    let is_timed = numbers.get(2..).and_then(time).is_some();
    let is_joined = match &*month.after {
        "月" => day.after.starts_with('日'),
        // 10-12 alone may be anything
        "-" => (month.digits, day.digits) == (2, 2) && (is_timed || marked.is_some()),
        _ => false,
    };
    let is_day = (1..=12).contains(&month.value) && (1..=31).contains(&day.value);
    let is_all = half.starts_with(|c: char| c.is_ascii_digit()) && half.chars().all(in_date);
    (is_joined && is_day && is_all).then(|| format!("--{:02}-{:02}", month.value, day.value))
}

/// Returns the date of a time that a program writes in seconds or milliseconds since 1970, as
/// Chinese clocks show it.
pub(crate) fn of_program(number: &str) -> Option<String> {
    /// Seconds that Chinese clocks are ahead.
    const AHEAD: i64 = 8 * 3600;
    let is_time = matches!(number.len(), 10 | 13) && number.bytes().all(|b| b.is_ascii_digit());
    let seconds: i64 = number.get(..10).filter(|_| is_time)?.parse().ok()?;
    let local = seconds + AHEAD;
    let minutes = local.rem_euclid(86_400) / 60;
    Some(format!(
        "{} {:02}:{:02}",
        day(local),
        minutes / 60,
        minutes % 60
    ))
}

/// Returns the day of a time in seconds since 1970, in the proleptic Gregorian calendar.
///
/// ```
/// assert_eq!(jingdu::format::date::day(1_550_793_600), "2019-02-22");
/// assert_eq!(jingdu::format::date::day(951_782_400), "2000-02-29");
/// ```
pub fn day(seconds: i64) -> String {
    // days since 0000-03-01, in eras of 400 years
    let days = seconds.div_euclid(86_400) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    format!(
        "{:04}-{month:02}-{day:02}",
        era * 400 + year + i64::from(month <= 2)
    )
}

/// Returns the day that the package of a book states: converters write it as the midnight of China
/// in another zone, `2019-02-21T16:00:00+00:00`, and the year 101 where they know none.
pub(crate) fn of_book(text: &str) -> Option<String> {
    let (written, time) = text.split_once('T').unwrap_or((text, ""));
    let numbers = numbers(written);
    let Some((_, year, month, Some(date))) = find(&numbers) else {
        return Some(read(text).unwrap_or_else(|| text.to_owned())).filter(|d| !d.starts_with('0'));
    };
    let is_next = time.starts_with("16:00:00") && time.ends_with(['Z', '0']);
    // days since 0000-03-01 again
    let (year, month, date) = (i64::from(year), i64::from(month), i64::from(date));
    let year = year - i64::from(month <= 2);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + date - 1 + i64::from(is_next);
    let days = year * 365 + year / 4 - year / 100 + year / 400 + of_year - 719_468;
    Some(day(days * 86_400))
}

/// Sets the date of an article, and the date as written where it differs.
pub(crate) fn set(meta: &mut Meta, date: String, written: &str) {
    meta.date_as_written = (date != written).then(|| written.to_owned());
    meta.date = Some(date);
}

/// Reads a date only where its month is an English word: `Fri, 22 Feb 2019 07:31:00 +0800`.
pub(crate) fn of_mail(text: &str) -> Option<String> {
    match english(text) {
        Cow::Owned(numbers) => read(&numbers),
        Cow::Borrowed(_) => None,
    }
}

/// Writes a date in Han numerals with Arabic ones: each number that 年, 月 or 日 follows.
fn western(text: &str) -> Cow<'_, str> {
    let head = text.split_once(['年', '月']).map_or("", |(head, _)| head);
    if !head.ends_with(numeral::is_han_numeral) {
        return Cow::Borrowed(text);
    }
    let (mut out, mut run) = (String::new(), String::new());
    for c in text.chars().take(MAX_DATE_CHARS) {
        if numeral::is_han_numeral(c) {
            run.push(c);
            continue;
        }
        match numeral::han(&run).filter(|_| matches!(c, '年' | '月' | '日')) {
            Some(value) => out.push_str(&value.to_string()),
            None => out.push_str(&run),
        }
        run.clear();
        out.push(c);
    }
    out.push_str(&run);
    Cow::Owned(out)
}

/// Writes a date with the English name of its month, as mail and feeds have it, with numbers:
/// `Sat, 23 Feb 2019 10:00:00 +0800`, `Sun Mar 24 03:00:34 2031`.
fn english(text: &str) -> Cow<'_, str> {
    const MONTHS: &str =
        "january february march april may june july august september october november december";
    let is_between = |c: char| !(c.is_ascii_alphanumeric() || c == ':');
    let words = || text.split(is_between).filter(|w| !w.is_empty());
    let month = words().find_map(|word| {
        let name = word.to_ascii_lowercase();
        let is_month = |m: &str| name == m || m.get(..3) == Some(&name);
        MONTHS.split(' ').position(is_month).map(|at| at + 1)
    });
    let number = |len: std::ops::RangeInclusive<usize>| {
        let mut digits = words().filter(|w| w.chars().all(|c| c.is_ascii_digit()));
        digits.find(|w| len.contains(&w.len()))
    };
    let (Some(month), Some(day), Some(year)) = (month, number(1..=2), number(4..=4)) else {
        return Cow::Borrowed(text);
    };
    let time = words().find(|w| w.contains(':')).unwrap_or_default();
    Cow::Owned(format!("{year}-{month:02}-{day} {time}"))
}

/// A run of digits, and the text between it and the next.
struct Number {
    value: u32,
    digits: usize,
    after: String,
}

/// Returns the runs of digits of a short text.
fn numbers(text: &str) -> Vec<Number> {
    let mut out: Vec<Number> = Vec::new();
    let mut digits = String::new();
    for c in text.chars().take(MAX_DATE_CHARS).chain(['\n']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        // the time may be joined to the day: 03-0510:20
        let is_joined = c == ':' && digits.len() == 4 && out.last().is_some_and(|n| n.after == "-");
        if let Some((day, hour)) = digits.split_at_checked(2).filter(|_| is_joined) {
            let number = |digits: &str, after: &str| Number {
                value: digits.parse().unwrap_or(u32::MAX),
                digits: digits.len(),
                after: after.to_owned(),
            };
            out.extend([number(day, " "), number(hour, "")]);
            digits.clear();
        }
        if !digits.is_empty() {
            out.push(Number {
                value: digits.parse().unwrap_or(u32::MAX),
                digits: digits.len(),
                after: String::new(),
            });
            digits.clear();
        }
        if let Some(last) = out.last_mut() {
            last.after.push(c);
        }
    }
    out
}

/// Returns the first date among the numbers as year, month and day, and the index of the
/// number after it.
fn find(numbers: &[Number]) -> Option<(usize, u32, u32, Option<u32>)> {
    let date = |y: u32, m: u32, d: u32| {
        (1000..3000).contains(&y) && (1..=12).contains(&m) && (1..=31).contains(&d)
    };
    for (i, n) in numbers.iter().enumerate() {
        let (year, month, day) = (n.value / 10_000, n.value / 100 % 100, n.value % 100);
        if n.digits == 8 && date(year, month, day) {
            return Some((i + 1, year, month, Some(day)));
        }
        let second = numbers.get(i + 1).filter(|s| s.digits <= 2);
        let Some(second) = second.filter(|_| is_joint(&n.after)) else {
            continue;
        };
        let third = numbers.get(i + 2).filter(|_| is_joint(&second.after));
        if n.digits == 4 {
            let is_day = |t: &&Number| t.digits <= 2 && date(n.value, second.value, t.value);
            if let Some(third) = third.filter(is_day) {
                return Some((i + 3, n.value, second.value, Some(third.value)));
            }
            if date(n.value, second.value, 1) && (n.after == "年" || third.is_none()) {
                return Some((i + 2, n.value, second.value, None));
            }
        }
        let is_american = n.digits <= 2 && n.after == "/" && second.after == "/";
        let is_year = |t: &&Number| t.digits == 4 && date(t.value, n.value, second.value);
        if let Some(third) = third.filter(|t| is_american && is_year(t)) {
            return Some((i + 3, third.value, n.value, Some(second.value)));
        }
    }
    None
}

/// Recognises text between the parts of a date.
fn is_joint(between: &str) -> bool {
    let mut chars = between.trim().chars();
    chars.next().is_some_and(|c| "-/.年月—–_".contains(c)) && chars.next().is_none()
}

/// Returns the hour and the minute at the head of these numbers.
fn time(numbers: &[Number]) -> Option<(u32, u32)> {
    let (hour, minute) = (numbers.first()?, numbers.get(1)?);
    let colon = matches!(&*simplified(hour.after.trim()), ":" | "时" | "点");
    (colon && hour.value < 24 && minute.value < 60 && minute.digits == 2)
        .then_some((hour.value, minute.value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::cases::rows;

    #[test]
    fn reads_what_crawlers_write() {
        for [written, read_as] in rows(
            "\
2019-02-22- 07:31 ¦ 2019-02-22 07:31
2019年2月22日 ¦ 2019-02-22
2020-03-29T03:22:11+01:00 ¦ 2020-03-29 03:22
2019/2/3 ¦ 2019-02-03
2019.02.22 ¦ 2019-02-22
２０１９年２月２２日 ７：３１ ¦ 2019-02-22 07:31
20190222 ¦ 2019-02-22
2021-05-26 00:00+08:00 ¦ 2021-05-26 00:00
发布时间：2011-05-06 来源 ¦ 2011-05-06
星期三, 03/19/2014 - 13:58 ¦ 2014-03-19 13:58
2021 / 05 ¦ 2021-05
2019年2月 ¦ 2019-02
二〇一九年二月二十二日 ¦ 2019-02-22
一九四九年十月一日上午 ¦ 1949-10-01
2024年05月06日09:10 ¦ 2024-05-06 09:10
2024年5月6日　星期一 ¦ 2024-05-06
2011-05-12T13:52:47+00:00 ¦ 2011-05-12 13:52
Sat, 23 Feb 2019 10:00:00 +0800 ¦ 2019-02-23 10:00
Sun Mar 24 03:00:34 2031 ¦ 2031-03-24 03:00
May 22, 2019 ¦ 2019-05-22
江城站 (Sat Oct 26 19:32:12 2013, 美东) ¦ 2013-10-26 19:32",
        ) {
            assert_eq!(read(written).as_deref(), Some(read_as), "{written}");
        }
        for (written, plain) in [
            ("2019-02-22", true),
            ("2019-02-22 07:31", true),
            ("2021-07-13T06:56:06.637Z", true),
            ("2020-03-29T03:22:11+01:00", true),
            ("2019-02-22- 07:31", false),
            ("2019年2月22日", false),
        ] {
            assert_eq!(
                is_plain(written, &read(written).unwrap()),
                plain,
                "{written}"
            );
        }
        assert_eq!(
            of_program("1556668800000").as_deref(),
            Some("2019-05-01 08:00")
        );
        assert_eq!(
            of_program("1556668800").as_deref(),
            Some("2019-05-01 08:00")
        );
        for none in [
            "",
            "去年冬天",
            "三年五月",
            "二十年前",
            "1-2-3",
            "第123号",
            "9999999999999",
            "2019-13-45-1",
        ] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn a_day_may_have_no_year() {
        for written in [
            "7月3日",
            "七月三日",
            "07-03 10:20",
            "--07-03",
            "07-03 10:20:30",
            "7月3日 10:20",
            "07-0310:20",
        ] {
            assert_eq!(stated(written).as_deref(), Some("--07-03"), "{written}");
        }
        let short = stated("21-07-0310:20");
        assert_eq!(short.as_deref(), Some("2021-07-03 10:20"));
        for none in [
            "07-03",
            "7月的雨",
            "7月3日的雨",
            "13月3日",
            "7-3 10:20",
            "10:20",
        ] {
            assert_eq!(stated(none), None, "{none}");
        }
    }
}
