//! Dates at the beginning or the end of a line that states more than a date.

use crate::format::{date, prose};
use crate::text::script::{simplified, simplify};
use crate::text::words::Words;

/// Length of a whole date as it is read.
const WHOLE_DATE_BYTES: usize = "2019-03-04".len();

/// Recognises characters of dates and times in Arabic digits.
pub(crate) fn is_date_char(c: char) -> bool {
    c.is_ascii_digit() || "年月日-/.:：时分".contains(simplify(c))
}

/// Returns the date that a line begins with, and the rest: `2019-03-05 10:20 来源：…`.
pub(crate) fn leading_date(text: &str) -> (Option<&str>, &str) {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '|' | '｜' | '丨');
    match cut_date(text) {
        Some(("", date, rest)) => (Some(date), rest.trim_start_matches(is_between)),
        _ => (None, text),
    }
}

/// Returns a value without the date that it ends with, and the date:
/// `某报 | 2019年3月4日`, `某甲2019-03-04`.
pub(crate) fn trailing_date(value: &str) -> Option<(&str, &str)> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '|' | '｜' | '，' | '（' | '(');
    let (rest, date, behind) = cut_date(value)?;
    let behind = behind.trim_matches(|c: char| matches!(c, '）' | ')' | ' '));
    let is_last = behind.is_empty() && !rest.is_empty();
    is_last.then(|| (rest.trim_matches(is_between), date))
}

/// Splits a line at a whole date: the text before it, the date with its time, the text behind.
pub(crate) fn cut_date(text: &str) -> Option<(&str, &str, &str)> {
    let simple = simplified(text);
    let is_han_date = |c: char| "〇零一二三四五六七八九十".contains(c);
    let in_date = |c: char| {
        c.is_ascii_digit()
            || ('０'..='９').contains(&c)
            || is_han_date(c)
            || "年月日-－/.:：时点分秒T+Z 　".contains(simplify(c))
    };
    let begins = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || is_han_date(c);
    let mut inside = false;
    for (at, c) in simple.char_indices() {
        if !begins(c) {
            inside = false;
            continue;
        }
        if std::mem::replace(&mut inside, true) {
            continue;
        }
        let rest = text.get(at..)?;
        let run = |text: &str| text.find(|c| !in_date(c)).unwrap_or(text.len());
        let mut end = run(rest);
        if let Some(day) = weekday_len(rest.get(end..)?) {
            // a time may follow the day of the week
            end += day;
            end += run(rest.get(end..)?);
        }
        let (written, behind) = rest.split_at_checked(end)?;
        if date::read(written).is_some_and(|read| read.len() >= WHOLE_DATE_BYTES) {
            return Some((text.get(..at)?, written.trim(), behind));
        }
    }
    None
}

/// Returns the length of the day of the week at the head of a text, in brackets or not.
fn weekday_len(text: &str) -> Option<usize> {
    static WEEKDAYS: Words = Words::new("星期 周 礼拜");
    let named = WEEKDAYS.strip_prefix(text.trim_start_matches(['（', '(']))?;
    let rest = named.strip_prefix(['一', '二', '三', '四', '五', '六', '日', '天'])?;
    let rest = rest.trim_start_matches(['）', ')']);
    (!rest.starts_with(prose::is_han)).then(|| text.len() - rest.len())
}
