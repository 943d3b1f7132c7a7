//! The families of markers: which may follow and which may enclose which.

/// A kind of marker: members of one family follow each other in a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    Title(u8),    // A heading without a number, of that rank.
    Part,         // 第一编, 第一部分.
    Chapter,      // 第一章.
    Section,      // 第一节.
    Article,      // 第一条 as a law writes it.
    Financial,    // 壹、
    Roman,        // I. Ⅰ、
    Stem,         // 甲、
    HanComma,     // 一、
    HanParen,     // （一）
    StemParen,    // （甲）
    Arabic(char), // 1. or 1、, given by the mark: 1、 may enclose 1.
    Path(u8),     // 1.1, 1.3.1: that many numbers.
    ArabicParen,  // （1）
    ArabicHalf,   // 1）
    UpperParen,   // （A）
    LowerParen,   // （a）
    Circled,      // ①
    Round,        // ⑴
    Dotted,       // ⒈
    Upper,        // A.
    Lower,        // a.
    Label(u32),   // 问题一： 专栏1: the same word before each number, given by its hash.
    Count(char), // 一问 二问, 一靠 二靠: the same word after each number, given by its first character.
    BareHan,     // 一 alone on its line, or before a blank.
    BareArabic,  // 1 alone, before a blank, or straight before the words.
    Is,          // 一是
    Want,        // 一要
    Come,        // 一来
    Then,        // 一则
    Say,         // 一曰
    Its,         // 其一
    Order,       // 第一，第一是 第一个
    First,       // 首先 其次 再次 最后
    Side,        // 一方面 另一方面
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
    /// `None` for words, which anything may enclose.
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
            Self::Arabic(_) | Self::Upper => 10,
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
        let acts = |f| matches!(f, Self::Is | Self::Want | Self::Then | Self::Come);
        self == next
            || (counts(self) && counts(next))
            || (acts(self) && acts(next))
            || (self.is_arabic() && next.is_arabic())
            || (self.is_single() && next.is_single())
            || self.may_turn_into(next)
    }

    /// Returns whether a count that begins with `self` may go on in the words of `next`: 首先是…
    /// 二是…, 第一是…二是…, 一是…第二是…, 一是…其次是….
    pub fn may_turn_into(self, next: Self) -> bool {
        let acts = |f| matches!(f, Self::Is | Self::Want);
        (matches!(self, Self::First | Self::Order) && acts(next))
            || (acts(self) && matches!(next, Self::Order | Self::First))
    }

    /// Returns whether it is a word, not a number set off from the text.
    pub fn is_word(self) -> bool {
        use Family::{Come, First, Is, Its, Order, Say, Side, Then, Want};
        matches!(
            self,
            Is | Want | Come | Then | Say | Its | Order | First | Side
        )
    }

    /// Returns whether it is a plain Arabic number, with any mark or none.
    pub fn is_arabic(self) -> bool {
        matches!(self, Self::Arabic(_) | Self::BareArabic)
    }

    /// Returns whether it is a number that is one character: ⑩, ⑾.
    pub fn is_single(self) -> bool {
        matches!(self, Self::Circled | Self::Round)
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
