//! What a cluster is for line breaking.
//!
//! The classes are those that the rules of `breaks` tell apart: CLREQ's
//! line-start and line-end prohibitions (GB level), UAX #14 where CLREQ is
//! silent. A cluster has the class of its first character.

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
    /// …: never first, never parted.
    Ellipsis,
    /// ASCII hyphen: never first.
    Hyphen,
    /// % ℃ ° ″: bound to the number before it.
    Suffix,
    /// ￥ $ № +: bound to the number or word after it.
    Prefix,
    /// A digit.
    Digit,
    /// A letter of an alphabet.
    Letter,
    /// ¹ ²: a note mark, bound to what stands before.
    Superscript,
    /// ASCII & = _ * and their like: part of a Latin run.
    Symbol,
    /// ×: part of a number between digits.
    Times,
}

/// The class of a cluster.
///
/// ```
/// use jingdu::layout::class::{class, Class};
/// assert_eq!(class("“"), Class::Open);
/// assert_eq!(class("冀"), Class::Han);
/// ```
pub fn class(cluster: &str) -> Class {
    let Some(c) = cluster.chars().next() else {
        return Class::Han;
    };
    match c {
        '\u{4e00}'..='\u{9fff}' => Class::Han,
        '0'..='9' => Class::Digit,
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '\u{200b}' => Class::Chance,
        '\u{a0}' | '\u{202f}' | '\u{2060}' | '\u{2007}' | '\u{feff}' => Class::Glue,
        ' ' | '\t' | '\u{3000}' | '\u{2000}'..='\u{200a}' | '\u{205f}' => Class::Space,
        '!' | ')' | ',' | '.' | ':' | ';' | '?' | ']' | '}' => Class::AsciiClose,
        '\u{2019}' => Class::Apostrophe,
        '"' | '\'' => Class::Straight,
        '/' | '／' => Class::Solidus,
        '—' | '―' => Class::Dash,
        '–' | '～' | '〜' | '~' | '゠' => Class::Connector,
        '…' | '⋯' | '‥' => Class::Ellipsis,
        '-' => Class::Hyphen,
        '×' => Class::Times,
        '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' => Class::Superscript,
        '&' | '=' | '_' | '*' | '<' | '>' | '|' | '\\' | '^' | '`' => Class::Symbol,
        _ if is_open(c) => Class::Open,
        _ if is_suffix(c) => Class::Suffix,
        _ if is_prefix(c) => Class::Prefix,
        _ if is_close(c) => Class::Close,
        _ if is_alphabet(c) => Class::Letter,
        _ => Class::Han,
    }
}

/// Whether the mark may stand in the gutter right of the measure (CLREQ
/// 悬挂标点; GB glyphs sit in the left half of their cell).
pub fn may_hang(cluster: &str) -> bool {
    matches!(cluster, "，" | "。" | "、" | "；" | "：")
}

/// Opening marks: CLREQ line-end prohibition, basic level.
fn is_open(c: char) -> bool {
    matches!(
        c,
        '“' | '‘'
            | '「'
            | '『'
            | '（'
            | '《'
            | '〈'
            | '【'
            | '〖'
            | '〔'
            | '［'
            | '｛'
            | '〘'
            | '〚'
            | '｟'
            | '︵'
            | '︷'
            | '︹'
            | '︻'
            | '︽'
            | '︿'
            | '﹁'
            | '﹃'
            | '﹇'
            | '﹙'
            | '﹛'
            | '﹝'
            | '｢'
            | '('
            | '['
            | '{'
            | '〝'
            | '«'
            | '‹'
    )
}

/// Closing marks, stops, iteration marks and small kana: CLREQ line-start
/// prohibition.
fn is_close(c: char) -> bool {
    matches!(
        c,
        '、' | '。' | '，' | '．' | '：' | '；' | '！' | '？' | '”' | '」' | '』' | '）' | '》' | '〉' | '】' | '〗' | '〕' | '］' | '｝' | '·' | '・' | '‧'
            | '‼' | '⁇' | '⁈' | '⁉' | '〙' | '〛' | '｠' | '︶' | '︸' | '︺' | '︼' | '︾' | '﹀' | '﹂' | '﹄' | '﹈' | '﹚' | '﹜' | '﹞' | '︐'..='︖'
            | '｡' | '､' | '｣' | '･' | '»' | '›' | '〞' | '〟' | '﹐'..='﹗' | '々' | '〻' | '〆' | 'ゝ' | 'ゞ' | 'ヽ' | 'ヾ' | 'ー' | 'ぁ' | 'ぃ' | 'ぅ'
            | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' | 'ゕ' | 'ゖ' | 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' | 'ヵ' | 'ヶ'
    )
}

/// Units written after a number without a blank: UAX #14 class PO.
fn is_suffix(c: char) -> bool {
    matches!(
        c,
        '%' | '％' | '‰' | '°' | '℃' | '℉' | '′' | '″' | '￠' | '¢' | '﹪' | '‱'
    )
}

/// Signs written before a number or word: UAX #14 class PR.
fn is_prefix(c: char) -> bool {
    matches!(
        c,
        '￥' | '＄'
            | '￡'
            | '￦'
            | '$'
            | '¥'
            | '£'
            | '€'
            | '№'
            | '＃'
            | '#'
            | '＋'
            | '+'
            | '−'
            | '±'
            | '＠'
            | '@'
            | '§'
    )
}

/// Letters of alphabets, whose words are kept whole: everything alphabetic
/// before the CJK blocks, but circled and Roman numerals.
fn is_alphabet(c: char) -> bool {
    (c.is_alphabetic() && (c as u32) < 0x1100)
        || matches!(c, '\u{1e00}'..='\u{1fff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_know_their_side() {
        for c in "“‘《（[".chars() {
            assert_eq!(class(&c.to_string()), Class::Open, "{c}");
        }
        for c in "”》）。，·々".chars() {
            assert_eq!(class(&c.to_string()), Class::Close, "{c}");
        }
        assert_eq!(class("Ⅳ"), Class::Han);
        assert_eq!(class("①"), Class::Han);
        assert_eq!(class("é"), Class::Letter);
    }
}
