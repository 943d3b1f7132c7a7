//! Han found by letters: initials, whole syllables, or both mixed.
//!
//! 1. [`readings`]: the syllables of a Han character, all of them where it has several; read
//!    once when first needed.
//! 2. [`Sound`]: letters as typed. Each Han takes its first letter (or zh, ch, sh) or a whole
//!    syllable of them; the last one may be begun only.
//! 3. Characters that cannot come first or second are passed over; only from the others the
//!    letters are followed.
//!
//! Keeps to runs of Han: nothing may be between two of them but what takes no room.

use crate::text::fold::{half_width, is_invisible};
use crate::text::han::{self, is_han};
use crate::text::script::unified;
use crate::text::{Span, cluster};
use pinyin::ToPinyinMulti;
use std::ops::{Range, RangeInclusive};
use std::sync::LazyLock;

/// The Han that have readings here: the common ones and extension A.
const READ_HAN: RangeInclusive<char> = han::EXTENSION_A_FIRST..=han::COMMON_LAST;

/// Letters of the shortest query.
const MIN_LETTERS: usize = 3;

/// Letters of the longest query; a pasted sentence of English is none.
const MAX_LETTERS: usize = 60;

/// The place of a character in [`READ_HAN`]; a place behind them for any other.
fn index(c: char) -> usize {
    u32::from(c).wrapping_sub(u32::from(han::EXTENSION_A_FIRST)) as usize
}

/// Returns the readings of a Han character without tones; empty where there is none.
///
/// ```
/// use jingdu::search::sound::readings;
/// assert!(readings('重').contains(&"chong") && readings('重').contains(&"zhong"));
/// assert!(readings('a').is_empty());
/// ```
pub fn readings(c: char) -> &'static [&'static str] {
    static SYLLABLES: LazyLock<Vec<Vec<&str>>> =
        LazyLock::new(|| READ_HAN.map(syllables).collect());
    SYLLABLES.get(index(unified(c))).map_or(&[], Vec::as_slice)
}

/// Looks up the readings of a Han character.
fn syllables(c: char) -> Vec<&'static str> {
    let mut found = Vec::new();
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        // ü is typed v, and u where no other syllable is spelled so
        let plain: &[&str] = match reading.plain() {
            "lü" => &["lv"],
            "nü" => &["nv"],
            "lüe" => &["lve", "lue"],
            "nüe" => &["nve", "nue"],
            other => &[other],
        };
        for plain in plain {
            if plain.is_ascii() && !plain.is_empty() && !found.contains(plain) {
                found.push(*plain);
            }
        }
    }
    found
}

/// Returns a number by which characters are sorted as in a dictionary: Han by their first reading
/// without its tone, equal ones by their code points, and behind all other characters.
///
/// ```
/// use jingdu::search::sound::dictionary_order;
/// let mut all = ['一', '中', '八', 'a', '，', '安'];
/// all.sort_by_key(|c| dictionary_order(*c));
/// assert_eq!(all, ['a', '，', '安', '八', '一', '中']);
/// ```
pub fn dictionary_order(c: char) -> u32 {
    static PLACES: LazyLock<Vec<u32>> = LazyLock::new(|| {
        let mut sorted: Vec<char> = READ_HAN.collect();
        // one that nobody can read is behind those that have a reading
        sorted.sort_by_key(|c| readings(*c).first().copied().unwrap_or("~"));
        let mut places = vec![0; sorted.len()];
        for (place, c) in (0..).zip(sorted) {
            if let Some(slot) = places.get_mut(index(c)) {
                *slot = place;
            }
        }
        places
    });
    let behind_all = u32::from(char::MAX) + 1;
    match PLACES.get(index(unified(c))) {
        Some(place) => behind_all + place,
        None => u32::from(c),
    }
}

/// Letters that may be typed for Han.
///
/// ```
/// use jingdu::search::sound::Sound;
/// let text = "绿水绕渡口，老船夫";
/// let hit = |typed| {
///     let mut found = Vec::new();
///     Sound::new(typed).unwrap().find(text, 0..text.len(), &mut found);
///     found.first().map(|span| span.of(text))
/// };
/// assert_eq!(hit("lvshui"), Some("绿水"));
/// assert_eq!(hit("rdk"), Some("绕渡口"));
/// assert_eq!(hit("laochf"), Some("老船夫"));
/// // a mark parts words
/// assert_eq!(hit("kouchuanfu"), None);
/// ```
#[derive(Clone, Debug)]
pub struct Sound {
    letters: Vec<u8>,
    /// For each character, by its [`index`], whether it may be the first of a hit.
    first: Vec<bool>,
    /// The same for the second.
    second: Vec<bool>,
    /// True if one Han may be all of it.
    is_single: bool,
}

/// The result of following the letters over one more Han.
enum Step {
    /// The letters may go on at these places; a bit each.
    On(u64),
    /// All letters are used up.
    Done,
}

impl Sound {
    /// Compiles letters as typed; `None` where they are none, too few or too many. An
    /// apostrophe may part two syllables.
    ///
    /// ```
    /// use jingdu::search::sound::Sound;
    /// assert!(Sound::new("dukou").is_some() && Sound::new("du'kou").is_some());
    /// // too few letters, or a digit among them
    /// assert!(Sound::new("dk").is_none() && Sound::new("c919").is_none());
    /// ```
    pub fn new(typed: &str) -> Option<Self> {
        // an input method may type full-width letters and a curly apostrophe
        let typed: String = typed
            .chars()
            .map(|c| match c {
                '’' => '\'',
                'ü' | 'Ü' => 'v',
                _ => half_width(c),
            })
            .collect();
        let letters = typed.bytes().filter(|b| *b != b'\'');
        let letters: Vec<u8> = letters.map(|b| b.to_ascii_lowercase()).collect();
        let fits = (MIN_LETTERS..=MAX_LETTERS).contains(&letters.len())
            && letters.iter().all(u8::is_ascii_lowercase);
        if !fits || typed.starts_with('\'') {
            return None;
        }
        let mut sound = Self {
            letters,
            first: Vec::new(),
            second: Vec::new(),
            is_single: false,
        };
        let mut after_first = 0;
        for c in READ_HAN {
            let begins = match sound.step(1, c) {
                Step::Done => {
                    sound.is_single = true;
                    true
                }
                Step::On(places) => {
                    after_first |= places;
                    places != 0
                }
            };
            sound.first.push(begins);
        }
        let goes_on = |c| !matches!(sound.step(after_first, c), Step::On(0));
        sound.second = READ_HAN.map(goes_on).collect();
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

    /// Adds every stretch that begins in `range` and reads so, also where two overlap: which of
    /// them is meant, only the whole text tells.
    pub fn find(&self, text: &str, range: Range<usize>, found: &mut Vec<Span>) {
        let may_be = |set: &[bool], c| set.get(index(unified(c))).is_some_and(|is_in| *is_in);
        let mut add = |start| found.extend(self.end(text, start).map(|end| Span::new(start, end)));
        // the character before, where it may be the first of a hit
        let mut before = None;
        let ahead = text.get(range.start..).unwrap_or_default();
        for (at, c) in ahead.char_indices().map(|(i, c)| (range.start + i, c)) {
            if is_invisible(c) {
                continue;
            }
            if let Some(start) = before.take()
                && may_be(&self.second, c)
            {
                add(start);
            }
            if at >= range.end {
                break;
            }
            if may_be(&self.first, c) {
                if self.is_single {
                    add(at);
                } else {
                    before = Some(at);
                }
            }
        }
    }

    /// Returns the end of a stretch that begins at `start` and reads so.
    fn end(&self, text: &str, start: usize) -> Option<usize> {
        let (mut places, mut end) = (1, start);
        for c in text.get(start..)?.chars() {
            end += c.len_utf8();
            if is_invisible(c) {
                continue;
            }
            match self.step(places, c) {
                Step::On(0) => return None,
                Step::On(next) => places = next,
                Step::Done => {
                    let is_whole =
                        cluster::is_boundary(text, start) && cluster::is_boundary(text, end);
                    return is_whole.then_some(end);
                }
            }
        }
        None
    }
}

/// Returns the readings of each character of a word of Han that all have some.
pub(crate) fn spelled(word: &str) -> Option<Vec<&'static [&'static str]>> {
    let all: Vec<_> = word.chars().map(readings).collect();
    let is_read = !all.is_empty() && word.chars().all(is_han) && all.iter().all(|r| !r.is_empty());
    is_read.then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_find_han_by_initials_syllables_and_both_mixed() {
        let text = "“雄安质量”是雄安的质量。";
        let mixed = "xazl xiongazl xionganzhiliang xiongazhil XAZL xiong'an'zl ｘａｚｌ xazhl";
        for (typed, text, wanted) in [
            (mixed, text, "雄安质量"),
            ("xiongan", text, "雄安 雄安"),
            ("xiong", text, "雄 雄"),
            // every reading counts
            ("chongxin", "重新", "重新"),
            ("zhongyao", "重要", "重要"),
            ("lvshui lüshui", "绿水", "绿水"),
            ("celue celve", "策略", "策略"),
            ("nuedai", "虐\u{2060}待", "虐\u{2060}待"),
            ("gaozhiliang", "⾼质量", "⾼质量"),
            ("tizhi", "體制", "體制"),
            // marks part words
            ("xazl", "雄安，质量", ""),
        ] {
            for letters in typed.split(' ') {
                let mut found = Vec::new();
                let sound = Sound::new(letters).unwrap();
                sound.find(text, 0..text.len(), &mut found);
                let hits: Vec<_> = found.iter().map(|s| s.of(text)).collect();
                assert_eq!(hits.join(" "), wanted, "{letters}");
            }
        }
        assert!(Sound::new("xa").is_none() && Sound::new("c919").is_none());
    }
}
