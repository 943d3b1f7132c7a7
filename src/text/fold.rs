//! The characters that are equal when searching: case, full and half width, the forms
//! of a quotation mark.
//!
//! Folding is per character and only for matching; what is shown, copied and
//! counted is always the source.

/// Sets of characters that one key types and that readers take for the same.
const SAME: &str =
    "\"“”„‟「」『』〝〞＂ '‘’‚‛＇ -－‐‑ —― ~～〜 ·・‧• …⋯ ,， ;； :： !！ ?？ (（ )） [［【 ]］】";

/// Returns every character that `c` matches, itself among them.
///
/// ```
/// use jingdu::text::fold::variants;
/// assert!(variants('Ａ').contains(&'a'));
/// assert!(variants('"').contains(&'“'));
/// assert_eq!(variants('冀'), ['冀']);
/// ```
pub fn variants(c: char) -> Vec<char> {
    if let Some(set) = SAME.split(' ').find(|set| set.contains(c)) {
        return set.chars().collect();
    }
    let half = half_width(c);
    let mut all = vec![c];
    for base in half.to_lowercase().chain(half.to_uppercase()).chain([half]) {
        for form in [Some(base), full_width(base)].into_iter().flatten() {
            if !all.contains(&form) {
                all.push(form);
            }
        }
    }
    all
}

/// Returns the half-width form of a full-width character of ASCII, else itself.
pub fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Returns the full-width form of a printable ASCII character.
fn full_width(c: char) -> Option<char> {
    match c {
        ' ' => Some('\u{3000}'),
        '!'..='~' => char::from_u32(c as u32 + 0xfee0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_is_mutual() {
        for c in "aＡ\"“「，,（冀5５é".chars() {
            for v in variants(c) {
                assert!(variants(v).contains(&c), "{c} {v}");
            }
        }
    }
}
