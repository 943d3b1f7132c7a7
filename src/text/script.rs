//! Reads both scripts as one: traditional Han as the simplified ones that they stand for.
//!
//! Rules compare simplified text, so that a word is listed once. A text and its simplified form
//! have the same bytes' length, character by character: places found in one hold in the other.
//!
//! One character stands for one character, whatever the word: 乾隆 is read as 干隆. That is
//! enough to compare, and never shown.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A line for each character with other forms: the simplified one first.
const LINES: &str = include_str!("script.txt");

/// The first radical of Unicode, below all Han, and so the first character of the table.
const FIRST: usize = 0x2e80;

/// The line of all forms of each character that has others.
static FORMS: LazyLock<HashMap<char, &'static str>> = LazyLock::new(|| {
    let lines = LINES.lines().filter(|line| !line.starts_with('#'));
    let of_line = |line: &'static str| line.chars().map(move |c| (c, line));
    lines.flat_map(of_line).collect()
});

/// The simplified form of each character of the first plane, from [`FIRST`] on; 0 where it is
/// the character itself.
static SIMPLIFIED: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut table = vec![0; 0x1_0000 - FIRST];
    for (c, line) in FORMS.iter() {
        let simple = line.chars().next().filter(|simple| simple != c);
        let simple = simple.filter(|simple| simple.len_utf8() == c.len_utf8());
        let simple = simple.and_then(|simple| u16::try_from(u32::from(simple)).ok());
        let slot = (*c as usize).checked_sub(FIRST);
        if let (Some(simple), Some(slot)) = (simple, slot.and_then(|at| table.get_mut(at))) {
            *slot = simple;
        }
    }
    table
});

/// Returns a line of all forms of a character, the simplified one first; `None` where it has no
/// other.
///
/// ```
/// use jingdu::text::script::forms;
/// assert_eq!(forms('髮'), Some("发發髮"));
/// assert_eq!(forms('津'), None);
/// ```
pub fn forms(c: char) -> Option<&'static str> {
    FORMS.get(&c).copied()
}

/// Returns the simplified form of a character; itself where it has no other, and where one of
/// the two is outside the first plane, as with 200 rare ones (鐽): all others have three bytes
/// in UTF-8.
///
/// ```
/// use jingdu::text::script::simplify;
/// assert_eq!(['體', '体', '後', 'a', '鐽'].map(simplify), ['体', '体', '后', 'a', '鐽']);
/// ```
pub fn simplify(c: char) -> char {
    let slot = (c as usize).checked_sub(FIRST);
    match slot.and_then(|at| SIMPLIFIED.get(at)) {
        None | Some(0) => c,
        Some(simple) => char::from_u32(u32::from(*simple)).unwrap_or(c),
    }
}

/// Returns the Han that a radical or a compatibility ideograph looks like, simplified; any other
/// character as it is.
///
/// ```
/// use jingdu::text::script::unified;
/// assert_eq!(['⾼', '⺠', '體'].map(unified), ['高', '民', '體']);
/// ```
pub fn unified(c: char) -> char {
    match c {
        '\u{2e80}'..='\u{2fd5}' | '\u{f900}'..='\u{faff}' => simplify(c),
        _ => c,
    }
}

/// Returns a text in simplified characters, each as long as the one that it replaces; borrowed
/// where nothing changes.
///
/// ```
/// use jingdu::text::script::simplified;
/// let text = "燈籠亮了，頭髮白了";
/// assert_eq!(simplified(text), "灯笼亮了，头发白了");
/// // a place in the one is the same place in the other
/// assert_eq!(simplified(text).find("头"), text.find("頭"));
/// ```
pub fn simplified(text: &str) -> Cow<'_, str> {
    let first = text.char_indices().find(|(_, c)| simplify(*c) != *c);
    let Some((same, changed)) = first.and_then(|(at, _)| text.split_at_checked(at)) else {
        return Cow::Borrowed(text);
    };
    let mut simple = String::with_capacity(text.len());
    simple.push_str(same);
    simple.extend(changed.chars().map(simplify));
    Cow::Owned(simple)
}

/// Returns what follows a simplified word that a text of either script begins with.
///
/// ```
/// use jingdu::text::script::{strip_prefix, strip_suffix};
/// assert_eq!(strip_prefix("責任編輯：某甲", "责任编辑"), Some("：某甲"));
/// assert_eq!(strip_suffix("某報記者", "记者"), Some("某報"));
/// ```
pub fn strip_prefix<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut chars = text.chars();
    word.chars()
        .all(|c| chars.next().map(simplify) == Some(c))
        .then_some(chars.as_str())
}

/// Returns what comes before a simplified word that a text of either script ends with.
pub fn strip_suffix<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut chars = text.chars();
    let mut word = word.chars().rev();
    word.all(|c| chars.next_back().map(simplify) == Some(c))
        .then_some(chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> impl Iterator<Item = &'static str> {
        LINES.lines().filter(|line| !line.starts_with('#'))
    }

    #[test]
    fn every_character_stands_in_one_line_and_its_first_is_simplified() {
        assert!(lines().count() > 3000);
        for line in lines() {
            let first = line.chars().next().unwrap();
            for c in line.chars() {
                assert_eq!(forms(c), Some(line), "{c}");
                let is_paired = [c, first].iter().all(|c| c.len_utf8() == 3);
                let wanted = if is_paired { first } else { c };
                assert_eq!(simplify(c), wanted, "{c}");
                assert_eq!(simplify(simplify(c)), wanted, "{c}");
            }
        }
    }

    #[test]
    fn simplified_text_has_its_characters_at_the_same_bytes() {
        let all: String = ('\0'..=char::MAX).collect();
        let simple = simplified(&all);
        assert!(
            all.char_indices()
                .map(|(at, _)| at)
                .eq(simple.char_indices().map(|(at, _)| at))
        );
        assert!(all.chars().map(simplify).eq(simple.chars()));
        assert!(matches!(simplified("第一，京津冀。A"), Cow::Borrowed(_)));
        assert_eq!(simplified("京津冀協同發展"), "京津冀协同发展");
        assert_eq!(simplified(""), "");
    }

    /// Characters of several words, or of both scripts: one reading is enough to compare.
    #[test]
    fn ambiguous_characters_are_read_in_one_way() {
        for (text, wanted) in [
            ("後 后 裡 裏 里", "后 后 里 里 里"),
            ("乾 幹 干 於 于", "干 干 干 于 于"),
            ("接著 接着 著作 隻 只", "接着 接着 着作 只 只"),
            ("麼 麽 並 併 系 係 繫", "么 么 并 并 系 系 系"),
            ("週 周 餘 余 臺 台", "周 周 余 余 台 台"),
        ] {
            assert_eq!(simplified(text), wanted);
        }
    }
}
