//! Finds the cut-off copy of a paragraph that follows in full further down.
//!
//! Crawlers take an excerpt by length: it breaks off in mid-sentence, and several
//! lines run together in it. A refrain or a repeated sentence is whole, and stays.
//!
//! Linear: paragraphs are found by their first characters, and only a few with
//! the same head are compared.

use crate::document::BlockKind;
use crate::format::draft::{DraftBlock, DraftDocument};
use crate::format::prose;
use std::collections::HashMap;

/// Least characters of a copy.
const MIN_COPY_CHARS: usize = 20;
/// Characters by which paragraphs are found.
const HEAD_CHARS: usize = 8;
/// Limit of later paragraphs with the same head that are compared.
const MAX_COMPARED: usize = 8;

/// Finds a paragraph that breaks off in mid-sentence and is the head of a later one, over
/// line ends; and a paragraph of the excerpt above `<!-- more -->` that the body repeats.
pub(crate) fn find(page: &DraftDocument) -> Vec<usize> {
    let more = page.line_of("more-mark");
    let in_excerpt = |block: &DraftBlock| more.is_some_and(|more| block.line < more);
    let may_be_copy = |(_, block): &(usize, &DraftBlock)| {
        block.kind != BlockKind::Code
            && block.folded.is_none()
            && (in_excerpt(block) || is_cut_off(&block.text))
    };
    let copies = page.blocks.iter().enumerate().filter(may_be_copy);
    let copies: Vec<(usize, &DraftBlock)> = copies.collect();
    if copies.is_empty() {
        return Vec::new();
    }
    let keys = page.blocks.iter().map(|block| prose::key(&block.text));
    let keys: Vec<String> = keys.collect();
    let mut heads: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, key) in keys.iter().enumerate() {
        if let Some(head) = head(key) {
            heads.entry(head).or_default().push(i);
        }
    }
    let mut found = Vec::new();
    for (i, block) in copies {
        let key = keys.get(i).map_or("", String::as_str);
        let in_excerpt = in_excerpt(block);
        if !in_excerpt && !is_long_prose(key) {
            continue;
        }
        let same_head = head(key).and_then(|head| heads.get(head));
        // a row that its author broke by hand goes on in the next one
        let next = keys
            .get(i + 1)
            .map_or("", |next| head(next).unwrap_or(next));
        let goes_on = [key, next].concat();
        let later = same_head.into_iter().flatten().filter(|later| **later > i);
        let is_copy_of = |later: &usize| {
            let there = keys.get(*later..).unwrap_or_default();
            begin_with(there, key)
                && (in_excerpt || next.is_empty() || !begin_with(there, &goes_on))
                && (in_excerpt || there.first().is_none_or(|later| later != key))
        };
        if later.take(MAX_COMPARED).any(is_copy_of) {
            found.push(i);
        }
    }
    found
}

/// Returns the first characters of a key that has more of them.
fn head(key: &str) -> Option<&str> {
    let (at, _) = key.char_indices().nth(HEAD_CHARS)?;
    key.get(..at)
}

/// Recognises a paragraph that breaks off in mid-sentence: 源码：lib/link.js is whole.
fn is_cut_off(text: &str) -> bool {
    let is_open = !prose::ends_sentence(text) || text.ends_with(['…', '.']);
    is_open && text.contains(['，', '。', '：', ','])
}

/// Recognises a key that is long enough for a copy, and at least half of it Han.
fn is_long_prose(key: &str) -> bool {
    let (len, han) = (
        key.chars().count(),
        key.chars().filter(|c| prose::is_han(*c)),
    );
    len >= MIN_COPY_CHARS && han.count() * 2 >= len
}

/// Returns true where the keys, joined, begin with `key`.
fn begin_with(keys: &[String], key: &str) -> bool {
    let mut rest = key;
    for next in keys.iter().take(6) {
        if next.starts_with(rest) {
            return true;
        }
        match rest.strip_prefix(next.as_str()) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_copy_goes_and_a_refrain_stays() {
        let whole = "核心提示：城市群的融合，是一件长久的大事，近年来各方努力，成效显著。";
        let cut = "核心提示：城市群的融合，是一件长久的大事，近年来各方努力，成效显";
        for (lines, wanted) in [
            (&[cut, "中间一段。", whole][..], &[0][..]),
            (&[whole, "中间一段。", whole], &[]),
            (&[whole, cut], &[]),
        ] {
            assert_eq!(find(&DraftDocument::of_lines(lines)), wanted);
        }
    }
}
