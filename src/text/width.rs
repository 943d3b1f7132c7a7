//! How many terminal cells a grapheme cluster takes.
//!
//! The one place where width is asked. What depends on the terminal (the
//! ambiguous class of UAX #11: “ ” — … ① ℃) is a value, [`WidthPolicy`], that
//! is given in and never looked up.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How the terminal draws characters of ambiguous width (UAX #11, class A).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ambiguous {
    /// One cell: most terminals today.
    #[default]
    Narrow,
    /// Two cells: `xterm -cjk_width` and the like.
    Wide,
}

/// What this terminal does with widths that Unicode leaves open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct WidthPolicy {
    /// Cells of “ ” — … and their class.
    pub ambiguous: Ambiguous,
    /// What it makes of emoji sequences.
    pub emoji: Emoji,
}

/// What a terminal makes of emoji sequences, in cells (typography.md table 3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Emoji {
    /// A text sign that a selector makes an emoji, ❤️: 2, or 1.
    pub selected: u8,
    /// An emoji with a skin tone, 👍🏽: 2, or 4 where the tone stands beside it.
    pub toned: u8,
    /// Three emoji joined, 👨‍👩‍👧: 2; 6 where each stands alone, 8 where the joiners
    /// take a cell, too.
    pub joined: u8,
}

impl Default for Emoji {
    fn default() -> Self {
        Self {
            selected: 2,
            toned: 2,
            joined: 2,
        }
    }
}

impl Emoji {
    /// Cells of a cluster, where it is such a sequence.
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
            return (self.joined > 2)
                .then(|| parts(tone, usize::from(self.joined.saturating_sub(6) / 2)));
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
const AMBIGUOUS_LETTERS: &[(char, char)] = &[
    ('\u{aa}', '\u{aa}'),
    ('\u{ba}', '\u{ba}'),
    ('\u{c6}', '\u{c6}'),
    ('\u{d0}', '\u{d0}'),
    ('\u{d8}', '\u{d8}'),
    ('\u{de}', '\u{e1}'),
    ('\u{e6}', '\u{e6}'),
    ('\u{e8}', '\u{ea}'),
    ('\u{ec}', '\u{ed}'),
    ('\u{f0}', '\u{f0}'),
    ('\u{f2}', '\u{f3}'),
    ('\u{f8}', '\u{fa}'),
    ('\u{fc}', '\u{fc}'),
    ('\u{fe}', '\u{fe}'),
    ('\u{101}', '\u{101}'),
    ('\u{111}', '\u{111}'),
    ('\u{113}', '\u{113}'),
    ('\u{11b}', '\u{11b}'),
    ('\u{126}', '\u{127}'),
    ('\u{12b}', '\u{12b}'),
    ('\u{131}', '\u{133}'),
    ('\u{138}', '\u{138}'),
    ('\u{13f}', '\u{142}'),
    ('\u{144}', '\u{144}'),
    ('\u{148}', '\u{14b}'),
    ('\u{14d}', '\u{14d}'),
    ('\u{152}', '\u{153}'),
    ('\u{166}', '\u{167}'),
    ('\u{16b}', '\u{16b}'),
    ('\u{1ce}', '\u{1ce}'),
    ('\u{1d0}', '\u{1d0}'),
    ('\u{1d2}', '\u{1d2}'),
    ('\u{1d4}', '\u{1d4}'),
    ('\u{1d6}', '\u{1d6}'),
    ('\u{1d8}', '\u{1d8}'),
    ('\u{1da}', '\u{1da}'),
    ('\u{1dc}', '\u{1dc}'),
    ('\u{251}', '\u{251}'),
    ('\u{261}', '\u{261}'),
    ('\u{2c7}', '\u{2c7}'),
    ('\u{2c9}', '\u{2cb}'),
    ('\u{2cd}', '\u{2cd}'),
    ('\u{2d0}', '\u{2d0}'),
    ('\u{391}', '\u{3a1}'),
    ('\u{3a3}', '\u{3a9}'),
    ('\u{3b1}', '\u{3c1}'),
    ('\u{3c3}', '\u{3c9}'),
    ('\u{401}', '\u{401}'),
    ('\u{410}', '\u{44f}'),
    ('\u{451}', '\u{451}'),
    ('\u{207f}', '\u{207f}'),
    ('\u{2113}', '\u{2113}'),
    ('\u{2126}', '\u{2126}'),
    ('\u{212b}', '\u{212b}'),
];

impl WidthPolicy {
    /// One cell for ambiguous characters.
    pub const NARROW: Self = Self::of(Ambiguous::Narrow);
    /// Two cells for ambiguous characters.
    pub const WIDE: Self = Self::of(Ambiguous::Wide);

    /// That for ambiguous characters, and for all else what Unicode says.
    pub const fn of(ambiguous: Ambiguous) -> Self {
        Self {
            ambiguous,
            emoji: Emoji {
                selected: 2,
                toned: 2,
                joined: 2,
            },
        }
    }

    /// Cells of one grapheme cluster. Control characters take none: `source`
    /// has removed them, and `view` never sends one.
    ///
    /// ```
    /// use jingdu::text::WidthPolicy;
    /// assert_eq!(WidthPolicy::NARROW.cluster("“"), 1);
    /// assert_eq!(WidthPolicy::WIDE.cluster("“"), 2);
    /// assert_eq!(WidthPolicy::NARROW.cluster("冀"), 2);
    /// ```
    pub fn cluster(self, cluster: &str) -> usize {
        match cluster.as_bytes() {
            [b' '..=b'~'] => 1,
            // U+5000 to U+9FFF; 、 to 】; full-width ASCII
            [0xe5..=0xe9, _, _]
            | [0xe3, 0x80, 0x81..=0x91]
            | [0xef, 0xbc, 0x81..=0xbf]
            | [0xef, 0xbd, 0x80..=0x9e] => 2,
            // dashes, quotes and dots; what lines are drawn with
            [0xe2, 0x80, 0x90..=0xa7] | [0xe2, 0x94..=0x96, _]
                if self.ambiguous == Ambiguous::Narrow =>
            {
                1
            }
            _ => self.any_cluster(cluster),
        }
    }

    /// Cells of any cluster.
    #[inline(never)]
    fn any_cluster(self, cluster: &str) -> usize {
        let mut chars = cluster.chars();
        let Some(first) = chars.next() else { return 0 };
        match first {
            '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{3011}' | '\u{ff01}'..='\u{ff5e}'
                if chars.as_str().is_empty() =>
            {
                return 2;
            }
            _ => {}
        }
        if cluster.chars().all(char::is_control) {
            return 0;
        }
        if let Some(cells) = Some(cluster)
            .filter(|c| is_doubtful(c))
            .and_then(|c| self.emoji.cells(c))
        {
            return cells;
        }
        let narrow = cluster.width();
        if self.ambiguous == Ambiguous::Narrow || narrow != 1 {
            return narrow;
        }
        let single = chars.as_str().is_empty();
        if single && (first.width_cjk() == Some(2) || is_ambiguous_letter(first)) {
            2
        } else {
            cluster.width_cjk()
        }
    }

    /// Cells of a whole string: the sum over its clusters.
    pub fn text(self, text: &str) -> usize {
        self.head(text, usize::MAX).1
    }

    /// The longest head of `text` that fits `cells`, and its cells. Cuts only
    /// between clusters.
    pub fn head(self, text: &str, cells: usize) -> (&str, usize) {
        let (mut used, mut ahead) = (0, super::cluster::clusters(text));
        loop {
            // Han at once: most of what is measured
            let (start, han) = (ahead.at(), ahead.han(text.len()));
            let fits = (han.len() / 3).min((cells - used) / 2);
            used += 2 * fits;
            if 3 * fits < han.len() {
                return (text.get(..start + 3 * fits).unwrap_or_default(), used);
            }
            let Some((at, c)) = ahead.next() else {
                return (text, used);
            };
            let w = self.cluster(c);
            if used + w > cells {
                return (text.get(..at).unwrap_or_default(), used);
            }
            used += w;
        }
    }
}

/// Whether `c` is a letter of UAX #11's class A.
fn is_ambiguous_letter(c: char) -> bool {
    AMBIGUOUS_LETTERS
        .binary_search_by(|&(lo, hi)| {
            if hi < c {
                std::cmp::Ordering::Less
            } else if lo > c {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Equal
            }
        })
        .is_ok()
}

/// Whether a curly quote is set two cells wide where its glyph takes one: so
/// that Han keep to the grid (typography.md Q-2). Not the apostrophe between two
/// letters. `before` and `after` are the characters around it.
pub fn is_wide_quote(before: Option<char>, cluster: &str, after: Option<char>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    match cluster {
        "“" | "”" | "‘" => true,
        "’" => !(letter(before) && letter(after)),
        _ => false,
    }
}

/// Whether terminals are known to disagree on the cells of this cluster: emoji
/// sequences, variation selectors, Ext H and beyond (typography.md table 3.2).
/// The cursor is placed anew after such a one.
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
    fn han_are_measured_as_any_cluster() {
        for text in [
            "京津冀协同发展",
            "京津冀，a协同",
            "京\u{301}津",
            "“京津”冀",
            "京津\u{301}",
            "",
        ] {
            let widths = |text| {
                super::super::cluster::clusters(text)
                    .map(|(at, c)| (at, WidthPolicy::WIDE.cluster(c)))
                    .collect::<Vec<_>>()
            };
            assert_eq!(
                WidthPolicy::WIDE.text(text),
                widths(text).iter().map(|(_, w)| w).sum::<usize>(),
                "{text}"
            );
            for cells in 0..20 {
                let mut used = 0;
                let cut = widths(text).into_iter().find(|(_, w)| {
                    used += w;
                    used > cells
                });
                let head = cut.map_or(text, |(at, _)| text.get(..at).unwrap());
                assert_eq!(
                    WidthPolicy::WIDE.head(text, cells),
                    (head, WidthPolicy::WIDE.text(head)),
                    "{text} {cells}"
                );
            }
        }
    }

    #[test]
    fn what_bytes_tell_is_what_unicode_says() {
        for c in (' '..='\u{ffff}').map(String::from) {
            for policy in [WidthPolicy::NARROW, WidthPolicy::WIDE] {
                assert_eq!(policy.cluster(&c), policy.any_cluster(&c), "{c:?}");
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
        assert_eq!(
            [
                "❤\u{fe0f}",
                "👍🏽",
                "👨\u{200d}👩\u{200d}👧",
                "1\u{fe0f}\u{20e3}",
                "👍",
                "中"
            ]
            .map(|c| p.cluster(c)),
            [1, 4, 8, 1, 2, 2]
        );
        assert_eq!(
            ["❤\u{fe0f}", "👍🏽", "👨\u{200d}👩\u{200d}👧"].map(|c| WidthPolicy::NARROW.cluster(c)),
            [2, 2, 2]
        );
    }

    #[test]
    fn wide_terminals_widen_letters_too() {
        assert_eq!(WidthPolicy::WIDE.text("éαя"), 6);
        assert_eq!(WidthPolicy::NARROW.text("éαя"), 3);
    }
}
