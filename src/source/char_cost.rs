//! The cost of a character in Chinese and Western text, in quarters of a bit: the less
//! likely, the higher. Of several ways to decode some bytes, the one with the least cost
//! is text.
//!
//! `char_cost.txt` lists some 4,600 characters of Chinese text; the others cost as much
//! as their block. No crate ranks encodings this way, and it is needed: general detectors
//! take short GBK for Big5 or Korean, and none tells how to read on behind a lost byte.

use std::sync::LazyLock;

/// The characters that Chinese texts are made of.
const COMMON: &str = include_str!("char_cost.txt");

/// Cost of characters that are never in a text: controls, non-characters.
pub const NEVER: u8 = 120;
/// Cost of characters of no listed block.
const RARE: u8 = 112;

/// Blocks of characters; a later row is an exception to earlier ones.
const BLOCKS: &[(char, char, u8)] = &[
    ('\u{180}', '\u{1fff}', 96),
    ('\u{100}', '\u{17f}', 60),
    ('\u{300}', '\u{36f}', 84),
    ('\u{370}', '\u{3ff}', 60),
    ('\u{400}', '\u{45f}', 60),
    ('\0', '\u{1f}', NEVER),
    ('\u{8}', '\u{8}', 60),
    ('\t', '\t', 24),
    ('\n', '\n', 22),
    ('\u{c}', '\u{c}', 60),
    ('\r', '\r', 22),
    ('\u{1b}', '\u{1b}', 60),
    (' ', ' ', 20),
    ('!', '~', 28),
    ('0', '9', 24),
    ('A', 'Z', 24),
    ('a', 'z', 24),
    ('\u{7f}', '\u{9f}', NEVER),
    ('\u{a0}', '\u{a0}', 60),
    ('\u{a1}', '\u{bf}', 56),
    ('\u{ad}', '\u{ad}', 60),
    ('\u{c0}', '\u{ff}', 44),
    ('\u{2000}', '\u{206f}', 56),
    ('\u{200b}', '\u{200d}', 60),
    ('\u{2100}', '\u{214f}', 56),
    ('\u{2150}', '\u{23ff}', 60),
    ('\u{2460}', '\u{24ff}', 56),
    ('\u{2500}', '\u{27bf}', 60),
    ('\u{3001}', '\u{30ff}', 60),
    ('\u{3100}', '\u{312f}', 64),
    ('\u{3200}', '\u{4dbf}', 88),
    ('\u{4e00}', '\u{9fa5}', 72),
    ('\u{9fa6}', '\u{9fff}', 88),
    ('\u{ac00}', '\u{d7a3}', 84),
    ('\u{e000}', '\u{f8ff}', 116),
    ('\u{f900}', '\u{faff}', 88),
    ('\u{fdd0}', '\u{fdef}', NEVER),
    ('\u{fe0f}', '\u{fe6f}', 88),
    ('\u{feff}', '\u{feff}', 60),
    ('\u{ff01}', '\u{ff65}', 60),
    ('\u{fffd}', '\u{ffff}', NEVER),
    ('\u{1f000}', '\u{1faff}', 72),
    ('\u{20000}', '\u{2ebef}', 104),
    ('\u{30000}', '\u{10ffff}', NEVER),
];

/// Costs of the first 65,536 characters.
static COSTS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut costs = vec![RARE; 0x1_0000];
    if let Some(surrogates) = costs.get_mut(0xd800..0xe000) {
        surrogates.fill(NEVER);
    }
    for (first, last, cost) in BLOCKS {
        if let Some(block) = costs.get_mut(*first as usize..=*last as usize) {
            block.fill(*cost);
        }
    }
    for line in COMMON.lines().filter(|l| !l.starts_with('#')) {
        let Some((cost, chars)) = line.split_once(' ') else {
            continue;
        };
        for c in chars.chars() {
            if let (Ok(cost), Some(slot)) = (cost.parse(), costs.get_mut(c as usize)) {
                *slot = cost;
            }
        }
    }
    costs
});

/// Returns the cost of a character.
#[inline]
pub fn cost(c: char) -> u8 {
    if let Some(cost) = COSTS.get(c as usize) {
        return *cost;
    }
    let block = BLOCKS
        .iter()
        .rfind(|(first, last, _)| (*first..=*last).contains(&c));
    block.map_or(RARE, |(_, _, cost)| *cost)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_characters_cost_less() {
        for pair in ["，的", "的国", "国融", "融鑫", "鑫㐀"] {
            let mut chars = pair.chars().map(cost);
            assert!(chars.next() < chars.next(), "{pair}");
        }
        assert!(cost('國') < 40 && cost('\u{3000}') == 32 && cost('\u{e123}') > cost('鱻'));
    }

    #[test]
    fn every_line_has_a_cost_and_no_character_is_listed_twice() {
        let mut seen = std::collections::HashSet::new();
        for line in COMMON.lines().filter(|l| !l.starts_with('#')) {
            let (cost, chars) = line.split_once(' ').unwrap();
            assert!((16..=72).contains(&cost.parse::<u8>().unwrap()));
            assert!(chars.chars().all(|c| seen.insert(c)), "{line}");
        }
        assert!(seen.len() > 4000);
    }
}
