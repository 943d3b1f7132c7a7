//! Lists the numbering styles of Chinese prose, and reads one where it stands.
//!
//! 1. [`STYLES`] is the whole knowledge of what a marker looks like: a row a
//!    style, with an example. A new style is a new row.
//! 2. [`read`] takes the first row that fits a text.
//!
//! What stands before and after a marker, and whether it counts, is not
//! decided here.

use crate::text::words::Firsts;
use crate::text::{letter, numeral};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a series is made of: members of one family follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// A heading without a number, of that key.
    Title(u8),
    /// 第一编, 第一部分.
    Part,
    /// 第一章.
    Chapter,
    /// 第一节.
    Section,
    /// 第一条 as a law writes it.
    Article,
    /// 壹、
    Financial,
    /// I. Ⅰ、
    Roman,
    /// 甲、
    Stem,
    /// 一、
    HanComma,
    /// （一）
    HanParen,
    /// （甲）
    StemParen,
    /// 1. 1、
    Arabic,
    /// 1.1, 1.3.1: that many numbers.
    Path(u8),
    /// （1）
    ArabicParen,
    /// 1）
    ArabicHalf,
    /// （A）
    UpperParen,
    /// （a）
    LowerParen,
    /// ①
    Circled,
    /// ⑴
    Round,
    /// ⒈
    Dotted,
    /// A.
    Upper,
    /// a.
    Lower,
    /// 问题一： 专栏1: the same word before each number.
    Label(u32),
    /// 一问 二问, 一靠 二靠: the same word after each number.
    Count(char),
    /// 一 alone on its line, or before a blank.
    BareHan,
    /// 1 alone, before a blank, or straight before the words.
    BareArabic,
    /// 一是
    Is,
    /// 一要
    Want,
    /// 一来
    Come,
    /// 一则
    Then,
    /// 一曰
    Say,
    /// 其一
    Its,
    /// 第一，第一是 第一个
    Order,
    /// 首先 其次 再次 最后
    First,
    /// 一方面 另一方面
    Side,
}

impl Family {
    /// The order of GB/T 9704 and its habits: what usually encloses what.
    /// `None` for words, which stand under anything.
    pub fn standard(self) -> Option<u8> {
        Some(match self {
            Self::Part => 1,
            Self::Chapter => 2,
            Self::Section => 3,
            Self::Article => 4,
            Self::Financial | Self::Roman => 5,
            Self::BareHan | Self::Stem => 6,
            Self::HanComma => 7,
            Self::HanParen | Self::StemParen => 8,
            Self::BareArabic => 9,
            Self::Arabic | Self::Upper => 10,
            Self::Path(n) => 10 + n.min(9),
            Self::ArabicParen | Self::UpperParen => 20,
            Self::ArabicHalf | Self::Round | Self::Dotted => 21,
            Self::Circled => 22,
            Self::Lower | Self::LowerParen => 23,
            _ => return None,
        })
    }

    /// Whether a member of `next` may follow one of `self` in one series.
    pub fn joins(self, next: Self) -> bool {
        let counts = |f| matches!(f, Self::Order | Self::First | Self::Its);
        let acts = |f| matches!(f, Self::Is | Self::Want);
        self == next || (counts(self) && counts(next)) || (acts(self) && acts(next))
    }

    /// Whether it is a word, not a number set off from the text.
    pub fn is_word(self) -> bool {
        self >= Self::Is
    }
}

/// What a marker says about its place among its fellows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ordinal {
    /// 一是, （二）, 3.
    Number(u32),
    /// 其次, 另一方面: the one after.
    Next,
    /// 然后, 接着: the one after, on the way from 首先 to 最后.
    Then,
    /// 最后: the one after, and no other.
    Last,
}

/// How a row writes its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numeral {
    /// 一 十一
    Han,
    /// 壹
    Financial,
    /// 12 １２
    Arabic,
    /// 一 or 12
    Either,
    /// 1.3.1
    Path,
    /// 甲
    Stem,
    /// A
    Upper,
    /// a
    Lower,
    /// IV Ⅳ
    Roman,
    /// One character that is a number, from a range.
    Single(char, char),
    /// The words themselves say it.
    Word(Ordinal),
}

/// One numbering style.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    family: Family,
    before: &'static [&'static str],
    numeral: Numeral,
    after: &'static [&'static str],
    /// Whether it counts at the head of a line only.
    head: bool,
    /// What it looks like; read by the tests.
    #[cfg_attr(not(test), allow(dead_code, reason = "read by the tests"))]
    example: &'static str,
}

const NONE: &[&str] = &[""];
const PAREN: &[&str] = &["（", "("];
const CLOSE: &[&str] = &["）", ")"];
const STOP: &[&str] = &[".", "．", "、"];

/// A row for a style that stands anywhere.
const fn anywhere(
    family: Family,
    before: &'static [&'static str],
    numeral: Numeral,
    after: &'static [&'static str],
    example: &'static str,
) -> Style {
    Style {
        family,
        before,
        numeral,
        after,
        head: false,
        example,
    }
}

/// A row for a style that heads lines.
const fn heads(
    family: Family,
    before: &'static [&'static str],
    numeral: Numeral,
    after: &'static [&'static str],
    example: &'static str,
) -> Style {
    Style {
        family,
        before,
        numeral,
        after,
        head: true,
        example,
    }
}

/// A row for words.
const fn word(
    family: Family,
    ordinal: Ordinal,
    words: &'static [&'static str],
    example: &'static str,
) -> Style {
    Style {
        family,
        before: words,
        numeral: Numeral::Word(ordinal),
        after: NONE,
        head: false,
        example,
    }
}

/// All styles; the first row that fits is taken.
pub const STYLES: &[Style] = &[
    heads(
        Family::Part,
        &["第"],
        Numeral::Either,
        &["编", "編", "篇", "部分", "单元", "單元"],
        "第一编　总则",
    ),
    heads(
        Family::Chapter,
        &["第"],
        Numeral::Either,
        &["章", "回", "讲", "講"],
        "第三章　附则",
    ),
    heads(
        Family::Section,
        &["第"],
        Numeral::Either,
        &["节", "節"],
        "第二节　机构",
    ),
    heads(
        Family::Article,
        &["第"],
        Numeral::Either,
        &["条", "條"],
        "第五条　解释",
    ),
    anywhere(Family::Side, &["第"], Numeral::Han, &["方面"], "第三方面"),
    anywhere(Family::Order, &["第"], Numeral::Either, NONE, "第二，要稳"),
    word(
        Family::Side,
        Ordinal::Next,
        &[
            "另一方面",
            "另外一方面",
            "再一方面",
            "又一方面",
            "还有一方面",
            "還有一方面",
        ],
        "另一方面",
    ),
    word(Family::Side, Ordinal::Number(1), &["一方面"], "一方面"),
    word(Family::First, Ordinal::Number(1), &["首先"], "首先，要稳"),
    word(
        Family::First,
        Ordinal::Next,
        &["其次", "再次", "再者", "复次", "複次"],
        "其次，要快",
    ),
    word(
        Family::First,
        Ordinal::Then,
        &["然后", "然後", "接着", "接著"],
        "然后，要好",
    ),
    word(
        Family::First,
        Ordinal::Last,
        &["最后", "最後", "临了", "臨了", "末了"],
        "最后，要好",
    ),
    anywhere(Family::Its, &["其"], Numeral::Han, NONE, "其三，要准"),
    word(
        Family::Is,
        Ordinal::Number(1),
        &["一个是", "一個是"],
        "一个是抓落实",
    ),
    anywhere(Family::Is, NONE, Numeral::Han, &["是"], "二是抓好落实"),
    anywhere(Family::Want, NONE, Numeral::Han, &["要"], "三要抓好落实"),
    anywhere(Family::Come, NONE, Numeral::Han, &["来", "來"], "二来路远"),
    anywhere(Family::Then, NONE, Numeral::Han, &["则", "則"], "一则以喜"),
    word(Family::Then, Ordinal::Next, &["再则", "再則"], "再则路远"),
    anywhere(Family::Say, NONE, Numeral::Han, &["曰"], "二曰勤"),
    anywhere(
        Family::Count(' '),
        NONE,
        Numeral::Han,
        &[
            "靠", "抓", "看", "讲", "講", "查", "防", "保", "促", "为", "為", "坚持", "堅持",
        ],
        "二靠科学",
    ),
    heads(
        Family::Count(' '),
        NONE,
        Numeral::Han,
        &[
            "问", "問", "论", "論", "评", "評", "谈", "談", "看", "说", "說", "辩", "辯", "盼",
            "愿", "願",
        ],
        "二问责任何在",
    ),
    anywhere(
        Family::HanParen,
        &["（", "(", "【", "〖"],
        Numeral::Han,
        &["）", ")", "】", "〗"],
        "（二）增收",
    ),
    anywhere(
        Family::HanParen,
        NONE,
        Numeral::Single('㈠', '㈩'),
        NONE,
        "㈡增收",
    ),
    anywhere(Family::HanComma, NONE, Numeral::Han, &["、"], "二、增收"),
    anywhere(Family::HanComma, NONE, Numeral::Han, &["，"], "二，增收"),
    heads(
        Family::HanComma,
        NONE,
        Numeral::Han,
        &["．", ".", ",", "：", ":"],
        "二．增收",
    ),
    heads(
        Family::HanParen,
        NONE,
        Numeral::Han,
        &["）", ")"],
        "二）增收",
    ),
    heads(
        Family::Financial,
        NONE,
        Numeral::Financial,
        &["、", "．", ".", "：", ":", "，"],
        "贰、增收",
    ),
    heads(
        Family::BareHan,
        NONE,
        Numeral::Han,
        &["　", " "],
        "二　增收",
    ),
    heads(
        Family::Path(0),
        NONE,
        Numeral::Path,
        &[".", "．", "、", ""],
        "1.3.1 增收",
    ),
    anywhere(Family::Arabic, NONE, Numeral::Arabic, STOP, "2．增收"),
    anywhere(Family::ArabicHalf, NONE, Numeral::Arabic, CLOSE, "2）增收"),
    anywhere(
        Family::ArabicParen,
        PAREN,
        Numeral::Arabic,
        CLOSE,
        "（2）增收",
    ),
    heads(Family::BareArabic, NONE, Numeral::Arabic, NONE, "2 增收"),
    anywhere(
        Family::Circled,
        NONE,
        Numeral::Single('①', '⑳'),
        NONE,
        "②增收",
    ),
    anywhere(
        Family::Circled,
        NONE,
        Numeral::Single('❶', '❿'),
        NONE,
        "❷增收",
    ),
    anywhere(
        Family::Circled,
        NONE,
        Numeral::Single('➀', '➓'),
        NONE,
        "➁增收",
    ),
    anywhere(
        Family::Round,
        NONE,
        Numeral::Single('⑴', '⒇'),
        NONE,
        "⑵增收",
    ),
    anywhere(
        Family::Dotted,
        NONE,
        Numeral::Single('⒈', '⒛'),
        NONE,
        "⒉增收",
    ),
    anywhere(Family::Stem, NONE, Numeral::Stem, STOP, "乙、增收"),
    heads(Family::Roman, NONE, Numeral::Roman, STOP, "II. 增收"),
    anywhere(Family::Upper, NONE, Numeral::Upper, STOP, "B. 增收"),
    heads(Family::Upper, NONE, Numeral::Upper, CLOSE, "B) 增收"),
    anywhere(Family::Lower, NONE, Numeral::Lower, STOP, "b. 增收"),
    heads(Family::Lower, NONE, Numeral::Lower, CLOSE, "b) 增收"),
    anywhere(
        Family::UpperParen,
        PAREN,
        Numeral::Upper,
        CLOSE,
        "（B）增收",
    ),
    anywhere(Family::LowerParen, PAREN, Numeral::Lower, CLOSE, "(b) 增收"),
    anywhere(Family::StemParen, PAREN, Numeral::Stem, CLOSE, "（乙）增收"),
];

/// A marker read off a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker {
    /// Its style.
    pub family: Family,
    /// Its place among its fellows.
    pub ordinal: Ordinal,
    /// Bytes it takes.
    pub len: usize,
}

/// Reads the marker that `text` begins with, at the `head` of a line or not.
/// Looks at a few characters only.
pub fn read(text: &str, head: bool) -> Option<Marker> {
    let first = text.chars().next()?;
    let Rows { firsts, rows } = &*ROWS;
    if !firsts.has(first) {
        return None;
    }
    let mut rows = rows
        .binary_search_by_key(&first, |(c, _)| *c)
        .ok()
        .and_then(|at| rows.get(at))?
        .1;
    let mut known = None;
    while rows != 0 {
        let style = STYLES.get(rows.trailing_zeros() as usize)?;
        if (head || !style.head)
            && let Some(marker) = style.read(text, &mut known)
        {
            return Some(marker);
        }
        rows &= rows - 1;
    }
    None
}

/// What spares most lines the table of [`STYLES`], and the rest most of it.
struct Rows {
    /// What any row may begin with.
    firsts: Firsts,
    /// The rows that may fit what begins with a character, a bit a row; in the order of
    /// characters.
    rows: Vec<(char, u64)>,
}

static ROWS: LazyLock<Rows> = LazyLock::new(|| {
    const { assert!(STYLES.len() <= 64, "a bit a row") };
    let mut rows: BTreeMap<char, u64> = BTreeMap::new();
    for (i, style) in STYLES.iter().enumerate() {
        let words = style.before.iter().filter_map(|word| word.chars().next());
        let numbers = style
            .numeral
            .firsts()
            .into_iter()
            .filter(|_| style.before == NONE);
        for c in words.chain(numbers) {
            *rows.entry(c).or_default() |= 1 << i;
        }
    }
    let all: String = rows.keys().collect();
    Rows {
        firsts: Firsts::of(&[]).or_any(&all),
        rows: rows.into_iter().collect(),
    }
});

/// Whether `text` begins with `with`; most do not, which the first byte tells.
fn begins(text: &str, with: &str) -> bool {
    match (text.as_bytes().first(), with.as_bytes().first()) {
        (_, None) => true,
        (a, b) if a != b => false,
        _ => text.starts_with(with),
    }
}

/// Words that number things which are no points.
const NOT_LABELS: &[&str] = &[
    "公元",
    "附件",
    "附录",
    "附錄",
    "小",
    "大",
    "高",
    "统",
    "統",
    "合",
    "唯",
    "专",
    "專",
    "单",
    "同",
    "归",
    "划",
    "天人合",
    "照片",
];

/// Words that end so number pictures, days and places.
const NOT_LABEL_ENDS: &[&str] = &[
    "图", "圖", "表", "注", "註", "初", "星期", "礼拜", "禮拜", "周", "週", "如", "见", "見",
];

/// Reads an ordinal with a word before it: 问题一：, 专栏1, 原则 3.
pub fn label(text: &str) -> Option<Marker> {
    let (mut word, mut hash) = (0, 0x811c_9dc5_u32);
    for c in text.chars().take(4).take_while(|c| {
        letter::is_letter(*c) && !c.is_ascii() && *c != '第' && !numeral::is_han_numeral(*c)
    }) {
        word += c.len_utf8();
        hash = (hash ^ c as u32).wrapping_mul(0x0100_0193);
    }
    let (name, rest) = text.split_at_checked(word).filter(|_| word > 0)?;
    let blank = rest.len() - rest.trim_start_matches([' ', '　']).len();
    let number = rest.get(blank..)?;
    // a word and no number: most lines
    if !number.starts_with(|c: char| plain_han(c) || is_digit(c)) {
        return None;
    }
    let (ordinal, digits, _) = Numeral::Either.read(number)?;
    if NOT_LABELS.contains(&name) || NOT_LABEL_ENDS.iter().any(|e| name.ends_with(e)) {
        return None;
    }
    let len = word + blank + digits;
    let ends = text
        .get(len..)?
        .chars()
        .next()
        .is_none_or(|c| "：:.．、，, 　".contains(c));
    let arabic = !number.starts_with(plain_han);
    (ends && (arabic || blank == 0)).then_some(Marker {
        family: Family::Label(hash),
        ordinal,
        len,
    })
}

/// Reads a number that is a whole line.
pub fn bare(text: &str) -> Option<Marker> {
    let text = text.trim();
    if text.len() > LONGEST * '一'.len_utf8() {
        return None;
    }
    let all = |numeral: Numeral, family| {
        let (ordinal, len, _) = numeral.read(text)?;
        (len == text.len()).then_some(Marker {
            family,
            ordinal,
            len,
        })
    };
    all(Numeral::Han, Family::BareHan)
        .or_else(|| all(Numeral::Arabic, Family::BareArabic))
        .or_else(|| all(Numeral::Roman, Family::Roman))
}

/// A number that was read, or that there is none.
struct Known {
    /// How it would be written.
    numeral: Numeral,
    /// How many bytes stand before it.
    at: usize,
    /// As [`Numeral::read`] says.
    read: Option<(Ordinal, usize, u8)>,
}

impl Style {
    /// Reads this style at the beginning of `text`. What the row before read there as
    /// its number is `known`: most that fit one text write it alike.
    fn read(&self, text: &str, known: &mut Option<Known>) -> Option<Marker> {
        let before = self.before.iter().find(|b| begins(text, b))?;
        let rest = text.get(before.len()..)?;
        let known = match known {
            Some(known) if known.numeral == self.numeral && known.at == before.len() => known,
            _ => known.insert(Known {
                numeral: self.numeral,
                at: before.len(),
                read: self.numeral.read(rest),
            }),
        };
        let (ordinal, digits, parts) = known.read?;
        let rest = rest.get(digits..)?;
        let after = self.after.iter().find(|a| begins(rest, a))?;
        let family = match self.family {
            Family::Count(_) => Family::Count(after.chars().next()?),
            Family::Path(_) => Family::Path(parts),
            other => other,
        };
        let len = before.len() + digits + after.trim_end().len();
        (len > 0).then_some(Marker {
            family,
            ordinal,
            len,
        })
    }
}

/// No number is written with more characters.
const LONGEST: usize = 8;

impl Numeral {
    /// What a number so written may begin with; nothing for words.
    fn firsts(self) -> Vec<char> {
        match self {
            Self::Han => PLAIN_HAN.to_vec(),
            Self::Financial => FINANCIAL.to_vec(),
            Self::Arabic | Self::Path => ('0'..='9').chain('０'..='９').collect(),
            Self::Either => [Self::Han.firsts(), Self::Arabic.firsts()].concat(),
            Self::Stem => numeral::STEMS.chars().collect(),
            Self::Upper => ('A'..='Z').collect(),
            Self::Lower => ('a'..='z').collect(),
            Self::Roman => ['I', 'V', 'X'].into_iter().chain('Ⅰ'..='Ⅻ').collect(),
            Self::Single(from, to) => (from..=to).collect(),
            Self::Word(_) => Vec::new(),
        }
    }

    /// The number at the beginning of `text`, its bytes, and of how many
    /// numbers it is made.
    fn read(self, text: &str) -> Option<(Ordinal, usize, u8)> {
        let run = |is: fn(char) -> bool| {
            let end = text
                .char_indices()
                .take(LONGEST)
                .take_while(|(_, c)| is(*c))
                .last()
                .map_or(0, |(i, c)| i + c.len_utf8());
            text.get(..end).filter(|t| !t.is_empty())
        };
        let one = |value: fn(char) -> Option<u32>| {
            let c = text.chars().next()?;
            Some((value(c)?, c.len_utf8()))
        };
        let digits = || run(is_digit).filter(|t| t.chars().count() <= 3);
        let (value, len) = match self {
            Self::Word(ordinal) => return Some((ordinal, 0, 1)),
            Self::Han => run(plain_han).and_then(|t| Some((numeral::han(t)?, t.len())))?,
            Self::Financial => run(financial).and_then(|t| Some((numeral::han(t)?, t.len())))?,
            Self::Arabic => digits().and_then(|t| Some((numeral::arabic(t)?, t.len())))?,
            Self::Either => return Self::Han.read(text).or_else(|| Self::Arabic.read(text)),
            Self::Stem => one(numeral::stem)?,
            Self::Upper => one(|c| c.is_ascii_uppercase().then(|| c as u32 - 'A' as u32 + 1))?,
            Self::Lower => one(|c| c.is_ascii_lowercase().then(|| c as u32 - 'a' as u32 + 1))?,
            Self::Single(from, to) => {
                let c = text.chars().next().filter(|c| (from..=to).contains(c))?;
                (numeral::single(c)?, c.len_utf8())
            }
            Self::Roman => match one(|c| {
                if ('Ⅰ'..='Ⅻ').contains(&c) {
                    numeral::single(c)
                } else {
                    None
                }
            }) {
                Some(found) => found,
                None => run(|c| "IVX".contains(c)).and_then(|t| Some((roman(t)?, t.len())))?,
            },
            Self::Path => return path(text),
        };
        Some((Ordinal::Number(value), len, 1)).filter(|_| value > 0)
    }
}

/// Chinese numerals as running numbers use them.
const PLAIN_HAN: &[char] = &[
    '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '零', '〇', '廿',
];

/// Chinese numerals as accounts write them.
const FINANCIAL: &[char] = &[
    '壹', '贰', '貳', '叁', '參', '叄', '肆', '伍', '陆', '陸', '柒', '捌', '玖', '拾',
];

/// Whether it is an Arabic digit, full-width or not.
fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

fn plain_han(c: char) -> bool {
    PLAIN_HAN.contains(&c)
}

fn financial(c: char) -> bool {
    FINANCIAL.contains(&c)
}

/// The value of a Roman number up to 39.
fn roman(text: &str) -> Option<u32> {
    const UNITS: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let tens = text.chars().take_while(|c| *c == 'X').count();
    let unit = UNITS.iter().position(|u| Some(*u) == text.get(tens..))?;
    u32::try_from(tens * 10 + unit)
        .ok()
        .filter(|n| (1..40).contains(n))
}

/// Two or more numbers with dots between them: the last number, the bytes,
/// and how many there are.
fn path(text: &str) -> Option<(Ordinal, usize, u8)> {
    let (mut len, mut parts, mut last) = (0, 0u8, 0);
    loop {
        let rest = text.get(len..)?;
        let n = rest.bytes().take_while(u8::is_ascii_digit).count();
        if n == 0 || n > 2 {
            break;
        }
        last = numeral::arabic(rest.get(..n)?)?;
        parts += 1;
        let rest = rest.get(n..)?;
        let dot = ['.', '．'].into_iter().find(|d| rest.starts_with(*d));
        match dot {
            Some(d)
                if parts < 6
                    && rest
                        .get(d.len_utf8()..)?
                        .starts_with(|c: char| c.is_ascii_digit()) =>
            {
                len += n + d.len_utf8()
            }
            _ => {
                len += n;
                break;
            }
        }
    }
    (parts > 1 && last > 0).then_some((Ordinal::Number(last), len, parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_reads_its_example() {
        for style in STYLES {
            let marker = read(style.example, true).unwrap_or_else(|| panic!("{}", style.example));
            let same =
                std::mem::discriminant(&marker.family) == std::mem::discriminant(&style.family);
            assert!(same, "{}: {marker:?}", style.example);
        }
    }

    #[test]
    fn numbers_are_read() {
        for (text, value, len) in [
            ("十一、甲", 11, 9),
            ("（三）甲", 3, 9),
            ("1.3.2甲", 2, 5),
            ("12．甲", 12, 5),
            ("Ⅳ、甲", 4, 6),
            ("IX. 甲", 9, 3),
        ] {
            let marker = read(text, true).unwrap();
            assert_eq!(
                (marker.ordinal, marker.len),
                (Ordinal::Number(value), len),
                "{text}"
            );
        }
    }
}
