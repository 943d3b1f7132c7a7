//! The table of numbering styles of Chinese prose: all that is known of how a marker looks.
//!
//! A row is a pattern: the words that may begin the marker, the way its number is written in
//! braces, the words that may end it, all parted by blanks. `␣` is a blank in the text. A new
//! style is a new row; where the text is searched for it follows from the row.
//!
//! Says nothing about the text before and after a marker.

use super::family::{Family, Ordinal};

/// A numbering style.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// The family of its markers.
    pub family: Family,
    /// The look of its markers.
    pub pattern: &'static str,
    /// The place that its words claim, where they have no number.
    pub word: Option<Ordinal>,
    /// True if it counts at the head of a line only.
    pub heads_lines: bool,
}

const fn anywhere(family: Family, pattern: &'static str) -> Style {
    Style {
        family,
        pattern,
        word: None,
        heads_lines: false,
    }
}

const fn heads(family: Family, pattern: &'static str) -> Style {
    Style {
        heads_lines: true,
        ..anywhere(family, pattern)
    }
}

const fn word(family: Family, ordinal: Ordinal, words: &'static str) -> Style {
    Style {
        word: Some(ordinal),
        ..anywhere(family, words)
    }
}

const fn head_word(family: Family, ordinal: Ordinal, words: &'static str) -> Style {
    Style {
        heads_lines: true,
        ..word(family, ordinal, words)
    }
}

/// All styles; the first row that fits is taken.
pub const STYLES: &[Style] = &[
    heads(Family::Part, "第 {一1} 编 篇 部分 单元"),
    head_word(Family::Part, Ordinal::Number(1), "上篇"),
    head_word(Family::Part, Ordinal::Next, "中篇 下篇"),
    heads(Family::Chapter, "第 {一1} 章 回 讲"),
    heads(Family::Section, "第 {一1} 节"),
    heads(Family::Article, "第 {一1} 条"),
    anywhere(Family::Side, "第 {一} 方面"),
    anywhere(Family::Order, "第 {一1}"),
    word(
        Family::Side,
        Ordinal::Next,
        "另一方面 另外一方面 再一方面 又一方面",
    ),
    head_word(Family::Side, Ordinal::Next, "还有一方面"),
    word(Family::Side, Ordinal::Number(1), "一方面"),
    word(Family::First, Ordinal::Number(1), "首先"),
    word(Family::First, Ordinal::Next, "其次 再次 再者"),
    head_word(Family::First, Ordinal::Next, "复次"),
    word(Family::First, Ordinal::Then, "然后 接着"),
    word(Family::First, Ordinal::Last, "最后 临了 末了"),
    anywhere(Family::Its, "其 {一}"),
    word(Family::Is, Ordinal::Number(1), "一个是"),
    anywhere(Family::Is, "{一} 是 就是"),
    anywhere(Family::Want, "{一} 要"),
    anywhere(Family::Come, "{一} 来"),
    anywhere(Family::Then, "{一} 则"),
    word(Family::Then, Ordinal::Next, "再则"),
    anywhere(Family::Say, "{一} 曰"),
    anywhere(Family::Count(' '), "{一} 靠 抓 看 讲 查 防 保 促 为 坚持"),
    heads(Family::Count(' '), "{一} 问 论 评 谈 看 说 辩 盼 愿"),
    anywhere(Family::HanParen, "（ ( 【 {一} ） ) 】 〗"),
    heads(Family::HanParen, "〖 {一} ） ) 】 〗"),
    anywhere(Family::HanParen, "{㈠-㈩}"),
    anywhere(Family::HanComma, "{一} 、 ，"),
    heads(Family::HanComma, "{一} ． . , ： : ｜ | · ・"),
    heads(Family::HanParen, "{一} ） )"),
    heads(Family::HanParen, "〔 ［ [ 《 {一} 〕 ］ ] 》"),
    heads(Family::HanParen, "（ ( {壹} ） )"),
    heads(Family::Financial, "{壹} 、 ． . ： : ， ␣"),
    heads(Family::BareHan, "{一} ␣"),
    heads(Family::Path(0), "{1.1} . ． 、"),
    heads(Family::Path(0), "{1.1}"),
    anywhere(Family::Arabic(' '), "{1} . ． 、"),
    heads(Family::Arabic(' '), "{1} ： : ， , / - ｜ |"),
    heads(Family::ArabicParen, "[ ［ 〔 【 {1} ] ］ 〕 】"),
    heads(Family::Circled, "{1} \u{fe0f}\u{20e3} \u{20e3}"),
    anywhere(Family::ArabicHalf, "{1} ） )"),
    anywhere(Family::ArabicParen, "（ ( {1} ） )"),
    heads(Family::BareArabic, "{1}"),
    anywhere(Family::Circled, "{①-⑳}"),
    anywhere(Family::Circled, "{❶-❿}"),
    anywhere(Family::Circled, "{➀-➓}"),
    anywhere(Family::Round, "{⑴-⒇}"),
    anywhere(Family::Dotted, "{⒈-⒛}"),
    anywhere(Family::Stem, "{甲} 、"),
    heads(Family::Stem, "{甲} . ．"),
    heads(Family::Roman, "{I} . ． 、 ： : ␣"),
    anywhere(Family::Upper, "{A} . ． 、"),
    heads(Family::Upper, "{A} ） )"),
    anywhere(Family::Lower, "{a} . ． 、"),
    heads(Family::Lower, "{a} ） )"),
    anywhere(Family::UpperParen, "（ ( {A} ） )"),
    anywhere(Family::LowerParen, "（ ( {a} ） )"),
    anywhere(Family::StemParen, "（ ( {甲} ） )"),
];
