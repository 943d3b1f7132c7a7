//! Reads one marker off a text, and finds the places of possible markers.
//!
//! 1. [`read`] takes the first row of [`STYLES`] that fits a text, [`label`] and [`inline_label`]
//!    that of [`LABEL_STYLES`]; [`bare`] reads a number that is a whole line.
//! 2. [`inline_starts`] finds the places inside paragraphs at which a row may fit.
//!
//! Both are derived from the table when they are first needed.

use super::family::{Family, Ordinal};
use super::number::{Number, Numeral, is_plain_han};
use super::style::{
    LABEL_STYLES, LabelStyle, LabelWord, MAX_LABEL_LETTERS, NOT_LABEL_ENDS, NOT_LABELS, STYLES,
    Style,
};
use crate::text::{letter, numeral};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A marker read off a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker {
    /// Its style.
    pub family: Family,
    /// Its place among its fellows.
    pub ordinal: Ordinal,
    /// Bytes it takes.
    pub len: usize,
}

/// A style, its pattern parsed.
#[derive(Debug)]
struct Row {
    style: Style,
    /// Words of which one begins the marker; at least one, which may be empty.
    before: Vec<&'static str>,
    numeral: Option<Numeral>,
    /// Words of which one ends it, likewise.
    after: Vec<&'static str>,
}

/// The rows of the table.
struct Table {
    rows: Vec<Row>,
    /// Indices of the rows that may fit a text, by its first character.
    by_first_char: BTreeMap<char, Vec<usize>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let rows: Vec<Row> = STYLES.iter().filter_map(Row::parse).collect();
    let mut by_first_char: BTreeMap<char, Vec<usize>> = BTreeMap::new();
    for (i, row) in rows.iter().enumerate() {
        for c in row.first_chars() {
            let rows = by_first_char.entry(c).or_default();
            if rows.last() != Some(&i) {
                rows.push(i);
            }
        }
    }
    Table {
        rows,
        by_first_char,
    }
});

/// Reads the marker that `text` begins with, at the `head` of a line or not.
pub fn read(text: &str, head: bool) -> Option<Marker> {
    let rows = TABLE.by_first_char.get(&text.chars().next()?)?;
    rows.iter()
        .filter_map(|row| TABLE.rows.get(*row))
        .filter(|row| head || !row.style.heads_lines)
        .find_map(|row| row.read(text))
}

impl Row {
    fn parse(style: &Style) -> Option<Self> {
        fn words(list: &'static str) -> Vec<&'static str> {
            let words = list.split_whitespace();
            let words: Vec<_> = words
                .flat_map(|word| {
                    if word == "␣" {
                        vec!["　", " "]
                    } else {
                        vec![word]
                    }
                })
                .collect();
            if words.is_empty() { vec![""] } else { words }
        }
        let Some((before, rest)) = style.pattern.split_once('{') else {
            return Some(Self {
                style: *style,
                before: words(style.pattern),
                numeral: None,
                after: words(""),
            });
        };
        let (sample, after) = rest.split_once('}')?;
        Some(Self {
            style: *style,
            before: words(before),
            numeral: Some(Numeral::from_sample(sample)?),
            after: words(after),
        })
    }

    fn first_chars(&self) -> Vec<char> {
        let words = self.before.iter().filter_map(|word| word.chars().next());
        let firsts: Vec<char> = words.collect();
        match self.numeral {
            Some(numeral) if firsts.is_empty() => numeral.first_chars(),
            _ => firsts,
        }
    }

    /// Reads this style at the beginning of `text`.
    fn read(&self, text: &str) -> Option<Marker> {
        let before = self.before.iter().find(|word| text.starts_with(**word))?;
        let rest = text.get(before.len()..)?;
        let number = match self.numeral {
            Some(numeral) => numeral.read(rest)?,
            None => Number {
                ordinal: self.style.word?,
                len: 0,
                parts: 1,
            },
        };
        let rest = rest.get(number.len..)?;
        let after = self.after.iter().find(|word| rest.starts_with(**word))?;
        Some(Marker {
            family: match self.style.family {
                Family::Count(_) => Family::Count(after.chars().next()?),
                Family::Arabic(_) => Family::Arabic(after.chars().next()?),
                Family::Path(_) => Family::Path(number.parts),
                other => other,
            },
            ordinal: number.ordinal,
            len: before.len() + number.len + after.trim_end().len(),
        })
    }

    /// Returns the beginnings of its inline markers: of a number with words before it the first
    /// digit, of one without them the last digit and what follows it.
    fn beginnings(&self) -> Vec<String> {
        let numerals = self.numeral.map(Numeral::inline_digits);
        let digits = numerals.map_or(vec![String::new()], |digits| {
            digits.chars().map(String::from).collect()
        });
        let is_led = self.before != [""];
        let after = if is_led { &[""] } else { &self.after[..] };
        let joined = |before: &str, digit: &str| -> Vec<String> {
            let after = after.iter();
            after
                .map(|after| format!("{before}{digit}{after}"))
                .collect()
        };
        let before = self.before.iter();
        before
            .flat_map(|before| digits.iter().flat_map(|digit| joined(before, digit)))
            .collect()
    }
}

/// The beginnings of inline markers, none of which is the beginning of another one. All of a
/// text is compared with them (`c_outline` in `benches/road.rs`).
struct Beginnings {
    /// By character one more than an index of `rests`; 0 where nothing begins with it.
    slots: Vec<u8>,
    /// The second character of the beginnings that share the first one, sorted, and all that
    /// follows the first.
    rests: Vec<Vec<(Option<char>, String)>>,
}

static BEGINNINGS: LazyLock<Beginnings> = LazyLock::new(|| {
    let rows = TABLE.rows.iter().filter(|row| !row.style.heads_lines);
    let labels = LABEL_STYLES.iter().flat_map(LabelStyle::inline_ends);
    let mut by_first_char: BTreeMap<char, Vec<_>> = BTreeMap::new();
    for beginning in rows.flat_map(Row::beginnings).chain(labels) {
        let mut chars = beginning.chars();
        if let Some(first) = chars.next() {
            let rests = by_first_char.entry(first).or_default();
            let rest = chars.as_str().to_owned();
            rests.push((chars.next(), rest));
        }
    }
    let last = by_first_char.last_key_value();
    let mut slots = vec![0; last.map_or(0, |(c, _)| *c as usize + 1)];
    for (slot, first) in (1..).zip(by_first_char.keys()) {
        slots[*first as usize] = slot;
    }
    for rests in by_first_char.values_mut() {
        rests.sort_unstable();
        rests.dedup();
    }
    let rests = by_first_char.into_values().collect();
    Beginnings { slots, rests }
});

/// Returns the places of `text` at which an inline marker, or the last digit of its number,
/// may begin, in text order.
pub fn inline_starts(text: &str) -> impl Iterator<Item = usize> {
    let Beginnings { slots, rests } = &*BEGINNINGS;
    let mut free = 0;
    text.char_indices().filter_map(move |(at, c)| {
        let slot = slots.get(c as usize).filter(|slot| **slot > 0)?;
        let rests = rests.get(usize::from(*slot) - 1)?;
        let behind = text.get(at + c.len_utf8()..).filter(|_| at >= free)?;
        let next = behind.chars().next();
        let from = rests.partition_point(|(second, _)| second.is_some() && *second < next);
        let (_, rest) = rests
            .iter()
            .skip(from)
            .take_while(|(second, _)| second.is_none() || *second == next)
            .find(|(_, rest)| behind.starts_with(rest.as_str()))?;
        // （一是 begins behind the bracket, （一） with it
        let is_closed = || {
            behind
                .get(rest.len()..)?
                .chars()
                .next()
                .map(|c| "）)】".contains(c))
        };
        let is_bracket = matches!(c, '（' | '(' | '【') && is_closed() != Some(true);
        free = at + c.len_utf8() + if is_bracket { 0 } else { rest.len() };
        Some(at)
    })
}

/// Reads the label that a line begins with: 问题一：, 专栏1, 原则 3, 【误区一】, 一号建议：.
pub fn label(line: &str) -> Option<Marker> {
    let mut styles = LABEL_STYLES.iter();
    styles.find_map(|style| style.read(line, |_| style.after))
}

/// Reads the label that `text` begins with inside a paragraph: 好处一，.
pub fn inline_label(text: &str) -> Option<Marker> {
    let mut styles = LABEL_STYLES.iter();
    styles.find_map(|style| {
        style.read(text, |is_han| {
            let (han, arabic) = style.after_inline;
            if is_han { han } else { arabic }
        })
    })
}

impl LabelStyle {
    /// Reads this style at the beginning of `text`. `after`: the characters of which one follows a
    /// Chinese number, or another one.
    fn read(&self, text: &str, after: impl Fn(bool) -> &'static str) -> Option<Marker> {
        let is_bracketed = !self.open.is_empty();
        let inside = if is_bracketed {
            text.strip_prefix(|c| self.open.contains(c))?
        } else {
            text
        };
        let label = match self.word {
            LabelWord::Behind => self.number_and_word(inside)?,
            _ => self.word_and_number(inside)?,
        };
        let (written, rest) = inside.split_at_checked(label.len)?;
        let next = rest.chars().next().unwrap_or('\n');
        let is_han = written.ends_with(numeral::is_han_numeral);
        let close = if is_bracketed { next.len_utf8() } else { 0 };
        after(is_han).contains(next).then_some(Marker {
            len: text.len() - rest.len() + close,
            ..label
        })
    }

    /// Returns the bytes of the word before the number.
    fn word(&self, text: &str) -> Option<usize> {
        let in_word = |c: &char| {
            letter::is_letter(*c) && !c.is_ascii() && *c != '第' && !numeral::is_han_numeral(*c)
        };
        if let LabelWord::OneOf(words) = self.word {
            return Some(text.len() - words.strip_prefix(text)?.len());
        }
        let letters = text.chars().take(MAX_LABEL_LETTERS).take_while(in_word);
        let word = text.get(..letters.map(char::len_utf8).sum())?;
        let is_label = match self.word {
            LabelWord::EndingWith(end) => word.ends_with(end),
            _ => !word.is_empty(),
        };
        let is_label = is_label && !NOT_LABELS.has(word) && !NOT_LABEL_ENDS.ends(word);
        is_label.then_some(word.len())
    }

    /// Reads a word and the number behind it: 原则 3.
    fn word_and_number(&self, text: &str) -> Option<Marker> {
        let (word, rest) = text.split_at_checked(self.word(text)?)?;
        let digits = rest.trim_start_matches([' ', '　']);
        let blank = rest.len() - digits.len();
        let number = self.number(digits)?;
        // 原则 三
        if blank > 0 && digits.starts_with(is_plain_han) {
            return None;
        }
        // FNV-1a, by characters
        let hash = word.chars().fold(0x811c_9dc5_u32, |hash, c| {
            (hash ^ u32::from(c)).wrapping_mul(0x0100_0193)
        });
        Some(Marker {
            family: Family::Label(hash),
            ordinal: number.ordinal,
            len: word.len() + blank + number.len,
        })
    }

    /// Reads a number and the word behind it: 一号建议.
    fn number_and_word(&self, text: &str) -> Option<Marker> {
        let number = self.number(text)?;
        let rest = text.get(number.len..)?;
        let word = rest.chars().take(MAX_LABEL_LETTERS);
        let word = word.take_while(|c| letter::is_letter(*c));
        let len = word.map(char::len_utf8).sum::<usize>();
        let first = rest.chars().next().filter(|_| len > 0)?;
        Some(Marker {
            family: Family::Count(first),
            ordinal: number.ordinal,
            len: number.len + len,
        })
    }

    fn number(&self, text: &str) -> Option<Number> {
        self.numerals.iter().find_map(|numeral| numeral.read(text))
    }

    /// Returns the ends of its inline labels: the last digit of the number and what follows it.
    fn inline_ends(&self) -> Vec<String> {
        let (han, arabic) = self.after_inline;
        let [han_digits, digits] = [Numeral::Han, Numeral::Arabic].map(Numeral::inline_digits);
        let ends = [(han_digits, han), (digits, arabic)];
        let pairs = ends.iter().flat_map(|(digits, after)| {
            let digits = digits.chars();
            digits.flat_map(|digit| after.chars().map(move |mark| (digit, mark)))
        });
        pairs
            .map(|(digit, mark)| format!("{digit}{mark}"))
            .collect()
    }
}

/// Reads a number that is a whole line.
pub fn bare(text: &str) -> Option<Marker> {
    let text = text.trim();
    let whole = |numeral: Numeral, family| {
        let number = numeral.read(text).filter(|n| n.len == text.len())?;
        Some(Marker {
            family,
            ordinal: number.ordinal,
            len: number.len,
        })
    };
    whole(Numeral::Han, Family::BareHan)
        .or_else(|| whole(Numeral::Arabic, Family::BareArabic))
        .or_else(|| whole(Numeral::Roman, Family::Roman))
        .or_else(|| whole(Numeral::Financial, Family::Financial))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All markers of a row that can be written with a digit of its own.
    fn markers(row: &Row) -> Vec<String> {
        let number = row.numeral.map(|numeral| match numeral {
            Numeral::Path => "1.3".to_owned(),
            other => other.first_chars()[1].to_string(),
        });
        let number = number.unwrap_or_default();
        let before = row.before.iter();
        before
            .flat_map(|b| row.after.iter().map(move |a| (b, a)))
            .map(|(before, after)| format!("{before}{number}{after}"))
            .collect()
    }

    #[test]
    fn every_row_reads_what_its_pattern_says() {
        assert_eq!(TABLE.rows.len(), STYLES.len());
        for row in &TABLE.rows {
            for text in markers(row) {
                let found = row.read(&text).unwrap_or_else(|| panic!("{text}"));
                assert_eq!(found.len, text.trim_end().len(), "{text}");
                assert!(read(&text, row.style.heads_lines).is_some(), "{text}");
            }
        }
    }

    #[test]
    fn every_inline_marker_is_found() {
        for row in TABLE.rows.iter().filter(|row| !row.style.heads_lines) {
            for marker in markers(row) {
                let text = format!("京津冀，{marker}甲");
                let found: Vec<usize> = inline_starts(&text).collect();
                assert_eq!(found, ["京津冀，".len()], "{text}");
            }
        }
    }

    #[test]
    fn no_beginning_is_the_beginning_of_another() {
        for rests in &BEGINNINGS.rests {
            for [(_, rest), (_, next)] in rests.array_windows() {
                assert!(
                    rest == next || !next.starts_with(rest.as_str()),
                    "{rests:?}"
                );
            }
        }
    }

    #[test]
    fn every_row_of_labels_reads_its_kind() {
        let rows: [(&[&str], &[&str]); LABEL_STYLES.len()] = [
            (
                &["问题一：", "专栏1", "原则 3、", "误区①｜"],
                &[
                    "统一，",
                    "星期一：",
                    "图1：",
                    "原则 三：",
                    "第一：",
                    "甲乙丙丁戊一：",
                ],
            ),
            (&["好处之一是"], &["好处一是", "好处之一个"]),
            (&["NO. 1", "Part2：", "Q3："], &["Note 1", "Part 一"]),
            (
                &["【误区一】", "〔专栏1〕"],
                &["【误区一", "【误区一：】", "【统一】"],
            ),
            (&["【Part 2】"], &["【Part】"]),
            (
                &["一思：", "一号建议："],
                &["一：", "一思，", "一甲乙丙丁戊："],
            ),
        ];
        for (style, (labels, others)) in LABEL_STYLES.iter().zip(rows) {
            for text in labels {
                let found = style.read(text, |_| style.after).map(|m| m.len);
                let marks = |c| !style.open.contains(c) && "：、｜是".contains(c);
                let wanted = text.trim_end_matches(marks).len();
                assert_eq!(found, Some(wanted), "{text}");
                assert!(label(text).is_some(), "{text}");
            }
            for text in others {
                assert_eq!(style.read(text, |_| style.after), None, "{text}");
            }
        }
    }

    #[test]
    fn labels_inside_a_paragraph_need_a_mark() {
        for (text, wanted) in [
            ("好处一，省水", true),
            ("好处1：省水", true),
            ("好处之二是省水", true),
            ("好处1，省水", false),
            ("好处一", false),
            ("好处一省水", false),
        ] {
            assert_eq!(inline_label(text).is_some(), wanted, "{text}");
        }
    }

    #[test]
    fn bare_numbers_are_read() {
        for (text, family) in [
            (" 十二 ", Some(Family::BareHan)),
            ("3", Some(Family::BareArabic)),
            ("IV", Some(Family::Roman)),
            ("贰", Some(Family::Financial)),
            ("3号", None),
        ] {
            assert_eq!(bare(text).map(|m| m.family), family, "{text}");
        }
    }
}
