//! Line-breaking classes of clusters.
//!
//! The classes are those that the rules of `breaks` distinguish: CLREQ's line-start and
//! line-end prohibitions (GB level), UAX #14 where CLREQ is silent. A cluster has the class
//! of its first character.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The line-breaking class of a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Han, kana, Hangul, emoji: a row may begin or end at it.
    Han,
    /// White space, also U+3000; dropped at a row's end.
    Space,
    /// U+200B: no width, only a chance to break.
    Chance,
    /// No-break space, word joiner: never a break beside it.
    Glue,
    /// An opening mark: never last on a row.
    Open,
    /// A closing mark or stop: never first on a row.
    Close,
    /// ASCII ! ) , . : ; ? ] }: never first; part of a Latin run.
    AsciiClose,
    /// ’ : apostrophe between Latin letters, else a closing quote.
    Apostrophe,
    /// ASCII " and ': bound on both sides.
    Straight,
    /// / ／: at neither edge of a row, but inside a URL.
    Solidus,
    /// — ―: a pair may begin a row, a single one may not.
    Dash,
    /// – ～ ~ 〜: a connector, never first.
    Connector,
    /// …: never first, never split.
    Ellipsis,
    /// ASCII hyphen: never first.
    Hyphen,
    /// % ℃ ° ″: bound to the number before it (UAX #14 PO).
    Suffix,
    /// ￥ $ № +: bound to the number or word after it (UAX #14 PR).
    Prefix,
    /// A digit.
    Digit,
    /// A letter of an alphabet.
    Letter,
    /// ¹ ²: a note mark, bound to the text before it.
    Superscript,
    /// ASCII & = _ * and their like: part of a Latin run.
    Symbol,
    /// ×: part of a number between digits.
    Times,
}

/// A set of classes.
#[derive(Clone, Copy, Debug)]
pub struct ClassSet(u32);

impl ClassSet {
    /// Every class.
    pub const ANY: Self = Self(u32::MAX);

    /// Returns the set of these classes.
    pub const fn of(classes: &[Class]) -> Self {
        let (mut bits, mut i) = (0, 0);
        while i < classes.len() {
            bits |= 1 << classes[i] as u32;
            i += 1;
        }
        Self(bits)
    }

    /// Returns whether `class` is in the set.
    pub const fn has(self, class: Class) -> bool {
        self.0 >> class as u32 & 1 == 1
    }
}

/// The characters of each class; all others are letters of an
/// alphabet or Han.
const CHARACTERS: &[(Class, &str)] = &[
    // closing marks and stops, iteration marks, small kana
    (
        Class::Close,
        "、。，．：；！？”」』）》〉】〗〕］｝·・‧‼⁇⁈⁉〙〛｠︶︸︺︼︾﹀﹂﹄﹈﹚﹜﹞｡､｣･»›〞〟\
         \u{fe10}\u{fe11}\u{fe12}\u{fe13}\u{fe14}\u{fe15}\u{fe16}\
         \u{fe50}\u{fe51}\u{fe52}\u{fe53}\u{fe54}\u{fe55}\u{fe56}\u{fe57}\
         々〻〆ゝゞヽヾーぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ",
    ),
    (Class::Chance, "\u{200b}"),
    (Class::Glue, "\u{a0}\u{202f}\u{2060}\u{2007}\u{feff}"),
    (
        Class::Space,
        " \t\u{3000}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2008}\u{2009}\u{200a}\u{205f}",
    ),
    (Class::AsciiClose, "!),.:;?]}"),
    (Class::Apostrophe, "’"),
    (Class::Straight, "\"'"),
    (Class::Solidus, "/／"),
    (Class::Dash, "—―"),
    (Class::Connector, "–～〜~゠"),
    (Class::Ellipsis, "…⋯‥"),
    (Class::Hyphen, "-"),
    (Class::Times, "×"),
    (Class::Superscript, "¹²³⁰⁴⁵⁶⁷⁸⁹"),
    (Class::Symbol, "&=_*<>|\\^`"),
    (
        Class::Open,
        "“‘「『（《〈【〖〔［｛〘〚｟︵︷︹︻︽︿﹁﹃﹇﹙﹛﹝｢([{〝«‹",
    ),
    (Class::Suffix, "%％‰°℃℉′″￠¢﹪‱"),
    (Class::Prefix, "￥＄￡￦$¥£€№＃#＋+−±＠@§"),
];

/// [`CHARACTERS`], by character.
static CLASSES: LazyLock<FxHashMap<char, Class>> = LazyLock::new(|| {
    let of_class = |(class, all): &(Class, &'static str)| {
        let class = *class;
        all.chars().map(move |c| (c, class))
    };
    CHARACTERS.iter().flat_map(of_class).collect()
});

/// Returns the class of a cluster.
pub fn class(cluster: &str) -> Class {
    match cluster.chars().next() {
        None | Some('\u{4e00}'..='\u{9fff}') => Class::Han,
        Some('0'..='9') => Class::Digit,
        Some('a'..='z' | 'A'..='Z') => Class::Letter,
        Some(c) => match CLASSES.get(&c) {
            Some(class) => *class,
            None if is_alphabet(c) => Class::Letter,
            None => Class::Han,
        },
    }
}

/// Returns whether the mark may hang in the gutter right of the measure (F-2: GB glyphs sit
/// in the left half of their cell).
pub fn may_hang(cluster: &str) -> bool {
    matches!(cluster, "，" | "。" | "、" | "；" | "：")
}

/// Returns whether `c` is a letter whose words are kept whole: everything alphabetic before the
/// CJK blocks, but circled and Roman numerals.
fn is_alphabet(c: char) -> bool {
    (c.is_alphabetic() && c < '\u{1100}')
        || matches!(c, '\u{1e00}'..='\u{1fff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_know_their_side() {
        for (characters, wanted) in [
            ("“‘《（[", Class::Open),
            ("”》）。，·々", Class::Close),
            ("Ⅳ①冀", Class::Han),
            ("éя", Class::Letter),
        ] {
            for c in characters.chars() {
                assert_eq!(class(&c.to_string()), wanted, "{c}");
            }
        }
    }
}
