//! Han found by letters: initials, whole syllables, or both mixed.
//!
//! 1. [`readings`]: the syllables of a Han character, all of them where it has
//!    several; read once when first needed.
//! 2. [`Sound`]: letters as typed. Each Han takes its first letter (or zh, ch,
//!    sh) or a whole syllable of them; the last one may be begun only.
//! 3. Characters that cannot come first or second are passed over by a table;
//!    only from the others the letters are followed.
//!
//! Keeps to runs of Han: nothing may stand between two of them.

use crate::text::fold::half_width;
use crate::text::han::is_han;
use crate::text::{Span, cluster};
use pinyin::ToPinyinMulti;
use std::ops::Range;
use std::sync::OnceLock;

/// The Han that have readings here: the basic block and extension A.
const FIRST: u32 = 0x3400;
/// The one after the last.
const LAST: u32 = 0xa000;
/// Letters of the longest query; a pasted sentence of English is none.
const LONGEST: usize = 60;
/// Letters of the shortest one.
pub const SHORTEST: usize = 3;

/// Syllables by character.
struct Table {
    /// Where each character's begin in `syllables`.
    starts: Vec<u32>,
    syllables: Vec<&'static str>,
}

fn table() -> &'static Table {
    static READ: OnceLock<Table> = OnceLock::new();
    READ.get_or_init(|| {
        let mut table = Table {
            starts: Vec::with_capacity((LAST - FIRST) as usize + 1),
            syllables: Vec::new(),
        };
        for code in FIRST..LAST {
            let from = table.syllables.len();
            table.starts.push(from as u32);
            for reading in char::from_u32(code)
                .and_then(|c| c.to_pinyin_multi())
                .into_iter()
                .flatten()
            {
                // ü is typed v
                let plain = match reading.plain() {
                    "lü" => "lv",
                    "nü" => "nv",
                    "lüe" => "lve",
                    "nüe" => "nve",
                    other => other,
                };
                if plain.is_ascii()
                    && !plain.is_empty()
                    && !table.syllables.iter().skip(from).any(|s| *s == plain)
                {
                    table.syllables.push(plain);
                }
            }
        }
        table.starts.push(table.syllables.len() as u32);
        table
    })
}

/// The readings of a Han character without tones; empty where there is none.
///
/// ```
/// use jingdu::search::sound::readings;
/// assert!(readings('重').contains(&"chong") && readings('重').contains(&"zhong"));
/// assert!(readings('a').is_empty());
/// ```
pub fn readings(c: char) -> &'static [&'static str] {
    let code = c as u32;
    if !(FIRST..LAST).contains(&code) {
        return &[];
    }
    let table = table();
    let at = (code - FIRST) as usize;
    let range = table.starts.get(at).copied().unwrap_or(0) as usize
        ..table.starts.get(at + 1).copied().unwrap_or(0) as usize;
    table.syllables.get(range).unwrap_or_default()
}

/// Letters that may stand for Han.
#[derive(Clone, Debug)]
pub struct Sound {
    letters: Vec<u8>,
    /// For each character whether it may be the first (1) or the second (2) of a hit.
    may: Vec<u8>,
    /// Whether one Han may be all of it.
    single: bool,
}

/// What following the letters over one more Han leads to.
enum Step {
    /// The letters may go on at these places; a bit each.
    On(u64),
    /// All letters are used up.
    Done,
}

impl Sound {
    /// Letters as typed; `None` where they are none, too few or too many. An
    /// apostrophe may part two syllables.
    pub fn new(typed: &str) -> Option<Self> {
        // an input method may type full-width letters and a curly apostrophe
        let typed: String = typed
            .chars()
            .map(|c| if c == '’' { '\'' } else { half_width(c) })
            .collect();
        let letters: Vec<u8> = typed
            .bytes()
            .filter(|b| *b != b'\'')
            .map(|b| b.to_ascii_lowercase())
            .collect();
        let fits = (SHORTEST..=LONGEST).contains(&letters.len())
            && letters.iter().all(u8::is_ascii_lowercase);
        if !fits || typed.starts_with('\'') {
            return None;
        }
        let mut sound = Self {
            letters,
            may: vec![0; (LAST - FIRST) as usize],
            single: false,
        };
        let mut second = 0;
        for code in FIRST..LAST {
            let step = char::from_u32(code).map_or(Step::On(0), |c| sound.step(1, c));
            let first = match step {
                Step::Done => {
                    sound.single = true;
                    true
                }
                Step::On(places) => {
                    second |= places;
                    places != 0
                }
            };
            if let Some(may) = sound.may.get_mut((code - FIRST) as usize) {
                *may = u8::from(first);
            }
        }
        for code in FIRST..LAST {
            let goes_on =
                char::from_u32(code).is_some_and(|c| !matches!(sound.step(second, c), Step::On(0)));
            if let Some(may) = sound
                .may
                .get_mut((code - FIRST) as usize)
                .filter(|_| goes_on)
            {
                *may |= 2;
            }
        }
        Some(sound)
    }

    /// Follows the letters from each of `places` over one Han.
    fn step(&self, places: u64, c: char) -> Step {
        let mut next = 0;
        for syllable in readings(c) {
            let syllable = syllable.as_bytes();
            let mut left = places;
            while left != 0 {
                let at = left.trailing_zeros() as usize;
                left &= left - 1;
                let rest = self.letters.get(at..).unwrap_or_default();
                if syllable.starts_with(rest) {
                    return Step::Done;
                }
                if rest.starts_with(syllable) {
                    next |= 1 << (at + syllable.len());
                }
                if rest.first() == syllable.first() {
                    next |= 1 << (at + 1);
                    if rest.get(1) == Some(&b'h') && syllable.get(1) == Some(&b'h') {
                        next |= 1 << (at + 2);
                    }
                }
            }
        }
        Step::On(next)
    }

    /// Adds every stretch that begins in `range` and reads so, also where two
    /// overlap: which of them is meant, only the whole text tells.
    pub fn find(&self, text: &str, range: Range<usize>, found: &mut Vec<Span>) {
        let bytes = text.as_bytes();
        let wanted = if self.single { 0 } else { 2 };
        let mut at = range.start;
        let mut before = None;
        let end = range.end.min(text.len());
        // one character further: it may be the second of a hit
        while at < end || before.is_some() {
            let (step, may) = match bytes.get(at) {
                Some(0xe3..=0xe9) => (
                    3,
                    self.may
                        .get(code(bytes, at).wrapping_sub(FIRST as usize))
                        .copied()
                        .unwrap_or(0),
                ),
                Some(0xea..=0xef) => (3, 0),
                Some(0xf0..) => (4, 0),
                Some(0xc0..=0xdf) => (2, 0),
                Some(_) | None => (1, 0),
            };
            if let Some(start) = before.take().filter(|_| may & 2 != 0)
                && let Some(end) = self.end(text, start)
            {
                found.push(Span::new(start, end));
            }
            if may & 1 != 0 && at < end {
                if wanted == 0 {
                    if let Some(end) = self.end(text, at) {
                        found.push(Span::new(at, end));
                    }
                } else {
                    before = Some(at);
                }
            }
            at += step;
        }
    }

    /// Where a stretch that begins at `start` and reads so ends.
    fn end(&self, text: &str, start: usize) -> Option<usize> {
        let mut places = 1;
        let mut end = start;
        for c in text.get(start..)?.chars() {
            end += c.len_utf8();
            match self.step(places, c) {
                Step::On(0) => return None,
                Step::On(next) => places = next,
                Step::Done => {
                    return (cluster::is_boundary(text, start) && cluster::is_boundary(text, end))
                        .then_some(end);
                }
            }
        }
        None
    }
}

/// The number of the three-byte character at `at`.
fn code(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..at + 3) {
        Some(&[a, b, c]) => {
            (usize::from(a & 15) << 12) | (usize::from(b & 63) << 6) | usize::from(c & 63)
        }
        _ => 0,
    }
}

/// Letters that a Han word reads as, by its characters' first readings.
pub fn spelled(word: &str) -> Option<Vec<&'static [&'static str]>> {
    let all: Vec<_> = word.chars().filter(|c| is_han(*c)).map(readings).collect();
    (!all.is_empty() && all.iter().all(|r| !r.is_empty()) && word.chars().all(is_han))
        .then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(letters: &str, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        Sound::new(letters)
            .unwrap()
            .find(text, 0..text.len(), &mut found);
        found.iter().map(|s| s.of(text).to_owned()).collect()
    }

    #[test]
    fn initials_syllables_and_both_mixed() {
        let text = "“雄安质量”是雄安的质量。";
        for letters in [
            "xazl",
            "xiongazl",
            "xionganzhiliang",
            "xiongazhil",
            "XAZL",
            "xiong'an'zl",
            "ｘａｚｌ",
            "xazhl",
        ] {
            assert_eq!(hits(letters, text), ["雄安质量"], "{letters}");
        }
        assert_eq!(hits("xiongan", text), ["雄安", "雄安"]);
        assert_eq!(hits("xiong", text), ["雄", "雄"]);
    }

    #[test]
    fn every_reading_counts() {
        assert_eq!(hits("chongxin", "重新"), ["重新"]);
        assert_eq!(hits("zhongyao", "重要"), ["重要"]);
        assert_eq!(hits("lvshui", "绿水"), ["绿水"]);
        assert_eq!(hits("tizhi", "體制"), ["體制"]);
    }

    #[test]
    fn marks_part_words() {
        assert_eq!(hits("xazl", "雄安，质量"), Vec::<String>::new());
        assert!(Sound::new("xa").is_none() && Sound::new("c919").is_none());
    }
}
