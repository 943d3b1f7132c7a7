//! Reads the numbers of markers: 十一, 12, 1.3.1, Ⅳ, 甲, ③.

use super::family::Ordinal;
use crate::text::numeral;

/// A way to write the number of a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numeral {
    Han,                // 一 十一
    Financial,          // 壹
    Arabic,             // 12 １２
    Either,             // 一 or 12
    Path,               // 1.3.1
    Stem,               // 甲
    Upper,              // A
    Lower,              // a
    Roman,              // IV Ⅳ
    Single(char, char), // One character that is a number, from a range.
}

/// A number that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its value, or the place that a word claims.
    pub ordinal: Ordinal,
    /// Bytes it takes.
    pub len: usize,
    /// The count of numbers in it: 3 for 1.3.1.
    pub parts: u8,
}

/// Characters of the longest number.
const MAX_NUMBER_CHARS: usize = 8;

/// Digits of the longest Arabic number.
const MAX_ARABIC_DIGITS: usize = 3;

/// Chinese numerals of running numbers.
const PLAIN_HAN: [char; 14] = [
    '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '零', '〇', '廿',
];

/// Chinese numerals of accounts, simplified: 参 is the traditional 參.
const FINANCIAL: &str = "壹贰叁参肆伍陆柒捌玖拾";

/// Returns whether `c` is an Arabic digit, full-width or not.
fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// Returns whether `c` is a Chinese numeral of running numbers.
pub fn is_plain_han(c: char) -> bool {
    PLAIN_HAN.contains(&c)
}

fn is_roman_sign(c: char) -> bool {
    ('Ⅰ'..='Ⅻ').contains(&c)
}

impl Numeral {
    /// Parses the sample by which the table of styles names a way to write numbers.
    pub fn from_sample(sample: &str) -> Option<Self> {
        Some(match sample {
            "一" => Self::Han,
            "壹" => Self::Financial,
            "1" => Self::Arabic,
            "一1" => Self::Either,
            "1.1" => Self::Path,
            "甲" => Self::Stem,
            "A" => Self::Upper,
            "a" => Self::Lower,
            "I" => Self::Roman,
            range => {
                let (from, to) = range.split_once('-')?;
                Self::Single(from.chars().next()?, to.chars().next()?)
            }
        })
    }

    /// Returns the characters that a number may begin with.
    pub fn first_chars(self) -> Vec<char> {
        match self {
            Self::Han => PLAIN_HAN.to_vec(),
            Self::Financial => FINANCIAL.chars().collect(),
            Self::Arabic | Self::Path => ('0'..='9').chain('０'..='９').collect(),
            Self::Either => [Self::Han.first_chars(), Self::Arabic.first_chars()].concat(),
            Self::Stem => numeral::STEMS.chars().collect(),
            Self::Upper => ('A'..='Z').collect(),
            Self::Lower => ('a'..='z').collect(),
            Self::Roman => ['I', 'V', 'X'].into_iter().chain('Ⅰ'..='Ⅻ').collect(),
            Self::Single(from, to) => (from..=to).collect(),
        }
    }

    /// Returns the digits that numbers inside a paragraph are made of. Inline lists are short:
    /// letters count to H and stems to 辛.
    pub fn inline_digits(self) -> String {
        const HAN: &str = "一二三四五六七八九十";
        const ARABIC: &str = "0123456789０１２３４５６７８９";
        match self {
            Self::Han => HAN.to_owned(),
            Self::Either => [HAN, ARABIC].concat(),
            Self::Stem => "甲乙丙丁戊己庚辛".to_owned(),
            Self::Upper => "ABCDEFGH".to_owned(),
            Self::Lower => "abcdefgh".to_owned(),
            Self::Single(from, to) => (from..=to).collect(),
            Self::Arabic | Self::Path | Self::Financial | Self::Roman => ARABIC.to_owned(),
        }
    }

    /// Reads the number that `text` begins with.
    pub fn read(self, text: &str) -> Option<Number> {
        let (value, len) = match self {
            Self::Han => of_run(text, is_plain_han, numeral::han)?,
            Self::Financial => of_run(text, |c| FINANCIAL.contains(c), financial)?,
            Self::Arabic => of_run(text, is_digit, arabic)?,
            Self::Either => return Self::Han.read(text).or_else(|| Self::Arabic.read(text)),
            Self::Path => return path(text),
            Self::Stem => of_one(text, numeral::stem)?,
            Self::Upper => of_one(text, |c| c.is_ascii_uppercase().then(|| letter(c)))?,
            Self::Lower => of_one(text, |c| c.is_ascii_lowercase().then(|| letter(c)))?,
            Self::Roman if text.starts_with(is_roman_sign) => of_one(text, numeral::single)?,
            Self::Roman => of_run(text, |c| "IVX".contains(c), roman)?,
            Self::Single(from, to) => {
                text.chars().next().filter(|c| (from..=to).contains(c))?;
                of_one(text, numeral::single)?
            }
        };
        (value > 0).then_some(Number {
            ordinal: Ordinal::Number(value),
            len,
            parts: 1,
        })
    }
}

/// Reads a number from the digits that `text` begins with: its value and its bytes.
fn of_run(
    text: &str,
    is_digit: impl Fn(char) -> bool,
    value: impl Fn(&str) -> Option<u32>,
) -> Option<(u32, usize)> {
    let digits = text.chars().take(MAX_NUMBER_CHARS);
    let len = digits
        .take_while(|c| is_digit(*c))
        .map(char::len_utf8)
        .sum();
    let digits = text.get(..len).filter(|t| !t.is_empty())?;
    Some((value(digits)?, len))
}

/// Reads a number of one character: its value and its bytes.
fn of_one(text: &str, value: impl Fn(char) -> Option<u32>) -> Option<(u32, usize)> {
    let c = text.chars().next()?;
    Some((value(c)?, c.len_utf8()))
}

/// The place of a Latin letter in the alphabet, from 1.
fn letter(c: char) -> u32 {
    u32::from(c) % 32
}

/// Returns the value of a number of accounts. 参 is 3 here only: in running text it is a word.
fn financial(digits: &str) -> Option<u32> {
    numeral::han(&digits.replace('参', "叁"))
}

fn arabic(digits: &str) -> Option<u32> {
    (digits.chars().count() <= MAX_ARABIC_DIGITS)
        .then(|| numeral::arabic(digits))
        .flatten()
}

/// The value of a Roman number up to 39.
fn roman(text: &str) -> Option<u32> {
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let tens = text.chars().take_while(|c| *c == 'X').count();
    let ones = ONES.iter().position(|u| Some(*u) == text.get(tens..))?;
    u32::try_from(tens * 10 + ones)
        .ok()
        .filter(|n| (1..40).contains(n))
}

/// Reads two to six numbers of one or two digits with dots between them; the last one counts.
fn path(text: &str) -> Option<Number> {
    const MAX_PARTS: u8 = 6;
    let (mut len, mut parts, mut last) = (0, 0, 0);
    loop {
        let rest = text.get(len..)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=2).contains(&digits) {
            break;
        }
        last = numeral::arabic(rest.get(..digits)?)?;
        parts += 1;
        len += digits;
        let after = rest.get(digits..)?;
        let next = after.strip_prefix(['.', '．']).unwrap_or_default();
        if parts == MAX_PARTS || !next.starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        len += after.len() - next.len();
    }
    (parts > 1 && last > 0).then_some(Number {
        ordinal: Ordinal::Number(last),
        len,
        parts,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read() {
        for (numeral, text, value, len) in [
            (Numeral::Han, "十一、甲", 11, 6),
            (Numeral::Either, "三）甲", 3, 3),
            (Numeral::Path, "1.3.2甲", 2, 5),
            (Numeral::Path, "1．3甲", 3, 5),
            (Numeral::Arabic, "12．甲", 12, 2),
            (Numeral::Roman, "Ⅳ、甲", 4, 3),
            (Numeral::Roman, "IX. 甲", 9, 2),
            (Numeral::Upper, "C. 甲", 3, 1),
            (Numeral::Single('①', '⑳'), "③甲", 3, 3),
        ] {
            let number = numeral.read(text).unwrap();
            let wanted = (Ordinal::Number(value), len);
            assert_eq!((number.ordinal, number.len), wanted, "{text}");
        }
        for (numeral, text) in [
            (Numeral::Arabic, "2018年"),
            (Numeral::Path, "12"),
            (Numeral::Roman, "IIX"),
            (Numeral::Single('①', '⑳'), "⑴"),
        ] {
            assert_eq!(numeral.read(text), None, "{text}");
        }
    }
}
