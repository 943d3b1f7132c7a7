//! The natural order of names: numbers in them count as numbers, Han ones too.

use super::fold::half_width;
use super::numeral;

/// A part of a name, as it is compared: numbers before words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NamePart {
    /// A number in digits, or in Han numerals.
    Number(u64),
    /// The characters between numbers.
    Text(String),
}

/// Returns the key by which names are sorted.
///
/// ```
/// use jingdu::text::natural::key;
/// let mut names = ["第10章", "第2章", "第十一章", "三", "二"];
/// names.sort_by_key(|name| key(name));
/// assert_eq!(names, ["二", "三", "第2章", "第10章", "第十一章"]);
/// ```
pub fn key(name: &str) -> Vec<NamePart> {
    let kind = |c: char| match half_width(c) {
        c if c.is_ascii_digit() => 1,
        _ if numeral::is_han_numeral(c) => 2,
        _ => 0,
    };
    let mut parts = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let kind_of_run = kind(first);
        let end = rest.find(|c| kind(c) != kind_of_run).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(end);
        rest = behind;
        let digits = || run.chars().map(half_width).collect::<String>();
        let number = match kind_of_run {
            1 => digits().parse().ok(),
            2 => numeral::han(run).map(u64::from),
            _ => None,
        };
        parts.push(number.map_or_else(|| NamePart::Text(run.to_owned()), NamePart::Number));
    }
    parts
}
