//! The table of numbering styles of Chinese prose: all that is known of how a marker looks.
//!
//! A row is a pattern: the words that may begin the marker, the way its number is written in
//! braces, the words that may end it, all parted by blanks. `␣` is a blank in the text. A new
//! style is a new row; where the text is searched for it follows from the row. [`LABEL_STYLES`]
//! are labels: a number beside a word, which no pattern can name.
//!
//! Says nothing about the text before and after a marker.

use super::family::{Family, Ordinal};
use super::number::Numeral;
use crate::text::words::Words;

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

/// A way to write a label: 问题一：.
#[derive(Clone, Copy, Debug)]
pub struct LabelStyle {
    /// The words that its number may stand beside.
    pub word: LabelWord,
    /// The ways to write its number; the first that fits is taken.
    pub numerals: &'static [Numeral],
    /// The brackets that open it, of which one does; none where it stands without.
    pub open: &'static str,
    /// The characters of which one follows at the head of a line: the brackets that close it where
    /// brackets open it. `\n` is the end of the line.
    pub after: &'static str,
    /// The same inside a paragraph, behind a Chinese and behind an Arabic number.
    pub after_inline: (&'static str, &'static str),
}

/// The words of a label.
#[derive(Clone, Copy, Debug)]
pub enum LabelWord {
    /// Before the number, up to [`MAX_LABEL_LETTERS`]: 问题一.
    Letters,
    /// The same, with this end: 好处之一.
    EndingWith(&'static str),
    /// Before the number, one of these: Part 2.
    OneOf(&'static Words),
    /// Behind the number, up to [`MAX_LABEL_LETTERS`]: 一号建议.
    Behind,
}

/// Letters of the word of a label.
pub const MAX_LABEL_LETTERS: usize = 4;

/// Words before numbers that are no labels: 公元一, 统一.
pub static NOT_LABELS: Words =
    Words::new("公元 附件 附录 小 大 高 统 合 唯 专 单 同 归 划 天人合 照片");

/// Ends of words that number pictures, days and places: 附图一, 星期一.
pub static NOT_LABEL_ENDS: Words = Words::new("图 表 注 初 星期 礼拜 周 如 见");

/// Western words that are numbered as labels are.
static WESTERN_LABELS: Words = Words::new("NO. No. NO No Part PART Chapter CHAPTER Step STEP Q");

/// A word, then its number at the head of a line.
const LABEL: LabelStyle = LabelStyle {
    word: LabelWord::Letters,
    numerals: &[Numeral::Either, Numeral::Single('①', '⑳')],
    open: "",
    after: "\n：:.．、，, 　】］〕｜|",
    after_inline: ("", ""),
};

/// The same in brackets.
const BRACKETED_LABEL: LabelStyle = LabelStyle {
    open: "【［〔",
    after: "】］〕",
    ..LABEL
};

/// All ways to write a label; the first row that fits is taken.
pub static LABEL_STYLES: [LabelStyle; 6] = [
    // 问题一： 原则 3 误区①
    LabelStyle {
        after_inline: ("：:，、", "：:"),
        ..LABEL
    },
    // 好处之一是…，好处之二是…
    LabelStyle {
        word: LabelWord::EndingWith("之"),
        after: "是",
        after_inline: ("是", ""),
        ..LABEL
    },
    // NO. 1
    LabelStyle {
        word: LabelWord::OneOf(&WESTERN_LABELS),
        ..LABEL
    },
    // 【误区一】
    BRACKETED_LABEL,
    // 【Part 2】
    LabelStyle {
        word: LabelWord::OneOf(&WESTERN_LABELS),
        ..BRACKETED_LABEL
    },
    // 一思： 一号建议：
    LabelStyle {
        word: LabelWord::Behind,
        numerals: &[Numeral::Han],
        after: "：:",
        ..LABEL
    },
];
