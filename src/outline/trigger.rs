//! Finds where an inline marker may begin: one pass over the text, by tables that
//! the compiler builds, so that a short article costs nothing but its own length.
//!
//! 1. A bit per character says whether anything begins with it ([`STARTS`]); most
//!    are passed with one look.
//! 2. A character and the next are a word where they share a class in [`PAIRS`].
//! 3. [`LONGER`] has the few longer words; the longest counts, and the search goes
//!    on behind it.
//!
//! Says nothing about what stands around the place: that is `context`'s.

/// Numbers as they are written.
const HAN: &str = "一二三四五六七八九十";
const DIGITS: &str = "0123456789０１２３４５６７８９";
const STEMS: &str = "甲乙丙丁戊己庚辛";
const LETTERS: &str = "ABCDEFGHabcdefgh";

/// Words of two characters: any of the first with any of the second. Not more than
/// fourteen rows: a bit each, and two are taken.
const PAIRS: &[(&str, &str)] = &[
    ("第其（(【", HAN),
    (HAN, "是要来來则則曰、，：:靠抓看讲講查防保促为為坚堅"),
    ("第（(", DIGITS),
    (DIGITS, ".．、）)：:"),
    ("（(", STEMS),
    (STEMS, "、"),
    ("（(", LETTERS),
    (LETTERS, ".．、"),
    ("首", "先"),
    ("其再", "次"),
    ("再", "者则則"),
    ("最然", "后後"),
    ("临臨末", "了"),
    ("接", "着著"),
];

/// Longer words; one that begins with a number begins with any number.
const LONGER: &[&str] = &[
    "一方面",
    "另一方面",
    "再一方面",
    "又一方面",
    "另外一方面",
    "一个是",
    "一個是",
];

/// Signs that are numbers by themselves.
const SIGNS: &[(char, char)] = &[
    ('①', '⑳'),
    ('⑴', '⒇'),
    ('⒈', '⒛'),
    ('❶', '❿'),
    ('㈠', '㈩'),
    ('➀', '➓'),
];

/// A table of a number for each character of the basic plane, by its upper and
/// its lower byte: most upper bytes share the empty row.
struct Table {
    rows: [u8; 256],
    classes: [[u16; 256]; Table::ROWS],
}

impl Table {
    /// Rows that are not empty, and the empty one; the compiler says where they
    /// are too few.
    const ROWS: usize = 33;

    /// What begins (or ends) the words of each row of [`PAIRS`], a bit a row.
    #[allow(
        clippy::large_stack_arrays,
        reason = "the compiler makes it, on no stack"
    )]
    const fn new(first: bool) -> Self {
        let mut table = Self {
            rows: [0; 256],
            classes: [[0; 256]; Self::ROWS],
        };
        let (mut used, mut i) = (1, 0);
        while i < PAIRS.len() {
            let mut rest = if first {
                PAIRS[i].0.as_bytes()
            } else {
                PAIRS[i].1.as_bytes()
            };
            while let Some((c, tail)) = decode(rest) {
                used = table.set(c, 1 << i, used);
                rest = tail;
            }
            i += 1;
        }
        i = 0;
        while first && i < SIGNS.len() {
            let mut c = SIGNS[i].0 as u32;
            while c <= SIGNS[i].1 as u32 {
                used = table.set(c, SIGN, used);
                c += 1;
            }
            i += 1;
        }
        i = 0;
        while i < LONGER.len() {
            if let Some((c, rest)) = decode(LONGER[i].as_bytes())
                && let Some((next, _)) = decode(rest)
            {
                used = table.set(if first { c } else { next }, LONG, used);
            }
            i += 1;
        }
        let mut numbers = HAN.as_bytes();
        while let Some((c, tail)) = decode(numbers)
            && first
        {
            used = table.set(c, LONG, used);
            numbers = tail;
        }
        table
    }

    const fn set(&mut self, c: u32, bits: u16, used: usize) -> usize {
        let (upper, lower) = ((c >> 8) as usize, (c & 0xff) as usize);
        let fresh = self.rows[upper] == 0;
        if fresh {
            self.rows[upper] = used as u8;
        }
        self.classes[self.rows[upper] as usize][lower] |= bits;
        used + fresh as usize
    }

    fn of(&self, c: char) -> u16 {
        let c = c as usize;
        if c < 0x1_0000 {
            self.classes[usize::from(self.rows[c >> 8])][c & 0xff]
        } else {
            0
        }
    }
}

/// The first character of UTF-8, and what follows; none beyond the basic plane.
const fn decode(bytes: &[u8]) -> Option<(u32, &[u8])> {
    match bytes {
        [a, rest @ ..] if *a < 0x80 => Some((*a as u32, rest)),
        [a, b, rest @ ..] if *a < 0xe0 => {
            Some(((*a as u32 & 0x1f) << 6 | (*b as u32 & 0x3f), rest))
        }
        [a, b, c, rest @ ..] => Some((
            (*a as u32 & 0x0f) << 12 | (*b as u32 & 0x3f) << 6 | (*c as u32 & 0x3f),
            rest,
        )),
        _ => None,
    }
}

/// A number by itself.
const SIGN: u16 = 1 << 15;
/// What a longer word begins with, and its second character.
const LONG: u16 = 1 << 14;

static FIRST: Table = Table::new(true);
static SECOND: Table = Table::new(false);
static STARTS: Starts = Starts::new();

/// What anything begins with, by the bytes of UTF-8: a bit a character.
struct Starts {
    /// Characters of one byte.
    ascii: [bool; 128],
    /// Those of three: by the low bits of the first and the second byte.
    wide: [[u64; 64]; 16],
}

impl Starts {
    const fn new() -> Self {
        let mut starts = Self {
            ascii: [false; 128],
            wide: [[0; 64]; 16],
        };
        let mut c = 0;
        while c < 0x1_0000 {
            let begins = FIRST.classes[FIRST.rows[c >> 8] as usize][c & 0xff] != 0;
            if c < 0x80 {
                starts.ascii[c] = begins;
            } else if begins {
                assert!(c >= 0x800, "no word begins with a character of two bytes");
                starts.wide[c >> 12][c >> 6 & 0x3f] |= 1 << (c & 0x3f);
            }
            c += 1;
        }
        starts
    }

    /// Where the next character stands, from `at` on, that anything begins with.
    fn next(&self, bytes: &[u8], at: usize) -> Option<usize> {
        let mut rest = bytes.get(at..)?;
        loop {
            rest = match rest {
                [a @ 0xe0..=0xef, b, c, tail @ ..] => {
                    if self.wide[usize::from(a & 0x0f)][usize::from(b & 0x3f)] >> (c & 0x3f) & 1
                        != 0
                    {
                        break;
                    }
                    tail
                }
                [a @ ..0x80, tail @ ..] => {
                    if self.ascii[usize::from(*a)] {
                        break;
                    }
                    tail
                }
                [_, tail @ ..] => tail,
                [] => return None,
            }
        }
        Some(bytes.len() - rest.len())
    }
}

/// Where the words begin, in text order; none inside another.
pub fn find(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let at = STARTS.next(text.as_bytes(), from)?;
            let mut chars = text.get(at..)?.chars();
            let c = chars.next()?;
            let (begins, ahead) = (FIRST.of(c), chars.as_str());
            let next = ahead.chars().next().unwrap_or_default();
            let ends = SECOND.of(next) & begins;
            let pair = || (ends & !LONG != 0).then_some(next.len_utf8());
            let more = if ends & LONG == 0 {
                None
            } else {
                longer(c, ahead)
            };
            let more = more.or_else(pair).or((begins & SIGN != 0).then_some(0));
            from = at + c.len_utf8() + more.unwrap_or(0);
            if more.is_some() {
                return Some(at);
            }
        }
    })
}

/// How many bytes of a longer word follow the first character.
fn longer(first: char, ahead: &str) -> Option<usize> {
    let number = HAN.contains(first);
    let rest = |word: &'static str| {
        let mut rest = word.chars();
        let head = rest.next()?;
        (head == first || (number && word.ends_with('是'))).then_some(rest.as_str())
    };
    LONGER
        .iter()
        .filter_map(|word| rest(word))
        .find(|rest| ahead.starts_with(rest))
        .map(str::len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use aho_corasick::{AhoCorasick, MatchKind};

    /// The same words, written out.
    fn words() -> Vec<String> {
        let pairs = PAIRS.iter().flat_map(|(a, b)| {
            a.chars()
                .flat_map(move |a| b.chars().map(move |b| format!("{a}{b}")))
        });
        let signs = SIGNS.iter().flat_map(|(a, b)| (*a..=*b).map(String::from));
        let counted = HAN
            .chars()
            .flat_map(|n| ["个是", "個是"].map(|rest| format!("{n}{rest}")));
        pairs
            .chain(signs)
            .chain(counted)
            .chain(LONGER.iter().map(|w| (*w).to_owned()))
            .collect()
    }

    #[test]
    fn finds_what_an_automaton_finds() {
        let words = words();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&words)
            .unwrap();
        // every word, whole and cut, beside every other that it may run into
        let mut text = String::from("京津冀协同发展，一是𠀀二、é第\u{e000}");
        for (i, word) in words.iter().enumerate() {
            for step in [1, 7, 31] {
                text += word;
                text.extend(words[(i * 13 + step) % words.len()].chars().take(1 + i % 2));
                text.push(['，', '甲', '方', 'a', '9'][(i + step) % 5]);
            }
        }
        let found: Vec<usize> = find(&text).collect();
        assert_eq!(
            found,
            automaton
                .find_iter(&text)
                .map(|m| m.start())
                .collect::<Vec<_>>()
        );
    }
}
