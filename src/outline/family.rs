//! The families of markers and their order: what follows what, what encloses what.

/// What a series is made of: members of one family follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// A heading without a number, of that rank.
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
    /// 问题一： 专栏1: the same word before each number, given by its hash.
    Label(u32),
    /// 一问 二问, 一靠 二靠: the same word after each number, given by its first character.
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

/// The place that a marker claims in its series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ordinal {
    /// 一是, （二）, 3.
    Number(u32),
    /// 其次, 另一方面: the one after.
    Next,
    /// 然后, 接着: the one after, between 首先 and 最后.
    Then,
    /// 最后: the one after, and the last.
    Last,
}

impl Ordinal {
    /// The number that is written; 0 for a word without one.
    pub fn number(self) -> u32 {
        match self {
            Self::Number(n) => n,
            _ => 0,
        }
    }
}

impl Family {
    /// Returns the rank in GB/T 9704 and its habits: a lower rank encloses a higher one.
    /// `None` for words, which may stand under anything.
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

    /// Returns whether a member of `next` may follow one of `self` in one series.
    pub fn joins(self, next: Self) -> bool {
        let counts = |f| matches!(f, Self::Order | Self::First | Self::Its);
        let acts = |f| matches!(f, Self::Is | Self::Want);
        self == next || (counts(self) && counts(next)) || (acts(self) && acts(next))
    }

    /// Returns whether it is a word, not a number set off from the text.
    pub fn is_word(self) -> bool {
        use Family::{Come, First, Is, Its, Order, Say, Side, Then, Want};
        matches!(
            self,
            Is | Want | Come | Then | Say | Its | Order | First | Side
        )
    }

    /// Returns whether it is a number without any sign that it is a marker.
    pub fn is_bare(self) -> bool {
        matches!(self, Self::BareArabic | Self::BareHan)
    }

    /// Returns whether it is a heading without a number.
    pub fn is_title(self) -> bool {
        matches!(self, Self::Title(_))
    }
}
