//! Private-use characters that stand for characters of their own.
//!
//! GBK and early GB 18030 had characters that Unicode lacked; old converters gave them places in
//! the private-use area, where no font has them today. Unicode has had them since 3.0 to 5.2
//! (GB 18030-2022, annex); the blank that forums indent with is one of them.

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

/// The byte that begins all of them in UTF-8.
const LEAD_BYTE: u8 = 0xee;

/// Replaces private-use characters by the characters that they stand for.
pub(super) fn replaced(text: String) -> String {
    if memchr::memchr(LEAD_BYTE, text.as_bytes()).is_none() {
        return text;
    }
    text.chars().map(|c| own(c).unwrap_or(c)).collect()
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
        assert_eq!(replaced(text.to_owned()), "龴龵䶮，\u{3000}甲\u{e000}");
        assert!(RUNS.is_sorted());
    }
}
