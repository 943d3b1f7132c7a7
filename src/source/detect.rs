//! Ranks the encodings that bytes may be in, by how well they read in each.
//!
//! 1. Samples of some kilobytes are taken, from the first byte that is not ASCII on, and
//!    more of them where these hold little evidence.
//! 2. The cost of each encoding is that of the best path through the samples: low for
//!    characters common in Chinese or Western text, high for rare, private or bad ones.
//! 3. The distance to the next best gives the certainty of the first.

use super::best_path;
use super::codec::{ALL_CODECS, Codec};

/// Bytes of a sample.
const SAMPLE_BYTES: usize = 2048;
/// Samples of a text.
const MAX_SAMPLES: usize = 3;
/// Bytes beyond ASCII that are evidence enough.
const EVIDENCE_BYTES: usize = 800;
/// Bytes before the first one beyond ASCII that belong to a sample.
const CONTEXT_BYTES: usize = 32;

/// Encodings from the best on, with their costs.
pub struct Ranking {
    ranks: Vec<(Codec, u32)>,
    bytes: usize,
}

impl Ranking {
    /// Ranks all encodings; `bonus` is taken off the cost of some, in bits.
    pub fn of(bytes: &[u8], bonus: &[(Codec, u32)]) -> Self {
        Self::among(&ALL_CODECS, bytes, bonus)
    }

    /// Ranks some encodings.
    pub fn among(codecs: &[Codec], bytes: &[u8], bonus: &[(Codec, u32)]) -> Self {
        let samples = samples(bytes);
        let cost = |codec: Codec| {
            let samples = samples.iter();
            let costs = samples.map(|(s, ends)| best_path::best(codec, s, *ends).cost);
            let own_bonus = bonus.iter().filter(|(s, _)| *s == codec);
            let off = own_bonus.map(|(_, bits)| bits * 4).sum();
            costs.sum::<u32>().saturating_sub(off)
        };
        let mut ranks: Vec<(Codec, u32)> = codecs.iter().map(|s| (*s, cost(*s))).collect();
        ranks.sort_by_key(|(_, cost)| *cost);
        Self {
            ranks,
            bytes: samples.iter().map(|(s, _)| s.len()).sum(),
        }
    }

    /// Returns the best.
    pub fn first(&self) -> Codec {
        self.ranks.first().map_or(Codec::Utf8, |(s, _)| *s)
    }

    /// Returns all, best first.
    pub fn all(&self) -> impl Iterator<Item = Codec> {
        self.ranks.iter().map(|(s, _)| *s)
    }

    /// Returns how sure the best is, per cent: 50 where the next reads as well, never 100.
    pub fn sure(&self) -> u8 {
        let cost = |i: usize| self.ranks.get(i).map_or(f64::MAX, |(_, p)| f64::from(*p));
        // characters are not drawn one by one: a bit of distance is less than a bit of proof
        let bits = (cost(1) - cost(0)) / 4.0 / 6.0;
        let sure = (100.0 / (1.0 + (-bits).exp2())).clamp(50.0, 99.0);
        #[allow(clippy::cast_sign_loss, reason = "50 to 99")]
        let sure = sure as u8;
        sure
    }

    /// Returns the cost of a byte in the best encoding, in bits: about 5 in Chinese text,
    /// above 7 in bytes that are not text.
    pub fn bits_a_byte(&self) -> f64 {
        let cost = self.ranks.first().map_or(0.0, |(_, p)| f64::from(*p));
        let bytes = u32::try_from(self.bytes).unwrap_or(u32::MAX).max(1);
        cost / 4.0 / f64::from(bytes)
    }
}

/// Returns the samples, each with two flags: it begins the text, it ends the text. All begin at an even
/// byte, so that units of two bytes stay whole.
fn samples(bytes: &[u8]) -> Vec<(Vec<u8>, (bool, bool))> {
    let mut out = Vec::new();
    let (mut at, mut evidence) = (0, 0);
    while out.len() < MAX_SAMPLES && evidence < EVIDENCE_BYTES {
        let Some(first) = beyond_ascii(bytes, at) else {
            break;
        };
        let from = first.saturating_sub(CONTEXT_BYTES).max(at) & !1;
        let to = bytes.len().min(from + SAMPLE_BYTES);
        let sample = without_padding(bytes.get(from..to).unwrap_or_default());
        evidence += sample.iter().filter(|b| **b >= 0x80 || **b == 0).count();
        out.push((sample, (from == 0, to == bytes.len())));
        at = to;
    }
    out
}

/// Returns the first byte, from `at` on, that is not plain ASCII text.
fn beyond_ascii(bytes: &[u8], at: usize) -> Option<usize> {
    let mut rest = bytes.get(at..)?.iter();
    rest.position(|b| *b >= 0x80 || *b == 0).map(|i| at + i)
}

/// Drops bytes that are no evidence: long runs of NUL, which fill up files, and patterns
/// of a few bytes, which read alike in any encoding.
fn without_padding(bytes: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    // for each period, the number of pairs in a row that repeat it
    let mut same = [0usize; MAX_PERIOD];
    for (at, pair) in bytes.chunks(2).enumerate() {
        let mut over = false;
        for (i, same) in same.iter_mut().enumerate() {
            let before = at.checked_sub(i + 1).map(|at| 2 * at);
            let before = before.and_then(|at| bytes.get(at..at + pair.len()));
            *same = if before == Some(pair) { *same + 1 } else { 0 };
            over |= *same > MAX_REPEATS;
        }
        let filled = out.ends_with(&[0, 0, 0, 0]) && pair.iter().all(|b| *b == 0);
        if !filled && !over {
            out.extend_from_slice(pair);
        }
    }
    out
}

/// Limit of the period of a pattern, in pairs of bytes.
const MAX_PERIOD: usize = 9;
/// Repeated pairs that are still evidence.
const MAX_REPEATS: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_text_beyond_ascii_decides() {
        let mut bytes = b"title and nothing else\n".repeat(5000);
        bytes.extend_from_slice(b"\xa4\xa4\xa4\xe5\xaa\xba\xa4\xe5\xb3\xb9");
        let ranking = Ranking::of(&bytes, &[]);
        assert_eq!(ranking.first(), Codec::Big5);
        assert!(ranking.sure() > 80, "{}", ranking.sure());
    }

    #[test]
    fn padding_is_no_evidence() {
        assert!(without_padding(&[0; 4096]).len() <= 6);
        assert_eq!(without_padding(b"a\0b\0"), b"a\0b\0");
        for unit in ["\u{7f}", "甲", "ab", "\0<p>\0", "abcdefghi"] {
            let len = without_padding(&unit.as_bytes().repeat(1000)).len();
            assert!(len <= 2 * (MAX_REPEATS + MAX_PERIOD + 1), "{unit:?} {len}");
            assert!(len.is_multiple_of(2), "{unit:?} {len}");
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
            assert_eq!(ranking.first(), Codec::Utf8, "{unit:x?}");
        }
    }
}
