//! Reads one marker off a text, and finds the places of possible markers.
//!
//! 1. [`read`] takes the first row of [`STYLES`] that fits a text; [`label`] and [`bare`] read
//!    the two kinds of marker that no row can describe.
//! 2. [`inline_starts`] finds the places inside paragraphs at which a row may fit.
//!
//! Both are derived from the table when they are first needed.

use super::family::{Family, Ordinal};
use super::number::{Number, Numeral, is_plain_han};
use super::style::{STYLES, Style};
use crate::text::words::Words;
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
    let digits = Numeral::Either.inline_digits();
    // numbers of labels, 问题一：
    let labels = digits
        .chars()
        .flat_map(|digit| ["：", ":"].map(|colon| format!("{digit}{colon}")));
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

/// Words before numbers that are no points: 公元一, 统一.
static NOT_LABELS: Words =
    Words::new("公元 附件 附录 小 大 高 统 合 唯 专 单 同 归 划 天人合 照片");

/// Ends of words that number pictures, days and places: 附图一, 星期一.
static NOT_LABEL_ENDS: Words = Words::new("图 表 注 初 星期 礼拜 周 如 见");

/// A way to write a label.
struct LabelStyle {
    /// The end of the word before its number; empty for any.
    ending: &'static str,
    /// The characters of which one follows its number at the head of a line.
    after: &'static str,
    /// The same inside a paragraph, behind a Chinese and behind an Arabic number.
    after_inline: (&'static str, &'static str),
}

/// All ways to write a label.
const LABEL_STYLES: [LabelStyle; 2] = [
    LabelStyle {
        ending: "",
        after: "：:.．、，, 　】］〕｜|",
        after_inline: ("：:，、", "：:"),
    },
    // 好处之一是…，好处之二是…
    LabelStyle {
        ending: "之",
        after: "是",
        after_inline: ("是", ""),
    },
];

/// Returns whether `rest` is what may follow the number of a label with the word `name`.
fn ends_label(name: &str, rest: &str, after: impl Fn(&LabelStyle) -> &'static str) -> bool {
    let fits = |style: &LabelStyle| rest.starts_with(|c| after(style).contains(c));
    let mut styles = LABEL_STYLES.iter().filter(|s| name.ends_with(s.ending));
    styles.any(fits)
}

/// Returns whether the text behind the number of a label with the word `name` sets it off inside a
/// paragraph.
pub fn ends_inline_label(name: &str, is_han: bool, rest: &str) -> bool {
    ends_label(name, rest, |style| {
        let (han, arabic) = style.after_inline;
        if is_han { han } else { arabic }
    })
}

/// Numbers of labels besides the plain ones: 误区①.
const CIRCLED: Numeral = Numeral::Single('①', '⑳');

/// Western words that are numbered as labels are.
static WESTERN_LABELS: Words = Words::new("NO. No. NO No Part PART Chapter CHAPTER Step STEP Q");

/// Returns the bytes of the word before the number of a label.
fn label_word(text: &str) -> usize {
    if let Some(rest) = WESTERN_LABELS.strip_prefix(text) {
        return text.len() - rest.len();
    }
    let in_word = |c: &char| {
        letter::is_letter(*c) && !c.is_ascii() && *c != '第' && !numeral::is_han_numeral(*c)
    };
    let chars = text.chars().take(4).take_while(in_word);
    chars.map(char::len_utf8).sum()
}

/// Reads an ordinal with a word of up to four characters before it, in brackets or not: 问题一：,
/// 专栏1, 原则 3, 【误区一】.
pub fn label(text: &str) -> Option<Marker> {
    let inside = text.strip_prefix(['【', '［', '〔']);
    let Some(inside) = inside else {
        return bare_label(text);
    };
    let marker = bare_label(inside)?;
    let open = text.len() - inside.len();
    let close = inside.get(marker.len..)?.chars().next();
    let close = close.filter(|c| matches!(c, '】' | '］' | '〕'))?;
    Some(Marker {
        len: open + marker.len + close.len_utf8(),
        ..marker
    })
}

fn bare_label(text: &str) -> Option<Marker> {
    let (name, rest) = text.split_at_checked(label_word(text))?;
    if name.is_empty() {
        return None;
    }
    // FNV-1a, by characters
    let hash = name.chars().fold(0x811c_9dc5_u32, |hash, c| {
        (hash ^ u32::from(c)).wrapping_mul(0x0100_0193)
    });
    let digits = rest.trim_start_matches([' ', '　']);
    let blank = rest.len() - digits.len();
    let number = Numeral::Either
        .read(digits)
        .or_else(|| CIRCLED.read(digits))?;
    let is_none = NOT_LABELS.has(name) || NOT_LABEL_ENDS.ends(name);
    if is_none || (blank > 0 && digits.starts_with(is_plain_han)) {
        return None;
    }
    let after = digits.get(number.len..)?;
    let is_label = after.is_empty() || ends_label(name, after, |style| style.after);
    is_label.then_some(Marker {
        family: Family::Label(hash),
        ordinal: number.ordinal,
        len: name.len() + blank + number.len,
    })
}

/// Reads a number with a word of up to four characters behind it and a colon: 一思：, 一号建议：.
pub fn named(text: &str) -> Option<Marker> {
    let number = Numeral::Han.read(text)?;
    let rest = text.get(number.len..)?;
    let colon = rest
        .char_indices()
        .take(5)
        .find(|(_, c)| !letter::is_letter(*c));
    let (len, _) = colon.filter(|(len, c)| *len > 0 && matches!(c, '：' | ':'))?;
    Some(Marker {
        family: Family::Count(rest.chars().next()?),
        ordinal: number.ordinal,
        len: number.len + len,
    })
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
    fn labels_and_bare_numbers_are_read() {
        for (text, len) in [("问题一：甲", 9), ("专栏1", 7), ("原则 3、", 8)] {
            assert_eq!(label(text).map(|m| m.len), Some(len), "{text}");
        }
        for text in [
            "统一，",
            "星期一：",
            "图1：",
            "原则 三：",
            "第一：",
            "甲乙丙丁戊一：",
        ] {
            assert_eq!(label(text), None, "{text}");
        }
        for (text, family) in [
            (" 十二 ", Some(Family::BareHan)),
            ("3", Some(Family::BareArabic)),
            ("IV", Some(Family::Roman)),
            ("3号", None),
        ] {
            assert_eq!(bare(text).map(|m| m.family), family, "{text}");
        }
    }
}
