//! Bounds the length of clusters.
//!
//! Unicode lets some characters join without end: letters that only lead or only
//! follow others, consonants under one vowel, pictures behind joiners, marks of
//! spacing. A page of them is one cluster, which nothing can break, and flags in a row can
//! be separated only by counting from the first.
//!
//! 1. A cluster keeps [`MAX_CLUSTER_CHARS`] characters: the first, and the last.
//! 2. Of flags in a row the first [`MAX_FLAG_CHARS`] letters stay.
//!
//! Used only where that many odd characters are in a row; linear.

use crate::text::cluster::clusters;

/// Limit of one cluster, in characters: the longest in use have ten.
pub const MAX_CLUSTER_CHARS: usize = 32;
/// Limit of flags in a row, in letters: all flags of the world, twice.
const MAX_FLAG_CHARS: usize = 1024;

/// Bounds the clusters of a text; returns the number of characters that were removed.
///
/// ```
/// let mut text = "\u{1100}".repeat(50);
/// assert_eq!(jingdu::source::combining_limit::level(&mut text), 18);
/// ```
pub fn level(text: &mut String) -> usize {
    let (mut out, mut removed, mut flags) = (String::with_capacity(text.len()), 0, 0);
    for (_, cluster) in clusters(text) {
        let is_flag = cluster.starts_with(|c| matches!(c, '\u{1f1e6}'..='\u{1f1ff}'));
        flags = if is_flag { flags + 2 } else { 0 };
        let chars = cluster.chars().count();
        if flags > MAX_FLAG_CHARS {
            removed += chars;
        } else if chars > MAX_CLUSTER_CHARS {
            // the last may be the letter that the others lead to
            let first = cluster.chars().take(MAX_CLUSTER_CHARS - 1);
            out.extend(first.chain(cluster.chars().next_back()));
            removed += chars - MAX_CLUSTER_CHARS;
        } else {
            out.push_str(cluster);
        }
    }
    *text = out;
    removed
}

#[cfg(test)]
mod tests {
    use super::super::sanitize::sanitize;
    use super::*;

    #[test]
    fn no_cluster_is_longer_than_a_word() {
        let units = "\u{1100} \u{1161} \u{11a8} \u{a960} \u{d7b0} \u{d7cb} \u{600} \u{915}\u{94d} 👨\u{200d} 👍\u{1f3fb} \u{982} \u{903} \
            \u{e33} \u{1f3fb} \u{1d165} \u{a8e0} \u{200d} \u{302} \u{ff9e} \u{fb1e} \u{2cef} \u{2d7f} \u{2de0}";
        for unit in units.split(' ') {
            let (text, removed) = sanitize(format!("甲{}乙", unit.repeat(5000)));
            let longest = clusters(&text).map(|(_, c)| c.chars().count()).max();
            assert!(longest <= Some(MAX_CLUSTER_CHARS), "{unit:?}");
            assert!(removed > 0 || clusters(&text).count() > 1000, "{unit:?}");
            assert!(text.starts_with('甲') && text.ends_with('乙'));
            assert_eq!(sanitize(text.clone()), (text, 0), "{unit:?}");
        }
    }

    #[test]
    fn what_people_write_stays() {
        let flags = "🇨🇳🇫🇷🇩🇪".repeat(100);
        let family = "👨\u{200d}👩\u{200d}👧\u{200d}👦🏳\u{fe0f}\u{200d}🌈".repeat(50);
        let korean = "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}".repeat(200);
        let hindi = "क्षेत्रीय विकास की योजना ".repeat(20) + "می\u{200c}خواهم";
        let russian = "Совместноеразвитиерегионовбеззнаковпрепинания".repeat(9);
        for text in [flags, family, korean, hindi, russian] {
            assert_eq!(sanitize(text.clone()), (text, 0));
        }
    }

    #[test]
    fn flags_in_a_row_are_bounded() {
        let (text, removed) = sanitize("🇨".repeat(50_000));
        let left = MAX_FLAG_CHARS;
        assert_eq!((text.chars().count(), removed), (left, 50_000 - left));
    }
}
