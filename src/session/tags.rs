//! Tags in a note: `#提法`.
//!
//! Chinese has no blanks, so a tag begins at any `#` before a letter or Han, and ends at a mark
//! or blank. The note stays as it was typed. An address has none.

use crate::text::cluster;
use std::ops::Range;

/// The signs before a tag.
const TAG_SIGNS: [char; 2] = ['#', '＃'];
/// Marks inside a tag: `#经济/地方债`, `#A-B`, `#a_b`.
const JOINERS: &[char] = &['/', '-', '_'];
/// The beginnings of an address.
const SCHEMES: &[&str] = &["://", "www."];
/// ASCII marks that end an address.
const ADDRESS_ENDS: &str = "\"<>`|\\^{}[]";
/// Bytes of an address at the most.
const MAX_ADDRESS_BYTES: usize = 2000;

/// Returns the tags of a note in the order of their first `#`, each once, without `#`.
///
/// ```
/// use jingdu::session::tags;
/// assert_eq!(tags::of("口径不一，#数据，＃存疑。"), ["数据", "存疑"]);
/// assert!(tags::of("第 #1 条，见 http://a.example/b#c").is_empty());
/// ```
pub fn of(note: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in ranges(note).filter_map(|range| note.get(range)) {
        let tag = tag.trim_start_matches(TAG_SIGNS);
        if !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

/// Returns the bytes of every tag of a note, with `#`.
pub(crate) fn ranges(note: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(at) = next_sign(note, from) {
            let (head, rest) = note.split_at(at);
            let sign = rest.chars().next().map_or(1, char::len_utf8);
            from = at + sign;
            let tag = rest.get(sign..).map_or("", leading_tag);
            let is_code = head.ends_with('&') && tag.starts_with(['x', 'X']);
            if !tag.is_empty() && !is_code && !ends_in_address(head) {
                from += tag.len();
                return Some(at..from);
            }
        }
        None
    })
}

/// Returns the next `#` of a note from a byte on.
fn next_sign(note: &str, from: usize) -> Option<usize> {
    Some(from + note.get(from..)?.find(TAG_SIGNS)?)
}

/// Returns the tag with which a text begins; empty where it begins with none.
fn leading_tag(text: &str) -> &str {
    let mut end = 0;
    for (at, cluster) in cluster::clusters(text) {
        let Some(c) = cluster.chars().next() else {
            break;
        };
        let is_first = at == 0;
        if c.is_alphabetic() || c.is_numeric() && !is_first {
            end = at + cluster.len();
        } else if is_first || !JOINERS.contains(&c) || end < at {
            break;
        }
    }
    text.get(..end).unwrap_or_default()
}

/// Returns whether a text ends inside an address: one with a scheme, in which Han may be, or the
/// path of a site or a file.
fn ends_in_address(head: &str) -> bool {
    let word = last_word(head);
    let ascii = word.rsplit(|c: char| !c.is_ascii()).next();
    let has_scheme = SCHEMES.iter().any(|scheme| word.contains(scheme));
    (has_scheme || ascii.is_some_and(is_path)) && is_open(word)
}

/// Returns the end of a text behind its last blank, Chinese mark or mark that ends an address.
fn last_word(head: &str) -> &str {
    let from = head.len().saturating_sub(MAX_ADDRESS_BYTES);
    let tail = head.get(cluster::floor(head, from)..).unwrap_or_default();
    let ends = |c: char| {
        if c.is_ascii() {
            !c.is_ascii_graphic() || ADDRESS_ENDS.contains(c)
        } else {
            !c.is_alphanumeric()
        }
    };
    let word = tail.rsplit(ends).next().unwrap_or_default();
    word.trim_start_matches(|c: char| !c.is_alphanumeric() && !"./".contains(c))
}

/// Returns whether ASCII is a path of a site (`a.example/b`) or of a file (`docs/a.md`).
fn is_path(word: &str) -> bool {
    let is_name = |end: &str| {
        end.len() > 1
            && end.starts_with(|c: char| c.is_ascii_alphabetic())
            && end.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let Some((site, _)) = word.split_once('/') else {
        return false;
    };
    let file = word.rsplit('/').next().unwrap_or_default();
    let ends = [site, file].map(|name| name.rsplit_once('.'));
    let mut ends = ends.into_iter().flatten();
    ends.any(|(stem, end)| !stem.is_empty() && is_name(end))
}

/// Returns whether an address goes on at its end: no bracket closes that was opened before it,
/// and no mark parts two things of a sentence.
fn is_open(address: &str) -> bool {
    let mut open = 0_usize;
    for c in address.chars() {
        match c {
            '(' => open += 1,
            ')' if open == 0 => return false,
            ')' => open -= 1,
            _ => {}
        }
    }
    !address.ends_with([',', ';', '!'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_begins_at_any_sign_before_a_letter_or_han() {
        for (note, wanted) in [
            ("置换口径不一，#数据，#存疑", &["数据", "存疑"][..]),
            ("开头#提法", &["提法"]),
            ("核对：#观点", &["观点"]),
            ("见#提法。", &["提法"]),
            ("与 #数据 口径不符", &["数据"]),
            ("＃数据，＃ＧＤＰ", &["数据", "ＧＤＰ"]),
            ("#数据#存疑", &["数据", "存疑"]),
            ("#数据 #数据，再说#数据！", &["数据"]),
            ("#GDP增速 GDP#增速", &["GDP增速", "增速"]),
            ("#十四五、#A股、#2019", &["十四五", "A股"]),
            (
                "（#数据）【#存疑】“#提法”《#书》",
                &["数据", "存疑", "提法", "书"],
            ),
            ("#数据……#存疑——#提法", &["数据", "存疑", "提法"]),
            ("#经济/地方债，#a_b-c。", &["经济/地方债", "a_b-c"]),
            ("#数据/ #数据- #-数据", &["数据"]),
            ("##标题 # 标题 #", &["标题"]),
            ("第一行#甲\n第二行#乙\r\n#丙", &["甲", "乙", "丙"]),
            ("#数据\t#存疑\u{3000}#提法", &["数据", "存疑", "提法"]),
            (
                "#cafe\u{301}。#ひらがな #한글 #русский",
                &["cafe\u{301}", "ひらがな", "한글", "русский"],
            ),
            ("#〇二年 #𠮷野家 #々", &["〇二年", "𠮷野家", "々"]),
            ("#话题# 后面", &["话题"]),
            ("#数据。#1、#12、#①、#🔥、#，、#“", &["数据"]),
        ] {
            assert_eq!(of(note), wanted, "{note}");
        }
    }

    #[test]
    fn an_address_has_no_tag() {
        for (note, wanted) in [
            ("http://a/b#c", &[][..]),
            ("见https://a.example/b#c，#数据", &["数据"]),
            ("见 https://a.example/b?x=1&y=2#sec-3 #数据", &["数据"]),
            ("https://a.example/#/a#b", &[]),
            ("https://a.example/京津冀#历史", &[]),
            ("https://a.example/a_(b)#c", &[]),
            ("（https://a.example/b）#数据", &["数据"]),
            ("(https://a.example/b)#数据", &["数据"]),
            ("[文](https://a.example/b#c)#数据", &["数据"]),
            ("<https://a.example/b>#数据", &["数据"]),
            ("https://a.example/b。#数据", &["数据"]),
            ("https://a.example/b,#数据", &["数据"]),
            ("www.a.example/b#c", &[]),
            ("a.example/b#c", &[]),
            ("docs/README.md#usage", &[]),
            ("ftp://a/b#c#d", &[]),
            ("&#x4e00; &#20013; &amp;#数据", &["数据"]),
            ("1/2 #数据，是/否#存疑", &["数据", "存疑"]),
            ("e.g.#数据", &["数据"]),
            ("(a.example/b)#数据", &["数据"]),
            ("../a.html#top", &[]),
            ("3.5/4.0#数据，2019/02.22#日期", &["数据", "日期"]),
            ("3.5%#数据", &["数据"]),
        ] {
            assert_eq!(of(note), wanted, "{note}");
        }
    }

    #[test]
    fn a_long_note_is_read_in_time() {
        assert_eq!(of(&"#".repeat(100_000)), [""; 0]);
        assert_eq!(of(&"字#字，".repeat(10_000)), ["字"]);
    }
}
