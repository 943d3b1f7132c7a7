//! Lists of words as data: one string with the words separated by white space.
//!
//! [`Words`] is such a list. A list keeps its order: where two words fit, the one further
//! ahead wins, so longer words come before their beginnings.
//!
//! Words are simplified and stand for both scripts: texts are compared as simplified.

use super::letter;
use super::script::{self, simplified, simplify};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A list of words that is written as one string, with white space between the words.
///
/// ```
/// use jingdu::text::words::Words;
/// static LABELS: Words = Words::new("责任编辑 编辑 作者");
/// assert!(LABELS.starts("作者：某甲") && LABELS.ends("本文作者") && LABELS.occur_in("本文作者是"));
/// assert!(LABELS.has("作者") && !LABELS.has("作者：某甲"));
/// assert_eq!(LABELS.strip_prefix("编辑：某乙"), Some("：某乙"));
/// assert_eq!(LABELS.strip_prefix("編輯：某乙"), Some("：某乙"));
/// ```
#[derive(Debug)]
pub struct Words {
    text: &'static str,
    by_first: ByChar,
    by_last: ByChar,
    /// The source file that has the list.
    #[cfg(test)]
    file: &'static str,
}

/// The words by their first or their last character.
#[derive(Debug)]
struct ByChar {
    /// The characters by their last twelve bits: a prefilter, which may say yes too often.
    bits: [u64; 64],
    /// The characters in order, each with its words; made when the prefilter first says yes.
    groups: OnceLock<Vec<(char, Vec<&'static str>)>>,
}

impl ByChar {
    const fn new() -> Self {
        Self {
            bits: [0; 64],
            groups: OnceLock::new(),
        }
    }

    /// Adds the character whose bytes end before `end` to the prefilter.
    const fn add(&mut self, bytes: &[u8], end: usize) {
        let low = bytes[end - 1] as usize;
        let bits = if low < 0x80 {
            low
        } else {
            (bytes[end - 2] as usize & 63) << 6 | low & 63
        };
        self.bits[bits >> 6] |= 1 << (bits & 63);
    }

    /// Returns the words of a simplified character, in their order. `of` gives the character of
    /// a word.
    fn words(
        &self,
        c: Option<char>,
        text: &'static str,
        of: fn(&str) -> Option<char>,
    ) -> &[&'static str] {
        let may_have = |c: &char| {
            let bits = *c as usize & 0xfff;
            self.bits[bits >> 6] >> (bits & 63) & 1 == 1
        };
        let Some(c) = c.filter(may_have) else {
            return &[];
        };
        let groups = self.groups.get_or_init(|| {
            let mut groups: BTreeMap<char, Vec<&'static str>> = BTreeMap::new();
            for word in text.split_ascii_whitespace() {
                if let Some(c) = of(word) {
                    groups.entry(c).or_default().push(word);
                }
            }
            groups.into_iter().collect()
        });
        let found = groups.binary_search_by_key(&c, |(c, _)| *c).ok();
        let found = found.and_then(|at| groups.get(at));
        found.map_or(&[], |(_, words)| words.as_slice())
    }
}

#[cfg(test)]
thread_local! {
    /// The part of a path whose files have no words now.
    static WITHHELD: std::cell::Cell<&'static str> = const { std::cell::Cell::new("\0") };
}

/// Runs `work` as if every list of the files with `path` in their paths were empty.
#[cfg(test)]
pub fn without<T>(path: &'static str, work: impl FnOnce() -> T) -> T {
    let before = WITHHELD.replace(path);
    let result = work();
    WITHHELD.set(before);
    result
}

impl Words {
    /// Makes the list of the words in `text`.
    #[cfg_attr(test, track_caller)]
    pub const fn new(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        let mut by_first = ByChar::new();
        let mut by_last = ByChar::new();
        let (mut at, mut inside) = (0, false);
        while at < bytes.len() {
            let blank = bytes[at].is_ascii_whitespace();
            if !blank && !inside {
                let mut end = at + 1;
                while end < bytes.len() && bytes[end] & 0xc0 == 0x80 {
                    end += 1;
                }
                by_first.add(bytes, end);
            }
            if inside && blank {
                by_last.add(bytes, at);
            }
            inside = !blank;
            at += 1;
        }
        if inside {
            by_last.add(bytes, at);
        }
        Self {
            text,
            by_first,
            by_last,
            #[cfg(test)]
            file: std::panic::Location::caller().file(),
        }
    }

    /// Returns the string of the words.
    fn text(&self) -> &'static str {
        #[cfg(test)]
        if WITHHELD.with(|path| self.file.contains(path.get())) {
            return "";
        }
        self.text
    }

    /// Returns the words in their order.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + Clone + use<> {
        self.text().split_ascii_whitespace()
    }

    /// Returns the words that begin with a character of either script.
    fn beginning(&self, first: Option<char>) -> &[&'static str] {
        #[cfg(test)]
        if self.text().is_empty() {
            return &[];
        }
        let first_of = |word: &str| word.chars().next();
        self.by_first
            .words(first.map(simplify), self.text, first_of)
    }

    /// Returns the words that end with a character of either script.
    fn ending(&self, last: Option<char>) -> &[&'static str] {
        #[cfg(test)]
        if self.text().is_empty() {
            return &[];
        }
        let last_of = |word: &str| word.chars().next_back();
        self.by_last.words(last.map(simplify), self.text, last_of)
    }

    /// Returns what follows each of the words that a text begins with.
    pub fn rests<'a>(&self, text: &'a str) -> impl Iterator<Item = &'a str> + use<'a, '_> {
        let words = self.beginning(text.chars().next()).iter();
        words.filter_map(move |word| script::strip_prefix(text, word))
    }

    /// Returns what follows the first of the words that a text begins with.
    pub fn strip_prefix<'a>(&self, text: &'a str) -> Option<&'a str> {
        self.rests(text).next()
    }

    /// Returns true if a text begins with one of the words.
    pub fn starts(&self, text: &str) -> bool {
        self.strip_prefix(text).is_some()
    }

    /// Returns what comes before the first of the words that a text ends with.
    pub fn strip_suffix<'a>(&self, text: &'a str) -> Option<&'a str> {
        let mut words = self.ending(text.chars().next_back()).iter();
        words.find_map(|word| script::strip_suffix(text, word))
    }

    /// Returns true if a text ends with one of the words.
    pub fn ends(&self, text: &str) -> bool {
        self.strip_suffix(text).is_some()
    }

    /// Returns true if one of the words occurs in a text.
    pub fn occur_in(&self, text: &str) -> bool {
        let text = simplified(text);
        self.iter().any(|word| text.contains(word))
    }

    /// Returns true if a text is one of the words.
    pub fn has(&self, text: &str) -> bool {
        self.rests(text).any(str::is_empty)
    }

    /// Returns true if the letters of a text, in lower case, are one of the words:
    /// `【 Read More 】` is `readmore`.
    ///
    /// ```
    /// use jingdu::text::words::Words;
    /// static MORE: Words = Words::new("readmore 阅读全文");
    /// assert!(MORE.has_letters_of("【 Read More 】") && MORE.has_letters_of("》》閱讀全文"));
    /// assert!(!MORE.has_letters_of("阅读全文要登录"));
    /// ```
    pub fn has_letters_of(&self, text: &str) -> bool {
        let is_letter = |c: &char| letter::is_letter(*c);
        let letters = || text.chars().filter(is_letter).flat_map(char::to_lowercase);
        let letters = || letters().map(simplify);
        self.beginning(letters().next())
            .iter()
            .any(|word| letters().eq(word.chars()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_their_first_character() {
        static NAMES: Words = Words::new("延伸阅读 相关阅读\n  readmore é 𠮷");
        assert_eq!(NAMES.iter().count(), 5);
        for text in ["【 相关 阅读 】", "Read More »", "É", "𠮷。"] {
            assert!(NAMES.has_letters_of(text), "{text}");
        }
        for text in ["相关阅读材料", "", "——", "注", "e"] {
            assert!(!NAMES.has_letters_of(text), "{text}");
        }
        for word in NAMES.iter() {
            let is_found = NAMES.has(word) && NAMES.starts(word) && NAMES.ends(word);
            assert!(is_found, "{word}");
        }
        for text in ["延伸閱讀", "【相關閱讀】"] {
            assert!(NAMES.has_letters_of(text) && NAMES.occur_in(text), "{text}");
            assert!(NAMES.has(text.trim_matches(['【', '】'])), "{text}");
        }
        assert!(NAMES.ends("更多延伸閱讀") && NAMES.starts("相關閱讀：甲"));
        assert!(!NAMES.starts("") && !NAMES.has("") && !Words::new(" ").starts("甲"));
        let words = Words::new("本书 本章 本章未完");
        assert!(words.rests("本章未完，点击").eq(["未完，点击", "，点击"]));
    }

    #[test]
    fn lists_of_a_file_are_withheld() {
        static NAMES: Words = Words::new("甲 乙");
        let found = || (NAMES.has("甲"), NAMES.starts("乙丙"), NAMES.ends("丙乙"));
        assert_eq!(without("text/words.rs", found), (false, false, false));
        assert_eq!(without("text/span.rs", found), (true, true, true));
        assert_eq!(found(), (true, true, true));
    }
}
