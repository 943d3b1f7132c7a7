//! Decodes bytes of one encoding, and gets back into step where a byte is lost, doubled
//! or foreign.
//!
//! 1. [`decode`] goes character by character, a window at a time, as long as the text is
//!    likely.
//! 2. Where a byte fits nothing, or several characters in a row are unlikely, the window
//!    is decoded again along the [`best`] path: of all ways to cut it into characters and
//!    bad bytes the one with the least cost (Viterbi).
//! 3. A bad byte becomes one U+FFFD.
//!
//! Linear in the text. [`detect`](super::detect) ranks encodings by the same costs.

use super::codec::Codec;

/// Cost of a bad byte, in quarters of a bit: more than that of any rare character.
const BAD_COST: u32 = 100;
/// Cost of each further bad byte in a row.
const NEXT_BAD_COST: u32 = 64;
/// Cost of a bad byte at either end of a text, where a character may be cut in two.
const CUT_COST: u32 = 72;
/// Bytes that are decoded at a time.
const WINDOW_BYTES: usize = 512;
/// Bytes beyond a window that decide how it is read.
const LOOKAHEAD_BYTES: usize = 128;
/// Bad bytes in a row that are one fault: a byte between the parts of a character.
const BYTES_PER_FAULT: usize = 5;
/// A character of more cost is unlikely.
const LIKELY_COST: u32 = 54;
/// Cost above [`LIKELY_COST`], summed over characters in a row, that is not text.
const MAX_EXCESS: u32 = 20;

/// Returns the text of `bytes`, and the number of U+FFFD in it that stand for bad bytes.
pub fn decode(codec: Codec, bytes: &[u8]) -> (String, usize) {
    // an arm for each codec, so that each gets a loop of its own
    match codec {
        Codec::Gb => windows(Codec::Gb, bytes),
        Codec::Big5 => windows(Codec::Big5, bytes),
        Codec::Utf16Le => windows(Codec::Utf16Le, bytes),
        Codec::Utf16Be => windows(Codec::Utf16Be, bytes),
        other => windows(other, bytes),
    }
}

#[inline(always)]
#[allow(clippy::inline_always, reason = "one copy for each codec")]
fn windows(codec: Codec, bytes: &[u8]) -> (String, usize) {
    let mut out = String::with_capacity(bytes.len() + bytes.len() / 2);
    let (mut at, mut bad) = (0, 0);
    while at < bytes.len() {
        let before = out.len();
        at = fast(codec, bytes, at, &mut out).unwrap_or_else(|| {
            out.truncate(before);
            slow(codec, bytes, at, &mut out, &mut bad)
        });
    }
    (out, bad)
}

/// Decodes a window as it comes; returns where the next begins, or `None` where it does
/// not read as text.
#[inline(always)]
#[allow(clippy::inline_always, reason = "one copy for each codec")]
fn fast(codec: Codec, bytes: &[u8], from: usize, out: &mut String) -> Option<usize> {
    let stop = bytes.len().min(from + WINDOW_BYTES);
    let (mut at, mut excess) = (from, 0u32);
    // the last byte without excess, and the length of `out` then
    let mut settled = (from, out.len());
    while at < stop {
        let unit = codec.unit(bytes, at)?;
        excess = (excess + unit.cost).saturating_sub(LIKELY_COST);
        if excess > MAX_EXCESS {
            return None;
        }
        codec.push(bytes, at, unit.len, out);
        at += unit.len;
        if excess == 0 {
            settled = (at, out.len());
        }
    }
    // an unlikely end of a window is decoded again with the bytes behind it
    if at < bytes.len() && settled.0 > from {
        out.truncate(settled.1);
        at = settled.0;
    }
    Some(at)
}

/// Decodes a window along its best path.
fn slow(codec: Codec, bytes: &[u8], from: usize, out: &mut String, bad: &mut usize) -> usize {
    let stop = bytes.len().min(from + WINDOW_BYTES);
    let end = bytes.len().min(stop + LOOKAHEAD_BYTES);
    let window = bytes.get(from..end).unwrap_or_default();
    let last = from + window.len() == bytes.len();
    let path = best(codec, window, (from == 0, last));
    let mut at = 0;
    // bad bytes in a row: the rest of a broken character is one fault
    let mut run = 0;
    while let Some(len) = path.lens.get(at).filter(|_| from + at < stop) {
        let len = len[usize::from(run > 0)];
        if len == 0 {
            if run % BYTES_PER_FAULT == 0 {
                out.push('\u{fffd}');
                *bad += 1;
            }
            run += 1;
            at += codec.broken(window, at);
        } else {
            codec.push(bytes, from + at, usize::from(len), out);
            run = 0;
            at += usize::from(len);
        }
    }
    from + at
}

/// The best way to cut bytes into characters.
pub struct Path {
    /// In quarters of a bit.
    pub cost: u32,
    /// For each byte the length of the character that begins there, after a good byte
    /// and after a bad one; 0 where it is bad itself.
    lens: Vec<[u8; 2]>,
}

/// Returns the path of least cost. `ends`: whether the bytes begin and end a text; where
/// they do not end it, a character may go on behind them.
pub fn best(codec: Codec, bytes: &[u8], ends: (bool, bool)) -> Path {
    // for each byte, where the one before it is good, and where that is bad
    let mut costs = vec![[0u32; 2]; bytes.len() + 5];
    let mut lens = vec![[0u8; 2]; bytes.len()];
    for at in (0..bytes.len()).rev() {
        let cost = |i: usize, after: usize| costs.get(i).map_or(0, |p| p[after]);
        let broken = codec.broken(bytes, at);
        let fault = match ends {
            (_, false) if at + 4 > bytes.len() => [0, 0],
            (_, true) if at + broken == bytes.len() => [CUT_COST, NEXT_BAD_COST],
            (true, _) if at == 0 => [CUT_COST, NEXT_BAD_COST],
            _ => [BAD_COST, NEXT_BAD_COST],
        };
        let unit = codec.unit(bytes, at);
        let unit = unit.map(|unit| (cost(at + unit.len, 0) + unit.cost, unit.len));
        let whole = unit.is_some_and(|(_, len)| len == 1);
        let on = cost(at + broken, 1);
        for after in [0, 1] {
            let bad = on + fault[after];
            let good = unit.filter(|(cost, _)| whole || *cost <= bad);
            let (cost, len) = good.unwrap_or((bad, 0));
            if let (Some(p), Some(l)) = (costs.get_mut(at), lens.get_mut(at)) {
                (p[after], l[after]) = (cost, len as u8);
            }
        }
    }
    Path {
        cost: costs.first().map_or(0, |p| p[0]),
        lens,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, GB18030};

    const TEXT: &str = "协同发展是一个系统工程，不能急。人们怎样一起把路修好，是城市与乡村的事。";
    const TRADITIONAL: &str =
        "協同發展是一個系統工程，不能急。人們怎樣一起把路修好，是城市與鄉村的事。";

    const CODECS: [Codec; 4] = [Codec::Gb, Codec::Big5, Codec::Utf16Le, Codec::Utf16Be];

    fn bytes(codec: Codec) -> (Vec<u8>, &'static str) {
        let units = TEXT.encode_utf16();
        match codec {
            Codec::Gb => (GB18030.encode(TEXT).0.into_owned(), TEXT),
            Codec::Big5 => (BIG5.encode(TRADITIONAL).0.into_owned(), TRADITIONAL),
            Codec::Utf16Le => (units.flat_map(u16::to_le_bytes).collect(), TEXT),
            _ => (units.flat_map(u16::to_be_bytes).collect(), TEXT),
        }
    }

    #[test]
    fn a_fault_anywhere_costs_a_mark_and_a_neighbour() {
        for codec in CODECS {
            let (good, text) = bytes(codec);
            assert_eq!(decode(codec, &good), (text.to_owned(), 0));
            for at in 0..good.len() {
                for fault in ["lost", "doubled", "foreign", "other"] {
                    let mut broken = good.clone();
                    match fault {
                        "lost" => _ = broken.remove(at),
                        "doubled" => broken.insert(at, good[at]),
                        "foreign" => broken.insert(at, 0xff),
                        _ => broken[at] = 0xff,
                    }
                    let (read, bad) = decode(codec, &broken);
                    let kept = read.chars().filter(|c| text.contains(*c)).count();
                    let all = text.chars().count();
                    // in Big5 half a character may make a rare one with the next
                    let near = if codec == Codec::Big5 { 4 } else { 2 };
                    let is_read = kept + near >= all && bad <= 1;
                    assert!(is_read, "{codec:?} {fault} at {at}: {bad} {read}");
                }
            }
        }
    }

    #[test]
    fn windows_leave_no_seam() {
        for codec in CODECS {
            let (good, text) = bytes(codec);
            assert_eq!(decode(codec, &good.repeat(500)), (text.repeat(500), 0));
            // a lost byte every hundred sentences
            let mut broken = Vec::new();
            for i in 0..500 {
                broken.extend_from_slice(&good[usize::from(i % 100 == 7)..]);
            }
            let (read, bad) = decode(codec, &broken);
            // in Big5 half a character may make a rare one with the next
            let bad_is_marked = bad <= 5 && (codec == Codec::Big5 || bad == 5);
            assert!(bad_is_marked, "{codec:?}: {bad}");
            assert!(read.matches(text).count() >= 490, "{codec:?}");
        }
    }
}
