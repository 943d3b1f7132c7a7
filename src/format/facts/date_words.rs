//! Dates at the beginning or the end of a line that states more than a date.

use crate::format::{date, prose};
use crate::text::numeral::is_han_numeral;
use crate::text::script::simplify;
use crate::text::words::Words;

/// Names of the days of the week, without their number.
static WEEKDAYS: Words = Words::new("星期 周 礼拜");

/// Recognises characters of dates and times in Arabic digits.
pub(crate) fn is_date_char(c: char) -> bool {
    c.is_ascii_digit() || "年月日-/.:：时分".contains(simplify(c))
}

/// Returns a word without the day of the week at its end, in brackets or not.
fn without_weekday(word: &str) -> &str {
    let bare = word.trim_end_matches(['）', ')']);
    let day = bare.strip_suffix(['一', '二', '三', '四', '五', '六', '日', '天']);
    let named = day.and_then(|rest| WEEKDAYS.strip_suffix(rest));
    named.map_or(word, |rest| rest.trim_end_matches(['（', '(']))
}

/// Recognises a part of a date or a time.
pub(crate) fn is_date_word(word: &str) -> bool {
    let word = without_weekday(word);
    if word.contains('年') && word.chars().any(is_han_numeral) {
        let is_han_date = |c| is_han_numeral(c) || matches!(c, '年' | '月' | '日');
        return word.chars().all(is_han_date) && date::read(word).is_some();
    }
    word.chars().any(|c| c.is_ascii_digit()) && word.chars().all(is_date_char)
}

/// Returns the date that a line begins with, and the rest: `2019-03-05 10:20 来源：…`.
pub(crate) fn leading_date(text: &str) -> (Option<&str>, &str) {
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim();
        // the day of the week may be a word of its own
        let is_weekday = || at > 0 && (bare.is_empty() || without_weekday(bare).is_empty());
        if !is_date_word(bare) && !is_weekday() {
            at += date_prefix(bare).map_or(0, str::len);
            break;
        }
        at += word.len();
    }
    let Some((date, rest)) = text.split_at_checked(at).filter(|_| at > 0) else {
        return (None, text);
    };
    let is_between = |c: char| c.is_whitespace() || matches!(c, '|' | '｜' | '丨');
    let date = Some(date.trim()).filter(|d| date::read(d).is_some());
    (date, rest.trim_start_matches(is_between))
}

/// Returns the time or the date that a word begins with, where a name is joined to it:
/// `09:00某报`.
fn date_prefix(word: &str) -> Option<&str> {
    let end = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '年' | '月' | '日'))?;
    let (head, name) = word.split_at_checked(end)?;
    let is_time = head.contains(':') && head.ends_with(|c: char| c.is_ascii_digit());
    let is_whole = || date::read(head).is_some_and(|read| read.len() >= "2019-03-04".len());
    (name.starts_with(prose::is_han) && (is_time || is_whole())).then_some(head)
}

/// Returns a value without the date that it ends with, and the date:
/// `某报 | 2019年3月4日`, `某甲2019-03-04`.
pub(crate) fn trailing_date(value: &str) -> Option<(&str, &str)> {
    separate_date(value).or_else(|| joined_date(value))
}

/// The same, where a blank or a bar is before the date.
fn separate_date(value: &str) -> Option<(&str, &str)> {
    let is_space = |c: char| c.is_whitespace() || matches!(c, '|' | '｜');
    let mut at = value.len();
    for word in value.rsplit(is_space) {
        if !word.is_empty() && !is_date_word(word) {
            break;
        }
        at = value.get(..at)?.rfind(word)?;
    }
    let (rest, date) = value.split_at_checked(at)?;
    let rest = rest.trim_matches(|c| is_space(c) || c == '，');
    (at < value.len() && at > 0 && date::read(date).is_some())
        .then(|| (rest, date.trim_matches(is_space)))
}

/// The same, where a whole date is joined to the value.
fn joined_date(value: &str) -> Option<(&str, &str)> {
    let at = value.find(|c: char| c.is_ascii_digit())?;
    let (rest, date) = value.split_at_checked(at).filter(|_| at > 0)?;
    let whole = date.split_whitespace().all(is_date_word)
        && date::read(date).is_some_and(|read| read.len() >= "2019-03-04".len());
    whole.then_some((rest, date))
}
