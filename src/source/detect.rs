//! Ranks the encodings that bytes may be in, by how well they read in each.
//!
//! 1. Some kilobytes are looked at, from the first byte that is no ASCII on, and
//!    further stretches where these hold little.
//! 2. Each encoding's cheapest reading is priced: what is common in Chinese or
//!    Western text is cheap, what is rare, private or broken is dear.
//! 3. The distance to the next best says how sure the first is.

use super::path;
use super::scheme::{ALL, Scheme};

/// How many bytes one stretch has.
const STRETCH: usize = 2048;
/// How many stretches are looked at.
const STRETCHES: usize = 3;
/// So many bytes beyond ASCII are evidence enough.
const ENOUGH: usize = 800;
/// What comes before the first byte beyond ASCII is looked at, too.
const BEFORE: usize = 32;

/// Encodings from the best on, with the price of their reading.
pub struct Ranking {
    ranks: Vec<(Scheme, u32)>,
    bytes: usize,
}

impl Ranking {
    /// Ranks all encodings; `favour` takes something off one's price, in bits.
    pub fn of(bytes: &[u8], favour: &[(Scheme, u32)]) -> Self {
        Self::among(&ALL, bytes, favour)
    }

    /// Ranks some encodings.
    pub fn among(schemes: &[Scheme], bytes: &[u8], favour: &[(Scheme, u32)]) -> Self {
        let stretches = stretches(bytes);
        let price = |scheme: Scheme| {
            let sum: u32 = stretches
                .iter()
                .map(|(s, ends)| path::cheapest(scheme, s, *ends).price)
                .sum();
            let off: u32 = favour
                .iter()
                .filter(|(s, _)| *s == scheme)
                .map(|(_, bits)| bits * 4)
                .sum();
            sum.saturating_sub(off)
        };
        let mut ranks: Vec<(Scheme, u32)> = schemes.iter().map(|s| (*s, price(*s))).collect();
        ranks.sort_by_key(|(_, price)| *price);
        Self {
            ranks,
            bytes: stretches.iter().map(|(s, _)| s.len()).sum(),
        }
    }

    /// The best.
    pub fn first(&self) -> Scheme {
        self.ranks.first().map_or(Scheme::Utf8, |(s, _)| *s)
    }

    /// The second best.
    pub fn second(&self) -> Option<Scheme> {
        self.ranks.get(1).map(|(s, _)| *s)
    }

    /// All, best first.
    pub fn all(&self) -> impl Iterator<Item = Scheme> {
        self.ranks.iter().map(|(s, _)| *s)
    }

    /// How sure the best is, per cent: 50 where the next reads as well, never 100.
    pub fn sure(&self) -> u8 {
        let price = |i: usize| self.ranks.get(i).map_or(f64::MAX, |(_, p)| f64::from(*p));
        // characters are not drawn one by one: a bit of distance is less than a bit of proof
        let bits = (price(1) - price(0)) / 4.0 / 6.0;
        let sure = (100.0 / (1.0 + (-bits).exp2())).clamp(50.0, 99.0);
        #[allow(clippy::cast_sign_loss, reason = "50 to 99")]
        let sure = sure as u8;
        sure
    }

    /// What a byte costs in the best reading, in bits: about 5 in Chinese text,
    /// above 7 in what is no text.
    pub fn bits_a_byte(&self) -> f64 {
        let price = self.ranks.first().map_or(0.0, |(_, p)| f64::from(*p));
        let bytes = u32::try_from(self.bytes).unwrap_or(u32::MAX).max(1);
        price / 4.0 / f64::from(bytes)
    }
}

/// The stretches to look at, each with whether it begins and ends the text. All begin at an
/// even byte, so that units of two bytes stay whole.
fn stretches(bytes: &[u8]) -> Vec<(Vec<u8>, (bool, bool))> {
    let mut out = Vec::new();
    let (mut at, mut evidence) = (0, 0);
    while out.len() < STRETCHES && evidence < ENOUGH {
        let Some(first) = beyond_ascii(bytes, at) else {
            break;
        };
        let from = first.saturating_sub(BEFORE).max(at) & !1;
        let to = bytes.len().min(from + STRETCH);
        let stretch = without_padding(bytes.get(from..to).unwrap_or_default());
        evidence += stretch.iter().filter(|b| **b >= 0x80 || **b == 0).count();
        out.push((stretch, (from == 0, to == bytes.len())));
        at = to;
    }
    out
}

/// Where the first byte stands, from `at` on, that is no plain ASCII text.
fn beyond_ascii(bytes: &[u8], at: usize) -> Option<usize> {
    let odd = |b: &u8| *b >= 0x80 || *b == 0;
    let mut from = at;
    for block in bytes.get(at..)?.chunks(1024) {
        if !block.is_ascii() || block.contains(&0) {
            return block.iter().position(odd).map(|i| from + i);
        }
        from += block.len();
    }
    None
}

/// Bytes without what says nothing: long runs of NUL, which fill up what was never
/// written, and a few bytes over and over, which read alike in any encoding.
fn without_padding(bytes: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    // how many bytes on end were the same so many pairs before
    let mut same = [0usize; PERIODS];
    for (at, pair) in bytes.chunks(2).enumerate() {
        let mut over = false;
        for (i, same) in same.iter_mut().enumerate() {
            let before = at
                .checked_sub(i + 1)
                .and_then(|b| bytes.get(2 * b..2 * b + pair.len()));
            *same = if before == Some(pair) { *same + 1 } else { 0 };
            over |= *same > OVER;
        }
        let filled = out.ends_with(&[0, 0, 0, 0]) && pair.iter().all(|b| *b == 0);
        if !filled && !over {
            out.extend_from_slice(pair);
        }
    }
    out
}

/// The longest pattern that is known for one, in pairs of bytes.
const PERIODS: usize = 9;
/// So many pairs may be what a pattern says.
const OVER: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_text_beyond_ascii_decides() {
        let mut bytes = b"title and nothing else\n".repeat(5000);
        bytes.extend_from_slice(b"\xa4\xa4\xa4\xe5\xaa\xba\xa4\xe5\xb3\xb9");
        let ranking = Ranking::of(&bytes, &[]);
        assert_eq!(ranking.first(), Scheme::Big5);
        assert!(ranking.sure() > 80, "{}", ranking.sure());
    }

    #[test]
    fn padding_is_no_evidence() {
        assert!(without_padding(&[0; 4096]).len() <= 6);
        assert_eq!(without_padding(b"a\0b\0"), b"a\0b\0");
        for unit in ["\u{7f}", "甲", "ab", "\0<p>\0", "abcdefghi"] {
            let padded = without_padding(&unit.as_bytes().repeat(1000));
            assert!(
                padded.len() <= 2 * (OVER + PERIODS + 1) && padded.len().is_multiple_of(2),
                "{unit:?} {}",
                padded.len()
            );
        }
        let text = "协同发展是一个系统工程，不能急。".repeat(60).into_bytes();
        assert_eq!(without_padding(&text), text);
    }

    #[test]
    fn what_comes_over_and_over_decides_nothing() {
        let text = "　　这是一篇说明事情的文章，一是要看得清楚，二是要说得明白。\n";
        for unit in [
            b"\x80".as_slice(),
            b"\xc0\x80",
            b"\xc0\x80\xe0\x80\x80\xf0\x80\x80\x80",
            b"\xed\xa0\x80\xed\xb0\x80",
            b"\0<p>\0",
            b"\xff",
            b"\xe4",
            b"\xf4\x90\x80\x80\xf8\x88\x80\x80\x80",
        ] {
            let bytes = [text.as_bytes(), &unit.repeat(500), text.as_bytes()].concat();
            let ranking = Ranking::of(&bytes, &[]);
            assert_eq!(ranking.first(), Scheme::Utf8, "{unit:x?}");
        }
    }
}
