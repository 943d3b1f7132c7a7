//! Reads bytes of one encoding from end to end, and finds back into step where a
//! byte is lost, doubled or foreign.
//!
//! 1. [`decode`] goes character by character, a window at a time. While what it
//!    reads is likely text, that is all.
//! 2. Where a byte fits nothing, or several characters on end are unlikely, the
//!    window is read anew by [`cheapest`]: of all ways to cut it into characters
//!    and bad bytes the one that reads best.
//! 3. A bad byte becomes one U+FFFD.
//!
//! Linear in the text; which encoding it is, [`detect`](super::detect) says.

use super::scheme::Scheme;

/// What a bad byte costs, in quarters of a bit: dearer than any rare character.
pub const BAD: u32 = 100;
/// What each further bad byte on end costs.
const MORE: u32 = 64;
/// What it costs at either end of a text, where a character may be cut in two.
const CUT: u32 = 72;
/// How many bytes are read at a time.
const WINDOW: usize = 512;
/// How far beyond a window is looked before its reading is settled.
const AHEAD: usize = 128;
/// Bad bytes on end that are one fault: a byte between the parts of a character.
const FAULT: usize = 5;
/// A character dearer than this is unlikely …
const USUAL: u32 = 54;
/// … and so much too dear in a row is no text.
const TOO_DEAR: u32 = 20;

/// The text of `bytes`, and how many marks stand in it for bad bytes.
pub fn decode(scheme: Scheme, bytes: &[u8]) -> (String, usize) {
    // an arm a scheme, so that each has a loop of its own without questions in it
    match scheme {
        Scheme::Gb => windows(Scheme::Gb, bytes),
        Scheme::Big5 => windows(Scheme::Big5, bytes),
        Scheme::Utf16Le => windows(Scheme::Utf16Le, bytes),
        Scheme::Utf16Be => windows(Scheme::Utf16Be, bytes),
        other => windows(other, bytes),
    }
}

#[inline(always)]
#[allow(clippy::inline_always, reason = "one copy a scheme")]
fn windows(scheme: Scheme, bytes: &[u8]) -> (String, usize) {
    let mut out = String::with_capacity(bytes.len() + bytes.len() / 2);
    let (mut at, mut bad) = (0, 0);
    while at < bytes.len() {
        let before = out.len();
        at = straight(scheme, bytes, at, &mut out).unwrap_or_else(|| {
            out.truncate(before);
            careful(scheme, bytes, at, &mut out, &mut bad)
        });
    }
    (out, bad)
}

/// Reads a window as it comes; gives where the next begins, or `None` where it
/// does not read as text.
#[inline(always)]
#[allow(clippy::inline_always, reason = "one copy a scheme")]
fn straight(scheme: Scheme, bytes: &[u8], from: usize, out: &mut String) -> Option<usize> {
    let stop = bytes.len().min(from + WINDOW);
    let (mut at, mut dear) = (from, 0u32);
    // the last place where all was well, and how much was written then
    let mut well = (from, out.len());
    while at < stop {
        let unit = scheme.unit(bytes, at)?;
        dear = (dear + unit.price).saturating_sub(USUAL);
        if dear > TOO_DEAR {
            return None;
        }
        scheme.push(bytes, at, unit.len, out);
        at += unit.len;
        if dear == 0 {
            well = (at, out.len());
        }
    }
    // what looks odd at a window's end is read again with what follows
    if at < bytes.len() && well.0 > from {
        out.truncate(well.1);
        at = well.0;
    }
    Some(at)
}

/// Reads a window in the cheapest way.
fn careful(scheme: Scheme, bytes: &[u8], from: usize, out: &mut String, bad: &mut usize) -> usize {
    let stop = bytes.len().min(from + WINDOW);
    let window = bytes
        .get(from..bytes.len().min(stop + AHEAD))
        .unwrap_or_default();
    let last = from + window.len() == bytes.len();
    let path = cheapest(scheme, window, (from == 0, last));
    let mut at = 0;
    // bad bytes on end: what is left of a broken character is one fault
    let mut run = 0;
    while let Some(len) = path.lens.get(at).filter(|_| from + at < stop) {
        let len = len[usize::from(run > 0)];
        if len == 0 {
            if run % FAULT == 0 {
                out.push('\u{fffd}');
                *bad += 1;
            }
            run += 1;
            at += scheme.broken(window, at);
        } else {
            scheme.push(bytes, from + at, usize::from(len), out);
            run = 0;
            at += usize::from(len);
        }
    }
    from + at
}

/// The best way to read some bytes.
pub struct Path {
    /// What it costs, in quarters of a bit.
    pub price: u32,
    /// For each byte the length of the character that would begin there, after a
    /// good byte and after a bad one; 0 where it is bad itself.
    lens: Vec<[u8; 2]>,
}

/// The cheapest reading of all of `bytes`. `ends` says whether they begin and end
/// a text; where they do not end it, a character may go on behind them.
pub fn cheapest(scheme: Scheme, bytes: &[u8], ends: (bool, bool)) -> Path {
    // for each byte, where the one before it is good, and where it is bad
    let mut prices = vec![[0u32; 2]; bytes.len() + 5];
    let mut lens = vec![[0u8; 2]; bytes.len()];
    for at in (0..bytes.len()).rev() {
        let cost = |i: usize, after: usize| {
            prices
                .get(i)
                .and_then(|p| p.get(after))
                .copied()
                .unwrap_or(0)
        };
        let broken = scheme.broken(bytes, at);
        let fault = match ends {
            (_, false) if at + 4 > bytes.len() => [0, 0],
            (_, true) if at + broken == bytes.len() => [CUT, MORE],
            (true, _) if at == 0 => [CUT, MORE],
            _ => [BAD, MORE],
        };
        let unit = scheme
            .unit(bytes, at)
            .map(|unit| (cost(at + unit.len, 0) + unit.price, unit.len));
        let whole = unit.is_some_and(|(_, len)| len == 1);
        let on = cost(at + broken, 1);
        for after in [0, 1] {
            let bad = on + fault[after];
            let (price, len) = unit
                .filter(|(price, _)| whole || *price <= bad)
                .unwrap_or((bad, 0));
            if let (Some(p), Some(l)) = (prices.get_mut(at), lens.get_mut(at)) {
                (p[after], l[after]) = (price, len as u8);
            }
        }
    }
    Path {
        price: prices.first().map_or(0, |p| p[0]),
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

    fn bytes(scheme: Scheme) -> (Vec<u8>, &'static str) {
        match scheme {
            Scheme::Gb => (GB18030.encode(TEXT).0.into_owned(), TEXT),
            Scheme::Big5 => (BIG5.encode(TRADITIONAL).0.into_owned(), TRADITIONAL),
            Scheme::Utf16Le => (
                TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect(),
                TEXT,
            ),
            _ => (
                TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect(),
                TEXT,
            ),
        }
    }

    #[test]
    fn a_fault_anywhere_costs_a_mark_and_a_neighbour() {
        for scheme in [Scheme::Gb, Scheme::Big5, Scheme::Utf16Le, Scheme::Utf16Be] {
            let (good, text) = bytes(scheme);
            assert_eq!(decode(scheme, &good), (text.to_owned(), 0));
            for at in 0..good.len() {
                for fault in ["lost", "doubled", "foreign", "other"] {
                    let mut broken = good.clone();
                    match fault {
                        "lost" => _ = broken.remove(at),
                        "doubled" => broken.insert(at, good[at]),
                        "foreign" => broken.insert(at, 0xff),
                        _ => broken[at] = 0xff,
                    }
                    let (read, bad) = decode(scheme, &broken);
                    let kept = read.chars().filter(|c| text.contains(*c)).count();
                    let all = text.chars().count();
                    // in Big5 half a character may make a rare one with the next
                    let near = if scheme == Scheme::Big5 { 4 } else { 2 };
                    assert!(
                        kept + near >= all && bad <= 1,
                        "{scheme:?} {fault} at {at}: {bad} {read}"
                    );
                }
            }
        }
    }

    #[test]
    fn windows_leave_no_seam() {
        for scheme in [Scheme::Gb, Scheme::Big5, Scheme::Utf16Le, Scheme::Utf16Be] {
            let (good, text) = bytes(scheme);
            assert_eq!(decode(scheme, &good.repeat(500)), (text.repeat(500), 0));
            // a lost byte every hundred sentences
            let mut broken = Vec::new();
            for i in 0..500 {
                broken.extend_from_slice(&good[usize::from(i % 100 == 7)..]);
            }
            let (read, bad) = decode(scheme, &broken);
            // in Big5 half a character may make a rare one with the next
            assert!(
                bad <= 5 && (scheme == Scheme::Big5 || bad == 5),
                "{scheme:?}: {bad}"
            );
            assert!(read.matches(text).count() >= 490, "{scheme:?}");
        }
    }
}
