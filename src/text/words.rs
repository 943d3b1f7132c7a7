//! Lists of words as data: one string with the words separated by white space.
//!
//! [`Words`] is such a list. A list keeps its order: where two words fit, the one further
//! ahead wins, so longer words come before their beginnings.

use super::letter;

/// A list of words that is written as one string, with white space between the words.
///
/// ```
/// use jingdu::text::words::Words;
/// const LABELS: Words = Words::new("责任编辑 编辑 作者");
/// assert!(LABELS.starts("作者：某甲") && LABELS.ends("本文作者") && LABELS.occur_in("本文作者是"));
/// assert!(LABELS.has("作者") && !LABELS.has("作者：某甲"));
/// assert_eq!(LABELS.strip_prefix("编辑：某乙"), Some("：某乙"));
/// ```
#[derive(Debug)]
pub struct Words {
    text: &'static str,
    /// The first characters, by their last twelve bits: most texts begin otherwise.
    firsts: [u64; 64],
}

impl Words {
    /// Makes the list of the words in `text`.
    pub const fn new(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        let (mut firsts, mut at, mut inside) = ([0; 64], 0, false);
        while at < bytes.len() {
            let blank = bytes[at].is_ascii_whitespace();
            if !blank && !inside {
                let mut end = at + 1;
                while end < bytes.len() && bytes[end] & 0xc0 == 0x80 {
                    end += 1;
                }
                let low = bytes[end - 1] as usize;
                let bits = if low < 0x80 {
                    low
                } else {
                    (bytes[end - 2] as usize & 63) << 6 | low & 63
                };
                firsts[bits >> 6] |= 1 << (bits & 63);
            }
            inside = !blank;
            at += 1;
        }
        Self { text, firsts }
    }

    /// Returns the words in their order.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + Clone + use<> {
        self.text.split_ascii_whitespace()
    }

    /// Returns the words if one of them may begin with the first character of a text.
    fn beginning(&self, first: Option<char>) -> impl Iterator<Item = &'static str> + use<> {
        let may = first.is_some_and(|c| {
            let bits = c as usize & 0xfff;
            self.firsts[bits >> 6] >> (bits & 63) & 1 == 1
        });
        let words = if may { self.text } else { "" };
        words.split_ascii_whitespace()
    }

    /// Returns what follows each of the words that a text begins with.
    pub fn rests<'a>(&self, text: &'a str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.beginning(text.chars().next())
            .filter_map(move |word| text.strip_prefix(word))
    }

    /// Returns what follows the first of the words that a text begins with.
    pub fn strip_prefix<'a>(&self, text: &'a str) -> Option<&'a str> {
        self.rests(text).next()
    }

    /// Returns whether a text begins with one of the words.
    pub fn starts(&self, text: &str) -> bool {
        self.strip_prefix(text).is_some()
    }

    /// Returns whether a text ends with one of the words.
    pub fn ends(&self, text: &str) -> bool {
        self.iter().any(|word| text.ends_with(word))
    }

    /// Returns whether one of the words occurs in a text.
    pub fn occur_in(&self, text: &str) -> bool {
        self.iter().any(|word| text.contains(word))
    }

    /// Returns whether a text is one of the words.
    pub fn has(&self, text: &str) -> bool {
        self.beginning(text.chars().next()).any(|word| word == text)
    }

    /// Returns whether the letters of a text, in lower case, are one of the words:
    /// `【 Read More 】` is `readmore`.
    pub fn has_letters_of(&self, text: &str) -> bool {
        let letters = || {
            text.chars()
                .filter(|c| letter::is_letter(*c))
                .flat_map(char::to_lowercase)
        };
        self.beginning(letters().next())
            .any(|word| letters().eq(word.chars()))
    }
}

/// Which characters something may begin with, or be made of, by the last twelve bits of
/// each: a glance that spares most lines what is compared then.
#[derive(Clone, Copy, Debug)]
pub struct Firsts([u64; 64]);

/// White space that is no letter, as [`Firsts::or_any`] takes it.
pub const BLANKS: &str = "\t\n\u{b}\u{c}\r \u{85}\u{a0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}";

impl Firsts {
    /// The first characters of words, none of which is empty.
    pub const fn of(words: &[&str]) -> Self {
        let (firsts, mut i) = (Self([0; 64]), 0);
        let mut all = firsts;
        while i < words.len() {
            all = all.with(words[i].as_bytes(), 0);
            i += 1;
        }
        all
    }

    /// These, and the first characters of more words.
    pub const fn or(self, words: &[&str]) -> Self {
        self.and(&Self::of(words))
    }

    /// The last characters of words, none of which is empty.
    pub const fn of_lasts(words: &[&str]) -> Self {
        let (mut all, mut i) = (Self([0; 64]), 0);
        while i < words.len() {
            let bytes = words[i].as_bytes();
            let mut at = bytes.len() - 1;
            while bytes[at] & 0xc0 == 0x80 {
                at -= 1;
            }
            all = all.with(bytes, at);
            i += 1;
        }
        all
    }

    /// These, and each character of a text.
    pub const fn or_any(self, chars: &str) -> Self {
        let (mut all, mut at) = (self, 0);
        while at < chars.len() {
            if chars.as_bytes()[at] & 0xc0 != 0x80 {
                all = all.with(chars.as_bytes(), at);
            }
            at += 1;
        }
        all
    }

    /// These, and each character of words.
    pub const fn or_all(self, words: &[&str]) -> Self {
        let (mut all, mut i) = (self, 0);
        while i < words.len() {
            all = all.or_any(words[i]);
            i += 1;
        }
        all
    }

    /// These and others.
    pub const fn and(self, others: &Self) -> Self {
        let (mut all, mut i) = (self, 0);
        while i < all.0.len() {
            all.0[i] |= others.0[i];
            i += 1;
        }
        all
    }

    /// These, and the character that begins at a byte.
    const fn with(mut self, bytes: &[u8], at: usize) -> Self {
        let last = match bytes[at] {
            0..=0x7f => bytes[at] as usize,
            0x80..=0xdf => (bytes[at] as usize & 31) << 6 | bytes[at + 1] as usize & 63,
            0xe0..=0xef => (bytes[at + 1] as usize & 63) << 6 | bytes[at + 2] as usize & 63,
            0xf0.. => (bytes[at + 2] as usize & 63) << 6 | bytes[at + 3] as usize & 63,
        };
        self.0[last >> 6] |= 1 << (last & 63);
        self
    }

    /// Whether one of them may be that character.
    pub fn has(&self, c: char) -> bool {
        let last = c as usize & 0xfff;
        self.0
            .get(last >> 6)
            .is_some_and(|bits| bits >> (last & 63) & 1 == 1)
    }

    /// Whether a text may begin with one of them.
    pub fn begin(&self, text: &str) -> bool {
        text.chars().next().is_some_and(|c| self.has(c))
    }

    /// Whether a text may end with one of them.
    pub fn end(&self, text: &str) -> bool {
        text.chars().next_back().is_some_and(|c| self.has(c))
    }
}

/// A table of words that every line is compared with, and which characters they begin
/// with: most lines begin with none of these.
#[derive(Debug)]
pub struct Table {
    all: &'static [&'static str],
    firsts: Firsts,
    /// What stands behind these.
    seconds: Firsts,
}

impl Table {
    /// A table of words, none of which is empty.
    pub const fn of(words: &'static [&'static str]) -> Self {
        let (mut seconds, mut i) = (Firsts::of(&[]), 0);
        while i < words.len() {
            let bytes = words[i].as_bytes();
            let mut at = 1;
            while at < bytes.len() && bytes[at] & 0xc0 == 0x80 {
                at += 1;
            }
            if at < bytes.len() {
                seconds = seconds.with(bytes, at);
            }
            i += 1;
        }
        Self {
            all: words,
            firsts: Firsts::of(words),
            seconds,
        }
    }

    /// All of them.
    pub const fn all(&self) -> &'static [&'static str] {
        self.all
    }

    /// What they begin with.
    pub const fn firsts(&self) -> &Firsts {
        &self.firsts
    }

    /// Whether it is one of the words.
    pub fn has(&self, word: &str) -> bool {
        self.firsts.begin(word) && self.all.contains(&word)
    }

    /// Whether one of the words may begin with that character.
    pub fn may_begin(&self, c: char) -> bool {
        self.firsts.has(c)
    }

    /// What stands behind each of the words that a text begins with.
    pub fn behind<'a>(&self, text: &'a str) -> impl Iterator<Item = &'a str> {
        let words = if self.firsts.begin(text) {
            self.all
        } else {
            &[]
        };
        behind(text, words)
    }
}

/// Whether the letters of a text, marks and blanks aside, make one of `names`, which
/// are in lower case.
pub fn is_named(text: &str, names: &Table) -> bool {
    let first = text
        .chars()
        .find(|c| letter::is_letter(*c))
        .map(|c| c.to_lowercase().next().unwrap_or(c));
    let Some(first) = first.filter(|c| names.may_begin(*c)) else {
        return false;
    };
    let letters = || {
        text.chars()
            .filter(|c| letter::is_letter(*c))
            .flat_map(char::to_lowercase)
    };
    letters().nth(1).is_none_or(|c| names.seconds.has(c))
        && names
            .all
            .iter()
            .any(|name| name.starts_with(first) && letters().eq(name.chars()))
}

/// What stands behind each of `heads` that a text begins with. The last byte is compared
/// first, for most texts begin with none.
pub fn behind<'a>(text: &'a str, heads: &'a [&str]) -> impl Iterator<Item = &'a str> {
    let may = |head: &str| {
        head.len()
            .checked_sub(1)
            .is_none_or(|last| text.as_bytes().get(last) == head.as_bytes().last())
    };
    heads
        .iter()
        .filter(move |head| may(head))
        .filter_map(|head| text.strip_prefix(head))
}

/// Texts of one to four of some parts each, with something `between`: the same ones every
/// time, to hold a glance against what it spares.
#[cfg(test)]
pub fn mixtures<'a>(
    parts: &'a [&str],
    between: &'a [&str],
    count: usize,
) -> impl Iterator<Item = String> + 'a {
    let mut at = 7;
    (0..count).map(move |i| {
        let mut text = String::new();
        for _ in 0..=i % 4 {
            at = (at * 75 + 74) % 65_537;
            text += parts[at % parts.len()];
            text += between[at % between.len()];
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_their_first_character() {
        const NAMES: Words = Words::new("延伸阅读 相关阅读\n  readmore é 𠮷");
        assert_eq!(NAMES.iter().count(), 5);
        for text in ["【 相关 阅读 】", "Read More »", "É", "𠮷。"] {
            assert!(NAMES.has_letters_of(text), "{text}");
        }
        for text in ["相关阅读材料", "", "——", "注", "e"] {
            assert!(!NAMES.has_letters_of(text), "{text}");
        }
        for word in NAMES.iter() {
            assert!(
                NAMES.has(word) && NAMES.starts(word) && NAMES.ends(word),
                "{word}"
            );
        }
        assert!(!NAMES.starts("") && !NAMES.has("") && !Words::new(" ").starts("甲"));
        let rests = Words::new("本书 本章 本章未完").rests("本章未完，点击");
        assert!(rests.eq(["未完，点击", "，点击"]));
    }

    #[test]
    fn a_glance_spares_the_comparison_and_misses_nothing() {
        const NAMES: Table = Table::of(&["延伸阅读", "相关阅读", "readmore", "é", "𠮷"]);
        assert!(
            ["【 相关 阅读 】", "Read More »", "É", "𠮷。"]
                .iter()
                .all(|text| is_named(text, &NAMES))
        );
        assert!(
            ["相关阅读材料", "", "——", "注", "e"]
                .iter()
                .all(|text| !is_named(text, &NAMES))
        );
        assert!(
            NAMES.behind("相关阅读：甲").eq(["：甲"])
                && NAMES.behind("甲").next().is_none()
                && NAMES.behind("").next().is_none()
        );
        assert!(
            behind("本章未完，点击", &["本书", "本章", "本章未完"]).eq(["未完，点击", "，点击"])
                && behind("", &["甲"]).next().is_none()
        );
        assert!(
            Firsts::of(&["甲"]).or(&["é乙"]).or_any("a𠮷").begin("a")
                && NAMES.firsts().begin("𠮷")
                && NAMES.firsts().begin("é")
        );
        assert_eq!(
            BLANKS.chars().collect::<Vec<_>>(),
            ('\0'..='\u{ffff}')
                .filter(|c| c.is_whitespace())
                .collect::<Vec<_>>()
        );
        let ends = Firsts::of_lasts(&["参考文献", "Notes", "é𠮷"]);
        assert!(
            ["献", "as", "甲𠮷"].iter().all(|text| ends.end(text))
                && ["", "参", "N"].iter().all(|text| !ends.end(text))
        );
    }
}
