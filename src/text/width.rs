//! The terminal cells of grapheme clusters.
//!
//! The one place that knows widths. What depends on the terminal (the ambiguous class of UAX #11:
//! “ ” — … ① ℃) is a value, [`WidthPolicy`], that is given in and never looked up.

use super::{cluster, han};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The cells of characters of ambiguous width (UAX #11, class A).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ambiguous {
    /// One cell: most terminals today.
    #[default]
    Narrow,
    /// Two cells: `xterm -cjk_width` and the like.
    Wide,
}

/// The widths that Unicode leaves open, as one terminal has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct WidthPolicy {
    /// Cells of “ ” — … and their class.
    pub ambiguous: Ambiguous,
    /// Cells of emoji sequences.
    pub emoji: Emoji,
}

/// The cells of emoji sequences in one terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Emoji {
    /// A text sign that a selector makes an emoji, ❤️: 2, or 1.
    pub selected: u8,
    /// An emoji with a skin tone, 👍🏽: 2, or 4 where the tone is drawn beside it.
    pub toned: u8,
    /// Three emoji joined, 👨‍👩‍👧: 2; 6 where each is drawn alone, 8 where the joiners
    /// take a cell, too.
    pub joined: u8,
}

impl Default for Emoji {
    fn default() -> Self {
        Self::ALL_WIDE
    }
}

impl Emoji {
    /// Two cells for each, as Unicode says.
    const ALL_WIDE: Self = Self {
        selected: 2,
        toned: 2,
        joined: 2,
    };

    /// Returns the cells of a cluster, where it is such a sequence.
    fn cells(self, cluster: &str) -> Option<usize> {
        let parts = |tone: usize, joiner: usize| -> usize {
            let of = |c: char| match c {
                '\u{1f3fb}'..='\u{1f3ff}' => tone,
                '\u{200d}' => joiner,
                _ => c.width().unwrap_or(0),
            };
            cluster.chars().map(of).sum()
        };
        let has = |what: fn(char) -> bool| cluster.chars().skip(1).any(what);
        let tone = usize::from(self.toned.saturating_sub(2));
        if has(|c| c == '\u{200d}') && cluster.chars().any(|c| c.width() == Some(2)) {
            let joiner = usize::from(self.joined.saturating_sub(6) / 2);
            return (self.joined > 2).then(|| parts(tone, joiner));
        }
        if has(|c| matches!(c, '\u{1f3fb}'..='\u{1f3ff}')) {
            return (self.toned > 2).then(|| parts(tone, 0));
        }
        let selected = self.selected < 2 && has(|c| matches!(c, '\u{fe0f}' | '\u{20e3}'));
        selected.then(|| parts(0, 0))
    }
}

/// Letters of ambiguous width that unicode-width keeps narrow in its `cjk`
/// form, although every wide terminal draws them in two cells (é α я).
const AMBIGUOUS_LETTERS: &str = "ªºÆÐØÞßàáæèéêìíðòóøùúüþāđēěĦħīıĲĳĸĿŀŁłńňŉŊŋōŒœŦŧūǎǐǒǔǖǘǚǜɑɡˇˉˊˋˍːΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨ\
    ΩαβγδεζηθικλμνξοπρστυφχψωЁАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэ\
    юяёⁿℓΩÅ";

impl WidthPolicy {
    /// One cell for ambiguous characters.
    pub const NARROW: Self = Self::of(Ambiguous::Narrow);
    /// Two cells for ambiguous characters.
    pub const WIDE: Self = Self::of(Ambiguous::Wide);

    /// Returns a policy for ambiguous characters; all else is as Unicode says.
    pub const fn of(ambiguous: Ambiguous) -> Self {
        Self {
            ambiguous,
            emoji: Emoji::ALL_WIDE,
        }
    }

    /// Returns the cells of one grapheme cluster. Control characters take none: `source`
    /// has removed them, and `view` never sends one.
    ///
    /// ```
    /// use jingdu::text::WidthPolicy;
    /// assert_eq!(WidthPolicy::NARROW.cluster("“"), 1);
    /// assert_eq!(WidthPolicy::WIDE.cluster("“"), 2);
    /// assert_eq!(WidthPolicy::NARROW.cluster("冀"), 2);
    /// ```
    pub fn cluster(self, cluster: &str) -> usize {
        let mut chars = cluster.chars();
        let Some(first) = chars.next() else { return 0 };
        let is_single = chars.as_str().is_empty();
        match first {
            ' '..='~' if is_single => return 1,
            '\u{3001}'..='\u{3011}' | '\u{ff01}'..='\u{ff5e}' if is_single => return 2,
            _ if is_single && han::is_common(first) => return 2,
            _ => {}
        }
        if cluster.chars().all(char::is_control) {
            return 0;
        }
        if is_doubtful(cluster)
            && let Some(cells) = self.emoji.cells(cluster)
        {
            return cells;
        }
        let narrow = cluster.width();
        if self.ambiguous == Ambiguous::Narrow || narrow != 1 {
            return narrow;
        }
        let is_wide = |c: char| c.width_cjk() == Some(2) || AMBIGUOUS_LETTERS.contains(c);
        if is_single && is_wide(first) {
            2
        } else {
            cluster.width_cjk()
        }
    }

    /// Returns the cells of a whole string: the sum over its clusters.
    ///
    /// ```
    /// use jingdu::text::WidthPolicy;
    /// let text = "等了3天……";
    /// assert_eq!((WidthPolicy::NARROW.text(text), WidthPolicy::WIDE.text(text)), (9, 11));
    /// ```
    pub fn text(self, text: &str) -> usize {
        cluster::clusters(text).map(|(_, c)| self.cluster(c)).sum()
    }

    /// Returns the longest head of `text` that fits `cells`, and its cells. Cuts only between
    /// clusters.
    ///
    /// ```
    /// use jingdu::text::WidthPolicy;
    /// // a Han is not cut in two: one cell stays free
    /// assert_eq!(WidthPolicy::NARROW.head("渡口有灯", 5), ("渡口", 4));
    /// assert_eq!(WidthPolicy::WIDE.head("“灯”下", 5), ("“灯", 4));
    /// ```
    pub fn head(self, text: &str, cells: usize) -> (&str, usize) {
        let mut used = 0;
        for (at, c) in cluster::clusters(text) {
            let width = self.cluster(c);
            if used + width > cells {
                return (text.get(..at).unwrap_or_default(), used);
            }
            used += width;
        }
        (text, used)
    }
}

/// Recognises a curly quote that is set two cells wide where its glyph takes one, so that Han
/// keep to the grid (Q-2). Not the apostrophe between two letters. `before` and
/// `after` are the characters around it.
///
/// ```
/// use jingdu::text::width::is_wide_quote;
/// assert!(is_wide_quote(Some('说'), "“", Some('好')));
/// // an apostrophe is not a quote
/// assert!(!is_wide_quote(Some('n'), "’", Some('t')));
/// ```
pub fn is_wide_quote(before: Option<char>, cluster: &str, after: Option<char>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    match cluster {
        "“" | "”" | "‘" => true,
        "’" => !(letter(before) && letter(after)),
        _ => false,
    }
}

/// Recognises clusters on whose cells terminals are known to disagree: emoji
/// sequences, variation selectors, Ext H and beyond. The cursor is
/// placed again after such a one.
///
/// ```
/// use jingdu::text::width::is_doubtful;
/// assert!(is_doubtful("❤\u{fe0f}") && is_doubtful("👨\u{200d}👩\u{200d}👧"));
/// assert!(!is_doubtful("渡") && !is_doubtful("“") && !is_doubtful("e\u{301}"));
/// ```
pub fn is_doubtful(cluster: &str) -> bool {
    let mut chars = cluster.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    if chars.as_str().is_empty() {
        return matches!(first, '\u{2630}'..='\u{2637}' | '\u{268a}'..='\u{268f}' | '\u{2e3a}'..='\u{2e3b}' | '\u{4dc0}'..='\u{4dff}' | '\u{e000}'..='\u{f8ff}' | '\u{31350}'..='\u{3ffff}');
    }
    // a lone combining accent is safe everywhere; what joins or selects is not
    cluster.chars().skip(1).any(
        |c| matches!(c, '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{20e3}' | '\u{1f1e6}'..='\u{1f1ff}' | '\u{ff9e}' | '\u{ff9f}'),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_never_split_a_wide_cluster() {
        let p = WidthPolicy::NARROW;
        assert_eq!(p.head("京津冀", 5), ("京津", 4));
        assert_eq!(p.head("ab", 5), ("ab", 2));
    }

    #[test]
    fn common_characters_are_as_wide_as_unicode_says() {
        let han = [han::COMMON_FIRST, han::COMMON_LAST];
        for c in (' '..='~').chain('、'..='】').chain('！'..='～').chain(han) {
            let wanted = c.width().unwrap();
            for policy in [WidthPolicy::NARROW, WidthPolicy::WIDE] {
                assert_eq!(policy.text(&c.to_string()), wanted, "{c:?}");
            }
        }
    }

    #[test]
    fn emoji_take_what_the_terminal_says() {
        let p = WidthPolicy {
            emoji: Emoji {
                selected: 1,
                toned: 4,
                joined: 8,
            },
            ..WidthPolicy::NARROW
        };
        let signs = "❤\u{fe0f} 👍🏽 👨\u{200d}👩\u{200d}👧 1\u{fe0f}\u{20e3} 👍 中".split(' ');
        let cells = |p: WidthPolicy| signs.clone().map(move |c| p.cluster(c));
        assert!(cells(p).eq([1, 4, 8, 1, 2, 2]));
        assert!(cells(WidthPolicy::NARROW).take(3).eq([2, 2, 2]));
    }

    #[test]
    fn wide_terminals_widen_letters_too() {
        assert_eq!(WidthPolicy::WIDE.text("éαя"), 6);
        assert_eq!(WidthPolicy::NARROW.text("éαя"), 3);
    }
}
