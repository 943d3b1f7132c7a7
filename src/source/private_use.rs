//! Private-use characters that stand for characters of their own.
//!
//! GBK and early GB 18030 had characters that Unicode lacked; old converters gave them places in
//! the private-use area, where no font has them today. Unicode has had them since 3.0 to 5.2
//! (GB 18030-2022, annex); the blank that forums indent with is one of them. Those of Hong Kong's
//! HKSCS are read in traditional text.

use crate::text::han::EXTENSION_A_FIRST;
use crate::text::script::simplify;
use std::borrow::Cow;

/// The first private-use character of a run, and the characters that the run stands for.
const RUNS: [(char, &str); 5] = [
    ('\u{e5e5}', "\u{3000}"),
    ('\u{e78d}', "︐︒︑︓︔︕︖︗︘︙"),
    ('\u{e7c7}', "ḿǹ"),
    (
        '\u{e7e7}',
        "〾\u{2ff0}\u{2ff1}\u{2ff2}\u{2ff3}\u{2ff4}\u{2ff5}\u{2ff6}\u{2ff7}\u{2ff8}\u{2ff9}\u{2ffa}\u{2ffb}",
    ),
    (
        '\u{e815}',
        "\u{2e81}𠂇𠂉𠃌\u{2e84}㑳㑇\u{2e88}\u{2e8b}龴㖞㘚㘎\u{2e8c}\u{2e97}㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠\u{2ea7}𡗗龸\u{2eaa}䁖䅟\u{2eae}䌷\u{2eb3}\u{2eb6}\u{2eb7}𢦏䎱䎬\u{2ebb}䏝䓖䙡䙌龹䜣䜩䝼䞍\u{2eca}䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻",
    ),
];

/// The first private-use characters of HKSCS, each with the first byte of Big5 for it.
const HKSCS_ROWS: [(char, u8); 4] = [
    ('\u{e000}', 0xfa),
    ('\u{e311}', 0x8e),
    ('\u{eeb8}', 0x81),
    ('\u{f6b1}', LAST_ROW),
];
const LAST_ROW: u8 = 0xc6;
/// Characters of a row of Big5, and of its first half.
const ROW: u32 = 157;
const ROW_HALF: u32 = 63;

/// The last second byte of a private-use character behind the second lead byte.
const LAST_SECOND_BYTE: u8 = 0xa3;

/// The first Han, of extension A: characters of HKSCS are among them.
const FIRST_HAN: char = EXTENSION_A_FIRST;

/// Characters at the beginning that tell the script, and how many traditional ones do.
const LOOKED_AT_CHARS: usize = 20_000;
const MIN_TRADITIONAL: usize = 3;

/// The bytes that begin all of them in UTF-8.
const LEAD_BYTES: [u8; 2] = [0xee, 0xef];

/// Replaces private-use characters by the characters that they stand for.
pub(crate) fn replaced(text: Cow<'_, str>) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_private_at = |at: usize| {
        let next = bytes.get(at + 1).copied().unwrap_or(u8::MAX);
        bytes.get(at) == Some(&LEAD_BYTES[0]) || next <= LAST_SECOND_BYTE
    };
    let mut leads = memchr::memchr2_iter(LEAD_BYTES[0], LEAD_BYTES[1], bytes);
    if !leads.any(is_private_at) {
        return text;
    }
    let text: String = text.chars().map(|c| own(c).unwrap_or(c)).collect();
    // decided over what the others have become, so that a second reading decides the same
    if !is_traditional(&text) {
        return Cow::Owned(text);
    }
    let (mut out, mut before) = (String::with_capacity(text.len()), ' ');
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        // marks of fonts stand between letters as well
        let near = [before, chars.peek().copied().unwrap_or(' ')];
        let is_between =
            || near.iter().any(|c| *c >= FIRST_HAN) && !near.into_iter().any(is_letter);
        let own = hkscs(c).filter(|_| is_between());
        out.push(own.unwrap_or(c));
        before = c;
    }
    Cow::Owned(out)
}

/// Returns whether a text is written in traditional characters: icons of fonts have the places
/// of HKSCS, too, and pages in simplified ones have never had it.
fn is_traditional(text: &str) -> bool {
    let head = text
        .chars()
        .take(LOOKED_AT_CHARS)
        .filter(|c| *c >= FIRST_HAN);
    let traditional = head.filter(|c| simplify(*c) != *c);
    traditional.take(MIN_TRADITIONAL).count() == MIN_TRADITIONAL
}

/// Returns the character that has the place of HKSCS which a private-use character stood for:
/// before ISO 10646 had them, its code points followed the rows of Big5.
fn hkscs(c: char) -> Option<char> {
    if !('\u{e000}'..='\u{f848}').contains(&c) {
        return None;
    }
    let index = |(first, _): &(char, u8)| u32::from(c).checked_sub(u32::from(*first));
    let (row, at) = HKSCS_ROWS
        .iter()
        .rev()
        .find_map(|row| Some((row, index(row)?)))?;
    // the last rows begin in the middle of one
    let at = if row.1 == LAST_ROW { at + ROW_HALF } else { at };
    let lead = row.1.checked_add(u8::try_from(at / ROW).ok()?)?;
    let trail = (at % ROW) as u8;
    let trail = trail
        + if u32::from(trail) < ROW_HALF {
            0x40
        } else {
            0x62
        };
    let bytes = [lead, trail];
    let (text, malformed) = encoding_rs::BIG5.decode_without_bom_handling(&bytes);
    let mut chars = text.chars();
    let found = chars
        .next()
        .filter(|_| !malformed && chars.next().is_none())?;
    (found >= FIRST_HAN && !is_private(found)).then_some(found)
}

/// Recognises a letter of an alphabet.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && c < FIRST_HAN
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}')
}

/// Returns the character that a private-use character stands for.
fn own(c: char) -> Option<char> {
    let at = RUNS
        .partition_point(|(first, _)| *first <= c)
        .checked_sub(1)?;
    let (first, run) = RUNS.get(at)?;
    run.chars()
        .nth(u32::from(c).checked_sub(u32::from(*first))? as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_old_converters_are_shown() {
        let text = "\u{e81e}\u{e826}\u{e863}，\u{e5e5}甲\u{e000}";
        assert_eq!(replaced(text.into()), "龴龵䶮，\u{3000}甲\u{e000}");
        assert!(RUNS.is_sorted());
        // of Hong Kong's in traditional text only
        let text = "佢哋話，這條\u{e4a3}過嚟";
        assert_eq!(replaced(text.into()), "佢哋話，這條𡉼過嚟");
        assert!(replaced("他们说\u{e4a3}".into()).contains(is_private));
    }

    #[test]
    fn what_is_replaced_stays_as_it_is() {
        for text in [
            // next to Han of extension A, and to characters that become such
            "話這條㐀\u{e06a}\u{e4a3}\u{e4a3}過\u{e000}\u{e001}a\u{e002}\u{e003}",
            // traditional by a character that was private itself
            "話這\u{e4a3}甲\u{e863}\u{e822}",
        ] {
            let once = replaced(text.into()).into_owned();
            assert_eq!(replaced(once.as_str().into()), once);
        }
    }
}
