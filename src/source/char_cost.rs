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

/// Blocks among the first 65,536 characters as `first-last=cost`, the characters in hexadecimal;
/// a later block is an exception to earlier ones.
const BLOCKS: &str = "\
    180-1fff=96 100-17f=60 300-36f=84 370-3ff=60 400-45f=60 0-1f=120 8-8=60 9-9=24 a-a=22 \
    c-c=60 d-d=22 1b-1b=60 20-20=20 21-7e=28 30-39=24 41-5a=24 61-7a=24 7f-9f=120 a0-a0=60 \
    a1-bf=56 ad-ad=60 c0-ff=44 2000-206f=56 200b-200d=60 2100-214f=56 2150-23ff=60 \
    2460-24ff=56 2500-27bf=60 3001-30ff=60 3100-312f=64 3200-4dbf=88 4e00-9fa5=72 \
    9fa6-9fff=88 ac00-d7a3=84 e000-f8ff=116 f900-faff=88 fdd0-fdef=120 fe0f-fe6f=88 \
    feff-feff=60 ff01-ff65=60 fffd-ffff=120";

/// Costs of the first 65,536 characters.
static COSTS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut costs = vec![RARE; 0x1_0000];
    if let Some(surrogates) = costs.get_mut(0xd800..0xe000) {
        surrogates.fill(NEVER);
    }
    for row in BLOCKS.split(' ') {
        let (block, cost) = row.split_once('=').unwrap_or_default();
        let (first, last) = block.split_once('-').unwrap_or_default();
        let hex = |number: &str| usize::from_str_radix(number, 16).unwrap_or(usize::MAX);
        if let Some(block) = costs.get_mut(hex(first)..=hex(last)) {
            block.fill(cost.parse().unwrap_or(RARE));
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
    match c {
        '\u{1f000}'..='\u{1faff}' => 72,
        '\u{20000}'..='\u{2ebef}' => 104,
        '\u{30000}'.. => NEVER,
        _ => COSTS.get(c as usize).copied().unwrap_or(RARE),
    }
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
