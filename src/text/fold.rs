//! The characters that are equal when searching: case, full and half width, the forms
//! of a quotation mark.
//!
//! Folding is per character and only for matching; what is shown, copied and
//! counted is always the source.

use super::script::simplify;

/// Sets of characters that one key types and that readers take for the same.
const SAME: &str =
    "\"“”„‟「」『』〝〞＂ '‘’‚‛＇ -－‐‑ —― ~～〜 ·・‧• …⋯ ,， ;； :： !！ ?？ (（ )） [［【 ]］】";

/// Returns every character that `c` matches, itself among them.
///
/// ```
/// use jingdu::text::fold::variants;
/// assert!(variants('Ａ').contains(&'a'));
/// assert!(variants('"').contains(&'“'));
/// assert_eq!(variants('冀'), ['冀']);
/// ```
pub fn variants(c: char) -> Vec<char> {
    if let Some(set) = SAME.split(' ').find(|set| set.contains(c)) {
        return set.chars().collect();
    }
    let half = half_width(c);
    let mut all = vec![c];
    for base in half.to_lowercase().chain(half.to_uppercase()).chain([half]) {
        for form in [Some(base), full_width(base)].into_iter().flatten() {
            if !all.contains(&form) {
                all.push(form);
            }
        }
    }
    all
}

/// Returns the character by which all that `c` matches is compared, in one script.
///
/// ```
/// use jingdu::text::fold::canonical;
/// assert_eq!(['Ａ', '「', '，', '體', '津'].map(canonical), ['a', '"', ',', '体', '津']);
/// ```
pub fn canonical(c: char) -> char {
    let same = SAME.split(' ').find(|set| set.contains(c));
    if let Some(first) = same.and_then(|set| set.chars().next()) {
        return first;
    }
    let half = half_width(c);
    simplify(half.to_lowercase().next().unwrap_or(half))
}

/// Returns a text as it is compared: one character for all that match it, without blanks and what
/// takes no room.
///
/// ```
/// use jingdu::text::fold::compared;
/// assert!(compared("渡口（ＧＤＰ）　說").eq(compared("渡口(gdp)说")));
/// assert_eq!(compared("灯\u{200b} 笼").collect::<String>(), "灯笼");
/// ```
pub fn compared(text: &str) -> impl DoubleEndedIterator<Item = char> {
    let counts = |c: &char| !c.is_whitespace() && !is_invisible(*c);
    text.chars().filter(counts).map(canonical)
}

/// Recognises a character that takes no room and changes no word: a zero-width space or joiner, a
/// variation selector, a soft hyphen. Matching passes over it.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200d}'
            | '\u{2060}'
            | '\u{feff}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0100}'..='\u{e01ef}'
    )
}

/// Han in a row, each with one blank behind it, that are read as one text: scanners write so.
const MIN_SPACED_HAN: usize = 4;

/// Returns whether the blank at byte `at` is in a row of single Han with one blank between two of
/// them, which are read without their blanks: 改 革 开 放.
///
/// ```
/// use jingdu::text::fold::is_between_spaced_han;
/// assert!(is_between_spaced_han("要 改 革 开 放", 3));
/// assert!(is_between_spaced_han("在 2022 年 修 过", 3) && is_between_spaced_han("在 2022 年 修 过", 8));
/// assert!(!is_between_spaced_han("他在 2022 年 3 月修好", 6));
/// assert!(!is_between_spaced_han("改革 开放", 6) && !is_between_spaced_han("改 革", 3));
/// ```
pub fn is_between_spaced_han(text: &str, at: usize) -> bool {
    let (Some(before), Some(behind)) = (text.get(..at), text.get(at..)) else {
        return false;
    };
    let above = spaced_han(before.chars().rev());
    let below = spaced_han(behind.chars().skip(1));
    above > 0 && below > 0 && above + below >= MIN_SPACED_HAN
}

/// Limit of a number or a word of letters among single Han, in characters.
const MAX_SPACED_WORD_CHARS: usize = 12;

/// Counts the single characters of text at the beginning, each with one blank between it and the
/// next; stops count where they are set apart alike, numbers between them are passed over.
fn spaced_han(mut chars: impl Iterator<Item = char>) -> usize {
    let is_part = |c: &char| !c.is_whitespace() && !c.is_ascii();
    let (mut count, mut word) = (0, 0);
    while count < MIN_SPACED_HAN {
        let Some(c) = chars.next() else { break };
        if c.is_ascii_alphanumeric() && word < MAX_SPACED_WORD_CHARS {
            word += 1;
            continue;
        }
        if word > 0 {
            if !matches!(c, ' ' | '\u{3000}') {
                break;
            }
            word = 0;
            continue;
        }
        if !is_part(&c) {
            break;
        }
        count += 1;
        match chars.next() {
            Some(' ' | '\u{3000}') => {}
            // a longer word: this character is not single
            Some(c) if is_part(&c) => return count - 1,
            _ => break,
        }
    }
    count
}

/// Returns the half-width form of a full-width character of ASCII, any other as it is.
///
/// ```
/// use jingdu::text::fold::half_width;
/// assert_eq!(['Ｇ', '：', '　', '。'].map(half_width), ['G', ':', ' ', '。']);
/// ```
pub fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Returns the full-width form of a printable ASCII character.
fn full_width(c: char) -> Option<char> {
    match c {
        ' ' => Some('\u{3000}'),
        '!'..='~' => char::from_u32(c as u32 + 0xfee0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_is_mutual() {
        for c in "aＡ\"“「，,（冀5５é".chars() {
            for v in variants(c) {
                assert!(variants(v).contains(&c), "{c} {v}");
            }
        }
    }
}
