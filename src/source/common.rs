//! How likely a character is in what people read here: its price in quarters of a
//! bit. The cheapest reading of some bytes is the one that reads as text.
//!
//! 1. `common.txt` lists some 4,600 characters of Chinese text with their prices.
//! 2. What stands in no line is priced by its block: rare Han, kana, letters,
//!    private use.
//!
//! Knows nothing of bytes and encodings.

use std::sync::LazyLock;

/// The characters that Chinese texts are made of.
const TABLE: &str = include_str!("common.txt");

/// The prices of the first 65,536 characters.
static PRICES: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut prices: Vec<u8> = (0..0x1_0000u32)
        .map(|c| char::from_u32(c).map_or(NEVER, by_block))
        .collect();
    for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
        let Some((price, chars)) = line.split_once(' ') else {
            continue;
        };
        let Ok(price) = price.parse() else { continue };
        for c in chars.chars() {
            if let Some(slot) = prices.get_mut(c as usize) {
                *slot = price;
            }
        }
    }
    prices
});

/// The price of what no text holds: controls, non-characters.
pub const NEVER: u8 = 120;

/// What a character costs, in quarters of a bit.
#[inline]
pub fn price(c: char) -> u8 {
    PRICES
        .get(c as usize)
        .copied()
        .unwrap_or_else(|| by_block(c))
}

/// What a character costs that stands in no list.
#[allow(clippy::match_same_arms, reason = "a row a group of blocks")]
fn by_block(c: char) -> u8 {
    match c {
        ' ' => 20,
        '\n' | '\r' => 22,
        'a'..='z' | 'A'..='Z' | '0'..='9' | '\t' => 24,
        '!'..='~' => 28,
        '\u{8}' | '\u{c}' | '\u{1b}' => 60,
        '\u{a0}' | '\u{ad}' | '\u{feff}' | '\u{200b}'..='\u{200d}' => 60,
        '\u{c0}'..='\u{ff}' => 44,
        '\u{a1}'..='\u{bf}'
        | '\u{2000}'..='\u{206f}'
        | '\u{2100}'..='\u{214f}'
        | '\u{2460}'..='\u{24ff}' => 56,
        '\u{100}'..='\u{17f}' | '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{45f}' => 60,
        '\u{2150}'..='\u{23ff}'
        | '\u{2500}'..='\u{27bf}'
        | '\u{3001}'..='\u{30ff}'
        | '\u{ff01}'..='\u{ff65}' => 60,
        '\u{3100}'..='\u{312f}' => 64,
        '\u{4e00}'..='\u{9fa5}' => 72,
        '\u{9fa6}'..='\u{9fff}'
        | '\u{3200}'..='\u{4dbf}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe10}'..='\u{fe6f}'
        | '\u{fe0f}' => 88,
        '\u{1f000}'..='\u{1faff}' => 72,
        '\u{ac00}'..='\u{d7a3}' | '\u{300}'..='\u{36f}' => 84,
        '\u{20000}'..='\u{2ebef}' => 104,
        '\u{e000}'..='\u{f8ff}' => 116,
        '\0'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{fdd0}'..='\u{fdef}'
        | '\u{fffd}'..='\u{ffff}' => NEVER,
        '\u{180}'..='\u{1fff}' => 96,
        '\u{f0000}'.. | '\u{30000}'..='\u{effff}' => NEVER,
        _ => 112,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_common_is_cheap() {
        for pair in ["，的", "的国", "国融", "融鑫", "鑫㐀"] {
            let mut chars = pair.chars().map(price);
            assert!(chars.next() < chars.next(), "{pair}");
        }
        assert!(price('國') < 40 && price('\u{3000}') == 32 && price('\u{e123}') > price('鱻'));
    }

    #[test]
    fn every_line_is_a_price_and_no_character_stands_twice() {
        let mut seen = std::collections::HashSet::new();
        for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
            let (price, chars) = line.split_once(' ').unwrap();
            assert!((16..=72).contains(&price.parse::<u8>().unwrap()));
            assert!(chars.chars().all(|c| seen.insert(c)), "{line}");
        }
        assert!(seen.len() > 4000);
    }
}
